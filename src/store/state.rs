//! What is restored at the next start.

use std::path::{Path, PathBuf};

use ron::ser::PrettyConfig;

use super::Home;
use super::lock::Lock;
use super::replace::{FileError, folder_of, make_folder, read_if_there, replace};
use super::temporary::sweep;
use crate::session::Restored;

/// Reads and writes what is restored at the next start, as RON in the folder for settings.
#[derive(Debug)]
pub struct StateStore {
    home: Home,
}

impl StateStore {
    /// The state within `home`.
    pub fn new(home: Home) -> Self {
        Self { home }
    }

    /// The file.
    pub fn path(&self) -> PathBuf {
        self.home.config().join("state.ron")
    }

    /// The state of the last session, and what is to be told about reading it.
    ///
    /// A file that cannot be understood is set aside under a dated name before another takes its place,
    /// and the one before it counts.
    pub fn load(&self) -> (Restored, Vec<String>) {
        let path = self.path();
        let mut remarks = Vec::new();
        for path in [path.clone(), earlier(&path)] {
            match read(&path) {
                Ok(Some(restored)) => return (restored, remarks),
                Ok(None) => {}
                Err(reason) => {
                    remarks.push(format!("cannot read the settings: {reason}: {}", path.display()));
                }
            }
        }
        (Restored::default(), remarks)
    }

    /// Keeps the state. What was there before is kept as the earlier one, or set aside if it cannot be
    /// understood.
    pub fn save(&self, restored: &Restored) -> Result<(), FileError> {
        let path = self.path();
        make_folder(folder_of(&path))?;
        let _lock = Lock::on(&path, &self.home)?;
        sweep(&path);
        let text = print(restored);
        match read_if_there(&path)? {
            Some(there) if there == text.as_bytes() => return Ok(()),
            Some(there) if understand(&there).is_ok() => replace(&earlier(&path), &there)?,
            Some(there) => replace(&damaged(&path), &there)?,
            None => {}
        }
        replace(&path, text.as_bytes())
    }
}

fn earlier(path: &Path) -> PathBuf {
    path.with_extension("earlier.ron")
}

fn damaged(path: &Path) -> PathBuf {
    path.with_extension(format!("damaged-{}.ron", jiff::Timestamp::now().strftime("%Y%m%d-%H%M%S")))
}

fn read(path: &Path) -> Result<Option<Restored>, String> {
    match read_if_there(path) {
        Ok(None) => Ok(None),
        Ok(Some(bytes)) => understand(&bytes).map(Some),
        Err(error) => Err(error.source.to_string()),
    }
}

fn understand(bytes: &[u8]) -> Result<Restored, String> {
    ron::de::from_bytes(bytes).map_err(|error| error.to_string())
}

fn print(restored: &Restored) -> String {
    let head = "// The settings of Duidu, and what it opens at the next start.\n";
    // Everything in it can be written as RON; were it not so, the empty state is what would be read.
    let body =
        ron::ser::to_string_pretty(restored, PrettyConfig::default()).unwrap_or_else(|_| "()".to_owned());
    format!("{head}{body}\n")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::session::{Place, RestoredTab, Theme, path_from_words};
    use crate::text::{Form, Script};

    fn sample(text_size: f32) -> Restored {
        let place = Place::File(PathBuf::from("/讀/書.txt"));
        let mut restored = Restored::default();
        restored.settings.theme = Theme::Paper;
        restored.settings.text_size = text_size;
        restored.tabs.push(RestoredTab {
            place: place.clone(),
            script: Script::words(Form::Taiwan),
            position: 7,
        });
        restored.recent.push(place);
        restored
    }

    #[test]
    fn what_was_kept_is_restored() {
        let folder = tempfile::tempdir().unwrap();
        let store = StateStore::new(Home::within(folder.path()));
        assert_eq!(store.load(), (Restored::default(), Vec::new()));
        for size in [12.5, 20.0] {
            store.save(&sample(size)).unwrap();
            assert_eq!(store.load(), (sample(size), Vec::new()));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_characters_costs_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = StateStore::new(Home::within(folder.path()));
        let mut restored = sample(12.5);
        restored.recent.push(Place::File(path_from_words("bytes:/讀/%E6.txt")));
        store.save(&restored).unwrap();
        assert_eq!(store.load(), (restored, Vec::new()));
    }

    #[test]
    fn a_damaged_state_is_kept_and_the_one_before_counts() {
        let folder = tempfile::tempdir().unwrap();
        let store = StateStore::new(Home::within(folder.path()));
        store.save(&sample(12.5)).unwrap();
        store.save(&sample(20.0)).unwrap();
        fs::write(store.path(), "(settings: (theme: Lig").unwrap();
        let (restored, remarks) = store.load();
        assert_eq!((restored, remarks.len()), (sample(12.5), 1));
        store.save(&sample(30.0)).unwrap();
        let names = fs::read_dir(folder_of(&store.path())).unwrap().flatten();
        let damaged = names.filter(|entry| entry.file_name().to_string_lossy().contains("damaged")).count();
        assert_eq!((damaged, store.load().0), (1, sample(30.0)));
    }

    #[test]
    fn a_state_of_an_earlier_version_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let store = StateStore::new(Home::within(folder.path()));
        make_folder(folder_of(&store.path())).unwrap();
        fs::write(store.path(), "(settings: (text_size: 22.0), no_longer: 3)").unwrap();
        let (restored, remarks) = store.load();
        assert_eq!((restored.settings.text_size, remarks.len()), (22.0, 0));
    }
}
