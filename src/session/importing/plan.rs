//! What would come of a file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::job::renamed_codes;
use crate::exchange::{Arrival, ArrivalCounts, Received, TagChoices, changes_of};
use crate::notes::{Codebook, NoteChange};
use crate::session::Place;

/// What would come of a file, to be shown before it comes.
#[derive(Clone, PartialEq, Debug)]
pub struct ImportPlan {
    /// The documents of the file, in its order.
    pub documents: Vec<PlannedDocument>,
    /// Tags that we have in another script or width, and how ours are written.
    pub same_tags: TagChoices,
    /// Those of them that come as ours.
    pub choices: TagChoices,
    /// How many tags of the file say something that our codebook does not.
    pub codes: usize,
    /// Every document that notes could come into, with its title.
    pub others: Vec<(Place, String)>,
    /// What the file holds.
    pub received: Arc<Received>,
}

/// A document of the file.
#[derive(Clone, PartialEq, Debug)]
pub struct PlannedDocument {
    /// Its title in the file; empty where it has none.
    pub title: String,
    /// Where the other program had it; empty where that is unknown.
    pub source: String,
    /// How many notes the file has on it.
    pub notes: usize,
    /// The document that they come into; `None` where none is known.
    pub target: Option<ImportTarget>,
    /// What becomes of each note; nothing without a target.
    pub arrivals: Vec<Arrival>,
}

/// A document that notes come into.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportTarget {
    /// Where it is read from.
    pub place: Place,
    /// Its title.
    pub title: String,
    /// Why it is taken for the one that is meant.
    pub by: MatchedBy,
}

/// Why a document is taken for the one that is meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MatchedBy {
    /// The reader said so.
    Choice,
    /// It has the same text.
    Text,
    /// It has the same title, and most of the notes have a place in it.
    Title,
    /// Most of the notes have a place in it.
    Notes,
}

impl MatchedBy {
    /// Whether it needs no other proof.
    pub(super) fn is_sure(self) -> bool {
        matches!(self, Self::Choice | Self::Text)
    }
}

impl PlannedDocument {
    /// What becomes of how many notes.
    pub fn counts(&self) -> ArrivalCounts {
        ArrivalCounts::of(&self.arrivals)
    }
}

impl ImportPlan {
    /// What becomes of how many notes of all documents.
    pub fn counts(&self) -> ArrivalCounts {
        self.documents.iter().fold(ArrivalCounts::default(), |all, document| all.and(document.counts()))
    }

    /// How many notes stay out, since their documents are not known.
    pub fn staying_out(&self) -> usize {
        self.documents
            .iter()
            .filter(|document| document.target.is_none())
            .map(|document| document.notes)
            .sum()
    }

    /// Whether anything would come.
    pub fn brings_anything(&self) -> bool {
        let counts = self.counts();
        counts.new + counts.changes + self.codes > 0
    }

    /// What has to be done to the notes of which document. Notes that come into one document from two of the file
    /// come once.
    pub fn changes(&self) -> BTreeMap<Place, Vec<NoteChange>> {
        let mut changes: BTreeMap<Place, Vec<NoteChange>> = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for document in &self.documents {
            let Some(target) = &document.target else { continue };
            let of_document = changes_of(&document.arrivals).into_iter();
            let new = of_document.filter(|change| taken.insert((target.place.clone(), change.id())));
            changes.entry(target.place.clone()).or_default().extend(new);
        }
        changes.retain(|_, changes| !changes.is_empty());
        changes
    }

    /// The codes of the file, under the tags that were chosen for theirs.
    pub fn chosen_codes(&self) -> Codebook {
        renamed_codes(&self.received.parcel.codes, &self.choices)
    }
}
