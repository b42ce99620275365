//! The thread that keeps what the reader does: soon after each change, again after a failure, and before
//! the end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{io, mem};

use jiff::Timestamp;

use super::comparisons::ComparisonStore;
use super::crew::guarded;
use super::merge::save_over;
use super::sidecar::{Loaded, NotesStore, Saved, Touch, Unseen};
use super::state::StateStore;
use super::watch::Watch;
use super::world::Announcer;
use crate::document::TextId;
use crate::notes::{NoteChange, Notebook};
use crate::session::{ComparisonId, Event, Kept, KeptComparison, Place, Restored};

/// Notes are saved so long after the last change...
const QUIET: Duration = Duration::from_millis(300);
/// ... and at the latest so long after the first one that is not saved.
const LATEST: Duration = Duration::from_millis(800);
/// The state changes with every turn of the wheel, and is saved no more often than this.
const STATE: Duration = Duration::from_secs(2);
/// How long to wait after the first failure; twice as long after each further one, up to the most.
const RETRY: Duration = Duration::from_secs(1);
const MOST_RETRY: Duration = Duration::from_secs(30);
/// How long a reading waits for notes that are being saved, and the end for all that is to be saved.
const PATIENCE: Duration = Duration::from_secs(10);

/// Keeps notes and state on a thread of its own.
#[derive(Debug)]
pub(super) struct Keeper {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    notes: NotesStore,
    comparisons: ComparisonStore,
    state: StateStore,
    watch: Arc<Watch>,
    announcer: Announcer,
    desk: Mutex<Desk>,
    changed: Condvar,
}

/// What is meant besides the notes of some places.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Besides {
    Nothing,
    Comparisons,
    Everything,
}

/// What is to be done.
#[derive(Debug, Default)]
struct Desk {
    /// In the order in which it was asked for; for one place there may be several.
    notes: Vec<Pending<(Place, Change)>>,
    state: Option<Pending<Box<Restored>>>,
    /// At most one of each comparison.
    comparisons: Vec<Pending<(ComparisonId, Arc<KeptComparison>)>>,
    /// What the session last said or was last told of each place.
    told: BTreeMap<Place, Arc<Kept>>,
    unseen: BTreeMap<Place, Unseen>,
    /// What the session knows not to be saved.
    failing: BTreeSet<Place>,
    state_failing: Option<String>,
    busy: Option<Place>,
    busy_with_state: bool,
    busy_with_comparison: bool,
    ending: bool,
}

/// What the session changed: from what it was to what it is.
#[derive(Clone, Debug)]
struct Change {
    base: Arc<Kept>,
    ours: Arc<Kept>,
    /// The session was told something new after it: the next change does not take its place.
    sealed: bool,
}

#[derive(Clone, Debug)]
struct Pending<What> {
    what: What,
    first: Instant,
    due: Instant,
    failure: Option<String>,
    attempts: u32,
}

impl<What> Pending<What> {
    fn new(what: What, wait: Duration) -> Self {
        let first = Instant::now();
        Self { what, first, due: first + wait, failure: None, attempts: 0 }
    }

    fn failed(mut self, reason: String) -> Self {
        let wait = RETRY.saturating_mul(1 << self.attempts.min(8)).min(MOST_RETRY);
        self.attempts += 1;
        self.due = Instant::now() + wait;
        self.failure = Some(reason);
        self
    }
}

