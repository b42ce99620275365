//! Brings documents into the library: reads each, lists it, and puts it into the index.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::folder::walk;
use super::index::{FileStamp, IndexWriting, IndexedDocument, LibraryIndex, UnreadDocument};
use super::library::{LibraryChange, LibraryStore};
use super::reading::read_document;
use super::real::real;
use super::sidecar::{NotesStore, Touch};
use crate::document::Document;
use crate::import::{self, ImportError};
use crate::session::{LibraryAdded, LibraryEntry, LibraryProgress, OpenError, Place};

/// What is added becomes visible so often while more is being added.
const COMMIT: Duration = Duration::from_secs(15);

/// So much of a file says whether it is text.
const HEAD: u64 = 64 * 1024;

/// Brings documents into the library. One at a time does so; the list and the index are shared.
#[derive(Debug)]
pub struct Cataloguer {
    notes: Arc<NotesStore>,
    library: Arc<LibraryStore>,
    index: Arc<LibraryIndex>,
}

/// Told how far it is; answers whether to go on.
pub type Watching<'a> = dyn Fn(&LibraryProgress) -> bool + 'a;

/// What became of looking at one file.
enum Looked {
    New,
    Known,
    NoDocument,
    Missing,
    Failed(OpenError),
    /// It could not be read before either, and is as it was then.
    StillFails(OpenError),
}

impl Cataloguer {
    /// Brings documents into `library` and `index`.
    pub fn new(notes: Arc<NotesStore>, library: Arc<LibraryStore>, index: Arc<LibraryIndex>) -> Self {
        Self { notes, library, index }
    }

    /// Adds files, and folders with all that is in them. What is there already is brought up to date.
    pub fn add(&self, paths: &[PathBuf], watching: &Watching<'_>) -> LibraryAdded {
        let mut added = LibraryAdded::default();
        let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| path.is_dir());
        let mut places: Vec<Place> = files.into_iter().map(|path| Place::File(real(path))).collect();
        for folder in folders {
            let folder = real(folder);
            places.extend(in_folder(&folder, watching, &mut added));
            self.library.change(vec![LibraryChange::AddFolder(folder)]);
        }
        self.look_at(&places, watching, added)
    }

    /// Looks at every document of the library, and at what is new in its folders.
    pub fn look_again(&self, watching: &Watching<'_>) -> LibraryAdded {
        let mut added = LibraryAdded::default();
        let mut places: Vec<Place> = self.library.entries().into_iter().map(|entry| entry.place).collect();
        for folder in self.library.folders() {
            let found = in_folder(&folder, watching, &mut added);
            places.extend(found.into_iter().filter(|place| !self.library.is_left_out(place)));
        }
        places.sort();
        places.dedup();
        let mut added = self.look_at(&places, watching, added);
        if !added.stopped && added.not_indexed.is_none() {
            added.not_indexed = self.forget(&self.unlisted()).err();
        }
        LibraryAdded { whole: !added.stopped, ..added }
    }

    /// What is in the index and no longer in the library: another program was writing the index when it was taken out.
    fn unlisted(&self) -> Vec<Place> {
        let listed: BTreeSet<Place> = self.library.entries().into_iter().map(|entry| entry.place).collect();
        let indexed = self.index.documents().unwrap_or_default().into_keys();
        indexed.filter(|place| !listed.contains(place)).collect()
    }

    /// Looks at some documents, as far as they are in the library or the index no more as they are now.
    pub(super) fn look_at_these(&self, places: &[Place], watching: &Watching<'_>) -> LibraryAdded {
        self.look_at(places, watching, LibraryAdded::default())
    }

    /// Takes out of the index what is no longer in the library.
    pub fn forget(&self, places: &[Place]) -> Result<(), String> {
        if places.is_empty() {
            return Ok(());
        }
        let words = |error: super::IndexError| error.to_string();
        let Some(writing) = self.index.begin_writing().map_err(words)? else { return Ok(()) };
        for place in places {
            writing.remove(place);
        }
        writing.finish().map_err(words)
    }

    fn look_at(&self, places: &[Place], watching: &Watching<'_>, mut added: LibraryAdded) -> LibraryAdded {
        let mut work = Work::begin(self, &mut added);
        for (done, place) in places.iter().enumerate() {
            let progress = LibraryProgress { done, all: places.len(), name: place.name() };
            if !watching(&progress) {
                added.stopped = true;
                break;
            }
            match work.look_at(place) {
                Looked::New => added.added += 1,
                Looked::Known => added.known += 1,
                Looked::NoDocument => added.skip(place.to_words()),
                Looked::Missing => added.missing.push(place.clone()),
                Looked::Failed(error) => added.could_not_read(place.to_words(), error),
                Looked::StillFails(error) => added.still_cannot_read(place.to_words(), error),
            }
            work.commit_now_and_then();
        }
        work.end(added)
    }

    /// What the library knows of a document that was just read.
    pub(super) fn entry_of(&self, place: &Place, document: &Document) -> LibraryEntry {
        let now = Timestamp::now();
        let notes = self.notes.load(place, document.id(), Touch::Nothing);
        LibraryEntry {
            title: title_of(place, document),
            text: Some(document.id()),
            written: document.written(),
            bytes: document.origin().bytes,
            characters: characters_of(document),
            notes: notes.kept.annotations.len(),
            ..LibraryEntry::new(place.clone(), now)
        }
    }
}

