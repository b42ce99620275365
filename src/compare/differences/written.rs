//! A stretch of a document, seen as the characters that are compared.

use crate::compare::regional::folded;
use crate::document::{Document, Reading};
use crate::text::{Folded, PARAGRAPH, Span, is_han};

/// The folded characters of a stretch without punctuation, and how each is written.
///
/// Between the characters lie gaps, with punctuation and white space: the gap of index i before the character
/// of index i, and one more after the last. A gap may be empty.
pub(super) struct Wording<'a> {
    reading: Reading<'a>,
    /// What is compared.
    pub(super) characters: Vec<char>,
    /// For each character the stretch of the reading that it stands for. Characters of one regional word that has
    /// another length there share theirs.
    written: Vec<Span>,
    /// For each character whether it goes on with what the last one began: such a regional word, or a word of an
    /// alphabet.
    goes_on: Vec<bool>,
}

/// Which characters are compared, as half-open ranges.
pub(super) type Range = std::ops::Range<usize>;

impl<'a> Wording<'a> {
    /// `None` if `source` is no stretch of the document's text. With `regional`, regional words are made alike.
    pub(super) fn new(document: &'a Document, source: Span, regional: bool) -> Option<Self> {
        let reading = document.reading_without_signs(source)?;
        let Folded { text, pairing } = folded(&reading.text, regional);
        let (mut characters, mut written) = (Vec::new(), Vec::new());
        for (stretch, folded) in pairing.stretches() {
            let own =
                folded.of(&text).unwrap_or_default().chars().filter(|&character| character != PARAGRAPH);
            characters.extend(own);
            written.resize(characters.len(), stretch);
        }
        let goes_on = goes_on(&characters, &written);
        Some(Self { reading, characters, written, goes_on })
    }

    /// Whether a stretch may end before the character of that index.
    pub(super) fn parts_at(&self, index: usize) -> bool {
        self.goes_on.get(index) != Some(&true)
    }

    /// Where the characters stand in the reading, with the gaps between them; `range` is not empty.
    fn within(&self, range: &Range) -> Span {
        let first = self.written.get(range.start).copied().unwrap_or_default();
        let last = range.end.checked_sub(1).and_then(|last| self.written.get(last)).copied();
        first.union(last.unwrap_or(first))
    }

    /// The gap of that index in the reading.
    fn gap_within(&self, index: usize) -> Span {
        let start = index.checked_sub(1).and_then(|last| self.written.get(last)).map_or(0, |span| span.end());
        let end = self
            .written
            .get(index)
            .map_or_else(|| Span::whole(&self.reading.text).end(), |span| span.start());
        Span::new(start, end.max(start))
    }

    /// How the characters are written.
    pub(super) fn text(&self, range: &Range) -> &str {
        self.within(range).of(&self.reading.text).unwrap_or_default()
    }

    /// What stands in a gap.
    pub(super) fn gap(&self, index: usize) -> &str {
        self.gap_within(index).of(&self.reading.text).unwrap_or_default()
    }

    /// The stretch of the document's text where the characters stand.
    pub(super) fn span(&self, range: &Range) -> Span {
        self.source(self.within(range))
    }

    /// The stretch of the document's text of a gap.
    pub(super) fn gap_span(&self, index: usize) -> Span {
        self.source(self.gap_within(index))
    }

    fn source(&self, within: Span) -> Span {
        self.reading.pairing.left_from_right_tight(within).moved_right(self.reading.source.start())
    }
}

/// The longest run of letters that is taken for one word.
const LONGEST_WORD: usize = 40;

fn goes_on(characters: &[char], written: &[Span]) -> Vec<bool> {
    let mut begun = 0;
    let pairs = characters.iter().zip(written).zip(characters.iter().zip(written).skip(1)).enumerate();
    let inner = pairs.map(|(index, ((one, at), (next, then)))| {
        let is_one_word = at.end() == then.start() && is_of_word(*one) && is_of_word(*next);
        let goes_on = at == then || (is_one_word && index + 1 - begun < LONGEST_WORD);
        begun = if goes_on { begun } else { index + 1 };
        goes_on
    });
    std::iter::once(false).chain(inner).collect()
}

/// Whether a character is of a writing that sets words apart by spaces: neither Han, kana, Thai, Lao, Burmese nor
/// Khmer.
fn is_of_word(character: char) -> bool {
    let is_unspaced = matches!(character,
        '\u{3040}'..='\u{30FF}' | '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}');
    character.is_alphanumeric() && !is_han(character) && !is_unspaced
}
