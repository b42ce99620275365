//! The library: the list of documents, folders, finding in all of them.

use std::fs;

use duidu::session::Page;
use egui::{Key, Modifiers};

use crate::trial::Trial;

/// A folder of documents, beside the window's own.
fn shelf() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let documents = [
        ("修渠記.md", "# 修渠記\n\n村民修好了水渠，從山上引來清水。"),
        ("水库记.md", "# 水库记\n\n这里的人还没有修水库。\n\n水渠倒是修好了。"),
        ("圖.png", "no picture"),
    ];
    for (name, text) in documents {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Drops a folder on the window, which adds it.
fn add(trial: &mut Trial, folder: &tempfile::TempDir) {
    trial.drop_files(&[folder.path()]);
    trial.until("the folder is added", |session| {
        let library = session.library();
        library.work.is_none() && library.list.entries().len() >= 2
    });
}

#[test]
fn an_empty_library_says_what_it_is_for() {
    let mut trial = Trial::new();
    trial.press_with(Modifiers::COMMAND, Key::L);
    trial.until("the list is known", |session| session.library().list.is_known());
    assert!(trial.shows_words("Every document that you open is listed here"), "{:?}", trial.names());
    assert!(trial.shows("Add a folder..."));
}

#[test]
fn a_folder_is_listed_and_a_document_opened_from_the_list() {
    let folder = shelf();
    let mut trial = Trial::new();
    trial.open_page("Library");
    add(&mut trial, &folder);
    assert!(
        trial.shows("Documents: 2") && trial.shows("修渠記") && trial.shows("水库记"),
        "{:?}",
        trial.names()
    );
    assert!(trial.shows_words("new documents: 2"));
    trial.write("Title or path", "水庫");
    assert!(trial.shows("Documents: 1 of 2") && !trial.shows("修渠記"));
    trial.click_button("水库记");
    trial.until("it is open", |session| session.reader().is_some());
    assert_eq!(trial.session().page(), None);
}

#[test]
fn what_is_taken_out_is_put_back_by_a_click() {
    let folder = shelf();
    let mut trial = Trial::new();
    trial.open_page("Library");
    add(&mut trial, &folder);
    trial.click("Take 修渠記 out of the list");
    trial.until("it is gone", |session| session.library().list.entries().len() == 1);
    assert!(folder.path().join("修渠記.md").exists());
    trial.click_button("Put back");
    trial.until("it is back", |session| session.library().list.entries().len() == 2);
}

#[test]
fn words_are_found_in_all_documents_and_lead_to_their_place() {
    let folder = shelf();
    let mut trial = Trial::new();
    add(&mut trial, &folder);
    trial.press(Key::Escape);
    trial.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    assert_eq!(trial.session().page(), Some(Page::SearchAll));
    trial.write("Search all documents", "水库");
    trial.until("it is found", |session| {
        let search = &session.library().search;
        search.complete && search.documents().len() == 1
    });
    let hits = trial.session().library().search.hits();
    assert!(trial.shows(&format!("Places: {hits}, documents: 1")), "{:?}", trial.names());
    trial.press(Key::Enter);
    trial.until("it is open and searched", |session| {
        session.reader().is_some_and(|reader| reader.find().complete && !reader.find().hits.is_empty())
    });
    assert_eq!(trial.reader().find().text, "水库");
    assert_eq!(trial.session().active().unwrap().place.name(), "水库记.md");
}

#[test]
fn what_has_one_title_is_told_apart_by_its_file() {
    let folder = tempfile::tempdir().unwrap();
    for (name, end) in [("前.md", "前"), ("後.md", "後")] {
        fs::write(folder.path().join(name), format!("# 修渠記\n\n{end}")).unwrap();
    }
    fs::write(folder.path().join("圖.png"), "no picture").unwrap();
    let mut trial = Trial::new();
    trial.open_page("Library");
    add(&mut trial, &folder);
    assert!(trial.shows_words("前.md") && trial.shows_words("後.md"), "{:?}", trial.names());
    assert!(trial.shows_words("No text, and left out: 1 (圖.png)"), "{:?}", trial.names());
}

#[test]
fn of_very_many_places_it_is_said_that_there_are_more_than_are_listed() {
    let folder = shelf();
    let lines: String =
        (0..60).fold(String::new(), |lines, number| lines + &format!("第{number}段說的是水閘。\n\n"));
    fs::write(folder.path().join("水閘.md"), lines).unwrap();
    let mut trial = Trial::new();
    add(&mut trial, &folder);
    trial.press(Key::Escape);
    trial.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    trial.write("Search all documents", "水闸");
    trial.until("it is found", |session| {
        session.library().search.complete && session.library().search.hits() > 0
    });
    assert_eq!(trial.session().library().search.hits(), 50);
    assert!(trial.shows("Places: more than 50, documents: 1"), "{:?}", trial.names());
}
