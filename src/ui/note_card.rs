//! A note in the list: the headings it stands under, what it quotes, what it says, its tags. As high as what
//! is in it, within bounds.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Galley, Pos2, Rect, Response, Stroke, StrokeKind, TextFormat, TextStyle, Ui, pos2, vec2};

use super::far_notes::far_end_text;
use super::markdown::job_in_short;
use super::notes_panel::{quotation, state_words};
use super::scene::{Scene, document_format};
use super::tag_field::append_tags;
use crate::notes::{Annotation, Formatted};
use crate::session::{NoteRow, Reader};

/// How many lines of a quotation are shown.
const QUOTED_LINES: usize = 3;

/// How many lines of what a note says are shown.
const SAID_LINES: usize = 2;

/// Between the edge of a card and what is in it, in points; the bar of colour stands at the left.
const MARGIN: f32 = 6.0;
const LEFT: f32 = 16.0;

/// Between two lines of different kinds, in points.
const GAP: f32 = 2.0;

/// A card whose lines are laid out.
pub(super) struct Card {
    lines: Vec<Arc<Galley>>,
    /// How high it is, in points.
    pub(super) height: f32,
}

impl Card {
    /// Lays out a note for this width, in points.
    pub(super) fn of(ui: &Ui, scene: Scene, reader: &Reader, row: &NoteRow, width: f32) -> Self {
        let room = width - LEFT - MARGIN;
        let plain = document_format(ui, reader.glyphs());
        let quiet = TextFormat { color: scene.tokens.quiet, ..plain.clone() };
        let mut small = quiet.clone();
        small.font_id.size = TextStyle::Small.resolve(ui.style()).size;
        let tags = (!row.tags.is_empty()).then(|| {
            let mut job = LayoutJob::default();
            append_tags(&mut job, scene, &row.tags, &small);
            fitted(ui, job, room, 1)
        });
        let far = row.answers.iter().map(far_end_text).collect::<Vec<_>>().join("\n");
        let line = |text: &str, format: &TextFormat, lines| {
            (!text.is_empty()).then(|| laid_out(ui, text, format.clone(), room, lines))
        };
        let said = Formatted::of(row.text.trim());
        let said = (!said.blocks.is_empty())
            .then(|| fitted(ui, job_in_short(ui, scene, &said, &quiet), room, SAID_LINES));
        let lines = [
            path(ui, scene, reader, row, (&small, room)),
            line(&quotation(scene.words, row), &plain, QUOTED_LINES),
            line(&far, &quiet, QUOTED_LINES),
            said,
            tags,
        ];
        let lines: Vec<_> = lines.into_iter().flatten().collect();
        let height = lines.iter().map(|line| line.size().y + GAP).sum::<f32>() + 2.0 * MARGIN - GAP;
        Self { lines, height }
    }

    /// Draws it; the one that is chosen stands on the colour of the page in a frame, so that the colour of
    /// the note is seen beside it.
    pub(super) fn paint(&self, ui: &Ui, scene: Scene, (rect, response): (Rect, &Response), look: Look) {
        let tokens = scene.tokens;
        if look.chosen {
            let frame = Stroke::new(1.5, tokens.accent);
            ui.painter().rect(rect, 4.0, tokens.page, frame, StrokeKind::Inside);
        } else if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 4.0, ui.visuals().widgets.hovered.weak_bg_fill);
        }
        let bar = Rect::from_min_size(rect.min + vec2(5.0, 5.0), vec2(5.0, rect.height() - 10.0));
        ui.painter().rect(bar, 2.0, look.colour, Stroke::new(1.0, tokens.line), StrokeKind::Outside);
        let mut top = rect.top() + MARGIN;
        for line in &self.lines {
            ui.painter().galley(pos2(rect.left() + LEFT, top), Arc::clone(line), tokens.text);
            top += line.size().y + GAP;
        }
    }
}

/// How a card looks.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// Whether its note is in focus.
    pub(super) chosen: bool,
    /// The colour of its note.
    pub(super) colour: egui::Color32,
}

