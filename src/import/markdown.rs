//! Markdown, after CommonMark with tables, footnotes, task lists, strike-through and front matter.
//!
//! comrak is the one parser measured that knows emphasis beside Chinese marks (`**「重點」**內容`). The text is
//! what the file says without its markup.

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, NodeList, NodeValue};
use comrak::{Anchorizer, Arena, Node, Options};

use super::archive::without_percents;
use super::html::tags;
use super::hyperlinks::Lead;
use super::raised::Shift;
use super::writer::Writer;
use super::{Read, TooHeavy};
use crate::document::{AsideReason, BlockKind, Field, Format, Metadata};

/// The deepest nesting of quotations and lists that is taken apart.
const DEEPEST: usize = 100;

/// Reads Markdown.
pub(super) fn read(text: &str) -> Result<Read, TooHeavy> {
    if is_nested_too_deeply(text) {
        return Err(TooHeavy::Nested);
    }
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, text, &options());
    let mut walk = Walk::default();
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => walk.enter(node),
            NodeEdge::End(node) => walk.leave(node),
        }
    }
    Ok(walk.writer.finish(Format::Markdown, walk.metadata))
}

/// Whether quotations and lists of a text are nested so deeply that taking them apart takes very long, or
/// more calls than there is room for.
pub fn is_nested_too_deeply(text: &str) -> bool {
    text.lines().any(|line| marks(line) > DEEPEST)
}

/// How many marks of quotations and lists a line begins with. That of a list is one only before a space: a line of
/// dashes is none.
fn marks(line: &str) -> usize {
    let beginning = line.find(|found: char| !" \t>-*+.)".contains(found) && !found.is_ascii_digit());
    let beginning = line.get(..beginning.unwrap_or(line.len())).unwrap_or_default();
    let opens = |(at, found): (usize, char)| match found {
        '>' => true,
        '-' | '*' | '+' | '.' | ')' => {
            beginning.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        }
        _ => false,
    };
    beginning.char_indices().filter(|found| opens(*found)).count()
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    options.extension.cjk_friendly_emphasis = true;
    options.parse.leave_footnote_definitions = true;
    options
}

/// Where the walk through the tree is.
#[derive(Default)]
struct Walk {
    writer: Writer,
    metadata: Metadata,
    /// For each open list, the number of its next item; `None` for bullets.
    lists: Vec<Option<usize>>,
    quotations: usize,
    footnotes: usize,
    /// The links that are open, by their numbers.
    hyperlinks: Vec<usize>,
    /// Where the open heading begins, and the names by which links lead to headings.
    heading: usize,
    names: Anchorizer,
    /// Whether the next paragraph is the first of a list's item.
    begins_item: bool,
    /// Whether a row is open, and whether its next cell is the first.
    in_row: bool,
    begins_row: bool,
    /// Where the words stand that are open, if not on the line.
    shift: Option<Shift>,
}

