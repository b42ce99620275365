//! The keys of tags.

use crate::notes::{Annotation, Code, NoteId, Tag};
use crate::session::{Effect, MessageText, Moment, Reader, Session};

impl Session {
    /// The key of a tag: tags the selection, or else the note in focus.
    pub(super) fn press_code(&mut self, key: char, moment: Moment) -> Vec<Effect> {
        let Some(code) = self.codebook().at_key(key).cloned() else { return Vec::new() };
        let Some(reader) = self.reader() else { return Vec::new() };
        match (reader.selection(), reader.note_in_focus()) {
            (Some(span), _) => {
                let colour = self.codebook().colour(&code.tag).unwrap_or_default();
                self.annotate_with(span, Some(colour), vec![code.tag], moment)
            }
            (None, Some(id)) if self.note_has(id, &code.tag) => {
                self.change_note(id, moment, false, |note| note.tags.retain(|tag| *tag != code.tag))
            }
            (None, Some(id)) => self.tag_note(id, &code, moment),
            (None, None) => self.told(MessageText::NothingSelected),
        }
    }

    fn note_has(&self, id: NoteId, tag: &Tag) -> bool {
        let note = self.reader().map(Reader::notebook).and_then(|notebook| notebook.get(id));
        note.is_some_and(|note| note.tags.contains(tag))
    }

    /// The first tag of a highlight colours it.
    fn tag_note(&mut self, id: NoteId, code: &Code, moment: Moment) -> Vec<Effect> {
        let colour = self.codebook().colour(&code.tag);
        self.change_note(id, moment, false, |note: &mut Annotation| {
            if note.tags.is_empty() && !note.is_bookmark() {
                note.colour = colour.or(note.colour);
            }
            note.tags.push(code.tag.clone());
        })
    }
}
