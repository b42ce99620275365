//! Tables without lines between their cells: rows whose cells stand below each other. Where a cell is empty, the other
//! rows say which one it is; where it has several lines, they are one row, whose lines are joined as those of a paragraph
//! are, and may be parted again.

use super::columns::{Line, cover};
use super::contents;
use super::paragraphs::is_tabular;
use super::rows::Piece;
use crate::import::numbering;

/// So many rows must agree.
const LEAST: usize = 3;
/// How far rows stand apart at most, in ems.
const FARTHEST: f32 = 3.5;
/// The narrowest white between two columns of cells, in ems.
const WHITE: f32 = 0.5;

/// How much nearer than rows the lines of one stand.
const NEARER: f32 = 0.87;
/// How far the lines of a cell begin from each other at most, in ems.
const BESIDE: f32 = 0.6;
/// How many lines one table has at most.
const MOST_ROWS: usize = 500;
/// How many lines above say where the cells of a row begin; and how many lines of a page are looked at, each as often as
/// it is looked at.
const MOST_LINES: usize = 8;
const MOST_LOOKS: usize = 100_000;
/// How many cells a row has at most.
const MOST_CELLS: usize = 60;

/// Where a column of cells begins and ends, in points.
type Column = (f32, f32);

/// The lines; those of a table in which cells are empty or have several lines as rows, each one piece, or one for each
/// line of a cell.
pub(super) fn with_rows(lines: &[Line]) -> Vec<Line> {
    let mut all = Vec::with_capacity(lines.len());
    let (mut rest, mut looks) = (lines, MOST_LOOKS);
    while !rest.is_empty() {
        let (whole, rows) = group(rest, looks);
        looks -= whole.min(looks);
        let taken = [whole, rows].into_iter().find_map(|count| {
            let (rows, _) = rest.split_at_checked(count)?;
            Table::of(rows)?.add(rows, &mut all)
        });
        let taken = taken.unwrap_or_else(|| {
            all.extend(rest.iter().take(rows).cloned());
            rows
        });
        rest = rest.get(taken..).unwrap_or_default();
    }
    all
}

/// How many lines from the first on may be of one table, with single cells that may go on those above them, and how many
/// of them are rows without such. No more are looked at than there are looks.
fn group(lines: &[Line], looks: usize) -> (usize, usize) {
    let is_next = |at: &usize| match (lines.get(at - 1), lines.get(*at)) {
        (Some(above), Some(below)) => {
            is_near(above, below) && (is_row(below) || is_rest(lines.get(..*at).unwrap_or_default(), below))
        }
        _ => false,
    };
    let starts = lines.first().is_some_and(is_row);
    let whole =
        1 + (1..lines.len()).take(MOST_ROWS.min(looks)).take_while(|at| starts && is_next(at)).count();
    let rows = lines.iter().take(whole).take_while(|line| is_row(line)).count().max(1);
    (whole, rows)
}

/// Whether a line may be the rest of a cell: it begins where one of the last rows has a cell that is not its first.
fn is_rest(rows: &[Line], line: &Line) -> bool {
    let [piece] = line.pieces.as_slice() else { return false };
    let begins = |cell: &Piece| (cell.left - piece.left).abs() < piece.size * BESIDE;
    let is_below = |row: &Line| row.pieces.iter().skip(1).any(begins);
    !piece.row && rows.iter().rev().take(MOST_LINES).any(is_below)
}

/// Whether two lines are of one table, as far as their heights say.
fn is_near(above: &Line, below: &Line) -> bool {
    let distance = below.baseline() - above.baseline();
    !below.begins_column && distance > 0.0 && distance <= above.size().max(below.size()) * FARTHEST
}

/// Whether a line has several cells, and is no entry of a table of contents.
fn is_row(line: &Line) -> bool {
    let pieces = &line.pieces;
    (2..=MOST_CELLS).contains(&pieces.len())
        && pieces.iter().all(|piece| !piece.row)
        && is_tabular(line)
        && contents::leaders(&line.said(), true).is_none()
}

/// A table: where its cells stand.
struct Table {
    columns: Vec<Column>,
    /// How far its lines stand apart at most, in points.
    pitch: f32,
    /// Whether some of them stand much nearer, and enough of them so far apart that these are its rows.
    is_uneven: bool,
}

impl Table {
    fn of(lines: &[Line]) -> Option<Self> {
        let rows: Vec<&Line> = lines.iter().filter(|line| is_row(line)).collect();
        let columns = columns_of(Some(rows).filter(|rows| rows.len() >= LEAST)?.as_slice())?;
        let distances =
            || lines.windows(2).filter_map(|pair| Some(pair.last()?.baseline() - pair.first()?.baseline()));
        let pitch = distances().fold(0.0, f32::max);
        let far = distances().filter(|distance| *distance >= pitch * NEARER).count();
        let is_uneven = far < distances().count() && far >= 2 && far * 3 >= distances().count();
        Some(Self { columns, pitch, is_uneven })
    }

