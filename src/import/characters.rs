//! The commonest Chinese characters, and what single characters are.
//!
//! The lists decide between encodings and tell a fragment of the other script; a few hundred characters
//! make up three quarters of any modern text.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::Written;

/// Common characters that are the same in both scripts.
const SAME: &str = "的一是不了在人有我他中上大和地到以要就出可也你生能而子那得下自之年作用道行所然家事成方多去法如都同\
面起看定天分好小部其些主理心她本前但因只想日者意力它把十民第公此已工使情明性知全三又正外高由最重物手向文美相被利什二等\
或新己制身果加西斯月合回特代信表化老世位次度任常先海通教原立及比水名真各入口平更別打女四神何安少反受目太再感建必件期市直\
德命山金指克保至形社便空治科司五基眼白即非且思王式色路南品住告求程北死交取拉格望今切院清共巨吃八六七九百千半百父母字早元士史\
近往完火光花江河言走石古木村林衣食田土米李春秋冬夏希包府集活究育支根整流病局收究改府列布竟失却快落族群深引仍存持注音算夫青\
容易委功呢吧嗎客怎呼喜首刻句始低服若推油器持越料精底除待房守突施拿商破住城抗角影局味左右助背草雨跟念曾忘志官找止排仿佛章";

/// Common characters that differ: Simplified, then Traditional.
const PAIRS: &str = "这這个個们們来來为為国國说說时時会會对對于於过過发發后後里裡种種经經么麼学學现現当當没沒动動还還\
进進样樣开開从從实實军軍无無与與长長机機关關点點业業将將两兩间間问問并並应應战戰头頭体體见見产產话話内內给給门門儿兒东東\
声聲员員解解论論处處义義认認条條气氣题題尔爾变變总總电電数數报報结結务務场場计計管管资資许許统統区區队隊决決展展马馬书書则則\
听聽达達难難权權设設记記类類据據边邊张張该該规規万萬觉覺术術领領确確传傳师師观觀让讓识識带帶导導争爭运運连連约約议議红紅\
单單绝絕细細节節织織级級线線组組终終级級网網罗羅习習联聯职職号號双雙乡鄉叶葉云雲亚亞厅廳历歷压壓厂廠县縣参參团團园園围圍图圖\
圆圓坏壞块塊坚堅农農冲衝况況净淨减減几幾凤鳳凭憑击擊刘劉创創别別刚剛剧劇劝勸办辦协協卖賣卫衛却卻华華单單贸貿费費贵貴贫貧购購\
责責败敗质質财財货貨贝貝负負贤賢赛賽车車转轉轮輪软軟较較载載辆輛输輸轻輕适適选選递遞逻邏违違远遠邮郵邻鄰释釋钟鐘钢鋼钱錢铁鐵\
银銀错錯键鍵阳陽阴陰阶階际際陆陸险險随隨隐隱顺順须須预預频頻颗顆页頁项項顾顧飞飛饭飯馆館验驗鱼魚鸟鳥鸡雞黄黃齐齊龙龍龟龜岁歲\
爱愛态態怀懷恶惡忆憶惊驚户戶执執扩擴扫掃扬揚担擔据據拥擁择擇挂掛损損换換护護携攜摆擺敌敵断斷旧舊显顯晓曉权權极極构構标標树樹\
桥橋检檢楼樓欢歡欧歐残殘毕畢汉漢汇匯沟溝济濟测測浅淺滨濱满滿灭滅灵靈灾災热熱烟煙爷爺牵牽犹猶狱獄独獨环環疗療盘盤监監盐鹽\
码碼础礎礼禮离離积積称稱稳穩穷窮竞競笔筆签簽简簡粮糧紧緊红紅纪紀纯純纸紙练練绍紹维維绩績续續绿綠编編缘緣缺缺罚罰义義脑腦艺藝\
苏蘇药藥获獲虑慮虽雖补補装裝觉覺览覽计計订訂训訓讨討访訪证證评評词詞试試诗詩诚誠语語误誤请請读讀课課谁誰调調谈談谢謝谷穀";

/// For each character of the first plane, whether it is common.
static COMMON: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut common = vec![false; 0x1_0000];
    for character in SAME.chars().chain(PAIRS.chars()) {
        if let Some(own) = common.get_mut(character as usize) {
            *own = true;
        }
    }
    common
});
static SIMPLIFIED: LazyLock<HashSet<char>> = LazyLock::new(|| side_of_pairs(0));
static TRADITIONAL: LazyLock<HashSet<char>> = LazyLock::new(|| side_of_pairs(1));

/// The characters on one side of the pairs that say something about the script: those that stand on that
/// side only, and are not in use on the other side too (后, 里, 云, 谷, 几 are).
fn side_of_pairs(side: usize) -> HashSet<char> {
    const IN_BOTH: &str = "后里云谷几于并冲况净却别据适义才干面系制致";
    let all: Vec<char> = PAIRS.chars().collect();
    let pairs = all.chunks_exact(2).filter(|pair| pair.first() != pair.last());
    pairs.filter_map(|pair| pair.get(side).copied()).filter(|&found| !IN_BOTH.contains(found)).collect()
}

