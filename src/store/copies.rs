//! Copies that cloud drives make of a notes file when two machines have changed it.
//!
//! Dropbox, `OneDrive`, iCloud, 坚果云, Nextcloud and Syncthing keep both versions and put one of them beside the other under a name of
//! their own. Such a copy is joined with the notes; then it is kept among the earlier versions, and removed from
//! where it lay.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::careful::SaveError;
use super::generations::Generations;
use super::merge::merge_copy;
use super::replace::{FileError, folder_of, read_if_there};
use super::shape::{Parsed, Sidecar, parse, print};
use super::sidecar::{ENDING, NotesStore};
use crate::notes::{Annotation, NoteId};
use crate::session::{Kept, Place};

/// Whether a copy is made of a notes file by putting this before its last ending, or, where `whole` says so, before
/// all that is added to the name of the document.
fn is_copy(between: &str, whole: bool) -> bool {
    // Syncthing: `.sync-conflict-20261121-081530-ABCDEFG`.
    let syncthing = between.starts_with(".sync-conflict-");
    // Dropbox: ` (Lin's conflicted copy 2026-11-21)`, ` (Lin 的衝突複本 …)`; Nextcloud: ` (conflicted copy
    // 2026-11-21 081530)`; others: ` (1)`.
    let bracketed = between.starts_with(" (") && between.ends_with(')');
    // OneDrive: `-HOST`, before the last ending only. Before both it is the name of another document: `README-zh`.
    let host = between.strip_prefix('-').filter(|_| !whole).unwrap_or_default();
    let host =
        !host.is_empty() && host.chars().all(|character| character.is_alphanumeric() || character == '-');
    // iCloud: ` 2`, before the last ending only, as documents are called so too.
    let counted = between.strip_prefix(' ').filter(|_| !whole).and_then(|number| number.parse().ok());
    syncthing || bracketed || host || says_conflict(between) || counted.is_some_and(|number: u16| number > 1)
}

/// 坚果云: `(冲突_LAPTOP_2026-11-21 08-15-30)` without a blank before it, `-冲突-林`, `-NSConflict-lin`.
fn says_conflict(between: &str) -> bool {
    let added =
        between.starts_with('-') || between.starts_with(['(', '（']) && between.ends_with([')', '）']);
    let lower = between.to_ascii_lowercase();
    added && ["冲突", "衝突", "conflict"].iter().any(|word| lower.contains(word))
}

/// The copies that lie beside the notes file at `path`, in the order of their names. Only files that are notes count,
/// and no notes of another document.
pub(super) fn copies_of(path: &Path) -> Vec<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Some(stem) = name.strip_suffix(".ron") else { return Vec::new() };
    let document = stem.strip_suffix(".duidu").unwrap_or(stem);
    let is_named_so = |other: &String| {
        let between =
            |stem: &str, ending: &str| Some(other.strip_prefix(stem)?.strip_suffix(ending)?.to_owned());
        between(stem, ".ron").is_some_and(|between| is_copy(&between, false))
            || between(document, ENDING).is_some_and(|between| is_copy(&between, true))
    };
    let entries = fs::read_dir(folder_of(path)).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut copies: Vec<String> = names.filter(is_named_so).collect();
    if copies.is_empty() {
        return Vec::new();
    }
    copies.sort();
    let ours = read(path).map(|(_, ours)| ours);
    let paths = copies.into_iter().filter(|copy| !has_document(path, copy));
    let paths = paths.map(|copy| folder_of(path).join(copy));
    let about_ours = |theirs: &Sidecar| ours.as_ref().is_none_or(|ours| !is_of_another(ours, theirs));
    paths.filter(|copy| read(copy).is_some_and(|(_, theirs)| about_ours(&theirs))).collect()
}

/// Whether the notes file of this name beside `path` has a document of its own: `第一章 (1)` is one where it is there.
fn has_document(path: &Path, copy: &str) -> bool {
    let document = copy.strip_suffix(ENDING).map(|document| folder_of(path).join(document));
    // Where nobody can say, nothing is taken from a document.
    document.is_some_and(|document| document.try_exists().unwrap_or(true))
}

