//! How far the library is with what takes long.

use crate::import::ImportError;
use crate::session::{OpenError, Place};

/// How far adding documents, or looking at them again, is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LibraryProgress {
    /// How many files were looked at.
    pub done: usize,
    /// How many there are to look at.
    pub all: usize,
    /// The name of the one that is being read.
    pub name: String,
}

/// What came of adding documents, or of looking at them again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LibraryAdded {
    /// How many came in.
    pub added: usize,
    /// How many were there already and are up to date now.
    pub known: usize,
    /// How many files are no documents: pictures, programs, archives.
    pub skipped: usize,
    /// Their paths, the first few.
    pub skipped_files: Vec<String>,
    /// Files and folders that could not be read: the path and why, the first few.
    pub unreadable: Vec<(String, OpenError)>,
    /// How many could not be read.
    pub failed: usize,
    /// How many of these are files that are not known for it: they are new, or were changed since.
    pub failed_anew: usize,
    /// How many files ask for a password: that is no failure.
    pub locked: usize,
    /// Their paths, the first few.
    pub locked_files: Vec<String>,
    /// Documents of the library whose files are not there now.
    pub missing: Vec<Place>,
    /// Whether every document of the library was looked at.
    pub whole: bool,
    /// Whether it was ended before all of it was done.
    pub stopped: bool,
    /// Whether the index could not be brought up to date, because another program is doing it or why else.
    pub not_indexed: Option<String>,
}

impl LibraryAdded {
    /// So many paths are named; the others are counted.
    const NAMED: usize = 5;

    /// A file that is no document.
    pub fn skip(&mut self, path: String) {
        self.skipped += 1;
        if self.skipped_files.len() < Self::NAMED {
            self.skipped_files.push(path);
        }
    }

    /// A file or folder that could not be read.
    pub fn could_not_read(&mut self, path: String, error: OpenError) {
        self.failed_anew += usize::from(!asks_for_password(&error));
        self.still_cannot_read(path, error);
    }

    /// A file that could not be read before either, and has not changed since.
    pub fn still_cannot_read(&mut self, path: String, error: OpenError) {
        if asks_for_password(&error) {
            self.locked += 1;
            if self.locked_files.len() < Self::NAMED {
                self.locked_files.push(path);
            }
            return;
        }
        self.failed += 1;
        if self.unreadable.len() < Self::NAMED {
            self.unreadable.push((path, error));
        }
    }
}

fn asks_for_password(error: &OpenError) -> bool {
    *error == OpenError::Import(ImportError::NeedsPassword)
}
