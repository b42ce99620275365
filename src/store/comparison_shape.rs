//! The shape of the file of a comparison. `assets/formats.md` describes it.
//!
//! As that of the notes, it is this file's own, apart from the types of the program; it says places in bytes
//! of the texts and knows no blocks, which another version of the program may cut in another way.

use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::raw::{Field, Fields, Raw, quoted};
use super::shape::{Checksum, Printer, checksum_of, first_line, pair, spans_of, strings, take_of_anchor};
use crate::compare::{Decision, Evidence, Passage, Ruled, Side, Verdict};
use crate::document::TextId;
use crate::notes::Anchor;
use crate::session::{CompareOptions, LinkFilter, LinkSort, SectionEnds};
use crate::text::Span;

/// The version of the format that this program writes. It reads this one and those before.
pub(super) const FORMAT: u32 = 1;

const FIRST_LINE: &str = "// Duidu comparison; BLAKE3 of what follows this line: ";

/// Everything that such a file says.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Filed {
    /// The left document.
    pub(super) left: FiledSide,
    /// The right document.
    pub(super) right: FiledSide,
    /// What was found.
    pub(super) found: Option<FiledLinks>,
    /// What the reader decided, in the order in which it was decided.
    pub(super) rulings: Vec<FiledRuling>,
    /// Rulings that were taken back, and when.
    pub(super) deleted: BTreeMap<Uuid, Timestamp>,
    /// How it is shown.
    pub(super) options: CompareOptions,
    /// Which links are listed.
    pub(super) filter: LinkFilter,
    /// What this program does not know, word for word.
    pub(super) unknown: Unknown,
}

impl Filed {
    /// The document of a side.
    pub(super) fn side(&self, side: Side) -> &FiledSide {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// The same with the left side on the right.
    pub(super) fn turned(self) -> Self {
        let found = self.found.map(|found| FiledLinks {
            links: found.links.into_iter().map(FiledLink::turned).collect(),
            ..found
        });
        let rulings = self.rulings.into_iter();
        let rulings =
            rulings.map(|ruling| FiledRuling { left: ruling.right, right: ruling.left, ..ruling }).collect();
        Self { left: self.right, right: self.left, found, rulings, ..self }
    }
}

/// One document of a comparison.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct FiledSide {
    /// Its place, as words.
    pub(super) place: String,
    /// The way to it from the folder of the comparison's file; empty where there is none.
    pub(super) near: String,
    /// The identity of its text.
    pub(super) document: Option<TextId>,
    /// Its title.
    pub(super) title: String,
    /// The section that is compared; `None` for all of it.
    pub(super) section: Option<FiledSection>,
    /// Fields that are not known.
    pub(super) unknown: Vec<Field>,
}

/// A section of a document, by its first words and its last ones.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct FiledSection {
    /// The first words.
    pub(super) first: FiledAnchor,
    /// The last words.
    pub(super) last: FiledAnchor,
    /// Fields that are not known.
    pub(super) unknown: Vec<Field>,
}

impl FiledSection {
    /// How the section is found again.
    pub(super) fn ends(&self) -> SectionEnds {
        SectionEnds { first: self.first.anchor.clone(), last: self.last.anchor.clone() }
    }

    /// The same with what `before` says that is not known.
    pub(super) fn with_unknown_of(self, before: &Self) -> Self {
        let with =
            |now: FiledAnchor, before: &FiledAnchor| FiledAnchor { unknown: before.unknown.clone(), ..now };
        Self {
            first: with(self.first, &before.first),
            last: with(self.last, &before.last),
            unknown: before.unknown.clone(),
        }
    }
}

/// A passage.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct FiledAnchor {
    /// Where it is.
    pub(super) anchor: Anchor,
    /// Fields that are not known.
    pub(super) unknown: Vec<Field>,
}

