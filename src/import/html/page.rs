//! What a page says of itself: its metadata, what it hides, and where its main text is.

use std::collections::HashSet;
use std::rc::Rc;

use markup5ever_rcdom::{Handle, Node};

use super::css::{self, Sheet};
use super::css_hidden::{self, Seen};
use super::main_text::{Layout, sentence_marks};
use super::nodes::{all_text, attribute, elements, name, short_text, text_of};
use super::title;
use crate::document::{Field, Metadata};
use crate::import::byline;
use crate::import::finish::people;

/// What is known of a page before its text is written.
#[derive(Default)]
pub(super) struct Page {
    /// What lies where on it.
    pub(super) layout: Layout,
    /// Its style sheets, in their order.
    pub(super) sheets: Vec<Rc<Sheet>>,
    /// Classes and ids that those hide, and whose letters have no size by them.
    hidden: HashSet<String>,
    tiny: HashSet<String>,
    /// Those that strike words out.
    struck: HashSet<String>,
    /// Elements that are not believed to be hidden.
    shown: HashSet<*const Node>,
    /// What it says of itself.
    pub(super) metadata: Metadata,
    /// What it is called where other sites name it.
    shared_title: Option<Field>,
    /// What it shows in frames, as it refers to it.
    pub(super) frames: Vec<String>,
    /// What its links lead on from, as it is written.
    pub(super) base: Option<String>,
}

