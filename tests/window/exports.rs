//! The page of export.

use duidu::session::{ExportFormat, ExportScope, MessageText, Session};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::trial::Trial;

/// A window with one highlight, and the page of export over it.
fn with_page() -> Trial {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.press(Key::Num2);
    trial.press_with(Modifiers::COMMAND, Key::E);
    trial
}

fn previews(session: &Session, words: &str) -> bool {
    matches!(&session.exporting().preview, Some(Ok(preview)) if preview.text.contains(words))
}

#[test]
fn the_page_shows_how_the_file_begins_in_every_format() {
    let mut trial = with_page();
    trial.until("Markdown is previewed", |session| previews(session, "\n> "));
    for (format, words) in [
        ("HTML", "Colour"),
        ("Quotations (DOCX)", "让书走近读者"),
        ("Spreadsheet (XLSX)", "Quotation │"),
        ("Plain text", "\n> "),
        ("For Duidu (RON)", "duidu-notes"),
        ("Web annotations (JSON-LD)", "@context"),
        ("Template", "title: "),
    ] {
        trial.click(format);
        trial.until(format, |session| previews(session, words));
    }
    assert!(trial.shows_words("NAME.ENDING.j2"));
}

#[test]
fn an_export_is_copied_and_its_choices_are_remembered() {
    let mut trial = with_page();
    trial.click("Plain text");
    trial.click_button("Copy");
    trial.until("it is copied", |session| {
        session.messages().iter().any(|message| message.text == MessageText::ExportCopied(1))
    });
    assert_eq!(trial.session().settings().export.format, ExportFormat::Text);
}

#[test]
fn a_document_without_notes_teaches_how_to_make_some() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND, Key::E);
    assert!(trial.shows_words("Highlight some words"), "{:?}", trial.names());
}

#[test]
fn nothing_moves_when_another_format_is_chosen() {
    let mut trial = with_page();
    let places = |trial: &mut Trial| {
        let window = trial.harness();
        let button = |name| window.query_by_role_and_label(Role::Button, name).map(|node| node.rect());
        let format = |name| window.query_by_role_and_label(Role::RadioButton, name).map(|node| node.rect());
        let [go, copy] = ["Export...", "Copy"].map(button);
        let [first, second, last] = ["HTML", "For Duidu (RON)", "Template"].map(format);
        [go, copy, first, second, last, window.query_by_label("How it begins").map(|node| node.rect())]
    };
    let before = places(&mut trial);
    assert!(before.iter().all(Option::is_some), "{before:?} {:?}", trial.names());
    for format in ["For Duidu (RON)", "HTML", "Template", "Spreadsheet (XLSX)"] {
        trial.click_role(Role::RadioButton, format);
        trial.harness().run_steps(10);
        assert_eq!(places(&mut trial), before, "{format}");
    }
}

#[test]
fn the_preview_uses_the_room_and_shows_tables_as_tables() {
    let mut trial = with_page();
    trial.until("Markdown is previewed", |session| previews(session, "\n> "));
    let title = trial.harness().get_by_label("How it begins").rect();
    let go = trial.harness().get_by_label("Export...").rect();
    assert!(go.bottom() - title.bottom() > 12.0 * 14.0, "{title:?} {go:?}");
    trial.click("Spreadsheet (XLSX)");
    trial.until("the table is previewed", |session| previews(session, "Quotation │"));
    let column =
        |trial: &mut Trial, name: &str| trial.harness().get_all_by_label(name).last().unwrap().rect().left();
    let (heading, value) = (column(&mut trial, "Colour"), column(&mut trial, "Green"));
    assert!((heading - value).abs() < 1.0, "{heading} {value}: {:?}", trial.names());
}

#[test]
fn which_notes_are_exported_is_remembered() {
    let mut trial = with_page();
    trial.click("All open documents");
    trial.click_button("Copy");
    trial.until("it is copied", |session| {
        session.messages().iter().any(|message| matches!(message.text, MessageText::ExportCopied(_)))
    });
    assert_eq!(trial.session().settings().export.scope, ExportScope::OpenDocuments);
}
