//! Sound documents of our own, one of each format, with all that a format can hold: what hostile ones are made from.

/// The parts of a packed document by their names.
pub(crate) type Parts = Vec<(&'static str, String)>;

/// Plain text.
pub(crate) const TEXT: &str = include_str!("../../../assets/samples/rural-reading-initiative.zh-Hans.txt");
/// Markdown.
pub(crate) const MARKDOWN: &str =
    include_str!("../../../assets/samples/river-repair-declaration.zh-Hant-HK.md");
/// A saved web page, in GB18030.
pub(crate) const PAGE: &[u8] = include_bytes!("../../../assets/samples/river-repair-notice.zh-Hans.html");
/// Plain text in Big5.
pub(crate) const BIG5: &[u8] = include_bytes!("../../../assets/samples/classic-note.big5.txt");

/// RTF.
pub(crate) const RTF: &str = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\ftech\fcharset2 Symbol;}}
{\colortbl;\red0\green0\blue0;}{\stylesheet{\snext0 Normal;}{\s1\outlinelevel0\sbasedon0 heading 1;}{\s2\sbasedon0 \'b1\'ea\'cc\'e2 2;}}
{\info{\title \u26360?\u23627?}{\author \'c1\'d6}{\creatim\yr2025\mo3\dy21}}{\header\pard \u20869?\u37096?\par}{\*\listtable{\list}}
\pard\s1{\listtext\pard\f0 \u19968?\u12289?\tab}\f0 \u27827?\u27700?\par\pard\plain\f0 \u28165?\u28165?\uc2\u27700\'cb\'ae\uc1
{\super\chftn}{\footnote\pard\plain{\super\chftn} \'ba\'d3\'c3\'fb\'a1\'a3}{\super\chftn}{\footnote\ftnalt\pard \'ca\'f7}\par
{\field{\*\fldinst HYPERLINK \\l x}{\fldrslt{\f1 a\'b3}}}{\*\bkmkstart x}{\*\bkmkend x}{\revised\'d0\'c2}{\deleted\'be\'c9}{\v\'b2\'d8}
{\*\atrfstart 1}\'cb\'d1{\*\atrfend 1}{\*\atnid L}{\*\atnauthor L}\chatn{\*\annotation{\*\atnref 1}\pard \'ce\'ca\par}\line\page
{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt\pard \'bf\'f2\par}}{\shprslt x}}{\pict\wmetafile8\bin3 {}\}{\object{\*\objdata 01}{\result y}}\par
\trowd\cellx9\cellx18\pard\intbl \'ca\'e9\par\'b2\'e1\cell 3\cell\row\trowd\cellx9\pard\intbl \'bf\'f2\cell\row\pard \u-10179?\u-8704?\emdash\~\-\_\par}";

/// A long sentence.
pub(crate) const LONG: &str = "村東的舊磨坊改成了書屋，門朝著市集開，傍晚點一盞燈，誰走過都看得見；借書不問姓名，還書不問早晚，只請愛惜。";

/// A page as Chrome saves it.
pub(crate) fn mhtml() -> String {
    let page = format!(
        "<html><head><title>書屋</title></head><body><nav><a href=3D\"/\">首頁</a></nav><article><h1>書屋</h1><p>{LONG}</p>\
         <p>{LONG}</p><img alt=3D\"門\" src=3D\"cid:a\"></article></body></html>"
    );
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\nSubject: =?utf-8?B?5pu45bGL?=\r\n\
         Date: Sat, 1 Nov 2025 08:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\
         \tboundary=\"--x--\"\r\n\r\n----x--\r\nContent-Type: text/html; charset=utf-8\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n{page}\r\n\
         ----x--\r\nContent-Type: image/png\r\nContent-Location: cid:a\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----x----\r\n"
    )
}

/// A book with notes, ruby, boxes, tables and both tables of contents.
pub(crate) fn epub() -> Parts {
    let chapter = |title: &str, inner: &str| {
        format!(
            "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\">\
             <head><title>{title}</title></head><body><h1>{title}</h1><p>{LONG}{inner}</p></body></html>"
        )
    };
    let first = "<a epub:type=\"noteref\" href=\"b.xhtml#n\">1</a><ruby>磨<rt>mò</rt></ruby></p>\
                 <table><tr><th>日</th><td>夜</td></tr></table><ol><li>借</li><li>還</li></ol><blockquote>燈下。</blockquote><p>";
    let second = "<span epub:type=\"pagebreak\" title=\"3\"/></p><aside id=\"n\" epub:type=\"footnote\">磨坊：磨麥的屋。</aside><p>";
    let navigation = "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"><body>\
                      <nav epub:type=\"toc\"><ol><li><a href=\"a.xhtml\">借書</a><ol><li><a href=\"b.xhtml#n\">還書</a></li></ol></li></ol></nav></body></html>";
    let package = "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
                   <metadata><dc:title>書屋</dc:title><dc:creator>葉小苗</dc:creator><dc:language>zh-Hant</dc:language><dc:date>2025</dc:date></metadata>\
                   <manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"b\" href=\"b.xhtml\" media-type=\"application/xhtml+xml\"/>\
                   <item id=\"n\" href=\"n.xhtml\" properties=\"nav\" media-type=\"application/xhtml+xml\"/><item id=\"t\" href=\"t.ncx\" media-type=\"application/x-dtbncx+xml\"/></manifest>\
                   <spine toc=\"t\"><itemref idref=\"n\"/><itemref idref=\"a\"/><itemref idref=\"b\" linear=\"no\"/></spine></package>";
    let old = "<ncx><navMap><navPoint><navLabel><text>借書</text></navLabel><content src=\"a.xhtml\"/></navPoint></navMap></ncx>";
    vec![
        ("mimetype", "application/epub+zip".to_owned()),
        (
            "META-INF/container.xml",
            "<container><rootfiles><rootfile full-path=\"O/p.opf\"/></rootfiles></container>".to_owned(),
        ),
        ("O/p.opf", package.to_owned()),
        ("O/a.xhtml", chapter("借書", first)),
        ("O/b.xhtml", chapter("還書", second)),
        ("O/n.xhtml", navigation.to_owned()),
        ("O/t.ncx", old.to_owned()),
    ]
}

/// A document of Word with numbering, notes, comments, tracked changes, a table, a box, ruby, fields.
pub(crate) fn docx() -> Parts {
    vec![
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            relations(&[("officeDocument", "word/document.xml"), ("core-properties", "docProps/core.xml")]),
        ),
        ("word/_rels/document.xml.rels", relations(&WORD_PARTS.map(|name| (name.0, name.1)))),
        ("word/document.xml", word("document", &format!("<w:body>{}</w:body>", word_body()))),
        ("word/styles.xml", word("styles", WORD_STYLES)),
        ("word/numbering.xml", word("numbering", WORD_NUMBERING)),
        ("word/footnotes.xml", word("footnotes", &note_of_word("footnote", "磨坊：磨麥的屋。"))),
        ("word/endnotes.xml", word("endnotes", &note_of_word("endnote", "書屋後來又添了一盞燈。"))),
        ("word/comments.xml", word("comments", &note_of_word("comment", "請再想想。"))),
        ("word/settings.xml", word("settings", "<w:footnotePr><w:numFmt w:val=\"chineseCounting\"/></w:footnotePr>")),
        ("word/header1.xml", word("hdr", &run("書屋章程"))),
        (
            "docProps/core.xml",
            "<c:coreProperties xmlns:c=\"c\" xmlns:dc=\"dc\"><dc:title>書屋章程</dc:title><dc:creator>葉小苗</dc:creator></c:coreProperties>".to_owned(),
        ),
    ]
}

const WORD_PARTS: [(&str, &str); 7] = [
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("settings", "settings.xml"),
    ("footnotes", "footnotes.xml"),
    ("endnotes", "endnotes.xml"),
    ("comments", "comments.xml"),
    ("header", "header1.xml"),
];

const WORD_STYLES: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:eastAsia=\"zh-TW\"/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/>\
    <w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"q\"><w:name w:val=\"Quote\"/><w:basedOn w:val=\"a\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"toc\"><w:name w:val=\"toc 1\"/></w:style>";

const WORD_NUMBERING: &str = "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
    <w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"第%1章\"/><w:suff w:val=\"space\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.%2\"/><w:lvlRestart w:val=\"1\"/><w:isLgl/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"3\"/></w:lvlOverride></w:num>";

fn word_body() -> String {
    let paragraph = |properties: &str, inner: &str| format!("<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>");
    let styled = |style: &str, words: &str| paragraph(&format!("<w:pStyle w:val=\"{style}\"/>"), &run(words));
    let notes = "<w:r><w:footnoteReference w:id=\"1\"/></w:r><w:commentRangeStart w:id=\"1\"/>";
    let rest = "<w:commentRangeEnd w:id=\"1\"/><w:r><w:endnoteReference w:id=\"1\"/></w:r>";
    [
        styled("toc", "借書 1"),
        styled("1", "借書"),
        paragraph("", &format!("{}{notes}{}{rest}", run(LONG), run("燈下。"))),
        paragraph("<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>", &run("守時")),
        paragraph("", "<w:ins w:id=\"7\"><w:r><w:t>新</w:t></w:r></w:ins><w:del w:id=\"8\"><w:r><w:delText>舊</w:delText></w:r></w:del>"),
        paragraph("", "<w:r><w:ruby><w:rt><w:r><w:t>mò</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>磨</w:t></w:r></w:rubyBase></w:ruby></w:r>"),
        paragraph("", "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>\
                       <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>3</w:t><w:lastRenderedPageBreak/></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", styled("a", "日"), styled("a", "夜")),
        paragraph("", &format!("<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict><w:sym w:char=\"F0FE\"/><w:tab/></w:r>", styled("q", "專欄"))),
        format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", styled("q", LONG)),
        paragraph("<w:sectPr/>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"),
    ]
    .concat()
}

fn run(words: &str) -> String {
    format!("<w:r><w:t>{words}</w:t></w:r>")
}

fn note_of_word(name: &str, words: &str) -> String {
    format!("<w:{name} w:id=\"1\" w:author=\"葉小苗\"><w:p>{}</w:p></w:{name}>", run(words))
}

/// A part of a document of Word.
pub(crate) fn word(name: &str, inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><w:{name} xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:v=\"v\">{inner}</w:{name}>"
    )
}

/// How parts of a document of Word refer to others.
pub(crate) fn relations(relations: &[(&str, &str)]) -> String {
    let one = |(kind, target): &(&str, &str)| {
        format!("<Relationship Id=\"{kind}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
    };
    format!("<Relationships>{}</Relationships>", relations.iter().map(one).collect::<String>())
}

const OPEN_NAMES: &str = "xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" xmlns:table=\"b\" xmlns:draw=\"d\" xmlns:dc=\"dc\" \
                          xmlns:meta=\"m\" xmlns:svg=\"v\" xmlns:fo=\"f\" xmlns:loext=\"l\" xmlns:xlink=\"k\"";

/// A document of LibreOffice with numbering, notes, comments, tracked changes, a table, a box, ruby.
pub(crate) fn odt() -> Parts {
    let meta = format!(
        "<office:document-meta {OPEN_NAMES}><office:meta><dc:title>書屋章程</dc:title></office:meta></office:document-meta>"
    );
    vec![
        ("mimetype", "application/vnd.oasis.opendocument.text".to_owned()),
        ("content.xml", open_content(OPEN_STYLES, &open_body())),
        (
            "styles.xml",
            format!("<office:document-styles {OPEN_NAMES}>{OPEN_STYLES}</office:document-styles>"),
        ),
        ("meta.xml", meta),
        ("META-INF/manifest.xml", "<manifest/>".to_owned()),
    ]
}

/// The part of a document of LibreOffice that has its text.
pub(crate) fn open_content(styles: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><office:document-content {OPEN_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
}

const OPEN_STYLES: &str = "<style:style style:name=\"Q\" style:display-name=\"Quotations\" style:family=\"paragraph\" style:parent-style-name=\"P\"/>\
    <text:outline-style><text:outline-level-style text:level=\"1\" loext:num-list-format=\"第%1%章\" style:num-format=\"一, 二, 三, ...\"/></text:outline-style>\
    <text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"甲, 乙, 丙, ...\" style:num-suffix=\"、\" text:start-value=\"2\"/>\
    <text:list-level-style-bullet text:level=\"2\"/></text:list-style><text:notes-configuration text:note-class=\"footnote\" style:num-format=\"1\"/>";

fn open_body() -> String {
    format!(
        "<text:tracked-changes><text:changed-region text:id=\"c\"><text:deletion><text:p>舊</text:p></text:deletion></text:changed-region></text:tracked-changes>\
         <text:table-of-content><text:index-body><text:p>借書 1</text:p></text:index-body></text:table-of-content>\
         <text:h text:outline-level=\"1\">借書</text:h><text:p>{LONG}<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>\
         <text:note-body><text:p>磨坊：磨麥的屋。</text:p></text:note-body></text:note><text:s text:c=\"3\"/><text:tab/><text:line-break/>\
         <office:annotation office:name=\"n\"><dc:creator>葉小苗</dc:creator><text:p>請再想想。</text:p></office:annotation>燈下<office:annotation-end office:name=\"n\"/></text:p>\
         <text:list text:style-name=\"L\" xml:id=\"i\"><text:list-item text:start-value=\"4\"><text:p>守時</text:p><text:list><text:list-item><text:p>早</text:p></text:list-item></text:list></text:list-item></text:list>\
         <text:list text:continue-list=\"i\"><text:list-item><text:p>愛惜</text:p></text:list-item></text:list>\
         <text:p text:style-name=\"Q\"><text:ruby><text:ruby-base>磨</text:ruby-base><text:ruby-text>mò</text:ruby-text></text:ruby></text:p>\
         <table:table><table:table-row table:number-rows-repeated=\"2\"><table:table-cell><text:p>日</text:p></table:table-cell>\
         <table:table-cell table:number-columns-repeated=\"2\"><text:p>夜</text:p></table:table-cell></table:table-row></table:table>\
         <text:section text:display=\"none\"><text:p>藏</text:p></text:section><text:soft-page-break/>\
         <draw:frame><draw:text-box><text:p>專欄</text:p></draw:text-box><svg:desc>門</svg:desc></draw:frame>"
    )
}
