//! Bytes to a [`Document`]: one file per format, one that sniffs, one that cleans, one that repairs.
//!
//! This room knows no notes, no window and no disk: it is given a name and bytes. Nothing that it reads is
//! thrown away: what does not belong to the text is set aside with the reason, what the file did to the
//! text is listed as a repair that can be switched off.

mod archive;
mod beside;
mod byline;
pub(crate) mod characters;
mod clean;
mod counting;
mod docx;
mod encoding;
mod epub;
mod error;
mod finish;
mod formula;
mod html;
mod hyperlinks;
#[cfg(test)]
mod hyperlinks_tests;
mod issue;
mod job;
mod joined;
mod limits;
mod lines;
mod locked;
mod looks;
mod mail;
mod mail_words;
mod markdown;
mod mathml;
mod mbox;
mod mhtml;
mod numbering;
mod odt;
#[cfg(test)]
mod packed_tests;
mod password;
mod pdf;
mod plain;
mod raised;
mod repair;
mod rtf;
mod sniff;
mod structure;
mod style_names;
mod symbols;
mod table_columns;
mod tables;
mod tally;
#[cfg(test)]
mod testing;
mod ties;
mod torn;
mod warning;
mod word_fields;
mod writer;
mod xml;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use beside::{Beside, folders_beside, may_belong_to_page, referred};
pub(crate) use encoding::text_in;
pub use encoding::{OFFERED as OFFERED_ENCODINGS, encoding_name};
pub use error::{ImportError, Limit, OtherKind, Remedy};
pub use markdown::is_nested_too_deeply;
pub use password::Password;
pub use warning::{Unread, Warning};
pub(crate) use xml::too_heavy;

use job::Job;
use sniff::{Signature, Sniffed};

use crate::document::{
    Block, BlockKind, Comment, Document, Encoding, FootnoteLink, Format, Hyperlink, Metadata, Origin,
    PageStart, Parts, Repair, RepairChoices, Table,
};
use crate::text::{Span, Written, saturate};

/// The endings of the names of documents: for whoever looks for them. What a file is, its content says; one
/// without any ending may be a document too.
pub const ENDINGS: [&str; 16] = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "mht", "mhtml", "eml", "epub", "docx", "odt",
    "fodt", "rtf", "pdf",
];

/// A longer file of text is shown from its beginning before all of it is read, in bytes.
pub const LONG: usize = 512 * 1024;

/// So much of it is read first, in bytes.
pub const BEGINNING: usize = 256 * 1024;

/// How a file is to be read. The default reads it as it presents itself.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ReadOptions {
    /// The encoding the reader chose, by a label of the WHATWG Encoding Standard; `None` to detect it.
    pub encoding: Option<String>,
    /// Which repairs the reader wants.
    pub repairs: RepairChoices,
    /// The format the reader chose; `None` to go by the content, then by the name.
    pub format: Option<Format>,
    /// The password of an encrypted file.
    pub password: Option<Password>,
    /// What lies beside a page that a browser saved.
    #[serde(skip)]
    pub beside: Beside,
}

impl ReadOptions {
    /// The same, but nothing of the file is taken for markup.
    #[must_use]
    pub fn as_plain_text(&self) -> Self {
        Self { format: Some(Format::PlainText), ..self.clone() }
    }
}

/// A document, and what the reader should know about how it was read.
#[derive(Debug)]
pub struct Imported {
    /// The document.
    pub document: Document,
    /// What was noticed.
    pub warnings: Vec<Warning>,
    /// What others noted in the file itself, in order of the text.
    pub comments: Vec<Comment>,
}

/// What is told while a file is read.
#[derive(Debug)]
pub enum News {
    /// The first pages, to be shown while the rest is read. Positions in them are those of the whole.
    Beginning(Box<Imported>),
    /// So much was read: `done` of `of` pages, chapters or whatever the format has.
    Progress {
        /// How much.
        done: u32,
        /// Of how much.
        of: u32,
    },
}

