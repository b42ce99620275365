//! What kind of file it is: by its content, then by its name.

use super::{ImportError, encoding};
use crate::document::Format;

/// How files that are not text begin.
const OTHER_KINDS: [(&[u8], &str); 16] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document such as DOCX or EPUB"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document such as DOC"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"AT&TFORM", "a DjVu document"),
];

/// Only so much is looked at.
const HEAD: usize = 4096;

/// An error that names what the file is, where it is a known kind of file that is not text.
pub(super) fn refuse_other_kinds(bytes: &[u8]) -> Result<(), ImportError> {
    match OTHER_KINDS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        Some((_, kind)) => Err(ImportError::OtherKind(kind)),
        None => Ok(()),
    }
}

/// The format of a decoded text.
pub(super) fn format(name: &str, text: &str) -> Format {
    let head: String = text.chars().take(HEAD).collect::<String>().to_ascii_lowercase();
    match extension(name).as_str() {
        _ if begins_as_html(&head) => Format::Html,
        "html" | "htm" | "xhtml" | "shtml" if has_a_tag(&head) => Format::Html,
        "md" | "markdown" | "mdown" | "mkd" => Format::Markdown,
        "txt" | "text" => Format::PlainText,
        _ if looks_like_markdown(&head) => Format::Markdown,
        _ => Format::PlainText,
    }
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

fn begins_as_html(head: &str) -> bool {
    let mut rest = head.trim_start();
    while let Some(after) = rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        rest = after.1.trim_start();
    }
    let rest = rest
        .strip_prefix("<?xml")
        .and_then(|xml| xml.split_once("?>"))
        .map_or(rest, |xml| xml.1.trim_start());
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|beginning| rest.starts_with(beginning))
}

fn has_a_tag(head: &str) -> bool {
    head.split('<')
        .skip(1)
        .any(|after| after.starts_with(|first: char| first.is_ascii_alphabetic() || first == '!'))
}

/// Two lines or more that only Markdown has, in a file whose name says nothing.
fn looks_like_markdown(head: &str) -> bool {
    let heading = |line: &str| {
        let after = line.trim_start_matches('#');
        after.len() < line.len() && line.len() - after.len() <= 6 && after.starts_with(' ')
    };
    let telling = |line: &&str| {
        heading(line) || line.starts_with("```") || line.contains("](http") || line.contains("|---")
    };
    head.lines().filter(telling).count() >= 2
}

/// The encoding that an HTML file declares in its first bytes (`<meta charset>` or `http-equiv`), by its
/// standard name.
pub(super) fn declared_encoding(name: &str, bytes: &[u8]) -> Option<&'static str> {
    let head: String = bytes.iter().take(HEAD).map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
    let is_html =
        begins_as_html(&head) || matches!(extension(name).as_str(), "html" | "htm" | "xhtml" | "shtml");
    if !is_html {
        return None;
    }
    let metas = head.split("<meta").skip(1).filter_map(|rest| rest.split('>').next());
    metas.filter_map(|meta| meta.split_once("charset")).find_map(|(_, value)| label(value))
}

fn label(value: &str) -> Option<&'static str> {
    let value = value.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let end = value.find(|found: char| !(found.is_ascii_alphanumeric() || "-_:".contains(found)));
    encoding::encoding_name(value.get(..end.unwrap_or(value.len()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides_before_the_name() {
        let check =
            |name: &str, text: &str, expected| assert_eq!(format(name, text), expected, "{name}: {text}");
        check("a.txt", "<!DOCTYPE html><p>文</p>", Format::Html);
        check("a.html", "<p>文</p>", Format::Html);
        check("a.html", "只有文字", Format::PlainText);
        check("a.md", "只有文字", Format::Markdown);
        check("a.txt", "# 井號\n\n## 井號", Format::PlainText);
        check("a", "# 題\n\n## 節\n", Format::Markdown);
        check("a", "題\n", Format::PlainText);
        check("a", "<!-- 注 --><html>", Format::Html);
    }

    #[test]
    fn declared_encodings_are_found() {
        let check = |text: &str, expected| {
            assert_eq!(declared_encoding("a.html", text.as_bytes()), expected, "{text}");
        };
        check("<meta charset=\"gb2312\">", Some("GBK"));
        check("<meta http-equiv=Content-Type content='text/html; charset=big5'>", Some("Big5"));
        check("<p>charset=big5</p>", None);
    }

    #[test]
    fn other_kinds_are_named() {
        let error = refuse_other_kinds(b"%PDF-1.7\n").unwrap_err();
        assert!(error.to_string().starts_with("this is a PDF document"), "{error}");
        assert_eq!(refuse_other_kinds("題".as_bytes()), Ok(()));
    }
}
