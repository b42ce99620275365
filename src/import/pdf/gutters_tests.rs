//! Columns with narrow white between them, pages that fill one column only, and lines that end before their edge.

use super::testing::TestFont::Mapped;
use super::testing::{TestPage, TestPdf};
use super::tests::{FULL, book, listing, page_of, read};

/// A full line of a column.
const FULL16: &str = "村東有兩株老槐樹，樹下一間舊磨坊";

/// Lines one below the other from (`x`, `top`) on.
fn column(mut page: TestPage, x: f32, top: f32, lines: &[&str]) -> TestPage {
    for (row, text) in (0_u8..).zip(lines) {
        page.show(Mapped, 10.0, x, top + 16.0 * f32::from(row), text);
    }
    page
}

/// The text of a file without the ends of its lines.
fn text(pages: Vec<TestPage>) -> String {
    read(TestPdf::of(pages)).document.text().replace('\n', "")
}

// ---- Gutters --------------------------------------------------------------------------------------------

#[test]
fn a_gutter_may_be_one_em_wide() {
    let left = [FULL16, FULL16, "左岸。", FULL16, FULL16, FULL16, FULL16, "左終。"];
    let right = [FULL16, FULL16, FULL16, FULL16, "右岸。", FULL16, FULL16, "右終。"];
    let page = |white: f32| {
        let page = column(TestPage::default(), 30.0, 90.0, &left);
        text(vec![column(page, 190.0 + white, 90.0, &right)])
    };
    for white in [11.0, 13.0, 24.0] {
        assert_eq!(page(white), format!("{}{}", left.concat(), right.concat()), "{white}");
    }
}

#[test]
fn a_mark_may_hang_into_the_gutter() {
    let hanging = format!("{FULL16}，");
    let left = [hanging.as_str(), FULL16, &hanging, FULL16, FULL16, &hanging, FULL16, "左終。"];
    let right = [FULL16, FULL16, &hanging, FULL16, FULL16, FULL16, FULL16, "右終。"];
    for white in [12.0, 20.0] {
        let page = column(TestPage::default(), 30.0, 90.0, &left);
        let page = column(page, 190.0 + white, 90.0, &right);
        assert_eq!(text(vec![page]), format!("{}{}", left.concat(), right.concat()), "{white}");
    }
}

#[test]
fn short_paragraphs_that_are_set_in_stand_in_columns_too() {
    // Each paragraph: a first line that is set in by two signs, a full one or one whose mark hangs out, and a short one.
    let first = "　　第三條　必要時，樹下一間磨坊";
    let hanging = format!("{FULL16}，");
    let paragraph = |middle: &str| [first.to_owned(), middle.to_owned(), "沒有人來。".to_owned()];
    let [plain, hung] = [FULL16, hanging.as_str()].map(paragraph);
    let left: Vec<&str> =
        [&plain, &hung, &plain, &plain, &hung].into_iter().flatten().map(String::as_str).collect();
    let right: Vec<&str> =
        [&hung, &plain, &hung, &hung, &plain].into_iter().flatten().map(String::as_str).collect();
    for white in [10.0, 12.0, 15.0, 21.0, 30.0] {
        let page = column(TestPage::default(), 30.0, 90.0, &left);
        let page = column(page, 190.0 + white, 90.0, &right);
        let read = listing(&read(TestPdf::of(vec![page])).document);
        let paragraphs = [&plain, &hung, &plain, &plain, &hung, &hung, &plain, &hung, &hung, &plain];
        let expected: Vec<String> =
            paragraphs.iter().map(|lines| format!("¶ {}", lines.concat().trim_start())).collect();
        assert_eq!(read.trim(), expected.join("\n"), "{white}");
    }
}

#[test]
fn what_stands_in_the_middle_above_three_columns_comes_before_them() {
    let lines = [FULL16, FULL16, "沒有人來。", FULL16, FULL16, FULL16, FULL16, "終。"];
    let page = column(TestPage::default(), 10.0, 120.0, &lines);
    let page = column(column(page, 190.0, 120.0, &lines), 370.0, 120.0, &lines);
    let page = page.line(Mapped, 10.0, 200.0, 80.0, "（三月十二日通過的約定）");
    assert_eq!(text(vec![page]), format!("（三月十二日通過的約定）{}", lines.concat().repeat(3)));
}

