//! The shape of the file that lies beside a document: RON that a person can read and a program can trust.
//!
//! `assets/formats.md` describes it. The shape is this file's own, apart from the types of the program, so
//! that those can change without the files.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use ron::value::RawValue;
use uuid::Uuid;

use super::raw::{Field, Fields, Raw, quoted};
use crate::document::{Bibliography, Detail, RepairChoices, RepairKind, TextId, WorkKind};
use crate::notes::{Anchor, Annotation, Colour, Conflict, FarEnd, NoteId, Placing, Tag, Trashed};
use crate::session::{Kept, ReadingChoices};
use crate::text::{Correction, Corrections, Form, Shows, Span};

/// The version of the format that this program writes. It reads this one and those before.
pub(super) const FORMAT: u32 = 1;

/// Everything that such a file says.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Sidecar {
    /// What the session knows of it.
    pub(super) kept: Kept,
    /// Notes that were deleted, and when: so that a copy of the file elsewhere does not bring them back.
    pub(super) deleted: BTreeMap<NoteId, Timestamp>,
    /// Notes that were taken back after they had been deleted, and when, where they were not changed since.
    pub(super) revived: BTreeMap<NoteId, Timestamp>,
    /// What this program does not know, kept word for word.
    pub(super) unknown: Unknown,
}

/// What this program does not know, kept word for word.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Unknown {
    /// Fields of the file.
    pub(super) fields: Vec<Field>,
    /// Fields of single notes.
    pub(super) notes: BTreeMap<NoteId, Vec<Field>>,
    /// Fields of single far ends, by the note, the other text, and the place in it.
    pub(super) far_ends: BTreeMap<FarEndKey, Vec<Field>>,
    /// Fields of what is said for citing the document.
    pub(super) bibliography: Vec<Field>,
    /// Notes that could not be understood.
    pub(super) unreadable: Vec<String>,
}

impl Unknown {
    /// How many far ends could not be understood.
    pub(super) fn unreadable_far_ends(&self) -> usize {
        let fields = self.notes.values().flatten().filter(|field| field.name == ANSWERS_UNREADABLE);
        fields.map(|field| ron::from_str::<Vec<&RawValue>>(&field.value).map_or(1, |list| list.len())).sum()
    }
}

/// Which far end of which note.
pub(super) type FarEndKey = (NoteId, TextId, Span);

/// What became of reading such a file.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Parsed {
    /// It was understood.
    Good {
        /// What it says.
        sidecar: Box<Sidecar>,
        /// What its checksum says.
        checksum: Checksum,
    },
    /// A newer version of the program wrote it.
    Newer {
        /// The version of its format.
        format: u32,
        /// What could be understood of it, to be looked at and never to be written.
        sidecar: Box<Sidecar>,
    },
    /// It is not such a file, and why.
    Damaged(String),
}

/// What the checksum in the first line says of the rest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Checksum {
    /// Not a bit was changed since a program wrote it.
    Matches,
    /// It was changed since, by a person or by accident.
    Differs,
    /// There is none: a person wrote it.
    Missing,
}

const FIRST_LINE: &str = "// Duidu notes; BLAKE3 of what follows this line: ";

/// Understands the bytes of such a file.
///
/// Nothing that is in it is left out: a note that cannot be understood and fields of another name are
/// kept word for word.
pub(super) fn parse(bytes: &[u8]) -> Parsed {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Parsed::Damaged(format!("it is not UTF-8: {error}")),
    };
    let fields: Fields<'_> = match Fields::parse(text) {
        Ok(fields) => fields,
        Err(error) => return Parsed::Damaged(error),
    };
    let Some(format) = fields.get("format").and_then(Raw::read::<u32>) else {
        return Parsed::Damaged("it does not say its format".to_owned());
    };
    if format <= FORMAT && fields.get("notes").is_none() {
        return Parsed::Damaged("it has no list of notes".to_owned());
    }
    let sidecar = Box::new(sidecar_of(&fields));
    match format {
        0..=FORMAT => Parsed::Good { sidecar, checksum: checksum_of(text, FIRST_LINE) },
        format => Parsed::Newer { format, sidecar },
    }
}

