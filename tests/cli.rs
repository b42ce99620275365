//! The command line, from its arguments to its exit code.

mod shell;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use shell::{Desk, NOTES, Said, TEXT, json, notes_beside};

#[test]
fn help_and_version_are_given() {
    let help = Desk::new().run(&["--help"]);
    for words in ["read", "convert", "find", "notes", "Examples:", "DUIDU_HOME"] {
        assert!(help.out.contains(words), "{words}: {help:?}");
    }
    assert_eq!(help.code, 0);
    assert!(Desk::new().run(&["--version"]).out.starts_with("duidu "));
    let wrong = Desk::new().run(&["convert", "--to", "klingon"]);
    assert_eq!((wrong.code, wrong.error.contains("simplified")), (2, true), "{wrong:?}");
}

#[test]
fn a_document_is_read() {
    let (desk, _) = Desk::with("书.txt", TEXT);
    let said = desk.run(&["read", "书.txt"]);
    assert_eq!((said.code, &*said.error), (0, ""), "{said:?}");
    assert!(said.out.contains("\n村里的书不多，"), "the indent is repaired: {said:?}");
    let whole = json(&desk.run(&["read", "书.txt", "--json"]));
    assert_eq!(
        (&whole["title"], &whole["encoding"], &whole["script"]),
        (&"读书倡议".into(), &"UTF-8".into(), &"simplified".into())
    );
    let blocks = whole["blocks"].as_array().unwrap();
    let heading = blocks.iter().find(|block| block["text"] == "一、缘起").unwrap();
    assert_eq!((&heading["kind"], &heading["aside"]), (&"heading".into(), &Value::Null));
    assert!(blocks.iter().enumerate().all(|(index, block)| block["index"] == index));
    assert!(whole["repairs"].as_array().unwrap().iter().any(|repair| repair["kind"] == "indent"));
    let unrepaired = json(&desk.run(&["read", "书.txt", "--json", "--no-repairs"]));
    assert_eq!(unrepaired["repairs"], Value::Array(Vec::new()));
}

#[test]
fn links_are_listed_with_where_they_lead() {
    // Read in a process of its own, whose answer carries them.
    let text = "# 河\n\n見[河訊](https://a.example \"題\")與[上文](#河)，勿點[此](javascript:x)。\n";
    let (desk, _) = Desk::with("a.md", text);
    let whole = json(&desk.run(&["read", "a.md", "--json"]));
    let links = whole["links"].as_array().unwrap();
    assert_eq!(links.len(), 2, "{whole}");
    let first = &links[0];
    assert_eq!((&first["words"], &first["address"]), (&"河訊".into(), &"https://a.example/".into()));
    assert_eq!(
        (&first["title"], &first["block"], &first["to_block"]),
        (&"題".into(), &1.into(), &Value::Null)
    );
    let second = &links[1];
    assert_eq!(
        (&second["words"], &second["address"], &second["to_block"]),
        (&"上文".into(), &Value::Null, &0.into())
    );
    assert!(whole["warnings"][0].as_str().unwrap().contains("1 link "), "{whole}");
}

#[test]
fn the_encoding_can_be_chosen() {
    // 河 in Big5.
    let (desk, _) = Desk::with("a.txt", [0xaa, 0x65, b'\n']);
    let said = json(&desk.run(&["read", "a.txt", "--json", "--encoding", "big5"]));
    assert_eq!((&said["encoding"], &said["blocks"][0]["text"]), (&"Big5".into(), &"河".into()));
    let unknown = desk.run(&["read", "a.txt", "--encoding", "none"]);
    assert_eq!((unknown.code, unknown.error.contains("a.txt")), (2, true), "{unknown:?}");
}

