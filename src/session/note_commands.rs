//! Making and changing notes.

use std::sync::Arc;

use super::notes::SaveState;
use super::{Command, Effect, InSight, MessageText, Moment, Reader, Session, Tab, TrashCommand};
use crate::notes::{Anchor, Annotation, Colour, Edit, NoteId, Placing, Tag};
use crate::text::{Span, grapheme_span};

impl Session {
    /// Highlights the selection; where nothing is selected, recolours the note in focus.
    pub(super) fn highlight(&mut self, colour: Colour, moment: Moment) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return Vec::new() };
        match (reader.selection(), reader.note_in_focus()) {
            (Some(span), _) => self.annotate(span, Some(colour), moment),
            (None, Some(id)) => self.recolour(id, colour, moment),
            (None, None) => self.told(MessageText::NothingSelected),
        }
    }

    /// Highlights the selection and opens the list of notes, where the new note can be written; where
    /// nothing is selected, opens the note in focus.
    pub(super) fn note_on_selection(&mut self, moment: Moment) -> Vec<Effect> {
        self.settings.notes_open = true;
        let linked = self.comparison_in_front().is_some_and(|comparing| comparing.chosen().is_some());
        let Some(reader) = self.reader() else { return Vec::new() };
        match (reader.selection(), reader.note_in_focus()) {
            (Some(span), _) => self.annotate(span, Some(Colour::default()), moment),
            (None, Some(_)) => Vec::new(),
            (None, None) if linked => self.note_on_link(moment),
            (None, None) => self.told(MessageText::NoteNeedsWords),
        }
    }

    /// Marks the beginning of the selection, the cursor where it is in sight, or else the first character in sight.
    pub(super) fn bookmark(&mut self, moment: Moment) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return Vec::new() };
        let InSight { first, last, .. } = reader.in_sight();
        let cursor = Some(reader.cursor()).filter(|cursor| (first..=last).contains(cursor));
        let place = reader.selection().map_or(cursor.unwrap_or(first), Span::start);
        self.annotate(Span::at(place), None, moment)
    }

    /// Puts a note in the trash, and says so: its passage may be out of sight.
    pub(super) fn delete_note(&mut self, id: NoteId, moment: Moment) -> Vec<Effect> {
        let is_there =
            |session: &Self| session.reader().is_some_and(|reader| reader.notebook().get(id).is_some());
        let before = is_there(self);
        let mut effects = self.edit(Edit::Discard { id, at: moment.now }, false);
        if before && !is_there(self) {
            let place = self.active().map(|tab| tab.place.clone());
            effects.extend(
                place.map_or_else(Vec::new, |place| self.told(MessageText::NoteDeleted { place, id })),
            );
        }
        effects
    }

    fn annotate(&mut self, span: Span, colour: Option<Colour>, moment: Moment) -> Vec<Effect> {
        self.annotate_with(span, colour, Vec::new(), moment)
    }

    /// Makes a note of these words, with these tags.
    pub(super) fn annotate_with(
        &mut self,
        span: Span,
        colour: Option<Colour>,
        tags: Vec<Tag>,
        moment: Moment,
    ) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return Vec::new() };
        if let Some(reason) = reader.refuses_notes() {
            return self.told(reason);
        }
        let id = NoteId(moment.fresh);
        let annotation = Annotation {
            id,
            anchor: Anchor::of(reader.document(), trimmed(reader.document().text(), span)),
            colour,
            tags,
            text: String::new(),
            answers: Vec::new(),
            placing: Placing::default(),
            created: moment.now,
            changed: moment.now,
        };
        let effects = self.edit(Edit::Add(annotation.into()), false);
        self.with_reader(|reader| {
            reader.focus = reader.notebook.get(id).map(|note| note.id);
            reader.unselect();
        });
        effects
    }

    pub(super) fn go_to_note(&mut self, id: NoteId) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        reader.focus = reader.notebook.get(id).map(|note| note.id);
        let place = reader.found(id).and_then(super::notes::place_of);
        place.map_or_else(Vec::new, |place| self.jump(place.start()))
    }

    /// Goes to the note after (or before) the one in focus; without one, from the place in sight.
    pub(super) fn step_to_note(&mut self, forward: bool) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return Vec::new() };
        reader.note_beside(forward).map_or_else(Vec::new, |id| self.go_to_note(id))
    }

    pub(super) fn recolour(&mut self, id: NoteId, colour: Colour, moment: Moment) -> Vec<Effect> {
        let bookmark =
            self.reader().and_then(|reader| reader.notebook.get(id)).is_some_and(Annotation::is_bookmark);
        if bookmark {
            return Vec::new();
        }
        self.change_note(id, moment, false, |note| note.colour = Some(colour))
    }

    pub(super) fn add_tag(&mut self, id: NoteId, tag: Tag, moment: Moment) -> Vec<Effect> {
        self.change_note(id, moment, false, |note| {
            if !note.tags.contains(&tag) {
                note.tags.push(tag);
            }
        })
    }

    /// Puts a note on other words by hand: a lost or unsure one finds its place again.
    pub(super) fn place_note(&mut self, id: NoteId, span: Span, moment: Moment) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return Vec::new() };
        if let Some(reason) = reader.refuses_notes() {
            return self.told(reason);
        }
        let anchor = Anchor::of(reader.document(), trimmed(reader.document().text(), span));
        self.change_note(id, moment, false, |note| note.place(anchor))
    }

    /// Changes a note. Nothing happens where the change changes nothing.
    pub(super) fn change_note(
        &mut self,
        id: NoteId,
        moment: Moment,
        merging: bool,
        change: impl FnOnce(&mut Annotation),
    ) -> Vec<Effect> {
        let Some(before) = self.reader().and_then(|reader| reader.notebook.get(id)).cloned() else {
            return Vec::new();
        };
        let mut note = before.clone();
        change(&mut note);
        if note == before {
            return Vec::new();
        }
        note.changed = moment.now;
        self.edit(Edit::Replace(note.into()), merging)
    }

    /// Takes a note back from the trash of the document in front, or empties it.
    pub(super) fn change_trash(&mut self, command: TrashCommand) -> Vec<Effect> {
        match command {
            TrashCommand::Restore(id) => {
                let effects = self.edit(Edit::Recover(id), false);
                if self.reader().is_some_and(|reader| reader.notebook.get(id).is_some()) {
                    self.untell_deleted(id);
                }
                effects
            }
            TrashCommand::RestoreAll => self.edit_trash(Edit::Recover),
            TrashCommand::Empty => self.edit_trash(Edit::Forget),
        }
    }

    fn untell_deleted(&mut self, note: NoteId) {
        self.messages
            .retain(|message| !matches!(message.text, MessageText::NoteDeleted { id, .. } if id == note));
    }

    /// The same with every note in the trash, as one step.
    fn edit_trash(&mut self, edit: impl Fn(NoteId) -> Edit) -> Vec<Effect> {
        let trash = self.reader().map(|reader| reader.notebook.trash()).unwrap_or_default();
        let edits: Vec<Edit> = trash.iter().map(|trashed| edit(trashed.note.id)).collect();
        if edits.is_empty() { Vec::new() } else { self.edit(Edit::Group(edits), false) }
    }

    /// The one way in which notes change.
    pub(super) fn edit(&mut self, edit: Edit, merging: bool) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        if let Some(reason) = reader.refuses_notes() {
            return self.told(reason);
        }
        // The notebook refuses what is not there any more: then there is nothing to change or save.
        let before = reader.steps_made();
        let done = reader.edit(edit, merging);
        self.date_step(before);
        self.note_steps(before);
        if done.is_ok() { self.save_notes() } else { Vec::new() }
    }

    fn date_step(&mut self, before: u64) {
        let now = self.now;
        if let Some(reader) = self.reader_mut().filter(|reader| reader.steps_made() > before) {
            reader.history.date_latest(now);
        }
    }

    /// Undoes a step of the notes, or does it again.
    pub(super) fn step_notes(&mut self, back: bool) -> Vec<Effect> {
        self.step_history(|reader| {
            let Reader { history, notebook, .. } = reader;
            let step = if back { history.undo(notebook) } else { history.redo(notebook) };
            step.ok().flatten()
        })
    }

    /// Takes a step of the history and brings what it changed into focus.
    fn step_history(&mut self, step: impl FnOnce(&mut Reader) -> Option<Edit>) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        let Some(done) = step(reader) else { return Vec::new() };
        let touched = first_touched(&done);
        reader.notes_changed();
        reader.focus = touched.filter(|id| reader.notebook.get(*id).is_some());
        let InSight { first, last, .. } = reader.in_sight();
        let place = touched.and_then(|id| super::notes::place_of(reader.found(id)?)).map(Span::start);
        let out_of_sight = place.filter(|place| !(first..=last).contains(place));
        if let Some(id) = touched {
            self.untell_deleted(id);
        }
        let mut effects = self.save_notes();
        effects.extend(out_of_sight.into_iter().flat_map(|place| self.reveal(place)));
        effects
    }

    pub(super) fn save_notes(&mut self) -> Vec<Effect> {
        self.active_index().map_or_else(Vec::new, |index| self.save_notes_of(index))
    }

    pub(super) fn save_notes_of(&mut self, index: usize) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(tab) = self.tabs.get_mut(index) else { return Vec::new() };
        let place = tab.place.clone();
        let Some(reader) = tab.reader_mut() else { return Vec::new() };
        if matches!(reader.save_state, SaveState::ReadOnly(_)) || !reader.complete() {
            return Vec::new();
        }
        if reader.save_state == SaveState::Saved {
            reader.save_state = SaveState::Saving;
        }
        let kept = Arc::new(reader.kept());
        let base = std::mem::replace(&mut reader.sent, Arc::clone(&kept));
        reader.saving = ticket;
        let history = Arc::new(reader.history.clone());
        vec![Effect::SaveNotes { ticket, place, base, kept, history }]
    }

    /// What is typed after another command is another step of undo.
    pub(super) fn end_typing_unless(&mut self, command: &Command) {
        if !is_typing(command) {
            self.tabs.iter_mut().filter_map(Tab::reader_mut).for_each(|reader| reader.history.end_step());
        }
    }
}

