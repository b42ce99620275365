//! The list of the library's documents, in a file of the reader's data.
//!
//! Every change is kept as what was changed, and made on what the file says when it is written: two programs
//! may add and remove at the same time. Removing takes a document from the list and touches nothing else.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Home;
use super::careful::{CarefulFiles, SaveError};
use super::generations::Generations;
use super::library_shape::{ParsedShelf, Shelf, parse, print};
use super::replace::{FileError, folder_of, make_folder, read_if_there};
use super::shape::Checksum;
use crate::document::TextId;
use crate::session::{LibraryEntry, Place};

/// Reads and writes the list of the library's documents. Shared by all threads.
#[derive(Debug)]
pub struct LibraryStore {
    home: Home,
    files: CarefulFiles,
    state: Mutex<Option<State>>,
}

/// A change of the library.
#[derive(Clone, PartialEq, Debug)]
pub enum LibraryChange {
    /// A document was read: it comes into the library, or what is known of it is renewed. When it was added
    /// and last read is never forgotten by that.
    Put(Box<LibraryEntry>),
    /// A document is taken from the list by the reader.
    Remove(Place),
    /// A document is no longer where it was, and known elsewhere.
    Gone(Place),
    /// A document now has so many notes.
    CountNotes(Place, usize),
    /// A folder was added whole.
    AddFolder(PathBuf),
    /// A folder is no longer looked at.
    RemoveFolder(PathBuf),
    /// The notes of `place` are those of `with`, which has the same text.
    Share {
        /// The one that has no notes of its own from now on.
        place: Place,
        /// The one that has them.
        with: Place,
    },
    /// A document keeps notes of its own, though others have the same text: not to be asked again.
    KeepApart(TextId, Place),
}

#[derive(Debug, Default)]
struct State {
    /// What the file says, with the changes that are not in it yet.
    shelf: Shelf,
    unsaved: Vec<LibraryChange>,
    /// Why the file can be read but not written.
    read_only: Option<(u32, PathBuf)>,
    remarks: Vec<String>,
}

impl LibraryStore {
    /// The library within `home`. Reads nothing yet.
    pub fn new(home: Home) -> Self {
        Self { files: CarefulFiles::within(home.clone()), home, state: Mutex::default() }
    }

    /// The file.
    pub fn path(&self) -> PathBuf {
        self.home.data().join("library.ron")
    }

    /// Every document of the library, in the order of their places.
    pub fn entries(&self) -> Vec<LibraryEntry> {
        self.with(|state| state.shelf.documents.values().cloned().collect())
    }

    /// What is known of one document.
    pub fn entry(&self, place: &Place) -> Option<LibraryEntry> {
        self.with(|state| state.shelf.documents.get(place).cloned())
    }

    /// The folders that were added whole.
    pub fn folders(&self) -> Vec<PathBuf> {
        self.with(|state| state.shelf.folders.iter().cloned().collect())
    }

    /// Whether the reader took a document out, so that its folder does not bring it back.
    pub fn is_left_out(&self, place: &Place) -> bool {
        self.with(|state| state.shelf.left_out.contains(place))
    }

    /// Where documents with this text are, or were when they were last read.
    pub fn with_text(&self, text: TextId) -> Vec<Place> {
        self.with(|state| {
            let same = state.shelf.documents.values().filter(|entry| entry.text == Some(text));
            same.map(|entry| entry.place.clone()).collect()
        })
    }

    /// The document whose notes are those of `place`, by the reader's wish: mostly itself.
    pub fn keeper_of_notes(&self, place: &Place) -> Place {
        self.with(|state| state.shelf.sharing.get(place).unwrap_or(place).clone())
    }

    /// The documents whose notes are those of `keeper`: itself, and those that share them.
    pub fn sharing_with(&self, keeper: &Place) -> Vec<Place> {
        self.with(|state| {
            let shared = state.shelf.sharing.iter().filter(|(_, with)| *with == keeper);
            std::iter::once(keeper).chain(shared.map(|(place, _)| place)).cloned().collect()
        })
    }

