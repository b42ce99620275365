//! A place where a note could be, and how far it can be trusted.

use std::ops::Range;

use super::Target;
use super::clusters::part;
use super::likeness::{Begins, Pattern, likeness};
use super::sought::{Side, Sought, Surroundings, evidence};
use super::twin::{is_phrase, is_twin};
use crate::text::Span;

/// A place where a note could be, in the characters of the target.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Candidate {
    /// The index of the first character.
    pub(super) first: usize,
    /// The index after the last.
    pub(super) end: usize,
    /// The distance of the words from the quotation; for a bookmark, of the surroundings.
    pub(super) distance: usize,
    /// How many characters the quotation has.
    pub(super) quoted: usize,
    /// How much alike the words are; for a bookmark, the surroundings.
    pub(super) words: f32,
    /// How well what stands before fits.
    pub(super) before: Side,
    /// How well what stands after fits.
    pub(super) after: Side,
    /// Whether it stands under the same heading.
    pub(super) same_heading: bool,
}

/// Fewer characters than this are words that stand anywhere: they need their surroundings.
pub(super) const SHORT: usize = 8;
/// So few characters, where one has changed, only stand for anything straight between what they stood between.
const FEWEST: usize = 4;
/// So many characters say much themselves.
const LONGER: usize = 16;
/// How alike changed words must at least be; few ones, and the fewest.
const FLOOR_WORDS: f32 = 0.65;
const FLOOR_FEW_WORDS: f32 = 0.6;
const FLOOR_FEWEST_WORDS: f32 = 0.5;
/// The same of words that stand where other notes say that they should.
const FLOOR_EXPECTED_WORDS: f32 = 0.4;
/// The same where nothing else could be.
const FLOOR_CERTAIN_WORDS: f32 = 0.3;
/// Words so much alike need less around them.
const LIKELY: f32 = 0.8;
/// Words so much alike are the same clause, whatever its number.
const SAME_CLAUSE: f32 = 0.9;
/// What the surroundings must at least say for words that have not changed, and for words that have.
const FLOOR_UNCHANGED: usize = 16;
const FLOOR_CHANGED: usize = 12;
/// The same where many words are quoted, which say much themselves.
const FLOOR_CHANGED_LONG: usize = 8;
/// Of what unchanged surroundings would say so many hundredths must be said for words that have changed, and for
/// few words that have.
const SHARE_CHANGED: usize = 40;
pub(super) const SHARE_CHANGED_FEW: usize = 55;
/// So many leave no doubt of the place, whatever stands there.
pub(super) const SHARE_CLEAR: usize = 70;
/// Between so many nothing else could be.
const SHARE_SURE: usize = 75;
/// So many hundredths of what stands beside a paragraph tell it from others that say the same.
const SHARE_NEIGHBOURS: usize = 60;
/// What words that have not changed and their surroundings must say together.
const FLOOR_TOGETHER: usize = 28;
/// What both sides must at least say, and how many hundredths of what they would say unchanged.
const FLOOR_SIDE: usize = 4;
const SHARE_SIDE: usize = 25;
/// What one side alone must say where the other one is gone, and how alike changed words must be then.
const FLOOR_ONE_SIDE: usize = 20;
const FLOOR_WORDS_ONE_SIDE: f32 = 0.85;
/// How alike words must at least be to be shown to the reader as possible ones.
pub(super) const FLOOR_POSSIBLE: f32 = 0.5;
/// The same between what stood around them: others have taken their place where less of them is left.
const FLOOR_BETWEEN: f32 = 0.25;
/// So many characters word for word in a row are proof without their surroundings.
const PROOF: usize = 64;
/// What the surroundings of a bookmark, which quotes nothing, must say.
const PROOF_OF_BOOKMARK: usize = 18;
/// What words and surroundings must say together to tell where other notes are.
const PROOF_OF_WITNESS: usize = 32;
/// What the same heading says, in characters.
const HEADING: usize = 4;

impl Candidate {
    /// What speaks for it in all, in characters that are the same.
    pub(super) fn evidence(&self) -> usize {
        let heading = if self.same_heading { HEADING } else { 0 };
        evidence(self.quoted, self.distance.min(self.quoted)) + self.around() + heading
    }

    /// What would speak for it if the surroundings that the document had more than once proved as much as others.
    pub(super) fn seeming(&self) -> usize {
        self.evidence() - self.around() + self.seeming_around()
    }

    fn seeming_around(&self) -> usize {
        self.before.seeming + self.after.seeming
    }

    /// What the surroundings would say if nothing had changed.
    fn unchanged(&self) -> usize {
        self.before.unchanged + self.after.unchanged
    }

