//! Headings, lists and boxes, as a careful reader sees them.
//!
//! The number never decides that a line is a heading: （一） opens a heading in one document and a clause in
//! the next. Its form does (short, no mark of a sentence's end, not one of several numbered lines in a row),
//! and levels follow what the document itself does.

use super::characters::{self, Ending};
use super::clean;
use super::looks;
use super::numbering::{self, Number, Style};
use super::plain::{Sketch, is_body};
use crate::document::BlockKind;

/// The widest heading with a number, and the widest without, in columns.
const WIDEST: (u32, u32) = (80, 50);

/// Finds headings, lists, tables, notes and boxes among what is still taken for paragraphs.
pub(super) fn find(text: &str, sketches: &mut [Sketch]) {
    forget_bare_numbers(sketches);
    let in_a_row = rows_of_numbers(text, sketches);
    let headings = numbered_headings(text, sketches, &in_a_row);
    let levels = Levels::of(&headings);
    for &(index, number) in &headings {
        set(sketches, index, BlockKind::Heading { level: levels.level(number.style) });
    }
    mark_lists(sketches, &in_a_row);
    mark_tables(text, sketches);
    mark_unnumbered(text, sketches);
    mark_boxes(text, sketches);
}

/// Finds the headings below those that a text marks: lines that have nothing but their number and their form. They lie
/// below all that are marked; where some of their style are marked, or where those count in another manner, they are none.
pub(super) fn find_below_marked(text: &str, sketches: &mut [Sketch]) {
    let marked: Vec<(Option<Style>, u8)> = sketches.iter().filter_map(marked_level).collect();
    let deepest = marked.iter().map(|(_, level)| *level).max().unwrap_or(0);
    let styles: Vec<Style> = marked.iter().filter_map(|(style, _)| *style).collect();
    if !styles.iter().any(|style| style.is_ranked()) {
        return;
    }
    let in_a_row = rows_of_numbers(text, sketches);
    let mut headings = numbered_headings(text, sketches, &in_a_row);
    headings.retain(|(index, number)| {
        goes_below(&styles, number.style) && is_below_marked(text, sketches, *index, number.style)
    });
    let levels = Levels::of(&headings);
    for (index, Number { style, .. }) in headings {
        set(sketches, index, BlockKind::Heading { level: deepest.saturating_add(levels.level(style)) });
    }
}

/// Whether headings of a style may lie below those of the styles `marked`: 一、 where none counts 1.1, and 1.1 only where
/// others count in digits.
fn goes_below(marked: &[Style], style: Style) -> bool {
    let decimals = [Style::Decimal2, Style::Decimal3, Style::Decimal4];
    let has = |styles: &[Style]| marked.iter().any(|style| styles.contains(style));
    let counts_in_digits = has(&decimals) || has(&[Style::Bare, Style::Arabic]);
    !marked.contains(&style) && if decimals.contains(&style) { counts_in_digits } else { !has(&decimals) }
}

/// The style and the level of a heading that is marked.
fn marked_level(sketch: &Sketch) -> Option<(Option<Style>, u8)> {
    let BlockKind::Heading { level } = sketch.kind else { return None };
    Some((sketch.number.map(|number| number.style), level))
}

/// Whether a line stands alone above text, with a number of headings: 一、, （一）, 2.1.
fn is_below_marked(text: &str, sketches: &[Sketch], index: usize, style: Style) -> bool {
    let styles =
        [Style::Legal, Style::HanComma, Style::HanBracket, Style::Decimal2, Style::Decimal3, Style::Decimal4];
    let is_line = |sketch: &Sketch| !sketch.of_text(text).trim_end().contains('\n');
    let is_text = |sketch: &&Sketch| sketch.kind.aside().is_none() && sketch.kind != BlockKind::Footnote;
    let next = sketches.iter().skip(index + 1).find(is_text);
    let is_sentence = |next: &Sketch| characters::ending(next.of_text(text).trim_end()) == Ending::Sentence;
    let leads = next.is_some_and(|next| next.is_open() && (next.columns > WIDEST.1 || is_sentence(next)));
    let goes_deeper = next.and_then(|next| next.number).is_some_and(|number| number.style > style);
    styles.contains(&style) && sketches.get(index).is_some_and(is_line) && (leads || goes_deeper)
}

