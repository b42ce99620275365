//! Where the main text of a page is.
//!
//! Every element is weighed by the marks of sentences outside of links. The innermost container with two
//! thirds of them is the text, unless it is only a part of one: its longest section, its list, its table. What
//! readers say below a text is not counted, however much it is.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use markup5ever_rcdom::{Handle, Node, NodeData};

use super::html_nodes::{attribute, descendants, is_without_text, name, text_of};
use super::html_page::Page;

/// What lies where on a page.
#[derive(Default)]
pub(super) struct Layout {
    /// The element with the main text; `None` where there is no prose at all.
    pub(super) main: Option<Handle>,
    /// Tables that only lay out the page.
    pub(super) tables: HashSet<*const Node>,
    /// Lists and blocks that are nothing but links.
    pub(super) links: HashSet<*const Node>,
    /// What stands around the text, by what it is called.
    pub(super) around: HashSet<*const Node>,
    /// Whether all of the page is nothing but links.
    is_contents: bool,
}

impl Layout {
    /// The layout of a page with these elements.
    pub(super) fn of(document: &Handle, all: &[Handle], page: &Page) -> Self {
        let mut layout = Self::default();
        let tallies = layout.tally(all, page);
        let weigher = Weigher { page, tallies };
        layout.keep_links_of_text(all, &weigher);
        let path = weigher.path_to_main(document);
        layout.tables.extend(laid_out(&path));
        layout.main = path.into_iter().last();
        layout.is_contents = weigher.tally(document).is_only_links();
        layout.around =
            all.iter().filter(|element| weigher.is_around(document, element)).map(Rc::as_ptr).collect();
        layout
    }

    /// Whether an element is the one with the main text.
    pub(super) fn is_main(&self, element: &Handle) -> bool {
        self.main.as_ref().is_some_and(|main| Rc::ptr_eq(main, element))
    }

    /// Takes all of the page as text, as in a book; only a page that is nothing but links is none.
    pub(super) fn take_as_text(&mut self) {
        self.main = None;
        self.around.clear();
        if !self.is_contents {
            self.links.clear();
        }
    }

    /// Counts what each element holds, from the leaves up.
    fn tally(&mut self, all: &[Handle], page: &Page) -> Tallies {
        let mut tallies = HashMap::with_capacity(all.len());
        for element in all.iter().rev() {
            let tally = tally_of(element, page, &tallies);
            let key = Rc::as_ptr(element);
            let own = name(element);
            if own == "table" && (tally.tables > 1 || tally.blocks > tally.cells.max(1) * 2) {
                self.tables.insert(key);
            }
            if tally.is_only_links() && !(own == "p" && tally.prose > 0) {
                self.links.insert(key);
            }
            tallies.insert(key, tally);
        }
        tallies
    }

    /// Lists of links between two paragraphs belong to the text.
    fn keep_links_of_text(&mut self, all: &[Handle], weigher: &Weigher<'_>) {
        let mut kept = HashSet::new();
        for outer in all {
            let children = outer.children.borrow();
            let inner: Vec<&Handle> = children.iter().filter(|child| !name(child).is_empty()).collect();
            for (index, child) in inner.iter().enumerate() {
                let says = |index: Option<usize>| {
                    let neighbour = index.and_then(|index| inner.get(index));
                    neighbour.is_some_and(|node| name(node) == "p" && weigher.tally(node).says_something())
                };
                let is_between = says(index.checked_sub(1)) && says(Some(index + 1));
                if is_between || kept.contains(&Rc::as_ptr(outer)) {
                    kept.insert(Rc::as_ptr(child));
                }
            }
        }
        self.links.retain(|links| !kept.contains(links));
    }
}

/// What each element holds.
type Tallies = HashMap<*const Node, Tally>;

