//! What the other side says in the same words but cuts in another way: a title on two lines, a row of a table whose cells
//! are paragraphs.

use std::ops::Range;

use crate::compare::Verdict;
use crate::compare::candidates::Pair;
use crate::compare::judge::{Case, Finding, IN_THE_SAME_WORDS};
use crate::compare::measure::ratio;
use crate::compare::passages::Shared;

/// The units of each side that are looked at: what stands between the same neighbours in two versions.
type Gap = [Range<u32>; 2];

/// For each unit that stands in several pieces on the other side, one after another, a finding for each piece.
pub(super) fn recut(case: &Case<'_>, gap: &Gap) -> Vec<Finding> {
    let of_side = |side: usize| {
        let pieces = gap.get(1 - side).cloned().unwrap_or_default();
        let wholes = gap.get(side).cloned().unwrap_or_default();
        wholes.flat_map(move |whole| {
            pieces.clone().find_map(|first| cut(case, (side, whole), first..pieces.end)).unwrap_or_default()
        })
    };
    of_side(0).chain(of_side(1)).collect()
}

/// The pieces of a unit, if those of the other side from the first of `pieces` on make it up; `None` for a single one.
fn cut(case: &Case<'_>, (side, whole): (usize, u32), pieces: Range<u32>) -> Option<Vec<Finding>> {
    let characters = &case.unit(side, whole)?.characters;
    let mut found = Vec::new();
    let mut at = 0;
    for number in pieces {
        let piece = &case.unit(1 - side, number)?.characters;
        if at == characters.len() || !characters.get(at..)?.starts_with(piece) {
            break;
        }
        if !piece.is_empty() {
            let within = at..at + piece.len();
            found.push(finding((side, whole), number, within, ratio(piece.len(), characters.len())));
        }
        at += piece.len();
    }
    (at == characters.len() && found.len() > 1).then_some(found)
}

/// That a piece is that stretch of the whole, and so much of it.
fn finding((side, whole): (usize, u32), piece: u32, within: Range<usize>, share: f32) -> Finding {
    let (own, equal) = (0..within.len(), within.len());
    let turn = side == 1;
    let (pair, covered) = if turn {
        (Pair { left: piece, right: whole }, [1.0, share])
    } else {
        (Pair { left: whole, right: piece }, [share, 1.0])
    };
    let (left, right) = if turn { (own, within) } else { (within, own) };
    let wording = vec![Shared { left, right, equal, telling: 0.0 }];
    Finding { pair, verdict: Verdict::Revised, score: IN_THE_SAME_WORDS, telling: 0.0, covered, wording }
}
