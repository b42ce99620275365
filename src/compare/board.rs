//! Three or more documents read against each other: a column for each, a row for each theme.
//!
//! Pairs of documents are compared; the board puts what was found into rows. It finds nothing itself: two
//! blocks stand in one row because a link says so, or two links that meet in a third block.

mod naming;
mod order;
mod stars;

use std::collections::BTreeSet;

use super::{Comparison, Part, Side, Verdict, is_compared};
use crate::document::BlockIndex;
use crate::text::Span;
use stars::{Graph, Stars};

/// A column for each document, a row for each theme.
///
/// Holds: every row has a cell for every column; every block that is linked is at home in just one row, and so is
/// every compared block that is not.
#[derive(Clone, Debug)]
pub struct Board {
    columns: Vec<Part>,
    compared: BTreeSet<(usize, usize)>,
    rows: Vec<Row>,
    /// For each column and each of its blocks, the row where it is at home.
    homes: Vec<Vec<Option<usize>>>,
}

/// Two columns that were compared.
#[derive(Clone, Copy, Debug)]
pub struct ComparedPair<'a> {
    /// The column of the left side.
    pub left: usize,
    /// The column of the right side.
    pub right: usize,
    /// What was found.
    pub comparison: &'a Comparison,
}

/// A theme: what each document says about it.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// What kind of row it is.
    pub kind: RowKind,
    /// Where the words stand that name it best.
    pub name: RowName,
    /// For each column, the blocks that treat the theme, in order. Empty where the document says nothing about it.
    pub cells: Vec<Vec<Placed>>,
}

/// What a row holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RowKind {
    /// Headings that answer each other.
    Headings,
    /// Passages that answer each other.
    Theme,
    /// Passages in a row that stand in one document only.
    OnlyHere,
}

/// The words that name a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RowName {
    /// The column that they are from.
    pub column: usize,
    /// Where they stand in its document's text.
    pub span: Span,
}

/// A block in a cell.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Placed {
    /// The block.
    pub block: BlockIndex,
    /// The strongest link that puts it there; `None` for the block that the row is gathered around, and for
    /// what stands only here.
    pub link: Option<(Verdict, f32)>,
    /// Whether it is at home in another row, and stands here because a block of this row answers it too.
    pub visiting: bool,
}

impl Board {
    /// The board of `columns`, as far as they are compared.
    ///
    /// A row is gathered around the block that most documents answer: it, and the blocks linked to it. A block that
    /// is linked to several such stands where its link is strongest. One whose links all lead to blocks that stand
    /// in rows already stands with the strongest of them, and no further block is drawn in by it: so a chain of
    /// links does not run through the whole board. Where a document seems to say nothing in a row though a block of
    /// the row is linked to one of its blocks, that block stands there as a visitor: an empty cell means that there
    /// is no such link. The same comparisons always give the same board; it takes about as long as there are links.
    pub fn of(columns: Vec<Part>, pairs: &[ComparedPair<'_>]) -> Self {
        let graph = Graph::of(&columns, pairs);
        let stars = Stars::of(&graph);
        let mut rows = linked_rows(&columns, &graph, &stars);
        rows.extend(rows_only_here(&columns, &graph));
        let rows = order::in_order(rows);
        let homes = homes(&columns, &rows);
        let compared = pairs.iter().map(|pair| (pair.left, pair.right)).collect();
        Self { columns, compared, rows, homes }
    }

    /// What was compared, a column each.
    pub fn columns(&self) -> &[Part] {
        &self.columns
    }

    /// The rows, in the order of the first document as far as it says something, and of the others between.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row where a block is at home.
    pub fn home(&self, column: usize, block: BlockIndex) -> Option<usize> {
        let place = block.as_usize().checked_sub(self.columns.get(column)?.range().start)?;
        *self.homes.get(column)?.get(place)?
    }

    /// The pairs of columns that were not compared: between these an empty cell says nothing.
    pub fn missing(&self) -> impl Iterator<Item = (usize, usize)> {
        let count = self.columns.len();
        let pairs = (0..count).flat_map(move |left| (left + 1..count).map(move |right| (left, right)));
        pairs.filter(|&(left, right)| {
            !self.compared.contains(&(left, right)) && !self.compared.contains(&(right, left))
        })
    }
}

impl Row {
    /// The columns whose documents say nothing about the theme.
    pub fn silent(&self) -> impl Iterator<Item = usize> {
        let empty = |(column, cell): (usize, &Vec<Placed>)| cell.is_empty().then_some(column);
        self.cells.iter().enumerate().filter_map(empty)
    }

