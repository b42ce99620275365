//! ODT: files made here, read and listed.

use super::super::testing::{check, check_links, check_rows, check_struck, pack};
use super::super::{ImportError, Imported, OtherKind, ReadOptions, Unread, Warning};
use super::styles::MOST_BASES;
use crate::document::Format;

const LONG: &str =
    "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

const NAMES: &str = "xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" xmlns:table=\"b\" xmlns:draw=\"d\" \
                     xmlns:dc=\"dc\" xmlns:meta=\"m\" xmlns:svg=\"v\" xmlns:fo=\"f\" xmlns:loext=\"l\"";

fn bytes(styles: &str, automatic: &str, text: &str) -> Vec<u8> {
    bytes_with(styles, automatic, text, &[])
}

/// The same, with more parts.
fn bytes_with(styles: &str, automatic: &str, text: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let text = text.replace('長', LONG);
    let content = format!(
        "<office:document-content {NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>\
         <office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    let meta = format!(
        "<office:document-meta {NAMES}><office:meta><dc:title>圖書室章程</dc:title><meta:initial-creator>田禾生</meta:initial-creator>\
         <meta:creation-date>2025-03-21</meta:creation-date></office:meta></office:document-meta>"
    );
    let mut parts = vec![
        ("mimetype", "application/vnd.oasis.opendocument.text".to_owned()),
        ("content.xml", content),
        ("styles.xml", format!("<office:document-styles {NAMES}>{styles}</office:document-styles>")),
        ("meta.xml", meta),
    ];
    parts.extend(more.iter().map(|(name, part)| (*name, (*part).to_owned())));
    pack(&parts)
}

fn read_with(styles: &str, automatic: &str, text: &str) -> Imported {
    super::super::read("a", bytes(styles, automatic, text), &ReadOptions::default()).unwrap()
}

fn listed(styles: &str, automatic: &str, text: &str, expected: &str) -> Imported {
    let imported = read_with(styles, automatic, text);
    check(&imported.document, &expected.replace('長', LONG));
    imported
}

/// Headings, so that none has to be guessed, and as they are listed.
const HEADINGS: &str =
    "<text:h text:outline-level=\"1\">卷一</text:h><text:h text:outline-level=\"1\">卷二</text:h>";

fn level(level: u32, attributes: &str) -> String {
    format!("<text:list-level-style-number text:level=\"{level}\" {attributes}/>")
}

#[test]
fn headings_are_numbered_by_the_outline() {
    let outline = "<text:outline-style><text:outline-level-style text:level=\"1\" loext:num-list-format=\"第%1%章\" style:num-format=\"一, 二, 三, ...\"/>\
                   <text:outline-level-style text:level=\"2\" style:num-prefix=\"（\" style:num-suffix=\"）\" style:num-format=\"一, 二, 三, ...\">\
                   <style:list-level-properties><style:list-level-label-alignment text:label-followed-by=\"listtab\"/></style:list-level-properties>\
                   </text:outline-level-style></text:outline-style>\
                   <style:style style:name=\"Title\" style:family=\"paragraph\"/>\
                   <style:style style:name=\"Q\" style:display-name=\"Quotations\" style:family=\"paragraph\"/>";
    let automatic =
        "<style:style style:name=\"P1\" style:family=\"paragraph\" style:parent-style-name=\"Title\"/>";
    let text = "<text:p text:style-name=\"P1\">圖書室章程</text:p>\
                <text:table-of-content><text:index-body><text:p>目的 1</text:p></text:index-body></text:table-of-content>\
                <text:h text:outline-level=\"1\">目的</text:h><text:p>長</text:p><text:h text:outline-level=\"2\">宗旨</text:h>\
                <text:h text:outline-level=\"2\">範圍</text:h><text:p text:style-name=\"Q\">書是鄰居。</text:p>\
                <text:h text:outline-level=\"1\" text:is-list-header=\"true\">附記</text:h>\
                <text:h text:outline-level=\"1\">借閱</text:h><text:h text:outline-level=\"2\">守時</text:h>";
    let imported = listed(
        outline,
        automatic,
        text,
        "題 圖書室章程\n~導覽 目的 1\n# 第一章 目的\n¶ 長\n## （一）宗旨\n## （二）範圍\n> 書是鄰居。\n# 附記\n\
         # 第二章 借閱\n## （一）守時",
    );
    let metadata = imported.document.metadata();
    assert_eq!(metadata.author.as_ref().unwrap().value, "田禾生");
    assert_eq!(metadata.created.as_ref().unwrap().value, "2025-03-21");
    assert_eq!((imported.document.origin().format, imported.warnings), (Format::Odt, vec![]));
}

