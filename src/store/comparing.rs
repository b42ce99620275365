//! Comparisons, made on a thread of their own.

use std::io;
use std::sync::Arc;

use super::Home;
use super::crew::Crew;
use super::themes::lexicon;
use super::wanted::{Wanted, Watching};
use super::world::Announcer;
use crate::compare::{Guidance, compare};
use crate::session::{CompareJob, Event, Findings, NotCompared, Ticket};

/// Makes comparisons, one after another; each can be ended while it waits or runs.
#[derive(Debug)]
pub(super) struct Comparer {
    crew: Crew,
    announcer: Announcer,
    /// Where the reader's own themes lie.
    home: Home,
    wanted: Wanted,
}

impl Comparer {
    /// Starts the thread. An error means that the system gives none.
    pub(super) fn start(home: Home, announcer: Announcer) -> io::Result<Self> {
        Ok(Self { crew: Crew::start("compare", 1)?, announcer, home, wanted: Wanted::default() })
    }

    /// Compares, as soon as what was asked for before is done.
    pub(super) fn compare(&self, ticket: Ticket, job: Box<CompareJob>) {
        let wanted = self.wanted.begin(ticket);
        let (announcer, all) = (self.announcer.clone(), self.wanted.clone());
        let home = self.home.clone();
        let (failing, all_failing) = (self.announcer.clone(), self.wanted.clone());
        let work = move || {
            let tell = |done| announcer.announce(Event::CompareProgress { ticket, done });
            let result = run(&job, &home, &Watching::new(&wanted, tell));
            all.end(ticket);
            announcer.announce(Event::Compared { ticket, result });
        };
        self.crew.give(work, move |reason| {
            all_failing.end(ticket);
            failing.announce(Event::Compared { ticket, result: Err(NotCompared::Failed(reason)) });
        });
    }

    /// Ends a comparison, soon.
    pub(super) fn stop(&self, ticket: Ticket) {
        self.wanted.stop(ticket);
    }
}

/// What is still running when the program ends is not waited for.
impl Drop for Comparer {
    fn drop(&mut self) {
        self.wanted.stop_all();
    }
}

/// Errors: it was ended, or the reader's own themes cannot be read.
fn run(
    job: &CompareJob,
    home: &Home,
    watching: &Watching<'_, impl Fn(f32)>,
) -> Result<Arc<Findings>, NotCompared> {
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

#[cfg(test)]
#[path = "comparing_tests.rs"]
mod tests;
