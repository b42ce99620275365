//! Notes of an RTF: their marks in the text, and what they say.

use super::blocks::Waiting;
use super::body::Body;
use super::state::Destination;
use super::tokens::{Token, Tokens};
use crate::import::counting::{Counting, as_mark};

/// How far notes were counted, and what is known of the one that is open.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    notes: usize,
    footnotes: u32,
    endnotes: u32,
    /// Whether endnotes are counted with digits.
    pub(super) in_digits: bool,
    /// Whether the number of a note was just announced.
    pub(super) is_marked: bool,
    /// The last words above or below the line: the mark of a note that has one of its own.
    pub(super) shifted: Option<(usize, usize)>,
    /// What the next paragraph begins with: the mark of its note.
    pub(super) mark: String,
    /// Whether a note was begun, so that white space is no text.
    pub(super) begins_note: bool,
}

impl<'a> Body<'a> {
    /// A note is anchored here. One in a note is read where it stands.
    pub(super) fn note(&mut self, tokens: &mut Tokens<'a>) {
        if self.place.is_apart {
            return;
        }
        if self.state.destination != Destination::Text || self.state.deleted || self.state.hidden {
            self.state.destination = Destination::Nowhere;
            return;
        }
        let inside = tokens.rest_of_group();
        let at_end = inside.clone().take(4).any(|token| token == Token::Word("ftnalt", None));
        self.counts.notes += 1;
        let key = format!("note {}", self.counts.notes);
        let mark = self.mark_of_note(&key, at_end);
        let waiting = Waiting { tokens: inside, state: self.state, note: Some((key, mark)) };
        let queue = if at_end { &mut self.endnotes } else { &mut self.waiting };
        queue.push_back(waiting);
        self.close();
    }

    /// Writes the mark of a note; one that has a mark of its own keeps it, and begins with it itself.
    fn mark_of_note(&mut self, key: &str, at_end: bool) -> String {
        let own = self.counts.shifted.filter(|(_, end)| *end == self.writer.position());
        if let Some((from, _)) = own.filter(|_| !self.counts.is_marked) {
            self.writer.tie(from, key);
            return String::new();
        }
        let count = if at_end { &mut self.counts.endnotes } else { &mut self.counts.footnotes };
        *count += 1;
        let is_roman = at_end && !self.counts.in_digits;
        let counting = if is_roman { Counting::RomanSmall } else { Counting::Arabic };
        let mark = as_mark(&counting.show(if at_end { self.counts.endnotes } else { self.counts.footnotes }));
        self.begin();
        self.writer.mark_footnote(key, &mark);
        mark
    }

    /// A box with text of its own is anchored here. One in a box is read where it stands.
    pub(super) fn text_box(&mut self, tokens: &mut Tokens<'a>) {
        if self.place.is_apart || self.state.destination == Destination::Kept {
            self.state.destination = Destination::Text;
            return;
        }
        let tokens = tokens.rest_of_group();
        self.waiting.push_back(Waiting { tokens, state: self.state, note: None });
        self.close();
    }
}
