//! Documents known by their text: notes that come along when a file is renamed or moved, and notes of one text
//! in two files.
//!
//! Only the very same text counts, to the last character: notes on it cannot come to a wrong place. A text that
//! has changed as well has no notes to offer here; its notes stay where they are.

use std::fs;
use std::path::{Path, PathBuf};

use super::careful::SaveError;
use super::library::{LibraryChange, LibraryStore};
use super::real::real;
use super::replace::folder_of;
use super::sidecar::{ENDING, NotesStore, Touch};
use crate::document::TextId;
use crate::session::{Kept, LibraryEvent, Place};

/// What there is to tell of a document that was just read.
pub(super) struct Familiar<'a> {
    pub(super) notes: &'a NotesStore,
    pub(super) library: &'a LibraryStore,
}

impl Familiar<'_> {
    /// Looks for notes on this text elsewhere, where a document has none of its own. Notes of a document that
    /// is no longer there come along: then it has to be read again. Where the other document is there too, or its
    /// drive is away, the reader is to be asked.
    pub(super) fn look(&self, place: &Place, text: TextId) -> Vec<LibraryEvent> {
        let place = &whole(place);
        let shares = self.library.keeper_of_notes(place) != *place;
        if shares || self.notes.path(place).exists() || self.count(place, text) > 0 {
            return Vec::new();
        }
        let (gone, there): (Vec<Place>, Vec<Place>) = self.others(place, text).into_iter().partition(is_gone);
        let came: Vec<LibraryEvent> = gone.iter().filter_map(|from| self.bring(from, place, text)).collect();
        if !came.is_empty() || self.library.is_apart(text, place) {
            return came;
        }
        let ask = there.into_iter().map(|with| (self.count(&with, text), with)).max();
        let ask = ask.filter(|(notes, _)| *notes > 0);
        ask.map(|(notes, with)| LibraryEvent::SameText { place: place.clone(), text, with, notes })
            .into_iter()
            .collect()
    }

    /// From now on the notes of `place` are those of `with`. Notes that it has of its own go there too.
    pub(super) fn share(&self, place: &Place, with: &Place, text: TextId) -> Result<(), SaveError> {
        let (place, with) = (whole(place), self.library.keeper_of_notes(&whole(with)));
        let own = self.notes.load(&place, text, Touch::Nothing);
        if own.kept.annotations.len() + own.kept.trash.len() > 0 {
            self.notes.save(&with, &Kept::default(), &own.kept, &own.unseen)?;
        }
        self.library.change(vec![LibraryChange::Share { place, with }]);
        self.library.save()
    }

    fn count(&self, place: &Place, text: TextId) -> usize {
        let kept = self.notes.load(place, text, Touch::Nothing).kept;
        if kept.text == Some(text) { kept.annotations.len() } else { 0 }
    }

    /// Where documents with this text are or were: those of the library, and those whose notes lie in the same
    /// folder without them.
    fn others(&self, place: &Place, text: TextId) -> Vec<Place> {
        let mut others = self.library.with_text(text);
        if let Place::File(path) = place {
            others.extend(orphans(folder_of(path), Some(text)));
        }
        others.sort();
        others.dedup();
        others.retain(|other| other != place);
        others
    }

    /// Copies the notes of a document that is gone. The file that they were in stays as it is.
    fn bring(&self, from: &Place, to: &Place, text: TextId) -> Option<LibraryEvent> {
        let loaded = self.notes.load(from, text, Touch::Nothing);
        let notes = loaded.kept.annotations.len();
        if notes == 0 || loaded.kept.text != Some(text) {
            return None;
        }
        match self.notes.save(to, &Kept::default(), &loaded.kept, &loaded.unseen) {
            Ok(_) => {
                self.notes.bring_versions(from, to, &loaded.kept);
                self.library.change(vec![LibraryChange::Gone(from.clone())]);
                Some(LibraryEvent::NotesCame { place: to.clone(), from: from.clone(), notes })
            }
            Err(error) => Some(LibraryEvent::Remark(format!(
                "the notes on {} could not be brought to where it is now: {error}",
                from.name()
            ))),
        }
    }
}

/// The place with the real path of its file: the same by whatever name it was opened.
pub(super) fn whole(place: &Place) -> Place {
    match place {
        Place::File(path) => Place::File(real(path)),
        Place::Sample(name) => Place::Sample(name.clone()),
    }
}

pub(super) fn is_there(place: &Place) -> bool {
    match place {
        Place::File(path) => path.is_file(),
        Place::Sample(_) => true,
    }
}

/// Whether the document was taken out of its folder. Where the folder is away, or is there with nothing in it as that
/// of a drive that is unplugged, nobody knows: the document is likely to come back.
pub(super) fn is_gone(place: &Place) -> bool {
    let has_something =
        |path: &Path| fs::read_dir(folder_of(path)).is_ok_and(|mut files| files.next().is_some());
    !is_there(place) && matches!(place, Place::File(path) if has_something(path))
}

/// Documents of a folder that are gone, while their notes are there; where `text` is given, notes that say that they
/// were on it.
pub(super) fn orphans(folder: &Path, text: Option<TextId>) -> Vec<Place> {
    let says = text.map(|text| text.to_string());
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let documents = files.filter_map(|file| {
        let name = file.file_name().into_string().ok()?;
        let document: PathBuf = folder.join(name.strip_suffix(ENDING)?);
        let gone = !document.exists();
        let says_so = |text: &String| {
            fs::read(file.path()).is_ok_and(|it| memchr::memmem::find(&it, text.as_bytes()).is_some())
        };
        let about = || says.as_ref().is_none_or(says_so);
        (gone && about()).then_some(Place::File(document))
    });
    documents.collect()
}

#[cfg(test)]
#[path = "familiar_tests.rs"]
mod tests;
