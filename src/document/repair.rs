//! What a file did to its text, and how it is read all the same.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// One repair: a stretch of the text that is left out of the reading (or read as a space).
///
/// The text itself is not changed: a repair says how to read it, and can be switched off.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Repair {
    /// What is left out, in the document's text. Lies inside one block, or just before one for
    /// [`RepairKind::Indent`].
    pub span: Span,
    /// What the file did.
    pub kind: RepairKind,
    /// Whether a space is read in its place: between Latin words.
    pub spaced: bool,
}

/// What a file did to its text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum RepairKind {
    /// A paragraph cut in two by a newspaper column or a page. A guess.
    Column,
    /// A paragraph broken into lines of one width.
    HardWrap,
    /// Spaces at the beginning of a paragraph in place of an indent.
    Indent,
    /// A newspaper's note that a text continues from another page, such as （上接第四版）.
    Continuation,
    /// Lines that the file itself calls one paragraph. Switched off, nothing that the file says of the parts of its text
    /// counts: neither its headings, lists, tables and notes nor their order.
    Tagged,
}

impl RepairKind {
    /// Every kind, in the order in which the interface lists them.
    pub const ALL: [RepairKind; 5] =
        [Self::Column, Self::HardWrap, Self::Indent, Self::Continuation, Self::Tagged];

    /// Its name in files and on the command line, where it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Column => "column",
            Self::HardWrap => "hard wrap",
            Self::Indent => "indent",
            Self::Continuation => "continuation",
            Self::Tagged => "tagged",
        }
    }
}

/// Which repairs the reader wants for a document.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RepairChoices {
    /// Kinds that are switched off.
    pub kinds_off: Vec<RepairKind>,
    /// Single repairs that are switched off, by their place in the text.
    pub refused: Vec<Span>,
}

impl RepairChoices {
    /// Whether a repair is wanted.
    pub fn wants(&self, kind: RepairKind, span: Span) -> bool {
        !self.kinds_off.contains(&kind) && !self.refused.contains(&span)
    }
}
