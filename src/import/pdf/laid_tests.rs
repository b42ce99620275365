//! What lies over the pages: links, and remarks of readers.

use super::testing::TestFont::Mapped;
use super::testing::{HEIGHT, TestPage, TestPdf, WIDTH};
use super::tests::{FULL, page_of, read, read_within};
use crate::import::testing::{check_links, linked};
use crate::import::{Imported, Unread, Warning};

/// A link of a page over so many characters of 10 points from (`x`, `y`), as [`TestPage::line`] counts.
fn link(x: f32, y: f32, characters: u8, more: &str) -> String {
    let (top, bottom, right) = (HEIGHT - y + 9.0, HEIGHT - y - 3.0, x + 10.0 * f32::from(characters));
    format!("<</Type/Annot /Subtype/Link /Rect [{x} {bottom} {right} {top}] {more}>>")
}

fn to(address: &str) -> String {
    format!("/A <</S/URI /URI ({address})>>")
}

#[test]
fn links_lie_over_their_words() {
    let annotations = [
        // What is not in the file hides nothing behind it.
        "99 0 R ".to_owned(),
        link(70.0, 60.0, 2, &to("https://a.example/b")),
        link(110.0, 60.0, 2, &to("mailto:lin@a.example")),
        link(150.0, 60.0, 1, &to("javascript:x")),
        link(160.0, 60.0, 1, "/A <</S/Launch /F (a.exe)>>"),
        link(170.0, 60.0, 1, &format!("/F 2 {}", to("https://hidden.example"))),
        link(300.0, 300.0, 9, &to("https://nothing.example")),
    ];
    let page = TestPage::default()
        .line(Mapped, 10.0, 50.0, 60.0, "先見河訊，後來信，甲乙丙丁。")
        .entry(&format!("/Annots [{}]", annotations.concat()));
    let imported = read(TestPdf::of(vec![page]));
    check_links(&imported.document, &[("河訊", "https://a.example/b"), ("來信", "mailto:lin@a.example")]);
    assert_eq!(imported.warnings, [Warning::NotRead { what: Unread::Links, places: 2 }]);
}

#[test]
fn a_link_over_two_lines_is_one_link_and_lies_over_no_other_words() {
    let first = "一條河慢慢地流過村子，兩岸的人都認得它，見河訊";
    let (one, two) = (HEIGHT - 60.0, HEIGHT - 75.0);
    // The last two characters of the first line, the first two of the second.
    let (left, right) = (50.0 + 210.0, 50.0 + 230.0);
    let quads = format!(
        "/QuadPoints [{left} {} {right} {} {left} {} {right} {} 50 {} 70 {} 50 {} 70 {}]",
        one + 9.0,
        one + 9.0,
        one - 3.0,
        one - 3.0,
        two + 9.0,
        two + 9.0,
        two - 3.0,
        two - 3.0
    );
    let whole = format!(
        "<</Subtype/Link /Rect [50 {} {right} {}] {quads} {}>>",
        two - 3.0,
        one + 9.0,
        to("https://a.example")
    );
    let page = TestPage::default()
        .line(Mapped, 10.0, 50.0, 60.0, first)
        .line(Mapped, 10.0, 50.0, 75.0, "網所載之文，其餘各節均可參看村中書屋所藏的舊書")
        .line(Mapped, 10.0, 50.0, 90.0, "目。")
        .entry(&format!("/Annots [{whole}]"));
    let document = read(TestPdf::of(vec![page])).document;
    check_links(&document, &[("河訊\n網所", "https://a.example/")]);
}

#[test]
fn links_lead_to_pages_and_to_heights_on_them() {
    let annotations = [
        link(50.0, 60.0, 2, "/Dest [102 0 R /Fit]"),
        link(80.0, 60.0, 2, &format!("/A <</S/GoTo /D [102 0 R /XYZ 0 {} 0]>>", HEIGHT - 150.0)),
        link(110.0, 60.0, 2, "/Dest [999 0 R /Fit]"),
    ];
    let first = TestPage::default()
        .line(Mapped, 10.0, 50.0, 60.0, "次頁，下節，無處。")
        .entry(&format!("/Annots [{}]", annotations.concat()));
    let second = TestPage::default().line(Mapped, 10.0, 50.0, 60.0, "次頁在此。").line(
        Mapped,
        10.0,
        50.0,
        160.0,
        "下節在此。",
    );
    let document = read(TestPdf::of(vec![first, second])).document;
    check_links(&document, &[("次頁", "→次頁在此"), ("下節", "→下節在此")]);
}

