//! Ribbons between two panes, as shapes: plain geometry, from edges to what is drawn.
//!
//! A verdict is told by a colour and by a sign, strength by shade, a crossing link by a dashed edge. Where one end
//! is out of sight, the ribbon is a short one that ends in an arrow: up or down, where that end is.

use egui::{Color32, Mesh, Pos2, Rangef, Rect, Shape, Stroke, lerp, pos2, vec2};

use crate::compare::{Side, Verdict};
use crate::ui::reading::Edges;

/// How a ribbon looks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Look {
    /// The colour of its verdict.
    pub(super) colour: Color32,
    /// What its sign stands on.
    pub(super) ground: Color32,
    /// How strong its link is, from 0 to 1.
    pub(super) strength: f32,
    /// Whether it crosses stronger ones.
    pub(super) crosses: bool,
    /// Whether it is chosen, or under the pointer.
    pub(super) loud: bool,
    /// Its verdict.
    pub(super) verdict: Verdict,
}

/// A ribbon in its gutter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Ribbon {
    left: Rangef,
    right: Rangef,
    /// From the left to the right end.
    across: Rangef,
    /// Where it ends in an arrow, and whether that points up.
    arrow: Option<(Side, bool)>,
}

/// Into how many straight parts the curve of an edge is divided.
const PARTS: u8 = 16;

/// How far a ribbon goes up or down whose other end is out of sight, in points.
const BEND: f32 = 18.0;

/// How wide the end of such a ribbon is at most, in points.
const SHORT: f32 = 26.0;

/// The lengths of dashes and of the gaps between them, in points.
const DASH: (f32, f32) = (5.0, 4.0);

/// Half the width and the height of an arrow, in points.
const ARROW: f32 = 5.0;

impl Ribbon {
    /// The ribbon between two ends; `None` where both are out of sight.
    pub(super) fn between(left: Edges, right: Edges, gutter: Rect) -> Option<Self> {
        let whole = gutter.x_range();
        let middle = lerp(whole.min..=whole.max, 0.5);
        match (left, right) {
            (Edges::Here(left), Edges::Here(right)) => Some(Self { left, right, across: whole, arrow: None }),
            (Edges::Here(left), away) => {
                let up = away == Edges::Above;
                let left = short(left);
                let right = tip(left, up, gutter);
                let across = Rangef::new(whole.min, middle);
                Some(Self { left, right, across, arrow: Some((Side::Right, up)) })
            }
            (away, Edges::Here(right)) => {
                let up = away == Edges::Above;
                let right = short(right);
                let left = tip(right, up, gutter);
                let across = Rangef::new(middle, whole.max);
                Some(Self { left, right, across, arrow: Some((Side::Left, up)) })
            }
            _ => None,
        }
    }

    /// Its upper and lower edge at so much of its way from left to right.
    fn edges(&self, share: f32) -> Rangef {
        let bent = share * share * (3.0 - 2.0 * share);
        Rangef::new(lerp(self.left.min..=self.right.min, bent), lerp(self.left.max..=self.right.max, bent))
    }

    /// Whether a point of the window lies on it; a little beside it counts.
    pub(super) fn holds(&self, at: Pos2) -> bool {
        if !self.across.contains(at.x) {
            return false;
        }
        let share = (at.x - self.across.min) / self.across.span().max(1.0);
        self.edges(share).expand(2.0).contains(at.y)
    }

    /// Where its sign stands.
    pub(super) fn middle(&self) -> Pos2 {
        let share = match self.arrow {
            None => 0.5,
            Some((Side::Right, _)) => 0.25,
            Some((Side::Left, _)) => 0.75,
        };
        pos2(lerp(self.across.min..=self.across.max, share), self.edges(share).center())
    }

    /// The sign of its verdict.
    pub(super) fn sign(&self, look: Look) -> Vec<Shape> {
        sign(look, self.middle())
    }

