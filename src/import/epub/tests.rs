//! EPUB: books made here, read and listed.

use super::super::archive::without_percents;
use super::super::testing::{check, check_links, pack, tied};
use super::super::{ImportError, Imported, News, ReadOptions, Unread, Warning};
use super::MOST_SHEETS;
use crate::document::Format;

const LONG: &str =
    "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

const CONTAINER: &str =
    "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>";

const XHTML: &str = "application/xhtml+xml";

/// What a part is, by its name.
fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        Some((_, "svg")) => "image/svg+xml",
        Some((_, "png")) => "image/png",
        _ => XHTML,
    }
}

/// A book of chapters, with more parts of its own.
fn book(chapters: &[(&str, &str)], list: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let items = chapters
        .iter()
        .enumerate()
        .map(|(index, (name, _))| {
            let kind = kind_of(name);
            format!("<item id=\"c{index}\" href=\"{name}\" media-type=\"{kind}\" fallback=\"instead\"/>")
        })
        .collect::<Vec<_>>()
        .concat();
    let refs: Vec<String> =
        (0..chapters.len()).map(|index| format!("<itemref idref=\"c{index}\"/>")).collect();
    let refs = refs.concat();
    let package = format!(
        "<?xml version=\"1.0\"?><package xmlns:dc=\"dc\"><metadata><dc:title>圖書室</dc:title><dc:creator>田禾生</dc:creator>\
         <dc:creator>葉小苗</dc:creator><dc:language>en</dc:language></metadata><manifest>{items}{list}</manifest>\
         <spine toc=\"ncx\">{refs}<itemref idref=\"nothing\"/></spine></package>"
    );
    let mut parts = vec![
        ("mimetype".to_owned(), "application/epub+zip".to_owned()),
        ("META-INF/container.xml".to_owned(), CONTAINER.to_owned()),
        ("OEBPS/book.opf".to_owned(), package),
    ];
    let page = |name: &str, text: &str| match kind_of(name) {
        XHTML => {
            let text = text.replace('長', LONG);
            format!("<html xmlns=\"x\"><head><title/></head><body>{text}</body></html>")
        }
        _ => text.to_owned(),
    };
    parts.extend(
        chapters.iter().map(|(name, text)| (format!("OEBPS/{}", without_percents(name)), page(name, text))),
    );
    parts.extend(more.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, part)| (name.as_str(), part.clone())).collect();
    pack(&parts)
}

fn open(bytes: Vec<u8>) -> Result<Imported, ImportError> {
    super::super::read("a", bytes, &ReadOptions::default())
}

fn listed(bytes: Vec<u8>, expected: &str) -> Imported {
    let imported = open(bytes).unwrap();
    check(&imported.document, &expected.replace('長', LONG));
    imported
}

#[test]
fn chapters_come_in_the_order_of_the_book() {
    let chapters = [
        ("b%20c.xhtml", "<h1>借書</h1><p>長</p><h2>守時</h2><p>長</p>"),
        ("a.xhtml", "<h1>還書</h1><p>長</p>"),
    ];
    let imported = listed(book(&chapters, "", &[]), "# 借書\n¶ 長\n## 守時\n¶ 長\n# 還書\n¶ 長");
    let metadata = imported.document.metadata();
    assert_eq!(metadata.title.as_ref().unwrap().value, "圖書室");
    assert_eq!(metadata.author.as_ref().unwrap().value, "田禾生；葉小苗");
    assert_eq!((imported.document.origin().format, imported.warnings), (Format::Epub, vec![]));
}

