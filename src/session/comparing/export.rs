//! Exporting a comparison.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::note_commands::{far_places, link_between};
use super::{Compared, Comparing, ComparisonId, Listed};
use crate::compare::{Comparison, LinkIndex, Side};
use crate::export::comparison::{Column, ComparisonExport, ComparisonFormat, ComparisonWords, LinkNote};
use crate::notes::{Annotation, Found};
use crate::session::{Effect, ExportPreview, MessageText, Moment, PendingExport, Place, Reader, Session};
use crate::text::{Converters, Corrections, Script, Shown, Span};

/// How the reader wants a comparison to be exported.
#[derive(Clone, PartialEq, Debug)]
pub struct ComparisonRequest {
    /// To which format.
    pub format: ComparisonFormat,
    /// The script of the left column.
    pub left_script: Script,
    /// The script of the right column.
    pub right_script: Script,
    /// Only the links that the filter of the list lets through.
    pub only_listed: bool,
    /// Whether tables list what stands only on one side.
    pub only_here: bool,
    /// Whether tables mark slight differences.
    pub slight: bool,
    /// The words that the export writes by itself.
    pub words: ComparisonWords,
    /// The language of those words, such as `en` or `zh-Hans`.
    pub interface_language: String,
}

impl ComparisonRequest {
    /// The script of one column.
    pub fn script(&self, side: Side) -> Script {
        match side {
            Side::Left => self.left_script,
            Side::Right => self.right_script,
        }
    }
}

/// A comparison to be exported, with all that it takes: to be run away from the window.
#[derive(Clone)]
pub struct ComparisonExportJob {
    /// What was found.
    pub comparison: Arc<Comparison>,
    /// Where the documents were read from, in words, and the corrections that count for each; the left one
    /// first.
    pub sides: [(String, Corrections); 2],
    /// The links to export, in order.
    pub links: Vec<LinkIndex>,
    /// The notes that span both documents.
    pub notes: Vec<SpanningNote>,
    /// How.
    pub request: ComparisonRequest,
    /// What converts.
    pub converters: Arc<Converters>,
    /// When.
    pub made: Timestamp,
}

/// A note that spans both documents, and where its ends are in the texts as they are now.
#[derive(Clone, PartialEq, Debug)]
pub struct SpanningNote {
    /// The side with whose document it is kept.
    pub side: Side,
    /// The note.
    pub note: Annotation,
    /// Where it is in that document; `None` where it is not surely found.
    pub near: Option<Span>,
    /// What it quotes of the other document.
    pub quotes: Vec<String>,
    /// Where its far ends are in the other document, those that were found.
    pub far: Vec<Span>,
}

impl std::fmt::Debug for ComparisonExportJob {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ComparisonExportJob")
            .field("links", &self.links.len())
            .finish_non_exhaustive()
    }
}

impl ComparisonExportJob {
    /// The bytes of the file.
    ///
    /// Errors: a script could not be made ready, or the format does not hold it, in words for the reader.
    pub fn run(&self) -> Result<Vec<u8>, String> {
        for side in Side::BOTH {
            let written = self.comparison.part(side).document().written();
            let prepared = self.converters.prepare(written, self.request.script(side));
            prepared.map_err(|error| error.to_string())?;
        }
        let export = ComparisonExport {
            comparison: Arc::clone(&self.comparison),
            left: self.column(Side::Left)?,
            right: self.column(Side::Right)?,
            links: self.links.clone(),
            only_here: self.request.only_here,
            slight: self.request.slight,
            notes: self.link_notes()?,
            words: self.request.words.clone(),
            interface_language: self.request.interface_language.clone(),
            made: self.made,
        };
        self.request.format.write(&export).map_err(|error| error.to_string())
    }

    /// How the export begins, as text: what a reader of the file sees first.
    ///
    /// Errors: as [`ComparisonExportJob::run`].
    pub fn preview(&self) -> Result<ExportPreview, String> {
        self.run().map(|bytes| ExportPreview::of(&bytes, false))
    }

    fn column(&self, side: Side) -> Result<Column, String> {
        let document = self.comparison.part(side).document();
        let (place, _) = self.side(side);
        // Not its folders: they are nobody's business but the reader's.
        let name = Place::from_words(place).name();
        Column::new(document, &name, self.request.script(side), |text| self.show(side, text))
    }

    fn side(&self, side: Side) -> &(String, Corrections) {
        let [left, right] = &self.sides;
        match side {
            Side::Left => left,
            Side::Right => right,
        }
    }

