//! What an export of notes holds, as a parcel.

use super::{Parcel, ParcelDocument, ParcelNote};
use crate::export::{Export, ExportedDocument, ExportedNote};
use crate::notes::{Annotation, Code, Codebook, Tag};
use crate::text::{Span, saturate};

impl Parcel {
    /// The documents and notes of an export, and what a codebook says of their tags. Quotations are as written, whatever the script of the
    /// export; their places are those where they are now.
    pub fn of(export: &Export, codes: &Codebook) -> Self {
        Self {
            title: export.options.title.clone(),
            documents: export.documents.iter().map(ParcelDocument::of).collect(),
            codes: codes.iter().filter(|code| is_used(export, &code.tag)).cloned().collect(),
        }
    }

    /// The codebook with the tags of the parcel's notes of which nothing is said.
    pub fn all_codes(&self, codes: &Codebook) -> Codebook {
        let used =
            self.documents.iter().flat_map(|document| &document.notes).flat_map(|note| &note.note.tags);
        let undescribed = used.filter(|tag| codes.get(tag).is_none()).cloned().map(Code::new);
        codes.iter().cloned().chain(undescribed).collect()
    }
}

/// Whether a note carries the tag or one nested in it.
fn is_used(export: &Export, tag: &Tag) -> bool {
    let notes = export.documents.iter().flat_map(|document| &document.notes);
    notes.flat_map(|exported| &exported.note.tags).any(|used| used.is_within(tag))
}

impl ParcelDocument {
    fn of(exported: &ExportedDocument) -> Self {
        Self {
            title: exported.title.clone(),
            id: exported.id,
            text: exported.document.as_ref().map(|document| document.text().to_string()),
            source: exported.place.clone().unwrap_or_default(),
            notes: exported.notes.iter().map(ParcelNote::of).collect(),
        }
    }
}

impl ParcelNote {
    fn of(exported: &ExportedNote) -> Self {
        let characters = exported.place.map(|place| Span::new(saturate(place.start), saturate(place.end)));
        Self { note: Annotation::clone(&exported.note), anchored: true, characters }
    }
}
