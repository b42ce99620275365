//! A document made ready for finding notes in it.

use std::ops::ControlFlow;
use std::sync::OnceLock;

use crate::document::Document;
use crate::text::{Span, fold_char, saturate};

/// A document made ready for finding notes in it. What that takes is made when it is first needed: a
/// document that has not changed needs nothing.
#[derive(Debug)]
pub struct Target<'a> {
    document: &'a Document,
    prepared: OnceLock<Prepared>,
}

#[derive(Debug)]
struct Prepared {
    characters: Characters,
    grams: Grams,
    /// The headings of the outline, folded.
    headings: Vec<Vec<char>>,
}

impl<'a> Target<'a> {
    /// Makes `document` ready.
    pub fn new(document: &'a Document) -> Self {
        Self { document, prepared: OnceLock::new() }
    }

    pub(super) fn document(&self) -> &Document {
        self.document
    }

    pub(super) fn text(&self) -> &str {
        self.document.text()
    }

    pub(super) fn characters(&self) -> &Characters {
        &self.prepared().characters
    }

    pub(super) fn grams(&self) -> &Grams {
        &self.prepared().grams
    }

    /// Where the folded `words` stand, one after another. Fewer than a run has are not looked for.
    pub(super) fn places_of<'w>(&'w self, words: &'w [char]) -> impl Iterator<Item = usize> + use<'w, 'a> {
        let runs = words.windows(Grams::LENGTH).map(|run| self.grams().places(run)).enumerate();
        let (offset, places) = rarest(runs).unwrap_or_default();
        let text = &self.characters().folded;
        let starts = places.iter().filter_map(move |&place| (place as usize).checked_sub(offset));
        starts.filter(move |&start| text.get(start..start + words.len()) == Some(words))
    }

    /// The heading straight above `position` (bytes), folded; empty where there is none.
    pub(super) fn heading_at(&self, position: u32) -> &[char] {
        let block = self.document.block_at(position);
        let entry = block.and_then(|block| self.document.outline().entry_at(block));
        entry.and_then(|entry| self.prepared().headings.get(entry)).map_or(&[], Vec::as_slice)
    }

    fn prepared(&self) -> &Prepared {
        self.prepared.get_or_init(|| {
            let characters = Characters::of(self.document.text());
            let grams = Grams::of(&characters.folded);
            Prepared { characters, grams, headings: headings(self.document) }
        })
    }
}

/// The headings of the outline, folded, in its order.
fn headings(document: &Document) -> Vec<Vec<char>> {
    let blocks = document.outline().entries().iter().map(|entry| document.block(entry.block));
    blocks
        .map(|block| {
            block
                .and_then(|block| block.span.of(document.text()))
                .map(|heading| folded(heading.chars()))
                .unwrap_or_default()
        })
        .collect()
}

/// A text as its characters that count, folded: white space and what cannot be seen is left out.
///
/// White space goes so that a text is the same however its lines and paragraphs were broken.
#[derive(Debug, Default)]
pub(super) struct Characters {
    /// The folded characters.
    pub(super) folded: Vec<char>,
    /// Where each begins in the text, in bytes, and at last the text's end.
    starts: Vec<u32>,
}

impl Characters {
    pub(super) fn of(text: &str) -> Self {
        // A Han character has three bytes: about so many there are.
        let expected = text.len() / 3 + 1;
        let (mut folded, mut starts) = (Vec::with_capacity(expected), Vec::with_capacity(expected));
        for (start, character) in text.char_indices().filter(|&(_, character)| counts(character)) {
            folded.push(fold_char(character));
            starts.push(saturate(start));
        }
        starts.push(saturate(text.len()));
        Self { folded, starts }
    }

    /// Where the character with that index begins in the text, in bytes; the text's end past the last.
    pub(super) fn start(&self, index: usize) -> u32 {
        self.starts.get(index).or(self.starts.last()).copied().unwrap_or(0)
    }

    /// The index of the first character that begins at `position` (bytes) or later.
    pub(super) fn index_at(&self, position: u32) -> usize {
        self.starts.partition_point(|&start| start < position).min(self.folded.len())
    }

    /// The stretch of `text` that the characters from `first` up to, not including, `end` have, with the
    /// invisible ones that belong to the last.
    pub(super) fn span(&self, text: &str, first: usize, end: usize) -> Span {
        let start = self.start(first);
        if first >= end {
            return Span::at(start);
        }
        let last = self.start(end - 1);
        let rest = Span::new(last, self.start(end)).of(text).unwrap_or_default();
        Span::new(start, last + saturate(rest.trim_end_matches(char::is_whitespace).len()))
    }
}

