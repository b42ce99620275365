//! Finding a document again that was renamed or moved while it was open, by what its file held.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::familiar::is_gone;
use super::folder::walk;
use super::library::LibraryStore;
use super::replace::folder_of;
use super::sidecar::NotesStore;
use super::watch::{FileContent, content_of};
use crate::session::Place;

/// So long it is looked for at most.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is needed to find a document again.
#[derive(Debug)]
pub(super) struct Tracer {
    pub(super) notes: NotesStore,
    pub(super) library: Arc<LibraryStore>,
}

impl Tracer {
    /// Where the document is now that was at `place` and held `was`: another name in its folder, or else a file in a
    /// folder of the library. `None` where none holds the same, or several do; where its folder is away as well, as that
    /// of a drive that was unplugged; and where notes of another document lie beside what was found.
    pub(super) fn trace(&self, place: &Place, was: &FileContent) -> Option<Place> {
        let Place::File(path) = place else { return None };
        if !is_gone(place) {
            return None;
        }
        let beside = only_one(files_beside(path), path, was);
        let found = match beside {
            Same::None => only_one(self.files_of_library().into_iter(), path, was),
            found => found,
        };
        let Same::One(found) = found else { return None };
        Some(Place::File(found)).filter(|to| self.has_own_notes_or_none(place, to))
    }

    /// Every file of the folders that were added to the library whole.
    fn files_of_library(&self) -> Vec<PathBuf> {
        let end = Instant::now() + PATIENCE;
        let folders = self.library.folders().into_iter();
        folders.flat_map(|folder| walk(&folder, &|| Instant::now() < end).files).collect()
    }

    /// Whether the notes beside `to`, if there are some, came there with the document.
    fn has_own_notes_or_none(&self, place: &Place, to: &Place) -> bool {
        !self.notes.path(to).exists() || !self.notes.path(place).exists()
    }
}

/// The other files in the folder of a file.
fn files_beside(path: &Path) -> impl Iterator<Item = PathBuf> {
    let folder = folder_of(path).to_owned();
    let files = fs::read_dir(&folder).into_iter().flatten().flatten();
    files.map(move |file| folder.join(file.file_name()))
}

/// How many files hold the same.
enum Same {
    None,
    One(PathBuf),
    Several,
}

fn only_one(files: impl Iterator<Item = PathBuf>, path: &Path, was: &FileContent) -> Same {
    let same = |file: &PathBuf| {
        let length = fs::metadata(file).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len());
        file != path && length == Some(was.length) && content_of(file) == Some(was.content)
    };
    let mut found = files.filter(same);
    match (found.next(), found.next()) {
        (None, _) => Same::None,
        (Some(one), None) => Same::One(one),
        (Some(_), Some(_)) => Same::Several,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Home;
    use crate::store::library::LibraryChange;

    struct Shelf {
        folder: tempfile::TempDir,
        tracer: Tracer,
    }

    impl Shelf {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let home = Home::within(&folder.path().join("home"));
            let library = Arc::new(LibraryStore::new(home.clone()));
            let notes = NotesStore::sharing(home, Arc::clone(&library));
            for name in ["desk", "shelf/deep", "away"] {
                fs::create_dir_all(folder.path().join(name)).unwrap();
            }
            fs::write(folder.path().join("desk/別的.txt"), "雨").unwrap();
            library.change(vec![LibraryChange::AddFolder(folder.path().join("shelf"))]);
            Self { folder, tracer: Tracer { notes, library } }
        }

        fn place(&self, name: &str) -> Place {
            Place::File(self.folder.path().canonicalize().unwrap().join(name))
        }

        /// Whether a document that was `desk/詩.txt` is found as `expected` after `files` were written.
        fn check(&self, files: &[(&str, &str)], expected: Option<&str>) {
            for (name, text) in files {
                fs::write(self.folder.path().join(name), text).unwrap();
            }
            let text = "春眠不覺曉";
            let was = FileContent { length: text.len() as u64, content: blake3::hash(text.as_bytes()) };
            let found = self.tracer.trace(&self.place("desk/詩.txt"), &was);
            assert_eq!(found, expected.map(|name| self.place(name)), "{files:?}");
            for (name, _) in files {
                fs::remove_file(self.folder.path().join(name)).unwrap();
            }
        }
    }

    #[test]
    fn a_document_is_found_by_what_it_held_where_only_one_file_holds_that() {
        let shelf = Shelf::new();
        let text = "春眠不覺曉";
        shelf.check(&[("desk/春曉.txt", text)], Some("desk/春曉.txt"));
        shelf.check(&[("shelf/deep/詩.txt", text)], Some("shelf/deep/詩.txt"));
        shelf.check(&[("desk/春曉.txt", text), ("shelf/詩.txt", text)], Some("desk/春曉.txt"));
        shelf.check(&[("desk/春曉.txt", text), ("desk/又.txt", text)], None);
        shelf.check(&[("desk/春曉.txt", "處處聞啼鳥")], None);
        shelf.check(&[("away/詩.txt", text)], None);
    }

    #[test]
    fn notes_of_another_document_are_not_taken_for_its_own() {
        let shelf = Shelf::new();
        let (text, new, notes) = ("春眠不覺曉", "desk/春曉.txt", "desk/春曉.txt.duidu.ron");
        shelf.check(&[(new, text), (notes, "()")], Some(new));
        shelf.check(&[(new, text), ("desk/詩.txt.duidu.ron", "()")], Some(new));
        shelf.check(&[(new, text), (notes, "()"), ("desk/詩.txt.duidu.ron", "()")], None);
    }

    #[test]
    fn of_a_drive_that_is_away_nothing_is_taken_for_it() {
        let shelf = Shelf::new();
        fs::remove_file(shelf.folder.path().join("desk/別的.txt")).unwrap();
        shelf.check(&[("shelf/詩.txt", "春眠不覺曉")], None);
    }
}
