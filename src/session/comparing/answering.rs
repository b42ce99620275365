//! Which place of the other side answers a place of this one: what linked scrolling goes by.

use super::Comparing;
use super::ribbons::runs;
use crate::compare::{Comparison, Link, Passage, Side};
use crate::document::BlockIndex;
use crate::text::Span;

/// Two places that are to stand at the same height, in positions of the two texts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Alignment {
    /// In the left document's text.
    pub left: u32,
    /// In the right document's text.
    pub right: u32,
}

impl Alignment {
    /// The place on one side.
    pub fn of(&self, side: Side) -> u32 {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }

    fn from(side: Side, here: u32, there: u32) -> Self {
        match side {
            Side::Left => Self { left: here, right: there },
            Side::Right => Self { left: there, right: here },
        }
    }
}

/// A place that has two links of nearly the same strength goes to the nearer one.
const ABOUT_AS_STRONG: f32 = 0.2;

/// So many passages of a link are looked at, the longest ones.
const PASSAGES: usize = 64;

/// So many stretches of one link take part in the spine.
const RUNS: usize = 8;

impl Comparing {
    /// The position on the other side that answers `position`; `None` where nothing is linked at all.
    pub fn answering_position(&self, side: Side, position: u32) -> Option<u32> {
        self.alignment(side, position).map(|alignment| alignment.of(side.other()))
    }

    /// What is to be brought to the same height while `position` stands in the middle of one side.
    ///
    /// With the chosen link in sight on that side it is the nearest place of that link. Otherwise it is
    /// `position` itself with the place that answers it: by the strongest link of its block, of links about
    /// as strong the one nearest to what is in sight of the other side; where nothing answers the block, in
    /// proportion between the nearest neighbours that are answered in order.
    pub fn alignment(&self, side: Side, position: u32) -> Option<Alignment> {
        let comparison = self.result()?;
        let near = self.side(side.other()).in_sight.read;
        if let Some(link) = self.chosen.and_then(|index| comparison.link(index))
            && let Some(here) = self.nearest_in_sight(comparison, link, side, position)
        {
            return Some(Alignment::from(side, here, within(comparison, link, side, here, near)?));
        }
        let there = comparison
            .part(side)
            .document()
            .block_at(position)
            .filter(|&block| holds(comparison, side, block, position))
            .and_then(|block| best_link(comparison, side, block, near))
            .and_then(|link| within(comparison, link, side, position, near));
        let there = there.or_else(|| self.findings.spine.between(comparison, side, position))?;
        Some(Alignment::from(side, position, there))
    }

    /// The place of a link that is nearest to `position`, if some of the link is in sight.
    fn nearest_in_sight(
        &self,
        comparison: &Comparison,
        link: &Link,
        side: Side,
        position: u32,
    ) -> Option<u32> {
        let in_sight = self.side(side).in_sight;
        let in_sight = Span::new(in_sight.first, in_sight.last);
        let runs = runs(comparison, link, side).into_iter().filter(|run| run.overlaps(in_sight));
        let places = runs.map(|run| position.clamp(run.start(), run.end()));
        places.min_by_key(|place| place.abs_diff(position))
    }
}

fn holds(comparison: &Comparison, side: Side, block: BlockIndex, position: u32) -> bool {
    let block = comparison.part(side).document().block(block);
    block.is_some_and(|block| position <= block.span.end())
}

fn best_link(comparison: &Comparison, side: Side, block: BlockIndex, near: u32) -> Option<&Link> {
    let links = || comparison.links_at(side, block).iter().filter_map(|&index| comparison.link(index));
    let strongest = links().map(|link| link.score).max_by(f32::total_cmp)?;
    let strong = links().filter(|link| link.score >= strongest - ABOUT_AS_STRONG);
    strong.min_by_key(|link| {
        let runs = runs(comparison, link, side.other());
        runs.into_iter().map(|run| distance(run, near)).min().unwrap_or(u32::MAX)
    })
}

/// How far a position lies from a stretch.
fn distance(span: Span, position: u32) -> u32 {
    position.clamp(span.start(), span.end()).abs_diff(position)
}

