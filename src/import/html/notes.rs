//! Footnotes of pages and books: which links are marks, and which elements are the notes.
//!
//! Books say it (`epub:type`); pages show it: a short raised number that leads to a place of the same page, and
//! a link that leads back.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use markup5ever_rcdom::{Handle, Node};

use super::nodes::{attribute, elements, first_words, name, short_text};
use crate::import::archive::{folder_of, normalised, without_percents};

/// The notes that were referred to so far, in all files of a book.
#[derive(Debug, Default)]
pub(in crate::import) struct KnownNotes {
    /// Places that marks lead to (files and names of elements), with the words of the first mark.
    targets: BTreeMap<String, String>,
    /// Places of the marks themselves: what leads there leads back.
    marks: BTreeSet<String>,
}

/// The notes of one file.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Links that are marks, with the key of their note.
    marks: HashMap<*const Node, String>,
    /// Blocks that are notes, with their keys.
    blocks: HashMap<*const Node, String>,
    /// The marks of those that do not begin with it themselves.
    unmarked: HashMap<*const Node, String>,
    /// Links that only lead back to a mark, and say no word.
    backlinks: HashSet<*const Node>,
}

impl Notes {
    /// The notes of a file of that name.
    pub(super) fn of(document: &Handle, file: &str, known: &mut KnownNotes) -> Self {
        let all = elements(document);
        let mut notes = Self::default();
        let mut first = BTreeMap::new();
        for link in all.iter().filter(|element| name(element) == "a") {
            let Some(target) = target(link, file) else { continue };
            if known.marks.contains(&target) {
                if short_text(link, SHORT).is_some_and(|words| !words.contains(char::is_alphanumeric)) {
                    notes.backlinks.insert(Rc::as_ptr(link));
                }
            } else if is_mark(link) {
                known.marks.extend(names_about(link).map(|own| place(file, &own)));
                known.targets.entry(target.clone()).or_insert_with(|| words_of_mark(link));
                first.entry(target.clone()).or_insert_with(|| link.clone());
                notes.marks.insert(Rc::as_ptr(link), target);
            }
        }
        let mut found = BTreeSet::new();
        for element in &all {
            let places = own_names(element).into_iter().map(|own| place(file, &own));
            for own in places.filter(|own| known.targets.contains_key(own)) {
                // An id is that of the first element that has it, and a note does not hold its own mark.
                let block = block_of(element).filter(|_| found.insert(own.clone()));
                let holds_mark = |block: &Handle| first.get(&own).is_some_and(|mark| lies_in(mark, block));
                if let Some(block) = block.filter(|block| !holds_mark(block)) {
                    let mark = known.targets.get(&own).filter(|mark| !begins_with_mark(&block, mark));
                    if let Some(mark) = mark.filter(|_| !notes.blocks.contains_key(&Rc::as_ptr(&block))) {
                        notes.unmarked.insert(Rc::as_ptr(&block), mark.clone());
                    }
                    notes.blocks.entry(Rc::as_ptr(&block)).or_insert(own);
                }
            }
        }
        notes
    }

    /// Whether a link only leads back to the mark of a note.
    pub(super) fn leads_back(&self, link: &Handle) -> bool {
        self.backlinks.contains(&Rc::as_ptr(link))
    }

    /// The key of the note that a link is the mark of.
    pub(super) fn refers(&self, link: &Handle) -> Option<&str> {
        self.marks.get(&Rc::as_ptr(link)).map(String::as_str)
    }

    /// The mark of the note that a block is, where the block does not begin with it itself.
    pub(super) fn mark_to_write(&self, block: &Handle) -> Option<&str> {
        self.unmarked.get(&Rc::as_ptr(block)).map(String::as_str)
    }

    /// The key of the note that a block is.
    pub(super) fn note(&self, block: &Handle) -> Option<&str> {
        self.blocks.get(&Rc::as_ptr(block)).map(String::as_str)
    }
}

/// What the mark of a note says.
pub(super) fn words_of_mark(link: &Handle) -> String {
    let said = short_text(link, SHORT).unwrap_or_default();
    if said.trim().is_empty() { "注".to_owned() } else { said.trim().to_owned() }
}

