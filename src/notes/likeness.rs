//! How much alike two stretches of characters are.
//!
//! All of it counts the fewest characters to exchange, add or leave out (Levenshtein's distance).

/// A pattern prepared for [`Pattern::best_end`], after G. Myers, "A fast bit-vector algorithm for
/// approximate string matching based on dynamic programming", Journal of the ACM 46 (1999), with the
/// blocks of H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances",
/// Nordic Journal of Computing 10 (2003).
pub(super) struct Pattern {
    length: usize,
    /// The distinct characters, in order.
    characters: Vec<char>,
    /// For each of them so many blocks, with one bit for every place where it stands.
    places: Vec<u64>,
    blocks: usize,
}

/// The end of a stretch that is most like a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct BestEnd {
    /// The index after its last character.
    pub(super) end: usize,
    /// The distance of the pattern from it.
    pub(super) distance: usize,
}

/// Where a stretch that is like a pattern may begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Begins {
    /// Anywhere: leaving out the beginning of the text costs nothing.
    Anywhere,
    /// At the beginning of the text.
    AtOnce,
}

const BITS: usize = u64::BITS as usize;

impl Pattern {
    pub(super) fn new(characters: impl ExactSizeIterator<Item = char>) -> Self {
        let (length, blocks) = (characters.len(), characters.len().div_ceil(BITS));
        let mut pattern = Self { length, characters: Vec::new(), places: Vec::new(), blocks };
        let mut sorted: Vec<(char, usize)> =
            characters.enumerate().map(|(index, each)| (each, index)).collect();
        sorted.sort_unstable();
        for (character, index) in sorted {
            if pattern.characters.last() != Some(&character) {
                pattern.characters.push(character);
                pattern.places.resize(pattern.places.len() + blocks, 0);
            }
            let block = pattern.places.len() - blocks + index / BITS;
            pattern.places[block] |= 1 << (index % BITS);
        }
        pattern
    }

    /// How many characters it has.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// The distance of the pattern from the whole of `text`.
    pub(super) fn distance(&self, text: impl Iterator<Item = char>) -> usize {
        let mut distance = self.length;
        self.walk(text, Begins::AtOnce, |_, here| distance = here);
        distance
    }

    /// The end of the stretch of `text` that is most like the pattern; of several the first.
    ///
    /// Time: the length of the text, times one for every 64 characters of the pattern.
    pub(super) fn best_end(&self, text: impl Iterator<Item = char>, begins: Begins) -> BestEnd {
        let mut best = BestEnd { end: 0, distance: self.length };
        self.walk(text, begins, |end, distance| {
            if distance < best.distance {
                best = BestEnd { end, distance };
            }
        });
        best
    }

    /// Tells for every end of a stretch the least distance of the pattern from one that ends there.
    fn walk(&self, text: impl Iterator<Item = char>, begins: Begins, mut tell: impl FnMut(usize, usize)) {
        let nowhere = vec![0; self.blocks];
        let mut columns = vec![Column { higher: u64::MAX, lower: 0 }; self.blocks];
        let mut distance = self.length;
        for (index, character) in text.enumerate() {
            let equal = self.places_of(character).unwrap_or(&nowhere);
            // Above the first row the distance stays 0, or grows by one with each character of the text.
            let mut carry = Carry { higher: begins == Begins::AtOnce, lower: false };
            for (block, (column, &equal)) in columns.iter_mut().zip(equal).enumerate() {
                let last = if block + 1 == self.blocks { (self.length - 1) % BITS } else { BITS - 1 };
                carry = column.step(equal, carry, last);
            }
            distance = (distance + usize::from(carry.higher)) - usize::from(carry.lower);
            tell(index + 1, distance);
        }
    }

    fn places_of(&self, character: char) -> Option<&[u64]> {
        let start = self.characters.binary_search(&character).ok()? * self.blocks;
        self.places.get(start..start + self.blocks)
    }
}

/// The differences between neighbouring rows, for 64 rows: a bit of `higher` where the lower row has one
/// more, of `lower` where it has one less.
#[derive(Clone, Copy)]
struct Column {
    higher: u64,
    lower: u64,
}

/// The difference between neighbouring columns in one row.
#[derive(Clone, Copy)]
struct Carry {
    higher: bool,
    lower: bool,
}

impl Column {
    /// Goes one character of the text further; returns the difference in the row of bit `last`.
    fn step(&mut self, equal: u64, carry: Carry, last: usize) -> Carry {
        let (higher, lower) = (self.higher, self.lower);
        let vertical = equal | lower;
        let equal = equal | u64::from(carry.lower);
        let diagonal = ((equal & higher).wrapping_add(higher) ^ higher) | equal;
        let up = lower | !(diagonal | higher);
        let down = higher & diagonal;
        let out = Carry { higher: up >> last & 1 == 1, lower: down >> last & 1 == 1 };
        let up = up << 1 | u64::from(carry.higher);
        let down = down << 1 | u64::from(carry.lower);
        *self = Self { higher: down | !(vertical | up), lower: up & vertical };
        out
    }
}

/// From 0 (nothing alike) to 1 (the same): what part of the longer of two lengths is not distance.
pub(super) fn likeness(distance: usize, left: usize, right: usize) -> f32 {
    let longer = left.max(right);
    if longer == 0 {
        return 1.0;
    }
    let alike = u16::try_from((longer - distance.min(longer)) * 10_000 / longer).unwrap_or(10_000);
    f32::from(alike) / 10_000.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The textbook's table: the distance of `pattern` from the best stretch that ends at each place.
    fn distances(pattern: &[char], text: &[char], begins: Begins) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut ends = vec![pattern.len()];
        for (index, &character) in text.iter().enumerate() {
            let mut next = vec![if begins == Begins::AtOnce { index + 1 } else { 0 }];
            for row in 1..=pattern.len() {
                let exchanged = column[row - 1] + usize::from(pattern[row - 1] != character);
                next.push(exchanged.min(column[row] + 1).min(next[row - 1] + 1));
            }
            column = next;
            ends.push(column[pattern.len()]);
        }
        ends
    }

    #[test]
    fn likeness_is_what_is_not_distance() {
        let percent = |likeness: f32| (likeness * 100.0).round().to_string();
        let found = [likeness(0, 8, 8), likeness(2, 8, 6), likeness(9, 4, 8), likeness(0, 0, 0)].map(percent);
        assert_eq!(found, ["100", "75", "0", "100"]);
    }

    proptest! {
        #[test]
        fn the_best_end_is_the_tables(
            pattern in prop::collection::vec(prop::sample::select(vec!['水', '河', '树', '堤']), 0..150),
            text in prop::collection::vec(prop::sample::select(vec!['水', '河', '树', '堤']), 0..200),
        ) {
            for begins in [Begins::Anywhere, Begins::AtOnce] {
                let ends = distances(&pattern, &text, begins);
                let least = ends.iter().copied().min().unwrap();
                let end = ends.iter().position(|&distance| distance == least).unwrap();
                let found = Pattern::new(pattern.iter().copied()).best_end(text.iter().copied(), begins);
                prop_assert_eq!(found, BestEnd { end, distance: least });
            }
            let all = Pattern::new(pattern.iter().copied()).distance(text.iter().copied());
            let last = distances(&pattern, &text, Begins::AtOnce).last().copied();
            prop_assert_eq!(Some(all), last);
        }
    }
}
