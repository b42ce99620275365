//! The pages of a DOCX: where Word last began each, and what the pages are called.

use roxmltree::Node;

use super::numbering::counting;
use crate::import::counting::Counting;
use crate::import::xml::{attribute, child, find, name};

/// The pages of a document, as they are passed.
#[derive(Debug, Default)]
pub(super) struct Pages {
    sections: Vec<Section>,
    section: usize,
    number: u32,
    /// The number of the next page, where its section says one.
    next: Option<u32>,
    /// Whether Word left marks of its pages in the text.
    known: bool,
}

/// How the pages of a section are numbered.
#[derive(Clone, Copy, Debug, Default)]
struct Section {
    start: Option<u32>,
    counting: Counting,
}

impl Pages {
    /// The pages of a document.
    pub(super) fn of(document: Node<'_, '_>) -> Self {
        // What a section was before a change is kept beside what it is.
        let was = |node: &Node<'_, '_>| node.parent().is_some_and(|parent| name(parent) == "sectPrChange");
        let all = document.descendants().filter(|node| name(*node) == "sectPr" && !was(node));
        let sections: Vec<Section> = all.map(Section::of).collect();
        let known = find(document, "lastRenderedPageBreak").is_some();
        let next = sections.first().and_then(|section| section.start);
        Self { sections, section: 0, number: 0, next, known }
    }

    /// A page begins: what it is called. `None` where the pages are not known.
    pub(super) fn begin(&mut self) -> Option<String> {
        self.number = self.next.take().unwrap_or(self.number.saturating_add(1));
        let counting = self.sections.get(self.section).map_or(Counting::Arabic, |section| section.counting);
        self.known.then(|| counting.show(self.number))
    }

    /// A section ends.
    pub(super) fn end_section(&mut self) {
        self.section += 1;
        self.next = self.sections.get(self.section).and_then(|section| section.start);
    }

    /// The section that is open, from 0.
    pub(super) fn section(&self) -> usize {
        self.section
    }

    /// The page that is open.
    pub(super) fn number(&self) -> u32 {
        self.number
    }
}

impl Section {
    fn of(properties: Node<'_, '_>) -> Self {
        let numbers = child(properties, "pgNumType");
        let said = |name: &str| attribute(numbers?, name);
        Self {
            start: said("start").and_then(|start| start.parse().ok()),
            counting: said("fmt").map_or(Counting::Arabic, |name| counting(name, None)),
        }
    }
}