    /// Whether the reader wants this text to have notes of its own at `place`.
    pub fn is_apart(&self, text: TextId, place: &Place) -> bool {
        self.with(|state| state.shelf.apart.contains(&(text, place.clone())))
    }

    /// A document was opened to be read, or saved with other notes.
    pub fn opened(&self, entry: LibraryEntry) {
        self.change(vec![LibraryChange::Put(Box::new(entry))]);
    }

    /// Documents are added.
    pub fn add(&self, entries: Vec<LibraryEntry>) {
        self.change(entries.into_iter().map(|entry| LibraryChange::Put(Box::new(entry))).collect());
    }

    /// Documents are taken from the list; nothing else happens to them.
    pub fn remove(&self, places: &[Place]) {
        self.change(places.iter().cloned().map(LibraryChange::Remove).collect());
    }

    /// Makes changes, to be kept by [`LibraryStore::save`].
    pub fn change(&self, changes: Vec<LibraryChange>) {
        self.with(|state| {
            for change in changes {
                if state.shelf.make(change.clone()) {
                    state.unsaved.push(change);
                }
            }
        });
    }

    /// Whether there are changes that are not in the file.
    pub fn has_unsaved(&self) -> bool {
        self.with(|state| !state.unsaved.is_empty())
    }

    /// What there is to tell of reading the file, one sentence each; told once.
    pub fn take_remarks(&self) -> Vec<String> {
        self.with(|state| std::mem::take(&mut state.remarks))
    }

    /// Brings the changes to the disk. What another program wrote there meanwhile is kept, and known from now
    /// on.
    ///
    /// Errors: nothing was lost; the changes wait for the next time.
    pub fn save(&self) -> Result<(), SaveError> {
        let changes = self.with(|state| std::mem::take(&mut state.unsaved));
        if changes.is_empty() {
            return Ok(());
        }
        let result = self.write(&changes);
        self.with(|state| match result {
            Ok((mut saved, remarks)) => {
                saved.make_all(&state.unsaved);
                state.shelf = saved;
                state.remarks.extend(remarks);
                Ok(())
            }
            Err(error) => {
                state.unsaved.splice(0..0, changes);
                Err(error)
            }
        })
    }

    fn write(&self, changes: &[LibraryChange]) -> Result<(Shelf, Option<String>), SaveError> {
        let path = self.path();
        make_folder(folder_of(&path))?;
        let _lock = self.files.begin(&path)?;
        let read = self.read(&path)?;
        if let Some((format, path)) = read.read_only {
            return Err(SaveError::Newer { format, path });
        }
        let mut merged = read.shelf;
        merged.make_all(changes);
        let bytes = print(&merged).into_bytes();
        if read_if_there(&path)?.as_ref() == Some(&bytes) {
            return Ok((merged, None));
        }
        let remark = self.files.write(&path, &bytes)?;
        Ok((merged, remark))
    }

    fn with<Out>(&self, work: impl FnOnce(&mut State) -> Out) -> Out {
        let mut state: MutexGuard<'_, Option<State>> =
            self.state.lock().unwrap_or_else(PoisonError::into_inner);
        work(state.get_or_insert_with(|| {
            self.read(&self.path()).unwrap_or_else(|error| State {
                remarks: vec![format!("the list of the library cannot be read: {error}")],
                ..State::default()
            })
        }))
    }

    /// What the file says. One that is gone or damaged is taken from the newest copy, and what a damaged one
    /// holds is set aside before anything takes its place.
    fn read(&self, path: &Path) -> Result<State, FileError> {
        let Some(bytes) = read_if_there(path)? else { return Ok(self.recover(path, "is gone")) };
        match parse(&bytes) {
            ParsedShelf::Good(read, checksum) => {
                if checksum == Checksum::Differs {
                    // As it was before: whoever changed it may have damaged it.
                    drop(Generations::of(path, &self.home).keep_newest());
                }
                Ok(State { shelf: *read, ..State::default() })
            }
            ParsedShelf::Newer(format, read) => {
                let path = path.to_owned();
                let remark = SaveError::Newer { format, path: path.clone() }.to_string();
                Ok(State {
                    shelf: *read,
                    read_only: Some((format, path)),
                    remarks: vec![remark],
                    ..State::default()
                })
            }
            ParsedShelf::Damaged(reason) => {
                let aside = self.files.set_aside(path, &bytes)?;
                let what = format!("is damaged ({reason}) and was set aside as {}", aside.display());
                Ok(self.recover(path, &what))
            }
        }
    }

