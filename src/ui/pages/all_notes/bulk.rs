//! The bar for what is done to all notes that are chosen.

use egui::{Button, Id, Key, Modifiers, TextEdit, Ui};

use crate::notes::Tag;
use crate::session::AllNotesCommand;
use crate::ui::notes_panel::colours_ui;
use crate::ui::scene::{Scene, called, quiet};

/// What the bar remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct BulkState {
    tag: String,
}

/// So many tags are proposed at most.
const PROPOSALS: usize = 6;

/// Draws the bar; while nothing is chosen, a line that says how to choose.
pub(super) fn bulk_ui(ui: &mut Ui, scene: Scene, state: &mut BulkState) -> Vec<AllNotesCommand> {
    let words = scene.words;
    let chosen = scene.session.all_notes_chosen().len();
    if chosen == 0 {
        quiet(ui, words.choosing_hint());
        return Vec::new();
    }
    let mut asked = Vec::new();
    ui.horizontal_wrapped(|ui| {
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
    asked
}

/// A tag for all of them: written, or one of those that are used already.
fn tag_ui(ui: &mut Ui, scene: Scene, written: &mut String) -> Option<Tag> {
    let words = scene.words;
    let id = Id::unique("tag for all chosen");
    let entered = ui.memory(|memory| memory.has_focus(id))
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let edit = TextEdit::singleline(written).id(id).hint_text(words.tag_hint()).desired_width(150.0);
    called(ui.add(edit), words.tag_for_chosen());
    let tag = Tag::new(written).ok();
    let add = ui.add_enabled(tag.is_some(), Button::new(words.tag_chosen()));
    let mut wanted = tag.filter(|_| entered || add.clicked());
    if !written.trim().is_empty() {
        for tag in scene.session.all_notes_tags().completions(written, &[]).into_iter().take(PROPOSALS) {
            if ui.small_button(format!("#{tag}")).clicked() {
                wanted = Some(tag);
            }
        }
    }
    if wanted.is_some() {
        written.clear();
    }
    wanted
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
