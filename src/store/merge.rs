//! Two versions of the notes of one document become one, and nothing is lost.
//!
//! Another window, another program or a cloud drive may have changed the file since it was read. What the
//! session changed since is then made on what the file says now.
//!
//! Where it is not known what both come from, each note is the join of all its versions: the one changed last
//! counts, its tags and far ends are those of all, and every text that it does not hold is kept as a
//! [`Conflict`]. A note is there if it was changed or taken back after it was last deleted, and else in the
//! trash. So the result is the same in whatever order copies are merged, and however often.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::raw::Field;
use super::shape::{Sidecar, Unknown};
use crate::document::{Bibliography, Detail, TextId};
use crate::notes::{Annotation, Colour, Conflict, FarEnd, NoteId, Placing, Trashed, unsaid};
use crate::session::{Kept, ReadingChoices};
use crate::text::{Correction, Corrections, Span};

/// So many deletions are remembered, the newest ones.
const MOST_DELETIONS: usize = 2_000;

/// What the session says now, on what the file says now.
///
/// `base` is what the session said or was told last: what it lacks of that, it deleted.
pub(super) fn save_over(base: &Kept, ours: &Kept, theirs: &Sidecar, now: Timestamp) -> Sidecar {
    merge(Some(base), &Sidecar { kept: ours.clone(), ..Sidecar::default() }, theirs, now)
}

/// Both of two versions. `base` is what both come from, where that is known.
///
/// - A note that only one of them has stays, unless the other says that it was deleted and it was not
///   changed since: a file without a note is no reason to delete it.
/// - Of what both changed in a note the later counts; every tag and far end of either is kept, and of two texts
///   the other one as a conflict.
/// - Of the rest `ours` counts where it differs from `base`, and `theirs` otherwise.
pub(super) fn merge(base: Option<&Kept>, ours: &Sidecar, theirs: &Sidecar, now: Timestamp) -> Sidecar {
    let origins = base.map(|base| Views::of(base, None));
    let rest = Sidecar {
        kept: merge_rest(base, &ours.kept, &theirs.kept),
        unknown: match base {
            Some(_) => supplement(&theirs.unknown, &ours.unknown),
            None => join_unknown(&ours.unknown, &theirs.unknown),
        },
        ..Sidecar::default()
    };
    with_notes(rest, ours, theirs, |id, left, right| match &origins {
        Some(origins) => merge_three(&origins.get(id), left, right, now),
        None => merge_two(left, right),
    })
}

/// A copy of which it is not known when it was made, with what it was made of. `known` has those notes of which it is
/// known what both come from.
pub(super) fn merge_copy(known: &Kept, ours: &Sidecar, copy: &Sidecar, now: Timestamp) -> Sidecar {
    let origins = Views::of(known, None);
    let rest = Sidecar {
        kept: join_rest(&ours.kept, &copy.kept),
        unknown: join_unknown(&ours.unknown, &copy.unknown),
        ..Sidecar::default()
    };
    with_notes(rest, ours, copy, |id, left, right| match origins.0.get(&id) {
        Some(origin) => merge_three(origin, left, right, now),
        None => merge_two(left, right),
    })
}

/// What a file says, with what was changed `elsewhere` while it could not be written. `known` is what it said when
/// what lies elsewhere was last made on it, where that is known.
pub(super) fn merge_elsewhere(
    known: Option<&Kept>,
    file: &Sidecar,
    elsewhere: &Sidecar,
    now: Timestamp,
) -> Sidecar {
    let origins = known.map_or_else(|| Views(BTreeMap::new()), |known| Views::of(known, None));
    let rest = Sidecar {
        kept: merge_rest(known, &elsewhere.kept, &file.kept),
        unknown: supplement(&elsewhere.unknown, &file.unknown),
        ..Sidecar::default()
    };
    // A file that says nothing of a note is no reason to delete it.
    let says_nothing = View::default();
    with_notes(rest, file, elsewhere, |id, left, right| match origins.0.get(&id) {
        Some(origin) if *left != says_nothing => merge_three(origin, left, right, now),
        _ => merge_two(left, right),
    })
}

/// Adds to the rest what becomes of every note.
fn with_notes(
    mut merged: Sidecar,
    ours: &Sidecar,
    theirs: &Sidecar,
    one: impl Fn(NoteId, &View, &View) -> View,
) -> Sidecar {
    let (left, right) = (Views::of(&ours.kept, Some(ours)), Views::of(&theirs.kept, Some(theirs)));
    for id in left.ids().chain(right.ids()).collect::<BTreeSet<NoteId>>() {
        one(id, &left.get(id), &right.get(id)).add_to(&mut merged, id);
    }
    merged.kept.annotations.sort_by_key(|note| (note.anchor.span, note.id));
    merged.kept.trash.sort_by_key(Trashed::order);
    forget_oldest(&mut merged.deleted, &merged.kept.trash);
    merged
}

