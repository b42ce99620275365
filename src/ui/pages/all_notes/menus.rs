//! The menus of the bar that filters: tags, states, kinds, days, and what was kept by name.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Button, Key, Modifiers, PopupCloseBehavior, Response, ScrollArea, TextEdit, Ui};
use jiff::civil::Date;
use jiff::{ToSpan, Zoned};

use super::filter::{toggle, wish_name};
use crate::notes::{Days, NoteKind, NoteQuery, NoteState, Tag, TagWish};
use crate::session::AllNotesCommand;
use crate::ui::notes_panel::small_sign;
use crate::ui::scene::{Scene, called, quiet};
use crate::ui::words::Words;

/// The most tags that the menu shows: whoever has more writes some characters of one.
const MOST_TAGS: usize = 200;

/// A menu that stays open while one chooses and writes in it.
fn menu_ui(ui: &mut Ui, title: &str, contents: impl FnOnce(&mut Ui)) -> Response {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    MenuButton::new(title).config(config).ui(ui, contents).0
}

/// What is wanted of tags.
pub(super) fn tags_ui(ui: &mut Ui, scene: Scene, query: &mut NoteQuery, written: &mut String) {
    let words = scene.words;
    let menu = menu_ui(ui, words.tags_menu(), |ui| {
        ui.set_min_width(260.0);
        let edit = TextEdit::singleline(written).hint_text(words.tag_hint());
        called(ui.add(edit), words.find_tag());
        ui.checkbox(&mut query.untagged, words.without_any_tag());
        ui.separator();
        let tags = scene.session.all_notes_tags();
        let fitting: Vec<Tag> = tags.completions(written, &[]);
        if fitting.is_empty() {
            quiet(ui, words.no_tags());
        }
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for tag in fitting.iter().take(MOST_TAGS) {
                ui.horizontal(|ui| wishes_ui(ui, words, query, tag));
            }
        });
    });
    called(menu, words.filter_by_tag());
}

fn wishes_ui(ui: &mut Ui, words: Words, query: &mut NoteQuery, tag: &Tag) {
    let now = query.wish(tag);
    for wish in TagWish::ALL {
        let on = now == Some(wish);
        let (name, short) = (wish_name(words, wish, tag.as_str()), wish_in_short(words, wish));
        let response = called(ui.add(Button::selectable(on, short)), &name).on_hover_text(&name);
        if response.clicked() {
            query.set_wish(tag, (!on).then_some(wish));
        }
    }
    ui.label(tag.as_str());
}

fn wish_in_short(words: Words, wish: TagWish) -> &'static str {
    match wish {
        TagWish::Needed => words.tag_needed_short(),
        TagWish::Either => words.tag_either_short(),
        TagWish::Unwanted => words.tag_unwanted_short(),
    }
}

/// In which states notes are wanted.
pub(super) fn states_ui(ui: &mut Ui, words: Words, query: &mut NoteQuery) {
    let menu = menu_ui(ui, words.states_menu(), |ui| {
        for state in NoteState::ALL {
            choice_ui(ui, state_name(words, state), &mut query.states, state);
        }
    });
    called(menu, words.filter_by_state());
}

/// Of which kinds notes are wanted.
pub(super) fn kinds_ui(ui: &mut Ui, words: Words, query: &mut NoteQuery) {
    let menu = menu_ui(ui, words.kinds_menu(), |ui| {
        for kind in NoteKind::ALL {
            choice_ui(ui, kind_name(words, kind), &mut query.kinds, kind);
        }
    });
    called(menu, words.filter_by_kind());
}

fn choice_ui<Value: PartialEq>(ui: &mut Ui, name: &str, list: &mut Vec<Value>, value: Value) {
    let mut on = list.contains(&value);
    if ui.checkbox(&mut on, name).changed() {
        toggle(list, value);
    }
}

pub(super) fn state_name(words: Words, state: NoteState) -> &'static str {
    match state {
        NoteState::Exact => words.in_place(),
        NoteState::Moved => words.moved(),
        NoteState::Unsure => words.unsure(),
        NoteState::Lost => words.lost(),
        NoteState::Unknown => words.not_looked_at(),
    }
}

