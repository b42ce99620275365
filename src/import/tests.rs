//! The whole of the room: bytes in, a document out.

use proptest::prelude::*;

use super::testing::holds;
use super::*;
use crate::document::{BlockIndex, BlockKind, Evidence, RepairKind};

fn read_text(name: &str, text: &str) -> Document {
    read(name, text.as_bytes().to_vec(), &ReadOptions::default()).unwrap().document
}

fn check(name: &str, text: &str, expected: &str) {
    super::testing::check(&read_text(name, text), expected);
}

const LONG: &str =
    "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

fn plain(text: &str, expected: &str) {
    let fill = |text: &str| text.replace('長', LONG);
    check("a.txt", &fill(text), &fill(expected));
}

#[test]
fn what_is_text_with_its_last_line_is_not_refused_for_the_rest() {
    let check = |words: &str, refused: bool| {
        let file = format!("<!doctype html>\u{1}\u{2}\n{words}").into_bytes();
        assert_eq!(refusal(&file).is_some(), refused, "{words}");
        assert_eq!(read("a", file, &ReadOptions::default()).is_err(), refused, "{words}");
    };
    check("水", true);
    check(&"水".repeat(100), false);
}

#[test]
fn headings_follow_what_the_document_nests() {
    plain(
        "一、借書\n長\n（一）開門\n長\n1. 守時\n長\n二、還書\n長",
        "# 一、借書\n¶ 長\n## （一）開門\n¶ 長\n### 1. 守時\n¶ 長\n# 二、還書\n¶ 長",
    );
    // Here the document itself puts 一、 under 1.
    plain(
        "1. 借書\n長\n一、開門\n長\n二、守時\n長\n2. 還書\n長\n一、逾期\n長",
        "# 1. 借書\n¶ 長\n## 一、開門\n¶ 長\n## 二、守時\n¶ 長\n# 2. 還書\n¶ 長\n## 一、逾期\n¶ 長",
    );
    // A text that begins in the middle: the levels are those of the whole.
    plain(
        "（二）開門\n長\n1. 守時\n長\n三、還書\n長\n（一）逾期\n長",
        "## （二）開門\n¶ 長\n### 1. 守時\n¶ 長\n# 三、還書\n¶ 長\n## （一）逾期\n¶ 長",
    );
    plain(
        "第一章 總則\n第一條 目的\n長\n第二條 範圍\n長\n第二章 借閱\n第三條 借書\n長",
        "# 第一章 總則\n## 第一條 目的\n¶ 長\n## 第二條 範圍\n¶ 長\n# 第二章 借閱\n## 第三條 借書\n¶ 長",
    );
}

#[test]
fn numbered_sentences_and_rows_are_no_headings() {
    plain(
        "約定如下，請各位讀者和管理員一同遵守，彼此體諒，互相提醒：\n1. 愛惜書本；\n2. 按時歸還。",
        "¶ 約定如下，請各位讀者和管理員一同遵守，彼此體諒，互相提醒：\n- 1. 愛惜書本；\n- 2. 按時歸還。",
    );
    plain("長\n1. 農時\n2. 家事\n3. 歷史\n長", "¶ 長\n- 1. 農時\n- 2. 家事\n- 3. 歷史\n¶ 長");
    plain("第一條 長\n第二條 長", "¶ 第一條 長\n¶ 第二條 長");
    plain("長\n• 書\n　• 新書\n• 報", "¶ 長\n- • 書\n  - • 新書\n- • 報");
}

#[test]
fn short_lines_between_paragraphs_are_headings() {
    plain(
        "讀書的約定\n\n長\n\n開門要守時\n\n長\n\n長\n\n管書要有人\n\n長",
        "題 讀書的約定\n¶ 長\n# 開門要守時\n¶ 長\n¶ 長\n# 管書要有人\n¶ 長",
    );
    // Verse: every line is short.
    plain("小河彎彎\n流過村前\n流過磨坊\n流到海邊", "¶ 小河彎彎\n¶ 流過村前\n¶ 流過磨坊\n¶ 流到海邊");
}

#[test]
fn statutes_have_chapters_for_headings_and_articles_for_paragraphs() {
    plain(
        "河灣圖書室管理辦法\n（2025年3月1日村民會議通過）\n\n第一章　總則\n第一條　為了辦好圖書室，方便村民借書、讀書，制定本辦法。\n\
         第二條　本辦法適用於：\n（一）圖書室；\n（二）書車。\n第二章　借閱\n第三條　長",
        "題 河灣圖書室管理辦法\n@ （2025年3月1日村民會議通過）\n# 第一章　總則\n¶ 第一條　為了辦好圖書室，方便村民借書、讀書，制定本辦法。\n\
         ¶ 第二條　本辦法適用於：\n- （一）圖書室；\n- （二）書車。\n# 第二章　借閱\n¶ 第三條　長",
    );
}

