//! What changed in the notes, brought to the disk within a moment.
//!
//! A notes file is replaced as a whole, which for thousands of notes is too much work for every change. So a
//! change is first appended to a journal among the program's data: only the notes that it touched, as they
//! were and as they are. When the notes file has been written the journal is removed. A journal that a dead
//! program left is made on the notes file by whoever opens the document next.
//!
//! Each program writes journals of its own and holds them while it lives.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::Home;
use super::claim::{claim, create};
use super::raw::{Fields, Raw, quoted};
use super::replace::{FileError, make_folder, read_if_there, rename, sync_folder};
use super::shape::{Sidecar, print_body, sidecar_in};
use crate::notes::{Annotation, NoteId, Trashed};
use crate::session::{Kept, Place};

/// The journal of one document, as this program writes it.
///
/// Holds: what was appended without an error is on the disk until it is forgotten.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    place: Place,
    current: Option<Open>,
    retired: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    path: PathBuf,
    /// Held as long as it is open.
    file: File,
}

/// The journals that this very program has open.
static OWN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// One change: what it touched, as it was and as it is.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Record {
    /// When it was made.
    pub(super) at: Timestamp,
    /// What it touched, as it was.
    pub(super) before: Kept,
    /// The same, as it is.
    pub(super) after: Kept,
}

/// A journal that was found.
#[derive(Debug)]
pub(super) struct FoundJournal {
    /// Whose notes it changes; the journal itself where no record of it can be read.
    pub(super) place: Place,
    /// What can be read of it, in order.
    pub(super) records: Vec<Record>,
    /// Whether something in it, other than its very end, could not be read.
    pub(super) damaged: bool,
    /// The file.
    pub(super) path: PathBuf,
    /// Held while it is made on the notes; `None` where a living program holds it.
    lock: Option<File>,
}

const ENDING: &str = ".journal";

impl Journal {
    /// A journal of the notes of `place`. Makes no file yet.
    pub(super) fn of(place: Place, home: &Home) -> Self {
        Self { folder: folder(home), place, current: None, retired: Vec::new() }
    }

    /// Brings a change to the disk. After an error the journal takes the next one into another file: what an
    /// error left half written must not stand before it, and a second synchronisation of the same file could
    /// succeed without having done anything.
    pub(super) fn append(&mut self, before: &Kept, after: &Kept, at: Timestamp) -> Result<(), FileError> {
        let Some((before, after)) = difference(before, after) else { return Ok(()) };
        let bytes = framed(&print(&self.place, &Record { at, before, after }));
        let mut open = match self.current.take() {
            Some(open) => open,
            None => self.begin()?,
        };
        let failed = |doing| FileError::while_doing(doing, &open.path);
        let written = open.file.write_all(bytes.as_bytes()).map_err(failed("write the journal"));
        let synced =
            written.and_then(|()| open.file.sync_data().map_err(failed("bring the journal to the disk")));
        match synced {
            Ok(()) => self.current = Some(open),
            Err(_) => self.retired.push(open),
        }
        synced
    }

    /// What was appended so far is being written elsewhere; what comes now goes into another file.
    pub(super) fn retire(&mut self) {
        self.retired.extend(self.current.take());
    }

    /// What was retired has been written elsewhere.
    pub(super) fn forget_retired(&mut self) {
        for open in self.retired.drain(..) {
            // Read once more at the next start where it cannot be removed: that changes nothing.
            drop(fs::remove_file(&open.path));
        }
    }

    fn begin(&self) -> Result<Open, FileError> {
        make_folder(&self.folder)?;
        loop {
            let path = self.folder.join(fresh_name(&self.place));
            let made = create(&path, true).map_err(FileError::while_doing("make the journal", &path))?;
            if let Some(file) = made {
                let open = Open::new(path, file);
                sync_folder(&self.folder)?;
                return Ok(open);
            }
        }
    }
}

impl Open {
    fn new(path: PathBuf, file: File) -> Self {
        own().insert(path.clone());
        Self { path, file }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        own().remove(&self.path);
    }
}

