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
    /// For each of so many lowest bits of a number how many characters there are up to the first that has them; 0 where
    /// none has. Most characters of a text are none of them.
    first: [u8; FIRST],
}

/// As many as 9 bits can tell apart.
const FIRST: usize = 512;

/// The first characters of a pattern, and how much of a text they are compared with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Beginning {
    /// How many; at least one, and no more than the pattern has.
    pub(super) length: usize,
    /// How many characters of the text.
    pub(super) reach: usize,
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
        let mut pattern =
            Self { length, characters: Vec::new(), places: Vec::new(), blocks, first: [0; FIRST] };
        let mut sorted: Vec<(char, usize)> =
            characters.enumerate().map(|(index, each)| (each, index)).collect();
        sorted.sort_unstable();
        for (character, index) in sorted {
            if pattern.characters.last() != Some(&character) {
                pattern.characters.push(character);
                let first = &mut pattern.first[character as usize % FIRST];
                if *first == 0 {
                    *first = u8::try_from(pattern.characters.len()).unwrap_or(u8::MAX);
                }
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
        if self.length == 0 {
            return text.count();
        }
        let mut distance = self.length;
        self.walk(text, Begins::AtOnce, |_, column| distance = column.below(distance, self.length));
        distance
    }

    /// For each of these beginnings of the pattern the distance from that beginning of `text`, no longer than its reach,
    /// which is most like it.
    pub(super) fn distances(&self, text: impl Iterator<Item = char>, beginnings: &[Beginning]) -> Vec<usize> {
        let reach = beginnings.iter().map(|beginning| beginning.reach).max().unwrap_or(0);
        // The distance at the end of what was read, and the least so far.
        let mut distances: Vec<(usize, usize)> =
            beginnings.iter().map(|beginning| (beginning.length, beginning.length)).collect();
        self.walk(text.take(reach), Begins::AtOnce, |end, column| {
            for (beginning, (here, least)) in beginnings.iter().zip(&mut distances) {
                if end <= beginning.reach {
                    *here = column.below(*here, beginning.length);
                    *least = (*least).min(*here);
                }
            }
        });
        distances.into_iter().map(|(_, least)| least).collect()
    }

    /// The end of the stretch of `text` that is most like the pattern; of several the first.
    ///
    /// Time: the length of the text, times one for every 64 characters of the pattern.
    pub(super) fn best_end(&self, text: impl Iterator<Item = char>, begins: Begins) -> BestEnd {
        let mut best = BestEnd { end: 0, distance: self.length };
        let mut distance = self.length;
        self.walk(text, begins, |end, column| {
            distance = column.below(distance, self.length);
            if distance < best.distance {
                best = BestEnd { end, distance };
            }
        });
        best
    }

    /// Tells for every end of a stretch how the distances have changed with its last character.
    fn walk(&self, text: impl Iterator<Item = char>, begins: Begins, mut tell: impl FnMut(usize, &Columns)) {
        let mut columns = Columns::new(self.blocks);
        for (index, character) in text.enumerate() {
            let equal = self.places_of(character);
            // Above the first row the distance stays 0, or grows by one with each character of the text.
            let mut carry = Carry { higher: begins == Begins::AtOnce, lower: false };
            for (block, column) in columns.all().iter_mut().enumerate() {
                let equal = equal.and_then(|places| places.get(block)).copied().unwrap_or(0);
                carry = column.step(equal, carry);
            }
            tell(index + 1, &columns);
        }
    }

    fn places_of(&self, character: char) -> Option<&[u64]> {
        let first = usize::from(self.first[character as usize % FIRST]).checked_sub(1)?;
        let index = if self.characters.get(first) == Some(&character) {
            first
        } else {
            self.characters.binary_search(&character).ok()?
        };
        self.places.get(index * self.blocks..(index + 1) * self.blocks)
    }
}

/// The rows of a pattern, at a character of the text.
struct Columns {
    /// Those of a short pattern.
    few: [Column; FEW],
    /// Those of any other.
    many: Vec<Column>,
    blocks: usize,
}

/// So many blocks need no room of their own.
const FEW: usize = 2;

impl Columns {
    fn new(blocks: usize) -> Self {
        let many = if blocks > FEW { vec![Column::default(); blocks] } else { Vec::new() };
        Self { few: [Column::default(); FEW], many, blocks }
    }

    fn all(&mut self) -> &mut [Column] {
        if self.blocks > FEW { &mut self.many } else { &mut self.few[..self.blocks] }
    }

    /// The distance of so many first characters of the pattern, which was `before` a character ago.
    fn below(&self, before: usize, length: usize) -> usize {
        let Some(row) = length.checked_sub(1) else { return 0 };
        let columns = if self.blocks > FEW { self.many.as_slice() } else { &self.few };
        let Some(column) = columns.get(row / BITS) else { return before };
        let bit = |bits: u64| usize::from(bits >> (row % BITS) & 1 == 1);
        before + bit(column.up) - bit(column.down)
    }
}

/// The differences between neighbouring rows, for 64 rows: a bit of `higher` where the lower row has one
/// more, of `lower` where it has one less. And those between neighbouring characters of the text: a bit of `up` where
/// the row now has one more than it had a character ago, of `down` where it has one less.
#[derive(Clone, Copy)]
struct Column {
    higher: u64,
    lower: u64,
    up: u64,
    down: u64,
}

impl Default for Column {
    fn default() -> Self {
        Self { higher: u64::MAX, lower: 0, up: 0, down: 0 }
    }
}

/// The difference between neighbouring characters of the text in one row.
#[derive(Clone, Copy)]
struct Carry {
    higher: bool,
    lower: bool,
}

impl Column {
    /// Goes one character of the text further; returns the difference in the last row.
    fn step(&mut self, equal: u64, carry: Carry) -> Carry {
        let (higher, lower) = (self.higher, self.lower);
        let vertical = equal | lower;
        let equal = equal | u64::from(carry.lower);
        let diagonal = ((equal & higher).wrapping_add(higher) ^ higher) | equal;
        (self.up, self.down) = (lower | !(diagonal | higher), higher & diagonal);
        let up = self.up << 1 | u64::from(carry.higher);
        let down = self.down << 1 | u64::from(carry.lower);
        (self.higher, self.lower) = (down | !(vertical | up), up & vertical);
        let last = |bits: u64| bits >> (BITS - 1) == 1;
        Carry { higher: last(self.up), lower: last(self.down) }
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

        #[test]
        fn every_beginning_is_measured_as_if_it_were_all(
            pattern in prop::collection::vec(prop::sample::select(vec!['水', '河', '树', '堤']), 1..150),
            text in prop::collection::vec(prop::sample::select(vec!['水', '河', '树', '堤']), 0..200),
            shares in prop::collection::vec((1..=100_usize, 0..200_usize), 1..5),
        ) {
            let beginning = |(share, reach): &(usize, usize)| {
                Beginning { length: (pattern.len() * share).div_ceil(100), reach: *reach }
            };
            let beginnings: Vec<Beginning> = shares.iter().map(beginning).collect();
            let alone = beginnings.iter().map(|Beginning { length, reach }| {
                let pattern = Pattern::new(pattern[..*length].iter().copied());
                pattern.best_end(text.iter().copied().take(*reach), Begins::AtOnce).distance
            });
            let whole = Pattern::new(pattern.iter().copied());
            prop_assert_eq!(whole.distances(text.iter().copied(), &beginnings), alone.collect::<Vec<_>>());
        }
    }
}
