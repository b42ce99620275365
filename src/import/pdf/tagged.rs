//! Pages whose tags say what belongs together: their glyphs go to blocks first, and each block to lines of its own, in
//! the order that the file gives.

use std::collections::BTreeMap;

use super::columns::{self, Line};
use super::furniture::{Role, ends_sentence};
use super::glyph::{Glyph, Standing};
use super::rows::{self, Piece, Spacing};
use super::tables;
use super::tags::{Tag, TagKind};

/// Of ten letters of a page so many must have tags, so that these are followed.
const COVERED: usize = 9;

/// Whether the tags of a page can be followed: nearly all of its letters have some, and it marks no more of them as no
/// part of the text.
pub(super) fn cover(glyphs: &[Glyph]) -> bool {
    let letters = || glyphs.iter().filter(|glyph| !glyph.is_blank());
    let text = letters().filter(|glyph| glyph.look.standing == Standing::Text).count();
    let tagged = letters().filter(|glyph| glyph.look.tag.is_some()).count();
    tagged > 0 && tagged * 10 >= text * COVERED && text * 2 >= letters().count()
}

/// Takes the glyphs with tags out of `glyphs`.
pub(super) fn take(glyphs: &mut Vec<Glyph>) -> Vec<Glyph> {
    let (tagged, others) = std::mem::take(glyphs).into_iter().partition(|glyph| glyph.look.tag.is_some());
    *glyphs = others;
    tagged
}

// ---- Pieces ---------------------------------------------------------------------------------------------

/// The pieces of glyphs with tags, block by block.
pub(super) fn pieces(glyphs: Vec<Glyph>, spacing: Spacing) -> Vec<Piece> {
    let mut blocks: BTreeMap<u32, Vec<Glyph>> = BTreeMap::new();
    for glyph in glyphs {
        let block = glyph.look.tag.map_or(0, |tag| tag.block);
        blocks.entry(block).or_default().push(glyph);
    }
    let mut all = Vec::new();
    for block in blocks.into_values() {
        let tag = block.first().and_then(|glyph| glyph.look.tag).unwrap_or_default();
        match tag.kind {
            TagKind::Row => all.extend(row(tag, block, spacing)),
            _ => all.extend(pieces_of_block(tag, block, spacing)),
        }
    }
    all
}

/// The pieces of a block that is no row, each with the column of the page that it stands in.
fn pieces_of_block(tag: Tag, glyphs: Vec<Glyph>, spacing: Spacing) -> Vec<Piece> {
    let mut all = Vec::new();
    for (column, part) in (0..=u16::MAX).zip(by_columns(glyphs)) {
        let tag = Some(Tag { column, ..tag });
        all.extend(rows::pieces(part, spacing).into_iter().map(|piece| Piece { tag, ..piece }));
    }
    all
}

/// The glyphs of a block in the columns that it goes on in: one begins where a glyph is drawn far above the one before
/// and beside all of the column so far. Marks that are drawn after their paragraph stand within it.
fn by_columns(glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    let mut columns: Vec<Vec<Glyph>> = Vec::new();
    let (mut right, mut last) = (f32::MAX, f32::MIN);
    for glyph in glyphs {
        let begins = glyph.y < last - glyph.size * 2.5 && glyph.x >= right;
        if begins || columns.is_empty() {
            columns.push(Vec::new());
            right = f32::MIN;
        }
        (right, last) = (right.max(glyph.x + glyph.width), glyph.y);
        columns.last_mut().map(|column| column.push(glyph)).unwrap_or_default();
    }
    columns
}

/// A row of a table as one piece, its cells parted by tabulators, empty ones too.
fn row(tag: Tag, glyphs: Vec<Glyph>, spacing: Spacing) -> Option<Piece> {
    let mut cells: BTreeMap<u16, Vec<Glyph>> = BTreeMap::new();
    for glyph in glyphs {
        let column = glyph.look.tag.map_or(0, |tag| tag.column);
        cells.entry(column).or_default().push(glyph);
    }
    let mut row: Option<Piece> = None;
    let mut done = 0;
    for (column, glyphs) in cells {
        let Some(cell) = tables::cell(rows::pieces(glyphs, spacing)) else { continue };
        let tag = Some(Tag { column: 0, ..tag });
        let row = row.get_or_insert_with(|| Piece { row: true, tag, ..cell.without_text() });
        row.text.push_str(&"\t".repeat(usize::from(column - done)));
        done = column;
        row.append(&cell);
        (row.left, row.right) = (row.left.min(cell.left), row.right.max(cell.right));
        row.baseline = row.baseline.min(cell.baseline);
    }
    row
}

