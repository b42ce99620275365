//! The characters of bytes in an RTF: by the code page of their font, or of the document.

use std::borrow::Cow;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

use crate::import::symbols;

/// The code page of signs, whose fonts say what they are.
pub(super) const SIGNS: u32 = 42;

/// What fonts of Western letters are said to be in: their own code page, or in older files the document's.
const WESTERN: u32 = 0;

/// A font.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Font {
    pub(super) name: String,
    /// The code page of its bytes; `None` where it is the document's.
    pub(super) page: Option<u32>,
}

/// The code page of a set of characters (`\fcharset`).
pub(super) fn page_of_charset(charset: i32) -> Option<u32> {
    Some(match charset {
        0 => WESTERN,
        2 => SIGNS,
        77 => 10_000,
        78 | 128 => 932,
        79 | 129 => 949,
        80 | 134 => 936,
        81 | 136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

/// The encoding of a code page of Windows.
pub(super) fn encoding(page: u32) -> Option<&'static Encoding> {
    Some(match page {
        936 | 10_008 | 20_936 | 52_936 | 54_936 => GB18030,
        950 | 10_002 => BIG5,
        932 | 10_001 => SHIFT_JIS,
        949 | 10_003 => EUC_KR,
        874 => WINDOWS_874,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10_000 => MACINTOSH,
        65_001 => UTF_8,
        _ => return None,
    })
}

/// Whether characters of an encoding can take two bytes, the second any.
pub(super) fn is_in_pairs(encoding: &'static Encoding) -> bool {
    [GB18030, BIG5, SHIFT_JIS, EUC_KR].contains(&encoding)
}

/// The text of bytes in a font. Where they are none in its encoding, they may be in that of the document.
pub(super) fn text_of<'a>(bytes: &'a [u8], font: Option<&Font>, document: &'static Encoding) -> Cow<'a, str> {
    if let Some(font) = font.filter(|font| font.page == Some(SIGNS)) {
        let sign = |byte: &u8| {
            let code = 0xF000 + u32::from(*byte);
            let known = if byte.is_ascii_whitespace() { None } else { symbols::character(&font.name, code) };
            known.or_else(|| char::from_u32(if *byte < 0x21 { 0x20 } else { code })).unwrap_or(' ')
        };
        return bytes.iter().map(sign).collect();
    }
    let own = match font.and_then(|font| font.page) {
        Some(WESTERN) if is_in_pairs(document) && !are_usual_pairs(bytes, document) => WINDOWS_1252,
        page => page.and_then(encoding).unwrap_or(document),
    };
    let (text, failed) = own.decode_without_bom_handling(bytes);
    if failed && own != document {
        let (other, failed) = document.decode_without_bom_handling(bytes);
        return if failed { text } else { other };
    }
    text
}

/// Whether most bytes that are no ASCII are pairs of usual characters of an encoding: in a font of Western letters others
/// are letters with accents.
fn are_usual_pairs(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let (mut usual, mut all) = (0_usize, 0_usize);
    let mut bytes = bytes.iter().copied();
    while let Some(first) = bytes.find(|byte| !byte.is_ascii()) {
        all += 1;
        usual += usize::from(bytes.next().is_some_and(|second| is_usual(first, second, encoding)));
    }
    usual * 2 >= all
}

/// Whether a pair is a usual character: of GB 2312, KS X 1001, the first levels of Big5 or JIS X 0208.
fn is_usual(first: u8, second: u8, encoding: &'static Encoding) -> bool {
    match () {
        () if encoding == BIG5 => match first {
            0xA1..=0xBF => second >= 0x40,
            // In a Western font these are capitals with accents.
            0xC0..=0xC6 => second >= 0xA1,
            _ => false,
        },
        () if encoding == SHIFT_JIS => (0x81..=0x98).contains(&first) && second >= 0x40,
        () => (0xA1..=0xF7).contains(&first) && second >= 0xA1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_by_their_font_or_by_the_document() {
        let check = |bytes: &[u8], name: &str, charset: i32, expected: &str| {
            let font = Font { name: name.to_owned(), page: page_of_charset(charset) };
            assert_eq!(text_of(bytes, Some(&font), WINDOWS_1252), expected, "{bytes:x?} {charset}");
        };
        check(b"\xba\xd3\xcb\xae", "SimSun", 134, "河水");
        check(b"\xaae\xa4\xf4", "MingLiU", 136, "河水");
        check(b"\xe9", "Times", 0, "é");
        // What is none of its code page is of the document's.
        check(b"\xe9 ", "SimSun", 134, "é ");
        check(b"\x61\xa3 ", "Symbol", 2, "α≤ ");
        check(b"\xb7\x07", "Webdings", 2, "\u{f0b7} ");
        assert_eq!(text_of(b"\xba\xd3", None, GB18030), "河");
    }

    #[test]
    fn letters_of_western_fonts_stay_so_among_chinese_ones() {
        let font = Font { name: "Times".to_owned(), page: page_of_charset(0) };
        let check = |bytes: &[u8], document: &'static Encoding, expected: &str| {
            assert_eq!(text_of(bytes, Some(&font), document), expected, "{bytes:x?}");
        };
        check(b"caf\xe9 \xe9t\xe9 na\xefve", GB18030, "café été naïve");
        check(b"\xba\xd3 of \xcb\xae\xa1\xa3", GB18030, "河 of 水。");
        // Most are usual, and the others of the same encoding.
        check(b"\xd5f\xc3\xf7", GB18030, "說明");
        check(b"\xe9t\xe9, \xc2ge", BIG5, "été, Âge");
        check(b"\xaae\xa4\xf4\xa4@", BIG5, "河水一");
        check(b"\x93a\x94 \xe9t", SHIFT_JIS, "“a” ét");
        check(b"\xe9", WINDOWS_1251, "й");
    }
}
