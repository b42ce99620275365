//! A place where a note could be, and how far it can be trusted.

use super::Target;
use super::clusters::part;
use super::likeness::{Begins, Pattern, likeness};
use super::sought::{Side, Sought, evidence};
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
const SHORT: usize = 8;
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
const SHARE_CHANGED_FEW: usize = 55;
/// So many leave no doubt of the place, whatever stands there.
const SHARE_CLEAR: usize = 70;
/// What words that have not changed and their surroundings must say together.
const FLOOR_TOGETHER: usize = 26;
/// What both sides must at least say, and how many hundredths of what they would say unchanged.
const FLOOR_SIDE: usize = 4;
const SHARE_SIDE: usize = 25;
/// What one side alone must say where the other one is gone, and how alike changed words must be then.
const FLOOR_ONE_SIDE: usize = 20;
const FLOOR_WORDS_ONE_SIDE: f32 = 0.85;
/// How alike words must at least be to be shown to the reader as possible ones.
const FLOOR_POSSIBLE: f32 = 0.5;
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
        let unchanged = self.distance + self.before.distance + self.after.distance == 0;
        unchanged && self.quoted + self.before.length + self.after.length >= 2 * SHORT
    }

    /// Whether it would be the note's place if there were no other, though something has changed.
    pub(super) fn is_trusted(&self, sought: &Sought, target: &Target<'_>) -> bool {
        if self.may_be_copy() {
            return false;
        }
        if sought.is_bookmark() {
            let nearest = self.paragraph_fits() && self.is_surrounded_as_then(SHARE_CHANGED_FEW);
            return self.around() >= PROOF_OF_BOOKMARK
                && (nearest || self.is_surrounded_as_then(SHARE_CLEAR));
        }
        if self.distance == 0 {
            return self.quoted >= PROOF
                || self.is_well_surrounded() && !self.is_in_another_clause(sought, target);
        }
        self.has_likely_words()
            && !self.is_neighbour(sought, target)
            && (self.words >= SAME_CLAUSE || !self.is_another_clause(sought, target))
    }

    /// Whether the words and what stood beside them in their paragraph are unchanged.
    pub(super) fn has_its_paragraph(&self) -> bool {
        self.distance == 0 && self.before.paragraph_unchanged && self.after.paragraph_unchanged
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
            self.distance > 0 && (self.is_neighbour(sought, target) || self.is_another_clause(sought, target))
        };
        !self.may_be_copy() && self.words >= words && surrounded && !is_other()
    }

    /// Whether it would be the note's place where nothing else could be.
    pub(super) fn is_likely_between(&self) -> bool {
        let words = if self.quoted < FEWEST { FLOOR_FEWEST_WORDS } else { FLOOR_CERTAIN_WORDS };
        self.words >= words && self.seeming_around() * 100 >= self.unchanged() * SHARE_SIDE
    }

    /// Whether both sides speak for it, as far as the anchor has both.
    fn has_both_sides(&self) -> bool {
        [self.before, self.after].into_iter().all(|side| {
            let floor = FLOOR_SIDE.min(side.unchanged / 2);
            side.evidence >= floor && side.evidence * 100 >= side.unchanged * SHARE_SIDE
        })
    }

    /// Whether the surroundings say so many hundredths of what they would say unchanged.
    fn is_surrounded_as_then(&self, share: usize) -> bool {
        let unchanged = self.unchanged();
        let floor = if self.quoted >= LONGER { FLOOR_CHANGED_LONG } else { FLOOR_CHANGED };
        self.around() >= floor && self.around() * 100 >= unchanged * share
    }

    /// Whether it may be another copy of words that the document had more than once.
    fn may_be_copy(&self) -> bool {
        self.before.may_be_copy || self.after.may_be_copy
    }

    fn paragraph_fits(&self) -> bool {
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
    /// words, also what stood on one side of them.
    pub(super) fn is_possible(&self) -> bool {
        let beside = |side: Side| side.evidence >= SHORT;
        let long = self.distance == 0 || self.quoted >= SHORT;
        let left = self.quoted == 0 || self.words >= FLOOR_BETWEEN;
        let between = left && self.around() >= FLOOR_CHANGED;
        between || self.words >= FLOOR_POSSIBLE && (long || beside(self.before) || beside(self.after))
    }

    /// The characters of the target that it has.
    pub(super) fn place(&self) -> std::ops::Range<usize> {
        self.first..self.end
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

    /// Whether the number of a clause differs, in the words or straight before them, and other words too: of
    /// clauses that are all alike, that is rather another one than the same renumbered.
    fn is_another_clause(&self, sought: &Sought, target: &Target<'_>) -> bool {
        let text = &target.characters().folded;
        let words = part(text, self.first, self.end + SHORT);
        let before = part(text, self.first.saturating_sub(SHORT), self.first);
        let mut stood_before = sought.before.nearest(SHORT).to_vec();
        stood_before.reverse();
        let stood = [&sought.quote, sought.after.nearest_of_paragraph(SHORT)].concat();
        let number = |before: &[char], words: &[char]| {
            let begins = [before, part(words, 0, SHORT)].concat();
            Numbered::new(&begins).numbers.last().map(|number| number.to_vec())
        };
        let (now, then) = (number(before, words), number(&stood_before, &stood));
        let words = part(words, 0, stood.len());
        let is_renumbered = || {
            Numbered::new(words).rest == Numbered::new(&stood).rest && self.is_surrounded_as_then(SHARE_CLEAR)
        };
        now.is_some() && then.is_some() && now != then && !is_renumbered()
    }

    /// Whether unchanged words stand in a paragraph that begins with another number than theirs did, and with other
    /// words too.
    fn is_in_another_clause(&self, sought: &Sought, target: &Target<'_>) -> bool {
        let mut then = sought.before.nearest_of_paragraph(usize::MAX).to_vec();
        then.reverse();
        let text = &target.characters().folded;
        let now = part(text, self.first.saturating_sub(then.len()), self.first);
        let (now, then) = (Numbered::new(now), Numbered::new(&then));
        let renumbered = now.rest == then.rest || self.is_surrounded_as_then(SHARE_CLEAR);
        now.numbers.first().zip(then.numbers.first()).is_some_and(|(now, then)| now != then) && !renumbered
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

/// Words with the numbers of clauses and tables, as in （三）, 第三条, 三、, 3. and 表三, taken out.
struct Numbered<'a> {
    numbers: Vec<&'a [char]>,
    rest: Vec<&'a [char]>,
}

impl<'a> Numbered<'a> {
    fn new(words: &'a [char]) -> Self {
        let runs: Vec<&[char]> =
            words.chunk_by(|left, right| is_numeral(*left) == is_numeral(*right)).collect();
        let opens = |run: &[char]| run.last().is_some_and(|last| "(（第".contains(*last));
        let closes =
            |run: &[char]| run.first().is_some_and(|first| ")）、.．条條章节節款项項编編".contains(*first));
        let counts = |run: &[char]| run.last().is_some_and(|last| "表图圖".contains(*last));
        let numbers_clause = |index: usize| {
            let before = index.checked_sub(1).map(|last| runs[last]);
            runs[index].iter().all(|&character| is_numeral(character))
                && (before.is_none_or(opens) && runs.get(index + 1).is_some_and(|next| closes(next))
                    || before.is_some_and(counts))
        };
        let (numbers, rest): (Vec<_>, Vec<_>) = (0..runs.len()).partition(|&index| numbers_clause(index));
        let runs_at = |indices: Vec<usize>| indices.into_iter().map(|index| runs[index]).collect();
        Self { numbers: runs_at(numbers), rest: runs_at(rest) }
    }
}

fn is_numeral(character: char) -> bool {
    character.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(character)
}
