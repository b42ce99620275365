//! An anchor as it is sought.

use std::cell::OnceCell;

use super::Anchor;
use super::anchor::{LENGTHS, MARGIN};
use super::likeness::{Beginning, Pattern};
use super::target::{folded, folded_length};

/// An anchor as it is sought: its parts folded, and prepared for measuring.
pub(super) struct Sought {
    pub(super) quote: Vec<char>,
    pub(super) before: Surroundings,
    pub(super) after: Surroundings,
    /// The heading straight above; empty where there was none.
    pub(super) heading: Vec<char>,
    /// Where it was, in bytes; `None` where nobody said it.
    pub(super) place: Option<u32>,
    /// Whether a bookmark between two paragraphs belongs to the first.
    pub(super) ends_paragraph: bool,
}

impl Sought {
    pub(super) fn of(anchor: &Anchor) -> Self {
        Self {
            quote: folded(anchor.quote.chars()),
            before: Surroundings::new(anchor.before.chars().rev()),
            after: Surroundings::new(anchor.after.chars()),
            heading: anchor.headings.last().map(|heading| folded(heading.chars())).unwrap_or_default(),
            place: anchor.says_place().then(|| anchor.span.start()),
            ends_paragraph: anchor.after.starts_with(char::is_whitespace),
        }
    }

    pub(super) fn is_bookmark(&self) -> bool {
        self.quote.is_empty()
    }

    /// The quotation with what stood beside it in its paragraph, as far as the anchor has that.
    pub(super) fn paragraph(&self) -> Vec<char> {
        let after = self.after.nearest_of_paragraph(usize::MAX);
        [&self.paragraph_before(), &*self.quote, after].concat()
    }

    /// What stood before the quotation in its paragraph, as it stood.
    pub(super) fn paragraph_before(&self) -> Vec<char> {
        self.before.nearest_of_paragraph(usize::MAX).iter().rev().copied().collect()
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
    /// How many of them stand in the same paragraph as the quotation.
    own: usize,
    /// How many of the nearest the document had more than once, where the anchor keeps more than usual because of them.
    repeated: Option<usize>,
    /// What it takes to measure others; what has not changed needs none.
    patterns: OnceCell<Patterns>,
}

/// Surroundings prepared for measuring.
struct Patterns {
    whole: Pattern,
    /// Which of their beginnings are measured: the nearest 8, 16 and so on and all, then those of `nearest` and of
    /// `repeated`.
    beginnings: Vec<Beginning>,
    /// How many are the nearest 8, 16 and so on.
    steps: usize,
}

/// The nearest characters that are measured by themselves; then twice as many, and so on.
const NEAREST: usize = 8;
/// Of the same paragraph so many must fit.
const NEAREST_OF_PARAGRAPH: usize = 12;

impl Surroundings {
    /// `text` is what stood there, read away from the quotation.
    fn new(text: impl Iterator<Item = char> + Clone) -> Self {
        let outwards: Vec<char> = folded(text.clone());
        let own = folded_length(text.clone().take_while(|&character| character != '\n'));
        let repeated = repeated(text.clone().count()).map(|length| folded_length(text.take(length)));
        Self { outwards, own, repeated, patterns: OnceCell::new() }
    }

    fn patterns(&self) -> &Patterns {
        self.patterns.get_or_init(|| {
            let steps = std::iter::successors(Some(NEAREST), |length| Some(length * 2));
            let mut lengths: Vec<usize> = steps.take_while(|&length| length < self.length()).collect();
            lengths.extend([self.own, self.length()].into_iter().filter(|&length| length > 0));
            lengths.sort_unstable();
            lengths.dedup();
            let steps = lengths.len();
            lengths.push(self.own.min(NEAREST_OF_PARAGRAPH));
            lengths.extend(self.repeated);
            let beginning = |length| Beginning { length, reach: length + length / 4 + 2 };
            Patterns {
                whole: Pattern::new(self.outwards.iter().copied()),
                beginnings: lengths.into_iter().map(beginning).collect(),
                steps,
            }
        })
    }

