//! The reading of one file of a packed format: what was asked for, what was noticed, and whom it tells.

use std::mem::discriminant;

use super::{ImportError, Imported, News, Read, ReadOptions, Unread, Warning};
use crate::document::{Comment, Encoding, Format, Origin};
use crate::text::saturate;

/// How many warnings of one kind are noted: a file can have any number of parts that are damaged.
const MOST_ALIKE: usize = 50;

/// One file that is being read.
pub(super) struct Job<'a> {
    format: Format,
    bytes: u64,
    /// How it is to be read.
    pub(super) options: &'a ReadOptions,
    warnings: Vec<Warning>,
    tell: &'a mut dyn FnMut(News),
}

impl<'a> Job<'a> {
    /// `bytes` is the size of the file.
    pub(super) fn new(
        format: Format,
        bytes: usize,
        options: &'a ReadOptions,
        tell: &'a mut dyn FnMut(News),
    ) -> Self {
        Self { format, bytes: bytes as u64, options, warnings: Vec::new(), tell }
    }

    /// The format that the file is read as.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// Notes places of a part that could not be decoded.
    pub(super) fn note_encoding(&mut self, encoding: &Encoding) {
        if encoding.undecodable > 0 {
            self.warn(Warning::Undecodable { encoding: encoding.name, places: encoding.undecodable });
        }
    }

    /// Notes something that the reader should know. The same is noted once, and of one kind no more than anybody reads.
    pub(super) fn warn(&mut self, warning: Warning) {
        let kind = discriminant(&warning);
        let alike = self.warnings.iter().filter(|known| discriminant(*known) == kind).count();
        if alike < MOST_ALIKE && !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// A part of the file cannot be read: the rest is, and the reader is told.
    pub(super) fn leave_out(&mut self, error: &ImportError) {
        self.warn(match error {
            ImportError::TooMuch(limit) => Warning::LeftOut(*limit),
            ImportError::Damaged(_, reason) => Warning::Damaged { reason: reason.clone() },
            other => Warning::Damaged { reason: other.to_string() },
        });
    }

    /// What is not read in so many places, if any.
    pub(super) fn not_read(&mut self, what: Unread, places: usize) {
        if places > 0 {
            self.warn(Warning::NotRead { what, places: saturate(places) });
        }
    }

    /// An error that says what is wrong with the file.
    pub(super) fn damaged(&self, reason: &str) -> ImportError {
        ImportError::Damaged(self.format, reason.to_owned())
    }

    /// Tells how much was read.
    pub(super) fn progress(&mut self, done: usize, of: usize) {
        (self.tell)(News::Progress { done: saturate(done), of: saturate(of) });
    }

    /// Whether the file is so long that its first pages are worth telling early.
    pub(super) fn is_long(&self) -> bool {
        self.bytes > super::LONG as u64
    }

    /// Tells the first pages. Positions in them must be those of the whole.
    pub(super) fn beginning(&mut self, read: Read) {
        let origin = self.origin(false);
        // What cannot be shown early is shown when all is read, with the reason.
        if let Ok(imported) = read.into_imported(origin, Vec::new()) {
            (self.tell)(News::Beginning(Box::new(imported)));
        }
    }

    /// What all of the file gives.
    pub(super) fn finish(mut self, read: Read) -> Result<Imported, ImportError> {
        self.warn_of_comments(&read.comments);
        let origin = self.origin(true);
        read.into_imported(origin, self.warnings)
    }

    fn warn_of_comments(&mut self, comments: &[Comment]) {
        if !comments.is_empty() {
            self.warn(Warning::Comments { comments: saturate(comments.len()) });
        }
    }

    fn origin(&self, complete: bool) -> Origin {
        Origin { format: self.format, encoding: Encoding::default(), bytes: self.bytes, complete }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_warnings_of_a_kind_are_noted_and_no_more() {
        let (options, mut tell) = (ReadOptions::default(), |_| {});
        for (given, noted) in
            [(MOST_ALIKE - 1, MOST_ALIKE - 1), (MOST_ALIKE, MOST_ALIKE), (MOST_ALIKE + 1, MOST_ALIKE)]
        {
            let mut job = Job::new(Format::Epub, 0, &options, &mut tell);
            (0..given).for_each(|number| job.warn(Warning::Damaged { reason: number.to_string() }));
            job.warn(Warning::Empty);
            job.warn(Warning::Empty);
            assert_eq!(job.warnings.len(), noted + 1);
        }
    }
}
