//! Saving the notes of a file that is damaged: whatever of it can still be understood.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::shape::{Sidecar, deletion_in, take_item};
use crate::notes::{Annotation, NoteId, Trashed};

/// So long a note may be; what has no end within it is no note.
const LONGEST: usize = 1_000_000;

/// The notes of which the bytes still hold every part, in their order: those that are there, those in the trash with
/// the moment of their deletion, and what is remembered of others.
///
/// They are found by their form, wherever they stand: what opens with a parenthesis and the identity, the quotation or
/// the moment of deletion, up to the parenthesis that closes it.
pub(super) fn notes_in(bytes: &[u8]) -> Sidecar {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Sidecar::default();
    let mut rest = &*text;
    while let Some(start) = rest.find('(') {
        let Some((before, from)) = text.split_at_checked(text.len() - rest.len() + start) else { break };
        let whole = opens_note(from).then(|| item(from)).flatten();
        let whole = whole.filter(|whole| !whole.contains(char::REPLACEMENT_CHARACTER));
        let taken = whole
            .filter(|whole| take_moment(&mut found, before, whole) || take_item(&mut found, whole).is_some());
        let end = start + taken.map_or(1, str::len);
        rest = rest.get(end..).unwrap_or_default();
    }
    found
}

/// Takes what is remembered of a note that was deleted or taken back: which of the two, says the list it stands in.
fn take_moment(found: &mut Sidecar, before: &str, written: &str) -> bool {
    let Some((id, at)) = deletion_in(written) else { return false };
    let list = before.rsplit_once('[').map_or("", |(list, _)| list).trim_end().trim_end_matches(':');
    if list.ends_with("deleted") {
        found.deleted.entry(id).or_insert(at);
    } else if list.ends_with("revived") {
        found.revived.insert(id, at);
    }
    true
}

fn opens_note(text: &str) -> bool {
    let inside = text.get(1..).unwrap_or_default().trim_start();
    ["id:", "quote:", "trashed:"].iter().any(|name| inside.starts_with(name))
}

/// From a parenthesis to the one that closes it; `None` where none does. What stands in strings and comments does not
/// count.
fn item(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let (mut depth, mut index) = (0_u32, 0);
    while let Some(&byte) = bytes.get(index).filter(|_| index < LONGEST) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
            b'"' => index = after_string(bytes, index)?,
            b'/' if bytes.get(index + 1) == Some(&b'/') => {
                index += memchr::memchr(b'\n', bytes.get(index..)?)?;
            }
            _ => {}
        }
        index += 1;
        if depth == 0 {
            return text.get(..index);
        }
    }
    None
}

/// The index of the quotation mark that ends the string which begins at `start`.
fn after_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut index = start + 1;
    loop {
        match bytes.get(index)? {
            b'"' => return Some(index),
            b'\\' => index += 2,
            _ => index += 1,
        }
    }
}

/// The newest good version, with what the damaged file holds besides: notes that it lacks, versions of notes that were
/// changed later, and notes that were deleted later. Of notes that say to be of the same moment the copy is right: the
/// file is damaged. Answers how many.
pub(super) fn joined_with(mut good: Sidecar, damaged: &Sidecar) -> (Sidecar, usize) {
    let mut notes: BTreeMap<NoteId, Arc<Annotation>> =
        std::mem::take(&mut good.kept.annotations).into_iter().map(|note| (note.id, note)).collect();
    let mut saved = 0;
    for note in &damaged.kept.annotations {
        let id = note.id;
        let newer = notes.get(&id).is_none_or(|there| there.changed < note.changed);
        let alive = Some(note.changed).max(damaged.revived.get(&id).copied());
        if newer && alive > good.deleted.get(&id).copied() {
            saved += 1;
            take_version(&mut good, damaged, id);
            notes.insert(id, Arc::clone(note));
        }
    }
    let trashed = good.kept.trash.iter().map(|trashed| trashed.note.id);
    let known: BTreeSet<NoteId> = trashed.chain(good.deleted.keys().copied()).collect();
    for Trashed { note, at } in &damaged.kept.trash {
        let outlived =
            notes.get(&note.id).is_some_and(|there| there.changed.max(revived(&good, note)) >= *at);
        if !outlived && !known.contains(&note.id) {
            saved += 1;
            notes.remove(&note.id);
            take_version(&mut good, damaged, note.id);
            good.kept.trash.push(Trashed { note: Arc::clone(note), at: *at });
        }
    }
    for (&id, &at) in &damaged.deleted {
        if notes.get(&id).is_some_and(|there| there.changed.max(revived(&good, there)) < at) {
            good.kept.trash.extend(notes.remove(&id).map(|note| Trashed { note, at }));
        }
        good.deleted.entry(id).or_insert(at);
    }
    good.kept.trash.retain(|trashed| !notes.contains_key(&trashed.note.id));
    good.kept.trash.sort_by_key(Trashed::order);
    good.deleted.retain(|id, _| !notes.contains_key(id));
    good.kept.annotations = notes.into_values().collect();
    good.kept.annotations.sort_by_key(|note| (note.anchor.span, note.id));
    (good, saved)
}

