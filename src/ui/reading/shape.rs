//! How each kind of block stands on the page: sizes, indents, distances, ink.

use crate::document::{AsideReason, BlockKind};

/// What the reader chose, in points, and what follows from it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Measure {
    /// The width of the column.
    pub(super) column: f32,
    /// The size of the text; a Han character is as wide.
    pub(super) size: f32,
    /// The distance of lines, in text sizes.
    pub(super) spacing: f32,
    /// Whether paragraphs begin with an indent of two characters.
    pub(super) indent: bool,
}

/// What a text is written with. The theme says how it looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ink {
    /// The text.
    Text,
    /// Steps back.
    Quiet,
    /// Stands out.
    Strong,
}

/// How a block stands on the page. All lengths are points.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Shape {
    /// The size of the text.
    pub(super) size: f32,
    /// From one line to the next.
    pub(super) line: f32,
    /// From the column's left edge to the text.
    pub(super) left: f32,
    /// From the text to the column's right edge.
    pub(super) right: f32,
    /// How much further in the first line begins.
    pub(super) first: f32,
    /// Free above the block.
    pub(super) above: f32,
    /// Free below the block.
    pub(super) below: f32,
    /// Whether lines are stretched to the right edge.
    pub(super) justified: bool,
    /// Whether lines stand in the middle.
    pub(super) centred: bool,
    /// What it is written with.
    pub(super) ink: Ink,
    /// What else is drawn.
    pub(super) dress: Dress,
}

/// What is drawn beside the text of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Dress {
    /// Nothing.
    Plain,
    /// A rule at the left of a quotation.
    Rule,
    /// A bullet, where the text brings no mark of its own; what follows hangs.
    Item,
    /// Cells beside each other, with a line below.
    Row,
    /// Latin letters of one width, spaces kept.
    Listing,
    /// Why it was set aside.
    Reason(AsideReason),
}

/// The room above and below the words of a row of a table, in sizes of running text.
pub(super) const ROW_ROOM: f32 = 0.3;

impl Shape {
    /// How a block of this kind stands on the page; `boxed` where it belongs to a box.
    pub(super) fn of(kind: BlockKind, boxed: bool, measure: &Measure) -> Self {
        let em = measure.size;
        let shape = match kind {
            BlockKind::Title => Self::heading(measure, 1.7, 0.6, 1.2).centred(),
            BlockKind::Heading { level: 0 | 1 } => Self::heading(measure, 1.42, 1.5, 0.7),
            BlockKind::Heading { level: 2 } => Self::heading(measure, 1.25, 1.2, 0.6),
            BlockKind::Heading { level: 3 } => Self::heading(measure, 1.12, 0.9, 0.5),
            BlockKind::Heading { .. } => Self::heading(measure, 1.0, 0.7, 0.45),
            BlockKind::Paragraph => Self::paragraph(measure),
            BlockKind::ListItem { depth } => Self {
                left: em * 1.5 * f32::from(depth.min(6).saturating_add(1)),
                first: 0.0,
                below: em * 0.25,
                dress: Dress::Item,
                ..Self::paragraph(measure)
            },
            BlockKind::Quotation => {
                Self { left: em * 2.0, right: em, first: 0.0, dress: Dress::Rule, ..Self::paragraph(measure) }
            }
            BlockKind::TableRow => {
                let row = Self {
                    above: em * ROW_ROOM,
                    below: em * ROW_ROOM,
                    dress: Dress::Row,
                    ..Self::small(measure, 0.9)
                };
                Self { ink: Ink::Text, ..row }
            }
            BlockKind::Byline => Self::small(measure, 0.88),
            BlockKind::Footnote => Self { ink: Ink::Text, justified: true, ..Self::small(measure, 0.85) },
            BlockKind::Preformatted => Self {
                left: em * 0.6,
                right: em * 0.6,
                above: em * 0.3,
                below: em * 0.6,
                ink: Ink::Text,
                dress: Dress::Listing,
                ..Self::small(measure, 0.9)
            },
            BlockKind::Aside(reason) => Self { dress: Dress::Reason(reason), ..Self::small(measure, 0.85) },
        };
        if boxed { shape.inside_a_box(em) } else { shape }
    }

