//! The program as it is run from a shell, in a folder of its own.
#![allow(dead_code, reason = "not every file of tests uses all of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub(crate) const TEXT: &str = "读书倡议\n\n一、缘起\n\n　　村里的书不多，网络却很快。我们愿意把书送到每一户人家。\n\n二、行动\n\n　　每月读一本书，后来的人接着读。\n";

/// A folder of its own for documents and for everything that the program keeps.
pub(crate) struct Desk {
    pub(crate) folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn with(name: &str, bytes: impl AsRef<[u8]>) -> (Self, PathBuf) {
        let desk = Self::new();
        let path = desk.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        (desk, path)
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.at(name), bytes).unwrap();
        self.at(name)
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }

    /// Where a file lies, as RON has it.
    pub(crate) fn place(&self, name: &str) -> String {
        format!("{:?}", fs::canonicalize(self.at(name)).unwrap().to_str().unwrap())
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duidu"));
        command
            .args(arguments)
            .env("DUIDU_HOME", self.folder.path().join("home"))
            .current_dir(self.folder.path());
        command.stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        Said::from(self.command(arguments).output().unwrap())
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Said {
        let mut command = self.command(arguments);
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Said::from(child.wait_with_output().unwrap())
    }
}

#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) error: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), out: text(output.stdout), error: text(output.stderr) }
    }
}

pub(crate) fn json(said: &Said) -> Value {
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
}

pub(crate) fn notes_beside(document: &Path, notes: &str) {
    let mut path = document.as_os_str().to_owned();
    path.push(".duidu.ron");
    fs::write(path, notes).unwrap();
}

pub(crate) const NOTES: &str = "(format: 1, notes: [
    (quote: \"网络却很快\", before: \"村里的书不多，\", after: \"。我们愿意\", tags: [\"村/网\"], colour: \"green\", text: \"多快？\"),
])";
