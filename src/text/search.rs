//! Finding words whatever their script, width, case, marks, and breaks of lines.
//!
//! A query is folded once. Its rarest character is looked for in the raw bytes, in every form that folds to
//! it, and around each place found the text is folded and compared: no folded copy of the text is made, so a
//! search costs little more than reading the text once.

use aho_corasick::{AhoCorasick, packed};
use memchr::memmem;

use super::boundaries::{is_line_break, parts_graphemes};
use super::fold::{is_mark_or_invisible, variants};
use super::{
    Alike, Folded, Folding, Span, fold_char, is_punctuation, next_grapheme, previous_grapheme, saturate,
};

/// What a search makes of differences.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SearchOptions {
    /// Whether punctuation and white space count for nothing.
    pub ignore_punctuation: bool,
    /// Whether the script and accents count: 体 does not find 體, nor e é. Width, case and the shapes of marks still
    /// count for nothing.
    pub as_written: bool,
}

/// Words to look for, made ready once for any number of texts.
///
/// Finds what [`Folded`] makes alike, [`Alike::Loosely`] unless as written: a hit is a stretch of the original whose
/// folded form is the query's, so it may run across the line breaks of a hard-wrapped paragraph, never across an
/// empty line. A hit is made of whole graphemes, and of whole signs: i is not found in Ⅳ, which is iv.
#[derive(Clone, Debug)]
pub struct Query {
    folding: Folding,
    /// The query's folded characters.
    wanted: Vec<char>,
    /// Which of them is the rarest.
    rarest: usize,
    finder: Finder,
}

impl Query {
    /// Makes a query ready. `None` where nothing is left to look for: an empty text or white space. A query
    /// of nothing but punctuation is looked for as it is, whatever the options say.
    pub fn new(words: &str, options: SearchOptions) -> Option<Self> {
        let alike = if options.as_written { Alike::AsWritten } else { Alike::Loosely };
        let folding = Folding { ignores_punctuation: options.ignore_punctuation, alike };
        Self::folded(words, folding)
            .or_else(|| Self::folded(words, Folding { ignores_punctuation: false, ..folding }))
    }

    fn folded(words: &str, folding: Folding) -> Option<Self> {
        let wanted: Vec<char> = Folded::with(words, folding).text.chars().collect();
        let (rarest, &anchor) = wanted
            .iter()
            .enumerate()
            .filter(|(_, character)| !character.is_whitespace())
            .min_by_key(|&(_, &character)| commonness(character))?;
        let finder = Finder::new(&variants(anchor, folding.alike))?;
        Some(Self { folding, wanted, rarest, finder })
    }

    /// The hits in `text`, in order, none overlapping another; each is looked for when it is asked for, so a
    /// caller can stop at any time.
    pub fn matches<'a>(&'a self, text: &'a str) -> Matches<'a> {
        Matches { query: self, text, anchor: 0, end: 0, end_before: 0 }
    }

    /// The hit whose rarest character is of the one that begins at `anchor`, if there is one.
    fn verify(&self, text: &str, anchor: usize) -> Option<Span> {
        if text.get(anchor..)?.chars().next().is_none_or(|character| self.folding.is_gap(character)) {
            return None;
        }
        let step = self.folding.step_right(text, anchor)?;
        let rarest = self.wanted.get(self.rarest)?;
        let own = step.letters.as_slice().iter().enumerate().filter(|(_, letter)| *letter == rarest);
        own.filter_map(|(index, _)| self.rarest.checked_sub(index))
            .find_map(|before| self.around(text, anchor, before))
    }

    /// The hit of which so many letters stand before `middle`, where a stretch begins.
    fn around(&self, text: &str, middle: usize, before: usize) -> Option<Span> {
        let (left, right) = self.wanted.split_at_checked(before)?;
        let (start, end) = (self.take_left(left, text, middle)?, self.take_right(right, text, middle)?);
        let end = whole_end(text, end);
        let is_whole = parts_graphemes(text, start) && parts_graphemes(text, end);
        is_whole.then(|| Span::from_range(&(start..end)))
    }

    /// Where the stretches from `position` on end whose letters are those `wanted`; whatever folds to nothing is
    /// walked over between them.
    fn take_right(&self, mut wanted: &[char], text: &str, mut position: usize) -> Option<usize> {
        while !wanted.is_empty() {
            let step = self.folding.step_right(text, position)?;
            wanted = wanted.strip_prefix(step.letters.as_slice())?;
            position = step.end;
        }
        Some(position)
    }