#[test]
fn what_cannot_be_read_is_said_with_its_name() {
    let (desk, _) = Desk::with("a.zip", b"PK\x03\x04\x14\x00\x00\x00");
    for file in ["a.zip", "none.txt", "."] {
        let said = desk.run(&["read", file]);
        assert_eq!((said.code, &*said.out), (2, ""), "{said:?}");
        assert!(said.error.starts_with("duidu: ") && said.error.trim_end().ends_with(file), "{said:?}");
    }
}

#[test]
fn a_text_is_converted() {
    let (desk, _) = Desk::with("书.txt", TEXT);
    let check = |to: &[&str], expected: &str| {
        let arguments = [&["convert", "--to"], to].concat();
        let said = desk.run(&[&arguments[..], &["书.txt"]].concat());
        assert_eq!((said.code, &*said.error), (0, ""), "{said:?}");
        assert_eq!(said.out.lines().nth(4).unwrap(), expected);
        assert_eq!(desk.run_with_input(&arguments, TEXT.as_bytes()).out, said.out);
    };
    let characters = "　　村裏的書不多，網絡卻很快。我們願意把書送到每一戶人家。";
    check(&["zh-Hant"], characters);
    check(&["taiwan"], &characters.replace('裏', "裡"));
    check(&["ZH-TW", "--words"], &characters.replace('裏', "裡").replace("網絡", "網路"));
    check(&["as-written"], TEXT.lines().nth(4).unwrap());
    check(&["simplified"], TEXT.lines().nth(4).unwrap());
}

#[test]
fn words_are_found_in_either_script() {
    let (desk, _) = Desk::with("书.txt", TEXT);
    fs::write(desk.folder.path().join("b.txt"), "沒有\n").unwrap();
    let said = desk.run(&["find", "網絡卻", "书.txt", "b.txt"]);
    assert_eq!((said.code, &*said.error), (0, ""));
    assert_eq!(said.out, "书.txt:5: 村里的书不多，网络却很快。我们愿意把书送到每一户人家。\n");
    let exact = desk.run(&["find", "--as-written", "網絡", "书.txt"]);
    assert_eq!((exact.code, &*exact.out), (1, ""), "{exact:?}");
    assert_eq!(desk.run(&["find", "月亮", "书.txt"]).code, 1);
    // One file that cannot be read does not keep the others from being searched.
    let partly = desk.run(&["find", "书", "none.txt", "书.txt"]);
    assert_eq!((partly.code, partly.out.lines().count()), (2, 4), "{partly:?}");
    assert_eq!(desk.run(&["find", " ", "书.txt"]).code, 2);
}

#[test]
fn notes_are_listed_exported_and_checked() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    assert_eq!(desk.run(&["notes", "list", "书.txt"]).code, 1);
    assert_eq!(desk.run(&["notes", "check", "书.txt"]).code, 0);
    notes_beside(&document, NOTES);
    let list = desk.run(&["notes", "list", "书.txt"]);
    assert_eq!(list.code, 0, "{list:?}");
    for words in ["网络却很快", "村/网", "    多快？"] {
        assert!(list.out.contains(words), "{list:?}");
    }
    let listed = json(&desk.run(&["notes", "list", "书.txt", "--json"]));
    assert_eq!(listed[0]["quote"], "网络却很快");
    let written = desk.run(&["notes", "list", "书.txt", "-o", "list.json"]);
    assert_eq!((written.code, &*written.out, &*written.error), (0, "", ""), "the ending says the format");
    let read = fs::read_to_string(desk.folder.path().join("list.json")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&read).unwrap(), listed);
    assert_eq!(desk.run(&["notes", "list", "书.txt", "--format", "text"]).out, list.out);
    assert_eq!(desk.run(&["notes", "list", "书.txt", "-o", "list.json"]).code, 2, "it is there already");
    assert_eq!(desk.run(&["notes", "list", "书.txt", "--text", "月亮", "-o", "none.txt"]).code, 1);
    assert!(!desk.folder.path().join("none.txt").exists());
    let export = desk.run(&["notes", "export", "书.txt", "--to", "taiwan"]);
    assert!(export.code == 0 && export.out.contains("網絡卻很快"), "{export:?}");
    let to_file = desk.run(&["notes", "export", "书.txt", "--format", "csv", "-o", "out.csv"]);
    assert_eq!((to_file.code, &*to_file.out), (0, ""), "{to_file:?}");
    assert!(fs::read_to_string(desk.folder.path().join("out.csv")).unwrap().contains("网络却很快"));
}

