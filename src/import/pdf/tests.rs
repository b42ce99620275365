//! What is made of whole files.

use proptest::prelude::*;

use super::testing::{HEIGHT, OWN, TestFont, TestPage, TestPdf, WIDTH};
use crate::document::{AsideReason, BlockIndex, BlockKind, Document, RepairChoices, RepairKind};
use crate::import::testing::{check_links, linked};
use crate::import::{ImportError, Imported, News, ReadOptions, Unread, Warning};

use TestFont::{Big5, Collection, Gbk, Latin, Mapped, MappedBold, Typewriter, Unexplained, Utf16, Utf16Down};

pub(super) fn read(pdf: TestPdf) -> Imported {
    crate::import::read("a.pdf", pdf.bytes(), &ReadOptions::default()).unwrap()
}

/// A document as a list of its blocks, one to a line: what it is, then its reading.
pub(super) fn listing(document: &Document) -> String {
    let line = |index: usize| {
        let reading = document.reading(BlockIndex::new(index)).unwrap().text;
        let sign = match document.blocks()[index].kind {
            BlockKind::Title => "題".to_owned(),
            BlockKind::Heading { level } => "#".repeat(level.into()),
            BlockKind::Paragraph => "¶".to_owned(),
            BlockKind::ListItem { depth } => format!("-{depth}"),
            BlockKind::TableRow => "|".to_owned(),
            BlockKind::Footnote => "^".to_owned(),
            BlockKind::Preformatted => "`".to_owned(),
            BlockKind::Aside(AsideReason::PageFurniture) => "~".to_owned(),
            BlockKind::Aside(AsideReason::Hidden) => "~藏".to_owned(),
            other => other.name().to_owned(),
        };
        format!("{sign} {reading}")
    };
    (0..document.blocks().len()).map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn check(pdf: TestPdf, expected: &[&str]) -> Imported {
    let imported = read(pdf);
    assert_eq!(listing(&imported.document), expected.join("\n"));
    imported
}

/// A page of lines in [`Mapped`], each as (`x`, text), from `top` on.
pub(super) fn page_of(top: f32, lines: &[(f32, &str)]) -> TestPage {
    let mut page = TestPage::default();
    for (row, (x, text)) in (0_u8..).zip(lines) {
        page.show(Mapped, 10.0, *x, top + 16.0 * f32::from(row), text);
    }
    page
}

/// Twenty characters: a full line of the tests, 200 points wide.
pub(super) const FULL: &str = "村東有兩株老槐樹，樹下一間舊磨坊空了多年";

// ---- Fonts ----------------------------------------------------------------------------------------------

#[test]
fn every_kind_of_font_says_its_text() {
    let check = |font: TestFont, text: &str| {
        let page = TestPage::default().line(font, 12.0, 50.0, 300.0, text);
        assert_eq!(&**read(TestPdf::of(vec![page])).document.text(), text, "{font:?}");
    };
    check(Latin, "A long river by night");
    check(Typewriter, "cat /etc/motd");
    check(Mapped, "村裡的書，「河」與水");
    check(MappedBold, "村裡的書");
    check(Gbk, "乡村的图书室，常开着门。");
    check(Utf16, "乡村的图书室，常开着门。");
    check(Big5, "村裡的圖書室，常開著門。");
    check(Collection, "2025");
}

#[test]
fn widths_of_more_codes_than_any_font_has_are_not_set_out() {
    // Each in a few bytes: a stretch of all numbers, and the same stretch again and again.
    let with = |widths: &str| {
        let page = TestPage::default().line(Mapped, 12.0, 50.0, 300.0, "村裡的書");
        let mut pdf = TestPdf::of(vec![page]);
        let font = "/Type/Font /BaseFont/Sung";
        let below = format!("<<{font} /Subtype/CIDFontType2 /CIDSystemInfo <<>> {widths}>>");
        let whole = format!(
            "<<{font} /Subtype/Type0 /Encoding/Identity-H /ToUnicode 50 0 R /DescendantFonts [{below}]>>"
        );
        pdf.objects.insert(11, whole);
        read(pdf)
    };
    let begun = std::time::Instant::now();
    for widths in
        ["/W [95 4294967295 500]", "/W2 [0 66405503 1 2 3]", &format!("/W [{}]", "0 65535 9 ".repeat(900))]
    {
        let imported = with(widths);
        assert!(imported.document.text().is_empty(), "{widths}");
        let reason = "there is text in a font that cannot be read".to_owned();
        assert!(imported.warnings.contains(&Warning::Damaged { reason }), "{widths}");
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    // As much as a font has.
    assert_eq!(&**with("/DW 1000 /W [0 65535 1000] /W2 [7 [1 2 3]]").document.text(), "村裡的書");
}

#[test]
fn what_nothing_explains_is_no_text() {
    let page = TestPage::default().line(Unexplained, 12.0, 50.0, 300.0, "村裡的書");
    let imported = read(TestPdf::of(vec![page]));
    assert_eq!(imported.warnings, [Warning::PagesWithoutText { pages: 1, of: 1 }]);
    assert!(
        imported.document.blocks().iter().all(|block| block.kind == BlockKind::Aside(AsideReason::Hidden))
    );
}

#[test]
fn a_scanned_page_says_that_it_has_no_text() {
    let mut pdf = TestPdf::of(vec![TestPage::default().raw("q 400 0 0 600 0 0 cm /X Do Q")]);
    let picture = "<</Type/XObject /Subtype/Image /Width 1 /Height 1 /ColorSpace/DeviceGray /BitsPerComponent 8 \
                   /Length 1>>\nstream\n0\nendstream";
    pdf.objects.insert(OWN, picture.to_owned());
    let imported = read(pdf);
    assert_eq!(imported.warnings, [Warning::Empty, Warning::PagesWithoutText { pages: 1, of: 1 }]);
    // An empty page misses nothing.
    let imported = read(TestPdf::of(vec![TestPage::default()]));
    assert_eq!(imported.warnings, [Warning::Empty]);
}

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
    let start = std::time::Instant::now();
    let document = read(TestPdf::of(vec![TestPage::default().raw(&(content + "ET"))])).document;
    assert!(document.text().len() > 100_000 && start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

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

// ---- Pages ----------------------------------------------------------------------------------------------

/// Pages with a running head, a number at the foot, and these lines between.
fn book(pages: &[&[(f32, &str)]]) -> TestPdf {
    let page = |(index, lines): (usize, &&[(f32, &str)])| {
        page_of(90.0, lines).line(Mapped, 8.0, 50.0, 40.0, "河灣村圖書室記").line(
            Mapped,
            8.0,
            195.0,
            560.0,
            &(index + 1).to_string(),
        )
    };
    TestPdf::of(pages.iter().enumerate().map(page).collect())
}

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

// ---- Headings -------------------------------------------------------------------------------------------

fn chapters() -> TestPdf {
    let page = page_of(150.0, &[(50.0, FULL), (50.0, "沒有人來。")])
        .line(Mapped, 20.0, 120.0, 60.0, "河灣村圖書室記")
        .line(Mapped, 14.0, 50.0, 120.0, "第一章 起意")
        .line(Mapped, 14.0, 50.0, 220.0, "第二章 開門")
        .line(MappedBold, 10.0, 50.0, 250.0, "開門的時間")
        .line(Mapped, 10.0, 50.0, 270.0, FULL)
        .line(Mapped, 10.0, 50.0, 286.0, FULL)
        .line(Mapped, 10.0, 50.0, 302.0, "晚上關門。");
    TestPdf::of(vec![page])
}

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

// ---- What the file says of its text ---------------------------------------------------------------------

#[test]
fn what_the_file_marks_or_hides_is_set_aside() {
    let page = TestPage::default()
        .raw("/Artifact BMC")
        .line(Mapped, 10.0, 50.0, 300.0, "書眉")
        .raw("EMC /OC /P BDC")
        .line(Mapped, 10.0, 50.0, 330.0, "看不見")
        .raw("EMC /Span <</ActualText <feff6cb36c343002>>> BDC")
        .line(Mapped, 10.0, 50.0, 350.0, "何可")
        .raw("EMC")
        .line(Mapped, 10.0, 50.0, 400.0, "這是讀得到的文字。");
    let mut pdf = TestPdf::of(vec![page]);
    pdf.root = format!("/OCProperties <</OCGs [{OWN} 0 R] /D <</OFF [{OWN} 0 R]>>>>");
    pdf.objects.insert(OWN, "<</Type/OCG /Name (Layer)>>".to_owned());
    check(pdf, &["¶ 河水。", "¶ 這是讀得到的文字。", "~ 書眉", "~藏 看不見"]);
}

#[test]
fn what_depends_on_several_layers_is_hidden_as_they_say() {
    let page = |hides: &str| {
        let page = TestPage::default()
            .raw("/OC /P BDC")
            .line(Mapped, 10.0, 50.0, 330.0, "層")
            .raw("EMC")
            .line(Mapped, 10.0, 50.0, 400.0, "這是讀得到的文字。");
        let mut pdf = TestPdf::of(vec![page]);
        pdf.root = "/OCProperties <</OCGs [61 0 R 62 0 R] /D <</OFF [61 0 R]>>>>".to_owned();
        pdf.objects.insert(61, "<</Type/OCG /Name (Off)>>".to_owned());
        pdf.objects.insert(62, "<</Type/OCG /Name (On)>>".to_owned());
        pdf.objects.insert(OWN, format!("<</Type/OCMD {hides}>>"));
        listing(&read(pdf).document).contains("~藏 層")
    };
    assert!(page("/OCGs 61 0 R") && !page("/OCGs 62 0 R"));
    assert!(!page("/OCGs [61 0 R 62 0 R]") && page("/OCGs [61 0 R]"));
    assert!(page("/OCGs [61 0 R 62 0 R] /P /AllOn") && !page("/OCGs [61 0 R 62 0 R] /P /AnyOff"));
    assert!(page("/OCGs [61 0 R 62 0 R] /P /AllOff") && !page("/OCGs [61 0 R] /P /AllOff"));
    assert!(!page("/OCGs []"));
}

#[test]
fn title_and_author_come_from_the_file() {
    let mut pdf = TestPdf::of(vec![page_of(90.0, &[(50.0, FULL), (50.0, "沒有人來。")])]);
    pdf.trailer = "/Info 61 0 R".to_owned();
    let info = "<</Title <feff66f88a18> /Author (T. Wang) /CreationDate (D:20250321093000+08'00')>>";
    pdf.objects.insert(61, info.to_owned());
    let document = read(pdf).document;
    let value = |field: &Option<crate::document::Field>| field.clone().unwrap().value;
    let metadata = document.metadata();
    assert_eq!(
        [value(&metadata.title), value(&metadata.author), value(&metadata.date)],
        ["書記", "T. Wang", "2025-03-21"]
    );
}

#[test]
fn the_packet_speaks_where_the_dictionary_is_silent() {
    let mut pdf = TestPdf::of(vec![page_of(90.0, &[(50.0, FULL), (50.0, "沒有人來。")])]);
    pdf.trailer = "/Info 61 0 R".to_owned();
    pdf.root = "/Metadata 62 0 R".to_owned();
    pdf.objects.insert(61, "<</Title <feff66f88a18>>>".to_owned());
    let packet = "<x xmlns:d=\"http://purl.org/dc/elements/1.1/\"><d:title>別名</d:title><d:creator>田禾生</d:creator></x>";
    let length = packet.len();
    pdf.objects.insert(62, format!("<</Length {length}>> stream\n{packet}\nendstream"));
    let document = read(pdf).document;
    let value = |field: &Option<crate::document::Field>| field.clone().unwrap().value;
    let metadata = document.metadata();
    assert_eq!([value(&metadata.title), value(&metadata.author)], ["書記", "田禾生"]);
}

// ---- Files that do not want to be read ------------------------------------------------------------------

#[test]
fn an_encrypted_file_asks_for_its_password() {
    let mut pdf = book(&[&[(50.0, "甲。")]]);
    let key = "31".repeat(32);
    pdf.trailer =
        format!("/ID [<31><31>] /Encrypt <</Filter/Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4>>");
    let bytes = pdf.bytes();
    let with = |password: Option<&str>| {
        let options =
            ReadOptions { password: password.map(crate::import::Password::new), ..ReadOptions::default() };
        crate::import::read("a.pdf", bytes.clone(), &options).unwrap_err()
    };
    assert_eq!(with(None), ImportError::NeedsPassword);
    assert_eq!(with(Some("河")), ImportError::WrongPassword);
}

#[test]
fn odd_trees_of_pages_are_walked_once() {
    let with = |number: usize, object: &str| {
        let mut pdf = book(&[&[(50.0, "甲。")]]);
        pdf.objects.insert(number, object.to_owned());
        crate::import::read("a.pdf", pdf.bytes(), &ReadOptions::default())
    };
    // The tree is its own child; nothing says how large a page is; a form shows itself.
    assert!(with(2, "<</Type/Pages /Kids [2 0 R 100 0 R] /Count 9>>").is_ok());
    let bare = "<</Type/Page /Parent 2 0 R /Contents 101 0 R /Resources <</Font <</F1 11 0 R>>>>>>";
    assert!(with(100, bare).unwrap().document.text().contains('甲'));
    let form = "<</Type/XObject /Subtype/Form /BBox [0 0 9 9] /Resources <</XObject <</X 60 0 R>>>> /Length 5>>\n\
                stream\n/X Do\nendstream";
    assert!(with(OWN, form).is_ok());
    let mut pdf = TestPdf::of(vec![TestPage::default().raw("/X Do /X Do")]);
    pdf.objects.insert(OWN, form.to_owned());
    assert!(read(pdf).document.text().is_empty());
    let error = with(2, "<</Type/Nothing>>");
    assert!(error.is_ok() || matches!(error, Err(ImportError::Damaged(..))));
}

#[test]
fn far_places_and_wild_numbers_do_no_harm() {
    let wild = "BT /F1 1e30 Tf 1e30 0 0 1e30 -1e38 1e38 Tm <0000> Tj 0 Tf <0001> Tj ET q 0 0 0 0 0 0 cm BT /F1 9 Tf <0002> Tj ET";
    let page = TestPage::default().raw(wild).raw("Q Q Q Q EMC ET").line(Mapped, 10.0, 50.0, 300.0, "書。");
    let outside = page.line(Mapped, 10.0, WIDTH + 40.0, HEIGHT + 40.0, "外");
    check(TestPdf::of(vec![outside]), &["¶ 書。", "~藏 外"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn spoiled_files_give_a_document_or_an_error(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let mut bytes = chapters().bookmark("起意", 0).bytes();
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(imported) = crate::import::read("a.pdf", bytes, &ReadOptions::default()) {
            let document = imported.document;
            for index in 0..document.blocks().len() {
                prop_assert!(document.reading(BlockIndex::new(index)).is_some());
            }
        }
    }
}

#[test]
fn what_is_not_read_of_a_file_is_said() {
    let warnings = |pdf: TestPdf, cut: usize| {
        let bytes = pdf.bytes();
        let read = crate::import::read("a.pdf", bytes[..bytes.len() - cut].to_vec(), &ReadOptions::default());
        read.unwrap().warnings
    };
    let damaged = |reason: &str| Warning::Damaged { reason: reason.to_owned() };
    let page = || page_of(60.0, &[(50.0, FULL), (50.0, FULL)]);
    assert_eq!(warnings(TestPdf::of(vec![page()]), 0), []);
    assert_eq!(warnings(TestPdf::of(vec![page()]), 6), [damaged("its end is missing")]);
    let no_font = page().raw("BT /F99 10 Tf 1 0 0 1 50 300 Tm (a) Tj ET");
    assert_eq!(
        warnings(TestPdf::of(vec![no_font]), 0),
        [damaged("there is text in a font that cannot be read")]
    );
    let unknown = page().line(Unexplained, 10.0, 50.0, 300.0, "河水");
    assert_eq!(
        warnings(TestPdf::of(vec![unknown]), 0),
        [Warning::NotRead { what: Unread::Characters, places: 2 }]
    );
    let mut filled = TestPdf::of(vec![page()]);
    filled.root = format!("/AcroForm <</Fields [<</T (a) /Kids [{OWN} 0 R]>>]>>");
    filled.objects.insert(OWN, "<</V (b)>>".to_owned());
    assert_eq!(warnings(filled, 0), [Warning::NotRead { what: Unread::Fields, places: 1 }]);
}

#[test]
fn branches_that_meet_again_are_not_walked_for_ever() {
    let mut pdf = TestPdf::of(vec![page_of(60.0, &[(50.0, FULL)])]);
    pdf.root = format!("/PageLabels {OWN} 0 R");
    for number in OWN..OWN + 20 {
        let kid = format!("{} 0 R ", number + 1);
        pdf.objects.insert(number, format!("<</Kids [{}]>>", kid.repeat(4)));
    }
    pdf.objects.insert(OWN + 20, "<</Nums [0 <</S /r>>]>>".to_owned());
    assert_eq!(read(pdf).document.pages()[0].label, "i");
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
    let begun = std::time::Instant::now();
    let document = read(TestPdf::of(vec![page])).document;
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
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
    let start = std::time::Instant::now();
    let imported = read(TestPdf::of(vec![page]));
    assert!(imported.comments.len() == 20_000 && start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
