//! What a page says of itself: its metadata, what it hides, and where its main text is.

use std::collections::HashSet;

use markup5ever_rcdom::Handle;

use super::html_main::Layout;
use super::html_nodes::{all_text, attribute, elements, name, text_of};
use crate::document::{Field, Metadata};

/// What is known of a page before its text is written.
#[derive(Default)]
pub(super) struct Page {
    /// What lies where on it.
    pub(super) layout: Layout,
    /// Classes and ids that the page's own style hides.
    hidden: HashSet<String>,
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
        page
    }

    /// Notes what a head element says: metadata, and what the style hides.
    fn note(&mut self, element: &Handle) {
        match name(element) {
            "title" if self.metadata.title.is_none() => {
                self.metadata.title = field(Some(without_site(&text_of(element))));
            }
            "base" if self.base.is_none() => self.base = attribute(element, "href"),
            "html" => self.metadata.language = field(attribute(element, "lang")),
            "style" => self.hidden.extend(hidden_by(&text_of(element))),
            "link" if attribute(element, "rel").as_deref() == Some("canonical") => {
                self.metadata.address = field(attribute(element, "href"));
            }
            "meta" => self.note_meta(element),
            _ => {}
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
        let said: String = all_text(heading).split_whitespace().collect();
        match &self.metadata.title {
            Some(title) => !said.is_empty() && said == title.value.split_whitespace().collect::<String>(),
            None => level == 1,
        }
    }

    /// Whether the page hides an element from its readers.
    pub(super) fn is_hidden(&self, element: &Handle) -> bool {
        let style = attribute(element, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
        let selectors = attribute(element, "class").unwrap_or_default();
        let mut selectors = selectors.split_ascii_whitespace().map(|class| format!(".{class}"));
        let id = attribute(element, "id").map(|id| format!("#{id}"));
        attribute(element, "hidden").is_some()
            || style.contains("display:none")
            || style.contains("visibility:hidden")
            || selectors.any(|selector| self.hidden.contains(&selector))
            || id.is_some_and(|id| self.hidden.contains(&id))
            || matches!(name(element), "template" | "noscript")
    }
}

/// The selectors of one class or id that a style hides, with their mark.
fn hidden_by(style: &str) -> Vec<String> {
    let mut hidden = Vec::new();
    for (selectors, rest) in style.split('}').filter_map(|rule| rule.rsplit_once('{')) {
        let rest = rest.replace(' ', "").to_ascii_lowercase();
        if !rest.contains("display:none") && !rest.contains("visibility:hidden") {
            continue;
        }
        let simple = selectors.split(',').map(str::trim).filter(|selector| selector.starts_with(['.', '#']));
        hidden.extend(simple.filter(|selector| !selector.contains([' ', '>', ':', '['])).map(str::to_owned));
    }
    hidden
}

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
