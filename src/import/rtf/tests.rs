//! RTF: files made here, read and listed.

use std::fmt::Write;

use proptest::prelude::*;

use super::super::testing::{check, check_links, check_rows, check_struck, holds, tied};
use super::super::{ImportError, Imported, Limit, ReadOptions, Unread, Warning};
use super::header::MOST_BASES;
use crate::document::Format;
use crate::import::limits::MOST_DEPTH;

const LONG: &str =
    "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

const HEAD: &str = "\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134{\\*\\falt x}SimSun;}{\\f1\\froman\\fcharset0 Times;}\
                    {\\f2\\fnil\\fcharset136 MingLiU;}{\\f3\\ftech\\fcharset2 Symbol;}}{\\colortbl;\\red0\\green0\\blue0;}\
                    {\\stylesheet{\\snext0 Normal;}{\\s1\\outlinelevel0\\sbasedon0 heading 1;}{\\s2\\sbasedon0 \\'b1\\'ea\\'cc\\'e2 2;}\
                    {\\s3 Title;}{\\s4 Quote;}{\\s5\\sbasedon4{\\*\\keycode x}Mine;}{\\s6 toc 1;}{\\*\\cs7 heading 9;}{\\cs8 heading 9;}}";

/// A file of that text; 長 in it stands for a paragraph. What is no ASCII is written as numbers of Unicode.
fn bytes(text: &str) -> Vec<u8> {
    let text = format!("{{{HEAD}{}}}", text.replace('長', LONG));
    let mut file = String::new();
    for character in text.chars() {
        match u16::try_from(u32::from(character)) {
            Ok(..128) => file.push(character),
            Ok(unit) => write!(file, "\\u{}?", unit.cast_signed()).unwrap(),
            Err(_) => file.push('?'),
        }
    }
    file.into_bytes()
}

fn read_bytes(bytes: Vec<u8>) -> Result<Imported, ImportError> {
    super::super::read("a.doc", bytes, &ReadOptions::default())
}

fn listed(text: &str, expected: &str) -> Imported {
    let imported = read_bytes(bytes(text)).unwrap();
    holds(&imported.document);
    check(&imported.document, &expected.replace('長', LONG));
    imported
}

/// Headings, so that none has to be guessed, and as they are listed.
const HEADINGS: &str = "\\pard\\s1 卷一\\par\\pard\\s1 卷二\\par\\pard ";
const LISTED: &str = "# 卷一\n# 卷二\n";

/// A paragraph of these bytes and words.
fn paragraph(text: &str) -> String {
    let mut bytes = bytes(HEADINGS);
    bytes.pop();
    bytes.extend(text.bytes());
    bytes.push(b'}');
    let imported = read_bytes(bytes).unwrap();
    let last = imported.document.blocks().last().unwrap();
    last.span.of(imported.document.text()).unwrap().to_owned()
}

#[test]
fn chinese_is_read_however_it_is_written() {
    let check = |text: &str, expected: &str| assert_eq!(paragraph(text), expected, "{text}");
    check("\\'ba\\'d3\\'cb\\'ae", "河水");
    check("{\\f2\\'aae\\'a4\\'f4}{\\f1\\'ba\\'d3}\\'cb\\'ae", "河水河水");
    check("\\u27827?\\uc2\\u27700\\'cb\\'ae\\uc0\\u28165a\\u-10179\\u-8704", "河水清a😀");
    check("\\u27827\\emdash\\u8212\\emdash\\'ba\\'d3", "河—河");
    check("{\\f1\\dbch\\af2 \\'aae}{\\f2\\loch\\f1 \\'ba\\'d3}\n\r\\'cb\n\\'ae", "河河水");
    check("{\\f3 a\\'b3}", "α≥");
    check("{\\f1 \\'e9t\\'e9}\\'cb\\'ae", "été水");
}

