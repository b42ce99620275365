//! Packed files (ZIP) written by hand, so that they can lie.

use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// One file packed in another, and what is said of it.
#[derive(Clone, Default)]
pub(crate) struct Part {
    /// Its name; not always text.
    pub(crate) name: Vec<u8>,
    /// Its bytes as they lie in the file.
    pub(crate) packed: Vec<u8>,
    /// How they are packed: 0 not at all, 8 deflated.
    pub(crate) method: u16,
    /// How many bytes are said to come out.
    pub(crate) size: u32,
    /// The check sum that is said of them.
    pub(crate) sum: u32,
    /// Flags; 1 for encrypted.
    pub(crate) flags: u16,
    /// What is said of the kind of file, such as a link.
    pub(crate) attributes: u32,
    /// Where the directory says that it lies, where that is not the truth.
    pub(crate) at: Option<u32>,
}

impl Part {
    /// A part that is not packed.
    pub(crate) fn stored(name: &str, bytes: &[u8]) -> Self {
        let mut sum = Crc::new();
        sum.update(bytes);
        let (name, packed) = (name.as_bytes().to_vec(), bytes.to_vec());
        Self { name, packed, size: low(bytes.len()), sum: sum.sum(), ..Self::default() }
    }

    /// A deflated part.
    pub(crate) fn deflated(name: &str, bytes: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        Self { packed: encoder.finish().unwrap(), method: 8, ..Self::stored(name, bytes) }
    }
}

/// A packed file of these parts.
pub(crate) fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let at = part.at.unwrap_or(low(file.len()));
        file.extend(b"PK\x03\x04");
        file.extend(head(part));
        file.extend(part.name.iter().chain(&part.packed));
        directory.extend(b"PK\x01\x02\x3f\x03");
        directory.extend(head(part));
        directory.extend([0; 6]);
        directory.extend(part.attributes.to_le_bytes());
        directory.extend(at.to_le_bytes());
        directory.extend(&part.name);
    }
    let (begin, count) = (low(file.len()), u16::try_from(parts.len()).unwrap_or(u16::MAX));
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    file.extend([low(directory.len()).to_le_bytes(), begin.to_le_bytes()].concat());
    file.extend([0, 0]);
    file
}

/// A packed file of parts as they are named, all deflated.
pub(crate) fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let parts: Vec<Part> = parts.iter().map(|(name, part)| Part::deflated(name, part.as_bytes())).collect();
    zip(&parts)
}

/// What stands before a part and in the directory alike.
fn head(part: &Part) -> Vec<u8> {
    let mut head = Vec::from(20_u16.to_le_bytes());
    // Names are in UTF-8.
    head.extend((part.flags | 0x800).to_le_bytes());
    head.extend(part.method.to_le_bytes());
    head.extend([0; 4]);
    head.extend(part.sum.to_le_bytes());
    head.extend(low(part.packed.len()).to_le_bytes());
    head.extend(part.size.to_le_bytes());
    head.extend(u16::try_from(part.name.len()).unwrap_or(u16::MAX).to_le_bytes());
    head.extend([0; 2]);
    head
}

fn low(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
