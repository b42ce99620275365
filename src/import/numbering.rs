//! Numbers at the beginning of lines: 第一章, 一、, （一）, 1., 专栏4, 附件, bullets; and the notes of a page
//! continued.

use super::characters;
use crate::text::{Span, number_at_start};

/// A style of numbering. The order is the convention of Chinese documents, the highest first; what a
/// document itself does overrules it (see [`super::structure`]).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Style {
    /// 第一卷, 第一册
    Volume,
    /// 第一编, 第一部分, 第一篇
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 壹、: the numerals that documents of law and Taiwan's papers count their largest parts with
    Legal,
    /// 一、
    HanComma,
    /// （一）
    HanBracket,
    /// 第一条
    Article,
    /// I.
    Roman,
    /// 1 and a space: a number only where the document also has 1.1
    Bare,
    /// 1.
    Arabic,
    /// 1.1
    Decimal2,
    /// 1.1.1
    Decimal3,
    /// 1.1.1.1 and longer
    Decimal4,
    /// 1）
    ArabicHalf,
    /// （1）
    ArabicBracket,
    /// ①
    Circled,
    /// 甲、
    Stem,
    /// A.
    Latin,
    /// 专栏1: the title of a box
    Box,
    /// 附件1
    Annex,
    /// 结束语: a word that is a heading by itself
    Word,
    /// `[1]`
    Note,
    /// •
    Bullet,
}

impl Style {
    /// How many styles there are.
    pub(super) const COUNT: usize = Self::Bullet as usize + 1;

    /// Whether headings of this style take their level from the styles that the document nests.
    pub(super) fn is_ranked(self) -> bool {
        self < Self::Box
    }

    /// Whether a line with it can be an item of a list.
    pub(super) fn may_be_item(self) -> bool {
        !matches!(
            self,
            Self::Volume
                | Self::Part
                | Self::Chapter
                | Self::Section
                | Self::Article
                | Self::Box
                | Self::Word
        )
    }
}

/// A number at the beginning of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Number {
    /// Its style.
    pub(super) style: Style,
    /// Its value; 0 where it has none.
    pub(super) value: u32,
}

/// The number at the beginning of `line`, if it has one.
pub(super) fn parse(line: &str) -> Option<Number> {
    let first = line.chars().next()?;
    let found = match first {
        '第' => ordinal(line),
        '（' | '(' | '〔' | '【' => bracketed(line),
        '[' | '［' => note(line),
        '专' | '專' | '方' | '框' | 'B' => boxed(line).or_else(|| lettered(line)),
        '附' => annex(line),
        '•' | '·' | '●' | '○' | '■' | '□' | '◆' | '◇' | '▪' | '▫' | '‣' | '◦' | '–' | '—' | '*' | '+'
        | '-' => bullet(line),
        '0'..='9' | '０'..='９' => arabic(line),
        'A'..='Z' | 'a'..='z' | '\u{2160}'..='\u{217b}' => lettered(line),
        '\u{2460}'..='\u{249b}' | '\u{3220}'..='\u{3229}' => enclosed(first),
        _ => han(line),
    };
    found.or_else(|| word(line))
}

/// Whether `line` begins with a number that surely begins something new.
pub(super) fn starts_anew(line: &str) -> bool {
    parse(line).is_some_and(|number| number.style != Style::Bare)
}

fn number(style: Style, value: u32) -> Number {
    Number { style, value }
}

/// 第一章, 第 3 条.
fn ordinal(line: &str) -> Option<Number> {
    let (value, rest) = number_at_start(line.strip_prefix('第')?.trim_start())?;
    let rest = rest.trim_start();
    let mut after = rest.chars();
    let style = match after.next()? {
        '卷' | '册' | '冊' => Style::Volume,
        '编' | '編' | '篇' | '部' => Style::Part,
        '章' | '回' | '讲' | '講' | '课' | '課' => Style::Chapter,
        '节' | '節' => Style::Section,
        '条' | '條' => Style::Article,
        _ => return None,
    };
    let rest = after.as_str().strip_prefix('分').filter(|_| style == Style::Part).unwrap_or(after.as_str());
    // 第一章 has its title after a space or a mark, or is one word with it: but 第一回合, 第二节课 are not.
    let parted = rest.is_empty() || rest.starts_with(|next: char| !next.is_alphanumeric() || next == '之');
    let strong = matches!(style, Style::Chapter | Style::Article | Style::Section)
        && !rest.starts_with(['合', '课', '課', '的', '程']);
    if parted || strong { Some(number(style, value)) } else { None }
}