impl Keeper {
    /// Starts the thread. An error means that the system gives none.
    pub(super) fn start(
        notes: NotesStore,
        comparisons: ComparisonStore,
        state: StateStore,
        watch: Arc<Watch>,
        announcer: Announcer,
    ) -> io::Result<Self> {
        let (desk, changed) = (Mutex::default(), Condvar::new());
        let shared = Arc::new(Shared { notes, comparisons, state, watch, announcer, desk, changed });
        let own = Arc::clone(&shared);
        let thread = thread::Builder::new().name("duidu-keep".to_owned()).spawn(move || own.keep())?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Keeps the notes of a place, soon.
    pub(super) fn save_notes(&self, place: Place, kept: Arc<Kept>) {
        self.shared.desk().save_notes(place, kept);
        self.shared.changed.notify_all();
    }

    /// Keeps the state, soon.
    pub(super) fn save_state(&self, restored: Box<Restored>) {
        let mut desk = self.shared.desk();
        match &mut desk.state {
            Some(pending) => pending.what = restored,
            none => *none = Some(Pending::new(restored, STATE)),
        }
        self.shared.changed.notify_all();
    }

    /// Keeps a comparison, soon.
    pub(super) fn save_comparison(&self, comparison: ComparisonId, kept: Arc<KeptComparison>) {
        self.shared.desk().save_comparison(comparison, kept);
        self.shared.changed.notify_all();
    }

    /// The session is being told what is kept for a place: what it lacks later, it deleted.
    pub(super) fn told(&self, place: Place, kept: Arc<Kept>) {
        let mut desk = self.shared.desk();
        desk.notes
            .iter_mut()
            .filter(|pending| pending.what.0 == place)
            .for_each(|pending| pending.what.1.sealed = true);
        desk.told.insert(place, kept);
    }

    /// For the threads that read.
    pub(super) fn desk_for_reading(&self) -> ReadingDesk {
        ReadingDesk(Arc::clone(&self.shared))
    }

    /// Saves everything now, and says what could not be saved and why.
    pub(super) fn flush(&self) -> Result<(), Vec<String>> {
        self.shared.make_due(|_| true, Besides::Everything);
        let left = self.shared.wait_until_tried(|_| true, Besides::Everything);
        if left.is_empty() { Ok(()) } else { Err(left) }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // Whoever wants to know what was not saved has asked before.
        drop(self.flush());
        self.shared.desk().ending = true;
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take() {
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
        self.0.wait_until_tried(|other| other == place, Besides::Nothing);
    }

    /// Where comparisons are read from.
    pub(super) fn comparisons(&self) -> &ComparisonStore {
        &self.0.comparisons
    }

    /// Before a comparison is read: saves those that are waiting.
    pub(super) fn settle_comparisons(&self) {
        self.0.make_due(|_| false, Besides::Comparisons);
        self.0.wait_until_tried(|_| false, Besides::Comparisons);
    }

    /// Whether there is something to be saved for a place.
    pub(super) fn has_unsaved(&self, place: &Place) -> bool {
        let desk = self.0.desk();
        desk.notes.iter().any(|pending| pending.what.0 == *place) || desk.busy.as_ref() == Some(place)
    }

    /// What is kept for a document that need not be open, with what is not saved yet.
    pub(super) fn load_closed(&self, place: &Place, touch: Touch) -> Loaded {
        self.settle_if_busy(place);
        let mut loaded = self.0.notes.load(place, TextId::of(""), touch);
        for change in self.0.desk().changes_of(place) {
            change.add_to(&mut loaded.kept);
        }
        loaded
    }

    /// What is being written just now is waited for.
    fn settle_if_busy(&self, place: &Place) {
        let end = Instant::now() + PATIENCE;
        while self.0.desk().busy.as_ref() == Some(place) && Instant::now() < end {
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
            let change = Change { base: Arc::new(base), ours: Arc::new(ours), sealed: true };
            let mut desk = self.0.desk();
            desk.unseen.insert(place.clone(), loaded.unseen);
            desk.notes.push(Pending::new((place.clone(), change), QUIET));
            self.0.changed.notify_all();
        }
        Ok(made)
    }

    /// Adds what is not saved to what was read, and remembers what the session need not know.
    pub(super) fn add_unsaved(&self, place: &Place, loaded: &mut Loaded) {
        let mut desk = self.0.desk();
        for change in desk.changes_of(place) {
            change.add_to(&mut loaded.kept);
        }
        desk.unseen.insert(place.clone(), loaded.unseen.clone());
    }
}

impl Change {
    /// Makes it on what was read.
    fn add_to(&self, kept: &mut Kept) {
        let theirs = super::shape::Sidecar { kept: mem::take(kept), ..Default::default() };
        *kept = save_over(&self.base, &self.ours, &theirs, Timestamp::now()).kept;
    }
}

impl Desk {
    /// What is to be saved for a place, in its order.
    fn changes_of(&self, place: &Place) -> Vec<Change> {
        let pending = self.notes.iter().filter(|pending| pending.what.0 == *place);
        pending.map(|pending| pending.what.1.clone()).collect()
    }

    fn save_notes(&mut self, place: Place, ours: Arc<Kept>) {
        let base = self.told.insert(place.clone(), Arc::clone(&ours)).unwrap_or_default();
        let last = self.notes.iter_mut().rev().find(|pending| pending.what.0 == place);
        match last.filter(|pending| !pending.what.1.sealed) {
            Some(pending) => {
                pending.what.1.ours = ours;
                if pending.failure.is_none() {
                    pending.due = (Instant::now() + QUIET).min(pending.first + LATEST);
                }
            }
            None => self.notes.push(Pending::new((place, Change { base, ours, sealed: false }), QUIET)),
        }
    }

    fn save_comparison(&mut self, comparison: ComparisonId, kept: Arc<KeptComparison>) {
        match self.comparisons.iter_mut().find(|pending| pending.what.0 == comparison) {
            Some(pending) => {
                pending.what.1 = kept;
                if pending.failure.is_none() {
                    pending.due = (Instant::now() + QUIET).min(pending.first + LATEST);
                }
            }
            None => self.comparisons.push(Pending::new((comparison, kept), QUIET)),
        }
    }

    fn take_due_comparison(&mut self) -> Option<Pending<(ComparisonId, Arc<KeptComparison>)>> {
        let now = Instant::now();
        let index = self.comparisons.iter().position(|pending| pending.due <= now)?;
        self.busy_with_comparison = true;
        Some(self.comparisons.remove(index))
    }

    /// When there is something to do next.
    fn next_due(&self) -> Option<Instant> {
        let notes = self.notes.iter().map(|pending| pending.due).min();
        let comparisons = self.comparisons.iter().map(|pending| pending.due).min();
        notes.into_iter().chain(comparisons).chain(self.state.as_ref().map(|state| state.due)).min()
    }

    /// The first change of each place that is due, not a later one before it.
    fn take_due_notes(&mut self) -> Option<Pending<(Place, Change)>> {
        let now = Instant::now();
        let mut seen = BTreeSet::new();
        let index =
            self.notes.iter().position(|pending| seen.insert(&pending.what.0) && pending.due <= now)?;
        let pending = self.notes.remove(index);
        self.busy = Some(pending.what.0.clone());
        Some(pending)
    }

    fn take_due_state(&mut self) -> Option<Pending<Box<Restored>>> {
        let taken = self.state.take_if(|state| state.due <= Instant::now());
        self.busy_with_state = taken.is_some();
        taken
    }

    /// Whether something that is chosen waits or is being kept.
    fn has_untried(&self, chosen: impl Fn(&Place) -> bool, besides: Besides) -> bool {
        let notes = self.notes.iter().any(|pending| chosen(&pending.what.0) && pending.failure.is_none());
        let state = self.busy_with_state || self.state.as_ref().is_some_and(|state| state.failure.is_none());
        let comparisons =
            self.busy_with_comparison || self.comparisons.iter().any(|pending| pending.failure.is_none());
        notes
            || self.busy.as_ref().is_some_and(&chosen)
            || besides != Besides::Nothing && comparisons
            || besides == Besides::Everything && state
    }

    /// Puts back what could not be saved, before what came later.
    fn put_back(&mut self, pending: Pending<(Place, Change)>) {
        let place = &pending.what.0;
        let index = self.notes.iter().position(|other| other.what.0 == *place).unwrap_or(self.notes.len());
        self.notes.insert(index, pending);
    }
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The thread: until the end, and then until nothing is left that was not tried.
    fn keep(&self) {
        loop {
            if self.keep_one() {
                continue;
            }
            let desk = self.desk();
            if desk.ending {
                return;
            }
            self.wait(desk);
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

    fn wait(&self, desk: MutexGuard<'_, Desk>) {
        let due = desk.next_due().map(|due| due.saturating_duration_since(Instant::now()));
        match due {
            Some(due) => drop(self.changed.wait_timeout(desk, due)),
            None => drop(self.changed.wait(desk)),
        }
    }

    fn keep_notes(&self, pending: Pending<(Place, Change)>) {
        let (place, Change { base, ours, .. }) = &pending.what;
        let unseen = self.desk().unseen.get(place).cloned().unwrap_or_default();
        let saving = || self.notes.save(place, base, ours, &unseen).map_err(|error| error.to_string());
        let saved = guarded(|| self.watch.while_writing(place, saving)).and_then(|result| result);
        let place = place.clone();
        let mut desk = self.desk();
        desk.busy = None;
        match saved {
            Ok(saved) => {
                desk.failing.remove(&place);
                drop(desk);
                self.announce_saved(place, saved);
            }
            Err(reason) => {
                desk.put_back(pending.failed(reason.clone()));
                let new = desk.failing.insert(place.clone());
                drop(desk);
                if new {
                    self.announcer.announce(Event::NotesSaved { place, result: Err(reason) });
                }
            }
        }
        self.changed.notify_all();
    }

    fn announce_saved(&self, place: Place, Saved { file, merged }: Saved) {
        let also = merged.then(|| Event::ChangedOnDisk(place.clone()));
        // What is still waiting is not saved: the session is told when that is.
        if self.desk().notes.iter().all(|pending| pending.what.0 != place) {
            self.announcer.announce(Event::NotesSaved { place, result: Ok(file) });
        }
        if let Some(event) = also {
            self.announcer.announce(event);
        }
    }

    fn keep_comparison(&self, pending: Pending<(ComparisonId, Arc<KeptComparison>)>) {
        let (comparison, kept) = pending.what.clone();
        let saving = || self.comparisons.save(&kept).map_err(|error| error.to_string());
        let saved = guarded(saving).and_then(|result| result).map(drop);
        let failed_before = pending.failure.is_some() || pending.attempts > 0;
        let mut desk = self.desk();
        desk.busy_with_comparison = false;
        let newer = desk.comparisons.iter().any(|pending| pending.what.0 == comparison);
        let told = match &saved {
            // What is still waiting is not saved: the session is told when that is.
            Ok(()) => !newer,
            Err(reason) => {
                if !newer {
                    desk.comparisons.push(pending.failed(reason.clone()));
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

    fn keep_state(&self, pending: Pending<Box<Restored>>) {
        let result = guarded(|| self.state.save(&pending.what))
            .and_then(|result| result.map_err(|error| error.to_string()));
        let mut desk = self.desk();
        desk.busy_with_state = false;
        let failure = result.err();
        let news = failure.clone().filter(|reason| desk.state_failing.as_ref() != Some(reason));
        desk.state_failing.clone_from(&failure);
        if let Some(reason) = failure
            && desk.state.is_none()
        {
            desk.state = Some(pending.failed(reason));
        }
        drop(desk);
        if let Some(reason) = news {
            self.announcer.announce(Event::StateNotSaved(reason));
        }
        self.changed.notify_all();
    }

    /// Makes everything that is chosen due now.
    fn make_due(&self, chosen: impl Fn(&Place) -> bool, besides: Besides) {
        let mut desk = self.desk();
        let now = Instant::now();
        for pending in desk.notes.iter_mut().filter(|pending| chosen(&pending.what.0)) {
            (pending.due, pending.failure) = (now, None);
        }
        for pending in desk.comparisons.iter_mut().filter(|_| besides != Besides::Nothing) {
            (pending.due, pending.failure) = (now, None);
        }
        for state in desk.state.iter_mut().filter(|_| besides == Besides::Everything) {
            (state.due, state.failure) = (now, None);
        }
        self.changed.notify_all();
    }

    /// Waits until everything that is chosen was tried, and says what is left.
    fn wait_until_tried(&self, chosen: impl Fn(&Place) -> bool, besides: Besides) -> Vec<String> {
        let end = Instant::now() + PATIENCE;
        let mut desk = self.desk();
        while desk.has_untried(&chosen, besides) && Instant::now() < end {
            let waited = self.changed.wait_timeout(desk, Duration::from_millis(50));
            desk = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let notes = desk.notes.iter().filter(|pending| chosen(&pending.what.0)).map(unsaved);
        let state = desk.state.iter().filter(|_| besides == Besides::Everything).map(|state| {
            format!("the settings are not saved: {}", state.failure.as_deref().unwrap_or("it takes too long"))
        });
        let comparisons = desk.comparisons.iter().filter(|_| besides != Besides::Nothing).map(|pending| {
            let reason = pending.failure.as_deref().unwrap_or("it takes too long");
            let (left, right) = (pending.what.1.left.name(), pending.what.1.right.name());
            format!("the comparison of {left} and {right} is not saved: {reason}")
        });
        notes.chain(comparisons).chain(state).collect()
    }
}

fn unsaved(pending: &Pending<(Place, Change)>) -> String {
    let reason = pending.failure.as_deref().unwrap_or("it takes too long");
    format!("the notes on {} are not saved: {reason}", pending.what.0.name())
}
