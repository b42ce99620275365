//! What a change of a tag would do, said before it is done.

use egui::{Frame, Key, Label, Modifiers, Ui};

use super::{CodebookState, make};
use crate::notes::TagChange;
use crate::session::Command;
use crate::ui::scene::Scene;

/// Draws the question, where there is one. Answers with the command once the reader agrees.
pub(super) fn asking_ui(ui: &mut Ui, scene: Scene, state: &mut CodebookState) -> Option<Command> {
    let change = state.asked.clone()?;
    let words = scene.words;
    let reach = scene.session.reach(&change);
    let framed = Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.strong(what(scene, &change));
        let consequence = match reach.notes {
            0 => words.tag_reach_none().to_owned(),
            notes => words.tag_reach(notes, reach.documents),
        };
        ui.add(Label::new(consequence).wrap());
        if reach.merges {
            ui.add(Label::new(words.tag_merges()).wrap());
        }
        ui.horizontal(|ui| {
            let agree =
                ui.add_enabled(scene.session.knows_all_tags(), egui::Button::new(agreement(scene, &change)));
            (agree.clicked(), ui.button(words.cancel()).clicked())
        })
        .inner
    });
    let (agreed, left) = framed.inner;
    let left = left || ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if agreed || left {
        state.asked = None;
    }
    agreed.then(|| make(state, change))
}

fn what(scene: Scene, change: &TagChange) -> String {
    match change {
        TagChange::Move { from, to } => scene.words.ask_move_tag(from, to),
        TagChange::Delete(tag) => scene.words.ask_delete_tag(tag),
        TagChange::DeleteAlone(tag) => scene.words.ask_delete_tag_alone(tag),
    }
}

fn agreement(scene: Scene, change: &TagChange) -> &'static str {
    match change {
        TagChange::Move { .. } => scene.words.change_tag(),
        TagChange::Delete(_) | TagChange::DeleteAlone(_) => scene.words.delete_tag_now(),
    }
}
