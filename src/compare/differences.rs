//! The exact differences between two passages.

pub(super) mod align;
mod edits;
mod slight;
mod written;

use align::align;
use edits::{Edit, Moves, edits, moves, pieces, whole_words, without_islands};
pub use slight::Slight;
use written::{Range, Wording};

use super::passages::runs::Run;
use super::units::are_of_different_regions;
use crate::document::Document;
use crate::text::{Folded, Span};

/// How a stretch of the left text became one of the right.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Change {
    /// Only the right text has it.
    Inserted,
    /// Only the left text has it.
    Deleted,
    /// Each text has its own words.
    Replaced,
    /// Both have it, at different places among the rest.
    Moved,
    /// The wording is the same, the writing is not.
    Slight(Slight),
}

/// A difference between two passages.
///
/// Holds: no stretch is empty on both sides. Where only one side has something, the other span is the place where it
/// would stand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Difference {
    /// What it is.
    pub change: Change,
    /// The stretch of the left document's text.
    pub left: Span,
    /// The stretch of the right document's text.
    pub right: Span,
}

/// Everything that differs between a stretch of one document's text and one of another's, once, in order of the left
/// text.
///
/// Both are read with their repairs and without the signs of notes. What is written alike, and only that, is in no difference. Punctuation alone is
/// no change of wording; where words changed, the marks between them go with them. Takes about linear time: in texts
/// of more than some thousand characters that repeat themselves without end, more may count as replaced than had to. Empty where a span is no stretch of its text.
pub fn differences(left: &Document, left_span: Span, right: &Document, right_span: Span) -> Vec<Difference> {
    let regional = are_of_different_regions(left, right);
    let sides = Wording::new(left, left_span, regional).zip(Wording::new(right, right_span, regional));
    let Some((left, right)) = sides else { return Vec::new() };
    let runs = whole_words(&align(&left.characters, &right.characters), &left, &right);
    let runs = without_islands(&runs, &left, &right);
    let edits = edits(&runs, &left, &right);
    let moves = moves(&edits, &left, &right);
    let frames = edits.into_iter().map(|edit| Frame::new(edit, &left, &right)).collect();
    Report { left: &left, right: &right, frames, found: Vec::new() }.finish(&runs, &moves)
}

/// An edit, and which of the gaps around it changed with it.
struct Frame {
    edit: Edit,
    takes: Takes,
}

/// Which gaps belong to an edit, on each side that has words.
///
/// Where only one side has words, it has two gaps (before and after them) and the other side one: just one of the two
/// comes and goes with the words.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Takes {
    before: bool,
    after: bool,
}

impl Frame {
    fn new(edit: Edit, left: &Wording, right: &Wording) -> Self {
        let takes = match (edit.left.is_empty(), edit.right.is_empty()) {
            (true, true) => Takes { before: false, after: false },
            (true, false) => Takes::one(left.gap(edit.left.start), right, &edit.right),
            (false, true) => Takes::one(right.gap(edit.right.start), left, &edit.left),
            (false, false) => Takes::those_of_one(left, right, &edit),
        };
        Self { edit, takes }
    }
}

impl Takes {
    /// The gap around the words `range` that is more than the one `gap` of the other side.
    fn one(gap: &str, wording: &Wording, range: &Range) -> Self {
        let (before, after) = (wording.gap(range.start), wording.gap(range.end));
        let is_like_before = || gap == before || (gap != after && is_same_gap(gap, before));
        let is_like_after = || gap == after || is_same_gap(gap, after);
        let is_before_kept = is_like_before() || (!is_like_after() && !before.is_empty());
        Self { before: !is_before_kept, after: is_before_kept }
    }

    /// The gaps around replaced words where only one side has anything.
    fn those_of_one(left: &Wording, right: &Wording, edit: &Edit) -> Self {
        let differs = |l, r| left.gap(l).is_empty() != right.gap(r).is_empty();
        Self {
            before: differs(edit.left.start, edit.right.start),
            after: differs(edit.left.end, edit.right.end),
        }
    }
}

/// Whether two gaps are the same but for their writing.
fn is_same_gap(one: &str, other: &str) -> bool {
    Folded::new(one).text == Folded::new(other).text
}

/// Collects the differences.
struct Report<'a> {
    left: &'a Wording<'a>,
    right: &'a Wording<'a>,
    frames: Vec<Frame>,
    found: Vec<Difference>,
}

