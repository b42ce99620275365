//! Notes that cannot lie beside their document for a while, because nothing can be written there: a drive that is
//! away, a folder that is for reading only.
//!
//! They are kept among the program's data then, with what the file beside the document said when they were last made
//! on it. As soon as something can be written beside the document, what was changed since is made on the file there,
//! and what lay elsewhere goes among its earlier versions. So nothing that was deleted or taken off comes back.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::careful::SaveError;
use super::generations::Generations;
use super::merge::{merge_elsewhere, passed_over};
use super::replace::{FileError, folder_of, make_folder, read_if_there, replace};
use super::shape::{Parsed, Sidecar, parse, print};
use super::sidecar::{Elsewhere, Loaded, Made, NotesFiles, NotesStore, Saved, Touch, Unseen};
use crate::document::TextId;
use crate::session::{NotesFile, Place};

impl NotesStore {
    /// Where the notes of a document lie when they cannot lie beside it: in a file named after the document, its
    /// folder and its text. One that is there for the same place counts.
    pub(super) fn elsewhere(&self, place: &Place, text: Option<TextId>) -> Option<PathBuf> {
        let elsewhere = Elsewhere::of(&self.keeper_of(place))?;
        let files = NotesFiles::within(&self.home);
        let name = elsewhere.same_place(&files).or_else(|| Some(elsewhere.fresh(text?)))?;
        Some(files.folder().join(name))
    }

    /// The notes of a document of the same name and the same text elsewhere, for one that never had any: to be read,
    /// and never to be written.
    pub(super) fn of_same_text(&self, place: &Place, text: Option<TextId>) -> Option<PathBuf> {
        let elsewhere = Elsewhere::of(&self.keeper_of(place))?;
        let files = NotesFiles::within(&self.home);
        let own =
            self.path(place).exists() || elsewhere.same_place(&files).is_some() || self.has_copies(place);
        let name = elsewhere.same_text(text.filter(|_| !own)?, &files)?;
        Some(files.folder().join(name))
    }

    /// What lies at `path`, with what lies elsewhere.
    pub(super) fn with_elsewhere(&self, beside: &Loaded, elsewhere: &Path, touch: Touch) -> Loaded {
        let path = beside.file.path.clone();
        let second = self.load_file(elsewhere, TextId::of(""), touch);
        // That the file beside is gone is no news: its notes are here.
        let remarks = if path.exists() { beside.file.remarks.clone() } else { Vec::new() };
        let file = NotesFile {
            elsewhere: true,
            remarks: remarks.into_iter().chain(second.file.remarks.clone()).collect(),
            read_only: beside.file.read_only.clone().or_else(|| second.file.read_only.clone()),
            set_aside: beside.file.set_aside.clone().or_else(|| second.file.set_aside.clone()),
            absent: beside.file.absent.iter().chain(&second.file.absent).copied().collect(),
            ..second.file.clone()
        };
        if beside.file.read_only.is_some() || beside.whole() == Sidecar::default() {
            return Loaded { file, ..second };
        }
        let known = self.known(&path, elsewhere);
        let (ours, there) = (second.whole(), beside.whole());
        let merged =
            merge_elsewhere(known.as_ref().map(|known| &known.kept), &there, &ours, Timestamp::now());
        let (kept, unseen) = Unseen::of(merged);
        Loaded { kept, file, unseen, history: None }
    }

    /// Brings what lies elsewhere beside the document again. Nothing is changed where that is refused.
    pub(super) fn bring_back(&self, path: &Path, elsewhere: &Path) -> Result<NotesFile, SaveError> {
        let _locks = (self.files.begin(path)?, self.files.begin(elsewhere)?);
        let mut file = NotesFile { path: path.to_owned(), ..NotesFile::default() };
        let Some(bytes) = read_if_there(elsewhere)? else { return Ok(file) };
        let ours = self.theirs(elsewhere, &mut file)?;
        let there = self.theirs(path, &mut file)?;
        let known = self.known(path, elsewhere).map(|known| known.kept);
        let merged = if path.exists() {
            let merged = merge_elsewhere(known.as_ref(), &there, &ours, Timestamp::now());
            file.remarks.extend(passed_over(known.as_ref(), [&ours.kept, &there.kept], &merged.kept));
            merged
        } else {
            ours
        };
        file.remarks.extend(self.files.write(path, print(&merged).as_bytes())?);
        Generations::of(path, &self.home).keep("joined", &bytes)?;
        // What it was made on last: made on that once more after a crash between these, it says the same.
        let removed = fs::remove_file(elsewhere);
        removed.map_err(FileError::while_doing("remove the notes in the data folder", elsewhere))?;
        // Written anew before anything is kept elsewhere again.
        drop(fs::remove_file(known_file(elsewhere)));
        Ok(file)
    }

    /// Makes a change where it cannot be made at `path`.
    pub(super) fn make_elsewhere(
        &self,
        path: &Path,
        elsewhere: &Path,
        change: Made<'_>,
        unseen: &Unseen,
    ) -> Result<Saved, SaveError> {
        make_folder(folder_of(elsewhere))?;
        let (beside, known) = (readable(path), self.known(path, elsewhere));
        let begins = !elsewhere.exists();
        let known = if begins { beside.clone().or(known) } else { known };
        if begins {
            keep_known(elsewhere, known.as_ref())?;
        }
        let same_text = |known: &Sidecar| change.part || known.kept.text == change.ours.text;
        let mut saved = self.make_in(elsewhere, change, unseen, |there| match (&beside, &known) {
            _ if begins => {
                known.clone().filter(|known| beside.is_some() || same_text(known)).unwrap_or(there)
            }
            (Some(beside), known) => {
                let known = known.as_ref().map(|known| &known.kept);
                merge_elsewhere(known, beside, &there, change.at)
            }
            (None, _) => there,
        })?;
        if beside.is_some() && beside != known {
            keep_known(elsewhere, beside.as_ref())?;
        }
        saved.file.elsewhere = true;
        Ok(saved)
    }

    /// What the file at `path` said when what lies elsewhere was last made on it, as far as it is known.
    fn known(&self, path: &Path, elsewhere: &Path) -> Option<Sidecar> {
        let kept = Some(elsewhere).filter(|elsewhere| elsewhere.exists());
        let kept = kept.and_then(|elsewhere| readable(&known_file(elsewhere)));
        kept.or_else(|| Generations::of(path, &self.home).newest().map(|(_, newest)| newest))
    }
}

fn known_file(elsewhere: &Path) -> PathBuf {
    elsewhere.with_extension("known.ron")
}

fn keep_known(elsewhere: &Path, known: Option<&Sidecar>) -> Result<(), FileError> {
    let path = known_file(elsewhere);
    match known {
        Some(known) => replace(&path, print(known).as_bytes()),
        None if path.exists() => {
            fs::remove_file(&path).map_err(FileError::while_doing("remove the file", &path))
        }
        None => Ok(()),
    }
}

/// What a file says, if it can be read and understood.
pub(super) fn readable(path: &Path) -> Option<Sidecar> {
    match parse(&read_if_there(path).ok()??) {
        Parsed::Good { sidecar, .. } => Some(*sidecar),
        Parsed::Newer { .. } | Parsed::Damaged(_) => None,
    }
}

#[cfg(test)]
#[path = "elsewhere_tests.rs"]
mod tests;
