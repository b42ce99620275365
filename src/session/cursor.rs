//! Selecting, and moving the cursor.

use super::{Motion, Reader};
use crate::document::BlockIndex;
use crate::text::{
    Span, next_grapheme, next_word_end, previous_grapheme, previous_word_start, sentence_at, word_at,
};

impl Reader {
    pub(super) fn select_word(&mut self, position: u32) {
        self.select_within(position, word_at);
    }

    pub(super) fn select_sentence(&mut self, position: u32) {
        self.select_within(position, sentence_at);
    }

    /// Selects what `find` answers in the block at `position`.
    fn select_within(&mut self, position: u32, find: impl FnOnce(&str, u32) -> Span) {
        let Some(block) = self.block_span(position) else { return };
        let text = block.of(self.document().text()).unwrap_or_default();
        let inside = position.saturating_sub(block.start()).min(block.len());
        let span = find(text, inside).moved_right(block.start());
        self.select(span.start(), span.end());
    }

    pub(super) fn select_block(&mut self, position: u32) {
        if let Some(span) = self.block_span(position) {
            self.select(span.start(), span.end());
        }
    }

    pub(super) fn select_all(&mut self) {
        let whole = Span::whole(self.document().text());
        self.select(whole.start(), whole.end());
    }

    pub(super) fn unselect(&mut self) {
        let cursor = self.cursor();
        self.select(cursor, cursor);
    }

    /// Moves the cursor, over what is shown only; the other end of the selection stays where `extend`.
    pub(super) fn move_cursor(&mut self, motion: Motion, extend: bool) {
        let focus = self.target(motion);
        let anchor = if extend { self.selection_ends().anchor } else { focus };
        self.select(anchor, focus);
    }

    fn target(&self, motion: Motion) -> u32 {
        let (cursor, text) = (self.cursor(), self.document().text());
        match motion {
            Motion::NextCharacter => self.within_block_after(next_grapheme(text, cursor)),
            Motion::PreviousCharacter => self.within_block_before(previous_grapheme(text, cursor)),
            Motion::NextWord => self.next_word(cursor),
            Motion::PreviousWord => self.previous_word(cursor),
            Motion::NextSentence => self.next_sentence(cursor),
            Motion::PreviousSentence => self.previous_sentence(cursor),
            Motion::NextBlock => self.block_beside(cursor, true),
            Motion::PreviousBlock => self.block_beside(cursor, false),
            Motion::DocumentStart => 0,
            Motion::DocumentEnd => Span::whole(text).end(),
            Motion::To(position) => position,
        }
    }

    /// A position that left its block forwards goes to the beginning of the next one that is shown.
    fn within_block_after(&self, position: u32) -> u32 {
        match self.block_span(position) {
            Some(block) if position > block.end() => self.block_beside(position, true),
            _ => position,
        }
    }

    /// A position between blocks goes to the end of the block before.
    fn within_block_before(&self, position: u32) -> u32 {
        self.block_span(position).map_or(position, |block| position.min(block.end()))
    }

    /// The end of the word; from the end of a block the beginning of the next one that is shown.
    fn next_word(&self, cursor: u32) -> u32 {
        let Some(block) = self.block_span(cursor) else { return cursor };
        let text = block.of(self.document().text()).unwrap_or_default();
        let inside = cursor.saturating_sub(block.start());
        if inside >= block.len() {
            return self.within_block_after(next_grapheme(self.document().text(), block.end()));
        }
        block.start() + next_word_end(text, inside)
    }

    /// The beginning of the word; from the beginning of a block the end of the one before.
    fn previous_word(&self, cursor: u32) -> u32 {
        let Some(block) = self.block_span(cursor).filter(|block| block.start() < cursor) else {
            return self.within_block_before(previous_grapheme(self.document().text(), cursor));
        };
        let text = block.of(self.document().text()).unwrap_or_default();
        block.start() + previous_word_start(text, cursor - block.start())
    }

    fn next_sentence(&self, cursor: u32) -> u32 {
        let Some(block) = self.block_span(cursor) else { return cursor };
        let text = block.of(self.document().text()).unwrap_or_default();
        let inside = cursor.saturating_sub(block.start()).min(block.len());
        let end = sentence_at(text, inside).end();
        if end >= block.len() { self.block_beside(cursor, true) } else { block.start() + end }
    }

    fn previous_sentence(&self, cursor: u32) -> u32 {
        let before = previous_grapheme(self.document().text(), cursor);
        let Some(block) = self.block_span(before) else { return cursor };
        let text = block.of(self.document().text()).unwrap_or_default();
        let inside = before.saturating_sub(block.start()).min(block.len());
        block.start() + sentence_at(text, inside).start()
    }

    /// The beginning of the next block that is shown, or of this one, or of the one before.
    fn block_beside(&self, cursor: u32, forward: bool) -> u32 {
        let here = self.document().block_at(cursor).map_or(0, BlockIndex::as_usize);
        let starts_here = self.block_span(cursor).is_some_and(|block| block.start() == cursor);
        let count = self.document().blocks().len();
        let shown = |index: &usize| self.is_visible(BlockIndex::new(*index));
        let target = if forward {
            (here + 1..count).find(shown)
        } else if starts_here {
            (0..here).rev().find(shown)
        } else {
            Some(here)
        };
        let block = target.and_then(|index| self.document().block(BlockIndex::new(index)));
        block.map_or(cursor, |block| block.span.start())
    }

    fn block_span(&self, position: u32) -> Option<Span> {
        let index = self.document().block_at(position)?;
        self.document().block(index).map(|block| block.span)
    }
}