    fn show(&self, side: Side, text: &str) -> Result<Shown, String> {
        let written = self.comparison.part(side).document().written();
        let (_, corrections) = self.side(side);
        let shown = self.converters.show(written, self.request.script(side), corrections, text);
        shown.map_err(|error| error.to_string())
    }

    fn link_notes(&self) -> Result<Vec<LinkNote>, String> {
        self.notes.iter().map(|note| self.link_note(note)).collect()
    }

    fn link_note(&self, spanning: &SpanningNote) -> Result<LinkNote, String> {
        let SpanningNote { side, note, near, quotes, far } = spanning;
        let here = self.show(*side, &note.anchor.quote)?.text;
        let there = self.show(side.other(), &quotes.join("\n"))?.text;
        let (left, right) = match side {
            Side::Left => (here, there),
            Side::Right => (there, here),
        };
        let link = near.and_then(|near| link_between(&self.comparison, *side, near, far));
        Ok(LinkNote { link, tags: note.tags.clone(), text: note.text.clone(), left, right })
    }
}

impl Session {
    pub(in crate::session) fn ask_to_export_comparison(&mut self, request: ComparisonRequest) -> Vec<Effect> {
        let Some(comparing) = self.comparison_in_front().filter(|comparing| comparing.result().is_some())
        else {
            return self.told(MessageText::NothingToExport);
        };
        let id = comparing.id;
        let title = crate::export::file_name_from_title(&self.title_of(id));
        let name = format!("{title}.{}", request.format.ending());
        vec![self.ask_where(PendingExport::Comparison(id, Box::new(request)), name)]
    }

    pub(in crate::session) fn export_comparison_to(
        &mut self,
        id: ComparisonId,
        request: ComparisonRequest,
        path: PathBuf,
        moment: Moment,
    ) -> Vec<Effect> {
        let job = self.comparison_export(id, request, moment);
        let Some(job) = job else { return self.told(MessageText::NothingToExport) };
        vec![Effect::ExportComparison { job: Box::new(job), path }]
    }

    pub(in crate::session) fn comparison_export(
        &self,
        id: ComparisonId,
        request: ComparisonRequest,
        moment: Moment,
    ) -> Option<ComparisonExportJob> {
        let compared = self.compared(id)?;
        let comparing = compared.comparing();
        let comparison = Arc::clone(comparing.result()?);
        let side = |side| {
            let corrections = compared.reader(side).all_corrections().clone();
            (comparing.side(side).place.to_words(), corrections)
        };
        // Within one document both sides have the same notes.
        let owners = if comparing.within_one() { &Side::BOTH[..1] } else { &Side::BOTH[..] };
        Some(ComparisonExportJob {
            sides: Side::BOTH.map(side),
            links: comparing.links_to_export(request.only_listed),
            notes: owners.iter().flat_map(|&side| compared.spanning_notes(side)).collect(),
            request,
            converters: Arc::clone(Reader::converters(compared.reader(Side::Left))),
            made: moment.now,
            comparison,
        })
    }

    pub(in crate::session) fn comparison_exported(
        &mut self,
        path: PathBuf,
        result: Result<usize, String>,
    ) -> Vec<Effect> {
        self.told(match result {
            Ok(links) => MessageText::ComparisonExported { path, links },
            Err(reason) => MessageText::NotExported { path, reason },
        })
    }
}

impl Compared<'_> {
    /// The notes that are kept with the document of one side and are about the other one too.
    fn spanning_notes(&self, side: Side) -> Vec<SpanningNote> {
        let (owner, other) = (self.reader(side), self.reader(side.other()));
        let place = self.comparing.side(side.other()).place.to_words();
        let text = other.document().id();
        let spanning = owner.notebook.iter().filter_map(|note| {
            let ends = note.answers.iter().filter(|end| end.is_in(&place, text));
            let quotes: Vec<String> = ends.map(|end| end.anchor.quote.clone()).collect();
            (!quotes.is_empty()).then(|| SpanningNote {
                side,
                note: note.clone(),
                near: owner.found(note.id).and_then(Found::span),
                quotes,
                far: far_places(other, note).map(|(_, now)| now).collect(),
            })
        });
        spanning.collect()
    }
}

impl Comparing {
    fn links_to_export(&self, only_listed: bool) -> Vec<LinkIndex> {
        let Some(comparison) = self.result() else { return Vec::new() };
        if !only_listed {
            return ComparisonExport::all_links(comparison);
        }
        let mut links: Vec<LinkIndex> = self.listed.iter().copied().filter_map(Listed::link).collect();
        links.sort_unstable();
        links
    }
}
