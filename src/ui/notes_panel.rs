//! The notes: a filter, the list in the order of the document, and under it the note in focus.

use egui::{
    Button, Color32, Panel, Rect, RichText, ScrollArea, Sense, Stroke, TextEdit, TextStyle, Ui, WidgetText,
    vec2,
};

use super::note_editor::{EditorState, editor_ui};
use super::scene::{Scene, called, colour_name, document_text, quiet, teaching};
use super::words::Words;
use super::{keys, scene};
use crate::notes::{Colour, Found, NoteId, Tag};
use crate::session::{Command, NoteFilter, NoteRow, Reader};

/// What the panel remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct NotesState {
    /// The note that was scrolled to last.
    focus: Option<NoteId>,
    /// What the editor remembers.
    pub(super) editor: EditorState,
}

/// Draws the panel.
pub(super) fn notes_ui(ui: &mut Ui, scene: Scene, reader: &Reader, state: &mut NotesState) -> Vec<Command> {
    let mut asked = Vec::new();
    if let Some(row) = reader.note_in_focus().and_then(|id| reader.note_row(id)) {
        let panel =
            Panel::bottom("note editor").resizable(true).default_size(280.0).size_range(160.0..=460.0);
        asked.extend(panel.show(ui, |ui| editor_ui(ui, scene, reader, &row, &mut state.editor)).inner);
    }
    egui::CentralPanel::no_frame().show(ui, |ui| {
        asked.extend(filter_ui(ui, scene, reader));
        asked.extend(list_ui(ui, scene, reader, state));
    });
    asked
}

fn filter_ui(ui: &mut Ui, scene: Scene, reader: &Reader) -> Vec<Command> {
    let words = scene.words;
    let (listed, total) = (reader.listed_notes().len(), reader.notebook().len());
    let mut filter = reader.filter().clone();
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.notes()).strong());
        let count = if listed == total { words.note_count(total) } else { words.notes_shown(listed, total) };
        quiet(ui, count);
    });
    if total > 0 {
        let edit = TextEdit::singleline(&mut filter.text)
            .hint_text(words.filter_hint())
            .desired_width(f32::INFINITY);
        called(ui.add(edit), words.filter_notes());
        ui.horizontal(|ui| choose_colour_and_tag(ui, scene, reader, &mut filter));
    }
    let changed = filter != *reader.filter();
    changed.then_some(Command::FilterNotes(filter)).into_iter().collect()
}

fn choose_colour_and_tag(ui: &mut Ui, scene: Scene, reader: &Reader, filter: &mut NoteFilter) {
    let words = scene.words;
    for colour in Colour::ALL {
        let on = filter.colour == Some(colour);
        let name = words.filter_by_colour(colour_name(words, colour));
        if called(swatch(ui, scene.tokens.highlight(colour), on), &name).on_hover_text(&name).clicked() {
            filter.colour = (!on).then_some(colour);
        }
    }
    let tags = tag_tree(reader);
    if !tags.is_empty() {
        choose_tag(ui, words, &tags, filter);
    }
    if !filter.is_empty() && ui.small_button(words.show_all_notes()).clicked() {
        *filter = NoteFilter::default();
    }
}

fn choose_tag(ui: &mut Ui, words: Words, tags: &[(Tag, usize)], filter: &mut NoteFilter) {
    let chosen = filter.tag.as_ref().map_or_else(|| words.any_tag().to_owned(), ToString::to_string);
    let response =
        egui::ComboBox::from_id_salt("tag filter").selected_text(chosen).width(110.0).show_ui(ui, |ui| {
            ui.selectable_value(&mut filter.tag, None, words.any_tag());
            for (tag, count) in tags {
                let name = tag.parts().next_back().unwrap_or_default();
                let indent = "　".repeat(tag.parts().count().saturating_sub(1));
                ui.selectable_value(&mut filter.tag, Some(tag.clone()), format!("{indent}{name} ({count})"));
            }
        });
    called(response.response, words.filter_by_tag());
}

/// Every tag and every tag above one, in order, with the number of notes within.
pub(super) fn tag_tree(reader: &Reader) -> Vec<(Tag, usize)> {
    reader.tags().iter().map(|(tag, count)| (tag.clone(), count.within)).collect()
}

/// A small square of a colour that can be clicked.
pub(super) fn swatch(ui: &mut Ui, colour: Color32, on: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::click());
    let visuals = ui.style().interact(&response);
    let frame = if on { Stroke::new(2.0, ui.visuals().text_color()) } else { visuals.bg_stroke };
    ui.painter().rect(rect.shrink(2.0), 4.0, colour, frame, egui::StrokeKind::Outside);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, on, ""));
    response
}

