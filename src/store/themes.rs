//! The reader's own themes for comparing.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{FileError, Home};
use crate::compare::Lexicon;

/// The standard lexicon with the themes that the reader has written down in `themes.tsv` in the folder for
/// settings, in the form of the standard one.
///
/// Errors: the file is there and cannot be read.
pub fn lexicon(home: &Home) -> Result<Lexicon, FileError> {
    match lexicon_from(&home.config().join("themes.tsv")) {
        Err(error) if error.source.kind() == ErrorKind::NotFound => Ok(Lexicon::default()),
        read => read,
    }
}

/// The standard lexicon with the themes of a file.
///
/// Errors: the file cannot be read.
pub fn lexicon_from(path: &Path) -> Result<Lexicon, FileError> {
    let themes = fs::read_to_string(path).map_err(FileError::while_doing("read the themes", path))?;
    Ok(Lexicon::with_themes(&themes))
}
