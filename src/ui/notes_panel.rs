//! The notes: a filter, the list in the order of the document, and under it the note in focus.

use egui::{
    Button, Color32, Panel, ProgressBar, Rangef, Rect, RichText, ScrollArea, Sense, Stroke, TextEdit, Ui,
    vec2,
};

use super::choices::{Choice, choice_list_ui};
use super::far_notes::{far_notes, far_notes_ui};
use super::heights::Heights;
use super::note_card::{Card, Look, card_rect, estimated_height};
use super::note_editor::{EditorState, editor_ui};
use super::scene::{Scene, called, colour_name, quiet, teaching};
use super::words::Words;
use super::{keys, scene};
use crate::compare::Side;
use crate::notes::{Colour, Formatted, Found, NoteId, NoteKind, NoteQuery, Tag};
use crate::session::{Command, FarNote, NoteRow, Reader, RefindingCommand, Seeking};

/// What the panel remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct NotesState {
    /// The note that was scrolled to last.
    focus: Option<NoteId>,
    followed: Followed,
    cards: Cards,
    /// What the editor remembers.
    pub(super) editor: EditorState,
}

/// Where the list was in the last frame, and where in it the card of the note in focus stood. All in points.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Followed {
    offset: f32,
    room: f32,
    card: Rangef,
}

impl Default for Followed {
    fn default() -> Self {
        Self { offset: 0.0, room: 0.0, card: Rangef::NOTHING }
    }
}

impl Followed {
    /// Whether something of the card was in sight.
    fn in_sight(self) -> bool {
        self.card.max > self.offset && self.card.min < self.offset + self.room
    }

    /// Where to scroll to so that the card is wholly in sight, its beginning if it is too high; nowhere where it is.
    fn offset_for(self) -> Option<f32> {
        let furthest = self.card.min;
        let least = (self.card.max - self.room).min(furthest);
        (self.offset < least || self.offset > furthest).then(|| self.offset.clamp(least, furthest))
    }
}

/// The notes that are listed and how high their cards are.
#[derive(Default, Debug)]
struct Cards {
    listed: Vec<NoteId>,
    width: f32,
    heights: Heights,
}

impl Cards {
    /// Takes the notes as they are listed now. Heights that were measured are kept while the list is the same.
    fn update(&mut self, ui: &Ui, reader: &Reader) {
        let width = ui.available_width();
        if self.listed == reader.listed_notes() && (self.width - width).abs() < 1.0 {
            return;
        }
        self.listed = reader.listed_notes().to_vec();
        self.width = width;
        let notes = self.listed.iter().filter_map(|id| reader.notebook().get(*id));
        self.heights = Heights::new(notes.map(|note| estimated_height(ui, note, width) + BETWEEN_CARDS));
    }

    /// Where a card begins and ends, from the top of the list, in points.
    fn place_of(&self, index: usize) -> Rangef {
        #[expect(clippy::cast_possible_truncation, reason = "points of a list of thousands of notes")]
        let top = self.heights.above(index) as f32;
        Rangef::new(top, top + self.heights.get(index) - BETWEEN_CARDS)
    }
}

/// Between two cards, in points.
const BETWEEN_CARDS: f32 = 4.0;

/// Draws the panel.
pub(super) fn notes_ui(ui: &mut Ui, scene: Scene, reader: &Reader, state: &mut NotesState) -> Vec<Command> {
    let mut asked = Vec::new();
    let far = far_notes(scene);
    if let Some((reader, row, side)) = in_focus(scene, reader, &far) {
        let height = state.editor.height_within(ui.available_height());
        let panel = Panel::bottom("note editor").exact_size(height);
        let edited = panel.show(ui, |ui| editor_ui(ui, scene, reader, &row, &mut state.editor)).inner;
        asked.extend(edited.into_iter().map(|command| match side {
            Some(side) => Command::InPane(side, Box::new(command)),
            None => command,
        }));
    } else {
        state.editor.leave();
    }
    egui::CentralPanel::no_frame().show(ui, |ui| {
        asked.extend(filter_ui(ui, scene, reader));
        asked.extend(seeking_ui(ui, scene.words, reader));
        asked.extend(far_notes_ui(ui, scene, reader, &far));
        if far.is_empty() || !reader.notebook().is_empty() {
            asked.extend(list_ui(ui, scene, reader, state));
        }
    });
    asked
}

