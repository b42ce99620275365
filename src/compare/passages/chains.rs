//! Runs in a row: passages that were edited here and there.

use super::Wording;
use super::runs::{Run, width};

/// The most characters that may stand between two runs of one chain, on either side: about a clause.
const WIDEST_GAP: usize = 12;

/// What it costs to go on after other words, in Han characters: chance alone puts a word of two characters behind
/// many a gap, so a run must be longer than that to join.
const REPLACED: f64 = 2.0;

/// What it costs to go on where only one side has words between.
const INSERTED: f64 = 1.0;

/// What each character of a gap costs that has no equal on the other side.
const UNPAIRED: f64 = 0.5;

/// Two wordings, with what their characters are worth.
pub(super) struct Scale<'a> {
    left: &'a [char],
    right: &'a [char],
    /// For each place of a side, what all characters before it are worth.
    left_sums: Vec<f64>,
    right_sums: Vec<f64>,
}

impl<'a> Scale<'a> {
    pub(super) fn new(left: &Wording<'a>, right: &Wording<'a>) -> Self {
        let (left_sums, right_sums) = (sums(left), sums(right));
        Self { left: left.characters, right: right.characters, left_sums, right_sums }
    }

    /// What a run is worth: each Han character a half to one, by how much it tells.
    pub(super) fn worth(&self, run: &Run) -> f64 {
        let sum = |sums: &[f64], start: usize, end: usize| {
            sums.get(end).zip(sums.get(start)).map_or(0.0, |(end, start)| end - start)
        };
        let left = sum(&self.left_sums, run.left, run.left_end());
        let right = sum(&self.right_sums, run.right, run.right_end());
        f64::midpoint(left, right)
    }

    /// The characters that stand between two runs, on either side.
    pub(super) fn between(&self, one: &Run, next: &Run) -> (&'a [char], &'a [char]) {
        let left = self.left.get(one.left_end()..next.left);
        let right = self.right.get(one.right_end()..next.right);
        (left.unwrap_or_default(), right.unwrap_or_default())
    }

    /// What the gap between two runs costs; `most` is what it may cost at all.
    fn cost(&self, one: &Run, next: &Run, most: f64) -> Option<f64> {
        let (left, right) = self.between(one, next);
        let open = if left.is_empty() || right.is_empty() { INSERTED } else { REPLACED };
        if open + UNPAIRED * count(left.len().abs_diff(right.len())) >= most {
            return None;
        }
        let unpaired = left.len().max(right.len()) - equal_pairs(left, right).len();
        let cost = open + UNPAIRED * count(unpaired);
        (cost < most).then_some(cost)
    }

    /// `runs` in chains, each of them the best that the better ones left over.
    pub(super) fn chains(&self, runs: &[Run]) -> Vec<Vec<Run>> {
        let steps = self.steps(runs);
        let mut order: Vec<usize> = (0..runs.len()).collect();
        let worth = |index: &usize| steps.get(*index).map_or(0.0, |step| step.worth);
        order.sort_by(|one, other| worth(other).total_cmp(&worth(one)).then(one.cmp(other)));
        let mut used = vec![false; runs.len()];
        order.into_iter().map(|last| chain(&steps, &mut used, last)).collect()
    }