#[test]
fn notes_of_a_folder_are_listed_by_tag_and_words() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    notes_beside(&document, NOTES);
    let deeper = desk.folder.path().join("papers");
    fs::create_dir(&deeper).unwrap();
    fs::write(deeper.join("又.txt"), TEXT).unwrap();
    fs::write(deeper.join("空.txt"), TEXT).unwrap();
    notes_beside(&deeper.join("又.txt"), &NOTES.replace("村/网", "山").replace("多快？", "慢"));
    let check = |arguments: &[&str], expected: &[&str]| {
        let said = desk.run(&[&["notes", "list", "--json", "."], arguments].concat());
        let listed = json(&said);
        let texts: Vec<&str> =
            listed.as_array().unwrap().iter().filter_map(|note| note["text"].as_str()).collect();
        assert_eq!(
            (texts.as_slice(), said.code),
            (expected, i32::from(expected.is_empty())),
            "{arguments:?}"
        );
    };
    check(&[], &["慢", "多快？"]);
    check(&["--tag", "村"], &["多快？"]);
    check(&["--tag", "村", "--tag", "山"], &[]);
    check(&["--text", "網絡 慢"], &["慢"]);
    let named = desk.run(&["notes", "list", "."]);
    assert!(named.out.contains("又.txt:") && named.out.contains("书.txt:"), "{named:?}");
}

#[test]
fn notes_of_several_documents_are_exported_in_every_format() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    notes_beside(&document, NOTES);
    let other = desk.folder.path().join("渠.txt");
    fs::write(&other, "先修渠，再种树。\n").unwrap();
    let tagged = NOTES.replace("网络却很快", "再种树").replace("村/网", "水/渠");
    notes_beside(&other, &tagged);
    let export = |more: &[&str]| desk.run(&[&["notes", "export", "书.txt", "渠.txt"], more].concat());
    for format in ["markdown", "html", "csv", "text", "ron", "json-ld"] {
        let said = export(&["--format", format]);
        assert!(said.code == 0 && said.out.contains("网络却很快") && said.out.contains("再种树"), "{said:?}");
        assert!(!said.out.contains(&*desk.folder.path().to_string_lossy()), "{format} names a folder");
    }
    for format in ["docx", "docx-comments", "xlsx", "qdpx"] {
        let file = format!("out.{format}");
        assert_eq!(export(&["--format", format, "--out", &file]).code, 0);
        assert!(fs::read(desk.folder.path().join(file)).unwrap().starts_with(b"PK"));
    }
    let tagged = export(&["--tag", "水", "--group", "tag"]);
    assert!(tagged.out.contains("## 水/渠") && !tagged.out.contains("网络"), "{tagged:?}");
    assert_eq!(export(&["--tag", "山"]).code, 1);
}

#[test]
fn notes_are_exported_through_templates() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    notes_beside(&document, NOTES);
    let export = |template: &str| {
        desk.run(&["notes", "export", "书.txt", "--format", "template", "--template", template])
    };
    let vault = export("vault");
    assert!(vault.out.starts_with("---\n") && vault.out.contains("#村/网"), "{vault:?}");
    fs::write(desk.folder.path().join("own.txt.j2"), "{% for note in notes %}{{ note.quote }}！{% endfor %}")
        .unwrap();
    assert_eq!(export("own.txt.j2").out, "网络却很快！");
    fs::write(desk.folder.path().join("bad.md.j2"), "一\n{{ notes | nothing }}").unwrap();
    let bad = export("bad.md.j2");
    assert!(bad.code == 2 && bad.error.contains("bad.md.j2, line 2"), "{bad:?}");
    assert!(export("missing").error.contains("reading-notes"));
}