impl From<Anchor> for FiledAnchor {
    fn from(anchor: Anchor) -> Self {
        Self { anchor, unknown: Vec::new() }
    }
}

/// What was found.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct FiledLinks {
    /// The version of the method; see [`crate::compare::METHOD`].
    pub(super) method: u32,
    /// In order.
    pub(super) links: Vec<FiledLink>,
}

/// One link.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct FiledLink {
    /// The blocks on the left.
    pub(super) left: Vec<Span>,
    /// The blocks on the right.
    pub(super) right: Vec<Span>,
    /// How they relate.
    pub(super) verdict: Verdict,
    /// How sure it is.
    pub(super) score: f32,
    /// Why.
    pub(super) reason: Vec<FiledEvidence>,
    /// The shared wording.
    pub(super) passages: Vec<Passage>,
    /// Whether it crosses stronger ones.
    pub(super) crosses: bool,
    /// What of it is the reader's.
    pub(super) ruled: Option<Ruled>,
}

impl FiledLink {
    fn turned(self) -> Self {
        let passage = |passage: Passage| Passage { left: passage.right, right: passage.left, ..passage };
        let mut passages: Vec<Passage> = self.passages.into_iter().map(passage).collect();
        passages.sort_unstable();
        let reason = self.reason.into_iter().map(FiledEvidence::turned).collect();
        Self { left: self.right, right: self.left, passages, reason, ..self }
    }
}

/// A piece of evidence; headings are named by their places, since a file knows no blocks.
pub(super) type FiledEvidence = Evidence<Span>;

/// What the reader decided about two passages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct FiledRuling {
    /// Its identity, for ever.
    pub(super) id: Uuid,
    /// When it was made.
    pub(super) made: Timestamp,
    /// What was decided.
    pub(super) decision: Decision,
    /// The passages on the left.
    pub(super) left: Vec<FiledAnchor>,
    /// The passages on the right.
    pub(super) right: Vec<FiledAnchor>,
    /// Fields that are not known.
    pub(super) unknown: Vec<Field>,
}

/// What this program does not know, word for word.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Unknown {
    /// Fields of the file.
    pub(super) fields: Vec<Field>,
    /// Rulings that could not be understood.
    pub(super) rulings: Vec<String>,
    /// What was found, where it could not be understood; it is written until something else is found.
    pub(super) found: Option<String>,
}

/// What became of reading such a file.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum ParsedComparison {
    /// It was understood.
    Good(Box<Filed>, Checksum),
    /// A newer version of the program wrote it: its format, and what could be understood.
    Newer(u32, Box<Filed>),
    /// It is not such a file, and why.
    Damaged(String),
}

/// Understands the bytes of such a file. Nothing that is in it is left out.
pub(super) fn parse(bytes: &[u8]) -> ParsedComparison {
    match parse_text(bytes) {
        Ok(parsed) => parsed,
        Err(reason) => ParsedComparison::Damaged(reason),
    }
}

fn parse_text(bytes: &[u8]) -> Result<ParsedComparison, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| format!("it is not UTF-8: {error}"))?;
    let fields = Fields::parse(text)?;
    let format: u32 = fields.get("format").and_then(Raw::read).ok_or("it does not say its format")?;
    let mut filed = Filed::default();
    for (name, raw) in fields.iter() {
        if take_field(&mut filed, name, raw).is_none() {
            filed.unknown.fields.push(Field::new(name, raw));
        }
    }
    if format > FORMAT {
        return Ok(ParsedComparison::Newer(format, Box::new(filed)));
    }
    if filed.left.document.is_none() || filed.right.document.is_none() {
        return Err("it does not name two documents".to_owned());
    }
    Ok(ParsedComparison::Good(Box::new(filed), checksum_of(text, FIRST_LINE)))
}

