//! Positions in bytes and in characters.

use crate::text::{Span, saturate};

/// A text whose characters (Unicode code points) are counted, so that positions can be translated one after the
/// other without reading the whole text for each.
#[derive(Debug)]
pub struct Counting<'a> {
    text: &'a str,
    /// The byte at which every so-many-th character begins.
    marks: Vec<usize>,
    /// How many characters there are.
    length: usize,
}

/// How many characters lie between two marks.
const STRIDE: usize = 512;

impl<'a> Counting<'a> {
    /// Counts the characters of `text`.
    pub fn new(text: &'a str) -> Self {
        let (mut marks, mut length) = (Vec::new(), 0);
        for (start, _) in text.char_indices() {
            if length % STRIDE == 0 {
                marks.push(start);
            }
            length += 1;
        }
        Self { text, marks, length }
    }

    /// The stretch of characters that `bytes` covers; `None` where that is not a stretch of the text.
    pub fn characters(&self, bytes: Span) -> Option<Span> {
        Some(Span::new(self.character_at(bytes.start())?, self.character_at(bytes.end())?))
    }

    /// The stretch of bytes that `characters` covers; `None` where the text has not so many.
    pub fn bytes(&self, characters: Span) -> Option<Span> {
        Some(Span::new(self.byte_at(characters.start())?, self.byte_at(characters.end())?))
    }

    fn character_at(&self, byte: u32) -> Option<u32> {
        let byte = byte as usize;
        let mark = self.marks.partition_point(|&start| start <= byte).saturating_sub(1);
        let start = self.marks.get(mark).copied().unwrap_or(0);
        let between = self.text.get(start..byte)?.chars().count();
        Some(saturate(mark * STRIDE + between))
    }

    fn byte_at(&self, character: u32) -> Option<u32> {
        let character = character as usize;
        if character == self.length {
            return Some(saturate(self.text.len()));
        }
        let start = *self.marks.get(character / STRIDE)?;
        let (offset, _) = self.text.get(start..)?.char_indices().nth(character % STRIDE)?;
        Some(saturate(start + offset))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_position_outside_of_the_text_has_no_translation() {
        let counting = Counting::new("河水𠀀");
        assert_eq!(counting.characters(Span::new(3, 10)), Some(Span::new(1, 3)));
        assert_eq!(counting.bytes(Span::new(1, 3)), Some(Span::new(3, 10)));
        assert_eq!(counting.characters(Span::new(1, 3)), None);
        assert_eq!(counting.characters(Span::new(3, 11)), None);
        assert_eq!(counting.bytes(Span::new(1, 4)), None);
        assert_eq!(Counting::new("").bytes(Span::at(0)), Some(Span::at(0)));
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same(text in "[a河𠀀]{0,2000}", from in 0_u32..2000, length in 0_u32..2000) {
            let counting = Counting::new(&text);
            let characters = Span::from_length(from, length);
            match counting.bytes(characters) {
                Some(bytes) => {
                    prop_assert_eq!(counting.characters(bytes), Some(characters));
                    let words: String = text.chars().skip(from as usize).take(length as usize).collect();
                    prop_assert_eq!(bytes.of(&text), Some(words.as_str()));
                }
                None => prop_assert!(characters.end() as usize > text.chars().count()),
            }
        }
    }
}
