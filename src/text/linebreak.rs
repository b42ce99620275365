//! Where lines of Chinese text may end, and breaking a text into lines of a given width.
//!
//! The rules are those of GB/T 15834-2011 (section 5, where marks may stand on a line), of the W3C's
//! Requirements for Chinese Text Layout (CLREQ, "Prohibition Rules for Line Start End") and of its
//! Japanese sister (JLREQ, classes cl-01 to cl-30), with the Unicode Standard's annex 14 for everything
//! that is not Chinese. Where the standards differ the stricter one holds: a line begins neither with a
//! dash nor with an ellipsis, though only splitting them is forbidden by all three.
//!
//! Nothing here measures: the caller says how wide each character is.

use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

use super::boundaries::plain_boundary;
use super::{Span, saturate};

/// One line of a text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LineSpan {
    /// What stands on the line: the white space hanging at its end and its line break included, so that
    /// the lines of a text follow each other without a gap.
    pub span: Span,
    /// How wide the visible part is, in the caller's unit: without hanging white space, and without the
    /// indent of the first line.
    pub width: f32,
}

/// Rounding that a line may exceed the width by, in the caller's unit (points, for a window).
const TOLERANCE: f32 = 0.01;

/// Breaks `text` into lines no wider than `width`.
///
/// `advance` says how wide a character is; it is asked once for each character that takes room at all,
/// in order. The first line begins `first_indent` further in. White space at the end of a line hangs: it
/// counts in no width and never begins a line by itself. A run that nothing allows to be broken and that is wider than a line
/// (a long address, a row of dashes) begins a line of its own and is broken where it does least harm,
/// always between graphemes; a line is wider than asked only where a single grapheme is.
///
/// A line break in the text ends its line; after one at the very end follows an empty line. An empty text
/// is one empty line. Takes time in proportion to the text.
pub fn break_lines(
    text: &str,
    width: f32,
    advance: impl FnMut(char) -> f32,
    first_indent: f32,
) -> Vec<LineSpan> {
    let pieces = pieces(text, advance);
    let mut lines = Vec::new();
    let mut first = 0;
    let mut room = width - first_indent;
    while first < pieces.len() {
        let line = fill(&pieces, first, room + TOLERANCE);
        lines.push(line_span(&pieces, first, line, text));
        (first, room) = (line.end, width);
    }
    if pieces.last().is_none_or(|piece| piece.is_line_break) {
        lines.push(LineSpan { span: Span::at(saturate(text.len())), width: 0.0 });
    }
    lines
}

/// Whether a line may end after `left` and the next begin with `right`, by these two characters alone.
///
/// [`break_lines`] knows more than two characters (addresses, spaces after a bracket, emoji put together
/// from several) and is stricter or more generous there.
pub fn may_break_between(left: char, right: char) -> bool {
    chance_between(Class::of(left), Class::of(right)) >= Chance::Good
}

/// A grapheme, the chance to break before it, and its width.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: u32,
    advance: f32,
    chance: Chance,
    hangs: bool,
    is_line_break: bool,
}

/// How good a place is for a line to begin.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Chance {
    /// Against the rules of punctuation; taken only where nothing else is left.
    Forbidden,
    /// Inside a word or number; taken where the run is wider than a line.
    Emergency,
    Good,
    /// After a line break.
    Must,
}

/// The end of a line, as the index of the first piece after it, and its visible width.
#[derive(Clone, Copy)]
struct Filled {
    end: usize,
    width: f32,
}

/// Fills one line with pieces from `first` on.
fn fill(pieces: &[Piece], first: usize, room: f32) -> Filled {
    let mut best: [Option<Filled>; 2] = [None, None];
    let (mut taken, mut visible) = (0.0, 0.0);
    for (index, piece) in pieces.iter().enumerate().skip(first) {
        let here = Filled { end: index, width: visible };
        if index > first {
            match piece.chance {
                Chance::Must => return here,
                Chance::Good => best[0] = Some(here),
                Chance::Emergency => best[1] = Some(here),
                Chance::Forbidden => {}
            }
            if !piece.hangs && taken + piece.advance > room {
                return best[0].or(best[1]).unwrap_or(here);
            }
        }
        taken += piece.advance;
        if !piece.hangs {
            visible = taken;
        }
    }
    Filled { end: pieces.len(), width: visible }
}

