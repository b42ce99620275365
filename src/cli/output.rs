//! Standard output.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::store::{check_result, is_notes_file, replace};

/// Why the work ends early.
#[derive(Debug)]
pub(super) enum Failure {
    /// What was being done, why it failed, and the file.
    Told(String),
    /// Whoever read the output (`head`, a pager) has seen enough.
    NobodyListens,
}

impl Failure {
    pub(super) fn told(reason: &str) -> Self {
        Self::Told(reason.to_owned())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe => Self::NobodyListens,
            _ => Self::Told(format!("cannot write the output: {error}")),
        }
    }
}

/// Where a result is asked to go.
#[derive(Args, Debug)]
pub(super) struct Destination {
    /// Write to this file instead of standard output.
    #[arg(long, short, value_name = "FILE", visible_alias = "output")]
    pub(super) out: Option<PathBuf>,
    /// Write over the file that is there.
    #[arg(long, requires = "out")]
    pub(super) force: bool,
}

impl Destination {
    /// Where it goes. To be called before the work is done.
    ///
    /// Errors: the file is one of the `documents` that are read, or holds the notes of a document, or is there and
    /// was not said to be written over.
    pub(super) fn target(&self, documents: &[&Path]) -> Result<Target<'_>, Failure> {
        let Some(file) = self.out.as_deref() else { return Ok(Target(None)) };
        check_result(file, documents).map_err(|error| Failure::told(&error.to_string()))?;
        self.check_free(file)?;
        if file.is_file() && is_notes_file(file) {
            let reason = "the notes of a document are in this file: only notes merge can write it";
            return Err(Failure::Told(format!("{reason}: {}", file.display())));
        }
        Ok(Target(Some(file)))
    }

    /// Errors: the file is there and was not said to be written over.
    pub(super) fn check_free(&self, file: &Path) -> Result<(), Failure> {
        if file.is_file() && !self.force {
            let reason = "there is such a file already; with --force it is written over";
            return Err(Failure::Told(format!("{reason}: {}", file.display())));
        }
        Ok(())
    }
}

/// Where a result goes: a file, or standard output.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target<'a>(Option<&'a Path>);

impl Target<'_> {
    pub(super) fn is_terminal(self, out: &Out) -> bool {
        self.0.is_none() && out.terminal
    }

    /// Writes the result. As text where it is text, so that a terminal gets no control characters.
    pub(super) fn deliver(self, bytes: &[u8], out: &mut Out) -> Result<(), Failure> {
        match (self.0, std::str::from_utf8(bytes)) {
            (Some(file), _) => replace(file, bytes).map_err(|error| Failure::told(&error.to_string())),
            (None, Ok(text)) => out.text(text),
            (None, Err(_)) => out.bytes(bytes),
        }
    }
}

/// Standard output. A terminal gets no control characters from a document: they could change what it shows.
pub(super) struct Out {
    to: BufWriter<StdoutLock<'static>>,
    terminal: bool,
}

impl Out {
    pub(super) fn new() -> Self {
        let stdout = io::stdout().lock();
        Self { terminal: stdout.is_terminal(), to: BufWriter::new(stdout) }
    }

    /// Writes text and ends the line.
    pub(super) fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.text(text)?;
        Ok(self.to.write_all(b"\n")?)
    }

    /// Writes text.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        let harmful = |character: char| character.is_control() && !matches!(character, '\n' | '\t' | '\r');
        if self.terminal && text.contains(harmful) {
            return self.bytes(text.replace(harmful, "\u{fffd}").as_bytes());
        }
        self.bytes(text.as_bytes())
    }

    /// Writes bytes.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        Ok(self.to.write_all(bytes)?)
    }

    /// Writes a value as JSON.
    pub(super) fn json(&mut self, value: &serde_json::Value) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
        // JSON escapes the control characters by itself.
        self.line(&text)
    }

    /// Writes what is not written yet.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        Ok(self.to.flush()?)
    }
}
