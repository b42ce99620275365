//! The body of a DOCX: paragraphs, tables and boxes, one after the other.

use std::collections::VecDeque;

use roxmltree::{Document as Tree, Node};

use super::Trees;
use super::fields::Fields;
use super::hyperlinks::{self, AddressesOfParts};
use super::notes::{self, Kind, Notes, Referred};
use super::numbering::Numbering;
use super::outstanding::{Letters, Outstanding};
use super::pages::Pages;
use super::styles::Styles;
use crate::document::{AsideReason, BlockKind};
use crate::import::job::Job;
use crate::import::raised::Shift;
use crate::import::tables::Down;
use crate::import::word_fields::{self, Leading};
use crate::import::writer::{MOST_SPANNED, Writer};
use crate::import::xml::{attribute, child, children, find, name};
use crate::import::{Unread, Warning};
use crate::text::saturate;

/// The reading of a body. It calls itself for what lies in each other, as deep as the gate before the
/// parser allows.
pub(super) struct Body<'a> {
    pub(super) writer: Writer,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) notes: Notes<'a>,
    pub(super) pages: Pages,
    pub(super) fields: Fields,
    addresses: &'a AddressesOfParts,
    /// What follows the paragraph or table that is open.
    pub(super) waiting: Vec<Waiting<'a>>,
    endnotes: VecDeque<Referred<'a>>,
    /// Footnotes of the note that is open; they follow it.
    inner_notes: VecDeque<Referred<'a>>,
    /// The kind of the note that is open.
    in_note: Option<Kind>,
    /// Marks of notes that the file lacks.
    pub(super) lost_notes: usize,
    /// Embedded objects, which are not read.
    pub(super) objects: usize,
    /// Signs of fonts, of which nobody knows what they are.
    pub(super) unknown_signs: usize,
    /// Where the words of the run that is open stand, if not on their line.
    pub(super) shift: Option<Shift>,
    /// How letters of the paragraph and of the run look that are open, and how the blocks do.
    pub(super) letters: (Letters, Letters),
    pub(super) outstanding: Outstanding,
    /// The font that the run that is open names for its signs.
    pub(super) font: &'a str,
    /// Other documents that the file holds as parts of the text.
    documents: usize,
    /// Tracked changes.
    pub(super) changes: usize,
    /// Whether the next paragraph goes on in the block that is open: the mark between them was deleted.
    pub(super) goes_on: bool,
    /// What the next paragraph begins with: the mark of its note.
    pub(super) note_mark: String,
    /// Whether a note was begun, so that its own mark and the space after it are not text.
    pub(super) begins_note: bool,
    /// Pages that began in the row that is open: in its cells so far, and in the cell that is open.
    pub(super) row_pages: (usize, usize),
}

/// What follows the paragraph in which it is anchored.
pub(super) enum Waiting<'a> {
    Note(Referred<'a>),
    /// The content of a text box.
    Box(Node<'a, 'a>),
    /// Words drawn as a picture.
    Words(String),
}

/// Where a paragraph stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Place {
    /// What its blocks are, whatever their styles say.
    pub(super) kind: Option<BlockKind>,
    pub(super) boxed: bool,
    pub(super) in_row: bool,
}

impl Place {
    /// Whether it stands in the flow of the text, where pages begin.
    pub(super) fn in_flow(self) -> bool {
        self.kind.is_none() && !self.boxed
    }
}

impl<'a> Body<'a> {
    /// A reading that has not begun.
    pub(super) fn new(trees: &'a Trees<'_>, document: Node<'_, '_>, addresses: &'a AddressesOfParts) -> Self {
        let root = |tree: &'a Option<Tree<'_>>| tree.as_ref().map(Tree::root_element);
        Self {
            writer: Writer::default(),
            styles: root(&trees.styles).map(Styles::of).unwrap_or_default(),
            numbering: root(&trees.numbering).map(Numbering::of).unwrap_or_default(),
            notes: Notes::of(trees, document),
            pages: Pages::of(document),
            fields: Fields::default(),
            addresses,
            waiting: Vec::new(),
            endnotes: VecDeque::new(),
            inner_notes: VecDeque::new(),
            in_note: None,
            lost_notes: 0,
            objects: 0,
            unknown_signs: 0,
            shift: None,
            letters: <(Letters, Letters)>::default(),
            outstanding: Outstanding::default(),
            font: "",
            documents: 0,
            changes: 0,
            goes_on: false,
            note_mark: String::new(),
            begins_note: false,
            row_pages: (0, 0),
        }
    }

    /// Reads the whole document.
    pub(super) fn read(&mut self, document: Node<'a, 'a>) {
        if let Some(page) = self.pages.begin() {
            self.writer.begin_page(page);
        }
        if let Some(body) = child(document, "body") {
            self.story(body, Place::default());
        }
        self.writer.close();
        while let Some(note) = self.endnotes.pop_front() {
            self.note(note);
        }
    }

