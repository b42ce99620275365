//! A block's text as it is to be read: with the repairs.

use std::borrow::Cow;

use super::{BlockIndex, Document, Repair};
use crate::text::{Pairing, PairingBuilder, Span, saturate};

/// A block's text (or any stretch of a document's) as it is to be read, and how it lies beside the source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading<'a> {
    /// The stretch of the document's text that it was made from.
    pub source: Span,
    /// The text to read: the source without what the repairs leave out.
    pub text: Cow<'a, str>,
    /// Left: the source, from its start. Right: `text`.
    pub pairing: Pairing,
}

impl Document {
    /// The text of a block with its repairs made; `None` for an index past the last block.
    ///
    /// Where there is nothing to repair, the text is borrowed.
    pub fn reading(&self, index: BlockIndex) -> Option<Reading<'_>> {
        self.reading_of(self.block(index)?.span)
    }

    /// The text of any stretch of the document with the repairs made that lie wholly in it; otherwise as
    /// [`Document::reading`]. `None` for what is no stretch of the text.
    pub fn reading_of(&self, source: Span) -> Option<Reading<'_>> {
        let left_out = self.repairs_within(source).iter().map(|repair| (repair.span, repair.spaced));
        self.reading_without(source, left_out)
    }

    /// The same without the signs of notes, such as `[1]` and ①: neither those that lead to a note nor the one that a
    /// note begins with. They count the notes and are no words of the text.
    pub fn reading_without_signs(&self, source: Span) -> Option<Reading<'_>> {
        let signs = self.note_signs_in(source);
        if signs.is_empty() {
            return self.reading_of(source);
        }
        let repairs = self.repairs_within(source).iter().map(|repair| (repair.span, repair.spaced));
        let mut left_out: Vec<(Span, bool)> =
            repairs.chain(signs.into_iter().map(|sign| (sign, false))).collect();
        left_out.sort_unstable();
        self.reading_without(source, left_out.into_iter())
    }

    /// `left_out` stands in order; what begins in another of them is left out as far as that one goes.
    fn reading_without(
        &self,
        source: Span,
        left_out: impl ExactSizeIterator<Item = (Span, bool)>,
    ) -> Option<Reading<'_>> {
        let text = source.of(&self.text)?;
        if left_out.len() == 0 {
            return Some(Reading { source, text: Cow::Borrowed(text), pairing: Pairing::identity(text) });
        }
        let (mended, pairing) = mend(text, source.start(), left_out);
        Some(Reading { source, text: Cow::Owned(mended), pairing })
    }

    /// The repairs that lie within `span`, in order; those that only touch it at its ends do not.
    fn repairs_within(&self, span: Span) -> &[Repair] {
        let first = self.repairs.partition_point(|repair| repair.span.start() < span.start());
        let after = self
            .repairs
            .partition_point(|repair| repair.span.start() < span.end() && repair.span.end() <= span.end());
        self.repairs.get(first..after).unwrap_or_default()
    }
}

/// `text`, which begins at `start` in the document, without what is left out; where it says so, a space is read there.
fn mend(text: &str, start: u32, left_out: impl Iterator<Item = (Span, bool)>) -> (String, Pairing) {
    let mut mended = String::with_capacity(text.len());
    let mut builder = PairingBuilder::default();
    let mut done = 0;
    let keep = |span: Span, mended: &mut String, builder: &mut PairingBuilder| {
        let kept = span.of(text).unwrap_or_default();
        mended.push_str(kept);
        builder.push_characters(kept, kept);
    };
    for (span, spaced) in left_out {
        let span = span.moved_left(start);
        if span.start() < done {
            continue;
        }
        keep(Span::new(done, span.start()), &mut mended, &mut builder);
        let space = if spaced { " " } else { "" };
        mended.push_str(space);
        builder.push(span.len(), saturate(space.len()));
        done = span.end();
    }
    keep(Span::new(done, saturate(text.len())), &mut mended, &mut builder);
    (mended, builder.finish())
}

#[cfg(test)]
mod tests {
    use super::super::{Block, BlockKind, Parts, RepairKind};
    use super::*;

    /// `source` with what is left out in ⟦⟧, or in ⟪⟫ where a space is read in its place.
    fn check(marked: &str, expected: &str) {
        let mut text = String::new();
        let mut repairs = Vec::new();
        let mut opened = 0;
        for character in marked.chars() {
            let at = saturate(text.len());
            match character {
                '⟦' | '⟪' => opened = at,
                '⟧' | '⟫' => repairs.push(Repair {
                    span: Span::new(opened, at),
                    kind: RepairKind::HardWrap,
                    spaced: character == '⟫',
                }),
                other => text.push(other),
            }
        }
        let whole = Block { span: Span::whole(&text), kind: BlockKind::Paragraph, boxed: false };
        let parts = Parts { text: text.clone().into(), blocks: vec![whole], repairs, ..Parts::default() };
        let document = Document::new(parts).unwrap();
        let reading = document.reading(BlockIndex::new(0)).unwrap();
        assert_eq!(reading.text, expected);
        assert_eq!(reading.pairing.left_len(), saturate(text.len()));
        assert_eq!(reading.pairing.right_len(), saturate(expected.len()));
        assert!(document.reading(BlockIndex::new(1)).is_none());
    }

    #[test]
    fn any_stretch_is_read_with_the_repairs_in_it() {
        let text = "河\n水\n清";
        let wrap = |at| Repair { span: Span::from_length(at, 1), kind: RepairKind::HardWrap, spaced: false };
        let whole = Block { span: Span::whole(text), kind: BlockKind::Paragraph, boxed: false };
        let repairs = vec![wrap(3), wrap(7)];
        let document =
            Document::new(Parts { text: text.into(), blocks: vec![whole], repairs, ..Parts::default() })
                .unwrap();
        assert_eq!(document.reading_of(Span::new(4, 11)).unwrap().text, "水清");
        assert_eq!(document.reading_of(Span::new(0, 7)).unwrap().text, "河水");
        assert_eq!(document.reading_of(Span::at(7)).unwrap().text, "");
        assert!(document.reading_of(Span::new(1, 7)).is_none());
    }

    #[test]
    fn what_is_left_out_is_not_read() {
        check("河水⟦\n⟧清清", "河水清清");
        check("two⟪\n⟫words⟦ \n⟧河", "two words河");
        check("⟦（上接第三版）⟧河水⟦（下轉第五版）⟧", "河水");
        check("河水清清", "河水清清");
    }
}
