//! Reading one file as the window does, in a program of its own that is started for it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use duidu::session::{Place, ReadingChoices};
use duidu::store;

use super::corpus::SECRET;
use super::outcome::Outcome;

/// The word by which this file knows that it is to read.
const READ_ONE: &str = "read-one";

/// What came of a file, as the program that read it says.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) outcome: Outcome,
    pub(crate) time: Duration,
    /// The most memory that the process that reads had, in MiB.
    pub(crate) memory: u64,
    /// Whether the text holds what stands in the bait.
    pub(crate) secret: bool,
    /// What the reader is told.
    pub(crate) message: String,
}

/// Does the work of the program where this file was started for it.
pub(crate) fn run_if_asked(words: &[String]) -> Option<ExitCode> {
    match words {
        [word] if word == store::READ_APART => Some(store::answer()),
        [word, path] if word == READ_ONE => {
            println!("{}", read(Path::new(path)).written());
            Some(ExitCode::SUCCESS)
        }
        _ => None,
    }
}

/// The command that reads a file, behind the words of another one such as `strace`.
pub(crate) fn command(before: &[&str], path: &Path) -> Command {
    let own = std::env::current_exe().unwrap().display().to_string();
    let path = path.display().to_string();
    let words: Vec<&str> = before.iter().copied().chain([own.as_str(), READ_ONE, &path]).collect();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdin(Stdio::null()).stderr(Stdio::piped());
    command
}

/// What comes of a file. The error says how the program died.
pub(crate) fn answer(path: &Path) -> Result<Answer, String> {
    let output = command(&[], path).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    match Answer::of(said.trim_end_matches('\n')).filter(|_| output.status.success()) {
        Some(answer) => Ok(answer),
        None => {
            Err(format!("the program died: {} {}", output.status, String::from_utf8_lossy(&output.stderr)))
        }
    }
}

fn read(path: &Path) -> Answer {
    store::read_apart_from_now_on();
    let place = Place::File(PathBuf::from(path));
    let start = Instant::now();
    let result = store::read_document(&place, &ReadingChoices::default(), &mut |_| {});
    let time = start.elapsed();
    let secret = result.as_ref().is_ok_and(|imported| imported.document.text().contains(SECRET));
    let message = match &result {
        Ok(imported) => imported.warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        Err(error) => error.to_string(),
    };
    Answer { outcome: Outcome::of(&result), time, memory: memory_of_reader(), secret, message }
}

/// The most memory that a process started here had, in MiB.
#[cfg(target_os = "linux")]
fn memory_of_reader() -> u64 {
    use nix::sys::resource::{UsageWho, getrusage};
    let kibibytes = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss();
    u64::try_from(kibibytes).unwrap().div_ceil(1024)
}

#[cfg(not(target_os = "linux"))]
fn memory_of_reader() -> u64 {
    0
}

impl Answer {
    fn written(&self) -> String {
        let Self { outcome, time, memory, secret, message } = self;
        let outcome = Outcome::ALL.iter().position(|known| known == outcome).unwrap();
        format!("{outcome}\t{}\t{memory}\t{secret}\t{}", time.as_millis(), message.replace(['\n', '\t'], " "))
    }

    fn of(line: &str) -> Option<Self> {
        let [outcome, time, memory, secret, message] = line.split('\t').collect::<Vec<_>>()[..] else {
            return None;
        };
        Some(Self {
            outcome: *Outcome::ALL.get(outcome.parse::<usize>().ok()?)?,
            time: Duration::from_millis(time.parse().ok()?),
            memory: memory.parse().ok()?,
            secret: secret == "true",
            message: message.to_owned(),
        })
    }
}
