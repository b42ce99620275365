//! The blocks of a document.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// One block: a stretch of the text and what it is.
///
/// The span takes in what repairs leave out between its ends (the line break inside a paragraph that was
/// hard-wrapped); [`crate::document::Document::reading`] gives the text as it is to be read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands in the document's text.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Whether it belongs to a box (專欄), a frame or a side note. In plain text, where a box ends is a
    /// guess.
    pub boxed: bool,
}

/// What a block is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum BlockKind {
    /// The title of the document.
    Title,
    /// A heading; level 1 is the highest.
    Heading {
        /// From 1.
        level: u8,
    },
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem {
        /// How deep the list stands inside others, from 0.
        depth: u8,
    },
    /// A block quotation.
    Quotation,
    /// One row of a table, its cells separated by tabulators.
    TableRow,
    /// Who wrote it, where it comes from, when, its number: also found in the metadata.
    Byline,
    /// A footnote or endnote.
    Footnote,
    /// Text whose line breaks and spaces matter, such as a listing.
    Preformatted,
    /// Not part of what the document says. Kept, and shown on demand.
    Aside(AsideReason),
}

/// Why a block was set aside.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum AsideReason {
    /// Navigation and controls of a web page.
    Navigation,
    /// What the page of an office records of the document, such as its number: also found in the metadata.
    Record,
    /// The title once more.
    RepeatedTitle,
    /// An editor's or publisher's line after the text.
    EditorLine,
    /// Links and advertising that do not belong to the text.
    LinkSpam,
    /// A header, footer or page number of a printed page.
    PageFurniture,
    /// Something the page hides from its readers.
    Hidden,
    /// What was deleted in tracked changes.
    Deleted,
}

impl AsideReason {
    /// Its name in files and on the command line, where it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Navigation => "navigation",
            Self::Record => "record",
            Self::RepeatedTitle => "repeated title",
            Self::EditorLine => "editor's line",
            Self::LinkSpam => "link spam",
            Self::PageFurniture => "page furniture",
            Self::Hidden => "hidden",
            Self::Deleted => "deleted",
        }
    }
}

impl BlockKind {
    /// Its name in files and on the command line, where it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading { .. } => "heading",
            Self::Paragraph => "paragraph",
            Self::ListItem { .. } => "list item",
            Self::Quotation => "quotation",
            Self::TableRow => "table row",
            Self::Byline => "byline",
            Self::Footnote => "footnote",
            Self::Preformatted => "preformatted",
            Self::Aside(_) => "aside",
        }
    }

    /// The level that files and the command line give it, from 1: that in the outline, and for items of lists
    /// how deep they stand.
    pub fn level(self) -> Option<u8> {
        match self {
            Self::ListItem { depth } => Some(depth.saturating_add(1)),
            other => other.heading_level(),
        }
    }

    /// The level in the outline, from 1: the title and the headings have one.
    pub fn heading_level(self) -> Option<u8> {
        match self {
            Self::Title => Some(1),
            Self::Heading { level } => Some(level),
            _ => None,
        }
    }

    /// The reason, where the block was set aside.
    pub fn aside(self) -> Option<AsideReason> {
        match self {
            Self::Aside(reason) => Some(reason),
            _ => None,
        }
    }
}
