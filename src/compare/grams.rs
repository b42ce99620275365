//! What a block is about, as weighted short runs of characters (n-grams) and themes of the lexicon.
//!
//! Rarity falls with the number of blocks that a run stands in, as in the inverse document frequency of Spärck Jones
//! (1972), but not with their share: what stands in ten blocks points to none of them, however long the document.

use std::ops::Range;

use super::lexicon::{Lexicon, Word};
use super::measure::ratio;
use super::units::Unit;
use crate::import::characters::is_common;
use crate::text::is_han;

/// A run of characters or a theme of the lexicon, hashed. Two that collide count as one, which shifts a weight
/// a little and decides nothing by itself.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Gram {
    pub(super) hash: u32,
    /// Where it stands among the unit's characters; from [`OF_HEADING`] on among those of its heading.
    pub(super) at: u32,
    /// How many characters; 0 for a theme, where `at` is the theme.
    pub(super) length: u32,
    /// How much it tells of what the block is about. The product of both sides' values is what sharing it tells.
    pub(super) value: f32,
    /// As if it stood in the leading clause.
    most: f32,
}

/// Where the characters of a unit's heading begin to be counted.
pub(super) const OF_HEADING: u32 = 1 << 30;

/// A token: one Han character, or a word or number of other characters.
#[derive(Clone)]
struct Token {
    range: Range<usize>,
    hash: u64,
    /// How much of a word it is: 1 for a Han character.
    size: f32,
    /// How much it tells: less in a stock phrase, hardly anything in a number.
    factor: f32,
    /// Whether it is a Han character that few texts need: 貧 in 減貧 and 扶貧 names a matter by itself.
    is_rare: bool,
}

/// A run of tokens without punctuation in it.
struct Run {
    hash: u32,
    range: Range<usize>,
    size: f32,
    factor: f32,
}

/// How much a character of a stock phrase tells.
const STOCK: f32 = 0.25;
/// In a heading, which has little else.
const STOCK_IN_HEADING: f32 = 0.4;
/// How much more what is said again tells, each time: it is what the passage is about.
const AGAIN: f32 = 0.15;
/// How much a number tells.
const NUMBER: f32 = 0.3;
/// How much a character outside the leading clause tells.
const BODY: f32 = 0.55;
/// How much a character of the heading above tells.
const HEADING: f32 = 0.65;
/// How fast what stands in several blocks tells less.
const COMMONNESS: f32 = 0.6;
/// How much a theme of the lexicon tells, beside a rare run of four characters.
const THEME: f32 = 0.9;
/// Particles and the like, which tell nothing.
const PARTICLES: &str =
    "的了和与及或在是为以于之等对把被将从由到向而并且也都还又就不有其这那此各该所并使让如若";

/// How many blocks of each side hold each run or theme.
pub(super) struct Frequencies {
    of_sides: [Vec<u32>; 2],
    mask: usize,
}

impl Frequencies {
    /// Counts the runs of both sides.
    pub(super) fn of(sides: [&[Unit]; 2], lexicon: &Lexicon) -> Self {
        let characters: usize = sides.iter().flat_map(|units| units.iter()).map(|u| u.characters.len()).sum();
        let size = (characters * 4).clamp(1 << 12, 1 << 22).next_power_of_two();
        let mut of_sides = [vec![0_u32; size], vec![0_u32; size]];
        for (units, counts) in sides.into_iter().zip(&mut of_sides) {
            let mut last = vec![0_u32; size];
            for (number, unit) in (1..).zip(units) {
                let mut count = |hash: u32| {
                    let place = hash as usize & (size - 1);
                    if let Some((last, count)) = last.get_mut(place).zip(counts.get_mut(place)) {
                        *count += u32::from(*last != number);
                        *last = number;
                    }
                };
                let found = Found::of(unit, lexicon);
                runs(unit, &found).for_each(|run| count(run.hash));
                found.themes.iter().for_each(|&(theme, _)| count(theme_hash(theme)));
            }
        }
        Self { of_sides, mask: size - 1 }
    }

    /// In how many blocks of the sides it stands: where it is more frequent, and where less.
    fn most_and_least(&self, hash: u32) -> (u32, u32) {
        let place = hash as usize & self.mask;
        let [left, right] = self.of_sides.each_ref().map(|counts| counts.get(place).copied().unwrap_or(0));
        (left.max(right), left.min(right))
    }

