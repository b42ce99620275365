//! The process that reads: builds its own walls, reads, answers, ends.

use std::io::{Read, Write, stdin, stdout};
use std::process::ExitCode;

use super::message::{Answer, Request, Shape, framed, unframed};
use super::walls;
use crate::import::{self, ImportError, News, ReadOptions};

/// The largest request, in bytes, without the file that it is about.
const MOST_REQUEST: u64 = 1024 * 1024;

/// Reads what standard input gives and answers on standard output; then the process ends.
pub fn answer() -> ExitCode {
    let Ok(request) = unframed::<Request>(&mut stdin().lock(), MOST_REQUEST) else {
        return ExitCode::from(2);
    };
    let answer = match walls::build(&request) {
        Ok(()) => read(&request),
        Err(reason) => Answer::Failed(ImportError::ReaderDied(reason)),
    };
    if say(&answer) { ExitCode::SUCCESS } else { ExitCode::from(2) }
}

fn read(request: &Request) -> Answer {
    let mut bytes = Vec::new();
    if let Err(error) = stdin().lock().read_to_end(&mut bytes) {
        return Answer::Failed(ImportError::ReaderDied(error.to_string()));
    }
    #[cfg(debug_assertions)]
    if let Some(trial) = &request.trial {
        return trial::answer(trial);
    }
    let mut tell = |news: News| {
        // Where nobody listens the last answer fails too, and that ends the process.
        say(&match news {
            News::Progress { done, of } => Answer::Progress { done, of },
            News::Beginning(imported) => Answer::Beginning(Shape::of(*imported)),
        });
    };
    let (bytes, beside) = request.parted(bytes);
    let options = ReadOptions { beside, ..request.options.clone() };
    Answer::of(import::read_telling(&request.name, bytes, &options, &mut tell))
}

/// Whether the answer went out.
fn say(answer: &Answer) -> bool {
    let Ok(bytes) = framed(answer) else { return false };
    let mut out = stdout().lock();
    out.write_all(&bytes).and_then(|()| out.flush()).is_ok()
}

/// Tries of the walls.
#[cfg(debug_assertions)]
mod trial {
    use std::net::TcpStream;
    use std::time::Duration;

    use super::super::message::{Answer, Trial};
    use crate::import::{self, ImportError, ReadOptions};

    /// A document where the trial did what it was to do, an error with the system's words where it could not.
    pub(super) fn answer(trial: &Trial) -> Answer {
        let (result, text) = match trial {
            Trial::OpenFile(path) => (std::fs::File::open(path).map(drop), "x".to_owned()),
            Trial::WriteFile(path) => (std::fs::write(path, "x"), "x".to_owned()),
            Trial::Connect(address) => (TcpStream::connect(address).map(drop), "x".to_owned()),
            Trial::Start(program) => (std::process::Command::new(program).status().map(drop), "x".to_owned()),
            #[cfg(target_os = "linux")]
            Trial::Signal => (about_parent(rustix::process::test_kill_process), "x".to_owned()),
            #[cfg(target_os = "linux")]
            Trial::LimitOther => (about_parent(limited), "x".to_owned()),
            Trial::Use(mebibytes) => (Ok(()), used(*mebibytes)),
            Trial::Wait(milliseconds) => {
                std::thread::sleep(Duration::from_millis(*milliseconds));
                (Ok(()), "x".to_owned())
            }
            Trial::Compute => (Ok(()), computed().to_string()),
            Trial::Overflow => (Ok(()), overflowed(1).to_string()),
            Trial::Answer(bytes) => (Ok(()), "x".repeat(usize::try_from(*bytes).unwrap_or(0))),
            Trial::Chatter => {
                while super::say(&Answer::Progress { done: 1, of: 1 }) {}
                (Ok(()), "x".to_owned())
            }
            Trial::End => std::process::exit(3),
        };
        match result {
            Ok(()) => Answer::of(import::read("a.txt", text.into_bytes(), &ReadOptions::default())),
            Err(error) => Answer::Failed(ImportError::ReaderDied(error.to_string())),
        }
    }

    #[cfg(target_os = "linux")]
    fn about_parent(act: impl Fn(rustix::process::Pid) -> rustix::io::Result<()>) -> std::io::Result<()> {
        let parent = rustix::process::getppid().ok_or_else(|| std::io::Error::other("no parent"))?;
        act(parent).map_err(std::io::Error::from)
    }

    /// Sets a limit to what it is.
    #[cfg(target_os = "linux")]
    fn limited(process: rustix::process::Pid) -> rustix::io::Result<()> {
        use rustix::process::{Resource, getrlimit, prlimit};
        let standing = getrlimit(Resource::Core);
        prlimit(Some(process), Resource::Core, standing).map(drop)
    }

    fn used(mebibytes: u64) -> String {
        let block: Vec<u8> = vec![1; usize::try_from(mebibytes * 1024 * 1024).unwrap_or(usize::MAX)];
        std::hint::black_box(&block).len().to_string()
    }

    fn computed() -> u64 {
        let mut number = 1_u64;
        while std::hint::black_box(number) != 0 {
            number = number.wrapping_mul(3) | 1;
        }
        number
    }

    fn overflowed(depth: u64) -> u64 {
        let room = std::hint::black_box([depth; 64]);
        if std::hint::black_box(depth) == 0 { room[0] } else { overflowed(depth + 1) + room[1] }
    }
}
