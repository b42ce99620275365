//! The order of reading: pieces to columns, columns to lines.
//!
//! Columns are found from the white between them: a stretch of rows through which one gap runs, with running
//! text on both of its sides. Tables and lists have such gaps too, but no running text beside them.

use super::glyph::Standing;
use super::rows::{Piece, tenths};
use super::tags::Tag;
use crate::import::tally::Tally;

/// One line: pieces of one row of one column, from left to right.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Line {
    /// Its pieces.
    pub(super) pieces: Vec<Piece>,
    /// Where the column that it stands in begins and ends, in points.
    pub(super) column: (f32, f32),
    /// Whether the column begins with it.
    pub(super) begins_column: bool,
    /// Whether it goes on a cell of the row before it, with those behind that.
    pub(super) goes_on: bool,
    /// The number of the box on its page that it stands in.
    pub(super) boxed: Option<u16>,
}

impl Line {
    /// The piece that looks as most of the line.
    pub(super) fn main(&self) -> &Piece {
        static NONE: Piece = Piece {
            text: String::new(),
            left: 0.0,
            right: 0.0,
            baseline: 0.0,
            size: 0.0,
            bold: false,
            fixed: false,
            face: 0,
            standing: Standing::Text,
            tag: None,
            row: false,
            raised: Vec::new(),
            lowered: Vec::new(),
            readings: Vec::new(),
            whites: Vec::new(),
            links: Vec::new(),
            remarks: Vec::new(),
        };
        self.pieces.iter().max_by_key(|piece| piece.text.len()).unwrap_or(&NONE)
    }

    /// What it says, with a space between its pieces.
    pub(super) fn said(&self) -> String {
        let said: Vec<&str> = self.pieces.iter().map(|piece| piece.text.as_str()).collect();
        said.join(" ")
    }

    /// Where it belongs by the tags of the file.
    pub(super) fn tag(&self) -> Option<Tag> {
        self.pieces.first()?.tag
    }

    /// Where it begins, in points.
    pub(super) fn left(&self) -> f32 {
        self.pieces.first().map_or(0.0, |piece| piece.left)
    }

    /// Where it ends, in points.
    pub(super) fn right(&self) -> f32 {
        self.pieces.last().map_or(0.0, |piece| piece.right)
    }

    /// The height of its baseline.
    pub(super) fn baseline(&self) -> f32 {
        self.main().baseline
    }

    /// The size of its letters.
    pub(super) fn size(&self) -> f32 {
        self.main().size
    }
}

/// How many rows of a page are looked through for columns; more are no page of text.
const MOST_ROWS: usize = 1_500;
/// How many pieces a row may have; more are no row of text.
const MOST_IN_ROW: usize = 1_000;
/// How many pieces of a page are looked at for columns, each as often as it is looked at.
const MOST_WORK: usize = 100_000_000;
/// The narrowest white between two columns, in ems; where it is narrower than usual, more rows must stand beside it.
const GUTTER: f32 = 0.6;
const USUAL_GUTTER: f32 = 0.9;
/// How many rows stand on either side of a gutter at least.
const LEAST_ROWS: usize = 4;
/// How much of its side a full row takes at least: first lines and items are set in, numbers at the edge of a table are
/// short.
const SET_IN: f32 = 0.6;
/// Beside how many rows the columns of a page tell those of the pages after it.
const TELLING: usize = 12;
/// How many columns may stand inside of columns.
const DEEPEST: u32 = 4;

/// Two columns of a page: where each begins and ends, in points.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Columns {
    left: (f32, f32),
    right: (f32, f32),
}

/// The lines of `pieces` in the order of reading.
pub(super) fn lines(pieces: Vec<Piece>) -> Vec<Line> {
    lines_beside(pieces, &mut Vec::new())
}

/// The lines of `pieces` in the order of reading. `known` are the columns of the pages before, and then of this page
/// too: the last page may fill one of them only.
pub(super) fn lines_beside(pieces: Vec<Piece>, known: &mut Vec<Columns>) -> Vec<Line> {
    let mut reader = Reader { known, found: None, left: MOST_WORK, lines: Vec::new() };
    reader.read_region(rows(pieces), 0, None);
    let Reader { found, lines, .. } = reader;
    if let Some(found) = found {
        // Left and right pages may have edges of their own.
        known.insert(0, found);
        known.truncate(2);
    }
    lines
}

