//! What is drawn in an ODT: boxes of text, pictures, and objects of other programs, of which formulas are read.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::body::{Body, Place, Waiting};
use super::locked::Package;
use crate::document::{AsideReason, BlockKind, Format};
use crate::import::archive::normalised;
use crate::import::mathml;
use crate::import::xml::{self, attribute, child, children, find, name, text_in};

/// So many objects that lie in parts of their own are looked at.
const MOST_OBJECTS: usize = 2_000;

/// The formulas that lie in parts of their own, by what the text calls them.
#[derive(Debug, Default)]
pub(super) struct Formulas(BTreeMap<String, String>);

impl Formulas {
    /// Those that a text refers to, as far as they can be read: of what is left the reader is told as of other objects.
    pub(super) fn of(content: Node<'_, '_>, package: &mut Package<'_>) -> Self {
        let objects = content.descendants().filter(|node| name(*node) == "object");
        let mut formulas = BTreeMap::new();
        for written in objects.filter_map(|object| attribute(object, "href")).take(MOST_OBJECTS) {
            if let Some(signs) = signs_in_part(package, written) {
                formulas.insert(written.to_owned(), signs);
            }
        }
        Self(formulas)
    }

    /// The signs of the formula that an object is, which may stand right in it; `None` for other objects.
    pub(super) fn signs(&self, object: Node<'_, '_>) -> Option<String> {
        match attribute(object, "href") {
            Some(written) => self.0.get(written).cloned(),
            None => signs(find(object, "math")?),
        }
    }
}

fn signs_in_part(package: &mut Package<'_>, written: &str) -> Option<String> {
    let part = normalised("", &format!("{written}/content.xml"))?;
    let text = xml::decode(package.part(&part).ok()??, Format::Odt).ok()?;
    let tree = xml::parse(&text, Format::Odt).ok()?;
    signs(Some(tree.root_element()).filter(|root| name(*root) == "math")?)
}

fn signs(math: Node<'_, '_>) -> Option<String> {
    Some(mathml::signs(&math)).filter(|signs| !signs.is_empty())
}

impl mathml::Element for Node<'_, '_> {
    fn called(&self) -> &str {
        name(*self)
    }

    fn inner(&self) -> Vec<Self> {
        self.children().filter(Self::is_element).collect()
    }

    fn words(&self) -> String {
        text_in(*self)
    }
}

impl<'a> Body<'a> {
    /// Text boxes follow their paragraph; what is said of pictures is hidden from the page's readers.
    pub(super) fn draw(&mut self, drawing: Node<'a, 'a>, place: Place) {
        let mut open = vec![drawing];
        while let Some(node) = open.pop() {
            match name(node) {
                "text-box" => {
                    self.waiting.push(Waiting::Box(node));
                    continue;
                }
                own if is_drawing(own) && (child(node, "p").or_else(|| child(node, "list"))).is_some() => {
                    self.waiting.push(Waiting::Box(node));
                    continue;
                }
                // What its frame says of it besides says only that it is one.
                "frame" if let Some(signs) = self.formula_in(node) => {
                    self.write(&signs, place);
                    continue;
                }
                "object" | "object-ole" => {
                    self.objects += 1;
                    continue;
                }
                "title" | "desc" => {
                    self.writer
                        .add_after(BlockKind::Aside(AsideReason::Hidden), text_in(node).trim().to_owned());
                }
                _ => {}
            }
            let inner: Vec<Node<'a, 'a>> = node.children().filter(Node::is_element).collect();
            open.extend(inner.into_iter().rev());
        }
    }

    fn formula_in(&self, frame: Node<'_, '_>) -> Option<String> {
        children(frame, "object").find_map(|object| self.formulas.signs(object))
    }
}

/// Whether an element draws something: a frame, a group, or a shape, in which words may stand.
pub(super) fn is_drawing(name: &str) -> bool {
    matches!(
        name,
        "frame"
            | "g"
            | "custom-shape"
            | "rect"
            | "ellipse"
            | "circle"
            | "line"
            | "polyline"
            | "polygon"
            | "regular-polygon"
            | "path"
            | "connector"
            | "caption"
            | "measure"
    )
}
