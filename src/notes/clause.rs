//! Numbered clauses and captions: a place under another number is rather another clause than the same one renumbered.

use super::Target;
use super::candidate::{Candidate, FLOOR_POSSIBLE, SHARE_CHANGED_FEW, SHARE_CLEAR, SHORT};
use super::clusters::part;
use super::sought::Sought;

impl Candidate {
    /// Whether the number of a clause differs, in the words or straight before them, and other words too: of
    /// clauses that are all alike, that is rather another one than the same renumbered.
    pub(super) fn is_another_clause(&self, sought: &Sought, target: &Target<'_>) -> bool {
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

    /// Whether unchanged words, or a bookmark, stand in a paragraph that begins with another number than theirs did, and
    /// not so much around them is the same that it was only given another.
    pub(super) fn is_in_another_clause(&self, sought: &Sought, target: &Target<'_>) -> bool {
        self.begins_of_paragraph(sought, target, |now, then| {
            let same_rest = now.rest == then.rest && self.quoted > 0;
            let share = if same_rest { SHARE_CHANGED_FEW } else { SHARE_CLEAR };
            now.has_number_of(then) == Some(false) && !self.is_surrounded_as_then(share)
        })
    }

    /// Whether the number with which the note's paragraph began is gone, and what followed the number stands elsewhere
    /// too: of captions and clauses that are the same but for it, the number alone says which it was.
    pub(super) fn is_one_of_many(&self, sought: &Sought, target: &Target<'_>) -> bool {
        let stood = sought.paragraph_before();
        let then = Numbered::new(&stood);
        let Some(number) = then.numbers.first() else { return false };
        let rest = [then.follows, &sought.quote, sought.after.nearest_of_paragraph(usize::MAX)].concat();
        let is_elsewhere = |start: usize| (start + then.follows.len()).abs_diff(self.first) > SHORT;
        rest.len() >= SHORT
            && !self.is_numbered(number, (stood.len(), 0), target)
            && target.places_of(&rest).any(is_elsewhere)
    }

    /// Whether its paragraph begins with other numbers than the note's did.
    pub(super) fn has_another_number(&self, sought: &Sought, target: &Target<'_>) -> bool {
        self.begins_of_paragraph(sought, target, |now, then| {
            let mut numerals = now.numerals().peekable();
            let number = then.numbers.first().filter(|_| numerals.peek().is_some());
            number.is_some_and(|number| numerals.all(|other| other != *number))
        })
    }

    /// Whether it is like the note's passage, in a paragraph that begins with the same number.
    pub(super) fn has_its_number(&self, sought: &Sought, target: &Target<'_>) -> bool {
        let is_like = self.quoted == 0 || self.words >= FLOOR_POSSIBLE;
        let (before, after) = beginning(sought);
        let stood = [&*before, &*after].concat();
        let number = Numbered::new(&stood).numbers.first().copied();
        let is_numbered = |number| self.is_numbered(number, (before.len(), after.len()), target);
        is_like && self.paragraph_fits() && number.is_some_and(is_numbered)
    }

    /// Whether that number of a clause stands where a paragraph of which so many characters stood before it begins, or
    /// in so many characters from there on.
    fn is_numbered(&self, number: &[char], (before, after): (usize, usize), target: &Target<'_>) -> bool {
        let start = self.first.saturating_sub(before + SHORT);
        Numbered::new(part(&target.characters().folded, start, self.first + after)).numbers.contains(&number)
    }

    /// What `tell` says of what its paragraph begins with now, and of what it began with then.
    fn begins_of_paragraph(
        &self,
        sought: &Sought,
        target: &Target<'_>,
        tell: impl FnOnce(&Numbered<'_>, &Numbered<'_>) -> bool,
    ) -> bool {
        let (before, after) = beginning(sought);
        let text = &target.characters().folded;
        let stood = self.first.saturating_sub(before.len());
        let start = stood - part(text, 0, stood).iter().rev().take_while(|left| is_numeral(**left)).count();
        let now = part(text, start, self.first + after.len());
        tell(&Numbered::new(now), &Numbered::new(&[before, after].concat()))
    }
}

/// What stood before the quotation in its paragraph, and where that is little, what came then: the number of a clause
/// may be quoted, in part or as a whole.
fn beginning(sought: &Sought) -> (Vec<char>, Vec<char>) {
    let before = sought.paragraph_before();
    let words = [&*sought.quote, sought.after.nearest_of_paragraph(SHORT)].concat();
    let after = part(&words, 0, SHORT.saturating_sub(before.len())).to_vec();
    (before, after)
}

/// Words with the numbers of clauses and tables, as in （三）, 第三条, 三、, 3. and 表三, taken out.
struct Numbered<'a> {
    numbers: Vec<&'a [char]>,
    rest: Vec<&'a [char]>,
    /// What follows the first number.
    follows: &'a [char],
}

impl<'a> Numbered<'a> {
    /// The numbers of whatever.
    fn numerals(&self) -> impl Iterator<Item = &'a [char]> {
        let all = self.numbers.iter().chain(&self.rest).copied();
        all.filter(|run| run.first().is_some_and(|first| is_numeral(*first)))
    }

    /// Whether the first number is the same; `None` where there is none in one of them.
    fn has_number_of(&self, then: &Numbered<'_>) -> Option<bool> {
        self.numbers.first().zip(then.numbers.first()).map(|(now, then)| now == then)
    }

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
        let length = |last: usize| runs.iter().take(last + 1).map(|run| run.len()).sum();
        let follows = numbers.first().map_or(words.len(), |&first| length(first));
        let runs_at = |indices: Vec<usize>| indices.into_iter().map(|index| runs[index]).collect();
        Self { numbers: runs_at(numbers), rest: runs_at(rest), follows: part(words, follows, words.len()) }
    }
}

fn is_numeral(character: char) -> bool {
    character.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(character)
}
