//! Packed files (ZIP): the parts of EPUB, DOCX and ODT, unpacked one at a time in memory.
//!
//! Nothing is believed of what the archive says of itself: not more is unpacked than the limits allow, parts
//! that lie over each other are refused, and names that climb out lead nowhere. Nothing is written anywhere.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::encoding::until_last_character;
use super::limits::{Limits, SMALL};
use super::{ImportError, Limit, torn};
use crate::document::Format;

type Bytes<'a> = Cursor<Cow<'a, [u8]>>;

/// A packed file.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Bytes<'a>>,
    /// The parts by their names, and by their names in small letters: some books write them otherwise.
    exact: BTreeMap<String, usize>,
    folded: BTreeMap<String, usize>,
    limits: Limits,
    /// The part that the end of the file cuts off.
    cut: Option<usize>,
    /// How many bytes may still be unpacked.
    left: u64,
    format: Format,
}

impl<'a> Archive<'a> {
    /// Opens a packed file, which errors will call a damaged `format`. Of one that was cut off there is what
    /// is whole, and the beginning of the part that is not.
    pub(super) fn open(bytes: &'a [u8], format: Format, limits: Limits) -> Result<Self, ImportError> {
        let damaged = |error: zip::result::ZipError| ImportError::Damaged(format, error.to_string());
        let mended = if torn::is_cut_off(bytes) { torn::mended(bytes, limits)? } else { None };
        let ends_within = mended.as_ref().is_some_and(|mended| mended.ends_within);
        let bytes = mended.map_or(Cow::Borrowed(bytes), |mended| Cow::Owned(mended.bytes));
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if zip.len() as u64 > limits.entries {
            return Err(ImportError::TooMuch(Limit::Entries(limits.entries)));
        }
        if overlaps(&mut zip) {
            let reason = "parts of it lie over each other".to_owned();
            return Err(ImportError::Damaged(format, reason));
        }
        let (mut exact, mut folded) = (BTreeMap::new(), BTreeMap::new());
        for index in 0..zip.len() {
            let Some(Ok(name)) = zip.name_for_index(index) else { continue };
            let Some(name) = normalised("", &name) else { continue };
            folded.entry(name.to_lowercase()).or_insert(index);
            exact.insert(name, index);
        }
        let cut = zip.len().checked_sub(1).filter(|_| ends_within);
        Ok(Self { zip, exact, folded, limits, cut, left: limits.all_bytes, format })
    }

    /// The names of its parts, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.exact.keys().map(String::as_str)
    }

    /// Whether it has a part of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// Unpacks the part of that name; `None` where there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        self.index(name).map(|index| self.unpack(index)).transpose()
    }

    /// The part of that name, or where it is written in other letters, that one.
    fn index(&self, name: &str) -> Option<usize> {
        let name = normalised("", name)?;
        self.exact.get(&name).or_else(|| self.folded.get(&name.to_lowercase())).copied()
    }

    fn unpack(&mut self, index: usize) -> Result<Vec<u8>, ImportError> {
        let (limits, left, format) = (self.limits, self.left, self.format);
        let damaged = |reason: String| ImportError::Damaged(format, reason);
        let part = self.zip.by_index(index).map_err(|error| damaged(error.to_string()))?;
        let (most, limit) = most_of(&part, limits, left);
        let mut bytes = Vec::new();
        // One byte more than allowed shows that there is more.
        let read = part.take(most.saturating_add(1)).read_to_end(&mut bytes);
        // What fails was unpacked too, and may be asked for again.
        self.left = left.saturating_sub(bytes.len() as u64);
        if bytes.len() as u64 > most {
            return Err(ImportError::TooMuch(limit));
        }
        match read {
            // Its sum is not known, so that nothing says whether it is right.
            _ if self.cut == Some(index) => match until_last_character(&bytes) {
                [] => Err(damaged("the end of a part is missing".to_owned())),
                beginning => Ok(beginning.to_vec()),
            },
            Err(error) => Err(damaged(error.to_string())),
            Ok(_) => Ok(bytes),
        }
    }
}