/// Reads the rows of a page.
struct Reader<'a> {
    /// The columns of the pages before.
    known: &'a [Columns],
    /// The columns of this page.
    found: Option<Columns>,
    /// How many pieces may still be looked at; without any left all is one column.
    left: usize,
    lines: Vec<Line>,
}

/// One row of a region: pieces side by side, from left to right.
type Row = Vec<Piece>;

/// Pieces as rows, from top to bottom.
fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    pieces.sort_by(|left, right| left.baseline.total_cmp(&right.baseline));
    let mut rows: Vec<Row> = Vec::new();
    // Where the last row ends: pieces of one baseline often come from left to right.
    let mut end = f32::MIN;
    for piece in pieces {
        let right = piece.solid_right();
        if let Some(row) = rows.last_mut().filter(|row| belongs_to(row, &piece, end)) {
            row.push(piece);
            end = end.max(right);
        } else {
            rows.push(vec![piece]);
            end = right;
        }
    }
    for row in &mut rows {
        row.sort_by(|left, right| left.left.total_cmp(&right.left));
    }
    rows
}

/// Whether a piece stands beside those of a row, which ends at `end`, and on nearly the same height.
fn belongs_to(row: &[Piece], piece: &Piece, end: f32) -> bool {
    let near = |other: &Piece| {
        let size = other.size.min(piece.size).max(other.size.max(piece.size) * 0.6);
        (piece.baseline - other.baseline).abs() <= size * 0.45
    };
    let over =
        |other: &Piece| piece.left < other.solid_right() - 0.5 && other.left < piece.solid_right() - 0.5;
    let is_behind = piece.left >= end - 0.5;
    row.len() < MOST_IN_ROW && row.last().is_some_and(near) && (is_behind || !row.iter().any(over))
}

// ---- Columns --------------------------------------------------------------------------------------------

impl Reader<'_> {
    /// Reads a region, whose edges are `edges` where they are known.
    fn read_region(&mut self, mut rows: Vec<Row>, depth: u32, edges: Option<(f32, f32)>) {
        if depth >= DEEPEST || rows.len() > MOST_ROWS {
            return self.add_lines(rows, edges);
        }
        let width = extent(&rows).map_or(0.0, |(left, right)| right - left);
        let mut single: Vec<Row> = Vec::new();
        while !rows.is_empty() {
            if let Some((count, gutter)) = columns_from(&rows, width, &mut self.left) {
                let rest = rows.split_off(count);
                let columns = std::mem::replace(&mut rows, rest);
                let heads = columns.len() - without_heads(&columns, gutter).len();
                let heads = heads.max(ends_of_others(&columns, gutter));
                let above = single.len() - rows_of_columns(&single, &columns, gutter);
                let mut first = single.split_off(if heads > 0 { single.len() } else { above });
                first.extend(columns);
                let columns = first.split_off(heads);
                single.extend(first);
                self.add_lines(std::mem::take(&mut single), edges);
                self.read_columns(columns, gutter, depth);
            } else if let Some((count, known)) = self.columns_as_before(&rows, single.len(), depth) {
                self.add_lines(std::mem::take(&mut single), edges);
                let rest = rows.split_off(count);
                let (before, after) = part(std::mem::replace(&mut rows, rest), known.gutter());
                self.read_region(before, DEEPEST, Some(known.left));
                self.read_region(after, DEEPEST, Some(known.right));
            } else {
                single.push(rows.remove(0));
            }
        }
        self.add_lines(single, edges);
    }

    /// Reads the columns on both sides of a gutter.
    fn read_columns(&mut self, columns: Vec<Row>, gutter: f32, depth: u32) {
        let plain = columns.iter().filter(|row| row.len() <= 2).count();
        let is_telling = depth == 0 && columns.len() >= TELLING && plain * 5 >= columns.len() * 4;
        let (before, after) = part(columns, gutter);
        if let (Some(left), Some(right), true) = (extent(&before), extent(&after), is_telling) {
            let fill = is_filled(&before, left) && is_filled(&after, right);
            self.found = Some(Columns { left, right }).filter(|_| fill).or(self.found);
        }
        self.read_region(before, depth + 1, None);
        self.read_region(after, depth + 1, None);
    }

    /// Whether rows that begin a page after so many others stand in the columns of a page before: how many do.
    fn columns_as_before(&mut self, rows: &[Row], above: usize, depth: u32) -> Option<(usize, Columns)> {
        let known = self.found.as_slice().iter().chain(self.known).filter(|_| depth == 0);
        for columns in known {
            self.left = self.left.checked_sub(rows.first()?.len())?;
            let count = rows.iter().take_while(|row| columns.hold(row)).count();
            // The rows are looked at several times, and copied.
            self.left = self.left.checked_sub(count * 20)?;
            // Elsewhere than on a page of their own a few lines may be short by chance.
            let is_page = above <= 2 && rows.len() - count <= 2;
            let is_long = count >= LEAST_ROWS * 2;
            if (is_page || is_long) && columns.are_filled_by(rows.get(..count)?) {
                return Some((count, *columns));
            }
        }
        None
    }

    fn add_lines(&mut self, rows: Vec<Row>, edges: Option<(f32, f32)>) {
        let Some(column) = edges.or_else(|| extent(&rows)) else { return };
        for (index, pieces) in rows.into_iter().enumerate() {
            self.lines.push(Line { pieces, column, begins_column: index == 0, ..Line::default() });
        }
    }
}

