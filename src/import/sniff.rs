//! What kind of file it is: by its content, then by its name.

use memchr::memmem;

use super::archive::Archive;
use super::limits::Limits;
use super::{OtherKind, ReadOptions, encoding, mbox, torn};
use crate::document::Format;

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sniffed {
    /// Text: plain, Markdown or HTML, as [`format()`] says once it is decoded.
    Text,
    /// A format whose bytes are no text.
    Packed(Format),
    /// An office document that lies encrypted in a container: which one, shows when it is opened.
    Locked,
    /// A kind of file that is known and not read.
    Other(OtherKind),
}

/// What the first bytes say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Signature {
    /// Any of the packed formats.
    Zip,
    /// A document of the time before them, or one with a password.
    Container,
    /// As good as sniffed.
    Sure(Sniffed),
}

/// How files that are not text begin.
const SIGNATURES: [(&[u8], OtherKind); 17] = [
    (b"\x89PNG\r\n", OtherKind::Picture),
    (b"\xff\xd8\xff", OtherKind::Picture),
    (b"GIF87a", OtherKind::Picture),
    (b"GIF89a", OtherKind::Picture),
    (b"Rar!\x1a\x07", OtherKind::Archive),
    (b"7z\xbc\xaf\x27\x1c", OtherKind::Archive),
    (b"\x1f\x8b\x08", OtherKind::Archive),
    (b"PK\x05\x06", OtherKind::Zip),
    (b"\x7fELF", OtherKind::Program),
    (b"MZ\x90\x00", OtherKind::Program),
    (b"SQLite format 3\0", OtherKind::Database),
    (b"AT&TFORM", OtherKind::DjVu),
    (b"ITOLITLS", OtherKind::Kindle),
    (b"ITSF\x03\0", OtherKind::Help),
    (b"CAJ\0", OtherKind::Caj),
    (b"HN\0\0", OtherKind::Caj),
    (b"\xc8\0", OtherKind::Caj),
];

/// How a ZIP begins, rich text, and a document of the time before them.
const ZIP: &[u8] = b"PK\x03\x04";
const RTF: &[u8] = b"{\\rtf";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Only so much is looked at.
const HEAD: usize = 4096;

/// What a file is, by its content. `chosen` is the format that the reader chose: it decides between those
/// that the content does not rule out.
pub(super) fn sniff(bytes: &[u8], chosen: Option<Format>) -> Sniffed {
    match signature(bytes) {
        Signature::Sure(Sniffed::Text) => match chosen {
            Some(format @ (Format::Mhtml | Format::Rtf | Format::Pdf)) => Sniffed::Packed(format),
            _ => Sniffed::Text,
        },
        Signature::Sure(sniffed) => sniffed,
        Signature::Zip => packed(bytes, chosen),
        Signature::Container => in_container(bytes),
    }
}

/// What the first bytes of a file say.
pub(super) fn signature(bytes: &[u8]) -> Signature {
    let known = SIGNATURES.iter().find(|(beginning, _)| bytes.starts_with(beginning));
    if bytes.starts_with(ZIP) {
        return Signature::Zip;
    }
    if bytes.starts_with(OLE) {
        return Signature::Container;
    }
    Signature::Sure(match known {
        Some((_, kind)) => Sniffed::Other(*kind),
        None if bytes.starts_with(RTF) => Sniffed::Packed(Format::Rtf),
        None if bytes.get(60..68) == Some(b"BOOKMOBI") => Sniffed::Other(OtherKind::Kindle),
        None if is_kdh(bytes) => Sniffed::Other(OtherKind::Caj),
        None if is_pdf(bytes) => Sniffed::Packed(Format::Pdf),
        None if let Some(flat) = flat_office(bytes) => flat,
        None if is_mhtml(bytes) => Sniffed::Packed(Format::Mhtml),
        None => Sniffed::Text,
    })
}

/// Whether a file is of the kind of CAJ that begins as a text may.
fn is_kdh(bytes: &[u8]) -> bool {
    bytes.starts_with(b"KDH ")
        && memchr::memchr(0, bytes.get(..bytes.len().min(256)).unwrap_or_default()).is_some()
}

