//! Which blocks are headings: those that the bookmarks of the file name, and those that look like them; without
//! bookmarks, what is set larger or heavier than the text.

use std::collections::HashMap;

use super::catalog::Bookmark;
use super::furniture::ends_sentence;
use super::paragraphs::{Draft, Kind};
use super::rows::tenths;
use super::tally::Tally;
use crate::document::BlockKind;
use crate::import::characters;
use crate::import::numbering::{self, Number, Style};

/// The widest heading, in columns.
const WIDEST: usize = 110;
/// How many looks of headings are told apart.
const MOST_LOOKS: usize = 6;

/// What each of `drafts` is.
pub(super) fn kinds(drafts: &[Draft], bookmarks: &[Bookmark]) -> Vec<BlockKind> {
    let body = Look::of_body(drafts);
    let named = named_by_bookmarks(drafts, bookmarks);
    let levels = match levels_by_bookmarks(drafts, &named, bookmarks.len(), body) {
        Some(levels) => levels,
        None => levels_by_look(drafts, body),
    };
    let numbers: Vec<Option<Number>> = drafts.iter().map(number).collect();
    let title = title(drafts, body);
    let kind = |(index, draft): (usize, &Draft)| match draft.kind {
        Kind::Text if title == Some(index) => BlockKind::Title,
        Kind::Listing => BlockKind::Preformatted,
        Kind::Note => BlockKind::Footnote,
        Kind::Furniture => BlockKind::Aside(crate::document::AsideReason::PageFurniture),
        Kind::Hidden => BlockKind::Aside(crate::document::AsideReason::Hidden),
        Kind::Row if levels.get(index) == Some(&None) && !is_entry_of_contents(&said(draft)) => {
            BlockKind::TableRow
        }
        Kind::Row | Kind::Text => match levels.get(index).copied().flatten() {
            Some(level) => BlockKind::Heading { level },
            None if is_item(&numbers, index) => BlockKind::ListItem { depth: depth(drafts, &numbers, index) },
            None => BlockKind::Paragraph,
        },
    };
    drafts.iter().enumerate().map(kind).collect()
}

/// The title: on the first page with text, what is set largest in all of the document, and only once.
fn title(drafts: &[Draft], body: Look) -> Option<usize> {
    let text = || drafts.iter().enumerate().filter(|(_, draft)| draft.kind == Kind::Text);
    let first_page = text().next()?.1.lines.first()?.page;
    let largest = text().map(|(_, draft)| tenths(draft.size)).max()?;
    let mut found = text().filter(|(_, draft)| tenths(draft.size) == largest);
    let (index, draft) = found.next().filter(|(_, draft)| may_be_heading(draft))?;
    let early = draft.lines.first().is_some_and(|line| line.page == first_page);
    (early && found.next().is_none() && largest * 100 >= body.size * 125).then_some(index)
}

/// What a draft says, on one line.
fn said(draft: &Draft) -> String {
    draft.lines.iter().map(|line| line.text.as_str()).collect()
}

fn number(draft: &Draft) -> Option<Number> {
    let first = draft.lines.first().filter(|_| matches!(draft.kind, Kind::Text | Kind::Row))?;
    numbering::parse(first.text.trim_start()).filter(|number| number.style != Style::Bare)
}

