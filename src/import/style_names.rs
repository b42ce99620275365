//! What paragraphs are by the names of their styles: those of Word and of programs that write its formats.

use crate::document::BlockKind;

/// What a paragraph is, by the names of its styles (its own first) and its level in the outline.
pub(super) fn kind(names: &[&str], outline: Option<u8>) -> BlockKind {
    let by_name = names.iter().find_map(|name| kind_of_name(name));
    match (by_name, outline) {
        (Some(BlockKind::Title), _) => BlockKind::Title,
        (_, Some(level @ 0..=8)) => BlockKind::Heading { level: level + 1 },
        (Some(BlockKind::Heading { .. }), Some(_)) | (None, _) => BlockKind::Paragraph,
        (Some(kind), _) => kind,
    }
}

/// No name that means anything is longer, in bytes.
const LONGEST: usize = 40;

/// What a style of that name means. Word keeps its own names in English whatever its language.
fn kind_of_name(name: &str) -> Option<BlockKind> {
    if name.len() > LONGEST {
        return None;
    }
    let level = |rest: &str| rest.trim().parse().ok().filter(|level| (1..=9).contains(level));
    let heading =
        ["heading", "标题", "標題", "見出し"].iter().find_map(|word| level(name.strip_prefix(word)?));
    if let Some(level) = heading {
        return Some(BlockKind::Heading { level });
    }
    match name {
        "title" | "标题" | "標題" => Some(BlockKind::Title),
        "quote" | "intense quote" | "block text" | "quotations" | "引用" | "明显引用" | "鮮明引文" => {
            Some(BlockKind::Quotation)
        }
        "footnote text" | "endnote text" => Some(BlockKind::Footnote),
        "html preformatted" | "preformatted text" | "macro" | "source code" | "macro text" => {
            Some(BlockKind::Preformatted)
        }
        _ => None,
    }
}

/// Whether a style is one of what pictures and tables are called. The first is that of the paragraph itself.
pub(super) fn is_caption(names: &[&str]) -> bool {
    let known = |name: &&str| {
        matches!(
            *name,
            "caption" | "题注" | "題注" | "標號" | "标号" | "illustration" | "table" | "figure" | "drawing"
        )
    };
    names.iter().any(known)
}

/// Whether a style is one of lines of a table of contents.
pub(super) fn is_contents(name: &str) -> bool {
    ["toc ", "table of figures", "toc heading", "contents "].iter().any(|word| name.starts_with(word))
}

/// The same of a style that the file names and does not have, as other programs write it: `TOC1`.
pub(super) fn is_identifier_of_contents(id: &str) -> bool {
    let level = id.to_lowercase().strip_prefix("toc").map(str::to_owned);
    level.is_some_and(|level| matches!(level.trim().parse(), Ok(1..=9_u8)) || level == "heading")
}
