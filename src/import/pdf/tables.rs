//! Tables whose cells are parted by lines: each row of cells becomes one piece.

use super::glyph::{Glyph, Rule};
use super::rows::{Piece, Spacing, pieces};
use crate::import::characters;

/// How many lines of a page are looked at; a drawing has more.
const MOST_RULES: usize = 1_500;
/// How near lines must come to touch, in points.
const NEAR: f32 = 2.5;

/// Takes the glyphs that stand in tables out of `glyphs`, and gives the rows of the tables.
pub(super) fn take(rules: &[Rule], glyphs: &mut Vec<Glyph>, spacing: Spacing) -> Vec<Piece> {
    if rules.len() > MOST_RULES {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for table in tables(rules) {
        let (inside, outside) = std::mem::take(glyphs).into_iter().partition(|glyph| table.holds(glyph));
        *glyphs = outside;
        rows.extend(table.rows(inside, spacing));
    }
    rows
}

/// The lines of one table.
struct Table {
    /// The horizontal ones, from top to bottom.
    across: Vec<Rule>,
    /// The upright ones, from left to right.
    down: Vec<Rule>,
    frame: Rule,
}

/// The tables that `rules` draw: lines that touch each other, at least two of them horizontal and one upright
/// between the edges.
fn tables(rules: &[Rule]) -> Vec<Table> {
    let drawn: Vec<Rule> = rules.iter().copied().filter(|rule| rule.is_across() || rule.is_down()).collect();
    let mut groups: Vec<(Rule, Vec<Rule>)> = Vec::new();
    for rule in drawn {
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
    groups.into_iter().filter_map(|(frame, group)| Table::of(frame, group)).collect()
}

impl Table {
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

    fn holds(&self, glyph: &Glyph) -> bool {
        let (x, y) = middle(glyph);
        let Rule { left, top, right, bottom } = self.frame;
        (left..right).contains(&x) && (top..bottom).contains(&y)
    }

    /// The rows of the table, each as one piece.
    fn rows(&self, glyphs: Vec<Glyph>, spacing: Spacing) -> Vec<Piece> {
        let mut cells: Vec<(f32, f32, Vec<Glyph>)> = Vec::new();
        for glyph in glyphs {
            let (x, y) = middle(&glyph);
            let (row, column) = (self.line_above(x, y), self.line_before(x, y));
            let same = |cell: &&mut (f32, f32, Vec<Glyph>)| is_near(cell.0, row) && is_near(cell.1, column);
            match cells.iter_mut().find(same) {
                Some((_, _, cell)) => cell.push(glyph),
                None => cells.push((row, column, vec![glyph])),
            }
        }
        cells.sort_by(|left, right| left.0.total_cmp(&right.0).then(left.1.total_cmp(&right.1)));
        let rows = cells.chunk_by(|left, right| is_near(left.0, right.0));
        rows.filter_map(|row| self.row(row, spacing)).collect()
    }

    /// One row: its cells with a tabulator between, empty ones too.
    fn row(&self, cells: &[(f32, f32, Vec<Glyph>)], spacing: Spacing) -> Option<Piece> {
        let mut whole: Option<Piece> = None;
        let mut before = self.frame.left - 2.0 * NEAR;
        for (top, column, glyphs) in cells {
            // A cell may hold blanks only: the next one that says something counts the lines before it.
            let Some(piece) = cell(pieces(glyphs.clone(), spacing)) else { continue };
            let skipped = self.lines_between(before, *column, top + 4.0);
            before = *column;
            let empty = || Piece { text: String::new(), links: Vec::new(), row: true, ..piece.clone() };
            let row = whole.get_or_insert_with(empty);
            row.text.push_str(&"\t".repeat(skipped));
            row.append(&piece);
            row.baseline = row.baseline.min(piece.baseline);
        }
        let row = whole?;
        Some(Piece { left: self.frame.left, right: self.frame.right, raised: Vec::new(), ..row })
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
        let over = self
            .across
            .iter()
            .rev()
            .find(|rule| rule.top <= y && rule.left - NEAR <= x && x <= rule.right + NEAR);
        over.map_or(self.frame.top, |rule| rule.top)
    }

    /// Where the nearest line before a place stands.
    fn line_before(&self, x: f32, y: f32) -> f32 {
        let before = self
            .down
            .iter()
            .rev()
            .find(|rule| rule.left <= x && rule.top - NEAR <= y && y <= rule.bottom + NEAR);
        before.map_or(self.frame.left, |rule| rule.left)
    }
}

/// The middle of a glyph.
fn middle(glyph: &Glyph) -> (f32, f32) {
    (glyph.x + glyph.width / 2.0, glyph.y - glyph.size * 0.3)
}

fn is_near(left: f32, right: f32) -> bool {
    (left - right).abs() <= NEAR
}

/// The lines of a cell as one piece.
fn cell(lines: Vec<Piece>) -> Option<Piece> {
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