/// A document with a password lies in a file of the old kind, in a stream of this name.
fn in_container(bytes: &[u8]) -> Sniffed {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    match memmem::find(bytes, &name) {
        Some(_) => Sniffed::Locked,
        None => Sniffed::Other(OtherKind::OldOffice),
    }
}

/// Whether a file is an ODT in one file of XML.
pub(super) fn is_flat(bytes: &[u8]) -> bool {
    flat_office(bytes) == Some(Sniffed::Packed(Format::Odt))
}

/// An office document in one file of XML: of these programs the one is read, and the others can save it otherwise.
fn flat_office(bytes: &[u8]) -> Option<Sniffed> {
    // The names that a root declares can take some kilobytes.
    let head = bytes.get(..4 * HEAD).unwrap_or(bytes);
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if !start.starts_with(b"<?xml") && !start.starts_with(b"<office:document") {
        return None;
    }
    let says = |words: &str| memmem::find(start, words.as_bytes()).is_some();
    match () {
        () if says("<office:document ") && says("opendocument.text") => Some(Sniffed::Packed(Format::Odt)),
        () if says("<office:document ") && says("opendocument.spreadsheet") => {
            Some(Sniffed::Other(OtherKind::Spreadsheet))
        }
        () if says("<office:document ") => Some(Sniffed::Other(OtherKind::Presentation)),
        () if says("<w:wordDocument") || says("progid=\"Word.Document\"") || says("<uof:UOF") => {
            Some(Sniffed::Other(OtherKind::OldOffice))
        }
        () if says("progid=\"Excel.Sheet\"") => Some(Sniffed::Other(OtherKind::Spreadsheet)),
        () => None,
    }
}

/// The mark of a PDF may stand after other bytes, but a text that only names it is none.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    bytes.starts_with(b"%PDF-")
        || memmem::find(head, b"%PDF-").is_some() && memmem::rfind(bytes, b"startxref").is_some()
}

/// Whether a file begins with the head of a message: of one that holds a page, or of a mail.
fn is_mhtml(bytes: &[u8]) -> bool {
    let bytes = mbox::first(bytes).unwrap_or(bytes);
    // What the mail of a large house passed through is written into its head.
    let head = bytes.iter().take(16 * HEAD);
    let head: String = head.map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
    let head = head.trim_start().replace("\r\n", "\n");
    let Some((fields, _)) = head.split_once("\n\n") else { return false };
    let is_field = |line: &str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(name, _)| {
                !name.is_empty()
                    && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            })
    };
    let says =
        |name: &str, value: &str| fields.lines().any(|line| line.starts_with(name)) && fields.contains(value);
    let has = |name: &str| says(name, "");
    let was_sent = has("from:") && has("date:") && (has("to:") || has("subject:"));
    let holds_page = says("content-type:", "multipart/") || says("content-type:", "text/html");
    // Lists and older programs write no more than these.
    let is_whole = has("from:") && has("date:") && has("subject:");
    let is_plain = (has("mime-version:") || is_whole) && says("content-type:", "text/plain");
    let is_old = !has("content-type:") && (has("received:") || has("message-id:") || is_whole);
    fields.lines().all(is_field)
        && (says("mime-version:", "1.0") && holds_page || was_sent && (is_plain || is_old))
}