/// The note to be edited: the one in focus, or that of the other side of a comparison which is about this side
/// too; then the side that it is kept with.
fn in_focus<'a>(
    scene: Scene<'a>,
    reader: &'a Reader,
    far: &[FarNote],
) -> Option<(&'a Reader, NoteRow, Option<Side>)> {
    if let Some(row) = reader.note_in_focus().and_then(|id| reader.note_row(id)) {
        return Some((reader, row, None));
    }
    let comparing = scene.session.comparison_in_front()?;
    let side = comparing.active_side().other();
    let other = scene.session.compared(comparing.id())?.reader(side);
    let id = other.note_in_focus().filter(|id| far.iter().any(|note| note.id == *id))?;
    Some((other, other.note_row(id)?, Some(side)))
}

fn filter_ui(ui: &mut Ui, scene: Scene, reader: &Reader) -> Vec<Command> {
    let words = scene.words;
    let (listed, total) = (reader.listed_notes().len(), reader.notebook().len());
    let mut filter = reader.filter().clone();
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.notes()).strong());
        quiet(ui, count(words, listed, total));
    });
    if total > 0 {
        let edit = TextEdit::singleline(&mut filter.text)
            .hint_text(words.filter_hint())
            .desired_width(f32::INFINITY);
        called(ui.add(edit), words.filter_notes());
        ui.horizontal_wrapped(|ui| choose_colour_and_tag(ui, scene, reader, &mut filter));
    }
    let changed = filter != *reader.filter();
    changed.then(|| Command::FilterNotes(Box::new(filter))).into_iter().collect()
}

fn count(words: Words, listed: usize, total: usize) -> String {
    match (listed, total) {
        (_, 0) => String::new(),
        (1, 1) => words.one_note().to_owned(),
        _ if listed == total => words.note_count(total),
        _ => words.notes_shown(listed, total),
    }
}

/// While notes are looked for: how far that is, and a way to end it; and to begin it again.
fn seeking_ui(ui: &mut Ui, words: Words, reader: &Reader) -> Option<Command> {
    let count = reader.unsought_notes();
    let (name, command) = match reader.seeking() {
        Seeking::Done => return None,
        Seeking::Running { done, .. } => {
            let percent = (done * 100.0).floor();
            let bar = ProgressBar::new(done).text(words.seeking_notes(count, percent));
            ui.add(bar.desired_width(ui.available_width()));
            (words.stop_seeking(), RefindingCommand::StopSeeking)
        }
        Seeking::Stopped => {
            quiet(ui, words.notes_unsought(count));
            (words.seek_notes(), RefindingCommand::Seek)
        }
    };
    ui.button(name).clicked().then_some(Command::Refinding(command))
}

fn choose_colour_and_tag(ui: &mut Ui, scene: Scene, reader: &Reader, filter: &mut NoteQuery) {
    let words = scene.words;
    for colour in Colour::ALL {
        let on = filter.colours == [colour];
        let name = words.filter_by_colour(colour_name(words, colour));
        if called(swatch(ui, scene.tokens.highlight(colour), on), &name).on_hover_text(&name).clicked() {
            filter.colours = if on { Vec::new() } else { vec![colour] };
        }
    }
    let only = filter.kinds == [NoteKind::Bookmark];
    let bookmarks = called(ui.add(Button::selectable(only, "⚑")), words.only_bookmarks());
    if bookmarks.on_hover_text(scene.hint(Words::only_bookmarks)).clicked() {
        filter.kinds = if only { Vec::new() } else { vec![NoteKind::Bookmark] };
    }
    let tags = tag_tree(reader);
    if !tags.is_empty() {
        choose_tag(ui, words, &tags, filter);
    }
    if !filter.is_empty() && ui.small_button(words.show_all_notes()).clicked() {
        *filter = NoteQuery::default();
    }
}

