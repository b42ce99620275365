//! The pointer: selecting, choosing notes, moving on at the edges.

use egui::{CursorIcon, Pos2, Response, Ui, vec2};

use super::lines::LaidOut;
use super::offers::Target;
use super::page::{Placed, galley};
use super::paint::{bookmark_rect, lines_in_sight};
use super::{Frame, PaneState};
use crate::notes::{Colour, NoteId};
use crate::session::{Command, HyperlinkCommand, Mark, Motion};
use crate::text::{Span, word_at};
use crate::ui::positions::{caret_at_x, character_at_x};

/// What a button that is held down is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Press {
    /// Where the selection began.
    anchor: u32,
    /// Where it was last told to be; `None` while the pointer has not moved.
    focus: Option<u32>,
    /// The word that was pressed twice: the selection goes on by words.
    word: Option<Span>,
}

/// When and where the button was last pressed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Pressed {
    /// In seconds of the window's time.
    time: f64,
    at: Pos2,
}

/// How fast the text moves while the pointer is held outside: text heights a second, for each point of
/// distance.
const PULL: f32 = 8.0;

/// Follows the pointer over what is in sight.
pub(super) fn pointer(
    ui: &Ui,
    frame: &Frame<'_>,
    response: &Response,
    state: &mut PaneState,
    placed: &[Placed],
) -> Vec<Command> {
    let sight = Sight { frame, placed };
    state.clicked = None;
    if let Some(pointer) = response.hover_pos() {
        let follows = state.link.is_some() && follows(ui);
        ui.set_cursor_icon(if follows || sight.note_flag(pointer).is_some() {
            CursorIcon::PointingHand
        } else {
            CursorIcon::Text
        });
    }
    if ui.input(|input| input.pointer.primary_pressed()) && response.is_pointer_button_down_on() {
        response.request_focus();
        let at = ui.input(|input| input.pointer.press_origin());
        state.press = at.and_then(|at| press(ui, &sight, at, &mut state.pressed));
        let press = state.press.and_then(|press| Some((press.anchor, press.focus?)));
        return press.map(|(anchor, focus)| Command::SelectText { anchor, focus }).into_iter().collect();
    }
    if response.dragged_by(egui::PointerButton::Primary) {
        return drag(ui, &sight, response, state).into_iter().collect();
    }
    if !ui.input(|input| input.pointer.primary_down()) {
        state.press = None;
    }
    if response.secondary_clicked() {
        return menu(&sight, response, state);
    }
    clicks(ui, &sight, response, state)
}

/// What a press begins: with Shift the selection goes on, pressed twice it goes by words.
fn press(ui: &Ui, sight: &Sight<'_>, at: Pos2, last: &mut Option<Pressed>) -> Option<Press> {
    let (time, shift) = ui.input(|input| (input.time, input.modifiers.shift));
    let options = ui.ctx().options(|options| options.input_options);
    let again = |last: Pressed| {
        time - last.time < options.max_double_click_delay && last.at.distance(at) < options.max_click_dist
    };
    let twice = last.replace(Pressed { time, at }).is_some_and(again);
    let here = sight.caret(at)?;
    if shift {
        let anchor = sight.frame.reader.selection_ends().anchor;
        return Some(Press { anchor, focus: Some(here), word: None });
    }
    let word = sight.word(at).filter(|_| twice);
    Some(word.map_or(Press { anchor: here, focus: None, word }, |whole| Press {
        anchor: whole.start(),
        focus: Some(whole.end()),
        word,
    }))
}

/// Selects up to the pointer, and brings more into sight where it is held outside.
fn drag(ui: &Ui, sight: &Sight<'_>, response: &Response, state: &mut PaneState) -> Option<Command> {
    let pointer = response.interact_pointer_pos()?;
    let area = sight.frame.area;
    let outside = (pointer.y - area.bottom()).max(0.0) - (area.top() - pointer.y).max(0.0);
    if outside != 0.0 {
        let seconds = ui.input(|input| input.stable_dt).min(0.1);
        state.page.scroll(sight.frame.reader, &sight.frame.context, outside * PULL * seconds);
        sight.frame.context.request_repaint();
    }
    let inside = area.shrink(1.0).clamp(pointer);
    let press = state.press.as_mut()?;
    if let Some(word) = press.word {
        return drag_by_words(press, word, sight.word(inside)?);
    }
    let focus = sight.caret(inside)?;
    let moved = press.focus != Some(focus) && (press.focus.is_some() || focus != press.anchor);
    press.focus = Some(focus).filter(|_| moved).or(press.focus);
    moved.then_some(Command::SelectText { anchor: press.anchor, focus })
}