/// What an element holds, itself included.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// Marks of sentences outside of links.
    prose: usize,
    /// Letters, and those in links.
    letters: usize,
    linked: usize,
    links: usize,
    /// Tables, cells, those that head a row or column, and blocks.
    tables: usize,
    cells: usize,
    heads: usize,
    blocks: usize,
    /// Elements that hold the page's text: those that say so, and headings of level 1.
    texts: usize,
    /// Paragraphs that say something.
    said: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.prose += other.prose;
        self.letters += other.letters;
        self.linked += other.linked;
        self.links += other.links;
        self.tables += other.tables;
        self.cells += other.cells;
        self.heads += other.heads;
        self.blocks += other.blocks;
        self.texts += other.texts;
        self.said += other.said;
    }

    /// Whether it is nothing but links. A table that heads its rows and columns is a table of the text.
    fn is_only_links(self) -> bool {
        self.links >= 3 && self.linked * 10 >= self.letters * 8 && self.said == 0 && self.heads < 2
    }

    /// Whether it holds something to read besides links.
    fn says_something(self) -> bool {
        self.prose > 0 && self.letters >= self.linked + 15
    }
}

fn tally_of(element: &Handle, page: &Page, tallies: &Tallies) -> Tally {
    let own = name(element);
    let mut tally = Tally::default();
    if is_without_text(own) || page.is_hidden(element) {
        return tally;
    }
    for child in element.children.borrow().iter() {
        match &child.data {
            NodeData::Text { contents } => {
                let contents = contents.borrow();
                tally.prose += contents.chars().filter(|found| "，。；！？、,;".contains(*found)).count();
                tally.letters += contents.chars().filter(|found| found.is_alphanumeric()).count();
            }
            _ => tally.add(tallies.get(&Rc::as_ptr(child)).copied().unwrap_or_default()),
        }
    }
    match own {
        "a" => tally = Tally { prose: 0, linked: tally.letters, links: tally.links + 1, ..tally },
        "nav" | "aside" | "footer" => tally.prose = 0,
        "table" => tally.tables += 1,
        "td" => tally.cells += 1,
        "th" => (tally.cells, tally.heads) = (tally.cells + 1, tally.heads + 1),
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" => tally.blocks += 1,
        _ if is_discussion(element, tally) => tally.prose = 0,
        _ => {}
    }
    tally.texts += usize::from(matches!(own, "h1" | "article" | "main"));
    tally.said += usize::from(own == "p" && tally.says_something());
    tally
}

// ---- By their names -------------------------------------------------------------------------------------

/// Names of what readers say below a text.
const DISCUSSION: [&str; 2] = ["comment", "comments"];
/// Names of what leads around a site.
const AROUND: [&str; 10] = [
    "breadcrumb",
    "breadcrumbs",
    "crumbs",
    "pagination",
    "pager",
    "navbar",
    "navheader",
    "navfooter",
    "docnav",
    "recommend",
];

/// Whether an element is called so: one of its classes, its id, or a part of one.
fn is_called(element: &Handle, names: &[&str]) -> bool {
    let is_block = matches!(name(element), "div" | "section" | "ul" | "ol" | "dl" | "p" | "table");
    let says = |key: &str| {
        let value = attribute(element, key).unwrap_or_default().to_ascii_lowercase();
        value.split([' ', '-', '_']).any(|part| names.contains(&part))
    };
    is_block && (says("class") || says("id"))
}

/// Whether an element is what LibreOffice makes of a running head.
fn is_running_head(element: &Handle) -> bool {
    name(element) == "div" && matches!(attribute(element, "title").as_deref(), Some("header" | "footer"))
}

fn is_discussion(element: &Handle, tally: Tally) -> bool {
    tally.texts == 0 && is_called(element, &DISCUSSION)
}

// ---- The way to the main text -----------------------------------------------------------------------------

/// So many elements of a container are looked at for its first words: a page can nest many empty ones.
const FURTHEST: usize = 1_000;

struct Weigher<'a> {
    page: &'a Page,
    tallies: Tallies,
}

