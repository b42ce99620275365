//! Faults that every format made of XML or HTML can have: depth, attributes, entities, false encodings.

use super::super::documents::samples::{self, LONG, Parts, open_content, word};
use super::super::documents::zips::{Part, packed, zip};
use super::super::outcome::Outcome::{self, Damaged, Read, TooMuch};
use super::packed::PACKED;
use super::{BAIT, Bait, Shelf};

/// How the text of a format is written.
struct Written {
    format: &'static str,
    /// An element that can stand in itself, and one for a paragraph.
    element: &'static str,
    paragraph: &'static str,
    /// The file of a text, with what stands before its first element.
    file: fn(&str, &str) -> Vec<u8>,
}

const WRITTEN: [Written; 4] = [
    Written {
        format: "HTML",
        element: "div",
        paragraph: "p",
        file: |before, text| page(before, text).into_bytes(),
    },
    Written {
        format: "EPUB",
        element: "div",
        paragraph: "p",
        file: |before, text| with_text(samples::epub(), "O/a.xhtml", &page(before, text)),
    },
    Written {
        format: "DOCX",
        element: "w:sdt",
        paragraph: "w:p",
        file: |before, text| {
            let document = word("document", &format!("<w:body>{text}</w:body>"));
            with_text(samples::docx(), "word/document.xml", &after_declaration(&document, before))
        },
    },
    Written {
        format: "ODT",
        element: "text:section",
        paragraph: "text:p",
        file: |before, text| {
            with_text(samples::odt(), "content.xml", &after_declaration(&open_content("", text), before))
        },
    },
];

/// What is wrong, what may come of it where only XML is read and where HTML is, and the text with what stands before.
type Fault = (&'static str, &'static [Outcome], &'static [Outcome], fn(&Written) -> (String, String));

const FAULTS: [Fault; 14] = [
    ("nested elements", &[TooMuch], &[TooMuch], |it| nested(it, 100_000)),
    ("nested elements", &[TooMuch], &[TooMuch], |it| nested(it, 5_000)),
    ("nested elements", &[TooMuch, Damaged], &[TooMuch, Read], |it| {
        (String::new(), format!("<{}>", it.element).repeat(100_000))
    }),
    ("many attributes", &[TooMuch], &[TooMuch], |it| {
        let attributes: String = (0..100_000).map(|number| format!(" a{number}=\"1\"")).collect();
        (String::new(), format!("<{0}{attributes}>{LONG}</{0}>", it.paragraph))
    }),
    ("many attributes", &[Damaged, TooMuch], &[Read, TooMuch], |it| {
        (String::new(), format!("<{0}{1}>{LONG}</{0}>", it.paragraph, " a=\"1\"".repeat(900)))
    }),
    ("long names", &[], &[], |it| {
        let name = "a".repeat(2_000_000);
        (String::new(), format!("<{0} {name}=\"1\">{LONG}</{0}><{name}/>", it.paragraph))
    }),
    ("billion laughs", &[Damaged], &[Damaged, Read], |it| {
        let more =
            (1..10).map(|level| format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10)));
        let before = format!("<!DOCTYPE x [<!ENTITY l0 \"笑\">{}]>", more.collect::<String>());
        (before, paragraph(it, "&l9;"))
    }),
    ("billion laughs", &[Damaged], &[Damaged, Read], |it| {
        let before = format!("<!DOCTYPE x [<!ENTITY l \"{}\">]>", "笑".repeat(50_000));
        (before, paragraph(it, &"&l;".repeat(50_000)))
    }),
    ("outer entities", &[Damaged], &[Damaged, Read], |it| {
        let before = format!("<!DOCTYPE x [<!ENTITY f SYSTEM \"file://{}\">]>", bait().file);
        (before, paragraph(it, "&f;"))
    }),
    ("outer entities", &[Damaged], &[Damaged, Read], |it| {
        let before = format!("<!DOCTYPE x [<!ENTITY % p SYSTEM \"{}\"> %p;]>", bait().page);
        (before, paragraph(it, "&p;"))
    }),
    ("outer entities", &[Read], &[Read], |it| {
        (format!("<!DOCTYPE x SYSTEM \"{}\">", bait().page), paragraph(it, LONG))
    }),
    ("endless text", &[Read, TooMuch], &[Read, TooMuch], |it| {
        (String::new(), paragraph(it, &LONG.repeat(60_000)))
    }),
    ("many elements", &[Read, TooMuch], &[Read, TooMuch], |it| {
        (String::new(), paragraph(it, "書").repeat(200_000))
    }),
    ("odd characters", &[], &[], |it| {
        (
            String::new(),
            paragraph(it, "&#0;&#xD800;&#x10FFFF;&#x110000;&#99999999999;\u{202e}\u{200b}\u{feff}\u{fffe}"),
        )
    }),
];

pub(super) fn fill(shelf: &mut Shelf) {
    for written in &WRITTEN {
        for (family, of_xml, of_html, text) in FAULTS {
            let is_xml = matches!(written.format, "DOCX" | "ODT");
            shelf.add(written.format, family, if is_xml { of_xml } else { of_html }, move || {
                let (before, text) = text(written);
                (written.file)(&before, &text)
            });
        }
        for encoding in ["UTF-16", "UTF-7", "no such thing", "GB18030"] {
            shelf.add(written.format, "false encoding", &[], move || {
                let declaration = format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>");
                (written.file)(&declaration, &paragraph(written, LONG))
            });
        }
    }
    broken_characters(shelf);
}

/// Text that is in no encoding.
fn broken_characters(shelf: &mut Shelf) {
    for (format, parts, text) in PACKED {
        shelf.add(format, "false encoding", &[], move || {
            let part = |(name, part): (&str, String)| {
                let bytes = part.replace('書', "\u{1}");
                let bytes: Vec<u8> = bytes.bytes().map(|byte| if byte == 1 { 0xff } else { byte }).collect();
                Part::deflated(name, if name == text { &bytes } else { part.as_bytes() })
            };
            zip(&parts().into_iter().map(part).collect::<Vec<_>>())
        });
    }
}

/// A page of these elements.
pub(super) fn page(before: &str, text: &str) -> String {
    let before = if before.starts_with("<?xml") {
        before.to_owned()
    } else {
        format!("<?xml version=\"1.0\"?>{before}")
    };
    format!(
        "{before}<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>書屋</title></head><body>{text}</body></html>"
    )
}

/// The document with something more after its declaration.
fn after_declaration(document: &str, more: &str) -> String {
    let (_, rest) = document.split_once("?>").unwrap();
    if more.starts_with("<?xml") {
        format!("{more}{rest}")
    } else {
        format!("<?xml version=\"1.0\"?>{more}{rest}")
    }
}

/// A packed document in which the text of one part is another; one that it does not have is added.
pub(super) fn with_text(mut parts: Parts, name: &'static str, text: &str) -> Vec<u8> {
    match parts.iter_mut().find(|(known, _)| *known == name) {
        Some((_, part)) => text.clone_into(part),
        None => parts.push((name, text.to_owned())),
    }
    packed(&parts)
}

fn nested(it: &Written, depth: usize) -> (String, String) {
    let (begin, end) = (format!("<{}>", it.element), format!("</{}>", it.element));
    (String::new(), format!("{}{}{}", begin.repeat(depth), paragraph(it, LONG), end.repeat(depth)))
}

fn paragraph(it: &Written, words: &str) -> String {
    let name = it.paragraph;
    match name {
        "w:p" => format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"),
        _ => format!("<{name}>{words}</{name}>"),
    }
}

fn bait() -> &'static Bait {
    BAIT.get().unwrap()
}
