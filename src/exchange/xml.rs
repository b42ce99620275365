//! XML: a writer that cannot write anything wrong, and a parser behind a gate.

use roxmltree::{Document, ParsingOptions};

use super::ExchangeError;
use super::limits::{MOST_ATTRIBUTES, MOST_DEPTH};
use crate::import::too_heavy;

/// Writes elements one after the other.
#[derive(Debug, Default)]
pub(super) struct XmlWriter {
    out: String,
    open: Vec<&'static str>,
}

impl XmlWriter {
    /// A file that has nothing but its first line.
    pub(super) fn new() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// Opens an element.
    pub(super) fn begin(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, ">\n");
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub(super) fn end(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.out.extend(["</", name, ">\n"]);
        }
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, "/>\n");
    }

    /// An element that holds text only.
    pub(super) fn text(&mut self, name: &'static str, text: &str) {
        self.tag(name, &[], ">");
        self.out.extend([&escaped(text), "</", name, ">\n"]);
    }

    /// The file, every element closed.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.out
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.indent();
        self.out.extend(["<", name]);
        for (name, value) in attributes {
            self.out.extend([" ", name, "=\"", &escaped(value), "\""]);
        }
        self.out.push_str(end);
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n("  ", self.open.len().min(32)));
    }
}

/// Whether XML can express every character of a text.
pub(super) fn can_express(text: &str) -> bool {
    text.chars().all(is_expressed)
}

fn is_expressed(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        other => other >= ' ',
    }
}

/// Text for an element or an attribute. White space is kept as it is by numbers; what XML cannot express
/// becomes U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            other if is_expressed(other) => out.push(other),
            _ => out.push('\u{FFFD}'),
        }
    }
    out
}

/// Parses XML that another program wrote. No entity is expanded, nothing is fetched.
///
/// Errors: it is no XML, declares a document type, or is nested or loaded beyond reason.
pub(super) fn parse(text: &str) -> Result<Document<'_>, ExchangeError> {
    if too_heavy(text, MOST_DEPTH, MOST_ATTRIBUTES).is_some() {
        return Err(ExchangeError::TooHeavy);
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: 20_000_000 };
    Document::parse_with_options(text, options).map_err(|error| ExchangeError::Xml(error.to_string()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refused(text: &str) -> bool {
        parse(text).err() == Some(ExchangeError::TooHeavy)
    }

    #[test]
    fn what_is_too_heavy_is_refused_before_it_is_parsed() {
        let nested = |depth: usize| format!("{}{}", "<a b='>'>".repeat(depth), "</a>".repeat(depth));
        let loaded = |count: usize| {
            let attributes: Vec<String> = (0..count).map(|index| format!("a{index}='1'")).collect();
            format!("<a {}/>", attributes.join(" "))
        };
        assert!(parse(&nested(MOST_DEPTH)).is_ok() && refused(&nested(MOST_DEPTH + 1)));
        assert!(parse(&loaded(MOST_ATTRIBUTES)).is_ok() && refused(&loaded(MOST_ATTRIBUTES + 1)));
        assert!(refused(&"<a>".repeat(100_000)));
        assert!(parse(&format!("<a>{}</a>", "<b/><c>1</c><!-- <d> --><![CDATA[<e>]]>".repeat(500))).is_ok());
    }

    #[test]
    fn entities_are_never_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;\">]><a>&y;</a>";
        assert!(matches!(parse(bomb), Err(ExchangeError::Xml(_))));
        let file = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        assert!(matches!(parse(file), Err(ExchangeError::Xml(_))));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "[<>&\"'\\]\r\n\t 河\u{0}\u{FFFE}\\PC]{0,24}") {
            let mut writer = XmlWriter::new();
            writer.begin("a", &[("b", &text)]);
            writer.text("c", &text);
            let file = writer.finish();
            let read = parse(&file).unwrap();
            let element = read.root_element();
            let expected: String = text.chars().map(|each| if is_expressed(each) { each } else { '\u{FFFD}' }).collect();
            prop_assert_eq!(element.attribute("b"), Some(expected.as_str()));
            let inner = element.first_element_child().unwrap();
            prop_assert_eq!(inner.text().unwrap_or_default(), expected);
        }

        #[test]
        fn any_text_is_refused_or_read(text in "[<>/a='\"!?\\-\\[\\]&; ]{0,60}") {
            drop(parse(&text));
        }
    }
}
