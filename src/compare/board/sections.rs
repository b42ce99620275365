//! What stands under a heading.
//!
//! A heading says nothing without what stands under it: it goes where that goes. So a board is made of passages,
//! and a heading stands before the first passage under it.

use crate::compare::board::{ComparedPair, column_of};
use crate::compare::{Part, Side, is_compared};
use crate::document::{Block, BlockIndex, BlockKind};

/// What each block of each column is to the others.
pub(super) struct Sections(Vec<Column>);

struct Column {
    first: usize,
    kinds: Vec<Kind>,
    boxed: Vec<bool>,
    /// For each block the headings that stand over it and over nothing before it, the highest first.
    over: Vec<Vec<BlockIndex>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Passage,
    Heading,
    Title,
    /// Set aside, or set aside in another document and answered by none.
    Other,
}

impl Sections {
    pub(super) fn of(columns: &[Part], pairs: &[ComparedPair<'_>]) -> Self {
        let made = |(column, part)| Column::of(part, |block| stands_apart(pairs, column, block));
        Self(columns.iter().enumerate().map(made).collect())
    }

    /// Whether a block says something by itself.
    pub(super) fn is_passage(&self, column: usize, block: BlockIndex) -> bool {
        self.kind(column, block) == Kind::Passage
    }

    /// Whether a block is a heading, but not the title.
    pub(super) fn is_heading(&self, column: usize, block: BlockIndex) -> bool {
        self.kind(column, block) == Kind::Heading
    }

    /// The headings that stand straight over a passage, the highest first.
    pub(super) fn over(&self, column: usize, block: BlockIndex) -> &[BlockIndex] {
        let over = self.0.get(column).and_then(|column| column.over.get(column.place(block)?));
        over.map_or(&[], Vec::as_slice)
    }

    /// The passages between a heading and the next one, or the end of its box; of a passage itself; of the title none, as it is over
    /// everything.
    pub(super) fn under(&self, column: usize, block: BlockIndex) -> impl Iterator<Item = BlockIndex> {
        let own = self.is_passage(column, block).then_some(block);
        let next = block.as_usize() + 1;
        let after = if self.is_heading(column, block) { self.end(column, next) } else { next };
        let below = (next..after).map(BlockIndex::new);
        own.into_iter().chain(below.filter(move |below| self.is_passage(column, *below)))
    }

    /// Where the passages end that begin at a place.
    fn end(&self, column: usize, from: usize) -> usize {
        let Some(column) = self.0.get(column) else { return from };
        let at = from.saturating_sub(column.first);
        let boxed = at.checked_sub(1).and_then(|heading| column.boxed.get(heading)).copied();
        let rest = column.kinds.iter().zip(&column.boxed).skip(at);
        let under = rest
            .take_while(|(kind, own)| !matches!(kind, Kind::Heading | Kind::Title) && Some(**own) == boxed);
        from + under.count()
    }

    fn kind(&self, column: usize, block: BlockIndex) -> Kind {
        let kind = self.0.get(column).and_then(|column| column.kinds.get(column.place(block)?));
        kind.copied().unwrap_or(Kind::Other)
    }
}

impl Column {
    fn of(part: &Part, stands_apart: impl Fn(BlockIndex) -> bool) -> Self {
        let kind = |(index, block): (BlockIndex, &Block)| match kind(block.kind) {
            Kind::Passage if stands_apart(index) => Kind::Other,
            kind => kind,
        };
        let mut kinds: Vec<Kind> = part.blocks().map(kind).collect();
        // What has headings only, such as an outline, says what it says in them.
        if !kinds.contains(&Kind::Passage) {
            for kind in kinds.iter_mut().filter(|kind| **kind == Kind::Heading) {
                *kind = Kind::Passage;
            }
        }
        let over = headings_over(part, &kinds);
        let boxed = part.blocks().map(|(_, block)| block.boxed).collect();
        Self { first: part.range().start, kinds, boxed, over }
    }

    fn place(&self, block: BlockIndex) -> Option<usize> {
        block.as_usize().checked_sub(self.first)
    }
}

/// Whether another document has the words of a block only where nothing is compared, and none answers it.
fn stands_apart(pairs: &[ComparedPair<'_>], column: usize, block: BlockIndex) -> bool {
    let sides = pairs.iter().flat_map(|pair| Side::BOTH.map(|side| (pair, side)));
    let own = || sides.clone().filter(|(pair, side)| column_of(pair, *side) == column);
    own().any(|(pair, side)| pair.comparison.stands_apart(side, block))
        && own().all(|(pair, side)| pair.comparison.links_at(side, block).is_empty())
}

fn kind(kind: BlockKind) -> Kind {
    match kind {
        BlockKind::Title => Kind::Title,
        BlockKind::Heading { .. } => Kind::Heading,
        other if is_compared(other) => Kind::Passage,
        _ => Kind::Other,
    }
}

/// A heading waits for the first passage under it; where another of its level comes before one, nothing stands
/// under it.
fn headings_over(part: &Part, kinds: &[Kind]) -> Vec<Vec<BlockIndex>> {
    let mut waiting: Vec<(u8, BlockIndex)> = Vec::new();
    let headings = part.blocks().zip(kinds).map(|((index, block), kind)| {
        match kind {
            Kind::Heading | Kind::Title => {
                let level = if *kind == Kind::Title { 0 } else { block.kind.heading_level().unwrap_or(1) };
                waiting.retain(|(higher, _)| *higher < level);
                waiting.push((level, index));
            }
            Kind::Passage => return waiting.drain(..).map(|(_, heading)| heading).collect(),
            Kind::Other => {}
        }
        Vec::new()
    });
    headings.collect()
}
