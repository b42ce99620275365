//! Headings of books whose chapters do not mark them: those that the table of contents names, and what looks like
//! those or stands out as headings do; and the levels of all, where the contents tell more of them.

use std::collections::BTreeMap;

use crate::document::BlockKind;
use crate::import::clean;
use crate::import::html::looks::BlockLooks;
use crate::import::looks::{self, Look, Styled};
use crate::import::plain::Sketch;
use crate::import::writer::Writer;

/// So many blocks are compared with the titles of a table of contents, for one file.
const MOST_COMPARED: usize = 1_000_000;
/// In so many blocks a title may stand.
const MOST_PARTS: usize = 3;
/// Among so many blocks at the beginning the title of the book is looked for, and the heading of a chapter.
const BEGINNING: usize = 12;

/// A title of a table of contents.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Titled<'a> {
    /// What it says.
    pub(super) words: &'a str,
    /// From 1.
    pub(super) level: u8,
    /// The index of the block that it leads to, where it says so.
    pub(super) place: Option<usize>,
}

/// Makes headings of those blocks since `from` that say the words of `titles`, one after the other, and of those that
/// titles lead to and say in part. Which blocks they are, and on which level, is added to `named`.
pub(super) fn name<'a>(
    writer: &mut Writer,
    from: usize,
    titles: impl Iterator<Item = Titled<'a>>,
    named: &mut BTreeMap<usize, u8>,
) {
    let mut at = from;
    let mut left = MOST_COMPARED;
    for Titled { words, level, place } in titles {
        let place = place.filter(|place| *place >= at);
        let start = place.unwrap_or(at);
        let in_part = place.filter(|place| says_in_part(writer, *place, words)).map(|place| (place, 1));
        let marked = in_part.filter(|(place, _)| is_marked(writer, *place));
        let found = marked.or_else(|| {
            let mut ahead = (start..writer.count()).take(left);
            let said = ahead.find_map(|index| Some((index, saying(writer, index, words)?)));
            let passed = said.map_or(writer.count(), |(index, _)| index).saturating_sub(start);
            left = left.saturating_sub(passed);
            said.or(in_part)
        });
        if let Some((index, count)) = found {
            for index in index..index + count {
                writer.settle(index, BlockKind::Heading { level });
                named.insert(index, level);
            }
            at = index + count;
        }
    }
}

/// Takes the levels of headings from the table of contents (`named`) where chapters mark on one level what lies in each
/// other there: many make every chapter and every section of it a heading of level 1. Headings that the contents do not
/// name lie below the last one that they do, as deep as they are marked.
pub(super) fn nest(writer: &mut Writer, named: &BTreeMap<usize, u8>) {
    let headings: Vec<(usize, u8)> = writer.blocks(0).enumerate().filter_map(level_of).collect();
    if !tells_more(&headings, named) {
        return;
    }
    let mut above = None;
    for (index, own) in headings {
        let level = match (named.get(&index), above) {
            (Some(&level), _) => {
                above = Some((own, level));
                level
            }
            (None, Some((marked, level))) => own.saturating_sub(marked).saturating_add(level),
            (None, None) => own,
        };
        writer.set_level(index, level);
    }
}

fn level_of((index, (sketch, _)): (usize, (&Sketch, &str))) -> Option<(usize, u8)> {
    match sketch.kind {
        BlockKind::Heading { level } => Some((index, level)),
        _ => None,
    }
}

/// Whether headings that follow one of some level and lie below it by the contents mostly do not by their marks.
fn tells_more(headings: &[(usize, u8)], named: &BTreeMap<usize, u8>) -> bool {
    let named: Vec<(u8, u8)> =
        headings.iter().filter_map(|(index, own)| Some((*own, *named.get(index)?))).collect();
    let mut told: BTreeMap<(u8, u8), i64> = BTreeMap::new();
    for pair in named.windows(2) {
        if let [(above, outer), (own, inner)] = pair
            && inner > outer
        {
            *told.entry((*outer, *inner)).or_default() += if own > above { 1 } else { -1 };
        }
    }
    told.values().any(|told| *told < 0)
}

/// How many blocks from `index` on say these words together: `第一章` and `河水` may stand in two.
fn saying(writer: &Writer, index: usize, words: &str) -> Option<usize> {
    let is_heading = |sketch: &Sketch| matches!(sketch.kind, BlockKind::Heading { .. });
    let may_say = |(sketch, _): &(&Sketch, &str)| sketch.is_open() || is_heading(sketch);
    let mut said = String::new();
    for (count, (_, part)) in writer.blocks(index).take(MOST_PARTS).take_while(may_say).enumerate() {
        if said.len() + part.len() > words.len() * 2 + 40 {
            return None;
        }
        said.push_str(part);
        if clean::same_letters(&said, words) {
            return Some(count + 1);
        }
    }
    None
}

/// The first block since `from` that its file marks as a heading.
pub(super) fn first_marked(writer: &Writer, from: usize) -> Option<usize> {
    (from..writer.count()).take(BEGINNING).find(|index| is_marked(writer, *index))
}

fn is_marked(writer: &Writer, index: usize) -> bool {
    let is_heading = |(sketch, _): (&Sketch, &str)| matches!(sketch.kind, BlockKind::Heading { .. });
    writer.blocks(index).next().is_some_and(is_heading)
}

/// Whether a block is or may be a heading and says part of some words, or them and more.
fn says_in_part(writer: &Writer, index: usize, words: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|found| found.is_alphanumeric()).collect::<String>();
    let Some((sketch, said)) = writer.blocks(index).next() else { return false };
    let is_open = sketch.is_open() || is_marked(writer, index);
    if !is_open || !looks::has_form_of_heading(said, sketch.number) {
        return false;
    }
    let (said, words) = (letters(said), letters(words));
    let both = !said.is_empty() && !words.is_empty();
    both && (said.contains(&words) || words.contains(&said))
}

/// Makes headings of what looks like one. Where most chapters mark their headings (`marked`), only of what looks like
/// those that the table of contents names.
pub(super) fn find(writer: &mut Writer, looks: &BlockLooks, marked: bool) {
    let styled: Vec<Styled> = writer
        .blocks(0)
        .enumerate()
        .map(|(index, (sketch, text))| styled(sketch, text, looks.look(index)))
        .collect();
    let body = Look::of_body(&styled);
    let levels = if styled.iter().any(|block| block.named.is_some()) {
        looks::levels_beside_names(&styled, body, !marked)
    } else {
        looks::levels_by_look(&styled, body)
    };
    let first = styled.iter().position(|block| block.named.is_some()).unwrap_or(styled.len());
    let title = looks::largest(&styled, body).filter(|title| *title < first.min(BEGINNING));
    for (index, (level, block)) in levels.into_iter().zip(&styled).enumerate() {
        let kind = level.filter(|_| block.fits).map(|level| BlockKind::Heading { level });
        let kind = if title == Some(index) { Some(BlockKind::Title) } else { kind };
        if let Some(kind) = kind {
            writer.settle(index, kind);
        }
    }
}

fn styled(sketch: &Sketch, text: &str, look: Option<Look>) -> Styled {
    let named = match sketch.kind {
        BlockKind::Heading { level } => Some(level),
        _ => None,
    };
    let Some(look) = look.filter(|_| named.is_some() || sketch.is_open()) else { return Styled::default() };
    Styled {
        look,
        length: text.len(),
        fits: sketch.is_open() && looks::has_form_of_heading(text, sketch.number),
        number: sketch.number.map(|number| number.style),
        named,
    }
}
