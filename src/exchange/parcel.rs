//! What goes to another program, or comes from one.

use crate::document::TextId;
use crate::notes::{Annotation, Codebook, PlaceNow};
use crate::text::Span;

/// Documents with their notes, and a codebook: what one file of exchange holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Parcel {
    /// What the file is called inside; empty where it has no name.
    pub title: String,
    /// The documents, in order.
    pub documents: Vec<ParcelDocument>,
    /// What is said of the tags.
    pub codes: Codebook,
}

/// A document of a parcel.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ParcelDocument {
    /// Its title; empty where unknown.
    pub title: String,
    /// The identity of its text; `None` where it is not known.
    pub id: Option<TextId>,
    /// Its text, where the parcel carries it.
    pub text: Option<String>,
    /// Where the other program had it: a path or an address, as words; empty where unknown. Never a path of
    /// this machine, unless the reader asked for it.
    pub source: String,
    /// The notes, in order.
    pub notes: Vec<ParcelNote>,
}

/// A note of a parcel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParcelNote {
    /// The note. Moments that are not known are the beginning of 1970.
    pub note: Annotation,
    /// Whether its anchor is taken as it is: whole, as Duidu makes them on a text, or saying nothing at all where the
    /// file names a place in a way that is not understood, so that the note has none. Otherwise it holds what is known:
    /// a quotation that may be empty, surroundings that may be missing, and a span of no meaning.
    pub anchored: bool,
    /// Where it stands in the document's text, in characters (Unicode code points), where that is known. Of
    /// another program no more than a hint, since each counts the characters of its own form of the text.
    pub characters: Option<Span>,
    /// How it stood in the document when it was written, for people; nothing where it was read, since the document
    /// tells it.
    pub place_now: PlaceNow,
}

impl ParcelNote {
    /// A note of which nothing else is known.
    pub(super) fn of_note(note: Annotation) -> Self {
        Self { note, anchored: false, characters: None, place_now: PlaceNow::default() }
    }
}

impl Parcel {
    /// How many notes there are, in all documents.
    pub fn note_count(&self) -> usize {
        self.documents.iter().map(|document| document.notes.len()).sum()
    }
}