    /// 1 for what stands in one block of each side, the less the more blocks it could point to.
    fn rarity(most: u32) -> f32 {
        ratio(most.max(1) as usize, 1).powf(-COMMONNESS)
    }
}

/// The words of the lexicon in a unit.
struct Found {
    /// For each character whether it belongs to a stock phrase.
    stock: Vec<bool>,
    /// Themes and where their words stand; of words that overlap the first.
    themes: Vec<(u32, Range<usize>)>,
}

impl Found {
    fn of(unit: &Unit, lexicon: &Lexicon) -> Self {
        let text: String = unit.characters.iter().collect();
        let mut stock = vec![false; unit.characters.len()];
        let mut themes: Vec<(u32, Range<usize>)> = Vec::new();
        let begins: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let place = |byte: usize| begins.partition_point(|&begin| begin < byte);
        for hit in lexicon.hits(&text) {
            let range = place(hit.start)..place(hit.end);
            if unit.is_broken(&range) || unit.cuts_word(&range) {
                continue;
            }
            match hit.word {
                Word::Stock => stock.get_mut(range).unwrap_or_default().fill(true),
                Word::Theme(theme) => themes.push((theme, range)),
            }
        }
        for (_, range) in &themes {
            stock.get_mut(range.clone()).unwrap_or_default().fill(false);
        }
        themes.sort_by_key(|(theme, range)| (*theme, range.start));
        themes.dedup_by(|later, earlier| later.0 == earlier.0 && later.1.start < earlier.1.end);
        Self { stock, themes }
    }
}

/// What a unit is about: the runs and themes that the other side has too, in order of their hash, each once.
pub(super) fn profile(
    unit: &Unit,
    heading: Option<&Unit>,
    frequencies: &Frequencies,
    lexicon: &Lexicon,
) -> Vec<Gram> {
    let mut grams = Vec::new();
    let place_factor = |at: usize| if at < unit.lead.end || unit.is_heading { 1.0 } else { BODY };
    push_grams(unit, frequencies, lexicon, 0, place_factor, &mut grams);
    if let Some(heading) = heading {
        push_grams(heading, frequencies, lexicon, OF_HEADING, |_| HEADING, &mut grams);
    }
    grams.sort_unstable_by(|one, other| {
        (one.hash.cmp(&other.hash)).then(other.value.total_cmp(&one.value)).then(one.at.cmp(&other.at))
    });
    let mut distinct: Vec<Gram> = Vec::with_capacity(grams.len());
    for gram in grams {
        match distinct.last_mut().filter(|last| last.hash == gram.hash) {
            Some(last) => last.value += (gram.value * AGAIN / BODY).min((last.most - last.value).max(0.0)),
            None => distinct.push(gram),
        }
    }
    distinct.shrink_to_fit();
    distinct
}

fn push_grams(
    unit: &Unit,
    frequencies: &Frequencies,
    lexicon: &Lexicon,
    offset: u32,
    place_factor: impl Fn(usize) -> f32,
    grams: &mut Vec<Gram>,
) {
    let found = Found::of(unit, lexicon);
    for run in runs(unit, &found) {
        let (most, least) = frequencies.most_and_least(run.hash);
        let information = size_factor(run.size) * run.factor * Frequencies::rarity(most);
        if least > 0 && information > 0.0 {
            grams.push(Gram {
                hash: run.hash,
                at: crate::text::saturate(run.range.start).saturating_add(offset),
                length: crate::text::saturate(run.range.len()),
                value: information.sqrt() * place_factor(run.range.start),
                most: information.sqrt(),
            });
        }
    }
    for (theme, range) in &found.themes {
        let hash = theme_hash(*theme);
        let (most, least) = frequencies.most_and_least(hash);
        let information = THEME * Frequencies::rarity(most);
        if least > 0 && information > 0.0 {
            let value = information.sqrt() * place_factor(range.start);
            grams.push(Gram { hash, at: *theme | offset, length: 0, value, most: information.sqrt() });
        }
    }
}

/// How much each character of a unit tells, from 0 for a stock phrase that recurs everywhere to 1.
pub(super) fn weights(unit: &Unit, frequencies: &Frequencies, lexicon: &Lexicon) -> Vec<f32> {
    let found = Found::of(unit, lexicon);
    let mut weights = vec![0.0_f32; unit.characters.len()];
    for run in runs(unit, &found) {
        let (most, _) = frequencies.most_and_least(run.hash);
        let weight = run.factor * Frequencies::rarity(most);
        for own in weights.get_mut(run.range).unwrap_or_default() {
            *own = own.max(weight);
        }
    }
    weights
}

