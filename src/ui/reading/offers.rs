//! What can be done with words by the mouse: a small bar beside what was just selected, and a menu.

use egui::{Area, Button, Id, Order, Pos2, Rect, Response, Ui, Vec2, pos2, vec2};

use super::page::{Placed, galley};
use super::{Frame, PaneState};
use crate::notes::{Colour, NoteId};
use crate::session::{CiteCommand, Command, HyperlinkCommand, LinkCommand, Page, Selection};
use crate::ui::keys;
use crate::ui::notes_panel::swatch;
use crate::ui::positions::x_of_byte;
use crate::ui::scene::{called, highlight_word};
use crate::ui::words::Words;

/// What the bar and the menu remember from frame to frame.
#[derive(Default, Debug)]
pub(super) struct Offers {
    /// The selection, as it was in the last frame.
    seen: Selection,
    /// Whether the pointer asked for another selection in the last frame.
    pointed: bool,
    /// Whether the bar is shown: beside what the pointer has selected, until something else happens.
    bar: bool,
    /// What the menu was opened on.
    target: Option<Target>,
}

/// What a menu was opened on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Target {
    /// The character under the pointer.
    pub(super) character: u32,
    /// The highlight under it, and its colour.
    pub(super) note: Option<(NoteId, Colour)>,
    /// The beginning of the link under it.
    pub(super) link: Option<u32>,
}

/// How far the bar stands from what is selected, in points.
const GAP: f32 = 8.0;

/// How large the bar is thought to be before it was drawn once, in points.
const SIZE: Vec2 = vec2(340.0, 36.0);

/// The longest text that is looked for, in characters.
const LONGEST_FOUND: usize = 60;

impl Offers {
    /// Takes up what happened: only what the pointer has selected brings the bar.
    fn follow(&mut self, selection: Selection, pointed: bool) {
        if selection != self.seen {
            self.seen = selection;
            self.bar = self.pointed && !selection.span().is_empty();
        }
        self.pointed = pointed;
    }

    /// The menu is being opened on this.
    pub(super) fn open_on(&mut self, target: Target) {
        self.target = Some(target);
    }
}

/// Draws the bar and the menu where they are wanted. `commands` are those that the pointer gave.
pub(super) fn offers_ui(
    ui: &Ui,
    frame: &Frame<'_>,
    response: &Response,
    state: &mut PaneState,
    (placed, commands): (&[Placed], &[Command]),
) -> Vec<Command> {
    let selects = |command: &Command| {
        matches!(command, Command::SelectText { .. } | Command::SelectWord(_) | Command::SelectParagraph(_))
    };
    let pointed = !response.secondary_clicked() && commands.iter().any(selects);
    state.offers.follow(frame.reader.selection_ends(), pointed);
    let mut asked = bar_ui(ui, frame, response.id.with("bar"), state, placed);
    response.context_menu(|ui| asked.extend(menu_ui(ui, frame, state.offers.target)));
    asked
}

// --- the bar --------------------------------------------------------------------------------------------

fn bar_ui(ui: &Ui, frame: &Frame<'_>, id: Id, state: &mut PaneState, placed: &[Placed]) -> Vec<Command> {
    let drawn = frame.context.memory(|memory| memory.area_rect(id));
    let elsewhere = ui.input(|input| {
        let at = input.pointer.press_origin().filter(|_| input.pointer.any_pressed());
        at.is_some_and(|at| !drawn.is_some_and(|drawn| drawn.contains(at)))
    });
    state.offers.bar &= !elsewhere;
    let busy = state.press.is_some() || egui::Popup::is_any_open(&frame.context);
    if !state.offers.bar || busy || !ui.memory(|memory| memory.allows_interaction(ui.layer_id())) {
        return Vec::new();
    }
    let selected = selected_in_sight(frame, placed);
    let size = drawn.map_or(SIZE, |drawn| drawn.size());
    let Some(at) = selected.and_then(|(rect, end)| place(frame.area, rect, end, size)) else {
        return Vec::new();
    };
    let area = Area::new(id).order(Order::Middle).fixed_pos(at).constrain(false).fade_in(false);
    let shown = area.show(&frame.context, |ui| {
        let framed = egui::Frame::popup(ui.style());
        framed.show(ui, |ui| ui.horizontal(|ui| bar_contents(ui, frame)).inner).inner
    });
    frame.context.accesskit_node_builder(id, |node| {
        node.set_role(egui::accesskit::Role::Toolbar);
        node.set_label(frame.words.on_selection());
    });
    state.offers.bar &= shown.inner.is_empty();
    shown.inner
}

