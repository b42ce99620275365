//! Questions to drives that may not answer.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Asks drives about paths, and waits no longer than they take when all is well.
#[derive(Clone, Debug, Default)]
pub(super) struct Patience {
    /// Since when there is no answer about a path.
    unanswered: Arc<Mutex<BTreeMap<PathBuf, Instant>>>,
}

/// So long is waited for an answer.
const LONGEST: Duration = Duration::from_secs(1);

/// Whoever waits for longer looks so often whether there is an answer.
const PAUSE: Duration = Duration::from_millis(50);

impl Patience {
    /// What `ask` answers about `path`; `None` where that takes too long, and at once where it has done so and still
    /// does.
    pub(super) fn ask<Answer: Send + 'static>(
        &self,
        path: &Path,
        ask: impl FnOnce(&Path) -> Answer + Send + 'static,
    ) -> Option<Answer> {
        let since = *self.unanswered().entry(path.to_owned()).or_insert_with(Instant::now);
        if since.elapsed() > LONGEST {
            return None;
        }
        let (sender, answer) = channel();
        let (own, asked) = (self.clone(), path.to_owned());
        let question = move || {
            let answer = ask(&asked);
            own.unanswered().remove(&asked);
            // Whoever asked may have gone on.
            drop(sender.send(answer));
        };
        let begun = thread::Builder::new().name("duidu-ask".to_owned()).spawn(question);
        if begun.is_err() {
            self.unanswered().remove(path);
        }
        answer.recv_timeout(LONGEST).ok()
    }

    /// Waits until what was asked about `path` is answered, however long that takes.
    pub(super) fn await_answer(&self, path: &Path) {
        while self.unanswered().contains_key(path) {
            thread::sleep(PAUSE);
        }
    }

    fn unanswered(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Instant>> {
        self.unanswered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drive_that_does_not_answer_is_waited_for_once() {
        let (patience, path) = (Patience::default(), Path::new("stalled"));
        let (answer, stalled) = channel();
        assert_eq!(patience.ask(path, move |_| stalled.recv().unwrap()), None);
        assert_eq!(patience.ask(path, |_| 1), None);
        assert_eq!(patience.ask(Path::new("other"), |_| 2), Some(2));
        answer.send(3).unwrap();
        patience.await_answer(path);
        assert_eq!(patience.ask(path, |_| 4), Some(4));
    }
}
