//! `duidu notes list`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::notes::{Annotated, InScript, NotesOf, Wanted, complain_of, read_file, state_name};
use super::output::{Destination, Failure, Out, json_text};
use super::{Outcome, ScriptName, Stores, converters, corrections_for_all};
use crate::document::Locus;
use crate::notes::{Annotation, FarEnd, Found, NoteWords, PlaceNow, ReadyQuery, Tag};
use crate::store::Home;
use crate::text::{Converters, Corrections, Form, Script};

#[derive(Args, Debug)]
pub(super) struct ListArguments {
    #[command(flatten)]
    notes: NotesOf,
    #[command(flatten)]
    wanted: Wanted,
    #[command(flatten)]
    script: InScript,
    /// The format; without it that of the ending of --out, or else text.
    #[arg(long, value_name = "FORMAT", ignore_case = true)]
    format: Option<ListFormat>,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    #[command(flatten)]
    destination: Destination,
}

/// What a list of notes is written as.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum ListFormat {
    /// Lines for people.
    #[value(alias = "txt")]
    Text,
    /// JSON, for other programs.
    Json,
}

impl ListArguments {
    /// Errors: no format has the ending of the file.
    fn format(&self) -> Result<ListFormat, Failure> {
        let named = self.format.or(self.json.then_some(ListFormat::Json));
        let ending_in = |ending: &str| ListFormat::from_str(ending, true).ok();
        self.destination.format(named, ListFormat::Text, ending_in)
    }
}

/// A note that is listed; its words of the document are in the script of choice.
struct Listed {
    file: PathBuf,
    note: Annotation,
    found: Found,
    locus: Locus,
    clause: Option<String>,
    quote: String,
    /// What stands at its place now, where these are other words than it quotes; empty otherwise.
    reads_now: String,
    headings: Vec<String>,
}

/// What puts words of documents into the script of choice.
struct Shown {
    script: Script,
    /// `None` where they stay as they are.
    converters: Option<Converters>,
    corrections: Corrections,
}

impl Shown {
    fn new(form: Form, home: &Home) -> Result<Self, Failure> {
        let converted = form != Form::AsWritten;
        let converters = converted.then(|| converters(home)).transpose()?;
        let corrections = if converted { corrections_for_all(home) } else { Corrections::default() };
        Ok(Self { script: Script::characters(form), converters, corrections })
    }

    fn text(&self, of: &Annotated, text: &str) -> Result<String, Failure> {
        let Some(converters) = &self.converters else { return Ok(text.to_owned()) };
        let corrections = of.loaded.kept.corrections.merged(&self.corrections);
        let shown = converters.show(of.document.written(), self.script, &corrections, text);
        shown.map(|shown| shown.text).map_err(|error| Failure::told(&error.to_string()))
    }
}

impl Listed {
    fn new(
        file: &Path,
        of: &Annotated,
        (note, found): (&Annotation, &Found),
        shown: &Shown,
    ) -> Result<Self, Failure> {
        let locus = found.span().map(|span| of.document.locus(span)).unwrap_or_default();
        let PlaceNow { clause, reads_now, .. } = PlaceNow::of(note, found, &of.document);
        let clause = Some(clause).filter(|clause| !clause.is_empty());
        let headings = note.anchor.headings.iter().map(|heading| shown.text(of, heading));
        Ok(Self {
            file: file.to_owned(),
            clause: clause.map(|clause| shown.text(of, &clause)).transpose()?,
            quote: shown.text(of, &note.anchor.quote)?,
            reads_now: shown.text(of, &reads_now)?,
            headings: headings.collect::<Result<_, _>>()?,
            note: note.clone(),
            found: found.clone(),
            locus,
        })
    }

