//! The bar for what is done to all notes that are chosen.

use egui::{Align, Id, Layout, Ui, vec2};

use crate::notes::Tag;
use crate::session::AllNotesCommand;
use crate::ui::notes_panel::colours_ui;
use crate::ui::scene::{Scene, called, quiet};
use crate::ui::tag_field::{TagField, TagLook, tag_field_ui};

/// What the bar remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct BulkState {
    tag: TagField,
    /// How high the bar is, in points: the line in its place is as high, so that the list stays where it is.
    height: f32,
}

/// Draws the bar; while nothing is chosen, a line that says how to choose.
pub(super) fn bulk_ui(ui: &mut Ui, scene: Scene, state: &mut BulkState) -> Vec<AllNotesCommand> {
    let words = scene.words;
    let chosen = scene.session.all_notes_chosen().len();
    if chosen == 0 {
        let size = vec2(ui.available_width(), state.height.max(ui.spacing().interact_size.y));
        let line = Layout::left_to_right(Align::Center).with_main_wrap(true);
        ui.allocate_ui_with_layout(size, line, |ui| {
            ui.set_min_size(size);
            quiet(ui, words.choosing_hint());
        });
        return Vec::new();
    }
    let mut asked = Vec::new();
    let bar = ui.horizontal_wrapped(|ui| {
        ui.strong(words.notes_chosen(chosen));
        asked.extend(tag_ui(ui, scene, &mut state.tag).map(AllNotesCommand::Tag));
        asked.extend(untag_ui(ui, scene).map(AllNotesCommand::Untag));
        asked.extend(colours_ui(ui, scene, None).map(AllNotesCommand::Recolour));
        if ui.button(words.export_chosen_notes()).clicked() {
            asked.push(AllNotesCommand::Export);
        }
        if ui.button(words.delete_chosen()).clicked() {
            asked.push(AllNotesCommand::Delete);
        }
        if ui.button(words.choose_none()).clicked() {
            asked.push(AllNotesCommand::ChooseNone);
        }
    });
    state.height = bar.response.rect.height();
    asked
}

/// A tag for all of them.
fn tag_ui(ui: &mut Ui, scene: Scene, field: &mut TagField) -> Option<Tag> {
    let name = scene.words.tag_for_chosen();
    let look =
        TagLook { id: Id::unique("tag for all chosen"), name, had: &[], width: 180.0, offers_above: false };
    // The page has asked for all notes: there is nothing more to count.
    let mut counting = Vec::new();
    ui.vertical(|ui| tag_field_ui(ui, scene, &look, field, &mut counting)).inner
}

fn untag_ui(ui: &mut Ui, scene: Scene) -> Option<Tag> {
    let mut wanted = None;
    let menu = ui.menu_button(scene.words.untag_chosen(), |ui| {
        let tags = scene.session.tags_of_chosen();
        if tags.is_empty() {
            quiet(ui, scene.words.no_tags());
        }
        for tag in tags {
            if ui.button(format!("#{tag}")).clicked() {
                wanted = Some(tag);
                ui.close();
            }
        }
    });
    called(menu.response, scene.words.untag_chosen());
    wanted
}