// --- one note ---------------------------------------------------------------------------------------

/// What one version says of a note.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct View {
    /// The note, there or in the trash.
    note: Option<Arc<Annotation>>,
    /// Whether it is there.
    there: bool,
    /// Other texts of it.
    conflicts: Vec<Conflict>,
    /// When it was deleted last.
    deleted: Option<Timestamp>,
    /// When it was taken back last, without a change.
    revived: Option<Timestamp>,
}

/// What one version says of every note.
struct Views(BTreeMap<NoteId, View>);

impl Views {
    fn of(kept: &Kept, whole: Option<&Sidecar>) -> Self {
        let mut views: BTreeMap<NoteId, View> = BTreeMap::new();
        for Trashed { note, at } in &kept.trash {
            let view = views.entry(note.id).or_default();
            (view.note, view.deleted) = (Some(Arc::clone(note)), Some(*at));
        }
        for note in &kept.annotations {
            let view = views.entry(note.id).or_default();
            (view.note, view.there) = (Some(Arc::clone(note)), true);
        }
        for (id, conflicts) in &kept.conflicts {
            views.entry(*id).or_default().conflicts.clone_from(conflicts);
        }
        for (&id, &at) in whole.into_iter().flat_map(|whole| &whole.deleted) {
            let view = views.entry(id).or_default();
            view.deleted = view.deleted.max(Some(at));
        }
        for (&id, &at) in whole.into_iter().flat_map(|whole| &whole.revived) {
            views.entry(id).or_default().revived = Some(at);
        }
        Self(views)
    }

    fn ids(&self) -> impl Iterator<Item = NoteId> {
        self.0.keys().copied()
    }

    fn get(&self, id: NoteId) -> View {
        self.0.get(&id).cloned().unwrap_or_default()
    }
}

impl View {
    /// Whether it says the same of the note itself.
    fn says_as(&self, other: &View) -> bool {
        (&self.note, self.there, &self.conflicts) == (&other.note, other.there, &other.conflicts)
    }

    /// When it was last alive: changed, or taken back.
    fn alive(&self) -> Option<Timestamp> {
        self.note.as_ref().map(|note| note.changed).max(self.revived)
    }

    /// Only what has to be remembered: of a note that is there not the deletions that it outlived, of one
    /// that is not there not that it was taken back before.
    fn add_to(self, sidecar: &mut Sidecar, id: NoteId) {
        let View { note, there, conflicts, deleted, revived } = self;
        if !conflicts.is_empty() && note.is_some() {
            sidecar.kept.conflicts.insert(id, conflicts);
        }
        match note {
            Some(note) if there => {
                sidecar.revived.extend(revived.filter(|at| *at > note.changed).map(|at| (id, at)));
                sidecar.kept.annotations.push(note);
            }
            Some(note) => {
                let at = deleted.unwrap_or(note.changed);
                sidecar.deleted.insert(id, at);
                sidecar.kept.trash.push(Trashed { note, at });
            }
            None => sidecar.deleted.extend(deleted.map(|at| (id, at))),
        }
    }
}

/// The join of two versions that nothing more is known of.
fn merge_two(left: &View, right: &View) -> View {
    let (note, conflicts) = match (&left.note, &right.note) {
        (Some(one), Some(other)) => {
            let (note, unsaid_text) = join_notes(one, other);
            let all = left.conflicts.iter().chain(&right.conflicts).cloned().chain(unsaid_text).collect();
            let conflicts = unsaid(&note.text, all);
            (Some(note), conflicts)
        }
        (Some(note), None) => (Some(Arc::clone(note)), left.conflicts.clone()),
        (None, right_note) => (right_note.clone(), right.conflicts.clone()),
    };
    let (deleted, revived) = (left.deleted.max(right.deleted), left.revived.max(right.revived));
    let view = View { note, there: false, conflicts, deleted, revived };
    View { there: view.note.is_some() && view.alive() > view.deleted, ..view }
}

