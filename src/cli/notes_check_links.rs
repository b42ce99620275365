//! What the notes on a document point to: passages of other documents, and other notes.

use std::collections::{BTreeMap, BTreeSet};

use super::Stores;
use super::notes::{Annotated, counted, load_unread};
use super::notes_check::Report;
use crate::document::Document;
use crate::notes::{FarEnd, Found, FoundState, NoteId, Target, locate, notes_linked};
use crate::session::{Kept, Place, ReadingChoices};
use crate::store::{LibraryStore, read_document};

/// Looks whether all of it is there.
pub(super) fn check(annotated: &Annotated, stores: &Stores, report: &mut Report) {
    check_far_ends(annotated, &stores.library, report);
    check_links(annotated, stores, report);
}

/// The other documents that notes are about too: whether they are there, and still have the passages that were meant.
fn check_far_ends(annotated: &Annotated, library: &LibraryStore, report: &mut Report) {
    let unreadable = annotated.loaded.unreadable_far_ends();
    if unreadable > 0 {
        report.complain(format!("{unreadable} passages of other documents that cannot be understood"));
    }
    let mut meant: BTreeMap<String, Vec<&FarEnd>> = BTreeMap::new();
    for far_end in annotated.notes().flat_map(|(note, _)| &note.answers) {
        meant.entry(place_of(far_end, library)).or_default().push(far_end);
    }
    for (place, far_ends) in meant {
        if place.is_empty() {
            let titles: BTreeSet<&str> = far_ends.iter().map(|far_end| far_end.title.as_str()).collect();
            let titles = titles.into_iter().collect::<Vec<_>>().join(", ");
            report.say(format!("{} passages in documents that are not known here: {titles}", far_ends.len()));
        } else {
            check_passages(&place, &far_ends, report);
        }
    }
}

/// Where the other document is. Notes that came from elsewhere may not say it: then it is one of the library with the
/// same text; empty where there is none.
fn place_of(far_end: &FarEnd, library: &LibraryStore) -> String {
    let known = || library.with_text(far_end.document).first().map(Place::to_words);
    let said = Some(far_end.place.clone()).filter(|place| !place.is_empty());
    said.or_else(known).unwrap_or_default()
}

/// Whether the passages are still in the document at that place.
fn check_passages(place: &str, far_ends: &[&FarEnd], report: &mut Report) {
    let passages = far_ends.len();
    let read = read_document(&Place::from_words(place), &ReadingChoices::default(), &mut |_| {});
    let document = match read {
        Ok(read) => read.document,
        Err(error) => {
            let gone = format!("{passages} passages in a document that is gone ({error}): {place}");
            return report.complain(gone);
        }
    };
    let found = found_in(&document, far_ends);
    let count = |state| found.iter().filter(|found| found.state() == state).count();
    let same_text = far_ends.iter().all(|far_end| far_end.document == document.id());
    let changed = if same_text { "a document" } else { "a document that has changed since" };
    if found.iter().any(|found| found.span().is_none()) {
        report.complain(format!("{passages} passages in {changed} ({}): {place}", counted(count)));
    } else if same_text && count(FoundState::Exact) == passages {
        report.say(format!("{passages} passages in {place}"));
    } else {
        report.say(format!("{passages} passages in {changed} ({}): {place}", counted(count)));
    }
}

fn found_in(document: &Document, far_ends: &[&FarEnd]) -> Vec<Found> {
    let target = Target::new(document);
    far_ends.iter().map(|far_end| locate(&far_end.anchor, &target)).collect()
}

/// The notes that others link to in what they say: whether each is among them, or among those of a document of the
/// library, in the trash or not.
fn check_links(annotated: &Annotated, stores: &Stores, report: &mut Report) {
    let linked = annotated.notes().flat_map(|(note, _)| notes_linked(&note.text));
    let mut missing: BTreeSet<NoteId> = linked.collect();
    strike(&mut missing, &annotated.loaded.kept);
    for entry in stores.library.entries() {
        if missing.is_empty() {
            return;
        }
        if let Place::File(file) = &entry.place {
            strike(&mut missing, &load_unread(file, stores).kept);
        }
    }
    if !missing.is_empty() {
        let ids: Vec<String> = missing.iter().map(ToString::to_string).collect();
        report.complain(format!("links to {} notes that are nowhere: {}", ids.len(), ids.join(", ")));
    }
}

fn strike(missing: &mut BTreeSet<NoteId>, kept: &Kept) {
    let there = kept.notes().map(|note| note.id).chain(kept.trash.iter().map(|trashed| trashed.note.id));
    for id in there {
        missing.remove(&id);
    }
}
