//! The notes of many documents in one place.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::{Annotation, FoundState, NoteId, NoteQuery, NoteState, NoteWords, PlaceNow, ReadyQuery, Tag};
use crate::document::TextId;

/// The notes of one document.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DocumentNotes {
    /// Where the document is read from, as words; empty where that is not known.
    pub place: String,
    /// Its title as written, or the name of its file.
    pub title: String,
    /// The identity of the text that the notes were last kept for.
    pub text: Option<TextId>,
    /// The notes, in the order of their places.
    pub notes: Vec<Arc<Annotation>>,
    /// Where they were when last looked at. A note that is not named has not been looked at since the
    /// document or the note was changed.
    pub states: BTreeMap<NoteId, FoundState>,
    /// How those stand in the text of which there is something to say. Of an open document its reader knows.
    pub places_now: BTreeMap<NoteId, PlaceNow>,
    /// How many of its notes lie in the trash.
    pub deleted: usize,
}

impl DocumentNotes {
    /// Whether there is neither a note nor a deleted one.
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty() && self.deleted == 0
    }

    /// Where a note is, as far as it is known.
    pub fn state(&self, id: NoteId) -> NoteState {
        self.states.get(&id).copied().into()
    }
}

/// The notes of one document, made ready to be filtered by their words.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SearchableNotes {
    /// The notes.
    document: Arc<DocumentNotes>,
    /// Beside each note, what it says.
    words: Vec<Arc<NoteWords>>,
}

impl SearchableNotes {
    /// Long work for thousands of notes: to be done away from the window.
    pub fn new(document: DocumentNotes) -> Self {
        let words = document.notes.iter().map(|note| Arc::new(NoteWords::of(note))).collect();
        Self { document: Arc::new(document), words }
    }

    /// The same with another version of the document's notes. Only those that have changed are read.
    #[must_use]
    pub fn updated(&self, document: DocumentNotes) -> Self {
        let known: HashMap<NoteId, (&Arc<Annotation>, &Arc<NoteWords>)> = self
            .document
            .notes
            .iter()
            .zip(&self.words)
            .map(|(note, words)| (note.id, (note, words)))
            .collect();
        let words = document.notes.iter().map(|note| match known.get(&note.id) {
            Some((before, words)) if Arc::ptr_eq(before, note) || before == &note => Arc::clone(words),
            _ => Arc::new(NoteWords::of(note)),
        });
        let words = words.collect();
        Self { document: Arc::new(document), words }
    }

    /// The same notes, found in these states and standing so.
    #[must_use]
    pub fn found(self, states: BTreeMap<NoteId, FoundState>, places_now: BTreeMap<NoteId, PlaceNow>) -> Self {
        let document = DocumentNotes { states, places_now, ..Arc::unwrap_or_clone(self.document) };
        Self { document: Arc::new(document), words: self.words }
    }

    /// The numbers of the notes that a query wants, in their order.
    pub fn choose(&self, query: &ReadyQuery<'_>) -> impl Iterator<Item = usize> {
        let notes = self.document.notes.iter().zip(&self.words).enumerate();
        let wanted =
            notes.filter(|(_, (note, words))| query.wants(note, words, self.document.state(note.id)));
        wanted.map(|(index, _)| index)
    }

    /// The notes.
    pub fn document(&self) -> &Arc<DocumentNotes> {
        &self.document
    }
}

/// Where a note stands in a [`Collection`], as long as that is not changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NoteAt {
    /// The document, as a number of the collection: one that stays.
    pub document: usize,
    /// Which of its notes, from 0.
    pub index: usize,
}

/// A note of a document of a [`Collection`]: stays the same whatever is changed. Two documents may hold the same
/// note.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NoteKey {
    /// The document, as a number of the collection: one that stays.
    pub document: usize,
    /// The note.
    pub note: NoteId,
}

/// The notes of many documents.
///
/// Holds: no two documents have the same place, unless it is not known; the number of a document is for ever.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    documents: Vec<SearchableNotes>,
    numbers: HashMap<String, usize>,
}

