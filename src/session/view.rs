//! A block as it is shown.

use super::DifferenceKind;
use crate::compare::{LinkIndex, Verdict};
use crate::document::{BlockIndex, BlockKind, Row};
use crate::notes::{Colour, NoteId};
use crate::text::{Pairing, Span};

/// A block as it is shown: its text in the script of choice, and how that lies beside the source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BlockView {
    /// Which block.
    pub index: BlockIndex,
    /// What it is.
    pub kind: BlockKind,
    /// Whether it belongs to a box.
    pub boxed: bool,
    /// Where its cells stand, if it is a row of a table: one for each part of `text` between tabulators.
    pub row: Option<Row>,
    /// Where it stands in the document's text.
    pub source: Span,
    /// The text to show.
    pub text: String,
    /// Left: the source, from the block's start. Right: `text`.
    pub pairing: Pairing,
}

impl BlockView {
    /// What shows a stretch of the document's text, in bytes of [`BlockView::text`]; `None` where the
    /// stretch lies outside the block.
    pub fn shown_from_source(&self, source: Span) -> Option<Span> {
        let inside = source.intersection(self.source)?;
        Some(self.pairing.right_from_left(inside.moved_left(self.source.start())))
    }

    /// What a stretch of the text shown was made from, in the document's text.
    pub fn source_from_shown(&self, shown: Span) -> Span {
        self.pairing.left_from_right(shown).moved_right(self.source.start())
    }

    /// Where a position of the document's text is shown; positions outside go to the nearest end.
    pub fn caret_shown(&self, source: u32) -> u32 {
        let inside = source.clamp(self.source.start(), self.source.end()) - self.source.start();
        self.pairing.caret_right_from_left(inside)
    }

    /// The position in the document's text that is shown at `shown`.
    pub fn caret_source(&self, shown: u32) -> u32 {
        self.source.start() + self.pairing.caret_left_from_right(shown)
    }
}

/// A stretch of a block's text that is drawn in a way of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Decoration {
    /// In bytes of [`BlockView::text`].
    pub shown: Span,
    /// Why.
    pub mark: Mark,
}

/// Why a stretch is drawn in a way of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// A note.
    Highlight {
        /// Which.
        id: NoteId,
        /// Its colour.
        colour: Colour,
        /// Whether it is the note in focus.
        focused: bool,
        /// Whether it joins this passage with others.
        linked: bool,
        /// Whether it is sure that the note belongs here.
        sure: bool,
    },
    /// A bookmark stands here; the stretch is empty.
    Bookmark {
        /// Which.
        id: NoteId,
    },
    /// The document has a line through it.
    Struck,
    /// It refers to a footnote or endnote.
    FootnoteMark,
    /// A footnote or endnote begins here, to which marks refer; the stretch is empty.
    FootnoteStart,
    /// The reader has selected it.
    Selection,
    /// It was found.
    Hit,
    /// It was found, and is the one that the reader steps from.
    CurrentHit,
    /// The note in focus is unsure, and may belong here.
    Candidate,
    /// Its characters are doubtful.
    Doubt,
    /// In a comparison: both sides share this wording.
    Shared {
        /// By which link.
        link: LinkIndex,
        /// Whether it is the same or revised.
        verdict: Verdict,
        /// Whether that is the chosen link; others are drawn faintly.
        chosen: bool,
    },
    /// In a comparison: it differs from what answers it. Empty where something stands only on the other
    /// side.
    Different {
        /// How.
        kind: DifferenceKind,
        /// Whether only in script, width, variants, punctuation or white space.
        slight: bool,
        /// Whether it is the one that one stepped to.
        current: bool,
    },
}