#[test]
fn lists_count_and_go_on() {
    let style = format!(
        "<text:list-style style:name=\"L\">{}{}<text:list-level-style-bullet text:level=\"3\"/></text:list-style>\
         <text:list-style style:name=\"M\">{}</text:list-style>",
        level(1, "style:num-format=\"1\" style:num-suffix=\".\""),
        level(2, "style:num-format=\"1\" text:display-levels=\"2\""),
        level(1, "style:num-format=\"甲, 乙, 丙, ...\" style:num-suffix=\"、\""),
    );
    let item = |inner: &str| format!("<text:list-item>{inner}</text:list-item>");
    let list = |attributes: &str, items: &str| format!("<text:list {attributes}>{items}</text:list>");
    let deep = list("", &item(&list("", &item("<text:p>丁</text:p>"))));
    let inner = list("", &[item("<text:p>乙</text:p>"), item("<text:p>丙</text:p>"), deep].concat());
    let text = [
        HEADINGS.to_owned(),
        list(
            "text:style-name=\"L\" xml:id=\"one\"",
            &[
                item(&format!("<text:p>甲</text:p><text:p>再說。</text:p>{inner}")),
                item("<text:p>戊</text:p>"),
            ]
            .concat(),
        ),
        "<text:p>間。</text:p>".to_owned(),
        list("text:style-name=\"L\" text:continue-numbering=\"true\"", &item("<text:p>己</text:p>")),
        list("text:style-name=\"M\"", &item("<text:p>春</text:p>")),
        list("text:style-name=\"L\" text:continue-list=\"one\"", &item("<text:p>庚</text:p>")),
        list(
            "text:style-name=\"L\"",
            "<text:list-item text:start-value=\"7\"><text:p>辛</text:p></text:list-item>",
        ),
    ];
    listed(
        &style,
        "",
        &text.concat(),
        "# 卷一\n# 卷二\n- 1. 甲\n¶ 再說。\n- 1.1 乙\n- 1.2 丙\n- 丁\n- 2. 戊\n¶ 間。\n- 3. 己\n- 甲、春\n- 3. 庚\n- 7. 辛",
    );
}

#[test]
fn notes_changes_and_comments() {
    let note = |class: &str, mark: &str, text: &str| {
        format!(
            "<text:note text:note-class=\"{class}\"><text:note-citation>{mark}</text:note-citation>\
             <text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
        )
    };
    let text = format!(
        "<text:tracked-changes><text:changed-region text:id=\"c1\"><text:deletion><office:change-info><dc:creator>葉小苗</dc:creator></office:change-info><text:p>刪去</text:p><text:p>的話</text:p></text:deletion></text:changed-region>\
         <text:changed-region text:id=\"c2\"><text:deletion><text:p>無處</text:p></text:deletion></text:changed-region></text:tracked-changes>\
         {HEADINGS}<text:p>河水{}清<text:change text:change-id=\"c1\"/><office:annotation office:name=\"a1\"><dc:creator>葉小苗</dc:creator><dc:date>2025</dc:date>\
         <text:p>何時？</text:p></office:annotation>清，<office:annotation-end office:name=\"a1\"/>樹{}下。</text:p><text:p>長</text:p>",
        note("footnote", "1", "河名。"),
        note("endnote", "*", "樹名。"),
    );
    let imported = listed(
        "",
        "",
        &text,
        "# 卷一\n# 卷二\n¶ 河水[1]清清，樹*下。\n~刪去 刪去 的話\n^ [1] 河名。\n¶ 長\n^ * 樹名。\n~刪去 無處",
    );
    let text = imported.document.text();
    let marks: Vec<&str> =
        imported.document.footnotes().iter().map(|link| link.mark.of(text).unwrap()).collect();
    assert_eq!(marks, ["[1]", "*"]);
    let [comment] = imported.comments.as_slice() else { panic!("{:?}", imported.comments) };
    assert_eq!((comment.span.of(text), comment.text.as_str()), (Some("清，"), "何時？"));
    let expected = [Warning::TrackedChanges { changes: 2 }, Warning::Comments { comments: 1 }];
    assert_eq!(imported.warnings, expected);
}

