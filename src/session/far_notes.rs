//! Notes of open documents that are about a passage of this one too.

use std::cell::RefCell;
use std::collections::HashMap;

use super::notes::place_of;
use super::{Reader, Session, Tab, TabId};
use crate::document::TextId;
use crate::notes::{Anchor, Annotation, Colour, FarEnd, Found, NoteId, Tag, Target, locate};

/// A note of an open document, mostly another one, with the passage of this one that it is about too.
#[derive(Clone, PartialEq, Debug)]
pub struct FarNote {
    /// The document that the note is kept with.
    pub owner: TabId,
    /// What to call that document.
    pub owner_title: String,
    /// The note.
    pub id: NoteId,
    /// Which of the note's [`Annotation::answers`].
    pub index: usize,
    /// Where the passage is in this document now.
    pub found: Found,
    /// The passage of this document, in the script that is shown; as it was written where it is lost.
    pub quote: String,
    /// What the note quotes of its own document, in the script that is shown there.
    pub owner_quote: String,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its colour; `None` for a bookmark.
    pub colour: Option<Colour>,
    /// What it says.
    pub text: String,
    /// Where to go in this document's text; `None` for a lost one.
    pub position: Option<u32>,
}

/// The other end of a note, as the list of notes shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FarEndRow {
    /// The title of the other document as written, or the name of its file.
    pub title: String,
    /// The quotation, as written.
    pub quote: String,
}

impl FarEndRow {
    pub(super) fn of(far_end: &FarEnd) -> Self {
        let name = || super::Place::from_words(&far_end.place).name();
        let title = if far_end.title.trim().is_empty() { name() } else { far_end.title.clone() };
        Self { title, quote: far_end.anchor.quote.clone() }
    }
}

/// Where far ends were found, so that a document whose text has changed is not searched for every picture of
/// the window.
#[derive(Debug, Default)]
pub(super) struct FarPlaces(RefCell<HashMap<(TextId, Anchor), Found>>);

/// So many are remembered.
const MOST: usize = 4_096;

impl FarPlaces {
    pub(super) fn found(&self, anchor: &Anchor, text: TextId, target: &Target<'_>) -> Found {
        let key = (text, anchor.clone());
        let mut known = self.0.borrow_mut();
        if known.len() >= MOST {
            known.clear();
        }
        known.entry(key).or_insert_with_key(|(_, anchor)| locate(anchor, target)).clone()
    }
}

impl Session {
    /// The notes of open documents, its own among them, that are about a passage of the document in that tab
    /// too, in the order of these passages; lost ones last.
    pub fn far_notes(&self, tab: TabId) -> Vec<FarNote> {
        let here = self.tabs.iter().find(|each| each.id == tab);
        let Some((here, reader)) = here.and_then(|tab| Some((tab, tab.reader()?))) else { return Vec::new() };
        let (place, text) = (here.place.to_words(), reader.document().id());
        let target = Target::new(reader.document());
        let mut notes = Vec::new();
        for owner in &self.tabs {
            for (note, index) in far_ends_of(owner, &place, text) {
                let Some(far_end) = note.answers.get(index) else { continue };
                let found = self.far_places.found(&far_end.anchor, text, &target);
                notes.push(FarNote { index, ..far_note(owner, note, far_end, found, reader) });
            }
        }
        notes.sort_by_key(|note| (note.position.is_none(), note.position, note.id, note.index));
        notes
    }
}

/// The notes kept with `owner` that have far ends in the document of that place and text, and which.
fn far_ends_of<'a>(
    owner: &'a Tab,
    place: &'a str,
    text: TextId,
) -> impl Iterator<Item = (&'a Annotation, usize)> {
    let notes = owner.reader().into_iter().flat_map(|reader| reader.notebook.iter());
    notes.flat_map(move |note| {
        let far_ends = note.answers.iter().enumerate().filter(move |(_, far_end)| far_end.is_in(place, text));
        far_ends.map(move |(index, _)| (note, index))
    })
}

fn far_note(owner: &Tab, note: &Annotation, far_end: &FarEnd, found: Found, reader: &Reader) -> FarNote {
    let place = place_of(&found);
    FarNote {
        owner: owner.id,
        owner_title: owner.title(),
        id: note.id,
        index: 0,
        quote: place.map_or_else(|| far_end.anchor.quote.clone(), |span| reader.shown_text(span)),
        owner_quote: owner.reader().map(|own| own.show_text(&note.anchor.quote)).unwrap_or_default(),
        tags: note.tags.clone(),
        colour: note.colour,
        text: note.text.clone(),
        position: place.map(crate::text::Span::start),
        found,
    }
}