    /// What the surroundings say.
    fn around(&self) -> usize {
        self.before.evidence + self.after.evidence
    }

    /// How much alike the words are; for a bookmark, the surroundings.
    pub(super) fn likeness(&self) -> f32 {
        self.words
    }

    /// Whether words and surroundings are unchanged and long enough to be no chance.
    pub(super) fn is_exact(&self) -> bool {
        self.is_unchanged() && self.known() >= 2 * SHORT
    }

    /// Whether words and surroundings are as the anchor has them.
    pub(super) fn is_unchanged(&self) -> bool {
        self.distance + self.before.distance + self.after.distance == 0
    }

    /// How many characters of words and surroundings the anchor has.
    pub(super) fn known(&self) -> usize {
        self.quoted + self.before.length + self.after.length
    }

    /// Whether it would be the note's place if there were no other, though something has changed.
    pub(super) fn is_trusted(&self, sought: &Sought, target: &Target<'_>) -> bool {
        if self.stands_for_others(sought, target) {
            return false;
        }
        if sought.is_bookmark() {
            let nearest = self.paragraph_fits() && self.is_surrounded_as_then(SHARE_CHANGED_FEW);
            return self.around() >= PROOF_OF_BOOKMARK
                && self.is_beside(sought, target)
                && (nearest || self.is_surrounded_as_then(SHARE_CLEAR))
                && !self.is_in_another_clause(sought, target);
        }
        if self.distance == 0 {
            return self.quoted >= PROOF
                || self.is_well_surrounded() && !self.is_in_another_clause(sought, target);
        }
        self.has_likely_words()
            && self.is_between(sought, target)
            && !self.is_neighbour(sought, target)
            && (self.words >= SAME_CLAUSE || !self.is_another_clause(sought, target))
            && (self.words >= FLOOR_FEW_WORDS || !self.has_another_number(sought, target))
    }

    /// Whether it may be another passage like the note's, one that stood beside it or stands elsewhere.
    fn stands_for_others(&self, sought: &Sought, target: &Target<'_>) -> bool {
        self.may_be_copy()
            || is_twin(self, sought, target)
            || is_phrase(self, sought, target)
            || self.is_one_of_many(sought, target)
    }

    /// Whether the words and what stood beside them in their paragraph are unchanged.
    pub(super) fn has_its_paragraph(&self) -> bool {
        !self.is_changed() && self.before.paragraph_unchanged && self.after.paragraph_unchanged
    }

    /// What its paragraph says for it, whatever stands around that.
    pub(super) fn of_paragraph(&self) -> usize {
        let of_words = evidence(self.quoted, self.distance.min(self.quoted));
        self.before.of_paragraph + of_words + self.after.of_paragraph
    }

    /// Whether what stands beside its paragraph is mostly as it was: of paragraphs that say the same, that alone tells
    /// one from the other.
    pub(super) fn has_its_neighbours(&self) -> bool {
        let paragraph = self.before.of_paragraph + self.after.of_paragraph;
        let (now, then) =
            (self.around().saturating_sub(paragraph), self.unchanged().saturating_sub(paragraph));
        now * 100 >= then * SHARE_NEIGHBOURS
    }

    /// By how much a bookmark must be above the next place: the more of its surroundings is missing, the more may
    /// another place have of them by chance.
    pub(super) fn margin_of_bookmark(&self) -> usize {
        self.unchanged().saturating_sub(self.around()) * 3 / 4
    }

    /// Whether the paragraph as it was stands in the target, though not here.
    pub(super) fn has_left_its_paragraph(&self, sought: &Sought, target: &Target<'_>) -> bool {
        let paragraph = sought.paragraph();
        !self.has_its_paragraph()
            && paragraph.len() >= FEWEST
            && target.places_of(&paragraph).next().is_some()
    }

    /// Whether enough words to say something are unchanged, and what stood on one side of them in their paragraph too.
    pub(super) fn has_its_words(&self) -> bool {
        let beside = self.before.paragraph_unchanged || self.after.paragraph_unchanged;
        self.distance == 0 && self.quoted >= FEWEST && beside && self.paragraph_fits()
    }

    /// Whether it stood at the beginning or the end of its text, so that one side says nothing.
    pub(super) fn is_open(&self) -> bool {
        self.before.length == 0 || self.after.length == 0
    }

    /// Whether so much of words and surroundings is there that it can tell where other notes are.
    pub(super) fn is_clear(&self) -> bool {
        !self.may_be_copy()
            && self.words >= LIKELY
            && self.evidence() >= PROOF_OF_WITNESS
            && self.is_surrounded_as_then(SHARE_CLEAR)
            && self.has_both_sides()
    }

