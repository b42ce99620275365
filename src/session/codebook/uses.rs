//! How tags are used, in all documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::notes::{
    Annotation, Code, Codebook, DocumentNotes, KnownTags, Notebook, SearchableNotes, Tag, TagChange,
    TagCount, count_tags,
};
use crate::session::{Effect, Gathering, Reader, Session, Tab};

/// How a tag is used. A note that carries the tag and one nested in it counts once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TagUse {
    /// Notes of the document in front that carry the tag or one nested in it.
    pub here: usize,
    /// Notes of all documents that carry the tag itself.
    pub itself: usize,
    /// Notes of all documents that carry the tag or one nested in it.
    pub within: usize,
    /// Documents with such a note.
    pub documents: usize,
}

/// One line of the codebook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TagRow {
    /// The tag.
    pub tag: Tag,
    /// What the codebook says of it.
    pub code: Option<Code>,
    /// How it is used.
    pub used: TagUse,
}

/// How far a change of tags goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TagReach {
    /// So many notes change.
    pub notes: usize,
    /// In so many documents.
    pub documents: usize,
    /// Whether a tag becomes one with another that there is.
    pub merges: bool,
}

/// A document with notes of a tag.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TaggedDocument {
    /// What it is called.
    pub title: String,
    /// Where it is read from, as words; empty where that is not known.
    pub place: String,
    /// How many of its notes carry the tag or one nested in it.
    pub notes: usize,
}

/// The notes of a document: those of an open one as they are.
#[derive(Clone, Copy)]
pub(super) enum NotesOf<'a> {
    Open(&'a Notebook),
    Closed(&'a DocumentNotes),
}

impl<'a> NotesOf<'a> {
    /// The notes.
    pub(super) fn iter(self) -> impl Iterator<Item = &'a Annotation> {
        let (open, closed) = match self {
            Self::Open(notebook) => (Some(notebook), None),
            Self::Closed(document) => (None, Some(document)),
        };
        let closed = closed.into_iter().flat_map(|document| document.notes.iter().map(|note| &**note));
        open.into_iter().flat_map(Notebook::iter).chain(closed)
    }
}

/// The versions that the uses of tags were counted from.
#[derive(PartialEq, Debug)]
struct CountedFrom {
    /// Of the notes of all documents.
    gathered: u64,
    /// Of the notes of each document that is open.
    open: Vec<(String, u64)>,
    codebook: Arc<Codebook>,
}

/// How tags were used when last asked.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// What it was counted from.
    of: Option<CountedFrom>,
    /// Of each document that is not open, what was counted in which notes.
    closed: BTreeMap<String, (Arc<DocumentNotes>, BTreeMap<Tag, TagCount>)>,
    /// Of all documents; nothing of the one in front.
    uses: BTreeMap<Tag, TagUse>,
    known: Arc<KnownTags>,
}

impl Session {
    /// Every tag in use or in the codebook, and every tag that one is nested in, in the order of tags.
    pub fn tag_rows(&self) -> Vec<TagRow> {
        let known = self.known_tags();
        let everywhere = &self.codes.counted.borrow().uses;
        let here = self.reader().map(Reader::tags);
        let row = |tag: &Tag| {
            let here = here.and_then(|tags| tags.get(tag)).map_or(0, |count| count.within);
            let used = TagUse { here, ..everywhere.get(tag).copied().unwrap_or_default() };
            TagRow { tag: tag.clone(), code: self.codebook().get(tag).cloned(), used }
        };
        known.iter().map(row).collect()
    }

    /// Every tag that is known, for whoever writes one.
    pub fn known_tags(&self) -> Arc<KnownTags> {
        let mut counted = self.codes.counted.borrow_mut();
        let open = self.complete_readers().map(|(place, reader)| (place, reader.notes_version())).collect();
        let codebook = Arc::clone(self.codebook());
        let of = CountedFrom { gathered: self.gathered.version(), open, codebook };
        if counted.of.as_ref() != Some(&of) {
            self.count(&mut counted);
            counted.of = Some(of);
        }
        Arc::clone(&counted.known)
    }

    /// How far a change of tags would go.
    pub fn reach(&self, change: &TagChange) -> TagReach {
        let touched = |note: &&Annotation| note.tags.iter().any(|tag| change.touches(tag));
        let documents = self.tagged_documents();
        let counts = documents.map(|(_, notes)| notes.iter().filter(touched).count());
        let counts: Vec<usize> = counts.filter(|count| *count > 0).collect();
        let merges = match change {
            TagChange::Move { from, to } => {
                self.known_tags().iter().any(|tag| !tag.is_within(from) && tag.is_within(to))
            }
            TagChange::Delete(_) | TagChange::DeleteAlone(_) => false,
        };
        TagReach { notes: counts.iter().sum(), documents: counts.len(), merges }
    }

