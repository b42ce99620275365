//! An ODT with a password: each of its parts is encrypted by itself, and the list of parts says how (`OpenDocument` 1.2, part 3,
//! 3 and 4.8).

use std::collections::BTreeMap;
use std::io::Read;

use data_encoding::BASE64;
use flate2::read::DeflateDecoder;
use pbkdf2::pbkdf2_hmac;
use roxmltree::Node;
use sha1::Sha1;

use crate::document::Format;
use crate::import::archive::Archive;
use crate::import::limits::{Limits, SMALL};
use crate::import::locked::MOST_ROUNDS;
use crate::import::locked::ciphers::{BLOCK, Sum, decrypt_chained, whole_blocks};
use crate::import::xml::{self, attribute, child, name};
use crate::import::{ImportError, Limit, OtherKind, Password};

/// The list of the parts.
const LIST: &str = "META-INF/manifest.xml";

/// The sum of a part is that of so many bytes at its beginning.
const SUMMED: usize = 1024;

/// The parts of an ODT, opened with its password where they are encrypted.
pub(super) struct Package<'a> {
    archive: Archive<'a>,
    limits: Limits,
    locks: BTreeMap<String, Lock>,
    password: Option<&'a Password>,
    /// How many rounds may still go into keys.
    rounds: u32,
}

impl<'a> Package<'a> {
    /// Errors: it is no packed file, or needs a password, or is encrypted in a way that is not known.
    pub(super) fn open(bytes: &'a [u8], password: Option<&'a Password>) -> Result<Self, ImportError> {
        let limits = Limits::default();
        let mut archive = Archive::open(bytes, Format::Odt, limits)?;
        let list = archive.part(LIST)?.unwrap_or_default();
        let locks = match memchr::memmem::find(&list, b"encryption-data") {
            Some(_) => locks(list)?,
            None => BTreeMap::new(),
        };
        if !locks.is_empty() && password.is_none() {
            return Err(ImportError::NeedsPassword);
        }
        Ok(Self { archive, limits, locks, password, rounds: MOST_ROUNDS })
    }

    /// The part of that name; `None` where there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(bytes) = self.archive.part(name)? else { return Ok(None) };
        match (self.locks.get(name), self.password) {
            (Some(lock), Some(password)) => {
                let left = self.rounds.checked_sub(lock.rounds);
                self.rounds = left.ok_or(ImportError::TooMuch(Limit::Rounds(MOST_ROUNDS.into())))?;
                unpacked(&lock.decrypted(bytes, password)?, self.limits).map(Some)
            }
            _ => Ok(Some(bytes)),
        }
    }
}

/// How the parts are encrypted, by their names.
fn locks(list: Vec<u8>) -> Result<BTreeMap<String, Lock>, ImportError> {
    let text = xml::decode(list, Format::Odt)?;
    let tree = xml::parse(&text, Format::Odt)?;
    let entries = tree.descendants().filter(|node| name(*node) == "file-entry");
    let locked = entries.filter_map(|entry| Some((entry, child(entry, "encryption-data")?)));
    let lock = |(entry, said)| Some((attribute(entry, "full-path")?.to_owned(), Lock::of(said)?));
    let locks: Option<_> = locked.map(lock).collect();
    locks.ok_or(ImportError::OtherKind(OtherKind::EncryptedOffice))
}

/// How one part is encrypted.
#[derive(Debug)]
struct Lock {
    /// How the sum of the password is counted, from which the key is made.
    start: Sum,
    rounds: u32,
    salt: Vec<u8>,
    /// What the first block is chained to.
    beginning: Vec<u8>,
    /// The sum of the beginning of the part, by which a wrong password is known.
    sum: Sum,
    expected: Vec<u8>,
}

impl Lock {
    /// What is said of a part; `None` where that is not AES with a key of 256 bits.
    fn of(said: Node<'_, '_>) -> Option<Self> {
        let of = |element: &str, name: &str| attribute(child(said, element)?, name);
        let bytes = |value: Option<&str>| BASE64.decode(value?.trim().as_bytes()).ok();
        of("algorithm", "algorithm-name")?.ends_with("#aes256-cbc").then_some(())?;
        of("key-derivation", "key-derivation-name")?.to_ascii_lowercase().ends_with("pbkdf2").then_some(())?;
        Some(Self {
            start: Sum::named(of("start-key-generation", "start-key-generation-name").unwrap_or("SHA1"))?,
            rounds: of("key-derivation", "iteration-count")?.trim().parse().ok()?,
            salt: bytes(of("key-derivation", "salt"))?,
            beginning: bytes(of("algorithm", "initialisation-vector"))?,
            sum: sum_of_beginning(attribute(said, "checksum-type")?)?,
            expected: bytes(attribute(said, "checksum"))?,
        })
    }

    fn decrypted(&self, mut bytes: Vec<u8>, password: &Password) -> Result<Vec<u8>, ImportError> {
        let start = self.start.of(&[password.as_str().as_bytes()]);
        let mut key = [0; 32];
        pbkdf2_hmac::<Sha1>(&start, &self.salt, self.rounds.max(1), &mut key);
        let blocks = whole_blocks(&mut bytes);
        let length = decrypt_chained(&key, &self.beginning, blocks).map(|()| without_filling(blocks));
        let length = length.ok_or(ImportError::OtherKind(OtherKind::EncryptedOffice))?;
        bytes.truncate(length);
        let begins = bytes.get(..SUMMED).unwrap_or(&bytes);
        if self.sum.of(&[begins]) == self.expected { Ok(bytes) } else { Err(ImportError::WrongPassword) }
    }
}

