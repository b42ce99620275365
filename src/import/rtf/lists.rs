//! Lists of an RTF: how deep they lie, and numbers that stand in the text of their items.

use super::state::Paragraph;
use crate::import::counting::After;
use crate::import::numbering::{self, Style};

/// The lists that are open, by how far their items are indented: where the file does not say how deep a list lies, one
/// that is indented farther lies in the one before.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    indents: Vec<i32>,
}

impl Lists {
    /// How deep the list of an item lies, from 0.
    pub(super) fn depth(&mut self, item: Paragraph) -> u8 {
        if let Some(depth) = item.depth {
            return depth;
        }
        self.leave(item.indent);
        if self.indents.last() != Some(&item.indent) {
            self.indents.push(item.indent);
        }
        u8::try_from(self.indents.len() - 1).unwrap_or(u8::MAX)
    }

    /// A paragraph that is indented so: it is in no list that is indented farther, and where it is not indented in none.
    pub(super) fn leave(&mut self, indent: i32) {
        let least = if indent == 0 { i32::MIN } else { indent };
        while self.indents.last().is_some_and(|open| *open > least) {
            self.indents.pop();
        }
    }
}

/// What an item begins with that has this number or sign: of a sign nothing is left.
pub(super) fn label(number: &str) -> String {
    let is_bullet = !number.contains(char::is_alphanumeric);
    if is_bullet { String::new() } else { number.to_owned() + After::Tab.space(number) }
}

/// Longer beginnings are no number, in characters.
const LONGEST: usize = 12;

/// Whether the beginning of a paragraph is the number or the sign of an item, and nothing more.
pub(super) fn is_number(begun: &str) -> bool {
    let inner =
        begun.trim_start_matches(['(', '（', '〔', '[']).trim_end_matches(['.', '．', '、', ')', '）', '〕']);
    let is_whole = inner.chars().all(char::is_alphanumeric)
        || inner.chars().all(|found| found.is_ascii_digit() || found == '.');
    match begun {
        "-" | "–" | "—" | "*" | "·" | "○" | "■" | "□" | "◆" | "◇" | "‣" => true,
        _ => is_whole && begun.chars().count() <= LONGEST && style(begun).is_some_and(numbers_items),
    }
}

/// The style of a number as words after it would have it, in capitals.
fn style(number: &str) -> Option<Style> {
    numbering::parse(&format!("{} 字", number.to_ascii_uppercase())).map(|number| number.style)
}

fn numbers_items(style: Style) -> bool {
    style.may_be_item() && !matches!(style, Style::Bare | Style::Note | Style::Annex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        for number in ["1.", "a.", "iv)", "（一）", "（1）", "①", "一、", "1.2", "-", "–"] {
            assert!(is_number(number), "{number}");
        }
        for words in ["", "1", "水經", "1.水經、", "1.（水經）", "第一條", "附件", "[1]", "甲", "2025"]
        {
            assert!(!is_number(words), "{words}");
        }
    }

    #[test]
    fn lists_that_are_indented_farther_lie_deeper() {
        let mut lists = Lists::default();
        let depths = [(None, 360), (None, 720), (None, 1440), (None, 720), (Some(4), 90), (None, 1080)]
            .map(|(depth, indent)| lists.depth(Paragraph { depth, indent, ..Paragraph::default() }));
        assert_eq!(depths, [0, 1, 2, 1, 4, 2]);
        lists.leave(360);
        assert_eq!(lists.depth(Paragraph { indent: 400, ..Paragraph::default() }), 1);
        lists.leave(0);
        assert_eq!(lists.depth(Paragraph { indent: 720, ..Paragraph::default() }), 0);
    }
}
