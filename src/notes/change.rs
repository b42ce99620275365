//! What becomes of a note, so that it can be made on a note that has changed meanwhile, and taken back.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Annotation, Edit, EditError, NoteId, Notebook};

/// What becomes of one note: from what it was to what it is.
///
/// An [`Edit`] says what a note is to be and is made on the notes that one sees. A change also says what the
/// note was, so that it can be made where the note has become another since: only what the change changes is
/// changed. Holds: `before` and `after` are not both absent, and have the same identity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteChange {
    before: Option<Arc<Annotation>>,
    after: Option<Arc<Annotation>>,
}

impl NoteChange {
    /// A note is added.
    pub fn added(note: impl Into<Arc<Annotation>>) -> Self {
        Self { before: None, after: Some(note.into()) }
    }

    /// A note is taken away.
    pub fn removed(note: impl Into<Arc<Annotation>>) -> Self {
        Self { before: Some(note.into()), after: None }
    }

    /// A note becomes another; `None` where the two are not versions of one note, or nothing differs.
    pub fn replaced(before: impl Into<Arc<Annotation>>, after: impl Into<Arc<Annotation>>) -> Option<Self> {
        let (before, after) = (before.into(), after.into());
        (before.id == after.id && before != after)
            .then_some(Self { before: Some(before), after: Some(after) })
    }

    /// What `edit` makes of notes, each of which is as `known` has it; one change for each note, in the order in
    /// which they are first touched. A note to be changed or removed that is not known is left out.
    pub fn all_of(edit: &Edit, known: impl Fn(NoteId) -> Option<Arc<Annotation>>) -> Vec<Self> {
        let mut touched = Touched::default();
        touched.take(edit, &known);
        let notes = touched.order.iter().filter_map(|id| touched.notes.get(id).cloned());
        notes
            .filter(|(before, after)| before != after)
            .map(|(before, after)| Self { before, after })
            .collect()
    }

    /// What the note was; `None` where it is added.
    pub fn before(&self) -> Option<&Arc<Annotation>> {
        self.before.as_ref()
    }

    /// What the note is to be; `None` where it is taken away.
    pub fn after(&self) -> Option<&Arc<Annotation>> {
        self.after.as_ref()
    }

    /// Which note.
    pub fn id(&self) -> Option<NoteId> {
        self.before.as_ref().or(self.after.as_ref()).map(|note| note.id)
    }

    /// The way back.
    pub fn reversed(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }

    /// The edit that makes the change where the note is `now`; `None` where there is nothing to be done: the
    /// note is gone, is there already, or was changed after it was decided to take it away.
    pub fn onto(&self, now: Option<&Annotation>) -> Option<Edit> {
        match (self.before.as_deref(), self.after.as_ref(), now) {
            (None, Some(after), None) => Some(Edit::Add(Arc::clone(after))),
            (Some(before), None, Some(now)) => (before == now).then(|| Edit::Remove(now.id)),
            (Some(before), Some(after), Some(now)) => {
                let fitted = fitted(before, after, now);
                (fitted != *now).then(|| Edit::Replace(fitted.into()))
            }
            _ => None,
        }
    }
}

/// Notes that an edit touches: what each was and is.
#[derive(Default)]
struct Touched {
    notes: BTreeMap<NoteId, (Option<Arc<Annotation>>, Option<Arc<Annotation>>)>,
    order: Vec<NoteId>,
}

impl Touched {
    fn take(&mut self, edit: &Edit, known: &impl Fn(NoteId) -> Option<Arc<Annotation>>) {
        match edit {
            Edit::Add(note) => self.become_(note.id, Some(Arc::clone(note)), None),
            Edit::Replace(note) => {
                if let Some(before) = self.before(note.id, known) {
                    self.become_(note.id, Some(Arc::clone(note)), Some(before));
                }
            }
            Edit::Remove(id) | Edit::Discard { id, .. } => {
                if let Some(before) = self.before(*id, known) {
                    self.become_(*id, None, Some(before));
                }
            }
            // What is in the trash is not known here.
            Edit::Recover(_) | Edit::Forget(_) | Edit::Remember(_) => {}
            Edit::Group(edits) => edits.iter().for_each(|edit| self.take(edit, known)),
        }
    }

    /// The note as the edit finds it.
    fn before(
        &self,
        id: NoteId,
        known: &impl Fn(NoteId) -> Option<Arc<Annotation>>,
    ) -> Option<Arc<Annotation>> {
        self.notes.get(&id).map_or_else(|| known(id), |(_, now)| now.clone())
    }

    fn become_(&mut self, id: NoteId, after: Option<Arc<Annotation>>, before: Option<Arc<Annotation>>) {
        let order = &mut self.order;
        let entry = self.notes.entry(id).or_insert_with(|| {
            order.push(id);
            (before, None)
        });
        entry.1 = after;
    }
}

/// `now` with what was changed from `before` to `after`. What was changed in `now` since stays.
fn fitted(before: &Annotation, after: &Annotation, now: &Annotation) -> Annotation {
    if before == now {
        return after.clone();
    }
    Annotation {
        anchor: chosen(&before.anchor, &after.anchor, &now.anchor),
        colour: chosen(&before.colour, &after.colour, &now.colour),
        tags: listed(&before.tags, &after.tags, &now.tags),
        text: chosen(&before.text, &after.text, &now.text),
        answers: listed(&before.answers, &after.answers, &now.answers),
        changed: after.changed.max(now.changed),
        ..now.clone()
    }
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
    /// Errors: none that the notes could cause; they are those of [`Notebook::apply`].
    pub fn change(&mut self, changes: &[NoteChange]) -> Result<Vec<NoteChange>, EditError> {
        let mut made = Vec::new();
        for change in changes {
            let Some(id) = change.id() else { continue };
            let now = self.get(id).cloned().map(Arc::new);
            let Some(edit) = change.onto(now.as_deref()) else { continue };
            self.apply(edit)?;
            made.push(NoteChange { before: now, after: self.get(id).cloned().map(Arc::new) });
        }
        Ok(made)
    }
}
