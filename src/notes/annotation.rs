//! One note.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Anchor, FarEnd, Placing, Tag};

/// The identity of a note, for ever: a UUID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NoteId(pub Uuid);

impl fmt::Display for NoteId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

/// A note: a place, and what the reader says of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Annotation {
    /// Its identity.
    pub id: NoteId,
    /// The place. A bookmark's quotation is empty.
    pub anchor: Anchor,
    /// The colour of the highlight; `None` for a bookmark.
    pub colour: Option<Colour>,
    /// What it is about, without repetitions, in the order in which the reader gave them.
    pub tags: Vec<Tag>,
    /// What the reader says, as Markdown; empty where nothing.
    pub text: String,
    /// Other passages that it is about too, of its document or of others, without repetitions, in the order in which they were
    /// added; empty for most notes.
    pub answers: Vec<FarEnd>,
    /// What the reader decided about its place when the document had changed; nothing for most notes.
    #[serde(default)]
    pub placing: Placing,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub changed: Timestamp,
}

impl Annotation {
    /// A note of which nothing is known yet, for whoever reads one field by field.
    pub fn empty() -> Self {
        Self {
            id: NoteId(Uuid::nil()),
            anchor: Anchor::default(),
            colour: None,
            tags: Vec::new(),
            text: String::new(),
            answers: Vec::new(),
            placing: Placing::default(),
            created: Timestamp::UNIX_EPOCH,
            changed: Timestamp::UNIX_EPOCH,
        }
    }

    /// Whether it marks a place without quoting anything.
    pub fn is_bookmark(&self) -> bool {
        self.anchor.quote.is_empty()
    }

    /// Whether it joins its passage with others.
    pub fn spans_documents(&self) -> bool {
        !self.answers.is_empty()
    }
}

/// The colours of highlights. The theme says how each is drawn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Colour {
    /// The first, on key 1.
    #[default]
    Yellow,
    /// On key 2.
    Green,
    /// On key 3.
    Blue,
    /// On key 4.
    Pink,
    /// On key 5.
    Purple,
}

impl Colour {
    /// Every colour, in the order of their keys.
    pub const ALL: [Colour; 5] = [Self::Yellow, Self::Green, Self::Blue, Self::Pink, Self::Purple];

    /// Its name in files and on the command line, where it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
            Self::Purple => "purple",
        }
    }
}