/// （一）, (1), （1）.
fn bracketed(line: &str) -> Option<Number> {
    let inner = line.get(line.chars().next()?.len_utf8()..)?;
    let (value, rest) = number_at_start(inner.trim_start())?;
    rest.trim_start().strip_prefix(['）', ')', '〕', '】'])?;
    let arabic = inner
        .trim_start()
        .starts_with(|found: char| found.is_ascii_digit() || ('０'..='９').contains(&found));
    if value == 0 || value > 999 {
        return None;
    }
    Some(number(if arabic { Style::ArabicBracket } else { Style::HanBracket }, value))
}

/// `[1]` at the beginning of a line: a note.
fn note(line: &str) -> Option<Number> {
    let (value, rest) = number_at_start(line.strip_prefix(['[', '［'])?)?;
    rest.strip_prefix([']', '］']).filter(|_| value < 1000)?;
    Some(number(Style::Note, value))
}

/// 专栏4, 專欄二, 方框 3, Box 1.
fn boxed(line: &str) -> Option<Number> {
    let rest = ["专栏", "專欄", "方框", "框", "Box "].iter().find_map(|word| line.strip_prefix(word))?;
    let rest = rest.trim_start();
    match number_at_start(rest) {
        Some((value, after)) if !after.starts_with(|next: char| "个個种種次年".contains(next)) => {
            Some(number(Style::Box, value))
        }
        None if rest.is_empty() || rest.starts_with(['：', ':']) => Some(number(Style::Box, 0)),
        _ => None,
    }
}

/// 附件, 附　录, 附件1, 附件（一）, 附录二：…, 附录A（…）; but 附件：… lists what is attached.
fn annex(line: &str) -> Option<Number> {
    let named = line.strip_prefix('附')?.trim_start();
    let rest = named.strip_prefix(['件', '录', '錄', '録', '表', '图', '圖'])?.trim_start();
    let (value, after) = number_of_annex(rest).unwrap_or((0, rest));
    if value == 0 && named.starts_with('件') && after.starts_with(['：', ':']) {
        return None;
    }
    let parted = after.is_empty() || after.starts_with(['：', ':', ' ', '　', '、', '.', '（', '(']);
    if parted { Some(number(Style::Annex, value)) } else { None }
}

/// 2, 二, （二）, A.
fn number_of_annex(text: &str) -> Option<(u32, &str)> {
    if let Some(inner) = text.strip_prefix(['（', '(']) {
        let (value, after) = number_at_start(inner.trim_start())?;
        return Some((value, after.trim_start().strip_prefix(['）', ')'])?));
    }
    let mut after = text.chars();
    match after.next()? {
        letter @ 'A'..='Z' => Some((u32::from(letter) - u32::from('A') + 1, after.as_str())),
        _ => number_at_start(text),
    }
}

fn bullet(line: &str) -> Option<Number> {
    let mut rest = line.chars();
    let mark = rest.next()?;
    let next = rest.next()?;
    let dash = mark == '–' && !"–—".contains(next) && !next.is_numeric();
    let tight = dash || "•●■◆◇▪".contains(mark) && next != mark;
    if next.is_whitespace() || tight { Some(number(Style::Bullet, 0)) } else { None }
}

