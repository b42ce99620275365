//! The formats, how each is known, and the one way to read them all.

use std::collections::BTreeMap;

use memchr::memmem;

use super::identity::uuid_of;
use super::limits::{MOST_NOTES, text_of};
use super::remark::Remarks;
use super::{
    ExchangeError, LeftOut, Parcel, ParcelDocument, ParcelNote, Remark, hypothesis, own, refi, table,
    web_annotation,
};
use crate::import::text_in;
use crate::notes::NoteId;

/// A format that notes or codes are imported from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Format {
    /// JSON-LD after the Web Annotation Data Model of the W3C.
    WebAnnotations,
    /// What Hypothesis exports or answers.
    Hypothesis,
    /// A project of REFI-QDA (`.qdpx`).
    Project,
    /// A codebook of REFI-QDA (`.qdc`).
    Codebook,
    /// Our table of values separated by commas.
    Table,
    /// Our own RON.
    Ron,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 6] =
        [Self::WebAnnotations, Self::Hypothesis, Self::Project, Self::Codebook, Self::Table, Self::Ron];

    /// Its name, which is the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::WebAnnotations => "W3C Web Annotations (JSON-LD)",
            Self::Hypothesis => "Hypothesis (JSON)",
            Self::Project => "REFI-QDA (.qdpx)",
            Self::Codebook => "REFI-QDA (.qdc)",
            Self::Table => "Duidu (CSV)",
            Self::Ron => "Duidu (RON)",
        }
    }

    /// The format that the content speaks for; names of files are not trusted.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"PK\x03\x04") {
            return Some(Self::Project);
        }
        let beginning = bytes.get(..bytes.len().min(BEGINNING)).unwrap_or_default();
        let text = String::from_utf8_lossy(beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning));
        let text = if beginning.starts_with(b"\xFF\xFE") || beginning.starts_with(b"\xFE\xFF") {
            text.replace(['\0', char::REPLACEMENT_CHARACTER], "")
        } else {
            text.into_owned()
        };
        Self::of_text(text.trim_start())
    }

    /// The format of a file that was opened as a document and surely holds notes or codes for exchange instead.
    pub fn surely(bytes: &[u8]) -> Option<Self> {
        let format = Self::of(bytes)?;
        let beginning = bytes.get(..bytes.len().min(BEGINNING)).unwrap_or_default();
        let end = bytes.get(bytes.len().saturating_sub(BEGINNING)..).unwrap_or_default();
        let has =
            |words: &str| [beginning, end].iter().any(|part| memmem::find(part, words.as_bytes()).is_some());
        let is_sure = match format {
            Self::WebAnnotations => has(web_annotation::CONTEXT),
            // Whose annotations they are.
            Self::Hypothesis => has("\"acct:"),
            Self::Project => has(refi::PROJECT_FILE),
            Self::Codebook => has("<CodeBook") && has("urn:QDA-XML:codebook"),
            Self::Table => table::is_ours(&String::from_utf8_lossy(beginning)),
            // A reader may wish to see how notes are written down.
            Self::Ron => false,
        };
        is_sure.then_some(format)
    }

    fn of_text(text: &str) -> Option<Self> {
        match text.chars().next()? {
            '<' => Some(Self::Codebook),
            '{' | '[' => {
                Some(if hypothesis::is_likely(text) { Self::Hypothesis } else { Self::WebAnnotations })
            }
            '(' => Some(Self::Ron),
            '/' if text.starts_with("//") || text.starts_with("/*") => Some(Self::Ron),
            _ => table::is_likely(text).then_some(Self::Table),
        }
    }
}

/// How much of a file is looked at to tell its format, in bytes.
const BEGINNING: usize = 64 * 1024;

/// What a file held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    /// In which format it was.
    pub format: Format,
    /// What it held.
    pub parcel: Parcel,
    /// What of it was left out.
    pub remarks: Vec<Remark>,
}

/// Reads a file of notes or codes; `None` for the format that its content speaks for.
///
/// Errors: see [`ExchangeError`]. What is damaged or not known inside a sound file is left out and said so.
pub fn read(bytes: &[u8], format: Option<Format>) -> Result<Received, ExchangeError> {
    read_within(bytes, format, MOST_NOTES)
}

