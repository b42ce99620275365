//! The automatic numbering of a DOCX: 第一章, 一、, （一） that stand nowhere in its text.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::value;
use crate::import::counting::{After, Counting};
use crate::import::xml::{attribute, child, children};

/// Word has nine levels.
const LEVELS: usize = 9;

/// Of what stands around a number so many characters are taken: it is written before every paragraph of the list.
const LONGEST: usize = 100;

/// What a number stands for: one of the lists, at one of its levels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Numbered {
    /// The list.
    pub(super) list: u32,
    /// From 0.
    pub(super) level: usize,
}

/// What stands before the text of a numbered paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Label {
    /// A bullet, which the reader draws.
    Bullet,
    /// A number, with what parts it from the text.
    Number(String),
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: BTreeMap<u32, List>,
    patterns: BTreeMap<u32, Pattern>,
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Levels of lists that have counted: the beginning of their own that a list gives to a level counts once.
    begun: BTreeSet<(u32, usize)>,
}

/// One list: a pattern, and where it departs from it.
#[derive(Debug, Default)]
struct List {
    pattern: u32,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// How the levels of lists look.
#[derive(Debug, Default)]
struct Pattern {
    levels: BTreeMap<usize, Level>,
    /// The style that says how they look instead.
    by_style: Option<String>,
    /// The name by which other patterns call it.
    style: Option<String>,
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    counting: Counting,
    bullet: bool,
    /// `第%1章`: the number of level 1 stands for `%1`.
    text: String,
    /// Counts anew after a paragraph of a level above this one; 0 for never.
    restart: Option<usize>,
    /// Whether all numbers in it are Arabic.
    arabic: bool,
    /// What parts the number from the text.
    after: After,
    /// The style whose paragraphs stand on this level.
    style: Option<String>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn of(root: Node<'_, '_>) -> Self {
        let id = |node: Node<'_, '_>, name: &str| attribute(node, name).and_then(|id| id.parse().ok());
        let mut numbering = Self::default();
        for pattern in children(root, "abstractNum") {
            if let Some(id) = id(pattern, "abstractNumId") {
                numbering.patterns.insert(id, Pattern::of(pattern));
            }
        }
        for list in children(root, "num") {
            if let Some(id) = id(list, "numId") {
                numbering.lists.insert(id, List::of(list));
            }
        }
        numbering.follow_styles();
        numbering
    }

    /// A pattern that only names a style is that of the style: its lists are led there, once for all.
    fn follow_styles(&mut self) {
        let mut by_style: BTreeMap<&str, u32> = BTreeMap::new();
        for (id, pattern) in &self.patterns {
            if let Some(style) = pattern.style.as_deref() {
                by_style.entry(style).or_insert(*id);
            }
        }
        for list in self.lists.values_mut() {
            let style = self.patterns.get(&list.pattern).and_then(|pattern| pattern.by_style.as_deref());
            list.pattern = style.and_then(|style| by_style.get(style)).copied().unwrap_or(list.pattern);
        }
    }

    /// The level on which paragraphs of a style stand in a list, where the list says so.
    pub(super) fn level_of_style(&self, list: u32, style: &str) -> Option<usize> {
        let levels = &self.patterns.get(&self.pattern(list)?)?.levels;
        levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(level, _)| *level)
    }

    /// Counts a paragraph, and gives what stands before its text. `None` where it has no number.
    pub(super) fn count(&mut self, numbered: Numbered) -> Option<Label> {
        let Numbered { list, level } = numbered;
        let pattern = self.pattern(list)?;
        let own = self.level(list, level)?.clone();
        let before = self.counts.get(&pattern).copied().unwrap_or_default();
        let counts = self.counted(list, level, before);
        self.counts.insert(pattern, counts);
        if own.bullet {
            return Some(Label::Bullet);
        }
        let label = self.label(list, &own, &counts);
        let after = own.after.space(&label);
        Some(Label::Number(label + after))
    }

    /// The counts after a paragraph of that level.
    fn counted(
        &mut self,
        list: u32,
        level: usize,
        mut counts: [Option<u32>; LEVELS],
    ) -> [Option<u32>; LEVELS] {
        let begins = self.begun.insert((list, level)) && self.begins_anew(list, level);
        let start = self.start(list, level);
        if let Some(count) = counts.get_mut(level) {
            *count = Some(count.filter(|_| !begins).map_or(start, |count| count.saturating_add(1)));
        }
        for (deeper, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restart = self.level(list, deeper).and_then(|deeper| deeper.restart);
            if restart.is_none_or(|restart| level < restart) {
                *count = None;
            }
        }
        counts
    }

    fn label(&self, list: u32, own: &Level, counts: &[Option<u32>; LEVELS]) -> String {
        let mut label = String::new();
        let mut rest = own.text.chars().peekable();
        while let Some(character) = rest.next() {
            let shown = rest.peek().and_then(|next| next.to_digit(10)).filter(|digit| *digit > 0);
            match shown.filter(|_| character == '%') {
                Some(digit) => {
                    rest.next();
                    label.push_str(&self.number(list, own, digit as usize - 1, counts));
                }
                None => label.push(character),
            }
        }
        label
    }

    fn number(&self, list: u32, own: &Level, level: usize, counts: &[Option<u32>; LEVELS]) -> String {
        let count = counts.get(level).copied().flatten().unwrap_or_else(|| self.start(list, level));
        let counting = self.level(list, level).map_or(Counting::Arabic, |level| level.counting);
        if own.arabic { Counting::Arabic.show(count) } else { counting.show(count) }
    }

