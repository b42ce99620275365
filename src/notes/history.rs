//! What was done, so that it can be undone.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Edit, EditError, NoteChange, NoteId, Notebook};

/// What was done to a notebook and can be undone, and what was undone and can be done again.
///
/// Holds: as long as the notebook changes only through this history, undoing every step gives the notebook
/// with which the oldest step that is kept began, and redoing them all gives it as it is now.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct History {
    /// What undoes each step, the latest last. Steps are shared with the history that was last given away to be kept.
    undo: VecDeque<Arc<Step>>,
    /// What does each undone step again, the next one last.
    redo: Vec<Arc<Step>>,
    /// The note in whose text the latest step is typing, while it may grow.
    #[serde(skip)]
    typing: Option<NoteId>,
    /// How many steps were made.
    made: u64,
}

/// One step, as the edit that takes it back or does it again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Step {
    edit: Edit,
    /// When it was made first; 1970 where that was not said.
    at: Timestamp,
}

impl History {
    /// How many steps are kept; older ones are forgotten.
    pub const MOST: usize = 1_000;

    /// Makes the change as a step of its own. What was undone can then no longer be redone.
    ///
    /// Errors: the notebook refused the edit; nothing has changed.
    pub fn perform(&mut self, notebook: &mut Notebook, edit: Edit) -> Result<(), EditError> {
        let inverse = notebook.apply(edit)?;
        self.typing = None;
        self.remember(inverse);
        Ok(())
    }

    /// Makes a change that typing in a note has made: it becomes part of the step before where that was
    /// typing in the same note, so that one undo takes all of it back.
    ///
    /// Only an [`Edit::Replace`] merges. Errors: as [`History::perform`].
    pub fn perform_merging(&mut self, notebook: &mut Notebook, edit: Edit) -> Result<(), EditError> {
        let typing = replaced(&edit);
        let inverse = notebook.apply(edit)?;
        if typing.is_none() || typing != self.typing {
            self.remember(inverse);
        }
        self.typing = typing;
        Ok(())
    }

    /// Ends the step that typing has made: what is typed from now on is another. To be called when the
    /// reader pauses or leaves the note.
    pub fn end_step(&mut self) {
        self.typing = None;
    }

    /// Takes the latest step back and returns the edit that did so, for showing; `None` where there is no
    /// step.
    ///
    /// Errors: the notebook has changed without this history. The step is then forgotten, and the notebook
    /// as before.
    pub fn undo(&mut self, notebook: &mut Notebook) -> Result<Option<Edit>, EditError> {
        self.typing = None;
        let Some(step) = self.undo.pop_back() else { return Ok(None) };
        let Step { edit, at } = Arc::unwrap_or_clone(step);
        self.redo.push(Arc::new(Step { edit: notebook.apply(edit.clone())?, at }));
        Ok(Some(edit))
    }

    /// Does the step again that was undone last and returns the edit that did so; `None` where there is
    /// none. Errors: as [`History::undo`].
    pub fn redo(&mut self, notebook: &mut Notebook) -> Result<Option<Edit>, EditError> {
        self.typing = None;
        let Some(step) = self.redo.pop() else { return Ok(None) };
        let Step { edit, at } = Arc::unwrap_or_clone(step);
        self.undo.push_back(Arc::new(Step { edit: notebook.apply(edit.clone())?, at }));
        Ok(Some(edit))
    }

    /// How many steps can be undone, or done again, whichever are more.
    pub fn most(&self) -> usize {
        self.undo.len().max(self.redo.len())
    }

    /// Only the newest steps, so many to undo and so many to do again.
    #[must_use]
    pub fn newest(&self, steps: usize) -> Self {
        let older = self.undo.len().saturating_sub(steps);
        let later = self.redo.len().saturating_sub(steps);
        Self {
            undo: self.undo.iter().skip(older).cloned().collect(),
            redo: self.redo.iter().skip(later).cloned().collect(),
            typing: None,
            made: self.made,
        }
    }

    /// Whether the steps can be taken from `now` on as they could from `before`: the notes that they touch are
    /// the same in both. What changed besides came from elsewhere.
    pub fn fits(&self, before: &Notebook, now: &Notebook) -> bool {
        let mut touched = BTreeSet::new();
        self.undo.iter().chain(&self.redo).for_each(|step| gather_touched(&step.edit, &mut touched));
        let state = |notebook: &Notebook, id| {
            let note = notebook.get_shared(id).cloned();
            (note, notebook.trashed(id).cloned(), notebook.conflicts_of(id).to_vec())
        };
        let same = |id: NoteId| state(before, id) == state(now, id);
        touched.into_iter().all(same)
    }

