//! One paragraph of a DOCX, run by run.

use roxmltree::Node;

use super::body::{Body, Drawn, Place, Waiting, offered, reading_of};
use super::fields::{Left, Use};
use super::notes::Kind;
use super::numbering::Label;
use super::outstanding::Letters;
use super::styles::{Looks, Standing, struck};
use super::{formula, is_on, value};
use crate::document::{AsideReason, BlockKind};
use crate::import::symbols;
use crate::import::word_fields;
use crate::import::xml::{attribute, child, name};

impl<'a> Body<'a> {
    /// A paragraph.
    pub(super) fn paragraph(&mut self, node: Node<'a, 'a>, place: Place) {
        let properties = child(node, "pPr");
        let mark_deleted = self.is_mark_deleted(properties);
        let looks = self.styles.look(properties);
        let speaks = speaks(node);
        self.letters.0 = looks.letters;
        if speaks || !mark_deleted {
            self.begin_paragraph(&looks, speaks, place);
        }
        let from = self.writer.position();
        self.runs(node, place);
        if place.in_row {
            return;
        }
        self.goes_on = mark_deleted && self.writer.position() > from && self.writer.is_open();
        if !self.goes_on {
            self.writer.close();
            self.after_block();
        }
        if properties.is_some_and(|own| child(own, "sectPr").is_some()) {
            self.pages.end_section();
        }
    }

    /// Whether the mark at its end was deleted, so that the next paragraph goes on in this one.
    fn is_mark_deleted(&mut self, properties: Option<Node<'_, '_>>) -> bool {
        let mark = properties.and_then(|own| child(own, "rPr"));
        let tracked = |name: &str| mark.and_then(|mark| child(mark, name)).is_some();
        let deleted = tracked("del") || tracked("moveFrom");
        self.changes += usize::from(deleted || tracked("ins"));
        deleted
    }

    /// Counts its number, and opens its block where it says anything.
    fn begin_paragraph(&mut self, looks: &Looks, speaks: bool, place: Place) {
        let level = |list: u32, style: &str| self.numbering.level_of_style(list, style);
        let numbered = looks.numbered(level);
        let label = numbered.and_then(|numbered| self.numbering.count(numbered));
        if !speaks {
            return;
        }
        let depth = u8::try_from(numbered.map_or(0, |numbered| numbered.level)).unwrap_or(0);
        let kind = match looks.kind {
            _ if self.fields.in_contents() || looks.contents => BlockKind::Aside(AsideReason::Navigation),
            _ if looks.hidden => BlockKind::Aside(AsideReason::Hidden),
            BlockKind::Paragraph if label.is_some() => BlockKind::ListItem { depth },
            other => other,
        };
        let number = match label {
            Some(Label::Number(number)) => number,
            Some(Label::Bullet) | None => String::new(),
        };
        if place.in_row {
            self.writer.part_break();
            return self.writer.push(&number);
        }
        if self.goes_on {
            return;
        }
        let mark = std::mem::take(&mut self.note_mark);
        self.writer.set_prefix(format!("{mark}{number}"));
        self.writer.open(place.kind.unwrap_or(kind), place.boxed || looks.boxed);
        self.outstanding.begin(self.writer.count(), looks.centred);
        if looks.caption {
            self.writer.set_caption();
        }
    }

    // ---- Runs -------------------------------------------------------------------------------------------

    fn runs(&mut self, parent: Node<'a, 'a>, place: Place) {
        for node in parent.children() {
            match name(node) {
                "r" => self.run(node, place),
                "ins" | "moveTo" => {
                    self.changes += 1;
                    self.runs(node, place);
                }
                "del" => self.deleted(node),
                "moveFrom" => self.moved_away(node),
                "hyperlink" | "fldSimple" => self.linked(node, place),
                "smartTag" | "customXml" | "dir" | "bdo" | "sdtContent" => self.runs(node, place),
                "bookmarkStart" => self.bookmark(node),
                "sdt" => {
                    if let Some(content) = child(node, "sdtContent") {
                        self.answered(node, content, |body| body.runs(content, place));
                    }
                }
                "AlternateContent" => {
                    if let Some(offered) = offered(node) {
                        self.runs(offered, place);
                    }
                }
                "oMath" | "oMathPara" => self.formula(node),
                "commentRangeStart" => self.comment(node, true),
                "commentRangeEnd" => self.comment(node, false),
                _ => {}
            }
        }
    }

    /// Reads what stands in a control of a form; what only asks to fill it in is set aside.
    pub(super) fn answered(
        &mut self,
        control: Node<'_, '_>,
        content: Node<'_, '_>,
        read: impl FnOnce(&mut Self),
    ) {
        let is_empty = child(control, "sdtPr").and_then(|own| child(own, "showingPlcHdr")).is_some_and(is_on);
        if is_empty {
            return self.writer.set_aside(AsideReason::Hidden, &words_of(content));
        }
        read(self);
    }

