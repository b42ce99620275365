//! Named threads that do one thing after another.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// One piece of work.
struct Job {
    work: Box<dyn FnOnce() + Send>,
    failed: Box<dyn FnOnce(String) + Send>,
}

/// Threads that take work from one queue. They end when the crew and its clones are dropped and the queue is empty.
#[derive(Clone, Debug)]
pub(super) struct Crew {
    queue: SyncSender<Job>,
}

/// So much work may wait. A reader cannot ask for more than that before the window answers.
const MOST_WAITING: usize = 1024;

impl Crew {
    /// So many threads of that name. An error means that the system gives no more of them.
    pub(super) fn start(name: &str, count: usize) -> io::Result<Self> {
        let (queue, jobs) = sync_channel(MOST_WAITING);
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 1..=count {
            let jobs = Arc::clone(&jobs);
            thread::Builder::new().name(format!("duidu-{name}-{number}")).spawn(move || do_all(&jobs))?;
        }
        Ok(Self { queue })
    }

    /// Hands over work; never waits. `failed` is called with the reason if it cannot be done to its end.
    pub(super) fn give(
        &self,
        work: impl FnOnce() + Send + 'static,
        failed: impl FnOnce(String) + Send + 'static,
    ) {
        let job = Job { work: Box::new(work), failed: Box::new(failed) };
        if let Err(refused) = self.queue.try_send(job) {
            let (job, reason) = match refused {
                TrySendError::Full(job) => (job, "too much else is being done"),
                TrySendError::Disconnected(job) => (job, "its threads have ended"),
            };
            (job.failed)(reason.to_owned());
        }
    }

    /// Tells when all that was handed over before is done. For a crew of one thread.
    pub(super) fn when_done(&self) -> Receiver<()> {
        let (done, told) = channel();
        self.give(move || done.send(()).unwrap_or(()), drop);
        told
    }
}

fn do_all(jobs: &Mutex<Receiver<Job>>) {
    loop {
        // The guard goes before the work begins, so that the next thread can wait.
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { work, failed }) = next else { return };
        if let Err(reason) = guarded(work) {
            failed(reason);
        }
    }
}

/// Runs `work`; a panic in it, which is a fault of the program, becomes an error instead of a silence.
pub(super) fn guarded<Out>(work: impl FnOnce() -> Out) -> Result<Out, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| format!("a fault in Duidu: {}", words_of(&*panic)))
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(ToString::to_string);
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown".to_owned())
}
