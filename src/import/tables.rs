//! The tables of a text in the making: which rows are one table, and which cells go over several columns or rows.

use std::collections::BTreeMap;

use crate::document::{BlockIndex, BlockKind, Cell, PlacedCell, Table};

/// Borders of cells so near to each other are one, in twentieths of a point: a millimetre.
const SAME_BORDER: i32 = 57;

/// The tables so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    done: Vec<Table>,
    open: Option<Draft>,
    /// What is said of the cells of the row that is open.
    row: Vec<Said>,
    /// The right borders of its cells, where the file says nothing else of its columns.
    borders: Vec<Border>,
}

/// A table of which not all is known yet.
#[derive(Clone, Debug, Default)]
struct Draft {
    /// Its rows.
    rows: Vec<BlockIndex>,
    placed: Vec<PlacedCell>,
    /// Rows of cells of which only the borders are known.
    drawn: Vec<(BlockIndex, Vec<Border>)>,
    /// Which of the cells placed goes on below, by its column.
    goes_on: BTreeMap<u16, usize>,
}

/// What is said of a cell.
#[derive(Clone, Copy, Debug)]
struct Said {
    number: u16,
    columns: u16,
    rows: u16,
    down: Down,
}

/// How a cell is merged with those below and above it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Down {
    /// It says over how many rows it goes, or is a cell by itself.
    #[default]
    Apart,
    /// It goes on in the rows below, as far as they say so.
    Begins,
    /// It is empty: the cell above goes on in it.
    GoesOn,
}

/// The right border of a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Border {
    /// How far it is from the left edge of the page, in twentieths of a point.
    pub(super) at: i32,
    /// Whether the cell belongs to the one before it.
    pub(super) joins: bool,
    pub(super) down: Down,
}

impl Tables {
    /// A table begins.
    pub(super) fn begin(&mut self) {
        self.end();
        self.go_on();
    }

    /// A row of the table that is open follows; where none is, one begins.
    pub(super) fn go_on(&mut self) {
        self.open.get_or_insert_default();
    }

    /// The table ends.
    pub(super) fn end(&mut self) {
        self.done.extend(self.open.take().and_then(Draft::finish));
    }

    /// Whether a table is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The cell of that number goes over so many columns and rows.
    pub(super) fn cell(&mut self, number: usize, columns: usize, rows: usize, down: Down) {
        self.row.push(Said { number: short(number), columns: short(columns), rows: short(rows), down });
    }

    /// The cells of the row have these borders.
    pub(super) fn draw(&mut self, borders: &[Border]) {
        borders.clone_into(&mut self.borders);
    }

    /// The row that is open says nothing: it was none.
    pub(super) fn drop_row(&mut self) {
        self.row.clear();
        self.borders.clear();
    }

    /// A block was finished.
    pub(super) fn finish_block(&mut self, index: BlockIndex, kind: BlockKind) {
        let (said, borders) = (std::mem::take(&mut self.row), std::mem::take(&mut self.borders));
        let Some(table) = self.open.as_mut().filter(|_| kind == BlockKind::TableRow) else { return };
        table.rows.push(index);
        for said in said {
            table.place(index, said);
        }
        if !borders.is_empty() {
            table.drawn.push((index, borders));
        }
    }

    /// All tables, in order.
    pub(super) fn finish(mut self) -> Vec<Table> {
        self.end();
        self.done
    }
}

impl Draft {
    /// Takes up a cell of a row.
    fn place(&mut self, row: BlockIndex, said: Said) {
        let Said { number, columns, rows, down } = said;
        match down {
            Down::Apart => _ = self.goes_on.remove(&number),
            Down::Begins => _ = self.goes_on.insert(number, self.placed.len()),
            Down::GoesOn => return self.go_on(number),
        }
        self.placed.push(PlacedCell { row, number, cell: Cell { column: number, columns, rows } });
    }

    /// The cell above a column goes on in the row.
    fn go_on(&mut self, column: u16) {
        let above = self.goes_on.get(&column).and_then(|index| self.placed.get_mut(*index));
        if let Some(placed) = above {
            placed.cell.rows = placed.cell.rows.saturating_add(1);
        }
    }

    fn finish(mut self) -> Option<Table> {
        self.place_drawn();
        let (first, last) = (*self.rows.first()?, *self.rows.last()?);
        let rows = &self.rows;
        for PlacedCell { row, cell, .. } in &mut self.placed {
            let below = rows.len() - rows.partition_point(|other| *other < *row);
            cell.rows = cell.rows.min(short(below));
        }
        self.placed.retain(|placed| placed.cell != Cell::single(placed.number));
        self.placed.sort_by_key(|placed| (placed.row, placed.number));
        // Of cells beyond all counting one is as good as another.
        self.placed.dedup_by_key(|placed| (placed.row, placed.number));
        Some(Table { first, last, placed: self.placed })
    }

    /// Places the cells of which only the borders are known: a column lies between any two borders of the table.
    fn place_drawn(&mut self) {
        let drawn = std::mem::take(&mut self.drawn);
        let edges = edges(&drawn);
        for (row, borders) in drawn {
            let mut column = 0;
            for (number, border) in borders.into_iter().enumerate() {
                let end =
                    short(edges.partition_point(|edge| edge.saturating_add(SAME_BORDER) < border.at) + 1)
                        .max(column);
                let cell = Cell { column, columns: end - column, rows: 1 };
                column = end;
                self.place_drawn_cell(PlacedCell { row, number: short(number), cell }, border);
            }
        }
    }

    fn place_drawn_cell(&mut self, placed: PlacedCell, border: Border) {
        let column = placed.cell.column;
        let mut in_row = self.placed.iter_mut().rev().take_while(|before| before.row == placed.row);
        let before = in_row.find(|before| border.joins && before.cell.columns > 0);
        if let Some(before) = before {
            before.cell.columns = before.cell.columns.saturating_add(placed.cell.columns);
            let keeps_place = Cell { columns: 0, ..placed.cell };
            return self.placed.push(PlacedCell { cell: keeps_place, ..placed });
        }
        match border.down {
            Down::Apart => _ = self.goes_on.remove(&column),
            Down::Begins => _ = self.goes_on.insert(column, self.placed.len()),
            Down::GoesOn => self.go_on(column),
        }
        self.placed.push(placed);
    }
}

/// The borders of the columns of a table, from left to right.
fn edges(drawn: &[(BlockIndex, Vec<Border>)]) -> Vec<i32> {
    let mut edges: Vec<i32> = drawn.iter().flat_map(|(_, borders)| borders).map(|border| border.at).collect();
    edges.sort_unstable();
    edges.dedup_by(|later, edge| later.saturating_sub(*edge) <= SAME_BORDER);
    edges
}

fn short(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
