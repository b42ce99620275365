//! What the session asks of the world, and what the world tells it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;

use super::{
    AttachEffect, AttachEvent, BoardJob, CiteJob, CodebookEffect, CodebookEvent, CompareJob,
    ComparisonExportJob, ComparisonFile, ComparisonId, ComparisonRead, ExportEffect, ExportEvent, Findings,
    GatheredNotes, ImportEffect, ImportEvent, KeptComparison, LibraryEffect, LibraryEvent, NotCompared,
    PaneId, Place, PlacedChanges, Restored, SearchRequest, StepsEverywhere, Version,
};
use crate::compare::{Board, Part, Side};
use crate::document::{Address, Bibliography, Document, RepairChoices, TextId};
use crate::exchange::Format;
use crate::export::citation::Citation;
use crate::import::{ImportError, Imported, Password};
use crate::notes::{
    Anchor, Annotation, Conflict, DocumentNotes, Found, History, NoteChange, NoteId, NoteList, Trashed,
};
use crate::text::{Corrections, Doubt, Script, Span, Written};

/// Ties an answer to its request. An answer whose ticket is old is ignored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Ticket(pub u64);

/// What is asked of the world.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Read a document and its notes. Answered by [`Event::DriveStalls`] where it has to be waited for, by
    /// [`Event::ReadingProgress`] and [`Event::Beginning`] for a long one, then by [`Event::Opened`] or [`Event::NotOpened`].
    Read {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Where from.
        place: Place,
        /// What the reader chose just now, over what is kept beside the document; `None` to use that.
        choices: Option<ReadingChoices>,
        /// The password, where the reader was asked for one.
        password: Option<Password>,
    },
    /// Read this document no longer. No answer is waited for.
    StopReading(Ticket),
    /// Keep the notes of a document: at the latest a second from now. A newer request for the same place
    /// replaces an older one that was not carried out. Answered by [`Event::NotesKept`] as soon as they are
    /// on the disk, and by [`Event::NotesSaved`] when their file was written or could not be.
    SaveNotes {
        /// Comes back with the answers.
        ticket: Ticket,
        /// The document they belong to.
        place: Place,
        /// What the session last said or was told: what `kept` lacks of it was deleted.
        base: Arc<Kept>,
        /// All that is kept beside it.
        kept: Arc<Kept>,
        /// What can be undone and done again, for the next time that the document is opened.
        history: Arc<History>,
    },
    /// List the earlier versions of the notes of a document. Answered by [`Event::VersionsListed`].
    ListVersions {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The document.
        place: Place,
        /// The notes as they are.
        now: Arc<Kept>,
    },
    /// Read an earlier version of the notes of a document. Answered by [`Event::VersionRead`].
    ReadVersion {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The document.
        place: Place,
        /// Which version.
        name: String,
    },
    /// Join the copies that a cloud drive made of the notes of a document. Answered by
    /// [`Event::CopiesJoined`].
    JoinCopies(Place),
    /// Write the notes files of all documents now: the reader turns to something else. Not answered.
    SettleNotes,
    /// Read the notes of every document of the library, and of those in `known`. Answered by one or more
    /// [`Event::NotesCollected`].
    CollectNotes {
        /// Comes back with the answers.
        ticket: Ticket,
        /// Documents that the library may not have.
        known: Vec<Place>,
    },
    /// Keep what can be undone of what was done to the notes of all documents. Not answered.
    KeepSteps(Arc<StepsEverywhere>),
    /// Read no more of them; the ticket is newer than that of the request. Not answered.
    StopCollecting(Ticket),
    /// Change notes of documents that are not open, and save them. Answered by [`Event::NotesEdited`], and by
    /// [`Event::NotesSaved`] for each of them.
    EditNotes {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What becomes of which notes.
        edits: Vec<PlacedChanges>,
    },
    /// Look for notes in a document. Answered by [`Event::SeekingProgress`] from time to time and
    /// [`Event::NotesSought`] in the end.
    SeekNotes {
        /// Comes back with the answers.
        ticket: Ticket,
        /// The document.
        document: Arc<Document>,
        /// The notes.
        notes: Vec<Arc<Annotation>>,
    },
    /// Look for these notes no longer. No answer is waited for.
    StopSeeking(Ticket),
    /// Look for passages of a document: those that notes are about too, the ends of sections that are compared. Answered
    /// by [`Event::FarEndsSought`].
    SeekFarEnds {
        /// The document.
        document: Arc<Document>,
        /// The passages.
        anchors: Vec<Anchor>,
    },
    /// Remember where the notes of a document are, for the time when it is not open: what can be forgotten
    /// without loss.
    KeepFound(Arc<DocumentNotes>),
    /// Keep what is restored at the next start.
    SaveState(Box<Restored>),
    /// Make a script ready to be shown. Answered by [`Event::ScriptReady`].
    PrepareScript {
        /// The script of the document.
        written: Written,
        /// The script to show.
        script: Script,
    },
    /// Find in a document. Answered by one or more [`Event::Hits`].
    Find {
        /// Comes back with the answers.
        ticket: Ticket,
        /// What to find, and where.
        request: SearchRequest,
    },
    /// Look for doubtful characters. Answered by [`Event::Checked`].
    Check {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The document to check.
        document: Arc<Document>,
    },
    /// About exporting notes. Answered by [`Event::Export`].
    Export(ExportEffect),
    /// Export a comparison to a file. Answered by [`Event::ComparisonExported`].
    ExportComparison {
        /// What to export.
        job: Box<ComparisonExportJob>,
        /// Where to.
        path: PathBuf,
    },
    /// Cite a document. Answered by [`Event::Cited`].
    Cite {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to cite, and how.
        job: Box<CiteJob>,
    },
    /// Ask the reader for documents to open, without blocking the window. Answered by
    /// [`super::Command::Open`].
    AskForDocuments,
    /// Ask the reader where to export to, without blocking the window. Answered by
    /// [`super::Command::ExportTo`] or [`super::Command::LeaveExport`].
    AskForExport {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The file name to suggest.
        name: String,
    },
    /// Put text on the clipboard.
    Copy(String),
    /// Open an address of the web or of mail in the reader's own program for it: it was shown and agreed to.
    OpenAddress(Address),
    /// Scroll a pane so that the position is in sight.
    Reveal {
        /// Which pane.
        pane: PaneId,
        /// In bytes of the document's text.
        position: u32,
    },
    /// Scroll a pane so that the line of the position is the first in sight, as it was once before.
    Return {
        /// Which pane.
        pane: PaneId,
        /// In bytes of the document's text.
        position: u32,
    },
    /// Scroll one side of a comparison so that a position stands at the height of a position of the other
    /// side, after that has been scrolled.
    Align {
        /// Which comparison.
        comparison: ComparisonId,
        /// The side to scroll.
        side: Side,
        /// In bytes of that side's text.
        position: u32,
        /// In bytes of the other side's text.
        to: u32,
    },
    /// Compare two documents. Answered by [`Event::CompareProgress`] from time to time and
    /// [`Event::Compared`] in the end.
    Compare {
        /// Comes back with the answers.
        ticket: Ticket,
        /// What is compared.
        job: Box<CompareJob>,
    },
    /// Build the board of several documents. Answered by [`Event::BoardMade`].
    MakeBoard {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What it is built from.
        job: Box<BoardJob>,
    },
    /// End a comparison that is being made. No answer is waited for.
    StopComparing(Ticket),
    /// Read what is kept of a comparison, and put it in its places in the documents as they are now.
    /// Answered by [`Event::ComparisonRead`].
    ReadComparison {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Where the left document is read from.
        left: Place,
        /// Where the right document is read from.
        right: Place,
        /// What of them is compared.
        parts: Box<(Part, Part)>,
    },
    /// Read which documents a file of a comparison names. Answered by [`Event::ComparisonFileRead`].
    ReadComparisonFile(PathBuf),
    /// Keep what was found and decided: soon. Answered by [`Event::ComparisonSaved`].
    SaveComparison {
        /// Comes back with the answer.
        comparison: ComparisonId,
        /// What is to be kept.
        kept: Arc<KeptComparison>,
    },
    /// What the library asks.
    Library(LibraryEffect),
    /// What is asked for the codebook.
    Codebook(CodebookEffect),
    /// What is asked for importing.
    Import(ImportEffect),
    /// What is asked for attaching notes again.
    Attach(AttachEffect),
    /// Close the window.
    Quit,
}

