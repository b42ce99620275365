//! Vertical writing.

use super::testing::TestFont::{Latin, Mapped, Utf16Down};
use super::testing::{TestPage, TestPdf};
use super::tests::{listing, read};

/// A vertical line of twenty characters, and its height.
const FULL: &str = "村东有两株老槐树，树下一间旧磨坊空了多年";

/// Shows vertical lines of 12 points in the columns from `right` on.
fn columns(page: &mut TestPage, right: f32, top: f32, lines: &[&str]) {
    for (column, line) in (0_u8..).zip(lines) {
        page.show(Utf16Down, 12.0, right - 20.0 * f32::from(column), top, line);
    }
}

#[test]
fn vertical_pages_have_heads_and_numbers_at_the_side() {
    let page = |index: u8, lines: &[&str]| {
        let mut page = TestPage::default();
        columns(&mut page, 340.0, 100.0, lines);
        // The head and a number in one line beside the last column; a number below.
        page.show(Utf16Down, 8.0, 30.0, 100.0, "河湾村图书室记");
        page.show(Utf16Down, 8.0, 30.0, 320.0, ["一", "二", "三"][usize::from(index)]);
        page.line(Latin, 8.0, 195.0, 580.0, &(index + 1).to_string())
    };
    let pages = vec![
        page(0, &["一段。", FULL, FULL, FULL]),
        page(1, &["今年有人来了。", FULL, "沒有人来。"]),
        page(2, &["后来的事。"]),
    ];
    let text = listing(&read(TestPdf::of(pages)).document);
    let kept: Vec<&str> = text.lines().filter(|line| line.starts_with('¶')).collect();
    let whole = format!("¶ {FULL}{FULL}{FULL}今年有人来了。");
    assert_eq!(kept, ["¶ 一段。", &whole, &format!("¶ {FULL}沒有人来。"), "¶ 后来的事。"], "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("~ ")).count(), 6, "{text}");
}

#[test]
fn two_tiers_of_vertical_lines_are_read_one_after_the_other() {
    let mut page = TestPage::default();
    let line = |first: &str| format!("{first}两株老槐树下一间旧磨坊空了");
    columns(&mut page, 340.0, 60.0, &[line("甲").as_str(); 6]);
    columns(&mut page, 340.0, 300.0, &[line("乙").as_str(); 6]);
    let text = read(TestPdf::of(vec![page])).document.text().to_string();
    let order: String = text.chars().filter(|found| "甲乙".contains(*found)).collect();
    assert_eq!(order, format!("{}{}", "甲".repeat(6), "乙".repeat(6)), "{text}");
}

#[test]
fn glyphs_that_stand_upright_below_each_other_are_a_vertical_line() {
    let mut page = TestPage::default();
    let lines = ["村東有兩株老槐樹，", "樹下一間舊磨坊。"];
    for (column, line) in (0_u8..).zip(lines) {
        for (row, character) in (0_u8..).zip(line.chars()) {
            let (x, y) = (300.0 - 20.0 * f32::from(column), 100.0 + 10.0 * f32::from(row));
            page.show(Mapped, 10.0, x, y, &character.to_string());
        }
    }
    // A number below the page.
    let page = page.line(Mapped, 8.0, 195.0, 580.0, "12");
    let text = listing(&read(TestPdf::of(vec![page])).document);
    assert_eq!(text, "¶ 村東有兩株老槐樹，樹下一間舊磨坊。\n~ 12");
}

#[test]
fn figures_that_stand_upright_in_a_column_stay_in_their_line() {
    let page = TestPage::default()
        .line(Utf16Down, 12.0, 300.0, 100.0, "一九四")
        .line(Latin, 10.0, 294.5, 145.0, "12")
        .line(Utf16Down, 12.0, 300.0, 148.0, "年来，")
        .line(Utf16Down, 12.0, 280.0, 100.0, "树下有磨坊。");
    let text = read(TestPdf::of(vec![page])).document.text().to_string();
    assert_eq!(text, "一九四12年来，\n树下有磨坊。");
}
