//! What the program asks of the system while it reads hostile files, as `strace` writes it down.

use std::fmt;
use std::fs;
use std::process::{Command, Stdio};

use super::corpus::Hostile;
use super::reading::command;
use super::yard::Yard;

/// What was seen.
#[derive(Default)]
pub(crate) struct Watched {
    files: usize,
    /// In how many of them a process that reads was seen to be started.
    readers: usize,
    /// Why nothing was watched.
    untried: Option<&'static str>,
    /// What must not be, one sentence each.
    pub(crate) violations: Vec<String>,
}

/// What reaches out of a process.
const REACHING: &str = "trace=execve,execveat,socket,connect,bind,sendto,sendmsg,open,openat,openat2,creat,unlink,unlinkat,\
                        rename,renameat,renameat2,mkdir,mkdirat,symlink,symlinkat,link,linkat,truncate,chmod,fchmodat";

/// Watches while these files are read.
pub(crate) fn watched(corpus: &[&Hostile], yard: &Yard) -> Watched {
    let mut watched = Watched::default();
    if !is_there() {
        return Watched { untried: Some("there is no strace, or it may not watch"), ..watched };
    }
    for (number, hostile) in corpus.iter().enumerate() {
        let bytes = (hostile.bytes)();
        let path = yard.lay(number, hostile, &bytes);
        let record = tempfile::NamedTempFile::new().unwrap();
        let file = record.path().display().to_string();
        let words = ["strace", "-f", "-qq", "-e", REACHING, "-o", &file];
        command(&words, &path).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        let wrong = Yard::clear(&path, &bytes);
        watched.violations.extend(wrong);
        let lines = fs::read_to_string(record.path()).unwrap();
        watched.readers += usize::from(lines.contains(READER));
        let harms = lines.lines().filter(|line| is_harm(line));
        watched
            .violations
            .extend(harms.map(|line| format!("{}, {}: {line}", hostile.format, hostile.family)));
        watched.files += 1;
    }
    if watched.readers == 0 {
        watched.violations.push("no process that reads was seen".to_owned());
    }
    watched
}

/// By this the program starts itself again.
const READER: &str = "\"/proc/self/exe\", [\"/proc/self/exe\"";

/// Whether a line says that something else was started, something was opened to be written, or the network was asked for.
fn is_harm(line: &str) -> bool {
    let call = line.split_once(' ').map_or(line, |(_, call)| call.trim_start());
    // `???` stands where a process ended before the call was seen.
    if ["<...", "+++", "---", "???"].iter().any(|sign| call.starts_with(sign)) {
        return false;
    }
    if call.starts_with("execve(") {
        let own = std::env::current_exe().unwrap().display().to_string();
        return !(call.contains(READER) || call.starts_with(&format!("execve(\"{own}\"")));
    }
    let opens = call.starts_with("open");
    !opens || ["O_WRONLY", "O_RDWR", "O_CREAT"].iter().any(|mode| call.contains(mode))
}

fn is_there() -> bool {
    let tried = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    tried.is_ok_and(|status| status.success())
}

impl fmt::Display for Watched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.untried {
            Some(why) => write!(formatter, "| watched by strace: not tried, {why} |"),
            None => write!(
                formatter,
                "| watched by strace: nothing started but itself, no network, nothing opened to be written, in {} files, {} of them read in a process of their own | violations: {} |",
                self.files,
                self.readers,
                self.violations.len()
            ),
        }
    }
}