/// 1. 1、 1） 1.1 1.1.1
fn arabic(line: &str) -> Option<Number> {
    let (value, mut rest) = number_at_start(line)?;
    if value == 0 && !rest.starts_with('.') || value > 999 {
        return None;
    }
    let mut depth = 1;
    let mut last = value;
    while let Some((next, after)) = rest.strip_prefix(['.', '．']).and_then(number_at_start) {
        (depth, last, rest) = (depth + 1, next, after);
    }
    let spaced = rest.starts_with(char::is_whitespace);
    let dotted = rest.starts_with(['.', '．', '、']);
    match depth {
        1 if rest.starts_with(['）', ')']) => Some(number(Style::ArabicHalf, value)),
        1 if dotted => Some(number(Style::Arabic, value)),
        1 if spaced && value < 100 && rest.trim_start().starts_with(characters::is_han) => {
            Some(number(Style::Bare, value))
        }
        2 if spaced || dotted => Some(number(Style::Decimal2, last)),
        3 if spaced || dotted => Some(number(Style::Decimal3, last)),
        4.. if spaced || dotted => Some(number(Style::Decimal4, last)),
        _ => None,
    }
}

/// A. a) IV. Ⅳ、
fn lettered(line: &str) -> Option<Number> {
    let end = line.find(['.', '．', '、', ')', '）'])?;
    let (letters, rest) = line.split_at_checked(end)?;
    let after = rest.chars().nth(1);
    let parted =
        after.is_some_and(|next| next.is_whitespace() || characters::is_han(next) || "《“「".contains(next));
    if !parted || letters.chars().count() > 5 {
        return None;
    }
    if let Some(value) = roman(letters) {
        return Some(number(Style::Roman, value));
    }
    let mut only = letters.chars();
    let letter = only.next()?.to_ascii_lowercase();
    if only.next().is_none() && letter.is_ascii_lowercase() {
        return Some(number(Style::Latin, u32::from(letter) - u32::from('a') + 1));
    }
    None
}

/// The value of a Roman number in capitals, or of one of Unicode's Roman numerals.
fn roman(letters: &str) -> Option<u32> {
    let mut total: u32 = 0;
    let mut highest = 0;
    for letter in letters.chars().rev() {
        let value = match letter {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            '\u{2160}'..='\u{216b}' => letter as u32 - 0x215f,
            _ => return None,
        };
        if value < highest {
            total = total.checked_sub(value)?;
        } else {
            total += value;
            highest = value;
        }
    }
    (total > 0).then_some(total)
}

/// ① ⑴ ⒈ ㈠
fn enclosed(first: char) -> Option<Number> {
    let code = first as u32;
    match first {
        '\u{2460}'..='\u{2473}' => Some(number(Style::Circled, code - 0x245f)),
        '\u{2474}'..='\u{2487}' => Some(number(Style::ArabicBracket, code - 0x2473)),
        '\u{2488}'..='\u{249b}' => Some(number(Style::Arabic, code - 0x2487)),
        '\u{3220}'..='\u{3229}' => Some(number(Style::HanBracket, code - 0x321f)),
        _ => None,
    }
}

/// 一、 甲、
fn han(line: &str) -> Option<Number> {
    const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
    let first = line.chars().next()?;
    if let Some(position) = STEMS.chars().position(|stem| stem == first) {
        line.strip_prefix(first)?.strip_prefix(['、', '．', '.'])?;
        return Some(number(Style::Stem, u32::try_from(position).ok()? + 1));
    }
    if let Some((value, rest)) = legal_at_start(line) {
        rest.strip_prefix(['、', '．', '.', '\u{3000}'])?;
        return Some(number(Style::Legal, value));
    }
    let (value, rest) = number_at_start(line)?;
    rest.strip_prefix(['、', '．', '.']).filter(|_| value > 0 && value < 1000)?;
    Some(number(Style::HanComma, value))
}

