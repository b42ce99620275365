//! What the library knows of a document.

use jiff::Timestamp;

use crate::document::TextId;
use crate::session::Place;
use crate::text::Written;

/// A document of the library: one that the reader has opened, or added.
///
/// What is said of its text is what was seen when it was last read; the file may have changed since.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LibraryEntry {
    /// Where it is read from, with its whole path.
    pub place: Place,
    /// Its title; the name of its file where it has none.
    pub title: String,
    /// The identity of its text; `None` as long as it was not read.
    pub text: Option<TextId>,
    /// The script that it is written in.
    pub written: Written,
    /// The size of its file.
    pub bytes: u64,
    /// How many characters its text has, white space not counted.
    pub characters: u64,
    /// How many notes it has.
    pub notes: usize,
    /// When it came into the library.
    pub added: Timestamp,
    /// When it was last opened to be read; `None` where it was only added.
    pub last_read: Option<Timestamp>,
}

impl LibraryEntry {
    /// A document of which no more is known than where it lies.
    pub fn new(place: Place, added: Timestamp) -> Self {
        Self {
            title: place.name(),
            place,
            text: None,
            written: Written::Undecided,
            bytes: 0,
            characters: 0,
            notes: 0,
            added,
            last_read: None,
        }
    }
}
