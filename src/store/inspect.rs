//! Looking at everything that is kept of the notes of a document, and changing none of it.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::careful::SaveError;
use super::copies::copies_of;
use super::generations::{Generation, Generations};
use super::merge::merge;
use super::real::real;
use super::replace::read_if_there;
use super::shape::{Checksum, Parsed, Sidecar, parse, print};
use super::sidecar::{NotesFiles, NotesStore};
use crate::session::Place;

/// What was seen of the notes of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inspection {
    /// The file beside the document, and the one in the data folder, where notes were kept that could not lie there.
    pub files: Vec<InspectedFile>,
    /// How many changes wait in journals.
    pub waiting: usize,
    /// How many journals have something in them that cannot be read.
    pub damaged_journals: usize,
}

/// One file of notes, with all that was kept of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InspectedFile {
    /// The file.
    pub path: PathBuf,
    /// Whether it is whole.
    pub integrity: Integrity,
    /// How many earlier versions there are.
    pub versions: usize,
    /// The earlier versions that cannot be read, or were changed since they were written.
    pub damaged_versions: Vec<PathBuf>,
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
        let files = self.files_of(place, &NotesFiles::within(&self.home));
        let journals = self.journals_of(&self.path(place));
        Inspection {
            files: files.into_iter().map(|path| self.inspect_file(path)).collect(),
            waiting: journals.iter().map(|found| found.records.len()).sum(),
            damaged_journals: journals.iter().filter(|found| found.damaged).count(),
        }
    }

    fn inspect_file(&self, path: PathBuf) -> InspectedFile {
        let versions = Generations::of(&path, &self.home).all();
        // What is kept for good may be kept just because it is damaged or of an older format.
        let damaged = |version: &Generation| !version.lasting && integrity(&version.path) != Integrity::Whole;
        let damaged = versions.iter().filter(|version| damaged(version));
        InspectedFile {
            integrity: integrity(&path),
            versions: versions.len(),
            damaged_versions: damaged.map(|version| version.path.clone()).collect(),
            copies: copies_of(&path),
            path,
        }
    }

    /// Writes to `path`, where the notes of a document are or will be, two files of notes as one. Nobody else writes it
    /// meanwhile, and what it said before is kept among its earlier versions.
    ///
    /// Errors: one of the files cannot be read or this one not be written, and why.
    pub fn write_merged(
        &self,
        path: &Path,
        merge: impl FnOnce() -> Result<MergedFiles, String>,
    ) -> Result<MergedFiles, String> {
        let path = real(path);
        let told = |error: SaveError| error.to_string();
        let _lock = self.files.begin(&path).map_err(|error| error.to_string())?;
        let merged = merge()?;
        if let Some(before) = read_if_there(&path).map_err(|error| error.to_string())? {
            let generations = Generations::of(&path, &self.home);
            generations.keep("before-merge", &before).map_err(|error| error.to_string())?;
        }
        self.files.write(&path, &merged.bytes).map_err(told)?;
        Ok(merged)
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
