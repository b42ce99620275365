//! Notes and comparisons as files for other programs.
//!
//! Notes of one or several documents go to Markdown, HTML, DOCX (the quotations, or the text with the notes as
//! comments), XLSX, CSV, plain text and RON, and through templates that readers write themselves; for comparisons see
//! [`comparison`]. Every function here is pure: it gets the notes with their quotations in the script of choice and
//! gives text or bytes. It knows no file, no clock, and no interface language: the words that an export writes by
//! itself come with it, as [`Words`].
//!
//! What comes from documents and notes stays text: it cannot become an element, a script, a formula or
//! a path. Where a document lies is written only where [`ExportOptions::places`] asks for it.

mod arrange;
pub mod citation;
mod column;
pub mod comparison;
mod counted;
mod csv;
mod docx;
mod exported;
mod file_name;
mod html;
mod markdown;
mod note_text;
mod plain;
mod preview;
mod ron;
mod sheet;
mod table;
mod template;
mod words;
mod xlsx;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use arrange::{Grouping, Order};
pub use column::{Column, ShownBlock};
pub use counted::Counted;
pub use csv::{as_written_in_cell, to_csv};
pub use docx::{to_docx, to_docx_with_comments};
pub use exported::{ExportedAnswer, ExportedDocument, ExportedLocus, ExportedNote, Place};
pub use file_name::file_name_from_title;
pub use html::to_html;
pub use markdown::{escape_markdown, to_markdown};
pub use plain::to_text;
pub use preview::{preview, rows_in};
pub use ron::{RonAnchor, RonAnswer, RonCode, RonConflict, RonDocument, RonExport, RonNote, to_ron};
pub use table::Field;
pub use template::{Template, TemplateError, fill};
pub use words::Words;
pub use xlsx::to_xlsx;

use crate::notes::{Codebook, Tag};
use crate::text::{Form, Script, Written};

/// What is to be exported.
#[derive(Clone, Debug)]
pub struct Export {
    /// How.
    pub options: ExportOptions,
    /// The documents, each with the chosen ones of its notes.
    pub documents: Vec<ExportedDocument>,
}

/// How notes are exported.
#[derive(Clone, Debug)]
pub struct ExportOptions {
    /// What the whole is called: the title of its only document in the script of choice, or what several are called.
    pub title: String,
    /// In which order notes stand.
    pub order: Order,
    /// By what they are grouped.
    pub grouping: Grouping,
    /// Whether the quotation as written stands beside that in the script of choice, where the two differ.
    pub both_scripts: bool,
    /// Whether it is said where documents lie on the reader's machine.
    pub places: bool,
    /// Whose comments they are; empty where the reader gave no name.
    pub author: String,
    /// The language of title, as [`language_tag`] gives it.
    pub language: String,
    /// The language of the words, such as `en` or `zh-Hans`.
    pub interface_language: String,
    /// The words that the export writes by itself.
    pub words: Words,
    /// The zone in which moments are written.
    pub zone: TimeZone,
    /// When it is exported: the files of office programs say so.
    pub made: Timestamp,
}

/// Why notes could not be made a file.
#[derive(Debug, thiserror::Error)]
pub enum NotesNotWritten {
    /// As XLSX: there are more rows than a sheet holds.
    #[error("the notes cannot be written as a workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// As DOCX.
    #[error("the notes cannot be written as a document: {0}")]
    Package(#[from] zip::result::ZipError),
    /// As RON.
    #[error("the notes cannot be written as RON: {0}")]
    Ron(#[from] ::ron::Error),
    /// Through a template.
    #[error(transparent)]
    Template(#[from] TemplateError),
}

/// The BCP 47 language tag of a text written as `written` and shown in `script`, for the `lang` attribute
/// that chooses the glyphs.
pub fn language_tag(written: Written, script: Script) -> &'static str {
    match (script.form, written) {
        (Form::Simplified, _) | (Form::AsWritten, Written::Simplified) => "zh-Hans",
        (Form::Traditional, _) | (Form::AsWritten, Written::Traditional) => "zh-Hant",
        (Form::Taiwan, _) => "zh-Hant-TW",
        (Form::HongKong, _) => "zh-Hant-HK",
        (Form::AsWritten, Written::Mixed | Written::Undecided) => "zh",
    }
}

impl Export {
    /// How many notes there are.
    pub fn note_count(&self) -> usize {
        self.documents.iter().map(|document| document.notes.len()).sum()
    }

    /// What a codebook says of the tags of the notes, and of those that these are nested in.
    pub fn codes_in_use(&self, codes: &Codebook) -> Codebook {
        let notes = self.documents.iter().flat_map(|document| &document.notes);
        let used: BTreeSet<&Tag> = notes.flat_map(|exported| &exported.note.tags).collect();
        let is_used = |tag: &Tag| used.iter().any(|used| used.is_within(tag));
        codes.iter().filter(|code| is_used(&code.tag)).cloned().collect()
    }

    /// The document, where there is only one.
    fn only_document(&self) -> Option<&ExportedDocument> {
        match self.documents.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// What stands between a name and what it names, in the language of the words.
    fn colon(&self) -> &'static str {
        colon(&self.options.interface_language)
    }

    /// A moment as year, month, day, hour and minute in the zone of choice.
    fn moment(&self, moment: Timestamp) -> String {
        moment.to_zoned(self.options.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The day of a moment in the zone of choice.
    fn day(&self, moment: Timestamp) -> String {
        moment.to_zoned(self.options.zone.clone()).date().to_string()
    }
}

/// What stands between a name and what it names in a language.
fn colon(language: &str) -> &'static str {
    if language.starts_with("zh") { "：" } else { ": " }
}

/// Headings on one line.
fn heading_path(headings: &[String]) -> String {
    headings.iter().map(|heading| on_one_line(heading)).collect::<Vec<_>>().join(" › ")
}

/// The headings on one line, without the first where it is the title, which stands above all.
fn heading_path_below(title: &str, headings: &[String]) -> String {
    let is_title = headings.first().is_some_and(|first| on_one_line(first) == on_one_line(title));
    heading_path(headings.get(usize::from(is_title)..).unwrap_or_default())
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without what XML cannot express, and without other control characters.
fn clean(text: &str) -> String {
    let is_expressed = |character: char| match character {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        other => other >= ' ',
    };
    text.chars().map(|each| if is_expressed(each) { each } else { '\u{FFFD}' }).collect()
}

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod read_back;
#[cfg(test)]
mod sample;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_follows_the_script() {
        let shown = |form| language_tag(Written::Simplified, Script::characters(form));
        assert_eq!(Form::ALL.map(shown), ["zh-Hans", "zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK"]);
        assert_eq!(language_tag(Written::Traditional, Script::AS_WRITTEN), "zh-Hant");
        assert_eq!(language_tag(Written::Mixed, Script::AS_WRITTEN), "zh");
    }
}
