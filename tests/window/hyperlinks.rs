//! Links of a document in the window: told under the pointer, asked about before they open.

use std::fs;

use duidu::session::{Language, Reader};
use egui::accesskit::Role;
use egui::{Key, Modifiers, OutputCommand, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT, Queryable as _};

use crate::trial::Trial;

const ADDRESS: &str = "https://a.example/x?y=1";

/// A document with links, in a window of that language.
fn with_links(language: Language) -> (Trial, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    let lines = "兩岸的人都認得它。\n\n".repeat(60);
    let first =
        format!("見[河訊]({ADDRESS})與[水利](#水利)，勿信[https://bank.example](https://evil.example/)。");
    fs::write(&path, format!("# 河\n\n{first}\n\n{lines}## 水利\n\n修渠三里。\n")).unwrap();
    let mut trial = Trial::in_language(language);
    trial.drop_files(&[&path]);
    trial.until("it is open", |session| session.reader().is_some_and(Reader::complete));
    (trial, folder)
}

/// A few frames, and the addresses that were opened and what was copied in them.
fn frames(trial: &mut Trial) -> (Vec<String>, Vec<String>) {
    let (mut opened, mut copied) = (Vec::new(), Vec::new());
    for _ in 0..4 {
        trial.harness().step();
        for command in &trial.harness().output().platform_output.commands {
            match command {
                OutputCommand::OpenUrl(open) => opened.push(open.url.clone()),
                OutputCommand::CopyText(text) => copied.push(text.clone()),
                _ => {}
            }
        }
    }
    (opened, copied)
}

/// The middle of the link of that name.
fn middle_of(trial: &mut Trial, name: &str) -> Pos2 {
    trial.harness().get_by_role_and_label(Role::Link, name).rect().center()
}

/// Presses and lets go a button at a place.
fn click_at(trial: &mut Trial, pos: Pos2, button: PointerButton, modifiers: Modifiers) -> Vec<String> {
    trial.harness().event(egui::Event::ModifiersChanged(modifiers));
    trial.harness().hover_at(pos);
    trial.settle();
    for pressed in [true, false] {
        trial.harness().event(egui::Event::PointerButton { pos, button, pressed, modifiers });
        trial.harness().step();
    }
    let (opened, _) = frames(trial);
    trial.harness().event(egui::Event::ModifiersChanged(Modifiers::NONE));
    opened
}

fn press_button(trial: &mut Trial, name: &str) -> (Vec<String>, Vec<String>) {
    trial.harness().get_by_role_and_label(Role::Button, name).click();
    frames(trial)
}

fn asks(trial: &Trial) -> bool {
    trial.session().asked_address().is_some()
}

#[test]
fn an_address_is_seen_under_the_pointer_and_opens_only_when_it_is_agreed_to() {
    for (language, link, open, cancel) in [
        (Language::English, "Link: 河訊", "Open it", "Cancel"),
        (Language::Simplified, "链接：河訊", "打开", "取消"),
        (Language::Traditional, "連結：河訊", "開啟", "取消"),
    ] {
        let (mut trial, _folder) = with_links(language);
        assert!(!trial.shows(ADDRESS));
        let at = middle_of(&mut trial, link);
        trial.harness().hover_at(at);
        trial.harness().run_steps(60);
        assert!(trial.shows(ADDRESS), "{:?}", trial.names());

        assert_eq!(click_at(&mut trial, at, PointerButton::Primary, Modifiers::NONE), [""; 0]);
        assert!(!asks(&trial), "a plain click is a click on text");
        assert_eq!(click_at(&mut trial, at, PointerButton::Primary, Modifiers::COMMAND), [""; 0]);
        assert!(asks(&trial) && trial.shows(ADDRESS), "{:?}", trial.names());
        assert_eq!(press_button(&mut trial, cancel).0, [""; 0]);
        assert!(!asks(&trial));

        click_at(&mut trial, at, PointerButton::Primary, Modifiers::COMMAND);
        assert_eq!(press_button(&mut trial, open).0, [ADDRESS]);
        assert!(!asks(&trial));
    }
}

