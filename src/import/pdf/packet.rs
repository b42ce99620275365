//! The packet in which a file says of itself what its older dictionary may not: XMP, which is RDF.

use roxmltree::Node;

use crate::document::{Field, Format, Metadata};
use crate::import::xml;

/// The names of Dublin Core.
const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";
/// The names that XMP has of its own.
const BASIC: &str = "http://ns.adobe.com/xap/1.0/";

/// What a packet says; nothing where it is none.
pub(super) fn metadata(packet: &[u8]) -> Metadata {
    let text = xml::decode(packet.to_vec(), Format::Pdf).unwrap_or_default();
    let text = text.trim_matches(|found: char| found.is_whitespace() || found == '\0');
    let Ok(tree) = xml::parse(text, Format::Pdf) else { return Metadata::default() };
    let root = tree.root_element();
    Metadata {
        title: field(values(root, DUBLIN_CORE, "title").into_iter().next()),
        author: field(Some(values(root, DUBLIN_CORE, "creator").join("；"))),
        created: field(values(root, BASIC, "CreateDate").first().and_then(|date| day(date))),
        language: field(values(root, DUBLIN_CORE, "language").into_iter().next()),
        ..Metadata::default()
    }
}

/// What is said under a name: the items of a list, or the words themselves, be they an attribute.
fn values(root: Node<'_, '_>, space: &str, name: &str) -> Vec<String> {
    let said = |node: Node<'_, '_>| node.text().unwrap_or_default().trim().to_owned();
    let mut found = Vec::new();
    for node in root.descendants() {
        found.extend(node.attribute((space, name)).map(str::to_owned));
        if node.has_tag_name((space, name)) {
            let items = node.descendants().filter(|item| item.tag_name().name() == "li").map(said);
            found.extend(items);
            found.push(said(node));
        }
    }
    found.retain(|value| !value.is_empty());
    found
}

/// The day of a moment.
fn day(moment: &str) -> Option<String> {
    moment.get(..10).filter(|day| day.split('-').count() == 3).map(str::to_owned)
}

fn field(value: Option<String>) -> Option<Field> {
    value.filter(|value| !value.is_empty()).map(|value| Field { value, span: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_words_and_attributes_are_read() {
        let packet = "<?xpacket begin=\"\u{feff}\" id=\"x\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
            <r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:d=\"http://purl.org/dc/elements/1.1/\">\
            <r:Description xmlns:b=\"http://ns.adobe.com/xap/1.0/\" b:CreateDate=\"2025-03-21T09:30:00+08:00\">\
            <d:title><r:Alt><r:li>書記</r:li></r:Alt></d:title><d:language>zh-Hant</d:language>\
            <d:creator><r:Seq><r:li>田禾生</r:li><r:li>葉小苗</r:li></r:Seq></d:creator>\
            </r:Description></r:RDF></x:xmpmeta><?xpacket end=\"w\"?>\n  \0";
        let found = metadata(packet.as_bytes());
        let said =
            [found.title, found.author, found.created, found.language].map(|field| field.unwrap().value);
        assert_eq!(said, ["書記", "田禾生；葉小苗", "2025-03-21", "zh-Hant"]);
        assert_eq!(metadata(b"no packet"), Metadata::default());
    }
}
