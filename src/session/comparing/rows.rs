//! The lines of the lists, in words.

use super::{Compared, Listed};
use crate::compare::{Decision, Evidence, Link, LinkIndex, Ruled, Side, Verdict};
use crate::document::BlockIndex;
use crate::text::{Span, surroundings};

/// A line of the list.
#[derive(Clone, PartialEq, Debug)]
pub enum ListRow {
    /// A link.
    Link(LinkRow),
    /// A block that nothing answers.
    Only {
        /// On which side.
        side: Side,
        /// Which.
        block: BlockIndex,
        /// How it begins, as shown.
        text: String,
    },
}

/// A link, in words.
#[derive(Clone, PartialEq, Debug)]
pub struct LinkRow {
    /// Which.
    pub index: LinkIndex,
    /// How its left side begins, as shown.
    pub left: String,
    /// How its right side begins, as shown.
    pub right: String,
    /// How the two relate.
    pub verdict: Verdict,
    /// How sure it is, from 0 to 1.
    pub score: f32,
    /// Whether it crosses others.
    pub crosses: bool,
    /// What of it is the reader's own.
    pub ruled: Option<Ruled>,
    /// Whether it is the chosen one.
    pub chosen: bool,
    /// Why it was made, the strongest evidence first.
    pub reason: Vec<ReasonPart>,
}

/// A piece of evidence with its words and headings as shown: what only one side writes in the script of that
/// side, all else in that of the left.
pub type ReasonPart = Evidence<String>;

/// A ruling, in words.
#[derive(Clone, PartialEq, Debug)]
pub struct RulingRow {
    /// Its place among the rulings.
    pub index: usize,
    /// How its left passage begins, as shown.
    pub left: String,
    /// How its right passage begins, as shown.
    pub right: String,
    /// What was decided.
    pub decision: Decision,
}

/// How much of a passage is quoted, in characters.
const QUOTED: usize = 60;

impl Compared<'_> {
    /// A line of the list; `None` for what is no longer there.
    pub fn row(&self, listed: Listed) -> Option<ListRow> {
        match listed {
            Listed::Link(index) => self.link_row(index).map(ListRow::Link),
            Listed::Only(side, block) => {
                let span = self.reader(side).document().block(block)?.span;
                Some(ListRow::Only { side, block, text: self.beginning(side, span) })
            }
        }
    }

    /// A link, in words.
    pub fn link_row(&self, index: LinkIndex) -> Option<LinkRow> {
        let link = self.comparing().result()?.link(index)?;
        Some(LinkRow {
            index,
            left: self.beginning_of(link, Side::Left),
            right: self.beginning_of(link, Side::Right),
            verdict: link.verdict,
            score: link.score,
            crosses: link.crosses,
            ruled: link.ruled,
            chosen: self.comparing().chosen() == Some(index),
            reason: link.reason.evidence.iter().filter_map(|evidence| self.reason_part(evidence)).collect(),
        })
    }

    /// What the reader decided, in the order in which it was.
    pub fn rulings(&self) -> Vec<RulingRow> {
        let rulings = self.comparing().rulings().iter().enumerate();
        let first = |spans: &[Span]| spans.first().copied().unwrap_or_default();
        let row = |(index, ruling): (usize, &crate::compare::Ruling)| {
            let (left, right) = (first(&ruling.left), first(&ruling.right));
            RulingRow {
                index,
                left: self.beginning(Side::Left, left),
                right: self.beginning(Side::Right, right),
                decision: ruling.decision,
            }
        };
        rulings.map(row).collect()
    }

    fn beginning_of(&self, link: &Link, side: Side) -> String {
        let block = link.blocks(side).first().and_then(|&block| self.reader(side).document().block(block));
        block.map(|block| self.beginning(side, block.span)).unwrap_or_default()
    }

    /// How a stretch of the text begins, as shown, on one line.
    fn beginning(&self, side: Side, span: Span) -> String {
        let text = self.reader(side).document().text();
        let start = Span::at(span.start());
        let after = surroundings(text, start, QUOTED).after;
        let quoted = Span::new(span.start(), after.end().min(span.end()));
        let shown = self.pane(side).show_text(quoted.of(text).unwrap_or_default());
        let mut shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        if quoted.end() < span.end() {
            shown.push('…');
        }
        shown
    }

    fn reason_part(&self, evidence: &Evidence) -> Option<ReasonPart> {
        let word = |side, text: &str| self.pane(side).show_text(text);
        evidence.told(word, |side, &block| Some(self.heading(side, block)))
    }

    fn heading(&self, side: Side, block: BlockIndex) -> String {
        let span = self.reader(side).document().block(block).map(|block| block.span);
        span.map(|span| self.beginning(side, span)).unwrap_or_default()
    }
}
