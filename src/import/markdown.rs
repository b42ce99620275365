//! Markdown, after CommonMark with tables, footnotes, task lists, strike-through and front matter.
//!
//! comrak is the one parser measured that knows emphasis beside Chinese marks (`**「重點」**內容`). The text is
//! what the file says without its markup.

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, NodeList, NodeValue};
use comrak::{Anchorizer, Arena, Node, Options};

use super::archive::without_percents;
use super::hyperlinks::Lead;
use super::writer::Writer;
use super::{Read, TooHeavy, html_tags};
use crate::document::{AsideReason, BlockKind, Field, Format, Metadata};

/// The deepest nesting of quotations and lists that is taken apart.
const DEEPEST: usize = 100;

/// Reads Markdown.
pub(super) fn read(text: &str) -> Result<Read, TooHeavy> {
    if is_nested_too_deeply(text) {
        return Err(TooHeavy);
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

/// How many marks of quotations and lists a line begins with; the digits of numbers are none.
fn marks(line: &str) -> usize {
    let beginning = line.chars().take_while(|found| " \t>-*+.)".contains(*found) || found.is_ascii_digit());
    beginning.filter(|found| !found.is_whitespace() && !found.is_ascii_digit()).count()
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
    /// Whether the next cell is the first of its row.
    begins_row: bool,
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
            NodeValue::TableRow(_) => {
                self.writer.open(BlockKind::TableRow, false);
                self.begins_row = true;
            }
            NodeValue::TableCell => self.cell(),
            NodeValue::Text(text) => self.writer.push(text),
            NodeValue::Code(code) => self.writer.push(&code.literal),
            NodeValue::Link(link) => self.begin_link(&link.url, &link.title),
            NodeValue::SoftBreak => self.writer.soft_break(),
            NodeValue::LineBreak => self.writer.hard_break(),
            NodeValue::HtmlInline(tag) if tag.to_ascii_lowercase().starts_with("<br") => {
                self.writer.hard_break();
            }
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
            NodeValue::Heading(_) => self.end_heading(),
            NodeValue::Paragraph | NodeValue::TableRow(_) => self.writer.close(),
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
        if literal.trim_start().starts_with("<!--") {
            let comment = literal.trim().trim_start_matches("<!--").trim_end_matches("-->");
            return self.block(BlockKind::Aside(AsideReason::Hidden), comment.trim());
        }
        for line in html_tags::without_tags(literal).lines().filter(|line| !line.trim().is_empty()) {
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
