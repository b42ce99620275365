//! Exporting notes: what is asked for, and the work, to be done away from the window.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::compare::Watcher;
use crate::document::{Document, Field, TextId};
use crate::export::{
    self, Column, Counted, Export, ExportedAnswer, ExportedDocument, ExportedNote, Grouping, NotesNotWritten,
    Order, Place, Template, Words,
};
use crate::notes::{Annotation, FarEnd, Found, FoundState};
use crate::text::{Converters, Corrections, Script, Span, Written, detect};

use super::notes::place_of;

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
    /// Whatever a template makes of them.
    Template,
}

impl ExportFormat {
    /// Every format, in the order in which the interface offers them.
    pub const ALL: [ExportFormat; 9] = [
        Self::Markdown,
        Self::Html,
        Self::Docx,
        Self::DocxComments,
        Self::Xlsx,
        Self::Csv,
        Self::Text,
        Self::Ron,
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
        }
    }

    /// Whether it is text, which can be copied and a terminal can show.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Docx | Self::DocxComments | Self::Xlsx)
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
    /// Which notes.
    pub scope: ExportScope,
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
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
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

/// A document whose notes are to be exported.
#[derive(Clone, Debug)]
pub struct ExportSource {
    /// Where it was read from: never to be written, and its name where it has no title of its own.
    pub place: super::Place,
    /// Its title as written, where the document itself is not at hand.
    pub title: String,
    /// The identity of its text, where the document itself is not at hand.
    pub text: Option<TextId>,
    /// The document; `None` where only its notes are known.
    pub document: Option<Arc<Document>>,
    /// How it is to be cited; empty where that is not known.
    pub reference: String,
    /// The reader's corrections that count for it.
    pub corrections: Corrections,
    /// The notes, in order, and where each is.
    pub notes: Vec<(Arc<Annotation>, Place2)>,
}
