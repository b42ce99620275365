//! Glyphs to rows, and rows to pieces: stretches of text without a wide gap.
//!
//! The order in which a file draws its glyphs says little (some programs draw the marks of a line after its
//! words); glyphs of one baseline are sorted along it.

use std::ops::Range;
use std::rc::Rc;

use super::glyph::{DrawnPage, Glyph, Look, Rule, Standing, Turn};
use super::gutters::{self, Gutter};
use super::narrow::{self, White};
use super::tags::Tag;
use super::{boxes, contents, leaders, ruby, signs, tables, tagged, vertical};
use crate::import::characters;
use crate::import::raised::Shift;
use crate::import::tally::Tally;

/// A stretch of one row without a wide gap.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Piece {
    /// What it says.
    pub(super) text: String,
    /// Where it begins and ends, in points.
    pub(super) left: f32,
    pub(super) right: f32,
    /// The height of its baseline.
    pub(super) baseline: f32,
    /// The size of most of its glyphs.
    pub(super) size: f32,
    /// Whether most of it is bold, or of one width.
    pub(super) bold: bool,
    pub(super) fixed: bool,
    /// The font of most of it, counted through the file.
    pub(super) face: u16,
    /// Whether most of it belongs to the text.
    pub(super) standing: Standing,
    /// Where it belongs by the tags of the file.
    pub(super) tag: Option<Tag>,
    /// Whether it is a row of a table, its cells parted by tabulators.
    pub(super) row: bool,
    /// What stands raised and small in it, in bytes of `text`: marks of notes, exponents.
    pub(super) raised: Vec<Range<usize>>,
    /// What stands lowered and small in it: the numbers of formulas.
    pub(super) lowered: Vec<Range<usize>>,
    /// What of it has readings above or beside it, in bytes of `text`, and what these say.
    pub(super) readings: Vec<Reading>,
    /// The whites in it that may part cells, from left to right.
    pub(super) whites: Vec<White>,
    /// What of `text` lies under links, in bytes, and their numbers.
    pub(super) links: Vec<LinkedRange>,
    /// What of `text` lies under remarks, in bytes, and the numbers of the sets of these.
    pub(super) remarks: Vec<LinkedRange>,
}

/// A stretch of text, in bytes, and how it is read.
pub(super) type Reading = (Range<usize>, String);

/// A stretch of text, in bytes, and the number of what lies over it.
pub(super) type LinkedRange = (Range<usize>, u32);

impl Piece {
    /// Adds the text of another one.
    pub(super) fn append(&mut self, other: &Piece) {
        let start = self.text.len();
        self.text.push_str(&other.text);
        let later = |place: &Range<usize>| place.start + start..place.end + start;
        self.raised.extend(other.raised.iter().map(later));
        self.lowered.extend(other.lowered.iter().map(later));
        self.readings.extend(other.readings.iter().map(|(place, says)| (later(place), says.clone())));
        self.links.extend(moved(&other.links, start));
        self.remarks.extend(moved(&other.remarks, start));
    }

    /// The same piece without anything that depends on its text.
    pub(super) fn without_text(&self) -> Piece {
        let (raised, lowered, readings) = (Vec::new(), Vec::new(), Vec::new());
        let (whites, links, remarks) = (Vec::new(), Vec::new(), Vec::new());
        Piece { text: String::new(), raised, lowered, readings, whites, links, remarks, ..self.clone() }
    }

    /// The upper edge of its letters.
    pub(super) fn top(&self) -> f32 {
        self.baseline - self.size * 0.85
    }

    /// The lower edge of its letters.
    pub(super) fn bottom(&self) -> f32 {
        self.baseline + self.size * 0.2
    }

    /// Where its letters end: a mark at its end may hang out of its column.
    pub(super) fn solid_right(&self) -> f32 {
        let hangs = self.text.chars().next_back().is_some_and(characters::hangs);
        if hangs { (self.right - self.size).max(self.left) } else { self.right }
    }

    /// Between which edges it stands, in tenths of a point: the rows of a table agree in that.
    fn frame(&self) -> (u32, u32) {
        (tenths(self.left), tenths(self.right))
    }
}

