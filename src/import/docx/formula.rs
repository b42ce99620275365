//! Formulas of a DOCX (Office Math) as one line of signs.

use roxmltree::Node;

use super::value;
use crate::import::formula::{fraction, lowered, raised, root};
use crate::import::xml::{child, children, find, name};

/// The signs of a formula, or of a part of one. It calls itself as deep as the gate before the parser allows.
pub(super) fn signs(node: Node<'_, '_>) -> String {
    let part = |name: &str| child(node, name).map(signs).unwrap_or_default();
    match name(node) {
        "t" => node.text().unwrap_or_default().to_owned(),
        "f" => fraction(&part("num"), &part("den")),
        "sSup" => raised(&part("e"), &part("sup")),
        "sSub" => lowered(&part("e"), &part("sub")),
        "sSubSup" => raised(&lowered(&part("e"), &part("sub")), &part("sup")),
        "nary" => raised(&lowered(&sign(node, "chr", "∫"), &part("sub")), &part("sup")) + &part("e"),
        "rad" => root(&part("e"), &part("deg")),
        "d" => {
            let inner: Vec<String> = children(node, "e").map(signs).collect();
            let inner = inner.join(&sign(node, "sepChr", "|"));
            format!("{}{inner}{}", sign(node, "begChr", "("), sign(node, "endChr", ")"))
        }
        "m" => children(node, "mr").map(row).collect::<Vec<_>>().join("; "),
        own if own.ends_with("Pr") => String::new(),
        _ => node.children().filter(Node::is_element).map(signs).collect(),
    }
}

/// A row of a matrix.
fn row(row: Node<'_, '_>) -> String {
    children(row, "e").map(signs).collect::<Vec<_>>().join(" ")
}

/// The sign that the properties of a part give it.
fn sign(node: Node<'_, '_>, key: &str, usual: &str) -> String {
    let properties = node.children().find(|child| name(*child).ends_with("Pr"));
    let said = properties.and_then(|own| find(own, key));
    said.map_or(usual, |said| value(said).unwrap_or_default()).to_owned()
}