/// Whether `character` is among the commonest of either script, or a common mark.
pub(crate) fn is_common(character: char) -> bool {
    COMMON.get(character as usize).copied().unwrap_or_default()
}

/// The script of a short fragment, by its common characters; one telling character is enough.
pub(super) fn written_in_fragment(text: &str) -> Written {
    let count = |set: &HashSet<char>| text.chars().filter(|character| set.contains(character)).count();
    match (count(&SIMPLIFIED), count(&TRADITIONAL)) {
        (0, 0) => Written::Undecided,
        (_, 0) => Written::Simplified,
        (0, _) => Written::Traditional,
        _ => Written::Mixed,
    }
}

/// Whether `character` is a Han character.
pub(super) fn is_han(character: char) -> bool {
    matches!(character,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
        | '〇' | '々')
}

/// Whether `character` takes a full cell: Han characters, full-width marks and their like.
pub(super) fn is_wide(character: char) -> bool {
    character >= '\u{1100}'
}

/// Whether `character` ends a sentence, in half or full width.
pub(super) fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '!' | '?' | '…' | '．' | '.' | '；' | ';' | '：' | ':')
}

/// Whether `character` closes a quotation or bracket.
pub(super) fn closes(character: char) -> bool {
    matches!(
        character,
        '」' | '』' | '”' | '’' | '"' | '\'' | '）' | ')' | '》' | '〉' | '】' | '〕' | ']' | '］' | '｣'
    )
}

/// Whether `character` may hang out of the end of its line: a mark of full width, of which most is empty.
pub(super) fn hangs(character: char) -> bool {
    matches!(
        character,
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '．' | '」' | '』' | '）' | '》' | '〉'
    )
}

/// How a text ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    /// With the mark of a sentence's end, closing quotation marks and brackets aside.
    Sentence,
    /// With a comma of either kind: in the middle of a sentence.
    Comma,
    /// With a Han character.
    Han,
    /// With anything else: a letter, a number, a bracket.
    Other,
}

/// How `text` ends.
pub(super) fn ending(text: &str) -> Ending {
    let mut last = text.chars().rev();
    let Some(end) = last.next() else { return Ending::Other };
    if ends_sentence(end) || ends_before_mark(text) {
        return Ending::Sentence;
    }
    if closes(end) {
        let inner = last.find(|&character| !closes(character));
        return if inner.is_some_and(ends_sentence) { Ending::Sentence } else { Ending::Other };
    }
    match end {
        '，' | ',' | '、' | '､' => Ending::Comma,
        han if is_han(han) => Ending::Han,
        _ => Ending::Other,
    }
}

/// Whether the mark of a note follows the end of a sentence: `走得到。[1]`, `走得到。①`.
fn ends_before_mark(text: &str) -> bool {
    let before =
        text.trim_end_matches(|found: char| found.is_numeric() || "[]［］〔〕*＊注註".contains(found));
    let end = before.chars().rev().find(|found| !closes(*found));
    let length = text.len() - before.len();
    length > 0 && length <= LONGEST_MARK && matches!(end, Some('。' | '！' | '？'))
}

/// How long the mark of a note may be, in bytes: `［註99］`.
const LONGEST_MARK: usize = 12;

/// The width of `text` in columns: wide characters take two, others one, as on a terminal.
///
/// Counted by first bytes: what UTF-8 writes in three or four bytes is wide.
pub(super) fn columns(text: &str) -> usize {
    let of_byte = |&byte: &u8| u8::from(!(0x80..0xc0).contains(&byte)) + u8::from(byte >= 0xe0);
    // Sums of 64 fit into a byte, which lets the compiler add many bytes at once.
    text.as_bytes().chunks(64).map(|bytes| usize::from(bytes.iter().map(of_byte).sum::<u8>())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_seen_through_closing_marks() {
        let check = |text: &str, expected| assert_eq!(ending(text), expected, "{text}");
        check("書讀完了。", Ending::Sentence);
        check("他說：「好。」", Ending::Sentence);
        check("見《三河日誌》", Ending::Other);
        check("人人都走得到。[12]", Ending::Sentence);
        check("「人人都走得到。」①", Ending::Sentence);
        check("人人都走得到。1", Ending::Sentence);
        check("共有書[12]", Ending::Other);
        check("見。2025年3月21日", Ending::Han);
        check("推動體系改", Ending::Han);
        check("首先，", Ending::Comma);
        check("", Ending::Other);
    }

    #[test]
    fn a_fragment_tells_its_script() {
        let check = |text: &str, expected| assert_eq!(written_in_fragment(text), expected, "{text}");
        check("乡村的图书", Written::Simplified);
        check("鄉村的圖書", Written::Traditional);
        check("王后在此", Written::Undecided);
    }
}
