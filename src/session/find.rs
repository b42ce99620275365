//! Finding in a document.

use std::sync::Arc;

use super::{TabId, Ticket};
use crate::document::{BlockKind, Document};
use crate::text::{Query, SearchOptions, Span};

/// What to find, and where.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// The document's tab: a newer request for it makes this one pointless.
    pub tab: TabId,
    /// The document.
    pub document: Arc<Document>,
    /// What to find.
    pub query: String,
    /// How.
    pub options: SearchOptions,
    /// Whether blocks that were set aside are searched too.
    pub asides: bool,
}

impl SearchRequest {
    /// The query, made ready; `None` where there is nothing to look for.
    pub fn ready(&self) -> Option<Query> {
        Query::new(&self.query, self.options)
    }

    /// Whether a place that the query finds counts: one inside a single block, and not in what was set
    /// aside, unless that is shown.
    pub fn counts(&self, hit: Span) -> bool {
        let block = self.document.block_at(hit.start()).and_then(|index| self.document.block(index));
        block.is_some_and(|block| {
            let shown = self.asides || !matches!(block.kind, BlockKind::Aside(_));
            shown && hit.end() <= block.span.end()
        })
    }
}

/// What is being looked for in a document, and what was found.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Find {
    /// Whether the field for finding is open.
    pub open: bool,
    /// What to find.
    pub text: String,
    /// How.
    pub options: SearchOptions,
    /// The places found so far, in order, in the document's text.
    pub hits: Vec<Span>,
    /// The place that the reader steps from, as an index of `hits`.
    pub current: Option<usize>,
    /// Whether all of the document was searched.
    pub complete: bool,
    /// The request that is being answered.
    pub(super) ticket: Ticket,
    /// Whether the reader asked for it, and is to be led to the first place.
    pub(super) leads: bool,
    /// Where the current place stood before the document was read again.
    was_at: Option<u32>,
}

impl Find {
    /// What is left of it when the document was read again, `same` being whether it has the same text: what is looked
    /// for, and of the same text the place that the reader stepped from.
    pub(super) fn for_text_read_again(self, same: bool) -> Self {
        let current = self.current.and_then(|current| self.hits.get(current)).filter(|_| same);
        let was_at = current.map(|hit| hit.start());
        Self {
            open: self.open,
            text: self.text,
            options: self.options,
            leads: self.leads,
            was_at,
            ..Self::default()
        }
    }

    /// The reader wants something else than before.
    pub(super) fn ask(&mut self) {
        (self.leads, self.was_at, self.complete) = (self.open, None, false);
    }

    /// Forgets what was found: it is looked for anew, with that request.
    pub(super) fn begin(&mut self, ticket: Ticket) {
        self.ticket = ticket;
        self.hits.clear();
        self.current = None;
        self.complete = self.text.is_empty();
    }

    /// Takes more places; the one that was the current one becomes it again, or else the first one at or after
    /// `position`.
    pub(super) fn take(&mut self, hits: Vec<Span>, complete: bool, position: u32) {
        self.hits.extend(hits);
        self.complete = complete;
        if self.current.is_none() {
            let position = self.was_at.unwrap_or(position);
            let next = self.hits.partition_point(|hit| hit.start() < position);
            let found = next < self.hits.len();
            let around = complete && !self.hits.is_empty();
            self.current = if found { Some(next) } else { around.then_some(0) };
        }
    }

    /// Where the reader who asked is to be led: once, to the first place.
    pub(super) fn lead(&mut self) -> Option<u32> {
        let first = self.current.and_then(|current| self.hits.get(current)).map(|hit| hit.start());
        let lead = first.filter(|_| self.leads);
        self.leads &= first.is_none() && !self.complete;
        lead
    }

    /// What was found stays for when it is opened again.
    pub(super) fn close(&mut self) {
        (self.open, self.leads) = (false, false);
    }

    /// The index of the next place, around the end.
    pub(super) fn next(&self) -> Option<usize> {
        let count = self.hits.len();
        (count > 0).then(|| self.current.map_or(0, |current| (current + 1) % count))
    }

    /// The index of the previous place, around the beginning.
    pub(super) fn previous(&self) -> Option<usize> {
        let count = self.hits.len();
        (count > 0).then(|| self.current.map_or(count - 1, |current| (current + count - 1) % count))
    }
}

/// A place that was found, with what stands around it, as shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HitContext {
    /// What stands before.
    pub before: String,
    /// What was found.
    pub hit: String,
    /// What stands after.
    pub after: String,
}
