//! What a comparison found.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::apart::stand_apart;
use super::{Link, LinkIndex, Part, Side, Verdict};
use crate::document::{Block, BlockIndex, BlockKind};
use crate::text::{Span, joined};

/// The links between two documents (or sections of them), and what stands only in one.
#[derive(Clone, Debug)]
pub struct Comparison {
    left: Part,
    right: Part,
    links: Vec<Link>,
    /// For each compared block of a side, its links.
    of_left: Vec<Vec<LinkIndex>>,
    of_right: Vec<Vec<LinkIndex>>,
    /// Of each side the blocks that the other side has only where nothing is compared.
    apart: [BTreeSet<BlockIndex>; 2],
}

/// How much of a side is answered by the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// Characters of the text, without white space and without what is not compared.
    pub characters: usize,
    /// Characters of the blocks that are answered.
    pub answered: usize,
    /// Characters of the shared passages.
    pub shared: usize,
}

impl Comparison {
    /// Puts the links in order of the left document, then of the right.
    pub fn new(left: Part, right: Part, mut links: Vec<Link>) -> Self {
        links.sort_by(|one, other| (&one.left, &one.right).cmp(&(&other.left, &other.right)));
        let of_left = links_of(&left, &links, Side::Left);
        let of_right = links_of(&right, &links, Side::Right);
        let apart = [BTreeSet::new(), BTreeSet::new()];
        let mut comparison = Self { left, right, links, of_left, of_right, apart };
        let parts = [&comparison.left, &comparison.right];
        comparison.apart = stand_apart(parts, |side, block| comparison.is_answered(side, block));
        comparison
    }

    /// What was compared on one side.
    pub fn part(&self, side: Side) -> &Part {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// The links, in order of the left document, then of the right.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The link at that place.
    pub fn link(&self, index: LinkIndex) -> Option<&Link> {
        self.links.get(index.as_usize())
    }

    /// The links of a block, in order.
    pub fn links_at(&self, side: Side, block: BlockIndex) -> &[LinkIndex] {
        let of_blocks = match side {
            Side::Left => &self.of_left,
            Side::Right => &self.of_right,
        };
        let place = block.as_usize().checked_sub(self.part(side).range().start);
        place.and_then(|place| of_blocks.get(place)).map_or(&[], Vec::as_slice)
    }

    /// The closest relation that a block has to the other side; `None` where nothing answers it, or where it is
    /// not compared.
    pub fn verdict(&self, side: Side, block: BlockIndex) -> Option<Verdict> {
        let links = self.links_at(side, block).iter().filter_map(|&index| self.link(index));
        links.map(|link| link.verdict).max()
    }

    /// 獨有: the blocks of a side that nothing on the other answers, in order. A heading is among them only with
    /// everything that stands under it: where something is answered, the heading is no finding.
    pub fn only(&self, side: Side) -> impl Iterator<Item = BlockIndex> {
        self.compared(side).map(|(index, _)| index).filter(move |&index| !self.is_answered(side, index))
    }

    /// Whether a block is compared: its kind [is](is_compared), and it does not [stand apart](Self::stands_apart).
    pub fn is_compared(&self, side: Side, block: BlockIndex) -> bool {
        let kind = self.part(side).document().block(block).map(|block| block.kind);
        let is_inside = self.part(side).contains(block);
        is_inside && kind.is_some_and(is_compared) && !self.stands_apart(side, block)
    }

    /// Whether the other side has the words of a block only where nothing is compared, in a byline or set aside (though
    /// neither hidden nor deleted). Nothing answers them there, and yet they do not stand only here.
    pub fn stands_apart(&self, side: Side, block: BlockIndex) -> bool {
        let [left, right] = &self.apart;
        let own = if side == Side::Left { left } else { right };
        own.contains(&block)
    }

    fn compared(&self, side: Side) -> impl Iterator<Item = (BlockIndex, &Block)> {
        self.part(side).blocks().filter(move |(index, _)| self.is_compared(side, *index))
    }

    /// Whether a block is linked, or is the heading of something that is.
    pub fn is_answered(&self, side: Side, block: BlockIndex) -> bool {
        let is_linked = |index: usize| !self.links_at(side, BlockIndex::new(index)).is_empty();
        is_linked(block.as_usize()) || self.section_under(side, block).any(is_linked)
    }

    /// What stands under a heading, with itself; nothing for other blocks.
    fn section_under(&self, side: Side, block: BlockIndex) -> Range<usize> {
        let document = self.part(side).document();
        match document.block(block).and_then(|own| own.kind.heading_level()) {
            Some(_) => Part::section(Arc::clone(document), block).range(),
            None => 0..0,
        }
    }

    /// How much of a side is answered.
    pub fn coverage(&self, side: Side) -> Coverage {
        let part = self.part(side);
        let mut coverage = Coverage::default();
        for (index, block) in self.compared(side) {
            let characters = characters(part, block.span);
            coverage.characters += characters;
            coverage.answered += if self.is_answered(side, index) { characters } else { 0 };
        }
        coverage.shared = self.shared_spans(side).into_iter().map(|span| characters(part, span)).sum();
        coverage
    }

    /// The stretches of a side's text that stand on the other too, in order and disjoint.
    pub fn shared_spans(&self, side: Side) -> Vec<Span> {
        let passages = self.links.iter().flat_map(|link| &link.passages);
        joined(passages.map(|passage| passage.span(side)).collect())
    }
}

/// Whether blocks of this kind are compared: what was set aside and the byline are not; they neither link nor
/// count as standing only here.
pub fn is_compared(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Aside(_) | BlockKind::Byline)
}

