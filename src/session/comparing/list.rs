//! The list of links.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::Comparing;
use crate::compare::{Comparison, Link, LinkIndex, Side, Verdict};
use crate::document::BlockIndex;
use crate::text::Folded;

/// A line of the list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Listed {
    /// A link.
    Link(LinkIndex),
    /// A block of a side that nothing on the other answers.
    Only(Side, BlockIndex),
}

/// The order of the list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum LinkSort {
    /// That of the left document, then of the right.
    #[default]
    Order,
    /// The surest first.
    Strength,
    /// The closest relation first, each in order of the documents.
    Verdict,
}

impl LinkSort {
    /// Every order.
    pub const ALL: [LinkSort; 3] = [Self::Order, Self::Strength, Self::Verdict];
}

/// Which links are listed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LinkFilter {
    /// Links of these verdicts; of any where there is none.
    pub verdicts: Vec<Verdict>,
    /// Only links that cross others.
    pub crossing: bool,
    /// Only links that the reader decided about.
    pub ruled: bool,
    /// Not the links but the blocks without an answer, of both sides.
    pub only: bool,
    /// Only where these words stand, in whatever script.
    pub text: String,
}

impl LinkFilter {
    /// Whether it lets every link through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn lets_through(&self, link: &Link) -> bool {
        (self.verdicts.is_empty() || self.verdicts.contains(&link.verdict))
            && (!self.crossing || link.crosses)
            && (!self.ruled || link.ruled.is_some())
    }
}

/// How many there are of each kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Links: 同文.
    pub same: usize,
    /// Links: 改動.
    pub revised: usize,
    /// Links: 同題.
    pub theme: usize,
    /// Links that cross others.
    pub crossing: usize,
    /// Links that the reader decided about.
    pub ruled: usize,
    /// Blocks of the left side that nothing answers.
    pub only_left: usize,
    /// Blocks of the right side that nothing answers.
    pub only_right: usize,
}

impl Counts {
    pub(super) fn of(comparison: &Comparison) -> Self {
        let links = comparison.links();
        let of_verdict = |verdict| links.iter().filter(|link| link.verdict == verdict).count();
        Self {
            same: of_verdict(Verdict::Same),
            revised: of_verdict(Verdict::Revised),
            theme: of_verdict(Verdict::Theme),
            crossing: links.iter().filter(|link| link.crosses).count(),
            ruled: links.iter().filter(|link| link.ruled.is_some()).count(),
            only_left: comparison.only(Side::Left).count(),
            only_right: comparison.only(Side::Right).count(),
        }
    }

    /// All links.
    pub fn links(&self) -> usize {
        self.same + self.revised + self.theme
    }
}

impl Comparing {
    /// To be called after every change of what was found, the filter and the order.
    pub(super) fn list(&mut self) {
        let listed = self.result().map(|comparison| listed(comparison, &self.filter, self.options.sort));
        self.listed = listed.unwrap_or_default();
    }
}

fn listed(comparison: &Comparison, filter: &LinkFilter, sort: LinkSort) -> Vec<Listed> {
    let words = Folded::to_find(&filter.text).text;
    let says = |side: Side, block: BlockIndex| words.is_empty() || holds(comparison, side, block, &words);
    if filter.only {
        let of_side = |side| comparison.only(side).map(move |block| (side, block));
        let all = Side::BOTH.into_iter().flat_map(of_side).filter(|&(side, block)| says(side, block));
        return all.map(|(side, block)| Listed::Only(side, block)).collect();
    }
    let says_so = |link: &Link| {
        words.is_empty()
            || Side::BOTH.iter().any(|&side| link.blocks(side).iter().any(|&block| says(side, block)))
    };
    let links = (0..).map(LinkIndex::new).zip(comparison.links());
    let mut chosen: Vec<_> = links.filter(|(_, link)| filter.lets_through(link) && says_so(link)).collect();
    match sort {
        LinkSort::Order => {}
        LinkSort::Strength => chosen.sort_by(|(_, one), (_, other)| other.score.total_cmp(&one.score)),
        LinkSort::Verdict => chosen.sort_by_key(|(_, link)| Reverse(link.verdict)),
    }
    chosen.into_iter().map(|(index, _)| Listed::Link(index)).collect()
}

fn holds(comparison: &Comparison, side: Side, block: BlockIndex, words: &str) -> bool {
    let document = comparison.part(side).document();
    let text = document.block(block).and_then(|block| block.span.of(document.text())).unwrap_or_default();
    Folded::to_find(text).text.contains(words)
}
