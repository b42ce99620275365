//! The findings about all pairs, weighed against each other.
//!
//! A pair is surer where each side is the other's best answer, where the headings above answer each other, and, in
//! two versions of one text, where both stand at the same place of the order. It is dropped where both sides are
//! answered better elsewhere.

mod recut;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::candidates::Pair;
use super::judge::{ALIKE, Case, Finding, likelihood};
use super::measure::ratio;
use super::rising::longest_rising;
use super::{THRESHOLD, Verdict};
use crate::text::saturate;
use recut::recut;

/// A finding that stays, with what spoke for it besides its words.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub(super) finding: Finding,
    /// The units of the headings that answer each other above it.
    pub(super) headings: Option<Pair>,
    /// Whether the order of two versions speaks for it.
    pub(super) in_order: bool,
}

/// An answer that stands out on one side is so much surer, on both sides twice that.
const BEST: f32 = 0.12;
/// Under headings that answer each other so much surer.
const UNDER_HEADINGS: f32 = 0.15;
/// So much of a unit in the other's words answers it wholly.
const EXPLAINED: f32 = 0.6;
/// What has a better answer by this much needs no other.
const BETTER: f32 = 0.15;
/// In two versions, a passage that was answered wholly is no likely answer to another.
const SPENT: f32 = 0.6;
/// A unit that tells less than this is not linked for itself: a heading such as 總則.
const SAYS_LITTLE: f32 = 0.55;
/// Most links about the same matter that a unit has.
const MOST_THEMES: usize = 10;
/// The longest gap between two versions' common points, in pairs, in which every pair is tried.
const LARGEST_GAP: usize = 400;

/// All findings of one comparison.
pub(super) struct Settling<'a, 'c> {
    case: &'a Case<'c>,
    found: Vec<Settled>,
    /// Pairs that the reader decided: points of the order that hold what is beside them.
    anchors: &'a [Pair],
}

impl<'a, 'c> Settling<'a, 'c> {
    pub(super) fn new(case: &'a Case<'c>, findings: Vec<Finding>, anchors: &'a [Pair]) -> Self {
        let found = findings.into_iter().map(|finding| Settled { finding, headings: None, in_order: false });
        Self { case, found: found.collect(), anchors }
    }

    /// What remains, in order of the pairs.
    pub(super) fn settle(mut self) -> Vec<Settled> {
        self.favour_best();
        self.favour_linked_headings();
        let backbone = self.backbone();
        let are_versions = self.are_versions(&backbone);
        if are_versions {
            self.fill_gaps(&backbone);
        }
        self.drop_what_says_little(are_versions);
        self.drop_what_is_answered_better(are_versions);
        self.found.retain(|each| each.finding.score >= THRESHOLD);
        self.limit_themes();
        self.found.sort_by_key(|each| each.finding.pair);
        self.found
    }

    /// A pair is surer where it stands out from what else could answer the one or the other.
    fn favour_best(&mut self) {
        let mut best: [BTreeMap<u32, [f32; 2]>; 2] = [BTreeMap::new(), BTreeMap::new()];
        for each in &self.found {
            let Pair { left, right } = each.finding.pair;
            for (of_side, number) in best.iter_mut().zip([left, right]) {
                let [first, second] = of_side.entry(number).or_insert([0.0; 2]);
                let telling = each.finding.telling;
                *second = second.max(telling.min(*first));
                *first = first.max(telling);
            }
        }
        for each in &mut self.found {
            let Pair { left, right } = each.finding.pair;
            let stands_out = |(of_side, number): (&BTreeMap<u32, [f32; 2]>, u32)| {
                let [first, second] = of_side.get(&number).copied().unwrap_or_default();
                let is_best = each.finding.telling >= first;
                if is_best { ((first / second.max(f32::EPSILON) - 1.0) * 2.0).clamp(0.0, 1.0) } else { 0.0 }
            };
            let sum: f32 = best.iter().zip([left, right]).map(stands_out).sum();
            each.finding.strengthen(1.0 + BEST * sum);
        }
    }

    fn favour_linked_headings(&mut self) {
        let linked: BTreeSet<Pair> =
            self.telling_pairs().into_iter().filter(|&pair| self.is_heading(pair)).collect();
        for each in &mut self.found {
            let above = headings_above(self.case, each.finding.pair);
            if let Some(pair) = above.filter(|pair| linked.contains(pair)) {
                each.headings = Some(pair);
                each.finding.strengthen(1.0 + UNDER_HEADINGS);
            }
        }
    }

