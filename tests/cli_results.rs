//! What the command line writes: where it may go, and in which format.

mod shell;

use std::fs;

use shell::{Desk, NOTES, TEXT, notes_beside};

/// A document with notes.
fn desk() -> Desk {
    let (desk, document) = Desk::with("书.txt", TEXT);
    notes_beside(&document, NOTES);
    desk
}

#[cfg(unix)]
#[test]
fn no_link_leads_to_notes_or_to_what_is_the_programs_own() {
    use std::os::unix::fs::symlink;
    let desk = desk();
    desk.put("渠.txt", "先修渠，再种树。\n");
    fs::create_dir_all(desk.at("home/data")).unwrap();
    for (kept, link) in [
        ("书.txt.duidu.ron", "notes.md"),
        ("书.txt ⇄ 渠.txt.duidu-compare.ron", "verdicts.md"),
        ("home/data/codebook.ron", "codes.md"),
    ] {
        if !desk.at(kept).exists() {
            desk.put(kept, "kept");
        }
        let before = desk.text(kept);
        symlink(kept, desk.at(link)).unwrap();
        for out in [kept, link] {
            for work in
                [&["notes", "export", "书.txt"][..], &["compare", "书.txt", "渠.txt", "--format", "md"]]
            {
                let said = desk.run(&[work, &["--force", "--out", out]].concat());
                assert_eq!((said.code, said.error.contains(out)), (2, true), "{said:?}");
                assert_eq!(desk.text(kept), before, "{out}");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_through_and_stays_a_pipe() {
    use std::os::unix::fs::FileTypeExt;
    let desk = desk();
    let made = std::process::Command::new("mkfifo").arg(desk.at("pipe")).status().unwrap();
    assert!(made.success());
    let pipe = desk.at("pipe");
    let reading = std::thread::spawn(move || fs::read_to_string(pipe).unwrap());
    let said = desk.run(&["notes", "export", "书.txt", "--out", "pipe"]);
    assert_eq!((said.code, &*said.error), (0, ""), "{said:?}");
    assert!(fs::symlink_metadata(desk.at("pipe")).unwrap().file_type().is_fifo());
    assert!(reading.join().unwrap().contains("网络却很快"));
}

#[cfg(unix)]
#[test]
fn what_is_there_is_written_over_only_where_that_was_said() {
    let desk = desk();
    fs::create_dir(desk.at("folder.md")).unwrap();
    std::os::unix::fs::symlink("nowhere.md", desk.at("link.md")).unwrap();
    for there in ["folder.md", "link.md"] {
        let said = desk.run(&["notes", "export", "书.txt", "--out", there]);
        assert_eq!((said.code, said.error.contains("--force")), (2, true), "{said:?}");
    }
    let folder = desk.run(&["notes", "export", "书.txt", "--force", "--out", "folder.md"]);
    assert_eq!((folder.code, folder.error.contains("not an ordinary file")), (2, true), "{folder:?}");
    assert_eq!(desk.run(&["notes", "export", "书.txt", "--force", "--out", "link.md"]).code, 0);
    assert!(desk.text("nowhere.md").contains("网络却很快"));
}

#[test]
fn a_dash_is_standard_output_and_input() {
    let desk = desk();
    desk.put("渠.txt", TEXT);
    for work in [&["notes", "export", "书.txt"][..], &["compare", "书.txt", "渠.txt"]] {
        let said = desk.run(&[work, &["--out", "-"]].concat());
        assert!(said.code == 0 && said.out.contains("网络却很快"), "{said:?}");
    }
    assert!(!desk.at("-").exists());
    let notes = desk.run(&["notes", "export", "书.txt", "--format", "json-ld"]).out;
    let said = desk.run_with_input(&["notes", "import", "-", "渠.txt"], notes.as_bytes());
    assert!(said.code == 0 && said.out.contains("1 new"), "{said:?}");
    assert!(desk.run(&["notes", "list", "渠.txt"]).out.contains("多快？"));
}

#[test]
fn notes_are_exported_in_the_format_of_the_ending() {
    let desk = desk();
    let check = |name: &str, more: &[&str], begins: &[u8]| {
        let said = desk.run(&[&["notes", "export", "书.txt", "--out", name], more].concat());
        assert_eq!((said.code, &*said.error), (0, ""), "{said:?}");
        let written = fs::read(desk.at(name)).unwrap();
        assert!(written.starts_with(begins), "{name}: {}", String::from_utf8_lossy(&written));
    };
    check("a.docx", &[], b"PK\x03\x04");
    check("a.XLSX", &[], b"PK\x03\x04");
    check("a.qdpx", &[], b"PK\x03\x04");
    check("a.htm", &[], b"<!DOCTYPE html>");
    check("a.csv", &[], "\u{FEFF}".as_bytes());
    check("a.json", &[], b"{");
    check("a.jsonld", &[], b"{");
    check("a.md", &[], b"# ");
    check("plain", &[], b"# ");
    check("b.txt", &["--format", "MD"], b"# ");
    check("b.docx", &["--format", "docx-comments", "--author", "林"], b"PK\x03\x04");
    check("b.md", &["--template", "vault"], b"---\n");
    let unknown = desk.run(&["notes", "export", "书.txt", "--out", "a.pdf"]);
    assert_eq!((unknown.code, unknown.error.contains(".pdf")), (2, true), "{unknown:?}");
    for name in ["json-ld", "jsonld", "json", "JSON-LD"] {
        let import = desk.run(&["notes", "import", "a.json", "书.txt", "--dry-run", "--format", name]);
        assert_eq!(import.code, 0, "{import:?}");
    }
}

#[test]
fn what_would_do_nothing_is_refused() {
    let desk = desk();
    for nothing in [
        &["--template", "vault", "--format", "csv"][..],
        &["--words"],
        &["--both"],
        &["--author", "林"],
        &["--author", "林", "--format", "docx"],
    ] {
        let said = desk.run(&[&["notes", "export", "书.txt"], nothing].concat());
        assert_eq!((said.code, said.error.contains("--")), (2, true), "{said:?}");
    }
    assert_eq!(desk.run(&["notes", "export", "书.txt", "--to", "taiwan", "--words", "--both"]).code, 0);
    let compare = ["compare", "书.txt", "书.txt", "--words"];
    let said = desk.run(&compare);
    assert_eq!((said.code, said.error.contains("--left-script")), (2, true), "{said:?}");
    assert_eq!(desk.run(&[&compare[..], &["--right-script", "taiwan"]].concat()).code, 0);
}

#[test]
fn a_comparison_does_not_say_where_the_documents_lie() {
    let desk = desk();
    desk.put("渠.txt", TEXT);
    let [left, right] = ["书.txt", "渠.txt"].map(|name| desk.at(name).display().to_string());
    let folder = desk.folder.path().display().to_string();
    for format in ["md", "json", "html", "csv"] {
        let compare = ["compare", &left, &right, "--format", format];
        let said = desk.run(&compare);
        assert!(said.code == 0 && !said.out.contains(&folder), "{said:?}");
    }
    assert!(desk.run(&["compare", &left, &right, "--format", "json", "--paths"]).out.contains(&folder));
}
