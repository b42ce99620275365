//! Working with notes: formatted text, links, bookmarks, the trash, references.

use duidu::document::Detail;
use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::Queryable as _;

use crate::trial::Trial;

/// A window with a highlight on some words of the first sample.
fn with_note() -> Trial {
    let mut trial = Trial::with_samples();
    select(&mut trial, 0);
    trial.press(Key::Num2);
    assert!(trial.reader().note_in_focus().is_some());
    trial
}

/// Selects some words of a paragraph in sight by the mouse.
fn select(trial: &mut Trial, paragraph: usize) {
    let text = trial.harness().query_all_by_role(Role::Paragraph).nth(paragraph).unwrap();
    let from = text.rect().left_top() + vec2(70.0, 14.0);
    button(trial, from, true);
    trial.harness().hover_at(from + vec2(90.0, 0.0));
    trial.settle();
    button(trial, from + vec2(90.0, 0.0), false);
    assert!(trial.reader().selection().is_some());
}

fn button(trial: &mut Trial, pos: Pos2, pressed: bool) {
    let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
    trial.harness().hover_at(pos);
    trial.harness().event(egui::Event::PointerButton { pos, button, pressed, modifiers });
    trial.settle();
}

/// The name in sight that begins with this sign.
fn named(trial: &Trial, sign: char) -> String {
    trial.names().into_iter().find(|name| name.starts_with(sign)).unwrap()
}

fn text_of_note(trial: &Trial) -> String {
    let id = trial.reader().note_in_focus().unwrap();
    trial.reader().notebook().get(id).unwrap().text.clone()
}

#[test]
fn a_note_is_shown_formatted_and_a_click_writes_on_it() {
    let mut trial = with_note();
    trial.write_lines("Note", "**河**工 [站](https://a.example/x)");
    trial.press(Key::Escape);
    assert!(!trial.shows("Note"), "the text field is gone: {:?}", trial.names());
    trial.click("站");
    assert!(trial.shows("https://a.example/x"), "the address is shown before it is opened");
    trial.click("Cancel");
    trial.click("Write on this note");
    trial.write_lines("Note", "程");
    assert!(text_of_note(&trial).contains('程'));
}

#[test]
fn two_brackets_link_to_another_note() {
    let mut trial = with_note();
    let first = trial.reader().note_in_focus().unwrap();
    trial.write_lines("Note", "甲乙");
    trial.press(Key::Escape);
    select(&mut trial, 1);
    trial.press(Key::Num3);
    trial.write_lines("Note", "參看[[甲乙");
    trial.press(Key::Enter);
    let text = text_of_note(&trial);
    assert!(text.contains(&format!("(note:{first})")), "{text}");
    trial.press(Key::Escape);
    let link = named(&trial, '⤷');
    trial.click(&link);
    assert_eq!(trial.reader().note_in_focus(), Some(first));
    assert!(trial.shows("Linked from"));
}

#[test]
fn passages_are_linked_by_keys_and_followed_by_a_click() {
    let mut trial = Trial::with_samples();
    select(&mut trial, 0);
    trial.press(Key::I);
    assert!(trial.shows_words("Link from"), "the line at the bottom says so");
    trial.press(Key::Escape);
    trial.press(Key::Escape);
    assert!(!trial.shows_words("Link from"), "Escape gives it up");

    select(&mut trial, 0);
    trial.press(Key::I);
    select(&mut trial, 1);
    trial.press_with(Modifiers::SHIFT, Key::I);
    assert!(trial.shows("Linked to this document: 1"), "{:?}", trial.names());
    let id = trial.reader().note_in_focus().unwrap();
    let end = named(&trial, '⇄');
    trial.click_button(&end);
    let reached = trial.reader().selection().unwrap();
    assert_eq!(Some(reached), Some(trial.reader().notebook().get(id).unwrap().answers[0].anchor.span));
    trial.press(Key::G);
    assert_eq!(trial.reader().selection(), None, "back at the note");
    trial.click(&format!("Remove this end of the link: {end}"));
    assert!(trial.reader().notebook().get(id).unwrap().answers.is_empty());
}

