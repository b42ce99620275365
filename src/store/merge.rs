//! Two versions of the notes of one document become one, and nothing is lost.
//!
//! Another window, another program or a cloud drive may have changed the file since it was read. What the
//! session changed since is then made on what the file says now.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::raw::Field;
use super::shape::{Sidecar, Unknown};
use crate::document::{Bibliography, Detail};
use crate::notes::{Annotation, NoteId, Trashed};
use crate::session::{Kept, ReadingChoices};
use crate::text::{Correction, Corrections};

/// So many deletions are remembered, the newest ones.
const MOST_DELETIONS: usize = 2_000;

/// What the session says now, on what the file says now.
///
/// `base` is what the session said or was told last: what it lacks of that, it deleted.
pub(super) fn save_over(base: &Kept, ours: &Kept, theirs: &Sidecar, now: Timestamp) -> Sidecar {
    let kept: BTreeSet<NoteId> = ours.annotations.iter().map(|note| note.id).collect();
    let gone = base.annotations.iter().map(|note| note.id).filter(|id| !kept.contains(id));
    let in_trash = ours.trash.iter().map(|trashed| (trashed.note.id, trashed.at));
    let still: BTreeSet<NoteId> = ours.trash.iter().map(|trashed| trashed.note.id).collect();
    let forgotten = base.trash.iter().map(|trashed| trashed.note.id);
    let forgotten = forgotten.filter(|id| !still.contains(id) && !kept.contains(id));
    let deleted = gone.chain(forgotten).map(|id| (id, now)).chain(in_trash).collect();
    merge(Some(base), &Sidecar { kept: ours.clone(), deleted, unknown: Unknown::default() }, theirs)
}

/// Both of two versions. `base` is what both come from, where that is known.
///
/// - A note that only one of them has stays, unless the other says that it was deleted and it was not
///   changed since: a file without a note is no reason to delete it.
/// - Of a note that both changed, the one changed last counts; what either says and every tag and far end are kept.
/// - Of the rest `ours` counts where it differs from `base`, and `theirs` otherwise.
pub(super) fn merge(base: Option<&Kept>, ours: &Sidecar, theirs: &Sidecar) -> Sidecar {
    let annotations = merge_notes(base, ours, theirs);
    let present: BTreeSet<NoteId> = annotations.iter().map(|note| note.id).collect();
    let mut deleted = theirs.deleted.clone();
    for (&id, &at) in &ours.deleted {
        let latest = deleted.entry(id).or_insert(at);
        *latest = at.max(*latest);
    }
    deleted.retain(|id, _| !present.contains(id));
    let trash = merge_trash(ours, theirs, &deleted);
    forget_oldest(&mut deleted);
    let kept = Kept {
        text: ours.kept.text.or(theirs.kept.text),
        title: if ours.kept.title.is_empty() { &theirs.kept.title } else { &ours.kept.title }.clone(),
        annotations,
        trash,
        corrections: merge_corrections(base, &ours.kept.corrections, &theirs.kept.corrections),
        choices: merge_choices(base, &ours.kept.choices, &theirs.kept.choices),
        bibliography: merge_bibliographies(
            base.and_then(|base| base.bibliography.as_ref()),
            ours.kept.bibliography.as_ref(),
            theirs.kept.bibliography.as_ref(),
        ),
    };
    Sidecar { kept, deleted, unknown: merge_unknown(&ours.unknown, &theirs.unknown) }
}

/// What is in the trash of either, unless it was taken back or deleted for good since.
fn merge_trash(ours: &Sidecar, theirs: &Sidecar, deleted: &BTreeMap<NoteId, Timestamp>) -> Vec<Trashed> {
    let mut trash: BTreeMap<NoteId, &Trashed> = BTreeMap::new();
    for trashed in ours.kept.trash.iter().chain(&theirs.kept.trash) {
        let latest = trash.entry(trashed.note.id).or_insert(trashed);
        if (trashed.at, trashed.note.changed) > (latest.at, latest.note.changed) {
            *latest = trashed;
        }
    }
    let stays = |trashed: &&&Trashed| deleted.get(&trashed.note.id).is_some_and(|at| trashed.at >= *at);
    let mut trash: Vec<Trashed> = trash.values().filter(stays).map(|trashed| (*trashed).clone()).collect();
    trash.sort_by_key(Trashed::order);
    trash
}

