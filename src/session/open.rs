//! Opening and closing documents.

use std::path::Path;
use std::sync::Arc;

use super::carrying::Carrying;
use super::notes::SaveState;
use super::script_commands::prepare_wanted;
use super::{
    Arriving, CODEBOOK_ENDING, COMPARISON_ENDING, CodebookEffect, Comparing, Effect, InSight, MessageText,
    Moment, NotesFile, OpenError, Opened, PaneId, Place, RECENT_KEPT, Reader, ReadingChoices, RestoredTab,
    Session, Stage, Tab, TabId, Ticket, Touched,
};
use crate::document::RepairKind;
use crate::import::Imported;
use crate::notes::FoundState;
use crate::text::Span;

impl Session {
    /// Opens again what was open when the last session ended, and then `files`. At the very first start,
    /// without any files, opens the samples: there is something to try everything on.
    pub fn begin(&mut self, files: Vec<Place>) -> Vec<Effect> {
        let first = self.closed.is_empty() && self.recent.is_empty();
        let mut effects = self.reopen();
        let (comparisons, front) = std::mem::take(&mut self.closed_comparisons);
        self.reopen_comparisons(comparisons, front.filter(|_| files.is_empty()));
        effects.extend(match (files.is_empty(), first) {
            (true, true) => self.open_samples(),
            (true, false) => Vec::new(),
            (false, _) => self.open(files),
        });
        effects
    }

    fn reopen(&mut self) -> Vec<Effect> {
        let active = self.active;
        let tabs = std::mem::take(&mut self.closed);
        let effects: Vec<Effect> = tabs.into_iter().flat_map(|(_, tab)| self.open_one(tab)).collect();
        self.active = active.min(self.tabs.len().saturating_sub(1));
        effects
    }

    pub(super) fn open(&mut self, places: Vec<Place>) -> Vec<Effect> {
        let script = self.settings.script;
        let mut effects = Vec::new();
        for place in places {
            if let Some(file) = file_ending(&place, COMPARISON_ENDING) {
                effects.push(Effect::ReadComparisonFile(file.to_owned()));
                continue;
            }
            if let Some(file) = file_ending(&place, CODEBOOK_ENDING) {
                effects.push(Effect::Codebook(CodebookEffect::Fetch(file.to_owned())));
                continue;
            }
            self.remember_recent(&place);
            match self.tabs.iter().position(|tab| tab.is_of(&place)) {
                Some(open) => {
                    self.bring_document(open);
                    if matches!(self.tabs.get(open).map(|tab| &tab.stage), Some(Stage::Failed(_))) {
                        effects.extend(self.reload());
                    }
                }
                None => effects.extend(self.open_one(RestoredTab { place, script, position: 0 })),
            }
        }
        effects.extend(self.save_state());
        effects
    }

    pub(super) fn open_samples(&mut self) -> Vec<Effect> {
        let names = super::SAMPLES.iter().map(|sample| Place::Sample(sample.name.to_owned()));
        let mut effects = self.open(names.collect());
        let first = self.tabs.iter().position(|tab| matches!(tab.place, Place::Sample(_)));
        self.bring_document(first.unwrap_or(self.active));
        effects.extend(self.save_state());
        effects
    }

    fn open_one(&mut self, restored: RestoredTab) -> Vec<Effect> {
        let RestoredTab { place, script, position } = restored;
        let (id, ticket) = (TabId(self.number()), self.ticket());
        let position = Some(position).filter(|&position| position > 0);
        let stage = Stage::Opening;
        self.tabs.push(Tab {
            id,
            place: place.clone(),
            names: Vec::new(),
            away: false,
            moved_from: None,
            shares: None,
            stage,
            ticket,
            script,
            position,
            wished_note: None,
            wished_passage: None,
            choices: None,
            own_sight: None,
            sought: None,
            arriving: Some(Arriving::default()),
            password: None,
        });
        self.bring_document(self.tabs.len() - 1);
        self.join_tabs();
        vec![Effect::Read { ticket, place, choices: None, password: None }]
    }

    /// Reads the document in front again. What is kept beside it is saved before: the store carries out
    /// effects for one place in their order.
    pub(super) fn reload(&mut self) -> Vec<Effect> {
        self.active_index().map_or_else(Vec::new, |index| self.read_again(index))
    }

