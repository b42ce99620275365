//! What the reader has chosen for the program, and what is restored at the next start.

use serde::{Deserialize, Serialize};

use super::{Place, VersionPolicy, within};
use crate::export::citation::CitationStyle;
use crate::text::{Glyphs, Script};

/// What the reader has chosen for the whole program.
///
/// Every field has a default, so that a file of an earlier version is read.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own, kept under its own name")]
pub struct Settings {
    /// The colours of the window.
    pub theme: Theme,
    /// The language of the interface; `None` follows the system.
    pub language: Option<Language>,
    /// The size of the text, in points.
    pub text_size: f32,
    /// The most characters of a line: the width of the column, in widths of a Han character.
    pub column_width: f32,
    /// The distance of lines, in text sizes.
    pub line_height: f32,
    /// Whether paragraphs begin with an indent of two characters.
    pub first_line_indent: bool,
    /// Whether blocks that were set aside are shown, dimmed.
    pub show_asides: bool,
    /// The script in which a document is first shown.
    pub script: Script,
    /// Whether finding passes over punctuation and white space.
    pub find_ignores_punctuation: bool,
    /// The font families the reader chose; where none is chosen, the system's best one or the built-in
    /// one is used.
    pub fonts: FontChoices,
    /// Whether the outline stands at the left.
    pub outline_open: bool,
    /// Whether the notes stand at the right.
    pub notes_open: bool,
    /// How the notes of all documents are shown.
    pub all_notes: super::AllNotesSettings,
    /// The style in which documents are cited.
    pub citation_style: CitationStyle,
    /// How many earlier versions of notes are kept, and how long.
    pub versions: VersionPolicy,
    /// The size of the window when it was last changed.
    pub window: Option<WindowSize>,
    /// How notes were last exported.
    pub export: super::ExportChoices,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            language: None,
            text_size: 19.0,
            column_width: 38.0,
            line_height: 1.75,
            first_line_indent: true,
            show_asides: false,
            script: Script::AS_WRITTEN,
            find_ignores_punctuation: true,
            fonts: FontChoices::default(),
            outline_open: true,
            notes_open: true,
            all_notes: super::AllNotesSettings::default(),
            citation_style: CitationStyle::default(),
            versions: VersionPolicy::default(),
            window: None,
            export: super::ExportChoices::default(),
        }
    }
}

impl Settings {
    /// The smallest and the largest size of the text, in points.
    pub const TEXT_SIZES: std::ops::RangeInclusive<f32> = 10.0..=60.0;
    /// The narrowest and the widest column, in characters.
    pub const COLUMN_WIDTHS: std::ops::RangeInclusive<f32> = 16.0..=80.0;
    /// The closest and the widest lines, in text sizes.
    pub const LINE_HEIGHTS: std::ops::RangeInclusive<f32> = 1.2..=3.0;

    /// With which text can be read, whatever somebody has written into the file.
    #[must_use]
    pub(super) fn within_bounds(mut self) -> Self {
        self.text_size = within(self.text_size, &Self::TEXT_SIZES);
        self.column_width = within(self.column_width, &Self::COLUMN_WIDTHS);
        self.line_height = within(self.line_height, &Self::LINE_HEIGHTS);
        self
    }
}

/// The size of the window.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct WindowSize {
    /// From the left to the right of its inside, in points.
    pub width: f32,
    /// From the top to the bottom of its inside, in points.
    pub height: f32,
    /// Whether it fills the screen; width and height are then those before.
    pub maximized: bool,
}

/// The font families the reader chose, by name, one for each region's shapes.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FontChoices {
    /// For Simplified text.
    pub simplified: Option<String>,
    /// For Traditional text and Taiwan's.
    pub taiwan: Option<String>,
    /// For Hong Kong's.
    pub hong_kong: Option<String>,
}

impl FontChoices {
    /// The family chosen for a region's shapes.
    pub fn family(&self, glyphs: Glyphs) -> Option<&str> {
        match glyphs {
            Glyphs::Simplified => self.simplified.as_deref(),
            Glyphs::Taiwan => self.taiwan.as_deref(),
            Glyphs::HongKong => self.hong_kong.as_deref(),
        }
    }
}

/// The colours of the window.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Theme {
    /// Light or dark, as the system has it.
    #[default]
    System,
    /// Black on white.
    Light,
    /// Light grey on nearly black.
    Dark,
    /// Brown on cream, like a printed page.
    Paper,
}

/// The languages of the interface.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Language {
    /// English.
    English,
    /// 简体中文.
    Simplified,
    /// 繁體中文.
    Traditional,
}

/// What is restored at the next start.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Restored {
    /// What the reader has chosen.
    pub settings: Settings,
    /// The open documents, in the order of their tabs.
    pub tabs: Vec<RestoredTab>,
    /// Which of them was in front, counted from 0.
    pub active: usize,
    /// The open comparisons, in the order of their tabs.
    pub comparisons: Vec<super::RestoredComparison>,
    /// Which of them was in front, counted from 0; `None` where a document was.
    pub compared: Option<usize>,
    /// The documents last opened, the newest first.
    pub recent: Vec<Place>,
    /// Documents that have changed, and of which text of them it was told where the notes are.
    pub told_texts: super::ToldTexts,
    /// Corrections for all documents.
    pub corrections: crate::text::Corrections,
    /// What was done to the notes of all documents and can be undone. It has a file of its own.
    #[serde(skip)]
    pub steps: super::StepsEverywhere,
}

/// One open document, to be opened again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RestoredTab {
    /// Where it is read from.
    pub place: Place,
    /// The script it was shown in.
    pub script: Script,
    /// The position of the first character in sight, in bytes of the document's text.
    pub position: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_can_be_read_whatever_stands_in_the_file() {
        let check = |text_size, column_width, line_height, expected| {
            let settings = Settings { text_size, column_width, line_height, ..Settings::default() };
            let Settings { text_size, column_width, line_height, .. } = settings.within_bounds();
            assert_eq!((text_size, column_width, line_height), expected);
        };
        check(19.0, 38.0, 1.75, (19.0, 38.0, 1.75));
        check(0.0, 1240.0, 768.0, (10.0, 80.0, 3.0));
        check(f32::INFINITY, -1.0, f32::NAN, (10.0, 16.0, 1.2));
    }
}
