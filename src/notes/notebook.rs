//! Every note of a document, and the one door through which they change.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Annotation, Conflict, NoteId, NoteList, NotesByPlace, Standing, Tag, Trashed};
use crate::text::Span;

/// Every note of a document, in the order of their places, and its trash.
///
/// Holds: no two notes share an identity, those in the trash among them; [`Notebook::iter`] goes by the
/// anchor's span, and by identity where two are the same. [`Notebook::apply`] is the only door. Notes are
/// shared with whoever keeps them: a change puts another note in the place of the one before.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Notebook {
    annotations: NotesByPlace,
    places: HashMap<NoteId, Span>,
    trash: BTreeMap<NoteId, Trashed>,
    /// Other texts of notes, which the reader has to choose from; never an empty list.
    conflicts: BTreeMap<NoteId, Vec<Conflict>>,
}

/// One step of change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Edit {
    /// Adds a note. One of the same identity in the trash makes room for it.
    Add(Arc<Annotation>),
    /// Takes a note away, past the trash: what undoes its making.
    Remove(NoteId),
    /// Puts a note in the place of the one with the same identity.
    Replace(Arc<Annotation>),
    /// Moves a note to the trash: what a reader calls deleting.
    Discard {
        /// Which note.
        id: NoteId,
        /// When.
        at: Timestamp,
    },
    /// Takes a note back from the trash.
    Recover(NoteId),
    /// Takes a note out of the trash for good.
    Forget(NoteId),
    /// Puts a note into the trash that was forgotten.
    Remember(Trashed),
    /// Says which other texts of a note are left to choose from.
    Dispute(NoteId, Vec<Conflict>),
    /// Several changes as one, in this order: all or none.
    Group(Vec<Edit>),
}

/// Why an edit could not be made. The notebook is then as before.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EditError {
    /// A note to add is there already.
    #[error("the note {0} is in the notebook already")]
    AlreadyThere(NoteId),
    /// A note to remove or replace is not there.
    #[error("the note {0} is not in the notebook")]
    NotThere(NoteId),
    /// A note to take back or to forget is not in the trash.
    #[error("the note {0} is not in the trash")]
    NotInTrash(NoteId),
}

/// How many notes have a tag.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TagCount {
    /// Notes that carry the tag itself.
    pub itself: usize,
    /// Notes that carry the tag or one nested in it, each note counted once.
    pub within: usize,
}

impl Notebook {
    /// A notebook of these notes and this trash. Of several with the same identity the first is taken.
    pub fn new(
        notes: impl IntoIterator<Item = Arc<Annotation>>,
        trash: impl IntoIterator<Item = Trashed>,
    ) -> Self {
        let mut notebook = Self::default();
        let notes = notes.into_iter().map(Edit::Add);
        for edit in notes.chain(trash.into_iter().map(Edit::Remember)) {
            // Refused where the identity is taken.
            let _taken = notebook.apply(edit);
        }
        notebook
    }

    /// The same with other texts of some notes.
    #[must_use]
    pub fn with_conflicts(mut self, conflicts: BTreeMap<NoteId, Vec<Conflict>>) -> Self {
        self.conflicts = conflicts;
        self.conflicts.retain(|_, others| !others.is_empty());
        self
    }

