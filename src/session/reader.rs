//! One open document: how it is opened and read again, and in which script.
//!
//! What is drawn of it is in `shown`, where the reader is in it in `place`, its notes are in `notes`.

mod notes;
mod place;
mod shown;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;

pub(super) use self::shown::{Views, decoration};
use super::carrying::Carrying;
use super::comments::with_ids;
use super::linking::FarMark;
use super::places::{Places, Telling};
use super::saying::SaidSteps;
use super::steps::Steps;
use super::{Find, InSight, Kept, NotesFile, Opened, ReadingChoices, SaveState, Ticket, Trail};
use crate::document::{Bibliography, BlockIndex, Comment, Document, FootnoteLink};
use crate::import::{Imported, Warning};
use crate::notes::{
    Edit, History, NoteId, NoteQuery, NoteStates, Notebook, SearchableNotes, StateCounts, Tag, TagCount,
};
use crate::text::{
    Converters, Correction, Corrections, Doubt, Form, Glyphs, Script, Span, Written, grapheme_span,
};

/// One open document.
///
/// All positions are positions of the document's text; a script toggle touches none of them.
pub struct Reader {
    document: Arc<Document>,
    warnings: Vec<Warning>,
    /// What others noted in the file itself, with the note that each becomes.
    pub(super) comments: Vec<(NoteId, Comment)>,
    /// Those that the reader has taken as notes or does not want.
    pub(super) answered_comments: BTreeSet<NoteId>,
    converters: Arc<Converters>,
    /// The script that is shown.
    script: Script,
    /// The script that is shown as soon as it is ready.
    pub(super) wanted: Script,
    /// For this document.
    corrections: Corrections,
    /// Those, and after them the ones for all documents: what counts when text is shown.
    all_corrections: Corrections,
    pub(super) choices: ReadingChoices,
    pub(super) bibliography: Option<Bibliography>,
    /// The steps in which the reader has said so.
    pub(super) said: SaidSteps,
    /// How the document's own corrections were changed.
    pub(super) corrected: Steps<Vec<Correction>>,
    pub(super) notebook: Notebook,
    pub(super) history: History,
    pub(super) places: Places,
    notes_by_block: BTreeMap<BlockIndex, Vec<NoteId>>,
    pub(super) notes_file: NotesFile,
    pub(super) save_state: SaveState,
    /// The latest request to keep the notes.
    pub(super) saving: Ticket,
    /// The notes as the world knows them: as they were read, or sent to be kept.
    pub(super) sent: Arc<Kept>,
    /// The same when the document was last asked for again.
    pub(super) asked: Arc<Kept>,
    filter: NoteQuery,
    /// The zone of its days.
    zone: TimeZone,
    /// The notes as they were last filtered.
    searchable: Option<SearchableNotes>,
    listed: Vec<NoteId>,
    tags: BTreeMap<Tag, TagCount>,
    pub(super) focus: Option<NoteId>,
    /// The note of another document that was chosen at its end in this one.
    pub(super) far_focus: Option<NoteId>,
    /// Where notes have other ends in this document.
    pub(super) far_marks: Vec<FarMark>,
    /// Grows whenever a note is changed or found elsewhere.
    notes_version: u64,
    pub(super) selection: Selection,
    /// The mark that the cursor was sent to, whose note is shown beside it.
    pub(super) footnote: Option<FootnoteLink>,
    /// Whether the cursor was sent to the link that it stands at.
    pub(super) came_to_link: bool,
    in_sight: InSight,
    pub(super) trail: Trail,
    pub(super) find: Find,
    pub(super) doubts: Doubts,
    asides: bool,
    layout: u64,
    views: RefCell<Views>,
}

/// The selection: where it began and where it is now. Empty where the two are one: a cursor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Selection {
    /// Where it began.
    pub anchor: u32,
    /// Where it is now.
    pub focus: u32,
}

/// Doubtful characters of a document.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Doubts {
    /// Not looked for yet.
    #[default]
    Unasked,
    /// Being looked for.
    Looking(super::Ticket),
    /// All of them, in order.
    Found(Vec<Doubt>),
    /// They could not be looked for, and why.
    Failed(String),
}

