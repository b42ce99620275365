//! The note in focus: its quotation and state, its colour, its tags, its text.

use egui::{Frame, Id, Panel, RichText, ScrollArea, Ui};

use super::far_notes::far_end_text;
use super::note_place::place_ui;
use super::note_text::{NoteTextState, linked_from_ui};
use super::notes_panel::{colours_ui, small_sign};
use super::scene::{Scene, called, document_text, quiet};
use super::tag_field::{TagField, TagLook, tag_dot, tag_field_ui};
use crate::notes::NoteId;
use crate::session::{Choice, Command, LinkCommand, NoteRow, Reader};

/// What the editor remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct EditorState {
    /// What the note says.
    pub(super) text: NoteTextState,
    /// The tag being written.
    tag: TagField,
    /// The note that the tag is being written for.
    note: Option<NoteId>,
    /// How high everything was in the last frame that belongs to the note, in points.
    wanted: Option<f32>,
}

/// How high the editor is at least, and before anything was drawn, in points.
const LEAST_HEIGHT: f32 = 160.0;
const FIRST_HEIGHT: f32 = 300.0;

/// What stands between its parts and around them, in points.
const MARGINS: f32 = 14.0;

/// In a lower editor, in points, all of it scrolls together.
const ROOM_FOR_FOOT: f32 = 230.0;

/// How much of the panel the editor takes at most: the rest is the list's.
const MOST_OF_PANEL: f32 = 0.64;

impl EditorState {
    /// How high the editor is in a panel that is so high: as high as what is in it.
    pub(super) fn height_within(&self, room: f32) -> f32 {
        let most = (room * MOST_OF_PANEL).max(LEAST_HEIGHT);
        self.wanted.unwrap_or(FIRST_HEIGHT).clamp(LEAST_HEIGHT, most)
    }

    /// No note is in focus: what was not entered is gone.
    pub(super) fn leave(&mut self) {
        self.note = None;
        self.tag = TagField::default();
    }

    /// Whether something is asked that Escape answers.
    pub(super) fn is_asking(&self) -> bool {
        self.tag.is_asking()
    }
}

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
        state.tag = TagField::default();
    }
    let mut asked = Vec::new();
    let (top, room) = (ui.cursor().top(), ui.available_height());
    asked.extend(head(ui, scene, reader, row));
    let mut wanted = ui.cursor().top() - top + MARGINS;
    let foot_is_apart = room >= ROOM_FOR_FOOT;
    if foot_is_apart {
        // Below everything else, so that it stands still whatever becomes longer above it.
        let foot = Panel::bottom("note tags").frame(Frame::NONE).show_separator_line(false);
        let foot = foot.show(ui, |ui| foot_ui(ui, scene, row, state));
        asked.extend(foot.inner);
        wanted += foot.response.rect.height();
    }
    let middle = ScrollArea::vertical().id_salt("note editor").auto_shrink(false).show(ui, |ui| {
        asked.extend(place_ui(ui, scene, reader, row));
        asked.extend(conflicts_ui(ui, scene, row));
        asked.extend(state.text.text_ui(ui, scene, row));
        asked.extend(linked_from_ui(ui, scene, row));
        if !foot_is_apart {
            asked.extend(foot_ui(ui, scene, row, state));
        }
    });
    wanted += middle.content_size.y;
    if state.wanted.is_none_or(|before| (before - wanted).abs() > 0.5) {
        ui.ctx().request_repaint();
    }
    state.wanted = Some(wanted);
    asked
}

/// The tags, a field for another one, and the way to delete the note.
fn foot_ui(ui: &mut Ui, scene: Scene, row: &NoteRow, state: &mut EditorState) -> Vec<Command> {
    let mut asked = tags_ui(ui, scene, row, state);
    ui.add_space(4.0);
    if ui.button(scene.words.delete_note()).clicked() {
        asked.push(Command::DeleteNote(row.id));
    }
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
    quoted_ui(ui, scene, reader, row);
    asked.extend(ends_ui(ui, scene, row));
    asked
}

/// What it quotes, on one line, and before it the page and the clause.
fn quoted_ui(ui: &mut Ui, scene: Scene, reader: &Reader, row: &NoteRow) {
    let quote = document_text(row.quote.replace('\n', " "), reader.glyphs()).weak();
    let quote = egui::Label::new(quote).truncate();
    match (row.locus.as_str(), row.quote.as_str()) {
        ("", "") => {}
        ("", _) => {
            ui.add(quote);
        }
        (locus, _) => {
            ui.horizontal(|ui| {
                ui.label(document_text(locus, reader.glyphs()).small().color(scene.tokens.quiet));
                ui.add(quote);
            });
        }
    }
}

/// Other texts of the note, of which the reader has not chosen yet.
fn conflicts_ui(ui: &mut Ui, scene: Scene, row: &NoteRow) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    if row.conflicts.is_empty() {
        return asked;
    }
    let mut choose = |clicked: bool, choice| {
        asked.extend(clicked.then_some(Command::ChooseText(row.id, choice)));
    };
    ui.label(RichText::new(words.two_texts()).color(scene.tokens.warning));
    quiet(ui, words.two_texts_hint());
    ui.horizontal_wrapped(|ui| {
        choose(ui.button(words.keep_own_text()).clicked(), Choice::Own);
        choose(ui.button(words.keep_all_texts()).clicked(), Choice::All);
    });
    for (index, other) in row.conflicts.iter().enumerate() {
        let moment = scene.session.written_moment(other.changed);
        quiet(ui, words.other_text_of(&moment));
        let text = if other.text.is_empty() { words.other_text_empty() } else { &other.text };
        Frame::group(ui.style()).show(ui, |ui| ui.add(egui::Label::new(text).wrap()));
        let take = called(ui.button(words.take_other_text()), &words.take_other_text_of(&moment));
        choose(take.clicked(), Choice::Other(index));
    }
    ui.separator();
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

fn tags_ui(ui: &mut Ui, scene: Scene, row: &NoteRow, state: &mut EditorState) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    ui.horizontal_wrapped(|ui| {
        for tag in &row.tags {
            tag_dot(ui, scene, tag);
            ui.label(format!("#{tag}"));
            if small_sign(ui, "×", &words.remove_tag(tag)) {
                asked.push(Command::RemoveTag(row.id, tag.clone()));
            }
        }
    });
    quiet(ui, words.add_tag());
    let look = TagLook {
        id: Id::unique(("new tag", row.id)),
        name: words.add_tag(),
        had: &row.tags,
        width: f32::INFINITY,
        offers_above: true,
    };
    let tag = tag_field_ui(ui, scene, &look, &mut state.tag, &mut asked);
    asked.extend(tag.map(|tag| Command::AddTag(row.id, tag)));
    asked
}