fn line_span(pieces: &[Piece], first: usize, line: Filled, text: &str) -> LineSpan {
    let start_of = |index: usize| pieces.get(index).map_or(saturate(text.len()), |piece| piece.start);
    LineSpan { span: Span::new(start_of(first), start_of(line.end)), width: line.width }
}

/// The graphemes of `text` with what is needed to lay them in lines.
fn pieces(text: &str, mut advance: impl FnMut(char) -> f32) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(text.len() / 3 + 1);
    let mut context = Context::default();
    let mut position = 0;
    while let Some((grapheme, head)) = grapheme_at(text, position) {
        let class = Class::of_grapheme(grapheme, head);
        if let Some(sign) = pieces.last_mut().filter(|_| context.ends_with_sign_of(class)) {
            sign.chance = Chance::Good;
        }
        pieces.push(Piece {
            start: saturate(position),
            advance: grapheme.chars().filter(|&c| takes_room(c)).map(&mut advance).sum(),
            chance: context.chance_before(class),
            hangs: class.hangs(),
            is_line_break: class == Class::LineBreak,
        });
        context.pass(head, class);
        position += grapheme.len();
    }
    pieces
}

/// The grapheme that begins at `position`, itself a boundary of graphemes, and its first character.
///
/// Segmenting from a known boundary forwards keeps the whole walk linear, whatever the text.
fn grapheme_at(text: &str, position: usize) -> Option<(&str, char)> {
    let rest = text.get(position..)?;
    let mut characters = rest.chars();
    let head = characters.next()?;
    if characters.next().is_none_or(|next| plain_boundary(head, next)) {
        return Some((rest.get(..head.len_utf8())?, head));
    }
    Some((rest.graphemes(true).next()?, head))
}

/// Whether a character has a width of its own. Marks set over or under others, joiners, selectors of
/// variants and marks of direction have none.
fn takes_room(character: char) -> bool {
    !matches!(character,
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        | '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{20D0}'..='\u{20FF}' | '\u{302A}'..='\u{302F}' | '\u{3099}'..='\u{309A}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E01EF}')
}

/// What was passed on the way, as far as it matters for the next break.
#[derive(Default)]
struct Context {
    /// The class of the last grapheme.
    left: Option<Class>,
    /// The class of the grapheme before the last.
    before: Option<Class>,
    /// The class of the last grapheme that is no white space.
    before_spaces: Option<Class>,
    address: Address,
}

impl Context {
    fn chance_before(&self, right: Class) -> Chance {
        let Some(left) = self.left else { return Chance::Forbidden };
        if left.hangs() && self.before_spaces.is_some_and(Class::holds_next) && right != Class::LineBreak {
            return Chance::Forbidden;
        }
        if self.address.may_break_after(left, right) {
            return Chance::Good;
        }
        let chance = chance_between(left, right);
        if left == Class::Hyphen && !matches!(self.before, Some(Class::Letter | Class::Free)) {
            return chance.min(Chance::Emergency);
        }
        chance
    }

    /// Whether the last grapheme is the sign of a number that begins with `right`: in 增長-5 the hyphen joins
    /// nothing to what comes before it.
    fn ends_with_sign_of(&self, right: Class) -> bool {
        let stands_apart = matches!(self.before, Some(Class::Free | Class::Closing));
        self.left == Some(Class::Hyphen) && right == Class::Digit && stands_apart
    }

    fn pass(&mut self, head: char, class: Class) {
        self.address.pass(head, class);
        self.before = self.left.replace(class);
        if class == Class::LineBreak {
            self.before_spaces = None;
        } else if !class.hangs() {
            self.before_spaces = Some(class);
        }
    }
}

/// How far the reading of an address of the web has come: after `://` or `www.`, up to white space or
/// anything that is not ASCII.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Address {
    #[default]
    Outside,
    Colon,
    FirstSlash,
    /// So many letters w.
    Initials(u8),
    Inside,
}

impl Address {
    fn pass(&mut self, character: char, class: Class) {
        *self = match (*self, character) {
            _ if class.hangs() || class == Class::LineBreak || !character.is_ascii() => Address::Outside,
            (Address::Inside, _) | (Address::FirstSlash, '/') | (Address::Initials(3), '.') => {
                Address::Inside
            }
            (_, ':') => Address::Colon,
            (Address::Colon, '/') => Address::FirstSlash,
            (Address::Initials(count), 'w' | 'W') if count < 3 => Address::Initials(count + 1),
            (_, 'w' | 'W') => Address::Initials(1),
            _ => Address::Outside,
        };
    }