    /// Reads the document at this place again, if it is open.
    pub(super) fn reload_place(&mut self, place: &Place) -> Vec<Effect> {
        let index = self.tabs.iter().position(|tab| tab.place == *place);
        index.map_or_else(Vec::new, |index| self.read_again(index))
    }

    pub(super) fn read_again(&mut self, index: usize) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(tab) = self.tabs.get_mut(index) else { return Vec::new() };
        let before = std::mem::replace(&mut tab.ticket, ticket);
        let stopped = tab.arriving.replace(Arriving::default()).map(|_| Effect::StopReading(before));
        if let Some(reader) = tab.reader_mut() {
            reader.asked = Arc::clone(&reader.sent);
        }
        if matches!(tab.stage, Stage::Failed(_)) {
            tab.stage = Stage::Opening;
        }
        let (place, choices, password) = (tab.place.clone(), tab.choices.clone(), tab.password.clone());
        stopped.into_iter().chain([Effect::Read { ticket, place, choices, password }]).collect()
    }

    /// Reads the document in front again as the reader now wants it.
    pub(super) fn choose(&mut self, change: impl FnOnce(&mut ReadingChoices)) -> Vec<Effect> {
        let active = self.active_index().and_then(|index| self.tabs.get_mut(index));
        let Some(tab) = active else { return Vec::new() };
        // What was chosen just before may be on its way still.
        let read = || tab.reader().map(|reader| reader.choices().clone());
        let mut choices = tab.choices.clone().or_else(read).unwrap_or_default();
        change(&mut choices);
        tab.choices = Some(choices);
        self.reload()
    }

    pub(super) fn close(&mut self, id: TabId) -> Vec<Effect> {
        let Some(index) = self.tabs.iter().position(|tab| tab.id == id) else { return Vec::new() };
        let mut effects = Vec::new();
        self.change_front(|session| effects = session.take_out(index));
        effects.extend(self.save_state());
        effects
    }

    fn take_out(&mut self, index: usize) -> Vec<Effect> {
        self.show_live_notes();
        let mut effects = self.keep_found(index);
        effects.extend(self.stop_seeking_in(index));
        let tab = self.tabs.remove(index);
        effects.extend(tab.arriving.map(|_| Effect::StopReading(tab.ticket)));
        self.messages.retain(|message| !message.text.needs().is_some_and(|place| tab.is_of(place)));
        if let Some(reader) = tab.reader() {
            self.everywhere.remember_unsaved(tab.place.clone(), reader);
        }
        self.closed.push((index, tab.to_restore()));
        if index < self.active || self.active >= self.tabs.len() {
            self.active = self.active.saturating_sub(1);
        }
        for touched in [Touched::Notes, Touched::Said, Touched::Corrected] {
            self.changes.forget(touched(tab.id));
        }
        effects.extend(self.suspend_comparisons(&tab));
        effects.push(Effect::SettleNotes);
        effects
    }

    pub(super) fn reopen_closed(&mut self) -> Vec<Effect> {
        if let Some(effects) = self.reopen_comparison() {
            return effects;
        }
        let Some((index, closed)) = self.closed.pop() else { return Vec::new() };
        let mut effects = self.open_one(closed);
        self.move_last_to(index);
        effects.extend(self.save_state());
        effects
    }

    /// The tab that was opened last, which is in front, stands where it was before.
    fn move_last_to(&mut self, index: usize) {
        let Some(tab) = self.tabs.pop() else { return };
        self.active = index.min(self.tabs.len());
        self.tabs.insert(self.active, tab);
    }

    pub(super) fn select_tab(&mut self, id: TabId) -> Vec<Effect> {
        let Some(index) = self.tabs.iter().position(|tab| tab.id == id) else { return Vec::new() };
        self.bring_document(index);
        self.save_state()
    }

    /// Selects the tab to the right or to the left, around the end: documents come before comparisons.
    pub(super) fn select_beside(&mut self, forward: bool) -> Vec<Effect> {
        let (documents, all) = (self.tabs.len(), self.tabs.len() + self.comparisons().len());
        if all == 0 {
            return Vec::new();
        }
        let compared = self.comparisons().iter().position(|one| Some(one.id()) == self.compared);
        let here = compared.map_or(self.active, |index| documents + index);
        let next = (here + if forward { 1 } else { all - 1 }) % all;
        match next.checked_sub(documents).and_then(|index| self.comparisons().get(index)).map(Comparing::id) {
            Some(id) => self.bring_comparison(id),
            None => self.bring_document(next),
        }
        self.save_state()
    }

    pub(super) fn forget_recent(&mut self) -> Vec<Effect> {
        self.recent.clear();
        self.save_state()
    }

    pub(super) fn remember_recent(&mut self, place: &Place) {
        self.recent.retain(|each| each != place);
        self.recent.insert(0, place.clone());
        self.recent.truncate(RECENT_KEPT);
    }

    // --- what the world tells -----------------------------------------------------------------------

    pub(super) fn beginning(&mut self, ticket: Ticket, imported: Imported) -> Vec<Effect> {
        let converters = Arc::clone(&self.converters);
        let (asides, everywhere) = (self.settings.show_asides, self.corrections.clone());
        let Some(tab) = self.tabs.iter_mut().find(|tab| tab.ticket == ticket) else { return Vec::new() };
        if tab.reader().is_some() {
            return Vec::new();
        }
        let mut reader = Reader::beginning(imported, converters, tab.script);
        reader.set_corrections(reader.corrections().clone(), &everywhere);
        reader.show_asides(asides);
        let mut effects = prepare_wanted(&mut reader);
        effects.extend(prepare_all(&reader));
        let end = Span::whole(reader.document().text()).end();
        if tab.position.is_some_and(|position| position < end) {
            effects.extend(go_where_it_was(tab, &mut reader));
        }
        tab.stage = Stage::Open(Box::new(reader));
        effects
    }

    pub(super) fn opened(&mut self, ticket: Ticket, opened: Opened) -> Vec<Effect> {
        let Some(index) = self.tabs.iter().position(|tab| tab.ticket == ticket) else { return Vec::new() };
        if let Some(other) = self.tab_of_same(index, opened.real.as_ref()) {
            return self.arrive_in(other, index, opened);
        }
        let first = self.tabs.get(index).filter(|tab| !tab.reader().is_some_and(Reader::complete));
        let offered = self.tabs.get(index).map(Tab::comments_waiting).unwrap_or_default();
        let quiet = first.map(|tab| tab.place.clone()).and_then(|place| self.look_quietly(&place, &opened));
        let (mut effects, changed) = self.show_opened(index, opened);
        effects.extend(if changed { self.save_notes_of(index) } else { Vec::new() });
        effects.extend(self.go_to_sought(index));
        self.offer_comments(index, &offered);
        effects.extend(self.find_in(index));
        effects.extend(self.begin_quietly(index, quiet));
        self.show_wanted_on_sides();
        self.join_tabs();
        // It may have arrived on a side of the comparison in front.
        self.change_front(|_| {});
        effects
            .extend(self.tabs.get(index).map(|tab| tab.id).map_or_else(Vec::new, |id| self.compare_anew(id)));
        effects.extend(self.renew_board());
        effects.extend(self.go_to_wished_note(index));
        effects.extend(self.go_to_wished_passage(index));
        effects.extend(self.keep_found(index));
        effects
    }

    /// Shows a document that has arrived, in the place of what was shown of it, and tells what there is to tell.
    /// Answers whether the reader has chosen or noted what is not kept beside it.
    fn show_opened(&mut self, index: usize, opened: Opened) -> (Vec<Effect>, bool) {
        let converters = Arc::clone(&self.converters);
        let (asides, everywhere) = (self.settings.show_asides, self.corrections.clone());
        let Some(tab) = self.tabs.get_mut(index) else { return Default::default() };
        self.library.list.is_there(&tab.place);
        if let Some(real) = opened.real.clone() {
            tab.add_name(real);
        }
        // Notes that come from another file from now on were changed by nobody.
        let other_notes = tab.reader().is_some() && tab.shares != opened.notes.shared_with;
        tab.shares.clone_from(&opened.notes.shared_with);
        (tab.arriving, tab.away) = (None, false);
        let moved = tab.moved_from.take().is_some();
        if tab.reader().is_some_and(Reader::was_moved) {
            // The reader has gone on from where the document was left.
            tab.position = None;
        }
        let mut messages = tab.messages_of(&opened);
        let script = tab.reader().map_or(tab.script, Reader::wanted_script);
        let mut reader = Reader::opened(opened, converters, script);
        reader.set_corrections(reader.corrections().clone(), &everywhere);
        reader.show_asides(asides);
        let chosen = tab.choices.take().filter(|choices| *choices != reader.choices);
        let changed = chosen.is_some();
        reader.choices = chosen.unwrap_or_else(|| reader.choices.clone());
        let (mut effects, mut carried) = (Vec::new(), None);
        if let Stage::Open(before) = std::mem::replace(&mut tab.stage, Stage::Opening) {
            effects.extend(before.places.ticket().map(Effect::StopSeeking));
            if !other_notes && !moved {
                messages.extend(told_of_changes(&reader, &before, &tab.place));
            }
            let (first, carrying) =
                (before.in_sight().first, Carrying::between(before.document(), reader.document()));
            reader = reader.continuing(*before, &carrying);
            let position = reader.in_sight().first;
            let goes = position != first && tab.own_sight.is_none();
            effects.extend(goes.then_some(Effect::Return { pane: PaneId::Document(tab.id), position }));
            carried = Some((tab.id, carrying));
        }
        let changed = changed || moved && reader.kept() != *reader.sent;
        effects.extend(prepare_wanted(&mut reader));
        effects.extend(prepare_all(&reader));
        effects.extend(go_where_it_was(tab, &mut reader));
        tab.stage = Stage::Open(Box::new(reader));
        let read_again =
            [MessageText::ChangedOnDisk, MessageText::DocumentAway].map(|text| text(tab.place.clone()));
        effects.extend(carried.map_or_else(Vec::new, |(tab, carrying)| self.carry_places(tab, &carrying)));
        for text in &read_again {
            self.untell(text);
        }
        for message in messages {
            match message {
                MessageText::NotesFound { .. } => effects.extend(self.tell_where_notes_are(index, message)),
                other => self.tell(other),
            }
        }
        (effects, changed)
    }

    pub(super) fn not_opened(&mut self, ticket: Ticket, reason: OpenError, moment: Moment) -> Vec<Effect> {
        let Some(tab) = self.tabs.iter_mut().find(|tab| tab.ticket == ticket) else { return Vec::new() };
        tab.arriving = None;
        if tab.reader().is_some_and(Reader::complete) {
            // What was read before stays: its file may be gone for good.
            let name = tab.place.name();
            return self.told(MessageText::NotReadAgain { name, reason });
        }
        tab.password = None;
        let holds_notes = matches!(reason, OpenError::HoldsNotes(_));
        tab.stage = Stage::Failed(Arc::new(reason));
        let (opened, place) = (tab.id, tab.place.clone());
        let mut effects = self.renew_board();
        effects.extend(match place {
            Place::File(path) if holds_notes => self.import_instead(opened, path, moment),
            _ => Vec::new(),
        });
        effects
    }

    /// The notes are on the disk. While their file cannot be written that is worth saying, and stays said.
    pub(super) fn notes_kept(&mut self, ticket: Ticket, place: &Place) -> Vec<Effect> {
        self.everywhere.notes_kept(ticket, place);
        let reader = self.tabs.iter_mut().find(|tab| tab.place == *place).and_then(Tab::reader_mut);
        if let Some(reader) = reader.filter(|reader| reader.saving == ticket)
            && reader.save_state == SaveState::Saving
        {
            reader.save_state = SaveState::Saved;
        }
        Vec::new()
    }

    pub(super) fn notes_saved(
        &mut self,
        ticket: Ticket,
        place: &Place,
        result: Result<NotesFile, String>,
    ) -> Vec<Effect> {
        self.saved_elsewhere(ticket, place, result.as_ref().map(drop).map_err(Clone::clone));
        let Some(tab) = self.tabs.iter_mut().find(|tab| tab.place == *place) else { return Vec::new() };
        let Some(reader) = tab.reader_mut() else { return Vec::new() };
        let failed_before = matches!(reader.save_state, SaveState::NotSaved(_));
        let mut messages = Vec::new();
        match result {
            Ok(file) => {
                messages.extend(failed_before.then(|| MessageText::SavedAfterAll(place.name())));
                messages.extend(news_of(place, &file, &reader.notes_file));
                // Copies are looked for when notes are read, not when they are saved.
                let copies = std::mem::take(&mut reader.notes_file.copies);
                reader.notes_file = NotesFile { copies, ..file };
                let all = reader.saving == ticket;
                reader.save_state = if all { SaveState::Saved } else { SaveState::Saving };
            }
            Err(reason) => {
                reader.save_state = SaveState::NotSaved(reason.clone());
                messages
                    .extend((!failed_before).then(|| MessageText::NotSaved { name: place.name(), reason }));
            }
        }
        for message in messages {
            self.tell(message);
        }
        Vec::new()
    }

    /// Only notes have changed: another window, another program or a cloud drive wrote them. They are read and
    /// joined with what is here.
    pub(super) fn notes_changed_on_disk(&mut self, place: &Place) -> Vec<Effect> {
        let complete = |tab: &Tab| tab.place == *place && tab.reader().is_some_and(Reader::complete);
        let index = self.tabs.iter().position(complete);
        index.map_or_else(Vec::new, |index| self.read_again(index))
    }

    /// Nothing is lost, but the notes do not lie where the reader would look for them.
    pub(super) fn notes_file_gone(&mut self, place: &Place) -> Vec<Effect> {
        let tab = self.tabs.iter_mut().find(|tab| tab.place == *place);
        if let Some(reader) = tab.and_then(Tab::reader_mut).filter(|reader| !reader.notebook().is_empty()) {
            reader.notes_file.gone = true;
        }
        Vec::new()
    }

    pub(super) fn copies_joined(&mut self, place: &Place, result: Result<usize, String>) -> Vec<Effect> {
        let name = place.name();
        let waiting =
            |text: &MessageText| matches!(text, MessageText::ConflictCopies { place: of, .. } if of == place);
        self.messages.retain(|message| !waiting(&message.text));
        match result {
            Ok(count) => self.tell(MessageText::CopiesJoined { name, count }),
            Err(reason) => self.tell(MessageText::CopiesNotJoined(reason)),
        }
        self.notes_changed_on_disk(place)
    }

    /// Only told of documents that are open: what was closed is read anew in any case.
    pub(super) fn changed_on_disk(&mut self, place: &Place) -> Vec<Effect> {
        let open = self.tabs.iter().any(|tab| tab.place == *place && tab.reader().is_some());
        if open { self.told(MessageText::ChangedOnDisk(place.clone())) } else { Vec::new() }
    }
}

