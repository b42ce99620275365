//! What was read of notes, kept in the cache so that the notes of a thousand documents are there at once.
//!
//! Everything here can be deleted at any time: the files of notes are what counts. A file of the cache that
//! does not fit the file of notes, to the byte and the moment of its last change, says nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::moment::written_at;
use super::replace::make_folder;
use super::{Home, short_hash};
use crate::document::TextId;
use crate::notes::{Anchor, Annotation, DocumentNotes, FoundState, NoteId, PlaceNow};
use crate::session::Place;

/// The shape of these files. A file of another one is not read.
const SHAPE: u32 = 3;

/// The files of the cache.
#[derive(Debug)]
pub(super) struct CollectedCache {
    notes: PathBuf,
    found: PathBuf,
}

/// What a file was when it was read: which, how long, and when last changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Stamp {
    #[serde(with = "crate::session::in_words")]
    path: PathBuf,
    bytes: u64,
    /// In nanoseconds since 1970.
    changed: i64,
}

impl Stamp {
    /// `None` where there is no ordinary file.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        Some(Self { path: path.to_owned(), bytes: metadata.len(), changed: written_at(&metadata) })
    }
}

/// Of the file of a document; `None` for a sample, which never changes.
pub(super) fn document_stamp(place: &Place) -> Option<Stamp> {
    match place {
        Place::File(path) => Stamp::of(path),
        Place::Sample(_) => None,
    }
}

/// The notes of a document as they were read.
#[derive(Serialize, Deserialize)]
struct Collected<Notes> {
    shape: u32,
    program: String,
    stamps: Vec<Stamp>,
    place: String,
    title: String,
    text: Option<TextId>,
    deleted: usize,
    notes: Notes,
}

/// How notes stand in their document.
type PlacesNow = BTreeMap<NoteId, PlaceNow>;

/// Where the notes of a document were when it was last open.
#[derive(Serialize, Deserialize)]
struct FoundThen {
    shape: u32,
    place: String,
    document: Option<Stamp>,
    notes: Vec<NoteThen>,
}

/// Where a note was.
#[derive(Serialize, Deserialize)]
struct NoteThen {
    id: NoteId,
    /// The number of its state among all.
    state: u8,
    /// A hash of the anchor that was found.
    mark: String,
    #[serde(default, skip_serializing_if = "PlaceNow::is_empty")]
    place_now: PlaceNow,
}

impl CollectedCache {
    pub(super) fn within(home: &Home) -> Self {
        Self { notes: home.cache().join("notes"), found: home.cache().join("found") }
    }

    /// The notes of a document, if they are still those of its files.
    pub(super) fn get(&self, place: &Place, stamps: &[Stamp]) -> Option<DocumentNotes> {
        let place = place.to_words();
        let collected: Collected<Vec<Arc<Annotation>>> = read(&self.notes, &place)?;
        let fits = collected.shape == SHAPE
            && collected.program == env!("CARGO_PKG_VERSION")
            && collected.stamps == stamps
            && collected.place == place;
        fits.then_some(DocumentNotes {
            place,
            title: collected.title,
            text: collected.text,
            notes: collected.notes,
            states: BTreeMap::new(),
            places_now: BTreeMap::new(),
            deleted: collected.deleted,
        })
    }

    /// Keeps notes that were read from these files.
    pub(super) fn keep(&self, document: &DocumentNotes, stamps: &[Stamp]) {
        let collected = Collected {
            shape: SHAPE,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            stamps: stamps.to_vec(),
            place: document.place.clone(),
            title: document.title.clone(),
            text: document.text,
            deleted: document.deleted,
            notes: &document.notes,
        };
        write(&self.notes, &document.place, &collected);
    }

    /// Where the notes of a document were when it was last open, and how they stood there; without those of which that
    /// is not known any more, because the document or the note has changed.
    pub(super) fn found(&self, document: &DocumentNotes) -> (BTreeMap<NoteId, FoundState>, PlacesNow) {
        let Some(then) = self.found_then(document) else { return Default::default() };
        let then: BTreeMap<NoteId, NoteThen> = then.notes.into_iter().map(|note| (note.id, note)).collect();
        let known = document.notes.iter().filter_map(|note| {
            let then = then.get(&note.id).filter(|then| then.mark == mark_of(&note.anchor))?;
            Some((note.id, *FoundState::ALL.get(usize::from(then.state))?, &then.place_now))
        });
        let (mut states, mut places_now) = (BTreeMap::new(), PlacesNow::new());
        for (id, state, place_now) in known {
            states.insert(id, state);
            if !place_now.is_empty() {
                places_now.insert(id, place_now.clone());
            }
        }
        (states, places_now)
    }

    fn found_then(&self, document: &DocumentNotes) -> Option<FoundThen> {
        let then: FoundThen = read(&self.found, &document.place)?;
        let now = document_stamp(&Place::from_words(&document.place));
        (then.shape == SHAPE && then.place == document.place && then.document == now).then_some(then)
    }

    /// Keeps where the notes of a document are, whose file was `stamp` when it was read.
    pub(super) fn keep_found(&self, document: &DocumentNotes, stamp: Option<&Stamp>) {
        let number = |state: &FoundState| FoundState::ALL.iter().position(|each| each == state);
        let found = |note: &Arc<Annotation>| {
            let state = u8::try_from(number(document.states.get(&note.id)?)?).ok()?;
            let place_now = document.places_now.get(&note.id).cloned().unwrap_or_default();
            Some(NoteThen { id: note.id, state, mark: mark_of(&note.anchor), place_now })
        };
        let notes = document.notes.iter().filter_map(found).collect();
        let then = FoundThen { shape: SHAPE, place: document.place.clone(), document: stamp.cloned(), notes };
        write(&self.found, &document.place, &then);
    }
}

/// Two anchors with the same mark are the same.
fn mark_of(anchor: &Anchor) -> String {
    let Anchor { span, quote, before, after, .. } = anchor;
    short_hash(format!("{span:?}\n{before}\n{quote}\n{after}").as_bytes())
}

fn file_of(folder: &Path, place: &str) -> PathBuf {
    folder.join(format!("{}.json", short_hash(place.as_bytes())))
}

/// `None` where there is nothing, or not a whole file, or one of which a bit has changed.
fn read<What: DeserializeOwned>(folder: &Path, place: &str) -> Option<What> {
    let bytes = fs::read(file_of(folder, place)).ok()?;
    let (hash, rest) = bytes.split_at_checked(HASH)?;
    let whole = blake3::hash(rest).to_hex().as_bytes() == hash;
    if whole { serde_json::from_slice(rest).ok() } else { None }
}

/// Before what a file says stands its hash.
const HASH: usize = 64;

/// Written without the care that the reader's own work needs: what is not whole later is not read, and what
/// cannot be kept is read from the notes the next time.
fn write(folder: &Path, place: &str, what: &impl Serialize) {
    let Ok(says) = serde_json::to_vec(what) else { return };
    let mut bytes = blake3::hash(&says).to_hex().as_bytes().to_vec();
    bytes.extend(says);
    if make_folder(folder).is_ok() {
        drop(fs::write(file_of(folder, place), bytes));
    }
}
