//! What programs that died had only brought to their journals, made on the notes.

use std::sync::PoisonError;

use super::careful::SaveError;
use super::histories;
use super::journal::{self, FoundJournal, Record, joined};
use super::sidecar::{Made, NotesStore, Unseen};
use crate::notes::{Edit, NoteStates, Notebook};
use crate::session::{Kept, NotesFile, Place};

impl NotesStore {
    /// Makes on the notes what programs that died had only brought to their journals: those of one place, or
    /// of all. Answers what there is to tell of it.
    pub fn recover(&self, wanted: Option<&Place>) -> Vec<String> {
        let _alone = self.recovering.lock().unwrap_or_else(PoisonError::into_inner);
        let path = wanted.map(|place| self.path(place));
        let mut remarks = Vec::new();
        for found in journal::find_all(&self.home) {
            let is_wanted = path.as_ref().is_none_or(|path| self.path(&found.place) == *path);
            if found.is_left_behind() && is_wanted {
                self.recover_one(found, &mut remarks);
            }
        }
        remarks
    }

    fn recover_one(&self, found: FoundJournal, remarks: &mut Vec<String>) {
        let name = found.place.name();
        for record in joined(found.records.clone()) {
            match self.make_record(&found.place, &record) {
                Ok(file) => {
                    let aside = file.set_aside.map(|aside| {
                        format!("the damaged notes file of {name} is kept as {}", aside.display())
                    });
                    remarks.extend(aside.into_iter().chain(file.remarks));
                }
                Err(error) => {
                    let path = found.path.display();
                    return remarks
                        .push(format!("changes of the notes on {name} wait in a journal ({error}): {path}"));
                }
            }
        }
        if found.damaged {
            let aside = self.home.data().join("set-aside");
            let aside = found.set_aside(&aside).unwrap_or_else(|error| error.to_string());
            return remarks.push(format!(
                "a journal of the notes on {name} is damaged; what can be read of it was taken: {aside}"
            ));
        }
        found.remove();
    }

    /// What was done is a step that can be undone, as it could before the program died.
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

/// What leads from the notes `after` a change to those before it.
fn taking_back(before: &Kept, after: &Kept) -> Edit {
    let then = NoteStates::new(&before.annotations, &before.trash);
    let now = NoteStates::new(&after.annotations, &after.trash);
    let notebook = Notebook::new(after.annotations.iter().cloned(), after.trash.iter().cloned());
    Edit::Group(then.edits_for(&now.different(&then), &notebook))
}
