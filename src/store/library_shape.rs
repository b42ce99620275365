//! The shape of the file that holds the library: RON that a person can read and a program can trust.
//!
//! `assets/formats.md` describes it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::Timestamp;

use super::raw::{Field, Fields, Raw, quoted};
use super::shape::{Checksum, Printer, checksum_of, first_line};
use crate::document::TextId;
use crate::session::{LibraryEntry, Place, path_from_words, path_to_words};
use crate::text::Written;

/// The version of the format that this program writes. It reads this one and those before.
const FORMAT: u32 = 1;

const FIRST_LINE: &str = "// Duidu library; BLAKE3 of what follows this line: ";

/// Everything that the file says.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Shelf {
    /// The documents, by where they are.
    pub(super) documents: BTreeMap<Place, LibraryEntry>,
    /// Folders that were added whole: what is new in them is added too.
    pub(super) folders: BTreeSet<PathBuf>,
    /// Documents that the reader took out: a folder that is looked at again does not bring them back.
    pub(super) left_out: BTreeSet<Place>,
    /// Documents whose notes are those of another one, with the same text: the first has the notes of the
    /// second.
    pub(super) sharing: BTreeMap<Place, Place>,
    /// Texts that the reader wants to have notes of their own in each of these places.
    pub(super) apart: BTreeSet<(TextId, Place)>,
    /// What this program does not know, kept word for word.
    pub(super) unknown: Unknown,
}

/// What this program does not know, kept word for word.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Unknown {
    fields: Vec<Field>,
    documents: BTreeMap<Place, Vec<Field>>,
    /// Documents that could not be understood.
    unreadable: Vec<String>,
}

/// What became of reading the file.
#[derive(Debug)]
pub(super) enum ParsedShelf {
    /// It was understood.
    Good(Box<Shelf>, Checksum),
    /// A newer version of the program wrote it: to be looked at and never to be written.
    Newer(u32, Box<Shelf>),
    /// It is not such a file, and why.
    Damaged(String),
}

/// Understands the bytes of such a file. Nothing that is in it is left out.
pub(super) fn parse(bytes: &[u8]) -> ParsedShelf {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return ParsedShelf::Damaged(format!("it is not UTF-8: {error}")),
    };
    let fields = match Fields::parse(text) {
        Ok(fields) => fields,
        Err(error) => return ParsedShelf::Damaged(error),
    };
    let Some(format) = fields.get("format").and_then(Raw::read::<u32>) else {
        return ParsedShelf::Damaged("it does not say its format".to_owned());
    };
    if format <= FORMAT && fields.get("documents").is_none() {
        return ParsedShelf::Damaged("it has no list of documents".to_owned());
    }
    let shelf = Box::new(shelf_of(&fields));
    match format {
        0..=FORMAT => ParsedShelf::Good(shelf, checksum_of(text, FIRST_LINE)),
        format => ParsedShelf::Newer(format, shelf),
    }
}

/// Fields that are taken apart, and one that this program writes anew each time.
const KNOWN: [&str; 8] =
    ["format", "program", "documents", "folders", "left_out", "sharing", "apart", "unreadable"];

fn shelf_of(fields: &Fields<'_>) -> Shelf {
    let mut shelf = Shelf::default();
    for (name, raw) in fields.iter() {
        let understood = KNOWN.contains(&name) && take_field(&mut shelf, name, raw).is_some();
        if !understood {
            shelf.unknown.fields.push(Field::new(name, raw));
        }
    }
    shelf
}

