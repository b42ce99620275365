//! The script that a text is written in.

use serde::{Deserialize, Serialize};

/// The script that a text is written in, as detected.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Written {
    /// Simplified characters.
    Simplified,
    /// Traditional characters.
    Traditional,
    /// A good part of each.
    Mixed,
    /// Too few characters that differ between the scripts, or no Chinese at all.
    #[default]
    Undecided,
}
