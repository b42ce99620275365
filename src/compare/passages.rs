//! The wording that two blocks share, tolerant of edits.
//!
//! It is found as sequence search does it (seed, extend, chain; Altschul and others, "Basic local alignment search
//! tool", 1990): short rare stretches that stand in both, extended as far as the characters are equal ([`mod@runs`]), then
//! joined across small differences as long as that is worth more than the gap costs ([`chains`]), and of all that the
//! best, so that no character is in two passages. Passages may cross: order means nothing here.

mod chains;
pub(super) mod runs;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::iter::successors;
use std::ops::Range;

use chains::{Scale, equal_pairs};
use runs::{Run, Seeds, runs_with, width};

use super::differences::align::align;

/// A block's folded characters without punctuation, and how much each tells: 0 (a stock phrase that recurs
/// everywhere) to 1 (rare).
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub(super) characters: &'a [char],
    /// As many as there are characters.
    pub(super) weights: &'a [f32],
    /// Those of its characters, where they are kept.
    pub(super) seeds: Option<&'a Seeds>,
}

/// A stretch of the left wording and the stretch of the right one that says the same.
///
/// Holds: both begin and end with equal characters; at least [`LIKENESS`] percent of the longer one pairs up.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Shared {
    /// In characters, half-open.
    pub(super) left: Range<usize>,
    /// In characters, half-open.
    pub(super) right: Range<usize>,
    /// How many characters pair up.
    pub(super) equal: usize,
    /// The weights of those together, the mean of both sides.
    pub(super) telling: f32,
}

/// How much of the longer side of a passage must pair up, in percent.
const LIKENESS: usize = 65;

/// A passage this long (in Han characters) is one if it tells anything: more than a stock phrase.
const LONG: f32 = 8.0;

/// What a long passage must tell, in rare Han characters.
const LONG_TELLING: f32 = 2.0;

/// The shortest passage, which must be rare.
const SHORT: f32 = 5.0;

/// What a passage is worth at least (see [`Scale::worth`]).
const LEAST_WORTH: f64 = 4.0;

/// How rare the characters of a short passage are on average.
const RARE: f32 = 0.7;

/// The passages that both say in the same words but for small edits, in order of the left wording.
///
/// On each side they are disjoint. Stock phrases alone are none, nor are enumerations that share a word or clauses
/// that share their frame. Wordings that are wholly equal are one passage, whatever they tell. Takes about linear
/// time; in texts that repeat themselves very often some repetitions are not paired.
pub(super) fn shared_wording(left: &Wording, right: &Wording) -> Vec<Shared> {
    if left.characters == right.characters {
        return everything(left).into_iter().collect();
    }
    // Where two ways of laying the one on the other are as good, the same is chosen whichever stands on the left.
    if left.characters > right.characters {
        let turned = shared_wording(right, left).into_iter();
        let mut shared: Vec<Shared> =
            turned.map(|one| Shared { left: one.right, right: one.left, ..one }).collect();
        shared.sort_by_key(|one| one.left.start);
        return shared;
    }
    let scale = Scale::new(left, right);
    let chains = scale.chains(&runs_with(left.characters, right.characters, [left.seeds, right.seeds]));
    let mut choice = Choice::new(left, right, &scale);
    choice.choose(&chains);
    choice.shared.sort_by_key(|shared| shared.left.start);
    choice.shared
}

/// What two versions of one passage have in common, from where it begins to where it ends: nothing of it has to be long
/// or rare, for it is known that the one answers the other. `None` where they have not even a word, or are too unlike.
pub(super) fn wording_of_versions(left: &Wording, right: &Wording) -> Option<Shared> {
    let runs = align(left.characters, right.characters);
    let scale = Scale::new(left, right);
    let choice = Choice::new(left, right, &scale);
    let longest = runs.iter().max_by_key(|run| run.length).filter(|run| run.length > 1)?;
    let whole = choice.measure(&runs).filter(is_alike);
    whole.or_else(|| choice.measure(std::slice::from_ref(longest)))
}

fn everything(wording: &Wording) -> Option<Shared> {
    let length = wording.characters.len();
    let telling = wording.weights.iter().sum();
    (length > 0).then_some(Shared { left: 0..length, right: 0..length, equal: length, telling })
}

/// Chooses the best chains that do not overlap.
struct Choice<'a> {
    left: &'a Wording<'a>,
    right: &'a Wording<'a>,
    scale: &'a Scale<'a>,
    /// Which characters belong to a passage already.
    left_taken: Vec<bool>,
    right_taken: Vec<bool>,
    /// Chains by worth, the earliest first among equals. Worth is never negative, so its bits are in its order.
    rest: BinaryHeap<(u64, Reverse<Vec<Run>>)>,
    shared: Vec<Shared>,
}

