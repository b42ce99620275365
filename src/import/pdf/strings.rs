//! Texts that a file says outside of its pages.

/// The text of a string of the file: UTF-16 or UTF-8 by its mark, else the encoding of old, which is nearly
/// Latin-1. Chinese files of old wrote GBK there in bare bytes.
pub(super) fn text(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => unmarked(bytes),
    };
    if text.contains(['\u{1b}', '\0']) { without_language_marks(&text) } else { text }
}

/// A date as files write it, `D:20250321093000+08'00'`, as it is usually written; `None` where it is none.
pub(super) fn date(written: &str) -> Option<String> {
    let written = written.trim().strip_prefix("D:")?;
    let part = |from: usize, to: usize| {
        written.get(from..to).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let day = format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let (Some(hour), Some(minute)) = (part(8, 10), part(10, 12)) else { return Some(day) };
    let zone = written.get(14..).unwrap_or_default();
    let sign = zone.chars().next().filter(|sign| "+-".contains(*sign));
    let shift = |sign| Some(format!("{sign}{}:{}", zone.get(1..3)?, zone.get(4..6).unwrap_or("00")));
    let zone =
        sign.and_then(shift).unwrap_or_else(|| if zone.starts_with('Z') { "Z" } else { "" }.to_owned());
    Some(format!("{day}T{hour}:{minute}:{}{zone}", part(12, 14).unwrap_or("00")))
}

fn unmarked(bytes: &[u8]) -> String {
    if bytes.is_ascii() {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let chinese = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    let is_likely = |text: &str| text.chars().any(crate::import::characters::is_common);
    match chinese.filter(|text| is_likely(text)) {
        Some(text) => text.into_owned(),
        None => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// The text without the marks of language (U+001B, a code, U+001B) and without NUL.
fn without_language_marks(text: &str) -> String {
    let parts = text.split('\u{1b}');
    // Between two marks stands the code of a language.
    let said = parts.enumerate().filter(|(index, _)| index % 2 == 0).map(|(_, part)| part);
    said.collect::<String>().replace('\0', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_usual() {
        let check = |written: &str, expected: &str| assert_eq!(date(written).as_deref(), Some(expected));
        check("D:20250321093000+08'00'", "2025-03-21T09:30:00+08:00");
        check("D:20250321093000-05'30", "2025-03-21T09:30:00-05:30");
        check("D:20250321093000Z", "2025-03-21T09:30:00Z");
        check("D:202503210930", "2025-03-21T09:30:00");
        check("D:20250321", "2025-03-21");
        assert_eq!((date("yesterday"), date("D:2025年")), (None, None));
    }

    #[test]
    fn strings_are_read_in_every_encoding_in_use() {
        let check = |bytes: &[u8], expected: &str| assert_eq!(text(bytes), expected);
        check(b"\xfe\xff\x6c\xb3\x6c\x34", "河水");
        check(b"\xff\xfe\xb3\x6c\x34\x6c", "河水");
        check(b"\xef\xbb\xbf\xe6\xb2\xb3", "河");
        check(b"River", "River");
        check(b"\xba\xd3\xcb\xae", "河水");
        check(b"Caf\xe9", "Café");
        check(b"\xfe\xff\x00\x1b\x00z\x00h\x00\x1b\x6c\xb3", "河");
    }
}
