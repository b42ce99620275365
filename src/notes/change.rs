//! What becomes of a note, so that it can be made on a note that has changed meanwhile, and taken back.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Annotation, Edit, EditError, NoteId, Notebook, Trashed};

/// Where a notebook has a note.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Standing {
    /// Nowhere.
    Absent,
    /// Among its notes.
    There(Arc<Annotation>),
    /// In its trash.
    Trashed(Trashed),
}

/// What becomes of one note: from what it was to what it is.
///
/// An [`Edit`] says what a note is to be, and is made on the notes that one sees. A change also says what the
/// note was, so that it can be made where the note has become another since: only what the change changes is
/// changed then. Holds: what it was and what it is are not the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NoteChange {
    id: NoteId,
    before: Standing,
    after: Standing,
}

impl NoteChange {
    /// What `edit` makes of notes, each of which stands as `known` says; one change for each note, in the order
    /// in which they are first touched. What the edit does to a note that does not stand so is left out.
    pub fn all_of(edit: &Edit, known: impl Fn(NoteId) -> Standing) -> Vec<Self> {
        let mut touched = Touched { notes: BTreeMap::new(), order: Vec::new(), known };
        touched.take(edit);
        let Touched { mut notes, order, .. } = touched;
        let changes = order.into_iter().filter_map(|id| notes.remove(&id).map(|change| (id, change)));
        changes
            .filter(|(_, (before, after))| before != after)
            .map(|(id, (before, after))| Self { id, before, after })
            .collect()
    }

    /// Which note.
    pub fn id(&self) -> NoteId {
        self.id
    }

    /// Where the note was.
    pub fn before(&self) -> &Standing {
        &self.before
    }

    /// Where the note is to be.
    pub fn after(&self) -> &Standing {
        &self.after
    }

    /// The way back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { id: self.id, before: self.after.clone(), after: self.before.clone() }
    }

    /// The edit that makes the change where the note stands as `now` says; `None` where there is nothing to be
    /// done: the note is gone, is there already, or was changed after it was decided to take it away.
    pub fn onto(&self, now: &Standing) -> Option<Edit> {
        use Standing::{Absent, There};
        let unchanged = self.before == *now;
        match (&self.before, &self.after, now) {
            (There(_), There(_), There(note)) => {
                let fitted = self.fitted(note)?;
                (fitted != *note).then_some(Edit::Replace(fitted))
            }
            (There(_), Absent, _) if unchanged => Some(Edit::Remove(self.id)),
            (There(note), Standing::Trashed(to), _) if unchanged => Some(self.discard(note, to)),
            (Standing::Trashed(_), There(note), Standing::Trashed(now)) if now.note == *note => {
                Some(Edit::Recover(self.id))
            }
            (Absent, There(note), Absent) | (Standing::Trashed(_), There(note), Standing::Trashed(_)) => {
                Some(Edit::Add(Arc::clone(note)))
            }
            (Standing::Trashed(_), Absent, _) if unchanged => Some(Edit::Forget(self.id)),
            (Standing::Trashed(_), Standing::Trashed(to), _) if unchanged => {
                Some(Edit::Group(vec![Edit::Forget(self.id), Edit::Remember(to.clone())]))
            }
            (Absent, Standing::Trashed(to), Absent) => Some(Edit::Remember(to.clone())),
            _ => None,
        }
    }

    /// Moves a note to the trash, where it lies as `to` says.
    fn discard(&self, note: &Arc<Annotation>, to: &Trashed) -> Edit {
        if *note == to.note {
            return Edit::Discard { id: self.id, at: to.at };
        }
        Edit::Group(vec![Edit::Remove(self.id), Edit::Remember(to.clone())])
    }

    /// The change as it looks to whoever does not see the trash; `None` where nothing changes then.
    pub fn without_trash(&self) -> Option<Self> {
        let seen = |standing: &Standing| match standing {
            Standing::There(note) => Standing::There(Arc::clone(note)),
            Standing::Absent | Standing::Trashed(_) => Standing::Absent,
        };
        let change = Self { id: self.id, before: seen(&self.before), after: seen(&self.after) };
        (change.before != change.after).then_some(change)
    }

    /// A version of the note with what this changes of it; `None` where it is no change of what a note says.
    pub fn fitted(&self, note: &Arc<Annotation>) -> Option<Arc<Annotation>> {
        match (&self.before, &self.after) {
            (Standing::There(before), Standing::There(after)) => Some(fitted(before, after, note)),
            _ => None,
        }
    }
}

/// Notes that an edit touches: where each was and is.
struct Touched<Known> {
    notes: BTreeMap<NoteId, (Standing, Standing)>,
    order: Vec<NoteId>,
    known: Known,
}

