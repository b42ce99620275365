//! Tags that are the same words in another script, offered to be one.

use egui::{CollapsingHeader, Ui};

use crate::notes::{Tag, TagChange};
use crate::ui::scene::Scene;

/// Draws the offers. Answers with what is to become one.
pub(super) fn same_ui(ui: &mut Ui, scene: Scene) -> Option<TagChange> {
    let same = scene.session.same_tags();
    if same.is_empty() {
        return None;
    }
    let mut wanted = None;
    let header =
        CollapsingHeader::new(scene.words.same_tags(same.len())).id_salt("same tags").default_open(true);
    header.show(ui, |ui| {
        for tags in &same {
            wanted = wanted.take().or(offers_ui(ui, scene, tags));
        }
    });
    wanted
}

/// The most used one against each of the others, either way.
fn offers_ui(ui: &mut Ui, scene: Scene, tags: &[Tag]) -> Option<TagChange> {
    let (first, others) = tags.split_first()?;
    let mut wanted = None;
    for other in others {
        ui.horizontal_wrapped(|ui| {
            ui.label(scene.words.same_two_tags(first, other));
            for (kept, gone) in [(first, other), (other, first)] {
                if ui.button(scene.words.make_one(kept)).clicked() {
                    wanted = Some(TagChange::Move { from: gone.clone(), to: kept.clone() });
                }
            }
        });
    }
    wanted
}
