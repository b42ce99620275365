//! One tag: its name, what it means, its colour and key, and what can be done to it.

use egui::{CollapsingHeader, ComboBox, Id, Key, Modifiers, ScrollArea, TextEdit, Ui};

use crate::notes::{Code, NoteQuery, Tag, TagChange, TagWish, WantedTag};
use crate::session::{AllNotesCommand, CodebookCommand, Command, Page, Place, TagRow};
use crate::ui::choices::{Choice, choice_list_ui};
use crate::ui::keys;
use crate::ui::notes_panel::colours_ui;
use crate::ui::scene::{Scene, called, quiet};
use crate::ui::tag_field::{TagField, TagLook, tag_dot, tag_field_ui};

/// What is being written of a tag.
#[derive(Default, Debug)]
pub(super) struct DetailsState {
    /// The tag that the rest is about.
    of: Option<Tag>,
    name: String,
    /// Whether the name is to have the keyboard.
    pub(super) wants_name: bool,
    other: TagField,
    /// Where it is to go.
    target: Option<Tag>,
}

/// Draws what there is to say of a tag. Answers with commands, and with a change to be asked about.
pub(super) fn details_ui(
    ui: &mut Ui,
    scene: Scene,
    row: &TagRow,
    state: &mut DetailsState,
) -> (Vec<Command>, Option<TagChange>) {
    if state.of.as_ref() != Some(&row.tag) {
        let (of, name) = (Some(row.tag.clone()), row.tag.to_string());
        *state = DetailsState { of, name, wants_name: state.wants_name, ..DetailsState::default() };
    }
    let code = row.code.clone().unwrap_or_else(|| Code::new(row.tag.clone()));
    let mut asked = Vec::new();
    let area = ScrollArea::vertical().id_salt("code").auto_shrink(false);
    let change = area.show(ui, |ui| {
        let renamed = name_ui(ui, scene, row, state);
        asked.extend(description_ui(ui, scene, &code));
        asked.extend(colour_ui(ui, scene, &code));
        asked.extend(key_ui(ui, scene, &code));
        ui.separator();
        asked.extend(uses_ui(ui, scene, row));
        let moved = move_ui(ui, scene, row, state, &mut asked);
        renamed.or(moved).or(delete_ui(ui, scene, row))
    });
    (asked, change.inner)
}

/// The whole tag: writing another one renames it with all that is nested in it.
fn name_ui(ui: &mut Ui, scene: Scene, row: &TagRow, state: &mut DetailsState) -> Option<TagChange> {
    let words = scene.words;
    ui.horizontal(|ui| {
        tag_dot(ui, scene, &row.tag);
        quiet(ui, words.tag_name());
    });
    let id = Id::unique("name of the tag");
    let entered = ui.memory(|memory| memory.has_focus(id))
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let edit = TextEdit::singleline(&mut state.name).id(id).desired_width(f32::INFINITY);
    let response = called(ui.add(edit), words.tag_name());
    if std::mem::take(&mut state.wants_name) {
        response.request_focus();
    }
    let Ok(to) = Tag::new(&state.name) else {
        quiet(ui, words.not_a_tag());
        return None;
    };
    if to == row.tag {
        return None;
    }
    let clicked = ui.button(words.rename_tag()).clicked();
    (clicked || entered).then(|| TagChange::Move { from: row.tag.clone(), to })
}

fn description_ui(ui: &mut Ui, scene: Scene, code: &Code) -> Option<Command> {
    let mut said = code.description.clone();
    let edit = TextEdit::multiline(&mut said)
        .id(Id::unique(("description", &code.tag)))
        .hint_text(scene.words.tag_description_hint())
        .desired_width(f32::INFINITY)
        .desired_rows(4);
    quiet(ui, scene.words.tag_description());
    let response = called(ui.add(edit), scene.words.tag_description());
    response.changed().then(|| Command::Codebook(CodebookCommand::Describe(code.tag.clone(), said)))
}

fn colour_ui(ui: &mut Ui, scene: Scene, code: &Code) -> Option<Command> {
    quiet(ui, scene.words.tag_colour());
    let mut chosen = None;
    ui.horizontal(|ui| {
        chosen = colours_ui(ui, scene, code.colour).map(Some);
        if code.colour.is_some() && ui.small_button(scene.words.no_colour()).clicked() {
            chosen = Some(None);
        }
    });
    chosen.map(|colour| Command::Codebook(CodebookCommand::Colour(code.tag.clone(), colour)))
}

