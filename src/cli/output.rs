//! Standard output.

use std::borrow::Cow;
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::complain;
use crate::store::{Home, check_result, is_stream, write_result};

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

    /// Says it, so that the other documents can be worked on all the same.
    ///
    /// Errors: nobody listens any more.
    pub(super) fn say(self) -> Result<(), Self> {
        match self {
            Self::Told(reason) => {
                complain(&reason);
                Ok(())
            }
            Self::NobodyListens => Err(self),
        }
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
    /// Write to this file instead of standard output, which - is too.
    #[arg(long, short, value_name = "FILE", visible_alias = "output")]
    pub(super) out: Option<PathBuf>,
    /// Write over the file that is there.
    #[arg(long, requires = "out")]
    pub(super) force: bool,
}

impl Destination {
    /// Where it goes. To be called before the work is done.
    ///
    /// Errors: the file is one of the `documents` that are read, or is where notes or what else the program keeps
    /// would be, or is there and was not said to be written over.
    pub(super) fn target(&self, documents: &[&Path], home: &Home) -> Result<Target<'_>, Failure> {
        let Some(file) = self.file() else { return Ok(Target(None)) };
        check_result(file, documents, home).map_err(|error| Failure::told(&error.to_string()))?;
        self.check_free(file)?;
        Ok(Target(Some(file)))
    }

    /// The file, where it is not standard output.
    fn file(&self) -> Option<&Path> {
        self.out.as_deref().filter(|file| *file != Path::new(STANDARD))
    }

    /// Errors: the file is there and was not said to be written over.
    pub(super) fn check_free(&self, file: &Path) -> Result<(), Failure> {
        if fs::symlink_metadata(file).is_ok() && !is_stream(file) && !self.force {
            let reason = "there is such a file already; with --force it is written over";
            return Err(Failure::Told(format!("{reason}: {}", file.display())));
        }
        Ok(())
    }

    /// The format that is asked for by name, or else by the ending of the file to write, or else the usual one.
    ///
    /// Errors: no format has this ending.
    pub(super) fn format<Format>(
        &self,
        named: Option<Format>,
        usual: Format,
        ending_in: impl Fn(&str) -> Option<Format>,
    ) -> Result<Format, Failure> {
        let ending = self.file().and_then(Path::extension).map(|ending| ending.to_string_lossy());
        match (named, ending) {
            (Some(format), _) => Ok(format),
            (None, None) => Ok(usual),
            (None, Some(ending)) => ending_in(&ending)
                .ok_or_else(|| Failure::Told(format!("no format ends in .{ending}: name one with --format"))),
        }
    }
}

/// What stands for standard output, or input, in the place of a file.
pub(super) const STANDARD: &str = "-";

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
            (Some(file), _) if is_stream(file) => {
                Ok(OpenOptions::new().write(true).open(file)?.write_all(bytes)?)
            }
            (Some(file), _) => write_result(file, bytes).map_err(|error| Failure::told(&error.to_string())),
            (None, Ok(text)) => out.text(text),
            (None, Err(_)) => out.bytes(bytes),
        }
    }
}

/// The text as it may go to a terminal, if it goes to one: without what would change what that shows.
pub(super) fn harmless(text: &str, terminal: bool) -> Cow<'_, str> {
    let harmful = |character: char| character.is_control() && !matches!(character, '\n' | '\t' | '\r');
    if terminal && text.contains(harmful) {
        Cow::Owned(text.replace(harmful, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A value as lines of JSON, which escapes control characters by itself.
pub(super) fn json_text(value: &serde_json::Value) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
    Ok(text + "\n")
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
        self.bytes(harmless(text, self.terminal).as_bytes())
    }

    /// Writes bytes.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        Ok(self.to.write_all(bytes)?)
    }

    /// Writes a value as JSON.
    pub(super) fn json(&mut self, value: &serde_json::Value) -> Result<(), Failure> {
        self.text(&json_text(value)?)
    }

    /// Writes what is not written yet.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.to.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_no_control_characters() {
        assert_eq!(harmless("河\u{1b}[31m\t\u{9b}1m\r\n", true), "河\u{fffd}[31m\t\u{fffd}1m\r\n");
        assert_eq!(harmless("\u{1b}[31m", false), "\u{1b}[31m");
    }
}
