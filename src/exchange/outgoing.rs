//! What an export of notes holds, as a parcel.

use std::collections::BTreeSet;

use super::identity::uuid_of;
use super::{Parcel, ParcelDocument, ParcelNote};
use crate::export::{Export, ExportedDocument, ExportedNote};
use crate::notes::{Annotation, Code, Codebook, NoteId};
use crate::text::{Span, saturate};

impl Parcel {
    /// The documents and notes of an export, and what a codebook says of their tags. Quotations are as written, whatever the script of the
    /// export; their places are those where they are now.
    pub fn of(export: &Export, codes: &Codebook) -> Self {
        let documents = export.documents.iter();
        let mut documents: Vec<ParcelDocument> =
            documents.map(|document| ParcelDocument::of(document, export.options.places)).collect();
        tell_apart(&mut documents);
        Self { title: export.options.title.clone(), documents, codes: export.codes_in_use(codes) }
    }

    /// The codebook with the tags of the parcel's notes of which nothing is said.
    pub fn all_codes(&self, codes: &Codebook) -> Codebook {
        let used =
            self.documents.iter().flat_map(|document| &document.notes).flat_map(|note| &note.note.tags);
        let undescribed = used.filter(|tag| codes.get(tag).is_none()).cloned().map(Code::new);
        codes.iter().cloned().chain(undescribed).collect()
    }
}

/// A note that an earlier document has too, as that of a copied file does, gets an identity of its own: the same one
/// each time.
fn tell_apart(documents: &mut [ParcelDocument]) {
    let mut known = BTreeSet::new();
    for document in documents {
        let text = document.id.map(|id| id.to_string()).unwrap_or_default();
        for note in &mut document.notes {
            while !known.insert(note.note.id) {
                note.note.id = NoteId(uuid_of("again", &[&note.note.id.to_string(), &text]));
            }
        }
    }
}

impl ParcelDocument {
    fn of(exported: &ExportedDocument, places: bool) -> Self {
        Self {
            title: exported.title.clone(),
            id: exported.id,
            text: exported.document.as_ref().map(|document| document.text().to_string()),
            source: exported.place.clone().unwrap_or_default(),
            notes: exported.notes.iter().map(|note| ParcelNote::of(note, places)).collect(),
        }
    }
}

