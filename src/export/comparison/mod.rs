//! A comparison as a file for other programs: the table of correspondences (對照表) as HTML, DOCX and Markdown,
//! the links as XLSX and CSV, everything as JSON.
//!
//! As with notes every function is pure. The columns come in the script of choice, each block with its
//! [`Pairing`] to the source, so that what was found in the source is marked in what is shown.

mod column;
mod json;
mod pieces;
mod reason;
mod words;

use std::sync::Arc;

pub use column::{Column, ShownBlock};
pub use json::to_json;
pub use words::ComparisonWords;

use crate::compare::{Comparison, Link, LinkIndex, Side};
use crate::notes::Tag;

/// What is to be exported of a comparison.
#[derive(Clone, Debug)]
pub struct ComparisonExport {
    /// What was found.
    pub comparison: Arc<Comparison>,
    /// The left document.
    pub left: Column,
    /// The right document.
    pub right: Column,
    /// The chosen links, in the order of [`Comparison::links`]; see [`ComparisonExport::all_links`].
    pub links: Vec<LinkIndex>,
    /// Whether tables list what stands only on one side. JSON always does.
    pub only_here: bool,
    /// What the reader says about links.
    pub notes: Vec<LinkNote>,
    /// The words that an export writes by itself.
    pub words: ComparisonWords,
    /// The language of those words, such as `en` or `zh-Hans`.
    pub interface_language: String,
}

/// What the reader says about a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkNote {
    /// The link; `None` where it is no longer found.
    pub link: Option<LinkIndex>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// What is said, as Markdown; empty where nothing.
    pub text: String,
    /// What it quotes of the left side, in the script of that column; empty where nothing.
    pub left: String,
    /// What it quotes of the right side, in the script of that column; empty where nothing.
    pub right: String,
}

impl ComparisonExport {
    /// Every link of a comparison.
    pub fn all_links(comparison: &Comparison) -> Vec<LinkIndex> {
        (0..comparison.links().len()).map(LinkIndex::new).collect()
    }

    /// One of the two columns.
    pub fn column(&self, side: Side) -> &Column {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// The chosen links.
    fn chosen(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter_map(|&index| self.comparison.link(index))
    }
}
