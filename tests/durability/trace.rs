//! What the program asks of the system while it saves, as `strace` writes it down.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::trial::Trial;

/// One system call, by its name and its place among the calls of that name in its thread, as `strace` counts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Call {
    /// Its name.
    pub(crate) name: String,
    /// From 1.
    pub(crate) number: usize,
}

/// One thing that was done to files, or said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Deed {
    /// A file was made, or opened and emptied.
    Create(PathBuf),
    /// Bytes were written at a file's end.
    Write(PathBuf, Vec<u8>),
    /// A file was cut to a length.
    Cut(PathBuf, usize),
    /// A file or folder was brought to the disk.
    Sync(PathBuf),
    /// A file got another name.
    Rename(PathBuf, PathBuf),
    /// A file was removed.
    Remove(PathBuf),
    /// A folder was made.
    Folder(PathBuf),
    /// A step was said to be saved.
    Said,
}

/// What changes files, or says that they are changed.
const CHANGING: &str = "openat,write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,ftruncate,linkat";

/// What also may fail.
const ALL: &str = "openat,write,pwrite64,writev,read,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,\
    ftruncate,linkat,statx,flock,fchmod,close,getdents64,readlink";

/// Whether the machine has `strace` and lets it watch.
pub(crate) fn is_there() -> bool {
    Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "true"])
        .status()
        .is_ok_and(|status| status.success())
}

/// The words of a command line that runs what follows under `strace`.
pub(crate) fn words(options: &[&str]) -> Vec<String> {
    ["strace", "-f", "-qq"].iter().chain(options).map(ToString::to_string).collect()
}

/// The calls that touch the trial's files while so many steps are made, on a document that has notes.
pub(crate) fn calls_of_a_save(steps: usize) -> Vec<Call> {
    let (trial, lines) = watched(steps, ALL);
    let folder = trial.path().display().to_string();
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut calls = std::collections::BTreeSet::new();
    for Line { thread, call, text } in &lines {
        let number = counts.entry((thread.clone(), call.clone())).or_default();
        *number += 1;
        if text.contains(&folder) {
            calls.insert(Call { name: call.clone(), number: *number });
        }
    }
    calls.into_iter().collect()
}

/// What is done while so many steps are made on a document that has notes; and the trial, as it is after that.
pub(crate) fn deeds_of_a_save(trial: &Trial, steps: usize) -> Vec<Deed> {
    let folder = trial.path().display().to_string();
    let lines = watch(trial, steps, CHANGING);
    lines.iter().flat_map(|line| line.deeds(&folder)).collect()
}

/// A line of the record, whole.
#[derive(Debug)]
struct Line {
    thread: String,
    call: String,
    /// From the arguments on.
    text: String,
}

fn watched(steps: usize, calls: &str) -> (Trial, Vec<Line>) {
    let trial = Trial::after(5, 4);
    let lines = watch(&trial, steps, calls);
    (trial, lines)
}

fn watch(trial: &Trial, steps: usize, calls: &str) -> Vec<Line> {
    let record = tempfile::NamedTempFile::new().unwrap();
    let path = record.path().display().to_string();
    let answers =
        trial.run(&words(&["-y", "-s", "10000000", "-o", &path, "-e", &format!("trace={calls}")]), steps);
    assert!(answers.refused.is_none(), "{answers:?}");
    whole_lines(&fs::read_to_string(record.path()).unwrap())
}

/// Puts together what was cut in two because another thread did something meanwhile.
fn whole_lines(record: &str) -> Vec<Line> {
    let mut begun: BTreeMap<&str, &str> = BTreeMap::new();
    let mut lines = Vec::new();
    for line in record.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if let Some(begin) = rest.strip_suffix(" <unfinished ...>") {
            begun.insert(thread, begin);
            continue;
        }
        let resumed = rest.strip_prefix("<... ").and_then(|rest| rest.split_once(" resumed>"));
        let text = match resumed {
            Some((_, end)) => format!("{}{end}", begun.remove(thread).unwrap_or_default()),
            None => rest.to_owned(),
        };
        if let Some((call, text)) = text.split_once('(') {
            lines.push(Line { thread: thread.to_owned(), call: call.to_owned(), text: text.to_owned() });
        }
    }
    lines
}

