//! RTF, other kinds of file, and files that say they are what they are not.

use super::super::documents::locked::{agile, container, standard};
use super::super::documents::samples::{self, LONG};
use super::super::documents::zips::{Part, packed, zip};
use super::super::outcome::Outcome::{self, Damaged, Locked, OtherKind, Read, TooMuch};
use super::Shelf;

/// The beginnings of files that are no documents.
const OTHERS: [&[u8]; 12] = [
    b"\x7fELF\x02\x01\x01",
    b"MZ\x90\x00",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0",
    b"GIF89a",
    b"Rar!\x1a\x07\x00",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"SQLite format 3\0",
    b"AT&TFORM",
    b"ITOLITLS",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
];

/// What makes a file, and what has to come of it.
type Made = (fn() -> String, &'static [Outcome]);

/// RTF.
const RTF: [Made; 13] = [
    (|| "{\\rtf1".to_owned() + &"{".repeat(500_000), &[TooMuch]),
    (|| "{\\rtf1 x".to_owned() + &"{\\footnote".repeat(500_000), &[TooMuch]),
    (|| "{\\rtf1 x".to_owned() + &"{\\shptxt{\\footnote".repeat(200_000), &[TooMuch]),
    (|| "{\\rtf1\\bin99999999999 x}".to_owned(), &[Damaged]),
    (|| "{\\rtf1\\bin-1 x}".to_owned(), &[Read]),
    (|| "{\\rtf1{\\object\\objdata 0105000002}{\\field{\\*\\fldinst DDEAUTO cmd}}}".to_owned(), &[Damaged]),
    (|| "{\\rtf1{\\*\\template \\\\\\\\server\\\\share\\\\a.dot}}".to_owned(), &[Damaged]),
    (|| "{\\rtf1{\\field{\\*\\fldinst INCLUDETEXT \"/etc/passwd\"}{\\fldrslt x}}}".to_owned(), &[Read]),
    (|| format!("{{\\rtf1 {}}}", "\\u-32768?".repeat(100_000)), &[Read]),
    (|| format!("{{\\rtf1 {}}}", "\\u-10179?".repeat(100_000)), &[Damaged]),
    (|| format!("{{\\rtf1 {}}}", "\\trowd\\cellx1\\cellx2\\intbl x\\cell\\row".repeat(50_000)), &[Read]),
    (|| format!("{{\\rtf1\\intbl {} x\\row}}", "\\cell".repeat(1_000_000)), &[Read]),
    (|| format!("{{\\rtf1 {}}}", "x{\\footnote y}".repeat(100_000)), &[Read]),
];

pub(super) fn fill(shelf: &mut Shelf) {
    for beginning in OTHERS {
        shelf.add("unknown", "another kind", &[OtherKind], move || [beginning, &[0; 4000]].concat());
    }
    for (make, expected) in RTF {
        shelf.add("RTF", "hostile", expected, move || make().into_bytes());
    }
    encrypted(shelf);
    disguised(shelf);
}

/// Documents with a password: cut off, spoiled, with a password that would take for ever to try, or with none.
fn encrypted(shelf: &mut Shelf) {
    const SAID: [&[u8]; 4] = [b"\x04\0\x04\0\x40\0\0\0<encryption/>", &[3, 0, 2, 0], &[0xff; 3000], &[]];
    let document = || packed(&samples::docx());
    shelf.add("DOCX", "encryption", &[OtherKind, Damaged], || {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        [OTHERS[11], &[0; 500], &name, &[0; 500]].concat()
    });
    shelf.add("DOCX", "encryption", &[Locked], move || standard(&document()));
    for (rounds, expected) in [(1, Locked), (4_000_000, Locked), (10_000_000, TooMuch), (u32::MAX, TooMuch)] {
        let expected: &[Outcome] = if expected == Locked { &[Locked] } else { &[TooMuch] };
        shelf.add("DOCX", "encryption", expected, move || agile(&document(), rounds));
    }
    for said in SAID {
        shelf.add("DOCX", "encryption", &[OtherKind], move || container(said, &[0; 9000]));
    }
    for tenth in 1..10 {
        shelf.add("DOCX", "encryption", &[Damaged, Locked, OtherKind], move || {
            let file = agile(&document(), 1);
            file[..file.len() * tenth / 10].to_vec()
        });
        shelf.add("DOCX", "encryption", &[Damaged, Locked, OtherKind, TooMuch], move || {
            let mut file = agile(&document(), 1);
            // The numbers at the beginning say where everything lies.
            file[40 + 4 * tenth..44 + 4 * tenth].fill(0xfe);
            file
        });
    }
}

/// Files that are of two kinds, or of another than they say.
fn disguised(shelf: &mut Shelf) {
    shelf.add("unknown", "of two kinds", &[Damaged, OtherKind], || {
        [b"%PDF-1.7\n".as_slice(), &packed(&samples::docx())].concat()
    });
    shelf.add("unknown", "of two kinds", &[Damaged, OtherKind, Read], || {
        [packed(&samples::docx()).as_slice(), b"%PDF-1.7\nstartxref\n0\n%%EOF"].concat()
    });
    shelf.add("unknown", "of two kinds", &[Damaged, Read, OtherKind], || {
        let parts = samples::epub().into_iter().chain(samples::docx()).chain(samples::odt());
        packed(&parts.collect::<Vec<_>>())
    });
    shelf.add("unknown", "of two kinds", &[Read, Damaged], || {
        format!("<!--\nMIME-Version: 1.0\n{{\\rtf1 %PDF-1.7 -->\n<html><body><p>{LONG}</p></body></html>")
            .into_bytes()
    });
    shelf.add("unknown", "programs in a packed file", &[OtherKind], || {
        zip(&[Part::deflated("autorun.inf", b"[autorun]\nopen=a.exe"), Part::deflated("a.exe", b"MZ")])
    });
    shelf.add("unknown", "another kind", &[OtherKind], || packed(&[("xl/workbook.xml", "<x/>".to_owned())]));
}