impl Reader {
    /// Why notes cannot be made or changed; `None` where they can.
    pub(super) fn refuses_notes(&self) -> Option<MessageText> {
        match self.save_state() {
            SaveState::ReadOnly(reason) => Some(MessageText::NotesReadOnly(reason.clone())),
            _ => (!self.complete()).then_some(MessageText::NotAllRead),
        }
    }

    fn note_beside(&self, forward: bool) -> Option<NoteId> {
        let listed = self.listed_notes();
        let here = self.note_in_focus().and_then(|id| listed.iter().position(|each| *each == id));
        let start = |id: &NoteId| self.found(*id).and_then(super::notes::place_of).map_or(0, Span::start);
        let next = match here {
            Some(here) if forward => here + 1,
            Some(here) => here.checked_sub(1)?,
            None => {
                let after = listed.partition_point(|id| start(id) < self.position());
                if forward { after } else { after.checked_sub(1)? }
            }
        };
        listed.get(next).copied()
    }
}

fn is_typing(command: &Command) -> bool {
    match command {
        Command::WriteNote(..) | Command::Reached(_) => true,
        Command::InPane(_, command) => is_typing(command),
        _ => false,
    }
}

fn first_touched(edit: &Edit) -> Option<NoteId> {
    match edit {
        Edit::Add(note) | Edit::Replace(note) => Some(note.id),
        Edit::Remove(id) | Edit::Discard { id, .. } | Edit::Recover(id) | Edit::Dispute(id, _) => Some(*id),
        Edit::Forget(_) | Edit::Remember(_) => None,
        Edit::Group(edits) => edits.iter().find_map(first_touched),
    }
}

/// The span without white space at its ends, on grapheme boundaries.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let wide = grapheme_span(text, span);
    let Some(words) = wide.of(text) else { return wide };
    if words.trim().is_empty() {
        return Span::at(wide.start());
    }
    let before = crate::text::saturate(words.len() - words.trim_start().len());
    Span::from_length(wide.start() + before, crate::text::saturate(words.trim().len()))
}
