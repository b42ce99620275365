//! Narrow white between columns. A gap of one em is wide for a gap between words and usual between the columns of
//! newspapers and gazettes: it is a gutter where white runs down many rows at one place, with running text on both of
//! its sides. White of tables and of lists of names stands beside more of its kind.

use super::glyph::Glyph;
use crate::import::characters;

/// White that runs down some rows.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Gutter {
    /// The baselines of the first and the last of these rows.
    top: f32,
    bottom: f32,
    /// Where the white ends.
    right: f32,
}

/// How many rows a gutter runs down at least.
const LEAST_ROWS: usize = 6;
/// The narrowest gutter, in ems; it is wider by half than the usual gap between the words beside it.
const NARROWEST: f32 = 0.6;
const WIDER_THAN_GAPS: f32 = 1.5;
/// What is narrower than this between letters parts nothing, in ems.
const LETTERS: f32 = 0.12;
/// So much white lies in a gutter at least where no mark hangs into it, in ems.
pub(super) const LEAST_WHITE: f32 = 0.02;
/// How wide the text is on either side at least, and how far apart gutters are, in ems.
const LEAST_WIDTH: f32 = 10.0;
/// A full row ends so near the edge of its side, in parts of the side's width or in ems, whichever is more: cells of
/// tables seldom end at one place.
const FULL: f32 = 0.07;
const FULL_EMS: f32 = 1.1;
/// So much of its side it takes at least: first lines and items are set in.
const SET_IN: f32 = 0.6;
/// How far rows may stand apart beside one gutter, in ems.
const FARTHEST: f32 = 10.0;
/// Of how many rows a sheet of text consists at most; how many gaps a row of text has, how many stretches of white
/// are followed at once, how many of them are long, and how many gutters a page has.
const MOST_ROWS: usize = 1_500;
const MOST_GAPS: usize = 60;
const MOST_RUNS: usize = 64;
const MOST_LONG: usize = 400;
const MOST_GUTTERS: usize = 60;

impl Gutter {
    /// Whether it lies between two glyphs that follow each other in a row.
    pub(super) fn lies_between(&self, before: &Glyph, after: &Glyph) -> bool {
        let within = self.top - 0.1 <= after.line() && after.line() <= self.bottom + 0.1;
        within && before.x < self.right - 0.3 && after.x >= self.right - 0.3
    }
}

/// The gutters beside `rows`, which go from top to bottom and each from left to right.
pub(super) fn find(rows: &[Vec<Glyph>]) -> Vec<Gutter> {
    if rows.len() < LEAST_ROWS || rows.len() > MOST_ROWS {
        return Vec::new();
    }
    let seen: Vec<Seen> = rows.iter().filter_map(|row| Seen::of(row)).collect();
    let long = runs(&seen);
    if long.len() > MOST_LONG {
        return Vec::new();
    }
    let alone = |run: &&Run| !long.iter().any(|other| run.crowds(other, &seen));
    let gutters = long.iter().filter(alone).filter(|run| run.is_gutter(&seen));
    gutters.filter_map(|run| run.gutter(&seen)).take(MOST_GUTTERS).collect()
}

/// Where the letters of a glyph end: a mark may hang out of its line.
fn solid_end(glyph: &Glyph) -> f32 {
    glyph.x + if hangs(glyph) { 0.0 } else { glyph.width }
}

/// Whether a glyph is a mark that may hang out of its column: no white need be left behind it.
pub(super) fn hangs(glyph: &Glyph) -> bool {
    glyph.text.chars().next_back().is_some_and(characters::hangs)
}

/// A row as its white says.
struct Seen {
    baseline: f32,
    /// The size of its letters.
    em: f32,
    /// Where its letters stand, and where these end.
    letters: Vec<(f32, f32)>,
    whites: Vec<White>,
    /// The usual width of the gaps between its words, in ems.
    usual: Option<f32>,
}

/// White between two glyphs of a row.
#[derive(Clone, Copy)]
struct White {
    left: f32,
    right: f32,
    /// Whether the file draws a blank there.
    blank: bool,
}

impl Seen {
    fn of(row: &[Glyph]) -> Option<Self> {
        let first = row.iter().find(|glyph| !glyph.is_blank())?;
        let (em, baseline) = (first.size.max(0.1), first.line());
        let mut own = Self { baseline, em, letters: Vec::new(), whites: Vec::new(), usual: None };
        let (mut gaps, mut blank, mut before) = (Vec::new(), false, None::<&Glyph>);
        for glyph in row {
            if glyph.is_blank() {
                blank = true;
                continue;
            }
            if let Some(before) = before {
                let gap = (glyph.x - before.x - before.width) / em;
                let white = White { left: solid_end(before), right: glyph.x, blank };
                // A mark that hangs out leaves some white after it. In listings letters stand below each other.
                let is_listing = before.look.fixed && glyph.look.fixed;
                if gap > LETTERS / 2.0 && !is_listing && white.right - white.left >= em * NARROWEST {
                    own.whites.push(white);
                }
                if gap > LETTERS {
                    gaps.push(gap);
                }
            }
            own.letters.push((glyph.x, solid_end(glyph)));
            (before, blank) = (Some(glyph), false);
        }
        if own.whites.len() > MOST_GAPS {
            own.whites.clear();
        }
        gaps.sort_by(f32::total_cmp);
        own.usual = gaps.get(gaps.len() / 2).copied();
        Some(own)
    }

    fn start(&self) -> f32 {
        self.letters.first().map_or(0.0, |(start, _)| *start)
    }

    /// Whether no letter stands between two places; marks may hang there.
    fn is_free(&self, left: f32, right: f32) -> bool {
        let slack = self.em * LETTERS;
        self.letters.iter().all(|(start, end)| *end <= left + slack || *start >= right - slack)
    }

