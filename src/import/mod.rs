//! Bytes to a [`Document`]: one file per format, one that sniffs, one that cleans, one that repairs.
//!
//! This room knows no notes, no window and no disk: it is given a name and bytes. Nothing that it reads is
//! thrown away: what does not belong to the text is set aside with the reason, what the file did to the
//! text is listed as a repair that can be switched off.

mod byline;
mod characters;
mod clean;
mod encoding;
mod html;
mod lines;
mod markdown;
mod numbering;
mod plain;
mod repair;
mod sniff;
mod structure;
mod writer;

use std::fmt;
use std::sync::Arc;

pub use encoding::{OFFERED as OFFERED_ENCODINGS, encoding_name};

use crate::document::{
    Block, Document, Encoding, Faulty, Format, Metadata, Origin, Parts, Repair, RepairChoices,
};
use crate::text::{Span, Written};

/// How a file is to be read. The default reads it as it presents itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReadOptions {
    /// The encoding the reader chose, by a label of the WHATWG Encoding Standard; `None` to detect it.
    pub encoding: Option<String>,
    /// Which repairs the reader wants.
    pub repairs: RepairChoices,
    /// The format the reader chose; `None` to go by the content, then by the name.
    pub format: Option<Format>,
}

/// A document, and what the reader should know about how it was read.
#[derive(Debug)]
pub struct Imported {
    /// The document.
    pub document: Document,
    /// What was noticed.
    pub warnings: Vec<Warning>,
}

/// Why a file cannot be read: one sentence each. The caller adds which file it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// A file of a kind that is not text.
    #[error("this is {0}, which Duidu cannot read yet; save it as plain text, Markdown or HTML")]
    OtherKind(&'static str),
    /// Bytes that are no text in any encoding.
    #[error("this file holds binary data, not text")]
    Binary,
    /// Longer than positions can say.
    #[error("this file is too large: {0} bytes, and at most 4 GiB of text can be read")]
    TooLarge(u64),
    /// The reader chose an encoding of an unknown name.
    #[error("there is no encoding with the name “{0}”")]
    UnknownEncoding(String),
    /// The importer made something inconsistent: a fault of this program.
    #[error("the text was taken apart wrongly, which is a fault of Duidu: {0}")]
    Inconsistent(#[from] Faulty),
}

/// Something the reader should know about how a file was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// There is no text in it.
    Empty,
    /// Places that could not be decoded; each shows U+FFFD.
    Undecodable {
        /// The encoding it was read in.
        encoding: &'static str,
        /// How many places.
        places: u32,
    },
    /// The file declares an encoding that it is not in.
    WronglyDeclared {
        /// What it declares.
        declared: &'static str,
        /// What it was read in.
        used: &'static str,
    },
    /// The markup is nested too deeply or otherwise too heavy: read as plain text.
    MarkupTooHeavy,
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("the file holds no text"),
            Self::Undecodable { encoding, places } => {
                write!(formatter, "{places} places are not valid {encoding} and show \u{fffd}")
            }
            Self::WronglyDeclared { declared, used } => {
                write!(formatter, "the file says it is in {declared}, but it was read as {used}")
            }
            Self::MarkupTooHeavy => {
                formatter.write_str("the markup is nested too deeply, so the file is shown as plain text")
            }
        }
    }
}

/// Reads a file. `name` is its name, used where the content does not say the format.
///
/// Errors: see [`ImportError`]. A damaged file gives what could be read, with warnings.
pub fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Imported, ImportError> {
    read_part(name, bytes, options, true)
}

/// Reads the first part of a longer file, for the first pages while the rest arrives.
///
/// It is cut at the last line end, so that positions in it are those of the whole file. What depends on
/// the whole (levels of headings, the end of a saved page) can still change.
pub fn read_beginning(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Imported, ImportError> {
    read_part(name, encoding::until_last_line_end(bytes).to_vec(), options, false)
}

fn read_part(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    complete: bool,
) -> Result<Imported, ImportError> {
    let size = bytes.len() as u64;
    if bytes.len() > Span::MOST {
        return Err(ImportError::TooLarge(size));
    }
    sniff::refuse_other_kinds(&bytes)?;
    let declared = sniff::declared_encoding(name, &bytes);
    let decoded = encoding::decode(bytes, options.encoding.as_deref(), declared)?;
    if decoded.text.len() > Span::MOST {
        return Err(ImportError::TooLarge(decoded.text.len() as u64));
    }
    let format = options.format.unwrap_or_else(|| sniff::format(name, &decoded.text));
    let mut warnings = warnings_of(&decoded, declared);
    let read = read_as(format, decoded.text, &options.repairs, &mut warnings);
    let origin = Origin { format: read.format, encoding: decoded.encoding, bytes: size, complete };
    Ok(Imported { document: read.into_document(origin)?, warnings })
}

fn warnings_of(decoded: &encoding::Decoded, declared: Option<&'static str>) -> Vec<Warning> {
    let Encoding { name: used, undecodable, .. } = decoded.encoding;
    let mut warnings = Vec::new();
    if decoded.text.trim().is_empty() {
        warnings.push(Warning::Empty);
    }
    if undecodable > 0 {
        warnings.push(Warning::Undecodable { encoding: used, places: undecodable });
    }
    match declared {
        Some(declared) if declared != used && !decoded.text.is_ascii() => {
            warnings.push(Warning::WronglyDeclared { declared, used });
        }
        _ => {}
    }
    warnings
}

fn read_as(format: Format, text: String, choices: &RepairChoices, warnings: &mut Vec<Warning>) -> Read {
    let marked_up = match format {
        Format::PlainText => return plain::read(text, choices),
        Format::Markdown => markdown::read(&text),
        Format::Html => html::read(&text),
    };
    marked_up.unwrap_or_else(|TooHeavy| {
        warnings.push(Warning::MarkupTooHeavy);
        plain::read(text, choices)
    })
}

/// Markup that no reader should be asked to take apart: see the gates in [`html`] and [`markdown`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct TooHeavy;

/// What the reader of one format makes of a text.
#[derive(Debug, Default)]
struct Read {
    format: Format,
    text: String,
    blocks: Vec<Block>,
    repairs: Vec<Repair>,
    metadata: Metadata,
}

impl Read {
    fn into_document(self, origin: Origin) -> Result<Document, Faulty> {
        let Self { text, blocks, repairs, metadata, .. } = self;
        let written = written(&text, &blocks);
        Document::new(Parts { text: Arc::from(text), blocks, repairs, metadata, origin, written })
    }
}

/// How much of a text is looked at to tell its script, in bytes.
const SCRIPT_SAMPLE: usize = 200_000;

/// The script of what the document says, by its first part; what was set aside has no say.
fn written(text: &str, blocks: &[Block]) -> Written {
    let mut sample = String::new();
    for block in blocks.iter().filter(|block| block.kind.aside().is_none()) {
        if sample.len() + block.span.range().len() > SCRIPT_SAMPLE && !sample.is_empty() {
            break;
        }
        sample.push_str(block.span.of(text).unwrap_or_default());
    }
    characters::written(&sample)
}
