//! What a block is about, as weighted short runs of characters (n-grams) and themes of the lexicon.
//!
//! Rarity falls with the number of blocks that a run stands in, as in the inverse document frequency of Spärck Jones
//! (1972), but not with their share: what stands in ten blocks points to none of them, however long the document.

use std::ops::Range;
use std::sync::LazyLock;

use super::measure::ratio;
use super::units::Unit;
use super::words::{each_run, finish, mix};

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

/// How much more what is said again tells, each time: it is what the passage is about.
const AGAIN: f32 = 0.15;
/// How much a character of the leading clause of a later sentence tells.
const LATER_LEAD: f32 = 0.7;
/// How much a piece of a title in 《》 tells: two plans are not one because both are called so.
const PIECE_OF_TITLE: f32 = 0.3;
/// How much a character outside the leading clause tells.
const BODY: f32 = 0.55;
/// How much a character of the heading above tells.
const HEADING: f32 = 0.65;
/// How fast what stands in several blocks tells less.
const COMMONNESS: f32 = 0.6;
/// How much a theme of the lexicon tells, beside a rare run of four characters.
const THEME: f32 = 0.9;

/// How many blocks of each side hold each run or theme.
pub(super) struct Frequencies {
    of_sides: [Vec<u32>; 2],
    mask: usize,
}

impl Frequencies {
    /// Counts the runs of both sides.
    pub(super) fn of(sides: [&[Unit]; 2]) -> Self {
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
                each_run(unit, |run| count(run.hash));
                for title in &unit.titles {
                    count(title_hash(unit.characters.get(title.clone()).unwrap_or_default()));
                }
                unit.known.themes.iter().for_each(|&(theme, _)| count(theme_hash(theme)));
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
        static KNOWN: LazyLock<Vec<f32>> =
            LazyLock::new(|| (0..4096).map(|most: usize| ratio(most.max(1), 1).powf(-COMMONNESS)).collect());
        let last = KNOWN.last().copied().unwrap_or_default();
        KNOWN.get(most as usize).copied().unwrap_or(last)
    }
}

