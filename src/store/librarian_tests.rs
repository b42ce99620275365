use std::cell::RefCell;
use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::session::{Effect, LibraryQuery};
use crate::store::{Home, World};

/// A world with a folder of documents.
struct Library {
    folder: tempfile::TempDir,
    world: World,
    /// What was told and not asked for yet.
    told: RefCell<VecDeque<Event>>,
}

impl Library {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("書")).unwrap();
        let world = World::start_within(Home::within(&folder.path().join("home")), || {}).unwrap();
        Self { folder, world, told: RefCell::default() }
    }

    fn shelf(&self) -> PathBuf {
        crate::store::real::real(&self.folder.path().join("書"))
    }

    fn write(&self, name: &str, text: &str) -> Place {
        fs::write(self.shelf().join(name), text).unwrap();
        Place::File(self.shelf().join(name))
    }

    fn ask(&self, effect: LibraryEffect) {
        assert!(self.world.carry_out(Effect::Library(effect)).is_none());
    }

    /// Waits for the first event for which `wanted` has an answer.
    fn wait<Out>(&self, mut wanted: impl FnMut(Event) -> Option<Out>) -> Out {
        let end = Instant::now() + Duration::from_mins(1);
        while Instant::now() < end {
            self.told.borrow_mut().extend(self.world.events());
            while let Some(event) = self.told.borrow_mut().pop_front() {
                if let Some(out) = wanted(event) {
                    return out;
                }
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("nothing came")
    }

    fn read(&self, ticket: u64, place: &Place) {
        let effect =
            Effect::Read { ticket: Ticket(ticket), place: place.clone(), choices: None, password: None };
        assert!(self.world.carry_out(effect).is_none());
    }

    /// Waits until the list has this document.
    fn listed(&self, place: &Place) -> LibraryEntry {
        self.wait(|event| match event {
            Event::Library(LibraryEvent::Listed { entries, .. }) => {
                entries.into_iter().find(|entry| entry.place == *place)
            }
            _ => None,
        })
    }

    fn added(&self, ticket: u64) -> LibraryAdded {
        self.wait(|event| match event {
            Event::Library(LibraryEvent::Added { ticket: Ticket(own), added }) if own == ticket => {
                Some(added)
            }
            _ => None,
        })
    }

    fn found(&self, ticket: u64, written: &str) -> Vec<FoundDocument> {
        let (found, fault) = self.found_or_fault(ticket, written);
        assert_eq!(fault, None);
        found
    }

    fn found_or_fault(&self, ticket: u64, written: &str) -> (Vec<FoundDocument>, Option<String>) {
        let request =
            LibrarySearchRequest { query: LibraryQuery::parse(written), ..LibrarySearchRequest::default() };
        self.ask(LibraryEffect::Search { ticket: Ticket(ticket), request });
        let mut found = Vec::new();
        self.wait(|event| match event {
            Event::Library(LibraryEvent::Found { ticket: Ticket(own), documents, complete, fault }) => {
                assert_eq!(own, ticket);
                found.extend(documents);
                complete.then(|| (std::mem::take(&mut found), fault))
            }
            _ => None,
        })
    }

    /// The same after the program was ended and `meanwhile` was done with its folder.
    fn started_again(self, meanwhile: impl FnOnce(&Path)) -> Self {
        let Self { folder, world, .. } = self;
        world.finish().unwrap();
        let home = folder.path().join("home");
        meanwhile(&home);
        let world = World::start_within(Home::within(&home), || {}).unwrap();
        Self { folder, world, told: RefCell::default() }
    }
}

#[test]
fn a_folder_is_added_listed_and_searched() {
    let library = Library::new();
    library.write("甲.txt", "村民修好了水渠。");
    library.write("乙.txt", "水庫還沒有修。");
    library.ask(LibraryEffect::Add { ticket: Ticket(1), paths: vec![library.shelf()] });
    let added = library.added(1);
    assert_eq!((added.added, added.not_indexed), (2, None));
    library.ask(LibraryEffect::List);
    let listed = library.wait(|event| match event {
        Event::Library(LibraryEvent::Listed { entries, folders }) if entries.len() == 2 => Some(folders),
        _ => None,
    });
    assert_eq!(listed, [library.shelf()]);
    let found = library.found(2, "水渠");
    assert_eq!(found.iter().map(|document| document.title.as_str()).collect::<Vec<_>>(), ["甲.txt"]);
}

#[cfg_attr(windows, ignore = "Windows lets nobody remove or change what is open")]
#[test]
fn a_deleted_index_is_filled_again_by_itself() {
    let library = Library::new();
    library.write("甲.txt", "村民修好了水渠。");
    library.ask(LibraryEffect::Add { ticket: Ticket(1), paths: vec![library.shelf()] });
    library.added(1);
    fs::remove_dir_all(library.folder.path().join("home").join("cache").join("index")).unwrap();
    let request =
        LibrarySearchRequest { query: LibraryQuery::parse("水渠"), ..LibrarySearchRequest::default() };
    library.ask(LibraryEffect::Search { ticket: Ticket(2), request });
    assert_eq!(library.added(0).known, 1);
    assert_eq!(library.found(3, "水渠").len(), 1);
}

#[cfg_attr(windows, ignore = "Windows lets nobody remove or change what is open")]
#[test]
fn a_damaged_index_is_made_anew_at_the_search_that_finds_it_so() {
    let library = Library::new();
    library.write("甲.txt", "村民修好了水渠。");
    library.ask(LibraryEffect::Add { ticket: Ticket(1), paths: vec![library.shelf()] });
    library.added(1);
    let library = library.started_again(damage_index);
    let (found, fault) = library.found_or_fault(2, "水渠");
    assert_eq!((found.len(), fault.as_deref()), (0, Some("the index of the library is being made")));
    assert_eq!(library.added(0).known, 1);
    assert_eq!(library.found(3, "水渠").len(), 1);
}

/// So that it can be opened and not be searched.
fn damage_index(home: &Path) {
    let files = fs::read_dir(home.join("cache").join("index")).unwrap().flatten().map(|file| file.path());
    for path in files.filter(|path| path.extension().is_some_and(|ending| ending == "fast")) {
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..middle + 6].iter_mut().for_each(|byte| *byte ^= 0x55);
        fs::write(&path, bytes).unwrap();
    }
}

