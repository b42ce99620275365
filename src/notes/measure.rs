//! How well a place fits an anchor.

use std::cell::OnceCell;

use super::Target;
use super::candidate::Candidate;
use super::clusters::{Cluster, clusters, part, slack};
use super::likeness::{Begins, Pattern, likeness};
use super::sought::Sought;
use super::target::Characters;

/// The places worth considering, and whether these are all: `false` where the document repeats itself so
/// often that some may have been passed over.
pub(super) fn candidates(sought: &Sought, target: &Target<'_>) -> (Vec<Candidate>, bool) {
    let (clusters, all_seen) = clusters(sought, target);
    let measure = Measure::new(sought, target);
    let found = clusters.iter().flat_map(|cluster| measure.candidates_in(cluster)).collect();
    (found, all_seen)
}

/// A longer quotation that has changed is measured by its beginning and its end only.
const LONG: usize = 2_048;
/// How much of each.
const END_OF_LONG: usize = 512;
/// How many of the nearest characters of the surroundings say where a quotation begins and ends.
const NEAR: usize = 32;

/// What measures how well a place fits; its patterns are prepared once for an anchor, when first needed.
struct Measure<'a> {
    sought: &'a Sought,
    target: &'a Target<'a>,
    characters: &'a Characters,
    /// The quotation, or the end of a long one.
    forwards: OnceCell<Pattern>,
    /// The quotation, or the beginning of a long one, read backwards.
    backwards: OnceCell<Pattern>,
    /// The nearest of what stood before.
    before: OnceCell<Pattern>,
    /// The nearest of what stood after, read backwards.
    after: OnceCell<Pattern>,
}

impl<'a> Measure<'a> {
    fn new(sought: &'a Sought, target: &'a Target<'a>) -> Self {
        let (forwards, backwards) = (OnceCell::new(), OnceCell::new());
        let (before, after) = (OnceCell::new(), OnceCell::new());
        Self { sought, target, characters: target.characters(), forwards, backwards, before, after }
    }

    fn candidates_in(&self, cluster: &Cluster) -> Vec<Candidate> {
        if self.sought.is_bookmark() {
            return self.bookmark_in(cluster).into_iter().collect();
        }
        let length = self.sought.quote.len();
        let text = &self.characters.folded;
        let unchanged =
            cluster.distinct().filter(|&start| part(text, start, start + length) == self.sought.quote);
        let mut found: Vec<_> = unchanged.map(|start| self.candidate(start, start + length, 0)).collect();
        // Where words and surroundings are as they were, nothing tells more of where they begin and end.
        if !found.iter().any(Candidate::is_exact) && (found.is_empty() || length < NEAR) {
            found.extend(self.between_surroundings(cluster));
        }
        if found.iter().all(|candidate| candidate.distance > 0) {
            found.extend(self.similar_in(cluster));
        }
        found
    }

    /// The stretch near the cluster that is most like the quotation.
    fn similar_in(&self, cluster: &Cluster) -> Option<Candidate> {
        let length = self.sought.quote.len();
        let slack = slack(length);
        let window_start = cluster.starts.first()?.saturating_sub(slack);
        let window_end = cluster.starts.last()? + length + slack;
        let (first, end, distance) = if length > LONG {
            self.ends_of_long(window_start, window_end)?
        } else {
            let window = part(&self.characters.folded, window_start, window_end);
            let end = self.forwards().best_end(window.iter().copied(), Begins::Anywhere);
            let stretch = part(window, 0, end.end);
            let start = self.backwards().best_end(stretch.iter().rev().copied(), Begins::AtOnce);
            (window_start + end.end - start.end, window_start + end.end, end.distance)
        };
        (first < end).then(|| self.candidate(first, end, distance))
    }

    /// The stretch near the cluster between what stood before and what stood after: where the first or the last
    /// character was exchanged, words alone cannot tell where they begin or end.
    fn between_surroundings(&self, cluster: &Cluster) -> Option<Candidate> {
        let length = self.sought.quote.len();
        if length > LONG {
            return None;
        }
        let (least, greatest) = (*cluster.starts.first()?, *cluster.starts.last()?);
        let (first, end) =
            (self.end_of_before(least, greatest), self.start_of_after(least + length, greatest + length));
        let fits = first < end && end - first <= length + length / 2 + 4;
        fits.then(|| {
            let words = part(&self.characters.folded, first, end).iter().copied();
            self.candidate(first, end, self.forwards().distance(words))
        })
    }

