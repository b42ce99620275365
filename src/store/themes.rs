//! The reader's own themes for comparing.

use std::io::ErrorKind;

use super::Home;
use crate::compare::Lexicon;

/// The standard lexicon with the themes that the reader has written down in `themes.tsv` in the folder for
/// settings, in the form of the standard one.
///
/// Errors: the file is there and cannot be read, in words for the reader.
pub fn lexicon(home: &Home) -> Result<Lexicon, String> {
    let path = home.config().join("themes.tsv");
    match std::fs::read_to_string(&path) {
        Ok(themes) => Ok(Lexicon::with_themes(&themes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Lexicon::default()),
        Err(error) => Err(format!("cannot read the reader's own themes: {error}: {}", path.display())),
    }
}
