//! Formulas as one line, as one writes them by hand: `1/2`, `x²`, `a_(n+1)`, `√(2)`.

use super::raised::{self, Shift};

/// A fraction.
pub(super) fn fraction(above: &str, below: &str) -> String {
    format!("{}/{}", grouped(above), grouped(below))
}

/// A base with an exponent.
pub(super) fn raised(base: &str, exponent: &str) -> String {
    shifted(base, exponent, Shift::Raised, '^')
}

/// A base with an index.
pub(super) fn lowered(base: &str, index: &str) -> String {
    shifted(base, index, Shift::Lowered, '_')
}

/// A root; a square root has no degree.
pub(super) fn root(base: &str, degree: &str) -> String {
    let degree = Shift::Raised.shown(degree.trim()).unwrap_or_else(|| degree.trim().to_owned());
    format!("{degree}√{}", grouped(base))
}

fn shifted(base: &str, part: &str, shift: Shift, sign: char) -> String {
    match shift.shown(part.trim()) {
        _ if part.trim().is_empty() => base.to_owned(),
        Some(part) => format!("{base}{part}"),
        None => format!("{base}{sign}{}", grouped(part)),
    }
}

/// In brackets, unless it is one sign, number or word.
fn grouped(part: &str) -> String {
    let part = part.trim();
    if part.chars().all(|sign| sign.is_alphanumeric() && raised::plain(sign) == sign) {
        part.to_owned()
    } else {
        format!("({part})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_one_line() {
        assert_eq!(fraction("a+b", "2"), "(a+b)/2");
        assert_eq!(raised("x", "2"), "x²");
        assert_eq!(raised("x", "k"), "x^k");
        assert_eq!(lowered("a", "m+1"), "a_(m+1)");
        assert_eq!(raised(&lowered("a", "1"), "2"), "a₁²");
        assert_eq!(raised("2", &raised("2", "3")), "2^(2³)");
        assert_eq!((root("2", ""), root("x+1", "3")), ("√2".to_owned(), "³√(x+1)".to_owned()));
        assert_eq!((raised("x", ""), raised("x", " 2 ")), ("x".to_owned(), "x²".to_owned()));
    }
}
