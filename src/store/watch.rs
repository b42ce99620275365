//! Noticing that a file changed on disk.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use blake3::{Hash, Hasher};

use crate::session::Place;

/// How often the open documents are looked at.
pub(super) const PAUSE: Duration = Duration::from_secs(2);

/// The open documents and their notes, and how their files were when last looked at.
#[derive(Debug, Default)]
pub(super) struct Watch {
    places: Mutex<BTreeMap<Place, Vec<OfPlace>>>,
}

/// What of a place has changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Changed {
    /// The document, and perhaps its notes.
    Document,
    /// Only its notes.
    Notes,
    /// The file of its notes is gone.
    Gone,
    /// The document itself is no longer where it was.
    Away,
    /// It is there again.
    Back,
}

/// What a file held: how many bytes, and their hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct FileContent {
    pub(super) length: u64,
    pub(super) content: Hash,
}

/// A file, and how it was when last looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Watched {
    path: PathBuf,
    stamp: Option<Stamp>,
    /// What it held at that stamp, once there was time to look: a file that was only touched or copied
    /// back has not changed.
    content: Option<Hash>,
    /// How often in a row there was no file.
    missing: u8,
}

/// So often it is looked for: a file that is gone is perhaps being replaced.
const GONE: u8 = 3;

/// A file of a place.
#[derive(Debug)]
struct OfPlace {
    file: Watched,
    what: Changed,
    /// The program itself is writing it: it is not looked at.
    writing: bool,
}

impl OfPlace {
    fn new(path: PathBuf, what: Changed) -> Self {
        Self { file: Watched::new(path), what, writing: false }
    }

    /// Takes what was seen of the file, unless it was looked at otherwise since it was as `before`. Says whether it did.
    fn take(&mut self, before: Option<&Watched>, after: Option<Watched>) -> bool {
        let after = after.filter(|_| before == Some(&self.file));
        after.map(|after| self.file = after).is_some()
    }

    /// What there is to tell of the file, which was as `before` and is as it is now.
    fn news(&self, before: &Watched, is_changed: bool) -> Option<Changed> {
        let gone = if self.what == Changed::Document { Changed::Away } else { Changed::Gone };
        let back = self.what == Changed::Document && before.is_gone() && !self.file.is_gone();
        if is_changed {
            Some(self.what)
        } else if self.file.is_gone() && !before.is_gone() {
            Some(gone)
        } else {
            back.then_some(Changed::Back)
        }
    }
}

/// Cheap to ask for, and another after nearly every change.
type Stamp = (SystemTime, u64);

/// `None` where there is no ordinary file.
fn stamp_of(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// The hash of what a file holds; `None` where it cannot be read.
pub(super) fn content_of(path: &Path) -> Option<Hash> {
    let mut hasher = Hasher::new();
    io::copy(&mut File::open(path).ok()?, &mut hasher).ok()?;
    Some(hasher.finalize())
}

impl Watched {
    /// The file, as it is now.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { stamp: stamp_of(&path), path, content: None, missing: 0 }
    }

    /// Whether it holds something else than when last looked at.
    pub(super) fn look(&mut self) -> bool {
        // What counts is what comes.
        let Some(now) = stamp_of(&self.path) else {
            self.missing = self.missing.saturating_add(1);
            return false;
        };
        self.missing = 0;
        if self.stamp == Some(now) && self.content.is_some() {
            return false;
        }
        let content = content_of(&self.path);
        let touched_only = self.stamp == Some(now) || content.is_some() && content == self.content;
        (self.stamp, self.content) = (Some(now), content);
        !touched_only
    }

    /// Whether a file that was there is gone for good, as far as can be told.
    fn is_gone(&self) -> bool {
        self.missing >= GONE && self.stamp.is_some()
    }
}

impl Watch {
    fn places(&self) -> MutexGuard<'_, BTreeMap<Place, Vec<OfPlace>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Watches the files of a place, as they are now. To be called before they are read. Says whether they
    /// were watched before.
    pub(super) fn begin(&self, place: &Place, notes: PathBuf) -> bool {
        let document = match place {
            Place::File(path) => Some(path.clone()),
            Place::Sample(_) => None,
        };
        let document = document.map(|path| OfPlace::new(path, Changed::Document));
        let files = document.into_iter().chain([OfPlace::new(notes, Changed::Notes)]).collect();
        self.places().insert(place.clone(), files).is_some()
    }

    /// Watches a place no longer.
    pub(super) fn end(&self, place: &Place) {
        self.places().remove(place);
    }

    /// Watches only places that `wanted` has.
    pub(super) fn only(&self, wanted: impl Fn(&Place) -> bool) {
        self.places().retain(|place, _| wanted(place));
    }

    /// Writes the notes of a place: the program's own changes are no news.
    pub(super) fn while_writing<Out>(&self, place: &Place, write: impl FnOnce() -> Out) -> Out {
        // Not locked meanwhile: on a network drive it may take long.
        self.with_notes(place, |notes| notes.writing = true);
        let written = write();
        let before = self.with_notes(place, |notes| notes.file.clone());
        let after = before.clone().map(|mut file| {
            file.look();
            file
        });
        self.with_notes(place, |notes| {
            notes.writing = false;
            notes.take(before.as_ref(), after);
        });
        written
    }

    fn with_notes<Out>(&self, place: &Place, change: impl FnOnce(&mut OfPlace) -> Out) -> Option<Out> {
        self.places().get_mut(place).and_then(|files| files.last_mut()).map(change)
    }

