//! Any parcel, for the laws of this room.

use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::counting::Counting;
use super::{Parcel, ParcelDocument, ParcelNote};
use crate::document::{Document, TextId};
use crate::notes::sample::document_of;
use crate::notes::{Anchor, Annotation, Code, Codebook, Colour, FarEnd, NoteId, Placing, Tag};
use crate::text::Span;

/// Anything that a reader, a document or an enemy may write.
pub(super) fn any_words() -> impl Strategy<Value = String> {
    "[a河𠀀<>&\"'=@\\-\\]\\[(){},;:/*_#`~| \t\r\n\u{0}\u{7}\u{85}\u{200B}\u{202E}\u{2028}\u{FEFF}\u{FFFE}\u{301}]{0,16}"
}

pub(super) fn any_tag() -> impl Strategy<Value = Tag> {
    "[a河&<\"=\u{200B}]{1,4}(/[b 水'>]{0,3}[b水]){0,2}"
        .prop_filter_map("a tag", |written| Tag::new(&written).ok())
}

fn any_moment() -> impl Strategy<Value = Timestamp> {
    (1_i64..4_000_000_000, 0_i32..1_000_000_000)
        .prop_map(|(second, nano)| Timestamp::new(second, nano).unwrap())
}

pub(super) fn any_colour() -> impl Strategy<Value = Option<Colour>> {
    prop::option::of(prop::sample::select(Colour::ALL.to_vec()))
}

/// A text of several lines.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    "([河水岸树a𠀀，。\r\u{0}\u{301}]{1,12}\n){1,5}"
}

/// A codebook. What nothing is said of is left out of it.
pub(super) fn any_codes() -> impl Strategy<Value = Codebook> {
    let key = prop::option::of(prop::sample::select(vec!['a', 'b', '7']));
    let code = (any_tag(), any_words(), any_colour(), key).prop_map(|(tag, description, colour, key)| Code {
        description,
        colour,
        key,
        ..Code::new(tag)
    });
    prop::collection::vec(code, 0..4).prop_map(|codes| codes.into_iter().collect())
}

/// A note on a document, on words that are there, or that stood there when it was made.
fn any_note_on(text: String) -> impl Strategy<Value = ParcelNote> {
    let length = text.chars().count();
    let made = prop::option::of(any_anchor());
    (any_note(), 0..=length, 0..6_usize, made).prop_map(move |(mut parcel, start, more, made)| {
        let end = (start + more).min(length);
        let characters = Span::from_range(&(start..end));
        let span = Counting::new(&text).bytes(characters).unwrap();
        let headings = std::mem::take(&mut parcel.note.anchor.headings);
        let anchor = Anchor { headings, ..Anchor::of(&document_of(&text), span) };
        let made = made.filter(|made| !made.quote.is_empty() && !anchor.quote.is_empty());
        parcel.note.anchor = made.unwrap_or(anchor);
        ParcelNote { characters: Some(characters), ..parcel }
    })
}

/// A note that is nowhere in its document.
fn any_lost_note() -> impl Strategy<Value = ParcelNote> {
    any_note().prop_map(|note| ParcelNote { characters: None, ..note })
}

