//! Tables with lines and without.

use super::testing::TestFont::{Latin, Mapped};
use super::testing::{TestPage, TestPdf};
use super::tests::{FULL, check, listing, page_of, read};
use crate::document::{BlockKind, RepairKind};
use crate::import::{Imported, Warning};

#[test]
fn a_table_is_read_row_by_row() {
    let mut page = page_of(60.0, &[(50.0, FULL), (50.0, FULL), (50.0, "如下表：")]);
    let rows = [["書", "冊數"], ["農時", "三"], ["家事", "五"], ["歷史", "二"], ["詩", "九"]];
    for (row, [left, right]) in (0_u8..).zip(rows) {
        let y = 130.0 + 20.0 * f32::from(row);
        page.show(Mapped, 10.0, 60.0, y, left);
        page.show(Mapped, 10.0, 180.0, y, right);
    }
    check(
        TestPdf::of(vec![page]),
        &[
            &format!("¶ {FULL}{FULL}如下表："),
            "| 書\t冊數",
            "| 農時\t三",
            "| 家事\t五",
            "| 歷史\t二",
            "| 詩\t九",
        ],
    );
}

#[test]
fn a_cell_that_is_empty_leaves_the_others_in_their_columns() {
    let rows = [["書", "舊冊", "新冊"], ["農時", "三", "一"], ["家事", "", "二"], ["", "有", "無"]];
    let page = |places: [f32; 3]| {
        let mut page = page_of(60.0, &[(50.0, FULL), (50.0, FULL), (50.0, "如下表：")]);
        for (row, cells) in (0_u8..).zip(rows) {
            for (x, cell) in places.into_iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                page.show(Mapped, 10.0, x, 130.0 + 20.0 * f32::from(row), cell);
            }
        }
        page
    };
    let text = format!("¶ {FULL}{FULL}如下表：");
    let expected = [text.as_str(), "| 書\t舊冊\t新冊", "| 農時\t三\t一", "| 家事\t\t二", "| \t有\t無"];
    check(TestPdf::of(vec![page([60.0, 140.0, 200.0])]), &expected);
    // What spans two columns does not say which is which.
    let spanned = page([60.0, 140.0, 200.0]).line(Mapped, 10.0, 60.0, 210.0, "共").line(
        Mapped,
        10.0,
        140.0,
        210.0,
        "舊的書和新的書一起",
    );
    let listing = listing(&read(TestPdf::of(vec![spanned])).document);
    assert!(listing.contains("| 家事\t二") && listing.contains("| 共\t舊的書和新的書一起"), "{listing}");
}

#[test]
fn lines_part_the_cells_of_a_table() {
    let mut page = page_of(60.0, &[(50.0, FULL), (50.0, FULL), (50.0, "如下表：")])
        .line(Mapped, 10.0, 55.0, 134.0, "書")
        .line(Mapped, 10.0, 105.0, 134.0, "說明")
        .line(Mapped, 10.0, 55.0, 166.0, "農時書")
        // So near that only the line parts them; and two lines in one cell.
        .line(Mapped, 10.0, 105.0, 158.0, "什麼時候種什麼，")
        .line(Mapped, 10.0, 105.0, 174.0, "都寫在裡面。")
        .line(Mapped, 10.0, 105.0, 195.0, "無名")
        .raw("0.5 w 50 480 250 -30 re S 50 450 250 -35 re S 50 415 250 -20 re S 100 480 m 100 395 l S");
    page.show(Mapped, 10.0, 50.0, 230.0, "後來的事。");
    check(
        TestPdf::of(vec![page]),
        &[
            &format!("¶ {FULL}{FULL}如下表："),
            "| 書\t說明",
            "| 農時書\t什麼時候種什麼，都寫在裡面。",
            "| \t無名",
            "¶ 後來的事。",
        ],
    );
}

