//! Comments that a document carries itself, taken as notes: once, and only when the reader wants them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::note_commands::trimmed;
use super::{Effect, MessageText, Moment, Page, Place, Reader, Session, Tab};
use crate::document::{Comment, Document};
use crate::exchange::identity::uuid_of;
use crate::export::escape_markdown;
use crate::notes::{Anchor, Annotation, Colour, Edit, NoteId, Placing};

/// What a reader does about the comments that a document carries.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CommentCommand {
    /// Bring this document to the front and show its comments.
    Show(Place),
    /// Take all of them as notes, as one step that can be undone.
    TakeAll(Place),
    /// Take one comment of the document in front as a note.
    Take(NoteId),
    /// Do not offer them again.
    Refuse(Place),
}

/// A comment, as the window lists it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CommentRow {
    /// The note that it becomes.
    pub id: NoteId,
    /// The words that it is about, in the script that is shown; empty where it stands beside a place.
    pub quote: String,
    /// What it says.
    pub text: String,
    /// Who wrote it and when, as far as the file says.
    pub by: String,
    /// Where it stands, in the document's text.
    pub position: u32,
    /// Whether it was taken as a note; such a note may lie in the trash.
    pub taken: bool,
}

/// The comments of a document with the notes that they become. The same comment makes the same note, wherever it
/// stands: what it quotes and says, its author and its date decide; of several that are alike, their order.
pub(super) fn with_ids(document: &Document, comments: Vec<Comment>) -> Vec<(NoteId, Comment)> {
    let mut alike: BTreeMap<NoteId, u32> = BTreeMap::new();
    let with_id = |comment: Comment| {
        let quote = comment.span.of(document.text()).unwrap_or_default();
        let [author, date] = [&comment.author, &comment.date].map(|said| said.as_deref().unwrap_or_default());
        let words = [quote, &comment.text, author, date];
        let before = alike.entry(NoteId(uuid_of("comment", &words))).or_default();
        let number = before.to_string();
        *before += 1;
        let [quote, text, author, date] = words;
        (NoteId(uuid_of("comment", &[quote, text, author, date, &number])), comment)
    };
    comments.into_iter().map(with_id).collect()
}

/// When it was written, where the file says that as word processors do.
fn moment_of(comment: &Comment) -> Option<Timestamp> {
    let date = comment.date.as_deref()?.trim();
    let local = || date.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    date.parse().ok().or_else(local)
}