/// The sum that is called `SHA1/1K` or `http://…#sha256-1k`.
fn sum_of_beginning(called: &str) -> Option<Sum> {
    let called = called.to_ascii_lowercase();
    Sum::named(called.strip_suffix("/1k").or_else(|| called.strip_suffix("-1k"))?)
}

/// How long decrypted blocks are without what fills up the last of them, which says how much that is.
fn without_filling(blocks: &[u8]) -> usize {
    let filling = blocks.last().map_or(0, |&last| usize::from(last));
    let is_one = (1..=BLOCK).contains(&filling);
    blocks.len().saturating_sub(if is_one { filling } else { 0 })
}

/// What was packed before it was encrypted, as far as the limits allow.
fn unpacked(bytes: &[u8], limits: Limits) -> Result<Vec<u8>, ImportError> {
    let by_ratio = (bytes.len() as u64).saturating_mul(limits.ratio).max(SMALL);
    let most = limits.entry_bytes.min(by_ratio);
    let mut part = Vec::new();
    let read = DeflateDecoder::new(bytes).take(most.saturating_add(1)).read_to_end(&mut part);
    if part.len() as u64 > most {
        return Err(ImportError::TooMuch(Limit::EntryBytes(most)));
    }
    read.map_err(|error| ImportError::Damaged(Format::Odt, error.to_string()))?;
    Ok(part)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use aes::Aes256;
    use aes::cipher::block_padding::Iso10126;
    use aes::cipher::{BlockModeEncrypt, KeyIvInit};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::import::testing::check;
    use crate::import::{Imported, ReadOptions, read};

    const PASSWORD: &str = "河清x";
    const CONTENT: &str = "<o:document-content xmlns:o='o' xmlns:text='t'><o:body><o:text><text:p>河水清清。</text:p></o:text></o:body></o:document-content>";

    /// A file whose text is encrypted as office programs do it, of which `said` says so many rounds.
    fn locked(rounds: u32, said: u32) -> Vec<u8> {
        let mut deflater = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        deflater.write_all(CONTENT.as_bytes()).unwrap();
        let packed = deflater.finish().unwrap();
        let mut key = [0; 32];
        pbkdf2_hmac::<Sha1>(&Sum::Sha256.of(&[PASSWORD.as_bytes()]), b"salt", rounds, &mut key);
        let mode = cbc::Encryptor::<Aes256>::new(&key.into(), &[7; 16].into());
        let mut content = [packed.as_slice(), &[0; BLOCK]].concat();
        let content = mode.encrypt_padded::<Iso10126>(&mut content, packed.len()).unwrap();
        let list = format!(
            "<m:manifest xmlns:m='m'><m:file-entry m:full-path='content.xml'>\
             <m:encryption-data m:checksum-type='urn:x#sha256-1k' m:checksum='{}'>\
             <m:algorithm m:algorithm-name='http://x#aes256-cbc' m:initialisation-vector='{}'/>\
             <m:key-derivation m:key-derivation-name='PBKDF2' m:iteration-count='{said}' m:salt='{}'/>\
             <m:start-key-generation m:start-key-generation-name='http://x#sha256'/>\
             </m:encryption-data></m:file-entry></m:manifest>",
            BASE64.encode(&Sum::Sha256.of(&[&packed])),
            BASE64.encode(&[7; 16]),
            BASE64.encode(b"salt"),
        );
        let kind = b"application/vnd.oasis.opendocument.text";
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, part) in [("mimetype", &kind[..]), (LIST, list.as_bytes()), ("content.xml", content)] {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(part).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn open(bytes: Vec<u8>, password: Option<&str>) -> Result<Imported, ImportError> {
        let password = password.map(Password::new);
        read("a", bytes, &ReadOptions { password, ..ReadOptions::default() })
    }

    #[test]
    fn documents_are_opened_with_their_password_alone() {
        let file = locked(3, 3);
        assert_eq!(open(file.clone(), None).err(), Some(ImportError::NeedsPassword));
        assert_eq!(open(file.clone(), Some("河清")).err(), Some(ImportError::WrongPassword));
        let imported = open(file, Some(PASSWORD)).unwrap();
        check(&imported.document, "¶ 河水清清。");
        assert_eq!(imported.warnings, []);
    }

    #[test]
    fn so_many_rounds_are_done_and_no_more() {
        let refused = ImportError::TooMuch(Limit::Rounds(MOST_ROUNDS.into()));
        for said in [MOST_ROUNDS + 1, u32::MAX] {
            assert_eq!(open(locked(1, said), Some(PASSWORD)).err(), Some(refused.clone()));
        }
    }

    #[test]
    fn what_is_packed_may_have_so_many_bytes_and_no_more() {
        let limits = Limits { entries: 1, entry_bytes: 100, all_bytes: 100, ratio: 400 };
        for (size, allowed) in [(100, true), (101, false)] {
            let mut deflater = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
            deflater.write_all(&vec![b'x'; size]).unwrap();
            assert_eq!(unpacked(&deflater.finish().unwrap(), limits).is_ok(), allowed);
        }
    }
}
