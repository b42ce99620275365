//! What the reader says, Markdown by nature, made safe to stand in an export.

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{Node, NodeCode, NodeCodeBlock, NodeHeading, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::markdown::escape_markdown;
use crate::import::is_nested_too_deeply;

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

/// The deepest tree of a note that is written as such: comrak writes trees with a call for each level.
const DEEPEST: usize = 100;

/// What is nested too deeply for that shows its marks as they were typed.
fn rewritten(text: &str, format: Format) -> String {
    let arena = Arena::new();
    let root = safe_tree(&arena, text);
    let mut output = String::new();
    // Writing to a string cannot fail; should the formatter fail all the same, the words are kept as code.
    match format(root, &options(), &mut output) {
        Ok(()) => output,
        Err(std::fmt::Error) => text.lines().flat_map(|line| ["    ", line, "\n"]).collect(),
    }
}

/// The note's text as a tree without elements and pictures, whose links lead to http, https and mailto only, and which
/// is no deeper than [`DEEPEST`].
pub(super) fn safe_tree<'a>(arena: &'a Arena<'a>, text: &str) -> Node<'a> {
    let options = options();
    let text = text.replace('\0', "\u{FFFD}");
    let parsed = |text: &str| parse_document(arena, text, &options);
    let root = Some(&text).filter(|text| !is_nested_too_deeply(text)).map(|text| parsed(text));
    let root = root.filter(|root| depth(root) <= DEEPEST).unwrap_or_else(|| parsed(&escape_markdown(&text)));
    for node in root.descendants() {
        make_safe(&mut node.data_mut().value);
    }
    root
}

/// How deep a tree is, told without a call for each level.
fn depth(root: Node<'_>) -> usize {
    let mut open = 0_usize;
    let depths = root.traverse().map(|edge| {
        open = match edge {
            NodeEdge::Start(_) => open + 1,
            NodeEdge::End(_) => open.saturating_sub(1),
        };
        open
    });
    depths.max().unwrap_or(0)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// However deep, it is written, and what it says is in it.
    #[test]
    fn deep_nesting_is_written_as_it_was_typed() {
        let check = |open: &str, close: &str, times: usize| {
            let text = format!("{}水{}", open.repeat(times), close.repeat(times));
            for written in [note_as_html(&text), note_as_markdown(&text)] {
                assert!(written.contains('水'), "{open}");
            }
        };
        for times in [10, 90, 200, 10_000, 100_000] {
            for (open, close) in [
                ("> ", ""),
                (">", ""),
                ("- ", ""),
                ("1. ", ""),
                ("**", "**"),
                ("~~", "~~"),
                ("[", "](http://a.example)"),
                ("![", "](b)"),
            ] {
                check(open, close, times);
            }
        }
        let stairs: String = (0..600).flat_map(|step| ["  ".repeat(step), "- 水\n".to_owned()]).collect();
        check(&stairs, "", 1);
    }

    #[test]
    fn what_is_too_deep_stays_text() {
        let text = format!("{}<script>水</script>", "> ".repeat(300));
        assert!(!note_as_html(&text).contains("<script"));
        assert!(note_as_html(&text).contains("&gt; &gt;"));
    }
}
