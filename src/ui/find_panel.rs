//! Finding: the field, its options, how many places were found, and all of them with what stands around.

use egui::{Align, Id, Key, Layout, Modifiers, ScrollArea, Sense, TextEdit, TextStyle, Ui, text::LayoutJob};

use super::notes_panel::small_sign;
use super::scene::{Scene, called, document_format, sign_button, teaching};
use super::words::Words;
use crate::session::{Command, Find, HitContext, Reader};

/// What the panel remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct FindState {
    /// Whether the field is to have the keyboard.
    pub(super) wants_focus: bool,
    /// The place that was scrolled to last.
    current: Option<usize>,
}

/// Draws the panel.
pub(super) fn find_ui(ui: &mut Ui, scene: Scene, reader: &Reader, state: &mut FindState) -> Vec<Command> {
    let find = reader.find();
    let mut asked = field(ui, scene, find, state);
    asked.extend(options(ui, scene.words, find));
    asked.extend(steps(ui, scene, find));
    ui.separator();
    asked.extend(places(ui, scene, reader, state));
    asked
}

fn field(ui: &mut Ui, scene: Scene, find: &Find, state: &mut FindState) -> Vec<Command> {
    let words = scene.words;
    let id = Id::unique("find field");
    let mut asked = Vec::new();
    if ui.memory(|memory| memory.has_focus(id)) {
        asked.extend(steps_by_keys(ui));
    }
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            asked.extend(small_sign(ui, "×", words.close_find()).then_some(Command::CloseFind));
            asked.extend(text_ui(ui, words, find, (id, state)));
        });
    });
    asked
}

fn text_ui(ui: &mut Ui, words: Words, find: &Find, (id, state): (Id, &mut FindState)) -> Option<Command> {
    let mut text = find.text.clone();
    let edit =
        TextEdit::singleline(&mut text).id(id).hint_text(words.find_hint()).desired_width(f32::INFINITY);
    let response = called(ui.add(edit), words.find());
    if std::mem::take(&mut state.wants_focus) {
        response.request_focus();
        select_all(ui, id, &text);
    }
    response.changed().then_some(Command::Find(text))
}

/// Enter goes to the next place and Shift+Enter to the previous one, without leaving the field.
fn steps_by_keys(ui: &Ui) -> Vec<Command> {
    ui.input_mut(|input| {
        let back = input.consume_key(Modifiers::SHIFT, Key::Enter)
            || input.consume_key(Modifiers::NONE, Key::ArrowUp);
        let on = input.consume_key(Modifiers::NONE, Key::Enter)
            || input.consume_key(Modifiers::NONE, Key::ArrowDown);
        let back = back.then_some(Command::PreviousHit);
        back.into_iter().chain(on.then_some(Command::NextHit)).collect()
    })
}

/// Selects all of the text of a field, so that writing replaces it.
pub(super) fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let end = egui::text::CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(egui::text::CCursorRange::two(egui::text::CCursor::default(), end)));
    state.store(ui.ctx(), id);
}

fn options(ui: &mut Ui, words: Words, find: &Find) -> Vec<Command> {
    let mut asked = Vec::new();
    let mut ignored = find.options.ignore_punctuation;
    if ui.checkbox(&mut ignored, words.ignore_punctuation()).changed() {
        asked.push(Command::FindIgnoresPunctuation(ignored));
    }
    let mut exact = find.options.as_written;
    if ui.checkbox(&mut exact, words.only_as_written()).changed() {
        asked.push(Command::FindAsWritten(exact));
    }
    asked
}

fn steps(ui: &mut Ui, scene: Scene, find: &Find) -> Vec<Command> {
    let mut asked = Vec::new();
    ui.horizontal(|ui| {
        ui.label(count(scene.words, find));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            asked.extend(sign_button(ui, scene, "↓", Words::next_hit));
            asked.extend(sign_button(ui, scene, "↑", Words::previous_hit));
        });
    });
    asked
}

