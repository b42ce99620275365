//! Headings by how they look, for formats that set their text and seldom say what it is: what stands out from
//! most of the text and nearly always has the form of a heading.

use super::characters;
use super::numbering::{Number, Style};
use super::tally::Tally;
use crate::text::number_at_start;

/// The widest heading, in columns.
const WIDEST: usize = 110;
/// How many looks of headings are told apart.
const MOST_LOOKS: usize = 6;
/// So many of ten blocks of a look have the form of headings where it is one of headings; and where the file names
/// headings, but none of that look, so that it may as well be one of terms or of titles of listings.
const MANY: usize = 6;
const NEARLY_ALL: usize = 9;

/// How a block looks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) struct Look {
    /// The size of its letters, in a unit of the format.
    pub(super) size: u32,
    /// Whether it is bold.
    pub(super) bold: bool,
    /// Its font or its style, counted through the file.
    pub(super) face: u16,
}

/// What of a block tells whether it is a heading.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Styled {
    /// How it looks.
    pub(super) look: Look,
    /// How many bytes of running text it has; rows and listings have none.
    pub(super) length: usize,
    /// Whether it has the form of a heading.
    pub(super) fits: bool,
    /// The style of the number that it begins with.
    pub(super) number: Option<Style>,
    /// The level that the file gives it outside of its text, or by its markup.
    pub(super) named: Option<u8>,
}

impl Look {
    /// How most of the text looks, whatever its font.
    pub(super) fn of_body(blocks: &[Styled]) -> Self {
        let mut looks = Tally::default();
        for block in blocks.iter().filter(|block| block.length > 0) {
            looks.add(Self { face: 0, ..block.look }, block.length);
        }
        looks.most().unwrap_or_default()
    }

    /// Whether it is larger or heavier than the text.
    pub(super) fn stands_out(self, body: Self) -> bool {
        self.size * 100 >= body.size * 112 || self.bold && !body.bold && self.size * 100 >= body.size * 94
    }

    /// The more a look stands out, the smaller its rank.
    fn rank(self) -> Rank {
        (std::cmp::Reverse(self.size), !self.bold)
    }
}

/// The smaller, the more a look stands out.
type Rank = (std::cmp::Reverse<u32>, bool);

/// No heading has so many bytes, with white space and all.
const LONGEST_HEADING: usize = 16 * WIDEST;

/// Whether a text has the form of a heading: short, and no sentence.
pub(super) fn has_form_of_heading(text: &str, number: Option<Number>) -> bool {
    // Of a long text not even its columns are counted.
    if text.len() > LONGEST_HEADING {
        return false;
    }
    let text = text.trim();
    let leads_on = text.ends_with(['，', ',', '、', '；', ';']);
    (2..=WIDEST).contains(&characters::columns(text))
        && text.chars().any(char::is_alphabetic)
        && !leads_on
        && number.is_none_or(|number| number.style != Style::Bullet)
        && (characters::ending(text) != characters::Ending::Sentence
            || text.ends_with(['？', '?', '…', '！']))
        && !is_entry_of_contents(text)
        && !is_caption(text)
}

/// Whether a line is one of a table of contents: dots or a tabulator and a page number at its end.
pub(super) fn is_entry_of_contents(text: &str) -> bool {
    let without = text.trim_end_matches(|found: char| found.is_numeric() || found.is_whitespace());
    let dots = without.chars().rev().take_while(|found| ".．…·⋯ ".contains(*found)).count();
    let after = text.get(without.len()..).unwrap_or_default();
    !without.is_empty() && after.contains(char::is_numeric) && (dots >= 2 || after.starts_with('\t'))
}

/// Whether a line is what a picture or table is called: 图3 渠道.
pub(super) fn is_caption(line: &str) -> bool {
    let rest = line.strip_prefix(['图', '圖', '表']).map(str::trim_start);
    let numbered = rest.is_some_and(|rest| number_at_start(rest).is_some());
    numbered
        && !line.contains('\t')
        && characters::columns(line) <= WIDEST
        && characters::ending(line) != characters::Ending::Sentence
}

/// Whether a line names the table of contents that stands below it.
pub(super) fn names_contents(text: &str) -> bool {
    let letters: String = text.chars().filter(|found| !found.is_whitespace()).collect();
    matches!(letters.to_lowercase().as_str(), "目录" | "目錄" | "目次" | "contents" | "tableofcontents")
}