    /// Where it stands, below its headings: clause, paragraph, page.
    fn place(&self) -> String {
        let paragraph = self.locus.paragraphs_in_short().map(|numbers| format!("paragraph {numbers}"));
        let page = self.locus.pages_in_short().map(|pages| format!("page {pages}"));
        [self.clause.clone(), paragraph, page].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

pub(super) fn run(arguments: &ListArguments, stores: &Stores, out: &mut Out) -> Result<Outcome, Failure> {
    let query = arguments.wanted.query();
    let query = query.ready(&TimeZone::UTC);
    let ScriptName(form) = arguments.script.to;
    let shown = Shown::new(form, &stores.home)?;
    let files = arguments.notes.files(stores);
    let documents: Vec<_> = files.iter().map(PathBuf::as_path).collect();
    let target = arguments.destination.target(&documents, &stores.home)?;
    let format = arguments.format()?;
    let (mut listed, mut failed) = (Vec::new(), false);
    for file in &files {
        match notes_of(file, arguments, &query, (stores, &shown)) {
            Ok(notes) => listed.extend(notes),
            Err(failure) => {
                failure.say()?;
                failed = true;
            }
        }
    }
    let text = match format {
        ListFormat::Text => as_text(&listed),
        ListFormat::Json => json_text(&listed.iter().map(as_json).collect())?,
    };
    // Where there is nothing to list, no file is made of it.
    if !listed.is_empty() || arguments.destination.out.is_none() {
        target.deliver(text.as_bytes(), out)?;
    }
    Ok(Outcome::of(!listed.is_empty(), failed))
}

fn notes_of(
    file: &Path,
    arguments: &ListArguments,
    query: &ReadyQuery<'_>,
    (stores, shown): (&Stores, &Shown),
) -> Result<Vec<Listed>, Failure> {
    let annotated = read_file(file, &arguments.notes.choices, stores)?;
    complain_of(&annotated.loaded.file);
    let wanted = annotated
        .notes()
        .filter(|(note, found)| query.wants(note, &NoteWords::of(note), Some(found.state()).into()));
    wanted.map(|note| Listed::new(file, &annotated, note, shown)).collect()
}

/// Where the notes are of several documents, each is named before its notes.
fn as_text(listed: &[Listed]) -> String {
    let several =
        listed.windows(2).any(|two| two.first().map(|one| &one.file) != two.last().map(|one| &one.file));
    let mut text = String::new();
    let mut before: Option<&Path> = None;
    for one in listed {
        if several && before != Some(&one.file) {
            text.extend([&*one.file.display().to_string(), ":\n"]);
            before = Some(&one.file);
        }
        for line in lines_of(one) {
            text.extend([&*line, "\n"]);
        }
    }
    text
}

fn tags_of(note: &Annotation) -> Vec<&str> {
    note.tags.iter().map(Tag::as_str).collect()
}

/// The quotation on a line, then what else there is, indented.
fn lines_of(listed: &Listed) -> Vec<String> {
    let Listed { note, found, quote, reads_now, headings, .. } = listed;
    let quote = if note.is_bookmark() { "(bookmark)".to_owned() } else { one_line(quote) };
    let now = (!reads_now.is_empty()).then(|| format!("reads now: {}", one_line(reads_now)));
    let headings = headings.iter().map(|heading| one_line(heading)).collect::<Vec<_>>().join(" › ");
    let facts = [headings, listed.place(), tags_of(note).join(" · ")];
    let answers = note.answers.iter().map(|far_end| {
        let title = if far_end.title.is_empty() { &far_end.place } else { &far_end.title };
        format!("⇄ {}: {}", one_line(title), one_line(&far_end.anchor.quote))
    });
    let below = now.into_iter().chain(facts.into_iter().filter(|fact| !fact.is_empty())).chain(answers);
    let below = below.chain(note.text.lines().map(str::to_owned)).map(|line| format!("    {line}"));
    [format!("{quote}  [{}]", state_name(found.state()))].into_iter().chain(below).collect()
}

fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).map(str::trim).collect::<Vec<_>>().concat()
}

fn as_json(listed: &Listed) -> Value {
    let Listed { file, note, found, locus, clause, quote, reads_now, headings } = listed;
    json!({
        "document": file.to_string_lossy(),
        "id": note.id.to_string(),
        "quote": quote,
        "reads_now": Some(reads_now).filter(|now| !now.is_empty()),
        "headings": headings,
        "clause": clause,
        "paragraphs": locus.paragraphs.as_ref().map(|numbers| [*numbers.start(), *numbers.end()]),
        "pages": locus.pages.as_ref().map(|(first, last)| [first, last]),
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
