//! A document whose folder comes and goes.
use std::sync::Arc;

use super::super::Home;
use super::*;
use crate::notes::sample::note;
use crate::notes::{Anchor, Annotation, Tag, Trashed};
use crate::session::Kept;

const TEXT: &str = "春眠不覺曉";

struct Desk {
    folder: tempfile::TempDir,
    store: NotesStore,
    place: Place,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = crate::store::real::real(folder.path());
        fs::create_dir(root.join("書")).unwrap();
        let document = root.join("書/詩.txt");
        fs::write(&document, TEXT).unwrap();
        Self {
            store: NotesStore::new(Home::within(&root.join("home"))),
            place: Place::File(document),
            folder,
        }
    }

    /// Takes the drive with the folder away, or brings it back.
    fn drive(&self, there: bool) {
        let (folder, gone) = (self.folder.path().join("書"), self.folder.path().join("away"));
        let (from, to) = if there { (gone, folder) } else { (folder, gone) };
        fs::rename(from, to).unwrap();
    }

    /// Saves, and answers whether it lies elsewhere then.
    fn save(&self, base: &Kept, ours: &Kept) -> bool {
        self.store.save(&self.place, base, ours, &Unseen::default()).unwrap().file.elsewhere
    }

    fn load(&self) -> Loaded {
        self.store.load(&self.place, TextId::of(TEXT), Touch::SetAside)
    }

    fn kept_elsewhere(&self) -> usize {
        fs::read_dir(self.store.home.data().join("notes")).map_or(0, Iterator::count)
    }
}

/// A note that was changed at that second, with tags.
fn one(number: u128, text: &str, second: i64, tags: &[&str]) -> Arc<Annotation> {
    let changed = Timestamp::from_second(second).unwrap();
    let tags = tags.iter().map(|tag| Tag::new(tag).unwrap()).collect();
    Arc::new(Annotation { text: text.to_owned(), changed, tags, ..note(number, Anchor::default()) })
}

fn kept(annotations: Vec<Arc<Annotation>>, trash: Vec<Arc<Annotation>>) -> Kept {
    let at = Timestamp::from_second(100).unwrap();
    let trash = trash.into_iter().map(|note| Trashed { note, at }).collect();
    Kept { text: Some(TextId::of(TEXT)), annotations: annotations.into(), trash, ..Kept::default() }
}

fn before() -> Kept {
    kept(vec![one(1, "a", 1, &["x", "y"]), one(2, "b", 1, &[]), one(3, "c", 1, &[])], Vec::new())
}

/// A tag is taken off, a text changed, a note deleted.
fn after() -> Kept {
    kept(vec![one(1, "a", 2, &["y"]), one(2, "bb", 2, &[])], vec![one(3, "c", 1, &[])])
}

#[test]
fn what_was_changed_while_the_folder_was_away_stays_changed() {
    let desk = Desk::new();
    assert!(!desk.save(&Kept::default(), &before()));
    desk.drive(false);
    assert!(desk.save(&before(), &after()));
    assert_eq!(desk.load().kept, after());
    desk.drive(true);
    // Before anything is saved, and as often as it is opened.
    for _ in 0..2 {
        let loaded = desk.load();
        assert_eq!((loaded.kept, loaded.file.remarks), (after(), Vec::<String>::new()));
    }
    let mut more = after();
    more.annotations.push(one(4, "d", 3, &[]));
    assert!(!desk.save(&after(), &more));
    assert_eq!((desk.load().kept, desk.load().file.elsewhere), (more, false));
    assert_eq!(desk.kept_elsewhere(), 0);
    let versions = Generations::of(&desk.store.path(&desk.place), &desk.store.home).all();
    assert!(versions.iter().any(|version| version.lasting), "what lay elsewhere is a version");
}

#[test]
fn what_others_changed_beside_meanwhile_counts_too() {
    let desk = Desk::new();
    desk.save(&Kept::default(), &before());
    desk.drive(false);
    desk.save(&before(), &after());
    desk.drive(true);
    let mut theirs = before();
    theirs.annotations.remove(1);
    theirs.annotations.push(one(5, "e", 4, &[]));
    let theirs = Sidecar { kept: theirs, ..Sidecar::default() };
    fs::write(desk.store.path(&desk.place), print(&theirs)).unwrap();
    let mut expected = after();
    expected.annotations.push(one(5, "e", 4, &[]));
    assert!(!desk.save(&after(), &after()));
    assert_eq!(desk.load().kept, expected);
}

#[test]
fn notes_of_another_machine_on_a_medium_for_reading_only_are_changed_for_good() {
    let desk = Desk::new();
    let path = desk.store.path(&desk.place);
    // No version of it was ever written here.
    fs::write(&path, print(&Sidecar { kept: before(), ..Sidecar::default() })).unwrap();
    let elsewhere = desk.store.elsewhere(&desk.place, before().text).unwrap();
    let save = |base: &Kept, ours: &Kept| {
        let change = Made { base, ours, at: Timestamp::now(), part: false };
        desk.store.make_elsewhere(&path, &elsewhere, change, &Unseen::default()).unwrap();
    };
    save(&before(), &after());
    assert_eq!(desk.load().kept, after());
    // Changed there as well: once settled here it is settled.
    let mut theirs = before();
    theirs.annotations[1] = one(2, "bbb", 1, &[]);
    fs::write(&path, print(&Sidecar { kept: theirs, ..Sidecar::default() })).unwrap();
    let both = desk.load().kept;
    assert_eq!(both.conflicts.len(), 1);
    save(&both, &after());
    assert_eq!(desk.load().kept, after());
}

#[test]
fn notes_of_the_same_text_elsewhere_are_read_and_never_written() {
    let desk = Desk::new();
    let source = Place::File(desk.folder.path().join("away/詩.txt"));
    let saved = desk.store.save(&source, &Kept::default(), &before(), &Unseen::default()).unwrap();
    assert!(saved.file.elsewhere);
    let bytes = fs::read(&saved.file.path).unwrap();
    let loaded = desk.load();
    assert_eq!((&loaded.kept, loaded.file.elsewhere), (&before(), true));
    assert!(!desk.save(&loaded.kept, &after()));
    assert_eq!(fs::read(&saved.file.path).unwrap(), bytes);
    // Its own from now on, whatever its text is.
    assert_eq!(desk.load().kept, after());
    let other = desk.store.load(&desk.place, TextId::of("別的"), Touch::Nothing);
    assert_eq!(other.kept, after());
}
