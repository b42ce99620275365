//! The notes of a document: where they lie, how they are read and written.
//!
//! They lie beside the document, in a file of its name with `.duidu.ron` after it; or, where nothing can be
//! written there, in the reader's data folder, as the notes of the samples do. Nothing that could not be
//! read is ever deleted or overwritten.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::absent::keep_absent;
use super::careful::{CarefulFiles, SaveError};
use super::copies::copies_of;
use super::elsewhere::readable;
use super::familiar::whole;
use super::generations::Generations;
use super::histories;
use super::joined::joined;
use super::journal::Record;
use super::library::LibraryStore;
use super::merge::{passed_over, save_over, supplement};
use super::patience::Patience;
use super::real::real;
use super::recovery::Recovering;
use super::replace::{FileError, folder_of, make_folder, read_if_there};
use super::salvage;
use super::shape::{Checksum, Parsed, Sidecar, Unknown, older_format, parse, parse_choices, print};
use super::{Home, short_hash};
use crate::document::TextId;
use crate::notes::{History, NoteId};
use crate::session::{Kept, NotesFile, Place, ReadingChoices};

pub(super) const ENDING: &str = ".duidu.ron";

/// Reads and writes the notes of documents.
#[derive(Debug)]
pub struct NotesStore {
    pub(super) home: Home,
    pub(super) files: CarefulFiles,
    /// Says whose notes are those of another document.
    library: Arc<LibraryStore>,
    /// Whose journals are just being made on the notes.
    pub(super) recovering: Recovering,
    patience: Patience,
}

/// The notes of a document, as read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Loaded {
    /// What the session is told.
    pub kept: Kept,
    /// Where it lies, and what was seen there.
    pub file: NotesFile,
    /// What the session does not know, to be written again.
    pub(super) unseen: Unseen,
    /// What could be undone when it was saved, if it is as it was then.
    pub history: Option<History>,
}

/// What such a file says that the session does not know.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Unseen {
    deleted: BTreeMap<NoteId, Timestamp>,
    revived: BTreeMap<NoteId, Timestamp>,
    unknown: Unknown,
}

impl Loaded {
    /// How many passages of other documents its notes name in ways that cannot be understood. They are kept.
    pub fn unreadable_far_ends(&self) -> usize {
        self.unseen.unknown.unreadable_far_ends()
    }

    /// All that the file says.
    pub(super) fn whole(&self) -> Sidecar {
        self.unseen.clone().with(self.kept.clone())
    }
}

impl Unseen {
    /// What the session is told of a file, and what it is not.
    pub(super) fn of(sidecar: Sidecar) -> (Kept, Self) {
        let Sidecar { kept, deleted, revived, unknown } = sidecar;
        (kept, Self { deleted, revived, unknown })
    }

    /// The whole again.
    fn with(self, kept: Kept) -> Sidecar {
        let Self { deleted, revived, unknown } = self;
        Sidecar { kept, deleted, revived, unknown }
    }
}

/// What became of saving.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saved {
    /// Where the notes are now.
    pub file: NotesFile,
    /// Whether the file now also holds what another program wrote, which the session does not know.
    pub merged: bool,
}

/// The files of notes that lie in the data folder, as they are at one moment.
#[derive(Clone, Debug, Default)]
pub(super) struct NotesFiles {
    folder: PathBuf,
    names: BTreeSet<String>,
}

