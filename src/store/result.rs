//! What a reader has made of documents: where it may lie, and how it gets there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Home;
use super::replace::{FileError, folder_of, follow_links, replace};
use super::sidecar::ENDING;
use super::temporary::sweep_folder;
use crate::session::COMPARISON_ENDING;

/// Says whether `path` may hold what was made of `documents`. Links are followed first.
///
/// Errors: it is one of the documents, which are never written; or notes or the verdicts on a comparison are kept
/// under such a name; or it lies where the program keeps what is its own.
pub fn check_result(path: &Path, documents: &[&Path], home: &Home) -> Result<(), FileError> {
    let target = led_to(path)?;
    let is_target = |document: &&Path| fs::canonicalize(document).is_ok_and(|whole| whole == target);
    let is_above = |folder: &Path| led_to(folder).is_ok_and(|folder| target.starts_with(folder));
    let reason = if documents.iter().any(is_target) {
        "it would replace the document that it is made of"
    } else if is_called_as_what_is_kept(&target) {
        "the notes of a document or of a comparison are kept in a file of such a name"
    } else if is_above(home.data()) || is_above(home.config()) {
        "the program keeps in this folder what is its own"
    } else {
        return Ok(());
    };
    Err(FileError::while_doing("write the result", path)(io::Error::other(reason)))
}

/// Puts a result in the place of what `path` holds, or makes the file, as [`replace`] does. What a program that died
/// has left there of one is swept away before.
pub fn write_result(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    sweep_folder(folder_of(&follow_links(path)?));
    replace(path, bytes)
}

/// Whether a path leads to a pipe or a device: what is written there goes through, and nothing is written over.
#[cfg(unix)]
pub fn is_stream(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let kind = fs::metadata(path).map(|metadata| metadata.file_type());
    kind.is_ok_and(|kind| kind.is_fifo() || kind.is_char_device())
}

/// Whether a path leads to a pipe or a device: what is written there goes through, and nothing is written over.
#[cfg(not(unix))]
pub fn is_stream(_path: &Path) -> bool {
    false
}

/// What a path leads to in the end, whether anything is there yet or not.
fn led_to(path: &Path) -> Result<PathBuf, FileError> {
    let target = follow_links(path)?;
    let target = std::path::absolute(&target).unwrap_or(target);
    // The nearest that is there; what follows is not, and so is no link.
    let found = target.ancestors().find_map(|above| Some((fs::canonicalize(above).ok()?, above)));
    let Some((there, above)) = found else { return Ok(target) };
    let missing = target.strip_prefix(above).unwrap_or(Path::new(""));
    Ok(if missing.as_os_str().is_empty() { there } else { there.join(missing) })
}

/// Some disks take large letters for small ones.
fn is_called_as_what_is_kept(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes().to_ascii_lowercase();
    [ENDING, COMPARISON_ENDING].iter().any(|ending| name.ends_with(ending.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with two documents in it, and the program's own folders.
    struct Desk {
        folder: tempfile::TempDir,
    }

    impl Desk {
        fn new() -> Self {
            let desk = Self { folder: tempfile::tempdir().unwrap() };
            fs::create_dir_all(desk.home().data()).unwrap();
            fs::create_dir_all(desk.home().config().join("templates")).unwrap();
            for name in ["left.txt", "right.txt", "left.txt.duidu.ron", "left ⇄ right.duidu-compare.ron"] {
                fs::write(desk.at(name), name).unwrap();
            }
            desk
        }

        fn home(&self) -> Home {
            Home::within(&self.at("home"))
        }

        fn at(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        /// Why nothing may be written there; empty where it may.
        fn refusal(&self, name: &str) -> String {
            let documents = ["left.txt", "right.txt"].map(|name| self.at(name));
            let checked = check_result(&self.at(name), &[&documents[0], &documents[1]], &self.home());
            checked.err().map(|error| error.to_string()).unwrap_or_default()
        }

        fn check(&self, name: &str, reason: &str) {
            let refusal = self.refusal(name);
            assert!(refusal.contains(reason) && refusal.ends_with(name), "{name}: {refusal}");
        }
    }

    #[test]
    fn no_result_replaces_a_document_or_what_is_kept() {
        let desk = Desk::new();
        for free in ["table.html", "new.ron", "left.txt.md", "none/table.html"] {
            assert_eq!(desk.refusal(free), "", "{free}");
        }
        desk.check("left.txt", "would replace the document");
        desk.check("./right.txt", "would replace the document");
        for kept in ["left.txt.duidu.ron", "LEFT.TXT.DUIDU.RON", "new.duidu.ron", "a ⇄ b.duidu-compare.ron"]
        {
            desk.check(kept, "file of such a name");
        }
        for own in ["home/data/codebook.ron", "home/config/templates/a.j2", "home/data/none/a.md"] {
            desk.check(own, "what is its own");
        }
        // Documents that are not there are not written over.
        assert!(check_result(&desk.at("new.txt"), &[&desk.at("new.txt")], &desk.home()).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_around_that() {
        use std::os::unix::fs::symlink;
        let desk = Desk::new();
        let links = [
            ("left.txt", "would replace the document"),
            ("left.txt.duidu.ron", "file of such a name"),
            ("new.txt.duidu.ron", "file of such a name"),
            ("left ⇄ right.duidu-compare.ron", "file of such a name"),
            ("home/data/codebook.ron", "what is its own"),
        ];
        for (number, (to, reason)) in links.into_iter().enumerate() {
            let link = format!("out{number}.md");
            symlink(to, desk.at(&link)).unwrap();
            desk.check(&link, reason);
        }
        symlink("home/data", desk.at("folder")).unwrap();
        desk.check("folder/a.md", "what is its own");
        // Also where folders would have to be made first.
        desk.check("folder/none/a.md", "what is its own");
        symlink("table.html", desk.at("good.html")).unwrap();
        assert_eq!(desk.refusal("good.html"), "");
    }

    #[test]
    fn what_a_program_that_died_has_left_is_swept_away() {
        let desk = Desk::new();
        drop(crate::store::temporary::Temporary::beside(&desk.at("earlier.md")).unwrap().file);
        let count = || fs::read_dir(desk.folder.path()).unwrap().count();
        let before = count();
        write_result(&desk.at("table.html"), b"a").unwrap();
        assert_eq!(count(), before, "one file came, and one went");
    }
}
