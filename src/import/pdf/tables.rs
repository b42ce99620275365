//! Tables whose cells are parted by lines: each row of cells becomes one piece.

use std::collections::HashMap;

use super::glyph::{Glyph, Rule};
use super::rows::{Piece, Spacing, pieces, tenths};
use crate::import::characters;

/// How many lines of a page are looked at, pieces of one line joined, and how many tables; a drawing has more.
const MOST_RULES: usize = 1_500;
const MOST_TABLES: usize = 100;
/// How many pieces of lines are joined.
const MOST_PIECES: usize = 100_000;
/// A table of one row has no cell with more lines of text: that is a page laid out with lines.
const MOST_LINES: usize = 8;
/// How near lines must come to touch, in points.
const NEAR: f32 = 2.5;

/// Takes the glyphs that stand in tables out of `glyphs`, and gives the rows of the tables.
pub(super) fn take(rules: &[Rule], glyphs: &mut Vec<Glyph>, spacing: Spacing) -> Vec<Piece> {
    let tables = groups(rules).into_iter().filter_map(|(frame, group)| Table::of(frame, group));
    let mut rows = Vec::new();
    for table in tables.take(MOST_TABLES) {
        let inside = table.take(glyphs);
        match table.rows(inside, spacing) {
            Ok(found) => rows.extend(found),
            Err(inside) => glyphs.extend(inside),
        }
    }
    rows
}

/// The lines that are drawn, each whole: many programs draw every edge of every cell by itself.
fn joined(rules: &[Rule]) -> Vec<Rule> {
    let (across, others): (Vec<Rule>, Vec<Rule>) = rules.iter().partition(|rule| rule.is_across());
    let down: Vec<Rule> = others.into_iter().filter(Rule::is_down).collect();
    let mut whole = joined_along(across, |rule| (tenths(rule.top), rule.left));
    whole.extend(joined_along(down, |rule| (tenths(rule.left), rule.top)));
    whole
}

/// Lines of one direction, those joined that go on each other. `place` gives the line and where on it a piece begins.
fn joined_along(mut pieces: Vec<Rule>, place: impl Fn(&Rule) -> (u32, f32)) -> Vec<Rule> {
    pieces.sort_by(|left, right| {
        let (left, right) = (place(left), place(right));
        left.0.cmp(&right.0).then(left.1.total_cmp(&right.1))
    });
    let mut whole: Vec<Rule> = Vec::new();
    for piece in pieces {
        let goes_on = |last: &&mut Rule| place(last).0 == place(&piece).0 && last.touches(piece);
        match whole.last_mut().filter(goes_on) {
            Some(last) => *last = last.around(piece),
            None => whole.push(piece),
        }
    }
    whole
}

/// A cell: the height of the line above it, where the one before it stands, and its glyphs.
type Cell = (f32, f32, Vec<Glyph>);

/// The lines of one table.
struct Table {
    /// The horizontal ones, from top to bottom.
    across: Vec<Rule>,
    /// The upright ones, from left to right.
    down: Vec<Rule>,
    frame: Rule,
}

/// The lines that touch each other, each whole, with the frame around all of them; none where there are too many.
pub(super) fn groups(rules: &[Rule]) -> Vec<(Rule, Vec<Rule>)> {
    let rules = if rules.len() > MOST_PIECES { Vec::new() } else { joined(rules) };
    let mut groups: Vec<(Rule, Vec<Rule>)> = Vec::new();
    if rules.len() > MOST_RULES {
        return groups;
    }
    for rule in rules {
        let (touching, mut apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(_, group)| group.iter().any(|other| other.touches(rule)));
        let mut joined = (rule, vec![rule]);
        for (frame, group) in touching {
            joined.0 = joined.0.around(frame);
            joined.1.extend(group);
        }
        apart.push(joined);
        groups = apart;
    }
    groups
}

