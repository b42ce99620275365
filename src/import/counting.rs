//! Numbers as lists and notes show them: 3, iii, c, 三, 叁, ③, 丙.

/// How a number is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Counting {
    /// 1, 2, 3
    #[default]
    Arabic,
    /// 01, 02, 03: at least so many digits
    Padded(usize),
    /// １, ２, ３
    FullWidth,
    /// i, ii, iii
    RomanSmall,
    /// I, II, III
    RomanLarge,
    /// a, b, c … z, aa, bb
    LatinSmall,
    /// A, B, C
    LatinLarge,
    /// 1st, 2nd, 3rd
    Ordinal,
    /// 一, 二 … 十, 十一 … 九十九, 一〇〇
    Han,
    /// 一, 二 … 一百零一, 一千零一十
    HanThousand,
    /// 一, 二 … 一〇, 一一: digit by digit, zero being the character given
    HanDigits(char),
    /// 壹, 贰, 叁 … 壹拾
    LegalSimplified,
    /// 壹, 貳, 參 … 壹拾
    LegalTraditional,
    /// 甲, 乙, 丙 … 癸
    Stems,
    /// 子, 丑, 寅 … 亥
    Branches,
    /// 甲子, 乙丑 … 癸亥
    StemsAndBranches,
    /// ①, ② … ⑳
    Circled,
    /// ⑴, ⑵ … ⒇
    Bracketed,
    /// ⒈, ⒉ … ⒛
    WithStop,
    /// ㊀, ㊁ … ㊉
    HanCircled,
    /// - 1 -
    InDashes,
    /// *, †, ‡, §, **
    Signs,
    /// No number is shown.
    Nothing,
}

/// What parts a number from the text after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum After {
    /// A tabulator.
    #[default]
    Tab,
    /// A space.
    Space,
    /// Nothing.
    Nothing,
}

impl After {
    /// What is written between a label and its text. A tabulator after 一、 is only layout.
    pub(super) fn space(self, label: &str) -> &'static str {
        let closed = label.trim_end().ends_with(['、', '，', '）', '．', '。', '：', '】', '〕']);
        match self {
            _ if label.trim().is_empty() => "",
            Self::Tab if closed => "",
            Self::Tab | Self::Space => " ",
            Self::Nothing => "",
        }
    }
}

/// The mark of a note as it stands in the text: in brackets, unless it is a sign that nobody takes for text.
pub(super) fn as_mark(mark: &str) -> String {
    let is_text = |found: char| found.is_ascii_alphanumeric() || ('一'..='龥').contains(&found);
    if mark.chars().any(is_text) && !mark.starts_with(['[', '（', '(', '〔']) {
        format!("[{mark}]")
    } else {
        mark.to_owned()
    }
}

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const DIGITS: &str = "零一二三四五六七八九";
const LEGAL_SIMPLIFIED: &str = "零壹贰叁肆伍陆柒捌玖";
const LEGAL_TRADITIONAL: &str = "零壹貳參肆伍陸柒捌玖";

/// Longer runs of letters or signs than this are written as digits.
const MOST_REPEATED: u32 = 30;

impl Counting {
    /// The number as it is shown. What a counting has no signs for is shown in digits.
    pub(super) fn show(self, number: u32) -> String {
        self.signs(number).unwrap_or_else(|| number.to_string())
    }

    fn signs(self, number: u32) -> Option<String> {
        let below = |most: u32, first: char| {
            let at = number.checked_sub(1).filter(|&at| at < most)?;
            char::from_u32(first as u32 + at).map(String::from)
        };
        match self {
            Self::Arabic => None,
            Self::Padded(digits) => Some(format!("{number:0digits$}")),
            Self::FullWidth => Some(full_width(number)),
            Self::RomanSmall => in_roman(number).map(|roman| roman.to_lowercase()),
            Self::RomanLarge => in_roman(number),
            Self::LatinSmall => letters(number).map(|letters| letters.to_lowercase()),
            Self::LatinLarge => letters(number),
            Self::Ordinal => Some(ordinal(number)),
            Self::Han if number > 99 => Some(digit_by_digit(number, '〇')),
            Self::Han | Self::HanThousand => han(number, DIGITS, "十百千", true),
            Self::HanDigits(zero) => Some(digit_by_digit(number, zero)),
            Self::LegalSimplified => han(number, LEGAL_SIMPLIFIED, "拾佰仟", false),
            Self::LegalTraditional => han(number, LEGAL_TRADITIONAL, "拾佰仟", false),
            Self::Stems => nth(STEMS, number),
            Self::Branches => nth(BRANCHES, number),
            Self::StemsAndBranches => stem_and_branch(number),
            Self::Circled => below(20, '①'),
            Self::Bracketed => below(20, '⑴'),
            Self::WithStop => below(20, '⒈'),
            Self::HanCircled => below(10, '㊀'),
            Self::InDashes => Some(format!("- {number} -")),
            Self::Signs => signs(number),
            Self::Nothing => Some(String::new()),
        }
    }
}

