//! One open document: what is shown of it, what is selected, its notes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::Arc;

use jiff::tz::TimeZone;
use lru::LruCache;

use super::carrying::Carrying;
use super::comments::with_ids;
use super::linking::FarMark;
use super::notes::place_of;
use super::places::{Places, Telling};
use super::saying::SaidSteps;
use super::{
    BlockView, Decoration, FarEndRow, Find, HitContext, InSight, Kept, Mark, NoteRow, NotesFile, Opened,
    ReadingChoices, SaveState, Ticket, Trail,
};
use crate::document::{Bibliography, BlockIndex, BlockKind, Comment, Document, FootnoteLink, OutlineEntry};
use crate::import::{Imported, Warning};
use crate::notes::{
    Annotation, DocumentNotes, Edit, EditError, Found, History, NoteChange, NoteId, NoteQuery, NoteStates,
    Notebook, SearchableNotes, StateCounts, Tag, TagCount,
};
use crate::text::{
    Converters, Corrections, Doubt, Form, Glyphs, Script, Shown, Span, Written, grapheme_span, surroundings,
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

/// Blocks as they were last shown.
#[derive(Debug)]
pub(super) struct Views(LruCache<BlockIndex, Arc<BlockView>>);

impl Default for Views {
    fn default() -> Self {
        Self(LruCache::new(VIEWS_KEPT))
    }
}

impl Views {
    /// A block as it was last shown, or as it is made now.
    pub(super) fn get_or_make(
        &mut self,
        index: BlockIndex,
        make: impl FnOnce() -> Option<BlockView>,
    ) -> Option<Arc<BlockView>> {
        if let Some(view) = self.0.get(&index) {
            return Some(Arc::clone(view));
        }
        let view = Arc::new(make()?);
        self.0.put(index, Arc::clone(&view));
        Some(view)
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
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

/// How many blocks are kept as shown: some screens full.
const VIEWS_KEPT: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1023);

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
        self.said = before.said;
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

    // --- what is shown ------------------------------------------------------------------------------

    /// A block as it is shown. Made when first asked for, and kept for a while.
    pub fn view(&self, index: BlockIndex) -> Option<Arc<BlockView>> {
        self.views.borrow_mut().get_or_make(index, || self.make_view(index, self.script))
    }

    pub(super) fn make_view(&self, index: BlockIndex, script: Script) -> Option<BlockView> {
        let block = self.document.block(index)?;
        let reading = self.document.reading(index)?;
        let shown = self.convert(&reading.text, script);
        let pairing = reading.pairing.then(&shown.pairing);
        let (kind, boxed) = (block.kind, block.boxed);
        Some(BlockView { index, kind, boxed, source: reading.source, text: shown.text, pairing })
    }

    /// A script is shown only when it is ready, so that a failure here is hardly possible; the text as
    /// written is then the honest answer.
    fn convert(&self, text: &str, script: Script) -> Shown {
        self.converters
            .show(self.document.written(), script, &self.all_corrections, text)
            .unwrap_or_else(|_| Shown::as_written(text))
    }

    /// Text of this document (a quotation, a heading) in the script that is shown.
    pub fn show_text(&self, text: &str) -> String {
        self.show_text_in(text, self.script)
    }

    /// Text of this document in a script that is ready.
    pub(super) fn show_text_in(&self, text: &str, script: Script) -> String {
        self.convert(text, script).text
    }

    /// A stretch of the document as it is shown, blocks on lines of their own.
    pub fn shown_text(&self, source: Span) -> String {
        self.blocks_of(source)
            .filter_map(|index| self.view(index))
            .filter_map(|view| {
                let shown = view.shown_from_source(source)?;
                shown.of(&view.text).map(ToOwned::to_owned)
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn blocks_of(&self, source: Span) -> impl Iterator<Item = BlockIndex> + '_ {
        let first = self.document.block_at(source.start()).map_or(0, BlockIndex::as_usize);
        let last = self.document.block_at(source.end().saturating_sub(1)).map_or(0, BlockIndex::as_usize);
        let last = if self.document.blocks().is_empty() { None } else { Some(last) };
        (first..last.map_or(first, |last| last + 1))
            .map(BlockIndex::new)
            .filter(|&index| self.is_visible(index))
    }

    /// Whether a block is shown: blocks that were set aside are only on demand.
    pub fn is_visible(&self, index: BlockIndex) -> bool {
        let kind = self.document.block(index).map(|block| block.kind);
        self.asides || !matches!(kind, Some(BlockKind::Aside(_)) | None)
    }

    /// Whether blocks that were set aside are shown.
    pub fn asides(&self) -> bool {
        self.asides
    }

    pub(super) fn show_asides(&mut self, asides: bool) {
        if self.asides != asides {
            self.asides = asides;
            self.find.complete = false;
            self.layout += 1;
        }
    }

    /// A number that changes whenever blocks may look different: another script, a correction, asides.
    pub fn layout_revision(&self) -> u64 {
        self.layout
    }

    fn shown_changed(&mut self) {
        self.views.borrow_mut().clear();
        self.layout += 1;
    }

    /// What is drawn in a way of its own in a block: notes, selection, hits, doubts.
    pub fn decorations(&self, view: &BlockView) -> Vec<Decoration> {
        self.decorations_with(view, self.selection)
    }

    /// The same with another selection.
    pub(super) fn decorations_with(&self, view: &BlockView, selection: Selection) -> Vec<Decoration> {
        let mut all = self.footnote_decorations(view);
        all.extend(self.far_decorations(view));
        all.extend(self.note_decorations(view));
        all.extend(self.candidate_decorations(view));
        all.extend(self.doubt_decorations(view));
        all.extend(self.hit_decorations(view));
        all.extend(decoration(view, selection.span(), Mark::Selection));
        all
    }

    fn note_decorations(&self, view: &BlockView) -> Vec<Decoration> {
        let ids = self.notes_by_block.get(&view.index).map_or(&[][..], Vec::as_slice);
        ids.iter()
            .filter_map(|&id| {
                let note = self.notebook.get(id)?;
                let found = self.places.of(id)?;
                let (place, sure) = (place_of(found)?, found.span().is_some());
                let focused = self.focus == Some(id);
                if let Some(colour) = note.colour.filter(|_| !note.is_bookmark()) {
                    let linked = note.spans_documents();
                    let mark = Mark::Highlight { id, colour, focused, linked, sure };
                    return decoration(view, place, mark);
                }
                let shown = Span::at(view.caret_shown(place.start()));
                Some(Decoration { shown, mark: Mark::Bookmark { id } })
            })
            .collect()
    }

    /// Where notes of this document and of others have their other ends.
    fn far_decorations(&self, view: &BlockView) -> Vec<Decoration> {
        let marks = self.far_marks.iter().filter(|mark| view.source.overlaps(mark.span));
        let drawn = marks.filter_map(|&FarMark { id, span, colour, focused, .. }| {
            let focused = focused || self.far_focus == Some(id);
            decoration(view, span, Mark::Highlight { id, colour, focused, linked: true, sure: true })
        });
        drawn.collect()
    }

    /// The places where the note in focus may belong.
    fn candidate_decorations(&self, view: &BlockView) -> Vec<Decoration> {
        let found = self.focus.and_then(|id| self.places.of(id));
        let Some(Found::Unsure { candidates }) = found else { return Vec::new() };
        candidates.iter().filter_map(|(span, _)| decoration(view, *span, Mark::Candidate)).collect()
    }

    fn hit_decorations(&self, view: &BlockView) -> Vec<Decoration> {
        let hits = if self.find.open { self.find.hits.as_slice() } else { &[] };
        let first = hits.partition_point(|hit| hit.end() <= view.source.start());
        let hits = hits.iter().enumerate().skip(first);
        hits.take_while(|(_, hit)| hit.start() < view.source.end())
            .filter_map(|(index, &hit)| {
                let mark = if self.find.current == Some(index) { Mark::CurrentHit } else { Mark::Hit };
                decoration(view, hit, mark)
            })
            .collect()
    }

    fn doubt_decorations(&self, view: &BlockView) -> Vec<Decoration> {
        let Doubts::Found(doubts) = &self.doubts else { return Vec::new() };
        let first = doubts.partition_point(|doubt| doubt.span.end() <= view.source.start());
        let doubts = doubts.iter().skip(first).take_while(|doubt| doubt.span.start() < view.source.end());
        doubts.filter_map(|doubt| decoration(view, doubt.span, Mark::Doubt)).collect()
    }

    /// Doubtful characters.
    pub fn doubts(&self) -> &Doubts {
        &self.doubts
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
        let before = around.dots_before().to_owned() + &shown(around.before);
        Some(HitContext { before, hit: shown(around.hit), after: shown(around.after) + around.dots_after() })
    }

    // --- notes --------------------------------------------------------------------------------------

    /// Every note.
    pub fn notebook(&self) -> &Notebook {
        &self.notebook
    }

    /// Every tag in use and every tag that one is nested in, with how many notes have it.
    pub fn tags(&self) -> &BTreeMap<Tag, TagCount> {
        &self.tags
    }

    /// The notes that the filter lets through, in the order of the document.
    pub fn listed_notes(&self) -> &[NoteId] {
        &self.listed
    }

    /// Which notes are listed.
    pub fn filter(&self) -> &NoteQuery {
        &self.filter
    }

    /// Days are those of `zone`.
    pub(super) fn set_filter(&mut self, filter: NoteQuery, zone: TimeZone) {
        (self.filter, self.zone) = (filter, zone);
        self.list_notes();
    }

    /// Grows whenever a note is changed or found elsewhere.
    pub fn notes_version(&self) -> u64 {
        self.notes_version
    }

    /// The notes and where each is, for the collection of all documents; its place is the caller's to say.
    pub(super) fn document_notes(&self) -> DocumentNotes {
        let title = self.document.metadata().title.as_ref().map(|field| field.value.clone());
        DocumentNotes {
            place: String::new(),
            title: title.unwrap_or_default(),
            text: Some(self.document.id()),
            notes: self.notebook.iter_shared().cloned().collect(),
            states: self
                .notebook
                .iter()
                .filter_map(|note| Some((note.id, self.found(note.id)?.state())))
                .collect(),
            deleted: self.notebook.trash().len(),
        }
    }

    /// Makes changes that are a step of the session's, not of this document's own; answers what was made.
    pub(super) fn change(&mut self, changes: &[NoteChange]) -> Vec<NoteChange> {
        let made = self.notebook.change(changes).unwrap_or_default();
        self.history.take_in(&made);
        self.notes_changed();
        made
    }

    /// One line of the list of notes.
    pub fn note_row(&self, id: NoteId) -> Option<NoteRow> {
        let note = self.notebook.get(id)?;
        let found = self.places.of(id).cloned();
        let place = found.as_ref().and_then(place_of);
        let sure = found.as_ref().and_then(Found::span).filter(|_| !note.is_bookmark());
        let quote = sure.map_or_else(|| self.show_text(&note.anchor.quote), |span| self.shown_text(span));
        let headings: Vec<String> =
            note.anchor.headings.iter().map(|heading| self.show_text(heading)).collect();
        let locus = found.as_ref().and_then(Found::span).map(|span| self.page_and_clause(span, &headings));
        Some(NoteRow {
            id,
            quote,
            headings,
            locus: locus.unwrap_or_default(),
            tags: note.tags.clone(),
            colour: note.colour,
            text: note.text.clone(),
            answers: note.answers.iter().map(FarEndRow::of).collect(),
            conflicts: self.notebook.conflicts_of(id).to_vec(),
            position: place.map(Span::start),
            found,
        })
    }

    /// Where a note is now; `None` where it was not looked for yet.
    pub fn found(&self, id: NoteId) -> Option<&Found> {
        self.places.of(id)
    }

    /// The note in focus.
    pub fn note_in_focus(&self) -> Option<NoteId> {
        self.focus
    }

    /// Whether there is something to undo, and something to do again.
    pub fn undoable(&self) -> (bool, bool) {
        let (undo, redo) = self.said.undoable();
        (self.history.can_undo() || undo, self.history.can_redo() || redo)
    }

    /// How many steps of changing notes were made.
    pub(super) fn steps_made(&self) -> u64 {
        self.history.made()
    }

    /// Whether the notes are saved.
    pub fn save_state(&self) -> &SaveState {
        &self.save_state
    }

    /// Where the notes are kept.
    pub fn notes_file(&self) -> &NotesFile {
        &self.notes_file
    }

    /// Makes a change of the notes, as a step that can be undone.
    pub(super) fn edit(&mut self, edit: Edit, merging: bool) -> Result<(), EditError> {
        let stays = self.stays(&edit);
        let done = if merging {
            self.history.perform_merging(&mut self.notebook, edit)
        } else {
            self.history.perform(&mut self.notebook, edit)
        };
        if !stays {
            self.notes_changed();
        } else if !self.filter.is_empty() {
            self.list_notes();
        }
        self.notes_version += 1;
        done
    }

    /// Whether an edit moves no note and changes no tag, as typing does: then nothing has to be placed or
    /// counted anew.
    fn stays(&self, edit: &Edit) -> bool {
        let Edit::Replace(note) = edit else { return false };
        let same = |before: &Annotation| {
            before.anchor == note.anchor && before.placing == note.placing && before.tags == note.tags
        };
        self.notebook.get(note.id).is_some_and(same)
    }

    /// To be called after every change of the notebook: notes are placed by the anchors that they have now, lists
    /// made again.
    pub(super) fn notes_changed(&mut self) {
        self.places.renew(&self.notebook, &self.document);
        self.focus = self.focus.filter(|id| self.notebook.get(*id).is_some());
        self.notes_version += 1;
        self.tags = self.notebook.tags();
        self.index_notes();
        self.list_notes();
    }

    fn list_notes(&mut self) {
        self.listed = if self.filter.is_empty() {
            self.searchable = None;
            self.notebook.iter().map(|note| note.id).collect()
        } else {
            self.filtered()
        };
        self.sort_listed();
    }

    /// The notes that the filter lets through. Only those that changed since it was last asked are read anew.
    fn filtered(&mut self) -> Vec<NoteId> {
        let now = self.document_notes();
        let before = self.searchable.take().unwrap_or_default();
        let searchable = self.searchable.insert(before.updated(now));
        let notes = &searchable.document().notes;
        let query = self.filter.ready(&self.zone);
        searchable.choose(&query).filter_map(|index| notes.get(index)).map(|note| note.id).collect()
    }

    fn index_notes(&mut self) {
        let mut by_block: BTreeMap<BlockIndex, Vec<NoteId>> = BTreeMap::new();
        for note in self.notebook.iter() {
            let Some(place) = self.places.of(note.id).and_then(place_of) else { continue };
            let first = self.document.block_at(place.start()).map_or(0, BlockIndex::as_usize);
            let last = self.document.block_at(place.end().saturating_sub(1).max(place.start()));
            for index in first..=last.map_or(first, BlockIndex::as_usize) {
                by_block.entry(BlockIndex::new(index)).or_default().push(note.id);
            }
        }
        self.notes_by_block = by_block;
    }

    /// In the order of where the notes are now; lost ones stand where they were.
    fn sort_listed(&mut self) {
        let place = |id: &NoteId| {
            let note = self.notebook.get(*id);
            let here = self.places.of(*id).and_then(place_of).or(note.map(|note| note.anchor.span));
            (here.unwrap_or_default(), *id)
        };
        self.listed.sort_by_cached_key(place);
    }

    /// The notes whose place holds `position`, the shortest first.
    pub fn notes_at(&self, position: u32) -> Vec<NoteId> {
        let Some(block) = self.document.block_at(position) else { return Vec::new() };
        let ids = self.notes_by_block.get(&block).map_or(&[][..], Vec::as_slice);
        let place = |id: &NoteId| self.places.of(*id).and_then(place_of);
        let mut here: Vec<_> = ids
            .iter()
            .filter_map(|id| place(id).map(|span| (span, *id)))
            .filter(|(span, _)| span.contains_position(position))
            .collect();
        here.sort_by_key(|(span, id)| (span.len(), *id));
        here.into_iter().map(|(_, id)| id).collect()
    }

    /// All that is to be kept beside the document.
    pub fn kept(&self) -> Kept {
        let title = self.document.metadata().title.as_ref().map(|field| field.value.clone());
        Kept {
            text: Some(self.document.id()),
            title: title.unwrap_or_default(),
            annotations: self.notebook.list(),
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

/// A decoration of the part of `source` that lies in the block; `None` where none of it does.
pub(super) fn decoration(view: &BlockView, source: Span, mark: Mark) -> Option<Decoration> {
    let shown = view.shown_from_source(source).filter(|shown| !shown.is_empty())?;
    view.source.overlaps(source).then_some(Decoration { shown, mark })
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Reader").field("document", &self.document.id()).finish_non_exhaustive()
    }
}
