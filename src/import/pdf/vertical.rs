//! Vertical writing that a file does not call so: programs that set every glyph upright and by itself below the one
//! before, and figures and short words that stand upright in a vertical line.

use super::glyph::{Glyph, Look, Turn};
use super::ruby;
use crate::import::characters;

/// So many pairs of glyphs must stand below each other.
const LEAST: usize = 8;
/// How far below another a glyph stands that goes on its column, in ems.
const NEAREST: f32 = 0.7;
const FARTHEST: f32 = 1.8;
/// How far off the middle of its column one stands, in ems.
const ASIDE: f32 = 0.2;
/// What stands upright in a vertical line has so many glyphs, and is so wide, in ems of the line.
const MOST_UPRIGHT: usize = 4;
const WIDEST: f32 = 1.35;
/// How far the baseline of an upright glyph lies below its upper edge, in ems.
const BASELINE: f32 = 0.88;

/// Turns glyphs, in the order in which they were drawn, to the direction in which they are read.
pub(super) fn settle(glyphs: &mut [Glyph]) {
    turn_columns(glyphs);
    turn_upright_words(glyphs);
}

fn is_upright(glyph: &Glyph) -> bool {
    glyph.turn == Turn::Right && !glyph.is_blank()
}

fn is_full_cell(glyph: &Glyph) -> bool {
    glyph.text.chars().all(characters::is_wide)
}

/// The middle of its column, where a glyph is one of a column.
fn middle(glyph: &Glyph) -> f32 {
    if glyph.look.vertical { glyph.x } else { glyph.x + glyph.width / 2.0 }
}

// ---- Columns --------------------------------------------------------------------------------------------

/// Turns upright glyphs that stand below each other, where more do than stand beside each other.
fn turn_columns(glyphs: &mut [Glyph]) {
    let upright: Vec<usize> =
        (0..glyphs.len()).filter(|&at| glyphs.get(at).is_some_and(is_upright)).collect();
    let steps: Vec<Step> = upright.windows(2).map(|pair| step_of(glyphs, pair)).collect();
    // Letters of zhuyin stand below each other in a horizontal text too.
    let is_text = |at: &usize| glyphs.get(*at).is_some_and(|glyph| !ruby::is_zhuyin(glyph));
    let of_text = upright.windows(2).zip(&steps).filter(|(pair, _)| pair.iter().all(is_text));
    let count = |wanted: Step| of_text.clone().filter(|(_, step)| **step == wanted).count();
    if count(Step::Down) < LEAST.max(count(Step::Along)) {
        return;
    }
    let before = std::iter::once(&Step::Away).chain(&steps);
    let after = steps.iter().chain(std::iter::once(&Step::Away));
    for ((&at, before), after) in upright.iter().zip(before).zip(after) {
        let is_beside = *before == Step::Along || *after == Step::Along;
        if let Some(glyph) = glyphs.get_mut(at).filter(|glyph| !is_beside && is_full_cell(glyph)) {
            let along = glyph.size;
            set_down(glyph, (middle(glyph), glyph.y - glyph.size * BASELINE), along);
        }
    }
}

/// Where a glyph stands, seen from the one that was drawn before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    Down,
    Along,
    Away,
}

fn step_of(glyphs: &[Glyph], pair: &[usize]) -> Step {
    let glyph = |at: Option<&usize>| glyphs.get(*at?);
    let (Some(before), Some(after)) = (glyph(pair.first()), glyph(pair.last())) else { return Step::Away };
    let em = before.size.max(after.size).max(0.1);
    let (down, aside) = ((after.y - before.y) / em, (middle(after) - middle(before)) / em);
    let apart = (after.x - before.x - before.width) / em;
    if aside.abs() <= ASIDE && (NEAREST..FARTHEST).contains(&down) {
        Step::Down
    } else if down.abs() < NEAREST && apart.abs() < FARTHEST {
        Step::Along
    } else {
        Step::Away
    }
}

/// Makes a glyph one of a column, from a place in its middle down.
fn set_down(glyph: &mut Glyph, (x, y): (f32, f32), along: f32) {
    (glyph.x, glyph.y, glyph.width, glyph.turn) = (x, y, along, Turn::Down);
    glyph.look = Look { vertical: true, ..glyph.look };
}

// ---- Words within columns -------------------------------------------------------------------------------

/// Turns figures and short words that stand upright between the glyphs of a column.
fn turn_upright_words(glyphs: &mut [Glyph]) {
    let has_columns = glyphs.iter().any(|glyph| glyph.look.vertical && glyph.turn == Turn::Down);
    if !has_columns {
        return;
    }
    let mut begin = 0;
    while begin < glyphs.len() {
        let word = word_from(glyphs, begin);
        let end = begin + word.max(1);
        if (1..=MOST_UPRIGHT).contains(&word) {
            let (before, rest) = glyphs.split_at_mut(begin);
            let (word, after) = rest.split_at_mut(word);
            let beside = [before.last(), after.first()];
            if let Some(column) = beside.into_iter().flatten().find(|beside| is_of_column(word, beside)) {
                set_word(word, column.x, column.size);
            }
        }
        begin = end;
    }
}

/// How many glyphs from one on stand upright beside each other.
fn word_from(glyphs: &[Glyph], begin: usize) -> usize {
    let from = glyphs.get(begin..).unwrap_or_default();
    let is_beside = |at: &usize| {
        let pair = [at.saturating_sub(1), *at];
        *at == 0 || step_of(from, &pair) == Step::Along
    };
    let is_of_word = |at: &usize| from.get(*at).is_some_and(is_upright) && is_beside(at);
    (0..from.len()).take_while(is_of_word).count()
}

/// Whether a word stands in the column of a glyph, just before it or behind.
fn is_of_column(word: &[Glyph], column: &Glyph) -> bool {
    let (Some(first), Some(last)) = (word.first(), word.last()) else { return false };
    let (em, width) = (column.size.max(0.1), last.x + last.width - first.x);
    let aside = (first.x + width / 2.0 - column.x) / em;
    let down = (first.y - first.size * 0.4 - column.y) / em;
    // Seen from the upper edge of a glyph, the middle of the one behind it lies one and a half ems below.
    let is_near = (-1.2..FARTHEST + 0.5).contains(&down);
    let is_in_column = column.look.vertical && column.turn == Turn::Down;
    is_in_column && is_near && aside.abs() <= ASIDE * 1.5 && width <= em * WIDEST && first.size <= em * 1.1
}

/// Sets the glyphs of a word behind each other along a column whose middle is at `x`.
fn set_word(word: &mut [Glyph], x: f32, em: f32) {
    let top = word.first().map_or(0.0, |first| first.y - first.size * BASELINE);
    let count = f32::from(u8::try_from(word.len()).unwrap_or(u8::MAX)).max(1.0);
    for (place, glyph) in (0_u8..).zip(word) {
        set_down(glyph, (x, top + em * f32::from(place) / count), em / count);
        glyph.size = em;
    }
}
