//! A document that is renamed, moved or taken away while it is open. It is read on where it is found again, and its
//! notes with it; where it is not found, that is said, and said for as long as it is so.

use std::sync::Arc;

use super::{Effect, MessageText, Place, Reader, Session, Tab};

impl Session {
    /// The open documents that are no longer where they were opened from.
    pub fn away(&self) -> Vec<&Place> {
        self.tabs.iter().filter(|tab| tab.away).map(|tab| &tab.place).collect()
    }

    /// The document is not there any more: perhaps a file that holds the same is it, by another name.
    pub(super) fn document_away(&mut self, place: &Place, to: Option<Place>) -> Vec<Effect> {
        let complete = |tab: &Tab| tab.place == *place && tab.reader().is_some_and(Reader::complete);
        let Some(index) = self.tabs.iter().position(complete) else { return Vec::new() };
        let is_open = |to: &Place| self.tabs.iter().any(|tab| tab.is_of(to));
        if let Some(to) = to.filter(|to| !is_open(to)) {
            return self.go_along(index, to);
        }
        if let Some(tab) = self.tabs.get_mut(index) {
            tab.away = true;
        }
        self.told(MessageText::DocumentAway(place.clone()))
    }

    pub(super) fn document_back(&mut self, place: &Place) -> Vec<Effect> {
        self.tabs.iter_mut().filter(|tab| tab.place == *place).for_each(|tab| tab.away = false);
        self.untell(&MessageText::DocumentAway(place.clone()));
        Vec::new()
    }

    /// That a document has moved there is told otherwise.
    pub(super) fn untell_moved(&mut self, place: &Place) {
        let moved = |text: &MessageText| matches!(text, MessageText::DocumentMoved { to, .. } if to == place);
        self.messages.retain(|message| !moved(&message.text));
    }

