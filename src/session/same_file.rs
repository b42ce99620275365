//! A document that is opened by two names, through a link and by its own, has one tab.

use super::{Command, Effect, Moment, Opened, Place, Reader, Session, Stage, Tab, TabId};

impl Tab {
    /// Whether the document is that of this place, by whatever name it was opened.
    pub(super) fn is_of(&self, place: &Place) -> bool {
        self.place == *place || self.names.contains(place)
    }

    /// The same document has this name too.
    pub(super) fn add_name(&mut self, name: Place) {
        if !self.is_of(&name) {
            self.names.push(name);
        }
    }
}

impl Session {
    /// The other tab of the document that has just arrived in a tab of its own; `real` is its name where that is not
    /// the one by which it was opened.
    pub(super) fn tab_of_same(&self, index: usize, real: Option<&Place>) -> Option<TabId> {
        let arrived = self.tabs.get(index).filter(|tab| !tab.reader().is_some_and(Reader::complete))?;
        let place = real.unwrap_or(&arrived.place);
        let same = |tab: &&Tab| tab.id != arrived.id && tab.is_of(place);
        self.tabs.iter().find(same).map(|tab| tab.id)
    }

    /// What has arrived in the tab `index` is there in the other tab of the same document, or comes into it where that
    /// one could not be read.
    pub(super) fn arrive_in(&mut self, other: TabId, index: usize, opened: Opened) -> Vec<Effect> {
        let ticket = self.tabs.get(index).map(|tab| tab.ticket);
        let mut effects = self.become_one(index, other);
        let failed = |tab: &&mut Tab| tab.id == other && matches!(tab.stage, Stage::Failed(_));
        if let Some((ticket, tab)) = ticket.zip(self.tabs.iter_mut().find(failed)) {
            (tab.ticket, tab.stage) = (ticket, Stage::Opening);
            effects.extend(self.opened(ticket, opened));
        }
        effects
    }

    /// The tab that was opened last goes; what it was opened for is done in the other one.
    fn become_one(&mut self, index: usize, other: TabId) -> Vec<Effect> {
        let in_front = self.active_index() == Some(index);
        self.change_front(|session| session.join_tab(index, other));
        let Some(index) = self.tabs.iter().position(|tab| tab.id == other) else { return Vec::new() };
        if in_front {
            self.bring_document(index);
        }
        let mut effects = self.compare_anew(other);
        effects.extend(self.go_to_sought(index));
        effects.extend(self.go_to_wished_note(index));
        effects.extend(self.go_to_wished_passage(index));
        effects.extend(self.save_state());
        effects
    }

    /// Brings a document to the front; where it is in front already, with whatever it is compared, nothing changes.
    /// Answers whether it is open.
    pub(super) fn bring_place(&mut self, place: &Place) -> bool {
        let index = self.tabs.iter().position(|tab| tab.is_of(place));
        if let Some(index) = index.filter(|index| self.active_index() != Some(*index)) {
            self.bring_document(index);
        }
        index.is_some()
    }

    /// What is asked for of the document of that place.
    pub(super) fn obey_at(&mut self, place: Place, command: Command, moment: Moment) -> Vec<Effect> {
        if self.bring_place(&place) { self.obey(command, moment) } else { self.open(vec![place]) }
    }

