//! The columns of a table: where a cell stands when those above and before it go over several rows and columns.

use markup5ever_rcdom::Handle;

use super::html_nodes::attribute;
use super::writer::MOST_SPANNED;

/// Where the walk is with regard to tables.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Within {
    /// In no row: outside of tables, in one that only lays out the page, or before the first row.
    Page,
    /// In a table that only lays out the page.
    Layout,
    /// In a row of a table.
    Row,
    /// In a row of a table that lies in a cell: its cells are parts of that cell.
    Inner,
}

impl Within {
    /// Whether all that follows belongs to one row.
    pub(super) fn is_row(self) -> bool {
        matches!(self, Self::Row | Self::Inner)
    }
}

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

    /// A cell begins: how many borders of columns stand between it and the one before.
    pub(super) fn begin_cell(&mut self, cell: &Handle) -> usize {
        while let Some(rows) = self.held.get_mut(self.next).filter(|rows| **rows > 0) {
            *rows -= 1;
            (self.next, self.passed) = (self.next + 1, self.passed + 1);
        }
        let said = |key: &str| attribute(cell, key).and_then(|value| value.trim().parse().ok());
        let columns = said("colspan").unwrap_or(1).clamp(1, MOST_SPANNED);
        // The standard: 0 rows are all that follow.
        let rows = said("rowspan").unwrap_or(1);
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