    /// Whether it would be the note's place where other notes say that it should be just here.
    pub(super) fn is_likely(&self, sought: &Sought, target: &Target<'_>) -> bool {
        let surrounded = self.is_surrounded_as_then(SHARE_SIDE) && self.paragraph_fits();
        let words = if self.quoted < SHORT { FLOOR_FEWEST_WORDS } else { FLOOR_EXPECTED_WORDS };
        let is_other = || {
            if self.is_changed() {
                self.is_neighbour(sought, target)
                    || self.is_another_clause(sought, target)
                    || !self.is_between(sought, target)
            } else {
                self.is_in_another_clause(sought, target)
            }
        };
        self.words >= words && surrounded && !self.stands_for_others(sought, target) && !is_other()
    }

    /// Whether it would be the note's place where nothing else could be.
    pub(super) fn is_likely_between(&self, sought: &Sought, target: &Target<'_>) -> bool {
        let words = if self.quoted < FEWEST { FLOOR_FEWEST_WORDS } else { FLOOR_CERTAIN_WORDS };
        let surrounded = self.seeming_around() * 100 >= self.unchanged() * SHARE_SIDE;
        self.words >= words && surrounded && !is_twin(self, sought, target) && self.is_between(sought, target)
    }

    /// Whether both sides speak for it, as far as the anchor has both.
    fn has_both_sides(&self) -> bool {
        [self.before, self.after].into_iter().all(|side| {
            let floor = FLOOR_SIDE.min(side.unchanged / 2);
            side.evidence >= floor && side.evidence * 100 >= side.unchanged * SHARE_SIDE
        })
    }

    /// Whether so much of the surroundings is there, and no less than half of either side, that between them nothing else
    /// could be.
    fn leaves_no_other(&self) -> bool {
        let is_there = |side: Side| side.unchanged > 0 && side.evidence * 2 >= side.unchanged;
        self.is_surrounded_as_then(SHARE_SURE) && is_there(self.before) && is_there(self.after)
    }

    /// Whether the surroundings say so many hundredths of what they would say unchanged.
    pub(super) fn is_surrounded_as_then(&self, share: usize) -> bool {
        let unchanged = self.unchanged();
        let floor = if self.quoted >= LONGER { FLOOR_CHANGED_LONG } else { FLOOR_CHANGED };
        self.around() >= floor && self.around() * 100 >= unchanged * share
    }

    /// Whether it may be another copy of words that the document had more than once.
    fn may_be_copy(&self) -> bool {
        self.before.may_be_copy || self.after.may_be_copy
    }

    pub(super) fn paragraph_fits(&self) -> bool {
        self.before.paragraph_fits && self.after.paragraph_fits
    }

    /// Whether enough of what stood around unchanged words is there.
    fn is_well_surrounded(&self) -> bool {
        let together = self.around() >= FLOOR_UNCHANGED && self.around() + self.quoted >= FLOOR_TOGETHER;
        together && (self.paragraph_fits() || self.has_both_sides())
            || self.is_surrounded_as_then(if self.quoted < SHORT { SHARE_CHANGED_FEW } else { SHARE_CHANGED })
                && self.has_both_sides()
                && (self.quoted >= SHORT || self.paragraph_fits())
    }

    /// Whether changed words and what is around them are enough alike.
    fn has_likely_words(&self) -> bool {
        let stronger = self.before.evidence.max(self.after.evidence);
        let (floor, share) = match self.quoted {
            _ if self.leaves_no_other() => (FLOOR_EXPECTED_WORDS, SHARE_SURE),
            ..FEWEST if self.is_surrounded_as_then(SHARE_CLEAR) => (FLOOR_FEWEST_WORDS, SHARE_CLEAR),
            FEWEST..SHORT if self.is_surrounded_as_then(SHARE_CLEAR) => (FLOOR_FEW_WORDS, SHARE_CLEAR),
            ..FEWEST if !self.paragraph_fits() => return false,
            ..FEWEST => (FLOOR_FEWEST_WORDS, SHARE_CHANGED_FEW),
            FEWEST..LONGER => (FLOOR_WORDS, SHARE_CHANGED_FEW),
            _ => (FLOOR_WORDS, SHARE_CHANGED),
        };
        let both = self.words >= floor && self.is_surrounded_as_then(share) && self.has_both_sides();
        let long = self.quoted >= LONGER && self.words >= FLOOR_WORDS_ONE_SIDE;
        both || long && self.paragraph_fits() && stronger >= FLOOR_ONE_SIDE
    }

