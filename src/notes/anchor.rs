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
    /// Where it was, in the document's text. Empty for a bookmark.
    pub span: Span,
    /// What stood there, word for word as in the document. Empty for a bookmark.
    pub quote: String,
    /// What stood just before: up to [`Anchor::CONTEXT`] characters.
    pub before: String,
    /// What stood just after: up to [`Anchor::CONTEXT`] characters.
    pub after: String,
    /// The headings that it stood under, the highest first, as written.
    pub headings: Vec<String>,
}

impl Anchor {
    /// How many characters of context are kept on each side.
    pub const CONTEXT: usize = 32;

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
        Self {
            span: Span::from_range(&(start..end)),
            quote: quote.to_owned(),
            before: last_characters(before, Self::CONTEXT).to_owned(),
            after: first_characters(after, Self::CONTEXT).to_owned(),
            headings: headings_at(document, start),
        }
    }
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
    fn context_ends_after_so_many_characters() {
        let (before, after) = ("前".repeat(40), "𠀀".repeat(40));
        let (kept_before, kept_after) = ("前".repeat(Anchor::CONTEXT), "𠀀".repeat(Anchor::CONTEXT));
        check(&format!("{before}⟦中⟧{after}"), &kept_before, "中", &kept_after, &[]);
    }

    #[test]
    fn a_span_that_is_not_of_the_text_is_cut_and_widened() {
        let document = document_of("河水");
        assert_eq!(Anchor::of(&document, Span::new(4, 99)).quote, "水");
        assert_eq!(Anchor::of(&document, Span::new(50, 99)).span, Span::at(6));
    }
}
