//! Links of pages, of Markdown and of plain text: where they lead, and where they do not.

use super::hyperlinks::MOST_HYPERLINKS;
use super::testing::{check_links, holds, linked};
use super::{Imported, ReadOptions, Unread, Warning, read};

/// 長 in a page stands for a paragraph.
const LONG: &str =
    "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

fn open(name: &str, text: &str) -> Imported {
    let imported = read(name, text.replace('長', LONG).into_bytes(), &ReadOptions::default()).unwrap();
    holds(&imported.document);
    imported
}

fn check(name: &str, text: &str, expected: &[(&str, &str)]) {
    check_links(&open(name, text).document, expected);
}

/// How many links are said not to be offered, and why.
fn unoffered(imported: &Imported) -> Vec<(Unread, u32)> {
    let told = |warning: &Warning| match warning {
        Warning::NotRead { what, places } => Some((*what, *places)),
        _ => None,
    };
    imported.warnings.iter().filter_map(told).collect()
}

#[test]
fn links_of_a_page_have_their_words_and_address() {
    check(
        "a.html",
        "<html><body><h1>河</h1><p>長見<a href=\" https://a.example/河 \" title=河訊>河\n訊 <b>網</b> </a>，\
         <a href='mailto:lin@a.example'>來信</a>。<a>無</a><a href=''>空</a><a href=#>頂</a><p>長",
        &[("河訊 網", "https://a.example/%E6%B2%B3"), ("來信", "mailto:lin@a.example")],
    );
    let titled = open("a.html", "<p>長<a href=https://a.example title=' 河訊 '>站</a><p>長");
    assert_eq!(titled.document.hyperlinks()[0].title.as_deref(), Some("河訊"));
}

#[test]
fn links_of_a_page_lead_to_its_own_places() {
    check(
        "a.html",
        "<html><body><h1>河</h1><p>長見<a href=#x>卷二</a>、<a href='#%E5%8D%B7'>卷三</a>、<a href=#no>無</a><p>長\
         <h2 id=x>　卷二</h2><p>長<p>　　<a name=卷></a>　卷三開始。<p>長",
        &[("卷二", "→卷二"), ("卷三", "→卷三開始")],
    );
}

#[test]
fn links_lead_on_from_the_address_of_the_page_where_it_says_one() {
    let page =
        |head: &str| format!("{head}<body><h1>河</h1><p id=p>長<a href=b/c>甲</a><a href='/d#e'>乙</a><p>長");
    let at = |page: &str| {
        let document = open("a.html", page).document;
        linked(&document).into_iter().map(|(_, target)| target).collect::<Vec<_>>()
    };
    assert_eq!(
        at(&page("<!-- saved from url=(0025)https://a.example/x/y.html -->\n<html><head>")),
        ["https://a.example/x/b/c", "https://a.example/d#e"]
    );
    assert_eq!(
        at(&page("<html><head><link rel=canonical href=https://b.example/x/>")),
        ["https://b.example/x/b/c", "https://b.example/d#e"]
    );
    assert_eq!(
        at(&page("<html><head><base href=/z/><link rel=canonical href=https://b.example/x/>")),
        ["https://b.example/z/b/c", "https://b.example/d#e"]
    );
    assert_eq!(at(&page("<html><head><base href=javascript:x><base href=https://c.example>")), [""; 0]);
    let own = "<html><head><link rel=canonical href=https://b.example/d><body><h1 id=e>河</h1><p>長<a href='/d#e'>上</a><p>長";
    assert_eq!(at(own), ["→河"], "an address of this page is a place of it");

    let imported = open("a.html", &page("<html><head>"));
    assert_eq!(linked(&imported.document), []);
    assert_eq!(unoffered(&imported), [(Unread::RelativeLinks, 2)]);
}

#[test]
fn a_page_in_a_mail_message_says_its_address() {
    let message = |header: &str| {
        format!(
            "From: <Saved>\r\nSnapshot-Content-Location: https://a.example/s/\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\
             {header}\r\n<html><body><p>長<a href=x>甲</a><p>長\r\n--b--\r\n"
        )
    };
    check("a.mht", &message(""), &[("甲", "https://a.example/s/x")]);
    check(
        "a.mht",
        &message("Content-Location: https://b.example/t/\r\n"),
        &[("甲", "https://b.example/t/x")],
    );
}

