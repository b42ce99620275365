//! Places where a note could be, and how well each fits.

use std::cell::OnceCell;

use super::likeness::{Begins, Pattern, likeness};
use super::target::{Characters, Grams, folded};
use super::{Anchor, Target};
use crate::text::Span;

/// An anchor as it is sought: its parts folded.
pub(super) struct Sought {
    quote: Vec<char>,
    before: Vec<char>,
    after: Vec<char>,
    /// The heading straight above; empty where there was none.
    heading: Vec<char>,
    place: u32,
    /// Whether a bookmark between two paragraphs belongs to the first.
    ends_paragraph: bool,
}

impl Sought {
    pub(super) fn of(anchor: &Anchor) -> Self {
        Self {
            quote: folded(&anchor.quote),
            before: folded(&anchor.before),
            after: folded(&anchor.after),
            heading: anchor.headings.last().map(|heading| folded(heading)).unwrap_or_default(),
            place: anchor.span.start(),
            ends_paragraph: anchor.after.starts_with(char::is_whitespace),
        }
    }

    fn is_bookmark(&self) -> bool {
        self.quote.is_empty()
    }
}

/// A place where a note could be, in the characters of the target.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Candidate {
    /// The index of the first character.
    pub(super) first: usize,
    /// The index after the last.
    pub(super) end: usize,
    /// The distance of the words from the quotation; for a bookmark, of the surroundings.
    pub(super) distance: usize,
    words: f32,
    before: Side,
    after: Side,
    same_heading: bool,
}

/// How well one side of the surroundings fits.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Side {
    length: usize,
    distance: usize,
}

impl Side {
    fn likeness(self) -> f32 {
        likeness(self.distance, self.length, self.length)
    }

    /// How many characters fit without a difference.
    fn unchanged(self) -> usize {
        if self.distance == 0 { self.length } else { 0 }
    }
}

/// The words that count less than their surroundings: fewer characters than this need both.
const SHORT: usize = 8;
/// How alike changed words must at least be.
const FLOOR_WORDS: f32 = 0.6;
/// How alike the surroundings must at least be together.
const FLOOR_SURROUNDINGS: f32 = 0.7;
/// How alike each side of the surroundings must at least be where words have changed: a list of
/// similar clauses keeps one side when a clause is taken out.
const FLOOR_SIDE: f32 = 0.5;
/// How alike words must at least be to be shown to the reader as possible ones.
const FLOOR_POSSIBLE: f32 = 0.5;
/// So many characters word for word in a row are proof without their surroundings.
const PROOF: usize = 64;
/// So many are for a bookmark, which quotes nothing.
const PROOF_OF_BOOKMARK: usize = 28;
/// The weights of words and surroundings; what is missing to 1 is the heading's.
const WEIGHT_WORDS: f32 = 0.55;
const WEIGHT_SURROUNDINGS: f32 = 0.35;

impl Candidate {
    /// How well it fits in all, from 0 to 1.
    pub(super) fn score(&self) -> f32 {
        let heading = f32::from(u8::from(self.same_heading)) * (1.0 - WEIGHT_WORDS - WEIGHT_SURROUNDINGS);
        self.words * WEIGHT_WORDS + self.surroundings().unwrap_or(self.words) * WEIGHT_SURROUNDINGS + heading
    }

    /// How much alike the words are; for a bookmark, the surroundings.
    pub(super) fn likeness(&self) -> f32 {
        self.words
    }

    /// Whether words and surroundings are unchanged and long enough to be no chance.
    pub(super) fn is_exact(&self, sought: &Sought) -> bool {
        let unchanged = self.distance + self.before.distance + self.after.distance == 0;
        unchanged && sought.quote.len() + self.before.length + self.after.length >= 2 * SHORT
    }

    /// Whether it would be the note's place if there were no other, though something has changed.
    pub(super) fn is_trusted(&self, sought: &Sought, target: &Target<'_>) -> bool {
        if sought.quote.len() + self.before.length + self.after.length < SHORT {
            return false;
        }
        let surroundings = self.surroundings().unwrap_or(0.0);
        let unchanged = sought.quote.len() + self.before.unchanged() + self.after.unchanged();
        let both_sides = surroundings >= FLOOR_SURROUNDINGS && self.weaker_side() >= FLOOR_SIDE;
        if sought.is_bookmark() {
            return both_sides && self.before.length + self.after.length >= PROOF_OF_BOOKMARK
                || unchanged >= PROOF_OF_BOOKMARK;
        }
        if self.distance == 0 {
            return surroundings >= FLOOR_SURROUNDINGS || unchanged >= PROOF;
        }
        let long = sought.quote.len() >= SHORT;
        long && self.words >= FLOOR_WORDS
            && both_sides
            && !self.is_neighbour(sought, target)
            && !self.is_another_clause(sought, target)
    }

