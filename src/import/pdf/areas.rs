//! Areas that a page lays over its glyphs: those of its links, and of what readers marked.

use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::object::{Array, Dict, Object};
use hayro_syntax::page::Page;

use super::catalog::Catalog;
use super::glyph::{Glyph, Turn};

/// How many notes and links of one page are looked at, and of how many areas one consists.
const MOST_OF_PAGE: usize = 20_000;
const MOST_AREAS: usize = 200;
/// How many glyphs above and below a place are looked at for the nearest.
const MOST_NEAR: usize = 1_000;

/// Where something lies on its page, in points from the upper left corner.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

/// The glyphs of a page by their height.
#[derive(Debug, Default)]
pub(super) struct ByHeight {
    order: Vec<usize>,
    heights: Vec<f32>,
}

impl ByHeight {
    /// Those of a page.
    pub(super) fn of(glyphs: &[Glyph]) -> Self {
        let mut order: Vec<usize> = (0..glyphs.len()).collect();
        let height = |index: &usize| glyphs.get(*index).map_or(0.0, |glyph| middle(glyph).1);
        order.sort_by(|left, right| height(left).total_cmp(&height(right)));
        let heights = order.iter().map(height).collect();
        Self { order, heights }
    }

    /// The glyphs that stand in an area, by their indexes. Of all that are high enough so many are looked at as are
    /// `left`.
    pub(super) fn within(&self, area: Area, glyphs: &[Glyph], left: &mut usize) -> Vec<usize> {
        let high = self.heights.partition_point(|height| *height < area.top)
            ..self.heights.partition_point(|height| *height <= area.bottom);
        let looked_at = self.order.get(high).unwrap_or_default();
        let looked_at = looked_at.get(..*left).unwrap_or(looked_at);
        *left -= looked_at.len();
        let holds = |index: &&usize| glyphs.get(**index).is_some_and(|glyph| area.holds(middle(glyph)));
        looked_at.iter().filter(holds).copied().collect()
    }

    /// The glyph that stands nearest to a place: on the nearest line rather than on the next above or below.
    pub(super) fn nearest(&self, (x, y): (f32, f32), glyphs: &[Glyph]) -> Option<usize> {
        let at = self.heights.partition_point(|height| *height < y);
        let near = self.order.get(at.saturating_sub(MOST_NEAR)..).unwrap_or_default();
        let far = |index: &&usize| {
            let (own_x, own_y) = glyphs.get(**index).map_or((f32::MAX, f32::MAX), middle);
            (own_y - y).abs() * 8.0 + (own_x - x).abs()
        };
        near.iter().take(2 * MOST_NEAR).min_by(|left, right| far(left).total_cmp(&far(right))).copied()
    }
}

/// The notes, links and fields of a page, hidden ones aside.
pub(super) fn notes<'a>(page: &Page<'a>, catalog: &Catalog<'a>) -> Vec<Dict<'a>> {
    let notes = page.raw().get::<Array<'a>>("Annots").unwrap_or_default();
    let notes = catalog.items_of(&notes).filter_map(Object::into_dict);
    notes.take(MOST_OF_PAGE).filter(is_shown).collect()
}

fn is_shown(note: &Dict<'_>) -> bool {
    const HIDDEN: i32 = 2;
    note.get::<i32>("F").is_none_or(|flags| flags & HIDDEN == 0)
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

/// Where a note or link lies: its own rectangles, of which those for its lines are the truer ones.
pub(super) fn areas(note: &Dict<'_>, upright: Affine) -> Vec<Area> {
    let numbers = |key: &str| -> Vec<f64> {
        let list = note.get::<Array<'_>>(key);
        let numbers = list.iter().flat_map(Array::iter::<f32>).take(MOST_AREAS * 8);
        numbers.map(f64::from).filter(|number| number.is_finite()).collect()
    };
    let lines = numbers("QuadPoints");
    let found: Vec<Area> = lines.chunks_exact(8).map(|corners| Area::around(corners, upright)).collect();
    if !found.is_empty() {
        return found;
    }
    let whole = numbers("Rect");
    whole.chunks_exact(4).take(1).map(|corners| Area::around(corners, upright)).collect()
}

impl Area {
    /// The one around some corners, as a file gives them one after the other.
    pub(super) fn around(corners: &[f64], upright: Affine) -> Self {
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

    /// Its middle.
    pub(super) fn middle(self) -> (f32, f32) {
        (f32::midpoint(self.left, self.right), f32::midpoint(self.top, self.bottom))
    }
}
