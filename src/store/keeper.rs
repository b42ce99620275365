//! The threads that keep what the reader does: a journal within a moment of each change, the files soon
//! after, again after a failure, and before the end.
//!
//! The journal has a thread of its own, as it lies on a disk of this machine: while a network drive stalls and
//! the file of some notes cannot be written, every further change is on the disk all the same.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::Home;
use super::comparisons::ComparisonStore;
use super::crew::guarded;
use super::desk::{Besides, Change, Desk, LeftForNext, Pending};
use super::histories;
use super::journal::Journal;
use super::replace::FileError;
use super::sidecar::{Loaded, NotesStore, Saved, Touch};
use super::state::StateStore;
use super::watch::Watch;
use super::world::Announcer;
use crate::document::TextId;
use crate::notes::{History, NoteChange, Notebook};
use crate::session::{ComparisonId, Event, Kept, KeptComparison, Place, Restored, StepsEverywhere, Ticket};

/// How long a reading waits for notes that are being saved, and the end for all that is to be saved.
const PATIENCE: Duration = Duration::from_secs(10);

/// Keeps notes and state on threads of its own.
#[derive(Debug)]
pub(super) struct Keeper {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    home: Home,
    notes: NotesStore,
    comparisons: ComparisonStore,
    state: StateStore,
    watch: Arc<Watch>,
    announcer: Announcer,
    desk: Mutex<Desk>,
    journals: Mutex<BTreeMap<Place, Journal>>,
    changed: Condvar,
}

impl Keeper {
    /// Starts the threads. An error means that the system gives none.
    pub(super) fn start(
        home: Home,
        notes: NotesStore,
        state: StateStore,
        watch: Arc<Watch>,
        announcer: Announcer,
    ) -> io::Result<Self> {
        let comparisons = ComparisonStore::new(home.clone());
        let (desk, journals, changed) = (Mutex::default(), Mutex::default(), Condvar::new());
        let shared = Shared { home, notes, comparisons, state, watch, announcer, desk, journals, changed };
        let shared = Arc::new(shared);
        let mut threads = Vec::new();
        for (name, work) in [("duidu-keep", Shared::keep as fn(&Shared)), ("duidu-journal", Shared::journal)]
        {
            let own = Arc::clone(&shared);
            threads.push(thread::Builder::new().name(name.to_owned()).spawn(move || work(&own))?);
        }
        Ok(Self { shared, threads })
    }

    /// Keeps the notes of a place, soon: what they were when the session last said or was told it, and what
    /// they are.
    pub(super) fn save_notes(
        &self,
        ticket: Ticket,
        place: Place,
        base: Arc<Kept>,
        ours: Arc<Kept>,
        history: Arc<History>,
    ) {
        self.shared.desk().save_notes(ticket, place, base, ours, history);
        self.shared.changed.notify_all();
    }

    /// Keeps the state, soon.
    pub(super) fn save_state(&self, restored: Box<Restored>) {
        self.leave(LeftForNext { restored: Some(restored), ..LeftForNext::default() });
    }

    /// Keeps what can be undone of what was done to the notes of all documents, soon.
    pub(super) fn save_steps(&self, steps: Arc<StepsEverywhere>) {
        self.leave(LeftForNext { steps: Some(steps), ..LeftForNext::default() });
    }

    fn leave(&self, left: LeftForNext) {
        self.shared.desk().save_state(left);
        self.shared.changed.notify_all();
    }

    /// Keeps a comparison, soon.
    pub(super) fn save_comparison(&self, comparison: ComparisonId, kept: Arc<KeptComparison>) {
        self.shared.desk().save_comparison(comparison, kept);
        self.shared.changed.notify_all();
    }

    /// For the threads that read.
    pub(super) fn desk_for_reading(&self) -> ReadingDesk {
        ReadingDesk(Arc::clone(&self.shared))
    }

    /// Writes all notes files now, without waiting for it.
    pub(super) fn settle(&self) {
        self.shared.make_due(|_| true, Besides::Nothing);
    }

    /// Begins to save everything now.
    pub(super) fn begin_to_flush(&self) {
        self.shared.make_due(|_| true, Besides::Everything);
    }

