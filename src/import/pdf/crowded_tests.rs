//! Pages with a hundred thousand lines or glyphs, as nobody sets them: each pass over them ends in time.

use std::rc::Rc;

use super::columns::Line;
use super::draft::{DraftLine, Kind};
use super::edges::Edges;
use super::furniture::{LinedPage, Role};
use super::glyph::{Glyph, Look, Rule, Turn};
use super::narrow::White;
use super::paragraphs::Habits;
use super::rows::{self, Piece};
use super::signs::Marks;
use super::{aligned, marks, narrow, tables, tests};

/// So many lines or glyphs are on a page.
const MANY: u32 = 100_000;

/// Runs a pass, which may take so long: what is bounded takes a twentieth of it, what is not, minutes.
fn in_time<Found>(pass: impl FnOnce() -> Found) -> Found {
    tests::in_time(20, pass)
}

fn number(count: u32) -> f32 {
    f32::from(u16::try_from(count / 1_000).unwrap()) * 1_000.0
        + f32::from(u16::try_from(count % 1_000).unwrap())
}

fn piece(text: &str, size: f32, left: f32, baseline: f32) -> Piece {
    let letters = u16::try_from(text.chars().count()).unwrap();
    Piece {
        text: text.to_owned(),
        size,
        left,
        right: left + size * f32::from(letters),
        baseline,
        ..Piece::default()
    }
}

fn line(pieces: Vec<Piece>) -> Line {
    Line { pieces, column: (0.0, 400.0), ..Line::default() }
}

fn page(lines: Vec<Line>) -> LinedPage {
    let lines = lines.into_iter().map(|line| (line, Role::Body)).collect();
    LinedPage { width: 400.0, height: 1_000_000.0, lines, turned: Vec::new() }
}

fn glyph(text: &str, x: f32, y: f32) -> Glyph {
    Glyph {
        text: Rc::from(text),
        x,
        y,
        width: 10.0,
        size: 10.0,
        turn: Turn::Right,
        shift: 0.0,
        reading: None,
        look: Look::default(),
    }
}

#[test]
fn each_line_may_begin_at_a_place_of_its_own() {
    let line = |index: u32| line(vec![piece("河水", 10.0, number(index) * 5.0, number(index) * 16.0)]);
    let page = page((0..MANY).map(line).collect());
    let edges = in_time(|| Edges::of(std::slice::from_ref(&page)));
    let found = in_time(|| page.lines.iter().filter_map(|(line, _)| edges.of_line(line)).count());
    assert_eq!(found, 0);
}

#[test]
fn each_line_may_have_a_size_of_its_own() {
    let line = |index: u32| {
        let size = 10.0 + number(index) * 0.1;
        line(vec![piece("河水", size, 400.0 - 2.0 * size, number(index) * 12.0)])
    };
    let page = page((0..MANY).map(line).collect());
    assert!(in_time(|| Habits::of(std::slice::from_ref(&page))).body >= 10.0);
}

#[test]
fn lines_whose_whites_part_no_cells_are_looked_at_a_few_times() {
    let row = |index: u32| {
        // The labels of a list.
        let white = White { left: 10.0, right: 20.0, at: 3 };
        let piece = piece("1. 河水", 10.0, 0.0, number(index) * 16.0);
        line(vec![Piece { whites: vec![white], ..piece }])
    };
    let lines: Vec<Line> = (0..MANY).map(row).collect();
    assert_eq!(in_time(|| narrow::part(&lines)).0.len(), lines.len());
}

#[test]
fn a_line_may_have_any_number_of_whites() {
    let row = |index: u32| {
        let white = |at: u16| White {
            left: f32::from(at) * 20.0 + 10.0,
            right: f32::from(at) * 20.0 + 20.0,
            at: usize::from(at) * 4,
        };
        let piece = piece(&"河 ".repeat(25_000), 10.0, 0.0, number(index) * 16.0);
        line(vec![Piece { whites: (1..25_000).map(white).collect(), ..piece }])
    };
    let lines: Vec<Line> = (0..4).map(row).collect();
    assert_eq!(in_time(|| narrow::part(&lines)).0, lines);
}

