//! The body of an ODT: headings, paragraphs, lists, tables, notes, one after the other.

use roxmltree::Node;

use super::deletions::Deletions;
use super::lists::Lists;
use super::objects::{Formulas, is_drawing};
use super::styles::{Looks, Styles};
use super::targets::{self, Targets};
use crate::document::{AsideReason, BlockKind};
use crate::import::Unread;
use crate::import::archive::without_percents;
use crate::import::counting::as_mark;
use crate::import::hyperlinks::Lead;
use crate::import::job::Job;
use crate::import::raised::Shift;
use crate::import::tables::Down;
use crate::import::ties::Said;
use crate::import::writer::{MOST_SPANNED, Writer};
use crate::import::xml::{attribute, child, children, name, text_in};

/// The reading of a body. It calls itself for what lies in each other, as deep as the gate before the
/// parser allows.
pub(super) struct Body<'a> {
    pub(super) writer: Writer,
    styles: Styles<'a>,
    lists: Lists<'a>,
    pub(super) formulas: Formulas,
    targets: Targets,
    /// What follows the paragraph or table that is open.
    pub(super) waiting: Vec<Waiting<'a>>,
    endnotes: Vec<Note<'a>>,
    notes: u32,
    comments: u32,
    /// Embedded objects, which are not read.
    pub(super) objects: usize,
    deletions: Deletions<'a>,
    /// What the next paragraph begins with: the mark of its note.
    note_mark: String,
    /// The page that is open; `None` where the file says nothing of its pages.
    page: Option<u32>,
}

/// What follows the paragraph in which it is anchored.
pub(super) enum Waiting<'a> {
    Note(Note<'a>),
    Box(Node<'a, 'a>),
}

/// A note of the foot or the end.
pub(super) struct Note<'a> {
    key: String,
    mark: String,
    body: Node<'a, 'a>,
    at_end: bool,
}

/// Where a paragraph stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says another thing of the place, and any go together"
)]
pub(super) struct Place {
    /// What its blocks are, whatever their styles say.
    kind: Option<BlockKind>,
    boxed: bool,
    in_row: bool,
    hidden: bool,
    struck: bool,
    /// Where the words stand, if not on their line.
    shift: Option<Shift>,
}

impl<'a> Body<'a> {
    /// A reading that has not begun, of a file with these styles and formulas.
    pub(super) fn new(content: Node<'a, 'a>, styles: Option<Node<'a, 'a>>, formulas: Formulas) -> Self {
        let (mut known, mut lists) = (Styles::default(), Lists::default());
        for root in styles.into_iter().chain([content]) {
            known.add(root);
            lists.add(root);
        }
        let has_pages = content.descendants().any(|node| name(node) == "soft-page-break");
        Self {
            writer: Writer::default(),
            styles: known,
            lists,
            formulas,
            targets: Targets::of(content),
            waiting: Vec::new(),
            endnotes: Vec::new(),
            notes: 0,
            comments: 0,
            objects: 0,
            deletions: Deletions::of(content),
            note_mark: String::new(),
            page: has_pages.then_some(0),
        }
    }

    /// Reads the whole text.
    pub(super) fn read(&mut self, text: Node<'a, 'a>) {
        self.begin_page(Place::default());
        self.blocks(text, Place::default());
        self.writer.close();
        for note in std::mem::take(&mut self.endnotes) {
            self.note_body(&note);
        }
        for words in self.deletions.rest() {
            self.writer.set_aside(AsideReason::Deleted, &words);
            self.writer.close();
        }
    }

    /// What was written. What was not read is told.
    pub(super) fn finish(self, job: &mut Job<'_>) -> Writer {
        job.not_read(Unread::Objects, self.objects);
        self.writer
    }

    // ---- Blocks -----------------------------------------------------------------------------------------

