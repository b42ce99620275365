//! Sound files, over which the parts of an input are laid.

use std::sync::LazyLock;

use duidu::document::Format;

use crate::documents::paged::{self, Objects};
use crate::documents::samples::{self, Parts};

/// The parts of a short packed file of that format, which refers to more parts than it has: to those that an input may
/// bring.
pub(crate) fn parts(format: Format) -> &'static Parts {
    static DOCX: LazyLock<Parts> = LazyLock::new(|| {
        let text = ("word/document.xml", samples::word("document", DOCX_TEXT));
        some(samples::docx(), &["_rels/.rels", "word/_rels/document.xml.rels"], text)
    });
    static ODT: LazyLock<Parts> =
        LazyLock::new(|| vec![("content.xml", samples::open_content("", ODT_TEXT))]);
    static EPUB: LazyLock<Parts> = LazyLock::new(|| {
        let chapter = ("O/a.xhtml", EPUB_CHAPTER.to_owned());
        some(samples::epub(), &["META-INF/container.xml", "O/p.opf"], chapter)
    });
    match format {
        Format::Docx => &DOCX,
        Format::Odt => &ODT,
        _ => &EPUB,
    }
}

/// Those of `parts` with these names, and one more.
fn some(mut parts: Parts, names: &[&str], more: (&'static str, String)) -> Parts {
    parts.retain(|(name, _)| names.contains(name));
    parts.push(more);
    parts
}

const DOCX_TEXT: &str = "<w:body><w:p><w:pPr><w:pStyle w:val=\"1\"/></w:pPr><w:r><w:t>書</w:t><w:footnoteReference w:id=\"1\"/>\
    <w:endnoteReference w:id=\"1\"/><w:commentReference w:id=\"1\"/></w:r></w:p></w:body>";

const ODT_TEXT: &str = "<text:h text:outline-level=\"1\" text:style-name=\"Q\">書</text:h>\
    <text:list text:style-name=\"L\"><text:list-item><text:p>燈</text:p></text:list-item></text:list>";

const EPUB_CHAPTER: &str =
    "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>書<a href=\"b.xhtml#n\">1</a></p></body></html>";

/// The objects of a PDF of one empty page, for which every kind of font is there.
pub(crate) fn page() -> &'static Objects {
    static PAGE: LazyLock<Objects> = LazyLock::new(|| {
        let mut objects = paged::sample();
        objects.retain(|&number, _| {
            number == paged::PAGE || (10..20).contains(&number) || number >= 50 && number < 100
        });
        objects.insert(1, b"<</Type/Catalog /Pages 2 0 R>>".to_vec());
        objects.insert(2, b"<</Type/Pages /Kids [100 0 R] /Count 1>>".to_vec());
        objects.insert(paged::CONTENT, paged::stream("", "").into_bytes());
        objects
    });
    &PAGE
}
