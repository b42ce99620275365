//! Which panels stand beside the text, and how wide they may become: in a narrow window the text comes first.

use crate::compare::Side;
use crate::session::{Command, Session};

/// Below this width of the window, in points, there is no room for panels at both sides.
const ROOM_FOR_BOTH: f32 = 900.0;

/// In a narrower window, in points, a list without notes does not stand beside two documents unasked.
const ROOM_FOR_NO_NOTES: f32 = 1600.0;

/// How wide the panel at the left may be, in points: never narrower, never wider.
const LEFT: (f32, f32) = (180.0, 460.0);

/// The same at the right.
const RIGHT: (f32, f32) = (220.0, 460.0);

/// The text is left at least so many characters of room.
const LEAST_CHARACTERS: f32 = 12.0;

/// The same for each of two documents: of both there is to be read at once.
const LEAST_CHARACTERS_OF_TWO: f32 = 14.0;

/// What stands beside the column of text at both sides together, in points.
const BESIDE_TEXT: f32 = 72.0;

/// The same beside one of two documents, with its overview, half of the ribbons and what a box takes.
const BESIDE_ONE_OF_TWO: f32 = 110.0;

/// The panels beside the text.
#[expect(clippy::struct_excessive_bools, reason = "each panel is there or not")]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Sides {
    /// The search.
    pub(super) find: bool,
    /// The outline; the search stands in its place.
    pub(super) outline: bool,
    /// The notes.
    pub(super) notes: bool,
    /// Whether the notes are not shown because there are none beside two documents.
    pub(super) without_notes: bool,
    /// Whether there is room for one panel only.
    narrow: bool,
    /// Whether two documents stand beside each other between the panels.
    two: bool,
}

impl Sides {
    /// Those that are open and have room in a window of this width, in points. `asked_for` tells that the list of
    /// notes was asked for although there are none.
    pub(super) fn within(width: f32, session: &Session, asked_for: bool) -> Self {
        let Some(reader) = session.reader() else { return Self::default() };
        let settings = session.settings();
        let (find, writing) = (reader.find().open, reader.note_in_focus().is_some());
        let two = session.comparison_in_front().is_some();
        let narrow = width < if two { room_for_both_and_two(settings.text_size) } else { ROOM_FOR_BOTH };
        let left = find || settings.outline_open;
        let without_notes = two && width < ROOM_FOR_NO_NOTES && !asked_for && nothing_noted(session);
        let notes = settings.notes_open && !without_notes && !(narrow && left && !writing);
        let outline = settings.outline_open && !find && !(narrow && notes);
        Self { find, outline, notes, without_notes, narrow, two }
    }

    /// From how narrow to how wide the panel at the left may be, of this room and beside text of this size,
    /// in points.
    pub(super) fn left_widths(self, room: f32, text_size: f32) -> (f32, f32) {
        let notes = if self.notes { RIGHT.0 } else { 0.0 };
        (LEFT.0, (room - self.least_text(text_size) - notes).clamp(LEFT.0, LEFT.1))
    }

    /// The same for the panel at the right, of what the one at the left has left over.
    pub(super) fn right_widths(self, room: f32, text_size: f32) -> (f32, f32) {
        (RIGHT.0, (room - self.least_text(text_size)).clamp(RIGHT.0, RIGHT.1))
    }

    /// The least room for what is read between the panels, in points.
    fn least_text(self, text_size: f32) -> f32 {
        if self.two { least_text_of_two(text_size) } else { LEAST_CHARACTERS * text_size + BESIDE_TEXT }
    }

    /// What a command comes to here: where there is room for one panel only, opening one closes the other,
    /// and asking for one that had no room shows it.
    pub(super) fn in_their_room(self, command: Command, session: &Session) -> Vec<Command> {
        let settings = session.settings();
        if self.without_notes && command == Command::ToggleNotes {
            return (!settings.notes_open).then_some(command).into_iter().collect();
        }
        let find = self.find.then_some(Command::CloseFind);
        match command {
            Command::ToggleNotes if self.narrow && !self.notes => {
                let outline = settings.outline_open.then_some(Command::ToggleOutline);
                let notes = (!settings.notes_open).then_some(Command::ToggleNotes);
                find.into_iter().chain(outline).chain(notes).collect()
            }
            Command::ToggleOutline if self.narrow && !self.outline => {
                let notes = settings.notes_open.then_some(Command::ToggleNotes);
                let outline = (!settings.outline_open).then_some(Command::ToggleOutline);
                find.into_iter().chain(notes).chain(outline).collect()
            }
            other => vec![other],
        }
    }
}

/// The least room for two documents with text of this size, in points.
fn least_text_of_two(text_size: f32) -> f32 {
    2.0 * (LEAST_CHARACTERS_OF_TWO * text_size + BESIDE_ONE_OF_TWO)
}

/// The narrowest window with panels at both sides of two documents, in points.
fn room_for_both_and_two(text_size: f32) -> f32 {
    LEFT.0 + least_text_of_two(text_size) + RIGHT.0
}

/// Whether neither of the two documents in front has a note.
fn nothing_noted(session: &Session) -> bool {
    let compared = session.compared_in_front();
    compared.is_none_or(|compared| Side::BOTH.iter().all(|&side| compared.reader(side).notebook().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_leave_room_for_the_text() {
        let both = Sides { outline: true, notes: true, ..Sides::default() };
        assert_eq!(both.left_widths(1300.0, 20.0), (180.0, 460.0));
        assert_eq!(both.left_widths(900.0, 20.0), (180.0, 368.0));
        assert_eq!(both.left_widths(400.0, 20.0), (180.0, 180.0));
        assert_eq!(both.right_widths(632.0, 20.0), (220.0, 320.0));
        let beside_two = Sides { two: true, ..both };
        assert_eq!(beside_two.left_widths(1300.0, 20.0), (180.0, 300.0));
        assert_eq!(beside_two.right_widths(1050.0, 20.0), (220.0, 270.0));
        assert_eq!(beside_two.left_widths(room_for_both_and_two(20.0), 20.0), (180.0, 180.0));
    }
}
