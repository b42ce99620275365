//! The page of export.

use duidu::session::{ExportFormat, MessageText, Session};
use egui::{Key, Modifiers};

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
