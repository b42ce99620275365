//! The threads of the library: one that lists and indexes documents, one that searches in them.
//!
//! Nothing here makes its caller wait. What is not done when the program ends is done at the next start.

use std::collections::BTreeSet;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::cataloguer::Cataloguer;
use super::crew::{Crew, guarded};
use super::familiar::{Familiar, whole};
use super::index::LibraryIndex;
use super::library::{LibraryChange, LibraryStore};
use super::sidecar::NotesStore;
use super::world::Announcer;
use crate::document::{Document, TextId};
use crate::session::{
    Event, LibraryAdded, LibraryEffect, LibraryEntry, LibraryEvent, LibraryProgress, LibrarySearchRequest,
    Opened, Place, Ticket,
};

/// What was opened is indexed when nothing was opened for so long, so that it makes no opening slower; and the
/// list is saved as often.
const QUIET: Duration = Duration::from_secs(2);

/// How often progress is told.
const PAUSE: Duration = Duration::from_millis(100);

/// How long after the start all documents are looked at.
const FIRST_LOOK: Duration = Duration::from_secs(5);

/// Where another program was writing the index, it is tried again after so long.
const AGAIN: Duration = Duration::from_secs(30);

/// The whole index is read now and then to see whether a bit was changed: after so long.
const CHECKED: Duration = Duration::from_hours(7 * 24);

/// So many characters of a document are counted while it is being opened, in bytes of text; those of a longer
/// one when it is indexed.
const COUNTED: usize = 4 * 1024 * 1024;

/// Keeps the library.
#[derive(Debug)]
pub(super) struct Librarian {
    tasks: Option<Sender<Task>>,
    searching: Crew,
    shared: Arc<Shared>,
    thread: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    notes: Arc<NotesStore>,
    library: Arc<LibraryStore>,
    index: Arc<LibraryIndex>,
    announcer: Announcer,
    /// Whether the session wants to be told the list.
    listed: AtomicBool,
    /// The ticket of the newest search.
    newest: AtomicU64,
    /// What was asked for and is to go on.
    wanted: Mutex<BTreeSet<Ticket>>,
    ending: AtomicBool,
}

/// What is to be done, in its order.
enum Task {
    /// A document was opened.
    Opened(Box<LibraryEntry>),
    /// A document is no longer there, and known elsewhere.
    Gone(Place),
    /// What the session asked for.
    Asked(LibraryEffect),
    /// A document has so many notes now.
    Notes(Place, usize),
    /// The index cannot be used: every document is to be put into a new one.
    Fill,
    /// The program ends.
    End,
}

impl Librarian {
    /// Starts the threads. An error means that the system gives none.
    pub(super) fn start(
        notes: Arc<NotesStore>,
        library: Arc<LibraryStore>,
        index: Arc<LibraryIndex>,
        announcer: Announcer,
    ) -> io::Result<Self> {
        let (tasks, queue) = channel();
        let shared = Arc::new(Shared {
            notes,
            library,
            index,
            announcer,
            listed: AtomicBool::default(),
            newest: AtomicU64::default(),
            wanted: Mutex::default(),
            ending: AtomicBool::default(),
        });
        let own = Arc::clone(&shared);
        let work = move || Desk::new(own).work(&queue);
        let thread = thread::Builder::new().name("duidu-library".to_owned()).spawn(work)?;
        Ok(Self { tasks: Some(tasks), searching: Crew::start("seek", 1)?, shared, thread })
    }

    /// Carries out what the session asks. What only a window can do is given back.
    pub(super) fn carry_out(&self, effect: LibraryEffect) -> Option<LibraryEffect> {
        match effect {
            LibraryEffect::AskForFiles | LibraryEffect::AskForFolder => return Some(effect),
            LibraryEffect::Search { ticket, request } => self.search(ticket, request),
            LibraryEffect::Stop(ticket) => drop(self.shared.wanted().remove(&ticket)),
            LibraryEffect::Add { ticket, .. } | LibraryEffect::LookAgain { ticket, .. } => {
                self.shared.wanted().insert(ticket);
                self.give(Task::Asked(effect));
            }
            other => self.give(Task::Asked(other)),
        }
        None
    }

    /// Notes of a document are being saved: so many.
    pub(super) fn notes_saved(&self, place: &Place, notes: usize) {
        self.give(Task::Notes(place.clone(), notes));
    }

