//! The work of an import: to be done away from the window.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::plan::{ImportPlan, ImportTarget, MatchedBy, PlannedDocument};
use crate::document::{Document, TextId};
use crate::exchange::{Arrival, ParcelDocument, ParcelNote, Received, TagChoices, place, same_tags};
use crate::notes::{Annotation, Code, Codebook, FoundState, Incoming, KnownTags, Tag, Trashed, is_telling};
use crate::session::Place;
use crate::text::Folded;

/// What to find out: which notes of a file would come into which documents.
#[derive(Clone)]
pub struct ImportJob {
    /// The file.
    pub path: PathBuf,
    /// What it holds, where it was read before.
    pub received: Option<Arc<Received>>,
    /// The open documents.
    pub open: Vec<ShelfDocument>,
    /// The document in front.
    pub front: Option<Place>,
    /// The documents that the reader chose, by the documents of the file.
    pub chosen: BTreeMap<usize, Option<Place>>,
    /// Tags that come as they are.
    pub as_written: BTreeSet<Tag>,
    /// Whether all tags come as they are.
    pub all_as_written: bool,
    /// Our tags.
    pub known_tags: Arc<KnownTags>,
    /// Our codebook.
    pub codebook: Arc<Codebook>,
    /// The moment of the import.
    pub now: Timestamp,
}

impl std::fmt::Debug for ImportJob {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ImportJob").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A document that notes may come into.
#[derive(Clone, Debug)]
pub struct ShelfDocument {
    /// Where it is read from.
    pub place: Place,
    /// Its title, or the name of its file.
    pub title: String,
    /// The document.
    pub document: Arc<Document>,
    /// Its notes.
    pub notes: Vec<Arc<Annotation>>,
    /// Those that were deleted.
    pub trash: Vec<Trashed>,
}

/// The documents that are not open.
pub trait ImportShelf {
    /// Where documents with this text are.
    fn with_text(&self, text: TextId) -> Vec<Place>;

    /// Every document with its title.
    fn titles(&self) -> Vec<(Place, String)>;

    /// Reads a document with its notes; `None` where that cannot be done.
    fn open(&self, place: &Place) -> Option<ShelfDocument>;
}

/// Of many notes so many are looked for to tell which document they belong to.
const SAMPLE: usize = 24;

/// So many documents of the library are read at most to find the one that notes belong to.
const LOOKED_THROUGH: usize = 60;

impl ImportJob {
    /// What would come of what was received; `None` where `goes_on` said that nobody waits for it.
    pub fn plan(
        &self,
        received: Arc<Received>,
        library: &dyn ImportShelf,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<ImportPlan> {
        let parcel = &received.parcel;
        let notes = parcel.documents.iter().flat_map(|document| &document.notes).map(|note| &note.note);
        let tags = parcel.codes.iter().map(|code| &code.tag);
        let same = self.same_tags(notes, tags);
        let choices = self.choices(&same);
        let titles = Titles::new(&self.open, library);
        let matching = Matching { job: self, library, titles, alone: parcel.documents.len() == 1 };
        let mut documents = Vec::with_capacity(parcel.documents.len());
        for (index, document) in parcel.documents.iter().enumerate() {
            let planned = matching.planned(index, document, &choices, goes_on)?;
            documents.push(planned);
        }
        let codes = self.news(&renamed_codes(&parcel.codes, &choices));
        let others = matching.titles.all();
        Some(ImportPlan { documents, same_tags: same, choices, codes, others, received })
    }

    fn same_tags<'a>(
        &self,
        notes: impl Iterator<Item = &'a Annotation>,
        coded: impl Iterator<Item = &'a Tag>,
    ) -> TagChoices {
        let mut same = same_tags(notes, &self.known_tags);
        same.extend(coded.filter_map(|tag| Some((tag.clone(), self.known_tags.otherwise(tag)?))));
        same
    }

    /// Those of the tags that come as ours.
    fn choices(&self, same: &TagChoices) -> TagChoices {
        let wanted = |tag: &Tag| !self.all_as_written && !self.as_written.contains(tag);
        same.iter().filter(|(tag, _)| wanted(tag)).map(|(tag, ours)| (tag.clone(), ours.clone())).collect()
    }

    /// How many codes say something that ours do not.
    fn news(&self, codes: &Codebook) -> usize {
        let news = self.codebook.incoming(codes).into_iter();
        news.filter(|(_, incoming)| *incoming != Incoming::Known).count()
    }
}

/// The codes under the tags that were chosen for theirs.
pub(super) fn renamed_codes(codes: &Codebook, choices: &TagChoices) -> Codebook {
    let mut renamed = Codebook::default();
    for code in codes.iter() {
        let tag = choices.get(&code.tag).unwrap_or(&code.tag).clone();
        let code = Code { tag, ..code.clone() };
        let joined = renamed.get(&code.tag).map(|there| there.joined(&code));
        renamed.put(joined.unwrap_or(code));
    }
    renamed
}

/// The titles of all documents that notes may come into, the open ones first.
struct Titles(Vec<(Place, String, String)>);

impl Titles {
    fn new(open: &[ShelfDocument], library: &dyn ImportShelf) -> Self {
        let open = open.iter().map(|document| (document.place.clone(), document.title.clone()));
        let mut titles: Vec<(Place, String, String)> = Vec::new();
        let mut known = BTreeSet::new();
        for (place, title) in open.chain(library.titles()) {
            if known.insert(place.clone()) {
                let folded = folded(&title);
                titles.push((place, title, folded));
            }
        }
        Self(titles)
    }

    fn all(&self) -> Vec<(Place, String)> {
        self.0.iter().map(|(place, title, _)| (place.clone(), title.clone())).collect()
    }

