//! The thread that keeps the codebook: soon after each change, again after a failure, and before the end. It
//! also notices when another program writes the file.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::codebook::CodebookStore;
use super::crew::guarded;
use super::watch::{PAUSE, Watched};
use super::world::Announcer;
use crate::notes::Codebook;
use crate::session::{CodebookEvent, Event};

/// The codebook is saved so long after the last change...
const QUIET: Duration = Duration::from_millis(300);
/// ... and at the latest so long after the first one that is not saved.
const LATEST: Duration = Duration::from_millis(800);
/// How long to wait after a failure.
const RETRY: Duration = Duration::from_secs(2);

/// Keeps the codebook on a thread of its own.
#[derive(Debug)]
pub(super) struct CodebookKeeper {
    /// Gone at the end.
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

/// What is asked of the thread.
enum Request {
    /// Keep the change from the one to the other.
    Save(Arc<Codebook>, Arc<Codebook>),
    /// Save now what is to be saved, and say what failed.
    Flush(Sender<Option<String>>),
}

impl CodebookKeeper {
    /// Starts the thread, which first tells what the file says. An error means that the system gives none.
    pub(super) fn start(store: CodebookStore, announcer: Announcer) -> io::Result<Self> {
        let (sender, requests) = channel();
        let watched = Watched::new(store.path());
        let desk =
            Desk { store, announcer, watched, told: Arc::default(), pending: None, looked: Instant::now() };
        let thread =
            thread::Builder::new().name("duidu-codes".to_owned()).spawn(move || desk.keep(&requests))?;
        Ok(Self { requests: Some(sender), thread: Some(thread) })
    }

    /// Keeps the change from `before` to `now`, soon.
    pub(super) fn save(&self, before: Arc<Codebook>, now: Arc<Codebook>) {
        self.ask(Request::Save(before, now));
    }

    /// Begins to save now. What is answered tells when that was tried, and why it failed.
    pub(super) fn begin_to_flush(&self) -> Receiver<Option<String>> {
        let (sender, answer) = channel();
        self.ask(Request::Flush(sender));
        answer
    }

