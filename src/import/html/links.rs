//! Links of pages and books.

use markup5ever_rcdom::Handle;

use super::nodes::attribute;
use super::notes::{place, place_in_book};
use super::page::Page;
use crate::document::Address;
use crate::import::archive::without_percents;
use crate::import::hyperlinks::Lead;

/// What links of a file are seen from.
#[derive(Debug)]
pub(super) struct Links<'a> {
    /// The name of the file in its book; empty for a page that stands alone.
    file: &'a str,
    /// The address that links lead on from.
    base: Option<Address>,
    /// The address of the page itself.
    own: Option<Address>,
}

impl<'a> Links<'a> {
    /// Those of a file of a book: what they lead on from lies in it.
    pub(super) fn of_chapter(file: &'a str) -> Self {
        Self { file, base: None, own: None }
    }

    /// Those of a page, whose address the file itself says in one way or another: `location` where it was saved so,
    /// a comment of browsers, or what the page calls its true address.
    pub(super) fn of_page(text: &str, page: &Page, location: Option<&str>) -> Self {
        let canonical = page.metadata.address.as_ref().map(|address| address.value.as_str());
        let known = [location, saved_from(text), canonical].into_iter().flatten();
        let own = known.filter_map(|address| Address::read(address).ok()).find(Address::is_of_web);
        let base = page.base.as_deref().and_then(|base| Address::read_from(own.as_ref(), base).ok());
        Self { file: "", base: base.or_else(|| own.clone()), own }
    }

    /// The name of the place that an element of this name is; without one, of the whole file.
    pub(super) fn place(&self, id: &str) -> String {
        place(self.file, id)
    }

    /// Where a link leads; `None` where it leads nowhere.
    pub(super) fn lead(&self, link: &Handle) -> Option<Lead> {
        let written = attribute(link, "href")?;
        let written = written.trim();
        if written.trim_end_matches('#').is_empty() || is_button(written) {
            return None;
        }
        let address = Address::read_from(self.base.as_ref(), written).ok();
        if let Some(here) = place_in_book(written, self.file).or_else(|| self.place_here(address.as_ref()?)) {
            return Some(Lead::Place(here, address));
        }
        Some(Lead::to(self.base.as_ref(), written))
    }

    /// The place of this page that an address names in full.
    fn place_here(&self, address: &Address) -> Option<String> {
        let id = address.place()?;
        let here = self.own.as_ref()?.without_place() == address.without_place();
        here.then(|| self.place(&without_percents(id)))
    }
}

/// What buttons of a page call: they print it, close it, set its letters larger, or do nothing.
const CALLS: [&str; 17] = [
    "void(0)",
    "void 0",
    "print(",
    "window.print(",
    "close(",
    "window.close(",
    "self.close(",
    "dozoom(",
    "fontzoom(",
    "setfontsize(",
    "changefontsize(",
    "history.back(",
    "history.go(",
    "window.history.",
    "window.scroll",
    "scroll(",
    "window.external.addfavorite(",
];

/// Whether a link is a button that does something with the page itself, and leads nowhere.
fn is_button(written: &str) -> bool {
    let Some((scheme, call)) = written.split_once(':') else { return false };
    let call = call.trim().trim_end_matches(';').to_ascii_lowercase();
    let is_one = call.is_empty() || CALLS.iter().any(|known| call.starts_with(known));
    scheme.eq_ignore_ascii_case("javascript") && is_one && !call.contains([';', '\n'])
}

/// How far from its beginning a page says where it was saved from, in bytes.
const BEGINNING: usize = 4096;

/// The address in the comment that browsers write: `<!-- saved from url=(0022)https://a.example/ -->`.
fn saved_from(text: &str) -> Option<&str> {
    let beginning = text.get(..text.floor_char_boundary(BEGINNING))?;
    let (_, rest) = beginning.split_once("<!-- saved from url=(")?;
    let (_, rest) = rest.split_once(')')?;
    let (address, _) = rest.split_once("-->")?;
    Some(address.trim())
}
