//! Notes as RON: whole, as they are kept, for another copy of the program.

use serde::{Deserialize, Serialize};

use super::{Export, ExportedDocument, ExportedNote, NotesNotWritten};
use crate::document::TextId;
use crate::notes::{Anchor, Annotation, Code, Codebook, Conflict, FarEnd, PlaceNow};
use crate::text::Span;

/// The notes of several documents. A note has the shape that it has in the file beside its document.
///
/// Every field but `schema` and `documents` may be missing.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RonExport {
    /// Always [`RonExport::SCHEMA`].
    pub schema: String,
    /// The version of this shape: 1.
    #[serde(default)]
    pub version: u32,
    /// What wrote it.
    #[serde(default)]
    pub program: String,
    /// The documents.
    pub documents: Vec<RonDocument>,
    /// What the codebook says of their tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<RonCode>,
}

/// A document with its notes.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RonDocument {
    /// The identity of its text; missing where it is not known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Its title, in the script of the export.
    pub title: String,
    /// Where it was read from; missing unless that was asked for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Its notes, in order.
    pub notes: Vec<RonNote>,
}

/// A note.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RonNote {
    /// Its identity.
    pub id: String,
    /// What stood there, word for word as in the document; empty for a bookmark.
    pub quote: String,
    /// What stood before it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// What stood after it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// The first byte, and the first after it, when the note was made.
    pub position: (u32, u32),
    /// The headings that it stood under, as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<String>,
    /// The clauses that it stands in now, in the script of the export; missing where there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub clause: String,
    /// The pages that it stands on now, as the document calls them; missing where there are none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page: String,
    /// What stands at its place now, in the script of the export; missing unless these are other words than the quotation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reads_now: String,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Its colour; missing for a bookmark.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub colour: String,
    /// What the reader says.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Other texts that were written elsewhere, between which the reader has not chosen yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<RonConflict>,
    /// Other passages that it is about too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<RonAnswer>,
    /// The place with which it was made, where the reader has since put it elsewhere.
    #[serde(with = "bare", skip_serializing_if = "Option::is_none")]
    pub original: Option<RonAnchor>,
    /// The identity of the text in which the reader said that it has no place; missing for most.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lost_in: String,
    /// When it was made.
    pub created: String,
    /// When it was last changed.
    pub changed: String,
}

/// Another text of a note.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RonConflict {
    /// What it says.
    pub text: String,
    /// When that was written.
    pub changed: String,
}

/// Another passage that a note is about too.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RonAnswer {
    /// Where its document was read from; missing unless that was asked for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The identity of its document's text.
    pub document: String,
    /// The title of its document.
    pub title: String,
    /// As of a note.
    pub quote: String,
    /// As of a note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// As of a note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// As of a note.
    pub position: (u32, u32),
    /// As of a note.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<String>,
}

/// A place in a text.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RonAnchor {
    /// As of a note.
    pub quote: String,
    /// As of a note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// As of a note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// As of a note.
    pub position: (u32, u32),
    /// As of a note.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<String>,
}

/// What a tag stands for. It has the shape that it has in a codebook.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RonCode {
    /// The tag.
    pub tag: String,
    /// What it stands for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Its colour; missing where it has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub colour: String,
    /// Its key; missing where it has none.
    #[serde(with = "bare", skip_serializing_if = "Option::is_none")]
    pub key: Option<char>,
}

