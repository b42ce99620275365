//! XML: a gate before the parser, and what the readers ask of a tree.
//!
//! No entity of a file is expanded and nothing is fetched.

use roxmltree::{Document as Tree, Node, ParsingOptions};

use super::encoding::Decoded;
use super::job::Job;
use super::limits::{MOST_ATTRIBUTES, MOST_DEPTH, MOST_NODES};
use super::{ImportError, Limit, Warning, encoding};
use crate::document::Format;

/// The text of a file of XML, in the encoding that it declares or is in.
pub(super) fn decode(bytes: Vec<u8>, format: Format) -> Result<String, ImportError> {
    decoded(bytes, format).map(|decoded| decoded.text)
}

/// The same; what of it could not be decoded is told. XML that ends in its middle is closed where it does, and the
/// reader is told.
pub(super) fn decode_telling(bytes: Vec<u8>, job: &mut Job<'_>) -> Result<String, ImportError> {
    let decoded = decoded(bytes, job.format())?;
    job.note_encoding(&decoded.encoding);
    Ok(match closed(&decoded.text) {
        Some(closed) => {
            job.warn(Warning::CutOff);
            closed
        }
        None => decoded.text,
    })
}

fn decoded(bytes: Vec<u8>, format: Format) -> Result<Decoded, ImportError> {
    let declared = declared_encoding(&bytes);
    let decoded = encoding::decode(bytes, None, declared);
    decoded.map_err(|error| ImportError::Damaged(format, error.to_string()))
}

/// The encoding in `<?xml … encoding="…"?>`.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static str> {
    let head: String = bytes.iter().take(200).map(|&byte| char::from(byte)).collect();
    let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = value.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    encoding::encoding_name(label)
}

/// Parses XML of a file of that format.
///
/// Errors: it is no XML, or is nested or loaded beyond reason.
pub(super) fn parse(text: &str, format: Format) -> Result<Tree<'_>, ImportError> {
    parse_within(text, format, MOST_NODES)
}

fn parse_within(text: &str, format: Format, most_nodes: u32) -> Result<Tree<'_>, ImportError> {
    if let Some(limit) = too_heavy(text, MOST_DEPTH, MOST_ATTRIBUTES) {
        return Err(ImportError::TooMuch(limit));
    }
    // Books declare a document type. What it may define is not honest in these files.
    if memchr::memmem::find(text.as_bytes(), b"<!ENTITY").is_some() {
        return Err(ImportError::Damaged(format, "it defines entities of its own".to_owned()));
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: most_nodes };
    Tree::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => ImportError::TooMuch(Limit::Parts(most_nodes.into())),
        other => ImportError::Damaged(format, other.to_string()),
    })
}

// ---- What the readers ask -------------------------------------------------------------------------------

/// The name of an element without its prefix; empty for what is no element.
pub(super) fn name<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

/// The attribute of that name, whatever its prefix.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The first child element of that name.
pub(super) fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

/// The child elements of that name.
pub(super) fn children<'a, 'input>(
    node: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The first element of that name in a tree, however deep.
pub(super) fn find<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.descendants().find(|found| found.is_element() && found.tag_name().name() == name)
}

/// All text in an element, however deep.
pub(super) fn text_in(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

// ---- The gate -------------------------------------------------------------------------------------------

/// XML that ends in its middle, closed behind what is whole of it; `None` for what is whole, or is none.
fn closed(text: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let (mut rest, mut is_first) = (text, true);
    while let Some((_, after)) = rest.split_once('<') {
        if let Some((_, end)) = SKIPPED.iter().find(|(begin, _)| after.starts_with(begin)) {
            let Some((_, next)) = after.split_once(end) else { break };
            rest = next;
            continue;
        }
        let tag = Tag::of(after);
        // What is whole is seen at once: its root is closed where it ends.
        if std::mem::take(&mut is_first) && text.trim_end().ends_with(&format!("</{}>", tag.name)) {
            return None;
        }
        match tag.kind {
            _ if !tag.is_whole => break,
            Kind::Begin => open.push(tag.name),
            Kind::End if open.pop() == Some(tag.name) => {}
            Kind::End => return None,
            Kind::Empty => {}
        }
        rest = tag.rest;
        if open.is_empty() {
            return None;
        }
    }
    let words = rest.split('<').next().unwrap_or_default();
    let words = match words.rsplit_once('&') {
        Some((before, sign)) if !sign.contains(';') => before,
        _ => words,
    };
    let whole = text.get(..text.len() - rest.len()).filter(|_| !open.is_empty())?;
    let ends = open.iter().rev().flat_map(|name| ["</", name, ">"]);
    Some([whole, words].into_iter().chain(ends).collect())
}

/// What is no element: how it begins, after its first sign, and how it ends.
const SKIPPED: [(&str, &str); 4] = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>"), ("!", ">")];

/// Whether elements lie deeper in each other, or have more attributes, than allowed: the limit that is passed.
/// The parser would take time that grows with the square of them.
pub(crate) fn too_heavy(text: &str, most_depth: usize, most_attributes: usize) -> Option<Limit> {
    let (mut rest, mut depth) = (text, 0_usize);
    while let Some((_, tag)) = rest.split_once('<') {
        if let Some((_, end)) = SKIPPED.iter().find(|(begin, _)| tag.starts_with(begin)) {
            rest = tag.split_once(end).map_or("", |(_, rest)| rest);
            continue;
        }
        let tag = Tag::of(tag);
        depth = match tag.kind {
            Kind::Begin => depth + 1,
            Kind::End => depth.saturating_sub(1),
            Kind::Empty => depth,
        };
        if depth > most_depth {
            return Some(Limit::Depth(most_depth as u64));
        }
        if tag.attributes > most_attributes {
            return Some(Limit::Attributes(most_attributes as u64));
        }
        rest = tag.rest;
    }
    None
}

enum Kind {
    Begin,
    End,
    Empty,
}

/// A tag, seen from outside.
struct Tag<'a> {
    kind: Kind,
    name: &'a str,
    attributes: usize,
    /// Whether it ends.
    is_whole: bool,
    rest: &'a str,
}

