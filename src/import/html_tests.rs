//! Pages: what is taken as their text, and what is set aside.

use super::{ReadOptions, read, testing};

/// 長 in a page and in what is expected stands for a paragraph.
const LONG: &str =
    "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

fn check(page: &str, expected: &str) {
    let fill = |text: &str| text.replace('長', LONG);
    let imported = read("a.html", fill(page).into_bytes(), &ReadOptions::default()).unwrap();
    testing::check(&imported.document, &fill(expected));
}

#[test]
fn html_keeps_the_main_text_and_sets_the_rest_aside() {
    let page = "<!DOCTYPE html><title>約定 - 河訊網</title><style>.no { display : none }</style><nav><a>首頁</a></nav>\
         <div id=main><h1>約定</h1><p>來源：河訊</p><p>長</p><p class=no>藏。</p><h2>借書</h2>\
         <p><ruby>䴙䴘<rt>pì tī</rt></ruby>來了，\n長</p><ol start=3><li>早<ul><li>晚</ul></ol>\
         <table><tr><th>書<th>冊<tr><td><p>農時</p><td>3</table><aside>旁註，長</aside></div>\
         <footer>河訊網</footer><script>var a = '<p>不是字</p>'</script>";
    let expected = "~導覽 首頁\n題 約定\n@ 來源：河訊\n¶ 長\n~隱藏 藏。\n# 借書\n¶ 䴙䴘來了，長\n^ 䴙䴘　pì tī\n- 3. 早\n- 晚\n\
         | 書\t冊\n| 農時\t3\n▣ ¶ 旁註，長\n~導覽 河訊網";
    check(page, expected);
}

#[test]
fn a_table_that_lays_out_the_page_is_no_table() {
    let page = "<html><body><table><tr><td><b>舊書</b><br><br>　　長<br>　　長<br><br>　　長</table>";
    check(page, "題 舊書\n¶ 長\n¶ 長\n¶ 長");
}

#[test]
fn html_paragraphs_parted_by_line_breaks() {
    let page = "<html><body><div>　　長<br><br>　　長<br>署名</div>";
    check(page, "¶ 長\n¶ 長\n署名");
}

#[test]
fn the_longest_section_is_not_the_whole_text() {
    check(
        "<title>約定</title><div class=top><a>首頁</a></div><div><h1>約定</h1><p>先說明，再約定。</p>\
         <div><h2>借書</h2><p>早來。</p></div><div><h2>還書</h2><p>長<p>長<p>長</div></div><p>河訊網",
        "~導覽 首頁\n題 約定\n¶ 先說明，再約定。\n# 借書\n¶ 早來。\n# 還書\n¶ 長\n¶ 長\n¶ 長\n~導覽 河訊網",
    );
    check(
        "<title>書目</title><div id=nav><a>首頁</a></div><div><h1>書目</h1><p>先列出，再說明，共有以下各種，均可外借。</p>\
         <div><ul><li>長<li>長<li>長</ul></div></div><p>河訊網",
        "~導覽 首頁\n題 書目\n¶ 先列出，再說明，共有以下各種，均可外借。\n- 長\n- 長\n- 長\n~導覽 河訊網",
    );
}

#[test]
fn a_table_of_the_text_is_not_the_whole_text() {
    check(
        "<html><body><p>河訊網<div><p>見表。<table><tr><th>書<th>說明<tr><td>農時<td>長長</table></div>",
        "~導覽 河訊網\n¶ 見表。\n| 書\t說明\n| 農時\t長長",
    );
}

#[test]
fn what_readers_say_is_no_text_however_much_it_is() {
    check(
        "<html><body><div><h1>約定</h1><div id=text><p>長</div><div class='gc-comment hot'><p>長<p>長<p>長</div></div>",
        "題 約定\n¶ 長\n~導覽 長\n~導覽 長\n~導覽 長",
    );
    check(
        "<html><body><div><ul><li><h1>約定</h1><div><p>長<p>長<p>長<p>長</div><li>河訊網，每日，每時，每刻，都有新事。</ul></div>",
        "題 約定\n¶ 長\n¶ 長\n¶ 長\n¶ 長\n~導覽 河訊網，每日，每時，每刻，都有新事。",
    );
    // The page is called so, and is the text all the same.
    check("<html><body><div class=comments-open><h1>約定</h1><p>長</div>", "題 約定\n¶ 長");
}

#[test]
fn a_page_inside_a_form_has_a_text() {
    check("<html><body><p>河訊網</p><form><div><p>長<p>長</div></form>", "~導覽 河訊網\n¶ 長\n¶ 長");
}

#[test]
fn links_in_the_text_belong_to_it_where_it_leads_to_them() {
    let links = "<ul><li><a>農時要略</a><li><a>水車圖說</a><li><a>舊地新志</a></ul>";
    let listed = "- 農時要略\n- 水車圖說\n- 舊地新志\n";
    let aside = listed.replace("- ", "~導覽 ");
    let page = |before: &str, after: &str| format!("<html><body><p>長<p>長<p>{before}{links}{after}");
    check(
        &page("想多讀一些的，請參考以下各書：", ""),
        &format!("¶ 長\n¶ 長\n¶ 想多讀一些的，請參考以下各書：\n{listed}"),
    );
    check(&page("長", "<p>長"), &format!("¶ 長\n¶ 長\n¶ 長\n{listed}¶ 長"));
    check(&page("相關閱讀：", ""), &format!("¶ 長\n¶ 長\n¶ 相關閱讀：\n{aside}"));
    check(&page("長", ""), &format!("¶ 長\n¶ 長\n¶ 長\n{aside}"));
}

#[test]
fn links_in_a_sentence_or_in_a_table_are_text() {
    check(
        "<html><body><p>長<p>長<p>見<a>農時要略</a>、<a>水車圖說</a>、<a>舊地新志</a>。\
         <table><tr><th>書<th>冊<tr><td><a>農時要略</a><td><a>三</a><tr><td><a>水車圖說</a><td><a>二</a></table>",
        "¶ 長\n¶ 長\n¶ 見農時要略、水車圖說、舊地新志。\n| 書\t冊\n| 農時要略\t三\n| 水車圖說\t二",
    );
}

#[test]
fn what_leads_around_a_site_is_known_by_its_name() {
    check(
        "<html><body><div class=navheader><a>上一頁</a> 借書，還書</div><h1>約定</h1><p>長<div class=nav_pagination>下一頁</div>",
        "~導覽 上一頁 借書，還書\n題 約定\n¶ 長\n~導覽 下一頁",
    );
    check(
        "<html><body><div title=header><p>內部討論稿</div><h1>約定</h1><p>長<p>長<div title=footer><p>第 1 頁</div>",
        "~導覽 內部討論稿\n題 約定\n¶ 長\n¶ 長\n~導覽 第 1 頁",
    );
}