impl Weigher<'_> {
    fn tally(&self, element: &Handle) -> Tally {
        self.tallies.get(&Rc::as_ptr(element)).copied().unwrap_or_default()
    }

    /// The way down to the main text; empty where there is no prose at all.
    fn path_to_main(&self, document: &Handle) -> Vec<Handle> {
        let mut path = self.path_to_most(document);
        while let [.., outer, inner] = path.as_slice()
            && self.is_part(inner, outer)
        {
            path.pop();
        }
        path
    }

    /// The way down to the innermost container with at least two thirds of the prose.
    fn path_to_most(&self, document: &Handle) -> Vec<Handle> {
        let prose = |node: &Handle| self.tally(node).prose;
        let mut path = Vec::new();
        let mut next = (prose(document) > 0).then(|| document.clone());
        while let Some(node) = next {
            let enough = prose(&node) * 2;
            let may_hold = |child: &&Handle| self.may_hold_text(child) && prose(child) * 3 >= enough;
            next = node.children.borrow().iter().find(may_hold).cloned();
            path.push(node);
        }
        path
    }

    /// Whether an element may hold a text: no table of the text, and a list only where it lays out the page.
    fn may_hold_text(&self, element: &Handle) -> bool {
        let Tally { tables, heads, said, .. } = self.tally(element);
        match name(element) {
            "table" => tables > 1 || heads < 2,
            "ul" | "li" => said > 3,
            other => is_container(other),
        }
    }

    /// Whether the text in `inner` is only a part of the one in `outer`: a section of it; its list; or what
    /// follows its first paragraphs.
    fn is_part(&self, inner: &Handle, outer: &Handle) -> bool {
        let more = self.tally(outer).prose > self.tally(inner).prose;
        is_list_alone(inner)
            || name(inner) == "ul"
            || more && (self.begins_with_section(inner) || self.follows_text(inner, outer))
    }

    /// Whether an element begins with a heading that is not the page's own.
    fn begins_with_section(&self, element: &Handle) -> bool {
        let mut inner = descendants(element).take(FURTHEST);
        let first = inner.find(|inner| heading_level(inner).is_some() || !is_blank(inner));
        first.is_some_and(|first| {
            heading_level(&first).is_some_and(|level| level > 1 && !self.page.is_titled(&first, level))
        })
    }

    /// Whether paragraphs stand before `inner` in `outer`.
    fn follows_text(&self, inner: &Handle, outer: &Handle) -> bool {
        let children = outer.children.borrow();
        let before = children.iter().take_while(|child| !Rc::ptr_eq(child, inner));
        before.filter(|child| name(child) == "p").any(|child| self.tally(child).says_something())
    }

    /// Whether an element is called like something around a text, and is not most of the page.
    fn is_around(&self, document: &Handle, element: &Handle) -> bool {
        let tally = self.tally(element);
        let is_small = tally.prose <= (self.tally(document).prose / 10).max(3) && tally.texts == 0;
        is_discussion(element, tally) || is_small && (is_called(element, &AROUND) || is_running_head(element))
    }
}

/// The level of a heading.
fn heading_level(element: &Handle) -> Option<u8> {
    let level = name(element).strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Whether no text stands directly in an element.
fn is_blank(element: &Handle) -> bool {
    is_without_text(name(element)) || text_of(element).trim().is_empty()
}

/// Whether an element holds a list or table and nothing else.
fn is_list_alone(element: &Handle) -> bool {
    let children = element.children.borrow();
    let mut inner = children.iter().filter(|child| !name(child).is_empty());
    let first = inner.next().map_or("", |child| name(child));
    is_blank(element) && matches!(first, "ul" | "ol" | "dl" | "table") && inner.next().is_none()
}

/// The tables that hold the main text in one cell: they lay out the page.
fn laid_out(path: &[Handle]) -> impl Iterator<Item = *const Node> {
    let last_cell = path.iter().rposition(|node| name(node) == "td").unwrap_or(0);
    path.iter().take(last_cell).filter(|node| name(node) == "table").map(Rc::as_ptr)
}

fn is_container(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "body"
            | "div"
            | "section"
            | "article"
            | "main"
            | "table"
            | "tbody"
            | "tr"
            | "td"
            | "center"
            | "font"
            | "form"
            | "span"
    )
}
