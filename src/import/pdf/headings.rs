//! Which blocks are headings: those that the tags of the file call so; where these call none so, those that its
//! bookmarks name, and those that look like them; without bookmarks, what is set larger or heavier than the text.

use std::cell::LazyCell;
use std::collections::HashMap;

use super::authors;
use super::catalog::Bookmark;
use super::draft::{Draft, Kind};
use super::rows::tenths;
use super::tags::TagKind;
use crate::document::BlockKind;
use crate::import::byline;
use crate::import::looks::{self, Look, Styled};
use crate::import::numbering::{self, Number, Style};
use crate::import::raised;

/// What each of `drafts` is.
pub(super) fn kinds(drafts: &[Draft], bookmarks: &[Bookmark]) -> Vec<BlockKind> {
    let numbers: Vec<Option<Number>> = drafts.iter().map(number).collect();
    let named = named_by_bookmarks(drafts, bookmarks);
    let is_none = |index: usize| is_of_contents(drafts, index) || is_imprint(drafts, index);
    let contents: Vec<bool> = (0..drafts.len()).map(is_none).collect();
    let found = named.iter().flatten().count();
    let mut styled: Vec<Styled> = drafts
        .iter()
        .zip(&numbers)
        .zip(named)
        .zip(&contents)
        .map(|(((draft, number), named), contents)| styled(draft, *number, named, *contents))
        .collect();
    let body = Look::of_body(&styled);
    let tagged = Tagged::of(drafts);
    let is_named =
        |index: &usize| drafts.get(*index).and_then(|draft| draft.tag).is_some_and(TagKind::is_heading);
    let seen = title(drafts, &styled, body).filter(|title| !is_named(title));
    let title = tagged.title.or(seen);
    let authors = title.map(|title| authors::below(drafts, title)).unwrap_or_default();
    for index in &authors {
        if let Some(names) = styled.get_mut(*index) {
            *names = Styled { length: 0, fits: false, named: None, ..*names };
        }
    }
    // Where bookmarks name few of the drafts, they are not trusted.
    let levels = if found > 0 && found * 2 >= bookmarks.len() {
        looks::levels_beside_names(&styled, body, true)
    } else {
        looks::levels_by_look(&styled, body)
    };
    let others = levels.iter().enumerate().filter(|(index, _)| title != Some(*index));
    let highest = others.filter_map(|(_, level)| *level).min().unwrap_or(1);
    let found = Found { drafts, numbers: &numbers, levels: &levels, highest, title, authors, tagged };
    drafts.iter().enumerate().map(|(index, draft)| found.kind(index, draft)).collect()
}

/// What is known of all drafts.
struct Found<'a> {
    drafts: &'a [Draft],
    numbers: &'a [Option<Number>],
    /// The levels of headings by bookmarks and looks.
    levels: &'a [Option<u8>],
    /// The level of chapters.
    highest: u8,
    title: Option<usize>,
    /// What names the authors below it.
    authors: Vec<usize>,
    tagged: Tagged,
}

impl Found<'_> {
    fn kind(&self, index: usize, draft: &Draft) -> BlockKind {
        let level = self.levels.get(index).copied().flatten();
        match draft.kind {
            Kind::Text if self.title == Some(index) => BlockKind::Title,
            Kind::Text | Kind::Row if self.authors.contains(&index) => BlockKind::Byline,
            Kind::Listing => BlockKind::Preformatted,
            Kind::Note => BlockKind::Footnote,
            Kind::Furniture => BlockKind::Aside(crate::document::AsideReason::PageFurniture),
            Kind::Hidden => BlockKind::Aside(crate::document::AsideReason::Hidden),
            Kind::Row if draft.tag.is_some() => BlockKind::TableRow,
            Kind::Row if level.is_none() => BlockKind::TableRow,
            Kind::Row | Kind::Text => {
                let tagged = draft.tag.and_then(named_by);
                tagged.unwrap_or_else(|| self.kind_by_look(index, draft, level))
            }
        }
    }

    /// What the text of a draft is: where the tags call others headings or items, it is none of these.
    fn kind_by_look(&self, index: usize, draft: &Draft, level: Option<u8>) -> BlockKind {
        if draft.is_entry {
            return BlockKind::TableRow;
        }
        let level = level.or_else(|| heads_contents(self.drafts, index).then_some(self.highest));
        let Tagged { headings, items, .. } = self.tagged;
        let (numbers, is_tagged) = (self.numbers, draft.tag.is_some());
        match level {
            Some(level) if !(is_tagged && headings) => BlockKind::Heading { level },
            _ if !(is_tagged && items) && is_item(numbers, index) => {
                BlockKind::ListItem { depth: depth(self.drafts, numbers, index) }
            }
            _ => BlockKind::Paragraph,
        }
    }
}