/// `None` where the value is not of the kind that it should be.
fn take_field(shelf: &mut Shelf, name: &str, raw: Raw<'_>) -> Option<()> {
    match name {
        "documents" => take_documents(shelf, &raw.list()?),
        "folders" => {
            shelf.folders = raw.read::<Vec<String>>()?.iter().map(|it| path_from_words(it)).collect();
        }
        "left_out" => shelf.left_out = raw.read::<Vec<String>>()?.iter().map(|it| place(it)).collect(),
        "sharing" => {
            let pairs = raw.read::<Vec<(String, String)>>()?;
            shelf.sharing = pairs.iter().map(|(one, other)| (place(one), place(other))).collect();
        }
        "apart" => {
            let pairs = raw.read::<Vec<(String, String)>>()?;
            let read = |(text, at): &(String, String)| Some((TextId::from_hex(text)?, place(at)));
            shelf.apart = pairs.iter().map(read).collect::<Option<_>>()?;
        }
        "unreadable" => shelf.unknown.unreadable.extend(raw.list()?.iter().map(|each| each.text())),
        _ => {}
    }
    Some(())
}

fn place(words: &str) -> Place {
    Place::from_words(words)
}

fn take_documents(shelf: &mut Shelf, list: &[Raw<'_>]) {
    for &raw in list {
        let Some((entry, unknown)) = entry_of(raw) else {
            shelf.unknown.unreadable.push(raw.text());
            continue;
        };
        if !unknown.is_empty() {
            shelf.unknown.documents.insert(entry.place.clone(), unknown);
        }
        shelf.documents.insert(entry.place.clone(), entry);
    }
}

/// The document, and its fields that are not known. Only `place` is needed.
fn entry_of(raw: Raw<'_>) -> Option<(LibraryEntry, Vec<Field>)> {
    let fields = Fields::parse(raw.as_str()).ok()?;
    let place = place(&fields.get("place")?.read::<String>()?);
    let mut entry = LibraryEntry::new(place, Timestamp::UNIX_EPOCH);
    let mut unknown = Vec::new();
    for (name, raw) in fields.iter() {
        match name {
            "place" => {}
            "title" => entry.title = raw.read()?,
            "document" => entry.text = Some(TextId::from_hex(&raw.read::<String>()?)?),
            "written" => match written_named(&raw.read::<String>()?) {
                Some(written) => entry.written = written,
                None => unknown.push(Field::new(name, raw)),
            },
            "bytes" => entry.bytes = raw.read()?,
            "characters" => entry.characters = raw.read()?,
            "notes" => entry.notes = raw.read()?,
            "added" => entry.added = raw.moment()?,
            "last_read" => entry.last_read = Some(raw.moment()?),
            _ => unknown.push(Field::new(name, raw)),
        }
    }
    Some((entry, unknown))
}

const WRITTEN: [(Written, &str); 3] =
    [(Written::Simplified, "simplified"), (Written::Traditional, "traditional"), (Written::Mixed, "mixed")];

fn written_named(name: &str) -> Option<Written> {
    WRITTEN.iter().find(|(_, other)| *other == name).map(|(written, _)| *written)
}

fn written_name(written: Written) -> Option<&'static str> {
    WRITTEN.iter().find(|(other, _)| *other == written).map(|(_, name)| *name)
}

/// The file that says this. Its first line is the checksum of the rest.
pub(super) fn print(shelf: &Shelf) -> String {
    let Shelf { documents, folders, left_out, sharing, apart, unknown } = shelf;
    let mut printer = Printer::default();
    printer.out.push_str("(\n");
    printer.field(4, "format", &FORMAT.to_string());
    printer.field(4, "program", &quoted(concat!("duidu ", env!("CARGO_PKG_VERSION"))));
    let documents: Vec<&LibraryEntry> = documents.values().collect();
    printer.block("documents", &documents, |printer, entry| {
        let unknown = unknown.documents.get(&entry.place).map_or(&[][..], Vec::as_slice);
        document(printer, entry, unknown);
    });
    let in_words = |place: &Place| quoted(&place.to_words());
    printer.list("folders", folders.iter().map(|folder| quoted(&path_to_words(folder))));
    printer.list("left_out", left_out.iter().map(in_words));
    let sharing = sharing.iter().map(|(one, other)| format!("({}, {})", in_words(one), in_words(other)));
    printer.list("sharing", sharing);
    let apart = apart.iter().map(|(text, at)| format!("({}, {})", quoted(&text.to_string()), in_words(at)));
    printer.list("apart", apart.collect::<Vec<_>>().into_iter());
    printer.list("unreadable", unknown.unreadable.iter().cloned());
    printer.unknown(4, &unknown.fields);
    printer.out.push_str(")\n");
    first_line(FIRST_LINE, printer.out)
}

