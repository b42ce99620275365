//! Readings set small above letters or beside them: pinyin, zhuyin, kana. They are taken from the lines and kept with
//! the letters that they stand over.
//!
//! A small line above a large one may also be a line of its own: what stands above must say sounds, and each of its words
//! must stand over Han characters.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::glyph::Glyph;
use super::rows::tenths;
use crate::import::characters;

/// What part of the size of its letters a reading has at most.
const LARGEST: f32 = 0.7;
/// How far the line of a reading lies above that of its letters, in ems of these.
const NEAREST: f32 = 0.6;
const FARTHEST: f32 = 1.5;
/// How far a reading stands beside its letter at most, in ems.
const BESIDE: f32 = 0.65;
/// How far off the middle of its letters one stands, in ems; kana may begin where these do.
const ASIDE: f32 = 0.35;
const KANA_ASIDE: f32 = 0.8;
/// What is so far from the letter before begins a reading, in ems of the reading.
const GAP: f32 = 0.12;
/// A page of more small letters, or a place with more lines below it, is no text with readings.
const MOST: usize = 20_000;
const MOST_LINES: usize = 64;

/// Takes the readings out of the glyphs of a sheet, whose lines run to the right, and lays them over their letters.
pub(super) fn settle(glyphs: &mut Vec<Glyph>) {
    let small: Vec<usize> = (0..glyphs.len()).filter(|&at| glyphs.get(at).is_some_and(says_sound)).collect();
    if small.is_empty() || small.len() > MOST {
        return;
    }
    let letters = Letters::of(glyphs);
    let mut readings = letters.beside_or_above(glyphs, &small);
    readings.extend(letters.above(glyphs, &small));
    let mut taken = BTreeSet::new();
    for Reading { letters, says } in readings {
        let text: String = says.iter().filter_map(|at| glyphs.get(*at)).map(|glyph| &*glyph.text).collect();
        let text: Rc<str> = Rc::from(text);
        for at in letters {
            if let Some(letter) = glyphs.get_mut(at) {
                letter.reading = Some(Rc::clone(&text));
            }
        }
        taken.extend(says);
    }
    let mut at = 0;
    glyphs.retain(|_| {
        at += 1;
        !taken.contains(&(at - 1))
    });
}

/// A reading: the letters that it stands over and those that say it, by their indexes.
struct Reading {
    letters: Vec<usize>,
    says: Vec<usize>,
}

fn first(glyph: &Glyph) -> char {
    glyph.text.chars().next().unwrap_or(' ')
}

fn says_sound(glyph: &Glyph) -> bool {
    let first = first(glyph);
    is_zhuyin(glyph) || is_kana(first) || is_latin(first)
}

/// Whether a glyph is a letter or a tone of zhuyin.
pub(super) fn is_zhuyin(glyph: &Glyph) -> bool {
    let first = first(glyph);
    matches!(first, '\u{3105}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}') || is_tone(first)
}

/// A tone of zhuyin.
fn is_tone(found: char) -> bool {
    matches!(found, 'ˊ' | 'ˇ' | 'ˋ' | '˙' | 'ˉ')
}

fn is_kana(found: char) -> bool {
    matches!(found, '\u{3041}'..='\u{30ff}')
}

fn is_latin(found: char) -> bool {
    found.is_alphabetic() && found < '\u{300}'
}

fn middle(glyph: &Glyph) -> f32 {
    glyph.x + glyph.width / 2.0
}

fn end(glyph: &Glyph) -> f32 {
    glyph.x + glyph.width
}

// ---- Letters --------------------------------------------------------------------------------------------

/// The Han characters of a sheet by the height of their lines, in tenths of a point, each line from left to right.
struct Letters(BTreeMap<u32, Vec<usize>>);

