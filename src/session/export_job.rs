//! The work of exporting notes, to be done away from the window.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::compare::Watcher;
use crate::document::{Document, Field, Metadata, TextId};
use crate::exchange::{self, Parcel, joined};
use crate::export::{
    self, Column, Counted, Export, ExportOptions, ExportedAnswer, ExportedDocument, ExportedLocus,
    ExportedNote, Place, Template,
};
use crate::notes::{Annotation, Codebook, Conflict, DocumentNotes, FarEnd, Found, FoundState, NoteId};
use crate::text::{Converters, Corrections, Script, Shown, Span, Written, detect};

use super::notes::place_of;
use super::{CiteJob, ExportFormat, ExportPreview, ExportRequest};

/// Notes to be exported, with all that it takes.
#[derive(Clone)]
pub struct ExportJob {
    /// The documents, each with its notes.
    pub sources: Vec<ExportSource>,
    /// How.
    pub request: ExportRequest,
    /// The templates; the one that was chosen comes first.
    pub templates: Vec<Template>,
    /// What converts.
    pub converters: Arc<Converters>,
    /// The zone in which moments are written.
    pub zone: TimeZone,
    /// When.
    pub made: Timestamp,
    /// What the reader says of the tags.
    pub codebook: Arc<Codebook>,
}

/// A document whose notes are to be exported.
#[derive(Clone, Debug)]
pub struct ExportSource {
    /// Where it was read from: never to be written, and its name where it has no title of its own.
    pub place: super::Place,
    /// The document; `None` where only its notes are known.
    pub document: Option<Arc<Document>>,
    /// Its title as written, where the document itself is not at hand.
    pub title: String,
    /// The identity of its text, where the document itself is not at hand.
    pub text: Option<TextId>,
    /// Other texts of some of its notes, between which the reader has not chosen yet.
    pub conflicts: BTreeMap<NoteId, Vec<Conflict>>,
    /// How it is to be cited; `None` where nobody says who wrote it or when.
    pub citation: Option<CiteJob>,
    /// The reader's corrections that count for it.
    pub corrections: Corrections,
    /// The notes, in any order.
    pub notes: Vec<SourceNote>,
}

/// A note to be exported, with what is known of where it is.
#[derive(Clone, PartialEq, Debug)]
pub struct SourceNote {
    /// The note.
    pub note: Arc<Annotation>,
    /// Where it is in the document, in bytes; `None` where it is lost or that is not known.
    pub span: Option<Span>,
    /// Whether it was found; `None` where nobody has looked.
    pub state: Option<FoundState>,
    /// Whether other words stand there than it quotes.
    pub has_other_words: bool,
}

/// Why notes were not exported.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotExported {
    /// The reader ended it.
    #[error("the export was cancelled")]
    Cancelled,
    /// It could not be made or written, in words for the reader.
    #[error("{0}")]
    Failed(String),
}

impl From<String> for NotExported {
    fn from(reason: String) -> Self {
        Self::Failed(reason)
    }
}

impl std::fmt::Debug for ExportJob {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ExportJob").field("notes", &self.note_count()).finish_non_exhaustive()
    }
}

impl SourceNote {
    /// A note that was looked for.
    pub fn found(note: Arc<Annotation>, found: &Found) -> Self {
        let has_other_words = found.has_other_words() && !note.is_bookmark();
        Self { note, span: place_of(found), state: Some(found.state()), has_other_words }
    }

    /// A note of which nobody knows where it is.
    pub fn unplaced(note: Arc<Annotation>) -> Self {
        Self { note, span: None, state: None, has_other_words: false }
    }
}

impl From<&DocumentNotes> for ExportSource {
    fn from(notes: &DocumentNotes) -> Self {
        let unplaced = |note: &Arc<Annotation>| {
            let state = notes.states.get(&note.id).copied();
            SourceNote { state, ..SourceNote::unplaced(Arc::clone(note)) }
        };
        Self {
            place: super::Place::from_words(&notes.place),
            document: None,
            title: notes.title.clone(),
            text: notes.text,
            citation: None,
            corrections: Corrections::default(),
            notes: notes.notes.iter().map(unplaced).collect(),
            conflicts: BTreeMap::new(),
        }
    }
}

