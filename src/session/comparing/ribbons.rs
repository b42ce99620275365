//! What is drawn between the two sides.

use super::Comparing;
use crate::compare::{Comparison, Link, LinkIndex, Side, Verdict};
use crate::document::BlockIndex;
use crate::text::Span;

/// A ribbon from a stretch of the left text to the stretch of the right one that answers it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Ribbon {
    /// The link that it stands for.
    pub link: LinkIndex,
    /// In the left document's text.
    pub left: Span,
    /// In the right document's text.
    pub right: Span,
    /// How the two relate.
    pub verdict: Verdict,
    /// How sure the link is, from 0 to 1.
    pub strength: f32,
    /// Whether it crosses others.
    pub crosses: bool,
    /// Whether it is the link that was chosen.
    pub chosen: bool,
    /// Whether it joins two passages, not whole blocks.
    pub passage: bool,
}

impl Ribbon {
    /// The stretch on one side.
    pub fn span(&self, side: Side) -> Span {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }
}

impl Comparing {
    /// The ribbons of the links that have an end in sight, where `left` and `right` are what is in sight of
    /// the two texts. With the chosen link in sight, only those of that one: for its blocks, and then for its
    /// passages.
    pub fn ribbons(&self, left: Span, right: Span) -> Vec<Ribbon> {
        let Some(comparison) = self.result() else { return Vec::new() };
        let in_sight = links_in_sight(comparison, left, right);
        if let Some(chosen) = self.chosen.filter(|chosen| in_sight.contains(chosen)) {
            return self.ribbons_of(comparison, chosen);
        }
        in_sight.into_iter().flat_map(|index| self.ribbons_of(comparison, index)).collect()
    }

    fn ribbons_of(&self, comparison: &Comparison, index: LinkIndex) -> Vec<Ribbon> {
        let Some(link) = comparison.link(index) else { return Vec::new() };
        let chosen = self.chosen == Some(index);
        let ribbon = |left, right, verdict, passage| Ribbon {
            link: index,
            left,
            right,
            verdict,
            strength: link.score,
            crosses: link.crosses,
            chosen,
            passage,
        };
        let [left, right] = Side::BOTH.map(|side| runs(comparison, link, side));
        let pairs = left.iter().flat_map(|&left| right.iter().map(move |&right| (left, right)));
        let mut ribbons: Vec<Ribbon> =
            pairs.map(|(left, right)| ribbon(left, right, link.verdict, false)).collect();
        let passages = link.passages.iter().filter(|_| chosen);
        ribbons.extend(passages.map(|passage| ribbon(passage.left, passage.right, passage.verdict, true)));
        ribbons
    }
}

/// Links with an end in sight, in order.
fn links_in_sight(comparison: &Comparison, left: Span, right: Span) -> Vec<LinkIndex> {
    let of_side = |side: Side, in_sight: Span| {
        let document = comparison.part(side).document();
        let first = document.block_at(in_sight.start()).unwrap_or_default().as_usize();
        let blocks = document.blocks().iter().enumerate().skip(first);
        let blocks = blocks.take_while(move |(_, block)| block.span.start() < in_sight.end());
        let blocks = blocks.filter(move |(_, block)| block.span.overlaps(in_sight));
        blocks.flat_map(move |(block, _)| comparison.links_at(side, BlockIndex::new(block)).iter().copied())
    };
    let mut links: Vec<LinkIndex> = of_side(Side::Left, left).chain(of_side(Side::Right, right)).collect();
    links.sort_unstable();
    links.dedup();
    links
}

/// The stretches of a side's text that a link's blocks fill: neighbours are one.
pub(super) fn runs(comparison: &Comparison, link: &Link, side: Side) -> Vec<Span> {
    let document = comparison.part(side).document();
    let beside = |one: &BlockIndex, other: &BlockIndex| one.as_usize() + 1 == other.as_usize();
    let span = |index: &BlockIndex| document.block(*index).map(|block| block.span);
    let runs = link.blocks(side).chunk_by(beside);
    runs.filter_map(|run| run.iter().filter_map(span).reduce(Span::union)).collect()
}