fn set(sketches: &mut [Sketch], index: usize, kind: BlockKind) {
    if let Some(sketch) = sketches.get_mut(index) {
        sketch.kind = kind;
    }
}

/// A bare number (1 借書) counts only in documents that also number as 1.1.
fn forget_bare_numbers(sketches: &mut [Sketch]) {
    let is = |sketch: &Sketch, style| sketch.number.is_some_and(|number| number.style == style);
    if sketches.iter().any(|sketch| is(sketch, Style::Decimal2)) {
        return;
    }
    for sketch in sketches.iter_mut().filter(|sketch| is(sketch, Style::Bare)) {
        sketch.number = None;
    }
}

// ---- Numbered lines -------------------------------------------------------------------------------------

/// For each block, whether it is one of several numbered lines in a row: at least three of one style that
/// count up, or two with deeper ones between them (a table of contents), or one beside a sentence that
/// counts on. Otherwise a sentence ends a row.
fn rows_of_numbers(text: &str, sketches: &[Sketch]) -> Vec<bool> {
    let is_numbered =
        |sketch: &Sketch| is_numbered(sketch) && has_form_of_heading(sketch.of_text(text), sketch.columns);
    let mut in_a_row = vec![false; sketches.len()];
    let mut start = 0;
    for row in sketches.chunk_by(|left, right| is_numbered(left) == is_numbered(right)) {
        if row.first().is_some_and(is_numbered) && row.len() > 1 {
            mark_row(row, in_a_row.get_mut(start..start + row.len()).unwrap_or_default());
        }
        start += row.len();
    }
    for index in 0..sketches.len() {
        let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
        let mut sentences =
            beside.filter_map(|index| sketches.get(index)).filter(|sketch| !is_numbered(sketch));
        let counts_on =
            sketches.get(index).is_some_and(|own| sentences.any(|other| are_neighbours(own, other)));
        if let Some(mark) = in_a_row.get_mut(index) {
            *mark |= counts_on;
        }
    }
    in_a_row
}

/// Whether two blocks have the same style of number, one after the other in the count.
fn are_neighbours(left: &Sketch, right: &Sketch) -> bool {
    match (left.number, right.number) {
        (Some(left), Some(right)) => {
            left.style == right.style && left.style.may_be_item() && left.value.abs_diff(right.value) == 1
        }
        _ => false,
    }
}

fn is_numbered(sketch: &Sketch) -> bool {
    sketch.is_open() && sketch.number.is_some_and(|number| !matches!(number.style, Style::Word | Style::Box))
}

/// One style's count through a row.
#[derive(Clone, Copy, Default)]
struct Count {
    first: usize,
    last: usize,
    value: u32,
    length: usize,
}

fn mark_row(row: &[Sketch], in_a_row: &mut [bool]) {
    let mut counts = [Count::default(); Style::COUNT];
    for (index, number) in row.iter().enumerate().filter_map(|(index, sketch)| Some((index, sketch.number?)))
    {
        let Some(count) = counts.get_mut(number.style as usize) else { continue };
        let goes_on = count.length > 0 && (number.value == count.value + 1 || number.value == 0);
        *count = if goes_on {
            Count { last: index, value: number.value, length: count.length + 1, ..*count }
        } else {
            Count { first: index, last: index, value: number.value, length: 1 }
        };
        let spread = count.last - count.first + 1 > count.length;
        if count.length >= 3 || (count.length == 2 && spread) {
            mark_all(row, in_a_row, *count, number.style);
        }
    }
}

/// Marks what lies between the first and the last of a count: all of its style, and deeper ones between.
/// Marks only what the last step added, so that a row costs one walk.
fn mark_all(row: &[Sketch], in_a_row: &mut [bool], count: Count, style: Style) {
    let from = if count.length <= 3 { count.first } else { last_of_style(row, count.last, style) };
    in_a_row.iter_mut().take(count.last + 1).skip(from).for_each(|mark| *mark = true);
}

