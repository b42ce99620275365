//! A comparison as JSON. `assets/formats.md` describes it; names and meanings never change within a version.

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use super::pieces::{Differing, Piece, Place, pieces};
use super::reason::sentence;
use super::rows::notes_on;
use super::summary::rounded;
use super::{Column, ComparisonExport, NotWritten};
use crate::compare::{Change, Coverage, Evidence, Link, LinkIndex, Ruled, Side, Slight};
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
    links: Vec<LinkJson>,
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
    blocks: Lines,
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
struct LinkJson {
    left: Vec<usize>,
    right: Vec<usize>,
    verdict: &'static str,
    score: f64,
    reason: String,
    evidence: Lines,
    crosses: bool,
    ruled: Option<&'static str>,
    passages: Lines,
    notes: Lines,
}

#[derive(Serialize)]
struct PassageJson {
    left: PlaceJson,
    right: PlaceJson,
    verdict: &'static str,
    differences: Vec<DifferenceJson>,
}

#[derive(Serialize)]
struct DifferenceJson {
    change: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    slight: Option<&'static str>,
    left: PlaceJson,
    right: PlaceJson,
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

/// Values that stand on a line each: long texts have very many.
type Lines = Vec<Box<RawValue>>;

fn lines<T: Serialize>(values: impl Iterator<Item = T>) -> Result<Lines, serde_json::Error> {
    values.map(|value| to_raw_value(&value)).collect()
}

/// The comparison as JSON, in UTF-8.
///
/// Errors: what could not be written, as serde says it.
pub fn to_json(export: &ComparisonExport) -> Result<Vec<u8>, NotWritten> {
    let links = export.links.iter().filter_map(|&index| Some((index, export.comparison.link(index)?)));
    let links = links.map(|(index, link)| link_json(export, index, link));
    let whole = Whole {
        schema: SCHEMA,
        version: VERSION,
        program: concat!("duidu ", env!("CARGO_PKG_VERSION")),
        left: side(export, Side::Left)?,
        right: side(export, Side::Right)?,
        links: links.collect::<Result<_, _>>()?,
        only_left: export.comparison.only(Side::Left).map(BlockIndex::as_usize).collect(),
        only_right: export.comparison.only(Side::Right).map(BlockIndex::as_usize).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&whole)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn side(export: &ComparisonExport, side: Side) -> Result<SideJson<'_>, serde_json::Error> {
    let (part, column) = (export.comparison.part(side), export.column(side));
    let Coverage { characters, answered, shared } = export.comparison.coverage(side);
    let blocks = part.document().blocks().iter().zip(&column.blocks).enumerate();
    Ok(SideJson {
        path: &column.path,
        id: part.document().id().to_string(),
        title: &column.title,
        script: script_name(column.script),
        compared: [part.range().start, part.range().end],
        coverage: CoverageJson { characters, answered, shared },
        blocks: lines(blocks.map(|(index, (block, shown))| block_json(index, block, shown.text())))?,
    })
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

fn link_json(
    export: &ComparisonExport,
    index: LinkIndex,
    link: &Link,
) -> Result<LinkJson, serde_json::Error> {
    Ok(LinkJson {
        left: link.left.iter().map(|block| block.as_usize()).collect(),
        right: link.right.iter().map(|block| block.as_usize()).collect(),
        verdict: link.verdict.name(),
        score: rounded(link.score),
        reason: sentence(export, link),
        evidence: lines(link.reason.evidence.iter().map(evidence))?,
        crosses: link.crosses,
        ruled: link.ruled.map(ruled_name),
        passages: lines(pieces(export, link).iter().map(|piece| passage(export, piece)))?,
        notes: lines(notes_on(export, Some(index)).map(note))?,
    })
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

fn passage(export: &ComparisonExport, piece: &Piece) -> PassageJson {
    PassageJson {
        left: place(&export.left, piece.left),
        right: place(&export.right, piece.right),
        verdict: piece.verdict.name(),
        differences: piece.differences.iter().map(|each| difference(export, each)).collect(),
    }
}

fn difference(export: &ComparisonExport, difference: &Differing) -> DifferenceJson {
    let slight = match difference.change {
        Change::Slight(slight) => Some(slight_name(slight)),
        _ => None,
    };
    DifferenceJson {
        change: change_name(difference.change),
        slight,
        left: place(&export.left, difference.left),
        right: place(&export.right, difference.right),
    }
}

fn change_name(change: Change) -> &'static str {
    match change {
        Change::Inserted => "inserted",
        Change::Deleted => "deleted",
        Change::Replaced => "replaced",
        Change::Moved => "moved",
        Change::Slight(_) => "slight",
    }
}

fn slight_name(slight: Slight) -> &'static str {
    match slight {
        Slight::Script => "script",
        Slight::Variant => "variant",
        Slight::Regional => "regional words",
        Slight::Width => "width",
        Slight::Case => "case",
        Slight::Punctuation => "punctuation",
        Slight::Space => "space",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Verdict;
    use crate::export::comparison::sample::{Pair, export_of, in_brackets};

    const LEFT: &str = "# 看河\n\n河水清清，岸边有树。\n\n夜里下雨。\n\n船在桥下。\n";
    const RIGHT: &str = "# 看水\n\n岸边有树，河水清清。夜里下雨。\n\n山上有雪。\n";

    fn export() -> ComparisonExport {
        let pair = Pair {
            left: &[1, 2],
            right: &[1],
            verdict: Verdict::Revised,
            passages: &[("岸边有树", "岸边有树"), ("河水清清", "河水清清"), ("夜里下雨。", "夜里下雨。")],
        };
        export_of(LEFT, RIGHT, &[pair])
    }

    fn json_of(export: &ComparisonExport) -> Value {
        serde_json::from_slice(&to_json(export).unwrap()).unwrap()
    }

    /// What stands at a place of the JSON, cut by characters as any reader of it would.
    fn words_at(json: &Value, side: &str, place: &Value) -> String {
        let number = |name: &str| usize::try_from(place[name].as_u64().unwrap()).unwrap();
        let text = json[side]["blocks"][number("block")]["text"].as_str().unwrap();
        text.chars().skip(number("start")).take(number("end") - number("start")).collect()
    }

    fn passages(json: &Value) -> Vec<[String; 2]> {
        let links = json["links"].as_array().unwrap().iter();
        let passages = links.flat_map(|link| link["passages"].as_array().unwrap());
        let sides = |passage: &Value| ["left", "right"].map(|side| words_at(json, side, &passage[side]));
        passages.map(sides).collect()
    }

    /// The names and values that programs rely on: a change here is a new version of the schema.
    #[test]
    fn the_schema_is_as_described() {
        let json = json_of(&export());
        assert_eq!((&json["schema"], &json["version"]), (&"duidu-comparison".into(), &1.into()));
        let left = &json["left"];
        assert_eq!(left["path"], "folder/左.md");
        assert_eq!(left["id"].as_str().unwrap().len(), 64);
        assert_eq!(left["script"], "as-written");
        assert_eq!(
            left["blocks"][0],
            json!({ "index": 0, "kind": "title", "level": 1, "aside": null, "text": "看河" })
        );
        let link = &json["links"][0];
        assert_eq!((&link["left"], &link["right"]), (&json!([1, 2]), &json!([1])));
        assert_eq!((&link["verdict"], &link["score"]), (&"revised".into(), &0.83.into()));
        assert_eq!(link["reason"], "both say 河水, <树>, which few other passages do");
        assert_eq!(link["evidence"], json!([{ "kind": "words", "words": ["河水", "<树>"] }]));
        assert_eq!(
            link["passages"][0]["left"],
            json!({ "block": 1, "start": 5, "end": 9 }),
            "characters of the block, not bytes"
        );
        assert_eq!(link["passages"][0]["verdict"], "same");
        assert_eq!((&json["only_left"], &json["only_right"]), (&json!([3]), &json!([2])));
        let described = include_str!("../../../assets/formats.md");
        for name in names(&json) {
            assert!(described.contains(&format!("`{name}`")), "{name} is not described");
        }
    }

    /// Every name of a field, wherever it stands.
    fn names(json: &Value) -> Vec<String> {
        match json {
            Value::Array(list) => list.iter().flat_map(names).collect(),
            Value::Object(fields) => {
                fields.iter().flat_map(|(name, value)| [vec![name.clone()], names(value)].concat()).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_passage_is_its_words_in_either_text() {
        let words = ["岸边有树", "河水清清", "夜里下雨。"];
        assert_eq!(passages(&json_of(&export())), words.map(|words| [words; 2].map(str::to_owned)));
    }

    /// The differences within one passage: what each is, and the words on either side.
    fn check_differences(left: &str, right: &str, expected: &[(&str, &str, &str)]) {
        let passage = (left.trim(), right.trim());
        let pair = Pair { left: &[0], right: &[0], verdict: Verdict::Revised, passages: &[passage] };
        let json = json_of(&export_of(left, right, &[pair]));
        let passages = json["links"][0]["passages"].as_array().unwrap().iter();
        let differences = passages.flat_map(|passage| passage["differences"].as_array().unwrap());
        let told = |each: &Value| {
            let kind = each.get("slight").unwrap_or(&each["change"]).as_str().unwrap().to_owned();
            (kind, words_at(&json, "left", &each["left"]), words_at(&json, "right", &each["right"]))
        };
        let expected = expected
            .iter()
            .map(|(kind, left, right)| ((*kind).to_owned(), (*left).to_owned(), (*right).to_owned()));
        assert_eq!(differences.map(told).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }

    #[test]
    fn what_differs_in_a_passage_is_told_with_its_words() {
        check_differences("河水清清，岸边有树。\n", "河水清清，岸边有树。\n", &[]);
        check_differences(
            "上游的河水清清，岸边新种的柳树长得很好。\n",
            "上游的河水清清, 岸边去年种的柳树长得很高很好。\n",
            &[("width", "，", ", "), ("replaced", "新", "去年"), ("inserted", "", "很高")],
        );
        check_differences(
            "上游的河水清清，岸边新种的柳树长得很好。\n",
            "上游的河水清清，岸边的柳树长得很好。\n",
            &[("deleted", "新种", "")],
        );
    }

    #[test]
    fn places_follow_the_script_of_a_column() {
        let mut export = export();
        export.right = in_brackets(export.comparison.part(Side::Right).document());
        let json = json_of(&export);
        assert_eq!(json["right"]["script"], "taiwan");
        assert_eq!(passages(&json)[1], ["河水清清", "〔河〕水清清"].map(str::to_owned));
    }

    #[test]
    fn set_aside_blocks_are_listed_with_their_reason() {
        let html = "<nav><a href=x>首页</a></nav><h1>看河</h1><p>河水清清，岸边有树。</p>";
        let imported =
            crate::import::read("a.html", html.as_bytes().to_vec(), &crate::import::ReadOptions::default());
        let document = imported.unwrap().document;
        let asides = document.blocks().iter().map(|block| block.kind.aside().map(AsideReason::name));
        let json: Vec<Value> = document
            .blocks()
            .iter()
            .enumerate()
            .map(|(index, block)| serde_json::to_value(block_json(index, block, "")).unwrap())
            .collect();
        let listed: Vec<Option<&str>> = json.iter().map(|block| block["aside"].as_str()).collect();
        assert_eq!(listed, asides.collect::<Vec<_>>());
        assert!(listed.contains(&Some("navigation")), "{json:?}");
    }
}
