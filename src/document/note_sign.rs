//! The signs of notes, such as `[1]`, ① and *: they count the notes and are no words of the text.

use std::cmp::Reverse;

use super::{BlockKind, Document};
use crate::text::Span;

impl Document {
    /// The signs in a stretch of the text, in order: those that lead to a note, those that notes begin with, and numbers in
    /// square brackets, which one file ties to a note and another does not. Words that a note explains are no sign of it.
    pub(super) fn note_signs_in(&self, span: Span) -> Vec<Span> {
        let is_sign = |mark: &Span| span.contains(*mark) && mark.of(&self.text).is_some_and(is_sign);
        let mut signs: Vec<Span> = self.marks_in(span).iter().map(|link| link.mark).filter(is_sign).collect();
        let first = self.blocks.partition_point(|block| block.span.start() < span.start());
        let within = self.blocks.iter().skip(first).take_while(|block| block.span.end() <= span.end());
        signs.extend(within.filter(|block| block.kind == BlockKind::Footnote).filter_map(|note| {
            let length = own_sign(note.span.of(&self.text)?)?;
            Some(Span::from_length(note.span.start(), length))
        }));
        let text = span.of(&self.text).unwrap_or_default();
        signs.extend(bracketed(text).map(|sign| sign.moved_right(span.start())));
        // A note's own sign is found twice, the longer time with the space after it.
        signs.sort_unstable_by_key(|sign| (sign.start(), Reverse(sign.end())));
        signs.dedup_by_key(|sign| sign.start());
        signs
    }
}

/// The numbers in square brackets inside a text, such as `[12]`. One that the text begins with may be that of an entry in a
/// list.
fn bracketed(text: &str) -> impl Iterator<Item = Span> + '_ {
    let inner = text.match_indices(['[', '［', '〔']).filter(|(at, _)| *at > 0);
    inner.filter_map(|(at, opening)| {
        let after = text.get(at + opening.len()..)?;
        let rest = after.trim_start_matches(|found: char| found.is_ascii_digit());
        let figures = after.len() - rest.len();
        let closing = rest.chars().next().filter(|found| "]］〕".contains(*found))?;
        let end = at + opening.len() + figures + closing.len_utf8();
        (1..=MOST).contains(&figures).then(|| Span::from_range(&(at..end)))
    })
}

/// What stands around the number of a note.
const BRACKETS: &str = "[]［］〔〕【】()（）^";

/// A sign has so many figures, stars or daggers at most: 1024 is a year or a quantity.
const MOST: usize = 3;

fn is_sign(mark: &str) -> bool {
    let mark = mark.trim();
    let bare = mark.trim_matches(|found: char| BRACKETS.contains(found));
    let number = bare.trim_start_matches(['注', '註']).trim();
    let is_bracketed = bare.len() < mark.len();
    let is_lettered = is_bracketed && number.chars().count() == 1;
    let counts = |found: char| {
        is_bare_sign(found)
            || found.is_numeric()
            || (is_bracketed && "一二三四五六七八九十".contains(found))
            || (is_lettered && found.is_ascii_alphabetic())
    };
    let says_note = number.len() < bare.len();
    (says_note || !number.is_empty()) && number.chars().count() <= MOST && number.chars().all(counts)
}

/// What needs no brackets to be a sign at the beginning of a note: ①, ¹, *.
fn is_bare_sign(character: char) -> bool {
    matches!(character, '①'..='⓿' | '❶'..='➓' | '⁰' | '¹' | '²' | '³' | '⁴'..='⁹')
        || "*＊†‡※§".contains(character)
}

/// How many bytes of a note are the sign that it begins with, with the space after it.
fn own_sign(note: &str) -> Option<u32> {
    let text = note.trim_start();
    let end = match text.chars().next()? {
        opening if BRACKETS.contains(opening) => {
            let mut inner = text.char_indices().skip(1).take(MOST + 2);
            let (at, closing) = inner.find(|(_, found)| BRACKETS.contains(*found))?;
            at + closing.len_utf8()
        }
        bare if is_bare_sign(bare) => text.len() - text.trim_start_matches(is_bare_sign).len(),
        _ => numbered(text)?,
    };
    let (_, rest) = text.split_at_checked(end).filter(|(sign, _)| is_sign(sign))?;
    Some(crate::text::saturate(note.len() - rest.trim_start().len()))
}