    fn places(&self) -> impl Iterator<Item = &Place> {
        self.0.iter().map(|(place, ..)| place)
    }

    /// The one document of that title, in whatever script.
    fn only(&self, title: &str) -> Option<&Place> {
        let wanted = folded(title);
        let mut same = self.0.iter().filter(|(_, _, folded)| !wanted.is_empty() && *folded == wanted);
        let first = same.next()?;
        same.next().is_none().then_some(&first.0)
    }
}

fn folded(title: &str) -> String {
    Folded::without_punctuation(title).text
}

/// Finds the documents that those of a file are.
struct Matching<'a> {
    job: &'a ImportJob,
    library: &'a dyn ImportShelf,
    titles: Titles,
    /// Whether the file has one document only.
    alone: bool,
}

impl Matching<'_> {
    /// `None` where nobody waits for it.
    fn planned(
        &self,
        index: usize,
        parcel: &ParcelDocument,
        choices: &TagChoices,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<PlannedDocument> {
        let mut planned = PlannedDocument {
            title: parcel.title.clone(),
            source: parcel.source.clone(),
            notes: parcel.notes.len(),
            target: None,
            arrivals: Vec::new(),
        };
        let named = self.candidates(index, parcel);
        let named = named.into_iter().filter_map(|(place, by)| Some((self.open(&place)?, by)));
        // Looked for only where none of these is meant.
        let guessed = std::iter::once_with(|| self.most_fitting(index, parcel, goes_on)).flatten();
        for (document, by) in named.chain(guessed.map(|document| (document, MatchedBy::Notes))) {
            let place = document.place.clone();
            let arrivals = self.arrivals(parcel, &document, choices, goes_on)?;
            if by.is_sure() || is_likely(&arrivals) {
                planned.target = Some(ImportTarget { place, title: document.title, by });
                planned.arrivals = arrivals;
                break;
            }
        }
        Some(planned)
    }

    /// The documents that may be meant, the surest first; what the reader chose alone, where there is a choice.
    fn candidates(&self, index: usize, parcel: &ParcelDocument) -> Vec<(Place, MatchedBy)> {
        if let Some(chosen) = self.job.chosen.get(&index) {
            return chosen.iter().map(|place| (place.clone(), MatchedBy::Choice)).collect();
        }
        let id = parcel.id.or_else(|| parcel.text.as_deref().map(TextId::of));
        let open = self.job.open.iter().filter(|open| Some(open.document.id()) == id);
        let mut candidates: Vec<(Place, MatchedBy)> =
            open.map(|open| (open.place.clone(), MatchedBy::Text)).collect();
        let shelved = id.map(|id| self.library.with_text(id)).unwrap_or_default();
        candidates.extend(shelved.into_iter().map(|place| (place, MatchedBy::Text)));
        candidates.extend(self.titles.only(&parcel.title).map(|place| (place.clone(), MatchedBy::Title)));
        let front = self.job.front.clone().filter(|_| self.alone && id.is_none());
        candidates.extend(front.map(|place| (place, MatchedBy::Notes)));
        candidates
    }

    /// The document that most of the words of the notes stand in, where the reader has not chosen one: an open one,
    /// or for a file of one document one of the library.
    fn most_fitting(
        &self,
        index: usize,
        parcel: &ParcelDocument,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<ShelfDocument> {
        let telling: Vec<&ParcelNote> = parcel.notes.iter().filter(|note| is_telling(&note.note)).collect();
        if telling.is_empty() || self.job.chosen.contains_key(&index) {
            return None;
        }
        let some = telling.iter().step_by(telling.len().div_ceil(SAMPLE)).copied().cloned().collect();
        let sample = ParcelDocument { notes: some, text: None, ..parcel.clone() };
        let fits = |document: &ShelfDocument| {
            self.arrivals(&sample, document, &TagChoices::default(), goes_on)
                .map_or(0.0, |all| share_found(&all))
        };
        let open = &self.job.open;
        let closed = self.titles.places().filter(|place| !open.iter().any(|open| open.place == **place));
        let closed = closed.filter(|_| self.alone).take(LOOKED_THROUGH).take_while(|_| goes_on());
        best_of(open.iter().cloned(), fits)
            .or_else(|| best_of(closed.filter_map(|place| self.open(place)), fits))
    }

    fn open(&self, place: &Place) -> Option<ShelfDocument> {
        let open = self.job.open.iter().find(|open| open.place == *place).cloned();
        open.or_else(|| self.library.open(place))
    }

    fn arrivals(
        &self,
        parcel: &ParcelDocument,
        document: &ShelfDocument,
        choices: &TagChoices,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<Vec<Arrival>> {
        place(parcel, &document.document, &document.notes, &document.trash, choices, self.job.now, goes_on)
    }
}

/// The document that fits best, and by more than half; of several the first.
fn best_of(
    documents: impl Iterator<Item = ShelfDocument>,
    fits: impl Fn(&ShelfDocument) -> f32,
) -> Option<ShelfDocument> {
    let mut best = (0.5, None);
    for document in documents {
        let fit = fits(&document);
        if fit > best.0 {
            best = (fit, Some(document));
        }
    }
    best.1
}

/// Which share of notes has a place that is sure enough, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a share")]
fn share_found(arrivals: &[Arrival]) -> f32 {
    let found = arrivals.iter().filter(|arrival| arrival.found.span().is_some()).count();
    found as f32 / arrivals.len().max(1) as f32
}

/// Whether most of the notes have a place: a document of the same title may be another one.
fn is_likely(arrivals: &[Arrival]) -> bool {
    let found = arrivals.iter().filter(|arrival| arrival.found.state() != FoundState::Lost).count();
    found * 2 > arrivals.len()
}