impl NotesFiles {
    pub(super) fn within(home: &Home) -> Self {
        let folder = home.data().join("notes");
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        Self { names: names.filter(|name| name.ends_with(ENDING)).collect(), folder }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The samples that have notes.
    pub(super) fn samples(&self) -> impl Iterator<Item = Place> {
        let names = self.names.iter().filter_map(|name| name.strip_prefix("sample-")?.strip_suffix(ENDING));
        names.map(|name| Place::Sample(name.to_owned()))
    }

    /// The names of files for a document that begin so, in their order.
    fn beginning<'a>(&'a self, with: &'a str) -> impl Iterator<Item = &'a String> {
        self.names.range(with.to_owned()..).take_while(move |name| name.starts_with(with))
    }

    /// The files that belong to none of these documents by its place.
    pub(super) fn of_no_place(&self, places: &[Place]) -> Vec<PathBuf> {
        let files =
            places.iter().filter_map(Elsewhere::of).filter_map(|elsewhere| elsewhere.same_place(self));
        let known: BTreeSet<String> = files.collect();
        let others = self.names.iter().filter(|name| !known.contains(*name) && !name.starts_with("sample-"));
        others.map(|name| self.folder.join(name)).collect()
    }
}

/// How the file of notes is called that cannot lie beside their document.
pub(super) struct Elsewhere {
    /// Of the document.
    name: String,
    by_place: String,
}

impl Elsewhere {
    /// `None` for a sample, whose notes lie nowhere else.
    pub(super) fn of(place: &Place) -> Option<Self> {
        let Place::File(document) = place else { return None };
        let name: String = place.name().chars().take(40).collect();
        let by_place = short_hash(real(document).as_os_str().as_encoded_bytes());
        Some(Self { name, by_place: by_place.chars().take(16).collect() })
    }

    /// The file for the same place, if it is there.
    pub(super) fn same_place(&self, files: &NotesFiles) -> Option<String> {
        files.beginning(&format!("{}-{}-", self.name, self.by_place)).next().cloned()
    }

    /// A file for the same name and the same text, wherever its document lies.
    pub(super) fn same_text(&self, text: TextId, files: &NotesFiles) -> Option<String> {
        let ending = by_text(text);
        files.beginning(&format!("{}-", self.name)).find(|other| other.ends_with(&ending)).cloned()
    }

    /// The name of a file that is not there yet.
    pub(super) fn fresh(&self, text: TextId) -> String {
        format!("{}-{}{}", self.name, self.by_place, by_text(text))
    }
}

fn by_text(text: TextId) -> String {
    let text: String = text.to_string().chars().take(16).collect();
    format!("-{text}{ENDING}")
}

/// A change to be made on what a file says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made<'a> {
    /// As it was: what `ours` lacks of it was deleted.
    pub(super) base: &'a Kept,
    /// As it is.
    pub(super) ours: &'a Kept,
    /// When it was made.
    pub(super) at: Timestamp,
    /// Only what was touched is in both.
    pub(super) part: bool,
}

/// Whether reading may write: to set a damaged file aside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Touch {
    /// A damaged file is copied under a dated name at once.
    SetAside,
    /// Nothing is written.
    Nothing,
}

/// One notes file as it was found.
enum OnDisk {
    Absent,
    Good(Good),
    Newer(u32, Box<Sidecar>),
    Damaged(String, Vec<u8>),
}

/// One that was understood.
struct Good {
    sidecar: Box<Sidecar>,
    checksum: Checksum,
    bytes: Vec<u8>,
}

impl NotesStore {
    /// Notes beside their documents, or else within `home`.
    pub fn new(home: Home) -> Self {
        let library = Arc::new(LibraryStore::new(home.clone()));
        Self::sharing(home, library)
    }

    /// The same, where the list of the library is read already.
    pub fn sharing(home: Home, library: Arc<LibraryStore>) -> Self {
        Self {
            files: CarefulFiles::within(home.clone()),
            home,
            library,
            recovering: Recovering::default(),
            patience: Patience::default(),
        }
    }

    /// The document whose notes are those of `place`: mostly itself.
    pub(super) fn keeper_of(&self, place: &Place) -> Place {
        self.library.keeper_of_notes(&whole(place))
    }

    /// Where the notes of a document lie, or would.
    pub fn path(&self, place: &Place) -> PathBuf {
        match &self.keeper_of(place) {
            Place::File(document) => beside(document),
            Place::Sample(name) => self.home.data().join("notes").join(format!("sample-{name}{ENDING}")),
        }
    }

