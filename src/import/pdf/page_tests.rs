//! Lines to paragraphs, pages and headings.

use super::testing::TestFont::{Latin, Mapped, Typewriter, Utf16Down};
use super::testing::{TestPage, TestPdf};
use super::tests::{FULL, book, chapters, check, listing, page_of, read, read_within};
use crate::document::{BlockKind, RepairChoices, RepairKind};
use crate::import::{News, ReadOptions};

// ---- Lines and paragraphs -------------------------------------------------------------------------------

#[test]
fn lines_are_joined_to_paragraphs() {
    let lines = [
        (70.0, "村東有兩株老槐樹，樹下一間舊磨坊空了"),
        (50.0, FULL),
        (50.0, "沒有人來。"),
        (70.0, "起意的是一位先生，他在鎮上教了三十年"),
        (50.0, "書，退休那年帶著六箱書回鄉。"),
    ];
    let expected = [
        "¶ 村東有兩株老槐樹，樹下一間舊磨坊空了村東有兩株老槐樹，樹下一間舊磨坊空了多年沒有人來。",
        "¶ 起意的是一位先生，他在鎮上教了三十年書，退休那年帶著六箱書回鄉。",
    ];
    let imported = check(TestPdf::of(vec![page_of(100.0, &lines)]), &expected);
    let repairs = imported.document.repairs();
    assert!(repairs.iter().all(|repair| repair.kind == RepairKind::HardWrap && !repair.spaced));
    assert_eq!(repairs.len(), 3);
}

#[test]
fn a_join_can_be_refused_and_leaves_the_text_as_it_is() {
    let bytes =
        TestPdf::of(vec![page_of(100.0, &[(50.0, FULL), (50.0, FULL), (50.0, "沒有人來。")])]).bytes();
    let joined = crate::import::read("a.pdf", bytes.clone(), &ReadOptions::default()).unwrap().document;
    let refused = vec![joined.repairs()[0].span];
    let repairs = RepairChoices { kinds_off: vec![], refused };
    let options = ReadOptions { repairs, ..ReadOptions::default() };
    let parted = crate::import::read("a.pdf", bytes, &options).unwrap().document;
    assert_eq!(joined.text(), parted.text());
    assert_eq!((joined.blocks().len(), parted.blocks().len()), (1, 2));
}

#[test]
fn latin_words_are_parted_by_spaces_and_hyphens_undone() {
    let mut page = TestPage::default();
    let lines = [
        "In the village stands an old mill that was empty for more than",
        "twenty years until a teacher asked whether it could be a libra-",
        "ry with nine shelves and two long tables for the whole village.",
    ];
    for (row, line) in (0_u8..).zip(lines) {
        page.show(Latin, 10.0, 50.0, 100.0 + 14.0 * f32::from(row), line);
    }
    check(
        TestPdf::of(vec![page]),
        &[
            "¶ In the village stands an old mill that was empty for more than twenty years until a teacher asked \
           whether it could be a library with nine shelves and two long tables for the whole village.",
        ],
    );
}

#[test]
fn marks_drawn_after_their_line_stand_where_they_belong() {
    let page = TestPage::default()
        .line(Mapped, 10.0, 50.0, 100.0, "村裡")
        .line(Mapped, 10.0, 80.0, 100.0, "的書")
        .line(Mapped, 10.0, 70.0, 100.0, "，")
        // Drawn twice to look bold.
        .line(Mapped, 10.0, 80.3, 100.0, "的書");
    check(TestPdf::of(vec![page]), &["¶ 村裡，的書"]);
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let mut page = TestPage::default().line(Mapped, 18.0, 120.0, 60.0, "河灣村圖書室記");
    for row in 0..6_u8 {
        let y = 100.0 + 16.0 * f32::from(row);
        page.show(Mapped, 10.0, 40.0, y, &format!("左{row}樹下一間舊磨坊空了多年人"));
        page.show(Mapped, 10.0, 220.0, y, &format!("右{row}書車每到一處至少停留一個"));
    }
    let text = read(TestPdf::of(vec![page])).document.text().replace('\n', "");
    let order: String = text.chars().filter(|found| "左右河".contains(*found)).collect();
    assert_eq!(order, "河左左左左左左右右右右右右", "{text}");
}

#[test]
fn a_row_of_very_many_pieces_is_read_in_time() {
    let mut content = String::from("BT /F1 1 Tf 1 0 0 1 0 300 Tm ");
    for _ in 0..100_000 {
        content.push_str("<94b3> Tj 3 0 Td ");
    }
    let page = TestPage::default().raw(&(content + "ET"));
    assert!(read_within(60, TestPdf::of(vec![page])).document.text().len() > 100_000);
}