    /// The blocks that are at home here, with their columns, in order.
    pub fn at_home(&self) -> impl Iterator<Item = (usize, &Placed)> {
        let cells = self.cells.iter().enumerate();
        cells
            .flat_map(|(column, cell)| cell.iter().map(move |placed| (column, placed)))
            .filter(|(_, p)| !p.visiting)
    }
}

fn linked_rows(columns: &[Part], graph: &Graph, stars: &Stars) -> Vec<Row> {
    let row = |members: &Vec<stars::Member>| {
        let mut cells = vec![Vec::new(); columns.len()];
        for member in members {
            let (column, block) = graph.place(member.node);
            if let Some(cell) = cells.get_mut(column) {
                cell.push(Placed { block, link: member.link, visiting: member.visiting });
            }
        }
        for cell in &mut cells {
            cell.sort_by_key(|placed| placed.block);
        }
        let headings = members.iter().all(|member| {
            let (column, block) = graph.place(member.node);
            naming::is_heading(columns, column, block)
        });
        let kind = if headings { RowKind::Headings } else { RowKind::Theme };
        Row { kind, name: naming::name_of(columns, &cells), cells }
    };
    stars.rows().iter().map(row).collect()
}

/// A row for every run of blocks that nothing answers, between two that something answers; a heading begins
/// another.
fn rows_only_here(columns: &[Part], graph: &Graph) -> Vec<Row> {
    let mut rows = Vec::new();
    for (column, part) in columns.iter().enumerate() {
        let mut run: Vec<Placed> = Vec::new();
        for (block, _) in part.blocks().filter(|(_, block)| is_compared(block.kind)) {
            let linked = graph.is_linked(column, block);
            if linked || naming::is_heading(columns, column, block) {
                rows.extend(row_only_here(columns, column, std::mem::take(&mut run)));
            }
            if !linked {
                run.push(Placed { block, link: None, visiting: false });
            }
        }
        rows.extend(row_only_here(columns, column, run));
    }
    rows
}

fn row_only_here(columns: &[Part], column: usize, run: Vec<Placed>) -> Option<Row> {
    if run.is_empty() {
        return None;
    }
    let mut cells = vec![Vec::new(); columns.len()];
    *cells.get_mut(column)? = run;
    Some(Row { kind: RowKind::OnlyHere, name: naming::name_of(columns, &cells), cells })
}

fn homes(columns: &[Part], rows: &[Row]) -> Vec<Vec<Option<usize>>> {
    let mut homes: Vec<Vec<Option<usize>>> =
        columns.iter().map(|part| vec![None; part.range().len()]).collect();
    for (index, row) in rows.iter().enumerate() {
        for (column, placed) in row.at_home() {
            let start = columns.get(column).map_or(0, |part| part.range().start);
            let place = placed.block.as_usize().checked_sub(start);
            let home = place.and_then(|place| homes.get_mut(column)?.get_mut(place));
            if let Some(home) = home {
                *home = Some(index);
            }
        }
    }
    homes
}

/// Both columns of a pair, the left one first.
fn column_of(pair: &ComparedPair<'_>, side: Side) -> usize {
    match side {
        Side::Left => pair.left,
        Side::Right => pair.right,
    }
}

#[cfg(test)]
#[path = "board/tests.rs"]
mod tests;
