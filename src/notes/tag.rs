//! What notes are about.

use serde::{Deserialize, Serialize};

/// A tag: names from the general to the special, written `治理/數據安全`.
///
/// Holds: at least one name; no name is empty, begins or ends with white space, or contains `/`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(String);

impl TryFrom<String> for Tag {
    type Error = std::convert::Infallible;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Ok(Self(name))
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> Self {
        tag.0
    }
}