/// Whether parts lie over each other. One that cannot be found is damaged, and says so when it is asked for: a picture
/// must not keep the text from being read.
fn overlaps(zip: &mut ZipArchive<Bytes<'_>>) -> bool {
    let mut places: Vec<(u64, u64)> = Vec::new();
    for index in 0..zip.len() {
        let Ok(part) = zip.by_index_raw(index) else { continue };
        let start = part.data_start().unwrap_or_default();
        if part.compressed_size() > 0 {
            places.push((start, start.saturating_add(part.compressed_size())));
        }
    }
    places.sort_unstable();
    places.windows(2).any(|pair| matches!(pair, [(_, end), (next, _)] if next < end))
}

/// How many bytes a part may have, and the limit that says so.
fn most_of<R: Read>(part: &ZipFile<'_, R>, limits: Limits, left: u64) -> (u64, Limit) {
    let by_ratio = part.compressed_size().saturating_mul(limits.ratio).max(SMALL);
    let all = [
        (limits.entry_bytes, Limit::EntryBytes(limits.entry_bytes)),
        (left, Limit::AllBytes(limits.all_bytes)),
        (by_ratio, Limit::Ratio(limits.ratio)),
    ];
    all.into_iter().min_by_key(|(most, _)| *most).unwrap_or((left, Limit::AllBytes(limits.all_bytes)))
}