    fn blocks(&mut self, parent: Node<'a, 'a>, place: Place) {
        for node in parent.children() {
            if let Some(name) = targets::name_of(node) {
                self.writer.name_place(name);
            }
            match name(node) {
                "h" | "p" => self.paragraph(node, place),
                "list" => self.list(node, place),
                "section" => {
                    let hidden = attribute(node, "display") == Some("none");
                    self.blocks(node, Place { hidden: place.hidden || hidden, ..place });
                }
                "table" => self.table(node, place),
                "table-of-content" | "illustration-index" | "table-index" | "alphabetical-index"
                | "user-index" => {
                    let kind = Some(BlockKind::Aside(AsideReason::Navigation));
                    self.indexes(node, Place { kind, ..place });
                }
                "bibliography" => self.indexes(node, place),
                "soft-page-break" => self.begin_page(place),
                "change" => self.deleted(node),
                own if is_drawing(own) => self.draw(node, place),
                "numbered-paragraph" | "list-header" | "index-title" => self.blocks(node, place),
                _ => {}
            }
        }
        if !place.in_row {
            self.after_block();
        }
    }

    fn indexes(&mut self, index: Node<'a, 'a>, place: Place) {
        for body in children(index, "index-body") {
            self.blocks(body, place);
        }
    }

    fn list(&mut self, list: Node<'a, 'a>, place: Place) {
        let first = list.descendants().find(|node| matches!(name(*node), "p" | "h"));
        let style = first.and_then(|first| self.styles.paragraph(attribute(first, "style-name")).list);
        self.lists.begin(list, style);
        for item in list.children() {
            match name(item) {
                "list-item" => {
                    self.lists.begin_item(item);
                    self.blocks(item, place);
                }
                "list-header" => self.blocks(item, place),
                // No honest program writes a list right in a list; its text is read all the same.
                "list" => self.list(item, place),
                _ => {}
            }
        }
        self.lists.end();
    }

    fn paragraph(&mut self, node: Node<'a, 'a>, place: Place) {
        let looks = self.styles.paragraph(attribute(node, "style-name"));
        if looks.begins_page && !place.in_row && !self.writer.is_blank() {
            self.begin_page(place);
        }
        let speaks = self.speaks(node);
        let (number, kind) = self.number(node, &looks, speaks);
        if speaks {
            self.open(&number, kind, &looks, place);
        }
        let struck = self.styles.strikes("paragraph", attribute(node, "style-name"));
        self.inline(node, Place { struck: struck.unwrap_or(false), ..place });
        if place.in_row {
            return;
        }
        self.writer.close();
        self.after_block();
    }

    /// The number that a paragraph or heading begins with, and what it is.
    fn number(&mut self, node: Node<'a, 'a>, looks: &Looks<'a>, speaks: bool) -> (String, BlockKind) {
        let label = self.lists.count();
        let level = attribute(node, "outline-level").and_then(|level| level.parse::<u8>().ok());
        let kind = match (name(node), looks.kind) {
            (_, Some(BlockKind::Title)) => BlockKind::Title,
            ("h", _) => BlockKind::Heading { level: level.unwrap_or(1).clamp(1, 10) },
            (_, Some(kind)) => kind,
            (_, None) => match &label {
                Some(label) => BlockKind::ListItem { depth: u8::try_from(label.depth).unwrap_or(u8::MAX) },
                None => BlockKind::Paragraph,
            },
        };
        // An empty name of a list switches its numbers off.
        let unnumbered = super::says_yes(node, "is-list-header") || looks.list == Some("") || !speaks;
        let number = match (label, kind) {
            (Some(label), _) => label.number,
            (None, BlockKind::Heading { level }) if !self.lists.is_open() && !unnumbered => {
                let restart =
                    super::says_yes(node, "restart-numbering").then(|| attribute(node, "start-value"));
                let restart = restart.map(|start| start.and_then(|start| start.parse().ok()).unwrap_or(1));
                self.lists.count_heading(usize::from(level) - 1, restart)
            }
            _ => String::new(),
        };
        (number, kind)
    }

    /// Whether a paragraph has any text of its own.
    fn speaks(&self, paragraph: Node<'_, '_>) -> bool {
        let mut open = vec![paragraph];
        while let Some(node) = open.pop() {
            match name(node) {
                "annotation" | "text-box" | "note-body" | "title" | "desc" | "binary-data" => {}
                "note" => return true,
                "object" if self.formulas.signs(node).is_some() => return true,
                _ if node.is_text() && node.text().is_some_and(|text| !text.trim().is_empty()) => {
                    return true;
                }
                _ => open.extend(node.children()),
            }
        }
        false
    }