/// Whether a note begins with its mark, in whatever brackets. A sign that only leads back is none.
fn begins_with_mark(note: &Handle, mark: &str) -> bool {
    let is_sign = |found: char| !found.is_alphanumeric() && !matches!(found, '*' | '†' | '‡');
    let mark = mark.trim_matches(is_sign);
    let mark = mark.strip_prefix(['注', '註']).filter(|number| !number.is_empty()).unwrap_or(mark);
    let words = first_words(note);
    let words = words.trim_start_matches(is_sign);
    let rest = words
        .strip_prefix(['注', '註'])
        .unwrap_or(words)
        .strip_prefix(mark)
        .or_else(|| words.strip_prefix(mark));
    rest.is_some_and(|rest| {
        let goes_on = |next: char| {
            next.is_ascii_alphanumeric() && mark.ends_with(|last: char| last.is_ascii_alphanumeric())
        };
        !mark.is_empty() && !rest.starts_with(goes_on)
    })
}

/// The name of a place by its file and the name of its element.
pub(super) fn place(file: &str, id: &str) -> String {
    format!("{file}#{id}")
}

/// Where a link leads within the book; `None` for what leads nowhere in it, or to a whole file.
fn target(link: &Handle, file: &str) -> Option<String> {
    let address = attribute(link, "href")?;
    let (_, id) = address.split_once('#')?;
    (!id.is_empty()).then(|| place_in_book(&address, file))?
}

/// The place of the book that an address in `file` leads to, whether there is one or not; `None` for what leads out
/// of it, and for this file as a whole.
pub(super) fn place_in_book(address: &str, file: &str) -> Option<String> {
    let (other, id) = address.split_once('#').unwrap_or((address, ""));
    let id = without_percents(id);
    if other.is_empty() {
        return (!id.is_empty()).then(|| place(file, &id));
    }
    let outside = other.contains(':') || other.starts_with("//") || file.is_empty();
    let other = normalised(folder_of(file), &without_percents(other)).filter(|_| !outside)?;
    Some(place(&other, &id))
}

/// The mark of a note, and what leads back to it, has no more bytes, white space and all.
const SHORT: usize = 200;

/// Whether a link is the mark of a note: it says so, or it is a short number that is raised or in brackets.
fn is_mark(link: &Handle) -> bool {
    let says = |key: &str, word: &str| attribute(link, key).is_some_and(|value| value.contains(word));
    if says("epub:type", "noteref") || says("role", "doc-noteref") || says("class", "footnote") {
        return !says("class", "backref") && !says("role", "doc-backlink");
    }
    let Some(words) = short_text(link, SHORT) else { return false };
    let words = words.trim();
    let number =
        words.trim_matches(['[', ']', '［', '］', '〔', '〕', '(', ')', '（', '）', '注', '註', '^']);
    let short = !number.is_empty() && number.chars().count() <= 3;
    let counts =
        number.chars().all(|found| found.is_ascii_digit() || ('①'..='⑳').contains(&found) || found == '*');
    let raised = || parent(link).is_some_and(|parent| name(&parent) == "sup") || holds_raised(link);
    short && counts && (raised() || number.len() < words.len())
}

fn holds_raised(link: &Handle) -> bool {
    link.children.borrow().iter().any(|child| name(child) == "sup")
}

/// The names by which a link can be led back to: its own and those of what stands close around it.
fn names_about(link: &Handle) -> impl Iterator<Item = String> {
    let above =
        std::iter::successors(Some(link.clone()), parent).take_while(|node| !is_block(name(node))).take(4);
    let inside = link.children.borrow().iter().cloned().collect::<Vec<_>>();
    above.chain(inside).flat_map(|node| own_names(&node))
}

/// The names of an element; a link has one in the old way too.
pub(super) fn own_names(element: &Handle) -> Vec<String> {
    let old = Some("name").filter(|_| name(element) == "a");
    let names = [Some("id"), old].into_iter().flatten().filter_map(|key| attribute(element, key));
    names.collect()
}

/// The block that an element is or stands in; `None` where that is a heading or another that is no note.
fn block_of(element: &Handle) -> Option<Handle> {
    let mut around = std::iter::successors(Some(element.clone()), parent);
    around.find(|node| is_block(name(node)) || is_no_note(name(node))).filter(|node| is_block(name(node)))
}

fn is_no_note(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "tr" | "pre" | "figure" | "body")
}

fn lies_in(element: &Handle, outer: &Handle) -> bool {
    std::iter::successors(Some(element.clone()), parent).any(|node| Rc::ptr_eq(&node, outer))
}

fn is_block(name: &str) -> bool {
    matches!(name, "p" | "li" | "aside" | "div" | "dd" | "dt" | "section" | "blockquote" | "td")
}

/// What a node lies in.
pub(super) fn parent(node: &Handle) -> Option<Handle> {
    let parent = node.parent.take();
    let found = parent.as_ref().and_then(std::rc::Weak::upgrade);
    node.parent.set(parent);
    found
}