impl Columns {
    /// The middle of the white between them.
    fn gutter(&self) -> f32 {
        f32::midpoint(self.left.1.min(self.right.0), self.right.0)
    }

    /// Whether the pieces of a row stand in them; those in the right one begin near its edge.
    fn hold(&self, row: &Row) -> bool {
        let within = |piece: &Piece, (left, right): (f32, f32)| {
            piece.left > left - piece.size * 0.6 && piece.solid_right() < right + piece.size
        };
        let first_right = row.iter().find(|piece| piece.left >= self.gutter());
        let is_set_in = |piece: &Piece| piece.left > self.right.0 + piece.size * 4.5;
        let is_before = |piece: &Piece| piece.solid_right() <= self.gutter();
        let fits = |piece: &Piece| {
            let holds = if is_before(piece) { within(piece, self.left) } else { within(piece, self.right) };
            !piece.row && holds
        };
        row.len() <= 2
            && row.iter().all(fits)
            && !(first_right.is_some_and(is_set_in) && row.iter().any(is_before))
    }

    /// Whether rows that they hold reach to the edge of the left one for the most part, and to that of the right one
    /// where they stand in it at all.
    fn are_filled_by(&self, rows: &[Row]) -> bool {
        let (left, right) = part(rows.to_vec(), self.gutter());
        let fills_right = right.len() <= LEAST_ROWS || is_filled(&right, self.right);
        !left.is_empty() && is_filled(&left, self.left) && fills_right
    }
}

/// Whether half of the rows of a column reach to its edge at least.
fn is_filled(rows: &[Row], (left, right): (f32, f32)) -> bool {
    let ends: Vec<f32> =
        rows.iter().filter_map(|row| row.iter().map(|piece| piece.right).reduce(f32::max)).collect();
    let full = ends.iter().filter(|end| **end - left >= (right - left) * 0.9).count();
    full * 2 >= ends.len()
}

/// Parts rows at a gutter. Rows are made anew on each side: their heights differ.
fn part(rows: Vec<Row>, gutter: f32) -> (Vec<Row>, Vec<Row>) {
    let (left, right) =
        rows.into_iter().flatten().partition(|piece: &Piece| piece.solid_right() <= gutter + 0.01);
    (self::rows(left), self::rows(right))
}

/// How many rows at the end of those `above` belong to the columns below them: they stand on both sides of the gutter,
/// within the edges of the columns and as near as their lines are. Columns that begin with short lines are found late.
fn rows_of_columns(above: &[Row], columns: &[Row], gutter: f32) -> usize {
    let Some((left, right)) = extent(columns) else { return 0 };
    let mut next = columns.first();
    let (mut count, mut found) = (0, 0);
    for row in above.iter().rev() {
        let size = row.iter().chain(next.into_iter().flatten()).map(|piece| piece.size).fold(0.1, f32::max);
        let fits = |piece: &Piece| {
            let is_within = piece.left > left - size && piece.right < right + size;
            is_within && !piece.row && (piece.solid_right() <= gutter || piece.left >= gutter)
        };
        let is_near = next.is_some_and(|next| distance(row, next) <= size * 2.0);
        if !is_near || row.len() > 2 || !row.iter().all(fits) {
            break;
        }
        count += 1;
        let sides = |row: &Row| {
            [
                row.iter().any(|piece| piece.solid_right() <= gutter),
                row.iter().any(|piece| piece.left >= gutter),
            ]
        };
        let beside = next.is_some_and(|next| distance(row, next) < size * 0.7);
        let [own, below] = [sides(row), next.map_or([false; 2], sides)];
        if own == [true; 2] || beside && own != below && below != [true; 2] {
            found = count;
        }
        next = Some(row);
    }
    found
}

