//! Where a document is read from, and how that is written down.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Where a document is read from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Place {
    /// A file.
    File(#[serde(with = "in_words")] PathBuf),
    /// One of the built-in samples, by its file name.
    Sample(String),
}

impl Place {
    /// The name to show: the file's own, without its folders.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Self::Sample(name) => name.clone(),
        }
    }

    /// As words, for whatever names it: the path of a file, as [`path_to_words`] has it, or `sample:` and the name of
    /// a sample.
    pub fn to_words(&self) -> String {
        match self {
            Self::File(path) => path_to_words(path),
            Self::Sample(name) => format!("{SAMPLE}{name}"),
        }
    }

    /// The place that [`Place::to_words`] wrote.
    pub fn from_words(words: &str) -> Self {
        match words.strip_prefix(SAMPLE) {
            Some(name) => Self::Sample(name.to_owned()),
            None => Self::File(path_from_words(words)),
        }
    }
}

const SAMPLE: &str = "sample:";

/// What stands before a path whose bytes are written by their numbers where they are no characters.
const BYTES: &str = "bytes:";

/// A path as words: itself, where it is Unicode. Otherwise `bytes:` and the path, each byte that is no character, and
/// each percent sign, as a percent sign and two hexadecimal digits.
pub fn path_to_words(path: &Path) -> String {
    let plain = path.to_str().filter(|words| ![SAMPLE, BYTES].iter().any(|sign| words.starts_with(sign)));
    plain.map_or_else(|| format!("{BYTES}{}", escaped(path.as_os_str().as_encoded_bytes())), str::to_owned)
}

/// The path that [`path_to_words`] wrote.
pub fn path_from_words(words: &str) -> PathBuf {
    words.strip_prefix(BYTES).map_or_else(|| PathBuf::from(words), |escaped| path_of(unescaped(escaped)))
}

fn escaped(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(&chunk.valid().replace('%', "%25"));
        out.extend(chunk.invalid().iter().map(|byte| format!("%{byte:02X}")));
    }
    out
}

fn unescaped(escaped: &str) -> Vec<u8> {
    let mut parts = escaped.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let numbered = part.split_at_checked(2);
        let numbered = numbered.and_then(|(digits, rest)| Some((u8::from_str_radix(digits, 16).ok()?, rest)));
        match numbered {
            Some((byte, rest)) => bytes.extend([&[byte], rest.as_bytes()].concat()),
            None => bytes.extend([b"%", part.as_bytes()].concat()),
        }
    }
    bytes
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

/// Half of a pair that stands alone, which file names there may hold, is written in three bytes like a character.
#[cfg(windows)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::windows::ffi::OsStringExt;
    let mut units: Vec<u16> = Vec::new();
    let mut rest = bytes.as_slice();
    while let Some(chunk) = rest.utf8_chunks().next() {
        units.extend(chunk.valid().encode_utf16());
        rest = rest.get(chunk.valid().len()..).unwrap_or_default();
        if let [0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF, after @ ..] = rest {
            units.push(0xD000 | u16::from(second & 0x3F) << 6 | u16::from(third & 0x3F));
            rest = after;
        } else if !rest.is_empty() {
            units.push(0xFFFD);
            rest = rest.get(chunk.invalid().len()..).unwrap_or_default();
        }
    }
    std::ffi::OsString::from_wide(&units).into()
}

/// A path in files, as its words.
pub(crate) mod in_words {
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<To: Serializer>(path: &Path, to: To) -> Result<To::Ok, To::Error> {
        super::path_to_words(path).serialize(to)
    }

    pub(crate) fn deserialize<'de, From: Deserializer<'de>>(from: From) -> Result<PathBuf, From::Error> {
        String::deserialize(from).map(|words| super::path_from_words(&words))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_path_of_characters_is_itself() {
        for (path, words) in [
            ("/書/河.txt", "/書/河.txt"),
            ("/a/100%.txt", "/a/100%.txt"),
            ("sample:河", "bytes:sample:河"),
            ("bytes:%25", "bytes:bytes:%2525"),
        ] {
            assert_eq!(path_to_words(Path::new(path)), words);
            assert_eq!(path_from_words(words), Path::new(path));
        }
        assert_eq!(path_from_words("bytes:100%"), Path::new("100%"));
        assert_eq!(Place::from_words("sample:河"), Place::Sample("河".to_owned()));
    }

    #[cfg(windows)]
    proptest! {
        #[test]
        fn any_path_comes_back(units in prop::collection::vec(prop::sample::select(vec![0x61, 0x5C, 0x25, 0x41, 0x6CB3, 0xD83D, 0xDE00, 0xDFFF]), 0..24)) {
            use std::os::windows::ffi::OsStringExt;
            let place = Place::File(std::ffi::OsString::from_wide(&units).into());
            prop_assert_eq!(&Place::from_words(&place.to_words()), &place);
        }
    }

    #[cfg(unix)]
    proptest! {
        #[test]
        fn any_path_comes_back(bytes in prop::collection::vec(prop::sample::select(b"a/%4F:\xE6\xB2\xB3\xFF\xED\xA0".to_vec()), 0..24)) {
            let place = Place::File(path_of(bytes));
            prop_assert_eq!(&Place::from_words(&place.to_words()), &place);
            let written = ron::to_string(&place).unwrap();
            prop_assert_eq!(ron::from_str::<Place>(&written).unwrap(), place);
        }
    }
}