    /// What stands in an element that may be a link.
    fn linked(&mut self, node: Node<'a, 'a>, place: Place) {
        let link = self.link_of(node).map(|(lead, title)| self.writer.begin_hyperlink(lead, title));
        self.runs(node, place);
        if let Some(number) = link {
            self.writer.end_hyperlink(number);
        }
    }

    /// Deleted text is set aside, but a field may begin or end in it.
    pub(super) fn deleted(&mut self, node: Node<'_, '_>) {
        self.moved_away(node);
        self.writer.set_aside(AsideReason::Deleted, &words_of(node));
    }

    /// What was moved stands where it is now.
    pub(super) fn moved_away(&mut self, node: Node<'_, '_>) {
        self.changes += 1;
        for mark in node.descendants().filter(|node| name(*node) == "fldChar") {
            self.fields.mark(mark);
        }
    }

    pub(super) fn comment(&mut self, node: Node<'_, '_>, begins: bool) {
        let Some(id) = attribute(node, "id") else { return };
        if begins { self.writer.begin_comment(id) } else { self.writer.end_comment(id) }
    }

    /// A formula, as its signs stand in the file.
    fn formula(&mut self, node: Node<'_, '_>) {
        self.write(&formula::signs(node), false);
    }

    fn run(&mut self, run: Node<'a, 'a>, place: Place) {
        let properties = child(run, "rPr");
        let said = |name: &str| properties.and_then(|own| child(own, name));
        let by_style = || said("rStyle").and_then(value).is_some_and(|style| self.styles.hides(style));
        let hidden = said("vanish").map_or_else(by_style, is_on);
        let style = said("rStyle").and_then(value);
        self.shift = match properties.and_then(Standing::of) {
            Some(own) => own.shift(),
            None => style.and_then(|style| self.styles.shift(style)),
        };
        let strikes = properties.and_then(struck);
        self.writer.strike(strikes.unwrap_or_else(|| style.is_some_and(|style| self.styles.strikes(style))));
        let own = properties.map(Letters::of).unwrap_or_default();
        let by_style = style.map(|style| self.styles.letters(style)).unwrap_or_default();
        self.letters.1 = own.or(by_style).or(self.letters.0);
        let fonts = said("rFonts");
        let font = fonts.and_then(|fonts| attribute(fonts, "hAnsi").or_else(|| attribute(fonts, "ascii")));
        self.font = font.unwrap_or_default();
        self.inside(run, place, hidden);
        self.writer.strike(false);
        (self.shift, self.font) = (None, "");
    }

    /// What stands in a run.
    fn inside(&mut self, run: Node<'a, 'a>, place: Place, hidden: bool) {
        for node in run.children() {
            match name(node) {
                "t" => self.words(node.text().unwrap_or_default(), hidden),
                "tab" | "ptab" => self.tab(place, hidden),
                "br" | "cr" => self.line_break(node, place),
                "noBreakHyphen" => self.write("\u{2011}", hidden),
                "sym" => self.sign(node, hidden),
                "footnoteReference" => self.refer(Kind::Footnote, node, run),
                "endnoteReference" => self.refer(Kind::Endnote, node, run),
                "ruby" => self.ruby(node, place),
                "drawing" | "pict" | "object" => self.draw(node),
                "fldChar" => self.field(node),
                "commentReference" => self.writer.place_comment(attribute(node, "id").unwrap_or_default()),
                "instrText" => self.fields.ask(node.text().unwrap_or_default()),
                "lastRenderedPageBreak" => self.begin_page(place),
                "AlternateContent" => {
                    if let Some(offered) = offered(node) {
                        self.inside(offered, place, hidden);
                    }
                }
                _ => {}
            }
        }
    }

    /// Words of a run, which may stand above or below their line, with signs of a font among them.
    fn words(&mut self, words: &str, hidden: bool) {
        let (words, unknown) = symbols::shown(self.font, words);
        self.unknown_signs += unknown;
        let shifted = self.shift.and_then(|shift| shift.shown(&words));
        self.write(shifted.as_deref().unwrap_or(&words), hidden);
    }

    /// A sign of a font of signs; one that nobody knows is shown as such.
    fn sign(&mut self, node: Node<'_, '_>, hidden: bool) {
        let code = attribute(node, "char").and_then(|code| u32::from_str_radix(code, 16).ok()).unwrap_or(0);
        self.write_sign(symbols::character(attribute(node, "font").unwrap_or_default(), code), hidden);
    }

