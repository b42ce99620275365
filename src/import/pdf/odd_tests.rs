//! Files that do not want to be read.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::testing::TestFont::Mapped;
use super::testing::{HEIGHT, OWN, TestPage, TestPdf, WIDTH};
use super::tests::{FULL, book, chapters, check, page_of, read, read_within};
use crate::document::BlockIndex;
use crate::import::{ImportError, ReadOptions, Warning};

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
        read_within(20, pdf)
    };
    for widths in
        ["/W [95 4294967295 500]", "/W2 [0 66405503 1 2 3]", &format!("/W [{}]", "0 65535 9 ".repeat(900))]
    {
        let imported = with(widths);
        assert!(imported.document.text().is_empty(), "{widths}");
        let reason = "there is text in a font that cannot be read".to_owned();
        assert!(imported.warnings.contains(&Warning::Damaged { reason }), "{widths}");
    }
    // As much as a font has.
    assert_eq!(&**with("/DW 1000 /W [0 65535 1000] /W2 [7 [1 2 3]]").document.text(), "村裡的書");
}

#[test]
fn very_many_fonts_of_one_collection_are_read_in_time() {
    // The texts of the collection are thirty thousand: once for all fonts, not for each.
    const FONTS: usize = 2_000;
    let (mut page, mut objects, mut fonts) = (TestPage::default(), BTreeMap::new(), Vec::new());
    let font = "/Type/Font /BaseFont/SimSun /CIDSystemInfo <</Registry(Adobe) /Ordering(GB1) /Supplement 0>>";
    for index in 0..FONTS {
        let (number, x, y) = (200 + index, 10 + index % 50 * 7, 20 + index / 50 * 14);
        page = page.raw(&format!("BT /G{index} 7 Tf 1 0 0 1 {x} {y} Tm <0022> Tj ET"));
        fonts.push(format!("/G{index} {number} 0 R "));
        let below = format!("<<{font} /Subtype/CIDFontType2>>");
        let whole = format!("<<{font} /Subtype/Type0 /Encoding/Identity-H /DescendantFonts [{below}]>>");
        objects.insert(number, whole);
    }
    let resources = format!("<</Font <<{}>>>>", fonts.concat());
    let size = format!("/MediaBox [0 0 {WIDTH} {HEIGHT}]");
    let whole = format!("<</Type/Page /Parent 2 0 R {size} /Contents 101 0 R /Resources {resources}>>");
    objects.insert(100, whole);
    let mut pdf = TestPdf::of(vec![page]);
    pdf.objects = objects;
    assert_eq!(read_within(5, pdf).document.text().matches('A').count(), FONTS);
}
