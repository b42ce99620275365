//! Documents: an immutable text and its blocks.
//!
//! This room knows no file formats, no notes and no window. How bytes become a document is the work of
//! [`crate::import`].

mod address;
mod bibliography;
mod block;
mod comment;
mod date;
mod footnote;
mod hyperlink;
mod locus;
mod metadata;
mod note_sign;
mod outline;
mod pages;
mod people;
mod reading;
mod repair;
mod struck;
mod table;

use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use address::*;
pub use bibliography::*;
pub use block::*;
pub use comment::*;
pub use date::*;
pub use footnote::*;
pub use hyperlink::*;
use locus::Numbering;
pub use locus::*;
pub use metadata::*;
pub use outline::*;
pub use pages::*;
pub use people::Part;
pub use reading::*;
pub use repair::*;
pub use table::{Cell, PlacedCell, Row, Table};

use crate::text::{Span, Written};

/// The identity of a text: the BLAKE3 hash of its UTF-8 form, written as 64 hexadecimal digits.
///
/// Two files with the same text have the same identity, whatever their names, encodings or dates.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId([u8; 32]);

impl TextId {
    /// The identity of `text`.
    pub fn of(text: &str) -> Self {
        Self(*blake3::hash(text.as_bytes()).as_bytes())
    }

    /// Reads the 64 hexadecimal digits that [`fmt::Display`] writes; `None` for anything else.
    pub fn from_hex(digits: &str) -> Option<Self> {
        blake3::Hash::from_hex(digits).ok().map(|hash| Self(*hash.as_bytes()))
    }
}

impl Serialize for TextId {
    fn serialize<To: Serializer>(&self, serializer: To) -> Result<To::Ok, To::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TextId {
    fn deserialize<From: Deserializer<'de>>(deserializer: From) -> Result<Self, From::Error> {
        let digits = String::deserialize(deserializer)?;
        Self::from_hex(&digits).ok_or_else(|| From::Error::custom("not the identity of a text"))
    }
}

impl fmt::Display for TextId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

impl fmt::Debug for TextId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// An immutable text with its blocks. Cheap to clone behind an [`Arc`].
///
/// Holds: blocks are in order and disjoint, and every character of the text that is not white space
/// belongs to exactly one of them; nothing that was read is missing.
#[derive(Debug)]
pub struct Document {
    id: TextId,
    text: Arc<str>,
    blocks: Vec<Block>,
    repairs: Vec<Repair>,
    footnotes: Vec<FootnoteLink>,
    hyperlinks: Vec<Hyperlink>,
    pages: Vec<PageStart>,
    tables: Vec<table::Measured>,
    struck: Vec<Span>,
    outline: Outline,
    metadata: Metadata,
    origin: Origin,
    written: Written,
    /// Made when it is first asked where a passage stands.
    numbering: OnceLock<Numbering>,
}

/// The parts of which a document is made, before they are checked.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Parts {
    /// The text.
    pub text: Arc<str>,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// What was repaired, in order.
    pub repairs: Vec<Repair>,
    /// The marks of footnotes with their notes, in order of the marks.
    pub footnotes: Vec<FootnoteLink>,
    /// Its links, in order; none lies in another.
    pub hyperlinks: Vec<Hyperlink>,
    /// Where pages begin, in order.
    pub pages: Vec<PageStart>,
    /// The tables that the file says it has, in order and apart.
    pub tables: Vec<Table>,
    /// What is struck out, in order and apart: never nothing.
    pub struck: Vec<Span>,
    /// What the document says of itself.
    pub metadata: Metadata,
    /// What it was read from.
    pub origin: Origin,
    /// The script it is written in.
    pub written: Written,
}

/// Why parts do not make a document. It is a fault of the importer, never of the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Faulty {
    /// A block begins before the last one ended, lies outside the text or cuts a character.
    #[error("the block at {0:?} is out of order or not a stretch of the text")]
    Block(Span),
    /// Characters that belong to no block.
    #[error("the characters at {0:?} belong to no block")]
    Lost(Span),
    /// A repair that lies in no block, or out of order.
    #[error("the repair at {0:?} is out of order or not a stretch of the text")]
    Repair(Span),
    /// A mark of a footnote that is no stretch of the text, out of order, or refers to what is no note.
    #[error("the mark of a footnote at {0:?} is out of order or refers to no footnote")]
    Footnote(Span),
    /// A link that is out of order or without words, or leads to no place of the text.
    #[error("the link at {0:?} is out of order or not a stretch of the text, or leads outside of it")]
    Hyperlink(Span),
    /// A page that begins outside of the text, within a character or before the page that precedes it.
    #[error("the page that begins at {0} is out of order or outside of the text")]
    Page(u32),
    /// A table out of order, or with cells that are none of its own.
    #[error("the table that begins with block {} is out of order, or holds cells of another", .0.as_usize())]
    Table(BlockIndex),
    /// What is struck out is no stretch of the text, or out of order.
    #[error("what is struck out at {0:?} is out of order or not a stretch of the text")]
    Struck(Span),
}

