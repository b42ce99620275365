//! Notes at the foot of a page whose marks are not raised.

use super::testing::TestFont::Mapped;
use super::testing::{TestPage, TestPdf};
use super::tests::{FULL, listing, page_of, read};
use crate::document::{BlockKind, Document};

/// A page of text, and below it lines of this size from the height 500 on.
fn page(lines: [&str; 3], size: f32, notes: &[&str]) -> Document {
    let mut page = page_of(90.0, &[(50.0, FULL), (50.0, lines[0]), (50.0, lines[1]), (50.0, lines[2])]);
    for row in 0..12_u8 {
        page.show(Mapped, 10.0, 50.0, 154.0 + 16.0 * f32::from(row), FULL);
    }
    page.show(Mapped, 10.0, 50.0, 346.0, "後來的事。");
    for (row, note) in (0_u8..).zip(notes) {
        page.show(Mapped, size, 50.0, 500.0 + 14.0 * f32::from(row), note);
    }
    read(TestPdf::of(vec![page])).document
}

/// The marks in the text that lead to notes, and how many notes there are.
fn tied(document: &Document) -> (Vec<&str>, usize) {
    let marks = document.footnotes().iter().map(|link| link.mark.of(document.text()).unwrap());
    let notes = document.blocks().iter().filter(|block| block.kind == BlockKind::Footnote);
    (marks.collect(), notes.count())
}

#[test]
fn marks_on_the_line_lead_to_notes_of_the_same_form() {
    let check = |lines: [&str; 3], notes: &[&str], expected: &[&str]| {
        for size in [8.0, 10.0] {
            let document = page(lines, size, notes);
            assert_eq!(
                tied(&document),
                (expected.to_vec(), expected.len()),
                "{size}: {}",
                listing(&document)
            );
        }
    };
    check(["舊磨坊[1]空了", "樹下[2]。", "無人。"], &["[1] 見村志。", "[2] 見鎮志。"], &["[1]", "[2]"]);
    check(["舊磨坊①空了", "樹下②。", "無人。"], &["①見村志。", "②見鎮志。"], &["①", "②"]);
    check(["舊磨坊（注1）空了", "樹下。", "無人。"], &["注1：見村志。"], &["（注1）"]);
    check(
        ["舊磨坊註1，空了", "樹下註2。", "無人。"],
        &["註1 見村志，", "並見鎮志。", "註2 同上。"],
        &["註1", "註2"],
    );
    check(["舊磨坊1，空了", "樹下2。", "無人。"], &["1 見村志。", "2 見鎮志。"], &["1", "2"]);
}

#[test]
fn a_list_at_the_foot_is_no_notes() {
    let check = |lines: [&str; 3], notes: &[&str]| {
        let document = page(lines, 10.0, notes);
        // A number in brackets makes a note of a line by itself, but nothing leads to it.
        assert_eq!(tied(&document).0, Vec::<&str>::new(), "{}", listing(&document));
    };
    // Nothing in the text answers, or something else of that number does.
    check(["舊磨坊", "樹下。", "無人。"], &["1 見村志。", "2 見鎮志。"]);
    check(["舊磨坊[1]空了", "樹下。", "無人。"], &["[1] 見村志。", "[2] 見鎮志。"]);
    check(["見圖1，又見", "表2。", "無人。"], &["1 見村志。", "2 見鎮志。"]);
    check(["舊磨坊1，空了", "樹下2。", "無人。"], &["[1] 見村志。", "[2] 見鎮志。"]);
    // The numbers do not count on, or the books of a text are listed.
    check(["舊磨坊[1]空了", "樹下[3]。", "無人。"], &["[1] 見村志。", "[3] 見鎮志。"]);
    check(["舊磨坊[2]空了", "樹下[1]。", "無人。"], &["[1] 見村志。", "[2] 見鎮志。"]);
    check(["舊磨坊[1]空了", "樹下。", "無人。"], &["參考文獻", "[1] 見村志。"]);
}

#[test]
fn what_stands_as_near_as_the_text_is_text() {
    let lines = ["一是①甲，二是②乙。", "如下：", "①甲是村子。", "②乙是河水。"];
    let mut page = TestPage::default();
    for (row, line) in (0_u8..).zip([FULL, FULL, FULL, FULL, FULL].into_iter().chain(lines)) {
        page.show(Mapped, 10.0, 50.0, 300.0 + 16.0 * f32::from(row), line);
    }
    let document = read(TestPdf::of(vec![page])).document;
    assert_eq!(tied(&document), (vec![], 0), "{}", listing(&document));
}

#[test]
fn a_bare_number_is_no_mark_where_its_mark_stands_raised() {
    let page = page_of(90.0, &[(50.0, FULL), (50.0, "沒有人來")])
        .line(Mapped, 6.0, 90.0, 102.0, "1")
        .line(Mapped, 10.0, 93.0, 106.0, "，水渠1，後來的事。")
        .line(Mapped, 10.0, 50.0, 420.0, "後來的事。")
        .line(Mapped, 8.0, 50.0, 520.0, "1 見村志。");
    let document = read(TestPdf::of(vec![page])).document;
    let places: Vec<u32> = document.footnotes().iter().map(|link| link.mark.start()).collect();
    let first = u32::try_from(document.text().find("1，水渠").unwrap()).unwrap();
    assert_eq!(places, [first], "{}", listing(&document));
}

#[test]
fn small_notes_stay_together_where_the_mark_of_the_first_is_lost() {
    let mut page = page_of(90.0, &[(50.0, FULL), (50.0, "沒有人來")])
        .line(Mapped, 6.0, 90.0, 102.0, "2")
        .line(Mapped, 10.0, 93.0, 106.0, "，水渠")
        .line(Mapped, 6.0, 123.0, 102.0, "3")
        .line(Mapped, 10.0, 126.0, 106.0, "。")
        .line(Mapped, 10.0, 50.0, 420.0, "後來的事。");
    for (y, mark, note) in [(500.0, "1", "見村志。"), (514.0, "2", "見鎮志。"), (528.0, "3", "同上。")]
    {
        page = page.line(Mapped, 5.0, 50.0, y - 3.0, mark).line(Mapped, 8.0, 53.0, y, note);
    }
    let document = read(TestPdf::of(vec![page])).document;
    assert_eq!(tied(&document), (vec!["2", "3"], 3), "{}", listing(&document));
}
