//! A comparison as its file says it, and back: blocks become places in the texts, and places blocks.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::comparison_merge::Told;
use super::comparison_shape::{
    Filed, FiledAnchor, FiledEvidence, FiledLink, FiledLinks, FiledRuling, FiledSection, FiledSide,
};
use super::comparisons::AskedComparison;
use super::real::real;
use crate::compare::{Comparison, Evidence, Link, METHOD, Part, Reason, Ruling, Side};
use crate::document::{BlockIndex, Document};
use crate::notes::{Anchor, Found, FoundState, Target, locate};
use crate::session::{
    ComparisonRead, Place, PlacedRulings, Section, SectionEnds, path_from_words, path_to_words,
};
use crate::text::Span;

// --- into the file ----------------------------------------------------------------------------------------

/// What a file in `folder` says of one document.
pub(super) fn filed_side(asked: &AskedComparison, side: Side, folder: &Path) -> FiledSide {
    let (place, part) = (asked.place(side), asked.part(side));
    let document = part.document();
    let title = document.metadata().title.as_ref().map(|field| field.value.clone());
    let near = match place {
        Place::File(path) => way_to(folder, &real(path)),
        Place::Sample(_) => String::new(),
    };
    FiledSide {
        place: absolute(place).to_words(),
        near,
        document: Some(document.id()),
        title: title.unwrap_or_default(),
        section: filed_section(part),
        unknown: Vec::new(),
    }
}

/// The place with the whole path of its file.
pub(super) fn absolute(place: &Place) -> Place {
    match place {
        Place::File(path) => Place::File(std::path::absolute(path).unwrap_or_else(|_| path.clone())),
        Place::Sample(name) => Place::Sample(name.clone()),
    }
}

fn filed_section(part: &Part) -> Option<FiledSection> {
    let SectionEnds { first, last } = SectionEnds::of(part)?;
    Some(FiledSection { first: first.into(), last: last.into(), unknown: Vec::new() })
}

/// The way from `folder` to the file at `path`, with `/` between its parts; empty where there is none.
fn way_to(folder: &Path, path: &Path) -> String {
    let parts = |path: &Path| path.components().map(|part| part.as_os_str().to_owned()).collect::<Vec<_>>();
    let (from, to) = (parts(folder), parts(path));
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    if common == 0 {
        return String::new();
    }
    let up = from.iter().skip(common).map(|_| "..".into());
    let down = to.iter().skip(common);
    let way: Vec<OsString> = up.chain(down.cloned()).collect();
    path_to_words(Path::new(&way.join(OsStr::new("/"))))
}

/// The file that [`way_to`] leads to.
pub(super) fn follow(folder: &Path, near: &str) -> PathBuf {
    let mut path = folder.to_owned();
    for part in path_from_words(near).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::Normal(name) => path.push(name),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    path
}

/// What was found, by places.
pub(super) fn filed_links(comparison: &Comparison) -> FiledLinks {
    let spans = |side: Side, blocks: &[BlockIndex]| {
        let document = comparison.part(side).document();
        blocks.iter().filter_map(|&block| Some(document.block(block)?.span)).collect::<Vec<_>>()
    };
    let links = comparison.links().iter().map(|link| FiledLink {
        left: spans(Side::Left, &link.left),
        right: spans(Side::Right, &link.right),
        verdict: link.verdict,
        score: link.score,
        reason: link
            .reason
            .evidence
            .iter()
            .filter_map(|evidence| filed_evidence(comparison, evidence))
            .collect(),
        passages: link.passages.clone(),
        crosses: link.crosses,
        ruled: link.ruled,
    });
    FiledLinks { method: METHOD, links: links.collect() }
}

fn filed_evidence(comparison: &Comparison, evidence: &Evidence) -> Option<FiledEvidence> {
    let place = |side, &block: &BlockIndex| Some(comparison.part(side).document().block(block)?.span);
    evidence.told(|_, word| word.to_owned(), place)
}