/// `None` where the name is not known or the value is not of the kind that it should be.
fn take_field(filed: &mut Filed, name: &str, raw: Raw<'_>) -> Option<()> {
    match name {
        // Written anew each time.
        "format" | "program" => {}
        "left" => filed.left = side_of(raw)?,
        "right" => filed.right = side_of(raw)?,
        "found" => match links_of(raw) {
            Some(found) => filed.found = Some(found),
            None => filed.unknown.found = Some(raw.text()),
        },
        "rulings" => take_rulings(filed, &raw.list()?),
        "deleted" => filed.deleted = raw.list()?.into_iter().map(deletion_of).collect::<Option<_>>()?,
        "unreadable" => filed.unknown.rulings.extend(raw.list()?.into_iter().map(Raw::text)),
        "sort" => filed.options.sort = sort_of(&raw.read::<String>()?)?,
        "locked" => filed.options.locked = raw.read()?,
        "slight" => filed.options.slight = raw.read()?,
        "surroundings" => filed.options.surroundings = raw.read()?,
        "list_verdicts" => filed.filter.verdicts = verdicts_of(&raw.read::<Vec<String>>()?)?,
        "list_crossing" => filed.filter.crossing = raw.read()?,
        "list_ruled" => filed.filter.ruled = raw.read()?,
        "list_only" => filed.filter.only = raw.read()?,
        "list_words" => filed.filter.text = raw.read()?,
        _ => return None,
    }
    Some(())
}

fn side_of(raw: Raw<'_>) -> Option<FiledSide> {
    let mut side = FiledSide::default();
    for (name, raw) in Fields::parse(raw.as_str()).ok()?.iter() {
        match name {
            "path" => side.place = raw.read()?,
            "near" => side.near = raw.read()?,
            "document" => side.document = Some(TextId::from_hex(&raw.read::<String>()?)?),
            "title" => side.title = raw.read()?,
            "section" => side.section = Some(section_of(raw)?),
            _ => side.unknown.push(Field::new(name, raw)),
        }
    }
    side.document.is_some().then_some(side)
}

fn section_of(raw: Raw<'_>) -> Option<FiledSection> {
    let (mut first, mut last, mut unknown) = (None, None, Vec::new());
    for (name, raw) in Fields::parse(raw.as_str()).ok()?.iter() {
        match name {
            "first" => first = Some(anchor_of(raw)?),
            "last" => last = Some(anchor_of(raw)?),
            _ => unknown.push(Field::new(name, raw)),
        }
    }
    Some(FiledSection { first: first?, last: last?, unknown })
}

fn anchor_of(raw: Raw<'_>) -> Option<FiledAnchor> {
    let mut filed = FiledAnchor::default();
    for (name, raw) in Fields::parse(raw.as_str()).ok()?.iter() {
        if !take_of_anchor(&mut filed.anchor, name, raw)? {
            filed.unknown.push(Field::new(name, raw));
        }
    }
    Some(filed)
}

fn links_of(raw: Raw<'_>) -> Option<FiledLinks> {
    let fields = Fields::parse(raw.as_str()).ok()?;
    let links = fields.get("links")?.list()?.into_iter().map(link_of).collect::<Option<_>>()?;
    Some(FiledLinks { method: fields.get("method")?.read()?, links })
}

fn link_of(raw: Raw<'_>) -> Option<FiledLink> {
    let fields = Fields::parse(raw.as_str()).ok()?;
    let ruled = match fields.get("ruled") {
        Some(raw) => Some(ruled_of(&raw.read::<String>()?)?),
        None => None,
    };
    Some(FiledLink {
        left: spans_of(fields.get("left")?)?,
        right: spans_of(fields.get("right")?)?,
        verdict: Verdict::from_name(&fields.get("verdict")?.read::<String>()?)?,
        score: fields.get("score")?.read()?,
        reason: fields.get("reason")?.list()?.into_iter().map(evidence_of).collect::<Option<_>>()?,
        passages: passages_of(fields.get("passages"))?,
        crosses: fields.get("crosses").is_some_and(|raw| raw.read() == Some(true)),
        ruled,
    })
}

