//! Plain text: the text as it is, its lines joined into passages, its structure as a careful reader sees it.

use super::lines::lines;
use super::numbering::{self, Number};
use super::repair::{self, Passage};
use super::{Read, characters, clean, looks, structure};
use crate::document::{AsideReason, Block, BlockKind, Format, Metadata, RepairChoices};
use crate::text::Span;

/// A block in the making.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing of how the block is set")]
pub(super) struct Sketch {
    /// Where it stands in the text.
    pub(super) span: Span,
    /// Its width, in columns.
    pub(super) columns: u32,
    /// The indent of its first line, in columns.
    pub(super) indent: u16,
    /// Whether there is a blank line before it.
    pub(super) after_blank: bool,
    /// Whether a column cut it in two.
    pub(super) cut: bool,
    /// Whether it belongs to a box.
    pub(super) boxed: bool,
    /// Whether all of it is set in the middle and bold.
    pub(super) outstanding: bool,
    /// Whether it is what a picture or table is called.
    pub(super) caption: bool,
    /// The number it begins with.
    pub(super) number: Option<Number>,
    /// What it is, as far as is known: a paragraph, until something else is found.
    pub(super) kind: BlockKind,
}

impl Sketch {
    /// A paragraph.
    pub(super) fn of(text: &str, passage: Passage) -> Self {
        let Passage { span, columns, indent, after_blank, cut } = passage;
        let line = span.of(text).unwrap_or_default().trim_start();
        let (number, caption) = (numbering::parse(line), looks::is_caption(line.trim_end()));
        let (boxed, outstanding) = (false, false);
        let kind = BlockKind::Paragraph;
        Self { span, columns, indent, after_blank, cut, boxed, outstanding, caption, number, kind }
    }

    /// What stands there, without an indent.
    pub(super) fn of_text<'a>(&self, text: &'a str) -> &'a str {
        self.span.of(text).unwrap_or_default().trim_start()
    }

    /// Where that begins in the text.
    pub(super) fn start_of_words(&self, text: &str) -> u32 {
        self.span.end() - Span::whole(self.of_text(text)).end()
    }

    /// Whether nothing else has been found yet than that it is a paragraph. What a picture or table is called is known
    /// to be that.
    pub(super) fn is_open(&self) -> bool {
        self.kind == BlockKind::Paragraph && !self.caption
    }
}

/// Reads plain text.
pub(super) fn read(text: String, choices: &RepairChoices) -> Read {
    let mut lines = lines(&text);
    let (passages, repairs) = repair::mend(&text, &mut lines, choices);
    drop(lines);
    let mut sketches: Vec<Sketch> = passages.into_iter().map(|passage| Sketch::of(&text, passage)).collect();
    let mut metadata = Metadata::default();
    set_furniture_aside(&text, &mut sketches);
    clean::clean(&text, &mut sketches, &mut metadata, Some(0));
    structure::find(&text, &mut sketches);
    let block = |sketch: &Sketch| Block { span: sketch.span, kind: sketch.kind, boxed: sketch.boxed };
    let blocks = sketches.iter().map(block).collect();
    Read { format: Format::PlainText, text, blocks, repairs, metadata, ..Read::default() }
}

/// Furniture of the pages: lines that are nothing but the note of a page continued, and the numbers of
/// pages where there are at least two that count up.
fn set_furniture_aside(text: &str, sketches: &mut [Sketch]) {
    let mut pages: Vec<(usize, u32)> = Vec::new();
    for (index, sketch) in sketches.iter_mut().enumerate().filter(|(_, sketch)| sketch.columns <= 40) {
        let line = sketch.of_text(text);
        if numbering::is_continuation_note(line) {
            sketch.kind = BlockKind::Aside(AsideReason::PageFurniture);
        }
        pages.extend(numbering::page(line).map(|page| (index, page)));
    }
    let counts_up = pages.len() >= 2 && pages.is_sorted_by(|left, right| left.1 < right.1);
    for (index, _) in pages.into_iter().filter(|_| counts_up) {
        if let Some(sketch) = sketches.get_mut(index) {
            sketch.kind = BlockKind::Aside(AsideReason::PageFurniture);
        }
    }
}

/// Whether a stretch is running text: long enough, and with a sentence's end.
pub(super) fn is_body(text: &str, sketch: &Sketch) -> bool {
    sketch.is_open()
        && sketch.columns >= 40
        && characters::ending(sketch.of_text(text)) == characters::Ending::Sentence
}
