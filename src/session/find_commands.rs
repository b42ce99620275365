//! Finding in the document in front.

use std::sync::Arc;

use super::{Effect, Find, Reader, SearchRequest, Session, Ticket};
use crate::text::Span;

impl Session {
    pub(super) fn find(&mut self, text: String) -> Vec<Effect> {
        if let Some(reader) = self.reader_mut() {
            reader.find.text = text;
            reader.find.open = true;
        }
        self.find_again()
    }

    pub(super) fn find_ignores_punctuation(&mut self, ignored: bool) -> Vec<Effect> {
        self.settings.find_ignores_punctuation = ignored;
        let mut effects = self.find_again();
        effects.extend(self.save_state());
        effects
    }

    pub(super) fn find_as_written(&mut self, exact: bool) -> Vec<Effect> {
        if let Some(reader) = self.reader_mut() {
            reader.find.options.as_written = exact;
        }
        self.find_again()
    }

    pub(super) fn find_again(&mut self) -> Vec<Effect> {
        self.active_index().map_or_else(Vec::new, |index| self.find_again_in(index))
    }

    pub(super) fn find_again_in(&mut self, index: usize) -> Vec<Effect> {
        let ticket = self.ticket();
        let ignore_punctuation = self.settings.find_ignores_punctuation;
        let Some(tab) = self.tabs.get_mut(index) else { return Vec::new() };
        let id = tab.id;
        let Some(reader) = tab.reader_mut() else { return Vec::new() };
        reader.find.options.ignore_punctuation = ignore_punctuation;
        reader.find.ticket = ticket;
        reader.find.hits.clear();
        reader.find.current = None;
        reader.find.complete = reader.find.text.is_empty();
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
        let asked = |reader: &&mut Reader| reader.find.ticket == ticket;
        let Some(reader) = self.readers_mut().find(asked) else { return Vec::new() };
        let first = reader.find.current.is_none();
        let position = reader.position();
        reader.find.take(hits, complete, position);
        let target = reader.find.current.and_then(|current| reader.find.hits.get(current).copied());
        match target {
            Some(hit) if first => self.reveal(hit.start()),
            _ => Vec::new(),
        }
    }

    pub(super) fn step_to_hit(&mut self, choose: impl FnOnce(&Find) -> Option<usize>) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        let Some(index) = choose(&reader.find) else { return Vec::new() };
        let Some(hit) = reader.find.hits.get(index).copied() else { return Vec::new() };
        reader.find.current = Some(index);
        self.reveal(hit.start())
    }
}
