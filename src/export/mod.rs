//! Notes and comparisons as files for other programs.
//!
//! Notes go to Markdown, HTML and CSV; for comparisons see [`comparison`].
//! Every function here is pure: it gets the notes with their quotations in the script of choice and gives
//! text or bytes. It knows no file, no clock, and no interface language: the words that an export writes
//! by itself come with it, as [`Words`].
//!
//! What comes from documents and notes stays text: it cannot become an element, a script, a formula or
//! a path.

pub mod citation;
pub mod comparison;
mod csv;
mod file_name;
mod html;
mod markdown;
mod note_text;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use csv::{as_written_in_cell, to_csv};
pub use file_name::file_name_from_title;
pub use html::to_html;
pub use markdown::{escape_markdown, to_markdown};

use crate::notes::{Colour, FoundState, NoteId, Tag};
use crate::text::{Form, Script, Written};

/// What is to be exported.
#[derive(Clone, Debug)]
pub struct Export {
    /// How.
    pub options: ExportOptions,
    /// The chosen notes, in the order of the document.
    pub notes: Vec<ExportedNote>,
}

/// How notes are exported.
#[derive(Clone, Debug)]
pub struct ExportOptions {
    /// The title of the document, in the script of choice.
    pub title: String,
    /// Where the document comes from, on one line, in the script of choice; empty where unknown.
    pub source: String,
    /// By what the notes are grouped.
    pub order: Order,
    /// The language of title, headings and quotations, as [`language_tag`] gives it.
    pub language: String,
    /// The language of the words, such as `en` or `zh-Hans`.
    pub interface_language: String,
    /// The words that the export writes by itself.
    pub words: Words,
    /// The zone in which moments are written.
    pub zone: TimeZone,
}

/// By what exported notes are grouped.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Order {
    /// By the headings they stand under, in the order of the document.
    #[default]
    Document,
    /// By their tags. A note with several tags stands under each; one without any comes last.
    Tag,
}

/// One note as it is exported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExportedNote {
    /// The note's identity.
    pub id: NoteId,
    /// The quotation in the script of choice; empty for a bookmark.
    pub quote: String,
    /// The quotation word for word as in the document.
    pub quote_as_written: String,
    /// The headings that it stands under, the highest first, in the script of choice.
    pub headings: Vec<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its colour; `None` for a bookmark.
    pub colour: Option<Colour>,
    /// What the reader says, as Markdown; empty where nothing.
    pub text: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub changed: Timestamp,
    /// Where it is; `None` where it is lost.
    pub place: Option<Place>,
    /// Whether it was found again.
    pub state: FoundState,
    /// The passages of other documents that it is about too.
    pub answers: Vec<ExportedAnswer>,
}

/// A passage of another document that an exported note is about too.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ExportedAnswer {
    /// The title of the other document in the script of choice, or the name of its file.
    pub title: String,
    /// The language of title and quotation, as [`language_tag`] gives it.
    pub language: String,
    /// The headings that the passage stands under, the highest first, in the script of choice.
    pub headings: Vec<String>,
    /// The quotation in the script of choice.
    pub quote: String,
    /// The quotation word for word as in the other document.
    pub quote_as_written: String,
}

impl ExportedAnswer {
    /// Where the passage stands, on one line: the document and the headings in it.
    fn source(&self) -> String {
        let title = on_one_line(&self.title);
        let is_title = self.headings.first().is_some_and(|first| on_one_line(first) == title);
        let headings = heading_path(self.headings.get(usize::from(is_title)..).unwrap_or_default());
        if headings.is_empty() { title } else { format!("{title} › {headings}") }
    }
}

/// Where a note is in its document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The block, counted from 0.
    pub block: usize,
    /// The first character, in characters (code points) of the document's text from 0.
    pub start: usize,
    /// The first character after it, counted likewise.
    pub end: usize,
}

