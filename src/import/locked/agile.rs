//! Agile encryption, as Word writes it since 2010 ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15): it names its ciphers, and how often
//! the sum of the password is taken.

use data_encoding::BASE64;
use roxmltree::Node;

use super::ciphers::{BLOCK, Sum, decrypt_chained, whole_blocks};
use super::{MOST_ROUNDS, utf_16};
use crate::document::Format;
use crate::import::xml::{self, attribute, find};
use crate::import::{ImportError, Limit, OtherKind, Password};

/// What is added to the sum of the password for the bytes that tell whether it is right, for their sum, and for the key.
const FOR_VERIFIER: [u8; 8] = [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79];
const FOR_VERIFIER_SUM: [u8; 8] = [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e];
const FOR_KEY: [u8; 8] = [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6];

/// So many bytes at a time are encrypted.
const SEGMENT: usize = 4096;

/// A sum that is too short is filled up with this.
const FILLER: u8 = 0x36;

/// What the file says of its encryption.
#[derive(Debug)]
pub(super) struct Agile {
    data: Cipher,
    password: Cipher,
    rounds: u32,
    verifier: Vec<u8>,
    verifier_sum: Vec<u8>,
    key: Vec<u8>,
}

/// What is said of one use of the cipher.
#[derive(Debug)]
struct Cipher {
    sum: Sum,
    salt: Vec<u8>,
    /// How long the key is, in bytes.
    key_length: usize,
}

impl Agile {
    /// Of the XML that says how the file is encrypted.
    ///
    /// Errors: it is encrypted otherwise than by a password and AES, or asks for too many rounds.
    pub(super) fn of(said: &[u8]) -> Result<Self, ImportError> {
        let text = xml::decode(said.to_vec(), Format::Docx)?;
        let tree = xml::parse(&text, Format::Docx)?;
        let read = || {
            let (data, key) = (find(tree.root(), "keyData")?, find(tree.root(), "encryptedKey")?);
            Some(Self {
                data: Cipher::of(data)?,
                password: Cipher::of(key)?,
                rounds: attribute(key, "spinCount")?.trim().parse().ok()?,
                verifier: blocks(key, "encryptedVerifierHashInput")?,
                verifier_sum: blocks(key, "encryptedVerifierHashValue")?,
                key: blocks(key, "encryptedKeyValue")?,
            })
        };
        match read() {
            None => Err(ImportError::OtherKind(OtherKind::EncryptedOffice)),
            Some(agile) if agile.rounds > MOST_ROUNDS => {
                Err(ImportError::TooMuch(Limit::Rounds(MOST_ROUNDS.into())))
            }
            Some(agile) => Ok(agile),
        }
    }

    /// The key that the password opens; `None` where it is not the right one.
    pub(super) fn key(&self, password: &Password) -> Option<Vec<u8>> {
        let Cipher { sum, salt, key_length } = &self.password;
        let spun = sum.spun(&[salt, &utf_16(password)], self.rounds);
        let opened = |encrypted: &[u8], by: &[u8]| {
            let mut bytes = encrypted.to_vec();
            let key = filled(sum.of(&[&spun, by]), *key_length);
            decrypt_chained(&key, &filled(salt.clone(), BLOCK), &mut bytes)?;
            Some(bytes)
        };
        let verifier = opened(&self.verifier, &FOR_VERIFIER)?;
        // Blocks are filled up: what was put in is as long as its salt.
        let expected = sum.of(&[verifier.get(..salt.len()).unwrap_or(&verifier)]);
        let is_right = opened(&self.verifier_sum, &FOR_VERIFIER_SUM)?.starts_with(&expected);
        let key = opened(&self.key, &FOR_KEY)?;
        key.get(..self.data.key_length).filter(|_| is_right).map(<[u8]>::to_vec)
    }

    /// Decrypts as much of the bytes as there is.
    pub(super) fn decrypt(&self, key: &[u8], bytes: &mut [u8]) -> Option<()> {
        for (count, segment) in (0_u32..).zip(bytes.chunks_mut(SEGMENT)) {
            let beginning = self.data.sum.of(&[&self.data.salt, &count.to_le_bytes()]);
            decrypt_chained(key, &filled(beginning, BLOCK), whole_blocks(segment))?;
        }
        Some(())
    }
}

impl Cipher {
    fn of(node: Node<'_, '_>) -> Option<Self> {
        let said = |name: &str| attribute(node, name);
        let is_known =
            said("cipherAlgorithm") == Some("AES") && said("cipherChaining") == Some("ChainingModeCBC");
        let bits: usize =
            said("keyBits")?.trim().parse().ok().filter(|bits| [128, 192, 256].contains(bits))?;
        let sum = Sum::named(said("hashAlgorithm")?).filter(|_| is_known)?;
        Some(Self { sum, salt: bytes(node, "saltValue")?, key_length: bits / 8 })
    }
}

/// The bytes that an attribute says.
fn bytes(node: Node<'_, '_>, name: &str) -> Option<Vec<u8>> {
    BASE64.decode(attribute(node, name)?.trim().as_bytes()).ok()
}

/// The same, where they are whole blocks of the cipher.
fn blocks(node: Node<'_, '_>, name: &str) -> Option<Vec<u8>> {
    bytes(node, name).filter(|bytes| !bytes.is_empty() && bytes.len().is_multiple_of(BLOCK))
}

/// So many of the bytes, or filled up to so many.
fn filled(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.resize(length, FILLER);
    bytes
}