impl Walk {
    fn enter(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::FrontMatter(matter) => self.front_matter(matter),
            NodeValue::BlockQuote => self.quotations += 1,
            NodeValue::List(list) => self.lists.push(number_of(list)),
            NodeValue::Item(_) => self.item(""),
            NodeValue::TaskItem(task) => self.item(if task.symbol.is_some() { "☑ " } else { "☐ " }),
            NodeValue::CodeBlock(code) => {
                self.block(BlockKind::Preformatted, code.literal.trim_end_matches('\n'));
            }
            NodeValue::HtmlBlock(html) => self.html_block(&html.literal),
            NodeValue::Paragraph => self.paragraph(),
            NodeValue::Heading(heading) => {
                self.writer.open(BlockKind::Heading { level: heading.level }, false);
                self.heading = self.writer.position();
            }
            NodeValue::FootnoteDefinition(definition) => {
                self.footnotes += 1;
                self.writer.begin_note(&definition.name);
                self.writer.set_prefix(format!("[{}] ", definition.name));
            }
            NodeValue::Table(_) => self.writer.begin_table(),
            NodeValue::TableRow(_) => {
                self.writer.open(BlockKind::TableRow, false);
                (self.in_row, self.begins_row) = (true, true);
            }
            NodeValue::TableCell => self.cell(),
            NodeValue::Text(text) => self.text(text),
            NodeValue::Code(code) => self.writer.push(&code.literal),
            NodeValue::Link(link) => self.begin_link(&link.url, &link.title),
            NodeValue::Strikethrough => self.writer.strike(true),
            NodeValue::SoftBreak => self.writer.soft_break(),
            NodeValue::LineBreak => self.writer.hard_break(),
            NodeValue::HtmlInline(tag) => self.tag(tag),
            NodeValue::FootnoteReference(reference) => {
                self.writer.mark_footnote(&reference.name, &format!("[{}]", reference.name));
            }
            _ => {}
        }
    }

    fn leave(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::BlockQuote => self.quotations = self.quotations.saturating_sub(1),
            NodeValue::List(_) => _ = self.lists.pop(),
            NodeValue::Item(_) | NodeValue::TaskItem(_) => self.writer.set_prefix(String::new()),
            NodeValue::FootnoteDefinition(_) => self.footnotes = self.footnotes.saturating_sub(1),
            NodeValue::Link(_) => self.end_link(),
            NodeValue::Strikethrough => self.writer.strike(false),
            NodeValue::Heading(_) => {
                self.shift = None;
                self.end_heading();
            }
            NodeValue::Paragraph => self.end_block(),
            NodeValue::Table(_) => self.writer.end_table(),
            NodeValue::TableRow(_) => {
                self.in_row = false;
                self.end_block();
            }
            _ => {}
        }
    }

    fn end_block(&mut self) {
        self.shift = None;
        self.writer.close();
    }

    fn text(&mut self, text: &str) {
        let shifted = self.shift.and_then(|shift| shift.shown(text));
        self.writer.push(shifted.as_deref().unwrap_or(text));
    }

    /// A tag of HTML within a line.
    fn tag(&mut self, tag: &str) {
        let lower = tag.to_ascii_lowercase();
        match lower.as_str() {
            "<sup>" => self.shift = Some(Shift::Raised),
            "<sub>" => self.shift = Some(Shift::Lowered),
            "</sup>" | "</sub>" => self.shift = None,
            _ if lower.starts_with("<br") && self.in_row => self.writer.part_break(),
            _ if lower.starts_with("<br") => self.writer.hard_break(),
            _ if lower.starts_with("<!--") => {
                let hidden = BlockKind::Aside(AsideReason::Hidden);
                self.writer.add_after(
                    hidden,
                    tag.trim_start_matches("<!--").trim_end_matches("-->").trim().to_owned(),
                );
            }
            _ => {}
        }
    }

    /// A heading ends: links lead to it by its words, as the sites that show Markdown do it.
    fn end_heading(&mut self) {
        let name = self.names.anchorize(self.writer.since(self.heading));
        self.writer.name_since(self.heading, name);
        self.writer.close();
    }

    fn begin_link(&mut self, written: &str, title: &str) {
        let lead = match written.strip_prefix('#') {
            Some(name) => Lead::Place(without_percents(name).to_lowercase(), None),
            None => Lead::to(None, written),
        };
        let title = Some(title).filter(|title| !title.is_empty()).map(str::to_owned);
        self.hyperlinks.push(self.writer.begin_hyperlink(lead, title));
    }

    fn end_link(&mut self) {
        if let Some(number) = self.hyperlinks.pop() {
            self.writer.end_hyperlink(number);
        }
    }

    /// The kind of a paragraph here: by the innermost of note, list and quotation that holds it.
    fn paragraph(&mut self) {
        let begins_item = std::mem::take(&mut self.begins_item);
        let kind = match self.lists.len() {
            _ if self.footnotes > 0 => BlockKind::Footnote,
            0 if self.quotations > 0 => BlockKind::Quotation,
            0 => BlockKind::Paragraph,
            depth if begins_item => BlockKind::ListItem { depth: u8::try_from(depth - 1).unwrap_or(u8::MAX) },
            _ => BlockKind::Paragraph,
        };
        self.writer.open(kind, false);
    }

    fn item(&mut self, mark: &str) {
        self.begins_item = true;
        let number = self.lists.last_mut().and_then(Option::as_mut).map(|next| {
            *next += 1;
            format!("{}. ", *next - 1)
        });
        self.writer.set_prefix(format!("{}{mark}", number.unwrap_or_default()));
    }

    fn cell(&mut self) {
        if !std::mem::take(&mut self.begins_row) {
            self.writer.tab();
        }
    }

    fn block(&mut self, kind: BlockKind, text: &str) {
        self.writer.open(kind, false);
        self.writer.push(text);
        self.writer.close();
    }

    /// A comment is hidden from the reader; of other HTML the text is read.
    fn html_block(&mut self, literal: &str) {
        let mut rest = literal;
        while let Some((before, comment)) = rest.split_once("<!--") {
            self.html_lines(before);
            let (comment, after) = comment.split_once("-->").unwrap_or((comment, ""));
            self.block(BlockKind::Aside(AsideReason::Hidden), comment.trim());
            rest = after;
        }
        self.html_lines(rest);
    }

    fn html_lines(&mut self, literal: &str) {
        for line in tags::without_tags(literal).lines().filter(|line| !line.trim().is_empty()) {
            self.block(BlockKind::Paragraph, line.trim());
        }
    }

    /// Front matter (YAML) is kept, hidden; its plain `key: value` lines are the metadata.
    fn front_matter(&mut self, matter: &str) {
        let inner = matter.trim().trim_start_matches("---").trim_end_matches("---").trim();
        for (key, value) in inner.lines().filter_map(|line| line.split_once(':')) {
            let value = value.trim().trim_matches(['"', '\'']);
            let field = || Some(Field { value: value.to_owned(), span: None });
            match key.trim() {
                _ if value.is_empty() => {}
                "title" => self.metadata.title = field(),
                "author" => self.metadata.author = field(),
                "date" => self.metadata.date = field(),
                "source" | "publisher" => self.metadata.source = field(),
                "lang" | "language" => self.metadata.language = field(),
                "url" | "link" => self.metadata.address = field(),
                _ => {}
            }
        }
        self.block(BlockKind::Aside(AsideReason::Hidden), inner);
    }
}

