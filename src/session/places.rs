//! Where the notes of a document are in the text that is read.
//!
//! A place counts for the anchor by which it was found, and for no other: a note that gets another anchor, by hand, by
//! undo, from an earlier version or from another program, is placed anew. What neither stands where it was made nor was
//! found before waits to be looked for, and is drawn nowhere meanwhile.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Seeking, Ticket};
use crate::document::{Document, TextId};
use crate::notes::{Anchor, Annotation, Found, NoteId, Notebook, Target, in_place};

/// Where the notes of a document are in one text of it, and which of them were not looked for yet.
///
/// Holds after [`Places::renew`]: each note of the notebook has a place (which may be [`Found::Lost`]) or waits.
#[derive(Debug, Default)]
pub(super) struct Places {
    placed: HashMap<NoteId, Placed>,
    /// Where anchors were found that do not stand where they were made: what comes back with one is there again.
    known: HashMap<Anchor, Found>,
    waiting: BTreeMap<NoteId, Arc<Annotation>>,
    /// The text may be damaged or cut off: what is not where it was is lost, and nothing is put elsewhere.
    damaged: bool,
    seeking: Seeking,
    /// The notes that are being looked for, as they were asked for.
    asked: Vec<Arc<Annotation>>,
    telling: Option<Telling>,
}

/// The reader is to be told what comes of looking for notes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Telling {
    /// Whether the text is another than the notes were last kept for, where that is known.
    pub(super) changed: Option<bool>,
}

/// Where a note is, and the note as it was found there.
#[derive(Debug)]
struct Placed {
    note: Arc<Annotation>,
    found: Found,
}

impl Placed {
    /// Whether it is the place of the note as it is now: of its anchor, and of what the reader said of it.
    fn is_of(&self, note: &Arc<Annotation>, text: TextId) -> bool {
        let lost = |note: &Annotation| note.is_kept_as_lost_in(text);
        let same = |then: &Annotation| then.anchor == note.anchor && lost(then) == lost(note);
        Arc::ptr_eq(&self.note, note) || same(&self.note)
    }
}

impl Places {
    /// Those in a text that was just read. `found` says of some notes where they are; the others wait.
    pub(super) fn of_read(
        document: &Document,
        notebook: &Notebook,
        found: Vec<(NoteId, Found)>,
        damaged: bool,
        telling: Telling,
    ) -> Self {
        let telling = Some(telling).filter(|_| found.len() < notebook.len());
        let mut places = Self { damaged, telling, ..Self::default() };
        for (id, found) in found {
            let Some(note) = notebook.get_shared(id).map(Arc::clone) else { continue };
            if !note.is_kept_as_lost_in(document.id()) {
                places.know(&note.anchor, found.clone());
            }
            places.placed.insert(id, Placed { note, found });
        }
        places
    }

    /// Takes over what was the case for the same text: where anchors are, and that the reader ended the search.
    pub(super) fn continue_from(&mut self, before: Self) {
        if before.damaged == self.damaged {
            let own = std::mem::replace(&mut self.known, before.known);
            self.known.extend(own);
        }
        self.telling = before.telling.filter(|_| !before.waiting.is_empty());
        if before.seeking == Seeking::Stopped {
            self.seeking = Seeking::Stopped;
        }
    }

    /// Remembers where an anchor was found in this text.
    pub(super) fn know(&mut self, anchor: &Anchor, found: Found) {
        if found != Found::Exact(anchor.span) {
            self.known.insert(anchor.clone(), found);
        }
    }

    /// To be called when notes have changed: each is placed by the anchor that it has now, or waits.
    pub(super) fn renew(&mut self, notebook: &Notebook, document: &Document) {
        let (text, target) = (document.id(), Target::new(document));
        let mut before = std::mem::take(&mut self.placed);
        self.waiting.clear();
        for note in notebook.iter_shared() {
            let kept = before.remove(&note.id).filter(|placed| placed.is_of(note, text));
            match kept.map(|placed| placed.found).or_else(|| self.find(note, &target)) {
                Some(found) => {
                    self.placed.insert(note.id, Placed { note: Arc::clone(note), found });
                }
                None => {
                    self.waiting.insert(note.id, Arc::clone(note));
                }
            }
        }
        if self.waiting.is_empty() && self.seeking == Seeking::Stopped {
            self.seeking = Seeking::Done;
        }
    }

    /// Where a note is; `None` where it has to be looked for.
    fn find(&self, note: &Annotation, target: &Target<'_>) -> Option<Found> {
        let known = in_place(note, target).or_else(|| self.known.get(&note.anchor).cloned());
        known.or_else(|| self.damaged.then_some(Found::Lost))
    }

