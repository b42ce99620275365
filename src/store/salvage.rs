//! Saving the notes of a file that is damaged: whatever of it can still be understood.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::shape::{Sidecar, note_in};
use crate::notes::{Annotation, NoteId};

/// So long a note may be; what has no end within it is no note.
const LONGEST: usize = 1_000_000;

/// The notes of which the bytes still hold every part, in their order.
///
/// They are found by their form, wherever they stand: what opens with a parenthesis and the identity, the quotation or
/// the moment of deletion, up to the parenthesis that closes it.
pub(super) fn notes_in(bytes: &[u8]) -> Vec<Annotation> {
    let text = String::from_utf8_lossy(bytes);
    let mut notes: Vec<Annotation> = Vec::new();
    let mut rest = &*text;
    while let Some(start) = rest.find('(') {
        let from = rest.get(start..).unwrap_or_default();
        let whole = opens_note(from).then(|| item(from)).flatten();
        let note = whole.filter(|whole| !whole.contains(char::REPLACEMENT_CHARACTER)).and_then(note_in);
        let end = if note.is_some() { start + whole.map_or(1, str::len) } else { start + 1 };
        notes.extend(note.filter(|note| notes.iter().all(|other| other.id != note.id)));
        rest = rest.get(end..).unwrap_or_default();
    }
    notes
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

/// The newest good version, with what the damaged file holds besides: notes that it lacks, and versions of notes that
/// were changed later. Of notes that say to be of the same moment the copy is right: the file is damaged.
pub(super) fn joined_with(mut good: Sidecar, damaged: Vec<Annotation>) -> (Sidecar, usize) {
    let mut notes: BTreeMap<NoteId, Arc<Annotation>> =
        good.kept.annotations.iter().map(|note| (note.id, Arc::clone(note))).collect();
    let mut saved = 0;
    for note in damaged {
        let newer = notes.get(&note.id).is_none_or(|there| there.changed < note.changed);
        let alive = good.deleted.get(&note.id).is_none_or(|at| *at < note.changed);
        if newer && alive {
            saved += 1;
            notes.insert(note.id, note.into());
        }
    }
    good.kept.trash.retain(|trashed| !notes.contains_key(&trashed.note.id));
    good.deleted.retain(|id, _| !notes.contains_key(id));
    good.kept.annotations = notes.into_values().collect();
    good.kept.annotations.sort_by_key(|note| (note.anchor.span, note.id));
    (good, saved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::Anchor;
    use crate::notes::sample::note;
    use crate::session::Kept;
    use crate::store::shape::print;

    fn written(count: u128) -> String {
        let anchor = Anchor { quote: "春(眠\"不\\覺".to_owned(), ..Anchor::default() };
        let note = |number| Arc::new(Annotation { text: "// (a".to_owned(), ..note(number, anchor.clone()) });
        let kept = Kept { annotations: (1..=count).map(note).collect(), ..Kept::default() };
        print(&Sidecar { kept, ..Sidecar::default() })
    }

    fn numbers(text: &str) -> Vec<u128> {
        notes_in(text.as_bytes()).into_iter().map(|note| note.id.0.as_u128()).collect()
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
            kept: Kept { annotations: vec![note.into()], ..Kept::default() },
            ..Sidecar::default()
        };
        let check = |damaged: Annotation, text: &str, saved: usize| {
            let (joined, count) = joined_with(good(said("good", 5)), vec![damaged]);
            assert_eq!((&*joined.kept.annotations[0].text, count), (text, saved));
        };
        check(said("gopd", 5), "good", 0);
        check(said("older", 4), "good", 0);
        check(said("later", 6), "later", 1);
    }
}