#[test]
fn rows_that_make_no_table_are_looked_at_a_few_times() {
    let row = |index: u32| {
        let y = number(index) * 16.0;
        let cell = |x: f32| piece("河水", 10.0, x, y);
        // Cells that reach over those of other rows, and between two rows what may go on one of their cells.
        line(match index % 4 {
            0 => vec![cell(0.0), cell(40.0)],
            2 => vec![cell(0.0), piece("河水清清", 10.0, 30.0, y), cell(90.0)],
            _ => vec![cell(40.0)],
        })
    };
    let lines: Vec<Line> = (0..MANY).map(row).collect();
    assert_eq!(in_time(|| aligned::with_rows(&lines)).len(), lines.len());
}

#[test]
fn leaders_may_be_wider_than_their_place() {
    let lead = |index: u32| Glyph {
        width: 900_000.0,
        ..glyph(if (index / 5).is_multiple_of(2) { "." } else { "·" }, number(index) * 4.0, 0.0)
    };
    let mut row: Vec<Glyph> = (0..MANY).map(lead).collect();
    in_time(|| super::leaders::draw_back(&mut row));
    assert_eq!(row.len(), usize::try_from(MANY).unwrap());
}

#[test]
fn a_line_may_be_of_figures_only() {
    let figures = "1".repeat(usize::try_from(MANY).unwrap());
    assert_eq!(in_time(|| marks::in_text(&figures)), []);
}

#[test]
fn each_letter_may_have_an_exponent() {
    let count = usize::try_from(MANY / 2).unwrap();
    let raised = (0..count).map(|at| at * 2 + 1..at * 2 + 2).collect();
    let piece = Piece { raised, ..piece("x", 10.0, 0.0, 0.0) };
    let line = line(vec![Piece { text: "x2".repeat(count), ..piece }]);
    let drawn = in_time(|| DraftLine::of(&line, 0, Kind::Text, &Marks::default()));
    assert_eq!(drawn.text, "x²".repeat(count));
    assert_eq!(drawn.signs.last(), Some(&(count * 3 - 2..count * 3)));
}

#[test]
fn a_page_may_have_any_number_of_notes() {
    let half = MANY / 2;
    let of_text = |index: u32| {
        let text = format!("河水{}", index + 1);
        let raised = std::iter::once("河水".len()..text.len()).collect();
        line(vec![Piece { raised, ..piece(&text, 10.0, 0.0, number(index) * 16.0) }])
    };
    let note = |index: u32| {
        let mark = (index + 1).to_string();
        let raised = std::iter::once(0..mark.len()).collect();
        line(vec![Piece {
            raised, ..piece(&format!("{mark}河水"), 10.0, 0.0, number(half + index) * 16.0)
        }])
    };
    let mut page = page((0..half).map(of_text).chain((0..half).map(note)).collect());
    in_time(|| page.find_notes(10.0));
    let notes = page.lines.iter().filter(|(_, role)| *role == Role::NoteStart).count();
    assert_eq!(notes, usize::try_from(half).unwrap());
}

#[test]
fn each_glyph_may_stand_in_a_cell_of_its_own() {
    let at = |index: u16| f32::from(index) * 20.0;
    let across = (0..=300).map(|index| Rule { left: 0.0, top: at(index), right: at(300), bottom: at(index) });
    let down = (0..=300).map(|index| Rule { left: at(index), top: 0.0, right: at(index), bottom: at(300) });
    let rules: Vec<Rule> = across.chain(down).collect();
    let row = |row: u16| (0..300).map(move |column| glyph("河", at(column) + 5.0, at(row) + 15.0));
    let mut glyphs: Vec<Glyph> = (0..300).flat_map(row).collect();
    let spacing = rows::Spacing::of(&glyphs);
    let rows = in_time(|| tables::take(&rules, &mut glyphs, spacing));
    assert_eq!(rows.len(), 300);
    assert!(rows.iter().all(|row| row.text == ["河"; 300].join("\t")), "{:?}", rows.first());
}

#[test]
fn a_page_may_have_white_between_any_number_of_columns() {
    // Groups of seven rows, each with white at other places than the one above.
    let row = |index: u16| {
        let shift = f32::from(index / 7 % 9) * 10.0;
        (0..59_u16).map(move |column| glyph("河", f32::from(column) * 100.0 + shift, f32::from(index) * 16.0))
    };
    let glyphs: Vec<Glyph> = (0..1_500).flat_map(row).collect();
    let spacing = rows::Spacing::of(&glyphs);
    assert_eq!(in_time(|| rows::pieces(glyphs, spacing)).len(), 1_500 * 59);
}
