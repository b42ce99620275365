//! Standard encryption, as Word 2007 and most other programs write it ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9): AES, with a key
//! from 50,000 sums of the password.

use super::ciphers::{BLOCK, Sum, decrypt_alone, whole_blocks};
use super::utf_16;
use crate::import::Password;

/// How often the sum is taken.
const ROUNDS: u32 = 50_000;

/// What the file says of its encryption.
#[derive(Debug)]
pub(super) struct Standard {
    /// How long the key is, in bytes.
    key_length: usize,
    salt: Vec<u8>,
    /// Some bytes, encrypted, and their sum, encrypted: whoever has the key can tell that it is right.
    verifier: Vec<u8>,
    verifier_sum: Vec<u8>,
}

impl Standard {
    /// Of the stream that says how the file is encrypted; `None` where it says something else than AES.
    pub(super) fn of(said: &[u8]) -> Option<Self> {
        let number = |at: usize| -> Option<usize> {
            let number = said.get(at..at.checked_add(4)?)?.try_into().ok()?;
            usize::try_from(u32::from_le_bytes(number)).ok()
        };
        let header = 12;
        let (cipher, bits) = (number(header + 8)?, number(header + 16)?);
        let key_length = match (cipher, bits) {
            (0x660e, 0 | 128) => 16,
            (0x660f, 0 | 192) => 24,
            (0x6610, 0 | 256) => 32,
            _ => return None,
        };
        let verifier = header.checked_add(number(8)?)?;
        let part = |at: usize, length: usize| {
            let start = verifier.checked_add(at)?;
            Some(said.get(start..start.checked_add(length)?)?.to_vec())
        };
        (number(verifier)? == SALT).then_some(())?;
        Some(Self {
            key_length,
            salt: part(4, SALT)?,
            verifier: part(20, BLOCK)?,
            verifier_sum: part(40, 2 * BLOCK)?,
        })
    }

    /// The key that the password makes; `None` where it is not the right one.
    pub(super) fn key(&self, password: &Password) -> Option<Vec<u8>> {
        let spun = Sum::Sha1.spun(&[&self.salt, &utf_16(password)], ROUNDS);
        let sum = Sum::Sha1.of(&[&spun, &[0; 4]]);
        let half = |filler: u8| {
            let mut bytes = [filler; 64];
            bytes.iter_mut().zip(&sum).for_each(|(byte, of_sum)| *byte ^= of_sum);
            Sum::Sha1.of(&[&bytes])
        };
        let key = [half(0x36), half(0x5c)].concat().get(..self.key_length)?.to_vec();
        let (mut verifier, mut verifier_sum) = (self.verifier.clone(), self.verifier_sum.clone());
        decrypt_alone(&key, &mut verifier)?;
        decrypt_alone(&key, &mut verifier_sum)?;
        verifier_sum.starts_with(&Sum::Sha1.of(&[&verifier])).then_some(key)
    }

    /// Decrypts as much of the bytes as there is.
    pub(super) fn decrypt(key: &[u8], bytes: &mut [u8]) -> Option<()> {
        decrypt_alone(key, whole_blocks(bytes))
    }
}

/// How long the salt is, in bytes.
const SALT: usize = 16;
