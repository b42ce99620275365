//! Comparisons, made on a thread of their own.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Home;
use super::crew::Crew;
use super::themes::lexicon;
use super::world::Announcer;
use crate::compare::{Guidance, Watcher, compare};
use crate::session::{CompareJob, Event, Findings, NotCompared, Ticket};

/// How often progress is told.
const PAUSE: Duration = Duration::from_millis(60);

/// Makes comparisons, one after another; each can be ended while it waits or runs.
#[derive(Debug)]
pub(super) struct Comparer {
    crew: Crew,
    announcer: Announcer,
    /// Where the reader's own themes lie.
    home: Home,
    wanted: Arc<Mutex<BTreeMap<Ticket, Arc<AtomicBool>>>>,
}

impl Comparer {
    /// Starts the thread. An error means that the system gives none.
    pub(super) fn start(home: Home, announcer: Announcer) -> io::Result<Self> {
        Ok(Self { crew: Crew::start("compare", 1)?, announcer, home, wanted: Arc::default() })
    }

    /// Compares, as soon as what was asked for before is done.
    pub(super) fn compare(&self, ticket: Ticket, job: Box<CompareJob>) {
        let wanted = Arc::new(AtomicBool::new(true));
        lock(&self.wanted).insert(ticket, Arc::clone(&wanted));
        let (announcer, all) = (self.announcer.clone(), Arc::clone(&self.wanted));
        let home = self.home.clone();
        let (failing, all_failing) = (self.announcer.clone(), Arc::clone(&self.wanted));
        let work = move || {
            let watching =
                Watching { ticket, wanted: &wanted, announcer: &announcer, told: Mutex::new(Instant::now()) };
            let result = run(&job, &home, &watching);
            lock(&all).remove(&ticket);
            announcer.announce(Event::Compared { ticket, result });
        };
        self.crew.give(work, move |reason| {
            lock(&all_failing).remove(&ticket);
            failing.announce(Event::Compared { ticket, result: Err(NotCompared::Failed(reason)) });
        });
    }

    /// Ends a comparison, soon.
    pub(super) fn stop(&self, ticket: Ticket) {
        if let Some(wanted) = lock(&self.wanted).remove(&ticket) {
            wanted.store(false, Ordering::Relaxed);
        }
    }
}

/// What is still running when the program ends is not waited for.
impl Drop for Comparer {
    fn drop(&mut self) {
        for wanted in lock(&self.wanted).values() {
            wanted.store(false, Ordering::Relaxed);
        }
    }
}

fn lock<What>(mutex: &Mutex<What>) -> MutexGuard<'_, What> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Errors: it was ended, or the reader's own themes cannot be read.
fn run(job: &CompareJob, home: &Home, watching: &Watching<'_>) -> Result<Arc<Findings>, NotCompared> {
    if !watching.is_wanted() {
        return Err(NotCompared::Cancelled);
    }
    if let Some(known) = &job.known {
        return Ok(Arc::new(Findings::of(Arc::clone(known))));
    }
    let lexicon = lexicon(home).map_err(|error| NotCompared::Failed(error.to_string()))?;
    let guidance = Guidance { lexicon, ..Guidance::clone(&job.guidance) };
    let made = compare(&job.left, &job.right, &guidance, watching);
    let comparison = made.map_err(|crate::compare::Cancelled| NotCompared::Cancelled)?;
    Ok(Arc::new(Findings::of(Arc::new(comparison))))
}

/// Tells how far a comparison is, and ends it when it is no longer wanted.
struct Watching<'a> {
    ticket: Ticket,
    wanted: &'a AtomicBool,
    announcer: &'a Announcer,
    /// When progress was last told.
    told: Mutex<Instant>,
}

impl Watching<'_> {
    fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }
}

impl Watcher for Watching<'_> {
    fn goes_on(&self, done: f32) -> bool {
        let mut told = lock(&self.told);
        if told.elapsed() >= PAUSE && self.is_wanted() {
            *told = Instant::now();
            self.announcer.announce(Event::CompareProgress { ticket: self.ticket, done });
        }
        self.is_wanted()
    }
}

#[cfg(test)]
#[path = "comparing_tests.rs"]
mod tests;
