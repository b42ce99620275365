//! Where graphemes, words, clauses and sentences begin and end.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::words::word_around;
use super::{Span, saturate};

/// The shortest span of whole graphemes that holds `span`: what a reader can select.
///
/// An empty span stays empty, at the beginning of the grapheme it lies in. Positions past the end become
/// the end.
pub fn grapheme_span(text: &str, span: Span) -> Span {
    let start = boundary_at_or_before(text, span.start());
    if span.is_empty() {
        return Span::at(start);
    }
    let end = boundary_at_or_before(text, span.end());
    Span::new(start, if end < span.end() { next_grapheme(text, end) } else { end })
}

/// Where the grapheme after `position` begins: the caret's next place to the right. The end of the text
/// is its own next.
pub fn next_grapheme(text: &str, position: u32) -> u32 {
    let start = text.floor_char_boundary(position as usize);
    let mut cursor = GraphemeCursor::new(start, text.len(), true);
    cursor.next_boundary(text, 0).ok().flatten().map_or(saturate(text.len()), saturate)
}

/// Where the grapheme before `position` begins: the caret's next place to the left.
pub fn previous_grapheme(text: &str, position: u32) -> u32 {
    let start = text.ceil_char_boundary(position as usize);
    let mut cursor = GraphemeCursor::new(start, text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().map_or(0, saturate)
}

fn boundary_at_or_before(text: &str, position: u32) -> u32 {
    let start = text.floor_char_boundary(position as usize);
    let mut cursor = GraphemeCursor::new(start, text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        saturate(start)
    } else {
        previous_grapheme(text, saturate(start))
    }
}

/// Whether graphemes part at `position`, judged from at most [`NEAR`] characters before it, so that the
/// answer takes the same short time in a text made of nothing but joiners.
pub(super) fn parts_graphemes(text: &str, position: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..position), text.get(position..)) else { return false };
    let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else { return true };
    if plain_boundary(left, right) {
        return true;
    }
    let start = before.char_indices().rev().take(NEAR).last().map_or(0, |(index, _)| index);
    let near = text.get(start..).unwrap_or_default();
    GraphemeCursor::new(position - start, near.len(), true).is_boundary(near, 0).unwrap_or(true)
}

/// How many characters [`parts_graphemes`] looks back.
const NEAR: usize = 64;

/// Whether both characters are of the many that never join a neighbour, so that graphemes part between
/// them without further thought. `false` says nothing.
pub(super) fn plain_boundary(left: char, right: char) -> bool {
    is_plain(left) && is_plain(right)
}

fn is_plain(character: char) -> bool {
    matches!(character,
        '\u{4E00}'..='\u{9FFF}' | ' '..='~' | '\n' | '\u{3000}'..='\u{3020}' | '\u{FF01}'..='\u{FF9D}'
        | '\u{2010}'..='\u{2027}' | '\u{3041}'..='\u{3096}' | '\u{30A0}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}')
}

