//! How far long work has come, on standard error where somebody watches.

use std::cell::Cell;
use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use crate::compare::{Unwatched, Watcher};

/// Shorter work is done without a word.
const PATIENCE: Duration = Duration::from_millis(500);

/// Does the work; a terminal is told how far it has come.
pub(super) fn shown<T>(work: impl FnOnce(&dyn Watcher) -> T) -> T {
    if !stderr().is_terminal() {
        return work(&Unwatched);
    }
    let teller = Teller { begun: Instant::now(), told: Cell::new(None) };
    let result = work(&teller);
    teller.clear();
    result
}

struct Teller {
    begun: Instant,
    /// The percents that were told last.
    told: Cell<Option<u8>>,
}

impl Watcher for Teller {
    fn goes_on(&self, done: f32) -> bool {
        let percents = (0..=100).rev().find(|&percents| done * 100.0 >= f32::from(percents)).unwrap_or(0);
        if self.begun.elapsed() > PATIENCE && self.told.get() != Some(percents) {
            self.told.set(Some(percents));
            // Where nobody listens there is nothing to be done about it.
            drop(write!(stderr(), "\rcomparing: {percents} %"));
        }
        true
    }
}

impl Teller {
    fn clear(&self) {
        if self.told.get().is_some() {
            drop(write!(stderr(), "\r                \r"));
        }
    }
}
