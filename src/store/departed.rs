//! Notes of documents that are gone, told apart from those that came along to where their document is now.
//!
//! When notes come along to a document that was renamed or moved, the file that they were in stays as it is. Listed
//! together, each of its notes would stand twice.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::notes::{DocumentNotes, NoteId, SearchableNotes};

/// Of the notes of documents that are `gone`, those that did not come along: of which not every note stands in one of
/// the documents that are `there`, or was deleted in one. `deleted` answers what was deleted in a document.
pub(super) fn left_behind(
    mut gone: Vec<SearchableNotes>,
    there: &[SearchableNotes],
    deleted: impl Fn(&DocumentNotes) -> HashSet<NoteId>,
) -> Vec<SearchableNotes> {
    if gone.is_empty() {
        return gone;
    }
    let there = || there.iter().map(|notes| &**notes.document());
    let mut standing: HashSet<NoteId> = there().flat_map(ids).collect();
    // What came along from one place to the next, which is gone too, counts where it was last.
    gone.sort_by_cached_key(|notes| Reverse(notes.document().notes.iter().map(|note| note.changed).max()));
    gone.retain(|notes| {
        let own = notes.document();
        let missing: HashSet<NoteId> = ids(own).filter(|id| !standing.contains(id)).collect();
        let was_deleted = || {
            let heirs = there().filter(|heir| is_heir(heir, own));
            missing.is_subset(&heirs.flat_map(&deleted).collect())
        };
        let came_along = !own.notes.is_empty() && (missing.is_empty() || was_deleted());
        standing.extend(missing.iter().filter(|_| !came_along));
        !came_along
    });
    gone
}

/// Whether the notes of a document that is gone may have come along to `heir`.
fn is_heir(heir: &DocumentNotes, gone: &DocumentNotes) -> bool {
    let own: HashSet<NoteId> = ids(gone).collect();
    heir.text.is_some() && heir.text == gone.text || ids(heir).any(|id| own.contains(&id))
}

fn ids(document: &DocumentNotes) -> impl Iterator<Item = NoteId> {
    document.notes.iter().map(|note| note.id)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::TextId;
    use crate::notes::sample::note;
    use crate::notes::{Anchor, SearchableNotes};

    /// Notes of these numbers on `text`.
    fn notes(place: &str, text: &str, numbers: &[u128]) -> SearchableNotes {
        let notes = numbers.iter().map(|number| Arc::new(note(*number, Anchor::default())));
        let (place, text) = (place.to_owned(), Some(TextId::of(text)));
        SearchableNotes::new(DocumentNotes {
            place,
            text,
            notes: notes.collect(),
            ..DocumentNotes::default()
        })
    }

    /// Which of `gone` are listed where `deleted` was deleted in every document that is there.
    fn check(gone: &[SearchableNotes], there: &[SearchableNotes], deleted: &[u128], expected: &[&str]) {
        let deleted = |_: &DocumentNotes| ids(notes("", "", deleted).document()).collect();
        let left = left_behind(gone.to_vec(), there, deleted);
        let places: Vec<_> = left.iter().map(|notes| notes.document().place.as_str()).collect();
        assert_eq!(places, expected);
    }

    #[test]
    fn what_came_along_does_not_stand_twice() {
        let old = [notes("old", "河水", &[1, 2])];
        check(&old, &[notes("new", "河水", &[1, 2, 3])], &[], &[]);
        check(&old, &[notes("one", "河水", &[1]), notes("other", "石橋", &[2])], &[], &[]);
        check(&old, &[notes("new", "河水", &[1])], &[], &["old"]);
        check(&old, &[], &[], &["old"]);
    }

    #[test]
    fn what_was_deleted_where_it_came_to_does_not_come_back() {
        let old = [notes("old", "河水", &[1, 2])];
        check(&old, &[notes("new", "河水，改過", &[1])], &[2], &[]);
        check(&old, &[notes("new", "河水", &[])], &[1, 2], &[]);
        check(&old, &[notes("another", "石橋", &[3])], &[1, 2], &["old"]);
    }

    #[test]
    fn of_two_that_are_gone_one_is_listed() {
        check(&[notes("first", "河水", &[1]), notes("second", "河水", &[1])], &[], &[], &["first"]);
    }
}