impl Page {
    /// What a page says of itself, and what lies where on it. `sheet` gives the style sheets that do not stand in it, by the
    /// references to them.
    pub(super) fn of(document: &Handle, sheet: &FindSheet<'_>) -> Self {
        let mut page = Self::default();
        let elements = elements(document);
        for element in &elements {
            page.note(element, sheet);
        }
        page.note_hidden();
        page.note_title(&elements);
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
    fn note(&mut self, element: &Handle, sheet: &FindSheet<'_>) {
        match name(element) {
            "title" if self.metadata.title.is_none() => {
                self.metadata.title = field(Some(text_of(element)));
            }
            "iframe" | "frame" if self.frames.len() < MOST_FRAMES => {
                self.frames.extend(attribute(element, "src").filter(|source| leads_to_page(source)));
            }
            "base" if self.base.is_none() => self.base = attribute(element, "href"),
            "html" => self.metadata.language = field(attribute(element, "lang")),
            "style" if is_for_screens(element) => {
                let css = text_of(element);
                self.sheets.extend(css::imports(&css).iter().filter_map(|reference| sheet(reference)));
                self.sheets.push(Rc::new(Sheet::of(&css)));
            }
            "link" if is_sheet(element) => {
                self.sheets.extend(attribute(element, "href").and_then(|href| sheet(&href)));
            }
            "link" if attribute(element, "rel").as_deref() == Some("canonical") => {
                self.metadata.address = field(attribute(element, "href"));
            }
            "meta" => self.note_meta(element),
            _ => self.note_published(element),
        }
    }

    /// Notes the date of an element that is called the time of publishing, wherever on the page it stands.
    fn note_published(&mut self, element: &Handle) {
        if self.metadata.date.is_some() || !is_called_published(element) {
            return;
        }
        // As ISO 8601 writes it, the time of day stands behind a letter.
        let machine = attribute(element, "datetime").map(|said| said.replace('T', " "));
        let said = machine.or_else(|| short_text(element, LONGEST_DATE)).unwrap_or_default();
        let date = byline::date_in(&said).and_then(|date| date.of(&said));
        self.metadata.date = field(date.map(str::to_owned));
    }

    /// Tells the title of a page from the name of its site.
    fn note_title(&mut self, all: &[Handle]) {
        let Some(Field { value: whole, .. }) = &self.metadata.title else { return };
        let shared = self.shared_title.take().map(|shared| shared.value);
        let own = title::own(whole, shared.as_deref(), all);
        self.metadata.title = field(Some(own));
    }

    /// Notes the classes and ids that the styles hide. Of two rules the last counts; those for printing and for small
    /// windows are not for this reader.
    fn note_hidden(&mut self) {
        self.sheets = last_of_each(std::mem::take(&mut self.sheets));
        let said = self.sheets.iter().flat_map(|sheet| sheet.seen());
        for (selector, Seen { hidden, tiny, struck }) in said {
            let known = [(hidden, &mut self.hidden), (tiny, &mut self.tiny), (struck, &mut self.struck)];
            for (says, all) in known {
                match says {
                    Some(true) => drop(all.insert(selector.clone())),
                    Some(false) => drop(all.remove(selector)),
                    None => {}
                }
            }
        }
    }

    fn note_meta(&mut self, element: &Handle) {
        let key = attribute(element, "name").or_else(|| attribute(element, "property")).unwrap_or_default();
        let place = match key.to_ascii_lowercase().as_str() {
            "author" | "article:author" | "citation_author" => return self.add_author(element),
            "date" | "pubdate" | "publishdate" | "article:published_time" => &mut self.metadata.date,
            "source" | "contentsource" | "og:site_name" => &mut self.metadata.source,
            "og:url" => &mut self.metadata.address,
            "og:title" => &mut self.shared_title,
            _ => return,
        };
        if place.is_none() {
            *place = field(attribute(element, "content"));
        }
    }

    /// A page names each of several authors by itself; some give an address of one.
    fn add_author(&mut self, element: &Handle) {
        let Some(Field { value, .. }) = field(attribute(element, "content")) else { return };
        if !value.contains("://") {
            let known = self.metadata.author.take().map(|known| known.value).unwrap_or_default();
            self.metadata.author = field(Some(people([known.as_str(), value.as_str()])));
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

    /// Whether the page draws a line through the words of an element.
    pub(super) fn strikes(&self, element: &Handle) -> bool {
        let own = attribute(element, "style").and_then(|style| css_hidden::seen(&style).struck);
        let by_name = || matches!(name(element), "s" | "strike") || is_named_in(&self.struck, element);
        own.unwrap_or_else(by_name)
    }

    /// Whether the page hides an element from its readers.
    pub(super) fn is_hidden(&self, element: &Handle) -> bool {
        if self.shown.contains(&Rc::as_ptr(element)) {
            return false;
        }
        let own = attribute(element, "style").map(|style| css_hidden::seen(&style)).unwrap_or_default();
        attribute(element, "hidden").is_some()
            || own.hidden == Some(true)
            || is_named_in(&self.hidden, element)
            || is_never_shown(name(element))
            || is_without_elements(element) && own.tiny.unwrap_or_else(|| is_named_in(&self.tiny, element))
    }
}

/// So many bytes of white space may stand in a heading.
const LAYOUT: usize = 1000;
/// The style sheet that a page refers to so, where it is there.
pub(super) type FindSheet<'a> = dyn Fn(&str) -> Option<Rc<Sheet>> + 'a;

/// A sheet counts where it is named last; only the last few of many count.
fn last_of_each(sheets: Vec<Rc<Sheet>>) -> Vec<Rc<Sheet>> {
    let mut seen = HashSet::new();
    let last = sheets.into_iter().rev().filter(|sheet| seen.insert(Rc::as_ptr(sheet)));
    let mut last: Vec<Rc<Sheet>> = last.take(MOST_SHEETS).collect();
    last.reverse();
    last
}

/// So many style sheets of one page count.
const MOST_SHEETS: usize = 50;

/// Whether an element is named by its class or its id among these.
fn is_named_in(selectors: &HashSet<String>, element: &Handle) -> bool {
    if selectors.is_empty() {
        return false;
    }
    let classes = attribute(element, "class").unwrap_or_default();
    let named = |class: &str| {
        let class = format!(".{class}");
        selectors.contains(&class) || selectors.contains(&format!("{}{class}", name(element)))
    };
    let id = attribute(element, "id").map(|id| format!("#{id}"));
    classes.split_ascii_whitespace().any(named) || id.is_some_and(|id| selectors.contains(&id))
}

/// Whether only words stand in an element: the size of letters holds for them.
fn is_without_elements(element: &Handle) -> bool {
    element.children.borrow().iter().all(|child| matches!(name(child), "" | "br"))
}

/// So many frames of a page are named, of which fewer are looked at.
const MOST_FRAMES: usize = 100;

/// Whether the source of a frame is another page, and not a program or nothing.
fn leads_to_page(source: &str) -> bool {
    let source = source.trim().to_ascii_lowercase();
    !source.is_empty()
        && !["about:", "javascript:", "data:", "blob:"].iter().any(|other| source.starts_with(other))
}

/// Whether an element refers to a style sheet that is for this reader.
fn is_sheet(link: &Handle) -> bool {
    let relation = attribute(link, "rel").unwrap_or_else(|| "stylesheet".to_owned()).to_ascii_lowercase();
    let says = |word| relation.split_ascii_whitespace().any(|said| said == word);
    says("stylesheet") && !says("alternate") && is_for_screens(link)
}

/// Whether a style is for screens, as it is where it does not say for what.
fn is_for_screens(style: &Handle) -> bool {
    let media = attribute(style, "media").map(|media| media.to_ascii_lowercase());
    media.is_none_or(|media| media.trim().is_empty() || css::names_screens(&media))
}

fn is_never_shown(name: &str) -> bool {
    matches!(name, "template" | "noscript")
}

/// So many bytes has a date at most, with the white space around it.
const LONGEST_DATE: usize = 200;

/// Whether a page calls an element the time when it was published.
fn is_called_published(element: &Handle) -> bool {
    let calls = ["id", "class", "itemprop"].into_iter().filter_map(|key| attribute(element, key));
    calls.into_iter().any(|names| {
        names.split_ascii_whitespace().any(|name| {
            let name = name.replace(['-', '_'], "").to_ascii_lowercase();
            ["publishtime", "publishdate", "datepublished", "pubtime", "pubdate"].contains(&name.as_str())
        })
    })
}

/// Where a page shows so few marks of sentences, what it hides is looked at: so many elements.
const LITTLE: usize = 10;
const MOST_HIDDEN: usize = 50;

fn field(value: Option<String>) -> Option<Field> {
    let value = value?.trim().to_owned();
    (!value.is_empty()).then_some(Field { value, span: None })
}