fn own() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    OWN.lock().unwrap_or_else(PoisonError::into_inner)
}

impl FoundJournal {
    /// Whether the program that wrote it is gone, so that it can be removed once it was made on the notes.
    pub(super) fn is_left_behind(&self) -> bool {
        self.lock.is_some()
    }

    /// Moves it into `folder`: it holds something that nobody could read. Answers where it is then.
    pub(super) fn set_aside(self, folder: &Path) -> Result<String, FileError> {
        make_folder(folder)?;
        let to = folder.join(self.path.file_name().unwrap_or_default());
        let moved = rename(&self.path, &to).map_err(FileError::while_doing("move the journal", &self.path));
        moved.map(|()| to.display().to_string())
    }

    /// Removes it: all of it is in the notes file.
    pub(super) fn remove(self) {
        // Made on the notes once more at the next start where it cannot be removed: that changes nothing.
        drop(fs::remove_file(&self.path));
    }
}

/// The journals that other programs have left or are writing, of those places that are wanted, the oldest first.
/// Empty ones that nobody holds are removed; no other is so much as held.
pub(super) fn find(home: &Home, wanted: impl Fn(&Place) -> bool) -> Vec<FoundJournal> {
    paths(home).into_iter().filter_map(|path| find_one(path, &wanted)).collect()
}

/// Of which places there are such journals, and which of them cannot be read.
pub(super) fn places(home: &Home) -> (Vec<Place>, Vec<FileError>) {
    let (mut places, mut unreadable) = (Vec::new(), Vec::new());
    for path in paths(home) {
        match read_if_there(&path) {
            Ok(bytes) => places.extend(bytes.and_then(|bytes| place_in(&bytes, &path))),
            Err(error) => unreadable.push(error),
        }
    }
    (places, unreadable)
}

fn paths(home: &Home) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(home)).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    let own = own();
    paths.retain(|path| path.to_string_lossy().ends_with(ENDING) && !own.contains(path));
    paths.sort_by_key(|path| age_in_name(path));
    paths
}

fn find_one(path: PathBuf, wanted: impl Fn(&Place) -> bool) -> Option<FoundJournal> {
    // Not held before it is known whose it is: whoever wants it would take it for that of a living program.
    if place_in(&fs::read(&path).ok()?, &path).is_some_and(|place| !wanted(&place)) {
        return None;
    }
    // Where nobody can know whether a program writes it, it stays.
    let lock = claim(&path).ours();
    let bytes = fs::read(&path).ok()?;
    let Some(place) = place_in(&bytes, &path) else {
        if lock.is_some() && bytes.is_empty() {
            drop(fs::remove_file(&path));
        }
        return None;
    };
    let (records, damaged) = parse(&bytes);
    let records = records.into_iter().map(|(_, record)| record).collect();
    Some(FoundJournal { place, records, damaged, path, lock })
}

/// Whose the journal at `path` is; itself where it is damaged and has not one record left, which must be told all the
/// same. `None` where it says nothing.
fn place_in(bytes: &[u8], path: &Path) -> Option<Place> {
    let mut damaged = false;
    for entry in entries(bytes) {
        match entry {
            Ok((place, _)) => return Some(place),
            Err(Torn(torn)) => damaged |= !torn,
        }
    }
    damaged.then(|| Place::File(path.to_owned()))
}

fn folder(home: &Home) -> PathBuf {
    home.data().join("journals")
}

/// The place, the program, and a number that grows.
fn fresh_name(place: &Place) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let place: String = super::short_hash(place.to_words().as_bytes()).chars().take(16).collect();
    let moment = Timestamp::now().as_nanosecond();
    format!("{place}-{}-{moment}-{count:09}{ENDING}", std::process::id())
}

fn age_in_name(path: &Path) -> (String, PathBuf) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let age = name.splitn(3, '-').nth(2).unwrap_or_default().to_owned();
    (age, path.to_owned())
}

// --- what changed -----------------------------------------------------------------------------------