    /// Whether the drive of a document answers.
    pub(super) fn answers(&self, place: &Place) -> bool {
        match place {
            Place::File(document) => self.patience.ask(document, real).is_some(),
            Place::Sample(_) => true,
        }
    }

    /// Makes as if the drive of a document did not answer, until what is given back is dropped.
    #[cfg(test)]
    pub(super) fn stall(&self, place: &Place) -> std::sync::mpsc::Sender<()> {
        let (answer, stalled) = std::sync::mpsc::channel();
        let Place::File(document) = place else { return answer };
        assert!(self.patience.ask(document, move |_| stalled.recv()).is_none());
        answer
    }

    /// Waits until the drive of a document answers that did not.
    pub(super) fn await_answer(&self, place: &Place) {
        if let Place::File(document) = place {
            self.patience.await_answer(document);
        }
    }

    /// Whether the notes of a document lie at `path`. The document may be any, and its drive may have stalled: where it
    /// does not answer they lie elsewhere.
    pub(super) fn lie_at(&self, path: &Path, place: &Place) -> bool {
        let Place::File(document) = place else { return self.path(place) == path };
        let is_whole = with_ending(document) == path && self.library.keeper_of_notes(place) == *place;
        let keeper = || {
            let real = self.patience.ask(document, real)?;
            Some(self.library.keeper_of_notes(&Place::File(real)))
        };
        is_whole || matches!(keeper(), Some(Place::File(keeper)) if with_ending(&keeper) == path)
    }

    /// Reads the notes of a document with the identity `text`. Never fails: what could not be read is in
    /// the [`NotesFile`].
    pub fn load(&self, place: &Place, text: TextId, touch: Touch) -> Loaded {
        let mut loaded = self.load_notes(place, text, touch);
        loaded.file.copies = copies_of(&self.path(place));
        loaded.file.shared_with = Some(self.keeper_of(place)).filter(|keeper| *keeper != whole(place));
        loaded.history = histories::load(&loaded.file.path, &self.home);
        loaded
    }

    /// The same without what only those want to know who have the document before them: a thousand are read so.
    pub(super) fn load_notes(&self, place: &Place, text: TextId, touch: Touch) -> Loaded {
        let remarks = if touch == Touch::SetAside { self.recover(Some(place)) } else { Vec::new() };
        let mut loaded = self.load_files(place, text, touch);
        self.add_journals(place, touch, &mut loaded);
        loaded.file.remarks.extend(remarks);
        loaded
    }

    fn load_files(&self, place: &Place, text: TextId, touch: Touch) -> Loaded {
        let path = self.path(place);
        let first = self.load_file(&path, text, touch);
        if let Some(elsewhere) = self.elsewhere(place, Some(text)).filter(|path| path.exists()) {
            return self.with_elsewhere(&first, &elsewhere, touch);
        }
        match self.of_same_text(place, Some(text)) {
            Some(other) if first.file.read_only.is_none() => {
                let mut loaded = self.load_file(&other, text, Touch::Nothing);
                loaded.file.elsewhere = true;
                loaded
            }
            _ => first,
        }
    }

    /// The files that hold the notes of a document, as far as that can be told without its text.
    pub(super) fn files_of(&self, place: &Place, files: &NotesFiles) -> Vec<PathBuf> {
        let elsewhere =
            Elsewhere::of(&self.keeper_of(place)).and_then(|elsewhere| elsewhere.same_place(files));
        let elsewhere = elsewhere.map(|name| files.folder.join(name));
        [self.path(place)].into_iter().chain(elsewhere).collect()
    }

    /// Whether there are copies of the notes of a document.
    pub(super) fn has_copies(&self, place: &Place) -> bool {
        Generations::of(&self.path(place), &self.home).newest().is_some()
    }

