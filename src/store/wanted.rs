//! Long work that tells how far it is and can be ended.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::compare::Watcher;
use crate::session::Ticket;

/// How often progress is told.
pub(super) const PAUSE: Duration = Duration::from_millis(60);

/// Which work that waits or runs is still wanted.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted(Arc<Mutex<BTreeMap<Ticket, Arc<AtomicBool>>>>);

impl Wanted {
    /// To be called when work is asked for. What it answers turns `false` when the work is no longer wanted.
    pub(super) fn begin(&self, ticket: Ticket) -> Arc<AtomicBool> {
        let wanted = Arc::new(AtomicBool::new(true));
        lock(&self.0).insert(ticket, Arc::clone(&wanted));
        wanted
    }

    /// To be called when it has ended, however that came.
    pub(super) fn end(&self, ticket: Ticket) {
        lock(&self.0).remove(&ticket);
    }

    /// Ends work, soon.
    pub(super) fn stop(&self, ticket: Ticket) {
        if let Some(wanted) = lock(&self.0).remove(&ticket) {
            wanted.store(false, Ordering::Relaxed);
        }
    }

    /// Ends everything, soon.
    pub(super) fn stop_all(&self) {
        for wanted in lock(&self.0).values() {
            wanted.store(false, Ordering::Relaxed);
        }
    }
}

fn lock<What>(mutex: &Mutex<What>) -> MutexGuard<'_, What> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Tells from time to time how far work is, and ends it when it is no longer wanted.
pub(super) struct Watching<'a, Tell> {
    wanted: &'a AtomicBool,
    tell: Tell,
    pace: Mutex<Pace>,
}

/// When progress was last told.
#[derive(Debug)]
pub(super) struct Pace(Instant);

impl Pace {
    /// Nothing was told yet, and nothing is for a moment.
    pub(super) fn begin() -> Self {
        Self(Instant::now())
    }

    /// Whether it is to be told again; then it counts as told.
    pub(super) fn is_due(&mut self) -> bool {
        let due = self.0.elapsed() >= PAUSE;
        if due {
            self.0 = Instant::now();
        }
        due
    }
}

impl<'a, Tell: Fn(f32)> Watching<'a, Tell> {
    /// Work that is wanted as long as `wanted` says so.
    pub(super) fn new(wanted: &'a AtomicBool, tell: Tell) -> Self {
        Self { wanted, tell, pace: Mutex::new(Pace::begin()) }
    }

    /// Whether the work is still wanted.
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }
}

impl<Tell: Fn(f32)> Watcher for Watching<'_, Tell> {
    fn goes_on(&self, done: f32) -> bool {
        let mut pace = lock(&self.pace);
        if self.is_wanted() && pace.is_due() {
            (self.tell)(done);
        }
        self.is_wanted()
    }
}
