//! The overview of a document: a narrow bar with a stripe for each block in the colour of its verdict, blank
//! where it stands only here, and a frame around what is in sight. A click goes there.
//!
//! The stripes are made once for each comparison and height of the bar, not in every frame: a row of points shows
//! the closest verdict of all blocks that fall on it.

use egui::{Rect, Sense, Stroke, StrokeKind, Ui, accesskit, pos2, vec2};

use super::ribbon::verdict_lines;
use crate::compare::Verdict;
use crate::text::Span;
use crate::ui::theme::Tokens;

/// The width of the bar, in points.
pub(super) const WIDTH: f32 = 18.0;

/// The least height of the frame around what is in sight, in points.
const LEAST_FRAME: f32 = 8.0;

/// A stretch of the bar that has one look, in rows of points from its top.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stripe {
    /// Its first row.
    pub(super) top: usize,
    /// The row after its last.
    pub(super) bottom: usize,
    /// The verdict of its blocks.
    pub(super) verdict: Verdict,
}

/// The stripes of a bar of `rows` rows over the text `whole`, for blocks in order. Each block has at least a row;
/// where blocks share one, the closest verdict counts.
pub(super) fn stripes(
    blocks: impl Iterator<Item = (Span, Option<Verdict>)>,
    whole: Span,
    rows: usize,
) -> Vec<Stripe> {
    let mut of_rows: Vec<Option<Verdict>> = vec![None; rows];
    for (span, verdict) in blocks.filter(|(_, verdict)| verdict.is_some()) {
        let first = row_of(span.start(), whole, rows);
        let after = row_of(span.end(), whole, rows).max(first + 1).min(rows);
        for row in of_rows.get_mut(first..after).unwrap_or_default() {
            *row = (*row).max(verdict);
        }
    }
    join(&of_rows)
}

/// The row that a position of the text falls on.
fn row_of(position: u32, whole: Span, rows: usize) -> usize {
    let within = position.clamp(whole.start(), whole.end()) - whole.start();
    (within as usize * rows / whole.len().max(1) as usize).min(rows.saturating_sub(1))
}

fn join(rows: &[Option<Verdict>]) -> Vec<Stripe> {
    let mut stripes: Vec<Stripe> = Vec::new();
    for (row, verdict) in rows.iter().enumerate() {
        let Some(verdict) = *verdict else { continue };
        match stripes.last_mut() {
            Some(last) if last.bottom == row && last.verdict == verdict => last.bottom = row + 1,
            _ => stripes.push(Stripe { top: row, bottom: row + 1, verdict }),
        }
    }
    stripes
}

/// What the bar shows.
pub(super) struct Overview<'a> {
    /// From top to bottom.
    pub(super) stripes: &'a [Stripe],
    /// The text that the bar stands for.
    pub(super) whole: Span,
    /// What of it is in sight.
    pub(super) in_sight: Span,
    /// What the bar is called.
    pub(super) name: &'a str,
    /// What it shows, in words.
    pub(super) value: &'a str,
}

/// Draws the bar in `rect`. Answers with the position of the text that was clicked or dragged to.
pub(super) fn overview_ui(ui: &Ui, tokens: &Tokens, rect: Rect, overview: &Overview<'_>) -> Option<u32> {
    let response = ui.interact(rect, ui.scope_id().with("overview"), Sense::click_and_drag());
    describe(ui, &response, overview);
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, 0.0, tokens.panel);
    for stripe in overview.stripes {
        #[expect(clippy::cast_precision_loss, reason = "rows of a window")]
        let edge = |row: usize| rect.top() + row as f32;
        let inside = rect.shrink2(vec2(4.0, 0.0));
        let band = inside.with_min_y(edge(stripe.top)).with_max_y(edge(stripe.bottom));
        painter.rect_filled(band, 0.0, tokens.verdict(stripe.verdict));
        if band.height() > 12.0 {
            painter.extend(verdict_lines(stripe.verdict, band.center(), tokens.page));
        }
    }
    let frame = frame_rect(rect, overview);
    let stroke = Stroke::new(if response.hovered() { 2.5 } else { 1.5 }, tokens.text);
    painter.rect(frame, 2.0, tokens.text.gamma_multiply(0.08), stroke, StrokeKind::Inside);
    stepped(ui, &response, overview).or_else(|| {
        let pointer = response.interact_pointer_pos()?;
        Some(position_at(rect, overview.whole, pointer.y))
    })
}