/// What the tags of a file tell apart.
struct Tagged {
    title: Option<usize>,
    /// Whether they call anything a heading, and anything an item.
    headings: bool,
    items: bool,
}

impl Tagged {
    fn of(drafts: &[Draft]) -> Self {
        let calls = |is: fn(TagKind) -> bool| drafts.iter().position(|draft| draft.tag.is_some_and(is));
        Self {
            title: calls(|tag| tag == TagKind::Title),
            headings: calls(TagKind::is_heading).is_some(),
            items: calls(|tag| matches!(tag, TagKind::Item(_))).is_some(),
        }
    }
}

/// What is called so by its tag; `None` where it is a paragraph, which may be anything in files that call nothing a
/// heading or an item. There is one title.
fn named_by(tag: TagKind) -> Option<BlockKind> {
    match tag {
        TagKind::Title => Some(BlockKind::Heading { level: 1 }),
        TagKind::Heading(level) => Some(BlockKind::Heading { level }),
        TagKind::Item(depth) => Some(BlockKind::ListItem { depth }),
        TagKind::Quotation => Some(BlockKind::Quotation),
        TagKind::Paragraph | TagKind::Row | TagKind::Note | TagKind::Listing | TagKind::Furniture => None,
    }
}

/// What of a draft tells whether it is a heading.
fn styled(draft: &Draft, number: Option<Number>, named: Option<u8>, is_none: bool) -> Styled {
    let is_text = draft.kind == Kind::Text && !is_none;
    Styled {
        look: Look { size: tenths(draft.size), bold: draft.bold, face: draft.face },
        length: if is_text { draft.lines.iter().map(|line| line.text.len()).sum() } else { 0 },
        fits: is_text && draft.lines.len() <= 3 && looks::has_form_of_heading(&said(draft), number),
        number: number.map(|number| number.style),
        named,
    }
}

/// Whether a draft belongs to a table of contents, which says nothing of the look of what it lists.
fn is_of_contents(drafts: &[Draft], index: usize) -> bool {
    drafts.get(index).is_some_and(|draft| draft.is_entry) || heads_contents(drafts, index)
}

/// How many of the first drafts may belong to a cover or stand below a title.
const COVER: usize = 8;

/// Whether a draft is the date of a cover, or says whose it is: set large, and no heading.
fn is_imprint(drafts: &[Draft], index: usize) -> bool {
    let text = || drafts.iter().filter(|draft| draft.kind == Kind::Text);
    let Some(own) = drafts.get(index).filter(|_| index < COVER) else { return false };
    let page = |draft: &Draft| draft.lines.first().map(|line| line.page);
    if own.kind != Kind::Text || text().next().map(page) != Some(page(own)) || own.lines.len() > 2 {
        return false;
    }
    let said = said(own);
    // In a chronicle the text of a day follows.
    let next = drafts.iter().skip(index + 1).find(|draft| draft.kind == Kind::Text);
    let stands_alone = next.is_some_and(|next| page(next) != page(own) || next.size >= own.size);
    let (before, _) = drafts.split_at_checked(index).unwrap_or_default();
    let is_below =
        before.iter().rfind(|draft| draft.kind == Kind::Text).is_some_and(|above| above.size > own.size);
    stands_alone && byline::is_date(&said) || is_below && (is_span_of_years(&said) || byline::says(&said))
}

