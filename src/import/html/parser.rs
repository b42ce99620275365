//! The parser of HTML, stopped where a page would take it long.
//!
//! The parser is quadratic in how deep elements lie in each other, and it opens what formats a text anew in every
//! block that follows. Both are counted where it builds the page, so that no tag can be read otherwise here than
//! there; it is given the text in small stretches and gets no more of them once there is too much. Only the attributes of
//! one tag cannot be seen so: they are counted before.

use std::borrow::Cow;
use std::cell::Cell;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, parse_document};
use markup5ever_rcdom::{Handle, RcDom};

use super::notes::parent;
use super::tags::has_too_many_attributes;
use crate::import::TooHeavy;

/// How long a text may be, in bytes.
const LONGEST: usize = 64 * 1024 * 1024;

/// How deep elements may lie in each other. A table in a table is four: itself, its body, a row, a cell.
const DEEPEST: usize = 4 * 512;

/// How many elements the parser may make that no tag stands for, and how many neighbours it may pass to put
/// something before a table.
const MOST_REPEATED: usize = 1_000_000;
const MOST_PASSED: usize = 100_000_000;

/// So much of the text is parsed before it is looked at what was made of it, in bytes.
const STRETCH: usize = 4096;

/// Parses HTML.
///
/// Errors: it is nested too deeply, has tags with too many attributes, or is too long.
pub(super) fn parse(text: &str) -> Result<RcDom, TooHeavy> {
    if text.len() > LONGEST {
        return Err(TooHeavy::Long);
    }
    if has_too_many_attributes(text) {
        return Err(TooHeavy::Attributes);
    }
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let mut parser = parse_document(Builder::default(), options);
    let (mut rest, mut tags) = (text, 0);
    while !rest.is_empty() {
        let (stretch, after) = rest.split_at_checked(rest.floor_char_boundary(STRETCH)).unwrap_or((rest, ""));
        tags += memchr::memchr_iter(b'<', stretch.as_bytes()).count();
        parser.process(StrTendril::from_slice(stretch));
        if parser.tokenizer.sink.sink.is_too_heavy(tags) {
            return Err(TooHeavy::Nested);
        }
        rest = after;
    }
    Ok(parser.finish())
}

/// Builds a page and counts what that takes.
#[derive(Default)]
struct Builder {
    page: RcDom,
    deepest: Cell<usize>,
    made: Cell<usize>,
    passed: Cell<usize>,
}

impl Builder {
    /// Whether this is more than so many tags may ask for.
    fn is_too_heavy(&self, tags: usize) -> bool {
        self.deepest.get() > DEEPEST
            || self.made.get().saturating_sub(tags) > MOST_REPEATED
            || self.passed.get() > MOST_PASSED
    }

    fn note_depth(&self, element: &Handle) {
        let depth = std::iter::successors(Some(element.clone()), parent).take(DEEPEST + 2).count();
        self.deepest.set(self.deepest.get().max(depth));
    }

    fn note_neighbours(&self, element: &Handle) {
        let neighbours = parent(element).map_or(0, |parent| parent.children.borrow().len());
        self.passed.set(self.passed.get() + neighbours);
    }
}

impl TreeSink for Builder {
    type Handle = Handle;
    type Output = RcDom;
    type ElemName<'a> = ExpandedName<'a>;

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Handle {
        self.made.set(self.made.get() + 1);
        self.page.create_element(name, attributes, flags)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        // What stands deep stays so for many elements: it is enough to look at some.
        if self.made.get().is_multiple_of(16) {
            self.note_depth(parent);
        }
        self.page.append(parent, child);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        self.note_neighbours(sibling);
        self.page.append_before_sibling(sibling, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        self.note_neighbours(element);
        self.page.append_based_on_parent_node(element, before, child);
    }

    /// What is wrong with a page is no news.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn finish(self) -> RcDom {
        self.page
    }

    fn get_document(&self) -> Handle {
        self.page.get_document()
    }

    fn elem_name<'a>(&'a self, element: &'a Handle) -> ExpandedName<'a> {
        self.page.elem_name(element)
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.page.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        self.page.create_pi(target, data)
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.page.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, template: &Handle) -> Handle {
        self.page.get_template_contents(template)
    }

    fn same_node(&self, left: &Handle, right: &Handle) -> bool {
        self.page.same_node(left, right)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.page.set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, element: &Handle, attributes: Vec<Attribute>) {
        self.page.add_attrs_if_missing(element, attributes);
    }

    fn remove_from_parent(&self, element: &Handle) {
        self.page.remove_from_parent(element);
    }

    fn reparent_children(&self, element: &Handle, parent: &Handle) {
        self.page.reparent_children(element, parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, element: &Handle) -> bool {
        self.page.is_mathml_annotation_xml_integration_point(element)
    }
}
