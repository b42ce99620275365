//! Laws of the packed formats: whatever lies in them, in whatever order, there is a document or an error.

use proptest::prelude::*;

use super::testing::{holds, pack};
use super::{ImportError, ReadOptions, read};

/// Names and attributes of which trees are made.
struct Alphabet {
    names: &'static [&'static str],
    attributes: &'static [&'static str],
}

const DOCX: Alphabet = Alphabet {
    names: &[
        "w:p",
        "w:r",
        "w:t",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:pPr",
        "w:rPr",
        "w:numPr",
        "w:numId",
        "w:ilvl",
        "w:ins",
        "w:del",
        "w:fldChar",
        "w:instrText",
        "w:footnoteReference",
        "w:endnoteReference",
        "w:commentRangeStart",
        "w:commentRangeEnd",
        "w:ruby",
        "w:rt",
        "w:rubyBase",
        "w:txbxContent",
        "w:drawing",
        "w:tab",
        "w:br",
        "w:lastRenderedPageBreak",
        "w:sdt",
        "w:sdtContent",
        "w:vanish",
        "w:sectPr",
        "w:outlineLvl",
        "w:hyperlink",
        "w:pict",
        "w:sym",
        "w:pStyle",
        "w:moveFrom",
    ],
    attributes: &[
        "w:val=\"0\"",
        "w:val=\"1\"",
        "w:id=\"1\"",
        "w:id=\"2\"",
        "w:fldCharType=\"begin\"",
        "w:fldCharType=\"end\"",
        "w:fldCharType=\"separate\"",
        "w:customMarkFollows=\"1\"",
        "w:char=\"F0FE\"",
        "w:type=\"page\"",
    ],
};

const ODT: Alphabet = Alphabet {
    names: &[
        "t:p",
        "t:h",
        "t:span",
        "t:list",
        "t:list-item",
        "t:list-header",
        "t:s",
        "t:tab",
        "t:line-break",
        "t:note",
        "t:note-body",
        "t:note-citation",
        "t:ruby",
        "t:ruby-base",
        "t:ruby-text",
        "t:section",
        "t:table",
        "t:table-row",
        "t:table-cell",
        "t:frame",
        "t:text-box",
        "t:annotation",
        "t:annotation-end",
        "t:soft-page-break",
        "t:table-of-content",
        "t:index-body",
        "t:list-style",
        "t:list-level-style-number",
        "t:tracked-changes",
        "t:desc",
    ],
    attributes: &[
        "t:outline-level=\"2\"",
        "t:style-name=\"L\"",
        "t:name=\"L\"",
        "t:level=\"1\"",
        "t:num-format=\"一, 二\"",
        "t:continue-numbering=\"true\"",
        "t:number-columns-repeated=\"9999999\"",
        "t:c=\"9999999\"",
        "t:display=\"none\"",
        "t:start-value=\"4294967295\"",
        "t:num-list-format=\"%1%%\"",
        "t:note-class=\"endnote\"",
    ],
};

const EPUB: Alphabet = Alphabet {
    names: &[
        "p", "h1", "h2", "div", "a", "sup", "aside", "ruby", "rt", "table", "tr", "td", "ol", "li", "br",
        "nav", "span", "pre",
    ],
    attributes: &[
        "href=\"#n\"",
        "href=\"b.xhtml#n\"",
        "id=\"n\"",
        "id=\"m\"",
        "hidden=\"\"",
        "class=\"x\"",
        "epub:type=\"noteref\"",
        "epub:type=\"footnote\"",
        "epub:type=\"pagebreak\" title=\"3\"",
    ],
};

/// Any tree of an alphabet, written as XML.
fn tree(alphabet: &'static Alphabet) -> impl Strategy<Value = String> {
    let words = vec![
        "河水",
        " ",
        "　　清。",
        "1",
        "[2]",
        "一、",
        "a b",
        "\n",
        "長長的一句話，說的是河水清清，樹在水邊。",
    ];
    let leaf = prop::sample::select(words).prop_map(str::to_owned);
    leaf.prop_recursive(6, 60, 6, move |inner| {
        let name = prop::sample::select(alphabet.names);
        let attributes = prop::sample::subsequence(alphabet.attributes, 0..3);
        (name, attributes, prop::collection::vec(inner, 0..6)).prop_map(|(name, attributes, inner)| {
            format!("<{name} {}>{}</{name}>", attributes.join(" "), inner.concat())
        })
    })
}