impl<'a> Tag<'a> {
    /// The tag that begins after a `<`.
    fn of(text: &'a str) -> Self {
        let (mut quote, mut attributes, mut before, mut is_whole) = (None, 0, ' ', false);
        let mut characters = text.chars();
        for character in characters.by_ref() {
            match (quote, character) {
                (Some(open), close) if open == close => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(character),
                (None, '=') => attributes += 1,
                (None, '>') => {
                    is_whole = true;
                    break;
                }
                (None, _) => before = character,
            }
        }
        let kind = match (text.starts_with('/'), before) {
            (true, _) => Kind::End,
            (false, '/') => Kind::Empty,
            (false, _) => Kind::Begin,
        };
        let named = text.trim_start_matches('/');
        let name = named.split(|found: char| found.is_whitespace() || "/>".contains(found)).next();
        Self { kind, name: name.unwrap_or_default(), attributes, is_whole, rest: characters.as_str() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> Option<ImportError> {
        parse(text, Format::Docx).err()
    }

    #[test]
    fn elements_may_lie_so_deep_and_no_deeper() {
        let nested = |depth: usize| format!("{}{}", "<a b='>'>".repeat(depth), "</a>".repeat(depth));
        for (depth, refused) in [(MOST_DEPTH - 1, false), (MOST_DEPTH, false), (MOST_DEPTH + 1, true)] {
            let limit = ImportError::TooMuch(Limit::Depth(MOST_DEPTH as u64));
            assert_eq!(error(&nested(depth)), refused.then_some(limit));
        }
        assert!(error(&"<a>".repeat(100_000)).is_some());
    }

    #[test]
    fn elements_may_have_so_many_attributes_and_no_more() {
        let loaded = |count: usize| {
            let attributes: Vec<String> = (0..count).map(|index| format!("a{index}='1'")).collect();
            format!("<a {}/>", attributes.join(" "))
        };
        for (count, refused) in
            [(MOST_ATTRIBUTES - 1, false), (MOST_ATTRIBUTES, false), (MOST_ATTRIBUTES + 1, true)]
        {
            let limit = ImportError::TooMuch(Limit::Attributes(MOST_ATTRIBUTES as u64));
            assert_eq!(error(&loaded(count)), refused.then_some(limit));
        }
    }

    #[test]
    fn a_file_may_have_so_many_elements_and_stretches_of_text_and_no_more() {
        // The file itself and its root are two.
        for (count, refused) in [(7, false), (8, false), (9, true)] {
            let text = format!(
                "<a>{}</a>",
                "<b/>x".repeat(5).split_inclusive(['>', 'x']).take(count - 2).collect::<String>()
            );
            let limit = ImportError::TooMuch(Limit::Parts(8));
            assert_eq!(parse_within(&text, Format::Docx, 8).err(), refused.then_some(limit), "{text}");
        }
    }

    #[test]
    fn entities_are_never_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;\">]><a>&y;</a>";
        assert!(matches!(error(bomb), Some(ImportError::Damaged(..))));
        let file = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        assert!(matches!(error(file), Some(ImportError::Damaged(..))));
        let declared = "<!DOCTYPE ncx PUBLIC \"-//NISO//DTD ncx 2005-1//EN\" \"http://x/ncx.dtd\"><ncx/>";
        assert_eq!(error(declared), None);
    }

    #[test]
    fn what_ends_in_its_middle_is_closed_where_it_does() {
        let whole =
            "<?xml version='1.0'?><!-- <注> --><a:b xmlns:a='a' c='>'><d/><e>河水&amp;樹</e><e>清</e></a:b>";
        assert_eq!((closed(whole), closed(&format!("{whole}\n")), closed("")), (None, None, None));
        let begin = whole.find("<d/>").unwrap();
        for cut in (begin..whole.len()).filter(|cut| whole.is_char_boundary(*cut)) {
            let closed = closed(whole.get(..cut).unwrap()).unwrap();
            let tree = parse(&closed, Format::Docx).unwrap();
            assert!("河水&樹清".starts_with(&text_in(tree.root_element())), "{closed}");
        }
        assert_eq!(closed("<a><b>河水&am").as_deref(), Some("<a><b>河水</b></a>"));
        for other in ["<a><b></a>", "<a/>", "<a></a>清", "河水", "<a", "<a><b></c>"] {
            assert_eq!(closed(other), None, "{other}");
        }
    }

    #[test]
    fn the_declared_encoding_is_used() {
        let text = "<?xml version='1.0' encoding='GB2312'?><a>河水清清</a>";
        let bytes = encoding_rs::GBK.encode(text).0.into_owned();
        assert_eq!(decode(bytes, Format::Epub).unwrap(), text);
    }
}
