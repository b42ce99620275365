//! Findings as links: spans of the documents, reasons in words, pieces put together, order.

mod naming;

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use super::candidates::Pair;
use super::grams::{OF_HEADING, theme_word};
use super::judge::{Case, overlap};
use super::measure::ratio;
use super::passages::Shared;
use super::rulings::Rulings;
use super::settle::{Settled, increasing};
use super::units::{Places, Unit};
use super::{Decision, Evidence, Link, Part, Passage, Reason, Ruled, Ruling, THRESHOLD, Verdict};
use crate::document::BlockIndex;
use crate::text::Span;
use naming::Naming;

/// Writes the links of one comparison.
pub(super) struct Writer<'a> {
    case: &'a Case<'a>,
    parts: [&'a Part; 2],
    rulings: &'a Rulings<'a>,
    /// Of each side the unit that was asked for last: a long one is asked for by every link that it has.
    latest: [RefCell<Option<Asked<'a>>>; 2],
}

/// The number of a unit, and where it stands.
type Asked<'a> = (u32, Rc<Places<'a>>);

/// A link about to be made, with the units that it joins.
struct Draft {
    left: Vec<u32>,
    right: Vec<u32>,
    settled: Vec<Settled>,
}

/// Pieces of a paragraph that was split or merged: so much of each is shared wording.
const PIECE: f32 = 0.6;
/// How much of a piece may stand in the pieces before it: what is said twice is no other part.
const SAID_TWICE: f32 = 0.2;
/// How many links may lie between two pieces of a paragraph that was split: the other links of one left unit.
const NEAR_SPLIT: usize = 16;
/// The same for paragraphs that were merged: the links of two neighbours on the left.
const NEAR_MERGED: usize = 64;
/// How many themes are named in a reason at most.
const THEMES_NAMED: usize = 2;
/// Of what is shared the most telling pieces are looked at for the reason.
const LOOKED_AT: usize = 24;
/// What tells less than this, or covers less, is not named in a reason.
const WORTH_NAMING: f32 = 0.1;

impl<'a> Writer<'a> {
    pub(super) fn new(case: &'a Case<'a>, parts: [&'a Part; 2], rulings: &'a Rulings<'a>) -> Self {
        Self { case, parts, rulings, latest: <[_; 2]>::default() }
    }

    pub(super) fn links(&self, settled: Vec<Settled>) -> Vec<Link> {
        let drafts = self.joined(self.with_fixed(settled));
        let crossing = crossing(&drafts);
        let links = drafts.iter().zip(crossing).filter_map(|(draft, crosses)| self.link(draft, crosses));
        links.collect()
    }

    /// The reader's own links too, where nothing was found.
    fn with_fixed(&self, mut settled: Vec<Settled>) -> Vec<Settled> {
        let known: Vec<Pair> = settled.iter().map(|each| each.finding.pair).collect();
        let missing = self.rulings.fixed().iter().filter(|pair| known.binary_search(pair).is_err());
        let made = missing.filter_map(|&pair| {
            Some(Settled { finding: self.case.judge(pair)?, headings: None, in_order: false })
        });
        settled.extend(made);
        settled.sort_by_key(|each| each.finding.pair);
        settled
    }

    /// Puts the pieces of a paragraph that was split, or of several that were merged, into one link.
    fn joined(&self, settled: Vec<Settled>) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        for one in settled {
            let Pair { left, right } = one.finding.pair;
            let mut latest = drafts.iter_mut().rev().take(NEAR_SPLIT);
            if let Some(draft) = latest.find(|draft| self.goes_on(draft, &one, 0)) {
                draft.right.push(right);
                draft.settled.push(one);
                continue;
            }
            let mut latest = drafts.iter_mut().rev().take(NEAR_MERGED);
            if let Some(draft) = latest.find(|draft| self.goes_on(draft, &one, 1)) {
                draft.left.push(left);
                draft.settled.push(one);
                continue;
            }
            drafts.push(Draft { left: vec![left], right: vec![right], settled: vec![one] });
        }
        drafts
    }

    /// Whether the draft holds one unit of `whole`'s side and a piece of it, and `next` is the piece that follows.
    fn goes_on(&self, draft: &Draft, next: &Settled, whole: usize) -> bool {
        let Pair { left, right } = next.finding.pair;
        let (wholes, number, pieces, piece) = if whole == 0 {
            (&draft.left, left, &draft.right, right)
        } else {
            (&draft.right, right, &draft.left, left)
        };
        let follows = *wholes == [number] && pieces.last().is_some_and(|&last| last + 1 == piece);
        follows && self.are_pieces(draft, next, whole)
    }

