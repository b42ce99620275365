//! Raised and lowered signs: 10⁸, m², H₂O. A text without markup says them by characters of their own.

/// Where signs stand, seen from their line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shift {
    /// Above it.
    Raised,
    /// Below it.
    Lowered,
}

/// The signs that Unicode has raised and lowered, in the block of that name and before it.
const PLAIN: &str = "0123456789+-=()ni";
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢ";

/// Longer words are no exponent.
const LONGEST: usize = 8;

/// The sign on the line that a raised or lowered one is; others as they are.
pub(super) fn plain(sign: char) -> char {
    if !matches!(sign, '²' | '³' | '¹' | 'ᵢ' | '\u{2070}'..='\u{209f}') {
        return sign;
    }
    let shifted = RAISED.chars().chain(LOWERED.chars());
    let plain = PLAIN.chars().chain(PLAIN.chars());
    shifted.zip(plain).find(|(shifted, _)| *shifted == sign).map_or(sign, |(_, plain)| plain)
}

impl Shift {
    /// The words shifted so, with the white space around them; `None` where one of their signs cannot be.
    pub(super) fn shown(self, words: &str) -> Option<String> {
        let begun = words.trim_start();
        let signs = begun.trim_end();
        let (before, _) = words.split_at_checked(words.len() - begun.len())?;
        let (_, after) = begun.split_at_checked(signs.len())?;
        Some(format!("{before}{}{after}", self.signs(signs)?))
    }

    fn signs(self, words: &str) -> Option<String> {
        let shifted = match self {
            Self::Raised => RAISED,
            Self::Lowered => LOWERED,
        };
        let show = |sign: char| {
            let sign = if matches!(sign, '−' | '–') { '-' } else { sign };
            shifted.chars().nth(PLAIN.chars().position(|plain| plain == sign)?)
        };
        let short = (1..=LONGEST).contains(&words.chars().count());
        if short { words.chars().map(show).collect() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifted_signs_are_plain_ones_again() {
        let all = |words: &str| words.chars().map(plain).collect::<String>();
        assert_eq!(all(RAISED), PLAIN);
        assert_eq!(all("CO₂ 為 10⁻⁸，河"), "CO2 為 10-8，河");
    }

    #[test]
    fn signs_that_can_be_shifted_are() {
        let check = |words: &str, raised: Option<&str>, lowered: Option<&str>| {
            assert_eq!(Shift::Raised.shown(words).as_deref(), raised, "{words}");
            assert_eq!(Shift::Lowered.shown(words).as_deref(), lowered, "{words}");
        };
        check(" 8\n", Some(" ⁸\n"), Some(" ₈\n"));
        check("−12", Some("⁻¹²"), Some("₋₁₂"));
        check("n+1", Some("ⁿ⁺¹"), Some("ₙ₊₁"));
        check("[1]", None, None);
        check("注", None, None);
        check("", None, None);
        check("123456789", None, None);
    }
}
