//! Notes that a file lacks though nobody has deleted them.
//!
//! Absence never deletes: what another program or a person took out of a file of notes is known from the newest
//! earlier version. A few such notes go to the trash. Where most are missing, or all, that was hardly meant: they stay,
//! and the reader is asked.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::shape::Sidecar;
use crate::notes::{Annotation, NoteId, Trashed, is_mass_deletion};
use crate::session::Kept;

/// Keeps what `sidecar` lacks of the `newest` earlier version. Answers the notes that the reader is to be asked about.
pub(super) fn keep_absent(sidecar: &mut Sidecar, newest: &Kept, path: &Path) -> Vec<NoteId> {
    let absent = absent(sidecar, newest);
    if absent.is_empty() {
        return Vec::new();
    }
    let ids = absent.iter().map(|note| note.id).collect();
    if is_mass_deletion(absent.len(), newest.annotations.len()) {
        sidecar.kept.annotations.extend(absent);
        sidecar.kept.annotations.sort_by_key(|note| (note.anchor.span, note.id));
        return ids;
    }
    let at = changed(path);
    sidecar.kept.trash.extend(absent.into_iter().map(|note| Trashed { at: at.max(note.changed), note }));
    sidecar.kept.trash.sort_by_key(Trashed::order);
    Vec::new()
}

/// The notes of `newest` of which `sidecar` neither says that they are there nor that they were deleted.
fn absent(sidecar: &Sidecar, newest: &Kept) -> Vec<Arc<Annotation>> {
    let there = sidecar.kept.annotations.iter().map(|note| note.id);
    let trashed = sidecar.kept.trash.iter().map(|trashed| trashed.note.id);
    let said: BTreeSet<NoteId> = there.chain(trashed).chain(sidecar.deleted.keys().copied()).collect();
    // What could not be understood stays in the file as it is.
    let unreadable = |id: NoteId| {
        let id = id.to_string();
        sidecar.unknown.unreadable.iter().any(|note| note.contains(&id))
    };
    let absent = newest.annotations.iter().filter(|note| !said.contains(&note.id) && !unreadable(note.id));
    absent.cloned().collect()
}

/// When the file was last changed.
fn changed(path: &Path) -> Timestamp {
    let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    modified.and_then(|moment| Timestamp::try_from(moment).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
}