/// A document on one line: there may be ten thousand of them.
fn document(printer: &mut Printer, entry: &LibraryEntry, unknown: &[Field]) {
    let LibraryEntry { place, title, text, written, bytes, characters, notes, added, last_read } = entry;
    let mut fields = vec![("place", quoted(&place.to_words())), ("title", quoted(title))];
    fields.extend(text.map(|text| ("document", quoted(&text.to_string()))));
    fields.extend(written_name(*written).map(|name| ("written", quoted(name))));
    fields.extend([
        ("bytes", bytes.to_string()),
        ("characters", characters.to_string()),
        ("notes", notes.to_string()),
        ("added", quoted(&added.to_string())),
    ]);
    fields.extend(last_read.map(|moment| ("last_read", quoted(&moment.to_string()))));
    fields.extend(unknown.iter().map(|field| (field.name.as_str(), field.value.clone())));
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    printer.out.extend(["        (", &fields.join(", "), "),\n"]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Shelf {
        let mut shelf = Shelf::default();
        for (name, last_read) in [("甲 \"一\".txt", None), ("乙.md", Some("2026-11-21T08:15:30Z"))] {
            let place = Place::File(PathBuf::from("/書").join(name));
            let mut entry = LibraryEntry::new(place.clone(), "2026-11-20T08:00:00Z".parse().unwrap());
            entry.text = Some(TextId::of(name));
            entry.written = Written::Traditional;
            (entry.bytes, entry.characters, entry.notes) = (1200, 400, 3);
            entry.last_read = last_read.map(|moment| moment.parse().unwrap());
            shelf.apart.insert((TextId::of(name), place.clone()));
            shelf.documents.insert(place, entry);
        }
        shelf.folders.insert(PathBuf::from("/書"));
        shelf.left_out.insert(Place::Sample("樣本".to_owned()));
        shelf.sharing.insert(place("/書/丙.txt"), place("/書/乙.md"));
        shelf
    }

    fn read(text: &str) -> (Shelf, Checksum) {
        match parse(text.as_bytes()) {
            ParsedShelf::Good(shelf, checksum) => (*shelf, checksum),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_was_written_is_read() {
        for shelf in [Shelf::default(), sample()] {
            assert_eq!(read(&print(&shelf)), (shelf, Checksum::Matches));
        }
    }

    #[test]
    fn paths_that_are_no_characters_stay() {
        let path: PathBuf = path_from_words("bytes:/%ED%A0%80%25/%ED%B0%80.txt");
        let mut shelf = sample();
        let place = Place::File(path.clone());
        shelf.documents.insert(place.clone(), LibraryEntry::new(place.clone(), Timestamp::UNIX_EPOCH));
        shelf.folders.insert(path);
        shelf.left_out.insert(place);
        assert_eq!(read(&print(&shelf)).0, shelf);
    }

    #[test]
    fn what_is_not_known_is_kept() {
        let text = "(format: 1, documents: [(place: \"/a\", shelf: 3), (title: \"無處\")], later: [1])";
        let (shelf, checksum) = read(text);
        assert_eq!(checksum, Checksum::Missing);
        let printed = print(&shelf);
        for kept in ["shelf: 3", "(title: \"無處\")", "later: [1]"] {
            assert!(printed.contains(kept), "{kept} in {printed}");
        }
        assert_eq!(read(&printed).0, shelf);
    }

    #[test]
    fn a_newer_file_and_a_damaged_one_are_told_apart() {
        assert!(matches!(parse(b"(format: 2, shelves: [])"), ParsedShelf::Newer(2, _)));
        for damaged in ["", "(format: 1)", "(documents: [])", "(format: 1, documents: ["] {
            assert!(matches!(parse(damaged.as_bytes()), ParsedShelf::Damaged(_)), "{damaged}");
        }
    }
}
