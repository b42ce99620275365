//! What notes are about.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A tag: names from the general to the special, written `治理/數據安全`.
///
/// Holds: at least one name; no name is empty, begins or ends with white space, or contains `/`, a line
/// break or a control character. Tags are in the order of their names, so that whatever is nested in a
/// tag comes straight after it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(String);

/// Why something is not a tag.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TagError {
    /// There is nothing but white space.
    #[error("a tag needs a name")]
    Empty,
    /// A name is missing before, after or between slashes.
    #[error("a name is missing beside a slash of the tag")]
    EmptyName,
}

impl Tag {
    /// The tag that a reader has written as `written`.
    ///
    /// The full-width slash `／` counts as `/`. White space around a name is left out, and inside a name
    /// each run of it, or of control characters, becomes one space. Errors: see [`TagError`].
    pub fn new(written: &str) -> Result<Self, TagError> {
        if tidy(written).is_empty() {
            return Err(TagError::Empty);
        }
        let names: Vec<String> = written.split(['/', '／']).map(tidy).collect();
        if names.iter().any(String::is_empty) {
            return Err(TagError::EmptyName);
        }
        Ok(Self(names.join("/")))
    }

    /// The whole tag, its names joined by `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its names, the most general first.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/')
    }

    /// The tag that it is nested in; `None` for one of a single name.
    pub fn parent(&self) -> Option<Tag> {
        self.0.rsplit_once('/').map(|(above, _)| Self(above.to_owned()))
    }

    /// The last of its names, without what it is nested in.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(self.as_str(), |(_, name)| name)
    }

    /// It and every tag that it is nested in, the most special first.
    pub fn with_above(&self) -> impl Iterator<Item = Tag> {
        std::iter::successors(Some(self.clone()), Tag::parent)
    }

    /// The tag of that name nested in this one; `None` where `name` is no name of a tag.
    pub fn nested(&self, name: &str) -> Option<Tag> {
        Self::new(&format!("{self}/{name}")).ok()
    }

    /// What it becomes when `from`, with all that is nested in it, moves to `to`; `None` where it stays as it
    /// is, being neither `from` nor nested in it.
    pub fn moved(&self, from: &Tag, to: &Tag) -> Option<Tag> {
        let rest = self.0.strip_prefix(from.as_str()).filter(|_| self.is_within(from))?;
        Some(Self(format!("{to}{rest}")))
    }

    /// Whether it is `other` or nested in it, however deep.
    pub fn is_within(&self, other: &Tag) -> bool {
        self.0.strip_prefix(other.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// A name with its white space and control characters as [`Tag::new`] wants them.
fn tidy(name: &str) -> String {
    let blank = |character: char| character.is_whitespace() || character.is_control();
    name.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

impl Ord for Tag {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(other.parts())
    }
}

impl PartialOrd for Tag {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for Tag {
    type Error = TagError;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        Self::new(&written)
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> Self {
        tag.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: Result<&str, TagError>) {
        assert_eq!(Tag::new(written).as_ref().map(Tag::as_str), expected.as_ref().copied(), "{written:?}");
    }

    #[test]
    fn what_is_written_becomes_one_form() {
        check("治理", Ok("治理"));
        check(" 治理 ／\u{3000}數據安全 ", Ok("治理/數據安全"));
        check("read\n \tlater", Ok("read later"));
        check("\u{7}河\u{0}", Ok("河"));
        check(" \u{3000}\n", Err(TagError::Empty));
        check("治理/", Err(TagError::EmptyName));
        check("治理// 水", Err(TagError::EmptyName));
        check("／", Err(TagError::EmptyName));
    }

    #[test]
    fn nesting_goes_by_whole_names() {
        let tag = |written| Tag::new(written).unwrap();
        assert!(tag("治理/水/河").is_within(&tag("治理")));
        assert!(tag("治理").is_within(&tag("治理")));
        assert!(!tag("治理学").is_within(&tag("治理")));
        assert!(!tag("治理").is_within(&tag("治理/水")));
        assert_eq!(tag("治理/水").parent(), Some(tag("治理")));
        assert_eq!(tag("治理").parent(), None);
        assert_eq!((tag("治理/水").name(), tag("治理").name()), ("水", "治理"));
    }

    #[test]
    fn what_is_nested_moves_along() {
        let tag = |written: &str| Tag::new(written).unwrap();
        let check = |moving: &str, from: &str, to: &str, expected: Option<&str>| {
            assert_eq!(tag(moving).moved(&tag(from), &tag(to)), expected.map(tag), "{moving}");
        };
        check("水", "水", "土/水", Some("土/水"));
        check("水/河/岸", "水/河", "川", Some("川/岸"));
        check("水", "水/河", "川", None);
        check("水利", "水", "川", None);
        check("水/河", "水", "水/河", Some("水/河/河"));
    }

    #[test]
    fn what_is_nested_comes_straight_after() {
        let mut tags = ["a b", "a/z", "a", "a/b/c"].map(|written| Tag::new(written).unwrap());
        tags.sort();
        assert_eq!(tags.map(String::from), ["a", "a/b/c", "a/z", "a b"]);
    }

    proptest::proptest! {
        #[test]
        fn a_tag_written_and_read_is_the_same(written in "[a水 /／\u{3000}\n]{0,12}") {
            if let Ok(tag) = Tag::new(&written) {
                proptest::prop_assert_eq!(Tag::try_from(String::from(tag.clone())), Ok(tag.clone()));
                for name in tag.parts() {
                    proptest::prop_assert!(!name.is_empty() && name.trim() == name);
                }
            }
        }
    }
}