#[test]
fn lines_against_the_right_edge_stand_by_themselves() {
    let check_lines = |lines: &[(f32, &str)], expected: &[&str]| {
        let page = page_of(100.0, &[&[(50.0, FULL), (50.0, FULL), (50.0, "沒有人來。")], lines].concat());
        let whole = format!("¶ {FULL}{FULL}沒有人來。");
        check(TestPdf::of(vec![page]), &[&[whole.as_str()], expected].concat());
    };
    check_lines(
        &[(190.0, "鄉公所（印）"), (150.0, "二〇二四年三月二十日")],
        &["byline 鄉公所（印）", "byline 二〇二四年三月二十日"],
    );
    check_lines(&[(180.0, "河灣村圖書室"), (180.0, "三月二十日前")], &["¶ 河灣村圖書室", "¶ 三月二十日前"]);
    // What begins at one place is a block.
    let block = [(150.0, "村東有兩株老槐樹，樹"), (150.0, "下一間舊磨坊空了多年"), (150.0, "沒有人來。")];
    check_lines(&block, &["¶ 村東有兩株老槐樹，樹下一間舊磨坊空了多年沒有人來。"]);
}

#[test]
fn columns_begin_with_the_short_line_that_ends_a_paragraph() {
    let mut page = TestPage::default();
    let left = ["上游。", "一、甲地；", "二、乙地；", "三、丙地。", FULL16, FULL16, FULL16, FULL16, "下游。"];
    for (row, text) in (0_u8..).zip(left) {
        page.show(Mapped, 10.0, 40.0, 100.0 + 16.0 * f32::from(row), text);
        page.show(
            Mapped,
            10.0,
            220.0,
            100.0 + 16.0 * f32::from(row),
            if row == 8 { "右岸。" } else { FULL16 },
        );
    }
    let text = read(TestPdf::of(vec![page])).document.text().replace('\n', "");
    assert!(text.starts_with("上游。一、甲地；二、乙地；三、丙地。村東"), "{text}");
    assert!(text.ends_with(&format!("下游。{}右岸。", FULL16.repeat(8))), "{text}");
}

/// A full line of a column.
const FULL16: &str = "村東有兩株老槐樹，樹下一間舊磨坊";

#[test]
fn listings_keep_their_lines_and_spaces() {
    let page = page_of(60.0, &[(50.0, FULL), (50.0, "沒有人。")])
        .line(Typewriter, 10.0, 60.0, 110.0, "if true; then")
        .line(Typewriter, 10.0, 72.0, 122.0, "echo")
        .line(Typewriter, 10.0, 60.0, 134.0, "fi");
    check(TestPdf::of(vec![page]), &[&format!("¶ {FULL}沒有人。"), "` if true; then\n  echo\nfi"]);
}

#[test]
fn vertical_writing_is_read_from_right_to_left() {
    let page = TestPage::default().line(Utf16Down, 12.0, 300.0, 100.0, "村东有老槐，").line(
        Utf16Down,
        12.0,
        280.0,
        100.0,
        "树下有磨坊。",
    );
    assert_eq!(&**read(TestPdf::of(vec![page])).document.text(), "村东有老槐，\n树下有磨坊。");
}

#[test]
fn a_turned_page_is_read_upright() {
    let page = TestPage::default()
        .entry("/Rotate 90")
        .raw("BT /F4 12 Tf 0 1 -1 0 100 100 Tm <6751> Tj ET")
        .raw("BT /F4 12 Tf 0 1 -1 0 120 100 Tm <4e1c> Tj ET");
    assert_eq!(&**read(TestPdf::of(vec![page])).document.text(), "村\n东");
}

#[test]
fn a_blank_before_a_paragraph_moves_no_repair() {
    // The font's table says a blank and a letter for one glyph, as some programs write it.
    let first: String = FULL.chars().skip(1).collect();
    let glyph = "/Span <</ActualText <feff00206cb3>>> BDC";
    let mut page = TestPage::default().raw(glyph).line(Mapped, 10.0, 50.0, 60.0, "河").raw("EMC");
    page.show(Mapped, 10.0, 60.0, 60.0, &first);
    let page = page.line(Mapped, 10.0, 50.0, 75.0, FULL).line(Mapped, 10.0, 50.0, 90.0, "沒有人。");
    check(TestPdf::of(vec![page]), &[&format!("¶ 河{first}{FULL}沒有人。")]);
}

// ---- Pages ----------------------------------------------------------------------------------------------