    /// Whether something was not tried yet.
    pub(super) fn is_flushing(&self) -> bool {
        self.shared.desk().has_untried(|_| true, Besides::Everything)
    }

    /// What could not be saved, and why.
    pub(super) fn unsaved(&self) -> Vec<String> {
        self.shared.desk().unsaved(|_| true, Besides::Everything)
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // Whoever wants to know what was not saved has asked, and waited for a drive that is stalled.
        let stalls = self.shared.desk().is_stalled();
        self.begin_to_flush();
        let longest = if stalls { Duration::ZERO } else { PATIENCE };
        let left = self.shared.wait_until_tried(|_| true, Besides::Everything, longest);
        self.shared.desk().ending = true;
        self.shared.changed.notify_all();
        // A thread that waits for a stalled drive is not waited for: the journal has what it writes.
        let stalled = !left.is_empty() && self.shared.desk().busy.is_some();
        for thread in self.threads.drain(..).filter(|_| !stalled) {
            drop(thread.join());
        }
    }
}

/// What the threads that read need of the keeper.
#[derive(Clone, Debug)]
pub(super) struct ReadingDesk(Arc<Shared>);

impl ReadingDesk {
    /// Where notes are read from.
    pub(super) fn notes(&self) -> &NotesStore {
        &self.0.notes
    }

    /// Before a place is read again: saves what is waiting for it.
    pub(super) fn settle(&self, place: &Place) {
        // What cannot be saved now is added to what is read, below.
        self.0.make_due(|other| other == place, Besides::Nothing);
        self.0.wait_until_tried(|other| other == place, Besides::Nothing, PATIENCE);
    }

    /// Where comparisons are read from.
    pub(super) fn comparisons(&self) -> &ComparisonStore {
        &self.0.comparisons
    }

    /// Before a comparison is read: saves those that are waiting.
    pub(super) fn settle_comparisons(&self) {
        self.0.make_due(|_| false, Besides::Comparisons);
        self.0.wait_until_tried(|_| false, Besides::Comparisons, PATIENCE);
    }

    /// Whether there is something to be saved for a place.
    pub(super) fn has_unsaved(&self, place: &Place) -> bool {
        self.0.desk().has_notes_of(place)
    }

    /// What is kept for a document that need not be open, with what is not saved yet.
    pub(super) fn load_closed(&self, place: &Place, touch: Touch) -> Loaded {
        self.settle_if_busy(place);
        let mut loaded = self.0.notes.load_notes(place, TextId::of(""), touch);
        // Not while the desk is held: the window may be handing over a change.
        let changes = self.0.desk().changes_of(place);
        for change in changes {
            change.add_to(&mut loaded.kept);
        }
        loaded
    }