#[test]
fn the_table_of_contents_gives_headings_that_chapters_lack() {
    let chapters = [
        ("a.xhtml", "<p class=\"t\">借書</p><p>長</p><p id=\"x\">守時</p><p>長</p>"),
        ("b.xhtml", "<p><img src=\"還書.png\"/></p><p>長</p>"),
    ];
    let old = "<?xml version=\"1.0\"?><!DOCTYPE ncx PUBLIC \"-//NISO//DTD ncx 2005-1//EN\" \"http://x/ncx.dtd\"><ncx><navMap>\
               <navPoint><navLabel><text>借書</text></navLabel><content src=\"a.xhtml\"/>\
               <navPoint><navLabel><text>守 時</text></navLabel><content src=\"a.xhtml#x\"/></navPoint></navPoint>\
               <navPoint><navLabel><text>還書</text></navLabel><content src=\"b.xhtml\"/></navPoint></navMap></ncx>";
    let item = "<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>";
    let expected = "# 借書\n¶ 長\n## 守時\n¶ 長\n# 還書\n¶ 長";
    listed(book(&chapters, item, &[("OEBPS/toc.ncx", old)]), expected);
    let new = "<html xmlns:epub=\"e\"><body><nav epub:type=\"landmarks\"><ol><li><a href=\"a.xhtml\">封面</a></li></ol></nav>\
               <nav epub:type=\"toc\"><ol><li><a href=\"a.xhtml\">借書</a><ol><li><a href=\"a.xhtml#x\">守時</a></li></ol></li>\
               <li><a href=\"b.xhtml\">還書</a></li></ol></nav></body></html>";
    let item =
        "<item id=\"nav\" href=\"nav.xhtml\" properties=\"nav\" media-type=\"application/xhtml+xml\"/>";
    listed(book(&chapters, item, &[("OEBPS/nav.xhtml", new)]), expected);
}

#[test]
fn the_table_of_contents_gives_levels_that_chapters_do_not_mark() {
    let point = |title: &str, target: &str, inner: &str| {
        format!(
            "<navPoint><navLabel><text>{title}</text></navLabel><content src=\"{target}\"/>{inner}</navPoint>"
        )
    };
    let check = |sections: &str, nested: bool, expected: &str| {
        let first = format!(
            "<h1>第一章 借書</h1><p>長</p><{sections} id=\"x\">守時</{sections}><p>長</p><h2>守約</h2><p>長</p>"
        );
        let chapters = [("a.xhtml", &*first), ("b.xhtml", "<h1>還書</h1><p>長</p><h3>附記</h3><p>長</p>")];
        let inner = point("守時", "a.xhtml#x", "");
        let (within, beside) = if nested { (&*inner, "") } else { ("", &*inner) };
        let points = [&point("借書", "a.xhtml", within), beside, &point("還書", "b.xhtml", "")].concat();
        let old = format!("<ncx><navMap>{points}</navMap></ncx>");
        let item = "<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>";
        listed(book(&chapters, item, &[("OEBPS/toc.ncx", &old)]), expected);
    };
    check("h1", true, "# 第一章 借書\n¶ 長\n## 守時\n¶ 長\n### 守約\n¶ 長\n# 還書\n¶ 長\n### 附記\n¶ 長");
    // What chapters mark counts, where they tell sections from chapters or the contents do not.
    check("h3", true, "# 第一章 借書\n¶ 長\n### 守時\n¶ 長\n## 守約\n¶ 長\n# 還書\n¶ 長\n### 附記\n¶ 長");
    check("h1", false, "# 第一章 借書\n¶ 長\n# 守時\n¶ 長\n## 守約\n¶ 長\n# 還書\n¶ 長\n### 附記\n¶ 長");
    check("h2", false, "# 第一章 借書\n¶ 長\n## 守時\n¶ 長\n## 守約\n¶ 長\n# 還書\n¶ 長\n### 附記\n¶ 長");
}

#[test]
fn drawn_pages_are_read_and_pictures_are_counted() {
    let drawing = "<?xml version=\"1.0\"?><svg xmlns=\"s\"><title>圖</title><image href=\"x.png\"/><g><text x=\"1\"><tspan>河水</tspan>\
                   <tspan>清清</tspan></text></g><text>兩岸有樹。</text><style>text{}</style></svg>";
    let chapters = [
        ("cover.xhtml", "<img src=\"x.png\" alt=\"封面\"/>"),
        ("a.xhtml", "<h1>借書</h1><p>長<svg><text>圖例</text></svg></p><h1>還書</h1>"),
        ("b.svg", drawing),
        ("c.svg", "<svg xmlns=\"s\"><image href=\"x.png\"/></svg>"),
        ("d.xhtml", "<div><svg><image href=\"x.png\"/></svg></div>"),
        ("e.png", ""),
        ("f.xhtml", "<p> </p>"),
    ];
    let expected = "~隱藏 封面\n# 借書\n¶ 長\n~隱藏 圖例\n# 還書\n¶ 河水清清\n¶ 兩岸有樹。";
    let imported = listed(book(&chapters, "", &[]), expected);
    assert_eq!(imported.warnings, [Warning::PagesWithoutText { pages: 3, of: 7 }]);
    // A cover and a plate are no loss; a book of pictures is.
    let plates = [("cover.xhtml", "<img src=\"x.png\"/>"), ("a.xhtml", "<h1>借書</h1><p>長</p>")];
    assert_eq!(listed(book(&plates, "", &[]), "題 借書\n¶ 長").warnings, []);
    let pictures = listed(book(&plates[..1], "", &[]), "").warnings;
    assert!(pictures.contains(&Warning::PagesWithoutText { pages: 1, of: 1 }), "{pictures:?}");
    let instead = "<item id=\"instead\" href=\"instead.xhtml\" media-type=\"application/xhtml+xml\"/>";
    let words = ("OEBPS/instead.xhtml", "<html><body><h1>還書</h1><p>書要還。</p></body></html>");
    let chapters = [("a.xhtml", "<h1>借書</h1><p>長</p>"), ("e.png", "")];
    let imported = listed(book(&chapters, instead, &[words]), "# 借書\n¶ 長\n# 還書\n¶ 書要還。");
    assert!(imported.warnings.is_empty(), "{:?}", imported.warnings);
}

