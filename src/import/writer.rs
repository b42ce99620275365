//! Writes the text of a marked-up file, block by block.
//!
//! The text is what the file says without its markup; blocks are joined by line ends. Numbers of ordered
//! lists are written (the file's reader sees them), bullets are not.

use super::plain::Sketch;
use super::{Read, byline, characters, clean, numbering, structure};
use crate::document::{AsideReason, Block, BlockKind, Field, Format, Metadata};
use crate::text::{Span, saturate};

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    sketches: Vec<Sketch>,
    /// Where the open block begins, and what it is.
    open: Option<(usize, BlockKind, bool)>,
    /// A line break or spaces of the source, not yet written.
    space: Option<Space>,
    /// What the next block begins with: the number of a list's item.
    prefix: String,
    /// Blocks that follow the open one: readings of ruby, texts of pictures.
    waiting: Vec<(BlockKind, String)>,
}

/// White space of the source that may mean a space.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Space {
    /// Spaces on one line.
    Blank,
    /// A line break, which means nothing between Han characters.
    Break,
}

impl Writer {
    /// The length of the text so far, in bytes.
    pub(super) fn position(&self) -> usize {
        self.text.len()
    }

    /// What was written from `position` on.
    pub(super) fn since(&self, position: usize) -> &str {
        self.text.get(position..).unwrap_or_default()
    }

    /// Whether a block is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Opens a block, and closes the one before.
    pub(super) fn open(&mut self, kind: BlockKind, boxed: bool) {
        self.close();
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.open = Some((self.text.len(), kind, boxed));
        self.text.push_str(&std::mem::take(&mut self.prefix));
    }

    /// What the next block to be opened begins with.
    pub(super) fn set_prefix(&mut self, prefix: String) {
        self.prefix = prefix;
    }

    /// Writes text as it is.
    pub(super) fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.write_space(text);
        self.text.push_str(text);
    }

    /// Writes text in which white space means at most one space.
    pub(super) fn push_collapsed(&mut self, text: &str) {
        let is_space = |found: char| matches!(found, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        let mut rest = text;
        while !rest.is_empty() {
            let spaces = rest.len() - rest.trim_start_matches(is_space).len();
            let (space, after) = rest.split_at_checked(spaces).unwrap_or(("", rest));
            if !space.is_empty() {
                self.add_space(if space.contains('\n') { Space::Break } else { Space::Blank });
            }
            let end = after.find(is_space).unwrap_or(after.len());
            let (word, tail) = after.split_at_checked(end).unwrap_or((after, ""));
            self.push(word);
            rest = tail;
        }
    }

    /// A line break of the source that is only a break of its lines.
    pub(super) fn soft_break(&mut self) {
        self.add_space(Space::Break);
    }

    /// A line break that the reader sees.
    pub(super) fn hard_break(&mut self) {
        self.space = None;
        self.text.push('\n');
    }

    /// A border between two cells of a row.
    pub(super) fn tab(&mut self) {
        self.space = None;
        self.text.push('\t');
    }

    fn add_space(&mut self, space: Space) {
        self.space = Some(if self.space == Some(Space::Blank) { Space::Blank } else { space });
    }

    /// Writes the space that is due before `next`.
    fn write_space(&mut self, next: &str) {
        let Some(space) = self.space.take() else { return };
        let start = self.open.map_or(0, |(start, _, _)| start);
        let before = self.since(start).chars().next_back();
        let wide = |found: Option<char>| found.is_some_and(characters::is_wide);
        let at_edge = before.is_none_or(char::is_whitespace);
        let between_wide = wide(before) && wide(next.chars().next());
        if !at_edge && !(space == Space::Break && between_wide) {
            self.text.push(' ');
        }
    }

    /// A block that stands after the open one.
    pub(super) fn add_after(&mut self, kind: BlockKind, text: String) {
        if !text.trim().is_empty() {
            self.waiting.push((kind, text));
        }
    }

    /// Closes the open block; one without text was none.
    pub(super) fn close(&mut self) {
        self.space = None;
        if let Some((start, kind, boxed)) = self.open.take() {
            self.finish_block(start, kind, boxed);
        }
        for (kind, text) in std::mem::take(&mut self.waiting) {
            self.open(kind, false);
            self.push(&text);
            self.close();
        }
    }

    fn finish_block(&mut self, start: usize, kind: BlockKind, boxed: bool) {
        let written = self.since(start);
        let content = written.trim();
        if content.is_empty() {
            self.text.truncate(start.saturating_sub(1));
            return;
        }
        let before = written.len() - written.trim_start().len();
        let end = start + before + content.len();
        // Leading white space is cut out of the text: in markup it is layout.
        let before = if kind == BlockKind::Preformatted { 0 } else { before };
        let columns = saturate(characters::columns(content));
        let number = numbering::parse(content);
        self.text.truncate(end);
        self.text.replace_range(start..start + before, "");
        let span = Span::new(saturate(start), saturate(end - before));
        self.sketches.push(Sketch {
            span,
            columns,
            indent: 0,
            after_blank: true,
            cut: false,
            boxed,
            number,
            kind,
        });
    }

    /// Takes the text as finished: finds title and bylines, and headings where the markup has none.
    pub(super) fn finish(mut self, format: Format, mut metadata: Metadata) -> Read {
        self.close();
        let Self { text, mut sketches, .. } = self;
        settle_levels(&text, &mut sketches, &mut metadata);
        let mut own: Vec<Sketch> =
            sketches.iter().filter(|sketch| sketch.kind.aside().is_none()).copied().collect();
        let unmarked = !own.iter().any(|sketch| matches!(sketch.kind, BlockKind::Heading { .. }));
        clean::clean(&text, &mut own, &mut metadata, usize::from(format == Format::Html));
        if unmarked {
            structure::find(&text, &mut own);
        }
        let mut own = own.into_iter();
        for sketch in sketches.iter_mut().filter(|sketch| sketch.kind.aside().is_none()) {
            *sketch = own.next().unwrap_or(*sketch);
        }
        let block = |sketch: &Sketch| Block { span: sketch.span, kind: sketch.kind, boxed: sketch.boxed };
        let blocks = sketches.iter().map(block).collect();
        Read { format, text, blocks, repairs: Vec::new(), metadata }
    }
}

