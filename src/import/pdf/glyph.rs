//! What a page shows: its glyphs, each with its place.

use std::rc::Rc;

use super::tags::Tag;
use crate::import::Limit;

/// One page as it was drawn.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct DrawnPage {
    /// Its width, in points.
    pub(super) width: f32,
    /// Its height, in points.
    pub(super) height: f32,
    /// Its glyphs, in the order in which they were drawn.
    pub(super) glyphs: Vec<Glyph>,
    /// The lines that it draws: edges of tables, underlines.
    pub(super) rules: Vec<Rule>,
    /// The boxes that it fills with a colour.
    pub(super) grounds: Vec<Rule>,
    /// Whether its tags are followed.
    pub(super) tagged: bool,
    /// How many pictures it shows.
    pub(super) pictures: u32,
    /// What of it was not read.
    pub(super) gaps: Gaps,
}

/// What of a page was not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Gaps {
    /// Whether some of its content cannot be unpacked.
    pub(super) content: bool,
    /// Whether it shows text in a font that cannot be read.
    pub(super) text: bool,
    /// What it asks too much of.
    pub(super) beyond: Option<Limit>,
}

/// A line from left to right or from top to bottom, or the edge of a box.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Rule {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

/// One glyph. Places are in points from the upper left corner of the page; y grows downwards.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Glyph {
    /// What it says: one character, or several (a ligature), or U+FFFD where the file does not tell.
    pub(super) text: Rc<str>,
    /// Where it begins on its baseline.
    pub(super) x: f32,
    /// The height of its baseline.
    pub(super) y: f32,
    /// How far it reaches along its line, in points.
    pub(super) width: f32,
    /// The size of its font, in points.
    pub(super) size: f32,
    /// The direction in which its line runs.
    pub(super) turn: Turn,
    /// How far it stands below its line, or above where less than nothing: a sign beside a letter, found by
    /// [`super::signs::settle`].
    pub(super) shift: f32,
    /// What is set above or beside it to say how it is read, found by [`super::ruby::settle`].
    pub(super) reading: Option<Rc<str>>,
    /// How it looks and what the file says of it.
    pub(super) look: Look,
}

/// The direction in which a line of glyphs runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(super) enum Turn {
    /// To the right.
    #[default]
    Right,
    /// Downwards: vertical writing, or a line turned to the right.
    Down,
    /// To the left, upside down.
    Left,
    /// Upwards: a line turned to the left.
    Up,
    /// Aslant: a stamp or a watermark.
    Slanting,
}

/// How a glyph looks, and what the file says of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Look {
    /// Whether its font is bold.
    pub(super) bold: bool,
    /// Whether all glyphs of its font have one width, as in listings.
    pub(super) fixed: bool,
    /// Its font, counted through the file.
    pub(super) face: u16,
    /// Whether it is written vertically.
    pub(super) vertical: bool,
    /// Whether the file says that it belongs to the text.
    pub(super) standing: Standing,
    /// Where it belongs by the tags of the file.
    pub(super) tag: Option<Tag>,
    /// The number of the link that lies over it.
    pub(super) link: Option<u32>,
    /// The number of the set of remarks that lie over it.
    pub(super) remarks: Option<u32>,
}

/// Whether something on a page belongs to its text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) enum Standing {
    /// As far as the file says.
    #[default]
    Text,
    /// The file marks it as no part of the text: a running head, a page number.
    Artifact,
    /// Nobody sees it: it belongs to a layer that is switched off, or lies outside of the page.
    Hidden,
}

impl Turn {
    /// The direction of a line that runs along (`x`, `y`), with y growing downwards.
    pub(super) fn along(x: f64, y: f64) -> Self {
        let (longer, shorter) = (x.abs().max(y.abs()), x.abs().min(y.abs()));
        if shorter > longer * 0.1 {
            return Self::Slanting;
        }
        match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
            (true, true, _) => Self::Right,
            (true, false, _) => Self::Left,
            (false, _, true) => Self::Down,
            (false, _, false) => Self::Up,
        }
    }
}

impl Glyph {
    /// The height of the line that it belongs to.
    pub(super) fn line(&self) -> f32 {
        self.y - self.shift
    }

    /// Whether it was found to stand above or below its line.
    pub(super) fn is_sign(&self) -> bool {
        self.shift != 0.0
    }

    /// Whether it shows nothing.
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}
