//! The page of the notes of all documents.

use duidu::notes::{Colour, Tag};
use duidu::session::{Gathering, ListLine, Reader, Session};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::trial::Trial;

/// A window with a highlight on each of the first two samples, the first of them closed, and the page open.
fn with_page() -> Trial {
    let mut trial = Trial::with_samples();
    for colour in [Key::Num2, Key::Num3] {
        trial.press_with(Modifiers::COMMAND, Key::A);
        trial.press(colour);
        assert_eq!(trial.reader().notebook().len(), 1);
        trial.press_with(Modifiers::CTRL, Key::Tab);
    }
    trial.press_with(Modifiers::CTRL | Modifiers::SHIFT, Key::Tab);
    trial.press_with(Modifiers::CTRL | Modifiers::SHIFT, Key::Tab);
    trial.until("the notes are saved", Session::all_saved);
    trial.press_with(Modifiers::COMMAND, Key::W);
    open_page(&mut trial);
    assert_eq!(trial.session().collection().len(), 2);
    trial
}

fn open_page(trial: &mut Trial) {
    trial.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    trial.until("the notes are gathered", |session| session.gathering() == Gathering::Complete);
}

/// The colours of the notes that are listed, whether they are chosen, and their tags.
fn listed(trial: &Trial) -> Vec<(Colour, bool, Vec<String>)> {
    let session = trial.session();
    let note = |line: &ListLine| match line {
        ListLine::Group(_) => None,
        ListLine::Note(at) => {
            let note = session.collection().note(*at)?;
            let chosen = session.all_notes_chosen().contains(&session.collection().key(*at)?);
            Some((note.colour?, chosen, note.tags.iter().map(Tag::to_string).collect()))
        }
    };
    let mut notes: Vec<_> = session.all_notes_listing().lines().iter().filter_map(note).collect();
    notes.sort();
    notes
}

#[test]
fn without_notes_the_page_teaches() {
    let mut trial = Trial::new();
    open_page(&mut trial);
    assert!(trial.shows_words("There are none yet"), "{:?}", trial.names());
}

#[test]
fn notes_of_open_and_closed_documents_are_tagged_together_and_it_is_undone() {
    let mut trial = with_page();
    let plain = [(Colour::Green, false, vec![]), (Colour::Blue, false, vec![])];
    assert_eq!(listed(&trial), plain);
    trial.press_with(Modifiers::COMMAND, Key::A);
    assert!(trial.shows("Chosen: 2"), "{:?}", trial.names());
    trial.write("Tag for all chosen", "水／河");
    trial.press(Key::Enter);
    let tagged = || vec!["水/河".to_owned()];
    assert_eq!(listed(&trial), [(Colour::Green, true, tagged()), (Colour::Blue, true, tagged())]);
    trial.until("they are saved", Session::all_saved);
    trial.press(Key::Escape);
    open_page(&mut trial);
    trial.press_with(Modifiers::COMMAND, Key::Z);
    assert!(listed(&trial).iter().all(|(_, _, tags)| tags.is_empty()), "{:?}", listed(&trial));
}

#[test]
fn keys_choose_and_delete_and_what_is_deleted_comes_back() {
    let mut trial = with_page();
    for key in [Key::ArrowDown, Key::ArrowDown, Key::Space] {
        trial.press(key);
    }
    assert_eq!(listed(&trial).iter().filter(|(_, chosen, _)| *chosen).count(), 1);
    trial.press(Key::Delete);
    assert_eq!(listed(&trial).len(), 1);
    trial.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(listed(&trial).len(), 2);
}

