//! One outline around words that stand on several lines.

use egui::{Pos2, Rangef, Rect, pos2};

/// The lines around rectangles that stand below each other, each of which is what lies beneath one line of text. What
/// is between two of them belongs half to either; where they stand above each other there is no line between them.
pub(super) fn outline(rects: &[Rect]) -> Vec<[Pos2; 2]> {
    let mut drawn = Vec::new();
    let mut above: Option<Rect> = None;
    for (index, rect) in rects.iter().enumerate() {
        let top = above.map_or(rect.top(), |above| f32::midpoint(above.bottom(), rect.top()));
        let below = rects.get(index + 1).map(|below| f32::midpoint(rect.bottom(), below.top()));
        let bottom = below.unwrap_or(rect.bottom());
        drawn.extend([rect.left(), rect.right()].map(|x| [pos2(x, top), pos2(x, bottom)]));
        let edges =
            above.map_or_else(|| vec![rect.x_range()], |above| apart(above.x_range(), rect.x_range()));
        drawn.extend(edges.into_iter().map(|edge| across(edge, top)));
        above = Some(*rect);
    }
    drawn.extend(above.map(|last| across(last.x_range(), last.bottom())));
    drawn
}

fn across(edge: Rangef, y: f32) -> [Pos2; 2] {
    [pos2(edge.min, y), pos2(edge.max, y)]
}

/// What belongs to one of two stretches only.
fn apart(one: Rangef, other: Rangef) -> Vec<Rangef> {
    if one.max <= other.min || other.max <= one.min {
        return vec![one, other];
    }
    let ends = [(one.min, other.min), (one.max, other.max)];
    let apart = ends.map(|(one, other)| Rangef::new(one.min(other), one.max(other)));
    apart.into_iter().filter(|edge| edge.span() > 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of text, each from and to a place across and 10 high, with 2 between them.
    fn check(lines: &[(f32, f32)], expected: &[[f32; 4]]) {
        let tops = std::iter::successors(Some(0.0), |top| Some(top + 12.0));
        let rects = lines
            .iter()
            .zip(tops)
            .map(|(&(left, right), top)| Rect::from_min_max(pos2(left, top), pos2(right, top + 10.0)));
        let mut drawn: Vec<[f32; 4]> = outline(&rects.collect::<Vec<_>>())
            .into_iter()
            .map(|[from, to]| [from.x, from.y, to.x, to.y])
            .collect();
        drawn.sort_by(|one, other| one.partial_cmp(other).unwrap());
        assert_eq!(drawn, expected, "{lines:?}");
    }

    #[test]
    fn lines_that_stand_above_each_other_have_one_outline() {
        check(&[], &[]);
        check(
            &[(0.0, 9.0)],
            &[[0.0, 0.0, 0.0, 10.0], [0.0, 0.0, 9.0, 0.0], [0.0, 10.0, 9.0, 10.0], [9.0, 0.0, 9.0, 10.0]],
        );
        check(
            &[(3.0, 9.0), (0.0, 9.0)],
            &[
                [0.0, 11.0, 0.0, 22.0],
                [0.0, 11.0, 3.0, 11.0],
                [0.0, 22.0, 9.0, 22.0],
                [3.0, 0.0, 3.0, 11.0],
                [3.0, 0.0, 9.0, 0.0],
                [9.0, 0.0, 9.0, 11.0],
                [9.0, 11.0, 9.0, 22.0],
            ],
        );
    }

    #[test]
    fn lines_that_do_not_stand_above_each_other_have_one_each() {
        let check = |one: (f32, f32), other: (f32, f32), expected: &[(f32, f32)]| {
            let apart = apart(Rangef::new(one.0, one.1), Rangef::new(other.0, other.1));
            assert_eq!(apart.iter().map(|edge| (edge.min, edge.max)).collect::<Vec<_>>(), expected);
        };
        check((6.0, 9.0), (0.0, 4.0), &[(6.0, 9.0), (0.0, 4.0)]);
        check((0.0, 9.0), (0.0, 4.0), &[(4.0, 9.0)]);
        check((0.0, 9.0), (0.0, 9.0), &[]);
        check((2.0, 9.0), (0.0, 4.0), &[(0.0, 2.0), (4.0, 9.0)]);
    }
}