#[test]
fn white_space_ruby_boxes_and_hidden_text() {
    let automatic = "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>";
    let text = format!(
        "{HEADINGS}<text:p>\n   兩個<text:s text:c=\"2\"/>空格<text:tab/>和\n   換行<text:line-break/>下。<text:span text:style-name=\"T1\">藏</text:span>\
         <text:ruby><text:ruby-base>䴙䴘</text:ruby-base><text:ruby-text>pì tī</text:ruby-text></text:ruby>\
         <draw:frame><draw:text-box><text:p>旁註</text:p></draw:text-box><svg:desc>一張圖</svg:desc></draw:frame></text:p>\
         <text:section text:display=\"none\"><text:p>全藏。</text:p></text:section>"
    );
    listed(
        "",
        automatic,
        &text,
        "# 卷一\n# 卷二\n¶ 兩個  空格\t和換行\n下。䴙䴘\n^ 䴙䴘　pì tī\n~隱藏 一張圖\n~隱藏 藏\n▣ ¶ 旁註\n~隱藏 全藏。",
    );
}

#[test]
fn tables_are_rows() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let text = format!(
        "<text:p>長</text:p><table:table><table:table-header-rows>{}</table:table-header-rows>{}</table:table>\
         <table:table>{}</table:table><text:p>完。</text:p>",
        row(&(cell("書") + &cell("冊"))),
        row(&(cell("農時") + "<table:table-cell table:number-columns-repeated=\"2\"/>")),
        row(&cell("專欄一段話。")),
    );
    listed("", "", &text, "¶ 長\n| 書\t冊\n| 農時\t\t\n▣ ¶ 專欄一段話。\n¶ 完。");
}

#[test]
fn pages_are_where_they_were_begun() {
    let automatic = "<style:style style:name=\"B\" style:family=\"paragraph\"><style:paragraph-properties fo:break-before=\"page\"/></style:style>";
    let text = "<text:p>甲。<text:soft-page-break/>乙。</text:p><text:p text:style-name=\"B\">丙。</text:p>";
    let imported = read_with("", automatic, text);
    let at = |words: &str| {
        let position = imported.document.text().find(words).unwrap();
        imported.document.page_at(u32::try_from(position).unwrap()).unwrap().label.clone()
    };
    assert_eq!([at("甲"), at("乙"), at("丙")], ["1", "2", "3"]);
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let read = |bytes: Vec<u8>| super::super::read("a", bytes, &ReadOptions::default()).err();
    let kind = ("mimetype", "application/vnd.oasis.opendocument.text".to_owned());
    let manifest = ("META-INF/manifest.xml", "<m><file-entry><encryption-data/></file-entry></m>".to_owned());
    let encrypted = pack(&[kind.clone(), manifest, ("content.xml", "\u{1}\u{2}".to_owned())]);
    assert_eq!(read(encrypted), Some(ImportError::OtherKind(OtherKind::EncryptedOffice)));
    let empty = pack(std::slice::from_ref(&kind));
    assert!(matches!(read(empty), Some(ImportError::Damaged(Format::Odt, _))));
    let whole = bytes("", "", HEADINGS);
    assert_eq!(read(whole[..100].to_vec()), Some(ImportError::CutOff(Format::Odt)));
    assert_eq!(read(whole[..whole.len() - 1].to_vec()), None);
}

#[test]
fn words_in_shapes_are_read_and_objects_are_named() {
    let shapes = "<text:p>長<draw:line><text:p>線上</text:p></draw:line></text:p>\
                  <draw:polygon><text:p>面上</text:p></draw:polygon>\
                  <text:p><draw:frame><draw:object/></draw:frame>長</text:p>";
    let imported =
        listed("", "", &format!("{HEADINGS}{shapes}"), "# 卷一\n# 卷二\n¶ 長\n▣ ¶ 線上\n¶ 長\n▣ ¶ 面上");
    assert_eq!(imported.warnings, [Warning::NotRead { what: Unread::Objects, places: 1 }]);
}

