//! Lines that say who wrote a text, where it comes from and when.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{characters, issue};
use crate::document::{Field, Metadata};
use crate::text::{Span, digit, saturate};

/// What a field says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Key {
    /// Where it was published.
    Source,
    /// When.
    Date,
    /// When it was written, which counts for more.
    Written,
    /// Who wrote it.
    Author,
    /// Which office issued it.
    Office,
    /// The number that the office gave it.
    Number,
    /// Who edited it: of the page, not of the text.
    Editor,
    /// What else the page of an office records of a document, and what its title is once more.
    Record,
    Title,
}

/// The words before a colon that name a field, whatever spaces stand in them.
const KEYS: [(Key, &str); 9] = [
    (
        Key::Source,
        "来源 來源 出处 出處 稿源 转自 轉自 发布 發布 發佈 发表 發表 发布机构 發布機構 信息来源 資料來源 文章来源 文章來源 \
         Source source",
    ),
    (
        Key::Date,
        "日期 时间 時間 发布时间 發布時間 發佈時間 发布日期 發布日期 發佈日期 公布日期 发表时间 發表時間 发稿时间 Date date",
    ),
    (Key::Written, "成文日期 发文日期 發文日期 签发日期 簽發日期 印发日期 印發日期"),
    (Key::Author, "作者 执笔 執筆 撰文 撰稿 文 记者 記者 编著 編著 译者 譯者 Author author"),
    (
        Key::Office,
        "发文机关 發文機關 发文机构 發文機構 发文单位 發文單位 制发机关 制發機關 制定机关 制定機關 发布机关 發布機關 颁布机关 \
         頒布機關",
    ),
    (Key::Number, "发文字号 發文字號 公文字号 公文字號 发文文号 發文文號 文号 文號 发文号"),
    (Key::Editor, "编辑 編輯 责任编辑 責任編輯 责编 責編 校对 校對 审核 審核 Editor editor"),
    (
        Key::Record,
        "索引号 索引號 索取号 索取號 主题分类 主題分類 体裁分类 體裁分類 组配分类 組配分類 公文种类 公文種類 有效性",
    ),
    (Key::Title, "标题 標題 名称 名稱"),
];

/// The fields by their names. They are looked for in every short line.
static NAMED: LazyLock<HashMap<&str, Key>> = LazyLock::new(|| {
    KEYS.iter().flat_map(|(key, names)| names.split_whitespace().map(|name| (name, *key))).collect()
});

/// What parts the name of a field from what it says.
const COLONS: [char; 2] = ['：', ':'];

/// One field of a line: what it says, and where its value stands within the line.
pub(super) type Found = (Key, Span);

/// The fields in `line` (`来源：… 日期：…`), if it begins with one and its values are short.
pub(super) fn fields(line: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    if line.len() > 300 || !line.contains(COLONS) {
        return found;
    }
    for (start, word) in with_whole_keys(line) {
        let key = key_of(word);
        match (key, found.last_mut()) {
            (Some((key, length)), _) => {
                found.push((key, Span::new(saturate(start + length), saturate(start + word.len()))));
            }
            (None, Some((_, value))) if !has_other_key(word) => {
                let begins = if value.is_empty() { saturate(start) } else { value.start() };
                *value = Span::new(begins, saturate(start + word.len()));
            }
            (None, Some(_)) => break,
            (None, None) => return found,
        }
    }
    for (_, value) in &mut found {
        let said = value.of(line).unwrap_or_default();
        *value = Span::new(value.start(), value.start() + saturate(without_controls(said).len()));
    }
    found.retain(|(_, value)| !value.is_empty() && value.len() <= 150);
    found
}

/// The words of `line` with their places, brackets around the line aside.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let inner = line
        .strip_prefix(['[', '［', '【', '〔', '（', '('])
        .and_then(|inner| inner.strip_suffix([']', '］', '】', '〕', '）', ')']));
    let inner = inner.unwrap_or(line);
    let offset = offset_within(line, inner);
    inner
        .split(char::is_whitespace)
        .filter(|word| !word.is_empty())
        .flat_map(parted)
        .map(move |word| (offset + offset_within(inner, word), word))
}

