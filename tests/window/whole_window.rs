//! The window as a whole: opening, scripts, finding, panels, pages, languages.

use duidu::session::{Language, Page, Stage, Theme};
use duidu::text::{Form, Script};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::trial::Trial;

#[test]
fn the_welcome_opens_the_samples() {
    let mut trial = Trial::new();
    assert!(trial.shows("Open the samples"));
    trial.click("Open the samples");
    trial.until("a sample is open", |session| session.reader().is_some());
    assert!(!trial.shows("Open the samples"));
    assert!(trial.shows("Outline"));
    assert!(trial.shows("All notes saved"));
}

/// Frames until the window rests: what the world tells meanwhile makes some more.
fn rest(trial: &mut Trial) {
    let rests = (0..20).any(|_| trial.harness().try_run().is_ok());
    assert!(rests, "the window does not come to rest");
}

#[test]
fn every_control_has_a_name() {
    let mut trial = Trial::with_samples();
    rest(&mut trial);
    trial.press_with(Modifiers::COMMAND, Key::F);
    rest(&mut trial);
    for page in ["Information", "Corrections", "Settings", "Keyboard shortcuts", "Export notes"] {
        trial.open_page(page);
        rest(&mut trial);
        trial.press(Key::Escape);
    }
}

#[test]
fn the_script_is_toggled_by_key_and_by_button() {
    let mut trial = Trial::with_samples();
    trial.select_sample("rural-reading-initiative.zh-Hans.txt");
    let before = trial.reader().position();
    let simplified = first_line(&trial);
    trial.press(Key::T);
    trial.until("Traditional is shown", |session| {
        session.reader().is_some_and(|reader| reader.script().form == Form::Traditional)
    });
    let traditional = first_line(&trial);
    assert_ne!(simplified, traditional);
    assert!(trial.shows_words(&traditional), "{:?}", trial.names());
    assert_eq!(trial.reader().position(), before);
    trial.click("As written");
    assert_eq!(trial.reader().script(), Script::AS_WRITTEN);
    assert_eq!(first_line(&trial), simplified);
}

/// The first words that are shown.
fn first_line(trial: &Trial) -> String {
    let reader = trial.reader();
    let blocks = 0..reader.document().blocks().len();
    let mut visible = blocks.map(duidu::document::BlockIndex::new).filter(|&index| reader.is_visible(index));
    let view = reader.view(visible.next().unwrap()).unwrap();
    view.text.trim().chars().take(8).collect()
}

#[test]
fn finding_counts_and_steps_in_either_script() {
    let mut trial = Trial::with_samples();
    trial.select_sample("rural-reading-initiative.zh-Hans.txt");
    trial.press_with(Modifiers::COMMAND, Key::F);
    trial.write("Find", "閱讀");
    trial.until("all of it was searched", |session| session.reader().unwrap().find().complete);
    let total = trial.reader().find().hits.len();
    assert!(total > 2);
    let here = |trial: &Trial| trial.reader().find().current.unwrap() + 1;
    let count = format!("{} of {total}", here(&trial));
    assert!(trial.shows(&count), "{:?}", trial.names());
    let before = here(&trial);
    trial.press(Key::Enter);
    assert_eq!(here(&trial), before % total + 1);
    trial.press_with(Modifiers::SHIFT, Key::Enter);
    assert_eq!(here(&trial), before);
    trial.press(Key::F3);
    assert_eq!(here(&trial), before % total + 1);
    trial.press(Key::Escape);
    assert!(!trial.reader().find().open);
}

#[test]
fn letters_go_into_the_field_that_is_being_written_in() {
    let mut trial = Trial::with_samples();
    let script = trial.reader().script();
    trial.press_with(Modifiers::COMMAND, Key::F);
    trial.press(Key::T);
    assert_eq!(trial.reader().wanted_script(), script);
    trial.press(Key::Escape);
    trial.press(Key::T);
    assert_ne!(trial.reader().wanted_script(), script);
}

#[test]
fn the_outline_goes_to_a_heading_and_follows() {
    let mut trial = Trial::with_samples();
    trial.select_sample("rural-reading-initiative.zh-Hans.txt");
    let block = trial.reader().outline()[8].block;
    let name = trial.reader().heading_text(block);
    trial.click_button(&name);
    assert!(trial.reader().position() > 0);
    trial.press_with(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(trial.reader().position(), 0);
}

#[test]
fn the_text_has_the_keyboard_whenever_nothing_else_wants_it() {
    let mut trial = Trial::with_samples();
    let goes_to_the_end = |trial: &mut Trial| {
        trial.press_with(Modifiers::COMMAND, Key::End);
        assert!(trial.reader().progress() >= 1.0, "{}", trial.reader().progress());
        trial.press_with(Modifiers::COMMAND, Key::Home);
        assert!(trial.reader().progress() <= 0.0, "{}", trial.reader().progress());
    };
    goes_to_the_end(&mut trial);
    trial.press_with(Modifiers::CTRL, Key::Tab);
    goes_to_the_end(&mut trial);
    for opening in [Key::F, Key::Comma] {
        trial.press_with(Modifiers::COMMAND, opening);
        trial.press(Key::Escape);
        assert!(!trial.reader().find().open && trial.session().page().is_none());
        goes_to_the_end(&mut trial);
    }
}

#[test]
fn the_language_of_the_interface_is_switched_at_once() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::Comma);
    assert_eq!(trial.session().page(), Some(Page::Settings));
    trial.click("繁體中文");
    assert_eq!(trial.session().settings().language, Some(Language::Traditional));
    assert!(trial.shows("筆記已全部儲存"), "{:?}", trial.names());
    trial.click("简体中文");
    assert!(trial.shows("笔记已全部保存"));
    trial.click("English");
    assert!(trial.shows("All notes saved"));
}