    /// What was written. What the reader should know of it is told.
    pub(super) fn finish(mut self, trees: &Trees<'_>, job: &mut Job<'_>) -> Writer {
        self.outstanding.tell(&mut self.writer);
        let furniture = trees.furniture.iter().flat_map(Tree::descendants);
        self.writer.set_furniture_aside(furniture.filter(|node| name(*node) == "p").map(notes::words));
        notes::comments(trees.comments.as_ref(), &mut self.writer);
        if self.changes > 0 {
            job.warn(Warning::TrackedChanges { changes: saturate(self.changes) });
        }
        if self.lost_notes > 0 {
            let error = job.damaged(&format!("it lacks {} of its notes", self.lost_notes));
            job.leave_out(&error);
        }
        job.not_read(Unread::Objects, self.objects);
        job.not_read(Unread::Characters, self.unknown_signs);
        job.not_read(Unread::Documents, self.documents);
        self.writer
    }

    // ---- Blocks -----------------------------------------------------------------------------------------

    /// The body, a note or a text box: its fields end in it.
    fn story(&mut self, story: Node<'a, 'a>, place: Place) {
        let around = std::mem::replace(&mut self.fields, Fields::of(story));
        self.blocks(story, place);
        self.fields = around;
    }

    pub(super) fn blocks(&mut self, parent: Node<'a, 'a>, place: Place) {
        for node in parent.children() {
            match name(node) {
                "p" => self.paragraph(node, place),
                "tbl" => self.table(node, place),
                "sdt" => self.control(node, place),
                "ins" | "moveTo" => {
                    self.changes += 1;
                    self.blocks(node, place);
                }
                "del" => self.deleted(node),
                "moveFrom" => self.moved_away(node),
                "customXml" | "smartTag" => self.blocks(node, place),
                "altChunk" => self.documents += 1,
                "bookmarkStart" => self.bookmark(node),
                "commentRangeStart" => self.comment(node, true),
                "commentRangeEnd" => self.comment(node, false),
                "AlternateContent" => {
                    if let Some(offered) = offered(node) {
                        self.blocks(offered, place);
                    }
                }
                _ => {}
            }
        }
    }

    /// A place that links lead to by its name.
    pub(super) fn bookmark(&mut self, node: Node<'_, '_>) {
        if let Some(name) = attribute(node, "name") {
            self.writer.name_place(name.to_owned());
        }
    }

    /// The link that an element is.
    pub(super) fn link_of(&self, node: Node<'_, '_>) -> Option<Leading> {
        match name(node) {
            "hyperlink" => hyperlinks::of_element(node, self.addresses.get(&self.in_note)),
            _ => word_fields::link(attribute(node, "instr")?),
        }
    }

    /// A control of a form, or a part that Word made, such as the table of contents.
    fn control(&mut self, node: Node<'a, 'a>, mut place: Place) {
        let made = child(node, "sdtPr").and_then(|own| find(own, "docPartGallery"));
        if made.and_then(super::value) == Some("Table of Contents") {
            place.kind = Some(BlockKind::Aside(AsideReason::Navigation));
        }
        if let Some(content) = child(node, "sdtContent") {
            self.answered(node, content, |body| body.blocks(content, place));
        }
    }

    /// What was anchored in the block that was finished.
    pub(super) fn after_block(&mut self) {
        for waiting in std::mem::take(&mut self.waiting) {
            match waiting {
                Waiting::Note(note) if note.kind == Kind::Endnote => self.endnotes.push_back(note),
                Waiting::Note(note) if self.in_note.is_some() => self.inner_notes.push_back(note),
                Waiting::Note(note) => self.note(note),
                Waiting::Box(content) => {
                    self.story(content, Place { boxed: true, ..Place::default() });
                }
                Waiting::Words(words) => {
                    self.writer.open(BlockKind::Paragraph, true);
                    self.writer.push(&words);
                    self.writer.close();
                }
            }
        }
    }

    /// A note, and after it those that it refers to, however many refer to each other.
    fn note(&mut self, first: Referred<'a>) {
        let mut next = Some(first);
        while let Some(note) = next {
            if let Some(content) = note.node {
                self.in_note = Some(note.kind);
                self.one_note(&note, content);
                self.in_note = None;
            }
            next = self.inner_notes.pop_front();
        }
    }

    fn one_note(&mut self, note: &Referred<'a>, content: Node<'a, 'a>) {
        self.writer.begin_note(&note.key);
        self.note_mark = format!("{} ", note.label);
        self.begins_note = true;
        self.story(content, Place { kind: Some(BlockKind::Footnote), ..Place::default() });
        self.writer.close();
        (self.note_mark, self.begins_note) = (String::new(), false);
    }

    // ---- Tables -----------------------------------------------------------------------------------------

    fn table(&mut self, table: Node<'a, 'a>, place: Place) {
        let rows: Vec<Node<'a, 'a>> = rows_of(table).collect();
        if place.in_row {
            return self.table_in_row(&rows, place);
        }
        if let [row] = rows.as_slice()
            && let [cell] = cells_of(*row).collect::<Vec<_>>().as_slice()
        {
            // One cell is a frame around paragraphs.
            return self.blocks(*cell, Place { boxed: true, ..place });
        }
        self.writer.begin_table();
        for row in rows {
            self.row(row, place);
        }
        self.writer.end_table();
        self.after_block();
    }