/// The place that answers a place of a link: by the passages that both share, and in proportion between them.
pub(super) fn within(
    comparison: &Comparison,
    link: &Link,
    side: Side,
    position: u32,
    near: u32,
) -> Option<u32> {
    let here = runs(comparison, link, side).into_iter().min_by_key(|run| distance(*run, position))?;
    let shared = |there: &Span| -> u32 {
        inside(link, side, here, *there).map(|passage| passage.span(side).len()).sum()
    };
    let there = runs(comparison, link, side.other()).into_iter();
    let there = there.max_by_key(|there| (shared(there), u32::MAX - distance(*there, near)))?;
    Some(interpolated(&points(link, side, here, there), position))
}

/// The passages of a link that lie in both stretches.
fn inside(link: &Link, side: Side, here: Span, there: Span) -> impl Iterator<Item = &Passage> {
    link.passages.iter().filter(move |passage| {
        here.contains(passage.span(side)) && there.contains(passage.span(side.other()))
    })
}

/// Places of two stretches that answer each other, ascending in both. Where passages cross each other, the
/// longer ones count.
fn points(link: &Link, side: Side, here: Span, there: Span) -> Vec<(u32, u32)> {
    let mut passages: Vec<(Span, Span)> = inside(link, side, here, there)
        .map(|passage| (passage.span(side), passage.span(side.other())))
        .collect();
    passages.sort_by_key(|(here, _)| u32::MAX - here.len());
    passages.truncate(PASSAGES);
    let mut kept: Vec<(Span, Span)> = Vec::new();
    for passage in passages {
        if kept.iter().all(|other| in_order(*other, passage) || in_order(passage, *other)) {
            kept.push(passage);
        }
    }
    kept.sort_unstable();
    let ends = |(here, there): (Span, Span)| [(here.start(), there.start()), (here.end(), there.end())];
    let passages = kept.into_iter().flat_map(ends);
    std::iter::once((here.start(), there.start()))
        .chain(passages)
        .chain([(here.end(), there.end())])
        .collect()
}

/// Whether the one stands before the other on both sides.
fn in_order(one: (Span, Span), other: (Span, Span)) -> bool {
    one.0.end() <= other.0.start() && one.1.end() <= other.1.start()
}

/// What stands between two points in proportion; before the first and after the last it is theirs.
fn interpolated(points: &[(u32, u32)], position: u32) -> u32 {
    let after = points.partition_point(|(here, _)| *here <= position);
    let before = after.checked_sub(1).and_then(|index| points.get(index)).copied();
    match (before, points.get(after).copied()) {
        (Some(before), Some(after)) => proportional(before, after, position),
        (Some((_, there)), None) | (None, Some((_, there))) => there,
        (None, None) => 0,
    }
}

fn proportional(before: (u32, u32), after: (u32, u32), position: u32) -> u32 {
    let (width, height) = (u64::from(after.0 - before.0), u64::from(after.1.saturating_sub(before.1)));
    let along = u64::from(position - before.0);
    before.1 + u32::try_from(along * height / width.max(1)).unwrap_or(u32::MAX)
}

/// The heaviest of all sets of linked stretches that stand in the same order on both sides.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Spine {
    /// The left stretch and the right one, in order.
    pairs: Vec<(Span, Span)>,
}

impl Spine {
    pub(super) fn of(comparison: &Comparison) -> Self {
        let links = comparison.links().iter();
        let pairs: Vec<Weighed> = links.flat_map(|link| weighed(comparison, link)).collect();
        Self { pairs: heaviest_in_order(&pairs) }
    }

    /// The place that answers one outside of all these stretches, or in the one that holds it.
    fn between(&self, comparison: &Comparison, side: Side, position: u32) -> Option<u32> {
        let oriented = |pair: &(Span, Span)| match side {
            Side::Left => *pair,
            Side::Right => (pair.1, pair.0),
        };
        if self.pairs.is_empty() {
            return None;
        }
        let after = self.pairs.partition_point(|pair| oriented(pair).0.start() <= position);
        let (here, there) = (comparison.part(side).span(), comparison.part(side.other()).span());
        let before = after.checked_sub(1).and_then(|index| self.pairs.get(index)).map(oriented);
        let next = self.pairs.get(after).map(oriented);
        let next = next.map_or((here.end(), there.end()), |(here, there)| (here.start(), there.start()));
        let points = match before {
            Some((here, there)) => {
                vec![(here.start(), there.start()), (here.end(), there.end()), next]
            }
            None => vec![(here.start(), there.start()), next],
        };
        Some(interpolated(&points, position))
    }
}

