//! Files that say what the parts of their text are. All is set in one size, so that its look says nothing.

use super::testing::TestFont::{Mapped, Typewriter};
use super::testing::{OWN, TestPage, TestPdf};
use super::tests::{FULL, listing, read, read_within};
use crate::document::{BlockKind, RepairChoices, RepairKind};
use crate::import::ReadOptions;

/// A page of lines, each at a place and a stretch of its own: the first is number 0.
fn page(lines: &[(f32, f32, &str)]) -> TestPage {
    let mut page = TestPage::default();
    for (number, (x, y, text)) in lines.iter().enumerate() {
        page = page.raw(&format!("/P <</MCID {number}>> BDC")).line(Mapped, 10.0, *x, *y, text).raw("EMC");
    }
    page
}

/// A file whose tree of tags holds these elements. The stretches are those of the first page where none is named.
fn tagged(pages: Vec<TestPage>, elements: &str) -> TestPdf {
    let mut pdf = TestPdf::of(pages);
    pdf.root = format!(
        "/MarkInfo <</Marked true>> /StructTreeRoot <</RoleMap <</Heading /Chapter /Chapter /H1>> /K <</S/Document \
         /Pg 100 0 R /K [{elements}]>>>>"
    );
    pdf
}

fn check(lines: &[(f32, f32, &str)], elements: &str, expected: &[&str]) {
    assert_eq!(listing(&read(tagged(vec![page(lines)], elements)).document), expected.join("\n"));
}

#[test]
fn headings_have_the_levels_that_the_tags_say() {
    let lines = [
        (50.0, 60.0, "村志"),
        (50.0, 76.0, "起意"),
        (50.0, 92.0, "先生"),
        (50.0, 108.0, FULL),
        (50.0, 124.0, "後記"),
        (50.0, 44.0, "卷一。"),
    ];
    check(
        &lines,
        "<</S/P /K 5>> <</S/Title /K 0>> <</S/Heading /K 1>> <</S/H3 /K 2>> <</S/P /K 3>> <</S/Sect /K <</S/Sect /K <</S/H /K 4>>>>>>",
        &["¶ 卷一。", "題 村志", "# 起意", "### 先生", &format!("¶ {FULL}"), "## 後記"],
    );
}

#[test]
fn items_lie_in_lists() {
    let lines = [
        (50.0, 60.0, "帶來。"),
        (50.0, 76.0, "甲"),
        (75.0, 76.0, "書"),
        (65.0, 92.0, "新書"),
        (65.0, 108.0, "書要輕放"),
        (50.0, 124.0, "第一"),
        (80.0, 124.0, "起意"),
    ];
    let nested = "<</S/L /K <</S/LI /K <</S/LBody /K <</S/P /K 3>>>>>>>>";
    let items =
        format!("<</S/LI /K [<</S/Lbl /K 1>> <</S/LBody /K [<</S/P /K 2>> {nested} <</S/P /K 4>>]>>]>>");
    let counted = "<</S/L /K <</S/LI /K [<</S/Lbl /K 5>> <</S/LBody /K <</S/H1 /K 6>>>>]>>>>";
    check(
        &lines,
        &format!("<</S/P /K 0>> <</S/L /K [{items}]>> {counted}"),
        &["¶ 帶來。", "-0 甲 書", "-1 新書", "¶ 書要輕放", "# 第一 起意"],
    );
}

#[test]
fn lists_lie_in_items_of_lists() {
    let lines = [
        (50.0, 60.0, "甲"),
        (65.0, 76.0, "新書"),
        (80.0, 92.0, "舊書"),
        (65.0, 108.0, "報紙"),
        (50.0, 124.0, "都要輕放。"),
        (50.0, 140.0, "乙"),
    ];
    let item = |inner: &str| format!("<</S/LI /K <</S/LBody /K [{inner}]>>>>");
    let list = |items: &str| format!("<</S/L /K [{items}]>>");
    // A list in the body of an item, one beside it, and one in a list; the first item goes on behind its list.
    let deepest = list(&item("2"));
    let inner = list(&format!("<</S/LI /K [<</S/LBody /K 1>> {deepest}]>> {}", item("3")));
    let listed = list(&format!("{} {}", item(&format!("0 {inner} 4")), item("5")));
    check(&lines, &listed, &["-0 甲", "-1 新書", "-2 舊書", "-1 報紙", "¶ 都要輕放。", "-0 乙"]);
    let beside = list(&format!("{} {}", item("0"), list(&format!("{} {}", item("1"), list(&item("2"))))));
    let rest = list(&[item("3"), item("4"), item("5")].concat());
    check(
        &lines,
        &format!("{beside} {rest}"),
        &["-0 甲", "-1 新書", "-2 舊書", "-0 報紙", "-0 都要輕放。", "-0 乙"],
    );
}