    /// Adds its rows to lines, and says how many lines they took; `None` where these are no rows, or a single cell that is
    /// no rest of a row stands among the first.
    fn add(&self, lines: &[Line], all: &mut Vec<Line>) -> Option<usize> {
        let mut rows: Vec<Vec<&Line>> = Vec::new();
        let mut taken = 0;
        for line in lines {
            match rows.last_mut().filter(|row| self.goes_on(row, line)) {
                Some(row) => row.push(line),
                None if is_row(line) => rows.push(vec![line]),
                None => break,
            }
            taken += 1;
        }
        if rows.len() < 2 || taken < LEAST {
            return None;
        }
        let is_whole = |row: &Vec<&Line>| row.iter().all(|line| line.pieces.len() == self.columns.len());
        if rows.iter().all(|row| row.len() == 1 && is_whole(row)) {
            all.extend(lines.iter().take(taken).cloned());
        } else {
            all.extend(rows.iter().flat_map(|row| self.row(row)));
        }
        Some(taken)
    }

    /// Whether a line goes on the cells of a row: these are full, and it stands nearer to them than other rows do, or
    /// says nothing in the first column.
    fn goes_on(&self, row: &[&Line], line: &Line) -> bool {
        let Some(last) = row.last() else { return false };
        let is_near = self.is_uneven && line.baseline() - last.baseline() < self.pitch * NEARER;
        let is_first_empty = line.pieces.first().is_some_and(|piece| column_of(piece, &self.columns) > 0);
        let goes_on = |piece: &Piece| {
            let column = column_of(piece, &self.columns);
            let above = last.pieces.iter().find(|above| column_of(above, &self.columns) == column);
            above.is_some_and(|above| self.is_full(above, column) && is_below(above, piece))
        };
        (is_near || is_first_empty)
            && !numbering::starts_anew(&line.said())
            && line.pieces.iter().all(goes_on)
    }

    /// Whether a line of a cell reaches so far that it may go on. Where lines stand evenly, short cells below each other
    /// are as often cells of their own.
    fn is_full(&self, cell: &Piece, column: usize) -> bool {
        let margin = cell.size * WHITE / 2.0;
        let Some((left, right)) = self.columns.get(column) else { return false };
        let (width, room) = (right - left - margin * 2.0, right - margin - cell.right);
        width >= cell.size * if self.is_uneven { 4.0 } else { 8.0 } && room <= cell.size * 1.3
    }

    /// The lines of a row: one where each cell has one, and one more for each further line of a cell.
    fn row(&self, lines: &[&Line]) -> Vec<Line> {
        let mut all = Vec::new();
        let mut line = Piece { row: true, ..Piece::default() };
        let mut done = 0;
        for column in 0..self.columns.len() {
            let pieces = lines.iter().flat_map(|line| &line.pieces);
            let own = pieces.filter(|piece| column_of(piece, &self.columns) == column);
            for (place, piece) in own.enumerate() {
                if place > 0 {
                    all.push(std::mem::take(&mut line));
                }
                if line.text.is_empty() {
                    line = Piece { row: true, ..piece.without_text() };
                }
                line.text.push_str(&"\t".repeat(column - done));
                done = column;
                line.append(piece);
                (line.left, line.right) = (line.left.min(piece.left), line.right.max(piece.right));
            }
        }
        all.push(line);
        let column = lines.first().map_or((0.0, 0.0), |line| line.column);
        let begins_column = lines.first().is_some_and(|line| line.begins_column);
        let line = |(place, piece): (usize, Piece)| Line {
            pieces: vec![piece],
            column,
            begins_column: begins_column && place == 0,
            goes_on: place > 0,
            boxed: None,
        };
        all.into_iter().enumerate().map(line).collect()
    }
}

/// Whether the second stands below the first, and begins where it does.
fn is_below(first: &Piece, second: &Piece) -> bool {
    (first.left - second.left).abs() < first.size * BESIDE
}

/// The columns in which the cells of rows stand; `None` where two cells of a row share one, or there are too many.
fn columns_of(rows: &[&Line]) -> Option<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
    for piece in rows.iter().flat_map(|row| &row.pieces) {
        let margin = piece.size * WHITE / 2.0;
        cover(&mut columns, (piece.left - margin, piece.right + margin));
        if columns.len() > MOST_CELLS {
            return None;
        }
    }
    let are_apart = |row: &&Line| {
        let places: Vec<usize> = row.pieces.iter().map(|piece| column_of(piece, &columns)).collect();
        places.windows(2).all(|pair| pair.first() != pair.last())
    };
    rows.iter().all(are_apart).then_some(columns)
}

/// The column that a cell stands in.
fn column_of(cell: &Piece, columns: &[Column]) -> usize {
    columns.partition_point(|(_, end)| *end < cell.right)
}
