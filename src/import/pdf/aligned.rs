//! Tables without lines between their cells: rows whose cells stand below each other. Where a cell is empty, the other
//! rows say which one it is.

use super::columns::{Line, cover};
use super::contents;
use super::paragraphs::is_tabular;
use super::rows::Piece;

/// So many rows must agree.
const LEAST: usize = 3;
/// How far rows stand apart at most, in ems.
const FARTHEST: f32 = 3.5;
/// The narrowest white between two columns of cells, in ems.
const WHITE: f32 = 0.8;

/// How many cells a row has at most.
const MOST_CELLS: usize = 60;

/// Where a column of cells begins and ends, in points.
type Column = (f32, f32);

/// The lines; those of a table in which cells are empty as rows, each one piece.
pub(super) fn with_rows(lines: Vec<Line>) -> Vec<Line> {
    let mut all = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    while let Some(first) = lines.next() {
        let mut rows = vec![first];
        while let Some(next) = lines.next_if(|next| rows.last().is_some_and(|last| goes_on(last, next))) {
            rows.push(next);
        }
        all.extend(filled(rows));
    }
    all
}

/// Whether two lines are rows of one table, as far as their places say.
fn goes_on(above: &Line, below: &Line) -> bool {
    let distance = below.baseline() - above.baseline();
    let near = distance > 0.0 && distance <= above.size().max(below.size()) * FARTHEST;
    near && !below.begins_column && is_row(above) && is_row(below)
}

/// Whether a line has several cells, and is no entry of a table of contents.
fn is_row(line: &Line) -> bool {
    let pieces = &line.pieces;
    (2..=MOST_CELLS).contains(&pieces.len())
        && pieces.iter().all(|piece| !piece.row)
        && is_tabular(line)
        && contents::leaders(&line.said(), true).is_none()
}

/// Rows of which some lack cells, each with all of its cells; others as they are.
fn filled(rows: Vec<Line>) -> Vec<Line> {
    let found = if rows.len() < LEAST { None } else { columns_of(&rows) };
    let Some(columns) = found else { return rows };
    if rows.iter().all(|row| row.pieces.len() == columns.len()) {
        return rows;
    }
    rows.into_iter().map(|row| Line { pieces: vec![with_cells(&row, &columns)], ..row }).collect()
}

/// The columns in which the cells of rows stand; `None` where two cells of a row share one, or there are too many.
fn columns_of(rows: &[Line]) -> Option<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
    for piece in rows.iter().flat_map(|row| &row.pieces) {
        let margin = piece.size * WHITE / 2.0;
        cover(&mut columns, (piece.left - margin, piece.right + margin));
        if columns.len() > MOST_CELLS {
            return None;
        }
    }
    let are_apart = |row: &Line| {
        let places: Vec<usize> = row.pieces.iter().map(|piece| column_of(piece, &columns)).collect();
        places.windows(2).all(|pair| pair.first() != pair.last())
    };
    rows.iter().all(are_apart).then_some(columns)
}

/// The column that a cell stands in.
fn column_of(cell: &Piece, columns: &[Column]) -> usize {
    columns.partition_point(|(_, end)| *end < cell.right)
}

/// A row as one piece: a tabulator before each cell but the first, empty ones too.
fn with_cells(row: &Line, columns: &[Column]) -> Piece {
    let mut whole = Piece { row: true, left: row.left(), right: row.right(), ..row.main().without_text() };
    let mut column = 0;
    for cell in &row.pieces {
        let next = column_of(cell, columns);
        whole.text.push_str(&"\t".repeat(next.saturating_sub(column)));
        whole.append(cell);
        column = next;
    }
    whole
}
