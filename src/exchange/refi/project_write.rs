//! A parcel as a project.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use uuid::Uuid;

use super::codes::{Notes, write_codes, write_own_codes};
use super::extra::{Extra, KEY, key_id};
use super::package::{internal, pack};
use super::project_read::whole;
use super::{BOOKMARK, ORIGIN, PROJECT, code_id, guid, own_id};
use crate::document::{Document, TextId};
use crate::exchange::counting::Counting;
use crate::exchange::identity::uuid_of;
use crate::exchange::xml::{XmlWriter, can_express};
use crate::exchange::{ExchangeError, Parcel, ParcelDocument, ParcelNote};
use crate::notes::{Anchor, Annotation, Colour, FarEnd, Tag};
use crate::text::Span;

/// The documents, notes and codes of a parcel as `.qdpx`, made at that moment.
///
/// Errors: the package becomes larger than one can be.
pub fn project_to_refi(parcel: &Parcel, made: Timestamp) -> Result<Vec<u8>, ExchangeError> {
    Project::of(parcel, made).pack()
}

struct Project<'a> {
    parcel: &'a Parcel,
    /// The one user, who made everything.
    user: String,
    made: String,
    /// The texts of the package, by name.
    texts: BTreeMap<String, String>,
    /// The passages of other documents that notes are about too, by their document.
    far_ends: BTreeMap<usize, Vec<Target>>,
    /// From a note to such a passage.
    links: Vec<(Uuid, Uuid)>,
}

/// A passage that a note of another document is about too.
struct Target {
    id: Uuid,
    characters: Span,
}

impl<'a> Project<'a> {
    fn of(parcel: &'a Parcel, made: Timestamp) -> Self {
        let mut project = Self {
            parcel,
            user: guid(uuid_of("refi user", &[])),
            made: made.to_string(),
            texts: BTreeMap::new(),
            far_ends: BTreeMap::new(),
            links: Vec::new(),
        };
        project.find_links();
        project
    }

    /// Finds the passages that notes link to in documents of the project. Others cannot be expressed.
    fn find_links(&mut self) {
        let by_text: BTreeMap<TextId, usize> = self
            .parcel
            .documents
            .iter()
            .enumerate()
            .filter_map(|(index, document)| Some((TextId::of(document.text.as_deref()?), index)))
            .collect();
        let text =
            |index: usize| self.parcel.documents.get(index).and_then(|document| document.text.as_deref());
        // Each text is counted once, however many passages of it are meant.
        let mut counted: BTreeMap<usize, Counting<'_>> = BTreeMap::new();
        for note in self.notes() {
            for (number, answer) in note.note.answers.iter().enumerate() {
                let Some((&index, text)) =
                    by_text.get(&answer.document).and_then(|index| Some((index, text(*index)?)))
                else {
                    continue;
                };
                let counting = counted.entry(index).or_insert_with(|| Counting::new(text));
                let Some(characters) = place_of(answer, text, counting) else { continue };
                let id = uuid_of("refi link", &[&note.note.id.to_string(), &number.to_string()]);
                self.far_ends.entry(index).or_default().push(Target { id, characters });
                self.links.push((note.note.id.0, id));
            }
        }
    }

    fn pack(mut self) -> Result<Vec<u8>, ExchangeError> {
        let mut writer = XmlWriter::new();
        let title = if self.parcel.title.is_empty() { super::OWN } else { &self.parcel.title };
        writer.begin(
            "Project",
            &[
                ("xmlns", PROJECT),
                ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
                ("xsi:schemaLocation", SCHEMA),
                ("name", title),
                ("origin", ORIGIN),
                ("creatingUserGUID", &self.user),
                ("creationDateTime", &self.made),
            ],
        );
        writer.begin("Users", &[]);
        writer.empty("User", &[("guid", &self.user), ("name", super::OWN)]);
        writer.end();
        self.write_codebook(&mut writer);
        self.write_sources(&mut writer);
        self.write_notes(&mut writer);
        self.write_links(&mut writer);
        pack(&writer.finish(), &self.texts)
    }

    fn notes(&self) -> impl Iterator<Item = &'a ParcelNote> + use<'a> {
        self.parcel.documents.iter().flat_map(|document| &document.notes)
    }

    fn write_codebook(&self, writer: &mut XmlWriter) {
        let tags: BTreeSet<Tag> = self.notes().flat_map(|note| note.note.tags.iter().cloned()).collect();
        let colours: BTreeSet<Colour> = self.notes().filter_map(|note| note.note.colour).collect();
        let bookmarks = self.notes().any(|note| note.note.is_bookmark());
        if tags.is_empty() && colours.is_empty() && !bookmarks && self.parcel.codes.is_empty() {
            return;
        }
        writer.begin("CodeBook", &[]);
        writer.begin("Codes", &[]);
        write_codes(writer, &self.parcel.codes, &tags, Notes::There);
        write_own_codes(writer, &colours, bookmarks);
        writer.end();
        writer.end();
    }

