//! Characters left over from a poor conversion, or from the other script.

use super::{ConvertError, Converters, Span, Written, detect, saturate, script_of};

/// Characters that look out of place in a document of one script.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubt {
    /// Where they stand.
    pub span: Span,
    /// The characters themselves.
    pub found: String,
    /// What should perhaps stand there, as long in characters as `found`.
    pub suggestion: String,
    /// Why they are doubtful.
    pub reason: Reason,
}

/// Why characters are doubtful.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// A line for the most part in the other script: a quotation, perhaps, or what a page has around it.
    OtherScript,
    /// The script of the document never has such a character: sure.
    NeverInThisScript,
    /// The script has the character, but not, it seems, in such a word (后門, 呼吁, 皇後): a guess.
    UnusualHere,
}

impl Reason {
    /// Whether there is no doubt left, as far as tables of characters can tell.
    pub fn is_sure(self) -> bool {
        self != Self::UnusualHere
    }
}

/// What looks out of place in `text`, a document or a part of it in the script `written`, in order.
///
/// A Traditional text is converted to Simplified by OpenCC and back, and each character compared with what
/// it has become; differences that a careful writer of some region may have wanted (公布 and 公佈, 裏 and 裡)
/// are passed over. A Simplified text is compared with what `t2s` makes of it. A text of no one script has
/// nothing out of place. An error means that OpenCC could not be opened.
pub fn doubtful(text: &str, written: Written, converters: &Converters) -> Result<Vec<Doubt>, ConvertError> {
    let judge = match written {
        Written::Simplified => judge_simplified,
        Written::Traditional => judge_traditional,
        Written::Mixed | Written::Undecided => return Ok(Vec::new()),
    };
    let mut doubts = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let places = judge(line, converters)?;
        let found = if is_of_other_script(line, written) { whole(&places) } else { joined(&places) };
        doubts.extend(found.into_iter().map(|doubt| Doubt { span: doubt.span.moved_right(start), ..doubt }));
        start += saturate(line.len());
    }
    Ok(doubts)
}

/// One character of a line, what the conversion has made of it, and what that says.
#[derive(Clone, Copy, Debug)]
struct Place {
    span: Span,
    found: char,
    expected: char,
    verdict: Verdict,
}

/// What a difference between found and expected says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    /// No difference, or one that a writer may have wanted.
    Fine,
    /// A difference that means something only beside a doubtful one.
    Variant,
    Doubtful(Reason),
}

fn judge_simplified(line: &str, converters: &Converters) -> Result<Vec<Place>, ConvertError> {
    let simplified = converters.to_simplified(line)?;
    Ok(characters(line)
        .zip(simplified.chars())
        .map(|((span, found), expected)| {
            let verdict = match script_of(found) {
                _ if found == expected => Verdict::Fine,
                Some(Written::Traditional) => Verdict::Doubtful(Reason::NeverInThisScript),
                _ => Verdict::Doubtful(Reason::UnusualHere),
            };
            Place { span, found, expected, verdict }
        })
        .collect())
}

fn judge_traditional(line: &str, converters: &Converters) -> Result<Vec<Place>, ConvertError> {
    let simplified = converters.to_simplified(line)?;
    let back = converters.to_traditional(&simplified)?;
    let found_form = converters.to_one_region(line)?;
    let expected_form = converters.to_one_region(&back)?;
    let forms = found_form.chars().zip(expected_form.chars());
    characters(line)
        .zip(simplified.chars().zip(back.chars()))
        .zip(forms)
        .map(|(((span, found), (simplified, expected)), forms)| {
            let fine = found == expected || forms.0 == forms.1 || is_accepted(forms.0, forms.1);
            let verdict = match script_of(found) {
                _ if fine || is_accepted(found, expected) => Verdict::Fine,
                Some(Written::Simplified) => Verdict::Doubtful(Reason::NeverInThisScript),
                _ if found == simplified => Verdict::Doubtful(Reason::UnusualHere),
                _ if is_usual(simplified, expected, converters)? => Verdict::Variant,
                _ => Verdict::Doubtful(Reason::UnusualHere),
            };
            Ok(Place { span, found, expected: forms.1, verdict })
        })
        .collect()
}