/// What a page shows in one direction, turned so that its lines run to the right.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Sheet {
    /// Its width, in points.
    pub(super) width: f32,
    /// Its height, in points.
    pub(super) height: f32,
    /// What stands on it.
    pub(super) pieces: Vec<Piece>,
    /// What may be drawn around some of that.
    pub(super) frames: Vec<Rule>,
}

/// The sheets of a page: what runs in the direction of most of its glyphs, and what runs otherwise.
pub(super) fn sheets(page: DrawnPage) -> (Sheet, Vec<(Turn, Sheet)>) {
    let DrawnPage { width, height, mut glyphs, rules, grounds, tagged: is_tagged, .. } = page;
    vertical::settle(&mut glyphs);
    let count = |turn: Turn| glyphs.iter().filter(|glyph| glyph.turn == turn && !glyph.is_blank()).count();
    let turns = [Turn::Right, Turn::Down, Turn::Left, Turn::Up, Turn::Slanting];
    let main = turns.into_iter().rev().max_by_key(|&turn| count(turn)).unwrap_or_default();
    let spacing = Spacing::of(&glyphs);
    let mut parts: Vec<(Turn, Vec<Glyph>)> = turns.iter().map(|&turn| (turn, Vec::new())).collect();
    for glyph in glyphs {
        if let Some((_, part)) = parts.iter_mut().find(|(turn, _)| *turn == glyph.turn) {
            part.push(glyph);
        }
    }
    parts.sort_by_key(|(turn, _)| *turn != main);
    let mut sheets = parts.into_iter().filter(|(_, part)| !part.is_empty()).map(|(turn, mut part)| {
        let tagged = if is_tagged { tagged::take(&mut part) } else { Vec::new() };
        let rows = if turn == Turn::Right { tables::take(&rules, &mut part, spacing) } else { Vec::new() };
        let (_, _, tagged) = turned(turn, width, height, tagged);
        let upright = turn == Turn::Right;
        let frames = if upright { boxes::frames(&rules, &grounds, (width, height)) } else { Vec::new() };
        let (width, height, glyphs) = turned(turn, width, height, part);
        let mut pieces = pieces(glyphs, spacing);
        pieces.extend(rows);
        pieces.extend(tagged::pieces(tagged, spacing));
        hide_outside(&mut pieces, width, height);
        (turn, Sheet { width, height, pieces, frames })
    });
    let first = sheets.next().map_or(Sheet { width, height, ..Sheet::default() }, |(_, sheet)| sheet);
    (first, sheets.collect())
}

/// Hides what stands where the page is not shown, but for tables of which a part is: their maker set them too long.
fn hide_outside(pieces: &mut [Piece], width: f32, height: f32) {
    let shown = pieces.iter().filter(|piece| piece.row && !lies_outside(piece, width, height));
    let tables: Vec<(u32, u32)> = shown.map(Piece::frame).collect();
    for piece in pieces.iter_mut().filter(|piece| lies_outside(piece, width, height)) {
        if !(piece.row && tables.contains(&piece.frame())) {
            piece.standing = Standing::Hidden;
        }
    }
}

/// Whether a piece stands where the page is not shown.
fn lies_outside(piece: &Piece, width: f32, height: f32) -> bool {
    piece.right < 0.0 || piece.left > width || piece.bottom() < 0.0 || piece.top() > height
}

/// The glyphs turned so that their lines run to the right, on a sheet turned with them.
fn turned(turn: Turn, width: f32, height: f32, mut glyphs: Vec<Glyph>) -> (f32, f32, Vec<Glyph>) {
    for glyph in &mut glyphs {
        (glyph.x, glyph.y) = match turn {
            Turn::Right | Turn::Slanting => (glyph.x, glyph.y),
            Turn::Down => (glyph.y, width - glyph.x),
            Turn::Left => (width - glyph.x, height - glyph.y),
            Turn::Up => (height - glyph.y, glyph.x),
        };
        if glyph.look.vertical {
            // Its place is in the middle of the column; baselines lie below the middle.
            glyph.y += glyph.size * 0.38;
        }
    }
    match turn {
        Turn::Right | Turn::Slanting | Turn::Left => (width, height, glyphs),
        Turn::Down | Turn::Up => (height, width, glyphs),
    }
}

