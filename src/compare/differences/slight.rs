//! Differences that do not touch the wording.

use crate::text::{Alike, Folded, Folding, fold_char, is_punctuation, script_of};

/// What differs where the wording is the same: the layer that a reader may switch off.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Slight {
    /// Traditional and Simplified: 國 and 国.
    Script,
    /// Forms of one character within a script: 群 and 羣.
    Variant,
    /// Words of the regions: 網路 and 网络.
    Regional,
    /// Full and half width: Ａ and A, ， and ,.
    Width,
    /// Capital and small letters.
    Case,
    /// Marks of punctuation.
    Punctuation,
    /// White space and what cannot be seen.
    Space,
}

impl Slight {
    /// What differs between two ways of writing the same characters; `None` if nothing.
    pub(super) fn of_written(left: &str, right: &str) -> Option<Self> {
        if left == right {
            return None;
        }
        let compared = |text: &str| {
            text.chars().filter(|&c| !c.is_whitespace() && !is_punctuation(c)).collect::<String>()
        };
        let texts = (compared(left), compared(right));
        if texts.0 == texts.1 {
            return Self::of_gaps(left, right);
        }
        let (left, right) = (texts.0.as_str(), texts.1.as_str());
        let folded = |text: &str, alike| Folded::with(text, Folding { alike, ..Folding::default() }).text;
        let same = |alike| folded(left, alike) == folded(right, alike);
        if !same(Alike::AnyScript) {
            return Some(Self::Regional);
        }
        if same(Alike::AsWritten) {
            let is_case = left.to_lowercase() == right.to_lowercase();
            return Some(if is_case {
                Self::Case
            } else {
                Self::of_width(left, right).unwrap_or(Self::Variant)
            });
        }
        let differing = left.chars().zip(right.chars()).filter(|(one, other)| one != other);
        let mut scripts = differing.map(|(one, other)| (script_of(one), script_of(other)));
        Some(if scripts.any(|(one, other)| one != other) { Self::Script } else { Self::Variant })
    }

    /// What differs between two gaps; `None` if nothing.
    pub(super) fn of_gaps(left: &str, right: &str) -> Option<Self> {
        if left == right {
            return None;
        }
        let marks = |text: &str| text.chars().filter(|&c| is_punctuation(c)).collect::<String>();
        let (left, right) = (marks(left), marks(right));
        if left == right {
            return Some(Self::Space);
        }
        Some(Self::of_width(&left, &right).unwrap_or(Self::Punctuation))
    }

    /// Full and half width, if that is all that differs (but for capitals).
    fn of_width(left: &str, right: &str) -> Option<Self> {
        let narrowed = |text: &str| text.chars().map(narrow).collect::<String>().to_lowercase();
        (narrowed(left) == narrowed(right)).then_some(Self::Width)
    }
}

/// A character in the width that goes with letters of alphabets.
fn narrow(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        '｡'..='ﾟ' | '。' => fold_char(character),
        other => other,
    }
}