#[test]
fn formulas_are_one_line_and_stand_in_their_place() {
    let frame = |object: &str| format!("<draw:frame>{object}<svg:desc>formula</svg:desc></draw:frame>");
    let part = |name: &str| frame(&format!("<draw:object svg:href=\"{name}\"/>"));
    let text = format!(
        "{HEADINGS}<text:p>渠深{}，長</text:p><text:p>{}</text:p><text:p>圖{}見長{}</text:p>",
        part("./Object 1"),
        part("Formula-2/"),
        part("./Object 3"),
        frame("<draw:object><math><msqrt><mi>n</mi></msqrt></math></draw:object>")
    );
    let fraction = "<?xml version=\"1.0\"?><math xmlns=\"m\"><semantics><mrow><mi>h</mi><mo>=</mo><mfrac><mrow><mi>a</mi>\
                    <mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></mrow><annotation>h = {a+b} over 2</annotation></semantics></math>";
    let square = "<m:math xmlns:m=\"m\"><m:msup><m:mi>x</m:mi><m:mn>2</m:mn></m:msup></m:math>";
    let chart =
        "<office:document-content xmlns:office=\"o\"><office:body>年</office:body></office:document-content>";
    let parts = [
        ("Object 1/content.xml", fraction),
        ("Formula-2/content.xml", square),
        ("Object 3/content.xml", chart),
    ];
    let imported =
        super::super::read("a", bytes_with("", "", &text, &parts), &ReadOptions::default()).unwrap();
    let expected = "# 卷一\n# 卷二\n¶ 渠深h=(a+b)/2，長\n¶ x²\n¶ 圖見長√n\n~隱藏 formula";
    check(&imported.document, &expected.replace('長', LONG));
    assert_eq!(imported.warnings, [Warning::NotRead { what: Unread::Objects, places: 1 }]);
}

#[test]
fn headings_whose_numbers_are_switched_off_are_not_counted() {
    let outline = "<text:outline-style><text:outline-level-style text:level=\"1\" style:num-prefix=\"第\" style:num-suffix=\"章\" \
                   style:num-format=\"一, 二, 三, ...\"><style:list-level-properties><style:list-level-label-alignment \
                   text:label-followed-by=\"space\"/></style:list-level-properties></text:outline-level-style></text:outline-style>";
    let automatic = "<style:style style:name=\"P1\" style:family=\"paragraph\" style:list-style-name=\"\"/>";
    let heading = |style: &str, words: &str| {
        format!("<text:h text:outline-level=\"1\" text:style-name=\"{style}\">{words}</text:h>")
    };
    let text = heading("P1", "前言") + "<text:p>長</text:p>" + &heading("x", "總則") + &heading("x", "附則");
    listed(outline, automatic, &text, "# 前言\n¶ 長\n# 第一章 總則\n# 第二章 附則");
}

#[test]
fn links_lead_to_addresses_and_to_bookmarks() {
    let text = format!(
        "{HEADINGS}<text:p>見<text:a xlink:href=\"https://a.example/河\" office:title=\"河訊\">河<text:span>訊</text:span></text:a>、\
         <text:a xlink:href=\"#b%20c\">卷三</text:a>、<text:a xlink:href=\"#無\">無</text:a>、\
         <text:a xlink:href=\"../a.odt\">他</text:a>、<text:a xlink:href=\"vnd.sun.star.script:x\">壞</text:a>。</text:p>\
         <text:p><text:bookmark-start text:name=\"b c\"/>卷三在此。<text:bookmark-end text:name=\"b c\"/></text:p>"
    );
    let imported = read_with("", "", &text.replace("xlink:", "text:"));
    check_links(&imported.document, &[("河訊", "https://a.example/%E6%B2%B3"), ("卷三", "→卷三在此")]);
    assert_eq!(imported.document.hyperlinks()[0].title.as_deref(), Some("河訊"));
    let not_read = |what: Unread| Warning::NotRead { what, places: 1 };
    assert_eq!(imported.warnings, [not_read(Unread::Links), not_read(Unread::RelativeLinks)]);
}

