//! Notes on texts that change, and where each must be found again.
//!
//! - [`texts`]: what the notes are made on: ordinary and repetitive prose, statutes whose clauses are alike, tables.
//! - [`wear`]: what happens to a text, as one finds it years later.
//! - [`truth`]: where the words of a note are now, and what an answer is worth.

use std::sync::Arc;

use duidu::document::Document;
use duidu::notes::Anchor;
use duidu::text::{Converters, Span};

use super::dice::Dice;
use super::manuscript::Manuscript;
use super::writer::Writer;
use texts::Text;
use truth::{Laid, Sources};
use wear::Wear;

pub(crate) mod texts;
pub(crate) mod truth;
pub(crate) mod wear;

/// A note on a text, and of which characters of it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The note's anchor.
    pub(crate) anchor: Anchor,
    /// The characters that it quotes.
    pub(crate) sources: Sources,
}

/// A text before and after a change, and notes on it.
pub(crate) struct Trial {
    /// The text as it was.
    pub(crate) before: Arc<Document>,
    /// The text as it is now.
    pub(crate) now: Arc<Document>,
    /// Where the characters are now.
    pub(crate) laid: Laid,
    /// The notes.
    pub(crate) cases: Vec<Case>,
}

impl Trial {
    /// A text of that kind, what became of it, and so many notes made before.
    pub(crate) fn new(text: &Text, wear: &Wear, seed: u64, count: usize, converters: &Converters) -> Self {
        let mut writer = Writer::new(seed);
        let mut before = (text.write)(&mut writer);
        number_all(&mut before);
        let mut now = before.clone();
        (wear.change)(&mut writer, converters, &mut now);
        let (document, laid) = (before.document(), Laid::of(&before));
        let mut dice = writer.dice.clone();
        let cases = (0..count).map(|_| case(&document, &laid, wear, &mut dice)).collect();
        Self { before: document, now: now.document(), laid: Laid::of(&now), cases }
    }
}

/// Gives every character a number of its own, those of the numbers of headings too.
fn number_all(manuscript: &mut Manuscript) {
    let glyphs = manuscript.pieces.iter_mut().flat_map(|piece| &mut piece.glyphs);
    for (number, glyph) in (0..).zip(glyphs) {
        glyph.source = Some(number);
    }
}

/// The longest quotation, in characters.
pub(crate) const LONGEST: usize = 200;

/// A note on from 2 to [`LONGEST`] characters, short ones as often as long ones; one in ten is a bookmark.
fn case(document: &Document, laid: &Laid, wear: &Wear, dice: &mut Dice) -> Case {
    let (first, end) = loop {
        let length = if dice.below(10) == 0 { 0 } else { length(dice) };
        let first = dice.below(laid.glyphs.len());
        let end = (first + length).min(laid.glyphs.len());
        let in_one_piece = laid.glyphs[first].piece == laid.glyphs[end.max(first + 1) - 1].piece;
        if (in_one_piece || wear.keeps_order) && (length == 0 || end - first > 1) {
            break (first, end);
        }
    };
    let start = laid.glyphs[first].span.start();
    let span = if first == end { Span::at(start) } else { Span::new(start, laid.glyphs[end - 1].span.end()) };
    Case { anchor: Anchor::of(document, span), sources: Sources::new(laid, first..end) }
}

fn length(dice: &mut Dice) -> usize {
    const DOUBLINGS: [usize; 8] = [2, 3, 6, 12, 25, 50, 100, LONGEST];
    let least = dice.below(DOUBLINGS.len() - 1);
    DOUBLINGS[least] + dice.below(DOUBLINGS[least + 1] - DOUBLINGS[least] + 1)
}
