//! A document that is opened by two names, through a link and by its own, has one tab.

use super::{Effect, Place, Reader, Session, Tab, TabId};

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

    /// The tab that was opened last goes; what it was opened for is done in the other one.
    pub(super) fn become_one(&mut self, index: usize, other: TabId) -> Vec<Effect> {
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
    use super::super::{Command, Kept};
    use super::*;

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
}