/// A value that is written as such where it is there, as in the files beside documents, and not as one that might be
/// missing.
mod bare {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "the form that serde asks for")]
    pub(super) fn serialize<Value: Serialize, To: Serializer>(
        value: &Option<Value>,
        to: To,
    ) -> Result<To::Ok, To::Error> {
        match value {
            Some(value) => value.serialize(to),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, Value: Deserialize<'de>, From: Deserializer<'de>>(
        from: From,
    ) -> Result<Option<Value>, From::Error> {
        Value::deserialize(from).map(Some)
    }
}

impl RonExport {
    /// By what the file is known.
    pub const SCHEMA: &str = "duidu-notes";

    fn of(export: &Export, codes: &Codebook) -> Self {
        let documents = export.documents.iter();
        Self {
            schema: Self::SCHEMA.to_owned(),
            version: 1,
            program: concat!("duidu ", env!("CARGO_PKG_VERSION")).to_owned(),
            documents: documents.map(|document| RonDocument::of(document, export.options.places)).collect(),
            codes: export.codes_in_use(codes).iter().map(RonCode::of).collect(),
        }
    }
}

impl RonDocument {
    fn of(document: &ExportedDocument, places: bool) -> Self {
        let note = |exported: &ExportedNote| {
            let PlaceNow { clause, page, reads_now } = exported.place_now();
            let note = RonNote::of(&exported.note, &exported.conflicts, places);
            RonNote { clause, page, reads_now, ..note }
        };
        Self {
            document: document.id.map(|id| id.to_string()).unwrap_or_default(),
            title: document.title.clone(),
            place: document.place.clone().unwrap_or_default(),
            notes: document.notes.iter().map(note).collect(),
        }
    }
}

impl RonNote {
    /// The note as it is kept, with its other texts and nothing of where it stands; `places` says whether the places of other documents are named.
    pub fn of(note: &Annotation, conflicts: &[Conflict], places: bool) -> Self {
        let anchor = &note.anchor;
        Self {
            id: note.id.to_string(),
            quote: anchor.quote.clone(),
            before: anchor.before.clone(),
            after: anchor.after.clone(),
            position: (anchor.span.start(), anchor.span.end()),
            headings: anchor.headings.clone(),
            tags: note.tags.iter().map(ToString::to_string).collect(),
            colour: note.colour.map(|colour| colour.name().to_owned()).unwrap_or_default(),
            text: note.text.clone(),
            conflicts: conflicts.iter().map(RonConflict::of).collect(),
            answers: note.answers.iter().map(|far_end| RonAnswer::of(far_end, places)).collect(),
            original: note.placing.original.as_deref().map(RonAnchor::of),
            lost_in: note.placing.lost_in.map(|text| text.to_string()).unwrap_or_default(),
            created: note.created.to_string(),
            changed: note.changed.to_string(),
            ..Self::default()
        }
    }
}

impl RonConflict {
    fn of(conflict: &Conflict) -> Self {
        Self { text: conflict.text.clone(), changed: conflict.changed.to_string() }
    }
}

impl RonAnswer {
    /// The passage as it is kept; `places` says whether the place of its document is named.
    pub fn of(far_end: &FarEnd, places: bool) -> Self {
        let RonAnchor { quote, before, after, position, headings } = RonAnchor::of(&far_end.anchor);
        Self {
            place: if places { far_end.place.clone() } else { String::new() },
            document: far_end.document.to_string(),
            title: far_end.title.clone(),
            quote,
            before,
            after,
            position,
            headings,
        }
    }

    /// The passage; `None` where nothing says in which text it is.
    pub fn far_end(self) -> Option<FarEnd> {
        let Self { place, document, title, quote, before, after, position, headings } = self;
        let anchor = RonAnchor { quote, before, after, position, headings }.anchor();
        Some(FarEnd { place, document: TextId::from_hex(&document)?, title, anchor })
    }
}

impl RonAnchor {
    /// The place as it is kept.
    pub fn of(anchor: &Anchor) -> Self {
        Self {
            quote: anchor.quote.clone(),
            before: anchor.before.clone(),
            after: anchor.after.clone(),
            position: (anchor.span.start(), anchor.span.end()),
            headings: anchor.headings.clone(),
        }
    }

    /// The place.
    pub fn anchor(self) -> Anchor {
        let Self { quote, before, after, position: (start, end), headings } = self;
        Anchor { span: Span::new(start, end), quote, before, after, headings }
    }
}

impl RonCode {
    fn of(code: &Code) -> Self {
        Self {
            tag: code.tag.to_string(),
            description: code.description.clone(),
            colour: code.colour.map(|colour| colour.name().to_owned()).unwrap_or_default(),
            key: code.key,
        }
    }
}

/// The notes as RON: everything that is kept of each, as written, in the order of the documents, whatever order and
/// script were chosen; and what a codebook says of their tags.
///
/// Errors: none are known; the library could have some.
pub fn to_ron(export: &Export, codes: &Codebook) -> Result<String, NotesNotWritten> {
    let pretty = ::ron::ser::PrettyConfig::new().depth_limit(5);
    Ok(::ron::ser::to_string_pretty(&RonExport::of(export, codes), pretty)? + "\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::sample::{export_of, quoting};
    use crate::notes::Tag;

    fn written(export: &Export) -> String {
        to_ron(export, &Codebook::default()).unwrap()
    }

    fn read(export: &Export) -> RonExport {
        ::ron::from_str(&written(export)).unwrap()
    }

    fn linked(place: &str) -> ExportedNote {
        quoting("先种树").with(|note| {
            note.anchor.span = Span::new(3, 12);
            note.tags = vec![Tag::new("水/河").unwrap()];
            note.answers = vec![FarEnd {
                place: place.to_owned(),
                document: TextId::of("渠"),
                title: "修渠章程".to_owned(),
                anchor: Anchor { quote: "先清淤".to_owned(), ..Anchor::default() },
            }];
        })
    }

    #[test]
    fn a_note_is_written_as_it_is_kept() {
        let export = export_of([linked("家/渠.txt").written("先種樹")]);
        let read = read(&export);
        assert_eq!(read.documents[0].document, TextId::of("修河倡议").to_string());
        let note = &read.documents[0].notes[0];
        assert_eq!((note.quote.as_str(), note.position, note.colour.as_str()), ("先種樹", (3, 12), "green"));
        assert_eq!(note.tags, ["水/河"]);
        assert_eq!(note.answers[0].quote, "先清淤");
    }

    #[test]
    fn places_are_written_only_where_asked() {
        let mut export = export_of([linked("家/渠.txt")]);
        assert!(!written(&export).contains("家/渠.txt"));
        export.options.places = true;
        assert_eq!(read(&export).documents[0].notes[0].answers[0].place, "家/渠.txt");
    }

    proptest! {
        #[test]
        fn any_note_is_read_back_whole(quote in any::<String>(), said in any::<String>()) {
            let export = export_of([quoting(&quote).saying(&said)]);
            let note = RonNote::of(&export.documents[0].notes[0].note, &[], false);
            let expected = RonNote { clause: "第二条".to_owned(), page: "12".to_owned(), ..note };
            prop_assert_eq!(&read(&export).documents[0].notes, &[expected]);
        }
    }
}