/// How the reader wants a document to be read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReadingChoices {
    /// The encoding, by its name in the WHATWG Encoding Standard; `None` to detect it.
    pub encoding: Option<String>,
    /// Which repairs are wanted.
    pub repairs: RepairChoices,
    /// The password of an encrypted document. It is never kept, in no file.
    pub password: Option<Password>,
}

/// All that is kept beside a document.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Kept {
    /// The identity of the text that the positions belong to; `None` for a document never kept before.
    pub text: Option<TextId>,
    /// Its title, for whoever reads the file.
    pub title: String,
    /// The notes, in order of position; shared with whoever else has them.
    pub annotations: NoteList,
    /// The notes in the trash, the one that was deleted last first.
    pub trash: Vec<Trashed>,
    /// Other texts of notes that were changed in two places at once, until the reader has chosen.
    pub conflicts: BTreeMap<NoteId, Vec<Conflict>>,
    /// The reader's corrections for this document.
    pub corrections: Corrections,
    /// How it is to be read.
    pub choices: ReadingChoices,
    /// What the reader says of it for citing it; `None` where nothing.
    pub bibliography: Option<Bibliography>,
    /// The comments of the document itself that the reader has taken as notes or does not want, by the notes that
    /// they become. It only grows.
    pub answered_comments: BTreeSet<NoteId>,
}

