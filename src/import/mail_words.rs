//! Words in the head of a mail that are not of ASCII: each stretch names its encoding (RFC 2047).

use data_encoding::BASE64_NOPAD;

use super::encoding;

/// A value of a head, its encoded words decoded. Of several in one encoding the bytes are put together first: some programs
/// cut them within a character.
pub(super) fn decoded(raw: &str) -> String {
    let (mut said, mut waiting, mut rest) = (String::with_capacity(raw.len()), None::<Coded>, raw);
    while let Some((before, after)) = rest.split_once("=?") {
        let Some((coded, next)) = Coded::of(after) else {
            said.push_str(&waiting.take().map(Coded::decoded).unwrap_or_default());
            said.extend([before, "=?"]);
            rest = after;
            continue;
        };
        rest = next;
        // White space between two of them is none.
        if waiting.is_some() && before.trim().is_empty() {
            match &mut waiting {
                Some(open) if open.encoding == coded.encoding => {
                    open.bytes.extend(coded.bytes);
                    continue;
                }
                _ => {}
            }
            said.push_str(&waiting.take().map(Coded::decoded).unwrap_or_default());
        } else {
            said.push_str(&waiting.take().map(Coded::decoded).unwrap_or_default());
            said.push_str(before);
        }
        waiting = Some(coded);
    }
    said.push_str(&waiting.map(Coded::decoded).unwrap_or_default());
    said.push_str(rest);
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The bytes of an encoded word.
struct Coded {
    encoding: &'static str,
    bytes: Vec<u8>,
}

impl Coded {
    /// The word that begins after `=?`, and what follows it; `None` where there is none, or its encoding is not known.
    fn of(text: &str) -> Option<(Self, &str)> {
        let (label, rest) = text.split_once('?')?;
        let (kind, rest) = rest.split_once('?')?;
        let (data, after) = rest.split_once("?=")?;
        // The language may stand after the encoding.
        let encoding = encoding::encoding_name(label.split('*').next().unwrap_or(label))?;
        let bytes = match kind {
            "B" | "b" => of_base_64(data)?,
            "Q" | "q" => of_quoted(data),
            _ => return None,
        };
        Some((Self { encoding, bytes }, after))
    }

    fn decoded(self) -> String {
        let decoded = encoding::decode(self.bytes, Some(self.encoding), None);
        decoded.map(|decoded| decoded.text).unwrap_or_default()
    }
}

fn of_base_64(data: &str) -> Option<Vec<u8>> {
    let letters: Vec<u8> = data.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=').collect();
    BASE64_NOPAD.decode(&letters).ok()
}

/// `_` stands for a space, and `=` before the number of a byte.
fn of_quoted(data: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(data.len());
    let mut rest = data.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'=', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = ahead;
            }
            (b'_', ..) => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_are_decoded() {
        let check = |raw: &str, expected: &str| assert_eq!(decoded(raw), expected, "{raw}");
        check("=?utf-8?B?5rKz5rC0?= <a@b.c>", "河水 <a@b.c>");
        check("Re: =?gb2312?Q?=BA=D3_a?=  b", "Re: 河 a b");
        check("=?eucgb2312_cn*zh?b?1LzWrg==?=", "约之");
        check("a =?b", "a =?b");
        check("=?nothing?B?5rKz?=", "=?nothing?B?5rKz?=");
        check("=?utf-8?B?5rKz?= =?utf-8?Q?_x?= =?gbk?B?1Lw=?=", "河 x约");
    }

    #[test]
    fn a_character_may_be_cut_in_two() {
        let bytes = "河水清清".as_bytes();
        for cut in 0..bytes.len() {
            let word = |bytes: &[u8]| format!("=?utf-8?B?{}?=", data_encoding::BASE64.encode(bytes));
            let raw = format!("{}\r\n {}", word(&bytes[..cut]), word(&bytes[cut..]));
            assert_eq!(decoded(&raw), "河水清清", "{raw}");
        }
    }
}