fn list_ui(ui: &mut Ui, scene: Scene, reader: &Reader, state: &mut NotesState) -> Vec<Command> {
    let listed = reader.listed_notes();
    if listed.is_empty() {
        teaching(ui, nothing_listed(scene, reader));
        return Vec::new();
    }
    let height = 3.0 * ui.text_style_height(&TextStyle::Body) + 14.0;
    let mut area = ScrollArea::vertical().id_salt("notes").auto_shrink(false);
    if let Some(offset) = offset_to_follow(ui, reader, state, height) {
        area = area.vertical_scroll_offset(offset);
    }
    let mut asked = Vec::new();
    area.show_rows(ui, height, listed.len(), |ui, rows| {
        for id in listed.get(rows).unwrap_or_default() {
            let Some(row) = reader.note_row(*id) else { continue };
            let clicked = row_ui(ui, scene, reader, &row, height);
            asked.extend(clicked.then_some(Command::FocusNote(*id)));
        }
    });
    asked
}

fn nothing_listed(scene: Scene, reader: &Reader) -> String {
    if !reader.notebook().is_empty() {
        return scene.words.notes_filtered_away().to_owned();
    }
    let keys = [Words::highlight_yellow, Words::note_on_selection].map(|word| keys::keys_of(word, scene.mac));
    scene.words.notes_empty(keys.join(" / "))
}

/// Where to scroll to when another note comes into focus.
fn offset_to_follow(ui: &Ui, reader: &Reader, state: &mut NotesState, height: f32) -> Option<f32> {
    let focus = reader.note_in_focus();
    if state.focus == focus {
        return None;
    }
    state.focus = focus;
    let index = reader.listed_notes().iter().position(|id| Some(*id) == focus)?;
    #[expect(clippy::cast_precision_loss, reason = "notes are counted in thousands")]
    let top = index as f32 * (height + ui.spacing().item_spacing.y);
    Some((top - ui.available_height() / 3.0).max(0.0))
}

fn row_ui(ui: &mut Ui, scene: Scene, reader: &Reader, row: &NoteRow, height: f32) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    if ui.is_rect_visible(rect) {
        let focused = reader.note_in_focus() == Some(row.id);
        let visuals = ui.style().interact_selectable(&response, focused);
        if focused || response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 4.0, visuals.weak_bg_fill);
        }
        let bar = Rect::from_min_size(rect.min + vec2(2.0, 4.0), vec2(4.0, height - 8.0));
        let colour = row.colour.map_or(scene.tokens.line, |colour| scene.tokens.highlight(colour));
        ui.painter().rect_filled(bar, 2.0, colour);
        row_lines(ui, scene, reader, row, rect.with_min_x(rect.min.x + 12.0).shrink2(vec2(0.0, 4.0)));
    }
    called(response, &row_name(scene.words, row)).clicked()
}

/// Headings and state, quotation, note and tags: a line each, cut off where it is too long.
fn row_lines(ui: &Ui, scene: Scene, reader: &Reader, row: &NoteRow, rect: Rect) {
    let mut headings = row.headings.join(" › ");
    if let Some((state, _)) = state_words(scene.words, &row.found) {
        headings = format!("[{state}] {headings}");
    }
    let said: Vec<String> =
        row.tags.iter().map(|tag| format!("#{tag}")).chain([first_line(&row.text)]).collect();
    let glyphs = reader.glyphs();
    let lines = [
        document_text(headings, glyphs).small().weak(),
        document_text(quotation(scene.words, row), glyphs),
        RichText::new(said.join(" ").trim()).weak(),
    ];
    let mut top = rect.top();
    for line in lines {
        let galley = WidgetText::from(line).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            rect.width(),
            TextStyle::Body,
        );
        let height = galley.size().y;
        ui.painter().galley(egui::pos2(rect.left(), top), galley, ui.visuals().text_color());
        top += height + 2.0;
    }
}

fn quotation(words: Words, row: &NoteRow) -> String {
    if row.quote.is_empty() { words.bookmark().to_owned() } else { row.quote.replace('\n', " ") }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// What a screen reader says of a line.
fn row_name(words: Words, row: &NoteRow) -> String {
    let state = state_words(words, &row.found).map(|(state, _)| state.to_owned());
    let colour = row.colour.map(|colour| colour_name(words, colour).to_owned());
    let parts = [Some(quotation(words, row)), Some(first_line(&row.text)), colour, state];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// The name of a state that the reader should know of, and what it means; nothing for a note in its place.
pub(super) fn state_words(words: Words, found: &Found) -> Option<(&'static str, &'static str)> {
    match found {
        Found::Exact(_) => None,
        Found::Moved { .. } => Some((words.moved(), words.moved_hint())),
        Found::Unsure { .. } => Some((words.unsure(), words.unsure_hint())),
        Found::Lost => Some((words.lost(), words.lost_hint())),
    }
}

/// A row of colours, the one that is chosen framed.
pub(super) fn colours_ui(ui: &mut Ui, scene: Scene, chosen: Option<Colour>) -> Option<Colour> {
    let mut clicked = None;
    for colour in Colour::ALL {
        let name = scene::colour_name(scene.words, colour);
        let response = swatch(ui, scene.tokens.highlight(colour), chosen == Some(colour));
        if called(response, name).on_hover_text(name).clicked() {
            clicked = Some(colour);
        }
    }
    clicked
}

/// A small button without a frame.
pub(super) fn small_sign(ui: &mut Ui, sign: &str, name: &str) -> bool {
    let response = ui.add(Button::new(sign).small().frame_when_inactive(false));
    called(response, name).on_hover_text(name).clicked()
}