fn by_id(kept: &Kept) -> BTreeMap<NoteId, &Arc<Annotation>> {
    kept.annotations.iter().map(|note| (note.id, note)).collect()
}

fn merge_notes(base: Option<&Kept>, ours: &Sidecar, theirs: &Sidecar) -> Vec<Arc<Annotation>> {
    let origins = base.map(by_id);
    let origin_of = |id: NoteId| origins.as_ref().and_then(|origins| origins.get(&id).copied());
    let (left, right) = (by_id(&ours.kept), by_id(&theirs.kept));
    // Of a note that one side lacks: whether it stays there too.
    let survives = |note: &Arc<Annotation>, other: &Sidecar| match (other.deleted.get(&note.id), &origins) {
        (None, _) => true,
        (Some(_), Some(_)) => origin_of(note.id) != Some(note),
        (Some(at), None) => note.changed > *at,
    };
    let ids: BTreeSet<NoteId> = left.keys().chain(right.keys()).copied().collect();
    let one = |id: NoteId| match (left.get(&id), right.get(&id)) {
        (Some(left), Some(right)) => Some(merge_note(origin_of(id), left, right)),
        (Some(note), None) => survives(note, theirs).then(|| Arc::clone(note)),
        (None, Some(note)) => survives(note, ours).then(|| Arc::clone(note)),
        (None, None) => None,
    };
    let mut notes: Vec<Arc<Annotation>> = ids.into_iter().filter_map(one).collect();
    notes.sort_by_key(|note| (note.anchor.span, note.id));
    notes
}

fn merge_note(
    origin: Option<&Arc<Annotation>>,
    left: &Arc<Annotation>,
    right: &Arc<Annotation>,
) -> Arc<Annotation> {
    if left == right || origin == Some(right) {
        return left.clone();
    }
    if origin == Some(left) {
        return right.clone();
    }
    // A total order, so that both sides come to the same whichever merges.
    let rank = |note: &Annotation| {
        let answers: Vec<_> =
            note.answers.iter().map(|far_end| (far_end.document, far_end.anchor.span)).collect();
        let said = (note.changed, note.text.len(), note.text.clone(), note.colour);
        (said, note.anchor.span, answers, note.placing.clone())
    };
    let (newer, older) = if rank(left) >= rank(right) { (left, right) } else { (right, left) };
    let mut merged = Annotation::clone(newer);
    let only_older = older.tags.iter().filter(|tag| {
        let deleted = origin.is_some_and(|origin| origin.tags.contains(tag));
        !newer.tags.contains(tag) && !deleted
    });
    merged.tags.extend(only_older.cloned());
    let only_older = older.answers.iter().filter(|far_end| {
        let deleted = origin.is_some_and(|origin| origin.answers.contains(far_end));
        !newer.answers.contains(far_end) && !deleted
    });
    merged.answers.extend(only_older.cloned());
    if merged.placing.original.is_none() && merged.anchor != *older.original_anchor() {
        merged.placing.original.clone_from(&older.placing.original);
    }
    let told = older.text.is_empty()
        || newer.text.contains(&older.text)
        || origin.is_some_and(|origin| origin.text == older.text);
    if !told {
        merged.text = join_texts(&newer.text, &older.text);
    }
    Arc::new(merged)
}

/// Both texts, under a rule of Markdown, the newer one first.
fn join_texts(newer: &str, older: &str) -> String {
    if newer.is_empty() { older.to_owned() } else { format!("{newer}\n\n---\n\n{older}") }
}

