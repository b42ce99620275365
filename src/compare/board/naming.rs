//! What a row is called.

use super::{Placed, RowName};
use crate::compare::units::number_length;
use crate::compare::{Part, is_compared};
use crate::document::BlockIndex;
use crate::text::{Span, clauses, saturate};

/// A good name has so many characters: fewer say too little, more are no name.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=20;

/// The words that name a row best: a heading in it; else a heading with nothing else under it; else the leading
/// clause of a passage. Of several the first that is neither too short nor too long, in the order of the columns.
pub(super) fn name_of(columns: &[Part], cells: &[Vec<Placed>]) -> RowName {
    let members = || {
        let cells = cells.iter().enumerate();
        cells.flat_map(|(column, cell)| cell.iter().map(move |placed| (column, placed)))
    };
    let own = || members().filter(|(_, placed)| !placed.visiting);
    let heading = own().filter(|(column, placed)| is_heading(columns, *column, placed.block));
    let heading = heading.filter_map(|(column, placed)| name(columns, column, placed.block, whole));
    let alone = own().filter_map(|(column, placed)| {
        let above = heading_of_it_alone(columns, column, placed.block)?;
        name(columns, column, above, whole)
    });
    let lead = own().filter_map(|(column, placed)| name(columns, column, placed.block, leading_clause));
    let mut names: Vec<(RowName, usize)> = heading.chain(alone).chain(lead).collect();
    let good = names.iter().position(|(_, length)| LENGTHS.contains(length));
    let chosen = good.unwrap_or(0);
    let nameless = RowName { column: 0, span: Span::default() };
    if chosen < names.len() { names.swap_remove(chosen).0 } else { nameless }
}

/// Whether a block is a title or heading.
pub(super) fn is_heading(columns: &[Part], column: usize, block: BlockIndex) -> bool {
    let block = columns.get(column).and_then(|part| part.document().block(block));
    block.is_some_and(|block| block.kind.heading_level().is_some())
}

/// A name and how many characters it has.
fn name(
    columns: &[Part],
    column: usize,
    block: BlockIndex,
    words: fn(&str) -> Span,
) -> Option<(RowName, usize)> {
    let document = columns.get(column)?.document();
    let block = document.block(block)?.span;
    let text = block.of(document.text())?;
    let within = words(text);
    let length = within.of(text)?.chars().count();
    (length > 0).then(|| (RowName { column, span: within.moved_right(block.start()) }, length))
}

/// The heading straight above a block, if the block is the only thing under it.
fn heading_of_it_alone(columns: &[Part], column: usize, block: BlockIndex) -> Option<BlockIndex> {
    let document = columns.get(column)?.document();
    let counts = |index: &usize| document.blocks().get(*index).is_some_and(|block| is_compared(block.kind));
    let above = (0..block.as_usize()).rev().find(counts).map(BlockIndex::new)?;
    let below = (block.as_usize() + 1..document.blocks().len()).find(counts).map(BlockIndex::new);
    let alone = below.is_none_or(|below| is_heading(columns, column, below));
    (alone && !is_heading(columns, column, block) && is_heading(columns, column, above)).then_some(above)
}

/// All of a heading without its number.
fn whole(text: &str) -> Span {
    let words = trimmed(text, Span::whole(text));
    trimmed(text, without_number(text, words))
}

/// The first clause that says what the text is about, without a number before it and the mark after it.
fn leading_clause(text: &str) -> Span {
    let words = |clause: Span| trimmed(text, without_number(text, clause));
    let mut said = clauses(text).into_iter().map(words).filter(|words| !words.is_empty());
    let first = said.next().unwrap_or_default();
    if is_setting(first.of(text).unwrap_or_default()) {
        said.find(|words| !is_setting(words.of(text).unwrap_or_default())).unwrap_or(first)
    } else {
        first
    }
}

/// Whether a clause says when or on what occasion: a date, or words that end as such adverbials do.
fn is_setting(clause: &str) -> bool {
    let endings = ["期间", "期間", "以来", "以來", "年来", "年來", "之际", "之際", "之后", "之後"];
    let is_number = |c: char| c.is_numeric() || "〇零一二三四五六七八九十".contains(c);
    let is_date = clause.strip_suffix(['年', '月', '日']).is_some_and(|counted| counted.ends_with(is_number));
    is_date || endings.iter().any(|ending| clause.ends_with(ending))
}

fn without_number(text: &str, clause: Span) -> Span {
    let number = number_length(clause.of(text).unwrap_or_default());
    Span::new((clause.start() + number).min(clause.end()), clause.end())
}

/// Without marks and white space at either end, but for brackets and quotation marks.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text).unwrap_or_default();
    let is_edge = |c: char| c.is_whitespace() || "，。；：、！？,.;:!?—…#".contains(c);
    let start = words.len() - words.trim_start_matches(is_edge).len();
    let kept = words.trim_matches(is_edge).len();
    Span::from_length(span.start() + saturate(start), saturate(kept))
}
