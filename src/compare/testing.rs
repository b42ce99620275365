//! Small documents for the tests of this room.

use std::cell::OnceCell;
use std::sync::Arc;

use super::grams::Frequencies;
use super::judge::{Case, profiles};
use super::units::{Unit, units_of};
use super::{Comparison, Guidance, Lexicon, Part, Side, Unwatched, compare};
use crate::document::{AsideReason, Block, BlockKind, Document, Parts};
use crate::text::{Span, detect};

/// A document of one block a line: `#` and `##` begin headings, `*` what was set aside, `|` what stands in a box, `@`
/// the title; other lines are paragraphs.
pub(super) fn document(lines: &str) -> Arc<Document> {
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for line in lines.lines() {
        let boxed = line.starts_with('|');
        let line = line.trim_start_matches('|');
        let words = line.trim_start_matches(['#', '*', '@']);
        let kind = match line.strip_suffix(words) {
            Some("@") => BlockKind::Title,
            Some("#") => BlockKind::Heading { level: 1 },
            Some("##") => BlockKind::Heading { level: 2 },
            Some("*") => BlockKind::Aside(AsideReason::Navigation),
            _ => BlockKind::Paragraph,
        };
        let start = text.len();
        text.push_str(words);
        blocks.push(Block { span: Span::from_range(&(start..text.len())), kind, boxed });
        text.push('\n');
    }
    let written = detect(&text);
    Arc::new(Document::new(Parts { text: text.into(), blocks, written, ..Parts::default() }).unwrap())
}

pub(super) fn part(lines: &str) -> Part {
    Part::whole(document(lines))
}

pub(super) fn units(lines: &str) -> Vec<Unit> {
    units_of(&part(lines), false, &Lexicon::default())
}

/// The unit of a text of one block.
pub(super) fn unit(line: &str) -> Unit {
    units(line).pop().unwrap()
}

/// What stands in a stretch of a unit.
pub(super) fn written(unit: &Unit, range: &std::ops::Range<usize>) -> String {
    unit.characters.get(range.clone()).unwrap().iter().collect()
}

/// Looks at two documents as they are judged.
pub(super) fn look<T>(left: &str, right: &str, look: impl FnOnce(&Case<'_>) -> T) -> T {
    let (left, right, lexicon) = (units(left), units(right), Lexicon::default());
    let frequencies = Frequencies::of([&left, &right]);
    let (left_profiles, right_profiles) = (profiles(&left, &frequencies), profiles(&right, &frequencies));
    look(&Case {
        units: [&left, &right],
        profiles: [&left_profiles, &right_profiles],
        frequencies: &frequencies,
        lexicon: &lexicon,
        regional: false,
        close: [&left, &right].map(|units| units.iter().map(|_| OnceCell::new()).collect()),
    })
}

/// Two documents compared.
pub(super) fn found(left: &str, right: &str) -> Comparison {
    compare(&part(left), &part(right), &Guidance::default(), &Unwatched).unwrap()
}

/// The lines that were linked: of each link those of the left and those of the right.
pub(super) fn linked(comparison: &Comparison) -> Vec<(Vec<usize>, Vec<usize>)> {
    let lines =
        |side: Side| move |link: &super::Link| link.blocks(side).iter().map(|b| b.as_usize()).collect();
    let (left, right) = (lines(Side::Left), lines(Side::Right));
    comparison.links().iter().map(|link| (left(link), right(link))).collect()
}
