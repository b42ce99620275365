//! Which pairs of blocks are worth a closer look.

use super::grams::Gram;
use super::units::Unit;
use super::{Cancelled, Watcher};

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

/// For each unit of either side its most promising counterparts; every pair once, in order.
///
/// `steps` says how much of the whole work this is.
pub(super) fn candidates(
    units: [&[Unit]; 2],
    profiles: [&[Vec<Gram>]; 2],
    watcher: &dyn Watcher,
) -> Result<Vec<Pair>, Cancelled> {
    let [left, right] = units;
    let [left_profiles, right_profiles] = profiles;
    let postings = Postings::new(right_profiles);
    let mut of_right: Vec<Best> = vec![Best::default(); right.len()];
    let mut pairs = Vec::new();
    let mut sums = vec![0.0_f32; right.len()];
    let mut touched: Vec<u32> = Vec::new();
    for (number, (unit, profile)) in left.iter().zip(left_profiles).enumerate() {
        if number % 256 == 0 && !watcher.goes_on(0.1 + 0.3 * super::measure::ratio(number, left.len())) {
            return Err(Cancelled);
        }
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
        let mut best = Best::default();
        let number = crate::text::saturate(number);
        for other in touched.drain(..) {
            let sum = sums.get_mut(other as usize).map_or(0.0, std::mem::take);
            let is_like = right.get(other as usize).is_some_and(|each| each.is_heading == unit.is_heading);
            if is_like && sum >= LEAST {
                best.offer(other, sum);
                if let Some(best) = of_right.get_mut(other as usize) {
                    best.offer(number, sum);
                }
            }
        }
        pairs.extend(best.kept.iter().map(|&(_, right)| Pair { left: number, right }));
    }
    for (right, best) in (0..).zip(&of_right) {
        pairs.extend(best.kept.iter().map(|&(_, left)| Pair { left, right }));
    }
    pairs.sort_unstable();
    pairs.dedup();
    Ok(pairs)
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

/// For each run, the units that have it.
struct Postings {
    begins: Vec<u32>,
    entries: Vec<(u32, f32)>,
    mask: usize,
}

impl Postings {
    fn new(profiles: &[Vec<Gram>]) -> Self {
        let count: usize = profiles.iter().map(Vec::len).sum();
        let size = count.clamp(1 << 10, 1 << 22).next_power_of_two();
        let mask = size - 1;
        let mut begins = vec![0_u32; size + 1];
        for gram in profiles.iter().flatten() {
            if let Some(begin) = begins.get_mut((gram.hash as usize & mask) + 1) {
                *begin += 1;
            }
        }
        let mut sum = 0;
        for begin in &mut begins {
            sum += *begin;
            *begin = sum;
        }
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