/// The name of a part as `reference` gives it in the folder `folder` (empty, or ending with `/`), without
/// `.` and `..`; `None` where it leads out of the archive.
pub(super) fn normalised(folder: &str, reference: &str) -> Option<String> {
    let reference = reference.replace('\\', "/");
    let absolute = reference.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    let folder = if absolute { "" } else { folder };
    for part in folder.split('/').chain(reference.split('/')) {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// The folder that a part lies in: empty, or ending with `/`.
pub(super) fn folder_of(name: &str) -> &str {
    name.rfind('/').and_then(|slash| name.get(..=slash)).unwrap_or_default()
}

/// A reference with its percent signs read: `%E7%AB%A0.xhtml` is `章.xhtml`.
pub(super) fn without_percents(reference: &str) -> String {
    let mut bytes = Vec::with_capacity(reference.len());
    let mut rest = reference.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::pack;

    fn small() -> Limits {
        Limits { entries: 3, entry_bytes: 100, all_bytes: 250, ratio: 400 }
    }

    fn open(bytes: &[u8]) -> Result<Archive<'_>, ImportError> {
        Archive::open(bytes, Format::Epub, small())
    }

    #[test]
    fn a_part_may_have_so_many_bytes_and_no_more() {
        for (size, allowed) in [(99, true), (100, true), (101, false)] {
            let bytes = pack(&[("a", "x".repeat(size))]);
            let read = open(&bytes).unwrap().part("a");
            let expected = Err(ImportError::TooMuch(Limit::EntryBytes(100)));
            assert_eq!(read, if allowed { Ok(Some(vec![b'x'; size])) } else { expected }, "{size}");
        }
    }

    #[test]
    fn all_parts_may_have_so_many_bytes_and_no_more() {
        for (last, allowed) in [(49, true), (50, true), (51, false)] {
            let bytes = pack(&[("a", "x".repeat(100)), ("b", "x".repeat(100)), ("c", "x".repeat(last))]);
            let mut archive = open(&bytes).unwrap();
            assert!(archive.part("a").is_ok() && archive.part("b").is_ok());
            let read = archive.part("c").err();
            assert_eq!(read, (!allowed).then_some(ImportError::TooMuch(Limit::AllBytes(250))));
        }
    }

    #[test]
    fn what_is_too_large_is_not_unpacked_for_ever() {
        let bytes = pack(&[("a", "x".repeat(101)), ("b", "x".repeat(99))]);
        let mut archive = open(&bytes).unwrap();
        assert!(archive.part("a").is_err() && archive.part("a").is_err());
        assert_eq!(archive.part("b"), Err(ImportError::TooMuch(Limit::AllBytes(250))));
    }

    #[test]
    fn it_may_have_so_many_parts_and_no_more() {
        for (count, allowed) in [(2, true), (3, true), (4, false)] {
            let names: Vec<String> = (0..count).map(|index| index.to_string()).collect();
            let parts: Vec<(&str, String)> =
                names.iter().map(|name| (name.as_str(), String::new())).collect();
            let refused = open(&pack(&parts)).err();
            assert_eq!(refused, (!allowed).then_some(ImportError::TooMuch(Limit::Entries(3))), "{count}");
        }
    }

    #[test]
    fn a_bomb_is_refused_whatever_it_declares() {
        let limits = Limits::default();
        let zeros = vec![0_u8; usize::try_from(limits.entry_bytes).unwrap()];
        let mut bytes = pack(&[("a", String::from_utf8(zeros).unwrap())]);
        let refused =
            |bytes: &[u8]| Archive::open(bytes, Format::Epub, limits).and_then(|mut it| it.part("a")).err();
        assert_eq!(refused(&bytes), Some(ImportError::TooMuch(Limit::Ratio(limits.ratio))));
        // The size that the directory declares: 100 bytes.
        let declared = u32::try_from(limits.entry_bytes).unwrap().to_le_bytes();
        while let Some(at) = memchr::memmem::find(&bytes, &declared) {
            bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
        }
        assert!(refused(&bytes).is_some());
    }

    #[test]
    fn a_damaged_part_does_not_keep_others_from_being_read() {
        let mut bytes = pack(&[("a", "河水清清".to_owned()), ("b", "書".to_owned())]);
        let second = memchr::memmem::rfind(&bytes, b"PK\x03\x04").unwrap();
        bytes[second] = b'?';
        let mut archive = open(&bytes).unwrap();
        assert_eq!(archive.part("a"), Ok(Some("河水清清".as_bytes().to_vec())));
        assert!(matches!(archive.part("b"), Err(ImportError::Damaged(..))));
    }

    #[test]
    fn parts_that_lie_over_each_other_are_refused() {
        let mut bytes = pack(&[("a", "河水".to_owned()), ("b", "書冊".to_owned())]);
        // The directory says that the second stands where the first does.
        let entry = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap();
        bytes[entry + 42..entry + 46].fill(0);
        assert!(matches!(open(&bytes).err(), Some(ImportError::Damaged(..))));
    }

    #[test]
    fn names_are_found_in_other_letters_and_never_lead_out() {
        let bytes = pack(&[("OEBPS/Text\\A.XHTML", "甲".to_owned()), ("../evil", "乙".to_owned())]);
        let mut archive = open(&bytes).unwrap();
        assert_eq!(archive.part("oebps/text/a.xhtml"), Ok(Some("甲".as_bytes().to_vec())));
        assert_eq!(archive.part("../evil"), Ok(None));
        assert_eq!(archive.names().collect::<Vec<_>>(), ["OEBPS/Text/A.XHTML"]);
    }

    #[test]
    fn references_are_followed_within_the_archive() {
        let check = |folder: &str, reference: &str, expected: Option<&str>| {
            assert_eq!(normalised(folder, reference).as_deref(), expected, "{folder} {reference}");
        };
        check("OEBPS/text/", "../images/./a.png", Some("OEBPS/images/a.png"));
        check("OEBPS/text/", "/a.xml", Some("a.xml"));
        check("OEBPS/", "../../etc/passwd", None);
        check("", "a//b", Some("a/b"));
        assert_eq!((folder_of("a/b/c.x"), folder_of("c.x")), ("a/b/", ""));
    }

    #[test]
    fn every_truncation_is_an_error_or_what_there_is() {
        let bytes = pack(&[("a", "河水清清".repeat(3)), ("b", "書".to_owned())]);
        for cut in 0..bytes.len() {
            let read = open(&bytes[..cut]).and_then(|mut archive| archive.part("a"));
            let is_beginning =
                |part: &Vec<u8>| "河水清清".repeat(3).as_bytes().starts_with(part) && !part.is_empty();
            let is_there = matches!(&read, Ok(Some(part)) if is_beginning(part));
            assert!(read.is_err() || is_there, "cut at {cut}: {read:?}");
        }
    }
}