/// The block that is set largest of all, where it is one alone, a quarter larger than the text at least.
pub(super) fn largest(blocks: &[Styled], body: Look) -> Option<usize> {
    let text = || blocks.iter().enumerate().filter(|(_, block)| block.length > 0);
    let size = text().map(|(_, block)| block.look.size).max()?;
    let mut found = text().filter(|(_, block)| block.look.size == size);
    let (index, _) = found.next().filter(|(_, block)| block.fits)?;
    (found.next().is_none() && size * 100 >= body.size * 125).then_some(index)
}

// ---- Beside names ---------------------------------------------------------------------------------------

/// The levels where the file names headings: theirs, and for blocks that look the same the level of those. What
/// stands out less than all that are named lies below them, if `deeper`.
pub(super) fn levels_beside_names(blocks: &[Styled], body: Look, deeper: bool) -> Vec<Option<u8>> {
    let looks = named_looks(blocks, body);
    let deepest = blocks.iter().filter_map(|block| block.named).max().unwrap_or(1);
    let below = if deeper { unnamed_ranks(blocks, &looks, body) } else { Vec::new() };
    let level_of = |block: &Styled| {
        let same = looks.iter().filter(|known| known.look == block.look).max_by_key(|known| known.count);
        if let Some(known) = same {
            return Some(known.level).filter(|_| block.number.is_some() || !known.numbered);
        }
        let (_, rank) = below.iter().find(|(known, _)| *known == block.look)?;
        Some(deepest.saturating_add(*rank))
    };
    let level = |block: &Styled| block.named.or_else(|| level_of(block).filter(|_| block.fits));
    blocks.iter().map(level).collect()
}

/// A look of headings that are named.
struct NamedLook {
    look: Look,
    level: u8,
    /// How often it is.
    count: usize,
    /// Whether all that are named begin with a number: terms and titles of listings may look the same.
    numbered: bool,
}

/// The looks of what is named: those that tell a heading.
fn named_looks(blocks: &[Styled], body: Look) -> Vec<NamedLook> {
    let mut looks: Vec<NamedLook> = Vec::new();
    for (block, level) in blocks.iter().filter_map(|block| Some((block, block.named?))) {
        let (look, numbered) = (block.look, block.number.is_some());
        match looks.iter_mut().find(|known| known.look == look && known.level == level) {
            Some(known) => (known.count, known.numbered) = (known.count + 1, known.numbered && numbered),
            None => looks.push(NamedLook { look, level, count: 1, numbered }),
        }
    }
    looks.retain(|known| known.count > 1 && known.look.stands_out(body));
    looks
}

/// The looks of headings that nothing names but that stand out, smaller than those that are named: each with how
/// far below those it lies, from 1.
fn unnamed_ranks(blocks: &[Styled], named: &[NamedLook], body: Look) -> Vec<(Look, u8)> {
    let lowest = named.iter().map(|known| known.look.rank()).max();
    let mut looks = looks_of_headings(blocks, body, NEARLY_ALL);
    looks.retain(|look| lowest.is_some_and(|lowest| look.rank() > lowest));
    let mut ranks: Vec<Rank> = looks.iter().map(|look| look.rank()).collect();
    ranks.dedup();
    let below = |look: &Look| ranks.iter().position(|rank| *rank == look.rank());
    let step = |look: &Look| u8::try_from(below(look)? + 1).ok();
    looks.iter().filter_map(|look| Some((*look, step(look)?))).collect()
}

// ---- By look --------------------------------------------------------------------------------------------

/// The levels by the looks alone.
pub(super) fn levels_by_look(blocks: &[Styled], body: Look) -> Vec<Option<u8>> {
    let looks = looks_of_headings(blocks, body, MANY);
    let mut ranks: Vec<Rank> = looks.iter().map(|look| look.rank()).collect();
    ranks.dedup();
    let rank = |block: &Styled| {
        let known = block.fits && looks.contains(&block.look);
        known.then(|| ranks.iter().position(|rank| *rank == block.look.rank())).flatten()
    };
    let candidates: Vec<Option<usize>> = blocks.iter().map(rank).collect();
    let nested = nested_styles(blocks, &candidates, ranks.len());
    let level = |(block, rank): (&Styled, &Option<usize>)| {
        let rank = (*rank)?;
        let above: usize = nested.iter().take(rank).map(|styles| styles.len().max(1)).sum();
        let within = nested.get(rank)?.iter().position(|known| Some(*known) == block.number).unwrap_or(0);
        u8::try_from(above + within + 1).ok()
    };
    blocks.iter().zip(&candidates).map(level).collect()
}

