//! The characters of bytes in an RTF: by the code page of their font, or of the document.

use std::borrow::Cow;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

use crate::import::symbols;

/// The code page of signs, whose fonts say what they are.
pub(super) const SIGNS: u32 = 42;

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
    let own = font.and_then(|font| encoding(font.page?)).unwrap_or(document);
    let (text, failed) = own.decode_without_bom_handling(bytes);
    if failed && own != document {
        let (other, failed) = document.decode_without_bom_handling(bytes);
        return if failed { text } else { other };
    }
    text
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
}
