//! The links as a workbook.

use jiff::tz::TimeZone;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::lines::{Line, line, names};
use super::rows::{Row, rows};
use super::summary::{counts, fact_rows, rounded};
use super::{ComparisonExport, NotWritten};

/// A workbook of three sheets: the links, what stands only on one side, and the documents.
///
/// Every text is a cell of text, never a formula. A text longer than a cell holds, 32,767 units of UTF-16, is cut, and
/// ends by saying so.
///
/// Errors: there are more rows than a sheet holds, 1,048,576.
pub fn to_xlsx(export: &ComparisonExport) -> Result<Vec<u8>, NotWritten> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(export)?);
    let rows = rows(export);
    let (answered, only): (Vec<_>, Vec<_>) = rows.iter().partition(|row| matches!(row, Row::Answered { .. }));
    let writer = Writer::new(&export.words.cut);
    links_sheet(export, &answered, &writer, workbook.add_worksheet())?;
    if export.only_here {
        only_here_sheet(export, &only, &writer, workbook.add_worksheet())?;
    }
    documents_sheet(export, &writer, workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
}

/// The moment is given, since the library would take one from the clock.
fn properties(export: &ComparisonExport) -> Result<DocProperties, XlsxError> {
    let made = export.made.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let made = ExcelDateTime::parse_from_str(&made)?;
    Ok(DocProperties::new()
        .set_title(clean(&format!("{} ↔ {}", export.left.title, export.right.title)))
        .set_creation_datetime(&made))
}

const WIDTHS_OF_LINKS: [f64; 10] = [6.0, 14.0, 8.0, 10.0, 60.0, 10.0, 60.0, 40.0, 20.0, 40.0];

fn links_sheet(
    export: &ComparisonExport,
    rows: &[&Row<'_>],
    writer: &Writer<'_>,
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
    writer: &Writer<'_>,
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
    writer: &Writer<'_>,
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

/// The longest name of a sheet, in characters.
const LONGEST_NAME: usize = 31;

/// Names the sheet and lays it out for the screen and for A4.
fn prepare(sheet: &mut Worksheet, name: &str, widths: &[f64]) -> Result<(), XlsxError> {
    let allowed = |character: &char| !"[]:*?/\\'".contains(*character);
    let name: String = clean(name).chars().filter(allowed).take(LONGEST_NAME).collect();
    sheet.set_name(name)?;
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn finish(sheet: &mut Worksheet, rows: usize, columns: usize) -> Result<(), XlsxError> {
    let last = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, saturated(rows), last).map(|_| ())
}

fn saturated(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// How cells are written.
struct Writer<'a> {
    head: Format,
    text: Format,
    number: Format,
    score: Format,
    /// What is said where a text was cut.
    cut: &'a str,
}

impl<'a> Writer<'a> {
    fn new(cut: &'a str) -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            head: Format::new().set_bold().set_text_wrap(),
            text: top.clone().set_text_wrap(),
            score: top.clone().set_num_format("0.00"),
            number: top,
            cut,
        }
    }

    fn names(&self, sheet: &mut Worksheet, names: &[String]) -> Result<(), XlsxError> {
        for (column, name) in (0..).zip(names) {
            sheet.write_string_with_format(0, column, clean(name), &self.head)?;
        }
        Ok(())
    }

    fn text(&self, sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        if text.is_empty() {
            return Ok(());
        }
        let text = cut_to_cell(clean(text), self.cut);
        sheet.write_string_with_format(row, column, text, &self.text).map(|_| ())
    }
}

/// What a cell holds, in units of UTF-16.
const CELL: usize = 32_767;

/// `text`, or as much of it as leaves room for saying in the cell that it was cut.
fn cut_to_cell(text: String, cut: &str) -> String {
    if text.encode_utf16().count() <= CELL {
        return text;
    }
    let mut room = CELL.saturating_sub(cut.encode_utf16().count());
    let mut kept = String::new();
    for character in text.chars() {
        let Some(left) = room.checked_sub(character.len_utf16()) else { break };
        room = left;
        kept.push(character);
    }
    kept + cut
}

/// Without what XML cannot express.
pub(super) fn clean(text: &str) -> String {
    let is_expressed = |character: char| match character {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        other => other >= ' ',
    };
    text.chars().map(|each| if is_expressed(each) { each } else { '\u{FFFD}' }).collect()
}

#[cfg(test)]
mod tests {
    use roxmltree::Node;

    use super::*;
    use crate::compare::{LinkIndex, Verdict};
    use crate::export::comparison::LinkNote;
    use crate::export::comparison::sample::{Pair, export_of, part, parts};

    /// The cells of a sheet, row by row, as a spreadsheet shows them; a formula would be `ƒ`.
    fn rows_of(parts: &[(String, String)], sheet: &str) -> Vec<Vec<String>> {
        let strings = part(parts, "xl/sharedStrings.xml");
        let strings: Vec<String> = named(strings.root(), "si").map(text).collect();
        let sheet = part(parts, &format!("xl/worksheets/{sheet}.xml"));
        let value = |cell: Node<'_, '_>| {
            let value = named(cell, "v").map(text).next().unwrap_or_default();
            let shared = cell.attribute("t") == Some("s");
            let formula = named(cell, "f").next().is_some();
            let shown = if shared { strings[value.parse::<usize>().unwrap()].clone() } else { value };
            if formula { format!("ƒ{shown}") } else { shown }
        };
        named(sheet.root(), "row").map(|row| named(row, "c").map(value).collect()).collect()
    }

    fn named<'a, 'input>(node: Node<'a, 'input>, name: &'a str) -> impl Iterator<Item = Node<'a, 'input>> {
        node.descendants().filter(move |each| each.tag_name().name() == name)
    }

    fn text(node: Node<'_, '_>) -> String {
        node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
    }

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
        let parts = parts(to_xlsx(&export("=1+1\n")).unwrap());
        let links = rows_of(&parts, "sheet1");
        let reason = "both say 河水, <树>, which few other passages do";
        assert_eq!(links[1], ["1", "same text", "0.83", "1", "=1+1", "1", "=1+1", reason, "=SUM(A1)"]);
        assert_eq!(rows_of(&parts, "sheet2")[1..], [["Right", "2", "@水"]]);
        assert!(
            rows_of(&parts, "sheet3")
                .contains(&["File", "folder/左.md", "右.md"].map(str::to_owned).to_vec())
        );
        let core = part(&parts, "docProps/core.xml");
        assert_eq!(named(core.root(), "created").map(text).next().as_deref(), Some("1970-01-01T00:00:00Z"));
    }

    #[test]
    fn a_text_beyond_a_cell_says_that_it_is_cut() {
        let check = |left: &str, expected: &str| {
            let parts = parts(to_xlsx(&export(left)).unwrap());
            let cell = &rows_of(&parts, "sheet1")[1][4];
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