/// Letters and digits only, so that spaces and marks do not tell titles apart.
fn letters(text: &str) -> String {
    text.chars().filter(|found| found.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

// ---- By bookmarks ---------------------------------------------------------------------------------------

/// For each draft the level of the bookmark that names it.
fn named_by_bookmarks(drafts: &[Draft], bookmarks: &[Bookmark]) -> Vec<Option<u8>> {
    let mut levels = vec![None; drafts.len()];
    let mut on_pages: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if let Some(line) = draft.lines.first().filter(|_| matches!(draft.kind, Kind::Text | Kind::Row)) {
            on_pages.entry(line.page).or_default().push(index);
        }
    }
    for bookmark in bookmarks {
        let title = letters(&bookmark.title);
        // A place just above the foot of a page may mean the head of the next.
        let near =
            [bookmark.page, bookmark.page + 1].into_iter().filter_map(|page| on_pages.get(&page)).flatten();
        let free = near.copied().filter(|&index| levels.get(index) == Some(&None));
        let named = free
            .filter_map(|index| Some((index, drafts.get(index)?)))
            .filter(|(_, draft)| names(&title, draft));
        let best =
            named.min_by(|left, right| distance(bookmark, left.1).total_cmp(&distance(bookmark, right.1)));
        if let Some(level) = best.and_then(|(index, _)| levels.get_mut(index)) {
            *level = Some(bookmark.level);
        }
    }
    levels
}

/// How far a draft begins from where a bookmark leads, in points.
fn distance(bookmark: &Bookmark, draft: &Draft) -> f32 {
    let Some(line) = draft.lines.first() else { return f32::MAX };
    match bookmark.height {
        _ if line.page != bookmark.page => 2_000.0 + line.baseline,
        Some(height) => (line.baseline - height).abs(),
        None => line.baseline,
    }
}

/// Whether a title names a draft. Numbers may be missing on either side.
fn names(title: &str, draft: &Draft) -> bool {
    let own = letters(&said(draft));
    if title.is_empty() || own.is_empty() || draft.lines.len() > 4 {
        return false;
    }
    let (longer, shorter) =
        if own.len() >= title.len() { (own.as_str(), title) } else { (title, own.as_str()) };
    let missing = longer.strip_suffix(shorter);
    missing.is_some_and(|missing| {
        missing.is_empty()
            || numbering::parse(&format!("{missing} ")).is_some()
            || missing.chars().any(char::is_numeric) && missing.chars().count() <= 12
    })
}

/// The levels where bookmarks name enough of the drafts to be trusted: theirs, and for drafts that look the same
/// the level of those.
fn levels_by_bookmarks(
    drafts: &[Draft],
    named: &[Option<u8>],
    bookmarks: usize,
    body: Look,
) -> Option<Vec<Option<u8>>> {
    let found = named.iter().flatten().count();
    if found == 0 || found * 2 < bookmarks {
        return None;
    }
    let mut looks: Vec<(Look, u8, usize)> = Vec::new();
    for (draft, level) in drafts.iter().zip(named).filter_map(|(draft, level)| Some((draft, (*level)?))) {
        let look = Look::of(draft);
        match looks.iter_mut().find(|(known, known_level, _)| *known == look && *known_level == level) {
            Some((_, _, count)) => *count += 1,
            None => looks.push((look, level, 1)),
        }
    }
    looks.retain(|(look, _, count)| *count > 1 && look.stands_out(body));
    let deepest = named.iter().flatten().copied().max().unwrap_or(1);
    let below = unnamed_looks(drafts, &looks, body);
    let level_of = |draft: &Draft| {
        let look = Look::of(draft);
        let same = looks.iter().filter(|(known, _, _)| *known == look).max_by_key(|(_, _, count)| *count);
        let under = || below.iter().position(|known| *known == look);
        same.map(|(_, level, _)| *level).or_else(|| {
            under().map(|under| deepest.saturating_add(u8::try_from(under + 1).unwrap_or(u8::MAX)))
        })
    };
    let levels = drafts.iter().zip(named).map(|(draft, level)| match level {
        Some(level) => Some(*level),
        None if may_be_heading(draft) => level_of(draft),
        None => None,
    });
    Some(levels.collect())
}

/// The looks of headings that no bookmark names but that stand out, smaller than those that are named.
fn unnamed_looks(drafts: &[Draft], named: &[(Look, u8, usize)], body: Look) -> Vec<Look> {
    let smallest = named.iter().map(|(look, _, _)| look.size).min().unwrap_or(0);
    let mut looks = looks_of_headings(drafts, body);
    looks.retain(|look| look.size < smallest && !named.iter().any(|(known, _, _)| known == look));
    looks
}

// ---- By look --------------------------------------------------------------------------------------------

/// How a heading looks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
struct Look {
    /// In tenths of a point.
    size: u32,
    bold: bool,
    face: u16,
}

impl Look {
    fn of(draft: &Draft) -> Self {
        Self { size: tenths(draft.size), bold: draft.bold, face: draft.face }
    }

    /// How most of the text looks.
    fn of_body(drafts: &[Draft]) -> Self {
        let mut looks = Tally::default();
        for draft in drafts.iter().filter(|draft| draft.kind == Kind::Text) {
            looks.add(Self::of(draft), draft.lines.iter().map(|line| line.text.len()).sum());
        }
        looks.most().unwrap_or_default()
    }

    /// Whether it is larger or heavier than the text.
    fn stands_out(self, body: Look) -> bool {
        self.size * 100 >= body.size * 112 || self.bold && !body.bold && self.size * 100 >= body.size * 94
    }

    /// The more a look stands out, the smaller its rank.
    fn rank(self) -> (std::cmp::Reverse<u32>, bool) {
        (std::cmp::Reverse(self.size), !self.bold)
    }
}

/// Whether a draft has the form of a heading: short, and no sentence.
fn may_be_heading(draft: &Draft) -> bool {
    let text = said(draft);
    let text = text.trim();
    let columns = characters::columns(text);
    let leads_on = text.ends_with(['，', ',', '、', '；', ';']);
    draft.kind == Kind::Text
        && draft.lines.len() <= 3
        && (2..=WIDEST).contains(&columns)
        && text.chars().any(char::is_alphabetic)
        && !leads_on
        && number(draft).is_none_or(|number| number.style != Style::Bullet)
        && (!ends_sentence(text) || text.ends_with(['？', '?', '…', '！']))
        && !is_entry_of_contents(text)
}

/// Whether a line is one of a table of contents: dots and a page number at its end.
fn is_entry_of_contents(text: &str) -> bool {
    let without = text.trim_end_matches(|found: char| found.is_numeric() || found.is_whitespace());
    let dots = without.chars().rev().take_while(|found| ".．…·⋯ ".contains(*found)).count();
    without.len() < text.len() && dots >= 2
}

fn levels_by_look(drafts: &[Draft], body: Look) -> Vec<Option<u8>> {
    let looks = looks_of_headings(drafts, body);
    let mut ranks: Vec<_> = looks.iter().map(|look| look.rank()).collect();
    ranks.dedup();
    let candidates: Vec<Option<usize>> = drafts
        .iter()
        .map(|draft| {
            let look = Look::of(draft);
            let known = looks.contains(&look) && may_be_heading(draft);
            known.then(|| ranks.iter().position(|rank| *rank == look.rank())).flatten()
        })
        .collect();
    let nested = nested_styles(drafts, &candidates, ranks.len());
    let level = |(draft, rank): (&Draft, &Option<usize>)| {
        let rank = (*rank)?;
        let above: usize = nested.iter().take(rank).map(|styles| styles.len().max(1)).sum();
        let style = number(draft).map(|number| number.style);
        let within = nested.get(rank)?.iter().position(|known| Some(*known) == style).unwrap_or(0);
        u8::try_from(above + within + 1).ok()
    };
    drafts.iter().zip(&candidates).map(level).collect()
}

/// The styles of numbers among the headings of each rank, the highest first: 一、 and （一） often look the same.
fn nested_styles(drafts: &[Draft], ranks: &[Option<usize>], count: usize) -> Vec<Vec<Style>> {
    let mut nested = vec![Vec::new(); count];
    for (draft, rank) in drafts.iter().zip(ranks) {
        let style = number(draft).map(|number| number.style).filter(|style| style.is_ranked());
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

/// The looks in which nearly all that is set has the form of a heading, the most outstanding first.
fn looks_of_headings(drafts: &[Draft], body: Look) -> Vec<Look> {
    let mut looks: Vec<(Look, usize, usize)> = Vec::new();
    for draft in drafts.iter().filter(|draft| draft.kind == Kind::Text) {
        let look = Look::of(draft);
        if !look.stands_out(body) {
            continue;
        }
        let fits = usize::from(may_be_heading(draft));
        match looks.iter_mut().find(|(known, _, _)| *known == look) {
            Some((_, fitting, all)) => (*fitting, *all) = (*fitting + fits, *all + 1),
            None => looks.push((look, fits, 1)),
        }
    }
    looks.retain(|(_, fitting, all)| fitting * 10 >= all * 6 && *fitting > 0);
    let mut looks: Vec<Look> = looks.into_iter().map(|(look, _, _)| look).collect();
    looks.sort_by_key(|look| look.rank());
    looks.truncate(MOST_LOOKS);
    looks
}

// ---- Lists ----------------------------------------------------------------------------------------------

/// Whether a draft is an item: it has a bullet, or its neighbour counts on.
fn is_item(numbers: &[Option<Number>], index: usize) -> bool {
    let Some(Some(own)) = numbers.get(index) else { return false };
    let neighbour = |index: Option<usize>| index.and_then(|index| numbers.get(index)).copied().flatten();
    let counts = |other: Option<Number>| {
        other.is_some_and(|other| other.style == own.style && other.value.abs_diff(own.value) == 1)
    };
    let beside = [index.checked_sub(1), Some(index + 1)];
    own.style == Style::Bullet
        || own.style.may_be_item() && beside.into_iter().any(|index| counts(neighbour(index)))
}

/// How deep an item stands: by its indent beside that of the items before it.
fn depth(drafts: &[Draft], numbers: &[Option<Number>], index: usize) -> u8 {
    let mut indents: Vec<f32> = Vec::new();
    let own = drafts.get(index).map_or(0.0, |draft| draft.indent);
    let run = (0..index).rev().take(40).take_while(|&before| is_item(numbers, before));
    for indent in run.filter_map(|before| drafts.get(before)).map(|draft| draft.indent) {
        let is_further_out = indent < own - 0.7 && indents.last().is_none_or(|last| indent < last - 0.7);
        if is_further_out {
            indents.push(indent);
        }
    }
    u8::try_from(indents.len()).unwrap_or(u8::MAX)
}
