//! Never lose anything: earlier versions and conflicts as the reader meets them.

use std::fs;
use std::path::PathBuf;

use duidu::session::Page;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::trial::Trial;

/// A document with two highlights, of which one was changed in two places at once.
fn disputed() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("渠.txt");
    fs::write(&document, "修渠三里，引水入田。\n沿渠種樹。\n").unwrap();
    let notes = "(format: 1, notes: [
        (id: \"00000000-0000-0000-0000-000000000001\", quote: \"修渠三里，引水入田。\", position: (0, 30), colour: \"yellow\",
            text: \"誰修？\", changed: \"2026-01-02T00:00:00Z\",
            conflicts: [(text: \"何時修？\", changed: \"2026-01-01T00:00:00Z\")]),
        (quote: \"沿渠種樹。\", position: (31, 46), colour: \"blue\"),
    ])";
    fs::write(folder.path().join("渠.txt.duidu.ron"), notes).unwrap();
    (folder, document)
}

fn opened() -> (tempfile::TempDir, Trial) {
    let (folder, document) = disputed();
    let mut trial = Trial::new();
    trial.drop_files(&[&document]);
    trial.until("the document is open", |session| {
        session.reader().is_some_and(|reader| reader.complete() && reader.notebook().len() == 2)
    });
    (folder, trial)
}

#[test]
fn a_note_with_two_texts_says_so_and_lets_one_choose() {
    let (_folder, mut trial) = opened();
    trial.press(Key::CloseBracket);
    assert!(trial.shows_words("changed in two places at once"), "{:?}", trial.names());
    trial.click("Keep all");
    assert!(trial.reader().notebook().conflicts().is_empty(), "{:?}", trial.names());
    let note = trial.reader().notebook().iter().next().unwrap();
    assert_eq!(note.text, "誰修？\n\n---\n\n何時修？");
    assert!(!trial.shows_words("changed in two places at once"));
    trial.press(Key::Escape);
    trial.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(trial.reader().notebook().conflicts().len(), 1);
}

#[test]
fn an_earlier_version_is_two_clicks_away() {
    let (folder, mut trial) = opened();
    trial.press(Key::CloseBracket);
    trial.press(Key::Delete);
    trial.press_with(Modifiers::COMMAND, Key::S);
    let file = folder.path().join("渠.txt.duidu.ron");
    let is_written = || fs::read_to_string(&file).is_ok_and(|text| text.contains("trash: ["));
    trial.until("the file is written", |_| is_written());
    trial.press_with(Modifiers::COMMAND, Key::Z);
    trial.press_with(Modifiers::COMMAND, Key::H);
    assert_eq!(trial.session().page(), Some(Page::Versions));
    trial.until("the versions are read", |session| {
        matches!(session.versions(), duidu::session::Versions::Read(versions) if !versions.is_empty())
    });
    assert!(trial.shows("Notes: 1") && trial.shows("since then 1 added"), "{:?}", trial.names());
    trial.click("since then 1 added");
    trial.harness().run_steps(20);
    assert!(trial.shows_words("Added: ") && trial.shows_words("Yellow"), "{:?}", trial.names());
    trial.harness().get_by_label_contains("Go back to the version of").click();
    trial.settle();
    assert!(trial.shows("Go back to this version"));
}

#[test]
fn a_document_without_versions_says_what_they_are() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::H);
    trial.until("the versions are read", |session| {
        matches!(session.versions(), duidu::session::Versions::Read(_))
    });
    assert!(trial.shows_words("There are no earlier versions yet"), "{:?}", trial.names());
}