#[test]
fn a_notice_has_its_number_below_the_title_and_the_law_that_it_brings_below_a_heading() {
    plain(
        "关于印发书屋管理办法的通知\n\n禾政办发〔2023〕12号\n\n各乡镇，各单位：\n\n　　長\n\n县办公室\n\n2023年4月1日\n\n\
         （此件公开发布）\n\n书屋管理办法\n\n第一章　总则\n\n　　第一条　長\n\n第二章　附则\n\n　　第二条　長\n\n附件：1.借书登记表\n\n附件1\n\n借书登记表",
        "題 关于印发书屋管理办法的通知\n@ 禾政办发〔2023〕12号\n¶ 各乡镇，各单位：\n¶ 長\n¶ 县办公室\n¶ 2023年4月1日\n\
         ¶ （此件公开发布）\n# 书屋管理办法\n## 第一章　总则\n¶ 第一条　長\n## 第二章　附则\n¶ 第二条　長\n¶ 附件：1.借书登记表\n\
         # 附件1\n## 借书登记表",
    );
    // In an annex it lies one deeper, and its chapters two.
    plain(
        "通知\n\n長\n\n附件1\n\n书屋管理办法\n\n（2023年3月1日通过）\n\n第一章　总则\n\n　　第一条　長\n\n附件2\n\n長",
        "題 通知\n¶ 長\n# 附件1\n## 书屋管理办法\n¶ （2023年3月1日通过）\n### 第一章　总则\n¶ 第一条　長\n# 附件2\n¶ 長",
    );
}

#[test]
fn what_an_office_says_below_the_title_is_metadata() {
    let said = |text: &str| {
        let document = read_text("a.txt", &text.replace('长', LONG));
        let metadata = document.metadata().clone();
        [metadata.number, metadata.author, metadata.date].map(|field| field.map(|field| field.value))
    };
    let some = |value: &str| Some(value.to_owned());
    let order = [some("禾溪县水务局令第50号"), some("禾溪县水务局"), None];
    assert_eq!(said("书屋管理办法\n\n禾溪县水务局令第50号\n\n　　长\n\n　　长"), order);
    assert_eq!(said("禾溪县水务局令\n\n第50号\n\n　　长\n\n　　长"), order);
    assert_eq!(
        said("关于开门的通知\n\n文　号：禾发〔2020〕5号\n\n2020年3月1日\n\n　　长"),
        [some("禾发〔2020〕5号"), None, some("2020年3月1日")]
    );
}

#[test]
fn annexes_and_the_rules_that_close_a_law_stand_beside_its_chapters() {
    for annex in ["附　則", "附錄", "附　錄", "附件一 書目", "附件（一）：書目", "附錄A（書目）", "附表"]
    {
        plain(
            &format!("第一章 總則\n\n長\n\n第一節 守時\n\n長\n\n第二章 借書\n\n長\n\n{annex}\n\n長"),
            &format!("# 第一章 總則\n¶ 長\n## 第一節 守時\n¶ 長\n# 第二章 借書\n¶ 長\n# {annex}\n¶ 長"),
        );
    }
    // In a law that is given in full they lie below its title too.
    plain(
        "通知\n\n長\n\n书屋管理办法\n\n第一章　总则\n\n　　第一条　長\n\n附则\n\n　　第二条　長",
        "題 通知\n¶ 長\n# 书屋管理办法\n## 第一章　总则\n¶ 第一条　長\n## 附则\n¶ 第二条　長",
    );
}

#[test]
fn two_entries_are_a_table_of_contents_too() {
    for space in [" ………… ", "......"] {
        plain(
            &format!(
                "目錄\n第一章 借書{space}1\n第二章 還書{space}12\n\n第一章 借書\n\n長\n\n第二章 還書\n\n長"
            ),
            &format!(
                "# 目錄\n¶ 第一章 借書{space}1\n¶ 第二章 還書{space}12\n# 第一章 借書\n¶ 長\n# 第二章 還書\n¶ 長"
            ),
        );
    }
}

#[test]
fn what_pictures_and_tables_are_called_is_no_heading() {
    plain(
        "長\n\n圖3 水渠\n\n長\n\n表二　借書的人\n\n長\n\n開門守時\n\n長",
        "¶ 長\n¶ 圖3 水渠\n¶ 長\n¶ 表二　借書的人\n¶ 長\n# 開門守時\n¶ 長",
    );
}

