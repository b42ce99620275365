//! A folder with a document, on which the program is run and tried.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::program::{MUTE, Program, Work, write_document};
use super::story::{Notes, notes_after};

/// A folder with a document, and how much of the story is known to be saved there.
pub(crate) struct Trial {
    folder: PathBuf,
    /// Removes the folder in the end, where it is the trial's own.
    _own: Option<tempfile::TempDir>,
    /// Which story.
    pub(crate) seed: u64,
    /// How many of its steps are saved.
    pub(crate) saved: usize,
}

impl Trial {
    /// A document without notes.
    pub(crate) fn new(seed: u64) -> Self {
        let own = tempfile::tempdir().unwrap();
        write_document(own.path());
        Self { folder: own.path().to_owned(), _own: Some(own), seed, saved: 0 }
    }

    /// A folder with a document that is not the trial's own.
    pub(crate) fn at(folder: &Path, seed: u64) -> Self {
        Self { folder: folder.to_owned(), _own: None, seed, saved: 0 }
    }

    /// A document on which so many steps were made, and the program was left.
    pub(crate) fn after(seed: u64, steps: usize) -> Self {
        let mut trial = Self::new(seed);
        let answers = trial.run(&[], steps);
        assert!(answers.refused.is_none(), "{:?}", answers.refused);
        trial.saved = steps;
        trial
    }

    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }

    /// Where the notes lie.
    pub(crate) fn notes_file(&self) -> PathBuf {
        self.path().join(format!("{}.duidu.ron", super::program::DOCUMENT))
    }

    /// The program, about to make so many further steps, behind the words of another command such as strace.
    pub(crate) fn command(&self, before: &[String], steps: usize) -> Command {
        command(before, &Work::Tell { seed: self.seed, from: self.saved, steps }, self.path())
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, before: &[String], steps: usize) -> Answers {
        let child = self.command(before, steps).spawn().unwrap();
        Answers::of(child)
    }

    /// Opens the document as a reader would. What comes must be the story up to the last step that was `said` to be
    /// saved, or one further; the trial then goes on from there.
    pub(crate) fn check(&mut self, said: usize) -> Result<(), String> {
        let program =
            Program::open(self.path()).map_err(|reason| format!("the document does not open: {reason}"))?;
        let notes = program.notes();
        drop(program);
        let there = [said + 1, said].into_iter().find(|steps| notes_after(self.seed, *steps) == notes);
        let temporary = swept(self.path());
        if temporary > MOST_LEFT {
            return Err(format!("{temporary} temporary files are left"));
        }
        match there {
            Some(steps) => self.saved = steps,
            None => return Err(self.difference(said, &notes)),
        }
        Ok(())
    }

    fn difference(&self, said: usize, notes: &Notes) -> String {
        let before = (0..said).rev().find(|steps| notes_after(self.seed, *steps) == *notes);
        match before {
            Some(steps) => {
                format!("{said} steps were said to be saved, {steps} are there (story {})", self.seed)
            }
            None => {
                format!("after {said} saved steps there are other notes (story {}): {notes:?}", self.seed)
            }
        }
    }
}

/// The program, about to do its work, behind the words of another command.
pub(crate) fn command(before: &[String], work: &Work, folder: &Path) -> Command {
    let own = std::env::current_exe().unwrap().display().to_string();
    let words: Vec<String> = before.iter().cloned().chain([own]).chain(work.arguments(folder)).collect();
    let (first, rest) = words.split_first().unwrap();
    let mut command = Command::new(first);
    command.args(rest).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// What the program said.
#[derive(Default, Debug)]
pub(crate) struct Answers {
    /// Whether the document was opened.
    pub(crate) ready: bool,
    /// The last step that was said to be saved.
    pub(crate) last: Option<usize>,
    /// How many were.
    pub(crate) saved: usize,
    /// Why it stopped.
    pub(crate) refused: Option<String>,
    /// How often what could not be saved was tried again.
    pub(crate) waits: usize,
    /// Whether it could not even say what it had to say.
    pub(crate) mute: bool,
}

impl Answers {
    /// All that a program says until it ends.
    pub(crate) fn of(child: Child) -> Self {
        Self::until(child, |_| ())
    }

    /// The same; `opened` is done as soon as the document is open.
    pub(crate) fn until(mut child: Child, opened: impl FnOnce(&mut Child)) -> Self {
        let (mut answers, mut opened) = (Self::default(), Some(opened));
        let out = child.stdout.take().unwrap();
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            answers.take(&line);
            if let Some(opened) = opened.take_if(|_| answers.ready) {
                opened(&mut child);
            }
        }
        answers.mute = child.wait().unwrap().code() == Some(MUTE);
        answers
    }

    fn take(&mut self, line: &str) {
        match line.split_once(' ') {
            Some(("saved", number)) => {
                self.last = number.parse().ok();
                self.saved += 1;
            }
            Some(("refused", reason)) => self.refused = Some(reason.to_owned()),
            _ if line == "waits" => self.waits += 1,
            _ => self.ready |= line == "ready",
        }
    }

    /// How many steps of the story are said to be saved, where `before` of them were before.
    pub(crate) fn said(&self, before: usize) -> usize {
        self.last.map_or(before, |last| last + 1)
    }
}

/// How many temporary files may be left when the program has been started once more.
const MOST_LEFT: usize = 1;

/// How many temporary files are left when the program, which removes them in the background, has had its time.
fn swept(folder: &Path) -> usize {
    let end = Instant::now() + Duration::from_secs(5);
    loop {
        let left = temporary_files(folder);
        if left <= MOST_LEFT || Instant::now() >= end {
            return left;
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn temporary_files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => temporary_files(&entry.path()),
            _ => usize::from(entry.file_name().to_string_lossy().ends_with(".tmp")),
        })
        .sum()
}
