//! What a pane showed in the last frame, for whoever stands beside it: where the blocks in sight are, what stands
//! at a height, how high a position stands.
//!
//! Heights between lines count too: a position in the middle of a line stands at the middle of its height, so
//! that what follows another pane moves as smoothly as that pane does.

use egui::{Rangef, Rect};

use super::lines::{LaidOut, Line};
use super::page::Placed;
use super::pieces::Piece;
use crate::document::BlockIndex;
use crate::text::{Span, saturate};

/// Where a stretch of the document's text stands in the window.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Edges {
    /// In sight: from the upper edge of its first line to the lower edge of its last, as far as they are seen.
    Here(Rangef),
    /// Further up.
    Above,
    /// Further down.
    Below,
}

/// What a pane showed in the last frame.
#[derive(Clone)]
pub(super) struct Sight {
    /// The room of the text, in the window's points.
    pub(super) area: Rect,
    /// What stood in it, from top to bottom.
    pub(super) placed: Vec<(Piece, Placed)>,
}

impl Sight {
    /// The blocks in sight with their upper and lower edges in the window's points; they may reach beyond what is
    /// seen of them.
    pub(super) fn blocks(&self) -> Vec<(BlockIndex, Rangef)> {
        let mut blocks: Vec<(BlockIndex, Rangef)> = Vec::new();
        for (piece, one) in &self.placed {
            let top = self.area.top() + one.top;
            let edges = Rangef::new(top, top + one.height);
            match blocks.last_mut() {
                Some((last, before)) if *last == piece.block => before.max = edges.max,
                _ => blocks.push((piece.block, edges)),
            }
        }
        blocks
    }

    /// From the beginning of the first piece in sight to the end of the last one.
    pub(super) fn span(&self) -> Option<Span> {
        let ends = self.placed.first().zip(self.placed.last());
        ends.map(|((first, _), (last, _))| first.source.union(last.source))
    }

    /// Where a stretch of the document's text stands in the window.
    pub(super) fn edges_of(&self, span: Span) -> Edges {
        let held = |piece: &Piece| piece.source.overlaps(span) || piece.source.contains(span);
        let held = || self.placed.iter().filter(move |(piece, _)| held(piece));
        let before = self.placed.first().is_none_or(|(first, _)| span.end() <= first.source.start());
        let away = if before { Edges::Above } else { Edges::Below };
        let (Some((_, first)), Some((_, last))) = (held().next(), held().next_back()) else { return away };
        let top = line_of(first, span.start()).map_or(0.0, |line| line.top) + first.top;
        let bottom = line_of(last, span.end().saturating_sub(1).max(span.start()))
            .map_or(last.height, |line| line.top + line.height);
        self.seen(Rangef::new(top, last.top + bottom))
    }

    /// What is seen of a stretch that reaches from so far to so far below the upper edge of the text.
    fn seen(&self, edges: Rangef) -> Edges {
        let window = Rangef::new(0.0, self.area.height());
        if edges.max <= window.min {
            Edges::Above
        } else if edges.min >= window.max {
            Edges::Below
        } else {
            let seen = Rangef::new(edges.min.max(window.min), edges.max.min(window.max));
            Edges::Here(Rangef::new(seen.min + self.area.top(), seen.max + self.area.top()))
        }
    }

    /// The position of the document's text that stands at a height of the window; the nearest one in sight.
    pub(super) fn position_at(&self, y: f32) -> Option<u32> {
        let y = y - self.area.top();
        let laid = || self.placed.iter().filter_map(|(_, one)| Some((one, one.laid.as_deref()?)));
        let (one, laid) = laid().find(|(one, _)| y < one.top + one.height).or_else(|| laid().next_back())?;
        let down = y - one.top;
        let line = laid.lines.get(laid.first_line_below(down).unwrap_or(laid.lines.len().checked_sub(1)?))?;
        let share = ((down - line.top) / line.height.max(1.0)).clamp(0.0, 1.0);
        Some(laid.view.caret_source(part_of_line(&laid.view.text, line.span, share)))
    }

    /// How high a position of the document's text stands in the window; `None` where it is out of sight.
    pub(super) fn height_of(&self, position: u32) -> Option<f32> {
        let holds = |piece: &Piece| piece.source.start() <= position && position <= piece.source.end();
        let (_, one) = self.placed.iter().rfind(|(piece, _)| holds(piece))?;
        let laid = one.laid.as_deref()?;
        Some(self.area.top() + one.top + height_in(laid, position)?)
    }
}

/// The line of a piece on which a position of the document's text stands, or the nearest one.
fn line_of(placed: &Placed, position: u32) -> Option<&Line> {
    let laid = placed.laid.as_deref()?;
    laid.lines.get(laid.line_of(laid.view.caret_shown(position))?)
}

/// How far below a piece's upper edge a position of the document's text stands.
pub(super) fn height_in(laid: &LaidOut, position: u32) -> Option<f32> {
    let shown = laid.view.caret_shown(position);
    let line = laid.lines.get(laid.line_of(shown)?)?;
    Some(line.top + share_of_line(line, shown) * line.height)
}

fn share_of_line(line: &Line, shown: u32) -> f32 {
    let within = shown.clamp(line.span.start(), line.span.end()) - line.span.start();
    #[expect(clippy::cast_precision_loss, reason = "a share of a line")]
    let share = within as f32 / line.span.len().max(1) as f32;
    share
}

/// The place between two characters that has so much of the line before it.
fn part_of_line(text: &str, line: Span, share: f32) -> u32 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a line"
    )]
    let within = (line.len() as f32 * share) as u32;
    saturate(text.floor_char_boundary((line.start() + within.min(line.len())) as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_between_characters() {
        let text = "一二三四";
        let check = |share, expected| assert_eq!(part_of_line(text, Span::new(3, 12), share), expected);
        check(0.0, 3);
        check(0.3, 3);
        check(0.34, 6);
        check(1.0, 12);
    }
}