impl ExportSource {
    /// Takes in the document, now that it was read, and where each of the notes was found in it.
    pub fn place_notes(&mut self, document: Arc<Document>, found: &[(NoteId, Found)]) {
        self.document = Some(document);
        let found: BTreeMap<NoteId, &Found> = found.iter().map(|(id, found)| (*id, found)).collect();
        for note in &mut self.notes {
            if let Some(found) = found.get(&note.note.id) {
                *note = SourceNote::found(Arc::clone(&note.note), found);
            }
        }
    }

    /// The notes in the order of where they are now; those that were not found, of where they were.
    fn notes_in_place(&self) -> Vec<&SourceNote> {
        let mut notes: Vec<&SourceNote> = self.notes.iter().collect();
        notes.sort_by_key(|note| (note.span.unwrap_or(note.note.anchor.span), note.note.id));
        notes
    }

    fn metadata(&self) -> Option<&Metadata> {
        self.document.as_ref().map(|document| document.metadata())
    }

    /// The script that it is written in; told by its notes where it is not at hand.
    fn written(&self) -> Written {
        let told = || {
            let quotes: String = self.notes.iter().map(|note| note.note.anchor.quote.as_str()).collect();
            detect(&(quotes + &self.title))
        };
        self.document.as_ref().map_or_else(told, |document| document.written())
    }
}

/// Of how many notes and documents a preview is made.
const PREVIEW_NOTES: usize = 100;
const PREVIEW_DOCUMENTS: usize = 5;

impl ExportJob {
    /// How many notes are to be exported.
    pub fn note_count(&self) -> usize {
        self.sources.iter().map(|source| source.notes.len()).sum()
    }

    /// The bytes of the file. The watcher is asked after every note.
    ///
    /// Errors: see [`NotExported`].
    pub fn run(&self, watcher: &dyn Watcher) -> Result<Vec<u8>, NotExported> {
        Ok(self.write(&self.export(watcher)?)?)
    }

    /// The same job with the first notes only.
    #[must_use]
    pub fn beginning(mut self) -> Self {
        self.sources.truncate(PREVIEW_DOCUMENTS);
        let mut left = PREVIEW_NOTES;
        for source in &mut self.sources {
            source.notes = source.notes_in_place().into_iter().take(left).cloned().collect();
            left -= source.notes.len();
        }
        self.sources.retain(|source| !source.notes.is_empty());
        self
    }

    /// How the export begins, as text: what a reader of the file sees first. `more` says that this job is only the
    /// [`ExportJob::beginning`] of the whole.
    ///
    /// Errors: see [`NotExported`].
    pub fn preview(&self, more: bool, watcher: &dyn Watcher) -> Result<ExportPreview, NotExported> {
        Ok(ExportPreview::of(&self.run(watcher)?, more))
    }

    fn write(&self, export: &Export) -> Result<Vec<u8>, String> {
        let written = match self.request.choices.format {
            ExportFormat::Markdown => Ok(export::to_markdown(export).into_bytes()),
            ExportFormat::Html => Ok(export::to_html(export).into_bytes()),
            ExportFormat::Docx => export::to_docx(export),
            ExportFormat::DocxComments => export::to_docx_with_comments(export),
            ExportFormat::Xlsx => export::to_xlsx(export),
            ExportFormat::Csv => Ok(export::to_csv(export)),
            ExportFormat::Text => Ok(export::to_text(export).into_bytes()),
            ExportFormat::Ron => export::to_ron(export, &self.codebook).map(String::into_bytes),
            ExportFormat::Template => return self.fill(export),
            ExportFormat::JsonLd | ExportFormat::Qdpx | ExportFormat::Qdc => return self.exchanged(export),
        };
        written.map_err(|error| error.to_string())
    }

    /// For other programs of notes.
    fn exchanged(&self, export: &Export) -> Result<Vec<u8>, String> {
        let parcel = Parcel::of(export, &self.codebook);
        match self.request.choices.format {
            ExportFormat::Qdpx => {
                exchange::project_to_refi(&parcel, self.made).map_err(|error| error.to_string())
            }
            ExportFormat::Qdc => Ok(exchange::codebook_to_refi(&parcel.all_codes(&self.codebook))),
            _ => Ok(exchange::to_web_annotations(&parcel, export.options.places)),
        }
    }

