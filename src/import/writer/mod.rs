//! Writes the text of a marked-up file, block by block.
//!
//! The text is what the file says without its markup; blocks are joined by line ends. Numbers of ordered
//! lists are written (the file's reader sees them), bullets are not. What the finished text is found to be, says
//! [`super::finish`].

mod rows;
mod tying;

use std::collections::BTreeSet;

use super::plain::Sketch;
use super::ties::Ties;
use super::{byline, characters, looks, numbering};
use crate::document::{AsideReason, BlockKind};
use crate::text::{Span, saturate};

/// A cell says how many columns it goes over, or how often it is repeated: not believed beyond this.
pub(super) const MOST_SPANNED: usize = 64;

/// A line that announces what follows has at least so many columns: a name before a colon has fewer.
const ANNOUNCING: usize = 16;

/// So many bytes of the text are enough to see whether its last line announces something.
const LAST_WORDS: usize = 400;

/// So many lines of running heads and feet are kept.
pub(super) const MOST_FURNITURE: usize = 100;

/// What belongs to a text though it is mostly links.
const BELONGING: [&str; 18] = [
    "附件",
    "参考",
    "參考",
    "文献",
    "文獻",
    "注释",
    "注釋",
    "註釋",
    "出处",
    "出處",
    "资料来源",
    "資料來源",
    "参见",
    "參見",
    "参阅",
    "參閱",
    "详见",
    "詳見",
];

/// A text in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Writer {
    text: String,
    sketches: Vec<Sketch>,
    /// Where the open block begins, and what it is.
    open: Option<(usize, BlockKind, bool)>,
    /// Where its own words begin, after the number that it begins with.
    words: usize,
    /// A line break or spaces of the source, not yet written.
    space: Option<Space>,
    /// What the next block begins with: the number of a list's item.
    prefix: String,
    largest: Option<(usize, usize)>,
    /// Blocks that follow the open one: readings of ruby, texts of pictures.
    waiting: Vec<Waiting>,
    /// Words set aside that will follow the open block, or the next.
    unseen: Vec<Unseen>,
    /// How many readings were written.
    readings: u32,
    /// Whether the open block is what a picture or table is called.
    caption: bool,
    /// Whether words to be written are struck out, and what was last written so in the open block.
    strikes: bool,
    struck: Option<(usize, usize)>,
    /// How many borders of cells were written in the open block.
    borders: usize,
    ties: Ties,
}

/// A block that follows the open one.
#[derive(Clone, Debug)]
struct Waiting {
    kind: BlockKind,
    text: String,
    /// The note that it begins.
    key: Option<String>,
}

/// Words of a block that are set aside, for one reason.
#[derive(Clone, Debug)]
struct Unseen {
    reason: AsideReason,
    words: String,
    /// How long the text was where the last of them stand.
    at: usize,
}

