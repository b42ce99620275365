//! What is seen of a file of an office program or of a page, as text.

use std::io::{Cursor, Read};

use roxmltree::{Document, Node};
use zip::ZipArchive;

use crate::import::{ReadOptions, read};

/// The most that is read of one part, in bytes: previews are made of few notes.
const MOST: u64 = 64 * 1024 * 1024;

/// What a reader of the file sees, where its bytes are not that already; `None` for plain text.
pub fn preview(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(b"<!DOCTYPE html>") {
        let page = read("a.html", bytes.to_vec(), &ReadOptions::default()).ok()?;
        return Some(page.document.text().to_string());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if let Some(document) = part(&mut archive, "word/document.xml") {
        let comments = part(&mut archive, "word/comments.xml").unwrap_or_default();
        return Some([document, comments].map(|part| text_of_paragraphs(&part)).concat());
    }
    if let Some(project) = part(&mut archive, "project.qde") {
        return Some(project.replace("><", ">\n<"));
    }
    Some(rows_in(bytes)?.iter().map(|row| row.join(" │ ") + "\n").collect())
}

/// The cells of a workbook's first sheet or of a table of values separated by commas, row by row; `None` where the
/// file is neither. White space in a cell is a single space.
pub fn rows_in(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    if let Some(text) = bytes.strip_prefix("\u{FEFF}".as_bytes()) {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
        let records = reader.records().map_while(Result::ok);
        return Some(records.map(|record| record.iter().map(in_one_line).collect()).collect());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let strings = part(&mut archive, "xl/sharedStrings.xml")?;
    let sheet = part(&mut archive, "xl/worksheets/sheet1.xml")?;
    rows_of_sheet(&strings, &sheet)
}

fn in_one_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(name).ok()?.take(MOST).read_to_string(&mut text).ok()?;
    Some(text)
}

/// A line for each paragraph, an empty one between two.
fn text_of_paragraphs(part: &str) -> String {
    let Ok(part) = Document::parse(part) else { return String::new() };
    let paragraphs = named(part.root(), "p").map(|paragraph| {
        let pieces = paragraph.descendants().map(|node| match node.tag_name().name() {
            "t" => node.text().unwrap_or_default(),
            "tab" => "\t",
            "br" => "\n",
            _ => "",
        });
        pieces.collect::<String>() + "\n\n"
    });
    paragraphs.collect()
}

/// The cells of each row. An empty cell has none in the file: where the others stand, their names say.
fn rows_of_sheet(strings: &str, sheet: &str) -> Option<Vec<Vec<String>>> {
    let (strings, sheet) = (Document::parse(strings).ok()?, Document::parse(sheet).ok()?);
    let strings: Vec<String> = named(strings.root(), "si").map(text).collect();
    let cell = |cell: Node<'_, '_>| {
        let value = named(cell, "v").map(text).next().unwrap_or_default();
        let shared = value.parse::<usize>().ok().filter(|_| cell.attribute("t") == Some("s"));
        in_one_line(shared.and_then(|index| strings.get(index)).unwrap_or(&value))
    };
    let rows = named(sheet.root(), "row").map(|row| {
        let mut cells = Vec::new();
        for each in named(row, "c") {
            let column = each.attribute("r").map_or(cells.len(), column_of);
            cells.resize(column.min(MOST_COLUMNS).max(cells.len()), String::new());
            cells.push(cell(each));
        }
        cells
    });
    Some(rows.collect())
}

/// The most columns that a sheet has.
const MOST_COLUMNS: usize = 16_384;

/// Which column, from 0, a cell such as `AB12` stands in.
fn column_of(name: &str) -> usize {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase);
    letters
        .fold(0, |column: usize, letter| column.saturating_mul(26) + usize::from(letter - b'A') + 1)
        .saturating_sub(1)
}

fn named<'a, 'input>(node: Node<'a, 'input>, name: &'a str) -> impl Iterator<Item = Node<'a, 'input>> {
    node.descendants().filter(move |each| each.tag_name().name() == name)
}

fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::{export_of, quoting};
    use crate::export::{to_csv, to_docx, to_docx_with_comments, to_html, to_xlsx};

    #[test]
    fn a_file_is_seen_as_text() {
        let export = export_of([quoting("先种树，\n再清淤").saying("**好**").under(&["上游"])]);
        let files = [
            to_html(&export).into_bytes(),
            to_docx(&export).unwrap(),
            to_docx_with_comments(&export).unwrap(),
            to_xlsx(&export).unwrap(),
        ];
        for file in files {
            let seen = preview(&file).unwrap();
            for words in ["修河倡议", "先种树，", "再清淤", "好"] {
                assert!(seen.contains(words), "{words} {seen}");
            }
            assert!(!seen.contains(['<', '>']), "{seen}");
        }
        assert_eq!(preview(&to_csv(&export)), None);
    }

    #[test]
    fn values_stand_under_the_names_of_their_columns() {
        let export = export_of([quoting("先种树").saying("好"), quoting("再清淤").under(&["上游"])]);
        for file in [to_xlsx(&export).unwrap(), to_csv(&export)] {
            let rows = rows_in(&file).unwrap();
            let under = |name: &str, row: usize| {
                let column = rows[0].iter().position(|each| each == name).unwrap();
                rows[row].get(column).cloned().unwrap_or_default()
            };
            let names = ["Quotation", "Headings", "Note"];
            assert_eq!(names.map(|name| under(name, 1)), ["先种树", "", "好"], "{rows:?}");
            assert_eq!(names.map(|name| under(name, 2)), ["再清淤", "上游", ""], "{rows:?}");
        }
        assert_eq!(rows_in(b"# Notes"), None);
        assert_eq!(["A1", "Z3", "AA3", "AB12"].map(column_of), [0, 25, 26, 27]);
    }
}
