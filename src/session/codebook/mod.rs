//! The codebook: what the tags of all documents mean, and how they change everywhere at once.

mod change;
mod press;
mod sharing;
mod uses;

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;

pub(super) use change::CodesChange;
pub use sharing::{CODEBOOK_ENDING, IncomingCodebook, IncomingRow};
pub use uses::{TagReach, TagRow, TagUse, TaggedDocument};

use self::uses::Counted;
use super::{Effect, MessageText, Moment, SaveState, Session, Severity};
use crate::notes::{Codebook, Colour, Tag, TagChange};

/// What a reader can ask of the codebook.
#[derive(Clone, PartialEq, Debug)]
pub enum CodebookCommand {
    /// Count the tags of all documents, where that was not asked for before.
    CountTags,
    /// Have a tag in the codebook, whether a note carries it or not.
    Create(Tag),
    /// Say what a tag stands for. Typing merges into one step of undo.
    Describe(Tag, String),
    /// Give a tag a colour, or none.
    Colour(Tag, Option<Colour>),
    /// Give a tag a key, or none. Another tag that had the key has none then.
    Key(Tag, Option<char>),
    /// Change a tag on every note of every document, and in the codebook.
    Change(TagChange),
    /// The key of a tag: highlight the selection with the tag in its colour; where nothing is selected, the
    /// note in focus gets the tag or loses it.
    Press(char),
    /// Ask where to keep the codebook as a file to be shared.
    AskToShare,
    /// Ask for a codebook that somebody has shared.
    AskToFetch,
    /// Read a codebook that somebody has shared, to show what would come.
    Fetch(PathBuf),
    /// Take in what was fetched; with `as_known`, tags that are known in another script come as these.
    TakeIn {
        /// Whether the same words in another script are the same tag.
        as_known: bool,
    },
    /// Leave what was fetched.
    Leave,
}

/// What the session asks of the world for the codebook.
#[derive(Clone, Debug)]
pub enum CodebookEffect {
    /// Keep a change, soon. Answered by [`CodebookEvent::Saved`].
    Save {
        /// The codebook as it was.
        before: Arc<Codebook>,
        /// The codebook as it is.
        now: Arc<Codebook>,
    },
    /// Write a codebook to be shared. Answered by [`CodebookEvent::Shared`].
    Share {
        /// What to write.
        codebook: Arc<Codebook>,
        /// Where to.
        path: PathBuf,
    },
    /// Ask the reader for a shared codebook, without blocking the window. Answered by
    /// [`CodebookCommand::Fetch`].
    AskForFile,
    /// Read a shared codebook. Answered by [`CodebookEvent::Fetched`].
    Fetch(PathBuf),
}

/// What the world tells of the codebook.
#[derive(Debug)]
pub enum CodebookEvent {
    /// It was read.
    Read(Box<CodebookRead>),
    /// Another program has changed it, or something is to be told about its file.
    Changed {
        /// What the session has said or was told last.
        before: Arc<Codebook>,
        /// What has become of that.
        now: Arc<Codebook>,
        /// What is to be told, one sentence each.
        remarks: Vec<String>,
    },
    /// It was saved, or why not. After a failure the store keeps trying.
    Saved(Result<(), String>),
    /// It was written to be shared, or why not.
    Shared {
        /// The file.
        path: PathBuf,
        /// How many tags, or why not.
        result: Result<usize, String>,
    },
    /// A shared codebook was read, or why not.
    Fetched {
        /// The file.
        path: PathBuf,
        /// What it says.
        result: Result<Box<Codebook>, String>,
    },
}

/// What is known of the codebook's file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CodebookRead {
    /// The codebook.
    pub codebook: Codebook,
    /// Why it can be read but not changed.
    pub read_only: Option<String>,
    /// What is to be told, one sentence each.
    pub remarks: Vec<String>,
}

/// What is told to the reader about the codebook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CodebookMessage {
    /// It cannot be changed, and why.
    ReadOnly(String),
    /// It could not be saved, and why. The store keeps trying.
    NotSaved(String),
    /// It was saved after all.
    SavedAfterAll,
    /// The notes of all documents are still being read: a tag changes when they are known.
    StillCounting,
    /// It was written to be shared.
    Shared {
        /// The file.
        path: PathBuf,
        /// How many tags.
        count: usize,
    },
    /// It could not be written, and why.
    NotShared {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A shared codebook could not be read, and why.
    NotFetched {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A shared codebook was taken in: so many tags are new, so many say more than before.
    TakenIn {
        /// Tags that are new.
        new: usize,
        /// Tags that say more than before.
        completed: usize,
    },
}

impl CodebookMessage {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            Self::NotSaved(_) | Self::NotShared { .. } | Self::NotFetched { .. } => Severity::Error,
            Self::ReadOnly(_) | Self::StillCounting => Severity::Warning,
            Self::SavedAfterAll | Self::Shared { .. } | Self::TakenIn { .. } => Severity::Note,
        }
    }
}

