//! What the reader says, Markdown by nature, as paragraphs of a DOCX.

use comrak::Arena;
use comrak::nodes::{ListType, Node, NodeList, NodeValue};

use super::package::Links;
use super::styles::style;
use super::xml::{self, Breaks, Look, Underline, escaped, indented, text_run};
use crate::export::note_text::{LinkedNotes, safe_tree};

/// The styles that the paragraphs use.
pub(super) fn rich_styles() -> Vec<String> {
    vec![
        style("NoteText", "Normal", "<w:spacing w:after=\"60\"/>", ""),
        style("NoteHeading", "NoteText", "<w:keepNext/>", "<w:b/>"),
        style(
            "NoteCode",
            "NoteText",
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F4\"/>",
            "<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/>",
        ),
    ]
}

/// The paragraphs of what the reader says, formatted; links lead to http, https, mailto and the `linked` notes only.
pub(super) fn note_paragraphs(text: &str, links: &mut Links, linked: &LinkedNotes) -> String {
    let arena = Arena::new();
    let mut writer = Writer { links, output: String::new(), sign: String::new() };
    writer.blocks(safe_tree(&arena, text, linked), 0);
    writer.output
}

/// Writes blocks. The trees are never deep: [`safe_tree`] sees to it.
struct Writer<'l> {
    links: &'l mut Links,
    output: String,
    /// What stands before the next paragraph: the sign of an item of a list.
    sign: String,
}

impl Writer<'_> {
    fn blocks(&mut self, parent: Node<'_>, steps: usize) {
        for node in parent.children() {
            self.block(node, steps);
        }
    }

    fn block(&mut self, node: Node<'_>, steps: usize) {
        let value = node.data().value.clone();
        match value {
            NodeValue::Heading(_) => self.paragraph("NoteHeading", steps, node),
            NodeValue::BlockQuote => self.blocks(node, steps + 1),
            NodeValue::List(list) => self.items(node, list, steps),
            NodeValue::CodeBlock(code) => {
                let listing = format!("{}\n{}", code.info, code.literal);
                let run = text_run(listing.trim_matches('\n'), Look::default());
                self.add("NoteCode", steps, &run);
            }
            NodeValue::ThematicBreak => self.add("NoteText", steps, &text_run("———", Look::default())),
            NodeValue::Table(_) => self.table(node),
            _ => self.paragraph("NoteText", steps, node),
        }
    }

    fn items(&mut self, list: Node<'_>, kind: NodeList, steps: usize) {
        for (number, item) in (kind.start..).zip(list.children()) {
            let sign = match (&item.data().value, kind.list_type) {
                (NodeValue::TaskItem(task), _) => if task.symbol.is_some() { "☑ " } else { "☐ " }.to_owned(),
                (_, ListType::Bullet) => "• ".to_owned(),
                (_, ListType::Ordered) => format!("{number}. "),
            };
            self.sign = sign;
            self.blocks(item, steps + 1);
            self.end_item(steps + 1);
        }
    }

    /// An item without any paragraph still shows its sign.
    fn end_item(&mut self, steps: usize) {
        if !self.sign.is_empty() {
            self.add("NoteText", steps, "");
        }
    }

    fn table(&mut self, table: Node<'_>) {
        let columns = table.children().map(|row| row.children().count()).max().unwrap_or(0).max(1);
        let widths = vec![9000 / u32::try_from(columns).unwrap_or(u32::MAX); columns];
        let mut rows = String::new();
        for row in table.children() {
            let mut cells: Vec<String> = Vec::new();
            for cell in row.children() {
                let runs = self.runs(cell, Look::default());
                cells.push(xml::paragraph("NoteText", &runs));
            }
            cells.resize(columns, xml::paragraph("NoteText", ""));
            rows += &xml::row(&widths, &cells, Breaks::Anywhere);
        }
        self.output += &xml::table(&widths, &rows);
    }

    fn paragraph(&mut self, style: &str, steps: usize, node: Node<'_>) {
        let runs = self.runs(node, Look::default());
        self.add(style, steps, &runs);
    }

    fn add(&mut self, style: &str, steps: usize, runs: &str) {
        let sign = std::mem::take(&mut self.sign);
        let sign = if sign.is_empty() { sign } else { text_run(&sign, Look::default()) };
        self.output += &indented(style, steps, &(sign + runs));
    }

    fn runs(&mut self, parent: Node<'_>, look: Look<'_>) -> String {
        parent.children().map(|node| self.run(node, look)).collect()
    }

    fn run(&mut self, node: Node<'_>, look: Look<'_>) -> String {
        let value = node.data().value.clone();
        match value {
            NodeValue::Text(text) => text_run(&text, look),
            NodeValue::SoftBreak | NodeValue::LineBreak => text_run("\n", look),
            NodeValue::Code(code) => text_run(&code.literal, Look { shade: Some("F2F2F4"), ..look }),
            NodeValue::Strong => self.runs(node, Look { bold: true, ..look }),
            NodeValue::Emph => self.runs(node, Look { italic: true, ..look }),
            NodeValue::Strikethrough => self.runs(node, Look { struck: true, ..look }),
            NodeValue::Link(link) if !link.url.is_empty() => {
                let look = Look { underline: Underline::Single, colour: Some("1F5FBF"), ..look };
                let target = match link.url.strip_prefix('#') {
                    Some(name) => format!("w:anchor=\"{name}\""),
                    None => format!("r:id=\"{}\"", self.links.add(&link.url)),
                };
                let title = Some(escaped(&link.title)).filter(|title| !title.is_empty());
                let title = title.map(|title| format!(" w:tooltip=\"{title}\"")).unwrap_or_default();
                format!("<w:hyperlink {target}{title}>{}</w:hyperlink>", self.runs(node, look))
            }
            _ => self.runs(node, look),
        }
    }
}