impl Collection {
    /// Puts the notes of a document in the place of those that were there, or adds them.
    pub fn put(&mut self, document: SearchableNotes) {
        let place = document.document.place.clone();
        let known = self.numbers.get(&place).and_then(|&number| self.documents.get_mut(number));
        if let Some(before) = known {
            *before = document;
            return;
        }
        if !place.is_empty() {
            self.numbers.insert(place, self.documents.len());
        }
        self.documents.push(document);
    }

    /// Empties every document but those that `stays`.
    pub fn retain(&mut self, stays: impl Fn(&DocumentNotes) -> bool) {
        for each in self.documents.iter_mut().filter(|each| !stays(&each.document)) {
            let (place, title) = (each.document.place.clone(), each.document.title.clone());
            *each = SearchableNotes::new(DocumentNotes { place, title, ..DocumentNotes::default() });
        }
    }

    /// The documents, each under its number.
    pub fn documents(&self) -> &[SearchableNotes] {
        &self.documents
    }

    /// The document of a number.
    pub fn document(&self, number: usize) -> Option<&Arc<DocumentNotes>> {
        self.documents.get(number).map(|each| &each.document)
    }

    /// The number of the document at a place.
    pub fn number_of(&self, place: &str) -> Option<usize> {
        self.numbers.get(place).copied()
    }

    /// The note that stands there.
    pub fn note(&self, at: NoteAt) -> Option<&Arc<Annotation>> {
        self.document(at.document)?.notes.get(at.index)
    }

    /// What names the note that stands there for good.
    pub fn key(&self, at: NoteAt) -> Option<NoteKey> {
        Some(NoteKey { document: at.document, note: self.note(at)?.id })
    }

    /// The note of that name.
    pub fn find(&self, key: NoteKey) -> Option<&Arc<Annotation>> {
        self.document(key.document)?.notes.iter().find(|note| note.id == key.note)
    }

    /// How many notes there are.
    pub fn len(&self) -> usize {
        self.documents.iter().map(|each| each.document.notes.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.documents.iter().all(|each| each.document.notes.is_empty())
    }

    /// The tags in use, each with how many notes carry it.
    pub fn tag_uses(&self) -> Vec<(Tag, usize)> {
        let mut uses: HashMap<&Tag, usize> = HashMap::new();
        let notes = self.documents.iter().flat_map(|each| &each.document.notes);
        for tag in notes.flat_map(|note| &note.tags) {
            *uses.entry(tag).or_default() += 1;
        }
        uses.into_iter().map(|(tag, uses)| (tag.clone(), uses)).collect()
    }
}

/// Which notes of a collection a query wants, remembered for each document: one that has not changed is not looked at
/// again.
#[derive(Debug, Default)]
pub struct ChosenNotes {
    query: NoteQuery,
    /// Under the number of each document: its notes as they were, and which of them were wanted.
    documents: Vec<(Arc<DocumentNotes>, Vec<usize>)>,
}

impl ChosenNotes {
    /// The notes that a query wants, document by document, in the order of their places. Days are those of `zone`, which
    /// is always the same.
    pub fn of(&mut self, collection: &Collection, query: &NoteQuery, zone: &TimeZone) -> Vec<NoteAt> {
        self.look(collection, query, zone);
        let documents = self.documents.iter().enumerate();
        let at = |(document, (_, wanted)): (usize, &(_, Vec<usize>))| {
            wanted.iter().map(move |&index| NoteAt { document, index }).collect::<Vec<_>>()
        };
        documents.flat_map(at).collect()
    }

