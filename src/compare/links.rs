//! Findings as links: spans of the documents, reasons in words, pieces put together, order.

use std::ops::Range;

use super::candidates::Pair;
use super::evidence::Shared;
use super::judge::Case;
use super::measure::ratio;
use super::rulings::Rulings;
use super::settle::{Settled, increasing};
use super::units::{Places, Unit};
use super::{Decision, Evidence, Link, Part, Passage, Reason, Ruled, Verdict};
use crate::document::BlockIndex;

/// Writes the links of one comparison.
pub(super) struct Writer<'a> {
    case: &'a Case<'a>,
    parts: [&'a Part; 2],
    rulings: &'a Rulings<'a>,
}

/// A link about to be made, with the units that it joins.
struct Draft {
    left: Vec<u32>,
    right: Vec<u32>,
    settled: Vec<Settled>,
}

/// Pieces of a paragraph that was split or merged: so much of each is shared wording.
const PIECE: f32 = 0.6;
/// How many words are named in a reason at most.
const WORDS_NAMED: usize = 4;
/// Of what is shared the most telling pieces are looked at for the reason.
const LOOKED_AT: usize = 24;
/// In longer blocks words are not searched to be named whole, in characters.
const LONGEST_SEARCHED: usize = 4000;
/// How long what is named can be, in characters.
const LONGEST_NAMED: usize = 24;
/// What tells less than this is not named in a reason.
const WORTH_NAMING: f32 = 0.1;

impl<'a> Writer<'a> {
    pub(super) fn new(case: &'a Case<'a>, parts: [&'a Part; 2], rulings: &'a Rulings<'a>) -> Self {
        Self { case, parts, rulings }
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
            let of_left = drafts.iter_mut().rev().take(16).find(|draft| {
                draft.left == [left]
                    && draft.right.last().is_some_and(|&last| last + 1 == right)
                    && self.are_pieces(draft, &one, 0)
            });
            if let Some(draft) = of_left {
                draft.right.push(right);
                draft.settled.push(one);
                continue;
            }
            let of_right = drafts.iter_mut().rev().take(64).find(|draft| {
                draft.right == [right]
                    && draft.left.last().is_some_and(|&last| last + 1 == left)
                    && self.are_pieces(draft, &one, 1)
            });
            if let Some(draft) = of_right {
                draft.left.push(left);
                draft.settled.push(one);
                continue;
            }
            drafts.push(Draft { left: vec![left], right: vec![right], settled: vec![one] });
        }
        drafts
    }

    /// Whether `next` and what is in the draft are pieces of the same unit of `whole`'s side: other parts of it, and
    /// nothing much besides.
    fn are_pieces(&self, draft: &Draft, next: &Settled, whole: usize) -> bool {
        let piece_side = 1 - whole;
        let is_piece = |each: &Settled| {
            each.finding.verdict > Verdict::Theme
                && each.finding.covered.get(piece_side).is_some_and(|&covered| covered >= PIECE)
                && self
                    .rulings
                    .decision(each.finding.pair)
                    .is_none_or(|(decision, _)| decision == Decision::Confirm)
        };
        let range = |shared: &super::passages::Shared| {
            if whole == 0 { shared.left.clone() } else { shared.right.clone() }
        };
        let taken =
            draft.settled.iter().flat_map(|each| &each.finding.wording).map(range).collect::<Vec<_>>();
        let overlap: usize = next
            .finding
            .wording
            .iter()
            .map(range)
            .flat_map(|own| taken.iter().map(move |other| super::judge::overlap(&own, other)))
            .sum();
        let own: usize = next.finding.wording.iter().map(range).map(|range| range.len()).sum();
        draft.settled.iter().all(is_piece) && is_piece(next) && ratio(overlap, own.max(1)) <= 0.2
    }