    fn write_sources(&mut self, writer: &mut XmlWriter) {
        let parcel = self.parcel;
        if parcel.documents.is_empty() {
            return;
        }
        writer.begin("Sources", &[]);
        for (index, document) in parcel.documents.iter().enumerate() {
            self.write_source(writer, index, document);
        }
        writer.end();
    }

    fn write_source(&mut self, writer: &mut XmlWriter, index: usize, document: &ParcelDocument) {
        let text = document.text.as_deref().unwrap_or_default();
        let id = guid(uuid_of(
            "refi source",
            &[&index.to_string(), &document.title, &TextId::of(text).to_string()],
        ));
        let name = format!("{id}.txt");
        let way = internal(&name);
        let attributes = [
            ("guid", id.as_str()),
            ("name", &document.title),
            ("plainTextPath", &way),
            ("creatingUser", &self.user),
            ("creationDateTime", &self.made),
        ];
        writer.begin("TextSource", &attributes);
        let extra = Extra { place: document.source.clone(), ..Extra::default() };
        describe(writer, &extra);
        let (counting, whole) = (Counting::new(text), whole(text));
        for note in &document.notes {
            if let Some(stretch) = stretch_of(note, &counting) {
                self.write_selection(writer, note, stretch, &counting, whole.as_ref());
            }
        }
        for target in self.far_ends.get(&index).into_iter().flatten() {
            selection(writer, target.id, target.characters, &[]);
            writer.end();
        }
        for note in document.notes.iter().filter(|note| stretch_of(note, &counting).is_none()) {
            writer.empty("NoteRef", &[("targetGUID", &guid(note.note.id.0))]);
        }
        writer.end();
        self.texts.insert(name, text.to_owned());
    }

    fn write_selection(
        &self,
        writer: &mut XmlWriter,
        note: &ParcelNote,
        stretch: Stretch,
        counting: &Counting<'_>,
        whole: Option<&Document>,
    ) {
        let Annotation { id, created, changed, .. } = &note.note;
        let (created, changed) = (created.to_string(), changed.to_string());
        let bytes = |characters: Span| counting.bytes(characters);
        let read = note.characters.and_then(bytes).zip(whole).map(|(span, whole)| Anchor::of(whole, span));
        let selected = bytes(stretch.characters).zip(whole).and_then(|(span, whole)| span.of(whole.text()));
        let words: String = selected.unwrap_or_default().chars().take(LONGEST_NAME).collect();
        let attributes = [
            ("name", words.as_str()),
            ("creatingUser", &self.user),
            ("creationDateTime", &created),
            ("modifyingUser", &self.user),
            ("modifiedDateTime", &changed),
        ];
        selection(writer, id.0, stretch.characters, &attributes);
        describe(writer, &Extra { at_the_end: stretch.at_the_end, ..Extra::of(note, read.as_ref()) });
        self.write_codings(writer, &note.note);
        if !note.note.text.is_empty() {
            writer.empty("NoteRef", &[("targetGUID", &guid(text_id(&note.note)))]);
        }
        writer.end();
    }

    /// A coding for each tag, and for the colour.
    fn write_codings(&self, writer: &mut XmlWriter, note: &Annotation) {
        let own = note.colour.map(Colour::name).into_iter().chain(note.is_bookmark().then_some(BOOKMARK));
        for code in note.tags.iter().map(code_id).chain(own.map(own_id)) {
            let id = guid(uuid_of("refi coding", &[&note.id.to_string(), &code.to_string()]));
            let made = note.created.to_string();
            writer
                .begin("Coding", &[("guid", &id), ("creatingUser", &self.user), ("creationDateTime", &made)]);
            writer.empty("CodeRef", &[("targetGUID", &guid(code))]);
            writer.end();
        }
    }

    /// What the reader says, the notes that have no place, and the keys of codes.
    fn write_notes(&mut self, writer: &mut XmlWriter) {
        let mut notes = Vec::new();
        let parcel = self.parcel;
        for document in &parcel.documents {
            let counting = Counting::new(document.text.as_deref().unwrap_or_default());
            let placed = |note| (note, stretch_of(note, &counting).is_some());
            let all = document.notes.iter().map(placed);
            notes.extend(all.filter(|(note, placed)| !placed || !note.note.text.is_empty()));
        }
        let keys: Vec<(&Tag, char)> =
            parcel.codes.iter().filter_map(|code| Some((&code.tag, code.key?))).collect();
        if notes.is_empty() && keys.is_empty() {
            return;
        }
        writer.begin("Notes", &[]);
        for (note, placed) in notes {
            self.write_note(writer, note, placed);
        }
        for (tag, key) in keys {
            writer.begin("Note", &[("guid", &guid(key_id(tag))), ("name", KEY)]);
            writer.text("PlainTextContent", &key.to_string());
            writer.end();
        }
        writer.end();
    }