    fn is_heading(&self, pair: Pair) -> bool {
        self.case.unit(0, pair.left).is_some_and(|unit| unit.is_heading)
    }

    /// The pairs in the same words that keep one order: the longest such row.
    fn backbone(&self) -> Vec<Pair> {
        let close = self.found.iter().filter(|each| {
            let [left, right] = each.finding.covered;
            each.finding.verdict > Verdict::Theme && left.min(right) >= EXPLAINED
        });
        let mut pairs: Vec<Pair> =
            close.map(|each| each.finding.pair).chain(self.anchors.iter().copied()).collect();
        pairs.sort_unstable();
        pairs.dedup();
        increasing(&pairs)
    }

    /// Whether both sides are versions of one text: most of the shorter one stands in the other in the same order.
    fn are_versions(&self, backbone: &[Pair]) -> bool {
        let shorter = self.case.units.iter().map(|units| units.len()).min().unwrap_or_default();
        ratio(backbone.len(), shorter.max(2)) >= 0.4
    }

    /// Looks between the common points of two versions at what is there on both sides.
    fn fill_gaps(&mut self, backbone: &[Pair]) {
        let known: BTreeMap<Pair, usize> =
            self.found.iter().enumerate().map(|(place, each)| (each.finding.pair, place)).collect();
        let [left, right] = self.case.units.map(|units| saturate(units.len()));
        let mut begin = Pair { left: 0, right: 0 };
        for end in backbone.iter().copied().chain([Pair { left, right }]) {
            let gap = [begin.left..end.left, begin.right..end.right];
            begin = Pair { left: end.left + 1, right: end.right + 1 };
            if gap[0].len() * gap[1].len() <= LARGEST_GAP {
                self.fill_gap(gap, &known);
            }
        }
        for each in &mut self.found {
            each.in_order |= backbone.binary_search(&each.finding.pair).is_ok();
        }
    }

    /// `known` says of pairs what was found about them already.
    fn fill_gap(&mut self, [lefts, rights]: [Range<u32>; 2], known: &BTreeMap<Pair, usize>) {
        // What stands alone between the same neighbours needs to be less alike.
        let least = if lefts.len() * rights.len() == 1 { ALIKE / 2.0 } else { ALIKE };
        let recut = recut(self.case, &[lefts.clone(), rights.clone()]);
        let pairs = lefts.flat_map(|left| rights.clone().map(move |right| Pair { left, right }));
        let alike = pairs.filter(|&pair| recut.iter().all(|finding| finding.pair != pair));
        let alike: Vec<Finding> = alike.filter_map(|pair| self.case.judge_in_order(pair, least)).collect();
        for finding in alike.into_iter().chain(recut) {
            let known = known.get(&finding.pair).copied();
            self.put_in_order(finding, known);
        }
    }

    /// `known` is the place of what was found about the pair already, if anything.
    fn put_in_order(&mut self, finding: Finding, known: Option<usize>) {
        match known.and_then(|place| self.found.get_mut(place)) {
            Some(each) => {
                // What spoke for it before still does.
                let Finding { score, telling, .. } = each.finding;
                each.in_order = true;
                each.finding = finding;
                each.finding.score = each.finding.score.max(score);
                each.finding.telling = each.finding.telling.max(telling);
            }
            None => self.found.push(Settled { finding, headings: None, in_order: true }),
        }
    }

    /// The same few words (a heading such as 總則) are no link by themselves, only beside one or above one.
    fn drop_what_says_little(&mut self, are_versions: bool) {
        if self.case.are_alike() {
            return;
        }
        let linked = self.telling_pairs();
        let above: BTreeSet<Pair> =
            linked.iter().filter_map(|&pair| headings_above(self.case, pair)).collect();
        self.found.retain(|each| {
            let pair = each.finding.pair;
            let is_held =
                || (are_versions && each.in_order) || is_beside(pair, &linked) || above.contains(&pair);
            !says_little(&each.finding) || is_held()
        });
    }

    /// The linked pairs that tell something by themselves, and those that the reader decided, in order.
    fn telling_pairs(&self) -> Vec<Pair> {
        let telling = self.found.iter().map(|each| &each.finding);
        let telling = telling.filter(|finding| finding.score >= THRESHOLD && !says_little(finding));
        let pairs: BTreeSet<Pair> =
            telling.map(|finding| finding.pair).chain(self.anchors.iter().copied()).collect();
        pairs.into_iter().collect()
    }

