//! Leaving the program: what is not saved is saved before, and nothing is lost without a question.

use std::fs;
use std::path::PathBuf;

use egui::{Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};

use crate::trial::Trial;

/// A document with a note that is not saved yet, and where its notes belong.
fn with_a_note() -> (tempfile::TempDir, PathBuf, Trial) {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("渠.txt");
    fs::write(&document, "修渠三里，引水入田。\n沿渠種樹。\n").unwrap();
    let mut trial = Trial::new();
    trial.drop_files(&[&document]);
    trial.until("the document is open", |session| session.reader().is_some());
    (folder, document.with_file_name("渠.txt.duidu.ron"), trial)
}

fn make_note(trial: &mut Trial) {
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.press(Key::Num1);
    assert_eq!(trial.reader().notebook().len(), 1, "{:?}", trial.names());
}

/// Asks the window to close, and says what it asks the desktop for in answer.
fn close(trial: &mut Trial) -> Vec<ViewportCommand> {
    let viewport = trial.harness().input_mut().viewports.entry(ViewportId::ROOT).or_default();
    viewport.events.push(ViewportEvent::Close);
    step(trial)
}

fn step(trial: &mut Trial) -> Vec<ViewportCommand> {
    trial.harness().step();
    if let Some(viewport) = trial.harness().input_mut().viewports.get_mut(&ViewportId::ROOT) {
        viewport.events.clear();
    }
    let commands = trial.harness().output().viewport_output.get(&ViewportId::ROOT);
    commands.map(|output| output.commands.clone()).unwrap_or_default()
}

#[test]
fn what_is_not_saved_is_saved_before_the_window_closes() {
    let (_folder, notes, mut trial) = with_a_note();
    make_note(&mut trial);
    let answer = close(&mut trial);
    assert!(!answer.contains(&ViewportCommand::CancelClose), "{answer:?}");
    assert!(fs::read_to_string(notes).unwrap().contains("修渠三里"));
}

#[test]
fn a_note_that_cannot_be_saved_is_asked_about() {
    let (_folder, notes, mut trial) = with_a_note();
    fs::create_dir(&notes).unwrap();
    make_note(&mut trial);
    trial.press_with(Modifiers::COMMAND, Key::S);
    trial.until("it is told", |session| !session.messages().is_empty());
    assert!(trial.shows("Dismiss"), "{:?}", trial.names());
    assert!(close(&mut trial).contains(&ViewportCommand::CancelClose));
    trial.settle();
    assert!(trial.shows_words("Some notes are not saved yet"), "{:?}", trial.names());
    assert!(!trial.shows("Dismiss"), "no message lies over the question");
    trial.click_button("Stay");
    assert!(!trial.shows_words("Some notes are not saved yet"));
    assert!(close(&mut trial).contains(&ViewportCommand::CancelClose));
    trial.settle();
    trial.click_button("Quit anyway");
    assert!(!close(&mut trial).contains(&ViewportCommand::CancelClose));
}

/// Locks the notes as another program would that writes them, until what is answered is dropped.
fn hold(trial: &Trial) -> Vec<fs::File> {
    let locks = fs::read_dir(trial.home().join("data/locks")).unwrap();
    let files: Vec<fs::File> = locks.map(|lock| fs::File::open(lock.unwrap().path()).unwrap()).collect();
    for file in &files {
        file.lock().unwrap();
    }
    files
}

#[test]
fn saving_that_takes_long_is_shown_and_then_the_window_closes() {
    let (_folder, notes, mut trial) = with_a_note();
    make_note(&mut trial);
    trial.press_with(Modifiers::COMMAND, Key::S);
    trial.until("the note is written", |_| notes.exists());
    let held = hold(&trial);
    assert!(!held.is_empty());
    trial.press_with(Modifiers::COMMAND, Key::Z);
    assert!(close(&mut trial).contains(&ViewportCommand::CancelClose));
    trial.settle();
    assert!(trial.shows("Saving...") && trial.shows("Quit anyway"), "{:?}", trial.names());
    drop(held);
    let closes = (0..1_000).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        step(&mut trial).contains(&ViewportCommand::Close)
    });
    assert!(closes);
    assert!(!fs::read_to_string(notes).unwrap().contains("修渠三里"), "the note was taken back");
}
