//! PDFs whose objects go in circles, lie deep in each other, are huge, or refer to what they may not reach.

use super::super::documents::paged::{CONTENT, Objects, PAGE, file, sample, stream};
use super::super::outcome::Outcome::{self, Damaged, Read, TooMuch};
use super::{Shelf, references};

/// What is wrong, what may come of it, and how the sound file is spoilt.
type Fault = (&'static str, &'static [Outcome], fn(&mut Objects));

/// A number of objects that a fault adds.
const OWN: usize = 200;

const CIRCLES: [Fault; 14] = [
    ("circles", &[Damaged, Read], |it| put(it, 2, "<</Type/Pages /Kids [2 0 R 100 0 R] /Count 2>>")),
    ("circles", &[Damaged, Read], |it| {
        put(it, 2, "<</Type/Pages /Kids [200 0 R] /Count 1>>");
        put(it, OWN, "<</Type/Pages /Parent 200 0 R /Kids [2 0 R 200 0 R 100 0 R] /Count 1>>");
    }),
    ("circles", &[Damaged, Read], |it| put(it, 2, "<</Type/Pages /Parent 2 0 R /Kids 2 0 R /Count 1>>")),
    ("circles", &[Damaged, Read], |it| put(it, 1, "1 0 R")),
    ("circles", &[Read], |it| {
        put(
            it,
            60,
            &stream(
                "/Type/XObject /Subtype/Form /Resources <</XObject <</X 60 0 R>>>>",
                &"/X Do ".repeat(20),
            ),
        );
    }),
    ("circles", &[Damaged, Read], |it| {
        put(
            it,
            11,
            "<</Type/Font /Subtype/Type0 /DescendantFonts [11 0 R] /Encoding 11 0 R /ToUnicode 11 0 R>>",
        );
    }),
    ("circles", &[Read, Damaged], |it| {
        put(
            it,
            50,
            &stream(
                "/UseCMap 50 0 R",
                "/X usecmap begincmap 1 begincodespacerange <00> <ff> endcodespacerange endcmap",
            ),
        );
    }),
    ("circles", &[Read], |it| {
        put(it, 31, "<</Title (a) /Next 31 0 R /First 31 0 R /Dest [100 0 R /XYZ 0 0 0]>>");
    }),
    ("circles", &[Read], |it| {
        put(it, 31, "<</Title (a) /Next 32 0 R /First 32 0 R /Dest (x)>>");
        put(it, 32, "<</Title (b) /Next 31 0 R /First 31 0 R /A 32 0 R>>");
    }),
    ("circles", &[Read], |it| {
        root(
            it,
            "/Names <</Dests 200 0 R>> /PageLabels 200 0 R",
            &[(OWN, "<</Kids [200 0 R 200 0 R 200 0 R] /Names [(a) 200 0 R] /Nums [0 200 0 R]>>")],
        );
    }),
    ("circles", &[Read], |it| root(it, "/Dests <</a /b /b /a>>", &[(31, "<</Title (a) /Dest /a>>")])),
    ("circles", &[Damaged, Read], |it| {
        put(it, CONTENT, "<</Length 101 0 R>>\nstream\nBT /F0 9 Tf (a) Tj ET\nendstream");
    }),
    ("circles", &[Damaged, Read], |it| {
        put(it, CONTENT, "<</Length 9 /Filter 101 0 R /DecodeParms 101 0 R>>\nstream\nBT ET\nendstream");
    }),
    ("circles", &[Read], |it| page_entry(it, "/Resources 100 0 R /Font 100 0 R /Parent 100 0 R")),
];

