//! Writes whole documents.

use duidu::document::{AsideReason, BlockKind};

use super::dice::Dice;
use super::manuscript::{Glyph, Manuscript, Piece};
use super::prose::{self, CLOSING_HEADINGS, OPENING_HEADINGS, Voice};
use super::themes::{Half, Theme, Wordlist, themes};

/// Which of a theme's words an author uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Words {
    /// All of them.
    All,
    /// One half, and of each kind so many that the other half has too.
    Of(Half, usize),
}

/// How an author writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Style {
    /// With which clauses.
    pub(crate) voice: Voice,
    /// With which words.
    pub(crate) words: Words,
}

impl Style {
    /// Every clause and every word.
    pub(crate) const PLAIN: Style = Style { voice: Voice::Any, words: Words::All };
}

/// One who writes; no two characters that it writes have the same source.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    /// Its choices.
    pub(crate) dice: Dice,
    themes: Vec<Theme>,
    written: u32,
}

impl Writer {
    /// Other seeds write other texts.
    pub(crate) fn new(seed: u64) -> Self {
        Self { dice: Dice::new(seed), themes: themes(), written: 0 }
    }

    /// So many matters: each theme once before any comes a second time, in no order.
    pub(crate) fn matters(&mut self, count: usize) -> Vec<usize> {
        let mut matters = Vec::with_capacity(count + self.themes.len());
        while matters.len() < count {
            let mut round: Vec<usize> = (0..self.themes.len()).collect();
            self.dice.shuffle(&mut round);
            matters.extend(round);
        }
        matters.truncate(count);
        matters
    }

    /// A document with a block of text on each of `matters`: a title, a byline, sections under headings of two
    /// levels, lists, a box, first and last sections with headings that stand over anything, and a line of
    /// navigation.
    pub(crate) fn document(&mut self, matters: &[usize], style: Style) -> Manuscript {
        let mut pieces = vec![self.navigation(), self.title(matters), self.byline()];
        let mut sections = Sections::default();
        let opening = self.dice.pick(&OPENING_HEADINGS);
        pieces.push(self.heading(1, &sections.next(), opening, &[]));
        let last = matters.len().saturating_sub(1);
        let mut place = 0;
        while let Some(&matter) = matters.get(place) {
            if place == last && last > 0 {
                let closing = self.dice.pick(&CLOSING_HEADINGS);
                pieces.push(self.heading(1, &sections.next(), closing, &[]));
            }
            let rest = matters.get(place..last.max(place + 1)).unwrap_or_default();
            let section = match self.dice.below(8) {
                _ if place == 0 || place == last => vec![self.paragraph(matter, style)],
                0 | 1 => self.list(rest, style, &mut sections),
                2 => self.boxed(rest, style),
                _ => self.section(rest, style, &mut sections),
            };
            place += section.iter().filter(|piece| piece.is_body()).count();
            pieces.extend(section);
        }
        Manuscript { pieces }
    }

    fn section(&mut self, matters: &[usize], style: Style, sections: &mut Sections) -> Vec<Piece> {
        let count = (1 + self.dice.below(4)).min(matters.len());
        let name = self.name(matters[0], style);
        let mut pieces = vec![self.heading(1, &sections.next(), name, &matters[..1])];
        let has_subheadings = self.dice.below(3) == 0;
        for (number, &matter) in matters[..count].iter().enumerate() {
            if has_subheadings && number > 0 {
                let name = self.name(matter, style);
                pieces.push(self.heading(2, &format!("（{}）", in_words(number)), name, &[matter]));
            }
            pieces.push(self.paragraph(matter, style));
        }
        pieces
    }

    fn list(&mut self, matters: &[usize], style: Style, sections: &mut Sections) -> Vec<Piece> {
        let count = (2 + self.dice.below(3)).min(matters.len());
        let name = self.name(matters[0], style);
        let mut pieces = vec![self.heading(1, &sections.next(), name, &matters[..1])];
        for (number, &matter) in matters[..count].iter().enumerate() {
            let mut item = self.item(matter, style);
            item.renumber(&format!("{}. ", number + 1));
            pieces.push(item);
        }
        pieces
    }

