//! Mails: the words of a message, what its head says, and what is attached to it.
//!
//! The head is set aside before the words, so that nobody's name is lost; what is attached is named and not read.

use mailparse::{DispositionType, MailHeader, MailHeaderMap, ParsedMail};

use super::job::Job;
use super::mail_words::decoded;
use super::mhtml::{self, Sheets};
use super::{ImportError, Read, Unread, Warning, encoding, plain};
use crate::document::{AsideReason, Block, BlockKind, Field, Format, Metadata};
use crate::text::{Span, saturate};

/// What of the head is shown, in this order.
const SHOWN: [&str; 7] = ["From", "Sender", "To", "Cc", "Reply-To", "Date", "Subject"];

/// So many parts with words are read.
const MOST_PARTS: usize = 20;
/// So many attachments are named, each with so many characters.
const MOST_NAMED: usize = 20;
const LONGEST_NAME: usize = 120;

/// Whether somebody sent the message: a browser writes into the pages that it saves no address of a person.
pub(super) fn is_mail(message: &ParsedMail<'_>) -> bool {
    let has = |name: &str| message.headers.get_first_header(name).is_some();
    let from = message.headers.get_first_value("From").unwrap_or_default();
    let was_sent = ["To", "Cc", "Received", "Message-ID"].into_iter().any(has) || from.contains('@');
    was_sent && !has("Snapshot-Content-Location")
}

/// Whether a message holds words that are no page.
pub(super) fn has_words(message: &ParsedMail<'_>) -> bool {
    message.parts().any(|part| part.ctype.mimetype == "text/plain")
}

/// Reads a mail.
pub(super) fn read(message: &ParsedMail<'_>, sheets: &Sheets, job: &mut Job<'_>) -> Read {
    let mut held = Held::default();
    held.take(message);
    let mut words = Read::default();
    for part in held.words.iter().take(MOST_PARTS) {
        match part_with_words(part, sheets, job) {
            Ok(part) => words = words.joined(part),
            Err(error) => job.leave_out(&error),
        }
    }
    job.not_read(Unread::Documents, held.words.len().saturating_sub(MOST_PARTS));
    if !held.attached.is_empty() {
        job.warn(Warning::Attachments { files: names(&held.attached) });
    }
    // Where nothing else is said, who sent it and of what is what there is to read.
    let says = words.blocks.iter().any(|block| block.kind.aside().is_none());
    let mut metadata = metadata(message);
    metadata.language = words.metadata.language.take();
    let kind = if says { BlockKind::Aside(AsideReason::Record) } else { BlockKind::Paragraph };
    Read { format: Format::Mhtml, metadata, ..head(message, kind).joined(words) }
}

/// What a mail holds.
#[derive(Default)]
struct Held<'a> {
    /// The parts that are its words.
    words: Vec<&'a ParsedMail<'a>>,
    /// The names of its attachments.
    attached: Vec<String>,
}

impl<'a> Held<'a> {
    /// Takes up a part and those in it. Of several that say the same the page is read, which has the most to it.
    fn take(&mut self, part: &'a ParsedMail<'a>) {
        let kind = part.ctype.mimetype.as_str();
        if kind == "multipart/alternative" {
            let page = part.subparts.iter().rfind(|part| part.parts().any(is_page));
            let chosen = page.or_else(|| part.subparts.iter().find(|part| part.parts().any(is_words)));
            if let Some(part) = chosen.or(part.subparts.first()) {
                self.take(part);
            }
        } else if kind.starts_with("multipart/") {
            for part in &part.subparts {
                self.take(part);
            }
        } else if is_words(part) && !is_attached(part) {
            self.words.push(part);
        } else if is_attached(part) || kind.starts_with("application/") || kind.starts_with("message/") {
            self.attached.push(name_of(part).unwrap_or_else(|| kind.to_owned()));
        }
    }
}

fn is_page(part: &ParsedMail<'_>) -> bool {
    matches!(part.ctype.mimetype.as_str(), "text/html" | "application/xhtml+xml")
}

fn is_words(part: &ParsedMail<'_>) -> bool {
    is_page(part) || part.ctype.mimetype == "text/plain"
}

