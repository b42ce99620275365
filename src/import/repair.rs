//! What a file did to its text: lines become passages again.
//!
//! Nothing is changed in the text. A join is a [`Repair`] that says which line break (or indent, or note of
//! a page continued) is left out of the reading, and the reader can switch it off.

use super::characters::{self, Ending};
use super::lines::Line;
use super::numbering;
use crate::document::{Repair, RepairChoices, RepairKind};
use crate::text::Span;

/// A paragraph, a heading or the like: one line or several that belong together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Passage {
    /// What is written there, from its first line to its last.
    pub(super) span: Span,
    /// Its width, in columns.
    pub(super) columns: u32,
    /// The indent of its first line, in columns.
    pub(super) indent: u16,
    /// Whether there is a blank line before it.
    pub(super) after_blank: bool,
    /// Whether it was cut in two by a column.
    pub(super) cut: bool,
}

/// Joins lines into passages and lists what that repaired, both in order of the text.
pub(super) fn mend(text: &str, lines: &mut [Line], choices: &RepairChoices) -> (Vec<Passage>, Vec<Repair>) {
    if let Some(width) = wrap_width(text, lines) {
        join_wrapped(text, lines, width, choices);
    }
    join_columns(text, lines, choices);
    gather(text, lines, choices)
}

// ---- Hard-wrapped lines ---------------------------------------------------------------------------------

/// The narrowest and the widest text that is taken for hard-wrapped, in columns.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 32..=200;

/// The width at which the text was hard-wrapped; `None` where it was not.
///
/// It was, where most lines that another follows directly are as full as they can be, and most of the
/// full ones end in the middle of a sentence. (Verse and lists have lines of one width too, but those end
/// with a mark.)
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let pairs = || {
        lines
            .windows(2)
            .filter_map(|pair| <&[Line; 2]>::try_from(pair).ok())
            .filter(|[a, b]| may_follow(a, b))
    };
    let mut widths = vec![0_usize; WRAP_WIDTHS.end() + 2];
    for [line, _] in pairs() {
        let width = (line.columns as usize + usize::from(line.indent)).min(WRAP_WIDTHS.end() + 1);
        *widths.get_mut(width)? += 1;
    }
    let all: usize = widths.iter().sum();
    let width = percentile(&widths, all * 97 / 100)?;
    if all < 3 || !WRAP_WIDTHS.contains(&width) {
        return None;
    }
    let (mut full, mut ended) = (0, 0);
    for [line, next] in pairs().filter(|[line, next]| is_full(text, line, next, width)) {
        full += 1;
        ended += usize::from(ends_with_mark(text, line.content));
        debug_assert!(next.start > line.start);
    }
    (full * 10 >= all * 6 && ended * 100 <= full * 45).then_some(width)
}

fn percentile(widths: &[usize], at: usize) -> Option<usize> {
    let mut seen = 0;
    widths.iter().position(|&count| {
        seen += count;
        seen > at || (seen == at && at > 0)
    })
}

fn ends_with_mark(text: &str, content: Span) -> bool {
    !matches!(ending(text, content), Ending::Han | Ending::Other)
}

/// Whether a line could continue the paragraph of the one before, by the white space alone.
fn may_follow(line: &Line, next: &Line) -> bool {
    !next.after_blank && next.indent <= line.indent
}

/// Whether the next line's first unit would not have fitted on this line.
fn is_full(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let used = line.columns as usize + usize::from(line.indent);
    used + 4 >= width || used + first_unit(next.content.of(text).unwrap_or_default()) > width
}

/// The columns of what may not be parted at the beginning of a line: a word, or one Han character with
/// the marks that may not begin a line after it.
fn first_unit(text: &str) -> usize {
    let word = text.chars().take_while(char::is_ascii_graphic).count();
    if word > 0 {
        return word + 1;
    }
    let marks = text
        .chars()
        .skip(1)
        .take_while(|&mark| characters::closes(mark) || characters::ends_sentence(mark) || mark == '，');
    2 + 2 * marks.count()
}

fn join_wrapped(text: &str, lines: &mut [Line], width: usize, choices: &RepairChoices) {
    let marked = paragraphs_are_marked(lines);
    for index in 1..lines.len() {
        let (Some(&line), Some(&next)) = (lines.get(index - 1), lines.get(index)) else { continue };
        let starts_anew = numbering::starts_anew(next.content.of(text).unwrap_or_default());
        let sentence_ended = ending(text, line.content) == Ending::Sentence;
        let same_indent = next.indent > 0 && next.indent == line.indent && line.joined.is_none();
        let parted = sentence_ended && (!marked || same_indent);
        let joins = may_follow(&line, &next) && is_full(text, &line, &next, width) && !starts_anew && !parted;
        if joins {
            join(lines, index, RepairKind::HardWrap, choices);
        }
    }
}

/// Whether paragraphs are told apart by blank lines or indents.
fn paragraphs_are_marked(lines: &[Line]) -> bool {
    let marked = lines
        .windows(2)
        .filter(|pair| matches!(pair, [a, b] if b.after_blank || b.indent > a.indent))
        .count();
    marked > 0 && marked * 30 >= lines.len()
}

fn join(lines: &mut [Line], index: usize, kind: RepairKind, choices: &RepairChoices) {
    let Some(before) = index.checked_sub(1).and_then(|before| lines.get(before)).copied() else { return };
    if let Some(line) = lines.get_mut(index)
        && choices.wants(kind, between(&before, line))
    {
        line.joined = Some(kind);
    }
}

fn between(line: &Line, next: &Line) -> Span {
    Span::new(line.content.end(), next.content.start())
}

