//! Sound documents of every format, cut off and with bits turned over; bytes that are no document.

use super::super::dice::Dice;
use super::super::documents::{paged, samples, zips};
use super::super::outcome::Outcome::{self, Damaged, OtherKind, Read};
use super::{FORMATS, Shelf};

/// How many places each document is cut at, and how many copies with turned bits are made of it.
const CUTS: usize = 10;
const FLIPPED: usize = 10;

pub(super) fn fill(shelf: &mut Shelf) {
    for (format, _) in FORMATS {
        for number in 0..CUTS {
            shelf.add(format, "cut off", when_cut(format), move || {
                let mut bytes = sound(format);
                let end = bytes.len() * (2 * number + 1) / (2 * CUTS);
                bytes.truncate(end);
                bytes
            });
        }
        for seed in 0..FLIPPED {
            shelf.add(format, "bits turned over", &[], move || turned(sound(format), seed));
        }
        shelf.add(format, "empty", &[Damaged], Vec::new);
        shelf.add(format, "nothing but zeros", &[OtherKind, Damaged], || vec![0; 100_000]);
        shelf.add(format, "random bytes", &[OtherKind, Damaged], || random(50_000));
    }
}

/// What may come of a document that is cut off: of marked text and text what is there is shown.
fn when_cut(format: &str) -> &'static [Outcome] {
    match format {
        // Cut so early that even its kind is not there any more, it is an archive.
        "EPUB" | "DOCX" | "ODT" => &[Damaged, OtherKind],
        "PDF" => &[Damaged],
        // So early that the first word of it is not there any more.
        "RTF" => &[OtherKind, Read, Damaged],
        "unknown" => &[OtherKind],
        _ => &[Read, Damaged],
    }
}

/// A sound document of that format.
fn sound(format: &str) -> Vec<u8> {
    match format {
        "plain text" => samples::TEXT.as_bytes().to_vec(),
        "Markdown" => samples::MARKDOWN.as_bytes().to_vec(),
        "HTML" => samples::PAGE.to_vec(),
        "MHTML" => samples::mhtml().into_bytes(),
        "EPUB" => zips::packed(&samples::epub()),
        "DOCX" => zips::packed(&samples::docx()),
        "ODT" => zips::packed(&samples::odt()),
        "PDF" => paged::file(&paged::sample(), ""),
        "RTF" => samples::RTF.as_bytes().to_vec(),
        _ => [b"\x89PNG\r\n\x1a\n".as_slice(), &random(2000)].concat(),
    }
}

/// A few bits of it turned over.
fn turned(mut bytes: Vec<u8>, seed: usize) -> Vec<u8> {
    let mut dice = Dice::new(seed as u64);
    for _ in 0..=seed * 3 {
        let (at, bit) = (dice.below(bytes.len()), dice.below(8));
        bytes[at] ^= 1 << bit;
    }
    bytes
}

fn random(length: usize) -> Vec<u8> {
    let mut dice = Dice::new(7);
    (0..length).map(|_| u8::try_from(dice.below(256)).unwrap()).collect()
}