#[test]
fn a_cell_with_nothing_but_a_blank_loses_no_row() {
    let page = page_of(60.0, &[(50.0, FULL), (50.0, FULL), (50.0, "如下表：")])
        .line(Mapped, 10.0, 55.0, 134.0, "書")
        .line(Mapped, 10.0, 105.0, 134.0, "冊數")
        .line(Mapped, 10.0, 205.0, 134.0, "備註")
        .line(Mapped, 10.0, 55.0, 164.0, "農時書")
        .line(Mapped, 10.0, 105.0, 164.0, " ")
        .line(Mapped, 10.0, 205.0, 164.0, "新到")
        .line(Mapped, 10.0, 55.0, 194.0, " ")
        .raw("0.5 w 50 480 250 -30 re S 50 450 250 -30 re S 50 420 250 -30 re S")
        .raw("100 480 m 100 390 l S 200 480 m 200 390 l S");
    check(
        TestPdf::of(vec![page]),
        &[&format!("¶ {FULL}{FULL}如下表："), "| 書\t冊數\t備註", "| 農時書\t\t新到"],
    );
}

#[test]
fn a_word_that_is_too_long_for_its_cell_stays_whole() {
    let page = page_of(60.0, &[(50.0, FULL), (50.0, FULL), (50.0, "如下表：")])
        .line(Mapped, 10.0, 55.0, 134.0, "safe-upgrade")
        .line(Mapped, 10.0, 118.0, 134.0, "升級")
        .line(Mapped, 10.0, 55.0, 164.0, "autoclean")
        .line(Mapped, 10.0, 105.0, 164.0, "清除舊包到很遠很遠的地方去而不回頭的包")
        .raw("0.5 w 50 480 230 -30 re S 50 450 230 -30 re S 100 480 m 100 420 l S");
    check(
        TestPdf::of(vec![page]),
        &[
            &format!("¶ {FULL}{FULL}如下表："),
            "| safe-upgrade\t升級",
            "| autoclean\t清除舊包到很遠很遠的地方去而不回頭的包",
        ],
    );
}

#[test]
fn lines_between_columns_of_text_make_no_table() {
    // A line above, one below, and one between the columns that touches both.
    let mut page = TestPage::default()
        .line(Mapped, 18.0, 120.0, 40.0, "河灣村圖書室記")
        .raw("0.5 w 40 540 m 370 540 l S 40 300 m 370 300 l S 204 540 m 204 300 l S");
    for row in 0..12_u8 {
        let y = 76.0 + 16.0 * f32::from(row);
        page.show(Mapped, 10.0, 40.0, y, "左下一間舊磨坊空了多年人不知");
        page.show(Mapped, 10.0, 220.0, y, "右車每到一處至少停留一個時辰");
    }
    let document = read(TestPdf::of(vec![page])).document;
    assert!(
        document.blocks().iter().all(|block| block.kind != BlockKind::TableRow),
        "{}",
        listing(&document)
    );
    let order: String = document.text().chars().filter(|found| "左右河".contains(*found)).collect();
    assert_eq!(order, format!("河{}{}", "左".repeat(12), "右".repeat(12)));
}

#[test]
fn every_edge_of_every_cell_may_be_drawn_by_itself() {
    // Two edges for each of 60 rows of 20 columns, in pieces of 15 points: more than any drawing of lines has.
    let mut page = TestPage::default();
    for (row, column) in (0..=60_u16).flat_map(|row| (0..=20_u16).map(move |column| (row, column))) {
        let (x, y) = (50 + 15 * column, 540 - 8 * row);
        page = page.raw(&format!("{x} {y} m {} {y} l S {x} {y} m {x} {} l S", x + 15, y - 8));
    }
    page.show(Mapped, 6.0, 51.0, 66.0, "甲");
    page.show(Mapped, 6.0, 96.0, 66.0, "乙");
    let text = read(TestPdf::of(vec![page])).document.text().to_string();
    assert_eq!(text, "甲\t\t\t乙");
}

