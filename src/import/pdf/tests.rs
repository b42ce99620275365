//! What is made of whole files: how they are tested, their fonts, and what they say of their text.

use super::testing::{OWN, TestFont, TestPage, TestPdf};
use crate::document::{AsideReason, BlockIndex, BlockKind, Document};
use crate::import::{Imported, ReadOptions, Unread, Warning};

use TestFont::{Big5, Collection, Gbk, Latin, Mapped, MappedBold, Typewriter, Unexplained, Utf16};

pub(super) fn read(pdf: TestPdf) -> Imported {
    crate::import::read("a.pdf", pdf.bytes(), &ReadOptions::default()).unwrap()
}

/// The same, which may take so many seconds: what is bounded takes a hundredth of that.
pub(super) fn read_within(seconds: u64, pdf: TestPdf) -> Imported {
    in_time(seconds, || read(pdf))
}

/// Does something that may take so many seconds.
pub(super) fn in_time<Done>(seconds: u64, work: impl FnOnce() -> Done) -> Done {
    let begun = std::time::Instant::now();
    let done = work();
    assert!(begun.elapsed().as_secs() < seconds, "{:?}", begun.elapsed());
    done
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

/// Pages with a running head, a number at the foot, and these lines between.
pub(super) fn book(pages: &[&[(f32, &str)]]) -> TestPdf {
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

/// A page with a title, two chapters and a section.
pub(super) fn chapters() -> TestPdf {
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
fn a_font_that_is_named_before_every_word_is_read_once() {
    let words = "/F0 1 Tf (a) Tj ".repeat(20_000);
    let mut pdf = TestPdf::of(vec![TestPage::default().raw(&format!("BT 1 0 0 1 0 300 Tm {words} ET"))]);
    let long = "0 ".repeat(500_000);
    pdf.objects.insert(10, format!("<</Type/Font /Subtype/Type1 /BaseFont/Helvetica /X [{long}]>>"));
    assert!(read_within(30, pdf).document.text().len() >= 20_000);
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
        [value(&metadata.title), value(&metadata.author), value(&metadata.created)],
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