    fn link(&self, draft: &Draft, crosses: bool) -> Option<Link> {
        let best =
            draft.settled.iter().max_by(|one, other| one.finding.score.total_cmp(&other.finding.score))?;
        let [left, right] = [(0, &draft.left), (1, &draft.right)].map(|(side, numbers)| {
            let units = numbers.iter().filter_map(|&number| self.case.unit(side, number));
            units.collect::<Vec<&Unit>>()
        });
        let is_same = || {
            let all = |units: &[&Unit]| {
                units.iter().flat_map(|unit| &unit.characters).copied().collect::<Vec<char>>()
            };
            all(&left) == all(&right)
        };
        let mut verdict = best.finding.verdict;
        if draft.settled.len() > 1 {
            verdict = if is_same() { Verdict::Same } else { Verdict::Revised };
        }
        let ruling = self.rulings.decision(best.finding.pair);
        let ruled = ruling.map(|(decision, _)| match decision {
            Decision::Relate(_) if best.finding.score >= super::THRESHOLD => Ruled::Relabelled,
            Decision::Confirm | Decision::Pin if best.finding.score >= super::THRESHOLD => Ruled::Confirmed,
            _ => Ruled::Added,
        });
        if let Some((Decision::Relate(wanted), _)) = ruling {
            verdict = wanted;
        }
        let mut passages: Vec<Passage> = draft.settled.iter().flat_map(|each| self.passages(each)).collect();
        if let Some((Decision::Pin, ruling)) = ruling {
            let pinned = ruling.left.first().zip(ruling.right.first());
            passages.extend(pinned.map(|(&left, &right)| Passage { left, right, verdict: Verdict::Revised }));
        }
        passages.sort_unstable();
        Some(Link {
            left: left.iter().map(|unit| unit.block).collect(),
            right: right.iter().map(|unit| unit.block).collect(),
            verdict,
            score: if ruled.is_some() { 1.0 } else { best.finding.score },
            reason: self.reason(draft, best, [&left, &right], ruled.is_some()),
            passages,
            crosses,
            ruled,
        })
    }

    fn passages(&self, settled: &Settled) -> Vec<Passage> {
        let Pair { left, right } = settled.finding.pair;
        let places = |side: usize, number: u32| {
            let unit = self.case.unit(side, number)?;
            Places::new(self.parts.get(side)?.document(), unit.block, self.case.regional)
        };
        let Some((left_places, right_places)) = places(0, left).zip(places(1, right)) else {
            return Vec::new();
        };
        let characters = |side: usize, number: u32, range: &Range<usize>| {
            self.case.unit(side, number).and_then(|unit| unit.characters.get(range.clone()))
        };
        let passage = |shared: &super::passages::Shared| {
            let is_same = characters(0, left, &shared.left) == characters(1, right, &shared.right);
            Passage {
                left: left_places.span(&shared.left),
                right: right_places.span(&shared.right),
                verdict: if is_same { Verdict::Same } else { Verdict::Revised },
            }
        };
        settled.finding.wording.iter().map(passage).collect()
    }

