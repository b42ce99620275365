//! What is listed of the notes of all documents: grouped, sorted, folded.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::ops::Range;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::AllNotes;
use crate::notes::{Annotation, Collection, Colour, NoteAt, NoteKey, Tag};

/// By what notes are grouped.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum NoteGrouping {
    /// By the document they are kept with.
    #[default]
    Document,
    /// By tag: a note with two tags stands in two groups.
    Tag,
    /// By colour; bookmarks have none.
    Colour,
    /// By the day on which they were made, the last first.
    Day,
}

impl NoteGrouping {
    /// Every grouping.
    pub const ALL: [NoteGrouping; 4] = [Self::Document, Self::Tag, Self::Colour, Self::Day];
}

/// In which order the notes of a group stand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum NoteSorting {
    /// Document by document, in the order of the text.
    #[default]
    Place,
    /// The one made last first.
    Newest,
    /// The one made first first.
    Oldest,
    /// The one changed last first.
    Changed,
}

impl NoteSorting {
    /// Every order.
    pub const ALL: [NoteSorting; 4] = [Self::Place, Self::Newest, Self::Oldest, Self::Changed];
}

/// How notes are grouped and sorted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    /// By what they are grouped.
    pub grouping: NoteGrouping,
    /// In which order they stand in their group.
    pub sorting: NoteSorting,
}

/// What the notes of a group have in common.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GroupOf {
    /// The document, by its number in the collection.
    Document(usize),
    /// A tag; `None` for notes without one.
    Tag(Option<Tag>),
    /// A colour; `None` for bookmarks.
    Colour(Option<Colour>),
    /// A day.
    Day(Date),
}

/// A group of notes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteGroup {
    /// What they have in common.
    pub of: GroupOf,
    /// Which of [`Listing::notes`] they are.
    pub notes: Range<usize>,
}

/// A line of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ListLine {
    /// The head of a group, by its number.
    Group(usize),
    /// A note.
    Note(NoteAt),
}

/// What is listed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Listing {
    notes: Vec<NoteAt>,
    groups: Vec<NoteGroup>,
    lines: Vec<ListLine>,
    count: usize,
}

impl Listing {
    /// The notes that `chosen` names, grouped and sorted. Days are those of `zone`.
    pub fn of(
        collection: &Collection,
        chosen: Vec<NoteAt>,
        arrangement: Arrangement,
        zone: &TimeZone,
    ) -> Self {
        let count = chosen.len();
        let groups = match arrangement.grouping {
            NoteGrouping::Document => of_documents(collection, chosen),
            NoteGrouping::Tag => of_tags(collection, chosen),
            NoteGrouping::Colour => of_colours(collection, chosen),
            NoteGrouping::Day => of_days(collection, chosen, zone),
        };
        let mut listing = Self { count, ..Self::default() };
        for (of, mut notes) in groups {
            sort(collection, &mut notes, arrangement.sorting);
            let start = listing.notes.len();
            listing.notes.extend(notes);
            listing.groups.push(NoteGroup { of, notes: start..listing.notes.len() });
        }
        listing.lay_out(&BTreeSet::new());
        listing
    }

    /// The lines, without the notes of groups that are folded.
    fn lay_out(&mut self, folded: &BTreeSet<GroupOf>) {
        self.lines.clear();
        for (number, group) in self.groups.iter().enumerate() {
            self.lines.push(ListLine::Group(number));
            if !folded.contains(&group.of) {
                let notes = self.notes.get(group.notes.clone()).unwrap_or_default();
                self.lines.extend(notes.iter().copied().map(ListLine::Note));
            }
        }
    }

    /// The lines, from the first to the last.
    pub fn lines(&self) -> &[ListLine] {
        &self.lines
    }

    /// The groups, in their order.
    pub fn groups(&self) -> &[NoteGroup] {
        &self.groups
    }

    /// The notes of a group, in their order.
    pub fn notes(&self, group: &NoteGroup) -> &[NoteAt] {
        self.notes.get(group.notes.clone()).unwrap_or_default()
    }

    /// The notes of a line, by its number: of a group all of them.
    pub fn notes_of_line(&self, line: usize) -> &[NoteAt] {
        match self.lines.get(line) {
            Some(ListLine::Group(number)) => self.groups.get(*number).map_or(&[], |group| self.notes(group)),
            Some(ListLine::Note(at)) => std::slice::from_ref(at),
            None => &[],
        }
    }

    /// How many notes are listed, each counted once.
    pub fn count(&self) -> usize {
        self.count
    }
}