    /// The same to the left.
    fn take_left(&self, mut wanted: &[char], text: &str, mut position: usize) -> Option<usize> {
        while !wanted.is_empty() {
            let step = self.folding.step_left(text, position)?;
            wanted = wanted.strip_suffix(step.letters.as_slice())?;
            position = step.start;
        }
        Some(position)
    }
}

/// The end of a hit, with what cannot be seen and belongs to its last grapheme.
fn whole_end(text: &str, end: usize) -> usize {
    if parts_graphemes(text, end) {
        return end;
    }
    let rest = text.get(end..).unwrap_or_default();
    text.len() - rest.trim_start_matches(is_mark_or_invisible).len()
}

/// The hits of a [`Query`] in a text.
#[derive(Clone, Debug)]
pub struct Matches<'a> {
    query: &'a Query,
    text: &'a str,
    /// From where to look for the rarest character.
    anchor: usize,
    /// Where the last hit ended.
    end: usize,
    /// Where the one before it ended.
    end_before: usize,
}

impl Matches<'_> {
    /// How far the text has been searched, in bytes: for showing progress.
    pub fn searched(&self) -> u32 {
        saturate(self.anchor)
    }

    /// Searches on, but not past `limit`: the next hit, or `None` when there is none with its rarest
    /// character before `limit`. A worker calls this with growing limits to be able to stop between them.
    pub fn next_before(&mut self, limit: u32) -> Option<Span> {
        let limit = self.text.floor_char_boundary(limit as usize);
        while self.anchor < limit {
            let Some((anchor, length)) =
                self.query.finder.find(self.text.get(..limit)?.as_bytes(), self.anchor)
            else {
                self.anchor = limit;
                return None;
            };
            self.anchor = anchor + length;
            let hit = self.query.verify(self.text, anchor);
            if let Some(hit) = hit.filter(|hit| hit.start() as usize >= self.end) {
                self.end_before = std::mem::replace(&mut self.end, hit.end() as usize);
                return Some(hit);
            }
        }
        None
    }

    /// The last hit does not count for the caller: the next one may overlap it.
    pub fn pass_over(&mut self) {
        self.end = self.end_before;
    }
}

impl Iterator for Matches<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        self.next_before(saturate(self.text.len()))
    }
}

/// Finds any of a few characters in raw bytes.
#[derive(Clone, Debug)]
enum Finder {
    /// One form only.
    One(memmem::Finder<'static>),
    /// A few, by the vector instructions of the processor.
    Few(packed::Searcher),
    /// Many, or a processor without such instructions.
    Many(AhoCorasick),
}

impl Finder {
    fn new(forms: &[char]) -> Option<Self> {
        let forms: Vec<String> = forms.iter().map(char::to_string).collect();
        if let [form] = forms.as_slice() {
            return Some(Finder::One(memmem::Finder::new(form).into_owned()));
        }
        let few = packed::Searcher::new(&forms).map(Finder::Few);
        few.or_else(|| AhoCorasick::new(&forms).ok().map(Finder::Many))
    }

    /// Where the first of the forms stands from `from` on, and its length, in bytes.
    fn find(&self, bytes: &[u8], from: usize) -> Option<(usize, usize)> {
        match self {
            Finder::One(finder) => {
                let at = from + finder.find(bytes.get(from..)?)?;
                Some((at, finder.needle().len()))
            }
            Finder::Few(searcher) => {
                let found = searcher.find_in(bytes, aho_corasick::Span { start: from, end: bytes.len() })?;
                Some((found.start(), found.len()))
            }
            Finder::Many(searcher) => {
                let found = searcher.find(aho_corasick::Input::new(bytes).range(from..))?;
                Some((found.start(), found.len()))
            }
        }
    }
}

/// How common a folded character is, from none up: what is not in the list below is the rarest.
fn commonness(character: char) -> usize {
    let of_han = || COMMON.chars().rev().position(|common| fold_char(common) == fold_char(character));
    match character {
        'e' | 't' | 'a' | 'o' | 'i' | 'n' | 's' | 'r' => 300,
        'a'..='z' => 250,
        '0'..='9' => 260,
        ',' | '.' => 500,
        _ if is_punctuation(character) => 280,
        _ if is_mark_or_invisible(character) => usize::MAX,
        _ => of_han().map_or(0, |place| place + 1),
    }
}

/// The commonest characters of written Chinese, the commonest first.
const COMMON: &str = "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还\
    发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话者\
    情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由";

/// What stands around a hit, for a list of hits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Surroundings {
    /// What comes before the hit on its line, up to the hit.
    pub before: Span,
    /// The hit itself.
    pub hit: Span,
    /// What comes after it on its line.
    pub after: Span,
    /// Whether the line has more before that.
    pub more_before: bool,
    /// Whether the line has more after that.
    pub more_after: bool,
}

