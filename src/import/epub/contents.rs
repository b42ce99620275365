//! The table of contents of a book: headings for chapters that have none.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::package::decoded;
use crate::document::Format;
use crate::import::archive::{folder_of, normalised, without_percents};
use crate::import::xml::{self, attribute, child, find, name, text_in};

/// The titles of each file.
#[derive(Debug, Default)]
pub(super) struct Contents {
    files: BTreeMap<String, Vec<Title>>,
}

/// One title.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Title {
    /// What it says.
    pub(super) words: String,
    /// From 1.
    pub(super) level: u8,
    /// The mark within the file that it leads to.
    pub(super) anchor: Option<String>,
    /// Whether it leads to the beginning of the file, and comes first.
    pub(super) begins_file: bool,
}

impl Contents {
    /// Reads a table of contents of EPUB 3 (`nav`) or 2 (`ncx`), whose part has that name.
    pub(super) fn of(text: &str, own_name: &str) -> Self {
        let mut contents = Self::default();
        let Ok(tree) = xml::parse(text, Format::Epub) else { return contents };
        let folder = folder_of(own_name);
        if let Some(map) = find(tree.root_element(), "navMap") {
            contents.points(map, 1, folder);
        } else if let Some(list) = table(tree.root_element()) {
            contents.items(list, 1, folder);
        }
        contents
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The titles of a file, in order.
    pub(super) fn of_file(&self, name: &str) -> &[Title] {
        self.files.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    fn points(&mut self, parent: Node<'_, '_>, level: u8, folder: &str) {
        for point in xml::children(parent, "navPoint") {
            let words = child(point, "navLabel").map(text_in).unwrap_or_default();
            let target = child(point, "content").and_then(|content| attribute(content, "src"));
            self.add(&words, target, level, folder);
            self.points(point, level.saturating_add(1), folder);
        }
    }

    fn items(&mut self, list: Node<'_, '_>, level: u8, folder: &str) {
        for item in xml::children(list, "li") {
            if let Some(link) = child(item, "a") {
                self.add(&text_in(link), attribute(link, "href"), level, folder);
            }
            for inner in xml::children(item, "ol") {
                self.items(inner, level.saturating_add(1), folder);
            }
        }
    }

    fn add(&mut self, words: &str, target: Option<&str>, level: u8, folder: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let file = target.and_then(|target| normalised(folder, &decoded(target)));
        let Some(file) = file.filter(|_| !words.is_empty()) else { return };
        let titles = self.files.entry(file).or_default();
        let anchor = target.and_then(|target| target.split_once('#')).map(|(_, mark)| without_percents(mark));
        let begins_file = titles.is_empty() && anchor.is_none();
        titles.push(Title { words, level, anchor, begins_file });
    }
}

/// The list of the table of contents among those of a navigation document.
fn table<'a>(root: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    let navs = || root.descendants().filter(|node| name(*node) == "nav");
    let is_toc = |node: &Node<'_, '_>| attribute(*node, "type").is_some_and(|kind| kind.contains("toc"));
    let nav = navs().find(is_toc).or_else(|| navs().next())?;
    find(nav, "ol")
}
