//! Words that are struck out: their writer drew a line through them and left them to be read.

use super::{Document, Faulty, Parts};
use crate::text::Span;

impl Document {
    /// The stretches that are struck out, in order and apart. They are text as the rest.
    pub fn struck(&self) -> &[Span] {
        &self.struck
    }

    /// The stretches that are struck out of which something stands in `span`, in order.
    pub fn struck_in(&self, span: Span) -> &[Span] {
        let first = self.struck.partition_point(|struck| struck.end() <= span.start());
        let after = self.struck.partition_point(|struck| struck.start() < span.end());
        self.struck.get(first..after).unwrap_or_default()
    }
}

pub(super) fn check(parts: &Parts) -> Result<(), Faulty> {
    let mut last = 0;
    for struck in &parts.struck {
        if struck.start() < last || struck.of(&parts.text).unwrap_or_default().is_empty() {
            return Err(Faulty::Struck(*struck));
        }
        last = struck.end();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Block, BlockKind};
    use super::*;

    fn made(struck: &[(u32, u32)]) -> Result<Document, Faulty> {
        let text = "河水清清";
        let blocks = vec![Block { span: Span::whole(text), kind: BlockKind::Paragraph, boxed: false }];
        let struck = struck.iter().map(|&(start, end)| Span::new(start, end)).collect();
        Document::new(Parts { text: text.into(), blocks, struck, ..Parts::default() })
    }

    #[test]
    fn what_is_struck_out_is_found_by_its_place() {
        let document = made(&[(0, 3), (6, 9)]).unwrap();
        let count = |start, end| document.struck_in(Span::new(start, end)).len();
        assert_eq!([count(0, 12), count(3, 6), count(2, 7), count(9, 12)], [2, 0, 2, 0]);
        assert_eq!(Document::new(document.into_parts()).unwrap().struck().len(), 2);
    }

    #[test]
    fn what_is_struck_out_is_text_in_order() {
        for struck in [&[(0, 0)][..], &[(3, 6), (0, 3)], &[(0, 6), (3, 9)], &[(1, 3)], &[(9, 15)]] {
            assert!(matches!(made(struck), Err(Faulty::Struck(_))), "{struck:?}");
        }
    }
}