    fn fill(&self, export: &Export) -> Result<Vec<u8>, String> {
        let template = self.templates.first().ok_or("there is no such template")?;
        let text = export::fill(template, &self.templates, export);
        text.map(String::into_bytes).map_err(|error| error.to_string())
    }

    /// What is exported, in the script of choice.
    ///
    /// Errors: see [`NotExported`].
    pub fn export(&self, watcher: &dyn Watcher) -> Result<Export, NotExported> {
        let mut progress = Progress { watcher, done: 0, all: self.note_count() };
        let mut documents = Vec::with_capacity(self.sources.len());
        for source in &self.sources {
            documents.push(self.exported_document(source, &mut progress)?);
        }
        Ok(Export { options: self.options(&documents), documents })
    }

    fn options(&self, documents: &[ExportedDocument]) -> ExportOptions {
        let (request, choices) = (&self.request, &self.request.choices);
        let (title, language) = match documents {
            [only] => (only.title.clone(), only.language.clone()),
            _ => (request.words.notes.clone(), request.interface_language.clone()),
        };
        ExportOptions {
            title,
            language,
            order: choices.order,
            grouping: choices.grouping,
            both_scripts: choices.both_scripts,
            places: choices.places,
            author: choices.author.clone(),
            interface_language: request.interface_language.clone(),
            words: request.words.clone(),
            zone: self.zone.clone(),
            made: self.made,
        }
    }

    fn exported_document(
        &self,
        source: &ExportSource,
        progress: &mut Progress<'_>,
    ) -> Result<ExportedDocument, NotExported> {
        let work = SourceWork::new(self, source)?;
        let mut notes = Vec::with_capacity(source.notes.len());
        for note in source.notes_in_place() {
            progress.step()?;
            notes.push(work.note(note)?);
        }
        let with_text = self.request.choices.format.has_text_of_documents();
        Ok(ExportedDocument {
            id: source.document.as_ref().map(|document| document.id()).or(source.text),
            title: work.title()?,
            source: work.source_line()?,
            reference: source.citation.as_ref().map(|job| job.run().reference).unwrap_or_default(),
            language: export::language_tag(work.written, work.script).to_owned(),
            written_language: export::language_tag(work.written, Script::AS_WRITTEN).to_owned(),
            place: self.request.choices.places.then(|| source.place.to_words()),
            document: source.document.clone(),
            column: if with_text { work.column()? } else { None },
            notes,
        })
    }
}

/// Counts the notes that are done.
struct Progress<'a> {
    watcher: &'a dyn Watcher,
    done: usize,
    all: usize,
}

impl Progress<'_> {
    fn step(&mut self) -> Result<(), NotExported> {
        #[expect(clippy::cast_precision_loss, reason = "a share to be shown in per cent")]
        let share = self.done as f32 / self.all.max(1) as f32;
        self.done += 1;
        if self.watcher.goes_on(share) { Ok(()) } else { Err(NotExported::Cancelled) }
    }
}

/// What it takes to put the notes of one document into the script of choice.
struct SourceWork<'a> {
    job: &'a ExportJob,
    source: &'a ExportSource,
    script: Script,
    written: Written,
    /// The characters of the document's text.
    counted: Counted,
}

impl<'a> SourceWork<'a> {
    fn new(job: &'a ExportJob, source: &'a ExportSource) -> Result<Self, String> {
        let (script, written) = (job.request.script(), source.written());
        job.converters.prepare(written, script).map_err(|error| error.to_string())?;
        let counted = source.document.as_ref().map(|document| Counted::of(document.text()));
        Ok(Self { job, source, script, written, counted: counted.unwrap_or_default() })
    }

