//! An anchor as it is sought.

use super::Anchor;
use super::likeness::{Begins, Pattern, likeness};
use super::target::folded;

/// An anchor as it is sought: its parts folded, and prepared for measuring.
pub(super) struct Sought {
    pub(super) quote: Vec<char>,
    pub(super) before: Surroundings,
    pub(super) after: Surroundings,
    /// The heading straight above; empty where there was none.
    pub(super) heading: Vec<char>,
    /// Where it was, in bytes.
    pub(super) place: u32,
    /// Whether a bookmark between two paragraphs belongs to the first.
    pub(super) ends_paragraph: bool,
}

impl Sought {
    pub(super) fn of(anchor: &Anchor) -> Self {
        let before = folded(&anchor.before);
        Self {
            quote: folded(&anchor.quote),
            before: Surroundings::new(before.into_iter().rev().collect()),
            after: Surroundings::new(folded(&anchor.after)),
            heading: anchor.headings.last().map(|heading| folded(heading)).unwrap_or_default(),
            place: anchor.span.start(),
            ends_paragraph: anchor.after.starts_with(char::is_whitespace),
        }
    }

    pub(super) fn is_bookmark(&self) -> bool {
        self.quote.is_empty()
    }

    /// How many characters are known in all.
    pub(super) fn length(&self) -> usize {
        self.quote.len() + self.before.length() + self.after.length()
    }

    /// What stood before, the quotation and what stood after, as they stood.
    pub(super) fn whole(&self) -> Vec<char> {
        let before = self.before.outwards.iter().rev();
        before.chain(&self.quote).chain(&self.after.outwards).copied().collect()
    }
}

/// One side of the surroundings.
pub(super) struct Surroundings {
    /// The characters, the nearest to the quotation first.
    outwards: Vec<char>,
    /// The nearest 8, 16, 32 … of them, and all.
    patterns: Vec<Pattern>,
}

/// The nearest characters that are measured by themselves; then twice as many, and so on.
const NEAREST: usize = 8;

impl Surroundings {
    fn new(outwards: Vec<char>) -> Self {
        let shorter = std::iter::successors(Some(NEAREST), |length| Some(length * 2));
        let shorter = shorter.take_while(|&length| length < outwards.len());
        let lengths = shorter.chain((!outwards.is_empty()).then_some(outwards.len()));
        let patterns = lengths.map(|length| Pattern::new(outwards.iter().take(length).copied())).collect();
        Self { outwards, patterns }
    }

    pub(super) fn length(&self) -> usize {
        self.outwards.len()
    }

    /// The nearest characters, at most so many, as a pattern to be read away from the quotation.
    pub(super) fn nearest(&self, most: usize) -> &[char] {
        self.outwards.get(..most).unwrap_or(&self.outwards)
    }

    /// How well `text`, read away from the place, fits.
    pub(super) fn side(&self, text: impl Iterator<Item = char> + Clone) -> Side {
        let length = self.length();
        if text.clone().take(length).eq(self.outwards.iter().copied()) {
            return Side { length, distance: 0, evidence: length };
        }
        let mut side = Side { length, distance: length, evidence: 0 };
        for pattern in &self.patterns {
            let reach = pattern.length() + pattern.length() / 4 + 2;
            side.distance = pattern.best_end(text.clone().take(reach), Begins::AtOnce).distance;
            side.evidence = side.evidence.max(evidence(pattern.length(), side.distance));
        }
        side
    }
}

/// How many characters more are the same than not: what `length` characters say for a place from which they
/// have that distance. Words with one character in three exchanged say a third of what they did; with half of
/// them, nothing.
pub(super) fn evidence(length: usize, distance: usize) -> usize {
    length.saturating_sub(2 * distance)
}

/// How well one side of the surroundings fits.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Side {
    /// How many characters it has.
    pub(super) length: usize,
    /// How many of them differ.
    pub(super) distance: usize,
    /// What its nearest characters say for the place, as far out as that is most.
    pub(super) evidence: usize,
}

impl Side {
    pub(super) fn likeness(self) -> f32 {
        likeness(self.distance, self.length, self.length)
    }
}
