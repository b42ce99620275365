//! Blocks in the making: lines that belong together, and what they say.

use std::ops::Range;

use super::columns::Line;
use super::contents;
use super::rows::{LinkedRange, Reading, moved};
use super::signs::Marks;
use super::tags::TagKind;

/// A block in the making: lines that belong together.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Draft {
    /// Its lines, in order.
    pub(super) lines: Vec<DraftLine>,
    /// What it is, as far as its place says.
    pub(super) kind: Kind,
    /// What it is by the tags of the file.
    pub(super) tag: Option<TagKind>,
    /// The size of its letters, in points.
    pub(super) size: f32,
    /// Whether it is bold.
    pub(super) bold: bool,
    /// The font of its first line.
    pub(super) face: u16,
    /// Whether it is an entry of a table of contents.
    pub(super) is_entry: bool,
    /// Whether it stands in a box.
    pub(super) boxed: bool,
    /// How far its first line stands in from the edge of its column, in ems.
    pub(super) indent: f32,
}

/// What a block is, as far as its place says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Kind {
    /// Running text, or a heading.
    #[default]
    Text,
    /// A row of cells.
    Row,
    /// A listing.
    Listing,
    /// A note at the foot of its page.
    Note,
    /// A running head or the like.
    Furniture,
    /// What nobody sees.
    Hidden,
}

/// A line of a draft.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct DraftLine {
    /// What it says; cells are parted by tabulators.
    pub(super) text: String,
    /// The index of its page.
    pub(super) page: usize,
    /// The height of its baseline on the page.
    pub(super) baseline: f32,
    /// Where it begins, in points.
    pub(super) left: f32,
    /// Whether it goes on a line of another column or page.
    pub(super) crosses: bool,
    /// Whether the line before it was ended on purpose.
    pub(super) follows_break: bool,
    /// What stands raised in it, in bytes of `text`: marks of notes.
    pub(super) raised: Vec<Range<usize>>,
    /// What of `text` says a sign above or below the line, from left to right.
    pub(super) signs: Vec<Range<usize>>,
    /// What of `text` has readings above or beside it, and what these say.
    pub(super) readings: Vec<Reading>,
    /// What of `text` lies under links.
    pub(super) links: Vec<LinkedRange>,
    /// What of `text` lies under remarks.
    pub(super) remarks: Vec<LinkedRange>,
}

impl Draft {
    /// Writes before each line of a listing the spaces that it stands in by: glyphs are about 0.6 ems wide.
    pub(super) fn indent_lines(&mut self) {
        let left = self.lines.iter().map(|line| line.left).fold(f32::MAX, f32::min);
        let width = self.size.max(0.1) * 0.6;
        for line in &mut self.lines {
            let columns = (line.left - left) / width;
            let count = (0..80_u8).take_while(|&count| f32::from(count) + 0.5 < columns).count();
            line.text.insert_str(0, &" ".repeat(count));
            line.raised.clear();
            for (place, _) in &mut line.readings {
                *place = place.start + count..place.end + count;
            }
            line.links = moved(&line.links, count).collect();
            line.remarks = moved(&line.remarks, count).collect();
        }
    }
}

impl DraftLine {
    /// A line of a draft of the kind `kind` on the page `page`, whose notes have `marks`.
    pub(super) fn of(line: &Line, page: usize, kind: Kind, marks: &Marks) -> Self {
        let between = if kind == Kind::Row { "\t" } else { " " };
        let mut own = Self { page, baseline: line.baseline(), left: line.left(), ..Self::default() };
        let mut lowered = Vec::new();
        for (index, piece) in line.pieces.iter().enumerate() {
            if index > 0 {
                own.text.push_str(between);
            }
            // White space before a line is layout: places in the text are counted without it.
            let is_margin = index == 0 && !matches!(kind, Kind::Row | Kind::Listing);
            let said = if is_margin { piece.text.trim_start() } else { piece.text.as_str() };
            let (start, lost) = (own.text.len(), piece.text.len() - said.len());
            let place = |place: usize| (place + start).saturating_sub(lost);
            let range = |found: &Range<usize>| place(found.start)..place(found.end);
            own.raised.extend(piece.raised.iter().map(range));
            lowered.extend(piece.lowered.iter().map(range));
            own.readings.extend(piece.readings.iter().map(|(found, says)| (range(found), says.clone())));
            own.links.extend(piece.links.iter().map(|(found, link)| (range(found), *link)));
            own.remarks.extend(piece.remarks.iter().map(|(found, set)| (range(found), *set)));
            own.text.push_str(said);
        }
        if kind != Kind::Listing {
            own.show_signs(lowered, marks, kind == Kind::Note);
        }
        own
    }

    /// Puts a tabulator for the leaders of an entry of a table of contents.
    pub(super) fn shorten_leaders(&mut self) {
        if let Some(place) = contents::leaders(&self.text, true) {
            self.replace(&[(place, "\t".to_owned())]);
        }
    }

    /// Puts other words in places of it, which are given from left to right and lie apart, and answers where these stand
    /// then. What lies over the line stays where it is.
    pub(super) fn replace(&mut self, changes: &[(Range<usize>, String)]) -> Vec<Range<usize>> {
        let (mut text, mut done) = (String::with_capacity(self.text.len()), 0);
        let mut places: Vec<Range<usize>> = Vec::with_capacity(changes.len());
        for (place, words) in changes {
            text.push_str(self.text.get(done..place.start).unwrap_or_default());
            places.push(text.len()..text.len() + words.len());
            text.push_str(words);
            done = place.end;
        }
        text.push_str(self.text.get(done..).unwrap_or_default());
        self.text = text;
        let moved = |at: usize| {
            let before = changes.partition_point(|(place, _)| place.start < at).checked_sub(1);
            let change = before.and_then(|index| Some((changes.get(index)?, places.get(index)?)));
            change.map_or(at, |((old, _), new)| {
                let within = new.start + at - old.start;
                if at >= old.end { new.end + at - old.end } else { within.min(new.end) }
            })
        };
        let moved = |range: &mut Range<usize>| *range = moved(range.start)..moved(range.end);
        let read = self.readings.iter_mut().map(|(range, _)| range);
        self.raised.iter_mut().chain(&mut self.signs).chain(read).for_each(moved);
        let laid = self.links.iter_mut().chain(&mut self.remarks);
        laid.for_each(|(range, _)| moved(range));
        places
    }
}
