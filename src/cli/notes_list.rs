//! `duidu notes list`.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::notes::{complain_of, read_file, state_name};
use super::output::{Failure, Out};
use super::{Choices, Outcome, complain};
use crate::document::TextId;
use crate::notes::{Annotation, FarEnd, Found, NoteQuery, NoteWords, Tag, TagWish};
use crate::session::Place;
use crate::store::{Home, NotesStore, Touch, documents_in};

#[derive(Args, Debug)]
pub(super) struct ListArguments {
    /// The documents. Of a folder all documents that have notes, also in the folders in it.
    #[arg(value_name = "FILE|FOLDER", required = true)]
    places: Vec<PathBuf>,
    /// Only notes with this tag, or with one that is nested in it; given several times, with all of them.
    #[arg(long = "tag", value_name = "TAG", value_parser = Tag::new)]
    tags: Vec<Tag>,
    /// Only notes that quote or say all of these words, in either script; a \"phrase\" as a whole.
    #[arg(long, value_name = "WORDS", default_value = "")]
    text: String,
    /// As JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    choices: Choices,
}

/// A note that is listed.
struct Listed {
    file: PathBuf,
    note: Annotation,
    found: Found,
}

pub(super) fn run(arguments: &ListArguments, out: &mut Out) -> Result<Outcome, Failure> {
    let home = Home::find();
    let query = query_of(arguments);
    let (mut listed, mut failed) = (Vec::new(), None);
    for file in files_of(&arguments.places, &home) {
        match notes_of(&file, arguments, &query, &home) {
            Ok(notes) => listed.extend(notes),
            Err(Failure::NobodyListens) => return Err(Failure::NobodyListens),
            // The other documents are listed all the same.
            Err(Failure::Told(reason)) => failed.replace(reason).iter().for_each(|earlier| complain(earlier)),
        }
    }
    if arguments.json {
        out.json(&listed.iter().map(as_json).collect())?;
    } else {
        print_all(&listed, out)?;
    }
    match failed {
        Some(reason) => Err(Failure::Told(reason)),
        None if listed.is_empty() => Ok(Outcome::Lacking),
        None => Ok(Outcome::Done),
    }
}

fn query_of(arguments: &ListArguments) -> NoteQuery {
    let mut query = NoteQuery { text: arguments.text.clone(), ..NoteQuery::default() };
    arguments.tags.iter().for_each(|tag| query.set_wish(tag, Some(TagWish::Needed)));
    query
}

/// The documents that are named, and those in folders that have notes.
fn files_of(places: &[PathBuf], home: &Home) -> Vec<PathBuf> {
    let store = NotesStore::new(home.clone());
    let has_notes = |file: &PathBuf| {
        let loaded = store.load(&Place::File(file.clone()), TextId::of(""), Touch::Nothing);
        let wrong = loaded.file.read_only.is_some() || !loaded.file.remarks.is_empty();
        wrong || !loaded.kept.annotations.is_empty()
    };
    let mut files = Vec::new();
    for place in places {
        if place.is_dir() {
            let (documents, remarks) = documents_in(place);
            for remark in &remarks {
                complain(remark);
            }
            files.extend(documents.into_iter().filter(has_notes));
        } else {
            files.push(place.clone());
        }
    }
    files
}

fn notes_of(
    file: &Path,
    arguments: &ListArguments,
    query: &NoteQuery,
    home: &Home,
) -> Result<Vec<Listed>, Failure> {
    let annotated = read_file(file, arguments.choices.chosen(), home)?;
    complain_of(&annotated.loaded.file);
    let query = query.ready(&TimeZone::UTC);
    let wanted = annotated
        .notes()
        .filter(|(note, found)| query.wants(note, &NoteWords::of(note), Some(found.state()).into()));
    let listed = |(note, found): (&Annotation, &Found)| Listed {
        file: file.to_owned(),
        note: note.clone(),
        found: found.clone(),
    };
    Ok(wanted.map(listed).collect())
}

/// Where the notes are of several documents, each is named before its notes.
fn print_all(listed: &[Listed], out: &mut Out) -> Result<(), Failure> {
    let several =
        listed.windows(2).any(|two| two.first().map(|one| &one.file) != two.last().map(|one| &one.file));
    let mut before: Option<&Path> = None;
    for Listed { file, note, found } in listed {
        if several && before != Some(file) {
            out.line(&format!("{}:", file.display()))?;
            before = Some(file);
        }
        print(note, found, out)?;
    }
    Ok(())
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

fn as_json(Listed { file, note, found }: &Listed) -> Value {
    json!({
        "document": file.to_string_lossy(),
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