/// A ruling that the reader has made now. Its identity comes from what it says, so that two windows that say
/// the same say it once.
pub(super) fn filed_ruling(ruling: &Ruling, asked: &AskedComparison, made: Timestamp) -> FiledRuling {
    let anchors = |side: Side, spans: &[Span]| {
        let document = asked.part(side).document();
        spans.iter().map(|&span| Anchor::of(document, span)).collect::<Vec<_>>()
    };
    let (left, right) = (anchors(Side::Left, &ruling.left), anchors(Side::Right, &ruling.right));
    let said = format!("{:?} {left:?} {right:?}", ruling.decision);
    let hash = blake3::hash(said.as_bytes());
    let bytes: [u8; 16] = std::array::from_fn(|index| hash.as_bytes()[index]);
    let id = uuid::Builder::from_custom_bytes(bytes).into_uuid();
    let [left, right] = [left, right].map(|anchors| anchors.into_iter().map(FiledAnchor::from).collect());
    FiledRuling { id, made, decision: ruling.decision, left, right, unknown: Vec::new() }
}

// --- out of the file --------------------------------------------------------------------------------------

/// Takes what the file says into what is read, in the documents as they are now.
pub(super) fn take_in(
    filed: &Filed,
    asked: &AskedComparison,
    written: Option<Timestamp>,
    read: &mut ComparisonRead,
) -> Told {
    let changed: Vec<Side> = Side::BOTH.into_iter().filter(|&side| is_changed(filed, asked, side)).collect();
    read.remarks.extend(changed.iter().map(|&side| changed_since(asked.place(side), written)));
    let (placed, counts) = place_rulings(filed, asked);
    read.placed = counts;
    let unreadable = filed.unknown.rulings.len();
    if unreadable > 0 {
        read.remarks.push(format!(
            "{unreadable} decisions in the file could not be understood; they are kept there word for word"
        ));
    }
    read.guidance.rulings = placed.iter().map(|(_, ruling)| ruling.clone()).collect();
    read.options = Some(filed.options.clone());
    read.filter = Some(filed.filter.clone());
    if changed.is_empty() {
        let (comparison, remark) = restored(filed, asked);
        read.comparison = comparison.map(Arc::new);
        read.remarks.extend(remark);
        let method = filed.found.as_ref().map(|found| found.method);
        if read.comparison.is_some() && method != Some(METHOD) {
            read.remarks
                .push("another version of Duidu found these links; compare again to renew them".to_owned());
        }
    }
    Told { rulings: placed, filed: filed.clone() }
}

fn is_changed(filed: &Filed, asked: &AskedComparison, side: Side) -> bool {
    filed.side(side).document != Some(asked.part(side).document().id())
}

/// Which text has changed, and since when.
pub(super) fn changed_since(place: &Place, written: Option<Timestamp>) -> String {
    let moment = |moment: Timestamp| {
        let here = moment.to_zoned(jiff::tz::TimeZone::system());
        here.strftime("%Y-%m-%d %H:%M").to_string()
    };
    let since = written.map_or_else(String::new, |written| format!(" on {}", moment(written)));
    let changed = match place {
        Place::File(path) => modified(path).map(|at| format!(" (its file was changed on {})", moment(at))),
        Place::Sample(_) => None,
    };
    format!(
        "the text of {} has changed since the comparison was saved{since}{}",
        place.name(),
        changed.unwrap_or_default()
    )
}

/// When a file was last written.
pub(super) fn modified(path: &Path) -> Option<Timestamp> {
    let moment = std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()?;
    Timestamp::try_from(moment).ok()
}

/// The rulings in their places; those without a sure one are counted only.
pub(super) fn place_rulings(filed: &Filed, asked: &AskedComparison) -> (Vec<(Uuid, Ruling)>, PlacedRulings) {
    let (left, right) = (Target::new(asked.parts.0.document()), Target::new(asked.parts.1.document()));
    let mut counts = PlacedRulings::default();
    let mut placed = Vec::new();
    for FiledRuling { id, decision, left: on_left, right: on_right, .. } in &filed.rulings {
        let found = |passages: &[FiledAnchor], target: &Target<'_>| -> Vec<Found> {
            passages.iter().map(|passage| locate(&passage.anchor, target)).collect()
        };
        let (on_left, on_right) = (found(on_left, &left), found(on_right, &right));
        let worst = on_left.iter().chain(&on_right).map(Found::state).max().unwrap_or(FoundState::Lost);
        match worst {
            FoundState::Exact => counts.exact += 1,
            FoundState::Moved => counts.moved += 1,
            FoundState::Unsure => counts.unsure += 1,
            FoundState::Lost => counts.lost += 1,
        }
        let spans = |list: &[Found]| list.iter().map(Found::span).collect::<Option<Vec<_>>>();
        if let Some((left, right)) = spans(&on_left).zip(spans(&on_right)) {
            placed.push((*id, Ruling { left, right, decision: *decision }));
        }
    }
    (placed, counts)
}

