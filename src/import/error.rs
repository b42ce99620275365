//! Why a file cannot be read.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::document::{Faulty, Format};

/// Why a file cannot be read: one sentence each. The caller adds which file it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ImportError {
    /// A file of a kind that is not read.
    #[error("this is {kind}, which Duidu cannot read; {advice}", kind = .0.name(), advice = .0.advice())]
    OtherKind(OtherKind),
    /// Bytes that are no text in any encoding.
    #[error("this file holds binary data, not text")]
    Binary,
    /// Longer than positions can say.
    #[error("this file is too large: {0} bytes, and at most 4 GiB of text can be read")]
    TooLarge(u64),
    /// The reader chose an encoding of an unknown name.
    #[error("there is no encoding with the name “{0}”")]
    UnknownEncoding(String),
    /// So damaged that nothing can be read from it. The second says what is wrong with it.
    #[error("this {format} file is damaged: {reason}", format = .0.name(), reason = .1)]
    Damaged(Format, String),
    /// Its end is missing, and what is left holds no text.
    #[error(
        "the end of this {format} file is missing, as after an interrupted download: fetch or copy it again",
        format = .0.name()
    )]
    CutOff(Format),
    /// It asks for more than any honest file needs.
    #[error("this file asks for more than is allowed: {0}")]
    TooMuch(Limit),
    /// It is encrypted, and no password was given.
    #[error("this file is encrypted and asks for a password")]
    NeedsPassword,
    /// It is encrypted, and the password that was given does not open it.
    #[error("the password does not open this file")]
    WrongPassword,
    /// Its text is encrypted for one seller's readers.
    #[error("this file is copy-protected: its text can be read only with the seller's own program")]
    CopyProtected,
    /// The process that read it took longer than it may.
    #[error("reading this file took longer than {seconds} s and was stopped")]
    TookTooLong {
        /// How long it may take.
        seconds: u64,
    },
    /// The process that read it wanted more memory than it may have.
    #[error("reading this file needs more memory than the {mebibytes} MiB that are allowed")]
    NeedsTooMuchMemory {
        /// How much it may have.
        mebibytes: u64,
    },
    /// The process that read it ended without an answer, or could not be started: how, in words.
    #[error("the process that reads this file died: {0}")]
    ReaderDied(String),
    /// Whoever waited for it waits no longer.
    #[error("reading this file was cancelled")]
    Cancelled,
    /// The importer made something inconsistent: a fault of this program.
    #[error("the text was taken apart wrongly, which is a fault of Duidu: {0}")]
    Inconsistent(#[from] Faulty),
}

/// What a file asked for too much of, and how much is allowed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Limit {
    /// Files in a packed file.
    Entries(u64),
    /// Bytes of one file in a packed file.
    EntryBytes(u64),
    /// Bytes of all files in a packed file that are needed.
    AllBytes(u64),
    /// Bytes for each packed byte.
    Ratio(u64),
    /// Elements nested in each other.
    Depth(u64),
    /// Attributes of one element.
    Attributes(u64),
    /// Pages.
    Pages(u64),
    /// Objects of a PDF, characters of a page, or other parts of what a format is made of.
    Parts(u64),
    /// Bytes of what is made of a file.
    Answer(u64),
    /// Rounds in which a key is made of a password.
    Rounds(u64),
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entries(most) => write!(formatter, "more than {most} files packed in it"),
            Self::EntryBytes(most) => write!(formatter, "a packed file of more than {most} bytes"),
            Self::AllBytes(most) => write!(formatter, "more than {most} bytes packed in it"),
            Self::Ratio(most) => write!(formatter, "more than {most} bytes for each packed byte"),
            Self::Depth(most) => write!(formatter, "elements nested more than {most} deep"),
            Self::Attributes(most) => write!(formatter, "an element with more than {most} attributes"),
            Self::Pages(most) => write!(formatter, "more than {most} pages"),
            Self::Parts(most) => write!(formatter, "more than {most} parts"),
            Self::Answer(most) => write!(formatter, "more than {most} bytes of text"),
            Self::Rounds(most) => write!(formatter, "more than {most} rounds to make a key of its password"),
        }
    }
}

/// Kinds of files that are known and not read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum OtherKind {
    /// Word before 2007, and others of its time.
    OldOffice,
    /// A document of an office program that is encrypted in a way which is not known.
    EncryptedOffice,
    /// XLSX, ODS.
    Spreadsheet,
    /// PPTX, ODP.
    Presentation,
    /// A ZIP of no known kind.
    Zip,
    /// Another packed file.
    Archive,
    /// A picture.
    Picture,
    /// A `DjVu` document: pictures of pages.
    DjVu,
    /// A Kindle book (MOBI, AZW).
    Kindle,
    /// Pages of help in one file (CHM).
    Help,
    /// A document of the state's own kind, which sets pages (OFD).
    Ofd,
    /// A document of a library of journals (CAJ, KDH).
    Caj,
    /// A program.
    Program,
    /// A database.
    Database,
}

impl OtherKind {
    /// What it is, in English.
    pub fn name(self) -> &'static str {
        match self {
            Self::OldOffice => "an old office document such as DOC",
            Self::EncryptedOffice => "an office document that is encrypted in an uncommon way",
            Self::Spreadsheet => "a spreadsheet",
            Self::Presentation => "a presentation",
            Self::Zip => "a ZIP archive",
            Self::Archive => "a packed file",
            Self::Picture => "a picture",
            Self::DjVu => "a DjVu document",
            Self::Kindle => "a Kindle book",
            Self::Help => "a help file (CHM)",
            Self::Ofd => "an OFD document",
            Self::Caj => "a CAJ document",
            Self::Program => "a program",
            Self::Database => "a database",
        }
    }

    /// What the reader can do, in English.
    fn advice(self) -> &'static str {
        match self.remedy() {
            Remedy::SaveAs => "open it in Word or LibreOffice and save it as DOCX, ODT or PDF",
            Remedy::RemovePassword => "open it in Word or LibreOffice and save it without the password",
            Remedy::Unpack => "unpack it and open the documents in it",
            Remedy::Convert => "convert it to EPUB or PDF",
            Remedy::Print => "open it in a program that reads it, and save or print it as PDF",
            Remedy::OnlyText => "it opens text, Markdown, HTML, EPUB, DOCX, ODT, RTF and PDF",
        }
    }

    /// What the reader can do.
    pub fn remedy(self) -> Remedy {
        match self {
            Self::OldOffice => Remedy::SaveAs,
            Self::EncryptedOffice => Remedy::RemovePassword,
            Self::Zip | Self::Archive => Remedy::Unpack,
            Self::DjVu | Self::Kindle | Self::Help => Remedy::Convert,
            Self::Ofd | Self::Caj | Self::Spreadsheet | Self::Presentation => Remedy::Print,
            Self::Picture | Self::Program | Self::Database => Remedy::OnlyText,
        }
    }
}

/// What helps with a file that is not read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Remedy {
    /// Saving it in another format with an office program.
    SaveAs,
    /// Saving it without its password.
    RemovePassword,
    /// Unpacking it.
    Unpack,
    /// Converting it.
    Convert,
    /// Saving or printing it as PDF with a program of its own.
    Print,
    /// Nothing: there is no text in it.
    OnlyText,
}
