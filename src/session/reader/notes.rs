//! The notes of a document: changed through the history, placed, listed, and handed over to be kept.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::Reader;
use crate::document::BlockIndex;
use crate::notes::{
    Annotation, DocumentNotes, Edit, EditError, Found, NoteChange, NoteId, NoteQuery, Notebook, PlaceNow,
    Tag, TagCount,
};
use crate::session::notes::place_of;
use crate::session::{FarEndRow, Kept, NoteRow, NotesFile, SaveState};
use crate::text::Span;

impl Reader {
    /// Every note.
    pub fn notebook(&self) -> &Notebook {
        &self.notebook
    }

    /// Every tag in use and every tag that one is nested in, with how many notes have it.
    pub fn tags(&self) -> &BTreeMap<Tag, TagCount> {
        &self.tags
    }

    /// The notes that the filter lets through, in the order of the document.
    pub fn listed_notes(&self) -> &[NoteId] {
        &self.listed
    }

    /// Which notes are listed.
    pub fn filter(&self) -> &NoteQuery {
        &self.filter
    }

    /// Days are those of `zone`.
    pub(in crate::session) fn set_filter(&mut self, filter: NoteQuery, zone: TimeZone) {
        (self.filter, self.zone) = (filter, zone);
        self.list_notes();
    }

    /// Grows whenever a note is changed or found elsewhere.
    pub fn notes_version(&self) -> u64 {
        self.notes_version
    }

    /// The notes and where each is, for the collection of all documents; its place is the caller's to say.
    pub(in crate::session) fn document_notes(&self) -> DocumentNotes {
        let title = self.document.metadata().title.as_ref().map(|field| field.value.clone());
        DocumentNotes {
            place: String::new(),
            title: title.unwrap_or_default(),
            text: Some(self.document.id()),
            notes: self.notebook.iter_shared().cloned().collect(),
            states: self
                .notebook
                .iter()
                .filter_map(|note| Some((note.id, self.found(note.id)?.state())))
                .collect(),
            places_now: BTreeMap::new(),
            deleted: self.notebook.trash().len(),
        }
    }

    /// Where a note stands, and what is written there now, in words of the document as written.
    pub(in crate::session) fn place_now(&self, note: &Annotation) -> PlaceNow {
        self.found(note.id).map(|found| PlaceNow::of(note, found, &self.document)).unwrap_or_default()
    }

    /// How all notes stand of which there is something to say.
    pub(in crate::session) fn places_now(&self) -> BTreeMap<NoteId, PlaceNow> {
        let all = self.notebook.iter().map(|note| (note.id, self.place_now(note)));
        all.filter(|(_, place_now)| !place_now.is_empty()).collect()
    }

    /// Makes changes that are a step of the session's, not of this document's own; answers what was made.
    pub(in crate::session) fn change(&mut self, changes: &[NoteChange]) -> Vec<NoteChange> {
        let made = self.notebook.change(changes).unwrap_or_default();
        self.history.take_in(&made);
        self.notes_changed();
        made
    }

    /// One line of the list of notes.
    pub fn note_row(&self, id: NoteId) -> Option<NoteRow> {
        let note = self.notebook.get(id)?;
        let found = self.places.of(id).cloned();
        let place = found.as_ref().and_then(place_of);
        let sure = found.as_ref().and_then(Found::span).filter(|_| !note.is_bookmark());
        let quote = sure.map_or_else(|| self.show_text(&note.anchor.quote), |span| self.shown_text(span));
        let headings: Vec<String> =
            note.anchor.headings.iter().map(|heading| self.show_text(heading)).collect();
        let locus = found.as_ref().and_then(Found::span).map(|span| self.page_and_clause(span, &headings));
        Some(NoteRow {
            id,
            quote,
            headings,
            locus: locus.unwrap_or_default(),
            tags: note.tags.clone(),
            colour: note.colour,
            text: note.text.clone(),
            answers: note.answers.iter().map(FarEndRow::of).collect(),
            conflicts: self.notebook.conflicts_of(id).to_vec(),
            position: place.map(Span::start),
            found,
        })
    }

    /// Where a note is now; `None` where it was not looked for yet.
    pub fn found(&self, id: NoteId) -> Option<&Found> {
        self.places.of(id)
    }

    /// The note in focus.
    pub fn note_in_focus(&self) -> Option<NoteId> {
        self.focus
    }

    /// Whether there is something to undo, and something to do again.
    pub fn undoable(&self) -> (bool, bool) {
        let of_notes = (self.history.can_undo(), self.history.can_redo());
        let all = [of_notes, self.said.undoable(), self.corrected.undoable()];
        all.into_iter().fold((false, false), |all, one| (all.0 || one.0, all.1 || one.1))
    }

