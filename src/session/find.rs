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
    pub ticket: Ticket,
}

impl Find {
    /// Takes more places; the first one at or after `position` becomes the current one.
    pub(super) fn take(&mut self, hits: Vec<Span>, complete: bool, position: u32) {
        self.hits.extend(hits);
        self.complete = complete;
        if self.current.is_none() {
            let next = self.hits.partition_point(|hit| hit.start() < position);
            let found = next < self.hits.len();
            let around = complete && !self.hits.is_empty();
            self.current = if found { Some(next) } else { around.then_some(0) };
        }
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