/// Whether a part is said to be a file of its own. A picture within the words has a name too.
fn is_attached(part: &ParsedMail<'_>) -> bool {
    let shown = part.headers.get_first_header("Content-ID").is_some() && !is_words(part);
    let said = part.headers.get_first_header("Content-Disposition").map(value).unwrap_or_default();
    match mailparse::parse_content_disposition(&said).disposition {
        DispositionType::Attachment => true,
        _ => !shown && name_of(part).is_some(),
    }
}

/// What a part is called as a file.
fn name_of(part: &ParsedMail<'_>) -> Option<String> {
    let said = |name: &str| part.headers.get_first_header(name).map(value);
    let file = said("Content-Disposition")
        .and_then(|said| mailparse::parse_content_disposition(&said).params.remove("filename"));
    let name =
        || said("Content-Type").and_then(|said| mailparse::parse_content_type(&said).params.remove("name"));
    // Within quotation marks words are encoded that the standard would encode otherwise.
    let named = decoded(&file.or_else(name)?);
    let named: String = named.trim().chars().take(LONGEST_NAME).collect();
    (!named.is_empty()).then_some(named)
}

/// The names of what is attached, as far as anybody reads them.
fn names(attached: &[String]) -> String {
    let more = if attached.len() > MOST_NAMED { ", …" } else { "" };
    let named: Vec<&str> = attached.iter().take(MOST_NAMED).map(String::as_str).collect();
    format!("{}{more}", named.join(", "))
}

fn part_with_words(part: &ParsedMail<'_>, sheets: &Sheets, job: &mut Job<'_>) -> Result<Read, ImportError> {
    if is_page(part) {
        return mhtml::page(part, sheets, None, job);
    }
    let body = mhtml::body_of(part, job)?;
    let decoded = encoding::decode(body, job.options.encoding.as_deref(), mhtml::declared(part))?;
    job.note_encoding(&decoded.encoding);
    let says = |name: &str, value: &str| {
        part.ctype.params.get(name).is_some_and(|said| said.eq_ignore_ascii_case(value))
    };
    let text =
        if says("format", "flowed") { flowed(&decoded.text, says("delsp", "yes")) } else { decoded.text };
    Ok(Read { encoding: Some(decoded.encoding), ..plain::read(text, &job.options.repairs) })
}

/// The lines of a text whose long lines were broken after a space (RFC 3676), joined again. `without` says that the
/// space is no part of the text.
fn flowed(text: &str, without: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    // How deep the line that is still to be joined is quoted.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let said = line.trim_start_matches('>');
        let depth = line.len() - said.len();
        // One space keeps apart what begins with a mark of its own.
        let said = said.strip_prefix(' ').unwrap_or(said);
        if open != Some(depth) {
            if !joined.is_empty() {
                joined.push('\n');
            }
            joined.push_str(line.get(..depth).unwrap_or_default());
            joined.push_str(if depth > 0 { " " } else { "" });
        }
        let goes_on = said.ends_with(' ') && said != "-- ";
        joined.push_str(if goes_on && without { said.strip_suffix(' ').unwrap_or(said) } else { said });
        open = goes_on.then_some(depth);
    }
    joined
}

/// The head of a mail, each field a block.
fn head(message: &ParsedMail<'_>, kind: BlockKind) -> Read {
    let mut read = Read::default();
    for name in SHOWN {
        for header in message.headers.get_all_headers(name) {
            let value = value(header);
            if value.is_empty() {
                continue;
            }
            if !read.text.is_empty() {
                read.text.push('\n');
            }
            let start = saturate(read.text.len());
            read.text.extend([name, ": ", &value]);
            let span = Span::new(start, saturate(read.text.len()));
            read.blocks.push(Block { span, kind, boxed: false });
        }
    }
    read
}

/// What the head says of the mail.
fn metadata(message: &ParsedMail<'_>) -> Metadata {
    let said = |name: &str| message.headers.get_first_header(name).map(value);
    let field = |value: String| (!value.is_empty()).then_some(Field { value, span: None });
    Metadata {
        title: said("Subject").and_then(field),
        author: said("From").map(|from| person(&from)).and_then(field),
        date: said("Date").map(|date| day(&date)).and_then(field),
        ..Metadata::default()
    }
}

/// Who an address is of: the name before it, else the address.
fn person(address: &str) -> String {
    let Some((name, rest)) = address.rsplit_once('<') else { return address.to_owned() };
    let name = name.trim().trim_matches('"').trim();
    let bare = rest.trim_end_matches('>');
    if name.is_empty() { bare.to_owned() } else { name.to_owned() }
}