/// Whether notes are on another text and have no note in common: their document is another one, though it is away.
fn is_of_another(ours: &Sidecar, theirs: &Sidecar) -> bool {
    let texts = ours.kept.text.zip(theirs.kept.text);
    texts.is_some_and(|(ours, theirs)| ours != theirs) && ids_of(ours).is_disjoint(&ids_of(theirs))
}

/// All notes of which there is something to say, also that they were deleted.
fn ids_of(sidecar: &Sidecar) -> BTreeSet<NoteId> {
    let there = sidecar.kept.annotations.iter().map(|note| note.id);
    let trashed = sidecar.kept.trash.iter().map(|trashed| trashed.note.id);
    there.chain(trashed).chain(sidecar.deleted.keys().copied()).collect()
}

fn read(path: &Path) -> Option<(Vec<u8>, Sidecar)> {
    let bytes = read_if_there(path).ok().flatten()?;
    match parse(&bytes) {
        Parsed::Good { sidecar, .. } => Some((bytes, *sidecar)),
        Parsed::Newer { .. } | Parsed::Damaged(_) => None,
    }
}

impl NotesStore {
    /// Joins the copies of the notes of a document with them. Answers how many.
    ///
    /// Each copy is kept among the earlier versions before it is removed. Errors: what could not be written; what
    /// was not joined lies where it lay.
    pub fn join_copies(&self, place: &Place) -> Result<usize, SaveError> {
        let path = self.path(place);
        let _lock = self.files.begin(&path)?;
        let copies = copies_of(&path);
        for copy in &copies {
            self.join_copy(&path, copy)?;
        }
        Ok(copies.len())
    }

    fn join_copy(&self, path: &Path, copy: &Path) -> Result<(), SaveError> {
        let Some((bytes, theirs)) = read(copy) else { return Ok(()) };
        let generations = Generations::of(path, &self.home);
        generations.keep("joined", &bytes)?;
        let ours = match read_if_there(path)?.map(|bytes| parse(&bytes)) {
            Some(Parsed::Good { sidecar, .. }) => *sidecar,
            None => Sidecar::default(),
            Some(Parsed::Newer { format, .. }) => {
                return Err(SaveError::Newer { format, path: path.to_owned() });
            }
            Some(Parsed::Damaged(reason)) => {
                let source = std::io::Error::other(reason);
                return Err(FileError::while_doing("understand the notes file", path)(source).into());
            }
        };
        let known = origins(&generations, &ours, &theirs);
        let merged = merge_copy(&known, &ours, &theirs, Timestamp::now());
        self.files.write(path, print(&merged).as_bytes())?;
        fs::remove_file(copy).map_err(FileError::while_doing("remove the copy", copy))?;
        Ok(())
    }
}

/// The notes of which earlier versions show what both come from.
///
/// A note that the copy has as it once was here was changed here since. One that was never another here, and is newer
/// in the copy, was changed there. Of all others nothing is known.
fn origins(generations: &Generations, ours: &Sidecar, theirs: &Sidecar) -> Kept {
    let mut seen: BTreeMap<NoteId, Vec<Arc<Annotation>>> = BTreeMap::new();
    let versions = generations.all().into_iter().filter(|generation| !generation.lasting);
    let versions = versions.filter_map(|generation| read(&generation.path));
    for note in
        versions.flat_map(|(_, version)| version.kept.annotations).chain(ours.kept.annotations.clone())
    {
        let of_note = seen.entry(note.id).or_default();
        if !of_note.contains(&note) {
            of_note.push(note);
        }
    }
    let origin = |theirs: &Arc<Annotation>| match &**seen.get(&theirs.id)? {
        known if known.contains(theirs) => Some(Arc::clone(theirs)),
        [only] if only.changed < theirs.changed => Some(Arc::clone(only)),
        _ => None,
    };
    Kept { annotations: theirs.kept.annotations.iter().filter_map(origin).collect(), ..Kept::default() }
}

#[cfg(test)]
#[path = "copies_tests.rs"]
mod tests;
