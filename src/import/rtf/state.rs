//! What is set in a group of an RTF, and falls back when the group ends.

use crate::import::raised::Shift;

/// What becomes of the text of a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Destination {
    /// It is read.
    #[default]
    Text,
    /// It is kept apart until its group ends.
    Kept,
    /// It names fonts.
    Fonts,
    /// It names styles.
    Styles,
    /// It says something of the document.
    Info,
    /// It says when the document was made.
    Created,
    /// It says of a form what can be chosen and was.
    Form,
    /// It is part of a drawing or an object, of which only the text in it is read.
    Shape,
    /// It is not for the reader.
    Nowhere,
}

/// What is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing, and any of them go together")]
pub(super) struct State {
    pub(super) destination: Destination,
    /// How many characters stand after each character of Unicode for readers that do not know it (`\uc`).
    pub(super) stand_ins: usize,
    font: Option<i32>,
    /// The font of Chinese, Japanese and Korean, and whether such text follows.
    far_font: Option<i32>,
    far: bool,
    pub(super) hidden: bool,
    /// Whether the text was deleted in tracked changes.
    pub(super) deleted: bool,
    /// Whether a line is drawn through the text.
    pub(super) struck: bool,
    pub(super) shift: Option<Shift>,
    pub(super) paragraph: Paragraph,
}

/// What is set of the paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Paragraph {
    pub(super) style: i32,
    /// Its level in the outline, from 0.
    pub(super) outline: Option<u8>,
    pub(super) in_row: bool,
    /// How deep its list lies, from 0, where the file says it.
    pub(super) depth: Option<u8>,
    /// How far it is indented, in twentieths of a point, and whether its first line begins before the others.
    pub(super) indent: i32,
    pub(super) hangs: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            destination: Destination::Text,
            stand_ins: 1,
            font: None,
            far_font: None,
            far: false,
            hidden: false,
            deleted: false,
            struck: false,
            shift: None,
            paragraph: Paragraph::default(),
        }
    }
}

impl State {
    /// What is set at the beginning of text that stands apart.
    pub(super) fn apart(self) -> Self {
        Self { stand_ins: self.stand_ins, ..Self::default() }
    }

    /// The fonts that the text may be in: the first that is known to be one of Chinese, Japanese or Korean, or the last.
    pub(super) fn fonts(self) -> (Option<i32>, Option<i32>) {
        (self.far_font.filter(|_| self.far), self.font)
    }

    /// Sets what a control word sets.
    pub(super) fn set(&mut self, word: &str, number: Option<i32>) {
        let on = number != Some(0);
        let byte = || number.and_then(|number| u8::try_from(number).ok());
        match word {
            "plain" => {
                *self = Self { paragraph: self.paragraph, destination: self.destination, ..self.apart() }
            }
            "pard" => self.paragraph = Paragraph::default(),
            "uc" => self.stand_ins = byte().unwrap_or(1).into(),
            "f" => self.font = number,
            "af" if self.far => self.far_font = number,
            "dbch" => self.far = true,
            "loch" | "hich" => self.far = false,
            "v" => self.hidden = on,
            "deleted" => self.deleted = on,
            "strike" | "striked" => self.struck = on,
            "super" => self.shift = on.then_some(Shift::Raised),
            "sub" => self.shift = on.then_some(Shift::Lowered),
            "up" => self.shift = is_far(number).then_some(Shift::Raised),
            "dn" => self.shift = is_far(number).then_some(Shift::Lowered),
            "nosupersub" => self.shift = None,
            "s" => self.paragraph.style = number.unwrap_or(0),
            "outlinelevel" => self.paragraph.outline = byte(),
            "intbl" => self.paragraph.in_row = on,
            "ls" => _ = self.paragraph.depth.get_or_insert(0),
            "ilvl" => self.paragraph.depth = byte(),
            "li" => self.paragraph.indent = number.unwrap_or(0),
            "fi" => self.paragraph.hangs = number.is_some_and(|indent| indent < 0),
            _ => {}
        }
    }
}

/// Whether text stands so far above or below its line, in half points, that it is an exponent or an index: what stands
/// nearer is only set right. Where no number is said it is 6.
fn is_far(half_points: Option<i32>) -> bool {
    half_points.unwrap_or(6) >= 4
}
