//! Footnotes: their marks in the text are links, and what a note says is shown beside its mark under the pointer, or
//! where the keyboard went to it.

use egui::accesskit::Role;
use egui::{
    Align2, Area, CursorIcon, Id, Label, Order, Pos2, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::Frame;
use super::lines::LaidOut;
use super::page::{Placed, galley};
use super::paint::{bookmark_rect, lines_in_sight};
use crate::document::FootnoteLink;
use crate::session::{Command, FootnoteCommand, Mark};
use crate::text::Span;
use crate::ui::positions::x_of_byte;
use crate::ui::scene::document_text;

/// How wide what a note says is shown at most, and how far from its mark, in points.
const WIDTH: f32 = 380.0;
const GAP: f32 = 4.0;

/// Follows pointer and keyboard over the marks in sight.
pub(super) fn footnotes_ui(ui: &Ui, frame: &Frame<'_>, whole: Id, placed: &[Placed]) -> Vec<Command> {
    let (mut asked, mut told) = (Vec::new(), None);
    let by_keys = frame.reader.footnote_shown();
    for (one, laid) in placed.iter().filter_map(|one| Some((one, one.laid.as_deref()?))) {
        let corner = pos2(frame.left, frame.area.top() + one.top);
        for link in frame.reader.document().marks_in(laid.view.source) {
            for (number, rect) in rects(frame, laid, corner, link.mark).into_iter().enumerate() {
                let response = mark_ui(ui, frame, whole.with((link.mark.start(), number)), rect, link);
                if response.clicked() {
                    asked.push(Command::Footnote(FootnoteCommand::Follow(link.mark.start())));
                }
                if response.hovered() || response.has_focus() || by_keys == Some(*link) && told.is_none() {
                    told = Some((rect, *link));
                }
            }
        }
        asked.extend(back_ui(ui, frame, whole, (one, laid)));
    }
    if let Some((rect, link)) = told {
        note_ui(frame, whole.with("footnote"), rect, link);
    }
    asked
}

/// A mark that can be clicked, and found by a screen reader.
fn mark_ui(ui: &Ui, frame: &Frame<'_>, id: Id, rect: Rect, link: &FootnoteLink) -> Response {
    let words = link.mark.of(frame.reader.document().text()).unwrap_or_default();
    link_ui(ui, id, rect.intersect(frame.area), &frame.words.footnote_mark(words.trim()))
}

fn link_ui(ui: &Ui, id: Id, rect: Rect, name: &str) -> Response {
    let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name));
    response
}

/// The sign beside a note that leads back to the text.
fn back_ui(ui: &Ui, frame: &Frame<'_>, whole: Id, (one, laid): (&Placed, &LaidOut)) -> Option<Command> {
    let marks = frame.reader.decorations(&laid.view);
    let start = marks.into_iter().find(|one| one.mark == Mark::FootnoteStart)?.shown.start();
    let index = laid.line_of(start)?;
    let sight = lines_in_sight(laid, one.top, frame.area.height());
    let line = laid.lines.get(index).filter(|_| sight.contains(&index))?;
    let corner = pos2(frame.left, frame.area.top() + one.top);
    let rect = bookmark_rect(corner, line, laid.shape.size).expand2(vec2(4.0, 4.0));
    let position = laid.view.caret_source(start);
    let name = frame.words.footnote_back();
    let response = link_ui(ui, whole.with(("back", position)), rect.intersect(frame.area), name);
    let clicked = response.on_hover_text(name).clicked();
    clicked.then_some(Command::Footnote(FootnoteCommand::Follow(position)))
}

/// Where a stretch of the document stands in a piece, line by line, as far as that is in sight.
pub(super) fn rects(frame: &Frame<'_>, laid: &LaidOut, corner: Pos2, span: Span) -> Vec<Rect> {
    let Some(shown) = laid.view.shown_from_source(span) else { return Vec::new() };
    let on_line = |line: &super::lines::Line| {
        let part = line.span.intersection(shown).filter(|part| !part.is_empty())?;
        let galley = galley(&frame.context, laid, line, frame.reader.glyphs());
        let x = |position| corner.x + line.x + x_of_byte(&laid.view.text, line.span, &galley, position);
        let (top, bottom) = (corner.y + line.top, corner.y + line.top + line.height);
        Some(Rect::from_min_max(pos2(x(part.start()), top), pos2(x(part.end()), bottom)))
    };
    let sight = lines_in_sight(laid, corner.y - frame.area.top(), frame.area.height());
    laid.lines.get(sight).unwrap_or_default().iter().filter_map(on_line).collect()
}

/// What a note says, beside its mark: below it, in the lower half of the pane above it.
fn note_ui(frame: &Frame<'_>, id: Id, mark: Rect, link: FootnoteLink) {
    let low = mark.center().y > frame.area.center().y;
    let (pivot, at) = if low {
        (Align2::LEFT_BOTTOM, mark.left_top() - vec2(0.0, GAP))
    } else {
        (Align2::LEFT_TOP, mark.left_bottom() + vec2(0.0, GAP))
    };
    let area = Area::new(id).order(Order::Tooltip).interactable(false).pivot(pivot).fixed_pos(at);
    area.constrain_to(frame.area).fade_in(false).show(&frame.context, |ui| {
        egui::Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_max_width(WIDTH.min(frame.area.width() - 40.0));
            let words = frame.reader.footnote_words(link.note);
            ui.add(Label::new(document_text(words, frame.reader.glyphs())).wrap());
        });
    });
}
