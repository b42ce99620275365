//! The list: only the lines in sight are made.

use egui::{Key, Modifiers, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui, vec2};

use super::row::{group_name, paint_group, paint_note, row_height, spoken_name};
use crate::notes::NoteAt;
use crate::session::{AllNotesCommand, ListLine, NoteGroup};
use crate::ui::scene::{Scene, called};

/// What the list remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct ListState {
    /// The line that was scrolled to last.
    focus: Option<usize>,
    /// How much of the list is out of sight above, in points.
    offset: f32,
}

/// How wide the box is in which a line is chosen, in points.
const CHOOSING: f32 = 26.0;

/// Draws the list.
pub(super) fn list_ui(ui: &mut Ui, scene: Scene, state: &mut ListState) -> Vec<AllNotesCommand> {
    let (session, height) = (scene.session, row_height(ui));
    let lines = session.all_notes_listing().lines();
    let mut area = ScrollArea::vertical().id_salt("all notes").auto_shrink(false);
    if state.focus != session.all_notes_focus() {
        state.focus = session.all_notes_focus();
        let seen = (state.offset, ui.available_height());
        let offset = state.focus.and_then(|line| offset_to_show(line, height, seen));
        area = offset.into_iter().fold(area, ScrollArea::vertical_scroll_offset);
    }
    let mut asked = Vec::new();
    // Of the lines as they are counted, too: among a hundred thousand a little between them is a long way.
    ui.spacing_mut().item_spacing.y = 0.0;
    let scrolled = area.show_rows(ui, height, lines.len(), |ui, seen| {
        for (number, line) in seen.clone().zip(lines.get(seen).unwrap_or_default()) {
            asked.extend(line_ui(ui, scene, (number, *line), height));
        }
    });
    state.offset = scrolled.state.clamped_offset().y;
    asked
}

/// Where to scroll to so that a line is in sight; `None` where it is.
fn offset_to_show(line: usize, height: f32, (now, shown): (f32, f32)) -> Option<f32> {
    #[expect(clippy::cast_precision_loss, reason = "lines of a list, in points")]
    let top = line as f32 * height;
    if top < now {
        Some(top)
    } else if top + height > now + shown {
        Some(top + height - shown)
    } else {
        None
    }
}

fn line_ui(
    ui: &mut Ui,
    scene: Scene,
    (number, line): (usize, ListLine),
    height: f32,
) -> Vec<AllNotesCommand> {
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let (choosing, body) = rect.split_left_right_at_x(rect.left() + CHOOSING);
    let name = name_of(scene, line);
    let chosen = is_chosen(scene, number);
    let response = ui.interact(body, ui.scope_id().with(("line", number)), Sense::click());
    paint_back(ui, scene, (rect, number), &response, chosen);
    let boxed = choosing_ui(ui, scene, (choosing, number), chosen, &name);
    match line {
        ListLine::Group(group) => {
            if let Some(group) = scene.session.all_notes_listing().groups().get(group) {
                paint_group(ui, scene, group, body);
            }
        }
        ListLine::Note(at) => paint_note(ui, scene, at, body),
    }
    let clicked = called(response, &name).clicked() && !scene.behind_popup;
    boxed.into_iter().chain(clicked.then(|| asked_by_click(ui, scene, number, line)).flatten()).collect()
}

/// A click goes there; with Ctrl it chooses, with Shift all from the last one on. A group is folded.
fn asked_by_click(ui: &Ui, scene: Scene, number: usize, line: ListLine) -> Option<AllNotesCommand> {
    let modifiers = ui.input(|input| input.modifiers);
    if modifiers.shift {
        return Some(AllNotesCommand::ChooseThrough(number));
    }
    if modifiers.command {
        return Some(AllNotesCommand::Choose(number));
    }
    match line {
        ListLine::Note(at) => scene.session.collection().key(at).map(AllNotesCommand::GoTo),
        ListLine::Group(group) => group_of(scene, group).map(|group| AllNotesCommand::Fold(group.of.clone())),
    }
}

fn group_of(scene: Scene<'_>, number: usize) -> Option<&NoteGroup> {
    scene.session.all_notes_listing().groups().get(number)
}

fn name_of(scene: Scene, line: ListLine) -> String {
    match line {
        ListLine::Note(at) => spoken_name(scene, at),
        ListLine::Group(number) => {
            let group = group_of(scene, number);
            group.map_or_else(String::new, |group| group_name(scene, group))
        }
    }
}

/// More notes than this are not looked at one by one for every frame.
const MANY: usize = 2_000;

/// Whether all that a line holds is chosen; of a very large group, whether all is that is listed.
fn is_chosen(scene: Scene, line: usize) -> bool {
    let listing = scene.session.all_notes_listing();
    let notes = listing.notes_of_line(line);
    let chosen = scene.session.all_notes_chosen();
    if notes.len() > MANY {
        return chosen.len() == listing.count();
    }
    let is = |at: &NoteAt| scene.session.collection().key(*at).is_some_and(|key| chosen.contains(&key));
    !notes.is_empty() && notes.len() <= chosen.len() && notes.iter().all(is)
}

fn paint_back(ui: &Ui, scene: Scene, (rect, number): (Rect, usize), response: &Response, chosen: bool) {
    let tokens = scene.tokens;
    if chosen {
        ui.painter().rect_filled(rect, 3.0, ui.visuals().selection.bg_fill.gamma_multiply(0.35));
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 3.0, ui.visuals().widgets.hovered.weak_bg_fill);
    }
    if scene.session.all_notes_focus() == Some(number) {
        ui.painter().rect_stroke(rect.shrink(1.0), 3.0, Stroke::new(1.5, tokens.accent), StrokeKind::Inside);
    }
}

/// The box in which a line is chosen.
fn choosing_ui(
    ui: &mut Ui,
    scene: Scene,
    (rect, number): (Rect, usize),
    chosen: bool,
    name: &str,
) -> Option<AllNotesCommand> {
    let mut on = chosen;
    let place = Rect::from_center_size(rect.center(), vec2(20.0, 20.0));
    let response =
        ui.push_id(("choose", number), |ui| ui.put(place, egui::Checkbox::without_text(&mut on))).inner;
    let response = called(response, &scene.words.choose_named(name));
    let through = ui.input(|input| input.modifiers.matches_exact(Modifiers::SHIFT));
    // Space on the box is the press of a box, not the key of the list.
    let by_key = response.has_focus() && ui.input(|input| input.key_pressed(Key::Space));
    let choose = if through { AllNotesCommand::ChooseThrough } else { AllNotesCommand::Choose };
    (response.clicked() && !by_key).then(|| choose(number))
}
