//! What a page shows besides its text: running heads and page numbers; the notes at its foot are found by
//! [`super::notes`].
//!
//! Every decision about a page depends on the pages near it alone, so that the first pages of a long file read
//! the same before and after the rest of it is there.

use std::ops::Range;

use super::columns::Line;
use super::glyph::Standing;
use super::masthead;
use super::rows::tenths;
use crate::import::tally::Tally;
use crate::import::{characters, numbering};
use crate::text::number_at_start;

/// One page in lines, in the order of reading.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct LinedPage {
    /// Its width, in points.
    pub(super) width: f32,
    /// Its height, in points.
    pub(super) height: f32,
    /// Its lines, and what each is.
    pub(super) lines: Vec<(Line, Role)>,
    /// What runs in another direction than most of the page.
    pub(super) turned: Vec<(Line, Role)>,
}

/// What a line of a page is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Role {
    /// Text.
    #[default]
    Body,
    /// A running head, a page number, a watermark.
    Furniture,
    /// What nobody sees.
    Hidden,
    /// The first line of a note at the foot.
    NoteStart,
    /// A further line of that note.
    NoteMore,
}

/// How many pages before and after a page say what is usual there.
pub(super) const NEAR: usize = 8;

/// The pages near the page `index`, itself among them.
pub(super) fn near(index: usize, pages: usize) -> Range<usize> {
    index.saturating_sub(NEAR)..(index + NEAR + 1).min(pages)
}

/// Says of every line of the pages `which` what it is.
pub(super) fn find(pages: &mut [LinedPage], which: Range<usize>) {
    let margins: Vec<Margins> = pages.iter().map(Margins::of).collect();
    let repeating: Vec<Vec<usize>> = (0..pages.len()).map(|index| repeating(&margins, index)).collect();
    for index in which {
        let body = body_size(pages.get(near(index, pages.len())).unwrap_or_default());
        let mut furniture = repeating.get(index).cloned().unwrap_or_default();
        furniture.extend(in_usual_places(&margins, &repeating, index));
        furniture.extend(lone_number(&margins, index, pages.get(index)));
        furniture.extend(head_of_few(&margins, &furniture, index, pages));
        if let Some(first) = pages.first().filter(|_| index == 0) {
            furniture.extend(masthead::lines(first, body));
        }
        if let Some(page) = pages.get_mut(index) {
            page.set_aside(&furniture, body);
            page.set_marked_aside();
            page.find_notes(body);
            page.begin_columns();
        }
    }
}

/// The size in which most of the text of some pages is set, in points.
pub(super) fn body_size(pages: &[LinedPage]) -> f32 {
    let mut sizes = Tally::default();
    for piece in pages.iter().flat_map(|page| &page.lines).flat_map(|(line, _)| &line.pieces) {
        sizes.add(tenths(piece.size), piece.text.len());
    }
    sizes.most().map_or(10.0, |size| f32::from(u16::try_from(size).unwrap_or(u16::MAX)) / 10.0)
}

// ---- Running heads and page numbers ---------------------------------------------------------------------

/// The outermost lines of a page.
struct Margins {
    /// From the top down, and from the bottom up.
    edges: [Vec<Outer>; 2],
    /// The usual distance of baselines on the page, in points.
    pitch: f32,
}

/// One of the outermost lines.
struct Outer {
    /// Its index on the page.
    index: usize,
    /// The distance of its baseline from the edge of the page.
    distance: f32,
    size: f32,
    /// Its letters, with every number as one sign.
    letters: String,
    /// Its numbers in digits.
    numbers: Vec<u32>,
    /// The distance to the next line inward, in ems.
    gap: f32,
    /// Whether it is text by its place: it fills its column just above or below the next line of it, or it carries on the
    /// sentence of a line above it that does.
    fills: bool,
}

/// On so many pages what fills a column is no text.
const MANY: usize = 3;

/// A document of fewer pages may not have a running head thrice.
const FEW: usize = 5;

/// How many lines at either edge may be furniture.
const OUTERMOST: usize = 4;

impl Margins {
    fn of(page: &LinedPage) -> Self {
        let mut order: Vec<(usize, f32)> =
            page.lines.iter().enumerate().map(|(index, (line, _))| (index, line.baseline())).collect();
        order.sort_by(|left, right| left.1.total_cmp(&right.1));
        let outer = |order: &[(usize, f32)], edge: f32| -> Vec<Outer> {
            let around = order.iter().zip(order.iter().skip(1).map(Some).chain([None]));
            let outer = around.take(OUTERMOST).filter_map(|(&(index, baseline), next)| {
                let (line, _) = page.lines.get(index)?;
                let size = line.size().max(0.1);
                let gap = next.map_or(f32::MAX, |next| (next.1 - baseline).abs() / size);
                let (distance, letters) = ((baseline - edge).abs(), letters(line));
                let is_text =
                    |next: usize| page.fills(index, next) || edge > 0.0 && page.carries_on(index, next);
                let fills = gap < 2.0 && next.is_some_and(|next| is_text(next.0));
                Some(Outer { index, distance, size, letters, numbers: numbers(line), gap, fills })
            });
            outer.collect()
        };
        let mut distances: Vec<f32> =
            order.iter().zip(order.iter().skip(1)).map(|(above, below)| below.1 - above.1).collect();
        distances.sort_by(f32::total_cmp);
        let pitch = distances.get(distances.len() / 2).copied().unwrap_or_default();
        let top = outer(&order, 0.0);
        order.reverse();
        Self { edges: [top, outer(&order, page.height)], pitch }
    }
}

