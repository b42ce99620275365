//! What the reader decided about a note's place when the document had changed.

use serde::{Deserialize, Serialize};

use super::{Anchor, Annotation};
use crate::document::TextId;

/// What the reader decided about a note's place when the document had changed; nothing for most notes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Placing {
    /// The anchor with which the note was made, where the reader has since put the note elsewhere: what was
    /// quoted first is never forgotten.
    pub original: Option<Box<Anchor>>,
    /// The text in which the reader said that the note has no place. In any other text it is sought again.
    pub lost_in: Option<TextId>,
}

impl Annotation {
    /// Puts the note on another place. The anchor that it was made with is kept.
    pub fn place(&mut self, anchor: Anchor) {
        self.placing.lost_in = None;
        if anchor == self.anchor {
            return;
        }
        let before = std::mem::replace(&mut self.anchor, anchor);
        let original = self.placing.original.take().unwrap_or_else(|| Box::new(before));
        self.placing.original = Some(original).filter(|original| **original != self.anchor);
    }

    /// The anchor that the note was made with.
    pub fn original_anchor(&self) -> &Anchor {
        self.placing.original.as_deref().unwrap_or(&self.anchor)
    }

    /// Whether the reader said that it has no place in the text `document`.
    pub fn is_kept_as_lost_in(&self, document: TextId) -> bool {
        self.placing.lost_in == Some(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::sample::note;
    use crate::text::Span;

    fn quoting(quote: &str, position: u32) -> Anchor {
        Anchor { quote: quote.to_owned(), span: Span::at(position), ..Anchor::default() }
    }

    #[test]
    fn the_first_anchor_is_kept_however_often_a_note_is_put_elsewhere() {
        let mut note = note(1, quoting("先种树", 0));
        note.placing.lost_in = Some(TextId::of("水"));
        note.place(quoting("先植树", 9));
        note.place(quoting("再植树", 30));
        assert_eq!((&*note.anchor.quote, &*note.original_anchor().quote), ("再植树", "先种树"));
        assert!(!note.is_kept_as_lost_in(TextId::of("水")));
        note.place(quoting("先种树", 0));
        assert_eq!(note.placing, Placing::default());
    }
}