/// The format of a file that an earlier version of the program wrote; `None` for one of this version.
pub(super) fn older_format(bytes: &[u8]) -> Option<u32> {
    let current = format!("format: {FORMAT},");
    if memchr::memmem::find(bytes, current.as_bytes()).is_some() {
        return None;
    }
    let fields = Fields::parse(std::str::from_utf8(bytes).ok()?).ok()?;
    fields.get("format")?.read::<u32>().filter(|format| *format < FORMAT)
}

/// The fields that say how the document is to be read.
const OF_READING: [&str; 3] = ["encoding", "repairs_off", "repairs_refused"];

/// Only how the document is to be read; the default where the bytes are no such file.
///
/// Most files say nothing of it, which is seen at a glance; taking apart thousands of notes is not.
pub(super) fn parse_choices(bytes: &[u8]) -> ReadingChoices {
    let mut sidecar = Sidecar::default();
    if !OF_READING.iter().any(|name| memchr::memmem::find(bytes, name.as_bytes()).is_some()) {
        return sidecar.kept.choices;
    }
    let fields = std::str::from_utf8(bytes).ok().and_then(|text| Fields::parse(text).ok());
    for (name, raw) in fields.iter().flat_map(Fields::iter) {
        if OF_READING.contains(&name) {
            // What is not understood is told when the notes are loaded.
            let _understood = take_field(&mut sidecar, name, raw);
        }
    }
    sidecar.kept.choices
}

/// What the checksum in a first line that begins with `opening` says of the rest of `text`.
pub(super) fn checksum_of(text: &str, opening: &str) -> Checksum {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.strip_prefix(opening) {
        None => Checksum::Missing,
        Some(written) if written == blake3::hash(rest.as_bytes()).to_hex().as_str() => Checksum::Matches,
        Some(_) => Checksum::Differs,
    }
}

/// Fields that are taken apart, and one that this program writes anew each time.
const KNOWN: [&str; 15] = [
    "format",
    "program",
    "document",
    "title",
    "notes",
    "trash",
    "corrections",
    "encoding",
    "repairs_off",
    "repairs_refused",
    "bibliography",
    "comments_answered",
    "deleted",
    "revived",
    "unreadable",
];

fn sidecar_of(fields: &Fields<'_>) -> Sidecar {
    let mut sidecar = Sidecar::default();
    for (name, raw) in fields.iter() {
        let understood = KNOWN.contains(&name) && take_field(&mut sidecar, name, raw).is_some();
        if !understood {
            sidecar.unknown.fields.push(Field::new(name, raw));
        }
    }
    for trashed in &sidecar.kept.trash {
        sidecar.deleted.entry(trashed.note.id).or_insert(trashed.at);
    }
    sidecar
}

/// `None` where the value is not of the kind that it should be.
fn take_field(sidecar: &mut Sidecar, name: &str, raw: Raw<'_>) -> Option<()> {
    let kept = &mut sidecar.kept;
    match name {
        "document" => kept.text = Some(TextId::from_hex(&raw.read::<String>()?)?),
        "title" => kept.title = raw.read()?,
        "notes" => take_notes(sidecar, &raw.list()?),
        "trash" => take_trash(sidecar, &raw.list()?),
        "corrections" => kept.corrections = Corrections::new(all(raw.list()?, correction_of)?),
        "encoding" => kept.choices.encoding = Some(raw.read()?),
        "repairs_off" => {
            kept.choices.repairs.kinds_off = all(raw.read::<Vec<String>>()?, |name| repair_of(&name))?;
        }
        "repairs_refused" => kept.choices.repairs.refused = spans_of(raw)?,
        "bibliography" => take_bibliography(sidecar, raw)?,
        "comments_answered" => {
            let id = |id: String| Uuid::parse_str(&id).ok().map(NoteId);
            kept.answered_comments = all(raw.read::<Vec<String>>()?, id)?;
        }
        "deleted" => sidecar.deleted = all(raw.list()?, deletion_of)?,
        "revived" => sidecar.revived = all(raw.list()?, deletion_of)?,
        "unreadable" => sidecar.unknown.unreadable.extend(raw.list()?.iter().map(|note| note.text())),
        _ => {}
    }
    Some(())
}

