//! What was deleted in the tracked changes of an ODT. It stands apart in the file, and the text marks its place.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::import::xml::{attribute, child, name, text_in};

/// Deleted words, by the name that the text calls them by.
#[derive(Debug, Default)]
pub(super) struct Deletions<'a> {
    words: BTreeMap<&'a str, String>,
}

impl<'a> Deletions<'a> {
    /// Those of a document.
    pub(super) fn of(content: Node<'a, 'a>) -> Self {
        let regions = content.descendants().filter(|node| name(*node) == "changed-region");
        let words =
            regions.filter_map(|region| Some((attribute(region, "id")?, words(child(region, "deletion")?))));
        Self { words: words.collect() }
    }

    /// What was deleted where the text says `change`, once.
    pub(super) fn take(&mut self, change: Node<'_, '_>) -> String {
        attribute(change, "change-id").and_then(|id| self.words.remove(id)).unwrap_or_default()
    }

    /// What the text marked nowhere.
    pub(super) fn rest(&mut self) -> impl Iterator<Item = String> + use<'a> {
        std::mem::take(&mut self.words).into_values()
    }
}

/// The words of a deletion; who deleted them, and when, is none of them.
fn words(deletion: Node<'_, '_>) -> String {
    let blocks = children_but(deletion, "change-info").map(|block| text_in(block).trim().to_owned());
    blocks.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

fn children_but<'a, 'input>(
    node: Node<'a, 'input>,
    but: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.is_element() && name(*child) != but)
}
