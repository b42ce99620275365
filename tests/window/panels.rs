//! The parts around the text: their sizes, what comes into sight, what the wheel does there.

use duidu::session::{Settings, Theme};
use duidu::ui::theme::Tokens;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelUnit, Rect, TouchPhase, vec2};
use egui_kittest::kittest::Queryable;

use crate::trial::{Trial, window_within};

/// Where the control of that role and name stands.
fn place_of(trial: &mut Trial, role: Role, name: &str) -> Rect {
    trial.harness().get_by_role_and_label(role, name).rect()
}

#[test]
fn the_panel_of_finding_keeps_its_width() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::F);
    trial.write("Find", "阅读");
    let before = place_of(&mut trial, Role::TextInput, "Find");
    trial.harness().run_steps(30);
    assert_eq!(place_of(&mut trial, Role::TextInput, "Find"), before);
}

#[test]
fn a_page_is_as_high_as_what_is_in_it_whatever_was_open_before() {
    let mut trial = Trial::with_samples();
    trial.open_page("Doubtful characters");
    trial.press(Key::Escape);
    trial.open_page("Corrections");
    trial.write("As written", "后");
    trial.write("Shown as (empty: kept as written)", "後");
    trial.click("Add");
    assert_eq!(trial.reader().corrections().list().len(), 1);
}

#[test]
fn a_notch_of_the_wheel_is_a_step_of_the_text_size() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::Plus);
    let by_key = trial.session().settings().text_size;
    trial.press_with(Modifiers::COMMAND, Key::Num0);
    trial.harness().event(Event::MouseWheel {
        source: egui::MouseWheelSource::Wheel,
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, 1.0),
        phase: TouchPhase::Move,
        modifiers: Modifiers::COMMAND,
    });
    trial.settle();
    assert!((trial.session().settings().text_size - by_key).abs() < f32::EPSILON);
}

#[test]
fn the_active_tab_comes_into_sight() {
    let mut trial = Trial::with_samples();
    trial.harness().set_size(vec2(720.0, 600.0));
    for _ in 0..trial.session().tabs().len() {
        trial.press_with(Modifiers::CTRL, Key::Tab);
        trial.harness().run_steps(30);
        let title = trial.session().active().unwrap().title();
        let close = place_of(&mut trial, Role::Button, &format!("Close {title}"));
        assert!(close.left() > 0.0 && close.right() < 720.0, "{title}: {close:?}");
    }
}

#[test]
fn a_narrow_window_has_room_for_one_panel() {
    let mut trial = Trial::with_samples();
    let notes = |trial: &Trial| trial.shows_words("No notes yet");
    let outline = |trial: &mut Trial| {
        let block = trial.reader().outline()[1].block;
        let heading = trial.reader().heading_text(block);
        trial.harness().query_by_role_and_label(Role::Button, &heading).is_some()
    };
    assert!(notes(&trial) && outline(&mut trial));
    trial.harness().set_size(vec2(720.0, 600.0));
    trial.settle();
    assert!(!notes(&trial) && outline(&mut trial));
    trial.press(Key::F10);
    assert!(notes(&trial) && !outline(&mut trial));
    trial.press(Key::F9);
    assert!(!notes(&trial) && outline(&mut trial));
    trial.press(Key::F9);
    assert!(!notes(&trial) && !outline(&mut trial));
}

#[test]
fn the_scripts_fold_into_one_button_where_there_is_no_room() {
    let mut trial = Trial::with_samples();
    assert!(trial.harness().query_by_label("As written").is_some());
    trial.harness().set_size(vec2(600.0, 600.0));
    trial.settle();
    assert!(trial.harness().query_by_label("As written").is_none());
    trial.click("Script");
    trial.click("As written");
    let find = place_of(&mut trial, Role::Button, "Find");
    assert!(find.left() > 0.0 && find.right() < 600.0, "{find:?}");
}

#[test]
fn a_file_without_text_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("空.txt");
    std::fs::write(&empty, " \n").unwrap();
    let mut trial = Trial::new();
    trial.drop_files(&[&empty]);
    trial.until("it is open", |session| session.reader().is_some());
    assert!(trial.shows("The file holds no text."), "{:?}", trial.names());
}

#[test]
fn what_was_set_aside_is_counted_and_shown() {
    let mut trial = Trial::with_samples();
    trial.select_sample("river-repair-notice.zh-Hans.html");
    let blocks = trial.reader().document().blocks();
    let count = blocks.iter().filter(|block| block.kind.aside().is_some()).count();
    trial.click(&format!("{count} set aside"));
    assert!(trial.reader().asides());
    trial.press(Key::F8);
    assert!(!trial.reader().asides());
}

#[test]
fn the_theme_counts_before_the_first_frame() {
    let folder = tempfile::tempdir().unwrap();
    for theme in [Theme::Dark, Theme::Light, Theme::Paper] {
        let context = egui::Context::default();
        window_within(folder.path(), Settings { theme, ..Settings::default() }).install(&context);
        assert_eq!(context.global_style().visuals.panel_fill, Tokens::of(theme, false).panel);
    }
}

#[test]
fn a_card_is_as_high_as_what_is_in_it() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.press(Key::Num1);
    trial.press(Key::Escape);
    trial.press(Key::B);
    trial.press(Key::Escape);
    let card = |trial: &mut Trial, words: &str| trial.harness().get_by_label_contains(words).rect();
    let (long, short) = (card(&mut trial, ", Yellow"), trial.harness().get_by_label("Bookmark").rect());
    assert!(long.height() > short.height(), "{long:?} {short:?}");
    assert!(!long.intersects(short), "{long:?} {short:?}");
}
