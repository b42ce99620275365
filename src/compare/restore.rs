//! A comparison put together again from what was kept of it.

use super::{Comparison, Evidence, Link, Part, Passage, Side, Verdict, is_compared};
use crate::document::BlockIndex;
use crate::text::Span;

/// The version of the method of [`super::compare`]. It grows when the same documents may give other links.
pub const METHOD: u32 = 2;

/// Why a link does not belong to two documents: what was kept is damaged, or the documents are taken apart in
/// another way now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unfitting {
    /// A side of a link is empty, out of order, or names a block that is not compared.
    #[error("it names blocks that are not compared")]
    Blocks,
    /// A score is not between 0 and 1, or nothing says why.
    #[error("it has no score or no reason")]
    Score,
    /// A passage lies outside the blocks of its link, is empty, cuts a character or is out of order.
    #[error("its passages do not lie in its blocks")]
    Passages,
}

impl Comparison {
    /// The comparison of `left` and `right` that once found these links.
    ///
    /// Errors: see [`Link::fits`]. Nothing is mended: links that do not fit are links between other documents.
    pub fn restore(left: Part, right: Part, links: Vec<Link>) -> Result<Self, Unfitting> {
        links.iter().try_for_each(|link| link.fits(&left, &right))?;
        Ok(Self::new(left, right, links))
    }
}

impl Link {
    /// Whether it may be a link between these two.
    ///
    /// Errors: why not.
    pub fn fits(&self, left: &Part, right: &Part) -> Result<(), Unfitting> {
        if !fits(left, &self.left) || !fits(right, &self.right) {
            return Err(Unfitting::Blocks);
        }
        if !(0.0..=1.0).contains(&self.score) || !has_reason(self, left, right) {
            return Err(Unfitting::Score);
        }
        let inside = self.passages.iter().all(|passage| lies_in(passage, self, left, right));
        let sorted = self.passages.is_sorted_by_key(|passage| passage.left);
        if inside && sorted { Ok(()) } else { Err(Unfitting::Passages) }
    }
}

fn fits(part: &Part, blocks: &[BlockIndex]) -> bool {
    let compared = |&block: &BlockIndex| {
        let kind = part.document().block(block).map(|block| block.kind);
        part.contains(block) && kind.is_some_and(is_compared)
    };
    !blocks.is_empty() && blocks.iter().all(compared) && blocks.is_sorted_by(|one, next| one < next)
}

fn has_reason(link: &Link, left: &Part, right: &Part) -> bool {
    let evidence = &link.reason.evidence;
    let known = evidence.iter().all(|evidence| match evidence {
        Evidence::Headings { left: one, right: other } => {
            left.document().block(*one).is_some() && right.document().block(*other).is_some()
        }
        _ => true,
    });
    known && !evidence.is_empty()
}

fn lies_in(passage: &Passage, link: &Link, left: &Part, right: &Part) -> bool {
    let inside = |side: Side, part: &Part| {
        let span = passage.span(side);
        let blocks = link.blocks(side).iter().filter_map(|&block| part.document().block(block));
        let around = blocks.map(|block| block.span).reduce(Span::union);
        !span.is_empty()
            && span.of(part.document().text()).is_some()
            && around.is_some_and(|around| around.contains(span))
    };
    passage.verdict != Verdict::Theme && inside(Side::Left, left) && inside(Side::Right, right)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::compare::Reason;
    use crate::document::{AsideReason, Block, BlockKind, Document, Parts};

    /// A paragraph for each line; those that begin with `*` are set aside.
    fn part(text: &str) -> Part {
        let mut start = 0;
        let blocks = text.split_inclusive('\n').map(|line| {
            let span = Span::from_range(&(start..start + line.trim_end().len()));
            start += line.len();
            let aside = BlockKind::Aside(AsideReason::Navigation);
            let kind = if line.starts_with('*') { aside } else { BlockKind::Paragraph };
            Block { span, kind, boxed: false }
        });
        let parts = Parts { blocks: blocks.collect(), text: Arc::from(text), ..Parts::default() };
        Part::whole(Arc::new(Document::new(parts).unwrap()))
    }

    fn link(left: &[usize], right: &[usize]) -> Link {
        let blocks = |list: &[usize]| list.iter().map(|&index| BlockIndex::new(index)).collect();
        Link {
            left: blocks(left),
            right: blocks(right),
            verdict: Verdict::Revised,
            score: 0.75,
            reason: Reason { evidence: vec![Evidence::Order] },
            passages: Vec::new(),
            crosses: false,
            ruled: None,
        }
    }

    fn check(links: Vec<Link>, expected: Result<usize, Unfitting>) {
        let (left, right) = (part("先种树\n再清淤\n*首页\n"), part("先清淤\n再种树"));
        let restored = Comparison::restore(left, right, links);
        assert_eq!(restored.map(|comparison| comparison.links().len()), expected);
    }

    fn with_passage(left: (u32, u32), right: (u32, u32), verdict: Verdict) -> Link {
        let passage =
            Passage { left: Span::new(left.0, left.1), right: Span::new(right.0, right.1), verdict };
        Link { passages: vec![passage], ..link(&[0], &[1]) }
    }

    #[test]
    fn what_fits_is_put_together_and_the_rest_refused() {
        check(vec![link(&[1], &[0]), link(&[0], &[1])], Ok(2));
        check(vec![link(&[0, 1], &[0])], Ok(1));
        check(vec![link(&[0], &[1]), link(&[], &[1])], Err(Unfitting::Blocks));
        check(vec![link(&[1, 0], &[0])], Err(Unfitting::Blocks));
        check(vec![link(&[2], &[0])], Err(Unfitting::Blocks));
        check(vec![link(&[0], &[9])], Err(Unfitting::Blocks));
        check(vec![Link { score: f32::NAN, ..link(&[0], &[1]) }], Err(Unfitting::Score));
        check(vec![Link { reason: Reason::default(), ..link(&[0], &[1]) }], Err(Unfitting::Score));
    }

    #[test]
    fn passages_lie_in_the_blocks_of_their_link() {
        check(vec![with_passage((0, 9), (10, 19), Verdict::Same)], Ok(1));
        check(vec![with_passage((0, 9), (10, 19), Verdict::Theme)], Err(Unfitting::Passages));
        check(vec![with_passage((0, 9), (0, 9), Verdict::Same)], Err(Unfitting::Passages));
        check(vec![with_passage((0, 8), (10, 19), Verdict::Same)], Err(Unfitting::Passages));
        check(vec![with_passage((3, 3), (10, 19), Verdict::Same)], Err(Unfitting::Passages));
    }

    #[test]
    fn restoring_gives_links_in_the_same_order() {
        let (left, right) = (part("先种树\n再清淤"), part("先清淤\n再种树"));
        let links = vec![link(&[1], &[0]), link(&[0], &[1])];
        let first = Comparison::restore(left.clone(), right.clone(), links).unwrap();
        let again = Comparison::restore(left, right, first.links().to_vec()).unwrap();
        assert_eq!(first.links(), again.links());
    }
}