    fn note(&self, source: &SourceNote) -> Result<ExportedNote, String> {
        let (note, anchor) = (&source.note, &source.note.anchor);
        let conflicts = self.source.conflicts.get(&note.id).map_or(&[][..], Vec::as_slice);
        let apart = self.job.request.choices.format == ExportFormat::Ron;
        let (quote, struck) = self.quotation(source)?;
        Ok(ExportedNote {
            quote,
            struck,
            reads_now: self.reads_now(source).map(|now| self.shown(now)).transpose()?.unwrap_or_default(),
            headings: anchor.headings.iter().map(|text| self.shown(text)).collect::<Result<_, _>>()?,
            place: source.span.and_then(|span| self.place(span)),
            locus: source.span.map_or_else(|| Ok(ExportedLocus::default()), |span| self.locus(span))?,
            state: source.state,
            answers: note.answers.iter().map(|far_end| self.answer(far_end)).collect::<Result<_, _>>()?,
            note: if apart { Arc::clone(note) } else { saying_all(note, conflicts) },
            conflicts: if apart { conflicts.to_vec() } else { Vec::new() },
        })
    }

    /// The quotation as it is read in the window: without an indent of spaces and whatever else was repaired. For
    /// other programs it is as written. With what of it is struck out.
    fn quotation(&self, source: &SourceNote) -> Result<(String, Vec<Span>), String> {
        let written = source.note.anchor.quote.as_str();
        let document = self.source.document.as_ref();
        let document = document.filter(|_| !self.job.request.choices.format.is_for_exchange());
        let read = document.zip(source.span).and_then(|(document, span)| {
            let reading = document.reading_of(span)?;
            (reading.source.of(document.text()) == Some(written)).then_some((document, reading))
        });
        let Some((document, reading)) = read else { return Ok((self.shown(written)?, Vec::new())) };
        let shown = self.show_as(self.written, &reading.text)?;
        let pairing = reading.pairing.then(&shown.pairing);
        let own = document.struck_in(reading.source).iter();
        let own = own.filter_map(|struck| struck.intersection(reading.source));
        let struck = own.map(|own| pairing.right_from_left_tight(own.moved_left(reading.source.start())));
        Ok((shown.text, struck.filter(|struck| !struck.is_empty()).collect()))
    }

    /// What stands where the note is now, where these are other words than it quotes.
    fn reads_now(&self, source: &SourceNote) -> Option<&str> {
        let span = source.span.filter(|_| source.has_other_words)?;
        span.of(self.source.document.as_ref()?.text())
    }

    /// The other document may not be at hand: its script is told by the words that the note keeps of it.
    fn answer(&self, far_end: &FarEnd) -> Result<ExportedAnswer, String> {
        let FarEnd { place, title, anchor, .. } = far_end;
        let written =
            detect(&[title, &anchor.before, &anchor.quote, &anchor.after].map(String::as_str).concat());
        self.job.converters.prepare(written, self.script).map_err(|error| error.to_string())?;
        let shown = |text: &String| self.shown_as(written, text);
        let name = || super::Place::from_words(place).name();
        Ok(ExportedAnswer {
            title: if title.trim().is_empty() { name() } else { shown(title)? },
            language: export::language_tag(written, self.script).to_owned(),
            headings: anchor.headings.iter().map(shown).collect::<Result<_, _>>()?,
            quote: shown(&anchor.quote)?,
            quote_as_written: anchor.quote.clone(),
        })
    }

    fn place(&self, span: Span) -> Option<Place> {
        let document = self.source.document.as_ref()?;
        let characters = |position| self.counted.before(document.text(), position) as usize;
        let block = document.block_at(span.start())?.as_usize();
        Some(Place { block, start: characters(span.start()), end: characters(span.end()), span })
    }

    fn locus(&self, span: Span) -> Result<ExportedLocus, String> {
        let Some(document) = &self.source.document else { return Ok(ExportedLocus::default()) };
        let locus = document.locus(span);
        Ok(ExportedLocus {
            paragraph: locus.paragraphs.as_ref().map(|numbers| *numbers.start()),
            paragraphs: locus.paragraphs_in_short().unwrap_or_default(),
            clause: self.shown(&locus.clauses_as_written(document).unwrap_or_default())?,
            page: locus.pages_in_short().unwrap_or_default(),
        })
    }

    fn title(&self) -> Result<String, String> {
        let field = self.source.metadata().and_then(|metadata| metadata.title.as_ref());
        let title = field.map_or(self.source.title.as_str(), |field| field.value.as_str());
        if title.trim().is_empty() { Ok(self.source.place.name()) } else { self.shown(title) }
    }

