//! `duidu convert`.

use std::io::Read;
use std::path::PathBuf;

use clap::Args;

use super::output::{Failure, Out};
use super::{Outcome, ShownIn, Stores, complain, converters, corrections_for_all};
use crate::document::{Document, Format};
use crate::import::ReadOptions;
use crate::session::Place;
use crate::store::{Touch, read_bytes};
use crate::text::Corrections;

#[derive(Args, Debug)]
pub(super) struct ConvertArguments {
    #[command(flatten)]
    shown: ShownIn,
    /// The encoding of the text, instead of the one that is detected.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The text; its markup, if it has any, is text too. The result is in UTF-8.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

pub(super) fn run(arguments: &ConvertArguments, stores: &Stores, out: &mut Out) -> Result<Outcome, Failure> {
    let document = read_text(arguments)?;
    let corrections = corrections(arguments, &document, stores);
    let converters = converters(&stores.home)?;
    let (written, script) = (document.written(), arguments.shown.script());
    // By the line, so that what was converted can be read while the rest is.
    for line in document.text().split_inclusive('\n') {
        let shown = converters.show(written, script, &corrections, line);
        let shown = shown.map_err(|error| Failure::told(&error.to_string()))?;
        out.text(&shown.text)?;
    }
    Ok(Outcome::Done)
}

/// The whole text as it is, markup and all.
fn read_text(arguments: &ConvertArguments) -> Result<Document, Failure> {
    let name = arguments.file.as_ref().map_or("standard input".to_owned(), |file| file.display().to_string());
    let failed = |reason: &str| Failure::told(&format!("{reason}: {name}"));
    let bytes = match &arguments.file {
        Some(file) => std::fs::read(file),
        None => read_all(std::io::stdin().lock()),
    };
    let bytes = bytes.map_err(|error| failed(&format!("cannot read the text: {error}")))?;
    let format = Some(Format::PlainText);
    let options = ReadOptions { encoding: arguments.encoding.clone(), format, ..ReadOptions::default() };
    let imported =
        read_bytes(&name, bytes, &options, &mut |_| {}).map_err(|error| failed(&error.to_string()))?;
    for warning in &imported.warnings {
        complain(&format!("{warning}: {name}"));
    }
    Ok(imported.document)
}

fn read_all(mut from: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).map(|_| bytes)
}

/// The reader's for this document and for all of them.
fn corrections(arguments: &ConvertArguments, document: &Document, stores: &Stores) -> Corrections {
    let everywhere = corrections_for_all(&stores.home);
    let Some(file) = &arguments.file else { return everywhere };
    let loaded = stores.notes.load(&Place::File(file.clone()), document.id(), Touch::Nothing);
    loaded.kept.corrections.merged(&everywhere)
}