    pub(super) fn length(&self) -> usize {
        self.outwards.len()
    }

    /// How many of them stand in the same paragraph as the quotation.
    pub(super) fn own(&self) -> usize {
        self.own
    }

    /// The nearest characters, at most so many, as a pattern to be read away from the quotation.
    pub(super) fn nearest(&self, most: usize) -> &[char] {
        self.outwards.get(..most).unwrap_or(&self.outwards)
    }

    /// As [`Surroundings::nearest`], of those in the same paragraph as the quotation.
    pub(super) fn nearest_of_paragraph(&self, most: usize) -> &[char] {
        self.nearest(most.min(self.own))
    }

    /// How well `text`, read away from the place, fits.
    pub(super) fn side(&self, text: &(impl Iterator<Item = char> + Clone)) -> Side {
        let length = self.length();
        let unchanged = self.evidence(length, 0);
        if text.clone().take(length).eq(self.outwards.iter().copied()) {
            return Side {
                length,
                distance: 0,
                evidence: unchanged,
                seeming: unchanged,
                unchanged,
                of_paragraph: self.own,
                paragraph_fits: true,
                paragraph_unchanged: true,
                may_be_copy: false,
            };
        }
        let Patterns { whole, beginnings, steps } = self.patterns();
        let measured = whole.distances(text.clone(), beginnings);
        let mut measured = beginnings.iter().map(|beginning| beginning.length).zip(measured);
        let paragraph_unchanged = text.clone().take(self.own).eq(self.nearest(self.own).iter().copied());
        let (evidence, seeming, may_be_copy, paragraph_fits) = (0, 0, false, true);
        let mut side = Side {
            length,
            distance: length,
            evidence,
            seeming,
            unchanged,
            of_paragraph: 0,
            paragraph_fits,
            paragraph_unchanged,
            may_be_copy,
        };
        for (length, distance) in measured.by_ref().take(*steps) {
            side.distance = distance;
            side.evidence = side.evidence.max(self.evidence(length, distance));
            if length == self.own {
                side.of_paragraph = self::evidence(length, distance);
            }
        }
        side.seeming = side.evidence;
        side.paragraph_fits = measured.next().is_none_or(|(length, distance)| distance * 5 <= length * 2 + 1);
        if measured.next().is_some_and(|(length, distance)| !side.goes_on_alike(length, distance)) {
            side.evidence = side.evidence.min(NEAREST / 2);
            side.may_be_copy = true;
        }
        side
    }

    /// What so many of the nearest characters say. Those of other paragraphs, which may have gone elsewhere, say half
    /// as much.
    fn evidence(&self, length: usize, distance: usize) -> usize {
        let own = length.min(self.own);
        evidence(length, distance) * (own + length) / (2 * length).max(1)
    }
}

/// How many of the nearest characters the document had more than once, where an anchor keeps `length`.
fn repeated(length: usize) -> Option<usize> {
    let step = LENGTHS.into_iter().position(|each| length <= each)?;
    Some(LENGTHS.get(step.checked_sub(1)?)? - MARGIN)
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
    /// What they would say, were they not what the document had more than once.
    pub(super) seeming: usize,
    /// What it would say if nothing had changed.
    pub(super) unchanged: usize,
    /// What all that stood there in the same paragraph says for the place.
    pub(super) of_paragraph: usize,
    /// Whether the nearest characters of the same paragraph are there, as far as the anchor has any.
    pub(super) paragraph_fits: bool,
    /// Whether all that stood on this side in the same paragraph, as far as the anchor has it, stands there.
    pub(super) paragraph_unchanged: bool,
    /// Whether only what the document had more than once fits, and not what tells the place from the others.
    pub(super) may_be_copy: bool,
}

impl Side {
    /// Whether what lies beyond the nearest characters, of which so many differ, is alike too.
    fn goes_on_alike(&self, nearest: usize, distance: usize) -> bool {
        self.distance.saturating_sub(distance) * 3 <= self.length.saturating_sub(nearest)
    }
}