impl Tab {
    /// What there is to tell of what was read.
    fn messages_of(&self, opened: &Opened) -> Vec<MessageText> {
        let before = self.reader().filter(|before| before.document().id() == opened.imported.document.id());
        messages_of(&self.place, opened, before)
    }
}

/// What another program has changed in the notes of a document since it was asked for again.
fn told_of_changes(now: &Reader, before: &Reader, place: &Place) -> Vec<MessageText> {
    let name = place.name();
    let merged = now.changed_elsewhere(before).map(|counts| MessageText::NotesMerged { name, counts });
    now.deleted_elsewhere(before, place).into_iter().chain(merged).collect()
}

/// The path of a place that is a file with this ending: a comparison or a list of tags, and no document.
fn file_ending<'a>(place: &'a Place, ending: &str) -> Option<&'a Path> {
    match place {
        Place::File(path) if path.to_string_lossy().ends_with(ending) => Some(path),
        Place::File(_) | Place::Sample(_) => None,
    }
}

impl ReadingChoices {
    pub(super) fn want_kind(&mut self, kind: RepairKind, wanted: bool) {
        self.repairs.kinds_off.retain(|each| *each != kind);
        if !wanted {
            self.repairs.kinds_off.push(kind);
        }
    }

    pub(super) fn want(&mut self, span: Span, wanted: bool) {
        self.repairs.refused.retain(|each| *each != span);
        if !wanted {
            self.repairs.refused.push(span);
        }
    }
}

