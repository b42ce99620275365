//! Tables whose columns stand so near that their cells look like words: one white runs down through several lines, where
//! text has it in one or two by chance.

use std::ops::Range;

use super::columns::Line;
use super::contents;
use super::rows::Piece;
use crate::import::{characters, numbering};

/// So many lines must have a white: words of prose stand below each other by chance in three.
const LEAST: usize = 4;
/// The narrowest white, in ems.
pub(super) const NARROWEST: f32 = 0.5;
/// How far lines stand apart at most, in ems.
const FARTHEST: f32 = 3.5;
/// So many lines are taken for one table; a row has so many whites at most, and so many whites of a page are looked at,
/// each as often as it is looked at.
const MOST_LINES: usize = 500;
const MOST_WHITES: usize = 60;
const MOST_LOOKS: usize = 100_000;
/// A label has so many columns at most.
const LABEL: usize = 6;

/// A year has so many digits, more than the number of a note or of an item.
const YEAR: usize = 4;

/// White within a piece, wide enough to part two cells.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct White {
    /// Where it begins and ends, in points.
    pub(super) left: f32,
    pub(super) right: f32,
    /// Where the text goes on behind it, in bytes.
    pub(super) at: usize,
}

/// White from one place to another, in points.
type Gap = (f32, f32);

/// The lines, with the cells parted of those through which a white runs, and how many were parted so.
pub(super) fn part(lines: &[Line]) -> (Vec<Line>, usize) {
    let mut all = Vec::with_capacity(lines.len());
    let (mut rest, mut looks, mut guessed) = (lines, MOST_LOOKS, 0);
    while let Some(first) = rest.first() {
        let (count, gaps) = stretch(rest, &mut looks);
        let (rows, after) = rest.split_at(count);
        if gaps.is_empty() {
            all.push(first.clone());
            rest = rest.get(1..).unwrap_or_default();
        } else {
            let parted: Vec<Line> = rows.iter().map(|row| parted(row, &gaps)).collect();
            guessed +=
                parted.iter().zip(rows).filter(|(new, old)| new.pieces.len() > old.pieces.len()).count();
            all.extend(parted);
            rest = after;
        }
    }
    (all, guessed)
}

/// How many lines from the first on share a white that parts cells, and all that they share; none when there are no
/// looks left.
fn stretch(lines: &[Line], looks: &mut usize) -> (usize, Vec<Gap>) {
    let none = (0, Vec::new());
    let has_white = |line: &&Line| line.pieces.iter().any(|piece| !piece.whites.is_empty());
    let Some(first) = lines.first().filter(has_white).filter(|line| may_be_row(line)) else { return none };
    let mut gaps = gaps_of(first);
    let mut count = 1;
    for pair in lines.windows(2).take(MOST_LINES) {
        let [above, below] = pair else { break };
        let Some(left) = looks.checked_sub(gaps.len()) else { return none };
        *looks = left;
        if !is_near(above, below) || !may_be_row(below) {
            break;
        }
        let shared = shared(&gaps, &gaps_around(below), below.size() * NARROWEST);
        if shared.is_empty() {
            break;
        }
        (gaps, count) = (shared, count + 1);
    }
    let rows = lines.get(..count).unwrap_or_default();
    gaps.retain(|gap| parts_cells(rows, *gap));
    if rows.iter().filter(|row| is_code(&row.said())).count() * 3 >= count {
        return none;
    }
    if count < LEAST || gaps.is_empty() { none } else { (count, gaps) }
}

/// Whether a line is no row already, no listing and no entry of a table of contents, and has no more cells than a row may.
fn may_be_row(line: &Line) -> bool {
    let is_text = |piece: &Piece| !piece.row && !piece.fixed;
    let whites: usize = line.pieces.iter().map(|piece| piece.whites.len() + 1).sum();
    whites <= MOST_WHITES
        && line.pieces.iter().all(is_text)
        && contents::leaders(&line.said(), true).is_none()
}

fn is_near(above: &Line, below: &Line) -> bool {
    let distance = below.baseline() - above.baseline();
    !below.begins_column && distance > 0.0 && distance <= above.size().max(below.size()) * FARTHEST
}

/// The whites within a line, from left to right.
fn gaps_of(line: &Line) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut before: Option<f32> = None;
    for piece in &line.pieces {
        gaps.extend(before.map(|end| (end, piece.left)));
        gaps.extend(piece.whites.iter().map(|white| (white.left, white.right)));
        before = Some(piece.right);
    }
    gaps
}

/// The whites of a line with those before and behind it, where cells may be empty.
fn gaps_around(line: &Line) -> Vec<Gap> {
    let mut gaps = vec![(f32::MIN, line.left())];
    gaps.extend(gaps_of(line));
    gaps.push((line.right(), f32::MAX));
    gaps
}

