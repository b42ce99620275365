//! The note in focus: its quotation and state, its colour, its tags, its text.

use egui::{Id, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use super::far_notes::far_end_text;
use super::note_text::{NoteTextState, linked_from_ui};
use super::notes_panel::{colours_ui, small_sign, state_words, tag_tree};
use super::scene::{Scene, called, document_text, quiet};
use crate::notes::{Found, NoteId, Tag};
use crate::session::{Command, LinkCommand, NoteRow, Reader};

/// What the editor remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct EditorState {
    /// What the note says.
    pub(super) text: NoteTextState,
    /// The tag being written.
    tag: String,
    /// The note that the tag is being written for.
    note: Option<NoteId>,
}

/// How many tags are proposed at once.
const PROPOSALS: usize = 6;

/// Draws the editor.
pub(super) fn editor_ui(
    ui: &mut Ui,
    scene: Scene,
    reader: &Reader,
    row: &NoteRow,
    state: &mut EditorState,
) -> Vec<Command> {
    if state.note != Some(row.id) {
        state.note = Some(row.id);
        state.tag.clear();
    }
    let mut asked = Vec::new();
    asked.extend(head(ui, scene, reader, row));
    ScrollArea::vertical().id_salt("note editor").auto_shrink(false).show(ui, |ui| {
        asked.extend(place_ui(ui, scene, reader, row));
        asked.extend(state.text.text_ui(ui, scene, row));
        asked.extend(linked_from_ui(ui, scene, row));
        asked.extend(tags_ui(ui, scene, reader, row, state));
        ui.add_space(4.0);
        if ui.button(scene.words.delete_note()).clicked() {
            asked.push(Command::DeleteNote(row.id));
        }
    });
    asked
}

/// The colours, and at the right what ends the editing.
fn head(ui: &mut Ui, scene: Scene, reader: &Reader, row: &NoteRow) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    ui.horizontal(|ui| {
        if row.colour.is_some() {
            asked.extend(colours_ui(ui, scene, row.colour).map(|colour| Command::Recolour(row.id, colour)));
        } else {
            ui.label(words.bookmark());
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if small_sign(ui, "×", words.close_note()) {
                asked.push(Command::ChooseNote(None));
            }
        });
    });
    if !row.quote.is_empty() {
        let quote = document_text(row.quote.replace('\n', " "), reader.glyphs()).weak();
        ui.add(egui::Label::new(quote).truncate());
    }
    asked.extend(ends_ui(ui, scene, row));
    asked
}

/// The other passages of the note: a click goes there, the sign takes one off.
fn ends_ui(ui: &mut Ui, scene: Scene, row: &NoteRow) -> Vec<Command> {
    let mut asked = Vec::new();
    for (index, end) in row.answers.iter().enumerate() {
        let text = far_end_text(end);
        ui.horizontal(|ui| {
            if small_sign(ui, "×", &scene.words.remove_link_end(&text)) {
                asked.push(Command::Link(LinkCommand::Remove(row.id, index)));
            }
            let end = egui::Button::new(RichText::new(&text).weak()).truncate().frame_when_inactive(false);
            if called(ui.add(end), &text).on_hover_text(scene.words.go_there()).clicked() {
                asked.push(Command::Link(LinkCommand::Follow(row.id, index)));
            }
        });
    }
    asked
}

/// For a note whose place is in doubt: what happened, where it may be, and putting it there by hand.
fn place_ui(ui: &mut Ui, scene: Scene, reader: &Reader, row: &NoteRow) -> Vec<Command> {
    let words = scene.words;
    let Some((state, meaning)) = state_words(words, &row.found) else { return Vec::new() };
    let mut asked = Vec::new();
    ui.label(RichText::new(state).color(scene.tokens.warning)).on_hover_text(meaning);
    quiet(ui, meaning);
    ui.horizontal_wrapped(|ui| {
        if let Found::Unsure { candidates } = &row.found {
            for (number, (span, _)) in candidates.iter().enumerate() {
                if ui.button(words.candidate(number + 1)).clicked() {
                    asked.push(Command::GoTo(span.start()));
                    asked.push(Command::SelectText { anchor: span.start(), focus: span.end() });
                }
            }
        }
        let selection = reader.selection();
        let place = egui::Button::new(words.place_note());
        if ui.add_enabled(selection.is_some(), place).clicked() {
            asked.extend(selection.map(|span| Command::PlaceNote(row.id, span)));
        }
    });
    asked
}

fn tags_ui(
    ui: &mut Ui,
    scene: Scene,
    reader: &Reader,
    row: &NoteRow,
    state: &mut EditorState,
) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    ui.horizontal_wrapped(|ui| {
        for tag in &row.tags {
            ui.label(format!("#{tag}"));
            if small_sign(ui, "×", &words.remove_tag(tag)) {
                asked.push(Command::RemoveTag(row.id, tag.clone()));
            }
        }
    });
    let id = Id::unique(("new tag", row.id));
    let entered = ui.memory(|memory| memory.has_focus(id))
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    quiet(ui, words.add_tag());
    let edit =
        TextEdit::singleline(&mut state.tag).id(id).hint_text(words.tag_hint()).desired_width(f32::INFINITY);
    called(ui.add(edit), words.add_tag());
    let written = Tag::new(&state.tag);
    if !state.tag.trim().is_empty() && written.is_err() {
        quiet(ui, words.not_a_tag());
    }
    let proposed = proposals_ui(ui, reader, row, &state.tag);
    if let Some(tag) = proposed.or(written.ok().filter(|_| entered)) {
        state.tag.clear();
        asked.push(Command::AddTag(row.id, tag));
    }
    asked
}

/// Tags already used that go on from what is written, to be clicked.
fn proposals_ui(ui: &mut Ui, reader: &Reader, row: &NoteRow, written: &str) -> Option<Tag> {
    let mut chosen = None;
    if written.trim().is_empty() {
        return None;
    }
    ui.horizontal_wrapped(|ui| {
        for tag in proposals(tag_tree(reader).into_iter().map(|(tag, _)| tag), &row.tags, written) {
            if ui.small_button(format!("#{tag}")).clicked() {
                chosen = Some(tag);
            }
        }
    });
    chosen
}

/// The tags that hold what is written, those that begin with it first, without the ones the note has.
fn proposals(known: impl Iterator<Item = Tag>, had: &[Tag], written: &str) -> Vec<Tag> {
    let written = written.trim().replace('／', "/").to_lowercase();
    let holds = |tag: &Tag| tag.as_str().to_lowercase().contains(&written);
    let mut fitting: Vec<Tag> = known.filter(|tag| !had.contains(tag) && holds(tag)).collect();
    fitting.sort_by_key(|tag| !tag.as_str().to_lowercase().starts_with(&written));
    fitting.truncate(PROPOSALS);
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposals_go_on_from_what_is_written() {
        let known = ["治理", "治理/數據", "閱讀", "鄉村治理"].map(|name| Tag::new(name).unwrap());
        let check = |written: &str, had: &[Tag], expected: &[&str]| {
            let proposed = proposals(known.clone().into_iter(), had, written);
            assert_eq!(proposed.iter().map(Tag::as_str).collect::<Vec<_>>(), expected);
        };
        check("治", &[], &["治理", "治理/數據", "鄉村治理"]);
        check(" 治理／", &[], &["治理/數據"]);
        check("治理", &[known[0].clone()], &["治理/數據", "鄉村治理"]);
        check("河", &[], &[]);
    }
}
