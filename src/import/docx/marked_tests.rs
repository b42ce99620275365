//! What DOCX says of words and paragraphs besides: struck out, what a picture is called.

use super::tests::{Docx, HEADING, LONG, paragraph};
use crate::import::Warning;
use crate::import::testing::check_struck;

#[test]
fn words_that_are_struck_out_stay_and_are_told() {
    let run = |said: &str, words: &str| format!("<w:r><w:rPr>{said}</w:rPr><w:t>{words}</w:t></w:r>");
    let styles = "<w:style w:type=\"character\" w:styleId=\"S\"><w:rPr><w:strike/></w:rPr></w:style>";
    let body = [
        run("", "期限"),
        run("<w:strike/>", "三十"),
        run("<w:b/><w:dstrike/>", "日"),
        run("<w:strike w:val=\"0\"/>", "六十日，"),
        run("<w:rStyle w:val=\"S\"/>", "每冊"),
        run("<w:rStyle w:val=\"S\"/><w:strike w:val=\"false\"/>", "兩冊。"),
    ];
    let body = format!("{HEADING}<w:p>{}</w:p>", body.concat());
    let imported =
        Docx::of(&body).with("styles", styles).check("# 卷一\n# 卷二\n¶ 期限三十日六十日，每冊兩冊。");
    check_struck(&imported.document, &["三十日", "每冊"]);
    assert_eq!(imported.warnings, [Warning::StruckOut { places: 2 }]);
}

#[test]
fn what_pictures_and_tables_are_called_is_no_heading() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"C\"><w:name w:val=\"caption\"/></w:style>";
    let long = paragraph("", LONG);
    let body =
        [long.clone(), paragraph("C", "河的源頭"), long.clone(), paragraph("", "開門守時"), long].concat();
    Docx::of(&body).with("styles", styles).check("¶ 長\n¶ 河的源頭\n¶ 長\n# 開門守時\n¶ 長");
}

/// A paragraph with what is said of it and of its letters.
fn set(said: &str, letters: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{said}</w:pPr><w:r><w:rPr>{letters}</w:rPr><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn what_stands_in_the_middle_and_out_is_a_heading() {
    let (middle, bold, large) = ("<w:jc w:val=\"center\"/>", "<w:b/>", "<w:sz w:val=\"36\"/>");
    let body = [
        set(middle, large, "關於讀書的"),
        set(middle, large, "幾點意見"),
        set("", "", LONG),
        set(middle, bold, "為什麼讀書"),
        set("", "", "各位："),
        set("", "", LONG),
        set(middle, large, "怎樣讀書"),
        set("", "", "（一）早。"),
        set(middle, "", "書屋的門"),
        set("", bold, "圖書室"),
        set("", "", LONG),
        set(middle, bold, "圖2 書屋"),
        set("", "", LONG),
    ];
    Docx::of(&body.concat()).check(
        "題 關於讀書的\n¶ 幾點意見\n¶ 長\n# 為什麼讀書\n¶ 各位：\n¶ 長\n# 怎樣讀書\n¶ （一）早。\n¶ 書屋的門\n¶ 圖書室\n¶ 長\n\
         ¶ 圖2 書屋\n¶ 長",
    );
}
