//! Texts in an RTF that are kept until their group ends: what fields ask for, names, numbers, comments.

use std::mem;

use super::body::{Body, Ends};
use super::form::Form;
use super::header::field;
use super::state::Destination;
use crate::document::{AsideReason, BlockKind};
use crate::import::ties::Said;
use crate::import::word_fields::{self, Left, Overlaid};
use crate::import::writer::MOST_FURNITURE;

/// What a text is that is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// What a field asks for.
    Instruction,
    /// The number of a list's item.
    Number,
    /// The name of a place that links lead to.
    Bookmark,
    /// The name of a style.
    Style,
    Title,
    Author,
    /// What can be chosen in a form.
    Choice,
    /// Running heads.
    Furniture,
    /// The name of what is said of a drawing or picture, and what is said.
    Property,
    /// What a comment says; who wrote it and when; and the number by which its words are found.
    Comment,
    CommentAuthor,
    CommentDate,
    CommentNumber,
    /// The words of the comment of that number begin or end.
    CommentBegins,
    CommentEnds,
}

/// The comment that is open.
#[derive(Clone, Debug, Default)]
pub(super) struct Comments {
    count: usize,
    author: Option<String>,
    date: Option<String>,
    number: Option<String>,
}

impl Body<'_> {
    /// What was kept is known.
    pub(super) fn settle(&mut self, what: What, kept: &str) {
        let words = kept.trim();
        if matches!(what, What::Bookmark | What::CommentBegins) {
            self.leave_table();
        }
        match what {
            What::Instruction => words.clone_into(&mut self.instruction),
            What::Number => self.set_number(words),
            What::Bookmark => self.writer.name_place(words.to_owned()),
            What::Style => self.header.name_style(words),
            What::Title => self.header.metadata.title = field(words),
            What::Author => self.header.metadata.author = field(words),
            What::Choice => self.form.add(words),
            What::Furniture => self.add_furniture(words),
            What::Property => self.describe(words),
            What::Comment => self.end_comment(words),
            What::CommentAuthor => self.comments.author = said(words),
            What::CommentDate => self.comments.date = words.parse().ok().and_then(moment),
            What::CommentNumber => self.comments.number = said(words),
            What::CommentBegins => self.writer.begin_comment(words),
            What::CommentEnds => self.writer.end_comment(words),
        }
    }

    fn add_furniture(&mut self, lines: &str) {
        let room = MOST_FURNITURE.saturating_sub(self.furniture.len());
        self.furniture.extend(lines.lines().take(room).map(str::to_owned));
    }

    /// What is said of a picture: its description is for those who do not see it.
    fn describe(&mut self, words: &str) {
        let description = words.strip_prefix("wzDescription").map(str::trim);
        if let Some(description) = description.filter(|_| !self.keeps()) {
            self.writer.add_after(BlockKind::Aside(AsideReason::Hidden), description.to_owned());
        }
    }

    /// A comment is known; one of which no words are known is about its place.
    fn end_comment(&mut self, words: &str) {
        self.comments.count += 1;
        let own = format!("comment {}", self.comments.count);
        let key = self.comments.number.take().unwrap_or(own);
        self.writer.place_comment(&key);
        let (author, date) = (self.comments.author.take(), self.comments.date.take());
        self.writer.comment(&key, Said { text: words.to_owned(), author, date });
    }

    // ---- Fields -----------------------------------------------------------------------------------------

    /// A field begins.
    pub(super) fn begin_field(&mut self) {
        self.ends(Ends::Plainly);
        let outer = mem::take(&mut self.instruction);
        self.form = Form::default();
        self.ends(Ends::Field { outer, from: self.writer.position() });
    }

    /// What a field shows begins: the words of a link, or a table of contents.
    pub(super) fn begin_shown(&mut self) {
        let lists = word_fields::lists_contents(&self.instruction);
        self.contents += usize::from(lists);
        let is_read =
            self.state.destination == Destination::Text && !self.state.hidden && !self.state.deleted;
        let link = word_fields::link(&self.instruction).filter(|_| is_read);
        if link.is_some() {
            self.leave_table();
        }
        let link = link.map(|(lead, title)| self.writer.begin_hyperlink(lead, title));
        self.ends(Ends::Shown(link, lists));
    }

    /// What a field shows ends.
    pub(super) fn end_shown(&mut self, link: Option<usize>, lists: bool) {
        if let Some(number) = link {
            self.writer.end_hyperlink(number);
        }
        self.contents -= usize::from(lists);
    }

    /// A field ends that began where the text was so long. One without result may show what it asks for.
    pub(super) fn end_field(&mut self, outer: String, from: usize) {
        let asked = mem::replace(&mut self.instruction, outer);
        let has_result = self.writer.position() != from;
        let form = mem::take(&mut self.form);
        let is_read = self.state.destination == Destination::Text;
        if let Some(chosen) = form.chosen().filter(|_| is_read && !has_result) {
            return self.write(chosen);
        }
        match word_fields::left(&asked).filter(|_| is_read && !has_result) {
            Some(Left::Text(text)) => self.overlaid(&text),
            Some(Left::Sign(sign)) => {
                self.unknown_signs += usize::from(sign.is_none());
                self.write(&String::from(sign.unwrap_or(char::REPLACEMENT_CHARACTER)));
            }
            Some(Left::Formula) => self.objects += 1,
            None => {}
        }
    }

    fn overlaid(&mut self, text: &Overlaid) {
        self.write(&text.base);
        if !self.state.hidden && !self.state.deleted {
            let from = self.writer.position().saturating_sub(text.base.len());
            self.writer.add_reading(from, &text.reading);
        }
    }
}

fn said(words: &str) -> Option<String> {
    (!words.is_empty()).then(|| words.to_owned())
}

/// A moment as comments say it: minute, hour, day, month, year from 1900 and day of the week in one number.
fn moment(packed: u32) -> Option<String> {
    let part = |shift: u32, bits: u32| (packed >> shift) & ((1 << bits) - 1);
    let (minute, hour, day, month, year) = (part(0, 6), part(6, 5), part(11, 5), part(16, 4), part(20, 9));
    let holds = minute < 60 && hour < 24 && (1..=31).contains(&day) && (1..=12).contains(&month);
    holds.then(|| format!("{:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00", year + 1900))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_unpacked() {
        let packed = 5 | 9 << 6 | 21 << 11 | 3 << 16 | 125 << 20 | 5 << 29;
        assert_eq!(moment(packed).as_deref(), Some("2025-03-21T09:05:00"));
        assert_eq!(moment(0), None);
    }
}
