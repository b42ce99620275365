//! Tables: which rows belong together, and in which columns their cells stand.
//!
//! A row is one block, its cells parted by tabulators. As a rule the first cell stands in the first column of its table
//! and so on; of a cell that does not, or goes over several columns or rows, the table says so.

use serde::{Deserialize, Serialize};

use super::{Block, BlockIndex, BlockKind, Document, Faulty};

/// A table: rows that stand one below the other and are read together.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Table {
    /// Its first row.
    pub first: BlockIndex,
    /// Its last row. A block between them that is no row, such as words set aside, is none of it.
    pub last: BlockIndex,
    /// Its cells that stand elsewhere than in the column of their number, or go over several: in order.
    pub placed: Vec<PlacedCell>,
}

/// A cell of which the file says where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct PlacedCell {
    /// The block of its row.
    pub row: BlockIndex,
    /// Which cell of the row's text it is, from 0.
    pub number: u16,
    /// Where it stands.
    pub cell: Cell,
}

/// Where a cell stands in its table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Cell {
    /// The column in which it begins, from 0.
    pub column: u16,
    /// Over how many columns it goes; 0 for an empty one that only keeps the place of a column which the cell before it
    /// goes over.
    pub columns: u16,
    /// Over how many rows it goes, its own among them. In the rows below an empty cell keeps its place.
    pub rows: u16,
}

/// A row of a table.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Row {
    /// How many columns its table has.
    pub columns: u16,
    /// Where each cell of its text stands.
    pub cells: Vec<Cell>,
    /// Whether it is the first row of its table.
    pub is_first: bool,
    /// Whether it is the last row of its table.
    pub is_last: bool,
}

/// A table, and how many columns it has.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub(super) table: Table,
    columns: u16,
}

impl Cell {
    /// A cell of one column and one row.
    pub fn single(column: u16) -> Self {
        Self { column, columns: 1, rows: 1 }
    }

    /// The column after it.
    fn end(self) -> u16 {
        self.column.saturating_add(self.columns)
    }
}

impl Document {
    /// Its tables, in order. Rows of which the file does not say where their table ends are one as long as they stand
    /// one below the other.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter().map(|known| &known.table)
    }

    /// The row that a block is, with its place in its table; `None` for a block of another kind.
    pub fn row(&self, index: BlockIndex) -> Option<Row> {
        let block = self.block(index).filter(|block| block.kind == BlockKind::TableRow)?;
        let Measured { table, columns } = self.tables.get(self.table_of(index)?)?;
        Some(Row {
            columns: *columns,
            cells: cells(block.span.of(&self.text)?, table.placed_in(index)),
            is_first: table.first == index,
            is_last: table.last == index,
        })
    }

    /// Which table a block lies in.
    fn table_of(&self, index: BlockIndex) -> Option<usize> {
        let begun = self.tables.partition_point(|known| known.table.first <= index).checked_sub(1)?;
        self.tables.get(begun).is_some_and(|known| index <= known.table.last).then_some(begun)
    }
}

impl Table {
    /// What is said of the cells of one row.
    fn placed_in(&self, row: BlockIndex) -> &[PlacedCell] {
        let first = self.placed.partition_point(|placed| placed.row < row);
        let after = self.placed.partition_point(|placed| placed.row <= row);
        self.placed.get(first..after).unwrap_or_default()
    }
}

/// Where the cells of a row's text stand.
fn cells(text: &str, placed: &[PlacedCell]) -> Vec<Cell> {
    let mut covered = 0;
    let mut placed = placed.iter().peekable();
    let cell = |(number, words): (usize, &str)| {
        let number = u16::try_from(number).unwrap_or(u16::MAX);
        let said = placed.next_if(|placed| placed.number == number).map(|placed| placed.cell);
        let keeps_place = number < covered && words.is_empty();
        let usual = Cell { columns: u16::from(!keeps_place), ..Cell::single(number) };
        let cell = said.unwrap_or(usual);
        covered = cell.end().max(covered);
        cell
    };
    text.split('\t').enumerate().map(cell).collect()
}

/// Checks the tables that a file says it has, adds those of the rows that are in none, and measures them.
pub(super) fn measure(text: &str, blocks: &[Block], said: Vec<Table>) -> Result<Vec<Measured>, Faulty> {
    check(blocks, &said)?;
    let all = with_others(blocks, said).into_iter();
    let measured = all.map(|table| Measured { columns: columns(text, blocks, &table), table });
    Ok(measured.collect())
}

fn check(blocks: &[Block], tables: &[Table]) -> Result<(), Faulty> {
    let mut next = BlockIndex::default();
    for table in tables {
        let Table { first, last, placed } = table;
        let in_order = placed.is_sorted_by(|a, b| (a.row, a.number) < (b.row, b.number));
        let inside = placed.iter().all(|placed| (*first..=*last).contains(&placed.row));
        if *first < next || last < first || blocks.get(last.as_usize()).is_none() || !in_order || !inside {
            return Err(Faulty::Table(*first));
        }
        next = last.next();
    }
    Ok(())
}

/// The tables, and those of rows that stand one below the other in none of them.
fn with_others(blocks: &[Block], said: Vec<Table>) -> Vec<Table> {
    let mut tables = Vec::with_capacity(said.len());
    let mut said = said.into_iter().peekable();
    let mut open: Option<Table> = None;
    let mut index = BlockIndex::default();
    while let Some(block) = blocks.get(index.as_usize()) {
        if let Some(table) = said.next_if(|table| table.first == index) {
            tables.extend(open.take());
            index = table.last.next();
            tables.push(table);
            continue;
        }
        match block.kind {
            BlockKind::TableRow => {
                let alone = Table { first: index, last: index, placed: Vec::new() };
                open.get_or_insert(alone).last = index;
            }
            BlockKind::Aside(_) => {}
            _ => tables.extend(open.take()),
        }
        index = index.next();
    }
    tables.extend(open);
    tables
}