/// How far a row stands above the next one, in points.
fn distance(row: &Row, next: &Row) -> f32 {
    let height = |row: &Row| row.iter().map(|piece| piece.baseline).fold(f32::MAX, f32::min);
    height(next) - height(row)
}

/// Whether columns begin with the first of `rows`: how many rows they take, and where the white between the
/// first two lies. `width` is that of the region, `left` how many pieces may still be looked at.
fn columns_from(rows: &[Row], width: f32, left: &mut usize) -> Option<(usize, f32)> {
    let first = rows.first()?;
    let size = first.first()?.size;
    let mut covered: Vec<(f32, f32)> = Vec::new();
    let mut best = None;
    let (mut checked, mut pieces) = (0, 0);
    for (index, row) in rows.iter().enumerate() {
        pieces += row.len();
        *left = left.checked_sub(row.len() * covered.len().max(1))?;
        for piece in row {
            cover(&mut covered, (piece.left, piece.solid_right()));
        }
        if covered.first().is_some_and(|(start, end)| end - start > width * 0.9) {
            // Once one stretch covers everything, no white can come back.
            break;
        }
        // The check walks over the rows so far: made when their count has grown by a fifth.
        if index + 1 >= checked + 1 + checked / 5 || index + 1 == rows.len() {
            checked = index + 1;
            *left = left.checked_sub(pieces * covered.len())?;
            match gutter_of(rows.get(..=index)?, &covered, size) {
                Some(gutter) => best = Some((index + 1, gutter)),
                None if best.is_some() => break,
                None => {}
            }
        }
    }
    let (count, gutter) = best?;
    Some((exact_end(rows, count, gutter), gutter))
}

/// The first row that crosses the gutter ends the columns.
fn exact_end(rows: &[Row], least: usize, gutter: f32) -> usize {
    let crosses = |row: &Row| row.iter().any(|piece| piece.left < gutter && piece.solid_right() > gutter);
    let after = rows.iter().skip(least).take_while(|row| !crosses(row)).count();
    let within = rows.iter().take(least).take_while(|row| !crosses(row)).count();
    if within < least { within } else { least + after }
}

/// Adds a stretch to those covered; they stay disjoint and sorted.
pub(super) fn cover(covered: &mut Vec<(f32, f32)>, new: (f32, f32)) {
    let mut merged = new;
    covered.retain(|&(start, end)| {
        let apart = end < merged.0 || start > merged.1;
        if !apart {
            merged = (merged.0.min(start), merged.1.max(end));
        }
        apart
    });
    let at = covered.partition_point(|&(start, _)| start < merged.0);
    covered.insert(at, merged);
}

/// The leftmost white between two stretches of running text.
fn gutter_of(rows: &[Row], covered: &[(f32, f32)], size: f32) -> Option<f32> {
    let gaps = covered.windows(2).filter_map(|pair| match pair {
        [(_, end), (start, _)] if start - end >= size * GUTTER => Some(((end + start) / 2.0, start - end)),
        _ => None,
    });
    let is_gutter = |(gutter, white): &(f32, f32)| {
        // Cells of tables are seldom of one length.
        let usual = *white >= size * USUAL_GUTTER;
        let (least, share) = if usual { (LEAST_ROWS, 0.8) } else { (LEAST_ROWS * 2, 0.93) };
        let left = Side::of(rows, share, |piece| piece.solid_right() <= *gutter);
        let right = Side::of(rows, share, |piece| piece.left >= *gutter);
        left.is_running_text(least) && right.is_running_text(least)
    };
    gaps.into_iter().find(is_gutter).map(|(gutter, _)| gutter)
}