#[test]
fn words_struck_out_in_markdown_stay_and_are_told() {
    let text = format!("# 約定\n\n{LONG}\n\n期限~~三十日~~六十日。\n");
    let imported = read("a.md", text.into_bytes(), &ReadOptions::default()).unwrap();
    super::testing::check_struck(&imported.document, &["三十日"]);
    assert_eq!(imported.warnings, [Warning::StruckOut { places: 1 }]);
}

#[test]
fn a_table_of_contents_is_no_row_of_headings() {
    plain(
        "目錄\n第一章 借書\n第一節 守時\n第二章 還書\n第一章 借書\n第一節 守時\n長\n第二章 還書\n長",
        "# 目錄\n¶ 第一章 借書\n¶ 第一節 守時\n¶ 第二章 還書\n# 第一章 借書\n## 第一節 守時\n¶ 長\n# 第二章 還書\n¶ 長",
    );
}

#[test]
fn bare_numbers_count_where_decimals_do() {
    plain(
        "1 借書\n1.1 守時\n長\n2 還書\n2.1 手續\n長",
        "# 1 借書\n## 1.1 守時\n¶ 長\n# 2 還書\n## 2.1 手續\n¶ 長",
    );
}

#[test]
fn boxes_annexes_and_closing_words() {
    plain(
        "一、書車\n長\n專欄1 書車的一年\n長\n長\n二、書屋\n長\n結束語\n長\n附件\n長",
        "# 一、書車\n¶ 長\n▣ ## 專欄1 書車的一年\n▣ ¶ 長\n▣ ¶ 長\n# 二、書屋\n¶ 長\n# 結束語\n¶ 長\n# 附件\n¶ 長",
    );
}

#[test]
fn bylines_are_metadata() {
    let text =
        format!("讀書的約定\n作者：田禾生\n來源：河訊　日期：2025年3月21日\n\n{LONG}\n\n（河訊3月22日電）");
    plain(
        &text,
        "題 讀書的約定\n@ 作者：田禾生\n@ 來源：河訊　日期：2025年3月21日\n¶ 長\n@ （河訊3月22日電）",
    );
    let document = read_text("a.txt", &text);
    let value = |field: &Option<crate::document::Field>| {
        let field = field.clone().unwrap();
        assert_eq!(field.span.unwrap().of(&text), Some(field.value.as_str()));
        field.value
    };
    let metadata = document.metadata();
    assert_eq!(value(&metadata.title), "讀書的約定");
    assert_eq!(value(&metadata.author), "田禾生");
    assert_eq!(value(&metadata.source), "河訊");
    assert_eq!(value(&metadata.date), "2025年3月21日");
}

#[test]
fn the_frame_of_a_saved_page_is_set_aside() {
    plain(
        "首頁 | 河訊 | 圖片\n讀書的約定\n2025-03-21 09:30:00\n字體\n讀書的約定\n　　長\n　　長\n[責任編輯：葉小苗]\n乡村图书 | 农时与天气 | 书车的路线",
        "~導覽 首頁 | 河訊 | 圖片\n題 讀書的約定\n@ 2025-03-21 09:30:00\n~導覽 字體\n~又題 讀書的約定\n¶ 長\n¶ 長\n~編輯 [責任編輯：葉小苗]\n~連結 乡村图书 | 农时与天气 | 书车的路线",
    );
}

#[test]
fn one_sign_alone_sets_nothing_aside() {
    plain("讀書的約定\n\n長\n\n農時 | 家事 | 歷史", "題 讀書的約定\n¶ 長\n¶ 農時 | 家事 | 歷史");
}

/// A saved page by three signs: the words of `head` stand before its text, those of `tail` after it.
fn page(head: &str, tail: &str, expected_head: &str, expected_tail: &str) {
    let around = |head: &str, tail: &str, marks: [&str; 4]| {
        let [links, title, byline, paragraph] = marks;
        format!(
            "{links}首頁 | 河訊 | 圖片\n{title}讀書的約定\n{byline}2025-03-21 09:30:00\n{head}{paragraph}長\n{paragraph}長\n{tail}"
        )
    };
    plain(
        &around(head, &format!("[責任編輯：葉小苗]\n{tail}"), [""; 4]),
        &around(
            expected_head,
            &format!("~編輯 [責任編輯：葉小苗]\n{expected_tail}"),
            ["~導覽 ", "題 ", "@ ", "¶ "],
        ),
    );
}

