//! Shared passages cut to pieces that lie in one block of either side.

use super::{Column, ComparisonExport};
use crate::compare::{Change, Difference, Link, Passage, Side, Verdict, differences};
use crate::document::BlockIndex;
use crate::text::{Span, saturate};

/// A passage, or a part of one, within one block of either side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    pub(super) left: Place,
    pub(super) right: Place,
    pub(super) verdict: Verdict,
    /// What differs, in order of the left text.
    pub(super) differences: Vec<Differing>,
}

impl Piece {
    /// Where it lies on one side.
    pub(super) fn place(&self, side: Side) -> Place {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }
}

/// A difference within a piece.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Differing {
    pub(super) change: Change,
    pub(super) left: Place,
    pub(super) right: Place,
}

impl Differing {
    /// Where it lies on one side; empty where that side has nothing.
    pub(super) fn place(&self, side: Side) -> Place {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }
}

/// A stretch of what is shown of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub(super) block: BlockIndex,
    /// In bytes of the block's text as shown.
    pub(super) shown: Span,
}

/// The pieces of a link's passages, in order of the left text.
pub(super) fn pieces(export: &ComparisonExport, link: &Link) -> Vec<Piece> {
    link.passages.iter().flat_map(|passage| pieces_of(export, passage)).collect()
}

fn pieces_of(export: &ComparisonExport, passage: &Passage) -> Vec<Piece> {
    let documents = Side::BOTH.map(|side| &**export.comparison.part(side).document());
    let differences = differences(documents[0], passage.left, documents[1], passage.right);
    let alignment = Alignment::new(documents.map(|document| &**document.text()), passage, &differences);
    let [left, right] = Side::BOTH.map(|side| Fragments::of(export.column(side), passage.span(side)));
    let cuts = cuts(&alignment, &left, &right);
    let segments = cuts.array_windows().filter_map(|[start, end]| {
        let left = left.within(Span::new(start[0], end[0]))?;
        let right = right.within(Span::new(start[1], end[1]))?;
        piece(export, passage, [left, right], &differences)
    });
    segments.collect()
}

/// A stretch of the document's text in one of its blocks.
type Fragment = (BlockIndex, Span);

fn piece(
    export: &ComparisonExport,
    passage: &Passage,
    [left, right]: [Fragment; 2],
    differences: &[Difference],
) -> Option<Piece> {
    let differences = differences.iter().filter_map(|each| differing(export, [left, right], each));
    let differences = differences.collect();
    let [left, right] = [placed(&export.left, left)?, placed(&export.right, right)?];
    (!left.shown.is_empty() && !right.shown.is_empty()).then_some(Piece {
        left,
        right,
        verdict: passage.verdict,
        differences,
    })
}

/// What of a difference lies within the piece that pairs `left` and `right`. What was moved belongs to the piece from
/// which it was moved, wherever it went.
fn differing(
    export: &ComparisonExport,
    [left, right]: [Fragment; 2],
    difference: &Difference,
) -> Option<Differing> {
    let within = |column, (block, part): Fragment, span| placed(column, (block, part.intersection(span)?));
    let left = within(&export.left, left, difference.left);
    let right = within(&export.right, right, difference.right);
    let (left, right) = if difference.change == Change::Moved {
        let left = left.filter(|place| !place.shown.is_empty())?;
        let gone = || export.right.fragments(difference.right).find_map(|part| placed(&export.right, part));
        (left, right.filter(|place| !place.shown.is_empty()).or_else(gone)?)
    } else {
        (left?, right?)
    };
    let says_something = !(left.shown.is_empty() && right.shown.is_empty());
    says_something.then_some(Differing { change: difference.change, left, right })
}

fn placed(column: &Column, (block, source): Fragment) -> Option<Place> {
    Some(Place { block, shown: column.block(block)?.shown(source) })
}

/// Where a passage is cut, on both sides: at its ends, and where on either side a block ends.
fn cuts(alignment: &Alignment<'_>, left: &Fragments, right: &Fragments) -> Vec<[u32; 2]> {
    let of_left = left.ends().map(|end| [end, alignment.across(Side::Left, end)]);
    let of_right = right.ends().map(|end| [alignment.across(Side::Right, end), end]);
    let mut cuts: Vec<[u32; 2]> = of_left.chain(of_right).chain(alignment.ends()).collect();
    cuts.sort_unstable();
    let mut reached = 0;
    // Where something was moved, a cut could lead back.
    cuts.retain(|[_, right]| {
        let ahead = *right >= reached;
        reached = reached.max(*right);
        ahead
    });
    cuts.dedup();
    cuts
}

/// What a passage takes of each block that it touches, in order.
struct Fragments(Vec<Fragment>);

impl Fragments {
    fn of(column: &Column, passage: Span) -> Self {
        Self(column.fragments(passage).collect())
    }