impl Table {
    /// The table that lines draw which touch each other: two of them at least lie, and one stands between the edges.
    fn of(frame: Rule, group: Vec<Rule>) -> Option<Self> {
        let (mut across, mut down): (Vec<_>, Vec<_>) = group.into_iter().partition(Rule::is_across);
        across.sort_by(|left, right| left.top.total_cmp(&right.top));
        down.sort_by(|left, right| left.left.total_cmp(&right.left));
        let inside = |rule: &&Rule| rule.left > frame.left + 8.0 && rule.left < frame.right - 8.0;
        let high = frame.bottom - frame.top > 8.0;
        let (first, last) = (across.first()?.top, across.last()?.top);
        (high && last - first > 8.0 && down.iter().any(|rule| inside(&rule))).then_some(Self {
            across,
            down,
            frame,
        })
    }

    /// Takes the glyphs that stand in it out of `glyphs`. A word that begins in it belongs to it with its end.
    fn take(&self, glyphs: &mut Vec<Glyph>) -> Vec<Glyph> {
        let (mut inside, mut outside): (Vec<Glyph>, Vec<Glyph>) = (Vec::new(), Vec::new());
        let mut held = false;
        for glyph in std::mem::take(glyphs) {
            let before = if held { inside.last() } else { outside.last() };
            held = if goes_on(before, &glyph) { held } else { self.holds(&glyph) };
            if held { inside.push(glyph) } else { outside.push(glyph) }
        }
        *glyphs = outside;
        inside
    }

    fn holds(&self, glyph: &Glyph) -> bool {
        let (x, y) = middle(glyph);
        let Rule { left, top, right, bottom } = self.frame;
        (left..right).contains(&x) && (top..bottom).contains(&y)
    }

    /// The rows of the table, each as one piece; its glyphs again where it is none, but lines between columns of text.
    fn rows(&self, glyphs: Vec<Glyph>, spacing: Spacing) -> Result<Vec<Piece>, Vec<Glyph>> {
        let mut cells: Vec<Cell> = Vec::new();
        let mut known: HashMap<(u32, u32), usize> = HashMap::new();
        let (tops, lefts) =
            (apart(self.across.iter().map(|rule| rule.top)), apart(self.down.iter().map(|rule| rule.left)));
        let mut at = 0;
        for glyph in glyphs {
            let before = cells.get(at).and_then(|cell| cell.2.last());
            // A word that is too long for its cell runs over the line into the next.
            if !goes_on(before, &glyph) {
                let (x, y) = middle(&glyph);
                let (row, column) =
                    (near(&tops, self.line_above(x, y)), near(&lefts, self.line_before(x, y)));
                at = *known.entry((row.to_bits(), column.to_bits())).or_insert_with(|| {
                    cells.push((row, column, Vec::new()));
                    cells.len() - 1
                });
            }
            if let Some(cell) = cells.get_mut(at) {
                cell.2.push(glyph);
            }
        }
        cells.sort_by(|left, right| left.0.total_cmp(&right.0).then(left.1.total_cmp(&right.1)));
        let rows = || cells.chunk_by(|left, right| is_near(left.0, right.0));
        let is_long = |cell: &Cell| pieces(cell.2.clone(), spacing).len() > MOST_LINES;
        if rows().count() == 1 && cells.iter().any(is_long) {
            return Err(cells.into_iter().flat_map(|(_, _, cell)| cell).collect());
        }
        Ok(rows().filter_map(|row| self.row(row, spacing)).collect())
    }

    /// One row: its cells with a tabulator between, empty ones too.
    fn row(&self, cells: &[Cell], spacing: Spacing) -> Option<Piece> {
        let mut whole: Option<Piece> = None;
        let mut before = self.frame.left - 2.0 * NEAR;
        for (top, column, glyphs) in cells {
            // A cell may hold blanks only: the next one that says something counts the lines before it.
            let Some(piece) = cell(pieces(glyphs.clone(), spacing)) else { continue };
            let skipped = self.lines_between(before, *column, top + 4.0);
            before = *column;
            let row = whole.get_or_insert_with(|| Piece { row: true, ..piece.without_text() });
            row.text.push_str(&"\t".repeat(skipped));
            row.append(&piece);
            row.baseline = row.baseline.min(piece.baseline);
        }
        let row = whole?;
        Some(Piece { left: self.frame.left, right: self.frame.right, ..row })
    }

