//! Exporting notes: what can be asked for, and what is asked of the world.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ComparisonExportJob, ComparisonRequest, ExportJob, NotExported, Ticket};
use crate::exchange;
use crate::export::{self, Grouping, Order, Template, Words};
use crate::notes::DocumentNotes;
use crate::text::Script;

/// The formats notes are exported to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum ExportFormat {
    /// Markdown.
    #[default]
    Markdown,
    /// One self-contained page of HTML.
    Html,
    /// The quotations with their notes for a word processor.
    Docx,
    /// The text of the documents with the notes as comments, for a word processor.
    DocxComments,
    /// A workbook.
    Xlsx,
    /// A table of values separated by commas.
    Csv,
    /// Plain text.
    Text,
    /// RON, as the notes are kept.
    Ron,
    /// JSON-LD after the Web Annotation Data Model of the W3C.
    JsonLd,
    /// A project of REFI-QDA.
    Qdpx,
    /// A codebook of REFI-QDA.
    Qdc,
    /// Whatever a template makes of them.
    Template,
}

impl ExportFormat {
    /// Every format, in the order in which the interface offers them.
    pub const ALL: [ExportFormat; 12] = [
        Self::Markdown,
        Self::Html,
        Self::Docx,
        Self::DocxComments,
        Self::Xlsx,
        Self::Csv,
        Self::Text,
        Self::Ron,
        Self::JsonLd,
        Self::Qdpx,
        Self::Qdc,
        Self::Template,
    ];

    /// Its name in files and on the command line, where it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::DocxComments => "docx-comments",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Text => "text",
            Self::Ron => "ron",
            Self::JsonLd => "json-ld",
            Self::Qdpx => "qdpx",
            Self::Qdc => "qdc",
            Self::Template => "template",
        }
    }

    /// The ending of its file names, without the dot; that of what a template makes is the template's.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Docx | Self::DocxComments => "docx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Text | Self::Template => "txt",
            Self::Ron => "ron",
            Self::JsonLd => "jsonld",
            Self::Qdpx => "qdpx",
            Self::Qdc => "qdc",
        }
    }

    /// Whether it is text, which can be copied and a terminal can show.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Docx | Self::DocxComments | Self::Xlsx | Self::Qdpx)
    }

    /// Whether it is for other programs of notes: everything as written, in the order of the documents.
    pub fn is_for_exchange(self) -> bool {
        matches!(self, Self::Ron | Self::JsonLd | Self::Qdpx | Self::Qdc)
    }

    /// Whether the text of the documents is exported too.
    pub fn has_text_of_documents(self) -> bool {
        self == Self::DocxComments
    }
}

/// What another version of the program calls something else becomes the usual format.
impl From<String> for ExportFormat {
    fn from(name: String) -> Self {
        Self::ALL.into_iter().find(|format| format.name() == name).unwrap_or_default()
    }
}

impl From<ExportFormat> for String {
    fn from(format: ExportFormat) -> Self {
        format.name().to_owned()
    }
}

/// How the reader wants notes to be exported; remembered from one time to the next.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportChoices {
    /// Which notes.
    pub scope: ExportScope,
    /// To which format.
    pub format: ExportFormat,
    /// The file name of the template, for [`ExportFormat::Template`].
    pub template: String,
    /// The script of headings and quotations; `None` for the one that is shown.
    pub script: Option<Script>,
    /// Whether quotations stand as written too.
    pub both_scripts: bool,
    /// In which order notes stand.
    pub order: Order,
    /// By what notes are grouped.
    pub grouping: Grouping,
    /// Whether it is said where documents lie on the reader's machine.
    pub places: bool,
    /// Whose comments they are.
    pub author: String,
}

/// Notes that the reader wants to be exported.
#[derive(Clone, PartialEq, Debug)]
pub struct ExportRequest {
    /// How.
    pub choices: ExportChoices,
    /// The script, where none is chosen.
    pub shown: Script,
    /// The words that the export writes by itself.
    pub words: Words,
    /// The language of those words, such as `en` or `zh-Hans`.
    pub interface_language: String,
}

impl ExportRequest {
    /// The script of headings and quotations.
    pub fn script(&self) -> Script {
        self.choices.script.unwrap_or(self.shown)
    }
}

/// Which notes are exported.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum ExportScope {
    /// All of the document in front.
    #[default]
    Document,
    /// Those of the document in front that the filter of the list lets through.
    Listed,
    /// All of every open document.
    OpenDocuments,
    /// Those that were chosen in the list of all notes.
    Chosen,
}

impl ExportScope {
    /// Every scope.
    pub const ALL: [ExportScope; 4] = [Self::Document, Self::Listed, Self::OpenDocuments, Self::Chosen];

    /// Its name in files, where it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Listed => "listed",
            Self::OpenDocuments => "open-documents",
            Self::Chosen => "chosen",
        }
    }
}

/// What another version of the program calls something else becomes the usual scope.
impl From<String> for ExportScope {
    fn from(name: String) -> Self {
        Self::ALL.into_iter().find(|scope| scope.name() == name).unwrap_or_default()
    }
}

impl From<ExportScope> for String {
    fn from(scope: ExportScope) -> Self {
        scope.name().to_owned()
    }
}

