//! A piece in lines: where each line stands. Plain values; nothing here knows how a character looks.

use std::sync::Arc;

use super::shape::{Dress, Measure, Shape};
use crate::document::Cell;
use crate::session::BlockView;
use crate::text::{Span, break_lines};

/// A piece laid out in lines. Lengths are points, from the column's left edge and the piece's upper edge.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct LaidOut {
    /// The block it belongs to, as shown.
    pub(super) view: Arc<BlockView>,
    /// The stretch of [`BlockView::text`].
    pub(super) shown: Span,
    /// How it stands on the page.
    pub(super) shape: Shape,
    /// The lines, from top to bottom; the cells of a table row one after the other.
    pub(super) lines: Vec<Line>,
    /// Where a bullet is to be drawn: the middle of it.
    pub(super) bullet: Option<(f32, f32)>,
    /// The whole height, free room above and below included.
    pub(super) height: f32,
}

/// One line.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Line {
    /// What stands on it, as a stretch of [`BlockView::text`]; hanging spaces and the line break included.
    pub(super) span: Span,
    /// Its left edge.
    pub(super) x: f32,
    /// Its upper edge.
    pub(super) top: f32,
    /// To the next line.
    pub(super) height: f32,
    /// How wide the text is as measured, without what justification adds.
    pub(super) width: f32,
    /// What justification adds between two characters.
    pub(super) gap: f32,
}

/// Which part of its block, and of the document, a piece is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// The stretch of [`BlockView::text`].
    pub(super) shown: Span,
    /// Whether it begins its block.
    pub(super) first: bool,
    /// Whether it ends its block.
    pub(super) last: bool,
}

/// The widest gap that justification opens between two characters, in text sizes: a line that lacks more
/// stays as it is.
const WIDEST_GAP: f32 = 0.09;

impl LaidOut {
    /// The stretch of the document's text that it shows.
    pub(super) fn source(&self) -> Span {
        self.view.source_from_shown(self.shown)
    }

    /// Breaks a part of a block in lines. `advance` says how wide a character is at a size of one point.
    pub(super) fn new(
        view: Arc<BlockView>,
        part: Part,
        measure: &Measure,
        mut advance: impl FnMut(char) -> f32,
    ) -> Self {
        let begins = part.first && view.row.as_ref().is_some_and(|row| row.is_first);
        let ends = part.last && view.row.as_ref().is_some_and(|row| row.is_last);
        let shape = Shape::of(view.kind, view.boxed, measure).apart(begins, ends);
        let above = if part.first { shape.above + shape.reason_height() } else { 0.0 };
        let mut laid =
            Self { view, shown: part.shown, shape, lines: Vec::new(), bullet: None, height: above };
        let text = part.shown.of(&laid.view.text).unwrap_or_default().to_owned();
        match shape.dress {
            Dress::Row => laid.break_row(&text, measure, &mut advance),
            Dress::Item if part.first => laid.break_item(&text, measure, &mut advance),
            _ => {
                let first = if part.first { shape.first } else { 0.0 };
                laid.break_text(&text, shape.width(measure), first, &mut advance);
            }
        }
        laid.height += if part.last { shape.below } else { 0.0 };
        laid
    }

    /// The lines of running text, one below the other.
    fn break_text(&mut self, text: &str, width: f32, first: f32, advance: &mut impl FnMut(char) -> f32) {
        let shape = self.shape;
        let broken = break_lines(text, width, |character| advance(character) * shape.size, first);
        let count = broken.len();
        for (index, line) in broken.into_iter().enumerate() {
            let start = if index == 0 { first } else { 0.0 };
            let free = width - start - line.width;
            let on_line = line.span.of(text).unwrap_or_default();
            let ends = index + 1 == count || on_line.ends_with('\n');
            let gap = if shape.justified && !ends { gap(on_line, free, shape.size) } else { 0.0 };
            let x = shape.left + start + if shape.centred { (free / 2.0).max(0.0) } else { 0.0 };
            let span = line.span.moved_right(self.shown.start());
            let (top, height) = (self.height, shape.line);
            self.lines.push(Line { span, x, top, height, width: line.width, gap });
            self.height += height;
        }
    }

    /// A list item: the mark that the text brings hangs, or a bullet stands in its place.
    fn break_item(&mut self, text: &str, measure: &Measure, advance: &mut impl FnMut(char) -> f32) {
        let shape = self.shape;
        let mark: f32 = mark(text).chars().map(&mut *advance).sum::<f32>() * shape.size;
        if mark == 0.0 {
            self.bullet =
                Some((shape.left - shape.size * 0.75, self.height + shape.line / 2.0 + shape.size * 0.06));
        }
        let hanging = mark.min(shape.width(measure) / 3.0);
        self.shape.left = shape.left.max(hanging);
        let width = self.shape.width(measure);
        self.break_text(text, width, -hanging, advance);
    }

