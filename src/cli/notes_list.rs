//! `duidu notes list`.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::notes::{Annotated, InScript, NotesOf, Wanted, complain_of, read_file, state_name};
use super::output::{Failure, Out};
use super::{Outcome, ScriptName, Stores, converters, corrections_for_all};
use crate::document::Locus;
use crate::notes::{Annotation, FarEnd, Found, NoteWords, ReadyQuery, Tag};
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
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// A note that is listed; its words of the document are in the script of choice.
struct Listed {
    file: PathBuf,
    note: Annotation,
    found: Found,
    locus: Locus,
    clause: Option<String>,
    quote: String,
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
        let clause = locus.clauses_as_written(&of.document);
        let headings = note.anchor.headings.iter().map(|heading| shown.text(of, heading));
        Ok(Self {
            file: file.to_owned(),
            clause: clause.map(|clause| shown.text(of, &clause)).transpose()?,
            quote: shown.text(of, &note.anchor.quote)?,
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
    let (mut listed, mut failed) = (Vec::new(), false);
    for file in arguments.notes.files(stores) {
        match notes_of(&file, arguments, &query, (stores, &shown)) {
            Ok(notes) => listed.extend(notes),
            Err(failure) => {
                failure.say()?;
                failed = true;
            }
        }
    }
    if arguments.json {
        out.json(&listed.iter().map(as_json).collect())?;
    } else {
        print_all(&listed, out)?;
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
fn print_all(listed: &[Listed], out: &mut Out) -> Result<(), Failure> {
    let several =
        listed.windows(2).any(|two| two.first().map(|one| &one.file) != two.last().map(|one| &one.file));
    let mut before: Option<&Path> = None;
    for one in listed {
        if several && before != Some(&one.file) {
            out.line(&format!("{}:", one.file.display()))?;
            before = Some(&one.file);
        }
        print(one, out)?;
    }
    Ok(())
}

fn tags_of(note: &Annotation) -> Vec<&str> {
    note.tags.iter().map(Tag::as_str).collect()
}

/// The quotation on a line, then what else there is, indented.
fn print(listed: &Listed, out: &mut Out) -> Result<(), Failure> {
    let Listed { note, found, quote, headings, .. } = listed;
    let quote = if note.is_bookmark() { "(bookmark)".to_owned() } else { one_line(quote) };
    out.line(&format!("{quote}  [{}]", state_name(found.state())))?;
    let headings = headings.iter().map(|heading| one_line(heading)).collect::<Vec<_>>().join(" › ");
    let tags = tags_of(note).join(" · ");
    for fact in [headings, listed.place(), tags].iter().filter(|fact| !fact.is_empty()) {
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

fn as_json(listed: &Listed) -> Value {
    let Listed { file, note, found, locus, clause, quote, headings } = listed;
    json!({
        "document": file.to_string_lossy(),
        "id": note.id.to_string(),
        "quote": quote,
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
