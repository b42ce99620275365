//! The figures above a table.

use super::ComparisonExport;
use super::reason::percent;
use crate::compare::{Coverage, Side, Verdict};
use crate::document::BlockIndex;

/// What is said of both documents: the name of each thing, and the thing on either side.
pub(super) fn fact_rows(export: &ComparisonExport) -> Vec<(String, [String; 2])> {
    let words = &export.words;
    let of = |fact: &dyn Fn(Side) -> String| Side::BOTH.map(fact);
    let coverage = Side::BOTH.map(|side| export.comparison.coverage(side));
    let part = |part: fn(&Coverage) -> usize| {
        coverage.each_ref().map(|each| percent_of(part(each), each.characters))
    };
    let rows = [
        (&words.path, of(&|side| export.column(side).path.clone())),
        (&words.section, of(&|side| section(export, side))),
        (&words.characters, coverage.map(|each| each.characters.to_string())),
        (&words.answered, part(|each| each.answered)),
        (&words.shared, part(|each| each.shared)),
        (&words.only_here, of(&|side| export.comparison.only(side).count().to_string())),
        (&words.id, of(&|side| export.comparison.part(side).document().id().to_string())),
    ];
    let rows = rows.into_iter().filter(|(_, facts)| facts.iter().any(|fact| !fact.is_empty()));
    rows.map(|(name, facts)| (name.clone(), facts)).collect()
}

/// How many of the chosen links there are of each verdict: its name and the count.
pub(super) fn counts(export: &ComparisonExport) -> Vec<(String, usize)> {
    let links = || export.links.iter().filter_map(|&index| export.comparison.link(index));
    let count = |verdict| links().filter(|link| link.verdict == verdict).count();
    let all = (export.words.links.clone(), links().count());
    let each = Verdict::ALL.map(|verdict| (export.words.verdict(verdict).to_owned(), count(verdict)));
    std::iter::once(all).chain(each).collect()
}

/// A part of the whole to four places, from 0 to 1.
pub(super) fn rounded(part: f32) -> f64 {
    (f64::from(part) * 10_000.0).round().clamp(0.0, 10_000.0) / 10_000.0
}

/// A score as a reader sees it.
pub(super) fn score(score: f32) -> String {
    format!("{score:.2}")
}

/// The heading of a section that is compared; empty for a whole document.
fn section(export: &ComparisonExport, side: Side) -> String {
    let part = export.comparison.part(side);
    let first = BlockIndex::new(part.range().start);
    let text = export.column(side).block(first).map(super::ShownBlock::text).unwrap_or_default();
    if part.is_whole() { String::new() } else { crate::export::on_one_line(text) }
}

#[expect(clippy::cast_precision_loss, reason = "a percentage of a count of characters needs no more")]
fn percent_of(part: usize, whole: usize) -> String {
    if whole == 0 { String::new() } else { percent(part as f64 / whole as f64) }
}