    /// Makes the change and returns its inverse.
    ///
    /// Law: an edit and then its inverse changes nothing. Errors: see [`EditError`]; nothing has changed
    /// then, also where a later part of a group failed.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::Add(note) => self.add(note),
            Edit::Remove(id) => self.take(id).map(Edit::Add),
            Edit::Replace(note) => self.replace(note),
            Edit::Discard { id, at } => self.discard(id, at),
            Edit::Recover(id) => self.recover(id),
            Edit::Forget(id) => self.take_from_trash(id).map(Edit::Remember),
            Edit::Remember(trashed) => self.remember(trashed),
            Edit::Dispute(id, others) => Ok(self.dispute(id, others)),
            Edit::Group(edits) => self.apply_group(edits),
        }
    }

    /// The notes, in the order of their places.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Annotation> + DoubleEndedIterator {
        self.annotations.iter().map(|note| &**note)
    }

    /// The same, to be shared.
    pub fn iter_shared(&self) -> impl ExactSizeIterator<Item = &Arc<Annotation>> + DoubleEndedIterator {
        self.annotations.iter()
    }

    /// The same as they are now, to be kept: as quickly done for many notes as for few.
    pub fn list(&self) -> NoteList {
        NoteList::taken(self.annotations.clone())
    }

    /// The same, to tell what has changed since.
    pub(crate) fn by_place(&self) -> &NotesByPlace {
        &self.annotations
    }

    /// The notes in the trash, the one that was deleted last first.
    pub fn trash(&self) -> Vec<&Trashed> {
        let mut trash: Vec<&Trashed> = self.trash.values().collect();
        trash.sort_by_key(|trashed| trashed.order());
        trash
    }

    /// Other texts of notes that were changed in two places at once.
    pub fn conflicts(&self) -> &BTreeMap<NoteId, Vec<Conflict>> {
        &self.conflicts
    }

    /// Those of one note.
    pub fn conflicts_of(&self, id: NoteId) -> &[Conflict] {
        self.conflicts.get(&id).map_or(&[], Vec::as_slice)
    }

    /// What is in the trash of that identity.
    pub fn trashed(&self, id: NoteId) -> Option<&Trashed> {
        self.trash.get(&id)
    }

    /// The note with that identity.
    pub fn get(&self, id: NoteId) -> Option<&Annotation> {
        self.get_shared(id).map(|note| &**note)
    }

    /// The same, to be shared.
    pub fn get_shared(&self, id: NoteId) -> Option<&Arc<Annotation>> {
        self.annotations.get(*self.places.get(&id)?, id)
    }

    /// Where it has the note with that identity.
    pub fn standing(&self, id: NoteId) -> Standing {
        let trashed = || self.trash.get(&id).cloned().map_or(Standing::Absent, Standing::Trashed);
        self.get_shared(id).cloned().map_or_else(trashed, Standing::There)
    }

    /// How many notes there are.
    pub fn len(&self) -> usize {
        self.annotations.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every tag in use and every tag that one is nested in, with their counts.
    pub fn tags(&self) -> BTreeMap<Tag, TagCount> {
        count_tags(self.iter())
    }

    fn add(&mut self, note: Arc<Annotation>) -> Result<Edit, EditError> {
        let id = note.id;
        self.insert(note)?;
        let trashed = self.trash.remove(&id).map(Edit::Remember);
        Ok(trashed.map_or(Edit::Remove(id), |trashed| Edit::Group(vec![Edit::Remove(id), trashed])))
    }

    fn insert(&mut self, note: Arc<Annotation>) -> Result<(), EditError> {
        let (id, place) = (note.id, note.anchor.span);
        if self.places.contains_key(&id) {
            return Err(EditError::AlreadyThere(id));
        }
        self.places.insert(id, place);
        self.annotations.insert(note);
        Ok(())
    }

    fn take(&mut self, id: NoteId) -> Result<Arc<Annotation>, EditError> {
        let place = self.places.remove(&id).ok_or(EditError::NotThere(id))?;
        self.annotations.remove(place, id).ok_or(EditError::NotThere(id))
    }

    fn replace(&mut self, note: Arc<Annotation>) -> Result<Edit, EditError> {
        let last = self.take(note.id)?;
        self.insert(note)?;
        Ok(Edit::Replace(last))
    }

    fn discard(&mut self, id: NoteId, at: Timestamp) -> Result<Edit, EditError> {
        let note = self.take(id)?;
        self.trash.insert(id, Trashed { note, at });
        Ok(Edit::Recover(id))
    }

    fn recover(&mut self, id: NoteId) -> Result<Edit, EditError> {
        let Trashed { note, at } = self.take_from_trash(id)?;
        self.insert(note)?;
        Ok(Edit::Discard { id, at })
    }

    fn remember(&mut self, trashed: Trashed) -> Result<Edit, EditError> {
        let id = trashed.note.id;
        if self.places.contains_key(&id) || self.trash.contains_key(&id) {
            return Err(EditError::AlreadyThere(id));
        }
        self.trash.insert(id, trashed);
        Ok(Edit::Forget(id))
    }

    fn dispute(&mut self, id: NoteId, others: Vec<Conflict>) -> Edit {
        let before = self.conflicts.remove(&id).unwrap_or_default();
        if !others.is_empty() {
            self.conflicts.insert(id, others);
        }
        Edit::Dispute(id, before)
    }

    fn take_from_trash(&mut self, id: NoteId) -> Result<Trashed, EditError> {
        self.trash.remove(&id).ok_or(EditError::NotInTrash(id))
    }

    fn apply_group(&mut self, edits: Vec<Edit>) -> Result<Edit, EditError> {
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.apply(edit) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    self.take_back(inverses)?;
                    return Err(error);
                }
            }
        }
        inverses.reverse();
        Ok(Edit::Group(inverses))
    }

    fn take_back(&mut self, inverses: Vec<Edit>) -> Result<(), EditError> {
        inverses.into_iter().rev().try_for_each(|inverse| self.apply(inverse).map(drop))
    }
}

