//! The walk through a page: from its elements to the blocks of a document.

use std::collections::HashSet;
use std::rc::Rc;

use markup5ever_rcdom::{Handle, NodeData};

use super::links::Links;
use super::lists::List;
use super::looks::{BlockLooks, Outstanding};
use super::math;
use super::nodes::{all_text, attribute, first_words, is_inline, is_without_text, name};
use super::notes::{Notes, own_names, words_of_mark};
use super::page::Page;
use super::place::{Place, is_cut_out};
use super::says::{heading_level, is_centred, is_note, is_reading, page_label, quotation_marks, shifted};
use super::tables::{self, Within};
use super::tags::without_tags;
use crate::document::{AsideReason, BlockKind};
use crate::import::counting::as_mark;
use crate::import::mathml;
use crate::import::table_columns::Columns;
use crate::import::writer::Writer;

/// What is still to be done.
enum Step {
    Enter(Handle, Place),
    /// A block ends.
    Close,
    /// A row of a table ends.
    EndRow,
    /// A table ends.
    EndTable,
    /// A paragraph or line within a cell ends.
    EndPart,
    /// An item of a list ends.
    EndItem,
    /// A list ends.
    EndList,
    /// The ruby that began at this position of the text ends.
    EndRuby(usize),
    /// The link of that number ends.
    EndLink(usize),
    /// A quotation ends, with this mark.
    EndQuotation(&'static str),
}

/// A walk through a page or a file of a book, and what was written on the way.
pub(super) struct Walk<'a> {
    page: &'a Page,
    notes: &'a Notes,
    links: &'a Links<'a>,
    /// Whether the file is a drawing.
    pub(super) drawn: bool,
    pub(super) writer: Writer,
    steps: Vec<Step>,
    lists: Vec<List>,
    /// The reading of the ruby that is open.
    reading: String,
    columns: Columns,
    pub(super) looks: BlockLooks,
    /// How many quotations are open.
    quotations: usize,
    /// The notes that the main text refers to, by their keys.
    referred: HashSet<String>,
    pub(super) outstanding: Outstanding,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        (page, notes, links): (&'a Page, &'a Notes, &'a Links<'a>),
        writer: Writer,
        looks: BlockLooks,
    ) -> Self {
        let (steps, lists, columns) = (Vec::new(), Vec::new(), Columns::default());
        let (drawn, reading, outstanding) = (false, String::new(), Outstanding::default());
        let (quotations, referred) = (0, HashSet::new());
        Self {
            page,
            notes,
            links,
            drawn,
            writer,
            steps,
            lists,
            reading,
            columns,
            looks,
            quotations,
            referred,
            outstanding,
        }
    }

    /// Walks through all of a document. `aside` is why all of it is set aside, where it is.
    pub(super) fn run(&mut self, document: &Handle, aside: Option<AsideReason>) {
        let place = Place::outermost(aside, self.page.layout.main.is_none());
        self.steps.push(Step::Enter(document.clone(), place));
        while let Some(step) = self.steps.pop() {
            match step {
                Step::Enter(node, place) => self.enter(&node, place),
                Step::Close => self.writer.close(),
                Step::EndRow => {
                    self.columns.end_row();
                    self.writer.close();
                }
                Step::EndTable => self.writer.end_table(),
                Step::EndPart => self.writer.part_break(),
                Step::EndItem => self.writer.set_prefix(String::new()),
                Step::EndList => _ = self.lists.pop(),
                Step::EndRuby(from) => self.end_ruby(from),
                Step::EndLink(number) => self.writer.end_hyperlink(number),
                Step::EndQuotation(mark) => {
                    self.quotations -= 1;
                    if self.writer.is_open() {
                        self.writer.push(mark);
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: &Handle, place: Place) {
        match &node.data {
            NodeData::Text { contents } => self.text(&contents.borrow(), place),
            NodeData::Element { .. } => self.element(node, place),
            NodeData::Document => self.children(node, place),
            _ => {}
        }
    }

    fn children(&mut self, node: &Handle, place: Place) {
        let children = node.children.borrow();
        self.steps.extend(children.iter().rev().map(|child| Step::Enter(child.clone(), place)));
    }

    fn text(&mut self, text: &str, place: Place) {
        let blank = text.chars().all(char::is_whitespace);
        // A line break and an indent part paragraphs too.
        if !place.in_pre
            && self.writer.ends_with_break()
            && text.trim_start_matches(['\n', '\r', ' ']).starts_with("　　")
        {
            self.writer.close();
        }
        if !self.writer.is_open() {
            if blank {
                return;
            }
            self.open(place);
        }
        self.writer.strike(place.struck);
        if !blank {
            self.looks.add(self.writer.count(), place.look, text);
            self.outstanding.note(self.writer.count(), place.look.bold && place.centred);
        }
        match place.in_pre {
            true if place.within.is_row() => self.lines(text),
            true => self.writer.push(text),
            false => self.writer.push_collapsed(text),
        }
        self.writer.strike(false);
    }

    /// Lines within a cell.
    fn lines(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            self.writer.push_collapsed(line.trim_end_matches(['\r', '\n']));
            if line.ends_with('\n') {
                self.writer.part_break();
            }
        }
    }

    fn open(&mut self, place: Place) {
        let belongs = place.in_main || place.says_title;
        let aside = place.aside.or((!belongs).then_some(AsideReason::Navigation));
        self.writer.open(aside.map_or(place.kind, BlockKind::Aside), place.boxed);
        if place.caption {
            self.writer.set_caption();
        }
    }

    fn element(&mut self, node: &Handle, mut place: Place) {
        let own = name(node);
        if is_without_text(own) {
            return;
        }
        let outer = place;
        self.settle(node, &mut place);
        place.look = self.looks.within(node, place.look);
        place.centred = is_centred(node).unwrap_or(place.centred);
        for own in own_names(node) {
            self.writer.name_place(self.links.place(&own));
        }
        if self.begins_page(node) {
            return;
        }
        match own {
            "a" if self.notes.refers(node).is_some() => self.note_mark(node, place),
            "a" if self.notes.leads_back(node) => {}
            "button" | "select" | "textarea" => self.set_aside(node, AsideReason::Navigation),
            _ if is_cut_out(own, outer, place) => self.set_aside(node, AsideReason::Hidden),
            _ if math::is_said_again(node) => {}
            "br" => self.line_break(place),
            "noframes" => {
                let said = without_tags(&all_text(node)).trim().to_owned();
                self.writer.add_after(BlockKind::Aside(AsideReason::Hidden), said);
            }
            "img" => self
                .writer
                .add_after(BlockKind::Aside(AsideReason::Hidden), attribute(node, "alt").unwrap_or_default()),
            "sup" | "sub" => self.shift(node, place),
            "math" => self.text(&mathml::signs(node), place),
            "svg" => self.drawing(node, place),
            "rt" if place.in_ruby && is_reading(&all_text(node)) => self.reading.push_str(&all_text(node)),
            "ruby" => {
                self.steps.push(Step::EndRuby(self.writer.position()));
                self.children(node, Place { in_ruby: true, ..place });
            }
            "td" | "th" if place.within == Within::Row => self.cell(node, place),
            "q" => self.quoted(node, place),
            "del" => self.writer.set_aside(AsideReason::Deleted, &all_text(node)),
            "ul" | "ol" | "menu" | "dir" => self.list(node, place),
            _ if is_inline(own) => {
                self.begin_link(node);
                self.children(node, place);
            }
            _ if outer.within.is_row() => self.part(node, place),
            _ => self.block(node, place),
        }
    }

    /// Words that are quoted: who reads the page sees marks around them, which no text says.
    fn quoted(&mut self, node: &Handle, place: Place) {
        let language = self.page.metadata.language.as_ref().map_or("", |language| &language.value);
        let inner = self.quotations % 2 == 1;
        if let Some([begin, end]) = quotation_marks(node, inner, language) {
            self.text(begin, place);
            self.quotations += 1;
            self.steps.push(Step::EndQuotation(end));
        }
        self.children(node, place);
    }

    /// The words of a link begin, where it is one that leads anywhere.
    fn begin_link(&mut self, node: &Handle) {
        if let Some(lead) = Some(node).filter(|node| name(node) == "a").and_then(|link| self.links.lead(link))
        {
            let number = self.writer.begin_hyperlink(lead, attribute(node, "title"));
            self.steps.push(Step::EndLink(number));
        }
    }

    /// Notes the printed page that begins at an element, where a book says so. Whether that is all it says.
    fn begins_page(&mut self, node: &Handle) -> bool {
        let Some(label) = page_label(node) else { return false };
        let says_more = !label.contains(first_words(node).trim());
        self.writer.begin_page(label);
        !says_more
    }

    /// What an element changes in the place for what it holds.
    fn settle(&self, node: &Handle, place: &mut Place) {
        let key = Rc::as_ptr(node);
        // Word writes the notes of a text after the element that holds the text.
        let is_referred = self.notes.note(node).is_some_and(|note| self.referred.contains(note));
        place.in_main |= self.page.layout.is_main(node) || is_referred;
        place.in_note |= self.notes.note(node).is_some() || is_note(node);
        place.struck |= self.page.strikes(node);
        if self.page.is_hidden(node) && !place.in_note {
            place.aside = Some(AsideReason::Hidden);
        }
        let role = attribute(node, "role").unwrap_or_default();
        let own = name(node);
        let navigation = matches!(own, "nav" | "footer") || role == "navigation";
        let around = self.page.layout.around.contains(&key);
        let navigation = navigation || around || self.is_only_links(node, *place);
        if place.aside.is_none() && (navigation || own == "aside" && !place.in_main) {
            place.aside = Some(AsideReason::Navigation);
        }
        let classes = attribute(node, "class").unwrap_or_default();
        let is_main = self.page.layout.is_main(node);
        let framed = matches!(own, "aside" | "figure")
            || classes.split_ascii_whitespace().any(|class| matches!(class, "box" | "callout" | "sidebar"));
        place.boxed |= framed && place.in_main && !is_main && !place.in_note;
        self.settle_kind(node, place);
    }

    /// Whether an element is nothing but links that lead elsewhere: in the text, none that the text announces.
    fn is_only_links(&self, node: &Handle, place: Place) -> bool {
        matches!(name(node), "ul" | "ol" | "div" | "p" | "table" | "td")
            && self.page.layout.links.contains(&Rc::as_ptr(node))
            && !(place.in_main && (place.in_note || self.writer.announces()))
    }

    fn settle_kind(&self, node: &Handle, place: &mut Place) {
        place.in_pre |= name(node) == "pre";
        match name(node) {
            "table" if place.within.is_row() => place.within = Within::Inner,
            "table" if self.page.layout.tables.contains(&Rc::as_ptr(node)) => place.within = Within::Layout,
            "table" => place.within = Within::Page,
            _ if place.within.is_row() => {}
            _ if place.in_note => place.kind = BlockKind::Footnote,
            "caption" | "figcaption" => place.caption = true,
            "blockquote" => place.kind = BlockKind::Quotation,
            "pre" => place.kind = BlockKind::Preformatted,
            "tr" if place.within == Within::Page => {
                (place.kind, place.within) = (BlockKind::TableRow, Within::Row);
            }
            _ => {
                if let Some(level) = heading_level(node) {
                    place.kind = BlockKind::Heading { level };
                    place.says_title = self.page.is_titled(node, level);
                }
            }
        }
    }

    /// The mark of a footnote: in brackets, unless it stands in some.
    fn note_mark(&mut self, node: &Handle, place: Place) {
        let Some(key) = self.notes.refers(node) else { return };
        if place.in_main {
            self.referred.insert(key.to_owned());
        }
        let said = words_of_mark(node);
        if !self.writer.is_open() {
            self.open(place);
        }
        let in_brackets = self.writer.ends_with(['[', '［', '〔', '(', '（']);
        let mark = if in_brackets { said } else { as_mark(&said) };
        self.writer.mark_footnote(key, &mark);
    }

    /// Signs above or below their line.
    fn shift(&mut self, node: &Handle, place: Place) {
        match shifted(node) {
            Some(signs) => self.text(&signs, place),
            None => self.children(node, place),
        }
    }

    /// Words of a drawing are hidden, as those of pictures are, unless it is all there is; pages that are drawn stand in
    /// frames in it.
    fn drawing(&mut self, drawing: &Handle, place: Place) {
        let (mut words, mut frames) = (String::new(), Vec::new());
        let mut open = vec![drawing.clone()];
        while let Some(node) = open.pop() {
            match name(&node) {
                "text" if self.drawn => self.drawn_line(&node, place),
                "text" => words.extend([all_text(&node).trim(), " "]),
                "foreignObject" => frames.push(node),
                own if is_without_text(own) => {}
                _ => open.extend(node.children.borrow().iter().rev().cloned()),
            }
        }
        self.writer.add_after(BlockKind::Aside(AsideReason::Hidden), words.trim().to_owned());
        frames.iter().rev().for_each(|frame| self.children(frame, place));
    }

    /// A line of words in a file that is a drawing.
    fn drawn_line(&mut self, line: &Handle, place: Place) {
        self.writer.close();
        self.text(&all_text(line), place);
        self.writer.close();
    }

    /// Sets aside something within a block, so that it does not break the block's text.
    fn set_aside(&mut self, node: &Handle, reason: AsideReason) {
        self.writer.add_after(BlockKind::Aside(reason), all_text(node));
    }

    fn block(&mut self, node: &Handle, mut place: Place) {
        self.writer.close();
        if let Some(key) = self.notes.note(node) {
            self.writer.begin_note(key);
            if let Some(mark) = self.notes.mark_to_write(node) {
                self.writer.set_prefix(format!("{} ", as_mark(mark)));
                self.steps.push(Step::EndItem);
            }
        }
        match name(node) {
            "li" if place.in_note || self.lays_out(node, place) => {}
            "li" => {
                place.kind = BlockKind::ListItem { depth: place.depth.saturating_sub(1) };
                let label = self.label(node);
                self.writer.set_prefix(label);
                self.steps.push(Step::EndItem);
            }
            "table" if place.within == Within::Page => {
                self.columns = Columns::default();
                self.writer.begin_table();
                self.steps.push(Step::EndTable);
                return self.children(node, place);
            }
            "thead" | "tbody" | "tfoot" => self.columns = Columns::default(),
            "tr" if place.within == Within::Row => return self.row(node, place),
            _ => {}
        }
        self.steps.push(Step::Close);
        self.children(node, place);
    }

    /// A row is one block, and what it is does not depend on what stands in its cells.
    fn row(&mut self, node: &Handle, place: Place) {
        self.columns.begin_row();
        self.open(place);
        self.steps.push(Step::EndRow);
        self.children(node, place);
    }

    /// A paragraph, heading or item within a cell.
    fn part(&mut self, node: &Handle, place: Place) {
        self.writer.part_break();
        if name(node) == "li" {
            let label = self.label(node);
            self.writer.push(&label);
        }
        self.steps.push(Step::EndPart);
        self.children(node, place);
    }

    /// Whether an item of a list only lays out the page.
    fn lays_out(&self, item: &Handle, place: Place) -> bool {
        !place.in_main || self.page.layout.is_main(item)
    }

    fn list(&mut self, node: &Handle, mut place: Place) {
        let in_row = place.within.is_row();
        if !in_row {
            self.writer.close();
        }
        place.depth = place.depth.saturating_add(u8::from(place.in_main));
        self.lists.push(List::of(node));
        self.steps.push(Step::EndList);
        self.steps.push(if in_row { Step::EndPart } else { Step::Close });
        self.children(node, place);
    }

    /// What an item of the innermost list begins with.
    fn label(&mut self, item: &Handle) -> String {
        self.lists.last_mut().map(|list| list.label(item)).unwrap_or_default()
    }

    fn cell(&mut self, node: &Handle, place: Place) {
        tables::begin_cell(&mut self.writer, &mut self.columns, node);
        self.children(node, place);
    }

    /// Two line breaks in a row part paragraphs, as many pages write them.
    fn line_break(&mut self, place: Place) {
        if place.within.is_row() {
            return self.writer.part_break();
        }
        if !self.writer.is_open() {
            return;
        }
        let twice = self.writer.ends_with_break() && !place.in_pre;
        if twice { self.writer.close() } else { self.writer.hard_break() }
    }

    /// Sets the reading of ruby after the block, with what it reads.
    fn end_ruby(&mut self, from: usize) {
        let reading = std::mem::take(&mut self.reading);
        self.writer.add_reading(from, &reading);
    }
}