#[test]
fn styles_and_numbers_give_the_outline() {
    let item = |number: &str, level: u32, text: &str| {
        format!("\\pard{{\\listtext\\pard\\plain\\f3 {number}\\tab}}\\ls1\\ilvl{level} {text}\\par ")
    };
    let text = [
        "{\\info{\\title 圖書室章程}{\\author 田禾生}{\\operator x}{\\creatim\\yr2025\\mo3\\dy21\\hr9}}\\pard\\s3 圖書室\\line 章程\\par",
        "{\\header\\pard 內部討論稿\\par}{\\footer\\pard {\\field{\\*\\fldinst PAGE}{\\fldrslt 5}}\\par}",
        "\\pard\\s6 目的\\tab 1\\par\\pard\\s1{\\listtext 第一章\\tab}目的\\par\\pard 長\\par",
        "\\pard\\s2{\\pntext （一）\\tab}宗旨\\par\\pard\\plain 長\\par\\pard\\s5 書是鄰居。\\par",
        &(item("\\'b7", 0, "早") + &item("1.", 1, "晚")),
        "\\pard\\bullet\\tx360\\tab 夜\\par",
        "\\pard\\outlinelevel2 守時\\par\\pard\\s1\\outlinelevel9 長\\par",
    ];
    let imported = listed(
        &text.concat(),
        "題 圖書室\n章程\n~導覽 目的\t1\n# 第一章 目的\n¶ 長\n## （一）宗旨\n¶ 長\n> 書是鄰居。\n- 早\n  - 1. 晚\n- 夜\n### 守時\n¶ 長\n\
         ~版面 內部討論稿",
    );
    let metadata = imported.document.metadata();
    assert_eq!(metadata.author.as_ref().unwrap().value, "田禾生");
    assert_eq!(metadata.created.as_ref().unwrap().value, "2025-03-21");
    assert_eq!((imported.document.origin().format, imported.warnings), (Format::Rtf, vec![]));
}

#[test]
fn tables_are_rows_and_one_cell_is_a_frame() {
    let row = |cells: &[&str]| {
        let defined = "\\cellx1".repeat(cells.len());
        let cells: Vec<String> = cells.iter().map(|cell| format!("\\pard\\intbl {cell}\\cell")).collect();
        format!("\\trowd{defined}{}\\row", cells.concat())
    };
    let text = [
        HEADINGS,
        "長\\par",
        &row(&["書", "冊", "備註"]),
        &row(&["農時{\\footnote\\pard 書名。}\\par 要略", "", "{\\listtext 1.\\tab}有\\line 缺"]),
        &row(&["水經", "3", ""]),
        "\\pard{\\field{\\*\\fldinst HYPERLINK \\\\l \"b\"}{\\fldrslt \\u35211?}}{\\*\\bkmkstart b}長\\par",
        &row(&["借閱須知\\par 長"]),
        "\\pard 長\\par",
    ];
    let imported = listed(
        &text.concat(),
        &format!(
            "{LISTED}¶ 長\n| 書\t冊\t備註\n| 農時[1] 要略\t\t1. 有 缺\n| 水經\t3\t\n^ [1] 書名。\n¶ 見長\n▣ ¶ 借閱須知\n▣ ¶ 長\n¶ 長"
        ),
    );
    check_links(&imported.document, &[("見", "→村裡的圖")]);
}

#[test]
fn notes_are_tied_to_their_marks() {
    let text = "河水{\\super\\chftn}{\\footnote\\pard\\plain\\s4{\\super\\chftn}\\tab 河名。\\par 長{\\footnote 並見。}}清清{\\super *}\
                {\\*\\footnote{\\super *}另見。}，樹{\\super\\chftn{\\*\\footnote\\ftnalt\\pard\\chftn 樹名。}}下。\\par 長\\par";
    let imported = listed(
        &format!("{HEADINGS}{text}"),
        &format!(
            "{LISTED}¶ 河水[1]清清*，樹[i]下。\n^ [1] 河名。\n^ 長並見。\n^ *另見。\n¶ 長\n^ [i] 樹名。"
        ),
    );
    assert_eq!(tied(&imported.document), [("[1]", "[1] 河名。"), ("*", "*另見。"), ("[i]", "[i] 樹名。")]);
}