    /// Looks at the documents that have changed since; at all of them where the query has. Answers at how many.
    fn look(&mut self, collection: &Collection, query: &NoteQuery, zone: &TimeZone) -> usize {
        if self.query != *query {
            *self = Self { query: query.clone(), documents: Vec::new() };
        }
        self.documents.truncate(collection.documents.len());
        let ready = query.ready(zone);
        let mut looked = 0;
        for (number, each) in collection.documents.iter().enumerate() {
            let known = self.documents.get_mut(number);
            if known.as_ref().is_some_and(|(document, _)| Arc::ptr_eq(document, &each.document)) {
                continue;
            }
            let now = (Arc::clone(&each.document), each.choose(&ready).collect());
            match known {
                Some(known) => *known = now,
                None => self.documents.push(now),
            }
            looked += 1;
        }
        looked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::Anchor;
    use crate::notes::sample::note;

    fn saying(number: u128, text: &str) -> Arc<Annotation> {
        Arc::new(Annotation { text: text.to_owned(), ..note(number, Anchor::default()) })
    }

    fn document(place: &str, notes: &[Arc<Annotation>]) -> DocumentNotes {
        DocumentNotes { place: place.to_owned(), notes: notes.to_vec(), ..DocumentNotes::default() }
    }

    fn texts(collection: &Collection, words: &str) -> Vec<String> {
        let query = NoteQuery { text: words.to_owned(), ..NoteQuery::default() };
        let chosen = ChosenNotes::default().of(collection, &query, &TimeZone::UTC);
        chosen.iter().map(|at| collection.note(*at).unwrap().text.clone()).collect()
    }

    #[test]
    fn notes_of_all_documents_are_chosen_in_order() {
        let mut collection = Collection::default();
        collection.put(SearchableNotes::new(document("a", &[saying(1, "河水"), saying(2, "樹木")])));
        collection.put(SearchableNotes::new(document("b", &[saying(1, "水渠")])));
        assert_eq!(texts(&collection, "水"), ["河水", "水渠"]);
        assert_eq!(texts(&collection, ""), ["河水", "樹木", "水渠"]);
        assert_eq!(collection.len(), 3);
    }

    #[test]
    fn a_document_keeps_its_number_and_its_unchanged_notes_are_not_read_again() {
        let mut collection = Collection::default();
        let (first, second) = (saying(1, "河水"), saying(2, "樹木"));
        collection.put(SearchableNotes::new(document("a", &[Arc::clone(&first), second])));
        collection.put(SearchableNotes::new(document("b", &[saying(3, "山")])));
        let before = collection.documents()[0].clone();
        let after = before.updated(document("a", &[first, saying(2, "草木")]));
        assert!(Arc::ptr_eq(&before.words[0], &after.words[0]));
        collection.put(after);
        assert_eq!((collection.number_of("a"), collection.number_of("b")), (Some(0), Some(1)));
        assert_eq!((texts(&collection, "草"), texts(&collection, "樹").len()), (vec!["草木".to_owned()], 0));
        collection.retain(|document| document.place != "a");
        assert_eq!((texts(&collection, ""), collection.number_of("b")), (vec!["山".to_owned()], Some(1)));
    }

    #[test]
    fn documents_of_unknown_places_stand_beside_each_other() {
        let mut collection = Collection::default();
        collection.put(SearchableNotes::new(document("", &[saying(1, "水")])));
        collection.put(SearchableNotes::new(document("", &[saying(2, "樹")])));
        assert_eq!(texts(&collection, ""), ["水", "樹"]);
    }

    #[test]
    fn only_what_has_changed_is_looked_at_again() {
        let mut collection = Collection::default();
        let river = document("river", &[saying(1, "先種樹"), saying(2, "再清淤")]);
        collection.put(SearchableNotes::new(river.clone()));
        collection.put(SearchableNotes::new(document("bridge", &[saying(3, "石橋")])));
        let mut chosen = ChosenNotes::default();
        let mut check = |collection: &Collection, words: &str, looked: usize, expected: usize| {
            let query = NoteQuery { text: words.to_owned(), ..NoteQuery::default() };
            assert_eq!(chosen.look(collection, &query, &TimeZone::UTC), looked, "{words}");
            let wanted = chosen.of(collection, &query, &TimeZone::UTC);
            assert_eq!(wanted.len(), expected, "{words}");
            assert_eq!(wanted, ChosenNotes::default().of(collection, &query, &TimeZone::UTC));
        };
        check(&collection, "", 2, 3);
        check(&collection, "", 0, 3);
        check(&collection, "樹", 2, 1);
        let changed = DocumentNotes { notes: river.notes[1..].to_vec(), ..river };
        collection.put(collection.documents()[0].clone().updated(changed));
        check(&collection, "樹", 1, 0);
        collection.put(SearchableNotes::new(document("wood", &[saying(4, "植樹")])));
        check(&collection, "樹", 1, 1);
        collection.retain(|document| document.place == "wood");
        check(&collection, "樹", 2, 1);
    }
}
