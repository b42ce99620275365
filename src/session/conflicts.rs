//! Choosing between two texts of a note that was changed in two places at once.

use std::sync::Arc;

use super::{Effect, Moment, Session};
use crate::notes::{Annotation, Conflict, Edit, NoteId};

/// What becomes of the other texts of a note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    /// The note keeps its own text, and the others go.
    Own,
    /// The note takes the other text of that index; the rest stay to choose from.
    Other(usize),
    /// All texts stand in the note, one below the other, under rules of Markdown.
    All,
}

impl Session {
    /// Settles the conflict of a note, as one step that can be undone.
    pub(super) fn choose_text(&mut self, id: NoteId, choice: Choice, moment: Moment) -> Vec<Effect> {
        let notebook = self.reader().map(super::Reader::notebook);
        let note = notebook.and_then(|notebook| notebook.get_shared(id)).cloned();
        let others = notebook.map(|notebook| notebook.conflicts_of(id).to_vec()).unwrap_or_default();
        let Some(edit) = note.and_then(|note| settling(&note, others, choice, moment)) else {
            return Vec::new();
        };
        self.edit(edit, false)
    }
}

/// `None` where there is nothing to choose.
fn settling(
    note: &Arc<Annotation>,
    mut others: Vec<Conflict>,
    choice: Choice,
    moment: Moment,
) -> Option<Edit> {
    if others.is_empty() {
        return None;
    }
    let text = match choice {
        Choice::Own => return Some(Edit::Dispute(note.id, Vec::new())),
        Choice::Other(index) if index < others.len() => others.remove(index).text,
        Choice::Other(_) => return None,
        Choice::All => {
            let texts = std::iter::once(note.text.clone()).chain(others.drain(..).map(|other| other.text));
            texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n---\n\n")
        }
    };
    let settled = Annotation { text, changed: moment.now, ..Annotation::clone(note) };
    Some(Edit::Group(vec![Edit::Replace(settled.into()), Edit::Dispute(note.id, others)]))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::super::tests::Desk;
    use super::super::{Command, Kept};
    use super::*;
    use crate::notes::Anchor;
    use crate::notes::sample::note;
    use crate::text::Span;

    /// A note that says `own`, and elsewhere `other` and `third`.
    fn disputed() -> (Desk, NoteId) {
        let anchor = Anchor { quote: "春眠".to_owned(), span: Span::new(0, 6), ..Anchor::default() };
        let own = Annotation { text: "own".to_owned(), ..note(1, anchor) };
        let conflict = |text: &str| Conflict { text: text.to_owned(), changed: Timestamp::UNIX_EPOCH };
        let id = own.id;
        let kept = Kept {
            annotations: vec![own.into()].into(),
            conflicts: [(id, vec![conflict("other"), conflict("third")])].into(),
            ..Kept::default()
        };
        let mut desk = Desk::with("x\n");
        desk.open("poem.txt", "春眠不覺曉。\n", kept);
        (desk, id)
    }

    #[test]
    fn a_choice_is_one_step() {
        let check = |choice: Choice, text: &str, left: &[&str]| {
            let (mut desk, id) = disputed();
            desk.ask(Command::ChooseText(id, choice));
            let notebook = desk.reader().notebook();
            let others: Vec<&str> = notebook.conflicts_of(id).iter().map(|one| &*one.text).collect();
            assert_eq!((&*notebook.get(id).unwrap().text, &*others), (text, left), "{choice:?}");
            if choice != Choice::Other(9) {
                desk.ask(Command::Undo);
                assert_eq!(desk.reader().notebook().conflicts_of(id).len(), 2);
            }
        };
        check(Choice::Own, "own", &[]);
        check(Choice::Other(1), "third", &["other"]);
        check(Choice::All, "own\n\n---\n\nother\n\n---\n\nthird", &[]);
        check(Choice::Other(9), "own", &["other", "third"]);
    }

    #[test]
    fn what_was_chosen_is_sent_to_be_kept() {
        let (mut desk, id) = disputed();
        assert_eq!(desk.reader().note_row(id).unwrap().conflicts.len(), 2);
        desk.ask(Command::ChooseText(id, Choice::Own));
        assert!(desk.last_save().conflicts.is_empty());
    }
}