type Pair = (u32, u32);

fn passages_of(raw: Option<Raw<'_>>) -> Option<Vec<Passage>> {
    let Some(raw) = raw else { return Some(Vec::new()) };
    let list: Vec<(Pair, Pair, String)> = raw.read()?;
    let passage = |(left, right, verdict): (Pair, Pair, String)| {
        let verdict = Verdict::from_name(&verdict)?;
        Some(Passage { left: Span::new(left.0, left.1), right: Span::new(right.0, right.1), verdict })
    };
    list.into_iter().map(passage).collect()
}

fn evidence_of(raw: Raw<'_>) -> Option<FiledEvidence> {
    let fields = Fields::parse(raw.as_str()).ok()?;
    let words = || fields.get("words")?.read::<Vec<String>>();
    let text = |name| fields.get(name)?.read::<String>();
    let share = |name| fields.get(name)?.read::<f32>();
    let place = |name| fields.get(name)?.read::<Pair>().map(|(start, end)| Span::new(start, end));
    Some(match text("by")?.as_str() {
        "wording" => Evidence::Wording { left: share("left")?, right: share("right")? },
        "words" => Evidence::Words(words()?),
        "leading clause" => Evidence::LeadingClause(words()?),
        "named" => Evidence::Named(words()?),
        "theme" => Evidence::Theme { name: text("name")?, left: text("left")?, right: text("right")? },
        "headings" => Evidence::Headings { left: place("left")?, right: place("right")? },
        "order" => Evidence::Order,
        "reader" => Evidence::Reader,
        _ => return None,
    })
}

fn take_rulings(filed: &mut Filed, list: &[Raw<'_>]) {
    for &raw in list {
        match ruling_of(raw) {
            Some(ruling) if filed.rulings.iter().all(|other| other.id != ruling.id) => {
                filed.rulings.push(ruling);
            }
            _ => filed.unknown.rulings.push(raw.text()),
        }
    }
}

fn ruling_of(raw: Raw<'_>) -> Option<FiledRuling> {
    let (mut id, mut made, mut decision) = (None, None, None);
    let (mut left, mut right, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    for (name, raw) in Fields::parse(raw.as_str()).ok()?.iter() {
        match name {
            "id" => id = Some(Uuid::parse_str(&raw.read::<String>()?).ok()?),
            "made" => made = Some(raw.moment()?),
            "decision" => decision = Some(decision_of(&raw.read::<String>()?)?),
            "left" => left = raw.list()?.into_iter().map(anchor_of).collect::<Option<_>>()?,
            "right" => right = raw.list()?.into_iter().map(anchor_of).collect::<Option<_>>()?,
            _ => unknown.push(Field::new(name, raw)),
        }
    }
    let ruling = FiledRuling { id: id?, made: made?, decision: decision?, left, right, unknown };
    (!ruling.left.is_empty() && !ruling.right.is_empty()).then_some(ruling)
}

fn deletion_of(raw: Raw<'_>) -> Option<(Uuid, Timestamp)> {
    let fields = Fields::parse(raw.as_str()).ok()?;
    Some((Uuid::parse_str(&fields.get("id")?.read::<String>()?).ok()?, fields.get("at")?.moment()?))
}

fn verdicts_of(names: &[String]) -> Option<Vec<Verdict>> {
    names.iter().map(|name| Verdict::from_name(name)).collect()
}

fn sort_name(sort: LinkSort) -> &'static str {
    match sort {
        LinkSort::Order => "order",
        LinkSort::Strength => "strength",
        LinkSort::Verdict => "verdict",
    }
}

fn sort_of(name: &str) -> Option<LinkSort> {
    LinkSort::ALL.into_iter().find(|&sort| sort_name(sort) == name)
}

fn ruled_name(ruled: Ruled) -> &'static str {
    match ruled {
        Ruled::Confirmed => "confirmed",
        Ruled::Relabelled => "relabelled",
        Ruled::Added => "added",
    }
}

