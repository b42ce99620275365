//! MHTML: a web page saved with its pictures in one file, as browsers save it. What was sent is a mail, see [`super::mail`].

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use mailparse::body::Body;
use mailparse::{MailHeaderMap, ParsedMail};

use super::html::css::{self, Sheet};
use super::html::frames::{Framed, MOST_FRAMES, MOST_IMPORTED};
use super::job::Job;
use super::limits::Limits;
use super::{ImportError, Limit, Read, Unread, Warning, encoding, html, mail, mbox, plain, sniff};
use crate::document::{Address, Field, Format};

/// How many parts may lie in each other: the parser calls itself for each.
const MOST_NESTED: usize = 16;

/// Reads a page that was saved as MHTML, a mail, or several of them.
pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) -> Result<Read, ImportError> {
    if mbox::first(bytes).is_some() { mbox::read(bytes, job) } else { read_message(bytes, job) }
}

/// Reads one message.
pub(super) fn read_message(bytes: &[u8], job: &mut Job<'_>) -> Result<Read, ImportError> {
    gate(bytes)?;
    let message = mailparse::parse_mail(bytes).map_err(|error| job.damaged(&error.to_string()))?;
    let sheets = Sheets::of(&message);
    let mut pages = pages_of(&message);
    let first = pages.next();
    if mail::is_mail(&message) || first.is_none() && mail::has_words(&message) {
        return Ok(mail::read(&message, &sheets, job));
    }
    let first = first.ok_or_else(|| job.damaged("it holds no page"))?;
    let address = said(&message, "Snapshot-Content-Location").map(|field| field.value);
    let mut framed = Framed::of(page(first, &sheets, address.as_deref(), job)?);
    for frame in pages.by_ref().take(MOST_FRAMES) {
        match page(frame, &sheets, None, job) {
            Ok(inner) => framed.add(inner),
            Err(error) => job.leave_out(&error),
        }
    }
    let Framed { mut read, unread } = framed;
    job.not_read(Unread::Documents, unread + pages.count());
    let said = |name: &str| said(&message, name);
    read.metadata.address = read.metadata.address.or_else(|| said("Snapshot-Content-Location"));
    read.metadata.title = read.metadata.title.or_else(|| said("Subject"));
    let date = || said("Date").map(|date| Field { value: mail::day(&date.value), ..date });
    read.metadata.date = read.metadata.date.or_else(date);
    Ok(read)
}

/// Reads one of the pages in a message, which lies at `address` if it does not say where itself.
pub(super) fn page(
    part: &ParsedMail<'_>,
    sheets: &Sheets,
    address: Option<&str>,
    job: &mut Job<'_>,
) -> Result<Read, ImportError> {
    let body = body_of(part, job)?;
    let declared = declared(part).or_else(|| sniff::declared_encoding("a.html", &body));
    let decoded = encoding::decode(body, job.options.encoding.as_deref(), declared)?;
    job.note_encoding(&decoded.encoding);
    if html::tags::is_cut_off(&decoded.text) {
        job.warn(Warning::CutOff);
    }
    let own = part.headers.get_first_value("Content-Location");
    let location = own.as_deref().or(address);
    let sheet = |reference: &str| sheets.find(location, reference);
    let read = html::read(&decoded.text, Format::Mhtml, location, &sheet).unwrap_or_else(|why| {
        job.warn(Warning::MarkupTooHeavy(why));
        let plain = plain::read(html::tags::without_tags(&decoded.text), &job.options.repairs);
        Read { format: Format::Mhtml, ..plain }
    });
    Ok(Read { encoding: Some(decoded.encoding), ..read })
}

/// The style sheets in it, by the addresses that they were saved from and by the names that pages call them (`cid:`).
pub(super) struct Sheets(HashMap<String, Rc<Sheet>>);

impl Sheets {
    fn of(message: &ParsedMail<'_>) -> Self {
        let parts = message.parts().filter(|part| part.ctype.mimetype == "text/css").take(MOST_SHEETS);
        // What cannot be unpacked hides nothing.
        let saved: Vec<SavedSheet> = parts.filter_map(SavedSheet::of).collect();
        let named = || {
            saved.iter().enumerate().flat_map(|(index, sheet)| sheet.names().map(move |name| (name, index)))
        };
        let places: HashMap<String, usize> = named().collect();
        let whole =
            |index| Rc::new(with_imports(&saved, &places, index, &mut BTreeSet::new()).unwrap_or_default());
        let sheets: Vec<Rc<Sheet>> = (0..saved.len()).map(whole).collect();
        Self(named().filter_map(|(name, index)| Some((name, Rc::clone(sheets.get(index)?)))).collect())
    }

