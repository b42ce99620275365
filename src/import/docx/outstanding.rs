//! How the paragraphs of a DOCX look whose headings no style names: which stand in the middle, and are bold or larger than
//! the text.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::{is_on, value};
use crate::import::clean;
use crate::import::finish::LONGEST_TITLE;
use crate::import::looks::{self, Look, Styled};
use crate::import::tally::Tally;
use crate::import::writer::Writer;
use crate::import::xml::child;

/// The size of letters of which nothing is said, in half points.
const USUAL: u32 = 20;
/// No honest letters are larger, in half points.
const LARGEST: u32 = 2_000;

/// What properties of a run say of its letters; `None` where they say nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Letters {
    /// In half points.
    size: Option<u32>,
    bold: Option<bool>,
}

impl Letters {
    /// What these properties (`rPr`) say.
    pub(super) fn of(properties: Node<'_, '_>) -> Self {
        let size = child(properties, "sz").and_then(value).and_then(|size| size.parse().ok());
        Self { size: size.map(|size: u32| size.min(LARGEST)), bold: child(properties, "b").map(is_on) }
    }

    /// What is said, and where nothing is, what `base` says.
    pub(super) fn or(self, base: Self) -> Self {
        Self { size: self.size.or(base.size), bold: self.bold.or(base.bold) }
    }

    fn look(self) -> Look {
        Look { size: self.size.unwrap_or(USUAL), bold: self.bold.unwrap_or(false), face: 0 }
    }
}

/// How the blocks look that were written, by their indices.
#[derive(Debug, Default)]
pub(super) struct Outstanding {
    blocks: BTreeMap<usize, Block>,
}

#[derive(Debug, Default)]
struct Block {
    centred: bool,
    looks: Tally<Look>,
    /// How many bytes of text it has.
    length: usize,
}

impl Outstanding {
    /// A block begins.
    pub(super) fn begin(&mut self, block: usize, centred: bool) {
        self.blocks.insert(block, Block { centred, ..Block::default() });
    }

    /// Text was written in a block.
    pub(super) fn add(&mut self, block: usize, letters: Letters, text: &str) {
        let length = text.trim().len();
        if let Some(block) = self.blocks.get_mut(&block).filter(|_| length > 0) {
            block.looks.add(letters.look(), length);
            block.length += length;
        }
    }

    /// Tells which blocks stand out: in the middle, and bold or larger than most of the text.
    pub(super) fn tell(&self, writer: &mut Writer) {
        let styled = |block: &Block| {
            let look = block.looks.most()?;
            Some(Styled { look, length: block.length, ..Styled::default() })
        };
        let body = Look::of_body(&self.blocks.values().filter_map(styled).collect::<Vec<_>>());
        for (index, block) in &self.blocks {
            let stands_out = block.looks.most().is_some_and(|look| look.stands_out(body));
            if block.centred && stands_out {
                writer.stands_out(*index);
            }
        }
        if let Some((first, count)) = self.largest(body, writer) {
            writer.set_largest(first, count);
        }
    }

    /// The first of the lines before the text that are set in the middle and largest of all, a quarter larger than the text at
    /// least, and how many follow each other. The name of an office above its papers is none.
    fn largest(&self, body: Look, writer: &Writer) -> Option<(usize, usize)> {
        let runs = |block: &Block| !block.centred && block.length >= RUNNING;
        let head = self.blocks.iter().take(LONGEST_HEAD).take_while(|(_, block)| !runs(block));
        let sized = |(index, block): (&usize, &Block)| {
            let size = block.looks.most()?.size;
            let (sketch, line) = writer.blocks(*index).next()?;
            let fits = sketch.is_open() && looks::has_form_of_heading(line, sketch.number) && !is_other(line);
            (block.centred && fits && size * 100 >= body.size * 125).then_some((*index, size))
        };
        let lines: Vec<(usize, u32)> = head.filter_map(sized).collect();
        let size = lines.iter().map(|(_, size)| *size).max()?;
        let at = lines.iter().position(|(_, own)| *own == size)?;
        let (first, _) = *lines.get(at)?;
        let follows = |(index, own): &(usize, u32), expected| *own == size && *index == expected;
        let rest = lines.get(at..).unwrap_or_default().iter().zip(first..);
        let count = rest.take_while(|(line, expected)| follows(line, *expected)).count();
        (count <= LONGEST_TITLE).then_some((first, count))
    }
}

/// A line of so many bytes that is not set in the middle is text.
const RUNNING: usize = 90;
/// So many blocks stand before the text at most.
const LONGEST_HEAD: usize = 20;

/// Whether a line says something else than a title: the name of an office above its papers, a number, a date, that a table
/// of contents follows.
fn is_other(line: &str) -> bool {
    clean::is_masthead(line) || clean::is_byline(line) || looks::names_contents(line)
}
