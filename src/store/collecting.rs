//! The notes of every document of the library, read together: several at a time, and from a cache where their
//! files have not changed.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{io, mem, thread};

use super::collected::{CollectedCache, Stamp, document_stamp};
use super::crew::Crew;
use super::departed::left_behind;
use super::familiar::{is_gone, whole};
use super::keeper::ReadingDesk;
use super::library::LibraryStore;
use super::sidecar::{NotesFiles, Touch};
use super::world::Announcer;
use super::{Home, Loaded};
use crate::notes::{DocumentNotes, NoteId, SearchableNotes};
use crate::session::{Event, GatheredNotes, GatheringFault, Place, PlacedChanges, Ticket};

/// Reads and changes the notes of documents that are not open, on threads of its own.
#[derive(Debug)]
pub(super) struct Collector {
    crew: Crew,
    /// Changes do not wait until everything is gathered.
    changing: Crew,
    announcer: Announcer,
    reader: Arc<NotesReader>,
    /// The newest request: an older one is not answered to its end.
    newest: Arc<AtomicU64>,
}

/// What is read is told so often.
const BATCH: Duration = Duration::from_millis(200);

/// Who finds the first notes tells them at once.
const FIRST: usize = 64;

/// So many threads read at most.
const MOST_THREADS: usize = 4;

impl Collector {
    /// Starts the thread. An error means that the system gives none.
    pub(super) fn start(
        home: Home,
        desk: ReadingDesk,
        library: Arc<LibraryStore>,
        announcer: Announcer,
    ) -> io::Result<Self> {
        let reader = Arc::new(NotesReader::new(home, desk, library));
        let (crew, changing) = (Crew::start("collect", 1)?, Crew::start("change", 1)?);
        Ok(Self { crew, changing, announcer, reader, newest: Arc::default() })
    }

    /// Reads the notes of every document of the library and of `known`.
    pub(super) fn collect(&self, ticket: Ticket, known: Vec<Place>) {
        self.newest.store(ticket.0, Ordering::Relaxed);
        let (reader, newest) = (Arc::clone(&self.reader), Arc::clone(&self.newest));
        let (announcer, failing) = (self.announcer.clone(), self.announcer.clone());
        let old = move || newest.load(Ordering::Relaxed) != ticket.0;
        let tell = move |notes: GatheredNotes, complete| {
            announcer.announce(Event::NotesCollected { ticket, notes: Box::new(notes), complete });
        };
        let failed = move |reason: String| {
            let fault = GatheringFault { name: String::new(), reason };
            let notes = GatheredNotes { faults: vec![fault], ..GatheredNotes::default() };
            failing.announce(Event::NotesCollected { ticket, notes: Box::new(notes), complete: true });
        };
        self.crew.give(move || reader.read_all(&known, &old, &tell), failed);
    }

    /// Ends what was asked for; nothing more is told of it.
    pub(super) fn stop(&self, ticket: Ticket) {
        self.newest.store(ticket.0, Ordering::Relaxed);
    }

    /// Changes notes of documents that are not open. They are saved soon, like all others.
    pub(super) fn edit(&self, ticket: Ticket, edits: Vec<PlacedChanges>) {
        let (reader, announcer, failing) =
            (Arc::clone(&self.reader), self.announcer.clone(), self.announcer.clone());
        let places: Vec<Place> = edits.iter().map(|edit| edit.place.clone()).collect();
        let work = move || {
            let made = |PlacedChanges { place, changes }: PlacedChanges| {
                let made = reader.desk.change_notes(&place, &changes);
                (place, made)
            };
            let done = edits.into_iter().map(made).collect();
            announcer.announce(Event::NotesEdited { ticket, done });
        };
        self.changing.give(work, move |reason| {
            let done = places.into_iter().map(|place| (place, Err(reason.clone()))).collect();
            failing.announce(Event::NotesEdited { ticket, done });
        });
    }

    /// Tells when what was asked for before is with whoever saves it.
    pub(super) fn finishing(&self) -> Receiver<()> {
        self.changing.when_done()
    }

    /// Who has to know when a document is read.
    pub(super) fn reader(&self) -> Arc<NotesReader> {
        Arc::clone(&self.reader)
    }

    /// Remembers where the notes of a document were found.
    pub(super) fn keep_found(&self, notes: Arc<DocumentNotes>) {
        let reader = Arc::clone(&self.reader);
        // What cannot be remembered is looked for again when the document is opened.
        self.crew.give(move || reader.keep_found(&notes), drop);
    }
}

