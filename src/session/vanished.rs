//! Most notes of a document were taken away by another program: that is asked about, not only told.

use super::{Effect, MessageText, Moment, Place, Reader, Session};
use crate::notes::{Edit, NoteId, NoteStates, is_mass_deletion};

impl Session {
    /// The reader has said what becomes of them. It is a step that can be undone.
    pub(super) fn answer_vanished(
        &mut self,
        place: &Place,
        notes: &[NoteId],
        keep: bool,
        moment: Moment,
    ) -> Vec<Effect> {
        let asked =
            |text: &MessageText| matches!(text, MessageText::NotesVanished { place: of, .. } if of == place);
        self.messages.retain(|message| !asked(&message.text));
        let Some(index) = self.tabs.iter().position(|tab| tab.place == *place) else { return Vec::new() };
        self.bring_document(index);
        // Where they are missing once more, that is asked about once more.
        self.with_reader(|reader| reader.notes_file.absent.clear());
        let edits = self.reader().map(|reader| reader.answering(notes, keep, moment)).unwrap_or_default();
        match edits.is_empty() {
            // They are here, and come into the file again.
            true if keep => self.save_notes_of(index),
            true => Vec::new(),
            false => self.edit(Edit::Group(edits), false),
        }
    }
}

impl Reader {
    /// What keeps these notes, or puts them into the trash.
    fn answering(&self, notes: &[NoteId], keep: bool, moment: Moment) -> Vec<Edit> {
        let is_there = |id: &NoteId| self.notebook.get(*id).is_some();
        let is_trashed = |id: &NoteId| self.notebook.trashed(*id).is_some();
        if keep {
            notes.iter().copied().filter(is_trashed).map(Edit::Recover).collect()
        } else {
            let there = notes.iter().copied().filter(is_there);
            there.map(|id| Edit::Discard { id, at: moment.now }).collect()
        }
    }

    /// The question about notes of the same text that another program has deleted since `before` asked for it again;
    /// `None` where they are few.
    pub(super) fn deleted_elsewhere(&self, before: &Reader, place: &Place) -> Option<MessageText> {
        let then = NoteStates::new(&before.asked.annotations, &before.asked.trash);
        let now = NoteStates::new(&self.sent.annotations, &self.sent.trash);
        let notes = then.gone_until(&now);
        let same = before.document().id() == self.document().id();
        (same && is_mass_deletion(notes.len(), then.len())).then(|| MessageText::NotesVanished {
            place: place.clone(),
            notes,
            deleted: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Desk;
    use super::super::{Command, Event, Kept, NotesFile};
    use super::*;
    use crate::notes::{Colour, Trashed};

    const TEXT: &str = "甲一二三。乙四五六。丙七八九。";
    const QUOTES: [&str; 6] = ["甲一", "二三", "乙四", "五六", "丙七", "八九"];

    fn noted() -> Desk {
        let mut desk = Desk::with(TEXT);
        for quote in QUOTES {
            desk.select(quote);
            desk.ask(Command::Highlight(Colour::Yellow));
        }
        desk
    }

    /// Another program has written the notes: they are read again as `change` makes them.
    fn written_elsewhere(desk: &mut Desk, change: impl FnOnce(&mut Kept, &mut NotesFile)) {
        let (mut kept, mut notes) = (desk.last_save().clone(), NotesFile::default());
        change(&mut kept, &mut notes);
        desk.tell(Event::NotesChangedOnDisk(desk.session.active().unwrap().place.clone()));
        let ticket = desk.last_read();
        desk.arrive_from(ticket, TEXT, kept, notes);
    }

    fn question(desk: &Desk) -> Option<(Place, Vec<NoteId>, bool)> {
        desk.session.messages().iter().find_map(|message| match &message.text {
            MessageText::NotesVanished { place, notes, deleted } => {
                Some((place.clone(), notes.clone(), *deleted))
            }
            _ => None,
        })
    }

    fn answer(desk: &mut Desk, keep: bool) {
        let (place, notes, _) = question(desk).unwrap();
        desk.ask(Command::AnswerVanished { place, notes, keep });
        assert_eq!(question(desk), None);
    }

    fn counts(desk: &Desk) -> (usize, usize) {
        (desk.reader().notebook().len(), desk.reader().notebook().trash().len())
    }

    #[test]
    fn notes_that_a_file_lacks_stay_until_the_reader_says_so() {
        let absent = |kept: &mut Kept, notes: &mut NotesFile| {
            notes.absent = kept.notes().skip(1).map(|note| note.id).collect();
        };
        let mut desk = noted();
        written_elsewhere(&mut desk, absent);
        assert_eq!((counts(&desk), question(&desk).map(|asked| asked.2)), ((6, 0), Some(false)));
        desk.effects.clear();
        answer(&mut desk, true);
        assert_eq!((counts(&desk), desk.last_save().annotations.len()), ((6, 0), 6));

        written_elsewhere(&mut desk, absent);
        answer(&mut desk, false);
        assert_eq!(counts(&desk), (1, 5));
        desk.ask(Command::Undo);
        assert_eq!(counts(&desk), (6, 0));
    }

    #[test]
    fn many_notes_that_were_deleted_elsewhere_can_be_taken_back() {
        let deleted = |kept: &mut Kept, _: &mut NotesFile| {
            let gone = kept.annotations.split_off(1);
            kept.trash = gone.into_iter().map(|note| Trashed { at: note.changed, note }).collect();
        };
        let mut desk = noted();
        written_elsewhere(&mut desk, deleted);
        assert_eq!((counts(&desk), question(&desk).map(|asked| asked.2)), ((1, 5), Some(true)));
        answer(&mut desk, true);
        assert_eq!((counts(&desk), desk.last_save().annotations.len()), ((6, 0), 6));
    }

    #[test]
    fn few_notes_that_were_deleted_elsewhere_are_only_told() {
        let mut desk = noted();
        written_elsewhere(&mut desk, |kept, _| drop(kept.annotations.pop()));
        assert_eq!((counts(&desk).0, question(&desk)), (5, None));
        let told = |message: &super::super::Message| matches!(message.text, MessageText::NotesMerged { .. });
        assert!(desk.session.messages().iter().any(told));
    }

    #[test]
    fn the_question_goes_with_its_document() {
        let mut desk = noted();
        written_elsewhere(&mut desk, |kept, notes| {
            notes.absent = kept.notes().skip(1).map(|note| note.id).collect();
        });
        assert!(question(&desk).is_some());
        desk.ask(Command::Close(desk.session.active().unwrap().id));
        assert_eq!(question(&desk), None);
    }
}
