//! What the note in focus says: formatted to be read, as it is typed to be written on.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{EventFilter, Id, Key, Modifiers, TextEdit, TextStyle, Ui};

use super::bar::clear_name;
use super::keys;
use super::markdown::{TextAsked, formatted_ui};
use super::note_completion::{CompletionState, begun, completed};
use super::scene::{Scene, called, quiet};
use super::words::Words;
use crate::notes::{Formatted, LinkTarget, NoteId};
use crate::session::{Command, HyperlinkCommand, LinkCommand, NoteRow};

/// What is remembered of the text from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct NoteTextState {
    /// Whether the text field is to have the keyboard.
    pub(super) wants_focus: bool,
    /// The note that is being written on.
    written: Option<NoteId>,
    completion: CompletionState,
    /// The text last shown, taken apart.
    formatted: (String, Formatted),
}

/// How many lines there are to write on at least, and how many lines high that is with what stands below them.
const LINES_TO_WRITE: usize = 4;
const LEAST_LINES: f32 = 5.2;

impl NoteTextState {
    /// Draws the text of a note.
    pub(super) fn text_ui(&mut self, ui: &mut Ui, scene: Scene, row: &NoteRow) -> Option<Command> {
        let top = ui.cursor().top();
        let asked = self.text_within_ui(ui, scene, row);
        // What is only read takes the room of a few lines to be written too: nothing moves when writing begins.
        let least = ui.text_style_height(&TextStyle::Body) * LEAST_LINES;
        ui.add_space((least - (ui.cursor().top() - top)).max(0.0));
        asked
    }

    fn text_within_ui(&mut self, ui: &mut Ui, scene: Scene, row: &NoteRow) -> Option<Command> {
        let wants_focus = std::mem::take(&mut self.wants_focus);
        if wants_focus || row.text.is_empty() {
            self.written = Some(row.id);
        }
        if self.written == Some(row.id) {
            return self.write_ui(ui, scene, row, wants_focus);
        }
        self.written = None;
        let asked = self.read_ui(ui, scene, row);
        not_writing(ui, scene);
        asked
    }

    fn read_ui(&mut self, ui: &mut Ui, scene: Scene, row: &NoteRow) -> Option<Command> {
        if self.formatted.0 != row.text {
            self.formatted = (row.text.clone(), Formatted::of(&row.text));
        }
        let asked = formatted_ui(ui, scene, &self.formatted.1);
        match asked? {
            TextAsked::Edit => {
                (self.written, self.wants_focus) = (Some(row.id), true);
                ui.ctx().request_repaint();
                None
            }
            TextAsked::Follow(LinkTarget::Note(id), _) => Some(Command::Link(LinkCommand::GoToNote(id))),
            TextAsked::Follow(LinkTarget::Address(address), words) => {
                Some(Command::Hyperlink(HyperlinkCommand::AskAbout(address, words)))
            }
        }
    }

    fn write_ui(&mut self, ui: &mut Ui, scene: Scene, row: &NoteRow, wants_focus: bool) -> Option<Command> {
        let id = Id::unique(("note text", row.id));
        let accepted =
            if ui.memory(|memory| memory.has_focus(id)) { self.completion.take_keys(ui) } else { None };
        let mut text = row.text.clone();
        let edit = TextEdit::multiline(&mut text)
            .id(id)
            .hint_text(scene.words.note_hint())
            .desired_width(f32::INFINITY)
            .desired_rows(LINES_TO_WRITE);
        let output = edit.show(ui);
        let response = called(output.response.response, scene.words.note_text());
        if wants_focus {
            response.request_focus();
        }
        let cursor = output.cursor_range.map(|range| range.primary.index.0);
        let begun = cursor.filter(|_| response.has_focus()).and_then(|cursor| begun(&text, cursor));
        let clicked = self.completion.offer_ui(ui, scene, begun.as_ref(), row.id);
        let completing = begun.is_some();
        if let Some((begun, note)) = begun.zip(accepted.or(clicked)) {
            let (text, cursor) = completed(&text, &begun, &note.link());
            put_cursor(ui, id, cursor);
            return Some(Command::WriteNote(row.id, text));
        }
        if response.has_focus() {
            keep_escape(ui, id);
            quiet(ui, scene.words.note_text_hint());
        } else {
            not_writing(ui, scene);
        }
        let ended = response.lost_focus() && !completing || escaped(ui, &response);
        if ended && !text.is_empty() {
            self.written = None;
        }
        response.changed().then_some(Command::WriteNote(row.id, text))
    }
}

/// Says that letters are commands again, and which of them writes on; nothing while another field has the keyboard.
fn not_writing(ui: &mut Ui, scene: Scene) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    quiet(ui, scene.words.not_writing(keys::keys_of(Words::note_on_selection, scene.mac)));
}

/// Escape comes to the field that has the keyboard and not to the window, which would close the note.
pub(super) fn keep_escape(ui: &Ui, id: Id) {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

/// Escape ends the writing, and nothing else.
fn escaped(ui: &Ui, response: &egui::Response) -> bool {
    let escaped =
        response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if escaped {
        response.surrender_focus();
    }
    escaped
}

fn put_cursor(ui: &Ui, id: Id, cursor: usize) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(cursor))));
    state.store(ui.ctx(), id);
    ui.memory_mut(|memory| memory.request_focus(id));
}

/// The notes that link to this one: a click goes there.
pub(super) fn linked_from_ui(ui: &mut Ui, scene: Scene, row: &NoteRow) -> Option<Command> {
    let from = scene.session.linked_from(row.id);
    if from.is_empty() {
        return None;
    }
    let mut asked = None;
    quiet(ui, scene.words.linked_from());
    for note in from {
        let said = if note.quote.is_empty() { &note.text } else { &note.quote };
        let line = format!("⤶ 「{}」 {}", said.replace('\n', " "), clear_name(&note.title));
        let button =
            egui::Button::new(egui::RichText::new(&line).weak()).truncate().frame_when_inactive(false);
        if called(ui.add(button), &line).on_hover_text(&note.text).clicked() {
            asked = Some(Command::Link(LinkCommand::GoToNote(note.id)));
        }
    }
    asked
}