/// Makes the only heading of the highest level the title where it comes first, and counts the levels of
/// the others from 1. Bylines may stand before the title.
fn settle_levels(text: &str, sketches: &mut [Sketch], metadata: &mut Metadata) {
    let level = |sketch: &Sketch| match sketch.kind {
        BlockKind::Heading { level } => Some(level),
        _ => None,
    };
    let levels: Vec<(usize, u8)> =
        sketches.iter().enumerate().filter_map(|(index, sketch)| Some((index, level(sketch)?))).collect();
    let Some(&(first, highest)) = levels.first() else { return };
    let is_title = levels.iter().filter(|(_, level)| *level <= highest).count() == 1
        && (highest == 1 || levels.len() > 1);
    let body_before =
        sketches.iter().take(first).any(|sketch| sketch.is_open() && !clean::is_byline(sketch.of_text(text)));
    let has_title = is_title && !body_before;
    let lowest_number =
        levels.iter().skip(usize::from(has_title)).map(|(_, level)| *level).min().unwrap_or(1);
    for (index, level) in levels {
        let kind = if has_title && index == first {
            BlockKind::Title
        } else {
            BlockKind::Heading { level: level - lowest_number + 1 }
        };
        if let Some(sketch) = sketches.get_mut(index) {
            sketch.kind = kind;
        }
    }
    if let Some(sketch) = sketches.get(first).filter(|_| has_title) {
        metadata.title = Some(Field { value: sketch.of_text(text).to_owned(), span: Some(sketch.span) });
    }
}

/// Bylines that stand outside of the main text of a page, between the title and the text, belong to it.
pub(super) fn is_stray_byline(kind: BlockKind, line: &str) -> bool {
    kind == BlockKind::Aside(AsideReason::Navigation)
        && (byline::is_date(line) || !byline::fields(line).is_empty())
}
