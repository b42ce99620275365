//! How a line of the list looks: the head of a group, or a note.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{FontId, Galley, Pos2, Rect, Stroke, StrokeKind, TextFormat, TextStyle, Ui, pos2, vec2};

use super::menus::state_name;
use crate::notes::{NoteAt, NoteState};
use crate::session::{GroupOf, NoteGroup, NoteGrouping, ShownNote};
use crate::ui::scene::{Scene, colour_name, document_format};
use crate::ui::tag_field::append_tags;

/// Between the edge of a line and what is in it, in points.
const MARGIN: f32 = 5.0;

/// Left of what a note quotes, where its bar of colour stands, in points.
const BAR: f32 = 14.0;

/// How high a line is, in points: a quotation, and under it what else there is.
pub(super) fn row_height(ui: &Ui) -> f32 {
    ui.text_style_height(&TextStyle::Body) + ui.text_style_height(&TextStyle::Small) + 2.0 * MARGIN + 4.0
}

/// What a group is called, with the number of its notes.
pub(super) fn group_name(scene: Scene, group: &NoteGroup) -> String {
    let words = scene.words;
    let name = match &group.of {
        GroupOf::Document(number) => {
            scene.session.collection().document(*number).map_or_else(String::new, |each| each.title.clone())
        }
        GroupOf::Tag(Some(tag)) => tag.to_string(),
        GroupOf::Tag(None) => words.without_any_tag().to_owned(),
        GroupOf::Colour(Some(colour)) => colour_name(words, *colour).to_owned(),
        GroupOf::Colour(None) => words.bookmark().to_owned(),
        GroupOf::Day(day) => day.to_string(),
    };
    format!("{name} ({})", group.notes.len())
}

/// Draws the head of a group.
pub(super) fn paint_group(ui: &Ui, scene: Scene, group: &NoteGroup, rect: Rect) {
    let sign = if scene.session.is_folded(&group.of) { "▶" } else { "▼" };
    let text = format!("{sign}  {}", group_name(scene, group));
    let format = TextFormat {
        font_id: TextStyle::Body.resolve(ui.style()),
        color: scene.tokens.accent,
        ..TextFormat::default()
    };
    let line = one_line(ui, &text, format, rect.width() - 2.0 * MARGIN);
    let top = rect.center().y - line.size().y / 2.0;
    ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, scene.tokens.line));
    paint(ui, scene, &line, pos2(rect.left() + MARGIN, top));
}

/// Draws a note: its colour, what it quotes and says, and where it stands.
pub(super) fn paint_note(ui: &Ui, scene: Scene, at: NoteAt, rect: Rect) {
    let Some(shown) = scene.session.shown_note(at) else { return };
    let tokens = scene.tokens;
    let colour = shown.note.colour.map_or(tokens.line, |colour| tokens.highlight(colour));
    let bar = Rect::from_min_size(rect.min + vec2(3.0, MARGIN), vec2(5.0, rect.height() - 2.0 * MARGIN));
    ui.painter().rect(bar, 2.0, colour, Stroke::new(1.0, tokens.line), StrokeKind::Outside);
    let plain = document_format(ui, shown.glyphs);
    let small = FontId::new(TextStyle::Small.resolve(ui.style()).size, plain.font_id.family.clone());
    let quiet = TextFormat { font_id: small, color: tokens.quiet, ..plain.clone() };
    let (left, room) = (rect.left() + BAR, rect.width() - BAR - MARGIN);
    let first = first_line(ui, scene, &shown, (plain, room));
    let second = fitted(ui, second_line(scene, &shown, &quiet), room);
    paint(ui, scene, &first, pos2(left, rect.top() + MARGIN));
    paint(ui, scene, &second, pos2(left, rect.top() + MARGIN + first.size().y + 2.0));
}

/// What a note quotes, and after it what it says, quieter.
fn first_line(ui: &Ui, scene: Scene, shown: &ShownNote, (plain, room): (TextFormat, f32)) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    let said = TextFormat { color: scene.tokens.quiet, ..plain.clone() };
    job.append(&quotation(scene, shown), 0.0, plain);
    job.append(&shown.said, 16.0, said);
    fitted(ui, job, room)
}

fn quotation(scene: Scene, shown: &ShownNote) -> String {
    if shown.quote.is_empty() { scene.words.bookmark().to_owned() } else { shown.quote.clone() }
}

/// The day; a state that one should know of; the document, unless the notes are grouped by it; the heading; tags.
fn second_line(scene: Scene, shown: &ShownNote, plain: &TextFormat) -> LayoutJob {
    let words = scene.words;
    let by_document = scene.session.all_notes_arrangement().grouping == NoteGrouping::Document;
    let title = Some(shown.title.clone()).filter(|_| !by_document);
    let state = match shown.state {
        NoteState::Exact => None,
        state => Some(format!("[{}]", state_name(words, state))),
    };
    let parts = [Some(shown.day.to_string()), state, title, shown.heading.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let mut job = LayoutJob::single_section(parts.join(" · "), plain.clone());
    if !shown.note.tags.is_empty() {
        job.append(" · ", 0.0, plain.clone());
        append_tags(&mut job, scene, &shown.note.tags, plain);
    }
    job
}

/// What a screen reader says of a note.
pub(super) fn spoken_name(scene: Scene, at: NoteAt) -> String {
    let Some(shown) = scene.session.shown_note(at) else { return String::new() };
    let colour = shown.note.colour.map(|colour| colour_name(scene.words, colour).to_owned());
    let parts = [Some(quotation(scene, &shown)), Some(shown.said.clone()), colour, Some(shown.title.clone())];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn one_line(ui: &Ui, text: &str, format: TextFormat, room: f32) -> Arc<Galley> {
    fitted(ui, LayoutJob::single_section(text.to_owned(), format), room)
}

fn fitted(ui: &Ui, mut job: LayoutJob, room: f32) -> Arc<Galley> {
    job.wrap.max_width = room;
    job.wrap.max_rows = 1;
    ui.painter().layout_job(job)
}

fn paint(ui: &Ui, scene: Scene, line: &Arc<Galley>, place: Pos2) {
    ui.painter().galley(place, Arc::clone(line), scene.tokens.text);
}
