//! The notes of a document as the window lists them.

use super::FarEndRow;
use crate::document::Document;
use crate::notes::{Annotation, Colour, Found, NoteId, Tag};
use crate::text::Folded;

/// Which notes are listed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NoteFilter {
    /// Notes whose quotations, text or tags hold these words, in whatever script.
    pub text: String,
    /// Notes with this tag, or one nested in it.
    pub tag: Option<Tag>,
    /// Notes of this colour.
    pub colour: Option<Colour>,
}

impl NoteFilter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The notes that it lets through, in order.
    pub(super) fn choose<'a>(&self, notes: impl Iterator<Item = &'a Annotation>) -> Vec<NoteId> {
        let words = folded(&self.text);
        notes.filter(|note| self.lets_through(note, &words)).map(|note| note.id).collect()
    }

    fn lets_through(&self, note: &Annotation, words: &str) -> bool {
        let tag = self.tag.as_ref().is_none_or(|wanted| note.tags.iter().any(|tag| tag.is_within(wanted)));
        let colour = self.colour.is_none_or(|wanted| note.colour == Some(wanted));
        tag && colour && (words.is_empty() || holds(note, words))
    }
}

fn holds(note: &Annotation, words: &str) -> bool {
    let tags = note.tags.iter().map(Tag::as_str);
    let answers = note.answers.iter().map(|far_end| far_end.anchor.quote.as_str());
    [note.anchor.quote.as_str(), note.text.as_str()]
        .into_iter()
        .chain(tags)
        .chain(answers)
        .any(|text| folded(text).contains(words))
}

fn folded(text: &str) -> String {
    Folded::without_punctuation(text).text
}

/// One line of the list of notes.
#[derive(Clone, PartialEq, Debug)]
pub struct NoteRow {
    /// Which note.
    pub id: NoteId,
    /// Where it is now.
    pub found: Found,
    /// The quotation, in the script that is shown; as it was written where the note is lost.
    pub quote: String,
    /// The headings it stands under, in the script that is shown.
    pub headings: Vec<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its colour; `None` for a bookmark.
    pub colour: Option<Colour>,
    /// What it says.
    pub text: String,
    /// The passages of other documents that it is about too.
    pub answers: Vec<FarEndRow>,
    /// Where to go, in the document's text; `None` for a lost one.
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

/// Where a new note is, just made.
pub(super) fn just_made(note: &Annotation, document: &Document) -> Found {
    let there = note.anchor.span.of(document.text()) == Some(note.anchor.quote.as_str());
    if there { Found::Exact(note.anchor.span) } else { Found::Lost }
}