/// Where the reader was in the document when it was closed.
fn go_where_it_was(tab: &mut Tab, reader: &mut Reader) -> Option<Effect> {
    let position = tab.position.take()?.min(Span::whole(reader.document().text()).end());
    reader.set_in_sight(InSight::from(position));
    Some(Effect::Return { pane: PaneId::Document(tab.id), position })
}

/// Makes every script ready that one key leads to, so that a toggle answers at once: the dictionaries are
/// shared, so that all of them cost little more than one.
fn prepare_all(reader: &Reader) -> Vec<Effect> {
    use crate::text::{Form, Script};
    let written = reader.document().written();
    let scripts = Form::ALL.into_iter().flat_map(|form| [Script::characters(form), Script::words(form)]);
    scripts.map(|script| Effect::PrepareScript { written, script }).collect()
}

/// Most notes are missing in their file.
fn absent(place: &Place, file: &NotesFile) -> Option<MessageText> {
    let notes = Some(file.absent.clone()).filter(|notes| !notes.is_empty())?;
    Some(MessageText::NotesVanished { place: place.clone(), notes, deleted: false })
}

/// How many notes were found where, if the document has changed since, or what differs where that is not known. In one
/// that has not changed, what is unsure or lost was so before.
pub(super) fn worth_telling(place: &Place, counts: [usize; 4], changed: Option<bool>) -> Option<MessageText> {
    let [exact, moved, unsure, lost] = counts;
    let differing = moved + unsure + lost;
    let worth_telling = changed.map_or(differing > 0, |changed| changed && exact + differing > 0);
    let (place, changed) = (place.clone(), changed.unwrap_or(false));
    worth_telling.then_some(MessageText::NotesFound { place, changed, exact, moved, unsure, lost })
}

