//! The notes of a document in the order of their places, so kept that a copy costs the same however many there are,
//! and that what has changed between two versions is found without looking at the rest.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

use imbl::OrdMap;
use imbl::ordmap::DiffItem;

use super::{Annotation, NoteId};
use crate::text::Span;

/// Notes by their places, and by identity where two have the same. A copy shares with the original all that neither
/// changes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct NotesByPlace(OrdMap<(Span, NoteId), Arc<Annotation>>);

impl NotesByPlace {
    /// The note of that place and identity.
    pub(crate) fn get(&self, place: Span, id: NoteId) -> Option<&Arc<Annotation>> {
        self.0.get(&(place, id))
    }

    /// Puts a note where its anchor says.
    pub(crate) fn insert(&mut self, note: Arc<Annotation>) {
        self.0.insert((note.anchor.span, note.id), note);
    }

    /// Takes a note away.
    pub(crate) fn remove(&mut self, place: Span, id: NoteId) -> Option<Arc<Annotation>> {
        self.0.remove(&(place, id))
    }

    /// All of them, in their order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<Annotation>> + DoubleEndedIterator {
        self.0.values()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// What has changed since `before`: each note as it was and as it is, in no order that says anything. What the two
    /// share is not looked at.
    pub(crate) fn changes_since<'a>(
        &'a self,
        before: &'a Self,
    ) -> impl Iterator<Item = (Option<&'a Annotation>, Option<&'a Annotation>)> {
        before.0.diff(&self.0).map(|item| match item {
            DiffItem::Add(_, now) => (None, Some(&**now)),
            DiffItem::Update { old: (_, then), new: (_, now) } => (Some(&**then), Some(&**now)),
            DiffItem::Remove(_, then) => (Some(&**then), None),
        })
    }
}

/// A list of notes, as it is kept. One that was taken from a [`super::Notebook`] is put together when somebody first
/// looks into it: whoever types hands over a version of the notes with each letter, most of which nobody looks into.
#[derive(Clone, Default)]
pub struct NoteList {
    /// Empty as long as it stands for the notes of a notebook.
    own: Vec<Arc<Annotation>>,
    taken: Option<Taken>,
}

/// The notes of a notebook, and the list of them once somebody has looked.
#[derive(Clone)]
struct Taken {
    notes: NotesByPlace,
    list: OnceLock<Vec<Arc<Annotation>>>,
}

impl NoteList {
    pub(super) fn taken(notes: NotesByPlace) -> Self {
        Self { own: Vec::new(), taken: Some(Taken { notes, list: OnceLock::new() }) }
    }

    /// How many notes there are.
    pub fn len(&self) -> usize {
        self.taken.as_ref().map_or(self.own.len(), |taken| taken.notes.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Taken {
    fn list(&self) -> &Vec<Arc<Annotation>> {
        self.list.get_or_init(|| self.notes.iter().cloned().collect())
    }
}

impl Deref for NoteList {
    type Target = Vec<Arc<Annotation>>;

    fn deref(&self) -> &Self::Target {
        self.taken.as_ref().map_or(&self.own, Taken::list)
    }
}

impl DerefMut for NoteList {
    fn deref_mut(&mut self) -> &mut Self::Target {
        if let Some(taken) = self.taken.take() {
            self.own = taken.list.into_inner().unwrap_or_else(|| taken.notes.iter().cloned().collect());
        }
        &mut self.own
    }
}

impl From<NoteList> for Vec<Arc<Annotation>> {
    fn from(mut list: NoteList) -> Self {
        std::mem::take(&mut *list)
    }
}

impl From<Vec<Arc<Annotation>>> for NoteList {
    fn from(own: Vec<Arc<Annotation>>) -> Self {
        Self { own, taken: None }
    }
}

impl FromIterator<Arc<Annotation>> for NoteList {
    fn from_iter<Notes: IntoIterator<Item = Arc<Annotation>>>(notes: Notes) -> Self {
        notes.into_iter().collect::<Vec<_>>().into()
    }
}

impl IntoIterator for NoteList {
    type Item = Arc<Annotation>;
    type IntoIter = std::vec::IntoIter<Arc<Annotation>>;

    fn into_iter(self) -> Self::IntoIter {
        Vec::from(self).into_iter()
    }
}

impl<'a> IntoIterator for &'a NoteList {
    type Item = &'a Arc<Annotation>;
    type IntoIter = std::slice::Iter<'a, Arc<Annotation>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for NoteList {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for NoteList {}

impl fmt::Debug for NoteList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::notes::Notebook;
    use crate::notes::notebook::tests::any_edit;
    use crate::notes::sample::note;
    use crate::notes::{Anchor, Edit};

    fn saying(number: u128, text: &str) -> Arc<Annotation> {
        Arc::new(Annotation { text: text.to_owned(), ..note(number, Anchor::default()) })
    }

    #[test]
    fn a_list_stays_as_the_notebook_was_and_can_be_changed() {
        let mut notebook = Notebook::new([saying(1, "水"), saying(2, "木")], []);
        let mut list = notebook.list();
        notebook.apply(Edit::Remove(saying(1, "").id)).unwrap();
        assert_eq!((list.len(), list.first()), (2, Some(&saying(1, "水"))));
        assert_eq!(notebook.list(), NoteList::from(vec![saying(2, "木")]));
        list.push(saying(3, "山"));
        assert_eq!(
            (list.len(), Vec::from(list)),
            (3, vec![saying(1, "水"), saying(2, "木"), saying(3, "山")])
        );
    }

    proptest! {
        #[test]
        fn what_has_changed_leads_from_one_version_to_the_other(
            first in prop::collection::vec(any_edit(), 0..12), then in prop::collection::vec(any_edit(), 0..6),
        ) {
            let mut notebook = Notebook::default();
            let mut made = |edits: Vec<Edit>| {
                for edit in edits {
                    // Some do not fit.
                    let _refused = notebook.apply(edit);
                }
                notebook.by_place().clone()
            };
            let (before, now) = (made(first), made(then));
            let by_id = |notes: &NotesByPlace| -> BTreeMap<NoteId, Annotation> {
                notes.iter().map(|note| (note.id, (**note).clone())).collect()
            };
            let mut led = by_id(&before);
            let changes: Vec<_> = now.changes_since(&before).collect();
            for then in changes.iter().filter_map(|(then, _)| *then) {
                led.remove(&then.id);
            }
            led.extend(changes.iter().filter_map(|(_, now)| *now).map(|now| (now.id, now.clone())));
            prop_assert_eq!(led, by_id(&now));
            prop_assert!(changes.iter().all(|(then, now)| then != now));
        }
    }
}
