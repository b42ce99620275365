//! The lists of an ODT, and how they count: 第一章, 一、, （一）, 1.2.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::says_yes;
use crate::import::counting::{After, Counting};
use crate::import::xml::{attribute, find, name};

/// `OpenDocument` has ten levels.
const LEVELS: usize = 10;

type Counts = [Option<u32>; LEVELS];

/// The styles of lists, and how far the lists have counted.
#[derive(Debug, Default)]
pub(super) struct Lists<'a> {
    styles: BTreeMap<&'a str, BTreeMap<usize, Level<'a>>>,
    /// The lists that are open, the innermost last.
    open: Vec<List<'a>>,
    /// How far lists have counted: by their styles, and by their own names.
    by_style: BTreeMap<&'a str, Counts>,
    by_name: BTreeMap<&'a str, Counts>,
    /// How far the headings have counted.
    outline: Counts,
}

/// One list that is open.
#[derive(Debug)]
struct List<'a> {
    style: &'a str,
    id: Option<&'a str>,
    /// Of the whole list, where this is the outermost.
    counts: Counts,
    /// Whether the next paragraph is the first of its item, and the number that the item says.
    begins: bool,
    start: Option<u32>,
}

/// One level of a style.
#[derive(Debug)]
struct Level<'a> {
    counting: Counting,
    bullet: bool,
    prefix: &'a str,
    suffix: &'a str,
    /// `第%1%章`: says it all, where it is there.
    pattern: Option<&'a str>,
    start: u32,
    /// How many levels are shown.
    shown: usize,
    after: After,
}

/// What stands before the text of an item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Label {
    /// How deep it stands, from 0.
    pub(super) depth: usize,
    /// Its number, with what parts it from the text; empty for a bullet.
    pub(super) number: String,
}

/// The name of the style that numbers headings.
const OUTLINE: &str = "";

impl<'a> Lists<'a> {
    /// Adds the styles that stand anywhere in a part.
    pub(super) fn add(&mut self, root: Node<'a, 'a>) {
        for style in root.descendants() {
            let own = match name(style) {
                "list-style" => attribute(style, "name").unwrap_or_default(),
                "outline-style" => OUTLINE,
                _ => continue,
            };
            let levels = style.children().filter_map(Level::of).collect();
            self.styles.insert(own, levels);
        }
    }

    /// A list begins.
    pub(super) fn begin(&mut self, list: Node<'a, 'a>, of_paragraph: Option<&'a str>) {
        let outer = self.open.last().map(|outer| outer.style);
        let style = attribute(list, "style-name").or(outer).or(of_paragraph).unwrap_or_default();
        let goes_on = attribute(list, "continue-list").and_then(|name| self.by_name.get(name));
        let counts = match (self.open.first(), goes_on) {
            (Some(outer), _) => outer.counts,
            (None, Some(counts)) => *counts,
            (None, None) if says_yes(list, "continue-numbering") => {
                self.by_style.get(style).copied().unwrap_or_default()
            }
            (None, None) => Counts::default(),
        };
        let id = attribute(list, "id");
        self.open.push(List { style, id, counts, begins: false, start: None });
    }

    /// The innermost list ends.
    pub(super) fn end(&mut self) {
        let Some(list) = self.open.pop() else { return };
        if self.open.is_empty() {
            self.by_style.insert(list.style, list.counts);
            if let Some(id) = list.id {
                self.by_name.insert(id, list.counts);
            }
        }
    }

    /// An item begins.
    pub(super) fn begin_item(&mut self, item: Node<'a, 'a>) {
        if let Some(list) = self.open.last_mut() {
            list.begins = true;
            list.start = attribute(item, "start-value").and_then(|start| start.parse().ok());
        }
    }

    /// Whether any list is open.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Counts the paragraph that begins an item; `None` where none begins.
    pub(super) fn count(&mut self) -> Option<Label> {
        let depth = self.open.len().checked_sub(1)?.min(LEVELS - 1);
        let own = self.open.last_mut()?;
        if !std::mem::take(&mut own.begins) {
            return None;
        }
        let (style, start) = (own.style, own.start.take());
        let mut counts = self.open.first()?.counts;
        self.step(style, depth, start, &mut counts);
        self.open.first_mut()?.counts = counts;
        Some(Label { depth, number: self.label(style, depth, &counts) })
    }

    /// Counts a heading that stands in no list; the level is from 0. Empty where headings have no numbers.
    pub(super) fn count_heading(&mut self, level: usize, restart: Option<u32>) -> String {
        let level = level.min(LEVELS - 1);
        let mut counts = self.outline;
        self.step(OUTLINE, level, restart, &mut counts);
        self.outline = counts;
        self.label(OUTLINE, level, &counts)
    }