/// What stands around `hit` in `text`: at most `most` graphemes on each side, within the line on which the
/// hit begins and the line on which it ends, without the white space at their ends. No number and no word in Latin
/// letters is cut in two.
pub fn surroundings(text: &str, hit: Span, most: usize) -> Surroundings {
    let is_in_line = |c: &char| !is_line_break(*c);
    let mut start = hit.start();
    for _ in 0..most {
        match character_before(text, start).filter(is_in_line) {
            Some(_) => start = previous_grapheme(text, start),
            None => break,
        }
    }
    let mut end = hit.end();
    for _ in 0..most {
        match character_after(text, end).filter(is_in_line) {
            Some(_) => end = next_grapheme(text, end),
            None => break,
        }
    }
    let (start, end) = (whole_from(text, start, hit.start()), whole_up_to(text, hit.end(), end));
    let more_before = character_before(text, start).is_some_and(|c| !is_line_break(c));
    let more_after = character_after(text, end).is_some_and(|c| !is_line_break(c));
    let before = Span::new(start, hit.start());
    let after = Span::new(hit.end(), end);
    let indent = before.of(text).map_or(0, |words| words.len() - words.trim_start().len());
    let trail = after.of(text).map_or(0, |words| words.len() - words.trim_end().len());
    Surroundings {
        before: Span::new(start + saturate(indent), hit.start()),
        hit,
        after: Span::new(hit.end(), end - saturate(trail)),
        more_before,
        more_after,
    }
}

impl Surroundings {
    /// Three dots where the line has more before.
    pub fn dots_before(&self) -> &'static str {
        if self.more_before { "…" } else { "" }
    }

    /// Three dots where the line has more after.
    pub fn dots_after(&self) -> &'static str {
        if self.more_after { "…" } else { "" }
    }
}

/// The first place from `start` on that is not within a number or word; `start` where there is none before `hit`.
fn whole_from(text: &str, start: u32, hit: u32) -> u32 {
    let mut places = std::iter::successors(Some(start), |&place| Some(next_grapheme(text, place)));
    let whole = places.find(|&place| place >= hit || !is_within_number(text, place));
    whole.filter(|&place| place < hit).unwrap_or(start)
}

/// The same before `end`.
fn whole_up_to(text: &str, hit: u32, end: u32) -> u32 {
    let mut places = std::iter::successors(Some(end), |&place| Some(previous_grapheme(text, place)));
    let whole = places.find(|&place| place <= hit || !is_within_number(text, place));
    whole.filter(|&place| place > hit).unwrap_or(end)
}

/// Whether a number, or a word in Latin letters, goes on over a place.
fn is_within_number(text: &str, position: u32) -> bool {
    let narrow = |c: char| c.is_ascii_alphanumeric() || matches!(c, 'À'..='ɏ' | '０'..='９');
    let point = |c: char| matches!(c, '.' | ',');
    match (character_before(text, position), character_after(text, position)) {
        (Some(before), Some(after)) => {
            (narrow(before) && narrow(after))
                || (before.is_ascii_digit() && point(after))
                || (point(before) && after.is_ascii_digit())
        }
        _ => false,
    }
}

fn character_before(text: &str, position: u32) -> Option<char> {
    text.get(..position as usize)?.chars().next_back()
}

