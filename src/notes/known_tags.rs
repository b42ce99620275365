//! Tags that are there already, for whoever writes one: in whatever script and width.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Tag;
use crate::text::Folded;

/// Every tag that is known, from notes and the codebook, with those that one is nested in.
///
/// Two tags are the same words where nothing sets them apart but script, width, case or variant characters:
/// 數據安全 and 数据安全. Nothing here makes them one; that is for the reader to say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KnownTags {
    tags: BTreeMap<Tag, Known>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Known {
    uses: usize,
    /// The whole tag, folded.
    folded: String,
}

impl KnownTags {
    /// The tags, each with how many notes carry it; what is said of a tag more than once is added up.
    pub fn new(uses: impl IntoIterator<Item = (Tag, usize)>) -> Self {
        let mut known = Self::default();
        for (tag, uses) in uses {
            tag.with_above().for_each(|above| known.add(&above, 0));
            known.add(&tag, uses);
        }
        known
    }

    fn add(&mut self, tag: &Tag, uses: usize) {
        let folded = || folded(tag.as_str());
        let known = self.tags.entry(tag.clone()).or_insert_with(|| Known { uses: 0, folded: folded() });
        known.uses += uses;
    }

    /// Every one of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Tag> {
        self.tags.keys()
    }

    /// Whether a tag is among them.
    pub fn contains(&self, tag: &Tag) -> bool {
        self.tags.contains_key(tag)
    }

    /// The tags that hold what is `written`, in whatever script, without the ones that are `had`.
    ///
    /// First those that begin with it, then those with a name that does, then the others; among these the
    /// most used first, and then in the order of tags.
    pub fn completions(&self, written: &str, had: &[Tag]) -> Vec<Tag> {
        let written = folded(written);
        let fits = |(tag, known): (&Tag, &Known)| {
            let place = place_in(&known.folded, &written).filter(|_| !had.contains(tag))?;
            Some((place, Reverse(known.uses), tag.clone()))
        };
        let mut fitting: Vec<_> = self.tags.iter().filter_map(fits).collect();
        fitting.sort();
        fitting.into_iter().map(|(_, _, tag)| tag).collect()
    }

    /// The tag as it is written already: for 治理/数据安全/法 it is 治理/數據安全/法 where 治理/數據安全 is
    /// known. `None` where it is not known in other characters, or is known in just these.
    pub fn otherwise(&self, tag: &Tag) -> Option<Tag> {
        let depths: Vec<Tag> = tag.with_above().collect();
        let mut here: Option<Tag> = None;
        for depth in depths.iter().rev() {
            let as_written = match (&here, depth.parent()) {
                (Some(here), Some(parent)) => depth.moved(&parent, here)?,
                _ => depth.clone(),
            };
            here = Some(if self.contains(&as_written) {
                as_written
            } else {
                self.same_beside(&as_written).unwrap_or(as_written)
            });
        }
        here.filter(|found| found != tag)
    }

    /// The most used of the tags that are the same words and nested in the same tag.
    fn same_beside(&self, tag: &Tag) -> Option<Tag> {
        let (words, parent) = (folded(tag.as_str()), tag.parent());
        let same =
            self.tags.iter().filter(|(other, known)| known.folded == words && other.parent() == parent);
        same.max_by_key(|(other, known)| (known.uses, Reverse((*other).clone()))).map(|(tag, _)| tag.clone())
    }

    /// The tags that are the same words, each group with the most used first.
    ///
    /// Of tags nested in such tags only the ones above are told: what is nested follows them.
    pub fn same(&self) -> Vec<Vec<Tag>> {
        let mut groups: BTreeMap<(Option<Tag>, &str), Vec<Tag>> = BTreeMap::new();
        for (tag, known) in &self.tags {
            groups.entry((tag.parent(), &known.folded)).or_default().push(tag.clone());
        }
        let mut same: Vec<Vec<Tag>> = groups.into_values().filter(|tags| tags.len() > 1).collect();
        for tags in &mut same {
            tags.sort_by_key(|tag| Reverse(self.tags.get(tag).map_or(0, |known| known.uses)));
        }
        same
    }
}

/// Whether a tag is `other` or nested in it, in whatever script.
pub(super) fn says_within(tag: &Tag, other: &Tag) -> bool {
    let (tag, other) = (folded(tag.as_str()), folded(other.as_str()));
    tag.strip_prefix(&other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn folded(words: &str) -> String {
    Folded::new(words).text
}

/// How well `written` stands in a tag: at its beginning, at that of a name, or elsewhere; `None` where it does
/// not stand there.
fn place_in(tag: &str, written: &str) -> Option<u8> {
    match () {
        () if tag.starts_with(written) => Some(0),
        () if tag.contains(&format!("/{written}")) => Some(1),
        () if tag.contains(written) => Some(2),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::sample::tag;

    /// Tags as `tag:uses`.
    fn known(tags: &str) -> KnownTags {
        let uses = tags.split_whitespace().map(|written| written.split_once(':').unwrap_or((written, "1")));
        KnownTags::new(uses.map(|(written, uses)| (tag(written), uses.parse().unwrap())))
    }

    fn written(tags: &[Tag]) -> String {
        tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_tag_is_completed_in_any_script_and_from_any_name() {
        let known = known("治理/數據安全:2 治理/資源:5 鄉村治理:9 數據:1 Water/Level:1");
        let check = |begun: &str, had: &str, expected: &str| {
            let had: Vec<Tag> = had.split_whitespace().map(tag).collect();
            assert_eq!(written(&known.completions(begun, &had)), expected, "{begun}");
        };
        check("治", "", "治理/資源 治理/數據安全 治理 鄉村治理");
        check("数据", "", "數據 治理/數據安全");
        check("数据", "數據", "治理/數據安全");
        check(" 治理／数", "", "治理/數據安全");
        check("ＬＥＶ", "", "Water/Level");
        check("資源", "", "治理/資源");
        check("河", "", "");
    }

    #[test]
    fn a_tag_that_is_known_in_another_script_is_offered() {
        let known = known("治理/數據安全 水:2 water");
        let check = |begun: &str, expected: &str| {
            assert_eq!(known.otherwise(&tag(begun)), Some(expected).filter(|it| !it.is_empty()).map(tag));
        };
        check("治理/数据安全", "治理/數據安全");
        check("治理/数据安全/法规", "治理/數據安全/法规");
        check("治理/數據安全", "");
        check("Ｗater", "water");
        check("数据安全", "");
    }

    #[test]
    fn what_is_the_same_in_two_scripts_is_told_once() {
        let check = |tags: &str, expected: &[&str]| {
            let same: Vec<String> = known(tags).same().iter().map(|tags| written(tags)).collect();
            assert_eq!(same, expected, "{tags}");
        };
        check("數據安全:1 数据安全:4 土", &["数据安全 數據安全"]);
        check("數據/水 数据/水", &["数据 數據"]);
        check("治理/數據:3 治理/数据:2 治理", &["治理/數據 治理/数据"]);
        check("Ａ:2 a", &["Ａ a"]);
        check("治理/數據 土地/数据", &[]);
    }
}