    /// The places of which a file changed since it was last looked at, and what of them.
    pub(super) fn look(&self) -> Vec<(Place, Changed)> {
        self.look_by(Watched::look)
    }

    /// The same; each file is looked at by `look`, while nothing is locked: a drive that does not answer holds up
    /// the watch and nobody else.
    fn look_by(&self, look: impl Fn(&mut Watched) -> bool) -> Vec<(Place, Changed)> {
        let places: Vec<Place> = self.places().keys().cloned().collect();
        places
            .into_iter()
            .flat_map(|place| {
                let changed = self.look_at(&place, &look).unwrap_or_default();
                changed.into_iter().map(move |changed| (place.clone(), changed))
            })
            .collect()
    }

    /// What the document held when it was last looked at and there.
    pub(super) fn held(&self, place: &Place) -> Option<FileContent> {
        let places = self.places();
        let mut files = places.get(place)?.iter();
        let Watched { stamp, content, .. } = &files.find(|each| each.what == Changed::Document)?.file;
        Some(FileContent { length: (*stamp)?.1, content: (*content)? })
    }

    /// What of a place has changed. All of its files are looked at, so that one change is told once: who reads the
    /// document anew reads its notes.
    fn look_at(&self, place: &Place, look: impl Fn(&mut Watched) -> bool) -> Option<Vec<Changed>> {
        let files = |files: &Vec<OfPlace>| {
            files.iter().map(|each| (!each.writing).then(|| each.file.clone())).collect()
        };
        let before: Vec<Option<Watched>> = self.places().get(place).map(files)?;
        let looked: Vec<Option<(Watched, bool)>> = before
            .iter()
            .map(|file| {
                let mut file = file.clone()?;
                let changed = look(&mut file);
                Some((file, changed))
            })
            .collect();
        let mut places = self.places();
        let mut changed = Vec::new();
        for ((each, before), looked) in places.get_mut(place)?.iter_mut().zip(&before).zip(looked) {
            let Some((after, is_changed)) = looked.filter(|_| !each.writing) else { continue };
            let Some(before) = before else { continue };
            if each.take(Some(before), Some(after)) && !changed.contains(&Changed::Document) {
                changed.extend(each.news(before, is_changed));
            }
        }
        Some(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notes_file_that_stays_away_is_gone_and_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let (file, notes) = (folder.path().join("詩.txt"), folder.path().join("詩.txt.duidu.ron"));
        fs::write(&file, "春眠").unwrap();
        fs::write(&notes, "()").unwrap();
        let (place, watch) = (Place::File(file), Watch::default());
        watch.begin(&place, notes.clone());
        assert_eq!(watch.look(), []);
        fs::remove_file(&notes).unwrap();
        let looks: Vec<_> = (0..5).flat_map(|_| watch.look()).collect();
        assert_eq!(looks, [(place.clone(), Changed::Gone)], "told once");
        fs::write(&notes, "(format: 1)").unwrap();
        assert_eq!(watch.look(), [(place, Changed::Notes)]);
    }

    #[test]
    fn a_document_that_stays_away_is_told_once_and_so_is_its_coming_back() {
        let folder = tempfile::tempdir().unwrap();
        let (file, notes) = (folder.path().join("詩.txt"), folder.path().join("詩.txt.duidu.ron"));
        let (place, watch) = (Place::File(file.clone()), Watch::default());
        let looks = || (0..5).flat_map(|_| watch.look()).collect::<Vec<_>>();
        fs::write(&file, "春眠").unwrap();
        fs::write(&notes, "()").unwrap();
        watch.begin(&place, notes.clone());
        assert_eq!(looks(), []);
        let held = FileContent { length: 6, content: blake3::hash("春眠".as_bytes()) };
        fs::rename(&file, folder.path().join("曉.txt")).unwrap();
        fs::rename(&notes, folder.path().join("曉.txt.duidu.ron")).unwrap();
        assert_eq!(looks(), [(place.clone(), Changed::Away), (place.clone(), Changed::Gone)]);
        assert_eq!(watch.held(&place), Some(held), "as it was");
        fs::rename(folder.path().join("曉.txt"), &file).unwrap();
        assert_eq!(looks(), [(place.clone(), Changed::Back)]);
        fs::remove_file(&file).unwrap();
        assert_eq!((watch.look(), watch.look()), (vec![], vec![]), "perhaps it is being replaced");
        fs::write(&file, "處處").unwrap();
        assert_eq!(looks(), [(place, Changed::Document)]);
    }

    #[test]
    fn nobody_waits_while_a_file_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let (file, notes) = (folder.path().join("詩.txt"), folder.path().join("詩.txt.duidu.ron"));
        fs::write(&file, "春眠").unwrap();
        let (place, watch) = (Place::File(file.clone()), Watch::default());
        watch.begin(&place, notes.clone());
        assert_eq!(watch.look(), []);
        fs::write(&file, "春眠不覺曉").unwrap();
        let opened = watch.look_by(|file| {
            assert!(watch.places.try_lock().is_ok(), "not locked");
            let changed = file.look();
            // The document is opened again meanwhile: what was seen before is no news for it.
            watch.begin(&place, notes.clone());
            changed
        });
        assert_eq!(opened, []);
        fs::write(&file, "處處").unwrap();
        assert_eq!(watch.look(), [(place, Changed::Document)]);
    }
}