    /// Whether `next` and what is in the draft are pieces of the same unit of `whole`'s side: other parts of it, and
    /// nothing much besides.
    fn are_pieces(&self, draft: &Draft, next: &Settled, whole: usize) -> bool {
        let all_pieces = || draft.settled.iter().chain([next]).all(|each| self.is_piece(each, 1 - whole));
        let taken = || draft.settled.iter().flat_map(|each| stretches(each, whole));
        let twice = |own: &Range<usize>| taken().map(|other| overlap(own, other)).sum::<usize>();
        let overlap: usize = stretches(next, whole).map(twice).sum();
        let own: usize = stretches(next, whole).map(ExactSizeIterator::len).sum();
        all_pieces() && ratio(overlap, own.max(1)) <= SAID_TWICE
    }

    /// Whether most of a unit of that side stands in its counterpart, and the reader has not decided otherwise.
    fn is_piece(&self, settled: &Settled, side: usize) -> bool {
        let decision = self.rulings.decision(settled.finding.pair).map(|(decision, _)| decision);
        settled.finding.verdict > Verdict::Theme
            && settled.finding.covered.get(side).is_some_and(|&covered| covered >= PIECE)
            && decision.is_none_or(|decision| decision == Decision::Confirm)
    }

    fn link(&self, draft: &Draft, crosses: bool) -> Option<Link> {
        let best = draft.best()?;
        let [left, right] = [self.units(0, &draft.left), self.units(1, &draft.right)];
        let ruling = self.rulings.decision(best.finding.pair);
        let ruled = ruling.map(|(decision, _)| ruled(decision, best.finding.score));
        let verdict = match ruling {
            Some((Decision::Relate(wanted), _)) => wanted,
            _ if draft.settled.len() == 1 => best.finding.verdict,
            _ if characters(&left).eq(characters(&right)) => Verdict::Same,
            _ => Verdict::Revised,
        };
        Some(Link {
            left: left.iter().map(|unit| unit.block).collect(),
            right: right.iter().map(|unit| unit.block).collect(),
            verdict,
            score: if ruled.is_some() { 1.0 } else { best.finding.score },
            reason: self.reason(draft, best, [&left, &right], ruled.is_some()),
            passages: self.passages(draft, ruling),
            crosses,
            ruled,
        })
    }

    fn units(&self, side: usize, numbers: &[u32]) -> Vec<&Unit> {
        numbers.iter().filter_map(|&number| self.case.unit(side, number)).collect()
    }

    /// The shared wording of all pieces, and what the reader pinned.
    fn passages(&self, draft: &Draft, ruling: Option<(Decision, &Ruling)>) -> Vec<Passage> {
        let found = draft.settled.iter().flat_map(|each| self.passages_of(each));
        let mut passages: Vec<Passage> = found.collect();
        if let Some((Decision::Pin, ruling)) = ruling {
            passages.extend(self.pinned(draft, ruling));
        }
        passages.sort_unstable();
        passages
    }

    /// What the reader pinned, as far as it lies in the blocks of the link: what was selected may go on in the
    /// next block, which has a link of its own.
    fn pinned(&self, draft: &Draft, ruling: &Ruling) -> Option<Passage> {
        let within = |side: usize, numbers: &[u32], pinned: &[Span]| {
            let document = self.parts.get(side)?.document();
            let units = self.units(side, numbers).into_iter();
            let spans = units.filter_map(|unit| document.block(unit.block).map(|block| block.span));
            spans.reduce(Span::union)?.intersection(*pinned.first()?).filter(|span| !span.is_empty())
        };
        let left = within(0, &draft.left, &ruling.left)?;
        Some(Passage { left, right: within(1, &draft.right, &ruling.right)?, verdict: Verdict::Revised })
    }

    fn passages_of(&self, settled: &Settled) -> Vec<Passage> {
        let Pair { left, right } = settled.finding.pair;
        let units = self.case.unit(0, left).zip(self.case.unit(1, right));
        let places = self.places(0, left).zip(self.places(1, right));
        let Some(((left, right), (left_places, right_places))) = units.zip(places) else {
            return Vec::new();
        };
        let passage = |shared: &Shared| {
            let [one, other] = [(left, &shared.left), (right, &shared.right)]
                .map(|(unit, range)| unit.characters.get(range.clone()));
            Passage {
                left: left_places.span(&shared.left),
                right: right_places.span(&shared.right),
                verdict: if one == other { Verdict::Same } else { Verdict::Revised },
            }
        };
        settled.finding.wording.iter().map(passage).collect()
    }

