//! Lists of choices that drop down: chosen by the pointer, or with Up, Down and Return.

use egui::{ComboBox, EventFilter, Key, Modifiers, Response, Ui};

use super::scene::called;

/// One of the choices of a list.
pub(super) struct Choice<T> {
    value: T,
    name: String,
    hint: String,
}

impl<T> Choice<T> {
    /// A choice of that name.
    pub(super) fn new(value: T, name: impl Into<String>) -> Self {
        Self { value, name: name.into(), hint: String::new() }
    }

    /// With what is said of it under the pointer.
    pub(super) fn hinted(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }
}

/// Draws a list of that name. Answers with its button, and with what was chosen in place of `now`.
pub(super) fn choice_list_ui<T: PartialEq>(
    ui: &mut Ui,
    (list, name): (ComboBox, &str),
    now: &T,
    offered: impl IntoIterator<Item = Choice<T>>,
) -> (Response, Option<T>) {
    let shown = list.show_ui(ui, |ui| lines_ui(ui, now, offered));
    (called(shown.response, name), shown.inner.flatten())
}

fn lines_ui<T: PartialEq>(ui: &mut Ui, now: &T, offered: impl IntoIterator<Item = Choice<T>>) -> Option<T> {
    let (mut lines, mut chosen, mut clicked) = (Vec::new(), 0, None);
    for (index, Choice { value, name, hint }) in offered.into_iter().enumerate() {
        let is_now = value == *now;
        let line = ui.selectable_label(is_now, name);
        let line = if hint.is_empty() { line } else { line.on_hover_text(hint) };
        if is_now {
            chosen = index;
        }
        if line.clicked() {
            // Return has no pointer that would close the list.
            ui.close();
            clicked = Some(value).filter(|_| !is_now);
        }
        lines.push(line);
    }
    go_by_keys(ui, &lines, chosen);
    clicked
}

/// Up and Down go from line to line, at first from the one that is chosen; Return is a click on the one in focus.
fn go_by_keys(ui: &Ui, lines: &[Response], chosen: usize) {
    let at = lines.iter().position(Response::has_focus);
    let to = at.map_or(chosen, |at| at.saturating_add_signed(step(ui)).min(lines.len().saturating_sub(1)));
    let Some(line) = lines.get(to) else { return };
    if at != Some(to) {
        line.request_focus();
        line.scroll_to_me(None);
    }
    let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(line.id, arrows));
}

fn step(ui: &Ui) -> isize {
    let pressed = |key| isize::from(ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)));
    pressed(Key::ArrowDown) - pressed(Key::ArrowUp)
}