    fn join_tab(&mut self, index: usize, other: TabId) {
        let gone = self.tabs.remove(index);
        if index < self.active {
            self.active -= 1;
        }
        if let Some(tab) = self.tabs.iter_mut().find(|tab| tab.id == other) {
            tab.add_name(gone.place);
            tab.wished_note = gone.wished_note.or(tab.wished_note);
            tab.wished_passage = gone.wished_passage.or(tab.wished_passage.take());
            tab.sought = gone.sought.or(tab.sought.take());
        }
        self.active = self.active.min(self.tabs.len().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::tests::Desk;
    use super::super::{Event, Kept, MessageText, OpenError, TrashCommand};
    use super::*;
    use crate::notes::Colour;

    fn place(name: &str) -> Place {
        Place::File(PathBuf::from(name))
    }

    fn open_by(desk: &mut Desk, name: &str, real: Option<&str>) {
        desk.ask(Command::Open(vec![place(name)]));
        let ticket = desk.last_read();
        desk.arrive_as(ticket, real.map(place), "水", Kept::default());
    }

    fn tabs(desk: &Desk) -> Vec<String> {
        desk.session.tabs().iter().map(|tab| tab.place.name()).collect()
    }

    #[test]
    fn a_link_and_its_document_have_one_tab_with_the_name_that_was_used_first() {
        for (first, second) in [
            (("link.txt", Some("real.txt")), ("real.txt", None)),
            (("real.txt", None), ("link.txt", Some("real.txt"))),
        ] {
            let mut desk = Desk::with("山");
            open_by(&mut desk, first.0, first.1);
            desk.ask(Command::SelectPrevious);
            open_by(&mut desk, second.0, second.1);
            assert_eq!(tabs(&desk), ["sample.txt", first.0]);
            assert_eq!(desk.session.active().unwrap().place.name(), first.0);
            desk.effects.clear();
            desk.ask(Command::Open(vec![place("link.txt")]));
            desk.ask(Command::Open(vec![place("real.txt")]));
            assert!(
                !desk.effects.iter().any(|effect| matches!(effect, Effect::Read { .. })),
                "known by both names"
            );
        }
    }

    #[test]
    fn what_could_not_be_read_by_its_own_name_and_arrives_through_a_link_is_shown() {
        let mut desk = Desk::with("山");
        desk.ask(Command::Open(vec![place("real.txt")]));
        let reason = OpenError::of_system(&std::io::ErrorKind::TimedOut.into());
        desk.tell(Event::NotOpened { ticket: desk.last_read(), reason });
        open_by(&mut desk, "link.txt", Some("real.txt"));
        assert_eq!((tabs(&desk).len(), &**desk.reader().document().text()), (2, "水"));
    }

    #[test]
    fn two_links_to_one_document_are_one_and_reading_again_closes_nothing() {
        let mut desk = Desk::with("山");
        open_by(&mut desk, "one.txt", Some("real.txt"));
        open_by(&mut desk, "other.txt", Some("real.txt"));
        assert_eq!(tabs(&desk), ["sample.txt", "one.txt"]);
        desk.ask(Command::Reload);
        let ticket = desk.last_read();
        desk.arrive_as(ticket, Some(place("real.txt")), "水水", Kept::default());
        assert_eq!((tabs(&desk).len(), &**desk.reader().document().text()), (2, "水水"));
    }

    /// The reader has gone on to another document before answering.
    #[test]
    fn what_is_offered_for_a_document_is_done_in_it() {
        let mut desk = Desk::with("山高水清");
        desk.select("山高");
        desk.ask(Command::Highlight(Colour::Blue));
        let id = desk.reader().note_in_focus().unwrap();
        desk.ask(Command::DeleteNote(id));
        desk.open("b.txt", "水", Kept::default());
        let restore = || Command::Trash(TrashCommand::Restore(id));
        let told = MessageText::NoteDeleted { place: place("sample.txt"), id };
        desk.ask(restore());
        assert!(desk.session.messages().iter().any(|message| message.text == told), "nothing was restored");
        desk.ask(Command::At(place("sample.txt"), Box::new(restore())));
        assert_eq!(desk.session.active().unwrap().place, place("sample.txt"));
        assert_eq!((desk.reader().notebook().len(), desk.session.messages().len()), (1, 0));
    }

    #[test]
    fn a_document_that_something_is_offered_for_is_opened_again() {
        let mut desk = Desk::with("山");
        desk.ask(Command::At(place("b.txt"), Box::new(Command::SelectAll)));
        assert_eq!(desk.session.active().unwrap().place, place("b.txt"));
        assert!(
            desk.effects
                .iter()
                .any(|effect| matches!(effect, Effect::Read { place: read, .. } if *read == place("b.txt")))
        );
    }
}
