//! EPUBs whose parts go in circles, climb out, or refer to what they may not reach.

use super::super::documents::samples::{self, LONG};
use super::super::outcome::Outcome::{self, Damaged, Locked, OtherKind, Read, TooMuch};
use super::xml::{page, with_text};
use super::{Shelf, references};

const LIST: &str = "O/p.opf";
const CONTENTS: &str = "O/n.xhtml";
const OLD_CONTENTS: &str = "O/t.ncx";

/// What is wrong, what may come of it, the part that is another, and what stands in it.
type Fault = (&'static str, &'static [Outcome], &'static str, fn() -> String);

const FAULTS: [Fault; 16] = [
    ("circles", &[Read], LIST, || list(CHAPTER, &"<itemref idref=\"a\"/>".repeat(50_000))),
    ("circles", &[Damaged, Read], LIST, || list("<item id=\"a\" href=\"p.opf\"/>", "<itemref idref=\"a\"/>")),
    ("circles", &[Read], LIST, || {
        list(
            &format!("{CHAPTER}<item id=\"n\" href=\"a.xhtml\" properties=\"nav\"/>"),
            "<itemref idref=\"n\"/>",
        )
    }),
    ("circles", &[Damaged, OtherKind], "META-INF/container.xml", || {
        "<container><rootfiles><rootfile full-path=\"META-INF/container.xml\"/></rootfiles></container>"
            .to_owned()
    }),
    ("very many chapters", &[Damaged, Read], LIST, || {
        let items: String = (0..50_000).map(|n| format!("<item id=\"c{n}\" href=\"c{n}.xhtml\"/>")).collect();
        let spine: String = (0..50_000).map(|n| format!("<itemref idref=\"c{n}\"/>")).collect();
        list(&items, &spine)
    }),
    ("very many chapters", &[Read], LIST, || {
        let items: String = (0..20_000)
            .map(|n| format!("<item id=\"c{n}\" href=\"./{}a.xhtml\"/>", "x/../".repeat(n % 50)))
            .collect();
        let spine: String = (0..20_000).map(|n| format!("<itemref idref=\"c{n}\"/>")).collect();
        list(&items, &spine)
    }),
    ("climbing names", &[Damaged], LIST, || {
        let items: String = references()
            .iter()
            .enumerate()
            .map(|(n, to)| format!("<item id=\"c{n}\" href=\"{to}\"/>"))
            .collect();
        let spine: String = (0..references().len()).map(|n| format!("<itemref idref=\"c{n}\"/>")).collect();
        list(&items, &spine)
    }),
    ("climbing names", &[Damaged, Read, OtherKind], "META-INF/container.xml", || {
        let one = |to: &String| format!("<rootfile full-path=\"{to}\"/>");
        format!(
            "<container><rootfiles>{}</rootfiles></container>",
            references().iter().map(one).collect::<String>()
        )
    }),
    ("nested contents", &[Read, TooMuch], CONTENTS, || {
        page(
            "",
            &format!(
                "<nav>{}{}</nav>",
                "<ol><li><a href=\"a.xhtml\">書</a>".repeat(200),
                "</li></ol>".repeat(200)
            ),
        )
    }),
    ("nested contents", &[Read, TooMuch], OLD_CONTENTS, || {
        let point = "<navPoint><navLabel><text>書</text></navLabel><content src=\"a.xhtml\"/>";
        format!("<ncx><navMap>{}{}</navMap></ncx>", point.repeat(100_000), "</navPoint>".repeat(100_000))
    }),
    ("very many titles", &[Read], CONTENTS, || {
        let one = "<li><a href=\"a.xhtml#x\">書</a></li>";
        page("", &format!("<nav><ol>{}</ol></nav>", one.repeat(100_000)))
    }),
    ("very many sheets", &[Read], "O/a.xhtml", || {
        let sheets =
            "<link rel=\"stylesheet\" href=\"s.css\"/><style>.a{font-size:12pt}</style>".repeat(10_000);
        page(&sheets, &format!("<p>{LONG}</p>{}", "<p class=\"a b c d\">書。</p>".repeat(30_000)))
    }),
    ("copy protection", &[Locked], "META-INF/encryption.xml", || {
        "<encryption><CipherReference URI=\"O/a.xhtml\"/></encryption>".to_owned()
    }),
    ("references", &[Read], "O/a.xhtml", || {
        let one = |to: &String| {
            format!("<p>{LONG}<a href=\"{to}\">書</a><img src=\"{to}\"/><script src=\"{to}\"></script></p>")
        };
        page("", &references().iter().map(one).collect::<String>())
    }),
    ("odd characters", &[Read], LIST, || {
        list(CHAPTER, "<itemref idref=\"a\"/>")
            .replace("<metadata>", "<metadata><dc:title>\u{202e}fdp.exe\u{200b}</dc:title>")
    }),
    ("notes in a circle", &[Read], "O/a.xhtml", || {
        let notes: String = (0..5_000)
            .map(|n| format!("<aside epub:type=\"footnote\" id=\"n{n}\"><p>書<a epub:type=\"noteref\" href=\"#n{}\">1</a></p></aside>", (n + 1) % 5_000))
            .collect();
        page("", &format!("<p>{LONG}<a epub:type=\"noteref\" href=\"#n0\">1</a></p>{notes}"))
    }),
];

const CHAPTER: &str = "<item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/>";

pub(super) fn fill(shelf: &mut Shelf) {
    for (family, expected, part, text) in FAULTS {
        shelf.add("EPUB", family, expected, move || with_text(samples::epub(), part, &text()));
    }
}

/// A list of the parts of a book.
fn list(items: &str, spine: &str) -> String {
    format!(
        "<package xmlns:dc=\"dc\"><metadata><dc:title>書屋</dc:title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
}
