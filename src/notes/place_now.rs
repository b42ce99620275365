//! Where a note stands in its document as that is now, as people cite it, and what stands there.

use serde::{Deserialize, Serialize};

use super::{Annotation, Found};
use crate::document::Document;

/// Where a note stands and what is written there now; each empty where there is nothing to say.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceNow {
    /// Its clauses: 第三條, 第三條至第五條.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub clause: String,
    /// Its pages as the document calls them: `12`, `12–13`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page: String,
    /// What stands at its place now, where these are other words than it quotes.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reads_now: String,
}

impl PlaceNow {
    /// Where a note stands that was found so in the document, in its words as written.
    pub fn of(note: &Annotation, found: &Found, document: &Document) -> Self {
        let Some(span) = found.span() else { return Self::default() };
        let locus = document.locus(span);
        let now = span.of(document.text()).filter(|_| found.has_other_words() && !note.is_bookmark());
        Self {
            clause: locus.clauses_as_written(document).unwrap_or_default(),
            page: locus.pages_in_short().unwrap_or_default(),
            reads_now: now.unwrap_or_default().to_owned(),
        }
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