#[test]
fn a_link_leads_to_another_document() {
    let mut trial = Trial::with_samples();
    let first = trial.session().active().unwrap().id;
    select(&mut trial, 0);
    trial.press(Key::I);
    trial.press_with(Modifiers::CTRL, Key::Tab);
    select(&mut trial, 0);
    trial.press_with(Modifiers::SHIFT, Key::I);
    let id = trial.reader().note_in_focus().unwrap();
    let end = named(&trial, '⇄');
    trial.click_button(&end);
    assert_eq!(trial.session().active().unwrap().id, first);
    assert_eq!(trial.reader().far_note_in_focus(), Some(id));
    trial.press(Key::G);
    assert_eq!(trial.reader().note_in_focus(), Some(id));
}

#[test]
fn bookmarks_stand_under_the_outline_and_are_named_by_writing() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::SHIFT, Key::B);
    assert!(trial.shows_words("No bookmarks yet"), "{:?}", trial.names());
    trial.press_with(Modifiers::SHIFT, Key::B);
    select(&mut trial, 1);
    trial.press(Key::B);
    assert!(trial.shows("Bookmarks: 1"));
    trial.write_lines("Note", "河工");
    trial.press(Key::Escape);
    assert!(trial.shows("Bookmark: 河工"), "{:?}", trial.names());
    let id = trial.reader().note_in_focus();
    trial.press(Key::Escape);
    trial.press(Key::M);
    assert_eq!(trial.reader().note_in_focus(), id);
}

#[test]
fn a_deleted_note_is_taken_back_from_the_trash() {
    let mut trial = with_note();
    trial.click("Delete note");
    trial.open_page("Deleted notes");
    assert!(trial.shows("Deleted notes: 1"), "{:?}", trial.names());
    trial.click("Restore all");
    assert_eq!(trial.reader().notebook().len(), 1);
    assert!(trial.shows_words("Nothing here."));
    trial.press(Key::Escape);
    trial.press(Key::CloseBracket);
    trial.press(Key::Delete);
    trial.open_page("Deleted notes");
    trial.click("Empty...");
    assert_eq!(trial.reader().notebook().trash().len(), 1, "it asks first");
    trial.click("Delete for good");
    assert!(trial.reader().notebook().trash().is_empty());
}

#[test]
fn what_is_written_on_the_page_of_references_is_seen_in_the_reference() {
    let mut trial = Trial::with_samples();
    trial.open_page("References");
    trial.until("it is cited", |session| session.citation().is_some());
    trial.write("Authors", "林水；周禾");
    let cited = |session: &duidu::session::Session| {
        session.citation().is_some_and(|citation| citation.reference.contains("林水, 周禾"))
    };
    trial.until("the authors are in it", cited);
    assert_eq!(trial.reader().own_bibliography().unwrap().get(Detail::Authors), "林水；周禾");
    trial.click("Authors: what the document says again");
    assert!(trial.reader().own_bibliography().is_none());
    let reference = trial.session().citation().unwrap().reference.clone();
    assert!(
        trial.harness().query_all_by_label(&reference).next().is_some() || trial.shows("Copy the reference")
    );
}

#[test]
fn what_cannot_stand_in_a_reference_is_said() {
    let mut trial = Trial::with_samples();
    trial.open_page("References");
    assert!(!trial.shows_words("stays out of the reference"), "{:?}", trial.names());
    trial.write("Looked up on", "garbage");
    assert!(trial.shows_words("This is no date"), "{:?}", trial.names());
    trial.write("Address", "somewhere");
    assert!(trial.shows_words("This is no address"), "{:?}", trial.names());
    trial.until("it is cited", |session| session.citation().is_some());
    let copy = trial.harness().get_by_label("Copy the reference").rect();
    assert!(copy.bottom() < 768.0, "{copy:?}");
}

#[test]
fn a_reference_without_a_title_says_so_and_takes_the_name_of_the_file() {
    let (mut trial, folder) = (Trial::new(), tempfile::tempdir().unwrap());
    let path = folder.path().join("the ditch.txt");
    std::fs::write(&path, "水清。\n".repeat(3)).unwrap();
    trial.drop_files(&[&path]);
    trial.until("it is open", |session| session.reader().is_some_and(duidu::session::Reader::complete));
    trial.open_page("References");
    trial.until("the reference is there", |session| session.citation().is_some());
    assert!(trial.shows_words("The document gives no title"), "{:?}", trial.names());
    trial.click("Use the name of the file: the ditch");
    trial.until("it has a title", |session| {
        session.citation().is_some_and(|citation| citation.reference.contains("ditch"))
    });
    assert!(!trial.shows_words("The document gives no title"), "{:?}", trial.names());
}