fn bar_contents(ui: &mut Ui, frame: &Frame<'_>) -> Vec<Command> {
    let words = frame.words;
    ui.spacing_mut().item_spacing.x = 5.0;
    // Squares and words stand in the middle of the same height.
    ui.set_min_height(26.0);
    let mut asked = colours_ui(ui, frame, None, Command::Highlight);
    ui.separator();
    let buttons: [(&str, Word, Command); 4] = [
        ("✎", Words::note_on_selection, Command::NoteOnSelection),
        (words.copy(), Words::copy, Command::Copy),
        (words.find(), Words::find_this, find_selected(frame)),
        (words.correct(), Words::correct_this, Command::ShowPage(Some(Page::Corrections))),
    ];
    for (face, word, command) in buttons {
        let response = ui.add(Button::new(face).frame_when_inactive(false));
        let response = called(response, word(words)).on_hover_text(hint(frame, word));
        asked.extend(response.clicked().then_some(command));
    }
    asked
}

type Word = fn(Words) -> &'static str;

fn hint(frame: &Frame<'_>, word: Word) -> String {
    let keys = keys::keys_of(word, frame.context.os().is_mac());
    if keys.is_empty() { word(frame.words).to_owned() } else { format!("{} ({keys})", word(frame.words)) }
}

/// The five colours; `command` says what choosing one asks for.
fn colours_ui(
    ui: &mut Ui,
    frame: &Frame<'_>,
    chosen: Option<Colour>,
    command: impl Fn(Colour) -> Command,
) -> Vec<Command> {
    let mut asked = Vec::new();
    for colour in Colour::ALL {
        let response = swatch(ui, frame.tokens.highlight(colour), chosen == Some(colour));
        let word = highlight_word(colour);
        let response = called(response, word(frame.words)).on_hover_text(hint(frame, word));
        asked.extend(response.clicked().then(|| command(colour)));
    }
    asked
}

/// Looks for the first line of what is selected.
fn find_selected(frame: &Frame<'_>) -> Command {
    let text = frame.reader.selection_ends().span().of(frame.reader.document().text()).unwrap_or_default();
    let line = text.trim().lines().next().unwrap_or_default();
    Command::Find(line.chars().take(LONGEST_FOUND).collect())
}

/// The lines in sight on which something is selected, and the lower end of the selection.
fn selected_in_sight(frame: &Frame<'_>, placed: &[Placed]) -> Option<(Rect, Pos2)> {
    let selection = frame.reader.selection_ends().span();
    let mut lines: Option<(Rect, Pos2)> = None;
    for (placed, laid) in placed.iter().filter_map(|one| Some((one, one.laid.as_deref()?))) {
        let Some(shown) = laid.view.shown_from_source(selection) else { continue };
        let corner = pos2(frame.left, frame.area.top() + placed.top);
        for line in &laid.lines {
            let Some(part) = line.span.intersection(shown).filter(|part| !part.is_empty()) else { continue };
            let rect = Rect::from_min_size(corner + vec2(line.x, line.top), vec2(line.width, line.height));
            if !rect.intersects(frame.area) {
                continue;
            }
            let galley = galley(&frame.context, laid, line, frame.reader.glyphs());
            let x = rect.left() + x_of_byte(&laid.view.text, line.span, &galley, part.end());
            lines = Some((lines.map_or(rect, |(all, _)| all.union(rect)), pos2(x, rect.bottom())));
        }
    }
    lines
}

/// Where the bar stands: below what is selected, at its end; above or beside it where there is no room;
/// nowhere rather than on it.
fn place(area: Rect, selected: Rect, end: Pos2, size: Vec2) -> Option<Pos2> {
    let x = (end.x - size.x / 2.0).min(area.right() - size.x - GAP).max(area.left() + GAP);
    let y = end.y.min(area.bottom() - size.y - GAP).max(area.top() + GAP);
    let below = pos2(x, selected.bottom() + GAP);
    let above = pos2(x, selected.top() - GAP - size.y);
    let right = pos2(selected.right() + GAP, y);
    let left = pos2(selected.left() - GAP - size.x, y);
    let places = [below, above, right, left];
    places.into_iter().find(|at| area.contains_rect(Rect::from_min_size(*at, size)))
}

// --- the menu -------------------------------------------------------------------------------------------

fn menu_ui(ui: &mut Ui, frame: &Frame<'_>, target: Option<Target>) -> Vec<Command> {
    let Some(target) = target else { return Vec::new() };
    let mut asked = Vec::new();
    ui.set_min_width(230.0);
    if let Some(link) = target.link {
        asked.extend(menu_of_link(ui, frame, link));
        ui.separator();
    }
    if let Some((id, colour)) = target.note {
        asked.extend(menu_of_note(ui, frame, id, colour));
        ui.separator();
    }
    if !frame.reader.selection_ends().span().is_empty() {
        asked.extend(menu_of_selection(ui, frame));
        ui.separator();
    }
    asked.extend(line(ui, frame, Words::select_paragraph, &[Command::SelectParagraph(target.character)]));
    if !asked.is_empty() {
        ui.close();
    }
    asked
}

