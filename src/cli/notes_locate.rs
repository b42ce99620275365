//! `duidu notes locate`.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::notes::{counted, state_name};
use super::output::{Failure, Out};
use super::{Choices, Outcome, read_or_fail};
use crate::document::Document;
use crate::notes::{Annotation, Found, Target, locate_note};
use crate::store::kept_in_file;
use crate::text::Span;

#[derive(Args, Debug)]
pub(super) struct LocateArguments {
    /// The file of notes.
    notes: PathBuf,
    /// The document to find them in, whatever it is called.
    document: PathBuf,
    /// As JSON: of each note its state, span in bytes and in code points, likeness, and the places it could be.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    choices: Choices,
}

pub(super) fn run(arguments: &LocateArguments, out: &mut Out) -> Result<Outcome, Failure> {
    let kept = kept_in_file(&arguments.notes).map_err(|reason| Failure::told(&reason))?;
    let choices = arguments.choices.chosen().unwrap_or_else(|| kept.choices.clone());
    let document = read_or_fail(&arguments.document, &choices)?.document;
    let target = Target::new(&document);
    let located: Vec<_> = kept.notes().map(|note| (note, locate_note(note, &target))).collect();
    if arguments.json {
        out.json(&located.iter().map(|(note, found)| as_json(note, found, &document)).collect())?;
    } else {
        print(&located, &document, out)?;
    }
    let all_found = located.iter().all(|(_, found)| found.span().is_some());
    Ok(if all_found { Outcome::Done } else { Outcome::Lacking })
}

fn print(located: &[(&Annotation, Found)], document: &Document, out: &mut Out) -> Result<(), Failure> {
    for (note, found) in located {
        let words = found.span().and_then(|span| span.of(document.text())).unwrap_or(&note.anchor.quote);
        let place = found.span().map(|span| format!(" {}–{}", span.start(), span.end())).unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        out.line(&format!("{}{place} {words}", state_name(found.state())))?;
    }
    let count = |state| located.iter().filter(|(_, found)| found.state() == state).count();
    out.line(&counted(count))
}

fn as_json(note: &Annotation, found: &Found, document: &Document) -> Value {
    let candidates = match found {
        Found::Unsure { candidates } => candidates.as_slice(),
        _ => &[],
    };
    let possible = candidates.iter().map(|&(span, likeness)| place_as_json(span, likeness, document));
    let mut place = json!({
        "id": note.id.to_string(),
        "quote": note.anchor.quote,
        "state": state_name(found.state()),
        "candidates": possible.collect::<Vec<_>>(),
    });
    let likeness = if let Found::Moved { likeness, .. } = found { *likeness } else { 1.0 };
    let found = found.span().map(|span| place_as_json(span, likeness, document));
    for field in ["span", "code_points", "likeness", "words"] {
        place[field] = found.as_ref().map_or(Value::Null, |found| found[field].clone());
    }
    place
}

fn place_as_json(span: Span, likeness: f32, document: &Document) -> Value {
    let before = |end: u32| Span::new(0, end).of(document.text()).unwrap_or_default().chars().count();
    json!({
        "span": [span.start(), span.end()],
        "code_points": [before(span.start()), before(span.end())],
        "likeness": (f64::from(likeness) * 10_000.0).round() / 10_000.0,
        "words": span.of(document.text()),
    })
}