#[test]
fn notes_are_not_exported_over_the_document() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    notes_beside(&document, NOTES);
    for target in ["书.txt", "./书.txt"] {
        let said = desk.run(&["notes", "export", "书.txt", "-o", target]);
        assert_eq!((said.code, said.error.trim_end().ends_with(target)), (2, true), "{said:?}");
    }
    assert_eq!(fs::read_to_string(&document).unwrap(), TEXT);
}

#[test]
fn two_files_of_notes_are_joined_and_both_texts_stay() {
    let note = |text: &str, changed: &str| {
        format!(
            "(format: 1, notes: [(id: \"00000000-0000-0000-0000-000000000001\", quote: \"网络\", text: \"{text}\", \
             changed: \"2026-01-0{changed}T00:00:00Z\")])"
        )
    };
    let desk = Desk::new();
    let write = |name: &str, text: &str| fs::write(desk.folder.path().join(name), text).unwrap();
    write("base.ron", &note("快", "1"));
    write("left.ron", &note("快慢", "2"));
    write("right.ron", &note("多快", "3"));
    let merged =
        desk.run(&["notes", "merge", "left.ron", "right.ron", "--base", "base.ron", "--out", "out.ron"]);
    assert_eq!((merged.code, merged.error.contains("1 of 1 notes")), (0, true), "{merged:?}");
    let text = fs::read_to_string(desk.folder.path().join("out.ron")).unwrap();
    assert!(text.contains("text: \"多快\"") && text.contains("conflicts: [(text: \"快慢\""), "{text}");
    // What only one of them changed is no conflict.
    let one = desk.run(&["notes", "merge", "base.ron", "right.ron", "--base", "base.ron"]);
    assert!(one.out.contains("多快") && !one.out.contains("conflicts"), "{one:?}");
    assert_eq!(desk.run(&["notes", "merge", "left.ron", "none.ron"]).code, 2);
}

#[test]
fn a_check_looks_at_all_that_belongs_to_the_notes() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    notes_beside(&document, NOTES);
    fs::copy(desk.folder.path().join("书.txt.duidu.ron"), desk.folder.path().join("书.txt.duidu (1).ron"))
        .unwrap();
    let said = desk.run(&["notes", "check", "书.txt.duidu.ron"]);
    for words in ["written by hand", "1 exact", "copy by a cloud drive", "earlier versions: 0"] {
        assert!(said.out.contains(words), "{words}: {said:?}");
    }
    assert_eq!(said.code, 1);
    fs::remove_file(&document).unwrap();
    assert!(desk.run(&["notes", "check", "书.txt.duidu.ron"]).out.contains("the document is not there"));
}

#[test]
fn a_check_looks_at_notes_in_the_data_folder_and_at_earlier_versions() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    notes_beside(&document, NOTES);
    let merge = |other: &str| {
        let other = desk.folder.path().join(other);
        fs::write(&other, "(format: 1, notes: [])").unwrap();
        let (notes, other) = ("书.txt.duidu.ron", other.display().to_string());
        assert_eq!(desk.run(&["notes", "merge", notes, &other, "--out", notes, "--force"]).code, 0);
    };
    merge("empty.ron");
    let generations = files_in(&desk.folder.path().join("home"), "generations");
    assert_eq!(generations.len(), 2, "the one before, and what was written: {generations:?}");
    assert_eq!(desk.run(&["notes", "check", "书.txt"]).code, 0);
    let ordinary = generations.iter().find(|path| !path.to_string_lossy().contains("before")).unwrap();
    fs::write(ordinary, "(format: 1, no").unwrap();
    let said = desk.run(&["notes", "check", "书.txt"]);
    assert_eq!((said.code, said.out.contains("earlier version that is damaged")), (1, true), "{said:?}");
}