/// What becomes of a note that was `origin` when it became `left` here and `right` there.
fn merge_three(origin: &View, left: &View, right: &View, now: Timestamp) -> View {
    let stamps = View {
        deleted: left.deleted.max(right.deleted),
        revived: left.revived.max(right.revived),
        ..View::default()
    };
    let gone = |side: &View| side.note.is_none();
    // A file without a note is no reason to delete it.
    let right_unchanged = right.says_as(origin) || gone(right) && right.deleted.is_none();
    let chosen = match (left.says_as(origin), right_unchanged) {
        (true, false) => deleted_elsewhere(origin, right),
        (_, true) => View { there: left.there, ..left.clone() },
        (false, false) => merge_changes(origin, left, right),
    };
    settled(View { deleted: stamps.deleted, revived: stamps.revived, ..chosen }, now)
}

/// What `right` says. A note that another program deleted without a trash goes into ours.
fn deleted_elsewhere(origin: &View, right: &View) -> View {
    let lost = right.note.is_none() && origin.there;
    if lost { View { there: false, ..origin.clone() } } else { right.clone() }
}

fn merge_changes(origin: &View, left: &View, right: &View) -> View {
    let (Some(left_note), Some(right_note)) = (&left.note, &right.note) else {
        return if left.note.is_some() { left.clone() } else { right.clone() };
    };
    let (note, other_text) = match &origin.note {
        Some(origin) => merge_notes(origin, left_note, right_note),
        None => join_notes(left_note, right_note),
    };
    let known = |one: &&Conflict| !origin.conflicts.contains(one);
    let both = left.conflicts.iter().filter(|one| right.conflicts.contains(one));
    let new = left.conflicts.iter().chain(&right.conflicts).filter(known);
    let conflicts = unsaid(&note.text, both.chain(new).cloned().chain(other_text).collect());
    // A change beats a deletion.
    View { note: Some(note), there: left.there || right.there, conflicts, ..View::default() }
}

/// With stamps that say as much to whoever knows nothing else: a note that is there was alive after it was
/// deleted, and one that is not there was deleted after it was alive.
fn settled(mut view: View, now: Timestamp) -> View {
    let alive = view.alive();
    if view.there && alive <= view.deleted {
        let after = view.deleted.and_then(|at| at.checked_add(SignedDuration::from_nanos(1)).ok());
        view.revived = after.max(Some(now));
    }
    if !view.there && view.deleted < alive {
        view.deleted = alive;
    }
    if !view.there && view.deleted.is_none() {
        view.deleted = Some(now);
    }
    view
}

/// The note of both, and the text of the one that is not in it.
fn join_notes(left: &Arc<Annotation>, right: &Arc<Annotation>) -> (Arc<Annotation>, Option<Conflict>) {
    if Arc::ptr_eq(left, right) || left == right {
        return (Arc::clone(left), None);
    }
    let (newer, older) = if rank(left) >= rank(right) { (left, right) } else { (right, left) };
    let mut merged = Annotation::clone(newer);
    merged.tags = join_lists(&left.tags, &right.tags, Ord::cmp);
    merged.answers =
        join_lists(&left.answers, &right.answers, |one, other| order_of(one).cmp(&order_of(other)));
    (Arc::new(merged), Some(text_of(older)))
}

/// The same where it is known what both were.
fn merge_notes(
    origin: &Arc<Annotation>,
    left: &Arc<Annotation>,
    right: &Arc<Annotation>,
) -> (Arc<Annotation>, Option<Conflict>) {
    if left == right || origin == right {
        return (Arc::clone(left), None);
    }
    if origin == left {
        return (Arc::clone(right), None);
    }
    let (newer, older) = if rank(left) >= rank(right) { (left, right) } else { (right, left) };
    let mut merged = Annotation::clone(newer);
    if newer.colour == origin.colour {
        merged.colour = older.colour;
    }
    if newer.anchor == origin.anchor {
        (merged.anchor, merged.placing) = (older.anchor.clone(), older.placing.clone());
    }
    if merged.placing.original.is_none() && merged.anchor != *older.original_anchor() {
        merged.placing.original.clone_from(&older.placing.original);
    }
    merged.tags = merge_lists(&origin.tags, &newer.tags, &older.tags);
    merged.answers = merge_lists(&origin.answers, &newer.answers, &older.answers);
    if newer.text == origin.text {
        merged.text.clone_from(&older.text);
    }
    let both_wrote = newer.text != origin.text && older.text != origin.text;
    (Arc::new(merged), both_wrote.then(|| text_of(older)))
}

fn text_of(note: &Annotation) -> Conflict {
    Conflict { text: note.text.clone(), changed: note.changed }
}

/// What a version of a note is ranked by: a total order of all that only one of two can be.
type Rank<'a> =
    (Timestamp, &'a str, Option<Colour>, Span, [&'a str; 3], &'a [String], &'a Placing, Timestamp);

