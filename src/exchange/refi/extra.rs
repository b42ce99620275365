//! What the standard has no words for, in the descriptions that it has for people: a sign and JSON, which other
//! programs keep and show as they keep and show any description.

use serde::{Deserialize, Serialize};

use super::code_id;
use crate::document::TextId;
use crate::exchange::ParcelNote;
use crate::exchange::identity::uuid_of;
use crate::export::{RonAnchor, RonAnswer};
use crate::notes::{Anchor, Annotation, FarEnd, PlaceNow, Placing, Tag};
use crate::text::Span;
use uuid::Uuid;

/// What stands before the JSON.
const SIGN: &str = "Duidu ";

/// What is said in a description besides. Empty fields are not written.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    /// Whether a bookmark stands after the last character, which is the one that is selected.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) at_the_end: bool,
    /// Where a document lay on this machine; only where the reader asked for it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) place: String,
    /// The headings that a note stood under.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) headings: Vec<String>,
    /// How it stands in the document as that is, for people: it is not read again.
    #[serde(flatten, skip_serializing_if = "PlaceNow::is_empty")]
    pub(super) place_now: PlaceNow,
    /// The anchor of a note, where the selection does not tell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) anchor: Option<RonAnchor>,
    /// The characters that were selected when the anchor was written: of other ones it says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) characters: Option<(u32, u32)>,
    /// All passages that a note is about too, also those of documents that are not in the project.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) answers: Vec<RonAnswer>,
    /// The anchor that it was made with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) original: Option<RonAnchor>,
    /// The text in which the reader said that it has no place.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) lost_in: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Extra {
    /// What has to be said of a note besides, whose selection would be read as `read`; without one the whole anchor
    /// is said.
    pub(super) fn of(note: &ParcelNote, read: Option<&Anchor>) -> Self {
        let Annotation { anchor, answers, placing, .. } = &note.note;
        let bare = |anchor: &Anchor| Anchor { headings: Vec::new(), ..anchor.clone() };
        let told = read.map_or(!note.anchored, |read| bare(read) == bare(anchor));
        Self {
            headings: if read.is_some() && told { anchor.headings.clone() } else { Vec::new() },
            anchor: (!told).then(|| RonAnchor::of(anchor)),
            characters: note.characters.filter(|_| !told).map(|span| (span.start(), span.end())),
            place_now: note.place_now.clone(),
            answers: answers.iter().map(|answer| RonAnswer::of(answer, true)).collect(),
            original: placing.original.as_deref().map(RonAnchor::of),
            lost_in: placing.lost_in.map(|text| text.to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// As a description; `None` where there is nothing to say.
    pub(super) fn description(&self) -> Option<String> {
        if *self == Self::default() {
            return None;
        }
        // Writing a value into memory cannot fail.
        let json = serde_json::to_string(self).unwrap_or_default();
        // What XML cannot express JSON need not.
        let json = json.replace('\u{FFFE}', "\\uFFFE").replace('\u{FFFF}', "\\uFFFF");
        Some(format!("{SIGN}{json}"))
    }

    /// What a description of ours says besides; `None` for one of others.
    pub(super) fn read(description: &str) -> Option<Self> {
        serde_json::from_str(description.trim().strip_prefix(SIGN)?).ok()
    }

    /// Gives it back to a note that was read with the characters of its selection; answers whether the anchor is
    /// the whole one now.
    pub(super) fn give(self, note: &mut Annotation, characters: Option<Span>) -> bool {
        let same = self.characters == characters.map(|span| (span.start(), span.end()));
        let whole = self.anchor.filter(|_| same).map(RonAnchor::anchor);
        let is_whole = whole.is_some();
        match whole {
            Some(anchor) => note.anchor = anchor,
            None => note.anchor.headings = self.headings,
        }
        note.answers = self.answers.into_iter().filter_map(RonAnswer::far_end).collect();
        note.placing = Placing {
            original: self.original.map(|original| Box::new(original.anchor())),
            lost_in: TextId::from_hex(&self.lost_in),
        };
        is_whole
    }
}

/// Whether two passages are one.
pub(super) fn is_same(left: &FarEnd, right: &FarEnd) -> bool {
    (left.document, &left.anchor.quote, left.anchor.span)
        == (right.document, &right.anchor.quote, right.anchor.span)
}

/// The name of the note that says the key of a code.
pub(super) const KEY: &str = "key";

/// The identity of the note that says the key of a tag's code.
pub(super) fn key_id(tag: &Tag) -> Uuid {
    key_id_of(code_id(tag))
}

/// The same by the identity of the code, which it keeps under another name.
pub(super) fn key_id_of(code: Uuid) -> Uuid {
    uuid_of("refi key", &[&code.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_of_others_is_not_ours() {
        let extra = Extra { at_the_end: true, place: "\u{0}\u{FFFE}".to_owned(), ..Extra::default() };
        let description = extra.description().unwrap();
        assert!(crate::exchange::xml::can_express(&description), "{description}");
        assert_eq!(Extra::read(&format!("\n {description} ")), Some(extra));
        assert_eq!(Extra::default().description(), None);
        for other in ["", "Duidu", "Duidu {", "看上游 {}", "{\"at_the_end\":true}"] {
            assert_eq!(Extra::read(other), None, "{other}");
        }
    }
}
