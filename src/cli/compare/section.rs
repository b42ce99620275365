//! A section of a document by what the reader calls it.

use std::sync::Arc;

use crate::compare::Part;
use crate::document::{BlockIndex, BlockKind, Document};
use crate::text::{Folded, Query, SearchOptions};

/// So many headings are named where a name fits several.
const NAMED: usize = 5;

/// The section that `name` calls: the index of a block in it, or words of its heading in any script. A heading
/// that is wholly `name` comes before those that only hold it.
///
/// Errors: there is none, or there are several.
pub(super) fn find(document: &Arc<Document>, name: &str) -> Result<Part, String> {
    if let Ok(index) = name.trim().parse() {
        return by_index(document, index);
    }
    let headings = headings_with(document, name)?;
    match headings.as_slice() {
        [] => Err(format!("no heading says \"{name}\"")),
        [heading] => Ok(Part::section(Arc::clone(document), *heading)),
        several => Err(ambiguous(document, name, several)),
    }
}

fn by_index(document: &Arc<Document>, index: usize) -> Result<Part, String> {
    let count = document.blocks().len();
    if index < count {
        Ok(Part::section(Arc::clone(document), BlockIndex::new(index)))
    } else {
        Err(format!("there is no block {index}: they go from 0 to {}", count.saturating_sub(1)))
    }
}

fn headings_with(document: &Document, name: &str) -> Result<Vec<BlockIndex>, String> {
    let options = SearchOptions { ignore_punctuation: true, as_written: false };
    let query = Query::new(name, options).ok_or("the name of the section is empty")?;
    let headings: Vec<BlockIndex> =
        headings(document).filter(|&index| query.matches(&text(document, index)).next().is_some()).collect();
    let folded = |text: &str| Folded::to_find(text).text;
    let wanted = folded(name);
    let whole: Vec<BlockIndex> =
        headings.iter().copied().filter(|&index| folded(&text(document, index)) == wanted).collect();
    Ok(if whole.is_empty() { headings } else { whole })
}

fn headings(document: &Document) -> impl Iterator<Item = BlockIndex> {
    let blocks = document.blocks().iter().enumerate();
    let is_heading = |kind| matches!(kind, BlockKind::Title | BlockKind::Heading { .. });
    blocks.filter(move |(_, block)| is_heading(block.kind)).map(|(index, _)| BlockIndex::new(index))
}

fn ambiguous(document: &Document, name: &str, headings: &[BlockIndex]) -> String {
    let named = headings.iter().take(NAMED);
    let named: Vec<String> =
        named.map(|&index| format!("{} {}", index.as_usize(), text(document, index).trim())).collect();
    let more = if headings.len() > NAMED { ", …" } else { "" };
    format!("{} headings say \"{name}\" ({}{more}): give the index of one", headings.len(), named.join(", "))
}

fn text(document: &Document, index: BlockIndex) -> String {
    document.reading(index).map(|reading| reading.text.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{ReadOptions, read};

    const TEXT: &str =
        "# 看河\n\n## 上游\n\n山里的水。\n\n## 下游\n\n城里的水。\n\n## 上游与下游\n\n都是水。\n";

    fn section(name: &str) -> Result<String, String> {
        let imported = read("a.md", TEXT.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        let part = find(&Arc::new(imported.document), name)?;
        Ok(part.span().of(part.document().text()).unwrap().split_whitespace().collect())
    }

    #[test]
    fn a_section_is_called_by_its_heading_or_a_block() {
        let check = |name: &str, expected: &str| assert_eq!(section(name).as_deref(), Ok(expected), "{name}");
        check("上游", "上游山里的水。");
        check("上 遊 與", "上游与下游都是水。");
        check("4", "下游城里的水。");
    }

    #[test]
    fn what_calls_no_section_is_said() {
        let check = |name: &str, expected: &str| {
            let reason = section(name).unwrap_err();
            assert!(reason.contains(expected), "{reason}");
        };
        check("海", "no heading");
        check("游", "3 headings");
        check("70", "from 0 to 6");
        check(" ", "empty");
    }
}
