//! Documents on their way: how far they are, the password that they ask for, and giving up.

use std::sync::Arc;

use super::{Effect, OpenError, Reader, Session, Stage, Tab, TabId, Ticket};
use crate::import::{ImportError, Password};

/// How far a document is that is being read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Arriving {
    /// How many pages, chapters or whatever its format has were read.
    pub done: u32,
    /// Of how many; 0 where that is not known.
    pub of: u32,
    /// Whether the drive that it lies on does not answer.
    pub stalled: bool,
}

impl Arriving {
    /// How much of it was read, from 0 to 1; `None` where that is not known.
    pub fn share(self) -> Option<f32> {
        #[expect(clippy::cast_precision_loss, reason = "a share to be shown")]
        let share = |arriving: Self| arriving.done as f32 / arriving.of as f32;
        (self.of > 0).then(|| share(self))
    }

    /// Whether all parts were read, and only the whole is still to be put together.
    pub fn is_whole(self) -> bool {
        self.of > 0 && self.done >= self.of
    }
}

impl Tab {
    /// How far it is, while it is being read.
    pub fn arriving(&self) -> Option<Arriving> {
        self.arriving
    }

    /// Whether it was read as a whole, or is being read.
    pub fn can_be_read(&self) -> bool {
        self.arriving.is_some() || self.reader().is_some_and(Reader::complete)
    }

    /// Whether it is not open because it asks for a password; of what was given, whether that was wrong.
    pub fn asks_for_password(&self) -> Option<bool> {
        match &self.stage {
            Stage::Failed(reason) => match **reason {
                OpenError::Import(ImportError::NeedsPassword) => Some(false),
                OpenError::Import(ImportError::WrongPassword) => Some(true),
                _ => None,
            },
            Stage::Opening | Stage::Open(_) => None,
        }
    }
}

impl Session {
    pub(super) fn reading_progress(&mut self, ticket: Ticket, done: u32, of: u32) -> Vec<Effect> {
        let tab = self.tabs.iter_mut().find(|tab| tab.ticket == ticket);
        if let Some(arriving) = tab.and_then(|tab| tab.arriving.as_mut()) {
            *arriving = Arriving { done, of, stalled: false };
        }
        Vec::new()
    }

    pub(super) fn drive_stalls(&mut self, ticket: Ticket) -> Vec<Effect> {
        let tab = self.tabs.iter_mut().find(|tab| tab.ticket == ticket);
        if let Some(arriving) = tab.and_then(|tab| tab.arriving.as_mut()) {
            arriving.stalled = true;
        }
        Vec::new()
    }

    /// What is shown of the document stays: all of it as it was, or its first pages.
    pub(super) fn stop_reading(&mut self, id: TabId) -> Vec<Effect> {
        let newer = self.ticket();
        let tab = self.tabs.iter_mut().find(|tab| tab.id == id && tab.arriving.is_some());
        let Some(tab) = tab else { return Vec::new() };
        tab.arriving = None;
        if matches!(tab.stage, Stage::Opening) {
            tab.stage = Stage::Failed(Arc::new(OpenError::Import(ImportError::Cancelled)));
        }
        // What may still be answered is not waited for any more.
        let stopped = Effect::StopReading(std::mem::replace(&mut tab.ticket, newer));
        [stopped].into_iter().chain(self.renew_board()).collect()
    }

