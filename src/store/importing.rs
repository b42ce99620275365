//! Files of notes from elsewhere: read with care, and laid beside the documents that there are.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::crew::Crew;
use super::keeper::ReadingDesk;
use super::library::LibraryStore;
use super::reading::read_document;
use super::sidecar::Touch;
use super::world::Announcer;
use crate::document::TextId;
use crate::exchange::{self, ExchangeError, Format, MOST_BYTES, Received};
use crate::session::{Event, ImportEvent, ImportJob, ImportPlan, ImportShelf, Place, ShelfDocument, Ticket};

/// Reads a file of notes or codes; `None` for the format that its content speaks for.
///
/// Errors: a sentence, without the name of the file.
pub fn read_parcel(path: &Path, format: Option<Format>) -> Result<Received, String> {
    let bytes = read_limited(path)?;
    exchange::read(&bytes, format).map_err(|error| error.to_string())
}

/// Reads notes or codes from whatever they come through, to its end; see [`read_parcel`].
///
/// Errors: a sentence.
pub fn read_parcel_from(input: impl Read, format: Option<Format>) -> Result<Received, String> {
    exchange::read(&read_to_limit(input)?, format).map_err(|error| error.to_string())
}

/// The bytes of an ordinary file that is not too large.
fn read_limited(path: &Path) -> Result<Vec<u8>, String> {
    // A pipe or a device might never end.
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err("it is not an ordinary file".to_owned());
    }
    read_to_limit(File::open(path).map_err(unreadable)?)
}

fn read_to_limit(input: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    input.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_BYTES { Err(ExchangeError::TooLarge.to_string()) } else { Ok(bytes) }
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn unreadable(error: io::Error) -> String {
    format!("cannot read the file: {error}")
}

/// Finds out what would come of files, one after the other; each can be ended while it waits or is read.
#[derive(Debug)]
pub(super) struct Importer {
    crew: Crew,
    announcer: Announcer,
    shelf: Shelf,
    wanted: Arc<Mutex<BTreeMap<Ticket, Arc<AtomicBool>>>>,
}

impl Importer {
    /// Starts the thread. An error means that the system gives none.
    pub(super) fn start(
        desk: ReadingDesk,
        library: Arc<LibraryStore>,
        announcer: Announcer,
    ) -> io::Result<Self> {
        let shelf = Shelf { desk, library };
        Ok(Self { crew: Crew::start("import", 1)?, announcer, shelf, wanted: Arc::default() })
    }

    /// Finds out what would come of a file.
    pub(super) fn plan(&self, ticket: Ticket, job: Box<ImportJob>) {
        let wanted = Arc::new(AtomicBool::new(true));
        lock(&self.wanted).insert(ticket, Arc::clone(&wanted));
        let (announcer, all, documents) =
            (self.announcer.clone(), Arc::clone(&self.wanted), self.shelf.clone());
        let failing = self.announcer.clone();
        let work = move || {
            let result = plan(&job, &documents, &|| wanted.load(Ordering::Relaxed));
            lock(&all).remove(&ticket);
            if let Some(result) = result.transpose() {
                announcer.announce(Event::Import(ImportEvent { ticket, result: result.map(Box::new) }));
            }
        };
        self.crew.give(work, move |reason| {
            failing.announce(Event::Import(ImportEvent { ticket, result: Err(reason) }));
        });
    }

    /// Ends a work, soon.
    pub(super) fn stop(&self, ticket: Ticket) {
        if let Some(wanted) = lock(&self.wanted).remove(&ticket) {
            wanted.store(false, Ordering::Relaxed);
        }
    }
}

/// What is still running when the program ends is not waited for.
impl Drop for Importer {
    fn drop(&mut self) {
        for wanted in lock(&self.wanted).values() {
            wanted.store(false, Ordering::Relaxed);
        }
    }
}

fn lock<What>(mutex: &Mutex<What>) -> MutexGuard<'_, What> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Nothing where nobody waits for it any more.
fn plan(job: &ImportJob, shelf: &Shelf, goes_on: &dyn Fn() -> bool) -> Result<Option<ImportPlan>, String> {
    if !goes_on() {
        return Ok(None);
    }
    let received = match &job.received {
        Some(received) => Arc::clone(received),
        None => Arc::new(read_parcel(&job.path, None)?),
    };
    Ok(job.plan(received, shelf, goes_on))
}

/// The documents of the library.
#[derive(Clone, Debug)]
struct Shelf {
    desk: ReadingDesk,
    library: Arc<LibraryStore>,
}

impl ImportShelf for Shelf {
    fn with_text(&self, text: TextId) -> Vec<Place> {
        let places = self.library.with_text(text);
        places.iter().map(|place| self.library.keeper_of_notes(place)).collect()
    }

    fn titles(&self) -> Vec<(Place, String)> {
        self.library.entries().into_iter().map(|entry| (entry.place, entry.title)).collect()
    }

    fn open(&self, place: &Place) -> Option<ShelfDocument> {
        let choices = self.desk.notes().choices(place);
        let imported = read_document(place, &choices, &mut drop).ok()?;
        let loaded = self.desk.load_closed(place, Touch::Nothing);
        let document = Arc::new(imported.document);
        let title = document.metadata().title.as_ref().map(|field| field.value.clone());
        (loaded.file.read_only.is_none()).then(|| ShelfDocument {
            place: place.clone(),
            title: title.unwrap_or_else(|| place.name()),
            document,
            notes: loaded.kept.annotations.into(),
            trash: loaded.kept.trash,
        })
    }
}
