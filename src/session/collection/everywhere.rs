//! Changes of notes of several documents, open or not, as one step that can be undone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::notes::{Codebook, Edit, NoteChange, NoteId, Standing};
use crate::session::codebook::CodesChange;
use crate::session::{Effect, MessageText, Place, Reader, SaveState, Session, Tab, Ticket, Touched};

/// Changes of the notes of one document.
#[derive(Clone, PartialEq, Debug)]
pub struct PlacedChanges {
    /// The document they are kept with.
    pub place: Place,
    /// What becomes of which note.
    pub changes: Vec<NoteChange>,
}

/// What was changed everywhere and can be undone, and what was undone and can be done again.
#[derive(Debug, Default)]
pub(in crate::session) struct Everywhere {
    steps: StepsEverywhere,
    /// Whether they have changed since they were last kept.
    changed: bool,
    /// Documents that are not open and whose notes are not saved yet.
    unsaved: BTreeMap<Place, UnsavedNotes>,
    /// The documents whose notes are being changed for a request: what is done to them meanwhile comes after it.
    changing: BTreeSet<(Place, Ticket)>,
    /// The requests of which the reader is to be told what they have changed.
    to_tell: BTreeSet<Ticket>,
}

/// The notes of a document that is not open and that are not saved yet.
#[derive(Debug, Default)]
struct UnsavedNotes {
    /// The latest request of its reader to keep them, where it was open.
    saving: Ticket,
    /// Why they are not saved, where that is known.
    reason: Option<String>,
}

/// What was done to the notes of all documents in steps, as it outlives the program.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct StepsEverywhere {
    /// What can be undone, the latest last; shared with whoever keeps it.
    done: Vec<Arc<Step>>,
    /// What can be done again, the next one last.
    undone: Vec<Arc<Step>>,
}

impl StepsEverywhere {
    /// Whether there is nothing to undo or to do again.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty() && self.undone.is_empty()
    }

    /// How many steps there are to undo or to do again, whichever are more.
    pub fn most(&self) -> usize {
        self.done.len().max(self.undone.len())
    }

    /// Only so many steps of either, the ones that would be taken first.
    #[must_use]
    pub fn newest(&self, steps: usize) -> Self {
        let newest = |all: &[Arc<Step>]| all.iter().skip(all.len().saturating_sub(steps)).cloned().collect();
        Self { done: newest(&self.done), undone: newest(&self.undone) }
    }
}

/// One step, as it was made last: forwards where it is done, backwards where it is undone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Step {
    /// When it was made first.
    at: Timestamp,
    /// What became of the codebook with it.
    codes: Option<CodesChange>,
    made: BTreeMap<Place, Vec<NoteChange>>,
    /// The request for the documents that are not open.
    #[serde(skip)]
    ticket: Option<Ticket>,
}

/// So many steps are kept.
const MOST: usize = 200;

impl Everywhere {
    /// What an earlier run of the program has left.
    pub(in crate::session) fn restored(steps: StepsEverywhere) -> Self {
        Self { steps, ..Self::default() }
    }

    /// The documents that are not open and whose notes are not saved, and why not where that is known.
    pub(in crate::session) fn unsaved(&self) -> impl Iterator<Item = (&Place, Option<String>)> {
        self.unsaved.iter().map(|(place, notes)| (place, notes.reason.clone()))
    }

    /// A document is closed whose notes are not saved yet.
    pub(in crate::session) fn remember_unsaved(&mut self, place: Place, reader: &Reader) {
        if reader.save_state().is_unsaved() {
            let unsaved = UnsavedNotes { saving: reader.saving, reason: reader.save_state().failure() };
            self.unsaved.insert(place, unsaved);
        }
    }

    /// The notes are safe in the journal. While their file cannot be written that is worth saying, and stays said.
    pub(in crate::session) fn notes_kept(&mut self, ticket: Ticket, place: &Place) {
        let kept =
            self.unsaved.get(place).is_some_and(|notes| notes.saving == ticket && notes.reason.is_none());
        if kept {
            self.unsaved.remove(place);
        }
    }