#[test]
fn a_title_that_the_chapter_says_in_its_own_way_is_not_said_twice() {
    let check = |text: &str, target: &str, expected: &str| {
        let old = format!(
            "<ncx><navMap><navPoint><navLabel><text>第一章 河水</text></navLabel><content src=\"{target}\"/></navPoint></navMap></ncx>"
        );
        let item = "<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>";
        let other = ("b.xhtml", "<h1>卷一</h1><h1>卷二</h1><p>長</p>");
        let bytes = book(&[("a.xhtml", text), other], item, &[("OEBPS/toc.ncx", &old)]);
        listed(bytes, &format!("{expected}\n# 卷一\n# 卷二\n¶ 長"));
    };
    let said = "# 第一章 河水\n¶ 長";
    check("<p>第一章&#160;河水</p><p>長</p>", "a.xhtml", "# 第一章\u{a0}河水\n¶ 長");
    check("<p>&#x7B2C;一章　河水</p><p>長</p>", "a.xhtml", "# 第一章　河水\n¶ 長");
    check("<p>第一章</p><p>河水</p><p>長</p>", "a.xhtml", "# 第一章\n# 河水\n¶ 長");
    check("<p>長</p><p>第一章 <b>河水</b></p><p>長</p>", "a.xhtml", "¶ 長\n# 第一章 河水\n¶ 長");
    // Nothing is written that the chapter does not say, but where it may be drawn.
    check("<p>長</p>", "a.xhtml", "¶ 長");
    check("<div><svg/></div><p>長</p>", "a.xhtml", said);
    check("<p>長</p><svg/>", "a.xhtml", "¶ 長");
    // The contents may say more or less than the heading that they lead to, but not of a sentence.
    check("<p>長</p><p id=\"m\">河水（上）</p><p>長</p>", "a.xhtml#m", "¶ 長\n¶ 河水（上）\n¶ 長");
    check("<p>長</p><p><a id=\"m\"/>河水</p><p>長</p>", "a.xhtml#m", "¶ 長\n# 河水\n¶ 長");
    check("<p>長</p><p id=\"m\">第一章　河水（上）</p>", "a.xhtml#m", "¶ 長\n# 第一章　河水（上）");
    check("<p>長</p><p id=\"m\">第一章河水清清。</p>", "a.xhtml#m", "¶ 長\n¶ 第一章河水清清。");
    // What leads into a file says nothing of its beginning.
    check("<p>長</p><p id=\"m\">甲乙</p>", "a.xhtml#m", "¶ 長\n¶ 甲乙");
}

/// A book of three chapters with that style sheet; `t` and `s` are titles.
fn styled(css: &str, contents: bool) -> Vec<u8> {
    let chapter = |name: &str| {
        format!(
            "<link rel=\"stylesheet\" href=\"../css/a%20b.css\"/><p class=\"t\">{name}</p><p class=\"n\">長</p>\
             <p class=\"s\"><span>守時</span></p><p class=\"n\"><b>注意</b>：長</p><p class=\"s\">愛惜</p><p class=\"n\">長</p>"
        )
    };
    let point = |name: &str, file: &str| {
        format!("<navPoint><navLabel><text>{name}</text></navLabel><content src=\"text/{file}\"/></navPoint>")
    };
    let points = [point("借書", "a.xhtml"), point("還書", "b.xhtml")].concat();
    let old = format!("<ncx><navMap>{points}</navMap></ncx>");
    let item = "<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>";
    let (first, second, third) = (chapter("借書"), chapter("還書"), chapter("補書"));
    let chapters = [("text/a.xhtml", &*first), ("text/b.xhtml", &*second), ("text/c.xhtml", &*third)];
    let more = [("OEBPS/css/a b.css", css), ("OEBPS/toc.ncx", &*old)];
    book(&chapters, if contents { item } else { "" }, if contents { &more } else { &more[..1] })
}

