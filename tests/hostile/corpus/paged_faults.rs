//! PDFs whose bytes lie: tables of places, streams of objects, filters, encryption, fonts.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write as _;

use super::super::documents::paged::{CONTENT, file, sample};
use super::super::outcome::Outcome::{self, Damaged, Locked, Read, TooMuch};
use super::Shelf;
use super::paged::put;

/// What is wrong, what may come of it, and the file.
type Fault = (&'static str, &'static [Outcome], fn() -> Vec<u8>);

const PLACES: [Fault; 10] = [
    ("false places", &[Read], || file(&sample(), "/Prev 0")),
    ("false places", &[Read, Damaged], || {
        let bytes = file(&sample(), "");
        let at = text(&bytes).rfind("xref\n0").or_else(|| text(&bytes).find("\nxref")).unwrap() + 1;
        file(&sample(), &format!("/Prev {at}"))
    }),
    ("false places", &[Read, Damaged], || changed("startxref\n", "startxref\n9")),
    ("false places", &[Read, Damaged], || changed("startxref\n", "startxref\n-")),
    ("false places", &[Read, Damaged], || changed(" 00000 n", " 65535 f")),
    ("false places", &[Read, Damaged], || changed(" 00000 n \n", " 00000 n \n9999999999 ")),
    ("false places", &[Read, Damaged], || changed("xref\n", "xref\n0 4294967295\n")),
    ("false places", &[Read, Damaged], || changed("\nxref\n", "\nxref\n-1 99999999999999999999\n")),
    ("false places", &[Damaged, Read], || changed("/Root 1 0 R", "/Root 999999999 0 R")),
    ("odd beginning", &[Read, Damaged], || [&[b' '; 900], file(&sample(), "").as_slice()].concat()),
];

/// Streams that hold the table of places, or other objects.
const STREAMS: [Fault; 5] = [
    ("streams of objects", &[Damaged, Read], || {
        with_object(
            "<</Type/ObjStm /N 2 /First 8 /Extends 200 0 R /Length 30>>\nstream\n200 0 1 4 200 0 R <</X 1>>  \nendstream",
        )
    }),
    ("streams of objects", &[Damaged, Read], || {
        with_object("<</Type/ObjStm /N 2147483647 /First -1 /Length 9>>\nstream\n1 0 1 0 1\nendstream")
    }),
    ("streams of objects", &[Damaged, Read], || {
        end_with_table("/W [9 9 9] /Size 2147483647 /Index [0 2147483647]")
    }),
    ("streams of objects", &[Damaged, Read], || {
        end_with_table("/W [0 0 0] /Size 99999999 /Index [0 99999999]")
    }),
    ("streams of objects", &[Damaged, Read], || {
        end_with_table("/W [1 2 1] /Size 3 /Prev 9 /Index [-5 3 3 -5]")
    }),
];

const FILTERS: [Fault; 11] = [
    ("bomb", &[Read, TooMuch, Damaged], || flate_bomb(1)),
    ("bomb", &[Read, TooMuch, Damaged], || flate_bomb(2)),
    ("bomb", &[Read, TooMuch, Damaged], || flate_bomb(3)),
    ("bomb", &[Read, TooMuch, Damaged], || filtered("/RunLengthDecode", &[0x81, b'a'].repeat(200_000))),
    ("bomb", &[Read, TooMuch, Damaged], || {
        filtered("/LZWDecode", &[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c].repeat(50_000))
    }),
    ("false filters", &[Read, Damaged], || {
        filtered(&format!("[{}]", "/ASCIIHexDecode ".repeat(10_000)), b"61")
    }),
    ("false filters", &[Read, Damaged], || filtered("/NoSuchDecode", b"BT ET")),
    ("false filters", &[Read, Damaged], || {
        filtered(
            "/FlateDecode /DecodeParms <</Predictor 15 /Columns 2147483647 /Colors 2147483647 /BitsPerComponent 32>>",
            &deflated(b"BT ET"),
        )
    }),
    ("false filters", &[Read, Damaged], || filtered("/JBIG2Decode", &[0xff; 5_000])),
    ("false filters", &[Read, Damaged], || {
        filtered("[/ASCII85Decode /CCITTFaxDecode /DCTDecode /JPXDecode]", &[b'z'; 50_000])
    }),
    ("false filters", &[Read, Damaged], || filtered("/Crypt /DecodeParms <</Name/Identity>>", b"BT ET")),
];