fn in_folder(folder: &Path, watching: &Watching<'_>, added: &mut LibraryAdded) -> Vec<Place> {
    let progress = LibraryProgress { name: folder.display().to_string(), ..LibraryProgress::default() };
    let walked = walk(folder, &|| watching(&progress));
    walked.skipped.into_iter().for_each(|path| added.skip(path.display().to_string()));
    for (path, error) in walked.unreadable {
        // Of a folder that was added it was said then; what was in it is missing now.
        added.still_cannot_read(path.display().to_string(), OpenError::of_system(&error));
    }
    walked.files.into_iter().map(Place::File).collect()
}

/// Whether the list says of a document what the index says. Characters of a long one are counted when it is
/// indexed.
fn is_what_is_indexed(known: &LibraryEntry, indexed: &IndexedDocument) -> bool {
    known.text == Some(indexed.text) && (known.characters > 0 || known.bytes == 0)
}

/// The title of a document, on one line; the name of its file where it has none.
/// How many characters a document has, white space not counted.
pub(super) fn characters_of(document: &Document) -> u64 {
    document.text().chars().filter(|character| !character.is_whitespace()).count() as u64
}

pub(super) fn title_of(place: &Place, document: &Document) -> String {
    let title = document.metadata().title.as_ref();
    let title = title.map(|field| field.value.split_whitespace().collect::<Vec<_>>().join(" "));
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| place.name())
}

/// One round of looking at documents.
struct Work<'a> {
    cataloguer: &'a Cataloguer,
    /// `None` where the index cannot be written now.
    writing: Option<IndexWriting>,
    indexed: BTreeMap<Place, IndexedDocument>,
    unread: BTreeMap<Place, UnreadDocument>,
    why_not: Option<String>,
    committed: Instant,
    changed: bool,
}

impl<'a> Work<'a> {
    fn begin(cataloguer: &'a Cataloguer, added: &mut LibraryAdded) -> Self {
        let (writing, why_not) = match cataloguer.index.begin_writing() {
            Ok(Some(writing)) => (Some(writing), None),
            Ok(None) => (None, Some("another program is writing it".to_owned())),
            Err(error) => (None, Some(error.to_string())),
        };
        added.not_indexed.clone_from(&why_not);
        let indexed = cataloguer.index.documents().unwrap_or_default();
        let unread = cataloguer.index.unread().unwrap_or_default();
        Self { cataloguer, writing, indexed, unread, why_not, committed: Instant::now(), changed: false }
    }

    /// Reads a document if it is not in the library and the index as it is now.
    fn look_at(&mut self, place: &Place) -> Looked {
        let known = self.cataloguer.library.entry(place);
        let Some(stamp) = FileStamp::of(place) else {
            return if known.is_some() {
                Looked::Missing
            } else {
                let reason = "there is no such file".to_owned();
                Looked::Failed(OpenError::Unreadable { kind: ErrorKind::NotFound, reason })
            };
        };
        let indexed = self.indexed.get(place).is_some_and(|indexed| {
            indexed.stamp == stamp && known.as_ref().is_some_and(|known| is_what_is_indexed(known, indexed))
        });
        if indexed {
            return Looked::Known;
        }
        if let Some(reason) = self.unread_before(place, stamp, known.as_ref()) {
            return Looked::StillFails(reason.into());
        }
        match self.read(place, stamp) {
            Ok(()) if known.is_some() => Looked::Known,
            Ok(()) => Looked::New,
            Err(
                OpenError::HoldsNotes(_) | OpenError::Import(ImportError::OtherKind(_) | ImportError::Binary),
            ) => {
                self.take_out(place);
                Looked::NoDocument
            }
            Err(error) => {
                self.keep_unread(place, stamp, &error);
                Looked::Failed(error)
            }
        }
    }

