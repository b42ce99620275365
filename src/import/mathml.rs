//! Formulas (`MathML`) as one line of signs: `(a+b)/2`, `x²`, `√(n)`, whatever tree holds them.
//!
//! What a formula says beside its signs, such as its source in another language, is not read twice.

use super::formula;

/// Deeper parts of a formula are read as their signs alone.
const DEEPEST: usize = 40;

/// An element of a formula.
pub(super) trait Element: Sized {
    /// What it is called, without a prefix.
    fn called(&self) -> &str;

    /// The elements in it.
    fn inner(&self) -> Vec<Self>;

    /// All text in it, however deep.
    fn words(&self) -> String;
}

/// The signs of a formula.
pub(super) fn signs<Part: Element>(math: &Part) -> String {
    part(math, 0)
}

fn part<Part: Element>(element: &Part, depth: usize) -> String {
    let inner = element.inner();
    if inner.is_empty() || depth > DEEPEST {
        return element.words().split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let nth = |at: usize| inner.get(at).map(|inner| part(inner, depth + 1)).unwrap_or_default();
    let all = || inner.iter().map(|inner| part(inner, depth + 1)).collect::<String>();
    match element.called() {
        "semantics" => nth(0),
        "mfrac" => formula::fraction(&nth(0), &nth(1)),
        "msup" | "mover" => formula::raised(&nth(0), &nth(1)),
        "msub" | "munder" => formula::lowered(&nth(0), &nth(1)),
        "msubsup" | "munderover" => formula::raised(&formula::lowered(&nth(0), &nth(1)), &nth(2)),
        "msqrt" => formula::root(&all(), ""),
        "mroot" => formula::root(&nth(0), &nth(1)),
        "mtd" => all() + " ",
        "mtr" => all().trim_end().to_owned() + "; ",
        "mtable" => all().trim_end_matches(['；', ';', ' ']).to_owned(),
        _ => all(),
    }
}