impl Reader {
    /// The first pages of a document that is still arriving.
    pub(super) fn beginning(imported: Imported, converters: Arc<Converters>, script: Script) -> Self {
        let Imported { document, warnings, comments } = imported;
        let comments = with_ids(&document, comments);
        Self {
            document: Arc::new(document),
            warnings,
            comments,
            answered_comments: BTreeSet::new(),
            converters,
            script: Script::AS_WRITTEN,
            wanted: script,
            corrections: Corrections::default(),
            all_corrections: Corrections::default(),
            choices: ReadingChoices::default(),
            bibliography: None,
            said: SaidSteps::default(),
            corrected: Steps::default(),
            notebook: Notebook::default(),
            history: History::default(),
            places: Places::default(),
            notes_by_block: BTreeMap::new(),
            notes_file: NotesFile::default(),
            save_state: SaveState::Saved,
            saving: Ticket::default(),
            sent: Arc::default(),
            asked: Arc::default(),
            filter: NoteQuery::default(),
            zone: TimeZone::UTC,
            searchable: None,
            notes_version: 0,
            listed: Vec::new(),
            tags: BTreeMap::new(),
            focus: None,
            far_focus: None,
            far_marks: Vec::new(),
            selection: Selection::default(),
            footnote: None,
            came_to_link: false,
            in_sight: InSight::default(),
            trail: Trail::default(),
            find: Find::default(),
            doubts: Doubts::default(),
            asides: false,
            layout: 0,
            views: RefCell::default(),
        }
    }

    /// A document that has arrived, with its notes.
    pub(super) fn opened(opened: Opened, converters: Arc<Converters>, script: Script) -> Self {
        let Opened { imported, kept, found, notes, history, .. } = opened;
        let telling = Telling { changed: kept.text.map(|text| text != imported.document.id()) };
        let damaged = imported.may_be_damaged();
        let mut reader = Self::beginning(imported, converters, script);
        reader.choices = kept.choices;
        reader.corrections = kept.corrections;
        reader.bibliography = kept.bibliography;
        reader.answered_comments = kept.answered_comments;
        reader.notebook = Notebook::new(kept.annotations, kept.trash).with_conflicts(kept.conflicts);
        reader.history = history.unwrap_or_default();
        reader.places = Places::of_read(&reader.document, &reader.notebook, found, damaged, telling);
        reader.save_state = notes.read_only.clone().map_or(SaveState::Saved, SaveState::ReadOnly);
        reader.notes_file = notes;
        reader.notes_changed();
        reader.sent = Arc::new(reader.kept());
        reader.asked = Arc::clone(&reader.sent);
        reader
    }

    /// Takes over where the reader was from what was shown of the document before, whose places are carried.
    pub(super) fn continuing(mut self, before: Reader, carrying: &Carrying) -> Self {
        let same = before.document.id() == self.document.id();
        self.take_over_edits(&before);
        self.in_sight = carrying.in_sight(before.in_sight);
        if same {
            self.places.continue_from(before.places);
        }
        self.layout = before.layout + 1;
        (self.said, self.corrected) = (before.said, before.corrected);
        self.trail = before.trail.carried(|place| carrying.position(place));
        self.find = before.find.for_text_read_again(same);
        self.asides = before.asides;
        (self.filter, self.zone, self.searchable) = (before.filter, before.zone, before.searchable);
        self.notes_version = before.notes_version + 1;
        self.saving = before.saving;
        self.far_focus = before.far_focus;
        self.focus = before.focus.filter(|id| self.notebook.get(*id).is_some());
        if same && before.history.fits(&before.notebook, &self.notebook) {
            self.history = before.history;
        }
        let Selection { anchor, focus } = carrying.selection(before.selection);
        let widened = |position: u32| grapheme_span(self.document.text(), Span::at(position)).start();
        self.selection = Selection { anchor: widened(anchor), focus: widened(focus) };
        self.notes_changed();
        self
    }