    /// Where what stood before ends, near the places from `least` to `greatest`.
    fn end_of_before(&self, least: usize, greatest: usize) -> usize {
        let pattern = self.before.get_or_init(|| {
            let near = self.sought.before.nearest(NEAR);
            Pattern::new(near.iter().rev().copied())
        });
        let start = least.saturating_sub(pattern.length() + slack(0));
        let window = part(&self.characters.folded, start, greatest + slack(self.sought.quote.len()));
        start + pattern.best_end(window.iter().copied(), Begins::Anywhere).end
    }

    /// Where what stood after begins, near the places from `least` to `greatest`.
    fn start_of_after(&self, least: usize, greatest: usize) -> usize {
        let pattern = self.after.get_or_init(|| {
            let near = self.sought.after.nearest(NEAR);
            Pattern::new(near.iter().rev().copied())
        });
        let text = &self.characters.folded;
        let end = (greatest + pattern.length() + slack(0)).min(text.len());
        let window = part(text, least.saturating_sub(slack(self.sought.quote.len())), end);
        end - pattern.best_end(window.iter().rev().copied(), Begins::Anywhere).end
    }

    fn forwards(&self) -> &Pattern {
        let quote = &self.sought.quote;
        let start = if quote.len() > LONG { quote.len() - END_OF_LONG } else { 0 };
        self.forwards.get_or_init(|| Pattern::new(part(quote, start, quote.len()).iter().copied()))
    }

    fn backwards(&self) -> &Pattern {
        let quote = &self.sought.quote;
        let end = if quote.len() > LONG { END_OF_LONG } else { quote.len() };
        self.backwards.get_or_init(|| Pattern::new(part(quote, 0, end).iter().rev().copied()))
    }

    /// Where a long quotation begins and ends, and a distance in proportion to that of its two ends.
    fn ends_of_long(&self, window_start: usize, window_end: usize) -> Option<(usize, usize, usize)> {
        let (length, text) = (self.sought.quote.len(), &self.characters.folded);
        let slack = length / 4;
        let head_end = (window_start + END_OF_LONG + 2 * slack).min(text.len());
        let head = part(text, window_start.saturating_sub(slack), head_end);
        let start = self.backwards().best_end(head.iter().rev().copied(), Begins::Anywhere);
        let first = head_end.checked_sub(start.end)?;
        let tail_start = window_end.saturating_sub(END_OF_LONG + 2 * slack).max(first);
        let tail = part(text, tail_start, window_end + slack);
        let end = self.forwards().best_end(tail.iter().copied(), Begins::Anywhere);
        let end_at = tail_start + end.end;
        let of_ends = (start.distance + end.distance) * length / (2 * END_OF_LONG);
        Some((first, end_at, of_ends.max(length.abs_diff(end_at.checked_sub(first)?))))
    }

    fn bookmark_in(&self, cluster: &Cluster) -> Option<Candidate> {
        let (least, greatest) = (*cluster.starts.first()?, *cluster.starts.last()?);
        let ends = [self.end_of_before(least, greatest), self.start_of_after(least, greatest)];
        let measured = cluster
            .distinct()
            .chain(ends)
            .filter(|&place| place <= self.characters.folded.len())
            .map(|place| self.candidate(place, place, 0));
        measured.max_by_key(|candidate| (candidate.evidence(), std::cmp::Reverse(candidate.first)))
    }

    fn candidate(&self, first: usize, end: usize, distance: usize) -> Candidate {
        let Sought { quote, before, after, heading, .. } = self.sought;
        let (left, right) = self.characters.folded.split_at(first.min(self.characters.folded.len()));
        let beyond = end.saturating_sub(first);
        let before = before.side(&left.iter().rev().copied());
        let after = after.side(&right.get(beyond..).unwrap_or_default().iter().copied());
        let around = before.length + after.length;
        let (distance, words) = match (quote.len(), around) {
            (0, 0) => (0, 0.0),
            (0, _) => {
                let distance = before.distance + after.distance;
                (distance, likeness(distance, around, around))
            }
            (quoted, _) => (distance, likeness(distance, quoted, end - first)),
        };
        let same_heading = self.target.heading_at(self.characters.start(first)) == heading;
        Candidate { first, end, distance, words, quoted: quote.len(), before, after, same_heading }
    }
}