impl<'a> Choice<'a> {
    fn new(left: &'a Wording<'a>, right: &'a Wording<'a>, scale: &'a Scale<'a>) -> Self {
        let left_taken = vec![false; left.characters.len()];
        let right_taken = vec![false; right.characters.len()];
        Self { left, right, scale, left_taken, right_taken, rest: BinaryHeap::new(), shared: Vec::new() }
    }

    fn choose(&mut self, chains: &[Vec<Run>]) {
        for chain in chains {
            self.add(chain);
        }
        while let Some((_, Reverse(runs))) = self.rest.pop() {
            let pieces = self.free_pieces(&runs);
            match pieces.as_slice() {
                [piece] if *piece == runs => self.settle(&runs),
                _ => pieces.iter().for_each(|piece| self.add(piece)),
            }
        }
    }

    /// Keeps the good parts of a row of runs for later, unless they can be no passage.
    fn add(&mut self, runs: &[Run]) {
        let parts = self.scale.parts(runs).into_iter().filter(|(worth, _)| *worth >= LEAST_WORTH);
        self.rest.extend(parts.map(|(worth, runs)| (worth.to_bits(), Reverse(runs))));
    }

    /// A chain that overlaps nothing: a passage, or if its sides are too unlike, its two halves for later.
    fn settle(&mut self, runs: &[Run]) {
        let Some(shared) = self.measure(runs) else { return };
        if !is_alike(&shared) {
            let (first, second) = runs.split_at(self.widest_gap(runs));
            self.add(first);
            self.add(second);
        } else if self.is_passage(runs) {
            let shared = self.measure(&self.rounded(runs)).filter(is_alike).unwrap_or(shared);
            self.left_taken.get_mut(shared.left.clone()).into_iter().for_each(|taken| taken.fill(true));
            self.right_taken.get_mut(shared.right.clone()).into_iter().for_each(|taken| taken.fill(true));
            self.shared.push(shared);
        }
    }

    /// A passage with ends that a reader would choose.
    fn rounded(&self, runs: &[Run]) -> Vec<Run> {
        let before = successors(runs.first().copied(), |first| self.next_left(first)).skip(1);
        let mut rounded: Vec<Run> = before.collect();
        rounded.reverse();
        rounded.extend(runs);
        rounded.extend(successors(runs.last().copied(), |last| self.next_right(last)).skip(1));
        self.trim(&mut rounded);
        rounded
    }

    /// A run that is too short for a seed but stands behind a shorter gap still.
    fn next_right(&self, last: &Run) -> Option<Run> {
        GAPS.iter().find_map(|gap| {
            let (left, right) = (last.left_end() + gap.0, last.right_end() + gap.1);
            let same = |place: &usize| self.is_free_and_equal(left + place, right + place);
            let run = Run { left, right, length: (0..self.left_taken.len()).take_while(same).count() };
            let needed = gap.0.max(gap.1) + usize::from(!self.ends_both(&run));
            (run.length >= needed && self.is_free_between(last, &run)).then_some(run)
        })
    }

    /// As [`Choice::next_right`], before the first run.
    fn next_left(&self, first: &Run) -> Option<Run> {
        GAPS.iter().find_map(|gap| {
            let (left_end, right_end) = (first.left.checked_sub(gap.0)?, first.right.checked_sub(gap.1)?);
            let places = (0..left_end).rev().zip((0..right_end).rev());
            let length = places.take_while(|&(left, right)| self.is_free_and_equal(left, right)).count();
            let run = Run { left: left_end - length, right: right_end - length, length };
            let needed = gap.0.max(gap.1) + usize::from((run.left, run.right) != (0, 0));
            (length >= needed && self.is_free_between(&run, first)).then_some(run)
        })
    }

    /// Whether both sides have the same character there, which belongs to no passage yet.
    fn is_free_and_equal(&self, left: usize, right: usize) -> bool {
        let characters = self.left.characters.get(left).zip(self.right.characters.get(right));
        characters.is_some_and(|(one, other)| one == other)
            && self.left_taken.get(left) == Some(&false)
            && self.right_taken.get(right) == Some(&false)
    }

    /// The index of the run after the widest gap.
    fn widest_gap(&self, runs: &[Run]) -> usize {
        let width = |one: &Run, next: &Run| {
            let (left, right) = self.scale.between(one, next);
            left.len().max(right.len())
        };
        let gaps = runs.iter().zip(runs.iter().skip(1)).map(|(one, next)| width(one, next));
        gaps.enumerate().max_by_key(|&(_, width)| width).map_or(runs.len(), |(index, _)| index + 1)
    }