    /// Reads a file of notes of which the document is not known. Writes nothing.
    pub(super) fn load_path(&self, path: &Path) -> Loaded {
        self.load_file(path, TextId::of(""), Touch::Nothing)
    }

    /// Adds what is only in journals yet, of programs that died and, where nothing is to be touched, of others that
    /// are running. Of this program itself that is known better. Where a journal could just not be brought to the
    /// file, because the disk is full, its notes are there all the same.
    fn add_journals(&self, place: &Place, touch: Touch, loaded: &mut Loaded) {
        let mut journals = self.journals_of(&self.path(place));
        journals.retain(|found| found.is_left_behind() || touch == Touch::Nothing);
        for Record { at, before, after } in joined(journals.into_iter().flat_map(|found| found.records)) {
            let unseen = std::mem::take(&mut loaded.unseen);
            let theirs = unseen.with(std::mem::take(&mut loaded.kept));
            (loaded.kept, loaded.unseen) = Unseen::of(save_over(&before, &after, &theirs, at));
        }
    }

    /// How the reader wants a document to be read, as far as it is kept. Cheaper than loading the notes,
    /// and asked before the text is known.
    pub fn choices(&self, place: &Place) -> ReadingChoices {
        let path = self.path(place);
        // What lies elsewhere was said later.
        let elsewhere = self.elsewhere(place, None).filter(|elsewhere| elsewhere.exists());
        let bytes = read_if_there(&elsewhere.unwrap_or(path)).ok().flatten();
        bytes.map(|bytes| parse_choices(&bytes)).unwrap_or_default()
    }

    pub(super) fn load_file(&self, path: &Path, text: TextId, touch: Touch) -> Loaded {
        let mut file = NotesFile { path: path.to_owned(), ..NotesFile::default() };
        let found = match read_file(path) {
            Ok(found) => found,
            Err(error) => {
                file.read_only = Some(error.to_string());
                return Loaded { file, ..Loaded::default() };
            }
        };
        let sidecar = match found {
            OnDisk::Absent => self.recover_absent(path, text, &mut file),
            OnDisk::Good(good) => self.as_far_as_meant(good, path, touch, &mut file),
            OnDisk::Newer(format, sidecar) => {
                file.read_only = Some(SaveError::Newer { format, path: path.to_owned() }.to_string());
                *sidecar
            }
            OnDisk::Damaged(reason, bytes) => self.recover_damaged(path, &reason, &bytes, touch, &mut file),
        };
        let (kept, unseen) = Unseen::of(sidecar);
        Loaded { kept, file, unseen, history: None }
    }

    /// What a file says, with what it only lacks.
    fn as_far_as_meant(&self, good: Good, path: &Path, touch: Touch, file: &mut NotesFile) -> Sidecar {
        let Good { mut sidecar, checksum, bytes } = good;
        let generations = Generations::of(path, &self.home);
        // What was written last need not be understood a second time.
        let is_newest = checksum == Checksum::Matches && generations.newest_is(&bytes);
        let newest = if is_newest { None } else { generations.newest().map(|(_, newest)| newest) };
        self.remark_on((checksum, newest.is_some()), &sidecar, path, touch, file);
        if let Some(newest) = newest {
            file.absent = keep_absent(&mut sidecar, &newest.kept, path);
        }
        *sidecar
    }

    fn remark_on(
        &self,
        (checksum, written_by_duidu): (Checksum, bool),
        sidecar: &Sidecar,
        path: &Path,
        touch: Touch,
        file: &mut NotesFile,
    ) {
        if checksum == Checksum::Differs || checksum == Checksum::Missing && written_by_duidu {
            let kept = Some(touch).filter(|touch| *touch == Touch::SetAside);
            let kept = kept.and_then(|_| Generations::of(path, &self.home).keep_newest());
            let where_kept =
                kept.map_or_else(String::new, |kept| format!("; as they were before: {}", kept.display()));
            file.remarks.push(format!(
                "the notes were changed by another program or by hand since Duidu wrote them{where_kept}"
            ));
        }
        let unreadable = sidecar.unknown.unreadable.len();
        if unreadable > 0 {
            file.remarks.push(format!(
                "{unreadable} notes in the file could not be understood; they are kept there word for word: {}",
                path.display()
            ));
        }
    }