    fn recover(&self, path: &Path, what: &str) -> State {
        let good = |bytes: &[u8]| match parse(bytes) {
            ParsedShelf::Good(read, Checksum::Matches) => Some(*read),
            _ => None,
        };
        let Some((from, newest)) = Generations::of(path, &self.home).newest_that(good) else {
            return State::default();
        };
        let remark =
            format!("the list of the library {what}; it was taken from the copy at {}", from.display());
        State { shelf: newest, remarks: vec![remark], ..State::default() }
    }
}

impl Shelf {
    fn make_all(&mut self, changes: &[LibraryChange]) {
        for change in changes {
            self.make(change.clone());
        }
    }

    /// Makes a change; answers whether there was anything to change.
    fn make(&mut self, change: LibraryChange) -> bool {
        match change {
            LibraryChange::Put(entry) => self.put(*entry),
            LibraryChange::Remove(place) => self.remove(place),
            LibraryChange::Gone(place) => self.documents.remove(&place).is_some(),
            LibraryChange::CountNotes(place, count) => {
                let entry = self.documents.get_mut(&place).filter(|entry| entry.notes != count);
                entry.map(|entry| entry.notes = count).is_some()
            }
            LibraryChange::AddFolder(folder) => self.folders.insert(folder),
            LibraryChange::RemoveFolder(folder) => self.folders.remove(&folder),
            LibraryChange::Share { place, with } => self.share(place, with),
            LibraryChange::KeepApart(text, place) => {
                self.sharing.remove(&place);
                self.apart.insert((text, place))
            }
        }
    }

    fn put(&mut self, mut entry: LibraryEntry) -> bool {
        let came_back = self.left_out.remove(&entry.place);
        if let Some(before) = self.documents.get(&entry.place) {
            entry.added = entry.added.min(before.added);
            entry.last_read = entry.last_read.max(before.last_read);
            if *before == entry {
                return came_back;
            }
        }
        self.documents.insert(entry.place.clone(), entry);
        true
    }

    /// Only what lies in a folder of the library could come back by itself.
    fn remove(&mut self, place: Place) -> bool {
        let Some(_) = self.documents.remove(&place) else { return false };
        let in_folder = match &place {
            Place::File(path) => self.folders.iter().any(|folder| path.starts_with(folder)),
            Place::Sample(_) => false,
        };
        if in_folder {
            self.left_out.insert(place);
        }
        true
    }

    /// One step at most leads to the notes, and never in a circle.
    fn share(&mut self, place: Place, with: Place) -> bool {
        let with = self.sharing.get(&with).cloned().unwrap_or(with);
        if with == place {
            return false;
        }
        self.apart.retain(|(_, other)| *other != place);
        self.sharing
            .values_mut()
            .filter(|keeper| **keeper == place)
            .for_each(|keeper| *keeper = with.clone());
        self.sharing.insert(place, with.clone()) != Some(with)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::Timestamp;

    use super::*;

    fn file(name: &str) -> Place {
        Place::File(Path::new("/書").join(name))
    }

    fn entry(name: &str, minute: i64) -> LibraryEntry {
        let moment = Timestamp::from_second(minute * 60).unwrap();
        LibraryEntry {
            text: Some(TextId::of(name)),
            last_read: Some(moment),
            ..LibraryEntry::new(file(name), moment)
        }
    }

    fn names(store: &LibraryStore) -> Vec<String> {
        store.entries().iter().map(|entry| entry.place.name()).collect()
    }

    #[test]
    fn what_was_opened_is_known_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let store = LibraryStore::new(Home::within(folder.path()));
        assert!(store.entries().is_empty() && !store.path().exists());
        store.opened(entry("甲", 1));
        store.opened(entry("甲", 5));
        store.add(vec![entry("乙", 2)]);
        store.save().unwrap();
        let again = LibraryStore::new(Home::within(folder.path()));
        assert_eq!(again.entries(), store.entries());
        let first = again.entry(&file("甲")).unwrap();
        assert_eq!((first.added, first.last_read), (entry("", 1).added, entry("", 5).last_read));
        assert_eq!(again.with_text(TextId::of("乙")), [file("乙")]);
    }

