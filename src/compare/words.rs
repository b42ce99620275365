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
    /// Whether it is a Han character that few texts need: 渡 in 渡口 and 渡船 names a matter by itself.
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
#[rustfmt::skip]
pub(in crate::compare) fn is_particle(character: char) -> bool {
    matches!(
        character,
        '的' | '了' | '和' | '与' | '及' | '或' | '在' | '是' | '为' | '以' | '于' | '之' | '等' | '对'
        | '把' | '被' | '将' | '从' | '由' | '到' | '向' | '而' | '并' | '且' | '也' | '都' | '还' | '又'
        | '就' | '不' | '有' | '其' | '这' | '那' | '此' | '各' | '该' | '所' | '使' | '让' | '如' | '若'
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

/// A run has so many tokens at most.
const LONGEST: usize = 4;
/// A run is at least so large: two Han characters, or a word of four letters. Only a rare character stands alone.
const SMALLEST: f32 = 1.5;

/// The runs of up to four tokens between marks of punctuation, in order of where they begin.
pub(super) fn each_run(unit: &Unit, mut take: impl FnMut(&Run)) {
    let tokens = tokens(unit);
    let mut breaks = unit.breaks.iter().map(|&at| at as usize).peekable();
    for (first, token) in tokens.iter().enumerate() {
        while breaks.next_if(|&at| at <= token.range.start).is_some() {}
        let end = breaks.peek().copied().unwrap_or(usize::MAX);
        let within = tokens.iter().skip(first).take(LONGEST);
        each_beginning(within.take_while(|token| token.range.start < end), &mut take);
    }
}

/// The runs that begin with the first of the tokens.
fn each_beginning<'a>(tokens: impl Iterator<Item = &'a Token>, take: &mut impl FnMut(&Run)) {
    let mut run = Run { hash: 0, range: 0..0, size: 0.0, factor: 0.0 };
    let (mut hash, mut sum) = (0, 0.0);
    for token in tokens {
        if run.range.is_empty() {
            run.range.start = token.range.start;
        }
        hash = mix(hash, token.hash);
        sum += token.factor * token.size;
        run.size += token.size;
        run.range.end = token.range.end;
        run.factor = sum / run.size;
        run.hash = finish(hash);
        if run.size >= SMALLEST || (token.is_rare && run.range.len() == 1) {
            take(&run);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Part;
    use crate::compare::testing::{document, unit, units, written};
    use crate::compare::units::units_of;

    /// The runs of a text with how much they tell.
    fn runs(unit: &Unit) -> Vec<(String, f32)> {
        let mut runs = Vec::new();
        each_run(unit, |run| runs.push((written(unit, &run.range), run.factor)));
        runs
    }

    fn check(text: &str, expected: &[&str]) {
        let runs = runs(&unit(text));
        assert_eq!(runs.iter().map(|(run, _)| run.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn runs_have_two_to_four_characters_and_never_cross_a_mark() {
        check("今年开工", &["今年", "今年开", "今年开工", "年开", "年开工", "开工"]);
        check("开工，今年", &["开工", "今年"]);
        check("开，工", &[]);
    }

    #[test]
    fn a_rare_character_is_a_run_by_itself() {
        check("渡口", &["渡", "渡口"]);
    }

    #[test]
    fn words_of_alphabets_stay_whole() {
        check("plant trees", &["plant", "planttrees", "trees"]);
        check("用water水", &["用water", "用water水", "water", "water水"]);
        // A letter or two are no word of their own.
        check("a b", &[]);
    }

    #[test]
    fn numbers_particles_and_stock_phrases_tell_little() {
        let factor = |text: &str, words: &str| {
            let runs = runs(&unit(text));
            runs.iter().find(|(run, _)| run == words).unwrap().1
        };
        assert!(factor("2015年开工", "2015") < 0.5);
        assert!(factor("的开工", "的开") < factor("新开工", "新开"));
        assert!(factor("加强合作", "加强合作") < 0.5);
        // A heading has little else.
        assert!(factor("#加强合作", "加强合作") > factor("加强合作", "加强合作"));
        assert!((factor("今年开工", "今年开工") - 1.0).abs() < f32::EPSILON);
    }

    /// The themes of a text of one line, with the words that stand for them.
    fn themes(text: &str, lexicon: &Lexicon) -> Vec<(String, String)> {
        let units = units_of(&Part::whole(document(text)), false, lexicon);
        let unit = units.first().unwrap();
        let theme = |(theme, range): &(u32, _)| (lexicon.theme(*theme).to_owned(), written(unit, range));
        unit.known.themes.iter().map(theme).collect()
    }

    #[test]
    fn a_theme_is_known_by_any_of_its_words() {
        let lexicon = Lexicon::with_themes("渡口与船\t渡口 渡船 渡口码头 ferry");
        let check = |text, word: Option<&str>| {
            let mut found = themes(text, &lexicon);
            found.retain(|(name, _)| name == "渡口与船");
            assert_eq!(found.iter().map(|(_, word)| word.as_str()).next(), word);
        };
        check("两岸的渡船每天往来", Some("渡船"));
        check("兩岸的渡船每天往來", Some("渡船"));
        check("過渡口號", Some("渡口"));
        check("由此过渡，口头约定", None);
        check("the ferry crosses", Some("ferry"));
        check("the ferryman waits", None);
        // Of words that overlap the first; the theme is there once.
        assert_eq!(themes("渡口码头", &lexicon).iter().filter(|(name, _)| name == "渡口与船").count(), 1);
    }

    #[test]
    fn a_word_of_a_theme_is_no_stock_phrase() {
        let stock = |lexicon: &Lexicon| {
            let units = units_of(&Part::whole(document("加强合作")), false, lexicon);
            units.first().unwrap().known.stock.clone()
        };
        assert_eq!(stock(&Lexicon::default()), [true; 4]);
        assert_eq!(stock(&Lexicon::with_themes("合作\t加强合作")), [false; 4]);
    }

    #[test]
    fn stock_phrases_are_not_found_across_a_mark() {
        let is_stock = |text| units(text).first().unwrap().known.stock.contains(&true);
        assert!(is_stock("要携手修渡口"));
        assert!(!is_stock("要携，手工修渡口"));
    }
}