impl<Known: Fn(NoteId) -> Standing> Touched<Known> {
    fn take(&mut self, edit: &Edit) {
        use Standing::{Absent, There};
        match edit {
            Edit::Add(note) => self.step(note.id, |now| match now {
                There(_) => None,
                // A note of the same identity in the trash makes room.
                Absent | Standing::Trashed(_) => Some(There(Arc::clone(note))),
            }),
            Edit::Replace(note) => {
                self.step(note.id, |now| matches!(now, There(_)).then(|| There(Arc::clone(note))));
            }
            Edit::Remove(id) => self.step(*id, |now| matches!(now, There(_)).then_some(Absent)),
            Edit::Discard { id, at } => self.step(*id, |now| match now {
                There(note) => Some(Standing::Trashed(Trashed { note, at: *at })),
                _ => None,
            }),
            Edit::Recover(id) => self.step(*id, |now| match now {
                Standing::Trashed(Trashed { note, .. }) => Some(There(note)),
                _ => None,
            }),
            Edit::Forget(id) => self.step(*id, |now| matches!(now, Standing::Trashed(_)).then_some(Absent)),
            Edit::Remember(trashed) => {
                let remembered = || Standing::Trashed(trashed.clone());
                self.step(trashed.note.id, |now| (now == Absent).then(remembered));
            }
            Edit::Group(edits) => edits.iter().for_each(|edit| self.take(edit)),
            // Where the note is stays the same.
            Edit::Dispute(..) => {}
        }
    }

    /// Takes a note from where it is now to where `to` says.
    fn step(&mut self, id: NoteId, to: impl FnOnce(Standing) -> Option<Standing>) {
        let before = self.notes.get(&id).map_or_else(|| (self.known)(id), |(_, now)| now.clone());
        let Some(after) = to(before.clone()) else { return };
        let order = &mut self.order;
        let touched = self.notes.entry(id).or_insert_with(|| {
            order.push(id);
            (before, Standing::Absent)
        });
        touched.1 = after;
    }
}

/// `now` with what was changed from `before` to `after`. What was changed in `now` since stays.
fn fitted(before: &Arc<Annotation>, after: &Arc<Annotation>, now: &Arc<Annotation>) -> Arc<Annotation> {
    if before == now {
        return Arc::clone(after);
    }
    Arc::new(Annotation {
        anchor: chosen(&before.anchor, &after.anchor, &now.anchor),
        colour: chosen(&before.colour, &after.colour, &now.colour),
        tags: listed(&before.tags, &after.tags, &now.tags),
        text: chosen(&before.text, &after.text, &now.text),
        answers: listed(&before.answers, &after.answers, &now.answers),
        placing: chosen(&before.placing, &after.placing, &now.placing),
        changed: after.changed.max(now.changed),
        ..Annotation::clone(now)
    })
}

fn chosen<Value: PartialEq + Clone>(before: &Value, after: &Value, now: &Value) -> Value {
    if before == now { after.clone() } else { now.clone() }
}

/// What was added and taken out from `before` to `after`, done to `now`.
fn listed<Value: PartialEq + Clone>(before: &[Value], after: &[Value], now: &[Value]) -> Vec<Value> {
    if before == now {
        return after.to_vec();
    }
    let stays = |value: &&Value| after.contains(value) || !before.contains(value);
    let mut list: Vec<Value> = now.iter().filter(stays).cloned().collect();
    let new = after.iter().filter(|value| !before.contains(value) && !now.contains(value));
    list.extend(new.cloned());
    list
}

