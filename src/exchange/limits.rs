//! How much is read of a file that another program wrote.

use super::ExchangeError;

/// The largest file that is read, and the most that the parts of a package may hold unpacked, in bytes.
pub const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// How many notes a file may hold.
pub const MOST_NOTES: usize = 500_000;

/// How many parts a package may have.
pub(super) const MOST_PARTS: usize = 20_000;

/// How deep elements may lie in each other.
pub(super) const MOST_DEPTH: usize = 256;

/// How many attributes an element may have.
pub(super) const MOST_ATTRIBUTES: usize = 256;

/// The text of a file: UTF-8, or UTF-16 that says so by its byte order mark.
///
/// Errors: it is larger than [`MOST_BYTES`], or no text.
pub(super) fn text_of(bytes: &[u8]) -> Result<String, ExchangeError> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(ExchangeError::TooLarge);
    }
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    let rest = bytes.get(mark..).unwrap_or_default();
    encoding
        .decode_without_bom_handling_and_without_replacement(rest)
        .map(String::from)
        .ok_or(ExchangeError::NoText)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_utf_8_or_says_what_it_is() {
        let check = |bytes: &[u8], expected: Option<&str>| {
            assert_eq!(text_of(bytes).ok().as_deref(), expected);
        };
        check("河水".as_bytes(), Some("河水"));
        check("\u{FEFF}河水".as_bytes(), Some("河水"));
        check(&[0xFF, 0xFE, 0xB3, 0x6C], Some("河"));
        check(&[0xFE, 0xFF, 0x6C, 0xB3], Some("河"));
        check(&[0xBA, 0xD3], None);
    }
}
