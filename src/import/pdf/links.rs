//! Links of pages: rectangles over the glyphs, that lead to an address or to a place of the file.

use std::collections::BTreeSet;

use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};
use hayro_syntax::page::Page;

use super::catalog::{Catalog, Places};
use super::glyph::{Glyph, Turn};
use super::rows::tenths;
use super::strings;
use crate::document::Address;
use crate::import::Unread;
use crate::import::hyperlinks::{Lead, MOST_HYPERLINKS};

/// How many glyphs are looked at for the links of a file: rectangles may lie over each other.
const MOST_LOOKED_AT: usize = 50_000_000;
/// How many notes and links of one page are looked at, and of how many rectangles a link consists.
const MOST_OF_PAGE: usize = 20_000;
const MOST_RECTANGLES: usize = 200;

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

/// Where a link lies on its page, in points from the upper left corner.
#[derive(Clone, Copy, Debug)]
struct Rectangle {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
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

    /// Marks the glyphs of a page that its links lie over.
    pub(super) fn mark(&mut self, page: &Page<'a>, glyphs: &mut [Glyph]) {
        let Some(notes) = page.raw().get::<Array<'a>>("Annots") else { return };
        let upright = Affine::new(page.initial_transform(true).as_coeffs());
        let mut order: Vec<usize> = (0..glyphs.len()).collect();
        let height = |index: &usize| glyphs.get(*index).map_or(0.0, |glyph| middle(glyph).1);
        order.sort_by(|left, right| height(left).total_cmp(&height(right)));
        let heights: Vec<f32> = order.iter().map(height).collect();
        for note in notes.iter::<Dict<'a>>().take(MOST_OF_PAGE).filter(is_shown_link) {
            let Some(lead) = self.lead_of(&note) else { continue };
            let Ok(number) = u32::try_from(self.leads.len()) else { return };
            if self.leads.len() >= MOST_HYPERLINKS {
                self.beyond += 1;
                continue;
            }
            self.leads.push(lead);
            for place in rectangles(&note, upright) {
                let within = heights.partition_point(|height| *height < place.top)
                    ..heights.partition_point(|height| *height <= place.bottom);
                for index in order.get(within).unwrap_or_default().iter().take(self.left) {
                    self.left = self.left.saturating_sub(1);
                    let Some(glyph) = glyphs.get_mut(*index) else { continue };
                    if place.holds(middle(glyph)) {
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

fn is_shown_link(note: &Dict<'_>) -> bool {
    const HIDDEN: i32 = 2;
    let hidden = note.get::<i32>("F").is_some_and(|flags| flags & HIDDEN != 0);
    !hidden && note.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Link")
}

/// The middle of what a glyph shows.
fn middle(glyph: &Glyph) -> (f32, f32) {
    let Glyph { x, y, width, size, turn, look, .. } = glyph;
    // A glyph that is written vertically has its place in the middle of its column.
    let (along, up) = (width / 2.0, if look.vertical { 0.0 } else { size * 0.3 });
    match turn {
        Turn::Right | Turn::Slanting => (x + along, y - up),
        Turn::Left => (x - along, y + up),
        Turn::Down => (x + up, y + along),
        Turn::Up => (x - up, y - along),
    }
}

/// Where a link lies: its own rectangles, of which those for its lines are the truer ones.
fn rectangles(note: &Dict<'_>, upright: Affine) -> Vec<Rectangle> {
    let numbers = |key: &str| -> Vec<f64> {
        let list = note.get::<Array<'_>>(key);
        let numbers = list.iter().flat_map(Array::iter::<f32>).take(MOST_RECTANGLES * 8);
        numbers.map(f64::from).filter(|number| number.is_finite()).collect()
    };
    let lines = numbers("QuadPoints");
    let found: Vec<Rectangle> =
        lines.chunks_exact(8).map(|corners| Rectangle::around(corners, upright)).collect();
    if !found.is_empty() {
        return found;
    }
    let whole = numbers("Rect");
    whole.chunks_exact(4).take(1).map(|corners| Rectangle::around(corners, upright)).collect()
}

impl Rectangle {
    /// The one around some corners, as a file gives them one after the other.
    fn around(corners: &[f64], upright: Affine) -> Self {
        let none = Self { left: f32::MAX, top: f32::MAX, right: f32::MIN, bottom: f32::MIN };
        corners.chunks_exact(2).fold(none, |all, corner| {
            let [x, y] = <[f64; 2]>::try_from(corner).unwrap_or_default();
            let place = upright * Point::new(x, y);
            #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
            let (x, y) = (place.x as f32, place.y as f32);
            Self {
                left: all.left.min(x),
                top: all.top.min(y),
                right: all.right.max(x),
                bottom: all.bottom.max(y),
            }
        })
    }

    fn holds(self, (x, y): (f32, f32)) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }
}