#[test]
fn what_may_be_the_authors_in_the_head_of_a_page_stays() {
    // A sentence between the byline and the title said again.
    page("書車今日開出。\n讀書的約定\n", "", "¶ 書車今日開出。\n~又題 讀書的約定\n", "");
    page("慢慢讀，細細想\n讀書的約定\n", "", "¶ 慢慢讀，細細想\n~又題 讀書的約定\n", "");
    // Verse with and without marks, names, talk.
    page("小河彎彎\n流過村前\n流過磨坊\n", "", "¶ 小河彎彎\n¶ 流過村前\n¶ 流過磨坊\n", "");
    page("「開門了嗎？」\n「開了。」\n", "", "¶ 「開門了嗎？」\n¶ 「開了。」\n", "");
    page("田禾生　舒望舟\n葉小苗　江一帆\n", "", "¶ 田禾生　舒望舟\n¶ 葉小苗　江一帆\n", "");
    // A table, however its cells are parted.
    let table = "春 | 早 | 三冊\n夏 | 晚 | 五冊\n秋 | 早 | 二冊\n";
    page(table, "", "¶ 春 | 早 | 三冊\n¶ 夏 | 晚 | 五冊\n¶ 秋 | 早 | 二冊\n", "");
}

/// A statute with all signs of a saved page about it loses nothing.
#[test]
fn statutes_on_saved_pages_lose_nothing() {
    page(
        "（2025年3月1日村民會議通過）\n第一章　總則\n第一條　為了方便村民，制定本辦法。\n第二條　本辦法適用於：\n（一）圖書室；\n（二）書車。\n第二章　借閱\n",
        "",
        "@ （2025年3月1日村民會議通過）\n# 第一章　總則\n¶ 第一條　為了方便村民，制定本辦法。\n¶ 第二條　本辦法適用於：\n- （一）圖書室；\n- （二）書車。\n# 第二章　借閱\n",
        "",
    );
}

#[test]
fn sentences_after_the_end_of_a_page_stay() {
    page("", "本文獲准轉載。\n相關文章", "", "¶ 本文獲准轉載。\n~導覽 相關文章");
}

#[test]
fn a_table_at_the_end_of_a_page_is_no_row_of_links() {
    let text =
        "讀書的約定\n2025-03-21 09:30:00\n字號：大 中 小\n長\n春 | 早 | 三冊\n夏 | 晚 | 五冊\n秋 | 早 | 二冊";
    let expected = "題 讀書的約定\n@ 2025-03-21 09:30:00\n~導覽 字號：大 中 小\n¶ 長\n¶ 春 | 早 | 三冊\n¶ 夏 | 晚 | 五冊\n¶ 秋 | 早 | 二冊";
    plain(text, expected);
}

#[test]
fn a_name_in_the_other_script_after_the_text_stays() {
    let text = "讀書的約定\n2025-03-21 09:30:00\n字號：大 中 小\n長\n　　　　　　　　乡村图书馆编目组";
    let document = read_text("a.txt", &text.replace('長', LONG));
    assert!(document.blocks().last().is_some_and(|last| last.kind.aside().is_none()));
}

#[test]
fn hard_wrapped_lines_are_joined() {
    let text = "　　村東有兩株老槐，樹下一間舊磨坊，空了二十多年\n。村人路過，只當它是避雨的地方，誰也沒有想過，有一\n天會在裡面讀書。\n　　起意的是一位先生，他在鎮上教了三十年書，退休那\n年帶著六箱書回鄉，最上面的一本叫做 a long river\nby night，家中放不下，便向村裡借磨坊一用，做成書架\n九座、長桌兩張。\n";
    check(
        "a.txt",
        text,
        "¶ 村東有兩株老槐，樹下一間舊磨坊，空了二十多年。村人路過，只當它是避雨的地方，誰也沒有想過，有一天會在裡面讀書。
         ¶ 起意的是一位先生，他在鎮上教了三十年書，退休那年帶著六箱書回鄉，最上面的一本叫做 a long river by night，家中放不下，便向村裡借磨坊一用，做成書架九座、長桌兩張。",
    );
}

#[test]
fn a_paragraph_cut_by_a_column_is_one_again() {
    let cut = format!("{LONG}書車每到一處，至少停留一個");
    let text = format!("{LONG}\n\n{LONG}\n\n{cut}\n\n小時，既借書也還書。\n\n{LONG}");
    let document = read_text("a.txt", &text);
    let columns: Vec<_> =
        document.repairs().iter().filter(|repair| repair.kind == RepairKind::Column).collect();
    assert_eq!(columns.len(), 1);
    assert_eq!(document.blocks().len(), 4);
    let refused = RepairChoices { kinds_off: vec![], refused: vec![columns[0].span] };
    let options = ReadOptions { repairs: refused, ..ReadOptions::default() };
    let document = read("a.txt", text.into_bytes(), &options).unwrap().document;
    assert_eq!((document.repairs().len(), document.blocks().len()), (0, 5));
}

