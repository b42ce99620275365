//! DOCX: files made here, read and listed.

use super::super::testing::{check, check_links, pack, tied};
use super::super::{ImportError, Imported, Limit, ReadOptions, Unread, Warning};
use super::styles::MOST_BASES;
use crate::document::Format;
use crate::text::Span;

pub(super) const LONG: &str =
    "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

/// A file in the making.
pub(super) struct Docx {
    body: String,
    parts: Vec<(&'static str, String)>,
    /// The list of the parts that the text refers to, where it is not that of `parts`.
    relations: Option<String>,
    /// Parts by their names in the file.
    more: Vec<(&'static str, String)>,
}

impl Docx {
    pub(super) fn of(body: &str) -> Self {
        Self { body: body.replace('長', LONG), parts: Vec::new(), relations: None, more: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, content: &str) -> Self {
        self.parts.push((name, format!("<w:{name} xmlns:w=\"w\">{content}</w:{name}>")));
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let relation = |(name, _): &(&str, String)| {
            format!("<Relationship Id=\"{name}\" Type=\"http://x/{name}\" Target=\"{name}.xml\"/>")
        };
        let relations: String = self.parts.iter().map(relation).collect();
        let main = "<Relationship Type=\"http://x/officeDocument\" Target=\"word/document.xml\"/>\
                    <Relationship Type=\"http://x/core-properties\" Target=\"docProps/core.xml\"/>";
        let relations_of = |inner: &str| format!("<Relationships>{inner}</Relationships>");
        let relations = self.relations.clone().unwrap_or_else(|| relations_of(&relations));
        let document = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\" xmlns:mc=\"mc\" xmlns:v=\"v\" xmlns:wp=\"wp\">\
             <w:body>{}</w:body></w:document>",
            self.body
        );
        let mut parts = vec![
            ("[Content_Types].xml", String::new()),
            ("_rels/.rels", relations_of(main)),
            ("word/_rels/document.xml.rels", relations),
            ("word/document.xml", document),
            ("docProps/core.xml", CORE.to_owned()),
        ];
        let names: Vec<String> = self.parts.iter().map(|(name, _)| format!("word/{name}.xml")).collect();
        parts.extend(names.iter().zip(&self.parts).map(|(name, (_, part))| (name.as_str(), part.clone())));
        parts.extend(self.more.iter().cloned());
        pack(&parts)
    }

    pub(super) fn read(&self) -> Imported {
        super::super::read("a.docx", self.bytes(), &ReadOptions::default()).unwrap()
    }

    pub(super) fn check(&self, expected: &str) -> Imported {
        let imported = self.read();
        check(&imported.document, &expected.replace('長', LONG));
        imported
    }
}

const CORE: &str = "<c:coreProperties xmlns:c=\"c\" xmlns:dc=\"dc\"><dc:creator>田禾生</dc:creator>\
                    <dc:created>2025-03-21T09:30:00Z</dc:created><dc:language>zh-TW</dc:language></c:coreProperties>";

/// A paragraph of one run; `style` may be empty.
pub(super) fn paragraph(style: &str, text: &str) -> String {
    let style = if style.is_empty() {
        String::new()
    } else {
        format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>")
    };
    format!("<w:p>{style}<w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A heading, so that none has to be guessed.
pub(super) const HEADING: &str = "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>卷一</w:t></w:r></w:p><w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>卷二</w:t></w:r></w:p>";

/// A paragraph in a list.
fn item(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

/// Levels of a list: the counting and the text of each.
fn levels(levels: &[(&str, &str)]) -> String {
    let level = |(index, (counting, text)): (usize, &(&str, &str))| {
        format!(
            "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{counting}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    levels.iter().enumerate().map(level).collect()
}

fn list(id: u32, pattern: u32, more: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{pattern}\"/>{more}</w:num>")
}

fn pattern(id: u32, inner: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{inner}</w:abstractNum>")
}

const STYLES: &str = "\
    <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/>\
        <w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"1\"/>\
        <w:pPr><w:numPr><w:ilvl w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"own\"><w:name w:val=\"我的小題\"/><w:basedOn w:val=\"2\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"t\"><w:name w:val=\"Title\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"q\"><w:name w:val=\"Quote\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"toc\"><w:name w:val=\"toc 1\"/></w:style>\
    <w:style w:type=\"character\" w:styleId=\"h\"><w:name w:val=\"x\"/><w:rPr><w:vanish/></w:rPr></w:style>";

#[test]
fn a_style_may_build_on_so_many_others() {
    for (styles, sign) in [(MOST_BASES - 1, ">"), (MOST_BASES, ">"), (MOST_BASES + 1, "¶")] {
        // The last of them is that of quotations.
        let style = |at: usize| {
            let name = if at + 1 == styles { "Quote" } else { "own" };
            let inner = format!("<w:name w:val=\"{name}\"/><w:basedOn w:val=\"{}\"/>", at + 1);
            format!("<w:style w:type=\"paragraph\" w:styleId=\"{at}\">{inner}</w:style>")
        };
        let styles: String = (0..styles).map(style).collect();
        let body = format!("{HEADING}{}", paragraph("0", "書是鄰居。"));
        let imported = Docx::of(&body).with("styles", &styles).read();
        check(&imported.document, &format!("# 卷一\n# 卷二\n{sign} 書是鄰居。"));
    }
}

#[test]
fn styles_and_their_numbering_give_the_outline() {
    let body = [
        paragraph("t", "圖書室章程"),
        paragraph("toc", "目的　1"),
        paragraph("1", "目的"),
        paragraph("", "長"),
        paragraph("2", "宗旨"),
        paragraph("own", "範圍"),
        paragraph("q", "書是鄰居。"),
        paragraph("1", "借閱"),
        paragraph("2", "守時"),
        "<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:outlineLvl w:val=\"9\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>不是標題</w:t></w:r></w:p>".to_owned(),
    ];
    let numbering =
        pattern(0, &levels(&[("chineseCountingThousand", "第%1章"), ("chineseCounting", "（%2）")]));
    let imported = Docx::of(&body.concat())
        .with("styles", STYLES)
        .with("numbering", &(numbering + &list(1, 0, "")))
        .check(
            "題 圖書室章程\n~導覽 目的　1\n# 第一章 目的\n¶ 長\n## （一）宗旨\n## （二）範圍\n> 書是鄰居。\n\
             # 第二章 借閱\n## （一）守時\n¶ 不是標題",
        );
    let metadata = imported.document.metadata();
    assert_eq!(metadata.title.as_ref().unwrap().value, "圖書室章程");
    assert_eq!(metadata.author.as_ref().unwrap().value, "田禾生");
    assert_eq!(metadata.language.as_ref().unwrap().value, "zh-TW");
    assert_eq!((imported.document.origin().format, imported.warnings), (Format::Docx, vec![]));
}

#[test]
fn lists_count_as_word_counts_them() {
    let own = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>";
    let numbering = [
        pattern(0, &levels(&[("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3)")])),
        pattern(1, &levels(&[("ideographTraditional", "%1、"), ("bullet", "•")])),
        list(1, 0, ""),
        list(2, 0, own),
        list(3, 1, ""),
        list(4, 0, ""),
    ]
    .concat();
    let body = [
        HEADING.to_owned(),
        item(1, 0, "甲"),
        item(1, 1, "乙"),
        item(1, 1, "丙"),
        item(1, 2, "丁"),
        item(1, 0, "戊"),
        item(1, 1, "己"),
        paragraph("", "長"),
        // Another list of the same pattern goes on; one with a beginning of its own does not.
        item(4, 0, "庚"),
        item(2, 0, "辛"),
        item(2, 0, "壬"),
        item(3, 0, "春"),
        item(3, 1, "夏"),
        item(3, 0, "秋"),
        item(9, 0, "無"),
    ];
    Docx::of(&body.concat()).with("numbering", &numbering).check(
        "# 卷一\n# 卷二\n- 1. 甲\n- 1.1 乙\n- 1.2 丙\n- a) 丁\n- 2. 戊\n- 2.1 己\n¶ 長\n- 3. 庚\n- 1. 辛\n- 2. 壬\n\
         - 甲、春\n- 夏\n- 乙、秋\n¶ 無",
    );
}

#[test]
fn a_list_in_a_list_begins_each_of_its_own_levels_anew() {
    let own = |level: u32| {
        format!("<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"1\"/></w:lvlOverride>")
    };
    let begins = own(0) + &own(1);
    let numbering = [
        pattern(0, &levels(&[("decimal", "%1."), ("decimal", "(%2)")])),
        list(1, 0, &begins),
        list(2, 0, &begins),
        list(3, 0, &begins),
    ]
    .concat();
    // A list of its own stands within another list of the same pattern, which goes on after it.
    let body = [
        HEADING.to_owned(),
        item(1, 0, "甲"),
        item(1, 0, "乙"),
        item(2, 1, "丙"),
        item(2, 1, "丁"),
        item(1, 0, "戊"),
        item(3, 1, "己"),
        item(3, 0, "庚"),
    ];
    Docx::of(&body.concat())
        .with("numbering", &numbering)
        .check("# 卷一\n# 卷二\n- 1. 甲\n- 2. 乙\n- (1) 丙\n- (2) 丁\n- 3. 戊\n- (1) 己\n- 1. 庚");
}

#[test]
fn levels_restart_as_they_say_and_legal_ones_are_arabic() {
    let level = |index: u32, counting: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{counting}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let inner = [
        level(0, "chineseCounting", "第%1編", "<w:suff w:val=\"space\"/>"),
        level(1, "chineseCounting", "第%2條", "<w:lvlRestart w:val=\"0\"/><w:suff w:val=\"nothing\"/>"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    ];
    let numbering = pattern(0, &inner.concat()) + &list(1, 0, "");
    let body = [
        item(1, 0, "總"),
        item(1, 1, "甲"),
        item(1, 2, "乙"),
        item(1, 0, "分"),
        item(1, 1, "丙"),
        item(1, 2, "丁"),
    ];
    Docx::of(&(HEADING.to_owned() + &body.concat()))
        .with("numbering", &numbering)
        .check("# 卷一\n# 卷二\n- 第一編 總\n- 第一條甲\n- 1.1.1 乙\n- 第二編 分\n- 第二條丙\n- 2.2.1 丁");
}

#[test]
fn headings_without_styles_are_found_by_their_numbers() {
    let numbering = pattern(0, &levels(&[("chineseCounting", "%1、")])) + &list(1, 0, "");
    let body = [item(1, 0, "借書"), paragraph("", "長"), item(1, 0, "還書"), paragraph("", "長")];
    Docx::of(&body.concat()).with("numbering", &numbering).check("# 一、借書\n¶ 長\n# 二、還書\n¶ 長");
}

#[test]
fn tables_are_rows_and_a_table_of_one_cell_is_a_box() {
    let cell = |text: &str| format!("<w:tc>{text}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let book = cell(&(paragraph("", "農時") + &paragraph("", "（新）")));
    let nested =
        cell(&format!("<w:tbl>{}</w:tbl>", row(&[cell(&paragraph("", "早")), cell(&paragraph("", "晚"))])));
    let body = format!(
        "{}<w:tbl>{}{}</w:tbl><w:tbl>{}</w:tbl>{}",
        paragraph("", "長"),
        row(&[cell(&paragraph("", "書")), cell(""), cell(&paragraph("", "冊"))]),
        row(&[book, nested, cell(&paragraph("", "3"))]),
        row(&[cell(&(paragraph("", "專欄") + &paragraph("", "長")))]),
        paragraph("", "完。"),
    );
    Docx::of(&body).check("¶ 長\n| 書\t\t冊\n| 農時 （新）\t早 晚\t3\n▣ # 專欄\n▣ ¶ 長\n¶ 完。");
}

#[test]
fn notes_are_tied_to_their_marks() {
    let body = "<w:p><w:r><w:t>河水</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>清清，</w:t></w:r>\
                <w:r><w:endnoteReference w:id=\"5\"/></w:r><w:r><w:t>樹</w:t></w:r>\
                <w:r><w:footnoteReference w:id=\"3\" w:customMarkFollows=\"1\"/><w:t>＊</w:t></w:r><w:r><w:t>下。</w:t></w:r></w:p>"
        .to_owned()
        + &paragraph("", "長");
    let note = |id: u32, text: &str| {
        format!(
            "<w:footnote w:id=\"{id}\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> {text}</w:t></w:r></w:p></w:footnote>"
        )
    };
    let line =
        "<w:footnote w:id=\"0\" w:type=\"separator\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>";
    let end = "<w:endnote w:id=\"5\"><w:p><w:r><w:t>尾。</w:t></w:r></w:p><w:p><w:r><w:t>又。</w:t></w:r></w:p></w:endnote>";
    let imported = Docx::of(&body)
        .with("footnotes", &format!("{line}{}{}", note(2, "河名。"), note(3, "樹名。")))
        .with("endnotes", end)
        .check("¶ 河水[1]清清，[i]樹＊下。\n^ [1] 河名。\n^ ＊ 樹名。\n¶ 長\n^ [i] 尾。\n^ 又。");
    let document = &imported.document;
    assert_eq!(tied(document), [("[1]", "[1] 河名。"), ("[i]", "[i] 尾。"), ("＊", "＊ 樹名。")]);
    let at = document.footnotes()[1];
    assert_eq!(document.footnote_at(at.mark.start() + 1), Some(at));
    let last = crate::document::BlockIndex::new(document.blocks().len() - 1);
    assert_eq!(document.marks_of(last), [at.mark]);
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let deleted = |text: &str| format!("<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>");
    let mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    let body = format!(
        "{HEADING}<w:p>{}{}{}<w:ins>{}</w:ins>{}</w:p><w:p>{mark}{}</w:p><w:p>{}</w:p><w:p>{mark}{}</w:p><w:p>{}</w:p>\
         <w:moveFrom><w:p>{}</w:p></w:moveFrom><w:moveTo><w:p>{}</w:p></w:moveTo>",
        run("河水"),
        deleted("渾"),
        deleted("濁"),
        run("清"),
        deleted("了"),
        run("前半，"),
        run("後半。"),
        deleted("全刪"),
        run("留下。"),
        run("搬走。"),
        run("搬來。"),
    );
    let imported = Docx::of(&body)
        .check("# 卷一\n# 卷二\n¶ 河水清\n~刪去 渾濁 了\n¶ 前半，後半。\n~刪去 全刪\n¶ 留下。\n¶ 搬來。");
    assert_eq!(imported.warnings, [Warning::TrackedChanges { changes: 9 }]);
}

#[test]
fn what_only_asks_to_fill_in_a_form_is_set_aside() {
    let control = |more: &str, inner: &str| {
        format!("<w:sdt><w:sdtPr>{more}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    };
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let asks = "<w:showingPlcHdr/>";
    let body = format!(
        "{HEADING}<w:p>{}{}{}</w:p>{}",
        run("姓名："),
        control("", &run("田禾生")),
        control(asks, &run("按此輸入")),
        control(asks, &format!("<w:p>{}</w:p>", run("按此填寫"))),
    );
    Docx::of(&body).check("# 卷一\n# 卷二\n¶ 姓名：田禾生\n~隱藏 按此輸入\n~隱藏 按此填寫");
}

#[test]
fn comments_are_carried_with_their_words() {
    let body = "<w:p><w:r><w:t>先</w:t></w:r><w:commentRangeStart w:id=\"1\"/><w:r><w:t>借</w:t></w:r></w:p>\
                <w:p><w:r><w:t>書</w:t></w:r><w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r><w:r><w:t>後</w:t></w:r></w:p>";
    let comment = "<w:comment w:id=\"1\" w:author=\"葉小苗\" w:date=\"2025-03-21T09:30:00Z\">\
                   <w:p><w:r><w:t>幾本？</w:t></w:r></w:p><w:p><w:r><w:t>何時？</w:t></w:r></w:p></w:comment>";
    let imported = Docx::of(body).with("comments", comment).read();
    let [comment] = imported.comments.as_slice() else { panic!("{:?}", imported.comments) };
    assert_eq!(comment.span.of(imported.document.text()), Some("借\n書"));
    assert_eq!((comment.text.as_str(), comment.author.as_deref()), ("幾本？\n何時？", Some("葉小苗")));
    assert_eq!(imported.warnings, [Warning::Comments { comments: 1 }]);
    assert!(!imported.may_be_damaged());
}

#[test]
fn ruby_boxes_and_hidden_text_follow_their_paragraph() {
    let ruby = "<w:r><w:ruby><w:rt><w:r><w:t>pì tī</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>䴙䴘</w:t></w:r></w:rubyBase></w:ruby></w:r>";
    let older = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> EQ \\* jc0 \\o\\ad(\\s\\up 9(rì),日)</w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let text_box = |inner: &str| format!("<w:txbxContent>{inner}</w:txbxContent>");
    let drawing = format!(
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr descr=\"一張圖\"/>{0}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{0}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        text_box(&paragraph("", "旁註"))
    );
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏一</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"h\"/></w:rPr><w:t>藏二</w:t></w:r>\
                  <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>不藏</w:t></w:r>";
    let body = format!(
        "{HEADING}<w:p>{ruby}<w:r><w:t>來了，</w:t></w:r>{older}{drawing}{hidden}</w:p>{}",
        paragraph("", "長")
    );
    let imported = Docx::of(&body)
        .with("styles", STYLES)
        .check("# 卷一\n# 卷二\n¶ 䴙䴘來了，日不藏\n^ 䴙䴘　pì tī\n^ 日　rì\n~隱藏 一張圖\n~隱藏 藏一藏二\n▣ ¶ 旁註\n¶ 長");
    let text = imported.document.text();
    let tied: Vec<&str> =
        imported.document.footnotes().iter().map(|link| link.mark.of(text).unwrap()).collect();
    assert_eq!(tied, ["䴙䴘", "日"]);
}

#[test]
fn pages_are_where_word_began_them() {
    let turn = "<w:r><w:lastRenderedPageBreak/><w:t>";
    let section = "<w:pPr><w:sectPr><w:pgNumType w:fmt=\"lowerRoman\"/></w:sectPr></w:pPr>";
    let row = format!(
        "<w:tbl><w:tr><w:tc><w:p>{turn}早</w:t></w:r></w:p></w:tc><w:tc><w:p>{turn}晚</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    );
    let body = format!(
        "<w:p>{section}<w:r><w:t>序。</w:t></w:r>{turn}又序。</w:t></w:r></w:p><w:p>{turn}正文。</w:t></w:r></w:p>{row}\
         <w:sectPr><w:pgNumType w:start=\"1\"/></w:sectPr>"
    );
    let imported = Docx::of(&body).read();
    let document = &imported.document;
    let pages: Vec<(&str, &str)> = document
        .pages()
        .iter()
        .map(|page| (page.label.as_str(), Span::new(page.position, Span::whole(document.text()).end())))
        .map(|(label, rest)| (label, rest.of(document.text()).unwrap()))
        .map(|(label, rest)| (label, rest.split(['。', '\t']).next().unwrap()))
        .collect();
    assert_eq!(pages, [("i", "序"), ("ii", "又序"), ("1", "正文"), ("2", "早")]);
    let late = Span::at(Span::whole(document.text()).end());
    assert_eq!(document.locus(late).pages.map(|(first, _)| first).as_deref(), Some("2"));
    assert!(Docx::of(&paragraph("", "長")).read().document.pages().is_empty());
}

#[test]
fn headers_and_footers_are_set_aside() {
    let header = "<w:p><w:r><w:t>河灣圖書室</w:t></w:r></w:p>";
    Docx::of(&paragraph("", "長"))
        .with("header", header)
        .with("footer", header)
        .check("¶ 長\n~版面 河灣圖書室");
}

#[test]
fn what_a_broken_file_still_says_is_read() {
    let torn = Docx::of(&paragraph("", "長")).with("styles", "<w:style>").check("¶ 長");
    assert!(matches!(torn.warnings.as_slice(), [Warning::Damaged { .. }]));
    assert!(torn.may_be_damaged());
    let read = |bytes: Vec<u8>| super::super::read("a.docx", bytes, &ReadOptions::default()).err();
    let open = Docx::of("<w:p><w:r>").bytes();
    assert!(matches!(read(open), Some(ImportError::Damaged(Format::Docx, _))));
    let whole = Docx::of(&paragraph("", "長")).bytes();
    assert_eq!(read(whole[..60].to_vec()), Some(ImportError::CutOff(Format::Docx)));
    assert_eq!(read(whole[..whole.len() - 1].to_vec()), None);
    let deep = "<w:tbl><w:tr><w:tc>".repeat(200);
    let closed = "</w:tc></w:tr></w:tbl>".repeat(200);
    let error = read(Docx::of(&format!("{deep}{closed}")).bytes());
    assert_eq!(error, Some(ImportError::TooMuch(Limit::Depth(512))));
}

#[test]
fn nesting_just_below_the_limit_is_read() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(168);
    let closed = "</w:tc></w:tr></w:tbl>".repeat(168);
    let body = format!("{deep}{}{closed}", paragraph("", "底"));
    assert!(Docx::of(&body).read().document.text().contains('底'));
}

#[test]
fn a_field_that_never_ends_swallows_nothing() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let asks = "<w:r><w:instrText> TOC </w:instrText></w:r>";
    let begin = format!("<w:p>{}{asks}</w:p>", mark("begin"));
    let note = format!(
        "<w:footnote w:id=\"1\"><w:p>{}<w:r><w:t>河名。</w:t></w:r></w:p></w:footnote>",
        mark("begin")
    );
    let body = format!(
        "{begin}{}<w:p><w:r><w:t>河水</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>{}",
        paragraph("", "長"),
        paragraph("", "長")
    );
    Docx::of(&body).with("footnotes", &note).check("¶ 長\n¶ 河水[1]\n^ [1] 河名。\n¶ 長");
    // Its end was deleted; what stands among what it asks for is hidden, not lost.
    let deleted = format!("<w:p><w:del>{}</w:del></w:p>", mark("end"));
    Docx::of(&format!("{begin}{}{deleted}{}", paragraph("", "問"), paragraph("", "長")))
        .check("~隱藏 問\n¶ 長");
}

#[test]
fn notes_may_refer_to_notes_however_many() {
    let reference = |id: usize| format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>");
    let note = |id: usize| {
        format!(
            "<w:footnote w:id=\"{id}\"><w:p><w:r><w:t>見</w:t></w:r>{}</w:p></w:footnote>",
            reference(id + 1)
        )
    };
    let body = format!("<w:p><w:r><w:t>河水</w:t></w:r>{}</w:p>{}", reference(1), paragraph("", "長"));
    let few: String = (1..=2).map(note).collect();
    let imported =
        Docx::of(&body).with("footnotes", &few).check("題 河水[1]\n^ [1] 見[2]\n^ [2] 見[3]\n¶ 長");
    let lost = "it lacks 1 of its notes".to_owned();
    assert_eq!(imported.warnings, [Warning::Damaged { reason: lost }]);
    let many: String = (1..=10_000).map(note).collect();
    let imported = Docx::of(&body).with("footnotes", &many).read();
    assert_eq!(imported.document.footnotes().len(), 10_000);
}

#[test]
fn endnotes_of_endnotes_are_written() {
    let reference = |id: u32| format!("<w:r><w:endnoteReference w:id=\"{id}\"/></w:r>");
    let note = |id: u32, more: &str| {
        format!("<w:endnote w:id=\"{id}\"><w:p><w:r><w:t>見。</w:t></w:r>{more}</w:p></w:endnote>")
    };
    Docx::of(&format!("<w:p><w:r><w:t>河水</w:t></w:r>{}</w:p>", reference(1)))
        .with("endnotes", &(note(1, &reference(2)) + &note(2, "")))
        .check("題 河水[i]\n^ [i] 見。[ii]\n^ [ii] 見。");
}

#[test]
fn what_the_list_of_relations_cannot_give_is_said() {
    let reason = |relations: &str| {
        let docx = Docx { relations: Some(relations.to_owned()), ..Docx::of(&paragraph("", "長")) };
        match docx.check("¶ 長").warnings.as_slice() {
            [Warning::Damaged { reason }] => reason.clone(),
            others => panic!("{others:?}"),
        }
    };
    let missing =
        "<Relationships><Relationship Type=\"http://x/footnotes\" Target=\"f.xml\"/></Relationships>";
    assert_eq!(reason(missing), "a part is missing: word/f.xml");
    assert!(!reason("<Relationships><a></Relationships>").starts_with("a part"));
    let cut = Docx { relations: Some("<Relationships>".to_owned()), ..Docx::of(&paragraph("", "長")) };
    assert_eq!(cut.check("¶ 長").warnings, [Warning::CutOff]);
}

#[test]
fn what_is_not_read_is_said() {
    let body = format!(
        "<w:p><w:r><w:t>河水</w:t></w:r><w:r><w:drawing><x:chart xmlns:x=\"x\"/></w:drawing></w:r>\
         <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> EQ \\f(1,2) </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p><w:altChunk/>{}",
        paragraph("", "長")
    );
    let not_read = |what: Unread, places: u32| Warning::NotRead { what, places };
    let expected = [not_read(Unread::Objects, 2), not_read(Unread::Documents, 1)];
    assert_eq!(Docx::of(&body).check("題 河水\n¶ 長").warnings, expected);
}

#[test]
fn what_was_chosen_in_a_form_is_text() {
    let list = "<w:ffData><w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"借\"/><w:listEntry w:val=\"還\"/></w:ddList></w:ffData>";
    let body = format!(
        "<w:p><w:r><w:t>要</w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\">{list}</w:fldChar></w:r>\
         <w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
         <w:r><w:t>書。</w:t></w:r></w:p>"
    );
    Docx::of(&body).check("¶ 要還書。");
}

/// Runs of a field that asks for something.
fn field(asks: &str, result: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let asks = asks.replace('"', "&quot;");
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    format!("{begin}<w:r><w:instrText>{asks}</w:instrText></w:r>{separate}{}{end}", run(result))
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

#[test]
fn links_lead_to_addresses_and_to_bookmarks() {
    let link =
        |attributes: &str, words: &str| format!("<w:hyperlink {attributes}>{}</w:hyperlink>", run(words));
    let simple = format!("<w:fldSimple w:instr=\" HYPERLINK \\l _c \">{}</w:fldSimple>", run("又卷三"));
    let body = format!(
        "{HEADING}<w:p>{}{}{}{}{}{}{}</w:p><w:p><w:bookmarkStart w:id=\"1\" w:name=\"_c\"/>{}</w:p>",
        run("見"),
        link("w:id=\"r1\" w:tooltip=\"題\"", "河訊"),
        link("w:anchor=\"_c\"", "卷三"),
        link("w:id=\"nothing\"", "無"),
        field(" HYPERLINK \"mailto:lin@a.example\" ", "來信"),
        simple,
        field(" HYPERLINK \"javascript:x\" ", "壞"),
        run("卷三在此。"),
    );
    let mut docx = Docx::of(&body);
    docx.relations = Some(
        "<Relationships><Relationship Id=\"r1\" Type=\"http://x/hyperlink\" Target=\"https://a.example/b\" TargetMode=\"External\"/>\
         </Relationships>"
            .to_owned(),
    );
    let imported = docx.read();
    let expected = [
        ("河訊", "https://a.example/b"),
        ("卷三", "→卷三在此"),
        ("來信", "mailto:lin@a.example"),
        ("又卷三", "→卷三在此"),
    ];
    check_links(&imported.document, &expected);
    assert_eq!(imported.document.hyperlinks()[0].title.as_deref(), Some("題"));
    assert_eq!(imported.warnings, [Warning::NotRead { what: Unread::Links, places: 1 }]);
}

#[test]
fn links_of_a_note_are_those_of_its_own_part() {
    let reference = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let link = format!("<w:hyperlink w:id=\"r1\">{}</w:hyperlink>", run("出處"));
    let body = format!("{HEADING}<w:p>{}{reference}{link}</w:p>", run("河水"));
    let docx =
        Docx::of(&body).with("footnotes", &format!("<w:footnote w:id=\"2\"><w:p>{link}</w:p></w:footnote>"));
    let relations = |address: &str| {
        format!(
            "<Relationships><Relationship Id=\"f\" Type=\"http://x/footnotes\" Target=\"footnotes.xml\"/>\
             <Relationship Id=\"r1\" Type=\"http://x/hyperlink\" Target=\"{address}\" TargetMode=\"External\"/></Relationships>"
        )
    };
    let mut docx = docx;
    docx.relations = Some(relations("https://text.example/"));
    docx.more.push(("word/_rels/footnotes.xml.rels", relations("https://note.example/")));
    let expected = [("出處", "https://text.example/"), ("出處", "https://note.example/")];
    check_links(&docx.read().document, &expected);
}

#[test]
fn what_stands_in_one_cell_is_not_glued_together_and_stands_under_its_head() {
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let wide = |columns: u32, text: &str| {
        format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{columns}\"/></w:tcPr>{}</w:tc>", paragraph("", text))
    };
    let lines = "<w:p><w:r><w:t>渡口</w:t><w:br/><w:t>茶館</w:t></w:r></w:p>";
    let late =
        format!("<w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>{}</w:tr>", cell(&paragraph("", "常修")));
    let heads = ["項目", "數量", "備註"].map(|head| cell(&paragraph("", head)));
    let body = format!(
        "{}<w:tbl>{}{}{}{late}</w:tbl>",
        paragraph("", "長"),
        row(&heads),
        row(&[cell(lines), cell(&(paragraph("", "三") + &paragraph("", "四"))), cell("")]),
        row(&[wide(2, "合計"), cell(&paragraph("", "共七項"))]),
    );
    Docx::of(&body).check("¶ 長\n| 項目\t數量\t備註\n| 渡口 茶館\t三 四\t\n| 合計\t\t共七項\n| \t\t常修");
}

#[test]
fn a_page_that_ends_within_a_paragraph_ends_a_line() {
    let page = "<w:br w:type=\"page\"/>";
    let body = format!("{HEADING}<w:p><w:r>{page}<w:t>附件</w:t>{page}<w:t>長</w:t>{page}</w:r></w:p>");
    let imported = Docx::of(&body).check("# 卷一\n# 卷二\n¶ 附件\n長");
    assert_eq!(imported.document.blocks().len(), 3);
}

#[test]
fn signs_of_fonts_and_above_and_below_the_line_are_said() {
    let sign = |code: &str| format!("<w:r><w:sym w:font=\"Symbol\" w:char=\"{code}\"/></w:r>");
    let shifted = |way: &str, text: &str| {
        format!("<w:r><w:rPr><w:vertAlign w:val=\"{way}\"/></w:rPr><w:t>{text}</w:t></w:r>")
    };
    let own = |looks: &str, text: &str| format!("<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>");
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "{HEADING}<w:p>{}{}{}{}{}{}{}{}{}{}{}{}{}</w:p>",
        sign("F061"),
        run("為 10"),
        shifted("superscript", "-8"),
        run("，H"),
        shifted("subscript", "2"),
        run("O"),
        shifted("superscript", "[甲]"),
        sign("F0F0"),
        run("3 m"),
        own("<w:position w:val=\"12\"/>", "2"),
        own("<w:position w:val=\"2\"/>", "7"),
        own("<w:rStyle w:val=\"up\"/>", "3"),
        own("<w:rStyle w:val=\"up\"/><w:vertAlign w:val=\"baseline\"/>", "9"),
    );
    let style = "<w:style w:type=\"character\" w:styleId=\"base\"><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>\
                 <w:style w:type=\"character\" w:styleId=\"up\"><w:basedOn w:val=\"base\"/></w:style>";
    let imported =
        Docx::of(&body).with("styles", style).check("# 卷一\n# 卷二\n¶ α為 10⁻⁸，H₂O[甲]\u{fffd}3 m²7³9");
    assert_eq!(imported.warnings, [Warning::NotRead { what: Unread::Characters, places: 1 }]);
}

#[test]
fn signs_of_fonts_that_stand_among_words_are_shown() {
    let run = |font: &str, text: &str| {
        format!(
            "<w:r><w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\"/></w:rPr><w:t>{text}</w:t></w:r>"
        )
    };
    let words = [
        run("Symbol", "\u{f061}\u{f0b3}"),
        run("Wingdings", "\u{f0fe}水\u{f0aa}"),
        run("宋體", "\u{f0fe}\u{e000}"),
        "<w:r><w:t>\u{f061}</w:t></w:r>".to_owned(),
    ];
    let imported = Docx::of(&format!("{HEADING}<w:p>{}</w:p>", words.concat()))
        .check("# 卷一\n# 卷二\n¶ α≥☑水\u{f0aa}\u{f0fe}\u{e000}\u{f061}");
    assert_eq!(imported.warnings, [Warning::NotRead { what: Unread::Characters, places: 3 }]);
}

#[test]
fn formulas_are_one_line() {
    let text = |signs: &str| format!("<m:r><m:t>{signs}</m:t></m:r>");
    let fraction = format!("<m:f><m:fPr/><m:num>{}</m:num><m:den>{}</m:den></m:f>", text("a+b"), text("2"));
    let power = format!("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", text("x"), text("2"));
    let bracket = format!(
        "<m:d><m:dPr><m:begChr m:val=\"[\"/><m:endChr m:val=\"]\"/></m:dPr><m:e>{}</m:e></m:d>",
        text("n")
    );
    let sum = format!(
        "<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr><m:sub>{}</m:sub><m:sup>{}</m:sup><m:e>{}</m:e></m:nary>",
        text("i"),
        text("9"),
        text("i"),
    );
    let body =
        format!("{HEADING}<w:p><m:oMath xmlns:m=\"m\">{fraction}{power}{bracket}{sum}</m:oMath></w:p>");
    Docx::of(&body).check("# 卷一\n# 卷二\n¶ (a+b)/2x²[n]∑ᵢ⁹i");
}

#[test]
fn comments_on_whole_paragraphs_and_on_a_place_are_where_they_are() {
    let body = "<w:p><w:r><w:t>先</w:t></w:r></w:p><w:commentRangeStart w:id=\"1\"/><w:p><w:r><w:t>借書</w:t></w:r></w:p>\
                <w:commentRangeEnd w:id=\"1\"/><w:p><w:r><w:t>後</w:t></w:r><w:r><w:commentReference w:id=\"2\"/></w:r><w:r><w:t>還</w:t></w:r></w:p>";
    let comment =
        |id: u32, text: &str| format!("<w:comment w:id=\"{id}\">{}</w:comment>", paragraph("", text));
    let comments = comment(1, "幾本？") + &comment(2, "何時？");
    let imported = Docx::of(body).with("comments", &comments).read();
    let text = imported.document.text();
    let found: Vec<&str> = imported.comments.iter().map(|comment| comment.span.of(text).unwrap()).collect();
    assert_eq!(found, ["借書", ""]);
    assert_eq!(imported.comments[1].span.start() as usize, text.find('還').unwrap());
}

#[test]
fn a_text_that_ends_in_its_middle_is_read_as_far_as_it_is_there() {
    // What is not packed smaller can be read nearly to where it is cut.
    let lines: Vec<String> = (0..400_u32)
        .map(|line| {
            (0..20).filter_map(|at| char::from_u32(0x4e00 + (line * 20 + at).pow(2) % 20_011)).collect()
        })
        .collect();
    let body: String = lines.iter().map(|line| paragraph("", line)).collect();
    let file = Docx::of(&body).bytes();
    let text = memchr::memmem::find(&file, b"word/document.xml").unwrap();
    let end = memchr::memmem::find(&file, b"docProps/core.xml").unwrap();
    let imported = read("a", file[..usize::midpoint(text, end)].to_vec());
    let found = imported.document.text();
    assert!(lines.join("\n").starts_with(&**found) && found.len() > 6_000, "{found}");
    assert!(imported.warnings.contains(&Warning::CutOff), "{:?}", imported.warnings);
    // The same of a text that was cut before it was packed.
    let cut =
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>河水清清。</w:t></w:r></w:p><w:p><w:r><w:t>樹在水";
    let imported = read("a", pack(&[("word/document.xml", cut.to_owned())]));
    check(&imported.document, "¶ 河水清清。\n¶ 樹在水");
    assert_eq!(imported.warnings, [Warning::CutOff]);
}

fn read(name: &str, bytes: Vec<u8>) -> Imported {
    super::super::read(name, bytes, &ReadOptions::default()).unwrap()
}

#[test]
fn the_largest_lines_before_the_text_are_the_title() {
    let line = |size: u32, text: &str| {
        format!(
            "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"{size}\"/></w:rPr><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let title = |lines: &[String]| {
        let imported = Docx::of(&[&lines.concat(), &*paragraph("", "長").repeat(3)].concat()).read();
        imported.document.metadata().title.clone().map(|title| title.value)
    };
    let cover = [line(32, "禾溪县水务局"), line(56, "河渠治理方案"), line(32, "二〇二五年三月")];
    assert_eq!(title(&cover).as_deref(), Some("河渠治理方案"));
    // The name of the office in red is larger than the title, which takes two lines.
    let paper = [
        line(72, "禾溪县水务局文件"),
        line(32, "禾水〔2025〕12号"),
        line(44, "关于做好河渠清淤"),
        line(44, "工作的通知"),
    ];
    assert_eq!(title(&paper).as_deref(), Some("关于做好河渠清淤工作的通知"));
    // What is hardly larger than the text says nothing.
    assert_ne!(title(&[line(22, "禾溪县水务局"), line(24, "河渠治理方案")]).as_deref(), Some("河渠治理方案"));
}

#[test]
fn entries_of_contents_are_known_by_styles_that_the_file_lacks() {
    let entry = |style: &str, text: &str| paragraph(style, text);
    let contents = [
        entry("", "目　录"),
        entry("TOC1", "第一章 總則 1"),
        entry("TOC2", "第一節 河 1"),
        entry("TOCHeading", "目录"),
    ];
    Docx::of(&[contents.concat(), paragraph("", "長")].concat())
        .check("~導覽 目　录\n~導覽 第一章 總則 1\n~導覽 第一節 河 1\n~導覽 目录\n¶ 長");
    // One that the file has says by its name what it is.
    let style = "<w:style w:type=\"paragraph\" w:styleId=\"TOC1\"><w:name w:val=\"Body\"/></w:style>";
    Docx::of(&paragraph("TOC1", "長")).with("styles", style).check("¶ 長");
}
