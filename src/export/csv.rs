//! Notes as a table for spreadsheets.

use super::table::Field;
use super::{Export, Words};

/// The notes as CSV after RFC 4180: UTF-8 with a byte order mark, so that spreadsheets know the encoding,
/// and one row for each note below a row of names.
///
/// The columns are those of [`Field::ALL`]. Colours and states have the names that they have in files, so that the
/// table can be read back. Notes stand in the order of their groups, each once. No cell can become a formula: see
/// [`as_written_in_cell`] for reading one back.
pub fn to_csv(export: &Export) -> Vec<u8> {
    let mut output = "\u{FEFF}".to_owned();
    write_row(&mut output, &Field::ALL.map(|field| field.name(&export.options.words)));
    let fixed = Words::english();
    for entry in export.each_once() {
        write_row(&mut output, &Field::ALL.map(|field| field.of(entry, &fixed)));
    }
    output.into_bytes()
}

/// What was written into a cell that now holds `cell`: the apostrophes are left out which [`to_csv`] puts before
/// whatever a spreadsheet could take for a formula (and before another apostrophe), at its beginning and behind
/// whatever may begin a cell where another sign stands between cells than the comma.
pub fn as_written_in_cell(cell: &str) -> String {
    let pieces = cell.split_inclusive(may_end_a_cell);
    pieces.map(|piece| piece.strip_prefix('\'').unwrap_or(piece)).collect()
}

pub(super) fn write_row(output: &mut String, cells: &[String]) {
    let quoted = |cell: &String| format!("\"{}\"", neutral(cell).replace('"', "\"\""));
    *output += &cells.iter().map(quoted).collect::<Vec<_>>().join(",");
    *output += "\r\n";
}

/// The cell with an apostrophe wherever it, or what other programs take for a cell of its own, could become a formula:
/// in many countries a semicolon ends a cell, and then a line break within one ends a row.
pub(super) fn neutral(cell: &str) -> String {
    let mut output = String::with_capacity(cell.len() + 1);
    let mut from = 0;
    for piece in cell.split_inclusive(may_end_a_cell) {
        let rest = cell.get(from..).unwrap_or_default();
        if could_be_a_formula(rest, from == 0) {
            output.push('\'');
        }
        output += piece;
        from += piece.len();
    }
    output
}

/// Whether a cell that begins so could become a formula. White space at the beginning of the whole is a risk by itself.
fn could_be_a_formula(rest: &str, whole: bool) -> bool {
    let skipped = |each: char| is_skipped(each) && !may_end_a_cell(each) || each == '"';
    let first = rest.chars().find(|&character| !skipped(character));
    first.is_some_and(begins_a_formula) || (whole && rest.starts_with(['\t', '\r', '\n']))
}

/// What ends a cell or a row in some country or program.
fn may_end_a_cell(character: char) -> bool {
    matches!(character, ',' | ';' | '\t' | '\r' | '\n')
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
    use crate::export::Grouping;
    use crate::export::sample::{answering, export_of, quoting};
    use crate::notes::Tag;

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
        check("甲; =1\n-2\"", "甲;' =1\n'-2\"");
    }

    /// In many countries spreadsheets take the semicolon for what stands between cells.
    fn begins_nowhere_with_a_formula(table: &[u8]) -> Result<(), TestCaseError> {
        let text = table.strip_prefix("\u{FEFF}".as_bytes()).unwrap();
        for delimiter in [b',', b';', b'\t'] {
            let mut reader = ::csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .flexible(true)
                .has_headers(false)
                .from_reader(text);
            for cell in
                reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            {
                let first = cell.chars().find(|&each| !is_skipped(each));
                let formula = first.is_some_and(|first| begins_a_formula(first) && !"'＇".contains(first));
                prop_assert!(!formula, "{:?} {:?}", char::from(delimiter), cell);
            }
        }
        Ok(())
    }

    #[test]
    fn a_row_says_everything() {
        let note = quoting("先种树").saying("好").under(&["甲", "乙"]).with(|note| {
            note.tags = ["水", "土/沙"].map(|tag| Tag::new(tag).unwrap()).to_vec();
            note.anchor.before = "我们".to_owned();
            note.anchor.headings = vec!["甲".to_owned(), "=乙".to_owned()];
        });
        let note = note.answered([answering("先清淤"), answering("=修渠")]);
        let id = note.note.id.to_string();
        let mut export = export_of([note]);
        export.options.words.colours = ["黄", "绿", "蓝", "粉", "紫"].map(str::to_owned);
        let text_id = export.documents[0].id.unwrap().to_string();
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
            "先清淤\n\n'=修渠",
            "修河倡议",
            &text_id,
            "我们",
            "",
            "甲\n'=乙",
            "",
            "第二条",
            "12",
            "",
        ];
        assert_eq!(rows(&to_csv(&export)), [expected]);
    }

    #[test]
    fn rows_go_by_group_and_order() {
        let tagged = |quote, tags: &[&str]| {
            quoting(quote).with(|note| note.tags = tags.iter().map(|tag| Tag::new(tag).unwrap()).collect())
        };
        let mut export = export_of([tagged("1", &[]), tagged("2", &["c", "b"]), tagged("3", &["a/x"])]);
        let quotes = |export: &Export| -> Vec<String> {
            rows(&to_csv(export)).into_iter().map(|row| row[0].clone()).collect()
        };
        assert_eq!(quotes(&export), ["1", "2", "3"]);
        export.options.grouping = Grouping::Tag;
        assert_eq!(quotes(&export), ["3", "2", "1"]);
    }

    proptest! {
        #[test]
        fn a_cell_read_back_is_as_written(quote in r#"['"=+\-@＝,\r\n\t 水\PC]{0,12}"#) {
            let cell = cell_of(&quote);
            prop_assert_eq!(as_written_in_cell(&cell), quote);
        }

        #[test]
        fn no_cell_is_a_formula_whatever_stands_between_cells(
            quote in r#"['"=+\-@＝,;\r\n\t 水\PC]{0,12}"#, said in r#"['"=@,;\r\n\t 水]{0,12}"#,
        ) {
            begins_nowhere_with_a_formula(&to_csv(&export_of([quoting(&quote).saying(&said), quoting(&said)])))?;
        }
    }
}