    /// Where a note is now; `None` where it was not looked for yet.
    pub(super) fn of(&self, id: NoteId) -> Option<&Found> {
        self.placed.get(&id).map(|placed| &placed.found)
    }
}

/// Looking for the notes that wait.
impl Places {
    pub(super) fn seeking(&self) -> Seeking {
        self.seeking
    }

    /// How many notes were not looked for yet.
    pub(super) fn count_waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Whether a note was not looked for yet.
    pub(super) fn is_waiting(&self, id: NoteId) -> bool {
        self.waiting.contains_key(&id)
    }

    /// Whether notes wait that nobody looks for, and the reader did not end that.
    pub(super) fn need_seeking(&self) -> bool {
        self.seeking == Seeking::Done && !self.waiting.is_empty()
    }

    /// The request that will be answered, if there is one.
    pub(super) fn ticket(&self) -> Option<Ticket> {
        match self.seeking {
            Seeking::Running { ticket, .. } => Some(ticket),
            Seeking::Done | Seeking::Stopped => None,
        }
    }

    /// All notes that wait are looked for from now on; answers which.
    pub(super) fn begin(&mut self, ticket: Ticket) -> Vec<Arc<Annotation>> {
        self.seeking = Seeking::Running { ticket, done: 0.0 };
        self.asked = self.waiting.values().cloned().collect();
        self.asked.clone()
    }

    pub(super) fn go_on(&mut self, ticket: Ticket, done: f32) {
        self.seeking = Seeking::Running { ticket, done };
    }

    /// The notes that wait stay where they were made until the reader wants them looked for.
    pub(super) fn stop(&mut self) {
        self.seeking = Seeking::Stopped;
        self.asked.clear();
    }

    /// Takes in what came of it; [`Places::renew`] is to follow. Answers what the reader is to be told by.
    pub(super) fn take_sought(&mut self, found: Vec<(NoteId, Found)>) -> Option<Telling> {
        let asked: BTreeMap<NoteId, Arc<Annotation>> =
            std::mem::take(&mut self.asked).into_iter().map(|note| (note.id, note)).collect();
        // What was not answered is not asked for again and again.
        self.seeking = if found.len() < asked.len() { Seeking::Stopped } else { Seeking::Done };
        for (id, found) in found {
            if let Some(note) = asked.get(&id) {
                self.known.insert(note.anchor.clone(), found);
            }
        }
        self.telling.take()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{CLAUSES, Desk};
    use super::super::{Command, RefindingCommand, TrashCommand};
    use super::*;
    use crate::notes::Colour;
    use crate::text::Span;

    const WORDS: [&str; 5] = ["任何单位", "河道", "图书室", "柳树", "每年春天"];

    fn span_of(words: &str) -> Span {
        let start = CLAUSES.find(words).unwrap();
        Span::from_range(&(start..start + words.len()))
    }

    /// What a reader may do with one of three notes; `words` is where to.
    fn act(desk: &mut Desk, deed: u8, note: usize, words: usize) {
        let notes: Vec<NoteId> = desk.reader().notebook().iter().map(|note| note.id).collect();
        let Some(&id) = notes.get(note) else { return };
        match deed {
            0 => desk.ask(Command::PlaceNote(id, span_of(WORDS[words]))),
            1 => desk.ask(Command::DeleteNote(id)),
            2 => desk.ask(Command::Trash(TrashCommand::RestoreAll)),
            3 => {
                desk.ask(Command::FocusNote(id));
                desk.ask(Command::Refinding(RefindingCommand::KeepAsLost));
            }
            4 | 5 => desk.ask(Command::Undo),
            6 => desk.ask(Command::Redo),
            _ => desk.ask(Command::Recolour(id, Colour::ALL[words])),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// In the text that notes were made in, each is on the words that its anchor quotes, whatever was done.
        #[test]
        fn a_note_is_always_where_its_anchor_is(
            deeds in proptest::collection::vec((0_u8..8, 0_usize..3, 0..WORDS.len()), 1..24),
        ) {
            let mut desk = Desk::with(CLAUSES);
            for words in &WORDS[..3] {
                desk.select(words);
                desk.ask(Command::Highlight(Colour::Yellow));
            }
            for (deed, note, words) in deeds {
                act(&mut desk, deed, note, words);
                let reader = desk.reader();
                for note in reader.notebook().iter() {
                    prop_assert_eq!(reader.found(note.id), Some(&Found::Exact(note.anchor.span)));
                    prop_assert_eq!(note.anchor.span.of(CLAUSES), Some(&*note.anchor.quote));
                }
            }
        }
    }
}
