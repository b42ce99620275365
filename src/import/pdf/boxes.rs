//! Boxes around some of the text: a frame that is drawn, or a ground that is filled.

use super::columns::Line;
use super::furniture::Role;
use super::glyph::Rule;
use super::tables;

/// How near a line stands to the edge that it draws, in points.
const NEAR: f32 = 3.0;
/// What part of its column a box takes at least; what is smaller belongs to a drawing.
const LEAST_SHARE: f32 = 0.6;
/// What part of the width and of the height of a page the frame or the ground of all of it takes.
const WHOLE: f32 = 0.8;
/// So many lines of text stand in a box at least.
const LEAST_LINES: usize = 2;
/// So many boxes are looked for on a page, and among so many lines; a drawing has more.
const MOST: usize = 100;
const MOST_LINES: usize = 2_000;

/// The frames of a page of this width and height that no table draws, and its filled grounds.
pub(super) fn frames(rules: &[Rule], grounds: &[Rule], (width, height): (f32, f32)) -> Vec<Rule> {
    let is_part = |found: &Rule| {
        let whole = found.right - found.left > width * WHOLE && found.bottom - found.top > height * WHOLE;
        let is_thin = found.bottom - found.top < NEAR * 2.0 || found.right - found.left < NEAR * 2.0;
        !whole && !is_thin
    };
    let drawn = tables::groups(rules).into_iter().filter(|(frame, group)| is_closed(*frame, group));
    let mut all: Vec<Rule> =
        drawn.map(|(frame, _)| frame).chain(grounds.iter().copied()).filter(is_part).collect();
    if all.len() > MOST {
        all.clear();
    }
    all
}

/// Whether lines draw the four edges of a frame, and none between its sides, as tables have.
fn is_closed(frame: Rule, group: &[Rule]) -> bool {
    let is_edge = |rule: &Rule, at: f32, place: fn(&Rule) -> f32| (place(rule) - at).abs() <= NEAR;
    let goes_across = |rule: &&Rule| rule.left <= frame.left + NEAR && rule.right >= frame.right - NEAR;
    let goes_down = |rule: &&Rule| rule.top <= frame.top + NEAR && rule.bottom >= frame.bottom - NEAR;
    let has_across =
        |at: f32| group.iter().filter(goes_across).any(|rule| is_edge(rule, at, |rule| rule.top));
    let has_down = |at: f32| group.iter().filter(goes_down).any(|rule| is_edge(rule, at, |rule| rule.left));
    let edges =
        [has_across(frame.top), has_across(frame.bottom), has_down(frame.left), has_down(frame.right)];
    let is_within = |rule: &&Rule| {
        let inside = |at: f32, from: f32, to: f32| at > from + NEAR && at < to - NEAR;
        inside(rule.left, frame.left, frame.right) && inside(rule.right, frame.left, frame.right)
            || inside(rule.top, frame.top, frame.bottom) && inside(rule.bottom, frame.top, frame.bottom)
    };
    // One line below a title is a box still; more are the rows of a table.
    edges == [true; 4] && group.iter().filter(is_within).count() <= 1
}

/// Says of the lines of a page which stand together in a box. They are full where the box has its edge.
pub(super) fn mark(lines: &mut [(Line, Role)], frames: &[Rule]) {
    if lines.len() > MOST_LINES {
        return;
    }
    for (number, frame) in (0_u16..).zip(frames) {
        let own = || lines.iter().filter(|(line, _)| holds(*frame, line));
        let is_text = |(line, _): &&(Line, Role)| line.pieces.iter().all(|piece| !piece.row && !piece.fixed);
        let fills = |(line, _): &(Line, Role)| {
            let (left, right) = line.column;
            frame.right - frame.left >= (right - left) * LEAST_SHARE
        };
        let is_box = own().filter(is_text).count() >= LEAST_LINES && own().all(fills);
        let left = own().map(|(line, _)| line.left()).fold(f32::MAX, f32::min);
        let right = own().map(|(line, _)| line.right()).fold(f32::MIN, f32::max);
        for (line, _) in lines.iter_mut().filter(|(line, _)| is_box && holds(*frame, line)) {
            (line.boxed, line.column) = (Some(number), (left, right));
        }
    }
}

fn holds(frame: Rule, line: &Line) -> bool {
    let (middle, height) = (f32::midpoint(line.left(), line.right()), line.baseline() - line.size() * 0.3);
    let is_wide = line.right() - line.left() > frame.right - frame.left + NEAR;
    !is_wide && (frame.left..=frame.right).contains(&middle) && (frame.top..=frame.bottom).contains(&height)
}
