//! Notes that have left their places and are looked for while the document is read already.
//!
//! Until they are found, or when the reader has ended the search, they are *not looked for yet*: listed, changed and
//! kept like all others, with the anchors that they have, and drawn nowhere.

use std::sync::Arc;

use super::open::worth_telling;
use super::{Effect, MessageText, Reader, Session, Tab, Ticket};
use crate::notes::{Found, NoteId};

/// How far looking for notes is.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Seeking {
    /// Every note was looked for.
    #[default]
    Done,
    /// They are being looked for.
    Running {
        /// The request that will be answered.
        ticket: Ticket,
        /// How much is done, from 0 to 1.
        done: f32,
    },
    /// The reader ended it.
    Stopped,
}

impl Session {
    /// Looks for the notes that wait for it, unless the reader has ended that: those of a document that was read, and
    /// those that came or came back since.
    pub(super) fn seek_waiting_notes(&mut self) -> Vec<Effect> {
        let need = |tab: &Tab| tab.reader().is_some_and(|reader| reader.places.need_seeking());
        let waiting: Vec<usize> =
            self.tabs.iter().enumerate().filter(|(_, tab)| need(tab)).map(|(index, _)| index).collect();
        waiting.into_iter().flat_map(|index| self.seek_notes(index)).collect()
    }

    /// Looks for the notes of a document that were not looked for yet.
    pub(super) fn seek_notes(&mut self, index: usize) -> Vec<Effect> {
        let mut effects = self.stop_seeking_in(index);
        let ticket = self.ticket();
        let reader = self.tabs.get_mut(index).and_then(Tab::reader_mut);
        let Some(reader) = reader.filter(|reader| reader.unsought_notes() > 0) else { return effects };
        let notes = reader.places.begin(ticket);
        effects.push(Effect::SeekNotes { ticket, document: Arc::clone(reader.document()), notes });
        effects
    }

    /// The notes of the document in front stay where they were made until they are looked for again.
    pub(super) fn stop_seeking(&mut self) -> Vec<Effect> {
        let Some(index) = self.active_index() else { return Vec::new() };
        let mut effects = self.stop_seeking_in(index);
        // Whoever waited to be led to one of them is led to it in the list.
        effects.extend(self.go_to_wished_note(index));
        effects
    }

    /// To be called before a document is closed, too.
    pub(super) fn stop_seeking_in(&mut self, index: usize) -> Vec<Effect> {
        let reader = self.tabs.get_mut(index).and_then(Tab::reader_mut);
        let Some(reader) = reader else { return Vec::new() };
        let Some(ticket) = reader.places.ticket() else { return Vec::new() };
        reader.places.stop();
        vec![Effect::StopSeeking(ticket)]
    }

    pub(super) fn seeking_progress(&mut self, ticket: Ticket, done: f32) -> Vec<Effect> {
        if let Some((_, reader)) = self.seeking(ticket) {
            reader.places.go_on(ticket, done);
        }
        Vec::new()
    }

    pub(super) fn notes_sought(
        &mut self,
        ticket: Ticket,
        result: Result<Vec<(NoteId, Found)>, String>,
    ) -> Vec<Effect> {
        let Some((index, reader)) = self.seeking(ticket) else { return Vec::new() };
        let found = match result {
            Ok(found) => found,
            Err(reason) => {
                reader.places.stop();
                return self.told(MessageText::Remark(reason));
            }
        };
        let telling = reader.places.take_sought(found);
        reader.notes_changed();
        let counts = reader.found_counts();
        let place = self.tabs.get(index).map(|tab| &tab.place);
        let message =
            telling.zip(place).and_then(|(telling, place)| worth_telling(place, counts, telling.changed));
        let mut effects = message.map_or_else(Vec::new, |message| self.tell_where_notes_are(index, message));
        effects.extend(self.go_to_wished_note(index));
        effects.extend(self.keep_found(index));
        effects
    }

    /// The document whose notes are looked for with that ticket. An answer with an old one is ignored.
    fn seeking(&mut self, ticket: Ticket) -> Option<(usize, &mut Reader)> {
        let mut readers = self.tabs.iter_mut().enumerate();
        readers.find_map(|(index, tab)| {
            let reader = tab.reader_mut().filter(|reader| reader.places.ticket() == Some(ticket))?;
            Some((index, reader))
        })
    }
}

impl Reader {
    /// How far looking for notes is.
    pub fn seeking(&self) -> Seeking {
        self.places.seeking()
    }

    /// How many notes were not looked for yet.
    pub fn unsought_notes(&self) -> usize {
        self.places.count_waiting()
    }

    /// Whether a note is being looked for, or will be.
    pub(super) fn is_being_sought(&self, id: NoteId) -> bool {
        self.places.is_waiting(id) && self.places.seeking() != Seeking::Stopped
    }
}

#[cfg(test)]
#[path = "seeking_tests.rs"]
mod tests;