impl Outer {
    fn stands_where(&self, other: &Self) -> bool {
        (self.distance - other.distance).abs() <= 2.5 && (self.size - other.size).abs() <= self.size * 0.08
    }

    /// Whether it says the same, with the numbers that it may have so many pages before or after: the same ones, or
    /// some that count pages or parts. Notes that are alike but for a number are no running heads.
    fn says_the_same(&self, other: &Self, pages: usize) -> bool {
        let counts = |(left, right): (&u32, &u32)| left.abs_diff(*right) as usize <= pages * 2;
        !self.letters.is_empty()
            && self.letters == other.letters
            && self.numbers.iter().zip(&other.numbers).all(counts)
    }
}

/// The letters of a line, with every number (in digits of either kind or small Roman ones) as `#`.
fn letters(line: &Line) -> String {
    let mut letters = String::new();
    for word in line.pieces.iter().flat_map(|piece| piece.text.split_whitespace()) {
        let roman = !word.is_empty() && word.chars().all(|found| "ivxlcdmIVXLCDM".contains(found));
        for character in word.chars() {
            let is_digit = roman || character.is_numeric() || "〇一二三四五六七八九十百".contains(character);
            match (is_digit, letters.ends_with('#')) {
                (true, true) => {}
                (true, false) => letters.push('#'),
                (false, _) => letters.push(character),
            }
        }
    }
    letters
}

/// The numbers in digits of a line.
fn numbers(line: &Line) -> Vec<u32> {
    let words = line.pieces.iter().flat_map(|piece| piece.text.split(|found: char| !found.is_ascii_digit()));
    words.filter_map(|digits| digits.parse().ok()).collect()
}

/// The outermost lines of a page that pages near it have too, in the same place.
fn repeating(margins: &[Margins], index: usize) -> Vec<usize> {
    let Some(own) = margins.get(index) else { return Vec::new() };
    let near = near(index, margins.len());
    // Left and right pages may have heads of their own.
    let needed = if near.len() < FEW { near.len().saturating_sub(1).min(1) } else { 2 };
    let recurs = |edge: usize, line: &Outer| {
        let has_it = |other: &usize| {
            let found = margins.get(*other).and_then(|other| other.edges.get(edge));
            let pages = index.abs_diff(*other);
            found
                .into_iter()
                .flatten()
                .any(|found| found.stands_where(line) && line.says_the_same(found, pages))
        };
        // A stock phrase may begin two pages.
        let needed = if line.fills { needed.max(MANY) } else { needed };
        needed > 0 && near.clone().filter(|&other| other != index).filter(has_it).count() >= needed
    };
    let mut found = Vec::new();
    for (edge, lines) in own.edges.iter().enumerate() {
        // From the edge inward; the first line that is the page's own ends the margin.
        found.extend(lines.iter().take_while(|line| recurs(edge, line)).map(|line| line.index));
    }
    found
}

/// The outermost lines of a page that stand apart from the text, where pages near it have what repeats: the
/// head of a chapter of one page.
fn in_usual_places(margins: &[Margins], repeating: &[Vec<usize>], index: usize) -> Vec<usize> {
    let Some(own) = margins.get(index) else { return Vec::new() };
    let near = near(index, margins.len());
    let is_usual = |edge: usize, line: &Outer| {
        let places = near.clone().filter(|&other| other != index).filter(|&other| {
            let repeats = repeating.get(other).map_or(&[][..], |found| found);
            let lines = margins.get(other).and_then(|other| other.edges.get(edge));
            let mut lines = lines.into_iter().flatten().filter(|line| repeats.contains(&line.index));
            lines.any(|found| found.stands_where(line))
        });
        line.gap >= 1.4 && places.count() >= 3.min(near.len().saturating_sub(1)).max(2)
    };
    let outermost = own.edges.iter().enumerate().filter_map(|(edge, lines)| Some((edge, lines.first()?)));
    outermost.filter(|(edge, line)| is_usual(*edge, line)).map(|(_, line)| line.index).collect()
}