/// Whether a character is Han: an ideograph, an iteration mark of ideographs, or 〇.
pub fn is_han(character: char) -> bool {
    matches!(character,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{3005}'..='\u{3007}' | '\u{2E80}'..='\u{2FDF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// What a double click at `position` selects: the word there.
///
/// A word of an alphabet or a number is what the Unicode Standard's annex 29 calls a word; white space is
/// its whole run; a mark of punctuation is the row of the same marks. In Han text, where words are not
/// set apart, it is a word of jieba's dictionary, as the characters within reach to either side divide best.
/// The first call may load that dictionary: see [`prepare_words`](super::prepare_words).
///
/// At the end of the text it is the last word; in an empty text the empty span.
pub fn word_at(text: &str, position: u32) -> Span {
    let start = text.floor_char_boundary(position as usize);
    let after = text.get(start..).and_then(|rest| rest.chars().next());
    let Some(character) = after.or_else(|| text.chars().next_back()) else { return Span::at(0) };
    let start = if after.is_some() { start } else { text.len() - character.len_utf8() };
    let found = match Kind::of(character) {
        Kind::Han => han_word(text, start),
        Kind::Word => written_word(text, start),
        Kind::Space => stretch(text, start, usize::MAX, |_, c| c.is_whitespace()),
        Kind::Mark => stretch(text, start, usize::MAX, |_, c| c == character),
    };
    grapheme_span(text, found)
}

/// Where the word after `position` ends, or the one that it lies in, as [`word_at`] has them; white space
/// before it is passed over. The end of the text is its own next.
pub fn next_word_end(text: &str, position: u32) -> u32 {
    let rest = text.get(text.floor_char_boundary(position as usize)..).unwrap_or_default();
    let at = text.len() - rest.trim_start().len();
    if at == text.len() { saturate(at) } else { word_at(text, saturate(at)).end() }
}

/// Where the word before `position` begins, or the one that it lies in; white space between is passed over.
pub fn previous_word_start(text: &str, position: u32) -> u32 {
    let before = text.get(..text.floor_char_boundary(position as usize)).unwrap_or_default().trim_end();
    if before.is_empty() { 0 } else { word_at(text, previous_grapheme(text, saturate(before.len()))).start() }
}

/// How much Han text is divided into words around a click, in characters to either side: enough to tell.
const REACH: usize = 24;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Word,
    Space,
    Mark,
}

impl Kind {
    fn of(character: char) -> Self {
        match character {
            _ if is_han(character) => Kind::Han,
            _ if character.is_whitespace() => Kind::Space,
            _ if character.is_alphanumeric() || character == '_' => Kind::Word,
            _ => Kind::Mark,
        }
    }
}

/// The stretch around the character at `start` whose characters are all `wanted` (asked with their
/// positions), at most `reach` characters to either side.
fn stretch(text: &str, start: usize, reach: usize, wanted: impl Fn(usize, char) -> bool) -> Span {
    let (before, after) = text.split_at_checked(start).unwrap_or((text, ""));
    let left = before.char_indices().rev().take(reach).take_while(|&(at, c)| wanted(at, c)).last();
    let right = after.char_indices().skip(1).take(reach).take_while(|&(at, c)| wanted(start + at, c)).last();
    let own = after.chars().next().map_or(0, char::len_utf8);
    let end = right.map_or(start + own, |(at, c)| start + at + c.len_utf8());
    Span::from_range(&(left.map_or(start, |(at, _)| at)..end))
}

fn han_word(text: &str, start: usize) -> Span {
    let around = stretch(text, start, REACH, |_, c| is_han(c));
    let run = around.of(text).unwrap_or_default();
    let before = run.get(..start - around.start() as usize).unwrap_or_default();
    let word = word_around(run, before.chars().count());
    let at = |index: usize| run.char_indices().nth(index).map_or(run.len(), |(at, _)| at);
    Span::from_range(&(at(word.start)..at(word.end))).moved_right(around.start())
}

fn written_word(text: &str, start: usize) -> Span {
    let run = stretch(text, start, usize::MAX, |_, c| !is_han(c) && !c.is_whitespace());
    let words = run.of(text).unwrap_or_default().split_word_bound_indices();
    let own = words.map(|(at, word)| Span::from_length(run.start() + saturate(at), saturate(word.len())));
    own.into_iter().find(|word| word.contains_position(saturate(start))).unwrap_or(run)
}

/// The sentences of `text`, in order, without the white space around them; nothing but white space is
/// left out.
///
/// A sentence ends after 。！？ and their half-width forms, after an ellipsis before a closing quotation
/// mark or the end of its line, and at every line break; closing quotation marks and brackets belong to
/// it. A full stop of ASCII ends one before white space, unless it closes a number that begins a list or a
/// single letter; abbreviations of several letters are not known. A mark inside 《》 ends nothing.
pub fn sentences(text: &str) -> Vec<Span> {
    split(text, Stop::Sentence)
}

/// The clauses of `text`: [`sentences`] cut further after ，；：, dashes and ellipses. The enumeration comma 、
/// parts words, not clauses.
pub fn clauses(text: &str) -> Vec<Span> {
    split(text, Stop::Clause)
}

/// The sentence that `position` lies in; between two, the later; after the last of its line, the last. On a
/// line without any the empty span at `position`.
pub fn sentence_at(text: &str, position: u32) -> Span {
    let start = text.floor_char_boundary(position as usize);
    let (before, after) = text.split_at_checked(start).unwrap_or((text, ""));
    let line_start = before.rfind(is_line_break).map_or(0, |at| next_character(text, at));
    let line_end = after.find(is_line_break).map_or(text.len(), |at| start + at);
    let line = Span::from_range(&(line_start..line_end));
    let own = sentences(line.of(text).unwrap_or_default());
    let own = own.into_iter().map(|sentence| sentence.moved_right(line.start()));
    let mut last = Span::at(saturate(start));
    for sentence in own {
        last = sentence;
        if saturate(start) < sentence.end() {
            break;
        }
    }
    last
}

fn next_character(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(text.len(), |c| at + c.len_utf8())
}

/// Whether a character ends its line.
pub(super) fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// How much ends at a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stop {
    Nothing,
    Clause,
    Sentence,
    Line,
}

/// Cuts wherever at least `wanted` ends.
fn split(text: &str, wanted: Stop) -> Vec<Span> {
    let mut spans = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let after = at + character.len_utf8();
        let stop = stop_at(text, start, at, character);
        at = after;
        if stop >= wanted {
            let (end, is_title) = if stop == Stop::Line { (after, false) } else { closed(text, after) };
            at = end;
            if is_title {
                continue;
            }
            spans.extend(trimmed(text, start..end));
            start = end;
        }
    }
    spans.extend(trimmed(text, start..text.len()));
    spans
}