/// The styles of numbers among the headings of each rank, the highest first: 一、 and （一） often look the same.
fn nested_styles(blocks: &[Styled], ranks: &[Option<usize>], count: usize) -> Vec<Vec<Style>> {
    let mut nested = vec![Vec::new(); count];
    for (block, rank) in blocks.iter().zip(ranks) {
        let style = block.number.filter(|style| style.is_ranked());
        if let (Some(styles), Some(style)) = (rank.and_then(|rank| nested.get_mut(rank)), style)
            && !styles.contains(&style)
        {
            styles.push(style);
        }
    }
    for styles in &mut nested {
        styles.sort_unstable();
    }
    nested
}

/// The looks in which so many of ten blocks have the form of a heading, the most outstanding first.
fn looks_of_headings(blocks: &[Styled], body: Look, share: usize) -> Vec<Look> {
    let mut looks: Vec<(Look, usize, usize)> = Vec::new();
    let outstanding = blocks.iter().filter(|block| block.length > 0 && block.look.stands_out(body));
    for Styled { look, fits, .. } in outstanding {
        let fits = usize::from(*fits);
        match looks.iter_mut().find(|(known, _, _)| known == look) {
            Some((_, fitting, all)) => (*fitting, *all) = (*fitting + fits, *all + 1),
            None => looks.push((*look, fits, 1)),
        }
    }
    looks.retain(|(_, fitting, all)| fitting * 10 >= all * share && *fitting > 0);
    let mut looks: Vec<Look> = looks.into_iter().map(|(look, _, _)| look).collect();
    looks.sort_by_key(|look| look.rank());
    looks.truncate(MOST_LOOKS);
    looks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block by its sign: t, T and b are text, large and bold lines; N those that the file names, on level 2; a digit
    /// that follows begins the line with a number.
    fn blocks(signs: &str) -> Vec<Styled> {
        let block = |sign: &str| {
            let (first, rest) = sign.split_at(1);
            let size = if first == "T" { 16 } else { 10 };
            let fits = first != "t";
            Styled {
                look: Look { size, bold: "bN".contains(first), face: 0 },
                length: if fits { 10 } else { 100 },
                fits,
                number: (!rest.is_empty()).then_some(Style::Decimal2),
                named: (first == "N").then_some(2),
            }
        };
        signs.split(' ').map(block).collect()
    }

    /// The levels that are found, 0 where none is.
    fn levels(signs: &str) -> Vec<u8> {
        let blocks = blocks(signs);
        let found = levels_beside_names(&blocks, Look::of_body(&blocks), true);
        found.into_iter().map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn what_looks_like_named_headings_is_one_if_it_is_numbered_as_they_are() {
        assert_eq!(levels("N t N t b t b1 t"), [2, 0, 2, 0, 2, 0, 2, 0]);
        assert_eq!(levels("N1 t N1 t b t b1 t"), [2, 0, 2, 0, 0, 0, 2, 0]);
        assert_eq!(levels("N1 t N t b t b1 t"), [2, 0, 2, 0, 2, 0, 2, 0]);
    }

    #[test]
    fn the_largest_is_one_alone() {
        let largest = |signs: &str| {
            let blocks = blocks(signs);
            largest(&blocks, Look::of_body(&blocks))
        };
        assert_eq!(largest("t T t b"), Some(1));
        assert_eq!((largest("T t T"), largest("b t")), (None, None));
    }

    #[test]
    fn a_heading_is_short_and_no_sentence() {
        let check = |text: &str, fits: bool| {
            assert_eq!(has_form_of_heading(text, crate::import::numbering::parse(text)), fits, "{text}");
        };
        for heading in ["第一章 河水", "一、讓書走近讀者", "誰來開門？", "借書 "] {
            check(heading, true);
        }
        for other in ["他來了。", "先借書，", "借書 ............ 12", "• 書", "12", &"長".repeat(60)]
        {
            check(other, false);
        }
    }
}