    /// Where blocks end inside the passage.
    fn ends(&self) -> impl Iterator<Item = u32> {
        self.0.iter().take(self.0.len().saturating_sub(1)).map(|(_, span)| span.end())
    }

    /// What lies in `segment`, which ends where a block ends at the latest.
    fn within(&self, segment: Span) -> Option<Fragment> {
        let after = self.0.partition_point(|(_, span)| span.end() <= segment.start());
        let &(block, span) = self.0.get(after)?;
        let part = span.intersection(segment).filter(|part| !part.is_empty())?;
        Some((block, part))
    }
}

/// Which place on one side of a passage answers a place on the other.
struct Alignment<'a> {
    texts: [&'a str; 2],
    passage: [Span; 2],
    /// What differs, in order on both sides.
    differing: Vec<[Span; 2]>,
}

impl<'a> Alignment<'a> {
    fn new(texts: [&'a str; 2], passage: &Passage, differences: &[Difference]) -> Self {
        let mut differing: Vec<[Span; 2]> = Vec::new();
        for both in differences.iter().map(|each| [each.left, each.right]) {
            let last = differing.last();
            let ahead =
                |last: &[Span; 2]| last.iter().zip(&both).all(|(last, next)| last.end() <= next.start());
            // What was moved is no fixed point.
            if last.is_none_or(ahead) {
                differing.push(both);
            }
        }
        Self { texts, passage: [passage.left, passage.right], differing }
    }

    fn ends(&self) -> [[u32; 2]; 2] {
        let [left, right] = self.passage;
        [[left.start(), right.start()], [left.end(), right.end()]]
    }

    /// The place on the other side that answers `position` on side `from`: as many characters after the last
    /// difference as here, white space not counted.
    fn across(&self, from: Side, position: u32) -> u32 {
        let [here, there] = match from {
            Side::Left => [0, 1],
            Side::Right => [1, 0],
        };
        let after = self.differing.partition_point(|both| both[here].start() < position);
        let last = after.checked_sub(1).and_then(|index| self.differing.get(index));
        if let Some(both) = last.filter(|both| position < both[here].end()) {
            return both[there].end();
        }
        let [start, whole] = [self.passage[here], self.passage[there]];
        let (begin, begin_across) =
            last.map_or((start.start(), whole.start()), |both| (both[here].end(), both[there].end()));
        let limit = self.differing.get(after).map_or(whole.end(), |both| both[there].start());
        let before = Span::new(begin, position).of(self.texts[here]).unwrap_or_default();
        let rest = Span::new(begin_across, limit).of(self.texts[there]).unwrap_or_default();
        let walked = solid(before).count().checked_sub(1).map_or(Some(0), |last| solid(rest).nth(last));
        walked.map_or(limit, |walked| begin_across + saturate(walked))
    }
}

/// Where each character that is not white space ends.
fn solid(text: &str) -> impl Iterator<Item = usize> {
    let characters = text.char_indices().filter(|(_, character)| !character.is_whitespace());
    characters.map(|(start, character)| start + character.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::comparison::sample::{Pair, export_of};

    /// One passage through all of both texts, and the pieces it must be cut to, as words.
    fn check(left: &str, right: &str, passage: (&str, &str), expected: &[(&str, &str)]) {
        let pair = Pair { left: &[0], right: &[0], verdict: Verdict::Revised, passages: &[passage] };
        let export = export_of(left, right, &[pair]);
        let link = export.comparison.links().first().unwrap();
        let words = |column: &Column, place: Place| {
            place.shown.of(column.block(place.block).unwrap().text()).unwrap().to_owned()
        };
        let pieces = pieces(&export, link);
        let found: Vec<(String, String)> = pieces
            .iter()
            .map(|piece| (words(&export.left, piece.left), words(&export.right, piece.right)))
            .collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(left, right)| ((*left).to_owned(), (*right).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_passage_is_cut_where_either_text_begins_a_block() {
        check("河水清。\n", "河水清。\n", ("河水清", "河水清"), &[("河水清", "河水清")]);
        check(
            "河水清。\n\n岸有树。\n",
            "河水清。岸有树。\n",
            ("河水清。\n岸有树。", "河水清。岸有树。"),
            &[("河水清。", "河水清。"), ("岸有树。", "岸有树。")],
        );
        check(
            "河水清。岸有树。夜里雨。\n",
            "河水清。\n\n岸有树。\n\n夜里雨。\n",
            ("水清。岸有树。夜里", "水清。\n岸有树。\n夜里"),
            &[("水清。", "水清。"), ("岸有树。", "岸有树。"), ("夜里", "夜里")],
        );
        check(
            "河水清。岸\n\n有树。\n",
            "河水\n\n清。岸有树。\n",
            ("河水清。岸\n有树。", "河水\n清。岸有树。"),
            &[("河水", "河水"), ("清。岸", "清。岸"), ("有树。", "有树。")],
        );
    }
}