/// About how high the card of a note will be, in points, without laying it out.
pub(super) fn estimated_height(ui: &Ui, note: &Annotation, width: f32) -> f32 {
    let size = TextStyle::Body.resolve(ui.style()).size;
    let line = ui.text_style_height(&TextStyle::Body) + GAP;
    let lines = |text: &str, most: usize| {
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let length = text.chars().count() as f32 * size;
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        let most = most as f32;
        (length / (width - LEFT - MARGIN).max(size)).ceil().min(most)
    };
    let tags = if note.tags.is_empty() { 0.0 } else { 1.0 };
    let all = 1.0 + lines(&note.anchor.quote, QUOTED_LINES).max(1.0) + lines(&note.text, SAID_LINES) + tags;
    all * line + 2.0 * MARGIN
}

/// The state of the note, its page and clause, and the headings it stands under, but not the title of the document.
/// Of the headings, what does not fit is left out from the left: the nearest tell most.
fn path(
    ui: &Ui,
    scene: Scene,
    reader: &Reader,
    row: &NoteRow,
    (format, room): (&TextFormat, f32),
) -> Option<Arc<Galley>> {
    let title = reader.document().metadata().title.as_ref().map(|title| reader.show_text(&title.value));
    let headings = without_title(&row.headings, title.as_deref());
    let state = state_words(scene.words, row.found.as_ref()).map(|(state, _)| format!("[{state}] "));
    let two_texts = (!row.conflicts.is_empty()).then(|| format!("[{}] ", scene.words.two_texts()));
    let state = two_texts.unwrap_or_default() + &state.unwrap_or_default() + &before(headings, &row.locus);
    if headings.is_empty() && state.is_empty() {
        return None;
    }
    let whole = (0..headings.len())
        .map(|left_out| laid_out(ui, &from(headings, left_out, &state), format.clone(), f32::INFINITY, 1))
        .find(|line| line.size().x <= room);
    let last = headings.len().saturating_sub(1);
    Some(whole.unwrap_or_else(|| laid_out(ui, &from(headings, last, &state), format.clone(), room, 1)))
}

/// Where the note stands, as it is said before the headings.
fn before(headings: &[String], locus: &str) -> String {
    let sign = if headings.is_empty() || locus.is_empty() { "" } else { " › " };
    [locus, sign].concat()
}

fn without_title<'a>(headings: &'a [String], title: Option<&str>) -> &'a [String] {
    match headings.split_first() {
        Some((first, rest)) if title.is_some_and(|title| title.trim() == first.trim()) => rest,
        _ => headings,
    }
}

/// The headings from one on, with a sign where others were left out.
fn from(headings: &[String], left_out: usize, state: &str) -> String {
    let sign = if left_out > 0 { "… › " } else { "" };
    format!("{state}{sign}{}", headings.get(left_out..).unwrap_or_default().join(" › "))
}

fn laid_out(ui: &Ui, text: &str, format: TextFormat, room: f32, lines: usize) -> Arc<Galley> {
    fitted(ui, LayoutJob::single_section(text.replace('\n', " "), format), room, lines)
}

fn fitted(ui: &Ui, mut job: LayoutJob, room: f32, lines: usize) -> Arc<Galley> {
    job.wrap.max_width = room;
    job.wrap.max_rows = lines;
    ui.painter().layout_job(job)
}

/// Where a card stands that begins so far below the top of the list.
pub(super) fn card_rect(list: Pos2, down: f64, (width, height): (f32, f32)) -> Rect {
    #[expect(clippy::cast_possible_truncation, reason = "points of a list of thousands of notes")]
    let down = down as f32;
    Rect::from_min_size(list + vec2(0.0, down), vec2(width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_left_out_from_the_left() {
        let headings = ["倡議", "二、做法", "（一）讀書會"].map(ToOwned::to_owned);
        let below = without_title(&headings, Some("倡議"));
        assert_eq!(from(below, 0, ""), "二、做法 › （一）讀書會");
        assert_eq!(from(below, 1, "[Lost] "), "[Lost] … › （一）讀書會");
        assert_eq!(without_title(&headings, Some("別的")).len(), 3);
    }
}