fn rank(note: &Annotation) -> Rank<'_> {
    let Annotation { anchor, .. } = note;
    let words = [&*anchor.quote, &*anchor.before, &*anchor.after];
    (note.changed, &note.text, note.colour, anchor.span, words, &anchor.headings, &note.placing, note.created)
}

fn order_of(far_end: &FarEnd) -> (TextId, Span, [&str; 5], &[String]) {
    let FarEnd { place, document, title, anchor } = far_end;
    let words = [&**place, &**title, &*anchor.quote, &*anchor.before, &*anchor.after];
    (*document, anchor.span, words, &anchor.headings)
}

/// What either list has. Lists that differ are sorted: then the result is the same in whatever order they come.
fn join_lists<Item: Clone + PartialEq>(
    left: &[Item],
    right: &[Item],
    order: impl Fn(&Item, &Item) -> std::cmp::Ordering,
) -> Vec<Item> {
    if left == right {
        return left.to_vec();
    }
    let mut all: Vec<Item> = left.iter().chain(right).cloned().collect();
    all.sort_by(order);
    all.dedup();
    all
}

/// The list of the newer version, and after it what the older one has added; without what either took away.
fn merge_lists<Item: Clone + PartialEq>(origin: &[Item], newer: &[Item], older: &[Item]) -> Vec<Item> {
    let stays = newer.iter().filter(|item| older.contains(item) || !origin.contains(item));
    let added = older.iter().filter(|item| !newer.contains(item) && !origin.contains(item));
    stays.chain(added).cloned().collect()
}

// --- the rest ---------------------------------------------------------------------------------------

/// All but the notes.
fn merge_rest(base: Option<&Kept>, ours: &Kept, theirs: &Kept) -> Kept {
    let Some(base) = base else { return join_rest(ours, theirs) };
    Kept {
        text: ours.text.or(theirs.text),
        title: if ours.title.is_empty() { &theirs.title } else { &ours.title }.clone(),
        corrections: merge_corrections(base.corrections.list(), &ours.corrections, &theirs.corrections),
        choices: if ours.choices == base.choices { &theirs.choices } else { &ours.choices }.clone(),
        bibliography: merge_bibliographies(
            base.bibliography.as_ref(),
            ours.bibliography.as_ref(),
            theirs.bibliography.as_ref(),
        ),
        answered_comments: &ours.answered_comments | &theirs.answered_comments,
        ..Kept::default()
    }
}

/// The same where it is not known what both come from: of two that cannot both be, always the same one.
fn join_rest(left: &Kept, right: &Kept) -> Kept {
    let words = |choices: &ReadingChoices| (*choices != ReadingChoices::default(), format!("{choices:?}"));
    let choices = if words(&left.choices) >= words(&right.choices) { left } else { right }.choices.clone();
    Kept {
        text: left.text.max(right.text),
        title: (&left.title).max(&right.title).clone(),
        corrections: join_corrections(&left.corrections, &right.corrections),
        choices,
        bibliography: merge_bibliographies(None, left.bibliography.as_ref(), right.bibliography.as_ref()),
        answered_comments: &left.answered_comments | &right.answered_comments,
        ..Kept::default()
    }
}

/// Detail by detail; see [`newer`].
fn merge_bibliographies(
    base: Option<&Bibliography>,
    ours: Option<&Bibliography>,
    theirs: Option<&Bibliography>,
) -> Option<Bibliography> {
    let detail = |detail: Detail| {
        let of = |side: Option<&Bibliography>| side.and_then(|side| side.details.get(&detail).cloned());
        let value = newer(of(base).as_ref(), of(ours), of(theirs))?;
        Some((detail, value))
    };
    let kind = |side: Option<&Bibliography>| side.and_then(|side| side.kind);
    let kind = newer(kind(base).as_ref(), kind(ours), kind(theirs));
    let merged = Bibliography { kind, details: Detail::ALL.into_iter().filter_map(detail).collect() };
    Some(merged).filter(|merged| !merged.is_empty())
}

/// The one that was changed since `base`; where both were, the same whichever side merges, and rather something
/// than nothing.
fn newer<Value: Ord>(base: Option<&Value>, ours: Option<Value>, theirs: Option<Value>) -> Option<Value> {
    match (ours.as_ref() == base, theirs.as_ref() == base) {
        (true, _) => theirs,
        (false, true) => ours,
        (false, false) => ours.max(theirs),
    }
}