fn read_within(bytes: &[u8], format: Option<Format>, most_notes: usize) -> Result<Received, ExchangeError> {
    let format = format.or_else(|| Format::of(bytes)).ok_or(ExchangeError::Unknown)?;
    let mut remarks = Remarks::default();
    let mut parcel = match format {
        Format::WebAnnotations => web_annotation::read(&text_of(bytes)?, &mut remarks)?,
        Format::Hypothesis => hypothesis::read(&text_of(bytes)?, &mut remarks)?,
        Format::Project => refi::read_project(bytes, &mut remarks)?,
        Format::Codebook => refi::read_codebook(&text_of(bytes)?, &mut remarks)?,
        Format::Table => table::read(&text_of_table(bytes, &mut remarks)?, &mut remarks)?,
        Format::Ron => own::read(&text_of(bytes)?, &mut remarks)?,
    };
    if parcel.note_count() > most_notes {
        return Err(ExchangeError::TooMany);
    }
    parcel.documents.iter_mut().for_each(without_doubles);
    Ok(Received { format, parcel, remarks: remarks.into_list() })
}

/// The text of a table: spreadsheets save it in the encoding of their country, if nobody tells them otherwise.
fn text_of_table(bytes: &[u8], remarks: &mut Remarks) -> Result<String, ExchangeError> {
    text_of(bytes).or_else(|error| match error {
        ExchangeError::NoText => {
            let (text, undecodable) = text_in(bytes).ok_or(error)?;
            remarks.add(LeftOut::Characters, undecodable as usize);
            Ok(text)
        }
        other => Err(other),
    })
}

/// A note that stands there twice comes once; another one with its identity gets one of its own.
fn without_doubles(document: &mut ParcelDocument) {
    let mut seen: BTreeMap<NoteId, ParcelNote> = BTreeMap::new();
    let mut kept = Vec::with_capacity(document.notes.len());
    for mut note in std::mem::take(&mut document.notes) {
        if seen.get(&note.note.id) == Some(&note) {
            continue;
        }
        while seen.contains_key(&note.note.id) {
            let words = [note.note.id.to_string(), note.note.anchor.quote.clone(), note.note.text.clone()];
            note.note.id = NoteId(uuid_of("again", &words.each_ref().map(String::as_str)));
        }
        seen.insert(note.note.id, note.clone());
        kept.push(note);
    }
    document.notes = kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_surely_holds_notes_is_not_opened_as_a_document() {
        let check = |content: &str, expected: Option<Format>| {
            assert_eq!(Format::surely(content.as_bytes()), expected, "{content}");
        };
        let row = |id: &str| format!("a{}\nb{}{id},,\n", ",".repeat(20), ",".repeat(12));
        check(&row("018f2f6e-3c63-7b0e-9a3c-6f1f2d9b1c01"), Some(Format::Table));
        check(&row("17"), None);
        check("{\"@context\": \"http://www.w3.org/ns/anno.jsonld\"}", Some(Format::WebAnnotations));
        check("{\"@context\": \"https://schema.org\"}", None);
        check("{\"rows\": [{\"uri\": \"u\", \"user\": \"acct:a@b\"}]}", Some(Format::Hypothesis));
        check("{\"rows\": [1, 2]}", None);
        check(
            "<?xml version=\"1.0\"?><CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"/>",
            Some(Format::Codebook),
        );
        check("<p>A CodeBook is no page.</p>", None);
        check("PK\u{3}\u{4}... project.qde", Some(Format::Project));
        check("PK\u{3}\u{4}... mimetypeapplication/epub+zip", None);
        check("（一）水渠", None);
        check("", None);
    }

    #[test]
    fn a_file_may_hold_so_many_notes_and_no_more() {
        for (notes, refused) in [(2, false), (3, false), (4, true)] {
            let row = |number: usize| format!("{{\"id\": \"{number}\", \"uri\": \"u\", \"text\": \"t\"}}");
            let rows: Vec<String> = (0..notes).map(row).collect();
            let file = format!("{{\"annotations\": [{}]}}", rows.join(","));
            let read = read_within(file.as_bytes(), Some(Format::Hypothesis), 3);
            let held = read.map(|received| received.parcel.note_count());
            assert_eq!(held, if refused { Err(ExchangeError::TooMany) } else { Ok(notes) });
        }
    }
}