    /// Whether it can be shown to the reader as a possible place: enough of the words are there and, of few
    /// words, also what stood on one side of them.
    pub(super) fn is_possible(&self, sought: &Sought) -> bool {
        let beside = |side: Side| side.length >= SHORT && side.likeness() >= FLOOR_SURROUNDINGS;
        let long = self.distance == 0 || sought.quote.len() >= SHORT;
        self.words >= FLOOR_POSSIBLE && (long || beside(self.before) || beside(self.after))
    }

    pub(super) fn overlaps(&self, other: &Candidate) -> bool {
        self.first < other.end && other.first < self.end
    }

    pub(super) fn span(&self, sought: &Sought, target: &Target<'_>) -> Span {
        let characters = target.characters();
        if sought.is_bookmark() && sought.ends_paragraph && self.first > 0 {
            return Span::at(characters.span(target.text(), self.first - 1, self.first).end());
        }
        characters.span(target.text(), self.first, self.end)
    }

    /// How alike the surroundings are together; `None` where the anchor has none.
    fn surroundings(&self) -> Option<f32> {
        let length = self.before.length + self.after.length;
        (length > 0).then(|| likeness(self.before.distance + self.after.distance, length, length))
    }

    fn weaker_side(&self) -> f32 {
        self.before.likeness().min(self.after.likeness())
    }

    /// Whether the number of a clause differs, in the words or straight before them, and other words too: of
    /// clauses that are all alike, that is rather another one than the same renumbered.
    fn is_another_clause(&self, sought: &Sought, target: &Target<'_>) -> bool {
        let text = &target.characters().folded;
        let words = part(text, self.first, self.end);
        let before = part(text, self.first.saturating_sub(sought.before.len()), self.first);
        let numbers = |before, words| {
            let straight_before = Numbered::new(before).numbers.pop();
            straight_before.into_iter().chain(Numbered::new(words).numbers).collect::<Vec<_>>()
        };
        numbers(before, words) != numbers(&sought.before, &sought.quote)
            && (Numbered::new(words).rest != Numbered::new(&sought.quote).rest)
    }

    /// Whether the words are rather those that stood beside the quotation than the quotation: where a
    /// clause was taken out, the next one like it takes its place.
    fn is_neighbour(&self, sought: &Sought, target: &Target<'_>) -> bool {
        const COMPARED: usize = 16;
        let words = part(&target.characters().folded, self.first, self.end);
        let (first, last) = (
            words.get(..COMPARED).unwrap_or(words),
            part(words, words.len().saturating_sub(COMPARED), words.len()),
        );
        let stood = |words: &[char], beside: &[char]| {
            let best = Pattern::new(words.iter().copied()).best_end(beside.iter().copied(), Begins::Anywhere);
            likeness(best.distance, words.len(), words.len()) > self.words
        };
        words.len() >= SHORT && (stood(first, &sought.after) || stood(last, &sought.before))
    }
}

/// Words with the numbers of clauses, as in （三）, 第三条, 三、 and 3., taken out.
struct Numbered<'a> {
    numbers: Vec<&'a [char]>,
    rest: Vec<&'a [char]>,
}

impl<'a> Numbered<'a> {
    fn new(words: &'a [char]) -> Self {
        let runs: Vec<&[char]> =
            words.chunk_by(|left, right| is_numeral(*left) == is_numeral(*right)).collect();
        let opens = |run: &[char]| run.last().is_some_and(|last| "(（第".contains(*last));
        let closes =
            |run: &[char]| run.first().is_some_and(|first| ")）、.．条條章节節款项項编編".contains(*first));
        let numbers_clause = |index: usize| {
            runs[index].iter().all(|&character| is_numeral(character))
                && (index.checked_sub(1).is_some_and(|last| opens(runs[last]))
                    || runs.get(index + 1).is_some_and(|next| closes(next)))
        };
        let (numbers, rest): (Vec<_>, Vec<_>) = (0..runs.len()).partition(|&index| numbers_clause(index));
        let runs_at = |indices: Vec<usize>| indices.into_iter().map(|index| runs[index]).collect();
        Self { numbers: runs_at(numbers), rest: runs_at(rest) }
    }
}

fn is_numeral(character: char) -> bool {
    character.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(character)
}

