//! What is tied to places of a text in the making: pages, marks of notes, comments, links, tables.
//!
//! Blocks are trimmed when they end, so places are kept as points that move with the text until it is
//! finished.

use std::collections::BTreeMap;

use super::Read;
use super::hyperlinks::{Found, Lead};
use super::tables::Tables;
use crate::document::{BlockIndex, BlockKind, Comment, FootnoteLink, PageStart};
use crate::text::{Span, joined, saturate};

/// Places of a text in the making, and what is tied to them.
#[derive(Clone, Debug, Default)]
pub(super) struct Ties {
    /// Positions in bytes, in the order in which they were taken.
    points: Vec<usize>,
    /// The points that were put somewhere since the last block ended.
    recent: Vec<Point>,
    /// Points that stand where the next character will be written.
    ahead: Vec<Point>,
    pages: Vec<(Point, String)>,
    marks: Vec<(Point, Point, String)>,
    /// The first block of each note.
    notes: BTreeMap<String, BlockIndex>,
    /// The note whose first block comes next.
    begun: Option<String>,
    comments: BTreeMap<String, Draft>,
    hyperlinks: Vec<HyperlinkDraft>,
    /// Places that links lead to, by their names.
    names: BTreeMap<String, Point>,
    struck: Vec<(Point, Point)>,
    pub(super) tables: Tables,
}

/// An index of a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Point(usize);

/// A comment of which not all is known yet.
#[derive(Clone, Debug, Default)]
struct Draft {
    start: Option<Point>,
    end: Option<Point>,
    said: Option<Said>,
}

/// A link of which not all is known yet.
#[derive(Clone, Debug)]
struct HyperlinkDraft {
    start: Point,
    end: Option<Point>,
    lead: Lead,
    title: Option<String>,
}

/// What a comment says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Said {
    /// Its words.
    pub(super) text: String,
    /// Who wrote it.
    pub(super) author: Option<String>,
    /// When, as the file writes it.
    pub(super) date: Option<String>,
}

impl Ties {
    /// A page begins with the next character.
    pub(super) fn begin_page(&mut self, label: String) {
        let point = self.point_ahead();
        self.pages.push((point, label));
    }

    /// What stands from `from` to `to` is the mark of the note `key`.
    pub(super) fn mark(&mut self, from: usize, to: usize, key: &str) {
        let (from, to) = (self.point(from), self.point(to));
        self.marks.push((from, to, key.to_owned()));
    }

    /// What stands from `from` to `to` is struck out.
    pub(super) fn strike(&mut self, from: usize, to: usize) {
        let ends = (self.point(from), self.point(to));
        self.struck.push(ends);
    }

    /// The next block is the first one of the note `key`.
    pub(super) fn begin_note(&mut self, key: &str) {
        self.begun = Some(key.to_owned());
    }

    /// The words that the comment `key` is about begin with the next character.
    pub(super) fn begin_comment(&mut self, key: &str) {
        let point = self.point_ahead();
        self.comments.entry(key.to_owned()).or_default().start.get_or_insert(point);
    }

    /// The words that the comment `key` is about end at `position`.
    pub(super) fn end_comment(&mut self, key: &str, position: usize) {
        let point = self.point(position);
        self.comments.entry(key.to_owned()).or_default().end = Some(point);
    }

    /// The comment `key` stands at `position`, unless its words are known.
    pub(super) fn place_comment(&mut self, key: &str, position: usize) {
        if self.comments.get(key).is_none_or(|known| known.end.is_none()) {
            self.end_comment(key, position);
        }
    }

    /// The comment `key` is about what stands from `start` to `end`, and what was said before of it.
    pub(super) fn comment_at(&mut self, key: &str, start: usize, end: usize) {
        let (start, end) = (self.point(start), self.point(end));
        let draft = self.comments.entry(key.to_owned()).or_default();
        draft.start.get_or_insert(start);
        draft.end = Some(end);
    }

    /// What the comment `key` says.
    pub(super) fn comment(&mut self, key: &str, said: Said) {
        self.comments.entry(key.to_owned()).or_default().said = Some(said);
    }

    /// The words of a link begin with the next character. Answers the number of the link.
    pub(super) fn begin_hyperlink(&mut self, lead: Lead, title: Option<String>) -> usize {
        let start = self.point_ahead();
        self.hyperlinks.push(HyperlinkDraft { start, end: None, lead, title });
        self.hyperlinks.len() - 1
    }

    /// The words of a link began at `from`. Answers the number of the link.
    pub(super) fn hyperlink_from(&mut self, from: usize, lead: Lead) -> usize {
        let start = self.point(from);
        self.hyperlinks.push(HyperlinkDraft { start, end: None, lead, title: None });
        self.hyperlinks.len() - 1
    }

    /// The words of the link of that number end at `position`.
    pub(super) fn end_hyperlink(&mut self, number: usize, position: usize) {
        let end = self.point(position);
        if let Some(link) = self.hyperlinks.get_mut(number) {
            link.end = Some(end);
        }
    }