/// What either side has said anew for citing and the merged version does not say, one sentence each.
pub(super) fn passed_over(base: Option<&Kept>, sides: [&Kept; 2], merged: &Kept) -> Vec<String> {
    let said = |kept: &Kept| kept.bibliography.as_ref().map_or_else(Vec::new, said_in);
    let (was, is) = (base.map_or_else(Vec::new, said), said(merged));
    let anew = sides.into_iter().flat_map(said).filter(|one| !was.contains(one) && !is.contains(one));
    let told = anew.map(|(name, value)| {
        let stays = is.iter().find(|(other, _)| *other == name).map_or("", |(_, stays)| stays);
        format!("two texts were written for citing, of its {name}: “{stays}” stays, and “{value}” does not")
    });
    told.collect()
}

/// Each thing that is said for citing, by its name.
fn said_in(bibliography: &Bibliography) -> Vec<(&'static str, String)> {
    let kind = bibliography.kind.map(|kind| ("kind", kind.name().to_owned()));
    let details = bibliography.details.iter().map(|(detail, value)| (detail.name(), value.clone()));
    details.chain(kind).collect()
}

fn merge_corrections(base: &[Correction], ours: &Corrections, theirs: &Corrections) -> Corrections {
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

fn join_corrections(left: &Corrections, right: &Corrections) -> Corrections {
    let order = |one: &Correction, other: &Correction| {
        let words = |correction: &Correction| (correction.source.clone(), format!("{correction:?}"));
        words(one).cmp(&words(other))
    };
    let mut list = join_lists(left.list(), right.list(), order);
    if left != right {
        list.dedup_by(|later, earlier| {
            later.source == earlier.source && {
                *earlier = later.clone();
                true
            }
        });
    }
    Corrections::new(list)
}

// --- what is not known ------------------------------------------------------------------------------

/// What `unknown` says, and what only `other` does.
pub(super) fn supplement(unknown: &Unknown, other: &Unknown) -> Unknown {
    let mut merged = unknown.clone();
    add_fields(&mut merged.fields, &other.fields);
    add_fields(&mut merged.bibliography, &other.bibliography);
    for (&id, fields) in &other.notes {
        merged.notes.entry(id).or_insert_with(|| fields.clone());
    }
    for (&key, fields) in &other.far_ends {
        merged.far_ends.entry(key).or_insert_with(|| fields.clone());
    }
    for note in &other.unreadable {
        if !merged.unreadable.contains(note) {
            merged.unreadable.push(note.clone());
        }
    }
    merged
}

/// Adds those of names that are not there yet.
fn add_fields(merged: &mut Vec<Field>, others: &[Field]) {
    for field in others {
        if merged.iter().all(|known| known.name != field.name) {
            merged.push(field.clone());
        }
    }
}

fn join_unknown(left: &Unknown, right: &Unknown) -> Unknown {
    Unknown {
        fields: join_fields(&left.fields, &right.fields),
        notes: join_maps(&left.notes, &right.notes),
        far_ends: join_maps(&left.far_ends, &right.far_ends),
        bibliography: join_fields(&left.bibliography, &right.bibliography),
        unreadable: join_lists(&left.unreadable, &right.unreadable, Ord::cmp),
    }
}

fn join_maps<Key: Ord + Copy>(
    left: &BTreeMap<Key, Vec<Field>>,
    right: &BTreeMap<Key, Vec<Field>>,
) -> BTreeMap<Key, Vec<Field>> {
    let mut joined = left.clone();
    for (&key, fields) in right {
        let there = joined.entry(key).or_insert_with(|| fields.clone());
        *there = join_fields(there, fields);
    }
    joined
}

/// The fields of both; of two values of one the greater.
fn join_fields(left: &[Field], right: &[Field]) -> Vec<Field> {
    let order = |one: &Field, other: &Field| (&one.name, &one.value).cmp(&(&other.name, &other.value));
    let mut fields = join_lists(left, right, order);
    if left != right {
        fields.dedup_by(|later, earlier| {
            later.name == earlier.name && {
                earlier.clone_from(later);
                true
            }
        });
    }
    fields
}

/// Forgets the oldest deletions, but none of a note that lies in the trash.
fn forget_oldest(deleted: &mut BTreeMap<NoteId, Timestamp>, trash: &[Trashed]) {
    let in_trash: BTreeSet<NoteId> = trash.iter().map(|trashed| trashed.note.id).collect();
    let bare = deleted.iter().filter(|(id, _)| !in_trash.contains(id));
    let mut moments: Vec<Timestamp> = bare.map(|(_, at)| *at).collect();
    if moments.len() > MOST_DELETIONS {
        moments.sort_unstable();
        let first = moments.get(moments.len() - MOST_DELETIONS).copied().unwrap_or_default();
        deleted.retain(|id, at| *at >= first || in_trash.contains(id));
    }
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
