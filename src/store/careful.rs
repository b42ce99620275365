//! Files of the reader's own work: written under a lock, read back, kept in earlier versions, set aside when
//! damaged.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::generations::Generations;
use super::lock::Lock;
use super::replace::{FileError, folder_of, make_folder, read_if_there, replace};
use super::temporary::sweep;
use super::{Home, short_hash};

/// Writes such files.
#[derive(Debug)]
pub(super) struct CarefulFiles {
    home: Home,
    swept: Mutex<BTreeSet<PathBuf>>,
}

/// Why a file of the reader's work could not be saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// A file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A newer version of the program wrote the file.
    #[error(
        "a newer version of Duidu wrote the file (format {format}), which this one does not overwrite: {}",
        path.display()
    )]
    Newer {
        /// Its format.
        format: u32,
        /// The file.
        path: PathBuf,
    },
    /// What was written is not what came back.
    #[error("the file was written, but reading it again gave something else: {}", path.display())]
    NotReadBack {
        /// The file.
        path: PathBuf,
    },
}

impl CarefulFiles {
    /// Locks, earlier versions and what is set aside are kept within `home`.
    pub(super) fn within(home: Home) -> Self {
        Self { home, swept: Mutex::default() }
    }

    /// To be called before a file is read to be written again; what is answered is to be held meanwhile.
    pub(super) fn begin(&self, path: &Path) -> Result<Option<Lock>, FileError> {
        let lock = self.lock(path)?;
        self.sweep_once(path);
        Ok(lock)
    }

    /// Where the program has no folder for locks, notes beside their document are saved all the same: the
    /// file is read again before it is written.
    fn lock(&self, path: &Path) -> Result<Option<Lock>, FileError> {
        match Lock::on(path, &self.home) {
            Err(error) if error.is_refusal() => Ok(None),
            result => result.map(Some),
        }
    }

    /// Writes a file and reads it back. Answers a remark where no copy of it could be kept.
    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> Result<Option<String>, SaveError> {
        replace(path, bytes)?;
        if read_if_there(path)?.as_deref() != Some(bytes) {
            return Err(SaveError::NotReadBack { path: path.to_owned() });
        }
        // The file is safe; that an earlier version is not kept is worth a remark and no more.
        let kept = Generations::of(path, &self.home).add(bytes, &self.home.version_policy());
        Ok(kept.err().map(|error| format!("no copy of the file could be kept: {error}")))
    }

    /// Copies what a damaged file holds to a dated name beside it, or in the data folder.
    pub(super) fn set_aside(&self, path: &Path, bytes: &[u8]) -> Result<PathBuf, FileError> {
        let moment = fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
        let moment =
            moment.and_then(|moment| Timestamp::try_from(moment).ok()).unwrap_or_else(Timestamp::now);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = name.strip_suffix(".ron").unwrap_or(&name).to_owned();
        let dated = format!("{name}.damaged-{}.ron", moment.strftime("%Y%m%d-%H%M%S"));
        let beside = keep_as(folder_of(path), &dated, bytes);
        match beside {
            Err(error) if error.is_refusal() => {
                let folder = self.home.data().join("set-aside");
                make_folder(&folder)?;
                keep_as(&folder, &format!("{}-{dated}", short_hash(name.as_bytes())), bytes)
            }
            result => result,
        }
    }

    /// What a program that died left behind is removed before the first save.
    fn sweep_once(&self, path: &Path) {
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        if swept.insert(path.to_owned()) {
            sweep(path);
        }
    }
}

/// Writes `bytes` as `name`, or as a name like it where something else has that name.
fn keep_as(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, FileError> {
    let stem = name.strip_suffix(".ron").unwrap_or(name);
    let numbered = (2_u32..).map(|number| format!("{stem}-{number}.ron"));
    for name in std::iter::once(name.to_owned()).chain(numbered) {
        let path = folder.join(name);
        match read_if_there(&path)? {
            Some(there) if there == bytes => return Ok(path),
            Some(_) => {}
            None => return replace(&path, bytes).map(|()| path),
        }
    }
    Ok(folder.join(name))
}