#[test]
fn rows_have_their_cells_in_columns() {
    let lines = [
        (50.0, 60.0, "書"),
        (150.0, 60.0, "冊數"),
        (50.0, 76.0, "農時"),
        (150.0, 76.0, "三冊，其中"),
        (150.0, 92.0, "一冊新"),
        (250.0, 108.0, "未到"),
        (50.0, 124.0, "合計"),
        (250.0, 124.0, "五"),
    ];
    let row = |cells: &str| format!("<</S/TR /K [{cells}]>>");
    let rows = [
        row("<</S/TH /K 0>> <</S/TH /A [<</O/Table /ColSpan 2>>] /K 1>>"),
        row(
            "<</S/TD /A <</O/Table /RowSpan 2>> /K <</S/P /K 2>>>> <</S/TD /K [<</S/P /K 3>> <</S/P /K 4>>]>>",
        ),
        row("<</S/TD>> <</S/TD /K 5>>"),
        row("<</S/TD /K 6>> <</S/TD>> <</S/TD /K 7>>"),
    ];
    check(
        &lines,
        &format!("<</S/Table /K <</S/TBody /K [{}]>>>>", rows.concat()),
        &["| 書\t冊數", "| 農時\t三冊，其中一冊新", "| \t\t未到", "| 合計\t\t五"],
    );
}

#[test]
fn a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() {
    // The left column ends with two lines of it, the right one is one line of it.
    let first = page(&[
        (50.0, 60.0, "左邊先有一段，"),
        (50.0, 400.0, "村東有兩株老槐樹，"),
        (50.0, 416.0, "樹下一間舊磨坊，"),
        (220.0, 60.0, "空了多年，"),
    ]);
    let second = page(&[(50.0, 60.0, "沒有人來。"), (50.0, 76.0, "後來的事。")]);
    let on = |number: u8| format!("<</Type/MCR /Pg 102 0 R /MCID {number}>>");
    let elements = format!("<</S/P /K 0>> <</S/P /K [1 2 3 {}]>> <</S/P /Pg 102 0 R /K {}>>", on(0), on(1));
    let document = read(tagged(vec![first, second], &elements)).document;
    let expected =
        ["¶ 左邊先有一段，", "¶ 村東有兩株老槐樹，樹下一間舊磨坊，空了多年，沒有人來。", "¶ 後來的事。"];
    assert_eq!(listing(&document), expected.join("\n"));
    assert!(document.repairs().iter().all(|repair| repair.kind == RepairKind::Tagged));
    assert_eq!(document.repairs().len(), 3);
}

#[test]
fn quotations_and_listings_have_their_parts() {
    let lines = [
        (50.0, 60.0, "他說了。"),
        (50.0, 76.0, "借書不問"),
        (50.0, 92.0, "還書不問"),
        (50.0, 108.0, "第一行"),
        (74.0, 124.0, "第二行"),
        (50.0, 140.0, "後來的事。"),
    ];
    let block = |number: u8| format!("<</S/Span /A <</O/Layout /Placement /Block>> /K {number}>>");
    let quoted = format!("<</S/BlockQuote /K [{}{}]>>", block(1), block(2));
    check(
        &lines,
        &format!("<</S/P /K 0>> {quoted} <</S/Code /K [<</S/P /K 3>> <</S/P /K 4>>]>> <</S/P /K 5>>"),
        &["¶ 他說了。", "quotation 借書不問", "quotation 還書不問", "` 第一行\n    第二行", "¶ 後來的事。"],
    );
}