/// What two lists of whites have in common, where it is so wide. Both go from left to right.
fn shared(above: &[Gap], below: &[Gap], least: f32) -> Vec<Gap> {
    let mut found = Vec::new();
    let mut below = below.iter().peekable();
    for &(left, right) in above {
        while below.next_if(|gap| gap.1 < left + least).is_some() {}
        while let Some(gap) = below.peek() {
            let both = (left.max(gap.0), right.min(gap.1));
            if both.1 - both.0 >= least {
                found.push(both);
            }
            // One white of the line may lie below two of those above.
            if gap.1 > right || below.next().is_none() {
                break;
            }
        }
    }
    found
}

/// Whether a white parts cells: most rows have some on both sides, and what stands before it are not the labels of a list.
fn parts_cells(rows: &[Line], gap: Gap) -> bool {
    let middle = f32::midpoint(gap.0, gap.1);
    let whole = rows.iter().filter(|row| row.left() < middle && row.right() > middle);
    let is_label = |row: &Line| {
        let before = before(row, middle);
        let is_numbered = numbering::parse(&format!("{before} ")).is_some();
        let is_bare = before.chars().filter(|found| found.is_alphanumeric()).all(char::is_numeric);
        let digits = before.chars().filter(|found| found.is_numeric()).count();
        characters::columns(&before) <= LABEL && (is_numbered || is_bare && digits < YEAR)
    };
    let count = whole.clone().count();
    count >= LEAST && count * 2 > rows.len() && whole.filter(|row| is_label(row)).count() * 2 < count
}

/// What is written in programs, and seldom elsewhere.
const OF_CODE: [&str; 13] = ["==", "!=", "<=", ">=", "+=", "&&", "||", "->", "=>", ":=", "()", "/*", "*/"];

/// Whether a line holds the signs of a program, which may be set in any letters.
fn is_code(line: &str) -> bool {
    is_statement(line) || OF_CODE.iter().any(|sign| line.contains(sign))
}

/// Whether a line is a statement of a program: `sum = 12;`.
fn is_statement(line: &str) -> bool {
    let line = line.trim();
    let assigns = line.split_once('=').is_some_and(|(before, after)| {
        let is_name = |found: char| found.is_ascii_alphanumeric() || " _.[]$".contains(found);
        before.chars().all(is_name) && !before.trim().is_empty() && !after.is_empty()
    });
    assigns || line.ends_with([';', '{', '}'])
}

impl Line {
    /// Whether it is of a program, so that the gaps in it part no cells.
    pub(super) fn is_of_program(&self) -> bool {
        let said = self.said();
        !self.pieces.iter().any(|piece| piece.row) && said.is_ascii() && is_statement(&said)
    }
}

/// What a line says before a place.
fn before(row: &Line, place: f32) -> String {
    let said = row.pieces.iter().take_while(|piece| piece.left < place).map(|piece| {
        let end = piece.whites.iter().find(|white| white.right > place).map(|white| white.at);
        let ends_before = if piece.right <= place { piece.text.len() } else { 0 };
        piece.text.get(..end.unwrap_or(ends_before)).unwrap_or_default()
    });
    said.collect::<String>().trim().to_owned()
}

/// A line with its cells parted at `gaps`.
fn parted(line: &Line, gaps: &[Gap]) -> Line {
    let mut pieces = Vec::new();
    for piece in &line.pieces {
        let is_shared =
            |white: &&White| gaps.iter().any(|gap| white.left <= gap.0 + 0.01 && gap.1 <= white.right + 0.01);
        let whites: Vec<White> = piece.whites.iter().filter(is_shared).copied().collect();
        pieces.extend(piece.parted(&whites));
    }
    Line { pieces, ..line.clone() }
}

impl Piece {
    /// The cells of a piece between these of its whites.
    fn parted(&self, whites: &[White]) -> Vec<Piece> {
        let starts =
            std::iter::once((0, self.left)).chain(whites.iter().map(|white| (white.at, white.right)));
        let ends = whites.iter().map(|white| (white.at, white.left));
        let ends = ends.chain(std::iter::once((self.text.len(), self.right)));
        starts
            .zip(ends)
            .map(|((from, left), (to, right))| Piece { left, right, ..self.within(from..to) })
            .collect()
    }

    /// What stands in a stretch of its text, in bytes, without the blanks at its end.
    fn within(&self, place: Range<usize>) -> Piece {
        let said = self.text.get(place.clone()).unwrap_or_default().trim_end();
        let end = place.start + said.len();
        let own = |range: &Range<usize>| {
            let (from, to) = (range.start.max(place.start), range.end.min(end));
            (from < to).then(|| from - place.start..to - place.start)
        };
        let laid = |laid: &[(Range<usize>, u32)]| {
            laid.iter().filter_map(|(range, over)| Some((own(range)?, *over))).collect()
        };
        Piece {
            text: said.to_owned(),
            raised: self.raised.iter().filter_map(own).collect(),
            lowered: self.lowered.iter().filter_map(own).collect(),
            readings: self
                .readings
                .iter()
                .filter_map(|(range, says)| Some((own(range)?, says.clone())))
                .collect(),
            links: laid(&self.links),
            remarks: laid(&self.remarks),
            whites: Vec::new(),
            ..self.without_text()
        }
    }
}