fn merge_corrections(base: Option<&Kept>, ours: &Corrections, theirs: &Corrections) -> Corrections {
    let base = base.map_or(&[][..], |base| base.corrections.list());
    if base == theirs.list() || ours == theirs {
        return ours.clone();
    }
    let not_deleted =
        |correction: &&Correction| theirs.list().contains(correction) || !base.contains(correction);
    let mut list: Vec<Correction> = ours.list().iter().filter(not_deleted).cloned().collect();
    let new = theirs.list().iter().filter(|correction| !base.contains(correction));
    let same_words = |correction: &&Correction| list.iter().any(|other| other.source == correction.source);
    let new: Vec<Correction> = new.filter(|correction| !same_words(correction)).cloned().collect();
    list.extend(new);
    Corrections::new(list)
}

fn merge_choices(base: Option<&Kept>, ours: &ReadingChoices, theirs: &ReadingChoices) -> ReadingChoices {
    let unchanged = ReadingChoices::default();
    let base = base.map_or(&unchanged, |base| &base.choices);
    if ours == base { theirs.clone() } else { ours.clone() }
}

/// Detail by detail; see [`newer`].
fn merge_bibliographies(
    base: Option<&Bibliography>,
    ours: Option<&Bibliography>,
    theirs: Option<&Bibliography>,
) -> Option<Bibliography> {
    let detail = |detail: Detail| {
        let of = |side: Option<&Bibliography>| side.and_then(|side| side.details.get(&detail).cloned());
        let value = newer(of(base), of(ours), of(theirs))?;
        Some((detail, value))
    };
    let kind = |side: Option<&Bibliography>| side.and_then(|side| side.kind);
    let kind = newer(kind(base), kind(ours), kind(theirs));
    let merged = Bibliography { kind, details: Detail::ALL.into_iter().filter_map(detail).collect() };
    Some(merged).filter(|merged| !merged.is_empty())
}

/// The one that was changed since `base`; where both were, the same whichever side merges, and rather something
/// than nothing.
fn newer<Value: Ord>(base: Option<Value>, ours: Option<Value>, theirs: Option<Value>) -> Option<Value> {
    match (ours == base, theirs == base) {
        (true, _) => theirs,
        (false, true) => ours,
        (false, false) => ours.max(theirs),
    }
}

/// What either does not know.
pub(super) fn merge_unknown(ours: &Unknown, theirs: &Unknown) -> Unknown {
    let mut merged = theirs.clone();
    add_fields(&mut merged.fields, &ours.fields);
    add_fields(&mut merged.bibliography, &ours.bibliography);
    for (&id, fields) in &ours.notes {
        merged.notes.entry(id).or_insert_with(|| fields.clone());
    }
    for (&key, fields) in &ours.far_ends {
        merged.far_ends.entry(key).or_insert_with(|| fields.clone());
    }
    for note in &ours.unreadable {
        if !merged.unreadable.contains(note) {
            merged.unreadable.push(note.clone());
        }
    }
    merged
}

/// Adds those of names that are not there yet.
fn add_fields(merged: &mut Vec<Field>, ours: &[Field]) {
    for field in ours {
        if merged.iter().all(|other| other.name != field.name) {
            merged.push(field.clone());
        }
    }
}