    /// An address may break after its own separators, where what follows still belongs to it.
    fn may_break_after(self, left: Class, right: Class) -> bool {
        let separator =
            matches!(left, Class::Slash | Class::Stop | Class::Question | Class::Hyphen | Class::Ampersand);
        self == Address::Inside && separator && matches!(right, Class::Letter | Class::Digit)
    }
}

/// What a character is to the breaking of lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    /// Han, kana, Hangul, symbols, emoji: free on both sides.
    Free,
    /// Letters of scripts that write words apart, and the signs of such text.
    Letter,
    Digit,
    /// 「 （ “: ends no line.
    Opening,
    /// ( [ {: ends no line, and stays with a word before it, as in f(x).
    OpeningAscii,
    /// 」 ） ” ， 。: begins no line.
    Closing,
    /// ) ] } ’: begins no line, and stays with a word after it.
    ClosingAscii,
    /// . , : ; begins no line, and stays with a letter or digit after it.
    Stop,
    /// The question mark of ASCII, which parts an address.
    Question,
    Ampersand,
    /// Small kana, marks of repetition, middle dots, wave dashes: begins no line.
    NonStarter,
    /// — and …: begins no line and is not split from its like.
    Pair,
    /// ¥ $ + №: stays with what follows.
    Prefix,
    /// % ‰ ℃ ㎡: stays with what comes before.
    Suffix,
    /// ' and ", of which nobody knows whether they open or close.
    Quote,
    Hyphen,
    Slash,
    /// ／, which by the national standard stands neither first nor last on a line.
    WideSlash,
    Space,
    /// The zero-width space and the soft hyphen: a chance to break.
    Opportunity,
    /// The no-break space, the word joiner: no chance on either side.
    Glue,
    /// What belongs to the grapheme before.
    Mark,
    LineBreak,
}

impl Class {
    fn of_grapheme(grapheme: &str, head: char) -> Self {
        let is_alone = grapheme.len() == head.len_utf8();
        match Class::of(head) {
            class if is_alone => class,
            _ if grapheme.contains(['\u{FE0F}', '\u{20E3}']) => Class::Free,
            // A mark set on a space is seen.
            Class::Space => Class::Letter,
            class => class,
        }
    }

    /// Constant time: one look into a table of the first plane.
    fn of(character: char) -> Self {
        static NEAR: LazyLock<Vec<Class>> =
            LazyLock::new(|| ('\0'..='\u{FFFF}').map(Class::worked_out).collect());
        // The table leaves out the surrogates, which are no characters.
        let index = match u32::from(character) {
            code @ ..0xD800 => code,
            code => code - 0x800,
        };
        let near = NEAR.get(index as usize).copied();
        near.unwrap_or_else(|| Class::worked_out(character))
    }

    fn worked_out(character: char) -> Self {
        match character {
            _ if character.is_ascii() => Class::of_ascii(character),
            _ if !takes_room(character) => Class::of_weightless(character),
            _ => Class::listed(character).unwrap_or_else(|| Class::of_other(character)),
        }
    }

    fn listed(character: char) -> Option<Self> {
        MARKS.iter().find(|(_, marks)| marks.contains(character)).map(|&(class, _)| class)
    }

    fn of_weightless(character: char) -> Self {
        match character {
            '\u{200B}' | '\u{AD}' => Class::Opportunity,
            '\u{2060}' | '\u{FEFF}' => Class::Glue,
            '\u{85}' | '\u{2028}' | '\u{2029}' => Class::LineBreak,
            _ => Class::Mark,
        }
    }

    fn of_ascii(character: char) -> Self {
        match character {
            '0'..='9' => Class::Digit,
            ' ' | '\t' => Class::Space,
            '\n' | '\r' | '\u{B}' | '\u{C}' => Class::LineBreak,
            '(' | '[' | '{' => Class::OpeningAscii,
            ')' | ']' | '}' => Class::ClosingAscii,
            '.' | ',' | ':' | ';' => Class::Stop,
            '!' => Class::Closing,
            '?' => Class::Question,
            '&' => Class::Ampersand,
            '$' | '+' => Class::Prefix,
            '%' => Class::Suffix,
            '\'' | '"' => Class::Quote,
            '-' => Class::Hyphen,
            '/' => Class::Slash,
            _ => Class::Letter,
        }
    }

