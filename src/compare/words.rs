//! The words of a unit: what the lexicon knows of them, and the short runs that they make.

use std::ops::Range;

use super::lexicon::{Lexicon, Word};
use super::units::Unit;
use crate::import::characters::is_common;
use crate::text::is_han;

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
pub(super) struct Run {
    pub(super) hash: u32,
    pub(super) range: Range<usize>,
    pub(super) size: f32,
    pub(super) factor: f32,
}

/// How much a character of a stock phrase tells.
const STOCK: f32 = 0.25;
/// In a heading, which has little else.
const STOCK_IN_HEADING: f32 = 0.4;
/// How much a number tells.
const NUMBER: f32 = 0.3;
/// Particles and the like, which tell nothing.
fn is_particle(character: char) -> bool {
    matches!(
        character,
        '的' | '了'
            | '和'
            | '与'
            | '及'
            | '或'
            | '在'
            | '是'
            | '为'
            | '以'
            | '于'
            | '之'
            | '等'
            | '对'
            | '把'
            | '被'
            | '将'
            | '从'
            | '由'
            | '到'
            | '向'
            | '而'
            | '并'
            | '且'
            | '也'
            | '都'
            | '还'
            | '又'
            | '就'
            | '不'
            | '有'
            | '其'
            | '这'
            | '那'
            | '此'
            | '各'
            | '该'
            | '所'
            | '使'
            | '让'
            | '如'
            | '若'
    )
}

/// The words of the lexicon in a unit.
#[derive(Default)]
pub(super) struct Known {
    /// For each character whether it belongs to a stock phrase.
    pub(super) stock: Vec<bool>,
    /// Themes and where their words stand; of words that overlap the first.
    pub(super) themes: Vec<(u32, Range<usize>)>,
}

impl Known {
    pub(super) fn of(unit: &Unit, lexicon: &Lexicon) -> Self {
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

pub(super) fn mix(hash: u64, value: u64) -> u64 {
    let hash = (hash ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ (hash >> 29)
}

pub(super) fn finish(hash: u64) -> u32 {
    (hash.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as u32
}

/// The runs of up to four tokens between marks of punctuation, in order of where they begin.
pub(super) fn each_run(unit: &Unit, mut take: impl FnMut(&Run)) {
    let tokens = tokens(unit);
    let mut breaks = unit.breaks.iter().map(|&at| at as usize).peekable();
    for first in 0..tokens.len() {
        let within = tokens.get(first..(first + 4).min(tokens.len())).unwrap_or_default();
        let begin = within.first().map_or(0, |token| token.range.start);
        while breaks.next_if(|&at| at <= begin).is_some() {}
        let end = breaks.peek().copied().unwrap_or(usize::MAX);
        let mut run = Run { hash: 0, range: begin..begin, size: 0.0, factor: 0.0 };
        let (mut hash, mut sum) = (0, 0.0);
        for token in within.iter().take_while(|token| token.range.start < end) {
            hash = mix(hash, token.hash);
            sum += token.factor * token.size;
            run.size += token.size;
            run.range.end = token.range.end;
            run.factor = sum / run.size;
            run.hash = finish(hash);
            if run.size >= 1.5 || (token.is_rare && run.range.len() == 1) {
                take(&run);
            }
        }
    }
}

fn tokens(unit: &Unit) -> Vec<Token> {
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
                unit.known.stock.get(at).copied().unwrap_or_default(),
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
            _ if is_particle(character) => 0.0,
            _ if !is_han(character) && character.is_numeric() => NUMBER,
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