/// Selects from the word that was pressed to the one under the pointer, both of them whole.
fn drag_by_words(press: &mut Press, word: Span, here: Span) -> Option<Command> {
    let (anchor, focus) = if here.start() < word.start() {
        (word.end(), here.start())
    } else {
        (word.start(), here.end().max(word.end()))
    };
    let moved = (press.anchor, press.focus) != (anchor, Some(focus));
    (press.anchor, press.focus) = (anchor, Some(focus));
    moved.then_some(Command::SelectText { anchor, focus })
}

/// Whether a click on a link follows it.
fn follows(ui: &Ui) -> bool {
    ui.input(|input| input.modifiers.command_only())
}

fn clicks(ui: &Ui, sight: &Sight<'_>, response: &Response, state: &mut PaneState) -> Vec<Command> {
    let shift = ui.input(|input| input.modifiers.shift);
    let Some(at) = response.interact_pointer_pos().filter(|_| response.clicked() && !shift) else {
        return Vec::new();
    };
    if let Some(link) = state.link.filter(|_| follows(ui)) {
        return vec![Command::Hyperlink(HyperlinkCommand::Follow(link))];
    }
    if let Some(id) = sight.note_flag(at) {
        return vec![Command::ChooseNote(Some(id))];
    }
    let (Some(character), Some(caret)) = (sight.character(at), sight.caret(at)) else { return Vec::new() };
    if response.triple_clicked() {
        return vec![Command::SelectParagraph(character)];
    }
    if response.double_clicked() {
        return vec![Command::SelectWord(character)];
    }
    state.clicked = Some(character);
    let chosen = next_note(&sight.notes(at), sight.frame.reader.note_in_focus());
    let choose = (chosen != sight.frame.reader.note_in_focus()).then_some(Command::ChooseNote(chosen));
    let put = Command::MoveCursor { motion: Motion::To(caret), extend: false };
    std::iter::once(put).chain(choose).collect()
}

/// The menu opens on what is selected, else on a highlight, else on a word, which is then selected.
fn menu(sight: &Sight<'_>, response: &Response, state: &mut PaneState) -> Vec<Command> {
    let at = response.interact_pointer_pos();
    let Some((at, character)) = at.and_then(|at| Some((at, sight.character(at)?))) else { return Vec::new() };
    let note = sight.highlights(at).first().map(|(_, id, colour)| (*id, *colour));
    state.offers.open_on(Target { character, note, link: state.link });
    let selected = sight.frame.reader.selection_ends().span().contains_position(character);
    match note {
        _ if selected => Vec::new(),
        Some((id, _)) => vec![Command::Unselect, Command::ChooseNote(Some(id))],
        None => vec![Command::SelectWord(character)],
    }
}

/// The note to choose of those that lie one over the other: the first, or the one after the one in focus.
fn next_note(notes: &[NoteId], in_focus: Option<NoteId>) -> Option<NoteId> {
    let focused = notes.iter().position(|note| Some(*note) == in_focus);
    let next = focused.map_or(0, |index| (index + 1) % notes.len());
    notes.get(next).copied()
}

/// What is in sight, to be asked what stands at a point of the window.
struct Sight<'a> {
    frame: &'a Frame<'a>,
    placed: &'a [Placed],
}

