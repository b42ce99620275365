//! The codebook: what the reader's tags mean.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Colour, Tag, TagChange};

/// What a tag means to the reader.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Code {
    /// The tag.
    pub tag: Tag,
    /// What it stands for, in the reader's words; empty where nothing is said.
    pub description: String,
    /// The colour of what is highlighted with it.
    pub colour: Option<Colour>,
    /// The key that gives it: a small letter from a to z or a digit.
    pub key: Option<char>,
    /// What another version of the program says of it that this one does not know: names, and values as
    /// they are written in a file.
    pub more: Vec<(String, String)>,
}

/// The tags that the reader has described, in the order of tags.
///
/// Holds: no two codes share a tag or a key; every key is a small letter from a to z or a digit. Tags may be in
/// use that it does not have.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Codebook {
    codes: BTreeMap<Tag, Code>,
}

/// What a code of another codebook does to ours when it is taken in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Incoming {
    /// We have no such tag.
    New,
    /// We have the tag, and it says something that ours left open.
    Completes,
    /// We have the tag, and its description is another: both are kept.
    BothKept,
    /// There is nothing in it that we do not have. A colour or a key where ours has another does not count:
    /// ours stays.
    Known,
}

impl Code {
    /// A code that says nothing but its tag.
    pub fn new(tag: Tag) -> Self {
        Self { tag, description: String::new(), colour: None, key: None, more: Vec::new() }
    }

    /// The form that keys have in codes, for what was written or pressed; `None` for what cannot be one.
    pub fn key_of(written: char) -> Option<char> {
        let key = crate::text::fold_char(written).to_ascii_lowercase();
        (key.is_ascii_lowercase() || key.is_ascii_digit()).then_some(key)
    }

    /// Both in one, under this tag: what this one says comes first, and its colour and key count where it has
    /// them.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let mut more = self.more.clone();
        let new = other.more.iter().filter(|(name, _)| self.more.iter().all(|(own, _)| own != name));
        more.extend(new.cloned());
        Self {
            tag: self.tag.clone(),
            description: join_descriptions(&self.description, &other.description),
            colour: self.colour.or(other.colour),
            key: self.key.or(other.key),
            more,
        }
    }

    /// What two made of this one: whatever either changed, and both descriptions where both changed it. Of
    /// two colours or keys that of `ours` counts.
    fn merged(&self, ours: &Self, theirs: &Self) -> Self {
        let either = newer(&self.description, &ours.description, &theirs.description);
        let both_changed = ours.description != self.description && theirs.description != self.description;
        let both = || join_descriptions(&ours.description, &theirs.description);
        Self {
            tag: self.tag.clone(),
            description: if both_changed { both() } else { either.clone() },
            colour: *newer(&self.colour, &ours.colour, &theirs.colour),
            key: *newer(&self.key, &ours.key, &theirs.key),
            more: newer(&self.more, &ours.more, &theirs.more).clone(),
        }
    }
}

