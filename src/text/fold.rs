//! Texts made alike: what a reader would call the same words, whatever the script, width, case or marks.
//!
//! Two texts with the same folded form are the same to search, to the comparison of documents and to the
//! finding of notes again.

mod forms;

pub use forms::{Alike, fold_char};
pub(super) use forms::{Letters, variants};
use forms::{is_mark, takes_marks};

use super::boundaries::{is_han, is_line_break};
use super::{Pairing, PairingBuilder, saturate};

/// Whether a character is a mark of punctuation: what a search can be told to leave out. Signs that carry
/// meaning in a word or number (+ % # & = @) are not.
pub fn is_punctuation(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2027}' | '\u{2035}'..='\u{205E}' | '\u{3001}'..='\u{3003}')
        || matches!(character, '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{2E00}'..='\u{2E5D}')
        || matches!(character, '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE52}' | '\u{FE54}'..='\u{FE5E}')
        || matches!(character, '\u{FF5F}'..='\u{FF65}' | '\u{27E8}'..='\u{27EB}')
        || "!\"'(),-./:;?[]_`{}~¡«´·»¿〰・\u{2329}\u{232A}−∶∼﹣─∙⋅⋯！＂＇（），－．／：；？［］＿｀｛｝～"
            .contains(character)
}

/// Whether a text has anything besides marks of punctuation and white space.
pub fn says_something(text: &str) -> bool {
    text.chars().any(|character| !character.is_whitespace() && !is_punctuation(character))
}

/// The letters of a text as a search finds them, without punctuation, white space and what cannot be seen: what is
/// left of any text whatever the search makes of differences.
///
/// Law: the letters of a hit of a [`super::Query`] are those of the query, one after another, so that an index
/// of letters misses none.
pub fn letters(text: &str) -> Vec<char> {
    let folding = Folding { ignores_punctuation: true, alike: Alike::Loosely };
    let mut letters = Vec::with_capacity(text.len() / 3);
    let mut position = 0;
    loop {
        position += folding.take_han(text, position, |letter| letters.push(letter));
        let Some(first) = text.get(position..).and_then(|rest| rest.chars().next()) else { return letters };
        if folding.is_gap(first) {
            position += first.len_utf8();
        } else {
            let step = folding.cluster(text, position, first);
            letters.extend_from_slice(step.letters.as_slice());
            position = step.end;
        }
    }
}

/// Stands between paragraphs in a folded text: Unicode's paragraph separator.
pub const PARAGRAPH: char = '\u{2029}';

/// A text in its folded form, beside the original.
///
/// Each character is folded as [`Alike`] says, with the marks that are written over or under it, whether they are
/// part of it or characters of their own; marks that stand alone and characters that cannot be seen are left out,
/// and a run of white space becomes
/// * nothing at the beginning and end of the text, beside punctuation (half-width marks are followed by a space
///   where full-width ones are not), between Han and other writing (使用 Rust 語言), and between Han characters
///   where a line was broken in it (a hard-wrapped text);
/// * [`PARAGRAPH`] where it holds more than one line break, the border of a paragraph;
/// * a single space otherwise.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Folded {
    /// The folded form.
    pub text: String,
    /// The original (left) beside the folded form (right).
    pub pairing: Pairing,
}

impl Folded {
    /// Folds `text`.
    pub fn new(text: &str) -> Self {
        Self::with(text, Folding::default())
    }

    /// Folds `text` and leaves out punctuation and all white space but the borders of paragraphs. Words of
    /// alphabets run together thereby.
    pub fn without_punctuation(text: &str) -> Self {
        Self::with(text, Folding { ignores_punctuation: true, alike: Alike::AnyScript })
    }

    /// The same, made alike as a search does: for the fields in which a reader writes what a list is to show.
    pub fn to_find(text: &str) -> Self {
        Self::with(text, Folding { ignores_punctuation: true, alike: Alike::Loosely })
    }

    /// Folds `text` as `folding` says.
    pub fn with(text: &str, folding: Folding) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut pairing = PairingBuilder::default();
        let mut position = 0;
        loop {
            position += folding.take_han(text, position, |letter| {
                folded.push(letter);
                pairing.push(HAN_BYTES, saturate(letter.len_utf8()));
            });
            let Some(step) = folding.step_right(text, position) else { break };
            let before = folded.len();
            folded.extend(step.letters.as_slice());
            pairing.push(saturate(step.end - step.start), saturate(folded.len() - before));
            position = step.end;
        }
        Self { text: folded, pairing: pairing.finish() }
    }
}

/// How many bytes a common Han character has.
const HAN_BYTES: u32 = 3;