#[test]
fn notes_of_a_page_continued_are_not_read() {
    plain("（上接第三版）長\n\n長（下轉第五版）\n\n（下轉第六版）", "¶ 長\n¶ 長\n~版面 （下轉第六版）");
}

#[test]
fn numbers_of_pages_are_set_aside() {
    plain("長\n— 1 —\n長\n— 2 —\n長\n- 3 -", "¶ 長\n~版面 — 1 —\n¶ 長\n~版面 — 2 —\n¶ 長\n~版面 - 3 -");
    plain("長\n第3頁\n長", "¶ 長\n¶ 第3頁\n¶ 長");
}

#[test]
fn indents_are_repairs_that_can_be_switched_off() {
    let text = format!("　　{LONG}\n　　{LONG}");
    assert_eq!(read_text("a.txt", &text).repairs().len(), 2);
    let repairs = RepairChoices { kinds_off: vec![RepairKind::Indent], refused: vec![] };
    let options = ReadOptions { repairs, ..ReadOptions::default() };
    let document = read("a.txt", text.into_bytes(), &options).unwrap().document;
    assert_eq!(document.repairs(), []);
    assert!(document.reading(BlockIndex::new(1)).unwrap().text.starts_with('　'));
}

#[test]
fn markdown_is_read_without_its_marks() {
    check(
        "a.md",
        "---\ntitle: 約定\ndate: 2025-03-21\n---\n# 讀書的**約定**\n\n**「慢讀」**優先，\n一本一本來。[^1]\n\n## 借 *書*\n\n- 守時\n  1. 早\n  2. 晚\n- [x] 愛惜\n\n> 書是鄰居。\n\n| 書 | 冊 |\n|---|---|\n| 農時 | 3 |\n\n```\n甲\n  乙\n```\n\n<!-- 隱 -->\n\n[^1]: 見卷首。\n",
        "~隱藏 title: 約定
         date: 2025-03-21
         題 讀書的約定
         ¶ 「慢讀」優先，一本一本來。[1]
         # 借 書
         - 守時
         - 1. 早
         - 2. 晚
         - ☑ 愛惜
         > 書是鄰居。
         | 書\t冊
         | 農時\t3
         ` 甲
         乙
         ~隱藏 隱
         ^ [1] 見卷首。",
    );
}

#[test]
fn files_that_are_no_text_are_named() {
    let check = |bytes: &[u8], expected: &str| {
        let error = read("a.txt", bytes.to_vec(), &ReadOptions::default()).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    };
    check(b"PK\x03\x04 etc", "ZIP archive");
    check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as DOCX");
    check(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5], "binary data");
}

#[test]
fn an_empty_file_is_an_empty_document() {
    for bytes in [&b""[..], b" \n\n ", b"\xef\xbb\xbf"] {
        let read = read("a.txt", bytes.to_vec(), &ReadOptions::default()).unwrap();
        let warning = if bytes.is_empty() { Warning::NoBytes } else { Warning::Empty };
        assert_eq!((read.document.blocks().len(), read.warnings), (0, vec![warning]));
    }
}

#[test]
fn the_samples_are_read_as_their_list_says() {
    let read_sample =
        |name: &str, bytes: &[u8]| read(name, bytes.to_vec(), &ReadOptions::default()).unwrap().document;
    let count = |document: &Document, wanted: fn(BlockKind) -> bool| {
        document.blocks().iter().filter(|block| wanted(block.kind)).count()
    };
    let is_heading = |kind| matches!(kind, BlockKind::Heading { .. });
    let is_aside = |kind: BlockKind| kind.aside().is_some();

    let rural =
        read_sample("a.txt", include_bytes!("../../assets/samples/rural-reading-initiative.zh-Hans.txt"));
    assert_eq!((count(&rural, is_heading), count(&rural, is_aside)), (23, 0));
    assert_eq!(rural.blocks().iter().filter(|block| block.boxed).count(), 4);
    assert_eq!(rural.repairs().iter().filter(|repair| repair.kind == RepairKind::Column).count(), 1);

    let village = read_sample(
        "a.txt",
        include_bytes!("../../assets/samples/village-reading-initiative.zh-Hant-TW.txt"),
    );
    assert_eq!((count(&village, is_heading), count(&village, is_aside)), (7, 6));
    assert_eq!(village.written(), Written::Traditional);

    let classic = read_sample("a.txt", include_bytes!("../../assets/samples/classic-note.big5.txt"));
    assert_eq!((classic.blocks().len(), classic.origin().encoding.name), (8, "Big5"));

    let notice =
        read_sample("a.html", include_bytes!("../../assets/samples/river-repair-notice.zh-Hans.html"));
    assert_eq!((count(&notice, is_heading), count(&notice, is_aside)), (7, 9));
    assert_eq!(notice.origin().encoding.evidence, Evidence::Declared);
    assert!(notice.text().contains('𬶋'));

    let declaration =
        read_sample("a.md", include_bytes!("../../assets/samples/river-repair-declaration.zh-Hant-HK.md"));
    assert_eq!((count(&declaration, is_heading), count(&declaration, is_aside)), (9, 0));
}

#[test]
fn markup_that_is_too_heavy_is_read_as_plain_text() {
    let check_why = |name: &str, text: String, why| {
        let read = read(name, text.into_bytes(), &ReadOptions::default()).unwrap();
        assert_eq!(read.warnings, [Warning::MarkupTooHeavy(why)]);
        assert!(read.document.text().contains(LONG));
    };
    let check = |name: &str, text: String| check_why(name, text, TooHeavy::Nested);
    check("a.html", format!("<html>{}{LONG}", "<div>".repeat(100_000)));
    // In HTML this closes nothing, not even after a drawing.
    check("a.html", format!("<html>{}{LONG}", "<div/>".repeat(100_000)));
    check("a.html", format!("<html><svg>{}{LONG}", "<div/>".repeat(100_000)));
    check("a.html", format!("<html><svg/>{}{LONG}", "<x/>".repeat(100_000)));
    check("a.html", format!("<html><svg><p>{}{LONG}", "<x/>".repeat(100_000)));
    check("a.html", format!("<html><svg><desc></title>{}{LONG}", "<x/>".repeat(100_000)));
    check_why("a.html", format!("<html><p {}>{LONG}", "a=b ".repeat(100_000)), TooHeavy::Attributes);
    check_why("a.html", format!("<html><p>{LONG}<!--{}-->", "-".repeat(64 * 1024 * 1024)), TooHeavy::Long);
    // Ends that close nothing, and what looks like a comment that goes on.
    check("a.html", format!("<html>{}{LONG}", "<div></q>".repeat(100_000)));
    check("a.html", format!("<html>{}{LONG}", "<span><div></span></div>".repeat(100_000)));
    check("a.html", format!("<html><!-->{}<!-- -->{LONG}", "<div>".repeat(100_000)));
    check("a.html", format!("<html><svg><style>{}</style></svg>{LONG}", "<g>".repeat(100_000)));
    // Every paragraph repeats what the first one left open.
    let open = (0..400).fold(String::new(), |open, number| open + &format!("<b id={number}>"));
    check("a.html", format!("<html><p>{open}</p>{}{LONG}", "<p>書".repeat(100_000)));
    check("a.html", format!("<html>{}<table>{}{LONG}", "<i></i>".repeat(50_000), "書<tr>".repeat(50_000)));
    check("a.md", format!("{} {LONG}", "> ".repeat(100_000)));
    check("a.md", format!("{} {LONG}", "- ".repeat(100_000)));
    check("a.md", format!("{}{LONG}", ">".repeat(100_000)));
    check("a.md", format!("{}{LONG}", "1. ".repeat(100_000)));
}

#[test]
fn deep_and_long_markup_is_read_without_overflow() {
    let check = |name: &str, text: String| {
        let document = read_text(name, &text);
        assert!(document.text().contains(LONG));
    };
    check("a.html", format!("<html>{}{LONG}", "<div>".repeat(500)));
    check("a.html", format!("<html><svg>{}</svg>{LONG}", "<path/>".repeat(5000)));
    check("a.html", format!("<html>{}{LONG}", "<ul><li>書".repeat(400)));
    check("a.html", format!("<html>{LONG}{}", "<table><tr><td>書".repeat(400)));
    check("a.html", format!("<html>{LONG}{}", "<a href=x>書</b>".repeat(20_000)));
    // Old pages leave these open, and the parser closes each before the next.
    check("a.html", format!("<html>{}{LONG}", "<a name=x>書<br>".repeat(2_000)));
    check("a.md", format!("{LONG}\n\n{}", "[".repeat(20_000)));
    check("a.md", format!("{LONG}\n\n{}", "**書*".repeat(20_000)));
    check("a.txt", format!("{LONG}\n{}", "一、\n".repeat(50_000)));
}

// ---- Laws -------------------------------------------------------------------------------------------

const NAMES: [&str; 4] = ["a.txt", "a.md", "a.html", "a"];

/// Pieces of which hostile and ordinary files are made.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "　　",
        "  ",
        "\t",
        "一、",
        "（一）",
        "1. ",
        "1.1 ",
        "第一章 ",
        "專欄1 ",
        "附件",
        "• ",
        "結語",
        "。",
        "，",
        "：",
        "|",
        " | ",
        "[責任編輯：某]",
        "（上接第三版）",
        "（下轉第五版）",
        "2025-03-21 09:30:00",
        "來源：河",
        "字號：大 中 小",
        LONG,
        "乡村图书农时",
        "書",
        "a word",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "<table><tr><td>",
        "<li>",
        "<br>",
        "<ruby>字<rt>zì</rt>",
        "<h1>",
        "<a href=x>",
        "<!--",
        "-->",
        "<script>",
        "<title>",
        "<",
        "&lt;",
        "# ",
        "- ",
        "> ",
        "**",
        "`",
        "```\n",
        "[^1]",
        "[^1]: ",
        "---\n",
        "|-|-|\n",
        "\u{feff}",
        "\0",
        "\u{2028}",
        "é",
        "\u{200d}",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

const SAMPLES: [(&str, &[u8]); 5] = [
    ("a.txt", include_bytes!("../../assets/samples/rural-reading-initiative.zh-Hans.txt")),
    ("a.txt", include_bytes!("../../assets/samples/village-reading-initiative.zh-Hant-TW.txt")),
    ("a.txt", include_bytes!("../../assets/samples/classic-note.big5.txt")),
    ("a.html", include_bytes!("../../assets/samples/river-repair-notice.zh-Hans.html")),
    ("a.md", include_bytes!("../../assets/samples/river-repair-declaration.zh-Hant-HK.md")),
];

/// A sample with bits flipped, pieces of it and of another put elsewhere, its end or beginning cut off.
fn spoiled_sample() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let index = any::<prop::sample::Index>;
    let flips = prop::collection::vec((index(), 0..8_u8), 0..12);
    let splices = prop::collection::vec((0..SAMPLES.len(), index(), 0..600_usize, index()), 0..4);
    (0..SAMPLES.len(), flips, splices, index(), index()).prop_map(|(sample, flips, splices, cut, from)| {
        let (name, sample) = SAMPLES[sample];
        let mut bytes = sample.to_vec();
        for (of, start, length, to) in splices {
            let (of, to) = (SAMPLES[of].1, to.index(bytes.len()));
            let start = start.index(of.len());
            let piece = of[start..of.len().min(start + length)].iter().copied();
            bytes.splice(to..to, piece);
        }
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        let (cut, from) = (cut.index(bytes.len() * 2), from.index(bytes.len() * 2));
        bytes.truncate(if cut > 0 { cut } else { bytes.len() });
        (name, bytes.split_off(if from < bytes.len() { from } else { 0 }))
    })
}

proptest! {
    #[test]
    fn any_spoiled_sample_gives_a_document_or_an_error((name, bytes) in spoiled_sample()) {
        for name in [name, NAMES[3]] {
            if let Ok(read) = read(name, bytes.clone(), &ReadOptions::default()) {
                holds(&read.document);
            }
            if let Some(Ok(beginning)) = read_beginning(name, &bytes, &ReadOptions::default()) {
                holds(&beginning.document);
            }
        }
    }

    #[test]
    fn any_bytes_give_a_document_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400), name in 0..4_usize) {
        if let Ok(read) = read(NAMES[name], bytes, &ReadOptions::default()) {
            holds(&read.document);
        }
    }

    #[test]
    fn any_text_keeps_every_character(text in pieces(), name in 0..4_usize) {
        if let Ok(read) = read(NAMES[name], text.clone().into_bytes(), &ReadOptions::default()) {
            holds(&read.document);
            // A text with a NUL can be taken for UTF-16.
            let sure = read.warnings.is_empty() && !text.starts_with('\u{feff}') && !text.contains('\0');
            if sure && read.document.origin().format == Format::PlainText {
                prop_assert_eq!(&**read.document.text(), text.as_str());
            }
        }
    }

    #[test]
    fn every_encoding_gives_the_same_text(text in pieces(), label in prop::sample::select(vec!["utf-8", "gb18030", "utf-16le"])) {
        let text: String = text.chars().filter(|found| !"\0\u{feff}".contains(*found)).collect();
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let bytes = match label {
            "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            _ => encoding.encode(&text).0.into_owned(),
        };
        let options = ReadOptions { encoding: Some(label.to_owned()), format: Some(Format::PlainText), ..ReadOptions::default() };
        let document = read("a", bytes, &options).unwrap().document;
        prop_assert_eq!(&**document.text(), text.as_str());
    }

    #[test]
    fn a_beginning_has_the_positions_of_the_whole(text in pieces(), cut in 0..2000_usize) {
        let options = ReadOptions { format: Some(Format::PlainText), encoding: Some("utf-8".to_owned()), ..ReadOptions::default() };
        let bytes = text.into_bytes();
        let beginning = read_beginning("a", &bytes[..cut.min(bytes.len())], &options).unwrap().unwrap().document;
        let whole = read("a", bytes.clone(), &options).unwrap().document;
        prop_assert!(!beginning.origin().complete);
        if bytes[..cut.min(bytes.len())].contains(&b'\n') {
            prop_assert!(whole.text().starts_with(&**beginning.text()));
        }
    }
}

