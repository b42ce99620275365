//! What is laid out at a time: a block, or a part of a very long one.

use crate::document::{BlockIndex, Document};
use crate::text::{Span, next_grapheme};

/// A longer block is laid out in parts, each of which begins a line of its own: after a sentence, where
/// there is one. In bytes; some 5,000 characters, which is far more than any paragraph written by hand.
const LONGEST: u32 = 16_000;

/// A part ends at the first sentence end after this many bytes.
const WANTED: u32 = 8_000;

/// A block, or a part of a very long one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    /// Which block.
    pub(super) block: BlockIndex,
    /// The stretch of the document's text.
    pub(super) source: Span,
}

/// All pieces of a document, in its order. Twelve bytes for each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Pieces(Vec<Piece>);

impl Pieces {
    /// Cuts a document in pieces. Takes time in proportion to the number of blocks.
    pub(super) fn of(document: &Document) -> Self {
        let mut pieces = Vec::with_capacity(document.blocks().len());
        for (index, block) in document.blocks().iter().enumerate() {
            let block_index = BlockIndex::new(index);
            let mut start = block.span.start();
            while block.span.end() - start > LONGEST {
                let end = cut(document.text(), start);
                pieces.push(Piece { block: block_index, source: Span::new(start, end) });
                start = end;
            }
            pieces.push(Piece { block: block_index, source: Span::new(start, block.span.end()) });
        }
        Self(pieces)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// One of them.
    pub(super) fn get(&self, index: usize) -> Option<Piece> {
        self.0.get(index).copied()
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = Piece> + '_ {
        self.0.iter().copied()
    }

    /// The piece that holds a position of the document's text, or the nearest one before it; the first
    /// one where there is none before.
    pub(super) fn at(&self, position: u32) -> usize {
        self.0.partition_point(|piece| piece.source.start() <= position).saturating_sub(1)
    }

    /// Whether a piece begins its block, and whether it ends it.
    pub(super) fn ends(&self, index: usize) -> (bool, bool) {
        let block = |index: Option<usize>| index.and_then(|index| self.get(index)).map(|piece| piece.block);
        let own = block(Some(index));
        (block(index.checked_sub(1)) != own, block(index.checked_add(1)) != own)
    }
}

/// Where the part that begins at `start` ends: after the first sentence that ends more than [`WANTED`]
/// bytes on; between any two graphemes where no sentence ends for long.
fn cut(text: &str, start: u32) -> u32 {
    let near = next_grapheme(
        text,
        text.floor_char_boundary((start + WANTED) as usize).try_into().unwrap_or(u32::MAX),
    );
    let far = text.floor_char_boundary((start + LONGEST) as usize);
    let between = text.get(near as usize..far).unwrap_or_default();
    let mut ended = false;
    for (byte, character) in between.char_indices() {
        if ended && !closes(character) {
            return near + crate::text::saturate(byte);
        }
        ended |= matches!(character, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n');
    }
    near
}

/// Whether a character belongs to the sentence that ended before it.
fn closes(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '!' | '?' | '”' | '’' | '」' | '』' | '）' | ')' | '》' | ' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind, Parts};

    fn document(texts: &[&str]) -> Document {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for paragraph in texts {
            let start = crate::text::saturate(text.len());
            text.push_str(paragraph);
            let span = Span::new(start, crate::text::saturate(text.len()));
            blocks.push(Block { span, kind: BlockKind::Paragraph, boxed: false });
            text.push('\n');
        }
        Document::new(Parts { text: text.into(), blocks, ..Parts::default() }).unwrap()
    }

    #[test]
    fn a_block_is_a_piece() {
        let pieces = Pieces::of(&document(&["河水清清。", "岸上有人讀書。"]));
        assert_eq!(pieces.len(), 2);
        assert_eq!((pieces.at(0), pieces.at(14), pieces.at(16), pieces.at(999)), (0, 0, 1, 1));
        assert_eq!(pieces.ends(1), (true, true));
    }

    #[test]
    fn a_huge_block_is_cut_after_sentences() {
        let sentence = "村裏的人都說：「這條河是大家的！」於是一起去修堤。";
        let document = document(&[&sentence.repeat(2000)]);
        let pieces = Pieces::of(&document);
        assert!(pieces.len() > 10);
        let mut last = 0;
        for piece in pieces.iter() {
            assert_eq!(piece.source.start(), last);
            assert!(piece.source.len() <= LONGEST);
            let part = piece.source.of(document.text()).unwrap();
            assert!(part.ends_with('。') || part.ends_with('」'), "{part}");
            last = piece.source.end();
        }
        assert_eq!(pieces.ends(0), (true, false));
        assert_eq!(pieces.ends(1), (false, false));
        assert_eq!(pieces.ends(pieces.len() - 1), (false, true));
    }

    #[test]
    fn a_huge_block_without_sentences_is_cut_between_graphemes() {
        let document = document(&[&"e\u{301}".repeat(20_000)]);
        for piece in Pieces::of(&document).iter() {
            assert!(piece.source.of(document.text()).unwrap().starts_with('e'));
            assert!(piece.source.len() <= LONGEST);
        }
    }
}