/// The places worth considering, and whether these are all: `false` where the document repeats itself so
/// often that some may have been passed over.
pub(super) fn candidates(sought: &Sought, target: &Target<'_>) -> (Vec<Candidate>, bool) {
    let (clusters, all_seen) = clusters(sought, target);
    let measure = Measure::new(sought, target);
    let found = clusters.iter().flat_map(|cluster| measure.candidates_in(cluster)).collect();
    (found, all_seen)
}

/// Where the quotation could begin: places close to each other that shared runs speak for.
struct Cluster {
    /// Every such beginning, in order, once for each run.
    starts: Vec<usize>,
}

impl Cluster {
    fn distinct(&self) -> impl Iterator<Item = usize> {
        self.starts.chunk_by(|left, right| left == right).filter_map(|same| same.first().copied())
    }
}

/// How many runs of the quotation, and of its surroundings, are looked up.
const RUNS_OF_QUOTE: usize = 24;
const RUNS_OF_SURROUNDINGS: usize = 12;
/// Of a long quotation only so many runs are considered, spread over all of it.
const RUNS_CONSIDERED: usize = 256;
/// Of one run only so many places are followed, the nearest to where the note was.
const PLACES_OF_RUN: usize = 64;
/// How many clusters are looked at closely.
const MOST_CLUSTERS: usize = 24;
/// A cluster that fewer than one in so many runs speak for than for the strongest is not looked at.
const WEAK: usize = 3;