/// Who wrote it and when, in words; empty where nothing is known.
fn by_whom(comment: &Comment) -> String {
    let day = moment_of(comment).map(|moment| moment.to_zoned(TimeZone::UTC).date().to_string());
    let parts = [comment.author.clone(), day.or_else(|| comment.date.clone())];
    let parts = parts.into_iter().flatten().filter(|part| !part.trim().is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

/// The note that a comment becomes: who wrote it and when stands under what it says.
fn note_of(document: &Document, id: NoteId, comment: &Comment, now: Timestamp) -> Annotation {
    let anchor = Anchor::of(document, trimmed(document.text(), comment.span));
    let lines = comment.text.lines().map(str::trim).filter(|line| !line.is_empty());
    let by =
        Some(by_whom(comment)).filter(|by| !by.is_empty()).map(|by| format!("— {}", escape_markdown(&by)));
    let paragraphs: Vec<String> = lines.map(escape_markdown).chain(by).collect();
    Annotation {
        id,
        colour: (!anchor.quote.is_empty()).then_some(Colour::Green),
        anchor,
        tags: Vec::new(),
        text: paragraphs.join("\n\n"),
        answers: Vec::new(),
        placing: Placing::default(),
        created: moment_of(comment).unwrap_or(now),
        changed: now,
    }
}

impl Reader {
    /// The comments that the document carries itself, in order of the text: so many of them.
    pub fn comment_rows(&self, most: usize) -> Vec<CommentRow> {
        let row = |(id, comment): &(NoteId, Comment)| CommentRow {
            id: *id,
            quote: self.show_text(comment.span.of(self.document().text()).unwrap_or_default().trim()),
            text: comment.text.clone(),
            by: by_whom(comment),
            position: comment.span.start(),
            taken: self.has_taken(*id),
        };
        self.comments.iter().take(most).map(row).collect()
    }

    /// How many comments the document carries, and how many of them were not taken as notes.
    pub fn comment_counts(&self) -> (usize, usize) {
        let left = self.comments.iter().filter(|(id, _)| !self.has_taken(*id));
        (self.comments.len(), left.count())
    }

    /// Whether the document carries comments.
    pub fn has_comments(&self) -> bool {
        !self.comments.is_empty()
    }

    fn has_taken(&self, id: NoteId) -> bool {
        self.notebook.get(id).is_some() || self.notebook.trashed(id).is_some()
    }

    /// The comments that were neither taken as notes nor refused.
    fn comments_waiting(&self) -> Vec<NoteId> {
        let waits = |id: &NoteId| !self.answered_comments.contains(id) && !self.has_taken(*id);
        self.comments.iter().map(|(id, _)| *id).filter(waits).collect()
    }
}

impl Tab {
    /// The same; none as long as not all of the document is there.
    pub(super) fn comments_waiting(&self) -> Vec<NoteId> {
        let reader = self.reader().filter(|reader| reader.complete() && reader.refuses_notes().is_none());
        reader.map(Reader::comments_waiting).unwrap_or_default()
    }
}

impl Session {
    /// Offers the comments of a document that has arrived, where there are others than were offered before.
    pub(super) fn offer_comments(&mut self, index: usize, before: &[NoteId]) {
        let Some(tab) = self.tabs.get(index) else { return };
        let (place, waiting) = (tab.place.clone(), tab.comments_waiting());
        if waiting.iter().any(|id| !before.contains(id)) {
            self.forget_offer(&place);
            self.tell(MessageText::CommentsOffered { place, count: waiting.len() });
        }
    }

    /// Answers whether there was an offer.
    fn forget_offer(&mut self, of: &Place) -> bool {
        let is_offer =
            |text: &MessageText| matches!(text, MessageText::CommentsOffered { place, .. } if place == of);
        let before = self.messages.len();
        self.messages.retain(|message| !is_offer(&message.text));
        self.messages.len() < before
    }

    pub(super) fn obey_comments(&mut self, command: CommentCommand, moment: Moment) -> Vec<Effect> {
        match command {
            CommentCommand::Show(place) => {
                self.bring_place(&place);
                self.forget_offer(&place);
                self.page = Some(Page::Comments);
                Vec::new()
            }
            CommentCommand::TakeAll(place) => {
                self.bring_place(&place);
                self.take_comments(|_| true, moment)
            }
            CommentCommand::Take(id) => self.take_comments(|other| other == id, moment),
            CommentCommand::Refuse(place) => {
                self.bring_place(&place);
                self.answer_comments(|_| true)
            }
        }
    }

    fn take_comments(&mut self, wanted: impl Fn(NoteId) -> bool, moment: Moment) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return Vec::new() };
        if let Some(reason) = reader.refuses_notes() {
            return self.told(reason);
        }
        let new = reader.comments.iter().filter(|(id, _)| wanted(*id) && !reader.has_taken(*id));
        let new: Vec<Edit> = new
            .map(|(id, comment)| Edit::Add(note_of(reader.document(), *id, comment, moment.now).into()))
            .collect();
        let count = new.len();
        let mut effects = self.answer_comments(&wanted);
        if count > 0 {
            effects.extend(self.edit(Edit::Group(new), false));
            self.tell(MessageText::CommentsTaken(count));
        }
        effects
    }

    /// These comments of the document in front are not offered again.
    fn answer_comments(&mut self, which: impl Fn(NoteId) -> bool) -> Vec<Effect> {
        let Some(place) = self.active().map(|tab| tab.place.clone()) else { return Vec::new() };
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        let before = reader.answered_comments.len();
        let answered = reader.comments.iter().map(|(id, _)| *id).filter(|id| which(*id));
        reader.answered_comments.extend(answered);
        let (answered, waiting) = (reader.answered_comments.len() > before, reader.comments_waiting().len());
        if self.forget_offer(&place) && waiting > 0 {
            self.tell(MessageText::CommentsOffered { place, count: waiting });
        }
        if answered { self.save_notes() } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Desk;
    use super::super::{Command, Kept};
    use super::*;
    use crate::import::{self, ReadOptions};
    use crate::text::Span;

    const TEXT: &str = "先借書，後還書。\n\n人人守時，愛惜書本。";

    fn comment(words: &str, text: &str, author: &str, date: &str) -> Comment {
        let start = TEXT.find(words).unwrap();
        Comment {
            span: Span::from_range(&(start..start + words.len())),
            text: text.to_owned(),
            author: Some(author.to_owned()).filter(|author| !author.is_empty()),
            date: Some(date.to_owned()).filter(|date| !date.is_empty()),
        }
    }

    fn comments() -> Vec<Comment> {
        vec![
            comment("先借書", "*幾天*？", "田禾", "2025-03-21T09:30:00Z"),
            comment("守時", "", "", "三月"),
            comment("守時", "", "", "三月"),
        ]
    }

    /// A desk with a document that carries these comments, as `kept` knows it.
    fn desk_with(comments: Vec<Comment>, kept: Kept) -> Desk {
        let mut desk = Desk::with("山");
        desk.ask(Command::Open(vec![place()]));
        arrive(&mut desk, comments, kept);
        desk
    }

    fn arrive(desk: &mut Desk, comments: Vec<Comment>, kept: Kept) {
        let ticket = desk.last_read();
        let imported = import::read("a.txt", TEXT.into(), &ReadOptions::default()).unwrap();
        desk.arrive_imported(ticket, import::Imported { comments, ..imported }, kept);
    }

    fn place() -> Place {
        Place::File("a.docx".into())
    }

    /// How many comments are offered.
    fn offered(desk: &Desk) -> Option<usize> {
        let offer = |text: &MessageText| match text {
            MessageText::CommentsOffered { count, .. } => Some(*count),
            _ => None,
        };
        desk.session.messages().iter().find_map(|message| offer(&message.text))
    }

    #[test]
    fn the_offer_goes_with_its_document() {
        let mut desk = desk_with(comments(), Kept::default());
        let document = desk.session.active().unwrap().id;
        desk.ask(Command::Select(desk.session.tabs()[0].id));
        assert_eq!(offered(&desk), Some(3));
        desk.ask(Command::Close(document));
        assert_eq!(offered(&desk), None);
    }

    #[test]
    fn comments_become_notes_in_one_step_that_can_be_undone() {
        let mut desk = desk_with(comments(), Kept::default());
        assert_eq!(offered(&desk), Some(3));
        desk.ask(Command::Comments(CommentCommand::TakeAll(place())));
        assert_eq!(offered(&desk), None);
        let notes: Vec<Annotation> = desk.reader().notebook().iter().cloned().collect();
        let said: Vec<_> = notes.iter().map(|note| (&*note.anchor.quote, &*note.text)).collect();
        let mut said = said.clone();
        said.sort_unstable();
        assert_eq!(
            said,
            [("先借書", "\\*幾天\\*？\n\n— 田禾, 2025-03-21"), ("守時", "— 三月"), ("守時", "— 三月")]
        );
        let first = notes.iter().find(|note| note.anchor.quote == "先借書").unwrap();
        assert_eq!(first.created.to_string(), "2025-03-21T09:30:00Z");
        desk.ask(Command::Undo);
        assert!(desk.reader().notebook().is_empty());
        assert!(desk.session.undoable().1);
    }

    #[test]
    fn comments_are_offered_while_their_document_is_in_front() {
        let mut desk = desk_with(comments(), Kept::default());
        let told = |desk: &Desk| {
            let told = desk.session.messages_in_front();
            told.iter().any(|message| message.text.document() == Some(&place()))
        };
        let [other, document] = [0, 1].map(|index| desk.session.tabs()[index].id);
        assert!(told(&desk));
        desk.ask(Command::Select(other));
        assert!(!told(&desk) && offered(&desk) == Some(3));
        desk.ask(Command::Select(document));
        assert!(told(&desk));
        desk.ask(Command::Close(document));
        assert_eq!(offered(&desk), None);
    }

    #[test]
    fn what_was_answered_is_not_offered_again_but_can_be_asked_for() {
        for answer in [CommentCommand::TakeAll(place()), CommentCommand::Refuse(place())] {
            let mut desk = desk_with(comments(), Kept::default());
            desk.ask(Command::Comments(answer.clone()));
            let kept = desk.last_save().clone();
            let taken = kept.annotations.len();
            let mut again = desk_with(comments(), kept);
            assert_eq!(offered(&again), None, "{answer:?}");
            again.ask(Command::Comments(CommentCommand::TakeAll(place())));
            assert_eq!(again.reader().notebook().len(), 3, "{taken} were there before");
        }
    }

    #[test]
    fn only_what_is_new_is_offered() {
        let mut desk = desk_with(comments(), Kept::default());
        desk.ask(Command::Comments(CommentCommand::Refuse(place())));
        let kept = desk.last_save().clone();
        let mut more = comments();
        more.push(comment("愛惜", "好", "田禾", ""));
        let desk = desk_with(more, kept);
        assert_eq!(offered(&desk), Some(1));
    }

    #[test]
    fn reading_again_does_not_ask_again() {
        let mut desk = desk_with(comments(), Kept::default());
        let number = desk.session.messages().last().unwrap().number;
        desk.ask(Command::Dismiss(number));
        desk.ask(Command::Reload);
        arrive(&mut desk, comments(), Kept::default());
        assert_eq!(offered(&desk), None);
    }

    #[test]
    fn one_comment_is_taken_and_the_others_wait() {
        let mut desk = desk_with(comments(), Kept::default());
        let row = desk.reader().comment_rows(9).swap_remove(0);
        assert_eq!((&*row.quote, &*row.by, row.taken), ("先借書", "田禾, 2025-03-21", false));
        desk.ask(Command::Comments(CommentCommand::Take(row.id)));
        desk.ask(Command::Comments(CommentCommand::Take(row.id)));
        assert_eq!(desk.reader().notebook().len(), 1);
        assert_eq!(offered(&desk), Some(2));
        assert!(desk.reader().comment_rows(9)[0].taken);
    }

    #[test]
    fn a_comment_in_the_trash_is_not_taken_twice() {
        let mut desk = desk_with(comments(), Kept::default());
        desk.ask(Command::Comments(CommentCommand::TakeAll(place())));
        let id = desk.reader().comment_rows(9)[0].id;
        desk.ask(Command::DeleteNote(id));
        desk.ask(Command::Comments(CommentCommand::TakeAll(place())));
        assert_eq!(desk.reader().notebook().len(), 2);
    }

    #[test]
    fn the_same_comment_is_the_same_note_wherever_it_stands() {
        let read = |text: &str| import::read("a.txt", text.into(), &ReadOptions::default()).unwrap().document;
        let moved = format!("前言。\n\n{TEXT}");
        let shift = u32::try_from("前言。\n\n".len()).unwrap();
        let there: Vec<Comment> = comments()
            .into_iter()
            .map(|comment| Comment { span: comment.span.moved_right(shift), ..comment })
            .collect();
        let ids = |all: Vec<(NoteId, Comment)>| all.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        let here = ids(with_ids(&read(TEXT), comments()));
        assert_eq!(here, ids(with_ids(&read(&moved), there)));
        assert_ne!(here[1], here[2], "two that are alike are two");
    }
}
