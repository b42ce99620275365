//! A text as lines.

use super::characters;
use crate::document::RepairKind;
use crate::text::{Span, saturate};

/// One line that is not blank.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Line {
    /// What is written on it, without white space at either end.
    pub(super) content: Span,
    /// Where the line itself begins.
    pub(super) start: u32,
    /// The width of the content, in columns.
    pub(super) columns: u32,
    /// The width of the white space before the content, in columns.
    pub(super) indent: u16,
    /// Whether there is a blank line before it.
    pub(super) after_blank: bool,
    /// What joins it to the line before; `None` where it begins a passage.
    pub(super) joined: Option<RepairKind>,
}

/// The lines of `text` that are not blank. Lines end with LF, CR or both.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(text.len() / 128);
    let mut after_blank = false;
    let mut start = 0;
    let mut last_was_return = false;
    let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]);
    for end in ends {
        let between_return_and_feed =
            last_was_return && end == start && text.as_bytes().get(end) == Some(&b'\n');
        match line(text, start, end, after_blank) {
            Some(line) => {
                lines.push(line);
                after_blank = false;
            }
            None => after_blank |= !between_return_and_feed,
        }
        last_was_return = text.as_bytes().get(end) == Some(&b'\r');
        start = end + 1;
    }
    lines
}

fn line(text: &str, start: usize, end: usize, after_blank: bool) -> Option<Line> {
    let raw = text.get(start..end)?;
    let content = raw.trim_start();
    let before = raw.len() - content.len();
    let content = content.trim_end();
    if content.is_empty() {
        return None;
    }
    let indent = raw.chars().take_while(|found| found.is_whitespace()).map(indent_of).sum::<usize>();
    Some(Line {
        content: Span::from_length(saturate(start + before), saturate(content.len())),
        start: saturate(start),
        columns: saturate(characters::columns(content)),
        indent: u16::try_from(indent).unwrap_or(u16::MAX),
        after_blank,
        joined: None,
    })
}

fn indent_of(space: char) -> usize {
    match space {
        '\t' => 4,
        wide if characters::is_wide(wide) => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_remembered_and_every_line_end_known() {
        let check = |text: &str, expected: &[(&str, u16, bool)]| {
            let found: Vec<_> = lines(text)
                .iter()
                .map(|line| (line.content.of(text).unwrap(), line.indent, line.after_blank))
                .collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check("甲\n乙", &[("甲", 0, false), ("乙", 0, false)]);
        check("甲\r\n乙\r丙", &[("甲", 0, false), ("乙", 0, false), ("丙", 0, false)]);
        check("甲\r\n\r\n　　乙 \r\n", &[("甲", 0, false), ("乙", 4, true)]);
        check("\n\n  ", &[]);
    }
}