fn last_of_style(row: &[Sketch], before: usize, style: Style) -> usize {
    let is_same = |sketch: &Sketch| sketch.number.is_some_and(|number| number.style == style);
    row.iter().take(before).rposition(is_same).unwrap_or(before)
}

/// The numbered lines that have the form of a heading.
fn numbered_headings(text: &str, sketches: &[Sketch], in_a_row: &[bool]) -> Vec<(usize, Number)> {
    let is_heading = |sketch: &Sketch, number: Number, in_a_row: bool| {
        let by_itself = matches!(number.style, Style::Word | Style::Box | Style::Annex);
        let style = !matches!(number.style, Style::Bullet | Style::Note);
        style
            && sketch.is_open()
            && (by_itself || !in_a_row || sketch.outstanding)
            && has_form_of_heading(sketch.of_text(text), sketch.columns)
    };
    let numbered = sketches.iter().zip(in_a_row).enumerate();
    let headings = numbered.filter_map(|(index, (sketch, &in_a_row))| {
        let number = sketch.number?;
        is_heading(sketch, number, in_a_row).then_some((index, number))
    });
    headings.collect()
}

fn has_form_of_heading(line: &str, columns: u32) -> bool {
    let asks = line.ends_with(['？', '?']) && columns <= WIDEST.1;
    columns <= WIDEST.0
        && (asks || matches!(characters::ending(line), Ending::Han | Ending::Other))
        && !line.contains(['。', '；', ';'])
        && !looks::is_entry_of_contents(line)
}

// ---- Levels ---------------------------------------------------------------------------------------------

/// The level of each style of heading.
struct Levels {
    /// The styles in use, the highest first.
    order: Vec<Style>,
}

impl Levels {
    /// By convention, and against it where the document itself starts the one count anew under the other.
    fn of(headings: &[(usize, Number)]) -> Self {
        let numbers: Vec<Number> =
            headings.iter().map(|(_, number)| *number).filter(|number| number.style.is_ranked()).collect();
        let mut order: Vec<Style> = numbers.iter().map(|number| number.style).collect();
        order.sort_unstable();
        order.dedup();
        let nested = nestings(&numbers);
        let under = |above: Style, below: Style| {
            nested.get(above as usize).and_then(|row| row.get(below as usize)).copied().unwrap_or(0)
        };
        for end in 1..order.len() {
            let mut at = end;
            while let Some((&above, &below)) =
                at.checked_sub(1).and_then(|before| order.get(before).zip(order.get(at)))
            {
                if under(below, above) <= under(above, below) {
                    break;
                }
                order.swap(at - 1, at);
                at -= 1;
            }
        }
        Self { order }
    }

    /// From 1. Words that are headings by themselves and annexes stand at the top.
    fn level(&self, style: Style) -> u8 {
        let position = self.order.iter().position(|&found| found == style);
        u8::try_from(position.unwrap_or(0) + 1).unwrap_or(u8::MAX)
    }
}

/// How often the count of one style (second index) starts anew directly under another (first index).
fn nestings(numbers: &[Number]) -> Vec<[u32; Style::COUNT]> {
    let mut nested = vec![[0_u32; Style::COUNT]; Style::COUNT];
    for pair in numbers.windows(2) {
        if let [above, below] = pair
            && above.style != below.style
            && below.value == 1
            && let Some(cell) =
                nested.get_mut(above.style as usize).and_then(|row| row.get_mut(below.style as usize))
        {
            *cell += 1;
        }
    }
    nested
}

// ---- Lists, notes and tables ----------------------------------------------------------------------------

/// Marks items of lists (with how deep they stand) and notes.
fn mark_lists(sketches: &mut [Sketch], in_a_row: &[bool]) {
    let mut open: Vec<(Style, u16)> = Vec::new();
    for index in 0..sketches.len() {
        let Some(sketch) = sketches.get(index).copied() else { continue };
        match sketch.number.filter(|_| sketch.is_open()) {
            Some(number) if number.style == Style::Note => set(sketches, index, BlockKind::Footnote),
            Some(number) if is_item(sketches, in_a_row, index, number) => {
                let depth = depth_in(&mut open, number.style, sketch.indent);
                set(sketches, index, BlockKind::ListItem { depth });
            }
            _ => open.clear(),
        }
    }
}

