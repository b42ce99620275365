//! Every note of a document, and the one door through which they change.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::{Annotation, NoteId, Tag};
use crate::text::Span;

/// Every note of a document, in the order of their places.
///
/// Holds: no two notes share an identity; [`Notebook::iter`] goes by the anchor's span, and by identity
/// where two are the same. [`Notebook::apply`] is the only door.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Notebook {
    annotations: BTreeMap<(Span, NoteId), Annotation>,
    places: HashMap<NoteId, Span>,
}

/// One step of change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Edit {
    /// Adds a note.
    Add(Annotation),
    /// Takes a note away.
    Remove(NoteId),
    /// Puts a note in the place of the one with the same identity.
    Replace(Annotation),
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
    /// Makes the change and returns its inverse.
    ///
    /// Law: an edit and then its inverse changes nothing. Errors: see [`EditError`]; nothing has changed
    /// then, also where a later part of a group failed.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::Add(annotation) => self.add(annotation),
            Edit::Remove(id) => self.take(id).map(Edit::Add),
            Edit::Replace(annotation) => self.replace(annotation),
            Edit::Group(edits) => self.apply_group(edits),
        }
    }

    /// The notes, in the order of their places.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Annotation> + DoubleEndedIterator {
        self.annotations.values()
    }

    /// The note with that identity.
    pub fn get(&self, id: NoteId) -> Option<&Annotation> {
        self.annotations.get(&(*self.places.get(&id)?, id))
    }

    /// How many notes there are.
    pub fn len(&self) -> usize {
        self.annotations.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.annotations.is_empty()
    }

    /// Every tag in use and every tag that one is nested in, with their counts.
    pub fn tags(&self) -> BTreeMap<Tag, TagCount> {
        count_tags(self.iter())
    }

    fn add(&mut self, annotation: Annotation) -> Result<Edit, EditError> {
        let id = annotation.id;
        if self.places.contains_key(&id) {
            return Err(EditError::AlreadyThere(id));
        }
        self.places.insert(id, annotation.anchor.span);
        self.annotations.insert((annotation.anchor.span, id), annotation);
        Ok(Edit::Remove(id))
    }

    fn take(&mut self, id: NoteId) -> Result<Annotation, EditError> {
        let place = self.places.remove(&id).ok_or(EditError::NotThere(id))?;
        self.annotations.remove(&(place, id)).ok_or(EditError::NotThere(id))
    }

    fn replace(&mut self, annotation: Annotation) -> Result<Edit, EditError> {
        let last = self.take(annotation.id)?;
        self.add(annotation)?;
        Ok(Edit::Replace(last))
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

    fn at(number: u128, position: u32) -> Annotation {
        note(number, Anchor { span: Span::at(position), ..Anchor::default() })
    }

    fn tagged(number: u128, tags: &[&str]) -> Annotation {
        let tags = tags.iter().map(|tag| Tag::new(tag).unwrap()).collect();
        Annotation { tags, ..at(number, 0) }
    }

    fn notebook_of(annotations: impl IntoIterator<Item = Annotation>) -> Notebook {
        let mut notebook = Notebook::default();
        notebook.apply(Edit::Group(annotations.into_iter().map(Edit::Add).collect())).unwrap();
        notebook
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
        assert_eq!(notebook.get(at(1, 0).id), Some(&at(1, 20)));
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
        ];
        single.prop_recursive(2, 8, 4, |inner| prop::collection::vec(inner, 0..4).prop_map(Edit::Group))
    }

    proptest! {
        #[test]
        fn an_edit_and_its_inverse_change_nothing(edits in prop::collection::vec(any_edit(), 0..20)) {
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
            }
        }
    }
}