fn forget_oldest(deleted: &mut BTreeMap<NoteId, Timestamp>) {
    let mut moments: Vec<Timestamp> = deleted.values().copied().collect();
    if moments.len() > MOST_DELETIONS {
        moments.sort_unstable();
        let first = moments.get(moments.len() - MOST_DELETIONS).copied().unwrap_or_default();
        deleted.retain(|_, at| *at >= first);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::document::TextId;
    use crate::notes::{Anchor, FarEnd, Placing, Tag};

    fn note(id: u128, text: &str, changed: i64) -> Arc<Annotation> {
        Arc::new(Annotation {
            id: NoteId(Uuid::from_u128(id)),
            anchor: Anchor::default(),
            colour: None,
            tags: Vec::new(),
            text: text.to_owned(),
            answers: Vec::new(),
            placing: Placing::default(),
            created: Timestamp::UNIX_EPOCH,
            changed: Timestamp::from_second(changed).unwrap(),
        })
    }

    /// Notes written `number text changed`, separated by `;`.
    fn kept(notes: &str) -> Kept {
        let notes = notes.split(';').filter(|note| !note.trim().is_empty()).map(|written| {
            let words: Vec<&str> = written.split_whitespace().collect();
            note(words[0].parse().unwrap(), words[1], words[2].parse().unwrap())
        });
        Kept { annotations: notes.collect(), ..Kept::default() }
    }

    fn check(base: &str, ours: &str, theirs: &str, expected: &str) {
        let theirs = Sidecar { kept: kept(theirs), ..Sidecar::default() };
        let now = Timestamp::from_second(50).unwrap();
        let merged = save_over(&kept(base), &kept(ours), &theirs, now);
        let told: Vec<String> = merged
            .kept
            .annotations
            .iter()
            .map(|note| {
                format!(
                    "{} {} {}",
                    note.id.0.as_u128(),
                    note.text.replace("\n\n---\n\n", "|"),
                    note.changed.as_second()
                )
            })
            .collect();
        assert_eq!(told.join("; "), expected);
    }

    #[test]
    fn what_is_said_for_citing_is_merged_detail_by_detail() {
        let saying = |details: &[(Detail, &str)]| Bibliography {
            details: details.iter().map(|&(detail, value)| (detail, value.to_owned())).collect(),
            ..Bibliography::default()
        };
        let base = saying(&[(Detail::Title, "章程"), (Detail::Date, "1983"), (Detail::Place, "里昂")]);
        let ours = saying(&[(Detail::Title, "书屋章程"), (Detail::Date, "1983")]);
        let theirs = saying(&[(Detail::Title, "章程"), (Detail::Date, "1984"), (Detail::Place, "里昂")]);
        let merged = saying(&[(Detail::Title, "书屋章程"), (Detail::Date, "1984")]);
        assert_eq!(merge_bibliographies(Some(&base), Some(&ours), Some(&theirs)), Some(merged.clone()));
        assert_eq!(merge_bibliographies(Some(&base), Some(&theirs), Some(&ours)), Some(merged));
        assert_eq!(merge_bibliographies(None, None, None), None);
    }

    #[test]
    fn what_either_did_is_done() {
        check("1 a 1", "1 b 2", "1 a 1", "1 b 2");
        check("1 a 1", "1 a 1", "1 b 2", "1 b 2");
        check("1 a 1", "1 a 1; 2 x 3", "1 a 1; 3 y 3", "1 a 1; 2 x 3; 3 y 3");
        check("1 a 1; 2 b 1", "2 b 1", "1 a 1; 2 b 1", "2 b 1");
    }

    #[test]
    fn both_texts_stay_and_an_edit_beats_a_deletion() {
        check("1 a 1", "1 b 2", "1 c 3", "1 c|b 3");
        check("1 a 1", "1 b 4", "1 c 3", "1 b|c 4");
        check("1 a 1", "", "1 c 3", "1 c 3");
    }

    #[test]
    fn a_missing_note_is_no_deletion() {
        check("1 a 1", "1 a 1", "", "1 a 1");
        let mut theirs = Sidecar::default();
        theirs.deleted.insert(NoteId(Uuid::from_u128(1)), Timestamp::from_second(9).unwrap());
        let merged = save_over(&kept("1 a 1"), &kept("1 a 1"), &theirs, Timestamp::UNIX_EPOCH);
        assert_eq!(merged.kept.annotations, []);
        let merged = save_over(&kept("1 a 1"), &kept("1 b 2"), &theirs, Timestamp::UNIX_EPOCH);
        assert_eq!((merged.kept.annotations.len(), merged.deleted.len()), (1, 0));
    }

    #[test]
    fn tags_of_both_are_kept() {
        let tagged = |tags: &[&str], changed| {
            let tags = tags.iter().map(|tag| Tag::try_from((*tag).to_owned()).unwrap()).collect();
            Arc::new(Annotation { tags, ..(*note(1, "a", changed)).clone() })
        };
        let merged =
            merge_note(Some(&tagged(&["x", "y"], 1)), &tagged(&["x", "z"], 3), &tagged(&["x", "y", "w"], 2));
        let names: Vec<String> = merged.tags.iter().cloned().map(String::from).collect();
        assert_eq!(names, ["x", "z", "w"]);
    }

    #[test]
    fn far_ends_of_both_are_kept() {
        let far_end = |title: &str| FarEnd {
            place: String::new(),
            document: TextId::of(title),
            title: title.to_owned(),
            anchor: Anchor::default(),
        };
        let spanning = |titles: &[&str], changed| {
            let answers = titles.iter().map(|title| far_end(title)).collect();
            Arc::new(Annotation { answers, ..(*note(1, "a", changed)).clone() })
        };
        let check = |origin: Option<&[&str]>, newer: &[&str], older: &[&str], expected: &[&str]| {
            let origin = origin.map(|titles| spanning(titles, 1));
            let (newer, older) = (spanning(newer, 3), spanning(older, 2));
            for (left, right) in [(&newer, &older), (&older, &newer)] {
                let merged = merge_note(origin.as_ref(), left, right);
                let titles: Vec<&str> = merged.answers.iter().map(|far_end| &*far_end.title).collect();
                assert_eq!(titles, expected);
            }
        };
        check(Some(&[]), &["x"], &["y"], &["x", "y"]);
        check(Some(&["x"]), &[], &["x"], &[]);
        check(Some(&["x"]), &["y"], &["x", "z"], &["y", "z"]);
        check(None, &["x"], &["x"], &["x"]);
    }

    fn any_side() -> impl Strategy<Value = Sidecar> {
        let notes = prop::collection::btree_map(0..5_u128, ("[ab]{0,2}", 0..4_i64), 0..5);
        let deleted = prop::collection::btree_map(0..5_u128, 0..4_i64, 0..3);
        (notes, deleted).prop_map(|(notes, deleted)| {
            let annotations: Vec<_> =
                notes.into_iter().map(|(id, (text, changed))| note(id, &text, changed)).collect();
            let there = |id: u128| annotations.iter().any(|note| note.id.0.as_u128() == id);
            let deleted = deleted
                .into_iter()
                .filter(|(id, _)| !there(*id))
                .map(|(id, at)| (NoteId(Uuid::from_u128(id)), Timestamp::from_second(at).unwrap()))
                .collect();
            let kept = Kept { annotations, ..Kept::default() };
            Sidecar { kept, deleted, unknown: Unknown::default() }
        })
    }

    proptest! {
        #[test]
        fn merging_does_not_depend_on_the_side(left in any_side(), right in any_side()) {
            let merged = merge(None, &left, &right);
            prop_assert_eq!(&merged, &merge(None, &right, &left));
            prop_assert_eq!(&merged, &merge(None, &merged, &merged));
            // Again with either: nothing new.
            prop_assert_eq!(&merge(None, &merged, &left), &merged);
            prop_assert_eq!(&merge(None, &right, &merged), &merged);
        }

        #[test]
        fn no_text_is_lost(left in any_side(), right in any_side()) {
            let merged = merge(None, &left, &right);
            for (side, other) in [(&left, &right), (&right, &left)] {
                for note in &side.kept.annotations {
                    let deleted = other.deleted.get(&note.id).is_some_and(|at| *at >= note.changed);
                    let found = merged.kept.annotations.iter().find(|found| found.id == note.id);
                    prop_assert!(found.map_or(deleted, |found| found.text.contains(&note.text)));
                }
            }
        }
    }
}
