//! What is shown of a document: its blocks in a script, and what is drawn in a way of its own in them.

use std::num::NonZeroUsize;
use std::sync::Arc;

use lru::LruCache;

use super::{Doubts, Reader, Selection};
use crate::document::{BlockIndex, BlockKind};
use crate::notes::Found;
use crate::session::linking::FarMark;
use crate::session::notes::place_of;
use crate::session::{BlockView, Decoration, Mark};
use crate::text::{Script, Shown, Span};

/// Blocks as they were last shown.
#[derive(Debug)]
pub(in crate::session) struct Views(LruCache<BlockIndex, Arc<BlockView>>);

impl Default for Views {
    fn default() -> Self {
        Self(LruCache::new(VIEWS_KEPT))
    }
}

impl Views {
    /// A block as it was last shown, or as it is made now.
    pub(in crate::session) fn get_or_make(
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

    pub(in crate::session) fn clear(&mut self) {
        self.0.clear();
    }
}

/// How many blocks are kept as shown: some screens full.
const VIEWS_KEPT: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1023);

impl Reader {
    /// A block as it is shown. Made when first asked for, and kept for a while.
    pub fn view(&self, index: BlockIndex) -> Option<Arc<BlockView>> {
        self.views.borrow_mut().get_or_make(index, || self.make_view(index, self.script))
    }

    pub(in crate::session) fn make_view(&self, index: BlockIndex, script: Script) -> Option<BlockView> {
        let block = self.document.block(index)?;
        let reading = self.document.reading(index)?;
        let shown = self.convert(&reading.text, script);
        let pairing = reading.pairing.then(&shown.pairing);
        let (kind, boxed, row) = (block.kind, block.boxed, self.document.row(index));
        Some(BlockView { index, kind, boxed, row, source: reading.source, text: shown.text, pairing })
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
    pub(in crate::session) fn show_text_in(&self, text: &str, script: Script) -> String {
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

    pub(in crate::session) fn show_asides(&mut self, asides: bool) {
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

    pub(super) fn shown_changed(&mut self) {
        self.views.borrow_mut().clear();
        self.layout += 1;
    }

    /// What is drawn in a way of its own in a block: notes, selection, hits, doubts.
    pub fn decorations(&self, view: &BlockView) -> Vec<Decoration> {
        self.decorations_with(view, self.selection)
    }

    /// The same with another selection.
    pub(in crate::session) fn decorations_with(
        &self,
        view: &BlockView,
        selection: Selection,
    ) -> Vec<Decoration> {
        let mut all = self.struck_decorations(view);
        all.extend(self.footnote_decorations(view));
        all.extend(self.far_decorations(view));
        all.extend(self.note_decorations(view));
        all.extend(self.candidate_decorations(view));
        all.extend(self.doubt_decorations(view));
        all.extend(self.hit_decorations(view));
        all.extend(decoration(view, selection.span(), Mark::Selection));
        all
    }

    /// Where the first words stand that the document strikes out and that are shown.
    pub fn first_struck_out(&self) -> Option<u32> {
        let mut starts = self.document.struck().iter().map(|struck| struck.start());
        starts.find(|start| self.document.block_at(*start).is_some_and(|block| self.is_visible(block)))
    }

    /// What the document strikes out.
    fn struck_decorations(&self, view: &BlockView) -> Vec<Decoration> {
        let struck = self.document.struck_in(view.source).iter();
        struck.filter_map(|span| decoration(view, *span, Mark::Struck)).collect()
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
}

/// A decoration of the part of `source` that lies in the block; `None` where none of it does.
pub(in crate::session) fn decoration(view: &BlockView, source: Span, mark: Mark) -> Option<Decoration> {
    let shown = view.shown_from_source(source).filter(|shown| !shown.is_empty())?;
    view.source.overlaps(source).then_some(Decoration { shown, mark })
}
