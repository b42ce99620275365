//! Notes: highlighting, writing, tags, filters, undo.

use duidu::notes::Colour;
use duidu::session::NoteFilter;
use egui::{Key, Modifiers};

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
    assert_eq!(*trial.reader().filter(), NoteFilter::default());
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