#[test]
fn what_the_sheets_of_a_book_hide_is_hidden() {
    let chapter = "<link rel=\"stylesheet\" href=\"../css/a%20b.css\"/><p>長<span class=\"j\">干擾</span></p>\
                   <p class=\"none\">干擾。</p><p class=\"t\">長</p>";
    let css = ".j{font-size:0}.none,.t{display:none}p.t{font-size:9pt}.t{display:block}";
    let more = [("OEBPS/css/a b.css", css)];
    listed(book(&[("text/1.xhtml", chapter)], "", &more), "¶ 長\n~隱藏 干擾\n~隱藏 干擾。\n¶ 長");
}

#[test]
fn what_looks_like_a_heading_is_one() {
    let chapter = |name: &str| format!("# {name}\n¶ 長\n## 守時\n¶ 注意：長\n## 愛惜\n¶ 長");
    let three = [chapter("借書"), chapter("還書"), chapter("補書")].join("\n");
    let css = ".t{font-size:16pt;font-weight:bold}.s span, p.s{font-size:13pt}.n{font-size:11pt}";
    listed(styled(css, true), &three);
    listed(styled(css, false), &three);
    listed(styled(".t{font-size:1.5em}.s{font-weight:bold}", true), &three);
    // Of one size and weight are the text and the titles within chapters.
    let plain = three.replace("## ", "¶ ");
    listed(styled(".t{font-size:1.5em}", true), &plain);
    listed(styled("@media print{.s{font-weight:bold}}.t{font-weight:bold}", false), &plain);
}

#[test]
fn so_many_style_sheets_are_read() {
    let chapter = |name: &str| {
        let head = "<style>.t{font-size:1.5em}</style><link rel=\"stylesheet\" href=\"css/z.css\"/>";
        format!("{head}<p class=\"t\">{name}</p><p>長</p><p class=\"s\">守時</p><p>長</p>")
    };
    let (first, second) = (chapter("借書"), chapter("還書"));
    for (sheets, sign) in [(MOST_SHEETS - 1, "##"), (MOST_SHEETS, "##"), (MOST_SHEETS + 1, "¶")] {
        // By their names, that of the book is the last.
        let names: Vec<String> = (1..sheets).map(|number| format!("OEBPS/css/{number:03}.css")).collect();
        let mut more: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        more.push(("OEBPS/css/z.css", ".s{font-weight:bold}"));
        let expected = format!("# 借書\n¶ 長\n{sign} 守時\n¶ 長\n# 還書\n¶ 長\n{sign} 守時\n¶ 長");
        listed(book(&[("a.xhtml", &first), ("b.xhtml", &second)], "", &more), &expected);
    }
}

#[test]
fn the_largest_line_at_the_beginning_is_the_title() {
    let (one, two) =
        ("<style>.l{font-size:3em}.t{font-size:2em}</style><p class=\"l\">農書</p><p>長</p>", "長");
    let first = format!("{one}<p class=\"t\">甲田</p><p>{two}</p><p class=\"t\">乙田</p><p>{two}</p>");
    listed(book(&[("a.xhtml", &first)], "", &[]), "題 農書\n¶ 長\n# 甲田\n¶ 長\n# 乙田\n¶ 長");
}

#[test]
fn references_may_be_written_with_percent_signs() {
    let chapters = [
        (
            "%E7%AB%A0.xhtml",
            "<h1>借書</h1><p>河水<sup><a href=\"%E6%B3%A8.xhtml#n%31\">1</a></sup>清清。</p><p>長</p>",
        ),
        ("%E6%B3%A8.xhtml", "<h1>注</h1><p><a name=\"n1\" href=\"%E7%AB%A0.xhtml\">1</a> 河名。</p>"),
    ];
    let imported = open(book(&chapters, "", &[])).unwrap();
    assert_eq!(tied(&imported.document), [("[1]", "1 河名。")]);
}