impl Imported {
    /// Whether the file may be damaged or cut off: then its text says nothing of where notes have gone.
    pub fn may_be_damaged(&self) -> bool {
        self.warnings.iter().any(Warning::is_of_damage)
    }
}

/// Reads a file. `name` is its name, used where the content does not say the format.
///
/// Errors: see [`ImportError`]. A damaged file gives what could be read, with warnings.
pub fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Imported, ImportError> {
    read_telling(name, bytes, options, &mut |_| {})
}

/// Reads a file, and tells meanwhile what was read of it: otherwise as [`read`].
pub fn read_telling(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    tell: &mut dyn FnMut(News),
) -> Result<Imported, ImportError> {
    match sniff::sniff(&bytes, options.format) {
        Sniffed::Other(kind) => Err(ImportError::OtherKind(kind)),
        Sniffed::Text => {
            tell_beginning(name, &bytes, options, tell);
            read_text(name, bytes, options, true)
        }
        Sniffed::Packed(format) => read_packed(format, &bytes, options, tell),
        Sniffed::Locked => {
            let opened = locked::opened(&bytes, options.password.as_ref())?;
            drop(bytes);
            read_opened(&opened, options, tell)
        }
    }
}

/// Reads the file that lay encrypted in another one.
fn read_opened(
    bytes: &[u8],
    options: &ReadOptions,
    tell: &mut dyn FnMut(News),
) -> Result<Imported, ImportError> {
    match sniff::sniff(bytes, options.format) {
        Sniffed::Packed(format @ (Format::Docx | Format::Odt)) => read_packed(format, bytes, options, tell),
        Sniffed::Other(kind) => Err(ImportError::OtherKind(kind)),
        Sniffed::Text | Sniffed::Packed(_) | Sniffed::Locked => {
            Err(ImportError::Damaged(Format::Docx, "what it encrypts is no document".to_owned()))
        }
    }
}

/// Tells the first pages of a long file with markup. Those of plain text are told by whoever reads the file, before all
/// of it is there.
fn tell_beginning(name: &str, bytes: &[u8], options: &ReadOptions, tell: &mut dyn FnMut(News)) {
    let Some(first) = bytes.get(..BEGINNING).filter(|_| bytes.len() > LONG) else { return };
    if !is_hazardous(name, first, options) {
        return;
    }
    // What cannot be shown early is shown when all is read, with the reason.
    if let Some(Ok(beginning)) = read_beginning(name, first, options)
        && !beginning.document.text().trim().is_empty()
    {
        tell(News::Beginning(Box::new(beginning)));
    }
}

