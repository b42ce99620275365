//! Readings above letters and beside them.

use super::testing::TestFont::{Latin, Mapped, Utf16Down};
use super::testing::{TestPage, TestPdf};
use super::tests::{FULL, check, listing, page_of, read};

/// A page whose first line is [`FULL`], with these readings at their places.
fn read_above(readings: &[(f32, f32, f32, &str)]) -> TestPage {
    let mut page = page_of(100.0, &[(50.0, FULL), (50.0, "沒有人來。")]);
    for (size, x, y, text) in readings {
        page.show(Mapped, *size, *x, *y, text);
    }
    page
}

#[test]
fn pinyin_stands_with_the_characters_below_it() {
    // Two words, each over its character, and one over two.
    let readings = [(5.0, 47.5, 91.0, "cūn"), (5.0, 61.25, 91.0, "dōng"), (5.0, 77.5, 91.0, "liǎngzhū")];
    let imported = check(
        TestPdf::of(vec![read_above(&readings)]),
        &[&format!("¶ {FULL}沒有人來。"), "^ 村　cūn", "^ 東　dōng", "^ 兩株　liǎngzhū"],
    );
    let document = &imported.document;
    let words: Vec<_> =
        document.footnotes().iter().map(|link| link.mark.of(document.text()).unwrap()).collect();
    assert_eq!(words, ["村", "東", "兩株"]);
}

#[test]
fn zhuyin_stands_with_its_character_above_and_behind() {
    let above = [(4.0, 51.0, 91.0, "ㄘㄨ"), (4.0, 61.0, 91.0, "ㄉㄨ")];
    let expected = [&format!("¶ {FULL}沒有人來。"), "^ 村　ㄘㄨ", "^ 東　ㄉㄨ"];
    check(TestPdf::of(vec![read_above(&above)]), &expected);
    // Behind each character, one letter below the other, the tone behind them.
    let mut page = page_of(140.0, &[(50.0, FULL), (50.0, "沒有人來。")]);
    for (place, character) in (0_u8..).zip("村東有兩株老槐樹".chars()) {
        let x = 50.0 + 15.0 * f32::from(place);
        page.show(Mapped, 10.0, x, 100.0, &character.to_string());
        page.show(Mapped, 3.5, x + 10.0, 94.0, "ㄘ");
        page.show(Mapped, 3.5, x + 10.0, 98.0, "ㄨ");
        page.show(Mapped, 3.5, x + 13.0, 96.0, "ˋ");
    }
    let text = listing(&read(TestPdf::of(vec![page])).document);
    assert!(text.contains(" 村東有兩株老槐樹\n^ 村　ㄘㄨˋ\n^ 東　ㄘㄨˋ"), "{text}");
}

#[test]
fn readings_stand_beside_vertical_lines() {
    let page = TestPage::default()
        .line(Utf16Down, 12.0, 300.0, 100.0, "村东有老槐，")
        .line(Utf16Down, 5.0, 308.5, 101.0, "ㄘㄨ")
        .line(Utf16Down, 12.0, 280.0, 100.0, "树下有磨坊。");
    let text = listing(&read(TestPdf::of(vec![page])).document);
    assert_eq!(text, "¶ 村东有老槐，树下有磨坊。\n^ 村　ㄘㄨ");
}

#[test]
fn a_small_line_above_a_large_one_is_no_reading() {
    let check = |small: &str, x: f32| {
        let page = page_of(160.0, &[(50.0, FULL), (50.0, "沒有人來。")])
            .line(Latin, 9.0, x, 84.0, small)
            .line(Mapped, 18.0, 120.0, 100.0, "年度報告");
        let document = read(TestPdf::of(vec![page])).document;
        assert!(document.text().contains(small) && document.footnotes().is_empty(), "{}", listing(&document));
    };
    check("ANNUAL REPORT", 120.0);
    check("News", 128.0);
    // Words that could be pinyin, but stand over no character.
    check("shi", 200.0);
}