/// What was found before, without the links that do not fit, and what there is to tell of these; nothing where
/// nothing is kept of it.
fn restored(filed: &Filed, asked: &AskedComparison) -> (Option<Comparison>, Option<String>) {
    let again = "the texts are compared again";
    let Some(found) = &filed.found else {
        let damaged = filed.unknown.found.is_some();
        let remark = || format!("the links that were kept could not be understood: {again}");
        return (None, damaged.then(remark));
    };
    let (left, right) = &asked.parts;
    let fitting = |filed: &FiledLink| link_of(filed, asked).filter(|link| link.fits(left, right).is_ok());
    let links: Vec<Option<Link>> = found.links.iter().map(fitting).collect();
    let refused =
        || found.links.iter().zip(&links).filter(|(_, link)| link.is_none()).map(|(filed, _)| filed);
    let (count, all) = (refused().count(), found.links.len());
    let first = refused().next().map(|link| quoted(link, asked)).unwrap_or_default();
    if count > 0 && count == all {
        return (None, Some(format!("none of the {all} links that were kept fits the texts: {again}")));
    }
    let left_out = format!(
        "{count} of the {all} links that were kept could not be used and were left out ({first}); compare again \
         to find them anew"
    );
    let links = links.into_iter().flatten().collect();
    let comparison = Comparison::restore(left.clone(), right.clone(), links).ok();
    (comparison, (count > 0).then_some(left_out))
}

/// How both sides of a link begin.
fn quoted(link: &FiledLink, asked: &AskedComparison) -> String {
    let beginning = |side: Side, spans: &[Span]| {
        let text = asked.part(side).document().text();
        let words = spans.first().and_then(|span| span.of(text)).unwrap_or_default();
        words.chars().take(12).collect::<String>()
    };
    format!("{}… ⇄ {}…", beginning(Side::Left, &link.left), beginning(Side::Right, &link.right))
}

fn link_of(filed: &FiledLink, asked: &AskedComparison) -> Option<Link> {
    let blocks = |side: Side, spans: &[Span]| -> Option<Vec<BlockIndex>> {
        spans.iter().map(|&span| block_with(asked.part(side).document(), span)).collect()
    };
    let block = |side, &span: &Span| block_with(asked.part(side).document(), span);
    let evidence = |evidence: &FiledEvidence| evidence.told(|_, word| word.to_owned(), block);
    Some(Link {
        left: blocks(Side::Left, &filed.left)?,
        right: blocks(Side::Right, &filed.right)?,
        verdict: filed.verdict,
        score: filed.score,
        reason: Reason { evidence: filed.reason.iter().map(evidence).collect::<Option<_>>()? },
        passages: filed.passages.clone(),
        crosses: filed.crosses,
        ruled: filed.ruled,
    })
}

/// The block that is just this stretch of the text.
fn block_with(document: &Document, span: Span) -> Option<BlockIndex> {
    let index = document.block_at(span.start())?;
    document.block(index).filter(|block| block.span == span).map(|_| index)
}

/// Whether the file is about the same part of the document.
pub(super) fn section_fits(side: &FiledSide, part: &Part) -> bool {
    match &side.section {
        None => part.is_whole(),
        Some(section) => {
            let document = part.document();
            let target = Target::new(document);
            let [first, last] = [&section.first, &section.last].map(|end| locate(&end.anchor, &target));
            SectionEnds::between(&first, &last, document) == Some(Section::of(document, &part.range()))
        }
    }
}