impl Letters {
    fn of(glyphs: &[Glyph]) -> Self {
        let mut lines: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, glyph) in glyphs.iter().enumerate().filter(|(_, glyph)| characters::is_han(first(glyph))) {
            lines.entry(tenths(glyph.y)).or_default().push(at);
        }
        let x = |at: &usize| glyphs.get(*at).map_or(0.0, |glyph| glyph.x);
        for line in lines.values_mut() {
            line.sort_by(|left, right| x(left).total_cmp(&x(right)));
        }
        Self(lines)
    }

    /// The lines from one height down to another, from the top.
    fn lines(&self, from: f32, to: f32) -> impl Iterator<Item = &[usize]> {
        let range = tenths(from)..=tenths(to.max(from));
        self.0.range(range).take(MOST_LINES).map(|(_, line)| line.as_slice())
    }

    /// The readings in zhuyin, which is seldom a text of its own: each of its letters goes to the character that it stands
    /// above, or behind.
    fn beside_or_above(&self, glyphs: &[Glyph], small: &[usize]) -> Vec<Reading> {
        let mut readings: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &at in small {
            let Some(glyph) = glyphs.get(at).filter(|glyph| is_zhuyin(glyph)) else { continue };
            if let Some(letter) = self.letter_of(glyphs, glyph) {
                readings.entry(letter).or_default().push(at);
            }
        }
        // A tone by itself may be a mark of the text.
        let has_sound =
            |says: &[usize]| says.iter().filter_map(|at| glyphs.get(*at)).any(|glyph| !is_tone(first(glyph)));
        let readings = readings.into_iter().filter(|(_, says)| has_sound(says));
        readings.map(|(letter, says)| Reading { letters: vec![letter], says }).collect()
    }

    /// The character that a letter of zhuyin belongs to: the nearest one.
    fn letter_of(&self, glyphs: &[Glyph], zhuyin: &Glyph) -> Option<usize> {
        let (x, y, size) = (middle(zhuyin), zhuyin.y - zhuyin.size * 0.38, zhuyin.size);
        let farness = |letter: &Glyph| {
            let em = letter.size;
            let (right, down) = ((x - middle(letter)) / em, (y - letter.y + em * 0.38) / em);
            let is_above = right.abs() <= 0.6 && (-1.3..-0.45).contains(&down);
            let is_behind = down.abs() <= 0.75 && (0.3..0.5 + BESIDE).contains(&right);
            let is_smaller = size <= em * LARGEST;
            (is_smaller && (is_above || is_behind)).then_some(right.hypot(down))
        };
        // The largest letter is taken to be eight times as large.
        let near = self.lines(y - size * 8.0, y + size * 16.0);
        let beside = near.flat_map(|line| {
            let after = line.partition_point(|at| glyphs.get(*at).is_some_and(|letter| letter.x <= x));
            line.get(after.saturating_sub(2)..(after + 1).min(line.len())).unwrap_or_default()
        });
        let found = beside.filter_map(|at| Some((*at, farness(glyphs.get(*at)?)?)));
        found.min_by(|left, right| left.1.total_cmp(&right.1)).map(|(at, _)| at)
    }

    /// The readings that stand above their characters, line by line: all words of a line must.
    fn above(&self, glyphs: &[Glyph], small: &[usize]) -> Vec<Reading> {
        let mut lines: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
        let place = |glyph: &Glyph| (tenths(glyph.y), tenths(glyph.size));
        for &at in small {
            let glyph = glyphs.get(at).filter(|glyph| !is_zhuyin(glyph));
            glyph.map(|glyph| lines.entry(place(glyph)).or_default().push(at)).unwrap_or_default();
        }
        // What else is set so small on the same height makes it a text.
        for glyph in glyphs.iter().filter(|glyph| !says_sound(glyph) && !glyph.is_blank()) {
            lines.remove(&place(glyph));
        }
        let x = |at: &usize| glyphs.get(*at).map_or(0.0, |glyph| glyph.x);
        let found = lines.into_values().filter_map(|mut line| {
            line.sort_by(|left, right| x(left).total_cmp(&x(right)));
            words(glyphs, &line).iter().map(|word| self.below(glyphs, word)).collect::<Option<Vec<_>>>()
        });
        found.flatten().collect()
    }

    /// The reading that a word is of the characters below it, if it is one.
    fn below(&self, glyphs: &[Glyph], word: &[usize]) -> Option<Reading> {
        let letters: Vec<&Glyph> = word.iter().filter_map(|at| glyphs.get(*at)).collect();
        let (own, last) = (*letters.first()?, *letters.last()?);
        let says: String = letters.iter().map(|letter| &*letter.text).collect();
        let is_kana = letters.iter().all(|letter| is_kana(first(letter)));
        let aside = if is_kana { KANA_ASIDE } else { ASIDE };
        let (nearest, farthest) = (own.size / LARGEST * NEAREST, own.size * 4.0 * FARTHEST);
        self.lines(own.y + nearest, own.y + farthest).find_map(|line| {
            let found = under(glyphs, line, (own.x, end(last)));
            let (left, right) = (glyphs.get(*found.first()?)?, glyphs.get(*found.last()?)?);
            let (em, apart) = (left.size, left.y - own.y);
            let fits = own.size <= em * LARGEST && (em * NEAREST..em * FARTHEST).contains(&apart);
            let off = (own.x + end(last) - left.x - end(right)) / 2.0;
            let is_sound = is_kana || is_pinyin(&says, found.len());
            (fits && off.abs() <= em * aside && is_sound)
                .then(|| Reading { letters: found, says: word.to_vec() })
        })
    }
}