// ---- Rows -----------------------------------------------------------------------------------------------

/// The pieces of a sheet, row by row.
pub(super) fn pieces(mut glyphs: Vec<Glyph>, spacing: Spacing) -> Vec<Piece> {
    ruby::settle(&mut glyphs);
    signs::settle(&mut glyphs);
    let rows = in_rows(glyphs);
    let gutters = gutters::find(&rows);
    let mut pieces = Vec::new();
    for row in rows {
        finish_row(row, (spacing, &gutters), &mut pieces);
    }
    pieces
}

/// The glyphs row by row, from top to bottom and each from left to right.
fn in_rows(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|left, right| left.line().total_cmp(&right.line()).then(left.x.total_cmp(&right.x)));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    let mut base: Option<(f32, f32)> = None;
    for glyph in glyphs {
        let place = (glyph.line(), glyph.size);
        match base {
            Some(known) if shares_row(known, place) => {
                base = Some(if place.1 > known.1 { place } else { known });
            }
            _ => {
                rows.push(Vec::new());
                base = Some(place);
            }
        }
        rows.last_mut().map(|row| row.push(glyph)).unwrap_or_default();
    }
    for row in &mut rows {
        row.sort_by(|left, right| left.x.total_cmp(&right.x));
        without_doubles(row);
        leaders::draw_back(row);
    }
    rows
}

/// Whether a glyph stands on the row of others: on the same baseline, or small and a little off it. Both as
/// (baseline, size); `next` does not lie higher.
fn shares_row(row: (f32, f32), next: (f32, f32)) -> bool {
    let apart = next.0 - row.0;
    let (smaller, larger) = (row.1.min(next.1), row.1.max(next.1));
    let is_raised = row.1 < next.1 * 0.8;
    apart <= if is_raised { larger * 0.55 } else { smaller.max(larger * 0.7) * 0.3 }
}

fn finish_row(row: Vec<Glyph>, (spacing, gutters): (Spacing, &[Gutter]), pieces: &mut Vec<Piece>) {
    let mut piece: Vec<(Glyph, Gap)> = Vec::new();
    let mut blank: Option<Rc<str>> = None;
    let mut end: Option<(f32, f32)> = None;
    for glyph in row {
        if glyph.is_blank() {
            blank = Some(glyph.text);
            continue;
        }
        let gap = Gap::between(end, &glyph, blank.take());
        let is_gutter = |(before, _): &(Glyph, Gap)| {
            (gap.ems > gutters::LEAST_WHITE || gutters::hangs(before))
                && gutters.iter().any(|own| own.lies_between(before, &glyph))
        };
        if !piece.is_empty() && (gap.parts() || piece.last().is_some_and(is_gutter)) {
            pieces.extend(piece_of(&piece, spacing));
            piece.clear();
        }
        end = Some((glyph.x + glyph.width, glyph.size));
        piece.push((glyph, gap));
    }
    pieces.extend(piece_of(&piece, spacing));
}

/// Drops glyphs drawn twice at nearly one place, as is done to make them look bold or to cast a shadow.
fn without_doubles(row: &mut Vec<Glyph>) {
    row.dedup_by(|later, earlier| {
        let near = (earlier.width.max(later.width) * 0.5).min(earlier.size * 0.15);
        later.text == earlier.text && (later.x - earlier.x).abs() < near && (later.y - earlier.y).abs() < near
    });
}

/// What lies between two glyphs of a row.
struct Gap {
    /// Its width, in ems.
    ems: f32,
    /// The blank that the file draws in it.
    blank: Option<Rc<str>>,
}

impl Gap {
    fn between(end: Option<(f32, f32)>, next: &Glyph, blank: Option<Rc<str>>) -> Self {
        let ems = end.map_or(0.0, |(end, size)| (next.x - end) / size.max(next.size).max(0.1));
        Self { ems, blank }
    }

    /// Whether it is so wide that it may lie between two columns or cells.
    fn parts(&self) -> bool {
        self.ems > if self.blank.is_some() { 2.2 } else { 1.2 }
    }

