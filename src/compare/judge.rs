//! Two blocks read against each other: whether one answers the other, how, and how sure that is.

use std::cell::OnceCell;
use std::ops::Range;

use super::Verdict;
use super::candidates::Pair;
use super::evidence::{self, Shared};
use super::grams::{Frequencies, Gram, profile, weights as weights_of};
use super::lexicon::Lexicon;
use super::measure::ratio;
use super::passages::runs::Seeds;
use super::passages::{self, Wording};
use super::units::Unit;

/// Both sides as they are judged.
pub(super) struct Case<'a> {
    pub(super) units: [&'a [Unit]; 2],
    pub(super) profiles: [&'a [Vec<Gram>]; 2],
    pub(super) frequencies: &'a Frequencies,
    pub(super) lexicon: &'a Lexicon,
    /// Whether regional words are made alike.
    pub(super) regional: bool,
    /// How each unit is read, once it was asked for.
    pub(super) close: [Vec<OnceCell<Close>>; 2],
}

/// What reading a unit closely takes.
pub(super) struct Close {
    /// How much each character tells.
    weights: Vec<f32>,
    /// Kept for long units only: for all together they would take more memory than the texts.
    seeds: Option<Seeds>,
}

impl Close {
    fn of(unit: &Unit, frequencies: &Frequencies) -> Self {
        let is_long = unit.characters.len() >= LONG_UNIT;
        Self { weights: weights_of(unit, frequencies), seeds: is_long.then(Seeds::default) }
    }
}

/// A unit of so many characters is a long one.
const LONG_UNIT: usize = 4000;

/// What was found about a pair.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) pair: Pair,
    pub(super) verdict: Verdict,
    /// As in [`super::Link::score`].
    pub(super) score: f32,
    /// How much the words and themes tell that both say.
    pub(super) telling: f32,
    /// How much of each side is shared wording, from 0 to 1.
    pub(super) covered: [f32; 2],
    pub(super) wording: Vec<passages::Shared>,
}

/// The least score of what says the same throughout.
pub(super) const IN_THE_SAME_WORDS: f32 = 0.9;
/// Rare words and themes that together tell this much make a link as likely as not.
pub(super) const EVEN: f32 = 0.62;
/// Shared words that tell less than this are not looked at for shared wording.
const WORTH_READING: f32 = 0.35;
/// So much of the shorter side in the other's words is a revision.
const REVISED: f32 = 0.45;
/// A passage of so many characters...
const WHOLE_CLAUSE: usize = 16;
/// ... is a revision where it is at least so much of a side.
const REVISED_CLAUSE: f32 = 0.25;
/// A sentence of at least so many characters...
const SENTENCE: usize = 10;
/// ... of which so much stands on the other side is one that was revised.
const SENTENCE_COVERED: f32 = 0.7;
/// Shared wording has to tell this much for each character: boilerplate answers nothing.
const TELLING_EACH: f32 = 0.3;
/// A passage of so many characters on both sides is no chance...
const LONG_PASSAGE: usize = 10;
/// ... and speaks for the pair beside its rare words, so much for each character that tells.
const LONG_TELLS: f32 = 0.03;
/// Shared wording has to tell this much to decide anything.
const WORDING_TELLS: f32 = 3.0;

impl Case<'_> {
    pub(super) fn unit(&self, side: usize, number: u32) -> Option<&Unit> {
        self.units.get(side)?.get(number as usize)
    }

    fn profile(&self, side: usize, number: u32) -> &[Gram] {
        self.profiles.get(side).and_then(|side| side.get(number as usize)).map_or(&[], Vec::as_slice)
    }

    /// The words and themes of both.
    pub(super) fn shared(&self, pair: Pair) -> [Vec<Shared>; 2] {
        evidence::shared(self.profile(0, pair.left), self.profile(1, pair.right))
    }

    /// What is to be said of a pair, however little it is.
    pub(super) fn judge(&self, pair: Pair) -> Option<Finding> {
        let (left, right) = (self.unit(0, pair.left)?, self.unit(1, pair.right)?);
        let telling = evidence::telling(&self.shared(pair));
        let is_worth_reading = telling >= WORTH_READING || left.characters == right.characters;
        let wording = if is_worth_reading { self.wording(pair) } else { Vec::new() };
        Some(found(pair, [left, right], telling, wording))
    }

    /// The wording that two units share.
    fn wording(&self, pair: Pair) -> Vec<passages::Shared> {
        let sides = self.read_closely(pair);
        sides.map_or_else(Vec::new, |(left, right)| passages::shared_wording(&left, &right))
    }

    fn read_closely(&self, pair: Pair) -> Option<(Wording<'_>, Wording<'_>)> {
        let wording = |side: usize, number: u32| {
            let unit = self.unit(side, number)?;
            let close = self.close.get(side)?.get(number as usize)?;
            let close = close.get_or_init(|| Close::of(unit, self.frequencies));
            let Close { weights, seeds } = close;
            Some(Wording { characters: &unit.characters, weights, seeds: seeds.as_ref() })
        };
        wording(0, pair.left).zip(wording(1, pair.right))
    }

    /// What is to be said of a pair at the same place of two versions: fewer common words suffice, and where most
    /// characters are the same no rare word is needed. `None` where less than `least` of them is alike.
    pub(super) fn judge_in_order(&self, pair: Pair, least: f32) -> Option<Finding> {
        let (left, right) = (self.unit(0, pair.left)?, self.unit(1, pair.right)?);
        let is_like = left.is_heading == right.is_heading;
        let likeness = likeness(&left.characters, &right.characters);
        if likeness < least || (!is_like && likeness < OF_OTHER_KIND) {
            return None;
        }
        let mut finding = self.judge(pair)?;
        if finding.verdict == Verdict::Theme {
            finding.verdict = Verdict::Revised;
        }
        if finding.wording.is_empty() {
            let sides = self.read_closely(pair);
            finding
                .wording
                .extend(sides.and_then(|(left, right)| passages::wording_of_versions(&left, &right)));
        }
        finding.score = finding.score.max(likeness).max(super::THRESHOLD);
        finding.covered = finding.covered.map(|covered| covered.max(likeness));
        Some(finding)
    }

    /// Whether the two sides have the same words throughout.
    pub(super) fn are_alike(&self) -> bool {
        let [left, right] = self.units;
        left.len() == right.len()
            && left.iter().zip(right).all(|(one, other)| one.characters == other.characters)
    }
}