#[test]
fn a_paragraph_in_letters_of_one_width_is_a_listing() {
    let mut page = page(&[(50.0, 44.0, "先前的事。"), (50.0, 60.0, FULL), (50.0, 124.0, "後來的事。")]);
    for (number, y, text) in [(3, 76.0, "cat /etc/motd"), (4, 92.0, "if true"), (5, 108.0, "fi")] {
        page =
            page.raw(&format!("/P <</MCID {number}>> BDC")).line(Typewriter, 10.0, 50.0, y, text).raw("EMC");
    }
    // The first line of it is a path in a paragraph.
    let elements = "<</S/P /K 0>> <</S/P /K [1 3]>> <</S/P /K [4 5]>> <</S/P /K 2>>";
    let first = format!("¶ {FULL}cat /etc/motd");
    let expected = ["¶ 先前的事。", first.as_str(), "` if true\nfi", "¶ 後來的事。"];
    assert_eq!(listing(&read(tagged(vec![page], elements)).document), expected.join("\n"));
}

#[test]
fn a_mark_that_is_drawn_after_its_paragraph_stands_within_it() {
    let lines = [
        (50.0, 60.0, "村東有兩株老槐樹"),
        (140.0, 60.0, "樹下一間舊磨坊空了多年"),
        (50.0, 76.0, "誰也沒有想過它還能做什麼用起意的是一位"),
        (50.0, 92.0, "先生。"),
        (130.0, 60.0, "，"),
    ];
    let expected = "¶ 村東有兩株老槐樹，樹下一間舊磨坊空了多年誰也沒有想過它還能做什麼用起意的是一位先生。";
    check(&lines, "<</S/P /K [0 1 2 3 4]>>", &[expected]);
}

#[test]
fn the_tags_say_the_order() {
    let lines = [(50.0, 60.0, "第三"), (200.0, 60.0, "第一。"), (50.0, 76.0, "第四"), (200.0, 76.0, "第二")];
    let one = |number: u8| format!("<</S/P /K {number}>>");
    check(&lines, &[1, 3, 0, 2].map(one).concat(), &["¶ 第一。", "¶ 第二", "¶ 第三", "¶ 第四"]);
}

#[test]
fn notes_stand_behind_the_text_of_their_page() {
    let lines = [(50.0, 60.0, "村東有磨坊①，"), (50.0, 480.0, "①見村志。"), (50.0, 76.0, "沒有人來。")];
    let elements = "<</S/P /K [0 <</S/Note /K <</S/P /K 1>>>> 2]>>";
    let document = read(tagged(vec![page(&lines)], elements)).document;
    assert_eq!(listing(&document), "¶ 村東有磨坊①，沒有人來。\n^ ① 見村志。");
    let [link] = document.footnotes() else { panic!("{:?}", document.footnotes()) };
    assert_eq!(
        (link.mark.of(document.text()), document.block(link.note).unwrap().kind),
        (Some("①"), BlockKind::Footnote)
    );
}

#[test]
fn what_has_no_tag_or_is_none_of_the_text_loses_nothing() {
    let page = page(&[(50.0, 60.0, "後來的事。"), (50.0, 92.0, FULL), (50.0, 500.0, "書眉")])
        .line(Mapped, 10.0, 50.0, 76.0, "中間")
        .raw("/Artifact BMC")
        .line(Mapped, 10.0, 50.0, 560.0, "頁碼")
        .raw("EMC");
    let pdf = tagged(vec![page], "<</S/P /K 0>> <</S/P /K 1>> <</S/Artifact /K 2>>");
    let expected = ["¶ 後來的事。", "¶ 中間", &format!("¶ {FULL}"), "~ 書眉", "~ 頁碼"];
    assert_eq!(listing(&read(pdf).document), expected.join("\n"));
}

#[test]
fn an_element_may_say_other_words_than_it_shows() {
    let lines = [(50.0, 60.0, "何可"), (90.0, 60.0, "何"), (50.0, 76.0, "後來的事")];
    let said = "<</S/Span /ActualText <feff6cb36c343002> /K [0 1]>>";
    check(&lines, &format!("<</S/P /K {said}>> <</S/P /K 2>>"), &["¶ 河水。", "¶ 後來的事"]);
}

