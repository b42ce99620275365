//! Which note stands where: order and groups.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Export, ExportedDocument, ExportedNote, heading_path_below};
use crate::notes::{Colour, FoundState, NoteId, Tag};

/// In which order exported notes stand, within their groups.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Order {
    /// As in the documents.
    #[default]
    Place,
    /// The oldest first.
    Made,
    /// By the first of their tags in alphabetic order; those without any come last.
    Tag,
    /// By colour, in the order of [`Colour::ALL`]; bookmarks come last.
    Colour,
}

/// By what exported notes are grouped.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Grouping {
    /// By the headings they stand under, in the order of the document; of several documents each by itself.
    #[default]
    Headings,
    /// By their tags. A note with several tags stands under each; one without any comes last.
    Tag,
    /// By their colours; bookmarks come last.
    Colour,
    /// By the day on which they were made.
    Day,
    /// By their documents.
    Document,
    /// Not at all.
    Nothing,
}

impl Order {
    /// Every order, as the interface offers them.
    pub const ALL: [Order; 4] = [Self::Place, Self::Made, Self::Tag, Self::Colour];

    /// Its name in files and on the command line, where it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Made => "date",
            Self::Tag => "tag",
            Self::Colour => "colour",
        }
    }
}

impl Grouping {
    /// Every grouping, as the interface offers them.
    pub const ALL: [Grouping; 6] =
        [Self::Headings, Self::Tag, Self::Colour, Self::Day, Self::Document, Self::Nothing];

    /// Its name in files and on the command line, where it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Headings => "headings",
            Self::Tag => "tag",
            Self::Colour => "colour",
            Self::Day => "day",
            Self::Document => "document",
            Self::Nothing => "none",
        }
    }
}

/// What another version of the program calls something else becomes the usual order.
impl From<String> for Order {
    fn from(name: String) -> Self {
        Self::ALL.into_iter().find(|order| order.name() == name).unwrap_or_default()
    }
}

impl From<Order> for String {
    fn from(order: Order) -> Self {
        order.name().to_owned()
    }
}

/// What another version of the program calls something else becomes the usual grouping.
impl From<String> for Grouping {
    fn from(name: String) -> Self {
        Self::ALL.into_iter().find(|grouping| grouping.name() == name).unwrap_or_default()
    }
}

impl From<Grouping> for String {
    fn from(grouping: Grouping) -> Self {
        grouping.name().to_owned()
    }
}

/// A note with the document that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) document: &'a ExportedDocument,
    pub(super) note: &'a ExportedNote,
}

/// Notes that are exported under one heading.
pub(super) struct Group<'a> {
    /// The level of the heading: 2, or 3 for what stands under the title of one of several documents.
    pub(super) level: u8,
    /// The heading; empty for notes above the first heading of the document.
    pub(super) title: String,
    /// The document whose words the heading has; `None` for a heading of the reader's or the export's words.
    pub(super) words_of: Option<&'a ExportedDocument>,
    /// The document that begins with this group.
    pub(super) begins: Option<&'a ExportedDocument>,
    pub(super) notes: Vec<Entry<'a>>,
}

impl<'a> Group<'a> {
    fn of_own_words(title: String, notes: Vec<Entry<'a>>) -> Self {
        Self { level: 2, title, words_of: None, begins: None, notes }
    }
}

