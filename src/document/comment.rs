//! What somebody noted in the file itself.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// A comment that the file carries: a remark of a word processor, an annotation of a PDF.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Comment {
    /// The words that it is about, in the document's text; empty where it stands beside a place only.
    pub span: Span,
    /// What it says. Empty for a mere highlight.
    pub text: String,
    /// Who wrote it, as the file says.
    pub author: Option<String>,
    /// When, as the file writes it.
    pub date: Option<String>,
}
