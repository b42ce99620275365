//! Tables of pages: where the walk is with regard to them, and what their cells say of columns and rows.

use markup5ever_rcdom::Handle;

use super::nodes::attribute;
use crate::import::table_columns::Columns;
use crate::import::tables::Down;
use crate::import::writer::{MOST_SPANNED, Writer};

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

/// Begins a cell, in its column.
pub(super) fn begin_cell(writer: &mut Writer, columns: &mut Columns, cell: &Handle) {
    let said = |key: &str| attribute(cell, key).and_then(|value| value.trim().parse().ok());
    let (wide, high): (Option<usize>, Option<usize>) = (said("colspan"), said("rowspan"));
    (0..columns.begin_cell(wide, high)).for_each(|_| writer.tab());
    let high = high.map_or(1, |rows| if rows == 0 { usize::MAX } else { rows });
    writer.cell(wide.unwrap_or(1).clamp(1, MOST_SPANNED), high, Down::Apart);
}
