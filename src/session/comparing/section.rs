//! A section of a document, and how it is found again when the text has changed.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{CompareStage, Comparing, ComparisonId};
use crate::compare::{Part, Side};
use crate::document::{BlockIndex, Document, TextId};
use crate::notes::{Anchor, Found};
use crate::session::{Effect, MessageText, Session};
use crate::text::{Span, saturate};

/// A stretch of a document's blocks that is compared. It is named by the blocks of one text, and says nothing of
/// another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Section {
    /// The text whose blocks these are.
    pub text: TextId,
    /// Its first block.
    pub first: BlockIndex,
    /// The first block after it.
    pub after: BlockIndex,
}

impl Section {
    /// The blocks of a document, as positions in [`Document::blocks`].
    pub fn of(document: &Document, range: &Range<usize>) -> Self {
        let [first, after] = [range.start, range.end].map(BlockIndex::new);
        Self { text: document.id(), first, after }
    }

    /// The section as it is compared; `None` in another text.
    pub fn part(self, document: &Arc<Document>) -> Option<Part> {
        let here = document.id() == self.text;
        here.then(|| Part::of(Arc::clone(document), self.first, self.after))
    }

    /// Whether a block of its text stands in it.
    pub(super) fn holds(self, block: BlockIndex) -> bool {
        self.first <= block && block < self.after
    }
}

/// How to find a section again in a changed text: by its first words and its last ones. Of a short heading alone
/// nobody could say which of several it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SectionEnds {
    /// Its first words; they begin in its first block.
    pub first: Anchor,
    /// Its last words; they end in its last block.
    pub last: Anchor,
}

impl SectionEnds {
    /// So many characters are quoted of each end.
    const QUOTED: usize = 64;

    /// The ends of a part; `None` for all of a document, and for nothing of it.
    pub fn of(part: &Part) -> Option<Self> {
        if part.is_whole() || part.range().is_empty() {
            return None;
        }
        let (document, span) = (part.document(), part.span());
        let words = span.of(document.text())?;
        let first: usize = words.chars().take(Self::QUOTED).map(char::len_utf8).sum();
        let last: usize = words.chars().rev().take(Self::QUOTED).map(char::len_utf8).sum();
        let first = Span::from_length(span.start(), saturate(first));
        let last = Span::new(span.end().saturating_sub(saturate(last)), span.end());
        Some(Self { first: Anchor::of(document, first), last: Anchor::of(document, last) })
    }

    /// The section between both ends where they are now; `None` where they are not surely found.
    pub fn between(first: &Found, last: &Found, document: &Document) -> Option<Section> {
        let block = |position| document.block_at(position).map(BlockIndex::as_usize);
        let (first, last) = (block(first.span()?.start())?, block(last.span()?.end().saturating_sub(1))?);
        (first <= last).then(|| Section::of(document, &(first..last + 1)))
    }
}

/// The section that is compared of a side.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct ComparedSection {
    pub(super) ends: SectionEnds,
    pub(super) place: SectionPlace,
}

/// Where a section is in the text as it is now.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum SectionPlace {
    /// Nobody has asked yet.
    Unknown,
    /// It is looked for.
    Sought,
    /// Here.
    Here(Section),
    /// It is not surely found.
    Lost,
}

impl ComparedSection {
    /// Where it is; `None` as long as it is not found.
    pub(super) fn here(&self) -> Option<Section> {
        match self.place {
            SectionPlace::Here(section) => Some(section),
            SectionPlace::Unknown | SectionPlace::Sought | SectionPlace::Lost => None,
        }
    }
}

impl Session {
    /// Says of the sections of a comparison where they are in the texts as they are now. What is not where it was is
    /// looked for by the world: in a long document that takes longer than the window may wait.
    pub(super) fn place_sections(&mut self, id: ComparisonId) -> Vec<Effect> {
        Side::BOTH.into_iter().filter_map(|side| self.place_section(id, side)).collect()
    }

    fn place_section(&mut self, id: ComparisonId, side: Side) -> Option<Effect> {
        let comparing = self.comparison(id)?;
        let ends = comparing.side(side).section.as_ref()?.ends.clone();
        let Some(reader) = self.reader_of(comparing, side).filter(|reader| reader.complete()) else {
            self.set_place(id, side, SectionPlace::Unknown);
            return None;
        };
        let document = Arc::clone(reader.document());
        let known = comparing.side(side).part(&document).and_then(|part| SectionEnds::of(&part));
        if known.as_ref() == Some(&ends) {
            return None;
        }
        let found = self.found_far_end(&ends.first, reader).zip(self.found_far_end(&ends.last, reader));
        let Some((first, last)) = found else {
            self.set_place(id, side, SectionPlace::Sought);
            return self.seek_passages(&document, [ends.first, ends.last]);
        };
        let place = SectionEnds::between(&first, &last, &document);
        let is_new = self.set_place(id, side, place.map_or(SectionPlace::Lost, SectionPlace::Here));
        let stays = [first.span(), last.span()] == [ends.first.span, ends.last.span].map(Some);
        if is_new && place.is_some() && !stays {
            let name = self.comparison(id)?.side(side).place.name();
            self.tell(MessageText::SectionMoved(name));
        }
        None
    }

    /// Answers whether it was another one before.
    fn set_place(&mut self, id: ComparisonId, side: Side, place: SectionPlace) -> bool {
        let Some(comparing) = self.comparing_mut(id) else { return false };
        let Some(section) = &mut comparing.side_mut(side).section else { return false };
        let is_new = std::mem::replace(&mut section.place, place) != place;
        comparing.layout += u64::from(is_new);
        is_new
    }

    /// Sections were looked for in a text, or could not be: the comparisons that waited for it go on.
    pub(in crate::session) fn sections_sought(&mut self, text: TextId, failure: Option<&str>) -> Vec<Effect> {
        let waits = |comparing: &&Comparing| {
            let in_text = |side: Side| {
                let reader = self.reader_of(comparing, side);
                reader.is_some_and(|reader| reader.document().id() == text)
                    && comparing.side(side).section_place() == Some(SectionPlace::Sought)
            };
            matches!(comparing.stage, CompareStage::Running(_)) && Side::BOTH.into_iter().any(in_text)
        };
        let waiting: Vec<ComparisonId> = self.comparisons.iter().filter(waits).map(|one| one.id).collect();
        let Some(reason) = failure else {
            return waiting.into_iter().flat_map(|id| self.begin_comparing(id)).collect();
        };
        for id in waiting {
            if let Some(comparing) = self.comparing_mut(id) {
                comparing.stage = CompareStage::Failed(reason.to_owned());
            }
        }
        Vec::new()
    }
}

impl Comparing {
    /// How far it is while there is nothing to compare.
    pub(super) fn stage_without_parts(&self) -> CompareStage {
        let is = |place| Side::BOTH.into_iter().find(|&side| self.side(side).section_place() == Some(place));
        match (is(SectionPlace::Lost), is(SectionPlace::Sought)) {
            (Some(side), _) => CompareStage::SectionLost(side),
            (None, Some(_)) => CompareStage::Running(0.0),
            (None, None) => CompareStage::Waiting,
        }
    }

    /// What was found in the texts says how the sections are found again in the next ones: as the file does.
    pub(super) fn renew_sections(&mut self) {
        let Some(comparison) = self.result().map(Arc::clone) else { return };
        for side in Side::BOTH {
            let ends = SectionEnds::of(comparison.part(side));
            if let Some((section, ends)) = self.side_mut(side).section.as_mut().zip(ends) {
                section.ends = ends;
            }
        }
    }
}