    /// A table within a cell: its cells one after the other.
    fn table_in_row(&mut self, rows: &[Node<'a, 'a>], place: Place) {
        for cell in rows.iter().flat_map(|row| cells_of(*row)) {
            self.writer.part_break();
            self.blocks(cell, place);
        }
    }

    fn row(&mut self, row: Node<'a, 'a>, place: Place) {
        let tracked = |name: &str| child(row, "trPr").and_then(|own| child(own, name)).is_some();
        self.changes += usize::from(tracked("ins"));
        if tracked("del") {
            return self.deleted(row);
        }
        self.row_pages = (0, 0);
        self.writer.open(place.kind.unwrap_or(BlockKind::TableRow), place.boxed);
        let mut columns = spanned(row, "trPr", "gridBefore").unwrap_or(0);
        for cell in cells_of(row) {
            self.row_pages.1 = 0;
            (0..columns).for_each(|_| self.writer.tab());
            columns = spanned(cell, "tcPr", "gridSpan").unwrap_or(1).max(1);
            self.writer.cell(columns, 1, merged(cell));
            self.blocks(cell, Place { in_row: true, ..place });
        }
        self.writer.close();
    }

    /// A page begins. In a row each of its cells may say so.
    pub(super) fn begin_page(&mut self, place: Place) {
        if !place.in_flow() {
            return;
        }
        if place.in_row {
            self.row_pages.1 += 1;
            if self.row_pages.1 <= self.row_pages.0 {
                return;
            }
            self.row_pages.0 = self.row_pages.1;
        }
        if let Some(page) = self.pages.begin() {
            self.writer.begin_page(page);
        }
    }
}

/// The form of something that this reader knows, where the file offers several: the newest, which is first.
pub(super) fn offered<'a>(node: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    child(node, "Choice").or_else(|| child(node, "Fallback"))
}

/// The rows of a table, also those in controls.
fn rows_of<'a>(table: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    within(table, "tr")
}

/// Over how many columns a cell goes, or how many stand empty before the cells of a row.
fn spanned(node: Node<'_, '_>, properties: &str, key: &str) -> Option<usize> {
    let columns = super::value(child(child(node, properties)?, key)?)?;
    columns.parse().ok().map(|columns: usize| columns.min(MOST_SPANNED))
}

/// How a cell is merged with those above and below it.
fn merged(cell: Node<'_, '_>) -> Down {
    match child(cell, "tcPr").and_then(|own| child(own, "vMerge")) {
        Some(merge) if super::value(merge) == Some("restart") => Down::Begins,
        Some(_) => Down::GoesOn,
        None => Down::Apart,
    }
}

fn cells_of<'a>(row: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    within(row, "tc")
}

/// The children of that name, also those that a control or a mark of a program stands around.
fn within<'a>(parent: Node<'a, 'a>, wanted: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    let mut open: Vec<Node<'a, 'a>> = parent.children().collect();
    open.reverse();
    std::iter::from_fn(move || {
        while let Some(node) = open.pop() {
            match name(node) {
                found if found == wanted => return Some(node),
                "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" | "moveTo" => {
                    let inner: Vec<Node<'a, 'a>> = node.children().collect();
                    open.extend(inner.into_iter().rev());
                }
                _ => {}
            }
        }
        None
    })
}

/// What stands in a drawing.
#[derive(Default)]
pub(super) struct Drawn<'a> {
    /// The text boxes, those in each other as one, and the words that it draws as a picture.
    pub(super) boxes: Vec<Waiting<'a>>,
    /// What it says of its pictures.
    pub(super) said: Vec<&'a str>,
    /// Charts, diagrams and objects of other programs.
    pub(super) objects: usize,
}

impl<'a> Drawn<'a> {
    pub(super) fn of(drawing: Node<'a, 'a>) -> Self {
        let mut drawn = Self::default();
        let mut open = vec![drawing];
        while let Some(node) = open.pop() {
            match name(node) {
                "txbxContent" => {
                    drawn.boxes.push(Waiting::Box(node));
                    continue;
                }
                "textpath" => {
                    let words = attribute(node, "string").map(str::to_owned);
                    drawn.boxes.extend(words.map(Waiting::Words));
                }
                "docPr" => drawn.said.extend(attribute(node, "descr")),
                "chart" | "relIds" | "OLEObject" => drawn.objects += 1,
                "AlternateContent" => {
                    open.extend(offered(node));
                    continue;
                }
                _ => {}
            }
            let inner: Vec<Node<'a, 'a>> = node.children().filter(Node::is_element).collect();
            open.extend(inner.into_iter().rev());
        }
        drawn
    }
}

/// What ruby is written over, and the reading.
pub(super) fn reading_of<'a>(ruby: Node<'a, 'a>) -> (Option<Node<'a, 'a>>, String) {
    let reading = children(ruby, "rt").flat_map(|part| part.descendants());
    let reading = reading.filter(|node| name(*node) == "t").filter_map(|node| node.text());
    (child(ruby, "rubyBase"), reading.collect())
}
