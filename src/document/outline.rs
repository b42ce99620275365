//! The headings of a document.

use super::{Block, BlockIndex, BlockKind};

/// The headings of a document, in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outline {
    entries: Vec<OutlineEntry>,
}

/// One heading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutlineEntry {
    /// The heading's block.
    pub block: BlockIndex,
    /// Its level, from 1.
    pub level: u8,
    /// The entry above it: the nearest one before with a smaller level.
    pub parent: Option<usize>,
}

impl Outline {
    /// The headings among `blocks`.
    pub fn of(blocks: &[Block]) -> Self {
        let mut entries: Vec<OutlineEntry> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let Some(level) = heading_level(block.kind) else { continue };
            while open.last().is_some_and(|&last| entries.get(last).is_some_and(|entry| entry.level >= level))
            {
                open.pop();
            }
            open.push(entries.len());
            let parent = open.iter().rev().nth(1).copied();
            entries.push(OutlineEntry { block: BlockIndex::new(index), level, parent });
        }
        Self { entries }
    }

    /// The headings, in order.
    pub fn entries(&self) -> &[OutlineEntry] {
        &self.entries
    }

    /// The index of the heading that `block` stands under (or is).
    pub fn entry_at(&self, block: BlockIndex) -> Option<usize> {
        self.entries.partition_point(|entry| entry.block <= block).checked_sub(1)
    }

    /// The headings that `block` stands under, the highest first; a heading stands under itself.
    pub fn path(&self, block: BlockIndex) -> Vec<BlockIndex> {
        let mut path = Vec::new();
        let mut next = self.entry_at(block);
        while let Some(entry) = next.and_then(|index| self.entries.get(index)) {
            path.push(entry.block);
            next = entry.parent;
        }
        path.reverse();
        path
    }
}

/// The title stands above everything: level 0 here, so that every heading is under it.
fn heading_level(kind: BlockKind) -> Option<u8> {
    match kind {
        BlockKind::Title => Some(0),
        other => other.heading_level(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn path_of(kinds: &[BlockKind], block: usize) -> Vec<usize> {
        let blocks: Vec<Block> =
            kinds.iter().map(|&kind| Block { span: Span::default(), kind, boxed: false }).collect();
        Outline::of(&blocks).path(BlockIndex::new(block)).iter().map(|index| index.as_usize()).collect()
    }

    #[test]
    fn a_path_leads_through_the_headings_above() {
        let heading = |level| BlockKind::Heading { level };
        let kinds = [
            BlockKind::Title,
            heading(1),
            heading(2),
            BlockKind::Paragraph,
            heading(1),
            BlockKind::Paragraph,
        ];
        assert_eq!(path_of(&kinds, 3), [0, 1, 2]);
        assert_eq!(path_of(&kinds, 5), [0, 4]);
        assert_eq!(path_of(&kinds, 0), [0]);
        assert_eq!(path_of(&[BlockKind::Paragraph], 0), Vec::<usize>::new());
    }
}