/// The first pages that are told of a file, and all of it.
fn told(name: &str, text: &str) -> (Option<Imported>, Imported) {
    let mut first = None;
    let mut tell = |news| match news {
        News::Beginning(imported) => first = Some(*imported),
        News::Progress { .. } => {}
    };
    let whole = read_telling(name, text.into(), &ReadOptions::default(), &mut tell).unwrap();
    (first, whole)
}

#[test]
fn a_long_file_with_markup_begins_before_its_end_is_read() {
    let paragraph = "一條河慢慢地流過村子，兩岸的人都認得它。";
    let page = |count: usize| {
        let body = format!("<p>{paragraph}</p>\n").repeat(count);
        format!("<html><title>河</title><body>\n<h1>河</h1>\n{body}</body></html>")
    };
    let markdown = |count: usize| format!("# 河\n\n{}", format!("{paragraph}\n\n").repeat(count));
    for (name, short, long) in
        [("a.html", page(100), page(12_000)), ("a.md", markdown(100), markdown(12_000))]
    {
        assert!(told(name, &short).0.is_none(), "{name}");
        let (first, whole) = told(name, &long);
        let (first, whole) = (first.unwrap().document, whole.document);
        assert!(!first.origin().complete && whole.origin().complete);
        assert!(first.text().len() > 100_000, "{name}: {}", first.text().len());
        assert!(whole.text().starts_with(&**first.text()), "{name}");
    }
    assert!(told("a.txt", &"河水清。\n".repeat(60_000)).0.is_none(), "told by whoever reads the file");
}

