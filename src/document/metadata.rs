//! What a document says of itself, and what it was read from.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// What a document says of itself. Empty where it says nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Metadata {
    /// The title, as written.
    pub title: Option<Field>,
    /// Who wrote it.
    pub author: Option<Field>,
    /// Where it was published.
    pub source: Option<Field>,
    /// When, as written.
    pub date: Option<Field>,
    /// Its language, as the file declares it: often wrong, never relied on.
    pub language: Option<Field>,
    /// Where it was saved from, as the file declares it.
    pub address: Option<Field>,
}

/// One thing a document says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Field {
    /// The value, as written.
    pub value: String,
    /// Where it stands in the text; `None` where the file says it outside of its text.
    pub span: Option<Span>,
}

/// What a document was read from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origin {
    /// The format of the file.
    pub format: Format,
    /// The encoding of its characters.
    pub encoding: Encoding,
    /// The size of the file, in bytes.
    pub bytes: u64,
    /// Whether all of the file was read; `false` for the first pages of one that is still arriving.
    pub complete: bool,
}

/// The formats that can be read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Format {
    /// Plain text.
    #[default]
    PlainText,
    /// Markdown, after CommonMark with tables, footnotes and strike-through.
    Markdown,
    /// HTML.
    Html,
}

/// How the characters of a file are encoded, and how that is known.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Encoding {
    /// The name in the WHATWG Encoding Standard, such as `UTF-8`, `gb18030`, `Big5`.
    pub name: &'static str,
    /// How it is known.
    pub evidence: Evidence,
    /// How many places could not be decoded and show U+FFFD.
    pub undecodable: u32,
}

impl Default for Encoding {
    fn default() -> Self {
        Self { name: "UTF-8", evidence: Evidence::Valid, undecodable: 0 }
    }
}

/// How an encoding is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Evidence {
    /// The file begins with a byte order mark.
    ByteOrderMark,
    /// All of the file is valid in it, and hardly ever would be by chance.
    Valid,
    /// The file declares it, and nothing speaks against it.
    Declared,
    /// It fits best: a guess.
    Guess,
    /// The reader chose it.
    Chosen,
}
