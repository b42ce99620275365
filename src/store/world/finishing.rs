//! The end of the world: everything that is not saved is saved first.

use std::sync::mpsc::{Receiver, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

use super::World;

/// How long the end waits for what is still to be saved.
const PATIENCE: Duration = Duration::from_secs(10);

/// The saving before the end, while it goes on.
#[derive(Debug)]
pub struct Finishing {
    end: Instant,
    /// Changes of notes whose documents are not open: they have to reach whoever saves them.
    edits: Answer<()>,
    /// Why the codebook is not saved.
    codes: Answer<Option<String>>,
}

/// What somebody is to answer.
#[derive(Debug)]
enum Answer<What> {
    Awaited(Receiver<What>),
    Given(What),
    /// Whoever was to answer has ended.
    Never,
}

impl<What> Answer<What> {
    /// Whether there is one now, and there was none before.
    fn arrives(&mut self) -> bool {
        let Self::Awaited(receiver) = self else { return false };
        match receiver.try_recv() {
            Ok(what) => *self = Self::Given(what),
            Err(TryRecvError::Disconnected) => *self = Self::Never,
            Err(TryRecvError::Empty) => return false,
        }
        true
    }

    const fn is_awaited(&self) -> bool {
        matches!(self, Self::Awaited(_))
    }
}

impl Finishing {
    /// What is not saved and why, besides what the keeper says.
    fn unsaved(self, kept: Vec<String>) -> Result<(), Vec<String>> {
        let unmade = (!matches!(self.edits, Answer::Given(())))
            .then(|| "notes of documents that are not open are still being changed".to_owned());
        let codes = match self.codes {
            Answer::Given(reason) => reason,
            Answer::Awaited(_) => Some("it takes too long".to_owned()),
            Answer::Never => Some("its thread has ended".to_owned()),
        };
        let codes = codes.map(|reason| format!("the codebook is not saved: {reason}"));
        let unsaved: Vec<String> = unmade.into_iter().chain(kept).chain(codes).collect();
        if unsaved.is_empty() { Ok(()) } else { Err(unsaved) }
    }
}

impl World {
    /// Saves everything that is not saved, and waits for it, ten seconds at most.
    ///
    /// Errors: what is not saved and why, one sentence each. The world goes on and keeps trying.
    pub fn finish(&self) -> Result<(), Vec<String>> {
        let mut finishing = self.begin_to_finish();
        self.finishes_within(PATIENCE, &mut finishing);
        self.finished(finishing)
    }

    /// Begins to save everything that is not saved, for whoever must not wait.
    pub fn begin_to_finish(&self) -> Finishing {
        self.keeper.begin_to_flush();
        Finishing {
            end: Instant::now() + PATIENCE,
            edits: Answer::Awaited(self.collector.finishing()),
            codes: Answer::Awaited(self.codes.begin_to_flush()),
        }
    }

    /// Waits so long at most; `false` where it is worth while to wait longer, ten seconds in all.
    pub fn finishes_within(&self, longest: Duration, finishing: &mut Finishing) -> bool {
        let end = Instant::now() + longest;
        while self.is_finishing(finishing) {
            if Instant::now() >= end {
                return false;
            }
            thread::sleep(Duration::from_millis(1));
        }
        true
    }

    fn is_finishing(&self, finishing: &mut Finishing) -> bool {
        if finishing.edits.arrives() {
            // What they changed is with the keeper now.
            self.keeper.begin_to_flush();
        }
        finishing.codes.arrives();
        let awaited = finishing.edits.is_awaited() || finishing.codes.is_awaited();
        (awaited || self.keeper.is_flushing()) && Instant::now() < finishing.end
    }

    /// How it ended. Errors: what is not saved and why, one sentence each.
    pub fn finished(&self, finishing: Finishing) -> Result<(), Vec<String>> {
        finishing.unsaved(self.keeper.unsaved())
    }
}