    /// A file that is gone is no reason to forget notes: the newest earlier version counts if it is for the same text,
    /// or the text is not known.
    fn recover_absent(&self, path: &Path, text: TextId, file: &mut NotesFile) -> Sidecar {
        let newest = Generations::of(path, &self.home).newest();
        let Some((from, sidecar)) = newest else { return Sidecar::default() };
        let fits = if text == no_text() { document_is_there(path) } else { sidecar.kept.text == Some(text) };
        if !fits {
            if text != no_text() && !sidecar.kept.annotations.is_empty() {
                file.remarks.push(format!(
                    "the file with the notes is gone, and the text has changed since; {} notes are in its earlier \
                     versions",
                    sidecar.kept.annotations.len()
                ));
            }
            return Sidecar::default();
        }
        if !sidecar.kept.annotations.is_empty() {
            file.gone = true;
            file.remarks.push(format!(
                "the file with the notes is gone; they were taken from the copy at {}",
                from.display()
            ));
        }
        sidecar
    }

    fn recover_damaged(
        &self,
        path: &Path,
        reason: &str,
        bytes: &[u8],
        touch: Touch,
        file: &mut NotesFile,
    ) -> Sidecar {
        file.remarks.push(format!("the file with the notes is damaged ({reason}): {}", path.display()));
        if touch == Touch::SetAside {
            match self.files.set_aside(path, bytes) {
                Ok(aside) => file.set_aside = Some(aside),
                // Without a copy it is not to be overwritten.
                Err(error) => file.read_only = Some(error.to_string()),
            }
        }
        let newest = Generations::of(path, &self.home).newest();
        if let Some((from, _)) = &newest {
            file.remarks.push(format!("the notes were recovered from the copy at {}", from.display()));
        }
        let good = newest.map(|(_, sidecar)| sidecar).unwrap_or_default();
        let (recovered, saved) = salvage::joined_with(good, &salvage::notes_in(bytes));
        if saved > 0 {
            file.remarks
                .push(format!("{saved} notes could still be read in the damaged file, and were taken"));
        }
        recovered
    }

    /// Keeps what the session says. `base` is what the session said or was told last; what it lacks of
    /// that was deleted.
    ///
    /// The file is read again before, and where another program has changed it, what either changed is
    /// kept. After an error the old file is whole.
    pub(super) fn save(
        &self,
        place: &Place,
        base: &Kept,
        ours: &Kept,
        unseen: &Unseen,
    ) -> Result<Saved, SaveError> {
        self.make(place, Made { base, ours, at: Timestamp::now(), part: false }, unseen)
    }

    /// Keeps what can be undone from what was just saved; nothing where that holds more than the session knows.
    pub(super) fn keep_history(&self, saved: &Saved, history: &History) {
        let path = &saved.file.path;
        // Without it only the steps before the next start are lost, not a note.
        let _kept = if saved.merged {
            histories::forget(path, &self.home)
        } else {
            histories::keep(path, history, &self.home)
        };
    }

    pub(super) fn make(&self, place: &Place, change: Made<'_>, unseen: &Unseen) -> Result<Saved, SaveError> {
        let path = self.path(place);
        let elsewhere = self.elsewhere(place, change.ours.text);
        if matches!(place, Place::Sample(_)) {
            make_folder(folder_of(&path))?;
        }
        match (self.make_beside(place, &path, change, unseen), elsewhere) {
            (Err(SaveError::File(error)), Some(elsewhere)) if error.is_refusal() => {
                self.make_elsewhere(&path, &elsewhere, change, unseen)
            }
            (result, _) => result,
        }
    }

