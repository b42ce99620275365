//! The keys of the page: they count while nothing is being written.

use egui::{InputState, Key, Modifiers, Ui};

use super::filter;
use crate::session::{AllNotesCommand, Command, ListLine, Page, Session};

/// A page of lines.
const PAGE: isize = 12;

/// What the keys of the page ask for. They are taken, so that nothing else answers them.
pub(in crate::ui) fn all_notes_pressed(ui: &Ui, session: &Session) -> Vec<Command> {
    if session.page() != Some(Page::AllNotes) || egui::Popup::is_any_open(ui.ctx()) {
        return Vec::new();
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F)) {
        ui.memory_mut(|memory| memory.request_focus(filter::field()));
    }
    if ui.ctx().text_edit_focused() {
        return Vec::new();
    }
    ui.input_mut(|input| pressed(input, session))
}

fn pressed(input: &mut InputState, session: &Session) -> Vec<Command> {
    let mut asked: Vec<Command> = moves(input).into_iter().map(Command::AllNotes).collect();
    let focus = session.all_notes_focus();
    let of_focus = |command: fn(usize) -> AllNotesCommand| focus.map(command).map(Command::AllNotes);
    if input.consume_key(Modifiers::NONE, Key::Space) {
        asked.extend(of_focus(AllNotesCommand::Choose));
    }
    if input.consume_key(Modifiers::NONE, Key::Enter) {
        asked.extend(entered(session).map(Command::AllNotes));
    }
    if input.consume_key(Modifiers::NONE, Key::Delete) {
        let nothing = session.all_notes_chosen().is_empty();
        asked.extend(of_focus(AllNotesCommand::Choose).filter(|_| nothing));
        asked.push(Command::AllNotes(AllNotesCommand::Delete));
    }
    if input.consume_key(Modifiers::COMMAND, Key::A) {
        asked.push(Command::AllNotes(AllNotesCommand::ChooseAll));
    }
    if input.consume_key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z)
        || input.consume_key(Modifiers::COMMAND, Key::Y)
    {
        asked.push(Command::Redo);
    } else if input.consume_key(Modifiers::COMMAND, Key::Z) {
        asked.push(Command::Undo);
    }
    asked
}

fn moves(input: &mut InputState) -> Vec<AllNotesCommand> {
    let keys = [
        (Key::ArrowDown, 1),
        (Key::ArrowUp, -1),
        (Key::PageDown, PAGE),
        (Key::PageUp, -PAGE),
        (Key::Home, isize::MIN),
        (Key::End, isize::MAX),
    ];
    let mut asked = Vec::new();
    for (key, by) in keys {
        if input.consume_key(Modifiers::SHIFT, key) {
            asked.push(AllNotesCommand::MoveFocus { by, extend: true });
        } else if input.consume_key(Modifiers::NONE, key) {
            asked.push(AllNotesCommand::MoveFocus { by, extend: false });
        }
    }
    asked
}

/// Goes to the note in focus, or folds the group in focus.
fn entered(session: &Session) -> Option<AllNotesCommand> {
    let listing = session.all_notes_listing();
    match listing.lines().get(session.all_notes_focus()?)? {
        ListLine::Note(at) => Some(AllNotesCommand::GoTo(session.collection().key(*at)?)),
        ListLine::Group(number) => Some(AllNotesCommand::Fold(listing.groups().get(*number)?.of.clone())),
    }
}
