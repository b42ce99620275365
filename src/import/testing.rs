//! What the tests of formats share.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::document::{
    AsideReason, BlockIndex, BlockKind, Cell, Document, FootnoteLink, HyperlinkTarget, Row,
};

/// A packed file of parts by their names.
pub(super) fn pack(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, part) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A document as a list of its blocks, one to a line: what it is, then its reading.
pub(super) fn listing(document: &Document) -> String {
    let mut lines = String::new();
    for (index, block) in document.blocks().iter().enumerate() {
        let reading = document.reading(BlockIndex::new(index)).unwrap();
        let boxed = if block.boxed { "▣ " } else { "" };
        lines.extend([boxed, &sign(block.kind), " ", &reading.text, "\n"]);
    }
    lines
}

fn sign(kind: BlockKind) -> String {
    match kind {
        BlockKind::Title => "題".to_owned(),
        BlockKind::Heading { level } => "#".repeat(level.into()),
        BlockKind::Paragraph => "¶".to_owned(),
        BlockKind::ListItem { depth } => format!("{}-", "  ".repeat(depth.into())),
        BlockKind::Quotation => ">".to_owned(),
        BlockKind::TableRow => "|".to_owned(),
        BlockKind::Byline => "@".to_owned(),
        BlockKind::Footnote => "^".to_owned(),
        BlockKind::Preformatted => "`".to_owned(),
        BlockKind::Aside(AsideReason::Navigation) => "~導覽".to_owned(),
        BlockKind::Aside(AsideReason::Record) => "~著錄".to_owned(),
        BlockKind::Aside(AsideReason::RepeatedTitle) => "~又題".to_owned(),
        BlockKind::Aside(AsideReason::EditorLine) => "~編輯".to_owned(),
        BlockKind::Aside(AsideReason::LinkSpam) => "~連結".to_owned(),
        BlockKind::Aside(AsideReason::PageFurniture) => "~版面".to_owned(),
        BlockKind::Aside(AsideReason::Hidden) => "~隱藏".to_owned(),
        BlockKind::Aside(AsideReason::Deleted) => "~刪去".to_owned(),
    }
}

/// Compares a document with the listing of its blocks; how lines are indented means nothing.
pub(super) fn check(document: &Document, expected: &str) {
    let tidy = |listing: &str| {
        let lines = listing.lines().map(str::trim_start).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    };
    let found = listing(document);
    assert_eq!(tidy(&found), tidy(expected), "\n{found}");
}

/// Compares the rows of a document: the columns of the table, then of each cell its column, `+` and over how many
/// columns it goes, `*` and over how many rows. `=` stands before the first row of a table.
pub(super) fn check_rows(document: &Document, expected: &[&str]) {
    let cell = |cell: &Cell| match cell.rows {
        1 => format!(" {}+{}", cell.column, cell.columns),
        rows => format!(" {}+{}*{rows}", cell.column, cell.columns),
    };
    let row = |row: Row| {
        let first = if row.is_first { "=" } else { "" };
        format!("{first}{}:{}", row.columns, row.cells.iter().map(cell).collect::<String>())
    };
    let rows = (0..document.blocks().len()).filter_map(|index| document.row(BlockIndex::new(index)));
    assert_eq!(rows.map(row).collect::<Vec<_>>(), expected);
}

/// Compares what is struck out in a document.
pub(super) fn check_struck(document: &Document, expected: &[&str]) {
    let found: Vec<&str> = document.struck().iter().map(|span| span.of(document.text()).unwrap()).collect();
    assert_eq!(found, expected);
}

/// The mark of each footnote in the text, with the note's own words.
pub(super) fn tied(document: &Document) -> Vec<(&str, &str)> {
    let text = document.text();
    let words = |link: &FootnoteLink| {
        (link.mark.of(text).unwrap(), document.block(link.note).unwrap().span.of(text).unwrap())
    };
    document.footnotes().iter().map(words).collect()
}

/// The words of each link, with the address that it opens, or `→` and the beginning of what it leads to.
pub(super) fn linked(document: &Document) -> Vec<(&str, String)> {
    let text = document.text();
    let target = |target: &HyperlinkTarget| match target {
        HyperlinkTarget::Address(address) => address.to_string(),
        HyperlinkTarget::Place(place) => {
            let there = text.get(*place as usize..).unwrap();
            format!("→{}", there.chars().take_while(|found| *found != '\n').take(4).collect::<String>())
        }
    };
    document.hyperlinks().iter().map(|link| (link.words.of(text).unwrap(), target(&link.target))).collect()
}

/// Compares the links of a document.
pub(super) fn check_links(document: &Document, expected: &[(&str, &str)]) {
    let found = linked(document);
    let found: Vec<(&str, &str)> = found.iter().map(|(words, target)| (*words, target.as_str())).collect();
    assert_eq!(found, expected);
}

/// What must hold of every document; that it was made at all says that [`Document::new`] agreed.
pub(super) fn holds(document: &Document) {
    let text = document.text();
    for (index, block) in document.blocks().iter().enumerate() {
        let reading = document.reading(BlockIndex::new(index)).unwrap();
        assert_eq!(reading.pairing.left_len(), block.span.len());
        assert_eq!(reading.pairing.right_len() as usize, reading.text.len());
        assert!(!block.span.of(text).unwrap().trim().is_empty());
    }
    for link in document.hyperlinks() {
        let words = link.words.of(text).unwrap();
        let block = document.block(document.block_at(link.words.start()).unwrap()).unwrap();
        assert!(block.span.contains(link.words) && words == words.trim(), "{link:?}");
    }
    let kept = document.blocks().iter().any(|block| block.kind.aside().is_none());
    let hidden = document.blocks().iter().any(|block| {
        matches!(
            block.kind.aside(),
            Some(
                AsideReason::Hidden
                    | AsideReason::Deleted
                    | AsideReason::PageFurniture
                    | AsideReason::Navigation
            )
        )
    });
    assert!(kept || document.blocks().is_empty() || hidden);
}
