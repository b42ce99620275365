//! Places counted in characters.

use crate::text::saturate;

/// How many characters (code points) of a text lie before its bytes: told without a walk from the text's beginning.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counted {
    /// How many lie before each [`STEP`] of the text's bytes.
    counts: Vec<u32>,
}

/// A place is counted from the last of these steps, in bytes.
const STEP: usize = 256;

impl Counted {
    /// Counts the characters of `text`.
    pub fn of(text: &str) -> Self {
        let mut counted = 0;
        let counts = text.as_bytes().chunks(STEP).map(|chunk| {
            let before = counted;
            counted += characters_beginning_in(chunk);
            before
        });
        Self { counts: counts.collect() }
    }

    /// How many characters of `text`, the one that was counted, lie before its byte at `position`.
    pub fn before(&self, text: &str, position: u32) -> u32 {
        let position = (position as usize).min(text.len());
        let step = position / STEP;
        let counted = self.counts.get(step).copied();
        // Exactly at the end of the last step there is no count of its own.
        let (step, counted) = match counted {
            Some(counted) => (step, counted),
            None => (step.saturating_sub(1), self.counts.last().copied().unwrap_or(0)),
        };
        counted + characters_beginning_in(text.as_bytes().get(step * STEP..position).unwrap_or_default())
    }
}

/// Every byte of UTF-8 but those that continue a character begins one.
fn characters_beginning_in(bytes: &[u8]) -> u32 {
    saturate(bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_are_counted_in_characters(text in "[a水𠮷é\n]{0,400}") {
            let counted = Counted::of(&text);
            let ends = text.char_indices().map(|(start, _)| start).chain([text.len()]);
            for (count, start) in ends.enumerate() {
                prop_assert_eq!(counted.before(&text, saturate(start)), saturate(count));
            }
        }
    }
}