impl Report<'_> {
    /// `runs` lie between the frames.
    fn finish(mut self, runs: &[Run], moves: &Moves) -> Vec<Difference> {
        for run in runs {
            self.add_run(run);
        }
        for index in 0..self.frames.len() {
            self.add_edit(index, moves);
        }
        self.found.sort_by_key(|difference| (difference.left, difference.right));
        // The gap that parts two edits is looked at from both.
        self.found.dedup();
        self.found
    }

    /// What is written differently within a run of equal characters.
    fn add_run(&mut self, run: &Run) {
        let mut start = 0;
        for end in 1..=run.length {
            if !self.left.parts_at(run.left + end) || !self.right.parts_at(run.right + end) {
                continue;
            }
            let unit = run.part(&(start..end));
            let ranges = (unit.left..unit.left_end(), unit.right..unit.right_end());
            if let Some(slight) = Slight::of_written(self.left.text(&ranges.0), self.right.text(&ranges.1)) {
                self.add_slight(slight, self.left.span(&ranges.0), self.right.span(&ranges.1));
            }
            if end < run.length {
                self.add_gaps(run.left + end, run.right + end);
            }
            start = end;
        }
    }

    fn add_edit(&mut self, index: usize, moves: &Moves) {
        let Some(Frame { edit, takes }) = self.frames.get(index) else { return };
        let (before, after) = ((edit.left.start, edit.right.start), (edit.left.end, edit.right.end));
        let (takes, pieces) = (*takes, pieces(edit, moves));
        if !takes.before {
            self.add_gaps(before.0, before.1);
        }
        for piece in pieces {
            let (left, right) = (self.left_span(&piece.left, index), self.right_span(&piece.right, index));
            self.found.push(Difference { change: piece.change, left, right });
        }
        if !takes.after && before != after {
            self.add_gaps(after.0, after.1);
        }
    }

    /// The span of a part of the edit `index`; of a moved part wherever it is.
    fn left_span(&self, range: &Range, index: usize) -> Span {
        let holding = self.frames.partition_point(|frame| frame.edit.left.start <= range.start);
        let frame = self.frames.get(if range.is_empty() { index } else { holding.saturating_sub(1) });
        frame.map_or(Span::default(), |frame| span_of(self.left, range, &frame.edit.left, frame.takes))
    }

    /// As [`Report::left_span`].
    fn right_span(&self, range: &Range, index: usize) -> Span {
        let holding = self.frames.partition_point(|frame| frame.edit.right.start <= range.start);
        let frame = self.frames.get(if range.is_empty() { index } else { holding.saturating_sub(1) });
        frame.map_or(Span::default(), |frame| span_of(self.right, range, &frame.edit.right, frame.takes))
    }

    fn add_gaps(&mut self, left: usize, right: usize) {
        if let Some(slight) = Slight::of_gaps(self.left.gap(left), self.right.gap(right)) {
            self.add_slight(slight, self.left.gap_span(left), self.right.gap_span(right));
        }
    }

    /// Adds a difference in writing; it goes on with the last one where that is of the same kind and ends there.
    fn add_slight(&mut self, slight: Slight, left: Span, right: Span) {
        let change = Change::Slight(slight);
        match self.found.last_mut() {
            Some(last)
                if last.change == change
                    && last.left.end() == left.start()
                    && last.right.end() == right.start() =>
            {
                *last = Difference { change, left: last.left.union(left), right: last.right.union(right) };
            }
            _ => self.found.push(Difference { change, left, right }),
        }
    }
}

/// The stretch of the document's text of a part of an edit, `edit` being all of it on that side. What stands between
/// two parts goes with the first.
fn span_of(wording: &Wording, range: &Range, edit: &Range, takes: Takes) -> Span {
    if edit.is_empty() {
        let gap = wording.gap_span(edit.start);
        return Span::at(if takes.before { gap.start() } else { gap.end() });
    }
    if range.is_empty() {
        let end = if takes.after { wording.gap_span(edit.end) } else { wording.span(edit) };
        return Span::at(end.end());
    }
    let mut span = wording.span(range);
    if range.start == edit.start && takes.before {
        span = wording.gap_span(range.start).union(span);
    }
    if range.end < edit.end || takes.after {
        span = span.union(wording.gap_span(range.end));
    }
    span
}

#[cfg(test)]
mod tests;
