//! The marks of notes: how they are written, where a note begins with one and where the text has one.

use std::ops::Range;

use crate::import::{characters, raised};
use crate::text::number_at_start;

/// How the mark of a note is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Form {
    /// Raised, or a sign that stands for itself: ¹, ①, *.
    Sign,
    /// In square brackets: `[1]`.
    Bracketed,
    /// Called a note: 注1, （註1）.
    Called,
    /// A number on the line, and nothing else.
    Bare,
}

/// The mark that a note begins with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Mark {
    /// Where it ends, in bytes of the first line.
    pub(super) end: usize,
    pub(super) form: Form,
}

/// Raised digits that are characters of their own.
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/// What a note is called in its mark.
const CALLED: [char; 2] = ['注', '註'];
/// What goes before that where it is a word of the text: 附注1.
const WORDS: &str = "備备附批";
/// What a number behind it counts; it is no mark.
const COUNTED: &str = "第圖图表式例卷冊册頁页章篇節节條条款項项號号年月日版級级類类附注註至到約约共";
/// The longest mark, in characters, and how many digits a bare one has at most.
const LONGEST: usize = 6;
const MOST_DIGITS: usize = 2;

/// The mark that a note begins with, as its first line and what stands raised in it say.
pub(super) fn of_note(text: &str, raised: &[Range<usize>]) -> Option<Mark> {
    let raised = raised.first().filter(|raised| raised.start == 0);
    let raised = raised.map(|raised| Mark { end: raised.end, form: Form::Sign });
    let found = raised.or_else(|| plain(text))?;
    let mark = text.get(..found.end)?;
    (mark.chars().count() <= LONGEST && !letters(mark).is_empty()).then_some(found)
}

/// What a mark says, without brackets around it and with plain digits.
pub(super) fn letters(mark: &str) -> String {
    let inner =
        mark.trim_matches(|found: char| found.is_whitespace() || "[]［］()（）〔〕.．、：:".contains(found));
    let said = inner.chars().filter(|found| !found.is_whitespace()).map(raised::plain);
    said.map(|found| if found == '註' { '注' } else { found }).collect()
}

/// The number that a mark counts by what it says.
pub(super) fn number(says: &str) -> Option<u32> {
    let digits = says.trim_start_matches(CALLED).trim_start();
    match digits.chars().next().filter(|first| is_ringed(*first)) {
        Some(ringed) => Some(u32::from(ringed) - u32::from('①') + 1),
        None => number_at_start(digits).filter(|(_, rest)| rest.is_empty()).map(|(value, _)| value),
    }
}

/// Whether `character` is a raised digit.
pub(super) fn is_raised_digit(character: char) -> bool {
    RAISED.contains(character)
}

/// A sign that counts notes by itself, or items.
fn is_ringed(character: char) -> bool {
    matches!(character, '\u{2460}'..='\u{2473}')
}

/// The mark of a note that is not raised: `[1]`, 注1, ①, * or †, or a bare number and a space.
fn plain(text: &str) -> Option<Mark> {
    let first = text.chars().next()?;
    let mark = |rest: &str, form: Form| Some(Mark { end: text.len() - rest.len(), form });
    if is_raised_digit(first) {
        return mark(text.trim_start_matches(is_raised_digit), Form::Sign);
    }
    if is_ringed(first) || matches!(first, '*' | '†' | '‡' | '※') {
        return mark(text.trim_start_matches(first), Form::Sign);
    }
    if let Some(rest) = after_called(text) {
        return mark(rest.strip_prefix(['：', ':', '.', '．', '、']).unwrap_or(rest), Form::Called);
    }
    if let Some(rest) = after_bracketed(text) {
        return mark(rest, Form::Bracketed);
    }
    let (value, rest) = number_at_start(text).filter(|(value, _)| *value > 0 && first.is_ascii_digit())?;
    // Fonts have raised digits too, which look small to the eye alone.
    if value < 100 && rest.starts_with(characters::is_han) {
        return mark(rest, Form::Bare);
    }
    mark(rest.strip_prefix([' ', '\u{3000}']).filter(|_| value < 200)?, Form::Bare)
}

/// What follows a number in square brackets, if a text begins with one.
fn after_bracketed(text: &str) -> Option<&str> {
    let (_, rest) = number_at_start(text.strip_prefix(['[', '［', '〔'])?)
        .filter(|(value, _)| (1..1000).contains(value))?;
    rest.strip_prefix([']', '］', '〕'])
}