pub(super) fn kind_name(words: Words, kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Highlight => words.kind_highlight(),
        NoteKind::Bookmark => words.bookmark(),
        NoteKind::WithText => words.kind_with_text(),
        NoteKind::Linked => words.kind_linked(),
    }
}

/// When notes were made or changed: written days, and the usual stretches.
pub(super) fn days_ui(ui: &mut Ui, words: Words, query: &mut NoteQuery, written: &mut [String; 4]) {
    let menu = menu_ui(ui, words.days_menu(), |ui| {
        ui.set_min_width(240.0);
        let [made_from, made_to, changed_from, changed_to] = written;
        ui.strong(words.made());
        stretches_ui(ui, words, &mut query.created, [made_from, made_to]);
        ui.separator();
        ui.strong(words.changed());
        day_ui(ui, words.changed_from(), &mut query.changed.from, changed_from);
        day_ui(ui, words.changed_to(), &mut query.changed.to, changed_to);
        quiet(ui, words.day_hint());
    });
    called(menu, words.filter_by_day());
}

fn stretches_ui(ui: &mut Ui, words: Words, days: &mut Days, [from, to]: [&mut String; 2]) {
    ui.horizontal(|ui| {
        for (name, back) in [(words.today(), 0), (words.last_week(), 6), (words.last_month(), 29)] {
            if ui.button(name).clicked() {
                let today = Zoned::now().date();
                *days = Days { from: today.checked_sub(back.days()).ok(), to: Some(today) };
                [&mut *from, &mut *to].into_iter().for_each(String::clear);
            }
        }
    });
    day_ui(ui, words.made_from(), &mut days.from, from);
    day_ui(ui, words.made_to(), &mut days.to, to);
}

/// A day as it is written; while that is no day, the one before counts.
fn day_ui(ui: &mut Ui, name: &str, day: &mut Option<Date>, written: &mut String) {
    ui.horizontal(|ui| {
        ui.label(name);
        if written.is_empty()
            && let Some(day) = day
        {
            *written = day.to_string();
        }
        let edit = TextEdit::singleline(written).hint_text("2026-01-31").desired_width(100.0);
        if called(ui.add(edit), name).changed() {
            *day = written.trim().parse().ok();
        }
    });
}

/// What was kept by name, and keeping what is shown now.
pub(super) fn saved_ui(ui: &mut Ui, scene: Scene, name: &mut String) -> Vec<AllNotesCommand> {
    let (words, session) = (scene.words, scene.session);
    let mut asked = Vec::new();
    let shown = session.saved_query_shown().map(|saved| saved.name.clone());
    let menu = menu_ui(ui, words.saved_queries(), |ui| {
        ui.set_min_width(240.0);
        for saved in session.saved_queries() {
            ui.horizontal(|ui| {
                let on = Some(&saved.name) == shown.as_ref();
                if ui.add(Button::selectable(on, saved.name.as_str())).clicked() {
                    asked.push(AllNotesCommand::UseQuery(saved.name.clone()));
                    ui.close();
                }
                if small_sign(ui, "×", &words.forget_query(&saved.name)) {
                    asked.push(AllNotesCommand::ForgetQuery(saved.name.clone()));
                }
            });
        }
        if session.saved_queries().is_empty() {
            quiet(ui, words.no_saved_queries());
        }
        ui.separator();
        asked.extend(save_ui(ui, words, name));
    });
    called(menu, words.saved_queries());
    asked
}

fn save_ui(ui: &mut Ui, words: Words, name: &mut String) -> Option<AllNotesCommand> {
    let edit = TextEdit::singleline(name).hint_text(words.query_name_hint());
    let response = called(ui.add(edit), words.query_name());
    let entered =
        response.lost_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let clicked = ui.add_enabled(!name.trim().is_empty(), Button::new(words.save_query())).clicked();
    let done = (clicked || entered) && !name.trim().is_empty();
    if done {
        ui.close();
    }
    done.then(|| AllNotesCommand::SaveQuery(std::mem::take(name)))
}