    /// The sheet that a page at `location` refers to so.
    fn find(&self, location: Option<&str>, reference: &str) -> Option<Rc<Sheet>> {
        found(&self.0, location, reference).cloned()
    }
}

/// A style sheet as it lies in the message.
struct SavedSheet {
    css: String,
    id: Option<String>,
    location: Option<String>,
}

impl SavedSheet {
    fn of(part: &ParsedMail<'_>) -> Option<Self> {
        let said = |name: &str| part.headers.get_first_value(name);
        let id = said("Content-ID").map(|id| format!("cid:{}", id.trim_matches(['<', '>', ' '])));
        let location = said("Content-Location").map(|location| location.trim().to_owned());
        Some(Self { css: part.get_body().ok()?, id, location })
    }

    fn names(&self) -> impl Iterator<Item = String> {
        self.id.iter().chain(&self.location).cloned()
    }
}

/// A sheet with those that it imports, each once.
fn with_imports(
    saved: &[SavedSheet],
    places: &HashMap<String, usize>,
    index: usize,
    seen: &mut BTreeSet<usize>,
) -> Option<Sheet> {
    let SavedSheet { css, location, .. } = saved.get(index)?;
    if seen.len() >= MOST_IMPORTED || !seen.insert(index) {
        return None;
    }
    let mut own = Sheet::of(css);
    // Of two that are imported the later counts, so that it comes next before the sheet itself.
    for imported in css::imports(css).iter().rev() {
        if let Some(place) = found(places, location.as_deref(), imported)
            && let Some(imported) = with_imports(saved, places, *place, seen)
        {
            own.import(imported);
        }
    }
    Some(own)
}

/// What is called so by a part that was saved from `location`.
fn found<'a, Named>(
    named: &'a HashMap<String, Named>,
    location: Option<&str>,
    reference: &str,
) -> Option<&'a Named> {
    let resolved = || {
        let base = location.and_then(|location| Address::read(location).ok());
        Address::read_from(base.as_ref(), reference).ok()
    };
    named.get(reference.trim()).or_else(|| named.get(resolved()?.as_str()))
}

/// So many style sheets are read.
const MOST_SHEETS: usize = 200;

/// Refuses what would make the parser call itself too often, and more parts than any page has.
fn gate(bytes: &[u8]) -> Result<(), ImportError> {
    let lower: Vec<u8> = bytes.to_ascii_lowercase();
    let begins_line = |at: &usize| at.checked_sub(1).is_none_or(|before| lower.get(before) == Some(&b'\n'));
    let value = |at: usize| lower.get(at + FIELD.len()..).unwrap_or_default().trim_ascii_start();
    let kinds = memchr::memmem::find_iter(&lower, FIELD).filter(begins_line).map(value);
    let (mut parts, mut nested) = (0_u64, 0);
    for kind in kinds {
        parts += 1;
        // What is encoded may be one too.
        nested += usize::from(kind.starts_with(b"multipart/") || kind.starts_with(b"=?"));
    }
    if nested > MOST_NESTED {
        return Err(ImportError::TooMuch(Limit::Depth(MOST_NESTED as u64)));
    }
    let most = Limits::default().entries;
    if parts > most { Err(ImportError::TooMuch(Limit::Entries(most))) } else { Ok(()) }
}

/// The encoding that a part says it is in.
pub(super) fn declared(part: &ParsedMail<'_>) -> Option<&'static str> {
    part.ctype.params.get("charset").and_then(|label| encoding::encoding_name(label))
}

/// What a part holds. Of one that was cut off, as much as there is.
pub(super) fn body_of(part: &ParsedMail<'_>, job: &mut Job<'_>) -> Result<Vec<u8>, ImportError> {
    let error = match part.get_body_raw() {
        Ok(body) => return Ok(body),
        Err(error) => job.damaged(&error.to_string()),
    };
    let Body::Base64(body) = part.get_body_encoded() else { return Err(error) };
    let letters = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut message = b"Content-Transfer-Encoding: base64\r\n\r\n".to_vec();
    let head = message.len();
    message.extend(body.get_raw().iter().filter(|byte| letters(byte)));
    // Four letters are three bytes.
    message.truncate(message.len() - (message.len() - head) % 4);
    let cut = mailparse::parse_mail(&message).and_then(|message| message.get_body_raw()).ok();
    job.leave_out(&error);
    cut.ok_or(error)
}

/// The field that says what a part is.
const FIELD: &[u8] = b"content-type:";

/// The pages in it. The first is the page itself, the others are those in its frames.
fn pages_of<'a>(message: &'a ParsedMail<'a>) -> impl Iterator<Item = &'a ParsedMail<'a>> {
    message
        .parts()
        .filter(|part| matches!(part.ctype.mimetype.as_str(), "text/html" | "application/xhtml+xml"))
}

