//! HTML, MHTML, Markdown and plain text that are heavy, broken, or refer to what they may not reach.

use super::super::documents::samples::{self, LONG};
use super::super::outcome::Outcome::{self, Damaged, OtherKind, Read, TooMuch};
use super::xml::page;
use super::{Shelf, references};

/// What is wrong with a text, what may come of it, and how it is made.
type Fault = (&'static str, &'static [Outcome], fn() -> String);

const HTML: [Fault; 22] = [
    ("open formatting", &[Read, TooMuch], || body(&format!("<b><i>{LONG}").repeat(5_000))),
    ("open formatting", &[Read, TooMuch], || body(&format!("<p><font><a>{LONG}").repeat(20_000))),
    ("misnested elements", &[Read, TooMuch], || body(&"<b><p></b></p><table><a><td></a>".repeat(20_000))),
    ("misnested elements", &[Read, TooMuch], || {
        body(&"<select><option><table><tr><svg><math>".repeat(20_000))
    }),
    ("nested tables", &[Read, TooMuch], || body(&"<table><tr><td>".repeat(30_000))),
    ("scripts", &[Read, Damaged], || {
        body(&format!(
            "<script>for(;;);fetch('/')</script><p onclick=\"x()\">{LONG}</p><script>document.write('<p>'"
        ))
    }),
    ("open comment", &[Read, Damaged], || body(&format!("<p>{LONG}</p><!-- {LONG}"))),
    ("open tag", &[Read, Damaged, TooMuch], || body(&format!("<p>{LONG}</p><p a=\"{}", LONG.repeat(20_000)))),
    ("end of markup", &[Read], || body(&format!("<p>{LONG}</p><plaintext>{}", "</div><p>".repeat(1000)))),
    ("nested templates", &[Read, TooMuch, Damaged], || body(&"<template><p>".repeat(50_000))),
    ("hidden text", &[Read, Damaged], || {
        body(&format!(
            "<style>.h{{display:none}}{}</style><p class=h>{LONG}</p>",
            ".x{display:none}".repeat(100_000)
        ))
    }),
    ("large table", &[Read, TooMuch], || {
        body(&format!("<table>{}</table>", "<tr><td colspan=99999999 rowspan=99999999>書".repeat(50_000)))
    }),
    ("odd characters", &[Read, Damaged], || {
        body(&format!(
            "<p>\u{202e}{LONG}\u{2066}\u{200b}\u{0}\u{feff}\u{e0041}</p><title>\u{202e}fdp.txt</title>"
        ))
    }),
    ("many ends", &[Read, TooMuch, Damaged], || body(&"</p></br></div>".repeat(200_000))),
    ("many notes", &[Read, TooMuch], || {
        body(
            &(0..20_000)
                .map(|n| format!("<a href=#n{n} id=r{n}>[{n}]</a><p id=n{n}><a href=#r{n}>[{n}]</a>書</p>"))
                .collect::<String>(),
        )
    }),
    ("many links", &[Read], || {
        let links = [
            "javascript:x()",
            "file:///etc/passwd",
            "http://a@b.example",
            "https://a.example/\u{202e}",
            "#x",
        ];
        let links = links.map(|address| format!("<a href=\"{address}\">書</a>")).concat();
        body(&format!("<p id=x>{LONG}{}</p>", links.repeat(20_000)))
    }),
    ("ruby", &[Read, TooMuch], || body(&"<ruby>書<rt><ruby>屋<rp>(<rt>".repeat(10_000))),
    ("looked at often", &[Read], || {
        let remarks = "<!---->".repeat(100_000);
        let inner = "<span aria-hidden=true>書</span>".repeat(100_000);
        body(&format!("<p>{LONG}<div>{remarks}{inner}</div>"))
    }),
    ("looked at often", &[Read], || {
        let links = "<p><a href=a></a><a href=b></a><a href=c></a></p>".repeat(60_000);
        body(&format!("<p>{LONG}<p>{}</p>{links}<p>{LONG}", "書，".repeat(350_000)))
    }),
    ("looked at often", &[Read, TooMuch], || deep("<h1><div>", "</div></h1>", &"書，".repeat(1_500_000))),
    ("looked at often", &[Read, TooMuch], || {
        deep("<a href=#x><marquee>", "</marquee></a>", &"1".repeat(4_000_000))
    }),
    ("looked at often", &[Read, TooMuch], || {
        let ruby = "<ruby>書".repeat(240);
        body(&format!("<p>{LONG}<p>{ruby}{}{}", "書".repeat(100_000), "<rt>shu</rt></ruby>".repeat(240)))
    }),
];

