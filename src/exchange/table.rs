//! Our table of values separated by commas, also after a spreadsheet has saved it again.
//!
//! Columns are known by their places, which never change; their names are in the language of whoever exported.

use uuid::Uuid;

use super::documents::NamedDocuments;
use super::identity::note_id_of;
use super::json::moment_of;
use super::remark::{Remarks, distinct_tags};
use super::{ExchangeError, LeftOut, Parcel, ParcelDocument, ParcelNote};
use crate::document::TextId;
use crate::export::as_written_in_cell;
use crate::notes::{Anchor, Annotation, Colour};
use crate::text::Span;

/// The places of the columns that are read; see `crate::export` for all of them.
mod column {
    pub(super) const QUOTATION: usize = 0;
    pub(super) const AS_WRITTEN: usize = 1;
    pub(super) const TAGS: usize = 3;
    pub(super) const COLOUR: usize = 4;
    pub(super) const NOTE: usize = 5;
    pub(super) const START: usize = 7;
    pub(super) const END: usize = 8;
    pub(super) const CREATED: usize = 10;
    pub(super) const CHANGED: usize = 11;
    pub(super) const ID: usize = 12;
    pub(super) const OTHER_QUOTATION: usize = 14;
    pub(super) const DOCUMENT: usize = 15;
    pub(super) const TEXT_ID: usize = 16;
    pub(super) const BEFORE: usize = 17;
    pub(super) const AFTER: usize = 18;
    pub(super) const HEADINGS: usize = 19;
    pub(super) const FILE: usize = 20;
}

/// Every table of ours has so many columns at least.
const FEWEST: usize = column::ID + 1;

/// What may stand between two cells: spreadsheets of some countries write semicolons.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Whether the beginning of a file speaks for a table of ours.
pub(super) fn is_likely(beginning: &str) -> bool {
    delimiter_of(beginning).is_some()
}

/// Whether the second row of a table is one that we write: it names a note where ours do.
pub(super) fn is_ours(beginning: &str) -> bool {
    let names_a_note = |delimiter| {
        let row = reader_of(beginning, delimiter).into_records().nth(1).and_then(Result::ok);
        row.is_some_and(|row| row.get(column::ID).is_some_and(|id| Uuid::parse_str(id.trim()).is_ok()))
    };
    delimiter_of(beginning.trim_start_matches('\u{FEFF}')).is_some_and(names_a_note)
}

fn delimiter_of(text: &str) -> Option<u8> {
    DELIMITERS.into_iter().find(|&delimiter| {
        let mut reader = reader_of(text, delimiter);
        let mut names = csv::StringRecord::new();
        reader.read_record(&mut names).is_ok_and(|any| any) && names.len() >= FEWEST
    })
}

fn reader_of(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
}

/// Reads a table. A row without any words is passed over; passages of other documents are not in it.
pub(super) fn read(text: &str, remarks: &mut Remarks) -> Result<Parcel, ExchangeError> {
    let delimiter = delimiter_of(text).ok_or(ExchangeError::Lacks("columns of ours"))?;
    let mut documents = NamedDocuments::new();
    for row in reader_of(text, delimiter).records().skip(1) {
        let row = Row::of(&row.map_err(|error| ExchangeError::Table(error.to_string()))?);
        if row.0.iter().all(String::is_empty) {
            continue;
        }
        let Some(note) = row.note(remarks) else {
            remarks.add(LeftOut::Notes, 1);
            continue;
        };
        let name = [column::TEXT_ID, column::DOCUMENT].map(|column| row.cell(column).to_owned());
        documents.of(name, |_| row.document()).notes.push(note);
    }
    Ok(Parcel { documents: documents.into_list(), ..Parcel::default() })
}

/// What was written into the cells of a row.
struct Row(Vec<String>);

impl Row {
    fn of(record: &csv::StringRecord) -> Self {
        Self(record.iter().map(as_written_in_cell).collect())
    }