/// What a page writes behind a field without a space: choices of a size, counters, buttons.
const CONTROLS: [&str; 26] = [
    "【字",
    "[字",
    "［字",
    "【打",
    "[打",
    "【大",
    "[大",
    "【关",
    "【關",
    "【列",
    "字体：",
    "字號：",
    "字号：",
    "字體：",
    "浏览次数",
    "瀏覽次數",
    "浏览量",
    "点击次数",
    "點擊次數",
    "点击数",
    "点击率",
    "阅读次数",
    "閱讀次數",
    "阅读量",
    "访问次数",
    "分享到",
];
const BUTTONS: [&str; 8] = ["打印", "列印", "关闭", "關閉", "收藏", "分享", "纠错", "本页"];

/// A value without what the page writes behind it.
fn without_controls(value: &str) -> &str {
    let ends = CONTROLS.iter().filter_map(|control| value.find(control));
    let Some(end) = ends.min() else { return value };
    let mut rest = value.get(..end).unwrap_or(value).trim_end();
    while let Some(shorter) = BUTTONS.iter().find_map(|button| rest.strip_suffix(button)) {
        rest = shorter.trim_end();
    }
    rest
}

/// Where, after all that `line` says of the text, the choices and counters begin that the page writes behind it.
pub(super) fn start_of_controls(line: &str) -> Option<usize> {
    let (_, last) = *fields(line).last()?;
    let rest = line.get(last.end() as usize..)?.trim_start();
    let begins = CONTROLS.iter().chain(&BUTTONS).any(|control| rest.starts_with(control));
    (begins && says(line)).then_some(line.len() - rest.len())
}

/// Where in `word` the next field begins, which no space parts from the one before: 来源：禾溪发布时间：…
fn next_key(word: &str) -> Option<usize> {
    let mut colons = word.match_indices(COLONS).map(|(at, _)| at);
    let first = colons.next()?;
    colons.find_map(|colon| {
        let begins = word.get(..colon)?.char_indices().rev().map(|(at, _)| at);
        // A name of one character may be the end of any word.
        let begins = begins.take(LONGEST_KEY).skip(1).take_while(|at| *at > first);
        begins.filter(|at| word.get(*at..colon).is_some_and(|name| NAMED.contains_key(name))).last()
    })
}

/// A word, parted where another field begins within it.
fn parted(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(word).filter(|word| word.len() <= LONGEST_PARTED);
    let whole = rest.is_none().then_some(word);
    whole.into_iter().chain(std::iter::from_fn(move || {
        let own = rest.take().filter(|own| !own.is_empty())?;
        let (first, more) = own.split_at_checked(next_key(own).unwrap_or(own.len()))?;
        rest = Some(more);
        Some(first)
    }))
}

/// A longer word is no field, in bytes.
const LONGEST_PARTED: usize = 300;