    fn end(&self) -> f32 {
        self.letters.iter().map(|(_, end)| *end).fold(f32::MIN, f32::max)
    }
}

/// White that runs down so far.
#[derive(Clone, Copy)]
struct Run {
    left: f32,
    right: f32,
    /// The first and the last row that has it.
    first: usize,
    last: usize,
    /// How many rows have it, and how many of them with a blank drawn in it.
    count: usize,
    blanks: usize,
}

/// The stretches of white that run down many rows.
fn runs(rows: &[Seen]) -> Vec<Run> {
    let (mut open, mut long): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
    for (index, row) in rows.iter().enumerate() {
        let before = std::mem::take(&mut open);
        for run in before {
            match run.down(index, row, rows) {
                Some(run) => open.push(run),
                None => long.extend(run.long()),
            }
        }
        for white in &row.whites {
            let is_known = |run: &Run| (run.left - white.left).abs() + (run.right - white.right).abs() < 0.2;
            if open.len() < MOST_RUNS && !open.iter().any(is_known) {
                let White { left, right, blank } = *white;
                let blanks = usize::from(blank);
                open.push(Run { left, right, first: index, last: index, count: 1, blanks });
            }
        }
    }
    long.extend(open.into_iter().filter_map(Run::long));
    long
}

impl Run {
    /// The same with the next row; `None` where text crosses it.
    fn down(self, index: usize, row: &Seen, rows: &[Seen]) -> Option<Self> {
        let least = row.em * NARROWEST;
        let is_far = rows.get(self.last).is_none_or(|last| row.baseline - last.baseline > row.em * FARTHEST);
        if is_far {
            return None;
        }
        if row.end() <= self.right - least {
            return Some(Self { left: self.left.max(row.end()), ..self });
        }
        if row.start() >= self.left + least {
            return Some(Self { right: self.right.min(row.start()), ..self });
        }
        let shared = |white: &White| (self.left.max(white.left), self.right.min(white.right));
        let white = row.whites.iter().find(|white| {
            let (left, right) = shared(white);
            right - left >= least
        });
        let Some(white) = white else {
            // A mark that hangs into a narrow gutter leaves none of it white.
            return (row.is_free(self.left, self.right)).then_some(self);
        };
        let (left, right) = shared(white);
        let (count, blanks) = (self.count + 1, self.blanks + usize::from(white.blank));
        Some(Self { left, right, last: index, count, blanks, ..self })
    }

    /// Itself, where it runs down many rows, and is not for the most part drawn as blanks.
    fn long(self) -> Option<Self> {
        (self.count >= LEAST_ROWS && self.blanks * 2 < self.count).then_some(self)
    }

    /// Whether another run stands so near beside it that no column finds room between the two.
    fn crowds(&self, other: &Self, rows: &[Seen]) -> bool {
        let em = rows.get(self.first).map_or(0.0, |row| row.em);
        let beside = self.right <= other.left || other.right <= self.left;
        let apart = (other.left - self.right).max(self.left - other.right);
        // Beside the gutter of a whole page, some words may stand below each other by chance.
        let weighs = other.count * 3 >= self.count;
        beside
            && weighs
            && apart < em * (LEAST_WIDTH - 1.0)
            && self.first <= other.last
            && other.first <= self.last
    }

    /// Whether it is wider than the gaps beside it, and running text stands on both of its sides.
    fn is_gutter(&self, rows: &[Seen]) -> bool {
        let rows = rows.get(self.first..=self.last).unwrap_or_default();
        let Some(em) = rows.first().map(|row| row.em) else { return false };
        let mut gaps: Vec<f32> = rows.iter().filter_map(|row| row.usual).collect();
        gaps.sort_by(f32::total_cmp);
        // A row whose only gap is the gutter says nothing of its words.
        let usual = if gaps.len() * 2 > rows.len() { gaps.get(gaps.len() / 4).copied() } else { None };
        let width = (self.right - self.left) / em;
        let stands_out = usual.is_none_or(|usual| usual > 0.9 || width >= usual * WIDER_THAN_GAPS);
        stands_out && self.is_running_text(rows, true) && self.is_running_text(rows, false)
    }

    /// Whether many of the rows reach the edge of one side: of a paragraph of two lines one does, or none.
    fn is_running_text(&self, rows: &[Seen], is_left: bool) -> bool {
        let on_it = |letter: &&(f32, f32)| (letter.0 < self.right - 0.3) == is_left;
        let reach = |row: &Seen| {
            let letters = || row.letters.iter().filter(on_it);
            let start = letters().map(|letter| letter.0).reduce(f32::min)?;
            Some((start, letters().map(|letter| letter.1).fold(start, f32::max)))
        };
        let reaches: Vec<(f32, f32)> = rows.iter().filter_map(reach).collect();
        let start = reaches.iter().map(|reach| reach.0).fold(f32::MAX, f32::min);
        let end = reaches.iter().map(|reach| reach.1).fold(f32::MIN, f32::max);
        let em = rows.first().map_or(1.0, |row| row.em);
        let full_end = end - ((end - start) * FULL).max(em * FULL_EMS);
        let is_full =
            |reach: &&(f32, f32)| reach.1 >= full_end && reach.1 - reach.0 >= (end - start) * SET_IN;
        let full = reaches.iter().filter(is_full).count();
        full * 5 >= reaches.len() * 2 && end - start >= em * LEAST_WIDTH
    }

    fn gutter(&self, rows: &[Seen]) -> Option<Gutter> {
        let [top, bottom] = [rows.get(self.first)?.baseline, rows.get(self.last)?.baseline];
        Some(Gutter { top, bottom, right: self.right })
    }
}
