//! One name for each document, however it was asked for: by a link, from another folder, in other letters.

use std::fs;
use std::path::{Path, PathBuf};

/// The document itself, where `document` is a link to it, by its whole path.
pub(super) fn real(document: &Path) -> PathBuf {
    let absolute = || std::path::absolute(document).unwrap_or_else(|_| document.to_owned());
    fs::canonicalize(document).ok().and_then(readable).unwrap_or_else(absolute)
}

/// `None` where it is nothing that a person would write: on Windows, what lies on no drive of its own.
#[cfg(windows)]
fn readable(whole: PathBuf) -> Option<PathBuf> {
    use std::path::{Component, Prefix};
    let mut parts = whole.components();
    let Some(Component::Prefix(prefix)) = parts.next() else { return None };
    let Prefix::VerbatimDisk(letter) = prefix.kind() else { return None };
    // The rest begins at the root, and stays on the drive.
    Some(Path::new(&format!("{}:", char::from(letter))).join(parts.as_path()))
}

/// Elsewhere it is.
#[cfg(not(windows))]
#[expect(clippy::unnecessary_wraps, reason = "on Windows there may be none")]
fn readable(whole: PathBuf) -> Option<PathBuf> {
    Some(whole)
}

#[cfg(all(test, windows))]
mod tests {
    use super::*;

    #[test]
    fn letters_and_ways_round_make_no_other_document() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("Shelf")).unwrap();
        let path = folder.path().join("Shelf").join("Left.txt");
        fs::write(&path, "a").unwrap();
        let plain = real(&path);
        assert!(plain.to_str().unwrap().get(1..3) == Some(":\\"), "{}", plain.display());
        assert!(plain.ends_with("Shelf\\Left.txt"));
        for other in ["shelf/LEFT.TXT", "Shelf\\..\\sHELF\\Left.txt"] {
            assert_eq!(real(&folder.path().join(other)), plain, "{other}");
        }
        // What is not there is called as it was asked for.
        assert_eq!(real(&folder.path().join("none.txt")), folder.path().join("none.txt"));
    }
}
