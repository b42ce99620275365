//! Where the main text of a page is.
//!
//! Every element is weighed by the marks of sentences outside of links. The innermost container with two
//! thirds of them is the text, unless it is only a part of one: its longest section, its list, its table. What
//! readers say below a text is not counted, however much it is.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use markup5ever_rcdom::{Handle, Node, NodeData};

use super::around::{Follows, announced, is_called_around, is_called_discussion};
use super::nodes::{
    all_text, attribute, descendants, first_words, is_inline, is_without_text, name, text_of,
};
use super::notes::parent;
use super::page::Page;
use super::says::heading_level;

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
    /// How many marks of sentences the page shows outside of links.
    pub(super) prose: usize,
    /// Whether all of the page is nothing but links.
    is_contents: bool,
}

impl Layout {
    /// The layout of a page with these elements.
    pub(super) fn of(document: &Handle, all: &[Handle], page: &Page) -> Self {
        let (mut layout, mut tallies) = Self::tallied(all, page, Teasers::AreNoText);
        let whole = tallies.get(&Rc::as_ptr(document)).copied().unwrap_or_default();
        // A page that mostly teases is read for its teasers.
        if whole.prose < whole.teasing {
            (layout, tallies) = Self::tallied(all, page, Teasers::AreText);
        }
        let weigher = Weigher { page, tallies };
        layout.keep_links_of_text(all, &weigher);
        let path = weigher.path_to_main(document);
        layout.tables.extend(laid_out(&path));
        layout.main = path.into_iter().last();
        layout.prose = weigher.tally(document).prose;
        layout.is_contents = weigher.tally(document).is_only_links();
        layout.around =
            all.iter().filter(|element| weigher.is_around(document, element)).map(Rc::as_ptr).collect();
        layout.set_aside_announced(all, &weigher);
        layout
    }

    /// Sets aside what stands below headings that announce no more text, and the headings.
    fn set_aside_announced(&mut self, all: &[Handle], weigher: &Weigher<'_>) {
        let most = self.main.as_ref().map_or(0, |main| weigher.tally(main).prose / 2);
        let may_announce = |element: &&Handle| weigher.may_announce(element);
        let heading = |element: &Handle| Some((element.clone(), announced(&first_words(element))?));
        for (heading, follows) in all.iter().filter(may_announce).filter_map(heading).take(MOST_HEADINGS) {
            let Some(outer) = parent(&heading) else { continue };
            let children = outer.children.borrow();
            let after = children.iter().skip_while(|child| !Rc::ptr_eq(child, &heading));
            let below = after.skip(1).filter(|child| !name(child).is_empty());
            let below = below.take_while(|child| weigher.may_follow(child, follows, most));
            let below: Vec<*const Node> = below.map(Rc::as_ptr).collect();
            // A heading with nothing below it that may be set aside heads a part of the text.
            if !below.is_empty() {
                self.around.extend(below);
                self.around.insert(Rc::as_ptr(&heading));
            }
        }
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
    fn tallied(all: &[Handle], page: &Page, teasers: Teasers) -> (Self, Tallies) {
        let mut layout = Self::default();
        let mut tallies = HashMap::with_capacity(all.len());
        for element in all.iter().rev() {
            let tally = tally_of(element, page, &tallies).settled(teasers);
            let key = Rc::as_ptr(element);
            let own = name(element);
            if own == "table" && (tally.holds_tables() || tally.blocks > tally.cells.max(1) * 2) {
                layout.tables.insert(key);
            }
            if tally.is_only_links() && !(own == "p" && tally.prose > 0) {
                layout.links.insert(key);
            }
            tallies.insert(key, tally);
        }
        (layout, tallies)
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
    /// Those that are not in a table within.
    own_heads: usize,
    blocks: usize,
    /// Elements that hold the page's text: those that say so, and headings of level 1.
    texts: usize,
    /// Paragraphs that say something.
    said: usize,
    /// Paragraphs that are broken off, and the marks of sentences in them.
    broken: usize,
    in_broken: usize,
    /// Marks of sentences in what teases with the beginnings of other texts; they are not counted as prose.
    teasing: usize,
}

/// Whether what teases with the beginnings of other texts counts as text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Teasers {
    AreText,
    AreNoText,
}

/// So many paragraphs that are broken off tease.
const TEASING: usize = 3;

impl Tally {
    fn add(&mut self, other: Self) {
        self.prose += other.prose;
        self.letters += other.letters;
        self.linked += other.linked;
        self.links += other.links;
        self.tables += other.tables;
        self.cells += other.cells;
        self.heads += other.heads;
        self.own_heads += other.own_heads;
        self.blocks += other.blocks;
        self.texts += other.texts;
        self.said += other.said;
        self.broken += other.broken;
        self.in_broken += other.in_broken;
        self.teasing += other.teasing;
    }