/// When the note was taken back last, or else when it was changed.
fn revived(sidecar: &Sidecar, note: &Annotation) -> Timestamp {
    sidecar.revived.get(&note.id).copied().unwrap_or(note.changed)
}

/// What else the damaged file says of a note that is taken from it.
fn take_version(good: &mut Sidecar, damaged: &Sidecar, id: NoteId) {
    good.kept.conflicts.remove(&id);
    good.kept.conflicts.extend(damaged.kept.conflicts.get(&id).map(|others| (id, others.clone())));
    good.unknown.notes.extend(damaged.unknown.notes.get(&id).map(|fields| (id, fields.clone())));
    let far_ends = damaged.unknown.far_ends.iter().filter(|((note, ..), _)| *note == id);
    good.unknown.far_ends.extend(far_ends.map(|(key, fields)| (*key, fields.clone())));
    good.revived.extend(damaged.revived.get(&id).map(|at| (id, *at)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    use crate::notes::sample::note;
    use crate::notes::{Anchor, Conflict};
    use crate::session::Kept;
    use crate::store::shape::print;

    fn written(count: u128) -> String {
        let anchor = Anchor { quote: "春(眠\"不\\覺".to_owned(), ..Anchor::default() };
        let note = |number| Arc::new(Annotation { text: "// (a".to_owned(), ..note(number, anchor.clone()) });
        let kept = Kept { annotations: (1..=count).map(note).collect(), ..Kept::default() };
        print(&Sidecar { kept, ..Sidecar::default() })
    }

    fn numbers(text: &str) -> Vec<u128> {
        notes_in(text.as_bytes()).kept.annotations.iter().map(|note| note.id.0.as_u128()).collect()
    }

    #[test]
    fn every_note_that_is_whole_is_found() {
        let whole = written(4);
        assert_eq!(numbers(&whole), [1, 2, 3, 4]);
        // Cut off in the middle, and without its head.
        let (half, other) = whole.split_at(whole.len() / 2);
        assert_eq!(numbers(half), [1]);
        assert_eq!(numbers(other), [3, 4]);
        // A hole in the second.
        let hole = whole.replacen("id: \"00000000-0000-0000-0000-000000000002\"", "id: \"0000#", 1);
        assert_eq!(numbers(&hole), [1, 3, 4]);
        assert_eq!(numbers("(((("), [0_u128; 0]);
    }

    #[test]
    fn of_a_version_of_the_same_moment_the_copy_is_right() {
        let said = |text: &str, second| {
            let note = note(1, Anchor::default());
            let changed = jiff::Timestamp::from_second(second).unwrap();
            Annotation { text: text.to_owned(), changed, ..note }
        };
        let good = |note: Annotation| Sidecar {
            kept: Kept { annotations: vec![note.into()].into(), ..Kept::default() },
            ..Sidecar::default()
        };
        let check = |damaged: Annotation, text: &str, saved: usize| {
            let (joined, count) = joined_with(good(said("good", 5)), &good(damaged));
            assert_eq!((&*joined.kept.annotations[0].text, count), (text, saved));
        };
        check(said("gopd", 5), "good", 0);
        check(said("older", 4), "good", 0);
        check(said("later", 6), "later", 1);
    }

    #[test]
    fn what_was_deleted_stays_deleted_and_what_is_said_besides_stays() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let changed =
            |number, second| Arc::new(Annotation { changed: at(second), ..note(number, Anchor::default()) });
        let other = Conflict { text: "another".to_owned(), changed: at(2) };
        let kept = Kept {
            annotations: vec![changed(1, 3), changed(4, 1)].into(),
            trash: vec![Trashed { note: changed(2, 3), at: at(5) }],
            conflicts: [(NoteId(Uuid::from_u128(1)), vec![other])].into(),
            ..Kept::default()
        };
        let deleted = [(2, 5), (3, 6)].map(|(number, second)| (NoteId(Uuid::from_u128(number)), at(second)));
        let revived = [(NoteId(Uuid::from_u128(4)), at(8))];
        let whole = Sidecar { kept, deleted: deleted.into(), revived: revived.into(), ..Sidecar::default() };
        let found = notes_in(print(&whole).as_bytes());
        assert_eq!(found, whole);
        // Without a copy, and with one in which the deleted notes are still there, and another is deleted.
        assert_eq!(joined_with(Sidecar::default(), &found), (whole.clone(), 3));
        let kept = Kept { annotations: vec![changed(2, 3), changed(3, 3)].into(), ..Kept::default() };
        let deleted = [(NoteId(Uuid::from_u128(4)), at(7))].into();
        let (joined, _) = joined_with(Sidecar { kept, deleted, ..Sidecar::default() }, &found);
        let numbers = |notes: Vec<NoteId>| notes.iter().map(|id| id.0.as_u128()).collect::<Vec<_>>();
        assert_eq!(numbers(joined.kept.annotations.iter().map(|note| note.id).collect()), [1, 4]);
        assert_eq!(numbers(joined.kept.trash.iter().map(|trashed| trashed.note.id).collect()).len(), 2);
    }
}