fn choose_tag(ui: &mut Ui, words: Words, tags: &[(Tag, usize)], filter: &mut NoteQuery) {
    let now = filter.tag().cloned();
    let shown = now.as_ref().map_or_else(|| words.any_tag().to_owned(), ToString::to_string);
    let list = egui::ComboBox::from_id_salt("tag filter").selected_text(shown).width(110.0);
    let tags = tags.iter().map(|(tag, count)| {
        let name = tag.parts().next_back().unwrap_or_default();
        let indent = "　".repeat(tag.parts().count().saturating_sub(1));
        Choice::new(Some(tag.clone()), format!("{indent}{name} ({count})"))
    });
    let offered = std::iter::once(Choice::new(None, words.any_tag())).chain(tags);
    if let (_, Some(tag)) = choice_list_ui(ui, (list, words.filter_by_tag()), &now, offered) {
        filter.set_tag(tag);
    }
}

/// Every tag and every tag above one, in order, with the number of notes within.
pub(super) fn tag_tree(reader: &Reader) -> Vec<(Tag, usize)> {
    reader.tags().iter().map(|(tag, count)| (tag.clone(), count.within)).collect()
}

/// A small square of a colour that can be clicked.
pub(super) fn swatch(ui: &mut Ui, colour: Color32, on: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::click());
    let visuals = ui.style().interact(&response);
    let frame = if on { Stroke::new(2.0, ui.visuals().text_color()) } else { visuals.bg_stroke };
    ui.painter().rect(rect.shrink(2.0), 4.0, colour, frame, egui::StrokeKind::Outside);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, on, ""));
    response
}

fn list_ui(ui: &mut Ui, scene: Scene, reader: &Reader, state: &mut NotesState) -> Vec<Command> {
    let listed = reader.listed_notes();
    if listed.is_empty() {
        teaching(ui, nothing_listed(scene, reader));
        return Vec::new();
    }
    state.cards.update(ui, reader);
    let mut area = ScrollArea::vertical().id_salt("notes").auto_shrink(false);
    if let Some(offset) = offset_to_follow(ui, reader, state) {
        area = area.vertical_scroll_offset(offset);
    }
    let shown = area.show_viewport(ui, |ui, seen| cards_ui(ui, scene, reader, &mut state.cards, seen));
    state.followed.offset = shown.state.clamped_offset().y;
    shown.inner
}

/// Draws the cards in sight. The others only have their height, which is an estimate until they are drawn.
fn cards_ui(ui: &mut Ui, scene: Scene, reader: &Reader, cards: &mut Cards, seen: Rect) -> Vec<Command> {
    let whole = card_rect(ui.max_rect().min, 0.0, (ui.available_width(), 0.0));
    ui.set_min_height(card_rect(whole.min, cards.heights.total(), (0.0, 0.0)).top() - whole.top());
    let Some((first, _)) = cards.heights.find(f64::from(seen.min.y)) else { return Vec::new() };
    let mut asked = Vec::new();
    for (index, id) in cards.listed.iter().enumerate().skip(first) {
        let Some(row) = reader.note_row(*id) else { continue };
        let card = Card::of(ui, scene, reader, &row, whole.width());
        cards.heights.set(index, card.height + BETWEEN_CARDS);
        let rect = card_rect(whole.min, cards.heights.above(index), (whole.width(), card.height));
        asked.extend(card_ui(ui, scene, reader, &row, (&card, rect)).then_some(Command::FocusNote(*id)));
        if rect.bottom() - whole.top() > seen.max.y {
            break;
        }
    }
    asked
}

