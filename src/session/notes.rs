//! The notes of a document as the window lists them.

use super::FarEndRow;
use crate::notes::{Colour, Conflict, Found, NoteId, Tag};

/// One line of the list of notes.
#[derive(Clone, PartialEq, Debug)]
pub struct NoteRow {
    /// Which note.
    pub id: NoteId,
    /// Where it is now; `None` where it was not looked for yet.
    pub found: Option<Found>,
    /// What it quotes, in the script that is shown: the words at its place, or those that were marked where no place is
    /// sure.
    pub quote: String,
    /// The headings it stands under, in the script that is shown.
    pub headings: Vec<String>,
    /// The page and the clause it stands in, in the language of the document; empty where it has neither, or no place.
    pub locus: String,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its colour; `None` for a bookmark.
    pub colour: Option<Colour>,
    /// What it says.
    pub text: String,
    /// The passages of other documents that it is about too.
    pub answers: Vec<FarEndRow>,
    /// Other texts of it, where it was changed in two places at once.
    pub conflicts: Vec<Conflict>,
    /// Where to go, in the document's text; `None` where that is not known.
    pub position: Option<u32>,
}

/// Whether everything is saved.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum SaveState {
    /// Everything is.
    #[default]
    Saved,
    /// Soon.
    Saving,
    /// No, and why; the store keeps trying.
    NotSaved(String),
    /// The notes can be read but not changed, and why.
    ReadOnly(String),
}

/// The first place of a note: where it was found, or the best candidate.
pub(super) fn place_of(found: &Found) -> Option<crate::text::Span> {
    match found {
        Found::Exact(span) | Found::Moved { span, .. } => Some(*span),
        Found::Unsure { candidates } => candidates.first().map(|(span, _)| *span),
        Found::Lost => None,
    }
}