    /// How many notes of the same document another program has changed since `before` asked for it again;
    /// `None` where none.
    pub(super) fn changed_elsewhere(&self, before: &Reader) -> Option<StateCounts> {
        let states = |kept: &Kept| NoteStates::new(&kept.annotations, &kept.trash);
        let counts = states(&before.asked).count_until(&states(&self.sent));
        let same = before.document.id() == self.document.id();
        Some(counts).filter(|counts| same && *counts != StateCounts::default())
    }

    /// What the reader did while the document was being read again is done here too.
    fn take_over_edits(&mut self, before: &Reader) {
        let states = |kept: &Kept| NoteStates::new(&kept.annotations, &kept.trash);
        let (asked, sent) = (states(&before.asked), states(&before.sent));
        for edit in sent.edits_for(&asked.different(&sent), &self.notebook) {
            // Each is made for the notebook as it is, and so fits.
            let _fits = self.notebook.apply(edit);
        }
        self.answered_comments.extend(&before.answered_comments);
        if before.sent.corrections != before.asked.corrections {
            self.corrections = before.corrections.clone();
        }
        let said = |kept: &Kept| kept.bibliography.clone().unwrap_or_default();
        let mut bibliography = self.bibliography.take().unwrap_or_default();
        bibliography.change(&said(&before.asked), &said(&before.sent));
        self.bibliography = Some(bibliography).filter(|bibliography| !bibliography.is_empty());
        for id in before.asked.conflicts.keys().filter(|id| !before.sent.conflicts.contains_key(id)) {
            // Settled meanwhile.
            let _fits = self.notebook.apply(Edit::Dispute(*id, Vec::new()));
        }
    }

    // --- what is read -------------------------------------------------------------------------------

    /// The document.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Whether all of it has arrived.
    pub fn complete(&self) -> bool {
        self.document.origin().complete
    }

    /// What there is to say of how it was read.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// How the reader wants it to be read.
    pub fn choices(&self) -> &ReadingChoices {
        &self.choices
    }

    // --- script -------------------------------------------------------------------------------------

    /// The script that is shown.
    pub fn script(&self) -> Script {
        self.script
    }

    /// The script that is shown as soon as it is ready; mostly the one that is shown.
    pub fn wanted_script(&self) -> Script {
        self.wanted
    }

    /// The shapes to draw the characters with.
    pub fn glyphs(&self) -> Glyphs {
        Glyphs::for_text(self.document.written(), self.script)
    }

    /// Shows the script that is wanted, if it is ready. Answers whether it is.
    pub(super) fn show_wanted(&mut self) -> bool {
        let ready = self.can_show(self.wanted);
        if ready && self.script != self.wanted {
            self.script = self.wanted;
            self.shown_changed();
        }
        ready
    }

    /// Whether a script is ready to be shown.
    pub(super) fn can_show(&self, script: Script) -> bool {
        self.converters.is_ready(self.document.written(), script)
    }

    /// The script to change to and fro with: the other one of the two a document can be in.
    pub fn counterpart(&self) -> Script {
        self.counterpart_of(self.script)
    }

    /// The script to change to from `script`.
    pub(super) fn counterpart_of(&self, script: Script) -> Script {
        match (script.form, self.document.written()) {
            (Form::AsWritten, Written::Traditional) => Script::characters(Form::Simplified),
            (Form::AsWritten, _) => Script::characters(Form::Traditional),
            _ => Script::AS_WRITTEN,
        }
    }

    /// The reader's corrections for this document.
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    pub(super) fn set_corrections(&mut self, own: Corrections, everywhere: &Corrections) {
        self.all_corrections = own.merged(everywhere);
        self.corrections = own;
        self.shown_changed();
    }

    /// The corrections that count: the document's own before those for all documents.
    pub fn all_corrections(&self) -> &Corrections {
        &self.all_corrections
    }

    /// What converts.
    pub(super) fn converters(&self) -> &Arc<Converters> {
        &self.converters
    }
}

impl Selection {
    /// What is selected.
    pub fn span(self) -> Span {
        Span::new(self.anchor, self.focus)
    }
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Reader").field("document", &self.document.id()).finish_non_exhaustive()
    }
}