/// How many columns a table has.
fn columns(text: &str, blocks: &[Block], table: &Table) -> u16 {
    let rows = blocks.get(table.first.as_usize()..=table.last.as_usize()).unwrap_or_default();
    let cells = |row: &Block| row.span.of(text).unwrap_or_default().split('\t').count();
    let written = rows.iter().filter(|row| row.kind == BlockKind::TableRow).map(cells).max().unwrap_or(0);
    let placed = table.placed.iter().map(|placed| placed.cell.end()).max().unwrap_or(0);
    placed.max(u16::try_from(written).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::super::{AsideReason, Parts};
    use super::*;
    use crate::text::{Span, saturate};

    /// A document of blocks, one to a line: rows, but paragraphs where a line begins with ¶, and words set aside with ~.
    fn made(lines: &str, tables: Vec<Table>) -> Result<Document, Faulty> {
        let kind = |line: &str| match line.chars().next() {
            Some('¶') => BlockKind::Paragraph,
            Some('~') => BlockKind::Aside(AsideReason::Deleted),
            _ => BlockKind::TableRow,
        };
        let mut start = 0;
        let block = |line: &str| {
            let span = Span::from_length(start, saturate(line.len()));
            start = span.end() + 1;
            Block { span, kind: kind(line), boxed: false }
        };
        let blocks = lines.split('\n').map(block).collect();
        Document::new(Parts { text: lines.into(), blocks, tables, ..Parts::default() })
    }

    fn at(index: usize) -> BlockIndex {
        BlockIndex::new(index)
    }

    fn table(first: usize, last: usize, placed: &[(usize, u16, Cell)]) -> Table {
        let placed = placed.iter().map(|&(row, number, cell)| PlacedCell { row: at(row), number, cell });
        Table { first: at(first), last: at(last), placed: placed.collect() }
    }

    /// Checks a row: the columns of its table, then of each cell its column and over how many it goes.
    fn check_row(document: &Document, index: usize, columns: u16, expected: &[(u16, u16)]) {
        let row = document.row(at(index)).unwrap();
        let cells: Vec<(u16, u16)> = row.cells.iter().map(|cell| (cell.column, cell.columns)).collect();
        assert_eq!((row.columns, cells.as_slice()), (columns, expected), "row {index}");
    }

    #[test]
    fn a_cell_goes_over_the_empty_ones_that_keep_its_columns() {
        let head = Cell { column: 1, columns: 3, rows: 1 };
        let document =
            made("河\t長\t\t\t寬\n甲\t一\t二\t三\t四", vec![table(0, 1, &[(0, 1, head)])]).unwrap();
        check_row(&document, 0, 5, &[(0, 1), (1, 3), (2, 0), (3, 0), (4, 1)]);
        check_row(&document, 1, 5, &[(0, 1), (1, 1), (2, 1), (3, 1), (4, 1)]);
    }

    #[test]
    fn cells_stand_where_the_file_says() {
        let wide = |column, columns| Cell { column, columns, rows: 1 };
        let placed = [(0, 0, wide(0, 2)), (0, 1, wide(2, 2))];
        let document = made("甲\t乙\n一\t二\t三\t四", vec![table(0, 1, &placed)]).unwrap();
        check_row(&document, 0, 4, &[(0, 2), (2, 2)]);
        check_row(&document, 1, 4, &[(0, 1), (1, 1), (2, 1), (3, 1)]);
    }

    #[test]
    fn a_cell_with_words_is_never_covered() {
        let head = Cell { column: 0, columns: 2, rows: 1 };
        let document = made("甲\t乙", vec![table(0, 0, &[(0, 0, head)])]).unwrap();
        check_row(&document, 0, 2, &[(0, 2), (1, 1)]);
    }

    #[test]
    fn two_tables_in_a_row_stay_two() {
        let said = vec![table(0, 1, &[]), table(2, 3, &[])];
        let document = made("甲\t乙\n一\t二\n丙\n三", said).unwrap();
        let edges = |index| document.row(at(index)).map(|row| (row.is_first, row.is_last, row.columns));
        assert_eq!(
            [edges(0), edges(1), edges(2), edges(3)],
            [Some((true, false, 2)), Some((false, true, 2)), Some((true, false, 1)), Some((false, true, 1))]
        );
    }

    #[test]
    fn rows_of_no_table_are_one_as_long_as_they_follow_each_other() {
        let document = made("甲\t乙\n~刪去\n一\n¶河水\n丙\t丁\t戊", Vec::new()).unwrap();
        let tables: Vec<_> =
            document.tables().map(|table| (table.first.as_usize(), table.last.as_usize())).collect();
        assert_eq!(tables, [(0, 2), (4, 4)]);
        check_row(&document, 2, 2, &[(0, 1)]);
        check_row(&document, 4, 3, &[(0, 1), (1, 1), (2, 1)]);
        assert!(document.row(at(1)).is_none() && document.row(at(3)).is_none());
        let again = Document::new(document.into_parts()).unwrap();
        assert_eq!(again.tables().count(), 2);
    }

    #[test]
    fn tables_are_blocks_of_the_document_in_order() {
        let cell = Cell::single(0);
        for said in [
            vec![table(0, 2, &[])],
            vec![table(1, 0, &[])],
            vec![table(0, 1, &[]), table(1, 1, &[])],
            vec![table(0, 0, &[(1, 0, cell)])],
            vec![table(0, 1, &[(0, 0, cell), (0, 0, cell)])],
        ] {
            assert!(matches!(made("甲\n乙", said.clone()), Err(Faulty::Table(_))), "{said:?}");
        }
    }
}
