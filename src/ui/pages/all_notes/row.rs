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
    let height = first.iter().map(|(_, line)| line.size().y).fold(0.0, f32::max);
    let second = fitted(ui, second_line(scene, &shown, &quiet), room);
    for (across, line) in &first {
        paint(ui, scene, line, pos2(left + across, rect.top() + MARGIN));
    }
    paint(ui, scene, &second, pos2(left, rect.top() + MARGIN + height + 2.0));
}

/// Between what a note quotes and what it says, in points.
const BETWEEN: f32 = 16.0;

/// So much of a line is left to what a note says, whatever it quotes.
const OWN_WORDS: f32 = 0.45;

/// No more characters than these are laid out: no line has room for them.
const LONGEST: usize = 300;

/// What a note quotes, and after it what it says, quieter; each with how far to the right it stands.
fn first_line(
    ui: &Ui,
    scene: Scene,
    shown: &ShownNote,
    (plain, room): (TextFormat, f32),
) -> [(f32, Arc<Galley>); 2] {
    let quiet = TextFormat { color: scene.tokens.quiet, ..plain.clone() };
    let beginning = |text: &str| text.chars().take(LONGEST).collect::<String>();
    let (quote, said) = (beginning(&quotation(scene, shown)), beginning(&shown.said));
    let width = |text: &str| one_line(ui, text, plain.clone(), f32::INFINITY).size().x;
    let between = if said.is_empty() { 0.0 } else { BETWEEN };
    let (for_quote, for_said) = rooms(width(&quote), width(&said), room - between);
    let quote = one_line(ui, &quote, plain.clone(), for_quote);
    let across = quote.size().x + between;
    [(0.0, quote), (across, one_line(ui, &said, quiet, for_said))]
}

/// How wide a quotation and what is said may be, for so wide ones in so much room: a long quotation leaves room for
/// the note's own words.
fn rooms(quote: f32, said: f32, room: f32) -> (f32, f32) {
    let quote = quote.min(room - said.min(room * OWN_WORDS));
    (quote, room - quote)
}

fn quotation(scene: Scene, shown: &ShownNote) -> String {
    match (shown.quote.as_str(), shown.reads_now.as_str()) {
        ("", _) => scene.words.bookmark().to_owned(),
        (quote, "") => quote.to_owned(),
        (quote, now) => scene.words.quoted_and_now(quote, now),
    }
}

/// The day; a state that one should know of; the document, unless the notes are grouped by it; the heading; the page and
/// the clause; tags.
fn second_line(scene: Scene, shown: &ShownNote, plain: &TextFormat) -> LayoutJob {
    let words = scene.words;
    let by_document = scene.session.all_notes_arrangement().grouping == NoteGrouping::Document;
    let title = Some(shown.title.clone()).filter(|_| !by_document);
    let state = match shown.state {
        NoteState::Exact => None,
        state => Some(format!("[{}]", state_name(words, state))),
    };
    let locus = Some(shown.locus.clone());
    let parts = [Some(shown.day.to_string()), state, title, shown.heading.clone(), locus];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_quotation_leaves_room_for_what_the_note_says() {
        let check = |quote, said, expected| assert_eq!(rooms(quote, said, 100.0), expected);
        check(30.0, 20.0, (30.0, 70.0));
        check(300.0, 0.0, (100.0, 0.0));
        check(300.0, 20.0, (80.0, 20.0));
        check(300.0, 300.0, (55.0, 45.0));
        check(30.0, 300.0, (30.0, 70.0));
    }
}
