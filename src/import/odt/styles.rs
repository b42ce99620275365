//! The styles of an ODT: which paragraphs are titles and quotations, what is hidden, where pages begin.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use crate::document::BlockKind;
use crate::import::raised::Shift;
use crate::import::style_names;
use crate::import::xml::{attribute, child, name};

/// Styles that build on more others than this are taken as they are.
pub(super) const MOST_BASES: usize = 32;

/// The styles of paragraphs and of stretches of text.
#[derive(Debug, Default)]
pub(super) struct Styles<'a> {
    styles: BTreeMap<(&'a str, &'a str), Style<'a>>,
}

#[derive(Debug, Default)]
struct Style<'a> {
    /// As the reader sees it.
    shown: &'a str,
    parent: Option<&'a str>,
    outline: Option<u8>,
    list: Option<&'a str>,
    hidden: bool,
    /// Whether it strikes words out, if it says so.
    struck: Option<bool>,
    shift: Option<Shift>,
    begins_page: bool,
    boxed: bool,
}

/// What a style makes of a paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing, and any of them go together")]
pub(super) struct Looks<'a> {
    /// What it is; `None` for running text.
    pub(super) kind: Option<BlockKind>,
    /// The style of its list.
    pub(super) list: Option<&'a str>,
    pub(super) hidden: bool,
    pub(super) begins_page: bool,
    pub(super) boxed: bool,
    /// Whether it is what a picture or table is called.
    pub(super) caption: bool,
}

impl<'a> Styles<'a> {
    /// Adds the styles that stand anywhere in a part. Those of the text itself are added last.
    pub(super) fn add(&mut self, root: Node<'a, 'a>) {
        for node in root.descendants().filter(|node| name(*node) == "style") {
            if let Some((family, own)) = attribute(node, "family").zip(attribute(node, "name")) {
                self.styles.insert((family, own), Style::of(node, own));
            }
        }
    }

    /// What a style makes of a paragraph.
    pub(super) fn paragraph(&self, style: Option<&'a str>) -> Looks<'a> {
        let bases = self.bases("paragraph", style);
        Looks {
            kind: bases.iter().find_map(|style| style.kind()),
            list: bases.iter().find_map(|style| style.list),
            hidden: bases.iter().any(|style| style.hidden),
            // What a page begins with is said of this paragraph, not of all with its style's base.
            begins_page: bases.iter().take(2).any(|style| style.begins_page),
            boxed: bases.iter().any(|style| style.boxed),
            caption: bases.iter().any(|style| style_names::is_caption(&[style.name().as_str()])),
        }
    }

    /// Whether a style hides text.
    pub(super) fn hides(&self, style: Option<&'a str>) -> bool {
        self.bases("text", style).iter().any(|style| style.hidden)
    }

    /// Whether a style of that family strikes text out, if it says so.
    pub(super) fn strikes(&self, family: &'static str, style: Option<&'a str>) -> Option<bool> {
        self.bases(family, style).iter().find_map(|style| style.struck)
    }

    /// Where a style puts text, if not on its line.
    pub(super) fn shift(&self, style: Option<&'a str>) -> Option<Shift> {
        self.bases("text", style).iter().find_map(|style| style.shift)
    }

    fn bases(&self, family: &'a str, style: Option<&'a str>) -> Vec<&Style<'a>> {
        let mut bases = Vec::new();
        let mut seen = BTreeSet::new();
        let mut next = style;
        while let Some(own) = next.filter(|own| bases.len() < MOST_BASES && seen.insert(*own)) {
            let Some(style) = self.styles.get(&(family, own)) else { break };
            bases.push(style);
            next = style.parent;
        }
        bases
    }
}

impl<'a> Style<'a> {
    fn of(node: Node<'a, 'a>, own: &'a str) -> Self {
        let paragraph = child(node, "paragraph-properties");
        let text = child(node, "text-properties");
        let breaks = paragraph.and_then(|own| attribute(own, "break-before")) == Some("page");
        let master = attribute(node, "master-page-name").is_some_and(|master| !master.is_empty());
        let border = |side: &str| {
            let border = paragraph.and_then(|own| attribute(own, side));
            border.is_some_and(|border| border != "none")
        };
        let sides = ["border-top", "border-bottom", "border-left", "border-right"];
        Self {
            shown: attribute(node, "display-name").unwrap_or(own),
            parent: attribute(node, "parent-style-name"),
            outline: attribute(node, "default-outline-level").and_then(|level| level.parse().ok()),
            list: attribute(node, "list-style-name"),
            hidden: text.and_then(|own| attribute(own, "display")) == Some("none"),
            struck: text.and_then(struck),
            shift: text.and_then(|own| attribute(own, "text-position")).and_then(shift),
            begins_page: breaks || master,
            boxed: border("border") || sides.into_iter().all(border),
        }
    }

    /// Its name in small letters, as the reader sees it.
    fn name(&self) -> String {
        self.shown.replace("_20_", " ").to_lowercase()
    }

    /// What its name means.
    fn kind(&self) -> Option<BlockKind> {
        if let Some(level) = self.outline.filter(|level| (1..=10).contains(level)) {
            return Some(BlockKind::Heading { level });
        }
        match self.name().as_str() {
            "title" | "标题" | "標題" => Some(BlockKind::Title),
            "quotations" | "quote" | "block text" | "intense quote" => Some(BlockKind::Quotation),
            "preformatted text" | "source code" => Some(BlockKind::Preformatted),
            _ => None,
        }
    }
}

/// Whether properties of text draw a line through it; those that say nothing of it leave it as it is.
fn struck(text: Node<'_, '_>) -> Option<bool> {
    let said = ["text-line-through-style", "text-line-through-type"].map(|key| attribute(text, key));
    let mut said = said.into_iter().flatten().peekable();
    said.peek()?;
    Some(said.all(|line| line != "none"))
}

/// What a position of text (`super 58%`, `-33% 58%`) means; text that only stands a little higher is on its line.
fn shift(position: &str) -> Option<Shift> {
    let mut words = position.split_whitespace();
    let (by, size) = (words.next()?, words.next());
    match by {
        "super" => Some(Shift::Raised),
        "sub" => Some(Shift::Lowered),
        _ if size.is_none_or(|size| size == "100%") => None,
        _ if by.starts_with('-') => Some(Shift::Lowered),
        _ if by.starts_with('0') => None,
        _ => Some(Shift::Raised),
    }
}
