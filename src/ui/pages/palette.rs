//! The palette: every command by its name.

use egui::{Align2, Area, Button, Context, Id, Key, Modal, Modifiers, ScrollArea, TextEdit, Ui, vec2};

use crate::session::{Command, Language};
use crate::ui::keys::{self, Does, Entry};
use crate::ui::scene::{Scene, called, carry_out, teaching};
use crate::ui::words::Words;

/// What the palette remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct PaletteState {
    text: String,
    chosen: usize,
}

/// Draws the palette.
pub(super) fn palette_ui(context: &Context, scene: Scene, state: &mut PaletteState) -> Vec<Command> {
    let id = Id::unique("palette");
    let area = Area::new(id).kind(egui::UiKind::Modal).order(egui::Order::Foreground).interactable(true);
    let modal = Modal::new(id).area(area.anchor(Align2::CENTER_TOP, vec2(0.0, 70.0))).show(context, |ui| {
        ui.set_width(520.0_f32.min(context.content_rect().width() - 40.0));
        contents(ui, scene, state)
    });
    let closed = modal.should_close();
    match modal.inner {
        // The page closes first, so that a command that opens another one wins.
        Some(entry) => {
            let command = carry_out(context, scene, entry);
            std::iter::once(Command::ShowPage(None)).chain(command).collect()
        }
        None => closed.then_some(Command::ShowPage(None)).into_iter().collect(),
    }
}

fn contents(ui: &mut Ui, scene: Scene, state: &mut PaletteState) -> Option<&'static Entry> {
    let fitting = fitting(scene, &state.text);
    let step = |ui: &Ui, key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = fitting.len().saturating_sub(1);
    if step(ui, Key::ArrowDown) {
        state.chosen = (state.chosen + 1).min(last);
    }
    if step(ui, Key::ArrowUp) {
        state.chosen = state.chosen.saturating_sub(1);
    }
    let entered = step(ui, Key::Enter);
    field(ui, scene.words, state);
    if fitting.is_empty() {
        teaching(ui, scene.words.palette_empty());
    }
    let clicked = list(ui, scene, &fitting, state.chosen);
    let entered = fitting.get(state.chosen).copied().filter(|_| entered);
    clicked.or(entered)
}

fn field(ui: &mut Ui, words: Words, state: &mut PaletteState) {
    let edit =
        TextEdit::singleline(&mut state.text).hint_text(words.palette_hint()).desired_width(f32::INFINITY);
    let response = called(ui.add(edit), words.palette());
    if response.changed() {
        state.chosen = 0;
    }
    if !response.has_focus() {
        response.request_focus();
    }
}

fn list(ui: &mut Ui, scene: Scene, fitting: &[&'static Entry], chosen: usize) -> Option<&'static Entry> {
    let mut clicked = None;
    ScrollArea::vertical()
        .id_salt("palette")
        .max_height(360.0)
        .min_scrolled_height(360.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (index, entry) in fitting.iter().enumerate() {
                let keys = keys::first_keys(entry, scene.mac);
                let name = (entry.word)(scene.words);
                let button = Button::selectable(index == chosen, name).shortcut_text(keys);
                let response = ui.add_sized(vec2(ui.available_width(), 24.0), button);
                if index == chosen {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    clicked = Some(*entry);
                }
            }
        });
    clicked
}

/// The entries that can be asked for now and whose name, in the interface's language or in English, holds
/// every word that was typed.
fn fitting(scene: Scene, typed: &str) -> Vec<&'static Entry> {
    let possible = |entry: &&Entry| matches!(entry.does, Does::FullScreen) || scene.command(entry).is_some();
    let named =
        |entry: &&Entry| fits((entry.word)(scene.words), (entry.word)(Words::of(Language::English)), typed);
    keys::ENTRIES.iter().filter(possible).filter(named).filter(|entry| !is_palette(entry)).collect()
}

/// The palette does not offer itself.
fn is_palette(entry: &Entry) -> bool {
    let english = Words::of(Language::English);
    (entry.word)(english) == english.palette()
}

fn fits(name: &str, english: &str, typed: &str) -> bool {
    let names = [name.to_lowercase(), english.to_lowercase()];
    typed.to_lowercase().split_whitespace().all(|word| names.iter().any(|name| name.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_their_name_or_their_english_name() {
        let check =
            |typed: &str, expected| assert_eq!(fits("切换繁简", "Switch script", typed), expected, "{typed}");
        check("", true);
        check("繁简", true);
        check("SCRIPT sw", true);
        check("關閉", false);
    }
}
