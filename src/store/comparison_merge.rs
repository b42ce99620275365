//! What the session says of a comparison, made on what its file says now.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use uuid::Uuid;

use super::comparison_record::{filed_links, filed_ruling, filed_side, place_rulings};
use super::comparison_shape::{Filed, FiledRuling, FiledSide};
use super::comparisons::AskedComparison;
use crate::compare::{Ruling, Side};
use crate::session::KeptComparison;

/// What the session knows of a comparison: what it said last or was told last.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Told {
    /// The rulings that have their places, each with its identity.
    pub(super) rulings: Vec<(Uuid, Ruling)>,
    /// All that the file said.
    pub(super) filed: Filed,
}

impl Told {
    /// The same with the left side on the right.
    pub(super) fn turned(self) -> Self {
        let turned = |ruling: Ruling| Ruling { left: ruling.right, right: ruling.left, ..ruling };
        let rulings = self.rulings.into_iter().map(|(id, ruling)| (id, turned(ruling))).collect();
        Self { rulings, filed: self.filed.turned() }
    }
}

/// So many rulings that were taken back are remembered, the newest ones.
const MOST_DELETIONS: usize = 2_000;

/// What the session says now, on what the file in `folder` says now.
///
/// Of the rulings that the session was told of, those that it lacks are taken back; all others of the file stay,
/// also those without a place in the documents as they are now. What was found and the identities of the texts
/// go together: as long as nothing was found in changed texts, the file says what was found in the old ones.
pub(super) fn merge(
    told: Told,
    kept: &KeptComparison,
    asked: &AskedComparison,
    folder: &Path,
    theirs: Filed,
    now: Timestamp,
) -> Told {
    // A file that is gone or damaged takes nothing back.
    let theirs = if theirs.left.document.is_some() { theirs } else { told.filed };
    let rulings = merge_rulings(&told.rulings, kept, asked, &theirs, now);
    let mut filed = Filed {
        rulings: rulings.filed,
        deleted: rulings.deleted,
        options: kept.options.clone(),
        filter: kept.filter.clone(),
        ..theirs
    };
    if let Some(comparison) = &kept.comparison {
        filed.found = Some(filed_links(comparison));
        filed.unknown.found = None;
    }
    if filed.left.document.is_none() || kept.comparison.is_some() {
        filed.left = renewed(&filed.left, filed_side(asked, Side::Left, folder));
        filed.right = renewed(&filed.right, filed_side(asked, Side::Right, folder));
    }
    Told { rulings: rulings.told, filed }
}

fn renewed(before: &FiledSide, now: FiledSide) -> FiledSide {
    let section = now.section.map(|section| match &before.section {
        Some(before) => section.with_unknown_of(before),
        None => section,
    });
    FiledSide { section, unknown: before.unknown.clone(), ..now }
}

struct Rulings {
    filed: Vec<FiledRuling>,
    deleted: BTreeMap<Uuid, Timestamp>,
    told: Vec<(Uuid, Ruling)>,
}

fn merge_rulings(
    told: &[(Uuid, Ruling)],
    kept: &KeptComparison,
    asked: &AskedComparison,
    theirs: &Filed,
    now: Timestamp,
) -> Rulings {
    // The session may not have been told of the file yet, or another program may have said the same.
    let (there, _) = place_rulings(theirs, asked);
    let known: BTreeMap<Uuid, &FiledRuling> =
        theirs.rulings.iter().map(|ruling| (ruling.id, ruling)).collect();
    let mut ours: Vec<(FiledRuling, Ruling)> = Vec::new();
    for ruling in &kept.guidance.rulings {
        let before = told.iter().chain(&there).find(|(_, told)| told == ruling).map(|(id, _)| *id);
        // Taken back elsewhere, and not made anew here.
        if before.is_some_and(|id| theirs.deleted.contains_key(&id) && !known.contains_key(&id)) {
            continue;
        }
        let made = || filed_ruling(ruling, asked, now);
        let filed = before.and_then(|id| known.get(&id).map(|&filed| filed.clone())).unwrap_or_else(made);
        let filed = known.get(&filed.id).map_or(filed, |&there| there.clone());
        // Said again, it counts from now on.
        ours.retain(|(other, _)| other.id != filed.id);
        ours.push((filed, ruling.clone()));
    }
    let present: BTreeSet<Uuid> = ours.iter().map(|(filed, _)| filed.id).collect();
    let gone: Vec<Uuid> = told.iter().map(|(id, _)| *id).filter(|id| !present.contains(id)).collect();
    let mut deleted = theirs.deleted.clone();
    deleted.extend(gone.iter().filter(|id| known.contains_key(id)).map(|&id| (id, now)));
    deleted.retain(|id, _| !present.contains(id));
    forget_oldest(&mut deleted);
    let told = ours.iter().map(|(filed, ruling)| (filed.id, ruling.clone())).collect();
    let mut filed: Vec<FiledRuling> = ours.into_iter().map(|(filed, _)| filed).collect();
    let others =
        theirs.rulings.iter().filter(|other| !present.contains(&other.id) && !gone.contains(&other.id));
    for other in others {
        let place = filed.iter().position(|own| own.made > other.made).unwrap_or(filed.len());
        filed.insert(place, other.clone());
    }
    Rulings { filed, deleted, told }
}

fn forget_oldest(deleted: &mut BTreeMap<Uuid, Timestamp>) {
    while deleted.len() > MOST_DELETIONS {
        let oldest = deleted.iter().min_by_key(|(_, at)| **at).map(|(&id, _)| id);
        deleted.remove(&oldest.unwrap_or_default());
    }
}
