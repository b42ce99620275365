//! What is exported: documents, their notes, and the passages that these are about.

use std::sync::Arc;

use crate::document::{Document, TextId};
use crate::notes::{Annotation, Conflict, FoundState, PlaceNow, Tag};
use crate::text::{Span, saturate};

use super::{Column, heading_path_below, on_one_line};

/// A document whose notes are exported.
#[derive(Clone, Debug, Default)]
pub struct ExportedDocument {
    /// The identity of its text; `None` where it is not known.
    pub id: Option<TextId>,
    /// Its title in the script of choice, or the name of its file.
    pub title: String,
    /// Where it comes from, on one line, in the script of choice; empty where unknown.
    pub source: String,
    /// How it is to be cited; empty where that is not known.
    pub reference: String,
    /// The language of title, headings and quotations, as [`super::language_tag`] gives it.
    pub language: String,
    /// The language of what is quoted as written, likewise.
    pub written_language: String,
    /// Where it was read from, in words; `None` unless that was asked for.
    pub place: Option<String>,
    /// The document itself; `None` where only its notes are known.
    pub document: Option<Arc<Document>>,
    /// Its blocks in the script of choice, for the formats that need them.
    pub column: Option<Column>,
    /// The chosen notes, in the order of the document.
    pub notes: Vec<ExportedNote>,
}

/// One note as it is exported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExportedNote {
    /// The note, as it is kept: its quotation and its headings are as written.
    pub note: Arc<Annotation>,
    /// Other texts of the note, between which the reader has not chosen yet: for the formats that can tell them from
    /// its own. In the others they are a part of its text.
    pub conflicts: Vec<Conflict>,
    /// The quotation in the script of choice; empty for a bookmark.
    pub quote: String,
    /// What of the quotation is struck out in the document: in order, in bytes of `quote`.
    pub struck: Vec<Span>,
    /// What stands at its place now, in the script of choice, where these are other words than it quotes; empty otherwise.
    pub reads_now: String,
    /// The headings that it stands under, the highest first, in the script of choice.
    pub headings: Vec<String>,
    /// Where it is; `None` where it is lost or its document is not at hand.
    pub place: Option<Place>,
    /// How that place is cited.
    pub locus: ExportedLocus,
    /// Whether it was found again; `None` where nobody has looked.
    pub state: Option<FoundState>,
    /// The other passages that it is about too, in the order of [`Annotation::answers`].
    pub answers: Vec<ExportedAnswer>,
}

impl ExportedNote {
    /// The quotation in pieces, each with whether it is struck out in the document.
    pub(super) fn quoted_pieces(&self) -> Vec<(&str, bool)> {
        let (mut pieces, mut from) = (Vec::new(), 0);
        for struck in &self.struck {
            pieces.push((Span::new(from, struck.start().max(from)), false));
            pieces.push((*struck, true));
            from = struck.end();
        }
        pieces.push((Span::new(from, saturate(self.quote.len()).max(from)), false));
        let said = |(span, struck): (Span, bool)| Some((span.of(&self.quote)?, struck));
        pieces.into_iter().filter_map(said).filter(|(said, _)| !said.is_empty()).collect()
    }

    /// The quotation word for word as in the document; empty for a bookmark.
    pub fn quote_as_written(&self) -> &str {
        &self.note.anchor.quote
    }

    /// Where it stands and what is written there, as it is cited.
    pub fn place_now(&self) -> PlaceNow {
        let ExportedLocus { clause, page, .. } = self.locus.clone();
        PlaceNow { clause, page, reads_now: self.reads_now.clone() }
    }

    /// Its tags.
    pub(super) fn tags(&self) -> Vec<&str> {
        self.note.tags.iter().map(Tag::as_str).collect()
    }

    /// What the reader says, without white space around it; `None` where nothing.
    pub(super) fn said(&self) -> Option<&str> {
        Some(self.note.text.trim()).filter(|text| !text.is_empty())
    }
}

/// A passage of another document, or another passage of its own, that an exported note is about too.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ExportedAnswer {
    /// The title of the other document in the script of choice, or the name of its file.
    pub title: String,
    /// The language of title and quotation, as [`super::language_tag`] gives it.
    pub language: String,
    /// The headings that the passage stands under, the highest first, in the script of choice.
    pub headings: Vec<String>,
    /// The quotation in the script of choice.
    pub quote: String,
    /// The quotation word for word as in the other document.
    pub quote_as_written: String,
}

impl ExportedAnswer {
    /// Where the passage stands, on one line: the document and the headings in it.
    pub(super) fn source(&self) -> String {
        let title = on_one_line(&self.title);
        let headings = heading_path_below(&title, &self.headings);
        if headings.is_empty() { title } else { format!("{title} › {headings}") }
    }
}

/// Where a note stands as one says it when one cites it, in the script of choice: nothing where there is nothing to say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ExportedLocus {
    /// The first of its paragraphs, counted from 1 through the body.
    pub paragraph: Option<u32>,
    /// Its paragraphs: `3`, `3–5`.
    pub paragraphs: String,
    /// Its clauses: 第三條, 第三條至第五條.
    pub clause: String,
    /// Its pages as the document calls them: `12`, `12–13`.
    pub page: String,
}

/// Where a note is in its document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The block, counted from 0.
    pub block: usize,
    /// The first character, in characters (code points) of the document's text from 0.
    pub start: usize,
    /// The first character after it, counted likewise.
    pub end: usize,
    /// The same in bytes.
    pub span: Span,
}
