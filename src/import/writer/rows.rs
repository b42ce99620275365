//! The rows of tables in a text: their cells and the columns over which these go.

use super::Writer;
use crate::import::tables::{Border, Down};

impl Writer {
    /// A table begins: its rows are none of another.
    pub(in crate::import) fn begin_table(&mut self) {
        self.close();
        self.ties.tables.begin();
    }

    /// A row follows that belongs to the same table as the one before, unless that ended.
    pub(in crate::import) fn go_on_in_table(&mut self) {
        self.ties.tables.go_on();
    }

    /// The table ends.
    pub(in crate::import) fn end_table(&mut self) {
        self.close();
        self.ties.tables.end();
    }

    /// Whether a table is open.
    pub(in crate::import) fn is_in_table(&self) -> bool {
        self.ties.tables.is_open()
    }

    /// A border between two cells of a row.
    pub(in crate::import) fn tab(&mut self) {
        self.space = None;
        self.borders += 1;
        self.text.push('\t');
    }

    /// The cell that begins goes over so many columns and rows.
    pub(in crate::import) fn cell(&mut self, columns: usize, rows: usize, down: Down) {
        self.ties.tables.cell(self.borders, columns, rows, down);
    }

    /// The cells of the open row have these borders.
    pub(in crate::import) fn draw_row(&mut self, borders: &[Border]) {
        self.ties.tables.draw(borders);
    }
}