/// Reads the notes of documents without the documents.
#[derive(Debug)]
pub(super) struct NotesReader {
    home: Home,
    desk: ReadingDesk,
    library: Arc<LibraryStore>,
    cache: CollectedCache,
    /// What was read before, and of which files.
    known: Mutex<HashMap<Place, (Vec<Stamp>, SearchableNotes)>>,
    /// How the file of a document was when it was last read.
    read: Mutex<BTreeMap<Place, Option<Stamp>>>,
}

/// What became of one document.
#[derive(Default)]
struct ReadNotes {
    document: Option<SearchableNotes>,
    /// Whether the document itself is gone.
    gone: bool,
    faults: Vec<GatheringFault>,
    /// What is worth keeping in the cache.
    fresh: Option<Vec<Stamp>>,
}

impl NotesReader {
    pub(super) fn new(home: Home, desk: ReadingDesk, library: Arc<LibraryStore>) -> Self {
        let cache = CollectedCache::within(&home);
        Self { home, desk, library, cache, known: Mutex::default(), read: Mutex::default() }
    }

    /// Reads the notes of every document of the library, of `known`, and those in the data folder; tells them in
    /// batches, the last one as complete, unless the request became old meanwhile.
    fn read_all(&self, known: &[Place], old: &(dyn Fn() -> bool + Sync), tell: &dyn Fn(GatheredNotes, bool)) {
        let kept = NotesFiles::within(&self.home);
        let library = self.library.entries();
        // The library has the real names of documents; what is open has those by which it was opened.
        let places = library.iter().map(|entry| entry.place.clone()).chain(known.iter().map(whole));
        let places = places.map(|place| self.library.keeper_of_notes(&place)).chain(kept.samples());
        let places: Vec<Place> = places.collect::<BTreeSet<_>>().into_iter().collect();
        let fresh = Mutex::new(Vec::new());
        let mut batch = Batch { all: places.len(), ..Batch::default() };
        self.read_each(&places, &kept, old, &mut |read| {
            if let (Some(document), Some(stamps)) = (&read.document, &read.fresh) {
                lock(&fresh).push((document.document().clone(), stamps.clone()));
            }
            batch.take(read, tell);
        });
        if old() {
            return;
        }
        for read in kept.of_no_place(&places).into_iter().map(|path| self.read_orphan(&path)) {
            batch.take(read, tell);
        }
        batch.take_gone(|notes| self.deleted_in(notes));
        tell(batch.notes(true), true);
        for (document, stamps) in mem::take(&mut *lock(&fresh)) {
            self.cache.keep(&document, &stamps);
        }
    }