/// The end of a bare number with what parts it from the words of the note: `1 `, `1. `, `1、`. A measure (3.5 公里) is none.
fn numbered(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(|found: char| found.is_ascii_digit());
    let mut after = rest.chars();
    let is_parted = match after.next()? {
        '.' => !after.next()?.is_ascii_digit(),
        parting => parting.is_whitespace() || "．、".contains(parting),
    };
    is_parted.then_some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::super::{Block, BlockIndex, FootnoteLink, Parts};
    use super::*;

    /// The text stands in two blocks, a paragraph and a note; `⟦⟧` stand around the mark that is tied to the note.
    fn check(marked: &str, note: &str, expected: [&str; 2]) {
        let mark = |sign: char| marked.find(sign).map(crate::text::saturate).unwrap();
        let mark = Span::new(mark('⟦'), mark('⟧') - 3);
        let words = marked.replace(['⟦', '⟧'], "");
        let spans = [
            Span::whole(&words),
            Span::new(crate::text::saturate(words.len()), crate::text::saturate(words.len() + note.len())),
        ];
        let kinds = [BlockKind::Paragraph, BlockKind::Footnote];
        let blocks = spans.into_iter().zip(kinds).map(|(span, kind)| Block { span, kind, boxed: false });
        let parts = Parts {
            text: format!("{words}{note}").into(),
            blocks: blocks.collect(),
            footnotes: vec![FootnoteLink { mark, note: BlockIndex::new(1) }],
            ..Parts::default()
        };
        let document = Document::new(parts).unwrap();
        let read = spans.map(|span| document.reading_without_signs(span).unwrap().text.into_owned());
        assert_eq!(read, expected);
        assert_eq!(
            document.reading_without_signs(Span::whole(document.text())).unwrap().text,
            expected.concat()
        );
    }

    #[test]
    fn the_signs_of_notes_are_left_out() {
        check("渡口⟦[1]⟧开航。", "[1] 见船志。", ["渡口开航。", "见船志。"]);
        check("渡口⟦①⟧开航。", "①见船志。", ["渡口开航。", "见船志。"]);
        check("渡口⟦〔一〕⟧开航。", "〔一〕见船志。", ["渡口开航。", "见船志。"]);
        check("渡口⟦注12⟧开航。", "12．见船志。", ["渡口开航。", "．见船志。"]);
        check("渡口⟦*⟧开航。", "* 见船志。", ["渡口开航。", "见船志。"]);
        check("渡口⟦3⟧开航。", "3 见船志。", ["渡口开航。", "见船志。"]);
    }

    #[test]
    fn numbers_in_square_brackets_are_signs_whether_tied_to_a_note_or_not() {
        let expected = ["渡口开航，〔2024〕收航。", "见船志。"];
        check("渡口⟦①⟧开航[12]，〔2024〕收航。", "① 见船志［3］。", expected);
        check("[1]渡口⟦[2]⟧开航[渡]。", "[2] 见船志[]。", ["[1]渡口开航[渡]。", "见船志[]。"]);
    }

    #[test]
    fn words_that_a_note_explains_are_words() {
        check("在⟦渡口⟧开航。", "渡口 过河处。", ["在渡口开航。", "渡口 过河处。"]);
        check("自⟦1924⟧开航。", "1924 年大旱。", ["自1924开航。", "1924 年大旱。"]);
        check("⟦（渡口）⟧开航。", "（旧）船志。", ["（渡口）开航。", "（旧）船志。"]);
        check("渡口⟦[1]⟧开航。", "3.5 公里以外。", ["渡口开航。", "3.5 公里以外。"]);
        check("渡口⟦[1]⟧开航。", "12岁上船。", ["渡口开航。", "12岁上船。"]);
    }
}
