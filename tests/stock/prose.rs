//! Official prose of our own: clauses with gaps for a theme's words, and the stock phrases around them.
//!
//! A voice takes every clause, the even ones or the odd ones: two paragraphs of one theme in the even and in
//! the odd voice share words, and no wording.

use super::dice::Dice;
use super::themes::{Theme, Wordlist};

/// First clauses of a paragraph; each names the matter.
const LEADING: [&str; 28] = [
    "加强{N}，是本地区今后一个时期的重要任务",
    "在{N}方面，{W}与{W}先行先试",
    "把{N}摆在更加突出的位置",
    "围绕{N}，各地探索出不少可行的办法",
    "深入推进{N}",
    "{N}事关千家万户",
    "切实做好{N}工作",
    "就{N}而言，近几年的变化有目共睹",
    "健全{N}的长效机制",
    "{Y}以来，{N}迈出新的步伐",
    "统筹推进{N}与经济社会发展",
    "我们注意到，{N}仍有短板",
    "大力支持{N}",
    "有关{N}的投入逐年增加",
    "完善{N}的制度安排",
    "过去谈到{N}，人们首先想到{T}",
    "以{N}为抓手，带动相关领域改革",
    "{N}不是一朝一夕的事",
    "落实{B}，推动{N}提质增效",
    "按照{B}的部署，{N}进入第二阶段",
    "积极稳妥开展{N}试点",
    "没有{W}的参与，{N}便无从谈起",
    "坚持问题导向，补齐{N}的短板",
    "从{P}的实践看，{N}大有可为",
    "进一步扩大{N}的覆盖面",
    "倡议各方共同关心{N}",
    "鼓励社会力量参与{N}",
    "本方案所称{N}，包括{T}、{T}等内容",
];

/// Clauses in the middle.
const MIDDLE: [&str; 56] = [
    "充分发挥{W}在{T}管理中的作用",
    "由{W}牵头{A}",
    "对{T}实行清单管理",
    "{P}已有{D}处完成改造",
    "加大{T}投入力度",
    "每季度至少{A}一次",
    "推动{T}与{T}有效衔接",
    "{W}可以就{T}提出意见",
    "在{P}率先{A}",
    "凡涉及{T}的事项，须经{W}同意",
    "建立{T}台账，做到底数清、情况明",
    "{K}的做法是{A}",
    "着力解决{T}不足、{T}老化等问题",
    "有{D}名{W}参加轮训",
    "完善{W}、{W}等多方参与的工作格局",
    "先{A}，再{A}",
    "严格落实{T}管理责任",
    "{K}用{D}万元添置{T}",
    "综合运用多种手段，{A}",
    "{T}的标准不得低于上一年度",
    "组织{W}{A}",
    "原先靠人工查看{T}，如今换成自动监测",
    "重点支持{P}{A}",
    "{W}反映最多的是{T}",
    "引导{W}合理使用{T}",
    "遇有{T}异常，{W}应当当日上报",
    "及时发现和处置{T}方面的风险隐患",
    "仅{P}一地就{A}{D}次",
    "定期通报{T}情况，接受社会监督",
    "{Y}，{W}在{K}{A}",
    "鼓励{W}与{W}开展合作",
    "{T}坏了有人修，{T}少了有人补",
    "推广{K}经验，{A}",
    "费用由{W}和{K}各担一半",
    "支持有条件的地方{A}",
    "经{W}测算，{T}可降低{D}成",
    "对{P}给予适当倾斜",
    "{A}之后，{T}明显好转",
    "把{T}纳入年度考核",
    "连{P}也开始{A}",
    "加快{T}更新换代",
    "{W}白天忙{T}，晚上还要{A}",
    "结合实际制定{T}实施细则",
    "{T}一项，{K}连续{D}年没有欠账",
    "压实{W}的主体责任",
    "与其事后补救，不如提前{A}",
    "依法依规{A}",
    "问卷收回{D}份，多数人关心{T}",
    "优先保障{P}的{T}需求",
    "{K}的{W}自己动手{A}",
    "形成一批可复制、可推广的成果",
    "缺{T}的地方可向邻近的{K}借用",
    "强化{T}全过程监管",
    "试行半年，{W}少跑了{D}趟",
    "探索{T}共建共享",
    "不得以任何名义挪用{T}经费",
];

/// Last clauses of a sentence.
const CLOSING: [&str; 28] = [
    "努力实现{G}",
    "让{G}成为看得见的日常",
    "确保各项措施落到实处",
    "{W}说，盼的就是{G}",
    "为高质量发展提供有力支撑",
    "离{G}又近了一步",
    "不断提升人民群众的获得感、幸福感、安全感",
    "此后{P}再无类似投诉",
    "推动{T}工作再上新台阶",
    "这笔账{W}算得最清楚",
    "切实维护{W}的合法权益",
    "图的是{G}",
    "逐步形成{G}的良好局面",
    "到{Y}全部完成",
    "以实际成效取信于民",
    "{T}的难题由此解开",
    "营造{G}的浓厚氛围",
    "否则{G}只是一句空话",
    "做到{T}有人管、{T}有人问",
    "细则另行公布",
    "促进{T}事业健康发展",
    "{K}至今沿用这个办法",
    "防止一哄而上、搞形式主义",
    "这样做，{W}省心，{W}放心",
    "有关部门要加强指导和督促检查",
    "余下的问题留待{Y}评估",
    "力争取得新的更大成效",
    "还{W}一个{G}的环境",
];

