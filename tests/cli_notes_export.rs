//! `duidu notes export` of folders and of what has changed.

mod shell;

use std::fs;

use shell::{Desk, NOTES, TEXT, notes_beside};

#[test]
fn of_a_folder_the_documents_with_notes_are_exported_and_no_others_read() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    notes_beside(&document, NOTES);
    let damaged = "%PDF-1.7\nnothing more";
    desk.put("坏.pdf", damaged);
    let said = desk.run(&["notes", "export", "."]);
    assert!(said.code == 0 && said.error.is_empty() && said.out.contains("网络却很快"), "{said:?}");
    // One with notes that cannot be read keeps the others from nothing, and its notes come too.
    notes_beside(&desk.at("坏.pdf"), &NOTES.replace("多快？", "坏了"));
    let said = desk.run(&["notes", "export", ".", "--out", "all.md"]);
    assert_eq!((said.code, said.error.contains("坏.pdf")), (2, true), "{said:?}");
    let written = desk.text("all.md");
    assert!(written.contains("多快？") && written.contains("坏了"), "{written}");
}

#[test]
fn a_document_that_is_named_twice_is_one() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    notes_beside(&document, NOTES);
    let whole = document.display().to_string();
    for work in [&["notes", "export", "--format", "text"][..], &["notes", "list"], &["find", "网络却很快"]]
    {
        let places = ["./书.txt", "书.txt", &whole];
        let said = desk.run(&[work, &places].concat());
        assert_eq!((said.code, said.out.matches("网络却很快").count()), (0, 1), "{said:?}");
    }
    let with_folder = desk.run(&["notes", "export", "--format", "text", ".", "书.txt"]);
    assert_eq!(with_folder.out.matches("网络却很快").count(), 1, "{with_folder:?}");
}

#[test]
fn notes_that_have_moved_stand_where_they_are_now() {
    let note = |quote: &str| format!("(quote: \"{quote}\", text: \"{quote}\")");
    let (desk, document) =
        Desk::with("章.md", "# 二\n\n## 乙\n\n再清理河里的淤泥。\n\n## 甲\n\n先在岸上种二十棵树。\n");
    let notes = [note("先在岸上种二十棵树"), note("再清理河里的淤泥")].join(", ");
    notes_beside(&document, &format!("(format: 1, notes: [{notes}])"));
    let out = desk.run(&["notes", "export", "章.md", "--format", "text"]).out;
    assert!(out.find("淤泥").unwrap() < out.find("二十棵树").unwrap(), "{out}");
}

/// What the document says of itself is enough for a reference; so is its title, where a style is asked for.
#[test]
fn a_document_that_names_its_author_is_exported_with_its_reference() {
    let desk = Desk::new();
    let page =
        |head: &str| format!("<html><head>{head}</head><body><h1>章程</h1><p>{TEXT}</p></body></html>");
    let check = |head: &str, more: &[&str], expected: Option<&str>| {
        notes_beside(&desk.put("书.html", page(head)), NOTES);
        let said = desk.run(&[&["notes", "export", "书.html"], more].concat());
        let reference = said.out.lines().find(|line| line.starts_with("Reference: "));
        assert_eq!(reference.is_some(), expected.is_some(), "{said:?}");
        assert!(reference.unwrap_or_default().contains(expected.unwrap_or_default()), "{said:?}");
    };
    check("<meta name=\"author\" content=\"禾溪村\">", &[], Some("禾溪村"));
    check("<meta name=\"author\" content=\"禾溪村\">", &["--citation", "apa"], Some("禾溪村"));
    check("", &["--citation", "apa"], Some("章程"));
    check("", &[], None);
}

#[test]
fn a_note_says_its_clause_paragraph_and_page_in_lists_and_exports() {
    let (desk, document) = Desk::with(
        "章.txt",
        "修渠章程\n\n第一章　总则\n\n第一条　水渠属于全村。\n\n第二条　轮流看水放水，每户一人。\n",
    );
    notes_beside(&document, "(format: 1, notes: [(quote: \"轮流看水放水，每户一人\", text: \"好\")])");
    let list = desk.run(&["notes", "list", "章.txt"]);
    assert!(list.out.contains("第二条, paragraph 2"), "{list:?}");
    let json = desk.run(&["notes", "list", "章.txt", "--json", "--script", "traditional"]);
    assert!(json.out.contains("\"clause\": \"第二條\"") && json.out.contains("輪流看水"), "{json:?}");
    let export = desk.run(&["notes", "export", "章.txt", "--script", "traditional"]);
    assert!(export.out.contains("Clause: 第二條") && export.out.contains("Paragraph: 2"), "{export:?}");
}

#[test]
fn tags_are_asked_for_alike_in_lists_and_exports() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    notes_beside(&document, &NOTES.replace("村/网", "治理/數據\", \"村"));
    for work in [&["notes", "list"][..], &["notes", "export"]] {
        let check = |wanted: &[&str], code| {
            let said = desk.run(&[work, &["书.txt"], wanted].concat());
            assert_eq!((said.code, said.out.contains("网络却很快")), (code, code == 0), "{said:?}");
        };
        check(&["--tag", "治理/数据"], 0);
        check(&["--tag", "治理", "--tag", "村"], 0);
        check(&["--tag", "治理", "--tag", "山"], 1);
        check(&["--text", "網絡 多快"], 0);
        check(&["--text", "慢"], 1);
    }
}

#[test]
fn references_are_in_the_style_of_choice() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    let work = "bibliography: (kind: \"book\", title: \"读书倡议\", authors: \"林清\", publisher: \"村社\", date: \"2020\"), notes:";
    notes_beside(&document, &NOTES.replace("notes:", work));
    let export =
        |more: &[&str]| desk.run(&[&["notes", "export", "书.txt", "--format", "text"], more].concat()).out;
    let [usual, apa] = [export(&[]), export(&["--citation", "apa"])];
    assert!(usual.contains("[M]") && !apa.contains("[M]") && apa.contains("(2020)"), "{usual}\n{apa}");
    // What was chosen in the window counts where nothing is said.
    let settings = desk.at("home/config");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("state.ron"), "(settings: (citation_style: Apa))").unwrap();
    assert_eq!(export(&[]), apa);
    assert_eq!(export(&["--citation", "gb-numeric"]), usual);
    assert_eq!(desk.run(&["notes", "export", "书.txt", "--citation", "none"]).code, 2);
}

#[test]
fn of_a_note_with_two_texts_both_come_and_it_is_said() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    let conflict = "conflicts: [(text: \"另一句\", changed: \"2026-01-03T00:00:00Z\")]";
    let note = format!("(quote: \"网络却很快\", text: \"一句\", {conflict})");
    notes_beside(&document, &format!("(format: 1, notes: [{note}, (quote: \"送到每一户\")])"));
    let said = desk.run(&["notes", "export", "书.txt"]);
    assert!(said.code == 0 && said.out.contains("一句") && said.out.contains("另一句"), "{said:?}");
    assert!(said.error.contains("1 of 2 notes have two texts"), "{said:?}");
    notes_beside(&document, NOTES);
    assert_eq!(desk.run(&["notes", "export", "书.txt"]).error, "");
}