fn found(pair: Pair, units: [&Unit; 2], telling: f32, wording: Vec<passages::Shared>) -> Finding {
    let [left, right] = units;
    let equal: usize = wording.iter().map(|shared| shared.equal).sum();
    let tells: f32 = wording.iter().map(|shared| shared.telling).sum();
    let is_renumbered = (left.is_heading || right.is_heading) && left.named() == right.named();
    let covered = match units.map(|unit| ratio(equal, unit.characters.len())) {
        _ if is_renumbered => [1.0; 2],
        covered => covered,
    };
    let most = covered[0].max(covered[1]);
    let long = wording.iter().filter(|shared| shared.equal >= LONG_PASSAGE);
    let telling = telling + LONG_TELLS * long.map(|shared| shared.telling).sum::<f32>();
    let is_empty = left.characters.is_empty();
    let is_same = left.characters == right.characters && !is_empty;
    let longest = wording.iter().map(|shared| shared.equal).max().unwrap_or_default();
    let is_long = longest >= SENTENCE || most >= SENTENCE_COVERED;
    let is_revised = tells >= WORDING_TELLS.max(ratio(equal, 1) * TELLING_EACH)
        && is_long
        && (most >= REVISED
            || (longest >= WHOLE_CLAUSE && most >= REVISED_CLAUSE)
            || has_covered_sentence(left, &wording.iter().map(|shared| &shared.left).collect::<Vec<_>>())
            || has_covered_sentence(right, &wording.iter().map(|shared| &shared.right).collect::<Vec<_>>()));
    let of_words = likelihood(telling / EVEN);
    let (verdict, score) = match (is_same, is_revised) {
        (true, _) => (Verdict::Same, of_words.max(IN_THE_SAME_WORDS)),
        (false, _) if is_renumbered && !is_empty => (Verdict::Revised, of_words.max(IN_THE_SAME_WORDS)),
        (false, true) => (Verdict::Revised, of_words.max(0.5 + 0.5 * most)),
        (false, false) => (Verdict::Theme, of_words),
    };
    Finding { pair, verdict, score, telling, covered, wording }
}

/// From 0 to 1; one half for 1.
pub(super) fn likelihood(strength: f32) -> f32 {
    1.0 - (-std::f32::consts::LN_2 * strength.max(0.0).powf(1.5)).exp()
}

/// So much alike, two passages at the same place of two versions are one that was revised.
pub(super) const ALIKE: f32 = 0.5;

/// What is a heading on one side only has to be so much alike: it may stand before a paragraph that repeats its words.
const OF_OTHER_KIND: f32 = 0.7;

/// The share of common characters and neighbouring pairs of characters, from 0 to 1 (the coefficient of Dice, 1945).
pub(super) fn likeness(left: &[char], right: &[char]) -> f32 {
    let pieces = |characters: &[char]| {
        let mut pieces: Vec<(char, Option<char>)> = characters.iter().map(|&c| (c, None)).collect();
        pieces.extend(characters.windows(2).filter_map(|pair| Some((*pair.first()?, pair.get(1).copied()))));
        pieces.sort_unstable();
        pieces
    };
    let (one, other) = (pieces(left), pieces(right));
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        common += usize::from(a == b);
        let (step_i, step_j) = (usize::from(a <= b), usize::from(b <= a));
        i += step_i;
        j += step_j;
    }
    ratio(2 * common, one.len() + other.len())
}

fn has_covered_sentence(unit: &Unit, passages: &[&Range<usize>]) -> bool {
    unit.sentences.iter().filter(|sentence| sentence.len() >= SENTENCE).any(|sentence| {
        let inside = passages.iter().map(|range| overlap(sentence, range)).sum();
        ratio(inside, sentence.len()) >= SENTENCE_COVERED
    })
}

/// How many characters both stretches have.
pub(super) fn overlap(one: &Range<usize>, other: &Range<usize>) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}

/// The profiles of a side.
pub(super) fn profiles(units: &[Unit], frequencies: &Frequencies) -> Vec<Vec<Gram>> {
    let heading = |unit: &Unit| unit.heading.and_then(|heading| units.get(heading));
    units.iter().map(|unit| profile(unit, heading(unit), frequencies)).collect()
}