#[test]
fn running_heads_and_page_numbers_are_set_aside_and_paragraphs_go_on() {
    let pdf = book(&[
        &[(50.0, "一段。"), (70.0, "村東有兩株老槐樹，樹下一間舊磨坊空了"), (50.0, FULL)],
        &[(50.0, "今年有人來了。"), (70.0, "起意的是一位先生。")],
        &[(70.0, "他在鎮上教書。")],
    ]);
    let imported = check(
        pdf,
        &[
            "¶ 一段。",
            &format!("¶ 村東有兩株老槐樹，樹下一間舊磨坊空了{FULL}今年有人來了。"),
            "~ 河灣村圖書室記",
            "~ 1",
            "¶ 起意的是一位先生。",
            "~ 河灣村圖書室記",
            "~ 2",
            "¶ 他在鎮上教書。",
            "~ 河灣村圖書室記",
            "~ 3",
        ],
    );
    let document = &imported.document;
    assert_eq!(document.repairs().iter().filter(|repair| repair.kind == RepairKind::Column).count(), 1);
    let page_of = |words: &str| {
        let position = document.text().find(words).unwrap();
        document.page_at(u32::try_from(position).unwrap()).unwrap().label.clone()
    };
    assert_eq!([page_of("一段"), page_of("今年"), page_of("教書")], ["1", "2", "3"]);
}

#[test]
fn notes_that_are_alike_but_for_their_numbers_are_no_running_heads() {
    let page = |(text, note): (&str, &str)| {
        page_of(90.0, &[(50.0, text), (50.0, text)]).line(Mapped, 7.0, 50.0, 540.0, note)
    };
    let pages = [
        ("村東有兩株老槐樹，樹下一間舊磨坊", "1 見第4372號簿冊。"),
        ("今年有人來了，起意的是一位先生", "2 見第1824號簿冊。"),
        ("他在鎮上教書，家裏藏着許多舊書", "3 見第9017號簿冊。"),
    ];
    let document = read(TestPdf::of(pages.map(page).into())).document;
    let notes = document.blocks().iter().filter(|block| block.kind == BlockKind::Footnote);
    assert_eq!(notes.count(), 3, "{}", listing(&document));
}

#[test]
fn left_and_right_pages_of_a_short_file_have_running_heads_of_their_own() {
    let text = [(70.0, FULL), (50.0, FULL), (50.0, "沒有人來。"), (70.0, FULL), (50.0, "今年有人來了。")];
    let page = |(index, head): (usize, &&str)| {
        let number = (index + 1).to_string();
        page_of(90.0, &text).line(Mapped, 10.0, 50.0, 45.0, head).line(Mapped, 8.0, 195.0, 560.0, &number)
    };
    let heads = |heads: &[&str]| {
        let document = read(TestPdf::of(heads.iter().enumerate().map(page).collect())).document;
        let listing = listing(&document);
        heads.iter().filter(|head| listing.contains(&format!("~ {head}"))).count()
    };
    assert_eq!(heads(&["地方公報", "圖書室記"]), 2);
    assert_eq!(heads(&["地方公報", "圖書室記", "地方公報"]), 3);
    assert_eq!(heads(&["地方公報", "圖書室記", "地方公報", "圖書室記"]), 4);
    // These are text.
    assert_eq!(heads(&["第一章 起意", "第二章 開門"]), 0);
    assert_eq!(heads(&["沒有人來過。", "今年有人來。"]), 0);
    assert_eq!(heads(&["地方公報"]), 0);
}

#[test]
fn the_first_pages_of_a_long_file_are_told_early() {
    // What all pages share would be taken for furniture.
    let own = |page: u32| char::from_u32(0x5000 + page).unwrap();
    let line = |page: u32, line: char| format!("{}{line}樹下一間舊磨坊空了多年，誰也沒有想過", own(page));
    let texts: Vec<[String; 3]> = (0..60).map(|page| ['甲', '乙', '丙'].map(|row| line(page, row))).collect();
    let lines: Vec<[(f32, &str); 3]> =
        texts.iter().map(|[a, b, c]| [(70.0, a.as_str()), (50.0, b.as_str()), (50.0, c.as_str())]).collect();
    let pages: Vec<&[(f32, &str)]> = lines.iter().map(|lines| &lines[..]).collect();
    let bytes = book(&pages).bytes();
    let (mut beginnings, mut done) = (Vec::new(), 0);
    let whole =
        crate::import::read_telling("a.pdf", bytes, &ReadOptions::default(), &mut |news| match news {
            News::Beginning(imported) => beginnings.push(imported.document),
            News::Progress { done: pages, of } => {
                assert_eq!(of, 60);
                done = pages;
            }
        });
    let [beginning] = beginnings.as_slice() else { panic!("{} beginnings", beginnings.len()) };
    assert_eq!(done, 60);
    assert!(beginning.text().contains(own(6)) && !beginning.text().contains(own(8)));
    assert!(whole.unwrap().document.text().starts_with(&**beginning.text()));
}