#[test]
fn notes_are_tied_to_their_marks() {
    let chapters = [
        (
            "a.xhtml",
            "<h1>借書</h1><p>河水<a epub:type=\"noteref\" href=\"#n1\">1</a>清清，樹<sup id=\"r2\"><a href=\"z.xhtml#n2\">[2]</a></sup>下，\
             <ruby>䴙䴘<rt>pì tī</rt></ruby>來。</p><aside epub:type=\"footnote\" id=\"n1\" hidden=\"\"><p>河名。</p></aside><p>長</p>",
        ),
        ("z.xhtml", "<h1>還書</h1><p><a id=\"n2\" href=\"a.xhtml#r2\">[2]</a> 樹名。</p>"),
    ];
    let imported = listed(
        book(&chapters, "", &[]),
        "# 借書\n¶ 河水[1]清清，樹[2]下，䴙䴘來。\n^ 䴙䴘　pì tī\n^ [1] 河名。\n¶ 長\n# 還書\n^ [2] 樹名。",
    );
    let document = &imported.document;
    assert_eq!(tied(document), [("[1]", "[1] 河名。"), ("[2]", "[2] 樹名。"), ("䴙䴘", "䴙䴘　pì tī")]);
}

#[test]
fn markup_of_xml_is_closed_as_html_closes_it() {
    let chapter =
        [("a.xhtml", "<h1>借書</h1><div/><p><a id=\"p1\"/>長</p><script src=\"x\"/><p>長</p><h1>還書</h1>")];
    listed(book(&chapter, "", &[]), "# 借書\n¶ 長\n¶ 長\n# 還書");
}

#[test]
fn lists_of_links_are_text_but_for_the_contents() {
    let links = "<ul><li><a href=\"a.xhtml\">農時要略</a></li><li><a href=\"b.xhtml\">水車圖說</a></li><li><a href=\"c.xhtml\">舊地新志</a></li></ul>";
    let (contents, chapter) = (format!("<p>目錄</p>{links}"), format!("<h1>借書</h1><p>長</p>{links}"));
    listed(
        book(&[("a.xhtml", contents.as_str()), ("b.xhtml", chapter.as_str())], "", &[]),
        "¶ 目錄\n~導覽 農時要略\n~導覽 水車圖說\n~導覽 舊地新志\n# 借書\n¶ 長\n- 農時要略\n- 水車圖說\n- 舊地新志",
    );
}

#[test]
fn pages_of_the_printed_book_are_places() {
    let chapter =
        [("a.xhtml", "<h1>甲</h1><h1>乙</h1><p>前。<span epub:type=\"pagebreak\" title=\"12\"/>後。</p>")];
    let imported = open(book(&chapter, "", &[])).unwrap();
    let at = u32::try_from(imported.document.text().find('後').unwrap()).unwrap();
    assert_eq!(imported.document.page_at(at).unwrap().label, "12");
    assert_eq!(imported.document.page_at(at - 1), None);
}

#[test]
fn what_is_missing_is_told() {
    let bytes = book(&[("a.xhtml", "<h1>甲</h1><h1>乙</h1><p>長</p>"), ("gone.xhtml", "")], "", &[]);
    // The part is there under another name.
    let at = memchr::memmem::find_iter(&bytes, b"OEBPS/gone.xhtml").collect::<Vec<_>>();
    let mut renamed = bytes.clone();
    for at in at {
        renamed[at..at + 10].copy_from_slice(b"OEBPS/lost");
    }
    let imported = listed(renamed, "# 甲\n# 乙\n¶ 長");
    assert!(
        matches!(imported.warnings.as_slice(), [Warning::Damaged { reason }] if reason.contains("gone.xhtml"))
    );
    assert!(imported.may_be_damaged());
}

#[test]
fn a_protected_book_says_so() {
    let chapters = [("a.xhtml", "<p>長</p>")];
    let list = |uri: &str| {
        format!(
            "<encryption><EncryptedData><CipherData><CipherReference URI=\"{uri}\"/></CipherData></EncryptedData></encryption>"
        )
    };
    let protected = list("OEBPS/a.xhtml");
    let error = open(book(&chapters, "", &[("META-INF/encryption.xml", &protected)])).err();
    assert_eq!(error, Some(ImportError::CopyProtected));
    let fonts = list("OEBPS/a.otf");
    assert!(open(book(&chapters, "", &[("META-INF/encryption.xml", &fonts)])).is_ok());
}

