//! Places where a note could be, and how well each fits.

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

/// Where the quotation could begin: a few characters between the least and the greatest.
struct Cluster {
    /// Every beginning that a shared run speaks for, in order, without repetitions.
    starts: Vec<usize>,
    votes: usize,
}

/// How many runs of the quotation, and of its surroundings, are looked up.
const RUNS_OF_QUOTE: usize = 24;
const RUNS_OF_SURROUNDINGS: usize = 12;
/// Of a long quotation only so many runs are considered, spread over all of it.
const RUNS_CONSIDERED: usize = 256;
/// Of one run only so many places are followed, the nearest to where the note was.
const PLACES_OF_RUN: usize = 256;
/// How many clusters are looked at closely.
const MOST_CLUSTERS: usize = 24;

fn clusters(sought: &Sought, target: &Target<'_>) -> (Vec<Cluster>, bool) {
    let near = target.characters().index_at(sought.place);
    let (mut starts, mut all_seen) = (vec![near], false);
    for (offset, places) in rare_runs(sought, target.grams()) {
        let followed = nearest(places, near);
        all_seen |= followed.len() == places.len();
        starts.extend(
            followed.iter().filter_map(|&place| (place as usize + sought.before.len()).checked_sub(offset)),
        );
    }
    starts.sort_unstable();
    let slack = slack(sought.quote.len());
    let mut clusters: Vec<Cluster> = Vec::new();
    for start in starts {
        match clusters.last_mut() {
            Some(cluster) if cluster.starts.first().is_some_and(|&first| start - first <= slack) => {
                cluster.votes += 1;
                if cluster.starts.last() != Some(&start) {
                    cluster.starts.push(start);
                }
            }
            _ => clusters.push(Cluster { starts: vec![start], votes: 1 }),
        }
    }
    clusters.sort_by_key(|cluster| std::cmp::Reverse(cluster.votes));
    // The weakest cluster looked at is no better than what was passed over: all may have been as good.
    let passed_over = clusters.get(MOST_CLUSTERS).map_or(0, |cluster| cluster.votes);
    let best = clusters.first().map_or(0, |cluster| cluster.votes);
    all_seen &= passed_over == 0 || passed_over * 2 <= best;
    clusters.truncate(MOST_CLUSTERS);
    let all_seen = all_seen || near_only(&clusters);
    (clusters, all_seen)
}

/// Whether nothing but the note's old position speaks for any place.
fn near_only(clusters: &[Cluster]) -> bool {
    clusters.iter().map(|cluster| cluster.votes).sum::<usize>() <= 1
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

/// What measures how well a place fits; its patterns are prepared once for an anchor.
struct Measure<'a> {
    sought: &'a Sought,
    target: &'a Target<'a>,
    characters: &'a Characters,
    /// The quotation read forwards and backwards, or its two ends.
    forwards: Pattern,
    backwards: Pattern,
    before: Pattern,
    after: Pattern,
}

impl<'a> Measure<'a> {
    fn new(sought: &'a Sought, target: &'a Target<'a>) -> Self {
        let quote = &sought.quote;
        let (head, tail) = if quote.len() > LONG {
            (part(quote, 0, END_OF_LONG), part(quote, quote.len() - END_OF_LONG, quote.len()))
        } else {
            (&quote[..], &quote[..])
        };
        Self {
            sought,
            target,
            characters: target.characters(),
            forwards: Pattern::new(tail.iter().copied()),
            backwards: Pattern::new(head.iter().rev().copied()),
            before: Pattern::new(sought.before.iter().rev().copied()),
            after: Pattern::new(sought.after.iter().copied()),
        }
    }

    fn candidates_in(&self, cluster: &Cluster) -> Vec<Candidate> {
        if self.sought.is_bookmark() {
            return self.bookmarks_in(cluster);
        }
        let length = self.sought.quote.len();
        let text = &self.characters.folded;
        let unchanged =
            cluster.starts.iter().filter(|&&start| part(text, start, start + length) == self.sought.quote);
        let exact: Vec<_> = unchanged.map(|&start| self.candidate(start, start + length, 0)).collect();
        if exact.is_empty() && length >= SHORT {
            self.similar_in(cluster).into_iter().collect()
        } else {
            exact
        }
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
            let end = self.forwards.best_end(window.iter().copied(), Begins::Anywhere);
            let stretch = part(window, 0, end.end);
            let start = self.backwards.best_end(stretch.iter().rev().copied(), Begins::AtOnce);
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
        let start = self.backwards.best_end(head.iter().rev().copied(), Begins::Anywhere);
        let first = head_end.checked_sub(start.end)?;
        let tail_start = window_end.saturating_sub(END_OF_LONG + 2 * slack).max(first);
        let tail = part(text, tail_start, window_end + slack);
        let end = self.forwards.best_end(tail.iter().copied(), Begins::Anywhere);
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
        let mut places = cluster.starts.clone();
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
        let text = &self.characters.folded;
        let Sought { quote, before, after, heading, .. } = self.sought;
        let reach = |length: usize| length + slack(0);
        let left = part(text, first.saturating_sub(reach(before.len())), first);
        let right = part(text, end, end + reach(after.len()));
        let before = Side {
            length: before.len(),
            distance: if left.ends_with(before) {
                0
            } else {
                self.before.best_end(left.iter().rev().copied(), Begins::AtOnce).distance
            },
        };
        let after = Side {
            length: after.len(),
            distance: if right.starts_with(after) {
                0
            } else {
                self.after.best_end(right.iter().copied(), Begins::AtOnce).distance
            },
        };
        let position = self.characters.start(first);
        let same_heading =
            self.target.headings_at(position).last().map(|heading| folded(heading)).unwrap_or_default()
                == *heading;
        let around = before.length + after.length;
        let bookmark_distance = before.distance + after.distance;
        let (distance, words) = if quote.is_empty() {
            let words = if around == 0 { 0.0 } else { likeness(bookmark_distance, around, around) };
            (bookmark_distance, words)
        } else {
            (distance, likeness(distance, quote.len(), end - first))
        };
        Candidate { first, end, distance, words, before, after, same_heading }
    }
}