impl Kept {
    /// The notes, in order of position.
    pub fn notes(&self) -> impl ExactSizeIterator<Item = &Annotation> + Clone {
        self.annotations.iter().map(|note| &**note)
    }
}

/// A document with what was kept beside it.
#[derive(Debug)]
pub struct Opened {
    /// The document by its own name, where it was read through a link to it or by a shorter path.
    pub real: Option<Place>,
    /// What was read.
    pub imported: Imported,
    /// What was kept.
    pub kept: Kept,
    /// Where notes are now. Those that are not named were not looked for yet.
    pub found: Vec<(NoteId, Found)>,
    /// Where the notes are kept.
    pub notes: NotesFile,
    /// What could be undone when the notes were last saved, if they are as they were then.
    pub history: Option<History>,
}

/// Where the notes of a document are kept, and what was seen there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NotesFile {
    /// The file.
    pub path: PathBuf,
    /// Whether it lies in the reader's data folder because the document's folder cannot be written to.
    pub elsewhere: bool,
    /// Why the notes can be read but not changed: a newer version of the program wrote them.
    pub read_only: Option<String>,
    /// Whether the file is gone. The notes are here all the same, from what is open or from an earlier version, and
    /// whatever is saved next writes it again.
    pub gone: bool,
    /// A damaged file was set aside under this name, and what could be recovered was.
    pub set_aside: Option<PathBuf>,
    /// Copies that a cloud drive made of the file, and that are not joined with it.
    pub copies: Vec<PathBuf>,
    /// Notes that the file lacks though nobody has deleted them, most of those that there were: they are here all the
    /// same, and the reader is to be asked.
    pub absent: Vec<NoteId>,
    /// The document whose notes these are by the reader's wish, where that is another one.
    pub shared_with: Option<Place>,
    /// Anything else to tell the reader, one sentence each.
    pub remarks: Vec<String>,
}