impl Sight<'_> {
    /// The position of the document's text between two characters that is nearest to a point.
    fn caret(&self, at: Pos2) -> Option<u32> {
        let (laid, shown) = self.find(at, caret_at_x)?;
        Some(laid.view.caret_source(shown))
    }

    /// The position of the character under a point, or the nearest one.
    fn character(&self, at: Pos2) -> Option<u32> {
        let (laid, shown) = self.find(at, character_at_x)?;
        Some(laid.view.caret_source(shown))
    }

    /// The word under a point, or the nearest one, in positions of the document's text.
    fn word(&self, at: Pos2) -> Option<Span> {
        let (laid, shown) = self.find(at, character_at_x)?;
        let block = laid.view.source;
        let text = block.of(self.frame.reader.document().text())?;
        let character = laid.view.caret_source(shown).saturating_sub(block.start());
        Some(word_at(text, character).moved_right(block.start()))
    }

    fn find(&self, at: Pos2, within: fn(&str, Span, &egui::Galley, f32) -> u32) -> Option<(&LaidOut, u32)> {
        let (placed, laid) = self.piece(at.y)?;
        let (x, y) = (at.x - self.frame.left, at.y - self.frame.area.top() - placed.top);
        let line = laid.lines.get(laid.line_at(x, y)?)?;
        let galley = galley(&self.frame.context, laid, line, self.frame.reader.glyphs());
        Some((laid, within(&laid.view.text, line.span, &galley, x - line.x)))
    }

    /// The piece at a height of the window, or the nearest one.
    fn piece(&self, y: f32) -> Option<(&Placed, &LaidOut)> {
        let y = y - self.frame.area.top();
        let laid = || self.placed.iter().filter_map(|placed| Some((placed, placed.laid.as_deref()?)));
        laid().find(|(placed, _)| y < placed.top + placed.height).or_else(|| laid().next_back())
    }

    /// The notes under a point, the shortest first.
    fn notes(&self, at: Pos2) -> Vec<NoteId> {
        self.highlights(at).into_iter().map(|(_, id, _)| id).collect()
    }

    /// The highlights under a point with their lengths and colours, the shortest first.
    fn highlights(&self, at: Pos2) -> Vec<(u32, NoteId, Colour)> {
        let Some((laid, shown)) = self.find(at, character_at_x) else { return Vec::new() };
        let mut notes: Vec<_> = self
            .frame
            .reader
            .decorations(&laid.view)
            .into_iter()
            .filter(|one| one.shown.contains_position(shown))
            .filter_map(|one| match one.mark {
                Mark::Highlight { id, colour, .. } => Some((one.shown.len(), id, colour)),
                _ => None,
            })
            .collect();
        notes.sort_unstable_by_key(|(length, id, _)| (*length, *id));
        notes
    }

    /// The bookmark whose flag lies under a point.
    fn note_flag(&self, at: Pos2) -> Option<NoteId> {
        let (placed, laid) = self.piece(at.y).filter(|_| at.x < self.frame.left)?;
        let corner = egui::pos2(self.frame.left, self.frame.area.top() + placed.top);
        let sight = lines_in_sight(laid, placed.top, self.frame.area.height());
        self.frame.reader.decorations(&laid.view).into_iter().find_map(|one| {
            let Mark::Bookmark { id } = one.mark else { return None };
            let index = laid.line_of(one.shown.start()).filter(|index| sight.contains(index))?;
            let rect = bookmark_rect(corner, laid.lines.get(index)?, laid.shape.size);
            rect.expand2(vec2(4.0, 4.0)).contains(at).then_some(id)
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn words_are_selected_whole_to_both_sides() {
        let word = Span::new(6, 12);
        let check = |here: (u32, u32), expected: (u32, u32)| {
            let mut press = Press { anchor: 6, focus: Some(12), word: Some(word) };
            let told = drag_by_words(&mut press, word, Span::new(here.0, here.1));
            let (anchor, focus) = expected;
            let moved = expected != (6, 12);
            assert_eq!(told, moved.then_some(Command::SelectText { anchor, focus }));
        };
        check((6, 12), (6, 12));
        check((15, 21), (6, 21));
        check((0, 3), (12, 0));
    }

    fn note(number: u128) -> NoteId {
        NoteId(Uuid::from_u128(number))
    }

    /// Clicks on notes that lie one over the other and tells which is chosen.
    fn check(notes: &[u128], in_focus: Option<u128>, chosen: Option<u128>) {
        let notes: Vec<_> = notes.iter().copied().map(note).collect();
        assert_eq!(next_note(&notes, in_focus.map(note)), chosen.map(note));
    }

    #[test]
    fn clicking_again_goes_round() {
        check(&[1, 2, 3], None, Some(1));
        check(&[1, 2, 3], Some(1), Some(2));
        check(&[1, 2, 3], Some(3), Some(1));
    }

    #[test]
    fn a_note_elsewhere_does_not_count() {
        check(&[1, 2], Some(9), Some(1));
        check(&[], Some(9), None);
    }
}