    fn reason(&self, draft: &Draft, best: &Settled, units: [&[&Unit]; 2], is_ruled: bool) -> Reason {
        let mut evidence = Vec::new();
        if is_ruled {
            evidence.push(Evidence::Reader);
        }
        let [left, right] = covered(draft, units);
        if left.max(right) >= 0.1 {
            evidence.push(Evidence::Wording { left, right });
        }
        evidence.extend(self.words(best));
        evidence.extend(
            best.headings
                .and_then(|pair| self.heading_blocks(pair))
                .map(|(left, right)| Evidence::Headings { left, right }),
        );
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

    /// The telling words and themes of a pair, as the left side writes them.
    fn words(&self, settled: &Settled) -> Vec<Evidence> {
        let pair = settled.finding.pair;
        let [mut left, right] = self.case.shared(pair);
        let Some((unit, other)) = self.case.unit(0, pair.left).zip(self.case.unit(1, pair.right)) else {
            return Vec::new();
        };
        let Some(places) =
            self.parts.first().and_then(|part| Places::new(part.document(), unit.block, self.case.regional))
        else {
            return Vec::new();
        };
        left.sort_by(|one, other| other.value.total_cmp(&one.value).then(one.at.cmp(&other.at)));
        left.retain(|shared| shared.value >= WORTH_NAMING);
        left.truncate(LOOKED_AT);
        let text = self.parts.first().map(|part| part.document().text().clone()).unwrap_or_default();
        let (mut leading, mut named, mut words, mut themes) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let other_leads = |shared: &Shared| {
            let begin = shared.at as usize;
            let own = unit.characters.get(begin..begin + shared.length as usize).unwrap_or_default();
            let lead = other.characters.get(other.lead.clone()).unwrap_or_default();
            let lead = lead.get(..lead.len().min(LONGEST_SEARCHED)).unwrap_or_default();
            own.len() > 1 && lead.windows(own.len()).any(|window| window == own)
        };
        for shared in &left {
            if shared.length == 0 {
                themes.extend(self.theme(shared.at & !super::grams::OF_HEADING, unit, other, pair));
                continue;
            }
            let range = shared.at as usize..(shared.at + shared.length) as usize;
            if shared.at >= super::grams::OF_HEADING {
                continue;
            }
            let range = widened(unit, other, range);
            let span = places.span(&range);
            let Some(written) = span.of(&text) else { continue };
            let word = written.split_whitespace().collect::<String>();
            if is_named(&text, span.start(), written) {
                named.push(word);
            } else if range.start < unit.lead.end && other_leads(shared) {
                leading.push(word);
            } else {
                words.push(word);
            }
        }
        drop(right);
        let few = |words: Vec<String>| {
            let mut kept: Vec<String> = Vec::new();
            for word in words {
                if !kept.iter().any(|other| other.contains(&word)) {
                    kept.retain(|other| !word.contains(other.as_str()));
                    kept.push(word);
                }
            }
            kept.truncate(WORDS_NAMED);
            (!kept.is_empty()).then_some(kept)
        };
        themes.truncate(2);
        let mut evidence: Vec<Evidence> = Vec::new();
        evidence.extend(few(leading).map(Evidence::LeadingClause));
        evidence.extend(few(named).map(Evidence::Named));
        evidence.extend(few(words).map(Evidence::Words));
        evidence.extend(themes);
        evidence
    }

    fn theme(&self, theme: u32, left: &Unit, right: &Unit, pair: Pair) -> Option<Evidence> {
        let _ = pair;
        let word = |side: usize, unit: &Unit| {
            let range = super::grams::theme_word(unit, theme)?;
            let document = self.parts.get(side)?.document();
            let span = Places::new(document, unit.block, self.case.regional)?.span(&range);
            Some(span.of(document.text())?.split_whitespace().collect::<String>())
        };
        let name = self.case.lexicon.theme(theme).to_owned();
        Some(Evidence::Theme { name, left: word(0, left)?, right: word(1, right)? })
    }
}

/// How much of each side is shared wording, over all pieces.
fn covered(draft: &Draft, units: [&[&Unit]; 2]) -> [f32; 2] {
    let wording = draft.settled.iter().flat_map(|each| &each.finding.wording);
    let equal: usize = wording.map(|shared| shared.equal).sum();
    units.map(|units| ratio(equal, units.iter().map(|unit| unit.characters.len()).sum()).min(1.0))
}

/// The longest stretch around `range`, without punctuation in it, that the other unit has too: words are named whole.
fn widened(unit: &Unit, other: &Unit, range: Range<usize>) -> Range<usize> {
    let has = |range: &Range<usize>| {
        let own = unit.characters.get(range.clone()).unwrap_or_default();
        !unit.is_broken(range) && other.characters.windows(own.len().max(1)).any(|window| window == own)
    };
    let mut widest = range;
    if other.characters.len() > LONGEST_SEARCHED {
        return widest;
    }
    while widest.start > 0 && widest.len() < LONGEST_NAMED && has(&(widest.start - 1..widest.end)) {
        widest.start -= 1;
    }
    while widest.end < unit.characters.len()
        && widest.len() < LONGEST_NAMED
        && has(&(widest.start..widest.end + 1))
    {
        widest.end += 1;
    }
    widest
}

/// Whether a stretch is (part of) a title in 《》, a date, or a name in Latin letters.
fn is_named(text: &str, start: u32, written: &str) -> bool {
    let before = text.get(..start as usize).unwrap_or_default();
    let before: String = before.chars().rev().take(40).collect();
    let opened = before.find(['《', '〈', '「', '“', '『']);
    let closed = before.find(['》', '〉', '」', '”', '』', '\n', '。']);
    let is_inside = opened.is_some_and(|opened| closed.is_none_or(|closed| opened < closed));
    let latin = written.chars().filter(char::is_ascii_alphanumeric).count();
    is_inside || latin * 2 > written.chars().count()
}

/// Which drafts stand across the order that most of the others keep, weighed by how sure they are.
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