#[test]
fn themes_and_sizes_are_set_on_the_page_of_settings() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::Comma);
    trial.click("Paper");
    assert_eq!(trial.session().settings().theme, Theme::Paper);
    trial.press(Key::Escape);
    assert_eq!(trial.session().page(), None);
    let size = trial.session().settings().text_size;
    trial.press_with(Modifiers::COMMAND, Key::Plus);
    assert!(trial.session().settings().text_size > size);
    trial.press_with(Modifiers::COMMAND, Key::Num0);
    assert!((trial.session().settings().text_size - size).abs() < f32::EPSILON);
}

#[test]
fn tabs_are_closed_and_opened_again() {
    let mut trial = Trial::with_samples();
    let count = trial.session().tabs().len();
    let first = trial.session().tabs()[0].title();
    trial.click(&format!("Close {first}"));
    assert_eq!(trial.session().tabs().len(), count - 1);
    trial.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    assert_eq!(trial.session().tabs().len(), count);
}

#[test]
fn a_dropped_file_is_opened_and_a_bad_one_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("河边笔记.txt");
    std::fs::write(&good, "河边笔记\n\n一、水\n　　水很清，鱼很多，孩子们每天都来看。\n").unwrap();
    let mut trial = Trial::new();
    trial.drop_files(&[&good, &folder.path().join("没有.txt")]);
    trial.until("both are decided", |session| {
        session.tabs().len() == 2 && !session.tabs().iter().any(|tab| matches!(tab.stage, Stage::Opening))
    });
    let failed = |session: &duidu::session::Session| {
        session.tabs().iter().filter(|tab| matches!(tab.stage, Stage::Failed(_))).count()
    };
    assert_eq!(failed(trial.session()), 1);
    trial.press_with(Modifiers::CTRL, Key::Tab);
    let failed_in_front = trial.session().reader().is_none();
    if !failed_in_front {
        trial.press_with(Modifiers::CTRL, Key::Tab);
    }
    assert!(trial.shows("This document could not be opened"));
    assert!(trial.shows_words("There is no file of this name here"), "{:?}", trial.names());
}

#[test]
fn the_page_of_information_overrules_the_encoding() {
    let mut trial = Trial::with_samples();
    trial.select_sample("classic-note.big5.txt");
    assert_eq!(trial.reader().document().origin().encoding.name, "Big5");
    trial.press_with(Modifiers::COMMAND, Key::I);
    trial.click_role(Role::ComboBox, "Encoding");
    trial.click_button("UTF-8");
    trial.until("it was read again", |session| {
        session.reader().is_some_and(|reader| reader.document().origin().encoding.name == "UTF-8")
    });
    trial.click_role(Role::ComboBox, "Encoding");
    trial.click_button("Detect");
    trial.until("it was read again", |session| {
        session.reader().is_some_and(|reader| reader.document().origin().encoding.name == "Big5")
    });
}

#[test]
fn a_long_page_is_scrolled_by_keys() {
    let mut trial = Trial::with_samples();
    trial.press(Key::F1);
    let last = |trial: &mut Trial| trial.harness().get_by_label("Quit").rect().bottom();
    let (window, below) = (768.0, last(&mut trial));
    assert!(below > window);
    trial.press(Key::ArrowDown);
    trial.press(Key::PageDown);
    assert!(last(&mut trial) < below - 300.0);
    trial.press(Key::End);
    assert!(last(&mut trial) < window);
    trial.press(Key::Home);
    assert!((last(&mut trial) - below).abs() < 1.0);
}

#[test]
fn every_setting_stands_on_the_line_of_its_name() {
    let mut trial = Trial::new();
    trial.open_page("Settings");
    let middle = |node: egui_kittest::Node<'_>| node.rect().center().y;
    let of = |trial: &mut Trial, role, name: &str| middle(trial.harness().get_by_role_and_label(role, name));
    for (role, name) in [(Role::Slider, "Text size"), (Role::SpinButton, "Earlier versions kept: the newest")]
    {
        let (label, field) = (of(&mut trial, Role::Label, name), of(&mut trial, role, name));
        assert!((label - field).abs() < 1.5, "{name}: {label} {field}");
    }
}

#[test]
fn the_end_is_reached_at_once() {
    let (mut trial, folder) = (Trial::new(), tempfile::tempdir().unwrap());
    let path = folder.path().join("table.md");
    let long = "修渠".repeat(60);
    let rows: String =
        (0..80).fold(String::new(), |rows, row| rows + &format!("| {row} | {long} | {long} | {long} |\n"));
    std::fs::write(&path, format!("| 甲 | 乙 | 丙 | 丁 |\n|---|---|---|---|\n{rows}")).unwrap();
    trial.drop_files(&[&path]);
    trial.until("it is open", |session| session.reader().is_some_and(duidu::session::Reader::complete));
    trial.press(Key::End);
    let reached = trial.reader().position();
    trial.press(Key::End);
    assert_eq!(trial.reader().position(), reached);
}