#[test]
fn what_has_the_keyboard_when_it_is_asked_opens_nothing() {
    for key in [Key::Enter, Key::Escape, Key::Space] {
        let (mut trial, _folder) = with_links(Language::English);
        trial.press(Key::E);
        assert!(trial.reader().hyperlink_here().is_some());
        trial.press_with(Modifiers::COMMAND, Key::Enter);
        assert!(asks(&trial), "{:?}", trial.names());
        trial.harness().key_press(key);
        assert_eq!(frames(&mut trial).0, [""; 0], "{key:?}");
        assert!(!asks(&trial), "{key:?}");
    }
}

#[test]
fn the_address_is_copied_instead() {
    let (mut trial, _folder) = with_links(Language::English);
    trial.press(Key::E);
    trial.press_with(Modifiers::COMMAND, Key::Enter);
    let (opened, copied) = press_button(&mut trial, "Copy the address");
    assert_eq!((opened, copied), (vec![], vec![ADDRESS.to_owned()]));
    assert!(!asks(&trial));
}

#[test]
fn words_that_look_like_another_address_are_told() {
    let (mut trial, _folder) = with_links(Language::English);
    for _ in 0..3 {
        trial.press(Key::E);
    }
    trial.press_with(Modifiers::COMMAND, Key::Enter);
    let told = "The words of the link say https://bank.example, but it opens evil.example.";
    assert!(trial.shows(told), "{:?}", trial.names());
}

#[test]
fn a_link_within_the_document_goes_there_and_one_comes_back() {
    let (mut trial, _folder) = with_links(Language::English);
    let at = middle_of(&mut trial, "Link: 水利");
    click_at(&mut trial, at, PointerButton::Primary, Modifiers::COMMAND);
    assert!(!asks(&trial));
    assert!(trial.shows("修渠三里。"), "{:?}", trial.names());
    trial.press_with(Modifiers::ALT, Key::ArrowLeft);
    assert!(!trial.shows("修渠三里。") && trial.shows("Link: 河訊"));
}

#[test]
fn the_menu_of_a_link_follows_it_and_copies_its_address() {
    let (mut trial, _folder) = with_links(Language::English);
    let at = middle_of(&mut trial, "Link: 河訊");
    click_at(&mut trial, at, PointerButton::Secondary, Modifiers::NONE);
    let (opened, copied) = press_button(&mut trial, "Copy the address");
    assert_eq!((opened, copied), (vec![], vec![ADDRESS.to_owned()]));
    trial.press(Key::Escape);
    trial.press(Key::Escape);
    let at = middle_of(&mut trial, "Link: 河訊");
    click_at(&mut trial, at, PointerButton::Secondary, Modifiers::NONE);
    press_button(&mut trial, "Follow the link");
    assert!(asks(&trial), "{:?}", trial.names());
}

#[test]
fn a_highlight_over_a_link_is_chosen_by_a_plain_click() {
    let (mut trial, _folder) = with_links(Language::English);
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.press(Key::Num2);
    trial.press(Key::Escape);
    trial.press(Key::Escape);
    assert_eq!(trial.reader().note_in_focus(), None);
    let at = middle_of(&mut trial, "Link: 河訊");
    click_at(&mut trial, at, PointerButton::Primary, Modifiers::NONE);
    assert!(trial.reader().note_in_focus().is_some() && !asks(&trial));
}

#[test]
fn a_screen_reader_follows_a_link() {
    let (mut trial, _folder) = with_links(Language::English);
    trial.harness().get_by_role_and_label(Role::Link, "Link: 河訊").click_accesskit();
    trial.settle();
    assert!(asks(&trial));
    let address = trial.harness().get_by_label(ADDRESS).accesskit_node().label();
    assert_eq!(address.as_deref(), Some(ADDRESS));
}
