//! Places that are worth a closer look: where rare runs of an anchor's characters stand close together.

use std::ops::Range;

use super::Target;
use super::sought::Sought;
use super::target::Grams;

/// Where the quotation could begin: places close to each other that shared runs speak for.
pub(super) struct Cluster {
    /// Every such beginning, in order, once for each run.
    pub(super) starts: Vec<usize>,
}

impl Cluster {
    /// Every such beginning once.
    pub(super) fn distinct(&self) -> impl Iterator<Item = usize> {
        self.starts.chunk_by(|left, right| left == right).filter_map(|same| same.first().copied())
    }
}

/// How many runs of the quotation, of what is close to it on each side, and of what is farther away on each side, are
/// looked up: what is rare may all stand in the next paragraph, which may have gone elsewhere.
const RUNS_OF_QUOTE: usize = 24;
const RUNS_CLOSE_BY: usize = 5;
const RUNS_FARTHER_AWAY: usize = 3;
/// So many characters on each side are close.
const CLOSE: usize = 16;
/// Of a long quotation only so many runs are considered, spread over all of it.
const RUNS_CONSIDERED: usize = 256;
/// Of one run only so many places are followed, the nearest to where the note was.
const PLACES_OF_RUN: usize = 64;
/// So many runs at most are looked up that stand in more places, and only where fewer are rarer.
const RUNS_NOT_RARE: usize = 6;
/// How many clusters are looked at closely.
const MOST_CLUSTERS: usize = 24;
/// A cluster that fewer than one in so many runs speak for than for the strongest is not looked at.
const WEAK: usize = 3;

/// The clusters worth considering, and whether these are all: `false` where the document repeats itself so
/// often that some may have been passed over.
pub(super) fn clusters(sought: &Sought, target: &Target<'_>) -> (Vec<Cluster>, bool) {
    let near = target.characters().index_at(sought.place.unwrap_or(0));
    let (mut starts, mut some_run_seen_whole) = (vec![near], false);
    for (offset, places) in rare_runs(sought, target.grams()) {
        let followed = nearest(places, near);
        some_run_seen_whole |= followed.len() == places.len();
        starts.extend(
            followed
                .iter()
                .filter_map(|&place| (place as usize + sought.before.length()).checked_sub(offset)),
        );
    }
    if starts.len() == 1 {
        return (vec![Cluster { starts }], true);
    }
    starts.sort_unstable();
    let (clusters, none_passed_over) = strongest(&starts, slack(sought.quote.len()));
    (clusters, some_run_seen_whole && none_passed_over)
}

/// The clusters of `starts`, which are in order, that most runs speak for; and whether those passed over are
/// much weaker than the strongest, so that none of them could be as good.
fn strongest(starts: &[usize], slack: usize) -> (Vec<Cluster>, bool) {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (index, &start) in starts.iter().enumerate() {
        match ranges.last_mut() {
            Some(range) if start - starts[range.start] <= slack => range.end = index + 1,
            _ => ranges.push(index..index + 1),
        }
    }
    let most = ranges.iter().map(ExactSizeIterator::len).max().unwrap_or(0);
    ranges.retain(|range| range.len() * WEAK > most);
    let none_passed_over = ranges.len() <= MOST_CLUSTERS;
    if !none_passed_over {
        ranges.select_nth_unstable_by_key(MOST_CLUSTERS, |range| std::cmp::Reverse(range.len()));
        ranges.truncate(MOST_CLUSTERS);
    }
    (ranges.into_iter().map(|range| Cluster { starts: starts[range].to_vec() }).collect(), none_passed_over)
}

/// The rarest runs of the quotation and of its surroundings that the document has, each with its offset in
/// the surroundings before, the quotation and the surroundings after, taken together.
fn rare_runs<'g>(sought: &Sought, grams: &'g Grams) -> Vec<(usize, &'g [u32])> {
    let whole = sought.whole();
    let quote = sought.before.length()..sought.before.length() + sought.quote.len();
    let step = (quote.len() / RUNS_CONSIDERED).max(1);
    let first_own =
        if quote.is_empty() { quote.start } else { quote.start.saturating_sub(Grams::LENGTH - 1) };
    let share = if sought.is_bookmark() { 2 } else { 1 };
    let rarest = |offsets: Range<usize>, step: usize, most: usize| {
        let run = |offset: usize| Some((offset, grams.places(whole.get(offset..offset + Grams::LENGTH)?)));
        let runs = offsets.step_by(step).filter_map(run);
        let mut runs: Vec<_> = runs.filter(|(_, places)| !places.is_empty()).collect();
        runs.sort_unstable_by_key(|(offset, places)| (places.len(), *offset));
        runs.truncate(most);
        let rare = runs.partition_point(|(_, places)| places.len() <= PLACES_OF_RUN);
        runs.truncate(rare.max(RUNS_NOT_RARE));
        runs
    };
    let close = first_own.saturating_sub(CLOSE)..(quote.end + CLOSE).min(whole.len());
    [
        rarest(first_own..quote.end, step, RUNS_OF_QUOTE),
        rarest(close.start..first_own, 1, share * RUNS_CLOSE_BY),
        rarest(quote.end..close.end, 1, share * RUNS_CLOSE_BY),
        rarest(0..close.start, 1, share * RUNS_FARTHER_AWAY),
        rarest(close.end..whole.len(), 1, share * RUNS_FARTHER_AWAY),
    ]
    .concat()
}

/// The places nearest to `near`, at most [`PLACES_OF_RUN`].
fn nearest(places: &[u32], near: usize) -> &[u32] {
    let middle = places.partition_point(|&place| (place as usize) < near);
    let start = middle.saturating_sub(PLACES_OF_RUN / 2).min(places.len().saturating_sub(PLACES_OF_RUN));
    part(places, start, start + PLACES_OF_RUN)
}

/// By how many characters changes may have moved a part of a quotation of that length against another.
pub(super) fn slack(length: usize) -> usize {
    8 + (length / 4).min(56)
}

/// The elements from `start` up to `end`, as far as there are any.
pub(super) fn part<T>(slice: &[T], start: usize, end: usize) -> &[T] {
    let end = end.min(slice.len());
    slice.get(start.min(end)..end).unwrap_or_default()
}