/// Whether `simplified` becomes `traditional` where no word says otherwise.
fn is_usual(simplified: char, traditional: char, converters: &Converters) -> Result<bool, ConvertError> {
    let alone = converters.to_traditional(simplified.encode_utf8(&mut [0; 4]))?;
    Ok(alone.starts_with(traditional))
}

fn characters(line: &str) -> impl Iterator<Item = (Span, char)> + '_ {
    line.char_indices().map(|(start, character)| {
        (Span::from_length(saturate(start), saturate(character.len_utf8())), character)
    })
}

fn is_of_other_script(line: &str, written: Written) -> bool {
    let line = detect(line);
    matches!(
        (line, written),
        (Written::Simplified, Written::Traditional) | (Written::Traditional, Written::Simplified)
    )
}

/// Rows of differences, each with something doubtful in it.
fn joined(places: &[Place]) -> Vec<Doubt> {
    let rows = places.split(|place| place.verdict == Verdict::Fine);
    rows.filter_map(|row| Some(doubt(row, reason(row)?))).collect()
}

/// The whole line, but for spaces around it.
fn whole(places: &[Place]) -> Vec<Doubt> {
    let stands = |place: &Place| !place.found.is_whitespace();
    let first = places.iter().position(stands).unwrap_or(0);
    let end = places.iter().rposition(stands).map_or(0, |last| last + 1);
    let line = places.get(first..end).filter(|line| !line.is_empty());
    line.map(|line| doubt(line, Reason::OtherScript)).into_iter().collect()
}

fn reason(row: &[Place]) -> Option<Reason> {
    let reasons = row.iter().filter_map(|place| match place.verdict {
        Verdict::Doubtful(reason) => Some(reason),
        Verdict::Fine | Verdict::Variant => None,
    });
    reasons.reduce(|one, other| if one.is_sure() { one } else { other })
}

fn doubt(row: &[Place], reason: Reason) -> Doubt {
    Doubt {
        span: row.iter().map(|place| place.span).reduce(Span::union).unwrap_or_default(),
        found: row.iter().map(|place| place.found).collect(),
        suggestion: row.iter().map(|place| place.expected).collect(),
        reason,
    }
}

/// Whether a careful writer of Traditional may have either.
fn is_accepted(one: char, other: char) -> bool {
    ACCEPTED.split_whitespace().any(|group| group.contains(one) && group.contains(other))
}

/// Characters that are exchanged for each other in some region or by some houses, or share a meaning,
/// whatever OpenCC prefers: groups by the standards of Taiwan and Hong Kong and the usage of newspapers. What
/// is missing on purpose is what only a conversion mixes up: 制製, 准準, 表錶, 系繫, 尸屍, 丑醜, 御禦.
const ACCEPTED: &str = "\
    布佈 念唸 系係 台臺 檯枱 裏裡 着著 峯峰 群羣 周週 占佔 才纔 秘祕 吃喫 床牀 游遊 升昇陞 托託 雇僱 采採 志誌 \
    回迴 伙夥 家傢 欲慾 凶兇 杰傑 岳嶽 核覈 痴癡 灶竈 皂皁 注註 厘釐 汙污 泄洩 痺痹 岩巖 雕鵰彫 唇脣 梁樑 板闆 \
    借藉 扎紮 折摺 煉鍊 嘗嚐 鑑鑒 迹跡蹟 滙匯 煙菸 濕溼 啟啓 鉤鈎 線綫 衛衞 祇衹 復覆 奸姦 證証 贊讚 了瞭 吊弔 \
    凌淩 仿彷 佛彿 咽嚥 席蓆 恤卹 喂餵 熏燻薰 妝粧 鏽銹 併並 帳賬 嘆歎 向嚮 症癥 劃畫 為爲 眾衆 卧臥 户戶 \
    個箇 盡儘 象像";

#[cfg(test)]
mod tests {
    use super::super::convert::tests::CONVERTERS;
    use super::*;
    use crate::text::{Corrections, Form, Script};

    /// Draws every doubt in `text` as `⟦found→suggestion⟧`, with `!` where it is sure.
    fn check(written: Written, text: &str, expected: &str) {
        assert_eq!(drawn(written, text), expected);
    }

