//! The scroll bar: takes the reader anywhere in the document.

use egui::{Rect, Sense, Ui, pos2};

use super::Frame;
use super::page::Page;

/// Its width, in points.
pub(super) const WIDTH: f32 = 14.0;

/// The least height of what is dragged, in points.
const LEAST: f32 = 28.0;

/// Draws the scroll bar at the right edge of `all`, and follows it.
pub(super) fn scroll_bar_ui(ui: &Ui, frame: &Frame<'_>, all: Rect, page: &mut Page) {
    let track = all.with_min_x(frame.area.right()).shrink2(egui::vec2(2.0, 2.0));
    let window = frame.area.height();
    let furthest = page.furthest(window);
    if furthest <= 0.0 || track.height() < LEAST {
        return;
    }
    let response = ui.interact(track, ui.scope_id().with("scroll bar"), Sense::click_and_drag());
    response.widget_info(|| {
        let share = page.offset() / furthest.max(1.0);
        egui::WidgetInfo::slider(true, (share * 100.0).round().clamp(0.0, 100.0), frame.words.scroll_bar())
    });
    let bar = Bar::new(track, furthest, window);
    if let Some(pointer) = response.interact_pointer_pos() {
        let offset = bar.offset_at(pointer.y);
        page.go_to_offset(frame.reader, &frame.context, offset);
    }
    let strong = response.hovered() || response.dragged();
    let ink = if strong { frame.tokens.quiet } else { frame.tokens.line };
    ui.painter().rect_filled(bar.thumb(page.offset()), 4.0, ink);
}

/// Where things are on the scroll bar.
struct Bar {
    track: Rect,
    furthest: f64,
    length: f32,
}

impl Bar {
    fn new(track: Rect, furthest: f64, window: f32) -> Self {
        let share = f64::from(window) / (furthest + f64::from(window));
        #[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
        let length = (track.height() * share as f32).max(LEAST);
        Self { track, furthest, length }
    }

    /// What is dragged, for an offset.
    fn thumb(&self, offset: f64) -> Rect {
        #[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
        let share = (offset / self.furthest).clamp(0.0, 1.0) as f32;
        let top = self.track.top() + (self.track.height() - self.length) * share;
        Rect::from_min_max(pos2(self.track.left(), top), pos2(self.track.right(), top + self.length))
    }

    /// The offset for which the middle of what is dragged lies under the pointer.
    fn offset_at(&self, y: f32) -> f64 {
        let room = (self.track.height() - self.length).max(1.0);
        let share = (y - self.track.top() - self.length / 2.0) / room;
        f64::from(share.clamp(0.0, 1.0)) * self.furthest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(offset: f64) {
        let track = Rect::from_min_max(pos2(0.0, 100.0), pos2(10.0, 700.0));
        let bar = Bar::new(track, 1_000_000.0, 500.0);
        let thumb = bar.thumb(offset);
        assert!(track.contains_rect(thumb));
        assert!((bar.offset_at(thumb.center().y) - offset).abs() < 1.0, "{offset}");
    }

    #[test]
    fn there_and_back() {
        check(0.0);
        check(250_000.0);
        check(1_000_000.0);
    }
}