/// The words that an export writes by itself, in the language of the interface.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    /// For the identity of a note.
    pub id: String,
    /// For where the document comes from.
    pub source: String,
    /// For the quotation.
    pub quotation: String,
    /// For the quotation as the document has it.
    pub as_written: String,
    /// For the headings that a note stands under.
    pub headings: String,
    /// For the tags.
    pub tags: String,
    /// For the colour.
    pub colour: String,
    /// For what the reader says.
    pub note: String,
    /// For the block's number.
    pub paragraph: String,
    /// For the position of the first character.
    pub start: String,
    /// For the position after the last character.
    pub end: String,
    /// For the moment a note was made.
    pub created: String,
    /// For the moment it was last changed.
    pub changed: String,
    /// For whether it was found again.
    pub state: String,
    /// What a bookmark is called.
    pub bookmark: String,
    /// For the other document that a note is about too.
    pub other_document: String,
    /// For its passage.
    pub other_quotation: String,
    /// The group of notes without a tag.
    pub without_tag: String,
    /// The names of [`Colour::ALL`], in that order.
    pub colours: [String; 5],
    /// The names of [`FoundState::ALL`], in that order.
    pub states: [String; 4],
}

impl Words {
    fn colour(&self, colour: Colour) -> &str {
        let index = Colour::ALL.iter().position(|&each| each == colour);
        index.and_then(|index| self.colours.get(index)).map_or("", String::as_str)
    }

    fn state(&self, state: FoundState) -> &str {
        let index = FoundState::ALL.iter().position(|&each| each == state);
        index.and_then(|index| self.states.get(index)).map_or("", String::as_str)
    }
}

/// The BCP 47 language tag of a text written as `written` and shown in `script`, for the `lang` attribute
/// that chooses the glyphs.
pub fn language_tag(written: Written, script: Script) -> &'static str {
    match (script.form, written) {
        (Form::Simplified, _) | (Form::AsWritten, Written::Simplified) => "zh-Hans",
        (Form::Traditional, _) | (Form::AsWritten, Written::Traditional) => "zh-Hant",
        (Form::Taiwan, _) => "zh-Hant-TW",
        (Form::HongKong, _) => "zh-Hant-HK",
        (Form::AsWritten, Written::Mixed | Written::Undecided) => "zh",
    }
}

/// Notes that are exported under one heading.
struct Group<'a> {
    /// The heading; empty for notes above the first heading of the document.
    title: String,
    notes: Vec<&'a ExportedNote>,
}