/// What lies in an element in itself, nearly as deep as is read.
fn deep(begin: &str, end: &str, inner: &str) -> String {
    body(&format!("<p>{LONG}{}{inner}{}", begin.repeat(240), end.repeat(240)))
}

const MARKDOWN: [Fault; 17] = [
    ("nested quotations", &[Read, TooMuch], || format!("{}書", ">".repeat(100_000))),
    ("nested quotations", &[Read, TooMuch], || {
        (0..3000).map(|depth| format!("{} 書\n", "> ".repeat(depth))).collect()
    }),
    ("nested lists", &[Read, TooMuch], || {
        (0..2000).map(|depth| format!("{}- 書\n", " ".repeat(depth * 2))).collect()
    }),
    ("nested lists", &[Read, TooMuch], || format!("{}書", "- ".repeat(50_000))),
    ("open brackets", &[Read, TooMuch], || format!("{}書", "[".repeat(100_000))),
    ("open brackets", &[Read, TooMuch], || format!("{}書{}", "[".repeat(30_000), "](x)".repeat(30_000))),
    ("open brackets", &[Read, TooMuch], || "[a](<b".repeat(50_000)),
    ("stars", &[Read, TooMuch], || format!("{}書{}", "*a_ ".repeat(50_000), "**".repeat(50_000))),
    ("stars", &[Read, TooMuch], || "a**b_c ".repeat(100_000)),
    ("backticks", &[Read, TooMuch], || (1..2000).map(|count| format!("e{}", "`".repeat(count))).collect()),
    ("large table", &[Read, TooMuch], || format!("{0}\n{1}\n{0}", "|書".repeat(20_000), "|-".repeat(20_000))),
    ("large table", &[Read, TooMuch], || {
        format!("|{}\n|{}\n{}", "a|".repeat(300), "-|".repeat(300), "|書\n".repeat(60_000))
    }),
    ("notes in a circle", &[Read], || format!("{LONG}[^a]\n\n[^a]: 見[^b]\n\n[^b]: 見[^a][^b]\n")),
    ("many references", &[Read, TooMuch], || {
        format!(
            "{}{}",
            (0..20_000).map(|n| format!("[r{n}]: /x\n")).collect::<String>(),
            "[r1]".repeat(50_000)
        )
    }),
    ("many links", &[Read, TooMuch], || "[書](https://a.example/x) ".repeat(100_000)),
    ("elements", &[Read, TooMuch, Damaged], || format!("<div>{}<!-- <![CDATA[ <?", "<a ".repeat(50_000))),
    ("odd characters", &[Read, Damaged], || {
        format!("# \u{202e}書\n\n{LONG}\u{0}\u{200b}\n\n&#0;&#xD800;&#99999999;\n\n\u{feff}# 屋")
    }),
];

const TEXT: [Fault; 6] = [
    ("one endless line", &[Read], || LONG.repeat(60_000)),
    ("nothing but lines", &[Damaged], || "\n".repeat(5_000_000)),
    ("very many lines", &[Read], || "書\n".repeat(1_000_000)),
    ("odd characters", &[Read], || format!("\u{202e}{LONG}\u{2066}\u{200b}\u{e0041}\u{feff}").repeat(100)),
    ("odd characters", &[Read], || format!("書{}", "\u{301}".repeat(500_000))),
    ("headings", &[Read], || "第一章\n一、\n（一）\n1.\n".repeat(50_000)),
];

