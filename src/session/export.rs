//! Exporting notes.

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::document::Document;
use crate::export::{self, Export, ExportedAnswer, ExportedNote, Order, Place, Words};
use crate::notes::{Annotation, FarEnd, Found};
use crate::text::{Converters, Corrections, Script, Span, Written, detect};

use super::notes::place_of;

/// The formats notes are exported to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum ExportFormat {
    /// Markdown.
    #[default]
    Markdown,
    /// One self-contained page of HTML.
    Html,
    /// A table of values separated by commas.
    Csv,
}

impl ExportFormat {
    /// Every format, in the order in which the interface offers them.
    pub const ALL: [ExportFormat; 3] = [Self::Markdown, Self::Html, Self::Csv];

    /// The ending of its file names, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Csv => "csv",
        }
    }
}

/// How the reader wants notes to be exported.
#[derive(Clone, PartialEq, Debug)]
pub struct ExportRequest {
    /// To which format.
    pub format: ExportFormat,
    /// The script of headings and quotations.
    pub script: Script,
    /// By what notes are grouped.
    pub order: Order,
    /// Only the notes that the filter of the list lets through.
    pub only_listed: bool,
    /// The words that the export writes by itself.
    pub words: Words,
    /// The language of those words, such as `en` or `zh-Hans`.
    pub interface_language: String,
}

/// Notes to be exported, with all that it takes: to be run away from the window.
#[derive(Clone)]
pub struct ExportJob {
    /// The document.
    pub document: Arc<Document>,
    /// Where it was read from: never to be written, and its name where it has no title of its own.
    pub place: super::Place,
    /// The notes, in order, and where each is.
    pub notes: Vec<(Annotation, Found)>,
    /// How.
    pub request: ExportRequest,
    /// The reader's corrections that count.
    pub corrections: Corrections,
    /// What converts.
    pub converters: Arc<Converters>,
    /// The zone in which moments are written.
    pub zone: TimeZone,
}

impl std::fmt::Debug for ExportJob {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ExportJob").field("notes", &self.notes.len()).finish_non_exhaustive()
    }
}

impl ExportJob {
    /// The bytes of the file.
    ///
    /// Errors: a script could not be made ready, as OpenCC says it.
    pub fn run(&self) -> Result<Vec<u8>, String> {
        let written = self.document.written();
        self.converters.prepare(written, self.request.script).map_err(|error| error.to_string())?;
        let notes: Result<Vec<_>, _> =
            self.notes.iter().map(|(note, found)| self.exported(note, found)).collect();
        let export = Export { options: self.options()?, notes: notes? };
        Ok(match self.request.format {
            ExportFormat::Markdown => export::to_markdown(&export).into_bytes(),
            ExportFormat::Html => export::to_html(&export).into_bytes(),
            ExportFormat::Csv => export::to_csv(&export),
        })
    }

    fn options(&self) -> Result<export::ExportOptions, String> {
        let metadata = self.document.metadata();
        let value = |field: &Option<crate::document::Field>| {
            field.as_ref().map(|field| field.value.clone()).unwrap_or_default()
        };
        let source = [value(&metadata.author), value(&metadata.source), value(&metadata.date)];
        let source = source.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        Ok(export::ExportOptions {
            title: self.title(&value(&metadata.title))?,
            source: self.shown(&source)?,
            order: self.request.order,
            language: export::language_tag(self.document.written(), self.request.script).to_owned(),
            interface_language: self.request.interface_language.clone(),
            words: self.request.words.clone(),
            zone: self.zone.clone(),
        })
    }

    fn title(&self, title: &str) -> Result<String, String> {
        if title.trim().is_empty() { Ok(self.place.name()) } else { self.shown(title) }
    }

    fn exported(&self, note: &Annotation, found: &Found) -> Result<ExportedNote, String> {
        let headings: Result<Vec<_>, _> = note.anchor.headings.iter().map(|text| self.shown(text)).collect();
        let span = place_of(found);
        Ok(ExportedNote {
            id: note.id,
            quote: self.shown(&note.anchor.quote)?,
            quote_as_written: note.anchor.quote.clone(),
            headings: headings?,
            tags: note.tags.clone(),
            colour: note.colour,
            text: note.text.clone(),
            created: note.created,
            changed: note.changed,
            place: span.and_then(|span| self.place(span)),
            state: found.state(),
            answers: note.answers.iter().map(|far_end| self.answer(far_end)).collect::<Result<_, _>>()?,
        })
    }

    /// The other document may not be open: its script is told by the words that the note keeps of it.
    fn answer(&self, far_end: &FarEnd) -> Result<ExportedAnswer, String> {
        let FarEnd { place, title, anchor, .. } = far_end;
        let written =
            detect(&[title, &anchor.before, &anchor.quote, &anchor.after].map(String::as_str).concat());
        self.converters.prepare(written, self.request.script).map_err(|error| error.to_string())?;
        let shown = |text: &String| self.shown_as(written, text);
        let name = || super::Place::from_words(place).name();
        Ok(ExportedAnswer {
            title: if title.trim().is_empty() { name() } else { shown(title)? },
            language: export::language_tag(written, self.request.script).to_owned(),
            headings: anchor.headings.iter().map(shown).collect::<Result<_, _>>()?,
            quote: shown(&anchor.quote)?,
            quote_as_written: anchor.quote.clone(),
        })
    }

    fn place(&self, span: Span) -> Option<Place> {
        let text = self.document.text();
        let characters = |end: u32| Span::new(0, end).of(text).map(|before| before.chars().count());
        let block = self.document.block_at(span.start())?.as_usize();
        Some(Place { block, start: characters(span.start())?, end: characters(span.end())? })
    }

    fn shown(&self, text: &str) -> Result<String, String> {
        self.shown_as(self.document.written(), text)
    }

    fn shown_as(&self, written: Written, text: &str) -> Result<String, String> {
        let shown = self.converters.show(written, self.request.script, &self.corrections, text);
        shown.map(|shown| shown.text).map_err(|error| error.to_string())
    }
}
