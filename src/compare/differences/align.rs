//! Which characters of two versions of one wording are the same, in order.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::compare::passages::runs::{Run, mix};
use crate::compare::rising::longest_rising;

/// Runs of equal characters, each after the last on both sides and never touching it on both: as many as can be.
///
/// Exact (Hunt's algorithm) where the two have at most [`MOST_PAIRS`] pairs of equal characters. Longer texts are
/// first cut at what is in both of them just once, in ever shorter stretches; what cannot be cut, because it repeats
/// itself without end, is aligned window by window. Takes about linear time and memory.
pub(in crate::compare) fn align(left: &[char], right: &[char]) -> Vec<Run> {
    let aligner = Aligner { left, right };
    let whole = Gap { left: 0..left.len(), right: 0..right.len() };
    let (mut runs, mut rest) = (Vec::new(), vec![(whole, WIDTHS.as_slice())]);
    while let Some((gap, widths)) = rest.pop() {
        let gap = aligner.trim(&gap, &mut runs);
        if gap.left.is_empty() || gap.right.is_empty() {
            continue;
        }
        if aligner.is_small(&gap) {
            aligner.align_exactly(&gap, &mut runs);
        } else if let Some((&width, narrower)) = widths.split_first() {
            let anchors = aligner.anchors(&gap, width);
            rest.extend(gaps(&gap, &anchors).map(|gap| (gap, narrower)));
            runs.extend(anchors);
        } else {
            aligner.align_by_windows(&gap, &mut runs);
        }
    }
    runs.sort_unstable();
    joined(&runs)
}

/// The stretches whose single occurrences cut a long text, in characters.
const WIDTHS: [usize; 5] = [32, 12, 6, 3, 1];

/// The most pairs of equal characters that are looked at exactly.
const MOST_PAIRS: usize = 2_000_000;

/// How many characters of each side a window has.
const WINDOW: usize = 500;

/// A stretch of each side that is not aligned yet.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Gap {
    left: Range<usize>,
    right: Range<usize>,
}

/// What lies between the runs, within `whole`; an empty side included.
fn gaps(whole: &Gap, runs: &[Run]) -> impl Iterator<Item = Gap> {
    let end = Run { left: whole.left.end, right: whole.right.end, length: 0 };
    let start = Run { left: whole.left.start, right: whole.right.start, length: 0 };
    let before = std::iter::once(start).chain(runs.iter().copied());
    let after = runs.iter().copied().chain([end]);
    before.zip(after).map(|(before, after)| Gap {
        left: before.left_end()..after.left,
        right: before.right_end()..after.right,
    })
}

/// The runs with those that touch made one.
fn joined(runs: &[Run]) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs.iter().filter(|run| run.length > 0) {
        match joined.last_mut() {
            Some(last) if (last.left_end(), last.right_end()) == (run.left, run.right) => {
                last.length += run.length;
            }
            _ => joined.push(*run),
        }
    }
    joined
}

struct Aligner<'a> {
    left: &'a [char],
    right: &'a [char],
}

impl<'a> Aligner<'a> {
    fn sides(&self, gap: &Gap) -> (&'a [char], &'a [char]) {
        let (left, right) = (self.left.get(gap.left.clone()), self.right.get(gap.right.clone()));
        (left.unwrap_or_default(), right.unwrap_or_default())
    }

    /// What is left between the equal characters at the beginning and at the end, which go to `runs`.
    fn trim(&self, gap: &Gap, runs: &mut Vec<Run>) -> Gap {
        let (left, right) = self.sides(gap);
        let before = left.iter().zip(right).take_while(|(one, other)| one == other).count();
        let ends = left.iter().skip(before).rev().zip(right.iter().skip(before).rev());
        let after = ends.take_while(|(one, other)| one == other).count();
        let inner = Gap {
            left: gap.left.start + before..gap.left.end - after,
            right: gap.right.start + before..gap.right.end - after,
        };
        runs.push(Run { left: gap.left.start, right: gap.right.start, length: before });
        runs.push(Run { left: inner.left.end, right: inner.right.end, length: after });
        inner
    }

