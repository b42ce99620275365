//! Looking at everything that is kept of the notes of a document, and changing none of it.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::copies::copies_of;
use super::generations::Generations;
use super::journal;
use super::merge::merge;
use super::replace::read_if_there;
use super::shape::{Checksum, Parsed, Sidecar, parse, print};
use super::sidecar::NotesStore;
use crate::session::Place;

/// What was seen of the notes of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inspection {
    /// The file.
    pub file: PathBuf,
    /// Whether it is whole.
    pub integrity: Integrity,
    /// How many changes wait in journals, and in how many of them something cannot be read.
    pub waiting: usize,
    /// How many journals have something in them that cannot be read.
    pub damaged_journals: usize,
    /// How many earlier versions there are, and which cannot be read.
    pub versions: usize,
    /// The earlier versions that cannot be read.
    pub unreadable_versions: Vec<PathBuf>,
    /// Copies that a cloud drive made of the file.
    pub copies: Vec<PathBuf>,
}

/// Whether a notes file is whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Integrity {
    /// There is none.
    Absent,
    /// It is as a program wrote it.
    Whole,
    /// It was changed since, by a person or by accident.
    Changed,
    /// A person wrote it.
    ByHand,
    /// A newer version of the program wrote it, in this format.
    Newer(u32),
    /// It cannot be understood, or not be read, and why.
    Damaged(String),
}

/// Two files of notes as one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MergedFiles {
    /// The file that says both.
    pub bytes: Vec<u8>,
    /// How many notes it has.
    pub notes: usize,
    /// How many of them have two texts.
    pub conflicts: usize,
}

impl NotesStore {
    /// Looks at the notes of a document. Writes nothing.
    pub fn inspect(&self, place: &Place) -> Inspection {
        let file = self.path(place);
        let journals: Vec<_> = journal::find_all(&self.home)
            .into_iter()
            .filter(|found| self.path(&found.place) == file)
            .collect();
        let versions = Generations::of(&file, &self.home).all();
        let unreadable = |path: &PathBuf| !matches!(integrity(path), Integrity::Whole);
        let paths = versions.iter().filter(|version| !version.lasting).map(|version| version.path.clone());
        Inspection {
            integrity: integrity(&file),
            waiting: journals.iter().map(|found| found.records.len()).sum(),
            damaged_journals: journals.iter().filter(|found| found.damaged).count(),
            versions: versions.len(),
            unreadable_versions: paths.filter(unreadable).collect(),
            copies: copies_of(&file),
            file,
        }
    }
}

fn integrity(path: &Path) -> Integrity {
    match read_if_there(path) {
        Err(error) => Integrity::Damaged(error.to_string()),
        Ok(None) => Integrity::Absent,
        Ok(Some(bytes)) => match parse(&bytes) {
            Parsed::Good { checksum: Checksum::Matches, .. } => Integrity::Whole,
            Parsed::Good { checksum: Checksum::Differs, .. } => Integrity::Changed,
            Parsed::Good { checksum: Checksum::Missing, .. } => Integrity::ByHand,
            Parsed::Newer { format, .. } => Integrity::Newer(format),
            Parsed::Damaged(reason) => Integrity::Damaged(reason),
        },
    }
}

/// Joins two files of notes; with `base` what both come from. Writes nothing.
///
/// Errors: one of them cannot be read, and why.
pub fn merge_notes_files(left: &Path, right: &Path, base: Option<&Path>) -> Result<MergedFiles, String> {
    let base = base.map(read).transpose()?;
    let (left, right) = (read(left)?, read(right)?);
    let merged = merge(base.as_ref().map(|base| &base.kept), &left, &right, Timestamp::now());
    Ok(MergedFiles {
        notes: merged.kept.annotations.len(),
        conflicts: merged.kept.conflicts.len(),
        bytes: print(&merged).into_bytes(),
    })
}

fn read(path: &Path) -> Result<Sidecar, String> {
    let bytes = read_if_there(path).map_err(|error| error.to_string())?;
    let bytes = bytes.ok_or_else(|| format!("there is no such file: {}", path.display()))?;
    match parse(&bytes) {
        Parsed::Good { sidecar, .. } => Ok(*sidecar),
        Parsed::Newer { format, .. } => {
            Err(format!("a newer version of Duidu wrote the file (format {format}): {}", path.display()))
        }
        Parsed::Damaged(reason) => Err(format!("{reason}: {}", path.display())),
    }
}
