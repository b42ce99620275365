//! The page of attaching notes again: what fits the document in front, where it is kept, and taking it.

use egui::{Label, ProgressBar, RichText, Ui};

use crate::session::{AttachCommand, Command, NotesOffer};
use crate::ui::bar::clear_name;
use crate::ui::scene::{Scene, called, quiet, teaching};

/// Draws the page.
pub(super) fn attach_ui(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let (words, attaching) = (scene.words, scene.session.attaching());
    if let Some(done) = attaching.progress() {
        let row = ui.horizontal(|ui| {
            let stop = ui.button(words.stop_adding()).clicked();
            let bar = ProgressBar::new(done).text(words.attach_looking());
            ui.add(bar.desired_width(ui.available_width()));
            stop
        });
        return row.inner.then_some(Command::Attach(AttachCommand::Stop)).into_iter().collect();
    }
    if attaching.offers().is_empty() {
        teaching(ui, words.attach_none());
        return Vec::new();
    }
    quiet(ui, words.attach_hint());
    attaching.offers().iter().filter_map(|offer| offer_ui(ui, scene, offer)).collect()
}

/// Notes that fit: whose they are, how many, and the ways to take them.
fn offer_ui(ui: &mut Ui, scene: Scene, offer: &NotesOffer) -> Option<Command> {
    let words = scene.words;
    let title = clear_name(&offer.title);
    ui.separator();
    ui.add(Label::new(RichText::new(&title).strong()).truncate());
    ui.horizontal_wrapped(|ui| {
        ui.label(words.attach_fits(offer.fitting(), offer.notes.len()));
        if offer.same_text {
            quiet(ui, words.attach_same_text());
        }
        if offer.gone {
            quiet(ui, words.attach_gone());
        }
    });
    quiet(ui, clear_name(&offer.file.to_string_lossy()));
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        let copy = called(ui.button(words.attach_copy()), &words.attach_copy_of(&title));
        if copy.on_hover_text(words.attach_copy_hint()).clicked() {
            asked = Some(AttachCommand::Copy(offer.file.clone()));
        }
        if !offer.can_be_shared() {
            return;
        }
        let share = called(ui.button(words.share_notes()), &words.attach_share_of(&title));
        if share.on_hover_text(words.attach_share_hint()).clicked() {
            asked = Some(AttachCommand::Share(offer.file.clone()));
        }
    });
    asked.map(Command::Attach)
}
