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
    /// When the file was made, which says nothing of when the text was written: of a template, of a conversion.
    pub created: Option<Field>,
    /// The number that the office gave it which issued it (文號), as written.
    pub number: Option<Field>,
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
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Origin {
    /// The format of the file.
    pub format: Format,
    /// The encoding of its characters, where that has to be known ([`Format::is_decoded`]).
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
    /// A web page saved with its pictures in one file (MHTML).
    Mhtml,
    /// An electronic book (EPUB 2 and 3).
    Epub,
    /// A document of Word and its like (Office Open XML).
    Docx,
    /// A document of `LibreOffice` and its like (`OpenDocument`).
    Odt,
    /// Rich text (RTF) of older word processors and of others that still write it.
    Rtf,
    /// PDF.
    Pdf,
}

impl Format {
    /// Its name in files and on the command line, where it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::PlainText => "plain text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Epub => "epub",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Pdf => "pdf",
        }
    }

    /// Whether its files are text in an encoding of their own.
    pub fn is_text(self) -> bool {
        matches!(self, Self::PlainText | Self::Markdown | Self::Html)
    }

    /// Whether its text is decoded from an encoding that may be known wrongly, so that the reader may choose another one.
    pub fn is_decoded(self) -> bool {
        self.is_text() || self == Self::Mhtml
    }
}

/// The name of an encoding in the WHATWG Encoding Standard.
pub type EncodingName = &'static str;

/// How the characters of a file are encoded, and how that is known.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Encoding {
    /// The name in the WHATWG Encoding Standard, such as `UTF-8`, `gb18030`, `Big5`.
    #[serde(with = "encoding_name")]
    pub name: EncodingName,
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
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
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

/// The name of an encoding, written as it is and read again only where the standard knows it.
pub(crate) mod encoding_name {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<To: Serializer>(
        name: &&'static str,
        serializer: To,
    ) -> Result<To::Ok, To::Error> {
        serializer.serialize_str(name)
    }

    pub(crate) fn deserialize<'de, From: Deserializer<'de>>(from: From) -> Result<&'static str, From::Error> {
        let name = String::deserialize(from)?;
        let standard = encoding_rs::Encoding::for_label(name.as_bytes());
        standard.map(encoding_rs::Encoding::name).ok_or_else(|| From::Error::custom("no known encoding"))
    }
}