    /// What is being written just now is waited for.
    fn settle_if_busy(&self, place: &Place) {
        let end = Instant::now() + PATIENCE;
        while self.0.desk().is_writing(place) && Instant::now() < end {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Changes notes of a document that is not open, as far as they are what the change takes them for, and saves
    /// them soon. Answers what was made of which note.
    ///
    /// Errors: why they cannot be changed.
    pub(super) fn change_notes(
        &self,
        place: &Place,
        changes: &[NoteChange],
    ) -> Result<Vec<NoteChange>, String> {
        let loaded = self.load_closed(place, Touch::SetAside);
        if let Some(reason) = loaded.file.read_only {
            return Err(reason);
        }
        let base = loaded.kept;
        let mut notebook = Notebook::new(base.annotations.iter().cloned(), base.trash.iter().cloned());
        let made = notebook.change(changes).map_err(|error| error.to_string())?;
        if !made.is_empty() {
            let annotations = notebook.iter_shared().cloned().collect();
            let trash = notebook.trash().into_iter().cloned().collect();
            let ours = Kept { annotations, trash, ..base.clone() };
            let mut desk = self.0.desk();
            desk.unseen.insert(place.clone(), loaded.unseen);
            desk.save_notes(Ticket::default(), place.clone(), Arc::new(base), Arc::new(ours), Arc::default());
            self.0.changed.notify_all();
        }
        Ok(made)
    }

    /// Adds what is not saved to what was read, and remembers what the session need not know.
    pub(super) fn add_unsaved(&self, place: &Place, loaded: &mut Loaded) {
        let changes = self.0.desk().changes_of(place);
        for change in changes {
            change.add_to(&mut loaded.kept);
            loaded.history = None;
        }
        let mut desk = self.0.desk();
        // Whoever opens it is told again if its notes still cannot be saved.
        desk.failing.remove(place);
        desk.unseen.insert(place.clone(), loaded.unseen.clone());
    }
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn journals(&self) -> MutexGuard<'_, BTreeMap<Place, Journal>> {
        self.journals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a change on the desk, or until something is due.
    fn wait(&self, desk: MutexGuard<'_, Desk>, due: Option<Instant>) {
        match due.map(|due| due.saturating_duration_since(Instant::now())) {
            Some(wait) => drop(self.changed.wait_timeout(desk, wait)),
            None => drop(self.changed.wait(desk)),
        }
    }

    // --- the journal --------------------------------------------------------------------------------

    /// The thread of the journal: until the end.
    fn journal(&self) {
        loop {
            let mut desk = self.desk();
            if let Some(change) = desk.take_for_journal() {
                drop(desk);
                self.journal_one(&change);
            } else if let Some(busy) = desk.take_slow() {
                drop(desk);
                let reason = "writing takes longer than five seconds and goes on".to_owned();
                self.announce_failure(busy.ticket, busy.place, &reason);
            } else if desk.ending {
                return;
            } else {
                let due = desk.next_journal();
                self.wait(desk, due);
            }
        }
    }

    fn journal_one(&self, change: &Change) {
        let Change { ticket, place, in_journal, ours, .. } = change;
        let append = || {
            let mut journals = self.journals();
            let new = || Journal::of(place.clone(), &self.home);
            let journal = journals.entry(place.clone()).or_insert_with(new);
            journal.append(in_journal, ours, Timestamp::now()).is_ok()
        };
        let done = guarded(append).unwrap_or(false);
        let mut desk = self.desk();
        desk.journaled(change, done);
        let told = done && !desk.failing.contains(place);
        drop(desk);
        if told {
            self.announcer.announce(Event::NotesKept { ticket: *ticket, place: place.clone() });
        }
        self.changed.notify_all();
    }

    /// What was written to the notes file need not stay in the journal.
    fn forget_journal(&self, place: &Place) {
        let mut journals = self.journals();
        let waiting = self.desk().has_notes_of(place);
        if let Some(journal) = journals.get_mut(place).filter(|_| !waiting) {
            journal.forget_retired();
        }
    }

    fn retire_journal(&self, place: &Place) {
        if let Some(journal) = self.journals().get_mut(place) {
            journal.retire();
        }
    }

    // --- the files ----------------------------------------------------------------------------------

    /// The thread of the files: until the end, and then until nothing is left that was not tried.
    fn keep(&self) {
        loop {
            if self.keep_one() {
                continue;
            }
            let desk = self.desk();
            if desk.ending {
                return;
            }
            let due = desk.next_due();
            self.wait(desk, due);
        }
    }

    /// Keeps one thing that is due; `false` where there is none.
    fn keep_one(&self) -> bool {
        let mut desk = self.desk();
        if let Some(pending) = desk.take_due_notes() {
            drop(desk);
            self.keep_notes(pending);
        } else if let Some(pending) = desk.take_due_comparison() {
            drop(desk);
            self.keep_comparison(pending);
        } else if let Some(pending) = desk.take_due_state() {
            drop(desk);
            self.keep_state(pending);
        } else {
            return false;
        }
        true
    }

    fn keep_notes(&self, pending: Pending<Change>) {
        let Change { ticket, place, base, ours, history, .. } = pending.what.clone();
        self.retire_journal(&place);
        let unseen = self.desk().unseen.get(&place).cloned().unwrap_or_default();
        let saving = || {
            let saved = self.notes.save(&place, &base, &ours, &unseen).map_err(|error| error.to_string())?;
            self.notes.keep_history(&saved, &history);
            Ok(saved)
        };
        let saved = guarded(|| self.watch.while_writing(&place, saving)).and_then(|result| result);
        let mut desk = self.desk();
        let told = desk.busy.take().is_some_and(|busy| busy.told);
        match saved {
            Ok(saved) => {
                desk.failing.remove(&place);
                drop(desk);
                self.forget_journal(&place);
                self.announce_saved(ticket, place, saved);
            }
            Err(reason) => {
                let news = desk.failing.insert(place.clone()) || told;
                desk.put_back(pending.failed(reason.clone()));
                drop(desk);
                if news {
                    self.announce_failure(ticket, place, &reason);
                }
            }
        }
        self.changed.notify_all();
    }

    fn announce_saved(&self, ticket: Ticket, place: Place, Saved { file, merged }: Saved) {
        let also = merged.then(|| Event::NotesChangedOnDisk(place.clone()));
        self.announcer.announce(Event::NotesSaved { ticket, place, result: Ok(file) });
        if let Some(event) = also {
            self.announcer.announce(event);
        }
    }

    fn announce_failure(&self, ticket: Ticket, place: Place, reason: &str) {
        self.announcer.announce(Event::NotesSaved { ticket, place, result: Err(reason.to_owned()) });
    }

    fn keep_comparison(&self, pending: Pending<(ComparisonId, Arc<KeptComparison>)>) {
        let (comparison, kept) = pending.what.clone();
        let saving = || self.comparisons.save(&kept).map_err(|error| error.to_string());
        let saved = guarded(saving).and_then(|result| result).map(drop);
        let failed_before = pending.failure.is_some() || pending.attempts > 0;
        let mut desk = self.desk();
        desk.busy_with_comparison = false;
        let mut waiting = desk.comparisons.iter().map(|pending| &pending.what);
        let told = match &saved {
            // What is still waiting is not saved: the session is told when that is.
            Ok(()) => !waiting.any(|(other, _)| *other == comparison),
            Err(reason) => {
                let newer = waiting.any(|(other, newer)| *other == comparison && newer.is_of_texts_of(&kept));
                if !newer {
                    desk.comparisons.insert(0, pending.failed(reason.clone()));
                }
                !failed_before
            }
        };
        drop(desk);
        if told {
            self.announcer.announce(Event::ComparisonSaved { comparison, result: saved });
        }
        self.changed.notify_all();
    }

    fn keep_state(&self, pending: Pending<LeftForNext>) {
        let save = || -> Result<(), FileError> {
            let LeftForNext { restored, steps } = &pending.what;
            restored.as_ref().map_or(Ok(()), |restored| self.state.save(restored))?;
            steps.as_ref().map_or(Ok(()), |steps| histories::keep_steps(steps, &self.home))
        };
        let result = guarded(save).and_then(|result| result.map_err(|error| error.to_string()));
        let mut desk = self.desk();
        desk.busy_with_state = false;
        let failure = result.err();
        let news = failure.clone().filter(|reason| desk.state_failing.as_ref() != Some(reason));
        desk.state_failing.clone_from(&failure);
        if let Some(reason) = failure {
            desk.put_back_state(pending, reason);
        }
        drop(desk);
        if let Some(reason) = news {
            self.announcer.announce(Event::StateNotSaved(reason));
        }
        self.changed.notify_all();
    }

    /// Makes everything that is chosen due now.
    fn make_due(&self, chosen: impl Fn(&Place) -> bool, besides: Besides) {
        self.desk().make_due(chosen, besides);
        self.changed.notify_all();
    }

    /// Waits until everything that is chosen was tried, so long at most, and says what is left.
    fn wait_until_tried(
        &self,
        chosen: impl Fn(&Place) -> bool,
        besides: Besides,
        longest: Duration,
    ) -> Vec<String> {
        let end = Instant::now() + longest;
        let mut desk = self.desk();
        while desk.has_untried(&chosen, besides) && Instant::now() < end {
            let waited = self.changed.wait_timeout(desk, Duration::from_millis(50));
            desk = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        desk.unsaved(&chosen, besides)
    }
}