    /// Nothing was changed there after all. What the reader of a document has sent before it was closed is to be saved
    /// all the same.
    fn nothing_to_save(&mut self, place: &Place) {
        if self.unsaved.get(place).is_some_and(|notes| notes.saving == Ticket::default()) {
            self.unsaved.remove(place);
        }
    }

    fn is_changing(&self, place: &Place) -> bool {
        self.changing.iter().any(|(of, _)| of == place)
    }

    /// Whether there is a step to undo, and one to do again.
    pub(in crate::session) fn undoable(&self) -> (bool, bool) {
        (!self.steps.done.is_empty(), !self.steps.undone.is_empty())
    }

    /// The codebook that the last step made is another now: the step goes on.
    pub(in crate::session) fn grow_codes(&mut self, after: Arc<Codebook>) {
        let last = self.steps.done.last_mut().map(Arc::make_mut);
        if let Some(codes) = last.and_then(|step| step.codes.as_mut()) {
            codes.after = after;
            self.changed = true;
        }
    }

    fn step_of(&mut self, ticket: Ticket) -> Option<&mut Step> {
        let StepsEverywhere { done, undone } = &mut self.steps;
        let step = done.iter_mut().chain(undone).find(|step| step.ticket == Some(ticket));
        step.map(Arc::make_mut)
    }
}

impl Session {
    /// Changes notes of any documents as one step of [`super::super::Command::Undo`], whatever is in front: those
    /// of open documents at once, those of others by the world. A note that is not there any more, or that was
    /// changed since, is changed as far as that can be done.
    pub fn edit_everywhere(&mut self, edits: Vec<(Place, Edit)>) -> Vec<Effect> {
        self.edit_everywhere_with(None, edits)
    }

    /// The same, in one step with a change of the codebook that has been made.
    pub(in crate::session) fn edit_everywhere_with(
        &mut self,
        codes: Option<CodesChange>,
        edits: Vec<(Place, Edit)>,
    ) -> Vec<Effect> {
        let mut changes: BTreeMap<Place, Vec<NoteChange>> = BTreeMap::new();
        for (place, edit) in edits {
            let of_edit = NoteChange::all_of(&edit, |id| self.standing(&place, id));
            changes.entry(place).or_default().extend(of_edit);
        }
        self.change_everywhere(codes, changes)
    }

    /// Changes notes of documents, and with them what was changed of the codebook, in one step.
    pub(in crate::session) fn change_everywhere(
        &mut self,
        codes: Option<CodesChange>,
        mut changes: BTreeMap<Place, Vec<NoteChange>>,
    ) -> Vec<Effect> {
        changes.retain(|_, changes| !changes.is_empty());
        if changes.is_empty() && codes.is_none() {
            return Vec::new();
        }
        let (step, effects) = self.make_everywhere(changes);
        let step = Step { codes, ..step };
        self.everywhere.changed = true;
        let steps = &mut self.everywhere.steps;
        steps.undone.clear();
        steps.done.push(Arc::new(step));
        if steps.done.len() > MOST {
            steps.done.remove(0);
        }
        self.changes.made(Touched::Everywhere);
        effects
    }

    /// A note as it is in the open document, or as it was when the notes of all documents were gathered.
    fn standing(&self, place: &Place, id: NoteId) -> Standing {
        match self.reader_at(place) {
            Some(reader) => reader.notebook().standing(id),
            None => self.gathered.note(place, id).map_or(Standing::Absent, Standing::There),
        }
    }

    pub(in crate::session) fn reader_at(&self, place: &Place) -> Option<&Reader> {
        let complete = |reader: &&Reader| reader.complete();
        self.tabs.iter().find(|tab| tab.is_of(place)).and_then(Tab::reader).filter(complete)
    }

    /// Makes changes where they can be made at once, and asks for the others.
    fn make_everywhere(&mut self, changes: BTreeMap<Place, Vec<NoteChange>>) -> (Step, Vec<Effect>) {
        let mut step = Step { at: self.now, codes: None, made: BTreeMap::new(), ticket: None };
        let (mut effects, mut elsewhere) = (Vec::new(), Vec::new());
        for (place, changes) in changes {
            if self.reader_at(&place).is_some() && !self.everywhere.is_changing(&place) {
                let (made, saving) = self.change_open(&place, &changes);
                effects.extend(saving);
                step.made.insert(place, made);
            } else {
                self.gathered.change(&place, &changes);
                self.everywhere.unsaved.entry(place.clone()).or_default();
                step.made.insert(place.clone(), changes.clone());
                elsewhere.push(PlacedChanges { place, changes });
            }
        }
        if !elsewhere.is_empty() {
            let ticket = self.ticket();
            step.ticket = Some(ticket);
            let places = elsewhere.iter().map(|edit| (edit.place.clone(), ticket));
            self.everywhere.changing.extend(places);
            effects.push(Effect::EditNotes { ticket, edits: elsewhere });
        }
        (step, effects)
    }

