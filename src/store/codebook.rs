//! The file of the codebook: one for all documents, among the program's data.
//!
//! It is written as the notes are: under a lock, on what another program wrote meanwhile, read back, with
//! earlier versions kept. Nothing that could not be read is ever overwritten.

use std::path::{Path, PathBuf};

use super::Home;
use super::careful::{CarefulFiles, SaveError};
use super::codebook_shape::{FiledCodebook, ParsedCodebook, parse, print};
use super::generations::Generations;
use super::replace::{FileError, folder_of, make_folder, read_if_there};
use super::shape::Checksum;
use crate::notes::Codebook;
use crate::session::CodebookRead;

/// Reads and writes the codebook.
#[derive(Debug)]
pub struct CodebookStore {
    home: Home,
    files: CarefulFiles,
}

impl CodebookStore {
    /// The codebook within `home`.
    pub fn new(home: Home) -> Self {
        Self { files: CarefulFiles::within(home.clone()), home }
    }

    /// The file.
    pub fn path(&self) -> PathBuf {
        self.home.data().join("codebook.ron")
    }

    /// Reads the codebook. Never fails: what could not be read is said in the remarks.
    pub fn read(&self) -> CodebookRead {
        let path = self.path();
        let mut read = CodebookRead::default();
        let parsed = match read_if_there(&path) {
            Ok(bytes) => bytes.map(|bytes| (parse(&bytes), bytes)),
            Err(error) => {
                read.read_only = Some(error.to_string());
                return read;
            }
        };
        let filed = match parsed {
            None => self.recover(&path, "the file of the codebook is gone", &mut read),
            Some((ParsedCodebook::Good(filed, checksum), _)) => {
                read.remarks.extend(self.changed_by_hand(&path, checksum));
                *filed
            }
            Some((ParsedCodebook::Newer(format, filed), _)) => {
                read.read_only = Some(SaveError::Newer { format, path }.to_string());
                *filed
            }
            Some((ParsedCodebook::Damaged(reason), bytes)) => {
                self.set_aside(&path, &bytes, &mut read);
                self.recover(&path, &format!("the file of the codebook is damaged ({reason})"), &mut read)
            }
        };
        let unreadable = filed.unreadable.len();
        if unreadable > 0 {
            read.remarks.push(format!(
                "{unreadable} codes in the codebook could not be understood; they are kept there word for word"
            ));
        }
        read.codebook = filed.codebook;
        read
    }

    /// Makes the change from `before` to `now` on what the file says, and answers what it says then, with a
    /// remark where no copy of it could be kept.
    ///
    /// After an error the old file is whole.
    pub fn save(&self, before: &Codebook, now: &Codebook) -> Result<(Codebook, Option<String>), SaveError> {
        let path = self.path();
        make_folder(folder_of(&path))?;
        let _lock = self.files.begin(&path)?;
        let there = read_if_there(&path)?;
        let theirs = match there.as_deref().map(parse) {
            Some(ParsedCodebook::Good(filed, _)) => *filed,
            Some(ParsedCodebook::Newer(format, _)) => return Err(SaveError::Newer { format, path }),
            Some(ParsedCodebook::Damaged(_)) => {
                self.files.set_aside(&path, there.as_deref().unwrap_or_default())?;
                self.without_file(&path, before)
            }
            None => self.without_file(&path, before),
        };
        let codebook = before.merged(now, &theirs.codebook);
        let filed = FiledCodebook { codebook, ..theirs };
        let bytes = print(&filed).into_bytes();
        let unchanged = there.as_ref() == Some(&bytes);
        let remark = if unchanged { None } else { self.files.write(&path, &bytes)? };
        Ok((filed.codebook, remark))
    }

    /// A file that is gone or damaged takes nothing away.
    fn without_file(&self, path: &Path, before: &Codebook) -> FiledCodebook {
        let kept = self.newest(path).map(|(_, filed)| filed).unwrap_or_default();
        FiledCodebook { codebook: before.clone(), ..kept }
    }

    fn recover(&self, path: &Path, reason: &str, read: &mut CodebookRead) -> FiledCodebook {
        let Some((from, filed)) = self.newest(path) else { return FiledCodebook::default() };
        read.remarks.push(format!("{reason}; it was taken from the copy at {}", from.display()));
        filed
    }

    fn set_aside(&self, path: &Path, bytes: &[u8], read: &mut CodebookRead) {
        match self.files.set_aside(path, bytes) {
            Ok(aside) => read.remarks.push(format!(
                "the file of the codebook is damaged; what it holds was copied to {}",
                aside.display()
            )),
            // Without a copy it is not to be overwritten.
            Err(error) => read.read_only = Some(error.to_string()),
        }
    }

    fn newest(&self, path: &Path) -> Option<(PathBuf, FiledCodebook)> {
        Generations::of(path, &self.home).newest_that(|bytes| match parse(bytes) {
            ParsedCodebook::Good(filed, Checksum::Matches) => Some(*filed),
            _ => None,
        })
    }

