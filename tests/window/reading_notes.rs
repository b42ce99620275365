//! Notes: highlighting, writing, tags, filters, undo.

use duidu::notes::Colour;
use duidu::notes::NoteQuery;
use duidu::text::Script;
use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::Queryable as _;

use crate::trial::Trial;

/// A window with one highlight on all of the first sample's text in sight.
fn with_highlight() -> Trial {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::A);
    assert!(trial.reader().selection().is_some());
    trial.press(Key::Num2);
    assert_eq!(trial.reader().notebook().len(), 1);
    trial
}

#[test]
fn a_highlight_is_made_by_one_key_and_undone() {
    let mut trial = with_highlight();
    let id = trial.reader().listed_notes()[0];
    assert_eq!(trial.reader().note_row(id).unwrap().colour, Some(Colour::Green));
    assert!(trial.shows("1 note"), "{:?}", trial.names());
    trial.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(trial.reader().notebook().len(), 0);
    trial.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(trial.reader().notebook().len(), 1);
}

#[test]
fn a_note_is_written_tagged_and_saved() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.press(Key::N);
    trial.write_lines("Note", "比較兩份倡議");
    trial.write("Add a tag", "閱讀／鄉村");
    trial.press(Key::Enter);
    let id = trial.reader().listed_notes()[0];
    let row = trial.reader().note_row(id).unwrap();
    assert_eq!(row.text, "比較兩份倡議");
    assert_eq!(row.tags.iter().map(ToString::to_string).collect::<Vec<_>>(), ["閱讀/鄉村"]);
    trial.click("Remove tag 閱讀/鄉村");
    assert!(trial.reader().note_row(id).unwrap().tags.is_empty());
    trial.until("it is saved", duidu::session::Session::all_saved);
    assert!(trial.shows("All notes saved"));
}

#[test]
fn colours_are_changed_and_notes_deleted_in_the_editor() {
    let mut trial = with_highlight();
    let id = trial.reader().listed_notes()[0];
    trial.click("Purple");
    assert_eq!(trial.reader().note_row(id).unwrap().colour, Some(Colour::Purple));
    trial.click("Delete note");
    assert!(trial.reader().notebook().is_empty());
    assert!(trial.shows_words("No notes yet"));
}

#[test]
fn the_list_is_filtered_by_colour_and_words() {
    let mut trial = with_highlight();
    trial.click("Only Blue");
    assert!(trial.reader().listed_notes().is_empty());
    assert!(trial.shows("No note fits the filter."));
    trial.click("Show all");
    assert_eq!(*trial.reader().filter(), NoteQuery::default());
    trial.write("Filter the notes", "没有这样的话");
    assert!(trial.reader().listed_notes().is_empty());
}

#[test]
fn colours_of_the_bar_highlight_by_the_mouse() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.click("Highlight in pink");
    let id = trial.reader().listed_notes()[0];
    assert_eq!(trial.reader().note_row(id).unwrap().colour, Some(Colour::Pink));
    trial.click("Bookmark this place");
    assert_eq!(trial.reader().notebook().len(), 2);
}

/// A place in the first paragraph in sight, and a click there.
fn text_of(trial: &mut Trial) -> Pos2 {
    let text = trial.harness().query_all_by_role(Role::Paragraph).next().unwrap();
    text.rect().left_top() + vec2(70.0, 14.0)
}

fn button(trial: &mut Trial, pos: Pos2, button: PointerButton, pressed: bool) {
    let modifiers = Modifiers::NONE;
    trial.harness().hover_at(pos);
    trial.harness().event(egui::Event::PointerButton { pos, button, pressed, modifiers });
}

fn click_right(trial: &mut Trial, at: Pos2) {
    button(trial, at, PointerButton::Secondary, true);
    button(trial, at, PointerButton::Secondary, false);
    trial.settle();
}

fn drag(trial: &mut Trial, from: Pos2, to: Pos2) {
    button(trial, from, PointerButton::Primary, true);
    trial.settle();
    trial.harness().hover_at(to);
    trial.settle();
    button(trial, to, PointerButton::Primary, false);
    trial.settle();
}

#[test]
fn what_the_mouse_selects_is_highlighted_beside_it() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::A);
    assert!(!trial.shows("Find these words"), "keys bring no bar");
    let at = text_of(&mut trial);
    drag(&mut trial, at, at + vec2(120.0, 0.0));
    let selected = trial.reader().selection().unwrap();
    assert!(trial.shows("Find these words"), "{:?}", trial.names());
    trial.harness().query_all_by_label("Highlight in pink").last().unwrap().click();
    trial.settle();
    let note = trial.reader().notebook().iter().next().unwrap();
    assert_eq!((note.colour, note.anchor.span), (Some(Colour::Pink), selected));
    assert!(!trial.shows("Find these words"));
    trial.press_with(Modifiers::COMMAND, Key::End);
    assert!(trial.reader().progress() >= 1.0, "the text has kept the keyboard");
}

#[test]
fn escape_takes_the_bar_away() {
    let mut trial = Trial::with_samples();
    let at = text_of(&mut trial);
    drag(&mut trial, at, at + vec2(120.0, 0.0));
    trial.click("Find these words");
    assert!(trial.reader().find().open && !trial.reader().find().text.is_empty());
    assert!(!trial.shows("Find these words"));
    trial.press(Key::Escape);
    trial.press(Key::Escape);
    assert_eq!(trial.reader().selection(), None);
}