    /// Reads documents on several threads, and hands over each as it comes.
    fn read_each(
        &self,
        places: &[Place],
        kept: &NotesFiles,
        old: &(dyn Fn() -> bool + Sync),
        take: &mut dyn FnMut(ReadNotes),
    ) {
        let next = AtomicUsize::new(0);
        let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        let (sender, receiver) = channel();
        let read = |sender: Sender<ReadNotes>| {
            while let Some(place) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
                if old() || sender.send(self.read_there_or_gone(place, kept)).is_err() {
                    return;
                }
            }
        };
        thread::scope(|scope| {
            for sender in (0..threads).map(|_| sender.clone()) {
                scope.spawn(|| read(sender));
            }
            drop(sender);
            receiver.into_iter().for_each(take);
        });
    }

    fn read_there_or_gone(&self, place: &Place, kept: &NotesFiles) -> ReadNotes {
        let read = self.read(place, kept);
        ReadNotes { gone: read.document.is_some() && is_gone(place), ..read }
    }

    /// Reads the notes of one document; nothing where there are none.
    fn read(&self, place: &Place, kept: &NotesFiles) -> ReadNotes {
        if self.desk.has_unsaved(place) {
            return self.load(place, None);
        }
        let stamps: Vec<Stamp> =
            self.desk.notes().files_of(place, kept).iter().filter_map(|path| Stamp::of(path)).collect();
        if stamps.is_empty() {
            return if self.desk.notes().has_copies(place) {
                self.load(place, None)
            } else {
                ReadNotes::default()
            };
        }
        if let Some((_, before)) = lock(&self.known).get(place).filter(|(before, _)| *before == stamps) {
            return ReadNotes { document: Some(self.with_states(before.clone())), ..ReadNotes::default() };
        }
        if let Some(document) = self.cache.get(place, &stamps) {
            let document = SearchableNotes::new(document);
            lock(&self.known).insert(place.clone(), (stamps, document.clone()));
            return ReadNotes { document: Some(self.with_states(document)), ..ReadNotes::default() };
        }
        self.load(place, Some(stamps))
    }

    /// Reads the notes of a document from their files, with all care.
    fn load(&self, place: &Place, stamps: Option<Vec<Stamp>>) -> ReadNotes {
        let loaded = self.desk.load_closed(place, Touch::Nothing);
        let faults = faults_of(&place.name(), &loaded);
        let document = SearchableNotes::new(DocumentNotes {
            place: place.to_words(),
            title: Some(loaded.kept.title).filter(|title| !title.is_empty()).unwrap_or_else(|| place.name()),
            text: loaded.kept.text,
            notes: loaded.kept.annotations.into(),
            states: BTreeMap::new(),
            places_now: BTreeMap::new(),
            deleted: loaded.kept.trash.len(),
        });
        let fresh = stamps.filter(|_| faults.is_empty());
        if let Some(stamps) = &fresh {
            lock(&self.known).insert(place.clone(), (stamps.clone(), document.clone()));
        }
        let something = !document.document().is_empty();
        ReadNotes { document: something.then(|| self.with_states(document)), gone: false, faults, fresh }
    }

    /// Notes in the data folder of which it is not known where their document lies.
    fn read_orphan(&self, path: &std::path::Path) -> ReadNotes {
        let loaded = self.desk.notes().load_path(path);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let faults = faults_of(&name, &loaded);
        let document = DocumentNotes {
            place: String::new(),
            title: Some(loaded.kept.title).filter(|title| !title.is_empty()).unwrap_or(name),
            text: loaded.kept.text,
            notes: loaded.kept.annotations.into(),
            states: BTreeMap::new(),
            places_now: BTreeMap::new(),
            deleted: loaded.kept.trash.len(),
        };
        let document = Some(document).filter(|document| !document.is_empty()).map(SearchableNotes::new);
        // Where it is nobody knows; and it may have come along to elsewhere, as from a document that is gone.
        ReadNotes { document, gone: true, faults, fresh: None }
    }

    /// The notes that were deleted in a document.
    fn deleted_in(&self, notes: &DocumentNotes) -> HashSet<NoteId> {
        let whole = self.desk.load_closed(&Place::from_words(&notes.place), Touch::Nothing).whole();
        whole.kept.trash.iter().map(|trashed| trashed.note.id).chain(whole.deleted.into_keys()).collect()
    }

    /// With where each note was found when the document was last open, if that has not changed since.
    fn with_states(&self, document: SearchableNotes) -> SearchableNotes {
        let (states, places_now) = self.cache.found(document.document());
        if states.is_empty() { document } else { document.found(states, places_now) }
    }

    /// A document is about to be read: where its notes are found holds for the file as it is now.
    pub(super) fn reading(&self, place: &Place) {
        lock(&self.read).insert(place.clone(), document_stamp(place));
    }

    fn keep_found(&self, notes: &DocumentNotes) {
        let place = Place::from_words(&notes.place);
        let stamp = lock(&self.read).get(&place).cloned();
        if let Some(stamp) = stamp {
            self.cache.keep_found(notes, stamp.as_ref());
        }
    }
}

/// What was read and is to be told.
#[derive(Default)]
struct Batch {
    documents: Vec<SearchableNotes>,
    /// All that were told, or are to be told.
    there: Vec<SearchableNotes>,
    /// Those of documents that are gone: told last, as far as they did not come along to another.
    gone: Vec<SearchableNotes>,
    faults: Vec<GatheringFault>,
    done: usize,
    all: usize,
    told: Option<Instant>,
}

impl Batch {
    fn take(&mut self, read: ReadNotes, tell: &dyn Fn(GatheredNotes, bool)) {
        self.done += 1;
        self.faults.extend(read.faults);
        if read.gone {
            self.gone.extend(read.document);
        } else {
            self.there.extend(read.document.clone());
            self.documents.extend(read.document);
        }
        let due = match self.told {
            Some(told) => told.elapsed() >= BATCH,
            None => self.documents.len() >= FIRST,
        };
        if due {
            let notes = self.notes(false);
            tell(notes, false);
            self.told = Some(Instant::now());
        }
    }

    /// `deleted` answers what was deleted in a document.
    fn take_gone(&mut self, deleted: impl Fn(&DocumentNotes) -> HashSet<NoteId>) {
        self.documents.extend(left_behind(mem::take(&mut self.gone), &self.there, deleted));
    }

    fn notes(&mut self, complete: bool) -> GatheredNotes {
        GatheredNotes {
            documents: mem::take(&mut self.documents),
            faults: mem::take(&mut self.faults),
            done: if complete { self.all } else { self.done.min(self.all) },
            all: self.all,
        }
    }
}

fn faults_of(name: &str, loaded: &Loaded) -> Vec<GatheringFault> {
    let reasons = loaded.file.read_only.iter().chain(&loaded.file.remarks);
    reasons.map(|reason| GatheringFault { name: name.to_owned(), reason: reason.clone() }).collect()
}

fn lock<What>(mutex: &Mutex<What>) -> std::sync::MutexGuard<'_, What> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "collecting_tests.rs"]
mod tests;
