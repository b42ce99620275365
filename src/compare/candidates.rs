//! Which pairs of blocks are worth a closer look.

use super::grams::Gram;
use super::measure::ratio;
use super::units::Unit;
use super::{Cancelled, Watcher};
use crate::text::saturate;

/// Two units that may answer each other, as places among the units of their sides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Pair {
    pub(super) left: u32,
    pub(super) right: u32,
}

/// A run that stands in more blocks than this tells too little to begin with.
const MOST_BLOCKS: usize = 256;
/// For each unit so many candidates are looked at, the most promising ones.
const KEPT: usize = 12;
/// What is shared by a pair that is worth a look, at least.
const LEAST: f32 = 0.5;

/// How many units are looked up before the watcher is asked again.
const PACE: usize = 256;

/// For each unit of either side its most promising counterparts; every pair once, in order.
///
/// Of the whole work this is the stretch from 0.26 to 0.46, as `watcher` is told.
pub(super) fn candidates(
    units: [&[Unit]; 2],
    profiles: [&[Vec<Gram>]; 2],
    watcher: &dyn Watcher,
) -> Result<Vec<Pair>, Cancelled> {
    let [left, right] = units;
    let [left_profiles, right_profiles] = profiles;
    let mut sums = Sums::new(right_profiles);
    let mut of_right: Vec<Best> = vec![Best::default(); right.len()];
    let mut pairs = Vec::new();
    for (number, (unit, profile)) in left.iter().zip(left_profiles).enumerate() {
        if number % PACE == 0 && !watcher.goes_on(0.26 + 0.2 * ratio(number, left.len())) {
            return Err(Cancelled);
        }
        let left = saturate(number);
        let is_like =
            |other: u32| right.get(other as usize).is_some_and(|other| other.is_heading == unit.is_heading);
        let mut best = Best::default();
        for (other, sum) in sums.of(profile).filter(|&(other, sum)| sum >= LEAST && is_like(other)) {
            best.offer(other, sum);
            of_right.get_mut(other as usize).into_iter().for_each(|best| best.offer(left, sum));
        }
        pairs.extend(best.kept.iter().map(|&(_, right)| Pair { left, right }));
    }
    for (right, best) in (0..).zip(&of_right) {
        pairs.extend(best.kept.iter().map(|&(_, left)| Pair { left, right }));
    }
    pairs.sort_unstable();
    pairs.dedup();
    Ok(pairs)
}

/// How much each unit of the right side shares with one of the left.
struct Sums {
    postings: Postings,
    /// For each right unit; 0 between two questions.
    of_right: Vec<f32>,
    touched: Vec<u32>,
}

impl Sums {
    fn new(profiles: &[Vec<Gram>]) -> Self {
        Self { postings: Postings::new(profiles), of_right: vec![0.0; profiles.len()], touched: Vec::new() }
    }

    /// The right units that share something with a profile of the left, in order.
    fn of(&mut self, profile: &[Gram]) -> impl Iterator<Item = (u32, f32)> {
        let Self { postings, of_right: sums, touched } = self;
        for gram in profile {
            for &(other, value) in postings.of(gram.hash) {
                let Some(sum) = sums.get_mut(other as usize) else { continue };
                if *sum == 0.0 {
                    touched.push(other);
                }
                *sum += gram.value * value;
            }
        }
        touched.sort_unstable();
        touched.drain(..).map(|other| (other, sums.get_mut(other as usize).map_or(0.0, std::mem::take)))
    }
}

/// The best few counterparts of a unit. Where two are as good, both are kept or the earlier one.
#[derive(Clone, Default)]
struct Best {
    kept: Vec<(f32, u32)>,
}

impl Best {
    fn offer(&mut self, other: u32, sum: f32) {
        if self.kept.len() < KEPT {
            self.kept.push((sum, other));
            return;
        }
        let least =
            self.kept.iter_mut().min_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
        if let Some(least) = least.filter(|least| least.0 < sum) {
            *least = (sum, other);
        }
    }
}

/// For each run, the units that have it. Runs with the same end of their hashes stand together.
struct Postings {
    /// For each end of a hash where its entries begin, and the end of the last.
    begins: Vec<u32>,
    /// A unit, and how much the run tells of it.
    entries: Vec<(u32, f32)>,
    /// The end of a hash that counts.
    mask: usize,
}

impl Postings {
    fn new(profiles: &[Vec<Gram>]) -> Self {
        let count: usize = profiles.iter().map(Vec::len).sum();
        let mask = count.clamp(1 << 10, 1 << 22).next_power_of_two() - 1;
        let begins = begins(profiles, mask);
        let mut next = begins.clone();
        let mut entries = vec![(0, 0.0); count];
        for (unit, profile) in (0..).zip(profiles) {
            for gram in profile {
                let Some(place) = next.get_mut(gram.hash as usize & mask) else { continue };
                if let Some(entry) = entries.get_mut(*place as usize) {
                    *entry = (unit, gram.value);
                }
                *place += 1;
            }
        }
        Self { begins, entries, mask }
    }

    fn of(&self, hash: u32) -> &[(u32, f32)] {
        let place = hash as usize & self.mask;
        let begin = self.begins.get(place).copied().unwrap_or(0) as usize;
        let end = self.begins.get(place + 1).copied().unwrap_or(0) as usize;
        let found = self.entries.get(begin..end).unwrap_or_default();
        if found.len() > MOST_BLOCKS { &[] } else { found }
    }
}

/// How many entries stand before those of each end of a hash.
fn begins(profiles: &[Vec<Gram>], mask: usize) -> Vec<u32> {
    let mut begins = vec![0_u32; mask + 2];
    for gram in profiles.iter().flatten() {
        if let Some(count) = begins.get_mut((gram.hash as usize & mask) + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for begin in &mut begins {
        sum += *begin;
        *begin = sum;
    }
    begins
}