#[test]
fn the_menu_highlights_and_changes_highlights() {
    let mut trial = Trial::with_samples();
    let at = text_of(&mut trial);
    click_right(&mut trial, at);
    assert!(trial.shows("Select the paragraph"), "{:?}", trial.names());
    trial.harness().query_all_by_label("Highlight in blue").last().unwrap().click();
    trial.settle();
    assert!(!trial.shows("Select the paragraph"));
    let colour = |trial: &Trial| trial.reader().notebook().iter().next().and_then(|note| note.colour);
    assert_eq!(colour(&trial), Some(Colour::Blue));
    click_right(&mut trial, at);
    trial.harness().query_all_by_label("Highlight in green").last().unwrap().click();
    trial.settle();
    assert_eq!(colour(&trial), Some(Colour::Green));
    click_right(&mut trial, at);
    trial.harness().query_all_by_label("Delete note").last().unwrap().click();
    trial.settle();
    assert!(trial.reader().notebook().is_empty());
}

#[test]
fn escape_only_closes_the_question_about_a_tag() {
    let mut trial = with_highlight();
    trial.write("Add a tag", "數據");
    trial.press(Key::Enter);
    let id = trial.reader().listed_notes()[0];
    trial.click("Remove tag 數據");
    trial.write("Add a tag", "別的");
    trial.press(Key::Enter);
    trial.press(Key::B);
    trial.press(Key::Escape);
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.press(Key::Num3);
    trial.write("Add a tag", "別的");
    trial.press(Key::Enter);
    trial.write("Add a tag", "别的");
    trial.press(Key::Enter);
    assert!(trial.shows_words("Is it the same"), "{:?}", trial.names());
    let other = trial.reader().note_in_focus();
    trial.press(Key::Escape);
    assert!(!trial.shows_words("Is it the same"));
    assert_eq!(trial.reader().note_in_focus(), other, "the note is still open");
    assert!(trial.values().contains(&"别的".to_owned()), "and the words are still there");
    trial.harness().event(egui::Event::Text("河".to_owned()));
    trial.settle();
    assert!(
        trial.values().contains(&"河".to_owned()),
        "what is typed takes their place: {:?}",
        trial.values()
    );
    assert_ne!(other, Some(id));
}

#[test]
fn a_tag_that_was_not_entered_does_not_wait_in_a_note_that_was_left() {
    let mut trial = with_highlight();
    trial.write("Add a tag", "半個標");
    let id = trial.reader().note_in_focus();
    trial.click("Close note");
    assert_eq!(trial.reader().note_in_focus(), None);
    trial.press(Key::CloseBracket);
    assert_eq!(trial.reader().note_in_focus(), id);
    assert!(!trial.values().contains(&"半個標".to_owned()), "{:?}", trial.values());
}

#[test]
fn a_note_that_is_not_written_on_says_that_letters_are_commands() {
    let mut trial = with_highlight();
    trial.write_lines("Note", "甲");
    assert!(!trial.shows_words("Letters are commands"));
    trial.press(Key::Escape);
    assert!(trial.shows_words("Letters are commands now. N"), "{:?}", trial.names());
    trial.press(Key::N);
    trial.harness().get_by_role_and_label(Role::MultilineTextInput, "Note").type_text("乙");
    trial.settle();
    let id = trial.reader().note_in_focus().unwrap();
    assert!(trial.reader().notebook().get(id).unwrap().text.contains('乙'));
}

/// Presses a key for one frame.
fn tap(trial: &mut Trial, key: Key) {
    trial.harness().key_press(key);
    trial.harness().step();
}

#[test]
fn what_is_typed_after_a_refused_note_is_not_taken_for_commands() {
    let mut trial = Trial::with_samples();
    for key in [Key::N, Key::B, Key::N, Key::T, Key::B] {
        tap(&mut trial, key);
    }
    let script = trial.reader().wanted_script();
    assert_eq!((trial.reader().notebook().len(), script), (0, Script::AS_WRITTEN));
    trial.settle();
    assert!(trial.shows_words("What is typed just now is not taken for commands"), "{:?}", trial.names());
    for key in [Key::N, Key::ArrowDown, Key::B] {
        tap(&mut trial, key);
    }
    assert_eq!(trial.reader().notebook().len(), 1, "it is over as soon as something else is done");
}

#[test]
fn escape_leaves_the_field_of_a_tag_and_keeps_what_is_written_in_it() {
    let mut trial = with_highlight();
    trial.write("Add a tag", "數據");
    trial.press(Key::Enter);
    trial.press(Key::Escape);
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.press(Key::Num3);
    trial.write("Add a tag", "數");
    assert!(trial.shows("#數據"), "it is proposed: {:?}", trial.names());
    assert!(!trial.shows_words("Letters are commands"), "{:?}", trial.names());
    let note = trial.reader().note_in_focus();
    let seen = |trial: &Trial| (trial.shows("#數據"), trial.shows_words("Letters are commands"));
    trial.press(Key::Escape);
    assert_eq!(seen(&trial), (false, false), "first what is proposed goes");
    trial.press(Key::Escape);
    assert_eq!(seen(&trial), (false, true), "then the field is left");
    assert_eq!(trial.reader().note_in_focus(), note);
    assert!(trial.values().contains(&"數".to_owned()), "{:?}", trial.values());
}
