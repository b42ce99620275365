//! Importing notes: what would come is shown, comes, and is taken back.

use duidu::session::{Importing, Page, Session};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::trial::Trial;

const TEXT: &str = "修河倡议\n\n我们提议先在上游种树，再清理河道里的淤泥。每户认领二十棵树苗。\n";

const NOTES: &str = r#"[
  {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:1", "type": "Annotation",
   "body": [{"type": "TextualBody", "value": "为什么是上游？"}],
   "target": {"source": {"id": "urn:a", "label": "修河倡議"}, "selector": {"type": "TextQuoteSelector", "exact": "先在上游種樹，再清理河道"}}},
  {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:2", "type": "Annotation",
   "target": {"source": {"id": "urn:b", "label": "别的文章"}, "selector": {"type": "TextQuoteSelector", "exact": "这里没有的一句很长的话"}}}
]"#;

/// Three notes of one document that is called by no title of ours.
const OF_NO_TITLE: &str = r#"[
  {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:1", "type": "Annotation",
   "target": {"source": "urn:a", "selector": {"type": "TextQuoteSelector", "exact": "先在上游種樹，再清理河道"}}},
  {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:2", "type": "Annotation",
   "target": {"source": "urn:a", "selector": {"type": "TextQuoteSelector", "exact": "每戶認領二十棵樹苗"}}},
  {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:3", "type": "Annotation",
   "target": {"source": "urn:a", "selector": {"type": "TextQuoteSelector", "exact": "这里没有的一句很长的话"}}}
]"#;

/// A window with a document, on which a file of notes was dropped.
fn with_notes() -> (Trial, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (document, notes) = (folder.path().join("river.txt"), folder.path().join("notes.jsonld"));
    std::fs::write(&document, TEXT).unwrap();
    std::fs::write(&notes, NOTES).unwrap();
    let mut trial = Trial::new();
    trial.drop_files(&[&document]);
    trial.until("the document is open", |session| session.reader().is_some());
    trial.drop_files(&[&notes]);
    let planned = |session: &Session| matches!(session.importing(), Importing::Planned { stale: false, .. });
    trial.until("it is known what would come", planned);
    trial.settle();
    (trial, folder)
}

#[test]
fn what_would_come_is_shown_comes_and_is_taken_back() {
    let (mut trial, _folder) = with_notes();
    for words in ["修河倡議", "new: 1", "same title", "Goes into", "stay out"] {
        assert!(trial.shows_words(words), "{words}: {:?}", trial.names());
    }
    assert_eq!(trial.reader().notebook().len(), 0);
    trial.click_button("Import");
    assert_eq!(
        trial.reader().notebook().iter().map(|note| &*note.text).collect::<Vec<_>>(),
        ["为什么是上游？"]
    );
    assert_eq!(trial.reader().notebook().iter().next().unwrap().anchor.quote, "先在上游种树，再清理河道");
    trial.press_with(Modifiers::COMMAND, Key::Z);
    assert!(trial.reader().notebook().is_empty());
}

#[test]
fn leaving_the_page_lets_nothing_in() {
    let (mut trial, _folder) = with_notes();
    trial.click_button("Cancel");
    assert_eq!((trial.session().page(), trial.reader().notebook().len()), (None, 0));
}

#[test]
fn the_empty_page_says_what_can_be_imported() {
    let mut trial = Trial::with_samples();
    trial.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    assert!(trial.shows_words("Hypothesis") && trial.shows("Choose a file..."), "{:?}", trial.names());
}

#[test]
fn a_document_is_guessed_by_words_and_return_imports() {
    let folder = tempfile::tempdir().unwrap();
    let (document, file) = (folder.path().join("river.txt"), folder.path().join("notes.jsonld"));
    std::fs::write(&document, TEXT).unwrap();
    std::fs::write(&file, OF_NO_TITLE).unwrap();
    let mut trial = Trial::new();
    let other = folder.path().join("other.txt");
    std::fs::write(&other, "渡口\n\n船夫每天天亮以前就起来收网。\n").unwrap();
    for path in [&document, &other] {
        trial.drop_files(&[path]);
        trial.until("the document is open", |session| session.reader().is_some());
    }
    trial.drop_files(&[&file]);
    trial.until("it is known what would come", |session| {
        matches!(session.importing(), Importing::Planned { stale: false, .. })
    });
    trial.settle();
    for words in ["2 of 3 are in this document", "new: 3 (of these lost: 1)"] {
        assert!(trial.shows_words(words), "{words}: {:?}", trial.names());
    }
    trial.press(Key::Enter);
    assert_eq!(trial.session().page(), None);
    let noted = trial.session().tabs().iter().filter_map(duidu::session::Tab::reader);
    assert_eq!(noted.map(|reader| reader.notebook().len()).collect::<Vec<_>>(), [3, 0]);
}

#[test]
fn the_document_is_chosen_by_keys_alone() {
    let (mut trial, _folder) = with_notes();
    let known = |session: &Session| match session.importing() {
        Importing::Planned { plan, stale: false, .. } => {
            plan.documents.iter().filter(|document| document.target.is_some()).count()
        }
        _ => 0,
    };
    assert_eq!(known(trial.session()), 1);
    let lists = trial.harness().get_all_by_role_and_label(Role::ComboBox, "Goes into");
    lists.last().unwrap().click();
    trial.settle();
    for key in [Key::ArrowDown, Key::ArrowUp, Key::ArrowDown, Key::Enter] {
        trial.press(key);
    }
    assert_eq!(trial.session().page(), Some(Page::ImportNotes), "Return chose, and did not import");
    trial.until("it is known what would come", |session| known(session) == 2);
    trial.press(Key::Enter);
    assert_eq!((trial.session().page(), trial.reader().notebook().len()), (None, 2));
}
