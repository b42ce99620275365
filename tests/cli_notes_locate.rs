//! `duidu notes locate`, from its arguments to its exit code.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

const NOW: &str = "前言。先在上游种树，再清理河道里的淤泥，费用由各户均摊。\n";

const NOTES: &str = "(format: 1, notes: [
    (quote: \"再清理河道裡的淤泥\", before: \"先在上游種樹，\", after: \"，費用由各戶均攤。\"),
    (quote: \"書屋每週開放三次\"),
])";

/// The exit code, and what was said on standard output.
fn locate(folder: &Path, notes: &str) -> (i32, String) {
    fs::write(folder.join("a.ron"), notes).unwrap();
    fs::write(folder.join("now.txt"), NOW).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_duidu"));
    command.args(["notes", "locate", "a.ron", "now.txt", "--json"]);
    let output = command.env("DUIDU_HOME", folder.join("home")).current_dir(folder).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn says_of_each_note_where_it_is_in_bytes_and_in_code_points() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = locate(folder.path(), NOTES);
    let said: Vec<Value> = serde_json::from_str(&said).unwrap();
    let start = NOW.find("再清理").unwrap();
    assert_eq!(said[0]["state"], "exact");
    assert_eq!(said[0]["span"], json!([start, start + "再清理河道里的淤泥".len()]));
    assert_eq!(said[0]["code_points"], json!([10, 19]));
    assert_eq!(said[0]["likeness"], json!(1.0));
    assert_eq!((&said[1]["state"], &said[1]["span"]), (&json!("lost"), &Value::Null));
    assert_eq!((code, said.len()), (1, 2));
}

#[test]
fn a_file_that_is_no_file_of_notes_is_told() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(locate(folder.path(), "[1]"), (2, String::new()));
}
