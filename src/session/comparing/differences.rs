//! What differs inside a link.

use std::sync::Arc;

use super::Comparing;
use crate::compare::{self, Change, LinkIndex, Side, Verdict};
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
    pub fn span(&self, side: Side) -> Span {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
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

    fn find_differences(&self, index: LinkIndex) -> Vec<Difference> {
        let Some(comparison) = self.result() else { return Vec::new() };
        comparison.differences(index).into_iter().map(Difference::from).collect()
    }

    /// Whether a link may have differences that are not slight, as far as that is seen without looking for them.
    pub(super) fn may_differ(&self, index: LinkIndex) -> bool {
        let link = self.result().and_then(|comparison| comparison.link(index));
        link.is_some_and(|link| {
            // What a revised paragraph has beyond what is shared differs too.
            link.verdict == Verdict::Revised
                || link.passages.iter().any(|passage| passage.verdict != Verdict::Same)
        })
    }
}

impl From<compare::Difference> for Difference {
    fn from(found: compare::Difference) -> Self {
        let compare::Difference { change, left, right } = found;
        let kind = match (left.is_empty(), right.is_empty()) {
            (false, true) => DifferenceKind::Left,
            (true, false) => DifferenceKind::Right,
            _ if change == Change::Moved => DifferenceKind::Moved,
            _ => DifferenceKind::Replaced,
        };
        Self { left, right, kind, slight: matches!(change, Change::Slight(_)) }
    }
}
