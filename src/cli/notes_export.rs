//! `duidu notes export`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::notes::{Annotated, InScript, NotesOf, Wanted, complain_of, load_unread, read_file};
use super::output::{Destination, Failure, Out};
use super::{Outcome, ScriptName, Stores, complain, converters};
use crate::compare::Unwatched;
use crate::document::{Bibliography, Document};
use crate::export::citation::CitationStyle;
use crate::export::{Grouping, Order, Template, Words};
use crate::notes::{NoteWords, ReadyQuery};
use crate::session::{
    CiteJob, ExportChoices, ExportFormat, ExportJob, ExportRequest, ExportScope, ExportSource, NotExported,
    Place, Restored, SourceNote,
};
use crate::store::{CodebookStore, Home, StateStore, own_templates, template_from};
use crate::text::{Form, Script};

#[derive(Args, Debug)]
pub(super) struct ExportArguments {
    #[command(flatten)]
    notes: NotesOf,
    #[command(flatten)]
    wanted: Wanted,
    /// The format; without it that of the ending of --out, or else markdown.
    #[arg(long, value_name = "FORMAT", ignore_case = true, value_parser = formats())]
    format: Option<ExportFormat>,
    /// The template: the name of an included one or of one's own, or a file. The format is then `template`.
    #[arg(long, value_name = "NAME", required_if_eq("format", "template"))]
    template: Option<String>,
    #[command(flatten)]
    script: InScript,
    /// Exchange words for those of the region of that script too.
    #[arg(long, requires = "to")]
    words: bool,
    /// Show each quotation as written too, where that is another script.
    #[arg(long, requires = "to")]
    both: bool,
    /// In which order notes stand.
    #[arg(long, value_name = "ORDER", default_value = "place", value_parser = orders())]
    order: Order,
    /// By what notes are grouped.
    #[arg(long, value_name = "GROUPING", default_value = "headings", value_parser = groupings())]
    group: Grouping,
    /// The style of references; without it the one that was chosen in the window.
    #[arg(long, value_name = "STYLE", value_parser = styles())]
    citation: Option<CitationStyle>,
    /// Say where the documents lie.
    #[arg(long)]
    paths: bool,
    /// Whose comments they are, for the format `docx-comments`.
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    #[command(flatten)]
    destination: Destination,
}

fn formats() -> impl TypedValueParser<Value = ExportFormat> {
    let names =
        ExportFormat::ALL.map(|format| PossibleValue::new(format.name()).aliases(other_names(format)));
    PossibleValuesParser::new(names).map(|name| format_called(&name).unwrap_or_default())
}

/// What a format is called too, by its endings and by other commands.
fn other_names(format: ExportFormat) -> &'static [&'static str] {
    match format {
        ExportFormat::Markdown => &["md"],
        ExportFormat::Html => &["htm"],
        ExportFormat::Text => &["txt"],
        ExportFormat::JsonLd => &["jsonld", "json"],
        _ => &[],
    }
}

fn format_called(name: &str) -> Option<ExportFormat> {
    let is_called = |called: &&str| called.eq_ignore_ascii_case(name);
    let named =
        |format: &ExportFormat| is_called(&format.name()) || other_names(*format).iter().any(is_called);
    ExportFormat::ALL.into_iter().find(named)
}

fn orders() -> impl TypedValueParser<Value = Order> {
    PossibleValuesParser::new(Order::ALL.map(Order::name)).map(Order::from)
}

fn groupings() -> impl TypedValueParser<Value = Grouping> {
    PossibleValuesParser::new(Grouping::ALL.map(Grouping::name)).map(Grouping::from)
}

fn styles() -> impl TypedValueParser<Value = CitationStyle> {
    let called = |name: &str| CitationStyle::ALL.into_iter().find(|style| style_name(*style) == name);
    PossibleValuesParser::new(CitationStyle::ALL.map(style_name))
        .map(move |name| called(&name).unwrap_or_default())
}

