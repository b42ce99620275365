//! The elements of a page: their names, attributes and words. Every walk is iterative.

use markup5ever_rcdom::{Handle, NodeData};

use super::tags::INLINE;

pub(super) fn name(node: &Handle) -> &str {
    match &node.data {
        NodeData::Element { name, .. } => &name.local,
        _ => "",
    }
}

pub(super) fn attribute(node: &Handle, key: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attributes = attrs.borrow();
    attributes
        .iter()
        .find(|attribute| &*attribute.name.local == key)
        .map(|attribute| attribute.value.to_string())
}

/// The text directly inside an element.
pub(super) fn text_of(element: &Handle) -> String {
    let mut text = String::new();
    for child in element.children.borrow().iter() {
        if let NodeData::Text { contents } = &child.data {
            text.push_str(&contents.borrow());
        }
    }
    text
}

/// The text inside an element, however deep; programs and styles are none.
pub(super) fn all_text(element: &Handle) -> String {
    short_text(element, usize::MAX).unwrap_or_default()
}

/// The text inside an element, where it has no more than so many bytes.
pub(super) fn short_text(element: &Handle, most: usize) -> Option<String> {
    let mut text = String::new();
    let mut open = vec![element.clone()];
    while let Some(node) = open.pop() {
        match &node.data {
            NodeData::Text { contents } => {
                let contents = contents.borrow();
                if text.len() + contents.len() > most {
                    return None;
                }
                text.push_str(&contents);
            }
            _ if matches!(name(&node), "script" | "style") => {}
            _ => open.extend(node.children.borrow().iter().rev().cloned()),
        }
    }
    Some(text)
}

/// The first words inside an element: a line of them, however deep they stand.
pub(super) fn first_words(element: &Handle) -> String {
    let mut words = String::new();
    let mut open = vec![element.clone()];
    for _ in 0..FURTHEST {
        let Some(node) = open.pop().filter(|_| words.trim_start().len() < ENOUGH) else { break };
        match &node.data {
            NodeData::Text { contents } => words.extend(contents.borrow().chars().take(ENOUGH)),
            _ if is_without_text(name(&node)) => {}
            NodeData::Element { .. } if !is_inline(name(&node)) && !words.trim().is_empty() => break,
            _ => open.extend(node.children.borrow().iter().rev().cloned()),
        }
    }
    words.trim_start().to_owned()
}

/// So many nodes are looked at for first words, of which so many bytes are enough.
const FURTHEST: usize = 200;
const ENOUGH: usize = 60;

/// What an element says of its own style: in small letters, without spaces.
pub(super) fn style_of(element: &Handle) -> String {
    attribute(element, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase()
}

/// Elements whose content is no text of the page.
pub(super) fn is_without_text(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "head"
            | "rp"
            | "iframe"
            | "object"
            | "canvas"
            | "video"
            | "audio"
            | "datalist"
            | "title"
    )
}

/// All elements in the order of the page.
pub(super) fn elements(document: &Handle) -> Vec<Handle> {
    descendants(document).collect()
}

/// An element and those in it, in the order of the page.
pub(super) fn descendants(element: &Handle) -> impl Iterator<Item = Handle> + use<> {
    let mut open = vec![element.clone()];
    std::iter::from_fn(move || {
        let node = open.pop()?;
        let children = node.children.borrow();
        let inner = children.iter().rev().filter(|child| matches!(child.data, NodeData::Element { .. }));
        open.extend(inner.cloned());
        drop(children);
        Some(node)
    })
}

pub(super) fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
        || matches!(
            name,
            "rb" | "rt"
                | "rtc"
                | "math"
                | "label"
                | "wbr"
                | "time"
                | "var"
                | "samp"
                | "data"
                | "tt"
                | "strike"
                | "acronym"
                | "nobr"
                | "slot"
        )
}