/// What the world tells.
#[derive(Debug)]
pub enum Event {
    /// So much of a document was read.
    ReadingProgress {
        /// The request's.
        ticket: Ticket,
        /// How many pages, chapters or whatever its format has.
        done: u32,
        /// Of how many.
        of: u32,
    },
    /// The drive of a document that is to be read does not answer. It is read as soon as it does.
    DriveStalls {
        /// The request's.
        ticket: Ticket,
    },
    /// The first pages of a long document.
    Beginning {
        /// The request's.
        ticket: Ticket,
        /// What was read so far.
        imported: Box<Imported>,
    },
    /// A document was read.
    Opened {
        /// The request's.
        ticket: Ticket,
        /// It, and what was kept beside it.
        opened: Box<Opened>,
    },
    /// A document could not be read.
    NotOpened {
        /// The request's.
        ticket: Ticket,
        /// Why, and of which file.
        reason: OpenError,
    },
    /// Notes are on the disk, though their file may still be as it was.
    NotesKept {
        /// The request's.
        ticket: Ticket,
        /// The document they belong to.
        place: Place,
    },
    /// The file of some notes was written, or not. After a failure the store keeps trying.
    NotesSaved {
        /// That of the request which it answers: a newer one may be waiting.
        ticket: Ticket,
        /// The document they belong to.
        place: Place,
        /// Where they are now, or why they could not be saved.
        result: Result<NotesFile, String>,
    },
    /// Notes of documents were read.
    NotesCollected {
        /// The request's.
        ticket: Ticket,
        /// Of these; others may have been told before.
        notes: Box<GatheredNotes>,
        /// Whether these are the last.
        complete: bool,
    },
    /// So much of the looking for notes is done.
    SeekingProgress {
        /// The request's.
        ticket: Ticket,
        /// From 0 to 1.
        done: f32,
    },
    /// Notes were looked for, or could not be.
    NotesSought {
        /// The request's.
        ticket: Ticket,
        /// Where each is, or why that is not known.
        result: Result<Vec<(NoteId, Found)>, String>,
    },
    /// Passages that notes are about too were looked for in a text, or could not be.
    FarEndsSought {
        /// The text.
        text: TextId,
        /// Where each is, or why that is not known.
        result: Result<Vec<(Anchor, Found)>, String>,
    },
    /// Notes of documents that are not open were changed, or not. They are saved soon.
    NotesEdited {
        /// The request's.
        ticket: Ticket,
        /// What was made of which notes, or why nothing was.
        done: Vec<(Place, Result<Vec<NoteChange>, String>)>,
    },
    /// The state could not be saved.
    StateNotSaved(String),
    /// A script is ready, or why not.
    ScriptReady {
        /// The request's.
        written: Written,
        /// The request's.
        script: Script,
        /// Why not.
        result: Result<(), String>,
    },
    /// More places that were found, in order of the text.
    Hits {
        /// The request's.
        ticket: Ticket,
        /// These come after the ones told before.
        hits: Vec<Span>,
        /// Whether these are the last.
        complete: bool,
    },
    /// Doubtful characters, in order of the text.
    Checked {
        /// The request's.
        ticket: Ticket,
        /// All of them, or why they could not be looked for.
        result: Result<Vec<Doubt>, String>,
    },
    /// About exporting notes.
    Export(ExportEvent),
    /// A comparison was exported, or not.
    ComparisonExported {
        /// The file.
        path: PathBuf,
        /// How many links, or why not.
        result: Result<usize, String>,
    },
    /// So much of a comparison is done.
    CompareProgress {
        /// The request's.
        ticket: Ticket,
        /// From 0 to 1.
        done: f32,
    },
    /// A comparison was made, or not.
    Compared {
        /// The request's.
        ticket: Ticket,
        /// What was found, or why nothing was.
        result: Result<Arc<Findings>, NotCompared>,
    },
    /// A board was built, or could not be.
    BoardMade {
        /// The request's.
        ticket: Ticket,
        /// The board, or why there is none.
        result: Result<Arc<Board>, String>,
    },
    /// What is kept of a comparison was read; nothing where nothing was kept.
    ComparisonRead {
        /// The request's.
        ticket: Ticket,
        /// What was kept.
        read: Box<ComparisonRead>,
    },
    /// The file of a comparison was read, or why not.
    ComparisonFileRead {
        /// The file.
        path: PathBuf,
        /// What to open.
        result: Result<Box<ComparisonFile>, String>,
    },
    /// A comparison was saved, or why not. After a failure the store keeps trying.
    ComparisonSaved {
        /// The request's.
        comparison: ComparisonId,
        /// Why not.
        result: Result<(), String>,
    },
    /// What is told of the codebook.
    Codebook(CodebookEvent),
    /// A document was cited, or not.
    Cited {
        /// The request's.
        ticket: Ticket,
        /// In its style, or why not.
        result: Result<Citation, String>,
    },
    /// What the library is told.
    Library(LibraryEvent),
    /// What would come of a file.
    Import(ImportEvent),
    /// Which notes fit a document.
    Attach(AttachEvent),
    /// A document changed on disk.
    ChangedOnDisk(Place),
    /// The document is no longer where it was opened from, and has not been for a while.
    DocumentAway {
        /// Where it was.
        place: Place,
        /// Where a file was found that holds just what it held, if one was.
        to: Option<Place>,
    },
    /// A document that was away is back where it was.
    DocumentBack(Place),
    /// Only its notes did: another window, another program or a cloud drive wrote them.
    NotesChangedOnDisk(Place),
    /// The file with the notes of an open document has been gone for a while.
    NotesFileGone(Place),
    /// The earlier versions of some notes.
    VersionsListed {
        /// The request's.
        ticket: Ticket,
        /// The newest first.
        versions: Vec<Version>,
    },
    /// An earlier version of some notes was read, or not.
    VersionRead {
        /// The request's.
        ticket: Ticket,
        /// The document.
        place: Place,
        /// What it holds, or why it could not be read.
        result: Result<Box<Kept>, String>,
    },
    /// Copies of the notes of a document were joined with them, or not.
    CopiesJoined {
        /// The document.
        place: Place,
        /// How many, or why they were not.
        result: Result<usize, String>,
    },
    /// Something that the reader should know, in one sentence.
    Remark(String),
    /// A dialog could not be shown, and why.
    NoDialog(String),
}

/// Why a document could not be opened.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OpenError {
    /// The file could not be read.
    #[error("cannot read the file: {reason}")]
    Unreadable {
        /// Of which kind the reason is, for saying it in the reader's language.
        kind: ErrorKind,
        /// As the system says it.
        reason: String,
    },
    /// There is no such sample.
    #[error("there is no sample of that name")]
    NoSuchSample,
    /// The file holds notes or codes for exchange instead: they are imported.
    #[error("it is no document: it holds notes or codes, {}", .0.name())]
    HoldsNotes(Format),
    /// The bytes are not a document.
    #[error(transparent)]
    Import(#[from] ImportError),
}

impl OpenError {
    /// What the system answered when the file was to be read.
    pub fn of_system(error: &std::io::Error) -> Self {
        Self::Unreadable { kind: error.kind(), reason: error.to_string() }
    }
}
