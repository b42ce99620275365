//! The order of the rows.

use super::Row;
use crate::document::BlockIndex;

/// The rows in the order of the first document. A row that the first document has nothing in stands after the row
/// with what comes before it in its own document.
pub(super) fn in_order(rows: Vec<Row>) -> Vec<Row> {
    let count = rows.first().map_or(0, |row| row.cells.len());
    let own: Vec<Vec<Option<BlockIndex>>> =
        rows.iter().map(|row| (0..count).map(|column| first_block(row, column)).collect()).collect();
    let anchors = anchors(&own, count);
    let key = |index: usize| {
        let firsts = own.get(index).map_or(&[][..], Vec::as_slice);
        let in_first = firsts.first().copied().flatten();
        if let Some(block) = in_first {
            return (Some(block), 0, block, index);
        }
        let found = firsts.iter().enumerate().find_map(|(column, block)| Some((column, (*block)?)));
        let (column, block) = found.unwrap_or_default();
        let before = anchors.get(column).map_or(&[][..], Vec::as_slice);
        let place = before.partition_point(|(other, _)| *other < block);
        let after = place.checked_sub(1).and_then(|place| before.get(place)).map(|(_, first)| *first);
        (after, column, block, index)
    };
    let mut keyed: Vec<_> = rows.into_iter().enumerate().map(|(index, row)| (key(index), row)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// The first block that is at home in a cell.
fn first_block(row: &Row, column: usize) -> Option<BlockIndex> {
    row.cells.get(column)?.iter().filter(|placed| !placed.visiting).map(|placed| placed.block).min()
}

/// For each column: its blocks that stand in one row with the first document, and where in that, in order.
fn anchors(own: &[Vec<Option<BlockIndex>>], count: usize) -> Vec<Vec<(BlockIndex, BlockIndex)>> {
    let mut anchors = vec![Vec::new(); count];
    for firsts in own {
        let Some(Some(first)) = firsts.first() else { continue };
        for (column, block) in firsts.iter().enumerate() {
            if let (Some(block), Some(list)) = (block, anchors.get_mut(column)) {
                list.push((*block, *first));
            }
        }
    }
    for list in &mut anchors {
        list.sort_unstable();
    }
    anchors
}