    /// The same, with nothing said where it only teases: three quarters of it in several paragraphs that are broken off.
    fn settled(self, teasers: Teasers) -> Self {
        let breaks_off = self.broken >= TEASING && self.in_broken * 4 >= self.prose * 3;
        if !breaks_off || teasers == Teasers::AreText {
            return self;
        }
        Self { prose: 0, broken: 0, in_broken: 0, teasing: self.teasing + self.prose, ..self }
    }

    /// Whether nearly all of it teases.
    fn only_teases(self) -> bool {
        self.teasing > self.prose * 4 && self.texts == 0
    }

    /// Whether it is nothing but links. A table that heads its rows and columns is a table of the text.
    fn is_only_links(self) -> bool {
        self.links >= 3
            && self.letters > 0
            && self.linked * 10 >= self.letters * 8
            && self.said == 0
            && self.heads < 2
    }

    /// Whether a table is there for those in it: it has no heads of its own.
    fn holds_tables(self) -> bool {
        self.tables > 1 && self.own_heads < 2
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
        if let NodeData::Text { contents } = &child.data {
            let contents = contents.borrow();
            tally.prose += sentence_marks(&contents);
            tally.letters += contents.chars().filter(|found| found.is_alphanumeric()).count();
            continue;
        }
        let inner = tallies.get(&Rc::as_ptr(child)).copied().unwrap_or_default();
        let own_heads = if name(child) == "table" { 0 } else { inner.own_heads };
        tally.add(Tally { own_heads, ..inner });
    }
    match own {
        "a" => tally = Tally { prose: 0, linked: tally.letters, links: tally.links + 1, ..tally },
        "nav" | "aside" | "footer" => tally.prose = 0,
        // A title says no sentence, and what stands around a text is full of titles.
        _ if heading_level(element).is_some() => (tally.prose, tally.blocks) = (0, tally.blocks + 1),
        "table" => tally.tables += 1,
        "td" => tally.cells += 1,
        "th" => tally.add(Tally { cells: 1, heads: 1, own_heads: 1, ..Tally::default() }),
        "p" | "li" => tally.blocks += 1,
        _ if is_discussion(element, tally) => tally.prose = 0,
        _ => {}
    }
    tally.texts += usize::from(matches!(own, "h1" | "article" | "main"));
    if own == "p" && tally.says_something() {
        tally.said += 1;
        if is_broken_off(all_text(element).trim_end()) {
            (tally.broken, tally.in_broken) = (tally.broken + 1, tally.prose);
        }
    }
    tally
}

/// Whether a text ends with dots that no sentence ends with in Chinese.
fn is_broken_off(text: &str) -> bool {
    text.ends_with("...") || text.ends_with('…') && !text.ends_with("……")
}

/// How many marks of sentences a text has. A comma in a number is none.
pub(super) fn sentence_marks(text: &str) -> usize {
    let in_number = |three: &&[u8]| matches!(three, [before, b',', after] if before.is_ascii_digit() && after.is_ascii_digit());
    let marks = text.chars().filter(|found| "，。；！？、,;".contains(*found)).count();
    marks - text.as_bytes().windows(3).filter(in_number).count()
}

fn is_discussion(element: &Handle, tally: Tally) -> bool {
    tally.texts == 0 && is_called_discussion(element)
}

// ---- The way to the main text -----------------------------------------------------------------------------

/// The most letters of a heading that announces no more text, and how many such headings are looked at.
const MOST_ANNOUNCING: usize = 14;
const MOST_HEADINGS: usize = 200;

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
        while let Some(end) = self.end_of_part(&path) {
            path.truncate(end);
        }
        path
    }

    /// Where a way has to end that leads to a part of the text only.
    fn end_of_part(&self, path: &[Handle]) -> Option<usize> {
        let [.., outer, inner] = path else { return None };
        if is_inline(name(inner)) || self.is_part(inner, outer) {
            return Some(path.len() - 1);
        }
        // Elements around it that say no more are only its shells.
        let prose = self.tally(inner).prose;
        let shell = path.iter().position(|node| self.tally(node).prose == prose)?;
        let around = path.get(shell.checked_sub(1)?)?;
        path.get(shell).filter(|shell| self.is_part(shell, around)).map(|_| shell)
    }

    /// The way down to the innermost container with at least two thirds of the prose.
    fn path_to_most(&self, document: &Handle) -> Vec<Handle> {
        let prose = |node: &Handle| self.tally(node).prose;
        let mut path = Vec::new();
        let enough = prose(document) * 2;
        let mut next = (prose(document) > 0).then(|| document.clone());
        while let Some(node) = next {
            let may_hold = |child: &&Handle| self.may_hold_text(child) && prose(child) * 3 >= enough;
            next = node.children.borrow().iter().find(may_hold).cloned();
            path.push(node);
        }
        path
    }

    /// Whether an element may hold a text: no table of the text, and a list only where it lays out the page.
    fn may_hold_text(&self, element: &Handle) -> bool {
        let Tally { own_heads, said, .. } = self.tally(element);
        match name(element) {
            "table" => own_heads < 2,
            "ul" | "li" => said > 3,
            other => is_container(other),
        }
    }

    /// Whether the text in `inner` is only a part of the one in `outer`: a section of it; its list; or what
    /// stands among its paragraphs.
    fn is_part(&self, inner: &Handle, outer: &Handle) -> bool {
        let more = self.tally(outer).prose > self.tally(inner).prose;
        is_list_alone(inner)
            || name(inner) == "ul"
            || self.is_paragraph(inner, outer)
            || more && (self.begins_with_section(inner) || self.stands_in_text(inner, outer))
    }

    /// Whether a block is a paragraph by another name: text stands right in it, and beside it in blocks of its class.
    fn is_paragraph(&self, inner: &Handle, outer: &Handle) -> bool {
        let class = attribute(inner, "class").filter(|class| !class.is_empty());
        let says_more = |other: &Handle| {
            let Tally { letters, linked, .. } = self.tally(other);
            letters >= linked + 8
        };
        let is_alike =
            |other: &&Handle| name(other) == "div" && attribute(other, "class") == class && says_more(other);
        let alike = || outer.children.borrow().iter().filter(is_alike).count() > 1;
        name(inner) == "div" && class.is_some() && !is_blank(inner) && alike()
    }

    /// Whether an element begins with a heading that is not the page's own.
    fn begins_with_section(&self, element: &Handle) -> bool {
        let mut inner = descendants(element).take(FURTHEST);
        let first = inner.find(|inner| heading_level(inner).is_some() || !is_blank(inner));
        first.is_some_and(|first| {
            heading_level(&first).is_some_and(|level| level > 1 && !self.page.is_titled(&first, level))
        })
    }

    /// Whether a paragraph stands before `inner` in `outer`, several after it, or beside it a block of them that says
    /// a quarter as much.
    fn stands_in_text(&self, inner: &Handle, outer: &Handle) -> bool {
        let children = outer.children.borrow();
        let says = |child: &&Handle| name(child) == "p" && self.tally(child).says_something();
        let mut before = children.iter().take_while(|child| !Rc::ptr_eq(child, inner));
        let after = children.iter().skip_while(|child| !Rc::ptr_eq(child, inner));
        let is_text = |child: &Handle| {
            let tally = self.tally(child);
            let says_much = tally.prose * 4 >= self.tally(inner).prose;
            tally.said > 1 && says_much && tally.linked * 5 < tally.letters && !is_called_around(child)
        };
        before.any(|child| says(&child))
            || after.filter(says).nth(1).is_some()
            || children.iter().any(|child| !Rc::ptr_eq(child, inner) && is_text(child))
    }

    /// Whether an element is called like something around a text, and is not most of the page.
    fn is_around(&self, document: &Handle, element: &Handle) -> bool {
        let tally = self.tally(element);
        let is_small = tally.prose <= (self.tally(document).prose / 10).max(3) && tally.texts == 0;
        is_discussion(element, tally) || tally.only_teases() || is_small && is_called_around(element)
    }

    /// Whether an element says so little that it may be a heading of what stands around a text.
    fn may_announce(&self, element: &Handle) -> bool {
        (4..=MOST_ANNOUNCING).contains(&self.tally(element).letters) && !is_inline(name(element))
    }

    /// Whether an element may stand below such a heading and be none of the text.
    fn may_follow(&self, element: &Handle, follows: Follows, most: usize) -> bool {
        let tally = self.tally(element);
        let says_nothing = tally.said == 0 || follows == Follows::Sayings;
        says_nothing && tally.texts == 0 && tally.prose <= most && heading_level(element).is_none()
    }
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
