//! Footnotes and endnotes: from their marks in the text to them, and back.

use super::reader::decoration;
use super::{BlockView, Decoration, Effect, Mark, Reader, Session};
use crate::document::{BlockIndex, FootnoteLink};
use crate::text::Span;

/// What a reader does about footnotes and endnotes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FootnoteCommand {
    /// Go to the note whose mark stands at a position, or from a note at it back to its mark.
    Follow(u32),
    /// The same at the cursor.
    FollowHere,
    /// Put the cursor on the next mark, and show what its note says.
    Next,
    /// Put it on the previous one.
    Previous,
}

/// So many characters of a note are shown beside its mark.
const SHOWN: usize = 500;

impl Reader {
    /// The mark that the cursor was sent to, whose note is shown beside it.
    pub fn footnote_shown(&self) -> Option<FootnoteLink> {
        self.footnote
    }

    /// What the note that begins with that block says, as shown; the beginning of a long one.
    pub fn footnote_words(&self, note: BlockIndex) -> String {
        let mut words = String::new();
        let mut left = SHOWN;
        for view in self.document().blocks_of_note(note).filter_map(|block| self.view(block)) {
            if !words.is_empty() {
                words.push('\n');
            }
            let line = view.text.trim();
            words.extend(line.chars().take(left));
            let Some(rest) = left.checked_sub(line.chars().count()) else { return words + "…" };
            left = rest;
        }
        words
    }

    /// Where following a note or its mark at `position` leads; `None` where there is neither.
    pub fn footnote_target(&self, position: u32) -> Option<u32> {
        let document = self.document();
        if let Some(link) = document.footnote_at(position) {
            return document.block(link.note).map(|block| block.span.start());
        }
        let marks = document.marks_of(document.block_at(position)?);
        // Back to the mark that one came from, where there are several.
        let came_from = self.trail.latest();
        let near = |mark: &Span| came_from.map_or(0, |place| place.abs_diff(mark.start()));
        marks.into_iter().min_by_key(near).map(Span::start)
    }

    /// The marks of notes in a block, and the sign that leads back where a note begins.
    pub(super) fn footnote_decorations(&self, view: &BlockView) -> Vec<Decoration> {
        let document = self.document();
        let marks = document.marks_in(view.source).iter();
        let marks = marks.filter_map(|link| decoration(view, link.mark, Mark::FootnoteMark));
        let begins = view.kind == crate::document::BlockKind::Footnote
            && document.note_of(view.index) == Some(view.index);
        let start = Decoration { shown: Span::at(0), mark: Mark::FootnoteStart };
        marks.chain(begins.then_some(start)).collect()
    }

    /// The mark after the cursor, or before it; where the cursor is out of sight, the first in sight.
    fn footnote_beside(&self, forward: bool) -> Option<FootnoteLink> {
        let marks = self.document().footnotes();
        let in_sight = self.in_sight();
        let seen = in_sight.first..=in_sight.last;
        let here = Some(self.cursor()).filter(|cursor| seen.contains(cursor)).unwrap_or(in_sight.first);
        let at_mark = self.footnote.is_some();
        if forward {
            let passed =
                |link: &FootnoteLink| link.mark.start() < here || at_mark && link.mark.start() == here;
            marks.get(marks.partition_point(passed)).copied()
        } else {
            let before = marks.partition_point(|link| link.mark.start() < here);
            marks.get(before.checked_sub(1)?).copied()
        }
    }
}

impl Session {
    pub(super) fn obey_footnote(&mut self, command: FootnoteCommand) -> Vec<Effect> {
        match command {
            FootnoteCommand::Follow(position) => self.follow_footnote(position),
            FootnoteCommand::FollowHere => {
                let here = self.reader().map(Reader::cursor);
                here.map_or_else(Vec::new, |here| self.follow_footnote(here))
            }
            FootnoteCommand::Next => self.step_to_footnote(true),
            FootnoteCommand::Previous => self.step_to_footnote(false),
        }
    }

    fn follow_footnote(&mut self, position: u32) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        let Some(target) = reader.footnote_target(position) else { return Vec::new() };
        reader.select(target, target);
        self.jump(target)
    }

    fn step_to_footnote(&mut self, forward: bool) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        let Some(link) = reader.footnote_beside(forward) else { return Vec::new() };
        let start = link.mark.start();
        reader.select(start, start);
        reader.footnote = Some(link);
        self.reveal(start)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Desk;
    use super::super::{Command, InSight};
    use super::*;

    const TEXT: &str = "先借書[^a]，後還書[^b]。\n\n人人守時[^a]。\n\n[^a]: 每人一冊。\n\n    不限何書。\n\n[^b]: 十日內。\n";

    fn desk() -> Desk {
        Desk::with_markdown(TEXT)
    }

    fn ask(desk: &mut Desk, command: FootnoteCommand) {
        desk.ask(Command::Footnote(command));
    }

    fn shown(desk: &Desk) -> Option<String> {
        desk.reader().footnote_shown().map(|link| desk.reader().footnote_words(link.note))
    }

    #[test]
    fn keys_go_from_mark_to_mark_and_show_what_the_note_says() {
        let mut desk = desk();
        let end = desk.reader().document().text().len();
        desk.ask(Command::Reached(InSight { first: 0, read: 0, last: u32::try_from(end).unwrap() }));
        let marks: Vec<Span> = desk.reader().document().footnotes().iter().map(|link| link.mark).collect();
        assert_eq!(marks.len(), 3);
        for mark in &marks {
            ask(&mut desk, FootnoteCommand::Next);
            assert_eq!(desk.reader().cursor(), mark.start());
        }
        assert!(shown(&desk).unwrap().contains("每人一冊。\n不限何書。"), "{:?}", shown(&desk));
        ask(&mut desk, FootnoteCommand::Next);
        assert_eq!(desk.reader().cursor(), marks[2].start(), "there is no further one");
        ask(&mut desk, FootnoteCommand::Previous);
        assert!(shown(&desk).unwrap().contains("十日內。"));
        desk.ask(Command::Unselect);
        assert_eq!(shown(&desk), None);
    }

    #[test]
    fn a_mark_leads_to_its_note_and_the_note_back_to_the_mark_one_came_from() {
        let mut desk = desk();
        let document = std::sync::Arc::clone(desk.reader().document());
        let [first, _, third] = document.footnotes() else { panic!("three marks") };
        let note = document.block(first.note).unwrap().span.start();
        for mark in [first.mark, third.mark] {
            desk.ask(Command::Reached(InSight::from(mark.start())));
            ask(&mut desk, FootnoteCommand::Follow(mark.start()));
            assert_eq!(desk.reader().cursor(), note);
            assert!(
                matches!(desk.effects.last(), Some(Effect::Reveal { position, .. }) if *position == note)
            );
            ask(&mut desk, FootnoteCommand::FollowHere);
            assert_eq!(desk.reader().cursor(), mark.start());
        }
        desk.ask(Command::Back);
        assert!(matches!(desk.effects.last(), Some(Effect::Return { .. })));
    }

    #[test]
    fn what_is_no_mark_leads_nowhere() {
        let mut desk = desk();
        desk.ask(Command::Footnote(FootnoteCommand::Follow(0)));
        assert_eq!(desk.reader().cursor(), 0);
        assert!(!desk.reader().ways().0);
    }
}
