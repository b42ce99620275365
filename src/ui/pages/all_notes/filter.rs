//! The bar that says which notes are shown.

use egui::{Id, RichText, TextEdit, Ui};
use jiff::civil::Date;

use super::menus::{self, kind_name, state_name};
use crate::notes::{Colour, Days, NoteQuery, TagWish};
use crate::session::AllNotesCommand;
use crate::ui::notes_panel::{small_sign, swatch};
use crate::ui::scene::{Scene, called, colour_name};
use crate::ui::words::Words;

/// How days that are wanted are called, and where a query has them.
type DaysWanted = (fn(Words, String) -> String, fn(&mut NoteQuery) -> &mut Days);

/// What the bar remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct FilterState {
    /// The name under which the reader wants to keep the query.
    pub(super) name: String,
    /// What is written where a tag is looked for.
    pub(super) tag: String,
    /// The four days as they are written.
    pub(super) days: [String; 4],
}

/// The field that Ctrl+F leads to.
pub(super) fn field() -> Id {
    Id::unique("filter of all notes")
}

/// Draws the bar.
pub(super) fn filter_ui(ui: &mut Ui, scene: Scene, state: &mut FilterState) -> Vec<AllNotesCommand> {
    let words = scene.words;
    let before = scene.session.all_notes_query();
    let mut query = before.clone();
    let mut asked = Vec::new();
    ui.horizontal_wrapped(|ui| {
        let edit = TextEdit::singleline(&mut query.text).id(field()).hint_text(words.all_notes_hint());
        called(ui.add(edit.desired_width(260.0)), words.filter_all_notes())
            .on_hover_text(words.phrase_hint());
        menus::tags_ui(ui, scene, &mut query, &mut state.tag);
        colours_ui(ui, scene, &mut query);
        menus::states_ui(ui, words, &mut query);
        menus::kinds_ui(ui, words, &mut query);
        menus::days_ui(ui, words, &mut query, &mut state.days);
        asked.extend(menus::saved_ui(ui, scene, &mut state.name));
        if !query.is_empty() && ui.button(words.clear_filter()).clicked() {
            query = NoteQuery::default();
            state.days = Default::default();
        }
    });
    ui.horizontal_wrapped(|ui| {
        if let Some(saved) = scene.session.saved_query_shown() {
            ui.label(RichText::new(&saved.name).small().strong());
        }
        conditions_ui(ui, words, &mut query);
    });
    if query != *before {
        asked.push(AllNotesCommand::Filter(Box::new(query)));
    }
    asked
}

fn colours_ui(ui: &mut Ui, scene: Scene, query: &mut NoteQuery) {
    for colour in Colour::ALL {
        let on = query.colours.contains(&colour);
        let name = scene.words.notes_of_colour(colour_name(scene.words, colour));
        if called(swatch(ui, scene.tokens.highlight(colour), on), &name).on_hover_text(&name).clicked() {
            toggle(&mut query.colours, colour);
        }
    }
}

/// What the menus have set, so that it is seen while they are closed; each can be taken away.
fn conditions_ui(ui: &mut Ui, words: Words, query: &mut NoteQuery) {
    for wanted in query.tags.clone() {
        let name = wish_name(words, wanted.wish, wanted.tag.as_str());
        if condition_ui(ui, words, &name) {
            query.set_wish(&wanted.tag, None);
        }
    }
    if query.untagged && condition_ui(ui, words, words.without_any_tag()) {
        query.untagged = false;
    }
    for state in query.states.clone() {
        if condition_ui(ui, words, state_name(words, state)) {
            toggle(&mut query.states, state);
        }
    }
    for kind in query.kinds.clone() {
        if condition_ui(ui, words, kind_name(words, kind)) {
            toggle(&mut query.kinds, kind);
        }
    }
    let days: [DaysWanted; 2] = [
        (Words::made_within, |query| &mut query.created),
        (Words::changed_within, |query| &mut query.changed),
    ];
    for (name, of) in days {
        let days = *of(query);
        if days != Days::default() && condition_ui(ui, words, &name(words, days_in_words(days))) {
            *of(query) = Days::default();
        }
    }
}

fn condition_ui(ui: &mut Ui, words: Words, name: &str) -> bool {
    ui.label(RichText::new(name).small());
    small_sign(ui, "×", &words.remove_condition(name))
}

/// What is wanted of a tag, in words.
pub(super) fn wish_name(words: Words, wish: TagWish, tag: &str) -> String {
    match wish {
        TagWish::Needed => words.tag_needed(tag),
        TagWish::Either => words.tag_either(tag),
        TagWish::Unwanted => words.tag_unwanted(tag),
    }
}

fn days_in_words(Days { from, to }: Days) -> String {
    let written = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    format!("{} – {}", written(from), written(to))
}

/// Takes a value into the list, or out of it.
pub(super) fn toggle<Value: PartialEq>(list: &mut Vec<Value>, value: Value) {
    let before = list.len();
    list.retain(|each| *each != value);
    if list.len() == before {
        list.push(value);
    }
}