// ---- Paragraphs cut by columns --------------------------------------------------------------------------

/// From this width on, in columns, a line is long enough to have been cut by a column.
const LONG: u32 = 70;

/// Joins paragraphs that a newspaper column or a page cut in two: a long one that ends within a sentence,
/// then one that is neither numbered nor a heading nor indented as a new paragraph would be.
///
/// Only where long paragraphs do end with a sentence in this document.
fn join_columns(text: &str, lines: &mut [Line], choices: &RepairChoices) {
    let Some(usual) = Usual::of(text, lines) else { return };
    let mut columns = 0_u32;
    for index in 0..lines.len() {
        let Some(&line) = lines.get(index) else { continue };
        if line.joined.is_some() {
            columns = columns.saturating_add(line.columns);
            continue;
        }
        let before = index.checked_sub(1).and_then(|before| lines.get(before)).copied();
        let cut = before.is_some_and(|before| columns >= LONG && usual.may_be_cut(text, &before, &line));
        if cut {
            join(lines, index, RepairKind::Column, choices);
        }
        let continued = lines.get(index).is_some_and(|line| line.joined.is_some());
        columns = if continued { columns.saturating_add(line.columns) } else { line.columns };
    }
}

/// How long paragraphs usually begin in a document.
struct Usual {
    /// The indent most of them have, in columns.
    indent: u16,
}

impl Usual {
    /// `None` where long paragraphs do not usually end with a sentence.
    fn of(text: &str, lines: &[Line]) -> Option<Self> {
        let (mut long, mut closed, mut indented) = (0_usize, 0_usize, 0_usize);
        for (line, next) in lines.iter().zip(lines.iter().skip(1).map(Some).chain([None])) {
            let ends_passage = next.is_none_or(|next| next.joined.is_none());
            if line.joined.is_none() && line.columns >= LONG {
                indented += usize::from(line.indent > 0);
            }
            if ends_passage && (line.columns >= LONG || line.joined.is_some()) {
                long += 1;
                closed += usize::from(ending(text, line.content) == Ending::Sentence);
            }
        }
        let indent = u16::from(indented * 2 > long);
        (closed >= 2 && closed * 10 >= long * 6).then_some(Self { indent })
    }

    fn may_be_cut(&self, text: &str, before: &Line, line: &Line) -> bool {
        let (Some(head), Some(tail)) = (before.content.of(text), line.content.of(text)) else { return false };
        let open = matches!(characters::ending(head), Ending::Han | Ending::Comma);
        let first = tail.chars().next().unwrap_or(' ');
        let continues =
            characters::is_han(first) || first.is_alphanumeric() || "《“「，、。；".contains(first);
        let closed = characters::ending(tail) == Ending::Sentence || line.columns >= LONG;
        let as_a_new_one = line.indent > 0 && (self.indent > 0 || line.indent > before.indent);
        open && continues && closed && !as_a_new_one && !numbering::starts_anew(tail)
    }
}

fn ending(text: &str, content: Span) -> Ending {
    characters::ending(content.of(text).unwrap_or_default())
}

// ---- Passages and the list of repairs -------------------------------------------------------------------

fn gather(text: &str, lines: &[Line], choices: &RepairChoices) -> (Vec<Passage>, Vec<Repair>) {
    let mut passages = Vec::with_capacity(lines.len());
    let mut repairs = Vec::new();
    for passage_lines in lines.chunk_by(|_, next| next.joined.is_some()) {
        passages.extend(gather_one(text, passage_lines, choices, &mut repairs));
    }
    (passages, repairs)
}

fn gather_one(
    text: &str,
    lines: &[Line],
    choices: &RepairChoices,
    repairs: &mut Vec<Repair>,
) -> Option<Passage> {
    let (first, last) = (lines.first()?, lines.last()?);
    let whole = first.content.union(last.content);
    let note = |span: Option<Span>, repairs: &mut Vec<Repair>| {
        let wanted = span.filter(|&span| choices.wants(RepairKind::Continuation, span));
        repairs.extend(wanted.map(|span| Repair { span, kind: RepairKind::Continuation, spaced: false }));
    };
    let indent = Span::new(first.start, first.content.start());
    let outdented = !indent.is_empty() && choices.wants(RepairKind::Indent, indent);
    if outdented {
        repairs.push(Repair { span: indent, kind: RepairKind::Indent, spaced: false });
    }
    let is_note = numbering::is_continuation_note(whole.of(text).unwrap_or_default());
    note(numbering::note_at_start(text, first.content).filter(|_| !is_note), repairs);
    for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
        let span = between(line, next);
        repairs.extend(next.joined.map(|kind| Repair { span, kind, spaced: parts_words(text, span) }));
    }
    note(numbering::note_at_end(text, last.content).filter(|_| !is_note), repairs);
    Some(Passage {
        span: if outdented { whole } else { whole.union(indent) },
        columns: lines.iter().fold(0, |sum, line| sum.saturating_add(line.columns)),
        indent: first.indent,
        after_blank: first.after_blank,
        cut: lines.iter().any(|line| line.joined == Some(RepairKind::Column)),
    })
}

/// Whether a space must be read in place of `gap`: between words of a script that has spaces.
fn parts_words(text: &str, gap: Span) -> bool {
    let before = text.get(..gap.start() as usize).and_then(|before| before.chars().next_back());
    let after = text.get(gap.end() as usize..).and_then(|after| after.chars().next());
    let narrow = |found: Option<char>| found.is_some_and(|found| !characters::is_wide(found));
    narrow(before) && narrow(after) && before != Some('-')
}