/// The folded characters of `text` that count.
pub(super) fn folded(text: impl Iterator<Item = char>) -> Vec<char> {
    text.filter(|&character| counts(character)).map(fold_char).collect()
}

/// How many characters of `text` count.
pub(super) fn folded_length(text: impl Iterator<Item = char>) -> usize {
    text.filter(|&character| counts(character)).count()
}

/// Whether a character counts in a comparison of words.
fn counts(character: char) -> bool {
    if matches!(character, '\u{3400}'..='\u{9FFF}') {
        return true;
    }
    let invisible = matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}'
    );
    !character.is_whitespace() && !character.is_control() && !invisible
}

/// Where every run of three characters stands in a text: what finds the places worth a closer look.
#[derive(Debug, Default)]
pub(super) struct Grams {
    /// For each bucket of the hash the index in `places` where it begins, and at last the end.
    begins: Vec<u32>,
    /// The first character of each run, bucket after bucket, in order of the text.
    places: Vec<u32>,
    bits: u32,
}

impl Grams {
    /// How many characters a run has.
    pub(super) const LENGTH: usize = 3;

    /// Sorts the runs by counting. There is a bucket for every few runs: a table that were larger would be
    /// filled more slowly, as it would not fit where the processor keeps what it is working on.
    fn of(characters: &[char]) -> Self {
        let bits = (characters.len() / 2).max(16).ilog2();
        let buckets = || characters.windows(Self::LENGTH).map(|gram| bucket(gram, bits) as usize);
        let mut begins = vec![0_u32; (1 << bits) + 1];
        for bucket in buckets() {
            begins[bucket] += 1;
        }
        let mut end = 0;
        for begin in &mut begins {
            end += *begin;
            *begin = end;
        }
        // Each bucket is filled from its end, so that it begins where its first run was put.
        let mut places = vec![0; end as usize];
        for (place, bucket) in buckets().enumerate().rev() {
            begins[bucket] -= 1;
            places[begins[bucket] as usize] = saturate(place);
        }
        Self { begins, places, bits }
    }

    /// Where `gram` may stand, in order: every place where it does, and a few where another run has the
    /// same hash.
    pub(super) fn places(&self, gram: &[char]) -> &[u32] {
        let bucket = bucket(gram, self.bits) as usize;
        let bounds = self.begins.get(bucket).zip(self.begins.get(bucket + 1));
        bounds.and_then(|(&start, &end)| self.places.get(start as usize..end as usize)).unwrap_or_default()
    }
}

/// The run that stands in the fewest places, or the first that stands in few enough.
fn rarest<'g>(mut runs: impl Iterator<Item = (usize, &'g [u32])>) -> Option<(usize, &'g [u32])> {
    const FEW: usize = 2;
    let first = runs.next()?;
    let rarer = |rarest: (usize, &'g [u32]), run: (usize, &'g [u32])| {
        let rarer = if run.1.len() < rarest.1.len() { run } else { rarest };
        if rarer.1.len() > FEW { ControlFlow::Continue(rarer) } else { ControlFlow::Break(rarer) }
    };
    let (ControlFlow::Continue(rarest) | ControlFlow::Break(rarest)) = runs.try_fold(first, rarer);
    Some(rarest)
}

/// The bucket of a run among 2 to the power of `bits`: Fibonacci hashing.
fn bucket(gram: &[char], bits: u32) -> u32 {
    let packed = gram.iter().fold(0_u64, |packed, &character| packed << 21 | u64::from(character));
    let mixed = (packed ^ packed >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    u32::try_from(mixed >> (64 - bits)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_read_counts() {
        let text = " 河　水\r\nＡb\u{200B}𠀀\u{E0100} \n";
        let characters = Characters::of(text);
        assert_eq!(characters.folded, ['河', '水', 'a', 'b', '𠀀']);
        assert_eq!(characters.span(text, 0, 2).of(text), Some("河　水"));
        assert_eq!(characters.span(text, 4, 5).of(text), Some("𠀀\u{E0100}"));
        assert_eq!(characters.span(text, 1, 1), Span::at(7));
        assert_eq!(characters.index_at(7), 1);
        assert_eq!(characters.index_at(99), 5);
    }

    #[test]
    fn every_run_is_found_where_it_stands() {
        let characters = folded("先种树，再清淤；先种树，再修堤。".chars());
        let grams = Grams::of(&characters);
        for (place, gram) in characters.windows(Grams::LENGTH).enumerate() {
            assert!(grams.places(gram).contains(&saturate(place)), "{gram:?}");
        }
        let places = grams.places(&['先', '种', '树']);
        assert!(places.contains(&0) && places.contains(&8) && places.is_sorted());
    }
}
