//! What the reader decided by hand. It wins over what is found, and guides the rest.

use serde::{Deserialize, Serialize};

use super::{Lexicon, Verdict};
use crate::text::Span;

/// What the reader decided about two passages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Decision {
    /// They answer each other, as was found.
    Confirm,
    /// They do not answer each other.
    Refuse,
    /// They answer each other, and this is how.
    Relate(Verdict),
    /// They correspond: a fixed point for what lies around them.
    Pin,
}

/// A decision, and the passages that it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ruling {
    /// Stretches of the left document's text.
    pub left: Vec<Span>,
    /// Stretches of the right document's text.
    pub right: Vec<Span>,
    /// What was decided.
    pub decision: Decision,
}

impl Ruling {
    /// So many blocks of a side a ruling is about at most: it joins passages. One that is about more of them pairs these
    /// off in order.
    pub const MOST_BLOCKS: usize = 200;

    /// Whether it is about the same passages as another.
    pub fn is_on_same(&self, other: &Self) -> bool {
        (&self.left, &self.right) == (&other.left, &other.right)
    }
}

/// What the reader gives to a comparison.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Guidance {
    /// Everything that was decided about the pair of documents, in the order in which it was decided. A later
    /// ruling on the same blocks wins.
    pub rulings: Vec<Ruling>,
    /// Themes and stock phrases: the standard ones, or with the reader's own.
    pub lexicon: Lexicon,
}
