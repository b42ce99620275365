//! A stretch of one text.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A stretch of one text, in bytes of its UTF-8 form: from `start` up to, not including, `end`.
///
/// Holds: `start <= end`. That both lie on character boundaries is a promise of whoever makes the span
/// about the text it belongs to; [`Span::of`] answers `None` where the promise is broken. Which text it
/// belongs to is said by the name of the variable or field (`source`, `shown`, `within_block`).
/// Positions are 32 bits wide: a text is at most 4 GiB, see [`Span::MOST`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The longest text that spans can point into, in bytes.
    pub const MOST: usize = u32::MAX as usize;

    /// The span from `start` to `end`; the two are put in order.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start: start.min(end), end: start.max(end) }
    }

    /// The empty span at `position`.
    pub fn at(position: u32) -> Self {
        Self { start: position, end: position }
    }

    /// The span of `length` bytes from `start`.
    pub fn from_length(start: u32, length: u32) -> Self {
        Self { start, end: start.saturating_add(length) }
    }

    /// The whole of `text`, or as much of it as a span can hold.
    pub fn whole(text: &str) -> Self {
        Self { start: 0, end: saturate(text.len()) }
    }

    /// The span of a range of bytes. Positions past [`Span::MOST`] become that.
    pub fn from_range(range: &Range<usize>) -> Self {
        Self::new(saturate(range.start), saturate(range.end))
    }

    /// Where it begins, in bytes.
    pub fn start(self) -> u32 {
        self.start
    }

    /// Where it ends, in bytes: the first position after it.
    pub fn end(self) -> u32 {
        self.end
    }

    /// Its length in bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// What stands there in `text`; `None` past its end or inside a character.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// Whether all of `other` lies inside. An empty span at either end does.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `position` lies inside.
    pub fn contains_position(self, position: u32) -> bool {
        self.start <= position && position < self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What both share; `None` where they neither overlap nor touch.
    pub fn intersection(self, other: Span) -> Option<Span> {
        let start = self.start.max(other.start);
        let end = self.end.min(other.end);
        (start <= end).then_some(Self { start, end })
    }

    /// The shortest span that holds both.
    #[must_use]
    pub fn union(self, other: Span) -> Span {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The stretches of it that lie in none of `others`, in order; empty ones are none.
    pub fn without(self, others: impl IntoIterator<Item = Span>) -> Vec<Span> {
        let inside = others.into_iter().filter_map(|other| self.intersection(other)).collect();
        let mut rest = Vec::new();
        let mut begin = self.start;
        for taken in joined(inside).into_iter().chain([Self::at(self.end)]) {
            if begin < taken.start {
                rest.push(Self { start: begin, end: taken.start });
            }
            begin = begin.max(taken.end);
        }
        rest
    }

    /// The same stretch seen from a text that begins `offset` bytes earlier.
    #[must_use]
    pub fn moved_right(self, offset: u32) -> Span {
        Self { start: self.start.saturating_add(offset), end: self.end.saturating_add(offset) }
    }

    /// The same stretch seen from a text that begins `offset` bytes later; cut off at its beginning.
    #[must_use]
    pub fn moved_left(self, offset: u32) -> Span {
        Self { start: self.start.saturating_sub(offset), end: self.end.saturating_sub(offset) }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}..{}", self.start, self.end)
    }
}

/// What the spans cover together, in order: those that overlap or touch become one.
pub fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => *last = last.union(span),
            _ => joined.push(span),
        }
    }
    joined
}

/// A length or position in bytes as 32 bits: what is past [`Span::MOST`] becomes that.
pub fn saturate(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_only_on_character_boundaries() {
        assert_eq!(Span::new(3, 6).of("對讀"), Some("讀"));
        assert_eq!(Span::new(1, 6).of("對讀"), None);
        assert_eq!(Span::new(3, 9).of("對讀"), None);
    }

    #[test]
    fn what_lies_outside_of_others_is_left_however_they_overlap() {
        let spans = |spans: &[(u32, u32)]| spans.iter().map(|&(a, b)| Span::new(a, b)).collect::<Vec<_>>();
        let nested = spans(&[(2, 9), (4, 6), (9, 12), (20, 30)]);
        assert_eq!(joined(nested.clone()), spans(&[(2, 12), (20, 30)]));
        assert_eq!(Span::new(0, 25).without(nested), spans(&[(0, 2), (12, 20)]));
        assert_eq!(Span::new(3, 8).without(spans(&[(0, 9)])), []);
        assert_eq!(Span::new(3, 8).without([]), spans(&[(3, 8)]));
    }

    #[test]
    fn shares_and_joins() {
        let (left, right) = (Span::new(0, 6), Span::new(3, 9));
        assert!(left.overlaps(right));
        assert_eq!(left.intersection(right), Some(Span::new(3, 6)));
        assert_eq!(left.union(right), Span::new(0, 9));
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 6)));
        assert_eq!(Span::new(0, 3).intersection(Span::new(6, 9)), None);
    }
}
