//! The same work without a window.
//!
//! What was asked for goes to standard output, everything else to standard error. The program ends with 0
//! when it did its work, with 1 when there was nothing to find or something is wrong with the notes, and
//! with 2 when it could not do its work, or some of it.

mod compare;
mod console;
mod convert;
mod find;
mod notes;
mod notes_check;
mod notes_check_links;
mod notes_export;
mod notes_import;
mod notes_list;
mod notes_locate;
mod notes_merge;
mod notes_texts;
mod output;
mod read;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use output::{Failure, Out, harmless};

use crate::document::{RepairChoices, RepairKind};
use crate::import::{Imported, Password};
use crate::session::{OpenError, Place, ReadingChoices};
use crate::store::{
    Dictionaries, Home, LibraryStore, NotesStore, READ_APART, StateStore, answer, read_apart_from_now_on,
    read_document,
};
use crate::text::{Converters, Corrections, Form, Script};

const EXAMPLES: &str = "\
Examples:
  duidu                                   open the window as it was left
  duidu 倡議.txt notice.html              open these documents
  duidu read 倡議.txt --json              what was read, as JSON
  duidu convert --to taiwan --words a.txt in Taiwan's characters and words
  cat a.txt | duidu convert --to zh-Hans  what comes in, in Simplified characters
  duidu find 数据安全 *.txt               where it stands, in either script
  duidu find --library '水渠 -水库'       in all documents of the library
  duidu notes list papers --tag 水 --json  the notes with a tag in a folder
  duidu notes export a.txt -o notes.docx  the notes on a document, for a word processor
  duidu compare a.txt b.txt -o ab.html    two documents read against each other, as a table
  duidu compare a.txt b.txt --format json what answers what, as JSON

The program ends with 0 when it did its work, with 1 when nothing was found or something is
wrong with the notes, and with 2 when it could not do its work or some of it.

The environment variable DUIDU_HOME puts settings, notes and caches into one folder.";

/// Duidu 對讀: read Chinese documents in either script, with notes that stay on their words.
#[derive(Parser, Debug)]
#[command(name = "duidu", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
struct Arguments {
    /// Documents to open in the window.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(subcommand)]
    work: Option<Work>,
}

#[derive(Subcommand, Debug)]
enum Work {
    /// Print what is read from a document: its text without what was set aside, or all of it as JSON.
    Read(read::ReadArguments),
    /// Print a text in another script. Without a file, what comes in on standard input.
    Convert(convert::ConvertArguments),
    /// Print where something stands in documents, whatever the script it is written in.
    Find(find::FindArguments),
    /// Read two documents, or sections of them, against each other: what answers what, and how it relates.
    Compare(compare::CompareArguments),
    /// List, export, import, check, merge or find again the notes on documents.
    #[command(subcommand)]
    Notes(notes::NotesWork),
}

/// Which document to read, and how.
#[derive(Args, Debug)]
struct Source {
    /// The document.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    choices: Choices,
}

/// How to read documents, where it is not what is kept with their notes.
#[derive(Args, Clone, Debug)]
struct Choices {
    /// The encoding, such as GB18030, Big5 or UTF-16LE, instead of the one that is detected.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The password of an encrypted document.
    #[arg(long, value_name = "WORD")]
    password: Option<String>,
    /// Show what the file did to the text (broken lines, indents) instead of repairing it.
    #[arg(long)]
    no_repairs: bool,
}

/// A script and whether words follow the region.
#[derive(Args, Clone, Copy, Debug)]
struct ShownIn {
    /// The script.
    #[arg(long, value_name = "SCRIPT", ignore_case = true)]
    to: ScriptName,
    /// Exchange words for those of the region too (网络 and 網路).
    #[arg(long)]
    words: bool,
}

/// The name of a script.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct ScriptName(Form);

impl ValueEnum for ScriptName {
    fn value_variants<'a>() -> &'a [Self] {
        const NAMES: [ScriptName; 5] = [
            ScriptName(Form::AsWritten),
            ScriptName(Form::Simplified),
            ScriptName(Form::Traditional),
            ScriptName(Form::Taiwan),
            ScriptName(Form::HongKong),
        ];
        &NAMES
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self.0 {
            Form::AsWritten => PossibleValue::new("as-written").help("as the document has it"),
            Form::Simplified => PossibleValue::new("simplified").aliases(["zh-Hans", "zh-CN"]).help("简体"),
            Form::Traditional => PossibleValue::new("traditional").alias("zh-Hant").help("繁體"),
            Form::Taiwan => PossibleValue::new("taiwan").aliases(["zh-TW", "zh-Hant-TW"]).help("臺灣"),
            Form::HongKong => PossibleValue::new("hongkong").aliases(["zh-HK", "zh-Hant-HK"]).help("香港"),
        })
    }
}

impl ShownIn {
    fn script(self) -> Script {
        Script { form: self.to.0, regional_words: self.words }
    }
}