impl Codebook {
    /// The codes, in the order of their tags.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Code> + DoubleEndedIterator {
        self.codes.values()
    }

    /// The code of a tag.
    pub fn get(&self, tag: &Tag) -> Option<&Code> {
        self.codes.get(tag)
    }

    /// The code that a key gives.
    pub fn at_key(&self, key: char) -> Option<&Code> {
        self.iter().find(|code| code.key == Some(key))
    }

    /// The colour of a tag: its own, or of the nearest one above it that has any.
    pub fn colour(&self, tag: &Tag) -> Option<Colour> {
        tag.with_above().find_map(|tag| self.get(&tag)?.colour)
    }

    /// How many codes there are.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Puts a code in the place of the one with its tag. Another code that had its key has none then; a key
    /// that can be none is left out.
    pub fn put(&mut self, mut code: Code) {
        code.key = code.key.and_then(Code::key_of);
        if let Some(key) = code.key {
            for other in self.codes.values_mut().filter(|other| other.key == Some(key)) {
                other.key = None;
            }
        }
        self.codes.insert(code.tag.clone(), code);
    }

    /// Takes a code away.
    pub fn remove(&mut self, tag: &Tag) -> Option<Code> {
        self.codes.remove(tag)
    }

    /// Changes tags. Codes that come to share a tag become one.
    pub fn change(&mut self, change: &TagChange) {
        let (touched, mut after): (Vec<Code>, Self) = {
            let (touched, rest): (Vec<_>, Vec<_>) =
                std::mem::take(&mut self.codes).into_values().partition(|code| change.touches(&code.tag));
            (touched, rest.into_iter().collect())
        };
        for code in touched {
            let Some(tag) = change.of(&code.tag) else { continue };
            let moved = Code { tag, ..code };
            let joined = after.get(&moved.tag).map(|there| there.joined(&moved));
            after.put(joined.unwrap_or(moved));
        }
        *self = after;
    }

    /// What two made of this codebook: whatever either added, changed or took away. A change beats a deletion;
    /// where both changed the same, as [`Code`]s are made one.
    #[must_use]
    pub fn merged(&self, ours: &Self, theirs: &Self) -> Self {
        let tags: BTreeSet<&Tag> = ours.codes.keys().chain(theirs.codes.keys()).collect();
        let codes = tags.into_iter().filter_map(|tag| self.merged_code(tag, ours, theirs));
        // Of two that come to have one key, the one counts that we gave it.
        let (last, first): (Vec<Code>, Vec<Code>) =
            codes.partition(|code| ours.get(&code.tag).is_some_and(|own| own.key == code.key));
        first.into_iter().chain(last).collect()
    }

    fn merged_code(&self, tag: &Tag, ours: &Self, theirs: &Self) -> Option<Code> {
        let before = self.get(tag);
        match (ours.get(tag), theirs.get(tag)) {
            (Some(ours), Some(theirs)) => {
                let nothing = Code::new(tag.clone());
                Some(before.unwrap_or(&nothing).merged(ours, theirs))
            }
            (one, other) => one.or(other).filter(|code| before != Some(code)).cloned(),
        }
    }

    /// What each code of `other` does when it is taken in, in the order of tags.
    pub fn incoming<'a>(&self, other: &'a Self) -> Vec<(&'a Code, Incoming)> {
        other.iter().map(|code| (code, self.incoming_code(code))).collect()
    }

    /// What a code does when it is taken in.
    pub fn incoming_code(&self, code: &Code) -> Incoming {
        let Some(ours) = self.get(&code.tag) else { return Incoming::New };
        let joined = self.with_free_key(ours.joined(code));
        match joined.description == ours.description || ours.description.is_empty() {
            _ if joined == *ours => Incoming::Known,
            true => Incoming::Completes,
            false => Incoming::BothKept,
        }
    }

    /// Takes in another codebook. Nothing of ours changes but that it is completed: descriptions that differ
    /// are both kept, and ours keeps its keys.
    pub fn take_in(&mut self, other: &Self) {
        for code in other.iter() {
            let joined = self.get(&code.tag).map_or_else(|| code.clone(), |ours| ours.joined(code));
            self.put(self.with_free_key(joined));
        }
    }

    /// The code, without its key where another tag has that.
    fn with_free_key(&self, code: Code) -> Code {
        let taken = |key: &char| self.at_key(*key).is_some_and(|other| other.tag != code.tag);
        let key = code.key.filter(|key| !taken(key));
        Code { key, ..code }
    }
}

impl FromIterator<Code> for Codebook {
    fn from_iter<Codes: IntoIterator<Item = Code>>(codes: Codes) -> Self {
        let mut codebook = Self::default();
        codes.into_iter().for_each(|code| codebook.put(code));
        codebook
    }
}

/// What `ours` changed, or else what `theirs` has.
fn newer<'a, Value: PartialEq>(before: &Value, ours: &'a Value, theirs: &'a Value) -> &'a Value {
    if ours == before { theirs } else { ours }
}