/// How many places were found, and which one the reader is at.
fn count(words: Words, find: &Find) -> String {
    let total = find.hits.len();
    match (find.current, find.complete) {
        _ if find.text.trim().is_empty() => String::new(),
        (_, false) if total == 0 => words.finding().to_owned(),
        (_, false) => words.hits_so_far(total),
        (_, true) if total == 0 => words.nothing_found().to_owned(),
        (None, true) => words.hits_found(total),
        (Some(current), true) => words.hit_count(current + 1, total),
    }
}

fn places(ui: &mut Ui, scene: Scene, reader: &Reader, state: &mut FindState) -> Vec<Command> {
    let find = reader.find();
    if find.hits.is_empty() {
        teaching(ui, scene.words.find_teaches());
        return Vec::new();
    }
    let height = 2.0 * ui.text_style_height(&TextStyle::Body) + 8.0;
    let mut area = ScrollArea::vertical().id_salt("places found").auto_shrink(false);
    if let Some(offset) = offset_to_follow(ui, state, find.current, height) {
        area = area.vertical_scroll_offset(offset);
    }
    let mut asked = Vec::new();
    area.show_rows(ui, height, find.hits.len(), |ui, rows| {
        for index in rows {
            let Some(context) = reader.hit_context(index) else { continue };
            let clicked = place_ui(ui, scene, reader, (&context, find.current == Some(index)), height);
            asked.extend(clicked.then_some(Command::GoToHit(index)));
        }
    });
    asked
}

fn offset_to_follow(ui: &Ui, state: &mut FindState, current: Option<usize>, height: f32) -> Option<f32> {
    if state.current == current {
        return None;
    }
    state.current = current;
    #[expect(clippy::cast_precision_loss, reason = "past 16 million places a row more or less is no matter")]
    let top = current? as f32 * (height + ui.spacing().item_spacing.y);
    Some((top - ui.available_height() / 2.0).max(0.0))
}

fn place_ui(
    ui: &mut Ui,
    scene: Scene,
    reader: &Reader,
    (context, current): (&HitContext, bool),
    height: f32,
) -> bool {
    let HitContext { before, hit, after } = context;
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), height), Sense::click());
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact_selectable(&response, current);
        if current || response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 4.0, visuals.weak_bg_fill);
        }
        let galley = ui.painter().layout_job(place_job(ui, scene, reader, (context, rect.width() - 12.0)));
        ui.painter().with_clip_rect(rect).galley(
            rect.min + egui::vec2(6.0, 4.0),
            galley,
            ui.visuals().text_color(),
        );
    }
    called(response, &format!("{before}{hit}{after}")).clicked()
}

/// Two lines at most; what was found stands on its colour.
fn place_job(ui: &Ui, scene: Scene, reader: &Reader, (context, width): (&HitContext, f32)) -> LayoutJob {
    let plain = document_format(ui, reader.glyphs());
    let mut found = plain.clone();
    found.background = scene.tokens.hit;
    let mut job = LayoutJob::default();
    for (text, format) in [(&context.before, &plain), (&context.hit, &found), (&context.after, &plain)] {
        job.append(text, 0.0, format.clone());
    }
    job.wrap.max_width = width;
    job.wrap.max_rows = 2;
    job.wrap.break_anywhere = true;
    job
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Language;
    use crate::text::Span;

    #[test]
    fn the_count_says_how_far_the_search_is() {
        let hits = vec![Span::new(0, 3), Span::new(9, 12)];
        let find = |text: &str, hits: &[Span], current, complete| {
            let mut find = Find::default();
            (find.text, find.current, find.complete) = (text.to_owned(), current, complete);
            find.hits = hits.to_vec();
            count(Words::of(Language::English), &find)
        };
        assert_eq!(find("", &[], None, true), "");
        assert_eq!(find("書", &[], None, false), "Looking...");
        assert_eq!(find("書", &[], None, true), "Nothing found");
        assert_eq!(find("書", &hits, None, false), "2 so far...");
        assert_eq!(find("書", &hits, Some(1), true), "2 of 2");
    }
}
