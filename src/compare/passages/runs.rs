//! Stretches that stand in both texts character by character.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use crate::compare::measure::count_before;
use crate::text::is_han;

/// A stretch of the left text that stands on the right too, character by character. In characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::compare) struct Run {
    pub(in crate::compare) left: usize,
    pub(in crate::compare) right: usize,
    pub(in crate::compare) length: usize,
}

impl Run {
    pub(in crate::compare) fn left_end(&self) -> usize {
        self.left + self.length
    }

    pub(in crate::compare) fn right_end(&self) -> usize {
        self.right + self.length
    }

    /// Without its first `count` characters.
    pub(super) fn without_first(self, count: usize) -> Self {
        let count = count.min(self.length);
        Self { left: self.left + count, right: self.right + count, length: self.length - count }
    }

    /// Those of its characters that are so far from its beginning.
    pub(in crate::compare) fn part(self, part: &Range<usize>) -> Self {
        Self { left: self.left + part.start, right: self.right + part.start, length: part.len() }
    }
}

/// How much of a Han character a character tells: a word of an alphabet takes several letters.
pub(in crate::compare) fn width(character: char) -> f32 {
    if is_han(character) { 1.0 } else { 0.3 }
}

/// The runs of three Han characters or more (four in long texts; more of the letters of an alphabet), as far as
/// some seed in them is rare: where a stretch recurs very often on both sides, only context can pair it. In order of
/// the left text.
///
/// Takes about linear time: a seed may make at most [`MOST_PAIRS`] pairs of places, so all of them together make
/// at most that number's root times as many as there are characters.
pub(in crate::compare) fn runs(left: &[char], right: &[char]) -> Vec<Run> {
    runs_with(left, right, [None; 2])
}

/// The same, with the seeds of either side as far as they are kept.
pub(super) fn runs_with(left: &[char], right: &[char], kept: [Option<&Seeds>; 2]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut last: Option<Run> = None;
    for (left_place, right_place) in places(left, right, kept) {
        let passed = last.is_some_and(|run| {
            run.left + right_place == run.right + left_place && left_place < run.left_end()
        });
        if passed {
            continue;
        }
        let run = extend(left, right, left_place, right_place);
        last = Some(run);
        if run.length > 0 {
            runs.push(run);
        }
    }
    runs.sort_unstable();
    runs
}

/// Places of seeds on both sides, diagonal by diagonal. The texts' beginnings and ends are always among them: texts
/// that repeat themselves without end have no rare seeds.
fn places(left: &[char], right: &[char], kept: [Option<&Seeds>; 2]) -> Vec<(usize, usize)> {
    let is_long = left.len() + right.len() > LONG;
    let [lefts, rights] = [(left, kept[0]), (right, kept[1])].map(|(text, kept)| match kept {
        Some(kept) => Cow::Borrowed(kept.of(text, is_long)),
        None => Cow::Owned(seeds(text, is_long)),
    });
    let mut places: Vec<(usize, usize)> = vec![(0, 0)];
    places.extend(left.len().checked_sub(1).zip(right.len().checked_sub(1)));
    let mut rest: &[(u64, usize)] = &rights;
    for group in lefts.chunk_by(|one, other| one.0 == other.0) {
        let Some(&(seed, _)) = group.first() else { continue };
        let (_, from) = rest.split_at(count_before(rest, |(other, _)| *other < seed));
        let (same, after) = from.split_at(from.iter().take_while(|(other, _)| *other == seed).count());
        rest = after;
        if group.len() * same.len() <= MOST_PAIRS {
            places.extend(group.iter().flat_map(|&(_, l)| same.iter().map(move |&(_, r)| (l, r))));
        }
    }
    places.sort_unstable_by_key(|&(l, r)| (l + right.len() - r, l));
    places
}

/// In longer texts than this (characters of both together) chance repeats three characters too often.
const LONG: usize = 100_000;

/// The most pairs of places that a seed may make.
const MOST_PAIRS: usize = 64;

/// The seeds of a text that is read beside many others: what a whole book on one line costs, it costs once.
#[derive(Default)]
pub(in crate::compare) struct Seeds {
    wide: OnceCell<Vec<(u64, usize)>>,
    narrow: OnceCell<Vec<(u64, usize)>>,
}

impl Seeds {
    fn of(&self, text: &[char], is_long: bool) -> &[(u64, usize)] {
        let kept = if is_long { &self.wide } else { &self.narrow };
        kept.get_or_init(|| seeds(text, is_long))
    }
}

/// For each place the hash of the characters from there on that together are as wide as four Han characters (three
/// in short texts) or more; in order of the hashes, then of the places.
fn seeds(text: &[char], is_long: bool) -> Vec<(u64, usize)> {
    let least = if is_long { 4.0 } else { 3.0 };
    let mut seeds = Vec::with_capacity(text.len());
    for place in 0..text.len() {
        let mut seed = (0_u64, 0.0);
        for &character in text.iter().skip(place) {
            seed = (mix(seed.0, character), seed.1 + width(character));
            if seed.1 >= least {
                seeds.push((seed.0, place));
                break;
            }
        }
    }
    seeds.sort_unstable();
    seeds
}

/// One more character of a stretch that is hashed.
pub(in crate::compare) fn mix(hash: u64, character: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(character)).wrapping_mul(0x51_7c_c1_b7_27_22_0a_95)
}

/// The whole run that holds those two places; empty where the characters there differ (two seeds of one hash).
fn extend(left: &[char], right: &[char], left_place: usize, right_place: usize) -> Run {
    let alike = |(one, other): &(&char, &char)| one == other;
    let after = left.iter().skip(left_place).zip(right.iter().skip(right_place)).take_while(alike).count();
    let before = left.iter().take(left_place).rev().zip(right.iter().take(right_place).rev());
    let before = if after == 0 { 0 } else { before.take_while(alike).count() };
    Run { left: left_place - before, right: right_place - before, length: before + after }
}