    /// A note that has no place is called by its quotation, and coded itself.
    fn write_note(&mut self, writer: &mut XmlWriter, parcel: &ParcelNote, placed: bool) {
        let note = &parcel.note;
        let id = guid(if placed { text_id(note) } else { note.id.0 });
        let (created, changed) = (note.created.to_string(), note.changed.to_string());
        // Other programs list notes by their names.
        let name: String = if placed {
            note.anchor.quote.chars().take(LONGEST_NAME).collect()
        } else {
            note.anchor.quote.clone()
        };
        let file = format!("{id}.txt");
        let way = internal(&file);
        let inside = can_express(&note.text);
        let mut attributes = vec![("guid", id.as_str()), ("name", name.as_str())];
        attributes.extend((!inside).then_some(("plainTextPath", way.as_str())));
        attributes.extend([
            ("creatingUser", self.user.as_str()),
            ("creationDateTime", &created),
            ("modifyingUser", &self.user),
            ("modifiedDateTime", &changed),
        ]);
        writer.begin("Note", &attributes);
        if !placed {
            let nowhere = ParcelNote { characters: None, ..parcel.clone() };
            describe(writer, &Extra::of(&nowhere, None));
        }
        if inside {
            writer.text("PlainTextContent", &note.text);
        }
        if !placed {
            self.write_codings(writer, note);
        }
        writer.end();
        if !inside {
            self.texts.insert(file, note.text.clone());
        }
    }

    fn write_links(&self, writer: &mut XmlWriter) {
        if self.links.is_empty() {
            return;
        }
        writer.begin("Links", &[]);
        for (origin, target) in &self.links {
            let id = guid(uuid_of("refi link of", &[&target.to_string()]));
            let (origin, target) = (guid(*origin), guid(*target));
            let ends = [("originGUID", origin.as_str()), ("targetGUID", target.as_str())];
            writer.empty("Link", &[[("guid", id.as_str()), ("direction", "OneWay")], ends].concat());
        }
        writer.end();
    }
}

const SCHEMA: &str =
    "urn:QDA-XML:project:1.0 http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd";

/// So many characters of a quotation name a selection in the lists of other programs.
const LONGEST_NAME: usize = 60;

/// The description of an element that was just begun, where there is anything to say.
fn describe(writer: &mut XmlWriter, extra: &Extra) {
    if let Some(description) = extra.description() {
        writer.text("Description", &description);
    }
}

/// The identity of what the reader says in a note.
fn text_id(note: &Annotation) -> Uuid {
    uuid_of("refi note", &[&note.id.to_string()])
}

/// Opens a selection.
fn selection(writer: &mut XmlWriter, id: Uuid, characters: Span, others: &[(&str, &str)]) {
    let (id, start, end) = (guid(id), characters.start().to_string(), characters.end().to_string());
    let place = [("guid", id.as_str()), ("startPosition", &start), ("endPosition", &end)];
    writer.begin("PlainTextSelection", &[&place, others].concat());
}

/// What a selection covers.
#[derive(Clone, Copy)]
struct Stretch {
    characters: Span,
    at_the_end: bool,
}

/// What the selection of a note covers: its words, or the character after a bookmark, since other programs may
/// refuse a selection of nothing. `None` where the note has no place in the text.
fn stretch_of(note: &ParcelNote, counting: &Counting<'_>) -> Option<Stretch> {
    let characters = note.characters.filter(|&characters| counting.bytes(characters).is_some())?;
    if !note.note.is_bookmark() {
        return (!characters.is_empty()).then_some(Stretch { characters, at_the_end: false });
    }
    let after = Span::from_length(characters.start(), 1);
    if counting.bytes(after).is_some() {
        return Some(Stretch { characters: after, at_the_end: false });
    }
    let last = characters.start().checked_sub(1)?;
    Some(Stretch { characters: Span::from_length(last, 1), at_the_end: true })
}

/// Where a far end is in the text that it was made on, in characters.
fn place_of(answer: &FarEnd, text: &str, counting: &Counting<'_>) -> Option<Span> {
    let span = answer.anchor.span;
    let there = !span.is_empty() && span.of(text) == Some(&answer.anchor.quote);
    counting.characters(span).filter(|_| there)
}