/// The words of a line of readings, which a blank or a gap parts.
fn words(glyphs: &[Glyph], line: &[usize]) -> Vec<Vec<usize>> {
    let mut words: Vec<Vec<usize>> = Vec::new();
    let mut before: Option<f32> = None;
    for &at in line {
        let Some(glyph) = glyphs.get(at) else { continue };
        let parts = before.is_none_or(|end| glyph.x - end > glyph.size * GAP);
        match words.last_mut().filter(|_| !parts) {
            Some(word) => word.push(at),
            None => words.push(vec![at]),
        }
        before = Some(end(glyph));
    }
    words
}

/// The characters of a line that a word stands over: those of which it covers half, or the one in its middle.
fn under(glyphs: &[Glyph], line: &[usize], (left, right): (f32, f32)) -> Vec<usize> {
    let at = |index: &usize| glyphs.get(*index);
    let from = line.partition_point(|index| at(index).is_some_and(|letter| end(letter) <= left));
    let near = line.get(from..).unwrap_or_default();
    let near = near.iter().take_while(|index| at(index).is_some_and(|letter| letter.x < right));
    let near: Vec<usize> = near.take(MOST_LINES).copied().collect();
    let covers = |letter: &Glyph| right.min(end(letter)) - left.max(letter.x) >= letter.width * 0.5;
    let half: Vec<usize> = near.iter().filter(|index| at(index).is_some_and(covers)).copied().collect();
    let middle = f32::midpoint(left, right);
    let holds = |letter: &Glyph| (letter.x..=end(letter)).contains(&middle);
    if half.is_empty() {
        near.into_iter().filter(|index| at(index).is_some_and(holds)).collect()
    } else {
        half
    }
}

// ---- Pinyin ---------------------------------------------------------------------------------------------

const INITIALS: [&str; 23] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c",
    "s", "y", "w",
];
const TONED: [(&str, char); 6] =
    [("āáǎàă", 'a'), ("ēéěèĕ", 'e'), ("īíǐìĭ", 'i'), ("ōóǒòŏ", 'o'), ("ūúǔùŭ", 'u'), ("üǖǘǚǜv", 'u')];

/// Whether a word may be so many syllables of pinyin.
fn is_pinyin(word: &str, syllables: usize) -> bool {
    let plain = |letter: char| {
        let toned = TONED.iter().find(|(toned, _)| toned.contains(letter));
        toned.map_or(letter, |(_, plain)| *plain)
    };
    let word: String = word.chars().flat_map(char::to_lowercase).map(plain).collect();
    word.len() <= syllables * 6 && says(&word, syllables, &mut HashMap::new())
}

/// Whether letters without tones are so many syllables. What is known of the rest of a word is kept.
fn says<'a>(word: &'a str, syllables: usize, known: &mut HashMap<(&'a str, usize), bool>) -> bool {
    if syllables == 0 {
        return word.is_empty();
    }
    if let Some(known) = known.get(&(word, syllables)) {
        return *known;
    }
    let initial = INITIALS.iter().find_map(|initial| word.strip_prefix(initial)).unwrap_or(word);
    let after_vowels = initial.trim_start_matches(['a', 'e', 'i', 'o', 'u']);
    let vowels = initial.len() - after_vowels.len();
    let ends = ["ng", "n", "r", ""].iter().filter_map(|end| after_vowels.strip_prefix(end));
    let mut rests: Vec<&str> = ends.collect();
    rests.retain(|_| (1..=3).contains(&vowels));
    let found = rests.into_iter().any(|rest| says(rest, syllables - 1, known));
    known.insert((word, syllables), found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_pinyin_have_as_many_syllables_as_characters() {
        let check = |word: &str, syllables: usize, expected: bool| {
            assert_eq!(is_pinyin(word, syllables), expected, "{word} {syllables}");
        };
        check("hàn", 1, true);
        check("zhuàng", 1, true);
        check("ér", 1, true);
        check("lǜ", 1, true);
        check("Běijīng", 2, true);
        check("fāngàn", 2, true);
        check("hàn", 2, false);
        check("News", 1, false);
        check("News", 2, false);
        check("Annual", 2, false);
        check("", 1, false);
    }
}
