//! What a row is called.

use super::sections::Sections;
use super::{Placed, RowName};
use crate::compare::Part;
use crate::compare::units::without_number;
use crate::document::BlockIndex;
use crate::text::{Span, clauses, saturate};

/// A good name has so many characters: fewer say too little, more are no name.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=20;

/// The words that name a row best: a heading over passages most of which are in it; else the leading clause of a
/// passage. The passage that the row is gathered around comes first, then those that answer it most strongly; of
/// the names the first that is neither too short nor too long. The title names the document, and no row.
pub(super) fn name_of(columns: &[Part], sections: &Sections, cells: &[Vec<Placed>]) -> RowName {
    let mut passages: Vec<(usize, &Placed)> = cells
        .iter()
        .enumerate()
        .flat_map(|(column, cell)| cell.iter().map(move |placed| (column, placed)))
        .filter(|(_, placed)| !placed.visiting && !placed.heading)
        .collect();
    let strength = |placed: &Placed| placed.link.map_or(f32::INFINITY, |(_, score)| score);
    passages.sort_by(|(_, one), (_, other)| strength(other).total_cmp(&strength(one)));
    let headings = passages.iter().filter_map(|&(column, placed)| {
        let heading = *sections.over(column, placed.block).last()?;
        is_mostly_here(sections, cells, column, heading).then_some((column, heading))
    });
    let headings = headings.filter_map(|(column, heading)| name(columns, column, heading, whole));
    let leads = passages.iter();
    let leads = leads.filter_map(|(column, placed)| name(columns, *column, placed.block, leading_clause));
    let mut names: Vec<(RowName, usize)> = headings.chain(leads).collect();
    let good = names.iter().position(|(_, length)| LENGTHS.contains(length));
    let chosen = good.unwrap_or(0);
    let nameless = RowName { column: 0, span: Span::default() };
    if chosen < names.len() { names.swap_remove(chosen).0 } else { nameless }
}

/// Whether most of the passages under a heading are in these cells.
fn is_mostly_here(sections: &Sections, cells: &[Vec<Placed>], column: usize, heading: BlockIndex) -> bool {
    let cell = cells.get(column).map_or(&[][..], Vec::as_slice);
    let is_here = |block| cell.binary_search_by_key(&block, |placed| placed.block).is_ok();
    let (mut here, mut all) = (0, 0);
    for block in sections.under(column, heading) {
        here += usize::from(is_here(block));
        all += 1;
    }
    here * 2 > all
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

/// Without marks and white space at either end, but for brackets and quotation marks.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text).unwrap_or_default();
    let is_edge = |c: char| c.is_whitespace() || "，。；：、！？,.;:!?—…#".contains(c);
    let start = words.len() - words.trim_start_matches(is_edge).len();
    let kept = words.trim_matches(is_edge).len();
    Span::from_length(span.start() + saturate(start), saturate(kept))
}
