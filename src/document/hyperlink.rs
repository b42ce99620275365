//! Links of a document: words of it, and where they lead.

use serde::{Deserialize, Serialize};

use super::{Address, Document};
use crate::text::Span;

/// Words that lead elsewhere. (What ties passages to each other is a note or a comparison.)
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Hyperlink {
    /// The words, in the document's text: some of one block, never none.
    pub words: Span,
    /// Where they lead.
    pub target: HyperlinkTarget,
    /// What the document says of it besides.
    pub title: Option<String>,
}

/// Where a link leads.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum HyperlinkTarget {
    /// Out of the document.
    Address(Address),
    /// To this position of the document's text.
    Place(u32),
}

impl Hyperlink {
    /// The address that it opens, unless it leads to a place of the document.
    pub fn address(&self) -> Option<&Address> {
        match &self.target {
            HyperlinkTarget::Address(address) => Some(address),
            HyperlinkTarget::Place(_) => None,
        }
    }
}

impl Document {
    /// Its links, in order of the text; none lies in another.
    pub fn hyperlinks(&self) -> &[Hyperlink] {
        &self.hyperlinks
    }

    /// The link among whose words `position` (bytes of the text) stands.
    pub fn hyperlink_at(&self, position: u32) -> Option<&Hyperlink> {
        self.hyperlinks_in(Span::from_length(position, 1)).first()
    }

    /// The links of which words stand in `span`, in order.
    pub fn hyperlinks_in(&self, span: Span) -> &[Hyperlink] {
        let first = self.hyperlinks.partition_point(|link| link.words.end() <= span.start());
        let after = self.hyperlinks.partition_point(|link| link.words.start() < span.end());
        self.hyperlinks.get(first..after).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Block, BlockKind, Faulty, Parts};
    use super::*;

    const TEXT: &str = "甲乙丙丁戊";

    fn made(links: &[(u32, u32)], place: u32) -> Result<Document, Faulty> {
        let link = |&(start, end): &(u32, u32)| Hyperlink {
            words: Span::new(start, end),
            target: HyperlinkTarget::Place(place),
            title: None,
        };
        let whole = Block { span: Span::whole(TEXT), kind: BlockKind::Paragraph, boxed: false };
        let hyperlinks = links.iter().map(link).collect();
        Document::new(Parts { text: TEXT.into(), blocks: vec![whole], hyperlinks, ..Parts::default() })
    }

    #[test]
    fn links_are_found_by_their_words() {
        let document = made(&[(3, 6), (6, 12)], 0).unwrap();
        let at = |position| document.hyperlink_at(position).map(|link| link.words.start());
        assert_eq!(
            [at(0), at(3), at(5), at(6), at(11), at(12)],
            [None, Some(3), Some(3), Some(6), Some(6), None]
        );
        assert_eq!(document.hyperlinks_in(Span::new(0, 3)).len(), 0);
        assert_eq!(document.hyperlinks_in(Span::new(4, 7)).len(), 2);
    }

    #[test]
    fn links_are_words_of_the_text_in_order_and_apart() {
        for (links, place) in [
            (&[(3, 3)][..], 0),
            (&[(3, 7)], 0),
            (&[(12, 18)], 0),
            (&[(3, 9), (6, 12)], 0),
            (&[(6, 9), (0, 3)], 0),
            (&[(0, 3)], 1),
            (&[(0, 3)], 16),
        ] {
            assert!(matches!(made(links, place), Err(Faulty::Hyperlink(_))), "{links:?} {place}");
        }
        assert!(made(&[(0, 3), (3, 6)], 15).is_ok());
    }
}