    /// Who wrote it, where it was published, and when; and its address, but not one on the reader's machine.
    fn source_line(&self) -> Result<String, String> {
        let Some(metadata) = self.source.metadata() else { return Ok(String::new()) };
        let value = |field: &Option<Field>| field.as_ref().map(|field| field.value.clone());
        let said = [value(&metadata.author), value(&metadata.source), value(&metadata.date)];
        let said: Vec<String> = said.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let of_the_web =
            |address: &String| ["http://", "https://"].iter().any(|web| address.starts_with(web));
        let address = value(&metadata.address).filter(of_the_web);
        let line = self.shown(&said.join(" · "))?;
        Ok([Some(line).filter(|line| !line.is_empty()), address]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "))
    }

    fn column(&self) -> Result<Option<Column>, String> {
        let Some(document) = &self.source.document else { return Ok(None) };
        let name = self.source.place.name();
        Column::new(document, &name, self.script, |text| self.show_as(self.written, text)).map(Some)
    }

    fn shown(&self, text: &str) -> Result<String, String> {
        self.shown_as(self.written, text)
    }

    fn shown_as(&self, written: Written, text: &str) -> Result<String, String> {
        self.show_as(written, text).map(|shown| shown.text)
    }

    fn show_as(&self, written: Written, text: &str) -> Result<Shown, String> {
        let shown = self.job.converters.show(written, self.script, &self.source.corrections, text);
        shown.map_err(|error| error.to_string())
    }
}

/// The note with its other texts below its own.
fn saying_all(note: &Arc<Annotation>, conflicts: &[Conflict]) -> Arc<Annotation> {
    let mut note = Arc::clone(note);
    for conflict in conflicts {
        let text = joined(&note.text, &conflict.text, false);
        Arc::make_mut(&mut note).text = text;
    }
    note
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Unwatched;
    use crate::export::Words;
    use crate::import::{ReadOptions, read};
    use crate::notes::sample::note;
    use crate::notes::{Anchor, locate_all};
    use crate::session::{ExportChoices, ExportScope};

    /// Notes on these words of a document that lies in a folder of the reader's.
    fn source(text: &str, quotes: &[&str]) -> ExportSource {
        let name = if text.starts_with('<') { "a.html" } else { "a.txt" };
        let document = read(name, text.as_bytes().to_vec(), &ReadOptions::default()).unwrap().document;
        let anchor = |quote: &&str| {
            let start = document.text().find(quote).unwrap_or_default();
            Anchor::of(&document, Span::from_range(&(start..start + quote.len())))
        };
        let notes: Vec<Annotation> =
            (1..).zip(quotes).map(|(number, quote)| note(number, anchor(quote))).collect();
        let found = locate_all(&notes, &document);
        let mut source = ExportSource::from(&DocumentNotes {
            place: "/home/lin/a.html".to_owned(),
            notes: notes.into_iter().map(Arc::new).collect(),
            ..DocumentNotes::default()
        });
        source.place_notes(Arc::new(document), &found);
        source
    }

    fn job(format: ExportFormat, sources: Vec<ExportSource>) -> ExportJob {
        ExportJob {
            sources,
            request: ExportRequest {
                choices: ExportChoices { scope: ExportScope::Chosen, format, ..ExportChoices::default() },
                shown: Script::AS_WRITTEN,
                words: Words::english(),
                interface_language: "en".to_owned(),
            },
            templates: Template::included(),
            codebook: Arc::default(),
            converters: Arc::new(Converters::new("none".into())),
            zone: TimeZone::UTC,
            made: Timestamp::UNIX_EPOCH,
        }
    }

    const PAGE: &str =
        "<!-- saved from url=(0031)file:///home/lin/a.html --><h1>修河</h1><p>先种树，再清淤。</p>";

    #[test]
    fn what_is_struck_out_is_marked_in_quotations() {
        let page = "<h1>修河</h1><p>期限<s>三十日</s>六十日，再<del>舊</del>清淤。</p>";
        let quoted = |quote: &str| {
            let export = job(ExportFormat::Html, vec![source(page, &[quote])]).export(&Unwatched).unwrap();
            let note = export.documents[0].notes[0].clone();
            note.struck.iter().map(|struck| struck.of(&note.quote).unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(quoted("期限三十日六十日"), ["三十日"]);
        assert_eq!((quoted("日六十日"), quoted("六十日")), (vec!["日".to_owned()], vec![]));
    }

    #[test]
    fn places_on_the_machine_are_said_only_where_asked() {
        for format in ExportFormat::ALL {
            let mut job = job(format, vec![source(PAGE, &["先种树"]), source(PAGE, &["再清淤"])]);
            let text = |job: &ExportJob| job.preview(false, &Unwatched).unwrap().text;
            assert!(!text(&job).contains("/home/lin"), "{format:?} {}", text(&job));
            job.request.choices.places = true;
            let said = text(&job).contains("/home/lin");
            let can_say =
                [ExportFormat::Markdown, ExportFormat::Csv, ExportFormat::Ron, ExportFormat::JsonLd];
            assert!(said || !can_say.contains(&format), "{format:?}");
        }
    }

    #[test]
    fn a_document_that_was_read_gives_its_notes_their_places() {
        let export = job(ExportFormat::Markdown, vec![source(PAGE, &["再清淤"])]).export(&Unwatched).unwrap();
        let note = &export.documents[0].notes[0];
        assert_eq!((note.quote.as_str(), note.state), ("再清淤", Some(FoundState::Exact)));
        let place = note.place.unwrap();
        assert_eq!(place.end - place.start, 3);
        assert_eq!(export.options.title, "修河");
    }

    const RULES: &str = "修渠章程\n\n第一章　总则\n\n第一条　水渠属于全村。\n\n第二条　先清淤，再放水。\n\n\
        修渠的人轮流看水。\n";

    /// One number of a paragraph, whoever says it: the title and headings are not counted.
    #[test]
    fn every_format_says_the_clause_and_the_paragraph_of_a_note() {
        for format in [ExportFormat::Markdown, ExportFormat::Html, ExportFormat::Docx, ExportFormat::Text] {
            let job = job(format, vec![source(RULES, &["轮流看水"])]);
            let text = job.preview(false, &Unwatched).unwrap().text;
            let said = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\\', "");
            assert!(said.contains("第二条"), "{format:?} {said}");
            assert!(said.contains("Paragraph: 3") || said.contains("Paragraph 3"), "{format:?} {said}");
        }
        let export = job(ExportFormat::Csv, vec![source(RULES, &["轮流看水"])]).export(&Unwatched).unwrap();
        let note = &export.documents[0].notes[0];
        assert_eq!((&*note.locus.clause, note.locus.paragraph), ("第二条", Some(3)));
        assert!(note.place.unwrap().block > 2, "blocks are counted for themselves");
    }

    /// Its words have changed in the file since: both the old ones and the new ones are told.
    #[test]
    fn every_format_says_what_a_note_reads_now() {
        let text = "修河\n\n河堤上的柳树由小学的孩子们认领，每年春天补种一次。\n\n每户二十棵树苗。\n";
        let (then, now) = ("柳树由小学的孩子们认领", "杨树由小学的孩子们认领");
        let changed = text.replace(then, now);
        let document = read("a.txt", changed.into_bytes(), &ReadOptions::default()).unwrap().document;
        let mut source = source(text, &[then, "每户二十棵"]);
        let found = locate_all(source.notes.iter().map(|note| &*note.note), &document);
        source.place_notes(Arc::new(document), &found);
        for format in ExportFormat::ALL.into_iter().filter(|format| *format != ExportFormat::Qdc) {
            let preview = job(format, vec![source.clone()]).preview(false, &Unwatched).unwrap();
            let said = preview.text + &preview.rows.concat().concat();
            assert!(said.contains(then) && said.contains(now), "{format:?} {said}");
        }
        let export = job(ExportFormat::Csv, vec![source]).export(&Unwatched).unwrap();
        let reads: Vec<&str> = export.documents[0].notes.iter().map(|note| &*note.reads_now).collect();
        assert_eq!(reads, [now, ""]);
    }

    #[test]
    fn formats_for_other_programs_say_clause_and_page() {
        let source = source(RULES, &["轮流看水"]);
        for format in [ExportFormat::Ron, ExportFormat::JsonLd, ExportFormat::Qdpx] {
            let text = job(format, vec![source.clone()]).preview(false, &Unwatched).unwrap().text;
            assert!(text.contains("第二条"), "{format:?} {text}");
        }
    }

    #[test]
    fn a_quotation_is_read_without_the_indent_that_was_repaired() {
        let page = "修河\n\n　　先种树，再清淤。\n\n　　每户二十棵树苗。\n";
        let quote = "再清淤。\n\n　　每户";
        let quoted = |format| {
            let export = job(format, vec![source(page, &[quote])]).export(&Unwatched).unwrap();
            export.documents[0].notes[0].quote.clone()
        };
        assert_eq!(quoted(ExportFormat::Markdown), "再清淤。\n\n每户");
        assert_eq!(quoted(ExportFormat::Ron), quote, "other programs look for it as it is written");
    }

    #[test]
    fn notes_stand_in_the_order_of_where_they_are_now() {
        let quotes = |job: &ExportJob| -> Vec<String> {
            let export = job.export(&Unwatched).unwrap();
            export.documents[0].notes.iter().map(|note| note.quote.clone()).collect()
        };
        let mut source = source("<h1>修河</h1><p>先种树，再清淤。</p>", &["先种树", "再清淤"]);
        let moved = "<h1>修河</h1><p>再清淤。</p><p>先种树。</p>";
        let document = read("a.html", moved.as_bytes().to_vec(), &ReadOptions::default()).unwrap().document;
        let found = locate_all(source.notes.iter().map(|note| &*note.note), &document);
        source.place_notes(Arc::new(document), &found);
        let job = job(ExportFormat::Markdown, vec![source]);
        assert_eq!(quotes(&job), ["再清淤", "先种树"]);
        assert_eq!(quotes(&job.beginning()), ["再清淤", "先种树"]);
    }

    #[test]
    fn a_preview_is_the_beginning() {
        let quotes = vec!["先种树"; 150];
        let whole = job(ExportFormat::Text, vec![source(PAGE, &quotes)]);
        let beginning = whole.clone().beginning();
        assert!(beginning.note_count() < whole.note_count());
        let preview = beginning.preview(true, &Unwatched).unwrap();
        assert!(preview.cut && preview.text.lines().count() <= ExportPreview::LINES);
        assert!(whole.run(&Unwatched).unwrap().starts_with("修河\n".as_bytes()));
    }

    #[test]
    fn both_texts_of_a_note_are_exported() {
        let mut source = source(PAGE, &["先种树"]);
        let note = &mut source.notes[0].note;
        Arc::make_mut(note).text = "右的話".to_owned();
        let conflict = Conflict { text: "左的話".to_owned(), changed: Timestamp::UNIX_EPOCH };
        source.conflicts.insert(note.id, vec![conflict]);
        for format in ExportFormat::ALL.into_iter().filter(|format| {
            // A codebook has no notes; what templates write is theirs; these two are packed.
            let packed = [ExportFormat::Xlsx, ExportFormat::Docx, ExportFormat::DocxComments];
            !packed.contains(format) && ![ExportFormat::Qdc, ExportFormat::Template].contains(format)
        }) {
            let bytes = job(format, vec![source.clone()]).run(&Unwatched).unwrap();
            let text = exchange::project_in(&bytes).unwrap_or_else(|| String::from_utf8(bytes).unwrap());
            assert!(text.contains("右的話") && text.contains("左的話"), "{format:?} {text}");
            assert_eq!(text.contains("conflicts: ["), format == ExportFormat::Ron);
        }
    }

    #[test]
    fn an_export_ends_when_it_is_no_longer_wanted() {
        struct Unwanted;
        impl Watcher for Unwanted {
            fn goes_on(&self, _: f32) -> bool {
                false
            }
        }
        let job = job(ExportFormat::Html, vec![source(PAGE, &["先种树"])]);
        assert_eq!(job.run(&Unwanted), Err(NotExported::Cancelled));
    }
}
