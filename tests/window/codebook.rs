//! The codebook: tags described, renamed, made one and deleted in all documents.

use duidu::notes::{Colour, Tag};
use duidu::session::{Gathering, Page, Session};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::trial::Trial;

fn tag(written: &str) -> Tag {
    Tag::new(written).unwrap()
}

/// A note on all of the document in front, with these tags.
fn note(trial: &mut Trial, tags: &[&str]) {
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.press(Key::Num1);
    for tag in tags {
        trial.write("Add a tag", tag);
        trial.press(Key::Enter);
    }
    trial.press(Key::Escape);
}

fn open_codebook(trial: &mut Trial) {
    trial.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
    assert_eq!(trial.session().page(), Some(Page::Codebook));
    trial.until("all tags are counted", |session| session.gathering() == Gathering::Complete);
}

fn tags_of_notes(session: &Session) -> Vec<Vec<String>> {
    let notes = session.reader().unwrap().notebook().iter();
    notes.map(|note| note.tags.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn an_empty_codebook_teaches() {
    let mut trial = Trial::with_samples();
    open_codebook(&mut trial);
    assert!(trial.shows_words("No tags yet"), "{:?}", trial.names());
    trial.write("New tag", "治理／水利");
    trial.press(Key::Enter);
    assert!(trial.shows("Tag 治理") && trial.shows("Tag 治理/水利"), "{:?}", trial.names());
}

#[test]
fn a_tag_is_described_coloured_and_given_a_key_that_tags() {
    let mut trial = Trial::with_samples();
    open_codebook(&mut trial);
    trial.write("New tag", "水利");
    trial.press(Key::Enter);
    trial.write_lines("What it stands for", "堤與渠");
    trial.click("Blue");
    trial.click_role(Role::ComboBox, "Key that gives it");
    trial.click("Alt+A");
    let code = trial.session().codebook().get(&tag("水利")).cloned().unwrap();
    assert_eq!((code.description.as_str(), code.colour, code.key), ("堤與渠", Some(Colour::Blue), Some('a')));
    trial.press(Key::Escape);
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.press_with(Modifiers::ALT, Key::A);
    let made = trial.reader().notebook().iter().next().cloned().unwrap();
    assert_eq!((made.colour, made.tags), (Some(Colour::Blue), vec![tag("水利")]));
    trial.until("it is saved", Session::all_saved);
}

#[test]
fn a_tag_is_renamed_on_every_note_after_saying_so() {
    let mut trial = Trial::with_samples();
    note(&mut trial, &["水/河", "土"]);
    open_codebook(&mut trial);
    trial.click("Tag 水");
    let field = trial.harness().get_by_role_and_label(Role::TextInput, "Name of the tag");
    field.focus();
    trial.settle();
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.harness().get_by_role_and_label(Role::TextInput, "Name of the tag").type_text("山川/水");
    trial.settle();
    trial.click("Rename");
    assert!(trial.shows_words("Notes that change: 1, in 1 of your documents"), "{:?}", trial.names());
    assert_eq!(tags_of_notes(trial.session()), [["水/河", "土"]]);
    trial.click("Change everywhere");
    assert_eq!(tags_of_notes(trial.session()), [["山川/水/河", "土"]]);
    trial.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(tags_of_notes(trial.session()), [["水/河", "土"]]);
}

#[test]
fn the_same_words_in_two_scripts_are_asked_about_and_offered_to_be_one() {
    let mut trial = Trial::with_samples();
    note(&mut trial, &["數據安全"]);
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.press(Key::Num2);
    trial.write("Add a tag", "数据安全");
    trial.press(Key::Enter);
    assert!(trial.shows("It is in use as #數據安全. Is it the same?"), "{:?}", trial.names());
    trial.click("Another: #数据安全");
    open_codebook(&mut trial);
    trial.click("Make one: #數據安全");
    trial.click("Change everywhere");
    assert_eq!(tags_of_notes(trial.session()), [["數據安全"], ["數據安全"]]);
    assert!(!trial.shows_words("The same words in another script"));
}

#[test]
fn a_tag_is_deleted_alone_or_with_what_is_nested() {
    let mut trial = Trial::with_samples();
    note(&mut trial, &["水", "水/河", "火"]);
    open_codebook(&mut trial);
    trial.click("Tag 水");
    trial.click("Delete only this tag");
    trial.click("Delete");
    assert_eq!(tags_of_notes(trial.session()), [["水/河", "火"]]);
    trial.click("Tag 水");
    trial.press(Key::Delete);
    trial.click("Cancel");
    assert_eq!(tags_of_notes(trial.session()), [["水/河", "火"]]);
    trial.press(Key::Delete);
    trial.click("Delete");
    assert_eq!(tags_of_notes(trial.session()), [["火"]]);
}
