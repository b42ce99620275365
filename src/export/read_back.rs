//! What other programs read in an export: for the tests of this room.

use comrak::Arena;
use comrak::nodes::{Node, NodeValue};
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Every element with its attributes (`name=value`) and the text in it, as a browser reads them.
pub(super) fn elements(html: &str) -> Vec<(String, Vec<String>, String)> {
    let dom: RcDom = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
    let mut found = Vec::new();
    collect(&dom.document, &mut found);
    found
}

fn collect(node: &Handle, found: &mut Vec<(String, Vec<String>, String)>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes = attrs.borrow();
        let attributes =
            attributes.iter().map(|each| format!("{}={}", each.name.local, each.value)).collect();
        found.push((name.local.to_string(), attributes, text_in(node)));
    }
    node.children.borrow().iter().for_each(|child| collect(child, found));
}

fn text_in(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text_in).collect(),
    }
}

/// What a page could do besides showing text.
pub(super) fn active(html: &str) -> Vec<String> {
    let harmless = [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "section",
        "article",
        "blockquote",
        "div",
        "dl",
        "dt",
        "dd",
        "bdi",
        "strong",
        "em",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "a",
        "br",
        "hr",
        "del",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "input",
    ];
    let mut found = Vec::new();
    for (name, attributes, _) in elements(html) {
        if !harmless.contains(&name.as_str()) {
            found.push(name.clone());
        }
        found.extend(attributes.into_iter().filter(|attribute| is_active(attribute)));
    }
    found
}

fn is_active(attribute: &str) -> bool {
    let safe_address =
        ["href=http://", "href=https://", "href=mailto:"].iter().any(|safe| attribute.starts_with(safe));
    attribute.starts_with("on")
        || attribute.starts_with("src")
        || attribute.starts_with("style")
        || (attribute.starts_with("href=") && attribute != "href=" && !safe_address)
}

/// Every extension that a reader of Markdown may know.
pub(super) fn markdown_options() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.superscript = true;
    options.extension.math_dollars = true;
    options.extension.description_lists = true;
    options.extension.cjk_friendly_emphasis = true;
    options.parse.smart = true;
    options
}

/// The words under a node, a line break for each hard one.
fn words(node: Node<'_>) -> String {
    let parts = node.descendants().map(|inner| match &inner.data().value {
        NodeValue::Text(text) => text.to_string(),
        NodeValue::LineBreak => "\n".to_owned(),
        NodeValue::Paragraph | NodeValue::BlockQuote | NodeValue::Escaped => String::new(),
        other => format!("⟪{other:?}⟫"),
    });
    parts.collect()
}

/// What each block quotation of the Markdown shows.
pub(super) fn quotations(markdown: &str) -> Vec<String> {
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, markdown, &markdown_options());
    let quotations = root.children().filter(|node| matches!(node.data().value, NodeValue::BlockQuote));
    quotations.map(words).collect()
}
