//! One open document: what is shown of it, what is selected, its notes.

mod notes;
mod shown;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::tz::TimeZone;

pub(super) use self::shown::{Views, decoration};
use super::comments::with_ids;
use super::linking::FarMark;
use super::saying::SaidSteps;
use super::{
    Find, HitContext, InSight, Kept, NotesFile, Opened, ReadingChoices, SaveState, Ticket, Trail, Unsought,
};
use crate::document::{Bibliography, BlockIndex, Comment, Document, FootnoteLink, OutlineEntry};
use crate::import::{Imported, Warning};
use crate::notes::{
    Anchor, Edit, Found, History, NoteId, NoteQuery, NoteStates, Notebook, SearchableNotes, StateCounts, Tag,
    TagCount,
};
use crate::text::{Converters, Corrections, Doubt, Script, Span, grapheme_span, surroundings};

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
    pub(super) notebook: Notebook,
    pub(super) history: History,
    pub(super) found: HashMap<NoteId, Found>,
    /// Where notes were found that are not where they were made, and by which anchor.
    pub(super) located: HashMap<NoteId, (Anchor, Found)>,
    /// The notes that were not looked for yet.
    pub(super) unsought: Unsought,
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

/// How many characters stand around a hit in the list of hits.
const HIT_CONTEXT: usize = 18;

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
            notebook: Notebook::default(),
            history: History::default(),
            found: HashMap::new(),
            located: HashMap::new(),
            unsought: Unsought::default(),
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
        let changed = kept.text.map(|text| text != imported.document.id());
        let mut reader = Self::beginning(imported, converters, script);
        reader.choices = kept.choices;
        reader.corrections = kept.corrections;
        reader.bibliography = kept.bibliography;
        reader.answered_comments = kept.answered_comments;
        reader.notebook = Notebook::new(kept.annotations, kept.trash).with_conflicts(kept.conflicts);
        reader.history = history.unwrap_or_default();
        reader.take_found(found);
        reader.unsought = Unsought::of(&reader.notebook, &reader.found, changed);
        reader.save_state = notes.read_only.clone().map_or(SaveState::Saved, SaveState::ReadOnly);
        reader.notes_file = notes;
        reader.notes_changed();
        reader.sent = Arc::new(reader.kept());
        reader
    }

    /// Takes over where the reader was from what was shown of the document before.
    pub(super) fn continuing(mut self, before: Reader) -> Self {
        let end = Span::whole(self.document.text()).end();
        let same = before.document.id() == self.document.id();
        self.take_over_edits(&before);
        let InSight { first, read, last } = before.in_sight;
        self.in_sight = InSight { first: first.min(end), read: read.min(end), last: last.min(end) };
        if same {
            self.unsought.continue_from(&before.unsought);
        }
        self.layout = before.layout + 1;
        self.said = before.said;
        self.trail = before.trail;
        self.find.open = before.find.open;
        self.find.text.clone_from(&before.find.text);
        self.find.options = before.find.options;
        self.asides = before.asides;
        (self.filter, self.zone, self.searchable) = (before.filter, before.zone, before.searchable);
        self.notes_version = before.notes_version + 1;
        self.saving = before.saving;
        self.far_focus = before.far_focus;
        self.focus = before.focus.filter(|id| self.notebook.get(*id).is_some());
        if same && before.history.fits(&before.notebook, &self.notebook) {
            self.history = before.history;
        }
        let widened =
            |position: u32| grapheme_span(self.document.text(), Span::at(position.min(end))).start();
        self.selection =
            Selection { anchor: widened(before.selection.anchor), focus: widened(before.selection.focus) };
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

    // --- place --------------------------------------------------------------------------------------

    /// The position of the first character in sight.
    pub fn position(&self) -> u32 {
        self.in_sight.first
    }

    /// What is in sight.
    pub fn in_sight(&self) -> InSight {
        self.in_sight
    }

    pub(super) fn set_in_sight(&mut self, in_sight: InSight) {
        self.in_sight = in_sight;
    }

    /// How far the reader has come, from 0 at the top to 1 with the end in sight: of all that is not in
    /// sight, the share that stands above.
    pub fn progress(&self) -> f32 {
        let (above, below) = self.out_of_sight();
        if below == 0 {
            return 1.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "a share to be shown in per cent")]
        let share = above as f32 / (above as f32 + below as f32);
        share
    }

    /// Whether the reader has gone on from the beginning.
    pub(super) fn was_moved(&self) -> bool {
        self.out_of_sight().0 > 0
    }

    /// How much of what is shown stands above the window, and how much below it, in bytes.
    fn out_of_sight(&self) -> (u32, u32) {
        let blocks = self.document.blocks().iter().enumerate();
        let mut shown = blocks.filter(|(index, _)| self.is_visible(BlockIndex::new(*index)));
        let start = shown.next().map_or(0, |(_, block)| block.span.start());
        let end = shown.next_back().map_or(start, |(_, block)| block.span.end());
        (self.in_sight.first.saturating_sub(start), end.saturating_sub(self.in_sight.last))
    }

    /// The headings, in order.
    pub fn outline(&self) -> &[OutlineEntry] {
        self.document.outline().entries()
    }

    /// The text of a heading (or any block) on one line, as shown.
    pub fn heading_text(&self, block: BlockIndex) -> String {
        let view = self.view(block);
        view.map(|view| view.text.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
    }

    /// The entry of the outline that is probably being read: the heading above what stands somewhat above
    /// the middle of the window, at the end of the document the last one in sight, and before the first
    /// heading that one as soon as it is in sight.
    pub fn outline_here(&self) -> Option<usize> {
        let InSight { first, read, last } = self.in_sight;
        let end = last.saturating_sub(1).max(first);
        let entry_at = |position| self.document.outline().entry_at(self.document.block_at(position)?);
        let at_end = matches!(self.out_of_sight(), (1.., 0));
        let here = entry_at(if at_end { end } else { read });
        here.or_else(|| entry_at(end).map(|_| 0))
    }

    /// Whether there is a way back, and a way forward.
    pub fn ways(&self) -> (bool, bool) {
        (self.trail.can_go_back(), self.trail.can_go_forward())
    }

    // --- selection ----------------------------------------------------------------------------------

    /// What is selected; `None` where nothing is.
    pub fn selection(&self) -> Option<Span> {
        Some(self.selection.span()).filter(|span| !span.is_empty())
    }

    /// The two ends of the selection; both are the cursor where nothing is selected.
    pub fn selection_ends(&self) -> Selection {
        self.selection
    }

    /// Where the cursor is: the moving end of the selection.
    pub fn cursor(&self) -> u32 {
        self.selection.focus
    }

    /// Selects from one position to another; what lies between is widened to whole graphemes.
    pub(super) fn select(&mut self, anchor: u32, focus: u32) {
        let end = Span::whole(self.document.text()).end();
        let wide = grapheme_span(self.document.text(), Span::new(anchor.min(end), focus.min(end)));
        let forward = anchor <= focus;
        let (anchor, focus) = if forward { (wide.start(), wide.end()) } else { (wide.end(), wide.start()) };
        self.selection = Selection { anchor, focus };
        self.footnote = None;
        self.came_to_link = false;
    }

    // --- finding ------------------------------------------------------------------------------------

    /// What is being looked for, and what was found.
    pub fn find(&self) -> &Find {
        &self.find
    }

    /// A place that was found, with what stands around it, as shown.
    pub fn hit_context(&self, index: usize) -> Option<HitContext> {
        let hit = *self.find.hits.get(index)?;
        let around = surroundings(self.document.text(), hit, HIT_CONTEXT);
        let shown = |span: Span| self.shown_text(span).replace('\n', " ");
        Some(HitContext { before: shown(around.before), hit: shown(around.hit), after: shown(around.after) })
    }

    // --- what is kept -------------------------------------------------------------------------------

    /// All that is to be kept beside the document.
    pub fn kept(&self) -> Kept {
        let title = self.document.metadata().title.as_ref().map(|field| field.value.clone());
        Kept {
            text: Some(self.document.id()),
            title: title.unwrap_or_default(),
            annotations: self.notebook.iter_shared().cloned().collect(),
            trash: self.notebook.trash().into_iter().cloned().collect(),
            conflicts: self.notebook.conflicts().clone(),
            corrections: self.corrections.clone(),
            choices: self.choices.clone(),
            bibliography: self.bibliography.clone(),
            answered_comments: self.answered_comments.clone(),
        }
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