#[test]
fn the_trash_of_a_document_that_is_not_open_is_one_click_away() {
    let mut trial = with_page();
    trial.press_with(Modifiers::COMMAND, Key::A);
    trial.press(Key::Delete);
    trial.until("they are saved", Session::all_saved);
    trial.press(Key::Escape);
    trial.open_page("Deleted notes");
    assert!(trial.shows("Deleted notes: 1"), "{:?}", trial.names());
    trial.until("the others are counted", |session| {
        let documents = session.collection().documents().iter();
        let counted = documents.filter(|each| each.document().deleted > 0).count();
        session.gathering() == Gathering::Complete && counted == 2
    });
    let tabs = trial.session().tabs().len();
    let elsewhere =
        trial.names().into_iter().find(|name| name.ends_with(": 1") && !name.starts_with("Deleted"));
    trial.click(&elsewhere.expect("the other document is named"));
    trial.until("it is open", |session| {
        session.tabs().len() == tabs + 1 && session.reader().is_some_and(Reader::complete)
    });
    assert_eq!(trial.reader().notebook().trash().len(), 1);
}

/// A file of notes as a person would write it: a highlight on each of these passages.
fn notes_on(text: &str, passages: &[String]) -> String {
    let note = |(number, quote): (usize, &String)| {
        let start = text.find(quote.as_str()).unwrap();
        format!(
            "(id: \"00000000-0000-4000-8000-{number:012}\", quote: \"{quote}\", before: \"\", after: \"\", \
             position: ({start}, {}), headings: [], tags: [], colour: \"blue\", text: \"\", \
             created: \"2026-03-01T08:00:00Z\", changed: \"2026-03-01T08:00:00Z\"),",
            start + quote.len()
        )
    };
    let notes: String = passages.iter().enumerate().map(note).collect();
    format!("(format: 1, program: \"\", title: \"\", notes: [{notes}])")
}

#[test]
fn the_last_of_many_lines_comes_into_sight_with_end() {
    let folder = tempfile::tempdir().unwrap();
    let passages: Vec<String> = (10..90).map(|number| format!("第{number}號渡口")).collect();
    let text = passages.join("的船天亮開。\n\n");
    let path = folder.path().join("ferries.txt");
    std::fs::write(&path, &text).unwrap();
    std::fs::write(folder.path().join("ferries.txt.duidu.ron"), notes_on(&text, &passages)).unwrap();
    let mut trial = Trial::new();
    trial.drop_files(&[&path]);
    trial.until("it is open", |session| session.reader().is_some_and(|reader| reader.notebook().len() == 80));
    open_page(&mut trial);
    assert!(trial.shows_words("第10號") && !trial.shows_words("第89號"), "{:?}", trial.names());
    trial.press(Key::End);
    assert!(trial.shows_words("第89號"), "{:?}", trial.names());
    trial.press(Key::Home);
    assert!(!trial.shows_words("第89號"), "{:?}", trial.names());
}

#[test]
fn a_filter_is_kept_by_name_and_its_conditions_are_seen() {
    let mut trial = with_page();
    trial.click("In Blue");
    assert_eq!(listed(&trial).len(), 1);
    trial.click("By kind");
    trial.click_role(Role::CheckBox, "Bookmark");
    assert!(listed(&trial).is_empty() && trial.shows_words("No note of any document fits"));
    trial.press(Key::Escape);
    trial.click("Remove the condition: Bookmark");
    assert_eq!(listed(&trial).len(), 1);
    trial.click("Saved filters");
    trial.write("Name of the filter", "藍");
    let clear = trial.harness().get_by_label("Clear the filter").rect();
    trial.click("Save this filter");
    assert_eq!(trial.harness().get_by_label("Clear the filter").rect(), clear, "nothing moves");
    trial.click("Clear the filter");
    assert_eq!(listed(&trial).len(), 2);
    trial.click("Saved filters");
    trial.click("藍");
    assert_eq!(listed(&trial).len(), 1);
}

#[test]
fn enter_opens_the_document_at_the_note() {
    let mut trial = with_page();
    let open = trial.session().tabs().len();
    trial.press(Key::End);
    let listing = trial.session().all_notes_listing();
    let last = listing.notes_of_line(listing.lines().len() - 1)[0];
    let note = trial.session().collection().note(last).unwrap().id;
    trial.press(Key::Enter);
    trial.until("the document is there", |session| {
        session.reader().is_some_and(|reader| reader.note_in_focus() == Some(note))
    });
    assert!(trial.session().page().is_none() && trial.session().tabs().len() >= open);
}
