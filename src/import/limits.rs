//! How much a file may ask for. Honest files stay far below; what goes beyond is refused, with the limit named.

/// What a packed file may ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Limits {
    /// Files packed in it.
    pub(super) entries: u64,
    /// Bytes of one of them, unpacked.
    pub(super) entry_bytes: u64,
    /// Bytes of all that are read, unpacked.
    pub(super) all_bytes: u64,
    /// Bytes for each packed byte, where more than [`SMALL`] bytes come out.
    pub(super) ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: 20_000, entry_bytes: 64 * MIB, all_bytes: 256 * MIB, ratio: 400 }
    }
}

const MIB: u64 = 1024 * 1024;

/// So many bytes may come out of however few.
pub(super) const SMALL: u64 = 4 * MIB;

/// How deep elements of XML may lie in each other.
pub(super) const MOST_DEPTH: usize = 512;

/// How many attributes an element of XML may have.
pub(super) const MOST_ATTRIBUTES: usize = 1000;

/// How many elements and stretches of text a file of XML may have.
pub(super) const MOST_NODES: u32 = 8_000_000;