/// Whether a numbered line is an item: a bullet, one of a row, or with its neighbour in the count beside it.
fn is_item(sketches: &[Sketch], in_a_row: &[bool], index: usize, number: Number) -> bool {
    if !number.style.may_be_item() {
        return false;
    }
    let neighbour = |index: Option<usize>, value: Option<u32>| {
        let found = index.and_then(|index| sketches.get(index)).and_then(|sketch| sketch.number);
        value.is_some()
            && found.is_some_and(|found| found.style == number.style && Some(found.value) == value)
    };
    number.style == Style::Bullet
        || in_a_row.get(index) == Some(&true)
        || neighbour(index.checked_sub(1), number.value.checked_sub(1))
        || neighbour(Some(index + 1), number.value.checked_add(1))
}

/// How deep a style stands among the open ones; bullets are told apart by their indent.
fn depth_in(open: &mut Vec<(Style, u16)>, style: Style, indent: u16) -> u8 {
    let key = (style, if style == Style::Bullet { indent } else { 0 });
    match open.iter().position(|&found| found == key) {
        Some(position) => open.truncate(position + 1),
        None if open.len() < 64 => open.push(key),
        None => {}
    }
    u8::try_from(open.len().saturating_sub(1)).unwrap_or(u8::MAX)
}

/// Marks rows of a table: neighbouring lines with as many tabulators in them.
fn mark_tables(text: &str, sketches: &mut [Sketch]) {
    let tabs = |sketch: &Sketch| memchr::memchr_iter(b'\t', sketch.of_text(text).as_bytes()).count();
    let cells = |sketch: &Sketch| if sketch.is_open() { tabs(sketch) } else { 0 };
    let mut last = 0;
    for index in 0..sketches.len() {
        let count = sketches.get(index).map_or(0, cells);
        if count > 0 && count == last {
            set(sketches, index - 1, BlockKind::TableRow);
            set(sketches, index, BlockKind::TableRow);
        }
        last = count;
    }
}

// ---- Headings without a number --------------------------------------------------------------------------

/// What tells that a line without a number is a heading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sign {
    /// Its form, and what stands around it.
    Place,
    /// It is set in the middle and bold, or the title of an annex stands there.
    Look,
    /// The first chapter or article of a law follows.
    OpensLaw,
}

/// Marks short lines between paragraphs as headings, unless the document is full of short lines: then only those
/// that are sure.
fn mark_unnumbered(text: &str, sketches: &mut [Sketch]) {
    let sign = |index| Some((index, sign_of_heading(text, sketches, index)?));
    let mut found: Vec<(usize, Sign)> = (0..sketches.len()).filter_map(sign).collect();
    let bodies = sketches.iter().filter(|sketch| sketch.is_open() && sketch.columns > WIDEST.1).count();
    if found.iter().filter(|(_, sign)| *sign == Sign::Place).count() > bodies {
        found.retain(|(_, sign)| *sign != Sign::Place);
    }
    let title = sketches
        .iter()
        .find(|sketch| sketch.kind == BlockKind::Title)
        .map(|sketch| sketch.of_text(text).to_owned());
    let mut next = found.into_iter().peekable();
    let mut within = Nest::default();
    for index in 0..sketches.len() {
        if let Some(sketch) = sketches.get_mut(index) {
            within.pass(text, sketch);
        }
        if let Some((_, sign)) = next.next_if(|(found, _)| *found == index) {
            let opens = opens_quoted_text(text, sketches, index, title.as_deref());
            set(sketches, index, BlockKind::Heading { level: within.enter(sign, opens) });
        }
    }
}

/// In what the headings lie that are found one after the other.
#[derive(Clone, Copy, Default)]
struct Nest {
    /// The level of the last heading with a number.
    above: u8,
    /// Whether a text is given in full.
    quoted: bool,
    /// The level of the title of the law that is given in full.
    law: u8,
    /// Whether the last heading says nothing but that an annex begins.
    in_annex: bool,
}