    /// The white between two glyphs, if it may part cells; the empty halves of marks do not, nor what leads the eye.
    fn white(&self, before: &Glyph, after: &Glyph, at: usize) -> Option<White> {
        let is_letter = |glyph: &Glyph| Cell::of(glyph) != Cell::Mark && !contents::is_leader(&glyph.text);
        let are_letters = is_letter(before) && is_letter(after);
        let is_wide = self.ems >= if self.blank.is_some() { 0.65 } else { narrow::NARROWEST };
        let (left, right) = (before.x + before.width, after.x);
        (are_letters && is_wide).then_some(White { left, right, at })
    }

    /// What is written for it between two glyphs.
    fn written(&self, before: &Glyph, after: &Glyph, spacing: Spacing) -> &'static str {
        match &self.blank {
            Some(blank) if blank.contains('\u{3000}') => "\u{3000}",
            // A mark at the end of a full cell often has a blank drawn over its empty half.
            Some(_) if self.ems > 0.05 => " ",
            _ if self.ems > spacing.least(before, after) => " ",
            _ => "",
        }
    }
}

/// Whether a page draws a blank between words; TeX only moves on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Spacing {
    draws_blanks: bool,
}

impl Spacing {
    /// Looks at the gaps between letters, in the order in which they were drawn.
    pub(super) fn of(glyphs: &[Glyph]) -> Self {
        let (mut with, mut without) = (0_usize, 0_usize);
        let mut end: Option<(f32, f32, f32)> = None;
        let mut blank = false;
        for glyph in glyphs {
            if glyph.is_blank() {
                blank = true;
                continue;
            }
            let gap = end.map_or(0.0, |(end, baseline, size)| {
                let same_line = (glyph.y - baseline).abs() < size * 0.1;
                if same_line { (glyph.x - end) / size.max(0.1) } else { 0.0 }
            });
            let narrow = Cell::of(glyph) == Cell::Narrow;
            if narrow && (0.18..0.9).contains(&gap) {
                *(if blank { &mut with } else { &mut without }) += 1;
            }
            end = narrow.then_some((glyph.x + glyph.width, glyph.y, glyph.size));
            blank = false;
        }
        Self { draws_blanks: with >= without }
    }

    /// The narrowest gap that is a space, in ems.
    fn least(self, before: &Glyph, after: &Glyph) -> f32 {
        match (Cell::of(before), Cell::of(after)) {
            (Cell::Mark, _) | (_, Cell::Mark) | (Cell::Wide, Cell::Wide) => 0.9,
            (Cell::Narrow, Cell::Narrow) if self.draws_blanks => 0.2,
            // What TeX sets between Han and Latin may be a space or not; its authors write one.
            _ if !self.draws_blanks => 0.15,
            _ => 0.5,
        }
    }
}

/// What a glyph takes on its line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cell {
    /// A letter, a digit, a bullet.
    Narrow,
    /// A full cell.
    Wide,
    /// A full cell of which a half is empty.
    Mark,
}

impl Cell {
    fn of(glyph: &Glyph) -> Self {
        let character = glyph.text.chars().next().unwrap_or(' ');
        match character {
            '\u{3001}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' => Self::Mark,
            // These belong to Latin writing as well.
            '\u{2000}'..='\u{206f}' if glyph.width > glyph.size * 0.75 => Self::Mark,
            '\u{2000}'..='\u{25ff}' => Self::Narrow,
            wide if characters::is_wide(wide) => Self::Wide,
            _ => Self::Narrow,
        }
    }
}

// ---- Pieces ---------------------------------------------------------------------------------------------

