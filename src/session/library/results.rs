//! What was found in all documents, as a list of lines.

use super::{FoundDocument, LibraryHit, LibraryQuery};
use crate::session::Ticket;

/// What is being looked for in all documents, and what was found.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LibrarySearch {
    /// What the reader wrote.
    pub text: String,
    /// Whether only the script as it is written is found.
    pub as_written: bool,
    /// What is looked for, as it was understood.
    pub query: LibraryQuery,
    /// Whether all documents were searched.
    pub complete: bool,
    /// Why not all was searched.
    pub fault: Option<String>,
    documents: Vec<FoundDocument>,
    /// For each document the line after its last.
    ends: Vec<usize>,
    pub(super) ticket: Ticket,
}

/// One line of what was found.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum SearchLine<'a> {
    /// A document, and which it is.
    Document(usize, &'a FoundDocument),
    /// A hit in it: which document, which hit.
    Hit(usize, usize, &'a LibraryHit),
    /// There are more hits in this document than are told.
    More(usize, &'a FoundDocument),
}

impl LibrarySearch {
    /// The documents that were found so far.
    pub fn documents(&self) -> &[FoundDocument] {
        &self.documents
    }

    /// How many places were found so far; in some documents there may be more.
    pub fn hits(&self) -> usize {
        self.documents.iter().map(|document| document.hits.len()).sum()
    }

    /// Whether there are more places than these in one of the documents.
    pub fn more(&self) -> bool {
        self.documents.iter().any(|document| document.more)
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.ends.last().copied().unwrap_or_default()
    }

    /// A line, counted from 0. Takes no longer the more there are.
    pub fn line(&self, line: usize) -> Option<SearchLine<'_>> {
        let index = self.ends.partition_point(|end| *end <= line);
        let document = self.documents.get(index)?;
        let start =
            index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        Some(match line.checked_sub(start + 1) {
            None => SearchLine::Document(index, document),
            Some(hit) => match document.hits.get(hit) {
                Some(found) => SearchLine::Hit(index, hit, found),
                None => SearchLine::More(index, document),
            },
        })
    }

    pub(super) fn begin(&mut self, ticket: Ticket, query: LibraryQuery) {
        self.complete = query.is_empty();
        (self.ticket, self.query, self.fault) = (ticket, query, None);
        self.documents.clear();
        self.ends.clear();
    }

    pub(super) fn take(&mut self, documents: Vec<FoundDocument>, complete: bool, fault: Option<String>) {
        for document in documents {
            let lines = 1 + document.hits.len() + usize::from(document.more);
            self.ends.push(self.lines() + lines);
            self.documents.push(document);
        }
        self.complete = complete;
        self.fault = fault.or(self.fault.take());
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::document::TextId;
    use crate::session::Place;
    use crate::text::Span;

    fn document(title: &str, hits: &[&str], more: bool) -> FoundDocument {
        let hit = |words: &&str| LibraryHit {
            span: Span::default(),
            line: 1,
            word: 0,
            before: String::new(),
            hit: (*words).to_owned(),
            after: String::new(),
        };
        FoundDocument {
            place: Place::File(PathBuf::from(title)),
            title: title.to_owned(),
            text: TextId::of(title),
            hits: hits.iter().map(hit).collect(),
            more,
        }
    }

    #[test]
    fn lines_are_documents_with_their_hits() {
        let mut search = LibrarySearch::default();
        search.begin(Ticket(1), LibraryQuery::parse("水"));
        search.take(vec![document("甲", &["一", "二"], true)], false, None);
        search.take(vec![document("乙", &["三"], false)], true, None);
        let lines: Vec<String> = (0..search.lines())
            .map(|line| match search.line(line).unwrap() {
                SearchLine::Document(index, document) => format!("{index} {}", document.title),
                SearchLine::Hit(document, hit, found) => format!("{document}.{hit} {}", found.hit),
                SearchLine::More(index, _) => format!("{index} …"),
            })
            .collect();
        assert_eq!(lines, ["0 甲", "0.0 一", "0.1 二", "0 …", "1 乙", "1.0 三"]);
        assert_eq!((search.line(6), search.hits(), search.complete), (None, 3, true));
    }
}
