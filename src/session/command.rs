//! What a reader can ask for.

use std::path::PathBuf;

use super::{
    AllNotesCommand, AttachCommand, BookmarkCommand, Choice, CiteCommand, CodebookCommand, CommentCommand,
    CompareRequest, ComparisonId, ComparisonRequest, ExportCommand, FontChoices, FootnoteCommand,
    HyperlinkCommand, ImportCommand, Language, LibraryCommand, LinkCommand, LinkFilter, LinkSort, Listed,
    Place, RefindingCommand, TabId, Theme, Ticket, VersionCommand, WindowSize,
};
use crate::compare::{LinkIndex, Side, Verdict};
use crate::document::{BlockIndex, RepairKind};
use crate::import::Password;
use crate::notes::{Colour, NoteId, NoteQuery, Tag};
use crate::text::{Correction, Script, Span};

/// Everything a reader can ask for: every menu, key, button and drop is one of these.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    // Documents
    /// Ask which documents to open.
    AskToOpen,
    /// Open documents, or bring them to the front where they are open.
    Open(Vec<Place>),
    /// Open all samples.
    OpenSamples,
    /// Read the document in front again from its file.
    Reload,
    /// Read the document at this place again, if it is open.
    ReloadPlace(Place),
    /// Read a document no longer: what is there of it stays.
    StopReading(TabId),
    /// Open a document with the password that it asks for.
    GivePassword(TabId, Password),
    /// Close a document.
    Close(TabId),
    /// Open the document that was closed last.
    ReopenClosed,
    /// Bring a document to the front.
    Select(TabId),
    /// Bring the next document to the front.
    SelectNext,
    /// Bring the previous document to the front.
    SelectPrevious,
    /// Forget the list of documents last opened.
    ForgetRecent,
    /// Read the document in front in this encoding; `None` to detect it.
    ReadAs(Option<String>),
    /// Switch one kind of repair on or off for the document in front.
    WantRepairs(RepairKind, bool),
    /// Switch a single repair on or off, by its place.
    WantRepair(Span, bool),
    /// Close the window.
    Quit,

    // Script
    /// Show the document in front in a script.
    Show(Script),
    /// From as written or one script to the other: the document's counterpart, and back.
    ToggleScript,
    /// Go through all forms.
    NextScript,
    /// Switch regional words on or off.
    ToggleRegionalWords,
    /// Look for doubtful characters in the document in front.
    Check,
    /// Correct a conversion, for the document in front or for all of them.
    Correct {
        /// What is shown instead.
        correction: Correction,
        /// For all documents.
        everywhere: bool,
    },
    /// Take a correction back.
    Uncorrect {
        /// What it stands for.
        source: String,
        /// From the ones for all documents.
        everywhere: bool,
    },

    // Place
    /// Something else is in sight, by scrolling.
    Reached(InSight),
    /// Go to a position of the document in front.
    GoTo(u32),
    /// Go to a block of the document in front.
    GoToBlock(BlockIndex),
    /// Go to where one was before the last jump.
    Back,
    /// The way back again.
    Forward,
    /// Read footnotes and endnotes.
    Footnote(FootnoteCommand),
    /// Follow links of the document.
    Hyperlink(HyperlinkCommand),
    /// Show or hide what was set aside.
    ToggleAsides,

    // Selection
    /// Select from `anchor` to `focus`, positions of the document's text; widened to graphemes.
    SelectText {
        /// Where the selection began.
        anchor: u32,
        /// Where it is now.
        focus: u32,
    },
    /// Select the word at a position.
    SelectWord(u32),
    /// Select the sentence at a position.
    SelectSentence(u32),
    /// Select the paragraph at a position.
    SelectParagraph(u32),
    /// Select everything.
    SelectAll,
    /// Move the cursor (or the end of the selection, when `extend`).
    MoveCursor {
        /// How far.
        motion: Motion,
        /// Whether the other end stays.
        extend: bool,
    },
    /// Select nothing.
    Unselect,
    /// Copy the selection as it is shown.
    Copy,
    /// Copy the selection as written.
    CopyAsWritten,

    // Notes
    /// Highlight the selection; recolour the note in focus where nothing is selected.
    Highlight(Colour),
    /// Highlight the selection and begin to write.
    NoteOnSelection,
    /// Mark the place in sight.
    Bookmark,
    /// Bring a note into focus and into sight.
    FocusNote(NoteId),
    /// Bring a note into focus where it is.
    ChooseNote(Option<NoteId>),
    /// Go to the next note.
    NextNote,
    /// Go to the previous note.
    PreviousNote,
    /// Change what a note says. Typing merges into one step of undo.
    WriteNote(NoteId, String),
    /// Change a note's colour.
    Recolour(NoteId, Colour),
    /// Add a tag.
    AddTag(NoteId, Tag),
    /// Take a tag off.
    RemoveTag(NoteId, Tag),
    /// Delete a note: it moves to the trash.
    DeleteNote(NoteId),
    /// What is done with the trash of the document in front.
    Trash(TrashCommand),
    /// Choose between the texts of a note that was changed in two places at once.
    ChooseText(NoteId, Choice),
    /// What is done with earlier versions of the notes of the document in front.
    Versions(VersionCommand),
    /// Join the copies that a cloud drive made of the notes of a document.
    JoinCopies(Place),
    /// Another program took most notes of a document away: whether they are kept here.
    AnswerVanished {
        /// The document.
        place: Place,
        /// Those notes.
        notes: Vec<NoteId>,
        /// Whether they are kept; otherwise they go to the trash here too.
        keep: bool,
    },
    /// Write everything that is kept to its files now.
    SaveNow,
    /// Put a note on the selection: a lost or unsure one finds its place again by hand.
    PlaceNote(NoteId, Span),
    /// What is done about notes whose place is in doubt.
    Refinding(RefindingCommand),
    /// Undo the last change of the notes.
    Undo,
    /// Do it again.
    Redo,
    /// Show only some notes.
    FilterNotes(Box<NoteQuery>),

    /// What is done about the comments that a document carries.
    Comments(CommentCommand),

    // The codebook
    /// What is asked of the codebook.
    Codebook(CodebookCommand),

    // Finding
    /// Show the field for finding.
    OpenFind,
    /// Hide it.
    CloseFind,
    /// Find this.
    Find(String),
    /// Whether finding passes over punctuation.
    FindIgnoresPunctuation(bool),
    /// Whether only the script as written is found.
    FindAsWritten(bool),
    /// Go to the next place that was found.
    NextHit,
    /// Go to the previous place that was found.
    PreviousHit,
    /// Go to a place that was found, counted from 0.
    GoToHit(usize),

    // Comparing
    /// Compare two open documents or sections of them.
    Compare(Box<CompareRequest>),
    /// Compare the document in front with another.
    CompareWith(TabId),
    /// Bring a comparison to the front.
    SelectComparison(ComparisonId),
    /// Close a comparison; its documents stay open.
    CloseComparison(ComparisonId),
    /// Open the documents that a comparison waits for.
    OpenCompared(ComparisonId),
    /// What is asked for in one pane of the comparison in front: it becomes the active one, unless it was
    /// only scrolled.
    InPane(Side, Box<Command>),
    /// What is asked for of the document of that place, which comes to the front; where it is not open, it is opened
    /// first.
    At(Place, Box<Command>),
    /// Make a side the one that commands act on.
    ActivatePane(Side),
    /// Make the other side the one that commands act on.
    SwitchPane,
    /// The left side becomes the right one.
    SwapSides,
    /// Choose a link and go there; `None` chooses none.
    ChooseLink(Option<LinkIndex>),
    /// Choose the link at a position of the active side, where it is; once more chooses the next one there.
    ChooseLinkAt(u32),
    /// Go to the next link of the list.
    NextLink,
    /// Go to the previous link of the list.
    PreviousLink,
    /// Go to the next difference inside the chosen link, and then to that of the next link.
    NextDifference,
    /// Go to the previous difference.
    PreviousDifference,
    /// Go to the next passage of the active side that nothing answers.
    NextOnlyHere,
    /// Go to the previous passage of the active side that nothing answers.
    PreviousOnlyHere,
    /// Go to a line of the list.
    GoToListed(Listed),
    /// Bring what answers the place being read to the same height.
    LineUpHere,
    /// Whether one side scrolls with the other.
    ToggleLock,
    /// Whether differences of script, width, punctuation and white space alone are marked.
    ToggleSlight,
    /// Whether what stands around the compared sections is shown.
    ToggleSurroundings,
    /// Change the order of the list.
    SortLinks(LinkSort),
    /// Show only some links, or what stands only here.
    FilterLinks(Box<LinkFilter>),
    /// Confirm the chosen link.
    ConfirmLink,
    /// Refuse the chosen link.
    RefuseLink,
    /// Say how the two sides of the chosen link relate.
    Relabel(Verdict),
    /// Link what is selected on both sides.
    AddLink(Verdict),
    /// What is selected on both sides corresponds: a fixed point for what lies around it.
    PinPassages,
    /// Take a decision back, by its place among them.
    RemoveRuling(usize),
    /// End the comparison that is being made.
    CancelComparing,
    /// Compare once more.
    CompareAgain,
    /// Compare every pair of these documents, and show the board of them.
    ShowBoard(Vec<TabId>),
    /// Go to a block of a column of the board, in its document.
    GoToCell {
        /// The column, from 0.
        column: usize,
        /// The block of its document.
        block: BlockIndex,
    },
    /// Read two columns of the board against each other, at a block of the first.
    CompareCell {
        /// The column, from 0.
        column: usize,
        /// The other column.
        other: usize,
        /// The block of the first one's document.
        block: BlockIndex,
    },
    /// Highlight both sides of the chosen link.
    HighlightLink(Colour),
    /// Highlight both sides of the chosen link and begin to write.
    NoteOnLink,

    /// What is asked for of the notes of all documents.
    AllNotes(AllNotesCommand),

    // Export
    /// About exporting notes.
    Export(ExportCommand),
    /// Ask where to export the comparison in front to.
    AskToExportComparison(Box<ComparisonRequest>),
    /// Export to a file what was asked for with that ticket, as it was then.
    ExportTo {
        /// The one of [`super::Effect::AskForExport`].
        ticket: Ticket,
        /// The file.
        path: PathBuf,
    },
    /// Nobody says any more where to export that to.
    LeaveExport(Ticket),
    /// List bookmarks or step through them.
    BookmarkList(BookmarkCommand),
    /// Make and follow links.
    Link(LinkCommand),
    /// Cite the document in front.
    Cite(CiteCommand),

    // The library
    /// What is asked of the library.
    Library(LibraryCommand),

    /// Importing notes.
    Import(ImportCommand),

    /// Attaching notes again.
    Attach(AttachCommand),

    // The program
    /// Change the colours.
    SetTheme(Theme),
    /// Change the language of the interface; `None` follows the system.
    SetLanguage(Option<Language>),
    /// Change the size of the text, in points.
    SetTextSize(f32),
    /// Larger text.
    Larger,
    /// Smaller text.
    Smaller,
    /// The size of the text as it was at first.
    DefaultSize,
    /// Change the width of the column, in characters.
    SetColumnWidth(f32),
    /// Change the distance of lines, in text sizes.
    SetLineHeight(f32),
    /// Indent the first lines of paragraphs or not.
    SetFirstLineIndent(bool),
    /// Choose fonts.
    SetFonts(FontChoices),
    /// Show or hide the outline.
    ToggleOutline,
    /// Show or hide the notes.
    ToggleNotes,
    /// The window has another size.
    Resized(WindowSize),
    /// Open or close a page of the window.
    ShowPage(Option<Page>),
    /// The reader has seen a message.
    Dismiss(u64),
}