fn ruled_of(name: &str) -> Option<Ruled> {
    [Ruled::Confirmed, Ruled::Relabelled, Ruled::Added].into_iter().find(|&ruled| ruled_name(ruled) == name)
}

/// A decision on the relation goes by the name of the verdict.
fn decision_name(decision: Decision) -> &'static str {
    match decision {
        Decision::Confirm => "confirm",
        Decision::Refuse => "refuse",
        Decision::Pin => "pin",
        Decision::Relate(verdict) => verdict.name(),
    }
}

fn decision_of(name: &str) -> Option<Decision> {
    let plain = [Decision::Confirm, Decision::Refuse, Decision::Pin];
    let plain = plain.into_iter().find(|&decision| decision_name(decision) == name);
    plain.or_else(|| Verdict::from_name(name).map(Decision::Relate))
}

/// The file that says this. Its first line is the checksum of the rest.
pub(super) fn print(filed: &Filed) -> String {
    first_line(FIRST_LINE, Printer::default().comparison(filed))
}

impl Printer {
    fn comparison(mut self, filed: &Filed) -> String {
        self.out.push_str("(\n");
        self.field(4, "format", &FORMAT.to_string());
        self.field(4, "program", &quoted(concat!("duidu ", env!("CARGO_PKG_VERSION"))));
        self.side("left", &filed.left);
        self.side("right", &filed.right);
        self.options(&filed.options, &filed.filter);
        self.block("rulings", &filed.rulings, Self::ruling);
        self.list("deleted", filed.deleted.iter().map(deletion));
        self.list("unreadable", filed.unknown.rulings.iter().cloned());
        match (&filed.found, &filed.unknown.found) {
            (Some(found), _) => self.found(found),
            (None, Some(found)) => self.field(4, "found", found),
            (None, None) => {}
        }
        self.unknown(4, &filed.unknown.fields);
        self.out.push_str(")\n");
        self.out
    }

    fn side(&mut self, name: &str, side: &FiledSide) {
        let FiledSide { place, near, document, title, section, unknown } = side;
        self.out.extend(["    ", name, ": (\n"]);
        self.field(8, "path", &quoted(place));
        if !near.is_empty() {
            self.field(8, "near", &quoted(near));
        }
        if let Some(document) = document {
            self.field(8, "document", &quoted(&document.to_string()));
        }
        self.field(8, "title", &quoted(title));
        if let Some(FiledSection { first, last, unknown }) = section {
            self.out.push_str("        section: (\n");
            self.named_anchor(12, "first", first);
            self.named_anchor(12, "last", last);
            self.unknown(12, unknown);
            self.out.push_str("        ),\n");
        }
        self.unknown(8, unknown);
        self.out.push_str("    ),\n");
    }

    fn named_anchor(&mut self, indent: usize, name: &str, filed: &FiledAnchor) {
        let spaces = " ".repeat(indent);
        self.out.extend([spaces.as_str(), name, if name.is_empty() { "(\n" } else { ": (\n" }]);
        self.anchor(indent + 4, &filed.anchor);
        self.unknown(indent + 4, &filed.unknown);
        self.out.extend([spaces.as_str(), "),\n"]);
    }

    fn options(&mut self, options: &CompareOptions, filter: &LinkFilter) {
        let CompareOptions { locked, slight, surroundings, sort } = options;
        self.field(4, "locked", &locked.to_string());
        self.field(4, "slight", &slight.to_string());
        self.field(4, "surroundings", &surroundings.to_string());
        self.field(4, "sort", &quoted(sort_name(*sort)));
        let LinkFilter { verdicts, crossing, ruled, only, text } = filter;
        if !verdicts.is_empty() {
            self.field(4, "list_verdicts", &strings(verdicts.iter().map(|verdict| verdict.name())));
        }
        let chosen = [("list_crossing", crossing), ("list_ruled", ruled), ("list_only", only)];
        for (name, _) in chosen.iter().filter(|(_, on)| **on) {
            self.field(4, name, "true");
        }
        if !text.is_empty() {
            self.field(4, "list_words", &quoted(text));
        }
    }