    fn drawn(written: Written, text: &str) -> String {
        let (mut drawing, mut reached) = (String::new(), 0);
        for doubt in doubtful(text, written, &CONVERTERS).unwrap() {
            assert_eq!(doubt.span.of(text), Some(doubt.found.as_str()));
            drawing += Span::new(reached, doubt.span.start()).of(text).unwrap();
            let mark = if doubt.reason.is_sure() { "!" } else { "" };
            drawing.extend(["⟦", &doubt.found, "→", &doubt.suggestion, mark, "⟧"]);
            reached = doubt.span.end();
        }
        drawing + Span::new(reached, saturate(text.len())).of(text).unwrap()
    }

    #[test]
    fn finds_what_a_poor_conversion_left() {
        let check = |text, expected| check(Written::Traditional, text, expected);
        check("從后門進來，打掃干凈。", "從⟦后→後⟧門進來，打掃⟦干凈→乾淨⟧。");
        check("他呼吁大家防范風險，煮一鍋面條。", "他呼⟦吁→籲⟧大家防⟦范→範⟧風險，煮一鍋⟦面→麵⟧條。");
        check("門口有一只貓，家里沒有人。", "門口有一⟦只→隻⟧貓，家⟦里→裡⟧沒有人。");
        check("頭發亂了，皇後也不管。", "頭⟦發→髮⟧亂了，皇⟦後→后⟧也不管。");
    }

    #[test]
    fn is_sure_of_characters_of_the_other_script_alone() {
        check(Written::Traditional, "這個问題，還沒有結論。", "這個⟦问→問!⟧題，還沒有結論。");
        check(Written::Simplified, "这个問题，还没有结论。", "这个⟦問→问!⟧题，还没有结论。");
        check(Written::Simplified, "把屋子打扫乾净。", "把屋子打扫⟦乾→干⟧净。");
    }

    #[test]
    fn takes_a_line_in_the_other_script_as_one() {
        check(
            Written::Traditional,
            "河邊的書屋還開著門。\n  书屋还开着门。 \n他說。",
            "河邊的書屋還開著門。\n  ⟦书屋还开着门。→書屋還開著門。!⟧ \n他說。",
        );
    }

    #[test]
    fn passes_over_what_writers_may_choose() {
        let fine = |text| check(Written::Traditional, text, text);
        fine("公布與公佈，念書與唸書，關係，周末與週末，了解與瞭解。");
        fine("臺北與台北，山峯與山峰，看著與看着，裏面與裡面，溼地與濕地。");
        fine("皇后在後院，里長走了三公里，只有一隻貓，乾旱與干涉，頭髮與發展。");
        fine("有閒的人在床上説，衞星為什麼要污染，衛星線路。");
    }

    #[test]
    fn asks_nothing_of_a_text_of_no_one_script() {
        check(Written::Mixed, "后門与後门", "后門与後门");
        check(Written::Undecided, "干凈", "干凈");
    }

    /// What OpenCC itself converts well has nothing doubtful in any form.
    #[test]
    fn is_silent_about_good_conversions() {
        let sample = include_str!("../../assets/samples/rural-reading-initiative.zh-Hans.txt");
        for form in [Form::Traditional, Form::Taiwan, Form::HongKong] {
            let script = Script::characters(form);
            let shown =
                CONVERTERS.show(Written::Simplified, script, &Corrections::default(), sample).unwrap();
            check(Written::Traditional, &shown.text, &shown.text);
        }
        check(Written::Simplified, sample, sample);
    }

    /// Its README lists them.
    #[test]
    fn finds_what_is_planted_in_the_sample() {
        let sample = include_str!("../../assets/samples/village-reading-initiative.zh-Hant-TW.txt");
        let doubts = doubtful(sample, Written::Traditional, &CONVERTERS).unwrap();
        let mut found: Vec<_> = doubts
            .iter()
            .filter(|doubt| doubt.reason == Reason::UnusualHere)
            .map(|doubt| (doubt.found.as_str(), doubt.suggestion.as_str()))
            .collect();
        found.sort_unstable();
        let planted = [
            ("余", "餘"),
            ("只", "隻"),
            ("吁", "籲"),
            ("后", "後"),
            ("干凈", "乾淨"),
            ("范", "範"),
            ("面", "麵"),
        ];
        assert_eq!(found, planted);
    }
}