    fn paragraph(measure: &Measure) -> Self {
        let em = measure.size;
        Self {
            size: em,
            line: em * measure.spacing,
            left: 0.0,
            right: 0.0,
            first: if measure.indent { em * 2.0 } else { 0.0 },
            above: 0.0,
            below: if measure.indent { em * 0.4 } else { em * 0.9 },
            justified: true,
            centred: false,
            ink: Ink::Text,
            dress: Dress::Plain,
        }
    }

    fn heading(measure: &Measure, size: f32, above: f32, below: f32) -> Self {
        let em = measure.size;
        Self {
            size: em * size,
            line: em * size * 1.45,
            first: 0.0,
            above: em * above,
            below: em * below,
            justified: false,
            ink: Ink::Strong,
            ..Self::paragraph(measure)
        }
    }

    fn small(measure: &Measure, size: f32) -> Self {
        let em = measure.size;
        Self {
            size: em * size,
            line: em * size * (measure.spacing * 0.92).max(1.3),
            first: 0.0,
            justified: false,
            ink: Ink::Quiet,
            ..Self::paragraph(measure)
        }
    }

    fn centred(self) -> Self {
        Self { centred: true, ..self }
    }

    fn inside_a_box(self, em: f32) -> Self {
        Self { left: self.left + em, right: self.right + em, above: self.above + em * 0.2, ..self }
    }

    /// The same with room where it begins or ends a table, which parts it from what is around it.
    pub(super) fn apart(self, begins_table: bool, ends_table: bool) -> Self {
        let room = |is_edge| if is_edge { self.size * 0.6 } else { 0.0 };
        Self { above: self.above + room(begins_table), below: self.below + room(ends_table), ..self }
    }

    /// How high the line above an aside is that says why.
    pub(super) fn reason_height(&self) -> f32 {
        if matches!(self.dress, Dress::Reason(_)) { self.line } else { 0.0 }
    }

    /// The width of the lines.
    pub(super) fn width(&self, measure: &Measure) -> f32 {
        (measure.column - self.left - self.right).max(self.size * 2.0)
    }

    /// How high a block of `bytes` bytes will be, before it is laid out: a Han character is three bytes.
    pub(super) fn estimate(&self, measure: &Measure, bytes: u32) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let characters = bytes as f32 / 3.0;
        let lines = ((characters * self.size + self.first) / self.width(measure)).ceil().max(1.0);
        self.above + self.reason_height() + lines * self.line + self.below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEASURE: Measure = Measure { column: 400.0, size: 20.0, spacing: 1.75, indent: true };

    #[test]
    fn higher_headings_are_larger() {
        let size = |level| Shape::of(BlockKind::Heading { level }, false, &MEASURE).size;
        assert!(size(1) > size(2) && size(2) > size(3) && size(3) > size(4));
        assert!(size(9) >= MEASURE.size);
    }

    #[test]
    fn estimates_whole_lines() {
        let paragraph = Shape::of(BlockKind::Paragraph, false, &MEASURE);
        // 18 characters fill the first line behind its indent of two, 20 each further one.
        let lines = |characters: u32| (paragraph.estimate(&MEASURE, characters * 3) - paragraph.below) / 35.0;
        assert!((lines(18) - 1.0).abs() < 0.01);
        assert!((lines(19) - 2.0).abs() < 0.01);
        assert!((lines(38) - 2.0).abs() < 0.01);
    }

    #[test]
    fn a_box_leaves_room_for_its_frame() {
        let width = |boxed| Shape::of(BlockKind::Paragraph, boxed, &MEASURE).width(&MEASURE);
        assert!(width(true) < width(false));
    }

    #[test]
    fn lines_have_room_for_a_character_in_the_narrowest_window() {
        let narrow = Measure { column: 10.0, ..MEASURE };
        assert!(Shape::of(BlockKind::ListItem { depth: 9 }, true, &narrow).width(&narrow) >= narrow.size);
    }
}