/// White space that may mean a space: the later means more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Space {
    /// A line break of the source, which means nothing between Han characters.
    Break,
    /// Spaces on one line.
    Blank,
    /// What parts paragraphs and lines within one cell.
    Part,
    /// A page ends within a paragraph.
    Page,
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

    /// Whether nothing was written yet.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the open block is hidden from the reader.
    pub(super) fn is_hidden(&self) -> bool {
        self.open.is_some_and(|(_, kind, _)| kind == BlockKind::Aside(AsideReason::Hidden))
    }

    /// Whether what was written ends with one of these characters.
    pub(super) fn ends_with<const COUNT: usize>(&self, characters: [char; COUNT]) -> bool {
        self.text.ends_with(characters)
    }

    /// Whether the last block announces what follows it: a sentence of some length before a colon, or a title of what
    /// belongs to a text.
    pub(super) fn announces(&self) -> bool {
        let near = self.text.floor_char_boundary(self.text.len().saturating_sub(LAST_WORDS));
        let last = self.since(near).trim_end().rsplit('\n').next().unwrap_or_default();
        let columns = characters::columns(last);
        let belongs = columns < ANNOUNCING && BELONGING.iter().any(|title| last.contains(title));
        belongs || last.ends_with(['：', ':']) && columns >= ANNOUNCING
    }

    /// Opens a block, and closes the one before.
    pub(super) fn open(&mut self, kind: BlockKind, boxed: bool) {
        if self.is_open() {
            self.write_unseen_after();
        }
        self.end_block();
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.open = Some((self.text.len(), kind, boxed));
        self.borders = 0;
        if !self.prefix.is_empty() {
            self.ties.write_at(self.text.len());
        }
        self.text.push_str(&std::mem::take(&mut self.prefix));
        self.words = self.text.len();
    }

    /// What the next block to be opened begins with.
    pub(super) fn set_prefix(&mut self, prefix: String) {
        self.prefix = prefix;
    }

    /// How many blocks were finished.
    pub(super) fn count(&self) -> usize {
        self.sketches.len()
    }

    /// The blocks from `index` on, and what they say.
    pub(super) fn blocks(&self, index: usize) -> impl Iterator<Item = (&Sketch, &str)> {
        self.sketches.iter().skip(index).map(|sketch| (sketch, sketch.of_text(&self.text)))
    }

    /// Says what a block is of which nothing is known but that it is a paragraph.
    pub(super) fn settle(&mut self, index: usize, kind: BlockKind) {
        if let Some(sketch) = self.sketches.get_mut(index).filter(|sketch| sketch.is_open()) {
            sketch.kind = kind;
        }
    }

    /// What the open paragraph says so far; `None` where none is open.
    pub(super) fn begun_paragraph(&self) -> Option<&str> {
        let (_, kind, _) = self.open?;
        (kind == BlockKind::Paragraph).then(|| self.since(self.words))
    }

    /// Makes an item of a list of the open paragraph; what it says so far was the item's number, which is now `label`.
    pub(super) fn make_item(&mut self, depth: u8, label: &str) {
        let Some((_, kind, _)) = &mut self.open else { return };
        *kind = BlockKind::ListItem { depth };
        self.text.truncate(self.words);
        self.struck = None;
        self.ties.trim(self.words, usize::MAX, self.words);
        self.text.push_str(label);
        (self.words, self.space) = (self.text.len(), None);
    }

    /// The open block is what a picture or table is called, and nothing else.
    pub(super) fn set_caption(&mut self) {
        self.caption = true;
    }

    /// All of a block is set in the middle and bold.
    pub(super) fn stands_out(&mut self, index: usize) {
        if let Some(sketch) = self.sketches.get_mut(index) {
            sketch.outstanding = true;
        }
    }

    /// So many blocks from `first` on are set larger than all others before the text.
    pub(super) fn set_largest(&mut self, first: usize, count: usize) {
        self.largest = Some((first, count));
    }

    /// The first of the blocks that are set larger than all others before the text, and how many they are.
    pub(super) fn largest(&self) -> Option<(usize, usize)> {
        self.largest
    }

    /// Puts a heading on another level.
    pub(super) fn set_level(&mut self, index: usize, level: u8) {
        if let Some(BlockKind::Heading { level: own }) =
            self.sketches.get_mut(index).map(|sketch| &mut sketch.kind)
        {
            *own = level;
        }
    }

    /// Writes text as it is.
    pub(super) fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.is_open() {
            self.open(BlockKind::Paragraph, false);
        }
        let before = self.text.len();
        self.write_space(text);
        self.ties.write_at(self.text.len());
        let from = self.text.len();
        self.text.push_str(text);
        if self.strikes && !text.trim().is_empty() {
            self.note_struck(before, from);
        }
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

    /// A paragraph or line ends within a cell, which the reader sees: a row is one line here.
    pub(super) fn part_break(&mut self) {
        self.add_space(Space::Part);
    }

    /// A page ends; where words of the same paragraph follow, they begin a line.
    pub(super) fn page_break(&mut self) {
        self.add_space(Space::Page);
    }

    /// A line break that the reader sees.
    pub(super) fn hard_break(&mut self) {
        self.space = None;
        self.text.push('\n');
    }

    /// Whether the open block ends with a line break so far.
    pub(super) fn ends_with_break(&self) -> bool {
        self.text.ends_with('\n')
    }

    fn add_space(&mut self, space: Space) {
        self.space = self.space.max(Some(space));
    }

    /// Writes the space that is due before `next`.
    fn write_space(&mut self, next: &str) {
        let Some(space) = self.space.take() else { return };
        let before = self.since(self.words).chars().next_back();
        let wide = |found: Option<char>| found.is_some_and(characters::is_wide);
        let at_edge = before.is_none_or(char::is_whitespace);
        let between_wide = wide(before) && wide(next.chars().next());
        match space {
            _ if at_edge => {}
            Space::Break if between_wide => {}
            Space::Break | Space::Blank | Space::Part => self.text.push(' '),
            Space::Page => self.text.push('\n'),
        }
    }

    /// Lines of running heads and feet follow the text, each once, set aside.
    pub(super) fn set_furniture_aside(&mut self, lines: impl IntoIterator<Item = String>) {
        let mut written: BTreeSet<String> = BTreeSet::new();
        for line in lines {
            let says = line.chars().any(char::is_alphabetic) && written.len() < MOST_FURNITURE;
            if says && written.insert(line.trim().to_owned()) {
                self.open(BlockKind::Aside(AsideReason::PageFurniture), false);
                self.push_collapsed(line.trim());
                self.close();
            }
        }
    }

    /// A block that stands after the open one.
    pub(super) fn add_after(&mut self, kind: BlockKind, text: String) {
        if !text.trim().is_empty() {
            self.waiting.push(Waiting { kind, text, key: None });
        }
    }

    /// Sets words aside that stand where the text is now: they follow the block. What stands at
    /// different places of it is parted.
    pub(super) fn set_aside(&mut self, reason: AsideReason, words: &str) {
        if words.is_empty() {
            return;
        }
        let here = self.position();
        match self.unseen.iter_mut().find(|unseen| unseen.reason == reason) {
            Some(unseen) => {
                if unseen.at != here {
                    unseen.words.push(' ');
                }
                unseen.words.push_str(words);
                unseen.at = here;
            }
            None => self.unseen.push(Unseen { reason, words: words.to_owned(), at: here }),
        }
    }

    fn write_unseen_after(&mut self) {
        for unseen in std::mem::take(&mut self.unseen) {
            self.add_after(BlockKind::Aside(unseen.reason), unseen.words.trim().to_owned());
        }
    }

    /// Closes the open block, and writes what follows it; one without text was none.
    pub(super) fn close(&mut self) {
        self.write_unseen_after();
        self.end_block();
    }

    fn end_block(&mut self) {
        self.space = None;
        if let Some((start, kind, boxed)) = self.open.take() {
            self.finish_block(start, kind, boxed);
        }
        let prefix = std::mem::take(&mut self.prefix);
        for Waiting { kind, text, key } in std::mem::take(&mut self.waiting) {
            if let Some(key) = key {
                self.ties.begin_note(&key);
            }
            self.open(kind, false);
            self.push(&text);
            self.close();
        }
        self.prefix = prefix;
    }

    fn finish_block(&mut self, start: usize, kind: BlockKind, boxed: bool) {
        self.tie_struck();
        let is_named = std::mem::take(&mut self.caption);
        let written = self.since(start);
        if written.trim().is_empty() {
            self.text.truncate(start.saturating_sub(1));
            self.ties.tables.drop_row();
            return self.ties.trim(start, usize::MAX, start);
        }
        // A row may begin or end with empty cells.
        let is_margin =
            |found: char| found.is_whitespace() && !(kind == BlockKind::TableRow && found == '\t');
        let content = written.trim_matches(is_margin);
        let before = written.len() - written.trim_start_matches(is_margin).len();
        let end = start + before + content.len();
        // Leading white space is cut out of the text: in markup it is layout.
        let before = if kind == BlockKind::Preformatted { 0 } else { before };
        let caption = is_named || looks::is_caption(content);
        let parts = parts_of(content, end - before - start, kind);
        self.text.truncate(end);
        self.text.replace_range(start..start + before, "");
        self.ties.trim(start, before, end - before);
        self.ties.finish_block(self.sketches.len(), kind);
        for (from, to, kind) in parts {
            let span = Span::new(saturate(start + from), saturate(start + to));
            let content = span.of(&self.text).unwrap_or_default();
            let (columns, number) = (saturate(characters::columns(content)), numbering::parse(content));
            self.sketches.push(Sketch {
                span,
                columns,
                indent: 0,
                after_blank: true,
                cut: false,
                boxed,
                outstanding: false,
                caption,
                number,
                kind,
            });
        }
    }

    /// The finished text, its blocks, and what is tied to its places.
    pub(super) fn into_parts(mut self) -> (String, Vec<Sketch>, Ties) {
        self.close();
        (self.text, self.sketches, self.ties)
    }
}

/// The parts of a block, with what each is: behind the line that says where a text comes from a page has choices of its
/// own, which are none of it.
fn parts_of(content: &str, length: usize, kind: BlockKind) -> Vec<(usize, usize, BlockKind)> {
    let navigation = BlockKind::Aside(AsideReason::Navigation);
    let may_have = kind == BlockKind::Paragraph || kind == navigation;
    match byline::start_of_controls(content).filter(|_| may_have) {
        Some(controls) => {
            let said = content.get(..controls).unwrap_or_default().trim_end().len();
            vec![(0, said, kind), (controls, content.len(), navigation)]
        }
        None => vec![(0, length, kind)],
    }
}
