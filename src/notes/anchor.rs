//! How to find a place again.

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::text::Span;

/// How to find a place again: where it was, what stood there, what stood around it.
///
/// Holds: `quote` is what the document had at `span` when the anchor was made. Finding again never
/// overwrites either.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Anchor {
    /// Where it was, in the document's text. Empty for a bookmark, and where nobody said it.
    pub span: Span,
    /// What stood there, word for word as in the document. Empty for a bookmark.
    pub quote: String,
    /// What stood just before: [`Anchor::CONTEXT`] characters as far as there are so many, and where these, or most of
    /// them, stand elsewhere in the document too, more, up to [`Anchor::MOST_CONTEXT`].
    pub before: String,
    /// What stood just after; as much of it as of `before`.
    pub after: String,
    /// The headings that it stood under, the highest first, as written.
    pub headings: Vec<String>,
}

impl Anchor {
    /// How many characters of context are kept on each side.
    pub const CONTEXT: usize = 32;
    /// How many at most, where fewer do not tell the place from others.
    pub const MOST_CONTEXT: usize = 128;

    /// Whether there is nothing to find it by: a note on a whole document.
    pub fn says_nothing(&self) -> bool {
        self.quote.is_empty() && self.before.is_empty() && self.after.is_empty()
    }

    /// Whether it says where it was: a note that a person writes by hand may say no more than its words.
    pub fn says_place(&self) -> bool {
        self.quote.is_empty() || !self.span.is_empty()
    }

    /// The anchor of `span` in `document`.
    ///
    /// The caller gives a span that ends on grapheme boundaries. Whatever else comes is cut to the text
    /// and widened to whole characters, so that the invariant holds.
    pub fn of(document: &Document, span: Span) -> Self {
        let text = document.text();
        let start = text.floor_char_boundary(span.start() as usize);
        let end = text.ceil_char_boundary(span.end() as usize);
        let (before, rest) = text.split_at(start);
        let (quote, after) = rest.split_at(end - start);
        let around = around(text, start, end);
        let least = usize::from(!is_once(around, vicinity(before, quote, after)));
        Self {
            span: Span::from_range(&(start..end)),
            quote: quote.to_owned(),
            before: telling(around, before, last_characters, least).to_owned(),
            after: telling(around, after, first_characters, least).to_owned(),
            headings: headings_at(document, start),
        }
    }
}

/// So many bytes on each side are looked through for the same words: some chapters of a book.
const LOOKED_THROUGH: usize = 256 * 1024;

/// The text from `start` to `end` and what is around it.
fn around(text: &str, start: usize, end: usize) -> &str {
    let first = text.floor_char_boundary(start.saturating_sub(LOOKED_THROUGH));
    let last = text.floor_char_boundary(end.saturating_add(LOOKED_THROUGH));
    text.get(first..last).unwrap_or(text)
}

/// So many characters more than tell a place from others are kept.
pub(super) const MARGIN: usize = 12;

/// The lengths that are tried.
pub(super) const LENGTHS: [usize; 5] = [Anchor::CONTEXT, 48, 64, 96, Anchor::MOST_CONTEXT];

/// The shortest part of `side`, from the length with the index `least` on, that would stand once in `around` without
/// its last characters too; otherwise the longest.
fn telling<'t>(around: &str, side: &'t str, part: fn(&'t str, usize) -> &'t str, least: usize) -> &'t str {
    let is_enough = |length: usize| {
        part(side, length).len() == side.len() || is_once(around, part(side, length - MARGIN))
    };
    let length = LENGTHS.into_iter().skip(least).find(|&length| is_enough(length));
    part(side, length.unwrap_or(Anchor::MOST_CONTEXT))
}

/// So many characters on each side belong to the vicinity of a quotation.
const VICINITY: usize = 10;

/// The quotation with what is nearest to it in the same paragraph: where that stands twice, the surroundings alone
/// tell the two apart.
fn vicinity(before: &str, quote: &str, after: &str) -> String {
    let left = last_characters(before, VICINITY);
    let right = first_characters(after, VICINITY);
    let left = left.rsplit('\n').next().unwrap_or_default();
    let right = right.split('\n').next().unwrap_or_default();
    [left, quote, right].concat()
}

/// Whether `part` stands nowhere else in `text`.
fn is_once(text: &str, part: impl AsRef<str>) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), part.as_ref()).nth(1).is_none()
}

/// The headings that the byte at `position` stands under, the highest first, as written.
fn headings_at(document: &Document, position: usize) -> Vec<String> {
    let Some(block) = document.block_at(crate::text::saturate(position)) else { return Vec::new() };
    let path = document.outline().path(block).into_iter();
    path.filter_map(|heading| document.block(heading)?.span.of(document.text()))
        .map(|heading| heading.trim().to_owned())
        .collect()
}

/// The first `most` characters of `text`, or all.
fn first_characters(text: &str, most: usize) -> &str {
    let end = text.char_indices().nth(most).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text)
}

/// The last `most` characters of `text`, or all.
fn last_characters(text: &str, most: usize) -> &str {
    let start = text.char_indices().rev().take(most).last().map_or(text.len(), |(start, _)| start);
    text.get(start..).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::sample::{document_of, marked};

    fn check(source: &str, before: &str, quote: &str, after: &str, headings: &[&str]) {
        let (text, span) = marked(source);
        let anchor = Anchor::of(&document_of(&text), span);
        assert_eq!((&*anchor.before, &*anchor.quote, &*anchor.after), (before, quote, after));
        assert_eq!(anchor.headings, headings);
        assert_eq!(anchor.span.of(&text), Some(quote));
    }

    #[test]
    fn keeps_the_words_their_surroundings_and_headings() {
        check(
            "# 修河\n## 上游\n先种树，⟦再清淤⟧。",
            "# 修河\n## 上游\n先种树，",
            "再清淤",
            "。",
            &["# 修河", "## 上游"],
        );
        check("⟦全文⟧", "", "全文", "", &[]);
        check("", "", "", "", &[]);
    }

    #[test]
    fn a_bookmark_has_surroundings_only() {
        check("河水清。⟦⟧岸边有树。", "河水清。", "", "岸边有树。", &[]);
    }

    #[test]
    fn context_is_as_long_as_tells_the_place_from_others() {
        let different =
            |first: u32, count| (first..first + count).filter_map(char::from_u32).collect::<String>();
        let (before, after) = (different(0x4E00, 40), different(0x2_0000, 40));
        let (kept_before, kept_after) = (different(0x4E00 + 8, 32), different(0x2_0000, 32));
        check(&format!("{before}⟦中⟧{after}"), &kept_before, "中", &kept_after, &[]);
        let twice = format!("甲{before}乙{before}⟦中⟧{after}");
        check(&twice, &format!("{}乙{before}", different(0x4E00 + 17, 23)), "中", &kept_after, &[]);
        let (same, kept) = ("前".repeat(200), "前".repeat(Anchor::MOST_CONTEXT));
        check(&format!("{same}⟦中⟧"), &kept, "中", "", &[]);
    }

    #[test]
    fn a_span_that_is_not_of_the_text_is_cut_and_widened() {
        let document = document_of("河水");
        assert_eq!(Anchor::of(&document, Span::new(4, 99)).quote, "水");
        assert_eq!(Anchor::of(&document, Span::new(50, 99)).span, Span::at(6));
    }
}
