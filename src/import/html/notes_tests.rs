//! Notes of pages: which links are their marks, and what is a note.

use super::tests::check;

#[test]
fn a_note_begins_with_its_mark() {
    let check_note = |mark: &str, note: &str, written: &str, expected: &str| {
        let page = format!("<html><body><p>長<p>長見<sup><a id=r href='#n'>{mark}</a></sup>{note}<p>長");
        check(&page, &format!("¶ 長\n¶ 長見{written}\n^ {expected}\n¶ 長"));
    };
    check_note("[1]", "<ol><li id=n>河名 <a href='#r'>↩</a></ol>", "[1]", "[1] 河名");
    check_note("①", "<div id=n><a href='#r'>①</a>河名。</div>", "①", "①河名。");
    check_note("1", "<p id=n>1. 河名。", "[1]", "1. 河名。");
    check_note("1", "<p id=n>河名。<a href='#r'>返回</a>", "[1]", "[1] 河名。返回");
    check_note("[2]", "<p id=n>^ 21 河名。", "[2]", "[2] ^ 21 河名。");
}

#[test]
fn only_a_note_becomes_a_note() {
    let page = "<div id=all><h2 id=s1>借書</h2><p>長見<sup><a href='#s1'>1</a></sup><p>長見<sup><a href='#all'>2</a></sup></div>";
    check(&format!("<html><body><p>長{page}"), "¶ 長\n# 借書\n¶ 長見[1]\n¶ 長見[2]");
    check(
        "<html><body><p>長<p>長見<sup><a id=r href='#n'>1</a></sup><p id=n>河名。<a href='#r'>↩</a>",
        "¶ 長\n¶ 長見[1]\n^ [1] 河名。",
    );
}

#[test]
fn notes_behind_the_main_text_are_its_notes_as_word_writes_them() {
    let mark = |number: u8| {
        format!(
            "<a href='#_ftn{number}' name='_ftnref{number}'><span class=MsoFootnoteReference><span>[{number}]</span></span></a>"
        )
    };
    let note = |number: u8, words: &str| {
        format!(
            "<div id=ftn{number}><p class=MsoFootnoteText><a href='#_ftnref{number}' name='_ftn{number}'>\
             <span class=MsoFootnoteReference>[{number}]</span></a> {words}</p></div>"
        )
    };
    let page = format!(
        "<html><body><div class=WordSection1><p>長<p>長見{}<p>長<p>長見{}<p>長</div>\
         <div><br clear=all><hr size=1 width='33%'>{}{}</div></body></html>",
        mark(1),
        mark(2),
        note(1, "河名。"),
        note(2, "同前註1。"),
    );
    let expected = "¶ 長\n¶ 長見[1]\n¶ 長\n¶ 長見[2]\n¶ 長\n^ [1] 河名。\n^ [2] 同前註1。";
    check(&page, expected);
    // What the text does not refer to stands around it.
    let stray = page.replace("</body>", "<div>[3] 河名。</div></body>");
    check(&stray, &format!("{expected}\n~導覽 [3] 河名。"));
}