fn all<Item, Out, List: FromIterator<Out>>(
    list: Vec<Item>,
    read: impl Fn(Item) -> Option<Out>,
) -> Option<List> {
    list.into_iter().map(read).collect()
}

/// What is not understood of it is kept.
fn take_bibliography(sidecar: &mut Sidecar, raw: Raw<'_>) -> Option<()> {
    let mut bibliography = Bibliography::default();
    for (name, raw) in Fields::parse(raw.as_str()).ok()?.iter() {
        let value = raw.read::<String>();
        let detail = named(name, Detail::ALL, Detail::name);
        let kind = value.as_deref().and_then(|value| named(value, WorkKind::ALL, WorkKind::name));
        match (detail, value) {
            (Some(detail), Some(value)) => drop(bibliography.details.insert(detail, value)),
            (None, _) if name == "kind" && kind.is_some() => bibliography.kind = kind,
            _ => sidecar.unknown.bibliography.push(Field::new(name, raw)),
        }
    }
    sidecar.kept.bibliography = Some(bibliography).filter(|bibliography| !bibliography.is_empty());
    Some(())
}

pub(super) fn spans_of(raw: Raw<'_>) -> Option<Vec<Span>> {
    let pairs: Vec<(u32, u32)> = raw.read()?;
    Some(pairs.into_iter().map(|(start, end)| Span::new(start, end)).collect())
}

fn deletion_of(raw: Raw<'_>) -> Option<(NoteId, Timestamp)> {
    let fields = Fields::parse(raw.as_str()).ok()?;
    Some((note_id(&fields.get("id")?.read::<String>()?)?, fields.get("at")?.moment()?))
}

fn conflict_of(raw: Raw<'_>) -> Option<Conflict> {
    let fields = Fields::parse(raw.as_str()).ok()?;
    Some(Conflict { text: fields.get("text")?.read()?, changed: fields.get("changed")?.moment()? })
}

fn note_id(written: &str) -> Option<NoteId> {
    Uuid::parse_str(written).ok().map(NoteId)
}

fn correction_of(raw: Raw<'_>) -> Option<Correction> {
    let fields = Fields::parse(raw.as_str()).ok()?;
    let shown = match fields.get("shown") {
        Some(shown) => Shows::As(shown.read()?),
        None => Shows::Never,
    };
    let scripts = fields.get("scripts").map_or(Some(Vec::new()), Raw::read::<Vec<String>>)?;
    Some(Correction {
        source: fields.get("source")?.read()?,
        shown,
        scripts: all(scripts, |name| form_of(&name))?,
    })
}

