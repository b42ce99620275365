//! The notes of all documents: read by the world, live for those that are open.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::notes::{
    Annotation, Collection, DocumentNotes, NoteAt, NoteChange, NoteId, Notebook, SearchableNotes,
};
use crate::session::{Effect, Place, Reader, Session, Tab, TabId, Ticket};

/// How far the gathering is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Gathering {
    /// Nobody has asked for it.
    #[default]
    Unasked,
    /// So many documents were read, of so many.
    Running {
        /// Read.
        done: usize,
        /// Of so many; 0 while that is not known.
        all: usize,
    },
    /// The reader stopped it after so many documents, of so many.
    Stopped {
        /// Read.
        done: usize,
        /// Of so many.
        all: usize,
    },
    /// All that could be read is there.
    Complete,
}

/// Notes of a document that could not be read as they should be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GatheringFault {
    /// The document, or the file of notes, by its name.
    pub name: String,
    /// What was wrong, in a sentence.
    pub reason: String,
}

/// Some of the notes that were asked for.
#[derive(Debug, Default)]
pub struct GatheredNotes {
    /// What was read.
    pub documents: Vec<SearchableNotes>,
    /// What could not be read, or not as it should be.
    pub faults: Vec<GatheringFault>,
    /// How many documents were looked at by now.
    pub done: usize,
    /// How many there are.
    pub all: usize,
}

/// The notes of all documents, as far as they were read.
#[derive(Debug, Default)]
pub(in crate::session) struct Gathered {
    collection: Collection,
    gathering: Gathering,
    ticket: Ticket,
    /// Documents of which the world told in this gathering.
    told: BTreeSet<String>,
    faults: Vec<GatheringFault>,
    /// The version of the notes of each open document that is in the collection, and whether it is under its name.
    live: BTreeMap<TabId, (u64, bool)>,
    /// Grows whenever the collection changes.
    version: u64,
    /// Where notes stand that were asked for, in the version of then; `None` for those that there are not.
    places: RefCell<(u64, HashMap<NoteId, Option<NoteAt>>)>,
}

impl Gathered {
    /// The notes.
    pub(in crate::session) fn collection(&self) -> &Collection {
        &self.collection
    }

    /// Grows whenever the collection changes.
    pub(in crate::session) fn version(&self) -> u64 {
        self.version
    }

    /// Where a note stands that is kept with a document of which it is known where it lies. It is looked for once: the
    /// window asks in every frame.
    pub(in crate::session) fn place_of(&self, id: NoteId) -> Option<NoteAt> {
        let (version, places) = &mut *self.places.borrow_mut();
        if *version != self.version {
            (*version, *places) = (self.version, HashMap::new());
        }
        *places.entry(id).or_insert_with(|| {
            let documents = self.collection.documents().iter().map(SearchableNotes::document).enumerate();
            let mut known = documents.filter(|(_, document)| !document.place.is_empty());
            let found = |(number, document): (usize, &Arc<DocumentNotes>)| {
                let index = document.notes.iter().position(|note| note.id == id)?;
                Some(NoteAt { document: number, index })
            };
            known.find_map(found)
        })
    }

    /// A note as it was read.
    pub(in crate::session) fn note(&self, place: &Place, id: NoteId) -> Option<Arc<Annotation>> {
        let document = self.collection.document(self.collection.number_of(&place.to_words())?)?;
        document.notes.iter().find(|note| note.id == id).cloned()
    }

    /// Changes notes before the world has done so, for whoever looks at them.
    pub(in crate::session) fn change(&mut self, place: &Place, changes: &[NoteChange]) {
        let number = self.collection.number_of(&place.to_words());
        let before = number.and_then(|number| self.collection.documents().get(number)).cloned();
        let Some(before) = before else { return };
        let mut notebook = Notebook::new(before.document().notes.iter().cloned(), []);
        let changes: Vec<NoteChange> = changes.iter().filter_map(NoteChange::without_trash).collect();
        if notebook.change(&changes).is_ok() {
            let notes = notebook.iter_shared().cloned().collect();
            self.put(before.updated(DocumentNotes { notes, ..DocumentNotes::clone(before.document()) }));
        }
    }

    fn put(&mut self, document: SearchableNotes) {
        self.collection.put(document);
        self.version += 1;
    }

    /// Takes the notes of an open document, where they have changed since they were last taken.
    fn put_live(&mut self, tab: &Tab, tabs: &[Tab]) {
        let Some(version) = tab.reader().map(Reader::notes_version) else { return };
        let listed = lists_its_notes(tab, tabs);
        if self.live.get(&tab.id) == Some(&(version, listed)) {
            return;
        }
        let Some(now) = tab.document_notes() else { return };
        self.live.insert(tab.id, (version, listed));
        if listed {
            let number = self.collection.number_of(&now.place);
            let before = number.and_then(|number| self.collection.documents().get(number));
            let now = before.cloned().unwrap_or_default().updated(now);
            self.put(now);
        }
        // The same notes were perhaps read under another name of the document.
        let own = (!listed).then_some(&tab.place);
        let others: BTreeSet<String> = other_names(tab, tabs).chain(own).map(Place::to_words).collect();
        if others.iter().any(|name| self.collection.number_of(name).is_some()) {
            self.collection.retain(|each| !others.contains(&each.place));
        }
    }
}