const ENCRYPTED: [Fault; 7] = [
    ("encryption", &[Damaged, Locked], || encrypted("/Filter/NoSuch /V 99 /R 99")),
    ("encryption", &[Damaged, Locked], || encrypted("/Filter/Standard /V 5 /R 6 /O (x) /U (x) /P -1")),
    ("encryption", &[Damaged, Locked], || {
        encrypted("/Filter/Standard /V 1 /R 2 /Length 2147483647 /O () /U () /P -1")
    }),
    ("encryption", &[Damaged, Locked, Read], || {
        encrypted(
            "/Filter/Standard /V 4 /R 4 /Length -8 /CF <</S <</CFM/AESV2 /Length 0>>>> /StmF/S /StrF/S /O (0123456789abcdef0123456789abcdef) /U (0123456789abcdef0123456789abcdef) /P 0",
        )
    }),
    ("encryption", &[Damaged, Locked, Read], || file(&sample(), "/Encrypt 200 0 R /ID [() ()]")),
    ("encryption", &[Damaged, Locked, Read], || file(&sample(), "/Encrypt 1 0 R /ID 1 0 R")),
    ("encryption", &[Locked], || {
        encrypted(
            "/Filter/Standard /V 2 /R 3 /Length 128 /P -44 /O <6162636465666768696a6b6c6d6e6f70 6162636465666768696a6b6c6d6e6f70> /U <6162636465666768696a6b6c6d6e6f706162636465666768696a6b6c6d6e6f70>",
        )
    }),
];

/// Programs of fonts, as the file says that they are packed in it.
const FONTS: [(&str, &str); 4] = [
    ("/FontFile2", "/Subtype/CIDFontType2"),
    ("/FontFile3", "/Subtype/CIDFontType0"),
    ("/FontFile", "/Subtype/Type1"),
    ("/FontFile3", "/Subtype/TrueType"),
];

pub(super) fn fill(shelf: &mut Shelf) {
    for (family, expected, make) in PLACES.iter().chain(&STREAMS).chain(&FILTERS).chain(&ENCRYPTED) {
        shelf.add("PDF", family, expected, make);
    }
    for (key, kind) in FONTS {
        for spoilt in 0..3 {
            shelf.add("PDF", "broken fonts", &[Read, Damaged], move || with_font(key, kind, &font(spoilt)));
        }
    }
}

/// A font of our own, cut off, with wild numbers in its head, and none at all.
fn font(spoilt: usize) -> Vec<u8> {
    let whole = include_bytes!("../../../fonts/DuiduSans.ttc");
    let mut font = whole[..60_000].to_vec();
    match spoilt {
        0 => {}
        1 => font[12..600].iter_mut().for_each(|byte| *byte = 0xff),
        _ => {
            font = b"%!PS-AdobeFont-1.0\n/Subrs 2147483647 array eexec\n"
                .iter()
                .copied()
                .chain([0xff; 5_000])
                .collect();
        }
    }
    font
}

fn with_font(key: &str, kind: &str, font: &[u8]) -> Vec<u8> {
    let mut objects = sample();
    let descriptor = format!("/FontDescriptor <</Type/FontDescriptor /Flags 4 {key} 201 0 R>>");
    put(
        &mut objects,
        10,
        &format!("<</Type/Font {kind} /BaseFont/X {descriptor} /FirstChar 0 /LastChar 255>>"),
    );
    put(
        &mut objects,
        11,
        &format!(
            "<</Type/Font /Subtype/Type0 /BaseFont/X /Encoding/Identity-H /DescendantFonts [<</Type/Font {kind} /BaseFont/X {descriptor}>>]>>"
        ),
    );
    let head = format!("<</Length {} /Subtype/OpenType>>\nstream\n", font.len());
    objects.insert(201, [head.as_bytes(), font, b"\nendstream"].concat());
    file(&objects, "")
}

fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

/// The sound file with some of its words changed, wherever they stand.
fn changed(from: &str, to: &str) -> Vec<u8> {
    text(&file(&sample(), ""))
        .replace(from, to)
        .chars()
        .map(|character| u8::try_from(u32::from(character)).unwrap())
        .collect()
}

/// The sound file with an object that objects are read from, at which the page's content is said to be.
fn with_object(object: &str) -> Vec<u8> {
    let mut objects = sample();
    put(&mut objects, 200, object);
    put(&mut objects, 1, "<</Type/Catalog /Pages 2 0 R /X 200 0 R>>");
    file(&objects, "/XRefStm 200")
}

/// The sound file, at whose end stands a stream that says where the objects are.
fn end_with_table(entries: &str) -> Vec<u8> {
    let mut bytes = file(&sample(), "");
    let at = bytes.len();
    let table = format!(
        "9 0 obj\n<</Type/XRef /Root 1 0 R /Length 12 {entries}>>\nstream\n000000000000\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n"
    );
    bytes.extend(table.into_bytes());
    bytes
}

fn filtered(filter: &str, packed: &[u8]) -> Vec<u8> {
    let mut objects = sample();
    let head = format!("<</Length {} /Filter {filter}>>\nstream\n", packed.len());
    objects.insert(CONTENT, [head.as_bytes(), packed, b"\nendstream"].concat());
    file(&objects, "")
}

/// Spaces that were deflated so many times.
fn flate_bomb(times: usize) -> Vec<u8> {
    let packed = (0..times).fold(vec![b' '; 300 * 1024 * 1024], |bytes, _| deflated(&bytes));
    filtered(&format!("[{}]", "/FlateDecode ".repeat(times)), &packed)
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn encrypted(how: &str) -> Vec<u8> {
    file(&sample(), &format!("/Encrypt <<{how}>> /ID [(0123456789abcdef) (0123456789abcdef)]"))
}