    #[test]
    fn two_programs_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = [(); 2].map(|()| LibraryStore::new(Home::within(folder.path())));
        one.add(vec![entry("甲", 1), entry("乙", 1)]);
        one.save().unwrap();
        assert_eq!(names(&other), ["乙", "甲"]);
        one.remove(&[file("甲")]);
        other.add(vec![entry("丙", 2)]);
        one.save().unwrap();
        other.save().unwrap();
        assert_eq!(names(&other), ["丙", "乙"]);
        assert_eq!(names(&LibraryStore::new(Home::within(folder.path()))), ["丙", "乙"]);
    }

    #[test]
    fn what_was_taken_out_of_a_folder_stays_out_until_it_is_opened() {
        let folder = tempfile::tempdir().unwrap();
        let store = LibraryStore::new(Home::within(folder.path()));
        store.change(vec![LibraryChange::AddFolder(PathBuf::from("/書"))]);
        store.add(vec![entry("甲", 1)]);
        store.remove(&[file("甲"), file("乙")]);
        assert!(store.is_left_out(&file("甲")) && !store.is_left_out(&file("乙")));
        store.opened(entry("甲", 2));
        assert!(!store.is_left_out(&file("甲")));
    }

    #[test]
    fn shared_notes_are_one_step_away() {
        let folder = tempfile::tempdir().unwrap();
        let store = LibraryStore::new(Home::within(folder.path()));
        let share = |place: &str, with: &str| {
            store.change(vec![LibraryChange::Share { place: file(place), with: file(with) }]);
        };
        share("乙", "甲");
        share("丙", "乙");
        share("甲", "丙");
        let keepers = ["甲", "乙", "丙", "丁"].map(|name| store.keeper_of_notes(&file(name)).name());
        assert_eq!(keepers, ["甲", "甲", "甲", "丁"]);
        assert_eq!(store.sharing_with(&file("甲")), ["甲", "丙", "乙"].map(file));
        assert_eq!(store.sharing_with(&file("丁")), [file("丁")]);
        share("甲", "丁");
        let keepers = ["甲", "乙", "丙", "丁"].map(|name| store.keeper_of_notes(&file(name)).name());
        assert_eq!(keepers, ["丁", "丁", "丁", "丁"]);
    }

    #[test]
    fn a_damaged_list_is_kept_and_the_copy_counts() {
        let folder = tempfile::tempdir().unwrap();
        let store = LibraryStore::new(Home::within(folder.path()));
        store.add(vec![entry("甲", 1)]);
        store.save().unwrap();
        fs::write(store.path(), "(format: 1, docu").unwrap();
        let again = LibraryStore::new(Home::within(folder.path()));
        assert_eq!(names(&again), ["甲"]);
        assert!(again.take_remarks().concat().contains("set aside"));
        again.add(vec![entry("乙", 1)]);
        again.save().unwrap();
        let files = fs::read_dir(folder_of(&store.path())).unwrap().flatten();
        let aside = files.filter(|file| file.file_name().to_string_lossy().contains("damaged"));
        assert_eq!(
            aside.map(|file| fs::read_to_string(file.path()).unwrap()).collect::<Vec<_>>(),
            ["(format: 1, docu"]
        );
        fs::write(store.path(), "(format: 9, documents: [])").unwrap();
        again.add(vec![entry("丙", 1)]);
        assert!(matches!(again.save(), Err(SaveError::Newer { .. })));
        assert!(again.has_unsaved());
    }
}
