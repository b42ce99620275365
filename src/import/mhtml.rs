//! MHTML: a web page saved with its pictures in one file, as browsers save it.

use mailparse::{MailHeaderMap, ParsedMail};

use super::job::Job;
use super::limits::Limits;
use super::{ImportError, Limit, Read, TooHeavy, Warning, encoding, html, plain, sniff};
use crate::document::{Field, Format};

/// How many parts may lie in each other: the parser calls itself for each.
const MOST_NESTED: usize = 16;

/// Reads a page that was saved as MHTML.
pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) -> Result<Read, ImportError> {
    gate(bytes)?;
    let message = mailparse::parse_mail(bytes).map_err(|error| job.damaged(&error.to_string()))?;
    let page = page_of(&message).ok_or_else(|| job.damaged("it holds no page"))?;
    let body = page.get_body_raw().map_err(|error| job.damaged(&error.to_string()))?;
    let declared = page.ctype.params.get("charset").and_then(|label| encoding::encoding_name(label));
    let declared = declared.or_else(|| sniff::declared_encoding("a.html", &body));
    let decoded = encoding::decode(body, job.options.encoding.as_deref(), declared)?;
    if decoded.encoding.undecodable > 0 {
        let encoding = decoded.encoding.name;
        job.warn(Warning::Undecodable { encoding, places: decoded.encoding.undecodable });
    }
    let said = |name: &str| said(&message, name);
    let location = page.headers.get_first_value("Content-Location");
    let location = location.or_else(|| Some(said("Snapshot-Content-Location")?.value));
    let mut read = html::read(&decoded.text, Format::Mhtml, location.as_deref()).unwrap_or_else(|TooHeavy| {
        job.warn(Warning::MarkupTooHeavy);
        let plain = plain::read(decoded.text.clone(), &job.options.repairs);
        Read { format: Format::Mhtml, ..plain }
    });
    read.metadata.address = read.metadata.address.or_else(|| said("Snapshot-Content-Location"));
    read.metadata.title = read.metadata.title.or_else(|| said("Subject"));
    read.metadata.date = read.metadata.date.or_else(|| said("Date"));
    Ok(read)
}

/// Refuses what would make the parser call itself too often, and more parts than any page has.
fn gate(bytes: &[u8]) -> Result<(), ImportError> {
    let lower: Vec<u8> = bytes.to_ascii_lowercase();
    let nested = memchr::memmem::find_iter(&lower, b"multipart/").take(MOST_NESTED + 1).count();
    if nested > MOST_NESTED {
        return Err(ImportError::TooMuch(Limit::Depth(MOST_NESTED as u64)));
    }
    let most = Limits::default().entries;
    let parts = memchr::memmem::find_iter(&lower, b"\ncontent-type:").count() as u64;
    if parts > most { Err(ImportError::TooMuch(Limit::Entries(most))) } else { Ok(()) }
}

/// The page itself: the first part that is one.
fn page_of<'a>(message: &'a ParsedMail<'a>) -> Option<&'a ParsedMail<'a>> {
    let is_page = |part: &&ParsedMail<'_>| {
        matches!(part.ctype.mimetype.as_str(), "text/html" | "application/xhtml+xml")
    };
    message.parts().find(is_page)
}

fn said(message: &ParsedMail<'_>, name: &str) -> Option<Field> {
    let value = message.headers.get_first_value(name)?.trim().to_owned();
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
        assert_eq!(imported.document.origin().format, Format::Mhtml);
        assert_eq!(imported.document.metadata().address.as_ref().unwrap().value, "https://example.org/a");
    }

    #[test]
    fn a_message_without_a_page_says_so() {
        let part = "Content-Type: text/plain\r\n\r\n文\r\n";
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
}
