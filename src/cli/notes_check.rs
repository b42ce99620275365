//! `duidu notes check`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::notes::{Annotated, counted, read_file};
use super::output::{Failure, Out};
use super::{Choices, Outcome, Stores, notes_check_links};
use crate::notes::FoundState;
use crate::session::Place;
use crate::store::{InspectedFile, Inspection, Integrity};

#[derive(Args, Debug)]
pub(super) struct CheckArguments {
    /// The document, or its file of notes.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    choices: Choices,
}

/// What was found, line by line, and whether anything is wrong.
#[derive(Default)]
pub(super) struct Report {
    lines: Vec<String>,
    wrong: bool,
}

impl Report {
    pub(super) fn say(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    pub(super) fn complain(&mut self, line: impl Into<String>) {
        self.wrong = true;
        self.say(line);
    }
}

pub(super) fn run(arguments: &CheckArguments, stores: &Stores, out: &mut Out) -> Result<Outcome, Failure> {
    let document = document_of(&arguments.file);
    let mut report = Report::default();
    inspect(&stores.notes.inspect(&Place::File(document.clone())), &mut report);
    if document.exists() || document == arguments.file {
        let annotated = read_file(&document, &arguments.choices, stores)?;
        check_notes(&annotated, &mut report);
        notes_check_links::check(&annotated, stores, &mut report);
    } else {
        report.complain(format!("the document is not there: {}", document.display()));
    }
    report.lines.iter().try_for_each(|line| out.line(line))?;
    Ok(if report.wrong { Outcome::Lacking } else { Outcome::Done })
}

/// A file of notes stands for its document.
fn document_of(file: &Path) -> PathBuf {
    let document = file.to_str().and_then(|name| name.strip_suffix(".duidu.ron"));
    document.map_or_else(|| file.to_owned(), PathBuf::from)
}

fn inspect(seen: &Inspection, report: &mut Report) {
    for file in &seen.files {
        inspect_file(file, report);
    }
    if seen.damaged_journals > 0 {
        report.complain(format!("journals: {} with parts that cannot be read", seen.damaged_journals));
    } else if seen.waiting > 0 {
        report.say(format!("journals: {} changes that are not in the file yet", seen.waiting));
    }
}

fn inspect_file(file: &InspectedFile, report: &mut Report) {
    report.say(file.path.display().to_string());
    match &file.integrity {
        Integrity::Absent => report.say("file: none"),
        Integrity::Whole => report.say("file: whole, its checksum fits"),
        Integrity::Changed => {
            report.complain("file: changed by another program or by hand since it was written");
        }
        Integrity::ByHand => report.say("file: written by hand, without a checksum"),
        Integrity::Newer(format) => report.complain(format!("file: of a newer version (format {format})")),
        Integrity::Damaged(reason) => report.complain(format!("file: damaged ({reason})")),
    }
    report.say(format!("earlier versions: {}", file.versions));
    for path in &file.damaged_versions {
        report.complain(format!("earlier version that is damaged: {}", path.display()));
    }
    for path in &file.copies {
        report.complain(format!("copy by a cloud drive, not joined: {}", path.display()));
    }
}

fn check_notes(annotated: &Annotated, report: &mut Report) {
    let count = |state| annotated.notes().filter(|(_, found)| found.state() == state).count();
    let kept = &annotated.loaded.kept;
    if annotated.loaded.file.elsewhere {
        let path = annotated.loaded.file.path.display();
        report.say(format!("kept in the data folder, as the document's cannot be written to: {path}"));
    }
    let line = format!("notes: {} ({})", kept.annotations.len(), counted(count));
    if count(FoundState::Exact) == kept.annotations.len() {
        report.say(line);
    } else {
        report.complain(line);
    }
    if !kept.trash.is_empty() {
        report.say(format!("in the trash: {}", kept.trash.len()));
    }
    if !kept.conflicts.is_empty() {
        report.complain(format!("notes with two texts to choose from: {}", kept.conflicts.len()));
    }
    let file = &annotated.loaded.file;
    file.read_only.iter().chain(&file.remarks).for_each(|remark| report.complain(remark.clone()));
}
