//! The sums and ciphers that documents with a password name, and how they are used.

use aes::cipher::block_padding::NoPadding;
use aes::cipher::consts::U16;
use aes::cipher::{Array, BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use aes::{Aes128, Aes192, Aes256};
use sha1::Sha1;
use sha2::digest::Digest;
use sha2::{Sha256, Sha384, Sha512};

/// How long a block of the cipher is, in bytes.
pub(in crate::import) const BLOCK: usize = 16;

/// How a sum of bytes is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::import) enum Sum {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Sum {
    /// The sum that a file calls so: `SHA512`, `SHA-1`, or an address that ends with it.
    pub(in crate::import) fn named(name: &str) -> Option<Self> {
        let name = name.rsplit(['#', '/']).next()?.replace('-', "").to_ascii_lowercase();
        let known = [
            ("sha1", Self::Sha1),
            ("sha256", Self::Sha256),
            ("sha384", Self::Sha384),
            ("sha512", Self::Sha512),
        ];
        known.into_iter().find(|(called, _)| *called == name).map(|(_, sum)| sum)
    }

    /// The sum of these bytes, one after the other.
    pub(in crate::import) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        self.spun(parts, 0)
    }

    /// The same, and then `times` the sum of a count and of the sum before it.
    pub(super) fn spun(self, parts: &[&[u8]], times: u32) -> Vec<u8> {
        match self {
            Self::Sha1 => spun::<Sha1>(parts, times),
            Self::Sha256 => spun::<Sha256>(parts, times),
            Self::Sha384 => spun::<Sha384>(parts, times),
            Self::Sha512 => spun::<Sha512>(parts, times),
        }
    }
}

fn spun<D: Digest>(parts: &[&[u8]], times: u32) -> Vec<u8> {
    let first = parts.iter().fold(D::new(), D::chain_update).finalize();
    let again = |sum, count: u32| D::new().chain_update(count.to_le_bytes()).chain_update(sum).finalize();
    (0..times).fold(first, again).to_vec()
}

/// Decrypts whole blocks, each after the one before it (CBC), with AES of the length of the key; `None` where key or
/// beginning have a length that it does not know, or a block is not whole.
pub(in crate::import) fn decrypt_chained(key: &[u8], beginning: &[u8], bytes: &mut [u8]) -> Option<()> {
    match key.len() {
        16 => chained::<Aes128>(key, beginning, bytes),
        24 => chained::<Aes192>(key, beginning, bytes),
        32 => chained::<Aes256>(key, beginning, bytes),
        _ => None,
    }
}

fn chained<C: BlockCipherDecrypt + KeyInit>(key: &[u8], beginning: &[u8], bytes: &mut [u8]) -> Option<()> {
    let mode = cbc::Decryptor::<C>::new_from_slices(key, beginning).ok()?;
    mode.decrypt_padded::<NoPadding>(bytes).ok().map(|_| ())
}

/// Decrypts whole blocks, each by itself (ECB), with AES of the length of the key; `None` as above.
pub(super) fn decrypt_alone(key: &[u8], bytes: &mut [u8]) -> Option<()> {
    match key.len() {
        16 => alone::<Aes128>(key, bytes),
        24 => alone::<Aes192>(key, bytes),
        32 => alone::<Aes256>(key, bytes),
        _ => None,
    }
}

fn alone<C>(key: &[u8], bytes: &mut [u8]) -> Option<()>
where
    C: BlockCipherDecrypt<BlockSize = U16> + KeyInit,
{
    let cipher = C::new_from_slice(key).ok()?;
    for block in bytes.chunks_mut(BLOCK) {
        cipher.decrypt_block(<&mut Array<u8, U16>>::try_from(block).ok()?);
    }
    Some(())
}

/// As many of the bytes as are whole blocks.
pub(in crate::import) fn whole_blocks(bytes: &mut [u8]) -> &mut [u8] {
    let whole = bytes.len() / BLOCK * BLOCK;
    bytes.get_mut(..whole).unwrap_or_default()
}
