//! Pages: what is taken as their text, and what is set aside.

use crate::import::{ReadOptions, Warning, read, read_beginning, testing};

/// 長 in a page and in what is expected stands for a paragraph.
const LONG: &str =
    "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

pub(super) fn check(page: &str, expected: &str) {
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

/// A page of an office, with the box in which it records the document.
const NOTICE: &str = "<html><head><title>关于开门的通知_禾溪县</title><meta name=PubDate content=2023-04-05></head><body>\
     <div><a>首页</a></div><table><tr><td>索引号：</td><td>0001</td><td>主题分类：</td><td>文化</td></tr>\
     <tr><td>发文机关：</td><td>县办公室</td><td>成文日期：</td><td>2023年04月01日</td></tr>\
     <tr><td>标　　题：</td><td>关于开门的通知</td></tr><tr><td>发文字号：</td><td>禾政办发〔2023〕12号</td></tr></table>\
     <div><p align=center><b>关于开门的通知</b></p><p align=center>禾政办发〔2023〕12号</p><p>各书屋：</p><p>长</p>\
     <p>县办公室</p><p>2023年4月1日</p><p style='text-align: center'><span style='font-weight:bold'>开门的约定</span></p>\
     <p>早开门：</p><p align=center><b>图2 书屋</b></p><p align=center>书屋的门</p><p>长</p></div></body></html>";

#[test]
fn what_the_page_of_an_office_records_is_metadata() {
    let page = NOTICE.replace('长', LONG);
    let imported = read("a.html", page.into_bytes(), &ReadOptions::default()).unwrap();
    let metadata = imported.document.metadata();
    let said = [&metadata.number, &metadata.author, &metadata.date].map(|field| field.as_ref().unwrap());
    assert_eq!(
        said.map(|field| field.value.as_str()),
        ["禾政办发〔2023〕12号", "县办公室", "2023年04月01日"]
    );
    for field in said {
        assert_eq!(field.span.unwrap().of(imported.document.text()), Some(field.value.as_str()));
    }
}

#[test]
fn what_stands_in_the_middle_and_is_bold_is_a_heading() {
    check(
        &NOTICE.replace('长', "長"),
        "~導覽 首页\n~著錄 索引号：\t0001\t主题分类：\t文化\n~著錄 发文机关：\t县办公室\t成文日期：\t2023年04月01日\n\
         ~著錄 标　　题：\t关于开门的通知\n~著錄 发文字号：\t禾政办发〔2023〕12号\n題 关于开门的通知\n@ 禾政办发〔2023〕12号\n\
         ¶ 各书屋：\n¶ 長\n¶ 县办公室\n¶ 2023年4月1日\n# 开门的约定\n¶ 早开门：\n¶ 图2 书屋\n¶ 书屋的门\n¶ 長",
    );
}

#[test]
fn words_that_spoil_copies_are_hidden() {
    check(
        "<html><head><style>.jam{font-size:0} p.off{position:absolute;left:-9999px} .none{display:none}\
         .row{font-size:0} .row span{font-size:14px}</style>\
         <style media=print>.kept{display:none}</style></head><body><p>長<i class=jam>干擾</i></p><p class=off>干擾。</p>\
         <p class=none>干擾。</p><p class=row><span>長</span></p><p class=kept>長<font style='font-size:0px'>干擾</font></p>\
         <p class='jam none'>干擾。</p></body></html>",
        "¶ 長\n~隱藏 干擾\n~隱藏 干擾。\n~隱藏 干擾。\n¶ 長\n¶ 長\n~隱藏 干擾\n~隱藏 干擾。",
    );
}

#[test]
fn all_authors_are_named_however_the_page_does() {
    let page = "<head><meta name=author content=田禾生><meta name=author content='葉小苗; 舒望舟'>\
                <meta property=article:author content=https://example.org/a><meta name=Author content=葉小苗></head><p>文。";
    let imported = read("a.html", page.into(), &ReadOptions::default()).unwrap();
    assert_eq!(imported.document.metadata().author.as_ref().unwrap().value, "田禾生；葉小苗；舒望舟");
}

#[test]
fn a_page_that_was_cut_off_says_so_and_loses_no_notes() {
    let page = format!("<html><body><p>{LONG}</p><p>{LONG}</p></body></html>");
    let open = |page: &str| read("a.html", page.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
    assert!(open(&page).warnings.is_empty());
    let cut = open(page.split_at(page.rfind("</p>").unwrap()).0);
    assert!(cut.warnings == [Warning::CutOff] && cut.may_be_damaged());
    // The first part of a page that still arrives is not cut off.
    let beginning =
        read_beginning("a.html", format!("<html><body><p>{LONG}\n").as_bytes(), &ReadOptions::default());
    assert!(beginning.unwrap().unwrap().warnings.is_empty());
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
    check(&page("相關閱讀：", ""), &format!("¶ 長\n¶ 長\n~導覽 相關閱讀：\n{aside}"));
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

/// A page with a paragraph before what is checked, so that there is a text.
fn check_after_text(page: &str, expected: &str) {
    check(&format!("<html><body><p>長<p>長{page}"), &format!("¶ 長\n¶ 長\n{expected}"));
}

#[test]
fn what_is_hidden_in_a_row_hides_nothing_else() {
    let row = |cells: &str| format!("<table><tr><th>號<th>名<tr>{cells}</table>");
    let check = |cells: &str, expected: &str| {
        check_after_text(&row(cells), &format!("| 號\t名\n{expected}"));
    };
    check("<td style='display:none'>十七<td>甲<td>乙", "| 甲\t乙\n~隱藏 十七");
    check("<td>甲<div hidden>乙</div><td>丙", "| 甲\t丙\n~隱藏 乙");
    check("<td><h4>甲</h4><td><pre>乙\n丙</pre>", "| 甲\t乙 丙");
    check_after_text(
        "<table><tr><th>號<th>名<tr style='display:none'><td>甲<td>乙</table>",
        "| 號\t名\n~隱藏 甲\t乙",
    );
}

#[test]
fn what_stands_in_one_cell_is_not_glued_together() {
    let check = |cells: &str, expected: &str| {
        let table = format!("<table><tr><th>甲<th>乙<tr>{cells}</table>");
        check_after_text(&table, &format!("| 甲\t乙\n{expected}"));
    };
    check("<td>渡口<br>茶館<td><p>一、說明<p>二、借書", "| 渡口 茶館\t一、說明 二、借書");
    check("<td><div>渡口</div>茶館\n在此<td>丙", "| 渡口 茶館在此\t丙");
    check("<td><ul><li>渡口<li>茶館</ul><td>丙", "| 渡口 茶館\t丙");
    check("<td>見<ol><li>渡口<li>茶館</ol>止<td>丙", "| 見 1. 渡口 2. 茶館 止\t丙");
    check("<td><table><tr><td>渡口<td>茶館</table><td>丙", "| 渡口 茶館\t丙");
}

#[test]
fn cells_stand_under_their_heads() {
    check_after_text(
        "<table><tr><th>項目<th>數量<th>備註<tr><td rowspan=2>渡口<td>三<td>常開<tr><td>四<td>常修\
         <tr><td colspan=2>合計<td>共七項<tr><td>茶館<td rowspan=0>一<td>新<tr><td>橋<td>舊</table>",
        "| 項目\t數量\t備註\n| 渡口\t三\t常開\n| \t四\t常修\n| 合計\t\t共七項\n| 茶館\t一\t新\n| 橋\t\t舊",
    );
}

#[test]
fn lists_are_numbered_as_the_page_shows_them() {
    let check = check_after_text;
    check("<ol type=a><li>甲<li>乙</ol>", "- a. 甲\n- b. 乙");
    check("<ol type=I start=4><li>甲<li value=9>乙<li>丙</ol>", "- IV. 甲\n- IX. 乙\n- X. 丙");
    check("<ol reversed><li>甲<li>乙</ol>", "- 2. 甲\n- 1. 乙");
    check(
        "<ol style='list-style: none'><li>甲</ol><ol><li style='list-style-type: none'>乙<li>丙</ol>",
        "- 甲\n- 乙\n- 2. 丙",
    );
    check("<ol style='list-style-type: cjk-ideographic'><li>甲</ol>", "- 一、甲");
    check("<ol><li>（一）甲<li> <b>二、</b>乙<li>3 冊書</ol>", "- （一）甲\n- 二、乙\n- 3. 3 冊書");
    check("<ol start=-1><li>甲<li>乙</ol>", "- -1. 甲\n- 0. 乙");
}

#[test]
fn signs_above_and_below_their_line_are_said() {
    check_after_text(
        "<p>約 10<sup>8</sup> 粒，在 3 m<sup>2</sup> 的田裡，H<sub>2</sub>O 不缺<sup>[甲]</sup>。",
        "¶ 約 10⁸ 粒，在 3 m² 的田裡，H₂O 不缺[甲]。",
    );
    // However they are set, and within each other.
    check_after_text(
        "<p>設 x<sub><em>i</em></sub> 與 y<sup><b>2</b></sup>，a<sup>n<sub>1</sub></sup>，2<sup>2<sup>3</sup></sup>，\
         b<sub><sub>4</sub></sub>，見<sup><i>注 <sub>甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己</sub></i></sup>。",
        "¶ 設 xᵢ 與 y²，a^(n₁)，2^(2³)，b₄，見注 甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己。",
    );
}

#[test]
fn words_that_are_struck_out_stay_and_are_told() {
    let page = "<style>.k{text-decoration: line-through} .u{text-decoration:underline}</style><h1>約定</h1><p>長</p>\
         <p>期限<s>三十日<b>整</b></s>六十日，<span style='text-decoration:line-through'>每冊</span>兩冊，\
         <i class=k>一年</i><i class=u>半年</i>。</p><p><strike>全條</strike></p><nav><s>首頁</s></nav>";
    let imported = read("a.html", page.replace('長', LONG).into_bytes(), &ReadOptions::default()).unwrap();
    testing::check_struck(&imported.document, &["三十日整", "每冊", "一年", "全條", "首頁"]);
    assert_eq!(imported.warnings, [Warning::StruckOut { places: 4 }]);
}

#[test]
fn what_pictures_and_tables_are_called_is_no_heading() {
    let page = "<html><body><p>長<p>長<figure><img alt=河><figcaption>河的源頭</figcaption></figure><p>長\
         <p>图3 水渠<p>長<table><caption>借書的人</caption><tr><td>甲<td>乙</table><p>長<p>開門守時<p>長";
    check(
        page,
        "¶ 長\n¶ 長\n~隱藏 河\n¶ 河的源頭\n¶ 長\n¶ 图3 水渠\n¶ 長\n¶ 借書的人\n| 甲\t乙\n¶ 長\n# 開門守時\n¶ 長",
    );
}

#[test]
fn the_name_of_the_site_may_stand_before_the_title() {
    let page = "<html><head><title>河訊網:讀書的約定</title></head><body><div><h1>讀書的約定</h1><p>長<p>長</div></body></html>";
    let imported = read("a.html", page.replace('長', LONG).into_bytes(), &ReadOptions::default()).unwrap();
    testing::check(&imported.document, &"題 讀書的約定\n¶ 長\n¶ 長".replace('長', LONG));
    assert_eq!(imported.document.metadata().title.as_ref().unwrap().value, "讀書的約定");
}

#[test]
fn quoted_words_have_the_marks_that_a_reader_sees() {
    check_after_text("<p>他說<q>河<q>水</q>清</q>。<p><q>“有”</q>", "¶ 他說“河‘水’清”。\n¶ “有”");
    check("<html lang=zh-TW><body><p>長<p>長<p>她說<q>好<q>嗎</q></q>。", "¶ 長\n¶ 長\n¶ 她說「好『嗎』」。");
}

#[test]
fn deleted_words_are_set_aside() {
    check_after_text("<p>期限<del>三十日</del><ins>六十日</ins>。", "¶ 期限六十日。\n~刪去 三十日");
}

#[test]
fn a_heading_may_be_one_by_its_role() {
    let page = "<div role=heading aria-level=3>清河</div><p>長<div role=heading>種樹</div><p>長";
    check_after_text(page, "## 清河\n¶ 長\n# 種樹\n¶ 長");
}

#[test]
fn an_item_that_begins_with_a_numbered_list_has_its_own_number() {
    check_after_text("<ol start=10><li>十<ol><li>一、內</ol></ol>", "- 10. 十\n  - 一、內");
}

#[test]
fn what_is_shown_where_nothing_plays_is_no_text() {
    check_after_text("<p>長<video>無法播放</video><audio>無法播放</audio>", "¶ 長");
}

#[test]
fn formulas_are_read_and_drawings_are_not_lost() {
    let formula = "<math><semantics><mrow><mi>y</mi><mo>=</mo><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></mrow>\
                   <annotation>y=\\frac</annotation></semantics></math>";
    check_after_text(&format!("<p>得{formula}。"), "¶ 得y=(a+b)/2。");
    check_after_text(
        &format!("<p>得<span class=k><span>{formula}</span><span aria-hidden=true>y=a+b2</span></span>。"),
        "¶ 得y=(a+b)/2。",
    );
    check_after_text(
        "<p>見圖<svg><title>圖</title><g><path/><text>渡口</text><text>茶館</text></g></svg>如上。",
        "¶ 見圖如上。\n~隱藏 渡口 茶館",
    );
    check_after_text("<svg><foreignObject><p>長</p></foreignObject></svg>", "¶ 長");
}

#[test]
fn a_reading_that_never_ends_is_text() {
    check_after_text("<p>甲<rt>乙</rt>丙", "¶ 甲乙丙");
    check_after_text("<p><ruby>重慶<rt>chóng 來了，人人都知道。", "¶ 重慶chóng 來了，人人都知道。");
    check_after_text("<ol><li><ruby>重慶<rt>chóng</rt></ruby>來</ol>", "- 1. 重慶來\n^ 重慶　chóng");
}

#[test]
fn only_what_is_hidden_on_a_screen_is_hidden() {
    let check = |style: &str, hidden: bool| {
        let sign = if hidden { "~隱藏" } else { "¶" };
        check(
            &format!("<html><style>{style}</style><body><p>長<p>長<p>長<p class=x>藏。"),
            &format!("¶ 長\n¶ 長\n¶ 長\n{sign} 藏。"),
        );
    };
    check(".x{display:none}", true);
    check("@media print{.y{color:red} .x{display:none}}", false);
    check("@media (max-width:9em){p{margin:0}.x{display:none}}", false);
    check("@media screen{p{margin:0}.x{display:none}}", true);
    check("@font-face{src:url(a)} @import 'a'; .x{display:none}", true);
    check(".x{display:none} .x{display:block}", false);
    check("/* .x{display:none} */ p{margin:0}", false);
}

#[test]
fn numbers_and_titles_say_no_sentence() {
    let titles =
        "<div><h3>借書，還書，問書！</h3><ul><li>閱讀(1,204)<li>閱讀(3,017)<li>閱讀(2,118)</ul></div>";
    check(
        &format!(
            "<html><body><div><div><p>短，短。</div><div id=text><p>長<p>長</div>{}</div>",
            titles.repeat(4)
        ),
        &format!(
            "~導覽 短，短。\n¶ 長\n¶ 長\n{}",
            "~導覽 借書，還書，問書！\n~導覽 閱讀(1,204)\n~導覽 閱讀(3,017)\n~導覽 閱讀(2,118)\n".repeat(4)
        ),
    );
}

#[test]
fn what_a_site_offers_below_a_text_is_known_by_its_heading() {
    let page = |heading: &str, below: &str| {
        format!("<html><body><div><h1>約定</h1><p>長<p>長<div>{heading}{below}</div><p>長</div>")
    };
    let check = |heading: &str, below: &str, expected: &str| {
        check(&page(heading, below), &format!("題 約定\n¶ 長\n¶ 長\n{expected}\n¶ 長"));
    };
    check(
        "<h3>小編最近文章</h3>",
        "<div>渡口要修了 五月三日</div>",
        "~導覽 小編最近文章\n~導覽 渡口要修了 五月三日",
    );
    check("<div><b>相关新闻：</b></div>", "<ul><li>渡口要修了</ul>", "~導覽 相关新闻：\n~導覽 渡口要修了");
    check(
        "<h3>網友評論 10 條</h3>",
        "<p>寫得真好，轉給家裡人看看。",
        "~導覽 網友評論 10 條\n~導覽 寫得真好，轉給家裡人看看。",
    );
    // A heading that text follows heads a part of it, and so does one that says more.
    check(
        "<h3>相關報導</h3>",
        "<p>短，但是一段。這裡還有話要說，說完為止。",
        "# 相關報導\n¶ 短，但是一段。這裡還有話要說，說完為止。",
    );
    check("<h3>怎樣看待網友評論裡的意見</h3>", "<p>長", "# 怎樣看待網友評論裡的意見\n¶ 長");
}

#[test]
fn the_text_is_most_of_the_whole_page() {
    let two = "<p>長".repeat(2);
    let above = |inner: &str| format!("<div>{two}{inner}</div>");
    let below = |inner: &str| format!("<div>{inner}{two}</div>");
    let beside = |inner: &str| format!("<div><div>{two}</div>{inner}</div>");
    let check = |page: &str, paragraphs: usize| {
        check(&format!("<html><body>{page}"), &"¶ 長\n".repeat(paragraphs));
    };
    check(&above(&above(&above(&"<p>長".repeat(5)))), 11);
    check(&above(&below(&below(&below(&format!("<div>{}</div>", "<p>長".repeat(9)))))), 17);
    check(&beside(&beside(&format!("<div>{}</div>", "<p>長".repeat(6)))), 10);
}

#[test]
fn what_belongs_to_a_text_may_be_links() {
    check(
        "<html><body><p>長<p>長<p>附件：<ul><li><a>農時要略</a><li><a>水車圖說</a><li><a>舊地新志</a></ul>",
        "¶ 長\n¶ 長\n¶ 附件：\n- 農時要略\n- 水車圖說\n- 舊地新志",
    );
}

#[test]
fn the_number_of_a_printed_page_is_no_text() {
    check_after_text("<p>重慶<span role=doc-pagebreak>12</span>尾", "¶ 重慶尾");
    check_after_text(
        "<p>重慶<span role=doc-pagebreak title=12>12</span>尾<span role=doc-pagebreak title=13>有字</span>",
        "¶ 重慶尾有字",
    );
    let page = format!(
        "<html><body><p>{LONG}<p>{LONG}<p>重慶<span role=doc-pagebreak aria-label=' 12. '>12</span>尾"
    );
    let document = read("a.html", page.into_bytes(), &ReadOptions::default()).unwrap().document;
    let tail = u32::try_from(document.text().find('尾').unwrap()).unwrap();
    assert_eq!(document.page_at(tail).unwrap().label, "12.");
}

#[test]
fn words_that_are_set_aside_keep_their_order() {
    check_after_text("<p>長<span hidden>甲<b>乙</b>丙<script>丁</script></span>", "¶ 長\n~隱藏 甲乙丙");
}

#[test]
fn text_around_an_element_of_a_line_belongs_to_the_text() {
    check("<html><body><p>河訊網</p><div>本報訊 <font>長長</font></div>", "~導覽 河訊網\n¶ 本報訊 長長");
}

#[test]
fn a_text_that_is_shown_once_programs_ran_is_not_hidden() {
    check(
        "<html><body><h1>約定</h1><div style='visibility: hidden; opacity: 0'><p>長<p>長</div><div hidden>再見，再見。</div>",
        "題 約定\n¶ 長\n¶ 長\n~隱藏 再見，再見。",
    );
}

#[test]
fn beginnings_of_other_texts_are_none_of_this_one() {
    let tease =
        |end: &str| format!("<h3>舊聞</h3><p>去年春天，村裡商量，想修一條通往市集的路{end}</p><i>昨天</i>");
    let page = |text: &str, end: &str| {
        let teasers = tease(end).repeat(3);
        format!("<html><body><div><h1>約定</h1>{text}<div class=more><div>{teasers}</div></div></div>")
    };
    let shown = |heading: &str, text: &str, end: &str| {
        let tease =
            format!("{heading} 舊聞\n{text} 去年春天，村裡商量，想修一條通往市集的路{end}\n{text} 昨天\n");
        tease.repeat(3)
    };
    let aside = |end: &str| format!("題 約定\n¶ 長\n¶ 長\n{}", shown("~導覽", "~導覽", end));
    let kept = |text: &str, end: &str| format!("題 約定\n{text}{}", shown("#", "¶", end));
    check(&page("<p>長<p>長", "..."), &aside("..."));
    check(&page("<p>長<p>長", "…"), &aside("…"));
    // Sentences end so, and a page may have nothing else.
    check(&page("<p>長<p>長", "……"), &kept("¶ 長\n¶ 長\n", "……"));
    check(&page("<p>河訊。", "..."), &kept("¶ 河訊。\n", "..."));
}

#[test]
fn paragraphs_may_be_called_otherwise() {
    let page = |class: &str| {
        format!(
            "<html><body><div id=nav><a>首頁</a></div><div><h1>約定</h1><div class={class}>長</div>\
             <div class=para>見河訊網</div><div class=para>另見書目及其說明：<a>河訊</a></div></div>"
        )
    };
    let text = "¶ 長\n¶ 見河訊網\n¶ 另見書目及其說明：河訊";
    check(&page("para"), &format!("~導覽 首頁\n題 約定\n{text}"));
    check(&page("text"), &format!("~導覽 首頁\n題 約定\n{}", text.replace("\n¶", "\n~導覽")));
}

#[test]
fn cells_go_over_columns_and_rows_and_tables_stay_apart() {
    let page = "<h1>約定</h1><p>長</p><table><caption>表一</caption><thead><tr><th rowspan=2>書<th colspan=2>冊<th>人<tr><th>上<th>下<th>幾</thead>\
         <tbody><tr><td>農時<td>3<td>4<td>2</table><table><tr><th>早<th>晚</table><p>長</p>";
    let imported = read("a.html", page.replace('長', LONG).into_bytes(), &ReadOptions::default()).unwrap();
    let rows = ["=4: 0+1*2 1+2 2+0 3+1", "4: 0+1 1+1 2+1 3+1", "4: 0+1 1+1 2+1 3+1", "=2: 0+1 1+1"];
    testing::check_rows(&imported.document, &rows);
}

#[test]
fn the_date_is_taken_from_the_element_that_is_called_so() {
    let date = |element: &str| {
        let page =
            format!("<body><div><span>王明</span>{element}</div><div id=main><h1>約定</h1><p>長<p>長</div>");
        let page = page.replace('長', LONG).into_bytes();
        let imported = read("a.html", page, &ReadOptions::default()).unwrap();
        imported.document.metadata().date.as_ref().map(|date| date.value.clone())
    };
    assert_eq!(date("<em id=publish_time>2025年3月12日 08:00</em>").as_deref(), Some("2025年3月12日 08:00"));
    assert_eq!(
        date("<time class='a pub-date' datetime=2025-03-12T08:00>三天前</time>").as_deref(),
        Some("2025-03-12 08:00")
    );
    assert_eq!(date("<em id=publish_time>三天前</em>"), None);
}

#[test]
fn a_page_whose_text_is_fetched_says_so() {
    let warnings = |page: &str| {
        let page = page.replace('長', LONG).into_bytes();
        read("a.html", page, &ReadOptions::default()).unwrap().warnings
    };
    let page = "<html><body><div id=app></div><noscript>請開啟程式</noscript><script>fetch('a')</script></body></html>";
    assert!(warnings(page).contains(&Warning::Scripted));
    let page = "<html><body><p>長<p>長<script>fetch('a')</script></body></html>";
    assert!(!warnings(page).contains(&Warning::Scripted));
}

#[test]
fn choices_of_a_page_behind_its_byline_are_set_aside() {
    let line =
        "来源：禾溪县水务局 发布时间：2025-03-12 09:30【字体：<a href=x>大</a> 中 小】打印 浏览次数：1024";
    let page = format!("<body><h1>河渠治理办法</h1><p>{line}</p><p>長</p><p>長</p></body>");
    check(
        &page,
        "題 河渠治理办法\n@ 来源：禾溪县水务局 发布时间：2025-03-12 09:30\n~導覽 【字体：大 中 小】打印 浏览次数：1024\n¶ 長\n¶ 長",
    );
    let imported = read("a.html", page.into_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(imported.document.metadata().source.as_ref().unwrap().value, "禾溪县水务局");
}
