//! Notes that have left their places, looked for on a thread of their own while the document is read already.

use std::io;
use std::sync::Arc;

use super::crew::Crew;
use super::wanted::{Wanted, Watching};
use super::world::Announcer;
use crate::document::Document;
use crate::notes::{Anchor, Annotation, Target, locate, locate_watched};
use crate::session::{Event, Ticket};

/// Looks for notes, those of one document after those of another; each search can be ended while it waits or runs.
#[derive(Debug)]
pub(super) struct NoteSeeker {
    crew: Crew,
    announcer: Announcer,
    wanted: Wanted,
}

impl NoteSeeker {
    /// Starts the thread. An error means that the system gives none.
    pub(super) fn start(announcer: Announcer) -> io::Result<Self> {
        Ok(Self { crew: Crew::start("seek-notes", 1)?, announcer, wanted: Wanted::default() })
    }

    /// Looks for notes, as soon as what was asked for before is done. A search that was ended is not answered.
    pub(super) fn seek(&self, ticket: Ticket, document: Arc<Document>, notes: Vec<Arc<Annotation>>) {
        let wanted = self.wanted.begin(ticket);
        let (announcer, all) = (self.announcer.clone(), self.wanted.clone());
        let (failing, all_failing) = (self.announcer.clone(), self.wanted.clone());
        let work = move || {
            let tell = |done| announcer.announce(Event::SeekingProgress { ticket, done });
            let watching = Watching::new(&wanted, tell);
            let found = locate_watched(notes.iter().map(|note| &**note), &document, &watching);
            all.end(ticket);
            if let Ok(found) = found {
                announcer.announce(Event::NotesSought { ticket, result: Ok(found) });
            }
        };
        self.crew.give(work, move |reason| {
            all_failing.end(ticket);
            failing.announce(Event::NotesSought { ticket, result: Err(reason) });
        });
    }

    /// Looks for passages that notes are about too, as soon as what was asked for before is done.
    pub(super) fn seek_far_ends(&self, document: Arc<Document>, anchors: Vec<Anchor>) {
        let (announcer, failing) = (self.announcer.clone(), self.announcer.clone());
        let text = document.id();
        let work = move || {
            let target = Target::new(&document);
            let found = |anchor: Anchor| {
                let found = locate(&anchor, &target);
                (anchor, found)
            };
            let found = anchors.into_iter().map(found).collect();
            announcer.announce(Event::FarEndsSought { text, result: Ok(found) });
        };
        self.crew.give(work, move |reason| {
            failing.announce(Event::FarEndsSought { text, result: Err(reason) });
        });
    }

    /// Ends a search, soon.
    pub(super) fn stop(&self, ticket: Ticket) {
        self.wanted.stop(ticket);
    }
}

/// What is still running when the program ends is not waited for.
impl Drop for NoteSeeker {
    fn drop(&mut self) {
        self.wanted.stop_all();
    }
}
