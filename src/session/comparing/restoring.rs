//! What of a comparison is restored at the next start.

use serde::{Deserialize, Serialize};

use super::section::SectionPlace;
use super::{CompareOptions, ComparedSide, Comparing, SectionEnds};
use crate::session::{InSight, Place};
use crate::text::Script;

/// A comparison, to be opened again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RestoredComparison {
    /// One side.
    pub left: RestoredSide,
    /// The other side.
    pub right: RestoredSide,
    /// How it was shown.
    #[serde(default)]
    pub options: CompareOptions,
}

/// One side of a comparison, to be opened again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RestoredSide {
    /// Where the document is read from.
    pub place: Place,
    /// How the section that is compared is found again; `None` for all of the document.
    #[serde(default)]
    pub ends: Option<SectionEnds>,
    /// The size of its text, in points.
    #[serde(default)]
    pub text_size: Option<f32>,
    /// The script of its own.
    #[serde(default)]
    pub script: Option<Script>,
    /// The position of the first character in sight, in bytes of the document's text.
    #[serde(default)]
    pub position: u32,
}

impl Comparing {
    pub(in crate::session) fn to_restore(&self) -> RestoredComparison {
        RestoredComparison {
            left: self.left.to_restore(),
            right: self.right.to_restore(),
            options: self.options.clone(),
        }
    }

    pub(in crate::session) fn restore_options(&mut self, options: CompareOptions) {
        self.options = options;
        self.options_known = true;
    }
}

impl ComparedSide {
    fn to_restore(&self) -> RestoredSide {
        RestoredSide {
            place: self.place.clone(),
            ends: self.section.as_ref().map(|section| section.ends.clone()),
            text_size: self.text_size,
            script: self.own.wanted,
            position: self.in_sight.first,
        }
    }

    pub(in crate::session) fn restored(side: RestoredSide) -> Self {
        let mut restored = Self::new(side.place, None).with_section(side.ends, SectionPlace::Unknown);
        restored.text_size = side.text_size;
        restored.own.wanted = side.script;
        restored.in_sight = InSight::from(side.position);
        restored
    }
}