impl Line {
    /// What it did in the folder; nothing where it failed.
    fn deeds(&self, folder: &str) -> Vec<Deed> {
        let Some((arguments, result)) = self.text.rsplit_once(" = ") else { return Vec::new() };
        if result.starts_with('-') {
            return Vec::new();
        }
        let strings = strings_in(arguments);
        let path = |index: usize| {
            let path = String::from_utf8(strings.get(index)?.clone()).ok()?;
            path.starts_with(folder).then(|| PathBuf::from(path))
        };
        let open = || open_file(arguments).filter(|path| path.starts_with(folder));
        let deed = match self.call.as_str() {
            "openat" if arguments.contains("O_CREAT") || arguments.contains("O_TRUNC") => {
                path(0).map(|path| {
                    if arguments.contains("O_TRUNC") || arguments.contains("O_EXCL") {
                        vec![Deed::Create(path)]
                    } else {
                        made(path)
                    }
                })
            }
            "write" if open_file(arguments).is_none_or(|_| arguments.starts_with("1<")) => {
                let said = strings.first().is_some_and(|said| said.starts_with(b"saved "));
                said.then(|| vec![Deed::Said])
            }
            "write" => {
                open().map(|path| vec![Deed::Write(path, strings.first().cloned().unwrap_or_default())])
            }
            "fsync" | "fdatasync" => open().map(|path| vec![Deed::Sync(path)]),
            "rename" => path(0).zip(path(1)).map(|(from, to)| vec![Deed::Rename(from, to)]),
            "renameat" | "renameat2" => path(0).zip(path(1)).map(|(from, to)| vec![Deed::Rename(from, to)]),
            "unlink" | "unlinkat" => path(0).map(|path| vec![Deed::Remove(path)]),
            "mkdir" => path(0).map(|path| vec![Deed::Folder(path)]),
            "ftruncate" => {
                let length = arguments
                    .rsplit_once(", ")
                    .and_then(|(_, length)| length.trim_end_matches(')').parse().ok());
                open().zip(length).map(|(path, length)| vec![Deed::Cut(path, length)])
            }
            "pwrite64" | "writev" | "linkat" => {
                assert!(
                    open().is_none() && path(0).is_none(),
                    "the record of {} cannot be told again",
                    self.call
                );
                None
            }
            _ => None,
        };
        deed.unwrap_or_default()
    }
}

/// Opened to be written at its end: made only where it is not there yet, which whoever tells it again knows.
fn made(path: PathBuf) -> Vec<Deed> {
    vec![Deed::Write(path, Vec::new())]
}

/// The path of the file that a call is about, where its first argument is one that is open: `3</path>`.
fn open_file(arguments: &str) -> Option<PathBuf> {
    let (number, rest) = arguments.split_once('<')?;
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let end = rest.find(">,").or_else(|| rest.find(">)"))?;
    digits.then(|| PathBuf::from(rest.get(..end).unwrap_or_default()))
}

/// The strings among the arguments, as C writes them.
fn strings_in(arguments: &str) -> Vec<Vec<u8>> {
    let mut strings = Vec::new();
    let mut bytes = arguments.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'"' {
            let mut string = Vec::new();
            while let Some(byte) = bytes.next().filter(|byte| *byte != b'"') {
                string.push(if byte == b'\\' { escaped(&mut bytes) } else { byte });
            }
            strings.push(string);
        }
    }
    strings
}

fn escaped(bytes: &mut std::iter::Peekable<std::str::Bytes<'_>>) -> u8 {
    let octal = |byte: &u8| (b'0'..=b'7').contains(byte);
    match bytes.next().unwrap_or_default() {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'v' => 11,
        b'f' => 12,
        first if octal(&first) => {
            let mut value = u32::from(first - b'0');
            for _ in 0..2 {
                let Some(next) = bytes.next_if(octal) else { break };
                value = value * 8 + u32::from(next - b'0');
            }
            u8::try_from(value).unwrap_or_default()
        }
        other => other,
    }
}
