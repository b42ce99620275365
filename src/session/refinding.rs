//! Notes whose place is in doubt since their document changed: stepping through them, choosing a place, and what
//! changed in the quoted words.

use std::sync::Arc;

use super::{Effect, MessageText, Moment, Reader, Session};
use crate::compare::{Change, differences};
use crate::document::{Block, BlockKind, Document, Parts};
use crate::notes::{Anchor, Annotation, Found, FoundState, NoteId};
use crate::text::{Span, surroundings};

/// What a reader does about notes whose place is in doubt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RefindingCommand {
    /// Go to the next note that is moved, unsure or lost; after the last to the first.
    Next,
    /// Go to the previous one.
    Previous,
    /// Put the note in focus on the possible place with that index.
    Choose(usize),
    /// The note in focus has no place in this text: it is kept as lost, and not sought again until the text changes.
    KeepAsLost,
    /// Look no longer for the notes that are being looked for.
    StopSeeking,
    /// Look for the notes that were not looked for yet.
    Seek,
}

/// A place where a note that is unsure could be, as shown.
#[derive(Clone, PartialEq, Debug)]
pub struct PossiblePlace {
    /// Where, in the document's text.
    pub span: Span,
    /// How much alike the words are, from 0 to 1.
    pub likeness: f32,
    /// What stands before.
    pub before: String,
    /// The words there.
    pub words: String,
    /// What stands after.
    pub after: String,
    /// The heading that they stand under; empty where there is none.
    pub heading: String,
}

/// A piece of quoted words as they were and are now, as shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum QuotedPiece {
    /// Still there.
    Kept(String),
    /// No longer there.
    Struck(String),
    /// New.
    Inserted(String),
}

/// How many characters stand around a possible place.
const CONTEXT: usize = 16;

impl Session {
    /// The table of these commands.
    pub(super) fn refind(&mut self, command: RefindingCommand, moment: Moment) -> Vec<Effect> {
        match command {
            RefindingCommand::Next => self.step_to_doubtful(true),
            RefindingCommand::Previous => self.step_to_doubtful(false),
            RefindingCommand::Choose(index) => self.choose_place(index, moment),
            RefindingCommand::KeepAsLost => self.keep_as_lost(moment),
            RefindingCommand::StopSeeking => self.stop_seeking(),
            RefindingCommand::Seek => {
                self.active_index().map_or_else(Vec::new, |index| self.seek_notes(index))
            }
        }
    }

    fn step_to_doubtful(&mut self, forward: bool) -> Vec<Effect> {
        let Some(next) = self.reader().map(|reader| reader.doubtful_beside(forward)) else {
            return Vec::new();
        };
        let Some(id) = next else { return self.told(MessageText::NothingInDoubt) };
        self.settings.notes_open = true;
        self.go_to_note(id)
    }

    fn choose_place(&mut self, index: usize, moment: Moment) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return Vec::new() };
        let Some(id) = reader.note_in_focus() else { return Vec::new() };
        let Some(Found::Unsure { candidates }) = reader.found(id) else { return Vec::new() };
        let Some(&(span, _)) = candidates.get(index) else { return Vec::new() };
        let mut effects = self.place_note(id, span, moment);
        effects.extend(self.go_to_note(id));
        effects
    }

    fn keep_as_lost(&mut self, moment: Moment) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return Vec::new() };
        let Some(id) = reader.note_in_focus().filter(|id| reader.is_doubtful(*id)) else { return Vec::new() };
        let text = reader.document().id();
        self.change_note(id, moment, false, |note| note.placing.lost_in = Some(text))
    }
}

impl Reader {
    /// Whether a note is moved, unsure or lost.
    pub fn is_doubtful(&self, id: NoteId) -> bool {
        self.found(id).is_some_and(|found| found.state() != FoundState::Exact)
    }

    /// How many notes are exact, moved, unsure and lost.
    pub fn found_counts(&self) -> [usize; 4] {
        let states = || self.notebook.iter().filter_map(|note| self.found(note.id)).map(Found::state);
        FoundState::ALL.map(|state| states().filter(|each| *each == state).count())
    }

    /// The doubtful note after (or before) the one in focus, in the order of the document, and around its end.
    fn doubtful_beside(&self, forward: bool) -> Option<NoteId> {
        let mut doubtful: Vec<_> = self.notebook.iter().filter(|note| self.is_doubtful(note.id)).collect();
        doubtful.sort_by_key(|note| self.place_in_order(note));
        let here = self.note_in_focus().and_then(|id| self.notebook.get(id));
        let here = here.map_or((Span::at(self.position()), None), |note| self.place_in_order(note));
        let ids = doubtful.iter().map(|note| note.id);
        let after = doubtful.iter().position(|note| self.place_in_order(note) > here);
        let before = doubtful.iter().rposition(|note| self.place_in_order(note) < here);
        let next =
            if forward { after.unwrap_or(0) } else { before.unwrap_or(doubtful.len().saturating_sub(1)) };
        ids.into_iter().nth(next)
    }