/// Where a word of a theme stands in a unit.
pub(super) fn theme_word(unit: &Unit, lexicon: &Lexicon, theme: u32) -> Option<Range<usize>> {
    let found = Found::of(unit, lexicon);
    found.themes.into_iter().find(|&(found, _)| found == theme).map(|(_, range)| range)
}

/// Two characters tell half as much as four.
fn size_factor(size: f32) -> f32 {
    (0.45 + (size - 2.0) * 0.28).clamp(0.15, 1.0)
}

fn theme_hash(theme: u32) -> u32 {
    finish(mix(0x7468_656D_6500, u64::from(theme)))
}

fn mix(hash: u64, value: u64) -> u64 {
    let hash = (hash ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ (hash >> 29)
}

fn finish(hash: u64) -> u32 {
    (hash.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as u32
}

/// The runs of up to four tokens between marks of punctuation.
fn runs<'a>(unit: &'a Unit, found: &'a Found) -> impl Iterator<Item = Run> + 'a {
    let tokens = tokens(unit, found);
    let mut breaks: Vec<usize> = unit.breaks.iter().map(|&at| at as usize).collect();
    breaks.push(usize::MAX);
    let mut next = 0;
    (0..tokens.len()).flat_map(move |first| {
        let begin = tokens.get(first).map_or(0, |token| token.range.start);
        while breaks.get(next).is_some_and(|&at| at <= begin) {
            next += 1;
        }
        let end = breaks.get(next).copied().unwrap_or(usize::MAX);
        let within = tokens.get(first..(first + 4).min(tokens.len())).unwrap_or_default();
        let within = within.iter().take_while(|token| token.range.start < end);
        let mut run: Option<Run> = None;
        let mut hash = 0;
        let mut longer = Vec::with_capacity(4);
        for token in within {
            hash = mix(hash, token.hash);
            let (size, sum) = run.as_ref().map_or((0.0, 0.0), |run| (run.size, run.factor * run.size));
            let whole = Run {
                hash: finish(hash),
                range: begin..token.range.end,
                size: size + token.size,
                factor: (sum + token.factor * token.size) / (size + token.size),
            };
            if whole.size >= 1.5 || (token.is_rare && whole.range.len() == 1) {
                longer.push(Run { range: whole.range.clone(), ..whole });
            }
            run = Some(whole);
        }
        longer
    })
}

fn tokens(unit: &Unit, found: &Found) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(unit.characters.len());
    let mut gaps = unit.breaks.iter().chain(&unit.spaces).map(|&at| at as usize).collect::<Vec<_>>();
    gaps.sort_unstable();
    let is_gap = |at: usize| gaps.binary_search(&at).is_ok();
    let mut open = false;
    for (at, &character) in unit.characters.iter().enumerate() {
        let is_alone = is_han(character);
        let joins = open && !is_alone && !is_gap(at);
        match tokens.last_mut().filter(|_| joins) {
            Some(word) => word.grow(at, character),
            None => tokens.push(Token::new(
                at,
                character,
                found.stock.get(at).copied().unwrap_or_default(),
                unit.is_heading,
            )),
        }
        open = !is_alone;
    }
    tokens
}

impl Token {
    fn new(at: usize, character: char, is_stock: bool, is_heading: bool) -> Self {
        let factor = match character {
            _ if PARTICLES.contains(character) => 0.0,
            _ if character.is_numeric() => NUMBER,
            _ if is_stock && is_heading => STOCK_IN_HEADING,
            _ if is_stock => STOCK,
            _ => 1.0,
        };
        let is_rare = is_han(character) && !is_common(character);
        let size = if is_han(character) { 1.0 } else { 0.4 };
        Self { range: at..at + 1, hash: mix(1, u64::from(u32::from(character))), size, factor, is_rare }
    }

    /// A letter or digit more.
    fn grow(&mut self, at: usize, character: char) {
        self.range.end = at + 1;
        self.hash = mix(self.hash, u64::from(u32::from(character)));
        self.size = (self.size + 0.4).min(3.0);
    }
}
