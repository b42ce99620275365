//! Bookmarks: places without words of their own.

use super::notes::place_of;
use super::{Effect, MessageText, Reader, Session};
use crate::notes::{Formatted, NoteId, NoteKind};
use crate::text::Span;

/// A bookmark as a list shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BookmarkRow {
    /// The note that it is.
    pub id: NoteId,
    /// What the reader calls it; else the words that it stands before.
    pub name: String,
    /// Where it is; `None` for a lost one.
    pub position: Option<u32>,
}

/// What a reader can ask for about bookmarks; one is made by [`super::Command::Bookmark`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BookmarkCommand {
    /// Go to the next one.
    Next,
    /// Go to the previous one.
    Previous,
    /// List bookmarks only, or everything again.
    ToggleOnly,
}

/// So many characters name a bookmark.
const NAME: usize = 24;

impl Session {
    /// The table of these commands.
    pub(super) fn obey_bookmark(&mut self, command: BookmarkCommand) -> Vec<Effect> {
        match command {
            BookmarkCommand::Next => self.step_to_bookmark(true),
            BookmarkCommand::Previous => self.step_to_bookmark(false),
            BookmarkCommand::ToggleOnly => self.list_bookmarks_only(),
        }
    }

    /// From the bookmark in focus, or else from the place in sight; around the end.
    fn step_to_bookmark(&mut self, forward: bool) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return Vec::new() };
        let rows = reader.bookmarks();
        let places: Vec<(NoteId, u32)> =
            rows.iter().filter_map(|row| Some((row.id, row.position?))).collect();
        let here = reader.note_in_focus().and_then(|id| places.iter().position(|(each, _)| *each == id));
        let after = places.partition_point(|(_, position)| *position <= reader.position());
        let all = places.len().max(1);
        let next = match (here, forward) {
            (Some(here), true) => (here + 1) % all,
            (Some(here), false) => (here + all - 1) % all,
            (None, true) => after % all,
            (None, false) => (after + all - 1) % all,
        };
        match places.get(next) {
            Some((id, _)) => self.go_to_note(*id),
            None => self.told(MessageText::NoBookmarks),
        }
    }

    fn list_bookmarks_only(&mut self) -> Vec<Effect> {
        self.settings.notes_open = true;
        let zone = self.zone.clone();
        self.with_reader(|reader| {
            let mut filter = reader.filter().clone();
            let only = filter.kinds == [NoteKind::Bookmark];
            filter.kinds = if only { Vec::new() } else { vec![NoteKind::Bookmark] };
            reader.set_filter(filter, zone);
        })
    }
}

impl Reader {
    /// The bookmarks, in the order of the document; lost ones last.
    pub fn bookmarks(&self) -> Vec<BookmarkRow> {
        let bookmarks = self.notebook().iter().filter(|note| note.is_bookmark());
        let mut rows: Vec<BookmarkRow> = bookmarks
            .map(|note| {
                let position = self.found(note.id).and_then(place_of).map(Span::start);
                BookmarkRow { id: note.id, name: self.name_of_bookmark(&note.text, position), position }
            })
            .collect();
        rows.sort_by_key(|row| (row.position.is_none(), row.position, row.id));
        rows
    }

    /// The first line of what the reader says, else the words that the bookmark stands before.
    fn name_of_bookmark(&self, text: &str, position: Option<u32>) -> String {
        let said = Formatted::of(text).plain();
        let said = said.lines().map(str::trim).find(|line| !line.is_empty()).map(ToOwned::to_owned);
        let words = || {
            let position = position?;
            let block = self.document().block(self.document().block_at(position)?)?;
            Some(self.shown_text(Span::new(position, block.span.end().max(position))))
        };
        let name = said.or_else(words).unwrap_or_default();
        let name: String =
            name.chars().map(|found| if found.is_whitespace() { ' ' } else { found }).collect();
        let short: String = name.trim().chars().take(NAME).collect();
        if short.len() < name.trim().len() { short + "…" } else { short }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Desk;
    use super::super::{Command, InSight};
    use super::*;

    const TEXT: &str = "先种树，再清淤。\n\n村里开了书屋。\n\n大家都来读书。\n";

    fn bookmarked() -> Desk {
        let mut desk = Desk::with(TEXT);
        for words in ["大家都来", "再清淤"] {
            desk.select(words);
            desk.ask(Command::Bookmark);
        }
        desk.ask(Command::ChooseNote(None));
        desk
    }

    #[test]
    fn a_bookmark_stands_at_the_cursor_where_that_is_in_sight() {
        for (last, expected) in [(60, "村里开了书屋。"), (10, "先种树，再清淤。")] {
            let mut desk = Desk::with(TEXT);
            let cursor = u32::try_from(TEXT.find("村里").unwrap()).unwrap();
            desk.ask(Command::SelectText { anchor: cursor, focus: cursor });
            desk.ask(Command::Reached(InSight { first: 0, read: 0, last }));
            desk.ask(Command::Bookmark);
            assert_eq!(desk.reader().bookmarks()[0].name, expected);
        }
    }

    /// The names of the bookmarks that one comes to.
    fn check(desk: &mut Desk, command: BookmarkCommand, expected: &[&str]) {
        for name in expected {
            desk.ask(Command::BookmarkList(command));
            let focus = desk.reader().note_in_focus().unwrap();
            let row = desk.reader().bookmarks().into_iter().find(|row| row.id == focus).unwrap();
            assert_eq!(row.name, *name);
        }
    }

    #[test]
    fn one_steps_through_bookmarks_in_the_order_of_the_document() {
        let mut desk = bookmarked();
        check(&mut desk, BookmarkCommand::Next, &["再清淤。", "大家都来读书。", "再清淤。"]);
        check(&mut desk, BookmarkCommand::Previous, &["大家都来读书。", "再清淤。"]);
        let mut empty = Desk::with(TEXT);
        empty.ask(Command::BookmarkList(BookmarkCommand::Next));
        assert_eq!(empty.session.messages().last().unwrap().text, MessageText::NoBookmarks);
    }

    #[test]
    fn a_bookmark_is_called_by_what_the_reader_writes() {
        let mut desk = bookmarked();
        let id = desk.reader().bookmarks()[0].id;
        desk.ask(Command::WriteNote(id, "**河工**\n细节".to_owned()));
        assert_eq!(desk.reader().bookmarks()[0].name, "河工");
    }

    #[test]
    fn only_bookmarks_are_listed_on_demand() {
        let mut desk = bookmarked();
        desk.select("书屋");
        desk.ask(Command::Highlight(crate::notes::Colour::Green));
        desk.ask(Command::BookmarkList(BookmarkCommand::ToggleOnly));
        assert_eq!(desk.reader().listed_notes().len(), 2);
        desk.ask(Command::BookmarkList(BookmarkCommand::ToggleOnly));
        assert_eq!(desk.reader().listed_notes().len(), 3);
    }
}