#[test]
fn passages_of_documents_whose_place_is_not_said_are_known_by_their_text() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    desk.put("渠.txt", "先修渠。");
    let text = "0".repeat(64);
    let answers = format!("answers: [(document: \"{text}\", title: \"修渠\", quote: \"修渠\")], text:");
    notes_beside(&document, &NOTES.replace("text:", &answers));
    let check = || desk.run(&["notes", "check", "书.txt"]);
    let said = check();
    assert_eq!((said.code, said.out.contains("not known here: 修渠")), (0, true), "{said:?}");
    let place = desk.place("渠.txt");
    fs::create_dir_all(desk.at("home/data")).unwrap();
    let documents = format!("(format: 1, documents: [(place: {place}, document: \"{text}\")])");
    desk.put("home/data/library.ron", documents);
    assert!(check().out.contains("渠.txt"), "{:?}", check());
}

#[test]
fn a_check_says_what_notes_point_to_and_is_not_there() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    desk.put("渠.txt", "今年先修渠，再种树。");
    let (id, nowhere) = ("0198a3c2-7c1e-7000-8000-3d1f2a4b5c6d", "0198a3c2-7c1e-7000-8000-3d1f2a4b5c6e");
    let check = |answers: &str, said: &str| {
        let more = format!("id: \"{id}\", answers: [{answers}], text: \"{said}\"");
        notes_beside(&document, &NOTES.replace("text: \"多快？\"", &more));
        desk.run(&["notes", "check", "书.txt"])
    };
    let place = desk.place("渠.txt");
    let passage =
        |quote: &str| format!("(place: {place}, document: \"{}\", quote: \"{quote}\")", "0".repeat(64));
    let whole = check(&passage("今年先修渠，再种树"), &format!("见[x](note:{id})"));
    assert!(whole.code == 0 && whole.out.contains("has changed since (1 exact, "), "{whole:?}");
    let wrong = [
        (
            passage("月亮出来了照着河"),
            String::new(),
            "has changed since (0 exact, 0 moved, 0 unsure, 1 lost)",
        ),
        (
            "(document: \"9d3c\", quote: \"渠\")".to_owned(),
            String::new(),
            "1 passages of other documents that cannot",
        ),
        (String::new(), format!("见[x](note:{nowhere})"), nowhere),
    ];
    for (answers, text, expected) in wrong {
        let said = check(&answers, &text);
        assert_eq!((said.code, said.out.contains(expected)), (1, true), "{said:?}");
    }
    // Another document of the library has the note, be it in the trash.
    let other = format!(
        "(format: 1, notes: [], trash: [(id: \"{nowhere}\", quote: \"渠\", trashed: \"2026-01-01T00:00:00Z\")])"
    );
    notes_beside(&desk.at("渠.txt"), &other);
    fs::create_dir_all(desk.at("home/data")).unwrap();
    desk.put("home/data/library.ron", format!("(format: 1, documents: [(place: {place})])"));
    let known = check("", &format!("见[x](note:{nowhere})"));
    assert_eq!(known.code, 0, "{known:?}");
}

/// The files within `folder` that lie in a folder of that name, or below it.
fn files_in(folder: &Path, name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|path| path.to_string_lossy().contains(&format!("/{name}/")));
    files.chain(folders.iter().flat_map(|folder| files_in(folder, name))).collect()
}

