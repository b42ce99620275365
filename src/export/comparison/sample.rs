//! Small comparisons for the tests of this room.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Column, ComparisonExport, ComparisonWords};
use crate::compare::{Comparison, Evidence, Link, Part, Passage, Reason, Verdict};
use crate::document::{BlockIndex, Document};
use crate::import::{ReadOptions, read};
use crate::text::{Form, PairingBuilder, Script, Shown, Span, saturate};

/// A document in Markdown.
pub(super) fn document(text: &str) -> Arc<Document> {
    Arc::new(read("a.md", text.as_bytes().to_vec(), &ReadOptions::default()).unwrap().document)
}

/// Where `words` stand first in the text of a document.
pub(super) fn place(document: &Document, words: &str) -> Span {
    let start = document.text().find(words).unwrap_or_else(|| panic!("{words} is not there"));
    Span::from_range(&(start..start + words.len()))
}

/// Which blocks of two documents answer each other, how, and the words that they share.
pub(super) struct Pair<'a> {
    pub(super) left: &'a [usize],
    pub(super) right: &'a [usize],
    pub(super) verdict: Verdict,
    pub(super) passages: &'a [(&'a str, &'a str)],
}

impl Pair<'_> {
    fn link(&self, left: &Document, right: &Document) -> Link {
        let blocks = |blocks: &[usize]| blocks.iter().copied().map(BlockIndex::new).collect();
        let passage = |(one, other): &(&str, &str)| Passage {
            left: place(left, one),
            right: place(right, other),
            verdict: if one == other { Verdict::Same } else { Verdict::Revised },
        };
        Link {
            left: blocks(self.left),
            right: blocks(self.right),
            verdict: self.verdict,
            score: 0.83,
            reason: Reason { evidence: vec![Evidence::Words(vec!["河水".to_owned(), "<树>".to_owned()])] },
            passages: self.passages.iter().map(passage).collect(),
            crosses: false,
            ruled: None,
        }
    }
}

/// Two texts in Markdown with these links, as written, with English words.
pub(super) fn export_of(left: &str, right: &str, pairs: &[Pair<'_>]) -> ComparisonExport {
    let (left, right) = (document(left), document(right));
    let links = pairs.iter().map(|pair| pair.link(&left, &right)).collect();
    let column = |document: &Document, path| {
        Column::new(document, path, Script::AS_WRITTEN, |text| Ok::<_, ()>(Shown::as_written(text))).unwrap()
    };
    let (left_column, right_column) = (column(&left, "folder/左.md"), column(&right, "右.md"));
    let comparison = Comparison::new(Part::whole(left), Part::whole(right), links);
    ComparisonExport {
        left: left_column,
        right: right_column,
        links: ComparisonExport::all_links(&comparison),
        only_here: true,
        slight: true,
        notes: Vec::new(),
        words: ComparisonWords::english(),
        interface_language: "en".to_owned(),
        made: Timestamp::UNIX_EPOCH,
        comparison: Arc::new(comparison),
    }
}

/// A document in a script that writes 〔河〕 for 河: longer than what is written.
pub(super) fn in_brackets(document: &Document) -> Column {
    let script = Script::characters(Form::Taiwan);
    let show = |text: &str| {
        let mut shown = Shown::default();
        let mut pairing = PairingBuilder::default();
        for character in text.chars() {
            let own = if character == '河' { "〔河〕".to_owned() } else { character.to_string() };
            pairing.push(saturate(character.len_utf8()), saturate(own.len()));
            shown.text += &own;
        }
        shown.pairing = pairing.finish();
        Ok::<_, ()>(shown)
    };
    Column::new(document, "右.md", script, show).unwrap()
}
