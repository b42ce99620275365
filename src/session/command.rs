//! What a reader can ask for.

use std::path::PathBuf;

use super::{ExportRequest, FontChoices, Language, Place, TabId, Theme, WindowSize};
use crate::document::{BlockIndex, RepairKind};
use crate::notes::{Colour, NoteId, Tag};
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
    /// Delete a note.
    DeleteNote(NoteId),
    /// Put a note on the selection: a lost or unsure one finds its place again by hand.
    PlaceNote(NoteId, Span),
    /// Undo the last change of the notes.
    Undo,
    /// Do it again.
    Redo,
    /// Show only some notes.
    FilterNotes(super::NoteFilter),

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

    // Export
    /// Ask where to export to.
    AskToExport(Box<ExportRequest>),
    /// Export to a file.
    ExportTo(PathBuf),

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
    /// All commands, to be searched.
    Palette,
}