/// Items of lists; short.
const ITEMS: [&str; 12] = [
    "{N}：{A}，{A}。",
    "{A}（{W}负责，{Y}前完成）。",
    "{N}工程。在{P}{A}，更新{T}{D}套。",
    "{T}不合格的，由{W}限期改正。",
    "{N}行动。支持{W}{A}，努力实现{G}。",
    "{P}增设{T}{D}处。",
    "推进{N}，完善{T}、{T}管理办法。",
    "{W}每月{A}。",
    "开展{N}专项检查，重点查看{T}。",
    "向{W}发放{T}手册{D}册。",
    "{N}试点。选择{P}等地先行，{A}。",
    "{K}与{P}互通{T}消息。",
];

/// Paragraphs that stand anywhere and say nothing about a theme.
pub(crate) const BOILERPLATE: [&str; 6] = [
    "各地区、各部门要切实提高认识，加强组织领导，明确责任分工，细化工作举措，确保各项任务落地见效。",
    "本部分由编写组汇总各方意见后整理而成，未尽事宜由编写组负责解释，并根据执行情况适时修订。",
    "上述措施自印发之日起施行，此前规定与本文不一致的，以本文为准。",
    "（本页文字仅供内部讨论使用，未经许可不得转载、摘编或以其他方式传播。）",
    "请各单位于每季度末将进展情况、存在问题和下一步打算报送联络员，联络员汇总后统一呈报。",
    "会议强调，要统一思想、凝聚共识，以钉钉子精神抓好落实，一张蓝图绘到底。",
];

/// Headings that stand over anything.
pub(crate) const OPENING_HEADINGS: [&str; 3] = ["总则", "总体要求", "基本原则"];

/// Headings of last sections.
pub(crate) const CLOSING_HEADINGS: [&str; 3] = ["附则", "保障措施", "组织实施"];

/// Where names of places are made from.
const SYLLABLES: &str = "云石青柳白杨松竹梅桃双龙凤凰金银铜铁东西南北大小上下新旧前后长平安宁福寿永兴和顺泰康明光远清\
                         江河湖泉溪井塘坝岭岗坡谷原洲湾沙林桥店堡寨关营屯庄窑坊";

const KINDS_OF_PLACES: [&str; 8] = ["镇", "乡", "村", "街道", "县", "区", "农场", "港"];

/// Which clauses an author uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Voice {
    /// All.
    Any,
    /// Those at even places.
    Even,
    /// Those at odd places.
    Odd,
}

impl Voice {
    fn pick<'a>(self, clauses: &[&'a str], dice: &mut Dice) -> &'a str {
        let place = dice.below(clauses.len() / 2) * 2;
        let other = match self {
            Self::Any => dice.below(2),
            Self::Even => 0,
            Self::Odd => 1,
        };
        clauses[place + other]
    }
}

/// A paragraph of that many sentences.
pub(crate) fn paragraph(words: &Wordlist, voice: Voice, sentences: usize, dice: &mut Dice) -> String {
    let mut text = String::new();
    for number in 0..sentences {
        let first = if number == 0 { &LEADING[..] } else { &MIDDLE[..] };
        text.push_str(&fill(voice.pick(first, dice), words, dice));
        for _ in 0..=dice.below(2) {
            text.push('，');
            text.push_str(&fill(voice.pick(&MIDDLE, dice), words, dice));
        }
        text.push(if dice.below(6) == 0 { '；' } else { '，' });
        text.push_str(&fill(voice.pick(&CLOSING, dice), words, dice));
        text.push('。');
    }
    text
}

/// A short item of a list.
pub(crate) fn item(words: &Wordlist, voice: Voice, dice: &mut Dice) -> String {
    fill(voice.pick(&ITEMS, dice), words, dice)
}

/// A clause of the middle, for edits.
pub(crate) fn clause(words: &Wordlist, dice: &mut Dice) -> String {
    fill(Voice::Any.pick(&MIDDLE, dice), words, dice)
}

/// The name of a document about a theme.
pub(crate) fn title(theme: &Theme, dice: &mut Dice) -> String {
    const SHAPES: [&str; 5] =
        ["{K}{N}行动计划", "{N}白皮书", "关于{N}的倡议", "{K}{N}若干意见", "{N}五年规划"];
    fill(dice.pick(&SHAPES), &theme.all_words(), dice)
}

fn fill(clause: &str, words: &Wordlist, dice: &mut Dice) -> String {
    let mut text = String::new();
    let mut rest = clause.split('{');
    text.push_str(rest.next().unwrap_or_default());
    for part in rest {
        let (gap, after) = part.split_once('}').expect("a gap is closed");
        // Nobody writes the same word twice in a clause.
        let mut word = word_for(gap, words, dice);
        for _ in 0..4 {
            if !text.contains(&word) {
                break;
            }
            word = word_for(gap, words, dice);
        }
        text.push_str(&word);
        text.push_str(after);
    }
    text
}

fn word_for(gap: &str, words: &Wordlist, dice: &mut Dice) -> String {
    match gap {
        "D" => (3 + dice.below(480)).to_string(),
        "Y" => format!("{}年{}月", 2016 + dice.below(15), 1 + dice.below(12)),
        "K" => place_name(dice),
        "B" => {
            format!("《{}{}》", place_name(dice), dice.pick(&["条例", "规划纲要", "实施办法", "行动方案"]))
        }
        _ => words.draw(gap, dice).to_owned(),
    }
}

fn place_name(dice: &mut Dice) -> String {
    let syllables: Vec<char> = SYLLABLES.chars().collect();
    let name: String = (0..2).map(|_| dice.pick(&syllables)).collect();
    name + dice.pick(&KINDS_OF_PLACES)
}
