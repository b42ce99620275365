//! What there is to say of a file of another program.

use crate::notes::Tag;

/// Why a file cannot be read or written: one sentence each. The caller adds which file it is.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ExchangeError {
    /// Larger than [`super::MOST_BYTES`], as it is or unpacked.
    #[error("it is too large: at most 256 MB are read")]
    TooLarge,
    /// More notes than [`super::MOST_NOTES`], or more parts than a package should have.
    #[error("it holds too many parts or notes")]
    TooMany,
    /// Not text in an encoding that can be told.
    #[error("it is not text in UTF-8; save it again as UTF-8")]
    NoText,
    /// None of the formats that are known.
    #[error("it is none of the formats that notes can be imported from")]
    Unknown,
    /// JSON that is damaged, and where.
    #[error("it is damaged or not JSON: {0}")]
    Json(String),
    /// XML that is damaged, and where.
    #[error("it is damaged or not XML: {0}")]
    Xml(String),
    /// XML that is nested or loaded beyond reason.
    #[error("its markup is nested too deeply or too heavy")]
    TooHeavy,
    /// RON that is damaged, and where.
    #[error("it is damaged or not RON: {0}")]
    Ron(String),
    /// A table that is damaged, and where.
    #[error("it is damaged or not a table: {0}")]
    Table(String),
    /// A package that is damaged, and how.
    #[error("it is damaged or not a package: {0}")]
    Package(String),
    /// Well formed, but not what it should be.
    #[error("it has no {0}")]
    Lacks(&'static str),
    /// A newer version of Duidu wrote it.
    #[error("a newer version of Duidu wrote it (format {0})")]
    Newer(u32),
}

/// Something that the reader should know of what was read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Remark {
    /// What was left out.
    pub left_out: LeftOut,
    /// How many of it.
    pub count: usize,
}

/// What a file of another program may hold that Duidu cannot keep.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LeftOut {
    /// Notes that could not be understood.
    Notes,
    /// Codes that could not be understood.
    Codes,
    /// Sets and groups of codes or documents.
    Sets,
    /// Cases and variables.
    Cases,
    /// Pictures, sound and film, with the notes on them.
    Media,
    /// Documents whose text is missing from the file.
    Texts,
    /// Links to what is not in the file.
    Links,
    /// Tags that could not be understood.
    Tags,
    /// Places of notes that could not be understood: the notes came without one.
    Places,
    /// Notes that had been deleted.
    Deleted,
    /// Characters that could not be told.
    Characters,
}

/// What was left out, counted while a file is read.
#[derive(Debug, Default)]
pub(super) struct Remarks(std::collections::BTreeMap<LeftOut, usize>);

impl Remarks {
    /// Counts so many more.
    pub(super) fn add(&mut self, left_out: LeftOut, count: usize) {
        if count > 0 {
            *self.0.entry(left_out).or_default() += count;
        }
    }

    /// One remark for each kind.
    pub(super) fn into_list(self) -> Vec<Remark> {
        self.0.into_iter().map(|(left_out, count)| Remark { left_out, count }).collect()
    }
}

/// The tags that are written so, each once. Those that are no tags are left out and counted.
pub(super) fn distinct_tags<'a>(written: impl Iterator<Item = &'a str>, remarks: &mut Remarks) -> Vec<Tag> {
    let mut tags = Vec::new();
    for written in written {
        match Tag::new(written) {
            Ok(tag) if !tags.contains(&tag) => tags.push(tag),
            Ok(_) => {}
            Err(_) => remarks.add(LeftOut::Tags, 1),
        }
    }
    tags
}
