//! From equal runs to the changes that a reader would name.

use super::written::{Range, Wording};
use super::{Change, is_same_gap};
use crate::compare::passages::runs::{Run, runs, width};
use crate::text::is_punctuation;

/// A stretch of each side that differs; one of them may be empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Edit {
    pub(super) left: Range,
    pub(super) right: Range,
}

/// A part of an edit. A move's two sides may belong to two edits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    pub(super) change: Change,
    pub(super) left: Range,
    pub(super) right: Range,
}

impl Edit {
    /// How many characters differ: those of the longer side.
    fn size(&self) -> usize {
        self.left.len().max(self.right.len())
    }

    fn between(one: &Run, next: &Run) -> Self {
        Self { left: one.left_end()..next.left, right: one.right_end()..next.right }
    }
}

/// The edits around the runs: one before each run and one after the last. The first and the last may be empty.
pub(super) fn edits(runs: &[Run], left: &Wording, right: &Wording) -> Vec<Edit> {
    let (start, end) = ends(left, right);
    let before = std::iter::once(&start).chain(runs);
    let all = before.zip(runs.iter().chain([&end])).map(|(one, next)| Edit::between(one, next));
    all.flat_map(|edit| parted_by_mark(edit, left, right)).collect()
}

/// Two edits where words end before the mark of punctuation on one side and words begin after it on the other; else
/// the edit itself.
fn parted_by_mark(edit: Edit, left: &Wording, right: &Wording) -> Vec<Edit> {
    if edit.left.is_empty() || edit.right.is_empty() {
        return vec![edit];
    }
    let Edit { left: own, right: other } = edit.clone();
    let left_gaps = (left.gap(own.start), left.gap(own.end));
    let right_gaps = (right.gap(other.start), right.gap(other.end));
    let nothing = |place: usize| place..place;
    if left_gaps.0.is_empty() && right_gaps.1.is_empty() && is_same_mark(left_gaps.1, right_gaps.0) {
        let (first, second) = (nothing(other.start), nothing(own.end));
        return vec![Edit { left: own, right: first }, Edit { left: second, right: other }];
    }
    if left_gaps.1.is_empty() && right_gaps.0.is_empty() && is_same_mark(left_gaps.0, right_gaps.1) {
        let (first, second) = (nothing(own.start), nothing(other.end));
        return vec![Edit { left: first, right: other }, Edit { left: own, right: second }];
    }
    vec![edit]
}

fn is_same_mark(one: &str, other: &str) -> bool {
    one.contains(is_punctuation) && is_same_gap(one, other)
}

fn ends(left: &Wording, right: &Wording) -> (Run, Run) {
    let (left, right) = (left.characters.len(), right.characters.len());
    (Run { left: 0, right: 0, length: 0 }, Run { left, right, length: 0 })
}

/// The runs without what would tear a word of an alphabet or an exchanged regional word.
pub(super) fn whole_words(runs: &[Run], left: &Wording, right: &Wording) -> Vec<Run> {
    let parts_at =
        |run: &Run, place: &usize| left.parts_at(run.left + place) && right.parts_at(run.right + place);
    let shrunk = |run: &Run| {
        let start = (0..run.length).find(|place| parts_at(run, place))?;
        let end = (start + 1..=run.length).rev().find(|place| parts_at(run, place))?;
        Some(run.part(&(start..end)))
    };
    runs.iter().filter_map(shrunk).collect()
}

/// The runs without the short ones that only chance puts between two changes: 其利 and 共利 differ as words.
pub(super) fn without_islands(runs: &[Run], left: &Wording, right: &Wording) -> Vec<Run> {
    let (start, end) = ends(left, right);
    let mut kept: Vec<Run> = Vec::with_capacity(runs.len());
    for (index, run) in runs.iter().enumerate() {
        let before = Edit::between(kept.last().unwrap_or(&start), run);
        let after = Edit::between(run, runs.get(index + 1).unwrap_or(&end));
        if !is_island(run, &before, &after) {
            kept.push(*run);
        }
    }
    kept
}

fn is_island(run: &Run, before: &Edit, after: &Edit) -> bool {
    let smaller = before.size().min(after.size());
    let only_left = before.right.is_empty() && after.right.is_empty();
    let only_right = before.left.is_empty() && after.left.is_empty();
    smaller > 0 && !only_left && !only_right && (run.length == 1 || run.length * 2 <= smaller)
}

/// The shortest wording that counts as moved, in Han characters.
const LEAST_MOVED: f32 = 4.0;

/// Wording this long is moved even where it is the smaller part of what was left out.
const LONG_MOVED: usize = 8;

/// What was left out in one edit and put in in another: each character in at most one move, the longest first.
pub(super) fn moves(edits: &[Edit], left: &Wording, right: &Wording) -> Moves {
    let mut lefts = Changed::new(edits.iter().map(|edit| &edit.left), left, '\0');
    let mut rights = Changed::new(edits.iter().map(|edit| &edit.right), right, '\u{1}');
    let mut found = runs(&lefts.characters, &rights.characters);
    found.sort_by_key(|run| std::cmp::Reverse(run.length));
    let mut chosen = Vec::new();
    for run in found {
        let (own, other) = (run.left..run.left_end(), run.right..run.right_end());
        let Some((from, to)) = lefts.place(&own).zip(rights.place(&other)) else { continue };
        let sides = edits.get(from.0).zip(edits.get(to.0)).filter(|_| from.0 != to.0);
        let run = Run { left: from.1, right: to.1, length: run.length };
        if sides.is_some_and(|(from, to)| is_moved(&run, from, to, left, right)) {
            lefts.take(own);
            rights.take(other);
            chosen.push(run);
        }
    }
    Moves::new(&chosen)
}