/// What ends with `character` at `at`, in a stretch begun at `start`.
fn stop_at(text: &str, start: usize, at: usize, character: char) -> Stop {
    let rest = text.get(at + character.len_utf8()..).unwrap_or_default();
    let next = rest.chars().next();
    let is_inside_word = next.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    match character {
        _ if is_line_break(character) => Stop::Line,
        '。' | '！' | '？' | '｡' | '．' | '‼' | '⁇' | '⁈' | '⁉' => Stop::Sentence,
        '!' | '?' if !is_inside_word => Stop::Sentence,
        '.' if next.is_none_or(|c| c.is_whitespace() || is_closer(c)) => full_stop(text, start, at),
        '…' | '⋯' => ellipsis(rest),
        '，' | '；' | '：' | '﹐' | '﹔' | '﹕' => Stop::Clause,
        ',' | ';' | ':' if !is_inside_word && !rest.starts_with('/') => Stop::Clause,
        '—' if next != Some('—') && text.get(..at).is_some_and(|before| before.ends_with('—')) => {
            Stop::Clause
        }
        _ => Stop::Nothing,
    }
}

fn full_stop(text: &str, start: usize, at: usize) -> Stop {
    let before = text.get(start..at).unwrap_or_default();
    let rest = before.trim_end_matches(|c: char| c.is_alphanumeric() && !is_han(c));
    let word = before.get(rest.len()..).unwrap_or_default();
    let begins = !word.is_empty() && rest.trim_start().is_empty() && word.chars().all(char::is_numeric);
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    if begins || is_initial { Stop::Nothing } else { Stop::Sentence }
}

fn ellipsis(rest: &str) -> Stop {
    match rest.chars().next() {
        Some('…' | '⋯') => Stop::Nothing,
        None => Stop::Sentence,
        Some(next) if is_line_break(next) || is_closer(next) => Stop::Sentence,
        _ => Stop::Clause,
    }
}