fn nth(signs: &str, number: u32) -> Option<String> {
    let at = usize::try_from(number.checked_sub(1)?).ok()?;
    signs.chars().nth(at).map(String::from)
}

fn full_width(number: u32) -> String {
    let wide = |digit: char| digit.to_digit(10).and_then(|digit| char::from_u32('０' as u32 + digit));
    number.to_string().chars().filter_map(wide).collect()
}

fn digit_by_digit(number: u32, zero: char) -> String {
    let han = |digit: char| match digit.to_digit(10) {
        Some(0) | None => zero,
        Some(digit) => DIGITS.chars().nth(digit as usize).unwrap_or(zero),
    };
    number.to_string().chars().map(han).collect()
}

/// With units, below 10,000. `short` writes 十 for 一十 at the beginning.
fn han(number: u32, digits: &str, units: &str, short: bool) -> Option<String> {
    if number == 0 || number > 9999 {
        return None;
    }
    let digits: Vec<char> = digits.chars().collect();
    let mut out = String::new();
    let mut skipped = false;
    for (place, unit) in
        [(1000, units.chars().nth(2)), (100, units.chars().nth(1)), (10, units.chars().next())]
            .into_iter()
            .chain([(1, None)])
    {
        let digit = (number / place % 10) as usize;
        if digit == 0 {
            skipped = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            out.extend(digits.first());
        }
        let silent = short && out.is_empty() && place == 10 && digit == 1;
        out.extend(digits.get(digit).filter(|_| !silent));
        out.extend(unit);
    }
    Some(out)
}

fn stem_and_branch(number: u32) -> Option<String> {
    let at = number.checked_sub(1).filter(|&at| at < 60)?;
    Some(nth(STEMS, at % 10 + 1)? + &nth(BRANCHES, at % 12 + 1)?)
}

fn in_roman(number: u32) -> Option<String> {
    (1..4000).contains(&number).then(|| roman(number))
}

/// I to MMMCMXCIX, and with more thousands as long as somebody counts so far.
pub(super) fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

fn letters(number: u32) -> Option<String> {
    let (letter, times) = letter(number.checked_sub(1)?);
    (times <= MOST_REPEATED).then(|| letter.to_string().repeat(times as usize))
}

/// The letter of what comes at this place, counted from 0, and how often it is written: Z is followed by AA, BB, CC.
pub(super) fn letter(at: u32) -> (char, u32) {
    (char::from(b'A' + u8::try_from(at % 26).unwrap_or(0)), at / 26 + 1)
}

fn signs(number: u32) -> Option<String> {
    let at = number.checked_sub(1)?;
    let sign = "*†‡§".chars().nth(at as usize % 4)?;
    let times = at / 4 + 1;
    (times <= MOST_REPEATED).then(|| sign.to_string().repeat(times as usize))
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_each_counting_does() {
        let check = |counting: Counting, numbers: &[u32], expected: &str| {
            let shown: Vec<String> = numbers.iter().map(|&number| counting.show(number)).collect();
            assert_eq!(shown.join(" "), expected, "{counting:?}");
        };
        check(Counting::Arabic, &[1, 10], "1 10");
        check(Counting::Padded(2), &[1, 10, 100], "01 10 100");
        check(Counting::FullWidth, &[1, 20], "１ ２０");
        check(Counting::RomanSmall, &[1, 4, 9, 1999], "i iv ix mcmxcix");
        check(Counting::LatinLarge, &[1, 26, 27, 28], "A Z AA BB");
        check(Counting::Han, &[1, 10, 11, 20, 99, 100, 101], "一 十 十一 二十 九十九 一〇〇 一〇一");
        check(
            Counting::HanThousand,
            &[10, 19, 100, 101, 110, 111, 1001, 1010, 9999],
            "十 十九 一百 一百零一 一百一十 一百一十一 一千零一 一千零一十 九千九百九十九",
        );
        check(Counting::HanDigits('○'), &[1, 10, 25, 203], "一 一○ 二五 二○三");
        check(Counting::LegalSimplified, &[2, 10, 26], "贰 壹拾 贰拾陆");
        check(Counting::LegalTraditional, &[2, 10, 36], "貳 壹拾 參拾陸");
        check(Counting::Stems, &[1, 10, 11], "甲 癸 11");
        check(Counting::Branches, &[1, 12], "子 亥");
        check(Counting::StemsAndBranches, &[1, 2, 11, 60], "甲子 乙丑 甲戌 癸亥");
        check(Counting::Circled, &[1, 20, 21], "① ⑳ 21");
        check(Counting::Bracketed, &[1, 20], "⑴ ⒇");
        check(Counting::HanCircled, &[1, 10], "㊀ ㊉");
        check(Counting::InDashes, &[3], "- 3 -");
        check(Counting::Signs, &[1, 4, 5], "* § **");
        check(Counting::Ordinal, &[1, 2, 3, 11, 22], "1st 2nd 3rd 11th 22nd");
        check(Counting::Nothing, &[7], "");
        check(Counting::HanThousand, &[0, 10_000], "0 10000");
        check(Counting::LatinSmall, &[0, u32::MAX], "0 4294967295");
    }
}
