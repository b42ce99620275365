//! `duidu notes`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::output::{Failure, Out, Target};
use super::{Outcome, ScriptName, Source, converters, corrections_for_all, read_or_fail};
use crate::document::Document;
use crate::export::{Order, Words};
use crate::notes::{Annotation, Colour, FarEnd, Found, FoundState, Tag, locate_all};
use crate::session::{ExportFormat, ExportJob, ExportRequest, NotesFile, Place};
use crate::store::{Home, Loaded, NotesStore, Touch};
use crate::text::{Form, Script};

#[derive(Subcommand, Debug)]
pub(super) enum NotesWork {
    /// Print the notes on a document, one after the other.
    List(ListArguments),
    /// Print the notes on a document as Markdown, HTML or CSV, or write them to a file.
    Export(ExportArguments),
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
pub(super) struct ExportArguments {
    #[command(flatten)]
    source: Source,
    /// The format.
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    format: FormatName,
    /// The script of headings and quotations.
    #[arg(long, value_name = "SCRIPT", ignore_case = true, default_value = "as-written")]
    to: ScriptName,
    /// Exchange words for those of the region too.
    #[arg(long)]
    words: bool,
    /// Group by tag instead of by the order of the document.
    #[arg(long)]
    by_tag: bool,
    /// Write to this file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    source: Source,
}

/// The formats of exports.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum FormatName {
    Markdown,
    Html,
    Csv,
}

impl From<FormatName> for ExportFormat {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Markdown => Self::Markdown,
            FormatName::Html => Self::Html,
            FormatName::Csv => Self::Csv,
        }
    }
}

/// A document with its notes, read without writing anything.
struct Annotated {
    document: Document,
    loaded: Loaded,
    found: Vec<Found>,
}

pub(super) fn run(work: &NotesWork, out: &mut Out) -> Result<Outcome, Failure> {
    match work {
        NotesWork::List(arguments) => list(arguments, out),
        NotesWork::Export(arguments) => export(arguments, out),
        NotesWork::Check(arguments) => check(&arguments.source, out),
    }
}

fn read(source: &Source, home: &Home) -> Result<Annotated, Failure> {
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
    fn notes(&self) -> impl Iterator<Item = (&Annotation, &Found)> {
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

fn complain_of(file: &NotesFile) {
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

fn export(arguments: &ExportArguments, out: &mut Out) -> Result<Outcome, Failure> {
    let home = Home::find();
    let target = Target::new(arguments.output.as_deref(), &[&arguments.source.file])?;
    let annotated = read(&arguments.source, &home)?;
    complain_of(&annotated.loaded.file);
    if annotated.found.is_empty() {
        return Ok(Outcome::Lacking);
    }
    let notes = annotated.notes().map(|(note, found)| (note.clone(), found.clone())).collect();
    let job = ExportJob {
        place: Place::File(arguments.source.file.clone()),
        document: Arc::new(annotated.document),
        notes,
        request: request(arguments),
        corrections: annotated.loaded.kept.corrections.merged(&corrections_for_all(&home)),
        converters: Arc::new(converters(&home)?),
        zone: TimeZone::system(),
    };
    let bytes = job.run().map_err(Failure::Told)?;
    target.deliver(&bytes, out)?;
    Ok(Outcome::Done)
}

fn request(arguments: &ExportArguments) -> ExportRequest {
    let ScriptName(form) = arguments.to;
    ExportRequest {
        format: arguments.format.into(),
        script: Script { form, regional_words: arguments.words && form != Form::AsWritten },
        order: if arguments.by_tag { Order::Tag } else { Order::Document },
        only_listed: false,
        words: words(),
        interface_language: "en".to_owned(),
    }
}

/// The words of an export: the command line speaks English.
fn words() -> Words {
    Words {
        id: "Id".to_owned(),
        source: "Source".to_owned(),
        quotation: "Quotation".to_owned(),
        as_written: "As written".to_owned(),
        headings: "Headings".to_owned(),
        tags: "Tags".to_owned(),
        colour: "Colour".to_owned(),
        note: "Note".to_owned(),
        paragraph: "Paragraph".to_owned(),
        start: "Start".to_owned(),
        end: "End".to_owned(),
        created: "Created".to_owned(),
        changed: "Changed".to_owned(),
        state: "State".to_owned(),
        bookmark: "Bookmark".to_owned(),
        other_document: "Other document".to_owned(),
        other_quotation: "Its passage".to_owned(),
        without_tag: "Without a tag".to_owned(),
        colours: Colour::ALL.map(|colour| colour.name().to_owned()),
        states: FoundState::ALL.map(|state| state_name(state).to_owned()),
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
