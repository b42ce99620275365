//! A comparison as JSON. `assets/formats.md` describes it; names and meanings never change within a version.

use serde::Serialize;
use serde_json::{Value, json};

use super::pieces::{Piece, Place, pieces};
use super::reason::sentence;
use super::{Column, ComparisonExport};
use crate::compare::{Coverage, Evidence, Link, Ruled, Side};
use crate::document::{AsideReason, Block, BlockIndex};
use crate::text::{Form, Script};

/// What the JSON says that it is.
const SCHEMA: &str = "duidu-comparison";

/// The version of the schema: greater when something of it is no longer as it was; a field that is only
/// added changes nothing.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Whole<'a> {
    schema: &'static str,
    version: u32,
    program: &'static str,
    left: SideJson<'a>,
    right: SideJson<'a>,
    links: Vec<LinkJson<'a>>,
    only_left: Vec<usize>,
    only_right: Vec<usize>,
}

#[derive(Serialize)]
struct SideJson<'a> {
    path: &'a str,
    id: String,
    title: &'a str,
    script: &'static str,
    /// The first block that was compared, and the first after it.
    compared: [usize; 2],
    coverage: CoverageJson,
    blocks: Vec<BlockJson<'a>>,
}

#[derive(Serialize)]
struct CoverageJson {
    characters: usize,
    answered: usize,
    shared: usize,
}

#[derive(Serialize)]
struct BlockJson<'a> {
    index: usize,
    kind: &'static str,
    level: Option<u8>,
    aside: Option<&'static str>,
    text: &'a str,
}

#[derive(Serialize)]
struct LinkJson<'a> {
    left: Vec<usize>,
    right: Vec<usize>,
    verdict: &'static str,
    score: f64,
    reason: String,
    evidence: Vec<Value>,
    crosses: bool,
    ruled: Option<&'static str>,
    passages: Vec<PassageJson>,
    notes: Vec<NoteJson<'a>>,
}

#[derive(Serialize)]
struct PassageJson {
    left: PlaceJson,
    right: PlaceJson,
    verdict: &'static str,
}

#[derive(Serialize)]
struct PlaceJson {
    block: usize,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct NoteJson<'a> {
    tags: Vec<&'a str>,
    text: &'a str,
    left: &'a str,
    right: &'a str,
}

/// The comparison as JSON, in UTF-8.
///
/// Errors: what could not be written, as the library says it.
pub fn to_json(export: &ComparisonExport) -> Result<Vec<u8>, serde_json::Error> {
    let whole = Whole {
        schema: SCHEMA,
        version: VERSION,
        program: concat!("duidu ", env!("CARGO_PKG_VERSION")),
        left: side(export, Side::Left),
        right: side(export, Side::Right),
        links: export.links.iter().filter_map(|&index| link(export, index)).collect(),
        only_left: export.comparison.only(Side::Left).map(BlockIndex::as_usize).collect(),
        only_right: export.comparison.only(Side::Right).map(BlockIndex::as_usize).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&whole)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn side(export: &ComparisonExport, side: Side) -> SideJson<'_> {
    let (part, column) = (export.comparison.part(side), export.column(side));
    let Coverage { characters, answered, shared } = export.comparison.coverage(side);
    let blocks = part.document().blocks().iter().zip(&column.blocks).enumerate();
    SideJson {
        path: &column.path,
        id: part.document().id().to_string(),
        title: &column.title,
        script: script_name(column.script),
        compared: [part.range().start, part.range().end],
        coverage: CoverageJson { characters, answered, shared },
        blocks: blocks.map(|(index, (block, shown))| block_json(index, block, shown.text())).collect(),
    }
}

fn block_json<'a>(index: usize, block: &Block, text: &'a str) -> BlockJson<'a> {
    BlockJson {
        index,
        kind: block.kind.name(),
        level: block.kind.level(),
        aside: block.kind.aside().map(AsideReason::name),
        text,
    }
}

/// The names of scripts on the command line.
fn script_name(script: Script) -> &'static str {
    match script.form {
        Form::AsWritten => "as-written",
        Form::Simplified => "simplified",
        Form::Traditional => "traditional",
        Form::Taiwan => "taiwan",
        Form::HongKong => "hongkong",
    }
}

fn link(export: &ComparisonExport, index: crate::compare::LinkIndex) -> Option<LinkJson<'_>> {
    let link = export.comparison.link(index)?;
    let notes = export.notes.iter().filter(|note| note.link == Some(index));
    Some(LinkJson {
        left: link.left.iter().map(|block| block.as_usize()).collect(),
        right: link.right.iter().map(|block| block.as_usize()).collect(),
        verdict: link.verdict.name(),
        score: rounded(link.score),
        reason: sentence(export, link),
        evidence: link.reason.evidence.iter().map(evidence).collect(),
        crosses: link.crosses,
        ruled: link.ruled.map(ruled_name),
        passages: passages(export, link),
        notes: notes.map(note).collect(),
    })
}

/// To four places, from 0 to 1.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round().clamp(0.0, 10_000.0) / 10_000.0
}

fn ruled_name(ruled: Ruled) -> &'static str {
    match ruled {
        Ruled::Confirmed => "confirmed",
        Ruled::Relabelled => "relabelled",
        Ruled::Added => "added",
    }
}

fn note(note: &super::LinkNote) -> NoteJson<'_> {
    NoteJson {
        tags: note.tags.iter().map(crate::notes::Tag::as_str).collect(),
        text: &note.text,
        left: &note.left,
        right: &note.right,
    }
}

fn passages(export: &ComparisonExport, link: &Link) -> Vec<PassageJson> {
    pieces(export, link).iter().map(|piece| passage(export, piece)).collect()
}

fn passage(export: &ComparisonExport, piece: &Piece) -> PassageJson {
    PassageJson {
        left: place(&export.left, piece.left),
        right: place(&export.right, piece.right),
        verdict: piece.verdict.name(),
    }
}

fn place(column: &Column, place: Place) -> PlaceJson {
    let characters =
        |position| column.block(place.block).map_or(0, |block| block.characters_before(position));
    PlaceJson {
        block: place.block.as_usize(),
        start: characters(place.shown.start()),
        end: characters(place.shown.end()),
    }
}

fn evidence(evidence: &Evidence) -> Value {
    match evidence {
        Evidence::Wording { left, right } => {
            json!({ "kind": "wording", "left": rounded(*left), "right": rounded(*right) })
        }
        Evidence::Words(words) => json!({ "kind": "words", "words": words }),
        Evidence::LeadingClause(words) => json!({ "kind": "leading clause", "words": words }),
        Evidence::Named(words) => json!({ "kind": "named", "words": words }),
        Evidence::Theme { name, left, right } => {
            json!({ "kind": "theme", "name": name, "left": left, "right": right })
        }
        Evidence::Headings { left, right } => {
            json!({ "kind": "headings", "left": left.as_usize(), "right": right.as_usize() })
        }
        Evidence::Order => json!({ "kind": "order" }),
        Evidence::Reader => json!({ "kind": "reader" }),
    }
}