    fn write_sign(&mut self, known: Option<char>, hidden: bool) {
        self.unknown_signs += usize::from(known.is_none());
        self.write(&String::from(known.unwrap_or(char::REPLACEMENT_CHARACTER)), hidden);
    }

    /// Writes text, unless it is hidden or a field only asks with it.
    fn write(&mut self, text: &str, hidden: bool) {
        let text = text.replace(['\n', '\r', '\t'], " ");
        match self.fields.use_of_text() {
            Use::Asked => return self.fields.ask(&text),
            Use::Unseen => return self.writer.set_aside(AsideReason::Hidden, &text),
            Use::Shown => self.fields.have_result(),
        }
        if hidden {
            return self.writer.set_aside(AsideReason::Hidden, &text);
        }
        let text = if self.begins_note { text.trim_start() } else { text.as_str() };
        self.begins_note &= text.is_empty();
        self.writer.push(text);
        self.outstanding.add(self.writer.count(), self.letters.1, text);
    }

    fn shows(&self) -> bool {
        self.fields.use_of_text() == Use::Shown
    }

    fn tab(&mut self, place: Place, hidden: bool) {
        let tab = if place.in_row { " " } else { "\t" };
        if !hidden && self.shows() && !self.begins_note {
            self.writer.push(tab);
        }
    }

    fn line_break(&mut self, node: Node<'_, '_>, place: Place) {
        let of_page = matches!(attribute(node, "type"), Some("page" | "column"));
        match () {
            () if !self.shows() => {}
            () if place.in_row => self.writer.part_break(),
            () if of_page => self.writer.page_break(),
            () if self.writer.is_open() => self.writer.hard_break(),
            () => {}
        }
    }

    fn refer(&mut self, kind: Kind, reference: Node<'a, 'a>, run: Node<'a, 'a>) {
        let own =
            attribute(reference, "customMarkFollows").is_some_and(|on| matches!(on, "1" | "true" | "on"));
        let mark = own.then(|| super::notes::words(run));
        let Some(note) = self.notes.refer(kind, reference, &self.pages, mark.as_deref()) else { return };
        if own {
            self.writer.tie_next(note.label.len(), &note.key);
        } else {
            self.writer.mark_footnote(&note.key, &note.label);
        }
        self.lost_notes += usize::from(note.is_lost);
        self.waiting.push(Waiting::Note(note));
    }

    fn ruby(&mut self, ruby: Node<'a, 'a>, place: Place) {
        let (base, reading) = reading_of(ruby);
        let from = self.writer.position();
        if let Some(base) = base {
            self.runs(base, place);
        }
        self.writer.add_reading(from, &reading);
    }

    fn draw(&mut self, drawing: Node<'a, 'a>) {
        let drawn = Drawn::of(drawing);
        self.waiting.extend(drawn.boxes);
        self.objects += drawn.objects;
        for words in drawn.said {
            self.writer.add_after(BlockKind::Aside(AsideReason::Hidden), words.to_owned());
        }
    }

    fn field(&mut self, node: Node<'_, '_>) {
        match self.fields.mark(node) {
            Some(Left::Shown(left)) => self.left_by_field(left),
            Some(Left::Link(number)) => self.writer.end_hyperlink(number),
            None => {}
        }
        let link = self.fields.begun(node).and_then(word_fields::link);
        if let Some((lead, title)) = link {
            self.fields.link(self.writer.begin_hyperlink(lead, title));
        }
    }

    /// Writes what a field shows that has no result.
    fn left_by_field(&mut self, left: word_fields::Left) {
        match left {
            word_fields::Left::Text(text) => {
                let from = self.writer.position();
                self.write(&text.base, false);
                self.writer.add_reading(from, &text.reading);
            }
            word_fields::Left::Sign(sign) => self.write_sign(sign, false),
            word_fields::Left::Formula => self.objects += 1,
        }
    }
}

/// The words in an element that is set aside: of its paragraphs one after the other.
fn words_of(aside: Node<'_, '_>) -> String {
    let mut words = String::new();
    for node in aside.descendants() {
        match name(node) {
            "delText" | "t" => words.push_str(node.text().unwrap_or_default()),
            "p" | "tab" | "br" | "cr" if !words.is_empty() => words.push(' '),
            _ => {}
        }
    }
    words
}

/// Whether a paragraph says anything that was not deleted.
fn speaks(paragraph: Node<'_, '_>) -> bool {
    let mut open: Vec<Node<'_, '_>> = vec![paragraph];
    while let Some(node) = open.pop() {
        match name(node) {
            "del" | "moveFrom" | "pPr" | "rPr" | "txbxContent" => {}
            "t" | "instrText" if node.text().is_some_and(|text| !text.trim().is_empty()) => return true,
            "sym" | "footnoteReference" | "endnoteReference" => return true,
            _ => open.extend(node.children()),
        }
    }
    false
}