fn card_ui(ui: &Ui, scene: Scene, reader: &Reader, row: &NoteRow, (card, rect): (&Card, Rect)) -> bool {
    let response = ui.interact(rect, ui.scope_id().with(row.id), Sense::click());
    let chosen = reader.note_in_focus() == Some(row.id);
    let colour = row.colour.map_or(scene.tokens.line, |colour| scene.tokens.highlight(colour));
    card.paint(ui, scene, (rect, &response), Look { chosen, colour });
    called(response, &row_name(scene.words, row)).clicked()
}

fn nothing_listed(scene: Scene, reader: &Reader) -> String {
    if reader.filter().kinds == [NoteKind::Bookmark] {
        return scene.words.no_bookmarks(keys::keys_of(Words::add_bookmark, scene.mac));
    }
    if !reader.notebook().is_empty() {
        return scene.words.notes_filtered_away().to_owned();
    }
    let keys = [Words::highlight_yellow, Words::note_on_selection].map(|word| keys::keys_of(word, scene.mac));
    scene.words.notes_empty(keys.join(" / "))
}

/// Where to scroll to when another note comes into focus, or when the card of the one in focus would go out of
/// sight because something else takes its room.
fn offset_to_follow(ui: &Ui, reader: &Reader, state: &mut NotesState) -> Option<f32> {
    let focus = reader.note_in_focus();
    let before = state.followed;
    let place = state.cards.listed.iter().position(|id| Some(*id) == focus);
    let card = place.map_or(Rangef::NOTHING, |index| state.cards.place_of(index));
    state.followed = Followed { room: ui.available_height(), card, ..before };
    if place.is_none() {
        state.focus = state.focus.filter(|_| focus.is_some());
        return None;
    }
    if state.focus != focus {
        state.focus = focus;
        let far = (card.min - ui.available_height() / 3.0).max(0.0);
        // A card that was clicked stays under the pointer.
        return if state.followed.in_sight() { state.followed.offset_for() } else { Some(far) };
    }
    let moved = state.followed != before && before.in_sight();
    moved.then(|| state.followed.offset_for()).flatten()
}

pub(super) fn quotation(words: Words, row: &NoteRow) -> String {
    if row.quote.is_empty() { words.bookmark().to_owned() } else { row.quote.replace('\n', " ") }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// What a screen reader says of a line.
fn row_name(words: Words, row: &NoteRow) -> String {
    let state = state_words(words, row.found.as_ref()).map(|(state, _)| state.to_owned());
    let colour = row.colour.map(|colour| colour_name(words, colour).to_owned());
    let parts =
        [Some(quotation(words, row)), Some(first_line(&Formatted::of(&row.text).plain())), colour, state];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// The name of a state that the reader should know of, and what it means; nothing for a note in its place.
pub(super) fn state_words(words: Words, found: Option<&Found>) -> Option<(&'static str, &'static str)> {
    match found {
        Some(Found::Exact(_)) => None,
        Some(Found::Moved { .. }) => Some((words.moved(), words.moved_hint())),
        Some(Found::Unsure { candidates }) if candidates.len() == 1 => {
            Some((words.unsure(), words.unsure_one_hint()))
        }
        Some(Found::Unsure { .. }) => Some((words.unsure(), words.unsure_hint())),
        Some(Found::Lost) => Some((words.lost(), words.lost_hint())),
        None => Some((words.unsought(), words.unsought_hint())),
    }
}

/// A row of colours, the one that is chosen framed.
pub(super) fn colours_ui(ui: &mut Ui, scene: Scene, chosen: Option<Colour>) -> Option<Colour> {
    let mut clicked = None;
    for colour in Colour::ALL {
        let name = scene::colour_name(scene.words, colour);
        let response = swatch(ui, scene.tokens.highlight(colour), chosen == Some(colour));
        if called(response, name).on_hover_text(name).clicked() {
            clicked = Some(colour);
        }
    }
    clicked
}

/// A small button without a frame.
pub(super) fn small_sign(ui: &mut Ui, sign: &str, name: &str) -> bool {
    let response = ui.add(Button::new(sign).small().frame_when_inactive(false));
    called(response, name).on_hover_text(name).clicked()
}