impl Notebook {
    /// Makes changes, as far as they can be made on the notes as they are, and returns what was made of which
    /// note: taking all that back, the last first, gives the notebook as it was.
    ///
    /// Errors: none that notes could cause; they are those of [`Notebook::apply`].
    pub fn change(&mut self, changes: &[NoteChange]) -> Result<Vec<NoteChange>, EditError> {
        let mut made = Vec::new();
        for change in changes {
            let before = self.standing(change.id);
            let Some(edit) = change.onto(&before) else { continue };
            self.apply(edit)?;
            made.push(NoteChange { id: change.id, before, after: self.standing(change.id) });
        }
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notes::notebook::tests::any_edit;
    use crate::notes::sample::note;
    use crate::notes::{Anchor, Colour, History, Tag};

    /// A note of a colour, a text and tags: `yellow 水 a,b`.
    fn version(written: &str) -> Arc<Annotation> {
        let parts: Vec<&str> = written.split(' ').collect();
        let colour = Colour::ALL.into_iter().find(|colour| colour.name() == parts[0]);
        let tags =
            parts[2].split(',').filter(|tag| !tag.is_empty()).map(|tag| Tag::new(tag).unwrap()).collect();
        Arc::new(Annotation { colour, text: parts[1].to_owned(), tags, ..note(1, Anchor::default()) })
    }

    fn written(note: &Annotation) -> String {
        let tags: Vec<&str> = note.tags.iter().map(Tag::as_str).collect();
        format!("{} {} {}", note.colour.map_or("none", Colour::name), note.text, tags.join(","))
    }

    /// What a change makes of a note that has become another meanwhile.
    fn check(before: &str, after: &str, now: &str, expected: &str) {
        let mut notebook = Notebook::new([version(now)], []);
        let edit = Edit::Replace(version(after));
        let changes = NoteChange::all_of(&edit, |_| Standing::There(version(before)));
        notebook.change(&changes).unwrap();
        assert_eq!(
            notebook.iter().map(written).collect::<Vec<_>>(),
            [expected],
            "{before} → {after} on {now}"
        );
    }

    #[test]
    fn only_what_a_change_changes_is_changed() {
        check("yellow 水 a", "yellow 水 a,b", "yellow 水 a", "yellow 水 a,b");
        check("yellow 水 a", "yellow 水 a,b", "blue 河 a,c", "blue 河 a,c,b");
        check("yellow 水 a,b", "yellow 水 b", "yellow 河 a,c,b", "yellow 河 c,b");
        check("yellow 水 a", "blue 水 a", "yellow 河 ", "blue 河 ");
        check("yellow 水 a", "blue 水 a", "pink 水 a", "pink 水 a");
        check("yellow 水 a", "yellow 水 c", "yellow 水 b", "yellow 水 b,c");
    }

    #[test]
    fn what_is_gone_stays_gone_and_what_was_changed_is_not_deleted() {
        let (first, second) = (version("yellow 水 "), version("yellow 河 "));
        let discard = Edit::Discard { id: first.id, at: jiff::Timestamp::UNIX_EPOCH };
        let changes = NoteChange::all_of(&discard, |_| Standing::There(Arc::clone(&first)));
        let check = |mut notebook: Notebook, notes: usize, trashed: usize| {
            notebook.change(&changes).unwrap();
            assert_eq!((notebook.len(), notebook.trash().len()), (notes, trashed));
        };
        check(Notebook::new([Arc::clone(&first)], []), 0, 1);
        check(Notebook::new([second], []), 1, 0);
        check(Notebook::default(), 0, 0);
        let replace = Edit::Replace(Arc::clone(&first));
        let changes = NoteChange::all_of(&replace, |_| Standing::There(version("yellow 山 ")));
        assert_eq!(Notebook::default().change(&changes), Ok(Vec::new()));
    }

    #[test]
    fn several_edits_of_a_note_are_one_change() {
        let (first, last) = (version("yellow 水 "), version("blue 水 a"));
        let group = Edit::Group(vec![
            Edit::Add(Arc::clone(&first)),
            Edit::Replace(Arc::clone(&last)),
            Edit::Remove(crate::notes::sample::note(7, Anchor::default()).id),
        ]);
        let changes = NoteChange::all_of(&group, |_| Standing::Absent);
        assert_eq!((changes.len(), changes[0].after()), (1, &Standing::There(last)));
    }

    fn notebook_after(edits: &[Edit]) -> Notebook {
        let mut notebook = Notebook::default();
        for edit in edits {
            let _refused = notebook.apply(edit.clone());
        }
        notebook
    }

    /// The first of the edits that can be made on the notebook, or one that does nothing; and what it makes of it.
    fn first_possible(edits: Vec<Edit>, notebook: &Notebook) -> (Edit, Notebook) {
        let made = |edit: Edit| {
            let mut edited = notebook.clone();
            edited.apply(edit.clone()).is_ok().then_some((edit, edited))
        };
        edits.into_iter().find_map(made).unwrap_or_else(|| (Edit::Group(Vec::new()), notebook.clone()))
    }

    proptest! {
        #[test]
        fn a_change_is_the_edit_and_its_way_back_is_back(
            before in prop::collection::vec(any_edit(), 0..12),
            edits in prop::collection::vec(any_edit(), 8),
        ) {
            let mut notebook = notebook_after(&before);
            let first = notebook.clone();
            let (edit, edited) = first_possible(edits, &first);
            let made = notebook.change(&NoteChange::all_of(&edit, |id| first.standing(id))).unwrap();
            prop_assert_eq!(&notebook, &edited);
            let back: Vec<NoteChange> = made.iter().rev().map(NoteChange::reversed).collect();
            notebook.change(&back).unwrap();
            prop_assert_eq!(&notebook, &first);
        }

        #[test]
        fn what_was_changed_elsewhere_stays_when_steps_are_undone(
            steps in prop::collection::vec("[a-c]{0,3}", 1..6),
            colour in 0..5_usize,
            tag in "[x-z]",
        ) {
            let (mut notebook, mut history) = (Notebook::new([version("yellow 水 ")], []), History::default());
            for text in &steps {
                let text = format!("yellow {text} {text}");
                history.perform(&mut notebook, Edit::Replace(version(&text))).unwrap();
            }
            let now = notebook.iter_shared().next().unwrap().clone();
            let mut changed = Annotation::clone(&now);
            changed.colour = Some(Colour::ALL[colour]);
            changed.tags.push(Tag::new(&tag).unwrap());
            let edit = Edit::Replace(Arc::new(changed));
            let changes = NoteChange::all_of(&edit, |_| Standing::There(Arc::clone(&now)));
            notebook.change(&changes).unwrap();
            history.take_in(&changes);
            let with_all = notebook.clone();
            while history.undo(&mut notebook).unwrap().is_some() {}
            let expected = format!("{} 水 {tag}", Colour::ALL[colour].name());
            prop_assert_eq!(notebook.iter().map(written).collect::<Vec<_>>(), [expected]);
            while history.redo(&mut notebook).unwrap().is_some() {}
            prop_assert_eq!(&notebook, &with_all);
        }
    }
}