#[test]
fn what_a_link_may_not_open_is_told_and_its_words_are_kept() {
    let hostile = [
        "javascript:alert(1)",
        "java&#10;script:alert(1)",
        "file:///etc/passwd",
        "data:text/html,%3Cscript%3E",
        "http://a@b.example/",
        "https://good.example:x@evil.example/",
        "https://a.example/&#x202E;gpj.exe",
        "vbscript:x",
    ];
    let links = hostile.map(|address| format!("<a href=\"{address}\">字</a>、")).concat();
    let long = format!("<a href=https://a.example/{}>長</a>", "x".repeat(3000));
    let aside = "<footer><a href=javascript:x>頁尾</a></footer>";
    let imported = open("a.html", &format!("<body><h1>河</h1><p>長{links}{long}<p>長{aside}"));
    assert_eq!(linked(&imported.document), []);
    assert_eq!(imported.document.text().matches("字").count(), hostile.len());
    assert_eq!(unoffered(&imported), [(Unread::Links, 9)], "what was set aside does not count");
}

#[test]
fn buttons_of_a_page_are_no_links() {
    let buttons =
        ["javascript:doZoom(16)", "javascript:window.print();", "JavaScript:void(0)", "javascript:;", "#"];
    let links = buttons.map(|address| format!("<a href=\"{address}\">大</a>、")).concat();
    let page = |more: &str| unoffered(&open("a.html", &format!("<body><h1>河</h1><p>長{links}{more}<p>長")));
    assert_eq!(page(""), []);
    assert_eq!(page("<a href='javascript:print();alert(1)'>印</a>"), [(Unread::Links, 1)]);
}

#[test]
fn so_many_links_are_offered_and_no_more() {
    let line = "<a href=https://a.example/x>甲乙</a>丙 ";
    for (given, told) in
        [(MOST_HYPERLINKS - 1, 0), (MOST_HYPERLINKS, 0), (MOST_HYPERLINKS + 1, 1), (100_000, 50_000)]
    {
        let imported = open("a.html", &format!("<p>長。{}", line.repeat(given)));
        assert_eq!(imported.document.hyperlinks().len(), given.min(MOST_HYPERLINKS));
        let expected: Vec<(Unread, u32)> =
            Some((Unread::MoreLinks, told)).filter(|(_, told)| *told > 0).into_iter().collect();
        assert_eq!(unoffered(&imported), expected);
        assert!(!imported.may_be_damaged());
    }
    let imported = open("a.txt", &"https://a.example/x 甲\n".repeat(MOST_HYPERLINKS + 2));
    assert_eq!(imported.document.hyperlinks().len(), MOST_HYPERLINKS);
    assert_eq!(unoffered(&imported), [(Unread::MoreLinks, 2)]);
}

#[test]
fn a_link_around_blocks_is_a_link_in_each_of_them() {
    check(
        "a.html",
        "<body><h1>河</h1><p>長<p>長<div><a href=https://a.example><h2> 卷二 </h2><p>長</p></a></div><p>長",
        &[("卷二", "https://a.example/"), (LONG, "https://a.example/")],
    );
}

#[test]
fn links_of_markdown() {
    check(
        "a.md",
        "# 河水\n\n見[**河訊** 網](https://a.example \"題\")、<https://b.example/c>、[卷二](#卷-二)、[無](#無)、[甲][a]，https://c.example/d。\n\n\
         ## 卷 二\n\n[壞](javascript:x)。\n\n[a]: https://a.example/a\n",
        &[
            ("河訊 網", "https://a.example/"),
            ("https://b.example/c", "https://b.example/c"),
            ("卷二", "→卷 二"),
            ("甲", "https://a.example/a"),
            ("https://c.example/d", "https://c.example/d"),
        ],
    );
}

#[test]
fn addresses_in_a_text_are_links() {
    let text = "河訊網（https://a.example/b?c=1#d）說：\n參看https://a.example/e，或 HTTP://b.example。\n\
                javascript://x.example/ http://u:p@c.example https:// https://a.example:99999/\n";
    check(
        "a.txt",
        text,
        &[
            ("https://a.example/b?c=1#d", "https://a.example/b?c=1#d"),
            ("https://a.example/e", "https://a.example/e"),
            ("HTTP://b.example", "http://b.example/"),
        ],
    );
}