    fn make_beside(
        &self,
        place: &Place,
        path: &Path,
        change: Made<'_>,
        unseen: &Unseen,
    ) -> Result<Saved, SaveError> {
        let elsewhere = self.elsewhere(place, None).filter(|elsewhere| elsewhere.exists());
        let back = elsewhere.map(|elsewhere| self.bring_back(path, &elsewhere)).transpose()?;
        let same_text = self.of_same_text(place, change.ours.text).and_then(|other| readable(&other));
        let mut saved = self.make_in(path, change, unseen, |there| same_text.unwrap_or(there))?;
        if let Some(NotesFile { remarks, set_aside, .. }) = back {
            saved.file.remarks.extend(remarks);
            saved.file.set_aside = saved.file.set_aside.or(set_aside);
        }
        Ok(saved)
    }

    /// Makes a change on what `path` says, or rather what `on` makes of that.
    pub(super) fn make_in(
        &self,
        path: &Path,
        change: Made<'_>,
        unseen: &Unseen,
        on: impl FnOnce(Sidecar) -> Sidecar,
    ) -> Result<Saved, SaveError> {
        let Made { base, ours, at, part } = change;
        let _lock = self.files.begin(path)?;
        let mut file = NotesFile { path: path.to_owned(), ..NotesFile::default() };
        let mut theirs = on(self.theirs(path, &mut file)?);
        if part && theirs == Sidecar::default() {
            // Only what was touched is made on it: the rest is taken from the newest copy.
            theirs =
                Generations::of(path, &self.home).newest().map(|(_, sidecar)| sidecar).unwrap_or_default();
        }
        let mut merged = save_over(base, ours, &theirs, at);
        merged = with_unseen(merged, unseen);
        file.remarks.extend(passed_over(Some(base), [ours, &theirs.kept], &merged.kept));
        let bytes = print(&merged).into_bytes();
        let there = read_if_there(path)?;
        if let Some((format, there)) = there.as_ref().and_then(|there| Some((older_format(there)?, there))) {
            // Migrated below; the original stays among the earlier versions.
            Generations::of(path, &self.home).keep(&format!("format-{format}"), there)?;
        }
        let nothing_to_say = there.is_none() && is_empty(&merged);
        if !nothing_to_say && there.as_ref() != Some(&bytes) {
            file.remarks.extend(self.files.write(path, &bytes)?);
        }
        Ok(Saved { file, merged: !same_notes(&merged.kept, ours) })
    }

    /// What the file says now.
    pub(super) fn theirs(&self, path: &Path, file: &mut NotesFile) -> Result<Sidecar, SaveError> {
        match read_file(path)? {
            OnDisk::Absent => Ok(Sidecar::default()),
            OnDisk::Good(Good { sidecar, checksum, .. }) => {
                if checksum == Checksum::Differs {
                    self.remark_on((checksum, true), &sidecar, path, Touch::SetAside, file);
                }
                Ok(*sidecar)
            }
            OnDisk::Newer(format, _) => Err(SaveError::Newer { format, path: path.to_owned() }),
            OnDisk::Damaged(reason, bytes) => {
                file.set_aside = Some(self.files.set_aside(path, &bytes)?);
                Ok(self.recover_damaged(path, &reason, &bytes, Touch::Nothing, file))
            }
        }
    }
}

/// Whether the name says that a file holds the notes of a document.
pub fn is_notes_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.ends_with(ENDING.as_bytes())
}

/// For a document of which the text is not known.
pub(super) fn no_text() -> TextId {
    TextId::of("")
}

/// Whether the document is there beside which notes would lie at `path`.
fn document_is_there(path: &Path) -> bool {
    // From `a.txt.duidu.ron` to `a.txt`.
    is_notes_file(path) && path.with_extension("").with_extension("").is_file()
}