/// Where `part` begins within `whole`, of which it is a slice.
pub(super) fn offset_within(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// The words of `line`, each key one word though spaces stand in it: 标　题：.
fn with_whole_keys(line: &str) -> Vec<(usize, &str)> {
    let words: Vec<(usize, &str)> = words(line).collect();
    let (mut whole, mut at) = (Vec::new(), 0);
    while let Some(&(start, first)) = words.get(at) {
        let through = |last: &(usize, &str)| line.get(start..last.0 + last.1.len());
        let may_go_on = first.chars().all(characters::is_han);
        let parts = words.iter().skip(at + 1).take(if may_go_on { LONGEST_KEY - 1 } else { 0 });
        let spaced = parts.filter_map(through).position(|joined| key_of(joined).is_some());
        let length = spaced.map_or(1, |more| more + 2);
        whole.extend(words.get(at + length - 1).and_then(through).map(|word| (start, word)));
        at += length;
    }
    whole
}

/// The longest key, in characters.
const LONGEST_KEY: usize = 6;

/// The key that `word` begins with, and its length with the colon.
fn key_of(word: &str) -> Option<(Key, usize)> {
    let (name, rest) = word.split_once(COLONS)?;
    let name: String = name.split_whitespace().collect();
    Some((*NAMED.get(name.as_str())?, word.len() - rest.len()))
}

/// Whether `line` is of fields that say something of the text, and more than its title.
pub(super) fn says(line: &str) -> bool {
    fields(line).iter().any(|(key, _)| *key != Key::Title)
}

/// Whether `line` is of fields by which an office records a document.
pub(super) fn is_record(line: &str) -> bool {
    let of_office = |(key, _): &Found| matches!(key, Key::Office | Key::Number | Key::Written | Key::Record);
    fields(line).iter().any(of_office)
}

/// Whether `word` begins with a name and a colon that is no known field: 字號：小.
fn has_other_key(word: &str) -> bool {
    word.split_once(COLONS).is_some_and(|(name, _)| name.chars().all(characters::is_han) && !name.is_empty())
}

/// Writes down what `line`, at `start` in the text, says; the first to say a thing is believed.
pub(super) fn record(metadata: &mut Metadata, line: &str, start: u32) {
    for (key, value) in fields(line) {
        let field = field(line, value, start);
        match key {
            Key::Source => metadata.source.get_or_insert(field),
            Key::Date => metadata.date.get_or_insert(field),
            Key::Written => metadata.date.insert(field),
            Key::Author | Key::Office => metadata.author.get_or_insert(field),
            Key::Number => metadata.number.get_or_insert(field),
            Key::Editor | Key::Record | Key::Title => continue,
        };
    }
    if let Some(issued) = issue::issued(line) {
        metadata.number.get_or_insert(field(line, issued.number, start));
        if let Some(office) = issued.office {
            metadata.author.get_or_insert(field(line, office, start));
        }
    }
    if let Some(date) = date_in(line) {
        metadata.date.get_or_insert(field(line, date, start));
    }
}

/// `within` of `line` as a field; `start` is the line's place in the text.
pub(super) fn field(line: &str, within: Span, start: u32) -> Field {
    let value = within.of(line).unwrap_or_default().to_owned();
    Field { value, span: Some(within.moved_right(start)) }
}

/// The date that `line` begins with: all of it, or up to a space.
pub(super) fn date_in(line: &str) -> Option<Span> {
    let parts = || words(line).take_while(|(_, word)| word.chars().all(may_stand_in_date));
    let (first, _) = parts().next()?;
    let (start, last) = parts().last()?;
    let date = Span::new(saturate(first), saturate(start + last.len()));
    is_date(date.of(line)?).then_some(date)
}

/// Whether all of `text` is a date, perhaps with the time: 2025-03-21 09:00, 二〇二五年三月, 114年4月.
pub(super) fn is_date(text: &str) -> bool {
    if text.len() > 80 || !text.chars().all(may_stand_in_date) {
        return false;
    }
    let separators = text.chars().filter(|found| matches!(found, '-' | '/' | '.')).count();
    let digits = text.chars().filter(|&found| digit(found).is_some()).count();
    let months = text.contains('年') && text.contains('月')
        || text.contains('月') && text.contains(['日', '号', '號']);
    let year = text.split(|found: char| !found.is_ascii_digit()).next().is_some_and(|first| first.len() == 4);
    digits >= 2
        && (months
            || (separators == 2 && year && digits >= 6)
            || (separators >= 2 && year && text.contains(':')))
}

fn may_stand_in_date(character: char) -> bool {
    digit(character).is_some()
        || character.is_whitespace()
        || "十廿卅年月日号號时時分秒上下午星期周週民國国公元-/.:：()（）".contains(character)
}

/// Whether `text` has a clock's time in it: the stamp of a page, hardly of a letter.
pub(super) fn has_clock_time(text: &str) -> bool {
    let is_two_digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_whitespace().any(|word| word.contains(':') && word.split(':').all(is_two_digits))
}

/// Whether `text` is a dateline in brackets, as news agencies put it: （禾溪3月21日电）.
pub(super) fn is_dateline(text: &str) -> bool {
    let inner = text.strip_prefix(['（', '(', '【']).and_then(|inner| inner.strip_suffix(['）', ')', '】']));
    inner.is_some_and(|inner| {
        let short = characters::columns(inner) <= 60 && !inner.contains(['。', '（', '(']);
        short
            && (inner.ends_with(['电', '電', '讯', '訊'])
                || (inner.contains('月') && inner.contains(['日', '号', '號'])))
    })
}

/// Whether `text` names an editor in brackets, as pages put it after a text: [责任编辑：…].
pub(super) fn is_editor_line(text: &str) -> bool {
    let inner = text.strip_prefix(['[', '［', '【', '（', '(', '〔']);
    let inner = inner.and_then(|inner| inner.strip_suffix([']', '］', '】', '）', ')', '〕']));
    let named = |inner: &str| {
        inner.split_once(['：', ':']).is_some_and(|(key, _)| {
            key.ends_with(['编', '編', '辑', '輯', '审', '審', '校', '对', '對', '核'])
        })
    };
    inner.is_some_and(|inner| named(inner) && characters::columns(inner) <= 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_with_their_values() {
        let check = |line: &str, expected: &[(Key, &str)]| {
            let found: Vec<_> =
                fields(line).iter().map(|(key, span)| (*key, span.of(line).unwrap())).collect();
            assert_eq!(found, expected, "{line}");
        };
        check("来源：禾溪联络会", &[(Key::Source, "禾溪联络会")]);
        check("作者：田禾生　舒望舟", &[(Key::Author, "田禾生　舒望舟")]);
        check(
            "日期：2025-03-21 09:30:00 来源: 河讯",
            &[(Key::Date, "2025-03-21 09:30:00"), (Key::Source, "河讯")],
        );
        check("来源：河讯　字号：大 中 小", &[(Key::Source, "河讯")]);
        check("來源： 河訊", &[(Key::Source, "河訊")]);
        check("文　　号：禾发〔2020〕5号", &[(Key::Number, "禾发〔2020〕5号")]);
        check(
            "发文机关：\t禾溪县办公室\t成文日期：\t2023年04月01日",
            &[(Key::Office, "禾溪县办公室"), (Key::Written, "2023年04月01日")],
        );
        check("标 题：渠道 清淤的通知 索 引 号：7", &[(Key::Title, "渠道 清淤的通知"), (Key::Record, "7")]);
        check(
            "来源：禾溪水务局发布时间：2025-03-12 09:30【字体：大 中 小】打印浏览次数：1024",
            &[(Key::Source, "禾溪水务局"), (Key::Date, "2025-03-12 09:30")],
        );
        check("来源：禾溪晚报打印分享到：微信", &[(Key::Source, "禾溪晚报")]);
        check("来源：禾溪打印社", &[(Key::Source, "禾溪打印社")]);
        check(
            "作者：田禾生责任编辑：葉小苗时间:三月",
            &[(Key::Author, "田禾生"), (Key::Editor, "葉小苗"), (Key::Date, "三月")],
        );
        check("他說：好", &[]);
        check("字號：大 中 小", &[]);
    }

    #[test]
    fn a_name_is_that_of_one_field_and_no_longer_than_is_looked_at() {
        let names: Vec<&str> = KEYS.iter().flat_map(|(_, names)| names.split_whitespace()).collect();
        assert_eq!(NAMED.len(), names.len());
        assert_eq!(names.iter().map(|name| name.chars().count()).max(), Some(LONGEST_KEY));
    }

    #[test]
    fn dates_in_several_writings() {
        let check = |text: &str, expected| assert_eq!(is_date(text), expected, "{text}");
        check("2025-03-21 09:30:00", true);
        check("2025年3月21日", true);
        check("二〇二五年三月二十一日", true);
        check("2025/3/21", true);
        check("民國114年4月23日 星期三", true);
        check("1.2.3", false);
        check("12-13", false);
        check("三月", false);
        check("三月的河", false);
    }

    #[test]
    fn datelines_and_editors() {
        assert!(is_dateline("（禾溪通讯3月21日讯）"));
        assert!(!is_dateline("（見附件）"));
        assert!(is_editor_line("[責任編輯：葉小苗]"));
        assert!(!is_editor_line("[注：此處有誤]"));
    }
}
