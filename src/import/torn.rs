//! Packed files whose end is missing, as after an interrupted download: it is there that the list of their parts stands.
//!
//! The parts are found one after the other, each by what stands before it, and a list of them is written anew; the last may
//! end in its middle. Nothing is unpacked here: what the list says is believed no more than that of any other packed file.

use memchr::memmem;

use super::limits::Limits;
use super::{ImportError, Limit};

/// How a part begins, what may follow it, how its line in the list begins, and the end of the list.
const PART: &[u8] = b"PK\x03\x04";
const AFTER_PART: &[u8] = b"PK\x07\x08";
const LISTED: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// How long the end of the list is at least, what stands before a part without its name, and what may follow it, in bytes.
const END_LENGTH: usize = 22;
const HEAD_LENGTH: usize = 30;
const AFTER_LENGTH: usize = 16;

/// Whether a packed file has lost its end.
pub(super) fn is_cut_off(bytes: &[u8]) -> bool {
    let has_end = || memmem::rfind(bytes, END).is_some_and(|at| bytes.len() - at >= END_LENGTH);
    bytes.starts_with(PART) && !has_end()
}

/// What is left of a packed file, as one of its own.
pub(super) struct Mended {
    /// The packed file.
    pub(super) bytes: Vec<u8>,
    /// Whether its last part is begun and not whole.
    pub(super) ends_within: bool,
}

/// The parts that are whole, and what there is of the one that is not; `None` where there is nothing.
pub(super) fn mended(bytes: &[u8], limits: Limits) -> Result<Option<Mended>, ImportError> {
    let (mut at, mut list, mut count, mut ends_within) = (0, Vec::new(), 0_u16, false);
    while let Some(part) = Part::at(bytes, at).or_else(|| Part::begun(bytes, at)) {
        count = count.saturating_add(1);
        ends_within = !part.is_whole;
        if u64::from(count) > limits.entries || count == u16::MAX {
            return Err(ImportError::TooMuch(Limit::Entries(limits.entries)));
        }
        part.list(at, &mut list);
        at = part.end;
    }
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes();
    let (begins, length, count) = (place(at), place(list.len()), count.to_le_bytes());
    let end = [END, &[0; 4], &count, &count, &length, &begins, &[0; 2]].concat();
    let whole = bytes.get(..at).filter(|whole| !whole.is_empty());
    Ok(whole.map(|whole| Mended { bytes: [whole, &list, &end].concat(), ends_within }))
}

/// A part.
struct Part<'a> {
    /// What its head says from the version that it needs to the moment when it was written.
    kind: &'a [u8],
    /// The sum of its bytes, how long it is packed, and how long unpacked.
    sizes: [u8; 12],
    name: &'a [u8],
    /// Where it ends.
    end: usize,
    is_whole: bool,
}

impl<'a> Part<'a> {
    /// The part that begins there and is whole.
    fn at(bytes: &'a [u8], at: usize) -> Option<Self> {
        let head = bytes.get(at..at + HEAD_LENGTH).filter(|head| head.starts_with(PART))?;
        let name = at + HEAD_LENGTH..at + HEAD_LENGTH + short(head, 26)?;
        let packed = name.end + short(head, 28)?;
        // Who does not know yet how long it will be says so after it.
        let (sizes, end) = match short(head, 6)? & 8 {
            0 => (head.get(14..26)?.try_into().ok()?, packed.checked_add(long(head, 18)?)?),
            _ => sizes_after(bytes, packed)?,
        };
        let part = Self { kind: head.get(4..14)?, sizes, name: bytes.get(name)?, end, is_whole: true };
        (end <= bytes.len()).then_some(part)
    }

    /// The part that begins there, of which the end is missing: its sum is not known.
    fn begun(bytes: &'a [u8], at: usize) -> Option<Self> {
        let head = bytes.get(at..at + HEAD_LENGTH).filter(|head| head.starts_with(PART))?;
        let name = at + HEAD_LENGTH..at + HEAD_LENGTH + short(head, 26)?;
        let packed = name.end + short(head, 28)?;
        let length = u32::try_from(bytes.len().checked_sub(packed).filter(|length| *length > 0)?).ok()?;
        let mut sizes = [0; 12];
        sizes.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
        // How much would come out is not known. The largest number of all would say that it stands elsewhere.
        sizes.get_mut(8..)?.copy_from_slice(&(u32::MAX - 1).to_le_bytes());
        let (kind, name) = (head.get(4..14)?, bytes.get(name)?);
        Some(Self { kind, sizes, name, end: bytes.len(), is_whole: false })
    }

