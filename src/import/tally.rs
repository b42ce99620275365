//! How often each of a few things occurs.

/// Counts of a few different things; past [`MOST`] different ones no new one is taken in.
#[derive(Clone, Debug)]
pub(super) struct Tally<T> {
    counts: Vec<(T, usize)>,
}

/// How many different things are counted.
const MOST: usize = 256;

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self { counts: Vec::new() }
    }
}

impl<T: PartialEq + Copy + Ord> Tally<T> {
    /// Counts `thing` so many times more.
    pub(super) fn add(&mut self, thing: T, times: usize) {
        let room = self.counts.len() < MOST;
        match self.counts.iter_mut().find(|(known, _)| *known == thing) {
            Some((_, count)) => *count += times,
            None if room => self.counts.push((thing, times)),
            None => {}
        }
    }

    /// What occurs most; of equals the greatest.
    pub(super) fn most(&self) -> Option<T> {
        self.counts.iter().max_by_key(|(thing, count)| (*count, *thing)).map(|(thing, _)| *thing)
    }
}