#[test]
fn notes_of_cells_are_paragraphs_with_their_marks() {
    let note = |text: &str| {
        format!("{{\\super\\chftn}}{{\\*\\footnote\\chftn\\~\\plain\\pard\\intbl {{\\pard\\intbl {text}}}}}")
    };
    let table = "\\trowd\\cellx1\\cellx2\\pard\\intbl 一\\cell 二\\cell\\row";
    let text = [
        HEADINGS,
        "\\trowd\\cellx1\\cellx2\\pard\\intbl 農時",
        &note("抄本。\\par 有\\line 缺。\\par"),
        "\\cell 3",
        &note(table),
        "\\cell\\row\\pard 長\\par",
    ];
    let imported = listed(
        &text.concat(),
        &format!("{LISTED}| 農時[1]\t3[2]\n^ [1] 抄本。\n^ 有\n缺。\n^ [2] 一\t二\n¶ 長"),
    );
    assert_eq!(tied(&imported.document), [("[1]", "[1] 抄本。"), ("[2]", "[2] 一\t二")]);
}

#[test]
fn numbers_and_signs_that_items_hang_from_make_lists() {
    let item = |number: &str, left: u32, text: &str| {
        format!("{{\\pard \\fi-360\\li{left} {number}\\tx360\\tab {text}\\par}}")
    };
    let text = [
        HEADINGS,
        &item("1.", 360, "每人三冊。{\\footnote\\pard 一次。}"),
        &item("{\\*\\bkmkstart b}2.{\\*\\bkmkend b}", 360, "一月歸還。"),
        &item("a.", 720, "續借\\tab 一次。"),
        &item("\\bullet ", 1080, "到期前。"),
        &item("-", 1080, "無人等。"),
        &item("ii)", 720, "過期停借。"),
        "{\\pard\\li360 照舊。\\par}",
        &item("（三）", 720, "修補。"),
        "\\pard 長\\par",
        &item("–", 720, "書。"),
        "\\pard\\fi-360\\li360 河名：\\tab 長\\par\\pard 1.\\tab 長\\par",
        "見{\\field{\\*\\fldinst HYPERLINK \\\\l \"b\"}{\\fldrslt 二}}。\\par",
    ];
    let imported = listed(
        &text.concat(),
        &format!(
            "{LISTED}- 1. 每人三冊。[1]\n^ [1] 一次。\n- 2. 一月歸還。\n  - a. 續借\t一次。\n    - 到期前。\n    - 無人等。\n  - ii) 過期停借。\n\
             ¶ 照舊。\n  - （三）修補。\n¶ 長\n- 書。\n¶ 河名：\t長\n¶ 1.\t長\n¶ 見二。"
        ),
    );
    check_links(&imported.document, &[("二", "→2. 一")]);
}

#[test]
fn what_stands_above_or_below_its_line_is_shown_so() {
    let check = |text: &str, expected: &str| assert_eq!(paragraph(text), expected, "{text}");
    check("10{\\up6 8}m{\\up 2}H{\\dn6 2}O{\\up6\\up0 1}", "10⁸m²H₂O1");
    check("a{\\up2 2}b{\\dn3 2}", "a2b2");
    check("x{\\super 2 }y{\\sub  1} {\\super *}", "x² y ₁ *");
}

#[test]
fn fields_without_result_show_what_they_ask_for() {
    let field = |asks: &str, shown: &str| {
        format!("{{\\field{{\\*\\fldinst {{ {asks} }}}}{{\\fldrslt {{\\f1 {shown}}}}}}}")
    };
    let tick = "SYMBOL 254 \\\\f \"Wingdings\" \\\\s 10";
    let ruby = "EQ \\\\* jc2 \\\\o\\\\ad(\\\\s\\\\up 9({\\f1 hàn}),漢)";
    let text = [
        HEADINGS,
        "選",
        &field(tick, ""),
        "是",
        &field(tick, "√"),
        "否{\\v ",
        &field(tick, ""),
        "}，",
        &field(ruby, ""),
        "字",
        &field("EQ \\\\o\\\\ac(○,秘)", ""),
        "。\\par{\\header ",
        &field(tick, ""),
        "}",
    ];
    let imported = listed(&text.concat(), &format!("{LISTED}¶ 選☑是√否，漢字秘。\n^ 漢　hàn\n~隱藏 ☑"));
    assert_eq!(tied(&imported.document), [("漢", "漢　hàn")]);
    assert_eq!(imported.warnings, []);
}

