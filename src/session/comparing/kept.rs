//! What is kept of a comparison.

use std::sync::Arc;

use super::{CompareOptions, Findings, LinkFilter, Section};
use crate::compare::{Comparison, Guidance, Part};
use crate::session::Place;

/// What the name of the file of a comparison ends in.
pub const COMPARISON_ENDING: &str = ".duidu-compare.ron";

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
    /// How it is shown.
    pub options: CompareOptions,
    /// Which links are listed.
    pub filter: LinkFilter,
}

/// What was kept of a comparison, as it was read.
#[derive(Clone, Debug, Default)]
pub struct ComparisonRead {
    /// What the reader decided, put in its places in the documents as they are now.
    pub guidance: Guidance,
    /// How sure these places are, and how many rulings have none any more: those stay in the file.
    pub placed: PlacedRulings,
    /// What was found, where both texts are still those that were compared: it is not worked out anew.
    pub findings: Option<Arc<Findings>>,
    /// How it was shown.
    pub options: Option<CompareOptions>,
    /// Which links were listed.
    pub filter: Option<LinkFilter>,
    /// What there is to tell, one sentence each: a document that changed, a ruling that could not be placed.
    pub remarks: Vec<String>,
    /// Why it can be read but not changed, if so.
    pub read_only: Option<String>,
}

/// Of how many rulings the passages were found again, each counted by the least sure of its passages.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PlacedRulings {
    /// In place.
    pub exact: usize,
    /// Elsewhere, or in other words.
    pub moved: usize,
    /// In several places, or perhaps.
    pub unsure: usize,
    /// Nowhere.
    pub lost: usize,
}

/// A comparison's file that was opened by its name.
#[derive(Clone, PartialEq, Debug)]
pub struct ComparisonFile {
    /// Where the left document is now, and which section of it is compared.
    pub left: (Place, Option<Section>),
    /// Where the right document is now, and which section of it is compared.
    pub right: (Place, Option<Section>),
    /// What there is to tell, one sentence each: a document that is missing or has changed.
    pub remarks: Vec<String>,
}
