//! Shared passages cut to pieces that lie in one block of either side.

use super::{Column, ComparisonExport};
use crate::compare::{Link, Passage, Side, Verdict};
use crate::document::BlockIndex;
use crate::text::{Span, saturate};

/// A passage, or a part of one, within one block of either side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    pub(super) left: Place,
    pub(super) right: Place,
    pub(super) verdict: Verdict,
}

/// A stretch of what is shown of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub(super) block: BlockIndex,
    /// In bytes of the block's text as shown.
    pub(super) shown: Span,
}

/// The pieces of a link's passages, in order of the left text.
pub(super) fn pieces(export: &ComparisonExport, link: &Link) -> Vec<Piece> {
    link.passages.iter().flat_map(|passage| pieces_of(export, passage)).collect()
}

fn pieces_of(export: &ComparisonExport, passage: &Passage) -> Vec<Piece> {
    let text = |side| &**export.comparison.part(side).document().text();
    let alignment = Alignment::new([text(Side::Left), text(Side::Right)], passage, &[]);
    let [left, right] = Side::BOTH.map(|side| Fragments::of(export.column(side), passage.span(side)));
    let cuts = cuts(&alignment, &left, &right);
    let segments = cuts.windows(2).filter_map(|ends| {
        let [start, end] = ends else { return None };
        let left = left.within(Span::new(start[0], end[0]))?;
        let right = right.within(Span::new(start[1], end[1]))?;
        let [left, right] = [placed(&export.left, left)?, placed(&export.right, right)?];
        Some(Piece { left, right, verdict: passage.verdict })
    });
    segments.collect()
}

fn placed(column: &Column, (block, source): (BlockIndex, Span)) -> Option<Place> {
    let shown = column.block(block)?.shown(source);
    (!shown.is_empty()).then_some(Place { block, shown })
}

/// Where a passage is cut, on both sides: at its ends, and where on either side a block ends.
fn cuts(alignment: &Alignment<'_>, left: &Fragments, right: &Fragments) -> Vec<[u32; 2]> {
    let of_left = left.ends().map(|end| [end, alignment.across(Side::Left, end)]);
    let of_right = right.ends().map(|end| [alignment.across(Side::Right, end), end]);
    let mut cuts: Vec<[u32; 2]> = of_left.chain(of_right).chain(alignment.ends()).collect();
    cuts.sort_unstable();
    let mut reached = 0;
    // Where something was moved, a cut could lead back.
    cuts.retain(|[_, right]| {
        let ahead = *right >= reached;
        reached = reached.max(*right);
        ahead
    });
    cuts.dedup();
    cuts
}

/// What a passage takes of each block that it touches, in order.
struct Fragments(Vec<(BlockIndex, Span)>);

impl Fragments {
    fn of(column: &Column, passage: Span) -> Self {
        Self(column.fragments(passage).collect())
    }

    /// Where blocks end inside the passage.
    fn ends(&self) -> impl Iterator<Item = u32> {
        self.0.iter().take(self.0.len().saturating_sub(1)).map(|(_, span)| span.end())
    }

    /// What lies in `segment`, which ends where a block ends at the latest.
    fn within(&self, segment: Span) -> Option<(BlockIndex, Span)> {
        let after = self.0.partition_point(|(_, span)| span.end() <= segment.start());
        let &(block, span) = self.0.get(after)?;
        let part = span.intersection(segment).filter(|part| !part.is_empty())?;
        Some((block, part))
    }
}

/// Which place on one side of a passage answers a place on the other.
struct Alignment<'a> {
    texts: [&'a str; 2],
    passage: [Span; 2],
    /// What differs, in order on both sides.
    differing: Vec<[Span; 2]>,
}

impl<'a> Alignment<'a> {
    fn new(texts: [&'a str; 2], passage: &Passage, differing: &[[Span; 2]]) -> Self {
        let mut in_order: Vec<[Span; 2]> = Vec::new();
        for &both in differing {
            let ahead = in_order
                .last()
                .is_none_or(|last| last.iter().zip(&both).all(|(last, next)| last.end() <= next.start()));
            // What was moved is no fixed point.
            if ahead {
                in_order.push(both);
            }
        }
        Self { texts, passage: [passage.left, passage.right], differing: in_order }
    }

    fn ends(&self) -> [[u32; 2]; 2] {
        let [left, right] = self.passage;
        [[left.start(), right.start()], [left.end(), right.end()]]
    }

    /// The place on the other side that answers `position` on side `from`: as many characters after the last
    /// difference as here, white space not counted.
    fn across(&self, from: Side, position: u32) -> u32 {
        let [here, there] = match from {
            Side::Left => [0, 1],
            Side::Right => [1, 0],
        };
        let after = self.differing.partition_point(|both| both[here].start() < position);
        let last = after.checked_sub(1).and_then(|index| self.differing.get(index));
        if let Some(both) = last.filter(|both| position < both[here].end()) {
            return both[there].end();
        }
        let [start, whole] = [self.passage[here], self.passage[there]];
        let (begin, begin_across) =
            last.map_or((start.start(), whole.start()), |both| (both[here].end(), both[there].end()));
        let limit = self.differing.get(after).map_or(whole.end(), |both| both[there].start());
        let before = Span::new(begin, position).of(self.texts[here]).unwrap_or_default();
        let rest = Span::new(begin_across, limit).of(self.texts[there]).unwrap_or_default();
        let walked = solid(before).count().checked_sub(1).map_or(Some(0), |last| solid(rest).nth(last));
        walked.map_or(limit, |walked| begin_across + saturate(walked))
    }
}

/// Where each character that is not white space ends.
fn solid(text: &str) -> impl Iterator<Item = usize> {
    let characters = text.char_indices().filter(|(_, character)| !character.is_whitespace());
    characters.map(|(start, character)| start + character.len_utf8())
}