    /// Writes its line of the list: it begins at `at`.
    fn list(&self, at: usize, list: &mut Vec<u8>) {
        let length = u16::try_from(self.name.len()).unwrap_or_default().to_le_bytes();
        let place = u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes();
        let made_by = [20, 0];
        let line = [LISTED, &made_by, self.kind, &self.sizes, &length, &[0; 12], &place, self.name];
        list.extend(line.concat());
    }
}

/// What stands after a part that begins at `packed`, which says how long it is, and where that ends.
fn sizes_after(bytes: &[u8], packed: usize) -> Option<([u8; 12], usize)> {
    let rest = bytes.get(packed..)?;
    let after = memmem::find_iter(rest, AFTER_PART).find(|&at| {
        let sizes = rest.get(at..at + AFTER_LENGTH);
        sizes.and_then(|sizes| long(sizes, 8)) == Some(at)
    })?;
    let sizes = rest.get(after + 4..after + AFTER_LENGTH)?.try_into().ok()?;
    Some((sizes, packed + after + AFTER_LENGTH))
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let number = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(number)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let number = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(number)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;
    use crate::import::archive::Archive;
    use crate::import::testing::pack;

    fn limits() -> Limits {
        Limits { entries: 3, entry_bytes: 100, all_bytes: 250, ratio: 400 }
    }

    #[test]
    fn parts_that_are_whole_are_read() {
        let bytes = pack(&[("a", "河水".to_owned()), ("乙", "書冊".to_owned())]);
        let second = memmem::rfind(&bytes, PART).unwrap();
        let listed = memmem::find(&bytes, LISTED).unwrap();
        let read = |cut: usize| {
            let mut archive = Archive::open(&bytes[..cut], Format::Epub, limits()).ok();
            let mut part = |name| archive.as_mut()?.part(name).ok().flatten();
            ["a", "乙"].map(|name| part(name).map(|part| String::from_utf8(part).unwrap()))
        };
        let both = ["河水", "書冊"].map(|part| Some(part.to_owned()));
        assert_eq!([listed, listed + 9, bytes.len() - 1].map(read), [both.clone(), both.clone(), both]);
        // Of the part that ends in its middle there is what can be unpacked.
        for cut in 0..listed {
            let [first, last] = read(cut);
            assert!(
                first.is_none_or(|first| "河水".starts_with(&first) && (cut < second || first == "河水"))
            );
            assert!(last.is_none_or(|last| cut > second && "書冊".starts_with(&last)));
        }
        assert!(is_cut_off(&bytes[..bytes.len() - 1]) && !is_cut_off(&bytes) && !is_cut_off(b"text"));
    }

    #[test]
    fn a_part_may_say_its_length_after_it() {
        let said = "河水";
        let length = u32::try_from(said.len()).unwrap().to_le_bytes();
        let head = [PART, &[20, 0, 8, 0, 0, 0, 0, 0, 0, 0], &[0; 12], &[1, 0, 0, 0], b"a"].concat();
        // The sum of the bytes, as every program counts it.
        let mut sum = flate2::Crc::new();
        sum.update(said.as_bytes());
        let after = [AFTER_PART, &sum.sum().to_le_bytes(), &length, &length].concat();
        let bytes = [head.as_slice(), said.as_bytes(), after.as_slice(), b"PK\x03\x04\x14"].concat();
        let part = Archive::open(&bytes, Format::Odt, limits()).unwrap().part("a");
        assert_eq!(part, Ok(Some(said.as_bytes().to_vec())));
        let cut = &bytes[..head.len() + said.len() + 9];
        let part = Archive::open(cut, Format::Odt, limits()).unwrap().part("a").unwrap().unwrap();
        assert!(part.starts_with(said.as_bytes()));
    }

    #[test]
    fn the_limits_hold_for_what_is_left() {
        let cut = |parts: &[(&str, String)]| {
            let bytes = pack(parts);
            bytes[..memmem::find(&bytes, LISTED).unwrap()].to_vec()
        };
        let parts = |count: usize| ["a", "b", "c", "d"].map(|name| (name, "x".to_owned()))[..count].to_vec();
        assert!(Archive::open(&cut(&parts(3)), Format::Epub, limits()).is_ok());
        let four = cut(&parts(4));
        let refused = Archive::open(&four, Format::Epub, limits()).err();
        assert_eq!(refused, Some(ImportError::TooMuch(Limit::Entries(3))));
        let large = cut(&[("a", "x".repeat(101))]);
        let read = Archive::open(&large, Format::Epub, limits()).unwrap().part("a");
        assert_eq!(read, Err(ImportError::TooMuch(Limit::EntryBytes(100))));
    }
}
