//! Marks around what changed its number of characters, and the pairing read off them.
//!
//! OpenCC gives no positions. But every dictionary of it turns n characters into n characters, except
//! some entries of the regional words. Where just those come back between two marks, the opening one
//! carrying the number of characters of the key, all the rest is one to one. The marks are characters
//! of the last private plane.

use crate::text::{Pairing, PairingBuilder, saturate};

/// The opening mark of a key of no characters; one further for each character.
const OPENING: u32 = 0xF_0000;
const CLOSING: char = '\u{F0FFF}';

/// Whether a text that holds it cannot be told from a marked one.
pub(super) fn is_mark(character: char) -> bool {
    (OPENING..=u32::from(CLOSING)).contains(&u32::from(character))
}

/// The entries of a table (key, tab, value on each line) with their values between marks.
pub(super) fn entries(table: &str) -> impl Iterator<Item = (String, String)> + '_ {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (key, value) = line.split_once('\t')?;
        let opening = char::from_u32(OPENING + saturate(key.chars().count()))?;
        Some((key.to_owned(), format!("{opening}{value}{CLOSING}")))
    })
}

/// A marked text without its marks.
pub(super) fn without_marks(marked: &str) -> String {
    marked.chars().filter(|character| !is_mark(*character)).collect()
}

/// How `source` lies beside `shown`, which is `marked` but for the marks, character for character.
///
/// `None` if the numbers of characters do not add up.
pub(super) fn pairing(source: &str, marked: &str, shown: &str) -> Option<Pairing> {
    let mut builder = PairingBuilder::default();
    let (mut source, mut shown) = (source.chars(), shown.chars());
    let mut marked = marked.chars();
    while let Some(character) = marked.next() {
        if is_mark(character) {
            let key = take(&mut source, u32::from(character) - OPENING)?;
            let value = marked.by_ref().take_while(|character| *character != CLOSING).count();
            builder.push(key, take(&mut shown, saturate(value))?);
        } else {
            builder.push(take(&mut source, 1)?, take(&mut shown, 1)?);
        }
    }
    (source.as_str().is_empty() && shown.as_str().is_empty()).then(|| builder.finish())
}

/// The width in bytes of the next `count` characters.
fn take(characters: &mut std::str::Chars<'_>, count: u32) -> Option<u32> {
    let before = characters.as_str().len();
    for _ in 0..count {
        characters.next()?;
    }
    Some(saturate(before - characters.as_str().len()))
}