    /// What is drawn of it, but for its sign.
    pub(super) fn shapes(&self, look: Look) -> Vec<Shape> {
        let mut shapes = vec![self.band(look)];
        shapes.extend(self.outline(look));
        shapes.extend(self.arrow_head(look));
        shapes
    }

    fn along(&self) -> impl Iterator<Item = (f32, Rangef)> + '_ {
        (0..=PARTS).map(|part| {
            let share = f32::from(part) / f32::from(PARTS);
            (lerp(self.across.min..=self.across.max, share), self.edges(share))
        })
    }

    /// The surface. The stronger the link, the less shines through.
    fn band(&self, look: Look) -> Shape {
        let opacity = lerp(0.10..=0.42, look.strength.clamp(0.0, 1.0)) + if look.loud { 0.15 } else { 0.0 };
        let colour = look.colour.gamma_multiply(opacity);
        let mut mesh = Mesh::default();
        for (x, edges) in self.along() {
            let before = u32::try_from(mesh.vertices.len()).unwrap_or_default();
            mesh.colored_vertex(pos2(x, edges.min), colour);
            mesh.colored_vertex(pos2(x, edges.max), colour);
            if before >= 2 {
                mesh.add_triangle(before - 2, before - 1, before);
                mesh.add_triangle(before - 1, before, before + 1);
            }
        }
        Shape::mesh(mesh)
    }

    fn outline(&self, look: Look) -> Vec<Shape> {
        let stroke = Stroke::new(if look.loud { 2.0 } else { 1.0 }, look.colour);
        let upper = self.along().map(|(x, edges)| pos2(x, edges.min)).collect::<Vec<_>>();
        let lower = self.along().map(|(x, edges)| pos2(x, edges.max)).collect::<Vec<_>>();
        if look.crosses {
            let dashed = |edge: &[Pos2]| Shape::dashed_line(edge, stroke, DASH.0, DASH.1);
            return [dashed(&upper), dashed(&lower)].concat();
        }
        vec![Shape::line(upper, stroke), Shape::line(lower, stroke)]
    }

    fn arrow_head(&self, look: Look) -> Option<Shape> {
        let (side, up) = self.arrow?;
        let (x, edges) = match side {
            Side::Left => (self.across.min, self.left),
            Side::Right => (self.across.max, self.right),
        };
        let point = if up { -ARROW } else { ARROW } * 1.6;
        let at = pos2(x, edges.center());
        let corners = vec![at + vec2(-ARROW, 0.0), at + vec2(ARROW, 0.0), at + vec2(0.0, point)];
        Some(Shape::convex_polygon(corners, look.colour, Stroke::NONE))
    }
}

/// What of an end is drawn whose other end is out of sight: a part around its middle, so that it does not look like a
/// ribbon that leads somewhere.
fn short(end: Rangef) -> Rangef {
    let half = (end.span() / 2.0).min(SHORT / 2.0);
    Rangef::new(end.center() - half, end.center() + half)
}

/// Where a ribbon ends that goes out of sight: beside its other end, somewhat further up or down.
fn tip(end: Rangef, up: bool, gutter: Rect) -> Rangef {
    let y = if up { end.center() - BEND } else { end.center() + BEND };
    let y =
        y.clamp(gutter.top() + ARROW * 2.0, (gutter.bottom() - ARROW * 2.0).max(gutter.top() + ARROW * 2.0));
    Rangef::new(y - 1.0, y + 1.0)
}

/// How wide and high a sign is, in points.
pub(super) const SIGN: f32 = 13.0;

/// The sign of a verdict, which tells it without its colour: two straight lines where the wording is the same, two
/// bent ones where it was revised, one bent one where only the theme is the same.
fn sign(look: Look, at: Pos2) -> Vec<Shape> {
    let ground = Shape::circle_filled(at, SIGN / 2.0, look.ground);
    let ring = Shape::circle_stroke(at, SIGN / 2.0, Stroke::new(1.0, look.colour));
    [vec![ground, ring], verdict_lines(look.verdict, at, look.colour)].concat()
}

