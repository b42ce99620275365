//! Fields of forms.

use super::testing::TestFont::{Latin, Mapped};
use super::testing::{HEIGHT, OWN, TestPage, TestPdf};
use super::tests::{FULL, listing, page_of, read, read_within};
use crate::import::{Unread, Warning};

/// A field from (`x`, `y`), as [`TestPage::line`] counts, 14 points high.
fn field(x: f32, y: f32, width: f32, entries: &str) -> String {
    let (bottom, top, right) = (HEIGHT - y - 4.0, HEIGHT - y + 10.0, x + width);
    format!("<</Type/Annot /Subtype/Widget /Rect [{x} {bottom} {right} {top}] {entries}>>")
}

/// A look for fields: these operators in a box of 100 by 14.
fn look(operators: &str) -> String {
    let resources = "/Resources <</Font <</F0 10 0 R>>>>";
    let length = operators.len();
    format!(
        "<</Type/XObject /Subtype/Form /BBox [0 0 100 14] {resources} /Length {length}>>\nstream\n{operators}\nendstream"
    )
}

/// A page that begins with 請填。, with a label at the height 60 and these fields, in a file whose form has these entries.
fn form(fields: &[String], entries: &str) -> TestPdf {
    let page = TestPage::default()
        .line(Mapped, 10.0, 50.0, 30.0, "請填。")
        .line(Mapped, 10.0, 50.0, 60.0, "姓名：")
        .line(Mapped, 10.0, 50.0, 160.0, "以上各項。")
        .entry(&format!("/Annots [{}]", fields.concat()));
    let mut pdf = TestPdf::of(vec![page]);
    pdf.root = format!("/AcroForm <</DA (/F0 10 Tf) {entries}>>");
    pdf.objects.insert(OWN, look("/Tx BMC BT /F0 10 Tf 2 4 Td (Lin) Tj ET EMC"));
    // A drawing without letters.
    pdf.objects.insert(OWN + 1, look("0 0 m 9 9 l S"));
    pdf
}

fn check(fields: &[String], entries: &str, expected: &[&str]) {
    check_file(form(fields, entries), expected);
}

/// The same of a file, behind what it begins with.
fn check_file(pdf: TestPdf, expected: &[&str]) {
    assert_eq!(listing(&read(pdf).document), format!("¶ 請填。\n{}", expected.join("\n")));
}

const APPEARANCE: &str = "/AP <</N 60 0 R>>";

#[test]
fn what_was_filled_in_is_read_where_it_stands() {
    let name = |entries: &str| [field(82.0, 60.0, 100.0, &format!("/FT/Tx {entries}"))];
    check(&name(&format!("/V (Lin) {APPEARANCE}")), "", &["¶ 姓名：Lin", "¶ 以上各項。"]);
    // Without a look, and where the looks are to be drawn anew.
    check(&name("/V <feff6c34>"), "", &["¶ 姓名：水", "¶ 以上各項。"]);
    check(
        &name(&format!("/V <feff6c34> {APPEARANCE}")),
        "/NeedAppearances true",
        &["¶ 姓名：水", "¶ 以上各項。"],
    );
    // What is not filled in, what is only typed unseen.
    check(&name(""), "", &["¶ 姓名：", "¶ 以上各項。"]);
    check(&name("/Ff 8192 /V (secret)"), "", &["¶ 姓名：", "¶ 以上各項。"]);
}

#[test]
fn the_look_of_a_field_fills_its_place() {
    // Half as wide as its look: the words end where the label goes on.
    let narrow = field(80.0, 60.0, 50.0, &format!("/FT/Tx {APPEARANCE}"));
    let page = TestPage::default()
        .line(Latin, 10.0, 60.0, 60.0, "Name")
        .line(Mapped, 10.0, 94.0, 60.0, "先生")
        .entry(&format!("/Annots [{narrow}]"));
    let mut pdf = TestPdf::of(vec![page]);
    pdf.objects.insert(OWN, look("BT /F0 10 Tf 14 4 Td (Lin) Tj ET"));
    assert_eq!(listing(&read(pdf).document), "¶ NameLin先生");
}