#[test]
fn links_that_lie_over_each_other_cost_little() {
    let over_all = format!("<</Subtype/Link /Rect [0 0 {WIDTH} {HEIGHT}] {}>>", to("https://a.example"));
    let first = link(50.0, 60.0, 1, &to("https://first.example"));
    let page = page_of(60.0, &[(50.0, FULL), (50.0, FULL)]);
    let page = page.entry(&format!("/Annots [{first}{}]", over_all.repeat(5_000)));
    let document = read_within(20, TestPdf::of(vec![page])).document;
    let links = linked(&document);
    assert_eq!((links.len(), links[0].1.as_str()), (2, "https://first.example/"));
}

// ---- Remarks of readers ---------------------------------------------------------------------------------

/// A mark over so many characters from (`x`, `y`) on.
fn marked(kind: &str, x: f32, y: f32, characters: u8, more: &str) -> String {
    let (top, bottom, right) = (HEIGHT - y + 9.0, HEIGHT - y - 3.0, x + 10.0 * f32::from(characters));
    let quads = format!("/QuadPoints [{x} {top} {right} {top} {x} {bottom} {right} {bottom}]");
    format!("<</Type/Annot /Subtype/{kind} /Rect [{x} {bottom} {right} {top}] {quads} {more}>>")
}

/// The remarks of a file: the words that each is about, and what it says.
fn remarks(imported: &Imported) -> Vec<(&str, &str)> {
    let words = |span: crate::text::Span| span.of(imported.document.text()).unwrap();
    imported.comments.iter().map(|comment| (words(comment.span), comment.text.as_str())).collect()
}

#[test]
fn remarks_of_readers_stand_on_their_words() {
    let said = "/Contents <feff597d> /T (Lin) /M (D:20250321093000+08'00')";
    let annotations = [
        marked("Highlight", 70.0, 60.0, 2, said),
        // Over the first one and more, and what copies its words.
        marked("Underline", 80.0, 60.0, 3, ""),
        marked("Highlight", 110.0, 60.0, 2, "/Contents <feff4f864fe1>"),
        marked("Highlight", 50.0, 60.0, 1, "/F 2 /Contents (hidden)"),
        marked("Text", 300.0, 62.0, 1, "/Contents (beside)"),
        marked("Text", 300.0, 62.0, 1, ""),
        marked("Popup", 60.0, 60.0, 2, "/Contents (no)"),
    ];
    let page = TestPage::default()
        .line(Mapped, 10.0, 50.0, 60.0, "先見河訊，後來信，甲乙丙丁。")
        .line(Mapped, 10.0, 50.0, 100.0, "他日再說。")
        .entry(&format!("/Annots [{}]", annotations.concat()));
    let imported = read(TestPdf::of(vec![page, TestPage::default()]));
    assert_eq!(remarks(&imported), [("河訊", "好"), ("訊，後", ""), ("來信", ""), ("", "beside")]);
    let (first, beside) = (&imported.comments[0], &imported.comments[3]);
    assert_eq!(first.author.as_deref(), Some("Lin"));
    assert_eq!(first.date.as_deref(), Some("2025-03-21T09:30:00+08:00"));
    let after = imported.document.text().get(beside.span.start() as usize..).unwrap();
    assert!(after.starts_with('。'));
}

#[test]
fn a_remark_on_a_page_without_text_stands_where_the_page_begins() {
    let empty = TestPage::default()
        .entry(&format!("/Annots [{}]", marked("Text", 50.0, 60.0, 1, "/Contents (here)")));
    let text = |words: &str| TestPage::default().line(Mapped, 10.0, 50.0, 60.0, words);
    let imported = read(TestPdf::of(vec![text("先見河訊。"), empty, text("後來信。")]));
    assert_eq!(remarks(&imported), [("", "here")]);
    let start = imported.comments[0].span.start();
    assert_eq!(imported.document.page_at(start).unwrap().label, "3");
}

#[test]
fn very_many_remarks_over_one_word_are_read_in_time() {
    let one = marked("Highlight", 50.0, 60.0, 20, "");
    let page = TestPage::default().line(Mapped, 10.0, 50.0, 60.0, FULL);
    let page = page.entry(&format!("/Annots [{}]", one.repeat(20_000)));
    assert_eq!(read_within(60, TestPdf::of(vec![page])).comments.len(), 20_000);
}
