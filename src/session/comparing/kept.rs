//! What is kept of a comparison.

use std::path::PathBuf;
use std::sync::Arc;

use super::{CompareOptions, LinkFilter, SectionEnds};
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
    /// How it is shown.
    pub options: CompareOptions,
    /// What is listed.
    pub filter: LinkFilter,
}

impl KeptComparison {
    /// Whether it is about the same two texts as another: only then does it say all that the other one says.
    pub fn is_of_texts_of(&self, other: &Self) -> bool {
        let texts = |kept: &Self| [&kept.left_part, &kept.right_part].map(|part| part.document().id());
        texts(self) == texts(other)
    }
}

/// What was kept of a comparison, as it was read.
#[derive(Clone, Debug, Default)]
pub struct ComparisonRead {
    /// What the reader decided, put in its places in the documents as they are now.
    pub guidance: Guidance,
    /// What was found, where it belongs to the documents as they are now.
    pub comparison: Option<Arc<Comparison>>,
    /// How it was shown.
    pub options: Option<CompareOptions>,
    /// What was listed.
    pub filter: Option<LinkFilter>,
    /// Where the rulings were found.
    pub placed: PlacedRulings,
    /// The file.
    pub path: PathBuf,
    /// What there is to tell, one sentence each: a document that changed, a ruling that could not be placed.
    pub remarks: Vec<String>,
    /// Why it can be read but not changed, if so.
    pub read_only: Option<String>,
}

/// Where the rulings of a comparison were found in the documents as they are now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PlacedRulings {
    /// Where they were.
    pub exact: usize,
    /// Elsewhere.
    pub moved: usize,
    /// With several places that may be meant: they do not count until the reader says so.
    pub unsure: usize,
    /// Nowhere: they are kept in the file.
    pub lost: usize,
}

/// What a file of a comparison names: what to open.
#[derive(Clone, PartialEq, Debug)]
pub struct ComparisonFile {
    /// The left document, and how the section of it is found.
    pub left: (Place, Option<SectionEnds>),
    /// The right document, and how the section of it is found.
    pub right: (Place, Option<SectionEnds>),
    /// What there is to tell, one sentence each.
    pub remarks: Vec<String>,
}

/// How the names of files of comparisons end.
pub const COMPARISON_ENDING: &str = ".duidu-compare.ron";
