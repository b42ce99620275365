//! DOCX and ODT whose styles, numbers and notes go in circles, that count without end, or refer to what they may not reach.

use super::super::documents::samples::{self, LONG, open_content, relations, word};
use super::super::outcome::Outcome::{self, Damaged, OtherKind, Read, TooMuch};
use super::xml::with_text;
use super::{Shelf, references};

const BODY: &str = "word/document.xml";
const STYLES: &str = "word/styles.xml";
const NUMBERING: &str = "word/numbering.xml";

/// What is wrong, what may come of it, the part that is another, and what stands in it.
type Fault = (&'static str, &'static [Outcome], &'static str, fn() -> String);

const WORD: [Fault; 18] = [
    ("circles", &[Read], STYLES, || word("styles", &format!("{}{}", style("1", "2"), style("2", "1")))),
    ("circles", &[Read], STYLES, || {
        word("styles", &(0..20_000).map(|n| style(&n.to_string(), &(n + 1).to_string())).collect::<String>())
    }),
    ("circles", &[Read], NUMBERING, || word("numbering", &(0..2_000).map(linked_list).collect::<String>())),
    ("circles", &[Read], "word/footnotes.xml", || {
        let note = |n: u32| {
            format!("<w:footnote w:id=\"{n}\"><w:p>{}{}</w:p></w:footnote>", run("注"), mark((n + 1) % 3))
        };
        word("footnotes", &(0..3).map(note).collect::<String>())
    }),
    ("circles", &[Read, Damaged], "_rels/.rels", || {
        relations(&[("officeDocument", "word/document.xml"), ("officeDocument", "_rels/.rels")])
    }),
    ("circles", &[Damaged, Read], "word/_rels/document.xml.rels", || {
        relations(
            &["styles", "numbering", "footnotes", "comments", "header"].map(|kind| (kind, "document.xml")),
        )
    }),
    ("very many notes", &[Read], BODY, || paragraphs(&mark(1).repeat(100_000))),
    ("very many notes", &[Read], BODY, || paragraphs(&"<w:commentRangeStart w:id=\"1\"/>".repeat(100_000))),
    ("huge numbers", &[Read], NUMBERING, || {
        let level = "<w:lvl w:ilvl=\"0\"><w:start w:val=\"4294967295\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1%2%9\"/></w:lvl>";
        word(
            "numbering",
            &format!(
                "<w:abstractNum w:abstractNumId=\"1\">{level}{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>",
                level.replace("\"0\"", "\"99999999999\"")
            ),
        )
    }),
    ("huge numbers", &[Read, TooMuch], NUMBERING, || {
        let level = format!("<w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"{}\"/></w:lvl>", "%1".repeat(500_000));
        word(
            "numbering",
            &format!(
                "<w:abstractNum w:abstractNumId=\"1\">{level}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>"
            ),
        )
    }),
    ("huge numbers", &[Read], BODY, || {
        paragraphs("<w:r><w:sym w:char=\"FFFFFFFFFF\"/><w:sym w:char=\"D800\"/></w:r>") + "<!-- -->"
    }),
    ("huge table", &[Read, TooMuch], BODY, || {
        let row = format!(
            "<w:tr>{}</w:tr>",
            format!(
                "<w:tc><w:tcPr><w:gridSpan w:val=\"2147483647\"/></w:tcPr><w:p>{}</w:p></w:tc>",
                run("書")
            )
            .repeat(300)
        );
        word("document", &format!("<w:body><w:tbl>{}</w:tbl></w:body>", row.repeat(300)))
    }),
    ("nested tables", &[Read, TooMuch], BODY, || {
        word(
            "document",
            &format!(
                "<w:body>{}{}{}</w:body>",
                "<w:tbl><w:tr><w:tc>".repeat(150),
                paragraph(LONG),
                "</w:tc></w:tr></w:tbl>".repeat(150)
            ),
        )
    }),
    ("nested boxes", &[Read, TooMuch], BODY, || {
        word(
            "document",
            &format!(
                "<w:body>{}{}{}</w:body>",
                "<w:p><w:r><w:pict><w:txbxContent>".repeat(110),
                paragraph(LONG),
                "</w:txbxContent></w:pict></w:r></w:p>".repeat(110)
            ),
        )
    }),
    ("open fields", &[Read, Damaged], BODY, || {
        let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText></w:r>";
        paragraphs(&field.repeat(20_000))
    }),
    ("references", &[Read, Damaged], "word/_rels/document.xml.rels", || {
        let kinds = [
            "styles",
            "footnotes",
            "header",
            "image",
            "attachedTemplate",
            "aFChunk",
            "oleObject",
            "vbaProject",
            "frame",
        ];
        let one = |to: &String| {
            kinds.map(|kind| format!("<Relationship Id=\"{kind}\" Type=\"x/{kind}\" Target=\"{to}\" TargetMode=\"External\"/>")).concat()
        };
        format!("<Relationships>{}</Relationships>", references().iter().map(one).collect::<String>())
    }),
    ("references", &[Read, Damaged], "word/_rels/document.xml.rels", || {
        let one = |to: &String| {
            format!(
                "<Relationship Id=\"s\" Type=\"x/styles\" Target=\"{to}\"/><Relationship Id=\"h\" Type=\"x/header\" Target=\"{to}\"/>"
            )
        };
        format!("<Relationships>{}</Relationships>", references().iter().map(one).collect::<String>())
    }),
    ("scripts", &[Read], "word/vbaProject.bin", || "Sub AutoOpen()\nShell \"cmd\"\nEnd Sub".repeat(100)),
];

const OPEN: [Fault; 14] = [
    ("huge numbers", &[Read, TooMuch], "content.xml", || {
        open_content("", &format!("<text:p>{LONG}<text:s text:c=\"4294967295\"/>書</text:p>"))
    }),
    ("huge numbers", &[Read, TooMuch], "content.xml", || {
        open_content("", &format!("<text:p>{}書</text:p>", "<text:s text:c=\"99999\"/>".repeat(50_000)))
    }),
    ("huge numbers", &[Read], "content.xml", || {
        let level = "<text:list-level-style-number text:level=\"1\" style:num-format=\"I\" text:start-value=\"4294967295\" text:display-levels=\"4294967295\"/>";
        open_content(
            &format!("<text:list-style style:name=\"L\">{level}</text:list-style>"),
            &format!("<text:list text:style-name=\"L\">{}</text:list>", item("書").repeat(100)),
        )
    }),
    ("huge table", &[Read, TooMuch], "content.xml", || {
        open_content("", &table("table:number-columns-repeated=\"99999999\"", 3))
    }),
    ("huge table", &[Read, TooMuch], "content.xml", || {
        open_content("", &table("table:number-columns-repeated=\"1000\"", 20_000))
    }),
    ("circles", &[Read], "content.xml", || {
        let one = |n: u32| {
            format!(
                "<style:style style:name=\"P{n}\" style:family=\"paragraph\" style:parent-style-name=\"P{}\"/>",
                (n + 1) % 20_000
            )
        };
        open_content(
            &(0..20_000).map(one).collect::<String>(),
            &format!("<text:p text:style-name=\"P0\">{LONG}</text:p>"),
        )
    }),
    ("circles", &[Read], "content.xml", || {
        let one = |n: u32| {
            format!(
                "<text:list xml:id=\"l{n}\" text:continue-list=\"l{}\">{}</text:list>",
                (n + 1) % 5_000,
                item("書")
            )
        };
        open_content("", &(0..5_000).map(one).collect::<String>())
    }),
    ("nested lists", &[Read, TooMuch], "content.xml", || {
        open_content(
            "",
            &format!(
                "{}{}{}",
                "<text:list><text:list-item>".repeat(240),
                "<text:p>書</text:p>",
                "</text:list-item></text:list>".repeat(240)
            ),
        )
    }),
    ("nested notes", &[Read, TooMuch], "content.xml", || {
        open_content(
            "",
            &format!(
                "<text:p>{LONG}{}{}</text:p>",
                "<text:note><text:note-body><text:p>書".repeat(120),
                "</text:p></text:note-body></text:note>".repeat(120)
            ),
        )
    }),
    ("nested notes", &[Read, TooMuch], "content.xml", || {
        open_content("", &format!("<text:p>{LONG}{}</text:p>", "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note>".repeat(50_000)))
    }),
    ("open notes", &[Read], "content.xml", || {
        open_content(
            "",
            &format!(
                "<text:p>{LONG}{}</text:p>",
                "<office:annotation office:name=\"n\"/><office:annotation-end office:name=\"m\"/>"
                    .repeat(20_000)
            ),
        )
    }),
    ("encrypted parts", &[OtherKind], "META-INF/manifest.xml", || {
        "<manifest><file-entry full-path=\"content.xml\"><encryption-data/></file-entry></manifest>"
            .to_owned()
    }),
    ("scripts", &[Read], "Basic/Standard/Module1.xml", || "<script>Shell(\"/bin/sh\")</script>".repeat(100)),
    ("references", &[Read], "content.xml", || {
        let one = |to: &String| {
            format!(
                "<text:p>{LONG}<text:a xlink:href=\"{to}\">書</text:a><draw:image xlink:href=\"{to}\"/><text:section><text:section-source xlink:href=\"{to}\"/></text:section></text:p>"
            )
        };
        open_content("", &references().iter().map(one).collect::<String>())
    }),
];

pub(super) fn fill(shelf: &mut Shelf) {
    for (family, expected, part, text) in WORD {
        shelf.add("DOCX", family, expected, move || with_text(samples::docx(), part, &text()));
    }
    for (family, expected, part, text) in OPEN {
        shelf.add("ODT", family, expected, move || with_text(samples::odt(), part, &text()));
    }
}

fn run(words: &str) -> String {
    format!("<w:r><w:t>{words}</w:t></w:r>")
}

fn paragraph(words: &str) -> String {
    format!("<w:p>{}</w:p>", run(words))
}

/// A document of one paragraph in which something more stands.
fn paragraphs(more: &str) -> String {
    word("document", &format!("<w:body><w:p>{}{more}</w:p></w:body>", run(LONG)))
}

/// The mark of a footnote.
fn mark(number: u32) -> String {
    format!("<w:r><w:footnoteReference w:id=\"{number}\"/></w:r>")
}

fn style(id: &str, base: &str) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"s{id}\"/><w:basedOn w:val=\"{base}\"/></w:style>"
    )
}

/// A list whose look is that of the next one.
fn linked_list(number: u32) -> String {
    let next = (number + 1) % 2_000;
    format!(
        "<w:abstractNum w:abstractNumId=\"{number}\"><w:styleLink w:val=\"s{number}\"/><w:numStyleLink w:val=\"s{next}\"/></w:abstractNum>\
         <w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{number}\"/></w:num>"
    )
}

fn item(words: &str) -> String {
    format!("<text:list-item><text:p>{words}</text:p></text:list-item>")
}

fn table(repeated: &str, rows: usize) -> String {
    let row = format!(
        "<table:table-row {repeated}><table:table-cell {repeated}><text:p>書</text:p></table:table-cell></table:table-row>"
    );
    format!(
        "<table:table>{}</table:table>",
        row.replace("table-row table:number-columns", "table-row table:number-rows").repeat(rows)
    )
}
