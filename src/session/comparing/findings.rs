//! What was found, with everything that is worked out of it once.

use std::sync::Arc;

use super::answering::Spine;
use super::{Counts, Overview};
use crate::compare::{Comparison, Coverage, Side};

/// What was found, with everything that is worked out of it once; made where the comparison is made, away
/// from the window.
#[derive(Debug, Default)]
pub struct Findings {
    pub(super) comparison: Option<Arc<Comparison>>,
    pub(super) counts: Counts,
    left: OfSide,
    right: OfSide,
    pub(super) spine: Spine,
}

#[derive(Debug, Default)]
struct OfSide {
    coverage: Coverage,
    overview: Overview,
}

impl Findings {
    /// Works out what is shown of a comparison.
    pub fn of(comparison: Arc<Comparison>) -> Self {
        let of_side =
            |side| OfSide { coverage: comparison.coverage(side), overview: Overview::of(&comparison, side) };
        Self {
            counts: Counts::of(&comparison),
            left: of_side(Side::Left),
            right: of_side(Side::Right),
            spine: Spine::of(&comparison),
            comparison: Some(comparison),
        }
    }

    /// How many links there are of each kind.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    pub(super) fn coverage(&self, side: Side) -> Coverage {
        self.of_side(side).coverage
    }

    pub(super) fn overview(&self, side: Side) -> &Overview {
        &self.of_side(side).overview
    }

    fn of_side(&self, side: Side) -> &OfSide {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }
}
