//! The signs of fonts that have their own order, as characters: Symbol after ISO 32000-1 (annex D.5), of Wingdings
//! those that forms and lists use.

use std::borrow::Cow;

/// The signs of Symbol from 0x21 on, and from 0xA0 on.
const SYMBOL: &str =
    "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
const SYMBOL_HIGH: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u{fffd}〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// The character that a font shows for a code; `None` where nobody knows.
pub(super) fn character(font: &str, code: u32) -> Option<char> {
    let is_private = (0xE000..=0xF8FF).contains(&code);
    let own = code & 0xFF;
    let known = match font {
        "Symbol" => symbol(own),
        "Wingdings" | "Wingdings 2" => wingding(font, own),
        _ => None,
    };
    known.or_else(|| char::from_u32(code).filter(|_| !is_private && code >= 0x20))
}

/// Whether a font has its own order, so that its codes are no characters.
pub(super) fn is_of_signs(font: &str) -> bool {
    font == "Symbol" || font.contains("dings") || font.contains("Dingbats") || font == "Monotype Sorts"
}

/// Words of a run in that font as the reader sees them, and how many of their signs nobody knows: those stay. The signs
/// of such fonts stand among words as U+F020 to U+F0FF, which mean nothing by themselves.
pub(super) fn shown<'a>(font: &str, words: &'a str) -> (Cow<'a, str>, usize) {
    if !words.contains(is_sign) {
        return (Cow::Borrowed(words), 0);
    }
    let mut unknown = 0;
    let sign = |found: char| {
        let known = if is_sign(found) { character(font, found.into()) } else { Some(found) };
        unknown += usize::from(known.is_none());
        known.unwrap_or(found)
    };
    (words.chars().map(sign).collect(), unknown)
}

/// Whether a character stands for a sign of a font.
fn is_sign(found: char) -> bool {
    ('\u{f020}'..='\u{f0ff}').contains(&found)
}

fn symbol(code: u32) -> Option<char> {
    let nth = |signs: &str, first: u32| signs.chars().nth(code.checked_sub(first)? as usize);
    let low = (code < 0x7F).then(|| nth(SYMBOL, 0x21)).flatten();
    low.or_else(|| nth(SYMBOL_HIGH, 0xA0)).filter(|found| *found != '\u{fffd}')
}

fn wingding(font: &str, code: u32) -> Option<char> {
    Some(match (font, code) {
        ("Wingdings", 0x6F | 0xA8) | ("Wingdings 2", 0xA3) => '□',
        ("Wingdings", 0xFE) | ("Wingdings 2", 0x52) => '☑',
        ("Wingdings", 0xFC) | ("Wingdings 2", 0x50) => '✓',
        ("Wingdings", 0xFB) | ("Wingdings 2", 0x4F) => '✗',
        ("Wingdings", 0xFD) | ("Wingdings 2", 0x51) => '☒',
        ("Wingdings", 0x6C) => '●',
        ("Wingdings", 0x6D) => '❍',
        ("Wingdings", 0x6E) => '■',
        ("Wingdings", 0x52) => '☼',
        ("Wingdings", 0x71) => '❑',
        ("Wingdings", 0x75) => '◆',
        ("Wingdings", 0x76) => '❖',
        ("Wingdings", 0x9F) => '•',
        ("Wingdings", 0xA1) => '○',
        ("Wingdings", 0xF0) => '⇨',
        ("Wingdings", 0xA7) => '▪',
        ("Wingdings", 0xD8) => '➢',
        ("Wingdings", 0x46) => '☞',
        ("Wingdings", 0x28) => '☎',
        ("Wingdings", 0x2A) => '✉',
        ("Wingdings", 0x4A) => '☺',
        ("Wingdings", 0xAB) => '★',
        ("Wingdings", 0xDF) => '←',
        ("Wingdings", 0xE0 | 0xE8) => '→',
        ("Wingdings", 0xE1) => '↑',
        ("Wingdings", 0xE2) => '↓',
        ("Wingdings", code @ 0x80..=0x8A) => char::from_u32(circled(code - 0x80, '⓪', '①'))?,
        ("Wingdings", code @ 0x8B..=0x95) => char::from_u32(circled(code - 0x8B, '⓿', '❶'))?,
        _ => return None,
    })
}

/// The number in a ring: that for 0 stands apart from the others.
fn circled(number: u32, zero: char, one: char) -> u32 {
    number.checked_sub(1).map_or(zero as u32, |after| one as u32 + after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_among_words_are_shown_and_those_that_nobody_knows_stay() {
        let check = |font: &str, words: &str, expected: &str, unknown: usize| {
            assert_eq!(shown(font, words), (expected.into(), unknown), "{font} {words}");
        };
        check("Symbol", "角\u{f061} = 1", "角α = 1", 0);
        check("Wingdings", "\u{f0fc}\u{f0aa}", "✓\u{f0aa}", 1);
        check("", "\u{f061}", "\u{f061}", 1);
        check("Symbol", "\u{e000}造字\u{f8ff}", "\u{e000}造字\u{f8ff}", 0);
    }

    #[test]
    fn signs_are_known_by_font_and_code() {
        let check = |font: &str, code: u32, expected: Option<char>| {
            assert_eq!(character(font, code), expected, "{font} {code:x}");
        };
        check("Symbol", 0xF061, Some('α'));
        check("Symbol", 0x6D, Some('μ'));
        check("Symbol", 0xF07E, Some('∼'));
        check("Symbol", 0xF0A3, Some('≤'));
        check("Symbol", 0xF0E5, Some('∑'));
        check("Symbol", 0xF0FE, Some('⎭'));
        check("Symbol", 0xF0F0, None);
        check("Symbol", 0xF07F, None);
        check("Wingdings", 0xF0FE, Some('☑'));
        check("Wingdings", 0xF080, Some('⓪'));
        check("Wingdings", 0xF08A, Some('⑩'));
        check("Wingdings", 0xF08C, Some('❶'));
        check("Wingdings", 0xF0AA, None);
        check("Song", 0x2605, Some('★'));
        check("Song", 0xE001, None);
    }
}