    fn change_open(&mut self, place: &Place, changes: &[NoteChange]) -> (Vec<NoteChange>, Vec<Effect>) {
        let index = self.tabs.iter().position(|tab| tab.is_of(place));
        let tab = index.and_then(|index| self.tabs.get_mut(index));
        let (Some(index), Some(reader)) = (index, tab.and_then(Tab::reader_mut)) else {
            return Default::default();
        };
        if let SaveState::ReadOnly(reason) = reader.save_state() {
            let reason = MessageText::NotesReadOnly(reason.clone());
            self.tell(reason);
            return Default::default();
        }
        let made = reader.change(changes);
        let effects = if made.is_empty() { Vec::new() } else { self.save_notes_of(index) };
        (made, effects)
    }

    /// Takes the last step everywhere back, or does it again.
    pub(in crate::session) fn step_everywhere(&mut self, back: bool) -> Vec<Effect> {
        let StepsEverywhere { done, undone } = &mut self.everywhere.steps;
        let Some(step) = (if back { done.pop() } else { undone.pop() }) else { return Vec::new() };
        let (at, step) = (step.at, Arc::unwrap_or_clone(step));
        let reversed = |changes: Vec<NoteChange>| changes.iter().rev().map(NoteChange::reversed).collect();
        let changes = step.made.into_iter().map(|(place, made)| (place, reversed(made))).collect();
        let codes = step.codes.map(CodesChange::reversed);
        let (step, mut effects) = self.make_everywhere(changes);
        effects.extend(codes.iter().flat_map(|codes| self.step_codes(codes)));
        let made = || step.made.iter().filter(|(_, made)| !made.is_empty());
        let notes = made().map(|(_, made)| made.len()).sum();
        let documents: Vec<String> = made().map(|(place, _)| place.name()).collect();
        if notes > 0 {
            self.messages.retain(|message| !matches!(message.text, MessageText::Stepped { .. }));
            self.tell(MessageText::Stepped { back, notes, documents });
        }
        let step = Step { at, codes, ..step };
        self.everywhere.changed = true;
        let StepsEverywhere { done, undone } = &mut self.everywhere.steps;
        if back {
            undone.push(Arc::new(step));
        } else {
            done.push(Arc::new(step));
        }
        effects
    }

    /// Whether the next step everywhere is of what is in front: what was done to other documents alone is not taken
    /// back by who reads this one.
    pub(in crate::session) fn is_step_everywhere_here(&self, back: bool) -> bool {
        let StepsEverywhere { done, undone } = &self.everywhere.steps;
        let Some(step) = (if back { done.last() } else { undone.last() }) else { return false };
        let page = matches!(self.page(), Some(page) if page.is_of_all_documents());
        let in_front = self.tabs_in_front();
        let touched = |place: &Place| in_front.iter().any(|tab| tab.is_of(place));
        page || in_front.is_empty() || step.codes.is_some() || step.made.keys().any(touched)
    }

    /// Whether a step everywhere comes before the steps of the document in front: to undo, the one made later
    /// comes first, to do again the one made earlier.
    pub(in crate::session) fn is_step_everywhere_next(&self, back: bool) -> bool {
        let Some(at) = self.next_step_everywhere(back) else { return false };
        let history = self.reader().map(|reader| &reader.history);
        let own =
            history.and_then(|history| if back { history.latest_undo() } else { history.latest_redo() });
        own.is_none_or(|own| if back { at >= own } else { at <= own })
    }