    /// Takes in what was changed in the notebook without this history: it stays when steps before it are taken
    /// back, and when steps that were taken back before it are done again.
    pub fn take_in(&mut self, changes: &[NoteChange]) {
        let changes: BTreeMap<NoteId, &NoteChange> =
            changes.iter().map(|change| (change.id(), change)).collect();
        let steps = self.undo.iter_mut().chain(&mut self.redo);
        steps.for_each(|step| take_in(&mut Arc::make_mut(step).edit, &changes));
    }

    /// Says when the latest step was made.
    pub fn date_latest(&mut self, now: Timestamp) {
        if let Some(step) = self.undo.back_mut() {
            Arc::make_mut(step).at = now;
        }
    }

    /// When the step was made that would be undone next.
    pub fn latest_undo(&self) -> Option<Timestamp> {
        self.undo.back().map(|step| step.at)
    }

    /// When the step was made that would be done again next.
    pub fn latest_redo(&self) -> Option<Timestamp> {
        self.redo.last().map(|step| step.at)
    }

    /// Remembers a step that was made while this history was not at hand: `back` takes it back.
    pub fn add_step(&mut self, back: Edit) {
        self.typing = None;
        self.remember(back);
    }

    /// How many steps were made, those that were undone or are no longer kept among them.
    pub fn made(&self) -> u64 {
        self.made
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is a step to do again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    fn remember(&mut self, inverse: Edit) {
        self.redo.clear();
        self.made += 1;
        if self.undo.len() == Self::MOST {
            self.undo.pop_front();
        }
        self.undo.push_back(Arc::new(Step { edit: inverse, at: Timestamp::UNIX_EPOCH }));
    }
}

fn gather_touched(edit: &Edit, touched: &mut BTreeSet<NoteId>) {
    match edit {
        Edit::Add(note) | Edit::Replace(note) => touched.extend([note.id]),
        Edit::Remember(trashed) => touched.extend([trashed.note.id]),
        Edit::Remove(id)
        | Edit::Discard { id, .. }
        | Edit::Recover(id)
        | Edit::Forget(id)
        | Edit::Dispute(id, _) => touched.extend([*id]),
        Edit::Group(edits) => edits.iter().for_each(|edit| gather_touched(edit, touched)),
    }
}

/// The versions of notes that an edit would bring become versions with the changes.
fn take_in(edit: &mut Edit, changes: &BTreeMap<NoteId, &NoteChange>) {
    let note = match edit {
        Edit::Group(edits) => return edits.iter_mut().for_each(|edit| take_in(edit, changes)),
        Edit::Add(note) | Edit::Replace(note) => note,
        Edit::Remember(trashed) => &mut trashed.note,
        Edit::Remove(_) | Edit::Discard { .. } | Edit::Recover(_) | Edit::Forget(_) | Edit::Dispute(..) => {
            return;
        }
    };
    if let Some(fitted) = changes.get(&note.id).and_then(|change| change.fitted(note)) {
        *note = fitted;
    }
}

fn replaced(edit: &Edit) -> Option<NoteId> {
    match edit {
        Edit::Replace(annotation) => Some(annotation.id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::notes::notebook::tests::any_edit;
    use crate::notes::sample::note;
    use crate::notes::{Anchor, Annotation};

    fn saying(number: u128, text: &str) -> Arc<Annotation> {
        Arc::new(Annotation { text: text.to_owned(), ..note(number, Anchor::default()) })
    }

    /// The texts of the notes after each undo, from a history of typing.
    fn texts_while_undoing(mut history: History, mut notebook: Notebook) -> Vec<String> {
        let mut texts = Vec::new();
        while history.undo(&mut notebook).unwrap().is_some() {
            texts.push(notebook.iter().map(|note| note.text.clone()).collect::<Vec<_>>().join("|"));
        }
        texts
    }

    #[test]
    fn typing_is_one_step_until_it_ends() {
        let (mut history, mut notebook) = (History::default(), Notebook::default());
        history.perform(&mut notebook, Edit::Add(saying(1, ""))).unwrap();
        history.perform(&mut notebook, Edit::Add(saying(2, ""))).unwrap();
        for text in ["水", "水清"] {
            history.perform_merging(&mut notebook, Edit::Replace(saying(1, text))).unwrap();
        }
        history.end_step();
        for text in ["水清岸", "水清岸绿"] {
            history.perform_merging(&mut notebook, Edit::Replace(saying(1, text))).unwrap();
        }
        history.perform_merging(&mut notebook, Edit::Replace(saying(2, "树"))).unwrap();
        assert_eq!(texts_while_undoing(history, notebook), ["水清岸绿|", "水清|", "|", "", ""]);
    }

    #[test]
    fn undoing_ends_the_step_and_a_new_one_forgets_what_was_undone() {
        let (mut history, mut notebook) = (History::default(), Notebook::default());
        history.perform(&mut notebook, Edit::Add(saying(1, ""))).unwrap();
        history.perform_merging(&mut notebook, Edit::Replace(saying(1, "水"))).unwrap();
        assert_eq!(history.undo(&mut notebook), Ok(Some(Edit::Replace(saying(1, "")))));
        assert!(history.can_redo());
        history.perform_merging(&mut notebook, Edit::Replace(saying(1, "树"))).unwrap();
        assert!(!history.can_redo());
        assert_eq!(texts_while_undoing(history, notebook), ["", ""]);
    }

    #[test]
    fn the_oldest_steps_are_forgotten() {
        let (mut history, mut notebook) = (History::default(), Notebook::default());
        history.perform(&mut notebook, Edit::Add(saying(1, "first"))).unwrap();
        for step in 0..History::MOST {
            history.perform(&mut notebook, Edit::Replace(saying(1, &step.to_string()))).unwrap();
        }
        let texts = texts_while_undoing(history, notebook);
        assert_eq!((texts.len(), texts.last().map(String::as_str)), (History::MOST, Some("first")));
    }

    #[test]
    fn steps_keep_their_moments_while_they_are_undone_and_done_again() {
        let (mut history, mut notebook) = (History::default(), Notebook::default());
        for (number, second) in [(1, 10), (2, 20)] {
            history.perform(&mut notebook, Edit::Add(saying(number, ""))).unwrap();
            history.date_latest(Timestamp::from_second(second).unwrap());
        }
        let mut moments = vec![(history.latest_undo(), history.latest_redo())];
        for back in [true, true, false] {
            if back {
                history.undo(&mut notebook).unwrap()
            } else {
                history.redo(&mut notebook).unwrap()
            };
            moments.push((history.latest_undo(), history.latest_redo()));
        }
        let [first, second] = [10, 20].map(|second| Some(Timestamp::from_second(second).unwrap()));
        assert_eq!(moments, [(second, None), (first, second), (None, first), (first, second)]);
    }

    #[test]
    fn a_step_that_no_longer_fits_is_forgotten() {
        let (mut history, mut notebook) = (History::default(), Notebook::default());
        history.perform(&mut notebook, Edit::Add(saying(1, ""))).unwrap();
        let id = saying(1, "").id;
        notebook.apply(Edit::Remove(id)).unwrap();
        assert_eq!(history.undo(&mut notebook), Err(EditError::NotThere(id)));
        assert_eq!((history.can_undo(), history.can_redo()), (false, false));
    }

    #[test]
    fn it_fits_as_long_as_its_own_notes_are_the_same() {
        let (mut history, mut notebook) = (History::default(), Notebook::default());
        history.perform(&mut notebook, Edit::Add(saying(1, ""))).unwrap();
        let before = notebook.clone();
        notebook.apply(Edit::Add(saying(2, "from elsewhere"))).unwrap();
        assert!(history.fits(&before, &notebook));
        notebook.apply(Edit::Replace(saying(1, "from elsewhere"))).unwrap();
        assert!(!history.fits(&before, &notebook));
    }

    proptest! {
        #[test]
        fn undoing_and_redoing_everything_changes_nothing(
            steps in prop::collection::vec((any_edit(), any::<bool>()), 0..30),
        ) {
            let (mut history, mut notebook) = (History::default(), Notebook::default());
            for (edit, merging) in steps {
                let before = (history.clone(), notebook.clone());
                let done = if merging {
                    history.perform_merging(&mut notebook, edit)
                } else {
                    history.perform(&mut notebook, edit)
                };
                if done.is_err() {
                    prop_assert_eq!((&history, &notebook), (&before.0, &before.1));
                }
            }
            let now = notebook.clone();
            while history.undo(&mut notebook).unwrap().is_some() {}
            prop_assert_eq!(&notebook, &Notebook::default());
            while history.redo(&mut notebook).unwrap().is_some() {}
            prop_assert_eq!(&notebook, &now);
            prop_assert!(!history.can_redo());
        }
    }
}
