//! How to find a place again.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// How to find a place again: where it was, what stood there, what stood around it.
///
/// Holds: `quote` is what the document had at `span` when the anchor was made. Finding again never
/// overwrites either.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
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
