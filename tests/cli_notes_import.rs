//! `duidu notes import`, from its arguments to what lies beside the document then.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs::{self, DirEntry};
use std::path::Path;
use std::process::{Command, Output};

const TEXT: &str = "修河倡议\n\n我们提议先在上游种树，再清理河道里的淤泥。每户认领二十棵树苗。\n";

const NOTES: &str = r#"[
  {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:1", "type": "Annotation", "created": "2024-03-05T08:15:30Z",
   "body": [{"type": "TextualBody", "value": "为什么是上游？"}, {"type": "TextualBody", "value": "水/河", "purpose": "tagging"}],
   "target": {"source": "https://a.example/he", "selector": {"type": "TextQuoteSelector", "exact": "先在上游種樹，再清理河道", "prefix": "我们提议"}}},
  {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:2", "type": "Annotation",
   "target": {"source": "https://a.example/he", "selector": {"type": "TextQuoteSelector", "exact": "每户认领二十棵树苗"}}}
]"#;

const CODES: &str = r#"<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
  <Code guid="0D62985D-B147-5D01-A9B5-CAE5DCD98342" name="水" isCodable="true"><Description>一切流动的</Description></Code>
</Codes></CodeBook>"#;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duidu"));
    command.args(arguments).env("DUIDU_HOME", folder.join("home")).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("river.txt", TEXT), ("notes.json", NOTES), ("codes.qdc", CODES)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn notes_come_once_and_are_there_then() {
    let folder = folder();
    let import = ["notes", "import", "notes.json", "river.txt"];
    let dry = run(folder.path(), &[&import[..], &["--dry-run"]].concat());
    assert_eq!(
        (dry.status.code(), folder.path().join("river.txt.duidu.ron").exists()),
        (Some(0), false),
        "{dry:?}"
    );
    assert!(said(&dry).contains("2 new (0 moved, 0 unsure, 0 lost)"), "{}", said(&dry));
    assert_eq!(run(folder.path(), &import).status.code(), Some(0));
    let kept = fs::read_to_string(folder.path().join("river.txt.duidu.ron")).unwrap();
    for words in ["先在上游种树，再清理河道", "为什么是上游？", "水/河", "每户认领二十棵树苗"]
    {
        assert!(kept.contains(words), "{words}: {kept}");
    }
    let again = run(folder.path(), &import);
    assert!(said(&again).contains("0 new") && said(&again).contains("2 there already"), "{}", said(&again));
    assert_eq!(fs::read_to_string(folder.path().join("river.txt.duidu.ron")).unwrap(), kept);
}

#[cfg(unix)]
#[test]
fn the_name_of_a_document_may_be_no_characters() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    let name = std::ffi::OsStr::from_bytes(b"river\xFF%.txt");
    fs::rename(folder.path().join("river.txt"), folder.path().join(name)).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duidu"));
        command.args(arguments).arg(name).env("DUIDU_HOME", folder.path().join("home"));
        command.current_dir(folder.path()).output().unwrap()
    };
    let output = run(&["notes", "import", "notes.json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let beside = std::ffi::OsStr::from_bytes(b"river\xFF%.txt.duidu.ron");
    assert!(folder.path().join(beside).exists());
    assert!(said(&run(&["notes", "list"])).contains("每户认领二十棵树苗"));
}

#[test]
fn the_texts_of_a_project_become_documents_with_their_notes() {
    let folder = folder();
    let work = |arguments: &[&str]| {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        said(&output)
    };
    work(&["notes", "import", "notes.json", "river.txt"]);
    work(&["notes", "export", "--format", "qdpx", "--out", "p.qdpx", "river.txt"]);
    assert!(work(&["notes", "import", "p.qdpx", "--texts", "texts"]).contains("2 new"));
    let texts: Vec<_> = fs::read_dir(folder.path().join("texts")).unwrap().flatten().collect();
    let mut names: Vec<_> = texts.iter().map(DirEntry::file_name).collect();
    names.sort();
    assert_eq!(names, ["修河倡议.txt", "修河倡议.txt.duidu.ron"]);
    let kept = work(&["notes", "list", "texts"]);
    assert!(kept.contains("为什么是上游？") && kept.contains("每户认领二十棵树苗"), "{kept}");
}

#[test]
fn codes_come_without_a_document() {
    let folder = folder();
    let output = run(folder.path(), &["notes", "import", "codes.qdc"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(said(&output).contains("codebook: 1 tags"), "{}", said(&output));
    assert!(said(&run(folder.path(), &["notes", "import", "codes.qdc"])).lines().count() == 1);
}

#[test]
fn what_is_no_file_of_notes_is_refused() {
    let folder = folder();
    let output = run(folder.path(), &["notes", "import", "river.txt", "river.txt"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), error.contains("none of the formats")), (Some(2), true), "{error}");
}

#[test]
fn codes_that_cannot_be_saved_are_no_success() {
    let folder = folder();
    let data = folder.path().join("home").join("data");
    fs::create_dir_all(&data).unwrap();
    let newer = "(format: 9, codes: [])";
    fs::write(data.join("codebook.ron"), newer).unwrap();
    let output = run(folder.path(), &["notes", "import", "codes.qdc"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), error.contains("codes cannot be saved")), (Some(2), true), "{error}");
    assert_eq!(fs::read_to_string(data.join("codebook.ron")).unwrap(), newer);
    // What is wrong with a codebook is said also where the codes come.
    fs::write(data.join("codebook.ron"), "(format: 1, codes: [").unwrap();
    let output = run(folder.path(), &["notes", "import", "codes.qdc"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), error.contains("damaged")), (Some(0), true), "{error}");
}

#[test]
fn what_holds_notes_is_not_read_as_a_document() {
    let folder = folder();
    run(folder.path(), &["notes", "import", "notes.json", "river.txt"]);
    for (format, name) in [("csv", "a.csv"), ("json-ld", "a.txt"), ("qdpx", "a.zip"), ("qdc", "a.xml")] {
        let export = ["notes", "export", "river.txt", "--format", format, "--out", name];
        assert_eq!(run(folder.path(), &export).status.code(), Some(0), "{format}");
        for work in [&["read", name][..], &["find", "水", name], &["notes", "export", name]] {
            let output = run(folder.path(), work);
            let error = String::from_utf8(output.stderr).unwrap();
            assert!(output.status.code() == Some(2) && error.contains("notes import"), "{format}: {error}");
        }
        let import = ["notes", "import", name, "river.txt", "--dry-run"];
        assert_eq!(run(folder.path(), &import).status.code(), Some(0), "{format}");
    }
}
