//! Reading the notes of all documents.
