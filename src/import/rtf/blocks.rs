//! Paragraphs and rows of an RTF, and what follows them: notes and boxes.

use std::mem;

use super::body::Body;
use super::lists;
use super::state::State;
use super::tokens::Tokens;
use crate::document::{AsideReason, BlockKind};
use crate::import::tables::Border;

/// Where text stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Place {
    /// Whether it stands apart from the text: in a note or a box.
    pub(super) is_apart: bool,
    pub(super) in_note: bool,
    pub(super) boxed: bool,
}

/// The row of a table that is open.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Row {
    is_open: bool,
    /// The cells that rows have; with one they are a frame around paragraphs.
    cells: Vec<Border>,
    /// What is said of the cell that is defined next.
    pub(super) next: Border,
    /// Borders of cells that are written before what follows.
    borders: usize,
}

impl Row {
    fn is_frame(&self) -> bool {
        self.cells.len() == 1
    }

    /// What is said of rows begins.
    pub(super) fn define(&mut self) {
        self.cells.clear();
        self.next = Border::default();
    }

    /// Rows have one more cell, which ends so far from the left.
    pub(super) fn define_cell(&mut self, at: Option<i32>) {
        let next = mem::take(&mut self.next);
        self.cells.push(Border { at: at.unwrap_or(0), ..next });
    }
}

/// What follows the paragraph in which it is anchored.
pub(super) struct Waiting<'a> {
    pub(super) tokens: Tokens<'a>,
    pub(super) state: State,
    /// The note that it is, with its mark; a box is none.
    pub(super) note: Option<(String, String)>,
}

impl<'a> Body<'a> {
    /// Writes text of a paragraph.
    pub(super) fn write(&mut self, text: &str) {
        let State { hidden, deleted, shift, .. } = self.state;
        if deleted || hidden {
            let reason = if deleted { AsideReason::Deleted } else { AsideReason::Hidden };
            return self.writer.set_aside(reason, text);
        }
        // White space before a paragraph is layout, and so is that between the mark of a note and its words.
        let is_begun = self.writer.is_open() && !self.counts.begins_note;
        let text = if is_begun { text } else { self.without_bullet(text.trim_start()) };
        if text.is_empty() {
            return;
        }
        (self.counts.begins_note, self.counts.is_marked) = (false, false);
        self.begin();
        let from = self.writer.position();
        let shifted = shift.and_then(|shift| shift.shown(text));
        self.writer.strike(self.state.struck);
        self.writer.push(shifted.as_deref().unwrap_or(text));
        self.writer.strike(false);
        if shift.is_some() {
            self.counts.shifted = Some((from, self.writer.position()));
        }
    }