#[test]
fn pages_have_the_labels_that_the_file_gives_them() {
    let mut pdf = book(&[&[(50.0, "甲。")], &[(50.0, "乙。")], &[(50.0, "丙。")]]);
    pdf.root = "/PageLabels <</Nums [0 <</S/r>> 2 <</S/D /St 7 /P (A-)>>]>>".to_owned();
    let imported = read(pdf);
    let labels: Vec<&str> = imported.document.pages().iter().map(|page| page.label.as_str()).collect();
    assert_eq!(labels, ["i", "ii", "A-7"]);
}

#[test]
fn notes_at_the_foot_are_tied_to_their_marks() {
    let page = page_of(90.0, &[(50.0, FULL), (50.0, "沒有人來")])
        .line(Mapped, 6.0, 90.0, 102.0, "1")
        .line(Mapped, 10.0, 93.0, 106.0, "。")
        .line(Mapped, 10.0, 50.0, 420.0, "後來的事。")
        .line(Mapped, 5.0, 50.0, 517.0, "1")
        .line(Mapped, 8.0, 53.0, 520.0, "見村志。");
    let imported =
        check(TestPdf::of(vec![page]), &[&format!("¶ {FULL}沒有人來1。"), "¶ 後來的事。", "^ 1 見村志。"]);
    let document = &imported.document;
    let [link] = document.footnotes() else { panic!("{:?}", document.footnotes()) };
    assert_eq!(link.mark.of(document.text()), Some("1"));
    assert_eq!(document.block(link.note).unwrap().kind, BlockKind::Footnote);
}

#[test]
fn notes_as_large_as_the_text_are_known_by_their_raised_marks() {
    let page = |second: &str| {
        page_of(90.0, &[(50.0, FULL), (50.0, "沒有人來")])
            .line(Mapped, 6.0, 90.0, 102.0, "1")
            .line(Mapped, 10.0, 93.0, 106.0, "，水渠")
            .line(Mapped, 6.0, 123.0, 102.0, "2")
            .line(Mapped, 10.0, 126.0, 106.0, "。")
            .line(Mapped, 10.0, 50.0, 300.0, FULL)
            .line(Mapped, 10.0, 50.0, 316.0, FULL)
            .line(Mapped, 6.0, 50.0, 496.0, "1")
            .line(Mapped, 10.0, 53.0, 500.0, "見村志，樹下一間舊磨坊空了多年樹下一")
            .line(Mapped, 10.0, 50.0, 514.0, "間。")
            .line(Mapped, 6.0, 50.0, 524.0, second)
            .line(Mapped, 10.0, 53.0, 528.0, "見鎮志。")
    };
    let next = page_of(60.0, &[(50.0, "今年有人來了。")]);
    let imported = check(
        TestPdf::of(vec![page("2"), next]),
        &[
            &format!("¶ {FULL}沒有人來1，水渠2。"),
            &format!("¶ {FULL}{FULL}今年有人來了。"),
            "^ 1 見村志，樹下一間舊磨坊空了多年樹下一間。",
            "^ 2 見鎮志。",
        ],
    );
    assert_eq!(imported.document.footnotes().len(), 2);
    // What does not reach down to the foot is none.
    let boxed = page("2").line(Mapped, 14.0, 50.0, 560.0, "後來的事");
    assert!(read(TestPdf::of(vec![boxed])).document.footnotes().is_empty());
    // Numbers of verses are no marks: nothing in the text answers them.
    let document = read(TestPdf::of(vec![page("7")])).document;
    assert!(document.footnotes().is_empty(), "{}", listing(&document));
}

// ---- Headings -------------------------------------------------------------------------------------------

#[test]
fn larger_and_heavier_lines_are_headings() {
    let text = format!("¶ {FULL}沒有人來。");
    let end = format!("¶ {FULL}{FULL}晚上關門。");
    check(chapters(), &["題 河灣村圖書室記", "# 第一章 起意", &text, "# 第二章 開門", "## 開門的時間", &end]);
}

#[test]
fn bookmarks_name_the_headings() {
    let pdf = chapters().bookmark("起意", 0).bookmark("第二章　開門", 0);
    let document = read(pdf).document;
    let outline: Vec<String> = document
        .outline()
        .entries()
        .iter()
        .map(|entry| document.reading(entry.block).unwrap().text.into_owned())
        .collect();
    assert!(
        outline.contains(&"第一章 起意".to_owned()) && outline.contains(&"第二章 開門".to_owned()),
        "{outline:?}"
    );
}

#[test]
fn bullets_are_items() {
    let page =
        page_of(90.0, &[(50.0, FULL), (50.0, "帶來："), (60.0, "• 書"), (80.0, "• 新書"), (60.0, "• 報")]);
    check(TestPdf::of(vec![page]), &[&format!("¶ {FULL}帶來："), "-0 • 書", "-1 • 新書", "-0 • 報"]);
}
