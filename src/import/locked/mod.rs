//! Office documents with a password: a container of the old kind (CFB), in which the packed file lies encrypted, and beside
//! it how ([MS-OFFCRYPTO]).
//!
//! Nothing is believed of how often the password is to be worked over, and no more comes out than lies in the file. Files
//! whose rights a server manages, and those of the time before 2007, are not opened.

mod agile;
pub(super) mod ciphers;
mod standard;

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::{ImportError, OtherKind, Password};
use crate::document::Format;
use agile::Agile;
use standard::Standard;

/// How often the sum of a password is taken at most: Word takes it 100,000 times. Four million times take two seconds on an old
/// machine.
pub(super) const MOST_ROUNDS: u32 = 4_000_000;

/// How a file is encrypted.
#[derive(Debug)]
enum Lock {
    Agile(Agile),
    Standard(Standard),
}

/// The file that lies encrypted in these bytes. Of a container that was cut off there is what was found.
///
/// Errors: it needs a password, or another one; it is damaged; it is encrypted in a way that is not known.
pub(super) fn opened(bytes: &[u8], password: Option<&Password>) -> Result<Vec<u8>, ImportError> {
    let damaged = |reason: String| ImportError::Damaged(Format::Docx, reason);
    let container = CompoundFile::open(Cursor::new(bytes));
    let mut container = container.map_err(|error| damaged(error.to_string()))?;
    let mut stream = |name: &str| stream(&mut container, name, bytes.len());
    let said = stream("EncryptionInfo");
    let lock = Lock::of(&said.ok_or(ImportError::OtherKind(OtherKind::EncryptedOffice))?)?;
    let key = lock.key(password.ok_or(ImportError::NeedsPassword)?).ok_or(ImportError::WrongPassword)?;
    let package = stream("EncryptedPackage").unwrap_or_default();
    lock.decrypted(&key, package).ok_or_else(|| damaged("what it encrypts is missing".to_owned()))
}

/// The bytes of a stream as far as they can be read, at most so many; `None` where there is none.
fn stream(container: &mut CompoundFile<Cursor<&[u8]>>, name: &str, most: usize) -> Option<Vec<u8>> {
    let stream = container.open_stream(name).ok()?;
    let mut bytes = Vec::new();
    // What was read before it failed is there.
    match stream.take(most as u64).read_to_end(&mut bytes) {
        Ok(_) | Err(_) => Some(bytes),
    }
}

impl Lock {
    /// What is said of it: two numbers of the version, and what that knows.
    fn of(said: &[u8]) -> Result<Self, ImportError> {
        let unknown = ImportError::OtherKind(OtherKind::EncryptedOffice);
        match said {
            [4, 0, 4, 0, _, _, _, _, rest @ ..] => Agile::of(rest).map(Self::Agile),
            [2..=4, 0, 2, 0, ..] => Standard::of(said).map(Self::Standard).ok_or(unknown),
            _ => Err(unknown),
        }
    }

    fn key(&self, password: &Password) -> Option<Vec<u8>> {
        match self {
            Self::Agile(agile) => agile.key(password),
            Self::Standard(standard) => standard.key(password),
        }
    }

    /// The file in a stream, which begins with how long that is.
    fn decrypted(&self, key: &[u8], mut stream: Vec<u8>) -> Option<Vec<u8>> {
        let (length, bytes) = stream.split_first_chunk_mut::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
        match self {
            Self::Agile(agile) => agile.decrypt(key, bytes)?,
            Self::Standard(_) => Standard::decrypt(key, bytes)?,
        }
        stream.drain(..8);
        stream.truncate(length);
        Some(stream)
    }
}

/// A password as these files take it: two bytes for each unit.
fn utf_16(password: &Password) -> Vec<u8> {
    password.as_str().encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