fn clusters(sought: &Sought, target: &Target<'_>) -> (Vec<Cluster>, bool) {
    let near = target.characters().index_at(sought.place);
    let (mut starts, mut some_run_seen_whole) = (vec![near], false);
    for (offset, places) in rare_runs(sought, target.grams()) {
        let followed = nearest(places, near);
        some_run_seen_whole |= followed.len() == places.len();
        starts.extend(
            followed.iter().filter_map(|&place| (place as usize + sought.before.len()).checked_sub(offset)),
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
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
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
    let whole: Vec<char> = [&sought.before[..], &sought.quote, &sought.after].concat();
    let quote = sought.before.len()..sought.before.len() + sought.quote.len();
    let touches =
        |offset: usize| offset < quote.end && offset + Grams::LENGTH > quote.start && !quote.is_empty();
    let step = (quote.len() / RUNS_CONSIDERED).max(1);
    let (mut own, mut around) = (Vec::new(), Vec::new());
    for (offset, gram) in whole.windows(Grams::LENGTH).enumerate() {
        match touches(offset) {
            true if offset % step == 0 => own.push((offset, grams.places(gram))),
            true => {}
            false => around.push((offset, grams.places(gram))),
        }
    }
    let rarest = |mut runs: Vec<(usize, &'g [u32])>, most| {
        runs.retain(|(_, places)| !places.is_empty());
        runs.sort_by_key(|(_, places)| places.len());
        runs.truncate(most);
        runs
    };
    let around_most = if sought.is_bookmark() { RUNS_OF_QUOTE } else { RUNS_OF_SURROUNDINGS };
    let mut runs = rarest(own, RUNS_OF_QUOTE);
    runs.extend(rarest(around, around_most));
    runs
}

/// The places nearest to `near`, at most [`PLACES_OF_RUN`].
fn nearest(places: &[u32], near: usize) -> &[u32] {
    let middle = places.partition_point(|&place| (place as usize) < near);
    let start = middle.saturating_sub(PLACES_OF_RUN / 2).min(places.len().saturating_sub(PLACES_OF_RUN));
    part(places, start, start + PLACES_OF_RUN)
}

/// By how many characters changes may have moved a part of a quotation of that length against another.
fn slack(length: usize) -> usize {
    8 + (length / 4).min(56)
}

/// The elements from `start` up to `end`, as far as there are any.
fn part<T>(slice: &[T], start: usize, end: usize) -> &[T] {
    let end = end.min(slice.len());
    slice.get(start.min(end)..end).unwrap_or_default()
}

/// A longer quotation that has changed is measured by its beginning and its end only.
const LONG: usize = 2_048;
/// How much of each.
const END_OF_LONG: usize = 512;

/// What measures how well a place fits; its patterns are prepared once for an anchor, when first needed.
struct Measure<'a> {
    sought: &'a Sought,
    target: &'a Target<'a>,
    characters: &'a Characters,
    /// The quotation, or the end of a long one.
    forwards: OnceCell<Pattern>,
    /// The quotation, or the beginning of a long one, read backwards.
    backwards: OnceCell<Pattern>,
    /// What stood before, read backwards.
    before: OnceCell<Pattern>,
    after: OnceCell<Pattern>,
}

impl<'a> Measure<'a> {
    fn new(sought: &'a Sought, target: &'a Target<'a>) -> Self {
        let (forwards, backwards) = (OnceCell::new(), OnceCell::new());
        let (before, after) = (OnceCell::new(), OnceCell::new());
        Self { sought, target, characters: target.characters(), forwards, backwards, before, after }
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

    /// How well what stands before `first` fits.
    fn side_before(&self, first: usize) -> Side {
        let before = &self.sought.before;
        let left = part(&self.characters.folded, first.saturating_sub(before.len() + slack(0)), first);
        let pattern = || self.before.get_or_init(|| Pattern::new(before.iter().rev().copied()));
        let distance = || pattern().best_end(left.iter().rev().copied(), Begins::AtOnce).distance;
        Side { length: before.len(), distance: if left.ends_with(before) { 0 } else { distance() } }
    }

    /// How well what stands from `end` on fits.
    fn side_after(&self, end: usize) -> Side {
        let after = &self.sought.after;
        let right = part(&self.characters.folded, end, end + after.len() + slack(0));
        let pattern = || self.after.get_or_init(|| Pattern::new(after.iter().copied()));
        let distance = || pattern().best_end(right.iter().copied(), Begins::AtOnce).distance;
        Side { length: after.len(), distance: if right.starts_with(after) { 0 } else { distance() } }
    }

    fn candidates_in(&self, cluster: &Cluster) -> Vec<Candidate> {
        if self.sought.is_bookmark() {
            return self.bookmarks_in(cluster);
        }
        let length = self.sought.quote.len();
        let text = &self.characters.folded;
        let unchanged =
            cluster.distinct().filter(|&start| part(text, start, start + length) == self.sought.quote);
        let exact: Vec<_> = unchanged.map(|start| self.candidate(start, start + length, 0)).collect();
        if exact.is_empty() { self.similar_in(cluster).into_iter().collect() } else { exact }
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
        let (first, end) = self.settled(first, end);
        (first < end).then(|| self.candidate(first, end, distance))
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

    /// The stretch with its ends moved by a few characters to where the surroundings begin: where the last
    /// character was exchanged, words alone cannot tell.
    fn settled(&self, first: usize, end: usize) -> (usize, usize) {
        const REACH: usize = 3;
        let Sought { before, after, .. } = self.sought;
        let text = &self.characters.folded;
        let begins =
            |&start: &usize| start >= before.len() && part(text, start - before.len(), start) == before;
        let ends = |&end: &usize| part(text, end, end + after.len()) == after;
        let first_settled =
            (first.saturating_sub(REACH)..=first + REACH).find(begins).filter(|_| before.len() >= SHORT);
        let end_settled =
            (end.saturating_sub(REACH)..=end + REACH).find(ends).filter(|_| after.len() >= SHORT);
        (first_settled.unwrap_or(first), end_settled.unwrap_or(end))
    }

    fn bookmarks_in(&self, cluster: &Cluster) -> Vec<Candidate> {
        let Sought { before, after, .. } = self.sought;
        let (Some(&least), Some(&greatest)) = (cluster.starts.first(), cluster.starts.last()) else {
            return Vec::new();
        };
        let text = &self.characters.folded;
        let slack = slack(0);
        let window_start = least.saturating_sub(before.len() + slack);
        let left = part(text, window_start, greatest + slack);
        let right_end = (greatest + after.len() + slack).min(text.len());
        let right = part(text, least.saturating_sub(slack), right_end);
        let forwards = Pattern::new(before.iter().copied()).best_end(left.iter().copied(), Begins::Anywhere);
        let backwards =
            Pattern::new(after.iter().rev().copied()).best_end(right.iter().rev().copied(), Begins::Anywhere);
        let mut places: Vec<usize> = cluster.distinct().collect();
        places.extend([window_start + forwards.end, right_end - backwards.end.min(right_end)]);
        let measured = places
            .into_iter()
            .filter(|&place| place <= text.len())
            .map(|place| self.candidate(place, place, 0));
        let best = measured
            .max_by(|left, right| left.words.total_cmp(&right.words).then(right.first.cmp(&left.first)));
        best.into_iter().collect()
    }

    fn candidate(&self, first: usize, end: usize, distance: usize) -> Candidate {
        let (before, after) = (self.side_before(first), self.side_after(end));
        let same_heading = self.target.heading_at(self.characters.start(first)) == self.sought.heading;
        let quoted = self.sought.quote.len();
        let (around, around_distance) = (before.length + after.length, before.distance + after.distance);
        let (distance, words) = match (quoted, around) {
            (0, 0) => (0, 0.0),
            (0, _) => (around_distance, likeness(around_distance, around, around)),
            _ => (distance, likeness(distance, quoted, end - first)),
        };
        Candidate { first, end, distance, words, before, after, same_heading }
    }
}
