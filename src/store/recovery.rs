//! What programs that died had only brought to their journals, made on the notes.

use std::collections::BTreeSet;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::careful::SaveError;
use super::histories;
use super::joined::joined;
use super::journal::{self, FoundJournal, Record};
use super::sidecar::{Made, NotesStore, Unseen};
use crate::notes::{Edit, NoteStates, Notebook};
use crate::session::{Kept, NotesFile, Place};

impl NotesStore {
    /// Makes on the notes what programs that died had only brought to their journals: those of one place, or
    /// of all. Answers what there is to tell of it.
    pub fn recover(&self, wanted: Option<&Place>) -> Vec<String> {
        if let Some(place) = wanted {
            return self.recover_at(&self.path(place));
        }
        let (places, unreadable) = journal::places(&self.home);
        // A drive that has stalled keeps no other document waiting.
        let (answering, stalled): (Vec<Place>, Vec<Place>) =
            places.into_iter().partition(|place| self.answers(place));
        let unreadable = unreadable
            .into_iter()
            .map(|error| format!("what waits in a journal is not among the notes: {error}"));
        let made = [answering, stalled].into_iter().flat_map(|places| self.recover_each(&places));
        made.chain(unreadable).collect()
    }

    fn recover_each(&self, places: &[Place]) -> Vec<String> {
        let paths: BTreeSet<PathBuf> = places.iter().map(|place| self.path(place)).collect();
        paths.iter().flat_map(|path| self.recover_at(path)).collect()
    }

    /// The journals of other programs with changes of the notes at `path`, the oldest first.
    pub(super) fn journals_of(&self, path: &Path) -> Vec<FoundJournal> {
        journal::find(&self.home, |place| self.lie_at(path, place))
    }

    /// All of them at once: the file is written as seldom as can be.
    fn recover_at(&self, path: &Path) -> Vec<String> {
        let _alone = self.recovering.take(path);
        let mut journals = self.journals_of(path);
        journals.retain(FoundJournal::is_left_behind);
        let Some(place) = journals.first().map(|found| found.place.clone()) else { return Vec::new() };
        let mut remarks = Vec::new();
        for record in joined(journals.iter_mut().flat_map(|found| mem::take(&mut found.records))) {
            match self.make_record(&place, &record) {
                Ok(file) => remarks.extend(told_of(file, &place)),
                Err(error) => {
                    remarks.extend(journals.iter().map(|found| waiting(found, &error)));
                    return remarks;
                }
            }
        }
        remarks.extend(journals.into_iter().filter_map(|found| self.put_away(found)));
        remarks
    }

    /// All that can be read of a journal is in the notes file. Answers what there is to tell of it.
    fn put_away(&self, found: FoundJournal) -> Option<String> {
        if !found.damaged {
            found.remove();
            return None;
        }
        let name = found.place.name();
        let aside = found.set_aside(&self.home.data().join("set-aside"));
        let aside = aside.unwrap_or_else(|error| error.to_string());
        Some(format!(
            "a journal of the notes on {name} is damaged; what can be read of it was taken: {aside}"
        ))
    }

    /// What was done is a step that can be undone, as it could before the program died. Answers what there is to
    /// tell of the file.
    fn make_record(&self, place: &Place, record: &Record) -> Result<NotesFile, SaveError> {
        let Record { at, before, after } = record;
        let paths = [Some(self.path(place)), self.elsewhere(place, after.text)];
        let known = paths.iter().flatten().find_map(|path| histories::load(path, &self.home));
        let change = Made { base: before, ours: after, at: *at, part: true };
        let saved = self.make(place, change, &Unseen::default())?;
        let mut history = known.unwrap_or_default();
        history.add_step(taking_back(before, after));
        // Without it only the steps before are lost, not a note.
        let _kept = histories::keep(&saved.file.path, &history, &self.home);
        Ok(saved.file)
    }
}

fn told_of(file: NotesFile, place: &Place) -> Vec<String> {
    let kept =
        |aside: PathBuf| format!("the damaged notes file of {} is kept as {}", place.name(), aside.display());
    file.set_aside.map(kept).into_iter().chain(file.remarks).collect()
}

