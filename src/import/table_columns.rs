//! The columns of a table: where a cell stands when those above and before it go over several rows and columns.

use super::writer::MOST_SPANNED;

/// The columns of the row that is open.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// For each column, how many more rows the cell above goes over.
    held: Vec<usize>,
    /// The column of the next cell.
    next: usize,
    /// Columns that were passed since the last cell began.
    passed: usize,
}

impl Columns {
    /// A row begins.
    pub(super) fn begin_row(&mut self) {
        (self.next, self.passed) = (0, 0);
    }

    /// A cell of so many columns and rows begins (of one if it does not say; 0 rows are all that follow): how many
    /// borders of columns stand between it and the one before.
    pub(super) fn begin_cell(&mut self, columns: Option<usize>, rows: Option<usize>) -> usize {
        while let Some(rows) = self.held.get_mut(self.next).filter(|rows| **rows > 0) {
            *rows -= 1;
            (self.next, self.passed) = (self.next + 1, self.passed + 1);
        }
        let columns = columns.unwrap_or(1).clamp(1, MOST_SPANNED);
        let rows = rows.unwrap_or(1);
        let rows = if rows == 0 { usize::MAX } else { rows - 1 };
        let end = (self.next + columns).min(MOST_SPANNED);
        if rows > 0 && self.held.len() < end {
            self.held.resize(end, 0);
        }
        self.held.iter_mut().take(end).skip(self.next).for_each(|held| *held = rows);
        self.next += columns;
        std::mem::replace(&mut self.passed, columns)
    }

    /// A row ends: cells from above that stand at its end go over it too.
    pub(super) fn end_row(&mut self) {
        self.held.iter_mut().skip(self.next).for_each(|held| *held = held.saturating_sub(1));
    }
}
