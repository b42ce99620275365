//! Where the notes of a parcel belong in a document of ours, and what becomes of those that are there already.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use super::counting::Counting;
use super::{ParcelDocument, ParcelNote, said};
use crate::document::Document;
use crate::notes::{
    Anchor, Annotation, Edit, FarEnd, Found, FoundState, KnownTags, NoteChange, NoteId, Standing, Tag,
    Target, Trashed, locate,
};
use crate::text::Span;

/// What becomes of a note that comes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Fate {
    /// It is added.
    New,
    /// A note of ours takes over what it says.
    Changes,
    /// It says nothing that is not there.
    Known,
}

/// A note as it comes into a document.
#[derive(Clone, PartialEq, Debug)]
pub struct Arrival {
    /// Where we have the note; nowhere where it is added, or is there under another identity.
    pub before: Standing,
    /// The note as it will be.
    pub note: Arc<Annotation>,
    /// Where it is in the document.
    pub found: Found,
    /// What becomes of it.
    pub fate: Fate,
}

/// Which tags of ours take the place of tags that come.
pub type TagChoices = BTreeMap<Tag, Tag>;

/// The tags that come and, of those that we have in another script or width, how ours are written.
pub fn same_tags<'a>(notes: impl IntoIterator<Item = &'a Annotation>, ours: &KnownTags) -> TagChoices {
    let tags = notes.into_iter().flat_map(|note| &note.tags);
    tags.filter_map(|tag| Some((tag.clone(), ours.otherwise(tag)?))).collect()
}

/// What the notes of `parcel` become in `document`, where `ours` are the notes that it has and `trash` those
/// that were deleted; `None` where `goes_on`
/// said that nobody waits for it any more.
///
/// A note is found by its quotation with what stands around it; a position alone is never believed, unless the
/// parcel says that it belongs to just this text. A note that cannot be found is kept as it is, as a lost one. One
/// that is there already becomes one with ours: nothing that either says is lost, and what comes a second time
/// changes nothing.
pub fn place<'n>(
    parcel: &ParcelDocument,
    document: &Document,
    ours: impl IntoIterator<Item = &'n Arc<Annotation>>,
    trash: &[Trashed],
    tags: &TagChoices,
    now: Timestamp,
    goes_on: &dyn Fn() -> bool,
) -> Option<Vec<Arrival>> {
    let placer = Placer {
        document,
        target: Target::new(document),
        counting: Counting::new(document.text()),
        same_text: parcel.id == Some(document.id()),
        ours: Ours::new(ours),
        trash: trash.iter().map(|trashed| (trashed.note.id, trashed)).collect(),
        tags,
        now,
    };
    parcel.notes.iter().map(|note| goes_on().then(|| placer.arrival(note))).collect()
}

/// What has to be done to let them in. One that lies in the trash comes back from there, as it was.
pub fn changes_of(arrivals: &[Arrival]) -> Vec<NoteChange> {
    let edit = |arrival: &Arrival| match (arrival.fate, &arrival.before) {
        (Fate::Known, _) => None,
        (_, Standing::Absent) => Some(Edit::Add(Arc::clone(&arrival.note))),
        (_, Standing::There(_)) => Some(Edit::Replace(Arc::clone(&arrival.note))),
        (_, Standing::Trashed(_)) => Some(Edit::Recover(arrival.note.id)),
    };
    let known = |arrival: &Arrival| (arrival.note.id, arrival.before.clone());
    let before: HashMap<NoteId, Standing> = arrivals.iter().map(known).collect();
    let edits = Edit::Group(arrivals.iter().filter_map(edit).collect());
    NoteChange::all_of(&edits, |id| before.get(&id).cloned().unwrap_or(Standing::Absent))
}

/// How many notes have which fate, and where the new ones are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ArrivalCounts {
    /// Notes that are added.
    pub new: usize,
    /// Notes of ours that change.
    pub changes: usize,
    /// Notes that are there already.
    pub known: usize,
    /// Of the new ones: elsewhere or with other words than they say.
    pub moved: usize,
    /// Of the new ones: with several places that may be meant.
    pub unsure: usize,
    /// Of the new ones: without a place.
    pub lost: usize,
}

impl ArrivalCounts {
    /// Counts arrivals.
    pub fn of<'a>(arrivals: impl IntoIterator<Item = &'a Arrival>) -> Self {
        let mut counts = Self::default();
        for Arrival { found, fate, .. } in arrivals {
            match fate {
                Fate::New => counts.new += 1,
                Fate::Changes => counts.changes += 1,
                Fate::Known => counts.known += 1,
            }
            match found.state() {
                FoundState::Moved if *fate == Fate::New => counts.moved += 1,
                FoundState::Unsure if *fate == Fate::New => counts.unsure += 1,
                FoundState::Lost if *fate == Fate::New => counts.lost += 1,
                _ => {}
            }
        }
        counts
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            new: self.new + other.new,
            changes: self.changes + other.changes,
            known: self.known + other.known,
            moved: self.moved + other.moved,
            unsure: self.unsure + other.unsure,
            lost: self.lost + other.lost,
        }
    }
}

/// The notes that a document has.
struct Ours<'n> {
    by_id: HashMap<NoteId, &'n Arc<Annotation>>,
    by_quote: HashMap<&'n str, Vec<&'n Annotation>>,
}