/// Every tag that the notes carry and every tag that one is nested in, with their counts.
pub fn count_tags<'a>(notes: impl IntoIterator<Item = &'a Annotation>) -> BTreeMap<Tag, TagCount> {
    let mut counts: BTreeMap<Tag, TagCount> = BTreeMap::new();
    for annotation in notes {
        let itself: BTreeSet<&Tag> = annotation.tags.iter().collect();
        let within: BTreeSet<Tag> = itself.iter().flat_map(|tag| tag.with_above()).collect();
        for tag in itself {
            counts.entry(tag.clone()).or_default().itself += 1;
        }
        for tag in within {
            counts.entry(tag).or_default().within += 1;
        }
    }
    counts
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notes::Anchor;
    use crate::notes::sample::note;

    fn at(number: u128, position: u32) -> Arc<Annotation> {
        Arc::new(note(number, Anchor { span: Span::at(position), ..Anchor::default() }))
    }

    fn tagged(number: u128, tags: &[&str]) -> Arc<Annotation> {
        let tags = tags.iter().map(|tag| Tag::new(tag).unwrap()).collect();
        Arc::new(Annotation { tags, ..(*at(number, 0)).clone() })
    }

    fn notebook_of(annotations: impl IntoIterator<Item = Arc<Annotation>>) -> Notebook {
        Notebook::new(annotations, [])
    }

    fn moment(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn numbers(notebook: &Notebook) -> Vec<u128> {
        notebook.iter().map(|annotation| annotation.id.0.as_u128()).collect()
    }

    #[test]
    fn notes_are_in_the_order_of_their_places() {
        let mut notebook = notebook_of([at(1, 9), at(3, 0), at(2, 9)]);
        assert_eq!(numbers(&notebook), [3, 1, 2]);
        notebook.apply(Edit::Replace(at(1, 20))).unwrap();
        assert_eq!(numbers(&notebook), [3, 2, 1]);
        assert_eq!(notebook.get(at(1, 0).id), Some(&*at(1, 20)));
        assert_eq!(notebook.get(at(7, 0).id), None);
    }

    #[test]
    fn a_change_that_does_not_fit_is_refused_whole() {
        let mut notebook = notebook_of([at(1, 9)]);
        let before = notebook.clone();
        let (one, two) = (at(1, 0).id, at(2, 0).id);
        assert_eq!(notebook.apply(Edit::Add(at(1, 0))), Err(EditError::AlreadyThere(one)));
        assert_eq!(notebook.apply(Edit::Replace(at(2, 0))), Err(EditError::NotThere(two)));
        let group = Edit::Group(vec![Edit::Add(at(3, 0)), Edit::Remove(one), Edit::Remove(two)]);
        assert_eq!(notebook.apply(group), Err(EditError::NotThere(two)));
        assert_eq!(notebook, before);
    }

    #[test]
    fn the_trash_keeps_what_was_deleted_until_it_is_forgotten() {
        let mut notebook = notebook_of([at(1, 9), at(2, 3)]);
        let (one, two) = (at(1, 9).id, at(2, 3).id);
        for (id, second) in [(one, 5), (two, 7)] {
            notebook.apply(Edit::Discard { id, at: moment(second) }).unwrap();
        }
        let in_trash = |notebook: &Notebook| -> Vec<NoteId> {
            notebook.trash().iter().map(|trashed| trashed.note.id).collect()
        };
        assert_eq!((notebook.len(), in_trash(&notebook)), (0, vec![two, one]));
        notebook.apply(Edit::Recover(one)).unwrap();
        assert_eq!((numbers(&notebook), in_trash(&notebook)), (vec![1], vec![two]));
        notebook.apply(Edit::Forget(two)).unwrap();
        assert_eq!(notebook.apply(Edit::Recover(two)), Err(EditError::NotInTrash(two)));
    }

    #[test]
    fn a_note_that_comes_again_leaves_the_trash() {
        let mut notebook = notebook_of([at(1, 9)]);
        let id = at(1, 9).id;
        notebook.apply(Edit::Discard { id, at: moment(5) }).unwrap();
        let before = notebook.clone();
        let inverse = notebook.apply(Edit::Add(at(1, 4))).unwrap();
        assert_eq!((numbers(&notebook), notebook.trash().len()), (vec![1], 0));
        notebook.apply(inverse).unwrap();
        assert_eq!(notebook, before);
    }

    #[test]
    fn tags_are_counted_with_those_nested_in_them() {
        let notebook =
            notebook_of([tagged(1, &["水/河", "水/湖"]), tagged(2, &["水"]), tagged(3, &["土/沙"])]);
        let counts: Vec<_> = notebook
            .tags()
            .into_iter()
            .map(|(tag, count)| (String::from(tag), count.itself, count.within))
            .collect();
        let expected = [("土", 0, 1), ("土/沙", 1, 1), ("水", 1, 2), ("水/河", 1, 1), ("水/湖", 1, 1)];
        assert_eq!(counts, expected.map(|(tag, itself, within)| (tag.to_owned(), itself, within)));
    }

    /// Any edit of notes numbered 0 to 3, most of them possible, some not.
    pub(in crate::notes) fn any_edit() -> impl Strategy<Value = Edit> {
        let annotation = || (0_u128..4, 0_u32..5).prop_map(|(number, position)| at(number, position));
        let single = prop_oneof![
            annotation().prop_map(Edit::Add),
            annotation().prop_map(Edit::Replace),
            annotation().prop_map(|annotation| Edit::Remove(annotation.id)),
            (annotation(), 0_i64..3)
                .prop_map(|(annotation, second)| Edit::Discard { id: annotation.id, at: moment(second) }),
            annotation().prop_map(|annotation| Edit::Recover(annotation.id)),
            annotation().prop_map(|annotation| Edit::Forget(annotation.id)),
            (annotation(), 0_i64..3)
                .prop_map(|(note, second)| Edit::Remember(Trashed { note, at: moment(second) })),
        ];
        single.prop_recursive(2, 8, 4, |inner| prop::collection::vec(inner, 0..4).prop_map(Edit::Group))
    }

    /// Any edit, and choices between texts.
    fn any_step() -> impl Strategy<Value = Edit> {
        let texts = prop::collection::vec("[ab]", 0..2);
        let dispute = (0_u128..4, texts).prop_map(|(number, texts)| {
            let conflict = |text| Conflict { text, changed: moment(1) };
            Edit::Dispute(at(number, 0).id, texts.into_iter().map(conflict).collect())
        });
        prop_oneof![4 => any_edit(), 1 => dispute]
    }

    proptest! {
        #[test]
        fn an_edit_and_its_inverse_change_nothing(edits in prop::collection::vec(any_step(), 0..20)) {
            let mut notebook = Notebook::default();
            for edit in edits {
                let before = notebook.clone();
                if let Ok(inverse) = notebook.apply(edit) {
                    let after = notebook.clone();
                    let again = notebook.apply(inverse).unwrap();
                    prop_assert_eq!(&notebook, &before);
                    notebook.apply(again).unwrap();
                    prop_assert_eq!(&notebook, &after);
                } else {
                    prop_assert_eq!(&notebook, &before);
                }
                prop_assert!(notebook.iter().map(|note| (note.anchor.span, note.id)).is_sorted());
                prop_assert!(notebook.iter().all(|note| notebook.get(note.id) == Some(note)));
                prop_assert!(notebook.trash().iter().all(|trashed| notebook.get(trashed.note.id).is_none()));
            }
        }
    }
}
