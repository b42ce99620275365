//! Links between passages of two documents.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Side;
use crate::document::BlockIndex;
use crate::text::Span;

/// How a passage relates to the one that answers it. That nothing answers it (獨有, only here) is the absence
/// of a link: see [`super::Comparison::only`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Verdict {
    /// 同題: another wording about the same matter.
    Theme,
    /// 改動: the same sentence or paragraph, edited, cut, extended or reordered.
    Revised,
    /// 同文: the same wording; at most script, width, punctuation, regional words or variant characters differ.
    Same,
}

impl Verdict {
    /// Every verdict, the closest relation first.
    pub const ALL: [Verdict; 3] = [Self::Same, Self::Revised, Self::Theme];

    /// Its name in files and on the command line, where it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Revised => "revised",
            Self::Theme => "theme",
        }
    }

    /// The verdict of that [`Verdict::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The place of a link among [`super::Comparison::links`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LinkIndex(u32);

impl LinkIndex {
    /// The index `index`; past 32 bits it becomes the largest there is.
    pub fn new(index: usize) -> Self {
        Self(crate::text::saturate(index))
    }

    /// For use with slices.
    pub fn as_usize(self) -> usize {
        self.0 as usize
    }
}

/// One or more blocks of the left side and what answers them on the right.
///
/// Holds: both lists are in order, without repetitions and not empty; every block of the one list is
/// answered by every block of the other (a paragraph that was split is one link to its pieces).
#[derive(Clone, PartialEq, Debug)]
pub struct Link {
    /// Blocks of the left document.
    pub left: Vec<BlockIndex>,
    /// Blocks of the right document.
    pub right: Vec<BlockIndex>,
    /// How they relate.
    pub verdict: Verdict,
    /// How sure it is, from [`super::THRESHOLD`] to 1; 1 for what the reader decided. How evidence becomes this number
    /// is told in [`crate::compare`]. It orders links and says how far a link stands from the threshold; it is no
    /// share of right links among all of that score, which only texts with a known truth could teach.
    pub score: f32,
    /// Why.
    pub reason: Reason,
    /// The wording that both share, in order of the left text.
    pub passages: Vec<Passage>,
    /// Whether it stands across the order that most links keep. That order is the longest row of links that rises on
    /// both sides, whatever their scores; a link crosses if its neighbour in the row lies before it on one side and
    /// after it on the other.
    pub crosses: bool,
    /// What the reader decided about it, if anything.
    pub ruled: Option<Ruled>,
}

impl Link {
    /// The blocks of one side.
    pub fn blocks(&self, side: Side) -> &[BlockIndex] {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }
}

/// What of a link is the reader's own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Ruled {
    /// Found by the program and confirmed.
    Confirmed,
    /// Found by the program; the verdict is the reader's.
    Relabelled,
    /// Made by the reader.
    Added,
}

/// A stretch of the left text and the stretch of the right one that shares its wording.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Passage {
    /// In the left document's text.
    pub left: Span,
    /// In the right document's text.
    pub right: Span,
    /// [`Verdict::Same`] or [`Verdict::Revised`].
    pub verdict: Verdict,
}

impl Passage {
    /// The stretch on one side.
    pub fn span(&self, side: Side) -> Span {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }
}

/// Why two blocks are linked: the evidence, the strongest first.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Reason {
    /// Never empty in a link.
    pub evidence: Vec<Evidence>,
}

/// A piece of evidence, as the reader can be told of it. Words are as the left document writes them, unless
/// [`Evidence::told`] otherwise; `Heading` is how a heading is named.
#[derive(Clone, PartialEq, Debug)]
pub enum Evidence<Heading = BlockIndex> {
    /// So much of the wording of each side stands on the other too, from 0 to 1.
    Wording {
        /// Of the left side.
        left: f32,
        /// Of the right side.
        right: f32,
    },
    /// Both say these words, which few other passages say.
    Words(Vec<String>),
    /// The leading clauses, which name the matter, share these words.
    LeadingClause(Vec<String>),
    /// Both name this: titles in 《》, organisations, dates, figures.
    Named(Vec<String>),
    /// Both use words of a theme of the lexicon: its name, a word of the left side, a word of the right side.
    Theme {
        /// The theme's name.
        name: String,
        /// As the left side says it.
        left: String,
        /// As the right side says it.
        right: String,
    },
    /// They stand under headings that answer each other.
    Headings {
        /// The heading on the left.
        left: Heading,
        /// The heading on the right.
        right: Heading,
    },
    /// Both stand at the same place in the order of two versions of one text.
    Order,
    /// The reader says so.
    Reader,
}

impl<Heading> Evidence<Heading> {
    /// The same with its words and headings told otherwise, each with the side that it is told of; `None` where a
    /// heading cannot be.
    pub fn told<Other>(
        &self,
        word: impl Fn(Side, &str) -> String,
        heading: impl Fn(Side, &Heading) -> Option<Other>,
    ) -> Option<Evidence<Other>> {
        let of_left = |words: &[String]| words.iter().map(|each| word(Side::Left, each)).collect();
        Some(match self {
            Self::Wording { left, right } => Evidence::Wording { left: *left, right: *right },
            Self::Words(words) => Evidence::Words(of_left(words)),
            Self::LeadingClause(words) => Evidence::LeadingClause(of_left(words)),
            Self::Named(words) => Evidence::Named(of_left(words)),
            Self::Theme { name, left, right } => Evidence::Theme {
                name: word(Side::Left, name),
                left: word(Side::Left, left),
                right: word(Side::Right, right),
            },
            Self::Headings { left, right } => {
                Evidence::Headings { left: heading(Side::Left, left)?, right: heading(Side::Right, right)? }
            }
            Self::Order => Evidence::Order,
            Self::Reader => Evidence::Reader,
        })
    }

    /// The same with the sides exchanged.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Wording { left, right } => Self::Wording { left: right, right: left },
            Self::Theme { name, left, right } => Self::Theme { name, left: right, right: left },
            Self::Headings { left, right } => Self::Headings { left: right, right: left },
            other => other,
        }
    }
}