#[test]
fn links_lead_to_addresses_and_to_bookmarks() {
    let field = |asks: &str, shown: &str| {
        format!("{{\\field\\flddirty{{\\*\\fldinst {{ {asks} }}}}{{\\fldrslt {{\\ul {shown}}}}}}}")
    };
    let text = [
        &*field("TOC \\\\o \"1-3\"", "卷一\\tab 1\\par 卷二"),
        "\\par ",
        HEADINGS,
        "見",
        &field("HYPERLINK \"https://a.example/b\" \\\\o \"河訊\"", "河訊"),
        "、",
        &field("HYPERLINK \\\\l \"_Toc1\"", "卷三"),
        "、",
        &field("HYPERLINK \"b.rtf\"", "他"),
        "、",
        &field("INCLUDETEXT \"/etc/passwd\"", "無"),
        "。\\par{\\*\\bkmkstart _Toc1}卷三{\\*\\bkmkend _Toc1}在此。\\par",
    ];
    let imported = listed(
        &text.concat(),
        &format!("~導覽 卷一\t1\n~導覽 卷二\n{LISTED}¶ 見河訊、卷三、他、無。\n¶ 卷三在此。"),
    );
    check_links(&imported.document, &[("河訊", "https://a.example/b"), ("卷三", "→卷三在此")]);
    assert_eq!(imported.document.hyperlinks()[0].title.as_deref(), Some("河訊"));
    assert_eq!(imported.warnings, [Warning::NotRead { what: Unread::RelativeLinks, places: 1 }]);
}

#[test]
fn changes_are_accepted_and_comments_are_offered() {
    let text = "河{\\revised 水}{\\deleted 流}清清{\\v 藏}，{\\*\\atrfstart 7}樹下{\\*\\atrfend 7}{\\*\\atnid L}{\\*\\atnauthor 葉小苗}\\chatn\
                {\\*\\annotation{\\*\\atndate -1516129856}{\\*\\atnref 7}\\pard 誰的樹？\\par 問村裡。}有人。\\par 長{\\*\\atnauthor 田}{\\*\\annotation 何處？}\\par";
    let imported = listed(
        &format!("{HEADINGS}{text}"),
        &format!("{LISTED}¶ 河水清清，樹下有人。\n~刪去 流\n~隱藏 藏\n¶ 長"),
    );
    assert_eq!(
        imported.warnings,
        [Warning::TrackedChanges { changes: 2 }, Warning::Comments { comments: 2 }]
    );
    let text = imported.document.text();
    let said: Vec<(&str, &str, Option<&str>)> = imported
        .comments
        .iter()
        .map(|comment| (comment.span.of(text).unwrap(), &*comment.text, comment.author.as_deref()))
        .collect();
    assert_eq!(said, [("樹下", "誰的樹？\n問村裡。", Some("葉小苗")), ("", "何處？", Some("田"))]);
}

#[test]
fn paragraphs_whose_end_was_deleted_go_on() {
    let text = "河{\\deleted 流\\par}水\\par{\\deleted{\\listtext 1.\\tab}全刪\\par}樹下。\\par 長\\par";
    listed(&format!("{HEADINGS}{text}"), &format!("{LISTED}¶ 河水\n~刪去 流\n¶ 樹下。\n~刪去 全刪\n¶ 長"));
}