    /// Whether a list gives a level a beginning of its own.
    fn begins_anew(&self, list: u32, level: usize) -> bool {
        self.lists.get(&list).is_some_and(|list| list.starts.contains_key(&level))
    }

    fn start(&self, list: u32, level: usize) -> u32 {
        let own = self.lists.get(&list).and_then(|list| list.starts.get(&level)).copied();
        own.or_else(|| Some(self.level(list, level)?.start)).unwrap_or(1)
    }

    fn level(&self, list: u32, level: usize) -> Option<&Level> {
        let own = self.lists.get(&list)?.levels.get(&level);
        own.or_else(|| self.patterns.get(&self.pattern(list)?)?.levels.get(&level))
    }

    /// The pattern of a list.
    fn pattern(&self, list: u32) -> Option<u32> {
        Some(self.lists.get(&list)?.pattern).filter(|pattern| self.patterns.contains_key(pattern))
    }
}

impl List {
    fn of(node: Node<'_, '_>) -> Self {
        let pattern = number_in(node, "abstractNumId").unwrap_or_default();
        let mut list = Self { pattern, ..Self::default() };
        for own in children(node, "lvlOverride") {
            let Some(level) = level_number(own) else { continue };
            if let Some(start) = number_in(own, "startOverride") {
                list.starts.insert(level, start);
            }
            if let Some(look) = child(own, "lvl") {
                list.levels.insert(level, Level::of(look));
            }
        }
        list
    }
}

impl Pattern {
    fn of(node: Node<'_, '_>) -> Self {
        let levels = children(node, "lvl").filter_map(|level| Some((level_number(level)?, Level::of(level))));
        let named = |name: &str| child(node, name).and_then(value).map(str::to_owned);
        Self { levels: levels.collect(), by_style: named("numStyleLink"), style: named("styleLink") }
    }
}

impl Level {
    fn of(node: Node<'_, '_>) -> Self {
        let format = format_of(node);
        let kind = format.and_then(value).unwrap_or("decimal");
        let custom = format.and_then(|format| attribute(format, "format"));
        Self {
            start: number_in(node, "start").unwrap_or(1),
            counting: counting(kind, custom),
            bullet: kind == "bullet",
            text: child(node, "lvlText").and_then(value).unwrap_or_default().chars().take(LONGEST).collect(),
            restart: number_in(node, "lvlRestart").map(|level| level as usize),
            arabic: child(node, "isLgl").is_some_and(super::is_on),
            after: match child(node, "suff").and_then(value) {
                Some("space") => After::Space,
                Some("nothing") => After::Nothing,
                _ => After::Tab,
            },
            style: child(node, "pStyle").and_then(value).map(str::to_owned),
        }
    }
}

/// A level may offer its format in a newer and an older form.
fn format_of<'a, 'input>(level: Node<'a, 'input>) -> Option<Node<'a, 'input>> {
    let offered = child(level, "AlternateContent").and_then(|offers| child(offers, "Choice"));
    child(level, "numFmt").or_else(|| child(offered?, "numFmt"))
}

fn level_number(node: Node<'_, '_>) -> Option<usize> {
    attribute(node, "ilvl")?.parse().ok().filter(|level| *level < LEVELS)
}

fn number_in(node: Node<'_, '_>, name: &str) -> Option<u32> {
    value(child(node, name)?)?.parse().ok()
}

/// The counting that a name of the standard means (`ST_NumberFormat`).
pub(super) fn counting(name: &str, custom: Option<&str>) -> Counting {
    match name {
        "decimalZero" => Counting::Padded(2),
        "custom" => custom_counting(custom.unwrap_or_default()),
        "decimalFullWidth" | "decimalFullWidth2" => Counting::FullWidth,
        "upperRoman" => Counting::RomanLarge,
        "lowerRoman" => Counting::RomanSmall,
        "upperLetter" => Counting::LatinLarge,
        "lowerLetter" => Counting::LatinSmall,
        "ordinal" => Counting::Ordinal,
        "chineseCounting" | "taiwaneseCounting" => Counting::Han,
        "chineseCountingThousand" | "taiwaneseCountingThousand" | "japaneseCounting" => Counting::HanThousand,
        "ideographDigital" | "japaneseDigitalTenThousand" | "koreanDigital2" => Counting::HanDigits('〇'),
        "taiwaneseDigital" => Counting::HanDigits('○'),
        "chineseLegalSimplified" => Counting::LegalSimplified,
        "ideographLegalTraditional" | "japaneseLegal" => Counting::LegalTraditional,
        "ideographTraditional" => Counting::Stems,
        "ideographZodiac" => Counting::Branches,
        "ideographZodiacTraditional" => Counting::StemsAndBranches,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Counting::Circled,
        "decimalEnclosedParen" => Counting::Bracketed,
        "decimalEnclosedFullstop" => Counting::WithStop,
        "ideographEnclosedCircle" => Counting::HanCircled,
        "numberInDash" => Counting::InDashes,
        "chicago" => Counting::Signs,
        "none" => Counting::Nothing,
        _ => Counting::Arabic,
    }
}

/// `001, 002, 003, ...` counts in three digits.
fn custom_counting(example: &str) -> Counting {
    let first = example.split(',').next().unwrap_or_default().trim();
    let digits = !first.is_empty() && first.len() <= 9 && first.bytes().all(|byte| byte.is_ascii_digit());
    if digits { Counting::Padded(first.len()) } else { Counting::Arabic }
}
