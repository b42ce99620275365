//! `duidu compare`.

mod progress;
mod section;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use jiff::Timestamp;

use super::output::{Destination, Failure, Out, Target};
use super::{Choices, Outcome, ScriptName, Stores, complain, converters, corrections_for_all, read_or_fail};
use crate::compare::{Comparison, Guidance, Lexicon, Part, Side, compare, is_compared};
use crate::document::Document;
use crate::export::comparison::{Column, ComparisonExport, ComparisonFormat, ComparisonWords};
use crate::session::Place;
use crate::store::{Home, Touch, lexicon, lexicon_from};
use crate::text::{Converters, Form, Script, Shown};

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct CompareArguments {
    /// The document on the left.
    #[arg(value_name = "LEFT")]
    left: PathBuf,
    /// The document on the right; the same one to read two of its sections against each other.
    #[arg(value_name = "RIGHT")]
    right: PathBuf,
    /// The format; without it that of the ending of --out, or else md.
    #[arg(long, value_name = "FORMAT", ignore_case = true)]
    format: Option<FormatName>,
    #[command(flatten)]
    destination: Destination,
    /// Compare only this section of the left document: the words of its heading, or the index of a block in
    /// it (see `duidu read --json`).
    #[arg(long, value_name = "SECTION")]
    left_section: Option<String>,
    /// Compare only this section of the right document.
    #[arg(long, value_name = "SECTION")]
    right_section: Option<String>,
    /// The script of the left column.
    #[arg(long, value_name = "SCRIPT", ignore_case = true, default_value = "as-written")]
    left_script: ScriptName,
    /// The script of the right column.
    #[arg(long, value_name = "SCRIPT", ignore_case = true, default_value = "as-written")]
    right_script: ScriptName,
    /// Exchange words for those of the region of either script too (网络 and 網路).
    #[arg(long)]
    words: bool,
    /// The encoding of the left document, instead of the one that is detected.
    #[arg(long, value_name = "NAME")]
    encoding_left: Option<String>,
    /// The encoding of the right document.
    #[arg(long, value_name = "NAME")]
    encoding_right: Option<String>,
    /// Use the themes of this file besides the standard ones: a line each, a name, a tabulator, words with spaces
    /// between them. Without it those of themes.tsv in the folder for settings.
    #[arg(long, value_name = "FILE")]
    themes: Option<PathBuf>,
    /// Say where the documents lie, not only what they are called.
    #[arg(long)]
    paths: bool,
    /// Do not mark what differs in script, width, punctuation or regional words only.
    #[arg(long)]
    no_slight: bool,
    /// Read what the file did to the text (broken lines, indents) instead of repairing it.
    #[arg(long)]
    no_repairs: bool,
}

/// The name of a format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct FormatName(ComparisonFormat);

impl ValueEnum for FormatName {
    fn value_variants<'a>() -> &'a [Self] {
        const NAMES: [FormatName; 6] = [
            FormatName(ComparisonFormat::Markdown),
            FormatName(ComparisonFormat::Json),
            FormatName(ComparisonFormat::Html),
            FormatName(ComparisonFormat::Csv),
            FormatName(ComparisonFormat::Docx),
            FormatName(ComparisonFormat::Xlsx),
        ];
        &NAMES
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let name = PossibleValue::new(self.0.ending());
        Some(match self.0 {
            ComparisonFormat::Markdown => name.alias("markdown").help("the table as Markdown"),
            ComparisonFormat::Json => name.help("everything that was found, for programs"),
            ComparisonFormat::Html => {
                name.alias("htm").help("the table as one page, for the screen and for print")
            }
            ComparisonFormat::Csv => name.help("the links as values separated by commas"),
            ComparisonFormat::Docx => name.help("the table for a word processor"),
            ComparisonFormat::Xlsx => name.help("the links for a spreadsheet"),
        })
    }
}

/// One document as the arguments name it.
struct Asked<'a> {
    file: &'a Path,
    section: Option<&'a str>,
    script: Script,
    choices: Choices,
    /// Whether to say where it lies.
    path: bool,
}

pub(super) fn run(arguments: &CompareArguments, stores: &Stores, out: &mut Out) -> Result<Outcome, Failure> {
    let target = arguments.destination.target(&[&arguments.left, &arguments.right], &stores.home)?;
    let format = format(arguments)?;
    check_words(arguments)?;
    check_terminal(format, target, out)?;
    let [left, right] = Side::BOTH.map(|side| asked(arguments, side));
    let (left_part, right_part) = (part(&left, stores)?, part(&right, stores)?);
    let guidance = Guidance { rulings: Vec::new(), lexicon: lexicon_for(arguments, &stores.home)? };
    let comparison = progress::shown(|watcher| {
        compare(&left_part, &right_part, &guidance, watcher)
            .map_err(|error| Failure::told(&error.to_string()))
    })?;
    let converters = converters_for([&left, &right], &stores.home)?;
    let export = ComparisonExport {
        left: column(&left, left_part.document(), stores, converters.as_ref())?,
        right: column(&right, right_part.document(), stores, converters.as_ref())?,
        links: ComparisonExport::all_links(&comparison),
        only_here: true,
        slight: !arguments.no_slight,
        notes: Vec::new(),
        words: ComparisonWords::english(),
        interface_language: "en".to_owned(),
        made: Timestamp::now(),
        comparison: Arc::new(comparison),
    };
    say_what_is_empty(&export.comparison, [left.file, right.file]);
    let bytes = format.write(&export).map_err(|error| Failure::told(&error.to_string()))?;
    target.deliver(&bytes, out)?;
    Ok(Outcome::Done)
}

