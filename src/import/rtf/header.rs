//! What an RTF says before its text: its code page, its fonts and styles, its title and author.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::letters::{self, Font};
use crate::document::{BlockKind, Field, Metadata};
use crate::import::style_names;

/// A style that builds on more others than this is taken as it is.
pub(super) const MOST_BASES: usize = 32;

/// What is said before the text.
#[derive(Debug)]
pub(super) struct Header {
    /// The encoding of bytes of which nothing else is said, and whether the file or the reader says so.
    pub(super) encoding: &'static Encoding,
    is_told: bool,
    fonts: BTreeMap<i32, Font>,
    /// The font that is being named, and the one of text of which nothing is said.
    font: i32,
    usual_font: Option<i32>,
    styles: BTreeMap<i32, Style>,
    /// The style that is being named.
    style: (i32, Style),
    pub(super) metadata: Metadata,
    /// When the document was made: year, month, day.
    created: [Option<u32>; 3],
}

/// A style of paragraphs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Style {
    /// In small letters.
    name: String,
    outline: Option<u8>,
    base: Option<i32>,
    /// Whether it is one of characters or tables.
    is_other: bool,
}

impl Header {
    /// Of which nothing is known, but perhaps the encoding that the reader chose.
    pub(super) fn new(chosen: Option<&'static Encoding>) -> Self {
        Self {
            encoding: chosen.unwrap_or(WINDOWS_1252),
            is_told: chosen.is_some(),
            fonts: BTreeMap::new(),
            font: 0,
            usual_font: None,
            styles: BTreeMap::new(),
            style: (0, Style::default()),
            metadata: Metadata::default(),
            created: [None; 3],
        }
    }

    /// Takes up what a control word says of the whole document.
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        let page = match (word, number) {
            ("ansicpg", Some(page)) => u32::try_from(page).ok(),
            ("mac", _) => Some(10_000),
            // The language of most of the text: People's Republic of China, Taiwan, Hong Kong, Macao, Singapore.
            ("deflang" | "deflangfe", Some(2052 | 4100)) => Some(936),
            ("deflang" | "deflangfe", Some(1028 | 3076 | 5124)) => Some(950),
            ("deff", font) => return self.usual_font = font,
            _ => None,
        };
        if let Some(encoding) = page.and_then(letters::encoding).filter(|_| !self.is_told) {
            (self.encoding, self.is_told) = (encoding, word == "ansicpg");
        }
    }

    // ---- Fonts ------------------------------------------------------------------------------------------

    /// Takes up what a control word says of a font.
    pub(super) fn word_of_font(&mut self, word: &str, number: Option<i32>) {
        let number = number.unwrap_or(0);
        match word {
            "f" => self.font = number,
            "fcharset" => self.fonts.entry(self.font).or_default().page = letters::page_of_charset(number),
            "cpg" => self.fonts.entry(self.font).or_default().page = u32::try_from(number).ok(),
            _ => {}
        }
    }

    /// Takes up the name of a font, or a part of it.
    pub(super) fn name_font(&mut self, text: &str) {
        let part = text.split(';').next().unwrap_or_default();
        self.fonts.entry(self.font).or_default().name.push_str(part);
    }

    /// The font of text: the first one where it is one of Chinese, Japanese or Korean, or else the second.
    pub(super) fn font(&self, (far, own): (Option<i32>, Option<i32>)) -> Option<&Font> {
        let is_far = |font: &&Font| matches!(font.page, Some(932 | 936 | 949 | 950));
        let far = far.and_then(|font| self.fonts.get(&font)).filter(is_far);
        far.or_else(|| self.fonts.get(&own.or(self.usual_font)?))
    }

    // ---- Styles -----------------------------------------------------------------------------------------

    /// Takes up what a control word says of a style.
    pub(super) fn word_of_style(&mut self, word: &str, number: Option<i32>) {
        let (id, style) = &mut self.style;
        match word {
            "s" => *id = number.unwrap_or(0),
            "cs" | "ds" | "ts" => style.is_other = true,
            "outlinelevel" => style.outline = number.and_then(|level| u8::try_from(level).ok()),
            "sbasedon" => style.base = number,
            _ => {}
        }
    }

    /// A style is said to have that name, and nothing more is said of it.
    pub(super) fn name_style(&mut self, name: &str) {
        let (id, mut style) = std::mem::take(&mut self.style);
        style.name = name.trim().trim_end_matches(';').trim().to_lowercase();
        if !style.is_other {
            self.styles.insert(id, style);
        }
    }

    /// Whether paragraphs of that style are what pictures and tables are called.
    pub(super) fn is_caption(&self, style: i32) -> bool {
        self.styles.get(&style).is_some_and(|style| style_names::is_caption(&[style.name.as_str()]))
    }

    /// What a paragraph is that has this style and level in the outline, and whether it is a line of a table of contents.
    pub(super) fn kind(&self, style: i32, outline: Option<u8>) -> (BlockKind, bool) {
        let mut names = Vec::new();
        let mut outline = outline;
        let mut next = Some(style);
        while let Some(style) = next.filter(|_| names.len() < MOST_BASES).and_then(|id| self.styles.get(&id))
        {
            names.push(style.name.as_str());
            outline = outline.or(style.outline);
            // The usual style names itself in some files.
            next = style.base.filter(|base| Some(*base) != next);
        }
        let contents = names.first().is_some_and(|name| style_names::is_contents(name));
        (style_names::kind(&names, outline), contents)
    }

    // ---- What it says of itself -------------------------------------------------------------------------

    /// Takes up a part of when the document was made.
    pub(super) fn word_of_date(&mut self, word: &str, number: Option<i32>) {
        let [year, month, day] = &mut self.created;
        let part = match word {
            "yr" => year,
            "mo" => month,
            "dy" => day,
            _ => return,
        };
        *part = number.and_then(|number| u32::try_from(number).ok());
    }

    /// What the document says of itself.
    pub(super) fn metadata(&self) -> Metadata {
        let created = match self.created {
            [Some(year), Some(month @ 1..=12), Some(day @ 1..=31)] => {
                field(&format!("{year:04}-{month:02}-{day:02}"))
            }
            _ => None,
        };
        Metadata { created, ..self.metadata.clone() }
    }
}

/// What is said, if anything.
pub(super) fn field(said: &str) -> Option<Field> {
    let value = said.trim();
    (!value.is_empty()).then(|| Field { value: value.to_owned(), span: None })
}
