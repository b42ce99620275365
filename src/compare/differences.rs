//! The exact differences between two passages.

mod align;
mod edits;
mod slight;
mod written;

use align::align;
use edits::{Edit, Moves, edits, moves, pieces, whole_words, without_islands};
pub use slight::Slight;
use written::{Range, Wording};

use super::passages::runs::Run;
use crate::document::Document;
use crate::text::{Folded, Span, Written};

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
/// Both are read with their repairs. What is written alike, and only that, is in no difference. Punctuation alone is
/// no change of wording; where words changed, the marks between them go with them. Takes about linear time: in texts
/// of more than some ten thousand characters that share little, or repeat themselves without end, more may count as
/// replaced than had to. Empty where a span is no stretch of its text.
pub fn differences(left: &Document, left_span: Span, right: &Document, right_span: Span) -> Vec<Difference> {
    let scripts = (left.written(), right.written());
    let differ = matches!(
        scripts,
        (Written::Traditional, Written::Simplified) | (Written::Simplified, Written::Traditional)
    );
    let sides = Wording::new(left, left_span, differ).zip(Wording::new(right, right_span, differ));
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

/// Where one side has words that the other lacks, it has two gaps (before and after them) and the other one: so
/// one gap comes and goes with the words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Both sides have words, or neither: no gap more on one side.
    Neither,
    /// The gap before the words.
    Before,
    /// The gap after the words.
    After,
}

impl Frame {
    fn new(edit: Edit, left: &Wording, right: &Wording) -> Self {
        let takes = match (edit.left.is_empty(), edit.right.is_empty()) {
            (true, false) => taken_gap(left.gap(edit.left.start), right, &edit.right),
            (false, true) => taken_gap(right.gap(edit.right.start), left, &edit.left),
            _ => Takes::Neither,
        };
        Self { edit, takes }
    }
}

/// Which gap around the words `range` is more than the one `gap` of the other side.
fn taken_gap(gap: &str, wording: &Wording, range: &Range) -> Takes {
    let (before, after) = (wording.gap(range.start), wording.gap(range.end));
    let folded = |text: &str| Folded::new(text).text;
    let is_like_before = || gap == before || (gap != after && folded(gap) == folded(before));
    let is_like_after = || gap == after || folded(gap) == folded(after);
    if is_like_before() || (!is_like_after() && !before.is_empty()) { Takes::After } else { Takes::Before }
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
        let (takes, is_empty) = (*takes, before == after);
        let pieces = pieces(edit, moves);
        if takes != Takes::Before {
            self.add_gaps(before.0, before.1);
        }
        for piece in pieces {
            let (left, right) = (self.left_span(&piece.left), self.right_span(&piece.right));
            self.found.push(Difference { change: piece.change, left, right });
        }
        if takes != Takes::After && !is_empty {
            self.add_gaps(after.0, after.1);
        }
    }

    fn left_span(&self, range: &Range) -> Span {
        let after = self.frames.partition_point(|frame| frame.edit.left.start <= range.start);
        let frame = after.checked_sub(1).and_then(|index| self.frames.get(index));
        frame.map_or(Span::default(), |frame| span_of(self.left, range, &frame.edit.left, frame.takes))
    }

    fn right_span(&self, range: &Range) -> Span {
        let after = self.frames.partition_point(|frame| frame.edit.right.start <= range.start);
        let frame = after.checked_sub(1).and_then(|index| self.frames.get(index));
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
        return Span::at(if takes == Takes::Before { gap.start() } else { gap.end() });
    }
    if range.is_empty() {
        return Span::at(wording.span(edit).end());
    }
    let mut span = wording.span(range);
    if range.start == edit.start && takes == Takes::Before {
        span = wording.gap_span(range.start).union(span);
    }
    if range.end < edit.end || takes == Takes::After {
        span = span.union(wording.gap_span(range.end));
    }
    span
}

#[cfg(test)]
mod tests;
