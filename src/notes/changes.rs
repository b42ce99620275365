//! From the notes as they are to the notes as they should be.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Annotation, Edit, NoteId, Notebook, Standing, Trashed};

/// Notes and their trash, by identity: what two states of a document's notes are compared by.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NoteStates(BTreeMap<NoteId, Standing>);

/// How many notes differ between two states.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StateCounts {
    /// Notes that only the later state has.
    pub added: usize,
    /// Notes that only the earlier state has.
    pub removed: usize,
    /// Notes that both have, and not the same.
    pub changed: usize,
}

/// A note that differs between two states: as it was there in the earlier one and in the later one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StateDifference {
    /// As it was; `None` where it was not there yet.
    pub before: Option<Arc<Annotation>>,
    /// As it became; `None` where it is there no longer.
    pub after: Option<Arc<Annotation>>,
}

/// Whether so many notes that went, of so many that there were, are more than a reader deletes who is not asked about it:
/// all of them, or five and a third of them at least.
pub fn is_mass_deletion(gone: usize, before: usize) -> bool {
    gone > 0 && (gone >= before || gone >= 5 && gone.saturating_mul(3) >= before)
}

impl NoteStates {
    /// Of these notes and this trash.
    pub fn new(notes: &[Arc<Annotation>], trash: &[Trashed]) -> Self {
        let trashed = trash.iter().map(|one| (one.note.id, Standing::Trashed(one.clone())));
        let there = notes.iter().map(|note| (note.id, Standing::There(Arc::clone(note))));
        Self(trashed.chain(there).collect())
    }

    /// The notes of which the state differs between the two.
    pub fn different(&self, other: &Self) -> Vec<NoteId> {
        let lacking = other.0.keys().filter(|id| !self.0.contains_key(id));
        let different = self.0.iter().filter(|(id, state)| other.0.get(id) != Some(state)).map(|(id, _)| id);
        different.chain(lacking).copied().collect()
    }

    /// What is another from `self` to `later`; what only moved in or out of the trash came or went.
    pub fn count_until(&self, later: &Self) -> StateCounts {
        let mut counts = StateCounts::default();
        for StateDifference { before, after } in self.differences_until(later) {
            match (before, after) {
                (None, _) => counts.added += 1,
                (_, None) => counts.removed += 1,
                (Some(_), Some(_)) => counts.changed += 1,
            }
        }
        counts
    }

    /// The notes that [`NoteStates::count_until`] counts, in the order in which they were made.
    pub fn differences_until(&self, later: &Self) -> Vec<StateDifference> {
        let states = |id: NoteId| (self.there(id).cloned(), later.there(id).cloned());
        let different = self.different(later).into_iter().map(states);
        let different = different.filter(|(before, after)| before != after);
        let mut all: Vec<StateDifference> =
            different.map(|(before, after)| StateDifference { before, after }).collect();
        all.sort_by_key(|one| one.before.as_ref().or(one.after.as_ref()).map(|note| (note.created, note.id)));
        all
    }

    /// The notes that are there and not in `later`, neither at all nor any longer.
    pub fn gone_until(&self, later: &Self) -> Vec<NoteId> {
        let gone = self.0.keys().filter(|id| self.there(**id).is_some() && later.there(**id).is_none());
        gone.copied().collect()
    }

    /// How many notes are there.
    pub fn len(&self) -> usize {
        self.0.keys().filter(|id| self.there(**id).is_some()).count()
    }

    /// Whether no note is there.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The edits that bring each of `ids` in `notebook` to the state that it has here.
    pub fn edits_for(&self, ids: &[NoteId], notebook: &Notebook) -> Vec<Edit> {
        ids.iter().flat_map(|&id| edits_to(self.0.get(&id), id, notebook)).collect()
    }

    fn there(&self, id: NoteId) -> Option<&Arc<Annotation>> {
        match self.0.get(&id)? {
            Standing::There(note) => Some(note),
            Standing::Absent | Standing::Trashed(_) => None,
        }
    }
}

fn edits_to(wanted: Option<&Standing>, id: NoteId, notebook: &Notebook) -> Vec<Edit> {
    let (here, trashed) = (notebook.get_shared(id), notebook.trashed(id));
    let leave = here.map(|_| Edit::Remove(id)).or(trashed.map(|_| Edit::Forget(id)));
    match wanted {
        None | Some(Standing::Absent) => leave.into_iter().collect(),
        Some(Standing::There(note)) => match here {
            Some(here) if here == note => Vec::new(),
            Some(_) => vec![Edit::Replace(Arc::clone(note))],
            None => vec![Edit::Add(Arc::clone(note))],
        },
        Some(Standing::Trashed(wanted)) if trashed == Some(wanted) => Vec::new(),
        Some(Standing::Trashed(wanted)) if here == Some(&wanted.note) => {
            vec![Edit::Discard { id, at: wanted.at }]
        }
        Some(Standing::Trashed(wanted)) => {
            leave.into_iter().chain([Edit::Remember(wanted.clone())]).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notes::notebook::tests::any_edit;

    fn states_of(notebook: &Notebook) -> NoteStates {
        let notes: Vec<_> = notebook.iter_shared().cloned().collect();
        let trash: Vec<_> = notebook.trash().into_iter().cloned().collect();
        NoteStates::new(&notes, &trash)
    }

    fn notebook_after(edits: Vec<Edit>) -> Notebook {
        let mut notebook = Notebook::default();
        for edit in edits {
            // Some of them do not fit.
            drop(notebook.apply(edit));
        }
        notebook
    }

    proptest! {
        #[test]
        fn the_edits_lead_from_any_state_to_any_other(
            here in prop::collection::vec(any_edit(), 0..8),
            there in prop::collection::vec(any_edit(), 0..8),
        ) {
            let (mut here, there) = (notebook_after(here), notebook_after(there));
            let (before, wanted) = (states_of(&here), states_of(&there));
            let different = before.different(&wanted);
            let edits = wanted.edits_for(&different, &here);
            here.apply(Edit::Group(edits)).unwrap();
            prop_assert_eq!(states_of(&here), states_of(&there));
            let counts = before.count_until(&wanted);
            prop_assert!(counts.added + counts.removed + counts.changed <= different.len());
        }
    }
}