#[test]
fn boxes_follow_and_what_is_not_read_is_said() {
    let shape = "{\\shp{\\*\\shpinst\\shpleft1{\\sp{\\sn wzName}{\\sv 圖}}{\\shptxt\\pard 框中。\\par 又。\\par}}{\\shprslt 舊框}}";
    let text = format!(
        "{HEADINGS}河{shape}水{{\\pict\\wmetafile8 0100}}{{\\object\\objemb{{\\*\\objdata 0105}}{{\\result 圖表}}}}{{\\mmath{{\\*\\moMath x}}}}。\\par 長\
         {{\\field{{\\*\\fldinst EQ \\\\f(1,2)}}{{\\fldrslt}}}}{{\\f3 a\\u-3867?\\u-3856?}}H{{\\sub 2}}O\\emdash\\~\\-x\\_y\\par"
    );
    let imported = listed(
        &text,
        &format!("{LISTED}¶ 河水圖表。\n▣ ¶ 框中。\n▣ ¶ 又。\n¶ 長α∑\u{f0f0}H₂O—\u{a0}x\u{2011}y"),
    );
    let not_read = |what: Unread, places: u32| Warning::NotRead { what, places };
    assert_eq!(imported.warnings, [not_read(Unread::Objects, 3), not_read(Unread::Characters, 1)]);
}

#[test]
fn broken_files_give_what_is_there() {
    let check = |bytes: &[u8], expected: &str, damaged: bool| {
        let imported = read_bytes(bytes.to_vec()).unwrap();
        assert_eq!(&**imported.document.text(), expected);
        assert_eq!(imported.may_be_damaged(), damaged, "{:?}", imported.warnings);
    };
    check(b"{\\rtf1 one\\par two}", "one\ntwo", false);
    check(b"{\\rtf1 one\\par two", "one\ntwo", true);
    check(b"{\\rtf1 one} two {\\rtf1 three}", "one", true);
    check(b"{\\rtf1 one}\r\n\0}", "one", false);
    check(b"{\\rtf1 one} -- the sender", "one", true);
    check(b"{\\rtf1 one\\par}}two}{three\\par}\\u22235?\\par}", "one\ntwothree\n四", true);
    check(b"{\\rtf1{\\field{\\*\\fldinst TOC}{\\fldrslt\\fldrslt one}}\\par two}", "one\ntwo", false);
    check(b"{\\rtf1 one{\\footnote two", "one[1]\n[1] two", true);
    check(b"{\\rtf1 one\\cell two\\row three\\u55357?\\par}", "one\ntwo\nthree\u{fffd}", true);
    check(b"{\\rtf1{\\fonttbl{\\f0 A;}{\\info{\\title", "", true);
    check(b"{\\rtf1\\bin99 one}", "", true);
}

#[test]
fn groups_may_lie_so_deep_and_no_deeper() {
    for (depth, refused) in [(MOST_DEPTH - 1, false), (MOST_DEPTH, false), (MOST_DEPTH + 1, true)] {
        let nested = format!("{{\\rtf1 {}x{}", "{".repeat(depth - 1), "}".repeat(depth));
        let limit = ImportError::TooMuch(Limit::Depth(MOST_DEPTH as u64));
        assert_eq!(read_bytes(nested.into_bytes()).err(), refused.then_some(limit), "{depth}");
    }
}

