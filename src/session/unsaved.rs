//! What is not saved, and why: one answer for the whole window.

use super::{Comparing, Place, Reader, SaveState, Session, Tab};

/// Something that is not saved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unsaved {
    /// The notes of a document.
    Notes {
        /// The document's name.
        name: String,
        /// Why not; `None` where it will be soon.
        reason: Option<String>,
    },
    /// What was decided in a comparison.
    Comparison {
        /// What it is called.
        title: String,
        /// Why not; `None` where it will be soon.
        reason: Option<String>,
    },
    /// The codebook.
    Codebook {
        /// Why not; `None` where it will be soon.
        reason: Option<String>,
    },
}

impl Unsaved {
    /// Why it is not saved; `None` where it will be soon.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Notes { reason, .. } | Self::Comparison { reason, .. } | Self::Codebook { reason } => {
                reason.as_deref()
            }
        }
    }
}

impl SaveState {
    /// Whether something is still to be written.
    pub(super) fn is_unsaved(&self) -> bool {
        matches!(self, Self::Saving | Self::NotSaved(_))
    }

    /// Why it could not be written.
    pub(super) fn failure(&self) -> Option<String> {
        match self {
            Self::NotSaved(reason) => Some(reason.clone()),
            Self::Saved | Self::Saving | Self::ReadOnly(_) => None,
        }
    }
}

impl Session {
    /// Whether every note is saved.
    pub fn all_saved(&self) -> bool {
        self.unsaved().is_empty()
    }

    /// The open documents whose file of notes is gone; their notes are here, and in an earlier version.
    pub fn without_notes_file(&self) -> Vec<String> {
        let gone = |tab: &&Tab| tab.reader().is_some_and(|reader| reader.notes_file().gone);
        self.tabs.iter().filter(gone).map(|tab| tab.place.name()).collect()
    }

