//! Formulas of pages and books (`MathML`) as one line of signs: `(a+b)/2`, `x²`, `√(n)`.
//!
//! What a formula says beside its signs, such as its source in another language, is not read twice.

use markup5ever_rcdom::{Handle, NodeData};

use super::formula;
use super::html_nodes::{all_text, attribute, name};
use super::html_notes::parent;

/// Deeper parts of a formula are read as their signs alone.
const DEEPEST: usize = 40;

/// The signs of a formula.
pub(super) fn signs(math: &Handle) -> String {
    part(math, 0)
}

fn part(element: &Handle, depth: usize) -> String {
    let children = element.children.borrow();
    let inner: Vec<&Handle> =
        children.iter().filter(|child| matches!(child.data, NodeData::Element { .. })).collect();
    if inner.is_empty() || depth > DEEPEST {
        return all_text(element).split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let nth = |at: usize| inner.get(at).map(|inner| part(inner, depth + 1)).unwrap_or_default();
    let all = || inner.iter().map(|inner| part(inner, depth + 1)).collect::<String>();
    match name(element) {
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

/// Whether an element only draws the formula that stands before it: programs that set formulas on pages write
/// them for the eye as well, hidden from those who listen.
pub(super) fn is_said_again(element: &Handle) -> bool {
    let hidden = attribute(element, "aria-hidden").is_some_and(|hidden| hidden == "true");
    let first = || parent(element).and_then(|parent| first_inside(&parent));
    hidden
        && first().is_some_and(|first| {
            name(&first) == "math" || first_inside(&first).is_some_and(|inner| name(&inner) == "math")
        })
}

fn first_inside(element: &Handle) -> Option<Handle> {
    element.children.borrow().iter().find(|child| !name(child).is_empty()).cloned()
}
