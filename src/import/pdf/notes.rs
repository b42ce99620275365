//! The notes at the foot of a page, and the marks that they begin with.

use std::collections::BTreeSet;
use std::ops::Range;

use super::columns::Line;
use super::furniture::{LinedPage, Role};
use super::tags::{Tag, TagKind};
use crate::import::{characters, raised};
use crate::text::number_at_start;

/// How high on its page a note as large as the text may begin, from the top as a part of the height.
const HIGHEST: f32 = 0.4;

impl LinedPage {
    /// Finds the notes: small print at the foot of a column that begins with a mark, or text of any size that begins with
    /// the raised mark of a place above.
    pub(super) fn find_notes(&mut self, body: f32) {
        let mut end = self.lines.len();
        while end > 0 {
            let start = self.column_start(end);
            if !self.find_answering_notes(start, end) {
                self.find_notes_between(start, end, body);
            }
            end = start;
        }
    }

    /// Finds the notes of a column that begin with raised marks, each of which stands raised in the text above too.
    fn find_answering_notes(&mut self, start: usize, end: usize) -> bool {
        let (above, below) = self.lines.get(..end).unwrap_or_default().split_at(start);
        let is_start = |(line, role): &(Line, Role)| {
            *role == Role::Body
                && line.tag().is_none()
                && line.baseline() > self.height * HIGHEST
                && raised_at_start(line).is_some()
        };
        let Some(first) = below.iter().position(is_start) else { return false };
        let (text, notes) = below.split_at(first);
        let of_text = |lines: &[(Line, Role)]| -> Vec<String> {
            lines.iter().flat_map(|(line, _)| raised_within(line)).collect()
        };
        let marks: BTreeSet<String> = [of_text(above), of_text(text)].concat().into_iter().collect();
        let notes: Vec<&Line> =
            notes.iter().filter(|(_, role)| *role == Role::Body).map(|(line, _)| line).collect();
        if !are_alike(&notes)
            || !notes.iter().filter_map(|line| raised_at_start(line)).all(|mark| marks.contains(&mark))
        {
            return false;
        }
        for (line, role) in self.lines.get_mut(start + first..end).unwrap_or_default() {
            if *role == Role::Body {
                *role = if raised_at_start(line).is_some() { Role::NoteStart } else { Role::NoteMore };
            }
        }
        true
    }

    /// Where the column begins whose last line is the one before `end`.
    fn column_start(&self, end: usize) -> usize {
        let before = self.lines.get(..end).unwrap_or_default();
        before.iter().rposition(|(line, _)| line.begins_column).unwrap_or(0)
    }

    fn find_notes_between(&mut self, start: usize, end: usize, body: f32) {
        let small = |line: &Line| line.size() > 0.0 && line.size() <= body * 0.93;
        let lines = self.lines.get(start..end).unwrap_or_default();
        let text = lines.iter().rposition(|(line, role)| *role == Role::Body && !small(line));
        let (Some(text), true) = (text, self.has_room_below(start, end)) else { return };
        let mut inside = false;
        for (line, role) in self.lines.get_mut(start + text + 1..end).unwrap_or_default() {
            let is_other = |tag: Tag| tag.kind != TagKind::Paragraph;
            if *role != Role::Body || line.tag().is_some_and(is_other) {
                continue;
            }
            let first = line.pieces.first();
            let begins = first.is_some_and(|piece| note_mark_of(&piece.text, &piece.raised).is_some());
            inside |= begins;
            if inside {
                *role = if begins { Role::NoteStart } else { Role::NoteMore };
            }
        }
    }

    /// Whether a column reaches into the lower half of the page.
    fn has_room_below(&self, start: usize, end: usize) -> bool {
        let lines = self.lines.get(start..end).unwrap_or_default();
        lines.iter().any(|(line, role)| *role == Role::Body && line.baseline() > self.height * 0.5)
    }
}

/// Whether lines are of one size and near each other, as those of notes are down to the foot of the page.
fn are_alike(lines: &[&Line]) -> bool {
    lines.windows(2).all(|pair| match pair {
        [above, below] => {
            let (size, distance) = (above.size(), below.baseline() - above.baseline());
            (size - below.size()).abs() <= size * 0.09 && distance <= size * 2.5
        }
        _ => true,
    })
}

/// What the raised mark says that a line begins with.
fn raised_at_start(line: &Line) -> Option<String> {
    let piece = line.pieces.first()?;
    let mark = piece.raised.first().filter(|mark| mark.start == 0)?;
    let end = note_mark_of(&piece.text, std::slice::from_ref(mark))?;
    Some(mark_letters(piece.text.get(..end)?))
}

/// What stands raised in a line, but not at its beginning.
fn raised_within(line: &Line) -> impl Iterator<Item = String> + '_ {
    let places = line.pieces.iter().flat_map(|piece| piece.raised.iter().map(move |place| (piece, place)));
    let within = places.filter(|(piece, place)| place.start > 0 || piece.left > line.left());
    within.filter_map(|(piece, place)| Some(mark_letters(piece.text.get(place.clone())?)))
}

/// The end of the mark that a note begins with, in bytes of its first line.
pub(super) fn note_mark_of(text: &str, raised: &[Range<usize>]) -> Option<usize> {
    let raised = raised.first().filter(|raised| raised.start == 0);
    let end = raised.map(|raised| raised.end).or_else(|| plain_mark(text))?;
    let mark = text.get(..end)?;
    (mark.chars().count() <= 6 && !mark_letters(mark).is_empty()).then_some(end)
}

/// What a mark says, without brackets around it and with plain digits.
pub(super) fn mark_letters(mark: &str) -> String {
    let inner =
        mark.trim_matches(|found: char| found.is_whitespace() || "[]［］()（）〔〕.．、".contains(found));
    inner.chars().map(raised::plain).collect()
}

/// Raised digits that are characters of their own.
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// Whether `character` is a raised digit.
pub(super) fn is_raised_digit(character: char) -> bool {
    RAISED.contains(character)
}

/// The end of a mark that is not raised: `[1]`, ①, * or †, or a bare number and a space.
fn plain_mark(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if is_raised_digit(first) {
        return Some(text.len() - text.trim_start_matches(is_raised_digit).len());
    }
    if matches!(first, '\u{2460}'..='\u{2473}' | '*' | '†' | '‡' | '※') {
        return Some(text.len() - text.trim_start_matches(first).len());
    }
    let closing = if matches!(first, '[' | '［' | '〔') { Some([']', '］', '〕']) } else { None };
    let inner = if closing.is_some() { text.get(first.len_utf8()..)? } else { text };
    let (value, rest) = number_at_start(inner).filter(|(value, _)| *value > 0 && *value < 1000)?;
    let rest = match closing {
        Some(closing) => rest.strip_prefix(closing)?,
        // Fonts have raised digits too, which look small to the eye alone.
        None if rest.starts_with(characters::is_han) && value < 100 && first.is_ascii_digit() => rest,
        None => rest.strip_prefix([' ', '\u{3000}']).filter(|_| value < 200 && first.is_ascii_digit())?,
    };
    Some(text.len() - rest.len())
}
