//! What is kept of a comparison.

use std::sync::Arc;

use crate::compare::{Comparison, Guidance, Part};
use crate::session::Place;

/// What is kept of a comparison, in a file of its own.
#[derive(Clone, Debug)]
pub struct KeptComparison {
    /// Where the left document is read from.
    pub left: Place,
    /// Where the right document is read from.
    pub right: Place,
    /// What of the left document is compared; the rulings' places are in it.
    pub left_part: Part,
    /// What of the right document is compared.
    pub right_part: Part,
    /// What the reader decided.
    pub guidance: Arc<Guidance>,
    /// What was found; `None` before the first time.
    pub comparison: Option<Arc<Comparison>>,
}

/// What was kept of a comparison, as it was read.
#[derive(Clone, Debug, Default)]
pub struct ComparisonRead {
    /// What the reader decided, put in its places in the documents as they are now.
    pub guidance: Guidance,
    /// What there is to tell, one sentence each: a document that changed, a ruling that could not be placed.
    pub remarks: Vec<String>,
    /// Why it can be read but not changed, if so.
    pub read_only: Option<String>,
}
