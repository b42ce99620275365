//! Files that are being written, until they get the name of what they replace.
//!
//! Each is held by whoever writes it for as long as it is written, and the system takes it back from a program that
//! dies. So anyone can tell what was left behind, and remove that and nothing else.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::claim::{Claim, claim, create};
use super::replace::{FileError, folder_of, follow_links};

/// A file that this program is writing.
#[derive(Debug)]
pub(super) struct Temporary {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Held, where the file system knows how.
    pub(super) file: File,
}

impl Temporary {
    /// A new file beside `target`: with the usual permissions where it will be a new file, for its owner alone
    /// until it gets those of the file that it replaces.
    pub(super) fn beside(target: &Path) -> Result<Self, FileError> {
        loop {
            let path = folder_of(target).join(name_for(target));
            let made = create(&path, target.exists());
            let made = made.map_err(FileError::while_doing("make a temporary file", target))?;
            if let Some(file) = made {
                return Ok(Self { path, file });
            }
        }
    }

    /// Gives it up.
    pub(super) fn remove(self) {
        // What cannot be removed is swept at the next start.
        drop(fs::remove_file(&self.path));
    }
}

/// Removes the temporary files that a program which died has left beside `path`. To be called by whoever
/// holds the lock on it: no other program is then writing there.
pub(super) fn sweep(path: &Path) {
    let Ok(target) = follow_links(path) else { return };
    remove_left(folder_of(&target), &prefix_for(&target), |_| true);
}

/// Removes the temporary files that a program which died has left in `folder`, whatever they were to replace.
pub(super) fn sweep_folder(folder: &Path) {
    remove_left(folder, BEGINNING, is_old);
}

/// The same in `folder` and those within it.
pub(super) fn sweep_all(folder: &Path) {
    sweep_folder(folder);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
        sweep_all(&entry.path());
    }
}

/// Removes those that nobody writes. Where that cannot be known, `unless_known` decides.
fn remove_left(folder: &Path, prefix: &str, unless_known: impl Fn(&Path) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().to_str().is_some_and(|name| is_temporary(name, prefix)) {
            continue;
        }
        let path = entry.path();
        let claim = claim(&path);
        let left = match &claim {
            Claim::Ours(_) => true,
            Claim::Held => false,
            Claim::Unknown => unless_known(&path),
        };
        if left {
            // Left for the next time where it cannot be removed. It is held until it is gone.
            drop(fs::remove_file(&path));
        }
    }
}

/// No program writes a file for an hour.
fn is_old(path: &Path) -> bool {
    let written = fs::metadata(path).and_then(|metadata| metadata.modified());
    let age = written.ok().and_then(|written| written.elapsed().ok());
    age.is_some_and(|age| age > Duration::from_hours(1))
}

const BEGINNING: &str = ".duidu-";
const ENDING: &str = ".tmp";

/// Short whatever the target's name, and the same beginning for the same target.
fn prefix_for(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default();
    let hash = blake3::hash(name.as_encoded_bytes()).to_hex();
    format!("{BEGINNING}{}-", hash.get(..12).unwrap_or_default())
}

fn name_for(target: &Path) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{}{}-{count}{ENDING}", prefix_for(target), std::process::id())
}

fn is_temporary(name: &str, prefix: &str) -> bool {
    name.starts_with(prefix) && name.ends_with(ENDING)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of the files that another program was writing are there after a sweep: of these targets, each first
    /// by a program that lives and then by one that died.
    fn left(targets: [&Path; 2], sweep: impl FnOnce(&Path)) -> [[bool; 2]; 2] {
        let of = targets.map(|target| {
            let [living, dead] = [(); 2].map(|()| Temporary::beside(target).unwrap());
            drop(dead.file);
            (living, dead.path)
        });
        sweep(targets[0]);
        of.map(|(living, dead)| [living.path.exists(), dead.exists()])
    }

    #[test]
    fn what_a_dead_program_left_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let targets = ["a.ron", "b.ron"].map(|name| folder.path().join(name));
        let targets = targets.each_ref().map(PathBuf::as_path);
        fs::write(folder.path().join("notes.tmp"), "of the reader").unwrap();
        assert_eq!(left(targets, sweep), [[true, false], [true, true]]);
        assert_eq!(left(targets, |path| sweep_folder(folder_of(path))), [[true, false], [true, false]]);
        assert!(folder.path().join("notes.tmp").exists());
    }

    #[test]
    fn every_folder_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("data").join("generations");
        fs::create_dir_all(&inner).unwrap();
        let targets = [folder.path().join("a"), inner.join("b")];
        let targets = targets.each_ref().map(PathBuf::as_path);
        assert_eq!(left(targets, |_| sweep_all(folder.path())), [[true, false]; 2]);
    }

    #[test]
    fn whoever_writes_while_others_sweep_is_not_disturbed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        std::thread::scope(|scope| {
            let sweeping = scope.spawn(|| (0..2_000).for_each(|_| sweep(&path)));
            while !sweeping.is_finished() {
                super::super::replace(&path, b"a").unwrap();
            }
        });
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
