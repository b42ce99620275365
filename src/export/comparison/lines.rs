//! The rows of the table as plain values, for spreadsheets.

use super::reason::sentence;
use super::rows::{Row, notes_on};
use super::{ComparisonExport, LinkNote, ShownBlock};
use crate::compare::Side;
use crate::document::BlockIndex;
use crate::notes::Tag;

/// A row as plain values.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    /// The number of the link; `None` for what stands only on one side.
    pub(super) number: Option<usize>,
    pub(super) verdict: String,
    pub(super) score: Option<f32>,
    /// The paragraphs of either side, counted from 1.
    pub(super) paragraphs: [String; 2],
    pub(super) texts: [String; 2],
    pub(super) reason: String,
    pub(super) tags: String,
    pub(super) notes: String,
}

/// A row as plain values.
pub(super) fn line(export: &ComparisonExport, row: &Row<'_>) -> Line {
    match row {
        Row::Answered { number, index, link } => {
            let notes: Vec<&LinkNote> = notes_on(export, Some(*index)).collect();
            let sides = Side::BOTH.map(|side| (side, link.blocks(side)));
            Line {
                number: Some(*number),
                verdict: export.words.verdict(link.verdict).to_owned(),
                score: Some(link.score),
                paragraphs: sides.map(|(_, blocks)| paragraphs(blocks)),
                texts: sides.map(|(side, blocks)| texts(export, side, blocks)),
                reason: sentence(export, link),
                tags: tags(&notes),
                notes: said(&notes),
            }
        }
        Row::OnlyHere { side, block } => {
            let blocks = Side::BOTH.map(|each| if each == *side { std::slice::from_ref(block) } else { &[] });
            let [left, right] = blocks;
            Line {
                number: None,
                verdict: export.words.only_here.clone(),
                score: None,
                paragraphs: blocks.map(paragraphs),
                texts: [texts(export, Side::Left, left), texts(export, Side::Right, right)],
                reason: String::new(),
                tags: String::new(),
                notes: String::new(),
            }
        }
    }
}

fn paragraphs(blocks: &[BlockIndex]) -> String {
    blocks.iter().map(|block| (block.as_usize() + 1).to_string()).collect::<Vec<_>>().join(", ")
}

fn texts(export: &ComparisonExport, side: Side, blocks: &[BlockIndex]) -> String {
    let column = export.column(side);
    let texts = blocks.iter().filter_map(|&block| column.block(block)).map(ShownBlock::text);
    texts.collect::<Vec<_>>().join("\n")
}

/// The tags of all of them, each once, each on a line of its own.
fn tags(notes: &[&LinkNote]) -> String {
    let mut tags: Vec<&str> = notes.iter().flat_map(|note| &note.tags).map(Tag::as_str).collect();
    tags.sort_unstable();
    tags.dedup();
    tags.join("\n")
}

fn said(notes: &[&LinkNote]) -> String {
    let texts = notes.iter().map(|note| note.text.trim()).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join("\n\n")
}

/// The names of what a line holds, in its order.
pub(super) fn names(export: &ComparisonExport) -> [String; 10] {
    let words = &export.words;
    let of = |side: &str, name: &str| [side, export.colon(), name].concat();
    [
        words.number.clone(),
        words.verdict.clone(),
        words.score.clone(),
        of(&words.left, &words.paragraphs),
        of(&words.left, &words.text),
        of(&words.right, &words.paragraphs),
        of(&words.right, &words.text),
        words.reason.clone(),
        words.tags.clone(),
        words.notes.clone(),
    ]
}
