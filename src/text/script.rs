//! The scripts a text can be shown in.

use serde::{Deserialize, Serialize};

use super::Written;

/// The forms of the characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Form {
    /// As the document has it.
    #[default]
    AsWritten,
    /// 简体: the characters of the mainland.
    Simplified,
    /// 繁體: Traditional characters in OpenCC's own standard, tied to no region.
    Traditional,
    /// 臺灣: Traditional characters in Taiwan's standard forms.
    Taiwan,
    /// 香港: Traditional characters in Hong Kong's standard forms.
    HongKong,
}

impl Form {
    /// Every form, in the order in which the interface offers them.
    pub const ALL: [Form; 5] =
        [Form::AsWritten, Form::Simplified, Form::Traditional, Form::Taiwan, Form::HongKong];
}

/// The script a text is shown in: the forms of the characters, and whether words follow the region too
/// (网络 and 網路, 信息 and 資訊).
///
/// A script is a way of looking: the source is never rewritten.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Script {
    /// The forms of the characters.
    pub form: Form,
    /// Whether words are exchanged for those of the region; means nothing for [`Form::AsWritten`] and
    /// [`Form::Traditional`], which belong to no region.
    pub regional_words: bool,
}

impl Script {
    /// As the document has it.
    pub const AS_WRITTEN: Script = Script { form: Form::AsWritten, regional_words: false };

    /// The characters of `form`, the words as written.
    pub const fn characters(form: Form) -> Self {
        Self { form, regional_words: false }
    }

    /// The characters and the words of `form`'s region.
    pub const fn words(form: Form) -> Self {
        Self { form, regional_words: true }
    }
}

/// The region whose glyph shapes a text is drawn with: one code point has a form of its own in each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Glyphs {
    /// The mainland's shapes.
    #[default]
    Simplified,
    /// Taiwan's shapes, also used for Traditional text of no region.
    Taiwan,
    /// Hong Kong's shapes.
    HongKong,
}

impl Glyphs {
    /// The shapes for a text written in `written` and shown in `script`.
    pub fn for_text(written: Written, script: Script) -> Self {
        match (script.form, written) {
            (Form::HongKong, _) => Self::HongKong,
            (Form::Taiwan | Form::Traditional, _) | (Form::AsWritten, Written::Traditional) => Self::Taiwan,
            (Form::Simplified | Form::AsWritten, _) => Self::Simplified,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_a_text_with_the_shapes_of_its_script() {
        let check = |written, form, expected| {
            assert_eq!(Glyphs::for_text(written, Script::characters(form)), expected);
        };
        check(Written::Traditional, Form::AsWritten, Glyphs::Taiwan);
        check(Written::Simplified, Form::AsWritten, Glyphs::Simplified);
        check(Written::Traditional, Form::Simplified, Glyphs::Simplified);
        check(Written::Simplified, Form::HongKong, Glyphs::HongKong);
        check(Written::Simplified, Form::Traditional, Glyphs::Taiwan);
    }
}