const LARGE: [Fault; 22] = [
    ("nested objects", &[Damaged, Read], |it| {
        put(it, 2, "<</Type/Pages /Kids [200 0 R] /Count 1>>");
        for level in 0..30_000 {
            put(it, OWN + level, &format!("<</Type/Pages /Kids [{} 0 R] /Count 1>>", OWN + level + 1));
        }
    }),
    ("nested objects", &[Damaged, Read], |it| {
        root(it, &format!("/X {}{}", "[".repeat(200_000), "]".repeat(200_000)), &[]);
    }),
    ("nested objects", &[Damaged, Read], |it| root(it, &format!("/X {}", "<</X ".repeat(200_000)), &[])),
    ("nested objects", &[Read, Damaged], |it| content(it, &format!("{} 0 Tj", "[".repeat(300_000)))),
    ("nested objects", &[Read, Damaged], |it| content(it, &format!("({}", "(".repeat(300_000)))),
    ("nested states", &[Read], |it| content(it, &format!("{}BT /F0 9 Tf (a) Tj ET", "q ".repeat(500_000)))),
    ("nested states", &[Read], |it| {
        content(it, &format!("{}BT /F0 9 Tf (a) Tj ET", "/Span BMC ".repeat(300_000)));
    }),
    ("nested states", &[Read], |it| {
        content(
            it,
            &format!(
                "{}BT /F0 9 Tf {} ET",
                "/Span <</ActualText (x)>> BDC ".repeat(3_000),
                "(abc) Tj ".repeat(3_000)
            ),
        );
    }),
    ("bomb", &[Read, TooMuch, Damaged], |it| {
        put(
            it,
            60,
            &stream(
                "/Type/XObject /Subtype/Form /Resources <</XObject <</X 60 0 R>>>>",
                &"/X Do ".repeat(2_000),
            ),
        );
    }),
    ("bomb", &[Read, TooMuch], |it| {
        content(it, &"BT /F0 1 Tf 1 0 0 1 9 9 Tm (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET ".repeat(12_000));
    }),
    ("bomb", &[Read, TooMuch], |it| {
        content(
            it,
            &(0..60_000)
                .map(|n| format!("BT /F0 9 Tf 1 0 0 1 {} {} Tm (a) Tj ET ", n % 390, n % 590))
                .collect::<String>(),
        );
    }),
    ("bomb", &[Read, TooMuch], |it| {
        content(
            it,
            &(0..30_000).map(|n| format!("{} {} 300 0.5 re f ", n % 390, n % 590)).collect::<String>(),
        );
    }),
    ("bomb", &[Read, TooMuch, Damaged], |it| {
        put(it, 2, &format!("<</Type/Pages /Kids [{}] /Count 30000>>", "100 0 R ".repeat(30_000)));
    }),
    ("bomb", &[Read, Damaged], |it| {
        put(
            it,
            50,
            &stream(
                "",
                "begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange 1 beginbfrange <0000> <ffffffff> <0041> endbfrange 1 begincidrange <00000000> <ffffffff> 0 endcidrange endcmap",
            ),
        );
    }),
    ("bomb", &[Read], |it| {
        let fields = "<</Subtype/Widget /Rect [900 900 990 990] /Parent 200 0 R>>".repeat(30_000);
        page_entry(it, &format!("/Annots [{fields}]"));
        put(it, OWN, &format!("<</FT/Tx /V (a) /Kids [{}]>>", "201 0 R ".repeat(30_000)));
    }),
    ("bomb", &[Read, TooMuch], |it| {
        let long = "0 ".repeat(500_000);
        put(it, 10, &format!("<</Type/Font /Subtype/Type1 /BaseFont/Helvetica /X [{long}]>>"));
        content(it, &format!("BT {} ET", "/F0 9 Tf (a) Tj ".repeat(30_000)));
    }),
    ("huge numbers", &[Read, Damaged], |it| {
        page_entry(it, "/MediaBox [-1e30 -1e30 1e38 1e38] /UserUnit 1e30 /Rotate 999999999999");
    }),
    ("huge numbers", &[Read, Damaged], |it| {
        page_entry(it, "/MediaBox [0 0 0 0] /CropBox [9 9 1 1] /Rotate 45");
    }),
    ("huge numbers", &[Read, Damaged], |it| {
        content(
            it,
            "BT /F0 1e30 Tf 1e38 0 0 1e38 1e38 1e38 Tm 1e30 Tc [(a) -1e38 (b) 99999999999999999999] TJ 1e-30 Tz (c) Tj ET",
        );
    }),
    ("huge numbers", &[Read], |it| {
        root(
            it,
            "/PageLabels <</Nums [0 <</S/R /St 4294967295>> 1 <</S/a /St 2147483647>> -5 <</S/D>>]>>",
            &[],
        );
    }),
    ("huge numbers", &[Read, Damaged], |it| {
        put(it, 2, "<</Type/Pages /Kids [100 0 R 102 0 R] /Count 2147483647>>");
    }),
    ("huge numbers", &[Read, Damaged], |it| {
        put(
            it,
            10,
            "<</Type/Font /Subtype/Type1 /BaseFont/Helvetica /FirstChar -99999 /LastChar 999999999 /Widths [1e30]>>",
        );
    }),
];