impl AllNotes {
    /// Lists anew what the query wants of a collection. What is not listed any more is not chosen any more.
    pub(super) fn list(&mut self, collection: &Collection, zone: &TimeZone) {
        let focused = self.key_in_focus(collection);
        let wanted = self.wanted.of(collection, &self.query, zone);
        let listed: BTreeSet<NoteKey> = if self.chosen.is_empty() {
            BTreeSet::new()
        } else {
            wanted.iter().filter_map(|at| collection.key(*at)).collect()
        };
        self.chosen.retain(|key| listed.contains(key));
        self.listing = Listing::of(collection, wanted, self.arrangement, zone);
        self.listing.lay_out(&self.folded);
        self.focus_again(focused, collection);
    }

    pub(super) fn fold(&mut self, group: GroupOf) {
        if !self.folded.remove(&group) {
            self.folded.insert(group);
        }
    }

    pub(super) fn fold_all(&mut self, fold: bool) {
        self.folded.clear();
        if fold {
            self.folded.extend(self.listing.groups.iter().map(|group| group.of.clone()));
        }
    }
}

type Groups = Vec<(GroupOf, Vec<NoteAt>)>;

/// Gathers notes under what `name` says of each, in the order in which the names first come.
fn grouped<Name: Eq + Hash + Clone>(named: impl Iterator<Item = (Name, NoteAt)>) -> Vec<(Name, Vec<NoteAt>)> {
    let mut numbers: HashMap<Name, usize> = HashMap::new();
    let mut groups: Vec<(Name, Vec<NoteAt>)> = Vec::new();
    for (name, at) in named {
        let number = *numbers.entry(name.clone()).or_insert_with(|| {
            groups.push((name, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, notes)) = groups.get_mut(number) {
            notes.push(at);
        }
    }
    groups
}

/// Documents stand in the order of their titles.
fn of_documents(collection: &Collection, chosen: Vec<NoteAt>) -> Groups {
    let mut groups = grouped(chosen.into_iter().map(|at| (at.document, at)));
    groups.sort_by_cached_key(|(number, _)| {
        (collection.document(*number).map(|each| each.title.clone()), *number)
    });
    groups.into_iter().map(|(number, notes)| (GroupOf::Document(number), notes)).collect()
}

/// Notes without a tag come last.
fn of_tags(collection: &Collection, chosen: Vec<NoteAt>) -> Groups {
    let named = chosen.into_iter().flat_map(|at| {
        let tags = collection.note(at).map_or(&[][..], |note| note.tags.as_slice());
        let none = tags.is_empty().then_some((None, at));
        tags.iter().map(move |tag| (Some(tag), at)).chain(none)
    });
    let mut groups = grouped(named);
    groups.sort_by(|(left, _), (right, _)| (left.is_none(), left).cmp(&(right.is_none(), right)));
    groups.into_iter().map(|(tag, notes)| (GroupOf::Tag(tag.cloned()), notes)).collect()
}

/// Bookmarks come last.
fn of_colours(collection: &Collection, chosen: Vec<NoteAt>) -> Groups {
    let named = chosen.into_iter().filter_map(|at| Some((collection.note(at)?.colour, at)));
    let mut groups = grouped(named);
    groups.sort_by_key(|(colour, _)| (colour.is_none(), *colour));
    groups.into_iter().map(|(colour, notes)| (GroupOf::Colour(colour), notes)).collect()
}

fn of_days(collection: &Collection, chosen: Vec<NoteAt>, zone: &TimeZone) -> Groups {
    let day = |note: &Annotation| zone.to_datetime(note.created).date();
    let mut groups = grouped(chosen.into_iter().filter_map(|at| Some((day(collection.note(at)?), at))));
    groups.sort_by_key(|(day, _)| Reverse(*day));
    groups.into_iter().map(|(day, notes)| (GroupOf::Day(day), notes)).collect()
}

fn sort(collection: &Collection, notes: &mut [NoteAt], sorting: NoteSorting) {
    let moment = |at: &NoteAt, of: fn(&Annotation) -> jiff::Timestamp| {
        collection.note(*at).map_or(jiff::Timestamp::MIN, |note| of(note))
    };
    match sorting {
        // As they come.
        NoteSorting::Place => {}
        NoteSorting::Newest => notes.sort_by_cached_key(|at| Reverse(moment(at, |note| note.created))),
        NoteSorting::Oldest => notes.sort_by_cached_key(|at| moment(at, |note| note.created)),
        NoteSorting::Changed => notes.sort_by_cached_key(|at| Reverse(moment(at, |note| note.changed))),
    }
}
