//! What links within an ODT lead to besides bookmarks: headings, tables, sections and frames, by their names.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::import::xml::{attribute, name};

/// How deep headings lie that links tell apart by their numbers.
const DEEPEST: usize = 10;

/// The headings of a text, as links name them: `1.2.河水`, where the headings are numbered.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// The heading of that number and those letters.
    numbered: BTreeMap<(String, String), usize>,
    /// The heading of those letters; `None` where there are several.
    lettered: BTreeMap<String, Option<usize>>,
}

impl Targets {
    /// Those of a text.
    pub(super) fn of(content: Node<'_, '_>) -> Self {
        let (mut targets, mut counts) = (Self::default(), [0_u32; DEEPEST]);
        for heading in content.descendants().filter(|node| name(*node) == "h") {
            let level = attribute(heading, "outline-level").and_then(|level| level.parse().ok());
            let number = count(&mut counts, level.unwrap_or(1));
            let (letters, id) = (letters(&own_words(heading)), heading.id().get_usize());
            let alike = targets.lettered.entry(letters.clone());
            alike.and_modify(|several| *several = None).or_insert(Some(id));
            targets.numbered.entry((number, letters)).or_insert(id);
        }
        targets
    }

    /// The name of the place that a link leads to: `河水|outline` and the like, or the name of a bookmark.
    pub(super) fn place(&self, written: &str) -> String {
        match written.rsplit_once('|') {
            Some((heading, "outline")) => self.heading(heading).map(heading_named).unwrap_or_default(),
            Some((frame, "graphic" | "ole" | "drawingobject")) => format!("{frame}|frame"),
            _ => written.to_owned(),
        }
    }

    fn heading(&self, written: &str) -> Option<usize> {
        let words = without_number(written);
        let number = written.strip_suffix(words).unwrap_or_default();
        let known = self.numbered.get(&(number.to_owned(), letters(words))).copied();
        let only = |words: &str| self.lettered.get(&letters(words)).copied().flatten();
        known.or_else(|| only(written)).or_else(|| only(words))
    }
}

/// The number of the next heading of a level: `1.2.` for the second one of level 2 in the first of level 1.
fn count(counts: &mut [u32; DEEPEST], level: usize) -> String {
    let level = level.clamp(1, DEEPEST);
    counts.iter_mut().skip(level).for_each(|deeper| *deeper = 0);
    if let Some(own) = counts.get_mut(level - 1) {
        *own = own.saturating_add(1);
    }
    let counts: Vec<String> = counts.iter().take(level).map(|count| format!("{count}.")).collect();
    counts.concat()
}

/// What follows the number `1.2.`, if there is one.
fn without_number(written: &str) -> &str {
    let mut rest = written;
    while let Some((count, after)) = rest.split_once('.')
        && !count.is_empty()
        && count.bytes().all(|byte| byte.is_ascii_digit())
    {
        rest = after;
    }
    rest
}

/// The name of the place that an element is for links, where it has one.
pub(super) fn name_of(node: Node<'_, '_>) -> Option<String> {
    let named = |kind: &str| Some(format!("{}|{kind}", attribute(node, "name")?));
    match name(node) {
        "h" => Some(heading_named(node.id().get_usize())),
        "table" => named("table"),
        "section" => named("region"),
        "frame" => named("frame"),
        _ => None,
    }
}

fn heading_named(id: usize) -> String {
    format!("{id}|outline")
}

/// What a heading says itself, without notes and comments.
fn own_words(heading: Node<'_, '_>) -> String {
    let mut words = String::new();
    let mut open = vec![heading];
    while let Some(node) = open.pop() {
        match name(node) {
            "note" | "annotation" | "ruby-text" => {}
            _ if node.is_text() => words.push_str(node.text().unwrap_or_default()),
            _ => {
                let inner: Vec<Node<'_, '_>> = node.children().collect();
                open.extend(inner.into_iter().rev());
            }
        }
    }
    words
}

fn letters(words: &str) -> String {
    words.chars().filter(|found| found.is_alphanumeric()).collect()
}