#[test]
fn notes_in_notes_cost_little() {
    let nested = "{\\footnote{\\shptxt y".repeat(MOST_DEPTH / 2 - 2) + &"}}".repeat(MOST_DEPTH / 2 - 2);
    let text = format!("{{\\rtf1 x{}}}", nested.repeat(100));
    let begun = std::time::Instant::now();
    let imported = read_bytes(text.into_bytes()).unwrap();
    assert_eq!(imported.document.text().matches('y').count(), 100 * (MOST_DEPTH / 2 - 2));
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

#[test]
fn a_style_may_build_on_so_many_others() {
    for (styles, sign) in [(MOST_BASES - 1, ">"), (MOST_BASES, ">"), (MOST_BASES + 1, "¶")] {
        // The last of them is that of quotations.
        let style = |at: usize| {
            let name = if at + 1 == styles { "Quote" } else { "own" };
            format!("{{\\s{}\\sbasedon{} {name};}}", 100 + at, 101 + at)
        };
        let sheet: String = (0..styles).map(style).collect();
        let text = format!("{{\\stylesheet{sheet}}}{HEADINGS}\\s100 書是鄰居。\\par");
        listed(&text, &format!("{LISTED}{sign} 書是鄰居。"));
    }
}

#[test]
fn what_is_said_twice_is_read_in_unicode() {
    let twice = |what: &str, narrow: &str, wide: &str| {
        format!("{{\\upr{{{what} {narrow}}}{{\\*\\ud{{{what} {wide}}}}}}}")
    };
    let text = [
        "{\\info",
        &twice("\\title", "??", "河水章程"),
        &twice("\\author", "?", "田禾生"),
        "}",
        HEADINGS,
        "見{\\field{\\*\\fldinst HYPERLINK \\\\l \"河\"}{\\fldrslt 下}}。\\par",
        &twice("\\*\\bkmkstart", "?", "河"),
        "河水清清。\\par",
    ];
    let imported = listed(&text.concat(), &format!("{LISTED}¶ 見下。\n¶ 河水清清。"));
    let metadata = imported.document.metadata();
    assert_eq!(metadata.title.as_ref().unwrap().value, "河水章程");
    assert_eq!(metadata.author.as_ref().unwrap().value, "田禾生");
    check_links(&imported.document, &[("下", "→河水清清")]);
}

#[test]
fn descriptions_of_pictures_are_set_aside() {
    let picture = "{\\*\\shppict{\\pict{\\*\\picprop\\shplid1{\\sp{\\sn shapeType}{\\sv 75}}{\\sp{\\sn wzDescription}{\\sv 磨坊}}}\\pngblip 0a}}{\\nonshppict{\\pict 0a}}";
    let text = format!("{HEADINGS}河{picture}水。\\par{{\\header{picture}河訊}}長\\par");
    listed(&text, &format!("{LISTED}¶ 河水。\n~隱藏 磨坊\n¶ 長\n~版面 河訊"));
}

#[test]
fn the_reader_may_choose_the_code_page() {
    let read = |encoding: Option<&str>| {
        let options = ReadOptions { encoding: encoding.map(str::to_owned), ..ReadOptions::default() };
        super::super::read("a", b"{\\rtf1\\ansi \\'ba\\'d3\\'cb\\'ae}".to_vec(), &options).unwrap()
    };
    assert_eq!(&**read(None).document.text(), "ºÓË®");
    assert_eq!(&**read(Some("gb18030")).document.text(), "河水");
}

/// Pieces of files in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "{\\*",
        "\\par ",
        "\\pard",
        "\\intbl ",
        "\\trowd",
        "\\cellx9",
        "\\cell ",
        "\\row ",
        "\\footnote ",
        "\\ftnalt",
        "\\chftn ",
        "\\super ",
        "\\v ",
        "\\deleted ",
        "\\u27827?",
        "\\u-10179?",
        "\\u-8704?",
        "\\uc3",
        "\\'ba",
        "\\'d3",
        "\\f0",
        "\\f3",
        "\\plain",
        "\\field",
        "{\\*\\fldinst ",
        "HYPERLINK \"https://a.example\"",
        "{\\fldrslt ",
        "\\shptxt ",
        "\\shp",
        "\\annotation ",
        "\\atnref 1",
        "\\atrfstart 1",
        "\\listtext ",
        "1.",
        "\\line ",
        "\\page",
        "\\tab ",
        "\\header ",
        "\\stylesheet",
        "\\s1 ",
        "\\fonttbl",
        "\\info",
        "\\title ",
        "\\bin4 ",
        "\\result ",
        "清清",
        "  ",
        ";",
        "\\\n",
        "\\bkmkstart b",
        "TOC ",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_pieces_give_a_document(pieces in pieces()) {
        let file = [b"{", HEAD.as_bytes(), pieces.as_bytes()].concat();
        holds(&read_bytes(file).unwrap().document);
    }
}

