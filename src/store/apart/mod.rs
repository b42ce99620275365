//! Files that could hurt their reader are read in a process of its own.
//!
//! The same program is started again; it gets the bytes through a pipe and answers through another. It may use
//! so much memory and time and no more, can open no file and reach no network as far as the system has such walls
//! ([`walls`], [`held`]), and whatever happens to it, the window goes on: with the document, or with an error that says
//! what happened.

mod child;
mod held;
mod message;
mod walls;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, channel, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

pub use child::answer;
use held::Held;
#[cfg(debug_assertions)]
pub use message::Trial;
use message::{Answer, Request, Silence};
pub use message::{answer_in, said_of};

use crate::import::{self, ImportError, Imported, Limit, News, ReadOptions};

/// The argument by which the program knows that it is asked to read for another.
pub const READ_APART: &str = "--read-apart";

/// How much the process may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// Until the first pages or all of it.
    pub first: Duration,
    /// Until all of it, where first pages came.
    pub whole: Duration,
    /// Memory, in MiB.
    pub mebibytes: u64,
    /// The largest answer, in bytes.
    pub answer: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        // Without optimisation everything takes many times as long.
        let times = if cfg!(debug_assertions) { 12 } else { 1 };
        Self {
            first: Duration::from_secs(5 * times),
            whole: Duration::from_secs(60 * times),
            mebibytes: 2048,
            answer: 1024 * 1024 * 1024,
        }
    }
}

/// The program that reads; not set where everything is read in this process, as in tests.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// From now on files that could hurt are read by this program, started again.
///
/// Called once, by the program itself: a test that links this library is another program.
pub fn read_apart_from_now_on() {
    let program = if cfg!(target_os = "linux") {
        // Leads to the running program even when its file was replaced or removed.
        Ok(PathBuf::from("/proc/self/exe"))
    } else {
        std::env::current_exe()
    };
    if let Ok(program) = program {
        PROGRAM.get_or_init(|| program);
    }
}

/// Reads bytes: in a process of its own if they could hurt, else here, as plain text and nothing else.
pub fn read_bytes(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    tell: &mut dyn FnMut(News),
) -> Result<Imported, ImportError> {
    read_while_wanted(name, bytes, options, tell, &AtomicBool::new(true))
}

/// The same; that process is ended as soon as `wanted` says that nobody waits for it.
pub(super) fn read_while_wanted(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    tell: &mut dyn FnMut(News),
    wanted: &AtomicBool,
) -> Result<Imported, ImportError> {
    if !import::is_hazardous(name, &bytes, options) {
        return import::read_telling(name, bytes, &options.as_plain_text(), tell);
    }
    match PROGRAM.get() {
        Some(program) => {
            let bounds = Bounds::default();
            let request = Request::to_read(name, options, bounds);
            Reader::start(program, &request, bytes, bounds)?.wait(tell, wanted)
        }
        None => import::read_telling(name, bytes, options, tell),
    }
}

/// Reads bytes in a process of its own, which `program` is started for.
pub fn read_apart(
    program: &Path,
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    bounds: Bounds,
    tell: &mut dyn FnMut(News),
) -> Result<Imported, ImportError> {
    let request = Request::to_read(name, options, bounds);
    Reader::start(program, &request, bytes, bounds)?.wait(tell, &AtomicBool::new(true))
}

/// Has the process do one thing that it must not be able to do, or only so much of: for tests of its walls.
#[cfg(debug_assertions)]
pub fn try_apart(program: &Path, trial: Trial, bounds: Bounds) -> Result<Imported, ImportError> {
    try_apart_while(program, trial, bounds, &AtomicBool::new(true))
}

/// The same as long as `wanted` says so.
#[cfg(debug_assertions)]
pub fn try_apart_while(
    program: &Path,
    trial: Trial,
    bounds: Bounds,
    wanted: &AtomicBool,
) -> Result<Imported, ImportError> {
    let request =
        Request { trial: Some(trial), ..Request::to_read("a.txt", &ReadOptions::default(), bounds) };
    Reader::start(program, &request, b"x".to_vec(), bounds)?.wait(&mut |_| {}, wanted)
}