    /// Whether the gap has few enough pairs of equal characters.
    fn is_small(&self, gap: &Gap) -> bool {
        let (left, right) = self.sides(gap);
        if left.len().saturating_mul(right.len()) <= MOST_PAIRS {
            return true;
        }
        let (mut lefts, mut rights) = (left.to_vec(), right.to_vec());
        lefts.sort_unstable();
        rights.sort_unstable();
        let mut rest = rights.as_slice();
        let mut pairs = 0_usize;
        for group in lefts.chunk_by(|one, other| one == other) {
            let Some(own) = group.first() else { continue };
            rest = rest.split_at(rest.partition_point(|other| other < own)).1;
            let same = rest.partition_point(|other| other == own);
            pairs = pairs.saturating_add(group.len().saturating_mul(same));
        }
        pairs <= MOST_PAIRS
    }

    fn align_exactly(&self, gap: &Gap, runs: &mut Vec<Run>) {
        let (left, right) = self.sides(gap);
        runs.extend(capture_diff_slices(Algorithm::Hunt, left, right).into_iter().filter_map(
            |op| match op {
                DiffOp::Equal { old_index, new_index, len } => Some(Run {
                    left: gap.left.start + old_index,
                    right: gap.right.start + new_index,
                    length: len,
                }),
                _ => None,
            },
        ));
    }

    /// Aligns a window at a time; each begins where the equal runs of the first two thirds of the last one ended.
    fn align_by_windows(&self, gap: &Gap, runs: &mut Vec<Run>) {
        let (mut left, mut right) = (gap.left.start, gap.right.start);
        while left < gap.left.end && right < gap.right.end {
            let (left_end, right_end) =
                ((left + WINDOW).min(gap.left.end), (right + WINDOW).min(gap.right.end));
            let is_last = (left_end, right_end) == (gap.left.end, gap.right.end);
            let sure = if is_last { WINDOW } else { WINDOW * 2 / 3 };
            let mut found = Vec::new();
            self.align_exactly(&Gap { left: left..left_end, right: right..right_end }, &mut found);
            found.retain(|run| run.left < left + sure && run.right < right + sure);
            let next = found.last().map(|run| (run.left_end(), run.right_end()));
            (left, right) = next.filter(|_| !is_last).unwrap_or((left + sure, right + sure));
            runs.extend(found);
        }
    }

    /// Stretches of `width` characters or more that stand just once in each side of the gap, as many as are in order
    /// on both.
    fn anchors(&self, gap: &Gap, width: usize) -> Vec<Run> {
        let (left, right) = self.sides(gap);
        let mut places = common(&single(left, width), &single(right, width));
        places.sort_unstable();
        let mut anchors: Vec<Run> = Vec::new();
        for (left_place, right_place) in longest_rising(&places, |place| place.1) {
            let place = (gap.left.start + left_place, gap.right.start + right_place);
            let last = anchors
                .last()
                .map_or((gap.left.start, gap.right.start), |run| (run.left_end(), run.right_end()));
            if place.0 >= last.0 && place.1 >= last.1 {
                anchors.extend(Some(self.extend(gap, last, place)).filter(|run| run.length >= width));
            }
        }
        anchors
    }

    /// The run of equal characters around a place on either side, from `first` on and within the gap.
    fn extend(&self, gap: &Gap, first: (usize, usize), place: (usize, usize)) -> Run {
        let (before_left, before_right) =
            self.sides(&Gap { left: first.0..place.0, right: first.1..place.1 });
        let (left, right) = self.sides(&Gap { left: place.0..gap.left.end, right: place.1..gap.right.end });
        let after = left.iter().zip(right).take_while(|(one, other)| one == other).count();
        let before = before_left.iter().rev().zip(before_right.iter().rev());
        let before = before.take_while(|(one, other)| one == other).count();
        Run { left: place.0 - before, right: place.1 - before, length: before + after }
    }
}

/// The stretches of `width` characters that occur once, by their hashes, with their places.
fn single(text: &[char], width: usize) -> Vec<(u64, usize)> {
    let hash = |stretch: &[char]| stretch.iter().fold(0, |hash, &character| mix(hash, character));
    let mut all: Vec<(u64, usize)> = text.windows(width).map(hash).zip(0..).collect();
    all.sort_unstable();
    all.chunk_by(|one, other| one.0 == other.0)
        .filter_map(|group| if let [only] = group { Some(*only) } else { None })
        .collect()
}

/// The places of the hashes that both have. Two stretches of one hash may differ.
fn common(left: &[(u64, usize)], right: &[(u64, usize)]) -> Vec<(usize, usize)> {
    let (mut left, mut right, mut places) = (left.iter().peekable(), right.iter().peekable(), Vec::new());
    while let (Some((one, left_place)), Some((other, right_place))) = (left.peek(), right.peek()) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                places.push((*left_place, *right_place));
                left.next();
                right.next();
            }
        }
    }
    places
}