fn number_of(list: &NodeList) -> Option<usize> {
    (list.list_type == ListType::Ordered).then_some(list.start)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, tied};
    use super::super::{Imported, ReadOptions};
    use super::*;

    fn listed(text: &str, expected: &str) -> Imported {
        let imported = super::super::read("a.md", text.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        check(&imported.document, expected);
        imported
    }

    #[test]
    fn footnotes_are_tied() {
        let imported =
            listed("# 約定\n\n河水[^a]清清。\n\n[^a]: 河名。\n", "題 約定\n¶ 河水[a]清清。\n^ [a] 河名。");
        assert_eq!(tied(&imported.document), [("[a]", "[a] 河名。")]);
    }

    #[test]
    fn what_follows_a_comment_is_text() {
        listed("# 約定\n\n<!-- more --> 正文。\n", "題 約定\n~隱藏 more\n¶ 正文。");
        listed("# 約定\n\n<div>\n前。<!-- 甲\n乙 -->後。\n</div>\n", "題 約定\n¶ 前。\n~隱藏 甲\n乙\n¶ 後。");
        listed("# 約定\n\n甲<!-- more -->乙。\n", "題 約定\n¶ 甲乙。\n~隱藏 more");
    }

    #[test]
    fn a_row_is_one_line_and_signs_are_shifted() {
        let table = "# 約定\n\n| 書 | 冊 |\n|---|---|\n| 農時<br>要略 | 10<sup>3</sup> |\n";
        listed(table, "題 約定\n| 書\t冊\n| 農時 要略\t10³");
    }

    #[test]
    fn a_line_of_dashes_is_not_nested() {
        assert!(!is_nested_too_deeply(&"-".repeat(500)));
        assert!(!is_nested_too_deeply(&"* ".repeat(DEEPEST)));
        assert!(is_nested_too_deeply(&"* ".repeat(DEEPEST + 1)));
        assert!(is_nested_too_deeply(&"-\t".repeat(DEEPEST + 1)));
        assert!(is_nested_too_deeply(&"1. ".repeat(DEEPEST + 1)));
        assert!(is_nested_too_deeply(&">".repeat(DEEPEST + 1)));
    }
}