    fn place_in_order(&self, note: &Annotation) -> (Span, Option<NoteId>) {
        let place = self.found(note.id).and_then(super::notes::place_of).unwrap_or(note.anchor.span);
        (place, Some(note.id))
    }

    /// Where an unsure note could be, the likeliest place first; nothing for any other.
    pub fn possible_places(&self, id: NoteId) -> Vec<PossiblePlace> {
        let Some(Found::Unsure { candidates }) = self.found(id) else { return Vec::new() };
        candidates.iter().map(|&(span, likeness)| self.possible_place(span, likeness)).collect()
    }

    fn possible_place(&self, span: Span, likeness: f32) -> PossiblePlace {
        let around = surroundings(self.document().text(), span, CONTEXT);
        let shown = |span: Span| self.shown_text(span).replace('\n', " ");
        let headings = Anchor::of(self.document(), span).headings;
        PossiblePlace {
            span,
            likeness,
            before: shown(around.before),
            words: shown(span),
            after: shown(around.after),
            heading: headings.last().map(|heading| self.show_text(heading)).unwrap_or_default(),
        }
    }

    /// What changed in the words that a moved note quotes; nothing where they are the same.
    pub fn quoted_pieces(&self, id: NoteId) -> Vec<QuotedPiece> {
        let Some((note, Found::Moved { span, .. })) = self.notebook.get(id).zip(self.found(id)) else {
            return Vec::new();
        };
        let pieces = quoted_pieces(&note.anchor.quote, self.document(), *span);
        let changed = pieces.iter().any(|piece| !matches!(piece, QuotedPiece::Kept(_)));
        let show = |piece| match piece {
            QuotedPiece::Kept(text) => QuotedPiece::Kept(self.show_text(&text)),
            QuotedPiece::Struck(text) => QuotedPiece::Struck(self.show_text(&text)),
            QuotedPiece::Inserted(text) => QuotedPiece::Inserted(self.show_text(&text)),
        };
        if changed { pieces.into_iter().map(show).collect() } else { Vec::new() }
    }
}

/// The words of `quote` beside those at `span` of `document`: what is still there, what is gone, what is new.
fn quoted_pieces(quote: &str, document: &Document, span: Span) -> Vec<QuotedPiece> {
    let Some(then) = document_of(quote, document) else { return Vec::new() };
    let whole = Span::whole(quote);
    let mut pieces = Vec::new();
    let mut reached = 0;
    let words = |span: Span, text: &str| span.of(text).unwrap_or_default().to_owned();
    for difference in differences(&then, whole, document, span) {
        if matches!(difference.change, Change::Slight(_)) || difference.left.start() < reached {
            continue;
        }
        pieces.push(QuotedPiece::Kept(words(Span::new(reached, difference.left.start()), quote)));
        pieces.push(QuotedPiece::Struck(words(difference.left, quote)));
        pieces.push(QuotedPiece::Inserted(words(difference.right, document.text())));
        reached = difference.left.end();
    }
    pieces.push(QuotedPiece::Kept(words(Span::new(reached, whole.end()), quote)));
    pieces.retain(|piece| !piece.text().is_empty());
    pieces
}

impl QuotedPiece {
    /// The words.
    pub fn text(&self) -> &str {
        let (Self::Kept(text) | Self::Struck(text) | Self::Inserted(text)) = self;
        text
    }
}