/// What differs between the two, of each; `None` where nothing does.
///
/// Notes are compared by their pointers first, so that of ten thousand only the changed ones cost anything.
fn difference(before: &Kept, after: &Kept) -> Option<(Kept, Kept)> {
    let (mut old, mut new) = (Kept { text: before.text, ..Kept::default() }, Kept::default());
    (new.text, new.title) = (after.text, after.title.clone());
    (*old.annotations, *new.annotations) = different_notes(&before.annotations, &after.annotations);
    old.trash = only_in(&before.trash, &after.trash);
    new.trash = only_in(&after.trash, &before.trash);
    let in_one = |one: &Kept, other: &Kept| {
        let different = one.conflicts.iter().filter(|(id, others)| other.conflicts.get(id) != Some(others));
        different.map(|(id, others)| (*id, others.clone())).collect()
    };
    (old.conflicts, new.conflicts) = (in_one(before, after), in_one(after, before));
    // A conflict is nothing without its note.
    let disputed: BTreeSet<NoteId> = old.conflicts.keys().chain(new.conflicts.keys()).copied().collect();
    for (part, whole) in [(&mut old, before), (&mut new, after)] {
        let there: BTreeSet<NoteId> = part.annotations.iter().map(|note| note.id).collect();
        let lacking = |note: &&Arc<Annotation>| disputed.contains(&note.id) && !there.contains(&note.id);
        part.annotations.extend(whole.annotations.iter().filter(lacking).cloned());
    }
    if before.corrections != after.corrections {
        (old.corrections, new.corrections) = (before.corrections.clone(), after.corrections.clone());
    }
    if before.bibliography != after.bibliography {
        (old.bibliography, new.bibliography) = (before.bibliography.clone(), after.bibliography.clone());
    }
    if before.answered_comments != after.answered_comments {
        old.answered_comments.clone_from(&before.answered_comments);
        new.answered_comments.clone_from(&after.answered_comments);
    }
    if before.choices != after.choices {
        (old.choices, new.choices) = (before.choices.clone(), after.choices.clone());
    }
    let nothing = Kept { text: before.text, ..Kept::default() };
    let same =
        old == nothing && new == Kept { text: after.text, title: new.title.clone(), ..Kept::default() };
    (!same).then_some((old, new))
}

type Notes = Vec<Arc<Annotation>>;

fn different_notes(before: &[Arc<Annotation>], after: &[Arc<Annotation>]) -> (Notes, Notes) {
    let same = |(left, right): &(&Arc<Annotation>, &Arc<Annotation>)| Arc::ptr_eq(left, right);
    let start = before.iter().zip(after).take_while(same).count();
    let (before, after) = (before.get(start..).unwrap_or_default(), after.get(start..).unwrap_or_default());
    let end = before.iter().rev().zip(after.iter().rev()).take_while(same).count();
    let (before, after) = (before.split_at(before.len() - end).0, after.split_at(after.len() - end).0);
    let by_id = |notes: &[Arc<Annotation>]| -> BTreeMap<NoteId, Arc<Annotation>> {
        notes.iter().map(|note| (note.id, Arc::clone(note))).collect()
    };
    let (old, new) = (by_id(before), by_id(after));
    let lacking = |note: &&Arc<Annotation>, other: &BTreeMap<NoteId, Arc<Annotation>>| {
        other.get(&note.id).is_none_or(|other| !Arc::ptr_eq(other, note) && other != *note)
    };
    let changed = |notes: &[Arc<Annotation>], other: &BTreeMap<_, _>| -> Notes {
        notes.iter().filter(|note| lacking(note, other)).cloned().collect()
    };
    (changed(before, &new), changed(after, &old))
}

fn only_in(trash: &[Trashed], other: &[Trashed]) -> Vec<Trashed> {
    let other: BTreeMap<NoteId, &Trashed> = other.iter().map(|trashed| (trashed.note.id, trashed)).collect();
    trash.iter().filter(|trashed| other.get(&trashed.note.id) != Some(trashed)).cloned().collect()
}

// --- as bytes ---------------------------------------------------------------------------------------

const OPENING: &str = "// Duidu journal; ";