#[test]
fn footnotes_of_markdown_are_tied_to_their_marks() {
    let text = "先借書[^a]，後還書[^b]。\n\n人人守時[^a]。\n\n[^a]: 每人一冊。\n\n    不限何書。\n\n[^b]: 十日內。\n";
    let document = read("a.md", text.into(), &ReadOptions::default()).unwrap().document;
    let tied = super::testing::tied(&document);
    assert_eq!(tied, [("[a]", "[a] 每人一冊。"), ("[b]", "[b] 十日內。"), ("[a]", "[a] 每人一冊。")]);
    let blocks = document.blocks_of_note(document.footnotes()[0].note).count();
    assert_eq!(blocks, 2, "a note of two paragraphs");
}

#[test]
fn the_beginning_of_a_page_may_end_within_a_character() {
    // Read as UTF-16 this is a line of Han characters.
    let line = format!("{}0\u{1}", "a".repeat(198));
    let page = format!("<html><body>{}河", line.repeat(326) + &"a".repeat(64 * 1024 - 12 - 326 * 200 - 1));
    assert!(!page.is_char_boundary(64 * 1024));
    assert!(is_hazardous("a.txt", page.as_bytes(), &ReadOptions::default()));
    let wide: Vec<u8> = "<html><body>河水。".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let chosen = ReadOptions { encoding: Some("UTF-16LE".to_owned()), ..ReadOptions::default() };
    assert!(is_hazardous("a.txt", &wide, &chosen));
}

#[test]
fn notes_of_old_pages_are_tied_by_the_names_of_links() {
    // As Word and LibreOffice write them.
    let page = format!(
        "<html><body><h1>河</h1><p>河水<a href=\"#_ftn1\" name=\"_ftnref1\"><span>[1]</span></a>清清。</p><p>{LONG}</p>\
         <p><a href=\"#_ftnref1\" name=\"_ftn1\"><span>[1]</span></a> 河名。</p></body></html>"
    );
    assert_eq!(super::testing::tied(&read_text("a.html", &page)), [("[1]", "[1] 河名。")]);
}