#[test]
fn lines_that_were_broken_on_purpose_stay_lines() {
    let lines = [(50.0, 60.0, "姓名："), (50.0, 76.0, FULL), (50.0, 92.0, "住處：")];
    check(&lines, "<</S/P /K [0 1 2]>>", &[&format!("¶ 姓名：\n{FULL}住處：")]);
}

#[test]
fn tags_that_cover_little_are_not_followed() {
    let lines = [(50.0, 60.0, FULL), (50.0, 76.0, "沒有人來。"), (50.0, 108.0, "起意")];
    let seen: [&str; 2] = [&format!("¶ {FULL}沒有人來。"), "¶ 起意"];
    check(&lines, "<</S/H1 /K 2>>", &seen);
    check(&lines, "", &seen);
    check(&lines, "<</S/P /K [0 1]>> <</S/H1 /K 2>>", &[seen[0], "# 起意"]);
}

#[test]
fn tags_that_call_every_line_a_paragraph_are_not_followed() {
    let lines: Vec<(f32, f32, &str)> =
        (0..6_u8).map(|row| (50.0, 60.0 + 16.0 * f32::from(row), FULL)).collect();
    let elements = [0, 1, 2, 3, 4, 5].map(|number| format!("<</S/P /K {number}>>")).concat();
    check(&lines, &elements, &[&format!("¶ {}", FULL.repeat(6))]);
}

#[test]
fn tags_can_be_switched_off() {
    let lines = [(50.0, 60.0, FULL), (50.0, 76.0, "沒有人來。"), (50.0, 108.0, "起意")];
    let pdf = || tagged(vec![page(&lines)], "<</S/P /K [0 1]>> <</S/H1 /K 2>>").bytes();
    let with = |kinds_off: Vec<RepairKind>| {
        let repairs = RepairChoices { kinds_off, ..RepairChoices::default() };
        let options = ReadOptions { repairs, ..ReadOptions::default() };
        crate::import::read("a.pdf", pdf(), &options).unwrap().document
    };
    let kinds = |document: &crate::document::Document| -> Vec<RepairKind> {
        document.repairs().iter().map(|repair| repair.kind).collect()
    };
    let (on, off) = (with(vec![]), with(vec![RepairKind::Tagged]));
    assert_eq!((kinds(&on), kinds(&off)), (vec![RepairKind::Tagged], vec![RepairKind::HardWrap]));
    assert_eq!(listing(&off), format!("¶ {FULL}沒有人來。\n¶ 起意"));
}

#[test]
fn odd_trees_of_tags_are_walked_once() {
    // Elements that are their own parts, that share parts, that are missing, and far too many of them.
    let with = |element: &str| {
        let mut pdf = tagged(vec![page(&[(50.0, 60.0, "村東有磨坊。")])], "60 0 R 99 0 R <</S/P /K 0>>");
        pdf.objects.insert(OWN, element.to_owned());
        listing(&read_within(20, pdf).document)
    };
    assert_eq!(with("<</S/Sect /K [60 0 R 60 0 R]>>"), "¶ 村東有磨坊。");
    assert_eq!(with(&format!("<</S/Sect /K [{}]>>", "61 0 R 7 ".repeat(9_000))), "¶ 村東有磨坊。");
    let deep = format!("{}<</S/P /K 9>>{}", "<</S/Sect /K ".repeat(60), ">>".repeat(60));
    assert_eq!(with(&deep), "¶ 村東有磨坊。");
}

#[test]
fn a_list_of_attributes_that_all_elements_share_is_read_in_time() {
    let element = "<</S/P /K [<</S/Span /A 90 0 R /K 0>>]>>";
    let mut pdf = tagged(vec![page(&[(50.0, 60.0, FULL)])], &element.repeat(20_000));
    pdf.objects.insert(90, format!("[{}]", "<</O/Layout>>".repeat(20_000)));
    assert!(read_within(40, pdf).document.text().contains(FULL));
}