    fn places(&self, side: usize, number: u32) -> Option<Rc<Places<'a>>> {
        let mut latest = self.latest.get(side)?.borrow_mut();
        if let Some((_, places)) = latest.as_ref().filter(|(latest, _)| *latest == number) {
            return Some(Rc::clone(places));
        }
        let (document, unit) = (self.parts.get(side)?.document(), self.case.unit(side, number)?);
        let places = Rc::new(Places::new(document, unit.block, self.case.regional)?);
        *latest = Some((number, Rc::clone(&places)));
        Some(places)
    }

    fn reason(&self, draft: &Draft, best: &Settled, units: [&[&Unit]; 2], is_ruled: bool) -> Reason {
        let mut evidence = Vec::new();
        if is_ruled {
            evidence.push(Evidence::Reader);
        }
        let [left, right] = covered(draft, units);
        if left.max(right) >= WORTH_NAMING {
            evidence.push(Evidence::Wording { left, right });
        }
        evidence.extend(self.words(best.finding.pair));
        let headings = best.headings.and_then(|pair| self.heading_blocks(pair));
        evidence.extend(headings.map(|(left, right)| Evidence::Headings { left, right }));
        if best.in_order {
            evidence.push(Evidence::Order);
        }
        if evidence.is_empty() {
            evidence.push(Evidence::Wording { left, right });
        }
        Reason { evidence }
    }

    fn heading_blocks(&self, pair: Pair) -> Option<(BlockIndex, BlockIndex)> {
        Some((self.case.unit(0, pair.left)?.block, self.case.unit(1, pair.right)?.block))
    }

    /// The telling words and themes of a pair, the most telling first.
    fn words(&self, pair: Pair) -> Vec<Evidence> {
        let [mut shared, _] = self.case.shared(pair);
        shared.sort_by(|one, other| other.value.total_cmp(&one.value).then(one.at.cmp(&other.at)));
        shared.retain(|each| each.value >= WORTH_NAMING);
        shared.truncate(LOOKED_AT);
        let units = self.case.unit(0, pair.left).zip(self.case.unit(1, pair.right));
        let naming = units.and_then(|(left, right)| {
            Some(Naming {
                left,
                right,
                places: self.places(0, pair.left)?,
                text: self.parts[0].document().text(),
            })
        });
        let mut evidence = naming.map_or_else(Vec::new, |naming| naming.evidence(&shared));
        let themes = shared.iter().filter(|each| each.length == 0);
        let themes = themes.filter_map(|each| self.theme(each.at & !OF_HEADING, pair));
        evidence.extend(themes.take(THEMES_NAMED));
        evidence
    }

    fn theme(&self, theme: u32, pair: Pair) -> Option<Evidence> {
        let word = |side: usize, number: u32| {
            let unit = self.case.unit(side, number)?;
            let span = self.places(side, number)?.span(&theme_word(unit, theme)?);
            let text = self.parts.get(side)?.document().text();
            Some(span.of(text)?.split_whitespace().collect::<String>())
        };
        let name = self.case.lexicon.theme(theme).to_owned();
        Some(Evidence::Theme { name, left: word(0, pair.left)?, right: word(1, pair.right)? })
    }
}

impl Draft {
    fn best(&self) -> Option<&Settled> {
        self.settled.iter().max_by(|one, other| one.finding.score.total_cmp(&other.finding.score))
    }
}

/// What of a link is the reader's own, by what was found without the reader.
fn ruled(decision: Decision, score: f32) -> Ruled {
    match decision {
        Decision::Relate(_) if score >= THRESHOLD => Ruled::Relabelled,
        Decision::Confirm | Decision::Pin if score >= THRESHOLD => Ruled::Confirmed,
        _ => Ruled::Added,
    }
}

fn characters(units: &[&Unit]) -> impl Iterator<Item = char> {
    units.iter().flat_map(|unit| unit.characters.iter().copied())
}

/// The stretches of one side's unit that are shared wording.
fn stretches(settled: &Settled, side: usize) -> impl Iterator<Item = &Range<usize>> {
    let wording = settled.finding.wording.iter();
    wording.map(move |shared| if side == 0 { &shared.left } else { &shared.right })
}

/// How much of each side is shared wording, over all pieces.
fn covered(draft: &Draft, units: [&[&Unit]; 2]) -> [f32; 2] {
    let wording = draft.settled.iter().flat_map(|each| &each.finding.wording);
    let equal: usize = wording.map(|shared| shared.equal).sum();
    units.map(|units| ratio(equal, units.iter().map(|unit| unit.characters.len()).sum()).min(1.0))
}

/// Which drafts stand across the order that most keep: the longest row of drafts that rises on both sides.
fn crossing(drafts: &[Draft]) -> Vec<bool> {
    let pair = |draft: &Draft| {
        let (left, right) = (draft.left.first().copied(), draft.right.first().copied());
        Pair { left: left.unwrap_or_default(), right: right.unwrap_or_default() }
    };
    let pairs: Vec<Pair> = drafts.iter().map(pair).collect();
    let row = increasing(&pairs);
    let stands_across = |own: &Pair| {
        let next = row.partition_point(|other| other.left < own.left);
        let before = next.checked_sub(1).and_then(|before| row.get(before));
        let after = row.iter().skip(next).find(|other| other.left > own.left);
        before.is_some_and(|before| before.right > own.right)
            || after.is_some_and(|after| after.right < own.right)
    };
    pairs.iter().map(stands_across).collect()
}

#[cfg(test)]
mod tests;