#[test]
fn a_table_that_is_set_too_long_is_read_to_its_end() {
    let page = page_of(60.0, &[(50.0, FULL), (50.0, FULL), (50.0, "如下表：")])
        .line(Mapped, 10.0, 55.0, 584.0, "書")
        .line(Mapped, 10.0, 105.0, 584.0, "三冊")
        .line(Mapped, 10.0, 55.0, 614.0, "報")
        .line(Mapped, 10.0, 105.0, 614.0, "五份")
        .line(Mapped, 10.0, 60.0, 660.0, "裁切線")
        .raw("0.5 w 50 30 250 -30 re S 50 0 250 -30 re S 100 30 m 100 -30 l S");
    check(
        TestPdf::of(vec![page]),
        &[&format!("¶ {FULL}{FULL}如下表："), "| 書\t三冊", "| 報\t五份", "~藏 裁切線"],
    );
}

/// A page with a paragraph and then these cells, each from (x, y) on.
fn with_cells(cells: &[(f32, f32, &str)]) -> TestPdf {
    let mut page = page_of(60.0, &[(50.0, FULL), (50.0, FULL), (50.0, "如下表：")]);
    for (x, y, cell) in cells {
        page.show(Mapped, 10.0, *x, *y, cell);
    }
    TestPdf::of(vec![page])
}

fn check_cells(cells: &[(f32, f32, &str)], expected: &[&str]) -> Imported {
    check(with_cells(cells), &[&[format!("¶ {FULL}{FULL}如下表：").as_str()], expected].concat())
}

#[test]
fn columns_that_stand_near_are_parted_where_a_white_runs_down() {
    let cells = [
        (60.0, 130.0, "書名"),
        (97.0, 130.0, "冊數舊"),
        (133.0, 130.0, "價"),
        (60.0, 146.0, "農時書"),
        (97.0, 146.0, "三"),
        (133.0, 146.0, "五"),
        (60.0, 162.0, "家事書"),
        (97.0, 162.0, "二十"),
        (133.0, 162.0, "九"),
        (60.0, 178.0, "詩"),
        (133.0, 178.0, "一"),
    ];
    let expected = ["| 書名\t冊數舊\t價", "| 農時書\t三\t五", "| 家事書\t二十\t九", "| 詩\t\t一"];
    let imported = check_cells(&cells, &expected);
    // It is a guess, and told so: in the last line the white is wide.
    assert_eq!(imported.warnings, [Warning::GuessedCells { lines: 3 }]);
}

#[test]
fn the_lines_of_a_program_have_no_cells() {
    let names = ["count", "small", "large", "mean", "sum"];
    let page = |after: [&str; 5]| {
        let mut page = page_of(60.0, &[(50.0, FULL), (50.0, FULL), (50.0, "如下：")]);
        for ((row, name), after) in (0_u8..).zip(names).zip(after) {
            let y = 130.0 + 16.0 * f32::from(row);
            page.show(Latin, 10.0, 60.0, y, name);
            page.show(Latin, 10.0, 96.0, y, after);
        }
        read(TestPdf::of(vec![page]))
    };
    let rows = |imported: Imported| {
        let blocks = imported.document.blocks().iter();
        blocks.filter(|block| block.kind == BlockKind::TableRow).count()
    };
    assert_eq!(rows(page(["12 of 30", "5 to 7", "70 to 90", "30 or so", "3000"])), 5);
    assert_eq!(rows(page(["= 12;", "= 5;", "= 70;", "= 30;", "= f();"])), 0);
}

