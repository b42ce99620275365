//! The dictionaries of OpenCC, which it reads from files.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Home;
use super::lock::Lock;
use super::replace::{FileError, make_folder, rename};
use crate::text::{ConvertError, write_dictionaries};

/// The dictionaries of OpenCC, as files: written once for each version of the program.
///
/// They are written into a folder beside, which gets its name when all of it is there. So the folder is
/// whole or absent, also when the program dies meanwhile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dictionaries {
    folder: PathBuf,
}

/// Why the dictionaries could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DictionariesError {
    /// A file of ours.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file of OpenCC's.
    #[error("cannot write the dictionaries: {0}")]
    Convert(#[from] ConvertError),
}

/// Writing takes less than a second; another program may be at it.
const PATIENCE: Duration = Duration::from_mins(1);

impl Dictionaries {
    /// In the cache of this reader, or among the temporary files where that cannot be written.
    ///
    /// Says only where they are or will be; see [`Dictionaries::ensure`].
    pub fn within(home: &Home) -> Self {
        let wanted = Self::in_folder(home.cache());
        if wanted.are_there() || can_write(home.cache()) { wanted } else { Self::in_folder(&temporary()) }
    }

    fn in_folder(cache: &Path) -> Self {
        Self { folder: cache.join(concat!("opencc-", env!("CARGO_PKG_VERSION"))) }
    }

    /// The folder that they are read from.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn are_there(&self) -> bool {
        self.folder.is_dir()
    }

    /// Writes them where they are not there yet. Takes some 100 milliseconds then: to be called away from
    /// the window.
    pub fn ensure(&self) -> Result<(), DictionariesError> {
        if self.are_there() {
            return Ok(());
        }
        let cache = self.folder.parent().unwrap_or(&self.folder);
        make_folder(cache)?;
        let _lock = Lock::on_file(&self.folder.with_extension("lock"), PATIENCE)?;
        if self.are_there() { Ok(()) } else { self.write() }
    }

    /// Under the lock: what is half written was left by a program that died.
    fn write(&self) -> Result<(), DictionariesError> {
        let unfinished = self.folder.with_extension("unfinished");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)
                .map_err(FileError::while_doing("remove the folder", &unfinished))?;
        }
        make_folder(&unfinished)?;
        write_dictionaries(&unfinished)?;
        sync_files(&unfinished)?;
        let renamed = rename(&unfinished, &self.folder);
        Ok(renamed.map_err(FileError::while_doing("rename the folder", &unfinished))?)
    }
}

/// Else the name of the folder could outlive what is in it when the power fails.
fn sync_files(folder: &Path) -> Result<(), FileError> {
    let entries = fs::read_dir(folder).map_err(FileError::while_doing("read the folder", folder))?;
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
        let synced = fs::OpenOptions::new().append(true).open(&path).and_then(|file| file.sync_all());
        synced.map_err(FileError::while_doing("bring the file to the disk", &path))?;
    }
    Ok(())
}

fn can_write(folder: &Path) -> bool {
    let probe = folder.join(format!(".duidu-probe-{}", std::process::id()));
    let written = make_folder(folder).is_ok() && fs::write(&probe, "").is_ok();
    // What is left of it is empty and swept with the cache.
    drop(fs::remove_file(probe));
    written
}

/// A folder of this user's own: another user must not be able to put dictionaries there.
fn temporary() -> PathBuf {
    let user = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default();
    std::env::temp_dir().join(format!("duidu-{}", super::short_hash(user.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Converters, Form, Script, Written};

    #[test]
    fn they_are_written_once_and_can_be_opened() {
        let folder = tempfile::tempdir().unwrap();
        let dictionaries = Dictionaries::within(&Home::within(folder.path()));
        let unfinished = dictionaries.folder().with_extension("unfinished");
        fs::create_dir_all(&unfinished).unwrap();
        fs::write(unfinished.join("STCharacters.ocd2"), "half").unwrap();
        dictionaries.ensure().unwrap();
        assert!(!unfinished.exists());
        let converters = Converters::new(dictionaries.folder().to_owned());
        let script = Script::characters(Form::Traditional);
        converters.prepare(Written::Simplified, script).unwrap();
        let written = fs::metadata(dictionaries.folder()).unwrap().modified().unwrap();
        dictionaries.ensure().unwrap();
        assert_eq!(fs::metadata(dictionaries.folder()).unwrap().modified().unwrap(), written);
    }

    #[test]
    fn without_a_cache_they_go_to_the_temporary_files() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let dictionaries = Dictionaries::within(&Home::within(&file));
        assert!(dictionaries.folder().starts_with(std::env::temp_dir()));
    }
}