#[test]
fn links_lead_to_headings_tables_sections_and_frames() {
    let heading = |level: u32, words: &str| {
        format!("<text:h text:outline-level=\"{level}\">{words}</text:h><text:p>長</text:p>")
    };
    let link = |to: &str| format!("<text:a text:href=\"#{to}\">{to}</text:a>、");
    let targets = [
        "2.1.小結|outline",
        "小結|outline",
        "河水|outline",
        "1.河水|outline",
        "9.2025年|outline",
        "2025年|outline",
    ];
    let others = ["書目|table", "附記|region", "圖一|graphic", "沒有|table", "沒有|outline"];
    let text = [
        format!("<text:p>{}</text:p>", targets.iter().chain(&others).map(|to| link(to)).collect::<String>()),
        heading(1, "河水<text:note><text:note-citation>1</text:note-citation></text:note>"),
        heading(2, "小結") + &heading(1, "2025年") + &heading(2, "小結，其二"),
        heading(2, "小結").replace("小結", "小　結"),
        "<table:table table:name=\"書目\"><table:table-row><table:table-cell><text:p>書</text:p></table:table-cell>\
         <table:table-cell><text:p>冊</text:p></table:table-cell></table:table-row></table:table>\
         <text:section text:name=\"附記\"><text:p>附在後面。</text:p></text:section>\
         <text:p>見<draw:frame draw:name=\"圖一\"/>圖。</text:p>"
            .to_owned(),
    ];
    let document = read_with("", "", &text.concat()).document;
    let expected = [
        ("河水|outline", "→河水"),
        ("1.河水|outline", "→河水"),
        ("9.2025年|outline", "→2025"),
        ("2025年|outline", "→2025"),
        ("書目|table", "→書\t冊"),
        ("附記|region", "→附在後面"),
        ("圖一|graphic", "→圖。"),
    ];
    check_links(&document, &expected);
    let numbered = text.concat().replace("2.1.小結", "2.2.小結");
    let document = read_with("", "", &numbered).document;
    check_links(&document, &[&[("2.2.小結|outline", "→小　結")], &expected[..]].concat());
}

#[test]
fn what_stands_in_one_cell_is_not_glued_together() {
    let cell = |text: &str| format!("<table:table-cell>{text}</table:table-cell>");
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let text = format!(
        "<text:p>長</text:p><table:table>{}{}</table:table>",
        row(&[cell("<text:p>書</text:p>"), cell("<text:p>冊</text:p>")]),
        row(&[
            cell("<text:p>渡口<text:line-break/>茶館</text:p>"),
            cell("<text:p>三</text:p><text:p>四</text:p>")
        ]),
    );
    listed("", "", &text, "¶ 長\n| 書\t冊\n| 渡口 茶館\t三 四");
}

#[test]
fn signs_above_and_below_the_line_and_text_that_is_shown_after_all() {
    let style = |name: &str, position: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"text\"><style:text-properties style:text-position=\"{position}\"/></style:style>"
        )
    };
    let automatic = style("S", "super 58%") + &style("L", "-33% 58%") + &style("N", "0% 100%");
    let span = |name: &str, text: &str| format!("<text:span text:style-name=\"{name}\">{text}</text:span>");
    let text = format!(
        "{HEADINGS}<text:p>10{}，H{}O{}。<text:hidden-text text:is-hidden=\"false\">有</text:hidden-text>\
         <text:hidden-text text:is-hidden=\"true\">藏</text:hidden-text></text:p>",
        span("S", "8"),
        span("L", "2"),
        span("N", "2"),
    );
    listed("", &automatic, &text, "# 卷一\n# 卷二\n¶ 10⁸，H₂O2。有\n~隱藏 藏");
}

#[test]
fn a_style_may_build_on_so_many_others() {
    for (styles, sign) in [(MOST_BASES - 1, ">"), (MOST_BASES, ">"), (MOST_BASES + 1, "¶")] {
        // The last of them is that of quotations.
        let style = |at: usize| {
            let name = if at + 1 == styles { "Quotations" } else { "own" };
            let names = format!("style:name=\"P{at}\" style:display-name=\"{name}\"");
            format!(
                "<style:style {names} style:family=\"paragraph\" style:parent-style-name=\"P{}\"/>",
                at + 1
            )
        };
        let text = format!("{HEADINGS}<text:p text:style-name=\"P0\">書是鄰居。</text:p>");
        let styles: String = (0..styles).map(style).collect();
        listed(&styles, "", &text, &format!("# 卷一\n# 卷二\n{sign} 書是鄰居。"));
    }
}

#[test]
fn one_file_of_xml_is_read_as_the_packed_one() {
    let automatic =
        "<style:style style:name=\"P1\" style:family=\"paragraph\" style:parent-style-name=\"Title\"/>";
    let flat = format!(
        "<?xml version=\"1.0\"?>\n<office:document {NAMES} office:mimetype=\"application/vnd.oasis.opendocument.text\">\
         <office:meta><dc:title>圖書室章程</dc:title></office:meta>\
         <office:styles><style:style style:name=\"Title\" style:family=\"paragraph\"/></office:styles>\
         <office:automatic-styles>{automatic}</office:automatic-styles><office:master-styles><style:master-page>\
         <style:header><text:p>頁眉字</text:p></style:header></style:master-page></office:master-styles>\
         <office:body><office:text><text:p text:style-name=\"P1\">約定</text:p>\
         <text:p><draw:frame><draw:image><office:binary-data>AAAA</office:binary-data></draw:image></draw:frame></text:p>\
         <text:p>{LONG}</text:p></office:text></office:body></office:document>"
    );
    let imported = super::super::read("a.fodt", flat.into_bytes(), &ReadOptions::default()).unwrap();
    check(&imported.document, &format!("題 約定\n¶ {LONG}\n~版面 頁眉字"));
    assert_eq!((imported.document.origin().format, imported.warnings), (Format::Odt, vec![]));
}