/// What is made alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Folding {
    /// Whether punctuation and white space count for nothing.
    pub ignores_punctuation: bool,
    /// Which characters are the same.
    pub alike: Alike,
}

/// A stretch of the original that is made alike as one: a character with its marks, or a gap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Step {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) letters: Letters,
}

impl Folding {
    /// Takes the letters of the common Han characters from `position` on, which are most of a Chinese text: each is a
    /// stretch of its own, as marks say nothing with it. Answers how many bytes they have.
    #[inline]
    fn take_han(self, text: &str, position: usize, mut take: impl FnMut(char)) -> usize {
        let rest = text.get(position..).unwrap_or_default();
        let han = rest.chars().take_while(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
        HAN_BYTES as usize * self.alike.singles(han).inspect(|&letter| take(letter)).count()
    }

    /// The stretch that begins at `position`, which is no place inside a stretch.
    #[inline]
    pub(super) fn step_right(self, text: &str, position: usize) -> Option<Step> {
        let rest = text.get(position..)?;
        let first = rest.chars().next()?;
        if !self.is_gap(first) {
            return Some(self.cluster(text, position, first));
        }
        let end = text.len() - rest.trim_start_matches(|c| self.is_gap(c)).len();
        Some(Step { start: position, end, letters: self.gap(text, position, end) })
    }

    /// The stretch that ends at `position`, which is no place inside a stretch.
    #[inline]
    pub(super) fn step_left(self, text: &str, position: usize) -> Option<Step> {
        let rest = text.get(..position)?;
        let last = rest.chars().next_back()?;
        if !self.is_gap(last) {
            let start = position - last.len_utf8();
            return Some(Step { start, end: position, letters: self.form(last) });
        }
        let before = rest.trim_end_matches(|c| self.is_gap(c));
        let Some(base) = before.chars().next_back() else {
            return Some(Step { start: 0, end: position, letters: self.gap(text, 0, position) });
        };
        let cluster = self.cluster(text, before.len() - base.len_utf8(), base);
        if cluster.end >= position {
            return Some(cluster);
        }
        Some(Step { start: cluster.end, end: position, letters: self.gap(text, cluster.end, position) })
    }

    /// The stretch of the character `base`, which begins at `start` and is of no gap.
    #[inline]
    fn cluster(self, text: &str, start: usize, base: char) -> Step {
        let after = start + base.len_utf8();
        if !text.as_bytes().get(after).is_some_and(|&byte| may_begin_mark(byte)) {
            return Step { start, end: after, letters: self.form(base) };
        }
        let end = end_of_marks(text, after, base);
        let marks = text.get(after..end).unwrap_or_default();
        let letters = if marks.is_empty() {
            self.form(base)
        } else {
            self.counted(self.alike.form_with_marks(base, marks))
        };
        Step { start, end, letters }
    }

    /// The letters of a character.
    #[inline]
    fn form(self, character: char) -> Letters {
        match self.alike.form(character) {
            Letters::One(letter) => Letters::One(letter),
            several @ Letters::Several(_) => self.counted(several),
        }
    }

    /// Those of some letters that count: ㈠ has brackets.
    fn counted(self, letters: Letters) -> Letters {
        match letters {
            Letters::Several(several) if several.iter().any(|&c| self.is_gap(c) && !is_mark(c)) => {
                let counts = |c: &char| !self.is_gap(*c) || is_mark(*c);
                several.iter().copied().filter(counts).collect::<Vec<_>>().into()
            }
            letters => letters,
        }
    }

    /// Whether a character is of the matter of gaps: white space, what cannot be seen, marks that belong to no
    /// character before them, and punctuation where it counts for nothing.
    #[inline]
    pub(super) fn is_gap(self, character: char) -> bool {
        if matches!(character, '!'..='~' | '\u{4E00}'..='\u{9FFF}') {
            return self.ignores_punctuation && is_punctuation(character);
        }
        character.is_whitespace()
            || is_invisible(character)
            || is_mark(character)
            || (self.ignores_punctuation && is_punctuation(character))
    }

    /// What the gap from `start` to `end` folds to.
    fn gap(self, text: &str, start: usize, end: usize) -> Letters {
        let folded = || {
            let gap = text.get(start..end)?;
            let left = text.get(..start)?.trim_end_matches(|c| self.is_gap(c)).chars().next_back()?;
            let right = text.get(end..)?.chars().next()?;
            self.gap_between(left, gap, right)
        };
        folded().map_or(Letters::NONE, Letters::One)
    }

    fn gap_between(self, left: char, gap: &str, right: char) -> Option<char> {
        let of = |letter: Option<&char>| Neighbour::of(letter.copied().unwrap_or_default());
        let (left, right) = (of(self.form(left).as_slice().last()), of(self.form(right).as_slice().first()));
        let breaks = line_breaks(gap);
        let is_dropped = match (left, right) {
            (Neighbour::Solid, Neighbour::Solid) => breaks > 0,
            (Neighbour::Word, Neighbour::Word) => false,
            _ => true,
        };
        match gap.contains(char::is_whitespace) {
            _ if breaks > 1 => Some(PARAGRAPH),
            true if !self.ignores_punctuation && !is_dropped => Some(' '),
            _ => None,
        }
    }
}

/// Whether a mark, or what cannot be seen, may begin with that byte: those of most Han characters do not.
#[inline]
fn may_begin_mark(byte: u8) -> bool {
    matches!(byte, 0xC2 | 0xCC | 0xCD | 0xD2 | 0xE1..=0xE3 | 0xEF | 0xF3)
}

/// Where the marks end that belong to `base` and begin at `start`.
fn end_of_marks(text: &str, start: usize, base: char) -> usize {
    if !takes_marks(base) {
        return start;
    }
    let rest = text.get(start..).unwrap_or_default();
    let marks = rest.char_indices().take_while(|&(_, c)| is_mark_or_invisible(c));
    let last = marks.filter(|&(_, c)| is_mark(c)).last();
    last.map_or(start, |(at, mark)| start + at + mark.len_utf8())
}

/// How many lines end in `gap`; a paragraph separator counts for two.
fn line_breaks(gap: &str) -> usize {
    let breaks = gap.chars().filter(|&c| is_line_break(c)).count();
    let separators = gap.matches('\u{2029}').count();
    breaks + separators - gap.matches("\r\n").count()
}

/// What white space beside a character means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Neighbour {
    /// Han or kana, whose words are not set apart.
    Solid,
    /// Punctuation, whose own space is a matter of its width.
    Mark,
    /// Letters, numbers, signs.
    Word,
}

