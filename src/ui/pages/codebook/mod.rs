//! The page of the codebook: every tag, what it means, how it is used, and what can be done to it everywhere.

mod asking;
mod details;
mod incoming;
mod list;
mod same;

use egui::{CentralPanel, Id, Key, Modifiers, Panel, TextEdit, Ui};

use self::asking::asking_ui;
use self::details::{DetailsState, details_ui};
use self::list::list_ui;
use crate::notes::{Tag, TagChange};
use crate::session::{CodebookCommand, Command, Gathering, TagRow};
use crate::ui::keys;
use crate::ui::pages::undo_ui;
use crate::ui::save_mark::save_mark;
use crate::ui::scene::{Scene, called, quiet, teaching};
use crate::ui::tag_field::{TagField, TagLook, tag_field_ui};
use crate::ui::words::Words;

/// What the page remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct CodebookState {
    filter: String,
    chosen: Option<Tag>,
    /// Whether the chosen one is to come into sight.
    follow: bool,
    new: TagField,
    details: DetailsState,
    /// What is asked about before it is done.
    asked: Option<TagChange>,
    /// Whether a shared codebook is taken in without looking at other scripts.
    as_written: bool,
}

/// The width of what is said of one tag, in points.
const DETAILS: f32 = 330.0;

/// Draws the page.
pub(super) fn codebook_ui(ui: &mut Ui, scene: Scene, state: &mut CodebookState) -> Vec<Command> {
    if let Some(asked) = incoming::incoming_ui(ui, scene, &mut state.as_written) {
        return asked;
    }
    let rows = scene.session.tag_rows();
    let mut asked: Vec<Command> = undo_ui(ui).into_iter().collect();
    asked.extend(head_ui(ui, scene, state));
    if rows.is_empty() {
        teaching(ui, scene.words.codebook_empty(keys::keys_of(Words::note_on_selection, scene.mac)));
        return asked;
    }
    let shown = shown_rows(scene, &rows, &state.filter);
    keys_ui(ui, &shown, state);
    asked.extend(asking_ui(ui, scene, state));
    let mut wanted = same::same_ui(ui, scene);
    let row = rows.iter().find(|row| Some(&row.tag) == state.chosen.as_ref());
    let details = Panel::right("codebook details").resizable(false).exact_size(DETAILS);
    details.show(ui, |ui| match row {
        Some(row) => {
            let (commands, change) = details_ui(ui, scene, row, &mut state.details);
            asked.extend(commands);
            wanted = wanted.take().or(change);
        }
        None => teaching(ui, scene.words.choose_a_tag()),
    });
    CentralPanel::no_frame().show(ui, |ui| {
        wanted = wanted.take().or(list_ui(ui, scene, &shown, state));
    });
    asked.extend(wanted.and_then(|change| propose(scene, state, change)));
    asked
}

/// Asks first where notes change or tags become one; does at once what touches nothing else.
fn propose(scene: Scene, state: &mut CodebookState, change: TagChange) -> Option<Command> {
    let reach = scene.session.reach(&change);
    if scene.session.knows_all_tags() && reach.notes == 0 && !reach.merges {
        return Some(make(state, change));
    }
    state.asked = Some(change);
    None
}

/// Makes a change; the tag that was chosen stays chosen under its new name.
fn make(state: &mut CodebookState, change: TagChange) -> Command {
    state.chosen = state.chosen.take().and_then(|tag| change.of(&tag));
    Command::Codebook(CodebookCommand::Change(change))
}

/// The filter, a field for a new tag, and sharing.
fn head_ui(ui: &mut Ui, scene: Scene, state: &mut CodebookState) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    ui.horizontal(|ui| {
        let filter =
            TextEdit::singleline(&mut state.filter).hint_text(words.filter_hint()).desired_width(200.0);
        called(ui.add(filter), words.filter_tags());
        for (word, command) in [
            (words.share_tags(), CodebookCommand::AskToShare),
            (words.fetch_tags(), CodebookCommand::AskToFetch),
        ] {
            if ui.button(word).clicked() {
                asked.push(Command::Codebook(command));
            }
        }
        quiet(ui, counting(scene));
        save_mark(ui, scene);
    });
    quiet(ui, words.new_tag());
    let look = TagLook {
        id: Id::unique("new code"),
        name: words.new_tag(),
        had: &[],
        width: 420.0,
        offers_above: false,
    };
    if let Some(tag) = tag_field_ui(ui, scene, &look, &mut state.new, &mut asked) {
        (state.chosen, state.follow) = (Some(tag.clone()), true);
        asked.push(Command::Codebook(CodebookCommand::Create(tag)));
    }
    ui.separator();
    asked
}

/// How far the counting is, while it goes on.
fn counting(scene: Scene) -> String {
    match scene.session.gathering() {
        Gathering::Running { done, all } => scene.words.counting_tags(done, all),
        Gathering::Stopped { done, all } => scene.words.gathering_stopped(done, all),
        Gathering::Unasked | Gathering::Complete => String::new(),
    }
}

/// The rows that the filter lets through: those with a name that holds its words, in whatever script.
fn shown_rows(scene: Scene, rows: &[TagRow], filter: &str) -> Vec<TagRow> {
    if filter.trim().is_empty() {
        return rows.to_vec();
    }
    let fitting = scene.session.known_tags().completions(filter.trim(), &[]);
    rows.iter().filter(|row| fitting.contains(&row.tag)).cloned().collect()
}

/// The arrows go through the list, Enter goes to the name of the tag, Delete asks about deleting it.
fn keys_ui(ui: &Ui, shown: &[TagRow], state: &mut CodebookState) {
    if ui.ctx().text_edit_focused() || state.asked.is_some() {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let here = shown.iter().position(|row| Some(&row.tag) == state.chosen.as_ref());
    let to = if pressed(Key::ArrowDown) {
        Some(here.map_or(0, |here| here + 1))
    } else if pressed(Key::ArrowUp) {
        Some(here.map_or(0, |here| here.saturating_sub(1)))
    } else {
        None
    };
    if let Some(row) = to.and_then(|to| shown.get(to)) {
        (state.chosen, state.follow) = (Some(row.tag.clone()), true);
    }
    if let Some(tag) = state.chosen.clone() {
        if pressed(Key::Enter) {
            state.details.wants_name = true;
        }
        if pressed(Key::Delete) {
            state.asked = Some(TagChange::Delete(tag));
        }
    }
}