/// What the session holds of the codebook.
#[derive(Debug, Default)]
pub(super) struct Codes {
    codebook: Arc<Codebook>,
    /// Why it cannot be changed; what was changed before that was known may be unsaved all the same.
    read_only: Option<String>,
    save_state: SaveState,
    /// What somebody has shared, until it is taken in or left.
    incoming: Option<IncomingCodebook>,
    /// The tag whose description is being typed.
    typing: Option<Tag>,
    /// How tags were used when last asked.
    counted: RefCell<Counted>,
}

impl Session {
    /// The codebook.
    pub fn codebook(&self) -> &Arc<Codebook> {
        &self.codes.codebook
    }

    /// Whether the codebook is saved.
    pub fn codebook_save_state(&self) -> &SaveState {
        &self.codes.save_state
    }

    /// The table of what can be asked of the codebook.
    pub(super) fn obey_codebook(&mut self, command: CodebookCommand, moment: Moment) -> Vec<Effect> {
        match command {
            CodebookCommand::CountTags => self.count_tags(),
            CodebookCommand::Create(tag) => self.change_code(tag, |_| {}),
            CodebookCommand::Describe(tag, said) => self.describe(tag, said),
            CodebookCommand::Colour(tag, colour) => self.change_code(tag, |code| code.colour = colour),
            CodebookCommand::Key(tag, key) => self.change_code(tag, |code| code.key = key),
            CodebookCommand::Change(change) => self.change_tags(&change, moment),
            CodebookCommand::Press(key) => self.press_code(key, moment),
            CodebookCommand::AskToShare => self.ask_to_share_codebook(),
            CodebookCommand::AskToFetch => vec![Effect::Codebook(CodebookEffect::AskForFile)],
            CodebookCommand::Fetch(path) => vec![Effect::Codebook(CodebookEffect::Fetch(path))],
            CodebookCommand::TakeIn { as_known } => self.take_in_codebook(as_known),
            CodebookCommand::Leave => self.leave_incoming(),
        }
    }

    /// The table of what is told of the codebook.
    pub(super) fn learn_codebook(&mut self, event: CodebookEvent) -> Vec<Effect> {
        match event {
            CodebookEvent::Read(read) => self.codebook_read(*read),
            CodebookEvent::Changed { before, now, remarks } => self.codebook_changed(&before, &now, remarks),
            CodebookEvent::Saved(result) => self.codebook_saved(result),
            CodebookEvent::Shared { path, result } => self.codebook_shared(path, result),
            CodebookEvent::Fetched { path, result } => self.codebook_fetched(path, result),
        }
    }

    /// What was changed before the file was read stays.
    fn codebook_read(&mut self, read: CodebookRead) -> Vec<Effect> {
        let codes = &mut self.codes;
        codes.codebook = Arc::new(Codebook::default().merged(&codes.codebook, &read.codebook));
        if let Some(reason) = read.read_only {
            codes.read_only = Some(reason.clone());
            self.tell(MessageText::Codebook(CodebookMessage::ReadOnly(reason)));
        }
        self.tell_remarks(read.remarks);
        Vec::new()
    }

    fn codebook_changed(&mut self, before: &Codebook, now: &Codebook, remarks: Vec<String>) -> Vec<Effect> {
        let codes = &mut self.codes;
        codes.codebook = Arc::new(before.merged(&codes.codebook, now));
        codes.read_only = None;
        self.tell_remarks(remarks);
        Vec::new()
    }

    fn tell_remarks(&mut self, remarks: Vec<String>) {
        for remark in remarks {
            self.tell(MessageText::Remark(remark));
        }
    }

    fn codebook_saved(&mut self, result: Result<(), String>) -> Vec<Effect> {
        let state = result.map_or_else(SaveState::NotSaved, |()| SaveState::Saved);
        let before = std::mem::replace(&mut self.codes.save_state, state.clone());
        match (before, state) {
            (_, SaveState::NotSaved(reason)) => self.tell_codebook(CodebookMessage::NotSaved(reason)),
            (SaveState::NotSaved(_), _) => self.tell_codebook(CodebookMessage::SavedAfterAll),
            _ => {}
        }
        Vec::new()
    }

    fn tell_codebook(&mut self, message: CodebookMessage) {
        self.tell(MessageText::Codebook(message));
    }
}

#[cfg(test)]
mod tests;
