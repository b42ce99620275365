//! What a file of a book shows first: whether the title of its chapter is drawn, or said.

use markup5ever_rcdom::{Handle, NodeData};

use super::nodes::{is_without_text, name};

/// What may stand before the title of a chapter, such as that of its book; and a title that is short: in bytes.
const MOST_BEFORE_TITLE: usize = 300;
const SHORT_TITLE: usize = 6;

/// Whether a file shows a picture first, and has text after it: the title of a chapter may be drawn.
pub(super) fn begins_with_picture(document: &Handle) -> bool {
    let mut picture = false;
    let mut open = vec![document.clone()];
    while let Some(node) = open.pop() {
        match &node.data {
            NodeData::Text { contents } if !contents.borrow().trim().is_empty() => return picture,
            _ if matches!(name(&node), "img" | "image" | "svg") => picture = true,
            _ if is_without_text(name(&node)) => {}
            _ => open.extend(node.children.borrow().iter().rev().cloned()),
        }
    }
    false
}

/// Whether a file says a title at its beginning, in one block or in several, with marks of notes in it or not. Short
/// words may stand anywhere by chance, so they have to come first.
pub(super) fn begins_with(document: &Handle, title: &str) -> bool {
    let counts =
        if title.chars().any(char::is_alphabetic) { char::is_alphabetic } else { char::is_alphanumeric };
    let title: String = title.chars().filter(|found| counts(*found)).collect();
    let most = title.len() + MOST_BEFORE_TITLE;
    let mut beginning = String::new();
    let mut open = vec![document.clone()];
    while let Some(node) = open.pop().filter(|_| beginning.len() < most) {
        match &node.data {
            NodeData::Text { contents } => {
                let contents = contents.borrow();
                beginning.extend(contents.chars().filter(|found| counts(*found)).take(most));
            }
            _ if is_without_text(name(&node)) => {}
            _ => open.extend(node.children.borrow().iter().rev().cloned()),
        }
    }
    beginning.starts_with(&title) || title.len() > SHORT_TITLE && beginning.contains(&title)
}
