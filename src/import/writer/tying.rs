//! What a text in the making ties to its places: pages, notes and their marks, readings, comments, links.

use super::{Waiting, Writer};
use crate::document::BlockKind;
use crate::import::hyperlinks::Lead;
use crate::import::ties::Said;

/// Readings are of words or a name. What is longer, in bytes, was never closed: the reading then stands for itself.
const LONGEST_READ: usize = 300;

impl Writer {
    /// The next character is the first one of a page.
    pub(in crate::import) fn begin_page(&mut self, label: String) {
        self.ties.begin_page(label);
    }

    /// Writes the mark that refers to the note `key`.
    pub(in crate::import) fn mark_footnote(&mut self, key: &str, mark: &str) {
        self.push(mark);
        self.tie(self.text.len() - mark.len(), key);
    }

    /// What was written since `from` refers to the note `key`, or is explained by it.
    pub(in crate::import) fn tie(&mut self, from: usize, key: &str) {
        self.ties.mark(from, self.text.len(), key);
    }

    /// The next `length` bytes to be written refer to the note `key`.
    pub(in crate::import) fn tie_next(&mut self, length: usize, key: &str) {
        let from = self.text.len();
        self.ties.mark(from, from + length, key);
    }

    /// The next block that is opened is the first one of the note `key`.
    pub(in crate::import) fn begin_note(&mut self, key: &str) {
        self.close();
        self.ties.begin_note(key);
    }

    /// Whether words that follow are struck out.
    pub(in crate::import) fn strike(&mut self, strikes: bool) {
        self.strikes = strikes;
    }

    /// What was written since `from` is struck out; the text ended at `before` when it was to be written.
    pub(super) fn note_struck(&mut self, before: usize, from: usize) {
        match &mut self.struck {
            Some((_, end)) if *end == before => *end = self.text.len(),
            _ => {
                self.tie_struck();
                self.struck = Some((from, self.text.len()));
            }
        }
    }

    /// What was last struck out is known.
    pub(super) fn tie_struck(&mut self) {
        if let Some((from, to)) = self.struck.take() {
            self.ties.strike(from, to);
        }
    }

    /// The words that the comment `key` is about begin here.
    pub(in crate::import) fn begin_comment(&mut self, key: &str) {
        self.ties.begin_comment(key);
    }

    /// The words that the comment `key` is about end here.
    pub(in crate::import) fn end_comment(&mut self, key: &str) {
        self.ties.end_comment(key, self.text.len());
    }

    /// The comment `key` stands here, where it is about no words.
    pub(in crate::import) fn place_comment(&mut self, key: &str) {
        self.ties.place_comment(key, self.text.len());
    }

    /// What stands from `start` to `end`, and all before it that the comment `key` is about.
    pub(in crate::import) fn comment_at(&mut self, key: &str, start: usize, end: usize) {
        self.ties.comment_at(key, start, end);
    }

    /// What the comment `key` says.
    pub(in crate::import) fn comment(&mut self, key: &str, said: Said) {
        self.ties.comment(key, said);
    }

    /// The words of a link begin here. Answers the number by which it ends.
    pub(in crate::import) fn begin_hyperlink(&mut self, lead: Lead, title: Option<String>) -> usize {
        self.ties.begin_hyperlink(lead, title)
    }

    /// The words of the link of that number end here.
    pub(in crate::import) fn end_hyperlink(&mut self, number: usize) {
        self.ties.end_hyperlink(number, self.text.len());
    }

    /// The words of a link began at `from`. Answers the number by which it ends.
    pub(in crate::import) fn hyperlink_from(&mut self, from: usize, lead: Lead) -> usize {
        self.ties.hyperlink_from(from, lead)
    }

    /// The words of the link of that number end at `end`, as far as is known.
    pub(in crate::import) fn end_hyperlink_at(&mut self, number: usize, end: usize) {
        self.ties.end_hyperlink(number, end);
    }

    /// What links lead to by this name begins here.
    pub(in crate::import) fn name_place(&mut self, name: String) {
        self.ties.name_place(name);
    }

    /// What links lead to by this name began at `from`.
    pub(in crate::import) fn name_since(&mut self, from: usize, name: String) {
        self.ties.name_place_at(name, from);
    }

    /// A reading (ruby) of what was written since `from`: it follows the block as a note on those words.
    pub(in crate::import) fn add_reading(&mut self, from: usize, reading: &str) {
        let from = if self.is_open() { from.max(self.words) } else { from };
        let reading = reading.trim();
        let base = Some(self.since(from)).filter(|read| !reading.is_empty() && read.len() <= LONGEST_READ);
        let base = base.unwrap_or_default().trim().to_owned();
        if base.is_empty() {
            return self.add_after(BlockKind::Footnote, reading.to_owned());
        }
        self.readings += 1;
        let key = format!("reading {}", self.readings);
        let indent = self.since(from).len() - self.since(from).trim_start().len();
        self.tie(from + indent, &key);
        let text = format!("{base}　{reading}");
        self.waiting.push(Waiting { kind: BlockKind::Footnote, text, key: Some(key) });
    }
}
