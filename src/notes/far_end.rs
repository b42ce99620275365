//! The other ends of a note that joins passages.

use serde::{Deserialize, Serialize};

use super::{Anchor, Annotation, Found, NoteId, Target, locate};
use crate::document::{Document, TextId};
use crate::text::Span;

/// Another passage that a note is about too, of another document or of its own.
///
/// The note itself is kept with the document of its own anchor. So this says all that it takes to know the
/// other document again, and to quote the passage while that document is not open.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FarEnd {
    /// Where the other document was read from when the note was made, as words; see [`FarEnd::is_in`].
    pub place: String,
    /// The identity of its text at that time.
    pub document: TextId,
    /// Its title at that time, as written; empty where it had none.
    pub title: String,
    /// The passage.
    pub anchor: Anchor,
}

impl FarEnd {
    /// The passage at `span` of `document`, which was read from `place`. As to the span, see [`Anchor::of`].
    pub fn of(document: &Document, place: String, span: Span) -> Self {
        let title = document.metadata().title.as_ref().map(|field| field.value.clone()).unwrap_or_default();
        Self { place, document: document.id(), title, anchor: Anchor::of(document, span) }
    }

    /// Whether the document read from `place` with the text `document` is the one that is meant: the same text,
    /// wherever it lies now, or the same place, whatever has become of its text.
    pub fn is_in(&self, place: &str, document: TextId) -> bool {
        self.document == document || self.place == place
    }
}

/// Where a far end is in the document that it points into.
#[derive(Clone, PartialEq, Debug)]
pub struct FoundFarEnd {
    /// The note.
    pub note: NoteId,
    /// Which of the note's [`Annotation::answers`].
    pub index: usize,
    /// Where it is now.
    pub found: Found,
}

/// The far ends of `annotations`, the notes of other documents, that lie in `document` read from `place`, and
/// where each is now; in the order of the notes.
pub fn far_ends_in<'n>(
    annotations: impl IntoIterator<Item = &'n Annotation>,
    place: &str,
    document: &Document,
) -> Vec<FoundFarEnd> {
    let target = Target::new(document);
    let far_ends = annotations.into_iter().flat_map(|note| {
        note.answers.iter().enumerate().map(move |(index, far_end)| (note.id, index, far_end))
    });
    far_ends
        .filter(|(_, _, far_end)| far_end.is_in(place, document.id()))
        .map(|(note, index, far_end)| FoundFarEnd { note, index, found: locate(&far_end.anchor, &target) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::FoundState;
    use crate::notes::sample::{document_of, marked, note};

    fn far_end(place: &str, source: &str) -> FarEnd {
        let (text, span) = marked(source);
        FarEnd::of(&document_of(&text), place.to_owned(), span)
    }

    /// The states of the far ends that lie in the document of that place and text.
    fn check(place: &str, text: &str, expected: &[(usize, FoundState)]) {
        let mut spanning = note(1, Anchor::default());
        spanning.answers = vec![
            far_end("b.txt", "上游先种树，⟦再清淤筑堤⟧，下游修水闸。"),
            far_end("c.txt", "村里开了⟦一间读书的屋子⟧，人人都可以来。"),
        ];
        let found = far_ends_in([&note(2, Anchor::default()), &spanning], place, &document_of(text));
        let found: Vec<_> = found.iter().map(|far| (far.index, far.found.state())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_other_document_is_known_by_its_text_or_its_place() {
        let unchanged = "上游先种树，再清淤筑堤，下游修水闸。";
        check("b.txt", unchanged, &[(0, FoundState::Exact)]);
        check("moved/elsewhere.txt", unchanged, &[(0, FoundState::Exact)]);
        check("b.txt", "今年的办法：上游先种树，再清淤筑堤，下游修水闸。", &[(0, FoundState::Exact)]);
        check("b.txt", "没有一个字相同", &[(0, FoundState::Lost)]);
        check("other.txt", "今年的办法：上游先种树，再清淤筑堤，下游修水闸。", &[]);
    }

    #[test]
    fn each_passage_is_sought_in_its_own_document_only() {
        check("c.txt", "村里开了一间读书的屋子，人人都可以来。", &[(1, FoundState::Exact)]);
    }
}
