//! Where egui's positions and ours meet: the one file that turns characters of a laid out line into bytes
//! of the text shown, and back.
//!
//! A line is laid out by itself, so that egui counts its characters from 0; a [`Span`] says where the line
//! stands in the text.

use egui::Galley;
use egui::text::CharIndex;

use crate::text::{Span, saturate};

/// The byte of the text at which the character number `character` of the line `line` begins; the line's
/// end for what is past it.
pub fn byte_of_character(text: &str, line: Span, character: CharIndex) -> u32 {
    let on_line = line.of(text).unwrap_or_default();
    let within = on_line.char_indices().nth(character.0).map_or(on_line.len(), |(byte, _)| byte);
    line.start() + saturate(within)
}

/// Which character of the line `line` begins at, or holds, the byte `position` of the text; one past the
/// last for positions behind the line.
pub fn character_of_byte(text: &str, line: Span, position: u32) -> CharIndex {
    let on_line = line.of(text).unwrap_or_default();
    let within = position.saturating_sub(line.start()) as usize;
    let begun = on_line.char_indices().take_while(|(byte, _)| *byte <= within).count();
    let whole = within >= on_line.len();
    CharIndex(if whole { begun } else { begun.saturating_sub(1) })
}

/// How far to the right of the line's beginning the byte `position` of the text is drawn, in points.
pub fn x_of_byte(text: &str, line: Span, galley: &Galley, position: u32) -> f32 {
    let character = character_of_byte(text, line, position);
    galley.rows.first().map_or(0.0, |row| row.pos.x + row.x_offset(character))
}

/// The place between two characters that is nearest to a point `x` to the right of the line's beginning.
pub fn caret_at_x(text: &str, line: Span, galley: &Galley, x: f32) -> u32 {
    let character = galley.rows.first().map_or(CharIndex::ZERO, |row| row.char_at(x - row.pos.x));
    byte_of_character(text, line, character)
}

/// Where the character under a point begins; the last one's beginning for points behind the line.
pub fn character_at_x(text: &str, line: Span, galley: &Galley, x: f32) -> u32 {
    let Some(row) = galley.rows.first() else { return line.start() };
    let under = row.glyphs.iter().rposition(|glyph| row.pos.x + glyph.pos.x <= x);
    byte_of_character(text, line, CharIndex(under.unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On the line of `text` between the first and the last `|`, checks which byte each character is.
    fn check(text: &str, line: Span, expected: &[u32]) {
        for (number, &byte) in expected.iter().enumerate() {
            assert_eq!(byte_of_character(text, line, CharIndex(number)), byte, "character {number}");
            assert_eq!(character_of_byte(text, line, byte), CharIndex(number), "byte {byte}");
        }
    }

    #[test]
    fn counts_characters_of_every_length() {
        check("讀a𠮶b", Span::new(0, 9), &[0, 3, 4, 8, 9]);
    }

    #[test]
    fn counts_from_the_line_not_the_text() {
        check("一二三四五", Span::new(6, 12), &[6, 9, 12]);
    }

    #[test]
    fn goes_to_the_line_when_outside() {
        let (text, line) = ("一二三四五", Span::new(6, 12));
        assert_eq!(byte_of_character(text, line, CharIndex(9)), 12);
        assert_eq!(character_of_byte(text, line, 0), CharIndex(0));
        assert_eq!(character_of_byte(text, line, 15), CharIndex(2));
    }

    #[test]
    fn inside_a_character_is_that_character() {
        assert_eq!(character_of_byte("一二", Span::new(0, 6), 4), CharIndex(1));
    }
}