/// What may come of bytes, and the bytes.
type Encoded = (&'static [Outcome], fn() -> Vec<u8>);

/// Bytes that say that they are another encoding, or are none.
const ENCODED: [Encoded; 8] = [
    (&[Read, Damaged], || [b"\xff\xfe".as_slice(), &[0x00, 0xd8].repeat(5000)].concat()),
    (&[Read, Damaged], || [b"\xfe\xff".as_slice(), b"\0a".repeat(5000).as_slice(), b"x"].concat()),
    (&[Damaged], || b"\xef\xbb\xbf".to_vec()),
    (&[Read, Damaged], || samples::BIG5.iter().copied().step_by(2).collect()),
    (&[], || encoding_rs::GBK.encode(LONG).0.iter().copied().chain([0x81]).collect()),
    (&[], || [LONG.as_bytes(), &encoding_rs::BIG5.encode(LONG).0].concat().repeat(20)),
    (&[], || b"\x84\x31\xa4\x37\xff\xff\x80".repeat(3000)),
    (&[], || b"+ZeVnLIqe-".repeat(1000)),
];

const MHTML: [Fault; 11] = [
    ("nested parts", &[TooMuch], || {
        message(
            &(0..5_000)
                .map(|at| format!("Content-Type: multipart/mixed; boundary=x{at}\r\n\r\n--x{at}\r\n"))
                .collect::<String>(),
        )
    }),
    ("nested parts", &[Read, Damaged, TooMuch], || {
        message(&"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(14))
    }),
    ("too many parts", &[TooMuch], || {
        message(&"Content-Type: text/plain\r\n\r\nx\r\n--b\r\n".repeat(30_000))
    }),
    ("false parts", &[Damaged, Read], || message(HTML_PART).replace("boundary=b", "boundary=")),
    ("false parts", &[Damaged, Read], || message(HTML_PART).replace("boundary=b", "boundary=\"\u{202e}")),
    ("false parts", &[Read], || message("Content-Type: text/plain\r\n\r\nx\r\n")),
    ("false encoding", &[], || message(&HTML_PART.replace("8bit", "base64"))),
    ("false encoding", &[], || {
        message(&HTML_PART.replace("8bit", "quoted-printable").replace("<p>", "<p>=X=\r\n=E6=9B"))
    }),
    ("false encoding", &[Read], || message(&HTML_PART.replace("utf-8", "no-such-thing"))),
    ("long fields", &[Read, Damaged, OtherKind], || {
        message(HTML_PART).replace("Subject: x", &format!("Subject: {}", "=?utf-8?B?5pu4?= ".repeat(100_000)))
    }),
    ("nested elements", &[TooMuch], || message(&HTML_PART.replace("<p>", &"<div>".repeat(100_000)))),
];

const HTML_PART: &str = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<html><body><p>書在人手裡，燈在市集旁。</p></body></html>\r\n";

pub(super) fn fill(shelf: &mut Shelf) {
    let texts =
        [("HTML", HTML.as_slice()), ("Markdown", &MARKDOWN), ("plain text", &TEXT), ("MHTML", &MHTML)];
    for (format, faults) in texts {
        for (family, expected, make) in faults {
            shelf.add(format, family, expected, move || make().into_bytes());
        }
    }
    for (expected, make) in &ENCODED {
        shelf.add("plain text", "false encoding", expected, make);
    }
    shelf.add("HTML", "references", &[Read], || referring().into_bytes());
    shelf.add("MHTML", "references", &[Read], || {
        message(&HTML_PART.replace("<p>", &format!("{}<p>", referring()))).into_bytes()
    });
    shelf.add("Markdown", "references", &[Read], || {
        references()
            .iter()
            .map(|to| format!("{LONG} [書](<{to}>) ![屋](<{to}>) <{to}>\n\n"))
            .collect::<String>()
            .into_bytes()
    });
}

fn body(text: &str) -> String {
    page("<!DOCTYPE html>", text).replace("<?xml version=\"1.0\"?>", "")
}

/// A page that refers in every way to what it may not reach.
fn referring() -> String {
    let one = |to: &String| {
        format!(
            "<link rel=stylesheet href=\"{to}\"><script src=\"{to}\"></script><img src=\"{to}\"><iframe src=\"{to}\"></iframe>\
             <object data=\"{to}\"></object><meta http-equiv=refresh content=\"0;url={to}\"><base href=\"{to}\">\
             <style>@import url({to})</style><p><a href=\"{to}\">{LONG}</a></p><form action=\"{to}\"><video poster=\"{to}\">"
        )
    };
    body(&format!("<p>{LONG}</p>{}", references().iter().map(one).collect::<String>()))
}

fn message(parts: &str) -> String {
    format!(
        "From: <Saved by a browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n{parts}--b--\r\n"
    )
}
