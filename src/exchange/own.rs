//! Our own RON: what the export of notes writes, and the file that lies beside a document, either copied from
//! another machine or sent by another reader.

use ron::value::RawValue;
use serde::Deserialize;

use super::identity::note_id_of;
use super::json::moment_of;
use super::remark::{Remarks, distinct_tags};
use super::said::joined;
use super::{ExchangeError, LeftOut, Parcel, ParcelDocument, ParcelNote};
use crate::document::TextId;
use crate::notes::{Anchor, Annotation, Code, Colour, FarEnd, Placing, Tag};
use crate::text::Span;

/// The newest version of either shape that is known.
const NEWEST: u32 = 1;

/// Either shape: an export has `documents`, the file beside a document has `notes`.
#[derive(Deserialize, Default)]
#[serde(default)]
struct OwnFile {
    format: u32,
    version: u32,
    document: String,
    title: String,
    notes: Option<Vec<Box<RawValue>>>,
    documents: Option<Vec<Box<RawValue>>>,
    trash: Vec<Box<RawValue>>,
    codes: Vec<Box<RawValue>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct OwnDocument {
    document: String,
    title: String,
    place: String,
    notes: Vec<Box<RawValue>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct OwnAnchor {
    quote: String,
    before: String,
    after: String,
    position: (u32, u32),
    headings: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct OwnNote {
    id: String,
    quote: String,
    before: String,
    after: String,
    position: Option<Box<RawValue>>,
    headings: Vec<String>,
    tags: Vec<String>,
    colour: String,
    text: String,
    conflicts: Vec<Box<RawValue>>,
    answers: Vec<Box<RawValue>>,
    original: Option<Box<RawValue>>,
    lost_in: String,
    created: String,
    changed: String,
}

/// Another text of a note, between which and its own nobody has chosen yet.
#[derive(Deserialize, Default)]
#[serde(default)]
struct OwnConflict {
    text: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct OwnFarEnd {
    place: String,
    document: String,
    title: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct OwnCode {
    tag: String,
    description: String,
    colour: String,
    key: Option<char>,
}

/// Reads either of our shapes, or a codebook. Fields that are not known are passed over; a note that cannot be
/// understood is left out and counted.
pub(super) fn read(text: &str, remarks: &mut Remarks) -> Result<Parcel, ExchangeError> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let file: OwnFile = options.from_str(text).map_err(|error| ExchangeError::Ron(error.to_string()))?;
    let newest = file.format.max(file.version);
    if newest > NEWEST {
        return Err(ExchangeError::Newer(newest));
    }
    let codes: Vec<Code> = file.codes.iter().filter_map(|raw| code(raw)).collect();
    remarks.add(LeftOut::Codes, file.codes.len() - codes.len());
    remarks.add(LeftOut::Deleted, file.trash.len());
    let mut parcel = Parcel { codes: codes.into_iter().collect(), ..Parcel::default() };
    if file.notes.is_none() && file.documents.is_none() && file.codes.is_empty() {
        return Err(ExchangeError::Lacks("notes"));
    }
    if let Some(notes) = file.notes {
        let beside = OwnDocument { document: file.document, title: file.title, place: String::new(), notes };
        parcel.documents.push(document(&beside, remarks));
    }
    for raw in file.documents.iter().flatten() {
        match read_as::<OwnDocument>(raw) {
            Some(own) => parcel.documents.push(document(&own, remarks)),
            None => remarks.add(LeftOut::Texts, 1),
        }
    }
    Ok(parcel)
}

fn read_as<'a, Shape: Deserialize<'a>>(raw: &'a RawValue) -> Option<Shape> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(raw.get_ron()).ok()
}

fn document(own: &OwnDocument, remarks: &mut Remarks) -> ParcelDocument {
    let notes: Vec<ParcelNote> = own.notes.iter().filter_map(|raw| note(raw, remarks)).collect();
    remarks.add(LeftOut::Notes, own.notes.len() - notes.len());
    ParcelDocument {
        title: own.title.clone(),
        id: TextId::from_hex(&own.document),
        text: None,
        source: own.place.clone(),
        notes,
    }
}

fn note(raw: &RawValue, remarks: &mut Remarks) -> Option<ParcelNote> {
    let own: OwnNote = read_as(raw)?;
    let position = own.position.as_deref().map(read_as::<(u32, u32)>);
    let (start, end) = position.unwrap_or(Some((0, 0)))?;
    let created = moment(&own.created)?;
    let changed = moment(&own.changed)?.max(created);
    let name = if own.id.is_empty() { raw.get_ron().trim() } else { &own.id };
    let note = Annotation {
        id: note_id_of("own", name),
        anchor: Anchor {
            span: Span::new(start, end),
            quote: own.quote,
            before: own.before,
            after: own.after,
            headings: own.headings,
        },
        colour: colour(&own.colour),
        tags: distinct_tags(own.tags.iter().map(String::as_str), remarks),
        text: text_with(own.text, &own.conflicts, remarks),
        answers: far_ends(&own.answers, remarks),
        placing: Placing {
            original: own.original.as_deref().and_then(anchor).map(Box::new),
            lost_in: TextId::from_hex(&own.lost_in),
        },
        created,
        changed,
    };
    Some(ParcelNote { anchored: own.position.is_some(), ..ParcelNote::of_note(note) })
}

/// The beginning of 1970 where nothing is said; `None` for what is no moment.
fn moment(written: &str) -> Option<jiff::Timestamp> {
    if written.is_empty() { Some(Annotation::empty().created) } else { moment_of(written) }
}

fn anchor(raw: &RawValue) -> Option<Anchor> {
    let OwnAnchor { quote, before, after, position: (start, end), headings } = read_as(raw)?;
    Some(Anchor { span: Span::new(start, end), quote, before, after, headings })
}

fn far_end(raw: &RawValue) -> Option<FarEnd> {
    let OwnFarEnd { place, document, title } = read_as(raw)?;
    Some(FarEnd { place, document: TextId::from_hex(&document)?, title, anchor: anchor(raw)? })
}

fn far_ends(written: &[Box<RawValue>], remarks: &mut Remarks) -> Vec<FarEnd> {
    let read: Vec<FarEnd> = written.iter().filter_map(|raw| far_end(raw)).collect();
    remarks.add(LeftOut::Links, written.len() - read.len());
    read
}

/// What a note says, with its other texts below: in a parcel there is nothing to choose between.
fn text_with(text: String, others: &[Box<RawValue>], remarks: &mut Remarks) -> String {
    let read: Vec<OwnConflict> = others.iter().filter_map(|raw| read_as(raw)).collect();
    remarks.add(LeftOut::Notes, others.len() - read.len());
    read.iter().fold(text, |text, other| joined(&text, &other.text, false))
}

/// A colour of another name is shown as the first one.
fn colour(name: &str) -> Option<Colour> {
    let known = Colour::ALL.into_iter().find(|colour| colour.name() == name);
    known.or((!name.is_empty()).then(Colour::default))
}

fn code(raw: &RawValue) -> Option<Code> {
    let own: OwnCode = read_as(raw)?;
    Some(Code {
        description: own.description,
        colour: Colour::ALL.into_iter().find(|colour| colour.name() == own.colour),
        key: own.key,
        ..Code::new(Tag::new(&own.tag).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> (Parcel, usize) {
        let mut remarks = Remarks::default();
        let parcel = read(text, &mut remarks).unwrap();
        (parcel, remarks.into_list().iter().map(|remark| remark.count).sum())
    }

    const BESIDE: &str = r#"// Duidu notes; BLAKE3 of what follows this line: 0000
(
    format: 1,
    program: "duidu 9.9.9",
    document: "1b606340841df6a0c1f8ac1a9c5b7c2d1b606340841df6a0c1f8ac1a9c5b7c2d",
    title: "修河倡议",
    something: (new: [1, 2]),
    notes: [
        (id: "0198a3c2-7c1e-7000-8000-3d1f2a4b5c6d", quote: "先种树", before: "我们", after: "，", position: (6, 15),
         headings: ["一、上游"], tags: ["水 ／ 河", "水/河"], colour: "yellow", text: "好",
         answers: [(place: "/h/b.txt", document: "1b606340841df6a0c1f8ac1a9c5b7c2d1b606340841df6a0c1f8ac1a9c5b7c2d", title: "乙", quote: "再清淤", position: (0, 9))],
         original: (quote: "先植树", position: (3, 12)),
         created: "2026-11-21T08:15:30.5Z", changed: "2026-11-21T08:16:02Z", mood: "glad"),
        (quote: "再清淤"),
        (quote: 12),
        (quote: "坏", position: "x"),
    ],
)"#;

    #[test]
    fn the_file_beside_a_document_is_read() {
        let (parcel, left_out) = check(BESIDE);
        let [document] = &parcel.documents[..] else { panic!("one document") };
        let [whole, by_hand] = &document.notes[..] else { panic!("two notes") };
        assert_eq!(left_out, 2);
        assert_eq!((&*document.title, document.id.is_some()), ("修河倡议", true));
        assert_eq!((whole.anchored, whole.note.anchor.span), (true, Span::new(6, 15)));
        assert_eq!(whole.note.tags, [Tag::new("水/河").unwrap()]);
        assert_eq!(
            (&*whole.note.answers[0].anchor.quote, &*whole.note.answers[0].place),
            ("再清淤", "/h/b.txt")
        );
        assert_eq!(whole.note.original_anchor().quote, "先植树");
        assert_eq!(
            (by_hand.anchored, &*by_hand.note.anchor.quote, by_hand.note.colour),
            (false, "再清淤", None)
        );
        assert_eq!(check(BESIDE).0, parcel, "the same identities each time");
    }

    #[test]
    fn what_the_reader_has_not_chosen_between_is_all_there_and_what_is_left_out_is_said() {
        let file = r#"(notes: [(quote: "水", text: "這個版本", conflicts: [(text: "另一個版本", changed: "2026-11-21T08:15:30Z")],
            tags: ["土", "/"], answers: [(document: "?")])], trash: [(quote: "岸")])"#;
        let mut remarks = Remarks::default();
        let parcel = read(file, &mut remarks).unwrap();
        assert_eq!(parcel.documents[0].notes[0].note.text, "這個版本\n\n---\n\n另一個版本");
        let once = [LeftOut::Links, LeftOut::Tags, LeftOut::Deleted];
        assert_eq!(remarks.into_list(), once.map(|left_out| super::super::Remark { left_out, count: 1 }));
    }

    #[test]
    fn a_shared_codebook_is_read() {
        let (parcel, left_out) = check(
            "(format: 1, codes: [(tag: \"水/河\", description: \"長的\", colour: \"blue\", key: 'h', later: [1]), (tag: \"\")])",
        );
        let river = Code {
            description: "長的".to_owned(),
            colour: Some(Colour::Blue),
            key: Some('h'),
            ..Code::new(Tag::new("水/河").unwrap())
        };
        assert_eq!((parcel.codes, left_out), ([river].into_iter().collect(), 1));
    }

    #[test]
    fn what_is_not_ours_is_said() {
        let refused = |text: &str| read(text, &mut Remarks::default()).unwrap_err();
        assert_eq!(refused("(format: 2, notes: [])"), ExchangeError::Newer(2));
        assert_eq!(refused("(title: \"x\")"), ExchangeError::Lacks("notes"));
        assert!(matches!(refused("(notes: ["), ExchangeError::Ron(_)));
        assert!(matches!(refused(&"(notes: [".repeat(100_000)), ExchangeError::Ron(_)));
    }
}
