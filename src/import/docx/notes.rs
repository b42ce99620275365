//! Footnotes, endnotes and comments of a DOCX.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document as Tree, Node};

use super::numbering::counting;
use super::pages::Pages;
use super::{Trees, value};
use crate::import::counting::{Counting, as_mark};
use crate::import::ties::Said;
use crate::import::writer::Writer;
use crate::import::xml::{attribute, child, children, name, text_in};

/// Notes at the foot of a page or at the end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Kind {
    Footnote,
    Endnote,
}

impl Kind {
    /// Those that a part holds, by the kind of the part.
    pub(super) fn of_part(kind: &str) -> Option<Self> {
        match kind {
            "footnotes" => Some(Self::Footnote),
            "endnotes" => Some(Self::Endnote),
            _ => None,
        }
    }
}

/// The notes of a document, and how far they have been counted.
pub(super) struct Notes<'a> {
    known: BTreeMap<(Kind, &'a str), Node<'a, 'a>>,
    /// Those that were given: a note is written once.
    given: BTreeSet<(Kind, String)>,
    forms: BTreeMap<Kind, Form>,
    counts: BTreeMap<Kind, Count>,
}

/// How notes are counted.
#[derive(Clone, Copy, Debug)]
struct Form {
    counting: Counting,
    start: u32,
    restart: Restart,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Restart {
    Never,
    Section,
    Page,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    number: Option<u32>,
    /// The section or page that it was counted in.
    within: u64,
}

/// A note that the text refers to.
#[derive(Clone, Debug)]
pub(super) struct Referred<'a> {
    pub(super) kind: Kind,
    /// By which its mark and itself are tied.
    pub(super) key: String,
    pub(super) label: String,
    /// What it says; `None` where the file lacks it, or it was given before.
    pub(super) node: Option<Node<'a, 'a>>,
    /// Whether the file lacks it.
    pub(super) is_lost: bool,
}

impl<'a> Notes<'a> {
    /// The notes of a document whose own settings stand in `document`, where they differ from the file's.
    pub(super) fn of(trees: &'a Trees<'_>, document: Node<'_, '_>) -> Self {
        let mut known = BTreeMap::new();
        gather(Kind::Footnote, trees.footnotes.as_ref(), &mut known);
        gather(Kind::Endnote, trees.endnotes.as_ref(), &mut known);
        let settings = trees.settings.as_ref().map(Tree::root_element);
        let section = document.descendants().find(|node| name(*node) == "sectPr");
        let form = |kind| (kind, Form::of(kind, [settings, section]));
        let forms = [Kind::Footnote, Kind::Endnote].map(form).into();
        Self { known, given: BTreeSet::new(), forms, counts: BTreeMap::new() }
    }

    /// The note that a reference refers to; `own_mark` where the text has a mark of its own for it.
    pub(super) fn refer(
        &mut self,
        kind: Kind,
        reference: Node<'_, '_>,
        pages: &Pages,
        own_mark: Option<&str>,
    ) -> Option<Referred<'a>> {
        let id = attribute(reference, "id")?;
        let label = match own_mark {
            Some(mark) => mark.to_owned(),
            None => self.count(kind, pages),
        };
        let first = self.given.insert((kind, id.to_owned()));
        let node = self.known.get(&(kind, id)).copied();
        let is_lost = node.is_none();
        Some(Referred { kind, key: format!("{kind:?} {id}"), label, node: node.filter(|_| first), is_lost })
    }

    /// The mark of the next note.
    fn count(&mut self, kind: Kind, pages: &Pages) -> String {
        let form = self.forms.get(&kind).copied().unwrap_or(Form::of(kind, [None, None]));
        let within = match form.restart {
            Restart::Never => 0,
            Restart::Section => pages.section() as u64,
            Restart::Page => pages.number().into(),
        };
        let count = self.counts.entry(kind).or_default();
        let before = count.number.filter(|_| count.within == within);
        let number = before.map_or(form.start, |number| number.saturating_add(1));
        *count = Count { number: Some(number), within };
        as_mark(&form.counting.show(number))
    }
}

fn gather<'a>(kind: Kind, tree: Option<&'a Tree<'_>>, notes: &mut BTreeMap<(Kind, &'a str), Node<'a, 'a>>) {
    let Some(tree) = tree else { return };
    for note in tree.root_element().children().filter(|node| matches!(name(*node), "footnote" | "endnote")) {
        // Lines that part notes from the text are notes to Word.
        let is_line = attribute(note, "type").is_some_and(|kind| kind != "normal");
        if let Some(id) = attribute(note, "id").filter(|_| !is_line) {
            notes.insert((kind, id), note);
        }
    }
}

impl Form {
    /// By what the file's settings say, and over it what the document's first section says.
    fn of(kind: Kind, said: [Option<Node<'_, '_>>; 2]) -> Self {
        let (own, counting_of) = match kind {
            Kind::Footnote => ("footnotePr", Counting::Arabic),
            Kind::Endnote => ("endnotePr", Counting::RomanSmall),
        };
        let mut form = Self { counting: counting_of, start: 1, restart: Restart::Never };
        for properties in said.into_iter().flatten().filter_map(|node| child(node, own)) {
            let said = |name: &str| child(properties, name).and_then(value);
            form.counting = said("numFmt").map_or(form.counting, |name| counting(name, None));
            form.start = said("numStart").and_then(|start| start.parse().ok()).unwrap_or(form.start);
            form.restart = match said("numRestart") {
                Some("eachSect") => Restart::Section,
                Some("eachPage") => Restart::Page,
                Some(_) => Restart::Never,
                None => form.restart,
            };
        }
        form
    }
}

/// Gives what the comments say to the text that they are about.
pub(super) fn comments(comments: Option<&Tree<'_>>, writer: &mut Writer) {
    let Some(comments) = comments else { return };
    for comment in children(comments.root_element(), "comment") {
        let Some(id) = attribute(comment, "id") else { continue };
        let paragraphs = comment.descendants().filter(|node| name(*node) == "p");
        let lines: Vec<String> = paragraphs.map(words).filter(|line| !line.trim().is_empty()).collect();
        let said = |name: &str| attribute(comment, name).map(str::to_owned).filter(|said| !said.is_empty());
        let said = Said { text: lines.join("\n"), author: said("author"), date: said("date") };
        writer.comment(id, said);
    }
}

/// The text of a paragraph, without its marks.
pub(super) fn words(paragraph: Node<'_, '_>) -> String {
    paragraph.descendants().filter(|node| name(*node) == "t").map(text_in).collect()
}
