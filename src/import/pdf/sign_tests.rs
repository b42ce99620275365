//! Signs above and below their line.

use super::testing::TestFont::{Latin, Mapped};
use super::testing::{TestPage, TestPdf};
use super::tests::{FULL, check, page_of, read};

/// A line of words and signs from (50, `y`): letters of 10 points, figures of 6 that stand so far below, and where the
/// next one begins.
fn line_of_signs(page: &mut TestPage, y: f32, parts: &[(&str, f32)]) -> f32 {
    let mut x = 50.0;
    for (words, below) in parts {
        let size = if *below == 0.0 { 10.0 } else { 6.0 };
        page.show(Mapped, size, x, y + below, words);
        let ems = |found: char| if found.is_ascii() { 0.5 } else { 1.0 };
        x += size * words.chars().map(ems).sum::<f32>();
    }
    x
}

#[test]
fn raised_and_lowered_figures_are_said_by_signs_of_their_own() {
    let check_line = |parts: &[(&str, f32)], expected: &str| {
        let mut page = page_of(60.0, &[(50.0, FULL), (50.0, "沒有人來。")]);
        line_of_signs(&mut page, 120.0, parts);
        check(TestPdf::of(vec![page]), &[&format!("¶ {FULL}沒有人來。"), &format!("¶ {expected}")]);
    };
    check_line(&[("有1.4×10", 0.0), ("9", -4.0), ("人", 0.0)], "有1.4×10⁹人");
    check_line(&[("長10", 0.0), ("-12", -3.5), ("km", 0.0), ("2", -3.5), ("。", 0.0)], "長10⁻¹²km²。");
    check_line(&[("H", 0.0), ("2", 1.0), ("O與CO", 0.0), ("2", 4.5), ("。", 0.0)], "H₂O與CO₂。");
    // There are no such signs for these, and small figures on the line are none.
    check_line(&[("河水", 0.0), ("[12]", -4.0), ("。", 0.0)], "河水[12]。");
    check_line(&[("河水", 0.0), ("12", 0.01), ("。", 0.0)], "河水12。");
    // More signs than letters.
    check_line(&[("10", 0.0), ("-123", -4.0)], "10⁻¹²³");
}

#[test]
fn a_lowered_figure_leaves_neither_its_line_nor_its_column() {
    let mut page = TestPage::default();
    for row in 0..6_u8 {
        let y = 100.0 + 14.0 * f32::from(row);
        let x = line_of_signs(&mut page, y, &[("村東有H", 0.0), ("2", 3.2), ("O兩株", 0.0)]);
        page.show(Mapped, 10.0, x, y, "樹下一間舊");
        // Its lines stand a little lower.
        page.show(Mapped, 10.0, 220.0, y + 3.0, "每到一處至少停留一個");
    }
    let text = read(TestPdf::of(vec![page])).document.text().replace('\n', "");
    assert_eq!(text, "村東有H₂O兩株樹下一間舊".repeat(6) + &"每到一處至少停留一個".repeat(6));
}

#[test]
fn a_line_with_a_lowered_figure_goes_on() {
    let mut page = TestPage::default();
    page.show(Latin, 10.0, 50.0, 100.0, "In the village stands an old mill that was empty for more than");
    page.show(Latin, 10.0, 50.0, 114.0, "twenty years until a teacher asked about H");
    page.show(Latin, 6.0, 240.0, 116.5, "2");
    page.show(Latin, 10.0, 244.0, 114.0, "O in the libra-");
    page.show(Latin, 10.0, 50.0, 128.0, "ry with nine shelves and two long tables for the whole village.");
    let text = listing_of(page);
    assert!(text.contains("about H₂O in the library with nine"), "{text}");
}

fn listing_of(page: TestPage) -> String {
    super::tests::listing(&read(TestPdf::of(vec![page])).document)
}

#[test]
fn what_is_raised_in_a_cell_is_said_too() {
    let mut page = TestPage::default()
        .raw("0.5 w 40 520 300 0.4 re f 40 490 300 0.4 re f 40 460 300 0.4 re f")
        .raw("40 460 0.4 60 re f 140 460 0.4 60 re f 340 460 0.4 60 re f");
    for (row, name) in (0_u8..).zip(["東田", "西田"]) {
        let y = 98.0 + 30.0 * f32::from(row);
        page.show(Mapped, 10.0, 50.0, y, name);
        page.show(Mapped, 10.0, 150.0, y, "3km");
        page.show(Mapped, 6.0, 165.0, y - 4.0, "2");
    }
    check(TestPdf::of(vec![page]), &["| 東田\t3km²", "| 西田\t3km²"]);
}

#[test]
fn an_exponent_is_no_mark_of_a_note_whose_mark_stands_elsewhere() {
    let mut page = page_of(90.0, &[(50.0, FULL), (50.0, "後來的事。")]);
    line_of_signs(&mut page, 122.0, &[("共10", 0.0), ("2", -4.0), ("人來過", 0.0), ("2", -4.0), ("。", 0.0)]);
    let page = page
        .line(Mapped, 10.0, 50.0, 420.0, "沒有人來。")
        .line(Mapped, 5.0, 50.0, 517.0, "2")
        .line(Mapped, 8.0, 53.0, 520.0, "見村志km")
        .line(Mapped, 5.0, 85.0, 517.0, "2")
        .line(Mapped, 8.0, 88.0, 520.0, "。");
    let imported = check(
        TestPdf::of(vec![page]),
        &[&format!("¶ {FULL}後來的事。"), "¶ 共10²人來過2。", "¶ 沒有人來。", "^ 2 見村志km²。"],
    );
    let document = &imported.document;
    let [link] = document.footnotes() else { panic!("{:?}", document.footnotes()) };
    let before = document.text().get(..link.mark.start() as usize).unwrap();
    assert!(before.ends_with("人來過"), "{before}");
}

#[test]
fn an_initial_makes_no_signs_of_what_stands_beside_it() {
    let mut page = TestPage::default().line(Mapped, 26.0, 50.0, 116.0, "村");
    page.show(Mapped, 10.0, 76.0, 100.0, "東有兩株");
    page.show(Mapped, 10.0, 76.0, 116.0, "樹下一間");
    let text = read(TestPdf::of(vec![page])).document.text().replace('\n', "");
    assert!(text.contains("樹下一間") && text.contains("東有兩株"), "{text}");
}