/// Where the marks end that still belong to a stretch ended at `at`, and whether one closes a title.
fn closed(text: &str, at: usize) -> (usize, bool) {
    let rest = text.get(at..).unwrap_or_default();
    let belongs = |c: char| is_closer(c) || matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '⋯');
    let after = rest.trim_start_matches(belongs);
    let own = rest.get(..rest.len() - after.len()).unwrap_or_default();
    (at + own.len(), own.ends_with(['》', '〉']))
}

fn is_closer(character: char) -> bool {
    matches!(
        character,
        '”' | '’'
            | '」'
            | '』'
            | '）'
            | '】'
            | '〕'
            | '》'
            | '〉'
            | '］'
            | '﹂'
            | '﹄'
            | ')'
            | ']'
            | '"'
            | '\''
            | '»'
            | '›'
    )
}

fn trimmed(text: &str, range: std::ops::Range<usize>) -> Option<Span> {
    let whole = text.get(range.clone())?;
    let start = range.start + (whole.len() - whole.trim_start().len());
    let length = whole.trim().len();
    (length > 0).then(|| Span::from_length(saturate(start), saturate(length)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Marks the word at the place of the bar.
    fn check_word(pointed: &str, expected: &str) {
        let position = saturate(pointed.find('|').unwrap());
        let text = pointed.replace('|', "");
        assert_eq!(word_at(&text, position).of(&text), Some(expected), "{pointed}");
    }

    #[test]
    fn selects_words() {
        check_word("使用|Rust語言", "Rust");
        check_word("共12,5|00.5人", "12,500.5");
        check_word("do|n't go", "don't");
        check_word("水 | 渠", "  ");
        check_word("等了|……他", "……");
        check_word("水渠|", "水渠");
        check_word("|", "");
    }

    #[test]
    fn divides_han_text_into_words() {
        check_word("要加強對水|利工程的保護，", "水利工程");
        check_word("要加強|對水利", "對");
        check_word("民眾參|與修渠", "參與");
        check_word("河流|與堤岸", "與");
        check_word("修好|水渠，引水", "水渠");
        check_word("用Rust寫的圖書|室目錄", "圖書室");
        check_word(&format!("{}圖書|室{}", "很長".repeat(500), "的話".repeat(500)), "圖書室");
    }

    /// A text with a bar at every place that the cursor comes to, going on word by word from its beginning.
    #[test]
    fn goes_from_word_to_word() {
        let check = |pointed: &str| {
            let text = pointed.replace('|', "");
            let end = saturate(text.len());
            let on =
                std::iter::successors(Some(0), |at| Some(next_word_end(&text, *at)).filter(|to| to > at));
            let barred = |places: &[u32]| {
                let bar = |(at, c): (usize, char)| {
                    let bar = if places.contains(&saturate(at)) { "|" } else { "" };
                    format!("{bar}{c}")
                };
                text.char_indices().map(bar).collect::<String>()
            };
            let places: Vec<u32> = on.skip(1).filter(|at| *at < end).collect();
            assert_eq!(barred(&places), pointed);
        };
        check("我們|提議|先|在|上游|種樹|。");
        check("用|Rust|寫| the| book|，|好|！！");
        check("don't| stop");
        let text = "我們提議 the book。";
        let back = std::iter::successors(Some(saturate(text.len())), |at| {
            Some(previous_word_start(text, *at)).filter(|to| to < at)
        });
        let words: Vec<&str> = back.map(|at| text.get(at as usize..).unwrap()).collect();
        assert_eq!(words, ["", "。", "book。", "the book。", "提議 the book。", "我們提議 the book。"]);
    }

    fn check_split(split: fn(&str) -> Vec<Span>, text: &str, expected: &[&str]) {
        let found: Vec<&str> = split(text).into_iter().map(|span| span.of(text).unwrap()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn ends_sentences() {
        check_split(
            sentences,
            "　　渠修好了。水來了！「真的？」是的。",
            &["渠修好了。", "水來了！", "「真的？」", "是的。"],
        );
        check_split(
            sentences,
            "第一條\n　　為修渠……等等，他說：“水……”走了",
            &["第一條", "為修渠……等等，他說：“水……”", "走了"],
        );
        check_split(sentences, "讀《誰修了渠？》一書。", &["讀《誰修了渠？》一書。"]);
        check_split(
            sentences,
            "1. The dam is 3.5 m high. It holds.",
            &["1. The dam is 3.5 m high.", "It holds."],
        );
        check_split(sentences, "見http://a.example/?q=1吧。", &["見http://a.example/?q=1吧。"]);
        check_split(sentences, " \n ", &[]);
    }

    #[test]
    fn ends_clauses() {
        check_split(
            clauses,
            "修渠、引水，灌田——都好；3,500人：",
            &["修渠、引水，", "灌田——", "都好；", "3,500人："],
        );
    }

    #[test]
    fn finds_the_sentence() {
        let text = "一行。\n　　渠修好了。水來了！　\n\n";
        let at = |word: &str| sentence_at(text, saturate(text.find(word).unwrap())).of(text);
        assert_eq!(at("修"), Some("渠修好了。"));
        assert_eq!(at("　　渠"), Some("渠修好了。"));
        assert_eq!(at("水"), Some("水來了！"));
        assert_eq!(at("　\n"), Some("水來了！"));
        assert!(sentence_at(text, saturate(text.len())).is_empty());
    }

    #[test]
    fn keeps_graphemes() {
        let text = "渠👩‍🌾e\u{301}";
        let farmer = Span::new(3, 14);
        assert_eq!(grapheme_span(text, Span::new(4, 9)), farmer);
        assert_eq!(grapheme_span(text, Span::at(8)), Span::at(3));
        assert_eq!(next_grapheme(text, 3), 14);
        assert_eq!(previous_grapheme(text, 14), 3);
        assert_eq!(next_grapheme(text, 99), 17);
        assert_eq!(previous_grapheme(text, 0), 0);
    }

    const MIXED: &str = "[水渠的與a-c.。，！？「」…《》 \\n\\r\u{301}\u{200D}👩🌾🇨🇳]{0,40}";

    proptest! {
        #[test]
        fn spans_are_of_whole_graphemes(text in MIXED, start in 0_u32..150, end in 0_u32..150) {
            let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let span = Span::new(start, end);
            let whole = grapheme_span(&text, span);
            prop_assert!(ends.contains(&(whole.start() as usize)) && ends.contains(&(whole.end() as usize)));
            prop_assert!(whole.contains(Span::new(start.min(end).min(saturate(text.len())), start.max(end).min(saturate(text.len())))) || span.is_empty());
            let word = word_at(&text, start);
            prop_assert!(ends.contains(&(word.start() as usize)) && ends.contains(&(word.end() as usize)));
            prop_assert!(text.is_empty() || !word.is_empty());
        }

        #[test]
        fn near_boundaries_are_boundaries(text in MIXED) {
            let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            for (at, _) in text.char_indices() {
                prop_assert_eq!(parts_graphemes(&text, at), ends.contains(&at));
            }
        }

        #[test]
        fn nothing_but_white_space_is_left_out(text in MIXED) {
            for split in [sentences, clauses] {
                let mut end = 0;
                for span in split(&text) {
                    prop_assert!(text.get(end..span.start() as usize).unwrap().trim().is_empty());
                    prop_assert!(!span.is_empty());
                    end = span.end() as usize;
                }
                prop_assert!(text.get(end..).unwrap().trim().is_empty());
            }
        }

        #[test]
        fn the_sentence_is_one_of_the_sentences(text in MIXED, position in 0_u32..150) {
            let found = sentence_at(&text, position);
            prop_assert!(found.is_empty() || sentences(&text).contains(&found));
        }
    }
}