/// Whether all of a text are years in brackets: （2025—2030年）.
fn is_span_of_years(text: &str) -> bool {
    let inner = text.trim().strip_prefix(['（', '(']).and_then(|text| text.strip_suffix(['）', ')']));
    let is_of_years =
        |found: char| found.is_numeric() || found.is_whitespace() || "年—–-－~～至".contains(found);
    inner.is_some_and(|inner| inner.chars().any(char::is_numeric) && inner.chars().all(is_of_years))
}

/// Whether a draft is the heading of a table of contents: the first entry follows.
fn heads_contents(drafts: &[Draft], index: usize) -> bool {
    let is_head = |draft: &Draft| draft.kind == Kind::Text && looks::names_contents(&said(draft));
    let is_text = |draft: &&Draft| matches!(draft.kind, Kind::Text | Kind::Row);
    let is_entry = |draft: Option<&Draft>| draft.is_some_and(|draft| draft.is_entry);
    let (before, after) = drafts.split_at_checked(index).unwrap_or_default();
    after.first().is_some_and(is_head)
        && is_entry(after.iter().skip(1).find(is_text))
        && !is_entry(before.iter().rfind(is_text))
}

/// The title: what is set largest, on the first page with text.
fn title(drafts: &[Draft], styled: &[Styled], body: Look) -> Option<usize> {
    let page = |draft: &Draft| draft.lines.first().map(|line| line.page);
    let first = drafts.iter().find(|draft| draft.kind == Kind::Text)?;
    let largest = looks::largest(styled, body)?;
    (drafts.get(largest).map(page) == Some(page(first))).then_some(largest)
}

/// What a draft says, on one line.
fn said(draft: &Draft) -> String {
    draft.lines.iter().map(|line| line.text.as_str()).collect()
}

fn number(draft: &Draft) -> Option<Number> {
    let first = draft.lines.first().filter(|_| matches!(draft.kind, Kind::Text | Kind::Row))?;
    numbering::parse(first.text.trim_start()).filter(|number| number.style != Style::Bare)
}

/// Letters and digits only, so that spaces and marks do not tell titles apart, nor raised digits.
fn letters(text: &str) -> String {
    text.chars()
        .map(raised::plain)
        .filter(|found| found.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

// ---- By bookmarks ---------------------------------------------------------------------------------------

/// For each draft the level of the bookmark that names it.
fn named_by_bookmarks(drafts: &[Draft], bookmarks: &[Bookmark]) -> Vec<Option<u8>> {
    let mut levels = vec![None; drafts.len()];
    let mut on_pages: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        let may_be = matches!(draft.kind, Kind::Text | Kind::Row) && !draft.is_entry;
        if let Some(line) = draft.lines.first().filter(|_| may_be) {
            on_pages.entry(line.page).or_default().push(index);
        }
    }
    // Many bookmarks lead to one page: what a draft says is put together once.
    let own: Vec<_> = drafts.iter().map(|draft| LazyCell::new(move || letters(&said(draft)))).collect();
    for bookmark in bookmarks {
        let title = letters(&bookmark.title);
        // A place just above the foot of a page may mean the head of the next.
        let near =
            [bookmark.page, bookmark.page + 1].into_iter().filter_map(|page| on_pages.get(&page)).flatten();
        let free = near.copied().filter(|&index| levels.get(index) == Some(&None));
        let named = free.filter_map(|index| Some((index, drafts.get(index)?))).filter(|(index, draft)| {
            draft.lines.len() <= 4 && own.get(*index).is_some_and(|own| names(&title, own))
        });
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

/// Whether a title names what says `own`. Numbers may be missing on either side.
fn names(title: &str, own: &str) -> bool {
    if title.is_empty() || own.is_empty() {
        return false;
    }
    let (longer, shorter) = if own.len() >= title.len() { (own, title) } else { (title, own) };
    let missing = longer.strip_suffix(shorter);
    missing.is_some_and(|missing| {
        missing.is_empty()
            || numbering::parse(&format!("{missing} ")).is_some()
            || missing.chars().any(char::is_numeric) && missing.chars().count() <= 12
    })
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