/// Reads the first part of a longer file, for the first pages while the rest arrives.
///
/// It is cut at the last line end, so that positions in it are those of the whole file. What depends on
/// the whole (levels of headings, the end of a saved page) can still change. `None` for a format that cannot
/// be read in part.
pub fn read_beginning(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> Option<Result<Imported, ImportError>> {
    match sniff::signature(bytes) {
        Signature::Sure(Sniffed::Other(kind)) => Some(Err(ImportError::OtherKind(kind))),
        Signature::Sure(Sniffed::Text) => {
            Some(read_text(name, encoding::until_last_line_end(bytes).to_vec(), options, false))
        }
        Signature::Sure(Sniffed::Packed(_) | Sniffed::Locked) | Signature::Zip | Signature::Container => None,
    }
}

/// Why a file with this beginning is not read, where that shows at once.
pub fn refusal(beginning: &[u8]) -> Option<ImportError> {
    match sniff::signature(beginning) {
        Signature::Sure(Sniffed::Other(kind)) => Some(ImportError::OtherKind(kind)),
        Signature::Sure(Sniffed::Text) => refusal_of_text(beginning),
        Signature::Sure(Sniffed::Packed(_) | Sniffed::Locked) | Signature::Zip | Signature::Container => None,
    }
}

/// Why this is no text: neither with its last line, which may be cut off, nor without it, and whatever the encoding that
/// a page would say it has.
fn refusal_of_text(beginning: &[u8]) -> Option<ImportError> {
    let mut refusal = None;
    for text in [beginning, encoding::until_last_line_end(beginning)] {
        for declared in [None, sniff::declared_encoding("a.html", text)] {
            refusal = Some(encoding::decode(text.to_vec(), None, declared).err()?);
        }
    }
    refusal
}

/// Whether a file of that name and content is of a format that can be made to hurt its reader, so that it
/// should be read in a process of its own: everything but plain text.
///
/// Only its beginning is looked at. What is found harmless is harmless as [`ReadOptions::as_plain_text`] reads it,
/// whatever the rest of it makes of it.
pub fn is_hazardous(name: &str, bytes: &[u8], options: &ReadOptions) -> bool {
    match sniff::signature(bytes) {
        Signature::Sure(Sniffed::Other(_)) => false,
        Signature::Sure(Sniffed::Packed(_) | Sniffed::Locked) | Signature::Zip | Signature::Container => true,
        Signature::Sure(Sniffed::Text) => sniff::may_be_marked_up(name, bytes, options),
    }
}

fn read_text(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    complete: bool,
) -> Result<Imported, ImportError> {
    let size = bytes.len() as u64;
    if bytes.len() > Span::MOST {
        return Err(ImportError::TooLarge(size));
    }
    let declared = sniff::declared_encoding(name, &bytes);
    let decoded = encoding::decode(bytes, options.encoding.as_deref(), declared)?;
    if decoded.text.len() > Span::MOST {
        return Err(ImportError::TooLarge(decoded.text.len() as u64));
    }
    let format = options.format.unwrap_or_else(|| sniff::format(name, &decoded.text));
    let mut warnings = warnings_of(&decoded, declared);
    if let Some(named) = sniff::named_otherwise(name, format).filter(|_| options.format.is_none()) {
        warnings.push(Warning::NamedOtherwise { named });
    }
    if complete && format == Format::Html && html::tags::is_cut_off(&decoded.text) {
        warnings.push(Warning::CutOff);
    }
    let is_scripted = complete && format == Format::Html && html::tags::has_scripts(&decoded.text);
    let read = read_as(format, decoded.text, options, &mut warnings);
    if is_scripted && read.blocks.iter().all(|block| matches!(block.kind, BlockKind::Aside(_))) {
        warnings.push(Warning::Scripted);
    }
    read.into_imported(Origin { format, encoding: decoded.encoding, bytes: size, complete }, warnings)
}

fn warnings_of(decoded: &encoding::Decoded, declared: Option<&'static str>) -> Vec<Warning> {
    let Encoding { name: used, undecodable, .. } = decoded.encoding;
    let mut warnings = Vec::new();
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

fn read_as(format: Format, text: String, options: &ReadOptions, warnings: &mut Vec<Warning>) -> Read {
    let marked_up = match format {
        Format::Markdown => markdown::read(&text),
        Format::Html => html::frames::read(&text, options, warnings),
        // Text that is none of these formats can only be read as plain text.
        Format::PlainText
        | Format::Mhtml
        | Format::Epub
        | Format::Docx
        | Format::Odt
        | Format::Rtf
        | Format::Pdf => {
            return plain::read(text, &options.repairs);
        }
    };
    marked_up.unwrap_or_else(|why| {
        warnings.push(Warning::MarkupTooHeavy(why));
        let bare = if format == Format::Html { html::tags::without_tags(&text) } else { text };
        plain::read(bare, &options.repairs)
    })
}

/// Reads a format whose bytes are no text.
fn read_packed(
    format: Format,
    bytes: &[u8],
    options: &ReadOptions,
    tell: &mut dyn FnMut(News),
) -> Result<Imported, ImportError> {
    let mut job = Job::new(format, bytes.len(), options, tell);
    let is_cut_off = torn::is_cut_off(bytes);
    if is_cut_off {
        job.warn(Warning::CutOff);
    }
    let read = match format {
        Format::PlainText | Format::Markdown | Format::Html => return Err(ImportError::Binary),
        Format::Docx => docx::read(bytes, &mut job),
        Format::Odt => odt::read(bytes, &mut job),
        Format::Rtf => rtf::read(bytes, &mut job),
        Format::Mhtml => mhtml::read(bytes, &mut job),
        Format::Epub => epub::read(bytes, &mut job),
        Format::Pdf => pdf::read(bytes, &mut job),
    };
    let read = read.map_err(|error| match error {
        ImportError::Damaged(..) if is_cut_off => ImportError::CutOff(format),
        other => other,
    });
    job.finish(read?)
}

/// Why markup is not taken apart, and is shown as plain text: no reader should be asked to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum TooHeavy {
    /// It is nested too deeply, or so that too much is repeated.
    Nested,
    /// It is too long.
    Long,
    /// A tag has too many attributes.
    Attributes,
}

/// What the reader of one format makes of a file.
#[derive(Debug, Default)]
struct Read {
    format: Format,
    /// The encoding that a part of the file was in which is its text.
    encoding: Option<Encoding>,
    /// What a page shows in frames, as it refers to it.
    frames: Vec<String>,
    text: String,
    blocks: Vec<Block>,
    repairs: Vec<Repair>,
    footnotes: Vec<FootnoteLink>,
    hyperlinks: Vec<Hyperlink>,
    unoffered: hyperlinks::Unoffered,
    pages: Vec<PageStart>,
    tables: Vec<Table>,
    struck: Vec<Span>,
    comments: Vec<Comment>,
    metadata: Metadata,
}

impl Read {
    fn into_imported(mut self, origin: Origin, mut warnings: Vec<Warning>) -> Result<Imported, ImportError> {
        self.link_addresses();
        let Self {
            format,
            encoding,
            frames: _,
            text,
            blocks,
            repairs,
            footnotes,
            hyperlinks,
            unoffered,
            pages,
            tables,
            struck,
            comments,
            metadata,
        } = self;
        warnings.extend(unoffered.warnings());
        warnings.extend(warning_of_struck(&struck, &blocks));
        if text.trim().is_empty() {
            warnings.insert(0, if origin.bytes == 0 { Warning::NoBytes } else { Warning::Empty });
        }
        let written = written(&text, &blocks);
        let encoding = encoding.unwrap_or(origin.encoding);
        let origin = Origin { format, encoding, ..origin };
        let text = Arc::from(text);
        let document = Document::new(Parts {
            text,
            blocks,
            repairs,
            footnotes,
            hyperlinks,
            pages,
            tables,
            struck,
            metadata,
            origin,
            written,
        })?;
        Ok(Imported { document, warnings, comments })
    }
}

/// Tells of what is struck out in the text; what was set aside is none of it.
fn warning_of_struck(struck: &[Span], blocks: &[Block]) -> Option<Warning> {
    let is_read = |struck: &&Span| {
        let begun = blocks.partition_point(|block| block.span.start() <= struck.start());
        begun.checked_sub(1).and_then(|at| blocks.get(at)).is_some_and(|block| block.kind.aside().is_none())
    };
    let places = saturate(struck.iter().filter(is_read).count());
    (places > 0).then_some(Warning::StruckOut { places })
}

/// How much of a text is looked at to tell its script where some of it was set aside, in bytes.
const SCRIPT_SAMPLE: usize = 200_000;

/// The script of what the document says; what was set aside has no say.
fn written(text: &str, blocks: &[Block]) -> Written {
    if blocks.iter().all(|block| block.kind.aside().is_none()) {
        return crate::text::detect(text);
    }
    let mut sample = String::new();
    for block in blocks.iter().filter(|block| block.kind.aside().is_none()) {
        sample.push_str(block.span.of(text).unwrap_or_default());
        if sample.len() > SCRIPT_SAMPLE {
            break;
        }
    }
    crate::text::detect(&sample)
}

#[cfg(test)]
mod tests;
