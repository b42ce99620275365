//! The index of the library: what makes a search across ten thousand documents answer at once.
//!
//! It lies among what can be made again at any time, and is thrown away and made again by itself when it is of
//! another version, damaged, or gone. One program writes it at a time; all may read it meanwhile.

mod page;
mod schema;
mod search;
mod writing;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use std::{fmt, fs};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term};

use self::schema::{Fields, HEAD, SCHEMA, UNREAD, schema, tokenizers};
pub use self::search::MOST_HITS;
pub use self::writing::IndexWriting;
use super::Home;
use super::lock::Lock;
use super::moment::written_at;
use super::replace::{FileError, make_folder, replace};
use crate::document::TextId;
use crate::import::ImportError;
use crate::session::Place;

/// The index of the library. Shared by all threads.
pub struct LibraryIndex {
    folder: PathBuf,
    opened: Mutex<Option<Opened>>,
    damaged: AtomicBool,
}

/// Why the index could not be read or written. Nothing is lost by that: it can be made again.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A file or folder of it.
    #[error(transparent)]
    File(#[from] FileError),
    /// The engine.
    #[error("the index of the library: {0}")]
    Engine(#[from] TantivyError),
}

/// What the index says of a document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct IndexedDocument {
    /// Where it is, in the words of [`Place::to_words`].
    pub place: String,
    /// Its title; the name of its file where it has none.
    pub title: String,
    /// The identity of its text.
    pub text: TextId,
    /// How its file was when it was read.
    pub stamp: FileStamp,
}

/// What the index says of a file that should be a document and could not be read: not to be tried again in vain.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UnreadDocument {
    /// Where it is, in the words of [`Place::to_words`].
    pub place: String,
    /// How the file was then.
    pub stamp: FileStamp,
    /// Which version of the program could not read it.
    pub program: String,
    /// Why.
    pub reason: ImportError,
}

/// Cheap to ask for, and another after nearly every change of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct FileStamp {
    /// When it was last written, in nanoseconds since 1970.
    pub modified: i64,
    /// Its size in bytes.
    pub bytes: u64,
}

impl FileStamp {
    /// Of a place as it is now; `None` where there is no ordinary file. A sample is always the same.
    pub fn of(place: &Place) -> Option<Self> {
        let Place::File(path) = place else { return Some(Self::default()) };
        let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        Some(Self { modified: written_at(&metadata), bytes: metadata.len() })
    }
}

#[derive(Clone)]
struct Opened {
    index: Index,
    reader: IndexReader,
}

/// What the engine may use to gather pages before it writes them.
const MEMORY: usize = 96 * 1024 * 1024;

