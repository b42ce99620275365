//! Links of pages: rectangles over the glyphs, that lead to an address or to a place of the file.

use std::collections::BTreeSet;

use hayro_font::kurbo::Affine;
use hayro_syntax::object::{Dict, Name, Object, String as PdfString};

use super::areas::{ByHeight, areas};
use super::catalog::{Catalog, Places};
use super::glyph::Glyph;
use super::rows::tenths;
use super::strings;
use crate::document::Address;
use crate::import::Unread;
use crate::import::hyperlinks::{Lead, MOST_HYPERLINKS};

/// How many glyphs are looked at for the links of a file: rectangles may lie over each other.
const MOST_LOOKED_AT: usize = 50_000_000;

/// The links of a file.
pub(super) struct Links<'a> {
    places: Places<'a>,
    /// What relative addresses lead on from.
    base: Option<Address>,
    /// Where each link leads, by its number.
    leads: Vec<Lead>,
    /// How many links there were after as many as are offered.
    pub(super) beyond: usize,
    /// How many glyphs may still be looked at.
    left: usize,
}

/// A place of a file that links lead to: a page, and a height on it in tenths of points from its top.
pub(super) type Wanted = (usize, u32);

/// The name of such a place.
pub(super) fn name_of((page, height): Wanted) -> String {
    format!("{page} {height}")
}

impl<'a> Links<'a> {
    /// The links of a file, none of whose pages was looked at.
    pub(super) fn of(catalog: &Catalog<'a>) -> Self {
        let base = catalog.base_of_links().and_then(|base| Address::read(&base).ok());
        Self { places: Places::of(catalog), base, leads: Vec::new(), beyond: 0, left: MOST_LOOKED_AT }
    }

    /// Where the link of that number leads.
    pub(super) fn lead(&self, number: u32) -> Option<&Lead> {
        self.leads.get(usize::try_from(number).ok()?)
    }

    /// The places that links lead to.
    pub(super) fn wanted(&self) -> BTreeSet<Wanted> {
        let wanted = |lead: &Lead| match lead {
            Lead::Place(name, _) => {
                let (page, height) = name.split_once(' ')?;
                Some((page.parse().ok()?, height.parse().ok()?))
            }
            _ => None,
        };
        self.leads.iter().filter_map(wanted).collect()
    }

    /// Marks the glyphs of a page that those of its `notes` lie over which are links.
    pub(super) fn mark(
        &mut self,
        (notes, upright): (&[Dict<'a>], Affine),
        heights: &ByHeight,
        glyphs: &mut [Glyph],
    ) {
        for note in notes.iter().filter(|note| is_link(note)) {
            let Some(lead) = self.lead_of(note) else { continue };
            let Ok(number) = u32::try_from(self.leads.len()) else { return };
            if self.leads.len() >= MOST_HYPERLINKS {
                self.beyond += 1;
                continue;
            }
            self.leads.push(lead);
            for area in areas(note, upright) {
                for index in heights.within(area, glyphs, &mut self.left) {
                    if let Some(glyph) = glyphs.get_mut(index) {
                        glyph.look.link = glyph.look.link.or(Some(number));
                    }
                }
            }
        }
    }

    fn lead_of(&self, note: &Dict<'a>) -> Option<Lead> {
        if let Some(place) = note.get::<Object<'a>>("Dest") {
            return self.within(place);
        }
        let action = note.get::<Dict<'a>>("A")?;
        match action.get::<Name<'a>>("S")?.as_str() {
            "GoTo" => self.within(action.get::<Object<'a>>("D")?),
            "URI" => {
                let written = action.get::<PdfString<'a>>("URI")?;
                let bytes = written.as_bytes();
                let text = std::str::from_utf8(bytes).map_or_else(|_| strings::text(bytes), str::to_owned);
                Some(Lead::to(self.base.as_ref(), &text))
            }
            "Named" => None,
            _ => Some(Lead::Nowhere(Unread::Links)),
        }
    }

    fn within(&self, place: Object<'a>) -> Option<Lead> {
        let (page, height) = self.places.resolve(place, 0)?;
        Some(Lead::Place(name_of((page, tenths(height.unwrap_or(0.0)))), None))
    }
}

fn is_link(note: &Dict<'_>) -> bool {
    note.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Link")
}