    /// A cell; nothing where the table has not so many.
    fn cell(&self, column: usize) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }

    fn document(&self) -> ParcelDocument {
        ParcelDocument {
            title: self.cell(column::DOCUMENT).to_owned(),
            id: TextId::from_hex(self.cell(column::TEXT_ID)),
            source: self.cell(column::FILE).to_owned(),
            ..ParcelDocument::default()
        }
    }

    /// `None` where a cell that should be a moment is none.
    fn note(&self, remarks: &mut Remarks) -> Option<ParcelNote> {
        let moment = |column| match self.cell(column) {
            "" => Some(Annotation::empty().created),
            written => moment_of(written),
        };
        let created = moment(column::CREATED)?;
        let changed = moment(column::CHANGED)?.max(created);
        remarks.add(LeftOut::Links, usize::from(!self.cell(column::OTHER_QUOTATION).is_empty()));
        let tags = self.cell(column::TAGS).lines().filter(|line| !line.trim().is_empty());
        let note = Annotation {
            id: note_id_of("row", &self.name()),
            anchor: self.anchor(),
            colour: self.colour(),
            tags: distinct_tags(tags, remarks),
            text: self.cell(column::NOTE).to_owned(),
            created,
            changed,
            ..Annotation::empty()
        };
        let number = |column| self.cell(column).trim().parse().ok();
        let characters =
            number(column::START).zip(number(column::END)).map(|(start, end)| Span::new(start, end));
        Some(ParcelNote { characters, ..ParcelNote::of_note(note) })
    }

    /// What its identity is made from.
    fn name(&self) -> String {
        let written = self.cell(column::ID).trim();
        if written.is_empty() { self.0.join("\n") } else { written.to_owned() }
    }

    fn anchor(&self) -> Anchor {
        let as_written = self.cell(column::AS_WRITTEN);
        let quote = if as_written.is_empty() { self.cell(column::QUOTATION) } else { as_written };
        let lines = self.cell(column::HEADINGS).lines();
        Anchor {
            quote: quote.to_owned(),
            before: self.cell(column::BEFORE).to_owned(),
            after: self.cell(column::AFTER).to_owned(),
            headings: lines.filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            ..Anchor::default()
        }
    }

    /// The colour by its name in files; the first one for any other name.
    fn colour(&self) -> Option<Colour> {
        let name = self.cell(column::COLOUR).trim();
        let known = Colour::ALL.into_iter().find(|colour| colour.name() == name);
        known.or((!name.is_empty()).then(Colour::default))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str = "Quotation,As written,Headings,Tags,Colour,Note,Paragraph,From character,To character,State,Made,Changed,Id";

    fn notes(text: &str) -> Vec<ParcelNote> {
        let parcel = read(text, &mut Remarks::default()).unwrap();
        parcel.documents.into_iter().flat_map(|document| document.notes).collect()
    }

    #[test]
    fn a_row_is_a_note_whatever_a_spreadsheet_made_of_it() {
        let row = "先種樹,先种树,上游,\"水/河\n土\",green,\"'=1+1\",2,12,15,exact,2026-11-21T08:15:30Z,2026-11-21T08:16:30Z,0198a3c2-7c1e-7000-8000-3d1f2a4b5c6d";
        let expected = notes(&format!("{NAMES}\r\n{row}\r\n"));
        assert_eq!(expected[0].note.id.to_string(), "0198a3c2-7c1e-7000-8000-3d1f2a4b5c6d");
        assert_eq!((&*expected[0].note.anchor.quote, &*expected[0].note.text), ("先种树", "=1+1"));
        assert_eq!(expected[0].note.tags.len(), 2);
        assert_eq!(
            (expected[0].note.colour, expected[0].characters),
            (Some(Colour::Green), Some(Span::new(12, 15)))
        );
        for other in [";", "\t"] {
            let changed = format!("{NAMES}\n{row}\n,,,,,,,,,,,,\n").replace(',', other);
            assert!(is_likely(&changed));
            assert_eq!(notes(&changed), expected);
        }
    }

    #[test]
    fn what_cannot_come_back_is_said() {
        let mut remarks = Remarks::default();
        let names = format!("{NAMES},Other document,Its passage");
        read(&format!("{names}\n水,,,\"土\n/\",,,,,,,,,,乙,岸\n"), &mut remarks).unwrap();
        let once =
            [LeftOut::Links, LeftOut::Tags].map(|left_out| super::super::Remark { left_out, count: 1 });
        assert_eq!(remarks.into_list(), once);
    }

    /// Excel in China saves a table in GBK, in Taiwan in Big5.
    #[test]
    fn a_table_in_the_encoding_of_its_country_is_read() {
        let row = "修河的人先在上游種樹,,,水利,green,這裡說的是先種樹再清淤的道理,,,,,,,";
        for encoding in [encoding_rs::GBK, encoding_rs::BIG5] {
            let text = format!("{NAMES}\n{row}\n");
            let received = crate::exchange::read(&encoding.encode(&text).0, None).unwrap();
            let note = &received.parcel.documents[0].notes[0].note;
            assert_eq!(&*note.text, "這裡說的是先種樹再清淤的道理", "{}", encoding.name());
            assert!(received.remarks.is_empty());
        }
    }

    #[test]
    fn another_table_is_refused() {
        assert!(!is_likely("a,b,c\n1,2,3\n"));
        assert_eq!(read("a,b\n", &mut Remarks::default()), Err(ExchangeError::Lacks("columns of ours")));
    }

    #[test]
    fn a_row_without_an_identity_has_the_same_one_each_time() {
        let text = format!("{NAMES}\n先种树,,,,,,,,,,,,\n再清淤,,,,,,,,,,,,\n");
        assert_eq!(notes(&text), notes(&text));
        assert_ne!(notes(&text)[0].note.id, notes(&text)[1].note.id);
    }
}