#[test]
fn choices_say_their_words_and_share_what_stands_above_them() {
    let chosen = field(82.0, 60.0, 100.0, &format!("/Parent {} 0 R", OWN + 5));
    let mut pdf = form(&[chosen], "");
    let above = "<</FT/Ch /V (w) /Opt [[(r) (River)] [(w) (Water)]]>>";
    pdf.objects.insert(OWN + 5, above.to_owned());
    check_file(pdf, &["¶ 姓名：Water", "¶ 以上各項。"]);
}

#[test]
fn several_lines_stand_below_each_other() {
    let lines = field(50.0, 100.0, 100.0, "/FT/Tx /Ff 4096 /V (Lin.\\rHe came back.)");
    check(&[lines], "", &["¶ 姓名：", "¶ Lin.", "¶ He came back.", "¶ 以上各項。"]);
}

#[test]
fn boxes_that_are_checked_have_a_mark() {
    let states = "/AP <</N <</Yes 61 0 R /Off 61 0 R>>>>";
    let mark = |state: &str| [field(82.0, 60.0, 14.0, &format!("/FT/Btn /AS/{state} {states}"))];
    check(&mark("Yes"), "", &["¶ 姓名：✔", "¶ 以上各項。"]);
    check(&mark("Off"), "", &["¶ 姓名：", "¶ 以上各項。"]);
    // Its look says it in letters of its own.
    let lettered = field(82.0, 60.0, 100.0, "/FT/Btn /AS/Yes /AP <</N <</Yes 60 0 R>>>>");
    check(&[lettered], "", &["¶ 姓名：Lin", "¶ 以上各項。"]);
}

#[test]
fn what_is_pressed_is_set_aside() {
    let push = field(50.0, 100.0, 100.0, &format!("/FT/Btn /Ff 65536 {APPEARANCE}"));
    check(&[push], "", &["¶ 姓名：", "¶ 以上各項。", "~ Lin"]);
}

#[test]
fn fields_that_no_page_shows_are_told() {
    let warnings = |flags: &str| {
        let hidden = field(82.0, 60.0, 100.0, &format!("{flags} /FT/Tx /V (b) /T (a)"));
        let mut pdf = form(&["62 0 R".to_owned()], "/Fields [62 0 R]");
        pdf.objects.insert(OWN + 2, hidden);
        read(pdf).warnings
    };
    assert_eq!(warnings(""), []);
    let unread = [Warning::NotRead { what: Unread::Fields, places: 1 }];
    // Hidden, and not viewed.
    assert_eq!(warnings("/F 2"), unread);
    assert_eq!(warnings("/F 32"), unread);
}

#[test]
fn a_list_of_choices_that_all_fields_share_is_read_in_time() {
    let mut fields = vec![field(82.0, 60.0, 100.0, "/Parent 90 0 R")];
    // Beside the page.
    fields.resize(10_000, field(2000.0, 60.0, 100.0, "/Parent 90 0 R"));
    let mut pdf = form(&fields, "");
    let choices = "[(xxxxxxxxxx) (yyyyyyyyyy)]".repeat(2_000);
    pdf.objects.insert(90, format!("<</FT/Ch /V (a) /Opt [[(a) (Lin)] {choices}]>>"));
    assert!(read_within(40, pdf).document.text().contains("姓名：Lin"));
}

#[test]
fn very_many_fields_below_one_are_read_in_time() {
    // Beside the page, so that it does not have their words.
    let fields = field(2000.0, 60.0, 100.0, "/Parent 90 0 R").repeat(15_000);
    let page = || page_of(60.0, &[(50.0, FULL)]).entry(&format!("/Annots [{fields}]"));
    let mut pdf = TestPdf::of(vec![page(), page()]);
    pdf.root = "/AcroForm <</Fields [90 0 R]>>".to_owned();
    pdf.objects.insert(90, format!("<</FT/Tx /V (Lin) /Kids [{}]>>", "91 0 R ".repeat(30_000)));
    pdf.objects.insert(91, "<</Parent 90 0 R>>".to_owned());
    let imported = read_within(30, pdf);
    assert!(
        imported.document.text().contains(FULL) && imported.warnings.is_empty(),
        "{:?}",
        imported.warnings
    );
}