/// Both, the first one first, each once.
fn join_descriptions(first: &str, second: &str) -> String {
    let (first, second) = (first.trim(), second.trim());
    match () {
        () if first.contains(second) => first.to_owned(),
        () if second.contains(first) => second.to_owned(),
        () => format!("{first}\n\n{second}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notes::sample::{any_codebook, any_tag, code, codebook, tag};

    #[test]
    fn a_key_gives_one_tag_only() {
        let codebook = codebook(&["水 r 河流", "土 Ｒ"]);
        assert_eq!(codebook.at_key('r').map(|code| code.tag.as_str()), Some("土"));
        assert_eq!(codebook.get(&tag("水")), Some(&code("水 - 河流")));
        assert_eq!(Code::key_of('，'), None);
    }

    #[test]
    fn a_tag_has_the_colour_of_the_nearest_above_it() {
        let mut codebook = codebook(&["水/河", "水/河/岸"]);
        codebook.put(Code { colour: Some(Colour::Blue), ..Code::new(tag("水")) });
        assert_eq!(codebook.colour(&tag("水/河/岸")), Some(Colour::Blue));
        assert_eq!(codebook.colour(&tag("土")), None);
    }

    #[test]
    fn codes_that_come_to_share_a_tag_become_one() {
        let mut codes = codebook(&["水 - 流動的", "水/河 h 長的", "川 - 河流", "川/岸"]);
        codes.change(&TagChange::Move { from: tag("川"), to: tag("水/河") });
        assert_eq!(codes, codebook(&["水 - 流動的", "水/河 h 長的\n\n河流", "水/河/岸"]));
        codes.change(&TagChange::Delete(tag("水/河")));
        assert_eq!(codes, codebook(&["水 - 流動的"]));
    }

    #[test]
    fn what_comes_is_said_before() {
        let ours = codebook(&["水 w 流動的", "土", "火 f 熱"]);
        let theirs = codebook(&["水 x 會流的", "土 w 泥土", "火 k 熱", "木 w"]);
        let news: Vec<Incoming> = ours.incoming(&theirs).into_iter().map(|(_, news)| news).collect();
        let by_tag = |written: &str| theirs.iter().position(|code| code.tag == tag(written)).unwrap();
        assert_eq!(news[by_tag("水")], Incoming::BothKept);
        assert_eq!(news[by_tag("土")], Incoming::Completes);
        assert_eq!(news[by_tag("火")], Incoming::Known);
        assert_eq!(news[by_tag("木")], Incoming::New);
        let mut joined = ours;
        joined.take_in(&theirs);
        assert_eq!(joined, codebook(&["水 w 流動的\n\n會流的", "土 - 泥土", "火 f 熱", "木"]));
    }

    #[test]
    fn what_two_changed_at_once_is_kept() {
        let before = codebook(&["水 w 流動的", "土 t", "火"]);
        let ours = codebook(&["水 w 流動的水", "土 t 泥", "火 - 熱", "木 k"]);
        let theirs = codebook(&["水 x 流動的", "土 t 沙", "金 k"]);
        let both = codebook(&["水 x 流動的水", "土 t 泥\n\n沙", "火 - 熱", "木 k", "金"]);
        assert_eq!(before.merged(&ours, &theirs), both);
        assert_eq!(before.merged(&codebook(&["水 w 流動的"]), &before), codebook(&["水 w 流動的"]));
    }

    proptest! {
        #[test]
        fn moving_there_and_back_changes_nothing_where_nothing_merged(
            before in any_codebook(), from in any_tag(), to in any_tag(),
        ) {
            let merges = before.iter().any(|code| code.tag.is_within(&to) && !code.tag.is_within(&from));
            prop_assume!(!merges);
            let mut codebook = before.clone();
            codebook.change(&TagChange::Move { from: from.clone(), to: to.clone() });
            codebook.change(&TagChange::Move { from: to, to: from });
            prop_assert_eq!(codebook, before);
        }

        #[test]
        fn what_only_one_changed_is_as_that_one_has_it(before in any_codebook(), after in any_codebook()) {
            prop_assert_eq!(before.merged(&after, &before), after.clone());
            prop_assert_eq!(before.merged(&before, &after), after.clone());
            prop_assert_eq!(before.merged(&after, &after), after);
        }

        #[test]
        fn taking_in_loses_nothing(ours in any_codebook(), theirs in any_codebook()) {
            let mut joined = ours.clone();
            joined.take_in(&theirs);
            for code in ours.iter().chain(theirs.iter()) {
                let kept = joined.get(&code.tag).unwrap();
                prop_assert!(kept.description.contains(&code.description));
                prop_assert!(kept.colour.is_some() || code.colour.is_none());
            }
            prop_assert!(ours.iter().all(|code| code.key.is_none_or(|key| joined.at_key(key).unwrap().tag == code.tag)));
            let mut again = joined.clone();
            again.take_in(&theirs);
            prop_assert_eq!(again, joined);
        }
    }
}
