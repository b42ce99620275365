//! The pages that a document is cut into.

use crate::document::{Block, BlockKind, Document};
use crate::text::{Query, Span, saturate};

/// Blocks are put together until there are so many bytes of text: few enough for a page to have little besides
/// what is looked for, enough for the index to be small.
const ENOUGH: u32 = 3_000;

/// Some blocks that follow one another, with their text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Page {
    /// Where its text begins in the document's.
    pub(super) start: u32,
    /// On which line that is, counted from 1.
    pub(super) line: u32,
    /// Its text, from the beginning of its first block to the end of its last.
    pub(super) text: String,
    /// The blocks in it.
    pub(super) blocks: Vec<PageBlock>,
}

/// A block of a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct PageBlock {
    /// Where it stands in the page's text.
    pub(super) span: Span,
    /// Whether it was set aside.
    pub(super) aside: bool,
}

/// All pages of a document, in order.
pub(super) fn pages_of(document: &Document) -> Vec<Page> {
    let (mut pages, mut line, mut counted) = (Vec::new(), 1, 0);
    let mut rest = document.blocks();
    while let Some(first) = rest.first() {
        let full = |block: &Block| block.span.end().saturating_sub(first.span.start()) > ENOUGH;
        let count = rest.iter().position(full).unwrap_or(rest.len()).max(1);
        let (blocks, left) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        line += lines_between(document.text(), counted, first.span.start());
        counted = first.span.start();
        pages.extend(Page::of(document.text(), line, blocks));
        rest = left;
    }
    pages
}

/// How many lines end from one position of a text to another.
fn lines_between(text: &str, from: u32, to: u32) -> u32 {
    saturate(Span::new(from, to).of(text).unwrap_or_default().matches('\n').count())
}

impl Page {
    fn of(text: &str, line: u32, blocks: &[Block]) -> Option<Self> {
        let whole = blocks.first()?.span.union(blocks.last()?.span);
        let blocks = blocks.iter().map(|block| PageBlock {
            span: block.span.moved_left(whole.start()),
            aside: matches!(block.kind, BlockKind::Aside(_)),
        });
        Some(Self { start: whole.start(), line, text: whole.of(text)?.to_owned(), blocks: blocks.collect() })
    }

    /// The hits in it, in positions of its text: just those that one finds with the document open.
    pub(super) fn hits<'a>(&'a self, query: &'a Query, asides: bool) -> impl Iterator<Item = Span> + 'a {
        let mut matches = query.matches(&self.text);
        std::iter::from_fn(move || {
            loop {
                let hit = matches.next()?;
                if self.counts(hit, asides) {
                    return Some(hit);
                }
                matches.pass_over();
            }
        })
    }

    /// On which line of the document a position of its text is, counted from 1.
    pub(super) fn line_of(&self, position: u32) -> u32 {
        self.line + lines_between(&self.text, 0, position)
    }

    /// Whether a hit counts: one inside a single block, and not in what was set aside, unless that is wanted.
    fn counts(&self, hit: Span, asides: bool) -> bool {
        let after = self.blocks.partition_point(|block| block.span.start() <= hit.start());
        let block = after.checked_sub(1).and_then(|index| self.blocks.get(index));
        block.is_some_and(|block| (asides || !block.aside) && hit.end() <= block.span.end())
    }

    /// The blocks as bytes: of each where it begins and ends, and whether it was set aside.
    pub(super) fn blocks_as_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.blocks.len() * BLOCK);
        for block in &self.blocks {
            bytes.extend(block.span.start().to_le_bytes());
            bytes.extend(block.span.end().to_le_bytes());
            bytes.push(u8::from(block.aside));
        }
        bytes
    }

    /// The page that the index holds; `None` where that makes no sense.
    pub(super) fn restore([start, line]: [u64; 2], text: String, blocks: &[u8]) -> Option<Self> {
        let blocks: Vec<PageBlock> = blocks.chunks(BLOCK).map(block_from).collect::<Option<_>>()?;
        let fits = blocks.iter().all(|block| block.span.of(&text).is_some());
        let (start, line) = (u32::try_from(start).ok()?, u32::try_from(line).ok()?);
        fits.then_some(Self { start, line, text, blocks })
    }
}

/// How many bytes a block takes.
const BLOCK: usize = 9;

fn block_from(bytes: &[u8]) -> Option<PageBlock> {
    let (start, rest) = bytes.split_first_chunk()?;
    let (end, rest) = rest.split_first_chunk()?;
    let [aside] = rest else { return None };
    let (start, end) = (u32::from_le_bytes(*start), u32::from_le_bytes(*end));
    (start <= end).then_some(PageBlock { span: Span::new(start, end), aside: *aside != 0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{ReadOptions, read};

    fn document(text: &str) -> Document {
        read("a.txt", text.as_bytes().to_vec(), &ReadOptions::default()).unwrap().document
    }

    fn text_before(document: &Document, position: u32) -> &str {
        Span::new(0, position).of(document.text()).unwrap()
    }

    #[test]
    fn pages_hold_every_block_once_and_in_order() {
        let paragraph = |number: u32| format!("第{number}段，村民修好了水渠。\n\n");
        let text: String = (0..400).map(paragraph).collect();
        let document = document(&text);
        let pages = pages_of(&document);
        assert!(pages.len() > 3 && pages.iter().all(|page| page.text.len() <= ENOUGH as usize));
        let lines = |page: &Page| text_before(&document, page.start).matches('\n').count() + 1;
        assert!(pages.iter().all(|page| page.line as usize == lines(page)));
        let spans =
            pages.iter().flat_map(|page| page.blocks.iter().map(|block| block.span.moved_right(page.start)));
        let own: Vec<Span> = document.blocks().iter().map(|block| block.span).collect();
        assert_eq!(spans.collect::<Vec<_>>(), own);
    }

    #[test]
    fn a_long_block_is_a_page_and_an_empty_document_none() {
        assert_eq!(pages_of(&document(&"長".repeat(5_000))).len(), 1);
        assert_eq!(pages_of(&document(" \n")).len(), 0);
    }

    #[test]
    fn what_is_kept_is_restored() {
        for page in pages_of(&document("# 題\n\n一段。\n\n又一段。")) {
            let bytes = page.blocks_as_bytes();
            let restored = Page::restore([page.start, page.line].map(u64::from), page.text.clone(), &bytes);
            assert_eq!(restored, Some(page));
        }
        assert_eq!(Page::restore([0, 1], "短".to_owned(), &[0, 0, 0, 0, 9, 0, 0, 0, 0]), None);
        assert_eq!(Page::restore([0, 1], "短".to_owned(), &[1]), None);
    }
}
