//! What the reader says, Markdown by nature, made safe to stand in an export.

use comrak::nodes::{Node, NodeCode, NodeCodeBlock, NodeHeading, NodeValue};
use comrak::{Arena, Options, parse_document};

/// How deep the headings of an export itself go; those in a note stand below.
const OWN_HEADINGS: u8 = 3;

/// The note's text as HTML: no element of its own, no picture, no link but to http, https and mailto.
pub(super) fn note_as_html(text: &str) -> String {
    rewritten(text, comrak::format_html)
}

/// The note's text as Markdown that ends all that it begins, as restricted as [`note_as_html`].
pub(super) fn note_as_markdown(text: &str) -> String {
    rewritten(text, comrak::format_commonmark)
}

type Format = for<'a> fn(Node<'a>, &Options<'_>, &mut dyn std::fmt::Write) -> std::fmt::Result;

fn rewritten(text: &str, format: Format) -> String {
    let options = options();
    let arena = Arena::new();
    let text = text.replace('\0', "\u{FFFD}");
    let root = parse_document(&arena, &text, &options);
    for node in root.descendants() {
        make_safe(&mut node.data_mut().value);
    }
    let mut output = String::new();
    // Writing to a string cannot fail; should the formatter fail all the same, the words are kept as code.
    match format(root, &options, &mut output) {
        Ok(()) => output,
        Err(std::fmt::Error) => text.lines().flat_map(|line| ["    ", line, "\n"]).collect(),
    }
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.escape = true;
    options
}

fn make_safe(value: &mut NodeValue) {
    let safe = match value {
        NodeValue::HtmlInline(element) => {
            NodeValue::Code(NodeCode { num_backticks: 1, literal: std::mem::take(element) })
        }
        NodeValue::HtmlBlock(block) => listing(std::mem::take(&mut block.literal)),
        NodeValue::Image(link) => NodeValue::Link(std::mem::take(link)),
        NodeValue::Heading(heading) => {
            let level = heading.level.saturating_add(OWN_HEADINGS).min(6);
            NodeValue::Heading(NodeHeading { level, setext: false, closed: false })
        }
        _ => return restrict_address(value),
    };
    *value = safe;
    restrict_address(value);
}

fn listing(literal: String) -> NodeValue {
    NodeValue::CodeBlock(Box::new(NodeCodeBlock {
        fenced: true,
        fence_char: b'`',
        fence_length: 3,
        fence_offset: 0,
        info: String::new(),
        literal,
        closed: true,
    }))
}

/// An address that is not of the permitted schemes becomes empty.
fn restrict_address(value: &mut NodeValue) {
    let NodeValue::Link(link) = value else { return };
    let address = link.url.to_ascii_lowercase();
    if !["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme)) {
        link.url.clear();
    }
}
