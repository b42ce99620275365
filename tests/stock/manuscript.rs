//! Texts whose characters know where they come from.

use std::sync::Arc;

use duidu::document::{Block, BlockKind, Document, Parts};
use duidu::text::{Span, detect, is_punctuation};

/// A character of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Glyph {
    /// As first written.
    pub(crate) character: char,
    /// The same number on both sides: the same character of the first draft.
    pub(crate) source: Option<u32>,
    /// As it stands now, where script, words of a region, width or punctuation were changed; for a word of another
    /// length all of it at its first character.
    pub(crate) shown: Option<Box<str>>,
    /// Whether it is no part of the wording: the number of a heading or of an item.
    pub(crate) is_number: bool,
}

impl Glyph {
    /// Whether it counts as wording: numbers of headings, punctuation and spaces do not.
    pub(crate) fn is_wording(&self) -> bool {
        !(self.is_number || self.character.is_whitespace() || is_punctuation(self.character))
    }
}

/// A block of a text.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// What it is.
    pub(crate) kind: BlockKind,
    /// Whether it stands in a box.
    pub(crate) boxed: bool,
    /// The themes it speaks of, as places in [`super::themes::themes`].
    pub(crate) matters: Vec<usize>,
    /// Its text.
    pub(crate) glyphs: Vec<Glyph>,
}

impl Piece {
    /// Whether it is a heading or the title.
    pub(crate) fn is_heading(&self) -> bool {
        self.kind.heading_level().is_some()
    }

    /// Whether it is text, and neither heading nor set aside.
    pub(crate) fn is_body(&self) -> bool {
        matches!(self.kind, BlockKind::Paragraph | BlockKind::ListItem { .. })
    }

    /// Whether it is compared at all.
    pub(crate) fn is_compared(&self) -> bool {
        self.is_body() || self.is_heading()
    }

    /// Its text as first written.
    pub(crate) fn draft(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.character).collect()
    }

    /// Its text as it stands now.
    pub(crate) fn text(&self) -> String {
        let mut text = String::with_capacity(self.glyphs.len() * 3);
        for glyph in &self.glyphs {
            match &glyph.shown {
                Some(shown) => text.push_str(shown),
                None => text.push(glyph.character),
            }
        }
        text
    }

    /// Exchanges what stands before the wording for `number`.
    pub(crate) fn renumber(&mut self, number: &str) {
        self.glyphs.retain(|glyph| !glyph.is_number);
        self.glyphs.splice(0..0, number.chars().map(Self::number));
    }

    fn number(character: char) -> Glyph {
        Glyph { character, source: None, shown: None, is_number: true }
    }
}

/// A text that is not yet a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Manuscript {
    /// Its blocks, in order.
    pub(crate) pieces: Vec<Piece>,
}

impl Manuscript {
    /// The document, one block for each piece, parted by blank lines.
    pub(crate) fn document(&self) -> Arc<Document> {
        let mut text = String::new();
        let mut blocks = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            let start = text.len();
            text.push_str(&piece.text());
            blocks.push(Block {
                span: Span::from_range(&(start..text.len())),
                kind: piece.kind,
                boxed: piece.boxed,
            });
            text.push_str("\n\n");
        }
        let written = detect(&text);
        Arc::new(Document::new(Parts { text: text.into(), blocks, written, ..Parts::default() }).unwrap())
    }

    /// How many characters it has.
    pub(crate) fn len(&self) -> usize {
        self.pieces.iter().map(|piece| piece.glyphs.len()).sum()
    }
}
