//! What differs inside a link.

use std::sync::Arc;

use super::Comparing;
use crate::compare::LinkIndex;
use crate::text::Span;

/// How two passages differ at a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DifferenceKind {
    /// It stands only in the left one.
    Left,
    /// It stands only in the right one.
    Right,
    /// One stands in the place of the other.
    Replaced,
    /// It stands at another place.
    Moved,
}

/// A difference between two passages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Difference {
    /// In the left document's text; empty where nothing stands there.
    pub left: Span,
    /// In the right document's text; empty where nothing stands there.
    pub right: Span,
    /// How they differ.
    pub kind: DifferenceKind,
    /// Whether it is one of script, width, variants, punctuation or white space alone.
    pub slight: bool,
}

impl Difference {
    /// The stretch on one side.
    pub fn span(&self, side: crate::compare::Side) -> Span {
        match side {
            crate::compare::Side::Left => self.left,
            crate::compare::Side::Right => self.right,
        }
    }
}

impl Comparing {
    /// The differences inside a link, in order of the left text.
    pub(super) fn differences_of(&self, index: LinkIndex) -> Arc<[Difference]> {
        let known = self.differences.borrow().clone();
        if let Some((_, differences)) = known.filter(|(of, _)| *of == index) {
            return differences;
        }
        let differences: Arc<[Difference]> = self.find_differences(index).into();
        self.differences.replace(Some((index, Arc::clone(&differences))));
        differences
    }

    fn find_differences(&self, _index: LinkIndex) -> Vec<Difference> {
        Vec::new()
    }
}