/// The running head of a page of a document of few pages, which may have one for the left pages and one for the right:
/// a short line in the margin of a page with a page number, apart from the text, where another page has one too.
fn head_of_few(margins: &[Margins], furniture: &[usize], index: usize, pages: &[LinedPage]) -> Option<usize> {
    if margins.len() >= FEW {
        return None;
    }
    let (own, page) = (margins.get(index)?, pages.get(index)?);
    let [top, foot] = &own.edges;
    let has_foot =
        foot.iter().any(|line| furniture.contains(&line.index) && line.distance < page.height * 0.12);
    let head = top.first().filter(|head| !furniture.contains(&head.index))?;
    let stands_apart =
        |margins: &Margins, head: &Outer| head.gap * head.size > margins.pitch * 1.3 && head.gap > 1.6;
    let others = margins.iter().enumerate().filter(|(other, _)| *other != index);
    let recurs = others.filter_map(|(_, other)| Some((other, other.edges.first()?.first()?)));
    let has_place =
        recurs.clone().any(|(other, found)| found.stands_where(head) && stands_apart(other, found));
    let (line, _) = page.lines.get(head.index)?;
    let is_short = line.right() - line.left() < (line.column.1 - line.column.0) * 0.6;
    let text = &line.main().text;
    let is_text =
        ends_sentence(text) || numbering::starts_anew(text) || line.pieces.iter().any(|piece| piece.row);
    let found = has_foot && stands_apart(own, head) && has_place && is_short && !is_text;
    (found && head.distance < page.height * 0.1).then_some(head.index)
}

/// A number that stands alone at the edge of a page and counts it.
fn lone_number(margins: &[Margins], index: usize, page: Option<&LinedPage>) -> Option<usize> {
    let page = page?;
    let is_number = |line: &Outer| {
        let text = page.lines.get(line.index).map_or("", |(line, _)| line.main().text.trim());
        let bare = number_at_start(text).filter(|(_, rest)| rest.is_empty()).map(|(value, _)| value);
        let counted =
            numbering::page(text).is_some() || bare.is_some_and(|value| value as usize == index + 1);
        counted && line.gap >= 1.5 && line.distance <= page.height * 0.12
    };
    let outermost = |edges: &Margins| {
        let firsts: Vec<usize> = edges
            .edges
            .iter()
            .filter_map(|lines| lines.first())
            .filter(|line| is_number(line))
            .map(|line| line.index)
            .collect();
        firsts.last().copied()
    };
    margins.get(index).and_then(outermost)
}

impl LinedPage {
    /// Whether a line fills its column as the other one may, which stands in the same.
    fn fills(&self, index: usize, other: usize) -> bool {
        let (Some((line, _)), Some((other, _))) = (self.lines.get(index), self.lines.get(other)) else {
            return false;
        };
        let (left, right) = line.column;
        let width = line.right() - line.left();
        let beside = (line.baseline() - other.baseline()).abs() < line.size() * 0.5;
        let is_of_text = line.column == other.column || beside;
        is_of_text && line.pieces.len() == 1 && width >= (right - left) * 0.8 && width >= line.size() * 12.0
    }

    /// Whether a line goes on the sentence of the one above it, which fills their column.
    fn carries_on(&self, index: usize, above: usize) -> bool {
        let (Some((line, _)), Some((before, _))) = (self.lines.get(index), self.lines.get(above)) else {
            return false;
        };
        let is_below = (line.left() - before.column.0).abs() < line.size() * 0.5;
        let is_alike = (line.size() - before.size()).abs() < line.size() * 0.08;
        is_below && is_alike && !ends_sentence(before.said().trim_end()) && self.fills(above, index)
    }

    /// Where a column begins with what is no text, the text of it begins with the next line.
    fn begin_columns(&mut self) {
        let mut begins = false;
        for (line, role) in &mut self.lines {
            begins |= line.begins_column;
            if *role == Role::Body {
                line.begins_column = begins;
                begins = false;
            }
        }
    }

    /// Sets furniture aside. What is larger than the text is the heading of a chapter, which recurs too.
    fn set_aside(&mut self, furniture: &[usize], body: f32) {
        for &index in furniture {
            if let Some((line, role)) = self.lines.get_mut(index)
                && *role == Role::Body
                && line.size() <= body * 1.12
            {
                *role = Role::Furniture;
            }
        }
    }

    /// Sets aside what the file marks as no part of the text, unless it marks most of the page so.
    fn set_marked_aside(&mut self) {
        let count = |marked: bool| -> usize {
            let lines =
                self.lines.iter().filter(|(line, _)| (line.main().standing == Standing::Artifact) == marked);
            lines.map(|(line, _)| line.main().text.len()).sum()
        };
        let trusted = count(true) < count(false);
        for (line, role) in &mut self.lines {
            match line.main().standing {
                Standing::Hidden => *role = Role::Hidden,
                Standing::Artifact if trusted => *role = Role::Furniture,
                Standing::Artifact | Standing::Text => {}
            }
        }
    }
}

/// Whether a line ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    characters::ending(text) == characters::Ending::Sentence
}