    fn open(&mut self, number: &str, kind: BlockKind, looks: &Looks<'a>, place: Place) {
        if place.in_row {
            self.writer.part_break();
            return self.writer.push(number);
        }
        let mark = std::mem::take(&mut self.note_mark);
        self.writer.set_prefix(format!("{mark}{number}"));
        let hidden = BlockKind::Aside(AsideReason::Hidden);
        let kind = if place.hidden || looks.hidden { hidden } else { place.kind.unwrap_or(kind) };
        self.writer.open(kind, place.boxed || looks.boxed);
        if looks.caption {
            self.writer.set_caption();
        }
    }

    /// What was anchored in the block that was finished.
    fn after_block(&mut self) {
        for waiting in std::mem::take(&mut self.waiting) {
            match waiting {
                Waiting::Note(note) if note.at_end => self.endnotes.push(note),
                Waiting::Note(note) => self.note_body(&note),
                Waiting::Box(content) => self.blocks(content, Place { boxed: true, ..Place::default() }),
            }
        }
    }

    fn note_body(&mut self, note: &Note<'a>) {
        self.writer.begin_note(&note.key);
        self.note_mark = format!("{} ", note.mark);
        self.blocks(note.body, Place { kind: Some(BlockKind::Footnote), ..Place::default() });
        self.writer.close();
        self.note_mark.clear();
    }

    fn begin_page(&mut self, place: Place) {
        if place.kind.is_some() || place.boxed {
            return;
        }
        if let Some(page) = &mut self.page {
            *page = page.saturating_add(1);
            self.writer.begin_page(page.to_string());
        }
    }

    // ---- Tables -----------------------------------------------------------------------------------------