fn beside(document: &Path) -> PathBuf {
    with_ending(&real(document))
}

fn with_ending(document: &Path) -> PathBuf {
    let mut path = document.as_os_str().to_owned();
    path.push(ENDING);
    PathBuf::from(path)
}

/// What a file of notes says, wherever it lies. Nothing is written.
///
/// Errors: it cannot be read, or is no such file; one sentence with the path.
pub fn kept_in_file(path: &Path) -> Result<Kept, String> {
    let reason = match read_if_there(path) {
        Ok(Some(bytes)) => match kept_in(&bytes) {
            Ok(kept) => return Ok(kept),
            Err(reason) => reason,
        },
        Ok(None) => "there is no such file".to_owned(),
        Err(error) => error.to_string(),
    };
    Err(format!("{reason}: {}", path.display()))
}

/// What the bytes of a file of notes say.
///
/// Errors: they are no such file; one sentence.
pub fn kept_in(bytes: &[u8]) -> Result<Kept, String> {
    match parse(bytes) {
        Parsed::Good { sidecar, .. } | Parsed::Newer { sidecar, .. } => Ok(sidecar.kept),
        Parsed::Damaged(reason) => Err(format!("it is not a file of notes: {reason}")),
    }
}

fn read_file(path: &Path) -> Result<OnDisk, FileError> {
    let Some(bytes) = read_if_there(path)? else { return Ok(OnDisk::Absent) };
    Ok(match parse(&bytes) {
        Parsed::Good { sidecar, checksum } => OnDisk::Good(Good { sidecar, checksum, bytes }),
        Parsed::Newer { format, sidecar } => OnDisk::Newer(format, sidecar),
        Parsed::Damaged(reason) => OnDisk::Damaged(reason, bytes),
    })
}

/// What the session does not know and the file says no more, because it is gone or damaged.
fn with_unseen(mut merged: Sidecar, unseen: &Unseen) -> Sidecar {
    let changed: BTreeMap<NoteId, Timestamp> =
        merged.kept.annotations.iter().map(|note| (note.id, note.changed)).collect();
    for (&id, &at) in unseen.deleted.iter().filter(|(id, _)| !changed.contains_key(id)) {
        merged.deleted.entry(id).or_insert(at);
    }
    for (&id, &at) in unseen.revived.iter().filter(|(id, at)| changed.get(id).is_some_and(|it| it < *at)) {
        merged.revived.entry(id).or_insert(at);
    }
    merged.unknown = supplement(&merged.unknown, &unseen.unknown);
    merged
}

fn is_empty(sidecar: &Sidecar) -> bool {
    // The text and the title are said of whatever is kept; alone they are nothing to keep.
    let Kept {
        text: _,
        title: _,
        annotations,
        trash,
        conflicts,
        corrections,
        choices,
        bibliography,
        answered_comments,
    } = &sidecar.kept;
    let nothing_unseen = sidecar.deleted.is_empty() && sidecar.unknown == Unknown::default();
    annotations.is_empty()
        && trash.is_empty()
        && conflicts.is_empty()
        && corrections.is_empty()
        && *choices == ReadingChoices::default()
        && bibliography.is_none()
        && answered_comments.is_empty()
        && nothing_unseen
}

fn same_notes(left: &Kept, right: &Kept) -> bool {
    let sorted = |kept: &Kept| {
        let mut notes = kept.annotations.clone();
        notes.sort_by_key(|note| note.id);
        notes
    };
    sorted(left) == sorted(right)
        && left.trash == right.trash
        && left.conflicts == right.conflicts
        && left.corrections == right.corrections
        && left.choices == right.choices
        && left.bibliography == right.bibliography
        && left.answered_comments == right.answered_comments
}

#[cfg(test)]
#[path = "sidecar_tests.rs"]
mod tests;
