//! Tags that change on every note that carries them.

use jiff::Timestamp;

use super::{Annotation, Edit, Tag};

/// A change of tags, the same wherever they are used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TagChange {
    /// Gives a tag, with all that is nested in it, another place. Where there is such a tag already, the two
    /// become one.
    Move {
        /// The tag as it is.
        from: Tag,
        /// What it becomes.
        to: Tag,
    },
    /// Takes a tag and all that is nested in it off every note.
    Delete(Tag),
    /// Takes a tag off every note; what is nested in it stays.
    DeleteAlone(Tag),
}

impl TagChange {
    /// What becomes of a tag; `None` where it goes.
    pub fn of(&self, tag: &Tag) -> Option<Tag> {
        match self {
            Self::Move { from, to } => Some(tag.moved(from, to).unwrap_or_else(|| tag.clone())),
            Self::Delete(_) | Self::DeleteAlone(_) => (!self.touches(tag)).then(|| tag.clone()),
        }
    }

    /// Whether it is about a tag.
    pub fn touches(&self, tag: &Tag) -> bool {
        match self {
            Self::Move { from, to } => from != to && tag.is_within(from),
            Self::Delete(gone) => tag.is_within(gone),
            Self::DeleteAlone(gone) => tag == gone,
        }
    }

    /// The change of the notes that carry such a tag, as one step; `None` where no note does.
    pub fn edit<'a>(&self, notes: impl IntoIterator<Item = &'a Annotation>, now: Timestamp) -> Option<Edit> {
        let touched = notes.into_iter().filter(|note| note.tags.iter().any(|tag| self.touches(tag)));
        let edits: Vec<Edit> = touched.map(|note| Edit::Replace(self.changed(note, now).into())).collect();
        (!edits.is_empty()).then_some(Edit::Group(edits))
    }

    fn changed(&self, note: &Annotation, now: Timestamp) -> Annotation {
        let mut tags: Vec<Tag> = Vec::with_capacity(note.tags.len());
        for tag in note.tags.iter().filter_map(|tag| self.of(tag)) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        Annotation { tags, changed: now, ..note.clone() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notes::sample::{any_tag, note, tag};
    use crate::notes::{Anchor, Notebook};

    const LATER: Timestamp = Timestamp::MAX;

    fn tagged(number: u128, tags: &[Tag]) -> Annotation {
        Annotation { tags: tags.to_vec(), ..note(number, Anchor::default()) }
    }

    fn notebook_of(tags: &[Vec<Tag>]) -> Notebook {
        let mut notebook = Notebook::default();
        let notes = (0_u128..).zip(tags).map(|(number, tags)| tagged(number, tags));
        notebook.apply(Edit::Group(notes.map(|note| Edit::Add(note.into())).collect())).unwrap();
        notebook
    }

    fn apply(notebook: &mut Notebook, change: &TagChange) {
        if let Some(edit) = change.edit(notebook.iter(), LATER) {
            notebook.apply(edit).unwrap();
        }
    }

    fn tags_of(notebook: &Notebook) -> Vec<Vec<Tag>> {
        notebook.iter().map(|note| note.tags.clone()).collect()
    }

    /// Notes as `tag tag`, before and after.
    fn check(before: &[&str], change: &TagChange, after: &[&str]) {
        let parse = |notes: &[&str]| -> Vec<Vec<Tag>> {
            notes.iter().map(|tags| tags.split_whitespace().map(tag).collect()).collect()
        };
        let mut notebook = notebook_of(&parse(before));
        apply(&mut notebook, change);
        assert_eq!(tags_of(&notebook), parse(after), "{change:?}");
    }

    fn moving(from: &str, to: &str) -> TagChange {
        TagChange::Move { from: tag(from), to: tag(to) }
    }

    #[test]
    fn a_tag_moves_with_all_that_is_nested_in_it() {
        check(&["水/河 火", "水利", "水"], &moving("水", "土/水"), &["土/水/河 火", "水利", "土/水"]);
    }

    #[test]
    fn a_tag_that_is_moved_onto_another_becomes_one_with_it() {
        check(&["川 火 水", "水/岸 川/岸", "川"], &moving("川", "水"), &["水 火", "水/岸", "水"]);
    }

    #[test]
    fn a_tag_is_deleted_with_or_without_what_is_nested_in_it() {
        check(&["水 火", "水/河"], &TagChange::Delete(tag("水")), &["火", ""]);
        check(&["水 火", "水/河"], &TagChange::DeleteAlone(tag("水")), &["火", "水/河"]);
    }

    #[test]
    fn notes_that_are_not_touched_stay_as_they_are() {
        let notes = [tagged(1, &[tag("水")]), tagged(2, &[tag("火")])];
        let edit = moving("水", "川").edit(&notes, LATER);
        let changed = Annotation { changed: LATER, ..tagged(1, &[tag("川")]) };
        assert_eq!(edit, Some(Edit::Group(vec![Edit::Replace(changed.into())])));
        assert_eq!(moving("水", "水").edit(&notes, LATER), None);
        assert_eq!(TagChange::Delete(tag("木")).edit(&notes, LATER), None);
    }

    fn any_tags() -> impl Strategy<Value = Vec<Vec<Tag>>> {
        let tags = prop::collection::btree_set(any_tag(), 0..4);
        prop::collection::vec(tags.prop_map(|tags| tags.into_iter().collect()).prop_shuffle(), 0..5)
    }

    proptest! {
        #[test]
        fn moving_there_and_back_changes_nothing_where_nothing_merged(
            tags in any_tags(), from in any_tag(), to in any_tag(),
        ) {
            let merges = |tag: &Tag| tag.is_within(&to) && !tag.is_within(&from);
            prop_assume!(!tags.iter().flatten().any(merges));
            let mut notebook = notebook_of(&tags);
            apply(&mut notebook, &TagChange::Move { from: from.clone(), to: to.clone() });
            apply(&mut notebook, &TagChange::Move { from: to, to: from });
            prop_assert_eq!(tags_of(&notebook), tags);
        }

        #[test]
        fn moving_loses_no_note_and_no_tag_twice(tags in any_tags(), from in any_tag(), to in any_tag()) {
            let mut notebook = notebook_of(&tags);
            apply(&mut notebook, &TagChange::Move { from: from.clone(), to: to.clone() });
            for (before, after) in tags.iter().zip(notebook.iter()) {
                let expected: Vec<Tag> =
                    before.iter().map(|tag| tag.moved(&from, &to).unwrap_or_else(|| tag.clone())).collect();
                prop_assert!(expected.iter().all(|tag| after.tags.contains(tag)));
                let times = |tag: &Tag| after.tags.iter().filter(|other| *other == tag).count();
                prop_assert!(after.tags.iter().all(|tag| times(tag) == 1));
            }
            let either = |tag: &Tag| tag.is_within(&from) || tag.is_within(&to);
            let expected = tags.iter().filter(|tags| tags.iter().any(either)).count();
            let counted = notebook.tags().get(&to).map_or(0, |count| count.within);
            prop_assert_eq!(counted, expected);
        }

        #[test]
        fn what_is_deleted_is_on_no_note(tags in any_tags(), gone in any_tag()) {
            let mut notebook = notebook_of(&tags);
            apply(&mut notebook, &TagChange::Delete(gone.clone()));
            prop_assert!(!notebook.tags().contains_key(&gone));
            prop_assert_eq!(notebook.len(), tags.len());
        }
    }
}