impl Export {
    pub(super) fn groups(&self) -> Vec<Group<'_>> {
        match self.options.grouping {
            Grouping::Headings => self.groups_by_headings(),
            Grouping::Tag => self.groups_by_tag(),
            Grouping::Colour => self.groups_by_colour(),
            Grouping::Day => self.groups_by_day(),
            Grouping::Document => self.documents.iter().map(|document| self.group_of(document)).collect(),
            Grouping::Nothing => vec![Group::of_own_words(String::new(), self.entries())],
        }
    }

    /// Every note once, in the order of groups: in the first that it stands in.
    pub(super) fn each_once(&self) -> Vec<Entry<'_>> {
        let mut seen: BTreeSet<(*const ExportedDocument, NoteId)> = BTreeSet::new();
        let entries = self.groups().into_iter().flat_map(|group| group.notes);
        entries
            .filter(|entry| seen.insert((std::ptr::from_ref(entry.document), entry.note.note.id)))
            .collect()
    }

    /// Every note in the order of choice.
    pub(super) fn entries(&self) -> Vec<Entry<'_>> {
        self.sorted(self.documents.iter().flat_map(entries_of).collect())
    }

    fn sorted<'a>(&self, mut entries: Vec<Entry<'a>>) -> Vec<Entry<'a>> {
        match self.options.order {
            Order::Place => {}
            Order::Made => entries.sort_by_key(|entry| entry.note.note.created),
            Order::Tag => entries.sort_by_key(|entry| first_tag(entry.note)),
            Order::Colour => entries.sort_by_key(|entry| colour_rank(entry.note.note.colour)),
        }
        entries
    }

    fn group_of<'a>(&self, document: &'a ExportedDocument) -> Group<'a> {
        let notes = self.sorted(entries_of(document).collect());
        Group {
            level: 2,
            title: document.title.clone(),
            words_of: Some(document),
            begins: Some(document),
            notes,
        }
    }

    fn groups_by_headings(&self) -> Vec<Group<'_>> {
        let several = self.only_document().is_none();
        let mut groups = Vec::new();
        for document in &self.documents {
            groups.extend(several.then(|| Group { notes: Vec::new(), ..self.group_of(document) }));
            let alike = document.notes.chunk_by(|left, right| left.headings == right.headings);
            groups.extend(alike.map(|notes| Group {
                level: if several { 3 } else { 2 },
                title: notes.first().map_or_else(String::new, |note| document.headings_of(note)),
                words_of: Some(document),
                begins: None,
                notes: self.sorted(notes.iter().map(|note| Entry { document, note }).collect()),
            }));
        }
        groups
    }

    fn groups_by_tag(&self) -> Vec<Group<'_>> {
        let entries = self.entries();
        let mut tagged: BTreeMap<&Tag, Vec<Entry<'_>>> = BTreeMap::new();
        for entry in &entries {
            let tags: BTreeSet<&Tag> = entry.note.note.tags.iter().collect();
            for tag in tags {
                tagged.entry(tag).or_default().push(*entry);
            }
        }
        let rest = entries.into_iter().filter(|entry| entry.note.note.tags.is_empty()).collect();
        let groups = tagged.into_iter().map(|(tag, notes)| Group::of_own_words(tag.to_string(), notes));
        let last = Group::of_own_words(self.options.words.without_tag.clone(), rest);
        groups.chain([last]).filter(|group| !group.notes.is_empty()).collect()
    }

    fn groups_by_colour(&self) -> Vec<Group<'_>> {
        let words = &self.options.words;
        let colours = Colour::ALL.into_iter().map(Some).chain([None]);
        let groups = colours.map(|colour| {
            let notes = self.entries().into_iter().filter(|entry| entry.note.note.colour == colour).collect();
            let title = colour.map_or(words.bookmark.as_str(), |colour| words.colour(colour));
            Group::of_own_words(title.to_owned(), notes)
        });
        groups.filter(|group| !group.notes.is_empty()).collect()
    }

    fn groups_by_day(&self) -> Vec<Group<'_>> {
        let mut days: BTreeMap<String, Vec<Entry<'_>>> = BTreeMap::new();
        for entry in self.entries() {
            days.entry(self.day(entry.note.note.created)).or_default().push(entry);
        }
        days.into_iter().map(|(day, notes)| Group::of_own_words(day, notes)).collect()
    }

    /// What is said of a note below its quotation: the name of each thing, and the thing.
    pub(super) fn facts(&self, entry: Entry<'_>) -> Vec<(&str, String)> {
        let (words, note) = (&self.options.words, entry.note);
        let grouping = self.options.grouping;
        let document_is_said =
            self.only_document().is_some() || matches!(grouping, Grouping::Headings | Grouping::Document);
        let document = if document_is_said { String::new() } else { entry.document.title.clone() };
        let headings =
            if grouping == Grouping::Headings { String::new() } else { entry.document.headings_of(note) };
        let state = note.state.filter(|state| *state != FoundState::Exact);
        let colour = note.note.colour.map(|colour| words.colour(colour).to_owned());
        let facts = [
            (&words.reads_now, note.reads_now.clone()),
            (&words.document, document),
            (&words.headings, headings),
            (&words.tags, note.tags().join(" · ")),
            (&words.colour, colour.unwrap_or_default()),
            (&words.clause, note.locus.clause.clone()),
            (&words.paragraph, note.locus.paragraphs.clone()),
            (&words.page, note.locus.page.clone()),
            (&words.state, state.map(|state| words.state(state).to_owned()).unwrap_or_default()),
            (&words.changed, self.moment(note.note.changed)),
        ];
        let facts = facts.into_iter().map(|(name, fact)| (name.as_str(), fact));
        facts.filter(|(_, fact)| !fact.is_empty()).collect()
    }

    /// The quotation as written, where it is asked for beside that in the script of choice and is another.
    pub(super) fn as_written_beside<'a>(&self, note: &'a ExportedNote) -> Option<&'a str> {
        let written = note.quote_as_written();
        (self.options.both_scripts && written != note.quote).then_some(written)
    }
}