fn said(message: &ParsedMail<'_>, name: &str) -> Option<Field> {
    let value = mail::value(message.headers.get_first_header(name)?);
    (!value.is_empty()).then_some(Field { value, span: None })
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::super::{Imported, ReadOptions};
    use super::*;

    const LONG: &str =
        "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

    fn message(inner: &str) -> Vec<u8> {
        format!(
            "From: <Saved>\r\nSnapshot-Content-Location: https://example.org/a\r\nSubject: =?utf-8?B?57SE5a6a?=\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"b\"\r\n\r\n\
             --b\r\n{inner}--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
        )
        .into_bytes()
    }

    fn open(bytes: Vec<u8>) -> Result<Imported, ImportError> {
        super::super::read("a.mht", bytes, &ReadOptions::default())
    }

    #[test]
    fn the_page_is_read_in_its_own_encoding() {
        let html =
            format!("<html><title>約定</title><body><h1>約定</h1><p>{LONG}</p><p>{LONG}</p></body></html>");
        let encoded: Vec<String> =
            encoding_rs::BIG5.encode(&html).0.iter().map(|byte| format!("={byte:02X}")).collect();
        let encoded = encoded.concat();
        let lines: Vec<&str> =
            encoded.as_bytes().chunks(72).map(|line| std::str::from_utf8(line).unwrap()).collect();
        let part = format!(
            "Content-Type: text/html; charset=big5\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
            lines.join("=\r\n")
        );
        let imported = open(message(&part)).unwrap();
        check(&imported.document, &format!("題 約定\n¶ {LONG}\n¶ {LONG}"));
        let origin = imported.document.origin();
        assert_eq!((origin.format, origin.encoding.name), (Format::Mhtml, "Big5"));
        assert_eq!(imported.document.metadata().address.as_ref().unwrap().value, "https://example.org/a");
    }

    /// Where a page hides words by a sheet that it calls so, and which is saved under these names.
    fn check_hidden(reference: &str, names: &str, hidden: bool) {
        let page = format!(
            "Content-Type: text/html; charset=utf-8\r\nContent-Location: https://example.org/a/b.html\r\n\r\n\
             <html><head><link rel=stylesheet href='{reference}'></head><body><p>{LONG}<i class=j>干擾</i>{LONG}</p><p>{LONG}</p>\
             </body></html>\r\n"
        );
        let css = format!("Content-Type: text/css\r\n{names}\r\n.j {{ display: none }}\r\n");
        let imported = open(message(&format!("{page}--b\r\n{css}"))).unwrap();
        let expected = if hidden {
            format!("¶ {LONG}{LONG}\n~隱藏 干擾\n¶ {LONG}")
        } else {
            format!("¶ {LONG}干擾{LONG}\n¶ {LONG}")
        };
        check(&imported.document, &expected);
    }

    #[test]
    fn what_its_style_sheets_hide_is_hidden() {
        check_hidden("cid:css-1@saved", "Content-ID: <css-1@saved>\r\n", true);
        check_hidden("cid:css-1@saved", "Content-Location: cid:css-1@saved\r\n", true);
        check_hidden("../s.css", "Content-Location: https://example.org/s.css\r\n", true);
        check_hidden("https://example.org/s.css", "Content-Location: https://example.org/s.css\r\n", true);
        check_hidden("s.css", "Content-Location: https://example.org/s.css\r\n", false);
    }

    #[test]
    fn what_sheets_import_counts_too() {
        let page = format!(
            "Content-Type: text/html; charset=utf-8\r\nContent-Location: https://example.org/a.html\r\n\r\n\
             <html><head><link rel=stylesheet href=css/a.css></head><body><p>{LONG}<i class=j>干擾</i>{LONG}</p><p>{LONG}</p></body></html>\r\n"
        );
        let sheet = |name: &str, css: &str| {
            format!(
                "--b\r\nContent-Type: text/css\r\nContent-Location: https://example.org/css/{name}\r\n\r\n{css}\r\n"
            )
        };
        // They import each other too.
        let sheets = [
            sheet("a.css", "@import url(b/b.css);"),
            sheet("b/b.css", "@import '../a.css'; .j { display: none }"),
        ];
        let imported = open(message(&format!("{page}{}", sheets.concat()))).unwrap();
        check(&imported.document, &format!("¶ {LONG}{LONG}\n~隱藏 干擾\n¶ {LONG}"));
    }

    #[test]
    fn a_message_without_a_page_says_so() {
        let part = "Content-Type: image/png\r\n\r\n文\r\n";
        assert!(matches!(open(message(part)), Err(ImportError::Damaged(Format::Mhtml, _))));
    }

    #[test]
    fn parts_may_lie_so_deep_and_no_deeper() {
        let nested = |depth: usize| {
            let parts = (0..depth)
                .map(|at| format!("Content-Type: multipart/mixed; boundary=x{at}\r\n\r\n--x{at}\r\n"));
            let inner = "Content-Type: text/html\r\n\r\n<p>文。</p>\r\n";
            message(&format!("{}{inner}", parts.collect::<String>()))
        };
        // The message itself is one.
        assert!(open(nested(MOST_NESTED - 1)).is_ok());
        let limit = ImportError::TooMuch(Limit::Depth(MOST_NESTED as u64));
        assert_eq!(open(nested(MOST_NESTED)).err(), Some(limit));
    }

    #[test]
    fn a_page_may_talk_of_parts() {
        let form = "Content-Type: text/html; charset=utf-8\r\n\r\n".to_owned();
        let talk = "<p>multipart/form-data，長。</p>".repeat(MOST_NESTED + 1).replace('長', LONG);
        assert!(open(message(&format!("{form}<html><body>{talk}\r\n"))).is_ok());
    }

    #[test]
    fn a_page_that_was_cut_off_is_read_as_far_as_it_goes() {
        let html = format!("<html><body><p>{LONG}</p><p>{LONG}</p>");
        // "長" in letters of the MIME, cut in the middle of one.
        let encoded = in_base64(html.as_bytes());
        let part = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        let whole = message(&format!("{part}{encoded}\r\n"));
        check(&open(whole).unwrap().document, &format!("¶ {LONG}\n¶ {LONG}"));
        let mut cut = message(&format!("{part}{}", encoded.split_at(encoded.len() - 30).0));
        let end = memchr::memmem::find(&cut, b"--b\r\nContent-Type: image").unwrap();
        cut.truncate(end);
        cut.push(b'\n');
        let imported = open(cut).unwrap();
        assert!(imported.document.text().starts_with(LONG) && imported.may_be_damaged());
    }

    fn in_base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let group = |bytes: &[u8]| {
            let all = bytes.iter().fold(0_usize, |all, byte| all << 8 | usize::from(*byte))
                << (8 * (3 - bytes.len()));
            let letter = |place: usize| char::from(LETTERS[all >> (18 - 6 * place) & 63]);
            (0..4).map(|place| if place > bytes.len() { '=' } else { letter(place) }).collect::<String>()
        };
        bytes.chunks(3).map(group).collect()
    }

    #[test]
    fn frames_are_read_where_the_page_says_nothing_and_else_named() {
        let part = |html: &str| {
            format!("Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>{html}</body></html>\r\n")
        };
        let (frames, text) = (part("<p>首頁"), part(&format!("<p>{LONG}<p>{LONG}")));
        let imported = open(message(&format!("{frames}--b\r\n{text}"))).unwrap();
        check(&imported.document, &format!("¶ {LONG}\n¶ {LONG}"));
        assert_eq!(imported.warnings, []);
        let imported = open(message(&format!("{text}--b\r\n{frames}--b\r\n{text}"))).unwrap();
        assert_eq!(imported.warnings, [Warning::NotRead { what: Unread::Documents, places: 1 }]);
    }

    #[test]
    fn so_many_frames_are_looked_at_and_more_are_named() {
        let part = |html: &str| format!("Content-Type: text/html; charset=utf-8\r\n\r\n<p>{html}\r\n--b\r\n");
        for (frames, looked_at) in [(MOST_FRAMES - 1, true), (MOST_FRAMES, true), (MOST_FRAMES + 1, false)] {
            // The page and all frames but the last say nothing.
            let inner = format!("{}{}", part("首頁").repeat(frames), part(LONG));
            let imported = open(message(inner.trim_end_matches("--b\r\n"))).unwrap();
            assert_eq!(imported.document.text().contains(LONG), looked_at, "{frames}");
            let unread = Warning::NotRead { what: Unread::Documents, places: 1 };
            assert_eq!(imported.warnings, Vec::from_iter((!looked_at).then_some(unread)), "{frames}");
        }
    }
}