    fn boxed(&mut self, matters: &[usize], style: Style) -> Vec<Piece> {
        let count = (1 + self.dice.below(2)).min(matters.len());
        let number = format!("专栏{}　", 1 + self.dice.below(20));
        let name = self.name(matters[0], style);
        let mut pieces = vec![self.heading(3, &number, name, &matters[..1])];
        for &matter in &matters[..count] {
            pieces.push(self.paragraph(matter, style));
        }
        for piece in &mut pieces {
            piece.boxed = true;
        }
        pieces
    }

    /// A paragraph of one to four sentences.
    pub(crate) fn paragraph(&mut self, matter: usize, style: Style) -> Piece {
        let sentences = 1 + self.dice.below(4);
        self.sentences(matter, style, sentences)
    }

    /// A paragraph of so many sentences; its first clause names the matter.
    pub(crate) fn sentences(&mut self, matter: usize, style: Style, count: usize) -> Piece {
        let words = self.words(matter, style.words);
        let text = prose::paragraph(&words, style.voice, count, &mut self.dice);
        self.piece(BlockKind::Paragraph, &text, &[matter])
    }

    /// An item of a list.
    pub(crate) fn item(&mut self, matter: usize, style: Style) -> Piece {
        let words = self.words(matter, style.words);
        let text = prose::item(&words, style.voice, &mut self.dice);
        self.piece(BlockKind::ListItem { depth: 0 }, &text, &[matter])
    }

    /// A heading.
    pub(crate) fn heading(&mut self, level: u8, number: &str, name: &str, matters: &[usize]) -> Piece {
        let mut piece = self.piece(BlockKind::Heading { level }, name, matters);
        piece.renumber(number);
        piece
    }

    /// A piece with that text, all of it new.
    pub(crate) fn piece(&mut self, kind: BlockKind, text: &str, matters: &[usize]) -> Piece {
        let glyphs = text.chars().map(|character| {
            self.written += 1;
            Glyph { character, source: Some(self.written), shown: None, is_number: false }
        });
        Piece { kind, boxed: false, glyphs: glyphs.collect(), matters: matters.to_vec() }
    }

    /// A clause or a word that an editor puts in.
    pub(crate) fn clause(&mut self, matter: Option<usize>) -> String {
        let matter = matter.unwrap_or_else(|| self.dice.below(self.themes.len()));
        prose::clause(&self.words(matter, Words::All), &mut self.dice)
    }

    /// A word that an editor puts in: mostly of the theme, now and then of any.
    pub(crate) fn word(&mut self, matter: Option<usize>) -> &'static str {
        let any = self.dice.below(self.themes.len());
        let theme = matter.filter(|_| self.dice.below(4) > 0).unwrap_or(any);
        self.themes[theme].all_words().draw("T", &mut self.dice)
    }

    fn words(&self, matter: usize, words: Words) -> Wordlist {
        match words {
            Words::All => self.themes[matter].all_words(),
            Words::Of(half, shared) => self.themes[matter].half(half, shared),
        }
    }

    fn name(&mut self, matter: usize, style: Style) -> &'static str {
        self.words(matter, style.words).draw("N", &mut self.dice)
    }

    fn title(&mut self, matters: &[usize]) -> Piece {
        let theme = matters.first().map_or(0, |matter| *matter);
        let text = prose::title(&self.themes[theme], &mut self.dice);
        self.piece(BlockKind::Title, &text, &[])
    }

    fn byline(&mut self) -> Piece {
        let (year, month, day) =
            (2016 + self.dice.below(15), 1 + self.dice.below(12), 1 + self.dice.below(28));
        self.piece(BlockKind::Byline, &format!("联合编写组　{year}年{month}月{day}日"), &[])
    }

    fn navigation(&mut self) -> Piece {
        let aside = BlockKind::Aside(AsideReason::Navigation);
        self.piece(aside, "首页 ＞ 公开 ＞ 政策文件 ＞ 正文　字号：大 中 小　打印　收藏", &[])
    }
}

/// Counts the sections of a document.
#[derive(Clone, Copy, Debug, Default)]
struct Sections(usize);

impl Sections {
    fn next(&mut self) -> String {
        self.0 += 1;
        format!("{}、", in_words(self.0))
    }
}

/// The number as headings write it.
pub(crate) fn in_words(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}
