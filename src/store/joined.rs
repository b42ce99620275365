//! Changes that continue one another become one: a journal of every keystroke is made on the notes at once.

use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

use super::journal::Record;
use crate::notes::{Annotation, NoteId, Trashed};
use crate::session::Kept;

/// The same changes, as few of them as can be. Each record costs only as much as it touched.
pub(super) fn joined(records: impl IntoIterator<Item = Record>) -> Vec<Record> {
    let mut runs: Vec<Run> = Vec::new();
    for next in records.into_iter().map(Run::of) {
        match runs.last_mut() {
            Some(run) if run.is_continued_by(&next) => run.take(next),
            _ => runs.push(next),
        }
    }
    runs.into_iter().map(Run::into_record).collect()
}

/// Changes that continue one another.
struct Run {
    notes: Ends<Arc<Annotation>>,
    trash: Ends<Trashed>,
    /// Without the notes and the trash.
    rest: Record,
    /// Whether notes and trash are all that was touched.
    settled: bool,
}

impl Run {
    fn of(mut record: Record) -> Self {
        let Record { before, after, .. } = &mut record;
        let notes = Ends::of([&mut before.annotations, &mut after.annotations], |note| note.id);
        let trash = Ends::of([&mut before.trash, &mut after.trash], |trashed| trashed.note.id);
        let disputed = !before.conflicts.is_empty() || !after.conflicts.is_empty();
        let settled = !disputed && has_same_rest(before, after);
        Self { notes, trash, rest: record, settled }
    }

    /// Whether `next` begins where this ends.
    fn is_continued_by(&self, next: &Self) -> bool {
        let settled = self.settled && next.settled;
        settled && self.notes.are_continued_by(&next.notes) && self.trash.are_continued_by(&next.trash)
    }

    fn take(&mut self, next: Self) {
        self.notes.take(next.notes);
        self.trash.take(next.trash);
        (self.rest.at, self.rest.after) = (next.rest.at, next.rest.after);
    }

    fn into_record(self) -> Record {
        let Self { notes, trash, mut rest, .. } = self;
        [*rest.before.annotations, *rest.after.annotations] = notes.into_lists();
        [rest.before.trash, rest.after.trash] = trash.into_lists();
        rest
    }
}

fn has_same_rest(before: &Kept, after: &Kept) -> bool {
    let rest = |kept: &Kept| {
        let answered = kept.answered_comments.clone();
        (kept.corrections.clone(), kept.choices.clone(), kept.bibliography.clone(), answered)
    };
    rest(before) == rest(after)
}

/// What was touched: each as it was before all changes and as it is after them.
struct Ends<Item>(BTreeMap<NoteId, [Option<Item>; 2]>);

impl<Item: PartialEq> Ends<Item> {
    /// Takes what was touched out of the lists.
    fn of([before, after]: [&mut Vec<Item>; 2], id: impl Fn(&Item) -> NoteId) -> Self {
        let mut ends: BTreeMap<NoteId, [Option<Item>; 2]> = BTreeMap::new();
        for (end, items) in [before, after].into_iter().enumerate() {
            for item in mem::take(items) {
                let id = id(&item);
                ends.entry(id).or_default()[end] = Some(item);
            }
        }
        Self(ends)
    }

    /// Whether what both have touched was before the next changes as it is after these.
    fn are_continued_by(&self, next: &Self) -> bool {
        next.0.iter().all(|(id, [before, _])| self.0.get(id).is_none_or(|[_, after]| after == before))
    }

    fn take(&mut self, next: Self) {
        for (id, ends) in next.0 {
            let [before, after] = ends;
            self.0.entry(id).or_insert([before, None])[1] = after;
        }
    }

    fn into_lists(self) -> [Vec<Item>; 2] {
        let (before, after): (Vec<_>, Vec<_>) =
            self.0.into_values().map(|[before, after]| (before, after)).unzip();
        [before, after].map(|items| items.into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Bibliography;
    use crate::store::journal::tests::{kept, record, told};

    fn told_of(records: impl IntoIterator<Item = Record>) -> Vec<(String, String)> {
        joined(records).iter().map(|one| (told(&one.before), told(&one.after))).collect()
    }

    #[test]
    fn keystrokes_become_one_change_unless_something_else_came_between() {
        let check = |changes: &[(&str, &str)], expected: &[(&str, &str)]| {
            let told = told_of(changes.iter().map(|(before, after)| record(before, after)));
            let expected: Vec<_> =
                expected.iter().map(|(before, after)| ((*before).to_owned(), (*after).to_owned())).collect();
            assert_eq!(told, expected);
        };
        check(&[("1 a", "1 b"), ("1 b", "1 c"), ("", "2 x")], &[("1 a", "1 c; 2 x")]);
        check(&[("", "1 a"), ("1 a", "")], &[("", "")]);
        check(&[("1 a", "1 b"), ("1 z", "1 c")], &[("1 a", "1 b"), ("1 z", "1 c")]);
        check(&[("1 a", "1 b"), ("", "2 x"), ("1 b", ""), ("2 x", "2 y")], &[("1 a", "2 y")]);
    }

    #[test]
    fn what_touches_more_than_notes_stays_by_itself() {
        let mut titled = record("1 b", "1 c");
        titled.after.bibliography = Some(Bibliography::default());
        let records = [record("1 a", "1 b"), titled.clone(), record("1 c", "1 d")];
        assert_eq!(joined(records.clone()), records);
    }

    #[test]
    fn tens_of_thousands_of_records_are_one_change() {
        let later = (0..20_000).map(|id| record("", &format!("{id} a")));
        let again = (0..20_000).map(|id| record(&format!("{id} a"), &format!("{id} b")));
        let [one] = &*joined(later.chain(again)) else { panic!() };
        let texts = one.after.annotations.iter().filter(|note| note.text == "b").count();
        assert_eq!((one.before.clone(), texts), (kept(""), 20_000));
    }
}