impl Document {
    /// Checks the parts and puts them together.
    ///
    /// Errors: see [`Faulty`]. The check costs one walk over the white space between the blocks.
    pub fn new(parts: Parts) -> Result<Self, Faulty> {
        check_blocks(&parts)?;
        check_repairs(&parts)?;
        check_footnotes(&parts)?;
        check_hyperlinks(&parts)?;
        check_pages(&parts)?;
        struck::check(&parts)?;
        let (id, outline) = (TextId::of(&parts.text), Outline::of(&parts.blocks));
        let Parts {
            text,
            blocks,
            repairs,
            footnotes,
            hyperlinks,
            pages,
            tables,
            struck,
            metadata,
            origin,
            written,
        } = parts;
        let tables = table::measure(&text, &blocks, tables)?;
        Ok(Self {
            id,
            text,
            blocks,
            repairs,
            footnotes,
            hyperlinks,
            pages,
            tables,
            struck,
            outline,
            metadata,
            origin,
            written,
            numbering: OnceLock::new(),
        })
    }

    /// The parts that it was made of.
    pub fn into_parts(self) -> Parts {
        let Self {
            text,
            blocks,
            repairs,
            footnotes,
            hyperlinks,
            pages,
            tables,
            struck,
            metadata,
            origin,
            written,
            ..
        } = self;
        let tables = tables.into_iter().map(|known| known.table).collect();
        Parts {
            text,
            blocks,
            repairs,
            footnotes,
            hyperlinks,
            pages,
            tables,
            struck,
            metadata,
            origin,
            written,
        }
    }

    /// The identity of its text.
    pub fn id(&self) -> TextId {
        self.id
    }

    /// The whole text, as read.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Its blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The block with that index, if there is one.
    pub fn block(&self, index: BlockIndex) -> Option<&Block> {
        self.blocks.get(index.as_usize())
    }

    /// What was repaired, in order of the text.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// Its headings.
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// What it says of itself.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// What it was read from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The script it is written in, as detected.
    pub fn written(&self) -> Written {
        self.written
    }

    /// The block that holds `position` (bytes of the text), or the nearest one before it; the first one
    /// where there is none before. `None` only for a document without blocks.
    pub fn block_at(&self, position: u32) -> Option<BlockIndex> {
        let after = self.blocks.partition_point(|block| block.span.start() <= position);
        (!self.blocks.is_empty()).then(|| BlockIndex::new(after.saturating_sub(1)))
    }
}

fn check_blocks(parts: &Parts) -> Result<(), Faulty> {
    let mut last = 0;
    for block in &parts.blocks {
        let gap = Span::new(last, block.span.start().max(last));
        let in_order = block.span.start() >= last && block.span.of(&parts.text).is_some();
        let between = gap.of(&parts.text).ok_or(Faulty::Block(block.span))?;
        match (in_order, between.trim().is_empty()) {
            (false, _) => return Err(Faulty::Block(block.span)),
            (true, false) => return Err(Faulty::Lost(gap)),
            (true, true) => last = block.span.end(),
        }
    }
    let after = Span::new(last, Span::whole(&parts.text).end());
    let missing = !after.of(&parts.text).unwrap_or_default().trim().is_empty();
    if missing { Err(Faulty::Lost(after)) } else { Ok(()) }
}

fn check_repairs(parts: &Parts) -> Result<(), Faulty> {
    let mut last = 0;
    for repair in &parts.repairs {
        if repair.span.start() < last || repair.span.of(&parts.text).is_none() {
            return Err(Faulty::Repair(repair.span));
        }
        last = repair.span.end();
    }
    Ok(())
}

fn check_footnotes(parts: &Parts) -> Result<(), Faulty> {
    let mut last = 0;
    for link in &parts.footnotes {
        let note = parts.blocks.get(link.note.as_usize());
        let is_note = note.is_some_and(|note| note.kind == BlockKind::Footnote);
        if !is_note || link.mark.start() < last || link.mark.of(&parts.text).is_none() {
            return Err(Faulty::Footnote(link.mark));
        }
        last = link.mark.start();
    }
    Ok(())
}

fn check_hyperlinks(parts: &Parts) -> Result<(), Faulty> {
    let mut last = 0;
    for link in &parts.hyperlinks {
        let words = link.words.of(&parts.text).unwrap_or_default();
        let leads = match link.target {
            HyperlinkTarget::Address(_) => true,
            HyperlinkTarget::Place(position) => Span::at(position).of(&parts.text).is_some(),
        };
        if words.is_empty() || link.words.start() < last || !leads {
            return Err(Faulty::Hyperlink(link.words));
        }
        last = link.words.end();
    }
    Ok(())
}

fn check_pages(parts: &Parts) -> Result<(), Faulty> {
    let mut last = 0;
    for &PageStart { position, .. } in &parts.pages {
        if position < last || Span::at(position).of(&parts.text).is_none() {
            return Err(Faulty::Page(position));
        }
        last = position;
    }
    Ok(())
}

/// The index of a block in its document, from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct BlockIndex(u32);

impl BlockIndex {
    /// The index `index`; past 32 bits it becomes the largest there is.
    pub fn new(index: usize) -> Self {
        Self(crate::text::saturate(index))
    }

    /// The index after it.
    fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// For use with slices.
    pub fn as_usize(self) -> usize {
        self.0 as usize
    }
}