    fn table(&mut self, table: Node<'a, 'a>, place: Place) {
        let rows = rows_of(table);
        if place.in_row {
            for cell in rows.iter().flat_map(|row| cells_of(*row)) {
                self.writer.part_break();
                self.blocks(cell, place);
            }
            return;
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

    fn row(&mut self, row: Node<'a, 'a>, place: Place) {
        self.writer.open(place.kind.unwrap_or(BlockKind::TableRow), place.boxed);
        for (index, cell) in cells_of(row).enumerate() {
            if index > 0 {
                self.writer.tab();
            }
            let said =
                |key: &str| attribute(cell, key).and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
            if name(cell) == "table-cell" {
                let columns = said("number-columns-spanned").clamp(1, MOST_SPANNED);
                self.writer.cell(columns, said("number-rows-spanned").max(1), Down::Apart);
            }
            self.blocks(cell, Place { in_row: true, ..place });
            for _ in 1..said("number-columns-repeated").min(MOST_SPANNED) {
                self.writer.tab();
            }
        }
        self.writer.close();
    }

    // ---- Within a paragraph -----------------------------------------------------------------------------

    fn inline(&mut self, parent: Node<'a, 'a>, place: Place) {
        for node in parent.children() {
            if node.is_text() {
                self.words(node.text().unwrap_or_default(), place);
                continue;
            }
            if let Some(name) = targets::name_of(node) {
                self.writer.name_place(name);
            }
            match name(node) {
                "s" => self.spaces(node, place),
                "tab" if place.in_row => self.write(" ", place),
                "tab" => self.write_exactly("\t", place),
                "line-break" if place.in_row => self.writer.part_break(),
                "line-break" if self.writer.is_open() => self.writer.hard_break(),
                "span" | "hidden-text" | "hidden-paragraph" => {
                    let hides = match name(node) {
                        "span" => self.styles.hides(attribute(node, "style-name")),
                        _ => attribute(node, "is-hidden") != Some("false"),
                    };
                    let shift = self.styles.shift(attribute(node, "style-name")).or(place.shift);
                    let struck = self.styles.strikes("text", attribute(node, "style-name"));
                    let (hidden, struck) = (place.hidden || hides, struck.unwrap_or(place.struck));
                    self.inline(node, Place { hidden, struck, shift, ..place });
                }
                "note" => self.note(node),
                "ruby" => self.ruby(node, place),
                "annotation" => self.comment(node),
                "annotation-end" => {
                    if let Some(of) = attribute(node, "name") {
                        self.writer.end_comment(of);
                    }
                }
                "soft-page-break" => self.begin_page(place),
                "a" => self.link(node, place),
                "bookmark" | "bookmark-start" => {
                    if let Some(name) = attribute(node, "name") {
                        self.writer.name_place(name.to_owned());
                    }
                }
                own if is_drawing(own) => self.draw(node, place),
                "change" => self.deleted(node),
                "change-start" | "change-end" | "bookmark-end" | "note-citation" | "script"
                | "line-break" | "event-listeners" => {}
                _ => self.inline(node, place),
            }
        }
    }

    fn deleted(&mut self, change: Node<'_, '_>) {
        let words = self.deletions.take(change);
        self.writer.set_aside(AsideReason::Deleted, &words);
    }

    fn link(&mut self, node: Node<'a, 'a>, place: Place) {
        let lead = attribute(node, "href").map(str::trim).filter(|written| !written.is_empty());
        let lead = lead.map(|written| match written.strip_prefix('#') {
            Some(place) => Lead::Place(self.targets.place(&without_percents(place)), None),
            None => Lead::to(None, written),
        });
        let title = attribute(node, "title").map(str::to_owned);
        let link = lead.map(|lead| self.writer.begin_hyperlink(lead, title));
        self.inline(node, place);
        if let Some(number) = link {
            self.writer.end_hyperlink(number);
        }
    }

    /// Words, which may stand above or below their line.
    fn words(&mut self, words: &str, place: Place) {
        let shifted = place.shift.and_then(|shift| shift.shown(words));
        self.write(shifted.as_deref().unwrap_or(words), place);
    }

    pub(super) fn write(&mut self, text: &str, place: Place) {
        if place.hidden && self.writer.is_open() && !self.writer.is_hidden() {
            return self.writer.set_aside(AsideReason::Hidden, text);
        }
        // White space between paragraphs is layout of the file.
        if self.writer.is_open() || !text.trim().is_empty() {
            self.writer.strike(place.struck);
            self.writer.push_collapsed(text);
            self.writer.strike(false);
        }
    }

    fn write_exactly(&mut self, text: &str, place: Place) {
        if !place.hidden && self.writer.is_open() {
            self.writer.push(text);
        }
    }

    fn spaces(&mut self, node: Node<'_, '_>, place: Place) {
        let count = attribute(node, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
        self.write_exactly(&" ".repeat(count.min(1000)), place);
    }

    fn note(&mut self, node: Node<'a, 'a>) {
        let mark = child(node, "note-citation").map(text_in).unwrap_or_default();
        let Some(body) = child(node, "note-body") else { return };
        self.notes += 1;
        let (key, mark) = (format!("note {}", self.notes), as_mark(mark.trim()));
        self.writer.mark_footnote(&key, &mark);
        let at_end = attribute(node, "note-class") == Some("endnote");
        self.waiting.push(Waiting::Note(Note { key, mark, body, at_end }));
    }

    fn ruby(&mut self, node: Node<'a, 'a>, place: Place) {
        let from = self.writer.position();
        if let Some(base) = child(node, "ruby-base") {
            self.inline(base, place);
        }
        let reading = child(node, "ruby-text").map(text_in).unwrap_or_default();
        self.writer.add_reading(from, &reading);
    }

    /// A comment begins; one that has no name is about its place only.
    fn comment(&mut self, node: Node<'a, 'a>) {
        self.comments += 1;
        let own = format!("comment {}", self.comments);
        let key = attribute(node, "name").unwrap_or(&own);
        self.writer.begin_comment(key);
        let paragraphs = node.children().filter(|child| matches!(name(*child), "p" | "list"));
        let lines: Vec<String> = paragraphs.map(text_in).filter(|line| !line.trim().is_empty()).collect();
        let said = |name: &str| child(node, name).map(text_in).filter(|said| !said.is_empty());
        let said = Said { text: lines.join("\n"), author: said("creator"), date: said("date") };
        self.writer.comment(key, said);
    }
}

/// The rows of a table, also those in groups.
fn rows_of<'a>(table: Node<'a, 'a>) -> Vec<Node<'a, 'a>> {
    let mut rows = Vec::new();
    let mut open: Vec<Node<'a, 'a>> = table.children().collect();
    open.reverse();
    while let Some(node) = open.pop() {
        match name(node) {
            "table-row" => rows.push(node),
            "table-header-rows" | "table-rows" | "table-row-group" => {
                let inner: Vec<Node<'a, 'a>> = node.children().collect();
                open.extend(inner.into_iter().rev());
            }
            _ => {}
        }
    }
    rows
}

fn cells_of<'a>(row: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    row.children().filter(|cell| matches!(name(*cell), "table-cell" | "covered-table-cell"))
}
