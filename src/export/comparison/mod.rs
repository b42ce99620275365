//! A comparison as a file for other programs: the table of correspondences (對照表) as HTML, DOCX and Markdown,
//! the links as XLSX and CSV, everything as JSON.
//!
//! As with notes every function is pure. The columns come in the script of choice, each block with its
//! [`crate::text::Pairing`] to the source, so that what was found in the source is marked in what is shown.

mod csv;
mod docx;
mod html;
mod json;
mod lines;
mod markdown;
mod pieces;
mod reason;
mod rows;
mod summary;
mod words;
mod xlsx;

use std::sync::Arc;

use jiff::Timestamp;

pub use csv::to_csv;
pub use docx::to_docx;
pub use html::to_html;
pub use json::to_json;
pub use markdown::to_markdown;
pub use words::ComparisonWords;
pub use xlsx::to_xlsx;

pub use super::{Column, ShownBlock};
use crate::compare::{Comparison, LinkIndex, Side};
use crate::notes::Tag;

/// What is to be exported of a comparison.
#[derive(Clone, Debug)]
pub struct ComparisonExport {
    /// What was found.
    pub comparison: Arc<Comparison>,
    /// The left document.
    pub left: Column,
    /// The right document.
    pub right: Column,
    /// The chosen links, in the order of [`Comparison::links`]; see [`ComparisonExport::all_links`].
    pub links: Vec<LinkIndex>,
    /// Whether tables list what stands only on one side. JSON always does.
    pub only_here: bool,
    /// Whether tables mark what differs in script, width, punctuation or regional words only.
    pub slight: bool,
    /// What the reader says about links.
    pub notes: Vec<LinkNote>,
    /// The words that an export writes by itself.
    pub words: ComparisonWords,
    /// The language of those words, such as `en` or `zh-Hans`.
    pub interface_language: String,
    /// When it is exported: the files of office programs say so.
    pub made: Timestamp,
}

/// The formats comparisons are exported to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum ComparisonFormat {
    /// The table as one self-contained page of HTML.
    #[default]
    Html,
    /// The table for a word processor (Office Open XML).
    Docx,
    /// The links for a spreadsheet (Office Open XML).
    Xlsx,
    /// The links as values separated by commas.
    Csv,
    /// The links as Markdown.
    Markdown,
    /// Everything, for programs.
    Json,
}

impl ComparisonFormat {
    /// Every format, in the order in which the interface offers them.
    pub const ALL: [ComparisonFormat; 6] =
        [Self::Html, Self::Docx, Self::Xlsx, Self::Csv, Self::Markdown, Self::Json];

    /// The ending of its file names, without the dot; also its name on the command line.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }

    /// Whether it is text, which a terminal can show.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Docx | Self::Xlsx)
    }

    /// The bytes of the file.
    ///
    /// Errors: see [`NotWritten`].
    pub fn write(self, export: &ComparisonExport) -> Result<Vec<u8>, NotWritten> {
        match self {
            Self::Html => Ok(to_html(export).into_bytes()),
            Self::Docx => to_docx(export),
            Self::Xlsx => to_xlsx(export),
            Self::Csv => Ok(to_csv(export)),
            Self::Markdown => Ok(to_markdown(export).into_bytes()),
            Self::Json => to_json(export),
        }
    }
}

/// Why a comparison could not be made a file.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// As JSON.
    #[error("the comparison cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// As XLSX: there are more rows than a sheet holds.
    #[error("the comparison cannot be written as a workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// As DOCX.
    #[error("the comparison cannot be written as a document: {0}")]
    Package(#[from] zip::result::ZipError),
}

/// What the reader says about a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkNote {
    /// The link; `None` where it is no longer found.
    pub link: Option<LinkIndex>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// What is said, as Markdown; empty where nothing.
    pub text: String,
    /// What it quotes of the left side, in the script of that column; empty where nothing.
    pub left: String,
    /// What it quotes of the right side, in the script of that column; empty where nothing.
    pub right: String,
}

impl ComparisonExport {
    /// Every link of a comparison.
    pub fn all_links(comparison: &Comparison) -> Vec<LinkIndex> {
        (0..comparison.links().len()).map(LinkIndex::new).collect()
    }

    /// One of the two columns.
    pub fn column(&self, side: Side) -> &Column {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// What stands between a name and what it names, in the language of the words.
    fn colon(&self) -> &'static str {
        super::colon(&self.interface_language)
    }
}

#[cfg(test)]
mod sample;
