//! The pages of a document whose format has pages.

use serde::{Deserialize, Serialize};

use super::Document;

/// Where a page begins.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct PageStart {
    /// The first position of the page, in bytes of the document's text. A page that has no text begins where
    /// the next one does.
    pub position: u32,
    /// What the page is called: the number that the file gives it (12, iv), else counted from 1.
    pub label: String,
}

impl Document {
    /// Where the pages begin, in order; empty where the format has no pages.
    pub fn pages(&self) -> &[PageStart] {
        &self.pages
    }

    /// The page that holds `position`, if the document has pages.
    pub fn page_at(&self, position: u32) -> Option<&PageStart> {
        let after = self.pages.partition_point(|page| page.position <= position);
        self.pages.get(after.checked_sub(1)?)
    }
}