impl Export {
    fn groups(&self) -> Vec<Group<'_>> {
        match self.options.order {
            Order::Document => self.groups_by_headings(),
            Order::Tag => self.groups_by_tag(),
        }
    }

    fn groups_by_headings(&self) -> Vec<Group<'_>> {
        let alike = self.notes.chunk_by(|left, right| left.headings == right.headings);
        alike
            .map(|notes| Group { title: self.heading_path(notes.first()), notes: notes.iter().collect() })
            .collect()
    }

    fn groups_by_tag(&self) -> Vec<Group<'_>> {
        let mut tagged: BTreeMap<&Tag, Vec<&ExportedNote>> = BTreeMap::new();
        for note in &self.notes {
            for tag in &note.tags {
                let group = tagged.entry(tag).or_default();
                if group.last().is_none_or(|last| last.id != note.id) {
                    group.push(note);
                }
            }
        }
        let rest: Vec<_> = self.notes.iter().filter(|note| note.tags.is_empty()).collect();
        let groups = tagged.into_iter().map(|(tag, notes)| Group { title: tag.to_string(), notes });
        let last = Group { title: self.options.words.without_tag.clone(), notes: rest };
        groups.chain(Some(last).filter(|group| !group.notes.is_empty())).collect()
    }

    /// What is said of a note below its quotation: the name of each thing, and the thing.
    fn facts<'a>(&'a self, note: &'a ExportedNote) -> Vec<(&'a str, String)> {
        let words = &self.options.words;
        let headings = match self.options.order {
            Order::Document => String::new(),
            Order::Tag => self.heading_path(Some(note)),
        };
        let tags: Vec<&str> = note.tags.iter().map(Tag::as_str).collect();
        let place = note.place.map(|place| (place.block + 1).to_string()).unwrap_or_default();
        let state = if note.state == FoundState::Exact { "" } else { words.state(note.state) };
        let facts = [
            (&words.headings, headings),
            (&words.tags, tags.join(" · ")),
            (&words.colour, note.colour.map(|colour| words.colour(colour).to_owned()).unwrap_or_default()),
            (&words.paragraph, place),
            (&words.state, state.to_owned()),
            (&words.changed, self.moment(note.changed)),
        ];
        facts
            .into_iter()
            .map(|(name, fact)| (name.as_str(), fact))
            .filter(|(_, fact)| !fact.is_empty())
            .collect()
    }

    /// The headings of a note, without the document's title, which stands above all.
    fn heading_path(&self, note: Option<&ExportedNote>) -> String {
        let headings = note.map_or(&[][..], |note| &note.headings);
        let title = on_one_line(&self.options.title);
        let is_title = headings.first().is_some_and(|first| on_one_line(first) == title);
        heading_path(headings.get(usize::from(is_title)..).unwrap_or_default())
    }

    /// What stands between a name and what it names, in the language of the words.
    fn colon(&self) -> &'static str {
        colon(&self.options.interface_language)
    }

    /// A moment as year, month, day, hour and minute in the zone of choice.
    fn moment(&self, moment: Timestamp) -> String {
        moment.to_zoned(self.options.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// What stands between a name and what it names in a language.
fn colon(language: &str) -> &'static str {
    if language.starts_with("zh") { "：" } else { ": " }
}

/// Headings on one line.
fn heading_path(headings: &[String]) -> String {
    headings.iter().map(|heading| on_one_line(heading)).collect::<Vec<_>>().join(" › ")
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod sample;

#[cfg(test)]
mod tests {
    use super::sample::{export_of, quoting};
    use super::*;

    fn check(order: Order, expected: &[(&str, &[&str])]) {
        let tags = |tags: &[&str]| tags.iter().map(|tag| Tag::new(tag).unwrap()).collect::<Vec<_>>();
        let headings = |headings: &[&str]| headings.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut export = export_of([
            ExportedNote {
                tags: tags(&["水/河", "水"]), headings: headings(&["上\n游"]), ..quoting("甲")
            },
            ExportedNote { headings: headings(&["上\n游"]), ..quoting("乙") },
            ExportedNote { tags: tags(&["水"]), headings: headings(&["下游", "岸"]), ..quoting("丙") },
        ]);
        export.options.order = order;
        let groups = export.groups();
        let found: Vec<(&str, Vec<&str>)> = groups
            .iter()
            .map(|group| (&*group.title, group.notes.iter().map(|note| &*note.quote).collect()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(title, notes)| (*title, notes.to_vec())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn notes_are_grouped_by_headings_or_tags() {
        check(Order::Document, &[("上 游", &["甲", "乙"]), ("下游 › 岸", &["丙"])]);
        check(Order::Tag, &[("水", &["甲", "丙"]), ("水/河", &["甲"]), ("without tag", &["乙"])]);
    }

    #[test]
    fn the_title_is_no_heading_of_a_group() {
        let under = |headings: &[&str]| ExportedNote {
            headings: headings.iter().map(ToString::to_string).collect(),
            ..quoting("甲")
        };
        let titles =
            |export: Export| export.groups().iter().map(|group| group.title.clone()).collect::<Vec<_>>();
        let export = export_of([
            under(&["修河\n倡议"]),
            under(&["修河倡议"]),
            under(&["修河倡议", "上游"]),
            under(&["上游"]),
        ]);
        assert_eq!(titles(export), ["修河 倡议", "", "上游", "上游"]);
    }

    #[test]
    fn the_language_follows_the_script() {
        let shown = |form| language_tag(Written::Simplified, Script::characters(form));
        assert_eq!(Form::ALL.map(shown), ["zh-Hans", "zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK"]);
        assert_eq!(language_tag(Written::Traditional, Script::AS_WRITTEN), "zh-Hant");
        assert_eq!(language_tag(Written::Mixed, Script::AS_WRITTEN), "zh");
    }
}
