//! Where lines are full that end before the edge of their column: items that hang out and what stands in may have edges
//! of their own, and a line set against the right edge, or a mark that hangs out, moves that of the column.

use super::columns::Line;
use super::furniture::{LinedPage, Role, ends_sentence};
use super::paragraphs::is_tabular;

/// So many lines that go on must end at one place.
const LEAST: usize = 3;
/// How much of its column a full line takes at least.
const LEAST_SHARE: f32 = 0.6;
/// How far before the edge of the column lines may be full, in ems.
const FARTHEST: f32 = 5.0;
/// So many places are told apart at which lines begin; text has fewer.
const MOST_PLACES: usize = 200;

/// Where the lines of some pages end that begin at one place of their columns.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Edges {
    known: Vec<Edge>,
}

/// Where lines begin in columns of one width.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Place {
    size: f32,
    /// The width of their columns, in points.
    width: f32,
    /// How far they stand in, in points.
    indent: f32,
}

/// Lines that begin at one place.
#[derive(Clone, PartialEq, Debug)]
struct Edge {
    place: Place,
    /// Where those end that end no sentence, from the left edge of their column, in points.
    ends: Vec<f32>,
    /// Where most of these end.
    usual: Option<f32>,
}

impl Edges {
    /// Those of some pages.
    pub(super) fn of(pages: &[LinedPage]) -> Self {
        let mut known: Vec<Edge> = Vec::new();
        let lines = pages.iter().flat_map(|page| &page.lines);
        for (line, _) in lines.filter(|(line, role)| *role == Role::Body && may_be_full(line)) {
            let end = line.pieces.last().map_or(0.0, super::rows::Piece::solid_right) - line.column.0;
            let (place, room) = (Place::of(line), known.len() < MOST_PLACES);
            match known.iter_mut().find(|known| known.place.is_near(place)) {
                Some(edge) => edge.ends.push(end),
                None if room => known.push(Edge { place, ends: vec![end], usual: None }),
                None => {}
            }
        }
        for edge in &mut known {
            edge.settle();
        }
        known.retain(|edge| edge.usual.is_some());
        Self { known }
    }

    /// Where lines are full that begin where this one does, where that is before the edge of its column.
    pub(super) fn of_line(&self, line: &Line) -> Option<f32> {
        let place = Place::of(line);
        let usual = self.known.iter().find(|known| known.place.is_near(place))?.usual?;
        Some(line.column.0 + usual)
    }
}

/// Whether a line is one of running text that ends no sentence.
fn may_be_full(line: &Line) -> bool {
    let ends =
        line.pieces.last().is_none_or(|piece| ends_sentence(&piece.text) && !piece.text.ends_with('；'));
    line.tag().is_none() && !ends && !is_tabular(line)
}

impl Place {
    fn of(line: &Line) -> Self {
        let (left, right) = line.column;
        Self { size: line.size().max(0.1), width: right - left, indent: line.left() - left }
    }

    fn is_near(self, other: Self) -> bool {
        (self.size - other.size).abs() < 0.2
            && (self.width - other.width).abs() <= self.size * 1.2
            && (self.indent - other.indent).abs() <= self.size * 0.3
    }
}

impl Edge {
    /// Finds where most of the lines end.
    fn settle(&mut self) {
        self.ends.sort_by(f32::total_cmp);
        let Place { size, width, indent } = self.place;
        let near = |end: f32| {
            let (from, to) = (end - size * 0.3, end + size * 0.3);
            self.ends.partition_point(|other| *other <= to) - self.ends.partition_point(|other| *other < from)
        };
        let best = self.ends.iter().map(|end| (near(*end), *end)).max_by_key(|(count, _)| *count);
        let before = |end: f32| (width - end) / size;
        self.usual = best
            .filter(|(count, end)| {
                let is_edge = *count >= LEAST && *count * 2 >= self.ends.len();
                let is_long = *end - indent >= width * LEAST_SHARE;
                is_edge && is_long && (1.0..FARTHEST).contains(&before(*end))
            })
            .map(|(_, end)| end);
    }
}
