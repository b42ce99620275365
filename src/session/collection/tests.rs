//! The notes of all documents, as a reader uses them.