/// A process that reads. It ends with this.
struct Reader {
    child: Child,
    _held: Held,
    answers: Receiver<Answer>,
    complaint: Receiver<String>,
    bounds: Bounds,
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Reader {
    fn start(program: &Path, request: &Request, bytes: Vec<u8>, bounds: Bounds) -> Result<Self, ImportError> {
        let died = |error: std::io::Error| ImportError::ReaderDied(error.to_string());
        let mut command = Command::new(program);
        command.arg(READ_APART);
        held::bare(&mut command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(died)?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (answers, complaint) = (sync_channel(MOST_WAITING), channel());
        // One that is not held waits for what it is asked, and ends where nobody asks.
        let held = Held::around(&child, bounds).map_err(died)?;
        let reader = Self { child, _held: held, answers: answers.1, complaint: complaint.1, bounds };
        let bytes = request.bytes(bytes);
        let request = message::framed(request).map_err(ImportError::ReaderDied)?;
        if let Some(stdin) = stdin {
            spawn("give", move || give(stdin, &request, &bytes)).map_err(died)?;
        }
        if let Some(stdout) = stdout {
            spawn("take", move || take(stdout, bounds.answer, &answers.0)).map_err(died)?;
        }
        if let Some(stderr) = stderr {
            let listen = move || {
                let mut words = Vec::new();
                // What cannot be read of a complaint is not told.
                stderr.take(MOST_COMPLAINT).read_to_end(&mut words).ok();
                complaint.0.send(String::from_utf8_lossy(&words).trim().to_owned()).ok();
            };
            spawn("listen", listen).map_err(died)?;
        }
        Ok(reader)
    }

    /// Waits for the document as long as it is wanted, and tells meanwhile what comes before it.
    fn wait(mut self, tell: &mut dyn FnMut(News), wanted: &AtomicBool) -> Result<Imported, ImportError> {
        let start = Instant::now();
        let mut limit = self.bounds.first;
        while wanted.load(Ordering::Relaxed) {
            let left = limit.saturating_sub(start.elapsed());
            match self.answers.recv_timeout(left.min(LOOK)) {
                Ok(Answer::Progress { done, of }) => tell(News::Progress { done, of }),
                Ok(Answer::Beginning(shape)) => {
                    limit = self.bounds.whole;
                    tell(News::Beginning(Box::new(shape.into_imported()?)));
                }
                Ok(Answer::Read(shape)) => return shape.into_imported(),
                Ok(Answer::Failed(error)) => return Err(error),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(self.why_it_died()),
            }
            // Also where it tells of progress without a pause.
            if start.elapsed() >= limit {
                return Err(ImportError::TookTooLong { seconds: limit.as_secs() });
            }
        }
        Err(ImportError::Cancelled)
    }

    /// How it ended; `None` where it is still there after a while.
    fn ended(&mut self) -> Option<ExitStatus> {
        let start = Instant::now();
        loop {
            let ended = self.child.try_wait().ok().flatten();
            if ended.is_some() || start.elapsed() > PATIENCE {
                return ended;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Why there was no answer.
    fn why_it_died(&mut self) -> ImportError {
        // It closed its answers, so it has ended or is about to; if not, it is ended.
        let complaint = self.complaint.recv_timeout(PATIENCE).unwrap_or_default();
        let ended = self.ended();
        if walls::is_out_of_time(ended) {
            return ImportError::TookTooLong { seconds: self.bounds.whole.as_secs() };
        }
        if complaint.contains("memory allocation") || complaint.contains("capacity overflow") {
            return ImportError::NeedsTooMuchMemory { mebibytes: self.bounds.mebibytes };
        }
        let how = ended.map_or_else(|| "it closed its answers".to_owned(), |status| status.to_string());
        let first = complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let first: String = first.chars().take(200).collect();
        ImportError::ReaderDied(if first.is_empty() { how } else { format!("{how}: {first}") })
    }
}

/// So many answers wait until they are heard; then whoever answers waits.
const MOST_WAITING: usize = 16;

/// How often is looked whether the document is still wanted.
const LOOK: Duration = Duration::from_millis(50);

/// How long a process that has closed its answers has to end, and how much of its complaint is read, in bytes.
const PATIENCE: Duration = Duration::from_secs(2);
const MOST_COMPLAINT: u64 = 8 * 1024;

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    thread::Builder::new().name(format!("duidu-{name}")).spawn(work).map(drop)
}

/// Gives the process what it asks for. One that has ended takes no more: that is told by its silence.
fn give(mut stdin: ChildStdin, request: &[u8], bytes: &[u8]) {
    stdin.write_all(request).and_then(|()| stdin.write_all(bytes)).ok();
}

/// Takes answers until there are no more, or one is larger than it may be.
fn take(mut stdout: ChildStdout, most: u64, answers: &SyncSender<Answer>) {
    loop {
        let answer = match message::unframed::<Answer>(&mut stdout, most) {
            Ok(answer) => answer,
            Err(Silence::TooLong) => Answer::Failed(ImportError::TooMuch(Limit::Answer(most))),
            Err(Silence::Ended) => return,
        };
        let was_last = matches!(answer, Answer::Failed(_) | Answer::Read(_));
        if answers.send(answer).is_err() || was_last {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    #[test]
    fn what_is_found_harmless_by_its_beginning_is_never_parsed_here() {
        // The beginning is too damaged for UTF-8, in which the whole would begin with a tag.
        let damaged = [b"\xff".as_slice(), "書屋".as_bytes()].concat().repeat(9_000);
        let bytes = ["　<html><body>".as_bytes(), &damaged, "人人守時，愛惜書本。".repeat(10_000).as_bytes()]
            .concat();
        let options = ReadOptions::default();
        assert!(!import::is_hazardous("a.txt", &bytes, &options));
        let whole = import::read("a.txt", bytes.clone(), &options).unwrap();
        assert_eq!(whole.document.origin().format, Format::Html);
        let read = read_bytes("a.txt", bytes, &options, &mut |_| {}).unwrap();
        assert_eq!(read.document.origin().format, Format::PlainText);
    }
}
