//! What stands on the first page of a paper around its text: the head of the journal, the names of the authors, what is
//! said of them at the foot; and boxes.

use super::testing::TestFont::{Mapped, Utf16};
use super::testing::{TestPage, TestPdf};
use super::tests::{FULL, listing, page_of, read};
use crate::document::{AsideReason, BlockKind};
use crate::import::Imported;

/// A page with a title, these lines below it, and text.
fn titled(below: &[(f32, f32, f32, &str)]) -> TestPage {
    let text =
        [(50.0, FULL), (50.0, FULL), (50.0, "沒有人來。"), (50.0, FULL), (50.0, FULL), (50.0, "燈亮了。")];
    let mut page = page_of(240.0, &text).line(Mapped, 20.0, 100.0, 90.0, "河灣村圖書室的事");
    for (size, x, y, line) in below {
        page.show(Mapped, *size, *x, *y, line);
    }
    page
}

fn headings(imported: &Imported) -> usize {
    let is_heading = |kind: BlockKind| matches!(kind, BlockKind::Heading { .. });
    imported.document.blocks().iter().filter(|block| is_heading(block.kind)).count()
}

fn author(imported: &Imported) -> Option<&str> {
    imported.document.metadata().author.as_ref().map(|author| author.value.as_str())
}

#[test]
fn names_below_the_title_are_the_authors() {
    let marked = [
        (14.0, 110.0, 130.0, "田"),
        (14.0, 131.0, 130.0, "禾"),
        (8.0, 145.0, 125.0, "1"),
        (14.0, 149.0, 130.0, "，舒望舟"),
        (8.0, 205.0, 125.0, "2"),
        (8.0, 60.0, 160.0, "（1. 河灣大學；2. 禾溪縣研究所）"),
    ];
    let alone = [(14.0, 170.0, 130.0, "田禾生"), (8.0, 60.0, 160.0, "（河灣大學，禾溪）")];
    for (below, names) in [(marked.as_slice(), "田禾；舒望舟"), (&alone, "田禾生")] {
        let imported = read(TestPdf::of(vec![titled(below)]));
        assert_eq!(
            (author(&imported), headings(&imported)),
            (Some(names), 0),
            "{}",
            listing(&imported.document)
        );
        let byline = imported.document.blocks().iter().find(|block| block.kind == BlockKind::Byline).unwrap();
        let span = imported.document.metadata().author.as_ref().and_then(|author| author.span);
        assert_eq!(span, Some(byline.span));
    }
    // What the file says of its authors counts for more.
    let mut pdf = TestPdf::of(vec![titled(&alone)]);
    pdf.trailer = "/Info <</Author (Tian)>>".to_owned();
    assert_eq!(author(&read(pdf)), Some("Tian"));
}

#[test]
fn a_heading_below_the_title_names_nobody() {
    for heading in ["起意的人", "原則，目標", "方法"] {
        let imported = read(TestPdf::of(vec![titled(&[(14.0, 50.0, 200.0, heading)])]));
        assert_eq!((author(&imported), headings(&imported)), (None, 1), "{heading}");
    }
}