    /// What both sides answer better elsewhere goes; in two versions, what one side does is less sure on theme alone.
    fn drop_what_is_answered_better(&mut self, are_versions: bool) {
        let mut best: [BTreeMap<u32, (f32, Pair)>; 2] = [BTreeMap::new(), BTreeMap::new()];
        let mut same: [BTreeSet<u32>; 2] = [BTreeSet::new(), BTreeSet::new()];
        for each in self.found.iter().filter(|each| each.finding.verdict > Verdict::Theme) {
            let Pair { left, right } = each.finding.pair;
            for (of_side, number) in same.iter_mut().zip([left, right]) {
                of_side.extend((each.finding.verdict == Verdict::Same).then_some(number));
            }
            for ((of_side, number), covered) in best.iter_mut().zip([left, right]).zip(each.finding.covered) {
                let most = of_side.entry(number).or_insert((0.0, each.finding.pair));
                if covered > most.0 {
                    *most = (covered, each.finding.pair);
                }
            }
        }
        for each in &mut self.found {
            let pair = each.finding.pair;
            let is_better = |side: usize, number: u32| {
                let is_said_elsewhere = same.get(side).is_some_and(|of_side| of_side.contains(&number));
                if is_said_elsewhere && each.finding.verdict < Verdict::Same {
                    return true;
                }
                let own = each.finding.covered.get(side).copied().unwrap_or_default();
                let best = best.get(side).and_then(|of_side| of_side.get(&number));
                best.is_some_and(|&(most, other)| other != pair && most >= EXPLAINED && most >= own + BETTER)
            };
            let spent = [is_better(0, pair.left), is_better(1, pair.right)];
            match spent {
                [true, true] => each.finding.score = 0.0,
                [false, false] => {}
                _ if are_versions && each.finding.covered.iter().all(|&covered| covered < EXPLAINED) => {
                    each.finding.score *= SPENT;
                }
                _ => {}
            }
        }
    }

    /// Where a unit would be linked to very many on the same matter, the surest stay.
    fn limit_themes(&mut self) {
        self.found.sort_by(|one, other| {
            other.finding.score.total_cmp(&one.finding.score).then(one.finding.pair.cmp(&other.finding.pair))
        });
        let mut counts: [BTreeMap<u32, usize>; 2] = [BTreeMap::new(), BTreeMap::new()];
        self.found.retain(|each| {
            if each.finding.verdict > Verdict::Theme {
                return true;
            }
            let Pair { left, right } = each.finding.pair;
            let count = |side: usize, number: u32| {
                counts.get(side).and_then(|of| of.get(&number)).copied().unwrap_or(0)
            };
            if count(0, left).max(count(1, right)) >= MOST_THEMES {
                return false;
            }
            for (of_side, number) in counts.iter_mut().zip([left, right]) {
                *of_side.entry(number).or_insert(0) += 1;
            }
            true
        });
    }
}

impl Finding {
    /// More speaks for it than its words alone.
    fn strengthen(&mut self, factor: f32) {
        self.telling *= factor;
        self.score = self.score.max(likelihood(self.telling / super::judge::EVEN));
    }
}

/// The headings that the two units of a pair stand under.
fn headings_above(case: &Case<'_>, pair: Pair) -> Option<Pair> {
    let heading = |side, number| case.unit(side, number).and_then(|unit| unit.heading);
    let (left, right) = heading(0, pair.left).zip(heading(1, pair.right))?;
    Some(Pair { left: saturate(left), right: saturate(right) })
}

/// Whether one of the pairs, which are in order, is at most two units away on both sides.
fn is_beside(pair: Pair, pairs: &[Pair]) -> bool {
    let from = pairs.partition_point(|other| other.left + 2 < pair.left);
    let mut near = pairs.iter().skip(from).take_while(|other| other.left <= pair.left + 2);
    near.any(|other| other.right.abs_diff(pair.right) <= 2)
}

fn says_little(finding: &Finding) -> bool {
    let [left, right] = finding.covered;
    finding.verdict > Verdict::Theme && finding.telling < SAYS_LITTLE && left.max(right) > 0.8
}

/// The longest row of pairs that rises on both sides.
pub(super) fn increasing(pairs: &[Pair]) -> Vec<Pair> {
    let mut ordered = pairs.to_vec();
    // Of one left unit only one pair can be in the row: the later ones on the right come first.
    ordered.sort_by_key(|pair| (pair.left, Reverse(pair.right)));
    longest_rising(&ordered, |pair| pair.right as usize)
}

#[cfg(test)]
mod tests;
