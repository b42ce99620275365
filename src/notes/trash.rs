//! Notes that were deleted and can be taken back.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Annotation, NoteId};

/// A note in the trash: as it was when it was deleted, and when that was.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Trashed {
    /// The note.
    pub note: Arc<Annotation>,
    /// When it was deleted.
    pub at: Timestamp,
}

impl Trashed {
    /// What the trash is sorted by: the note that was deleted last comes first.
    pub fn order(&self) -> (Reverse<Timestamp>, NoteId) {
        (Reverse(self.at), self.note.id)
    }
}