    /// A row of a table: columns of one width beside each other, as high as the highest cell. Of very many columns some
    /// stand below the others, as far from the edge in every row. A cell goes over its columns, the last one to the end.
    fn break_row(&mut self, text: &str, measure: &Measure, advance: &mut impl FnMut(char) -> f32) {
        let (shape, whole) = (self.shape, self.shown);
        let (cells, count) = self.cells(text);
        let (beside, step) = columns(count, shape.width(measure) + shape.size, shape.size);
        let (mut top, mut bottom, mut band) = (self.height, self.height, 0);
        for (index, &(span, cell)) in cells.iter().enumerate() {
            let (below, within) = (usize::from(cell.column) / beside, usize::from(cell.column) % beside);
            if below != band {
                (band, top) = (below, bottom);
            }
            let goes_over = match cells.get(index + 1) {
                Some((_, next)) if usize::from(next.column) / beside == below => usize::from(cell.columns),
                _ => beside,
            };
            let over = goes_over.clamp(1, beside - within);
            #[expect(clippy::cast_precision_loss, reason = "a line has few columns")]
            let (left, width) = (step * within as f32, step * over as f32);
            self.shape.left = shape.left + left;
            self.shown = span;
            self.height = top;
            let words = span.of(&self.view.text).unwrap_or_default().to_owned();
            // What only keeps the place of a column that another cell goes over has no line.
            if cell.columns > 0 || !words.is_empty() {
                self.break_text(&words, (width - shape.size).max(shape.size), 0.0, advance);
            }
            bottom = bottom.max(self.height);
        }
        self.shape.left = shape.left;
        self.shown = whole;
        self.height = bottom;
    }

    /// The cells of what is shown of a row, as stretches of [`BlockView::text`], with their columns; and how many columns
    /// there are.
    fn cells(&self, text: &str) -> (Vec<(Span, Cell)>, usize) {
        let start = self.shown.start();
        let before = self.view.text.get(..start as usize).unwrap_or_default().matches('\t').count();
        let row = self.view.row.as_ref();
        let mut position = start;
        let cell = |(number, words): (usize, &str)| {
            let span = Span::from_length(position, crate::text::saturate(words.len()));
            position = span.end() + 1;
            let usual = || Cell::single(u16::try_from(number).unwrap_or(u16::MAX));
            (span, row.and_then(|row| row.cells.get(number)).copied().unwrap_or_else(usual))
        };
        let cells: Vec<_> = (before..).zip(text.split('\t')).map(cell).collect();
        let count = row.map_or(0, |row| usize::from(row.columns)).max(before + cells.len());
        (cells, count)
    }

    /// The line that is nearest to a point, measured from the column's left edge and the piece's top.
    pub(super) fn line_at(&self, x: f32, y: f32) -> Option<usize> {
        let distance = |line: &Line| {
            let down = (line.top - y).max(y - line.top - line.height).max(0.0);
            let right = (line.x - x).max(x - line.x - line.width).max(0.0);
            (down, right)
        };
        let nearer = |left: &(f32, f32), right: &(f32, f32)| {
            left.0.total_cmp(&right.0).then(left.1.total_cmp(&right.1))
        };
        let lines = self.lines.iter().enumerate();
        lines
            .min_by(|(_, left), (_, right)| nearer(&distance(left), &distance(right)))
            .map(|(index, _)| index)
    }

    /// The line on which a position of the text shown stands.
    pub(super) fn line_of(&self, shown: u32) -> Option<usize> {
        let begun = self.lines.partition_point(|line| line.span.start() <= shown);
        (!self.lines.is_empty()).then(|| begun.saturating_sub(1))
    }

    /// The first line of which something lies below `y`, from the piece's top.
    pub(super) fn first_line_below(&self, y: f32) -> Option<usize> {
        self.lines.iter().position(|line| line.top + line.height > y)
    }

    /// What is drawn of a line: without its line break.
    pub(super) fn text_of(&self, line: &Line) -> &str {
        let text = line.span.of(&self.view.text).unwrap_or_default();
        text.trim_end_matches(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}'])
    }
}

/// The least width of a cell of a table with the gap after it, in text sizes: a number of five figures stands on a line.
const LEAST_CELL: f32 = 4.5;

/// How many of so many cells of a table stand beside each other in so much room, gaps included; and how far one is from
/// the next.
fn columns(cells: usize, room: f32, size: f32) -> (usize, f32) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a line has few columns")]
    let most = (room / (size * LEAST_CELL)).max(1.0) as usize;
    let beside = cells.div_ceil(cells.div_ceil(most).max(1)).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a line has few columns")]
    let step = room / beside as f32;
    (beside, step)
}

