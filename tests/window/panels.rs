//! The parts around the text: their sizes, what comes into sight, what the wheel does there.

use duidu::session::{Reader, Settings, Theme};
use duidu::ui::theme::Tokens;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelUnit, Rect, TouchPhase, vec2};
use egui_kittest::kittest::{NodeT, Queryable};

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
fn a_correction_is_written_and_added_by_keys() {
    let mut trial = Trial::with_samples();
    trial.open_page("Corrections");
    for (text, key) in [("后", Key::Tab), ("後", Key::Enter)] {
        trial.harness().event(egui::Event::Text(text.to_owned()));
        trial.settle();
        trial.press(key);
    }
    let corrections = trial.reader().corrections().list();
    assert_eq!(corrections.iter().map(|one| &*one.source).collect::<Vec<_>>(), ["后"]);
}

#[test]
fn a_correction_that_was_removed_is_put_back_by_keys_or_by_a_click() {
    let mut trial = Trial::with_samples();
    trial.open_page("Corrections");
    trial.write("As written", "后");
    trial.write("Shown as (empty: kept as written)", "後");
    trial.click("Add");
    let count = |trial: &Trial| trial.reader().corrections().list().len();
    let by_keys = |trial: &mut Trial| trial.press_with(Modifiers::COMMAND, Key::Z);
    for put_back in [by_keys, |trial: &mut Trial| trial.click("Put back")] {
        trial.click("Remove the correction of 后");
        assert_eq!(count(&trial), 0);
        put_back(&mut trial);
        assert_eq!(count(&trial), 1);
    }
}

#[test]
fn the_list_of_places_follows_the_place_that_a_key_goes_to() {
    let folder = tempfile::tempdir().unwrap();
    let lines = (0..200).map(|number| format!("第{number}段說的是水閘。\n\n")).collect::<Vec<_>>().concat();
    std::fs::write(folder.path().join("水閘.md"), lines).unwrap();
    let mut trial = Trial::new();
    trial.drop_files(&[&folder.path().join("水閘.md")]);
    trial.until("it is open", |session| session.reader().is_some_and(Reader::complete));
    trial.press_with(Modifiers::COMMAND, Key::F);
    trial.write("Find", "水闸");
    trial.until("all are found", |session| {
        session.reader().is_some_and(|reader| reader.find().complete && reader.find().hits.len() == 200)
    });
    let row = |trial: &mut Trial| {
        let number = trial.reader().find().current.unwrap();
        let words = format!("第{number}段說的是水閘");
        let rows = trial.harness().query_all_by_label_contains(&words);
        rows.map(|node| node.rect()).find(|rect| rect.left() < 200.0 && rect.top() > 150.0)
    };
    for step in 0..40 {
        trial.press(Key::F3);
        let seen = row(&mut trial);
        assert!(seen.is_some_and(|rect| rect.bottom() < 768.0), "{step}: {seen:?}");
    }
    trial.press(Key::Escape);
    for _ in 0..20 {
        trial.press(Key::F3);
    }
    trial.press_with(Modifiers::COMMAND, Key::F);
    assert!(row(&mut trial).is_some_and(|rect| rect.bottom() < 768.0), "after the panel was closed");
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

/// A window with a highlight on the first word of each of some lines, the last in focus.
fn with_many_notes(count: usize) -> Trial {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::Home);
    for _ in 0..count {
        trial.press(Key::ArrowDown);
        trial.press_with(Modifiers::COMMAND, Key::ArrowRight);
        trial.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
        trial.press(Key::Num2);
    }
    assert_eq!(trial.reader().notebook().len(), count);
    trial
}

/// Where the card of the note in focus stands.
fn chosen_card(trial: &mut Trial) -> Rect {
    let id = trial.reader().note_in_focus().unwrap();
    let row = trial.reader().note_row(id).unwrap();
    let name = format!("{}, Green", row.quote.replace('\n', " "));
    let cards = trial.harness().query_all_by_role(Role::Button).filter(|node| node.rect().left() > 900.0);
    let card =
        cards.filter(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(&name)));
    card.map(|node| node.rect()).next().unwrap_or(Rect::NOTHING)
}

#[test]
fn the_card_of_the_note_in_focus_is_always_in_sight() {
    let mut trial = with_many_notes(14);
    for step in 0..14 {
        let card = chosen_card(&mut trial);
        let field = place_of(&mut trial, Role::TextInput, "Filter the notes");
        let editor = trial.harness().get_by_label("Close note").rect();
        assert!(card.top() >= field.bottom() && card.bottom() <= editor.top(), "{step}: {card:?} {editor:?}");
        trial.press(Key::OpenBracket);
    }
    trial.write_lines("Note", "一\n二\n三\n四\n五\n六\n七\n八\n九");
    let card = chosen_card(&mut trial);
    let editor = trial.harness().get_by_label("Close note").rect();
    assert!(card.bottom() <= editor.top() && card.top() > 0.0, "{card:?} {editor:?}");
}

#[test]
fn a_chosen_note_leaves_the_list_its_room() {
    let mut trial = with_many_notes(14);
    trial.settle();
    let cards = trial.names().into_iter().filter(|name| name.ends_with(", Green")).count();
    assert!(cards >= 5, "{cards}");
    let delete = place_of(&mut trial, Role::Button, "Delete note");
    assert!(delete.bottom() > 700.0, "nothing is left free below it: {delete:?}");
}

#[test]
fn the_field_for_a_tag_keeps_its_place() {
    let mut trial = with_many_notes(2);
    let field = |trial: &mut Trial| place_of(trial, Role::TextInput, "Add a tag").y_range();
    let before = field(&mut trial);
    trial.write_lines("Note", "一");
    assert_eq!(field(&mut trial), before, "while the text is written");
    trial.press(Key::Escape);
    assert_eq!(field(&mut trial), before, "and after");
    trial.write("Add a tag", "河");
    trial.press(Key::Enter);
    trial.write("Add a tag", "河");
    assert_eq!(field(&mut trial), before, "with a tag, and with one that is proposed");
}

#[test]
fn a_small_window_has_room_for_every_part_of_the_editor_and_of_the_export() {
    let mut trial = with_many_notes(2);
    trial.harness().set_size(vec2(683.0, 384.0));
    trial.harness().run_steps(12);
    let text = place_of(&mut trial, Role::MultilineTextInput, "Note");
    let tag = place_of(&mut trial, Role::TextInput, "Add a tag");
    assert!(tag.top() >= text.bottom(), "{text:?} {tag:?}");
    trial.press_with(Modifiers::COMMAND, Key::E);
    trial.harness().run_steps(12);
    let go = place_of(&mut trial, Role::Button, "Export...");
    let preview = trial.harness().get_by_label("How it begins").rect();
    let format = place_of(&mut trial, Role::RadioButton, "Template");
    assert!(go.top() >= format.bottom() && preview.top() >= go.bottom(), "{format:?} {go:?} {preview:?}");
}
