//! Packed files that lie: bombs, parts over each other, false sizes and places, names that climb out.

use super::super::documents::samples::{self, Parts};
use super::super::documents::zips::{Part, packed, zip};
use super::super::outcome::Outcome::{self, Damaged, OtherKind, Read, TooMuch};
use super::Shelf;

const MIB: usize = 1024 * 1024;

/// A way to spoil the parts of a packed document; the first named is the one with its text.
type Spoil = fn(Vec<Part>, usize) -> Vec<u8>;

/// A packed format: its name, its parts, and the one with its text.
type Packed = (&'static str, fn() -> Parts, &'static str);

/// The packed formats.
pub(super) const PACKED: [Packed; 3] = [
    ("EPUB", samples::epub, "O/a.xhtml"),
    ("DOCX", samples::docx, "word/document.xml"),
    ("ODT", samples::odt, "content.xml"),
];

/// What is wrong, what may come of it, how it is made.
type Fault = (&'static str, &'static [Outcome], Spoil);

/// The faults.
const FAULTS: [Fault; 22] = [
    ("bomb", &[TooMuch], |parts, text| with(parts, text, Part::deflated("", &vec![b' '; 65 * MIB]))),
    ("bomb", &[TooMuch, Damaged], |parts, text| {
        let bomb = Part::deflated("", &vec![0; 200 * MIB]);
        with(parts, text, Part { size: 100, ..bomb })
    }),
    ("bomb", &[TooMuch], |parts, text| {
        let bomb = Part::deflated("", &vec![b'\n'; 64 * MIB]);
        with(parts, text, Part { size: u32::MAX, ..bomb })
    }),
    ("bomb in a bomb", &[Damaged, Read], |parts, text| {
        let inner = (0..9).fold(vec![0; MIB], |inner, _| zip(&vec![Part::deflated("a", &inner); 9]));
        with(parts, text, Part::deflated("", &inner))
    }),
    ("too many parts", &[TooMuch, OtherKind], |mut parts, _| {
        parts.extend((0..30_000).map(|number| Part::stored(&format!("x/{number}"), b"")));
        zip(&parts)
    }),
    ("parts over each other", &[Damaged, OtherKind], |mut parts, _| {
        let last = parts.len() - 1;
        parts[last].at = Some(0);
        zip(&parts)
    }),
    ("parts over each other", &[Damaged, OtherKind], |parts, text| {
        let before = parts[..text].iter().map(|part| 30 + part.name.len() + part.packed.len());
        let at = u32::try_from(before.sum::<usize>()).unwrap();
        let mut parts: Vec<Part> = parts;
        let same = parts[text].clone();
        parts.extend((0..500).map(|number| Part {
            name: number.to_string().into_bytes(),
            at: Some(at),
            ..same.clone()
        }));
        zip(&parts)
    }),
    ("false sizes", &[Damaged], |parts, text| change(parts, text, |part| part.size = 3)),
    ("false sizes", &[], |parts, text| change(parts, text, |part| part.size = u32::MAX)),
    ("false check sum", &[Damaged], |parts, text| change(parts, text, |part| part.sum ^= 1)),
    ("false places", &[Damaged, OtherKind], |parts, text| {
        change(parts, text, |part| part.at = Some(u32::MAX - 1))
    }),
    ("unknown packing", &[Damaged], |parts, text| change(parts, text, |part| part.method = 99)),
    ("unknown packing", &[Damaged], |parts, text| {
        change(parts, text, |part| (part.method, part.packed) = (8, vec![0xff; 500]))
    }),
    ("encrypted parts", &[Damaged], |parts, text| change(parts, text, |part| part.flags = 1)),
    ("climbing names", &[Damaged, Read], |parts, text| named(parts, text, "../../../../tmp/duidu-climbed")),
    ("climbing names", &[Damaged, Read], |parts, text| named(parts, text, "/tmp/duidu-climbed")),
    ("climbing names", &[Damaged, Read], |parts, text| named(parts, text, "..\\..\\C:\\duidu-climbed")),
    ("links", &[Damaged, Read], |parts, text| {
        change(parts, text, |part| {
            *part =
                Part { name: part.name.clone(), attributes: 0xa1ff_0000, ..Part::stored("", b"/etc/passwd") };
        })
    }),
    ("odd names", &[Damaged, Read], |mut parts, text| {
        parts.push(Part { name: vec![0xff, 0, b'/', 0xfe], ..parts[text].clone() });
        parts.push(Part { name: Vec::new(), ..parts[text].clone() });
        parts.push(Part { name: vec![b'a'; 65_000], ..parts[text].clone() });
        zip(&parts)
    }),
    ("odd names", &[], |mut parts, text| {
        // Twice the same name: which one is read is for others to say, but it is one.
        parts.push(Part { name: parts[text].name.clone(), ..Part::deflated("", b"<a/>") });
        zip(&parts)
    }),
    ("false directory", &[Damaged, OtherKind], |parts, _| {
        let mut file = zip(&parts);
        let at = file.len() - 12;
        file.splice(at.., [[0xff; 4], [0xff; 4], [0; 4]].concat());
        file
    }),
    ("false directory", &[Damaged, OtherKind], |parts, _| {
        let mut file = zip(&parts);
        let at = file.len() - 6;
        file.splice(at..at + 4, [0; 4]);
        file
    }),
];

pub(super) fn fill(shelf: &mut Shelf) {
    for (format, parts, text) in PACKED {
        for (family, expected, spoil) in FAULTS {
            shelf.add(format, family, expected, move || {
                let parts: Vec<Part> =
                    parts().iter().map(|(name, part)| Part::deflated(name, part.as_bytes())).collect();
                let at = parts.iter().position(|part| part.name == text.as_bytes()).unwrap();
                spoil(parts, at)
            });
        }
        shelf.add(format, "large parts", &[Read, TooMuch], move || {
            let filler = "書在人手裡。".repeat(400_000);
            let swollen = |(name, part): (&'static str, String)| {
                let comment = format!("{part}<!--{filler}-->");
                (name, if name == "mimetype" { part } else { comment })
            };
            packed(&parts().into_iter().map(swollen).collect::<Vec<_>>())
        });
    }
}

fn with(parts: Vec<Part>, at: usize, part: Part) -> Vec<u8> {
    change(parts, at, |old| *old = Part { name: old.name.clone(), ..part })
}

fn named(parts: Vec<Part>, at: usize, name: &str) -> Vec<u8> {
    let name = name.as_bytes().to_vec();
    change(parts, at, |part| part.name = name)
}

fn change(mut parts: Vec<Part>, at: usize, change: impl FnOnce(&mut Part)) -> Vec<u8> {
    change(&mut parts[at]);
    zip(&parts)
}
