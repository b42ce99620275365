//! Changes of the codebook, and of the tags of every document.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{CodebookEffect, CodebookMessage, TagReach};
use crate::notes::{Code, Codebook, Edit, NoteChange, Tag, TagChange};
use crate::session::{CodebookCommand, Command, Effect, MessageText, Moment, Place, SaveState, Session};

/// The codebook before a step and after it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(in crate::session) struct CodesChange {
    /// As it was.
    pub(in crate::session) before: Arc<Codebook>,
    /// As it became.
    pub(in crate::session) after: Arc<Codebook>,
}

impl CodesChange {
    /// The way back.
    pub(in crate::session) fn reversed(self) -> Self {
        Self { before: self.after, after: self.before }
    }
}

impl Session {
    /// Changes what the codebook says of a tag, which it then has.
    pub(super) fn change_code(&mut self, tag: Tag, change: impl FnOnce(&mut Code)) -> Vec<Effect> {
        let mut codebook = Codebook::clone(self.codebook());
        let mut code = codebook.get(&tag).cloned().unwrap_or_else(|| Code::new(tag));
        change(&mut code);
        codebook.put(code);
        self.change_codes(codebook, Vec::new())
    }

    /// One step of undo for as long as nothing else is done.
    pub(super) fn describe(&mut self, tag: Tag, said: String) -> Vec<Effect> {
        let goes_on = self.codes.typing.as_ref() == Some(&tag);
        let effects = if goes_on {
            let mut codebook = Codebook::clone(self.codebook());
            let code = codebook.get(&tag).cloned().unwrap_or_else(|| Code::new(tag.clone()));
            codebook.put(Code { description: said, ..code });
            self.grow_codes_step(codebook)
        } else {
            self.change_code(tag.clone(), |code| code.description = said)
        };
        // Without a step there is none that could grow.
        self.codes.typing = Some(tag).filter(|_| goes_on || !effects.is_empty());
        effects
    }

    /// What is typed after another command is another step of undo.
    pub(in crate::session) fn end_describing_unless(&mut self, command: &Command) {
        if !matches!(command, Command::Codebook(CodebookCommand::Describe(..)) | Command::Reached(_)) {
            self.codes.typing = None;
        }
    }

    /// Changes tags on every note of every document, and in the codebook: one step of undo.
    pub(super) fn change_tags(&mut self, change: &TagChange, moment: Moment) -> Vec<Effect> {
        if !self.knows_all_tags() {
            self.tell_codebook(CodebookMessage::StillCounting);
            return self.count_tags();
        }
        let TagReach { notes, .. } = self.reach(change);
        let tagged = self.tagged_documents();
        let edits = tagged.filter_map(|(place, notes)| Some((place, change.edit(notes.iter(), moment.now)?)));
        let (unknown, edits): (Vec<_>, Vec<_>) = edits.partition(|(place, _)| place.is_empty());
        let edits = edits.into_iter().map(|(place, edit)| (Place::from_words(&place), edit)).collect();
        let mut codebook = Codebook::clone(self.codebook());
        codebook.change(change);
        let effects = self.change_codes(codebook, edits);
        if !unknown.is_empty() {
            self.tell(MessageText::DocumentUnknown(String::new()));
        }
        if notes > 0 {
            self.tell_last_step();
        }
        effects
    }

    /// The one way in which the codebook changes by the reader's hand: as a step that can be undone, together
    /// with the notes that change with it.
    pub(super) fn change_codes(&mut self, codebook: Codebook, edits: Vec<(Place, Edit)>) -> Vec<Effect> {
        if self.is_codebook_read_only() {
            return Vec::new();
        }
        let before = Arc::clone(self.codebook());
        let mut effects = self.set_codebook(codebook);
        let after = Arc::clone(self.codebook());
        let codes = (before != after).then_some(CodesChange { before, after });
        effects.extend(self.edit_everywhere_with(codes, edits));
        effects
    }

    /// The same with changes of notes that are known one by one. Where the codebook cannot be changed, the notes
    /// change alone.
    pub(in crate::session) fn change_codes_and_notes(
        &mut self,
        codebook: Codebook,
        changes: BTreeMap<Place, Vec<NoteChange>>,
    ) -> Vec<Effect> {
        let before = Arc::clone(self.codebook());
        if *before == codebook || self.codes.read_only.is_some() {
            return self.change_everywhere(None, changes);
        }
        let mut effects = self.set_codebook(codebook);
        let after = Arc::clone(self.codebook());
        effects.extend(self.change_everywhere(Some(CodesChange { before, after }), changes));
        effects
    }

    fn grow_codes_step(&mut self, codebook: Codebook) -> Vec<Effect> {
        let effects = self.set_codebook(codebook);
        if !effects.is_empty() {
            let after = Arc::clone(self.codebook());
            self.everywhere.grow_codes(after);
        }
        effects
    }

    /// Undoes or redoes what a step has done to the codebook. What another program has changed since stays.
    pub(in crate::session) fn step_codes(&mut self, change: &CodesChange) -> Vec<Effect> {
        let codebook = change.before.merged(self.codebook(), &change.after);
        self.set_codebook(codebook)
    }

    /// Whether it cannot be changed; that is told then.
    fn is_codebook_read_only(&mut self) -> bool {
        let Some(reason) = self.codes.read_only.clone() else { return false };
        self.tell_codebook(CodebookMessage::ReadOnly(reason));
        true
    }

    /// The one door through which the codebook becomes another.
    fn set_codebook(&mut self, codebook: Codebook) -> Vec<Effect> {
        if codebook == **self.codebook() || self.is_codebook_read_only() {
            return Vec::new();
        }
        let now = Arc::new(codebook);
        let before = std::mem::replace(&mut self.codes.codebook, Arc::clone(&now));
        if self.codes.save_state == SaveState::Saved {
            self.codes.save_state = SaveState::Saving;
        }
        vec![Effect::Codebook(CodebookEffect::Save { before, now })]
    }
}