fn is_moved(run: &Run, from: &Edit, to: &Edit, left: &Wording, right: &Wording) -> bool {
    let characters = left.characters.iter().skip(run.left).take(run.length);
    let is_most = run.length * 2 >= from.left.len() && run.length * 2 >= to.right.len();
    let is_whole = left.parts_at(run.left)
        && left.parts_at(run.left_end())
        && right.parts_at(run.right)
        && right.parts_at(run.right_end());
    is_whole
        && (is_most || run.length >= LONG_MOVED)
        && characters.map(|&character| width(character)).sum::<f32>() >= LEAST_MOVED
}

/// The characters of all edits of one side in a row, parted by a character that the other side lacks.
struct Changed {
    characters: Vec<char>,
    /// For each the index of its edit and its own; `None` once it belongs to a move.
    places: Vec<Option<(usize, usize)>>,
}

impl Changed {
    fn new<'a>(ranges: impl Iterator<Item = &'a Range>, wording: &Wording, border: char) -> Self {
        let (mut characters, mut places) = (Vec::new(), Vec::new());
        for (index, range) in ranges.enumerate() {
            characters.extend(wording.characters.get(range.clone()).unwrap_or_default());
            characters.push(border);
            places.extend((range.start..=range.end).map(|place| Some((index, place))));
        }
        Self { characters, places }
    }

    /// The edit and the place of characters that all are free yet.
    fn place(&self, range: &Range) -> Option<(usize, usize)> {
        let places = self.places.get(range.clone())?;
        places.iter().all(Option::is_some).then(|| places.first().copied().flatten()).flatten()
    }

    fn take(&mut self, range: Range) {
        self.places.get_mut(range).into_iter().for_each(|places| places.fill(None));
    }
}

/// The parts of an edit, in order of either side: what was moved from it, and the rest.
pub(super) fn pieces(edit: &Edit, moves: &Moves) -> Vec<Piece> {
    let mut lefts = rest(&edit.left, moves.out_of(&edit.left)).into_iter();
    let mut rights = rest(&edit.right, moves.put_into(&edit.right)).into_iter();
    let mut pieces: Vec<Piece> = moves.out_of(&edit.left).map(Piece::moved).collect();
    let (left_end, right_end) = (edit.left.end, edit.right.end);
    loop {
        pieces.push(match (lefts.next(), rights.next()) {
            (None, None) => return pieces,
            (Some(left), Some(right)) => Piece { change: Change::Replaced, left, right },
            (Some(left), None) => Piece { change: Change::Deleted, left, right: right_end..right_end },
            (None, Some(right)) => Piece { change: Change::Inserted, left: left_end..left_end, right },
        });
    }
}

/// What of `range` is not in `moved`, which are in order and lie within it.
fn rest<'a>(range: &Range, moved: impl Iterator<Item = &'a Moved>) -> Vec<Range> {
    let (mut rest, mut start) = (Vec::new(), range.start);
    for part in moved.map(|moved| &moved.own) {
        rest.push(start..part.start);
        start = part.end;
    }
    rest.push(start..range.end);
    rest.retain(|part| !part.is_empty());
    rest
}

impl Piece {
    fn moved(moved: &Moved) -> Self {
        Self { change: Change::Moved, left: moved.own.clone(), right: moved.other.clone() }
    }
}

/// A move seen from one side.
struct Moved {
    own: Range,
    other: Range,
}

/// Moves, in order of either side.
pub(super) struct Moves {
    of_left: Vec<Moved>,
    of_right: Vec<Moved>,
}

impl Moves {
    pub(super) fn new(moves: &[Run]) -> Self {
        let sides = |run: &Run| (run.left..run.left_end(), run.right..run.right_end());
        let sides = moves.iter().map(sides);
        let (mut of_left, mut of_right): (Vec<Moved>, Vec<Moved>) = sides
            .map(|(left, right)| {
                (Moved { own: left.clone(), other: right.clone() }, Moved { own: right, other: left })
            })
            .unzip();
        of_left.sort_by_key(|moved| moved.own.start);
        of_right.sort_by_key(|moved| moved.own.start);
        Self { of_left, of_right }
    }

    fn out_of(&self, range: &Range) -> impl Iterator<Item = &Moved> {
        within(&self.of_left, range)
    }

    fn put_into(&self, range: &Range) -> impl Iterator<Item = &Moved> {
        within(&self.of_right, range)
    }
}

fn within<'a>(moves: &'a [Moved], range: &Range) -> impl Iterator<Item = &'a Moved> {
    let (start, end) = (range.start, range.end);
    let first = moves.partition_point(|moved| moved.own.start < start);
    moves.iter().skip(first).take_while(move |moved| moved.own.start < end)
}
