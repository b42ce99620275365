//! Signs that stand above or below their line: exponents, the numbers of formulas, marks of notes. Which line is
//! theirs, and how a text without markup says them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::columns::Line;
use super::draft::DraftLine;
use super::furniture::{LinedPage, Role};
use super::glyph::Glyph;
use super::marks;
use super::rows::Piece;
use crate::import::raised::Shift;

/// What part of the size of a letter a sign beside it has at least, and less than what. A smaller one stands beside an
/// initial.
const SMALLEST: f32 = 0.45;
const SMALL: f32 = 0.82;
/// So many signs beside a letter are a text of their own.
const MOST: usize = 10;
/// How far a sign stands off the line of the letter before it at most, in ems of that.
const FARTHEST: f32 = 0.55;
/// How far it stands above or below that line at least; there are rounded places.
const RAISED: f32 = 0.15;
const LOWERED: f32 = 0.05;

// ---- Glyphs ---------------------------------------------------------------------------------------------

/// A letter that signs may stand beside, with those that were found.
#[derive(Clone, Copy)]
struct Letter {
    size: f32,
    /// The height of its baseline.
    line: f32,
    /// Where it ends, and where the last of its signs does.
    end: f32,
    signs_end: f32,
    /// How many signs there are, and the index of the first.
    signs: usize,
    first: usize,
}

/// Tells of glyphs in the order in which they were drawn which are signs beside a letter, and how far off its line.
pub(super) fn settle(glyphs: &mut [Glyph]) {
    let mut letter: Option<Letter> = None;
    for index in 0..glyphs.len() {
        let Some(glyph) = glyphs.get_mut(index) else { return };
        let beside = letter.filter(|letter| letter.has_beside(glyph));
        glyph.shift = beside.map_or(0.0, |letter| letter.shift_of(glyph));
        if glyph.is_blank() {
            continue;
        }
        letter = Some(beside.map_or_else(|| Letter::of(glyph), |letter| letter.with(index, glyph)));
        if let Some(Letter { signs: MOST.., first, .. }) = letter {
            // So many are a text of their own.
            let signs = glyphs.get_mut(first..=index).unwrap_or_default();
            for sign in signs.iter_mut() {
                sign.shift = 0.0;
            }
            letter = signs.last().map(Letter::of);
        }
    }
}

impl Letter {
    fn of(glyph: &Glyph) -> Self {
        let end = glyph.x + glyph.width;
        Self { size: glyph.size, line: glyph.y, end, signs_end: end, signs: 0, first: 0 }
    }

    /// The same with one more sign, of this index.
    fn with(self, index: usize, sign: &Glyph) -> Self {
        let signs_end = self.signs_end.max(sign.x + sign.width);
        let first = if self.signs == 0 { index } else { self.first };
        Self { signs_end, signs: self.signs + 1, first, ..self }
    }

    /// Whether a glyph stands as a sign of this letter would.
    fn has_beside(&self, glyph: &Glyph) -> bool {
        let (size, from, to) = (self.size, self.end - self.size * 0.25, self.signs_end + self.size * 0.35);
        (size * SMALLEST..size * SMALL).contains(&glyph.size)
            && (from..to).contains(&glyph.x)
            && (glyph.y - self.line).abs() <= size * FARTHEST
    }

    /// How far below the line a glyph beside it stands; nothing where it only seems to.
    fn shift_of(&self, glyph: &Glyph) -> f32 {
        let below = glyph.y - self.line;
        if below.abs() > self.size * LOWERED { below } else { 0.0 }
    }
}

/// How a glyph stands to the line of letters of a size.
pub(super) fn shift_of(glyph: &Glyph, line: f32, size: f32) -> Option<Shift> {
    let above = (line - glyph.y) / size.max(0.1);
    if glyph.size >= size * SMALL {
        None
    } else if above > RAISED {
        Some(Shift::Raised)
    } else {
        (above < -LOWERED).then_some(Shift::Lowered)
    }
}

// ---- Text -----------------------------------------------------------------------------------------------

/// The marks of the notes at the foot of a page.
#[derive(Debug, Default)]
pub(super) struct Marks {
    notes: BTreeSet<String>,
    /// Those that stand raised in the text where no exponent does: not behind a figure or a Latin letter.
    free: BTreeSet<String>,
}

impl Marks {
    pub(super) fn of(page: &LinedPage) -> Self {
        let of_role = |wanted: Role| page.lines.iter().filter(move |(_, role)| *role == wanted);
        let note = |line: &Line| {
            let piece = line.pieces.first()?;
            let mark = marks::of_note(&piece.text, &piece.raised)?;
            Some(marks::letters(piece.text.get(..mark.end)?))
        };
        let notes: BTreeSet<String> = of_role(Role::NoteStart).filter_map(|(line, _)| note(line)).collect();
        let said = |piece: &Piece| -> Vec<String> {
            let places = piece.raised.iter().filter(|place| !follows_figure(&piece.text, place.start));
            places.filter_map(|place| Some(marks::letters(piece.text.get(place.clone())?))).collect()
        };
        let pieces = of_role(Role::Body).flat_map(|(line, _)| &line.pieces);
        let free = if notes.is_empty() { BTreeSet::new() } else { pieces.flat_map(said).collect() };
        Self { notes, free }
    }

    /// Whether what stands raised in `text` is the mark of a note: 2 in 10² is none where a 2 stands elsewhere too.
    fn hold(&self, text: &str, place: &Range<usize>) -> bool {
        let letters = marks::letters(text.get(place.clone()).unwrap_or_default());
        self.notes.contains(&letters) && !(self.free.contains(&letters) && follows_figure(text, place.start))
    }
}

fn follows_figure(text: &str, place: usize) -> bool {
    let before = text.get(..place).and_then(|before| before.chars().next_back());
    before.is_some_and(|before| before.is_ascii_alphanumeric())
}

impl DraftLine {
    /// Says what stands above or below the line by characters of their own, where there are such. Marks of notes stay
    /// as they are, and so does the one that a note begins with.
    pub(super) fn show_signs(&mut self, lowered: Vec<Range<usize>>, marks: &Marks, begins_note: bool) {
        let (kept, raised): (Vec<_>, Vec<_>) = std::mem::take(&mut self.raised)
            .into_iter()
            .partition(|place| begins_note && place.start == 0 || marks.hold(&self.text, place));
        self.raised = kept;
        let mut signs: Vec<(Range<usize>, Shift)> =
            raised.into_iter().map(|place| (place, Shift::Raised)).collect();
        signs.extend(lowered.into_iter().map(|place| (place, Shift::Lowered)));
        signs.sort_by_key(|(place, _)| place.start);
        let shown = |(place, shift): (Range<usize>, Shift)| {
            let words = shift.shown(self.text.get(place.clone())?)?;
            Some((place, words))
        };
        let changes: Vec<_> = signs.into_iter().filter_map(shown).collect();
        self.signs = self.replace(&changes);
    }
}