#[test]
fn a_white_behind_labels_or_by_chance_parts_no_cells() {
    let read = |cells: &[(f32, f32, &str)]| {
        let document = read(with_cells(cells)).document;
        assert!(
            document.blocks().iter().all(|block| block.kind != BlockKind::TableRow),
            "{}",
            listing(&document)
        );
    };
    // Numbers and bullets of a list.
    read(&[
        (60.0, 130.0, "一、"),
        (86.0, 130.0, "借書"),
        (60.0, 146.0, "二、"),
        (86.0, 146.0, "還書"),
        (60.0, 162.0, "三、"),
        (86.0, 162.0, "舊書"),
    ]);
    read(&[
        (60.0, 130.0, "1."),
        (77.0, 130.0, "借書"),
        (60.0, 146.0, "2."),
        (77.0, 146.0, "還書"),
        (60.0, 162.0, "3."),
        (77.0, 162.0, "舊書"),
    ]);
    // Two lines only; and marks whose half is empty.
    read(&[
        (60.0, 130.0, "借書的人"),
        (107.0, 130.0, "還書"),
        (60.0, 146.0, "看書的人"),
        (107.0, 146.0, "舊書"),
        (60.0, 162.0, "沒有人來過這裡。"),
    ]);
    read(&[
        (60.0, 130.0, "借書，"),
        (96.0, 130.0, "還書"),
        (60.0, 146.0, "看書，"),
        (96.0, 146.0, "舊書"),
        (60.0, 162.0, "新書，"),
        (96.0, 162.0, "報紙"),
    ]);
}

#[test]
fn the_lines_of_a_cell_are_one_cell() {
    let cells = [
        (50.0, 130.0, "農時書"),
        (105.0, 130.0, "什麼時候種什麼，都寫在"),
        (230.0, 130.0, "三冊"),
        (105.0, 146.0, "裡面。"),
        (50.0, 162.0, "家事書"),
        (105.0, 162.0, "怎麼做飯，怎麼洗衣，怎"),
        (230.0, 162.0, "五冊"),
        (105.0, 178.0, "麼照看孩子，都寫在裡面"),
        (105.0, 194.0, "了。"),
        (50.0, 210.0, "詩"),
        (105.0, 210.0, "九"),
        (230.0, 210.0, "一冊"),
    ];
    let expected = [
        "| 農時書\t什麼時候種什麼，都寫在裡面。\t三冊",
        "| 家事書\t怎麼做飯，怎麼洗衣，怎麼照看孩子，都寫在裡面了。\t五冊",
        "| 詩\t九\t一冊",
    ];
    let imported = check_cells(&cells, &expected);
    // The reader can take the joins back.
    let joins = imported.document.repairs().iter().filter(|repair| repair.kind == RepairKind::HardWrap);
    assert_eq!(joins.count(), 2 + 3);
}

#[test]
fn rows_that_stand_further_apart_than_lines_may_have_several_cells_of_several_lines() {
    let cells = [
        (60.0, 130.0, "農時的書"),
        (120.0, 130.0, "種什麼，"),
        (60.0, 142.0, "三冊"),
        (120.0, 142.0, "怎麼種。"),
        (60.0, 162.0, "家事書"),
        (120.0, 162.0, "做飯。"),
        (60.0, 182.0, "看的詩集"),
        (120.0, 182.0, "有新有舊"),
        (120.0, 194.0, "。"),
    ];
    check_cells(&cells, &["| 農時的書三冊\t種什麼，怎麼種。", "| 家事書\t做飯。", "| 看的詩集\t有新有舊。"]);
}

#[test]
fn cells_below_each_other_are_cells_of_their_own() {
    // The first column says once what counts for several rows.
    let cells = [
        (60.0, 130.0, "水果"),
        (120.0, 130.0, "紅富士蘋果"),
        (60.0, 146.0, "蔬菜"),
        (120.0, 146.0, "黃金大香蕉"),
        (60.0, 162.0, "米麵"),
        (120.0, 162.0, "紅富士蘋果"),
        (120.0, 178.0, "小青菜"),
    ];
    let listing = listing(&read(with_cells(&cells)).document);
    assert!(listing.ends_with("| 米麵\t紅富士蘋果\n¶ 小青菜"), "{listing}");
}