/// When a mail was written, as documents write it: 2025-03-12 09:30 for `Wed, 12 Mar 2025 09:30:00 +0800`, of which a
/// reference would take the hour for the day.
pub(super) fn day(date: &str) -> String {
    jiff::fmt::rfc2822::parse(date)
        .map_or_else(|_| date.to_owned(), |moment| moment.strftime("%Y-%m-%d %H:%M").to_string())
}

/// What a field of a head says. Its words are read also where they are in an encoding that only some programs call so,
/// and where they say none.
pub(super) fn value(header: &MailHeader<'_>) -> String {
    let raw = encoding::text_in(header.get_value_raw());
    let raw = raw.map_or_else(|| header.get_value(), |(text, _)| text);
    decoded(&raw)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::super::{Imported, ReadOptions};
    use super::*;

    const LONG: &str =
        "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

    const HEAD: &str = "From: =?utf-8?B?55Sw56a+55Sf?= <tian@example.org>\r\nTo: ye@example.org\r\nSubject: =?eucgb2312_cn?b?1LzWrg==?=\r\n\
                        Date: Wed, 12 Mar 2025 09:30:00 +0800\r\nMIME-Version: 1.0\r\n";
    const SHOWN_HEAD: &str = "~著錄 From: 田禾生 <tian@example.org>\n~著錄 To: ye@example.org\n\
                              ~著錄 Date: Wed, 12 Mar 2025 09:30:00 +0800\n~著錄 Subject: 约之\n";

    fn open(message: impl Into<Vec<u8>>) -> Imported {
        super::super::read("a.eml", message.into(), &ReadOptions::default()).unwrap()
    }

    /// What is read of a mail with that field and body.
    fn check_mail(kind: &str, body: &[u8], expected: &str) -> Imported {
        let imported = open([HEAD.as_bytes(), kind.as_bytes(), b"\r\n\r\n", body].concat());
        check(&imported.document, &format!("{SHOWN_HEAD}{expected}"));
        imported
    }

    fn mixed(parts: &[&str]) -> Vec<u8> {
        parts
            .iter()
            .map(|part| format!("--b\r\n{part}\r\n"))
            .chain(["--b--\r\n".to_owned()])
            .collect::<String>()
            .into()
    }

    const MIXED: &str = "Content-Type: multipart/mixed; boundary=b";
    const FILE: &str = "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\
                        Content-Disposition: attachment; filename*=utf-8''%E6%96%B9%E6%A1%88.docx\r\n\r\nAAAA";

    #[test]
    fn a_mail_of_plain_text_is_its_words_and_its_head() {
        let text = format!("禾苗：\r\n\r\n{LONG}\r\n\r\n{LONG}\r\n");
        let expected = format!("¶ 禾苗：\n¶ {LONG}\n¶ {LONG}");
        let eight = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit";
        let imported = check_mail(eight, text.as_bytes(), &expected);
        let said = imported.document.metadata().clone();
        let said = [said.title, said.author, said.date].map(|field| field.unwrap().value);
        assert_eq!(said, ["约之", "田禾生", "2025-03-12 09:30"]);
        assert_eq!(imported.warnings, []);
        let coded = encoding_rs::BIG5.encode(&text).0;
        check_mail("Content-Type: text/plain; charset=big5", &coded, &expected);
        let marked = coded.iter().map(|byte| format!("={byte:02X}=\r\n")).collect::<Vec<_>>().concat();
        let quoted =
            "Content-Type: text/plain; charset=\"big5\"\r\nContent-Transfer-Encoding: quoted-printable";
        check_mail(quoted, marked.as_bytes(), &expected);
    }

    #[test]
    fn lines_that_flow_are_joined() {
        let check = |text: &str, without: bool, expected: &str| assert_eq!(flowed(text, without), expected);
        check("The river \r\nruns.\r\n\r\nIt is old.", false, "The river runs.\n\nIt is old.");
        check("河水 \r\n清清。", true, "河水清清。");
        check("> 河水 \r\n> 清清。\r\n是。", true, "> 河水清清。\n是。");
        check("河 \r\n> 水", false, "河 \n> 水");
        check("清。\r\n-- \r\n田", false, "清。\n-- \n田");
        check_mail(
            "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes",
            LONG.replace("學校", "學 \r\n校").as_bytes(),
            &format!("¶ {LONG}"),
        );
    }

    #[test]
    fn of_two_that_say_the_same_the_page_is_read() {
        let page = format!("Content-Type: text/html; charset=utf-8\r\n\r\n<p>{LONG}</p><p>{LONG}</p>");
        let text = format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{LONG}");
        let kind = "Content-Type: multipart/alternative; boundary=b";
        check_mail(kind, &mixed(&[&text, &page]), &format!("¶ {LONG}\n¶ {LONG}"));
        check_mail(kind, &mixed(&[&text]), &format!("¶ {LONG}"));
        // Parts that are not the same are all read.
        check_mail(MIXED, &mixed(&[&text, &page]), &format!("¶ {LONG}\n¶ {LONG}\n¶ {LONG}"));
    }

    #[test]
    fn tables_and_words_struck_out_stay_what_they_are() {
        let page = format!(
            "<p>{LONG}</p><p>{LONG}<s>舊</s></p><table><tr><td colspan=2>書</td></tr><tr><td>日</td><td>夜</td></tr></table>"
        );
        let imported = check_mail(
            "Content-Type: text/html; charset=utf-8",
            page.as_bytes(),
            &format!("¶ {LONG}\n¶ {LONG}舊\n| 書\n| 日\t夜"),
        );
        super::super::testing::check_struck(&imported.document, &["舊"]);
        super::super::testing::check_rows(&imported.document, &["=2: 0+2", "2: 0+1 1+1"]);
    }

    #[test]
    fn what_is_attached_is_named() {
        let text = format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{LONG}");
        let attached = [Warning::Attachments { files: "方案.docx".to_owned() }];
        let imported = check_mail(MIXED, &mixed(&[&text, FILE]), &format!("¶ {LONG}"));
        assert_eq!(imported.warnings, attached);
        assert!(!imported.may_be_damaged());
        let only = open([HEAD.as_bytes(), MIXED.as_bytes(), b"\r\n\r\n", mixed(&[FILE]).as_slice()].concat());
        assert_eq!(only.warnings, attached);
        check(&only.document, SHOWN_HEAD.trim_end().replace("~著錄", "¶").as_str());
        // A text may be attached too, and a picture among the words is none.
        let notes = format!("Content-Disposition: attachment; filename=\"=?gbk?B?1LzWri50eHQ=?=\"\r\n{text}");
        let picture = "Content-Type: image/png; name=a.png\r\nContent-ID: <a>\r\n\r\nAAAA";
        let imported = check_mail(MIXED, &mixed(&[&text, &notes, picture]), &format!("¶ {LONG}"));
        assert_eq!(imported.warnings, [Warning::Attachments { files: "约之.txt".to_owned() }]);
    }

    #[test]
    fn a_head_may_say_no_encoding_and_be_long() {
        let subject = "图书室的钥匙在我们这里，星期四上午到下午可以来拿";
        let head = HEAD.replace("=?eucgb2312_cn?b?1LzWrg==?=", subject);
        let received = format!("Received: from a.example.org\r\n\t{}\r\n", "x ".repeat(9000));
        let mut bytes = encoding_rs::GB18030.encode(&format!("{received}{head}")).0.into_owned();
        bytes.extend(b"Content-Type: text/plain; charset=utf-8\r\n\r\n");
        bytes.extend(LONG.as_bytes());
        let imported = open(bytes);
        let title = imported.document.metadata().title.clone().unwrap();
        assert_eq!(title.value, subject);
    }

    #[test]
    fn so_many_parts_are_read_and_more_are_named() {
        let part = format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{LONG}");
        for count in [MOST_PARTS - 1, MOST_PARTS, MOST_PARTS + 1] {
            let message =
                [HEAD.as_bytes(), MIXED.as_bytes(), b"\r\n\r\n", mixed(&vec![&*part; count]).as_slice()]
                    .concat();
            let imported = open(message);
            let read = imported.document.text().matches(LONG).count();
            assert_eq!(read, count.min(MOST_PARTS));
            let unread = Warning::NotRead { what: Unread::Documents, places: 1 };
            assert_eq!(imported.warnings, Vec::from_iter((count > MOST_PARTS).then_some(unread)));
        }
    }
}