/// What follows a mark that calls itself a note, if a text begins with one: 注1, （註1）.
fn after_called(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['（', '(', '[', '［', '〔']);
    let number = inner.unwrap_or(text).strip_prefix(CALLED)?.trim_start_matches(' ');
    let rest = number.trim_start_matches(|found: char| found.is_ascii_digit() || is_ringed(found));
    let digits = number.get(..number.len() - rest.len()).unwrap_or_default();
    let has_number = (1..=3).contains(&digits.chars().count());
    let rest = if inner.is_some() { rest.strip_prefix(['）', ')', ']', '］', '〕'])? } else { rest };
    has_number.then_some(rest)
}

// ---- In the text ----------------------------------------------------------------------------------------

/// The places of what may be the mark of a note in a text though it does not stand raised there.
pub(super) fn in_text(text: &str) -> Vec<(Range<usize>, Form)> {
    let mut marks: Vec<(Range<usize>, Form)> = Vec::new();
    for (start, first) in text.char_indices() {
        let is_free = marks.last().is_none_or(|(last, _)| last.end <= start);
        let found = if is_free { text.split_at_checked(start) } else { None };
        let mark = found.and_then(|(before, rest)| mark_at(before.chars().next_back(), first, rest));
        marks.extend(mark.map(|(length, form)| (start..start + length, form)));
    }
    marks
}

/// The length and the form of the mark that begins with `first`, behind `before`.
fn mark_at(before: Option<char>, first: char, rest: &str) -> Option<(usize, Form)> {
    let until = |after: &str, form: Form| Some((rest.len() - after.len(), form));
    if is_raised_digit(first) {
        return until(rest.trim_start_matches(is_raised_digit), Form::Sign);
    }
    if is_ringed(first) {
        return Some((first.len_utf8(), Form::Sign));
    }
    // What a line begins with is the number of an item.
    let before = before?;
    if let Some(after) = after_called(rest).filter(|_| !WORDS.contains(before)) {
        return until(after, Form::Called);
    }
    if let Some(after) = after_bracketed(rest) {
        return until(after, Form::Bracketed);
    }
    let follows = characters::is_han(before) && !COUNTED.contains(before) || characters::closes(before);
    // Of figures without end no more is read than tells that they are none.
    let digits = rest.chars().take(MOST_DIGITS + 1).take_while(char::is_ascii_digit).count();
    let ends = rest.chars().nth(digits).is_none_or(ends_clause);
    (follows && ends && (1..=MOST_DIGITS).contains(&digits) && first != '0').then_some((digits, Form::Bare))
}

/// Whether a mark may stand before it at the end of words.
fn ends_clause(character: char) -> bool {
    characters::ends_sentence(character) || characters::closes(character) || "，、".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_begin_with_marks_of_many_forms() {
        let check = |text: &str, expected: Option<(&str, &str, Form)>| {
            let found = of_note(text, &[]).map(|mark| (text.split_at(mark.end), mark.form));
            let found = found.map(|((mark, rest), form)| (letters(mark), rest, form));
            assert_eq!(found, expected.map(|(mark, rest, form)| (mark.to_owned(), rest, form)), "{text}");
        };
        check("①見村志。", Some(("①", "見村志。", Form::Sign)));
        check("¹²見村志。", Some(("12", "見村志。", Form::Sign)));
        check("[3] 見村志。", Some(("3", " 見村志。", Form::Bracketed)));
        check("〔十二〕見村志。", Some(("十二", "見村志。", Form::Bracketed)));
        check("注2：見村志。", Some(("注2", "見村志。", Form::Called)));
        check("（註 ②）見村志。", Some(("注②", "見村志。", Form::Called)));
        check("7 見村志。", Some(("7", "見村志。", Form::Bare)));
        check("7見村志。", Some(("7", "見村志。", Form::Bare)));
        check("注意火燭。", None);
        check("（注1見村志。", None);
        check("300 見村志。", None);
        check("一 見村志。", None);
        check("2025。", None);
    }

    #[test]
    fn a_text_has_marks_that_are_not_raised() {
        let check = |text: &str, expected: &[(&str, Form)]| {
            let found: Vec<(&str, Form)> =
                in_text(text).into_iter().map(|(place, form)| (text.get(place).unwrap(), form)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("磨坊①，水渠¹²。", &[("①", Form::Sign), ("¹²", Form::Sign)]);
        check("磨坊[1]，水渠［2］。", &[("[1]", Form::Bracketed), ("［2］", Form::Bracketed)]);
        check("磨坊（注1），水渠註2。", &[("（注1）", Form::Called), ("註2", Form::Called)]);
        check("磨坊1，「水渠」2", &[("1", Form::Bare), ("2", Form::Bare)]);
        check("[1] 村東；1，2", &[]);
        check("見圖1，附注2，第3，有123，到4人，約5.", &[]);
    }
}