    /// What a link leads to by this name begins with the next character.
    pub(super) fn name_place(&mut self, name: String) {
        let point = self.point_ahead();
        self.names.entry(name).or_insert(point);
    }

    /// What a link leads to by this name begins at `position`.
    pub(super) fn name_place_at(&mut self, name: String, position: usize) {
        let point = self.point(position);
        self.names.entry(name).or_insert(point);
    }

    /// A character is about to be written at `position`.
    pub(super) fn write_at(&mut self, position: usize) {
        for point in self.ahead.drain(..) {
            if let Some(place) = self.points.get_mut(point.0) {
                *place = position;
            }
            self.recent.push(point);
        }
    }

    /// The block that began at `start` lost so many bytes at its beginning, and now ends at `end`.
    pub(super) fn trim(&mut self, start: usize, lost: usize, end: usize) {
        for point in self.recent.drain(..) {
            if let Some(place) = self.points.get_mut(point.0).filter(|place| **place >= start) {
                *place = place.saturating_sub(lost).max(start).min(end.max(start));
            }
        }
    }

    /// A block of that index and kind was finished.
    pub(super) fn finish_block(&mut self, index: usize, kind: BlockKind) {
        self.tables.finish_block(BlockIndex::new(index), kind);
        if let Some(key) = self.begun.take() {
            self.notes.entry(key).or_insert_with(|| BlockIndex::new(index));
        }
    }

    fn point(&mut self, position: usize) -> Point {
        let point = Point(self.points.len());
        self.points.push(position);
        self.recent.push(point);
        point
    }

    fn point_ahead(&mut self) -> Point {
        let point = Point(self.points.len());
        self.points.push(usize::MAX);
        self.ahead.push(point);
        point
    }

    /// Gives what is tied to the finished text to `read`.
    pub(super) fn settle(mut self, read: &mut Read) {
        self.write_at(read.text.len());
        let length = read.text.len();
        let place = |point: Point| {
            let place = self.points.get(point.0).copied().unwrap_or(usize::MAX);
            saturate(place.min(length))
        };
        let pages = self.pages.iter().map(|(point, label)| (place(*point), label));
        let stands = |page: &PageStart| Span::at(page.position).of(&read.text).is_some();
        let mut pages: Vec<PageStart> = pages
            .map(|(position, label)| PageStart { position, label: label.clone() })
            .filter(stands)
            .collect();
        pages.sort_by_key(|page| page.position);
        let note = |key: &String| {
            let note = self.notes.get(key).copied()?;
            let block = read.blocks.get(note.as_usize())?;
            (block.kind == BlockKind::Footnote).then_some(note)
        };
        let marks = self.marks.iter().filter_map(|(from, to, key)| {
            let (from, to) = (place(*from), place(*to));
            Some(FootnoteLink { mark: Span::new(from.min(to), to), note: note(key)? })
        });
        let says = |link: &FootnoteLink| !link.mark.of(&read.text).unwrap_or_default().is_empty();
        let mut footnotes: Vec<FootnoteLink> = marks.filter(says).collect();
        footnotes.sort_by_key(|link| (link.mark.start(), link.mark.end()));
        let comments = self.comments.values().filter_map(|draft| draft.finish(&place));
        let mut comments: Vec<Comment> = comments.collect();
        comments.sort_by_key(|comment| (comment.span.start(), comment.span.end()));
        let hyperlinks = self.hyperlinks.iter().filter_map(|draft| draft.finish(&place)).collect();
        (read.pages, read.footnotes, read.comments) = (pages, footnotes, comments);
        let struck = self.struck.iter().map(|(from, to)| (place(*from), place(*to)));
        let struck = struck.filter(|(from, to)| from < to).map(|(from, to)| Span::new(from, to));
        read.struck = joined(struck.filter(|span| span.of(&read.text).is_some()).collect());
        read.tables = std::mem::take(&mut self.tables).finish();
        read.link(hyperlinks, |name| self.names.get(name).copied().map(place));
    }
}

impl HyperlinkDraft {
    /// The link, where its words are known.
    fn finish(&self, place: &impl Fn(Point) -> u32) -> Option<Found> {
        let (start, end) = (place(self.start), place(self.end?));
        let words = Span::new(start.min(end), end);
        Some(Found { words, lead: self.lead.clone(), title: self.title.clone() })
    }
}

impl Draft {
    /// The comment, where its words are known. One without a beginning stands at its end.
    fn finish(&self, place: &impl Fn(Point) -> u32) -> Option<Comment> {
        let Said { text, author, date } = self.said.clone()?;
        let end = self.end.map(place);
        let start = self.start.map(place);
        let (start, end) = match (start, end) {
            (Some(start), Some(end)) => (start.min(end), end),
            (Some(one), None) | (None, Some(one)) => (one, one),
            (None, None) => (0, 0),
        };
        Some(Comment { span: Span::new(start, end), text, author, date })
    }
}