    fn ask(&self, request: Request) {
        if let Some(requests) = &self.requests {
            // The thread ends only with this.
            drop(requests.send(request));
        }
    }
}

impl Drop for CodebookKeeper {
    fn drop(&mut self) {
        drop(self.requests.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// What the thread works with.
struct Desk {
    store: CodebookStore,
    announcer: Announcer,
    watched: Watched,
    /// What the session has said or was told last.
    told: Arc<Codebook>,
    pending: Option<Pending>,
    /// When the file was last looked at.
    looked: Instant,
}

/// A change that is not saved.
struct Pending {
    before: Arc<Codebook>,
    now: Arc<Codebook>,
    first: Instant,
    due: Instant,
    failure: Option<String>,
}

impl Desk {
    fn keep(mut self, requests: &Receiver<Request>) {
        self.begin();
        loop {
            match requests.recv_timeout(self.patience()) {
                Ok(Request::Save(before, now)) => self.take(before, now),
                Ok(Request::Flush(answer)) => {
                    self.save();
                    let failure = self.pending.as_ref().and_then(|pending| pending.failure.clone());
                    // Whoever no longer waits has been answered by that.
                    drop(answer.send(failure));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.save(),
            }
            if self.pending.as_ref().is_some_and(|pending| pending.due <= Instant::now()) {
                self.save();
            }
            self.look();
        }
    }

    fn patience(&self) -> Duration {
        let due = self.pending.as_ref().map(|pending| pending.due.saturating_duration_since(Instant::now()));
        due.unwrap_or(PAUSE).min(PAUSE)
    }

    fn begin(&mut self) {
        self.watched.look();
        let read = guarded(|| self.store.read()).unwrap_or_default();
        self.told = Arc::new(read.codebook.clone());
        self.tell(CodebookEvent::Read(Box::new(read)));
    }

    fn take(&mut self, before: Arc<Codebook>, now: Arc<Codebook>) {
        self.told = Arc::clone(&now);
        let soon = Instant::now() + QUIET;
        if let Some(pending) = &mut self.pending {
            pending.now = now;
            if pending.failure.is_none() {
                pending.due = soon.min(pending.first + LATEST);
            }
        } else {
            let first = Instant::now();
            self.pending = Some(Pending { before, now, first, due: soon, failure: None });
        }
    }

    fn save(&mut self) {
        let Some(mut pending) = self.pending.take() else { return };
        let saving = || self.store.save(&pending.before, &pending.now).map_err(|error| error.to_string());
        match guarded(saving).and_then(|result| result) {
            Ok((saved, remark)) => {
                // The program's own change is no news.
                self.watched.look();
                self.tell(CodebookEvent::Saved(Ok(())));
                self.tell_change(saved, remark.into_iter().collect());
            }
            Err(reason) => {
                if pending.failure.as_ref() != Some(&reason) {
                    self.tell(CodebookEvent::Saved(Err(reason.clone())));
                }
                pending.failure = Some(reason);
                pending.due = Instant::now() + RETRY;
                self.pending = Some(pending);
            }
        }
    }

    /// Looks whether another program wrote the file. What waits to be saved is made on it then.
    fn look(&mut self) {
        if self.pending.is_some() || self.looked.elapsed() < PAUSE {
            return;
        }
        self.looked = Instant::now();
        if !self.watched.look() {
            return;
        }
        match guarded(|| self.store.read()) {
            Ok(read) if read.read_only.is_none() => self.tell_change(read.codebook, read.remarks),
            Ok(read) => self.tell(CodebookEvent::Read(Box::new(read))),
            Err(reason) => self.tell(CodebookEvent::Saved(Err(reason))),
        }
    }

    fn tell_change(&mut self, now: Codebook, remarks: Vec<String>) {
        if *self.told != now || !remarks.is_empty() {
            let now = Arc::new(now);
            let before = std::mem::replace(&mut self.told, Arc::clone(&now));
            self.tell(CodebookEvent::Changed { before, now, remarks });
        }
    }

    fn tell(&self, event: CodebookEvent) {
        self.announcer.announce(Event::Codebook(event));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::sample::codebook;
    use crate::session::{CodebookEffect, Effect};
    use crate::store::{Home, World};

    fn change(before: &[&str], now: &[&str]) -> Effect {
        let (before, now) = (Arc::new(codebook(before)), Arc::new(codebook(now)));
        Effect::Codebook(CodebookEffect::Save { before, now })
    }

    /// The first event that `wanted` takes, waiting for it.
    fn wait<Out>(world: &World, wanted: impl Fn(CodebookEvent) -> Option<Out>) -> Out {
        let end = Instant::now() + Duration::from_secs(30);
        while Instant::now() < end {
            let mut codes = world.events().into_iter().filter_map(|event| match event {
                Event::Codebook(event) => Some(event),
                _ => None,
            });
            if let Some(out) = codes.find_map(&wanted) {
                return out;
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("nothing of the kind was told");
    }

    #[test]
    fn a_change_is_kept_and_told_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(folder.path());
        let world = World::start_within(home.clone(), || {}).unwrap();
        world.carry_out(change(&[], &["水"]));
        world.carry_out(change(&["水"], &["水 w 流動的"]));
        world.finish().unwrap();
        drop(world);
        let world = World::start_within(home, || {}).unwrap();
        let read = wait(&world, |event| match event {
            CodebookEvent::Read(read) => Some(read.codebook),
            _ => None,
        });
        assert_eq!(read, codebook(&["水 w 流動的"]));
    }

    #[test]
    fn what_another_program_writes_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(folder.path());
        let world = World::start_within(home.clone(), || {}).unwrap();
        wait(&world, |event| matches!(event, CodebookEvent::Read(_)).then_some(()));
        world.carry_out(change(&[], &["水"]));
        wait(&world, |event| matches!(event, CodebookEvent::Saved(Ok(()))).then_some(()));
        CodebookStore::new(home).save(&codebook(&["水"]), &codebook(&["水", "火 f"])).unwrap();
        let (before, now) = wait(&world, |event| match event {
            CodebookEvent::Changed { before, now, .. } => Some((before, now)),
            _ => None,
        });
        assert_eq!(
            (Codebook::clone(&before), Codebook::clone(&now)),
            (codebook(&["水"]), codebook(&["水", "火 f"]))
        );
    }
}