    /// A change by hand is welcome; the version before it is kept.
    fn changed_by_hand(&self, path: &Path, checksum: Checksum) -> Option<String> {
        if checksum != Checksum::Differs {
            return None;
        }
        let kept = Generations::of(path, &self.home).keep_newest();
        let before = kept.map_or_else(String::new, |kept| format!("; as it was before: {}", kept.display()));
        Some(format!("the codebook was changed by hand or by another program{before}"))
    }
}

/// A codebook as a file of its own, to be shared.
pub(super) fn shared(codebook: &Codebook) -> Vec<u8> {
    print(&FiledCodebook { codebook: codebook.clone(), ..FiledCodebook::default() }).into_bytes()
}

/// A codebook that somebody has shared. Errors: in words for the reader.
pub(super) fn read_shared(path: &Path) -> Result<Codebook, String> {
    let bytes = read_if_there(path).map_err(|error: FileError| error.to_string())?;
    let bytes = bytes.ok_or_else(|| format!("there is no such file: {}", path.display()))?;
    match parse(&bytes) {
        ParsedCodebook::Good(filed, _) | ParsedCodebook::Newer(_, filed) => Ok(filed.codebook),
        ParsedCodebook::Damaged(reason) => Err(format!("it is not a codebook: {reason}")),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::notes::sample::codebook;

    struct Trial {
        _folder: tempfile::TempDir,
        store: CodebookStore,
    }

    impl Trial {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let store = CodebookStore::new(Home::within(folder.path()));
            Self { store, _folder: folder }
        }

        fn save(&self, before: &[&str], now: &[&str]) -> Codebook {
            self.store.save(&codebook(before), &codebook(now)).unwrap().0
        }
    }

    #[test]
    fn a_codebook_is_kept() {
        let trial = Trial::new();
        assert_eq!(trial.store.read(), CodebookRead::default());
        trial.save(&[], &["水 w 流動的"]);
        let read = CodebookRead { codebook: codebook(&["水 w 流動的"]), ..CodebookRead::default() };
        assert_eq!(trial.store.read(), read);
    }

    #[test]
    fn what_another_program_changed_is_kept() {
        let trial = Trial::new();
        trial.save(&[], &["水", "土"]);
        trial.save(&["水", "土"], &["水", "土", "火 - 熱"]);
        let merged = trial.save(&["水", "土"], &["土 t"]);
        assert_eq!(merged, codebook(&["土 t", "火 - 熱"]));
        assert_eq!(trial.store.read().codebook, merged);
    }

    #[test]
    fn a_damaged_codebook_is_set_aside_and_the_one_before_counts() {
        let trial = Trial::new();
        trial.save(&[], &["水 - 流動的"]);
        fs::write(trial.store.path(), "(format: 1, codes: [(tag: ").unwrap();
        let read = trial.store.read();
        assert_eq!((read.codebook, read.remarks.len()), (codebook(&["水 - 流動的"]), 2));
        trial.save(&["水 - 流動的"], &["水 - 流動的", "土"]);
        assert_eq!(trial.store.read().codebook, codebook(&["水 - 流動的", "土"]));
        let names = fs::read_dir(folder_of(&trial.store.path())).unwrap().flatten();
        assert!(names.map(|entry| entry.file_name()).any(|name| name.to_string_lossy().contains("damaged")));
    }

    #[test]
    fn a_codebook_that_is_gone_comes_back() {
        let trial = Trial::new();
        trial.save(&[], &["水"]);
        fs::remove_file(trial.store.path()).unwrap();
        assert_eq!(trial.store.read().codebook, codebook(&["水"]));
        assert_eq!(trial.save(&["水"], &["水", "土"]), codebook(&["水", "土"]));
    }

    #[test]
    fn a_codebook_of_a_newer_version_is_read_and_never_written() {
        let trial = Trial::new();
        make_folder(folder_of(&trial.store.path())).unwrap();
        let newer = "(format: 9, codes: [(tag: \"水\")], how: \"otherwise\")";
        fs::write(trial.store.path(), newer).unwrap();
        let read = trial.store.read();
        assert_eq!((read.codebook, read.read_only.is_some()), (codebook(&["水"]), true));
        assert!(trial.store.save(&codebook(&["水"]), &codebook(&[])).is_err());
        assert_eq!(fs::read_to_string(trial.store.path()).unwrap(), newer);
    }

    #[test]
    fn a_change_by_hand_is_welcome_and_fields_of_other_names_stay() {
        let trial = Trial::new();
        trial.save(&[], &["水 - 流動的"]);
        let text = fs::read_to_string(trial.store.path()).unwrap();
        let text = text.replace("流動的", "會流的").replace("codes:", "owner: \"林\", codes:");
        fs::write(trial.store.path(), text).unwrap();
        let read = trial.store.read();
        assert_eq!((read.codebook, read.remarks.len()), (codebook(&["水 - 會流的"]), 1));
        trial.save(&["水 - 會流的"], &["水 w 會流的"]);
        let text = fs::read_to_string(trial.store.path()).unwrap();
        assert!(text.contains("owner: \"林\"") && text.contains("key: 'w'"), "{text}");
    }
}