impl Choices {
    /// `None` where nothing was chosen: what is kept with the notes counts.
    fn chosen(&self) -> Option<ReadingChoices> {
        let kinds_off = if self.no_repairs { RepairKind::ALL.to_vec() } else { Vec::new() };
        let repairs = RepairChoices { kinds_off, refused: Vec::new() };
        let choices = ReadingChoices {
            encoding: self.encoding.clone(),
            repairs,
            password: self.password.as_deref().map(Password::new),
        };
        Some(choices).filter(|choices| *choices != ReadingChoices::default())
    }
}

/// Where the program keeps what is its own, and the notes on documents. One for the whole of a work: the list of the
/// library, which says whose notes are whose, may be long, and is read once by each.
struct Stores {
    home: Home,
    library: Arc<LibraryStore>,
    notes: Arc<NotesStore>,
}

impl Stores {
    fn find() -> Self {
        let home = Home::find();
        let library = Arc::new(LibraryStore::new(home.clone()));
        let notes = Arc::new(NotesStore::sharing(home.clone(), Arc::clone(&library)));
        Self { home, library, notes }
    }

    /// How a document is to be read: as was chosen, or else as is kept with its notes.
    fn choices(&self, chosen: &Choices, place: &Place) -> ReadingChoices {
        chosen.chosen().unwrap_or_else(|| self.notes.choices(place))
    }
}

/// What became of the work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    Done,
    /// Nothing was found, or something is wrong with the notes.
    Lacking,
    /// Some of it could not be done, which was said.
    Partly,
}

impl Outcome {
    /// Of work on several documents: whether something was found, and whether any of them could not be worked on.
    fn of(found: bool, failed: bool) -> Self {
        match (failed, found) {
            (true, _) => Self::Partly,
            (false, true) => Self::Done,
            (false, false) => Self::Lacking,
        }
    }
}

/// The program, from its arguments to its exit code.
pub fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == READ_APART) {
        return answer();
    }
    read_apart_from_now_on();
    let arguments = Arguments::parse_from(console::arguments());
    let mut out = Out::new();
    let result = run(arguments, &mut out).and_then(|outcome| out.flush().map(|()| outcome));
    match result {
        Ok(Outcome::Done) | Err(Failure::NobodyListens) => ExitCode::SUCCESS,
        Ok(Outcome::Lacking) => ExitCode::from(1),
        Ok(Outcome::Partly) => ExitCode::from(2),
        Err(Failure::Told(reason)) => {
            complain(&reason);
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments, out: &mut Out) -> Result<Outcome, Failure> {
    let stores = Stores::find();
    match arguments.work {
        None => open_window(arguments.files),
        Some(Work::Read(arguments)) => read::run(&arguments, &stores, out),
        Some(Work::Convert(arguments)) => convert::run(&arguments, &stores, out),
        Some(Work::Find(arguments)) => find::run(&arguments, &stores, out),
        Some(Work::Compare(arguments)) => compare::run(&arguments, &stores, out),
        Some(Work::Notes(work)) => notes::run(&work, &stores, out),
    }
}

#[cfg(feature = "window")]
fn open_window(files: Vec<PathBuf>) -> Result<Outcome, Failure> {
    // The window may be asked again, from another folder, to open what is open now.
    let whole: Vec<PathBuf> =
        files.into_iter().map(|file| std::path::absolute(&file).unwrap_or(file)).collect();
    #[cfg(windows)]
    if console::leave(&whole) {
        return Ok(Outcome::Done);
    }
    crate::ui::run(whole).map(|()| Outcome::Done).map_err(Failure::Told)
}

#[cfg(not(feature = "window"))]
fn open_window(_files: Vec<PathBuf>) -> Result<Outcome, Failure> {
    Err(Failure::told("this duidu was built without its window; see duidu --help for what it can do"))
}

/// Says on standard error what went wrong.
fn complain(reason: &str) {
    let mut to = std::io::stderr();
    let reason = harmless(reason, to.is_terminal());
    // Where nobody listens there is nothing left to be done.
    drop(writeln!(to, "duidu: {reason}"));
}

/// Reads a document; says what should be known about it on standard error.
fn read_or_fail(file: &Path, choices: &ReadingChoices) -> Result<Imported, Failure> {
    let place = Place::File(file.to_owned());
    let imported = read_document(&place, choices, &mut |_| {})
        .map_err(|error| Failure::Told(format!("{error}{}: {}", remedy(&error), file.display())))?;
    for warning in &imported.warnings {
        complain(&format!("{warning}: {}", file.display()));
    }
    Ok(imported)
}

/// What to do about it, where there is something.
fn remedy(error: &OpenError) -> &'static str {
    match error {
        OpenError::HoldsNotes(_) => "; `duidu notes import` takes them in",
        _ => "",
    }
}

/// What converts, its dictionaries written.
fn converters(home: &Home) -> Result<Converters, Failure> {
    let dictionaries = Dictionaries::within(home);
    dictionaries.ensure().map_err(|error| Failure::told(&error.to_string()))?;
    Ok(Converters::new(dictionaries.folder().to_owned()))
}

/// The reader's corrections for all documents.
fn corrections_for_all(home: &Home) -> Corrections {
    StateStore::new(home.clone()).load().0.corrections
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_form_has_a_name() {
        let forms: Vec<Form> = ScriptName::value_variants().iter().map(|name| name.0).collect();
        assert_eq!(forms, Form::ALL);
    }
}
