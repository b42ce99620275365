//! Files that a living program holds, so that anyone can tell what one that died has left behind.
//!
//! On Unix such a file is locked. On Windows a lock keeps everybody from reading what is locked, also the program that
//! holds it where it opens the file once more. There the file is opened so that nobody else may open it to write, and
//! anybody to read it. Either way the system takes it back from a program that dies.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// What becomes of asking for a file.
#[derive(Debug)]
pub(super) enum Claim {
    /// This program holds it as long as the file is open.
    Ours(File),
    /// Another program holds it, or this one by another file.
    Held,
    /// The file system does not say, or the file cannot be opened.
    Unknown,
}

impl Claim {
    /// The file that this program holds now.
    pub(super) fn ours(self) -> Option<File> {
        match self {
            Self::Ours(file) => Some(file),
            Self::Held | Self::Unknown => None,
        }
    }
}

/// A new file, which this program holds where the file system knows how; for its owner alone, or for those whom the
/// system lets read new files. `None` where another program has looked at it before it was held, and removed it as
/// left behind: to be tried again under another name.
pub(super) fn create(path: &Path, private: bool) -> io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    // The folder says who may read it.
    let _: bool = private;
    system::create(&options, path)
}

#[cfg(not(windows))]
mod system {
    use std::fs::TryLockError;

    use super::{Claim, File, OpenOptions, Path, io};

    pub(super) fn create(options: &OpenOptions, path: &Path) -> io::Result<Option<File>> {
        let file = options.open(path)?;
        // A file system that knows no locks is no reason not to write.
        let held = !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) && path.try_exists()?;
        Ok(held.then_some(file))
    }

    /// Asks for a file that is there.
    pub(in crate::store) fn claim(path: &Path) -> Claim {
        let Ok(file) = File::open(path) else { return Claim::Unknown };
        match file.try_lock() {
            Ok(()) => Claim::Ours(file),
            Err(TryLockError::WouldBlock) => Claim::Held,
            Err(TryLockError::Error(_)) => Claim::Unknown,
        }
    }
}

#[cfg(windows)]
mod system {
    use std::os::windows::fs::OpenOptionsExt;

    use super::{Claim, File, OpenOptions, Path, io};

    /// What others may do with the file meanwhile: read it, rename and remove it (`FILE_SHARE_READ` and
    /// `FILE_SHARE_DELETE`).
    const SHARED: u32 = 1 | 4;

    /// Somebody has opened the file in a way that does not go with this one.
    const ERROR_SHARING_VIOLATION: i32 = 32;

    pub(super) fn create(options: &OpenOptions, path: &Path) -> io::Result<Option<File>> {
        options.clone().share_mode(SHARED).open(path).map(Some)
    }

    /// Asks for a file that is there.
    pub(in crate::store) fn claim(path: &Path) -> Claim {
        match OpenOptions::new().read(true).write(true).share_mode(SHARED).open(path) {
            Ok(file) => Claim::Ours(file),
            Err(error) if error.raw_os_error() == Some(ERROR_SHARING_VIOLATION) => Claim::Held,
            Err(_) => Claim::Unknown,
        }
    }
}

pub(super) use system::claim;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_is_held_as_long_as_it_is_open_and_read_by_anybody() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let mut file = create(&path, true).unwrap().unwrap();
        file.write_all("守".as_bytes()).unwrap();
        assert!(matches!(claim(&path), Claim::Held));
        assert_eq!(fs::read_to_string(&path).unwrap(), "守");
        drop(file);
        // What was left behind is read under the claim, by a file of its own, and goes under it.
        let claimed = claim(&path);
        assert!(matches!(claimed, Claim::Ours(_)), "{claimed:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "守");
        assert!(matches!(claim(&path), Claim::Held));
        fs::rename(&path, folder.path().join("b")).unwrap();
        fs::remove_file(folder.path().join("b")).unwrap();
        drop(claimed);
        assert!(matches!(claim(&path), Claim::Unknown), "it is gone");
    }
}