    /// Reads a document on at the place where it is now. What stands in the window is kept there too.
    fn go_along(&mut self, index: usize, to: Place) -> Vec<Effect> {
        let Some(tab) = self.tabs.get_mut(index) else { return Vec::new() };
        let from = std::mem::replace(&mut tab.place, to.clone());
        tab.moved_from = Some(from.clone());
        tab.names.clear();
        tab.away = false;
        tab.choices = tab.choices.take().or(tab.reader().map(|reader| reader.choices().clone()));
        let id = tab.id;
        self.messages.retain(|message| message.text.needs() != Some(&from));
        let compared = self
            .comparisons
            .iter_mut()
            .filter_map(|comparing| comparing.follow(id, &to).then(|| comparing.id()));
        let compared: Vec<_> = compared.collect();
        self.recent.retain(|place| *place != from);
        self.remember_recent(&to);
        self.tell(MessageText::DocumentMoved { from, to });
        let mut effects = self.read_again(index);
        if let Some(reader) = self.tabs.get_mut(index).and_then(Tab::reader_mut) {
            // All that was done is done there too, whatever is kept there.
            reader.asked = Arc::default();
        }
        effects.extend(compared.into_iter().flat_map(|comparison| self.save_comparison(comparison)));
        effects.extend(self.save_state());
        effects
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{CLAUSES, Desk, noted};
    use super::super::{Command, Event, Kept, LibraryEvent};
    use super::*;
    use crate::notes::Colour;
    use crate::text::Span;

    fn place(name: &str) -> Place {
        Place::File(name.into())
    }

    fn away(desk: &mut Desk, to: Option<&str>) {
        desk.tell(Event::DocumentAway { place: place("sample.txt"), to: to.map(place) });
    }

    fn told(desk: &Desk) -> Vec<MessageText> {
        desk.session.messages().iter().map(|message| message.text.clone()).collect()
    }

    /// The places that notes were sent to since, and how many each time.
    fn saves(desk: &Desk) -> Vec<(Place, usize)> {
        let saved = desk.effects.iter().filter_map(|effect| match effect {
            Effect::SaveNotes { place, kept, .. } => Some((place.clone(), kept.annotations.len())),
            _ => None,
        });
        saved.collect()
    }

    #[test]
    fn a_document_that_is_away_is_named_until_it_is_back() {
        let mut desk = Desk::with(CLAUSES);
        away(&mut desk, None);
        let message = MessageText::DocumentAway(place("sample.txt"));
        let sample = place("sample.txt");
        assert_eq!((desk.session.away(), told(&desk)), (vec![&sample], vec![message.clone()]));
        let number = desk.session.messages()[0].number;
        desk.ask(Command::Dismiss(number));
        assert_eq!(desk.session.away().len(), 1, "said on");
        away(&mut desk, None);
        assert_eq!(told(&desk), [message]);
        desk.tell(Event::DocumentBack(place("sample.txt")));
        assert_eq!((desk.session.away(), told(&desk)), (vec![], vec![]));
    }

    #[test]
    fn what_is_not_open_is_not_away() {
        let mut desk = Desk::with(CLAUSES);
        desk.tell(Event::DocumentAway { place: place("closed.txt"), to: Some(place("other.txt")) });
        assert_eq!((desk.session.away(), told(&desk)), (vec![], vec![]));
    }

    #[test]
    fn a_renamed_document_is_read_on_with_every_note_and_step() {
        let mut desk = Desk::with(CLAUSES);
        for words in ["河道", "图书室"] {
            desk.select(words);
            desk.ask(Command::Highlight(Colour::Yellow));
        }
        away(&mut desk, Some("new.txt"));
        assert_eq!(desk.session.active().unwrap().place, place("new.txt"));
        let moved = MessageText::DocumentMoved { from: place("sample.txt"), to: place("new.txt") };
        assert_eq!((told(&desk), desk.session.away().len()), (vec![moved], 0));
        // One of the two notes had come along to the new place, and one was made there by another program.
        let ticket = desk.last_read();
        let mut kept = noted(CLAUSES, &["河道", "图书室", "柳树"]);
        kept.annotations.retain(|note| note.anchor.quote != "图书室");
        desk.effects.clear();
        desk.arrive(ticket, CLAUSES, kept);
        let quotes: Vec<_> = desk.reader().notebook().iter().map(|note| note.anchor.quote.clone()).collect();
        assert!(
            ["河道", "图书室", "柳树"].iter().all(|words| quotes.iter().any(|it| it == words)),
            "{quotes:?}"
        );
        assert_eq!(saves(&desk).last().map(|(to, _)| to.clone()), Some(place("new.txt")));
        assert_eq!(told(&desk).len(), 1, "nothing was changed by another program: {:?}", told(&desk));
        assert_eq!(desk.session.recent().first(), Some(&place("new.txt")));
    }

    #[test]
    fn notes_stay_on_their_words_and_can_be_undone_where_the_document_is_now() {
        let mut desk = Desk::with(CLAUSES);
        desk.select("柳树");
        desk.ask(Command::Highlight(Colour::Blue));
        let span = |desk: &Desk| desk.reader().notebook().iter().next().map(|note| note.anchor.span);
        let before: Option<Span> = span(&desk);
        away(&mut desk, Some("new.txt"));
        let ticket = desk.last_read();
        desk.arrive(ticket, CLAUSES, Kept::default());
        assert_eq!(span(&desk), before);
        assert_eq!(desk.last_save().annotations.len(), 1);
        desk.ask(Command::Undo);
        assert_eq!((span(&desk), saves(&desk).last()), (None, Some(&(place("new.txt"), 0))));
    }

    #[test]
    fn that_a_document_moved_is_told_once() {
        let mut desk = Desk::with(CLAUSES);
        away(&mut desk, Some("new.txt"));
        let came = LibraryEvent::NotesCame { place: place("new.txt"), from: place("sample.txt"), notes: 1 };
        desk.tell(Event::Library(came));
        assert!(matches!(&*told(&desk), [MessageText::NotesCame { .. }]), "{:?}", told(&desk));
    }

    #[test]
    fn without_notes_nothing_is_written_beside_the_new_name() {
        let mut desk = Desk::with(CLAUSES);
        away(&mut desk, Some("new.txt"));
        let ticket = desk.last_read();
        desk.arrive(ticket, CLAUSES, Kept::default());
        assert_eq!(saves(&desk), []);
    }

    #[test]
    fn a_document_that_is_open_by_its_new_name_is_not_opened_twice() {
        let mut desk = Desk::with(CLAUSES);
        desk.open("new.txt", CLAUSES, Kept::default());
        away(&mut desk, Some("new.txt"));
        let places: Vec<_> = desk.session.tabs().iter().map(|tab| tab.place.clone()).collect();
        assert_eq!(places, [place("sample.txt"), place("new.txt")]);
        assert_eq!(desk.session.away(), [&place("sample.txt")]);
    }
}