impl Nest {
    /// Passes a block; headings of a law that is given in full lie below its title, up to the next annex.
    fn pass(&mut self, text: &str, sketch: &mut Sketch) {
        let BlockKind::Heading { level } = sketch.kind else { return };
        if is_box(sketch) {
            return;
        }
        self.in_annex = is_bare_annex(text, sketch);
        // The supplementary rules of a law stand beside its chapters, with a number or without.
        let closes_law = ["附则", "附則"].iter().any(|name| clean::same_letters(sketch.of_text(text), name));
        let of_law = closes_law || sketch.number.is_some_and(|number| number.style.is_ranked());
        self.law = if of_law { self.law } else { 0 };
        let level = level.saturating_add(self.law);
        sketch.kind = BlockKind::Heading { level };
        (self.above, self.quoted) = (level, false);
    }

    /// The level of a heading without a number.
    fn enter(&mut self, sign: Sign, opens_quoted: bool) -> u8 {
        let below_annex = u8::from(std::mem::take(&mut self.in_annex));
        if sign == Sign::OpensLaw {
            self.law = 1 + below_annex;
            self.above = self.law;
            return self.law;
        }
        self.quoted |= opens_quoted;
        match sign {
            Sign::Look => self.law + 1 + below_annex,
            _ => self.above.saturating_add(1).saturating_add(u8::from(self.quoted && !opens_quoted)),
        }
    }
}

fn is_box(sketch: &Sketch) -> bool {
    sketch.number.is_some_and(|number| number.style == Style::Box)
}

/// Whether a heading is the title of a text given in full: announced with a colon, and named in the title.
fn opens_quoted_text(text: &str, sketches: &[Sketch], index: usize, title: Option<&str>) -> bool {
    let before = index.checked_sub(1).and_then(|before| sketches.get(before));
    let announced = before.is_some_and(|before| before.of_text(text).ends_with(['：', ':']));
    let own = sketches.get(index).map_or("", |sketch| sketch.of_text(text));
    announced && title.is_some_and(|title| title.contains(own))
}

/// The sign by which a line without a number is a heading.
fn sign_of_heading(text: &str, sketches: &[Sketch], index: usize) -> Option<Sign> {
    let sketch = sketches.get(index).filter(|sketch| has_form_of_unnumbered(text, sketch))?;
    let before = index.checked_sub(1).and_then(|before| sketches.get(before));
    let titles_annex = before.is_some_and(|before| is_bare_annex(text, before));
    let in_text = before.is_some_and(|before| before.kind != BlockKind::Title);
    let after = sketches.get(index + 1);
    match after {
        _ if opens_law(text, sketches, index) => Some(Sign::OpensLaw),
        _ if titles_annex => Some(Sign::Look),
        _ if sketch.outstanding && goes_on_from_title(sketches, index) => None,
        Some(_) if sketch.outstanding && in_text => Some(Sign::Look),
        Some(after) if may_precede(text, before) && may_follow(text, sketch, after) => Some(Sign::Place),
        _ => None,
    }
}

/// Whether a line that stands out goes on in the title above it, which does too.
fn goes_on_from_title(sketches: &[Sketch], index: usize) -> bool {
    let above = sketches.get(index.saturating_sub(MOST_OF_TITLE)..index).unwrap_or_default();
    let first = above.iter().rev().find(|sketch| !(sketch.outstanding && sketch.is_open()));
    first.is_some_and(|sketch| sketch.kind == BlockKind::Title && sketch.outstanding)
}

/// So many lines at most are one title.
const MOST_OF_TITLE: usize = 4;

/// Whether the first chapter or article of a law follows, be it after a line that says when it was passed.
fn opens_law(text: &str, sketches: &[Sketch], index: usize) -> bool {
    let after = sketches.iter().skip(index + 1);
    let is_of_law = |sketch: &&Sketch| !clean::is_byline(sketch.of_text(text));
    let first = after.take(MOST_PASSED).find(is_of_law);
    first.is_some_and(|first| {
        let is_heading = matches!(first.kind, BlockKind::Heading { .. });
        first.number.is_some_and(|Number { style, value }| match style {
            Style::Volume | Style::Part | Style::Chapter => value == 1 && is_heading,
            Style::Article => value == 1,
            _ => false,
        })
    })
}

