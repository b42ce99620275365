//! Words that stand on the other side where nothing is compared.

use std::collections::BTreeSet;

use super::units::{are_of_different_regions, words_of};
use super::{Part, Side, is_compared};
use crate::document::{AsideReason, Block, BlockIndex, BlockKind};
use crate::text::Span;

/// Of each side the blocks, among those that have no answer, whose words the other side has only where nothing is
/// compared: as a byline, or set aside. What a document deleted or hides it does not say.
pub(super) fn stand_apart(
    parts: [&Part; 2],
    has_answer: impl Fn(Side, BlockIndex) -> bool,
) -> [BTreeSet<BlockIndex>; 2] {
    let [left, right] = parts;
    let regional = are_of_different_regions(left.document(), right.document());
    let of_side = |side: Side, own: &Part, other: &Part| {
        let Some(apart) = Apart::of(other, regional) else { return BTreeSet::new() };
        let compared = own.blocks().filter(|(_, block)| is_compared(block.kind));
        let standing = compared.filter(|(_, block)| apart.holds(own, block));
        standing.map(|(index, _)| index).filter(|&index| !has_answer(side, index)).collect()
    };
    [of_side(Side::Left, left, right), of_side(Side::Right, right, left)]
}

/// What stands on a side without being compared.
struct Apart {
    /// Line by line, folded.
    words: BTreeSet<Vec<char>>,
    /// The bytes of the longest line.
    longest: u32,
    regional: bool,
}

impl Apart {
    /// `None` where everything is compared.
    fn of(part: &Part, regional: bool) -> Option<Self> {
        let mut apart = Self { words: BTreeSet::new(), longest: 0, regional };
        for (_, block) in part.blocks().filter(|(_, block)| is_said_apart(block.kind)) {
            let text = block.span.of(part.document().text()).unwrap_or_default();
            let is_byline = block.kind == BlockKind::Byline;
            // The parts of a byline are set apart by spaces: an office, a date.
            let ends = |found: char| found == '\n' || (is_byline && found.is_whitespace());
            for (piece, span) in pieces(text, block.span, ends) {
                apart.longest = apart.longest.max(span.len());
                if !piece.trim().is_empty() {
                    apart.words.extend(words_of(part.document(), span, regional));
                }
            }
            apart.words.extend(words_of(part.document(), block.span, regional));
            apart.longest = apart.longest.max(block.span.len());
        }
        apart.words.retain(|words| !words.is_empty());
        (!apart.words.is_empty()).then_some(apart)
    }

    fn holds(&self, part: &Part, block: &Block) -> bool {
        // Marks and spaces may lengthen it; what is much longer needs not be folded.
        let may_be = block.span.len() <= self.longest.saturating_mul(2);
        let words = || words_of(part.document(), block.span, self.regional);
        may_be && words().is_some_and(|words| self.words.contains(&words))
    }
}

/// The pieces of a block's text, with their places in the document's.
fn pieces(text: &str, block: Span, ends: impl Fn(char) -> bool) -> impl Iterator<Item = (&str, Span)> {
    let mut start = block.start();
    text.split_inclusive(ends).map(move |piece| {
        let span = Span::from_length(start, crate::text::saturate(piece.len()));
        start = span.end();
        (piece, span)
    })
}

fn is_said_apart(kind: BlockKind) -> bool {
    !is_compared(kind) && !matches!(kind.aside(), Some(AsideReason::Deleted | AsideReason::Hidden))
}
