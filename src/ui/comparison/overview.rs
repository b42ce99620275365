//! The overview of a document: a narrow bar with a stripe for each block in the colour of its verdict, blank
//! where it stands only here, and a frame around what is in sight. A click goes there.

use egui::{
    EventFilter, Key, Modifiers, Rangef, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    accesskit, lerp, pos2, vec2,
};

use super::ribbon::verdict_lines;
use crate::session::Stripe;
use crate::ui::theme::Tokens;

/// The width of the bar, in points.
pub(super) const WIDTH: f32 = 18.0;

/// The least height of the frame around what is in sight, in points.
const LEAST_FRAME: f32 = 8.0;

/// From this height on, in points, a stripe carries the sign of its verdict.
const ROOM_FOR_SIGN: f32 = 12.0;

/// How far an arrow key moves, as a share of the document.
const STEP: f32 = 0.05;

/// What the bar shows.
pub(super) struct OverviewBar<'a> {
    /// From top to bottom.
    pub(super) stripes: &'a [Stripe],
    /// What is in sight, from 0 to 1.
    pub(super) seen: Rangef,
    /// What the bar is called.
    pub(super) name: &'a str,
    /// What it shows, in words.
    pub(super) value: &'a str,
}

/// Draws the bar in `rect`. Answers with the place, from 0 to 1, that the reader wants to go to.
pub(super) fn overview_ui(ui: &Ui, tokens: &Tokens, rect: Rect, bar: &OverviewBar<'_>) -> Option<f32> {
    let response = ui.interact(rect, ui.scope_id().with("overview"), Sense::click_and_drag());
    describe(ui, &response, bar);
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, 0.0, tokens.panel);
    for stripe in bar.stripes {
        let band = rect.shrink2(vec2(4.0, 0.0)).with_min_y(y_at(rect, stripe.from));
        let band = band.with_max_y(y_at(rect, stripe.to).max(band.top() + 1.0));
        let Some(verdict) = stripe.verdict else {
            if !stripe.compared {
                painter.rect_filled(band, 0.0, tokens.line.gamma_multiply(0.5));
            }
            continue;
        };
        painter.rect_filled(band, 0.0, tokens.verdict(verdict));
        if band.height() > ROOM_FOR_SIGN {
            painter.extend(verdict_lines(verdict, band.center(), tokens.page));
        }
    }
    let frame = frame_rect(rect, bar.seen);
    let stroke = Stroke::new(if response.hovered() || response.has_focus() { 2.5 } else { 1.5 }, tokens.text);
    painter.rect(frame, 2.0, tokens.text.gamma_multiply(0.08), stroke, StrokeKind::Inside);
    wanted(ui, &response, bar, rect)
}

/// What a screen reader says.
fn describe(ui: &Ui, response: &Response, bar: &OverviewBar<'_>) {
    let percent = f64::from((bar.seen.min * 100.0).round());
    response.widget_info(|| WidgetInfo::slider(true, percent, bar.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_orientation(accesskit::Orientation::Vertical);
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
        node.set_value(bar.value);
    });
}

/// Where the pointer, the keys or a screen reader go to.
fn wanted(ui: &Ui, response: &Response, bar: &OverviewBar<'_>, rect: Rect) -> Option<f32> {
    if let Some(pointer) = response.interact_pointer_pos() {
        return Some(place_at(rect, pointer.y));
    }
    let asked = |action| ui.input(|input| input.has_accesskit_action_request(response.id, action));
    let (mut up, mut down) = (asked(accesskit::Action::Decrement), asked(accesskit::Action::Increment));
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        up |= pressed(Key::ArrowUp);
        down |= pressed(Key::ArrowDown);
    }
    let step = if down { STEP } else { -STEP };
    (up != down).then(|| (bar.seen.center() + step).clamp(0.0, 1.0))
}

fn frame_rect(rect: Rect, seen: Rangef) -> Rect {
    let top = y_at(rect, seen.min).min(rect.bottom() - LEAST_FRAME);
    let bottom = y_at(rect, seen.max).max(top + LEAST_FRAME);
    Rect::from_min_max(pos2(rect.left() + 1.0, top), pos2(rect.right() - 1.0, bottom)).intersect(rect)
}

fn y_at(rect: Rect, place: f32) -> f32 {
    lerp(rect.top()..=rect.bottom(), place.clamp(0.0, 1.0))
}

fn place_at(rect: Rect, y: f32) -> f32 {
    ((y - rect.top()) / rect.height().max(1.0)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAR: Rect = Rect { min: pos2(0.0, 100.0), max: pos2(18.0, 300.0) };

    #[test]
    fn a_click_goes_to_what_stands_there() {
        for place in [0.0, 0.25, 0.5, 1.0] {
            assert!((place_at(BAR, y_at(BAR, place)) - place).abs() < 1e-4, "{place}");
        }
        assert!(place_at(BAR, 20.0).abs() < f32::EPSILON);
        assert!((place_at(BAR, 900.0) - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn the_frame_can_be_seen_wherever_one_is() {
        for seen in [Rangef::new(0.0, 0.0), Rangef::new(0.4, 0.6), Rangef::new(1.0, 1.0)] {
            let frame = frame_rect(BAR, seen);
            assert!(BAR.contains_rect(frame) && frame.height() >= LEAST_FRAME - 0.01, "{seen:?}: {frame:?}");
        }
    }
}