/// What a screen reader says, and that it can move the bar.
fn describe(ui: &Ui, response: &egui::Response, overview: &Overview<'_>) {
    response.widget_info(|| egui::WidgetInfo::slider(true, percent(overview), overview.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_orientation(accesskit::Orientation::Vertical);
        node.set_value(overview.value);
    });
}

/// The arrows move the bar when it has the keyboard.
fn stepped(ui: &Ui, response: &egui::Response, overview: &Overview<'_>) -> Option<u32> {
    if !response.has_focus() {
        return None;
    }
    let filter = egui::EventFilter { vertical_arrows: true, ..egui::EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    let middle = i64::from(overview.in_sight.start()) + i64::from(overview.in_sight.len() / 2);
    let step = i64::from(overview.whole.len() / 20).max(1);
    let wanted = match (pressed(egui::Key::ArrowUp), pressed(egui::Key::ArrowDown)) {
        (true, false) => middle - step,
        (false, true) => middle + step,
        _ => return None,
    };
    let whole = overview.whole;
    u32::try_from(wanted.clamp(i64::from(whole.start()), i64::from(whole.end()))).ok()
}

fn percent(overview: &Overview<'_>) -> f64 {
    let within = overview.in_sight.start().saturating_sub(overview.whole.start());
    (f64::from(within) / f64::from(overview.whole.len().max(1)) * 100.0).round().clamp(0.0, 100.0)
}

fn frame_rect(rect: Rect, overview: &Overview<'_>) -> Rect {
    let top = y_of(rect, overview.whole, overview.in_sight.start());
    let bottom = y_of(rect, overview.whole, overview.in_sight.end()).max(top + LEAST_FRAME);
    Rect::from_min_max(pos2(rect.left() + 1.0, top), pos2(rect.right() - 1.0, bottom)).intersect(rect)
}

fn y_of(rect: Rect, whole: Span, position: u32) -> f32 {
    let within = position.clamp(whole.start(), whole.end()) - whole.start();
    #[expect(clippy::cast_precision_loss, reason = "points of a window")]
    let share = within as f32 / whole.len().max(1) as f32;
    rect.top() + rect.height() * share
}

fn position_at(rect: Rect, whole: Span, y: f32) -> u32 {
    let share = ((y - rect.top()) / rect.height().max(1.0)).clamp(0.0, 1.0);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a text"
    )]
    let within = (whole.len() as f32 * share) as u32;
    whole.start() + within.min(whole.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws a bar of rows: `=` same, `~` revised, `-` theme, a space for only here.
    fn check(blocks: &[(u32, Option<Verdict>)], rows: usize, expected: &str) {
        let mut start = 0;
        let blocks: Vec<_> = blocks
            .iter()
            .map(|(length, verdict)| {
                let span = Span::from_length(start, *length);
                start += length;
                (span, *verdict)
            })
            .collect();
        let mut drawn = vec![' '; rows];
        for stripe in stripes(blocks.into_iter(), Span::new(0, start), rows) {
            let sign = match stripe.verdict {
                Verdict::Same => '=',
                Verdict::Revised => '~',
                Verdict::Theme => '-',
            };
            drawn[stripe.top..stripe.bottom].fill(sign);
        }
        assert_eq!(drawn.into_iter().collect::<String>(), expected);
    }

    const SAME: Option<Verdict> = Some(Verdict::Same);
    const REVISED: Option<Verdict> = Some(Verdict::Revised);
    const THEME: Option<Verdict> = Some(Verdict::Theme);

    #[test]
    fn a_stripe_for_each_block_and_none_for_what_stands_only_here() {
        check(&[(10, SAME), (10, None), (20, REVISED)], 8, "==  ~~~~");
    }

    #[test]
    fn where_blocks_share_a_row_the_closest_relation_is_seen() {
        check(&[(5, THEME), (5, SAME), (90, None)], 4, "=   ");
        check(&[(1, None), (1, REVISED), (198, None)], 10, "~         ");
    }

    #[test]
    fn an_empty_text_has_an_empty_bar() {
        check(&[], 3, "   ");
        check(&[(10, SAME)], 0, "");
    }

    #[test]
    fn a_click_goes_to_what_stands_there() {
        let rect = Rect::from_min_max(pos2(0.0, 100.0), pos2(10.0, 300.0));
        let whole = Span::new(1_000, 2_000);
        for position in [1_000, 1_250, 2_000] {
            assert_eq!(position_at(rect, whole, y_of(rect, whole, position)), position);
        }
    }
}
