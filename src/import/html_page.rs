//! What a page says of itself: its metadata, what it hides, and where its main text is.

use std::collections::HashSet;
use std::rc::Rc;

use markup5ever_rcdom::{Handle, Node};

use super::css;
use super::html_main::{Layout, sentence_marks};
use super::html_nodes::{all_text, attribute, elements, name, short_text, style_of, text_of};
use crate::document::{Field, Metadata};

/// What is known of a page before its text is written.
#[derive(Default)]
pub(super) struct Page {
    /// What lies where on it.
    pub(super) layout: Layout,
    /// Classes and ids that the page's own style hides.
    hidden: HashSet<String>,
    /// Elements that are not believed to be hidden.
    shown: HashSet<*const Node>,
    /// What it says of itself.
    pub(super) metadata: Metadata,
    /// What its links lead on from, as it is written.
    pub(super) base: Option<String>,
}

impl Page {
    /// What a page says of itself, and what lies where on it.
    pub(super) fn of(document: &Handle) -> Self {
        let mut page = Self::default();
        let elements = elements(document);
        for element in &elements {
            page.note(element);
        }
        page.layout = Layout::of(document, &elements, &page);
        if page.layout.prose <= LITTLE && page.believes_too_much(&elements) {
            page.layout = Layout::of(document, &elements, &page);
        }
        page
    }

    /// Notes elements that hide nearly all there is to read: such a page shows them once its programs have run.
    /// Whether there are any.
    fn believes_too_much(&mut self, all: &[Handle]) -> bool {
        let said = |element: &Handle| sentence_marks(&all_text(element));
        let hidden: Vec<&Handle> =
            all.iter().filter(|element| self.is_hidden(element)).take(MOST_HIDDEN).collect();
        let most = (self.layout.prose * 10).max(LITTLE);
        let shows = |element: &&Handle| said(element) > most && !is_never_shown(name(element));
        self.shown = hidden.into_iter().filter(shows).map(Rc::as_ptr).collect();
        !self.shown.is_empty()
    }

    /// Notes what a head element says: metadata, and what the style hides.
    fn note(&mut self, element: &Handle) {
        match name(element) {
            "title" if self.metadata.title.is_none() => {
                self.metadata.title = field(Some(without_site(&text_of(element))));
            }
            "base" if self.base.is_none() => self.base = attribute(element, "href"),
            "html" => self.metadata.language = field(attribute(element, "lang")),
            "style" => self.note_style(&text_of(element)),
            "link" if attribute(element, "rel").as_deref() == Some("canonical") => {
                self.metadata.address = field(attribute(element, "href"));
            }
            "meta" => self.note_meta(element),
            _ => {}
        }
    }

    /// Notes the classes and ids that a style hides. Of two rules the last counts; those for printing and for
    /// small windows are not for this reader.
    fn note_style(&mut self, style: &str) {
        for (selectors, rules) in css::rules(&css::without_comments(style)) {
            let rules = rules.replace(' ', "").to_ascii_lowercase();
            let hides = rules.contains("display:none") || rules.contains("visibility:hidden");
            let shows = rules.contains("display:") || rules.contains("visibility:");
            let simple = selectors.split(',').map(str::trim).filter(|one| one.starts_with(['.', '#']));
            for selector in simple.filter(|one| !one.contains([' ', '>', ':', '[']) && (hides || shows)) {
                if hides {
                    self.hidden.insert(selector.to_owned());
                } else {
                    self.hidden.remove(selector);
                }
            }
        }
    }

    fn note_meta(&mut self, element: &Handle) {
        let key = attribute(element, "name").or_else(|| attribute(element, "property")).unwrap_or_default();
        let place = match key.to_ascii_lowercase().as_str() {
            "author" | "article:author" => &mut self.metadata.author,
            "date" | "pubdate" | "publishdate" | "article:published_time" => &mut self.metadata.date,
            "source" | "contentsource" | "og:site_name" => &mut self.metadata.source,
            "og:url" => &mut self.metadata.address,
            _ => return,
        };
        if place.is_none() {
            *place = field(attribute(element, "content"));
        }
    }

    /// Whether a heading says the page's title; where the page declares none, a heading of level 1 does.
    pub(super) fn is_titled(&self, heading: &Handle, level: u8) -> bool {
        let Some(title) = &self.metadata.title else { return level == 1 };
        let without_space = |text: &str| text.split_whitespace().collect::<String>();
        let said = short_text(heading, 2 * title.value.len() + LAYOUT);
        said.is_some_and(|said| {
            !said.trim().is_empty() && without_space(&said) == without_space(&title.value)
        })
    }

    /// Whether the page hides an element from its readers.
    pub(super) fn is_hidden(&self, element: &Handle) -> bool {
        if self.shown.contains(&Rc::as_ptr(element)) {
            return false;
        }
        let style = style_of(element);
        let selectors = attribute(element, "class").unwrap_or_default();
        let mut selectors = selectors.split_ascii_whitespace().map(|class| format!(".{class}"));
        let id = attribute(element, "id").map(|id| format!("#{id}"));
        attribute(element, "hidden").is_some()
            || style.contains("display:none")
            || style.contains("visibility:hidden")
            || selectors.any(|selector| self.hidden.contains(&selector))
            || id.is_some_and(|id| self.hidden.contains(&id))
            || is_never_shown(name(element))
    }
}

/// So many bytes of white space may stand in a heading.
const LAYOUT: usize = 1000;

fn is_never_shown(name: &str) -> bool {
    matches!(name, "template" | "noscript")
}

/// Where a page shows so few marks of sentences, what it hides is looked at: so many elements.
const LITTLE: usize = 10;
const MOST_HIDDEN: usize = 50;

/// A page's title without the name of its site.
fn without_site(title: &str) -> String {
    let title = title.trim();
    let end = ["_", " - ", " | ", "|", " – ", "－"].iter().filter_map(|mark| title.find(mark)).min();
    let own = end.and_then(|end| title.get(..end)).map(str::trim).filter(|own| !own.is_empty());
    own.unwrap_or(title).to_owned()
}

fn field(value: Option<String>) -> Option<Field> {
    let value = value?.trim().to_owned();
    (!value.is_empty()).then_some(Field { value, span: None })
}