/// A number up to 99 in legal numerals (壹, 拾貳, 參拾) at the start of a line, and the rest of it.
fn legal_at_start(line: &str) -> Option<(u32, &str)> {
    const DIGITS: [&str; 9] = ["壹", "贰貳", "叁參叄", "肆", "伍", "陆陸", "柒", "捌", "玖"];
    let digit = |text: &str| {
        let first = text.chars().next()?;
        let value = DIGITS.iter().position(|signs| signs.contains(first))?;
        Some((u32::try_from(value).ok()? + 1, first.len_utf8()))
    };
    let (tens, rest) = match digit(line) {
        Some((value, length)) => (Some(value), line.get(length..)?),
        None => (None, line),
    };
    let Some(after_ten) = rest.strip_prefix('拾') else { return tens.map(|value| (value, rest)) };
    let (ones, length) = digit(after_ten).unwrap_or_default();
    Some((tens.unwrap_or(1) * 10 + ones, after_ten.get(length..)?))
}

/// Words that are a heading by themselves, spaces within them aside.
const WORDS: [&str; 39] = [
    "结束语",
    "結束語",
    "结语",
    "結語",
    "结论",
    "結論",
    "序",
    "序言",
    "序论",
    "自序",
    "前言",
    "引言",
    "引子",
    "导言",
    "導言",
    "导论",
    "導論",
    "绪论",
    "緒論",
    "后记",
    "後記",
    "跋",
    "尾声",
    "尾聲",
    "目录",
    "目錄",
    "目次",
    "致谢",
    "致謝",
    "摘要",
    "提要",
    "参考文献",
    "參考文獻",
    "注释",
    "注釋",
    "註釋",
    "楔子",
    "附则",
    "附則",
];

fn word(line: &str) -> Option<Number> {
    const FIRST: &str = "附结結序自前引导導绪緒后後跋尾目致摘提参參注註楔";
    if line.len() > 40 || !line.starts_with(|first| FIRST.contains(first)) {
        return None;
    }
    let is_word = |word: &str| {
        let mut characters = line.chars().filter(|found| !found.is_whitespace());
        word.chars().all(|expected| characters.next() == Some(expected)) && characters.next().is_none()
    };
    WORDS.iter().any(|word| is_word(word)).then_some(number(Style::Word, 0))
}

/// The number of a page that is all of `line`: — 12 —, - 12 -, 第12页, 第12页 共30页.
pub(super) fn page(line: &str) -> Option<u32> {
    let between_dashes =
        || line.strip_prefix(DASHES)?.strip_suffix(DASHES).map(|inner| inner.trim_matches(DASHES).trim());
    let named = || {
        let (value, rest) = number_at_start(line.strip_prefix('第')?.trim_start())?;
        let rest = rest.trim_start().strip_prefix(['页', '頁'])?.trim_matches([' ', '　', ',', '，', '/']);
        let all = rest
            .strip_prefix('共')
            .and_then(|all| all.trim_end_matches(['页', '頁']).trim().parse::<u32>().ok());
        (rest.is_empty() || all.is_some()).then_some(value)
    };
    match between_dashes() {
        Some(digits) => digits.parse().ok(),
        None => named(),
    }
}

const DASHES: [char; 4] = ['-', '–', '—', '－'];

/// The longest note of a page continued, in bytes.
const LONGEST_NOTE: usize = 48;

/// Whether all of `text` is such a note.
pub(super) fn is_continuation_note(text: &str) -> bool {
    note_at_start(text, Span::whole(text)) == Some(Span::whole(text))
}

/// A note that the text continues from another page, such as （上接第四版）, at the start of `content`.
pub(super) fn note_at_start(text: &str, content: Span) -> Option<Span> {
    let line = content.of(text)?;
    line.strip_prefix(['（', '(', '【', '[']).filter(|rest| rest.starts_with(['上', '下']))?;
    let end = line.find(['）', ')', '】', ']']).filter(|&end| end <= LONGEST_NOTE)?;
    let end = end + line.get(end..)?.chars().next()?.len_utf8();
    is_note(line.get(..end)?).then(|| Span::from_length(content.start(), crate::text::saturate(end)))
}