impl<'n> Ours<'n> {
    fn new(notes: impl IntoIterator<Item = &'n Arc<Annotation>>) -> Self {
        let mut ours = Self { by_id: HashMap::new(), by_quote: HashMap::new() };
        for note in notes {
            ours.by_id.insert(note.id, note);
            ours.by_quote.entry(&note.anchor.quote).or_default().push(note);
        }
        ours
    }

    /// A note of another identity on the same place that says the same.
    fn twin(&self, note: &Annotation) -> Option<&'n Annotation> {
        let same = |other: &&&Annotation| {
            other.anchor == note.anchor
                && (&other.text, &other.tags, other.colour) == (&note.text, &note.tags, note.colour)
        };
        self.by_quote.get(&*note.anchor.quote)?.iter().find(same).copied()
    }
}

struct Placer<'a, 'n> {
    document: &'a Document,
    target: Target<'a>,
    counting: Counting<'a>,
    /// Whether the parcel's document has just this text.
    same_text: bool,
    ours: Ours<'n>,
    trash: HashMap<NoteId, &'a Trashed>,
    tags: &'a TagChoices,
    now: Timestamp,
}

impl Placer<'_, '_> {
    fn arrival(&self, parcel: &ParcelNote) -> Arrival {
        let mut note = parcel.note.clone();
        note.tags = self.chosen(&note.tags);
        let there = self.ours.by_id.get(&note.id).copied();
        let anchor = self.anchor(parcel);
        let found = self.found(there.map_or(&anchor, |ours| &ours.anchor));
        note.anchor = match found.span() {
            Some(span) if !parcel.anchored => Anchor::of(self.document, span),
            _ => anchor,
        };
        if note.created == Timestamp::UNIX_EPOCH {
            (note.created, note.changed) = (self.now, note.changed.max(self.now));
        }
        let Some(ours) = there else {
            let fate = if self.ours.twin(&note).is_some() { Fate::Known } else { Fate::New };
            return Arrival { before: self.trashed(note.id), note: note.into(), found, fate };
        };
        let joined = joined(ours, &note, self.now);
        let fate = if joined == **ours { Fate::Known } else { Fate::Changes };
        Arrival { before: Standing::There(Arc::clone(ours)), note: joined.into(), found, fate }
    }

    /// Where an anchor is. Other programs may say nothing of what stands around a quotation: where their position, which
    /// is a hint, leaves it unsure, it is sought as one that says no position.
    fn found(&self, anchor: &Anchor) -> Found {
        let found = locate(anchor, &self.target);
        let bare = anchor.before.is_empty() && anchor.after.is_empty();
        if !bare || !matches!(found, Found::Unsure { .. }) {
            return found;
        }
        // Where that is not sure either, the reader is shown the places that were found.
        let anywhere = locate(&Anchor { span: Span::default(), ..anchor.clone() }, &self.target);
        if matches!(anywhere, Found::Exact(_)) { anywhere } else { found }
    }

    fn trashed(&self, id: NoteId) -> Standing {
        self.trash.get(&id).map_or(Standing::Absent, |&trashed| Standing::Trashed(trashed.clone()))
    }

    /// The tags with those in their places that the reader has chosen.
    fn chosen(&self, tags: &[Tag]) -> Vec<Tag> {
        let mut chosen: Vec<Tag> = Vec::with_capacity(tags.len());
        for tag in tags {
            let tag = self.tags.get(tag).unwrap_or(tag);
            if !chosen.contains(tag) {
                chosen.push(tag.clone());
            }
        }
        chosen
    }

    /// What there is to find the note by.
    fn anchor(&self, parcel: &ParcelNote) -> Anchor {
        let anchor = parcel.note.anchor.clone();
        let there = parcel.characters.and_then(|characters| self.counting.bytes(characters));
        match there {
            _ if parcel.anchored => anchor,
            Some(span) if self.same_text && anchor.quote.is_empty() => Anchor::of(self.document, span),
            Some(span) => Anchor { span, ..anchor },
            // A note on the whole document stands at its beginning, and is found there again.
            None if anchor.says_nothing() => Anchor::of(self.document, Span::at(0)),
            None => anchor,
        }
    }
}

/// Our note with what the other one says: the later one's colour, the tags of both, and both texts, unless one
/// says all that the other does. Our place stays.
fn joined(ours: &Annotation, other: &Annotation, now: Timestamp) -> Annotation {
    let later = other.changed > ours.changed;
    let mut joined = ours.clone();
    if later {
        joined.colour = other.colour.or(ours.colour);
    }
    let more = other.tags.iter().filter(|tag| !ours.tags.contains(tag));
    joined.tags.extend(more.cloned());
    let more = other.answers.iter().filter(|answer| !ours.answers.iter().any(|known| is_same(known, answer)));
    joined.answers.extend(more.cloned());
    joined.text = said::joined(&ours.text, &other.text, later);
    if joined != *ours {
        joined.changed = now.max(ours.changed).max(other.changed);
    }
    joined
}

/// Whether two passages are one: exports leave out where a document lies.
fn is_same(left: &FarEnd, right: &FarEnd) -> bool {
    (left.document, &left.anchor.quote, left.anchor.span)
        == (right.document, &right.anchor.quote, right.anchor.span)
}

#[cfg(test)]
mod tests;