    /// Whether it can be shown to the reader as a possible place: enough of the words are there and, of few
    /// words, also what stood on one side of them, or all that stood there in their paragraph.
    pub(super) fn is_possible(&self) -> bool {
        let beside =
            |side: Side| side.evidence >= SHORT || side.paragraph_unchanged && side.of_paragraph >= FEWEST;
        let long = self.distance == 0 || self.quoted >= SHORT;
        let left = self.quoted == 0 || self.words >= FLOOR_BETWEEN;
        let between = left && self.around() >= FLOOR_CHANGED;
        between || self.words >= FLOOR_POSSIBLE && (long || beside(self.before) || beside(self.after))
    }

    /// The characters of the target that it has.
    pub(super) fn place(&self) -> Range<usize> {
        self.first..self.end
    }

    /// Whether it quotes words that are not quite these.
    fn is_changed(&self) -> bool {
        self.quoted > 0 && self.distance > 0
    }

    pub(super) fn overlaps(&self, other: &Candidate) -> bool {
        let close = self.quoted == 0 && self.first.abs_diff(other.first) <= SHORT;
        close || self.first < other.end && other.first < self.end
    }

    pub(super) fn span(&self, sought: &Sought, target: &Target<'_>) -> Span {
        let characters = target.characters();
        if sought.is_bookmark() && sought.ends_paragraph && self.first > 0 {
            return Span::at(characters.span(target.text(), self.first - 1, self.first).end());
        }
        characters.span(target.text(), self.first, self.end)
    }

    /// Whether it has the words unchanged, close to another place that has not: they may have changed places with what
    /// stood there.
    pub(super) fn has_words_of(&self, other: &Candidate) -> bool {
        let is_close = self.first.abs_diff(other.first) <= PROOF;
        self.distance == 0 && self.quoted >= FEWEST && other.distance > 0 && is_close
    }

    /// Whether the fewest words, where one has changed, stand between what they stood between: straight beside it on
    /// one side, and not where all of it is gone on the other.
    fn is_between(&self, sought: &Sought, target: &Target<'_>) -> bool {
        if self.quoted >= FEWEST || self.distance == 0 {
            return true;
        }
        let (mut before, mut after) = self.beside(target);
        let left = is_left(&sought.before, before.clone()) && is_left(&sought.after, after.clone());
        left && (before.next().as_ref() == sought.before.nearest(1).first()
            || after.next().as_ref() == sought.after.nearest(1).first())
    }

    /// Whether a bookmark stands beside what it stood beside in its paragraph, on one side at least: it has no other
    /// words.
    fn is_beside(&self, sought: &Sought, target: &Target<'_>) -> bool {
        let (before, after) = self.beside(target);
        let (own_before, own_after) =
            (sought.before.nearest_of_paragraph(1).len(), sought.after.nearest_of_paragraph(1).len());
        own_before + own_after == 0
            || own_before > 0 && is_left(&sought.before, before)
            || own_after > 0 && is_left(&sought.after, after)
    }

    /// What stands straight before it, read backwards, and straight after it.
    fn beside(
        &self,
        target: &Target<'_>,
    ) -> (impl Iterator<Item = char> + Clone, impl Iterator<Item = char> + Clone) {
        let text = &target.characters().folded;
        let before = part(text, self.first.saturating_sub(REACHED), self.first);
        (before.iter().rev().copied(), part(text, self.end, self.end + REACHED).iter().copied())
    }

    /// Whether the words are rather those that stood beside the quotation than the quotation: where a
    /// clause was taken out, the next one like it takes its place.
    fn is_neighbour(&self, sought: &Sought, target: &Target<'_>) -> bool {
        const COMPARED: usize = 16;
        let words = part(&target.characters().folded, self.first, self.end);
        let first = part(words, 0, COMPARED);
        let last = part(words, words.len().saturating_sub(COMPARED), words.len());
        let backwards = sought.before.nearest(usize::MAX).iter().copied();
        let stood = |words: &[char], beside: &[char]| {
            let best = Pattern::new(words.iter().copied()).best_end(beside.iter().copied(), Begins::Anywhere);
            likeness(best.distance, words.len(), words.len()) > self.words
        };
        let before: Vec<char> = backwards.rev().collect();
        words.len() >= SHORT && (stood(first, sought.after.nearest(usize::MAX)) || stood(last, &before))
    }
}

/// How far away it is looked for what stood straight beside a place.
const REACHED: usize = 2 * FEWEST;

/// Whether half of what stood straight beside a place in its paragraph is still there.
fn is_left(then: &Surroundings, now: impl Iterator<Item = char>) -> bool {
    let pattern = Pattern::new(then.nearest_of_paragraph(FEWEST).iter().copied());
    pattern.best_end(now, Begins::AtOnce).distance * 2 <= pattern.length() + 1
}
