//! The page of the trash: the notes that were deleted and can be taken back.

use std::sync::Arc;

use egui::{Label, RichText, ScrollArea, Ui};

use crate::notes::{DocumentNotes, Formatted, SearchableNotes, Trashed};
use crate::session::{Command, Place, Reader, TrashCommand};
use crate::ui::bar::clear_name;
use crate::ui::keys;
use crate::ui::scene::{Scene, called, cut_line, document_text, quiet, teaching};
use crate::ui::words::Words;

/// What the page remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct TrashState {
    /// Whether emptying was asked for and is to be confirmed.
    emptying: bool,
}

/// Draws the page: what is in the trash of the document in front, the note that was deleted last first.
pub(super) fn trash_ui(ui: &mut Ui, scene: Scene, reader: &Reader, state: &mut TrashState) -> Vec<Command> {
    let words = scene.words;
    let trash = reader.notebook().trash();
    if trash.is_empty() {
        state.emptying = false;
        let asked = elsewhere_ui(ui, scene);
        teaching(ui, words.trash_empty(keys::keys_of(Words::delete_note, scene.mac)));
        return asked;
    }
    let mut asked = elsewhere_ui(ui, scene);
    asked.extend(head_ui(ui, words, trash.len(), state));
    ui.separator();
    ScrollArea::vertical().id_salt("trash").auto_shrink([false, true]).show(ui, |ui| {
        for trashed in trash {
            asked.extend(trashed_ui(ui, scene, reader, trashed));
        }
    });
    asked
}

/// The other documents with deleted notes, open or not: a click brings one to the front.
fn elsewhere_ui(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let front = scene.session.active().map(|tab| tab.place.to_words());
    let documents = scene.session.collection().documents().iter().map(SearchableNotes::document);
    let others = |each: &&Arc<DocumentNotes>| {
        each.deleted > 0 && !each.place.is_empty() && Some(&each.place) != front.as_ref()
    };
    let others: Vec<_> = documents.filter(others).collect();
    if others.is_empty() {
        return Vec::new();
    }
    let mut asked = Vec::new();
    ui.horizontal_wrapped(|ui| {
        quiet(ui, scene.words.trash_elsewhere());
        for each in others {
            let name = scene.words.trash_of(clear_name(&each.title), each.deleted);
            if ui.button(name).clicked() {
                asked.push(Command::Open(vec![Place::from_words(&each.place)]));
            }
        }
    });
    ui.separator();
    asked
}

/// How many notes there are, and what can be done with all of them. Emptying asks first.
fn head_ui(ui: &mut Ui, words: Words, count: usize, state: &mut TrashState) -> Vec<Command> {
    let mut asked = Vec::new();
    ui.horizontal(|ui| {
        ui.label(words.trash_count(count));
        if ui.button(words.restore_all()).clicked() {
            asked.push(Command::Trash(TrashCommand::RestoreAll));
        }
        if ui.button(words.empty_trash()).clicked() {
            state.emptying = true;
        }
    });
    if state.emptying {
        ui.label(words.empty_trash_asks(count));
        ui.horizontal(|ui| {
            if ui.button(words.empty_trash_now()).clicked() {
                state.emptying = false;
                asked.push(Command::Trash(TrashCommand::Empty));
            }
            if ui.button(words.cancel()).clicked() {
                state.emptying = false;
            }
        });
    }
    asked
}

fn trashed_ui(ui: &mut Ui, scene: Scene, reader: &Reader, trashed: &Trashed) -> Option<Command> {
    let (words, note) = (scene.words, &trashed.note);
    let quote = reader.show_text(&note.anchor.quote).replace('\n', " ");
    let quote = if quote.is_empty() { words.bookmark().to_owned() } else { quote };
    let mut asked = None;
    ui.horizontal(|ui| {
        let restore = called(ui.button(words.restore()), &words.restore_named(&quote));
        if restore.clicked() {
            asked = Some(Command::Trash(TrashCommand::Restore(note.id)));
        }
        let text = document_text(&quote, reader.glyphs());
        cut_line(ui, text, &quote);
    });
    let said = Formatted::of(&note.text).plain().replace('\n', " ");
    if !said.is_empty() {
        ui.add(Label::new(RichText::new(said).weak()).truncate());
    }
    quiet(ui, words.deleted_at(scene.session.written_moment(trashed.at)));
    ui.add_space(6.0);
    asked
}
