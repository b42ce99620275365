//! Footnotes and endnotes, tied to the words that they belong to.

use serde::{Deserialize, Serialize};

use super::{BlockIndex, Document};
use crate::text::Span;

/// A place in the text and the note that belongs to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct FootnoteLink {
    /// The mark in the text that refers to the note, such as `[1]`, or the words that the note explains.
    pub mark: Span,
    /// The first block of the note: a [`super::BlockKind::Footnote`]. The blocks of that kind after it belong to
    /// it too, until another note begins.
    pub note: BlockIndex,
}

impl Document {
    /// The marks of notes with their notes, in order of the marks.
    pub fn footnotes(&self) -> &[FootnoteLink] {
        &self.footnotes
    }

    /// The note whose mark stands at `position` (bytes of the text): the innermost, where marks lie in each other.
    pub fn footnote_at(&self, position: u32) -> Option<FootnoteLink> {
        let holds = |link: &&FootnoteLink| link.mark.start() <= position && position < link.mark.end();
        self.footnotes.iter().filter(holds).min_by_key(|link| link.mark.len()).copied()
    }

    /// The marks that begin in `span`, in order.
    pub fn marks_in(&self, span: Span) -> &[FootnoteLink] {
        let before = |position: u32| self.footnotes.partition_point(|link| link.mark.start() < position);
        self.footnotes.get(before(span.start())..before(span.end())).unwrap_or_default()
    }

    /// The note that `block` belongs to: its first block.
    pub fn note_of(&self, block: BlockIndex) -> Option<BlockIndex> {
        let first = self.footnotes.iter().map(|link| link.note).filter(|note| *note <= block).max();
        first.filter(|first| self.is_one_note(*first, block))
    }

    /// The blocks of the note that begins with `first`, in order.
    pub fn blocks_of_note(&self, first: BlockIndex) -> impl Iterator<Item = BlockIndex> + '_ {
        let next = self.footnotes.iter().map(|link| link.note).filter(|note| *note > first).min();
        let end = next.map_or(self.blocks.len(), BlockIndex::as_usize);
        let blocks = (first.as_usize()..end).map(BlockIndex::new);
        let is_note = |index: &BlockIndex| {
            self.block(*index).is_some_and(|block| block.kind == super::BlockKind::Footnote)
        };
        blocks.take_while(is_note)
    }

    /// The marks that refer to the note that `block` belongs to, in order of the text.
    pub fn marks_of(&self, block: BlockIndex) -> Vec<Span> {
        let Some(first) = self.note_of(block) else { return Vec::new() };
        self.footnotes.iter().filter(|link| link.note == first).map(|link| link.mark).collect()
    }

    /// Whether all blocks from `first` to `last` are of notes.
    fn is_one_note(&self, first: BlockIndex, last: BlockIndex) -> bool {
        let blocks = self.blocks.get(first.as_usize()..=last.as_usize()).unwrap_or_default();
        !blocks.is_empty() && blocks.iter().all(|block| block.kind == super::BlockKind::Footnote)
    }
}
