//! Finding in the document in front.

use std::sync::Arc;

use super::{Effect, Find, SearchRequest, Session, Tab, Ticket};
use crate::text::Span;

impl Session {
    /// What was found before the field was closed is still there, unless the document was read again meanwhile.
    pub(super) fn open_find(&mut self) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        reader.find.open = true;
        let known = reader.find.complete;
        self.active_index().filter(|_| !known).map_or_else(Vec::new, |index| self.find_in(index))
    }

    pub(super) fn find(&mut self, text: String) -> Vec<Effect> {
        if let Some(reader) = self.reader_mut() {
            reader.find.text = text;
            reader.find.open = true;
        }
        self.find_and_lead()
    }

    pub(super) fn find_ignores_punctuation(&mut self, ignored: bool) -> Vec<Effect> {
        self.settings.find_ignores_punctuation = ignored;
        let mut effects = self.find_and_lead();
        effects.extend(self.save_state());
        effects
    }

    pub(super) fn find_as_written(&mut self, exact: bool) -> Vec<Effect> {
        if let Some(reader) = self.reader_mut() {
            reader.find.options.as_written = exact;
        }
        self.find_and_lead()
    }

    /// The reader asks: the first place that is found comes into sight.
    fn find_and_lead(&mut self) -> Vec<Effect> {
        let Some(index) = self.active_index() else { return Vec::new() };
        self.with_reader(|reader| reader.find.ask());
        self.find_in(index)
    }

    /// Looks for what stands in the field of that document, while it is open. Nobody is led anywhere who did not ask.
    pub(super) fn find_in(&mut self, index: usize) -> Vec<Effect> {
        let ticket = self.ticket();
        let ignore_punctuation = self.settings.find_ignores_punctuation;
        let Some(tab) = self.tabs.get_mut(index) else { return Vec::new() };
        let id = tab.id;
        let Some(reader) = tab.reader_mut().filter(|reader| reader.find.open) else { return Vec::new() };
        reader.find.options.ignore_punctuation = ignore_punctuation;
        reader.find.begin(ticket);
        if reader.find.text.is_empty() {
            return Vec::new();
        }
        let request = SearchRequest {
            tab: id,
            document: Arc::clone(reader.document()),
            query: reader.find.text.clone(),
            options: reader.find.options,
            asides: reader.asides(),
        };
        vec![Effect::Find { ticket, request }]
    }

    pub(super) fn hits(&mut self, ticket: Ticket, hits: Vec<Span>, complete: bool) -> Vec<Effect> {
        let asked = |tab: &Tab| tab.reader().is_some_and(|reader| reader.find.ticket == ticket);
        let Some(index) = self.tabs.iter().position(asked) else { return Vec::new() };
        let Some(reader) = self.tabs.get_mut(index).and_then(Tab::reader_mut) else { return Vec::new() };
        let position = reader.position();
        reader.find.take(hits, complete, position);
        let first = reader.find.lead();
        first.map_or_else(Vec::new, |first| self.reveal_in(index, first))
    }

    pub(super) fn step_to_hit(&mut self, choose: impl FnOnce(&Find) -> Option<usize>) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        let Some(index) = choose(&reader.find) else { return Vec::new() };
        let Some(hit) = reader.find.hits.get(index).copied() else { return Vec::new() };
        reader.find.current = Some(index);
        self.reveal(hit.start())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Desk;
    use super::super::{Command, Kept, PaneId};
    use super::*;

    const TEXT: &str = "水清。\n\n水深。\n\n水遠。";

    /// Where the reader was led since `from`.
    fn led(desk: &Desk, from: usize) -> Vec<(PaneId, u32)> {
        let led = desk.effects.iter().skip(from).filter_map(|effect| match effect {
            Effect::Reveal { pane, position } => Some((*pane, *position)),
            _ => None,
        });
        led.collect()
    }

    /// The document is read again since its file or its notes have changed.
    fn read_again(desk: &mut Desk, text: &str) {
        desk.ask(Command::Reload);
        let ticket = desk.last_read();
        desk.arrive(ticket, text, Kept::default());
    }

    #[test]
    fn what_is_found_leads_in_the_document_that_it_was_looked_for_in() {
        let mut desk = Desk::with(TEXT);
        let tab = desk.session.active().unwrap().id;
        let searching = desk.ask_quietly(Command::Find("遠".to_owned()));
        desk.open("b.txt", "水", Kept::default());
        let from = desk.effects.len();
        desk.carry_out(searching);
        let at = u32::try_from(TEXT.find('遠').unwrap()).unwrap();
        assert_eq!(led(&desk, from), [(PaneId::Document(tab), at)]);
    }

    #[test]
    fn reading_again_leads_nowhere_and_keeps_the_place_that_was_stepped_to() {
        let mut desk = Desk::with(TEXT);
        desk.ask(Command::Find("水".to_owned()));
        desk.ask(Command::NextHit);
        let from = desk.effects.len();
        read_again(&mut desk, TEXT);
        assert_eq!((desk.reader().find().hits.len(), desk.reader().find().current), (3, Some(1)));
        desk.ask(Command::ToggleAsides);
        assert_eq!(led(&desk, from), []);
    }

    #[test]
    fn nothing_is_looked_for_while_the_field_is_closed_and_it_is_there_when_it_opens() {
        let mut desk = Desk::with(TEXT);
        desk.ask(Command::Find("水".to_owned()));
        desk.ask(Command::CloseFind);
        let from = desk.effects.len();
        read_again(&mut desk, "水清。\n\n水深。");
        assert!(!desk.effects.iter().skip(from).any(|effect| matches!(effect, Effect::Find { .. })));
        desk.ask(Command::OpenFind);
        assert_eq!((desk.reader().find().hits.len(), led(&desk, from)), (2, Vec::new()));
    }
}