/// A record on the disk: a line with its length in bytes and its BLAKE3 hash, the record, an end of line.
fn framed(record: &str) -> String {
    format!(
        "{OPENING}{} bytes; BLAKE3 {}\n{record}\n",
        record.len(),
        blake3::hash(record.as_bytes()).to_hex()
    )
}

fn print(place: &Place, record: &Record) -> String {
    let body = |kept: &Kept| print_body(&Sidecar { kept: kept.clone(), ..Sidecar::default() });
    format!(
        "(\n    place: {},\n    at: {},\n    before: {},\n    after: {},\n)",
        quoted(&place.to_words()),
        quoted(&record.at.to_string()),
        body(&record.before).trim_end(),
        body(&record.after).trim_end()
    )
}

/// The records, and whether something between them could not be read. What a program was writing when it died
/// is torn at the end, and was never told to be saved.
fn parse(bytes: &[u8]) -> (Vec<(Place, Record)>, bool) {
    let (mut records, mut damaged) = (Vec::new(), false);
    for entry in entries(bytes) {
        match entry {
            Ok(record) => records.push(record),
            Err(Torn(torn)) => damaged |= !torn,
        }
    }
    (records, damaged)
}

/// What cannot be read: whether it is the end of what a program was writing when it died.
struct Torn(bool);

/// The records one after another, and what between them cannot be read.
fn entries(mut rest: &[u8]) -> impl Iterator<Item = Result<(Place, Record), Torn>> {
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let read = parse_one(rest);
        let unread = || (Err(Torn(is_torn(rest))), after_next_opening(rest));
        let (entry, after) = read.map_or_else(unread, |(record, after)| (Ok(record), after));
        rest = after;
        Some(entry)
    })
}

/// Whether this is the end of what a program was writing when it died: shorter than its first line says, or with
/// bytes that never came to the disk, which read as zeros.
fn is_torn(bytes: &[u8]) -> bool {
    if bytes.contains(&0) {
        return true;
    }
    // Its last line is there, whatever the first one says of the length.
    if bytes.ends_with(b"\n)\n") {
        return false;
    }
    let Some(end) = memchr::memchr(b'\n', bytes) else { return true };
    let (head, rest) = bytes.split_at_checked(end + 1).unwrap_or((bytes, &[]));
    head_of(head).is_some_and(|(length, _)| rest.len() < length)
}

/// How long a record is, in bytes, and its hash, from its first line.
fn head_of(line: &[u8]) -> Option<(usize, &str)> {
    let head = std::str::from_utf8(line).ok()?.trim_end().strip_prefix(OPENING)?;
    let (length, hash) = head.split_once(" bytes; BLAKE3 ")?;
    Some((length.parse().ok()?, hash))
}

/// What begins with the next record after the first byte.
fn after_next_opening(bytes: &[u8]) -> &[u8] {
    let later = bytes.get(1..).unwrap_or_default();
    let next = memchr::memmem::find(later, OPENING.as_bytes());
    next.and_then(|next| later.get(next..)).unwrap_or_default()
}

fn parse_one(bytes: &[u8]) -> Option<((Place, Record), &[u8])> {
    let end = memchr::memchr(b'\n', bytes)?;
    let (head, rest) = bytes.split_at_checked(end + 1)?;
    let (length, hash) = head_of(head)?;
    let (body, rest) = rest.split_at_checked(length)?;
    if blake3::hash(body).to_hex().as_str() != hash {
        return None;
    }
    let record = record_of(std::str::from_utf8(body).ok()?)?;
    Some((record, rest.strip_prefix(b"\n").unwrap_or(rest)))
}

fn record_of(body: &str) -> Option<(Place, Record)> {
    let fields = Fields::parse(body).ok()?;
    let kept = |name| fields.get(name).map(Raw::as_str).and_then(sidecar_in).map(|sidecar| sidecar.kept);
    let place = Place::from_words(&fields.get("place")?.read::<String>()?);
    let at = fields.get("at")?.moment()?;
    Some((place, Record { at, before: kept("before")?, after: kept("after")? }))
}

#[cfg(test)]
#[path = "journal_tests.rs"]
pub(super) mod tests;
