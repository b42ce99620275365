use super::*;
use crate::import::{ReadOptions, read};
use crate::notes::{Anchor, Annotation, NoteId, Placing};
use crate::session::LibraryEntry;
use crate::store::Home;
use crate::store::sidecar::Unseen;
use crate::text::Span;
use jiff::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

const TEXT: &str = "村民修好了水渠。";

/// A folder with documents of the same text, and what is kept of them.
struct Shelf {
    folder: tempfile::TempDir,
    notes: NotesStore,
    library: Arc<LibraryStore>,
}

impl Shelf {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(&folder.path().join("home"));
        let library = Arc::new(LibraryStore::new(home.clone()));
        Self { notes: NotesStore::sharing(home, Arc::clone(&library)), folder, library }
    }

    fn place(&self, name: &str) -> Place {
        Place::File(crate::store::real::real(self.folder.path()).join(name))
    }

    fn write(&self, name: &str) -> Place {
        let place = self.place(name);
        fs::create_dir_all(folder_of(path(&place))).unwrap();
        fs::write(path(&place), TEXT).unwrap();
        place
    }

    /// A document of the library with so many notes.
    fn with_notes(&self, name: &str, notes: u128) -> Place {
        let place = self.write(name);
        let document = read(name, TEXT.into(), &ReadOptions::default()).unwrap().document;
        let annotations = (1..=notes).map(|number| {
            let moment = Timestamp::UNIX_EPOCH;
            Arc::new(Annotation {
                id: NoteId(Uuid::from_u128(number)),
                anchor: Anchor::of(&document, Span::new(0, 6)),
                colour: None,
                tags: Vec::new(),
                text: format!("第{number}條"),
                answers: Vec::new(),
                placing: Placing::default(),
                created: moment,
                changed: moment,
            })
        });
        let kept = Kept { text: Some(document.id()), annotations: annotations.collect(), ..Kept::default() };
        self.notes.save(&place, &Kept::default(), &kept, &Unseen::default()).unwrap();
        let text = Some(document.id());
        self.library.opened(LibraryEntry { text, ..LibraryEntry::new(place.clone(), Timestamp::UNIX_EPOCH) });
        place
    }

    fn familiar(&self) -> Familiar<'_> {
        Familiar { notes: &self.notes, library: &self.library }
    }

    fn look(&self, place: &Place) -> Vec<LibraryEvent> {
        self.familiar().look(place, TextId::of(TEXT))
    }

    fn texts(&self, place: &Place) -> Vec<String> {
        let kept = self.notes.load(place, TextId::of(TEXT), Touch::Nothing).kept;
        kept.notes().map(|note| note.text.clone()).collect()
    }
}

fn path(place: &Place) -> &Path {
    match place {
        Place::File(path) => path,
        Place::Sample(name) => Path::new(name),
    }
}

#[test]
fn notes_come_along_when_a_file_was_moved_and_stay_where_they_were() {
    let shelf = Shelf::new();
    let old = shelf.with_notes("舊/甲.txt", 2);
    let new = shelf.write("新/乙.txt");
    fs::remove_file(path(&old)).unwrap();
    let came = LibraryEvent::NotesCame { place: new.clone(), from: old.clone(), notes: 2 };
    assert_eq!(shelf.look(&new), [came]);
    assert_eq!(shelf.texts(&new), ["第1條", "第2條"]);
    assert_eq!(shelf.texts(&old), ["第1條", "第2條"]);
    let versions = |place: &Place| -> Vec<String> {
        let versions = shelf.notes.versions(place, &Kept::default());
        versions.into_iter().map(|version| version.name).collect()
    };
    let (of_old, of_new) = (versions(&old), versions(&new));
    assert!(!of_old.is_empty() && of_old.iter().all(|version| of_new.contains(version)), "{of_new:?}");
    assert_eq!((shelf.look(&new), shelf.library.entry(&old)), (Vec::new(), None));
}

#[test]
fn a_file_renamed_in_its_folder_finds_its_notes_without_the_library() {
    let shelf = Shelf::new();
    let old = shelf.with_notes("甲.txt", 1);
    shelf.library.remove(std::slice::from_ref(&old));
    let new = shelf.place("乙.txt");
    fs::rename(path(&old), path(&new)).unwrap();
    assert_eq!(shelf.look(&new).len(), 1);
    assert_eq!(shelf.texts(&new), ["第1條"]);
}

#[test]
fn another_text_gets_no_notes() {
    let shelf = Shelf::new();
    let old = shelf.with_notes("甲.txt", 1);
    fs::remove_file(path(&old)).unwrap();
    let new = shelf.write("乙.txt");
    assert_eq!(shelf.familiar().look(&new, TextId::of("別的文字")), []);
    assert_eq!(shelf.texts(&new), Vec::<String>::new());
}

#[test]
fn one_text_in_two_files_shares_its_notes_if_the_reader_says_so() {
    let shelf = Shelf::new();
    let one = shelf.with_notes("甲.txt", 1);
    let other = shelf.write("乙.txt");
    let text = TextId::of(TEXT);
    let asked = LibraryEvent::SameText { place: other.clone(), text, with: one.clone(), notes: 1 };
    assert_eq!(shelf.look(&other), [asked]);
    assert_eq!(shelf.texts(&other), Vec::<String>::new());
    shelf.familiar().share(&other, &one, text).unwrap();
    assert_eq!(shelf.texts(&other), ["第1條"]);
    assert_eq!(shelf.notes.path(&other), shelf.notes.path(&one));
    let shared_with = |place| shelf.notes.load(place, text, Touch::Nothing).file.shared_with;
    assert_eq!([shared_with(&other), shared_with(&one)], [Some(one.clone()), None]);
    assert_eq!((shelf.look(&other), shelf.look(&one)), (Vec::new(), Vec::new()));
}

#[test]
fn notes_of_its_own_are_not_lost_by_sharing() {
    let shelf = Shelf::new();
    let (one, other) = (shelf.with_notes("甲.txt", 1), shelf.with_notes("乙.txt", 3));
    assert_eq!(shelf.look(&other), []);
    shelf.familiar().share(&one, &other, TextId::of(TEXT)).unwrap();
    shelf.familiar().share(&other, &one, TextId::of(TEXT)).unwrap();
    for place in [one, other] {
        assert_eq!(shelf.texts(&place), ["第1條", "第2條", "第3條"]);
    }
}

#[test]
fn whoever_wants_notes_apart_is_not_asked_again() {
    let shelf = Shelf::new();
    shelf.with_notes("甲.txt", 1);
    let other = shelf.write("乙.txt");
    shelf.library.change(vec![LibraryChange::KeepApart(TextId::of(TEXT), other.clone())]);
    assert_eq!(shelf.look(&other), []);
}

#[test]
fn a_document_on_a_drive_that_is_away_was_not_moved() {
    for mount_point_stays in [false, true] {
        let shelf = Shelf::new();
        let on_drive = shelf.with_notes("碟/甲.txt", 1);
        let here = shelf.write("乙.txt");
        let drive = folder_of(path(&on_drive));
        fs::rename(drive, drive.with_file_name("拔出")).unwrap();
        if mount_point_stays {
            fs::create_dir(drive).unwrap();
        }
        let came = |event: &LibraryEvent| matches!(event, LibraryEvent::NotesCame { .. });
        let told = shelf.look(&here);
        assert!(!told.iter().any(came), "{told:?}");
        assert_eq!(shelf.texts(&here), Vec::<String>::new());
        assert!(shelf.library.entry(&on_drive).is_some(), "the library knows it still");
    }
}