fn character_after(text: &str, position: u32) -> Option<char> {
    text.get(position as usize..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::super::letters;
    use super::*;
    use proptest::prelude::*;

    /// Looks for `words` and compares with the hits drawn in `marked` as ⟦...⟧.
    fn check_with(words: &str, marked: &str, options: SearchOptions) {
        let text = marked.replace(['⟦', '⟧'], "");
        let query = Query::new(words, options).unwrap();
        let mut shown = text.clone();
        for hit in query.matches(&text).collect::<Vec<_>>().into_iter().rev() {
            shown.insert(hit.end() as usize, '⟧');
            shown.insert(hit.start() as usize, '⟦');
        }
        assert_eq!(shown, marked);
    }

    fn check(words: &str, marked: &str) {
        check_with(words, marked, SearchOptions::default());
    }

    #[test]
    fn ignores_script_width_case_and_marks() {
        check("水利工程", "興修⟦水利工程⟧，⟦水利工程⟧好");
        check("发展农村", "⟦發展農村⟧與⟦发展农村⟧，發展城市");
        check("abc12", "ＡＢ⟦ＡＢＣ１２⟧ ⟦abC12⟧");
        check("“水渠”，", "修⟦「水渠」,⟧引水");
    }

    #[test]
    fn crosses_broken_lines_but_no_empty_line() {
        check("修好水渠", "村民⟦修好\n　　水渠⟧了。⟦修好\r\n水渠⟧。修好\n\n水渠");
        check("two words", "⟦two\nwords⟧ twowords ⟦two   words⟧");
        check("使用Rust", "⟦使用 Rust⟧ ⟦使用Rust⟧");
    }

    #[test]
    fn ignores_punctuation_when_asked() {
        let options = SearchOptions { ignore_punctuation: true, ..SearchOptions::default() };
        check_with("修渠引水", "⟦修渠，「引水⟧」。⟦修 渠。\n引水⟧；修渠\n\n引水", options);
        check_with("修渠，引水！", "⟦修渠引水⟧", options);
        check_with("，", "渠⟦，⟧水", options);
        check("修渠引水", "修渠，引水");
    }

    #[test]
    fn keeps_the_script_when_asked() {
        let options = SearchOptions { as_written: true, ..SearchOptions::default() };
        check_with("发展", "發展⟦发展⟧", options);
    }

    #[test]
    fn hits_are_whole_graphemes() {
        check("e", "⟦e\u{301}⟧⟦e⟧");
        check_with("e", "e\u{301}é⟦e⟧", SearchOptions { as_written: true, ..SearchOptions::default() });
        check("葛", "⟦葛\u{E0100}⟧城");
        check("👩", "👩‍🌾⟦👩⟧");
        check("🇨🇳", "🇦⟦🇨🇳⟧".trim_start_matches('🇦'));
    }

    #[test]
    fn finds_accents_and_signs_however_they_are_written() {
        for query in ["été", "e\u{301}te\u{301}", "ete", "ÉTÉ"] {
            check(query, "⟦été⟧，⟦e\u{301}te\u{301}⟧，⟦ete⟧");
        }
        let as_written = SearchOptions { as_written: true, ..SearchOptions::default() };
        check_with("été", "⟦été⟧，⟦E\u{301}te\u{301}⟧，ete", as_written);
        check("第IV章", "⟦第Ⅳ章⟧，⟦第iv章⟧");
        check("i", "Ⅳ⟦i⟧ⅱ⟦ⅰ⟧");
        check("1", "⟦①⟧⑩⟦１⟧");
        check("10", "⟦⑩⟧⟦①0⟧");
        check("ガ", "⟦ガ⟧⟦ｶﾞ⟧⟦カ\u{3099}⟧カ");
        check("カ", "ガｶﾞカ\u{3099}⟦カ⟧⟦ｶ⟧");
        check("lü xun", "⟦Lǔ Xùn⟧");
    }

    #[test]
    fn hits_do_not_overlap() {
        check("水水", "⟦水水⟧⟦水水⟧水");
    }

    #[test]
    fn nothing_is_no_query() {
        assert!(Query::new("", SearchOptions::default()).is_none());
        assert!(Query::new(" \n　", SearchOptions::default()).is_none());
        assert!(Query::new("，", SearchOptions { ignore_punctuation: true, as_written: false }).is_some());
    }

    #[test]
    fn a_hit_that_does_not_count_hides_no_other() {
        let query = Query::new("水水", SearchOptions::default()).unwrap();
        let mut matches = query.matches("水\n水水");
        assert_eq!(matches.next(), Some(Span::new(0, 7)));
        matches.pass_over();
        assert_eq!(matches.next(), Some(Span::new(4, 10)));
        assert_eq!(matches.next(), None);
    }

    #[test]
    fn stops_and_goes_on() {
        let query = Query::new("渠", SearchOptions::default()).unwrap();
        let mut matches = query.matches("水渠水渠");
        assert_eq!(matches.next_before(4), None);
        assert_eq!(matches.next_before(7), Some(Span::new(3, 6)));
        assert_eq!(matches.next(), Some(Span::new(9, 12)));
        assert_eq!(matches.next(), None);
        assert_eq!(matches.searched(), 12);
    }

    #[test]
    fn shows_what_stands_around() {
        let text = "前一行\n　　村民修好了水渠引水灌田。\n後一行";
        let hit = Query::new("水渠", SearchOptions::default()).unwrap().matches(text).next().unwrap();
        let near = surroundings(text, hit, 3);
        assert_eq!((near.before.of(text), near.after.of(text)), (Some("修好了"), Some("引水灌")));
        assert!(near.more_before && near.more_after);
        let wide = surroundings(text, hit, 20);
        assert_eq!((wide.before.of(text), wide.after.of(text)), (Some("村民修好了"), Some("引水灌田。")));
        assert!(!wide.more_before && !wide.more_after);
    }

    #[test]
    fn no_number_is_cut_in_two_around_a_hit() {
        let check = |text: &str, most: usize, expected: &str| {
            let hit = Query::new("水渠", SearchOptions::default()).unwrap().matches(text).next().unwrap();
            let around = surroundings(text, hit, most);
            let words = Span::new(around.before.start(), around.after.end()).of(text).unwrap();
            assert_eq!(format!("{}{words}{}", around.dots_before(), around.dots_after()), expected);
        };
        check("村民在2022年修水渠共2023米。", 4, "…年修水渠共…");
        check("村民在2022年修水渠共2023米。", 6, "…2022年修水渠共2023米…");
        check("共1,250.5元修水渠", 5, "…元修水渠");
        check("in the Sluice水渠canals and dykes", 3, "…ice水渠can…");
        check("the new Sluice水渠 canals and dykes", 8, "…Sluice水渠 canals…");
    }

    /// The hits found in the folded form, carried back stretch by stretch.
    fn naive(words: &str, text: &str, folding: Folding) -> Vec<Span> {
        let wanted = Folded::with(words, folding).text;
        let folded = Folded::with(text, folding);
        let stretches: Vec<(Span, Span)> = folded.pairing.stretches().collect();
        let mut hits: Vec<Span> = Vec::new();
        for (at, _) in folded.text.char_indices() {
            if !folded.text.get(at..).unwrap().starts_with(&wanted) {
                continue;
            }
            let found = Span::from_length(saturate(at), saturate(wanted.len()));
            let touched = |right: &Span| right.start() < found.end() && found.start() < right.end();
            let own: Vec<_> = stretches.iter().filter(|(_, right)| touched(right)).collect();
            if !own.iter().all(|(_, right)| found.contains(*right)) {
                continue;
            }
            let hit = own.iter().map(|(left, _)| *left).reduce(Span::union).unwrap();
            let end = whole_end(text, hit.end() as usize);
            let is_whole = parts_graphemes(text, hit.start() as usize) && parts_graphemes(text, end);
            if is_whole && hits.last().is_none_or(|last| last.end() <= hit.start()) {
                hits.push(Span::new(hit.start(), saturate(end)));
            }
        }
        hits
    }

    proptest! {
        #[test]
        fn the_letters_of_a_hit_are_those_of_the_query(
            text in "[水渠發发a-bＡiéⅣ㈠，「～~ 　\\n\u{301}\u{200B}•]{0,40}",
            words in "[水渠發发a-bＡé一Ⅳiv，“~ \u{301}·]{1,4}",
            ignore_punctuation in any::<bool>(),
            as_written in any::<bool>(),
        ) {
            let options = SearchOptions { ignore_punctuation, as_written };
            let Some(query) = Query::new(&words, options) else { return Ok(()) };
            for hit in query.matches(&text) {
                prop_assert_eq!(letters(hit.of(&text).unwrap()), letters(&words));
            }
        }

        #[test]
        fn finds_what_a_naive_search_finds(
            text in "[水渠發发a-biＡéａⅣ㈠かｶﾞ，「~～ 　\\n\\r\u{301}\u{323}\u{3099}\u{200B}\u{200D}👩🇨]{0,40}",
            words in "[水渠發发a-bＡéⅣiv一がガ，“~ \\n\u{301}👩🇨]{1,4}",
            ignore_punctuation in any::<bool>(),
            as_written in any::<bool>(),
        ) {
            let Some(query) = Query::new(&words, SearchOptions { ignore_punctuation, as_written }) else { return Ok(()) };
            let hits: Vec<Span> = query.matches(&text).collect();
            prop_assert_eq!(hits, naive(&words, &text, query.folding));
        }
    }
}
