//! The lines of a page that run along its edges, and the boxes that it fills. Everything else that is drawn is passed over.

use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::Number;

use super::glyph::Rule;

/// How many lines of a page are kept.
const MOST: usize = 4_000;
/// How thick a filled box may be to be a line, in points.
const THICKEST: f32 = 2.4;

/// A path that is not drawn yet.
#[derive(Default)]
pub(super) struct Path {
    boxes: Vec<Rule>,
    lines: Vec<Rule>,
    last: Option<Point>,
}

impl Path {
    /// Adds what an operator of construction says.
    pub(super) fn add(&mut self, operator: &Op<'_, '_>, matrix: Affine) {
        if self.boxes.len() + self.lines.len() >= MOST {
            return;
        }
        match operator {
            Op::RectPath(rect) => {
                let [x, y, width, height] = [&rect.0, &rect.1, &rect.2, &rect.3].map(Number::as_f64);
                let (from, to) = (matrix * Point::new(x, y), matrix * Point::new(x + width, y + height));
                self.boxes.extend(rule(from, to));
            }
            Op::MoveTo(to) => self.last = Some(matrix * Point::new(to.0.as_f64(), to.1.as_f64())),
            Op::LineTo(to) => {
                let to = matrix * Point::new(to.0.as_f64(), to.1.as_f64());
                let from = self.last.replace(to);
                self.lines.extend(from.and_then(|from| rule(from, to)));
            }
            _ => {}
        }
    }

    /// Draws the path: with its edges, or only filled. What is filled white shows nothing.
    pub(super) fn draw(
        &mut self,
        edges: bool,
        white: bool,
        (rules, grounds): (&mut Vec<Rule>, &mut Vec<Rule>),
    ) {
        let room = MOST.saturating_sub(rules.len());
        let thin = |rule: &Rule| rule.right - rule.left <= THICKEST || rule.bottom - rule.top <= THICKEST;
        let boxes = self.boxes.iter().copied().flat_map(|found| match (thin(&found), edges) {
            (true, _) => vec![found],
            (false, true) => edges_of(found).to_vec(),
            (false, false) => Vec::new(),
        });
        let filled = self.boxes.iter().filter(|found| !edges && !white && !thin(found));
        grounds.extend(filled.take(MOST.saturating_sub(grounds.len())));
        let lines = self.lines.iter().copied().filter(|rule| edges && thin(rule));
        rules.extend(boxes.chain(lines).take(room));
        self.clear();
    }

    /// Forgets the path.
    pub(super) fn clear(&mut self) {
        self.boxes.clear();
        self.lines.clear();
        self.last = None;
    }
}

/// Whether an operator makes white or anything else of what is filled next; `None` for other operators.
pub(super) fn fills_white(operator: &Op<'_, '_>) -> Option<bool> {
    let are =
        |numbers: &[Number], one: f64| numbers.iter().all(|number| (number.as_f64() - one).abs() < 0.01);
    // Three inks and black make colours by what they take away.
    let is_white =
        |numbers: &[Number]| if numbers.len() == 4 { are(numbers, 0.0) } else { are(numbers, 1.0) };
    match operator {
        Op::NonStrokeColorDeviceGray(gray) => Some(is_white(&[gray.0])),
        Op::NonStrokeColorDeviceRgb(color) => Some(is_white(&[color.0, color.1, color.2])),
        Op::NonStrokeColorCmyk(color) => Some(is_white(&[color.0, color.1, color.2, color.3])),
        Op::NonStrokeColor(color) => Some(is_white(&color.0)),
        Op::NonStrokeColorNamed(color) => Some(color.1.is_none() && is_white(&color.0)),
        _ => None,
    }
}

fn edges_of(found: Rule) -> [Rule; 4] {
    let Rule { left, top, right, bottom } = found;
    [
        Rule { bottom: top, ..found },
        Rule { top: bottom, ..found },
        Rule { right: left, ..found },
        Rule { left: right, ..found },
    ]
}

/// The stretch between two places; `None` where they are no places.
#[expect(clippy::cast_possible_truncation, reason = "places on a page need no more than 24 bits")]
fn rule(from: Point, to: Point) -> Option<Rule> {
    let sane = [from.x, from.y, to.x, to.y].iter().all(|number| number.is_finite() && number.abs() < 1e6);
    sane.then_some(Rule {
        left: from.x.min(to.x) as f32,
        top: from.y.min(to.y) as f32,
        right: from.x.max(to.x) as f32,
        bottom: from.y.max(to.y) as f32,
    })
}
