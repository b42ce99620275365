//! What is compared: a document or a section of it.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::document::{Block, BlockIndex, BlockKind, Document};
use crate::text::Span;

/// One of the two sides of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Side {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

impl Side {
    /// Both, the left one first.
    pub const BOTH: [Side; 2] = [Self::Left, Self::Right];

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// A document, or a stretch of its blocks, that is compared. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Part {
    document: Arc<Document>,
    first: usize,
    after: usize,
}

impl Part {
    /// The whole of a document.
    pub fn whole(document: Arc<Document>) -> Self {
        let after = document.blocks().len();
        Self { document, first: 0, after }
    }

    /// The blocks from `first` up to, not including, `after`; cut to what the document has.
    pub fn of(document: Arc<Document>, first: BlockIndex, after: BlockIndex) -> Self {
        let count = document.blocks().len();
        let after = after.as_usize().min(count);
        Self { document, first: first.as_usize().min(after), after }
    }

    /// The section that `block` belongs to: the box (專欄) that it stands in, or else its nearest heading with
    /// everything under it; the whole document where there is neither.
    pub fn section(document: Arc<Document>, block: BlockIndex) -> Self {
        let range = box_around(document.blocks(), block.as_usize()).or_else(|| section_of(&document, block));
        let Some(range) = range else { return Self::whole(document) };
        Self { document, first: range.start, after: range.end }
    }

    /// The document.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// The blocks that are compared, as positions in [`Document::blocks`].
    pub fn range(&self) -> Range<usize> {
        self.first..self.after
    }

    /// Whether it is all of the document.
    pub fn is_whole(&self) -> bool {
        self.first == 0 && self.after == self.document.blocks().len()
    }

    /// The blocks that are compared, with their indices.
    pub fn blocks(&self) -> impl Iterator<Item = (BlockIndex, &Block)> {
        let blocks = self.document.blocks().get(self.range()).unwrap_or_default();
        (self.first..).map(BlockIndex::new).zip(blocks)
    }

    /// Whether the block with that index is compared.
    pub fn contains(&self, block: BlockIndex) -> bool {
        self.range().contains(&block.as_usize())
    }

    /// The stretch of the document's text that is compared.
    pub fn span(&self) -> Span {
        let blocks = self.document.blocks().get(self.range()).unwrap_or_default();
        let ends = blocks.first().zip(blocks.last());
        ends.map_or(Span::default(), |(first, last)| first.span.union(last.span))
    }
}

/// The run of boxed blocks around `index`, from its nearest heading on.
fn box_around(blocks: &[Block], index: usize) -> Option<Range<usize>> {
    if !blocks.get(index)?.boxed {
        return None;
    }
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading { .. });
    let mut start = index;
    while !blocks.get(start).is_some_and(is_heading) && start > 0 && blocks.get(start - 1)?.boxed {
        start -= 1;
    }
    let rest = blocks.get(index + 1..).unwrap_or_default();
    let more = rest.iter().take_while(|block| block.boxed && !is_heading(block)).count();
    Some(start..index + 1 + more)
}

fn section_of(document: &Document, block: BlockIndex) -> Option<Range<usize>> {
    let outline = document.outline();
    let index = outline.entry_at(block)?;
    let entry = outline.entries().get(index)?;
    let later = outline.entries().get(index + 1..).unwrap_or_default();
    let is_title = |block: BlockIndex| document.block(block).is_some_and(|b| b.kind == BlockKind::Title);
    let next = later.iter().find(|next| {
        (next.level <= entry.level && !is_title(entry.block))
            || (is_title(next.block) && is_title(entry.block))
    });
    let end = next.map_or(document.blocks().len(), |next| next.block.as_usize());
    Some(entry.block.as_usize()..end)
}
