//! Where the reader is in a document: what is in sight, what is selected, what was found.

use super::{Reader, Selection};
use crate::document::{BlockIndex, OutlineEntry};
use crate::session::{Find, HitContext, InSight};
use crate::text::{Span, grapheme_span, surroundings};

/// How many characters stand around a hit in the list of hits.
const HIT_CONTEXT: usize = 18;

impl Reader {
    /// The position of the first character in sight.
    pub fn position(&self) -> u32 {
        self.in_sight.first
    }

    /// What is in sight.
    pub fn in_sight(&self) -> InSight {
        self.in_sight
    }

    pub(in crate::session) fn set_in_sight(&mut self, in_sight: InSight) {
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
    pub(in crate::session) fn was_moved(&self) -> bool {
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
    pub(in crate::session) fn select(&mut self, anchor: u32, focus: u32) {
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
}
