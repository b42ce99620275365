//! A document as an export shows it: its blocks in the script of choice.

use super::{Counted, language_tag};
use crate::document::{BlockIndex, Document};
use crate::text::{Pairing, Script, Shown, Span};

/// A document as an export shows it: a column of a comparison, or the text that notes are written into.
#[derive(Clone, Debug)]
pub struct Column {
    /// Where it was read from.
    pub path: String,
    /// Its title in the script of the column; the name of its file where it has none.
    pub title: String,
    /// The script.
    pub script: Script,
    /// The language of what is shown, as [`language_tag`] gives it.
    pub language: &'static str,
    /// Every block of the document, in order.
    pub blocks: Vec<ShownBlock>,
}

impl Column {
    /// Every block of `document` with its repairs made, as `show` shows it in `script`.
    ///
    /// Errors: those of `show`.
    pub fn new<Error>(
        document: &Document,
        path: &str,
        script: Script,
        mut show: impl FnMut(&str) -> Result<Shown, Error>,
    ) -> Result<Self, Error> {
        let count = document.blocks().len();
        let readings = (0..count).filter_map(|index| document.reading(BlockIndex::new(index)));
        let blocks = readings.map(|reading| {
            let shown = show(&reading.text)?;
            Ok(ShownBlock::new(reading.source, shown.text, reading.pairing.then(&shown.pairing)))
        });
        let blocks = blocks.collect::<Result<_, Error>>()?;
        let title = document.metadata().title.as_ref().map(|field| field.value.trim()).unwrap_or_default();
        let title = if title.is_empty() { name_in(path).to_owned() } else { show(title)?.text };
        let language = language_tag(document.written(), script);
        Ok(Self { path: path.to_owned(), title, script, language, blocks })
    }

    /// The block with that index.
    pub(super) fn block(&self, index: BlockIndex) -> Option<&ShownBlock> {
        self.blocks.get(index.as_usize())
    }

    /// The blocks that `source` touches, a stretch of the document's text, and what it touches of each.
    pub(super) fn fragments(&self, source: Span) -> impl Iterator<Item = (BlockIndex, Span)> {
        let first = self.blocks.partition_point(|block| block.source.end() <= source.start());
        let blocks = self.blocks.iter().enumerate().skip(first);
        let touched = blocks.take_while(move |(_, block)| block.source.start() < source.end());
        touched.filter_map(move |(index, block)| {
            let part = block.source.intersection(source).filter(|part| !part.is_empty())?;
            Some((BlockIndex::new(index), part))
        })
    }
}

/// The last component of a path of any system.
fn name_in(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A block as it is shown.
#[derive(Clone, Debug)]
pub struct ShownBlock {
    /// The stretch of the document's text that it was made from.
    source: Span,
    /// What is shown.
    text: String,
    /// Left: the source, from the block's start. Right: `text`.
    pairing: Pairing,
    /// The characters of `text`.
    counted: Counted,
}

impl ShownBlock {
    fn new(source: Span, text: String, pairing: Pairing) -> Self {
        Self { source, counted: Counted::of(&text), text, pairing }
    }

    /// What is shown.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where `source`, a stretch of the document's text in this block, stands in what is shown.
    pub(super) fn shown(&self, source: Span) -> Span {
        self.pairing.right_from_left_tight(source.moved_left(self.source.start()))
    }

    /// How many characters of what is shown lie before its byte at `position`.
    pub(super) fn characters_before(&self, position: u32) -> u32 {
        self.counted.before(&self.text, position)
    }
}