    /// When the step everywhere was made that would be undone next, or done again.
    pub(in crate::session) fn next_step_everywhere(&self, back: bool) -> Option<Timestamp> {
        let StepsEverywhere { done, undone } = &self.everywhere.steps;
        (if back { done.last() } else { undone.last() }).map(|step| step.at)
    }

    /// Has what can be undone kept for the next run of the program, where it has changed.
    pub(in crate::session) fn keep_steps_everywhere(&mut self) -> Option<Effect> {
        let changed = std::mem::take(&mut self.everywhere.changed);
        changed.then(|| Effect::KeepSteps(Arc::new(self.everywhere.steps.clone())))
    }

    /// Notes of documents that are not open were changed, or not.
    pub(in crate::session) fn notes_edited(
        &mut self,
        ticket: Ticket,
        done: Vec<(Place, Result<Vec<NoteChange>, String>)>,
    ) -> Vec<Effect> {
        let (mut fewer, mut effects) = (false, Vec::new());
        for (place, result) in done {
            self.everywhere.changing.remove(&(place.clone(), ticket));
            let made = result.unwrap_or_else(|reason| {
                fewer = true;
                self.tell(MessageText::NotesNotChanged { name: place.name(), reason });
                Vec::new()
            });
            if made.is_empty() {
                self.everywhere.nothing_to_save(&place);
            } else {
                // It was opened meanwhile, perhaps before they were changed.
                effects.extend(self.notes_changed_elsewhere(&place));
            }
            if let Some(step) = self.everywhere.step_of(ticket) {
                let made_now = made.len();
                fewer |= step.made.insert(place, made).is_none_or(|asked| made_now < asked.len());
                self.everywhere.changed = true;
            }
        }
        if self.everywhere.to_tell.remove(&ticket) {
            self.tell_made(Some(ticket));
        }
        // What is shown was changed before it was known that it could be.
        effects.extend(if fewer { self.gather_again() } else { Vec::new() });
        effects
    }

    /// Reads those documents again whose notes were changed past their readers: that of the place, and those that
    /// share its notes.
    fn notes_changed_elsewhere(&mut self, place: &Place) -> Vec<Effect> {
        let has = |tab: &Tab| tab.is_of(place) || tab.shares.as_ref() == Some(place);
        let tabs: Vec<usize> =
            self.tabs.iter().enumerate().filter(|(_, tab)| has(tab)).map(|(index, _)| index).collect();
        tabs.into_iter().flat_map(|index| self.read_again(index)).collect()
    }

    /// Tells how many notes the last step has changed, as soon as that is known.
    pub(in crate::session) fn tell_last_step(&mut self) {
        // Where nothing was to be done there is no step of this moment.
        let last = self.everywhere.steps.done.last().filter(|step| step.at == self.now);
        match last.map(|step| step.ticket) {
            Some(Some(ticket)) => {
                self.everywhere.to_tell.insert(ticket);
            }
            Some(None) => self.tell_made(None),
            None => {}
        }
    }

    /// Tells what the step of a request has changed, or the last one.
    fn tell_made(&mut self, ticket: Option<Ticket>) {
        let mut done = self.everywhere.steps.done.iter().rev();
        let step = done.find(|step| ticket.is_none() || step.ticket == ticket);
        let made = step.into_iter().flat_map(|step| step.made.values()).filter(|made| !made.is_empty());
        let (notes, documents) =
            made.fold((0, 0), |(notes, documents), made| (notes + made.len(), documents + 1));
        if notes > 0 {
            self.tell(MessageText::NotesChanged { notes, documents });
        }
    }

    /// The notes of a document that is not open were saved, or not.
    pub(in crate::session) fn saved_elsewhere(
        &mut self,
        ticket: Ticket,
        place: &Place,
        result: Result<(), String>,
    ) {
        let Some(notes) = self.everywhere.unsaved.get_mut(place) else { return };
        let name = place.name();
        match result {
            // What its reader has sent later is still to come.
            Ok(()) if ticket < notes.saving => {}
            Ok(()) => {
                let failed = notes.reason.is_some();
                self.everywhere.unsaved.remove(place);
                if failed {
                    self.tell(MessageText::SavedAfterAll(name));
                }
            }
            Err(reason) => {
                notes.reason = Some(reason.clone());
                self.tell(MessageText::NotSaved { name, reason });
            }
        }
    }
}