/// The lines of a verdict's sign.
pub(in crate::ui) fn verdict_lines(verdict: Verdict, at: Pos2, colour: Color32) -> Vec<Shape> {
    let stroke = Stroke::new(1.4, colour);
    let straight = |down: f32| Shape::line(vec![at + vec2(-3.5, down), at + vec2(3.5, down)], stroke);
    let bent = |down: f32| {
        let corners = [(-4.0, 1.0), (-1.5, -1.0), (1.5, 1.0), (4.0, -1.0)];
        Shape::line(corners.map(|(x, y)| at + vec2(x, y + down)).to_vec(), stroke)
    };
    match verdict {
        Verdict::Same => vec![straight(-1.7), straight(1.7)],
        Verdict::Revised => vec![bent(-1.9), bent(1.9)],
        Verdict::Theme => vec![bent(0.0)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUTTER: Rect = Rect { min: pos2(100.0, 0.0), max: pos2(140.0, 400.0) };

    fn here(top: f32, bottom: f32) -> Edges {
        Edges::Here(Rangef::new(top, bottom))
    }

    fn look(crosses: bool) -> Look {
        Look {
            colour: Color32::RED,
            ground: Color32::WHITE,
            strength: 0.7,
            crosses,
            loud: false,
            verdict: Verdict::Same,
        }
    }

    /// Points that lie on the ribbon, and points that do not.
    fn check(left: Edges, right: Edges, on: &[(f32, f32)], beside: &[(f32, f32)]) {
        let ribbon = Ribbon::between(left, right, GUTTER).unwrap();
        for (x, y) in on {
            assert!(ribbon.holds(pos2(*x, *y)), "{x}, {y} lies on {ribbon:?}");
        }
        for (x, y) in beside {
            assert!(!ribbon.holds(pos2(*x, *y)), "{x}, {y} lies beside {ribbon:?}");
        }
    }

    #[test]
    fn a_ribbon_leads_from_edge_to_edge() {
        let (on, beside) = ([(100.0, 20.0), (120.0, 120.0), (140.0, 220.0)], [(100.0, 220.0), (140.0, 20.0)]);
        check(here(10.0, 30.0), here(210.0, 230.0), &on, &beside);
        check(here(10.0, 30.0), here(210.0, 230.0), &[], &[(99.0, 20.0), (141.0, 220.0)]);
    }

    #[test]
    fn an_end_out_of_sight_is_pointed_at() {
        let down = Ribbon::between(here(100.0, 120.0), Edges::Below, GUTTER).unwrap();
        assert!(down.right.center() > 120.0 && down.across.max <= GUTTER.center().x);
        let up = Ribbon::between(Edges::Above, here(100.0, 120.0), GUTTER).unwrap();
        assert!(up.left.center() < 100.0 && up.across.min >= GUTTER.center().x);
        let at_the_edge = Ribbon::between(here(0.0, 10.0), Edges::Above, GUTTER).unwrap();
        assert!(at_the_edge.right.min > GUTTER.top());
    }

    #[test]
    fn nothing_is_drawn_where_both_ends_are_out_of_sight() {
        assert_eq!(Ribbon::between(Edges::Above, Edges::Below, GUTTER), None);
    }

    #[test]
    fn the_edge_of_a_crossing_link_is_dashed() {
        let ribbon = Ribbon::between(here(10.0, 30.0), here(60.0, 90.0), GUTTER).unwrap();
        assert!(ribbon.shapes(look(true)).len() > ribbon.shapes(look(false)).len());
    }

    #[test]
    fn the_sign_stands_on_its_ribbon() {
        for (left, right) in [
            (here(10.0, 30.0), here(60.0, 90.0)),
            (here(10.0, 30.0), Edges::Below),
            (Edges::Above, here(50.0, 60.0)),
        ] {
            let ribbon = Ribbon::between(left, right, GUTTER).unwrap();
            assert!(ribbon.holds(ribbon.middle()), "{ribbon:?}");
        }
    }
}
