//! Standard output.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};
use std::path::Path;

use crate::store::{check_result, replace};

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

/// Where a result goes: a file, or standard output.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target<'a>(Option<&'a Path>);

impl<'a> Target<'a> {
    /// To be made before the work is done.
    ///
    /// Errors: the file is one of the `documents` that are read.
    pub(super) fn new(file: Option<&'a Path>, documents: &[&Path]) -> Result<Self, Failure> {
        match file.map(|file| check_result(file, documents)) {
            Some(Err(error)) => Err(Failure::told(&error.to_string())),
            None | Some(Ok(())) => Ok(Self(file)),
        }
    }

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
