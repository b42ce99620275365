//! The links as a table for spreadsheets.

use super::ComparisonExport;
use super::lines::{Line, line, names};
use super::rows::rows;
use super::summary::score;
use crate::export::csv::write_row;

/// The links as CSV after RFC 4180, as notes are: UTF-8 with a byte order mark, no cell a formula (see
/// [`crate::export::as_written_in_cell`]), one row for each link and, where asked for, for each block that stands
/// only on one side, below a row of names.
pub fn to_csv(export: &ComparisonExport) -> Vec<u8> {
    let mut output = "\u{FEFF}".to_owned();
    write_row(&mut output, &names(export));
    for row in rows(export) {
        write_row(&mut output, &cells(line(export, &row)));
    }
    output.into_bytes()
}

fn cells(line: Line) -> [String; 10] {
    let ([left_paragraphs, right_paragraphs], [left, right]) = (line.paragraphs, line.texts);
    [
        line.number.map(|number| number.to_string()).unwrap_or_default(),
        line.verdict,
        line.score.map(score).unwrap_or_default(),
        left_paragraphs,
        left,
        right_paragraphs,
        right,
        line.reason,
        line.tags,
        line.notes,
    ]
}
