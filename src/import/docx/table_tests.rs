//! Tables of DOCX: their rows and the columns of their cells.

use super::tests::{Docx, HEADING, paragraph};
use crate::import::testing::check_rows;

/// A cell of that text, and what is said of it.
fn cell(said: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{said}</w:tcPr>{}</w:tc>", paragraph("", text))
}

fn table(rows: &[&[String]]) -> String {
    let row = |cells: &&[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

#[test]
fn cells_go_over_columns_and_rows() {
    let merged = |more: &str, text: &str| cell(&format!("<w:vMerge{more}/>"), text);
    let plain = |text: &str| cell("", text);
    let rows = table(&[
        &[merged(" w:val=\"restart\"", "河"), cell("<w:gridSpan w:val=\"2\"/>", "長"), plain("寬")],
        &[merged("", ""), plain("一"), plain("二"), plain("三")],
        &[plain("甲"), plain("四"), plain("五"), plain("六")],
    ]);
    let imported =
        Docx::of(&(rows + HEADING)).check("| 河\t長\t\t寬\n| \t一\t二\t三\n| 甲\t四\t五\t六\n# 卷一\n# 卷二");
    check_rows(&imported.document, &["=4: 0+1*2 1+2 2+0 3+1", "4: 0+1 1+1 2+1 3+1", "4: 0+1 1+1 2+1 3+1"]);
}

#[test]
fn tables_that_follow_each_other_stay_apart() {
    let row = |texts: [&str; 2]| texts.map(|text| cell("", text));
    let [first, second] = [table(&[&row(["甲", "乙"])]), table(&[&row(["丙", "丁"]), &row(["一", "二"])])];
    let between = "<w:p/>";
    for body in [format!("{first}{second}{HEADING}"), format!("{first}{between}{second}{HEADING}")] {
        check_rows(&Docx::of(&body).read().document, &["=2: 0+1 1+1", "=2: 0+1 1+1", "2: 0+1 1+1"]);
    }
}