    fn ruling(&mut self, ruling: &FiledRuling) {
        self.out.push_str("        (\n");
        self.field(12, "id", &quoted(&ruling.id.to_string()));
        self.field(12, "made", &quoted(&ruling.made.to_string()));
        self.field(12, "decision", &quoted(decision_name(ruling.decision)));
        for (name, anchors) in [("left", &ruling.left), ("right", &ruling.right)] {
            self.out.extend(["            ", name, ": [\n"]);
            for anchor in anchors {
                self.named_anchor(16, "", anchor);
            }
            self.out.push_str("            ],\n");
        }
        self.unknown(12, &ruling.unknown);
        self.out.push_str("        ),\n");
    }

    fn found(&mut self, found: &FiledLinks) {
        self.out.push_str("    found: (\n");
        self.field(8, "method", &found.method.to_string());
        self.out.push_str("        links: [\n");
        for printed in found.links.iter().map(link) {
            self.out.extend(["            ", &printed, ",\n"]);
        }
        self.out.push_str("        ],\n    ),\n");
    }
}

/// On one line: there may be thousands.
fn link(link: &FiledLink) -> String {
    let FiledLink { left, right, verdict, score, reason, passages, crosses, ruled } = link;
    let reason: Vec<String> = reason.iter().map(evidence).collect();
    let mut out = format!(
        "(left: {}, right: {}, verdict: \"{verdict}\", score: {score:?}, reason: [{}]",
        pairs(left),
        pairs(right),
        reason.join(", ")
    );
    if !passages.is_empty() {
        let passages: Vec<String> = passages.iter().map(passage).collect();
        out.extend([", passages: [", &passages.join(", "), "]"]);
    }
    if *crosses {
        out.push_str(", crosses: true");
    }
    if let Some(ruled) = ruled {
        out.extend([", ruled: ", &quoted(ruled_name(*ruled))]);
    }
    out + ")"
}

fn passage(passage: &Passage) -> String {
    format!("({}, {}, \"{}\")", pair(passage.left), pair(passage.right), passage.verdict)
}

fn evidence(evidence: &FiledEvidence) -> String {
    let (by, rest) = match evidence {
        Evidence::Wording { left, right } => ("wording", both(format!("{left:?}"), format!("{right:?}"))),
        Evidence::Words(list) => ("words", words(list)),
        Evidence::LeadingClause(list) => ("leading clause", words(list)),
        Evidence::Named(list) => ("named", words(list)),
        Evidence::Theme { name, left, right } => {
            ("theme", format!(", name: {}{}", quoted(name), both(quoted(left), quoted(right))))
        }
        Evidence::Headings { left, right } => ("headings", both(pair(*left), pair(*right))),
        Evidence::Order => ("order", String::new()),
        Evidence::Reader => ("reader", String::new()),
    };
    format!("(by: \"{by}\"{rest})")
}

#[expect(clippy::needless_pass_by_value, reason = "made for it alone")]
fn both(left: String, right: String) -> String {
    format!(", left: {left}, right: {right}")
}

fn words(list: &[String]) -> String {
    format!(", words: {}", strings(list))
}

fn pairs(spans: &[Span]) -> String {
    format!("[{}]", spans.iter().map(|&span| pair(span)).collect::<Vec<_>>().join(", "))
}

fn deletion((id, at): (&Uuid, &Timestamp)) -> String {
    format!("(id: {}, at: {})", quoted(&id.to_string()), quoted(&at.to_string()))
}

#[cfg(test)]
#[path = "comparison_shape_tests.rs"]
mod tests;
