//! The links as a table for spreadsheets.

use super::ComparisonExport;
use super::lines::{Line, line, names};
use super::rows::rows;
use super::summary::score;
use crate::export::csv::write_row;

/// The links as CSV after RFC 4180, as notes are: UTF-8 with a byte order mark, no cell a formula (see
/// [`crate::export::as_written_in_cell`]), one row for each link and, where asked for, for each block that stands
/// only on one side, below a row of names.
pub fn to_csv(export: &ComparisonExport) -> Vec<u8> {
    let mut output = "\u{FEFF}".to_owned();
    write_row(&mut output, &names(export));
    for row in rows(export) {
        write_row(&mut output, &cells(line(export, &row)));
    }
    output.into_bytes()
}

fn cells(line: Line) -> [String; 10] {
    let ([left_paragraphs, right_paragraphs], [left, right]) = (line.paragraphs, line.texts);
    [
        line.number.map(|number| number.to_string()).unwrap_or_default(),
        line.verdict,
        line.score.map(score).unwrap_or_default(),
        left_paragraphs,
        left,
        right_paragraphs,
        right,
        line.reason,
        line.tags,
        line.notes,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{LinkIndex, Verdict};
    use crate::export::comparison::LinkNote;
    use crate::export::comparison::sample::{Pair, export_of};
    use crate::notes::Tag;

    fn rows_of(export: &ComparisonExport) -> Vec<Vec<String>> {
        let bytes = to_csv(export);
        let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap();
        let mut reader = ::csv::Reader::from_reader(text);
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn a_row_says_everything_and_is_no_formula() {
        let pair = Pair { left: &[0, 1], right: &[2], verdict: Verdict::Same, passages: &[] };
        let mut export = export_of("=1+1\n\n河水\n", "题\n\n树\n\n\"河\"水\n", &[pair]);
        export.notes = ["@一", "二"]
            .map(|text| LinkNote {
                link: Some(LinkIndex::new(0)),
                tags: vec![Tag::new("水/河").unwrap()],
                text: text.to_owned(),
                left: "河".to_owned(),
                right: String::new(),
            })
            .to_vec();
        let link = [
            "1",
            "same text",
            "0.83",
            "1, 2",
            "'=1+1\n河水",
            "3",
            "\"河\"水",
            "both say 河水, <树>, which few other passages do",
            "水/河",
            "'@一\n\n二",
        ];
        let only = ["", "only here", "", "", "", "2", "树", "", "", ""];
        assert_eq!(rows_of(&export), [only, link]);
        export.only_here = false;
        assert_eq!(rows_of(&export), [link]);
    }
}