/// What is to be added between two characters of a line to fill `free` points; nothing where the gaps
/// would be seen.
fn gap(text: &str, free: f32, size: f32) -> f32 {
    let characters = text.trim_end().chars().count();
    #[expect(clippy::cast_precision_loss, reason = "a line has few characters")]
    let gap = free / characters.saturating_sub(1).max(1) as f32;
    if (0.0..=size * WIDEST_GAP).contains(&gap) { gap } else { 0.0 }
}

/// Han characters that count items: numerals, those of documents of law, stems and branches.
const COUNTING: &str =
    "一二三四五六七八九十百〇零壹贰貳叁參叄肆伍陆陸柒捌玖拾甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";

/// The mark that a list item begins with, with the space after it: a bullet, `1.`, `（一）`, `①`, `a)`.
/// Empty where it begins with none.
fn mark(text: &str) -> &str {
    let closing = |c: char| matches!(c, '.' | '．' | '、' | ')' | '）' | ':' | '：');
    let counting = |c: char| c.is_numeric() || c.is_ascii_alphabetic() || COUNTING.contains(c);
    let mut characters = text.char_indices().peekable();
    let bullet = |c: char| "•·●○■□◆◇▪–—-*※★☆➢✓".contains(c) || ('①'..='⓿').contains(&c);
    let mut end = 0;
    match characters.next() {
        Some((_, c)) if bullet(c) => end = c.len_utf8(),
        Some((_, c)) if counting(c) || matches!(c, '(' | '（') => {
            for (byte, c) in characters.by_ref().take(5) {
                if closing(c) {
                    end = byte + c.len_utf8();
                    break;
                }
                if !counting(c) {
                    break;
                }
            }
        }
        _ => {}
    }
    let (mark, rest) = text.split_at(end);
    let spaces =
        if mark.is_empty() { 0 } else { rest.len() - rest.trim_start_matches([' ', '\u{3000}']).len() };
    text.get(..end + spaces).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;
    use crate::document::{BlockIndex, BlockKind, Row};
    use crate::text::Pairing;

    const MEASURE: Measure = Measure { column: 100.0, size: 10.0, spacing: 2.0, indent: true };

    fn lay(kind: BlockKind, text: &str) -> LaidOut {
        lay_row(kind, text, None)
    }

    fn lay_row(kind: BlockKind, text: &str, row: Option<Row>) -> LaidOut {
        let view = BlockView {
            index: BlockIndex::default(),
            kind,
            boxed: false,
            row,
            source: Span::whole(text),
            text: text.to_owned(),
            pairing: Pairing::identity(text),
        };
        let part = Part { shown: Span::whole(text), first: true, last: true };
        let advance = |character: char| if character.is_ascii() { 0.5 } else { 1.0 };
        LaidOut::new(Arc::new(view), part, &MEASURE, advance)
    }

    /// Checks the lines of a block in a column of ten characters, drawn as `left edge: text`.
    fn check(kind: BlockKind, text: &str, expected: &[&str]) {
        let laid = lay(kind, text);
        let lines: Vec<_> =
            laid.lines.iter().map(|line| format!("{}: {}", line.x, laid.text_of(line))).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn paragraphs_begin_two_characters_in() {
        check(
            BlockKind::Paragraph,
            "春天到了河水漲了村裏的人都來看",
            &["20: 春天到了河水漲了", "0: 村裏的人都來看"],
        );
    }

    #[test]
    fn marks_of_items_hang() {
        let item = BlockKind::ListItem { depth: 0 };
        check(item, "1. 修好堤岸種樹護土人人有責", &["0: 1. 修好堤岸種樹護土", "15: 人人有責"]);
        check(item, "修好堤岸種樹護土人人有責", &["15: 修好堤岸種樹護土", "15: 人人有責"]);
    }

    #[test]
    fn items_without_a_mark_get_a_bullet() {
        let item = BlockKind::ListItem { depth: 0 };
        assert!(lay(item, "修堤").bullet.is_some());
        assert!(lay(item, "壹、修堤").bullet.is_none());
        assert!(lay(item, "甲、修堤").bullet.is_none());
        assert!(lay(item, "申請修堤").bullet.is_some());
        assert!(lay(item, "（一）修堤").bullet.is_none());
        assert!(lay(item, "· 修堤").bullet.is_none());
    }

    #[test]
    fn cells_stand_beside_each_other() {
        check(BlockKind::TableRow, "年份\t長度三百多里", &["0: 年份", "54.5: 長度三百多", "54.5: 里"]);
    }

    #[test]
    fn of_very_many_cells_some_stand_below_the_others() {
        let row = "甲\t乙丙丁戊己\t庚\t辛\t";
        check(BlockKind::TableRow, row, &["0: 甲", "54.5: 乙丙丁戊己", "0: 庚", "54.5: 辛", "0: "]);
        let laid = lay(BlockKind::TableRow, row);
        let down = laid.lines.windows(2).map(|lines| lines[0].top.total_cmp(&lines[1].top));
        assert_eq!(
            down.collect::<Vec<_>>(),
            [Ordering::Equal, Ordering::Less, Ordering::Equal, Ordering::Less]
        );
        let beside = |cells, room| columns(cells, room, 10.0).0;
        assert_eq!([beside(3, 200.0), beside(4, 200.0), beside(5, 200.0), beside(22, 200.0)], [3, 4, 3, 4]);
        assert_eq!([beside(3, 10.0), beside(0, 10.0)], [1, 1]);
    }

    /// A row of a table of so many columns, with the column of each cell and over how many it goes.
    fn row(columns: u16, cells: &[(u16, u16)]) -> Row {
        let cell = |&(column, columns): &(u16, u16)| Cell { column, columns, rows: 1 };
        Row { columns, cells: cells.iter().map(cell).collect(), is_first: false, is_last: false }
    }

    /// Checks the lines of a row, drawn as `left edge: text`.
    fn check_row(text: &str, row: Row, expected: &[&str]) {
        let laid = lay_row(BlockKind::TableRow, text, Some(row));
        let lines = laid.lines.iter().map(|line| format!("{}: {}", line.x, laid.text_of(line)));
        assert_eq!(lines.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_head_stands_over_its_columns() {
        check_row("甲\t乙", row(2, &[(0, 1), (1, 1)]), &["0: 甲", "54.5: 乙"]);
        check_row("長度三百多里\t", row(2, &[(0, 2), (1, 0)]), &["0: 長度三百多里"]);
        check_row("長度三百多里", row(2, &[(0, 1)]), &["0: 長度三百多里"]);
        check_row("乙", row(2, &[(1, 1)]), &["54.5: 乙"]);
    }

    #[test]
    fn a_head_goes_no_further_than_the_columns_beside_it() {
        let laid = lay_row(BlockKind::TableRow, "甲乙丙丁戊己\t庚", Some(row(4, &[(0, 3), (3, 1)])));
        let places: Vec<_> = laid
            .lines
            .iter()
            .map(|line| (laid.text_of(line), line.x, line.top > laid.lines[0].top))
            .collect();
        assert_eq!(places, [("甲乙丙丁戊己", 0.0, false), ("庚", 54.5, true)]);
    }

    #[test]
    fn a_table_stands_apart_from_what_is_around_it() {
        let height = |is_first, is_last| {
            let row = Row { is_first, is_last, ..row(1, &[(0, 1)]) };
            lay_row(BlockKind::TableRow, "甲", Some(row)).height
        };
        assert!(height(true, false) > height(false, false));
        assert!(height(false, true) > height(false, false));
    }

    #[test]
    fn full_lines_reach_the_right_edge() {
        let laid = lay(BlockKind::Quotation, "一二三四五六，八九十");
        let first = laid.lines[0];
        assert_eq!(laid.text_of(&first), "一二三四五六，");
        assert!(first.gap.abs() < 0.01);
        // The comma may not begin a line, so that one character more goes down and leaves a gap.
        let laid = lay(BlockKind::Footnote, "一二三四五六七八九十甲，乙丙");
        assert!(laid.lines[0].gap >= 0.0);
    }

    #[test]
    fn finds_lines_by_place() {
        let laid = lay(BlockKind::Paragraph, "春天到了河水漲了村裏的人都來看");
        assert_eq!(laid.line_at(30.0, 5.0), Some(0));
        assert_eq!(laid.line_at(30.0, 25.0), Some(1));
        assert_eq!(laid.line_at(-500.0, 900.0), Some(1));
        assert_eq!(laid.line_of(0), Some(0));
        assert_eq!(laid.line_of(23), Some(0));
        assert_eq!(laid.line_of(24), Some(1));
        assert_eq!(laid.first_line_below(20.0), Some(1));
    }

    #[test]
    fn finds_the_cell_that_is_nearest() {
        let laid = lay(BlockKind::TableRow, "年份\t長度");
        assert_eq!(laid.line_at(10.0, 5.0), Some(0));
        assert_eq!(laid.line_at(70.0, 5.0), Some(1));
    }

    #[test]
    fn every_character_stands_on_a_line() {
        let text = "年份\t長度三百多里\t河";
        for kind in [BlockKind::Paragraph, BlockKind::Preformatted, BlockKind::ListItem { depth: 2 }] {
            let laid = lay(kind, text);
            let mut last = 0;
            for line in &laid.lines {
                assert_eq!(line.span.start(), last);
                last = line.span.end();
            }
            assert_eq!(last as usize, text.len());
        }
    }
}