/// A note that the text goes on elsewhere, such as （下转第二版）, at the end of `content`.
pub(super) fn note_at_end(text: &str, content: Span) -> Option<Span> {
    let line = content.of(text)?;
    line.strip_suffix(['）', ')', '】', ']'])?;
    let start = line.rfind(['（', '(', '【', '['])?;
    let found = line.get(start..)?;
    let whole = start == 0 || found.len() > LONGEST_NOTE;
    (!whole && is_note(found))
        .then(|| Span::new(content.start() + crate::text::saturate(start), content.end()))
}

fn is_note(bracketed: &str) -> bool {
    let inner = bracketed.trim_matches(|found| characters::closes(found) || "（(【[".contains(found));
    let rest =
        ["上接", "下转", "下轉", "下接", "上转", "上轉"].iter().find_map(|word| inner.strip_prefix(word));
    rest.is_some_and(|place| place.ends_with(['版', '页', '頁', '面', '栏', '欄']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_style() {
        let check = |line: &str, expected: Option<(Style, u32)>| {
            assert_eq!(parse(line).map(|found| (found.style, found.value)), expected, "{line}");
        };
        check("第一章 總則", Some((Style::Chapter, 1)));
        check("第十二条", Some((Style::Article, 12)));
        check("第 3 节　借閱", Some((Style::Section, 3)));
        check("第二部分 措施", Some((Style::Part, 2)));
        check("第一回合", None);
        check("第一部電影", None);
        check("一、讓書走近讀者", Some((Style::HanComma, 1)));
        check("壹、緒論", Some((Style::Legal, 1)));
        check("拾、", Some((Style::Legal, 10)));
        check("參拾貳、結論", Some((Style::Legal, 32)));
        check("叁　措施", Some((Style::Legal, 3)));
        check("壹仟元整", None);
        check("陸地", None);
        check("（十二）互相幫扶", Some((Style::HanBracket, 12)));
        check("(1) 借", Some((Style::ArabicBracket, 1)));
        check("1.選書", Some((Style::Arabic, 1)));
        check("1、選書", Some((Style::Arabic, 1)));
        check("12.5公里", None);
        check("2.3 河段", Some((Style::Decimal2, 3)));
        check("1.2.3 河段", Some((Style::Decimal3, 3)));
        check("2025年的春天", None);
        check("专栏4 书车", Some((Style::Box, 4)));
        check("專欄：書車", Some((Style::Box, 0)));
        check("专栏作家来了", None);
        check("附件", Some((Style::Annex, 0)));
        check("附錄二：書目", Some((Style::Annex, 2)));
        check("附　件", Some((Style::Annex, 0)));
        check("附件（二）：書目", Some((Style::Annex, 2)));
        check("附录B（书目）", Some((Style::Annex, 2)));
        check("附　則", Some((Style::Word, 0)));
        check("附件：書目", None);
        check("附表格", None);
        check("附近有一條河", None);
        check("結　語", Some((Style::Word, 0)));
        check("IV. Rivers", Some((Style::Roman, 4)));
        check("a) 書", Some((Style::Latin, 1)));
        check("③ 書", Some((Style::Circled, 3)));
        check("甲、書", Some((Style::Stem, 1)));
        check("• 書", Some((Style::Bullet, 0)));
        check("–「借書」一欄", Some((Style::Bullet, 0)));
        check("–5 度", None);
        check("——題記", None);
        check("[2] 見卷首", Some((Style::Note, 2)));
        check("三人行", None);
        check("", None);
    }

    #[test]
    fn notes_of_a_page_continued() {
        let check = |line: &str, start: Option<&str>, end: Option<&str>| {
            let all = Span::whole(line);
            assert_eq!(note_at_start(line, all).and_then(|span| span.of(line)), start, "{line}");
            assert_eq!(note_at_end(line, all).and_then(|span| span.of(line)), end, "{line}");
        };
        check("（上接第三版）書讀完了。", Some("（上接第三版）"), None);
        check("(上接A2版)書", Some("(上接A2版)"), None);
        check("書還沒讀完（下转第二版）", None, Some("（下转第二版）"));
        check("（上學期）書", None, None);
        check("（下转第二版）", Some("（下转第二版）"), None);
    }
}