    /// For each run the best chain that ends with it: the run as far as it is not in the last one already.
    fn steps(&self, runs: &[Run]) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::with_capacity(runs.len());
        // For each diagonal how many steps there were with the last on it: zeroes, which cost nothing until used.
        let mut latest: Vec<usize> = vec![0; self.left.len() + self.right.len() + 1];
        for run in runs {
            let diagonal = run.left + self.right.len() - run.right;
            let near = latest.iter().skip(diagonal.saturating_sub(WIDEST_GAP));
            let near = near.take(diagonal.min(WIDEST_GAP) + WIDEST_GAP + 1);
            let alone = Step { run: *run, after: None, worth: self.worth(run) };
            let before = near.filter_map(|&count| count.checked_sub(1));
            let step = before.fold(alone, |best, before| self.better(&steps, before, run, best));
            steps.push(step);
            latest.get_mut(diagonal).into_iter().for_each(|latest| *latest = steps.len());
        }
        steps
    }

    /// `run` after the step `before` if that is worth more than `best`.
    fn better(&self, steps: &[Step], before: usize, run: &Run, best: Step) -> Step {
        let Some(step) = steps.get(before) else { return best };
        let last = &step.run;
        let overlap =
            last.left_end().saturating_sub(run.left).max(last.right_end().saturating_sub(run.right));
        let run = run.without_first(overlap);
        let near = run.left <= last.left_end() + WIDEST_GAP && run.right <= last.right_end() + WIDEST_GAP;
        if run.length == 0 || !near {
            return best;
        }
        let gain = self.worth(&run);
        let cost = self.cost(last, &run, step.worth + gain - best.worth);
        cost.map_or(best, |cost| Step { run, after: Some(before), worth: step.worth + gain - cost })
    }

    /// Cuts a row of runs where a gap costs more than what stands on either side of it is worth: the parts with
    /// their worth.
    pub(super) fn parts(&self, runs: &[Run]) -> Vec<(f64, Vec<Run>)> {
        let (mut parts, mut rest) = (Vec::new(), runs);
        while let Some((worth, length)) = self.best_beginning(rest) {
            let (part, after) = rest.split_at(length);
            parts.push((worth, part.to_vec()));
            rest = after;
        }
        parts
    }

    /// How many runs from the first on are worth most, and how much. `None` if there is no run.
    fn best_beginning(&self, runs: &[Run]) -> Option<(f64, usize)> {
        let first = self.worth(runs.first()?);
        let (mut worth, mut best) = (first, (first, 1));
        for (index, (one, next)) in runs.iter().zip(runs.iter().skip(1)).enumerate() {
            let Some(cost) = self.cost(one, next, worth) else { break };
            worth += self.worth(next) - cost;
            if worth > best.0 {
                best = (worth, index + 2);
            }
        }
        Some(best)
    }
}

/// A run at the end of a chain.
#[derive(Clone, Copy, Debug)]
struct Step {
    run: Run,
    after: Option<usize>,
    worth: f64,
}

/// The chain that ends with that step, as far as it was not used.
fn chain(steps: &[Step], used: &mut [bool], last: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut next = Some(last);
    while let Some((step, used)) = next.and_then(|index| steps.get(index).zip(used.get_mut(index))) {
        if *used {
            break;
        }
        *used = true;
        runs.push(step.run);
        next = step.after;
    }
    runs.reverse();
    runs
}

/// For each place, what all characters before it are worth.
fn sums(wording: &Wording) -> Vec<f64> {
    let mut sum = 0.0;
    let characters = wording.characters.iter().zip(wording.weights);
    let sums = characters.map(|(&character, &weight)| {
        sum += f64::from(width(character)) * (0.5 + 0.5 * f64::from(weight));
        sum
    });
    std::iter::once(0.0).chain(sums).collect()
}

/// A small number for reckoning.
fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

/// The longest row of equal characters of two short texts: places of the left one, places of the right one.
pub(super) fn equal_pairs(left: &[char], right: &[char]) -> Vec<(usize, usize)> {
    let width = right.len() + 1;
    // Of the rest from each pair of places on: how many characters pair up.
    let mut longest = vec![0_usize; (left.len() + 1) * width];
    let at = |l: usize, r: usize| l * width + r;
    let best = |longest: &[usize], l, r| longest.get(at(l, r)).copied().unwrap_or(0);
    for (l, one) in left.iter().enumerate().rev() {
        for (r, other) in right.iter().enumerate().rev() {
            let most = if one == other {
                best(&longest, l + 1, r + 1) + 1
            } else {
                best(&longest, l + 1, r).max(best(&longest, l, r + 1))
            };
            if let Some(slot) = longest.get_mut(at(l, r)) {
                *slot = most;
            }
        }
    }
    let (mut l, mut r, mut pairs) = (0, 0, Vec::new());
    while let Some((one, other)) = left.get(l).zip(right.get(r)) {
        if one == other {
            pairs.push((l, r));
            (l, r) = (l + 1, r + 1);
        } else if best(&longest, l + 1, r) >= best(&longest, l, r + 1) {
            l += 1;
        } else {
            r += 1;
        }
    }
    pairs
}
