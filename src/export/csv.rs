//! Notes as a table for spreadsheets.

use super::{Export, ExportedAnswer, ExportedNote, Order, heading_path};
use crate::notes::Tag;

/// The notes as CSV after RFC 4180: UTF-8 with a byte order mark, so that spreadsheets know the encoding,
/// and one row for each note below a row of names.
///
/// Tags stand in one cell, each on a line of its own; so do passages of other documents, an empty line between
/// them. With [`Order::Tag`] the rows go by the first of each
/// note's tags in alphabetic order, and those without any come last. No cell can become a formula: see
/// [`as_written_in_cell`] for reading one back.
pub fn to_csv(export: &Export) -> Vec<u8> {
    let mut output = "\u{FEFF}".to_owned();
    write_row(&mut output, &names(export));
    for note in in_order(export) {
        write_row(&mut output, &cells(export, note));
    }
    output.into_bytes()
}

/// What was written into a cell that now holds `cell`: an apostrophe at its beginning is left out, which
/// [`to_csv`] puts before whatever a spreadsheet could take for a formula (and before another
/// apostrophe).
pub fn as_written_in_cell(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

fn in_order(export: &Export) -> Vec<&ExportedNote> {
    let mut notes: Vec<_> = export.notes.iter().collect();
    if export.options.order == Order::Tag {
        notes.sort_by_key(|note| (note.tags.is_empty(), note.tags.iter().min()));
    }
    notes
}

const COLUMNS: usize = 15;

fn names(export: &Export) -> [String; COLUMNS] {
    let words = &export.options.words;
    [
        &words.quotation,
        &words.as_written,
        &words.headings,
        &words.tags,
        &words.colour,
        &words.note,
        &words.paragraph,
        &words.start,
        &words.end,
        &words.state,
        &words.created,
        &words.changed,
        &words.id,
        &words.other_document,
        &words.other_quotation,
    ]
    .map(Clone::clone)
}

fn cells(export: &Export, note: &ExportedNote) -> [String; COLUMNS] {
    let words = &export.options.words;
    let place = |number: fn(super::Place) -> usize| {
        note.place.map(|place| number(place).to_string()).unwrap_or_default()
    };
    [
        note.quote.clone(),
        note.quote_as_written.clone(),
        heading_path(&note.headings),
        note.tags.iter().map(Tag::as_str).collect::<Vec<_>>().join("\n"),
        note.colour.map(|colour| words.colour(colour).to_owned()).unwrap_or_default(),
        note.text.clone(),
        place(|place| place.block + 1),
        place(|place| place.start),
        place(|place| place.end),
        words.state(note.state).to_owned(),
        note.created.to_string(),
        note.changed.to_string(),
        note.id.to_string(),
        of_answers(note, ExportedAnswer::source),
        of_answers(note, |answer| answer.quote.clone()),
    ]
}

/// One cell for all passages of other documents, an empty line between two.
fn of_answers(note: &ExportedNote, what: fn(&ExportedAnswer) -> String) -> String {
    note.answers.iter().map(what).collect::<Vec<_>>().join("\n\n")
}

pub(super) fn write_row(output: &mut String, cells: &[String]) {
    let quoted = |cell: &String| format!("\"{}\"", neutral(cell).replace('"', "\"\""));
    *output += &cells.iter().map(quoted).collect::<Vec<_>>().join(",");
    *output += "\r\n";
}

/// The cell with an apostrophe before it where it could become a formula.
fn neutral(cell: &str) -> String {
    let first = cell.chars().find(|&character| !is_skipped(character));
    let white = cell.starts_with(['\t', '\r', '\n']);
    if white || first.is_some_and(begins_a_formula) { format!("'{cell}") } else { cell.to_owned() }
}

/// The signs that begin a formula, their full-width, small and mathematical forms, and the apostrophe
/// that keeps one from being read.
fn begins_a_formula(character: char) -> bool {
    matches!(
        character,
        '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫' | '−' | '\'' | '＇'
    )
}

/// What a program might overlook before a formula: white space, controls, invisible characters.
fn is_skipped(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::sample::{answering, export_of, quoting};

    /// The rows of a table below its names, read as a spreadsheet's program reads them.
    fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
        let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap();
        let mut reader = ::csv::Reader::from_reader(text);
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    fn cell_of(quote: &str) -> String {
        rows(&to_csv(&export_of([quoting(quote)])))[0][0].clone()
    }

    fn check(quote: &str, expected: &str) {
        assert_eq!(cell_of(quote), expected);
    }

    #[test]
    fn no_cell_is_a_formula() {
        for sign in ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", " =", "\u{200B}=", "'"]
        {
            check(&format!("{sign}1+1"), &format!("'{sign}1+1"));
        }
        check("一\"二\",三\r\n四", "一\"二\",三\r\n四");
        check("第1-2条", "第1-2条");
    }

    #[test]
    fn a_row_says_everything() {
        let mut note = quoting("先种树");
        note.tags = ["水", "土/沙"].map(|tag| Tag::new(tag).unwrap()).to_vec();
        note.headings = vec!["甲".to_owned(), "乙".to_owned()];
        note.text = "好".to_owned();
        note.answers = vec![answering("先清淤"), answering("=修渠")];
        let id = note.id.to_string();
        let expected = [
            "先种树",
            "先种树",
            "甲 › 乙",
            "水\n土/沙",
            "green",
            "好",
            "5",
            "120",
            "125",
            "exact",
            "1970-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            &id,
            "修渠章程 › 二、清淤\n\n修渠章程 › 二、清淤",
            "先清淤\n\n=修渠",
        ];
        assert_eq!(rows(&to_csv(&export_of([note]))), [expected]);
    }

    #[test]
    fn rows_go_by_tag_when_asked() {
        let tagged = |quote, tags: &[&str]| {
            let tags = tags.iter().map(|tag| Tag::new(tag).unwrap()).collect();
            ExportedNote { tags, ..quoting(quote) }
        };
        let mut export = export_of([tagged("1", &[]), tagged("2", &["c", "b"]), tagged("3", &["a/x"])]);
        export.options.order = Order::Tag;
        let quotes: Vec<_> = rows(&to_csv(&export)).into_iter().map(|row| row[0].clone()).collect();
        assert_eq!(quotes, ["3", "2", "1"]);
    }

    proptest! {
        #[test]
        fn a_cell_read_back_is_as_written(quote in r#"['"=+\-@＝,\r\n\t 水\PC]{0,12}"#) {
            let cell = cell_of(&quote);
            prop_assert_eq!(as_written_in_cell(&cell), quote);
            prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']));
        }
    }
}