#[test]
fn numbers_that_end_below_each_other_are_no_columns() {
    let mut page = TestPage::default();
    let mut rows = String::new();
    for row in 0..12_u8 {
        let name: String = "槐柳楊松".chars().take(2 + usize::from(row % 3)).collect();
        let top = 90.0 + 16.0 * f32::from(row);
        page.show(Mapped, 10.0, 30.0, top, &name);
        rows.push_str(&name);
        for place in 0..6_u8 {
            let figure = "河水山木石土".chars().nth(usize::from(place)).map(String::from).unwrap();
            page.show(Mapped, 10.0, 130.0 + 40.0 * f32::from(place), top, &figure);
            rows.push_str(&figure);
        }
    }
    let read: String = text(vec![page]).chars().filter(|found| !found.is_whitespace()).collect();
    assert_eq!(read, rows);
}

#[test]
fn a_list_of_names_is_read_along_its_rows() {
    let mut page = TestPage::default();
    let mut names = String::new();
    for row in 0..8_u8 {
        for place in 0..9_u8 {
            let name: String = "槐柳楊"
                .chars()
                .zip([row, place, row + place])
                .filter_map(|(first, more)| char::from_u32(u32::from(first) + u32::from(more)))
                .collect();
            page.show(Mapped, 10.0, 20.0 + 40.0 * f32::from(place), 90.0 + 16.0 * f32::from(row), &name);
            names.push_str(&name);
        }
    }
    let read: String = text(vec![page]).chars().filter(|found| !found.is_whitespace()).collect();
    assert_eq!(read, names);
}

// ---- Columns of other pages -----------------------------------------------------------------------------

/// A page in two columns, with a running head over them at the height `head`.
fn gazette(head: f32, left: &[&str], right: &[&str]) -> TestPage {
    let page = column(TestPage::default(), 30.0, 90.0, left);
    column(page, 210.0, 90.0, right)
        .line(Mapped, 8.0, 30.0, head, "河灣公報")
        .line(Mapped, 8.0, 340.0, head, "第45期")
}

#[test]
fn a_page_with_one_column_has_the_width_of_those_before() {
    let last = [FULL16, "沒有人來。", "第二條　必要時，樹下一間舊磨坊空", FULL16, "終。"];
    let check = |right: &[&str]| {
        let pages = vec![gazette(50.0, &[FULL16; 14], &[FULL16; 14]), gazette(50.0, &last, right)];
        let listing = listing(&read(TestPdf::of(pages)).document);
        let joined = format!("¶ 第二條　必要時，樹下一間舊磨坊空{FULL16}終。");
        assert!(listing.contains(&joined), "{listing}");
        assert!(listing.contains(&format!("{FULL16}沒有人來。")), "{listing}");
        assert!(!listing.contains('#') && !listing.contains('題'), "{listing}");
        assert!(listing.lines().filter(|line| line.starts_with("~ 河灣公報")).count() == 2, "{listing}");
        listing
    };
    check(&[]);
    // Two lines in the other column are too few to tell a gutter.
    let listing = check(&["第三條　必要時，樹下一間舊磨坊空", "了。"]);
    assert!(listing.contains("終。\n¶ 第三條　必要時，樹下一間舊磨坊空了。"), "{listing}");
}

#[test]
fn a_line_at_the_foot_of_a_column_goes_on_below_the_head_of_the_next() {
    let page = |first: &str, last: &str| {
        let left = [FULL16, FULL16, FULL16, FULL16, FULL16, FULL16, "終。", first];
        let right = [FULL16, "沒有人來。", FULL16, FULL16, FULL16, FULL16, FULL16, last];
        // So near above the columns the head belongs to them.
        gazette(70.0, &left, &right)
    };
    let firsts = ["第三條　必要時，樹下一間舊磨坊空", "又過了一個月，河邊的船都回來了，"];
    let pages = firsts.iter().zip(["終。", "完了。"]).map(|(first, last)| page(first, last)).collect();
    let listing = listing(&read(TestPdf::of(pages)).document);
    for first in firsts {
        assert!(listing.contains(&format!("¶ {first}{FULL16}沒有人來。")), "{listing}");
    }
}

// ---- Edges ----------------------------------------------------------------------------------------------

#[test]
fn lines_that_end_alike_before_the_edge_of_their_column_are_full() {
    let body = "村東有兩株老槐樹，樹下一間舊磨坊空了多";
    let item = |number: &str| format!("{number}、兩株老槐樹樹下一間舊磨坊空了");
    let items = ["一", "二", "三"].map(item);
    let mut lines = vec![(215.0, "三月二十日")];
    lines.extend([(50.0, body), (50.0, body), (50.0, body), (50.0, body), (50.0, "如下：")]);
    for item in &items {
        lines.extend([(60.0, item.as_str()), (80.0, "多年沒有人來過。")]);
    }
    let listing = listing(&read(TestPdf::of(vec![page_of(90.0, &lines)])).document);
    assert!(listing.contains(&format!("¶ {}如下：", body.repeat(4))), "{listing}");
    for item in items {
        assert!(listing.contains(&format!("{item}多年沒有人來過。")), "{listing}");
    }
}