    /// Why a file could not be read when it was as it is now. One that the reader has opened since is tried again: with
    /// a password, or in another encoding.
    fn unread_before(
        &self,
        place: &Place,
        stamp: FileStamp,
        known: Option<&LibraryEntry>,
    ) -> Option<ImportError> {
        let before = self.unread.get(place)?;
        let same = before.stamp == stamp && before.program == env!("CARGO_PKG_VERSION");
        let opened = known.is_some_and(|known| known.bytes == stamp.bytes);
        (same && !opened).then(|| before.reason.clone())
    }

    /// A file that is no document, or no longer one.
    fn take_out(&mut self, place: &Place) {
        let Some(writing) = &self.writing else { return };
        if self.indexed.contains_key(place) || self.unread.contains_key(place) {
            writing.remove(place);
            self.changed = true;
        }
    }

    /// What was in the index before of a file that cannot be read any more is no longer in it.
    fn keep_unread(&mut self, place: &Place, stamp: FileStamp, error: &OpenError) {
        let OpenError::Import(reason) = error else { return };
        if matches!(reason, ImportError::Cancelled | ImportError::ReaderDied(_)) {
            return;
        }
        let what = UnreadDocument {
            place: place.to_words(),
            stamp,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            reason: reason.clone(),
        };
        self.write(|writing| writing.put_unread(&what));
    }

    fn read(&mut self, place: &Place, stamp: FileStamp) -> Result<(), OpenError> {
        let choices = self.cataloguer.notes.choices(place);
        if choices.encoding.is_none() {
            refuse_by_its_beginning(place)?;
        }
        let document = read_document(place, &choices, &mut |_| {})?.document;
        let entry = self.cataloguer.entry_of(place, &document);
        let title = entry.title.clone();
        self.cataloguer.library.add(vec![entry]);
        let what = IndexedDocument { place: place.to_words(), title, text: document.id(), stamp };
        self.write(|writing| writing.put(&what, &document));
        Ok(())
    }

    /// Once it failed, the rest is only listed, and put into the index another time.
    fn write(&mut self, put: impl FnOnce(&IndexWriting) -> Result<(), super::IndexError>) {
        let Some(writing) = &self.writing else { return };
        self.changed = true;
        if let Err(error) = put(writing) {
            self.give_up(&error);
        }
    }

    fn commit_now_and_then(&mut self) {
        if self.committed.elapsed() < COMMIT {
            return;
        }
        self.committed = Instant::now();
        // Saved again later if it cannot be saved now.
        drop(self.cataloguer.library.save());
        if let Some(Err(error)) = self.writing.as_mut().map(IndexWriting::commit) {
            self.give_up(&error);
        }
    }

    fn give_up(&mut self, error: &super::IndexError) {
        self.why_not = Some(error.to_string());
        self.writing = None;
        self.cataloguer.index.distrust();
    }

    /// Nothing is left of files that could not be read and are gone.
    fn take_out_what_is_gone(&mut self) {
        let is_gone = |place: &&Place| FileStamp::of(place).is_none();
        let gone: Vec<Place> = self.unread.keys().filter(is_gone).cloned().collect();
        for place in &gone {
            self.take_out(place);
        }
    }

    fn end(mut self, mut added: LibraryAdded) -> LibraryAdded {
        self.take_out_what_is_gone();
        if let Some(writing) = self.writing.take().filter(|_| self.changed)
            && let Err(error) = writing.finish()
        {
            self.give_up(&error);
        }
        added.not_indexed = self.why_not;
        added
    }
}

/// A picture or a program of a gigabyte is known by its beginning.
fn refuse_by_its_beginning(place: &Place) -> Result<(), OpenError> {
    let Place::File(path) = place else { return Ok(()) };
    let mut head = Vec::new();
    let unreadable = |error: std::io::Error| OpenError::of_system(&error);
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() <= HEAD {
        return Ok(());
    }
    file.take(HEAD).read_to_end(&mut head).map_err(unreadable)?;
    import::refusal(&head).map_or(Ok(()), |error| Err(error.into()))
}

#[cfg(test)]
#[path = "cataloguer_tests.rs"]
mod tests;