fn characters(part: &Part, span: Span) -> usize {
    let text = span.of(part.document().text()).unwrap_or_default();
    text.chars().filter(|character| !character.is_whitespace()).count()
}

fn links_of(part: &Part, links: &[Link], side: Side) -> Vec<Vec<LinkIndex>> {
    let range = part.range();
    let mut of_blocks = vec![Vec::new(); range.len()];
    for (index, link) in links.iter().enumerate() {
        for block in link.blocks(side) {
            let place = block.as_usize().checked_sub(range.start);
            if let Some(own) = place.and_then(|place| of_blocks.get_mut(place)) {
                own.push(LinkIndex::new(index));
            }
        }
    }
    of_blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::testing::part;
    use crate::compare::{Evidence, Passage, Reason};

    /// A link between lines, with passages that are given as characters of the first line of each side.
    fn link(left: &[usize], right: &[usize], verdict: Verdict, passages: &[(u32, u32)]) -> Link {
        let blocks = |lines: &[usize]| lines.iter().map(|&line| BlockIndex::new(line)).collect();
        let passage = |&(start, end): &(u32, u32)| {
            let span = Span::new(start * 3, end * 3);
            Passage { left: span, right: span, verdict: Verdict::Same }
        };
        Link {
            left: blocks(left),
            right: blocks(right),
            verdict,
            score: 0.75,
            reason: Reason { evidence: vec![Evidence::Order] },
            passages: passages.iter().map(passage).collect(),
            crosses: false,
            ruled: None,
        }
    }

    fn comparison(links: Vec<Link>) -> Comparison {
        Comparison::new(part("先种树 再护林\n*首页\n再清淤\n后歇工"), part("先种树 再护林\n再清淤"), links)
    }

    fn only(comparison: &Comparison, side: Side) -> Vec<usize> {
        comparison.only(side).map(BlockIndex::as_usize).collect()
    }

    #[test]
    fn what_nothing_answers_is_only_here_but_for_what_was_set_aside() {
        let comparison = comparison(vec![link(&[2], &[1], Verdict::Same, &[])]);
        assert_eq!(only(&comparison, Side::Left), [0, 3]);
        assert_eq!(only(&comparison, Side::Right), [0]);
    }

    #[test]
    fn what_the_other_side_has_set_aside_stands_not_only_here() {
        let comparison =
            Comparison::new(part("*先种树\n*再清淤 \n后歇工"), part("先種樹，\n后歇工\n再护林"), Vec::new());
        assert_eq!(only(&comparison, Side::Left), [2]);
        assert_eq!(only(&comparison, Side::Right), [1, 2]);
        let is_compared = |block| comparison.is_compared(Side::Right, BlockIndex::new(block));
        assert_eq!([is_compared(0), is_compared(1), is_compared(3)], [false, true, false]);
        assert_eq!(comparison.coverage(Side::Right).characters, 6);
        let linked = vec![link(&[2], &[0], Verdict::Theme, &[])];
        let comparison = Comparison::new(part("*先种树\n再清淤\n后歇工"), part("先种树"), linked);
        assert!(comparison.is_compared(Side::Right, BlockIndex::new(0)), "something answers it");
    }

    #[test]
    fn a_block_has_the_closest_of_its_relations() {
        let links = vec![link(&[2], &[1], Verdict::Theme, &[]), link(&[0, 2], &[0], Verdict::Revised, &[])];
        let comparison = comparison(links);
        let verdict = |side, block| comparison.verdict(side, BlockIndex::new(block));
        assert_eq!(verdict(Side::Left, 2), Some(Verdict::Revised));
        assert_eq!(verdict(Side::Right, 1), Some(Verdict::Theme));
        assert_eq!(verdict(Side::Left, 1), None);
        assert_eq!(verdict(Side::Left, 9), None);
        // In order of the left document.
        assert_eq!(
            comparison.links_at(Side::Left, BlockIndex::new(2)),
            [LinkIndex::new(0), LinkIndex::new(1)]
        );
        assert_eq!(comparison.link(LinkIndex::new(0)).map(|link| link.left.len()), Some(2));
    }

    #[test]
    fn coverage_counts_characters_without_white_space() {
        let comparison = comparison(vec![link(&[0], &[0], Verdict::Revised, &[(0, 2), (1, 3)])]);
        assert_eq!(comparison.coverage(Side::Left), Coverage { characters: 12, answered: 6, shared: 3 });
        assert_eq!(comparison.coverage(Side::Right), Coverage { characters: 9, answered: 6, shared: 3 });
    }

    #[test]
    fn shared_spans_are_in_order_and_disjoint() {
        let passages = [(1, 3), (0, 2)];
        let links =
            vec![link(&[0], &[0], Verdict::Revised, &passages), link(&[0], &[1], Verdict::Theme, &[(0, 1)])];
        assert_eq!(comparison(links).shared_spans(Side::Left), [Span::new(0, 9)]);
    }

    #[test]
    fn a_part_counts_only_what_it_has() {
        let whole = part("先种树\n再清淤\n后歇工");
        let part_of = Part::of(whole.document().clone(), BlockIndex::new(1), BlockIndex::new(3));
        let comparison = Comparison::new(part_of, whole, vec![link(&[1], &[0], Verdict::Theme, &[])]);
        assert_eq!(only(&comparison, Side::Left), [2]);
        assert_eq!(comparison.verdict(Side::Left, BlockIndex::new(1)), Some(Verdict::Theme));
        assert_eq!(comparison.coverage(Side::Left).characters, 6);
    }
}