fn take_notes(sidecar: &mut Sidecar, list: &[Raw<'_>]) {
    let mut ids: BTreeSet<NoteId> = sidecar.kept.annotations.iter().map(|note| note.id).collect();
    for &raw in list {
        let Some(mut read) = note_of(raw) else {
            sidecar.unknown.unreadable.push(raw.text());
            continue;
        };
        // A note that a person copied with its identity becomes a note of its own.
        while !ids.insert(read.annotation.id) {
            read.annotation.id = id_from(&format!("{} again {}", read.annotation.id, raw.as_str()));
        }
        let annotation = take_read(sidecar, read);
        sidecar.kept.annotations.push(annotation.into());
    }
}

/// Notes that were deleted, each with the moment. Each counts as a deletion, also where a person has struck
/// it from the list of those.
fn take_trash(sidecar: &mut Sidecar, list: &[Raw<'_>]) {
    for &raw in list {
        let trashed = note_of(raw).and_then(|mut read| {
            let at = moment_of_deletion(&mut read)?;
            Some(Trashed { note: take_read(sidecar, read).into(), at })
        });
        match trashed {
            Some(trashed) => sidecar.kept.trash.push(trashed),
            None => sidecar.unknown.unreadable.push(raw.text()),
        }
    }
}

/// The field of a note in the trash that says when it was deleted.
const TRASHED: &str = "trashed";

fn moment_of_deletion(read: &mut ReadNote) -> Option<Timestamp> {
    let index = read.unknown.iter().position(|field| field.name == TRASHED)?;
    let field = read.unknown.remove(index);
    ron::from_str::<String>(&field.value).ok()?.parse().ok()
}

/// The note; what is not known of it is remembered.
fn take_read(sidecar: &mut Sidecar, read: ReadNote) -> Annotation {
    let ReadNote { annotation, conflicts, unknown, of_far_ends } = read;
    if !conflicts.is_empty() {
        sidecar.kept.conflicts.insert(annotation.id, conflicts);
    }
    if !unknown.is_empty() {
        sidecar.unknown.notes.insert(annotation.id, unknown);
    }
    let of_far_ends =
        of_far_ends.into_iter().map(|((text, span), fields)| ((annotation.id, text, span), fields));
    sidecar.unknown.far_ends.extend(of_far_ends);
    annotation
}

/// A note as it was read.
struct ReadNote {
    annotation: Annotation,
    /// Other texts of it.
    conflicts: Vec<Conflict>,
    /// Its fields that are not known.
    unknown: Vec<Field>,
    /// Those of its far ends.
    of_far_ends: Vec<((TextId, Span), Vec<Field>)>,
}

fn note_of(raw: Raw<'_>) -> Option<ReadNote> {
    let fields = Fields::parse(raw.as_str()).ok()?;
    let mut note = Annotation::empty();
    let mut unknown = Vec::new();
    let (mut far_ends, mut conflicts) = (FarEnds::default(), Vec::new());
    let mut has_id = false;
    for (name, raw) in fields.iter() {
        if take_of_anchor(&mut note.anchor, name, raw)? {
            continue;
        }
        match name {
            "id" => (note.id, has_id) = (note_id(&raw.read::<String>()?)?, true),
            "tags" => note.tags = raw.read::<Vec<String>>()?.iter().filter_map(|tag| tag_of(tag)).collect(),
            "colour" => note.colour = Some(take_colour(raw, &mut unknown)),
            "text" => note.text = raw.read()?,
            "created" => note.created = raw.moment()?,
            "changed" => note.changed = raw.moment()?,
            "original" | "lost_in" => take_placing(&mut note.placing, name, raw, &mut unknown),
            "answers" | ANSWERS_UNREADABLE => far_ends.take(name, raw, &mut unknown),
            "conflicts" => match raw.list().and_then(|list| all(list, conflict_of)) {
                Some(read) => conflicts = read,
                None => unknown.push(Field::new(name, raw)),
            },
            _ => unknown.push(Field::new(name, raw)),
        }
    }
    if !has_id {
        note.id = id_from(raw.as_str());
    }
    note.changed = note.changed.max(note.created);
    note.answers = far_ends.understood;
    unknown.extend(unreadable_answers(&far_ends.unreadable));
    Some(ReadNote { annotation: note, conflicts, unknown, of_far_ends: far_ends.unknown })
}

/// Takes a field that belongs to an anchor; answers whether it does. `None` where its value is not of its kind.
pub(super) fn take_of_anchor(anchor: &mut Anchor, name: &str, raw: Raw<'_>) -> Option<bool> {
    match name {
        "quote" => anchor.quote = raw.read()?,
        "before" => anchor.before = raw.read()?,
        "after" => anchor.after = raw.read()?,
        "position" => anchor.span = raw.read().map(|(start, end)| Span::new(start, end))?,
        "headings" => anchor.headings = raw.read()?,
        _ => return Some(false),
    }
    Some(true)
}

/// What cannot be understood is kept as a field that is not known.
fn take_placing(placing: &mut Placing, name: &str, raw: Raw<'_>, unknown: &mut Vec<Field>) {
    match name {
        "original" => placing.original = anchor_of(raw).map(Box::new),
        _ => placing.lost_in = raw.read::<String>().and_then(|digits| TextId::from_hex(&digits)),
    }
    let understood = if name == "original" { placing.original.is_some() } else { placing.lost_in.is_some() };
    if !understood {
        unknown.push(Field::new(name, raw));
    }
}

/// `None` where it is no anchor, or has fields that are not known.
fn anchor_of(raw: Raw<'_>) -> Option<Anchor> {
    let fields = Fields::parse(raw.as_str()).ok()?;
    let mut anchor = Anchor::default();
    for (name, raw) in fields.iter() {
        take_of_anchor(&mut anchor, name, raw)?.then_some(())?;
    }
    Some(anchor)
}

/// Far ends that could not be understood are kept word for word in this field of their note.
const ANSWERS_UNREADABLE: &str = "answers_unreadable";

/// The far ends of a note as they are read.
#[derive(Default)]
struct FarEnds {
    understood: Vec<FarEnd>,
    unknown: Vec<((TextId, Span), Vec<Field>)>,
    unreadable: Vec<String>,
}

impl FarEnds {
    fn take(&mut self, name: &str, raw: Raw<'_>, unknown: &mut Vec<Field>) {
        let Some(list) = raw.list() else { return unknown.push(Field::new(name, raw)) };
        for raw in list {
            match far_end_of(raw) {
                Some((far_end, fields)) if !self.understood.contains(&far_end) => {
                    if !fields.is_empty() {
                        self.unknown.push(((far_end.document, far_end.anchor.span), fields));
                    }
                    self.understood.push(far_end);
                }
                Some(_) => {}
                None => self.unreadable.push(raw.text()),
            }
        }
    }
}

fn unreadable_answers(list: &[String]) -> Option<Field> {
    let field = || Field { name: ANSWERS_UNREADABLE.to_owned(), value: format!("[{}]", list.join(", ")) };
    (!list.is_empty()).then(field)
}

/// The far end, and its fields that are not known.
fn far_end_of(raw: Raw<'_>) -> Option<(FarEnd, Vec<Field>)> {
    let fields = Fields::parse(raw.as_str()).ok()?;
    let (mut place, mut title, mut document) = (String::new(), String::new(), None);
    let (mut anchor, mut unknown) = (Anchor::default(), Vec::new());
    for (name, raw) in fields.iter() {
        if take_of_anchor(&mut anchor, name, raw)? {
            continue;
        }
        match name {
            "place" => place = raw.read()?,
            "document" => document = Some(TextId::from_hex(&raw.read::<String>()?)?),
            "title" => title = raw.read()?,
            _ => unknown.push(Field::new(name, raw)),
        }
    }
    Some((FarEnd { place, document: document?, title, anchor }, unknown))
}

/// A colour of another name is shown as the first, and keeps its name until the reader chooses another.
fn take_colour(raw: Raw<'_>, unknown: &mut Vec<Field>) -> Colour {
    let named = raw.read::<String>().and_then(|name| named(&name, Colour::ALL, Colour::name));
    named.unwrap_or_else(|| {
        unknown.push(Field::new("colour", raw));
        Colour::default()
    })
}

/// What a person wrote as a tag, tidied where it can be.
fn tag_of(written: &str) -> Option<Tag> {
    let names: Vec<&str> =
        written.split(['/', '／']).map(str::trim).filter(|name| !name.is_empty()).collect();
    Tag::try_from(names.join("/")).ok()
}

/// The same identity for the same words: for notes that a person wrote without one.
fn id_from(words: &str) -> NoteId {
    let hash = blake3::hash(words.as_bytes());
    let bytes: [u8; 16] = std::array::from_fn(|index| hash.as_bytes()[index]);
    NoteId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

fn named<Value: Copy, const COUNT: usize>(
    name: &str,
    values: [Value; COUNT],
    name_of: fn(Value) -> &'static str,
) -> Option<Value> {
    values.into_iter().find(|&value| name_of(value) == name)
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::AsWritten => "as written",
        Form::Simplified => "simplified",
        Form::Traditional => "traditional",
        Form::Taiwan => "taiwan",
        Form::HongKong => "hongkong",
    }
}

fn repair_of(name: &str) -> Option<RepairKind> {
    named(name, RepairKind::ALL, RepairKind::name)
}

fn form_of(name: &str) -> Option<Form> {
    named(name, Form::ALL, form_name)
}

/// The file that says this. Its first line is the checksum of the rest.
pub(super) fn print(sidecar: &Sidecar) -> String {
    first_line(FIRST_LINE, Printer::default().sidecar(sidecar))
}

/// Takes the note that is written so, there or in the trash; `None` where it cannot be understood, has no identity, or
/// is there already.
pub(super) fn take_item(sidecar: &mut Sidecar, written: &str) -> Option<()> {
    let fields = Fields::parse(written).ok()?;
    let is_trashed = fields.get(TRASHED).is_some();
    let is_note = fields.get("id").is_some() && deletion_in(written).is_none();
    let mut read = note_of(Raw::of(written).filter(|_| is_note)?)?;
    let at = moment_of_deletion(&mut read);
    let id = read.annotation.id;
    let known = sidecar.kept.notes().any(|note| note.id == id) || sidecar.deleted.contains_key(&id);
    if known || is_trashed && at.is_none() {
        return None;
    }
    let note = take_read(sidecar, read).into();
    match at {
        Some(at) => {
            sidecar.deleted.insert(id, at);
            sidecar.kept.trash.push(Trashed { note, at });
        }
        None => sidecar.kept.annotations.push(note),
    }
    Some(())
}

/// The deletion, or the taking back, that is written so.
pub(super) fn deletion_in(written: &str) -> Option<(NoteId, Timestamp)> {
    let fields = Fields::parse(written).ok().filter(|fields| fields.iter().count() == 2)?;
    fields.get("at")?;
    deletion_of(Raw::of(written)?)
}

/// The same without the first line: for a part of the notes within another file.
pub(super) fn print_body(sidecar: &Sidecar) -> String {
    Printer::default().sidecar(sidecar)
}

/// What [`print_body`] has written; `None` where it is no such thing.
pub(super) fn sidecar_in(body: &str) -> Option<Sidecar> {
    Fields::parse(body).ok().map(|fields| sidecar_of(&fields))
}

/// `body` below a first line with its checksum.
#[expect(clippy::needless_pass_by_value, reason = "it is the file from now on")]
pub(super) fn first_line(opening: &str, body: String) -> String {
    format!("{opening}{}\n{body}", blake3::hash(body.as_bytes()).to_hex())
}

/// Writes RON, field by field.
#[derive(Default)]
pub(super) struct Printer {
    /// What is written so far.
    pub(super) out: String,
}

impl Printer {
    fn sidecar(mut self, sidecar: &Sidecar) -> String {
        let Kept {
            text,
            title,
            annotations,
            trash,
            conflicts: _,
            corrections,
            choices,
            bibliography,
            answered_comments,
        } = &sidecar.kept;
        self.out.push_str("(\n");
        self.field(4, "format", &FORMAT.to_string());
        self.field(4, "program", &quoted(concat!("duidu ", env!("CARGO_PKG_VERSION"))));
        if let Some(text) = text {
            self.field(4, "document", &quoted(&text.to_string()));
        }
        self.field(4, "title", &quoted(title));
        self.block("notes", annotations, |printer, note| printer.note(note, sidecar));
        if !trash.is_empty() {
            self.block("trash", trash, |printer, trashed| printer.trashed(trashed, sidecar));
        }
        self.list("corrections", corrections.list().iter().map(correction));
        self.choices(choices);
        self.bibliography(bibliography.as_ref(), &sidecar.unknown.bibliography);
        self.list("comments_answered", answered_comments.iter().map(|id| quoted(&id.to_string())));
        self.list("deleted", sidecar.deleted.iter().map(deletion));
        self.list("revived", sidecar.revived.iter().map(deletion));
        self.list("unreadable", sidecar.unknown.unreadable.iter().cloned());
        self.unknown(4, &sidecar.unknown.fields);
        self.out.push_str(")\n");
        self.out
    }

    fn note(&mut self, note: &Annotation, sidecar: &Sidecar) {
        self.out.push_str("        (\n");
        self.fields_of_note(note, sidecar);
        self.out.push_str("        ),\n");
    }

    fn trashed(&mut self, trashed: &Trashed, sidecar: &Sidecar) {
        self.out.push_str("        (\n");
        self.field(12, TRASHED, &quoted(&trashed.at.to_string()));
        self.fields_of_note(&trashed.note, sidecar);
        self.out.push_str("        ),\n");
    }

    fn fields_of_note(&mut self, note: &Annotation, sidecar: &Sidecar) {
        let unknown = &sidecar.unknown;
        let Annotation { id, anchor, colour, tags, text, answers, placing, created, changed } = note;
        let of_far_ends = &unknown.far_ends;
        let unknown = unknown.notes.get(id).map_or(&[][..], Vec::as_slice);
        self.field(12, "id", &quoted(&id.to_string()));
        self.anchor(12, anchor);
        self.field(12, "tags", &strings(tags.iter().cloned().map(String::from)));
        let own_colour = colour.filter(|&colour| !is_for_unknown_colour(colour, unknown));
        if let Some(colour) = own_colour {
            self.field(12, "colour", &quoted(colour.name()));
        }
        self.field(12, "text", &quoted(text));
        let conflicts = sidecar.kept.conflicts.get(id).map_or(&[][..], Vec::as_slice);
        if !conflicts.is_empty() {
            let conflicts: Vec<String> = conflicts.iter().map(conflict).collect();
            self.field(12, "conflicts", &format!("[{}]", conflicts.join(", ")));
        }
        self.answers(*id, answers, of_far_ends);
        self.placing(placing);
        self.field(12, "created", &quoted(&created.to_string()));
        self.field(12, "changed", &quoted(&changed.to_string()));
        let colour_changed = own_colour.is_some() || colour.is_none();
        let replaced = |field: &&Field| match &*field.name {
            "colour" => colour_changed,
            "original" => placing.original.is_some(),
            "lost_in" => placing.lost_in.is_some(),
            _ => false,
        };
        self.unknown(12, unknown.iter().filter(|field| !replaced(field)));
    }

    pub(super) fn anchor(&mut self, indent: usize, anchor: &Anchor) {
        let Anchor { span, quote, before, after, headings } = anchor;
        self.field(indent, "quote", &quoted(quote));
        self.field(indent, "before", &quoted(before));
        self.field(indent, "after", &quoted(after));
        self.field(indent, "position", &pair(*span));
        self.field(indent, "headings", &strings(headings));
    }

    fn answers(&mut self, note: NoteId, answers: &[FarEnd], unknown: &BTreeMap<FarEndKey, Vec<Field>>) {
        if answers.is_empty() {
            return;
        }
        self.out.push_str("            answers: [\n");
        for FarEnd { place, document, title, anchor } in answers {
            self.out.push_str("                (\n");
            self.field(20, "place", &quoted(place));
            self.field(20, "document", &quoted(&document.to_string()));
            self.field(20, "title", &quoted(title));
            self.anchor(20, anchor);
            self.unknown(20, unknown.get(&(note, *document, anchor.span)).into_iter().flatten());
            self.out.push_str("                ),\n");
        }
        self.out.push_str("            ],\n");
    }

    fn placing(&mut self, Placing { original, lost_in }: &Placing) {
        if let Some(original) = original {
            self.out.push_str("            original: (\n");
            self.anchor(16, original);
            self.out.push_str("            ),\n");
        }
        if let Some(text) = lost_in {
            self.field(12, "lost_in", &quoted(&text.to_string()));
        }
    }

    fn choices(&mut self, choices: &ReadingChoices) {
        // A password is never kept.
        let ReadingChoices { encoding, repairs: RepairChoices { kinds_off, refused }, password: _ } = choices;
        if let Some(encoding) = encoding {
            self.field(4, "encoding", &quoted(encoding));
        }
        self.list("repairs_off", kinds_off.iter().map(|&kind| quoted(kind.name())));
        self.list("repairs_refused", refused.iter().map(|&span| pair(span)));
    }

    fn bibliography(&mut self, bibliography: Option<&Bibliography>, unknown: &[Field]) {
        if bibliography.is_none() && unknown.is_empty() {
            return;
        }
        self.out.push_str("    bibliography: (\n");
        if let Some(kind) = bibliography.and_then(|bibliography| bibliography.kind) {
            self.field(8, "kind", &quoted(kind.name()));
        }
        for (detail, value) in bibliography.iter().flat_map(|bibliography| &bibliography.details) {
            self.field(8, detail.name(), &quoted(value));
        }
        let kind_said = bibliography.is_some_and(|bibliography| bibliography.kind.is_some());
        self.unknown(8, unknown.iter().filter(|field| !(kind_said && field.name == "kind")));
        self.out.push_str("    ),\n");
    }

    pub(super) fn field(&mut self, indent: usize, name: &str, value: &str) {
        self.out.extend([&" ".repeat(indent), name, ": ", value, ",\n"]);
    }

    /// A list with an item on each line; nothing where it is empty.
    pub(super) fn list(&mut self, name: &str, items: impl ExactSizeIterator<Item = String>) {
        if items.len() > 0 {
            let items: Vec<String> = items.collect();
            self.block(name, &items, |printer, item| {
                printer.out.extend(["        ", item, ",\n"]);
            });
        }
    }

    pub(super) fn block<Item>(&mut self, name: &str, items: &[Item], print: impl Fn(&mut Self, &Item)) {
        self.out.extend(["    ", name, ": [\n"]);
        for item in items {
            print(self, item);
        }
        self.out.push_str("    ],\n");
    }

    pub(super) fn unknown<'a>(&mut self, indent: usize, fields: impl IntoIterator<Item = &'a Field>) {
        fields.into_iter().for_each(|field| self.field(indent, &field.name, &field.value));
    }
}

fn is_for_unknown_colour(colour: Colour, unknown: &[Field]) -> bool {
    colour == Colour::default() && unknown.iter().any(|field| field.name == "colour")
}

pub(super) fn strings<Text: AsRef<str>>(list: impl IntoIterator<Item = Text>) -> String {
    let items: Vec<String> = list.into_iter().map(|text| quoted(text.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

pub(super) fn pair(span: Span) -> String {
    format!("({}, {})", span.start(), span.end())
}

fn correction(correction: &Correction) -> String {
    let mut out = format!("(source: {}", quoted(&correction.source));
    if let Shows::As(shown) = &correction.shown {
        out.extend([", shown: ", &quoted(shown)]);
    }
    if !correction.scripts.is_empty() {
        out.extend([", scripts: ", &strings(correction.scripts.iter().map(|&form| form_name(form)))]);
    }
    out + ")"
}

fn conflict(Conflict { text, changed }: &Conflict) -> String {
    format!("(text: {}, changed: {})", quoted(text), quoted(&changed.to_string()))
}

fn deletion((id, at): (&NoteId, &Timestamp)) -> String {
    format!("(id: {}, at: {})", quoted(&id.to_string()), quoted(&at.to_string()))
}

#[cfg(test)]
#[path = "shape_tests.rs"]
mod tests;