    /// Everything that is not saved: of documents that are open and of others, of comparisons, of the codebook.
    pub fn unsaved(&self) -> Vec<Unsaved> {
        let open = self.tabs.iter().filter_map(|tab| {
            let state = tab.reader().map(Reader::save_state).filter(|state| state.is_unsaved())?;
            Some(Unsaved::Notes { name: tab.place.name(), reason: state.failure() })
        });
        let closed = self.everywhere.unsaved();
        let listed = |place: &Place| {
            let open = self.tabs.iter().find(|tab| tab.is_of(place)).and_then(Tab::reader);
            open.is_some_and(|reader| reader.save_state().is_unsaved())
        };
        let closed = closed.filter(|(place, _)| !listed(place));
        let closed = closed.map(|(place, reason)| Unsaved::Notes { name: place.name(), reason });
        let pairs = self.comparisons.iter().filter(|comparing| comparing.save_state().is_unsaved());
        let pairs = pairs.map(|comparing: &Comparing| Unsaved::Comparison {
            title: self.title_of(comparing.id()),
            reason: comparing.save_state().failure(),
        });
        let closed_pairs = self.closed_unsaved.iter().map(|(title, reason)| Unsaved::Comparison {
            title: title.to_owned(),
            reason: reason.map(str::to_owned),
        });
        let codes = Some(self.codebook_save_state()).filter(|state| state.is_unsaved());
        let codes = codes.map(|state| Unsaved::Codebook { reason: state.failure() });
        open.chain(closed).chain(pairs).chain(closed_pairs).chain(codes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Desk;
    use super::super::{Command, Effect, Event, Kept, MessageText, NotesFile};
    use super::*;
    use crate::notes::Colour;

    /// Highlights a word of the document in front and tells what became of saving that.
    fn note(desk: &mut Desk, words: &str, result: Result<NotesFile, String>) {
        desk.select(words);
        desk.ask(Command::Highlight(Colour::Blue));
        saved(desk, result);
    }

    /// Tells what became of saving what was last sent to be kept.
    fn saved(desk: &mut Desk, result: Result<NotesFile, String>) {
        let save = desk.effects.iter().rev().find_map(|effect| match effect {
            Effect::SaveNotes { ticket, place, .. } => Some((*ticket, place.clone())),
            _ => None,
        });
        let (ticket, place) = save.unwrap();
        desk.tell(Event::NotesSaved { ticket, place, result });
    }

    fn close(desk: &mut Desk) {
        let id = desk.session.active().unwrap().id;
        desk.ask(Command::Close(id));
    }

    fn last_told(desk: &Desk) -> Option<&MessageText> {
        desk.session.messages().last().map(|message| &message.text)
    }

    #[test]
    fn what_is_not_saved_when_its_document_is_closed_is_told_until_it_is() {
        let full = "the disk is full";
        let not_saved = MessageText::NotSaved { name: "sample.txt".to_owned(), reason: full.to_owned() };
        let after_all = MessageText::SavedAfterAll("sample.txt".to_owned());
        for failed_before in [false, true] {
            let mut desk = Desk::with("山高");
            desk.select("山");
            desk.ask(Command::Highlight(Colour::Blue));
            if failed_before {
                saved(&mut desk, Err(full.to_owned()));
            }
            close(&mut desk);
            assert_eq!(desk.session.unsaved(), [notes("sample.txt", failed_before.then_some(full))]);
            if !failed_before {
                saved(&mut desk, Err(full.to_owned()));
            }
            assert_eq!(last_told(&desk), Some(&not_saved));
            assert_eq!(desk.session.unsaved(), [notes("sample.txt", Some(full))]);
            saved(&mut desk, Ok(NotesFile::default()));
            assert_eq!((last_told(&desk), desk.session.all_saved()), (Some(&after_all), true));
        }
    }

    #[test]
    fn a_closed_document_is_saved_when_the_last_that_it_sent_is() {
        let mut desk = Desk::with("山高");
        desk.select("山");
        desk.ask(Command::Highlight(Colour::Blue));
        let first = desk.effects.iter().find_map(|effect| match effect {
            Effect::SaveNotes { ticket, place, .. } => Some((*ticket, place.clone())),
            _ => None,
        });
        desk.select("高");
        desk.ask(Command::Highlight(Colour::Blue));
        close(&mut desk);
        let (ticket, place) = first.unwrap();
        desk.tell(Event::NotesSaved { ticket, place, result: Ok(NotesFile::default()) });
        assert!(!desk.session.all_saved());
        saved(&mut desk, Ok(NotesFile::default()));
        assert!(desk.session.all_saved());
    }

    #[test]
    fn a_closed_comparison_that_is_not_saved_is_told_until_it_is() {
        let mut desk = Desk::with("山高");
        let other = desk.session.active().unwrap().id;
        desk.open("b.txt", "水清", Kept::default());
        desk.ask(Command::CompareWith(other));
        let comparison = desk.session.comparisons()[0].id();
        let saved = |desk: &mut Desk, result| desk.tell(Event::ComparisonSaved { comparison, result });
        saved(&mut desk, Err("the disk is full".to_owned()));
        desk.ask(Command::CloseComparison(comparison));
        let unsaved = Unsaved::Comparison {
            title: "b.txt ⇄ sample.txt".to_owned(),
            reason: Some("the disk is full".to_owned()),
        };
        assert_eq!(desk.session.unsaved(), [unsaved]);
        saved(&mut desk, Ok(()));
        assert_eq!(last_told(&desk), Some(&MessageText::SavedAfterAll("b.txt ⇄ sample.txt".to_owned())));
        assert!(desk.session.all_saved());
    }

    fn notes(name: &str, reason: Option<&str>) -> Unsaved {
        Unsaved::Notes { name: name.to_owned(), reason: reason.map(str::to_owned) }
    }

    #[test]
    fn a_notes_file_that_is_gone_is_said_until_it_is_written_again() {
        let mut desk = Desk::with("山高");
        let place = desk.session.active().unwrap().place.clone();
        desk.tell(Event::NotesFileGone(place.clone()));
        assert_eq!(desk.session.without_notes_file(), Vec::<String>::new(), "there are no notes");
        note(&mut desk, "山", Ok(NotesFile::default()));
        desk.tell(Event::NotesFileGone(place));
        assert_eq!(desk.session.without_notes_file(), ["sample.txt"]);
        assert!(desk.session.all_saved(), "nothing is lost");
        note(&mut desk, "高", Ok(NotesFile::default()));
        assert_eq!(desk.session.without_notes_file(), Vec::<String>::new());
    }

    #[test]
    fn each_document_that_is_not_saved_is_named_with_the_reason() {
        let mut desk = Desk::with("山高");
        assert!(desk.session.all_saved());
        note(&mut desk, "山", Err("the disk is full".to_owned()));
        desk.open("b.txt", "水清", Kept::default());
        desk.select("水");
        desk.ask(Command::Highlight(Colour::Blue));
        let expected = [notes("sample.txt", Some("the disk is full")), notes("b.txt", None)];
        assert_eq!(desk.session.unsaved(), expected);
        note(&mut desk, "清", Ok(NotesFile::default()));
        assert_eq!(desk.session.unsaved(), [notes("sample.txt", Some("the disk is full"))]);
        assert!(!desk.session.all_saved());
    }
}