/// The keys that nothing else has. One that another tag has goes from there to here.
fn key_ui(ui: &mut Ui, scene: Scene, code: &Code) -> Option<Command> {
    let words = scene.words;
    quiet(ui, words.tag_key());
    let written = |key: char| {
        let keys = keys::keys_of_tag(key).map(|keys| keys::written(keys, scene.mac)).unwrap_or_default();
        let other = scene.session.codebook().at_key(key).filter(|other| other.tag != code.tag);
        other.map_or(keys.clone(), |other| format!("{keys} (#{})", other.tag))
    };
    let name = |key: Option<char>| key.map_or_else(|| words.no_key().to_owned(), written);
    let list = ComboBox::from_id_salt("key of the tag").selected_text(name(code.key));
    let offered = std::iter::once(None).chain(keys::keys_for_tags().map(Some));
    let offered = offered.map(|key| Choice::new(key, name(key)));
    let (_, chosen) = choice_list_ui(ui, (list, words.tag_key()), &code.key, offered);
    chosen.map(|key| Command::Codebook(CodebookCommand::Key(code.tag.clone(), key)))
}

fn uses_ui(ui: &mut Ui, scene: Scene, row: &TagRow) -> Vec<Command> {
    quiet(ui, scene.words.tag_use(row.used.within, row.used.documents));
    let mut asked = documents_ui(ui, scene, row);
    if row.used.within == 0 || !ui.button(scene.words.show_notes_of_tag()).clicked() {
        return asked;
    }
    let tags = vec![WantedTag { tag: row.tag.clone(), wish: TagWish::Needed }];
    let query = NoteQuery { tags, ..NoteQuery::default() };
    asked.push(Command::ShowPage(Some(Page::AllNotes)));
    asked.push(Command::AllNotes(AllNotesCommand::Filter(Box::new(query))));
    asked
}

/// In which documents the tag is used; a click opens one.
fn documents_ui(ui: &mut Ui, scene: Scene, row: &TagRow) -> Vec<Command> {
    let mut asked = Vec::new();
    if row.used.documents == 0 {
        return asked;
    }
    CollapsingHeader::new(scene.words.documents_of_tag()).id_salt("documents of the tag").show(ui, |ui| {
        for document in scene.session.documents_of_tag(&row.tag) {
            let name = format!("{}: {}", document.title, document.notes);
            let open = egui::Button::new(name).truncate().frame_when_inactive(false);
            if ui.add_enabled(!document.place.is_empty(), open).clicked() {
                asked.push(Command::Open(vec![Place::from_words(&document.place)]));
                asked.push(Command::ShowPage(None));
            }
        }
    });
    asked
}

/// Where the tag is to go: first another tag is chosen, then what it has to do with that.
fn move_ui(
    ui: &mut Ui,
    scene: Scene,
    row: &TagRow,
    state: &mut DetailsState,
    asked: &mut Vec<Command>,
) -> Option<TagChange> {
    let words = scene.words;
    quiet(ui, words.move_tag_to());
    let had = [row.tag.clone()];
    let look = TagLook {
        id: Id::unique("where the tag goes"),
        name: words.move_tag_to(),
        had: &had,
        width: f32::INFINITY,
        offers_above: false,
    };
    if let Some(target) = tag_field_ui(ui, scene, &look, &mut state.other, asked) {
        state.target = Some(target);
    }
    let mut to = None;
    ui.horizontal_wrapped(|ui| {
        if let Some(target) = state.target.clone().filter(|target| !target.is_within(&row.tag)) {
            if ui.button(words.nest_in(&target)).clicked() {
                to = target.nested(row.tag.name());
            }
            if ui.button(words.make_one(&target)).clicked() {
                to = Some(target);
            }
        }
        if row.tag.parent().is_some() && ui.button(words.not_nested()).clicked() {
            to = Tag::new(row.tag.name()).ok();
        }
    });
    let to = to.filter(|to| *to != row.tag)?;
    Some(TagChange::Move { from: row.tag.clone(), to })
}

fn delete_ui(ui: &mut Ui, scene: Scene, row: &TagRow) -> Option<TagChange> {
    let words = scene.words;
    let known = scene.session.known_tags();
    let nests = known.iter().any(|tag| *tag != row.tag && tag.is_within(&row.tag));
    ui.separator();
    let mut change = None;
    ui.horizontal_wrapped(|ui| {
        if ui.button(if nests { words.delete_tag_nested() } else { words.delete_tag() }).clicked() {
            change = Some(TagChange::Delete(row.tag.clone()));
        }
        if nests && ui.button(words.delete_tag_alone()).clicked() {
            change = Some(TagChange::DeleteAlone(row.tag.clone()));
        }
    });
    change
}
