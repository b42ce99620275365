//! Notes, mostly of other documents, that are about passages of this one too: listed above its own.

use egui::{CollapsingHeader, Label, RichText, ScrollArea, Ui};

use super::bar::clear_name;
use super::notes_panel::{small_sign, swatch};
use super::scene::{Scene, called, document_text};
use crate::notes::Formatted;
use crate::session::{Command, FarEndRow, FarNote, Reader};

/// How high the list may become above notes of the document itself, in points.
const HIGHEST: f32 = 160.0;

/// The notes that are about passages of the document in front too.
pub(super) fn far_notes(scene: Scene) -> Vec<FarNote> {
    scene.session.active().map(|tab| scene.session.far_notes(tab.id)).unwrap_or_default()
}

/// Draws the list; nothing where there are none. Where the document has no notes of its own, it has all the room.
pub(super) fn far_notes_ui(ui: &mut Ui, scene: Scene, reader: &Reader, notes: &[FarNote]) -> Vec<Command> {
    let mut asked = Vec::new();
    if notes.is_empty() {
        return asked;
    }
    let most = if reader.notebook().is_empty() { ui.available_height() } else { HIGHEST };
    let header = CollapsingHeader::new(scene.words.far_notes(notes.len())).id_salt("far notes");
    header.default_open(true).show(ui, |ui| {
        ScrollArea::vertical().id_salt("far notes").max_height(most).show(ui, |ui| {
            for note in notes {
                asked.extend(far_note_ui(ui, scene, reader, note));
            }
        });
    });
    asked
}

/// A note: a click on its passage goes there, the sign before it goes to the note itself.
fn far_note_ui(ui: &mut Ui, scene: Scene, reader: &Reader, note: &FarNote) -> Vec<Command> {
    let mut asked = Vec::new();
    let title = clear_name(&note.owner_title);
    ui.horizontal(|ui| {
        let colour = note.colour.map_or(scene.tokens.line, |colour| scene.tokens.highlight(colour));
        let go = scene.words.far_note_go(&title);
        if called(swatch(ui, colour, false), &go).on_hover_text(&go).clicked() || small_sign(ui, "→", &go) {
            asked.extend(owner_commands(scene, note));
        }
        let quote = document_text(note.quote.replace('\n', " "), reader.glyphs());
        let chosen = reader.far_note_in_focus() == Some(note.id);
        let passage = ui.add(egui::Button::selectable(chosen, quote).truncate());
        let passage = passage.on_hover_text(format!("{title}\n{}", note.owner_quote));
        if let Some(position) = note.position.filter(|_| passage.clicked()) {
            asked.extend([Command::ChooseNote(Some(note.id)), Command::GoTo(position)]);
        }
    });
    let own = FarEndRow { title: note.owner_title.clone(), quote: note.owner_quote.clone() };
    let own = far_end_text(&own);
    ui.add(Label::new(RichText::new(&own).weak()).truncate()).on_hover_text(&own);
    if !note.text.trim().is_empty() {
        let said = Formatted::of(&note.text).plain().replace('\n', " ");
        ui.add(Label::new(RichText::new(said).weak().small()).truncate());
    }
    asked
}

/// The way to the document that a note is kept with: the other pane, where it is read there.
fn owner_commands(scene: Scene, note: &FarNote) -> Vec<Command> {
    let comparing = scene.session.comparison_in_front();
    let beside = comparing
        .is_some_and(|comparing| comparing.side(comparing.active_side().other()).tab == Some(note.owner));
    let there = if beside { Command::SwitchPane } else { Command::Select(note.owner) };
    vec![there, Command::FocusNote(note.id)]
}

/// The other end of a note of this document, in words.
pub(super) fn far_end_text(end: &FarEndRow) -> String {
    format!("⇄ {}: {}", clear_name(&end.title), end.quote.replace('\n', " "))
}