fn menu_of_link(ui: &mut Ui, frame: &Frame<'_>, link: u32) -> Vec<Command> {
    let mut asked =
        line(ui, frame, Words::follow_link, &[Command::Hyperlink(HyperlinkCommand::Follow(link))]);
    let leads_out = frame.reader.document().hyperlink_at(link).is_some_and(|link| link.address().is_some());
    if leads_out {
        let copy = Command::Hyperlink(HyperlinkCommand::CopyAt(link));
        asked.extend(line(ui, frame, Words::copy_address, &[copy]));
    }
    asked
}

fn menu_of_note(ui: &mut Ui, frame: &Frame<'_>, id: NoteId, colour: Colour) -> Vec<Command> {
    let recolour = |colour| Command::Recolour(id, colour);
    let mut asked = ui.horizontal(|ui| colours_ui(ui, frame, Some(colour), recolour)).inner;
    let open = [Command::Unselect, Command::ChooseNote(Some(id)), Command::NoteOnSelection];
    asked.extend(line(ui, frame, Words::open_note, &open));
    let choose = Command::ChooseNote(Some(id));
    let other_end = [choose.clone(), Command::Link(LinkCommand::OtherEnd)];
    asked.extend(line(ui, frame, Words::other_end, &other_end));
    let begin = [Command::Unselect, choose, Command::Link(LinkCommand::Begin)];
    asked.extend(line(ui, frame, Words::begin_link, &begin));
    asked.extend(line(ui, frame, Words::delete_note, &[Command::DeleteNote(id)]));
    asked
}

fn menu_of_selection(ui: &mut Ui, frame: &Frame<'_>) -> Vec<Command> {
    let mut asked = ui.horizontal(|ui| colours_ui(ui, frame, None, Command::Highlight)).inner;
    asked.extend(line(ui, frame, Words::note_on_selection, &[Command::NoteOnSelection]));
    asked.extend(line(ui, frame, Words::copy, &[Command::Copy]));
    asked.extend(line(ui, frame, Words::copy_as_written, &[Command::CopyAsWritten]));
    for (word, command) in [
        (Words::copy_with_place as Word, Command::Cite(CiteCommand::CopyWithPlace)),
        (Words::copy_with_reference, Command::Cite(CiteCommand::CopyWithReference)),
        (Words::begin_link, Command::Link(LinkCommand::Begin)),
        (Words::end_link, Command::Link(LinkCommand::End)),
    ] {
        asked.extend(line(ui, frame, word, &[command]));
    }
    asked.extend(line(ui, frame, Words::find_this, &[find_selected(frame)]));
    asked.extend(line(ui, frame, Words::correct_this, &[Command::ShowPage(Some(Page::Corrections))]));
    asked
}

fn line(ui: &mut Ui, frame: &Frame<'_>, word: Word, commands: &[Command]) -> Vec<Command> {
    let keys = keys::keys_of(word, frame.context.os().is_mac());
    let button = Button::new(word(frame.words)).shortcut_text(keys);
    let clicked = called(ui.add(button), word(frame.words)).clicked();
    if clicked { commands.to_vec() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws where the bar of 100 by 20 points stands in a pane of 400 by 300.
    fn check(selected: (f32, f32, f32, f32), end: (f32, f32), expected: Option<(f32, f32)>) {
        let (left, top, right, bottom) = selected;
        let selected = Rect::from_min_max(pos2(left, top), pos2(right, bottom));
        let area = Rect::from_min_size(Pos2::ZERO, vec2(400.0, 300.0));
        let at = place(area, selected, end.into(), vec2(100.0, 20.0));
        assert_eq!(at, expected.map(Into::into));
        assert!(at.is_none_or(|at| !Rect::from_min_size(at, vec2(100.0, 20.0)).intersects(selected)));
    }

    #[test]
    fn the_bar_stands_at_the_end_of_what_is_selected_and_never_on_it() {
        check((50.0, 40.0, 350.0, 100.0), (200.0, 100.0), Some((150.0, 108.0)));
        check((50.0, 40.0, 350.0, 100.0), (390.0, 100.0), Some((292.0, 108.0)));
        check((50.0, 200.0, 350.0, 290.0), (60.0, 290.0), Some((10.0, 172.0)));
        check((50.0, 0.0, 250.0, 300.0), (60.0, 300.0), Some((258.0, 272.0)));
        check((50.0, 0.0, 350.0, 300.0), (60.0, 300.0), None);
    }

    #[test]
    fn only_the_pointer_brings_the_bar() {
        let mut offers = Offers::default();
        let words = |focus| Selection { anchor: 0, focus };
        offers.follow(words(3), false);
        assert!(!offers.bar, "selected by keys");
        offers.follow(words(3), true);
        offers.follow(words(6), false);
        assert!(offers.bar);
        offers.follow(words(6), false);
        assert!(offers.bar, "as long as nothing else happens");
        offers.follow(words(9), false);
        assert!(!offers.bar, "selected further by keys");
        offers.follow(words(9), true);
        offers.follow(words(0), false);
        assert!(!offers.bar, "nothing is selected");
    }
}
