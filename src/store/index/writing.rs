//! Writing the index.

use serde::Serialize;
use tantivy::indexer::UserOperation;
use tantivy::{IndexReader, IndexWriter, TantivyDocument, TantivyError, Term};

use super::page::{Page, pages_of};
use super::schema::{Fields, HEAD, UNREAD, schema};
use super::{IndexError, IndexedDocument, UnreadDocument, number_of};
use crate::document::Document;
use crate::session::Place;
use crate::store::lock::Lock;

/// Writes the index, alone of all programs. What was not committed when it is dropped is not in the index.
pub struct IndexWriting {
    writer: IndexWriter,
    reader: IndexReader,
    fields: Fields,
    _lock: Lock,
}

impl std::fmt::Debug for IndexWriting {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("IndexWriting").finish_non_exhaustive()
    }
}

impl IndexWriting {
    pub(super) fn new(writer: IndexWriter, reader: IndexReader, lock: Lock) -> Self {
        Self { writer, reader, fields: schema().1, _lock: lock }
    }

    /// Puts a document into the index, in the place of what it was before.
    pub fn put(&self, what: &IndexedDocument, document: &Document) -> Result<(), IndexError> {
        let number = number_of(&what.place);
        let mut work = vec![UserOperation::Delete(self.number_term(number))];
        work.push(UserOperation::Add(self.head(number, HEAD, what)?));
        work.extend(pages_of(document).into_iter().map(|page| UserOperation::Add(self.page(number, page))));
        // All of it together, so that the pages of a document lie side by side.
        self.writer.run(work)?;
        Ok(())
    }

    /// Keeps in the index, in the place of what it was before, that a file could not be read.
    pub fn put_unread(&self, what: &UnreadDocument) -> Result<(), IndexError> {
        let number = number_of(&what.place);
        let put = UserOperation::Add(self.head(number, UNREAD, what)?);
        self.writer.run([UserOperation::Delete(self.number_term(number)), put])?;
        Ok(())
    }

    /// Takes a document out of the index.
    pub fn remove(&self, place: &Place) {
        self.writer.delete_term(self.number_term(number_of(&place.to_words())));
    }

    /// Makes what was put and removed visible to searches. Takes as long as the disk needs.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        self.writer.commit()?;
        self.reader.reload()?;
        Ok(())
    }

    /// Commits, and waits until the engine has tidied up.
    pub fn finish(mut self) -> Result<(), IndexError> {
        self.commit()?;
        self.writer.wait_merging_threads()?;
        self.reader.reload()?;
        Ok(())
    }

    fn number_term(&self, number: u64) -> Term {
        Term::from_field_u64(self.fields.document, number)
    }

    fn head(&self, number: u64, role: &str, what: &impl Serialize) -> Result<TantivyDocument, TantivyError> {
        let head = ron::to_string(what).map_err(|error| TantivyError::InvalidArgument(error.to_string()))?;
        let mut record = TantivyDocument::default();
        record.add_u64(self.fields.document, number);
        record.add_text(self.fields.role, role);
        record.add_text(self.fields.head, head);
        Ok(record)
    }

    fn page(&self, number: u64, page: Page) -> TantivyDocument {
        let mut record = TantivyDocument::default();
        record.add_u64(self.fields.document, number);
        record.add_u64(self.fields.start, page.start.into());
        record.add_u64(self.fields.line, page.line.into());
        record.add_bytes(self.fields.blocks, &page.blocks_as_bytes());
        record.add_text(self.fields.text, page.text);
        record
    }
}