impl Neighbour {
    fn of(folded: char) -> Self {
        match folded {
            _ if is_han(folded) || matches!(folded, '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}') => {
                Self::Solid
            }
            _ if is_punctuation(folded) => Self::Mark,
            _ => Self::Word,
        }
    }
}

/// Whether a character belongs to the one before it: what is written over or under that, and what cannot be seen.
pub(super) fn is_mark_or_invisible(character: char) -> bool {
    is_mark(character) || is_invisible(character)
}

/// Whether a character cannot be seen: marks of direction, joiners, selectors of variants, chances to break.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn check(text: &str, folded: &str) {
        assert_eq!(Folded::new(text).text, folded, "{text:?}");
    }

    #[test]
    fn folds_script_width_case_and_marks() {
        assert_eq!(Folded::new("繁體漢字").text, Folded::new("繁体汉字").text);
        check("ＡＢＣ１２％", "abc12%");
        check("「河」，『堤』。", "\"河\",\"堤\".");
        check("〔二〕【三】——〈渠〉", "[二][三]--《渠》");
        check("ｶﾅ・カナ", "カナ·カナ");
        check("\u{F9DC}\u{2F00}", "隆一");
    }

    #[test]
    fn keeps_the_script_when_asked() {
        let as_written = Folding { alike: Alike::AsWritten, ignores_punctuation: false };
        assert_eq!(Folded::with("渠體Ａ", as_written).text, "渠體a");
        assert_eq!(fold_char('體'), fold_char('体'));
    }

    #[test]
    fn joins_broken_lines_and_keeps_paragraphs() {
        check("　　水渠修\r\n　　好了", "水渠修好了");
        check("水渠\n\n　　堤岸", "水渠\u{2029}堤岸");
        check("河 堤", "河 堤");
        check("使用 Rust\n語言", &Folded::new("使用Rust語言").text);
        check("two\n  words", "two words");
        check("河\u{200B}\u{FE00}堤 ", "河堤");
    }

    #[test]
    fn leaves_out_punctuation() {
        assert_eq!(Folded::without_punctuation("修渠，「引水」 灌田。\n\n完").text, "修渠引水灌田\u{2029}完");
        assert_eq!(Folded::without_punctuation("50% ＋ 3").text, "50%+3");
    }

    #[test]
    fn pairs_with_the_original() {
        let text = "Ａ渠\n  水";
        let folded = Folded::new(text);
        let water =
            Span::new(u32::try_from(folded.text.find('水').unwrap()).unwrap(), folded.pairing.right_len());
        assert!(folded.pairing.left_from_right(water).of(text).unwrap().ends_with('水'));
        assert_eq!(folded.pairing.left_len() as usize, text.len());
    }

    #[test]
    fn every_form_is_its_own_form() {
        for alike in [Alike::AsWritten, Alike::AnyScript, Alike::Loosely] {
            for character in '\0'..=char::MAX {
                let form = alike.form(character);
                let again = form.as_slice().iter().flat_map(|&c| alike.form(c).as_slice().to_vec());
                assert_eq!(again.collect::<Vec<_>>(), form.as_slice(), "{character:?}");
                if let Letters::One(letter) = form {
                    assert_eq!(is_punctuation(letter), is_punctuation(character), "{character:?} {letter:?}");
                    assert_eq!(Neighbour::of(letter) == Neighbour::Mark, is_punctuation(character));
                }
            }
        }
    }

    #[test]
    fn variants_are_what_folds_alike() {
        for character in "发，a\"的カé".chars() {
            let folded = fold_char(character);
            let variants = variants(folded, Alike::AnyScript);
            assert!(variants.len() > 1 || character == '的', "{character} {variants:?}");
            for other in ('\0'..=char::MAX).filter(|&c| fold_char(c) == folded) {
                assert!(variants.contains(&other), "{character} {other}");
            }
        }
    }

    #[test]
    fn an_accent_is_part_of_its_letter_however_it_is_written() {
        check("E\u{301}te\u{200B}\u{301}", "été");
        check("a\u{323}\u{302} â\u{323}", "ậ ậ");
        check("ｶﾞ か\u{3099} ﾊﾟ", "ガ が パ");
        check("渠\u{301}，\u{301} \u{301}", "渠,");
        check("a=\u{338}b", "a≠b");
        let as_written = Folding { alike: Alike::AsWritten, ..Folding::default() };
        assert_eq!(Folded::with("體E\u{301}", as_written).text, "體é");
    }

    #[test]
    fn what_is_to_be_found_needs_no_accents_and_no_signs() {
        let check = |text: &str, folded: &str| assert_eq!(Folded::to_find(text).text, folded, "{text:?}");
        check("Été, déjà vu: L\u{FC}\u{30C} Xu\u{300}n", "etedejavuluxun");
        check("第Ⅳ章①㈠⑩㎏㍿ﬁ𝐀", "第iv章1一10kg株式会社fia");
        check("が ｶﾞ は ば", "がガはば");
        check("10² ½ ≠ =\u{338}", "10²½≠≠");
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(
            text in "[ \\n　a-cＡ體体渠，。“「éÉḗⅣ㈠ｶﾞか=\u{200B}\u{301}\u{304}\u{323}\u{338}\u{3099}]{0,24}",
            ignores_punctuation in any::<bool>(),
        ) {
            for alike in [Alike::AsWritten, Alike::AnyScript, Alike::Loosely] {
                let folding = Folding { ignores_punctuation, alike };
                let once = Folded::with(&text, folding).text;
                prop_assert_eq!(&Folded::with(&once, folding).text, &once);
            }
        }

        #[test]
        fn texts_in_all_forms_of_unicode_are_alike_and_paired(text in "[a-cêǖéḗ渠がパｶﾞ，= \\n\u{301}\u{304}\u{323}\u{338}\u{3099}]{0,16}") {
            for alike in [Alike::AsWritten, Alike::AnyScript, Alike::Loosely] {
                let folded = |text: &str| Folded::with(text, Folding { alike, ..Folding::default() });
                let composed = folded(&text.nfc().collect::<String>());
                prop_assert_eq!(&composed.text, &folded(&text.nfd().collect::<String>()).text);
                prop_assert_eq!(composed.pairing.right_len() as usize, composed.text.len());
                for (left, right) in composed.pairing.stretches() {
                    prop_assert!(right.of(&composed.text).is_some(), "{:?}", left);
                }
            }
        }

        #[test]
        fn stepping_left_finds_the_same_steps(text in "[ \\n\\r　a-cＡ體渠，“éⅣか=\u{200B}\u{301}\u{338}\u{3099}]{0,24}", ignores in any::<bool>()) {
            let folding = Folding { ignores_punctuation: ignores, alike: Alike::Loosely };
            let mut right = Vec::new();
            while let Some(step) = folding.step_right(&text, right.last().map_or(0, |step: &Step| step.end)) {
                right.push(step);
            }
            let mut left = Vec::new();
            while let Some(step) = folding.step_left(&text, left.last().map_or(text.len(), |step: &Step| step.start)) {
                left.push(step);
            }
            left.reverse();
            prop_assert_eq!(left, right);
        }
    }
}