/// What there is to tell of where the notes are kept now, and was not told before.
fn news_of(place: &Place, file: &NotesFile, before: &NotesFile) -> Vec<MessageText> {
    let count = file.copies.len();
    let copies = (count > 0 && file.copies != before.copies)
        .then(|| MessageText::ConflictCopies { place: place.clone(), count });
    let absent = Some(file).filter(|file| file.absent != before.absent).and_then(|file| absent(place, file));
    let elsewhere = file.elsewhere && before.path != file.path;
    let elsewhere = elsewhere.then(|| MessageText::NotesElsewhere(file.path.clone()));
    let set_aside = file.set_aside.clone().filter(|_| file.set_aside != before.set_aside);
    let remarks = file.remarks.iter().filter(|remark| !before.remarks.contains(remark));
    let remarks = remarks.cloned().map(MessageText::Remark);
    copies
        .into_iter()
        .chain(absent)
        .chain(elsewhere)
        .chain(set_aside.map(MessageText::NotesSetAside))
        .chain(remarks)
        .collect()
}

/// What there is to tell of a document that was read. Where the same text was only read again, what is new.
fn messages_of(place: &Place, opened: &Opened, before: Option<&Reader>) -> Vec<MessageText> {
    if let Some(before) = before {
        return news_of(place, &opened.notes, before.notes_file());
    }
    let count = |state| opened.found.iter().filter(|(_, found)| found.state() == state).count();
    let [exact, moved, unsure, lost] = FoundState::ALL.map(count);
    let changed = opened.kept.text.map(|text| text != opened.imported.document.id());
    let found = if opened.imported.may_be_damaged() {
        (lost > 0).then(|| MessageText::NotesNotSought { name: place.name(), missing: lost })
    } else if opened.found.len() < opened.kept.annotations.len() {
        // Told when all of them were looked for.
        None
    } else {
        worth_telling(place, [exact, moved, unsure, lost], changed)
    };
    let notes = &opened.notes;
    let count = notes.copies.len();
    let copies = (count > 0).then(|| MessageText::ConflictCopies { place: place.clone(), count });
    let set_aside = notes.set_aside.clone().map(MessageText::NotesSetAside);
    let read_only = notes.read_only.clone().map(MessageText::NotesReadOnly);
    let remarks = notes.remarks.iter().cloned().map(MessageText::Remark);
    found
        .into_iter()
        .chain(copies)
        .chain(absent(place, notes))
        .chain(set_aside)
        .chain(read_only)
        .chain(remarks)
        .collect()
}