/// The standard lexicon with the themes of the file that is named, or else with the reader's own.
fn lexicon_for(arguments: &CompareArguments, home: &Home) -> Result<Lexicon, Failure> {
    let lexicon = arguments.themes.as_deref().map_or_else(|| lexicon(home), lexicon_from);
    lexicon.map_err(|error| Failure::Told(error.to_string()))
}

fn asked(arguments: &CompareArguments, side: Side) -> Asked<'_> {
    let (file, section, ScriptName(form), encoding) = match side {
        Side::Left => {
            (&arguments.left, &arguments.left_section, arguments.left_script, &arguments.encoding_left)
        }
        Side::Right => {
            (&arguments.right, &arguments.right_section, arguments.right_script, &arguments.encoding_right)
        }
    };
    Asked {
        file,
        section: section.as_deref(),
        script: Script { form, regional_words: arguments.words && form != Form::AsWritten },
        choices: Choices { encoding: encoding.clone(), no_repairs: arguments.no_repairs, password: None },
        path: arguments.paths,
    }
}

fn part(asked: &Asked<'_>, stores: &Stores) -> Result<Part, Failure> {
    let choices = stores.choices(&asked.choices, &Place::File(asked.file.to_owned()));
    let imported = read_or_fail(asked.file, &choices)?;
    let document = Arc::new(imported.document);
    match asked.section {
        None => Ok(Part::whole(document)),
        Some(section) => section::find(&document, section)
            .map_err(|reason| Failure::told(&format!("{reason}: {}", asked.file.display()))),
    }
}

/// What converts, where a column is not as written: without need no dictionaries are written.
fn converters_for(columns: [&Asked<'_>; 2], home: &Home) -> Result<Option<Converters>, Failure> {
    let converted = columns.iter().any(|column| column.script.form != Form::AsWritten);
    converted.then(|| converters(home)).transpose()
}

/// The document in the script of its column, by the reader's corrections.
fn column(
    asked: &Asked<'_>,
    document: &Document,
    stores: &Stores,
    converters: Option<&Converters>,
) -> Result<Column, Failure> {
    let place = Place::File(asked.file.to_owned());
    let path = if asked.path { asked.file.display().to_string() } else { place.name() };
    let Some(converters) = converters else {
        return Column::new(document, &path, asked.script, |text| Ok(Shown::as_written(text)));
    };
    let loaded = stores.notes.load(&place, document.id(), Touch::Nothing);
    let corrections = loaded.kept.corrections.merged(&corrections_for_all(&stores.home));
    let written = document.written();
    let show = |text: &str| converters.show(written, asked.script, &corrections, text);
    Column::new(document, &path, asked.script, show).map_err(|error| Failure::told(&error.to_string()))
}

/// A side without anything to compare has an answer too, an empty one, but the reader should know why. That a file
/// is empty was said when it was read.
fn say_what_is_empty(comparison: &Comparison, files: [&Path; 2]) {
    for (side, file) in Side::BOTH.into_iter().zip(files) {
        let part = comparison.part(side);
        let empty = !part.blocks().any(|(_, block)| is_compared(block.kind));
        if empty && !part.document().blocks().is_empty() {
            complain(&format!("nothing here is compared: {}", file.display()));
        }
    }
}

/// The format that is asked for by name, or else by the ending of the file to write.
fn format(arguments: &CompareArguments) -> Result<ComparisonFormat, Failure> {
    let ending_in = |ending: &str| FormatName::from_str(ending, true).ok();
    let usual = FormatName(ComparisonFormat::Markdown);
    let FormatName(format) = arguments.destination.format(arguments.format, usual, ending_in)?;
    Ok(format)
}

/// Errors: words of a region are asked for, and no column is in a script of one.
fn check_words(arguments: &CompareArguments) -> Result<(), Failure> {
    let scripts = [arguments.left_script, arguments.right_script];
    if arguments.words && scripts.iter().all(|ScriptName(form)| *form == Form::AsWritten) {
        return Err(Failure::told("--words needs the script of a column: --left-script or --right-script"));
    }
    Ok(())
}

/// A terminal gets only text.
fn check_terminal(format: ComparisonFormat, target: Target<'_>, out: &Out) -> Result<(), Failure> {
    if format.is_text() || !target.is_terminal(out) {
        return Ok(());
    }
    Err(Failure::Told(format!("{} is nothing for a terminal: name a file with --out", format.ending())))
}
