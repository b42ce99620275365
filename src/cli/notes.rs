//! `duidu notes`.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::output::{Failure, Out};
use super::{Outcome, Source, notes_export, read_or_fail};
use crate::document::Document;
use crate::notes::{Annotation, FarEnd, Found, FoundState, Tag, locate_all};
use crate::session::{NotesFile, Place};
use crate::store::{Home, Loaded, NotesStore, Touch};

#[derive(Subcommand, Debug)]
pub(super) enum NotesWork {
    /// Print the notes on a document, one after the other.
    List(ListArguments),
    /// Print the notes on documents in a format of choice, or write them to a file.
    Export(notes_export::ExportArguments),
    /// Say where the notes on a document are kept, whether the file is whole, and which notes are still in
    /// their places. Ends with 1 where something is wrong.
    Check(CheckArguments),
}

#[derive(Args, Debug)]
pub(super) struct ListArguments {
    #[command(flatten)]
    source: Source,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    source: Source,
}

/// A document with its notes, read without writing anything.
pub(super) struct Annotated {
    pub(super) document: Document,
    pub(super) loaded: Loaded,
    pub(super) found: Vec<Found>,
}

pub(super) fn run(work: &NotesWork, out: &mut Out) -> Result<Outcome, Failure> {
    match work {
        NotesWork::List(arguments) => list(arguments, out),
        NotesWork::Export(arguments) => notes_export::run(arguments, out),
        NotesWork::Check(arguments) => check(&arguments.source, out),
    }
}

pub(super) fn read(source: &Source, home: &Home) -> Result<Annotated, Failure> {
    let store = NotesStore::new(home.clone());
    let place = Place::File(source.file.clone());
    let choices = source.choices.chosen().unwrap_or_else(|| store.choices(&place));
    let document = read_or_fail(&source.file, &choices)?.document;
    let loaded = store.load(&place, document.id(), Touch::Nothing);
    let found = locate_all(loaded.kept.notes(), &document);
    let found = found.into_iter().map(|(_, found)| found).collect();
    Ok(Annotated { document, loaded, found })
}

impl Annotated {
    pub(super) fn notes(&self) -> impl Iterator<Item = (&Annotation, &Found)> {
        self.loaded.kept.notes().zip(&self.found)
    }
}

fn list(arguments: &ListArguments, out: &mut Out) -> Result<Outcome, Failure> {
    let annotated = read(&arguments.source, &Home::find())?;
    complain_of(&annotated.loaded.file);
    if arguments.json {
        out.json(&annotated.notes().map(|(note, found)| as_json(note, found)).collect())?;
    } else {
        for (note, found) in annotated.notes() {
            print(note, found, out)?;
        }
    }
    Ok(if annotated.found.is_empty() { Outcome::Lacking } else { Outcome::Done })
}

pub(super) fn complain_of(file: &NotesFile) {
    for remark in file.read_only.iter().chain(&file.remarks) {
        super::complain(remark);
    }
}

fn tags_of(note: &Annotation) -> Vec<&str> {
    note.tags.iter().map(Tag::as_str).collect()
}

/// The quotation on a line, then what else there is, indented.
fn print(note: &Annotation, found: &Found, out: &mut Out) -> Result<(), Failure> {
    let quote = if note.is_bookmark() { "(bookmark)".to_owned() } else { one_line(&note.anchor.quote) };
    out.line(&format!("{quote}  [{}]", state_name(found.state())))?;
    let headings =
        note.anchor.headings.iter().map(|heading| one_line(heading)).collect::<Vec<_>>().join(" › ");
    let tags = tags_of(note).join(" · ");
    for fact in [headings, tags].iter().filter(|fact| !fact.is_empty()) {
        out.line(&format!("    {fact}"))?;
    }
    for far_end in &note.answers {
        let title = if far_end.title.is_empty() { &far_end.place } else { &far_end.title };
        out.line(&format!("    ⇄ {}: {}", one_line(title), one_line(&far_end.anchor.quote)))?;
    }
    for line in note.text.lines() {
        out.line(&format!("    {line}"))?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).map(str::trim).collect::<Vec<_>>().concat()
}

fn as_json(note: &Annotation, found: &Found) -> Value {
    json!({
        "id": note.id.to_string(),
        "quote": note.anchor.quote,
        "headings": note.anchor.headings,
        "tags": tags_of(note),
        "colour": note.colour,
        "text": note.text,
        "answers": note.answers.iter().map(far_end_as_json).collect::<Vec<_>>(),
        "created": note.created.to_string(),
        "changed": note.changed.to_string(),
        "state": state_name(found.state()),
        "position": found.span().map(|span| [span.start(), span.end()]),
    })
}

fn far_end_as_json(far_end: &FarEnd) -> Value {
    json!({
        "place": far_end.place,
        "document": far_end.document.to_string(),
        "title": far_end.title,
        "quote": far_end.anchor.quote,
        "headings": far_end.anchor.headings,
    })
}

fn state_name(state: FoundState) -> &'static str {
    match state {
        FoundState::Exact => "exact",
        FoundState::Moved => "moved",
        FoundState::Unsure => "unsure",
        FoundState::Lost => "lost",
    }
}

fn check(source: &Source, out: &mut Out) -> Result<Outcome, Failure> {
    let annotated = read(source, &Home::find())?;
    let file = &annotated.loaded.file;
    let count = |state| annotated.found.iter().filter(|found| found.state() == state).count();
    let elsewhere = if file.elsewhere { " (the document's folder cannot be written to)" } else { "" };
    out.line(&format!("{}{elsewhere}", file.path.display()))?;
    let counts = FoundState::ALL.map(|state| format!("{} {}", count(state), state_name(state)));
    out.line(&format!("notes: {} ({})", annotated.found.len(), counts.join(", ")))?;
    for remark in file.read_only.iter().chain(&file.remarks) {
        out.line(remark)?;
    }
    let in_place = count(FoundState::Exact) == annotated.found.len();
    let sound = in_place && file.remarks.is_empty() && file.read_only.is_none();
    Ok(if sound { Outcome::Done } else { Outcome::Lacking })
}