/// Two stretches and what they weigh.
#[derive(Clone, Copy)]
struct Weighed {
    left: Span,
    right: Span,
    weight: f64,
}

fn weighed(comparison: &Comparison, link: &Link) -> Vec<Weighed> {
    let [left, right] = Side::BOTH.map(|side| runs(comparison, link, side));
    let pairs = left.iter().flat_map(|&left| right.iter().map(move |&right| (left, right)));
    let pairs = pairs.filter(|(left, right)| !left.is_empty() && !right.is_empty());
    let weight = |left: Span, right: Span| f64::from(link.score) * f64::from(left.len().min(right.len()));
    pairs.take(RUNS).map(|(left, right)| Weighed { left, right, weight: weight(left, right) }).collect()
}

/// The heaviest chain of pairs, each beginning where the one before has ended on both sides: the longest
/// increasing subsequence with weights, in time n log n.
fn heaviest_in_order(pairs: &[Weighed]) -> Vec<(Span, Span)> {
    let mut by_start: Vec<usize> = (0..pairs.len()).collect();
    let mut by_end = by_start.clone();
    by_start.sort_by_key(|&index| pairs[index].left.start());
    by_end.sort_by_key(|&index| pairs[index].left.end());
    let mut ends: Vec<u32> = pairs.iter().map(|pair| pair.right.end()).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut best = Heaviest::new(ends.len());
    let mut chains: Vec<Chain> = vec![Chain::default(); pairs.len()];
    let mut ended = by_end.into_iter().peekable();
    for index in by_start {
        let pair = pairs[index];
        while let Some(over) = ended.next_if(|&over| pairs[over].left.end() <= pair.left.start()) {
            let place = ends.partition_point(|&end| end < pairs[over].right.end());
            best.offer(place, chains[over].weight, over);
        }
        let before = best.before(ends.partition_point(|&end| end <= pair.right.start()));
        let weight = before.map_or(0.0, |before| chains[before].weight) + pair.weight;
        chains[index] = Chain { weight, before };
    }
    let heaviest = |one: &usize, other: &usize| chains[*one].weight.total_cmp(&chains[*other].weight);
    let mut last = (0..pairs.len()).max_by(heaviest);
    let mut chain = Vec::new();
    while let Some(index) = last {
        chain.push((pairs[index].left, pairs[index].right));
        last = chains[index].before;
    }
    chain.reverse();
    chain
}

/// The heaviest chain that ends with a pair: what it weighs, and the pair before.
#[derive(Clone, Copy, Default)]
struct Chain {
    weight: f64,
    before: Option<usize>,
}

/// The heaviest of all that was offered at a place or before it: a Fenwick tree of maxima.
struct Heaviest {
    nodes: Vec<Option<(f64, usize)>>,
}

impl Heaviest {
    fn new(places: usize) -> Self {
        Self { nodes: vec![None; places + 1] }
    }

    fn offer(&mut self, place: usize, weight: f64, what: usize) {
        let mut node = place + 1;
        while let Some(best) = self.nodes.get_mut(node) {
            if best.is_none_or(|(other, _)| other < weight) {
                *best = Some((weight, what));
            }
            node += node & node.wrapping_neg();
        }
    }

    /// The heaviest at the first `count` places.
    fn before(&self, count: usize) -> Option<usize> {
        let mut node = count;
        let mut best: Option<(f64, usize)> = None;
        while node > 0 {
            if let Some(&Some((weight, what))) = self.nodes.get(node)
                && best.is_none_or(|(other, _)| other < weight)
            {
                best = Some((weight, what));
            }
            node &= node - 1;
        }
        best.map(|(_, what)| what)
    }
}
