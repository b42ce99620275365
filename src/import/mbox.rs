//! Several mails in one file (mbox): each begins with a line that says when it came (RFC 4155).

use std::borrow::Cow;

use mailparse::MailHeaderMap;
use memchr::memmem;

use super::job::Job;
use super::{ImportError, Read, Unread, mail, mhtml};
use crate::document::{Block, BlockKind, Format, Metadata};
use crate::text::{Span, saturate};

/// So many mails of one file are read.
const MOST_MAILS: usize = 2_000;

/// How the line before a mail begins.
const ENVELOPE: &[u8] = b"From ";

/// A file without the line before its first mail; `None` where it does not begin with one.
pub(super) fn first(bytes: &[u8]) -> Option<&[u8]> {
    bytes.starts_with(ENVELOPE).then(|| after_line(bytes))
}

/// Reads the mails one after the other, each below a heading that says its subject.
pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) -> Result<Read, ImportError> {
    let mails = mails(bytes);
    if let [only] = mails.as_slice() {
        return mhtml::read_message(&unquoted(only), job);
    }
    let count = mails.len();
    let mut all = Read { format: Format::Mhtml, ..Read::default() };
    for (index, mail) in mails.into_iter().take(MOST_MAILS).enumerate() {
        let mail = unquoted(mail);
        match (mhtml::read_message(&mail, job), subject(&mail)) {
            (Ok(read), subject) => {
                let read = Read {
                    metadata: Metadata { language: read.metadata.language.clone(), ..Metadata::default() },
                    ..read
                };
                all = all.joined(heading(&subject)).joined(read);
            }
            (Err(error), _) => job.leave_out(&error),
        }
        job.progress(index + 1, count.min(MOST_MAILS));
    }
    job.not_read(Unread::Documents, count.saturating_sub(MOST_MAILS));
    Ok(all)
}

/// The mails in a file, without the lines before them.
fn mails(bytes: &[u8]) -> Vec<&[u8]> {
    let begins = |at: &usize| {
        let before = bytes.get(..*at).unwrap_or_default();
        let apart = before.is_empty() || before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n");
        apart && begins_with_field(after_line(bytes.get(*at..).unwrap_or_default()))
    };
    let places: Vec<usize> = memmem::find_iter(bytes, ENVELOPE).filter(begins).collect();
    let ends = places.iter().skip(1).copied().chain([bytes.len()]);
    places.iter().zip(ends).filter_map(|(start, end)| Some(after_line(bytes.get(*start..end)?))).collect()
}

/// What stands after the first line.
fn after_line(bytes: &[u8]) -> &[u8] {
    let end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
    bytes.get(end..).unwrap_or_default()
}

/// Whether the first line is a field of a head: `Received: …`.
fn begins_with_field(bytes: &[u8]) -> bool {
    let name = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    name > 0 && bytes.get(name) == Some(&b':')
}

/// A mail in which lines that begin like those before mails were marked with `>`, without these marks.
fn unquoted(mail: &[u8]) -> Cow<'_, [u8]> {
    const QUOTED: &[u8] = b"\n>From ";
    if memmem::find(mail, QUOTED).is_none() {
        return Cow::Borrowed(mail);
    }
    let (mut whole, mut from) = (Vec::with_capacity(mail.len()), 0);
    for at in memmem::find_iter(mail, QUOTED) {
        whole.extend_from_slice(mail.get(from..=at).unwrap_or_default());
        from = at + 2;
    }
    whole.extend_from_slice(mail.get(from..).unwrap_or_default());
    Cow::Owned(whole)
}

/// What a mail says it is about, and where it says nothing, who sent it.
fn subject(mail: &[u8]) -> String {
    let head = mailparse::parse_headers(mail).map(|(head, _)| head).unwrap_or_default();
    let said = |name: &str| head.get_first_header(name).map(mail::value).filter(|value| !value.is_empty());
    said("Subject").or_else(|| said("From")).unwrap_or_default()
}

/// A heading alone; nothing where it says nothing.
fn heading(words: &str) -> Read {
    let span = Span::new(0, saturate(words.len()));
    let block = Block { span, kind: BlockKind::Heading { level: 1 }, boxed: false };
    let blocks = if words.is_empty() { Vec::new() } else { vec![block] };
    Read { text: words.to_owned(), blocks, ..Read::default() }
}

#[cfg(test)]
mod tests {
    use crate::import::testing::check;
    use crate::import::{Imported, ReadOptions, read};

    const LONG: &str =
        "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

    fn mail(subject: &str, words: &str) -> String {
        let words = words.replace('長', LONG);
        format!(
            "From tian@example.org Wed Mar 12 09:30:00 2025\nFrom: tian@example.org\nTo: ye@example.org\nDate: x\nSubject: {subject}\n\
             MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{words}\n\n"
        )
    }

    fn open(file: &str) -> Imported {
        read("a", file.as_bytes().to_vec(), &ReadOptions::default()).unwrap()
    }

    #[test]
    fn mails_of_one_file_follow_each_other_below_their_subjects() {
        let file = [mail("鑰匙", "長\n\nFrom here on: 清\n\n>From 河\n\n長"), mail("燈", "長")].concat();
        let imported = open(&file);
        let head = |subject: &str| {
            format!(
                "# {subject}\n~著錄 From: tian@example.org\n~著錄 To: ye@example.org\n~著錄 Date: x\n~著錄 Subject: {subject}\n"
            )
        };
        let words = format!("¶ {LONG}\n¶ From here on: 清\n¶ From 河\n¶ {LONG}\n");
        check(&imported.document, &format!("{}{words}{}¶ {LONG}", head("鑰匙"), head("燈")));
        assert_eq!((imported.warnings, imported.document.metadata().title.clone()), (vec![], None));
    }

    #[test]
    fn one_mail_alone_is_a_mail() {
        let title = open(&mail("鑰匙", "長")).document.metadata().title.clone();
        assert_eq!(title.map(|title| title.value).as_deref(), Some("鑰匙"));
    }

    #[test]
    fn so_many_mails_are_read_and_more_are_counted() {
        let most = super::MOST_MAILS;
        for count in [most, most + 1] {
            let imported = open(&mail("燈", "夜").repeat(count));
            assert_eq!(imported.document.text().matches("夜").count(), most);
            assert_eq!(imported.warnings.len(), count - most);
        }
    }
}