    /// For the threads that read documents.
    pub(super) fn desk_for_reading(&self) -> LibraryDesk {
        LibraryDesk { shared: Arc::clone(&self.shared), tasks: self.tasks.clone() }
    }

    fn give(&self, task: Task) {
        if let Some(tasks) = &self.tasks {
            // Its thread goes on until this is dropped.
            drop(tasks.send(task));
        }
    }

    fn search(&self, ticket: Ticket, request: LibrarySearchRequest) {
        self.shared.newest.store(ticket.0, Ordering::Relaxed);
        let (shared, failing) = (Arc::clone(&self.shared), Arc::clone(&self.shared));
        if !self.shared.index.is_usable() {
            self.give(Task::Fill);
        }
        self.searching.give(
            move || shared.search(ticket, &request),
            move |reason| {
                failing.index.distrust();
                failing.found(ticket, Vec::new(), true, Some(reason));
            },
        );
    }
}

/// The list is saved before the end; what takes long is left for the next start.
/// How long the end of the program waits for the library.
const PATIENCE: Duration = Duration::from_secs(10);

impl Drop for Librarian {
    fn drop(&mut self) {
        self.shared.ending.store(true, Ordering::Relaxed);
        self.shared.newest.store(u64::MAX, Ordering::Relaxed);
        self.give(Task::End);
        self.tasks = None;
        let end = Instant::now() + PATIENCE;
        // What waits for a stalled drive or for another program is not waited for: an index can be made anew.
        while !self.thread.is_finished() && Instant::now() < end {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Shared {
    fn wanted(&self) -> MutexGuard<'_, BTreeSet<Ticket>> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_ending(&self) -> bool {
        self.ending.load(Ordering::Relaxed)
    }

    fn tell(&self, event: LibraryEvent) {
        self.announcer.announce(Event::Library(event));
    }

    /// Tells the list, if it was asked for.
    fn list(&self) {
        if self.listed.load(Ordering::Relaxed) {
            let (entries, folders) = (self.library.entries(), self.library.folders());
            self.tell(LibraryEvent::Listed { entries, folders });
        }
    }

    fn search(&self, ticket: Ticket, request: &LibrarySearchRequest) {
        let old = || self.newest.load(Ordering::Relaxed) != ticket.0;
        let result =
            self.index.find(request, &old, &mut |documents| self.found(ticket, documents, false, None));
        let unmade = (!self.index.is_usable() && !request.query.is_empty())
            .then(|| "the index of the library is being made".to_owned());
        if !old() {
            self.found(ticket, Vec::new(), true, result.err().map(|error| error.to_string()).or(unmade));
        }
    }

    fn found(
        &self,
        ticket: Ticket,
        documents: Vec<crate::session::FoundDocument>,
        complete: bool,
        fault: Option<String>,
    ) {
        self.tell(LibraryEvent::Found { ticket, documents, complete, fault });
    }
}

/// What the thread that lists and indexes has before it.
struct Desk {
    shared: Arc<Shared>,
    cataloguer: Cataloguer,
    /// Documents that were opened and perhaps have to be indexed.
    opened: BTreeSet<Place>,
    /// Not before this moment.
    next_index: Instant,
    first_look: Option<Instant>,
    /// Why the list could not be saved, as it was last told.
    failing: Option<String>,
}

impl Desk {
    fn new(shared: Arc<Shared>) -> Self {
        let cataloguer = Cataloguer::new(
            Arc::clone(&shared.notes),
            Arc::clone(&shared.library),
            Arc::clone(&shared.index),
        );
        let now = Instant::now();
        Self {
            shared,
            cataloguer,
            opened: BTreeSet::new(),
            next_index: now,
            first_look: Some(now + FIRST_LOOK),
            failing: None,
        }
    }

    /// Until the program ends.
    fn work(&mut self, queue: &Receiver<Task>) {
        loop {
            match queue.recv_timeout(QUIET) {
                Ok(Task::End) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(task) => {
                    // A fault in one task is told, and the next is done all the same.
                    if let Err(reason) = guarded(|| self.carry_out(task)) {
                        self.shared.index.distrust();
                        self.shared.tell(LibraryEvent::Remark(reason));
                    }
                }
                Err(RecvTimeoutError::Timeout) => drop(guarded(|| self.tidy())),
            }
        }
        // Tried once more at the next change; what was opened last is known from the session too.
        drop(self.shared.library.save());
    }

    fn carry_out(&mut self, task: Task) {
        match task {
            Task::Opened(entry) => self.note_opened(*entry),
            Task::Gone(place) => self.forget(&[place]),
            // The list is not told for it: notes are saved while one types.
            Task::Notes(place, notes) => return self.count_notes(&place, notes),
            Task::Asked(effect) => self.obey(effect),
            Task::Fill if !self.shared.index.is_usable() => self.look_at_all(),
            Task::Fill | Task::End => {}
        }
        self.shared.list();
    }

    fn obey(&mut self, effect: LibraryEffect) {
        let library = &self.shared.library;
        match effect {
            LibraryEffect::List => self.shared.listed.store(true, Ordering::Relaxed),
            LibraryEffect::Add { ticket, paths } => {
                self.run(ticket, |cataloguer, watching| cataloguer.add(&paths, watching));
            }
            LibraryEffect::LookAgain { ticket, anew } => {
                if anew {
                    self.shared.index.distrust();
                }
                self.run(ticket, |cataloguer, watching| cataloguer.look_again(watching));
            }
            LibraryEffect::Remove(places) => {
                library.remove(&places);
                self.forget(&places);
            }
            LibraryEffect::PutBack(entries) => {
                self.opened.extend(entries.iter().map(|entry| entry.place.clone()));
                library.add(entries);
            }
            LibraryEffect::RemoveFolder(folder) => library.change(vec![LibraryChange::RemoveFolder(folder)]),
            LibraryEffect::ShareNotes { place, with } => self.share(place, &with),
            LibraryEffect::KeepApart { place, text } => {
                library.change(vec![LibraryChange::KeepApart(text, whole(&place))]);
            }
            LibraryEffect::Search { .. }
            | LibraryEffect::Stop(_)
            | LibraryEffect::AskForFiles
            | LibraryEffect::AskForFolder => {}
        }
    }

    /// Takes out of the index what is no longer in the list.
    fn forget(&self, places: &[Place]) {
        if let Err(reason) = self.cataloguer.forget(places) {
            self.shared.tell(LibraryEvent::Remark(reason));
        }
    }

    fn share(&self, place: Place, with: &Place) {
        let text = self.shared.library.entry(&whole(&place)).and_then(|entry| entry.text);
        let familiar = Familiar { notes: &self.shared.notes, library: &self.shared.library };
        let result = match text {
            Some(text) => familiar.share(&place, with, text).map_err(|error| error.to_string()),
            None => Err("its text is not known".to_owned()),
        };
        self.shared.tell(LibraryEvent::NotesShared { place, result });
    }

    /// A document that has the same text as before keeps what was counted of it.
    fn note_opened(&mut self, mut entry: LibraryEntry) {
        let before = self.shared.library.entry(&entry.place).filter(|before| before.text == entry.text);
        if let Some(before) = before.filter(|_| entry.characters == 0) {
            entry.characters = before.characters;
        }
        self.opened.insert(entry.place.clone());
        self.shared.library.opened(entry);
    }

    /// Of all documents that share the notes.
    fn count_notes(&self, place: &Place, notes: usize) {
        let keeper = self.shared.library.keeper_of_notes(&whole(place));
        let sharing = self.shared.library.entries().into_iter().map(|entry| entry.place);
        let sharing = sharing.filter(|other| self.shared.library.keeper_of_notes(other) == keeper);
        let changes = sharing.map(|place| LibraryChange::CountNotes(place, notes)).collect();
        self.shared.library.change(changes);
    }

    /// What waits until there is nothing else to do.
    fn tidy(&mut self) {
        self.index_opened();
        if self.first_look.take_if(|due| *due <= Instant::now()).is_some() {
            self.look_at_the_start();
        }
        let failure = self.shared.library.save().err().map(|error| error.to_string());
        if let Some(reason) = failure.clone().filter(|_| failure != self.failing) {
            let remark = format!("the list of the library could not be saved: {reason}");
            self.shared.tell(LibraryEvent::Remark(remark));
        }
        self.failing = failure;
        for remark in self.shared.library.take_remarks() {
            self.shared.tell(LibraryEvent::Remark(remark));
        }
    }

    fn index_opened(&mut self) {
        if self.opened.is_empty() || self.next_index > Instant::now() {
            return;
        }
        if !self.shared.index.is_usable() {
            // Not these alone: what else is in the library would be missing.
            self.look_at_all();
        }
        let places: Vec<Place> = self.opened.iter().cloned().collect();
        let shared = &self.shared;
        let looked = self.cataloguer.look_at_these(&places, &|_| !shared.is_ending());
        if looked.not_indexed.is_none() {
            self.opened.clear();
        }
        // Another program is perhaps indexing, and has much to do.
        self.next_index = Instant::now() + if looked.not_indexed.is_some() { AGAIN } else { Duration::ZERO };
        self.shared.list();
    }

    /// What changed while the program did not run; and now and then whether the index is whole.
    fn look_at_the_start(&self) {
        if self.shared.library.entries().is_empty() && self.shared.library.folders().is_empty() {
            return;
        }
        if self.shared.index.checked_before().is_none_or(|age| age >= CHECKED) {
            self.shared.index.check();
        }
        self.look_at_all();
    }

    /// Nobody asked for it: the ticket is one that was never given.
    fn look_at_all(&self) {
        let ticket = Ticket::default();
        self.shared.wanted().insert(ticket);
        self.run(ticket, |cataloguer, watching| cataloguer.look_again(watching));
    }

    /// Does what takes long, tells how far it is, and ends it when it is no longer wanted.
    fn run(
        &self,
        ticket: Ticket,
        work: impl FnOnce(&Cataloguer, &dyn Fn(&LibraryProgress) -> bool) -> LibraryAdded,
    ) {
        let told = Mutex::new(Instant::now());
        let watching = |progress: &LibraryProgress| {
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            if told.elapsed() >= PAUSE {
                *told = Instant::now();
                self.shared.tell(LibraryEvent::Progress { ticket, progress: progress.clone() });
            }
            !self.shared.is_ending() && self.shared.wanted().contains(&ticket)
        };
        let added = work(&self.cataloguer, &watching);
        self.shared.wanted().remove(&ticket);
        drop(self.shared.library.save());
        self.shared.tell(LibraryEvent::Added { ticket, added });
    }
}

/// What the threads that read documents need of the library.
#[derive(Clone, Debug)]
pub(super) struct LibraryDesk {
    shared: Arc<Shared>,
    tasks: Option<Sender<Task>>,
}

impl LibraryDesk {
    /// Whether notes came along to a document that was just read, so that it is to be read again; and what there
    /// is to tell.
    pub(super) fn look(&self, place: &Place, text: TextId) -> (bool, Vec<LibraryEvent>) {
        let familiar = Familiar { notes: &self.shared.notes, library: &self.shared.library };
        let news = familiar.look(place, text);
        let from = news.iter().filter_map(|event| match event {
            LibraryEvent::NotesCame { from, .. } => Some(from.clone()),
            _ => None,
        });
        let gone: Vec<Place> = from.collect();
        let came = !gone.is_empty();
        for place in gone {
            self.give(Task::Gone(place));
        }
        (came, news)
    }

    fn give(&self, task: Task) {
        if let Some(tasks) = &self.tasks {
            // Where its thread has ended, the program is ending.
            drop(tasks.send(task));
        }
    }

    /// A document was opened.
    pub(super) fn opened(&self, place: &Place, opened: &Opened) {
        let document = &opened.imported.document;
        let now = Timestamp::now();
        let entry = LibraryEntry {
            title: super::cataloguer::title_of(place, document),
            text: Some(document.id()),
            written: document.written(),
            bytes: document.origin().bytes,
            characters: characters_of_short(document),
            notes: opened.kept.annotations.len(),
            last_read: Some(now),
            ..LibraryEntry::new(whole(place), now)
        };
        self.give(Task::Opened(Box::new(entry)));
    }
}

/// How many characters a document has, white space not counted; 0 for a long one, which takes time to count.
fn characters_of_short(document: &Document) -> u64 {
    let text = Some(document.text()).filter(|text| text.len() <= COUNTED);
    let count = text.map(|text| text.chars().filter(|character| !character.is_whitespace()).count());
    count.unwrap_or_default() as u64
}

#[cfg(test)]
#[path = "librarian_tests.rs"]
mod tests;