    /// Counts the tags of all documents, where that was not asked for before.
    pub(in crate::session) fn count_tags(&mut self) -> Vec<Effect> {
        match self.gathering() {
            Gathering::Unasked | Gathering::Stopped { .. } => self.gather_notes(),
            Gathering::Running { .. } | Gathering::Complete => Vec::new(),
        }
    }

    /// Whether the notes of all documents are known.
    pub fn knows_all_tags(&self) -> bool {
        self.gathering() == Gathering::Complete
    }

    fn complete_readers(&self) -> impl Iterator<Item = (String, &Reader)> {
        let open = self.tabs.iter().filter_map(|tab: &Tab| Some((tab.place.to_words(), tab.reader()?)));
        open.filter(|(_, reader)| reader.complete())
    }

    /// The notes of every document, open or not, with its place: as words, empty where it is not known.
    pub(super) fn tagged_documents(&self) -> impl Iterator<Item = (String, NotesOf<'_>)> {
        let open: BTreeMap<String, &Reader> = self.complete_readers().collect();
        let closed = self.collection().documents().iter().map(SearchableNotes::document);
        let closed: Vec<_> = closed.filter(|document| !open.contains_key(&document.place)).collect();
        let closed = closed.into_iter().map(|document| (document.place.clone(), NotesOf::Closed(document)));
        closed.chain(open.into_iter().map(|(place, reader)| (place, NotesOf::Open(reader.notebook()))))
    }

    /// The documents with notes of a tag, those with the most first.
    pub fn documents_of_tag(&self, tag: &Tag) -> Vec<TaggedDocument> {
        let _counted = self.known_tags();
        let counted = self.codes.counted.borrow();
        let within = |tags: &BTreeMap<Tag, TagCount>| tags.get(tag).map_or(0, |count| count.within);
        let closed = counted.closed.values().map(|(document, tags)| TaggedDocument {
            title: document.title.clone(),
            place: document.place.clone(),
            notes: within(tags),
        });
        let open = self.tabs.iter().filter_map(|tab| {
            let reader = tab.reader().filter(|reader| reader.complete())?;
            let place = tab.place.to_words();
            Some(TaggedDocument { title: tab.title(), place, notes: within(reader.tags()) })
        });
        let mut documents: Vec<_> = closed.chain(open).filter(|document| document.notes > 0).collect();
        documents.sort_by(|left, right| right.notes.cmp(&left.notes).then_with(|| left.cmp(right)));
        documents
    }

    fn count(&self, counted: &mut Counted) {
        let open: BTreeMap<String, &Reader> = self.complete_readers().collect();
        let mut closed = std::mem::take(&mut counted.closed);
        let documents = self.collection().documents().iter().map(SearchableNotes::document);
        for (number, document) in documents.enumerate() {
            if open.contains_key(&document.place) {
                continue;
            }
            let key = if document.place.is_empty() { number.to_string() } else { document.place.clone() };
            let known = closed.remove(&key).filter(|(notes, _)| Arc::ptr_eq(notes, document));
            let fresh = || (Arc::clone(document), count_tags(document.notes.iter().map(|note| &**note)));
            counted.closed.insert(key, known.unwrap_or_else(fresh));
        }
        counted.uses = BTreeMap::new();
        let closed = counted.closed.values().map(|(_, tags)| tags);
        for tags in closed.chain(open.values().map(|reader| reader.tags())) {
            add_document(&mut counted.uses, tags);
        }
        counted.known = Arc::new(self.known_of(&counted.uses));
    }

    fn known_of(&self, tags: &BTreeMap<Tag, TagUse>) -> KnownTags {
        let used = tags.iter().map(|(tag, used)| (tag.clone(), used.within));
        KnownTags::new(used.chain(self.codebook().iter().map(|code| (code.tag.clone(), 0))))
    }

    /// The tags that are the same words in another script or width, each group with the most used first.
    pub fn same_tags(&self) -> Vec<Vec<Tag>> {
        self.known_tags().same()
    }
}

fn add_document(all: &mut BTreeMap<Tag, TagUse>, tags: &BTreeMap<Tag, TagCount>) {
    for (tag, count) in tags {
        let used = all.entry(tag.clone()).or_default();
        used.itself += count.itself;
        used.within += count.within;
        used.documents += usize::from(count.within > 0);
    }
}
