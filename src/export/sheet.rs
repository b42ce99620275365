//! Sheets of a workbook: what the exports of notes and of comparisons have in common.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Worksheet, XlsxError};

use super::clean;

/// The title and the moment of a workbook: given, since the library would take the moment from the clock.
pub(super) fn properties(title: &str, made: Timestamp) -> Result<DocProperties, XlsxError> {
    let made = made.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let made = ExcelDateTime::parse_from_str(&made)?;
    Ok(DocProperties::new().set_title(clean(title)).set_creation_datetime(&made))
}

/// The longest name of a sheet, in characters.
const LONGEST_NAME: usize = 31;

/// Names the sheet and lays it out for the screen and for A4.
pub(super) fn prepare(sheet: &mut Worksheet, name: &str, widths: &[f64]) -> Result<(), XlsxError> {
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

pub(super) fn finish(sheet: &mut Worksheet, rows: usize, columns: usize) -> Result<(), XlsxError> {
    let last = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, saturated(rows), last).map(|_| ())
}

pub(super) fn saturated(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// How cells are written.
pub(super) struct SheetWriter<'a> {
    head: Format,
    text: Format,
    pub(super) number: Format,
    pub(super) score: Format,
    /// What is said where a text was cut.
    cut: &'a str,
}

impl<'a> SheetWriter<'a> {
    pub(super) fn new(cut: &'a str) -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            head: Format::new().set_bold().set_text_wrap(),
            text: top.clone().set_text_wrap(),
            score: top.clone().set_num_format("0.00"),
            number: top,
            cut,
        }
    }

    pub(super) fn names(&self, sheet: &mut Worksheet, names: &[String]) -> Result<(), XlsxError> {
        for (column, name) in (0..).zip(names) {
            sheet.write_string_with_format(0, column, clean(name), &self.head)?;
        }
        Ok(())
    }

    pub(super) fn text(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        text: &str,
    ) -> Result<(), XlsxError> {
        if text.is_empty() {
            return Ok(());
        }
        let text = cut_to_cell(clean(text), self.cut);
        sheet.write_string_with_format(row, column, text, &self.text).map(|_| ())
    }
}

/// What a cell holds, in units of UTF-16.
pub(super) const CELL: usize = 32_767;

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