/// The rows without those that stand apart above columns and do not begin with them, or not in the first: running heads,
/// and what is set in the middle of a page of three columns.
fn without_heads(rows: &[Row], gutter: f32) -> &[Row] {
    let mut distances: Vec<f32> =
        rows.windows(2).filter_map(|pair| Some(distance(pair.first()?, pair.last()?))).collect();
    distances.sort_by(f32::total_cmp);
    let pitch = distances.get(distances.len() / 2).copied().unwrap_or_default();
    let begins =
        |row: &Row| row.iter().map(|piece| piece.left).filter(|left| *left >= gutter).reduce(f32::min);
    let Some(edge) = rows.iter().filter_map(begins).reduce(f32::min) else { return rows };
    let mut rest = rows;
    while let [first, others @ ..] = rest {
        let Some(next) = others.first() else { break };
        let em = first.first().map_or(1.0, |piece| piece.size);
        let is_set_in = begins(first).is_some_and(|left| left > edge + em * 2.5) && first.len() > 1;
        let is_head = is_set_in || first.iter().all(|piece| piece.left >= gutter);
        if !is_head || distance(first, next) <= pitch * 1.4 {
            break;
        }
        rest = others;
    }
    rest
}

/// How many rows at the beginning of columns are none of them, but the short last lines of what stands above in another
/// size: they are on one side only.
fn ends_of_others(rows: &[Row], gutter: f32) -> usize {
    let size = |row: &Row| row.first().map_or(0, |piece| tenths(piece.size));
    let mut sizes = Tally::default();
    for row in rows {
        sizes.add(size(row), 1);
    }
    let usual = sizes.most().unwrap_or_default();
    let is_end = |row: &&Row| {
        let is_other = size(row).abs_diff(usual) > 2;
        is_other && row.iter().all(|piece| piece.solid_right() <= gutter && !piece.row)
    };
    rows.iter().take_while(is_end).count()
}

/// What stands on one side of a gap.
struct Side {
    rows: usize,
    /// How many of them fill it to its edge.
    full: usize,
    /// Its width, in ems.
    ems: f32,
}

impl Side {
    /// `share` is how far a row reaches that counts as ending at the edge, of the width of its side.
    fn of(rows: &[Row], share: f32, on_it: impl Fn(&Piece) -> bool) -> Self {
        let own = || rows.iter().map(|row| row.iter().filter(|piece| on_it(piece)));
        let pieces = || own().flatten();
        let left = pieces().map(|piece| piece.left).fold(f32::MAX, f32::min);
        // Marks may hang out of some lines, and stand within others as their last sign.
        let right = pieces().map(Piece::solid_right).fold(f32::MIN, f32::max);
        let size = pieces().next().map_or(1.0, |piece| piece.size).max(0.1);
        let width = right - left;
        let edge = right - (width * (1.0 - share)).max(size * 1.1);
        let reaches = own().filter_map(|row| {
            let (mut end, mut taken, mut count) = (f32::MIN, 0.0, 0);
            for piece in row {
                (end, taken, count) =
                    (end.max(piece.solid_right()), taken + piece.right - piece.left, count + 1);
            }
            (count > 0).then_some((end, taken))
        });
        let reaches: Vec<(f32, f32)> = reaches.collect();
        let full = reaches.iter().filter(|(end, taken)| *end >= edge && *taken >= width * SET_IN).count();
        Self { rows: reaches.len(), full, ems: width / size }
    }

    /// Running text fills many of its lines: of a paragraph of two lines, one or none.
    fn is_running_text(&self, least: usize) -> bool {
        self.rows >= least && self.full * 5 >= self.rows * 2 && self.ems >= 8.0
    }
}

// ---- Lines ----------------------------------------------------------------------------------------------

/// Where a column begins and ends: its outermost pieces, stray ones aside. Tables and listings may reach
/// further than the text.
fn extent(rows: &[Row]) -> Option<(f32, f32)> {
    let text: Vec<&Row> =
        rows.iter().filter(|row| !row.iter().all(|piece| piece.row || piece.fixed)).collect();
    let rows: Vec<&Row> = if text.is_empty() { rows.iter().collect() } else { text };
    let mut lefts: Vec<f32> = rows.iter().filter_map(|row| Some(row.first()?.left)).collect();
    let mut rights: Vec<f32> = rows.iter().filter_map(|row| Some(row.last()?.right)).collect();
    lefts.sort_by(f32::total_cmp);
    rights.sort_by(f32::total_cmp);
    let stray = lefts.len() / 20;
    Some((*lefts.get(stray)?, *rights.get(rights.len().checked_sub(stray + 1)?)?))
}
