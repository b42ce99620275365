//! The links as a workbook.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::lines::{Line, line, names};
use super::rows::{Row, rows};
use super::summary::{counts, fact_rows, rounded};
use super::{ComparisonExport, NotWritten};
use crate::export::sheet::{SheetWriter, finish, prepare, properties, saturated};

/// A workbook of three sheets: the links, what stands only on one side, and the documents.
///
/// Every text is a cell of text, never a formula. A text longer than a cell holds, 32,767 units of UTF-16, is cut, and
/// ends by saying so.
///
/// Errors: there are more rows than a sheet holds, 1,048,576.
pub fn to_xlsx(export: &ComparisonExport) -> Result<Vec<u8>, NotWritten> {
    let mut workbook = Workbook::new();
    let title = format!("{} ↔ {}", export.left.title, export.right.title);
    workbook.set_properties(&properties(&title, export.made)?);
    let rows = rows(export);
    let (answered, only): (Vec<_>, Vec<_>) = rows.iter().partition(|row| matches!(row, Row::Answered { .. }));
    let writer = SheetWriter::new(&export.words.cut);
    links_sheet(export, &answered, &writer, workbook.add_worksheet())?;
    if export.only_here {
        only_here_sheet(export, &only, &writer, workbook.add_worksheet())?;
    }
    documents_sheet(export, &writer, workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
}

const WIDTHS_OF_LINKS: [f64; 10] = [6.0, 14.0, 8.0, 10.0, 60.0, 10.0, 60.0, 40.0, 20.0, 40.0];

fn links_sheet(
    export: &ComparisonExport,
    rows: &[&Row<'_>],
    writer: &SheetWriter<'_>,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    prepare(sheet, &export.words.links, &WIDTHS_OF_LINKS)?;
    writer.names(sheet, &names(export))?;
    for (below, row) in (1..).zip(rows) {
        let Line { number, verdict, score, paragraphs, texts, reason, tags, notes } = line(export, row);
        if let Some(number) = number {
            // A number of links beyond what a float holds exactly is beyond what a sheet holds.
            sheet.write_number_with_format(below, 0, f64::from(saturated(number)), &writer.number)?;
        }
        if let Some(score) = score {
            sheet.write_number_with_format(below, 2, rounded(score), &writer.score)?;
        }
        let ([left_paragraphs, right_paragraphs], [left, right]) = (&paragraphs, &texts);
        let cells = [
            (1, &verdict),
            (3, left_paragraphs),
            (4, left),
            (5, right_paragraphs),
            (6, right),
            (7, &reason),
            (8, &tags),
            (9, &notes),
        ];
        for (column, text) in cells {
            writer.text(sheet, below, column, text)?;
        }
    }
    finish(sheet, rows.len(), WIDTHS_OF_LINKS.len())
}

const WIDTHS_OF_ONLY_HERE: [f64; 3] = [12.0, 12.0, 100.0];

fn only_here_sheet(
    export: &ComparisonExport,
    rows: &[&Row<'_>],
    writer: &SheetWriter<'_>,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let words = &export.words;
    prepare(sheet, &words.only_here, &WIDTHS_OF_ONLY_HERE)?;
    writer.names(sheet, &[words.side.clone(), words.paragraphs.clone(), words.text.clone()])?;
    for (below, row) in (1..).zip(rows) {
        let Line { paragraphs: [left, right], texts: [left_text, right_text], .. } = line(export, row);
        let side = if left.is_empty() { &words.right } else { &words.left };
        writer.text(sheet, below, 0, side)?;
        writer.text(sheet, below, 1, &(left + &right))?;
        writer.text(sheet, below, 2, &(left_text + &right_text))?;
    }
    finish(sheet, rows.len(), WIDTHS_OF_ONLY_HERE.len())
}

fn documents_sheet(
    export: &ComparisonExport,
    writer: &SheetWriter<'_>,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    prepare(sheet, &export.words.documents, &[40.0, 60.0, 60.0])?;
    writer.names(sheet, &[String::new(), export.words.left.clone(), export.words.right.clone()])?;
    let titles = [export.left.title.clone(), export.right.title.clone()];
    let facts = std::iter::once((export.words.title.clone(), titles)).chain(fact_rows(export));
    let counts = counts(export).into_iter().map(|(name, count)| (name, [count.to_string(), String::new()]));
    for (below, (name, [left, right])) in (1..).zip(facts.chain(counts)) {
        for (column, text) in (0..).zip([&name, &left, &right]) {
            writer.text(sheet, below, column, text)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{LinkIndex, Verdict};
    use crate::export::comparison::LinkNote;
    use crate::export::comparison::sample::{Pair, export_of};
    use crate::export::sample::{named, part, parts, sheet_rows, text};
    use crate::export::sheet::CELL;

    fn export(left: &str) -> ComparisonExport {
        let pair = Pair { left: &[0], right: &[0], verdict: Verdict::Same, passages: &[] };
        let mut export = export_of(left, "=1+1\n\n@水\n", &[pair]);
        export.notes.push(LinkNote {
            link: Some(LinkIndex::new(0)),
            tags: Vec::new(),
            text: "=SUM(A1)".to_owned(),
            left: String::new(),
            right: String::new(),
        });
        export
    }

    #[test]
    fn the_sheets_hold_links_the_rest_and_the_documents() {
        let bytes = to_xlsx(&export("=1+1\n")).unwrap();
        let links = sheet_rows(&bytes, "sheet1");
        let reason = "both say 河水, <树>, which few other passages do";
        assert_eq!(links[1], ["1", "same text", "0.83", "1", "=1+1", "1", "=1+1", reason, "=SUM(A1)"]);
        assert_eq!(sheet_rows(&bytes, "sheet2")[1..], [["Right", "2", "@水"]]);
        assert!(
            sheet_rows(&bytes, "sheet3")
                .contains(&["File", "folder/左.md", "右.md"].map(str::to_owned).to_vec())
        );
        let parts = parts(&bytes);
        let core = part(&parts, "docProps/core.xml");
        assert_eq!(named(core.root(), "created").map(text).next().as_deref(), Some("1970-01-01T00:00:00Z"));
    }

    #[test]
    fn a_text_beyond_a_cell_says_that_it_is_cut() {
        let check = |left: &str, expected: &str| {
            let cell = &sheet_rows(&to_xlsx(&export(left)).unwrap(), "sheet1")[1][4];
            assert!(cell.encode_utf16().count() <= CELL);
            assert!(cell == expected, "{}", cell.chars().rev().take(80).collect::<String>());
        };
        let whole = "水".repeat(CELL);
        check(&whole, &whole);
        let cut = "… (cut: a cell holds no more; the whole is in the document)";
        let kept = CELL - cut.chars().count();
        check(&"水".repeat(CELL + 1), &("水".repeat(kept) + cut));
        // A character of two units is not cut in two.
        check(&"𠮷".repeat(CELL), &("𠮷".repeat(kept / 2) + cut));
    }
}