    /// The class of anything but ASCII, the commonest Han characters and the marks listed above.
    fn of_other(character: char) -> Self {
        match character {
            '\u{A0}' | '\u{2007}' | '\u{202F}' => Class::Glue,
            '０'..='９' => Class::Digit,
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Class::Letter,
            // Units of several letters in one character: ㎎ to ㏟, ㍱ to ㍶.
            '\u{3380}'..='\u{33DF}' | '\u{3371}'..='\u{3376}' => Class::Suffix,
            // Signs that say how a character is put together: ⿰氵工 is one.
            '\u{2FF0}'..='\u{2FFF}' => Class::Prefix,
            '\u{31F0}'..='\u{31FF}' => Class::NonStarter,
            // Numbers in circles and Roman numerals of one character are set like Han.
            '\u{1100}'..='\u{11FF}' | '\u{2E80}'.. | '\u{2150}'..='\u{2BFF}' => Class::Free,
            _ if character.is_numeric() => Class::Digit,
            '\u{2010}'..='\u{2BFF}' if !character.is_alphabetic() => Class::Free,
            _ => Class::Letter,
        }
    }

    /// Whether it hangs at the end of a line.
    fn hangs(self) -> bool {
        matches!(self, Class::Space | Class::Opportunity | Class::LineBreak)
    }

    /// Whether it may not end a line.
    fn holds_next(self) -> bool {
        matches!(self, Class::Opening | Class::OpeningAscii | Class::WideSlash)
    }

    /// Whether it may not begin a line.
    fn holds_previous(self) -> bool {
        use Class::{Closing, ClosingAscii, NonStarter, Pair, Question, Stop, Suffix, WideSlash};
        matches!(self, Closing | ClosingAscii | Stop | Question | NonStarter | Pair | Suffix | WideSlash)
    }

    /// Whether it is of the matter of words and numbers, which hold together.
    fn is_wordy(self) -> bool {
        matches!(self, Class::Letter | Class::Digit | Class::Ampersand)
    }
}

/// The marks outside ASCII, by class, with the classes of JLREQ that they come from.
const MARKS: [(Class, &str); 10] = [
    // Opening brackets and quotation marks (cl-01), with their vertical and small forms.
    (Class::Opening, "“‘‚„‛‟«‹〈《「『【〔〖〘〚〝（［｛｟｢⟨⟪⦅⁅⁽₍¿¡︵︷︹︻︽︿﹁﹃﹇﹙﹛﹝\u{2329}"),
    // Closing brackets (cl-02), dividing marks (cl-04), full stops (cl-06) and commas (cl-07).
    (Class::Closing, "”»›〉》」』】〕〗〙〛〞〟）］｝｠｣⟩⟫⦆⁆⁾₎︶︸︺︼︾﹀﹂﹄﹈﹚﹜﹞\u{232A}"),
    (Class::Closing, "、。，．：；！？｡､︐︑︒︓︔︕︖︗︘﹐﹑﹒﹔﹕﹖﹗‼⁇⁈⁉‽"),
    // Also the apostrophe of don’t.
    (Class::ClosingAscii, "’"),
    // Connecting marks (cl-03), middle dots (cl-05), marks of repetition (cl-09), the long vowel mark
    // (cl-10), small kana (cl-11), the tones of bopomofo, raised and lowered numbers.
    (
        Class::NonStarter,
        "·‧・･•∙⋅〜～∼‐‑‒–゠〰﹏﹘﹣－々〻ゝゞヽヾ〱〲〳〴〵ーｰぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ\
         ｧｨｩｪｫｬｭｮｯﾞﾟ゛゜ˊˇˋ⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉²³¹℠™®",
    ),
    // What is not split from its like (cl-08).
    (Class::Pair, "—―─…‥⋯⸺⸻︙︱﹍﹎"),
    // What stands before numbers (cl-12).
    (Class::Prefix, "￥¥＄￡£€₩￦№＃＋±−∓﹩＠"),
    // What stands after numbers (cl-13).
    (Class::Suffix, "％‰‱℃℉°′″‴￠¢﹪ℓ"),
    (Class::WideSlash, "／"),
    (
        Class::Space,
        "\u{3000}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2008}\u{2009}\u{200A}\u{205F}",
    ),
];