impl LibraryIndex {
    /// The index within `home`. Opens nothing yet.
    pub fn within(home: &Home) -> Self {
        Self { folder: home.cache().join("index"), opened: Mutex::default(), damaged: AtomicBool::new(false) }
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many bytes it takes on the disk.
    pub fn size(&self) -> u64 {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        files.filter_map(|file| Some(file.metadata().ok()?.len())).sum()
    }

    /// Every document in it; none where there is no index.
    pub fn documents(&self) -> Result<BTreeMap<Place, IndexedDocument>, IndexError> {
        let heads = self.heads(HEAD)?.into_iter();
        Ok(heads.map(|head: IndexedDocument| (Place::from_words(&head.place), head)).collect())
    }

    /// Every file that was to come into it and could not be read.
    pub fn unread(&self) -> Result<BTreeMap<Place, UnreadDocument>, IndexError> {
        let heads = self.heads(UNREAD)?.into_iter();
        Ok(heads.map(|head: UnreadDocument| (Place::from_words(&head.place), head)).collect())
    }

    /// What the records of a role say.
    fn heads<Head: DeserializeOwned>(&self, role: &str) -> Result<Vec<Head>, IndexError> {
        let Some(searcher) = self.searcher()? else { return Ok(Vec::new()) };
        let (_, fields) = schema();
        let query = TermQuery::new(Term::from_field_text(fields.role, role), IndexRecordOption::Basic);
        let addresses = self.noticing(searcher.search(&query, &DocSetCollector))?;
        let mut addresses: Vec<_> = addresses.into_iter().collect();
        addresses.sort();
        let records = addresses.into_iter().map(|address| searcher.doc::<TantivyDocument>(address));
        let records = self.noticing(records.collect::<Result<Vec<_>, _>>())?;
        Ok(records.iter().filter_map(|record| head_of(record, &fields)).collect())
    }

    /// Begins to write; `None` while another program writes. What cannot be used is thrown away first.
    pub fn begin_writing(&self) -> Result<Option<IndexWriting>, IndexError> {
        let folder = self.folder.parent().unwrap_or(Path::new("."));
        make_folder(folder)?;
        let lock = match Lock::on_file(&folder.join("index.lock"), Duration::ZERO) {
            Ok(lock) => lock,
            Err(error) if error.source.kind() == std::io::ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let opened = match self.open() {
            Ok(Some(opened)) => opened,
            Ok(None) | Err(_) => self.make_anew()?,
        };
        let writer: IndexWriter = self.noticing(opened.index.writer_with_num_threads(1, MEMORY))?;
        Ok(Some(IndexWriting::new(writer, opened.reader, lock)))
    }

    /// Says that it cannot be trusted: it is made anew by the next that writes.
    pub fn distrust(&self) {
        self.damaged.store(true, Ordering::Relaxed);
        self.close();
    }

    /// Whether there is one that can be searched; otherwise it has to be made, with every document.
    pub fn is_usable(&self) -> bool {
        matches!(self.open(), Ok(Some(_)))
    }

    /// Whether it has to be made anew.
    pub fn is_distrusted(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    /// Reads all of it and looks whether a bit was changed; what cannot be trusted is made anew later.
    ///
    /// Answers whether it is as it was written.
    pub fn check(&self) -> bool {
        let checked = self.open().and_then(|opened| match opened {
            Some(opened) => Ok(opened.index.validate_checksum()?.is_empty()),
            None => Ok(true),
        });
        let good = checked.unwrap_or(false);
        if good {
            // Where it cannot be written, it is checked again sooner than it needs to be.
            drop(fs::write(self.checked_file(), ""));
        } else {
            self.distrust();
        }
        good
    }

    /// How long ago it was last found to be as it was written; `None` where it never was.
    pub fn checked_before(&self) -> Option<Duration> {
        let written = |path: PathBuf| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
        let checked = written(self.checked_file()).max(written(self.version_file()))?;
        Some(SystemTime::now().duration_since(checked).unwrap_or_default())
    }

    /// What searches in the index as it is now; `None` where there is none that can be used.
    fn searcher(&self) -> Result<Option<Searcher>, IndexError> {
        let Some(opened) = self.open()? else { return Ok(None) };
        match opened.reader.reload() {
            Ok(()) => Ok(Some(opened.reader.searcher())),
            Err(error) => {
                self.distrust();
                Err(error.into())
            }
        }
    }

    fn open(&self) -> Result<Option<Opened>, IndexError> {
        let mut slot = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_distrusted() || fs::read_to_string(self.version_file()).ok().as_deref() != Some(SCHEMA) {
            *slot = None;
            return Ok(None);
        }
        if slot.is_none() {
            let mut index = self.noticing(Index::open_in_dir(&self.folder))?;
            index.set_tokenizers(tokenizers());
            *slot = Some(self.noticing(Opened::of(index))?);
        }
        Ok(slot.clone())
    }

    fn close(&self) {
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// To be called by whoever holds the lock.
    fn make_anew(&self) -> Result<Opened, IndexError> {
        self.close();
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)
                .map_err(FileError::while_doing("remove the old index", &self.folder))?;
        }
        make_folder(&self.folder)?;
        let (schema, _) = schema();
        let mut index = Index::create_in_dir(&self.folder, schema)?;
        index.set_tokenizers(tokenizers());
        let opened = Opened::of(index)?;
        // The version comes last: an index that was not made to its end is none.
        replace(&self.version_file(), SCHEMA.as_bytes())?;
        self.damaged.store(false, Ordering::Relaxed);
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = Some(opened.clone());
        Ok(opened)
    }

    fn version_file(&self) -> PathBuf {
        self.folder.join("version.txt")
    }

    /// Written whenever it was found to be whole.
    fn checked_file(&self) -> PathBuf {
        self.folder.join("checked.txt")
    }

    /// An error of the engine means that the index is not what it should be, or soon will be.
    fn noticing<Out>(&self, result: Result<Out, TantivyError>) -> Result<Out, IndexError> {
        result.map_err(|error| {
            if !matches!(error, TantivyError::LockFailure(..)) {
                self.damaged.store(true, Ordering::Relaxed);
            }
            error.into()
        })
    }
}

impl fmt::Debug for LibraryIndex {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("LibraryIndex").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Opened {
    fn of(index: Index) -> Result<Self, TantivyError> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, reader })
    }
}

/// What a head says; `None` where the record is none.
fn head_of<Head: DeserializeOwned>(record: &TantivyDocument, fields: &Fields) -> Option<Head> {
    ron::from_str(record.get_first(fields.head)?.as_str()?).ok()
}

/// The number of a document in the index, made of its place. Two places with one number would show one in the
/// place of the other in a search, at odds of one to a hundred thousand million for ten thousand documents.
fn number_of(place: &str) -> u64 {
    let hash = blake3::hash(place.as_bytes());
    hash.as_bytes().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests;
