//! Notes that have left their places and are looked for while the document is read already.
//!
//! Until they are found, or when the reader has ended the search, they are *not looked for yet*: listed, changed and
//! kept like all others, with the anchors that they have, and drawn nowhere.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::open::worth_telling;
use super::{Effect, MessageText, Opened, Reader, Session, Ticket};
use crate::notes::{Annotation, Found, NoteId, Notebook};

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

/// The notes of a document that were not looked for yet.
#[derive(Debug, Default)]
pub(super) struct Unsought {
    /// As they are looked for.
    notes: BTreeMap<NoteId, Arc<Annotation>>,
    /// How many of them still wait.
    waiting: usize,
    seeking: Seeking,
    /// Whether the reader is to be told what was found.
    told: bool,
    /// Whether the text is another than the notes were last kept for, where that is known.
    changed: Option<bool>,
}

impl Unsought {
    /// The notes of which it is not said where they were found, in a text that may have changed.
    pub(super) fn of(notebook: &Notebook, found: &HashMap<NoteId, Found>, changed: Option<bool>) -> Self {
        let unsought = notebook.iter_shared().filter(|note| !found.contains_key(&note.id));
        let notes = unsought.map(|note| (note.id, Arc::clone(note))).collect();
        Self { notes, changed, told: true, ..Self::default() }
    }

    /// Takes over what was the case for the same text: whoever ended the search does not want it to begin again.
    pub(super) fn continue_from(&mut self, before: &Self) {
        (self.told, self.changed) = (before.told && !before.notes.is_empty(), before.changed);
        if before.seeking == Seeking::Stopped && !self.notes.is_empty() {
            self.seeking = Seeking::Stopped;
        }
    }

    /// The request that will be answered, if there is one.
    pub(super) fn ticket(&self) -> Option<Ticket> {
        match self.seeking {
            Seeking::Running { ticket, .. } => Some(ticket),
            Seeking::Done | Seeking::Stopped => None,
        }
    }
}

impl Session {
    /// A document was read: what was not found at once is looked for, unless the reader has ended that.
    pub(super) fn begin_seeking(&mut self, index: usize) -> Vec<Effect> {
        let reader = self.tabs.get(index).and_then(|tab| tab.reader());
        let stopped = reader.is_none_or(|reader| reader.unsought.seeking == Seeking::Stopped);
        if stopped { Vec::new() } else { self.seek_notes(index) }
    }

    /// Looks for the notes of a document that were not looked for yet.
    pub(super) fn seek_notes(&mut self, index: usize) -> Vec<Effect> {
        let mut effects = self.stop_seeking_in(index);
        let ticket = self.ticket();
        let reader = self.tabs.get_mut(index).and_then(|tab| tab.reader_mut());
        let Some(reader) = reader.filter(|reader| !reader.unsought.notes.is_empty()) else { return effects };
        reader.unsought.seeking = Seeking::Running { ticket, done: 0.0 };
        let notes = reader.unsought.notes.values().cloned().collect();
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
        let reader = self.tabs.get_mut(index).and_then(|tab| tab.reader_mut());
        let Some(reader) = reader else { return Vec::new() };
        let Some(ticket) = reader.unsought.ticket() else { return Vec::new() };
        reader.unsought.seeking = Seeking::Stopped;
        vec![Effect::StopSeeking(ticket)]
    }

    pub(super) fn seeking_progress(&mut self, ticket: Ticket, done: f32) -> Vec<Effect> {
        if let Some((_, reader)) = self.seeking(ticket) {
            reader.unsought.seeking = Seeking::Running { ticket, done };
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
                reader.unsought.seeking = Seeking::Stopped;
                return self.told(MessageText::Remark(reason));
            }
        };
        let (told, changed) = (reader.unsought.told, reader.unsought.changed);
        reader.take_sought(found);
        let counts = reader.found_counts();
        let place = self.tabs.get(index).map(|tab| &tab.place);
        let message = place.and_then(|place| worth_telling(place, counts, changed)).filter(|_| told);
        let mut effects = message.map_or_else(Vec::new, |message| self.tell_where_notes_are(index, message));
        effects.extend(self.go_to_wished_note(index));
        effects.extend(self.keep_found(index));
        effects
    }

    /// The document whose notes are looked for with that ticket. An answer with an old one is ignored.
    fn seeking(&mut self, ticket: Ticket) -> Option<(usize, &mut Reader)> {
        let mut readers = self.tabs.iter_mut().enumerate();
        readers.find_map(|(index, tab)| {
            let reader = tab.reader_mut().filter(|reader| reader.unsought.ticket() == Some(ticket))?;
            Some((index, reader))
        })
    }
}

impl Reader {
    /// How far looking for notes is.
    pub fn seeking(&self) -> Seeking {
        self.unsought.seeking
    }

    /// How many notes were not looked for yet.
    pub fn unsought_notes(&self) -> usize {
        self.unsought.waiting
    }

    /// Whether a note was not looked for yet. One that the reader has put on a place meanwhile needs it no longer.
    pub fn is_unsought(&self, id: NoteId) -> bool {
        let asked = self.unsought.notes.get(&id).zip(self.notebook.get_shared(id));
        asked.is_some_and(|(asked, now)| {
            Arc::ptr_eq(asked, now) || asked.anchor == now.anchor && asked.placing == now.placing
        })
    }

    /// Whether a note is being looked for.
    pub(super) fn is_being_sought(&self, id: NoteId) -> bool {
        self.unsought.ticket().is_some() && self.is_unsought(id)
    }

    /// To be called when notes have changed.
    pub(super) fn count_unsought(&mut self) {
        let ids = self.unsought.notes.keys();
        self.unsought.waiting = ids.filter(|id| self.is_unsought(**id)).count();
    }

    /// Of the same text that was read again, it is known where notes with the same anchors are.
    pub(super) fn tell_located(&self, opened: &mut Opened) {
        let known: std::collections::BTreeSet<NoteId> = opened.found.iter().map(|(id, _)| *id).collect();
        let unknown = opened.kept.notes().filter(|note| !known.contains(&note.id));
        let located = unknown.filter_map(|note| {
            let (_, found) = self.located.get(&note.id).filter(|(anchor, _)| *anchor == note.anchor)?;
            Some((note.id, found.clone()))
        });
        let located: Vec<_> = located.collect();
        opened.found.extend(located);
    }

    fn take_sought(&mut self, found: Vec<(NoteId, Found)>) {
        for (id, found) in found {
            let waits = self.is_unsought(id);
            let Some(asked) = self.unsought.notes.get(&id) else { continue };
            if waits {
                self.found.insert(id, found.clone());
            }
            if found != Found::Exact(asked.anchor.span) {
                self.located.insert(id, (asked.anchor.clone(), found));
            }
        }
        self.unsought = Unsought::default();
        self.notes_changed();
    }
}

#[cfg(test)]
#[path = "seeking_tests.rs"]
mod tests;