// ---- Lines ----------------------------------------------------------------------------------------------

/// The lines of a page in the order of its tags. What has none stands behind the last block that begins above it.
pub(super) fn lines(pieces: Vec<Piece>) -> Vec<Line> {
    let (tagged, loose): (Vec<Piece>, Vec<Piece>) = pieces.into_iter().partition(|piece| piece.tag.is_some());
    let mut blocks: BTreeMap<(u32, u16), Vec<Piece>> = BTreeMap::new();
    for piece in tagged {
        let tag = piece.tag.unwrap_or_default();
        blocks.entry((tag.block, tag.column)).or_default().push(piece);
    }
    let blocks: Vec<Vec<Line>> = blocks.into_values().map(columns::lines).collect();
    with_loose(blocks, columns::lines(loose))
}

fn with_loose(blocks: Vec<Vec<Line>>, loose: Vec<Line>) -> Vec<Line> {
    // The highest begin among a block and all behind it.
    let mut highest: Vec<f32> =
        blocks.iter().map(|lines| lines.first().map_or(f32::MAX, Line::baseline)).collect();
    for index in (1..highest.len()).rev() {
        let behind = highest.get(index).copied().unwrap_or(f32::MAX);
        if let Some(own) = highest.get_mut(index - 1) {
            *own = own.min(behind);
        }
    }
    let mut places: Vec<(usize, Line)> = loose
        .into_iter()
        .map(|line| (highest.partition_point(|height| *height <= line.baseline()), line))
        .collect();
    places.sort_by_key(|(place, _)| *place);
    let mut places = places.into_iter().peekable();
    let mut all = Vec::new();
    for (index, block) in blocks.into_iter().enumerate() {
        while let Some((_, line)) = places.next_if(|(place, _)| *place <= index) {
            all.push(line);
        }
        all.extend(block);
    }
    all.extend(places.map(|(_, line)| line));
    all
}

/// The lines with what each is, as far as the tags say.
pub(super) fn with_roles(lines: Vec<Line>) -> Vec<(Line, Role)> {
    let mut before = None;
    let role = |line: Line| {
        let tag = line.tag();
        let role = match tag.map(|tag| tag.kind) {
            Some(TagKind::Furniture) => Role::Furniture,
            Some(TagKind::Note) if before == tag.map(|tag| tag.block) => Role::NoteMore,
            Some(TagKind::Note) => Role::NoteStart,
            _ => Role::Body,
        };
        before = tag.map(|tag| tag.block);
        (line, role)
    };
    lines.into_iter().map(role).collect()
}

/// Whether each of these lines is called a paragraph though sentences go on from one to the next: tags that a program
/// set line by line say nothing.
pub(super) fn part_lines(lines: &[Line]) -> bool {
    let is_paragraph = |line: &&Line| line.tag().is_some_and(|tag| tag.kind == TagKind::Paragraph);
    let paragraphs: Vec<&Line> = lines.iter().filter(is_paragraph).collect();
    let right = paragraphs.iter().map(|line| line.right()).fold(f32::MIN, f32::max);
    let cut = paragraphs.windows(2).filter(|pair| match pair {
        [above, below] => {
            let apart = above.tag().map(|tag| tag.block) != below.tag().map(|tag| tag.block);
            let distance = below.baseline() - above.baseline();
            let near = distance > 0.0 && distance < above.size() * 2.2;
            let full = above.right() > right - above.size() * 2.0;
            apart && near && full && !ends_sentence(&above.main().text)
        }
        _ => false,
    });
    let count = cut.count();
    count >= 4 && count * 2 > paragraphs.len()
}