fn style_name(style: CitationStyle) -> &'static str {
    match style {
        CitationStyle::GbNumeric => "gb-numeric",
        CitationStyle::GbAuthorDate => "gb-author-date",
        CitationStyle::GbNote => "gb-note",
        CitationStyle::ChicagoNotes => "chicago-notes",
        CitationStyle::ChicagoAuthorDate => "chicago-author-date",
        CitationStyle::Apa => "apa",
        CitationStyle::Mla => "mla",
        CitationStyle::Mhra => "mhra",
        CitationStyle::Harvard => "harvard",
    }
}

pub(super) fn run(arguments: &ExportArguments, stores: &Stores, out: &mut Out) -> Result<Outcome, Failure> {
    let files = arguments.notes.files(stores);
    let documents: Vec<_> = files.iter().map(PathBuf::as_path).collect();
    let target = arguments.destination.target(&documents, &stores.home)?;
    let format = arguments.format()?;
    if !format.is_text() && target.is_terminal(out) {
        return Err(Failure::told("this format is no text: write it to a file with --out"));
    }
    let templates = templates(arguments, &stores.home)?;
    let kept = StateStore::new(stores.home.clone()).load().0;
    let (sources, failed) = sources(arguments, &documents, &kept, stores)?;
    let found = !sources.is_empty();
    say_what_has_two_texts(&sources);
    if found {
        let job = ExportJob {
            sources,
            request: request(arguments, format),
            templates,
            converters: Arc::new(converters(&stores.home)?),
            zone: TimeZone::system(),
            made: Timestamp::now(),
            codebook: Arc::new(CodebookStore::new(stores.home.clone()).read().codebook),
        };
        target.deliver(&job.run(&Unwatched).map_err(|error| told(&error))?, out)?;
    }
    Ok(Outcome::of(found, failed))
}

/// Both texts of a note are exported, and the reader should know that one is to be chosen.
fn say_what_has_two_texts(sources: &[ExportSource]) {
    for source in sources {
        let all = source.notes.len();
        let two = source.notes.iter().filter(|note| source.conflicts.contains_key(&note.note.id)).count();
        if two > 0 {
            let place = source.place.to_words();
            complain(&format!("{two} of {all} notes have two texts to choose from: {place}"));
        }
    }
}

fn told(error: &NotExported) -> Failure {
    Failure::Told(error.to_string())
}

impl ExportArguments {
    /// Errors: no format has the ending of the file; or what is asked for is nothing for the format.
    fn format(&self) -> Result<ExportFormat, Failure> {
        let of_template = self.template.as_ref().map(|_| ExportFormat::Template);
        let ending_in =
            |ending: &str| format_called(ending).filter(|format| *format != ExportFormat::Template);
        let named = self.format.or(of_template);
        let format = self.destination.format(named, ExportFormat::Markdown, ending_in)?;
        if of_template.is_some_and(|template| template != format) {
            return Err(Failure::told("--template is for the format template alone"));
        }
        if self.author.is_some() && format != ExportFormat::DocxComments {
            return Err(Failure::told("--author is for the format docx-comments alone"));
        }
        Ok(format)
    }
}

/// The documents with the notes that are wanted, where there are any; and whether one of them could not be read. Its
/// notes are exported without its text.
fn sources(
    arguments: &ExportArguments,
    files: &[&Path],
    kept: &Restored,
    stores: &Stores,
) -> Result<(Vec<ExportSource>, bool), Failure> {
    let query = arguments.wanted.query();
    let query = query.ready(&TimeZone::UTC);
    let (mut sources, mut failed) = (Vec::new(), false);
    for file in files {
        let mut source = match read_file(file, &arguments.notes.choices, stores) {
            Ok(annotated) => read_source(file, annotated, arguments.citation, kept),
            Err(failure) => {
                failure.say()?;
                failed = true;
                unread_source(file, stores)
            }
        };
        source.notes.retain(|note| is_wanted(note, &query));
        sources.push(source);
    }
    sources.retain(|source| !source.notes.is_empty());
    Ok((sources, failed))
}