/// How good a break between neighbours of these classes is; the first rule that applies decides.
fn chance_between(left: Class, right: Class) -> Chance {
    use Chance::{Emergency, Forbidden, Good, Must};
    use Class::{
        ClosingAscii, Free, Glue, Hyphen, Letter, LineBreak, Mark, OpeningAscii, Opportunity, Prefix,
        Question, Quote, Slash, Space, Stop, Suffix,
    };
    match (left, right) {
        (LineBreak, _) => Must,
        (_, LineBreak | Space | Opportunity | Mark) => Forbidden,
        (_, right) if right.holds_previous() => Forbidden,
        (left, _) if left.holds_next() => Forbidden,
        (Opportunity | Space, right) if right != Glue => Good,
        (Hyphen, Letter | Free) | (Slash, Letter) => Good,
        (Glue | Quote | Prefix | Hyphen | Slash, _) | (_, Glue | Quote | Hyphen | Slash) => Emergency,
        (left, Prefix | OpeningAscii) if left.is_wordy() => Emergency,
        (Suffix | Stop | ClosingAscii | Question | Mark, right) if right.is_wordy() => Emergency,
        (left, right) if left.is_wordy() && right.is_wordy() => Emergency,
        _ => Good,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Two for what is as wide as Han, one for ASCII.
    fn advance(character: char) -> f32 {
        if character.is_ascii() { 1.0 } else { 2.0 }
    }

    /// Breaks `text` at `width` and compares with `expected`, whose lines are parted by `|`.
    fn check(text: &str, width: f32, expected: &str) {
        let lines = break_lines(text, width, advance, 0.0);
        let shown: Vec<&str> = lines.iter().map(|line| line.span.of(text).unwrap()).collect();
        assert_eq!(shown.join("|"), expected);
    }

    #[test]
    fn keeps_marks_off_the_edges() {
        check("修好水渠，引水", 8.0, "修好水|渠，引水");
        check("他說「修渠」", 6.0, "他說|「修|渠」");
        check("他說：「好。」再來", 8.0, "他說：|「好。」|再來");
        check("甲·乙丙", 4.0, "甲·|乙丙");
        check("堤岸和／或水渠", 6.0, "堤岸|和／或|水渠");
        check("カード", 4.0, "カー|ド");
    }

    #[test]
    fn never_splits_dashes_and_ellipses() {
        check("等了……他來", 6.0, "等|了……|他來");
        check("河岸——堤", 6.0, "河|岸——|堤");
    }

    #[test]
    fn keeps_words_and_numbers_whole() {
        check("共有12,500人", 7.0, "共有|12,500|人");
        check("約為¥30.5元", 8.0, "約為|¥30.5元");
        check("氣溫為25℃以上", 8.0, "氣溫為|25℃以上");
        check("增長了12%左右", 8.0, "增長了|12%左右");
        check("use the river", 8.0, "use the |river");
        check("a well-known one", 9.0, "a well-|known one");
        check("rm -rf now", 5.0, "rm |-rf |now");
        check("I don’t go", 7.0, "I |don’t |go");
        check("增長-5.2度", 7.0, "增長|-5.2度");
    }

    #[test]
    fn breaks_addresses_after_their_marks() {
        check(
            "見https://river.example/dam?year=2024&page=3。",
            16.0,
            "見https://river.|example/dam?|year=2024&|page=3。",
        );
        check("www.river.example", 10.0, "www.river.|example");
        check("river.example", 10.0, "river.exam|ple");
    }

    #[test]
    fn hangs_white_space() {
        check("水渠   堤岸", 4.0, "水渠   |堤岸");
        check("水渠　堤岸", 4.0, "水渠　|堤岸");
        check("　　水渠", 6.0, "　　水|渠");
        check("水（  渠）", 6.0, "水|（  渠|）");
        let lines = break_lines("水渠  ", 8.0, advance, 0.0);
        assert_eq!(lines, [LineSpan { span: Span::new(0, 8), width: 4.0 }]);
    }

    #[test]
    fn breaks_long_runs_where_it_harms_least() {
        check("水abcdefgh", 4.0, "水|abcd|efgh");
        check("abcdefgh，", 4.0, "abcd|efg|h，");
        check("………", 4.0, "……|…");
        check("渠", 1.0, "渠");
    }

    #[test]
    fn keeps_graphemes_whole() {
        check("渠\u{E0100}堤\u{E0100}", 2.0, "渠\u{E0100}|堤\u{E0100}");
        check("e\u{301}e\u{301}e\u{301}", 2.0, "e\u{301}e\u{301}|e\u{301}");
        check("👩‍🌾👩‍🌾", 4.0, "👩‍🌾|👩‍🌾");
        check("渠\u{2060}堤岸", 4.0, "渠\u{2060}堤|岸");
        check("渠\u{200B}a\u{200B}b", 3.0, "渠\u{200B}a\u{200B}|b");
    }

    #[test]
    fn ends_lines_at_line_breaks() {
        check("水\n\r\n渠\n", 8.0, "水\n|\r\n|渠\n|");
        check("", 8.0, "");
        assert_eq!(break_lines("", 8.0, advance, 0.0).len(), 1);
    }

    #[test]
    fn indents_the_first_line() {
        let lines = break_lines("修好水渠", 8.0, advance, 4.0);
        assert_eq!(lines.iter().map(|line| line.width).collect::<Vec<_>>(), [4.0, 4.0]);
    }

    #[test]
    fn knows_pairs_of_characters() {
        assert!(may_break_between('水', '渠'));
        assert!(may_break_between('，', '「'));
        assert!(may_break_between('水', 'a'));
        for (left, right) in
            ["水，", "「水", "……", "——", "ab", "12", "$1", "5%", "5℃", "水々", "水ー", "水·", "水ょ"]
                .map(|pair| (pair.chars().next().unwrap(), pair.chars().nth(1).unwrap()))
        {
            assert!(!may_break_between(left, right), "{left}{right}");
        }
    }

    const MIXED: &str =
        "[水渠堤修a-cw./:?&0-9 　，。「」（）…—·%￥\\-\n\r\u{301}\u{200B}\u{200D}\u{2060}👩🌾🇨🇳]{0,60}";

    proptest! {
        #[test]
        fn lines_cover_the_text(text in MIXED, width in 0_u8..24, indent in 0_u8..6) {
            let lines = break_lines(&text, f32::from(width), advance, f32::from(indent));
            let joined: String = lines.iter().map(|line| line.span.of(&text).unwrap()).collect();
            prop_assert_eq!(joined, text);
        }

        #[test]
        fn no_line_is_too_wide(text in MIXED, width in 0_u8..24, indent in 0_u8..6) {
            for (index, line) in break_lines(&text, f32::from(width), advance, f32::from(indent)).iter().enumerate() {
                let room = f32::from(width) - if index == 0 { f32::from(indent) } else { 0.0 };
                let visible = line.span.of(&text).unwrap().trim_end_matches(|c| Class::of(c).hangs());
                let own: f32 = visible.chars().filter(|&c| takes_room(c)).map(advance).sum();
                prop_assert!((own - line.width).abs() < TOLERANCE);
                prop_assert!(line.width <= room || visible.graphemes(true).count() <= 1, "{:?}", visible);
            }
        }

        #[test]
        fn lines_end_where_graphemes_do(text in MIXED, width in 0_u8..24) {
            let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            for line in break_lines(&text, f32::from(width), advance, 0.0) {
                prop_assert!(ends.contains(&(line.span.end() as usize)));
            }
        }

        /// A line breaks the rules of punctuation only where its predecessor holds no better place.
        #[test]
        fn edges_follow_the_rules(text in MIXED, width in 0_u8..24) {
            let pieces = pieces(&text, advance);
            let index_of = |at: u32| pieces.iter().position(|piece| piece.start == at);
            for line in break_lines(&text, f32::from(width), advance, 0.0) {
                let Some(next) = index_of(line.span.end()) else { continue };
                let first = index_of(line.span.start()).unwrap();
                let best = pieces[first + 1..next].iter().map(|piece| piece.chance).max();
                prop_assert!(pieces[next].chance >= best.unwrap_or(Chance::Forbidden));
            }
        }

        /// The edges of lines, told by lists of marks and not by classes, in text of Han and marks.
        #[test]
        fn marks_stay_off_the_edges(text in "([水渠堤]{2}[，。」）、·]?|「[水渠][？！]?」|水……|（渠）){0,20}", width in 14_u8..40) {
            for line in break_lines(&text, f32::from(width), advance, 0.0) {
                let line = line.span.of(&text).unwrap();
                prop_assert!(!line.starts_with(['，', '。', '」', '）', '、', '·', '？', '！', '…']), "{}", line);
                prop_assert!(!line.ends_with(['「', '（']), "{}", line);
            }
        }
    }
}