    /// How many steps of changing notes were made.
    pub(in crate::session) fn steps_made(&self) -> u64 {
        self.history.made()
    }

    /// Whether the notes are saved.
    pub fn save_state(&self) -> &SaveState {
        &self.save_state
    }

    /// Where the notes are kept.
    pub fn notes_file(&self) -> &NotesFile {
        &self.notes_file
    }

    /// Makes a change of the notes, as a step that can be undone.
    pub(in crate::session) fn edit(&mut self, edit: Edit, merging: bool) -> Result<(), EditError> {
        let stays = self.stays(&edit);
        let done = if merging {
            self.history.perform_merging(&mut self.notebook, edit)
        } else {
            self.history.perform(&mut self.notebook, edit)
        };
        if !stays {
            self.notes_changed();
        } else if !self.filter.is_empty() {
            self.list_notes();
        }
        self.notes_version += 1;
        done
    }

    /// Whether an edit moves no note and changes no tag, as typing does: then nothing has to be placed or
    /// counted anew.
    fn stays(&self, edit: &Edit) -> bool {
        let Edit::Replace(note) = edit else { return false };
        let same = |before: &Annotation| {
            before.anchor == note.anchor && before.placing == note.placing && before.tags == note.tags
        };
        self.notebook.get(note.id).is_some_and(same)
    }

    /// To be called after every change of the notebook: notes are placed by the anchors that they have now, lists
    /// made again.
    pub(in crate::session) fn notes_changed(&mut self) {
        self.places.renew(&self.notebook, &self.document);
        self.focus = self.focus.filter(|id| self.notebook.get(*id).is_some());
        self.notes_version += 1;
        self.tags = self.notebook.tags();
        self.index_notes();
        self.list_notes();
    }

    fn list_notes(&mut self) {
        self.listed = if self.filter.is_empty() {
            self.searchable = None;
            self.notebook.iter().map(|note| note.id).collect()
        } else {
            self.filtered()
        };
        self.sort_listed();
    }

    /// The notes that the filter lets through. Only those that changed since it was last asked are read anew.
    fn filtered(&mut self) -> Vec<NoteId> {
        let now = self.document_notes();
        let before = self.searchable.take().unwrap_or_default();
        let searchable = self.searchable.insert(before.updated(now));
        let notes = &searchable.document().notes;
        let query = self.filter.ready(&self.zone);
        searchable.choose(&query).filter_map(|index| notes.get(index)).map(|note| note.id).collect()
    }

    fn index_notes(&mut self) {
        let mut by_block: BTreeMap<BlockIndex, Vec<NoteId>> = BTreeMap::new();
        for note in self.notebook.iter() {
            let Some(place) = self.places.of(note.id).and_then(place_of) else { continue };
            let first = self.document.block_at(place.start()).map_or(0, BlockIndex::as_usize);
            let last = self.document.block_at(place.end().saturating_sub(1).max(place.start()));
            for index in first..=last.map_or(first, BlockIndex::as_usize) {
                by_block.entry(BlockIndex::new(index)).or_default().push(note.id);
            }
        }
        self.notes_by_block = by_block;
    }

    /// In the order of where the notes are now; lost ones stand where they were.
    fn sort_listed(&mut self) {
        let place = |id: &NoteId| {
            let note = self.notebook.get(*id);
            let here = self.places.of(*id).and_then(place_of).or(note.map(|note| note.anchor.span));
            (here.unwrap_or_default(), *id)
        };
        self.listed.sort_by_cached_key(place);
    }

    /// The notes whose place holds `position`, the shortest first.
    pub fn notes_at(&self, position: u32) -> Vec<NoteId> {
        let Some(block) = self.document.block_at(position) else { return Vec::new() };
        let ids = self.notes_by_block.get(&block).map_or(&[][..], Vec::as_slice);
        let place = |id: &NoteId| self.places.of(*id).and_then(place_of);
        let mut here: Vec<_> = ids
            .iter()
            .filter_map(|id| place(id).map(|span| (span, *id)))
            .filter(|(span, _)| span.contains_position(position))
            .collect();
        here.sort_by_key(|(span, id)| (span.len(), *id));
        here.into_iter().map(|(_, id)| id).collect()
    }

    /// All that is to be kept beside the document.
    pub fn kept(&self) -> Kept {
        let title = self.document.metadata().title.as_ref().map(|field| field.value.clone());
        Kept {
            text: Some(self.document.id()),
            title: title.unwrap_or_default(),
            annotations: self.notebook.list(),
            trash: self.notebook.trash().into_iter().cloned().collect(),
            conflicts: self.notebook.conflicts().clone(),
            corrections: self.corrections.clone(),
            choices: self.choices.clone(),
            bibliography: self.bibliography.clone(),
            answered_comments: self.answered_comments.clone(),
        }
    }
}
