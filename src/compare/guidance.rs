//! What the reader decided by hand. It wins over what is found, and guides the rest.

use serde::{Deserialize, Serialize};

use super::Verdict;
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

/// Everything that the reader decided about a pair of documents. A later ruling on the same blocks wins.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Guidance {
    /// In the order in which it was decided.
    pub rulings: Vec<Ruling>,
}