    /// How many upright lines stand at the height `y` after `from`, up to `to`; the edge of the table is none.
    fn lines_between(&self, from: f32, to: f32, y: f32) -> usize {
        let mut count = 0;
        let mut last = from.max(self.frame.left);
        for rule in self.down.iter().filter(|rule| rule.top - NEAR <= y && y <= rule.bottom + NEAR) {
            if rule.left > last + NEAR && rule.left <= to + NEAR {
                count += 1;
                last = rule.left;
            }
        }
        count
    }

    /// The height of the nearest line above a place.
    fn line_above(&self, x: f32, y: f32) -> f32 {
        let above = self.across.partition_point(|rule| rule.top <= y);
        let mut above = self.across.iter().take(above).rev();
        let over = above.find(|rule| rule.left - NEAR <= x && x <= rule.right + NEAR);
        over.map_or(self.frame.top, |rule| rule.top)
    }

    /// Where the nearest line before a place stands.
    fn line_before(&self, x: f32, y: f32) -> f32 {
        let before = self.down.partition_point(|rule| rule.left <= x);
        let mut before = self.down.iter().take(before).rev();
        let before = before.find(|rule| rule.top - NEAR <= y && y <= rule.bottom + NEAR);
        before.map_or(self.frame.left, |rule| rule.left)
    }
}

/// Whether a glyph goes on the word of the one that was drawn before it.
fn goes_on(before: Option<&Glyph>, glyph: &Glyph) -> bool {
    before.is_some_and(|before| {
        !before.is_blank()
            && !glyph.is_blank()
            && (glyph.y - before.y).abs() < before.size * 0.1
            && (glyph.x - before.x - before.width).abs() < before.size * 0.12
    })
}

/// The middle of a glyph.
fn middle(glyph: &Glyph) -> (f32, f32) {
    (glyph.x + glyph.width / 2.0, glyph.y - glyph.size * 0.3)
}

/// The places of lines, from the first on, without those that come so near to another that they are one with it.
fn apart(places: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut apart: Vec<f32> = Vec::new();
    for place in places {
        if apart.last().is_none_or(|last| !is_near(*last, place)) {
            apart.push(place);
        }
    }
    apart
}

/// The one of some places that a place is near to; itself where it is to none.
fn near(places: &[f32], place: f32) -> f32 {
    let first = places.partition_point(|other| *other < place - NEAR);
    places.get(first).copied().filter(|other| is_near(*other, place)).unwrap_or(place)
}

fn is_near(left: f32, right: f32) -> bool {
    (left - right).abs() <= NEAR
}

/// The lines of a cell as one piece.
pub(super) fn cell(lines: Vec<Piece>) -> Option<Piece> {
    let mut lines = lines.into_iter();
    let mut whole = lines.next()?;
    for line in lines {
        let narrow = |found: Option<char>| found.is_some_and(|found| !characters::is_wide(found));
        if narrow(whole.text.chars().next_back()) && narrow(line.text.chars().next()) {
            whole.text.push(' ');
        }
        whole.append(&line);
    }
    Some(whole)
}

impl Rule {
    fn is_across(&self) -> bool {
        self.bottom - self.top < NEAR && self.right - self.left > 6.0
    }

    fn is_down(&self) -> bool {
        self.right - self.left < NEAR && self.bottom - self.top > 4.0
    }

    fn touches(self, other: Self) -> bool {
        self.left - NEAR <= other.right
            && other.left - NEAR <= self.right
            && self.top - NEAR <= other.bottom
            && other.top - NEAR <= self.bottom
    }

    fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}
