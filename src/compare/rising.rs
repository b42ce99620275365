//! The longest row that rises on both sides.

/// Of `items`, which are in order of the left side, as many as also rise on the right, where `right` says how far
/// (patience sorting). Of items at one place on the left only one can be in the row if the later ones on the right
/// come first.
pub(super) fn longest_rising<Item: Copy>(items: &[Item], right: impl Fn(&Item) -> usize) -> Vec<Item> {
    // For each length the item that ends a row of that length lowest, and for each item the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(items.len());
    let height = |index: &usize| items.get(*index).map_or(0, &right);
    for (index, item) in items.iter().enumerate() {
        let length = ends.partition_point(|end| height(end) < right(item));
        before.push(length.checked_sub(1).and_then(|last| ends.get(last)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let last = ends.last().copied();
    let row = std::iter::successors(last, |&index| before.get(index).copied().flatten());
    let mut row: Vec<Item> = row.filter_map(|index| items.get(index).copied()).collect();
    row.reverse();
    row
}