fn without_repetitions<T: PartialEq>(all: Vec<T>) -> Vec<T> {
    let mut kept = Vec::new();
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

pub(super) fn note_of(id: u128, anchor: Anchor) -> Annotation {
    Annotation { id: NoteId(Uuid::from_u128(id | 1)), anchor, ..Annotation::empty() }
}

/// A document of a parcel with its text, and notes on its words, the lost ones last.
fn any_placed_document() -> impl Strategy<Value = ParcelDocument> {
    (any_text(), any_words()).prop_flat_map(|(text, title)| {
        let notes = prop::collection::vec(any_note_on(text.clone()), 1..5);
        let lost = prop::collection::vec(any_lost_note(), 0..2);
        (notes, lost, any_words()).prop_map(move |(notes, lost, source)| ParcelDocument {
            title: title.clone(),
            id: Some(TextId::of(&text)),
            text: Some(text.clone()),
            source,
            notes: [notes, lost].concat(),
        })
    })
}

/// A parcel with texts; no two notes or texts are the same.
pub(super) fn any_placed_parcel() -> impl Strategy<Value = Parcel> {
    let documents = prop::collection::vec(any_placed_document(), 0..3);
    (any_words(), documents, any_codes(), any::<prop::sample::Index>()).prop_map(
        |(title, mut documents, codes, linked)| {
            make_distinct(&mut documents);
            link(&mut documents, linked);
            Parcel { title, documents, codes }
        },
    )
}

fn make_distinct(documents: &mut Vec<ParcelDocument>) {
    let mut texts = Vec::new();
    documents.retain(|document| {
        let new = !texts.contains(&document.id);
        texts.push(document.id);
        new
    });
    let mut ids = std::collections::BTreeSet::new();
    for document in documents {
        document.notes.retain(|note| ids.insert(note.note.id));
    }
}

/// Joins some note of the first document with words of the last.
fn link(documents: &mut [ParcelDocument], chosen: prop::sample::Index) {
    let Some(last) = documents.last() else { return };
    let Some(there) = last.notes.iter().find(|note| !note.note.is_bookmark()) else { return };
    let far_end = FarEnd {
        place: String::new(),
        document: last.id.unwrap(),
        title: last.title.clone(),
        anchor: there.note.anchor.clone(),
    };
    let Some(first) = documents.first_mut().filter(|first| !first.notes.is_empty()) else { return };
    let index = chosen.index(first.notes.len());
    first.notes[index].note.answers.push(far_end);
}

/// An anchor of no text at all.
fn any_anchor() -> impl Strategy<Value = Anchor> {
    let headings = prop::collection::vec(any_words(), 0..3);
    (any::<(u32, u32)>(), any_words(), any_words(), any_words(), headings).prop_map(
        |((start, end), quote, before, after, headings)| Anchor {
            span: Span::new(start, end),
            quote,
            before,
            after,
            headings,
        },
    )
}

fn any_placing() -> impl Strategy<Value = Placing> {
    (prop::option::of(any_anchor()), prop::option::of(any_words())).prop_map(|(original, text)| Placing {
        original: original.map(Box::new),
        lost_in: text.map(|text| TextId::of(&text)),
    })
}

fn any_far_end() -> impl Strategy<Value = FarEnd> {
    (any_words(), any_words(), any_words(), any_anchor()).prop_map(|(place, text, title, anchor)| FarEnd {
        place,
        document: TextId::of(&text),
        title,
        anchor,
    })
}

/// A note with all that one can have, wherever it stands.
fn any_note() -> impl Strategy<Value = ParcelNote> {
    let said = (any_words(), prop::collection::vec(any_tag(), 0..4), any_colour());
    let more = (prop::collection::vec(any_far_end(), 0..3), any_placing());
    let moments = (any_moment(), any_moment());
    (any::<u128>(), any_anchor(), said, more, moments, prop::option::of(any::<(u32, u32)>())).prop_map(
        |(id, anchor, (text, tags, colour), (answers, placing), (created, changed), characters)| {
            let tags = without_repetitions(tags);
            let answers = without_repetitions(answers);
            let (created, changed) = (created.min(changed), created.max(changed));
            let note =
                Annotation { colour, tags, text, answers, placing, created, changed, ..note_of(id, anchor) };
            let characters = characters.map(|(start, end)| Span::new(start, end));
            ParcelNote { anchored: true, characters, ..ParcelNote::of_note(note) }
        },
    )
}

/// A parcel with all that one can hold but texts.
pub(super) fn any_parcel() -> impl Strategy<Value = Parcel> {
    let notes = prop::collection::vec(any_note(), 1..4);
    let document = (any_words(), any_words(), prop::option::of(any_words()), notes).prop_map(
        |(title, source, text, notes)| ParcelDocument {
            title,
            id: text.map(|text| TextId::of(&text)),
            text: None,
            source,
            notes,
        },
    );
    let documents = prop::collection::vec(document, 0..3);
    (any_words(), documents, any_codes()).prop_map(|(title, mut documents, codes)| {
        let mut known = Vec::new();
        documents.retain(|document| {
            let new = document.id.is_none() || !known.contains(&document.id);
            known.push(document.id);
            new
        });
        let mut ids = std::collections::BTreeSet::new();
        for document in &mut documents {
            document.notes.retain(|note| ids.insert(note.note.id));
        }
        documents.retain(|document| !document.notes.is_empty());
        Parcel { title, documents, codes }
    })
}

/// A file that somebody has damaged: one of ours with bytes exchanged, left out and put in.
pub(super) fn damaged(mut file: Vec<u8>, damages: &[(prop::sample::Index, u8, u8)]) -> Vec<u8> {
    for (place, how, byte) in damages {
        let index = place.index(file.len() + 1);
        match how % 4 {
            0 if index < file.len() => file[index] = *byte,
            1 if index < file.len() => drop(file.remove(index)),
            2 => file.truncate(index),
            _ => file.insert(index, *byte),
        }
    }
    file
}

/// How a file is damaged.
pub(super) fn any_damages() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<u8>()), 0..6)
}

/// A document for notes to come into.
pub(super) fn document(text: &str) -> Document {
    document_of(text)
}
