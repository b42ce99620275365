//! What an element says of itself, and what can be made of its words.

use markup5ever_rcdom::{Handle, NodeData};

use super::nodes::{all_text, attribute, descendants, first_words, is_inline, name, style_of};
use crate::import::formula;
use crate::import::raised::{self, Shift};

/// What an element raises or lowers, where that can be said by characters: signs, however they are set, and signs that
/// are raised or lowered in their turn.
pub(super) fn shifted(node: &Handle) -> Option<String> {
    let shift = if name(node) == "sup" { Shift::Raised } else { Shift::Lowered };
    if !descendants(node).skip(1).all(|inner| is_of_signs(&inner)) {
        return None;
    }
    if !descendants(node).skip(1).any(|inner| is_shift(&inner)) {
        return shift.shown(&all_text(node));
    }
    let signs = signs(node, 0)?;
    // What is only shifted twice is shifted.
    if signs.chars().all(|sign| raised::plain(sign) != sign) {
        return Some(signs);
    }
    Some(match shift {
        Shift::Raised => formula::raised("", &signs),
        Shift::Lowered => formula::lowered("", &signs),
    })
}

/// Signs in an element, with those that are raised and lowered among them; `None` for what is too much for signs.
fn signs(node: &Handle, depth: usize) -> Option<String> {
    let mut said = String::new();
    for child in node.children.borrow().iter() {
        match &child.data {
            NodeData::Text { contents } => said.push_str(contents.borrow().trim()),
            _ if depth >= DEEPEST => return None,
            _ => {
                let inner = signs(child, depth + 1)?;
                said = match name(child) {
                    "sup" => formula::raised(&said, &inner),
                    "sub" => formula::lowered(&said, &inner),
                    _ => said + &inner,
                };
            }
        }
    }
    (said.chars().count() <= MOST_SIGNS).then_some(said)
}

/// So deep may signs be raised and lowered in each other, and so many characters are signs; more are words.
const DEEPEST: usize = 4;
const MOST_SIGNS: usize = 16;

/// Whether an element only says how its signs are set.
fn is_of_signs(node: &Handle) -> bool {
    let sets = matches!(
        name(node),
        "em" | "i" | "b" | "strong" | "span" | "font" | "var" | "small" | "big" | "u" | "code" | "tt"
    );
    (sets || is_shift(node)) && attribute(node, "id").is_none()
}

fn is_shift(node: &Handle) -> bool {
    matches!(name(node), "sup" | "sub")
}

/// The level of a heading, which its name says or its role; one that does not say it is on the second.
pub(super) fn heading_level(element: &Handle) -> Option<u8> {
    let named = || name(element).strip_prefix('h')?.parse::<u8>().ok();
    let by_role = || {
        attribute(element, "role").filter(|role| role == "heading")?;
        attribute(element, "aria-level").map_or(Some(2), |level| level.trim().parse().ok())
    };
    named().or_else(by_role).filter(|level| (1..=6).contains(level))
}

/// The marks that stand around words that an element quotes: within others, and as texts of this language write them.
/// `None` where the words bring their own.
pub(super) fn quotation_marks(quoting: &Handle, inner: bool, language: &str) -> Option<[&'static str; 2]> {
    let own = first_words(quoting).starts_with(['“', '‘', '「', '『', '"', '\'']);
    let traditional =
        ["zh-hant", "zh-tw", "zh-hk", "zh-mo"].iter().any(|own| language.to_lowercase().starts_with(own));
    match (own, traditional, inner) {
        (true, _, _) => None,
        (_, true, false) => Some(["「", "」"]),
        (_, true, true) => Some(["『", "』"]),
        (_, false, false) => Some(["“", "”"]),
        (_, false, true) => Some(["‘", "’"]),
    }
}

/// Whether a block sets its text in the middle of the line; `None` where it says nothing of that.
pub(super) fn is_centred(node: &Handle) -> Option<bool> {
    let own = name(node);
    if is_inline(own) {
        return None;
    }
    let style = style_of(node);
    let said = style.split(';').rev().find_map(|said| said.strip_prefix("text-align:")).map(str::to_owned);
    let said = said.or_else(|| attribute(node, "align").map(|align| align.to_ascii_lowercase()));
    said.map(|said| said.starts_with("center")).or((own == "center").then_some(true))
}

/// Whether words can be the reading of others. Where the end of one is forgotten, sentences follow in it.
pub(super) fn is_reading(words: &str) -> bool {
    words.len() <= LONGEST_READING && !words.contains(['。', '，', '；', '\n'])
}

/// The longest reading, in bytes.
const LONGEST_READING: usize = 120;

/// Whether an element says of itself that it is a footnote.
pub(super) fn is_note(node: &Handle) -> bool {
    let says = |key: &str, words: &[&str]| {
        let value = attribute(node, key).unwrap_or_default();
        value.split_ascii_whitespace().any(|word| words.contains(&word))
    };
    says("epub:type", &["footnote", "endnote", "rearnote"]) || says("role", &["doc-footnote", "doc-endnote"])
}

/// What the printed page is called that begins at an element, where a book says so.
pub(super) fn page_label(node: &Handle) -> Option<String> {
    let says = attribute(node, "epub:type").is_some_and(|kind| kind == "pagebreak")
        || attribute(node, "role").is_some_and(|role| role == "doc-pagebreak");
    let label = || attribute(node, "title").or_else(|| attribute(node, "aria-label"));
    let label = if says { label().unwrap_or_else(|| first_words(node)) } else { return None };
    let label = label.trim().chars().take(12).collect::<String>();
    (!label.is_empty()).then_some(label)
}