const BROKEN: [Fault; 14] = [
    ("false lengths", &[Read, Damaged], |it| length(it, "0")),
    ("false lengths", &[Read, Damaged], |it| length(it, "-1")),
    ("false lengths", &[Read, Damaged], |it| length(it, "99999999999999999999")),
    ("false lengths", &[Read, Damaged], |it| length(it, "999 0 R")),
    ("missing parts", &[Damaged, Read], |it| _ = it.remove(&2)),
    ("missing parts", &[Damaged, Read], |it| _ = it.remove(&1)),
    ("missing parts", &[Read, Damaged], |it| _ = it.remove(&50)),
    ("missing parts", &[Read, Damaged], |it| _ = it.remove(&CONTENT)),
    ("missing parts", &[Read, Damaged], |it| put(it, PAGE, "<</Type/Page /Contents 101 0 R>>")),
    ("open content", &[Read, Damaged], |it| content(it, "BT /F0 9 Tf (a) Tj BI /W 9 /H 9 ID aaaaaaaaa")),
    ("open content", &[Read, Damaged], |it| content(it, "BT /F0 9 Tf <6162 Tj ET (")),
    ("scripts", &[Read], |it| {
        root(
            it,
            "/OpenAction <</S/JavaScript /JS (app.alert(1))>> /AA <</WC <</S/Launch /F (cmd.exe)>>>>",
            &[],
        );
    }),
    ("references", &[Read], |it| {
        let one = |to: &String| {
            format!(
                "<</Type/Annot /Subtype/Link /A <</S/URI /URI ({to})>>>> <</Subtype/Link /A <</S/GoToR /F ({to})>>>> <</Subtype/Link /A <</S/Launch /F ({to})>>>>"
            )
        };
        let all: String = references().iter().map(one).collect();
        page_entry(it, &format!("/Annots [{all}]"));
    }),
    ("references", &[Read, Damaged], |it| {
        let file = &references()[0];
        put(it, CONTENT, &format!("<</Length 0 /F ({file}) /FFilter/FlateDecode>>\nstream\n\nendstream"));
    }),
];

pub(super) fn fill(shelf: &mut Shelf) {
    for (family, expected, spoil) in CIRCLES.iter().chain(&LARGE).chain(&BROKEN) {
        shelf.add("PDF", family, expected, move || {
            let mut objects = sample();
            spoil(&mut objects);
            file(&objects, "")
        });
    }
}

pub(super) fn put(objects: &mut Objects, number: usize, object: &str) {
    objects.insert(number, object.as_bytes().to_vec());
}

/// Other content of the first page.
pub(super) fn content(objects: &mut Objects, content: &str) {
    put(objects, CONTENT, &stream("", content));
}

/// Something more in the root, and more objects.
fn root(objects: &mut Objects, more: &str, others: &[(usize, &str)]) {
    entry(objects, 1, more);
    for (number, object) in others {
        put(objects, *number, object);
    }
}

/// Something that the page says before all else.
fn page_entry(objects: &mut Objects, more: &str) {
    entry(objects, PAGE, more);
}

fn entry(objects: &mut Objects, number: usize, more: &str) {
    let object = String::from_utf8(objects[&number].clone()).unwrap();
    put(objects, number, &object.replacen("<<", &format!("<<{more} "), 1));
}

/// Another length of the first page's content.
fn length(objects: &mut Objects, length: &str) {
    let object = String::from_utf8(objects[&CONTENT].clone()).unwrap();
    let (_, rest) = object.split_once(">>").unwrap();
    put(objects, CONTENT, &format!("<</Length {length}>>{rest}"));
}
