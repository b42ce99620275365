//! Tables of contents.

use super::testing::TestFont::Mapped;
use super::testing::{TestPage, TestPdf};
use super::tests::{FULL, check, listing, page_of, read};

/// A line of a table of contents, its leaders and the page behind its title: one piece as its glyphs stand.
fn entry(page: &mut TestPage, y: f32, title: &str, number: &str) {
    page.show(Mapped, 10.0, 50.0, y, title);
    let ems = |found: char| if found.is_ascii() { 0.5 } else { 1.0 };
    let mut x = 50.0 + 10.0 * title.chars().map(ems).sum::<f32>();
    while x < 235.0 {
        page.show(Mapped, 10.0, x, y, ".");
        x += 5.0;
    }
    page.show(Mapped, 10.0, 240.0, y, number);
}

#[test]
fn each_entry_of_a_table_of_contents_is_a_line_of_its_own() {
    let mut page = TestPage::default().line(Mapped, 18.0, 110.0, 60.0, "目　錄");
    entry(&mut page, 90.0, "第一章　起意", "1");
    entry(&mut page, 104.0, "第二章　開門", "8");
    // One takes two lines, one leaves little room for leaders.
    page.show(Mapped, 10.0, 50.0, 118.0, FULL);
    entry(&mut page, 132.0, "的事情", "15");
    entry(&mut page, 146.0, "第四章　村東有兩株老槐樹與舊磨坊空", "20");
    let text = page_of(60.0, &[(50.0, FULL), (50.0, FULL), (50.0, "沒有人來。")]);
    let long = format!("| {FULL}的事情\t15");
    check(
        TestPdf::of(vec![page, text]),
        &[
            "# 目　錄",
            "| 第一章　起意\t1",
            "| 第二章　開門\t8",
            &long,
            "| 第四章　村東有兩株老槐樹與舊磨坊空\t20",
            &format!("¶ {FULL}{FULL}沒有人來。"),
        ],
    );
}

#[test]
fn the_title_stands_before_the_contents() {
    let mut page = TestPage::default()
        .line(Mapped, 20.0, 90.0, 60.0, "河灣村圖書室記")
        .line(Mapped, 16.0, 120.0, 100.0, "目錄");
    entry(&mut page, 130.0, "第一章　起意", "1");
    entry(&mut page, 144.0, "第二章　開門", "2");
    let pdf =
        TestPdf::of(vec![page, page_of(60.0, &[(50.0, "第一章　起意"), (50.0, FULL), (50.0, "沒有人來。")])]);
    check(
        pdf.bookmark("第一章　起意", 1),
        &[
            "題 河灣村圖書室記",
            "# 目錄",
            "| 第一章　起意\t1",
            "| 第二章　開門\t2",
            "# 第一章　起意",
            &format!("¶ {FULL}沒有人來。"),
        ],
    );
}

#[test]
fn leaders_that_are_printed_over_the_next_column_leave_it_alone() {
    // Each entry of the left column has leaders up to `led`, those of the right column none that go too far.
    let listed = |led: f32, numbers: bool| {
        let mut page = TestPage::default().line(Mapped, 18.0, 150.0, 60.0, "目　錄");
        for (row, title) in (0_u8..).zip([
            "第一章　左邊的村子",
            "第二章　左邊的河水",
            "第三章　左邊的磨坊",
            "第四章　左邊的舊書",
        ]) {
            let y = 100.0 + 16.0 * f32::from(row);
            page.show(Mapped, 10.0, 40.0, y, title);
            let mut x = 135.0;
            while x < led {
                page.show(Mapped, 10.0, x, y, ".");
                x += 5.0;
            }
            if numbers {
                page.show(Mapped, 10.0, 190.0, y, &format!("1{row}"));
            }
            page.show(Mapped, 10.0, 220.0, y, &title.replace('左', "右"));
            page.show(Mapped, 10.0, 315.0, y, "..........");
            page.show(Mapped, 10.0, 370.0, y, &format!("2{row}"));
        }
        listing(&read(TestPdf::of(vec![page])).document)
    };
    // Over the first letters of the right column, and over the numbers of their own pages.
    for led in [185.0, 230.0] {
        let listing = listed(led, true);
        let lines: Vec<&str> = listing.lines().skip(1).collect();
        assert_eq!(
            (lines.len(), lines[0], lines[3]),
            (8, "| 第一章　左邊的村子\t10", "| 第四章　左邊的舊書\t13"),
            "{listing}"
        );
        assert_eq!(
            (lines[4], lines[7]),
            ("| 第一章　右邊的村子\t20", "| 第四章　右邊的舊書\t23"),
            "{listing}"
        );
    }
    // Without numbers of their own they keep their leaders.
    let listing = listed(230.0, false);
    assert!(listing.contains("左邊的村子 ...................\n"), "{listing}");
    assert!(listing.contains("| 第一章　右邊的村子\t20"), "{listing}");
}