#[test]
fn cells_go_over_columns_and_rows_and_tables_stay_apart() {
    let cell = |more: &str, text: &str| {
        format!("<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>")
    };
    let covered = "<table:covered-table-cell/>";
    let body = format!(
        "{HEADINGS}<table:table><table:table-row>{}{}{covered}</table:table-row>\
         <table:table-row>{covered}{}{}</table:table-row></table:table>\
         <table:table><table:table-row>{}{}</table:table-row></table:table>",
        cell("table:number-rows-spanned=\"2\"", "河"),
        cell("table:number-columns-spanned=\"2\"", "長"),
        cell("", "一"),
        cell("", "二"),
        cell("", "甲"),
        cell("", "乙")
    );
    let imported = listed("", "", &body, "# 卷一\n# 卷二\n| 河\t長\t\n| \t一\t二\n| 甲\t乙");
    check_rows(&imported.document, &["=3: 0+1*2 1+2 2+0", "3: 0+1 1+1 2+1", "=2: 0+1 1+1"]);
}

#[test]
fn words_that_are_struck_out_stay_and_are_told() {
    let style = |family: &str, name: &str, line: &str| {
        format!(
            "<style:style style:family=\"{family}\" style:name=\"{name}\"><style:text-properties \
             style:text-line-through-style=\"{line}\"/></style:style>"
        )
    };
    let automatic =
        style("text", "S", "solid") + &style("text", "N", "none") + &style("paragraph", "P", "solid");
    let body = format!(
        "{HEADINGS}<text:p>期限<text:span text:style-name=\"S\">三十<text:span>日</text:span></text:span>六十日。</text:p>\
         <text:p text:style-name=\"P\">全條<text:span text:style-name=\"N\">不在內</text:span></text:p>"
    );
    let imported = listed("", &automatic, &body, "# 卷一\n# 卷二\n¶ 期限三十日六十日。\n¶ 全條不在內");
    check_struck(&imported.document, &["三十日", "全條"]);
    assert_eq!(imported.warnings, [Warning::StruckOut { places: 2 }]);
}

#[test]
fn of_a_list_to_choose_from_what_was_chosen_is_read() {
    let body = format!(
        "{HEADINGS}<text:p>他要<text:drop-down text:name=\"x\"><text:label text:value=\"借\"/>\
         <text:label text:value=\"還\" text:current-selected=\"true\"/>還</text:drop-down>書。</text:p>"
    );
    listed("", "", &body, "# 卷一\n# 卷二\n¶ 他要還書。");
}

#[test]
fn what_pictures_and_tables_are_called_is_no_heading() {
    let styles = "<style:style style:family=\"paragraph\" style:name=\"Illustration\" style:parent-style-name=\"Caption\"/>";
    let automatic = "<style:style style:family=\"paragraph\" style:name=\"P1\" style:parent-style-name=\"Illustration\"/>";
    let body = "<text:p>長</text:p><text:p text:style-name=\"P1\">河的源頭</text:p><text:p>長</text:p><text:p>開門守時</text:p>\
                <text:p>長</text:p>";
    listed(styles, automatic, body, "¶ 長\n¶ 河的源頭\n¶ 長\n# 開門守時\n¶ 長");
}

#[test]
fn a_text_that_ends_in_its_middle_is_read_as_far_as_it_is_there() {
    let cut = format!(
        "<office:document-content {NAMES}><office:body><office:text><text:p>河水清清。</text:p><text:p>樹在水"
    );
    let kind = ("mimetype", "application/vnd.oasis.opendocument.text".to_owned());
    let file = pack(&[kind, ("content.xml", cut)]);
    let imported = super::super::read("a", file, &ReadOptions::default()).unwrap();
    check(&imported.document, "¶ 河水清清。\n¶ 樹在水");
    assert_eq!(imported.warnings, [Warning::CutOff]);
}
