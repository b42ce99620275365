//! `duidu notes`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};
use jiff::tz::TimeZone;

use super::output::{Failure, Out, Target};
use super::{
    Outcome, ScriptName, Source, converters, corrections_for_all, notes_check, notes_list, notes_merge,
    read_or_fail,
};
use crate::document::Document;
use crate::export::{Order, Words};
use crate::notes::{Annotation, Colour, Found, FoundState, locate_all};
use crate::session::{ExportFormat, ExportJob, ExportRequest, NotesFile, Place, ReadingChoices};
use crate::store::{Home, Loaded, NotesStore, Touch};
use crate::text::{Form, Script};

#[derive(Subcommand, Debug)]
pub(super) enum NotesWork {
    /// Print the notes on documents, one after the other.
    List(notes_list::ListArguments),
    /// Print the notes on a document as Markdown, HTML or CSV, or write them to a file.
    Export(ExportArguments),
    /// Say where the notes on a document are kept, whether the file is whole, and which notes are still in
    /// their places. Ends with 1 where something is wrong.
    Check(notes_check::CheckArguments),
    /// Join two files of notes of one document: every note of both, and of two texts of a note both.
    Merge(notes_merge::MergeArguments),
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
pub(super) struct Annotated {
    document: Document,
    pub(super) loaded: Loaded,
    found: Vec<Found>,
}

pub(super) fn run(work: &NotesWork, out: &mut Out) -> Result<Outcome, Failure> {
    match work {
        NotesWork::List(arguments) => notes_list::run(arguments, out),
        NotesWork::Export(arguments) => export(arguments, out),
        NotesWork::Check(arguments) => notes_check::run(arguments, out),
        NotesWork::Merge(arguments) => notes_merge::run(arguments, out),
    }
}

fn read(source: &Source, home: &Home) -> Result<Annotated, Failure> {
    read_file(&source.file, source.choices.chosen(), home)
}

/// `choices` are those of the command line; `None` for those that are kept with the notes.
pub(super) fn read_file(
    file: &Path,
    choices: Option<ReadingChoices>,
    home: &Home,
) -> Result<Annotated, Failure> {
    let store = NotesStore::new(home.clone());
    let place = Place::File(file.to_owned());
    let choices = choices.unwrap_or_else(|| store.choices(&place));
    let document = read_or_fail(file, &choices)?.document;
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

pub(super) fn complain_of(file: &NotesFile) {
    for remark in file.read_only.iter().chain(&file.remarks) {
        super::complain(remark);
    }
}

pub(super) fn state_name(state: FoundState) -> &'static str {
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