fn trees(alphabet: &'static Alphabet) -> impl Strategy<Value = String> {
    prop::collection::vec(tree(alphabet), 0..8).prop_map(|trees| trees.concat())
}

fn part(name: &'static str, text: impl Into<String>) -> (&'static str, String) {
    (name, text.into())
}

fn docx(body: &str, styles: &str, numbering: &str, notes: &str) -> Vec<u8> {
    let names = ["styles", "numbering", "footnotes", "comments"];
    let relations =
        names.map(|name| format!("<Relationship Type=\"x/{name}\" Target=\"{name}.xml\"/>")).concat();
    let root = |name: &str, inner: &str| format!("<w:{name} xmlns:w=\"w\">{inner}</w:{name}>");
    pack(&[
        part("word/document.xml", root("document", &format!("<w:body>{body}</w:body>"))),
        part("word/_rels/document.xml.rels", format!("<Relationships>{relations}</Relationships>")),
        part(
            "word/styles.xml",
            root(
                "styles",
                &format!(
                    "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:basedOn w:val=\"1\"/>{styles}</w:style>"
                ),
            ),
        ),
        part(
            "word/numbering.xml",
            root(
                "numbering",
                &format!(
                    "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"第%1%2%\"/>{numbering}</w:lvl></w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>"
                ),
            ),
        ),
        part(
            "word/footnotes.xml",
            root("footnotes", &format!("<w:footnote w:id=\"1\">{notes}</w:footnote>")),
        ),
        part("word/comments.xml", root("comments", &format!("<w:comment w:id=\"1\">{notes}</w:comment>"))),
    ])
}

fn odt(text: &str) -> Vec<u8> {
    let content = format!(
        "<o:document xmlns:o=\"o\" xmlns:t=\"t\"><o:body><o:text>{text}</o:text></o:body></o:document>"
    );
    pack(&[part("mimetype", "application/vnd.oasis.opendocument.text"), part("content.xml", content)])
}

fn epub(first: &str, second: &str, contents: &str) -> Vec<u8> {
    let items = "<item id=\"a\" href=\"a.xhtml\"/><item id=\"b\" href=\"b.xhtml\"/><item id=\"n\" href=\"n.xhtml\" properties=\"nav\"/>";
    let spine = "<itemref idref=\"a\"/><itemref idref=\"b\"/><itemref idref=\"n\"/><itemref idref=\"a\"/>";
    pack(&[
        part("mimetype", "application/epub+zip"),
        part("a.opf", format!("<package><manifest>{items}</manifest><spine>{spine}</spine></package>")),
        part("a.xhtml", first),
        part("b.xhtml", second),
        part(
            "n.xhtml",
            format!("<nav xmlns:epub=\"e\"><ol><li><a href=\"a.xhtml\">河水</a></li>{contents}</ol></nav>"),
        ),
    ])
}

/// There is a document that holds, or an error.
fn lasts(bytes: Vec<u8>) {
    match read("a", bytes, &ReadOptions::default()) {
        Ok(imported) => {
            holds(&imported.document);
            for comment in &imported.comments {
                assert!(comment.span.of(imported.document.text()).is_some());
            }
        }
        Err(error) => assert!(!matches!(error, ImportError::Inconsistent(_)), "{error}"),
    }
}

proptest! {
    #[test]
    fn any_docx_gives_a_document_or_an_error(
        body in trees(&DOCX), styles in tree(&DOCX), numbering in tree(&DOCX), notes in trees(&DOCX),
    ) {
        lasts(docx(&body, &styles, &numbering, &notes));
    }

    #[test]
    fn any_odt_gives_a_document_or_an_error(text in trees(&ODT)) {
        lasts(odt(&text));
    }

    #[test]
    fn any_epub_gives_a_document_or_an_error(
        first in trees(&EPUB), second in trees(&EPUB), contents in trees(&EPUB),
    ) {
        lasts(epub(&first, &second, &contents));
    }

    #[test]
    fn any_spoiled_archive_gives_a_document_or_an_error(
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 1..6), cut in any::<prop::sample::Index>(), kind in 0..3,
    ) {
        let mut bytes = match kind {
            0 => docx("<w:p><w:r><w:t>河水</w:t></w:r></w:p>", "", "", ""),
            1 => odt("<t:p>河水</t:p>"),
            _ => epub("<p>河水</p>", "<p>清。</p>", ""),
        };
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        bytes.truncate(cut.index(bytes.len() * 2).max(1));
        lasts(bytes);
    }
}