/// What a reader does with the trash of a document. Each is a step that can be undone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TrashCommand {
    /// Take a note back.
    Restore(NoteId),
    /// Take all of them back.
    RestoreAll,
    /// Delete what is in the trash for good.
    Empty,
}

/// What of a document stands in the window, in positions of its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct InSight {
    /// The beginning of the first line that is wholly in sight.
    pub first: u32,
    /// The beginning of the line that is probably being read: somewhat above the middle.
    pub read: u32,
    /// The end of the last line that is wholly in sight.
    pub last: u32,
}

impl InSight {
    /// As long as only the first position is known.
    pub fn from(first: u32) -> Self {
        Self { first, read: first, last: first }
    }
}

/// How far the cursor moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Motion {
    /// One grapheme forward.
    NextCharacter,
    /// One grapheme back.
    PreviousCharacter,
    /// To the end of the word.
    NextWord,
    /// To the beginning of the word, or of the one before.
    PreviousWord,
    /// To the beginning of the next sentence.
    NextSentence,
    /// To the beginning of this sentence, or of the one before.
    PreviousSentence,
    /// To the beginning of the next block.
    NextBlock,
    /// To the beginning of this block, or of the one before.
    PreviousBlock,
    /// To the beginning of the document.
    DocumentStart,
    /// To the end of the document.
    DocumentEnd,
    /// To a position that the window worked out (a line up or down).
    To(u32),
}

/// Pages that lie over the reading.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Page {
    /// What is known of the document: encoding, script, size, warnings, repairs.
    Information,
    /// Doubtful characters.
    Doubts,
    /// The reader's corrections.
    Corrections,
    /// Size, width, fonts, theme, language.
    Settings,
    /// Keys.
    Shortcuts,
    /// Export.
    Export,
    /// What the document is cited by, and how.
    Bibliography,
    /// The list of documents.
    Library,
    /// Finding in all documents.
    SearchAll,
    /// The notes that were deleted.
    Trash,
    /// Which documents and sections to compare.
    Compare,
    /// More than two documents against each other.
    Board,
    /// The notes of all documents.
    AllNotes,
    /// Earlier versions of the notes.
    Versions,
    /// The codebook: the tags of all documents.
    Codebook,
    /// Notes of a file, before they come.
    ImportNotes,
    /// Notes that are kept elsewhere and fit the document.
    Attach,
    /// The comments that the document carries.
    Comments,
    /// All commands, to be searched.
    Palette,
}

impl Page {
    /// Whether what is done on it is done to all documents.
    pub fn is_of_all_documents(self) -> bool {
        matches!(self, Self::AllNotes | Self::Codebook | Self::Library | Self::Trash)
    }
}
