//! The package of a project: a ZIP with `project.qde` and a folder of texts.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::exchange::ExchangeError;
use crate::exchange::limits::{MOST_BYTES, MOST_PARTS};

/// The part that holds the project.
pub(in crate::exchange) const PROJECT_FILE: &str = "project.qde";
/// The folder of the texts.
const FOLDER: &str = "sources";
/// The byte order mark.
const MARK: char = '\u{FEFF}';
/// What stands before the name of a part in the project.
const INTERNAL: &str = "internal://";

/// The way to a text of the package, as the project gives it.
pub(super) fn internal(name: &str) -> String {
    format!("{INTERNAL}{name}")
}

/// The bytes of a package of a project and texts by their names.
pub(super) fn pack(project: &str, texts: &BTreeMap<String, String>) -> Result<Vec<u8>, ExchangeError> {
    let pack = || -> Result<Vec<u8>, ZipError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(PROJECT_FILE, options)?;
        writer.write_all(project.as_bytes())?;
        for (name, text) in texts {
            writer.start_file(format!("{FOLDER}/{name}"), options)?;
            if text.starts_with(MARK) {
                // A reader takes the first one for a sign of the encoding.
                writer.write_all(MARK.encode_utf8(&mut [0; 4]).as_bytes())?;
            }
            writer.write_all(text.as_bytes())?;
        }
        Ok(writer.finish()?.into_inner())
    };
    pack().map_err(|error| ExchangeError::Package(error.to_string()))
}

/// The project in a package, as text: to be looked at. `None` for anything else.
pub fn project_in(bytes: &[u8]) -> Option<String> {
    let project = Package::open(bytes).ok()?.project().ok()?;
    String::from_utf8(project).ok()
}

/// The parts of a package, unpacked one at a time; nothing is ever written to a disk.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of the parts in small letters: programs differ in `Sources` and `sources`.
    names: BTreeMap<String, usize>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ExchangeError> {
        Self::open_within(bytes, MOST_PARTS, MOST_BYTES)
    }

    fn open_within(bytes: &'a [u8], most_parts: usize, most_bytes: u64) -> Result<Self, ExchangeError> {
        if bytes.len() as u64 > most_bytes {
            return Err(ExchangeError::TooLarge);
        }
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| ExchangeError::Package(error.to_string()))?;
        if archive.len() > most_parts {
            return Err(ExchangeError::TooMany);
        }
        let name = |index| {
            let name = archive.name_for_index(index)?.ok()?;
            Some((name.replace('\\', "/").to_lowercase(), index))
        };
        let names = (0..archive.len()).filter_map(name).collect();
        Ok(Self { archive, names, left: most_bytes })
    }

    /// The part with the project.
    pub(super) fn project(&mut self) -> Result<Vec<u8>, ExchangeError> {
        let own = self.names.get(PROJECT_FILE).copied();
        // The names are in small letters.
        let is_project = |name: &str| name.rsplit_once('.').is_some_and(|(_, ending)| ending == "qde");
        let named = || self.names.iter().find(|(name, _)| is_project(name)).map(|(_, &index)| index);
        let index = own.or_else(named).ok_or(ExchangeError::Lacks("project.qde"))?;
        self.unpack(index)
    }

    /// A text by the way to it that the project gives. `None` where it is not in the package: a file elsewhere is
    /// never looked for.
    pub(super) fn part(&mut self, way: &str) -> Result<Option<Vec<u8>>, ExchangeError> {
        let Some(name) = way.trim().strip_prefix(INTERNAL) else { return Ok(None) };
        let name = name.trim_start_matches('/').replace('\\', "/").to_lowercase();
        let known = [format!("{FOLDER}/{name}"), name];
        let index = known.iter().find_map(|name| self.names.get(name).copied());
        index.map(|index| self.unpack(index)).transpose()
    }

    /// Unpacks a part. What it declares of its size is not believed: not more is read than is left for all parts.
    fn unpack(&mut self, index: usize) -> Result<Vec<u8>, ExchangeError> {
        let part = self.archive.by_index(index).map_err(|error| ExchangeError::Package(error.to_string()))?;
        let mut bytes = Vec::new();
        let read = part.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|error| ExchangeError::Package(error.to_string()))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(ExchangeError::TooLarge)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A package of a project and so many texts of 100 bytes.
    fn package(texts: usize) -> Vec<u8> {
        let texts = (0..texts).map(|number| (number.to_string(), "x".repeat(100)));
        pack("<Project/>", &texts.collect()).unwrap()
    }

    #[test]
    fn it_may_have_so_many_parts_and_no_more() {
        for (texts, refused) in [(2, false), (3, false), (4, true)] {
            let opened = Package::open_within(&package(texts), 4, MOST_BYTES).err();
            assert_eq!(opened, refused.then_some(ExchangeError::TooMany), "{texts}");
        }
    }

    #[test]
    fn all_parts_may_have_so_many_bytes_and_no_more() {
        let bytes = package(20);
        let most = bytes.len() as u64;
        for (asked, refused) in [(most - 1, true), (most, false), (most + 1, false)] {
            assert_eq!(Package::open_within(&bytes, MOST_PARTS, asked).err().is_some(), refused);
        }
        for (parts, refused) in [(19, false), (20, false), (21, true)] {
            let mut package = Package { left: 2_000, ..Package::open(&bytes).unwrap() };
            let mut read = (0..parts).map(|at| package.part(&internal(&(at % 20).to_string())));
            let refused = refused.then_some(ExchangeError::TooLarge);
            assert_eq!(read.find_map(Result::err), refused, "{parts}");
        }
    }
}
