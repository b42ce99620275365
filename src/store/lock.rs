//! One writer at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use super::Home;
use super::replace::{FileError, make_folder};

/// While it lives no other program that asks writes the same file. The system takes it back from a
/// program that dies.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// How long to wait for another program, which holds a lock for as long as it takes to write a file.
const PATIENCE: Duration = Duration::from_secs(3);

impl Lock {
    /// Waits up to three seconds for the lock on `path`.
    ///
    /// The lock is a file of its own among the program's data, named after `path`: the file that is
    /// protected is replaced by another each time, and a lock would go with it.
    pub(super) fn on(path: &Path, home: &Home) -> Result<Self, FileError> {
        let folder = home.data().join("locks");
        make_folder(&folder)?;
        let name = format!("{}.lock", super::short_hash(path.as_os_str().as_encoded_bytes()));
        Self::on_file(&folder.join(name), PATIENCE)
    }

    /// Waits for the lock on a lock file in a folder that exists.
    pub(super) fn on_file(path: &Path, patience: Duration) -> Result<Self, FileError> {
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        let file = opened.map_err(FileError::while_doing("open the lock file", path))?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                Err(error) => return Err(FileError::while_doing("lock the file", path)(error.into())),
            }
        }
    }
}
