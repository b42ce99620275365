//! Two texts that were read apart, put one after the other.

use super::Read;
use crate::document::{Block, BlockIndex, HyperlinkTarget};
use crate::text::{Span, saturate};

impl Read {
    /// This text, and the other after it. What is said of the text outside of it stays what this one says.
    pub(super) fn joined(mut self, second: Self) -> Self {
        if !self.text.is_empty() && !second.text.is_empty() {
            self.text.push('\n');
        }
        let by = saturate(self.text.len());
        let moved = |span: Span| span.moved_right(by);
        let blocks = self.blocks.len();
        let counted = |index: BlockIndex| BlockIndex::new(index.as_usize() + blocks);
        self.text.push_str(&second.text);
        self.blocks.extend(second.blocks.into_iter().map(|block| Block { span: moved(block.span), ..block }));
        self.struck.extend(second.struck.into_iter().map(moved));
        self.repairs.extend(second.repairs.into_iter().map(|mut repair| {
            repair.span = moved(repair.span);
            repair
        }));
        self.footnotes.extend(second.footnotes.into_iter().map(|mut link| {
            (link.mark, link.note) = (moved(link.mark), counted(link.note));
            link
        }));
        self.hyperlinks.extend(second.hyperlinks.into_iter().map(|mut link| {
            link.words = moved(link.words);
            if let HyperlinkTarget::Place(place) = &mut link.target {
                *place = place.saturating_add(by);
            }
            link
        }));
        self.tables.extend(second.tables.into_iter().map(|mut table| {
            (table.first, table.last) = (counted(table.first), counted(table.last));
            table.placed.iter_mut().for_each(|placed| placed.row = counted(placed.row));
            table
        }));
        self.unoffered.take(second.unoffered);
        self.encoding = self.encoding.or(second.encoding);
        self.metadata.language = self.metadata.language.or(second.metadata.language);
        self
    }
}
