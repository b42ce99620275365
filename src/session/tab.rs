//! An open document's tab.

use std::sync::Arc;

use super::{Arriving, InSight, OpenError, Place, Reader, ReadingChoices, RestoredTab, Sought, Ticket};
use crate::import::Password;
use crate::notes::DocumentNotes;
use crate::text::Script;

/// Names a tab for as long as it is open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct TabId(pub u64);

/// A document that is open, is being opened, or could not be.
#[derive(Debug)]
pub struct Tab {
    /// Its name for as long as it is open.
    pub id: TabId,
    /// Where the document is read from.
    pub place: Place,
    /// Other names of the document: its own where `place` is a link to it, and those by which it was opened besides.
    pub(super) names: Vec<Place>,
    /// Whether the document is no longer at its place; what was read is still shown.
    pub(super) away: bool,
    /// Where it was until it was found to have moved, while it is being read where it is now.
    pub(super) moved_from: Option<Place>,
    /// The document whose notes it has by the reader's wish, where that is another one.
    pub(super) shares: Option<Place>,
    /// How far it is.
    pub stage: Stage,
    /// The request that is being answered.
    pub(super) ticket: Ticket,
    /// The script to show it in when it arrives.
    pub(super) script: Script,
    /// Where to go in it when it has arrived.
    pub(super) position: Option<u32>,
    /// The note to go to when it has arrived.
    pub(super) wished_note: Option<crate::notes::NoteId>,
    /// The passage to go to when the document has arrived, and the note that it was reached by.
    pub(super) wished_passage: Option<(crate::notes::Anchor, crate::notes::NoteId)>,
    /// What the reader chose and is not kept beside the document yet.
    pub(super) choices: Option<ReadingChoices>,
    /// What was in sight in its own pane, while a comparison uses its reader.
    pub(super) own_sight: Option<InSight>,
    /// What was looked for in all documents and led here.
    pub(super) sought: Option<Sought>,
    /// How far it is being read; `None` where nothing of it is.
    pub(super) arriving: Option<Arriving>,
    /// The password that the reader gave, as long as the document is open. It is kept in no file.
    pub(super) password: Option<Password>,
}

/// How far a document is.
#[derive(Debug)]
pub enum Stage {
    /// It is being read; nothing can be shown yet.
    Opening,
    /// It could not be read, and why.
    Failed(Arc<OpenError>),
    /// It can be read: all of it, or its first pages while the rest arrives.
    Open(Box<Reader>),
}

impl Tab {
    /// The document, once it is open.
    pub fn reader(&self) -> Option<&Reader> {
        match &self.stage {
            Stage::Open(reader) => Some(reader),
            Stage::Opening | Stage::Failed(_) => None,
        }
    }

    pub(super) fn reader_mut(&mut self) -> Option<&mut Reader> {
        match &mut self.stage {
            Stage::Open(reader) => Some(reader),
            Stage::Opening | Stage::Failed(_) => None,
        }
    }

    /// What to call it: the document's title in the script that is shown, or the name of the file.
    pub fn title(&self) -> String {
        let title = self.reader().and_then(|reader| {
            let field = reader.document().metadata().title.as_ref()?;
            Some(reader.show_text(&field.value)).filter(|title| !title.trim().is_empty())
        });
        title.unwrap_or_else(|| self.place.name())
    }

    /// The notes of the document and where each is; `None` as long as it has not arrived.
    pub(super) fn document_notes(&self) -> Option<DocumentNotes> {
        let reader = self.reader().filter(|reader| reader.complete())?;
        let notes = reader.document_notes();
        let title = if notes.title.trim().is_empty() { self.place.name() } else { notes.title };
        Some(DocumentNotes { place: self.place.to_words(), title, ..notes })
    }

    pub(super) fn to_restore(&self) -> RestoredTab {
        let reader = self.reader();
        let own = self.own_sight.map(|own| own.first);
        RestoredTab {
            place: self.place.clone(),
            script: reader.map_or(self.script, Reader::wanted_script),
            position: self.position.or(own).or(reader.map(Reader::position)).unwrap_or_default(),
        }
    }
}
