//! `duidu notes export`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::notes::{Annotated, complain_of, read_file};
use super::output::{Destination, Failure, Out};
use super::{Choices, Outcome, ScriptName, converters, corrections_for_all};
use crate::compare::Unwatched;
use crate::document::{Bibliography, Document};
use crate::export::citation::CitationStyle;
use crate::export::{Grouping, Order, Template, Words};
use crate::notes::Tag;
use crate::session::{
    CiteJob, ExportChoices, ExportFormat, ExportJob, ExportRequest, ExportScope, ExportSource, NotExported,
    Place, SourceNote,
};
use crate::store::{CodebookStore, Home, documents_in, own_templates, template_from};
use crate::text::{Corrections, Form, Script};

#[derive(Args, Debug)]
pub(super) struct ExportArguments {
    /// The documents. Of a folder all documents in it that have notes.
    #[arg(value_name = "FILE|FOLDER", required = true)]
    places: Vec<PathBuf>,
    #[command(flatten)]
    reading: Choices,
    /// The format.
    #[arg(long, value_name = "FORMAT", default_value = "markdown", value_parser = formats())]
    format: ExportFormat,
    /// The template, for the format `template`: the name of an included one or of one's own, or a file.
    #[arg(long, value_name = "NAME", required_if_eq("format", "template"))]
    template: Option<String>,
    /// The script of headings and quotations.
    #[arg(long, value_name = "SCRIPT", ignore_case = true, default_value = "as-written", alias = "script")]
    to: ScriptName,
    /// Exchange words for those of the region too.
    #[arg(long)]
    words: bool,
    /// Show each quotation as written too, where that is another script.
    #[arg(long)]
    both: bool,
    /// Only notes with this tag, or one nested in it; several are alternatives.
    #[arg(long, value_name = "TAG", value_parser = Tag::new)]
    tag: Vec<Tag>,
    /// In which order notes stand.
    #[arg(long, value_name = "ORDER", default_value = "place", value_parser = orders())]
    order: Order,
    /// By what notes are grouped.
    #[arg(long, value_name = "GROUPING", default_value = "headings", value_parser = groupings())]
    group: Grouping,
    /// Say where the documents lie.
    #[arg(long)]
    paths: bool,
    /// Whose comments they are, for the format `docx-comments`.
    #[arg(long, value_name = "NAME", default_value = "")]
    author: String,
    #[command(flatten)]
    destination: Destination,
}

fn formats() -> impl TypedValueParser<Value = ExportFormat> {
    PossibleValuesParser::new(ExportFormat::ALL.map(ExportFormat::name)).map(ExportFormat::from)
}

fn orders() -> impl TypedValueParser<Value = Order> {
    PossibleValuesParser::new(Order::ALL.map(Order::name)).map(Order::from)
}

fn groupings() -> impl TypedValueParser<Value = Grouping> {
    PossibleValuesParser::new(Grouping::ALL.map(Grouping::name)).map(Grouping::from)
}

pub(super) fn run(arguments: &ExportArguments, out: &mut Out) -> Result<Outcome, Failure> {
    let home = Home::find();
    let files = files(&arguments.places);
    let documents: Vec<_> = files.iter().map(PathBuf::as_path).collect();
    let target = arguments.destination.target(&documents)?;
    let format = arguments.format;
    if !format.is_text() && target.is_terminal(out) {
        return Err(Failure::told("this format is no text: write it to a file with --out"));
    }
    let job = job(arguments, &documents, &home)?;
    if job.note_count() == 0 {
        return Ok(Outcome::Lacking);
    }
    let bytes = job.run(&Unwatched).map_err(|error| told(&error))?;
    target.deliver(&bytes, out)?;
    Ok(Outcome::Done)
}

fn told(error: &NotExported) -> Failure {
    Failure::Told(error.to_string())
}

/// The documents, with those in folders; what cannot be read is said.
fn files(places: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for place in places {
        if !place.is_dir() {
            files.push(place.clone());
            continue;
        }
        let (found, remarks) = documents_in(place);
        for remark in &remarks {
            super::complain(remark);
        }
        files.extend(found);
    }
    files
}

fn job(arguments: &ExportArguments, files: &[&Path], home: &Home) -> Result<ExportJob, Failure> {
    let everywhere = corrections_for_all(home);
    let mut sources = Vec::new();
    for file in files {
        let annotated = read_file(file, arguments.reading.chosen(), home)?;
        complain_of(&annotated.loaded.file);
        sources.push(export_source(file, annotated, &arguments.tag, &everywhere));
    }
    sources.retain(|source| !source.notes.is_empty());
    Ok(ExportJob {
        sources,
        request: request(arguments),
        templates: templates(arguments, home)?,
        converters: Arc::new(converters(home)?),
        zone: TimeZone::system(),
        made: Timestamp::now(),
        codebook: Arc::new(CodebookStore::new(home.clone()).read().codebook),
    })
}

fn export_source(file: &Path, annotated: Annotated, tags: &[Tag], everywhere: &Corrections) -> ExportSource {
    let Annotated { document, loaded, found } = annotated;
    let notes = loaded.kept.annotations.iter().zip(&found);
    let wanted = notes.filter(|(note, _)| {
        tags.is_empty() || note.tags.iter().any(|tag| tags.iter().any(|wanted| tag.is_within(wanted)))
    });
    ExportSource {
        place: Place::File(file.to_owned()),
        notes: wanted.map(|(note, found)| SourceNote::found(Arc::clone(note), found)).collect(),
        title: String::new(),
        text: None,
        citation: loaded.kept.bibliography.as_ref().map(|own| cited(own, &document)),
        corrections: loaded.kept.corrections.merged(everywhere),
        conflicts: loaded.kept.conflicts.clone(),
        document: Some(Arc::new(document)),
    }
}

/// What the reader says of the document, over what it says of itself.
fn cited(own: &Bibliography, document: &Document) -> CiteJob {
    let bibliography = own.clone().over(&Bibliography::guessed(document));
    CiteJob { bibliography, style: CitationStyle::default(), place: String::new() }
}

/// Every template, the one that was asked for first.
fn templates(arguments: &ExportArguments, home: &Home) -> Result<Vec<Template>, Failure> {
    let Some(wanted) = arguments.template.as_deref() else { return Ok(Vec::new()) };
    let (own, faults) = own_templates(home);
    for fault in faults {
        super::complain(&fault);
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

fn request(arguments: &ExportArguments) -> ExportRequest {
    let ScriptName(form) = arguments.to;
    let script = Script { form, regional_words: arguments.words && form != Form::AsWritten };
    ExportRequest {
        choices: ExportChoices {
            scope: ExportScope::Document,
            format: arguments.format,
            template: String::new(),
            script: Some(script),
            both_scripts: arguments.both,
            order: arguments.order,
            grouping: arguments.group,
            places: arguments.paths,
            author: arguments.author.clone(),
        },
        shown: script,
        words: Words::english(),
        interface_language: "en".to_owned(),
    }
}