/// Whether the notes of an open document are listed under its name: of open documents that share their notes only
/// under that of the one whose notes they are, or else of the first.
fn lists_its_notes(tab: &Tab, tabs: &[Tab]) -> bool {
    let Some(keeper) = &tab.shares else { return true };
    let arrived = || tabs.iter().filter(|other| other.reader().is_some_and(Reader::complete));
    let same = |other: &&Tab| other.shares.as_ref() == Some(keeper);
    let first = arrived().find(|other| other.is_of(keeper)).or_else(|| arrived().find(same));
    first.is_none_or(|first| first.id == tab.id)
}

/// The names under which the notes of an open document may have been read besides its own.
fn other_names<'a>(tab: &'a Tab, tabs: &'a [Tab]) -> impl Iterator<Item = &'a Place> {
    let keeper = tab.shares.iter().filter(|_| lists_its_notes(tab, tabs));
    tab.names.iter().chain(keeper).filter(|name| **name != tab.place)
}

impl Session {
    /// The notes of all documents, as far as they were read; those of open documents as they are.
    pub fn collection(&self) -> &Collection {
        self.gathered.collection()
    }

    /// How far the gathering is.
    pub fn gathering(&self) -> Gathering {
        self.gathered.gathering
    }

    /// What could not be read, or not as it should be.
    pub fn gathering_faults(&self) -> &[GatheringFault] {
        &self.gathered.faults
    }

    /// Gathers the notes of all documents, or looks again at those that may have changed.
    pub fn gather_notes(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let gathered = &mut self.gathered;
        (gathered.ticket, gathered.told) = (ticket, BTreeSet::new());
        gathered.gathering = Gathering::Running { done: 0, all: 0 };
        gathered.faults.clear();
        self.show_live_notes();
        let open = self.tabs.iter().map(|tab| &tab.place);
        let known: BTreeSet<&Place> =
            open.chain(&self.recent).chain(self.closed.iter().map(|(_, tab)| &tab.place)).collect();
        vec![Effect::CollectNotes { ticket, known: known.into_iter().cloned().collect() }]
    }

    /// Reads no more of them. What was read stays, and so does what was known before.
    pub(in crate::session) fn stop_gathering(&mut self) -> Vec<Effect> {
        let Gathering::Running { done, all } = self.gathered.gathering else { return Vec::new() };
        let ticket = self.ticket();
        (self.gathered.ticket, self.gathered.gathering) = (ticket, Gathering::Stopped { done, all });
        vec![Effect::StopCollecting(ticket)]
    }

    /// The same, where they were gathered before.
    pub(in crate::session) fn gather_again(&mut self) -> Vec<Effect> {
        if self.gathered.gathering == Gathering::Unasked { Vec::new() } else { self.gather_notes() }
    }

    /// Some of the notes that were asked for; the last ones where nothing else is to come.
    pub(in crate::session) fn notes_collected(
        &mut self,
        ticket: Ticket,
        notes: GatheredNotes,
        complete: bool,
    ) -> Vec<Effect> {
        if self.gathered.ticket != ticket {
            return Vec::new();
        }
        let arrived = self.tabs.iter().filter(|tab| tab.reader().is_some_and(Reader::complete));
        let (mut open, mut hidden) = (BTreeSet::new(), BTreeSet::new());
        for tab in arrived {
            let names = if lists_its_notes(tab, &self.tabs) { &mut open } else { &mut hidden };
            names.insert(tab.place.to_words());
            hidden.extend(other_names(tab, &self.tabs).map(Place::to_words));
        }
        hidden.retain(|name| !open.contains(name));
        let gathered = &mut self.gathered;
        if gathered.told.is_empty() {
            // Notes of which the document is not known have no place by which they could be put over the old ones.
            gathered.collection.retain(|each| !each.place.is_empty());
        }
        for document in notes.documents {
            gathered.told.insert(document.document().place.clone());
            // An open document knows its notes better than its file.
            let place = &document.document().place;
            if !open.contains(place) && !hidden.contains(place) {
                gathered.put(document);
            }
        }
        gathered.faults.extend(notes.faults);
        gathered.gathering = Gathering::Running { done: notes.done, all: notes.all };
        if complete {
            gathered.gathering = Gathering::Complete;
            let told = std::mem::take(&mut gathered.told);
            gathered.collection.retain(|each| {
                open.contains(&each.place) || told.contains(&each.place) && !hidden.contains(&each.place)
            });
            gathered.version += 1;
        }
        Vec::new()
    }

    /// Remembers where the notes of an open document are, for the time when it is not open.
    pub(in crate::session) fn keep_found(&self, index: usize) -> Vec<Effect> {
        let Some(tab) = self.tabs.get(index) else { return Vec::new() };
        let notes = tab.document_notes().filter(|document| !document.notes.is_empty());
        let places_now = || tab.reader().map(Reader::places_now).unwrap_or_default();
        let notes = notes.map(|notes| DocumentNotes { places_now: places_now(), ..notes });
        notes.map(|notes| Effect::KeepFound(Arc::new(notes))).into_iter().collect()
    }

    /// What is to be carried out before the program ends.
    pub fn leave(&self) -> Vec<Effect> {
        (0..self.tabs.len()).flat_map(|index| self.keep_found(index)).collect()
    }

    /// Takes the notes of the open documents as they are now.
    pub(in crate::session) fn show_live_notes(&mut self) {
        if self.gathered.gathering != Gathering::Unasked {
            self.tabs.iter().for_each(|tab| self.gathered.put_live(tab, &self.tabs));
        }
    }
}