    /// The password is remembered as long as the document is open, so that it can be read again.
    pub(super) fn give_password(&mut self, id: TabId, password: Password) -> Vec<Effect> {
        let Some(index) = self.tabs.iter().position(|tab| tab.id == id) else { return Vec::new() };
        if let Some(tab) = self.tabs.get_mut(index) {
            tab.password = Some(password);
        }
        self.read_again(index)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::tests::Desk;
    use super::super::{Command, Event, Kept, Place};
    use super::*;
    use crate::import;

    /// A desk with a document that is being opened.
    fn opening() -> (Desk, Ticket) {
        let mut desk = Desk::with("山");
        desk.ask(Command::Open(vec![Place::File(PathBuf::from("locked.pdf"))]));
        let ticket = desk.last_read();
        (desk, ticket)
    }

    fn fail(desk: &mut Desk, ticket: Ticket, error: ImportError) {
        desk.tell(Event::NotOpened { ticket, reason: OpenError::Import(error) });
    }

    fn tab(desk: &Desk) -> &Tab {
        desk.session.active().unwrap()
    }

    /// The password that the latest reading was asked for with.
    fn password(desk: &Desk) -> Option<Password> {
        let read = desk.effects.iter().rev().find_map(|effect| match effect {
            Effect::Read { password, .. } => Some(password.clone()),
            _ => None,
        });
        read.unwrap()
    }

    #[test]
    fn a_wrong_password_is_asked_for_again_and_the_right_one_is_used_for_reading_again() {
        let (mut desk, ticket) = opening();
        assert_eq!(tab(&desk).asks_for_password(), None);
        fail(&mut desk, ticket, ImportError::NeedsPassword);
        assert_eq!(tab(&desk).asks_for_password(), Some(false));
        let id = tab(&desk).id;
        desk.ask(Command::GivePassword(id, Password::new("河")));
        assert!(matches!(tab(&desk).stage, Stage::Opening));
        let ticket = desk.last_read();
        fail(&mut desk, ticket, ImportError::WrongPassword);
        assert_eq!(tab(&desk).asks_for_password(), Some(true));
        desk.ask(Command::GivePassword(id, Password::new("水")));
        let ticket = desk.last_read();
        desk.arrive(ticket, "水清", Kept::default());
        assert_eq!(&**desk.reader().document().text(), "水清");
        desk.ask(Command::Reload);
        assert_eq!(password(&desk), Some(Password::new("水")));
    }

    #[test]
    fn a_password_is_in_nothing_that_is_kept_and_forgotten_with_its_tab() {
        let (mut desk, ticket) = opening();
        fail(&mut desk, ticket, ImportError::NeedsPassword);
        let id = tab(&desk).id;
        desk.ask(Command::GivePassword(id, Password::new("水")));
        let ticket = desk.last_read();
        desk.arrive(ticket, "水清", Kept::default());
        desk.select("水");
        desk.ask(Command::Highlight(crate::notes::Colour::Green));
        assert_eq!(desk.last_save().choices.password, None);
        desk.ask(Command::Close(id));
        desk.ask(Command::ReopenClosed);
        assert_eq!(password(&desk), None);
    }

    #[test]
    fn progress_is_that_of_the_latest_reading() {
        let (mut desk, ticket) = opening();
        assert_eq!(tab(&desk).arriving().unwrap().share(), None);
        desk.tell(Event::ReadingProgress { ticket, done: 3, of: 12 });
        assert_eq!(tab(&desk).arriving().unwrap().share(), Some(0.25));
        desk.tell(Event::ReadingProgress { ticket: Ticket(0), done: 9, of: 12 });
        assert_eq!(tab(&desk).arriving(), Some(Arriving { done: 3, of: 12, stalled: false }));
        desk.tell(Event::ReadingProgress { ticket, done: 12, of: 12 });
        assert!(tab(&desk).arriving().unwrap().is_whole());
        desk.arrive(ticket, "水", Kept::default());
        assert_eq!(tab(&desk).arriving(), None);
    }

    #[test]
    fn a_drive_that_does_not_answer_is_said_until_it_does() {
        let (mut desk, ticket) = opening();
        desk.tell(Event::DriveStalls { ticket });
        assert!(tab(&desk).arriving().unwrap().stalled);
        desk.tell(Event::ReadingProgress { ticket, done: 1, of: 2 });
        assert!(!tab(&desk).arriving().unwrap().stalled);
        desk.tell(Event::DriveStalls { ticket: Ticket(0) });
        assert!(!tab(&desk).arriving().unwrap().stalled);
    }

    #[test]
    fn what_is_given_up_is_stopped_and_can_be_read_again() {
        let (mut desk, ticket) = opening();
        let id = tab(&desk).id;
        desk.ask(Command::StopReading(id));
        assert!(matches!(desk.effects.last(), Some(Effect::StopReading(stopped)) if *stopped == ticket));
        let cancelled = |stage: &Stage| match stage {
            Stage::Failed(reason) => matches!(**reason, OpenError::Import(ImportError::Cancelled)),
            _ => false,
        };
        assert!(cancelled(&tab(&desk).stage));
        desk.arrive(ticket, "水", Kept::default());
        assert!(cancelled(&tab(&desk).stage), "an answer that comes too late");
        desk.ask(Command::Reload);
        let ticket = desk.last_read();
        desk.arrive(ticket, "水", Kept::default());
        desk.ask(Command::Reload);
        desk.ask(Command::StopReading(id));
        assert_eq!(&**desk.reader().document().text(), "水", "what was there stays");
    }

    #[test]
    fn a_document_that_is_closed_is_not_read_on() {
        let (mut desk, ticket) = opening();
        let id = tab(&desk).id;
        desk.ask(Command::Close(id));
        let stopped = |effect: &Effect| matches!(effect, Effect::StopReading(stopped) if *stopped == ticket);
        assert!(desk.effects.iter().any(stopped));
    }

    /// The first pages of a text.
    fn begin(desk: &mut Desk, ticket: Ticket, text: &str) {
        let options = import::ReadOptions::default();
        let imported = import::read_beginning("a.txt", text.as_bytes(), &options).unwrap().unwrap();
        desk.tell(Event::Beginning { ticket, imported: Box::new(imported) });
    }

    #[test]
    fn who_has_gone_on_in_the_first_pages_stays_there() {
        let text = "河。\n\n".repeat(40);
        let (mut desk, _) = opening();
        let id = tab(&desk).id;
        let last = |desk: &Desk| tab(desk).to_restore().position;
        for (moved, expected) in [(None, 160), (Some(48), 48)] {
            desk.ask(Command::Close(id));
            let closed = super::super::RestoredTab {
                place: Place::File(PathBuf::from("long.txt")),
                script: crate::text::Script::AS_WRITTEN,
                position: 160,
            };
            desk.session.closed.push((0, closed));
            desk.ask(Command::ReopenClosed);
            let ticket = desk.last_read();
            begin(&mut desk, ticket, "河。\n\n河。\n\n河。\n\n河。\n\n河。\n\n河。\n\n河。\n\n河。\n\n");
            let reached = |first| Command::Reached(super::super::InSight::from(first));
            desk.ask(reached(moved.unwrap_or(0)));
            desk.arrive(ticket, &text, Kept::default());
            assert_eq!(last(&desk), expected, "{moved:?}");
            let open = tab(&desk).id;
            desk.ask(Command::Close(open));
        }
    }

    #[test]
    fn the_first_pages_show_the_place_that_was_left_where_they_have_it() {
        let mut desk = Desk::with("山");
        let closed = super::super::RestoredTab {
            place: Place::File(PathBuf::from("long.txt")),
            script: crate::text::Script::AS_WRITTEN,
            position: 8,
        };
        desk.session.closed.push((0, closed));
        desk.ask(Command::ReopenClosed);
        let ticket = desk.last_read();
        begin(&mut desk, ticket, "河。\n\n河。\n\n河。\n\n");
        assert!(matches!(desk.effects.last(), Some(Effect::Return { position: 8, .. })));
    }
}
