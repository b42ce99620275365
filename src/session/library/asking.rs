//! What is asked of the library, what it asks of the world, and what the world tells it.

use std::path::PathBuf;

use super::{FoundDocument, LibraryAdded, LibraryEntry, LibraryProgress, LibrarySearchRequest, LibrarySort};
use crate::document::TextId;
use crate::session::{Place, Ticket};

/// What a reader asks of the library.
#[derive(Clone, PartialEq, Debug)]
pub enum LibraryCommand {
    /// Ask which files to add.
    AskForFiles,
    /// Ask which folder to add.
    AskForFolder,
    /// Add files, and folders with all that is in them.
    Add(Vec<PathBuf>),
    /// End what is being added or looked at.
    Stop,
    /// Look at every document again, and at what is new in the folders.
    LookAgain,
    /// Throw the index away and make it again.
    MakeIndexAnew,
    /// Take documents out of the list; nothing else happens to them.
    Remove(Vec<Place>),
    /// Put back what was taken out last.
    PutBack,
    /// Look at a folder no longer; its documents stay.
    RemoveFolder(PathBuf),
    /// List only documents whose title or path has this.
    Filter(String),
    /// List in this order; once more turns it round.
    Sort(LibrarySort),
    /// Find this in all documents.
    Search(String),
    /// Whether only the script as it is written is found.
    SearchAsWritten(bool),
    /// Open a document that was found, at one of its hits (counted from 0), with the field for finding filled.
    GoToFound {
        /// Which document, counted from 0.
        document: usize,
        /// Which hit.
        hit: usize,
    },
    /// A document uses the notes of another with the same text from now on.
    ShareNotes {
        /// The document.
        place: Place,
        /// The one that has the notes.
        with: Place,
    },
    /// A document keeps notes of its own, though another has the same text.
    KeepApart {
        /// The document.
        place: Place,
        /// Its text.
        text: TextId,
    },
}

/// What the library asks of the world.
#[derive(Clone, PartialEq, Debug)]
pub enum LibraryEffect {
    /// Ask the reader for files to add, without blocking the window. Answered by [`LibraryCommand::Add`].
    AskForFiles,
    /// Ask the reader for a folder to add, without blocking the window. Answered by [`LibraryCommand::Add`].
    AskForFolder,
    /// Tell the list, now and whenever it changes: [`LibraryEvent::Listed`].
    List,
    /// Add files and folders. Answered by [`LibraryEvent::Progress`] from time to time and
    /// [`LibraryEvent::Added`] in the end.
    Add {
        /// Comes back with the answers.
        ticket: Ticket,
        /// What to add.
        paths: Vec<PathBuf>,
    },
    /// Look at every document again. Answered as [`LibraryEffect::Add`] is.
    LookAgain {
        /// Comes back with the answers.
        ticket: Ticket,
        /// Whether the index is thrown away first.
        anew: bool,
    },
    /// End what has this ticket, soon. It answers what was done until then.
    Stop(Ticket),
    /// Take documents out of the list.
    Remove(Vec<Place>),
    /// Put documents back into the list.
    PutBack(Vec<LibraryEntry>),
    /// Look at a folder no longer.
    RemoveFolder(PathBuf),
    /// Find something in all documents. Answered by one or more [`LibraryEvent::Found`]; a newer search ends it.
    Search {
        /// Comes back with the answers.
        ticket: Ticket,
        /// What to find.
        request: LibrarySearchRequest,
    },
    /// Use the notes of another document. Answered by [`LibraryEvent::NotesShared`].
    ShareNotes {
        /// The document.
        place: Place,
        /// The one that has the notes.
        with: Place,
    },
    /// Remember that a document keeps notes of its own.
    KeepApart {
        /// The document.
        place: Place,
        /// Its text.
        text: TextId,
    },
}

/// What the world tells the library.
#[derive(Clone, PartialEq, Debug)]
pub enum LibraryEvent {
    /// The list as it is now.
    Listed {
        /// Every document.
        entries: Vec<LibraryEntry>,
        /// The folders that were added whole.
        folders: Vec<PathBuf>,
    },
    /// How far something is.
    Progress {
        /// The request's; a number that was never given where nobody asked, as at the start.
        ticket: Ticket,
        /// How far.
        progress: LibraryProgress,
    },
    /// Something is done.
    Added {
        /// The request's.
        ticket: Ticket,
        /// What came of it.
        added: LibraryAdded,
    },
    /// More documents that were found.
    Found {
        /// The request's.
        ticket: Ticket,
        /// These come after the ones told before.
        documents: Vec<FoundDocument>,
        /// Whether these are the last.
        complete: bool,
        /// Why not all was searched.
        fault: Option<String>,
    },
    /// A document that was opened has the text of another one, which has notes.
    SameText {
        /// The document.
        place: Place,
        /// Its text.
        text: TextId,
        /// The other one.
        with: Place,
        /// How many notes the other one has.
        notes: usize,
    },
    /// The notes of a document that is no longer where it was came along to one with the same text.
    NotesCame {
        /// The document that has them now.
        place: Place,
        /// Where they were.
        from: Place,
        /// How many.
        notes: usize,
    },
    /// A document uses the notes of another one from now on, or why not.
    NotesShared {
        /// The document.
        place: Place,
        /// Why not.
        result: Result<(), String>,
    },
    /// Something to be told, in one sentence.
    Remark(String),
}
