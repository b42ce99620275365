//! Finding in all documents of the library.

use super::LibraryQuery;
use crate::document::TextId;
use crate::session::Place;
use crate::text::{SearchOptions, Span};

/// What to find in all documents, and how.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LibrarySearchRequest {
    /// What to find.
    pub query: LibraryQuery,
    /// How.
    pub options: SearchOptions,
    /// Whether what was set aside is searched too.
    pub asides: bool,
    /// Whether all places of a document are wanted, however many they are.
    pub all_places: bool,
}

/// A document in which everything was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundDocument {
    /// Where it is.
    pub place: Place,
    /// Its title; the name of its file where it has none.
    pub title: String,
    /// The identity of the text that was searched.
    pub text: TextId,
    /// The first places, or all, in the order of the text.
    pub hits: Vec<LibraryHit>,
    /// Whether there are more than these.
    pub more: bool,
}

/// A place that was found in a document of the library, with what stands around it as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LibraryHit {
    /// Where, in the document's text.
    pub span: Span,
    /// On which line of the document's text it begins, counted from 1.
    pub line: u32,
    /// Which of the wanted words, counted from 0.
    pub word: usize,
    /// What stands before on the line, with three dots where there is more of it.
    pub before: String,
    /// What was found.
    pub hit: String,
    /// What stands after on the line, likewise.
    pub after: String,
}
