//! Going to a note of any document.

use crate::notes::{NoteId, NoteKey};
use crate::session::{Effect, MessageText, Place, Session};

impl Session {
    /// Opens the document that a note is kept with, where it is not open, and goes to the note.
    pub(super) fn go_to_kept_note(&mut self, key: NoteKey) -> Vec<Effect> {
        let Some(document) = self.gathered.collection().document(key.document) else { return Vec::new() };
        if document.place.is_empty() {
            let title = document.title.clone();
            return self.told(MessageText::DocumentUnknown(title));
        }
        let place = Place::from_words(&document.place);
        self.page = None;
        self.open_at_note(&place, key.note)
    }

    /// Opens a document, or brings it to the front, and goes to one of its notes as soon as that is there.
    pub(in crate::session) fn open_at_note(&mut self, place: &Place, note: NoteId) -> Vec<Effect> {
        let mut effects = self.open(vec![place.clone()]);
        let index = self.tabs.iter().position(|tab| tab.is_of(place));
        if let Some(tab) = index.and_then(|index| self.tabs.get_mut(index)) {
            tab.wished_note = Some(note);
        }
        effects.extend(index.map_or_else(Vec::new, |index| self.go_to_wished_note(index)));
        effects
    }

    /// Goes to the note for which a document was opened, once it is there.
    pub(in crate::session) fn go_to_wished_note(&mut self, index: usize) -> Vec<Effect> {
        let Some(tab) = self.tabs.get_mut(index) else { return Vec::new() };
        let reader = tab.reader().filter(|reader| reader.complete());
        let there =
            tab.wished_note.is_some_and(|id| reader.is_some_and(|reader| !reader.is_being_sought(id)));
        let Some(note) = tab.wished_note.take_if(|_| there) else { return Vec::new() };
        if self.active_index() != Some(index) {
            return Vec::new();
        }
        self.settings.notes_open = true;
        self.go_to_note(note)
    }
}
