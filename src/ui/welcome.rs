//! What is in the middle while nothing is open: how to begin; and what stands there for a document without text.

use egui::{Label, RichText, ScrollArea, Ui};

use super::bar::place_line;
use super::keys;
use super::pages::warning_words;
use super::scene::{Scene, quiet, room_above};
use super::words::Words;
use crate::session::{Command, Reader};

/// How many documents last opened are offered.
const RECENT: usize = 6;

/// Draws the welcome.
pub(super) fn welcome_ui(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    ScrollArea::vertical().id_salt("welcome").auto_shrink(false).show(ui, |ui| {
        ui.vertical_centered(|ui| {
            ui.set_max_width(560.0);
            ui.add_space((ui.available_height() * 0.14).max(16.0));
            ui.label(RichText::new("對讀 Duidu").size(34.0));
            ui.label(RichText::new(words.welcome_title()).weak());
            ui.add_space(18.0);
            asked.extend(begin(ui, words));
            ui.add_space(18.0);
            for line in lessons(scene) {
                ui.add(egui::Label::new(line).wrap());
            }
            ui.add_space(18.0);
            asked.extend(recent(ui, scene));
        });
    });
    asked
}

fn begin(ui: &mut Ui, words: Words) -> Option<Command> {
    let big = |text| egui::Button::new(RichText::new(text).size(16.0)).min_size(egui::vec2(220.0, 36.0));
    let open = ui.add(big(words.open())).clicked().then_some(Command::AskToOpen);
    let samples = ui.add(big(words.open_samples())).clicked().then_some(Command::OpenSamples);
    open.or(samples)
}

fn lessons(scene: Scene) -> [String; 4] {
    let words = scene.words;
    let toggle = keys::keys_of(Words::toggle_script, scene.mac);
    let note = keys::keys_of(Words::note_on_selection, scene.mac);
    [
        words.welcome_open().to_owned(),
        words.welcome_toggle(toggle),
        words.welcome_highlight("1–5", note),
        words.welcome_saved().to_owned(),
    ]
}

fn recent(ui: &mut Ui, scene: Scene) -> Option<Command> {
    let recent = scene.session.recent();
    if recent.is_empty() {
        return None;
    }
    quiet(ui, scene.words.open_recent());
    recent.iter().take(RECENT).filter_map(|place| place_line(ui, place)).last()
}

/// Draws what stands in the middle of a document without text.
pub(super) fn empty_ui(ui: &mut Ui, scene: Scene, reader: &Reader) -> Vec<Command> {
    ui.vertical_centered(|ui| {
        room_above(ui);
        // Why there is none says more than that there is none: pages that are pictures, a file of no bytes.
        for warning in reader.warnings() {
            ui.add(Label::new(RichText::new(warning_words(scene.words, warning)).weak()).wrap());
        }
    });
    Vec::new()
}
