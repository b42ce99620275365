//! The page of keys.

use egui::{Grid, RichText, Ui};

use crate::session::Command;
use crate::ui::keys::{self, Group};
use crate::ui::scene::{Scene, quiet};

/// Draws every entry of the table that has keys.
pub(super) fn shortcuts_ui(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    quiet(ui, scene.words.keys_reading());
    Grid::new("keys").num_columns(2).spacing([24.0, 4.0]).show(ui, |ui| {
        for group in Group::ALL {
            group_ui(ui, scene, group);
        }
    });
    Vec::new()
}

/// Above the name of a group, in points.
const HEADING_SPACE: f32 = 10.0;

fn group_ui(ui: &mut Ui, scene: Scene, group: Group) {
    ui.vertical(|ui| {
        ui.add_space(HEADING_SPACE);
        ui.label(RichText::new(group.word(scene.words)).heading().color(scene.tokens.accent));
    });
    ui.end_row();
    for entry in keys::ENTRIES.iter().filter(|entry| entry.group == group && !entry.keys.is_empty()) {
        let keys: Vec<String> = entry.keys.iter().map(|&keys| keys::written(keys, scene.mac)).collect();
        ui.label(keys.join("  /  "));
        ui.label((entry.word)(scene.words));
        ui.end_row();
    }
}