fn is_wanted(SourceNote { note, state, .. }: &SourceNote, query: &ReadyQuery<'_>) -> bool {
    query.wants(note, &NoteWords::of(note), (*state).into())
}

fn read_source(
    file: &Path,
    annotated: Annotated,
    style: Option<CitationStyle>,
    kept: &Restored,
) -> ExportSource {
    complain_of(&annotated.loaded.file);
    let Annotated { document, loaded, found } = annotated;
    let notes = loaded.kept.annotations.iter().zip(&found);
    ExportSource {
        place: Place::File(file.to_owned()),
        notes: notes.map(|(note, found)| SourceNote::found(Arc::clone(note), found)).collect(),
        title: String::new(),
        text: None,
        citation: cited(loaded.kept.bibliography.as_ref(), &document, style, kept),
        corrections: loaded.kept.corrections.merged(&kept.corrections),
        conflicts: loaded.kept.conflicts.clone(),
        document: Some(Arc::new(document)),
    }
}

fn unread_source(file: &Path, stores: &Stores) -> ExportSource {
    let loaded = load_unread(file, stores);
    complain_of(&loaded.file);
    let notes = loaded.kept.annotations.into_iter();
    ExportSource {
        place: Place::File(file.to_owned()),
        notes: notes.map(SourceNote::unplaced).collect(),
        title: loaded.kept.title,
        text: loaded.kept.text,
        citation: None,
        corrections: loaded.kept.corrections,
        conflicts: loaded.kept.conflicts,
        document: None,
    }
}

/// What the reader says of the document, over what it says of itself; `None` where neither says more than a title and
/// no style was asked for.
fn cited(
    own: Option<&Bibliography>,
    document: &Document,
    asked: Option<CitationStyle>,
    kept: &Restored,
) -> Option<CiteJob> {
    let bibliography = own.cloned().unwrap_or_default().over(&Bibliography::guessed(document));
    let known = own.is_some() || asked.is_some() || bibliography.says_source();
    let style = asked.unwrap_or(kept.settings.citation_style);
    known.then(|| CiteJob { bibliography, style, place: String::new() })
}

/// Every template, the one that was asked for first.
fn templates(arguments: &ExportArguments, home: &Home) -> Result<Vec<Template>, Failure> {
    let Some(wanted) = arguments.template.as_deref() else { return Ok(Vec::new()) };
    let (own, faults) = own_templates(home);
    for fault in faults {
        complain(&fault);
    }
    let mut all: Vec<Template> = own.into_iter().chain(Template::included()).collect();
    let is_wanted = |template: &Template| template.name == wanted || template.file() == wanted;
    let chosen = match all.iter().position(is_wanted) {
        Some(index) => all.remove(index),
        None => template_file(wanted, &all)?,
    };
    all.insert(0, chosen);
    Ok(all)
}

fn template_file(path: &str, known: &[Template]) -> Result<Template, Failure> {
    let read = template_from(path.as_ref());
    let names = || known.iter().map(|template| template.name.as_str()).collect::<Vec<_>>().join(", ");
    let unknown = |reason: &str| Failure::told(&format!("{reason}; the templates are: {}", names()));
    let template = read.map_err(|error| unknown(&error.to_string()))?;
    template.ok_or_else(|| unknown(&format!("a template is called NAME.ENDING.j2, not {path}")))
}

fn request(arguments: &ExportArguments, format: ExportFormat) -> ExportRequest {
    let ScriptName(form) = arguments.script.to;
    let script = Script { form, regional_words: arguments.words && form != Form::AsWritten };
    ExportRequest {
        choices: ExportChoices {
            scope: ExportScope::Document,
            format,
            template: String::new(),
            script: Some(script),
            both_scripts: arguments.both,
            order: arguments.order,
            grouping: arguments.group,
            places: arguments.paths,
            author: arguments.author.clone().unwrap_or_default(),
        },
        shown: script,
        words: Words::english(),
        interface_language: "en".to_owned(),
    }
}