/// What a reader can ask for about exporting notes.
#[derive(Clone, PartialEq, Debug)]
pub enum ExportCommand {
    /// Ask where to export to.
    Ask(Box<ExportRequest>),
    /// Put the export on the clipboard.
    Copy(Box<ExportRequest>),
    /// Show how the export begins.
    Preview(Box<ExportRequest>),
    /// Show how the export of the comparison in front begins.
    PreviewComparison(Box<ComparisonRequest>),
    /// Open the page of export for these notes, of whatever documents.
    Choose(Vec<DocumentNotes>),
    /// End the export that is being made.
    Stop,
}

/// What is asked of the world about exporting notes.
#[derive(Clone, Debug)]
pub enum ExportEffect {
    /// Export to a file. Answered by [`ExportEvent::Progress`] from time to time and [`ExportEvent::Written`] in the end.
    Write {
        /// Comes back with the answers.
        ticket: Ticket,
        /// What to export.
        job: Box<ExportJob>,
        /// Where to.
        path: PathBuf,
    },
    /// Make the text of an export. Answered as a file is, in the end by [`ExportEvent::Made`].
    Make {
        /// Comes back with the answers.
        ticket: Ticket,
        /// What to export.
        job: Box<ExportJob>,
    },
    /// Make the beginning of an export; a newer request takes the place of an older one. Answered by
    /// [`ExportEvent::Previewed`].
    Preview {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to export.
        job: Box<ExportJob>,
    },
    /// The same of a comparison.
    PreviewComparison {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to export.
        job: Box<ComparisonExportJob>,
    },
    /// Read the reader's own templates. Answered by [`ExportEvent::TemplatesRead`].
    ReadTemplates,
    /// End an export that is being made.
    Stop(Ticket),
}

/// What the world tells about exporting notes.
#[derive(Debug)]
pub enum ExportEvent {
    /// So much of an export is done.
    Progress {
        /// The request's.
        ticket: Ticket,
        /// From 0 to 1.
        done: f32,
    },
    /// Notes were exported to a file, or not.
    Written {
        /// The request's.
        ticket: Ticket,
        /// The file.
        path: PathBuf,
        /// How many notes, or why not.
        result: Result<usize, NotExported>,
    },
    /// The text of an export was made, or not.
    Made {
        /// The request's.
        ticket: Ticket,
        /// It, and how many notes it has; or why not.
        result: Result<(String, usize), NotExported>,
    },
    /// How an export begins.
    Previewed {
        /// The request's.
        ticket: Ticket,
        /// It, or why there is none.
        result: Result<ExportPreview, String>,
    },
    /// The reader's own templates.
    TemplatesRead {
        /// Those that could be read.
        templates: Vec<Template>,
        /// What is wrong with others, one sentence each.
        faults: Vec<String>,
    },
}

/// How an export begins.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ExportPreview {
    /// Its first lines, as text.
    pub text: String,
    /// The cells of its first rows, the names of the columns first; nothing where it is no table.
    pub rows: Vec<Vec<String>>,
    /// Whether there is more.
    pub cut: bool,
}

impl ExportPreview {
    /// How many lines it has at most.
    pub(super) const LINES: usize = 100;

    /// The longest line, in characters.
    const LINE: usize = 400;

    /// How the bytes of a file begin; `more` says that these are only the beginning of it.
    pub(super) fn of(bytes: &[u8], more: bool) -> Self {
        let mut rows = export::rows_in(bytes).unwrap_or_default();
        let text = exchange::project_in(bytes).or_else(|| export::preview(bytes));
        let text = text.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned());
        let mut lines = text.lines();
        let first = lines.by_ref().take(Self::LINES).map(|line| line.chars().take(Self::LINE).collect());
        let first: Vec<String> = first.collect();
        rows.truncate(Self::LINES);
        Self { text: first.join("\n"), rows, cut: lines.next().is_some() || more }
    }
}

/// What is known of exports: for the page of export.
#[derive(Clone, PartialEq, Debug)]
pub struct Exporting {
    /// The templates: those that come with the program, then the reader's own.
    pub templates: Arc<[Template]>,
    /// What is wrong with templates of the reader's, one sentence each.
    pub faults: Vec<String>,
    /// How the export that was asked for last begins, or why it cannot be made; `None` until that is known.
    pub preview: Option<Result<ExportPreview, String>>,
    /// The notes that were chosen in the list of all notes.
    pub chosen: Vec<DocumentNotes>,
    /// The request that the preview answers.
    pub(super) previewing: Option<Ticket>,
    /// The export that is being made, and how much of it is done.
    pub(super) running: Option<(Ticket, f32)>,
}

impl Default for Exporting {
    fn default() -> Self {
        Self {
            templates: Template::included().into(),
            faults: Vec::new(),
            preview: None,
            chosen: Vec::new(),
            previewing: None,
            running: None,
        }
    }
}

impl Exporting {
    /// How much of the export that is being made is done, from 0 to 1; `None` where none is.
    pub fn progress(&self) -> Option<f32> {
        self.running.map(|(_, done)| done)
    }

    /// The template that was chosen by the name of its file; the first where there is none of that name.
    pub fn template(&self, file: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.file() == file).or(self.templates.first())
    }
}
