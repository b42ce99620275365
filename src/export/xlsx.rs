//! Notes as a workbook.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::sheet::{SheetWriter, finish, prepare, properties, saturated};
use super::table::{COLUMNS, Field};
use super::{Export, NotesNotWritten};

/// A workbook of two sheets: the notes, with every field, and the documents.
///
/// The names of the columns stay in sight, and every column can be filtered. Every text is a cell of text, never a
/// formula or a link. A text longer than a cell holds, 32,767 units of UTF-16, is cut, and ends by saying so.
///
/// Errors: there are more rows than a sheet holds, 1,048,576.
pub fn to_xlsx(export: &Export) -> Result<Vec<u8>, NotesNotWritten> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&export.options.title, export.options.made)?);
    let writer = SheetWriter::new(&export.options.words.cut);
    notes_sheet(export, &writer, workbook.add_worksheet())?;
    documents_sheet(export, &writer, workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
}

/// How wide each column is, in characters.
fn width(field: Field) -> f64 {
    match field {
        Field::Quotation | Field::AsWritten | Field::Note | Field::OtherQuotation => 50.0,
        Field::Paragraph | Field::Page | Field::Start | Field::End | Field::State | Field::Colour => 11.0,
        Field::Tags | Field::Created | Field::Changed => 20.0,
        _ => 30.0,
    }
}

fn notes_sheet(export: &Export, writer: &SheetWriter<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let words = &export.options.words;
    prepare(sheet, &words.notes, &Field::ALL.map(width))?;
    writer.names(sheet, &Field::ALL.map(|field| field.name(words)))?;
    let entries = export.each_once();
    for (below, entry) in (1..).zip(&entries) {
        for (column, field) in (0..).zip(Field::ALL) {
            let cell = field.of(*entry, words);
            match cell.parse::<u32>() {
                Ok(number) if field.is_number() => {
                    sheet.write_number_with_format(below, column, number, &writer.number)?;
                }
                _ => writer.text(sheet, below, column, &cell)?,
            }
        }
    }
    finish(sheet, entries.len(), COLUMNS)
}

fn documents_sheet(
    export: &Export,
    writer: &SheetWriter<'_>,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let words = &export.options.words;
    let widths = [40.0, 50.0, 50.0, 10.0, 40.0, 40.0];
    prepare(sheet, &words.documents, &widths)?;
    let names = [&words.title, &words.source, &words.reference, &words.notes, &words.text_id, &words.place];
    writer.names(sheet, &names.map(Clone::clone))?;
    for (below, document) in (1..).zip(&export.documents) {
        let id = document.id.map(|id| id.to_string()).unwrap_or_default();
        let place = document.place.as_deref().unwrap_or_default();
        let cells = [
            (0, document.title.as_str()),
            (1, &document.source),
            (2, &document.reference),
            (4, &id),
            (5, place),
        ];
        for (column, text) in cells {
            writer.text(sheet, below, column, text)?;
        }
        sheet.write_number_with_format(below, 3, saturated(document.notes.len()), &writer.number)?;
    }
    finish(sheet, export.documents.len(), widths.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::{export_of_documents, quoting, sheet_rows};

    #[test]
    fn the_sheets_hold_every_note_and_every_document() {
        let mut export = export_of_documents([
            ("修河倡议", vec![quoting("=1+1").saying("@好"), quoting("乙")]),
            ("修渠章程", vec![quoting("丙").written("丙丙")]),
        ]);
        export.options.words.colours = ["黄", "绿", "蓝", "粉", "紫"].map(str::to_owned);
        let bytes = to_xlsx(&export).unwrap();
        let notes = sheet_rows(&bytes, "sheet1");
        assert_eq!(notes.len(), 4);
        assert_eq!(notes[1][..7], ["=1+1", "=1+1", "绿", "@好", "5", "120", "125"]);
        assert_eq!(notes[3][..2], ["丙", "丙丙"]);
        let documents = sheet_rows(&bytes, "sheet2");
        assert_eq!(documents[2][..3], ["修渠章程", "河边小报", "1"]);
    }
}