fn waiting(found: &FoundJournal, error: &SaveError) -> String {
    let (name, path) = (found.place.name(), found.path.display());
    format!("changes of the notes on {name} wait in a journal ({error}): {path}")
}

/// What leads from the notes `after` a change to those before it.
fn taking_back(before: &Kept, after: &Kept) -> Edit {
    let then = NoteStates::new(&before.annotations, &before.trash);
    let now = NoteStates::new(&after.annotations, &after.trash);
    let notebook = Notebook::new(after.annotations.iter().cloned(), after.trash.iter().cloned());
    Edit::Group(then.edits_for(&now.different(&then), &notebook))
}

/// Files on which one thread at a time makes what is in their journals. Whoever wants the same file waits, which may be
/// long where a drive has stalled; whoever wants another does not.
#[derive(Debug, Default)]
pub(super) struct Recovering {
    taken: Mutex<BTreeSet<PathBuf>>,
    given_back: Condvar,
}

/// A file that is nobody else's until this is dropped.
struct Taken<'a> {
    from: &'a Recovering,
    path: PathBuf,
}

impl Recovering {
    fn take(&self, path: &Path) -> Taken<'_> {
        let is_taken = |taken: &mut BTreeSet<PathBuf>| taken.contains(path);
        let waited = self.given_back.wait_while(self.taken(), is_taken);
        waited.unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        Taken { from: self, path: path.to_owned() }
    }

    fn taken(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.from.taken().remove(&self.path);
        self.from.given_back.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    use std::fs;

    use super::super::Home;
    use super::super::sidecar::Touch;
    use super::journal::tests::{framed_record, record};
    use super::*;
    use crate::document::TextId;

    /// As four programs leave it that each wrote notes at once for a long time.
    #[test]
    fn thousands_of_notes_in_many_journals_come_back_as_one_step() {
        const EACH: usize = 500;
        let folder = tempfile::tempdir().unwrap();
        let (home, document) = (Home::within(&folder.path().join("home")), folder.path().join("a.txt"));
        fs::write(&document, "春眠不覺曉").unwrap();
        let (place, journals) = (Place::File(document), home.data().join("journals"));
        fs::create_dir_all(&journals).unwrap();
        for (number, of) in (0..12).map(|number| (number, number % 4)) {
            let written = |id: usize| framed_record(&place, &record("", &format!("{id} a")));
            let text: String = (number * EACH..(number + 1) * EACH).map(written).collect();
            fs::write(journals.join(format!("0-{of}-1-{number:09}.journal")), text).unwrap();
        }
        let store = NotesStore::new(home.clone());
        let loaded = store.load(&place, TextId::of("春眠不覺曉"), Touch::SetAside);
        assert_eq!((loaded.kept.annotations.len(), loaded.file.remarks), (12 * EACH, Vec::new()));
        assert_eq!(fs::read_dir(&journals).unwrap().count(), 0);
        let mut notebook = Notebook::new(loaded.kept.annotations, []);
        let mut history = loaded.history.unwrap();
        history.undo(&mut notebook).unwrap();
        assert!(notebook.is_empty() && !history.can_undo());
    }

    #[test]
    fn a_journal_that_cannot_be_read_is_told_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(folder.path());
        let path = home.data().join("journals").join("0-1-2-3.journal");
        // In the place of a disk that fails.
        fs::create_dir_all(&path).unwrap();
        let remarks = NotesStore::new(home).recover(None).join("\n");
        assert!(remarks.contains("0-1-2-3.journal") && path.exists(), "{remarks}");
    }

    #[test]
    fn only_the_same_file_is_waited_for() {
        let recovering = Recovering::default();
        let (stalled, other) = (Path::new("stalled"), Path::new("other"));
        let held = recovering.take(stalled);
        drop(recovering.take(other));
        thread::scope(|scope| {
            let (sender, taken) = channel();
            let recovering = &recovering;
            scope.spawn(move || {
                drop(recovering.take(stalled));
                sender.send(()).unwrap();
            });
            assert!(taken.recv_timeout(Duration::from_millis(50)).is_err(), "it is taken");
            drop(held);
            taken.recv_timeout(Duration::from_mins(1)).unwrap();
        });
    }
}
