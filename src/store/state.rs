//! What is restored at the next start.

use std::path::{Path, PathBuf};
use std::str;
use std::sync::{Mutex, PoisonError};

use ron::ser::PrettyConfig;

use super::Home;
use super::lock::Lock;
use super::raw::Fields;
use super::replace::{FileError, folder_of, make_folder, read_if_there, replace};
use super::state_merge::Sayings;
use super::temporary::sweep;
use crate::session::Restored;

/// The format of the file that is written.
const FORMAT: u32 = 1;

/// Reads and writes what is restored at the next start, as RON in the folder for settings.
///
/// Several windows write the same file: each changes what it has changed, and adds to what others add to.
#[derive(Debug)]
pub struct StateStore {
    home: Home,
    /// What this window said or read last.
    said: Mutex<Restored>,
}

impl StateStore {
    /// The state within `home`.
    pub fn new(home: Home) -> Self {
        Self { home, said: Mutex::default() }
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
                Ok(Some((restored, newer))) => {
                    if newer {
                        remarks.push(format!(
                            "a newer version of Duidu wrote the settings, which this one does not change: {}",
                            path.display()
                        ));
                    }
                    self.say(restored.clone());
                    return (restored, remarks);
                }
                Ok(None) => {}
                Err(reason) => {
                    remarks.push(format!("cannot read the settings: {reason}: {}", path.display()));
                }
            }
        }
        (Restored::default(), remarks)
    }

    /// Keeps the state. What other windows changed meanwhile stays, and so does what is not understood. What was there
    /// before is kept as the earlier one, or set aside if it cannot be understood; the file of a newer version is left as
    /// it is.
    pub fn save(&self, restored: &Restored) -> Result<(), FileError> {
        let path = self.path();
        make_folder(folder_of(&path))?;
        let _lock = Lock::on(&path, &self.home)?;
        sweep(&path);
        let there = read_if_there(&path)?;
        if there.as_deref().is_some_and(is_newer) {
            return Ok(());
        }
        let theirs = there.as_deref().map(understand);
        let text = match (&there, &theirs) {
            (Some(there), Some(Ok(theirs))) => self.joined(restored, theirs, there),
            _ => body(restored),
        };
        let text = format!("{HEAD}{text}\n");
        if there.as_deref() != Some(text.as_bytes()) {
            match (&there, theirs) {
                (Some(there), Some(Ok(_))) => replace(&earlier(&path), there)?,
                (Some(there), _) => replace(&damaged(&path), there)?,
                (None, _) => {}
            }
            replace(&path, text.as_bytes())?;
        }
        self.say(restored.clone());
        Ok(())
    }

    fn joined(&self, ours: &Restored, theirs: &Restored, file: &[u8]) -> String {
        let base = body(&self.said.lock().unwrap_or_else(PoisonError::into_inner));
        let (ours, theirs) = (body(ours), body(theirs));
        let (base, theirs, file) = (Some(base.as_str()), Some(theirs.as_str()), str::from_utf8(file).ok());
        Sayings { base, ours: &ours, theirs, file }.joined()
    }

    fn say(&self, restored: Restored) {
        *self.said.lock().unwrap_or_else(PoisonError::into_inner) = restored;
    }
}

fn earlier(path: &Path) -> PathBuf {
    path.with_extension("earlier.ron")
}

fn damaged(path: &Path) -> PathBuf {
    path.with_extension(format!("damaged-{}.ron", jiff::Timestamp::now().strftime("%Y%m%d-%H%M%S")))
}

/// What a file says, and whether a newer version wrote it.
fn read(path: &Path) -> Result<Option<(Restored, bool)>, String> {
    match read_if_there(path) {
        Ok(None) => Ok(None),
        Ok(Some(bytes)) => understand(&bytes).map(|restored| Some((restored, is_newer(&bytes)))),
        Err(error) => Err(error.source.to_string()),
    }
}

fn understand(bytes: &[u8]) -> Result<Restored, String> {
    ron::de::from_bytes(bytes).map_err(|error| error.to_string())
}

fn is_newer(bytes: &[u8]) -> bool {
    let fields = str::from_utf8(bytes).ok().and_then(|text| Fields::parse(text).ok());
    let format = fields.and_then(|fields| fields.get("format")?.read::<u32>());
    format.is_some_and(|format| format > FORMAT)
}

const HEAD: &str = "// The settings of Duidu, and what it opens at the next start.\n";

fn body(restored: &Restored) -> String {
    // Everything in it can be written as RON; were it not so, the empty state is what would be read.
    let body =
        ron::ser::to_string_pretty(restored, PrettyConfig::default()).unwrap_or_else(|_| "()".to_owned());
    body.replacen("(\n", &format!("(\n    format: {FORMAT},\n"), 1)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::session::{Place, RestoredTab, Theme, path_from_words};
    use crate::text::{Correction, Corrections, Form, Script, Shows};

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

    #[test]
    fn a_path_that_is_no_characters_costs_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = StateStore::new(Home::within(folder.path()));
        let mut restored = sample(12.5);
        restored.recent.push(Place::File(path_from_words("bytes:/讀/%ED%A0%80.txt")));
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

    fn correction(source: &str) -> Correction {
        Correction { source: source.to_owned(), shown: Shows::Never, scripts: Vec::new() }
    }

    #[test]
    fn what_two_windows_add_and_what_neither_knows_stays() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(folder.path());
        let [first, second] = [(); 2].map(|()| StateStore::new(home.clone()));
        first.save(&sample(12.5)).unwrap();
        let with_unknown =
            fs::read_to_string(first.path()).unwrap().replacen("settings: (", "settings: (later: [3],", 1);
        fs::write(first.path(), with_unknown).unwrap();
        let mut of_second = second.load().0;
        of_second.corrections = Corrections::new(vec![correction("裏昂")]);
        of_second.settings.theme = Theme::Dark;
        second.save(&of_second).unwrap();
        let mut of_first = sample(20.0);
        of_first.corrections = Corrections::new(vec![correction("遊擊")]);
        first.save(&of_first).unwrap();
        first.save(&of_first).unwrap();
        let (restored, remarks) = StateStore::new(home.clone()).load();
        assert_eq!((restored.settings.text_size, restored.settings.theme), (20.0, Theme::Dark));
        let corrected: Vec<&str> =
            restored.corrections.list().iter().map(|one| one.source.as_str()).collect();
        assert_eq!((corrected, remarks.len()), (vec!["遊擊", "裏昂"], 0));
        assert!(fs::read_to_string(first.path()).unwrap().contains("later: [3],"));
        // What one of them takes away is gone, though the other still has it.
        of_first.corrections = Corrections::default();
        first.save(&of_first).unwrap();
        second.save(&of_second).unwrap();
        assert_eq!(second.load().0.corrections, Corrections::new(vec![correction("裏昂")]));
    }

    #[test]
    fn the_settings_of_a_newer_version_are_read_and_not_changed() {
        let folder = tempfile::tempdir().unwrap();
        let store = StateStore::new(Home::within(folder.path()));
        make_folder(folder_of(&store.path())).unwrap();
        let newer = format!("(format: {}, settings: (text_size: 22.0))", FORMAT + 1);
        fs::write(store.path(), &newer).unwrap();
        let (restored, remarks) = store.load();
        assert_eq!((restored.settings.text_size, remarks.len()), (22.0, 1));
        store.save(&sample(12.5)).unwrap();
        assert_eq!(fs::read_to_string(store.path()).unwrap(), newer);
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