/// A row of cells: what is said of them before it, then their words.
fn row(said: &str, cells: &[&str]) -> String {
    let cells = cells.iter().map(|words| format!("\\pard\\intbl {words}\\cell")).collect::<Vec<_>>().concat();
    format!("\\trowd{said}{cells}\\row ")
}

#[test]
fn cells_go_over_columns_and_rows_by_their_borders() {
    let head = row("\\clvmgf\\cellx1000\\cellx3000", &["河", "寬"]);
    let below = row("\\clvmrg\\cellx1010\\cellx2000\\cellx3000", &["", "一", "二"]);
    let last = row("\\cellx1000\\cellx2000\\cellx3000", &["甲", "三", "四"]);
    let imported = listed(
        &format!("{HEADINGS}{head}{below}{last}\\pard 長\\par"),
        &format!("{LISTED}| 河\t寬\n| \t一\t二\n| 甲\t三\t四\n¶ 長"),
    );
    check_rows(&imported.document, &["=3: 0+1*2 1+2", "3: 0+1 1+1 2+1", "3: 0+1 1+1 2+1"]);
}

#[test]
fn cells_that_are_merged_go_over_the_empty_ones() {
    let head = row(
        "\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000\\clmrg\\cellx4000\\cellx5000",
        &["河", "寬", "", "", "深"],
    );
    let imported = listed(&format!("{HEADINGS}{head}"), &format!("{LISTED}| 河\t寬\t\t\t深"));
    check_rows(&imported.document, &["=5: 0+1 1+3 2+0 3+0 4+1"]);
}

#[test]
fn tables_stay_apart_where_a_paragraph_stands_between_them() {
    let one = row("\\cellx1000\\cellx2000", &["甲", "乙"]);
    let imported = listed(
        &format!("{HEADINGS}{one}{one}\\pard\\par {one}"),
        &format!("{LISTED}| 甲\t乙\n| 甲\t乙\n| 甲\t乙"),
    );
    check_rows(&imported.document, &["=2: 0+1 1+1", "2: 0+1 1+1", "=2: 0+1 1+1"]);
}

#[test]
fn words_that_are_struck_out_stay_and_are_told() {
    let text =
        format!("{HEADINGS}期限{{\\strike 三十日}}六十日，\\striked1 每冊\\striked0 兩冊\\par 長\\par");
    let imported = listed(&text, &format!("{LISTED}¶ 期限三十日六十日，每冊兩冊\n¶ 長"));
    check_struck(&imported.document, &["三十日", "每冊"]);
    assert_eq!(imported.warnings, [Warning::StruckOut { places: 2 }]);
}

#[test]
fn of_a_list_to_choose_from_what_was_chosen_is_read() {
    let form = |said: &str, shown: &str| {
        format!(
            "{{\\field{{\\*\\fldinst {{FORMDROPDOWN }}{{\\*\\formfield{{\\fftype2{said}{{\\*\\ffname x}}\
             {{\\*\\ffl 借}}{{\\*\\ffl 還}}}}}}}}{{\\fldrslt {shown}}}}}"
        )
    };
    let text = format!(
        "{HEADINGS}他要{}書，{}書，{}書，{}書\\par",
        form("\\ffres1", ""),
        form("\\ffres25\\ffdefres1", ""),
        form("", ""),
        form("\\ffres1", "看")
    );
    listed(&text, &format!("{LISTED}¶ 他要還書，還書，借書，看書"));
}

#[test]
fn what_pictures_and_tables_are_called_is_no_heading() {
    let styles = "{\\stylesheet{\\s20 caption;}}";
    let text = format!("{styles}長\\par\\pard\\s20 河的源頭\\par\\pard 長\\par 開門守時\\par 長\\par");
    listed(&text, "¶ 長\n¶ 河的源頭\n¶ 長\n# 開門守時\n¶ 長");
}
