//! What happens to a text until its notes are sought again.

use duidu::document::{AsideReason, BlockKind};
use duidu::text::{Converters, Form, Script};

use crate::stock::changes::{change_marks, edit, merge, reverse, show_in, shuffle, split};
use crate::stock::manuscript::{Glyph, Manuscript, Piece};
use crate::stock::writer::Writer;

/// A kind of change.
#[derive(Clone, Copy)]
pub(crate) struct Wear {
    /// What it is called.
    pub(crate) name: &'static str,
    /// Makes it.
    pub(crate) change: fn(&mut Writer, &Converters, &mut Manuscript),
    /// Whether what follows each other still does, so that notes may run on from one paragraph to the next.
    pub(crate) keeps_order: bool,
}

const fn ordered(name: &'static str, change: fn(&mut Writer, &Converters, &mut Manuscript)) -> Wear {
    Wear { name, change, keeps_order: true }
}

const fn disordered(name: &'static str, change: fn(&mut Writer, &Converters, &mut Manuscript)) -> Wear {
    Wear { name, change, keeps_order: false }
}

/// Every kind, the gentlest first of each group.
pub(crate) const WEAR: [Wear; 30] = [
    ordered("same bytes", |_, _, _| ()),
    ordered("characters edited: 1 %", |writer, _, now| scatter(writer, 1, now)),
    ordered("characters edited: 2 %", |writer, _, now| scatter(writer, 2, now)),
    ordered("characters edited: 5 %", |writer, _, now| scatter(writer, 5, now)),
    ordered("characters edited: 10 %", |writer, _, now| scatter(writer, 10, now)),
    ordered("characters edited: 15 %", |writer, _, now| scatter(writer, 15, now)),
    ordered("characters edited: 20 %", |writer, _, now| scatter(writer, 20, now)),
    ordered("characters edited: 30 %", |writer, _, now| scatter(writer, 30, now)),
    ordered("characters edited: 40 %", |writer, _, now| scatter(writer, 40, now)),
    ordered("characters edited: 50 %", |writer, _, now| scatter(writer, 50, now)),
    disordered("words and clauses edited: 5 %", |writer, _, now| edit(writer, 5, now)),
    disordered("words and clauses edited: 10 %", |writer, _, now| edit(writer, 10, now)),
    disordered("words and clauses edited: 20 %", |writer, _, now| edit(writer, 20, now)),
    disordered("words and clauses edited: 40 %", |writer, _, now| edit(writer, 40, now)),
    disordered("paragraphs in another order", |writer, _, now| shuffle(writer, now)),
    disordered("another order, 10 % edited", |writer, _, now| {
        shuffle(writer, now);
        scatter(writer, 10, now);
    }),
    disordered("order reversed", |_, _, now| reverse(now)),
    ordered("paragraphs joined", |_, _, now| merge(now)),
    ordered("paragraphs split", |writer, _, now| split(writer, now)),
    ordered("split, 5 % edited", |writer, _, now| {
        split(writer, now);
        scatter(writer, 5, now);
    }),
    disordered("paragraphs repeated", repeat),
    disordered("a third of the paragraphs deleted", delete),
    disordered("a third deleted, 10 % edited", |writer, converters, now| {
        delete(writer, converters, now);
        scatter(writer, 10, now);
    }),
    disordered("sentences deleted", cut_sentences),
    ordered("traditional characters", |_, converters, now| {
        show_in(Script::characters(Form::Traditional), converters, now);
    }),
    ordered("Taiwan's characters and words", |_, converters, now| {
        show_in(Script::words(Form::Taiwan), converters, now);
    }),
    ordered("Taiwan's words, 5 % edited", |writer, converters, now| {
        scatter(writer, 5, now);
        show_in(Script::words(Form::Taiwan), converters, now);
    }),
    ordered("width and punctuation", |writer, _, now| change_marks(writer, now)),
    ordered("scanned and read by a machine", scan),
    disordered("other page around and between", chrome),
];

/// Of so many edits as [`scatter_at`] knows, so many characters are touched: two of them touch two.
const EDITS: usize = 16;
const EDITED: usize = 18;

/// Edits so many hundredths of the characters, wherever they stand: other characters, more of them, none, and now
/// and then a whole word.
pub(crate) fn scatter(writer: &mut Writer, hundredths: usize, now: &mut Manuscript) {
    let stock: Vec<char> =
        now.pieces.iter().flat_map(|piece| &piece.glyphs).map(|glyph| glyph.character).collect();
    for piece in &mut now.pieces {
        let glyphs = std::mem::take(&mut piece.glyphs);
        let mut left = 0;
        for glyph in glyphs {
            if left > 0 {
                left -= 1;
            } else if writer.dice.below(100 * EDITED) >= hundredths * EDITS {
                piece.glyphs.push(glyph);
            } else {
                left = scatter_at(writer, glyph, piece, &stock);
            }
        }
    }
}