#[test]
fn what_was_taken_out_of_the_library_is_not_found() {
    let library = Library::new();
    let [one, other] = ["甲.txt", "乙.txt"].map(|name| library.write(name, "村民修好了水渠。"));
    let paths = ["甲.txt", "乙.txt"].map(|name| library.shelf().join(name)).to_vec();
    library.ask(LibraryEffect::Add { ticket: Ticket(1), paths });
    library.added(1);
    // Another program is writing the index meanwhile.
    let index = LibraryIndex::within(&Home::within(&library.folder.path().join("home")));
    let writing = index.begin_writing().unwrap().unwrap();
    library.ask(LibraryEffect::Remove(vec![one]));
    library.ask(LibraryEffect::List);
    library.wait(|event| match event {
        Event::Library(LibraryEvent::Listed { entries, .. }) if entries.len() == 1 => Some(()),
        _ => None,
    });
    let places: Vec<Place> = library.found(2, "水渠").into_iter().map(|found| found.place).collect();
    assert_eq!(places, [other]);
    drop(writing);
}

#[test]
fn what_is_not_wanted_any_more_ends() {
    let library = Library::new();
    library.write("甲.txt", "村民修好了水渠。");
    library.ask(LibraryEffect::Add { ticket: Ticket(1), paths: vec![library.shelf()] });
    library.ask(LibraryEffect::Stop(Ticket(1)));
    library.ask(LibraryEffect::Add { ticket: Ticket(2), paths: vec![library.shelf()] });
    assert!(!library.added(2).stopped);
    assert_eq!(library.found(3, "水渠").len(), 1);
}

#[test]
fn what_is_opened_comes_into_the_library_and_brings_its_notes_along() {
    let library = Library::new();
    let place = library.write("甲.txt", "村民修好了水渠。");
    library.ask(LibraryEffect::List);
    library.read(1, &place);
    let entry = library.listed(&place);
    assert_eq!((entry.characters, entry.last_read.is_some()), (8, true));
    // The notes file says that it is about this text; the document is called otherwise now.
    let notes =
        format!("(format: 1, document: \"{}\", notes: [(quote: \"水渠\")])", TextId::of("村民修好了水渠。"));
    fs::write(library.shelf().join("甲.txt.duidu.ron"), notes).unwrap();
    let renamed = Place::File(library.shelf().join("乙.txt"));
    fs::rename(library.shelf().join("甲.txt"), library.shelf().join("乙.txt")).unwrap();
    library.read(2, &renamed);
    let (mut opened, mut came) = (0, None);
    library.wait(|event| {
        match event {
            Event::Opened { opened: document, .. } => opened = document.kept.annotations.len(),
            Event::Library(LibraryEvent::NotesCame { from, notes, .. }) => came = Some((from, notes)),
            _ => {}
        }
        came.clone()
    });
    assert_eq!((opened, came), (1, Some((place, 1))));
}

#[test]
fn a_document_that_was_renamed_is_no_longer_found_where_it_was() {
    let library = Library::new();
    let text = "村民修好了水渠。";
    let old = library.write("甲.txt", text);
    library.write(
        "甲.txt.duidu.ron",
        &format!("(format: 1, document: \"{}\", notes: [(quote: \"水渠\")])", TextId::of(text)),
    );
    library.ask(LibraryEffect::Add { ticket: Ticket(1), paths: vec![library.shelf().join("甲.txt")] });
    library.added(1);
    let found = |ticket| -> Vec<Place> {
        library.found(ticket, "水渠").into_iter().map(|document| document.place).collect()
    };
    assert_eq!(found(2), std::slice::from_ref(&old));
    let renamed = Place::File(library.shelf().join("乙.txt"));
    fs::rename(library.shelf().join("甲.txt"), library.shelf().join("乙.txt")).unwrap();
    library.ask(LibraryEffect::List);
    library.read(3, &renamed);
    library.listed(&renamed);
    assert!(!found(4).contains(&old));
}