#[test]
fn no_file_is_written_over_unless_that_was_said() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    notes_beside(&document, NOTES);
    let there = desk.folder.path().join("there.md");
    fs::write(&there, "mine").unwrap();
    let export = |more: &[&str]| desk.run(&[&["notes", "export", "书.txt", "--out"], more].concat());
    let refused = export(&["there.md"]);
    assert_eq!((refused.code, refused.error.contains("--force")), (2, true), "{refused:?}");
    assert_eq!(fs::read_to_string(&there).unwrap(), "mine");
    assert_eq!(export(&["there.md", "--force"]).code, 0);
    assert!(fs::read_to_string(&there).unwrap().contains("网络却很快"));
    let notes = "书.txt.duidu.ron";
    for asked in [&["--format", "ron", notes, "--force"][..], &[notes]] {
        let asked: Vec<&str> = asked.iter().copied().filter(|word| *word != notes).collect();
        let said = desk.run(&[&["notes", "export", "书.txt"], &*asked, &["--out", notes]].concat());
        assert_eq!(said.code, 2, "{said:?}");
    }
    assert_eq!(desk.run(&["notes", "merge", notes, notes, "--out", notes]).code, 2);
    assert_eq!(fs::read_to_string(desk.folder.path().join(notes)).unwrap(), NOTES);
}

#[test]
fn what_is_wrong_with_notes_is_said_and_left_alone() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    for (notes, reason) in [("(format: 1, notes: [", "damaged"), ("(format: 7, notes: [])", "newer version")]
    {
        notes_beside(&document, notes);
        let said = desk.run(&["notes", "check", "书.txt"]);
        assert_eq!((said.code, said.out.contains(reason)), (1, true), "{said:?}");
    }
    notes_beside(&document, "(format: 1, notes: [(quote: \"月亮出來了，照著河。\")])");
    let lost = desk.run(&["notes", "check", "书.txt"]);
    assert_eq!((lost.code, lost.out.contains("1 lost")), (1, true), "{lost:?}");
    let names = fs::read_dir(desk.folder.path()).unwrap().count();
    assert_eq!(names, 2, "nothing else was written, not even a home");
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let (desk, _) = Desk::with("书.txt", TEXT.repeat(20_000));
    let mut child =
        desk.command(&["read", "书.txt"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let said = Said::from(child.wait_with_output().unwrap());
    assert_eq!((said.code, &*said.error), (0, ""), "{said:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let (desk, document) = Desk::with("书.txt", TEXT);
    notes_beside(&document, NOTES);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let said = Said::from(desk.command(&["read", "书.txt"]).stdout(full).output().unwrap());
    assert_eq!((said.code, said.error.contains("No space left")), (2, true), "{said:?}");
}

#[cfg(not(feature = "window"))]
#[test]
fn without_a_window_that_is_said() {
    let said = Desk::new().run(&[]);
    assert_eq!((said.code, said.error.contains("without its window")), (2, true), "{said:?}");
}

#[test]
fn find_looks_into_the_whole_library() {
    let (desk, path) = Desk::with("书.txt", TEXT);
    let other = desk.folder.path().join("b.txt");
    fs::write(&other, "網絡很慢。\n").unwrap();
    assert_eq!(desk.run(&["find", "--library", "網絡"]).code, 2);
    let places = [path, other].map(|path| format!("(place: {:?})", fs::canonicalize(path).unwrap()));
    let data = desk.folder.path().join("home").join("data");
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("library.ron"), format!("(format: 1, documents: [{}])", places.join(", "))).unwrap();
    let said = desk.run(&["find", "--library", "網絡 接着 -慢"]);
    let lines: Vec<&str> = said.out.lines().map(|line| line.rsplit('/').next().unwrap()).collect();
    assert_eq!(
        lines,
        [
            "书.txt:5: 村里的书不多，网络却很快。我们愿意把书送到每一户人家。",
            "书.txt:9: 每月读一本书，后来的人接着读。"
        ]
    );
    assert_eq!(desk.run(&["find", "--library", "網絡"]).out.lines().count(), 2);
    assert_eq!(desk.run(&["find", "--library", "月亮"]).code, 1);
    assert_eq!(desk.run(&["find", "--library", "-慢", "书.txt"]).code, 2);
}
