//! The names of authors below a title: a line of names, as journals and reports set it. That they are names is a guess: by
//! their place, by how they begin, and by what tells them from a heading.

use super::draft::{Draft, Kind};
use crate::import::{characters, raised};

/// The commonest names of families, in both scripts.
const FAMILIES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蕭肖蔡潘田董\
袁于余叶葉蒋蔣杜苏蘇魏程吕呂丁沈任姚卢盧傅钟鍾鐘姜崔谭譚廖范範汪陆陸金石戴贾賈韦韋夏邱方侯邹鄒熊孟秦白江阎閻薛尹段雷黎史龙龍\
陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴赖賴覃洪武莫孔汤湯向常温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐\
耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒\
解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟\
邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢仲虞敖巩鞏明佘池查麻苑迟遲邝鄺官封谈談匡鞠惠荆荊乐樂冀郁胥南班储儲原栗燕\
楚鄢劳勞谌諶奚皮粟冼蔺藺楼樓盘盤满滿闻聞位厉厲伊仝区區郜海阚闞花权權强強帅帥屠豆朴盖蓋练練廉禹井祖漆巴丰豐支卿国國狄平计計索宣\
晋晉相初门門云雲容敬来來扈晁芮";
/// Names of families of two characters.
const LONG_FAMILIES: [&str; 12] =
    ["欧阳", "歐陽", "上官", "司马", "司馬", "诸葛", "諸葛", "夏侯", "东方", "東方", "尉迟", "皇甫"];

/// How many blocks below the title the names stand at most.
const FARTHEST: usize = 2;
/// A line of names has so many bytes at most.
const LONGEST: usize = 400;
/// What begins the text below the names, and what is said there of where their authors work.
const ABSTRACTS: [&str; 5] = ["摘要", "提要", "内容提要", "內容提要", "关键词"];
const OFFICES: [&str; 10] =
    ["大学", "大學", "学院", "學院", "学校", "學校", "研究", "科学院", "科學院", "中心"];

/// The block that names the authors below the title, and the one below that says in brackets where they work; none where
/// no block names them.
pub(super) fn below(drafts: &[Draft], title: usize) -> Vec<usize> {
    let Some(head) = drafts.get(title) else { return Vec::new() };
    let page = |draft: &Draft| draft.lines.first().map(|line| line.page);
    let is_below = |draft: &Draft| {
        page(draft) == page(head) && draft.tag.is_none() && !draft.is_entry && draft.size < head.size
    };
    let is_text = |(_, draft): &(usize, &Draft)| matches!(draft.kind, Kind::Text | Kind::Row);
    let near: Vec<(usize, &Draft)> =
        drafts.iter().enumerate().skip(title + 1).filter(is_text).take(FARTHEST + 1).collect();
    let places = (0..FARTHEST).filter_map(|at| Some((near.get(at)?, near.get(at + 1)?)));
    let is_byline = |(own, next): &(&(usize, &Draft), &(usize, &Draft))| {
        names(&said(own.1)).is_some_and(|names| names.are_sure() || leads_on(&said(next.1)))
    };
    let found = places.take_while(|(own, _)| is_below(own.1)).find(is_byline);
    let Some(((line, _), (next, below))) = found else { return Vec::new() };
    let is_of_them = is_below(below) && is_office(&said(below));
    std::iter::once(*line).chain(is_of_them.then_some(*next)).collect()
}

/// Names in a line of nothing else.
#[derive(Debug, PartialEq, Eq)]
struct Names {
    names: Vec<String>,
    /// Whether marks beside them lead to where their bearers work.
    marked: bool,
}

impl Names {
    /// Whether they are no heading: one word may be one that begins like a name.
    fn are_sure(&self) -> bool {
        self.marked || self.names.len() > 1
    }
}

/// The names of people that a line is of, parted as metadata has it; `None` where it says anything else.
pub(super) fn named(line: &str) -> Option<String> {
    names(line).map(|names| names.names.join("；"))
}

fn names(line: &str) -> Option<Names> {
    let line = line.trim();
    if line.is_empty() || line.len() > LONGEST {
        return None;
    }
    let is_mark = |found: char| raised::plain(found).is_ascii_digit() || "*＊†‡".contains(found);
    let parts_names = |found: char| is_mark(found) || "，,、；;".contains(found);
    let mut names: Vec<String> = Vec::new();
    for group in line.split(parts_names) {
        let mut begun = String::new();
        for word in group.split_whitespace() {
            // Names of two characters are set as wide as those of three.
            begun.push_str(word);
            if begun.chars().nth(1).is_some() {
                names.push(std::mem::take(&mut begun));
            }
        }
        names.extend((!begun.is_empty()).then_some(begun));
    }
    let marked = line.chars().any(is_mark);
    (!names.is_empty() && names.iter().all(|name| is_name(name))).then_some(Names { names, marked })
}

/// Whether a word may name somebody: that of a family before one or two characters, or a foreign name.
fn is_name(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let are_han = letters.iter().all(|letter| characters::is_han(*letter));
    let has_long = LONG_FAMILIES.iter().any(|family| word.starts_with(family));
    let has_short = letters.first().is_some_and(|first| FAMILIES.contains(*first));
    let is_foreign = |(before, after): (&str, &str)| {
        [before, after].iter().all(|part| {
            part.chars().count() > 1 && part.chars().all(|found| found == '·' || characters::is_han(found))
        })
    };
    are_han && (has_long && (3..=4).contains(&letters.len()) || has_short && (2..=3).contains(&letters.len()))
        || word.split_once('·').is_some_and(is_foreign)
}

/// Whether what stands below says where authors work, or begins what the text is about.
fn leads_on(line: &str) -> bool {
    let letters: String = line.chars().filter(|found| characters::is_han(*found)).take(40).collect();
    ABSTRACTS.iter().any(|word| letters.starts_with(word)) || is_office(line)
}

/// Whether a line in brackets says where somebody works.
fn is_office(line: &str) -> bool {
    line.trim_start().starts_with(['（', '(']) && OFFICES.iter().any(|office| line.contains(office))
}

/// What a draft says, with a space between its lines.
fn said(draft: &Draft) -> String {
    draft.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_headings() {
        let check = |line: &str, expected: Option<(&str, bool)>| {
            let found = names(line).map(|names| (names.are_sure(), names.names.join("；")));
            assert_eq!(found, expected.map(|(names, sure)| (sure, names.to_owned())), "{line}");
        };
        check("田 禾1，舒望舟2", Some(("田禾；舒望舟", true)));
        check("田禾¹,²，歐陽望舟*", Some(("田禾；歐陽望舟", true)));
        check("田　禾\t舒望舟", Some(("田禾；舒望舟", true)));
        check("卡尔·马克思、田禾生", Some(("卡尔·马克思；田禾生", true)));
        check("田禾生", Some(("田禾生", false)));
        check("第一章 总则", None);
        check("河渠，水庫", None);
        check("一、起意", None);
        check("田禾生的河流", None);
        check("2025", None);
    }
}