    fn step(&self, style: &str, level: usize, start: Option<u32>, counts: &mut Counts) {
        let first = self.level(style, level).map_or(1, |level| level.start);
        if let Some(count) = counts.get_mut(level) {
            let next = count.map_or(first, |count| count.saturating_add(1));
            *count = Some(start.unwrap_or(next));
        }
        counts.iter_mut().skip(level + 1).for_each(|count| *count = None);
    }

    fn level(&self, style: &str, level: usize) -> Option<&Level<'a>> {
        self.styles.get(style)?.get(&level)
    }

    fn label(&self, style: &str, level: usize, counts: &Counts) -> String {
        let Some(own) = self.level(style, level).filter(|own| !own.bullet) else { return String::new() };
        let number = |of: usize| {
            let look = self.level(style, of);
            let count = counts.get(of).copied().flatten();
            let count = count.unwrap_or_else(|| look.map_or(1, |look| look.start));
            look.map_or(Counting::Arabic, |look| look.counting).show(count)
        };
        let label = match own.pattern {
            Some(pattern) => by_pattern(pattern, number),
            None if own.counting == Counting::Nothing => format!("{}{}", own.prefix, own.suffix),
            None => {
                let first = (level + 1).saturating_sub(own.shown);
                let numbers: Vec<String> =
                    (first..=level).map(number).filter(|number| !number.is_empty()).collect();
                format!("{}{}{}", own.prefix, numbers.join("."), own.suffix)
            }
        };
        let after = own.after.space(&label);
        if label.trim().is_empty() { String::new() } else { label + after }
    }
}

/// What stands around a number is written before every paragraph of the list: its first hundred characters.
fn beginning(label: &str) -> &str {
    let end = label.char_indices().nth(100).map_or(label.len(), |(end, _)| end);
    label.get(..end).unwrap_or(label)
}

/// `第%1%章` with its numbers.
fn by_pattern(pattern: &str, number: impl Fn(usize) -> String) -> String {
    let mut label = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('%') {
        label.push_str(before);
        let level = after.split_once('%').and_then(|(level, after)| Some((level.parse().ok()?, after)));
        if let Some((level, after)) = level.filter(|(level, _)| (1..=LEVELS).contains(level)) {
            label.push_str(&number(level - 1));
            rest = after;
        } else {
            label.push('%');
            rest = after;
        }
    }
    label + rest
}

impl<'a> Level<'a> {
    /// A level with its number from 0; `None` for what is none.
    fn of(node: Node<'a, 'a>) -> Option<(usize, Self)> {
        let kind = name(node);
        let known = [
            "list-level-style-number",
            "list-level-style-bullet",
            "list-level-style-image",
            "outline-level-style",
        ];
        let level: usize = attribute(node, "level").filter(|_| known.contains(&kind))?.parse().ok()?;
        let said = |name: &str| attribute(node, name);
        let after =
            find(node, "list-level-label-alignment").and_then(|look| attribute(look, "label-followed-by"));
        let own = Self {
            counting: counting(said("num-format").unwrap_or_default()),
            bullet: kind.ends_with("bullet") || kind.ends_with("image"),
            prefix: said("num-prefix").map(beginning).unwrap_or_default(),
            suffix: said("num-suffix").map(beginning).unwrap_or_default(),
            pattern: said("num-list-format").map(beginning),
            start: said("start-value").and_then(|start| start.parse().ok()).unwrap_or(1),
            shown: said("display-levels").and_then(|shown| shown.parse().ok()).unwrap_or(1),
            after: match after {
                Some("space") => After::Space,
                Some("nothing") => After::Nothing,
                _ => After::Tab,
            },
        };
        Some((level.checked_sub(1)?, own))
    }
}

/// The counting of a format, which is its own first number or a list of its first numbers.
fn counting(format: &str) -> Counting {
    match format.chars().next() {
        None => Counting::Nothing,
        Some('i') => Counting::RomanSmall,
        Some('I') => Counting::RomanLarge,
        Some('a') => Counting::LatinSmall,
        Some('A') => Counting::LatinLarge,
        Some('一') => Counting::HanThousand,
        Some('壹') if format.contains('贰') => Counting::LegalSimplified,
        Some('壹') => Counting::LegalTraditional,
        Some('甲') if format.contains("甲子") => Counting::StemsAndBranches,
        Some('甲') => Counting::Stems,
        Some('子') => Counting::Branches,
        Some('①') => Counting::Circled,
        Some('⑴') => Counting::Bracketed,
        Some('⒈') => Counting::WithStop,
        Some('㊀') => Counting::HanCircled,
        Some('１') => Counting::FullWidth,
        Some('〇') => Counting::HanDigits('〇'),
        Some('0') => Counting::Padded(format.split(',').next().unwrap_or_default().trim().len().min(9)),
        Some(_) if format.starts_with("1st") => Counting::Ordinal,
        Some(_) => Counting::Arabic,
    }
}
