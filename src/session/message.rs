//! What is told to the reader.

use std::path::PathBuf;

use super::{CodebookMessage, ImportMessage, LibraryAdded, OpenError, Place};
use crate::compare::Decision;
use crate::document::TextId;
use crate::notes::{NoteId, StateCounts};
use crate::text::Correction;

/// Something told to the reader, until it was seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// Its number: names it when it is dismissed.
    pub number: u64,
    /// What it says.
    pub text: MessageText,
}

/// How much a message matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Good to know; goes away by itself.
    Note,
    /// To be looked at; goes away by itself, but not soon.
    Warning,
    /// Something asked for was not done; stays until it was seen.
    Error,
}

/// What a message says; the window puts it into words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MessageText {
    /// Notes of a document were found again: how many moved, are unsure, are lost.
    NotesFound {
        /// The document.
        place: Place,
        /// Whether the document is known to have changed since they were made: of notes written by hand nobody knows.
        changed: bool,
        /// Found where they were.
        exact: usize,
        /// Found elsewhere.
        moved: usize,
        /// With several places that may be meant.
        unsure: usize,
        /// Not found.
        lost: usize,
    },
    /// The notes are kept in the reader's data folder, since the document's cannot be written to.
    NotesElsewhere(PathBuf),
    /// The notes cannot be changed, and why.
    NotesReadOnly(String),
    /// A damaged file of notes was set aside under this name.
    NotesSetAside(PathBuf),
    /// A remark of the store about the notes of a document.
    Remark(String),
    /// Notes were changed by another window or program, and joined with what is here.
    NotesMerged {
        /// The document's name.
        name: String,
        /// How many.
        counts: StateCounts,
    },
    /// A document without notes was opened, and notes on another one fit it.
    NotesFit {
        /// The document.
        place: Place,
        /// Its text.
        text: TextId,
        /// Whether the other one is no longer where it was.
        gone: bool,
        /// The title of the one that they were made on.
        from: String,
        /// How many have a place in this one.
        found: usize,
        /// How many there are.
        all: usize,
    },
    /// So many notes were attached; it can be undone.
    NotesAttached(usize),
    /// A document carries comments that could become notes.
    CommentsOffered {
        /// The document.
        place: Place,
        /// How many.
        count: usize,
    },
    /// So many comments were taken as notes; it can be undone.
    CommentsTaken(usize),
    /// Most notes of a document were taken away by another program. The reader is asked whether they are kept.
    NotesVanished {
        /// The document.
        place: Place,
        /// Which notes.
        notes: Vec<NoteId>,
        /// Whether that program said that they were deleted, so that they lie in the trash; otherwise its file only
        /// lacks them, and they are still here.
        deleted: bool,
    },
    /// A cloud drive made copies of a notes file, which can be joined with it.
    ConflictCopies {
        /// The document.
        place: Place,
        /// How many.
        count: usize,
    },
    /// They were joined.
    CopiesJoined {
        /// The document's name.
        name: String,
        /// How many.
        count: usize,
    },
    /// They could not be joined, and why.
    CopiesNotJoined(String),
    /// An earlier version of the notes could not be read, and why.
    VersionNotRead(String),
    /// The notes are as they were in an earlier version.
    VersionRestored {
        /// How many notes.
        notes: usize,
    },
    /// Notes could not be saved: of which document, and why. The store keeps trying.
    NotSaved {
        /// The document's name.
        name: String,
        /// Why.
        reason: String,
    },
    /// They were saved after all.
    SavedAfterAll(String),
    /// Notes of several documents were changed together; it can be undone.
    NotesChanged {
        /// How many notes.
        notes: usize,
        /// Of how many documents.
        documents: usize,
    },
    /// The notes of a document that is not open could not be changed.
    NotesNotChanged {
        /// The document's name.
        name: String,
        /// Why.
        reason: String,
    },
    /// It is not known which document notes belong to; its title, where that is known.
    DocumentUnknown(String),
    /// The state of the program could not be saved, and why.
    StateNotSaved(String),
    /// A script cannot be shown, and why.
    NoScript(String),
    /// Notes were exported.
    Exported {
        /// The file.
        path: PathBuf,
        /// How many notes.
        count: usize,
    },
    /// Notes were put on the clipboard: how many.
    ExportCopied(usize),
    /// Notes could not be put on the clipboard, and why.
    ExportNotCopied(String),
    /// The reader ended an export.
    ExportStopped,
    /// A comparison was exported.
    ComparisonExported {
        /// The file.
        path: PathBuf,
        /// How many links.
        links: usize,
    },
    /// Something could not be exported.
    NotExported {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// About the codebook.
    Codebook(CodebookMessage),
    /// What is told of importing.
    Import(ImportMessage),
    /// A document that is open could not be read again: what was read before stays.
    NotReadAgain {
        /// Its name.
        name: String,
        /// Why.
        reason: OpenError,
    },
    /// What was done to the notes of several documents, or of one that is not in front, was taken back or done again.
    Stepped {
        /// Whether it was taken back.
        back: bool,
        /// How many notes.
        notes: usize,
        /// Of which documents, by name.
        documents: Vec<String>,
    },
    /// What the reader said of a document for citing it was taken back or said again.
    SaidStepped {
        /// Whether it was taken back.
        back: bool,
        /// Of which document, by name.
        name: String,
    },
    /// A correction was removed; it can be put back.
    CorrectionRemoved {
        /// Of which document; `None` where it was one for all documents.
        place: Option<Place>,
        /// The correction.
        correction: Correction,
    },
    /// A change of the corrections was taken back or made again.
    CorrectionsStepped {
        /// Whether it was taken back.
        back: bool,
        /// Of which document, by name; `None` where it was one for all documents.
        name: Option<String>,
    },
    /// A note went to the trash.
    NoteDeleted {
        /// Of which document.
        place: Place,
        /// Which note.
        id: NoteId,
    },
    /// A document changed on disk since it was read.
    ChangedOnDisk(Place),
    /// A document is no longer where it was opened from. Its notes stay beside where it was.
    DocumentAway(Place),
    /// A document is no longer where it was opened from, and another file holds just what it held: it is read on there.
    DocumentMoved {
        /// Where it was.
        from: Place,
        /// Where it is now.
        to: Place,
    },
    /// A dialog could not be shown, and why.
    NoDialog(String),
    /// Nothing is selected that could be highlighted.
    NothingSelected,
    /// A note was to be made, and nothing is selected that it could be about.
    NoteNeedsWords,
    /// Not all of the document was read: notes can be made when it was.
    NotAllRead,
    /// The document has no bookmarks.
    NoBookmarks,
    /// A link is to be ended that was not begun.
    NoLinkBegun,
    /// A link would end where it begins.
    LinkToItself,
    /// No note is in focus that joins passages.
    NoLinkHere,
    /// A passage is no longer in its document.
    PassageLost,
    /// A note that is linked to is nowhere to be found.
    NoteNotFound,
    /// A passage was copied with its place, or a reference.
    CitationCopied,
    /// A document could not be cited, and why.
    NotCited(String),
    /// Every note is in its place.
    NothingInDoubt,
    /// The document may be damaged or cut off: its notes were only looked for where they were.
    NotesNotSought {
        /// The document's name.
        name: String,
        /// How many were not there.
        missing: usize,
    },
    /// There is nothing to export.
    NothingToExport,
    /// There are not two documents to compare.
    NothingToCompare,
    /// A comparison waits for this document, which was closed.
    ComparisonWaits(String),
    /// The section of this document that is compared stands elsewhere: the document has changed.
    SectionMoved(String),
    /// The section of this document that is to be compared is not found in it as it is now.
    SectionNotFound(String),
    /// A comparison could not be made, and why.
    ComparisonFailed(String),
    /// Not all that was decided by hand is where it was.
    RulingsPlaced {
        /// Found elsewhere.
        moved: usize,
        /// With several places that may be meant.
        unsure: usize,
        /// Not found.
        lost: usize,
    },
    /// The file of a comparison could not be read.
    ComparisonNotOpened {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Something was decided about a link by hand; it can be undone.
    Decided(Decision),
    /// What was decided about a pair earlier is still being read: only then can more be decided.
    DecisionsNotRead,
    /// No link is chosen.
    NoLinkChosen,
    /// A link is made by hand from what is selected on both sides.
    NothingSelectedOnBothSides,
    /// A link joins passages, and so much is none.
    TooMuchSelected {
        /// So many paragraphs may be selected on each side.
        most: usize,
    },
    /// There is no further link in this direction.
    NoFurtherLink,
    /// There is no further difference in this direction.
    NoFurtherDifference,
    /// There is no further passage without an answer in this direction.
    NoFurtherOnlyHere,
    /// Documents were added to the library, or looked at again.
    LibraryAdded(Box<LibraryAdded>),
    /// So many documents were taken out of the library's list, and of nothing else.
    TakenOut(usize),
    /// A document has the text of another one, which has notes: are they to be shared?
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
    /// The notes of a document came along to where it is now.
    NotesCame {
        /// The document's name.
        name: String,
        /// Where they were.
        from: String,
        /// How many.
        notes: usize,
    },
    /// A document uses the notes of another one from now on.
    NotesShared(String),
    /// Notes could not be shared.
    NotesNotShared {
        /// The document's name.
        name: String,
        /// Why.
        reason: String,
    },
}

/// There are too many: of those that matter least the oldest goes, the newest excepted. What waits for an answer stays.
pub(super) fn forget_one(messages: &mut Vec<Message>) {
    let seen = messages.iter().enumerate().take(messages.len().saturating_sub(1));
    let possible = seen.filter(|(_, message)| !message.text.waits_for_answer());
    let least = possible.min_by_key(|(_, message)| message.text.severity()).map(|(index, _)| index);
    if let Some(index) = least {
        messages.remove(index);
    }
}

impl MessageText {
    /// Whether it asks what must not be decided by waiting: then it stays until it was answered.
    pub fn waits_for_answer(&self) -> bool {
        matches!(self, Self::NotesVanished { .. })
    }

    /// The document that it is told of while it is in front; `None` where it is told whatever is in front.
    pub fn document(&self) -> Option<&Place> {
        match self {
            Self::ChangedOnDisk(place)
            | Self::DocumentAway(place)
            | Self::NotesFound { place, .. }
            | Self::NotesFit { place, .. }
            | Self::CommentsOffered { place, .. }
            | Self::ConflictCopies { place, .. }
            | Self::SameText { place, .. } => Some(place),
            _ => None,
        }
    }

    /// The document without which it has no use: what it offers can be done only while that is open.
    pub(super) fn needs(&self) -> Option<&Place> {
        match self {
            Self::NoteDeleted { place, .. } | Self::NotesVanished { place, .. } => Some(place),
            Self::CorrectionRemoved { place, .. } => place.as_ref(),
            _ => self.document(),
        }
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Codebook(message) => message.severity(),
            Self::Import(message) => message.severity(),
            Self::NotSaved { .. }
            | Self::NotesNotChanged { .. }
            | Self::NotExported { .. }
            | Self::ExportNotCopied(_)
            | Self::NoScript(_)
            | Self::NotCited(_)
            | Self::StateNotSaved(_)
            | Self::CopiesNotJoined(_)
            | Self::VersionNotRead(_)
            | Self::ComparisonFailed(_)
            | Self::ComparisonNotOpened { .. }
            | Self::NotReadAgain { .. }
            | Self::NotesNotShared { .. } => Severity::Error,
            Self::NotesReadOnly(_) | Self::NotesSetAside(_) | Self::Remark(_) | Self::NoDialog(_) => {
                Severity::Warning
            }
            Self::ChangedOnDisk(_)
            | Self::DocumentAway(_)
            | Self::NotesElsewhere(_)
            | Self::ConflictCopies { .. }
            | Self::NotesVanished { .. }
            | Self::NotesFit { .. }
            | Self::NotesNotSought { .. }
            | Self::DocumentUnknown(_)
            | Self::SameText { .. } => Severity::Warning,
            Self::LibraryAdded(added) if added.failed > 0 => Severity::Warning,
            Self::RulingsPlaced { unsure, lost, .. } | Self::NotesFound { unsure, lost, .. }
                if unsure + lost > 0 =>
            {
                Severity::Warning
            }
            _ => Severity::Note,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_too_many_the_oldest_that_matters_least_goes() {
        let [note, warning, error] = [
            MessageText::NothingInDoubt,
            MessageText::Remark(String::new()),
            MessageText::NotCited(String::new()),
        ];
        let asked = MessageText::NotesVanished {
            place: Place::Sample("a".to_owned()),
            notes: Vec::new(),
            deleted: true,
        };
        let check = |texts: &[&MessageText], expected: &[u64]| {
            let numbered =
                texts.iter().zip(0..).map(|(text, number)| Message { number, text: (*text).clone() });
            let mut messages: Vec<Message> = numbered.collect();
            forget_one(&mut messages);
            assert_eq!(messages.iter().map(|message| message.number).collect::<Vec<_>>(), expected);
        };
        check(&[&asked, &error, &warning, &note, &warning, &note, &note], &[0, 1, 2, 4, 5, 6]);
        check(&[&error, &warning, &warning, &note], &[0, 2, 3]);
        check(&[&error, &error, &note], &[1, 2]);
        check(&[&asked, &asked, &note], &[0, 1, 2]);
    }
}