    /// Takes small words off the ends that only hang on to their neighbours, which are not shared.
    fn trim(&self, runs: &mut [Run]) {
        let character =
            |place: Option<usize>| place.and_then(|place| self.left.characters.get(place)).copied();
        if let Some(first) = runs.first_mut()
            && (first.left, first.right) != (0, 0)
            && first.length > 1
            && character(Some(first.left)) == Some('的')
        {
            *first = first.without_first(1);
        }
        if let Some(last) = runs.last_mut()
            && !self.ends_both(last)
            && last.length > 2
            && matches!(character(last.left_end().checked_sub(1)), Some('的' | '和' | '或'))
            && !matches!(character(last.left_end().checked_sub(2)), Some('目' | '共' | '缓' | '总'))
        {
            last.length -= 1;
        }
    }

    fn ends_both(&self, run: &Run) -> bool {
        run.left_end() == self.left.characters.len() && run.right_end() == self.right.characters.len()
    }

    /// What the runs and the equal characters between them make together.
    fn measure(&self, runs: &[Run]) -> Option<Shared> {
        let (first, last) = (runs.first()?, runs.last()?);
        let sum =
            |weights: &[f32], from: usize, length: usize| weights.iter().skip(from).take(length).sum::<f32>();
        let weights = |left: usize, right: usize, length: usize| {
            f32::midpoint(sum(self.left.weights, left, length), sum(self.right.weights, right, length))
        };
        let mut equal = runs.iter().map(|run| run.length).sum();
        let mut telling: f32 = runs.iter().map(|run| weights(run.left, run.right, run.length)).sum();
        for (one, next) in runs.iter().zip(runs.iter().skip(1)) {
            let (left, right) = self.scale.between(one, next);
            let pairs = equal_pairs(left, right);
            equal += pairs.len();
            let place =
                |&(left, right): &(usize, usize)| weights(one.left_end() + left, one.right_end() + right, 1);
            telling += pairs.iter().map(place).sum::<f32>();
        }
        let (left, right) = (first.left..last.left_end(), first.right..last.right_end());
        Some(Shared { left, right, equal, telling })
    }

    /// Whether it is long or rare enough for a reader to call it the same wording.
    fn is_passage(&self, runs: &[Run]) -> bool {
        let (mut wide, mut telling) = (0.0, 0.0);
        for run in runs {
            let characters = self.left.characters.iter().skip(run.left).take(run.length);
            for (&character, &weight) in characters.zip(self.left.weights.iter().skip(run.left)) {
                wide += width(character);
                telling += width(character) * weight;
            }
        }
        (wide >= LONG && telling >= LONG_TELLING) || (wide >= SHORT && telling >= wide * RARE)
    }

    /// The pieces of a chain that overlap no passage.
    fn free_pieces(&self, runs: &[Run]) -> Vec<Vec<Run>> {
        let mut pieces: Vec<Vec<Run>> = Vec::new();
        let mut last: Option<Run> = None;
        for run in runs {
            for part in self.free_parts(run) {
                match (pieces.last_mut(), last) {
                    (Some(piece), Some(last)) if self.is_free_between(&last, &part) => piece.push(part),
                    _ => pieces.push(vec![part]),
                }
                last = Some(part);
            }
        }
        pieces
    }

    /// The stretches of a run that belong to no passage yet.
    fn free_parts(&self, run: &Run) -> Vec<Run> {
        let left = self.left_taken.iter().skip(run.left);
        let taken = left.zip(self.right_taken.iter().skip(run.right)).take(run.length);
        let mut parts: Vec<Range<usize>> = Vec::new();
        for (place, (&left, &right)) in taken.enumerate() {
            match parts.last_mut() {
                _ if left || right => {}
                Some(part) if part.end == place => part.end = place + 1,
                _ => parts.push(place..place + 1),
            }
        }
        parts.iter().map(|part| run.part(part)).collect()
    }

    fn is_free_between(&self, one: &Run, next: &Run) -> bool {
        let is_free = |taken: &[bool], range: Range<usize>| {
            taken.get(range).is_some_and(|taken| !taken.contains(&true))
        };
        is_free(&self.left_taken, one.left_end()..next.left)
            && is_free(&self.right_taken, one.right_end()..next.right)
    }
}

/// The gaps that a run too short for a seed may stand behind if it is longer than they are: characters of the left
/// side, of the right side. The shortest come first.
const GAPS: [(usize, usize); 8] = [(0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1), (2, 2)];

fn is_alike(shared: &Shared) -> bool {
    shared.equal * 100 >= shared.left.len().max(shared.right.len()) * LIKENESS
}

#[cfg(test)]
mod tests;
