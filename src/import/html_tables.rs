//! Tables of pages: where the walk is with regard to them, and what their cells say of columns and rows.

use markup5ever_rcdom::Handle;

use super::html_nodes::attribute;
use super::table_columns::Columns;

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

/// A cell begins: how many borders of columns stand between it and the one before.
pub(super) fn begin_cell(columns: &mut Columns, cell: &Handle) -> usize {
    let said = |key: &str| attribute(cell, key).and_then(|value| value.trim().parse().ok());
    columns.begin_cell(said("colspan"), said("rowspan"))
}