impl ExportedDocument {
    /// The headings of a note on one line, without the document's title, which stands above all.
    pub(super) fn headings_of(&self, note: &ExportedNote) -> String {
        heading_path_below(&self.title, &note.headings)
    }

    /// What is said of the document below its title: the name of each thing, and the thing.
    pub(super) fn facts<'a>(&'a self, words: &'a super::Words) -> Vec<(&'a str, &'a str)> {
        let facts = [
            (words.source.as_str(), self.source.as_str()),
            (&words.reference, &self.reference),
            (&words.place, self.place.as_deref().unwrap_or_default()),
        ];
        facts.into_iter().filter(|(_, fact)| !fact.is_empty()).collect()
    }
}

fn entries_of(document: &ExportedDocument) -> impl Iterator<Item = Entry<'_>> {
    document.notes.iter().map(move |note| Entry { document, note })
}

/// Those without a tag last.
fn first_tag(note: &ExportedNote) -> (bool, Option<&Tag>) {
    (note.note.tags.is_empty(), note.note.tags.iter().min())
}

/// Bookmarks last.
fn colour_rank(colour: Option<Colour>) -> usize {
    colour.and_then(|colour| Colour::ALL.iter().position(|&each| each == colour)).unwrap_or(Colour::ALL.len())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::export::sample::{export_of, export_of_documents, quoting};

    fn tags(tags: &[&str]) -> Vec<Tag> {
        tags.iter().map(|tag| Tag::new(tag).unwrap()).collect()
    }

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(ToString::to_string).collect()
    }

    /// Three notes: of different tags, headings, colours and days.
    fn sample() -> Export {
        let mut export = export_of([
            quoting("甲").with(|note| note.tags = tags(&["水/河", "水"])).under(&["上\n游"]),
            quoting("乙").with(|note| note.colour = Some(Colour::Yellow)).under(&["上\n游"]),
            quoting("丙")
                .with(|note| {
                    note.tags = tags(&["水"]);
                    note.colour = None;
                    note.created = Timestamp::from_second(-90_000).unwrap();
                })
                .under(&["下游", "岸"]),
        ]);
        export.options.order = Order::Place;
        export
    }

    fn check(grouping: Grouping, order: Order, expected: &[(&str, &[&str])]) {
        let mut export = sample();
        export.options.grouping = grouping;
        export.options.order = order;
        assert_eq!(
            found(&export),
            expected
                .iter()
                .map(|(title, notes)| (*title, notes.to_vec()))
                .collect::<Vec<_>>()
                .iter()
                .map(|(title, notes)| ((*title).to_owned(), owned(notes)))
                .collect::<Vec<_>>()
        );
    }

    fn found(export: &Export) -> Vec<(String, Vec<String>)> {
        let quotes =
            |group: &Group<'_>| group.notes.iter().map(|entry| entry.note.quote.clone()).collect::<Vec<_>>();
        export.groups().iter().map(|group| (group.title.clone(), quotes(group))).collect()
    }

    #[test]
    fn notes_stand_in_the_groups_of_choice() {
        check(Grouping::Headings, Order::Place, &[("上 游", &["甲", "乙"]), ("下游 › 岸", &["丙"])]);
        check(
            Grouping::Tag,
            Order::Place,
            &[("水", &["甲", "丙"]), ("水/河", &["甲"]), ("without tag", &["乙"])],
        );
        check(
            Grouping::Colour,
            Order::Place,
            &[("yellow", &["乙"]), ("green", &["甲"]), ("Bookmark", &["丙"])],
        );
        check(Grouping::Day, Order::Place, &[("1969-12-30", &["丙"]), ("1970-01-01", &["甲", "乙"])]);
        check(Grouping::Document, Order::Place, &[("修河倡议", &["甲", "乙", "丙"])]);
    }

    #[test]
    fn notes_stand_in_the_order_of_choice() {
        check(Grouping::Nothing, Order::Place, &[("", &["甲", "乙", "丙"])]);
        check(Grouping::Nothing, Order::Made, &[("", &["丙", "甲", "乙"])]);
        check(Grouping::Nothing, Order::Tag, &[("", &["甲", "丙", "乙"])]);
        check(Grouping::Nothing, Order::Colour, &[("", &["乙", "甲", "丙"])]);
        check(Grouping::Headings, Order::Colour, &[("上 游", &["乙", "甲"]), ("下游 › 岸", &["丙"])]);
    }

    #[test]
    fn each_of_several_documents_stands_by_itself() {
        let export = export_of_documents([
            ("修河倡议", vec![quoting("甲").under(&["修河倡议", "上游"])]),
            ("修渠章程", vec![quoting("乙")]),
        ]);
        let levels: Vec<(u8, String)> =
            export.groups().iter().map(|group| (group.level, group.title.clone())).collect();
        let expected = [(2, "修河倡议"), (3, "上游"), (2, "修渠章程"), (3, "")];
        assert_eq!(levels, expected.map(|(level, title)| (level, title.to_owned())));
    }

    #[test]
    fn every_note_comes_once_in_a_table() {
        let mut export = sample();
        export.options.grouping = Grouping::Tag;
        let quotes: Vec<&str> = export.each_once().iter().map(|entry| entry.note.quote.as_str()).collect();
        assert_eq!(quotes, ["甲", "丙", "乙"]);
    }

    #[test]
    fn the_title_is_no_heading_of_a_group() {
        let titles =
            |export: Export| export.groups().iter().map(|group| group.title.clone()).collect::<Vec<_>>();
        let export = export_of([
            quoting("甲").under(&["修河\n倡议"]),
            quoting("甲").under(&["修河倡议"]),
            quoting("甲").under(&["修河倡议", "上游"]),
            quoting("甲").under(&["上游"]),
        ]);
        assert_eq!(titles(export), ["修河 倡议", "", "上游", "上游"]);
    }

    #[test]
    fn names_of_another_version_are_the_usual_ones() {
        for order in Order::ALL {
            assert_eq!(Order::from(String::from(order)), order);
        }
        for grouping in Grouping::ALL {
            assert_eq!(Grouping::from(String::from(grouping)), grouping);
        }
        assert_eq!(Grouping::from("moon".to_owned()), Grouping::Headings);
    }
}