    /// The text that a paragraph begins with: a bullet before it that some programs write into it makes an item of it.
    fn without_bullet<'text>(&mut self, text: &'text str) -> &'text str {
        let after =
            text.strip_prefix(['•', '▪', '◦', '●']).filter(|_| !self.writer.is_open() && !self.is_in_row());
        match after {
            Some(after) => {
                self.number.get_or_insert_default();
                after.trim_start()
            }
            None => text,
        }
    }

    /// Begins the block that the text belongs to, unless it is open.
    pub(super) fn begin(&mut self) {
        if !self.is_in_row() {
            if mem::take(&mut self.row.is_open) || !self.writer.is_open() {
                self.leave_table();
                self.begin_paragraph();
            }
            return;
        }
        self.begin_row();
        self.write_borders(self.row.borders);
        if let Some(number) = self.number.take() {
            self.writer.push(&number);
        }
    }

    /// Whether text is of a row. What is anchored in a cell says so of its paragraphs too, but has rows only where it
    /// defines them.
    pub(super) fn is_in_row(&self) -> bool {
        let has_rows = !self.row.cells.is_empty() || !self.place.is_apart;
        self.state.paragraph.in_row && has_rows && !self.row.is_frame()
    }

    fn begin_paragraph(&mut self) {
        let boxed = self.place.boxed || self.state.paragraph.in_row && self.row.is_frame();
        let (kind, number) = self.kind();
        let mark = mem::take(&mut self.counts.mark);
        if self.writer.is_in_table() {
            self.writer.end_table();
        }
        self.writer.set_prefix(format!("{mark}{number}"));
        self.writer.open(kind, boxed);
        if self.header.is_caption(self.state.paragraph.style) {
            self.writer.set_caption();
        }
    }

    /// What a paragraph is, and the number that it begins with.
    fn kind(&mut self) -> (BlockKind, String) {
        let number = self.number.take();
        let paragraph = self.state.paragraph;
        if !self.place.is_apart {
            self.lists.leave(paragraph.indent);
        }
        let kind = match self.header.kind(paragraph.style, paragraph.outline) {
            _ if self.place.in_note => BlockKind::Footnote,
            (_, true) => BlockKind::Aside(AsideReason::Navigation),
            _ if self.contents > 0 => BlockKind::Aside(AsideReason::Navigation),
            (BlockKind::Paragraph, _) if number.is_some() => {
                BlockKind::ListItem { depth: self.lists.depth(paragraph) }
            }
            (kind, _) => kind,
        };
        (kind, number.unwrap_or_default())
    }

    /// The number of a list's item, as the file writes it beside the item.
    pub(super) fn set_number(&mut self, written: &str) {
        self.number = Some(lists::label(written.trim()));
    }

    /// A tabulator. In a paragraph that hangs it ends the number or the sign that the paragraph begins with, and makes an
    /// item of a list of it.
    pub(super) fn tab(&mut self) {
        let State { paragraph, hidden, deleted, .. } = self.state;
        let may_number = paragraph.hangs && !hidden && !deleted;
        let begun = self.writer.begun_paragraph().filter(|_| may_number);
        match begun.filter(|begun| lists::is_number(begun)).map(lists::label) {
            _ if self.is_in_row() => self.write(" "),
            Some(label) => self.writer.make_item(self.lists.depth(paragraph), &label),
            None => self.write("\t"),
        }
    }

    /// A paragraph ends.
    pub(super) fn end_paragraph(&mut self) {
        if self.is_in_row() && self.row.is_open {
            return self.writer.part_break();
        }
        self.number = None;
        self.writer.end_table();
        self.after_block();
    }

    /// The end of a paragraph was deleted: the next one goes on in it. One that says nothing was none.
    pub(super) fn join_paragraphs(&mut self) {
        if !self.writer.is_open() {
            self.number = None;
        }
    }

    // ---- Rows -------------------------------------------------------------------------------------------

    fn begin_row(&mut self) {
        if !self.row.is_open {
            let kind = if self.place.in_note { BlockKind::Footnote } else { BlockKind::TableRow };
            self.writer.go_on_in_table();
            self.writer.set_prefix(mem::take(&mut self.counts.mark));
            self.writer.open(kind, self.place.boxed);
            (self.row.is_open, self.row.borders) = (true, 0);
        }
    }

    fn write_borders(&mut self, count: usize) {
        (0..count).for_each(|_| self.writer.tab());
        self.row.borders = 0;
    }

    /// A cell ends.
    pub(super) fn end_cell(&mut self) {
        if !self.is_in_row() {
            return self.end_paragraph();
        }
        self.number = None;
        self.begin_row();
        self.row.borders += 1;
    }

    /// A row ends: the border after its last cell is none. What was anchored in it follows the table.
    pub(super) fn end_row(&mut self) {
        if mem::take(&mut self.row.is_open) {
            self.write_borders(self.row.borders.saturating_sub(1));
            self.writer.draw_row(&self.row.cells);
        }
        self.number = None;
        self.writer.close();
        if !self.place.is_apart {
            self.after_table.append(&mut self.waiting);
        }
    }

    // ---- What follows -----------------------------------------------------------------------------------

    /// What was anchored in the block that was finished.
    fn after_block(&mut self) {
        if self.place.is_apart {
            return;
        }
        self.leave_table();
        while let Some(waiting) = self.waiting.pop_front() {
            self.apart(waiting);
        }
    }

    /// What was anchored in the rows of a table follows it, before what follows the table.
    pub(super) fn leave_table(&mut self) {
        if self.place.is_apart || self.is_in_row() || self.after_table.is_empty() {
            return;
        }
        // What begins goes on as if nothing were between.
        let begun = (self.number.take(), mem::take(&mut self.skipped));
        while let Some(waiting) = self.after_table.pop_front() {
            self.apart(waiting);
        }
        (self.number, self.skipped) = begun;
    }

    /// The text ends: what follows the last table and the text is read.
    pub(super) fn end_text(&mut self) {
        self.end_row();
        self.state = State::default();
        self.leave_table();
        while let Some(note) = self.endnotes.pop_front() {
            self.apart(note);
        }
    }

    /// Reads what stands apart from the text.
    pub(super) fn apart(&mut self, waiting: Waiting<'a>) {
        let Waiting { tokens, state, note } = waiting;
        let outer = (self.place, mem::take(&mut self.row), self.state);
        self.place = Place { is_apart: true, in_note: note.is_some(), boxed: note.is_none() };
        self.state = state.apart();
        self.writer.end_table();
        if let Some((key, mark)) = note {
            self.writer.begin_note(&key);
            self.counts.mark = if mark.is_empty() { mark } else { mark + " " };
            self.counts.begins_note = true;
        }
        self.run(tokens);
        self.end_row();
        self.writer.end_table();
        self.counts.mark.clear();
        self.counts.begins_note = false;
        (self.place, self.row, self.state) = outer;
    }
}