/// What is told while a book is read, then the whole.
fn told(bytes: Vec<u8>) -> (Vec<Imported>, Imported) {
    let mut beginnings = Vec::new();
    let mut tell = |news| match news {
        News::Beginning(imported) => beginnings.push(*imported),
        News::Progress { done, of } => assert!(done <= of),
    };
    let whole = super::super::read_telling("a", bytes, &ReadOptions::default(), &mut tell).unwrap();
    (beginnings, whole)
}

#[test]
fn a_long_book_begins_before_its_end_is_read() {
    let paragraph = format!("<p>{}</p>", "長".repeat(20));
    let chapter = format!("<h1>借書</h1>{}", paragraph.repeat(12));
    let name = |index: usize| format!("c{index}.xhtml");
    let names: Vec<String> = (0..6).map(name).collect();
    let chapters: Vec<(&str, &str)> = names.iter().map(|name| (&**name, &*chapter)).collect();
    let (beginnings, _) = told(book(&chapters, "", &[]));
    assert!(beginnings.is_empty(), "a short one is there at once");
    // A picture makes the file long.
    let mut state = 1_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4E00 + (state >> 16) % 16_000).unwrap()
    };
    let picture: String = (0..400_000).map(|_| noise()).collect();
    let (beginnings, whole) = told(book(&chapters, "", &[("OEBPS/a.png", &picture)]));
    let [first] = &*beginnings else { panic!("{} beginnings", beginnings.len()) };
    let (first, whole) = (&first.document, &whole.document);
    assert!(!first.origin().complete && whole.origin().complete);
    assert!(whole.text().starts_with(&**first.text()) && first.text().len() < whole.text().len());
    assert!(first.text().len() >= 48 * 1024);
}

#[test]
fn links_lead_within_the_book_and_out_of_it() {
    let chapters = [
        (
            "a.xhtml",
            "<h1>借書</h1><p>長見<a href=\"t/b%20c.xhtml\">還書</a>、<a href=\"t/b%20c.xhtml#x\">守時</a>、<a href=\"#y\">下文</a>、\
             <a href=\"https://a.example/\" title=\"題\">河訊</a>、<a href=\"../../x.xhtml\">外</a>、<a href=\"no.xhtml#x\">無</a>、\
             <a href=\"file:///etc/passwd\">壞</a>。</p><p id=\"y\">下文在此。</p>",
        ),
        (
            "t/b%20c.xhtml",
            "<h1>還書</h1><p>長</p><p>先<span id=\"x\">守時</span>，見<a href=\"../a.xhtml#y\">上文</a>。\
             <span role=\"doc-pagebreak\" id=\"p2\">2</span>次頁，見<a href=\"#p2\">頁首</a>。</p>",
        ),
    ];
    let imported = open(book(&chapters, "", &[])).unwrap();
    let expected = [
        ("還書", "→還書"),
        ("守時", "→守時，見"),
        ("下文", "→下文在此"),
        ("河訊", "https://a.example/"),
        ("上文", "→下文在此"),
        ("頁首", "→次頁，見"),
    ];
    check_links(&imported.document, &expected);
    let not_read = |what: Unread| Warning::NotRead { what, places: 1 };
    assert_eq!(imported.warnings, [not_read(Unread::Links), not_read(Unread::RelativeLinks)]);
}

#[test]
fn a_chapter_that_ends_in_its_middle_is_told() {
    let whole = book(&[("a.xhtml", "<h1>甲</h1><p>長</p>"), ("b.xhtml", "<h1>乙</h1><p>長</p>")], "", &[]);
    let warnings = |bytes: Vec<u8>| super::super::read("a", bytes, &ReadOptions::default()).unwrap().warnings;
    assert_eq!(warnings(whole), []);
    let drawn = "<html xmlns='x'><head><title/></head><body><h1>乙</h1><p>河水";
    let more = [("OEBPS/c.xhtml", drawn)];
    let list = "<item id=\"nothing\" href=\"c.xhtml\" media-type=\"application/xhtml+xml\"/>";
    let imported = super::super::read(
        "a",
        book(&[("a.xhtml", "<h1>甲</h1><p>長</p>")], list, &more),
        &ReadOptions::default(),
    )
    .unwrap();
    assert!(imported.document.text().ends_with("河水") && imported.warnings == [Warning::CutOff]);
}