// ---- Running heads --------------------------------------------------------------------------------------

#[test]
fn a_stock_phrase_that_begins_two_pages_is_no_running_head() {
    let pages: [&[(f32, &str)]; 2] = [
        &[(50.0, FULL), (50.0, "一年。"), (70.0, "河水清清。"), (70.0, "兩岸有樹。"), (70.0, "燈亮了。")],
        &[(50.0, FULL), (50.0, "二年。"), (70.0, "書要還。"), (70.0, "船回來了。"), (70.0, "沒有人來過。")],
    ];
    let listing = listing(&read(book(&pages)).document);
    assert!(listing.contains(&format!("¶ {FULL}一年。")), "{listing}");
    assert!(listing.contains(&format!("{FULL}二年。")), "{listing}");
    assert_eq!(listing.matches("~ 河灣村圖書室記").count(), 2, "{listing}");
}

#[test]
fn the_end_of_a_sentence_at_the_foot_of_pages_is_no_running_foot() {
    let pages: [&[(f32, &str)]; 3] = [
        &[(50.0, "一年。"), (50.0, FULL), (50.0, "來過的人。")],
        &[(50.0, "二年。"), (50.0, FULL), (50.0, "來過的人。")],
        &[(50.0, "三年。"), (50.0, FULL), (50.0, "來過的人。")],
    ];
    let listing = listing(&read(book(&pages)).document);
    assert_eq!(listing.matches(&format!("{FULL}來過的人。")).count(), 3, "{listing}");
}

// ---- Numbers of pages and of headings -------------------------------------------------------------------

#[test]
fn pages_are_called_by_the_numbers_that_are_printed_on_them() {
    let labels = |numbers: &[&str]| {
        let page = |number: &&str| {
            page_of(90.0, &[(50.0, FULL), (50.0, "沒有人來。")])
                .line(Mapped, 8.0, 50.0, 40.0, "河灣村圖書室記")
                .line(Mapped, 8.0, 190.0, 560.0, number)
        };
        let document = read(TestPdf::of(numbers.iter().map(page).collect())).document;
        document.pages().iter().map(|page| page.label.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(labels(&["11301", "11302", "11303"]), "11301 11302 11303");
    assert_eq!(labels(&["封面", "— 1 —", "— 2 —", "— 3 —"]), "[1] 1 2 3");
    // These do not count pages.
    assert_eq!(labels(&["2024", "2024", "2024"]), "1 2 3");
}

#[test]
fn headings_below_the_large_ones_are_known_by_their_numbers() {
    let text = "村東有兩株老槐樹，樹下一間舊磨坊空。";
    let page = page_of(150.0, &[(50.0, "一、起意的人"), (70.0, text)])
        .line(Mapped, 14.0, 50.0, 120.0, "第一章 起意")
        .line(Mapped, 10.0, 50.0, 182.0, "（一）開門的時間")
        .line(Mapped, 10.0, 70.0, 198.0, text)
        .line(Mapped, 10.0, 50.0, 214.0, "二、晚上關門。")
        .line(Mapped, 14.0, 50.0, 260.0, "第二章 開門")
        .line(Mapped, 10.0, 70.0, 290.0, text)
        .line(Mapped, 10.0, 70.0, 306.0, text);
    let listing = listing(&read(TestPdf::of(vec![page])).document);
    let headings: Vec<&str> = listing.lines().filter(|line| line.starts_with('#')).collect();
    let expected = ["# 第一章 起意", "## 一、起意的人", "### （一）開門的時間", "# 第二章 開門"];
    assert_eq!(headings, expected, "{listing}");
}

#[test]
fn dates_of_covers_are_no_headings() {
    let text = [(50.0, FULL), (50.0, FULL), (50.0, "沒有人來。")];
    let page = |lines: &[(f32, &str)]| {
        let mut page = page_of(240.0, &text).line(Mapped, 20.0, 120.0, 60.0, "河灣村圖書室記");
        for (row, (x, said)) in (0_u8..).zip(lines) {
            page.show(Mapped, 14.0, *x, 100.0 + 40.0 * f32::from(row), said);
        }
        page
    };
    let headings = |page: TestPage| {
        let listing = listing(&read(TestPdf::of(vec![page])).document);
        listing.lines().filter(|line| line.starts_with('#')).collect::<Vec<_>>().join("\n")
    };
    let cover = [(150.0, "（2025—2030年）"), (150.0, "二〇二五年三月"), (50.0, "第一章 起意")];
    assert_eq!(headings(page(&cover)), "# 第一章 起意");
    // In a chronicle text follows the date.
    assert_eq!(headings(page(&[(50.0, "二〇二五年三月")])), "# 二〇二五年三月");
}
