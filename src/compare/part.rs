//! What is compared: a document or a section of it.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::document::{Block, BlockIndex, BlockKind, Document, OutlineEntry};
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
    // A box stands inside a section and neither ends it nor begins another.
    let is_outside = |entry: &&OutlineEntry| document.block(entry.block).is_some_and(|block| !block.boxed);
    let (before, later) = outline.entries().split_at_checked(outline.entry_at(block)? + 1)?;
    let entry = before.iter().rev().find(is_outside)?;
    let is_title = |block: BlockIndex| document.block(block).is_some_and(|b| b.kind == BlockKind::Title);
    let next = later.iter().filter(is_outside).find(|next| {
        (next.level <= entry.level && !is_title(entry.block))
            || (is_title(next.block) && is_title(entry.block))
    });
    let end = next.map_or(document.blocks().len(), |next| next.block.as_usize());
    Some(entry.block.as_usize()..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::testing::document;

    fn check_section(lines: &str, block: usize, expected: Range<usize>) {
        let part = Part::section(document(lines), BlockIndex::new(block));
        assert_eq!(part.range(), expected);
    }

    #[test]
    fn a_section_is_its_heading_and_all_under_it() {
        let text = "@章程\n序\n#渡口\n开航\n##收费\n一文\n#山林\n巡护";
        check_section(text, 3, 2..6);
        check_section(text, 2, 2..6);
        check_section(text, 5, 4..6);
        check_section(text, 7, 6..8);
        check_section(text, 1, 0..8);
    }

    #[test]
    fn without_a_heading_above_it_is_everything() {
        check_section("序\n#渡口\n开航", 0, 0..3);
        check_section("开航\n收航", 1, 0..2);
        check_section("开航", 9, 0..1);
        check_section("", 0, 0..0);
    }

    #[test]
    fn a_second_title_begins_another_text() {
        check_section("@章程\n#渡口\n开航\n@附件\n#收费\n一文", 0, 0..3);
        check_section("@章程\n#渡口\n开航\n@附件\n#收费\n一文", 3, 3..6);
    }

    #[test]
    fn a_box_ends_where_the_text_goes_on_or_another_begins() {
        let text = "#渡口\n开航\n|##缆绳\n|缆绳换新\n|船底补漆\n|##船桨\n|船桨上油\n收航";
        check_section(text, 3, 2..5);
        check_section(text, 2, 2..5);
        check_section(text, 6, 5..7);
        check_section(text, 7, 0..8);
        check_section("开航\n|缆绳换新\n|船底补漆", 2, 1..3);
    }

    #[test]
    fn a_part_is_cut_to_what_the_document_has() {
        let of = |first, after| {
            Part::of(document("开航\n收航\n歇工"), BlockIndex::new(first), BlockIndex::new(after))
        };
        assert_eq!(of(1, 9).range(), 1..3);
        assert_eq!(of(2, 1).range(), 1..1);
        assert!(of(0, 3).is_whole() && !of(0, 2).is_whole());
        assert_eq!(of(1, 2).span().of(of(1, 2).document().text()), Some("收航"));
        assert_eq!(of(1, 1).span(), Span::default());
        assert!(of(1, 2).contains(BlockIndex::new(1)) && !of(1, 2).contains(BlockIndex::new(2)));
    }
}
