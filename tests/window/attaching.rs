//! Notes that lost their document, notes that arrive later, notes that another program took away.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use duidu::session::{Page, Seeking};
use egui::{Key, Modifiers};

use crate::trial::Trial;

/// So many sentences of characters that look like chance, so that no two are alike.
fn sentences(count: usize) -> Vec<String> {
    let mut state = 1_u32;
    let mut character = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4E00 + (state >> 16) % 4_000).unwrap()
    };
    (0..count).map(|_| (0..16).map(|_| character()).chain(['。']).collect()).collect()
}

/// A file of notes beside `document`, one on each of these sentences, as they stood in a text of them alone.
fn write_notes(document: &Path, sentences: &[String]) {
    let mut notes = String::new();
    let mut start = 0;
    for (index, sentence) in sentences.iter().enumerate() {
        let end = start + sentence.len();
        write!(
            notes,
            "(id: \"00000000-0000-0000-0000-{index:012}\", quote: \"{sentence}\", position: ({start}, {end}), colour: \"blue\"),"
        )
        .unwrap();
        start = end + 1;
    }
    let path =
        document.with_file_name(format!("{}.duidu.ron", document.file_name().unwrap().to_str().unwrap()));
    fs::write(path, format!("(format: 1, notes: [{notes}])")).unwrap();
}

/// A document of these sentences after a new beginning.
fn write_changed(document: &Path, sentences: &[String]) {
    fs::write(document, format!("新寫的開頭。\n\n{}\n", sentences.join("\n\n"))).unwrap();
}

fn opened(trial: &mut Trial, document: &Path) {
    trial.drop_files(&[document]);
    trial.until("the document is open", |session| {
        session.reader().is_some_and(duidu::session::Reader::complete)
    });
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    (folder, root)
}

#[test]
fn notes_of_a_renamed_and_edited_document_are_offered_and_attached() {
    let (_folder, root) = folder();
    let sentences = sentences(4);
    write_notes(&root.join("舊.txt"), &sentences);
    write_changed(&root.join("新.txt"), &sentences[1..]);
    let mut trial = Trial::new();
    opened(&mut trial, &root.join("新.txt"));
    trial.until("the notes are offered", |session| !session.messages().is_empty());
    assert!(trial.shows_words("3 of 4 notes on 舊.txt"), "{:?}", trial.names());
    trial.click_button("Show them");
    assert_eq!(trial.session().page(), Some(Page::Attach));
    trial.until("it is known what fits", |session| session.attaching().progress().is_none());
    assert!(
        trial.shows("3 of 4 notes found") && trial.shows("its document is no longer there"),
        "{:?}",
        trial.names()
    );
    trial.click("Attach the notes of 舊.txt");
    assert_eq!((trial.reader().notebook().len(), trial.reader().found_counts()[3]), (4, 1));
    assert!(root.join("舊.txt.duidu.ron").exists(), "nothing is taken from where it was");
    trial.press_with(Modifiers::COMMAND, Key::Z);
    assert!(trial.reader().notebook().is_empty());
}

#[test]
fn where_nothing_fits_the_page_says_where_it_looks() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    trial.until("it is known what fits", |session| session.attaching().progress().is_none());
    assert!(trial.shows_words("No notes that are kept elsewhere fit this document"), "{:?}", trial.names());
}

#[test]
fn many_notes_arrive_after_their_document() {
    let (_folder, root) = folder();
    let sentences = sentences(900);
    let document = root.join("渠.txt");
    write_notes(&document, &sentences);
    write_changed(&document, &sentences[..899]);
    let mut trial = Trial::new();
    opened(&mut trial, &document);
    trial.until("the notes are found", |session| {
        session
            .reader()
            .is_some_and(|reader| reader.seeking() == Seeking::Done && reader.unsought_notes() == 0)
    });
    let [exact, moved, unsure, lost] = trial.reader().found_counts();
    assert_eq!((exact + moved, unsure + lost), (899, 1));
    trial.until("it is told", |session| !session.messages().is_empty());
    assert!(trial.shows_words("Notes of 渠.txt: in place: 899"), "{:?}", trial.names());
}

#[test]
fn whoever_finds_most_notes_gone_is_asked() {
    let (_folder, root) = folder();
    let sentences = sentences(8);
    let document = root.join("渠.txt");
    fs::write(&document, sentences.join("\n")).unwrap();
    write_notes(&document, &sentences);
    let mut trial = Trial::new();
    opened(&mut trial, &document);
    // A first change makes Duidu write the file, and keep it as an earlier version.
    trial.press(Key::CloseBracket);
    trial.press(Key::Num2);
    trial.press_with(Modifiers::COMMAND, Key::S);
    let file = root.join("渠.txt.duidu.ron");
    trial
        .until("the file is written", |_| fs::read_to_string(&file).is_ok_and(|text| text.starts_with("//")));
    // The program is about to look at what it has written itself.
    std::thread::sleep(Duration::from_secs(1));
    write_notes(&document, &sentences[..1]);
    trial.until("it is noticed", |session| {
        session.messages().iter().any(|message| message.text.waits_for_answer())
    });
    assert!(trial.shows_words("7 notes on 渠.txt are no longer in their file"), "{:?}", trial.names());
    assert_eq!(trial.reader().notebook().len(), 8);
    trial.click_button("Keep them");
    trial.press_with(Modifiers::COMMAND, Key::S);
    trial.until("they are in the file", |_| {
        fs::read_to_string(&file).is_ok_and(|text| text.matches("quote:").count() == 8)
    });
}