/// A document of these words alone, in the script of another.
fn document_of(words: &str, like: &Document) -> Option<Document> {
    let block = Block { span: Span::whole(words), kind: BlockKind::Paragraph, boxed: false };
    let parts =
        Parts { text: Arc::from(words), blocks: vec![block], written: like.written(), ..Parts::default() };
    Document::new(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::super::Command;
    use super::super::tests::{CLAUSES, Desk, noted};
    use super::*;

    /// A desk with notes on these words of [`CLAUSES`], the text then having become `now`.
    fn after(quotes: &[&str], now: &str) -> Desk {
        let mut desk = Desk::with("");
        desk.open("now.txt", now, noted(CLAUSES, quotes));
        desk
    }

    fn ask(desk: &mut Desk, command: RefindingCommand) {
        desk.ask(Command::Refinding(command));
    }

    fn in_focus(desk: &Desk) -> (String, FoundState) {
        let id = desk.reader().note_in_focus().unwrap();
        let quote = desk.reader().notebook().get(id).unwrap().anchor.quote.clone();
        (quote, desk.reader().found(id).unwrap().state())
    }

    /// The second article stands twice, with nothing around that could tell which.
    fn unsure() -> Desk {
        let row = "图书室每周开放三次，由管理员登记借书的人和日期。\n\n";
        after(&["图书室每周开放三次"], &format!("{row}{row}"))
    }

    #[test]
    fn what_happened_is_reported_and_stepped_through() {
        let now =
            CLAUSES.replace("柳树由小学的孩子们", "杨柳由小学的孩子们").replace("第一条", "前言。第一条");
        let now = now.replace("登记借书的人和日期", "");
        let mut desk =
            after(&["任何单位不得", "登记借书的人和日期", "河堤上的柳树由小学的孩子们认领，每年"], &now);
        assert_eq!(desk.reader().found_counts(), [1, 1, 0, 1], "{:?}", desk.session.messages());
        let told = |desk: &Desk| {
            desk.session.messages().iter().any(|message| {
                matches!(message.text, MessageText::NotesFound { exact: 1, moved: 1, unsure: 0, lost: 1, .. })
            })
        };
        assert!(told(&desk));
        ask(&mut desk, RefindingCommand::Next);
        assert_eq!(in_focus(&desk), ("登记借书的人和日期".to_owned(), FoundState::Lost));
        ask(&mut desk, RefindingCommand::Next);
        assert_eq!(in_focus(&desk).1, FoundState::Moved);
        ask(&mut desk, RefindingCommand::Next);
        assert_eq!(in_focus(&desk).1, FoundState::Lost);
        ask(&mut desk, RefindingCommand::Previous);
        assert_eq!(in_focus(&desk).1, FoundState::Moved);
    }

    #[test]
    fn one_key_chooses_a_place_and_undo_takes_it_back() {
        let mut desk = unsure();
        ask(&mut desk, RefindingCommand::Next);
        let id = desk.reader().note_in_focus().unwrap();
        let places = desk.reader().possible_places(id);
        assert_eq!(places.len(), 2, "{places:?}");
        assert_eq!(
            (&*places[1].words, &*places[1].after),
            ("图书室每周开放三次", "，由管理员登记借书的人和日期。")
        );
        let original = desk.reader().notebook().get(id).unwrap().anchor.clone();
        assert_eq!(desk.reader().note_row(id).unwrap().quote, original.quote, "what was marked, not a guess");
        ask(&mut desk, RefindingCommand::Choose(1));
        assert_eq!(desk.reader().found(id), Some(&Found::Exact(places[1].span)));
        let note = desk.last_save().notes().next().unwrap().clone();
        assert_eq!((note.anchor.span, note.original_anchor()), (places[1].span, &original));
        desk.ask(Command::Undo);
        assert_eq!(desk.reader().possible_places(id), places);
        desk.ask(Command::Redo);
        assert_eq!(desk.reader().found(id), Some(&Found::Exact(places[1].span)));
        ask(&mut desk, RefindingCommand::Next);
        assert_eq!(desk.session.messages().last().unwrap().text, MessageText::NothingInDoubt);
    }

    #[test]
    fn what_is_kept_as_lost_is_not_sought_in_that_text_and_undo_takes_it_back() {
        let mut desk = unsure();
        ask(&mut desk, RefindingCommand::Next);
        let id = desk.reader().note_in_focus().unwrap();
        ask(&mut desk, RefindingCommand::KeepAsLost);
        assert_eq!(desk.reader().found(id), Some(&Found::Lost));
        let text = desk.reader().document().id();
        assert!(desk.last_save().notes().next().unwrap().is_kept_as_lost_in(text));
        desk.ask(Command::Undo);
        assert_eq!(desk.reader().found(id).unwrap().state(), FoundState::Unsure);
        desk.ask(Command::Redo);
        assert_eq!(desk.reader().found(id), Some(&Found::Lost));
    }

    #[test]
    fn moved_notes_show_what_changed_in_their_words() {
        let check = |quote: &str, now: &str, expected: &str| {
            let document = Desk::with(now).reader().document().clone();
            let pieces = quoted_pieces(quote, &document, Span::whole(now));
            let marked = pieces.iter().map(|piece| match piece {
                QuotedPiece::Kept(text) => text.clone(),
                QuotedPiece::Struck(text) => format!("−{text}−"),
                QuotedPiece::Inserted(text) => format!("+{text}+"),
            });
            assert_eq!(marked.collect::<String>(), expected);
        };
        check("河堤上的柳树由孩子们认领", "河堤上的杨柳由孩子们认领", "河堤上的−柳树−+杨柳+由孩子们认领");
        check("图书室每周开放三次", "图书室每周开放", "图书室每周开放−三次−");
        check("先种树，再清淤", "先種樹，再清淤", "先种树，再清淤");
    }
}
