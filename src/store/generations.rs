//! Earlier versions of each file of the reader's work, kept among the program's data.
//!
//! A version is put here only after it was read back from where it was written and understood. So a file
//! that the disk or another program damages costs nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::replace::{FileError, make_folder, replace};
use super::shape::{Checksum, Parsed, Sidecar, parse};
use super::{Home, short_hash};

/// The versions that are kept: the newest, one that was an hour old when the next came, one a day old.
const NAMES: [&str; 3] = ["1.ron", "2.ron", "3.ron"];
const AGES: [Duration; 2] = [Duration::from_hours(1), Duration::from_hours(24)];

/// The versions of one file.
#[derive(Debug)]
pub(super) struct Generations {
    folder: PathBuf,
}

impl Generations {
    /// Of the file at `path`.
    pub(super) fn of(path: &Path, home: &Home) -> Self {
        let name = short_hash(path.as_os_str().as_encoded_bytes());
        Self { folder: home.data().join("generations").join(name) }
    }

    /// Puts the version that was just read back at the front.
    pub(super) fn add(&self, bytes: &[u8]) -> Result<(), FileError> {
        make_folder(&self.folder)?;
        for index in (0..AGES.len()).rev() {
            self.move_back(index);
        }
        replace(&self.path(0), bytes)
    }

    /// The newest version that can be read and has not a bit changed.
    pub(super) fn newest(&self) -> Option<(PathBuf, Sidecar)> {
        self.newest_that(|bytes| match parse(bytes) {
            Parsed::Good { sidecar, checksum: Checksum::Matches } => Some(*sidecar),
            _ => None,
        })
    }

    /// The newest version that can be `read`.
    pub(super) fn newest_that<What>(&self, read: impl Fn(&[u8]) -> Option<What>) -> Option<(PathBuf, What)> {
        (0..NAMES.len()).find_map(|index| {
            let path = self.path(index);
            let what = read(&fs::read(&path).ok()?)?;
            Some((path, what))
        })
    }

    /// Keeps the newest version as it was before a file was changed from outside; `None` where there is
    /// none. Versions kept so are never removed by the program.
    pub(super) fn keep_newest(&self) -> Option<PathBuf> {
        let bytes = fs::read(self.path(0)).ok()?;
        let kept = self.folder.join(format!("before-change-{}.ron", short_hash(&bytes)));
        let there = fs::read(&kept).is_ok_and(|there| there == bytes);
        (there || replace(&kept, &bytes).is_ok()).then_some(kept)
    }

    /// Moves the version at `index` one place back if the one there is old enough to go.
    fn move_back(&self, index: usize) {
        let (from, to) = (self.path(index), self.path(index + 1));
        let due = age(&to).is_none_or(|age| AGES.get(index).is_some_and(|limit| age >= *limit));
        if from.exists() && due {
            // Where it cannot be moved, the newest version alone is replaced.
            drop(fs::rename(from, to));
        }
    }

    fn path(&self, index: usize) -> PathBuf {
        self.folder.join(NAMES.get(index).copied().unwrap_or_default())
    }
}

/// How long ago a file was written; `None` where there is none.
fn age(path: &Path) -> Option<Duration> {
    let written = fs::metadata(path).and_then(|metadata| metadata.modified()).ok()?;
    Some(SystemTime::now().duration_since(written).unwrap_or_default())
}