impl ParcelNote {
    fn of(exported: &ExportedNote, places: bool) -> Self {
        let characters = exported.place.map(|place| Span::new(saturate(place.start), saturate(place.end)));
        let mut note = Annotation::clone(&exported.note);
        if !places {
            note.answers.iter_mut().for_each(|answer| answer.place.clear());
        }
        Self { note, anchored: true, characters, place_now: exported.place_now() }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;
    use crate::exchange::sample::{any_parcel, any_placed_parcel};
    use crate::exchange::{Format, project_in, project_to_refi, read};
    use crate::export::{ExportOptions, ExportedLocus, Grouping, Order, Place, Words, to_csv, to_ron};
    use crate::notes::{FoundState, Placing, Tag};

    /// The export of which `parcel` is made.
    fn export_of(parcel: &Parcel) -> Export {
        let options = ExportOptions {
            title: parcel.title.clone(),
            order: Order::Place,
            grouping: Grouping::Document,
            both_scripts: false,
            places: true,
            author: String::new(),
            language: "zh".to_owned(),
            interface_language: "en".to_owned(),
            words: Words::english(),
            zone: TimeZone::UTC,
            made: Timestamp::UNIX_EPOCH,
        };
        Export { options, documents: parcel.documents.iter().map(exported).collect() }
    }

    fn exported(document: &ParcelDocument) -> ExportedDocument {
        let note = |note: &ParcelNote| ExportedNote {
            note: Arc::new(note.note.clone()),
            conflicts: Vec::new(),
            quote: note.note.anchor.quote.clone(),
            struck: Vec::new(),
            reads_now: String::new(),
            headings: note.note.anchor.headings.clone(),
            place: note.characters.map(|characters| Place {
                block: 0,
                start: characters.start() as usize,
                end: characters.end() as usize,
                span: characters,
            }),
            locus: ExportedLocus::default(),
            state: Some(FoundState::Exact),
            answers: Vec::new(),
        };
        ExportedDocument {
            id: document.id,
            title: document.title.clone(),
            place: Some(document.source.clone()),
            notes: document.notes.iter().map(note).collect(),
            ..ExportedDocument::default()
        }
    }

    /// Tells documents without an identity apart by their titles, as people do.
    fn with_own_titles(mut parcel: Parcel) -> Parcel {
        for (index, document) in parcel.documents.iter_mut().enumerate() {
            document.title = format!("{index} {}", document.title);
        }
        parcel
    }

    /// What of a parcel our RON says: all of the notes, and the codes of their tags.
    fn in_ron(mut parcel: Parcel) -> Parcel {
        parcel.codes = export_of(&parcel).codes_in_use(&parcel.codes);
        parcel.title.clear();
        for note in parcel.documents.iter_mut().flat_map(|document| &mut document.notes) {
            note.characters = None;
        }
        parcel
    }

    /// The same with a note that has all tags of the codebook.
    fn using_its_codes(mut parcel: Parcel) -> Parcel {
        let first = parcel.documents.iter_mut().flat_map(|document| &mut document.notes).next();
        if let Some(first) = first {
            first.note.tags = parcel.codes.iter().map(|code| code.tag.clone()).collect();
        }
        parcel
    }

    /// What of a parcel our table says: not the bytes of places, nor passages of other documents.
    fn in_table(parcel: Parcel) -> Parcel {
        let characters: Vec<Option<Span>> = parcel
            .documents
            .iter()
            .flat_map(|document| &document.notes)
            .map(|note| note.characters)
            .collect();
        let mut parcel = in_ron(parcel);
        parcel.codes = Codebook::default();
        let notes = parcel.documents.iter_mut().flat_map(|document| &mut document.notes);
        for (note, characters) in notes.zip(characters) {
            note.note.anchor.span = Span::default();
            note.note.answers.clear();
            note.note.placing = Placing::default();
            (note.anchored, note.characters) = (false, characters);
            let headings = note.note.anchor.headings.join("\n");
            let lines = headings.lines().filter(|line| !line.is_empty());
            note.note.anchor.headings = lines.map(str::to_owned).collect();
        }
        parcel
    }

    #[test]
    fn only_codes_in_use_are_sent_and_a_codebook_names_every_tag() {
        let tag = |written: &str| Tag::new(written).unwrap();
        let mut note = Annotation::empty();
        note.tags = vec![tag("水/河"), tag("土")];
        let note = ParcelNote { anchored: true, ..ParcelNote::of_note(note) };
        let document = ParcelDocument { notes: vec![note], ..ParcelDocument::default() };
        let export = export_of(&Parcel { documents: vec![document], ..Parcel::default() });
        let codes: Codebook = ["水", "火"].map(|written| Code::new(tag(written))).into_iter().collect();
        let names = |codes: &Codebook| codes.iter().map(|code| code.tag.to_string()).collect::<Vec<_>>();
        let parcel = Parcel::of(&export, &codes);
        assert_eq!(names(&parcel.codes), ["水"]);
        assert_eq!(names(&parcel.all_codes(&codes)), ["土", "水", "水/河", "火"]);
    }

    /// The values of an attribute in the order of the file.
    fn values<'x>(xml: &'x str, name: &str) -> Vec<&'x str> {
        xml.split(name).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    proptest! {
        /// A document was copied with its notes, and something else is said in the copy.
        #[test]
        fn notes_of_a_copied_document_keep_their_texts(mut parcel in any_placed_parcel()) {
            let first: Vec<NoteId> = parcel.documents.iter().take(1).flat_map(|one| &one.notes).map(|note| note.note.id).collect();
            for document in &mut parcel.documents {
                let same = document.notes.iter_mut().zip(&first);
                same.for_each(|(note, id)| note.note.id = *id);
            }
            tell_apart(&mut parcel.documents);
            let file = project_to_refi(&parcel, Timestamp::UNIX_EPOCH).unwrap();
            let project = project_in(&file).unwrap();
            let mut ids = values(&project, " guid=\"");
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), count);
            let texts = |parcel: &Parcel| {
                let notes = parcel.documents.iter().flat_map(|document| &document.notes);
                notes.map(|note| note.note.text.clone()).collect::<Vec<_>>()
            };
            prop_assert_eq!(texts(&read(&file, None).unwrap().parcel), texts(&parcel));
        }

        #[test]
        fn what_is_exported_as_ron_comes_back(parcel in any_parcel()) {
            let parcel = using_its_codes(parcel);
            let file = to_ron(&export_of(&parcel), &parcel.codes).unwrap();
            let received = read(file.as_bytes(), None).unwrap();
            prop_assert_eq!((received.format, received.remarks), (Format::Ron, Vec::new()));
            prop_assert_eq!(received.parcel, in_ron(parcel));
        }

        #[test]
        fn what_is_exported_as_a_table_comes_back(parcel in any_parcel()) {
            let parcel = with_own_titles(parcel);
            let received = read(&to_csv(&export_of(&parcel)), None).unwrap();
            prop_assert_eq!((received.format, received.remarks), (Format::Table, Vec::new()));
            prop_assert_eq!(received.parcel, in_table(parcel));
        }
    }
}