/// What a ZIP holds: by what it says of itself, then by the parts that it has.
fn packed(bytes: &[u8], chosen: Option<Format>) -> Sniffed {
    let chosen = chosen.filter(|format| matches!(format, Format::Epub | Format::Docx | Format::Odt));
    // A damaged one is told to be so by the reader of its format.
    let Ok(mut archive) = Archive::open(bytes, Format::Epub, Limits::default()) else {
        return chosen
            .or_else(|| by_beginning(bytes))
            .map_or(Sniffed::Other(OtherKind::Zip), Sniffed::Packed);
    };
    if let Some(format) = chosen {
        return Sniffed::Packed(format);
    }
    let kind = archive.part("mimetype").ok().flatten().unwrap_or_default();
    let kind = String::from_utf8_lossy(&kind).trim().to_ascii_lowercase();
    match kind.strip_prefix("application/").unwrap_or_default() {
        "epub+zip" => return Sniffed::Packed(Format::Epub),
        open if open.starts_with("vnd.oasis.opendocument.text") => return Sniffed::Packed(Format::Odt),
        open if open.contains("opendocument.spreadsheet") => return Sniffed::Other(OtherKind::Spreadsheet),
        open if open.contains("opendocument.presentation") => return Sniffed::Other(OtherKind::Presentation),
        _ => {}
    }
    let has = |name: &str| archive.has(name);
    let begins = |folder: &str| archive.names().any(|name| name.to_ascii_lowercase().starts_with(folder));
    match () {
        () if has("word/document.xml") => Sniffed::Packed(Format::Docx),
        () if has("[Content_Types].xml") && begins("word/") => Sniffed::Packed(Format::Docx),
        () if has("META-INF/container.xml") => Sniffed::Packed(Format::Epub),
        () if has("content.xml") && has("META-INF/manifest.xml") => Sniffed::Packed(Format::Odt),
        () if has("OFD.xml") => Sniffed::Other(OtherKind::Ofd),
        () if begins("xl/") => Sniffed::Other(OtherKind::Spreadsheet),
        () if begins("ppt/") => Sniffed::Other(OtherKind::Presentation),
        () if archive.names().any(|name| name.to_ascii_lowercase().ends_with(".opf")) => {
            Sniffed::Packed(Format::Epub)
        }
        () if torn::is_cut_off(bytes) => {
            by_beginning(bytes).map_or(Sniffed::Other(OtherKind::Zip), Sniffed::Packed)
        }
        () => Sniffed::Other(OtherKind::Zip),
    }
}

/// The format of a ZIP whose directory cannot be read, by the names and words at its beginning.
fn by_beginning(bytes: &[u8]) -> Option<Format> {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let says = |words: &str| memmem::find(head, words.as_bytes()).is_some();
    let kinds = [
        ("application/epub+zip", Format::Epub),
        ("META-INF/container.xml", Format::Epub),
        ("opendocument.text", Format::Odt),
        ("word/", Format::Docx),
        ("[Content_Types].xml", Format::Docx),
    ];
    kinds.into_iter().find(|(words, _)| says(words)).map(|(_, format)| format)
}

