//! Three or more documents read against each other: a column for each, a row for each theme.
//!
//! Pairs of documents are compared; the board puts what was found into rows. It finds nothing itself: two
//! blocks stand in one row because a link says so, or two links that meet in a third block.

mod merging;
mod naming;
mod order;
mod sections;
mod stars;

use std::collections::BTreeSet;

use super::{Comparison, Part, Side, Verdict};
use crate::document::BlockIndex;
use crate::text::Span;
use sections::Sections;
use stars::{Graph, Stars};

/// A column for each document, a row for each theme.
///
/// Holds: every row has a cell for every column; every compared passage is at home in just one row, unless it
/// [stands apart](Comparison::stands_apart) and none answers it. A heading
/// stands before the first passage under it and nowhere else: no cell has headings only, and a heading under which
/// nothing stands is not on the board.
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
    /// For each column, the blocks that treat the theme, in order. Empty where the document says nothing about it:
    /// none of its blocks is linked to any block of the row.
    pub cells: Vec<Vec<Placed>>,
}

/// What a row holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RowKind {
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
    /// The strongest link that puts it there; `None` for the block that the row is gathered around, for a heading
    /// and for what stands only here.
    pub link: Option<(Verdict, f32)>,
    /// Whether it is a heading or the title, and stands here for the passages under it.
    pub heading: bool,
    /// Whether it is at home in another row, and stands here because a block of this row answers it too.
    pub visiting: bool,
}

impl Board {
    /// The board of `columns`, as far as they are compared.
    ///
    /// A row is gathered around the passage that most documents answer: it, and the passages linked to it. One that
    /// is linked to several such stands where its link is strongest. One whose links all lead to passages that
    /// stand in rows already stands with the strongest of them, and no further one is drawn in by it: so a chain of
    /// links does not run through the whole board. Two rows most of whose links lead from the one to the other are
    /// one. Where a document seems to say nothing in a row though a block of the row is linked to one of its blocks,
    /// that block stands there as a visitor: an empty cell means that there is no such link. Links of headings
    /// count where nothing under them is linked. The same comparisons always give the same board; it takes about as
    /// long as there are links.
    pub fn of(columns: Vec<Part>, pairs: &[ComparedPair<'_>]) -> Self {
        let sections = Sections::of(&columns, pairs);
        let graph = Graph::of(&columns, pairs, &sections);
        let mut rows = order::in_order(linked_rows(&columns, &graph, &sections));
        rows.extend(rows_only_here(&columns, &graph, &sections));
        let homes = homes(&columns, &rows);
        let compared = pairs.iter().map(|pair| (pair.left, pair.right)).collect();
        Self { columns, compared, rows, homes }
    }

    /// What was compared, a column each.
    pub fn columns(&self) -> &[Part] {
        &self.columns
    }

    /// The rows, in the order of the first document as far as it says something, and of the others between; after
    /// them what stands in one document only, document by document.
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

fn linked_rows(columns: &[Part], graph: &Graph, sections: &Sections) -> Vec<Row> {
    let stars = Stars::of(graph);
    let row = |members: &Vec<stars::Member>| {
        let mut cells = vec![Vec::new(); columns.len()];
        for member in members {
            let (column, block) = graph.place(member.node);
            let placed = Placed { block, link: member.link, heading: false, visiting: member.visiting };
            if let Some(cell) = cells.get_mut(column) {
                cell.push(placed);
            }
        }
        row_of(columns, sections, RowKind::Theme, cells)
    };
    stars.rows().iter().map(row).collect()
}

/// A row for every run of passages that nothing answers, between two that something answers; a heading begins
/// another.
fn rows_only_here(columns: &[Part], graph: &Graph, sections: &Sections) -> Vec<Row> {
    let mut rows = Vec::new();
    for (column, part) in columns.iter().enumerate() {
        let mut runs: Vec<Vec<Placed>> = Vec::new();
        let mut goes_on = false;
        for (block, _) in part.blocks().filter(|(block, _)| sections.is_passage(column, *block)) {
            let linked = graph.is_linked(column, block);
            let placed = Placed { block, link: None, heading: false, visiting: false };
            match runs.last_mut().filter(|_| goes_on && sections.over(column, block).is_empty()) {
                Some(run) if !linked => run.push(placed),
                None if !linked => runs.push(vec![placed]),
                _ => {}
            }
            goes_on = !linked;
        }
        rows.extend(runs.into_iter().map(|run| {
            let cells = (0..columns.len()).map(|at| if at == column { run.clone() } else { Vec::new() });
            row_of(columns, sections, RowKind::OnlyHere, cells.collect())
        }));
    }
    rows
}

/// A row of passages, with the headings that stand over them.
fn row_of(columns: &[Part], sections: &Sections, kind: RowKind, mut cells: Vec<Vec<Placed>>) -> Row {
    for (column, cell) in cells.iter_mut().enumerate() {
        let own = cell.iter().filter(|placed| !placed.visiting);
        let headings = own.flat_map(|placed| sections.over(column, placed.block));
        let placed = |&block: &BlockIndex| Placed { block, link: None, heading: true, visiting: false };
        let headings: Vec<Placed> = headings.map(placed).collect();
        cell.extend(headings);
        cell.sort_by_key(|placed| placed.block);
    }
    Row { kind, name: naming::name_of(columns, sections, &cells), cells }
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