#[test]
fn the_head_of_a_journal_is_set_aside() {
    let head = |parts: [&str; 3]| {
        let places = [30.0, 170.0, 310.0];
        let head: Vec<_> = places.into_iter().zip(parts).map(|(x, part)| (8.0, x, 40.0, part)).collect();
        read(TestPdf::of(vec![titled(&head)]))
    };
    let aside = |imported: &Imported| {
        let furniture = BlockKind::Aside(AsideReason::PageFurniture);
        let blocks = imported.document.blocks().iter().filter(|block| block.kind == furniture);
        blocks.map(|block| block.span.of(imported.document.text()).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(aside(&head(["第12卷第3期", "河灣研究", "2025年6月"])), ["第12卷第3期 河灣研究 2025年6月"]);
    // This says no issue.
    assert_eq!(aside(&head(["河灣村", "圖書室", "2025年6月"])), Vec::<String>::new());
}

#[test]
fn what_is_said_of_a_paper_at_the_foot_of_a_column_is_no_text() {
    let line = "村東有兩株老槐樹，樹下一間舊磨坊";
    let mut page = TestPage::default().line(Mapped, 20.0, 100.0, 40.0, "河灣村圖書室的事");
    for row in 0..14_u8 {
        let y = 90.0 + 16.0 * f32::from(row);
        page.show(Mapped, 10.0, 30.0, y, line);
        page.show(Mapped, 10.0, 210.0, y, if row == 13 { "燈亮了。" } else { line });
    }
    let page = page.line(Mapped, 8.0, 30.0, 336.0, "收稿日期：2025-01-10").line(
        Mapped,
        8.0,
        30.0,
        348.0,
        "基金項目：禾溪縣研究項目",
    );
    let listing = listing(&read(TestPdf::of(vec![page])).document);
    let expected = format!(
        "題 河灣村圖書室的事\n¶ {}燈亮了。\n^ 收稿日期：2025-01-10\n^ 基金項目：禾溪縣研究項目",
        line.repeat(27)
    );
    assert_eq!(listing, expected);
}

#[test]
fn an_abstract_in_one_column_above_two_is_one_paragraph() {
    let (line, wide) =
        ("村東有兩株老槐樹，樹下一間舊磨坊", "村東有兩株老槐樹，樹下一間舊磨坊空了多年，後來有人開了書室裡");
    let mut page = TestPage::default().line(Mapped, 20.0, 100.0, 40.0, "河灣村圖書室的事");
    for row in 0..3_u8 {
        page.show(Mapped, 9.0, 65.0, 80.0 + 14.0 * f32::from(row), wide);
    }
    page.show(Mapped, 9.0, 65.0, 122.0, "沒有人來。");
    for row in 0..14_u8 {
        let y = 160.0 + 16.0 * f32::from(row);
        page.show(Mapped, 10.0, 30.0, y, line);
        page.show(Mapped, 10.0, 210.0, y, if row == 13 { "燈亮了。" } else { line });
    }
    let listing = listing(&read(TestPdf::of(vec![page])).document);
    let expected = [
        "題 河灣村圖書室的事",
        &format!("¶ {}沒有人來。", wide.repeat(3)),
        &format!("¶ {}燈亮了。", line.repeat(27)),
    ];
    assert_eq!(listing, expected.join("\n"));
}

// ---- Boxes ----------------------------------------------------------------------------------------------

/// What stands in boxes on a page that draws `drawn` around its lines from the fourth to the sixth.
fn boxed(drawn: &str) -> Vec<String> {
    let (inner, rest) = ("樹下一間舊磨坊空了多年，村東有兩株老", "沒有人來。");
    let lines = [
        (50.0, FULL),
        (50.0, FULL),
        (50.0, rest),
        (60.0, inner),
        (60.0, inner),
        (60.0, "燈亮了。"),
        (50.0, FULL),
        (50.0, rest),
    ];
    let page = page_of(90.0, &lines).raw(drawn);
    let document = read(TestPdf::of(vec![page])).document;
    let own = document.blocks().iter().filter(|block| block.boxed);
    own.map(|block| block.span.of(document.text()).unwrap().replace('\n', "")).collect()
}

#[test]
fn what_a_frame_or_a_ground_is_drawn_around_is_boxed() {
    let inner = ["樹下一間舊磨坊空了多年，村東有兩株老樹下一間舊磨坊空了多年，村東有兩株老燈亮了。"];
    // The fourth line stands at 138, the sixth at 170.
    assert_eq!(boxed("52 424 206 50 re S"), inner);
    assert_eq!(
        boxed("52 424 m 258 424 l S 52 474 m 258 474 l S 52 424 m 52 474 l S 258 424 m 258 474 l S"),
        inner
    );
    assert_eq!(boxed("q 0.9 g 52 424 206 50 re f Q"), inner);
    assert_eq!(boxed("q 0.9 0.9 1 rg 52 424 206 50 re f Q"), inner);
    let none: [&str; 0] = [];
    // White shows nothing; a line on one side, one around a single line, and one around all of a page are no boxes.
    assert_eq!(boxed("q 1 1 1 rg 52 424 206 50 re f Q"), none);
    assert_eq!(boxed("52 424 m 52 474 l S 52 424 m 258 424 l S"), none);
    assert_eq!(boxed("52 424 206 16 re S"), none);
    assert_eq!(boxed("10 10 380 580 re S"), none);
    // So small a frame belongs to a drawing.
    assert_eq!(boxed("100 424 60 50 re S"), none);
}

#[test]
fn letters_that_are_drawn_in_white_stay_text() {
    let page = TestPage::default().raw("1 g").line(Utf16, 12.0, 50.0, 300.0, "乡村的图书室");
    assert_eq!(&**read(TestPdf::of(vec![page])).document.text(), "乡村的图书室");
}