/// Whether a file of text may be read as Markdown or HTML, by its beginning. The whole may be found to be in
/// another encoding, so who is told that it is plain text has to read it as plain text.
pub(super) fn may_be_marked_up(name: &str, bytes: &[u8], options: &ReadOptions) -> bool {
    if let Some(format) = options.format {
        return format != Format::PlainText;
    }
    let head = encoding::until_last_character(bytes.get(..64 * 1024).unwrap_or(bytes));
    let declared = declared_encoding(name, head);
    let decoded = encoding::decode(head.to_vec(), options.encoding.as_deref(), declared);
    decoded.map_or(true, |decoded| format(name, &decoded.text) != Format::PlainText)
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

/// The format that the name of a page or of plain text says it is of, where that is one of another kind.
pub(super) fn named_otherwise(name: &str, format: Format) -> Option<Format> {
    let named = match extension(name).as_str() {
        "pdf" => Format::Pdf,
        "docx" => Format::Docx,
        "odt" => Format::Odt,
        "epub" => Format::Epub,
        _ => return None,
    };
    matches!(format, Format::Html | Format::PlainText | Format::Markdown).then_some(named)
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
    use crate::import::testing::pack;

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
    fn a_page_with_the_name_of_another_format_is_told() {
        let warnings = |name: &str, text: &str| {
            let bytes = text.as_bytes().to_vec();
            crate::import::read(name, bytes, &ReadOptions::default()).unwrap().warnings
        };
        let page = "<html><body><h1>404</h1><p>没有找到。</p></body></html>";
        let named = |named| [crate::import::Warning::NamedOtherwise { named }];
        assert_eq!(warnings("a.pdf", page), named(Format::Pdf));
        assert_eq!(warnings("a.DOCX", "没有找到。"), named(Format::Docx));
        assert_eq!((warnings("a.doc", page), warnings("a.html", page)), (vec![], vec![]));
        // It may be opened as what it is chosen to be.
        assert_eq!(warnings("a.txt", page), []);
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
    fn binary_files_are_known_by_their_beginning() {
        let check = |bytes: &[u8], expected| assert_eq!(sniff(bytes, None), expected);
        check(b"%PDF-1.7\n", Sniffed::Packed(Format::Pdf));
        check(b"\0\0%PDF-1.7\n startxref 9", Sniffed::Packed(Format::Pdf));
        check("以 %PDF- 開頭的檔案".as_bytes(), Sniffed::Text);
        check(b"{\\rtf1\\ansi", Sniffed::Packed(Format::Rtf));
        check("題".as_bytes(), Sniffed::Text);
        check(b"ITSF\x03\0\0\0", Sniffed::Other(OtherKind::Help));
        check(b"CAJ\0\x01", Sniffed::Other(OtherKind::Caj));
        check(b"HN\0\0\xc8", Sniffed::Other(OtherKind::Caj));
        check(b"KDH 2.00\0\0", Sniffed::Other(OtherKind::Caj));
        check("KDH 是什麼".as_bytes(), Sniffed::Text);
        check(b"CAJ, HN", Sniffed::Text);
        check(b"<?xml version='1.0'?>\n<html>", Sniffed::Text);
        let flat = |kind: &str| {
            format!("<?xml version='1.0'?>\n<office:document office:mimetype='application/vnd.oasis.{kind}'>")
        };
        check(flat("opendocument.text").as_bytes(), Sniffed::Packed(Format::Odt));
        check(flat("opendocument.spreadsheet").as_bytes(), Sniffed::Other(OtherKind::Spreadsheet));
        check(
            b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?>",
            Sniffed::Other(OtherKind::OldOffice),
        );
        check(b"\xef\xbb\xbf<?xml version='1.0'?><uof:UOF>", Sniffed::Other(OtherKind::OldOffice));
        check("網頁裡說到 <uof:UOF>".as_bytes(), Sniffed::Text);
        check(&OLE.repeat(2), Sniffed::Other(OtherKind::OldOffice));
        let protected: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&[OLE, &protected].concat(), Sniffed::Locked);
        let page = "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x";
        check(page.as_bytes(), Sniffed::Packed(Format::Mhtml));
        let mail = "From: a@example.org\nSubject: 河\nDate: Wed, 12 Mar 2025 10:00:00 +0800\n";
        check(format!("{mail}\n河水清清。").as_bytes(), Sniffed::Packed(Format::Mhtml));
        let plain = "Content-Type: text/plain; charset=utf-8\n";
        check(format!("From a 12 Mar\n{mail}{plain}\n河水清清。").as_bytes(), Sniffed::Packed(Format::Mhtml));
        check("From: 河\nSubject: 清\n\n河水清清。".as_bytes(), Sniffed::Text);
        check("河水: 清\n\nMIME-Version: 1.0".as_bytes(), Sniffed::Text);
    }

    #[test]
    fn packed_files_are_known_by_what_they_hold() {
        let check = |parts: &[(&str, &str)], expected| {
            let parts: Vec<(&str, String)> =
                parts.iter().map(|(name, part)| (*name, (*part).to_owned())).collect();
            assert_eq!(sniff(&pack(&parts), None), expected, "{parts:?}");
        };
        check(&[("mimetype", "application/epub+zip")], Sniffed::Packed(Format::Epub));
        check(&[("META-INF/container.xml", "")], Sniffed::Packed(Format::Epub));
        check(&[("mimetype", "application/vnd.oasis.opendocument.text")], Sniffed::Packed(Format::Odt));
        check(&[("[Content_Types].xml", ""), ("word/document.xml", "")], Sniffed::Packed(Format::Docx));
        check(
            &[("[Content_Types].xml", ""), ("xl/workbook.xml", "")],
            Sniffed::Other(OtherKind::Spreadsheet),
        );
        check(&[("OFD.xml", ""), ("Doc_0/Document.xml", "")], Sniffed::Other(OtherKind::Ofd));
        check(&[("a.txt", "文")], Sniffed::Other(OtherKind::Zip));
    }

    #[test]
    fn a_torn_archive_is_still_what_it_was() {
        let bytes = pack(&[("mimetype", "application/epub+zip".to_owned()), ("a", "文".repeat(99))]);
        let torn = &bytes[..bytes.len() / 2];
        assert_eq!(sniff(torn, None), Sniffed::Packed(Format::Epub));
        assert_eq!(sniff(&bytes[..40], None), Sniffed::Other(OtherKind::Zip));
        let names = pack(&[("word/document.xml", "文".repeat(99))]);
        assert_eq!(sniff(&names[..60], None), Sniffed::Packed(Format::Docx));
    }
}