/// So many lines at most say when a law was passed.
const MOST_PASSED: usize = 3;

/// Whether a line says nothing but that an annex begins: 附件2.
fn is_bare_annex(text: &str, sketch: &Sketch) -> bool {
    sketch.number.is_some_and(|number| number.style == Style::Annex)
        && matches!(sketch.kind, BlockKind::Heading { .. })
        && sketch.columns <= WIDEST_ANNEX
        && !sketch.of_text(text).contains(['：', ':'])
}

/// The widest line that says only that an annex begins, in columns: 附录十二.
const WIDEST_ANNEX: u32 = 8;

/// Whether a line without a number has the form of a heading: short, no sentence, no byline, no entry of a table of
/// contents.
fn has_form_of_unnumbered(text: &str, sketch: &Sketch) -> bool {
    let line = sketch.of_text(text);
    sketch.columns <= WIDEST.1
        && sketch.is_open()
        && sketch.number.is_none()
        && sketch.columns >= 4
        && matches!(characters::ending(line), Ending::Han | Ending::Other)
        && !line.contains(['。', '；', '：', ':', '！', '\t'])
        && line.chars().any(char::is_alphabetic)
        && !clean::is_byline(line)
        && !looks::is_entry_of_contents(line)
        && numbering::page(line).is_none()
}

/// What may stand before a heading: nothing, the end of a paragraph, or a heading.
fn may_precede(text: &str, before: Option<&Sketch>) -> bool {
    before.is_none_or(|before| match before.kind {
        BlockKind::Paragraph => characters::ending(before.of_text(text)) == Ending::Sentence,
        _ => true,
    })
}

/// What may follow a heading: running text that is longer, a list, or a numbered heading.
fn may_follow(text: &str, heading: &Sketch, after: &Sketch) -> bool {
    match after.kind {
        BlockKind::Paragraph => {
            let longer = after.columns > heading.columns && (is_body(text, after) || after.columns >= 24);
            longer && characters::ending(after.of_text(text)) == Ending::Sentence
        }
        BlockKind::ListItem { .. } | BlockKind::Heading { .. } | BlockKind::TableRow => true,
        _ => false,
    }
}

// ---- Boxes ----------------------------------------------------------------------------------------------

/// Marks the titles of boxes and what belongs to them: the paragraphs up to the next heading.
///
/// In plain text nothing says where a box ends; this is a guess. One more sign is taken: what a column
/// cut in two is running text again, for boxes are set in one piece.
fn mark_boxes(text: &str, sketches: &mut [Sketch]) {
    let first = first_level(sketches);
    let mut level = None;
    let mut inside = false;
    for index in 0..sketches.len() {
        let Some(sketch) = sketches.get(index).copied() else { continue };
        match sketch.kind {
            BlockKind::Heading { .. } if is_box(&sketch) => {
                let own = level.map_or(first, |level: u8| level.saturating_add(1));
                set(sketches, index, BlockKind::Heading { level: own });
                inside = true;
            }
            BlockKind::Heading { level: found } => (level, inside) = (Some(found), false),
            BlockKind::Title | BlockKind::Byline | BlockKind::Aside(_) => inside = false,
            _ => inside &= !sketch.cut,
        }
        debug_assert!(sketch.span.of(text).is_some());
        if let Some(sketch) = sketches.get_mut(index) {
            sketch.boxed = inside;
        }
    }
}

/// The level of the first heading that is no box, which boxes before it share; 1 where there is none.
fn first_level(sketches: &[Sketch]) -> u8 {
    let mut levels =
        sketches.iter().filter(|sketch| !is_box(sketch)).filter_map(|sketch| match sketch.kind {
            BlockKind::Heading { level } => Some(level),
            _ => None,
        });
    levels.next().unwrap_or(1)
}
