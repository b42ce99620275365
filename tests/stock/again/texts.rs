//! What notes are made on.

use duidu::document::BlockKind;

use crate::stock::changes::insert_boilerplate;
use crate::stock::dice::Dice;
use crate::stock::manuscript::{Manuscript, Piece};
use crate::stock::prose::Voice;
use crate::stock::writer::{Style, Words, Writer, in_words};

/// A kind of text.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    /// What it is called.
    pub(crate) name: &'static str,
    /// Writes one.
    pub(crate) write: fn(&mut Writer) -> Manuscript,
}

/// Every kind.
pub(crate) const TEXTS: [Text; 4] = [
    Text { name: "prose", write: prose },
    Text { name: "repetitive prose", write: repetitive },
    Text { name: "statutes", write: statutes },
    Text { name: "tables", write: tables },
];

fn prose(writer: &mut Writer) -> Manuscript {
    let matters = writer.matters(32);
    writer.document(&matters, Style::PLAIN)
}

/// Few matters, half the clauses, and paragraphs that say nothing of their own, each several times.
fn repetitive(writer: &mut Writer) -> Manuscript {
    let matters = writer.matters(4).repeat(9);
    let mut manuscript = writer.document(&matters, Style { voice: Voice::Even, words: Words::All });
    insert_boilerplate(writer, &mut manuscript);
    manuscript
}

const WHO: [&str; 8] =
    ["任何单位", "任何个人", "河道管理员", "村民小组", "图书管理员", "县级主管部门", "施工单位", "各户"];
const MUST: [&str; 6] = ["不得", "应当", "可以", "必须", "有权", "无须"];
const DOES: [&str; 8] = ["清理", "登记", "公布", "修补", "占用", "变更", "核对", "报告"];
const WHAT: [&str; 8] =
    ["河道淤泥", "借阅名册", "护岸石笼", "捐赠图书", "树苗成活情况", "水位记录", "开放时间", "维修经费"];
const MORE: [&str; 6] = [
    "",
    "，并接受监督",
    "，违者由村民小组劝阻",
    "，逾期不改的，处以罚款",
    "，具体办法另行制定",
    "，但紧急情况除外",
];

/// Chapters of articles, most of which differ in a word or two, some with numbered items.
fn statutes(writer: &mut Writer) -> Manuscript {
    let mut pieces = vec![writer.piece(BlockKind::Title, "河道与书屋管理办法", &[])];
    let mut article = 0;
    for chapter in 1..=6 {
        let name = writer.dice.pick(&["总则", "职责", "管理与维护", "监督", "罚则", "附则"]);
        pieces.push(writer.heading(1, &format!("第{}章　", in_words(chapter)), name, &[]));
        for _ in 0..8 + writer.dice.below(6) {
            article += 1;
            pieces.extend(articles(writer, article));
        }
    }
    Manuscript { pieces }
}

fn articles(writer: &mut Writer, number: usize) -> Vec<Piece> {
    let text = format!("第{}条　{}。", in_words(number), clause(&mut writer.dice));
    let mut pieces = vec![writer.piece(BlockKind::Paragraph, &text, &[0])];
    if writer.dice.below(4) == 0 {
        for item in 1..=2 + writer.dice.below(4) {
            let text = format!("（{}）{}；", in_words(item), clause(&mut writer.dice));
            pieces.push(writer.piece(BlockKind::ListItem { depth: 0 }, &text, &[0]));
        }
    }
    pieces
}

fn clause(dice: &mut Dice) -> String {
    [dice.pick(&WHO), dice.pick(&MUST), dice.pick(&DOES), dice.pick(&WHAT), dice.pick(&MORE)].concat()
}

/// Tables whose rows are alike, under headings, with a paragraph here and there.
fn tables(writer: &mut Writer) -> Manuscript {
    let mut pieces = Vec::new();
    for table in 1..=5 {
        let matter = writer.matters(1)[0];
        pieces.push(writer.heading(1, &format!("表{table}　"), "各户认领与完成情况", &[matter]));
        pieces.push(writer.paragraph(matter, Style::PLAIN));
        for _ in 0..12 + writer.dice.below(10) {
            let row = row(&mut writer.dice);
            pieces.push(writer.piece(BlockKind::TableRow, &row, &[matter]));
        }
    }
    Manuscript { pieces }
}

fn row(dice: &mut Dice) -> String {
    let (count, done) = (dice.pick(&["十", "二十", "三十", "五十"]), dice.pick(&["是", "否", "部分"]));
    let number = dice.below(60);
    format!("{}\t{}\t{count}棵\t第{number}户\t{done}", dice.pick(&WHO), dice.pick(&WHAT))
}