fn piece_of(glyphs: &[(Glyph, Gap)], spacing: Spacing) -> Option<Piece> {
    let (first, _) = glyphs.first()?;
    let right = glyphs.iter().map(|(glyph, _)| glyph.x + glyph.width).fold(first.x, f32::max);
    let main = main_glyph(glyphs)?;
    let mut piece = Piece {
        left: first.x,
        right,
        baseline: main.y,
        size: main.size,
        bold: most(glyphs, |look| look.bold),
        fixed: is_fixed(glyphs),
        face: main.look.face,
        standing: main.look.standing,
        ..Piece::default()
    };
    let mut before: Option<&Glyph> = None;
    // What lies over the glyph before.
    let mut joined = (None, None);
    for (glyph, gap) in glyphs {
        piece.text.push_str(before.map_or("", |before| gap.written(before, glyph, spacing)));
        let start = piece.text.len();
        piece.whites.extend(before.and_then(|before| gap.white(before, glyph, start)));
        piece.text.push_str(&glyph.text);
        match signs::shift_of(glyph, main.y, main.size) {
            Some(Shift::Raised) => add_shifted(&mut piece.raised, start..piece.text.len()),
            Some(Shift::Lowered) => add_shifted(&mut piece.lowered, start..piece.text.len()),
            None => {}
        }
        add_reading(&mut piece.readings, start..piece.text.len(), glyph, before);
        before = Some(glyph);
        let Look { link, remarks, .. } = glyph.look;
        add_laid(&mut piece.links, start..piece.text.len(), link, joined.0);
        add_laid(&mut piece.remarks, start..piece.text.len(), remarks, joined.1);
        joined = (link, remarks);
    }
    if piece.whites.len() * 3 > glyphs.len() {
        // Its letters are spaced.
        piece.whites.clear();
    }
    Some(piece)
}

/// Adds a stretch over which something lies; where it lies over the glyph before too, with the space between them.
fn add_laid(laid: &mut Vec<LinkedRange>, next: Range<usize>, over: Option<u32>, before: Option<u32>) {
    let Some(over) = over else { return };
    match laid.last_mut().filter(|_| before == Some(over)) {
        Some((last, _)) => last.end = next.end,
        None => laid.push((next, over)),
    }
}

/// Adds a letter with a reading. Letters that have one in common are one stretch.
fn add_reading(readings: &mut Vec<Reading>, next: Range<usize>, glyph: &Glyph, before: Option<&Glyph>) {
    let Some(says) = &glyph.reading else { return };
    let is_shared =
        before.and_then(|before| before.reading.as_ref()).is_some_and(|other| Rc::ptr_eq(other, says));
    match readings.last_mut().filter(|_| is_shared) {
        Some((last, _)) => last.end = next.end,
        None => readings.push((next, says.to_string())),
    }
}

/// The same stretches in a text that has so many more bytes before them.
pub(super) fn moved(links: &[LinkedRange], by: usize) -> impl Iterator<Item = LinkedRange> + '_ {
    links.iter().map(move |(place, link)| (place.start + by..place.end + by, *link))
}

/// Adds a stretch above or below the line, and joins it to the one that it goes on.
fn add_shifted(shifted: &mut Vec<Range<usize>>, next: Range<usize>) {
    match shifted.last_mut().filter(|last| last.end == next.start) {
        Some(last) => last.end = next.end,
        None => shifted.push(next),
    }
}

/// The glyph whose size and baseline most of the others share. Signs beside letters count where nothing else does.
fn main_glyph(glyphs: &[(Glyph, Gap)]) -> Option<&Glyph> {
    let mut sizes = Tally::default();
    let are_all_signs = glyphs.iter().all(|(glyph, _)| glyph.is_sign());
    let letters = || glyphs.iter().map(|(glyph, _)| glyph).filter(|glyph| are_all_signs || !glyph.is_sign());
    for glyph in letters() {
        sizes.add(tenths(glyph.size), 1);
    }
    let size = sizes.most()?;
    letters().find(|glyph| tenths(glyph.size) == size)
}

/// A size in tenths of a point.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are positive and small")]
pub(super) fn tenths(size: f32) -> u32 {
    (size * 10.0).round().clamp(0.0, 1e6) as u32
}

/// Whether nearly all of it is set like a listing. Han characters have one width in every font.
fn is_fixed(glyphs: &[(Glyph, Gap)]) -> bool {
    let narrow = glyphs.iter().filter(|(glyph, _)| Cell::of(glyph) == Cell::Narrow).count();
    let fixed = glyphs.iter().filter(|(glyph, _)| glyph.look.fixed).count();
    narrow * 10 >= glyphs.len() * 6 && fixed * 10 >= glyphs.len() * 9
}

fn most(glyphs: &[(Glyph, Gap)], is: impl Fn(&Look) -> bool) -> bool {
    let count = glyphs.iter().filter(|(glyph, _)| is(&glyph.look)).count();
    count * 2 > glyphs.len()
}