/// What a unit is about: the runs and themes that the other side has too, in order of their hash, each once.
pub(super) fn profile(unit: &Unit, heading: Option<&Unit>, frequencies: &Frequencies) -> Vec<Gram> {
    let mut grams = Vec::new();
    let place_factor = |at: usize| match () {
        () if at < unit.lead.end || unit.is_heading => 1.0,
        () if unit.leads_later(at) => LATER_LEAD,
        () => BODY,
    };
    push_grams(unit, frequencies, 0, place_factor, &mut grams);
    if let Some(heading) = heading {
        push_grams(heading, frequencies, OF_HEADING, |_| HEADING, &mut grams);
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
    offset: u32,
    place_factor: impl Fn(usize) -> f32,
    grams: &mut Vec<Gram>,
) {
    each_run(unit, |run| {
        let (most, least) = frequencies.most_and_least(run.hash);
        let of_title = if unit.title_at(run.range.start).is_some() { PIECE_OF_TITLE } else { 1.0 };
        let information = size_factor(run.size) * run.factor * Frequencies::rarity(most) * of_title;
        if least > 0 && information > 0.0 {
            grams.push(Gram {
                hash: run.hash,
                at: crate::text::saturate(run.range.start).saturating_add(offset),
                length: crate::text::saturate(run.range.len()),
                value: information.sqrt() * place_factor(run.range.start),
                most: information.sqrt(),
            });
        }
    });
    for title in &unit.titles {
        let hash = title_hash(unit.characters.get(title.clone()).unwrap_or_default());
        let (most, least) = frequencies.most_and_least(hash);
        let information = Frequencies::rarity(most);
        if least > 0 && title.len() >= SHORTEST_TITLE {
            grams.push(Gram {
                hash,
                at: crate::text::saturate(title.start) | offset,
                length: crate::text::saturate(title.len()),
                value: information.sqrt() * place_factor(title.start),
                most: information.sqrt(),
            });
        }
    }
    for (theme, range) in &unit.known.themes {
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
pub(super) fn weights(unit: &Unit, frequencies: &Frequencies) -> Vec<f32> {
    let mut weights = vec![0.0_f32; unit.characters.len()];
    each_run(unit, |run| {
        let (most, _) = frequencies.most_and_least(run.hash);
        let weight = run.factor * Frequencies::rarity(most);
        for own in weights.get_mut(run.range.clone()).unwrap_or_default() {
            *own = own.max(weight);
        }
    });
    weights
}

/// Where a word of a theme stands in a unit.
pub(super) fn theme_word(unit: &Unit, theme: u32) -> Option<Range<usize>> {
    let found = unit.known.themes.iter().find(|(found, _)| *found == theme);
    found.map(|(_, range)| range.clone())
}

/// Two characters tell half as much as four.
fn size_factor(size: f32) -> f32 {
    (0.45 + (size - 2.0) * 0.28).clamp(0.15, 1.0)
}

/// Shorter ones (《倡議》) name nothing.
const SHORTEST_TITLE: usize = 4;

fn title_hash(title: &[char]) -> u32 {
    finish(title.iter().fold(0x7469_746C_6500, |hash, &character| mix(hash, u64::from(u32::from(character)))))
}

fn theme_hash(theme: u32) -> u32 {
    finish(mix(0x7468_656D_6500, u64::from(theme)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::testing::{look, unit, written};

    /// How much words of the first line tell of it, beside another document; 0 where that lacks them.
    fn tells(left: &str, right: &str, words: &str) -> f32 {
        look(left, right, |case| {
            let unit = case.unit(0, 0).unwrap();
            let profile = case.profiles[0].first().unwrap();
            let of_unit = profile.iter().filter(|gram| gram.length > 0 && gram.at < OF_HEADING);
            let own = of_unit
                .filter(|gram| written(unit, &(gram.at as usize..(gram.at + gram.length) as usize)) == words);
            own.map(|gram| gram.value).fold(0.0, f32::max)
        })
    }

    #[test]
    fn what_the_other_side_lacks_tells_nothing() {
        assert!(tells("渡口要开工", "渡口要停工", "渡口") > 0.0);
        assert!(tells("渡口要开工", "渡口要停工", "开工") == 0.0);
    }

    #[test]
    fn what_stands_in_many_blocks_tells_less() {
        let (once, often) = ("渡口今年开工", "渡口今年开工\n渡口明年开工\n渡口后年开工");
        let values = [tells(once, once, "渡口"), tells(once, often, "渡口"), tells(often, often, "渡口")];
        assert!(values[0] > values[1]);
        // The side where it is more frequent counts.
        assert!((values[1] - values[2]).abs() < f32::EPSILON);
    }

    #[test]
    fn a_title_tells_more_than_its_pieces() {
        let text = "遵守《渡口管理公约》";
        assert!(tells(text, text, "渡口管理公约") > 2.0 * tells(text, text, "渡口管"));
        assert!(tells("遵守渡口管理公约", text, "渡口管理") > tells(text, text, "渡口管理"));
        // A title of two characters names nothing.
        assert!(tells("遵守《公约》", "遵守《公约》", "公约") < 0.5);
    }

    #[test]
    fn the_leading_clause_tells_most_and_what_is_said_again_more() {
        let other = "渡口";
        let lead = tells("渡口开工，两岸欢喜", other, "渡口");
        let later = tells("两岸欢喜。渡口开工，今年通船", other, "渡口");
        let body = tells("两岸欢喜，渡口开工", other, "渡口");
        let again = tells("两岸欢喜，渡口开工，渡口通船", other, "渡口");
        assert!(lead > later && later > body);
        assert!(again > body && again <= lead);
    }

    #[test]
    fn words_of_the_heading_above_tell_something_of_a_block() {
        let of_heading = |left: &str, right: &str| {
            look(left, right, |case| {
                let profile = case.profiles[0].last().unwrap();
                profile.iter().any(|gram| gram.at >= OF_HEADING)
            })
        };
        assert!(of_heading("#渡口\n两岸欢喜", "渡口"));
        assert!(!of_heading("渡口\n两岸欢喜", "渡口"));
    }

    #[test]
    fn characters_of_stock_phrases_weigh_little() {
        let unit = unit("渡口加强合作开工");
        let frequencies = Frequencies::of([std::slice::from_ref(&unit), std::slice::from_ref(&unit)]);
        let weights = weights(&unit, &frequencies);
        assert_eq!(weights.len(), unit.characters.len());
        let (own, stock) = (weights.first().unwrap(), weights.get(3).unwrap());
        assert!(own > stock);
    }

    #[test]
    fn a_theme_stands_where_its_first_word_does() {
        let unit = unit("两岸脱贫，防止返贫");
        let (theme, _) = unit.known.themes.first().unwrap();
        assert_eq!(written(&unit, &theme_word(&unit, *theme).unwrap()), "脱贫");
        assert_eq!(theme_word(&unit, u32::MAX), None);
    }
}