/// Edits a character; answers how many more go with it.
fn scatter_at(writer: &mut Writer, glyph: Glyph, piece: &mut Piece, stock: &[char]) -> usize {
    let kind = writer.dice.below(EDITS);
    let mut new =
        || Glyph { character: writer.dice.pick(stock), source: None, shown: None, is_number: false };
    match kind {
        0..=4 => piece.glyphs.push(new()),
        5..=9 => {}
        10..=13 => piece.glyphs.extend([new(), glyph]),
        14 => {
            piece.glyphs.extend([new(), new()]);
            return 1;
        }
        _ => return 1,
    }
    0
}

/// Every fourth paragraph stands a second time, somewhere behind.
fn repeat(writer: &mut Writer, _: &Converters, now: &mut Manuscript) {
    let bodies: Vec<usize> = (0..now.pieces.len()).filter(|&place| now.pieces[place].is_body()).collect();
    for place in bodies.into_iter().rev() {
        if writer.dice.below(4) > 0 {
            continue;
        }
        let again = now.pieces[place].clone();
        let behind = now.pieces.len() - place;
        let to = place + 1 + writer.dice.below(behind.min(6));
        now.pieces.insert(to, again);
    }
}

fn delete(writer: &mut Writer, _: &Converters, now: &mut Manuscript) {
    now.pieces.retain(|piece| !piece.is_compared() || writer.dice.below(3) > 0);
}

/// Takes every third sentence or clause out of the paragraphs.
fn cut_sentences(writer: &mut Writer, _: &Converters, now: &mut Manuscript) {
    for piece in &mut now.pieces {
        let glyphs = std::mem::take(&mut piece.glyphs);
        for sentence in glyphs.split_inclusive(|glyph| matches!(glyph.character, '。' | '；' | '，')) {
            if writer.dice.below(3) > 0 {
                piece.glyphs.extend_from_slice(sentence);
            }
        }
    }
}

const LOOK_ALIKE: &str = "己已 巳己 已己 未末 末未 土士 士土 日曰 曰日 人入 入人 大太 太大 千干 干千 天夭 戊戌 刀力 力刀 午牛 \
                          白自 自白 目日 免兔 鸟乌 间问 问间 拔拨 侯候 处外 外处 今令 令今 治冶 析折 材村 村材 各名 名各 \
                          住往 往住 贝见 见贝 石右 右石 田由 由田 正止 止正 王主 主王 木本 本木 口囗 一- 二三 民氏 式武 \
                          0O 1l 5S 8B 成戍 户尸 土上 上土 小水 水永 书节 管菅 工土 年午 地他 他地 在任 任在";

/// Characters are taken for others that look alike, marks are dropped, lines break anywhere.
fn scan(writer: &mut Writer, _: &Converters, now: &mut Manuscript) {
    let alike: Vec<(char, char)> = LOOK_ALIKE
        .split_whitespace()
        .filter_map(|pair| pair.chars().next().zip(pair.chars().nth(1)))
        .collect();
    for glyph in now.pieces.iter_mut().flat_map(|piece| &mut piece.glyphs) {
        let mut shown = scanned(writer, glyph, &alike);
        match writer.dice.below(30) {
            0 => shown.push('\n'),
            1 => shown.push(' '),
            _ => {}
        }
        glyph.shown = Some(shown.into());
    }
}

fn scanned(writer: &mut Writer, glyph: &Glyph, alike: &[(char, char)]) -> String {
    let taken_for = alike.iter().find(|(character, _)| *character == glyph.character);
    let is_mark = matches!(glyph.character, '，' | '。' | '、' | '；' | '：' | '《' | '》' | '（' | '）');
    match (taken_for, writer.dice.below(40)) {
        (Some((_, other)), 0..=13) => other.to_string(),
        (_, 0..=9) if is_mark => String::new(),
        (_, 0) => writer.dice.pick(&['口', '囗', '■', '丨', '丶', '亻']).to_string(),
        _ => glyph.character.to_string(),
    }
}

/// Menus above, links and notices between the paragraphs, a foot; what the page had of its own is gone.
fn chrome(writer: &mut Writer, _: &Converters, now: &mut Manuscript) {
    const AROUND: [&str; 5] = [
        "首页 | 新闻 | 政策 | 服务 | 互动 | 无障碍浏览",
        "【字体：大 中 小】 打印本页 关闭窗口 分享到：",
        "上一篇：关于开放时间的通知　下一篇：关于借阅名册的说明",
        "相关链接：河道管理　书屋管理　树苗认领　水位记录",
        "主办：联合编写组　备案号：第二〇二六号　网站标识码：三五七九",
    ];
    let aside = BlockKind::Aside(AsideReason::Navigation);
    let mut page = |text: &str, kind| {
        let mut piece = writer.piece(kind, text, &[]);
        piece.glyphs.iter_mut().for_each(|glyph| glyph.source = None);
        piece
    };
    let mut pieces: Vec<Piece> = AROUND.iter().take(3).map(|text| page(text, aside)).collect();
    for (number, piece) in std::mem::take(&mut now.pieces).into_iter().enumerate() {
        if matches!(piece.kind, BlockKind::Aside(_)) {
            continue;
        }
        pieces.push(piece);
        if number % 5 == 4 {
            pieces.push(page(AROUND[number / 5 % AROUND.len()], BlockKind::Paragraph));
        }
    }
    pieces.extend(AROUND.iter().skip(3).map(|text| page(text, aside)));
    now.pieces = pieces;
}
